#include "notices/audience.h"

#include "base/number.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::notices {

using accounts::Role;

namespace {

constexpr std::string_view table = "notices.audience";
constexpr lists::ListFile files[] = {{table, "notices/audience.csv"}, {"notices.texts", "notices/texts.csv"}};

const std::vector<lists::Code>& rows(const lists::DatedLists& lists)
{
    const auto found = lists.codes.find(table);
    CHECK(found != lists.codes.end(), "the table of who is told what was not loaded");
    return found->second;
}

bool is_in_force(const auto& row, CivilDate day)
{
    return (!row.valid_from || *row.valid_from <= day) && (!row.valid_to || day <= *row.valid_to);
}

Result<std::vector<Role>> read_roles(std::string_view text, char between)
{
    std::vector<Role> roles;
    if (trim(text).empty()) return roles;
    for (const auto code : split(text, between)) roles.push_back(TRY(accounts::role_from(trim(code))));
    return roles;
}

Result<> read_channels(std::string_view text, Audience& audience)
{
    bool is_on_screen = false;
    for (const auto channel : split(text, ' ')) {
        if (channel == "in-app")
            is_on_screen = true;
        else if (channel == "mail")
            audience.by_mail = true;
        else if (channel == "webhook")
            audience.by_webhook = true;
        else if (channel == "text")
            audience.by_text = true;
        else
            return refuse(ProblemKind::malformed, "A channel is in-app, mail, webhook or text");
    }
    if (is_on_screen) return {};
    return refuse(ProblemKind::malformed, "Every notice stands on a screen: in-app comes first");
}

Result<Audience> read(const lists::Code& row)
{
    Audience audience{.event = row.code,
                      .purpose = std::string(row.column("purpose")),
                      .words = row.label,
                      .valid_from = row.valid_from,
                      .valid_to = row.valid_to};
    const auto side = row.column("side");
    if (side != "own" && side != "partner") return refuse(ProblemKind::malformed, "A side is own or partner");
    audience.to_partner = side == "partner";
    const auto who = row.column("roles");
    if (who != "decided" && who != "ladder") audience.roles = TRY(read_roles(who, ' '));
    TRY(read_channels(row.column("channels"), audience));
    const auto within = whole_number<int>(row.column("acknowledge_minutes"));
    if (!within || *within < 0) return refuse(ProblemKind::malformed, "Minutes are a whole number; 0 asks nobody");
    audience.acknowledge_within = minutes{*within};
    audience.fallback = TRY(read_roles(row.column("fallback"), '>'));
    if (audience.acknowledge_within.count() > 0 && audience.event.starts_with("clock."))
        return refuse(ProblemKind::malformed, "A clock has a ladder of its own: nobody acknowledges it");
    if (audience.acknowledge_within.count() > 0 && (audience.roles.empty() || audience.fallback.empty()))
        return refuse(ProblemKind::malformed,
                      "What must be acknowledged names its roles, and who is told if nobody does");
    // A text wakes somebody: only for what waits for them.
    if (audience.by_text && audience.acknowledge_within.count() == 0 && audience.event != "clock.breach")
        return refuse(ProblemKind::malformed, "Only what must be acknowledged, and a time that is up, is told by text");
    return audience;
}

} // namespace

std::string event_of(std::string_view code)
{
    const auto pieces = split(code, '.');
    if (pieces.size() == 3 && pieces.front() == "clock") return fmt::format("clock.{}", pieces.back());
    return std::string(code);
}

Result<> check_audiences(const lists::DatedLists& lists)
{
    Problems problems;
    for (const auto& row : rows(lists))
        if (const auto audience = read(row); !audience)
            problems.push_back({ProblemKind::malformed,
                                fmt::format("notices/audience.csv, {}: {}", row.code, sentences(audience.error()))});
    return refuse_if_any(std::move(problems));
}

std::vector<Audience> all_audiences(const lists::DatedLists& lists)
{
    std::vector<Audience> audiences;
    for (const auto& row : rows(lists))
        if (auto audience = read(row)) audiences.push_back(std::move(*audience));
    return audiences;
}

std::vector<Audience> audiences_on(const lists::DatedLists& lists, CivilDate day)
{
    auto audiences = all_audiences(lists);
    std::erase_if(audiences, [&](const Audience& one) { return !is_in_force(one, day); });
    return audiences;
}

std::optional<Audience> audience_of(const lists::DatedLists& lists, std::string_view code, Role role, CivilDate day)
{
    const auto event = event_of(code);
    for (const auto& row : rows(lists)) {
        if (row.code != event || !is_in_force(row, day)) continue;
        auto audience = read(row);
        if (!audience) continue;
        const auto& told = audience->roles;
        if (told.empty() || std::ranges::find(told, role) != told.end()) return std::move(*audience);
    }
    return std::nullopt;
}

std::string words_of(const lists::DatedLists& lists, std::string_view code, std::string_view clock_title)
{
    auto words = std::string(lists.label_of(table, event_of(code)));
    constexpr std::string_view place = "{clock}";
    if (const auto at = words.find(place); at != std::string::npos) words.replace(at, place.size(), clock_title);
    return words;
}

std::span<const lists::ListFile> lists()
{
    return files;
}

} // namespace reachable::notices
