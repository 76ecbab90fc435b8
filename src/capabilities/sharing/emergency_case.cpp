#include "capabilities/sharing/obligations.h"
#include "capabilities/sharing/records.h"
#include "capabilities/sharing/rules.h"
#include "capabilities/sharing/sharing.h"
#include "casework/checked.h"
#include "casework/search.h"
#include "notices/notices.h"
#include "ties/ties.h"

namespace reachable::sharing {
namespace {

using namespace casework;
using enum accounts::Role;

/// What is owed for it. The same words for no record, a barred one and a sealed one: what may not be seen does not
/// exist.
Result<policy::Obligations> glass_opens_something(const EmergencyAccess& access, Context& context)
{
    auto asked = policy_request(context.desk, context.transaction, access.child, context.session, "read", context.now);
    asked.fields = {{policy::Category::id_core, policy::Label::personal},
                    {policy::Category::address, policy::Label::sensitive}};
    const auto shown = [&] { return context.desk.policy.decide(asked).fields; };
    const bool exists = records::find_child(context.transaction, access.child).has_value();
    const auto before = shown();
    asked.break_glass = policy::BreakGlass{.reason_characters = access.reason.words.size(), .opened_ago = seconds{0}};
    if (exists && shown() > before) {
        const auto decision = ties::decide(context.desk.policy, context.transaction, context.session, asked);
        if (!decision.is_allowed) return refuse(Problems{cannot_be_met(decision)});
        return decision.obligations;
    }
    asked.second_factor_age = seconds{0};
    if (exists && shown() == before && before.front() != policy::Show::hide)
        return refuse(ProblemKind::out_of_order, "This record is open to you already. Open it in the usual way");
    if (exists && shown() > before)
        return refuse(ProblemKind::missing, "Enter the code that your authenticator shows now", "code");
    // R-P-07: the custodian is told, the person sees no difference. This is part of noting the refusal.
    ties::alert_keepers(context.transaction, asked, context.session, context.now);
    return no_such_case();
}

void tell(Context& context, std::string_view code, accounts::Role role, bool to_partner = false)
{
    context.notices.push_back({.code = std::string(code), .role = role, .to_partner = to_partner});
}

/// The authority that is responsible for the child, else the one where the child lives; none if neither is known.
AgencyId holder_of(Context& context, ChildId child)
{
    const auto stored = records::find_child(context.transaction, child);
    if (!stored) return {};
    const auto& record = stored->child;
    return record.responsible_authority.is_none() ? record.host_authority : record.responsible_authority;
}

Result<> note_who_broke_the_glass(EmergencyAccess& access, const EmergencyAccess&, Context& context)
{
    TRY(a_reason_has_words(access.reason.words, 20, "reason"));
    const auto owed = TRY(glass_opens_something(access, context));
    access.opened_by = context.session.worker;
    access.agency = context.session.agency;
    access.team = context.session.team;
    access.purpose = context.session.purpose;
    access.opened_at = context.now;
    access.holder = holder_of(context, access.child);
    for (const auto role : ties::told_of(context.transaction, context.session, owed))
        tell(context, "emergency-access.opened", role);
    // "holder told at once"; the own authority's duty manager is its supervisor, and is told once.
    if (!access.holder.is_none() && access.holder != access.agency)
        for (const auto role : {LADM, IGOV}) tell(context, "emergency-access.opened_elsewhere", role, true);
    add_the_tie(access, context);
    return {};
}

Result<> end_what_was_opened(EmergencyAccess& access, const EmergencyAccess&, Context& context)
{
    if (access.opened_by != context.session.worker) return no_such_case();
    if (access.ended_at) return refuse(ProblemKind::out_of_order, "This emergency access has been ended already");
    access.ended_at = context.now;
    context.writes.push_back([id = context.case_id, now = context.now](storage::Transaction& transaction) {
        ties::end_ties(transaction, id, now);
    });
    return {};
}

/// R-P-03 and the second person of the review: whoever opened it never reviews it.
Result<> somebody_else_reviews(const EmergencyAccess& access, const Context& context)
{
    if (access.agency != context.session.agency) return no_such_case();
    if (access.opened_by == context.session.worker)
        return refuse(ProblemKind::withheld, "Somebody else reviews this: you opened the record yourself");
    if (access.finding == "misuse" && access.finding_words.words.empty())
        return refuse(ProblemKind::missing, "Say what shows that it was misuse", "finding_words");
    return {};
}

/// Misuse goes to professional standards; what is still open is closed.
Result<> note_review(EmergencyAccess& access, const EmergencyAccess&, Context& context)
{
    access.reviewed_at = context.now;
    if (access.finding != "misuse") return {};
    context.writes.push_back(
        [id = context.case_id, now = context.now, agency = access.agency](storage::Transaction& transaction) {
            ties::end_ties(transaction, id, now);
            notices::store_notice(transaction, {.agency = agency, .team = {}}, id,
                                  {.code = "emergency-access.misuse", .role = PSTD}, "", now);
        });
    return {};
}

constexpr Field fields[] = {
    field<&EmergencyAccess::child>          ("child",           workings, "Child", "The reference of the child's record"),
    field<&EmergencyAccess::reason_code>    ("reason_code",     workings, "Why must you open this record now?", "", "sharing.emergency_reasons"),
    field<&EmergencyAccess::reason>         ("reason",          workings, "What is happening?", "At least 20 characters. It is read by those who review this"),
    field<&EmergencyAccess::opened_by>      ("opened_by",       workings, "Opened by"),
    field<&EmergencyAccess::agency>         ("agency",          workings, "Organisation"),
    field<&EmergencyAccess::team>           ("team",            workings, "Team"),
    field<&EmergencyAccess::purpose>        ("purpose",         workings, "Purpose"),
    field<&EmergencyAccess::opened_at>      ("opened_at",       workings, "Opened"),
    field<&EmergencyAccess::ended_at>       ("ended_at",        workings, "Ended by hand"),
    field<&EmergencyAccess::holder>         ("holder",          where_the_child_is, "Authority that answers for the child"),
    field<&EmergencyAccess::finding>        ("finding",         workings, "What did the review find?", "", "sharing.review_findings"),
    field<&EmergencyAccess::finding_words>  ("finding_words",   workings, "What is to follow from it?"),
    field<&EmergencyAccess::reviewed_at>    ("reviewed_at",     workings, "Reviewed"),
};

constexpr std::string_view states[]      = {to_be_reviewed, reviewed};
constexpr std::string_view open_states[] = {to_be_reviewed};

constexpr Action actions[] = {
    // action     from              to                who may                                       asks for
    {"open",      {nothing_yet},    {to_be_reviewed}, {CALL, RESP, MPC, CUST, INSP, EDT, SW, LADM},       "child reason_code reason", "Open the record", nullptr, doing<note_who_broke_the_glass>},
    {"end_now",   {to_be_reviewed, reviewed}, {same_state},     {CALL, RESP, MPC, CUST, INSP, EDT, SW, LADM},       "",                         "End it now", nullptr, doing<end_what_was_opened>},
    {"review",    {to_be_reviewed}, {reviewed},       {IGOV, PSTD},                                 "finding finding_words?",   "Record the review", only_if<somebody_else_reviews>, doing<note_review>},
};

constexpr Clock clocks[] = {
    {"C30", "Emergency access is reviewed", {"open"}, {"review"}, "Every use of emergency access is looked at by somebody else"},
};

Heading heading_of(const void* facts)
{
    const auto& access = *static_cast<const EmergencyAccess*>(facts);
    return {.child = access.child,
            .agency = access.agency,
            .team = access.team,
            .partner = access.holder};
}

/// Those who check, and those who answer for the child, have an enquiry; the team it was opened in has a case of its
/// own.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    if (session.agency.is_none()) return {};
    const bool is_own = session.agency == heading.agency;
    const bool is_holder = session.agency == heading.partner;
    const bool checks = is_own && (session.role == IGOV || session.role == PSTD);
    const bool answers = is_holder && (session.role == IGOV || session.role == LADM);
    if (checks || answers) return {{.relationship = policy::Relationship::enquiry}};
    if (is_own && session.team == heading.team) return {{.relationship = policy::Relationship::own_agency}};
    return {};
}

constexpr CaseType type = checked({
    .name = "emergency-access",
    .title = "Emergency access to a record",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<EmergencyAccess>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
    .child_held = policy::Label::restricted,
});

} // namespace

const CaseType& emergency_type() { return type; }

ties::Tie tie_of(const EmergencyAccess& access, CaseId id)
{
    const bool was_misuse = access.finding == "misuse";
    return {.kind = ties::Kind::emergency,
            .child = access.child,
            .worker = access.opened_by,
            .proved_by = id,
            .keeper = access.agency,
            .keeper_team = access.team,
            .purpose = access.purpose,
            .characters = access.reason.words.size(),
            .since = begun(access.opened_at),
            .ended_at = access.ended_at ? access.ended_at : was_misuse ? access.reviewed_at : std::nullopt};
}

} // namespace reachable::sharing
