// What an act about an episode notes, and who is told of it.
#include "accounts/accounts.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/triggers.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "records/given.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

using accounts::AgencyKind;
using accounts::Role;
using storage::Transaction;
using enum ProblemKind;

void tell(Context& context, std::string_view code, std::initializer_list<Role> own, std::initializer_list<Role> partner)
{
    for (const auto role : own) context.notices.push_back({.code = std::string(code), .role = role});
    for (const auto role : partner)
        context.notices.push_back({.code = std::string(code), .role = role, .to_partner = true});
}

/// The team of a force that coordinates the search for missing children, or else whoever answers for its work.
std::optional<TeamId> coordinators_of(Transaction& transaction, AgencyId force)
{
    const auto agency = accounts::find_agency(transaction, force);
    if (!agency || agency->kind != AgencyKind::police_force) return std::nullopt;
    for (const auto role : {Role::MPC, Role::INSP, Role::RESP})
        if (const auto team = accounts::team_of_role(transaction, force, role)) return team;
    return std::nullopt;
}

/// R-B-07: whoever is to look for the child sees the episode and the safety summary from now on.
void look_for_the_child(Episode& episode, AgencyId force, Context& context)
{
    const auto is_it = [&](const Looker& one) { return one.force == force; };
    if (std::ranges::any_of(episode.looked_for_by, is_it)) return;
    episode.looked_for_by.push_back({force, context.now});
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

/// Scenario 1: the force in whose area the child lives is told and sees the episode, whoever leads it.
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

/// Who is responsible for the child by any record open to this person goes before what somebody says.
void note_the_authority(Episode& episode, Context& context)
{
    for (const auto record : records_seen(context.transaction, episode.child, context.session, context.now)) {
        const auto stored = records::find_child(context.transaction, record);
        if (!stored || stored->child.responsible_authority.is_none()) continue;
        episode.authority = stored->child.responsible_authority;
        break;
    }
    if (episode.authority.is_none() && context.session.agency_kind == AgencyKind::local_authority)
        episode.authority = context.session.agency;
    if (const auto desk = accounts::duty_desk_of(context.transaction, episode.authority))
        episode.desk = *desk;
    else
        episode.authority = {};
}

Result<> no_episode_is_open(const Episode& episode, const Context& context)
{
    if (!has_open_episode(context.transaction, episode.child)) return {};
    return refuse(out_of_order,
                  "An episode of this child is open already, and there is only one. Open it and add what is new",
                  "child");
}

void note_who_recorded_it(Episode& episode, const Context& context)
{
    episode.recorded_by = context.session.worker;
    episode.reported_by_agency = context.session.agency;
    episode.reported_at = context.now;
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
    if (!is_over && !episode.child.is_none()) TRY(no_episode_is_open(episode, context));
    TRY(note_the_child(episode, context, "missing.report"));
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
    look_for_the_child(episode, episode.force, context);
    if (context.session.agency_kind == AgencyKind::police_force)
        look_for_the_child(episode, context.session.agency, context);
    tell_the_home_force(episode, context, "missing.reported");
    tell(context, "missing.reported", {Role::MPC, Role::RESP}, {Role::EDT, Role::LADM});
    return {};
}

Result<> note_unreported(Episode& episode, const Episode&, Context& context)
{
    episode.reported_at = context.now;
    episode.was_reported = false;
    episode.found_by = "police";
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
    for (auto& one : episode.companions)
        if (!one.at) one.at = context.now;
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
    episode.handed.push_back({before.force, episode.offered_to, episode.offered_at, context.now});
    episode.force = episode.offered_to;
    episode.team = *coordinators_of(context.transaction, episode.force);
    episode.offered_to = {};
    episode.offered_at.reset();
    tell(context, "missing.taken_over", {Role::MPC}, {Role::EDT});
    return {};
}

Result<> turn_down(Episode& episode, const Episode&, Context& context)
{
    episode.offered_to = {};
    episode.offered_at.reset();
    tell(context, "missing.turned_down", {Role::MPC, Role::INSP}, {});
    return {};
}

Result<> note_return(Episode& episode, const Episode&, Context& context)
{
    stop_looking(episode, *episode.returned_at, context);
    episode.offered_to = {};
    episode.offered_at.reset();
    tell(context, "missing.returned", {Role::MPC, Role::RESP, Role::CALL}, {Role::EDT, Role::LADM});
    return {};
}

Result<> note_end(Episode& episode, const Episode&, Context& context)
{
    episode.closed_at = context.now;
    if (!episode.returned_at) stop_looking(episode, context.now, context);
    return {};
}

} // namespace reachable::missing
