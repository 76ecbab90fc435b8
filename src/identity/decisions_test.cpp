#include "identity/decisions.h"

#include "identity/store_testing.h"

namespace reachable::identity {
namespace {

using namespace testing;
using enum DecisionKind;
using storage::Transaction;

class Decisions : public StoreTest {
  protected:
    std::vector<Decision> log_of(ChildId child, Sealed sealed = Sealed::hidden)
    {
        return read([&](Transaction& t) { return decisions_of(t, child, sealed); });
    }
    std::vector<Decision> log(Sealed sealed = Sealed::hidden)
    {
        return read([&](Transaction& t) { return decisions_since(t, 0, 100, sealed); });
    }

    const ChildId ayo = child_at(morning);
    const ChildId linh = child_at(morning + 1h);
};

TEST_P(Decisions, are_kept_with_all_that_led_to_them)
{
    const auto sent = send(linh, "17");
    auto judgement = judged(same, linh, ayo);
    judgement.model_version = "2026-05";
    judgement.evidence.set("born", "same date of birth").set("family", "surname sounds alike");
    judgement.guards = {.may_be_siblings = true, .has_contradictory_identifiers = true};
    judgement.proof = Proof::photograph;
    judgement.confirmed_by = second_person;
    const auto decision = decide_so(judgement, morning + 2h);
    ASSERT_TRUE(decision) << sentences(decision.error());

    EXPECT_EQ(decision->sequence, 1);
    EXPECT_EQ(decision->at, morning + 2h);
    EXPECT_EQ(decision->newest_change, sent.change);
    const auto& [one, other] = std::minmax(ayo, linh);
    EXPECT_EQ(decision->judged.one, one);
    EXPECT_EQ(decision->judged.other, other);
    EXPECT_EQ(decision->one_recorded_at, one == ayo ? morning : morning + 1h);
    EXPECT_EQ(decision->other_recorded_at, one == ayo ? morning + 1h : morning);
    EXPECT_EQ(decision->judged.evidence, judgement.evidence);
    EXPECT_EQ(log(), std::vector{*decision});
    EXPECT_EQ(log_of(ayo), log());
    EXPECT_EQ(log_of(linh), log());
    EXPECT_EQ(read([](Transaction& t) { return find_decision(t, 1); }), *decision);
    EXPECT_FALSE(read([](Transaction& t) { return find_decision(t, 2); }));
}

TEST_P(Decisions, that_lack_something_are_refused_with_every_problem_at_once)
{
    struct Case {
        std::string_view story;
        std::function<void(Judgement&)> spoil;
        std::vector<std::string> fields;
    };
    const Case cases[] = {
        {"a record with itself", [&](Judgement& j) { j.other = j.one; }, {"other"}},
        {"no reason", [](Judgement& j) { j.reason = " four "; }, {"reason"}},
        {"a reason of four letters of two bytes each", [](Judgement& j) { j.reason = "éééé"; }, {"reason"}},
        {"a reason nobody can read", [](Judgement& j) { j.reason = "reason \xFF"; }, {"reason"}},
        {"nobody decides", [](Judgement& j) { j.worker = {}; }, {"worker"}},
        {"no agency", [](Judgement& j) { j.agency = {}; }, {"agency"}},
        {"the second person is the first", [](Judgement& j) { j.confirmed_by = j.worker; }, {"confirmed_by"}},
        {"joined by a program",
         [](Judgement& j) {
             j.worker = {};
             j.is_automatic = true;
         },
         {""}},
        {"perhaps twins, without proof", [](Judgement& j) { j.guards.may_be_siblings = true; }, {"proof"}},
        {"contradictory identifiers, without a second person",
         [](Judgement& j) { j.guards.has_contradictory_identifiers = true; },
         {"confirmed_by"}},
        {"contradictory identifiers, confirmed by oneself",
         [](Judgement& j) {
             j.guards.has_contradictory_identifiers = true;
             j.confirmed_by = j.worker;
         },
         {"confirmed_by"}},
        {"a sealed parting",
         [](Judgement& j) {
             j.kind = different;
             j.is_sealed = true;
         },
         {"kind"}},
        {"no such first record", [](Judgement& j) { j.one = ChildId::random(); }, {"one"}},
        {"no such second record", [](Judgement& j) { j.other = ChildId::random(); }, {"other"}},
        {"several at once",
         [](Judgement& j) {
             j.other = j.one;
             j.reason = "";
             j.worker = {};
         },
         {"other", "reason", "worker"}},
    };
    for (const auto& [story, spoil, fields] : cases) {
        auto judgement = judged(same, ayo, linh);
        spoil(judgement);
        EXPECT_EQ(fields_of(decide_so(judgement, morning)), fields) << story;
    }
    EXPECT_TRUE(log(Sealed::shown).empty());
    EXPECT_EQ(members(ayo), std::vector{ayo});
}

TEST_P(Decisions, may_be_made_by_a_program_unless_they_join)
{
    auto judgement = judged(different, ayo, linh);
    judgement.worker = {};
    judgement.agency = {};
    judgement.is_automatic = true;
    EXPECT_TRUE(decide_so(judgement, morning));
    EXPECT_TRUE(log().at(0).judged.is_automatic);
}

TEST_P(Decisions, are_undone_by_a_further_entry)
{
    const auto joined = decide_so(same, ayo, linh).value();
    const auto undone = undo_so(undoing(joined.sequence), morning + 1h);
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->undoes, joined.sequence);
    EXPECT_EQ(undone->judged.kind, DecisionKind::undone);
    EXPECT_EQ(undone->judged.confirmed_by, second_person);
    EXPECT_EQ(log(), (std::vector{joined, *undone}));
    EXPECT_TRUE(standing(log()).empty());
    EXPECT_EQ(standing(std::vector{joined}), std::vector{joined});
}

TEST_P(Decisions, are_undone_once_and_by_two_people)
{
    const auto joined = decide_so(same, ayo, linh).value().sequence;
    auto alone = undoing(joined);
    alone.confirmed_by = {};
    EXPECT_EQ(fields_of(undo_so(alone, morning)), std::vector<std::string>{"confirmed_by"});
    alone.confirmed_by = alone.worker;
    EXPECT_EQ(fields_of(undo_so(alone, morning)), std::vector<std::string>{"confirmed_by"});
    auto silent = undoing(joined);
    silent.reason = "oops";
    EXPECT_EQ(fields_of(undo_so(silent, morning)), std::vector<std::string>{"reason"});
    EXPECT_EQ(members(ayo).size(), 2u);

    const auto undone = undo_so(joined).value().sequence;
    EXPECT_EQ(refusal(undo_so(joined)), ProblemKind::out_of_order);
    EXPECT_EQ(refusal(undo_so(undone)), ProblemKind::out_of_order);
    EXPECT_EQ(refusal(undo_so(99)), ProblemKind::not_found);
    EXPECT_EQ(log().size(), 2u);
}

TEST_P(Decisions, stand_in_the_order_of_time_even_when_a_clock_is_set_back)
{
    decide_so(judged(different, ayo, linh), morning + 2h).value();
    const auto later = undo_so(undoing(1), morning).value();
    EXPECT_EQ(later.at, morning + 2h);
}

TEST_P(Decisions, are_not_made_twice)
{
    ASSERT_TRUE(decide_so(same, ayo, linh));
    EXPECT_EQ(refusal(decide_so(same, linh, ayo)), ProblemKind::out_of_order);
    EXPECT_EQ(log().size(), 1u);
}

TEST_P(Decisions, that_two_differ_are_made_again_only_when_something_new_is_known)
{
    ASSERT_TRUE(decide_so(different, ayo, linh));
    EXPECT_EQ(refusal(decide_so(different, ayo, linh)), ProblemKind::out_of_order);
    send(ayo, "17");
    EXPECT_TRUE(decide_so(different, linh, ayo));
    EXPECT_EQ(refusal(decide_so(different, ayo, linh)), ProblemKind::out_of_order);
}

TEST_P(Decisions, that_two_differ_are_undone_before_they_can_be_joined)
{
    const auto parted = decide_so(different, ayo, linh).value().sequence;
    send(ayo, "17");
    EXPECT_EQ(refusal(decide_so(same, ayo, linh)), ProblemKind::conflict);
    EXPECT_EQ(refusal(decide_so(cannot_tell, ayo, linh)), ProblemKind::out_of_order);
    ASSERT_TRUE(undo_so(parted));
    EXPECT_TRUE(decide_so(same, ayo, linh));
}

TEST_P(Decisions, that_are_sealed_are_left_out_unless_they_are_asked_for)
{
    auto judgement = judged(same, ayo, linh);
    judgement.is_sealed = true;
    const auto sealed = decide_so(judgement, morning).value();
    EXPECT_TRUE(log().empty());
    EXPECT_TRUE(log_of(ayo).empty());
    EXPECT_FALSE(read([&](Transaction& t) { return find_decision(t, sealed.sequence); }));
    EXPECT_EQ(log(Sealed::shown), std::vector{sealed});
    EXPECT_EQ(log_of(linh, Sealed::shown), std::vector{sealed});

    EXPECT_EQ(refusal(undo_so(sealed.sequence)), ProblemKind::not_found);
    auto by_officer = undoing(sealed.sequence);
    by_officer.sealed = Sealed::shown;
    ASSERT_TRUE(undo_so(by_officer, morning));
    EXPECT_TRUE(log().empty()); // the undoing is sealed as well
}

ON_EVERY_ENGINE(Decisions);

} // namespace
} // namespace reachable::identity
