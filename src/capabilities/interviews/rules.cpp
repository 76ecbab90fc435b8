// What an interview must say, and when it may go on; each rule with its words.
#include "base/text.h"
#include "capabilities/interviews/interview.h"

#include <algorithm>

namespace reachable::interviews {
namespace {

using enum ProblemKind;

bool is_no(std::string_view answer)
{
    return answer == "no";
}

std::size_t times_declined(const Interview& interview)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(interview.offers, [](const Offered& one) { return is_no(one.answer); }));
}

} // namespace

std::optional<UtcTime> when_the_child_returned(const void* facts)
{
    return static_cast<const Interview*>(facts)->returned_at;
}

/// C12: an offer that did not reach the child is none.
bool was_offered(const void* facts)
{
    const auto& interview = *static_cast<const Interview*>(facts);
    return !interview.not_held_because.empty() ||
           std::ranges::any_of(interview.offers, [](const Offered& one) { return one.answer != "not_reached"; });
}

bool something_is_shared(const void* facts)
{
    return !static_cast<const Interview*>(facts)->shared.empty();
}

/// C50 is over when each side that something was shared with has said what it does.
bool everybody_has_said_what_they_do(const void* facts)
{
    const auto& interview = *static_cast<const Interview*>(facts);
    const auto waits_for = [&](std::string_view side) {
        const auto is_theirs = [&](const Shared& one) { return one.with == side || one.with == "both"; };
        const auto is_said = [&](const Acknowledged& one) { return one.side == side; };
        return std::ranges::any_of(interview.shared, is_theirs) &&
               std::ranges::none_of(interview.acknowledged, is_said);
    };
    return !waits_for("police") && !waits_for("childrens_services");
}

/// C13: "interview held or child declines after second offer".
bool is_settled(const void* facts)
{
    const auto& interview = *static_cast<const Interview*>(facts);
    return interview.held_at || !interview.not_held_because.empty() || times_declined(interview) >= 2;
}

bool has_something_for_safety_now(const void* facts)
{
    const auto& interview = *static_cast<const Interview*>(facts);
    return std::ranges::any_of(interview.items, [](const Item& one) { return one.category == "safety_now"; });
}

bool works_by_welsh_rules(const void* facts)
{
    return static_cast<const Interview*>(facts)->rule_set == "wales";
}
bool works_by_english_rules(const void* facts)
{
    return !works_by_welsh_rules(facts);
}

/// "Every rule set is therefore selectable per local authority: jurisdiction = ENGLAND | WALES."
std::string rule_set_of(const lists::DatedLists& lists, std::string_view authority_code, CivilDate day)
{
    const lists::Code* closest = nullptr;
    for (const auto* one : lists.codes_on("interviews.rule_set_of", day))
        if (authority_code.starts_with(one->code) && (closest == nullptr || one->code.size() > closest->code.size()))
            closest = one;
    return closest == nullptr ? "england" : closest->label;
}

/// 4.B: "offer made (who, how, choice of person and place)"; "second offer by different person or route".
Result<> the_offer_is_whole(const Interview& interview, const Context& context)
{
    if (interview.offers.empty() || interview.offers.back().written_at)
        return refuse(missing, "Write down the offer", "offers-offered_at");
    const auto& offer = interview.offers.back();
    Problems problems;
    const auto ask = [&](bool is_there, std::string_view sentence, std::string_view field) {
        if (!is_there) problems.push_back({missing, std::string(sentence), std::string(field)});
    };
    ask(offer.offered_at.has_value(), "Say when it was offered", "offers-offered_at");
    ask(!offer.by.empty(), "Say who offered it", "offers-by");
    ask(!offer.way.empty(), "Say how it was offered", "offers-way");
    ask(!offer.language.empty(), "Say in which language", "offers-language");
    ask(!offer.answer.empty(), "Say what the child said", "offers-answer");
    if (offer.offered_at && *offer.offered_at > context.now)
        problems.push_back({malformed, "The offer must lie in the past", "offers-offered_at"});
    if (offer.offered_at && interview.returned_at && *offer.offered_at < *interview.returned_at)
        problems.push_back({malformed, "It is offered after the child is back", "offers-offered_at"});
    if (context.state == declined_once) {
        const auto& first =
            *std::ranges::find_if(interview.offers, [](const Offered& one) { return is_no(one.answer); });
        if (to_lower_ascii(trim(first.by)) == to_lower_ascii(trim(offer.by)) && first.way == offer.way)
            problems.push_back(
                {malformed, "The child said no to this person by this way. Somebody else offers it, or in another way",
                 "offers-by"});
    }
    return refuse_if_any(std::move(problems));
}

/// 4.B, data: "independence (INDEPENDENT, TRUSTED_BY_CHILD, NOT_INDEPENDENT+reason), seen alone".
Result<> the_interview_is_whole(const Interview& interview, const Context& context)
{
    Problems problems;
    if (interview.held_at && *interview.held_at > context.now)
        problems.push_back({malformed, "The interview must lie in the past", "held_at"});
    if (interview.held_at && interview.returned_at && *interview.held_at < *interview.returned_at)
        problems.push_back({malformed, "It is held after the child is back", "held_at"});
    if (interview.independence == "not_independent" && interview.not_independent_because.empty())
        problems.push_back({missing, "Say why nobody independent held it", "not_independent_because"});
    for (const auto& said : interview.child_said) {
        if (said.words.words.empty())
            problems.push_back({missing, "Write down the words as the child said them", "child_said-words"});
        if (said.language.empty())
            problems.push_back({missing, "Say in which language the words stand", "child_said-language"});
    }
    return refuse_if_any(std::move(problems));
}

/// 4.B, data: "share items[] (text, category, share with, child's view, decision, basis, sanitised text)".
Result<> the_item_is_decided(const Interview& interview, const Context&)
{
    Problems problems;
    const auto ask = [&](const std::string& value, std::string_view sentence, std::string_view field) {
        if (value.empty()) problems.push_back({missing, std::string(sentence), std::string(field)});
    };
    for (const auto& item : interview.items) {
        if (item.at) continue;
        ask(item.words.words, "Write down what it is", "items-words");
        ask(item.category, "Say what it is about", "items-category");
        ask(item.decision, "Say with whom it is shared, or with nobody", "items-decision");
        ask(item.child_view, "Say what the child says to that", "items-child_view");
        const bool is_shared = !item.decision.empty() && item.decision != "nobody";
        const bool needs_a_reason = !is_shared || item.child_view != "agrees";
        if (needs_a_reason) ask(item.because.words, "Say why you decide so", "items-because");
        if (is_shared) ask(item.sanitised.words, "Write down in which words it is shared", "items-sanitised");
    }
    return refuse_if_any(std::move(problems));
}

/// R-B-01: every child is offered it. That a child cannot be met shows when somebody tries.
Result<> it_was_offered_first(const Interview& interview, const Context&)
{
    if (interview.not_held_because != "cannot_be_met" || !interview.offers.empty()) return {};
    return refuse(out_of_order, "It is offered first. Write down the offer, also if the child was not reached by it",
                  "not_held_because");
}

Result<> every_item_is_decided(const Interview& interview, const Context&)
{
    if (!interview.items.empty()) return {};
    return refuse(missing, "Write down each thing that others may need, also what is shared with nobody. If there is "
                           "nothing, write that down as one, shared with nobody");
}

} // namespace reachable::interviews
