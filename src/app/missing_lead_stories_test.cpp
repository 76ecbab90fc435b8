// One child, one absence, one force that leads: what happens when an offer is taken back, when two records turn out to
// be one child, when the record is sealed, when the child sits in a cell, and when nobody was named who answers for the
// child. R-B-01, R-B-03, R-B-07, R-P-07.
#include "app/missing_test_world.h"
#include "capabilities/interviews/interview.h"
#include "derived/site_sealed.h"
#include "identity/people.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;
using testing::Codes;
using testing::Words;

class MissingLead : public testing::MissingStories {
  protected:
    void add_people(Transaction& transaction) override
    {
        MissingStories::add_people(transaction);
        const auto northmere = *accounts::find_agency_by_code(transaction, "X23000001");
        const auto team = custody::testing::add_team(transaction, northmere, "Professional standards", "office");
        custody::testing::add_actor(world_, transaction, northmere, team, Role::PSTD, "standards");
        actor("standards").purpose = "information-governance";
    }
    Result<casework::Acted> acts(const std::string& who, std::string_view type, std::string action, Json asked)
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = {}, .asked = std::move(asked)},
                             world_.now);
    }
    /// What a person decides about the two records, with what follows from it.
    void are_one(ChildId one, ChildId other)
    {
        database().write([&](Transaction& transaction) {
            const identity::Judgement same{.kind = identity::DecisionKind::same,
                                           .one = one,
                                           .other = other,
                                           .worker = actor("custody sergeant").worker,
                                           .agency = actor("custody sergeant").agency,
                                           .reason = "The home gave the same number of the authority"};
            const auto decision = identity::decide(transaction, same, world_.now, [](ChildId) { return true; });
            if (!decision) throw Bug("a story's decision is refused");
            joined_ = decision->sequence;
        });
        follows("same", "one child", one, other);
    }
    void are_two(ChildId one, ChildId other)
    {
        database().write([&](Transaction& transaction) {
            const identity::Undoing wrong{.sequence = joined_,
                                          .worker = actor("custody sergeant").worker,
                                          .agency = actor("custody sergeant").agency,
                                          .reason = "Two boys of one name",
                                          .confirmed_by = actor("coordinator").worker};
            if (!identity::undo(transaction, wrong, world_.now)) throw Bug("a story's undoing is refused");
        });
        follows("confirm_undo", "two children", one, other);
    }
    void follows(std::string_view action, std::string_view state, ChildId one, ChildId other)
    {
        database().write([&](Transaction& transaction) {
            casework::CaseHead pair;
            pair.heading.child = one;
            pair.heading.other = other;
            pair.state = state;
            for (const auto& consequence : consequences())
                if (consequence.type == "same-person" && consequence.action == action)
                    consequence.happen(desk(), transaction, pair, world_.now);
        });
    }
    std::int64_t joined_ = 0;
    std::vector<std::string> states_of_interviews(ChildId child)
    {
        std::vector<std::string> states;
        database().read([&](Transaction& transaction) {
            states.clear();
            for (const auto& row : transaction.query(
                     "select state from cases where child = $1 and type = 'return-interview' order by opened_at, id",
                     {storage::to_value(child)}))
                states.push_back(row.text(0));
        });
        return states;
    }
    Json booking(ChildId child)
    {
        return Json::object()
            .set("child", child.text())
            .set("name_given", "Lee Sample")
            .set("custody_number", "M1")
            .set("authorised_at", "2026-05-12T18:50:00Z");
    }
};

TEST_P(MissingLead, an_offer_is_answered_in_half_an_hour_or_taken_back_and_then_the_other_force_is_let_out_again)
{
    const auto id = report("officer", lee());
    ASSERT_TRUE(act("officer", "offer_to_force", id,
                    Json::object()
                        .set("offered_to", agency("Tarnside Police").text())
                        .set("offer_because", "He has friends there")));
    EXPECT_EQ(due(id, "C51"), parse_utc("2026-05-12T19:35:00Z").value());
    pass_until("2026-05-12T19:36:00Z");
    EXPECT_TRUE(has(told("inspector of Eastvale"), "clock.C51.breach")) << "nobody waits without being told";
    EXPECT_NE(why(act("coordinator of Tarnside", "withdraw_offer", id)).find("Another force leads"), std::string::npos);
    ASSERT_TRUE(act("officer", "withdraw_offer", id));
    EXPECT_FALSE(due(id, "C51"));
    EXPECT_TRUE(has(told("coordinator of Tarnside"), "missing.offer_withdrawn"));
    EXPECT_EQ(facts_of(id).force, agency("Eastvale Constabulary"));
    EXPECT_NE(why(act("officer", "withdraw_offer", id)).find("offered to nobody"), std::string::npos);
    world_.now += hours{73};
    EXPECT_FALSE(sees("coordinator of Tarnside", id)) << "who is asked no longer looks for nobody by it";
    nobody_is_let_in_unproved();
}

/// R-B-07: "No gap and no duplicate count."
TEST_P(MissingLead, two_records_that_are_one_child_lead_each_force_to_the_other_and_one_absence_is_counted_once)
{
    const auto here = report("officer", lee());
    const auto there =
        report("coordinator of Tarnside", lee().set("last_seen_where", "At the station").set("born_given", "2010-02"));
    const auto child = facts_of(here).child;
    const auto other = facts_of(there).child;
    ASSERT_NE(child, other);
    EXPECT_FALSE(sees("coordinator of Tarnside", here));
    const auto asked = Json::object().set("same_as", here.text());
    EXPECT_EQ(why(act("coordinator of Tarnside", "same_absence", there, asked)),
              "Choose the episode of this child that goes on")
        << "as long as nobody decided that they are one child";

    are_one(child, other);
    EXPECT_TRUE(sees("coordinator of Tarnside", here));
    EXPECT_TRUE(sees("coordinator", there));
    EXPECT_TRUE(has(told("coordinator"), "missing.same_child"));
    EXPECT_TRUE(has(told("coordinator of Tarnside"), "missing.same_child"));
    EXPECT_FALSE(sees("coordinator far away", here));
    nobody_is_let_in_unproved();

    EXPECT_NE(why(act("coordinator", "same_absence", there, asked)).find("Another force leads"), std::string::npos);
    ASSERT_TRUE(act("coordinator of Tarnside", "same_absence", there, asked));
    EXPECT_EQ(state_of(there), "reclassified");
    EXPECT_EQ(facts_of(there).same_as, here);
    EXPECT_FALSE(due(there, "C09"));
    EXPECT_EQ(stands_out(other), Codes{}) << "it is no absence of its own";
    EXPECT_EQ(why(act("coordinator", "same_absence", here, Json::object().set("same_as", there.text()))),
              "Choose the episode of this child that goes on")
        << "one of the two goes on";
    EXPECT_EQ(states_of_interviews(other), Words{}) << "the interview follows when the child is back";

    // It was a mistake: they are two children, and for one of them nobody looks.
    are_two(child, other);
    EXPECT_TRUE(has(told("coordinator of Tarnside"), "missing.two_children"));
    EXPECT_TRUE(act("coordinator of Tarnside", "report", {}, lee().set("child", other.text())));
}

/// R-B-01: "The RHI offer does not depend on …": nor on whether somebody knew who answers for the child.
TEST_P(MissingLead, an_authority_that_is_named_after_the_return_is_asked_for_the_interview)
{
    const auto id = report("coordinator far away", Json::object()
                                                       .set("name_given", "Lee Sample")
                                                       .set("last_seen_at", "2026-05-12T16:30:00Z")
                                                       .set("worried", "He had a new phone"));
    ASSERT_TRUE(facts_of(id).authority.is_none()) << "that force has no authority in its area";
    const auto child = facts_of(id).child;
    ASSERT_TRUE(act("coordinator far away", "return", id, back_at("2026-05-12T18:00:00Z")));
    EXPECT_EQ(states_of_interviews(child), Words{});
    const auto named = Json::object().set("authority", agency("Westmoor County").text());
    EXPECT_NE(why(act("coordinator far away", "name_authority", id,
                      Json::object().set("authority", agency("Far Police").text())))
                  .find("has no desk"),
              std::string::npos);
    ASSERT_TRUE(act("coordinator far away", "name_authority", id, named));
    EXPECT_EQ(states_of_interviews(child), Words{"due"});
    EXPECT_TRUE(has(told("duty worker"), "interview.due"));
    EXPECT_NE(why(act("coordinator far away", "name_authority", id,
                      Json::object().set("authority", agency("Harbourne Borough").text())))
                  .find("is asked to offer the interview"),
              std::string::npos);
    EXPECT_EQ(states_of_interviews(child), Words{"due"}) << "the child is asked once";
}

/// R-P-07: a protected child is like no record to everybody else; whoever looks for them is not everybody else.
TEST_P(MissingLead, a_child_who_is_protected_while_missing_is_looked_for_still_by_those_who_say_why)
{
    const auto id = report("officer", lee());
    const auto child = facts_of(id).child;
    ASSERT_TRUE(acts("standards", "restriction", "restrict",
                     Json::object()
                         .set("child", child.text())
                         .set("kind", "PROTECTED_PERSON")
                         .set("why", "Told to us by the authority")));
    const auto look = [&](const std::string& who) {
        return derived::look_sealed_or_open(desk(), actor(who), RequestId::random(),
                                            {.type = "missing", .id = id, .page = "episode"}, world_.now);
    };
    const auto sealed = look("coordinator");
    ASSERT_TRUE(sealed) << "the search goes on";
    EXPECT_TRUE(derived::waits_for_a_reason(*sealed));
    EXPECT_FALSE(derived::shows_anything(*sealed));
    EXPECT_FALSE(look("coordinator of Tarnside")) << "to everybody else it is like no record";
    const auto reason = Json::object().set("about", id.text()).set("reason", "We look for him since this evening");
    EXPECT_FALSE(acts("coordinator of Tarnside", "opening", "say_why", reason));
    const auto said = acts("coordinator", "opening", "say_why", reason);
    ASSERT_TRUE(said) << why(said);
    EXPECT_TRUE(derived::shows_anything(*look("coordinator")));
    ASSERT_TRUE(act("coordinator", "grade", id, graded("high", {"threat"})));
    ASSERT_TRUE(act("coordinator", "return", id, back_at("2026-05-12T19:00:00Z")));
    EXPECT_EQ(states_of_interviews(child), Words{"due"}) << "the child is owed an interview like any other";
}

/// 4.B: "Held in custody … → LOCATED + linked event", and both sides are told.
TEST_P(MissingLead, a_missing_child_who_is_booked_in_is_found_and_one_in_a_cell_who_is_reported_is_made_known_there)
{
    const auto id = report("officer", lee());
    const auto booked = acts("custody sergeant", "custody", "book_in", booking(facts_of(id).child));
    ASSERT_TRUE(booked) << why(booked);
    EXPECT_EQ(state_of(id), "located");
    EXPECT_EQ(facts_of(id).located_how, "in_custody");
    EXPECT_TRUE(has(told("coordinator"), "missing.located"));

    const auto later = acts("custody sergeant", "custody", "book_in",
                            booking({}).set("name_given", "Ada Sample").set("custody_number", "M2"));
    ASSERT_TRUE(later) << why(later);
    EXPECT_FALSE(has(told("custody sergeant"), "missing.is_in_custody"));
    ChildId ada;
    database().read([&](Transaction& transaction) { ada = casework::load_head(transaction, later->id).heading.child; });
    const auto reported = act("officer", "report", {}, lee().set("child", ada.text()).set("name_given", "Ada Sample"));
    ASSERT_TRUE(reported) << why(reported);
    EXPECT_TRUE(has(told("custody sergeant"), "missing.is_in_custody"));
}

INSTANTIATE_TEST_SUITE_P(engines, MissingLead, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
