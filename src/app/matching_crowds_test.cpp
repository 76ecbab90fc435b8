// How many records there are that may not be seen changes nothing of what somebody is told of all others: worlds with
// none, fifteen and forty of them, all like records that may be seen, answer alike.
#include "app/matching_test_world.h"
#include "base/testing.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using storage::Transaction;

/// What is restricted, and for whom.
struct Hidden {
    std::size_t count = 0;
    bool is_protected = false; // else family of `barred`
    std::string barred;
};

/// How many there are that may not be seen.
const std::vector<std::size_t> crowds =
    reachable::testing::is_watched ? std::vector<std::size_t>{0, 40} : std::vector<std::size_t>{0, 15, 40};

class CrowdStories : public testing::SamePersonStories {
  protected:
    /// The same world once more.
    void begin_anew()
    {
        world_.desk.reset();
        world_.log.reset();
        world_.database.reset();
        SetUp();
        recorded_ = 0;
    }
    /// In both worlds under the same reference, for that decides among equals. Of hidden ones some come before the
    /// others and some after them.
    ChildId recorded_as(const std::string& name, std::string_view born, std::size_t number)
    {
        records::Child child{.names = {records::read_name(name)}, .born = *parse_partial_date(born)};
        child.id.bytes[0] = static_cast<std::uint8_t>(1 + number * 37);
        child.id.bytes[1] = static_cast<std::uint8_t>(number);
        child.id.bytes[2] = static_cast<std::uint8_t>(number >> 8U);
        child.source = {.agency = actor("custody sergeant").agency, .recorded_at = world_.now, .known_by = "officer"};
        database().write([&](Transaction& transaction) {
            ASSERT_TRUE(records::store_child(transaction, child, 0, actor("custody sergeant").worker, "", world_.now));
        });
        return child.id;
    }
    void restrict(ChildId child, const Hidden& hidden)
    {
        auto asked = Json::object().set("child", child.text()).set("why", "Told to us by the family");
        asked.set("kind", hidden.is_protected ? "PROTECTED_PERSON" : "STAFF_FAMILY");
        database().write([&](Transaction& transaction) {
            if (!hidden.is_protected)
                asked.set("staff_name", accounts::find_worker(transaction, actor(hidden.barred).worker)->sign_in_name);
            const auto done =
                casework::act_in(transaction, desk(), actor("standards"), RequestId::random(),
                                 {.type = "restriction", .action = "restrict", .asked = asked}, world_.now);
            ASSERT_TRUE(done) << sentences(done.error());
        });
    }
    void add_hidden(const Hidden& hidden)
    {
        constexpr std::size_t after_all_others = 1000;
        for (std::size_t i = 0; i < hidden.count; ++i)
            restrict(recorded_as("Tomasz Quillfeather", i % 3 == 0 ? "2011-07-08" : "2011-07-09",
                                 after_all_others + recorded_++),
                     hidden);
    }
    /// Thirty of one name, who have more pairs among them than are asked about, not all of them as alike.
    void add_alike()
    {
        for (std::size_t i = 0; i < 30; ++i)
            alike_.push_back(recorded_as(i % 4 == 3 ? "Tomas Quillfeather" : "Tomasz Quillfeather",
                                         i % 5 == 4 ? "2011-09-07" : "2011-07-09", i));
    }

    /// The whole of it; a page would be cut among equals, whose references are random.
    std::vector<casework::ListedCase> whole_queue(const std::string& who)
    {
        const auto listed =
            casework::list(desk(), actor(who), RequestId::random(),
                           {.type = "same-person", .whose = casework::Whose::agency, .most = 1000}, world_.now);
        CHECK(listed.has_value(), "a queue is refused");
        EXPECT_LT(listed->cases.size(), 1000U);
        return listed->cases;
    }
    std::string words_of(ChildId child) { return child.text().substr(0, 6); }
    std::string words_of(const casework::ListedCase& one)
    {
        auto words =
            fmt::format("{} {} {}", words_of(one.head.heading.child), words_of(one.head.heading.other), one.head.state);
        for (const auto& clock : one.clocks) words += fmt::format(" {} {}", clock.code, to_iso(clock.due_at));
        return words;
    }
    /// All that somebody is told of pairs: the queue, and what was told to their role of cases that they may see.
    std::vector<std::string> told_of_pairs(const std::string& who)
    {
        std::vector<std::string> all;
        const auto cases = whole_queue(who);
        for (const auto& one : cases) all.push_back(words_of(one));
        std::ranges::sort(all);
        database().read([&](Transaction& transaction) {
            const auto& session = actor(who);
            for (const auto& notice : notices::notices_to(transaction, {.agency = session.agency, .team = session.team},
                                                          session.role, 1000)) {
                if (std::ranges::none_of(cases, [&](const auto& one) { return one.head.id == notice.case_id; }))
                    continue;
                all.push_back(fmt::format("{} {}", notice.code, to_iso(notice.at)));
            }
        });
        return all;
    }
    /// The pairs that wait of records that everybody may see.
    std::vector<std::string> waiting()
    {
        std::vector<std::string> all;
        database().read([&](Transaction& transaction) {
            all.clear();
            for (const auto& row :
                 transaction.query(fmt::format("select w.one, w.other, w.worth from matching_waiting w where {} "
                                               "order by w.one, w.other",
                                               matching::is_of(matching::PairClass::open, "w.one", "w.other"))))
                all.push_back(fmt::format("{} {} {}", words_of(storage::id_at<ChildId>(row, 0)),
                                          words_of(storage::id_at<ChildId>(row, 1)), row.integer(2)));
        });
        return all;
    }
    /// Several runs of the job, with a booking and a decision between them; what `who` is told after each.
    std::vector<std::vector<std::string>> told_over_time(const std::string& who)
    {
        std::vector<std::vector<std::string>> told;
        const auto run = [&] {
            world_.now += seconds{1};
            find();
            told.push_back(told_of_pairs(who));
            told.push_back(waiting());
        };
        for (int i = 0; i < 3; ++i) run();
        EXPECT_TRUE(casework::act(desk(), actor("custody sergeant of another suite"), RequestId::random(),
                                  {.type = "custody", .action = "book_in", .asked = booking_of(alike_.at(7))},
                                  world_.now));
        run();
        auto cases = whole_queue(who);
        std::ranges::sort(cases, {}, [this](const auto& one) { return words_of(one); });
        for (std::size_t i = 0; i < std::min<std::size_t>(3, cases.size()); ++i)
            EXPECT_TRUE(act(who, "different", cases[i].head.id, because("They sat side by side")));
        for (int i = 0; i < 3; ++i) run();
        return told;
    }

    std::vector<ChildId> alike_;
    std::size_t recorded_ = 0;
};

TEST_P(CrowdStories, however_many_hidden_records_there_are_the_others_are_asked_about_as_if_there_were_none)
{
    std::optional<std::vector<std::vector<std::string>>> without;
    for (const auto count : crowds)
        for (const bool is_protected : {true, false}) {
            begin_anew();
            alike_.clear();
            const Hidden hidden{.count = count, .is_protected = is_protected, .barred = "custody sergeant"};
            if (count == 15) add_hidden(hidden);
            add_alike();
            if (count != 15) add_hidden(hidden);
            const auto told = told_over_time("custody sergeant");
            if (!without) without = told;
            EXPECT_GT(told.front().size(), 30U) << "a proof about nothing";
            ASSERT_EQ(told, *without) << count << (is_protected ? " protected" : " of their family");
        }
}

/// Who may see one restricted record and not the next is asked about the one as if the other were not there.
TEST_P(CrowdStories, hidden_records_change_nothing_of_restricted_records_that_somebody_may_see)
{
    std::optional<std::vector<std::vector<std::string>>> without;
    for (const auto count : crowds) {
        begin_anew();
        alike_.clear();
        add_alike();
        add_hidden({.count = count, .is_protected = true, .barred = {}});
        for (std::size_t i = 0; i < 3; ++i)
            restrict(recorded_as("Tomasz Quillfeather", "2011-07-09", 500 + i), {.barred = "custody sergeant"});
        add_hidden({.count = count, .is_protected = false, .barred = "coordinator"});
        const auto told = told_over_time("coordinator");
        if (!without) without = told;
        ASSERT_EQ(told, *without) << count;
    }
}

/// Where a record has as many pairs that wait as it may, one with a restricted record pushes none of them out.
TEST_P(CrowdStories, a_pair_with_a_hidden_record_takes_no_place_among_those_that_wait)
{
    const auto child = recorded_as("Tomasz Quillfeather", "2011-07-09", 1);
    const auto hidden = recorded_as("Tomasz Quillfeather", "2011-07-09", 2);
    restrict(hidden, {.is_protected = true, .barred = {}});
    const auto force = actor("custody sergeant").agency;
    const auto let_wait = [&](ChildId other, std::int64_t worth) {
        database().write([&](Transaction& transaction) {
            matching::let_wait(transaction,
                               {.one = child, .other = other, .holder = force, .partner = force, .worth = worth});
        });
    };
    for (std::int64_t i = 0; i < matching::most_waiting_of_record; ++i) let_wait(ChildId::random(), 10 + i);
    const auto before = waiting();
    ASSERT_EQ(std::ssize(before), matching::most_waiting_of_record);
    let_wait(hidden, 100);
    EXPECT_EQ(waiting(), before);
    let_wait(ChildId::random(), 50);
    EXPECT_NE(waiting(), before) << "one that everybody may see does";
}

TEST_P(CrowdStories, a_feed_of_alike_rows_asks_no_more_about_a_restricted_record_than_about_another)
{
    const auto hidden = recorded_as("Tomasz Quillfeather", "2011-07-09", 0);
    restrict(hidden, {.barred = "custody sergeant"});
    for (std::size_t i = 1; i <= 60; ++i) recorded_as("Tomasz Quillfeather", "2011-07-09", i);
    for (int i = 0; i < 5; ++i) find();
    database().read([&](Transaction& transaction) {
        const auto count = [&](std::string_view sql) {
            return transaction.query(sql, {storage::to_value(hidden)}).front().integer(0);
        };
        EXPECT_EQ(count("select count(*) from cases where type = 'same-person' and (child = $1 or other = $1)"), 5);
        const auto waiting = count("select count(*) from matching_waiting where one = $1 or other = $1");
        EXPECT_GT(waiting, 0);
        EXPECT_LE(waiting, matching::most_waiting_of_record);
    });
}

INSTANTIATE_TEST_SUITE_P(engines, CrowdStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
