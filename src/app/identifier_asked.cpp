#include "app/identifier_asked.h"

#include "base/text.h"
#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

constexpr std::size_t shortest_number = 3;

const lists::Code* kind_in_force(const casework::Desk& desk, std::string_view code, UtcTime now)
{
    for (const auto* one : desk.lists.codes_on(identifier_kinds, clocks::london_day(now)))
        if (one->code == code) return one;
    return nullptr;
}

/// "PNC ID (pnc), CRO number (cro)": a system that is refused learns what it may send.
std::string all_kinds(const casework::Desk& desk, UtcTime now)
{
    std::vector<std::string> kinds;
    for (const auto* one : desk.lists.codes_on(identifier_kinds, clocks::london_day(now)))
        kinds.push_back(fmt::format("{} ({})", one->label, one->code));
    return join(kinds, ", ");
}

} // namespace

void add_identifier(const casework::Desk& desk, const IdentifierAsked& typed, UtcTime now,
                    identity::SourceRecord& asked, Problems& problems)
{
    const auto code = to_lower_ascii(trim(typed.kind));
    const auto issuer = to_lower_ascii(trim(typed.issuer));
    const auto number = std::string(trim(typed.number));
    if (code.empty() && number.empty() && issuer.empty()) return;
    const auto already = problems.size();
    const auto* kind = kind_in_force(desk, code, now);
    if (code.empty())
        problems.push_back({ProblemKind::missing, "Say whose number it is", typed.kind_field});
    else if (kind == nullptr)
        problems.push_back({ProblemKind::malformed,
                            fmt::format("Say whose number it is by one of these: {}", all_kinds(desk, now)),
                            typed.kind_field});
    const bool has_issuer = kind != nullptr && kind->column("issuer") == "yes";
    if (has_issuer && issuer.empty())
        problems.push_back(
            {ProblemKind::missing, "Say in which organisation's own system it is a number", typed.issuer_field});
    if (kind != nullptr && !has_issuer && !issuer.empty())
        problems.push_back({ProblemKind::malformed, "This number is the same everywhere. Leave out the organisation",
                            typed.issuer_field});
    if (number.empty())
        problems.push_back({ProblemKind::missing, "Enter the number, or leave out whose it is", typed.number_field});
    else if (number.size() < shortest_number)
        problems.push_back({ProblemKind::malformed, "Enter the whole number", typed.number_field});
    if (problems.size() > already) return;
    asked.identifiers.push_back({.type = has_issuer ? code + " " + issuer : code, .value = number});
}

} // namespace reachable::app
