// What an offer must say, when a clock has nothing left to wait for, and how an offer may end; each rule with its
// words.
#include "capabilities/offers/offer.h"

#include <algorithm>

namespace reachable::offers {
namespace {

using enum ProblemKind;

const Offer& offer_in(const void* facts)
{
    return *static_cast<const Offer*>(facts);
}

/// Of what has happened since, the child has not been asked.
bool says_not_now(const Offer& offer)
{
    const auto* newest = newest_answer(offer);
    return newest != nullptr && newest->answer == "not_now" &&
           (!offer.moment_at || *newest->made_at >= *offer.moment_at);
}

bool has_ended(const Offer& offer)
{
    return offer.ended_at.has_value();
}

} // namespace

bool counts_as_an_offer(const Made& made)
{
    return made.way != "leaflet";
}

const Made* newest_answer(const Offer& offer)
{
    const Made* newest = nullptr;
    for (const auto& made : offer.made)
        if (counts_as_an_offer(made) && made.answer != "no_answer" && made.made_at &&
            (newest == nullptr || *newest->made_at <= *made.made_at))
            newest = &made;
    return newest;
}

/// "In person, by non-police worker where possible" (4.D, reachable moment).
Result<> the_offer_is_whole(const Offer& offer, const Context& context)
{
    if (offer.made.empty()) return refuse(missing, "Say what was offered", "made");
    Problems problems;
    const auto& made = offer.made.back();
    if (!made.made_at) problems.push_back({missing, "Say when it was offered", "made-made_at"});
    if (made.made_at && *made.made_at > context.now)
        problems.push_back({malformed, "The offer must lie in the past", "made-made_at"});
    if (made.made_at && offer.opened_at && *made.made_at < *offer.opened_at - hours{24})
        problems.push_back(
            {malformed, "That was more than a day before this offer was opened. Check the date", "made-made_at"});
    if (made.by.empty()) problems.push_back({missing, "Say who offered it", "made-by"});
    if (made.who.empty()) problems.push_back({missing, "Name the worker and the service", "made-who"});
    if (made.way.empty()) problems.push_back({missing, "Say how it was offered", "made-way"});
    if (made.what.words.empty()) problems.push_back({missing, "Say what was offered", "made-what"});
    if (made.answer.empty())
        problems.push_back({missing, "Say what the child said, or that there is no answer yet", "made-answer"});
    if (made.by == "police" && made.police_because.words.empty())
        problems.push_back({missing, "Say why nobody who is not of the police could come", "made-police_because"});
    if (!counts_as_an_offer(made) && made.answer == "yes")
        problems.push_back({malformed,
                            "Nobody accepts a leaflet: somebody has to speak with the child. Choose no answer yet",
                            "made-answer"});
    if (!made.child_words.words.empty() && made.words_language.empty())
        problems.push_back({missing, "Say in which language the words stand", "made-words_language"});
    return refuse_if_any(std::move(problems));
}

Result<> the_contact_is_past(const Offer& offer, const Context& context)
{
    if (offer.first_contact_at && *offer.first_contact_at > context.now)
        return refuse(malformed, "They must have met already", "first_contact_at");
    const auto* newest = newest_answer(offer);
    if (offer.first_contact_at && newest != nullptr && *offer.first_contact_at < *newest->made_at)
        return refuse(malformed, "They met after it was offered. Check the time", "first_contact_at");
    return {};
}

/// G-12: "refusals, delays and gaps are recorded as facts about services, not about the child". A child who said not
/// now once has not said no: it is offered again first.
Result<> no_support_ends_unsaid(const Offer& offer, const Context& context)
{
    constexpr int times_before_no = 3; // the first, and again after 7 and after 28 days
    const bool had_accepted = std::ranges::any_of(offer.made, [](const Made& made) { return made.answer == "yes"; });
    if (offer.end_reason == "said_no" && offer.times_not_now < times_before_no && !had_accepted)
        return refuse(
            out_of_order,
            "Not now is no refusal: it is offered again after 7 and after 28 days. Then the child may have said no",
            "end_reason");
    const bool is_a_gap = offer.end_reason == "no_service" || offer.end_reason == "not_found";
    if (is_a_gap && context.session.role != accounts::Role::LADM)
        return refuse(withheld, "That no support came is for the manager of the authority to say", "end_reason");
    if (offer.end_reason == "support_done" && context.state != engaged)
        return refuse(out_of_order, "No support is on record yet", "end_reason");
    return {};
}

/// C19: "first contact with child". A child who says not now has been met; then C46 and C47 run.
bool the_child_waits(const void* facts)
{
    const auto& offer = offer_in(facts);
    return !has_ended(offer) && !offer.first_contact_at && !says_not_now(offer);
}

/// C19: "at-risk 24 h".
bool the_child_waits_at_risk(const void* facts)
{
    return the_child_waits(facts) && offer_in(facts).is_at_risk.value_or(false);
}

bool is_offered_again_after_7_days(const void* facts)
{
    const auto& offer = offer_in(facts);
    return !has_ended(offer) && says_not_now(offer) && offer.times_not_now == 1;
}

bool is_offered_again_after_28_days(const void* facts)
{
    const auto& offer = offer_in(facts);
    return !has_ended(offer) && says_not_now(offer) && offer.times_not_now == 2;
}

/// Written down later, it counts from when it happened (R-D-11).
std::optional<UtcTime> met_or_answered_at(const void* facts)
{
    const auto& offer = offer_in(facts);
    if (offer.first_contact_at) return offer.first_contact_at;
    return says_not_now(offer) ? newest_answer(offer)->made_at : std::nullopt;
}

std::optional<UtcTime> first_said_not_now(const void* facts)
{
    return offer_in(facts).first_not_now_at;
}

} // namespace reachable::offers
