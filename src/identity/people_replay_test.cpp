// Random decisions, seals and undoings, made one after another and compared with the plainest account of them there is.
#include "identity/people.h"

#include "identity/store_testing.h"

#include <rapidcheck/gtest.h>
#include <set>

namespace reachable::identity {
namespace {

using namespace testing;
using enum DecisionKind;
using storage::Transaction;

/// What was accepted, as a test remembers it: no groups, no trees, only who was said to be who.
struct Account {
    struct Said {
        std::int64_t sequence = 0;
        DecisionKind kind = same;
        ChildId one;
        ChildId other;
        bool is_sealed = false;
        bool is_undone = false;
    };
    std::vector<Said> all;
    std::map<ChildId, UtcTime> recorded_at;

    /// Everybody that open, standing joins reach from the child.
    std::set<ChildId> group_of(ChildId child) const
    {
        std::set<ChildId> group{child};
        for (std::size_t before = 0; before != group.size();) {
            before = group.size();
            for (const auto& said : all) {
                if (said.kind != same || said.is_sealed || said.is_undone) continue;
                if (group.contains(said.one) || group.contains(said.other)) group.insert({said.one, said.other});
            }
        }
        return group;
    }
    ChildId lead_of(ChildId child) const
    {
        const auto group = group_of(child);
        return *std::ranges::min_element(group, {}, [&](ChildId id) { return std::pair(recorded_at.at(id), id); });
    }
    bool is_apart(ChildId one, ChildId other) const
    {
        const auto ones = group_of(one);
        const auto others = group_of(other);
        return std::ranges::any_of(all, [&](const Said& said) {
            if (said.is_undone || !(said.kind == different || said.is_sealed)) return false;
            return (ones.contains(said.one) && others.contains(said.other)) ||
                   (ones.contains(said.other) && others.contains(said.one));
        });
    }
    bool is_said(const Judgement& judgement) const
    {
        return std::ranges::any_of(all, [&](const Said& said) {
            return !said.is_undone && said.kind == judgement.kind && said.is_sealed == judgement.is_sealed &&
                   std::minmax(said.one, said.other) == std::minmax(judgement.one, judgement.other);
        });
    }
    /// Whether a judgement without fault of its own is accepted. No source sends anything in these tests.
    bool is_acceptable(const Judgement& judgement) const
    {
        const bool is_one = group_of(judgement.one).contains(judgement.other);
        if (judgement.kind != cannot_tell && is_said(judgement)) return false;
        if (judgement.kind == same) return judgement.is_sealed ? !is_one : !is_apart(judgement.one, judgement.other);
        if (judgement.kind == different) return !is_one;
        return !is_one && !is_apart(judgement.one, judgement.other);
    }
};

class Replay : public StoreTest {
  protected:
    /// Some children, known by nothing but when they were recorded; some in the same second.
    std::vector<ChildId> make_children(Account& account)
    {
        const auto count = *rc::gen::inRange<std::size_t>(2, 7);
        std::vector<ChildId> children;
        for (std::size_t i = 0; i < count; ++i) children.push_back(ChildId::random());
        for (const auto child : children) account.recorded_at[child] = morning - seconds{*rc::gen::inRange(0, 3)};
        database->get().write([&](Transaction& t) {
            for (const auto id : children) {
                const records::Child child{.id = id, .names = {records::read_name("Ayo Sample")}};
                RC_ASSERT(records::store_child(t, child, 0, worker, "", account.recorded_at.at(id)));
            }
        });
        return children;
    }

    void judge(Account& account, const std::vector<ChildId>& children)
    {
        const auto some_child = rc::gen::elementOf(children);
        auto judgement = judged(*rc::gen::weightedElement<DecisionKind>({{5, same}, {3, different}, {1, cannot_tell}}),
                                *some_child, *some_child);
        if (judgement.one == judgement.other) return;
        judgement.is_sealed = judgement.kind == same && *rc::gen::weightedElement<bool>({{5, false}, {1, true}});
        const auto decision = decide_so(judgement, now);
        RC_ASSERT(decision.has_value() == account.is_acceptable(judgement));
        if (!decision) return;
        account.all.push_back(
            {decision->sequence, judgement.kind, judgement.one, judgement.other, judgement.is_sealed});
    }

    void take_back(Account& account)
    {
        if (account.all.empty()) return;
        auto& said = account.all.at(*rc::gen::inRange<std::size_t>(0, account.all.size()));
        auto wanted = undoing(said.sequence);
        wanted.sealed = Sealed::shown;
        RC_ASSERT(undo_so(wanted, now).has_value() == !said.is_undone);
        said.is_undone = true;
    }

    Account make_history(std::vector<ChildId>& children)
    {
        Account account;
        children = make_children(account);
        for (auto steps = *rc::gen::inRange(0, 25); steps > 0; --steps) {
            now += seconds{*rc::gen::inRange(-1, 3)}; // several in one second, and clocks that were set back
            if (*rc::gen::weightedElement<bool>({{1, true}, {3, false}}))
                take_back(account);
            else
                judge(account, children);
        }
        return account;
    }

    std::vector<Decision> log_since(std::int64_t sequence)
    {
        return read([&](Transaction& t) { return decisions_since(t, sequence, 10'000, Sealed::shown); });
    }
    std::int64_t end_of_log()
    {
        const auto log = log_since(0);
        return log.empty() ? 0 : log.back().sequence;
    }

    UtcTime now = morning;
};

TEST_P(Replay, gives_the_people_that_were_decided)
{
    EXPECT_TRUE(rc::check([&] {
        std::vector<ChildId> children;
        const auto account = make_history(children);
        database->get().read([&](Transaction& t) {
            for (const auto child : children) {
                const auto group = account.group_of(child);
                const auto members = members_of(t, child);
                RC_ASSERT(std::set(members.begin(), members.end()) == group);
                RC_ASSERT(members.size() == group.size());
                RC_ASSERT(members.front() == account.lead_of(child));
                RC_ASSERT(person_of(t, child) == account.lead_of(child));
                for (const auto other : children)
                    if (other != child) RC_ASSERT(is_decided_apart(t, child, other) == account.is_apart(child, other));
            }
        });
    }));
}

TEST_P(Replay, keeps_apart_whoever_was_decided_apart)
{
    EXPECT_TRUE(rc::check([&] {
        std::vector<ChildId> children;
        const auto account = make_history(children);
        database->get().read([&](Transaction& t) {
            for (const auto& said : account.all)
                if (!said.is_undone && (said.kind == different || said.is_sealed))
                    RC_ASSERT(person_of(t, said.one) != person_of(t, said.other));
        });
    }));
}

TEST_P(Replay, finds_the_view_equal_to_the_whole_log)
{
    EXPECT_TRUE(rc::check([&] {
        std::vector<ChildId> children;
        make_history(children);
        RC_ASSERT(write([](Transaction& t) { return rebuild(t); }) == 0u);
        const auto leads = people_in(log_since(0));
        database->get().read([&](Transaction& t) {
            for (const auto child : children) {
                const auto found = leads.find(child);
                RC_ASSERT(person_of(t, child) == (found == leads.end() ? child : found->second));
            }
        });
        database->get().write([&](Transaction& t) { t.execute("delete from same_person"); });
        RC_ASSERT(write([](Transaction& t) { return rebuild(t); }) == leads.size());
        RC_ASSERT(read([&](Transaction& t) { return people_of(t, children); }).size() == children.size());
    }));
}

TEST_P(Replay, to_any_instant_is_the_log_up_to_that_instant)
{
    EXPECT_TRUE(rc::check([&] {
        const auto before = end_of_log();
        std::vector<ChildId> children;
        make_history(children);
        const auto log = log_since(before);
        std::set<UtcTime> instants{morning - 1h, now + 1h};
        for (const auto& decision : log) instants.insert({decision.at, decision.at - 1s});
        for (const auto instant : instants) {
            std::vector<Decision> beginning;
            for (const auto& decision : log)
                if (decision.at <= instant) beginning.push_back(decision);
            const auto leads = people_in(beginning);
            database->get().read([&](Transaction& t) {
                for (const auto child : children) {
                    const auto members = as_of(t, child, instant);
                    const auto found = leads.find(child);
                    RC_ASSERT(members.front() == (found == leads.end() ? child : found->second));
                    for (const auto member : members) RC_ASSERT(as_of(t, member, instant) == members);
                    const auto count =
                        std::ranges::count_if(leads, [&](const auto& lead) { return lead.second == members.front(); });
                    RC_ASSERT(members.size() == std::max<std::size_t>(1, static_cast<std::size_t>(count)));
                }
            });
        }
        for (const auto child : children)
            RC_ASSERT(read([&](Transaction& t) { return as_of(t, child, now + 1h); }) == members(child));
    }));
}

TEST_P(Replay, of_an_undoing_gives_back_what_there_was_before)
{
    EXPECT_TRUE(rc::check([&] {
        std::vector<ChildId> children;
        const auto account = make_history(children);
        const auto everybody = [&] {
            std::vector<std::vector<ChildId>> people;
            for (const auto child : children) people.push_back(members(child));
            return people;
        };
        const auto before = everybody();
        auto judgement = judged(same, children.at(0), children.at(1));
        const auto joined = decide_so(judgement, now);
        RC_PRE(joined.has_value());
        RC_ASSERT(undo_so(joined->sequence));
        RC_ASSERT(everybody() == before);

        for (const auto& said : account.all) {
            auto wanted = undoing(said.sequence);
            wanted.sealed = Sealed::shown;
            RC_ASSERT(undo_so(wanted, now).has_value() == !said.is_undone);
        }
        for (const auto child : children) RC_ASSERT(members(child) == std::vector{child});
    }));
}

ON_EVERY_ENGINE(Replay);

} // namespace
} // namespace reachable::identity
