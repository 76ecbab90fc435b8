#include "capabilities/sharing/records.h"
#include "capabilities/sharing/rules.h"
#include "capabilities/sharing/sharing.h"
#include "casework/checked.h"
#include "casework/search.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::sharing {
namespace {

using namespace casework;
using enum accounts::Role;

/// A child is the authority's if its record says so, or if the authority's desk has been asked about the child.
bool is_child_of(const Context& context, ChildId id, AgencyId authority)
{
    const auto stored = records::find_child(context.transaction, id);
    if (!stored) return false;
    if (stored->child.responsible_authority == authority || stored->child.host_authority == authority) return true;
    return !context.transaction
                .query("select 1 from cases where child = $1 and partner = $2 and type = 'custody' limit 1",
                       {storage::to_value(id), storage::to_value(authority)})
                .empty();
}

/// R-P-07, R-P-08: a protected child, and one who is family, is like no child of the authority; their keepers are told.
bool may_be_allocated(const Context& context, ChildId id)
{
    const auto asked = policy_request(context.desk, context.transaction, id, context.session, "read", context.now);
    ties::alert_keepers(context.transaction, asked, context.session, context.now);
    const bool is_barred = asked.is_sealed || asked.relationships.contains(policy::Relationship::linked);
    return !is_barred && is_child_of(context, id, context.session.agency);
}

/// P9: nobody puts a child on their own list.
Result<> allocate_the_child(Allocation& allocation, const Allocation&, Context& context)
{
    if (!may_be_allocated(context, allocation.child))
        return refuse(ProblemKind::missing, "Your authority holds no record of that reference", "child");
    const auto worker = TRY(member_of_staff(context, allocation.staff_name));
    if (worker.id == context.session.worker)
        return refuse(ProblemKind::withheld, "Somebody else allocates a child to you", "staff_name");
    const auto posts = accounts::posts_of(context.transaction, worker.id);
    if (std::ranges::none_of(posts, [](const accounts::Post& post) { return post.role == SW || post.role == YJS; }))
        return refuse(ProblemKind::missing, "A child is allocated to a social worker or a youth justice worker",
                      "staff_name");
    const auto ties = ties::ties_for(context.transaction, allocation.child, worker.id);
    if (std::ranges::any_of(ties, [&](const ties::Tie& tie) {
            return tie.kind == ties::Kind::allocated && tie.worker == worker.id && !tie.ended_at;
        }))
        return refuse(ProblemKind::out_of_order, "The child is on that worker's list already", "staff_name");
    allocation.authority = context.session.agency;
    allocation.team = context.session.team;
    allocation.since = context.now;
    allocation.worker = worker.id;
    add_the_tie(allocation, context);
    return {};
}

Result<> end_the_allocation(Allocation& allocation, const Allocation&, Context& context)
{
    allocation.ended_at = context.now;
    context.writes.push_back([id = context.case_id, now = context.now](storage::Transaction& transaction) {
        ties::end_ties(transaction, id, now);
    });
    return {};
}

constexpr Field fields[] = {
    field<&Allocation::child>     ("child",      workings, "Child", "The reference of the child's record, or the address of a page of it"),
    field<&Allocation::staff_name>("staff_name", workings, "Who works with the child?", "Their sign-in name"),
    field<&Allocation::worker>    ("worker",     workings, "Their account"),
    field<&Allocation::authority> ("authority",  workings, "Authority"),
    field<&Allocation::team>      ("team",       workings, "Team"),
    field<&Allocation::since>     ("since",      workings, "Since"),
    field<&Allocation::ended_at>  ("ended_at",   workings, "Ended"),
};

constexpr std::string_view states[]      = {allocated, ended};
constexpr std::string_view open_states[] = {allocated};

constexpr Action actions[] = {
    // action    from           to           who may asks for
    {"allocate", {nothing_yet}, {allocated}, {LADM}, "child staff_name", "Allocate the child", nullptr, doing<allocate_the_child>},
    {"end",      {allocated},   {ended},     {LADM}, "",                 "End the allocation", nullptr, doing<end_the_allocation>},
};

Heading heading_of(const void* facts)
{
    const auto& allocation = *static_cast<const Allocation*>(facts);
    return {.child = allocation.child, .agency = allocation.authority, .team = allocation.team};
}

std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    if (session.role != LADM || session.agency.is_none() || session.agency != heading.agency) return {};
    return {{.relationship = policy::Relationship::own_agency}};
}

constexpr CaseType type = checked({
    .name = "allocation",
    .title = "Allocation of a child",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .actions = actions,
    .copy = copy_of<Allocation>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
    .child_held = policy::Label::sealed,
});

} // namespace

const CaseType& allocation_type() { return type; }

ties::Tie tie_of(const Allocation& allocation, CaseId id)
{
    return {.kind = ties::Kind::allocated,
            .child = allocation.child,
            .worker = allocation.worker,
            .proved_by = id,
            .keeper = allocation.authority,
            .keeper_team = allocation.team,
            .since = begun(allocation.since),
            .ended_at = allocation.ended_at};
}

} // namespace reachable::sharing
