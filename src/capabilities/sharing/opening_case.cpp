#include "base/text.h"
#include "capabilities/sharing/records.h"
#include "capabilities/sharing/rules.h"
#include "capabilities/sharing/sharing.h"
#include "casework/checked.h"
#include "casework/desk.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::sharing {
namespace {

using namespace casework;
using enum accounts::Role;

/// As long as a shift may last (a session's whole limit).
constexpr auto open_for = hours{12};

/// R-P-01: "not repeated boilerplate". The same words for another child within thirty days are no reason; of a desk
/// that came by a link, the same words of that desk.
Result<> it_is_said_for_this_child(const Context& context, ChildId child, const std::string& words)
{
    const auto same = context.transaction.query(
        "select keeper_team from ties where worker = $1 and kind = 'reasoned' and purpose = $2 and child <> $3 and "
        "since > $4",
        {storage::to_value(context.session.worker), words, storage::to_value(child),
         storage::to_value(context.now - hours{24 * 30})});
    const bool is_named = !context.session.worker.is_none();
    const bool was_said = std::ranges::any_of(same, [&](const storage::Row& row) {
        return is_named || storage::id_at<TeamId>(row, 0) == context.session.team;
    });
    if (!was_said) return {};
    return refuse(ProblemKind::malformed, "You gave these words for another child. Say why you open this one",
                  "reason");
}

/// A reason opens more of a case that the person may know of. It opens none that is closed to them. To a duty manager
/// it opens a case that the authority was asked about (R-P-01); to everybody who works with a sealed record, that
/// record.
Result<> there_is_more_to_open(const Context& context, const CaseHead& head)
{
    const auto* type = context.desk.find_type(head.type);
    if (type == nullptr) return no_such_case();
    auto asked = policy_request(context.desk, context.transaction, *type, head, context.session, "read", context.now);
    ties::alert_keepers(context.transaction, asked, context.session, context.now);
    if (!context.desk.policy.decide(asked).is_allowed) return no_such_case();
    const bool is_asked = head.heading.partner == context.session.agency;
    if (asked.is_sealed || (context.session.role == LADM && is_asked)) return {};
    // Whoever may read released lines only, of which there are none, does not learn that there is a case.
    asked.fields = {type->held};
    if (context.session.role == LADM || context.desk.policy.decide(asked).fields.front() < policy::Show::generalise)
        return no_such_case();
    return refuse(ProblemKind::out_of_order, "This case is not sealed: what you may see of it needs no reason",
                  "about");
}

/// What is kept of the words is a hash: enough to know them again, also with other spaces, stops or numbers.
std::string hash_of(std::string_view words)
{
    std::string letters;
    for (const char c : to_lower_ascii(words))
        if (std::string_view(" .,\r\n0123456789").find(c) == std::string_view::npos) letters += c;
    return to_hex(sha256(as_bytes(letters)));
}

Result<> note_why(Opening& opening, const Opening&, Context& context)
{
    TRY(a_reason_has_words(opening.reason.words, 15, "reason"));
    if (!context.session.worker.is_none() && accounts::is_machine(context.transaction, context.session.worker))
        return refuse(ProblemKind::withheld, "A reason is a person's: somebody opens this case on its page", "reason");
    const auto rows =
        context.transaction.query("select 1 from cases where id = $1", {storage::to_value(opening.about)});
    if (rows.empty()) return no_such_case();
    const auto head = load_head(context.transaction, opening.about);
    TRY(there_is_more_to_open(context, head));
    opening.child = head.heading.child;
    TRY(it_is_said_for_this_child(context, opening.child, hash_of(opening.reason.words)));
    opening.authority = context.session.agency;
    opening.team = context.session.team;
    opening.at = context.now;
    opening.worker = context.session.worker;
    add_the_tie(opening, context);
    return {};
}

constexpr Field fields[] = {
    field<&Opening::about>("about", workings, "Case", "Its reference"),
    field<&Opening::reason>("reason", workings, "Why do you open this case?",
                            "At least 15 characters, in your own words"),
    field<&Opening::child>("child", workings, "Child"),
    field<&Opening::worker>("worker", workings, "Who"),
    field<&Opening::authority>("authority", workings, "Organisation"),
    field<&Opening::team>("team", workings, "Team"),
    field<&Opening::at>("at", workings, "When"),
};

constexpr std::string_view states[] = {said};

constexpr Action actions[] = {
    {"say_why",
     {nothing_yet},
     {said},
     {LADM, CUST, INSP, DETO, HLTH, AA, OIC, EDT, SW, YJS, CALL, RESP, MPC},
     "about reason",
     "Open the case",
     nullptr,
     doing<note_why>},
};

Heading heading_of(const void* facts)
{
    const auto& opening = *static_cast<const Opening*>(facts);
    return {.child = opening.child, .agency = opening.authority, .team = opening.team};
}

/// Those who check at the authority.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    if (session.role != IGOV || session.agency.is_none() || session.agency != heading.agency) return {};
    return {{.relationship = policy::Relationship::enquiry}};
}

constexpr CaseType type = checked({
    .name = "opening",
    .title = "A case opened with a reason",
    .states = states,
    .fields = fields,
    .actions = actions,
    .copy = copy_of<Opening>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
    .child_held = policy::Label::sealed,
});

} // namespace

const CaseType& opening_type()
{
    return type;
}

ties::Tie tie_of(const Opening& opening, CaseId id)
{
    return {.kind = ties::Kind::reasoned,
            .child = opening.child,
            .worker = opening.worker,
            .proved_by = id,
            .about = opening.about,
            .keeper = opening.authority,
            .keeper_team = opening.team,
            .purpose = hash_of(opening.reason.words),
            .characters = opening.reason.words.size(),
            .since = begun(opening.at),
            .ended_at = begun(opening.at) + open_for};
}

} // namespace reachable::sharing
