// Over random histories of children who go missing across three forces, with records that turn out to be one child,
// cells and absences learnt of later: exactly one force owns an episode at every instant, every absence counts once,
// every return is owed an interview, and no clock is lost, moved or late without being called so (R-B-01, R-B-07,
// R-X-11 to R-X-14).
#include "app/demo_random.h"
#include "app/missing_test_world.h"
#include "capabilities/interviews/interview.h"
#include "capabilities/interviews/interviews.h"
#include "identity/people.h"

#include <iostream>
#include <map>
#include <set>

namespace reachable::app {
namespace {

using accounts::Role;
using casework::ClockRow;
using storage::Transaction;
using testing::Words;

constexpr int acts_in_a_history = 120;
constexpr std::uint64_t at_least = 10, at_most = 40; // histories: until enough of each kind happened

class MissingHistories : public testing::MissingStories {
  protected:
    struct Known {
        ChildId child;
        std::set<ChildId> records; // joined with it, itself among them
    };

    /// What the world must say, told by what was accepted.
    std::vector<Known> children_;
    std::vector<CaseId> episodes_; // every one that was accepted
    std::set<CaseId> no_absence_;  // reclassified, or the same as another
    std::map<std::pair<CaseId, std::string>, UtcTime> started_;
    int accepted_ = 0, refused_ = 0, owed_ = 0;

    /// Who takes part; the first six are of the three forces that look.
    static constexpr std::array<const char*, 8> people{"officer",
                                                       "coordinator",
                                                       "inspector of Eastvale",
                                                       "coordinator of Tarnside",
                                                       "inspector of Tarnside",
                                                       "coordinator of Northmere",
                                                       "duty worker",
                                                       "coordinator far away"};

    std::string somebody(DemoRandom& random, std::size_t of = 6) { return people.at(random.below(of)); }

    std::string moment(minutes ago) const { return to_iso(world_.now - ago); }

    Json absence(DemoRandom& random)
    {
        auto asked = Json::object()
                         .set("name_given", "Lee Sample")
                         .set("last_seen_at", moment(minutes{60 + static_cast<int>(random.below(300))}))
                         .set("worried", "Not home since school");
        if (random.below(4) != 0)
            asked.set("authority", agency(random.below(2) == 0 ? "Westmoor County" : "Harbourne Borough").text());
        if (!children_.empty() && random.below(3) != 0)
            asked.set("child", children_[random.below(children_.size())].child.text());
        return asked;
    }

    void note_new(const Result<casework::Acted>& done)
    {
        count(done);
        if (!done) return;
        episodes_.push_back(done->id);
        const auto child = facts_of(done->id).child;
        if (std::ranges::find(children_, child, &Known::child) == children_.end())
            children_.push_back({child, {child}});
    }
    void count(const Result<casework::Acted>& done) { done ? ++accepted_ : ++refused_; }

    void report_somebody(DemoRandom& random) { note_new(act(somebody(random, 8), "report", {}, absence(random))); }
    void learn_of_an_absence(DemoRandom& random)
    {
        auto asked = absence(random);
        asked.set("returned_at", moment(minutes{static_cast<int>(random.below(50))}))
            .set("late_because", "call_too_long");
        note_new(act(somebody(random), "report", {}, std::move(asked)));
    }
    /// Mostly one in which the child is looked for now; of those that are back, the newest are still open.
    CaseId any(DemoRandom& random, bool is_back = false)
    {
        auto open = episodes_;
        std::erase_if(open, [&](CaseId id) {
            const auto state = state_of(id);
            const bool is_away = state == "reported" || state == "active" || state == "located";
            return is_back ? state != "returned" && state != "interviewed" : !is_away;
        });
        if (open.empty() || random.below(8) == 0) return episodes_[random.below(episodes_.size())];
        return open[random.below(open.size())];
    }
    /// Mostly somebody of the force that leads it or is asked to.
    std::string somebody_for(CaseId id, DemoRandom& random)
    {
        const auto facts = facts_of(id);
        for (int tries = 0; tries < 20; ++tries) {
            const auto who = somebody(random);
            const auto of = actor(who).agency;
            if (of == facts.force || of == facts.offered_to || random.below(10) == 0) return who;
        }
        return somebody(random);
    }

    void look_for_somebody(DemoRandom& random)
    {
        constexpr std::array<const char*, 3> levels{"low", "medium", "high"};
        constexpr std::array<const char*, 4> forces{"Eastvale Constabulary", "Tarnside Police", "Northmere Police",
                                                    "Far Police"};
        const auto id = any(random);
        const auto who = somebody_for(id, random);
        switch (random.below(9)) {
        case 0: return count(act(who, "grade", id, graded(levels.at(random.below(3)), {"in_care"}, "He rang")));
        case 1: return count(act(who, "review", id, Json::object().set("review", "Ring his friends again")));
        case 2:
        case 3:
            return count(act(who, "offer_to_force", id,
                             Json::object()
                                 .set("offered_to", agency(forces.at(random.below(4))).text())
                                 .set("offer_because", "Seen there")));
        case 4:
        case 5: return count(act(who, "take_over", id));
        case 6: return count(act(who, random.below(2) == 0 ? "turn_down" : "withdraw_offer", id));
        case 7:
            return count(
                act(who, "name_authority", id, Json::object().set("authority", agency("Westmoor County").text())));
        default:
            return count(act(who, "locate", id,
                             Json::object()
                                 .set("located_at", moment(minutes{5}))
                                 .set("located_how", "other_area")
                                 .set("located_where", "Tarn Junction")));
        }
    }
    void end_something(DemoRandom& random)
    {
        const auto how = random.below(5);
        const auto id = any(random, how == 2 || how == 3);
        const auto who = somebody_for(id, random);
        switch (how) {
        case 0:
        case 1: return count(act(who, "return", id, back_at(moment(minutes{static_cast<int>(random.below(30))}))));
        case 2: return count(act(who, "speak", id, Json::object().set("not_held_because", "He is asleep and well")));
        case 3: return count(act(who, "close", id, Json::object().set("close_words", "The home knows")));
        default: {
            const auto done =
                act(who, "reclassify", id, Json::object().set("reclassified_because", "He was in his room"));
            if (done) no_absence_.insert(id);
            return count(done);
        }
        }
    }
    /// Two records turn out to be one child, and whoever leads one of two open episodes says that they are one absence.
    void join_two(DemoRandom& random)
    {
        if (children_.size() < 2) return;
        auto& one = children_[random.below(children_.size())];
        auto& other = children_[random.below(children_.size())];
        if (one.child == other.child || one.records.contains(other.child)) return;
        database().write([&](Transaction& transaction) {
            const identity::Judgement same{.kind = identity::DecisionKind::same,
                                           .one = one.child,
                                           .other = other.child,
                                           .worker = actor("custody sergeant").worker,
                                           .agency = actor("custody sergeant").agency,
                                           .reason = "The same number of the authority"};
            if (!identity::decide(transaction, same, world_.now, [](ChildId) { return true; })) return;
            casework::CaseHead pair;
            pair.heading.child = one.child;
            pair.heading.other = other.child;
            pair.state = "one child";
            for (const auto& consequence : consequences())
                if (consequence.type == "same-person" && consequence.action == "same")
                    consequence.happen(desk(), transaction, pair, world_.now);
        });
        auto all = one.records;
        all.insert(other.records.begin(), other.records.end());
        for (auto& known : children_)
            if (all.contains(known.child)) known.records = all;
    }
    void say_that_two_are_one(DemoRandom& random)
    {
        const auto id = any(random);
        const auto done =
            act(somebody_for(id, random), "same_absence", id, Json::object().set("same_as", any(random).text()));
        if (done) no_absence_.insert(id);
        count(done);
    }
    void book_somebody_in(DemoRandom& random)
    {
        if (children_.empty()) return;
        (void)casework::act(desk(), actor("custody sergeant"), RequestId::random(),
                            {.type = "custody",
                             .action = "book_in",
                             .asked = Json::object()
                                          .set("child", children_[random.below(children_.size())].child.text())
                                          .set("name_given", "Lee Sample")
                                          .set("custody_number", fmt::format("M{}", accepted_ + refused_))
                                          .set("authorised_at", moment(minutes{10}))},
                            world_.now);
    }

    void something_happens(DemoRandom& random)
    {
        const auto what = random.below(18);
        if (episodes_.empty() || what < 3) return report_somebody(random);
        if (what == 3 && random.below(2) == 0) return learn_of_an_absence(random);
        if (what == 4) return join_two(random);
        if (what == 5 || what == 6) return say_that_two_are_one(random);
        if (what == 7) return book_somebody_in(random);
        if (what == 8) return end_something(random);
        look_for_somebody(random);
    }

    /// R-B-07: exactly one owner in every version, and it changes only by an acceptance of the one that was offered it.
    void one_force_owns_it_at_every_instant(Transaction& transaction, CaseId id)
    {
        std::optional<missing::Episode> before;
        for (const auto& row : casework::load_history(transaction, id)) {
            const auto loaded = casework::load_version(transaction, missing::episode_type(), id, row.version);
            ASSERT_TRUE(loaded);
            const auto& now = *static_cast<const missing::Episode*>(loaded->facts.get());
            ASSERT_FALSE(now.force.is_none()) << row.action;
            if (before && now.force != before->force) {
                EXPECT_EQ(row.action, "take_over");
                EXPECT_EQ(row.agency, now.force) << "whoever takes it takes it for their own force";
                EXPECT_EQ(before->offered_to, now.force);
                ASSERT_EQ(now.handed.size(), before->handed.size() + 1);
                EXPECT_EQ(now.handed.back().from, before->force);
                EXPECT_EQ(now.handed.back().accepted_at, row.at) << "the one ends when the other begins";
            } else if (before) {
                EXPECT_EQ(now.handed.size(), before->handed.size());
            }
            before = now;
        }
        EXPECT_EQ(casework::load_head(transaction, id).heading.agency, before->force) << "what queues and counts go by";
    }
    /// A record is missing once at a time.
    void no_record_is_missing_twice(Transaction& transaction)
    {
        for (const auto& row :
             transaction.query("select count(*) from cases where type = 'missing' and is_open = 1 and state in "
                               "('reported', 'active', 'located') group by child",
                               {}))
            EXPECT_EQ(row.integer(0), 1);
    }
    /// "National episode count equals distinct episodes", whichever force they are counted by.
    void every_absence_counts_once(Transaction& transaction)
    {
        std::int64_t national = 0;
        for (const auto& row : transaction.query("select agency, count(*) from cases where type = 'missing' and state "
                                                 "<> 'reclassified' group by agency",
                                                 {}))
            national += row.integer(1);
        EXPECT_EQ(national, static_cast<std::int64_t>(episodes_.size() - no_absence_.size()));
        EXPECT_EQ(transaction.query("select count(*) from cases where type = 'missing'", {}).front().integer(0),
                  static_cast<std::int64_t>(episodes_.size()))
            << "what was no absence is kept";
    }
    /// R-B-01: of every record of the child one interview covers the return, as soon as anybody is named who answers.
    void every_return_is_owed_an_interview(Transaction& transaction)
    {
        std::map<ChildId, std::multiset<std::string>> covered;
        for (const auto id : storage::ids_at<CaseId>(
                 transaction.query("select id from cases where type = 'return-interview'", {}), 0)) {
            const auto loaded = casework::load_case(transaction, interviews::interview_type(), id);
            const auto& interview = *static_cast<const interviews::Interview*>(loaded->facts.get());
            for (const auto& one : interview.covers) covered[interview.child].insert(to_iso(*one.returned_at));
        }
        owed_ = 0;
        for (const auto id : episodes_) {
            const auto loaded = casework::load_case(transaction, missing::episode_type(), id);
            const auto& episode = *static_cast<const missing::Episode*>(loaded->facts.get());
            if (!episode.returned_at || episode.authority.is_none()) continue;
            owed_ += 1;
            const auto known = std::ranges::find(children_, episode.child, &Known::child);
            bool is_covered = false;
            for (const auto record : known->records)
                is_covered = is_covered || covered[record].contains(to_iso(*episode.returned_at));
            EXPECT_TRUE(is_covered) << id.text() << " " << loaded->head.state;
        }
    }
    /// R-X-11 to R-X-14: a clock that runs out is called late at that moment and stays late; its start never moves; who
    /// is told is a role.
    void no_clock_is_lost(Transaction& transaction, CaseId id)
    {
        std::map<std::string, ClockRow> breached;
        for (const auto& clock : casework::load_clocks(transaction, id)) {
            const auto name = fmt::format("{} {}", clock.code, clock.instance);
            const auto [known, is_new] = started_.try_emplace({id, name}, clock.started_at);
            EXPECT_EQ(known->second, clock.started_at) << name << (is_new ? "" : " was moved");
            EXPECT_GT(clock.due_at, clock.started_at) << name;
            const auto end = clock.stopped_at.value_or(world_.now);
            EXPECT_EQ(clock.breached_at.has_value(), end > clock.due_at)
                << name << " due " << to_iso(clock.due_at) << ", ends " << to_iso(end);
            if (clock.breached_at) breached.emplace(name, clock);
        }
        std::set<std::string> told;
        for (const auto& event : casework::load_clock_events(transaction, id))
            if (event.event == "breach") {
                told.insert(fmt::format("{} {}", event.code, event.instance));
                EXPECT_FALSE(event.told.empty() && event.gap.empty()) << event.code;
            }
        for (const auto& [name, clock] : breached) EXPECT_TRUE(told.contains(name)) << name;
    }
    std::size_t transfers()
    {
        std::size_t count = 0;
        for (const auto id : episodes_) count += facts_of(id).handed.size();
        return count;
    }
    bool has_seen_enough()
    {
        return accepted_ > 150 && refused_ > 100 && owed_ > 15 && no_absence_.size() > 2 && transfers() > 5;
    }
    void everything_holds()
    {
        database().read([&](Transaction& transaction) {
            for (const auto id : episodes_) {
                one_force_owns_it_at_every_instant(transaction, id);
                no_clock_is_lost(transaction, id);
            }
            no_record_is_missing_twice(transaction);
            every_absence_counts_once(transaction);
            every_return_is_owed_an_interview(transaction);
            EXPECT_EQ(missing::ties_that_differ(transaction), Words{});
        });
    }
};

TEST_P(MissingHistories, whatever_happens_one_force_owns_each_episode_and_every_absence_counts_once)
{
    const auto began = world_.now;
    std::uint64_t seed = 0;
    while (seed < at_least || (seed < at_most && !has_seen_enough())) {
        seed += 1;
        DemoRandom random(seed);
        world_.now = began + hours{24 * 30 * static_cast<int>(seed)};
        casework::tick(desk(), world_.now);
        for (int i = 0; i < acts_in_a_history && !HasFailure(); ++i) {
            something_happens(random);
            if (random.below(3) == 0) {
                // Clocks are called by the minute, as the service does.
                world_.now += minutes{1 + static_cast<int>(random.below(random.below(8) == 0 ? 2000 : 40))};
                casework::tick(desk(), world_.now);
            }
            if (i % 15 == 14) everything_holds();
        }
        ASSERT_FALSE(HasFailure()) << "history " << seed;
    }
    std::cout << "figure: " << seed << " histories, " << episodes_.size() << " episodes, " << accepted_ << " acts, "
              << refused_ << " refused, " << transfers() << " transfers, " << owed_ << " returns\n";
    EXPECT_TRUE(has_seen_enough()) << "what is not tried is not shown";
}

INSTANTIATE_TEST_SUITE_P(engines, MissingHistories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
