// What a meeting must say, who must be there and what it must come to; each rule with its words. All stand in 4.G of
// the platform proposal.
#include "capabilities/meetings/invitation.h"
#include "capabilities/meetings/meeting.h"

#include "accounts/accounts.h"
#include "clocks/london.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::meetings {
namespace {

using accounts::AgencyKind;
using enum ProblemKind;

/// Further off than this, a date is a slip of the pen.
constexpr auto furthest = hours{24 * 366};
/// Whoever comes early may begin.
constexpr auto early = hours{1};

bool is_there(const Meeting& meeting, const Context& context, AgencyKind kind)
{
    return std::ranges::any_of(meeting.attendance, [&](const Attendance& one) {
        const auto agency = accounts::find_agency(context.transaction, one.organisation);
        return one.came == "came" && agency && agency->kind == kind;
    });
}

bool was_asked(const Meeting& meeting, AgencyId organisation)
{
    return find_invited(meeting, organisation) != nullptr;
}

/// R-G-01: "decision yes/partly/no, basis, necessity, proportionality, child's view/known wish".
void check_item(const Meeting& meeting, const Item& item, Problems& problems)
{
    const auto need = [&](bool is_there, const char* words, const char* box) {
        if (!is_there) problems.push_back({missing, words, std::string("items-") + box});
    };
    need(!item.line.words.empty(), "Write down the line of information", "line");
    need(!item.held_by.is_none(), "Say which organisation holds it", "held_by");
    need(was_asked(meeting, item.share_with) && item.share_with != meeting.convener,
         "Choose an organisation that is asked to this meeting, other than the one that convened it", "share_with");
    need(!item.decision.empty(), "Say whether it is shared", "decision");
    need(!item.basis.empty(), "Say on which basis", "basis");
    need(!item.necessity.words.empty(), "Say why they need it, or why not", "necessity");
    need(!item.proportionality.words.empty(), "Say whether it is the least that works", "proportionality");
    need(!item.child_view.words.empty(), "Say what the child wishes, or that nobody has asked", "child_view");
    if (item.decision != "partly" && !item.shared_words.words.empty())
        problems.push_back({malformed,
                            "These words are shared only if you choose “partly”. Choose that, or leave them out",
                            "items-shared_words"});
    need(item.decision != "partly" || !item.shared_words.words.empty(), "Write the words in which it is shared",
         "shared_words");
}

/// R-G-06: "minutes show decisions and reasons; no verbatim speech".
bool quotes_somebody(const Narrative& narrative)
{
    return narrative.words.find('"') != std::string::npos || narrative.words.find("“") != std::string::npos;
}

/// What goes out to many would tell that there is a record.
Result<> it_is_not_protected(const Meeting& meeting, const Context& context)
{
    if (!ties::is_sealed(context.transaction, meeting.child)) return {};
    return refuse(out_of_order, "This record is protected now: go on by telephone");
}

/// F1: those who control immigration and others who do not work with children are asked to no meeting.
bool works_with_children(const Context& context, AgencyId organisation)
{
    using enum AgencyKind;
    const auto agency = accounts::find_agency(context.transaction, organisation);
    return agency && (agency->kind == police_force || agency->kind == local_authority || agency->kind == charity ||
                      agency->kind == health_body);
}

bool is_about_who_does_harm(const Wanted& wanted)
{
    return wanted.about == "person" || wanted.about == "place";
}

} // namespace

const Invited* find_invited(const Meeting& meeting, AgencyId organisation)
{
    const auto found = std::ranges::find(meeting.invited, organisation, &Invited::organisation);
    return found == meeting.invited.end() ? nullptr : &*found;
}

const Attendance* attendance_of(const Meeting& meeting, AgencyId organisation)
{
    const auto found = std::ranges::find(meeting.attendance, organisation, &Attendance::organisation);
    return found == meeting.attendance.end() ? nullptr : &*found;
}

const CameOfIt* outcome_of(const Meeting& meeting, std::string_view number)
{
    const auto found = std::ranges::find(meeting.outcomes, number, &CameOfIt::number);
    return found == meeting.outcomes.end() ? nullptr : &*found;
}

bool waits_for_an_action(const Meeting& meeting)
{
    return std::ranges::any_of(meeting.actions, [&](const Wanted& wanted) {
        const auto* outcome = outcome_of(meeting, wanted.number);
        return outcome == nullptr || outcome->state == "open";
    });
}

Result<> the_meeting_can_be_held(const Meeting& meeting, const Context& context)
{
    Problems problems;
    if (meeting.held_at && (*meeting.held_at > context.now + furthest || *meeting.held_at < context.now - hours{1}))
        problems.push_back({malformed, "Give a time to come, within a year", "held_at"});
    // R-G-07: "strategy discussion records threshold".
    if (meeting.kind == strategy && meeting.threshold.words.empty())
        problems.push_back({missing, "Write down why the threshold is met", "threshold"});
    return refuse_if_any(std::move(problems));
}

Result<> nobody_asked_them_yet(const Meeting& meeting, const Context& context)
{
    if (!works_with_children(context, meeting.invite_whom))
        return refuse(missing, "Choose an organisation", "invite_whom");
    TRY(it_is_not_protected(meeting, context));
    if (was_asked(meeting, meeting.invite_whom))
        return refuse(out_of_order, "That organisation is asked already", "invite_whom");
    return {};
}

/// R-G-02: "non-attendance is recorded by organisation". R-G-07: "attendees (police, LA, health as minimum)".
Result<> the_meeting_can_open(const Meeting& meeting, const Context& context)
{
    if (meeting.held_at && context.now < *meeting.held_at - early)
        return refuse(out_of_order,
                      "It is not time yet: whoever comes when they were asked to would be recorded as absent. Call it "
                      "off, and convene another",
                      "attendance");
    Problems problems;
    for (const auto& one : meeting.attendance) {
        const auto box = "attendance-" + one.organisation.text() + "-came";
        if (!was_asked(meeting, one.organisation))
            problems.push_back({malformed, "That organisation was not asked", box});
        else if (one.came.empty())
            problems.push_back({missing, "Say of each organisation whether it was there", box});
    }
    for (const auto& one : meeting.invited)
        if (attendance_of(meeting, one.organisation) == nullptr)
            problems.push_back({missing, "Say of each organisation whether it was there",
                                "attendance-" + one.organisation.text() + "-came"});
    if (!meeting.confidentiality_read.value_or(false))
        problems.push_back({missing, "Read out first that what is said here stays here", "confidentiality_read"});
    if (!problems.empty()) return refuse(problems);
    if (meeting.kind != strategy) return {};
    for (const auto kind : {AgencyKind::police_force, AgencyKind::local_authority, AgencyKind::health_body})
        if (!is_there(meeting, context, kind))
            return refuse(out_of_order,
                          "A strategy discussion needs the police, the authority and health at least. Ask whoever is "
                          "not here, or call it off",
                          "attendance");
    return {};
}

Result<> the_item_is_decided(const Meeting& meeting, const Context& context)
{
    TRY(it_is_not_protected(meeting, context));
    Problems problems;
    const auto before = static_cast<std::size_t>(
        std::ranges::count_if(meeting.items, [](const Item& item) { return item.at.has_value(); }));
    for (std::size_t i = before; i < meeting.items.size(); ++i) {
        check_item(meeting, meeting.items[i], problems);
        if (meeting.items[i].review_on && *meeting.items[i].review_on < clocks::london_day(context.now))
            problems.push_back({malformed, "Give a day to come", "items-review_on"});
    }
    return refuse_if_any(std::move(problems));
}

Result<> the_decision_has_reasons(const Meeting& meeting, const Context&)
{
    Problems problems;
    if (meeting.decisions.empty()) return refuse(missing, "Write down what is decided", "decisions-what");
    const auto& one = meeting.decisions.back();
    if (one.what.words.empty()) problems.push_back({missing, "Write down what is decided", "decisions-what"});
    if (one.because.words.empty()) problems.push_back({missing, "Write down why", "decisions-because"});
    for (const auto& [narrative, box] : {std::pair{&one.what, "decisions-what"},
                                         {&one.because, "decisions-because"},
                                         {&one.dissent, "decisions-dissent"}})
        if (quotes_somebody(*narrative))
            problems.push_back(
                {malformed, "Minutes hold decisions and reasons, not what somebody said. Leave it out", box});
    return refuse_if_any(std::move(problems));
}

/// "Who, what, by when, how will we know".
Result<> the_action_can_be_followed(const Meeting& meeting, const Context& context)
{
    TRY(it_is_not_protected(meeting, context));
    Problems problems;
    if (meeting.actions.empty()) return refuse(missing, "Write down what is to be done", "actions-what");
    const auto& one = meeting.actions.back();
    if (one.what.words.empty()) problems.push_back({missing, "Write down what is to be done", "actions-what"});
    if (one.about.empty()) problems.push_back({missing, "Say what it is about", "actions-about"});
    if (!was_asked(meeting, one.owner))
        problems.push_back({missing, "Choose an organisation of this meeting that does it", "actions-owner"});
    if (!one.due_on || *one.due_on < clocks::london_day(context.now))
        problems.push_back({missing, "Say by which day, from today on", "actions-due_on"});
    if (one.due_on && *one.due_on > clocks::london_day(context.now + furthest))
        problems.push_back({malformed, "Give a day within a year", "actions-due_on"});
    return refuse_if_any(std::move(problems));
}

/// R-G-03: "each child item must end with at least one action on a person or place, or a reason why not". R-G-07:
/// "decision, plan, timescale".
Result<> it_comes_to_something(const Meeting& meeting, const Context&)
{
    Problems problems;
    if (meeting.decisions.empty())
        problems.push_back({out_of_order, "Write down first what was decided, and why", "no_action_because"});
    if (std::ranges::none_of(meeting.actions, is_about_who_does_harm) && meeting.no_action_because.words.empty())
        problems.push_back({missing,
                            "A meeting ends with an action about a person who may do harm, or a place. Write one down, "
                            "or say here why there is none",
                            "no_action_because"});
    if (meeting.kind == strategy && meeting.plan.words.empty())
        problems.push_back({missing, "Write down the plan", "plan"});
    if (meeting.kind == strategy && meeting.timescale.empty())
        problems.push_back({missing, "Write down by when", "timescale"});
    return refuse_if_any(std::move(problems));
}

Result<> those_who_are_asked_answer(const Invitation& invitation, const Context& context)
{
    if (context.session.agency == invitation.organisation) return {};
    return refuse(withheld, "Whoever is asked answers: another organisation is, here");
}

/// R-G-02 tells who did not come from who sent apologies, so apologies have a reason; R-G-04: "what it means for
/// safety".
Result<> the_answer_is_whole(const Invitation& invitation, const Context& context)
{
    TRY(those_who_are_asked_answer(invitation, context));
    Problems problems;
    if (invitation.coming == "comes" && invitation.who.empty())
        problems.push_back({missing, "Say who comes, by their role", "who"});
    if (invitation.coming == "apologies" && invitation.apologies.words.empty())
        problems.push_back({missing, "Say why nobody comes", "apologies"});
    if (invitation.coming == "report_only" && invitation.report.words.empty())
        problems.push_back({missing, "Write the report: what it means for safety", "report"});
    return refuse_if_any(std::move(problems));
}

Result<> its_owner_says_so(const Task& task, const Context& context)
{
    if (context.session.agency == task.owner) return {};
    return refuse(withheld, "Whoever took it on says what came of it: another organisation did, here");
}

bool is_a_strategy_discussion(const void* facts)
{
    return static_cast<const Meeting*>(facts)->kind == strategy;
}

std::optional<UtcTime> when_the_day_is_over(const void* facts)
{
    const auto& due_on = static_cast<const Task*>(facts)->due_on;
    if (!due_on) return std::nullopt;
    const auto midnight = clocks::from_wall(CivilDate{std::chrono::sys_days{*due_on} + std::chrono::days{1}}, "00:00");
    return midnight ? std::optional(*midnight) : std::nullopt;
}

} // namespace reachable::meetings
