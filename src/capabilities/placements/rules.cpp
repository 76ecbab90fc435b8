// What a notice must say, and who may do what with it; each rule with its words.
#include "capabilities/placements/placement.h"

namespace reachable::placements {
namespace {

using enum ProblemKind;

/// Further off than this, a date is a slip of the pen.
constexpr auto furthest = hours{24 * 366};

const Placement& placement_in(const void* facts)
{
    return *static_cast<const Placement*>(facts);
}

} // namespace

/// R-B-06: "Placement notice carries: child, both LAs, social worker and out-of-hours route, missing and exploitation
/// history, people and places to avoid, profile link."
Result<> the_notice_is_whole(const Placement& placement, const Context& context)
{
    Problems problems;
    if (placement.starts_at &&
        (*placement.starts_at > context.now + furthest || *placement.starts_at < context.now - furthest))
        problems.push_back({malformed, "That is more than a year away. Check the date", "starts_at"});
    if (placement.host_authority == context.session.agency)
        problems.push_back({malformed,
                            "A placement in your own area needs no notice here. Choose the authority of the area in "
                            "which the child lives then",
                            "host_authority"});
    return refuse_if_any(std::move(problems));
}

Result<> the_home_authority_acts(const Placement& placement, const Context& context)
{
    if (context.session.agency != placement.authority)
        return refuse(withheld, "The authority that placed the child changes or ends the notice. Ring them");
    if (placement.receiver != to_authority)
        return refuse(out_of_order, "Change or end the notice to the authority: the one to the police follows it");
    return {};
}

Result<> the_change_is_whole(const Placement& placement, const Context& context)
{
    return the_home_authority_acts(placement, context);
}

/// "The host force acknowledges": nobody does it for another organisation.
Result<> the_receiver_acts(const Placement& placement, const Context& context)
{
    if (context.session.agency == placement.told) return {};
    return refuse(withheld, "Whoever is told acknowledges it: another organisation does here");
}

/// C15: "before move; emergency: 5 working days".
bool is_planned(const void* facts)
{
    return placement_in(facts).kind != "emergency";
}
bool is_an_emergency(const void* facts)
{
    return placement_in(facts).kind == "emergency";
}

std::optional<UtcTime> when_the_child_moves(const void* facts)
{
    return placement_in(facts).starts_at;
}

} // namespace reachable::placements
