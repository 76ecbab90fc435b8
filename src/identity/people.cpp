#include "identity/people.h"

#include "identity/people_view.h"
#include "identity/source_records.h"
#include "records/versions.h"

#include <algorithm>

namespace reachable::identity {
namespace {

using storage::Transaction;

/// Two people as somebody may see them, and what was decided of any record of the one with any record of the other.
struct Pair {
    std::vector<ChildId> one;
    std::vector<ChildId> other;
    bool is_one_person = false;
    std::vector<Decision> standing; // in the order of the log

    std::vector<ChildId> everybody() const
    {
        auto all = one;
        if (!is_one_person) all.insert(all.end(), other.begin(), other.end());
        return all;
    }
};

bool is_seal(const Decision& decision)
{
    return decision.judged.kind == DecisionKind::same && decision.judged.is_sealed;
}

/// A seal keeps two apart in every ordinary view, as "different" does (R-A-06).
bool keeps_apart(const Decision& decision)
{
    return decision.judged.kind == DecisionKind::different || is_seal(decision);
}

bool is_of(const Decision& decision, ChildId one, ChildId other)
{
    return decision.judged.one == std::min(one, other) && decision.judged.other == std::max(one, other);
}

Pair pair_of(Transaction& transaction, ChildId one, ChildId other, const MaySee& may_see)
{
    const auto person_with = [&](ChildId child) {
        return may_see ? members_seen(transaction, child, may_see) : members_of(transaction, child);
    };
    Pair pair{.one = person_with(one), .other = person_with(other)};
    pair.is_one_person = pair.one.front() == pair.other.front();
    const auto has = [](const std::vector<ChildId>& members, ChildId child) {
        return std::ranges::find(members, child) != members.end();
    };
    for (auto& decision : standing_about(transaction, pair.one)) {
        const auto& [from, to] = std::pair(decision.judged.one, decision.judged.other);
        if ((has(pair.one, from) && has(pair.other, to)) || (has(pair.one, to) && has(pair.other, from)))
            pair.standing.push_back(std::move(decision));
    }
    return pair;
}

bool is_apart(const Pair& pair)
{
    return std::ranges::any_of(pair.standing, keeps_apart);
}

/// Something was received of either that nobody knew when this was decided.
bool has_newer_data(Transaction& transaction, const Pair& pair, const Decision& decision)
{
    return newest_change_of(transaction, pair.everybody()) > decision.newest_change;
}

bool may_be_offered(Transaction& transaction, const Pair& pair)
{
    if (pair.is_one_person || std::ranges::any_of(pair.standing, is_seal)) return false;
    return pair.standing.empty() || has_newer_data(transaction, pair, pair.standing.back());
}

Result<UtcTime> first_recorded(Transaction& transaction, ChildId child, const char* field)
{
    const auto versions = records::versions_of(transaction, {records::RecordKind::child, child.bytes});
    if (versions.empty())
        return refuse(ProblemKind::not_found, "There is no child's record with this reference", field);
    return versions.front().at;
}

/// A decision of this very pair, of the same kind, that stands.
bool is_decided_so(const Pair& pair, const Judgement& judgement)
{
    return std::ranges::any_of(pair.standing, [&](const Decision& decision) {
        return is_of(decision, judgement.one, judgement.other) && decision.judged.kind == judgement.kind &&
               decision.judged.is_sealed == judgement.is_sealed;
    });
}

constexpr const char* decided_before = "This was decided before and still stands";
constexpr const char* are_joined = "Earlier decisions join these two. Undo the one that is wrong first";
constexpr const char* are_apart =
    "An earlier decision keeps these two apart. If it is wrong, undo it first, with a second person, and say why";

/// What stands in the way of a judgement that is complete by itself.
Result<> check_against(Transaction& transaction, const Pair& pair, const Judgement& judgement)
{
    using enum DecisionKind;
    if (judgement.kind == same) {
        if (is_decided_so(pair, judgement)) return refuse(ProblemKind::out_of_order, decided_before);
        if (judgement.is_sealed && pair.is_one_person) return refuse(ProblemKind::out_of_order, are_joined);
        if (!judgement.is_sealed && is_apart(pair)) return refuse(ProblemKind::conflict, are_apart);
        return {};
    }
    if (pair.is_one_person) return refuse(ProblemKind::out_of_order, are_joined);
    if (judgement.kind == cannot_tell && is_apart(pair)) return refuse(ProblemKind::out_of_order, are_apart);
    if (judgement.kind == different && is_decided_so(pair, judgement) &&
        !has_newer_data(transaction, pair, pair.standing.back()))
        return refuse(ProblemKind::out_of_order, decided_before);
    return {};
}

Judgement judgement_of(const Undoing& undoing, const Decision& undone)
{
    return {.kind = DecisionKind::undone,
            .one = undone.judged.one,
            .other = undone.judged.other,
            .worker = undoing.worker,
            .agency = undoing.agency,
            .reason = undoing.reason,
            .confirmed_by = undoing.confirmed_by,
            .is_sealed = undone.judged.is_sealed};
}

/// The decision that is to be taken back, if it can be and nothing is missing.
Result<Decision> decision_to_undo(Transaction& transaction, const Undoing& undoing)
{
    auto undone = find_decision(transaction, undoing.sequence, undoing.sealed);
    if (!undone) return refuse(ProblemKind::not_found, "There is no such decision");
    if (undone->undoes != 0)
        return refuse(ProblemKind::out_of_order, "What was undone stays undone. Decide about the two anew");
    TRY(check(judgement_of(undoing, *undone)));
    if (is_undone(transaction, undone->sequence))
        return refuse(ProblemKind::out_of_order, "This decision was undone already");
    return *std::move(undone);
}

/// The newest decision of the pair and nothing settles it: they are neither joined nor kept apart.
bool is_unsettled(const Pair& pair, const Decision& decision)
{
    if (pair.is_one_person || is_apart(pair)) return false;
    return std::ranges::none_of(pair.standing, [&](const Decision& later) {
        return later.sequence > decision.sequence && is_of(later, decision.judged.one, decision.judged.other);
    });
}

/// Standing decisions that two are different who lead to one record all the same, in the order of the log.
std::vector<Decision> kept_apart_and_joined(Transaction& transaction)
{
    std::vector<Decision> found;
    for (const auto& row : transaction.query(
             "select d.sequence from identity_decisions d join same_person a on a.child = d.one join same_person b on "
             "b.child = d.other and b.leads_to = a.leads_to where d.kind = 'different' and not exists (select 1 from "
             "identity_decisions u where u.undoes = d.sequence) order by d.sequence"))
        if (auto decision = find_decision(transaction, row.integer(0))) found.push_back(*std::move(decision));
    return found;
}

/// The joins on a shortest way from the one to the other over these records alone; none if there is no way.
std::vector<Decision> chain_between(Transaction& transaction, ChildId one, ChildId other,
                                    const std::vector<ChildId>& members)
{
    std::vector<Decision> joins;
    for (auto& decision : standing_about(transaction, members))
        if (is_open_join(decision)) joins.push_back(std::move(decision));
    std::map<ChildId, const Decision*> reached_by{{one, nullptr}};
    for (std::vector<ChildId> edge{one}; !edge.empty() && !reached_by.contains(other);) {
        std::vector<ChildId> next;
        for (const auto& join : joins)
            for (const auto& [from, to] :
                 {std::pair(join.judged.one, join.judged.other), std::pair(join.judged.other, join.judged.one)})
                if (std::ranges::find(edge, from) != edge.end() && std::ranges::find(members, to) != members.end() &&
                    reached_by.emplace(to, &join).second)
                    next.push_back(to);
        edge = std::move(next);
    }
    std::vector<Decision> chain;
    if (!reached_by.contains(other)) return chain;
    for (auto at = other; at != one;) {
        const auto& join = *reached_by.at(at);
        chain.push_back(join);
        at = join.judged.one == at ? join.judged.other : join.judged.one;
    }
    return chain;
}

} // namespace

Result<> may_decide(Transaction& transaction, const Judgement& judgement, const MaySee& may_see)
{
    TRY(check(judgement));
    TRY(first_recorded(transaction, judgement.one, "one"));
    TRY(first_recorded(transaction, judgement.other, "other"));
    return check_against(transaction, pair_of(transaction, judgement.one, judgement.other, may_see), judgement);
}

Result<Decision> decide(Transaction& transaction, const Judgement& judgement, UtcTime now, const MaySee& may_see)
{
    CHECK(judgement.kind != DecisionKind::undone, "a decision is taken back with undo()");
    TRY(check(judgement));
    const auto one_recorded_at = TRY(first_recorded(transaction, judgement.one, "one"));
    const auto other_recorded_at = TRY(first_recorded(transaction, judgement.other, "other"));
    TRY(check_against(transaction, pair_of(transaction, judgement.one, judgement.other, may_see), judgement));
    // Of those who may not be seen too: the view holds whole people, and what was known was known to the service.
    const auto members = pair_of(transaction, judgement.one, judgement.other, {}).everybody();
    auto decision = TRY(append(transaction, judgement,
                               {.at = now,
                                .one_recorded_at = one_recorded_at,
                                .other_recorded_at = other_recorded_at,
                                .newest_change = newest_change_of(transaction, members)}));
    if (is_open_join(decision)) refresh(transaction, members);
    return decision;
}

Result<> may_undo(Transaction& transaction, const Undoing& undoing)
{
    TRY(decision_to_undo(transaction, undoing));
    return {};
}

Result<Decision> undo(Transaction& transaction, const Undoing& undoing, UtcTime now)
{
    const auto undone = TRY(decision_to_undo(transaction, undoing));
    const auto judgement = judgement_of(undoing, undone);
    const auto members = pair_of(transaction, judgement.one, judgement.other, {}).everybody();
    auto decision = TRY(append(transaction, judgement,
                               {.at = now,
                                .one_recorded_at = undone.one_recorded_at,
                                .other_recorded_at = undone.other_recorded_at,
                                .newest_change = newest_change_of(transaction, members),
                                .undoes = undone.sequence}));
    if (is_open_join(undone)) refresh(transaction, members);
    return decision;
}

std::vector<ChildId> members_seen(Transaction& transaction, ChildId child, const MaySee& may_see)
{
    auto seen = members_of(transaction, child);
    std::erase_if(seen, [&](ChildId member) { return member != child && !may_see(member); });
    if (seen.size() < 2) return {child};
    const auto is_seen = [&](ChildId member) { return std::ranges::find(seen, member) != seen.end(); };
    std::vector<Join> joins;
    for (const auto& decision : standing_about(transaction, seen))
        if (is_open_join(decision) && is_seen(decision.judged.one) && is_seen(decision.judged.other))
            joins.push_back(join_of(decision));
    auto leads = leads_of(joins);
    const auto lead = leads.try_emplace(child, child).first->second;
    leads.try_emplace(lead, lead);
    std::vector<ChildId> members{lead};
    for (const auto& [member, leads_to] : leads)
        if (leads_to == lead && member != lead) members.push_back(member);
    return members;
}

bool is_decided_apart(Transaction& transaction, ChildId one, ChildId other)
{
    return is_apart(pair_of(transaction, one, other, {}));
}

bool may_be_offered(Transaction& transaction, ChildId one, ChildId other, const MaySee& may_see)
{
    return may_be_offered(transaction, pair_of(transaction, one, other, may_see));
}

std::vector<Contradiction> contradictions(Transaction& transaction, const MaySee& may_see)
{
    std::vector<Contradiction> found;
    for (auto& apart : kept_apart_and_joined(transaction)) {
        const auto [one, other] = std::pair(apart.judged.one, apart.judged.other);
        if (!may_see(one) || !may_see(other)) continue;
        auto joins = chain_between(transaction, one, other, members_seen(transaction, one, may_see));
        if (!joins.empty()) found.push_back({.apart = std::move(apart), .joins = std::move(joins)});
    }
    return found;
}

std::vector<Decision> review_due(Transaction& transaction, UtcTime now, std::size_t most)
{
    std::vector<Decision> due;
    for (auto& decision : standing_of_kind(transaction, DecisionKind::cannot_tell, now - review_after)) {
        if (due.size() == most) break;
        const auto pair = pair_of(transaction, decision.judged.one, decision.judged.other, {});
        if (is_unsettled(pair, decision)) due.push_back(std::move(decision));
    }
    return due;
}

std::vector<Decision> sealed_links_of(Transaction& transaction, ChildId child)
{
    auto links = standing_about(transaction, members_of(transaction, child));
    std::erase_if(links, [](const Decision& decision) { return !is_seal(decision); });
    return links;
}

} // namespace reachable::identity
