// What an act about a placement notes, who is told of it, and the notice for the force.
#include "capabilities/placements/placement.h"
#include "capabilities/placements/placements.h"

#include "accounts/accounts.h"
#include "base/text.h"
#include "casework/case_store.h"
#include "casework/search.h"

#include <fmt/format.h>

namespace reachable::placements {
namespace {

using accounts::AgencyKind;
using accounts::Role;
using storage::Transaction;
using enum ProblemKind;

constexpr std::string_view shared_fields[] = {"where", "worker", "out_of_hours", "history", "avoid", "profile"};

void tell_the_receiver(Context& context, const Placement& placement, std::string_view code)
{
    const auto tell = [&](Role role) {
        context.notices.push_back({.code = std::string(code), .role = role, .to_partner = true});
    };
    if (placement.receiver == to_force) {
        tell(Role::MPC);
        tell(Role::INSP);
        return;
    }
    tell(Role::EDT);
    tell(Role::LADM);
}

/// The authority that tells of it answers for the child, as far as the record says who does.
Result<> the_child_is_theirs(const Placement& placement, const Context& context)
{
    const auto no_such_child = refuse(not_found, "There is no such child's record, or it is not open to you", "child");
    const auto record = records::find_child(context.transaction, placement.child);
    if (!record || !casework::is_open_to(context, placement.child, "placement.notify")) return no_such_child;
    const auto& responsible = record->child.responsible_authority;
    if (!responsible.is_none() && responsible != context.session.agency)
        return refuse(withheld, "Another authority answers for this child by the record. They tell of the placement",
                      "child");
    const auto open = context.transaction.query("select 1 from cases where child = $1 and type = $2 and agency = $3 "
                                                "and is_open = 1 limit 1",
                                                {storage::to_value(placement.child), std::string(placement_type().name),
                                                 storage::to_value(context.session.agency)});
    if (!open.empty())
        return refuse(out_of_order,
                      "A notice of a placement of this child is open already. Tell what is new, or end it", "child");
    return {};
}

/// The team of a force that coordinates the search for missing children, or else whoever answers for its work.
std::optional<TeamId> team_of_force(Transaction& transaction, AgencyId force)
{
    const auto agency = accounts::find_agency(transaction, force);
    if (!agency || agency->kind != AgencyKind::police_force) return std::nullopt;
    for (const auto role : {Role::MPC, Role::INSP})
        if (const auto team = accounts::team_of_role(transaction, force, role)) return team;
    return std::nullopt;
}

Result<> note_the_force(Placement& placement, const Context& context)
{
    const bool was_named = !placement.host_force.is_none();
    if (!was_named)
        placement.host_force =
            accounts::force_of_area(context.transaction, placement.host_authority).value_or(AgencyId{});
    if (placement.host_force.is_none() || team_of_force(context.transaction, placement.host_force)) return {};
    if (was_named)
        return refuse(malformed, "That force has nobody in this service who is told. Leave it out, and ring them",
                      "host_force");
    placement.host_force = {};
    return {};
}

/// The same of a notice to the force, by the service.
void act_as_the_service(const casework::Desk& desk, Transaction& transaction, std::string action, CaseId id, Json asked,
                        UtcTime now)
{
    (void)casework::act_in(
        transaction, desk, accounts::service_session(), RequestId::random(),
        {.type = placement_type().name, .action = std::move(action), .id = id, .asked = std::move(asked)}, now);
}

const Placement& facts_of(const casework::LoadedCase& loaded)
{
    return *static_cast<const Placement*>(loaded.facts.get());
}

Json copied(const Placement& placement, std::span<const std::string_view> names)
{
    auto asked = Json::object();
    for (const auto name : names) {
        const auto* field = placement_type().find_field(name);
        if (!field->is_empty(&placement)) asked.set(name, field->write(&placement));
    }
    return asked;
}

} // namespace

Result<> note_notice(Placement& placement, const Placement&, Context& context)
{
    TRY(the_child_is_theirs(placement, context));
    const auto desk = accounts::duty_desk_of(context.transaction, placement.host_authority);
    if (!desk)
        return refuse(malformed, "That authority has no desk in this service. Ring them, and write down whom you told",
                      "host_authority");
    TRY(note_the_force(placement, context));
    placement.authority = context.session.agency;
    placement.desk = context.session.team;
    placement.receiver = to_authority;
    placement.told = placement.host_authority;
    placement.told_team = *desk;
    placement.told_at = context.now;
    tell_the_receiver(context, placement, "placement.told");
    return {};
}

Result<> note_passed_on(Placement& placement, const Placement&, Context& context)
{
    placement.receiver = to_force;
    placement.told = placement.host_force;
    placement.told_at = context.now;
    tell_the_receiver(context, placement, "placement.told");
    return {};
}

Result<> note_acknowledgement(Placement& placement, const Placement&, Context& context)
{
    if (placement.acknowledged.empty() || placement.acknowledged.back().action.words.empty())
        return refuse(missing, "Write down what you do because of it", "acknowledged-action");
    auto& one = placement.acknowledged.back();
    one.by = accounts::title_of(context.session.role);
    one.at = context.now;
    for (const auto role : {Role::SW, Role::EDT, Role::LADM})
        context.notices.push_back({.code = "placement.acknowledged", .role = role});
    return {};
}

Result<> note_change(Placement& placement, const Placement&, Context& context)
{
    placement.changed_at = context.now;
    tell_the_receiver(context, placement, "placement.changed");
    return {};
}

Result<> note_end(Placement& placement, const Placement&, Context& context)
{
    placement.ended_at = context.now;
    tell_the_receiver(context, placement, "placement.ended");
    return {};
}

CaseId notice_to_the_force(Transaction& transaction, CaseId first, ChildId child)
{
    for (const auto id : storage::ids_at<CaseId>(
             transaction.query("select id from cases where child = $1 and type = $2 order by opened_at desc, id",
                               {storage::to_value(child), std::string(placement_type().name)}),
             0)) {
        const auto loaded = casework::load_case(transaction, placement_type(), id);
        if (loaded && facts_of(*loaded).first == first) return id;
    }
    return {};
}

void tell_the_force(const casework::Desk& desk, Transaction& transaction, const casework::CaseHead& notice, UtcTime now)
{
    const auto loaded = casework::load_case(transaction, placement_type(), notice.id);
    const auto& placement = facts_of(*loaded);
    if (placement.host_force.is_none()) return; // the home authority reads that the police are not told
    const auto team = team_of_force(transaction, placement.host_force);
    if (!team) return;
    constexpr std::string_view first_told[] = {"child",          "kind",       "starts_at", "home",
                                               "host_authority", "host_force", "authority", "desk"};
    auto asked = copied(placement, shared_fields);
    const auto more = copied(placement, first_told);
    for (const auto& [name, value] : *more.members()) asked.set(name, value);
    asked.set("told_team", team->text()).set("first", notice.id.text());
    act_as_the_service(desk, transaction, "pass_on", {}, std::move(asked), now);
}

void change_both(const casework::Desk& desk, Transaction& transaction, const casework::CaseHead& notice, UtcTime now)
{
    const auto other = notice_to_the_force(transaction, notice.id, notice.heading.child);
    if (other.is_none()) return;
    const auto loaded = casework::load_case(transaction, placement_type(), notice.id);
    auto asked = copied(facts_of(*loaded), shared_fields);
    asked.set("because_changed", facts_of(*loaded).because_changed);
    act_as_the_service(desk, transaction, "bring_in_line", other, std::move(asked), now);
}

void end_both(const casework::Desk& desk, Transaction& transaction, const casework::CaseHead& notice, UtcTime now)
{
    const auto other = notice_to_the_force(transaction, notice.id, notice.heading.child);
    if (other.is_none()) return;
    const auto loaded = casework::load_case(transaction, placement_type(), notice.id);
    act_as_the_service(desk, transaction, "close_too", other,
                       Json::object().set("end_words", facts_of(*loaded).end_words.words), now);
}

} // namespace reachable::placements
