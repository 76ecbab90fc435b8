// What an episode must say, and when it may go on; each rule with its words.
#include "capabilities/missing/call.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/triggers.h"
#include "clocks/london.h"
#include "records/child.h"

#include <algorithm>

namespace reachable::missing {
namespace {

using enum ProblemKind;

/// What nobody wrote down in five years is no absence of which a child is asked.
constexpr auto longest_ago = hours{24 * 365 * 5};

void check_is_past(const std::optional<UtcTime>& at, std::string_view field, const Context& context, Problems& problems)
{
    if (at && *at > context.now)
        problems.push_back({malformed, "This time must lie in the past", std::string(field)});
    else if (at && context.now - *at > longest_ago)
        problems.push_back({malformed, "That is more than five years ago. Check the date", std::string(field)});
}

/// R-X-05: whoever may be under 18 is treated as a child; only a certain adult is refused.
void check_age(const Episode& episode, const Context& context, Problems& problems)
{
    if (!episode.born_given) return;
    const auto day = clocks::london_day(context.now);
    const records::Child child{.born = episode.born_given};
    if (episode.born_given->earliest() > day)
        problems.push_back({malformed, "The date of birth must be in the past", "born_given"});
    else if (!records::is_child_on(child, day))
        problems.push_back({malformed, "By this date of birth the person is 18 or over. Check the date", "born_given"});
}

bool holds(const void* facts, std::string_view level)
{
    return level_of(*static_cast<const Episode*>(facts)) == level;
}

/// What is from before the duties of a force began here, or over when it was sent, starts no clock.
bool waits_at_level(const void* facts, std::string_view level)
{
    const auto& episode = *static_cast<const Episode*>(facts);
    return !episode.returned_at && episode.is_live.value_or(true) && level_of(episode) == level;
}

/// Who has lead: no two forces decide about one child at a time (R-B-07).
Result<> own_force_leads(const Episode& episode, const Context& context)
{
    if (episode.force == context.session.agency) return {};
    return refuse(
        out_of_order,
        "Another force leads. Tell them, or ask that the lead is offered to your force: until it is accepted, "
        "they decide");
}

Result<> an_item_of_each_is_whole(const Episode& episode)
{
    Problems problems;
    for (const auto& one : episode.companions) {
        if (one.who.empty()) problems.push_back({missing, "Write a name or a description", "companions-who"});
        if (one.age.empty())
            problems.push_back({missing, "Say how old they are, or that it is not known", "companions-age"});
        if (one.relation.empty())
            problems.push_back(
                {missing, "Say what they are to the child, or that it is not known", "companions-relation"});
        if (one.sure.empty()) problems.push_back({missing, "Say how sure it is", "companions-sure"});
        if (one.about_age < 0 || one.about_age > 120)
            problems.push_back({malformed, "Write about how many years old they are", "companions-about_age"});
    }
    for (const auto& one : episode.news) {
        if (one.kind.empty()) problems.push_back({missing, "Say what it is", "news-kind"});
        if (one.words.words.empty()) problems.push_back({missing, "Write down what is new", "news-words"});
    }
    for (const auto& one : episode.enquiries) {
        if (one.what.empty()) problems.push_back({missing, "Write down what is done", "enquiries-what"});
        if (one.who.empty()) problems.push_back({missing, "Write down who does it", "enquiries-who"});
        if (!one.due && one.came_of_it.empty())
            problems.push_back({missing, "Say by when, or what came of it", "enquiries-due"});
    }
    return refuse_if_any(std::move(problems));
}

} // namespace

std::string_view level_of(const Episode& episode)
{
    return episode.grades.empty() ? std::string_view() : std::string_view(episode.grades.back().level);
}

bool waits_for_a_level(const void* facts)
{
    const auto& episode = *static_cast<const Episode*>(facts);
    return episode.reclassified_because.words.empty() && waits_at_level(facts, "");
}
bool is_high(const void* facts)
{
    return waits_at_level(facts, "high");
}
bool is_medium(const void* facts)
{
    return waits_at_level(facts, "medium");
}
bool is_low(const void* facts)
{
    return waits_at_level(facts, "low");
}
bool was_high_when_found(const void* facts)
{
    return holds(facts, "high");
}
bool was_not_high_when_found(const void* facts)
{
    return !holds(facts, "high");
}

std::optional<UtcTime> when_the_child_returned(const void* facts)
{
    return static_cast<const Episode*>(facts)->returned_at;
}

/// 4.B, short script: "send now" after the third question; everything later is optional at the first call. R-B-13: of
/// an absence that is over "a carer who reports late is asked why, and the barrier is coded".
Result<> the_report_can_be_sent(const Episode& episode, const Context& context)
{
    Problems problems;
    check_is_past(episode.last_seen_at, "last_seen_at", context, problems);
    check_is_past(episode.returned_at, "returned_at", context, problems);
    check_age(episode, context, problems);
    if (episode.call_started_at &&
        (*episode.call_started_at > context.now || context.now - *episode.call_started_at > longest_call))
        problems.push_back({malformed, "A call began in the last six hours", "call_started_at"});
    if (episode.last_seen_at && episode.returned_at && *episode.returned_at <= *episode.last_seen_at)
        problems.push_back({malformed, "The child came back after they were last seen", "returned_at"});
    if (!episode.returned_at && episode.worried.words.empty())
        problems.push_back({missing, "Write down why they are worried today, in their words", "worried"});
    if (episode.returned_at && episode.late_because.empty())
        problems.push_back({missing, "Say what kept them from reporting it, or that it is not known", "late_because"});
    return refuse_if_any(std::move(problems));
}

/// 4.B: "Officer records level + reasons. If the level is lower than the last episode with the same prompts, a reason
/// for the difference is required" (2.34). What stands out sets no level (G-01).
Result<> the_level_has_reasons(const Episode& episode, const Context& context)
{
    TRY(own_force_leads(episode, context));
    if (episode.grades.empty() || episode.grades.back().at)
        return refuse(missing, "Choose a level and say why", "grades-level");
    const auto& graded = episode.grades.back();
    Problems problems;
    if (graded.level.empty()) problems.push_back({missing, "Choose a level", "grades-level"});
    if (graded.because.words.empty()) problems.push_back({missing, "Say why this level", "grades-because"});
    if (!problems.empty()) return refuse(std::move(problems));
    auto before = absences_of(context.transaction,
                              records_seen(context.transaction, episode.child, context.session, context.now), 20);
    std::erase_if(before,
                  [&](const Absence& one) { return one.id != context.case_id && one.episode().grades.empty(); });
    if (graded.lower_because.words.empty() && is_lower_than_the_last(before, graded))
        return refuse(missing,
                      "The last time all of this was so too, and the level was higher. Say what is different now",
                      "grades-lower_because");
    return {};
}

Result<> the_review_says_something(const Episode& episode, const Context& context)
{
    return own_force_leads(episode, context);
}

Result<> something_is_added(const Episode& episode, const Context& context)
{
    const bool has_something = context.asked.find("companions") != nullptr || context.asked.find("news") != nullptr ||
                               context.asked.find("enquiries") != nullptr;
    if (!has_something) return refuse(missing, "Write down what is new", "news-words");
    return an_item_of_each_is_whole(episode);
}

Result<> the_time_is_past(const Episode& episode, const Context& context)
{
    Problems problems;
    check_is_past(episode.located_at, "located_at", context, problems);
    return refuse_if_any(std::move(problems));
}

/// Found far away, a child is safe hours before they are home, or where they stay next (R-B-02 counts from then).
Result<> the_child_reached_it_later(const Episode& episode, const Context& context)
{
    Problems problems;
    check_is_past(episode.reached_at, "reached_at", context, problems);
    if (episode.reached_at && episode.returned_at && *episode.reached_at < *episode.returned_at)
        problems.push_back({malformed, "The child was safe before they reached it", "reached_at"});
    return refuse_if_any(std::move(problems));
}

/// 4.B: "place and time required" on return, with what was seen and whether a referral is considered. R-B-12: nobody
/// learns where the child is before it is answered whether that is safe.
Result<> the_return_is_whole(const Episode& episode, const Context& context)
{
    Problems problems;
    check_is_past(episode.returned_at, "returned_at", context, problems);
    if (episode.returned_at && *episode.returned_at < began_at(episode))
        problems.push_back({malformed, "The child came back after they were last seen", "returned_at"});
    if (!episode.considered.empty() && episode.considered_because.words.empty())
        problems.push_back({missing, "Say why you decide so", "considered_because"});
    if (std::ranges::find(episode.harm, "none") != episode.harm.end() && episode.harm.size() > 1)
        problems.push_back({malformed, "No harm, or which harm: not both", "harm"});
    return refuse_if_any(std::move(problems));
}

/// C11: "interview or reasoned exception".
Result<> the_child_was_spoken_with(const Episode& episode, const Context& context)
{
    Problems problems;
    if (episode.interviewed_at) {
        check_is_past(episode.interviewed_at, "interviewed_at", context, problems);
        if (episode.returned_at && *episode.interviewed_at < *episode.returned_at)
            problems.push_back({malformed, "The child was spoken with after they were back", "interviewed_at"});
        if (episode.seen_alone.empty())
            problems.push_back({missing, "Say whether the child was seen alone", "seen_alone"});
        if (episode.interview_words.words.empty())
            problems.push_back(
                {missing, "Write down what the child says, or that the child says nothing", "interview_words"});
    } else if (episode.not_held_because.empty())
        problems.push_back({missing, "Say when the child was spoken with, or why nobody did", "interviewed_at"});
    return refuse_if_any(std::move(problems));
}

/// R-B-07: "Transfer needs acceptance; until accepted the sender still owns."
Result<> it_waits_for_this_force(const Episode& episode, const Context& context)
{
    if (episode.offered_to.is_none()) return refuse(out_of_order, "The lead is offered to nobody now");
    if (episode.offered_to != context.session.agency)
        return refuse(out_of_order, "The lead is offered to another force, and only they take it or turn it down");
    return {};
}

/// R-X-03, of what another system wrote down: times that cannot be are set aside by whoever sent them, and never mended
/// here. A day alone may be that of both ends.
Result<> what_was_sent_fits(const Episode& episode, const Context& context)
{
    Problems problems;
    const std::pair<const std::optional<UtcTime>*, const char*> times[] = {{&episode.last_seen_at, "last_seen_at"},
                                                                           {&episode.reported_at, "reported_at"},
                                                                           {&episode.located_at, "located_at"},
                                                                           {&episode.returned_at, "returned_at"}};
    for (const auto& [at, field] : times)
        if (*at && **at > context.now)
            problems.push_back({malformed, "has a time that lies in the future", std::string(field)});
    if (!episode.last_seen_at && !episode.reported_at)
        problems.push_back({missing, "says neither when the child was last seen nor when it was reported"});
    const bool is_exact = episode.last_seen_sure != "day_alone" && episode.returned_sure != "day_alone";
    if (episode.returned_at && *episode.returned_at < began_at(episode))
        problems.push_back({malformed, "says that the child was back before they went", "returned_at"});
    else if (is_exact && episode.returned_at && *episode.returned_at == began_at(episode))
        problems.push_back({malformed, "says that the child was back when they went", "returned_at"});
    if (episode.last_seen_at && episode.reported_at && *episode.last_seen_at > *episode.reported_at && is_exact)
        problems.push_back({malformed, "says that the child was last seen after it was reported", "last_seen_at"});
    return refuse_if_any(std::move(problems));
}

Result<> the_force_that_owns_it_acts(const Episode& episode, const Context& context)
{
    return own_force_leads(episode, context);
}

/// R-B-07: "no duplicate count". Two episodes of one child are one absence only while the child is looked for in both.
Result<> it_is_the_same_absence(const Episode& episode, const Context& context)
{
    TRY(own_force_leads(episode, context));
    const auto others = other_open_episodes_of(context.transaction, episode.child, context.case_id);
    const bool is_one = std::ranges::any_of(others, [&](const Open& one) { return one.id == episode.same_as; });
    if (is_one) return {};
    return refuse(malformed, "Choose the episode of this child that goes on", "same_as");
}

} // namespace reachable::missing
