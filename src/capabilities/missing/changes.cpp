// What an act about an episode notes, and who is told of it.
#include "capabilities/missing/changes.h"

#include "accounts/accounts.h"
#include "capabilities/missing/call_lengths.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/pages.h"
#include "capabilities/missing/receipt.h"
#include "capabilities/missing/triggers.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "records/given.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace reachable::missing {
namespace {

using accounts::AgencyKind;
using accounts::Role;
using storage::Transaction;
using enum ProblemKind;

/// Where nobody knows who answers for a child, the authority in whose area they were last seen is told.
AgencyId authority_of_area(Transaction& transaction, AgencyId force)
{
    for (const auto& team : accounts::list_teams(transaction, force)) {
        if (team.area_code.empty()) continue;
        const auto authority = accounts::find_agency_by_code(transaction, team.area_code);
        if (authority && accounts::duty_desk_of(transaction, authority->id)) return authority->id;
    }
    return {};
}

} // namespace

void tell(Context& context, std::string_view code, std::initializer_list<Role> own, std::initializer_list<Role> partner)
{
    for (const auto role : own) context.notices.push_back({.code = std::string(code), .role = role});
    for (const auto role : partner)
        context.notices.push_back({.code = std::string(code), .role = role, .to_partner = true});
}

std::optional<TeamId> coordinators_of(Transaction& transaction, AgencyId force)
{
    const auto agency = accounts::find_agency(transaction, force);
    if (!agency || agency->kind != AgencyKind::police_force) return std::nullopt;
    for (const auto role : {Role::MPC, Role::INSP, Role::RESP})
        if (const auto team = accounts::team_of_role(transaction, force, role)) return team;
    return std::nullopt;
}

void look_for_the_child(Episode& episode, AgencyId force, Context& context)
{
    const auto is_it = [&](const Looker& one) { return one.force == force && !one.until; };
    if (std::ranges::any_of(episode.looked_for_by, is_it)) return;
    episode.looked_for_by.push_back({force, context.now, {}});
    context.writes.push_back([child = episode.child, id = context.case_id, force, now = context.now,
                              ended_at = episode.returned_at](Transaction& transaction) {
        ties::add_tie(transaction, {.kind = ties::Kind::searching,
                                    .child = child,
                                    .proved_by = id,
                                    .keeper = force,
                                    .since = now,
                                    .ended_at = ended_at});
    });
}

void stop_looking(const Episode& episode, UtcTime at, Context& context)
{
    if (episode.looked_for_by.empty()) return;
    context.writes.push_back(
        [id = context.case_id, at](Transaction& transaction) { ties::end_ties(transaction, id, at); });
}

void tell_the_home_force(Episode& episode, Context& context, const char* notice)
{
    const auto home = accounts::force_of_area(context.transaction, episode.authority);
    if (!home || *home == episode.force) return;
    const auto team = coordinators_of(context.transaction, *home);
    if (!team) return;
    look_for_the_child(episode, *home, context);
    context.writes.push_back([to = notices::Addressee{*home, *team}, id = context.case_id, now = context.now,
                              code = std::string(notice)](Transaction& transaction) {
        notices::store_notice(transaction, to, id, {.code = code, .role = Role::MPC}, {}, now);
    });
}

void note_the_authority(Episode& episode, Context& context)
{
    AgencyId host;
    AgencyId responsible;
    for (const auto record : records_seen(context.transaction, episode.child, context.session, context.now)) {
        const auto stored = records::find_child(context.transaction, record);
        if (!stored) continue;
        if (responsible.is_none()) responsible = stored->child.responsible_authority;
        if (host.is_none()) host = stored->child.host_authority;
    }
    if (!responsible.is_none()) episode.authority = responsible;
    if (episode.authority.is_none()) episode.authority = host;
    if (episode.authority.is_none() && (context.session.role == Role::SW || context.session.role == Role::EDT))
        episode.authority = context.session.agency;
    if (episode.authority.is_none() || !accounts::duty_desk_of(context.transaction, episode.authority))
        episode.authority = authority_of_area(context.transaction, episode.force);
    if (const auto desk = accounts::duty_desk_of(context.transaction, episode.authority))
        episode.desk = *desk;
    else
        episode.authority = {};
}

namespace {

/// A home or a school reports a child whom they work with: any other record is as good as none. A home works with
/// those of whom it keeps a profile.
Result<> the_child_is_theirs(const Episode& episode, const Context& context)
{
    constexpr Role others[] = {Role::PLAC, Role::EDUC, Role::RHIP};
    if (std::ranges::find(others, context.session.role) == std::end(others)) return {};
    const auto own = ties::list_of(context.transaction, context.session.worker, context.now);
    if (std::ranges::find(own, episode.child) != own.end()) return {};
    if (context.session.role == Role::PLAC && is_kept_by(context.transaction, episode.child, context.session.team))
        return {};
    return refuse(not_found, "There is no such child's record, or it is not open to you", "child");
}

/// The record that whoever reports chose, or a new one.
Result<> note_the_child(Episode& episode, Context& context, std::string_view action)
{
    if (episode.child.is_none()) {
        auto record = records::new_record(episode.name_given, episode.born_given, {},
                                          {.agency = context.session.agency,
                                           .recorded_at = context.now,
                                           .known_by = "whoever reported the child missing"});
        episode.child = record.child;
        context.writes.push_back(record.storing("reported missing", context.session.worker, context.now));
        return {};
    }
    TRY(the_child_is_theirs(episode, context));
    const auto record = records::find_child(context.transaction, episode.child);
    if (!record || !casework::is_open_to(context, episode.child, std::string(action)))
        return refuse(not_found, "There is no such child's record, or it is not open to you", "child");
    if (records::contradicts(record->child, episode.name_given, episode.born_given))
        return refuse(malformed,
                      "This record does not fit what you entered. Choose it only if the name or the date of birth is "
                      "this child's. If you are not sure, open a new record",
                      "child");
    return {};
}

/// R-B-07: "force where last seen leads". A force that takes the report leads unless it names another; a home or an
/// authority names one.
Result<> note_who_leads(Episode& episode, Context& context)
{
    if (episode.force.is_none() && context.session.agency_kind == AgencyKind::police_force)
        episode.force = context.session.agency;
    if (episode.force.is_none())
        return refuse(missing, "Choose the police force of the area in which the child was last seen", "force");
    const auto team = coordinators_of(context.transaction, episode.force);
    if (!team)
        return refuse(malformed, "That force has nobody in this service who looks for children. Ring 999 or 101 now",
                      "force");
    episode.team = *team;
    return {};
}

/// A child is missing once: whoever reports them again learns whom to ring, for the episode may not be open to them.
/// What is over is no second absence of the one in which they are looked for now.
Result<> no_episode_is_open(const Episode& episode, const Context& context)
{
    const auto open = open_episode_of(context.transaction, episode.child);
    if (!open || (episode.returned_at && *episode.returned_at < open->began)) return {};
    const auto force = accounts::find_agency(context.transaction, open->force);
    const auto team = accounts::find_team(context.transaction, open->team);
    return refuse(out_of_order,
                  fmt::format("This child is looked for already, by {}. Ring them with what is new{}",
                              force ? force->name : "another force",
                              team && !team->phone.empty() ? ": " + team->phone : std::string()),
                  "child");
}

/// 4.B, companions: "adult?, age gap". From the record that stands when it is written down.
std::int64_t years_older_than(const Context& context, ChildId child, std::int64_t about_age)
{
    if (about_age == 0) return 0;
    const auto record = records::find_child(context.transaction, child);
    const auto age = record ? records::age_on(record->child.born, clocks::london_day(context.now)) : std::nullopt;
    return age ? about_age - *age : 0;
}

void note_who_recorded_it(Episode& episode, const Context& context)
{
    episode.recorded_by = context.session.worker;
    episode.reported_by_agency = context.session.agency;
    episode.reported_at = context.now;
}

/// 2.42: how long the call took counts, with nothing of what it was about; the receipt tells who rings, and when.
void note_the_call(const Episode& episode, Context& context)
{
    if (episode.call_started_at && context.session.agency_kind == AgencyKind::police_force)
        context.writes.push_back([force = context.session.agency, began = *episode.call_started_at,
                                  now = context.now](Transaction& transaction) {
            note_length_of_call(transaction, force, began, now, {}, {});
        });
    context.writes.push_back([id = context.case_id, &lists = context.desk.lists, now = context.now,
                              asked = ReceiptAsked{.language = episode.tell_language,
                                                   .contact = episode.contact,
                                                   .force = episode.force,
                                                   .team = episode.team}](Transaction& transaction) {
        store_the_receipt(transaction, lists, id, asked, now);
    });
}

std::string in_words(const accounts::Session& session, Transaction& transaction)
{
    const auto agency = accounts::find_agency(transaction, session.agency);
    return fmt::format("{}, {}", accounts::title_of(session.role), agency ? agency->name : "this service");
}

} // namespace

Result<> note_report(Episode& episode, const Episode&, Context& context)
{
    const bool is_over = episode.returned_at.has_value();
    const bool is_on_record = !episode.child.is_none();
    TRY(note_the_child(episode, context, "missing.report"));
    if (is_on_record) TRY(no_episode_is_open(episode, context));
    TRY(note_who_leads(episode, context));
    note_the_authority(episode, context);
    note_who_recorded_it(episode, context);
    episode.was_reported = !is_over;
    if (is_over) {
        context.next_state = learnt_later;
        episode.closed_at = context.now;
        tell(context, "missing.learnt_later", {Role::MPC}, {Role::LADM});
        return {};
    }
    note_the_call(episode, context);
    look_for_the_child(episode, episode.force, context);
    if (context.session.agency_kind == AgencyKind::police_force)
        look_for_the_child(episode, context.session.agency, context);
    tell_the_home_force(episode, context, "missing.reported");
    tell(context, "missing.reported", {Role::MPC, Role::RESP}, {Role::EDT, Role::LADM});
    return {};
}

Result<> note_unreported(Episode& episode, const Episode& before, Context& context)
{
    episode.reported_at = context.now;
    episode.was_reported = false;
    episode.found_by = "police";
    TRY(note_place(episode, before, context));
    tell_the_home_force(episode, context, "missing.learnt_later");
    tell(context, "missing.learnt_later", {Role::MPC}, {Role::EDT, Role::LADM});
    return {};
}

Result<> note_grade(Episode& episode, const Episode&, Context& context)
{
    auto& graded = episode.grades.back();
    graded.by = context.session.worker;
    graded.at = context.now;
    if (graded.level == "high")
        tell(context, "missing.high", {Role::INSP, Role::MPC}, {Role::LADM});
    else
        tell(context, "missing.graded", {Role::MPC}, {});
    return {};
}

Result<> note_review(Episode& episode, const Episode&, Context& context)
{
    episode.reviewed_at = context.now;
    return {};
}

Result<> note_news(Episode& episode, const Episode&, Context& context)
{
    for (auto& one : episode.companions) {
        if (one.at) continue;
        one.at = context.now;
        one.years_older = years_older_than(context, episode.child, one.about_age);
    }
    bool is_objected_to = false;
    for (auto& one : episode.news) {
        if (one.at) continue;
        one.by = in_words(context.session, context.transaction);
        one.at = context.now;
        is_objected_to = is_objected_to || one.kind == "objection";
    }
    for (auto& one : episode.enquiries) {
        if (one.at) continue;
        one.by = context.session.worker;
        one.at = context.now;
    }
    if (is_objected_to)
        tell(context, "missing.objected", {Role::INSP, Role::MPC}, {});
    else
        tell(context, "missing.news", {Role::MPC}, {Role::EDT});
    return {};
}

Result<> note_located(Episode& episode, const Episode&, Context& context)
{
    if (episode.located_at && *episode.located_at > context.now)
        return refuse(malformed, "This time must lie in the past", "located_at");
    tell(context, "missing.located", {Role::MPC, Role::RESP}, {Role::EDT});
    return {};
}

/// R-B-07: the force that is asked sees the episode from now on, and owns nothing before it accepts.
Result<> offer_to_another_force(Episode& episode, const Episode& before, Context& context)
{
    if (!before.offered_to.is_none()) return refuse(out_of_order, "The lead is offered already", "offered_to");
    if (episode.offered_to == episode.force) return refuse(malformed, "That force leads already", "offered_to");
    const auto team = coordinators_of(context.transaction, episode.offered_to);
    if (!team)
        return refuse(malformed, "That force has nobody in this service who looks for children. Ring them",
                      "offered_to");
    episode.offered_at = context.now;
    look_for_the_child(episode, episode.offered_to, context);
    context.writes.push_back([to = notices::Addressee{episode.offered_to, *team}, id = context.case_id,
                              now = context.now](Transaction& transaction) {
        for (const auto role : {Role::MPC, Role::INSP})
            notices::store_notice(transaction, to, id, {.code = "missing.offered", .role = role}, {}, now);
    });
    return {};
}

/// Ownership moves here and nowhere else: in one version the sender owns it, in the next the receiver does.
Result<> take_over(Episode& episode, const Episode& before, Context& context)
{
    const auto team = coordinators_of(context.transaction, episode.offered_to);
    if (!team) return refuse(out_of_order, "Your force has nobody in this service who coordinates searches");
    episode.handed.push_back({before.force, episode.offered_to, episode.offered_at, context.now});
    episode.force = episode.offered_to;
    episode.team = *team;
    episode.offered_to = {};
    episode.offered_at.reset();
    context.writes.push_back([to = notices::Addressee{before.force, before.team}, id = context.case_id,
                              now = context.now](Transaction& transaction) {
        for (const auto role : {Role::MPC, Role::INSP})
            notices::store_notice(transaction, to, id, {.code = "missing.taken_over", .role = role}, {}, now);
    });
    tell(context, "missing.taken_over", {}, {Role::EDT});
    return {};
}

namespace {

/// A force that was let in to be asked has no more to look for by it.
void offer_is_over(Episode& episode, Context& context)
{
    const auto home = accounts::force_of_area(context.transaction, episode.authority);
    for (auto& one : episode.looked_for_by) {
        const bool was_asked_alone = one.force == episode.offered_to && one.since == episode.offered_at;
        if (!was_asked_alone || home == one.force || one.until) continue;
        one.until = context.now;
        context.writes.push_back([id = context.case_id, force = one.force, now = context.now](
                                     Transaction& transaction) { ties::end_ties_of(transaction, id, force, now); });
    }
    episode.offered_to = {};
    episode.offered_at.reset();
}

} // namespace

Result<> turn_down(Episode& episode, const Episode&, Context& context)
{
    offer_is_over(episode, context);
    tell(context, "missing.turned_down", {Role::MPC, Role::INSP}, {});
    return {};
}

Result<> withdraw_offer(Episode& episode, const Episode& before, Context& context)
{
    if (before.offered_to.is_none()) return refuse(out_of_order, "The lead is offered to nobody now");
    if (const auto team = coordinators_of(context.transaction, before.offered_to))
        context.writes.push_back([to = notices::Addressee{before.offered_to, *team}, id = context.case_id,
                                  now = context.now](Transaction& transaction) {
            notices::store_notice(transaction, to, id, {.code = "missing.offer_withdrawn", .role = Role::MPC}, {}, now);
        });
    offer_is_over(episode, context);
    return {};
}

/// R-B-01, R-B-03: without an authority nobody is asked to offer the interview. While the child is away it may change;
/// afterwards the one that was asked passes it on.
Result<> name_authority(Episode& episode, const Episode& before, Context& context)
{
    if (episode.returned_at && !before.authority.is_none())
        return refuse(out_of_order,
                      "The authority that was named is asked to offer the interview. Ring it, if another answers for "
                      "the child",
                      "authority");
    if (episode.authority == before.authority) return refuse(malformed, "That authority is named already", "authority");
    const auto desk = accounts::duty_desk_of(context.transaction, episode.authority);
    if (!desk)
        return refuse(malformed, "That authority has no desk in this service. Ring it, and name the one of the area",
                      "authority");
    episode.desk = *desk;
    const auto* notice = episode.was_reported == false ? "missing.learnt_later"
                         : episode.returned_at         ? "missing.returned"
                                                       : "missing.reported";
    if (!episode.returned_at) tell_the_home_force(episode, context, notice);
    tell(context, notice, {}, {Role::EDT, Role::LADM});
    return {};
}

/// R-B-07: records that turn out to be one child may each have an open episode; each force sees the other's.
Result<> let_in_another_force(Episode& episode, const Episode& before, Context& context)
{
    const auto force = std::exchange(episode.force, before.force);
    const auto team = coordinators_of(context.transaction, force);
    if (!team) return refuse(malformed, "That force has nobody in this service who looks for children", "force");
    look_for_the_child(episode, force, context);
    context.writes.push_back(
        [to = notices::Addressee{force, *team}, id = context.case_id, now = context.now](Transaction& transaction) {
            notices::store_notice(transaction, to, id, {.code = "missing.same_child", .role = Role::MPC}, {}, now);
        });
    return {};
}

Result<> end_as_the_same(Episode& episode, const Episode& before, Context& context)
{
    episode.reclassified_because.words = "The same absence as in another episode of this child, which goes on";
    tell(context, "missing.same_absence", {Role::MPC}, {Role::EDT});
    return note_end(episode, before, context);
}

Result<> note_return(Episode& episode, const Episode&, Context& context)
{
    stop_looking(episode, *episode.returned_at, context);
    episode.offered_to = {};
    episode.offered_at.reset();
    tell(context, "missing.returned", {Role::MPC, Role::RESP, Role::CALL}, {Role::EDT, Role::LADM});
    return {};
}

/// R-X-12: a clock that may be late already is moved once, by the police and not by whoever owes the interview.
Result<> note_reached(Episode& episode, const Episode& before, Context& context)
{
    constexpr auto time_of_the_interview = hours{72};
    if (before.reached_at) return refuse(out_of_order, "It is written down already when the child reached it");
    if (episode.returned_at && context.now > *episode.returned_at + time_of_the_interview)
        return refuse(out_of_order, "72 hours are over since the child was safe: an interview that is late stays late");
    return {};
}

Result<> note_end(Episode& episode, const Episode&, Context& context)
{
    episode.closed_at = context.now;
    if (!episode.returned_at) stop_looking(episode, context.now, context);
    return {};
}

} // namespace reachable::missing
