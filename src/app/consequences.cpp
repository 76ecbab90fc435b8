#include "app/consequences.h"

#include "accounts/accounts.h"
#include "app/figures.h"
#include "app/interviews_due.h"
#include "app/meeting_joins.h"
#include "app/what_repeats.h"
#include "capabilities/custody/conversation.h"
#include "capabilities/custody/custody.h"
#include "capabilities/custody/rules.h"
#include "capabilities/encounters/encounters.h"
#include "capabilities/flags/flags.h"
#include "capabilities/matching/same_person.h"
#include "capabilities/missing/missing.h"
#include "capabilities/offers/offers.h"
#include "capabilities/placements/placements.h"
#include "capabilities/profiles/profiles.h"
#include "identity/people.h"
#include "notices/notices.h"
#include "storage/columns.h"
#include "ties/told_together.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using accounts::Role;
using casework::CaseHead;
using casework::Desk;
using storage::Transaction;

/// A child may sit in the cells of the very team that the record is closed to now. That team cannot be told why, so
/// those who restricted the record hear it at once: another team has to take over. Only of a detention: other open
/// cases may be none of theirs to know.
void tell_if_their_team_has_the_child(Transaction& transaction, const ties::Tie& family, UtcTime now)
{
    const auto posts = accounts::posts_of(transaction, family.worker);
    const auto detained =
        transaction.query("select team from cases where child = $1 and is_open = 1 and type = 'custody'",
                          {storage::to_value(family.child)});
    const bool is_theirs = std::ranges::any_of(detained, [&](const storage::Row& row) {
        return std::ranges::find(posts, storage::id_at<TeamId>(row, 0), &accounts::Post::team) != posts.end();
    });
    if (!is_theirs) return;
    for (const auto role : {Role::PSTD, Role::IGOV})
        notices::store_notice(transaction, {.agency = family.keeper, .team = family.keeper_team}, family.proved_by,
                              {.code = "restriction.child_is_with_their_team", .role = role}, "", now);
}

void close_alike(Transaction& transaction, ChildId child, UtcTime now)
{
    for (const auto& closed : ties::close_family_alike(transaction, identity::members_of(transaction, child), now))
        tell_if_their_team_has_the_child(transaction, closed, now);
}

void restriction_closes(const Desk&, Transaction& transaction, const CaseHead& restriction, UtcTime now)
{
    const auto child = restriction.heading.child;
    for (const auto& tie : ties::ties_for(transaction, child, {}))
        if (tie.kind == ties::Kind::family && tie.proved_by == restriction.id)
            tell_if_their_team_has_the_child(transaction, tie, now);
    close_alike(transaction, child, now);
}

void records_were_decided_about(const Desk&, Transaction& transaction, const CaseHead& pair, UtcTime now)
{
    for (const auto child : {pair.heading.child, pair.heading.other}) close_alike(transaction, child, now);
}

std::vector<casework::CaseHead> detentions_of(Transaction& transaction, ChildId child)
{
    const auto sql = fmt::format("{}where child = $1 and is_open = 1 and type = 'custody'", casework::select_heads);
    std::vector<casework::CaseHead> open;
    for (const auto record : ties::records_told_together(transaction, child))
        for (const auto& row : transaction.query(sql, {storage::to_value(record)}))
            open.push_back(casework::read_head(row));
    return open;
}

/// What the organisation that owns a flag is told of it, and what every other one is.
struct FlagNotice {
    const char* to_own;
    const char* to_others;
};

/// Those whom a flag must reach: where the child is in custody now, and the desk that was asked about the child.
void tell_of_the_flag(Transaction& transaction, const CaseHead& flag, const FlagNotice& notice, UtcTime now)
{
    for (const auto& detention : detentions_of(transaction, flag.heading.child))
        for (const bool is_partner : {false, true}) {
            const auto side = detention.heading.side(is_partner);
            if (side.agency.is_none()) continue;
            const auto* code = side.agency == flag.heading.agency ? notice.to_own : notice.to_others;
            notices::store_notice(transaction, side, detention.id,
                                  {.code = code, .role = is_partner ? Role::EDT : Role::CUST, .to_partner = is_partner},
                                  "", now);
        }
}

/// What another organisation set must be read: somebody acknowledges it. Who set it themselves knows.
void tell_that_it_was_set(Transaction& transaction, const CaseHead& flag, UtcTime now)
{
    tell_of_the_flag(transaction, flag, {"flag.set_here", "flag.set_elsewhere"}, now);
}
void tell_that_it_was_removed(Transaction& transaction, const CaseHead& flag, UtcTime now)
{
    tell_of_the_flag(transaction, flag, {"flag.removed_here", "flag.removed_here"}, now);
}

bool may_be_exploited(const Desk& desk, Transaction& transaction, ChildId child)
{
    return std::ranges::any_of(ties::records_told_together(transaction, child),
                               [&](ChildId record) { return flags::may_be_exploited(desk, transaction, record); });
}

/// R-C-05, G-05: a child who is suspected, and of whom a flag says that somebody may exploit them, is both. After
/// custody it stands as it stood: an investigation goes on.
void set_if_both(const Desk& desk, Transaction& transaction, ChildId child, UtcTime now)
{
    if (!may_be_exploited(desk, transaction, child)) return;
    for (const auto& detention : detentions_of(transaction, child))
        flags::bring_in_line(desk, transaction,
                             {.child = detention.heading.child,
                              .code = "DUAL",
                              .stands = true,
                              .because = "In custody as a suspect, and a flag says that somebody may exploit the child",
                              .owner = detention.heading.agency,
                              .owner_team = detention.heading.team},
                             now);
}

/// What a person took away comes back with the next flag or booking that says so, and not by itself.
void clear_if_not_both(const Desk& desk, Transaction& transaction, ChildId child, UtcTime now)
{
    if (may_be_exploited(desk, transaction, child)) return;
    for (const auto record : ties::records_told_together(transaction, child))
        flags::bring_in_line(
            desk, transaction,
            {.child = record, .code = "DUAL", .because = "No flag says any longer that somebody may exploit the child"},
            now);
}

void records_may_be_joined(const Desk& desk, Transaction& transaction, const CaseHead& pair, UtcTime now)
{
    if (pair.state == matching::one_child) // and not one that waits for a second person
        ties::tell_of_joining(transaction, identity::members_of(transaction, pair.heading.child), now);
    records_were_decided_about(desk, transaction, pair, now);
    if (pair.state != matching::one_child) return;
    set_if_both(desk, transaction, pair.heading.child, now);
    count_again(desk, transaction, pair.heading.child);
    missing::let_in_each_other(desk, transaction, pair.heading.child, now);
}

/// Of records that are one child no more, each is looked at by itself.
void records_are_not_one(const Desk& desk, Transaction& transaction, const CaseHead& pair, UtcTime now)
{
    records_were_decided_about(desk, transaction, pair, now);
    for (const auto child : {pair.heading.child, pair.heading.other}) {
        clear_if_not_both(desk, transaction, child, now);
        count_again(desk, transaction, child);
        missing::tell_who_ended_it_as_the_same(transaction, child, now);
    }
}

/// 4.D, reachable moment: "on arrest, found, injured, or NRM indicator the system opens an offer". Not of a protected
/// record: those who hold it see what happened itself, and nobody else learns that there is something to bring.
void offer_support(const Desk& desk, Transaction& transaction, const CaseHead& head, std::string because,
                   bool is_at_risk, UtcTime now)
{
    if (ties::is_sealed(transaction, head.heading.child)) return;
    offers::offer_support(desk, transaction,
                          {.child = head.heading.child,
                           .because = std::move(because),
                           .is_at_risk = is_at_risk,
                           .force = head.heading.agency,
                           .team = head.heading.team,
                           .authority = head.heading.partner,
                           .desk = head.heading.partner_team},
                          now);
}

void child_was_booked_in(const Desk& desk, Transaction& transaction, const CaseHead& detention, UtcTime now)
{
    set_if_both(desk, transaction, detention.heading.child, now);
    if (ties::is_sealed(transaction, detention.heading.child)) return;
    const auto suite = accounts::find_team(transaction, detention.heading.team);
    missing::found_in_custody(desk, transaction,
                              {.child = detention.heading.child, .where = suite ? suite->name : "In custody"}, now);
}

/// The desk that answers for the child knows of the child from the request on.
void children_services_were_asked(const Desk& desk, Transaction& transaction, const CaseHead& detention, UtcTime now)
{
    offer_support(desk, transaction, detention, "The child was arrested and is in custody", false, now);
    // Where the child was arrested is said with the request.
    if (ties::is_sealed(transaction, detention.heading.child)) return;
    const auto loaded = casework::load_case(transaction, custody::conversation_type(), detention.id);
    const auto& place = static_cast<const custody::Conversation*>(loaded->facts.get())->arrest_place;
    flags::note_child_at_place(desk, transaction, detention.heading.agency, place, detention.heading.child, now);
}

/// Scenario 1, step 3: "Adult A becomes POC (proposed); address EXPL (proposed)". And who is met at a flagged place.
void note_who_was_around(const Desk& desk, Transaction& transaction, const CaseHead& encounter,
                         const encounters::Follows& follows, UtcTime now)
{
    const auto& heading = encounter.heading;
    for (const auto& [code, subject, because] : follows.around)
        flags::propose_concern_because(desk, transaction,
                                       {.code = code,
                                        .subject = subject,
                                        .because = std::string(because),
                                        .encounter = encounter.id,
                                        .child = heading.child,
                                        .owner = heading.agency,
                                        .owner_team = heading.team,
                                        .told = heading.partner,
                                        .told_desk = heading.partner_team},
                                       now);
    flags::note_child_at_place(desk, transaction, heading.agency, follows.place, heading.child, now);
}

/// Whoever holds the child in a cell hears that somebody looks for them in the streets.
void tell_where_the_child_is_held(Transaction& transaction, const CaseHead& episode, UtcTime now)
{
    for (const auto& detention : detentions_of(transaction, episode.heading.child))
        notices::store_notice(transaction, detention.heading.side(false), detention.id,
                              {.code = "missing.is_in_custody", .role = Role::CUST}, "", now);
}

/// An absence that is over when it is learnt of is owed an interview at once.
void child_was_reported(const Desk& desk, Transaction& transaction, const CaseHead& episode, UtcTime now)
{
    if (missing::is_over(episode)) return interview_is_due(desk, transaction, episode, now);
    tell_where_the_child_is_held(transaction, episode, now);
}

/// R-B-08: each of the two episodes says so.
void children_were_linked(const Desk& desk, Transaction& transaction, const CaseHead& episode, UtcTime now)
{
    missing::link_back(desk, transaction, episode, now);
    note_what_repeats(desk, transaction, episode, now);
}

void child_is_back_as_sent(const Desk& desk, Transaction& transaction, const CaseHead& episode, UtcTime now)
{
    if (!missing::is_over(episode) && missing::is_live(transaction, episode))
        tell_where_the_child_is_held(transaction, episode, now);
    interview_is_due_as_sent(desk, transaction, episode, now);
}

void absence_changed(const Desk&, Transaction& transaction, const CaseHead& episode, UtcTime)
{
    missing::note_absence(transaction, episode);
}

/// Scenario 1, step 2: "hidden missing record". Only when the encounter is recorded: what is added to it later opens no
/// second absence.
void note_that_nobody_reported(const Desk& desk, Transaction& transaction, const CaseHead& encounter,
                               const encounters::Follows& follows, UtcTime now)
{
    if (encounter.version != 1 || !follows.is_away_from_home || !follows.met_at) return;
    const auto& heading = encounter.heading;
    missing::open_because_met(desk, transaction,
                              {.child = heading.child,
                               .at = *follows.met_at,
                               .where = follows.place,
                               .distance = follows.distance,
                               .signs = follows.signs,
                               .force = heading.agency,
                               .authority = heading.partner,
                               .desk = heading.partner_team},
                              now);
}

/// Scenario 1: what was recorded of an encounter proposes flags and opens an offer. Of a protected record nothing is
/// concluded beside it.
void police_met_a_child(const Desk& desk, Transaction& transaction, const CaseHead& encounter, UtcTime now)
{
    const auto follows = encounters::what_follows(desk, transaction, encounter);
    if (!ties::is_sealed(transaction, encounter.heading.child))
        for (const auto code : follows.flags)
            flags::propose_because(desk, transaction,
                                   {.child = encounter.heading.child,
                                    .code = code,
                                    .because = follows.because,
                                    .owner = encounter.heading.agency,
                                    .owner_team = encounter.heading.team},
                                   now);
    if (!ties::is_sealed(transaction, encounter.heading.child)) {
        note_who_was_around(desk, transaction, encounter, follows, now);
        note_that_nobody_reported(desk, transaction, encounter, follows, now);
    }
    if (follows.needs_support) offer_support(desk, transaction, encounter, follows.because, follows.is_at_risk, now);
}

/// 4.B: a profile is sealed to the police until they look for the child "or immediate danger is declared", by somebody
/// with a name and a reason; whoever keeps it is told. Of a protected record those who hold it are told by themselves.
void a_record_was_opened_in_an_emergency(const Desk&, Transaction& transaction, const CaseHead& access, UtcTime now)
{
    profiles::tell_of_an_emergency(transaction, ties::records_told_together(transaction, access.heading.child), now);
}

void flag_was_set(const Desk& desk, Transaction& transaction, const CaseHead& flag, UtcTime now)
{
    if (flags::is_in_the_summary(desk, transaction, flag.id)) tell_that_it_was_set(transaction, flag, now);
    set_if_both(desk, transaction, flag.heading.child, now);
}

void flag_was_declined(const Desk& desk, Transaction& transaction, const CaseHead& flag, UtcTime now)
{
    if (flags::was_shown_while_checked(desk, transaction, flag.id)) tell_that_it_was_removed(transaction, flag, now);
    clear_if_not_both(desk, transaction, flag.heading.child, now);
}

void flag_was_removed(const Desk& desk, Transaction& transaction, const CaseHead& flag, UtcTime now)
{
    tell_that_it_was_removed(transaction, flag, now);
    clear_if_not_both(desk, transaction, flag.heading.child, now);
}

/// Who is responsible for the child by a record that is open to everybody, or where the child lives.
AgencyId authority_of(Transaction& transaction, ChildId child)
{
    AgencyId host;
    for (const auto record : ties::records_told_together(transaction, child)) {
        const auto stored = records::find_child(transaction, record);
        if (!stored) continue;
        if (!stored->child.responsible_authority.is_none()) return stored->child.responsible_authority;
        if (host.is_none()) host = stored->child.host_authority;
    }
    return host;
}

/// MSHT_IND: "decide on NRM today"; support waits for no decision (G-08).
void flag_was_proposed(const Desk& desk, Transaction& transaction, const CaseHead& flag, UtcTime now)
{
    flag_was_set(desk, transaction, flag, now);
    if (!flags::is_of_code(transaction, flag.id, "MSHT_IND")) return;
    auto moment = flag;
    const auto authority = authority_of(transaction, flag.heading.child);
    const auto owner = accounts::find_agency(transaction, flag.heading.agency);
    const bool is_theirs = owner && owner->kind == accounts::AgencyKind::local_authority;
    moment.heading.partner = is_theirs ? flag.heading.agency : authority;
    if (is_theirs) moment.heading.agency = {};
    const auto desk_there = accounts::duty_desk_of(transaction, moment.heading.partner);
    if (!desk_there) return; // nobody is known who could go to the child: the flag itself asks for a decision today
    moment.heading.partner_team = *desk_there;
    offer_support(desk, transaction, moment, "A flag says that the child may be a victim of slavery", true, now);
}

/// The offer goes where the child is answered for.
void another_authority_was_told(const Desk& desk, Transaction& transaction, const CaseHead& encounter, UtcTime now)
{
    offer_support(desk, transaction, encounter, "The police met the child. Another authority answers for the child",
                  false, now);
}

void flag_followed(const Desk&, Transaction& transaction, const CaseHead& flag, UtcTime now)
{
    // It follows from what they know: an answer of theirs, or a booking.
    tell_of_the_flag(transaction, flag, {"flag.set_here", "flag.set_here"}, now);
}

/// 4.C, CARE: "LA feed: status". What children's services answer now of the legal status says whether the child is in
/// care; an answer to something else repeats nothing.
void children_services_answered(const Desk& desk, Transaction& transaction, const CaseHead& detention, UtcTime now)
{
    const auto loaded = casework::load_case(transaction, custody::conversation_type(), detention.id);
    const auto& facts = *static_cast<const custody::Conversation*>(loaded->facts.get());
    const auto* answer = custody::find_answer(facts, "Q02");
    if (answer == nullptr || answer->codes.empty() || answer->changed_at != now) return;
    constexpr std::string_view in_care[] = {"by_agreement", "care_order", "interim_care_order", "remand",
                                            "unaccompanied"};
    const auto says = [&](std::string_view code) {
        return std::ranges::find(answer->codes, code) != answer->codes.end();
    };
    const auto follow = [&](std::string_view code, bool stands) {
        flags::bring_in_line(desk, transaction,
                             {.child = detention.heading.child,
                              .code = code,
                              .stands = stands,
                              .because = "Children's services answered so when custody asked",
                              .owner = detention.heading.partner,
                              .owner_team = detention.heading.partner_team},
                             now);
    };
    follow("CARE", std::ranges::any_of(in_care, says));
    follow("LEAVER", says("care_leaver"));
}

} // namespace

void close_what_was_joined_before(Transaction& transaction, UtcTime now)
{
    for (const auto child : storage::ids_at<ChildId>(
             transaction.query("select distinct child from ties where kind = 'family' and ended_at is null"), 0))
        close_alike(transaction, child, now);
}

std::vector<casework::Consequence> consequences()
{
    std::vector<casework::Consequence> all{
        {"restriction", "restrict", restriction_closes},
        {"same-person", "same", records_may_be_joined},
        {"same-person", "confirm_same", records_may_be_joined},
        {"same-person", "different", records_are_not_one},
        {"same-person", "cannot_tell", records_were_decided_about},
        {"same-person", "confirm_undo", records_are_not_one},
        {"custody", "book_in", child_was_booked_in},
        {"custody", "send_request", children_services_were_asked},
        {"encounter", "record", police_met_a_child},
        {"encounter", "add", police_met_a_child},
        {"encounter", "correct", police_met_a_child},
        {"encounter", "not_ours", another_authority_was_told},
        {"missing", "report", child_was_reported},
        {"missing", "return", interview_is_due},
        {"missing", "name_authority", authority_was_named},
        {"missing", "found_unreported", interview_is_due},
        {"missing", "found_unreported", note_what_repeats},
        {"missing", "link", children_were_linked},
        {"missing", "link_back", note_what_repeats},
        {"missing", "place", note_what_repeats},
        {"missing", "take_over", note_what_repeats},
        {"missing", "reclassify", note_what_repeats},
        {"missing", "same_absence", note_what_repeats},
        {"missing", "change_sent", note_what_repeats},
        {"missing", "grade_sent", note_what_repeats},
        {"missing", "end_sent", note_what_repeats},
        {"missing", "withdraw_sent", note_what_repeats},
        {"missing", "withdraw_sent", interview_is_not_due},
        {"missing", "change_sent", return_may_have_moved},
        {"missing", "reach", return_may_have_moved},
        {"emergency-access", "open", a_record_was_opened_in_an_emergency},
        {"missing", "take_sent", child_is_back_as_sent},
        {"missing", "end_sent", child_is_back_as_sent},
        {"custody", "not_our_child", children_services_were_asked},
        {"custody", "answer", children_services_answered},
        {"custody", "finish_later", children_services_answered},
        {"custody", "answer_by_phone", children_services_answered},
        {"flag", "propose", flag_was_proposed},
        {"flag", "raise", flag_was_set},
        {"flag", "accept", flag_was_set},
        {"flag", "set", flag_followed},
        {"flag", "appeal", flag_was_set},
        {"flag", "decline", flag_was_declined},
        {"flag", "remove", flag_was_removed},
        {"flag", "drop", flag_was_removed},
        {"flag", "clear", flag_was_removed},
        {"placement", "notify", placements::tell_the_force},
        {"placement", "change", placements::change_both},
        {"placement", "end", placements::end_both},
    };
    for (const auto& one : consequences_for_figures()) all.push_back(one);
    for (const auto& one : consequences_for_meetings()) all.push_back(one);
    // First, so that whatever else follows from an act finds the absence as it stands.
    for (const auto action : missing::acts_of_people()) all.insert(all.begin(), {"missing", action, absence_changed});
    return all;
}

missing::AtOnce at_once_of_feeds()
{
    auto at_once = figures_at_once();
    at_once.not_of_history = {child_is_back_as_sent};
    return at_once;
}

} // namespace reachable::app
