#include "identity/people.h"

#include "identity/store_testing.h"

namespace reachable::identity {
namespace {

using namespace testing;
using enum DecisionKind;
using storage::Transaction;

class People : public StoreTest {
  protected:
    ChildId person(ChildId child)
    {
        return read([&](Transaction& t) { return person_of(t, child); });
    }
    std::vector<ChildId> members_at(ChildId child, UtcTime instant)
    {
        return read([&](Transaction& t) { return as_of(t, child, instant); });
    }
    std::vector<Decision> due(UtcTime now, std::size_t most = 100)
    {
        return read([&](Transaction& t) { return review_due(t, now, most); });
    }
    std::vector<Decision> sealed_links(ChildId child)
    {
        return read([&](Transaction& t) { return sealed_links_of(t, child); });
    }
    Result<Decision> seal(ChildId one, ChildId other)
    {
        auto judgement = judged(same, one, other);
        judgement.is_sealed = true;
        return decide_so(judgement, morning);
    }
    records::StoredChild stored(ChildId child)
    {
        return read([&](Transaction& t) { return records::find_child(t, child); }).value();
    }
    std::vector<StoredRecord> sources(ChildId child)
    {
        return read([&](Transaction& t) { return records_of(t, child, morning); });
    }

    // Recorded in this order, whatever their ids are.
    const ChildId first = child_at(morning - 3h);
    const ChildId second = child_at(morning - 2h);
    const ChildId third = child_at(morning - 1h);
};

TEST_P(People, are_one_record_each_until_somebody_joins_them)
{
    EXPECT_EQ(person(second), second);
    EXPECT_EQ(members(second), std::vector{second});
    ASSERT_TRUE(decide_so(same, third, second));
    EXPECT_EQ(person(third), second);
    EXPECT_EQ(person(second), second);
    EXPECT_EQ(members(third), (std::vector{second, third}));
    EXPECT_EQ(person(first), first);
}

TEST_P(People, are_asked_about_before_anything_is_stored)
{
    const auto may = [&](DecisionKind kind) {
        return write([&](Transaction& t) { return may_decide(t, judged(kind, first, second)); });
    };
    EXPECT_TRUE(may(same));
    EXPECT_EQ(members(first), std::vector{first}) << "asking joins nobody";
    const auto joined = decide_so(same, first, second);
    ASSERT_TRUE(joined);
    EXPECT_EQ(refusal(may(same)), ProblemKind::out_of_order);
    EXPECT_EQ(refusal(may(different)), ProblemKind::out_of_order);
    const auto may_take_back = [&](const Undoing& wanted) {
        return write([&](Transaction& t) { return may_undo(t, wanted); });
    };
    auto alone = undoing(joined->sequence);
    alone.confirmed_by = alone.worker;
    EXPECT_EQ(fields_of(may_take_back(alone)), std::vector<std::string>{"confirmed_by"});
    EXPECT_TRUE(may_take_back(undoing(joined->sequence)));
    EXPECT_EQ(members(first).size(), 2U) << "asking parts nobody";
    ASSERT_TRUE(undo_so(joined->sequence));
    EXPECT_EQ(refusal(may_take_back(undoing(joined->sequence))), ProblemKind::out_of_order);
}

TEST_P(People, are_led_by_the_record_that_was_on_file_first)
{
    ASSERT_TRUE(decide_so(same, third, second));
    ASSERT_TRUE(decide_so(same, third, first));
    for (const auto child : {first, second, third}) {
        EXPECT_EQ(person(child), first);
        EXPECT_EQ(members(child).front(), first);
        EXPECT_EQ(members(child).size(), 3u);
    }
    const std::vector asked{first, second, third, ChildId::random()};
    const auto leads = read([&](Transaction& t) { return people_of(t, asked); });
    EXPECT_EQ(leads, (std::map{std::pair{first, first}, {second, first}, {third, first}, {asked[3], asked[3]}}));
}

TEST_P(People, recorded_in_the_same_second_are_led_by_the_smaller_id)
{
    const auto one = child_at(morning);
    const auto other = child_at(morning);
    ASSERT_TRUE(decide_so(same, one, other));
    EXPECT_EQ(person(one), std::min(one, other));
    EXPECT_EQ(person(other), std::min(one, other));
}

TEST_P(People, come_apart_exactly_as_they_were)
{
    send(second, "17", "NM1 2AB");
    send(third, "18", "NM3 4CD");
    const auto before = std::tuple(stored(second), stored(third), sources(second), sources(third));
    const auto joined = decide_so(same, second, third).value().sequence;
    ASSERT_TRUE(undo_so(joined));
    const auto after = std::tuple(stored(second), stored(third), sources(second), sources(third));
    EXPECT_EQ(std::get<0>(before).child, std::get<0>(after).child);
    EXPECT_EQ(std::get<1>(before).child, std::get<1>(after).child);
    EXPECT_EQ(std::get<0>(before).version, std::get<0>(after).version);
    EXPECT_EQ(std::get<2>(before), std::get<2>(after));
    EXPECT_EQ(std::get<3>(before), std::get<3>(after));
    EXPECT_EQ(members(second), std::vector{second});
    EXPECT_EQ(members(third), std::vector{third});
    EXPECT_TRUE(are_offered(second, third));
}

TEST_P(People, that_part_are_each_led_by_their_own_oldest_record)
{
    const auto fourth = child_at(morning);
    ASSERT_TRUE(decide_so(same, first, third));
    const auto wrong = decide_so(same, third, second).value().sequence;
    ASSERT_TRUE(decide_so(same, second, fourth));
    EXPECT_EQ(person(fourth), first);
    ASSERT_TRUE(undo_so(wrong));
    EXPECT_EQ(members(third), (std::vector{first, third}));
    EXPECT_EQ(members(fourth), (std::vector{second, fourth}));
}

TEST_P(People, stay_together_while_another_decision_still_joins_them)
{
    const auto one_way = decide_so(same, first, second).value().sequence;
    ASSERT_TRUE(decide_so(same, second, third));
    ASSERT_TRUE(decide_so(same, first, third));
    ASSERT_TRUE(undo_so(one_way));
    EXPECT_EQ(members(second).size(), 3u);
}

TEST_P(People, are_seen_as_they_stood_at_any_instant)
{
    decide_so(judged(same, second, third), morning).value();
    decide_so(judged(same, first, second), morning + 1h).value();
    undo_so(undoing(1), morning + 2h).value();
    EXPECT_EQ(members_at(third, morning - 1s), std::vector{third});
    EXPECT_EQ(members_at(third, morning), (std::vector{second, third}));
    EXPECT_EQ(members_at(third, morning + 1h).size(), 3u);
    EXPECT_EQ(members_at(third, morning + 1h).front(), first);
    EXPECT_EQ(members_at(third, morning + 2h), std::vector{third});
    EXPECT_EQ(members_at(second, morning + 2h), (std::vector{first, second}));
}

TEST_P(People, whom_a_decision_keeps_apart_are_not_joined_by_way_of_a_third)
{
    ASSERT_TRUE(decide_so(different, first, third));
    ASSERT_TRUE(decide_so(same, first, second));
    EXPECT_TRUE(are_apart(second, third));
    EXPECT_EQ(refusal(decide_so(same, second, third)), ProblemKind::conflict);
    EXPECT_EQ(members(third), std::vector{third});
    ASSERT_TRUE(undo_so(1));
    EXPECT_FALSE(are_apart(second, third));
    EXPECT_TRUE(decide_so(same, second, third));
}

TEST_P(People, who_are_joined_are_not_called_different_before_that_is_undone)
{
    ASSERT_TRUE(decide_so(same, first, second));
    ASSERT_TRUE(decide_so(same, second, third));
    EXPECT_EQ(refusal(decide_so(different, first, third)), ProblemKind::out_of_order);
    EXPECT_EQ(refusal(decide_so(cannot_tell, first, third)), ProblemKind::out_of_order);
    ASSERT_TRUE(undo_so(2));
    EXPECT_TRUE(decide_so(different, first, third));
}

TEST_P(People, decided_apart_are_not_offered_again_without_new_data)
{
    send(first, "17", "NM1 2AB");
    EXPECT_TRUE(are_offered(first, second));
    ASSERT_TRUE(decide_so(different, first, second));
    EXPECT_TRUE(are_apart(second, first));
    EXPECT_FALSE(are_offered(first, second));
    send(first, "17", "NM1 2AB"); // the same again is nothing new
    send(third, "19", "NM1 2AB"); // nor is what concerns neither
    EXPECT_FALSE(are_offered(second, first));
    send(second, "18", "NM1 2AB");
    EXPECT_TRUE(are_offered(second, first));
    EXPECT_TRUE(are_apart(second, first)); // offered again, and still kept apart until that is undone
}

TEST_P(People, of_whom_nobody_can_tell_are_not_offered_again_without_new_data)
{
    ASSERT_TRUE(decide_so(cannot_tell, first, second));
    EXPECT_FALSE(are_offered(first, second));
    EXPECT_FALSE(are_apart(first, second));
    send(second, "18");
    EXPECT_TRUE(are_offered(first, second));
    EXPECT_TRUE(decide_so(same, first, second));
    EXPECT_FALSE(are_offered(first, second)); // they are one now
    EXPECT_FALSE(are_offered(first, first));
}

TEST_P(People, of_whom_nobody_can_tell_are_looked_at_again_after_a_week)
{
    const auto open = decide_so(cannot_tell, first, second).value();
    const auto week_later = morning + review_after;
    EXPECT_TRUE(due(week_later - 1s).empty());
    EXPECT_EQ(due(week_later), std::vector{open});
    EXPECT_TRUE(due(week_later, 0).empty());

    const auto again = decide_so(judged(cannot_tell, second, first), week_later).value();
    EXPECT_TRUE(due(week_later).empty());
    EXPECT_EQ(due(week_later + review_after), std::vector{again});

    // Joined by way of a third, they are settled; and open again when that is undone.
    decide_so(judged(same, first, third), week_later).value();
    const auto settling = decide_so(judged(same, third, second), week_later).value().sequence;
    EXPECT_TRUE(due(week_later + review_after).empty());
    ASSERT_TRUE(undo_so(undoing(settling), week_later));
    EXPECT_EQ(due(week_later + review_after), std::vector{again});
    ASSERT_TRUE(decide_so(judged(different, first, second), week_later));
    EXPECT_TRUE(due(week_later + review_after).empty());
}

TEST_P(People, joined_under_seal_are_two_in_every_ordinary_view)
{
    const auto sealed = seal(first, second).value();
    EXPECT_EQ(members(first), std::vector{first});
    EXPECT_EQ(person(second), second);
    EXPECT_EQ(members_at(second, morning), std::vector{second});
    EXPECT_EQ(sealed_links(first), std::vector{sealed});
    EXPECT_EQ(sealed_links(second), std::vector{sealed});

    // The officer finds the seal from any record of the child.
    ASSERT_TRUE(decide_so(same, second, third));
    EXPECT_EQ(sealed_links(third), std::vector{sealed});
    EXPECT_TRUE(read([](Transaction& t) { return people_in(decisions_since(t, 0, 100, Sealed::shown)); }) ==
                (std::map{std::pair{second, second}, {third, second}}));
}

TEST_P(People, joined_under_seal_seem_decided_apart_to_everybody_else)
{
    ASSERT_TRUE(seal(first, second));
    const auto twin = child_at(morning);
    ASSERT_TRUE(decide_so(different, third, twin));
    const auto by_seal = decide_so(same, first, second);
    const auto by_decision = decide_so(same, third, twin);
    ASSERT_FALSE(by_seal);
    EXPECT_EQ(by_seal.error(), by_decision.error());
    EXPECT_EQ(decide_so(cannot_tell, first, second).error(), decide_so(cannot_tell, third, twin).error());
    EXPECT_TRUE(are_apart(first, second));
    EXPECT_FALSE(are_offered(first, second));
    send(first, "17");
    EXPECT_FALSE(are_offered(first, second)); // whatever is received
    EXPECT_TRUE(decide_so(different, first, second));
}

TEST_P(People, joined_openly_are_not_sealed_before_that_is_undone)
{
    ASSERT_TRUE(decide_so(same, first, second));
    EXPECT_EQ(refusal(seal(first, second)), ProblemKind::out_of_order);
    ASSERT_TRUE(undo_so(1));
    ASSERT_TRUE(decide_so(different, first, second)); // by somebody who cannot know
    ASSERT_TRUE(seal(first, second));
    EXPECT_EQ(refusal(seal(first, second)), ProblemKind::out_of_order);

    auto by_officer = undoing(sealed_links(first).at(0).sequence);
    by_officer.sealed = Sealed::shown;
    ASSERT_TRUE(undo_so(by_officer, morning));
    EXPECT_TRUE(sealed_links(first).empty());
}

TEST_P(People, are_worked_out_again_when_the_view_was_spoiled)
{
    const auto again = [&] { return write([](Transaction& t) { return rebuild(t); }); };
    ASSERT_TRUE(decide_so(same, first, second));
    EXPECT_EQ(again(), 0u);
    database->get().write([&](Transaction& t) {
        t.execute("delete from same_person where child = $1", {storage::to_value(second)});
        t.execute("update same_person set leads_to = $1", {storage::to_value(third)});
        t.execute("insert into same_person (child, leads_to) values ($1, $1)", {storage::to_value(third)});
    });
    EXPECT_EQ(again(), 3u);
    EXPECT_EQ(members(first), (std::vector{first, second}));
    EXPECT_EQ(members(third), std::vector{third});
    EXPECT_EQ(again(), 0u);
}

ON_EVERY_ENGINE(People);

TEST_P(People, are_decided_about_as_if_there_were_no_record_of_whom_one_may_not_see)
{
    const auto all_but = [](ChildId hidden) { return [hidden](ChildId child) { return child != hidden; }; };
    const auto decided = [&](DecisionKind kind, ChildId one, ChildId other, ChildId hidden) {
        return write([&](Transaction& t) { return decide(t, judged(kind, one, other), morning, all_but(hidden)); });
    };
    const auto contradicting = [&](ChildId hidden) {
        return read([&](Transaction& t) { return contradictions(t, all_but(hidden)); });
    };
    ASSERT_TRUE(decide_so(same, first, second));
    ASSERT_TRUE(decide_so(same, second, third));
    EXPECT_EQ(refusal(decide_so(different, first, third)), ProblemKind::out_of_order);
    EXPECT_TRUE(read([&](Transaction& t) { return may_be_offered(t, first, third, all_but(second)); }));
    EXPECT_FALSE(are_offered(first, third));
    EXPECT_TRUE(contradicting({}).empty());

    // What they said is kept, and those who may see everybody see what it contradicts.
    const auto apart = decided(different, first, third, second);
    ASSERT_TRUE(apart);
    EXPECT_TRUE(are_apart(first, third));
    EXPECT_EQ(members(third).size(), 3U) << "what others decided stands until somebody undoes it";
    EXPECT_TRUE(contradicting(second).empty()) << "it tells of the record that may not be seen";
    EXPECT_TRUE(contradicting(third).empty());
    const auto found = contradicting({});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].apart, *apart);
    ASSERT_EQ(found[0].joins.size(), 2U);
    ASSERT_TRUE(undo_so(found[0].joins[0].sequence));
    EXPECT_TRUE(contradicting({}).empty());
}

TEST_P(People, are_joined_as_if_there_were_no_record_of_whom_one_may_not_see)
{
    const auto apart = decide_so(different, first, second);
    ASSERT_TRUE(apart && decide_so(same, second, third));
    EXPECT_EQ(refusal(decide_so(same, first, third)), ProblemKind::conflict);
    const auto may_see = [&](ChildId child) { return child != second; };
    ASSERT_TRUE(write([&](Transaction& t) { return decide(t, judged(same, first, third), morning, may_see); }));
    EXPECT_EQ(members(first).size(), 3U);
    const auto found = read([&](Transaction& t) { return contradictions(t, [](ChildId) { return true; }); });
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].apart, *apart);
    EXPECT_EQ(found[0].joins.size(), 2U);
}

} // namespace
} // namespace reachable::identity
