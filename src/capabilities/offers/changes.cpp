// What an act about an offer notes, and who is told of it.
#include "accounts/accounts.h"
#include "base/text.h"
#include "capabilities/offers/offer.h"
#include "ties/ties.h"

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
    offer.moment_at = context.now;
    if (!offer.desk.is_none()) tell_who_goes(context, "offer.due");
    return {};
}

/// Another moment of the same child: the one offer that stands knows of it, and what is at risk once stays so.
Result<> note_urgency(Offer& offer, const Offer& before, Context& context)
{
    offer.is_at_risk = before.is_at_risk.value_or(false) || offer.is_at_risk.value_or(false);
    offer.moment_at = context.now;
    // Whoever goes to the child already goes on; another authority sends somebody of its own.
    if (offer.authority == before.authority && !before.authority.is_none()) offer.desk = before.desk;
    if (context.state == not_now) context.next_state = due;
    if (!offer.desk.is_none()) tell_who_goes(context, "offer.due");
    return {};
}

/// A worker of the own organisation goes to the child; from then on their team holds the offer.
Result<> pass_to_a_worker(Offer& offer, const Offer&, Context& context)
{
    const auto worker = accounts::find_worker_by_name(context.transaction, to_lower_ascii(trim(offer.staff_name)));
    if (!worker || !worker->is_open || worker->agency != context.session.agency)
        return refuse(missing, "Nobody of that sign-in name works at your organisation", "staff_name");
    if (worker->id == context.session.worker)
        return refuse(withheld, "Somebody else asks you to go to a child", "staff_name");
    const auto posts = accounts::posts_of(context.transaction, worker->id);
    auto post = posts.end();
    for (const auto role : {Role::EDT, Role::SW, Role::YJS}) // the last that they hold
        if (const auto held = std::ranges::find(posts, role, &accounts::Post::role); held != posts.end()) post = held;
    if (post == posts.end())
        return refuse(missing, "Support is offered by a youth justice worker, a social worker or the duty team",
                      "staff_name");
    // R-P-08: a team of somebody's own family does not learn that it would have been asked.
    if (ties::is_closed_to_team(context.transaction, offer.child, post->team))
        return refuse(out_of_order, "Choose somebody of another team", "staff_name");
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
        context.notices.push_back({.code = "offer.accepted", .role = Role::LADM, .to_partner = true});
        context.notices.push_back({.code = "offer.accepted", .role = Role::MPC});
        return {};
    }
    context.next_state = not_now;
    if (!offer.first_not_now_at) offer.first_not_now_at = made.made_at;
    // "Re-offer in 7 and 28 days": said again the same evening, it is the same answer.
    constexpr hours waits[] = {hours{0}, hours{24 * 7}, hours{24 * 28}};
    const auto times = static_cast<std::size_t>(offer.times_not_now);
    if (times < std::size(waits) && *made.made_at - *offer.first_not_now_at >= waits[times]) ++offer.times_not_now;
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
    context.notices.push_back({.code = "offer.ended", .role = Role::LADM, .to_partner = true});
    context.notices.push_back({.code = "offer.ended", .role = Role::MPC});
    return {};
}

} // namespace reachable::offers
