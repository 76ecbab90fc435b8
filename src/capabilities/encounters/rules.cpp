// What an encounter must say, and when it may end; each rule with its words.
#include "capabilities/encounters/encounter.h"
#include "capabilities/encounters/prompts.h"
#include "clocks/london.h"
#include "records/child.h"

#include <algorithm>

namespace reachable::encounters {
namespace {

using enum ProblemKind;

/// What nobody wrote down in a year is no encounter of today.
constexpr auto longest_ago = hours{24 * 365};

void check_times(const Encounter& encounter, const Context& context, Problems& problems)
{
    if (encounter.met_at && *encounter.met_at > context.now)
        problems.push_back({malformed, "The encounter must lie in the past", "met_at"});
    else if (encounter.met_at && context.now - *encounter.met_at > longest_ago)
        problems.push_back({malformed, "That is more than a year ago. Check the date", "met_at"});
    if (encounter.protected_at && *encounter.protected_at > context.now)
        problems.push_back({malformed, "Police protection must have begun", "protected_at"});
    if (encounter.where_now == "police_protection" && !encounter.protected_at)
        problems.push_back({missing, "Say since when the child is in police protection", "protected_at"});
}

/// R-X-05: "if the person may be under 18 treat as a child everywhere": only a certain adult is refused.
void check_age(const Encounter& encounter, const Context& context, Problems& problems)
{
    const auto day = clocks::london_day(encounter.met_at.value_or(context.now));
    records::Child child{.born = encounter.born_given};
    if (const auto status = records::age_status_from(encounter.age_status)) child.age_status = *status;
    if (encounter.born_given && encounter.born_given->earliest() > day)
        problems.push_back({malformed, "The date of birth must be in the past", "born_given"});
    else if (!records::is_child_on(child, day))
        problems.push_back({malformed, "By this date of birth the person is 18 or over. Check the date", "born_given"});
}

void check_companions(const Encounter& encounter, Problems& problems)
{
    for (const auto& one : encounter.companions) {
        if (one.who.empty()) problems.push_back({missing, "Write a name or a description", "companions-who"});
        if (one.age.empty())
            problems.push_back({missing, "Say how old they are, or that it is not known", "companions-age"});
        if (one.relation.empty())
            problems.push_back(
                {missing, "Say what they are to the child, or that it is not known", "companions-relation"});
    }
}

/// R-A-08: "with whom".
void check_company(const Encounter& encounter, Problems& problems)
{
    const bool has_companions = !encounter.companions.empty();
    if (encounter.company == "with_others" && !has_companions)
        problems.push_back({missing, "Write down who was with the child", "companions-who"});
    if (encounter.company == "alone" && has_companions)
        problems.push_back(
            {malformed, "You name somebody who was with the child: say that others were there", "company"});
    check_companions(encounter, problems);
}

/// R-X-09: "with speaker, setting, language, interpreter and who wrote them down".
void check_what_was_said(const Encounter& encounter, Problems& problems)
{
    for (const auto& said : encounter.child_said) {
        if (said.words.words.empty())
            problems.push_back({missing, "Write down the words as the child said them", "child_said-words"});
        if (said.setting.empty())
            problems.push_back({missing, "Say where and how the child said it", "child_said-setting"});
        if (said.language.empty())
            problems.push_back({missing, "Say in which language the words stand", "child_said-language"});
    }
    for (const auto& seen : encounter.seen)
        if (seen.words.words.empty()) problems.push_back({missing, "Write down what you saw and heard", "seen-words"});
}

} // namespace

bool has_sign(const Encounter& encounter, std::string_view sign)
{
    return std::ranges::find(encounter.signs, sign) != encounter.signs.end();
}

bool shows_signs(const Encounter& encounter)
{
    return !encounter.signs.empty();
}

bool signs_wait_for_a_decision(const void* facts)
{
    const auto& encounter = *static_cast<const Encounter*>(facts);
    return asks_to_be_considered(encounter) && encounter.considered.empty();
}

/// R-A-08: "place of every police encounter (where picked up, how far from home, with whom) is a required event field".
Result<> what_is_always_asked_is_answered(const Encounter& encounter, const Context& context)
{
    Problems problems;
    check_times(encounter, context, problems);
    check_age(encounter, context, problems);
    check_company(encounter, problems);
    if (encounter.seen.empty()) problems.push_back({missing, "Write down what you saw and heard", "seen-words"});
    check_what_was_said(encounter, problems);
    return refuse_if_any(std::move(problems));
}

Result<> something_is_added(const Encounter& encounter, const Context& context)
{
    if (context.asked.members() == nullptr || context.asked.members()->empty())
        return refuse(missing, "Write down what is new");
    Problems problems;
    check_times(encounter, context, problems);
    check_companions(encounter, problems);
    check_what_was_said(encounter, problems);
    return refuse_if_any(std::move(problems));
}

/// R-D-10: "requires a recorded NRM/CCE consideration, not a result". Of a child of whom signs were seen nobody says
/// that none were.
Result<> it_is_decided_with_a_reason(const Encounter& encounter, const Context&)
{
    if (encounter.considered == "no_signs" && shows_signs(encounter))
        return refuse(malformed, "Signs were seen: say whether the child is referred, and why", "considered");
    return {};
}

/// "No path lets the event close with 'NRM referred' as sole result" (scenario 1). G-06: what is left open stays open.
Result<> something_came_of_it(const Encounter& encounter, const Context&)
{
    Problems problems;
    constexpr std::string_view of_the_child[] = {"support_accepted", "support_offered", "safe_place", "social_work"};
    const auto came_to_the_child = [&](const std::string& result) {
        return std::ranges::find(of_the_child, result) != std::end(of_the_child);
    };
    if (encounter.results.empty())
        problems.push_back({missing, "Say what came of it", "results"});
    else if (std::ranges::none_of(encounter.results, came_to_the_child))
        problems.push_back({malformed,
                            "A referral brings the child nobody. Say also what support the child has, or who keeps "
                            "them safe",
                            "results"});
    if (signs_wait_for_a_decision(&encounter))
        problems.push_back({out_of_order, "Decide first whether the child may be a victim, and is referred"});
    if (has_sign(encounter, "debt") && encounter.debt_plan.words.empty())
        problems.push_back({out_of_order, "The child is said to owe. Add first what is done about that"});
    return refuse_if_any(std::move(problems));
}

} // namespace reachable::encounters
