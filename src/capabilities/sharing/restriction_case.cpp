#include "capabilities/sharing/records.h"
#include "capabilities/sharing/rules.h"
#include "capabilities/sharing/sharing.h"
#include "casework/checked.h"
#include "casework/desk.h"
#include "casework/search.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::sharing {
namespace {

using namespace casework;
using enum accounts::Role;

constexpr std::string_view staff_family = "STAFF_FAMILY";

/// Another organisation that holds the record: it answers for the child, so it must learn why nobody finds it any more.
AgencyId another_custodian(const records::Child& child, AgencyId keeper)
{
    const auto custodians = records::custodians_of(child);
    const auto other = std::ranges::find_if(custodians, [&](AgencyId one) { return one != keeper; });
    return other == custodians.end() ? AgencyId{} : *other;
}

/// In force at once, because protection does not wait for a second person; taking it away does. A record that is closed
/// to whoever asks is like none.
Result<> restrict_the_record(Restriction& restriction, const Restriction&, Context& context)
{
    const auto stored = records::find_child(context.transaction, restriction.child);
    if (!stored || !is_open_to(context, restriction.child, "restriction.restrict"))
        return refuse(ProblemKind::missing, "There is no record of that reference", "child");
    TRY(a_reason_has_words(restriction.why.words, 15, "why"));
    if (restriction.kind == staff_family)
        restriction.worker = TRY(member_of_staff(context, restriction.staff_name)).id;
    else if (!restriction.staff_name.empty())
        return refuse(ProblemKind::malformed, "A member of staff is named only where the child is their family",
                      "staff_name");
    if (restriction.worker == context.session.worker)
        return refuse(ProblemKind::withheld, "Somebody else restricts the record of your own family", "staff_name");
    restriction.keeper = context.session.agency;
    restriction.keeper_team = context.session.team;
    if (restriction.kind != staff_family) // whose family the child is, is for the organisation of the staff to know
        restriction.custodian = another_custodian(stored->child, restriction.keeper);
    restriction.since = context.now;
    add_the_tie(restriction, context);
    return {};
}

/// Keepers and, of a record that another organisation holds, its governance.
void tell_both_sides(const Restriction& restriction, Context& context, std::string_view code)
{
    for (const auto role : {PSTD, IGOV}) {
        context.notices.push_back({.code = std::string(code), .role = role});
        if (!restriction.custodian.is_none())
            context.notices.push_back({.code = std::string(code), .role = role, .to_partner = true});
    }
}

Result<> note_who_asks(Restriction& restriction, const Restriction&, Context& context)
{
    TRY(a_reason_has_words(restriction.lift_reason.words, 15, "lift_reason"));
    restriction.lift_asked_by = context.session.worker;
    tell_both_sides(restriction, context, "restriction.lift_asked");
    return {};
}

/// Two people lift a restriction: who asks for it does not decide it.
Result<> somebody_else_lifts(const Restriction& restriction, const Context& context)
{
    if (restriction.lift_asked_by != context.session.worker) return {};
    return refuse(ProblemKind::withheld, "Somebody else decides this: you asked for it yourself");
}

Result<> lift_the_restriction(Restriction& restriction, const Restriction&, Context& context)
{
    restriction.lifted_at = context.now;
    context.writes.push_back([id = context.case_id, now = context.now](storage::Transaction& transaction) {
        ties::end_ties(transaction, id, now);
    });
    tell_both_sides(restriction, context, "restriction.lifted");
    return {};
}

Result<> forget_who_asked(Restriction& restriction, const Restriction&, Context& context)
{
    tell_both_sides(restriction, context, "restriction.kept");
    restriction.lift_asked_by = {};
    restriction.lift_reason = {};
    return {};
}

constexpr Field fields[] = {
    field<&Restriction::child>        ("child",         workings, "Child", "The reference of the child's record, or the address of a page of it"),
    field<&Restriction::kind>         ("kind",          workings, "How is the record restricted?", "", "sharing.restriction_kinds"),
    field<&Restriction::staff_name>   ("staff_name",    workings, "Member of staff", "Only for family of a member of staff: their sign-in name"),
    field<&Restriction::why>          ("why",           workings, "Why?", "At least 15 characters. Not where the child is"),
    field<&Restriction::worker>       ("worker",        workings, "Their account"),
    field<&Restriction::keeper>       ("keeper",        workings, "Kept by"),
    field<&Restriction::keeper_team>  ("keeper_team",   workings, "Team that keeps it"),
    field<&Restriction::custodian>    ("custodian",     where_the_child_is, "Organisation that holds the record"),
    field<&Restriction::since>        ("since",         workings, "In force since"),
    field<&Restriction::lift_reason>  ("lift_reason",   workings, "Why is it to be lifted?"),
    field<&Restriction::lift_asked_by>("lift_asked_by", where_the_child_is, "Lifting asked for by"),
    field<&Restriction::lifted_at>    ("lifted_at",     workings, "Lifted"),
};

constexpr std::string_view states[]      = {in_force, lifting_asked, lifted};
constexpr std::string_view open_states[] = {in_force, lifting_asked};

constexpr Action actions[] = {
    // action        from             to               who may       asks for
    {"restrict",     {nothing_yet},   {in_force},      {PSTD, IGOV}, "child kind staff_name? why", "Restrict the record", nullptr, doing<restrict_the_record>},
    {"ask_to_lift",  {in_force},      {lifting_asked}, {PSTD, IGOV}, "lift_reason",                "Ask for it to be lifted", nullptr, doing<note_who_asks>},
    {"lift",         {lifting_asked}, {lifted},        {PSTD, IGOV}, "",                           "Lift the restriction", only_if<somebody_else_lifts>, doing<lift_the_restriction>},
    {"keep",         {lifting_asked}, {in_force},      {PSTD, IGOV}, "",                           "Keep the restriction", nullptr, doing<forget_who_asked>},
};

Heading heading_of(const void* facts)
{
    const auto& restriction = *static_cast<const Restriction*>(facts);
    return {.child = restriction.child,
            .agency = restriction.keeper,
            .team = restriction.keeper_team,
            .partner = restriction.custodian};
}

/// Its keepers: professional standards and information governance of the organisation that set it, and of the one that
/// holds the record.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    const bool is_keeper = session.role == PSTD || session.role == IGOV;
    if (!is_keeper || session.agency.is_none()) return {};
    if (session.agency != heading.agency && session.agency != heading.partner) return {};
    return {{.relationship = policy::Relationship::enquiry}};
}

constexpr CaseType type = checked({
    .name = "restriction",
    .title = "Restriction of a record",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .actions = actions,
    .copy = copy_of<Restriction>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
    .child_held = policy::Label::sealed,
});

} // namespace

const CaseType& restriction_type() { return type; }

ties::Tie tie_of(const Restriction& restriction, CaseId id)
{
    return {.kind = restriction.kind == staff_family ? ties::Kind::family : ties::Kind::sealed,
            .child = restriction.child,
            .worker = restriction.worker,
            .proved_by = id,
            .keeper = restriction.keeper,
            .keeper_team = restriction.keeper_team,
            .since = begun(restriction.since),
            .ended_at = restriction.lifted_at};
}

} // namespace reachable::sharing
