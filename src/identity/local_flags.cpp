#include "identity/local_flags.h"

#include "base/text.h"
#include "identity/source_mapping.h"

#include <algorithm>

namespace reachable::identity {
namespace {

constexpr std::size_t longest_local_name = 40;
constexpr std::size_t longest_local_reason = 200; // letters: 4.C, "plain reason (text <= 200)"
constexpr std::size_t most_local_flags = 30;      // of one person

constexpr std::string_view not_well_written =
    "has a local flag that is not written system, code, since when and why, or in signs that no code has";

bool is_letter_or_figure(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// As a person counts them, and not bytes.
std::size_t letters_said(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::optional<CivilDate> day_in(std::string_view text, std::string_view date_format)
{
    const auto pieces = date_pieces(text, date_format);
    if (!pieces || (*pieces)[1] < 0 || (*pieces)[2] < 0) return std::nullopt;
    const CivilDate day{std::chrono::year{(*pieces)[0]}, std::chrono::month{static_cast<unsigned>((*pieces)[1])},
                        std::chrono::day{static_cast<unsigned>((*pieces)[2])}};
    if (!day.ok()) return std::nullopt;
    return day;
}

/// One flag in its four texts, or why the row is set aside.
void take_local_flag(LocalFlagsRead& read, LocalFlag flag, std::string_view since, std::string_view date_format)
{
    const auto set_aside = [&](std::string_view reason) { read.reasons.emplace_back(reason); };
    if (!is_local_name(flag.system) || !is_local_name(flag.code)) return set_aside(not_well_written);
    if (!since.empty()) {
        flag.since = day_in(since, date_format);
        if (!flag.since) return set_aside("has a local flag whose date is in no calendar, or is not written as others");
    }
    if (!is_clean_utf8(flag.reason)) return set_aside("has a local flag whose reason is no text");
    if (letters_said(flag.reason) > longest_local_reason)
        return set_aside("has a local flag whose reason is longer than 200 letters");
    const auto is_it = [&](const LocalFlag& one) { return one.system == flag.system && one.code == flag.code; };
    if (std::ranges::any_of(read.flags, is_it)) return set_aside("has one local flag twice");
    if (read.flags.size() >= most_local_flags) return set_aside("has more than 30 local flags");
    read.flags.push_back(std::move(flag));
}

/// The member that the column names; null if there is none.
const Json* member_of(const Json& row, std::string_view column)
{
    const auto* found = &row;
    for (const auto name : split(column, '.')) {
        found = found->members() == nullptr ? nullptr : found->find(name);
        if (found == nullptr) return nullptr;
    }
    return found;
}

/// An object of texts under the four names alone.
bool is_well_formed(const Json& one)
{
    constexpr std::string_view known[] = {"system", "code", "since", "reason"};
    const auto is_told = [&](const Json::Member& member) {
        const auto& [name, value] = member;
        return std::ranges::find(known, name) != std::end(known) && (value.text() != nullptr || value.is_null());
    };
    return one.members() != nullptr && std::ranges::all_of(*one.members(), is_told);
}

void take_object(LocalFlagsRead& read, const Json& one, std::string_view date_format)
{
    if (!is_well_formed(one)) {
        read.reasons.emplace_back(not_well_written);
        return;
    }
    const auto text = [&](std::string_view name) { return std::string(trim(one.text_of(name))); };
    take_local_flag(read, {.system = text("system"), .code = text("code"), .since = {}, .reason = text("reason")},
                    text("since"), date_format);
}

} // namespace

bool is_local_name(std::string_view text)
{
    constexpr std::string_view others = " -_./";
    return !text.empty() && text.size() <= longest_local_name && is_letter_or_figure(text.front()) &&
           std::ranges::all_of(
               text, [&](char c) { return is_letter_or_figure(c) || others.find(c) != std::string_view::npos; });
}

LocalFlagsRead read_local_flags(std::string_view cell, std::string_view date_format)
{
    LocalFlagsRead read;
    for (const auto one : split(cell, ';')) {
        if (trim(one).empty()) continue;
        const auto pieces = split(one, '|');
        if (pieces.size() < 2 || pieces.size() > 4) {
            read.reasons.emplace_back(not_well_written);
            continue;
        }
        const auto piece = [&](std::size_t i) { return i < pieces.size() ? trim(pieces[i]) : std::string_view{}; };
        take_local_flag(read,
                        {.system = std::string(piece(0)),
                         .code = std::string(piece(1)),
                         .since = {},
                         .reason = std::string(piece(3))},
                        piece(2), date_format);
    }
    return read;
}

LocalFlagsRead read_local_flags(const Json& row, std::string_view column, std::string_view date_format)
{
    LocalFlagsRead read;
    const auto* found = member_of(row, column);
    if (found == nullptr || found->is_null()) return read;
    if (const auto* text = found->text()) return read_local_flags(*text, date_format);
    if (const auto* items = found->items())
        for (const auto& one : *items) take_object(read, one, date_format);
    else
        take_object(read, *found, date_format);
    return read;
}

} // namespace reachable::identity
