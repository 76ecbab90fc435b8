// Placements out of the area (R-B-06, C15; scenario 5): the authority and the police of the area are told, and each
// acknowledges for itself; until the police do, the home authority sees it.
#include "app/stories_test_world.h"
#include "capabilities/placements/placement.h"
#include "capabilities/placements/placements.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using accounts::Role;
using placements::Placement;
using storage::Transaction;

class PlacementStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000002", "Eastvale Constabulary");
        const auto unit = add_team(transaction, force, "Eastvale missing persons", "office");
        add_actor(world_, transaction, force, unit, Role::MPC, "coordinator");
        const auto saltby = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::local_authority,
                                                         "X06000002", "Saltby Council");
        const auto desk = add_team(transaction, saltby, "Saltby emergency duty team", "duty-desk");
        add_actor(world_, transaction, saltby, desk, Role::EDT, "duty worker of Saltby");
        add_actor(world_, transaction, saltby, desk, Role::LADM, "manager of Saltby");
        // Saltby lies in the area of Eastvale.
        add_team(transaction, force, "Saltby custody suite", "custody-suite", "X06000002");
        const auto harbourne = *accounts::find_agency_by_code(transaction, "X06000001");
        const auto office = add_team(transaction, harbourne, "Harbourne children in care", "office");
        add_actor(world_, transaction, harbourne, office, Role::SW, "social worker");
        add_actor(world_, transaction, harbourne, office, Role::LADM, "manager of Harbourne");
        const auto third = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000009", "Far Police");
        add_actor(world_, transaction, third, add_team(transaction, third, "Far missing persons", "office"), Role::MPC,
                  "coordinator far away");
        actor("coordinator").purpose = actor("coordinator far away").purpose = "missing-response";
        for (const auto* name : {"duty worker of Saltby", "manager of Saltby", "social worker", "manager of Harbourne"})
            actor(name).purpose = "safeguarding-response";
        world_.now = *parse_utc("2026-05-11T13:00:00Z");
        lee_ = ChildId::random();
        records::Child lee{.id = lee_,
                           .names = {records::read_name("Lee Sample")},
                           .born = *parse_partial_date("2010-02-03"),
                           .responsible_authority = harbourne.id,
                           .source = {.agency = harbourne.id, .recorded_at = world_.now, .known_by = "the authority"}};
        records::store_child(transaction, lee, 0, actor("social worker").worker, "known to Harbourne", world_.now);
    }

    Result<casework::Acted> act(const std::string& who, std::string action, CaseId id, Json asked)
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = "placement", .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    static std::string why(const Result<casework::Acted>& acted)
    {
        return acted ? std::string("it was done") : sentences(acted.error());
    }
    Json notice(std::string_view kind = "emergency", std::string_view starts_at = "2026-05-11T12:00:00Z")
    {
        return Json::object()
            .set("child", lee_.text())
            .set("kind", kind)
            .set("starts_at", starts_at)
            .set("where", "Saltby Harbour House, Quay Street, Saltby")
            .set("home", "childrens_home")
            .set("host_authority", world_.agencies.at("Saltby Council").text())
            .set("worker", "Ash Moor, children in care, 01632 960100")
            .set("out_of_hours", "Harbourne emergency duty team, 01632 960101")
            .set("history", "Missing four times since January, twice found at Tarn Junction in a car")
            .set("avoid", "Adult C, who drives a blue van; the station at Tarn Junction");
    }
    CaseId told_of_lee()
    {
        const auto done = act("social worker", "notify", {}, notice());
        if (!done) throw Bug("a story's notice is refused: " + sentences(done.error()));
        return done->id;
    }
    CaseId to_the_police(CaseId first)
    {
        CaseId id;
        database().read(
            [&](Transaction& transaction) { id = placements::notice_to_the_force(transaction, first, lee_); });
        return id;
    }
    Placement facts_of(CaseId id)
    {
        Placement facts;
        database().read([&](Transaction& transaction) {
            facts = *static_cast<const Placement*>(
                casework::load_case(transaction, placements::placement_type(), id)->facts.get());
        });
        return facts;
    }
    std::string state_of(CaseId id)
    {
        std::string state;
        database().read([&](Transaction& transaction) { state = casework::load_head(transaction, id).state; });
        return state;
    }
    std::optional<casework::ClockRow> clock_of(CaseId id, std::string_view code)
    {
        std::optional<casework::ClockRow> found;
        database().read([&](Transaction& transaction) {
            found.reset();
            for (const auto& row : casework::load_clocks(transaction, id))
                if (row.code == code) found = row;
        });
        return found;
    }
    bool sees(const std::string& who, CaseId id)
    {
        return derived::is_open_to(desk(), actor(who), placements::placement_type(), id, world_.now);
    }
    void pass_until(std::string_view then)
    {
        world_.now = *parse_utc(then);
        casework::tick(desk(), world_.now);
    }
    static Json says(std::string_view words)
    {
        return Json::object().set("acknowledged", Json::list().add(Json::object().set("action", words)));
    }
    std::size_t open_for(const std::string& who, casework::Whose whose)
    {
        const auto listed =
            casework::list(desk(), actor(who), RequestId::random(), {.type = "placement", .whose = whose}, world_.now);
        return listed ? listed->open_count : 0;
    }

    ChildId lee_;
};

/// Scenario 5: "Emergency placement: notice due 5 working days → Mon 18 May; Eastvale acknowledges 12 May; Saltby LA
/// late 20 May (breach shown to Harbourne manager)."
TEST_P(PlacementStories,
       an_emergency_placement_is_acknowledged_within_five_working_days_or_the_home_manager_hears_of_it)
{
    const auto id = told_of_lee();
    const auto police = to_the_police(id);
    ASSERT_FALSE(police.is_none()) << "the force of the area is told without being named";
    EXPECT_EQ(facts_of(police).told, world_.agencies.at("Eastvale Constabulary"));
    EXPECT_EQ(facts_of(police).avoid.words, facts_of(id).avoid.words);
    EXPECT_TRUE(has(told("duty worker of Saltby"), "placement.told"));
    EXPECT_TRUE(has(told("coordinator"), "placement.told"));
    for (const auto notice : {id, police}) {
        ASSERT_TRUE(clock_of(notice, "C15E"));
        EXPECT_EQ(clocks::london_day(clock_of(notice, "C15E")->due_at), parse_date("2026-05-18").value());
        EXPECT_FALSE(clock_of(notice, "C15"));
    }
    world_.now = *parse_utc("2026-05-12T09:00:00Z");
    ASSERT_TRUE(act("coordinator", "acknowledge", police, says("Officers of Saltby know the home")));
    EXPECT_EQ(state_of(police), "acknowledged");
    EXPECT_EQ(state_of(id), "told") << "nobody acknowledges for another organisation";
    EXPECT_TRUE(has(told("social worker"), "placement.acknowledged"));
    pass_until("2026-05-19T08:00:00Z");
    EXPECT_TRUE(has(told("manager of Harbourne"), "clock.C15E.breach"));
    EXPECT_TRUE(has(told("manager of Saltby"), "clock.C15E.breach"));
    EXPECT_FALSE(clock_of(police, "C15E")->breached_at);
    world_.now = *parse_utc("2026-05-20T09:00:00Z");
    ASSERT_TRUE(act("duty worker of Saltby", "acknowledge", id, says("A worker of Saltby rings the home")));
    EXPECT_TRUE(clock_of(id, "C15E")->breached_at) << "late stays late";
}

TEST_P(PlacementStories, a_planned_placement_is_acknowledged_before_the_child_moves)
{
    const auto done = act("social worker", "notify", {}, notice("planned", "2026-05-15T09:00:00Z"));
    ASSERT_TRUE(done) << why(done);
    EXPECT_EQ(clock_of(done->id, "C15")->due_at, parse_utc("2026-05-15T09:00:00Z").value());
    pass_until("2026-05-15T08:59:00Z");
    EXPECT_FALSE(has(told("manager of Harbourne"), "clock.C15.breach"));
    pass_until("2026-05-15T09:01:00Z");
    EXPECT_TRUE(has(told("manager of Harbourne"), "clock.C15.breach"));
}

TEST_P(PlacementStories, each_receiver_sees_its_own_notice_and_nobody_else_sees_any)
{
    const auto id = told_of_lee();
    const auto police = to_the_police(id);
    for (const auto* who : {"social worker", "manager of Harbourne", "duty worker of Harbourne"}) {
        EXPECT_TRUE(sees(who, id)) << who;
    }
    EXPECT_TRUE(sees("social worker", police)) << "so the home authority sees that the police have not confirmed it";
    EXPECT_TRUE(sees("duty worker of Saltby", id));
    EXPECT_TRUE(sees("manager of Saltby", id));
    EXPECT_TRUE(sees("coordinator", police));
    EXPECT_FALSE(sees("coordinator", id));
    EXPECT_FALSE(sees("duty worker of Saltby", police));
    for (const auto* who : {"coordinator far away", "duty worker", "custody sergeant"})
        for (const auto notice : {id, police}) EXPECT_FALSE(sees(who, notice)) << who;
    EXPECT_EQ(open_for("coordinator", casework::Whose::asked_agency), 1U);
    EXPECT_EQ(open_for("duty worker of Saltby", casework::Whose::desk), 1U);
    EXPECT_EQ(open_for("coordinator far away", casework::Whose::asked_agency), 0U);
    EXPECT_NE(why(act("coordinator", "acknowledge", id, says("We know"))), "it was done");
    EXPECT_NE(why(act("manager of Harbourne", "acknowledge", id, says("We know"))), "it was done")
        << "the home authority does not acknowledge what it told";
    EXPECT_NE(why(act("manager of Saltby", "change", id, Json::object().set("because_changed", "He moved"))),
              "it was done");
}

TEST_P(PlacementStories, what_is_new_and_the_end_reach_both)
{
    const auto id = told_of_lee();
    const auto police = to_the_police(id);
    world_.now += hours{24};
    ASSERT_TRUE(act("social worker", "change", id,
                    Json::object().set("because_changed", "Another van was seen").set("avoid", "Two vans now")));
    EXPECT_EQ(facts_of(police).avoid.words, "Two vans now");
    EXPECT_EQ(facts_of(police).history.words, facts_of(id).history.words);
    EXPECT_TRUE(has(told("coordinator"), "placement.changed"));
    EXPECT_NE(why(act("social worker", "change", police, Json::object().set("because_changed", "Only the police"))),
              "it was done")
        << "the two would say different things";
    ASSERT_TRUE(act("social worker", "end", id, Json::object().set("end_words", "He lives in Harbourne again")));
    EXPECT_EQ(state_of(police), "ended");
    EXPECT_TRUE(clock_of(police, "C15E")->stopped_at);
    world_.now += hours{1};
    EXPECT_FALSE(sees("coordinator", police)) << "what connected the force with the child has ended";
    EXPECT_TRUE(act("social worker", "notify", {}, notice())) << "and the next placement is told of";
}

TEST_P(PlacementStories, a_notice_that_cannot_be_is_refused_and_leaves_nothing)
{
    const auto refused = [&](const std::string& who, Json asked) {
        return why(act(who, "notify", {}, std::move(asked)));
    };
    EXPECT_NE(refused("social worker", notice().set("starts_at", "2028-05-11T12:00:00Z")).find("more than a year"),
              std::string::npos);
    EXPECT_NE(refused("social worker", notice().set("host_authority", world_.agencies.at("Harbourne Borough").text()))
                  .find("in your own area"),
              std::string::npos);
    EXPECT_NE(refused("duty worker", notice()).find("Another authority answers"), std::string::npos);
    EXPECT_EQ(refused("social worker", notice().set("child", ChildId::random().text())),
              "There is no such child's record, or it is not open to you");
    EXPECT_NE(refused("coordinator", notice()), "it was done") << "the police tell of no placement";
    (void)told_of_lee();
    EXPECT_NE(refused("social worker", notice()).find("is open already"), std::string::npos);
    std::int64_t count = 0;
    database().read([&](Transaction& transaction) {
        count = transaction.query("select count(*) from cases where type = 'placement'").front().integer(0);
    });
    EXPECT_EQ(count, 2);
}

INSTANTIATE_TEST_SUITE_P(engines, PlacementStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
