// What an act about an interview notes, and who is told of it.
#include "accounts/accounts.h"
#include "base/text.h"
#include "capabilities/interviews/interview.h"
#include "casework/desk.h"
#include "clocks/london.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::interviews {
namespace {

using accounts::Role;
using enum ProblemKind;

void tell(Context& context, std::string_view code, std::initializer_list<Role> own, std::initializer_list<Role> partner)
{
    for (const auto role : own) context.notices.push_back({.code = std::string(code), .role = role});
    for (const auto role : partner)
        context.notices.push_back({.code = std::string(code), .role = role, .to_partner = true});
}

/// The desk of the authority that owns it, whichever team goes to the child (R-B-03).
void tell_the_desk(const Interview& interview, Context& context, const char* notice)
{
    const auto desk = accounts::duty_desk_of(context.transaction, interview.authority);
    if (!desk) return;
    context.writes.push_back([to = notices::Addressee{interview.authority, *desk}, id = context.case_id,
                              now = context.now, code = std::string(notice)](storage::Transaction& transaction) {
        notices::store_notice(transaction, to, id, {.code = code, .role = Role::EDT}, {}, now);
    });
}

std::string who_acts(const Context& context)
{
    const auto agency = accounts::find_agency(context.transaction, context.session.agency);
    return fmt::format("{}, {}", accounts::title_of(context.session.role), agency ? agency->name : "this service");
}

} // namespace

Result<> note_opening(Interview& interview, const Interview&, Context& context)
{
    interview.opened_at = context.now;
    interview.covers.push_back({interview.episode, interview.returned_at});
    const auto authority = accounts::find_agency(context.transaction, interview.authority);
    interview.rule_set =
        rule_set_of(context.desk.lists, authority ? authority->code : "", clocks::london_day(context.now));
    tell(context, "interview.due", {Role::EDT, Role::LADM, Role::RHIP}, {});
    return {};
}

/// Scenario 4: "RHI offered for this and one offer covering hidden ones". The clock of the first runs on.
Result<> cover_another(Interview& interview, const Interview& before, Context&)
{
    interview.covers.push_back({interview.episode, interview.returned_at});
    interview.returned_at = before.returned_at;
    return {};
}

namespace {

/// The clocks count from the return of the absence that opened it, and the case says which it covers last.
void count_from_the_first(Interview& interview)
{
    interview.returned_at = interview.covers.front().returned_at;
    interview.episode = interview.covers.back().episode;
}

} // namespace

/// R-B-02: "72 hours of elapsed time from the return". Whoever arranges it learns that the time moved.
Result<> correct_the_return(Interview& interview, const Interview& before, Context& context)
{
    const auto covered = std::ranges::find(interview.covers, interview.episode, &Covered::episode);
    if (covered == interview.covers.end()) return refuse(out_of_order, "This interview does not cover that absence");
    covered->returned_at = interview.returned_at;
    count_from_the_first(interview);
    if (interview.returned_at != before.returned_at)
        tell(context, "interview.return_corrected", {Role::EDT, Role::LADM, Role::RHIP}, {});
    return {};
}

/// What was no absence is owed no interview (R-B-01); another that it covers still is.
Result<> drop_the_absence(Interview& interview, const Interview& before, Context& context)
{
    std::erase_if(interview.covers, [&](const Covered& one) { return one.episode == interview.episode; });
    if (interview.covers.size() == before.covers.size())
        return refuse(out_of_order, "This interview does not cover that absence");
    if (!interview.covers.empty()) {
        count_from_the_first(interview);
        return {};
    }
    interview.not_held_because = "no_absence";
    interview.ended_at = context.now;
    context.next_state = not_held;
    tell(context, "interview.no_absence", {Role::EDT, Role::LADM, Role::RHIP}, {Role::MPC});
    return {};
}

/// R-B-03: the authority owns the interview; whoever goes to the child may be of another service.
Result<> pass_to_a_worker(Interview& interview, const Interview&, Context& context)
{
    const auto worker = accounts::find_worker_by_name(context.transaction, to_lower_ascii(trim(interview.staff_name)));
    if (!worker || !worker->is_open) return refuse(missing, "Nobody of that sign-in name works here", "staff_name");
    const auto posts = accounts::posts_of(context.transaction, worker->id);
    const auto post = std::ranges::find_if(
        posts, [](const accounts::Post& one) { return one.role == Role::RHIP || one.role == Role::SW; });
    if (post == posts.end())
        return refuse(missing, "An interview is held by a return home interviewer or a social worker", "staff_name");
    // R-P-08: a team of somebody's own family does not learn that it would have been asked.
    if (ties::is_closed_to_team(context.transaction, interview.child, post->team))
        return refuse(out_of_order, "Choose somebody of another team", "staff_name");
    interview.desk = post->team;
    const auto role = post->role;
    context.writes.push_back([to = notices::Addressee{worker->agency, post->team}, id = context.case_id, role,
                              now = context.now](storage::Transaction& transaction) {
        notices::store_notice(transaction, to, id, {.code = "interview.passed", .role = role}, {}, now);
    });
    return {};
}

Result<> note_offer(Interview& interview, const Interview& before, Context& context)
{
    if (interview.offers.size() != before.offers.size() + 1)
        return refuse(missing, "Write down one offer at a time", "offers-offered_at");
    auto& offer = interview.offers.back();
    offer.written_by = context.session.worker;
    offer.written_at = context.now;
    if (offer.answer == "yes")
        context.next_state = accepted;
    else if (offer.answer == "no")
        context.next_state = context.state == declined_once ? declined : declined_once;
    else
        context.next_state = context.state == declined_once ? declined_once : offered;
    if (context.next_state == declined) {
        interview.ended_at = context.now;
        tell(context, "interview.declined", {Role::LADM}, {Role::MPC});
    }
    return {};
}

Result<> note_interview(Interview& interview, const Interview&, Context& context)
{
    for (auto& one : interview.child_said)
        if (!one.at) one.at = context.now;
    // R-B-04: "record words, do not question further, route to OIC/strategy discussion".
    if (interview.crime_told == "yes")
        tell(context, "interview.crime_told", {Role::LADM, Role::EDT}, {Role::MPC, Role::INSP});
    return {};
}

Result<> note_item(Interview& interview, const Interview&, Context& context)
{
    for (auto& one : interview.items)
        if (!one.at) one.at = context.now;
    return {};
}

/// "Share decision per item": each receiver gets the sanitised words, and nothing of who said it.
Result<> share_items(Interview& interview, const Interview&, Context& context)
{
    bool has_for_police = false;
    for (const auto& item : interview.items) {
        if (item.decision == "nobody") continue;
        interview.shared.push_back({item.category, item.decision, item.sanitised, context.now});
        has_for_police = has_for_police || item.decision != "childrens_services";
    }
    interview.shared_at = context.now;
    if (has_for_police) tell(context, "interview.shared", {}, {Role::MPC, Role::INSP});
    tell_the_desk(interview, context, "interview.shared");
    if (interview.shared.empty()) {
        context.next_state = actioned; // nobody waits for anybody
        interview.ended_at = context.now;
    }
    return {};
}

/// "Receiver acknowledges and states action". It is done when each side that something was shared with has said so.
Result<> note_acknowledgement(Interview& interview, const Interview& before, Context& context)
{
    if (interview.acknowledged.size() != before.acknowledged.size() + 1 ||
        interview.acknowledged.back().action.words.empty())
        return refuse(missing, "Say what you do because of it", "acknowledged-action");
    auto& one = interview.acknowledged.back();
    one.by = who_acts(context);
    one.agency = context.session.agency;
    one.at = context.now;
    one.side = context.session.agency_kind == accounts::AgencyKind::police_force ? "police" : "childrens_services";
    const bool is_whole = everybody_has_said_what_they_do(&interview);
    context.next_state = is_whole ? actioned : casework::same_state;
    if (is_whole) interview.ended_at = context.now;
    return {};
}

Result<> note_end(Interview& interview, const Interview&, Context& context)
{
    interview.ended_at = context.now;
    tell(context, "interview.not_held", {Role::LADM}, {Role::MPC});
    return {};
}

} // namespace reachable::interviews
