// The evidence nobody asked for (scenario 10): a school writes down dates, a plate and exact words; the police say that
// they have it, assess it, and tell the school that it helped. 4.H, the log of partners' observations.
#include "app/stories_test_world.h"
#include "capabilities/observations/observation.h"
#include "capabilities/observations/observations.h"
#include "ties/ties.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class ObservationStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000002", "Eastvale Constabulary");
        add_actor(world_, transaction, force, add_team(transaction, force, "Eastvale missing persons", "office"),
                  Role::MPC, "coordinator");
        add_actor(world_, transaction, force, add_team(transaction, force, "Eastvale inspectors", "office"), Role::INSP,
                  "inspector of Eastvale");
        const auto other = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000003", "Tarnside Police");
        add_actor(world_, transaction, other, add_team(transaction, other, "Tarnside missing persons", "office"),
                  Role::MPC, "coordinator elsewhere");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        const auto school = add_team(transaction, authority, "Hill Road School", "office");
        add_actor(world_, transaction, authority, school, Role::EDUC, "school");
        add_actor(world_, transaction, authority, add_team(transaction, authority, "Mere Lane School", "office"),
                  Role::EDUC, "another school");
        actor("coordinator").purpose = actor("coordinator elsewhere").purpose = "missing-response";
        actor("school").purpose = actor("another school").purpose = "safeguarding-response";
        world_.now = *parse_utc("2026-03-12T15:10:00Z"); // a Thursday
    }

    Result<casework::Acted> act(const std::string& who, std::string action, CaseId id, Json asked = Json::object())
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = "observation", .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    static std::string why(const Result<casework::Acted>& acted)
    {
        return acted ? std::string("it was done") : sentences(acted.error());
    }
    Json at_the_gate()
    {
        return Json::object()
            .set("name_given", "Sam Sample")
            .set("born_given", "2010-02-20")
            .set("observed_at", "2026-03-12T15:00:00Z")
            .set("precision", "about")
            .set("kind", "people")
            .set("place", "The gate in Hill Road")
            .set("seen", "A man of about 25 waited in a grey van and gave him a new telephone")
            .set("quoted", "he says I'm his")
            .set("how_known", "heard")
            .set("vehicle", "AB12 TST")
            .set("witness", "ask")
            .set("force", world_.agencies["Eastvale Constabulary"].text());
    }
    CaseId written_down()
    {
        const auto done = act("school", "submit", {}, at_the_gate());
        if (!done) throw Bug("a story's observation is refused: " + sentences(done.error()));
        return done->id;
    }
    static Json addition(std::string is_what, std::string words)
    {
        return Json::object().set(
            "additions",
            Json::list().add(Json::object().set("is_what", std::move(is_what)).set("words", std::move(words))));
    }
    Result<casework::Seen> seen_by(const std::string& who, CaseId id)
    {
        return casework::look(desk(), actor(who), RequestId::random(),
                              {.type = "observation", .id = id, .page = "observation"}, world_.now);
    }
    /// What stands on record, whoever may see it.
    observations::Observation facts_of(CaseId id)
    {
        observations::Observation facts;
        database().read([&](Transaction& transaction) {
            facts = *static_cast<const observations::Observation*>(
                casework::load_case(transaction, observations::observation_type(), id)->facts.get());
        });
        return facts;
    }
    std::string state_of(CaseId id)
    {
        std::string state;
        database().read([&](Transaction& transaction) { state = casework::load_head(transaction, id).state; });
        return state;
    }
    std::optional<UtcTime> due(CaseId id)
    {
        std::optional<UtcTime> when;
        database().read([&](Transaction& transaction) {
            when.reset();
            for (const auto& row : casework::load_clocks(transaction, id))
                if (row.code == "C49" && !row.stopped_at) when = row.due_at;
        });
        return when;
    }
    void assess(CaseId id, std::string as)
    {
        ASSERT_TRUE(act("coordinator", "acknowledge", id));
        const auto done =
            act("coordinator", "assess", id,
                Json::object().set("assessed_as", std::move(as)).set("assessed_because", "The plate is on record"));
        ASSERT_TRUE(done) << sentences(done.error());
    }
};

TEST_P(ObservationStories, what_a_school_heard_is_acknowledged_assessed_and_the_school_learns_that_it_helped)
{
    const auto id = written_down();
    EXPECT_TRUE(has(told("coordinator"), "observation.submitted"));
    EXPECT_TRUE(has(told("inspector of Eastvale"), "observation.submitted"));
    EXPECT_FALSE(has(told("coordinator elsewhere"), "observation.submitted"));
    ASSERT_TRUE(due(id));
    EXPECT_GT(*due(id), *parse_utc("2026-03-13T12:00:00Z")) << "one working day";
    EXPECT_LT(*due(id), *parse_utc("2026-03-14T12:00:00Z"));
    world_.now += hours{1};
    assess(id, "evidence");
    EXPECT_EQ(due(id), std::nullopt);
    EXPECT_TRUE(has(told("school"), "observation.acknowledged"));
    EXPECT_FALSE(has(told("another school"), "observation.acknowledged"));
    const auto told_it =
        act("coordinator", "feed_back", id, Json::object().set("helped", "yes").set("feedback", "The plate helped"));
    ASSERT_TRUE(told_it) << sentences(told_it.error());
    EXPECT_EQ(state_of(id), "used");
    EXPECT_TRUE(has(told("school"), "observation.told"));
    const auto seen = seen_by("school", id);
    ASSERT_TRUE(seen) << "what is closed stays the observer's own";
    const auto& facts = seen->as<observations::Observation>();
    EXPECT_EQ(facts.feedback.words, "The plate helped");
    EXPECT_EQ(facts.quoted.words, "he says I'm his");
    EXPECT_TRUE(facts.assessed_because.words.empty()) << "how it was assessed is intelligence";
}

TEST_P(ObservationStories, the_police_see_it_whole_and_nobody_else_sees_that_it_is_there)
{
    const auto id = written_down();
    const auto seen = seen_by("coordinator", id);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->as<observations::Observation>().vehicle, "AB12 TST");
    EXPECT_TRUE(seen_by("inspector of Eastvale", id));
    for (const auto* who : {"another school", "coordinator elsewhere", "duty worker", "sergeant"}) {
        if (!world_.actors.contains(who)) continue;
        EXPECT_FALSE(seen_by(who, id)) << who;
    }
    EXPECT_FALSE(act("another school", "add", id, addition("new", "It was blue")));
    EXPECT_FALSE(act("coordinator elsewhere", "acknowledge", id));
    EXPECT_FALSE(act("school", "acknowledge", id)) << "nobody acknowledges their own";
    EXPECT_FALSE(act("school", "assess", id));
}

/// "Append-only; corrections as additions."
TEST_P(ObservationStories, what_was_wrong_is_put_right_beside_it_and_comes_to_the_police_once_more)
{
    const auto id = written_down();
    assess(id, "none");
    world_.now += hours{2};
    EXPECT_EQ(why(act("school", "add", id)), why(act("school", "add", id, Json::object())));
    const auto added = act("school", "add", id, addition("correction", "The van was white, not grey"));
    ASSERT_TRUE(added) << sentences(added.error());
    EXPECT_EQ(facts_of(id).seen.words, "A man of about 25 waited in a grey van and gave him a new telephone");
    ASSERT_EQ(facts_of(id).additions.size(), 1U);
    EXPECT_EQ(facts_of(id).additions[0].by, actor("school").worker);
    EXPECT_EQ(facts_of(id).additions[0].at, world_.now);
    EXPECT_EQ(state_of(id), "submitted") << "it is assessed once more";
    EXPECT_TRUE(due(id));
    EXPECT_TRUE(has(told("coordinator"), "observation.added"));
    EXPECT_EQ(why(act("school", "add", id, addition("correction", "The van was white, not grey"))),
              "This is written down already");
    EXPECT_FALSE(act("school", "correct", id, Json::object().set("field", "seen").set("value", "Nothing")));
}

TEST_P(ObservationStories, what_nobody_acknowledges_rings_on_the_next_working_day)
{
    const auto id = written_down();
    for (const auto end = *parse_utc("2026-03-16T12:00:00Z"); world_.now < end; world_.now += hours{6})
        casework::tick(desk(), world_.now);
    EXPECT_TRUE(has(told("inspector of Eastvale"), "clock.C49.breach") || has(told("coordinator"), "clock.C49.breach"));
    EXPECT_TRUE(due(id)) << "late, it still waits";
}

TEST_P(ObservationStories, what_cannot_be_true_or_names_no_child_is_refused)
{
    auto tomorrow = at_the_gate();
    tomorrow.set("observed_at", "2026-03-13T15:00:00Z");
    EXPECT_EQ(why(act("school", "submit", {}, tomorrow)), "What you saw or heard must lie in the past");
    auto nobody = at_the_gate();
    nobody.set("name_given", "");
    EXPECT_NE(why(act("school", "submit", {}, nobody)), "it was done");
    auto to_an_authority = at_the_gate();
    to_an_authority.set("force", world_.agencies["Westmoor County"].text());
    EXPECT_EQ(why(act("school", "submit", {}, to_an_authority)),
              "Choose the police force of the area in which the child lives");
    auto not_on_the_list = at_the_gate();
    not_on_the_list.set("child", world_.mia.text());
    EXPECT_EQ(why(act("school", "submit", {}, not_on_the_list)),
              "There is no such child on your list. Write the child's name")
        << "an observation is no way to ask whether a child is known";
}

TEST_P(ObservationStories, a_child_on_the_observers_own_list_is_chosen_and_no_other_record_is_found_that_way)
{
    const auto child = facts_of(written_down()).child;
    auto of_the_record = at_the_gate();
    of_the_record.set("child", child.text());
    EXPECT_NE(why(act("school", "submit", {}, of_the_record)).find("There is no such child on your list"),
              std::string::npos)
        << "that the school wrote of the child before puts the child on nobody's list";
    database().write([&](Transaction& transaction) {
        ties::add_tie(transaction, {.kind = ties::Kind::allocated,
                                    .child = child,
                                    .worker = actor("school").worker,
                                    .proved_by = CaseId::random(),
                                    .about = {},
                                    .keeper = actor("school").agency,
                                    .keeper_team = {},
                                    .purpose = {},
                                    .since = world_.now});
    });
    const auto chosen = act("school", "submit", {}, of_the_record);
    ASSERT_TRUE(chosen) << sentences(chosen.error());
    EXPECT_EQ(facts_of(chosen->id).child, child) << "no second record is made";
    EXPECT_FALSE(act("another school", "submit", {}, of_the_record)) << "a list is one's own";
}

INSTANTIATE_TEST_SUITE_P(engines, ObservationStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
