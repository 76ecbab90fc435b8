// Children who are missing together (R-B-08): each has an episode of their own, and each episode says so.
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/triggers.h"
#include "casework/desk.h"
#include "identity/people.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::missing {
namespace {

using storage::Transaction;
using enum ProblemKind;

/// Whoever links an episode sees it: a link tells nobody of a child whom they may not know of.
bool is_open_episode(const Context& context, const casework::CaseHead& other)
{
    const auto& type = episode_type();
    auto question =
        casework::policy_request(context.desk, context.transaction, type, other, context.session, "read", context.now);
    question.fields = {type.held};
    const auto decision = ties::decide(context.desk.policy, context.transaction, context.session, question);
    return decision.is_allowed && decision.fields.front() >= policy::Show::generalise;
}

bool were_away_at_one_time(const Episode& one, const Episode& other, UtcTime now)
{
    return began_at(one) <= other.returned_at.value_or(now) && began_at(other) <= one.returned_at.value_or(now);
}

Result<> may_be_linked(const Episode& episode, const Linked& linked, const Context& context)
{
    const auto refused = [](ProblemKind kind, const char* words) { return refuse(kind, words, "linked-episode"); };
    const auto loaded = casework::load_case(context.transaction, episode_type(), linked.episode);
    if (!loaded || !is_open_episode(context, loaded->head))
        return refused(not_found, "There is no such episode, or it is not open to you");
    const auto& other = *static_cast<const Episode*>(loaded->facts.get());
    const auto own = identity::members_of(context.transaction, episode.child);
    if (std::ranges::find(own, other.child) != own.end())
        return refused(malformed, "This is an episode of the same child. Choose that of the other one");
    // A link stands in both episodes, and whoever reads the one learns that there is the other.
    if (ties::is_sealed(context.transaction, episode.child) || ties::is_sealed(context.transaction, other.child))
        return refused(out_of_order, "One of the records is protected. Tell those who hold it; nothing is linked");
    if (loaded->head.state == reclassified)
        return refused(out_of_order, "That child was not missing, as an inspector decided");
    if (!were_away_at_one_time(episode, other, context.now))
        return refused(malformed, "The two children were not missing at the same time");
    if (std::ranges::count(episode.linked, linked.episode, &Linked::episode) > 1)
        return refused(out_of_order, "The two are linked already");
    return {};
}

} // namespace

/// R-B-08: "Companion episodes are linked but each child keeps an own risk level and RHI."
Result<> the_other_child_is_missing_too(const Episode& episode, const Context& context)
{
    Problems problems;
    for (const auto& one : episode.linked) {
        if (one.at) continue;
        if (one.episode.is_none())
            problems.push_back({missing, "Choose whose episode it is", "linked-episode"});
        else if (const auto may = may_be_linked(episode, one, context); !may)
            problems.insert(problems.end(), may.error().begin(), may.error().end());
        if (one.sure.empty()) problems.push_back({missing, "Say how sure it is", "linked-sure"});
    }
    return refuse_if_any(std::move(problems));
}

Result<> note_linked(Episode& episode, const Episode&, Context& context)
{
    for (auto& one : episode.linked) {
        if (one.at) continue;
        const auto other = casework::load_case(context.transaction, episode_type(), one.episode);
        if (!other) return refuse(not_found, "There is no such episode", "linked-episode");
        one.child = static_cast<const Episode*>(other->facts.get())->child;
        one.at = context.now;
        context.notices.push_back({.code = "missing.news", .role = accounts::Role::MPC});
    }
    return {};
}

void link_back(const casework::Desk& desk, Transaction& transaction, const casework::CaseHead& head, UtcTime now)
{
    const auto loaded = casework::load_case(transaction, episode_type(), head.id);
    for (const auto& one : static_cast<const Episode*>(loaded->facts.get())->linked) {
        const auto other = casework::load_case(transaction, episode_type(), one.episode);
        const auto& back = static_cast<const Episode*>(other->facts.get())->linked;
        if (std::ranges::find(back, head.id, &Linked::episode) != back.end()) continue;
        auto item = Json::object().set("episode", head.id.text()).set("sure", one.sure);
        (void)casework::act_in(transaction, desk, accounts::service_session(), RequestId::random(),
                               {.type = episode_type().name,
                                .action = "link_back",
                                .id = one.episode,
                                .asked = Json::object().set("linked", Json::list().add(std::move(item)))},
                               now);
    }
}

Trace trace_of(Transaction& transaction, const casework::CaseHead& head)
{
    const auto loaded = casework::load_case(transaction, episode_type(), head.id);
    const auto& episode = *static_cast<const Episode*>(loaded->facts.get());
    Trace trace{.episode = head.id,
                .child = episode.child,
                .began = began_at(episode),
                .force = episode.force,
                .is_absence = head.state != reclassified};
    for (const auto& one : episode.linked) trace.with.push_back({one.child, one.episode});
    for (const auto& place : episode.places) trace.places.push_back({place.role, place.kind, place.name, place.area});
    return trace;
}

} // namespace reachable::missing
