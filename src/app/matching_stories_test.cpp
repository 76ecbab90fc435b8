// Are these one child? Stories of two records, on both databases: the service finds them, people decide, and what was
// wrong is undone by two people and told to everybody who relied on it.
#include "app/matching_test_world.h"
#include "capabilities/custody/rules.h"
#include "identity/source_records.h"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>

namespace reachable::app {
namespace {

using accounts::Role;
using accounts::Session;
using storage::Transaction;
using Names = std::vector<std::string>;
using SamePersonStories = testing::SamePersonStories;

TEST_P(SamePersonStories, the_account_of_another_system_decides_nothing_and_is_no_second_person)
{
    mia_again();
    const auto pair = found_pair();
    const auto& machine = actor("custody sergeant of another suite");
    database().write([&](Transaction& transaction) {
        accounts::add_machine(transaction, {machine.worker, machine.team, machine.role}, world_.now);
    });
    EXPECT_FALSE(act("custody sergeant of another suite", "same", pair, because("The system says so")));
    ASSERT_TRUE(act("custody sergeant", "same", pair, because("Her mother gave both dates, and the same scar")));
    ASSERT_TRUE(act("custody sergeant", "propose_undo", pair, Json::object().set("undo_reason", "Two mothers came")));
    EXPECT_FALSE(act("custody sergeant of another suite", "confirm_undo", pair));
    EXPECT_TRUE(act("duty worker", "confirm_undo", pair));
}

TEST_P(SamePersonStories, whoever_finds_one_child_of_two_records_is_led_to_the_cases_of_both)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    const auto booked = casework::act(desk(), actor("custody sergeant"), RequestId::random(),
                                      {.type = "custody", .action = "book_in", .asked = booking_of(again)}, world_.now);
    ASSERT_TRUE(booked) << sentences(booked.error());
    ASSERT_TRUE(act("custody sergeant", "same", pair, because("Her mother gave both dates, and the same scar")));
    const auto found = casework::search_children(desk(), actor("custody sergeant"), RequestId::random(), "Mia Sample",
                                                 std::nullopt, world_.now);
    ASSERT_TRUE(found && found->size() == 1);
    EXPECT_TRUE(std::ranges::any_of(found->front().cases, [&](const auto& head) { return head.id == booked->id; }));
}

TEST_P(SamePersonStories, the_authority_that_either_record_names_is_asked_about_a_child_of_two_records)
{
    const auto again = mia_again();
    const auto found_by = [&](const std::string& asker = "custody sergeant") {
        std::string how;
        custody::Conversation booking;
        booking.child = again;
        database().read([&](Transaction& transaction) {
            how =
                custody::find_authority(transaction, booking, actor("custody sergeant").team, actor(asker), world_.now)
                    ->found_by;
        });
        return how;
    };
    const auto pair = found_pair();
    EXPECT_EQ(found_by(), "suite_area");
    ASSERT_TRUE(act("custody sergeant", "same", pair, because("Her mother gave both dates, and the same scar")));
    EXPECT_EQ(found_by(), "care_status");
    const auto restriction = restricted(world_.mia);
    EXPECT_EQ(found_by(), "suite_area") << "the desk that is asked would tell of a protected record";
    lift(restriction);
    EXPECT_EQ(found_by(), "care_status");
    restricted_for_family_of("coordinator", world_.mia);
    EXPECT_EQ(found_by(), "care_status") << "what is closed to others changes nothing here";
    EXPECT_EQ(found_by("coordinator"), "suite_area") << "and to them it is not there";
    restricted_for_family_of("custody sergeant", world_.mia);
    EXPECT_EQ(found_by(), "suite_area");
}

TEST_P(SamePersonStories, two_records_are_found_decided_to_be_one_child_and_parted_again_by_two_people)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    EXPECT_EQ(find().opened, 0U) << "a question is asked once";
    EXPECT_EQ(members(world_.mia).size(), 1U) << "nobody is joined by the service";
    EXPECT_EQ(due(pair, "C40"), world_.now + hours{24});

    const auto seen = look("duty worker", pair);
    ASSERT_TRUE(seen) << "the authority that holds the other record sees it too";
    const auto& facts = seen->as<matching::SamePerson>();
    EXPECT_NE(facts.in_favour.words.find("day and month of birth exchanged"), std::string::npos)
        << facts.in_favour.words;
    EXPECT_EQ(facts.found_by, "search");
    ASSERT_TRUE(seen->child && seen->other);
    EXPECT_FALSE(look("sergeant elsewhere", pair)) << "who holds neither record sees nothing";
    EXPECT_FALSE(look("detention officer", pair));

    const auto bare = act("custody sergeant", "same", pair, because("so"));
    ASSERT_FALSE(bare);
    EXPECT_EQ(bare.error().front().field, "reason");
    EXPECT_EQ(members(world_.mia).size(), 1U) << "a refusal changes nothing";
    const auto joined = act("custody sergeant", "same", pair, because("Her mother gave both dates, and the same scar"));
    ASSERT_TRUE(joined) << sentences(joined.error());
    EXPECT_EQ(joined->state, "one child");
    EXPECT_EQ(members(again), (std::vector{world_.mia, again})) << "the record that was on file first leads";
    const auto found = casework::search_children(desk(), actor("custody sergeant"), RequestId::random(), "Mia Sample",
                                                 std::nullopt, world_.now);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 1U) << "a search shows one child";
    EXPECT_EQ(found->front().child.id, world_.mia);
    EXPECT_EQ(found->front().also_as, Names{"Mia Sample, born 3 April 2011"});
    EXPECT_TRUE(has(told("coordinator"), "same-person.joined")) << "those who keep the records are told";
    EXPECT_TRUE(has(told("duty worker"), "same-person.joined"));
    EXPECT_TRUE(queue("custody sergeant").empty());

    // Somebody of another suite looks at her while the two are one.
    world_.now += hours{1};
    found_by("custody sergeant of another suite", "Mia Sample");
    world_.now += hours{1};
    const auto why = Json::object().set("undo_reason", "The photographs show two girls");
    ASSERT_TRUE(act("duty worker", "propose_undo", pair, why));
    EXPECT_EQ(members(again).size(), 2U) << "one person parts nobody";
    EXPECT_EQ(due(pair, "C43"), world_.now + hours{4});
    const auto alone = act("duty worker", "confirm_undo", pair);
    ASSERT_FALSE(alone);
    EXPECT_EQ(alone.error().front().sentence, "Somebody else decides this: you proposed it yourself");
    world_.now += hours{4};
    casework::tick(desk(), world_.now);
    EXPECT_TRUE(has(told("governance of Westmoor"), "clock.C43.breach"));
    for (const auto* who : {"governance", "governance of Westmoor"})
        ASSERT_TRUE(look(who, pair)) << "who governs information sees the undoing that waits";
    const auto confirmed = act("coordinator", "confirm_undo", pair);
    ASSERT_TRUE(confirmed) << sentences(confirmed.error());
    EXPECT_EQ(confirmed->state, "parted");
    EXPECT_EQ(members(again), std::vector{again});
    EXPECT_EQ(members(world_.mia), std::vector{world_.mia});
    EXPECT_EQ(found_by("custody sergeant", "Mia Sample").size(), 2U);
    EXPECT_TRUE(has(told("custody sergeant of another suite"), "same-person.parted"));
    EXPECT_FALSE(has(told("sergeant elsewhere"), "same-person.parted")) << "who never looked is not told";
    EXPECT_TRUE(has(told("duty worker"), "same-person.undone"));
}

TEST_P(SamePersonStories, different_children_are_not_offered_again_until_something_new_is_known)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    ASSERT_TRUE(act("coordinator", "different", pair, because("They were seen together on the pier")));
    database().write([&](Transaction& transaction) {
        auto stored = *records::find_child(transaction, again);
        stored.child.language = "cy";
        ASSERT_TRUE(records::store_child(transaction, stored.child, stored.version, actor("coordinator").worker,
                                         "asked her", world_.now));
    });
    const auto looked = find();
    EXPECT_EQ(looked.looked_at, 1U);
    EXPECT_EQ(looked.opened, 0U);
    const auto asked =
        act("custody sergeant", "open", {}, Json::object().set("child", world_.mia.text()).set("other", again.text()));
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().front().kind, ProblemKind::out_of_order);

    // A wrong "different" is undone by two people too, and then asked anew.
    ASSERT_TRUE(act("coordinator", "propose_undo", pair, Json::object().set("undo_reason", "That was her sister")));
    ASSERT_TRUE(act("inspector", "confirm_undo", pair));
    EXPECT_EQ(find().asked_anew, 1U);
    ASSERT_EQ(queue("coordinator").size(), 1U);
    EXPECT_EQ(queue("coordinator").front().head.state, "to be decided");
    EXPECT_TRUE(act("coordinator", "same", pair, because("Her mother says that it is one girl")));
    EXPECT_EQ(members(again).size(), 2U);
}

TEST_P(SamePersonStories, whom_nobody_can_tell_apart_is_asked_again_after_a_week)
{
    mia_again();
    const auto pair = found_pair();
    ASSERT_TRUE(act("on-call manager", "cannot_tell", pair, because("Nobody at home answers")));
    EXPECT_EQ(due(pair, "C42"), world_.now + std::chrono::days{7});
    world_.now += std::chrono::days{7} - minutes{1};
    EXPECT_EQ(find().asked_anew, 0U);
    world_.now += minutes{1};
    EXPECT_EQ(find().asked_anew, 1U);
    EXPECT_EQ(queue("on-call manager").front().head.state, "to be decided");
    EXPECT_EQ(due(pair, "C40"), world_.now + hours{24});
}

TEST_P(SamePersonStories, a_twin_needs_a_photograph_or_an_identifier)
{
    const auto ben = recorded("Ben Sample", "2011-03-04");
    const auto pair =
        act("custody sergeant", "open", {}, Json::object().set("child", world_.mia.text()).set("other", ben.text()));
    ASSERT_TRUE(pair) << sentences(pair.error());
    const auto bare = act("custody sergeant", "same", pair->id, because("Ben is a nickname of hers"));
    ASSERT_FALSE(bare);
    EXPECT_EQ(bare.error().front().field, "proof");
    EXPECT_EQ(members(ben).size(), 1U);
    EXPECT_TRUE(
        act("custody sergeant", "same", pair->id, because("Ben is a nickname of hers").set("proof", "photograph")));
    EXPECT_EQ(members(ben).size(), 2U);
}

TEST_P(SamePersonStories, identifiers_that_contradict_each_other_need_a_second_person)
{
    const auto one = recorded("Tia Sample", "2012-05-06", {{"UPN", "", "A100", ""}});
    const auto other = recorded("Tia Sample", "2012-05-06", {{"UPN", "", "B200", ""}});
    const auto asked =
        act("custody sergeant", "open", {}, Json::object().set("child", one.text()).set("other", other.text()));
    ASSERT_TRUE(asked) << sentences(asked.error());
    const auto first = act("custody sergeant", "same", asked->id, because("One number was typed wrongly"));
    ASSERT_TRUE(first) << sentences(first.error());
    EXPECT_EQ(first->state, "to be confirmed");
    EXPECT_EQ(due(asked->id, "C40"), world_.now + hours{24}) << "the clock runs until somebody has confirmed";
    EXPECT_EQ(members(one).size(), 1U);
    EXPECT_FALSE(act("custody sergeant", "confirm_same", asked->id)) << "never the same person";
    ASSERT_TRUE(act("inspector", "confirm_same", asked->id));
    EXPECT_FALSE(due(asked->id, "C40"));
    EXPECT_EQ(members(one).size(), 2U);
}

TEST_P(SamePersonStories, a_child_in_custody_is_decided_about_within_the_hour)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    EXPECT_FALSE(due(pair, "C41"));
    const auto booked = casework::act(desk(), actor("custody sergeant"), RequestId::random(),
                                      {.type = "custody", .action = "book_in", .asked = booking_of(again)}, world_.now);
    ASSERT_TRUE(booked) << sentences(booked.error());
    EXPECT_EQ(find().hurried, 1U);
    EXPECT_EQ(due(pair, "C41"), world_.now + hours{1});
    EXPECT_EQ(find().hurried, 0U) << "once";
    EXPECT_TRUE(has(told("coordinator"), "same-person.in_custody"));
    world_.now += hours{1};
    casework::tick(desk(), world_.now);
    EXPECT_TRUE(has(told("on-call manager"), "clock.C41.breach"))
        << "nobody supervises the desk that holds the first record, so its manager is told";
    EXPECT_EQ(matching::custody_case, custody::conversation_type().name);
}

std::int64_t pairs_that_wait(storage::Transaction& transaction)
{
    return transaction.query("select count(*) from matching_waiting").front().integer(0);
}

TEST_P(SamePersonStories, a_feed_of_alike_records_does_not_fill_the_queue)
{
    for (int i = 0; i < 30; ++i) recorded("Tomasz Quillfeather", "2011-07-09");
    const auto first = find();
    EXPECT_EQ(first.looked_at, 31U);
    EXPECT_LE(first.opened, 75U);
    std::map<ChildId, std::size_t> questions;
    const auto count = [&] {
        questions.clear();
        database().read([&](Transaction& transaction) {
            for (const auto& row : transaction.query("select child, other from cases where type = 'same-person' and "
                                                     "is_open = 1"))
                for (const std::size_t column : {0U, 1U}) questions[storage::id_at<ChildId>(row, column)] += 1;
        });
        return std::ranges::max(questions | std::views::values);
    };
    EXPECT_EQ(count(), 5U);
    EXPECT_EQ(find().opened, 0U) << "there is no room";
    database().read([](Transaction& transaction) { EXPECT_GT(pairs_that_wait(transaction), 0); });
    // One decided makes room for the next.
    ASSERT_TRUE(act("custody sergeant", "cannot_tell", queue("custody sergeant").front().head.id,
                    because("Nobody at home answers")));
    ASSERT_TRUE(act("custody sergeant", "different", queue("custody sergeant").front().head.id,
                    because("They sat side by side")));
    EXPECT_GE(find().opened, 1U);
    EXPECT_EQ(count(), 5U);
}

TEST_P(SamePersonStories, a_child_in_custody_is_asked_about_whether_there_is_room_or_not)
{
    const auto one = recorded("Tomasz Quillfeather", "2011-07-09");
    const auto other = recorded("Ada Elsewhere", "2009-02-03");
    const auto force = actor("custody sergeant").agency;
    database().write([&](Transaction& transaction) {
        matching::let_wait(transaction, {.one = one, .other = other, .holder = force, .partner = force, .worth = 1});
        matching::let_wait(transaction, {.one = other, .other = one, .holder = force, .partner = force, .worth = 9});
        for (int i = 0; i < 30; ++i)
            matching::let_wait(
                transaction, {.one = other, .other = ChildId::random(), .holder = force, .partner = force, .worth = 5});
        EXPECT_EQ(pairs_that_wait(transaction), 20) << "the least certain wait no longer";
    });
    const auto next = [&] {
        std::vector<matching::LikelyPair> pairs;
        database().read([&](Transaction& transaction) {
            pairs = matching::next_to_ask(transaction, matching::PairClass::open, 10);
        });
        return pairs;
    };
    ASSERT_EQ(next().size(), 1U) << "one about a record at a time";
    database().write([&](Transaction& transaction) {
        matching::let_wait(transaction,
                           {.one = one, .other = world_.mia, .holder = force, .partner = force, .worth = 1});
    });
    auto booking = booking_of(one);
    ASSERT_TRUE(casework::act(desk(), actor("custody sergeant"), RequestId::random(),
                              {.type = "custody", .action = "book_in", .asked = std::move(booking)}, world_.now));
    EXPECT_EQ(next().front().one, one);
    EXPECT_EQ(next().front().other, world_.mia);
}

TEST_P(SamePersonStories, two_people_at_once_decide_once)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    ASSERT_TRUE(act("custody sergeant", "same", pair, because("Her mother says so")));
    const auto second = act("duty worker", "different", pair, because("They live in two towns"));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().front().sentence, "Not possible now: the case is one child");
    EXPECT_EQ(members(again).size(), 2U);
    database().read([&](Transaction& transaction) {
        EXPECT_EQ(identity::decisions_of(transaction, again).size(), 1U) << "and nothing half done";
    });
}

INSTANTIATE_TEST_SUITE_P(engines, SamePersonStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
