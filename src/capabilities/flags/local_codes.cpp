#include "capabilities/flags/local_codes.h"

#include "identity/local_flags.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace reachable::flags {
namespace {

constexpr std::string_view local_list = "flags.local_codes";

const std::vector<Code>& rows_of(const lists::DatedLists& lists, std::string_view list)
{
    const auto found = lists.codes.find(list);
    CHECK(found != lists.codes.end(), "a list of flags was not loaded");
    return found->second;
}

/// "Harrier:X17"
bool names_system_and_code(std::string_view text)
{
    const auto colon = text.find(':');
    return colon != std::string_view::npos && identity::is_local_name(text.substr(0, colon)) &&
           identity::is_local_name(text.substr(colon + 1));
}

/// True if the national code is in force on every day on which the local one is.
bool covers(const Code& national, const Code& local)
{
    const bool begins = !national.valid_from || (local.valid_from && *national.valid_from <= *local.valid_from);
    const bool ends = !national.valid_to || (local.valid_to && *local.valid_to <= *national.valid_to);
    return begins && ends;
}

/// Why no flag can follow from that row; empty if one can.
std::string why_it_leads_nowhere(const lists::DatedLists& lists, const Code& local)
{
    if (!names_system_and_code(local.code)) return "its code must name a system and a code of it, such as Harrier:X17";
    if (local.column("agency").empty()) return "it names no agency whose system that is";
    if (local.label.empty()) return "it has no label";
    const auto name = national_code_of(local);
    const auto& catalogue = rows_of(lists, "flags.catalogue");
    if (std::ranges::find(catalogue, name, &Code::code) == catalogue.end())
        return fmt::format("{} is no code of the national catalogue", name);
    const auto national =
        std::ranges::find_if(catalogue, [&](const Code& one) { return one.code == name && covers(one, local); });
    if (national == catalogue.end())
        return fmt::format("{} does not stand in the catalogue for as long as this row does", name);
    if (is_set_by_workflows_alone(*national)) return fmt::format("{} follows from what is on record alone", name);
    if (is_of_others(*national)) return fmt::format("{} is of an adult or a place, and not of a child", name);
    if (names_somebody(*national)) return fmt::format("{} names somebody, which a code cannot", name);
    if (needs_evidence(*national)) return fmt::format("{} does not stand without what shows it", name);
    return {};
}

} // namespace

Result<> check_local_codes(const lists::DatedLists& lists)
{
    Problems problems;
    std::set<std::pair<std::string, std::string>> seen;
    const auto add = [&](const Code& row, std::string_view why) {
        problems.push_back({ProblemKind::malformed, fmt::format("flags/local_codes.csv, {}: {}", row.code, why)});
    };
    for (const auto& row : rows_of(lists, local_list)) {
        if (const auto why = why_it_leads_nowhere(lists, row); !why.empty()) add(row, why);
        if (!seen.emplace(row.column("agency"), row.code).second) add(row, "it stands there twice for one agency");
    }
    return refuse_if_any(std::move(problems));
}

const Code* find_local_code(const lists::DatedLists& lists, std::string_view agency, std::string_view system,
                            std::string_view code, CivilDate day)
{
    const auto name = fmt::format("{}:{}", system, code);
    for (const auto* one : lists.codes_on(local_list, day))
        if (one->code == name && one->column("agency") == agency) return one;
    return nullptr;
}

std::string_view national_code_of(const Code& local)
{
    return local.column("national");
}

} // namespace reachable::flags
