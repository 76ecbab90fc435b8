// What an act about an offer notes, and who is told of it.
#include "accounts/accounts.h"
#include "base/text.h"
#include "capabilities/offers/offer.h"

#include <algorithm>

namespace reachable::offers {
namespace {

using accounts::Role;
using enum ProblemKind;

void tell_who_goes(Context& context, const char* notice)
{
    for (const auto role : {Role::EDT, Role::YJS, Role::SW})
        context.notices.push_back({.code = notice, .role = role, .to_partner = true});
}

bool is_the_same(const Made& one, const Made& other)
{
    return one.made_at == other.made_at && one.who == other.who && one.way == other.way && one.answer == other.answer;
}

} // namespace

Result<> note_opening(Offer& offer, const Offer&, Context& context)
{
    offer.opened_at = context.now;
    if (!offer.desk.is_none()) tell_who_goes(context, "offer.due");
    return {};
}

/// Another moment of the same child: the one offer that stands knows of it, and what is at risk once stays so.
Result<> note_urgency(Offer& offer, const Offer& before, Context& context)
{
    offer.is_at_risk = before.is_at_risk.value_or(false) || offer.is_at_risk.value_or(false);
    if (!before.authority.is_none()) {
        offer.authority = before.authority;
        offer.desk = before.desk;
    }
    if (!offer.desk.is_none()) tell_who_goes(context, "offer.due");
    return {};
}

/// A worker of the own organisation goes to the child; from then on their team holds the offer.
Result<> pass_to_a_worker(Offer& offer, const Offer&, Context& context)
{
    const auto worker = accounts::find_worker_by_name(context.transaction, to_lower_ascii(trim(offer.staff_name)));
    if (!worker || !worker->is_open || worker->agency != context.session.agency)
        return refuse(missing, "Nobody of that sign-in name works at your organisation", "staff_name");
    const auto posts = accounts::posts_of(context.transaction, worker->id);
    constexpr auto goes_to_children = [](const accounts::Post& post) {
        return post.role == Role::YJS || post.role == Role::SW || post.role == Role::EDT;
    };
    const auto post = std::ranges::find_if(posts, goes_to_children);
    if (post == posts.end())
        return refuse(missing, "Support is offered by a youth justice worker, a social worker or the duty team",
                      "staff_name");
    offer.desk = post->team;
    context.notices.push_back({.code = "offer.passed", .role = post->role, .to_partner = true});
    return {};
}

Result<> note_offer(Offer& offer, const Offer& before, Context& context)
{
    if (offer.made.size() != before.made.size() + 1) return refuse(missing, "Record one offer at a time", "made");
    if (!before.made.empty() && is_the_same(offer.made.back(), before.made.back()))
        return refuse(out_of_order, "This offer is on record already", "made-made_at");
    auto& made = offer.made.back();
    made.written_by = context.session.worker;
    made.written_at = context.now;
    if (!counts_as_an_offer(made) || made.answer == "no_answer") {
        context.next_state = counts_as_an_offer(made) && context.state != not_now ? offered : casework::same_state;
        return {};
    }
    if (made.answer == "yes") {
        context.next_state = accepted;
        context.notices.push_back({.code = "offer.accepted", .role = Role::EDT, .to_partner = true});
        context.notices.push_back({.code = "offer.accepted", .role = Role::MPC});
        return {};
    }
    context.next_state = not_now;
    if (!offer.first_not_now_at) offer.first_not_now_at = made.made_at;
    ++offer.times_not_now;
    return {};
}

Result<> note_first_contact(Offer&, const Offer&, Context& context)
{
    context.notices.push_back({.code = "offer.met", .role = Role::MPC});
    return {};
}

Result<> note_end(Offer& offer, const Offer&, Context& context)
{
    offer.ended_at = context.now;
    context.notices.push_back({.code = "offer.ended", .role = Role::MPC});
    return {};
}

} // namespace reachable::offers
