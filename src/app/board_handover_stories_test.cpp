// Shift change at the board of missing children: every open episode is accepted by whoever takes over, those at high
// risk one by one; what changes meanwhile is accepted again; the duty moves only then.
#include "app/stories_test_world.h"
#include "capabilities/missing/handover.h"
#include "capabilities/missing/missing.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using accounts::Role;
using missing::BoardHandover;
using storage::Transaction;

class BoardHandoverStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000002", "Eastvale Constabulary");
        const auto unit = add_team(transaction, force, "Eastvale missing persons", "office");
        add_actor(world_, transaction, force, unit, Role::MPC, "coordinator by day");
        add_actor(world_, transaction, force, unit, Role::MPC, "coordinator at night");
        add_actor(world_, transaction, force, unit, Role::INSP, "duty inspector");
        add_actor(world_, transaction, force, unit, Role::CALL, "call handler");
        add_actor(world_, transaction, force, unit, Role::PSTD, "standards");
        const auto other = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000003", "Tarnside Police");
        add_actor(world_, transaction, other, add_team(transaction, other, "Tarnside missing persons", "office"),
                  Role::MPC, "coordinator of Tarnside");
        for (const auto* name : {"coordinator by day", "coordinator at night", "duty inspector", "call handler",
                                 "coordinator of Tarnside"})
            actor(name).purpose = "missing-response";
        actor("standards").purpose = "information-governance";
        world_.now = *parse_utc("2026-05-12T17:40:00Z");
    }

    Result<casework::Acted> act(const std::string& who, std::string_view type, std::string action, CaseId id,
                                Json asked = Json::object())
    {
        world_.now += seconds{20};
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    static std::string why(const Result<casework::Acted>& acted)
    {
        return acted ? std::string("it was done") : sentences(acted.error());
    }
    CaseId must(const Result<casework::Acted>& acted)
    {
        if (!acted) throw Bug("a story's act is refused: " + sentences(acted.error()));
        return acted->id;
    }
    CaseId missing_child(const std::string& name, std::string_view level)
    {
        const auto id = must(act("coordinator by day", "missing", "report", {},
                                 Json::object()
                                     .set("name_given", name)
                                     .set("last_seen_at", "2026-05-12T16:30:00Z")
                                     .set("worried", "She has not been home since school")
                                     .set("authority", world_.agencies.at("Westmoor County").text())));
        grade(id, level);
        return id;
    }
    void grade(CaseId id, std::string_view level)
    {
        must(act(
            "coordinator by day", "missing", "grade", id,
            Json::object().set(
                "grades",
                Json::list().add(
                    Json::object().set("level", level).set("because", "Said by the home, and checked by telephone")))));
    }
    CaseId opened_by(const std::string& who)
    {
        return must(act(who, "board-handover", "open", {},
                        Json::object()
                            .set("duty_ends_at", "2026-05-12T18:00:00Z")
                            .set("words", "The van of the search team is back at eight")));
    }
    std::vector<missing::BoardLine> lines(const std::string& who)
    {
        std::vector<missing::BoardLine> found;
        database().read([&](Transaction& transaction) {
            found = missing::lines_of_the_board(transaction, desk(), actor(who), world_.now);
        });
        return found;
    }
    Json accepting(const std::string& who, std::initializer_list<CaseId> episodes)
    {
        auto items = Json::list();
        for (const auto id : episodes)
            for (const auto& line : lines(who))
                if (line.episode == id)
                    items.add(Json::object().set("episode", id.text()).set("version", line.version));
        return Json::object().set("accepted", std::move(items));
    }
    WorkerId on_duty(const std::string& force = "Eastvale Constabulary")
    {
        missing::OnDuty duty;
        database().read([&](Transaction& transaction) {
            duty = missing::on_duty_at_the_board(transaction, world_.agencies.at(force));
        });
        return duty.worker;
    }
    WorkerId worker(const std::string& who) { return actor(who).worker; }
    std::optional<casework::ClockRow> clock_of(CaseId id)
    {
        std::optional<casework::ClockRow> found;
        database().read([&](Transaction& transaction) {
            found.reset();
            for (const auto& row : casework::load_clocks(transaction, id)) found = row;
        });
        return found;
    }
    /// The first shift: nobody had the duty, and the coordinator by day takes it.
    void day_takes_the_duty()
    {
        const auto id = opened_by("duty inspector");
        for (const auto& line : lines("coordinator by day"))
            must(act("coordinator by day", "board-handover", "accept", id,
                     accepting("coordinator by day", {line.episode})));
        must(act("coordinator by day", "board-handover", "take_over", id));
    }
};

TEST_P(BoardHandoverStories, the_duty_moves_when_every_episode_is_accepted_and_not_before)
{
    const auto sky = missing_child("Sky Sample", "high");
    const auto lee = missing_child("Lee Sample", "high");
    const auto ada = missing_child("Ada Sample", "medium");
    const auto zed = missing_child("Zed Sample", "low");
    EXPECT_TRUE(on_duty().is_none());
    day_takes_the_duty();
    EXPECT_EQ(on_duty(), worker("coordinator by day"));
    const auto id = opened_by("coordinator by day");
    EXPECT_TRUE(has(told("coordinator at night"), "missing.board_handover"));
    const auto night = [&](std::string action, Json asked = Json::object()) {
        return act("coordinator at night", "board-handover", std::move(action), id, std::move(asked));
    };
    EXPECT_EQ(why(night("take_over")), "Accept each episode first: 4 are left");
    const auto all = why(night("accept", accepting("coordinator at night", {sky, lee, ada, zed})));
    EXPECT_NE(all.find("Accept each child at high risk by itself"), std::string::npos) << all;
    EXPECT_TRUE(night("accept", accepting("coordinator at night", {sky})));
    EXPECT_TRUE(night("accept", accepting("coordinator at night", {lee})));
    EXPECT_TRUE(night("accept", accepting("coordinator at night", {ada, zed}))) << "the others may be taken together";
    EXPECT_EQ(on_duty(), worker("coordinator by day")) << "everything is accepted, and nobody has taken over";
    // Something is new of one child: that one is read once more, and only that one.
    must(act("coordinator by day", "missing", "add", ada,
             Json::object().set(
                 "news", Json::list().add(
                             Json::object().set("kind", "sighting").set("words", "She was seen at the station")))));
    EXPECT_EQ(why(night("take_over")), "Accept each episode first: 1 is left");
    EXPECT_TRUE(night("accept", accepting("coordinator at night", {ada})));
    // A child who is reported meanwhile is on the board too.
    const auto new_child = missing_child("Jay Sample", "medium");
    EXPECT_EQ(why(night("take_over")), "Accept each episode first: 1 is left");
    EXPECT_TRUE(night("accept", accepting("coordinator at night", {new_child})));
    ASSERT_TRUE(night("take_over"));
    EXPECT_EQ(on_duty(), worker("coordinator at night"));
    EXPECT_TRUE(has(told("coordinator by day"), "missing.board_taken_over"));
}

TEST_P(BoardHandoverStories, an_episode_that_changed_under_the_finger_is_not_accepted)
{
    const auto sky = missing_child("Sky Sample", "medium");
    day_takes_the_duty();
    const auto id = opened_by("coordinator by day");
    const auto shown = accepting("coordinator at night", {sky});
    grade(sky, "high");
    EXPECT_EQ(why(act("coordinator at night", "board-handover", "accept", id, shown)),
              "This episode changed after you opened the page. Read it once more");
    EXPECT_TRUE(act("coordinator at night", "board-handover", "accept", id, accepting("coordinator at night", {sky})));
    EXPECT_NE(why(act("coordinator at night", "board-handover", "accept", id, accepting("coordinator at night", {sky})))
                  .find("already"),
              std::string::npos);
}

TEST_P(BoardHandoverStories, nobody_accepts_what_they_hand_over_and_no_other_force_takes_part)
{
    const auto sky = missing_child("Sky Sample", "high");
    day_takes_the_duty();
    const auto id = opened_by("coordinator by day");
    EXPECT_NE(why(act("coordinator by day", "board-handover", "accept", id, accepting("coordinator by day", {sky})))
                  .find("Whoever takes over accepts"),
              std::string::npos);
    EXPECT_NE(why(act("coordinator by day", "board-handover", "take_over", id)).find("You have the duty"),
              std::string::npos);
    EXPECT_NE(why(act("duty inspector", "board-handover", "open", {})).find("already"), std::string::npos);
    EXPECT_NE(why(act("coordinator of Tarnside", "board-handover", "take_over", id)), "it was done");
    EXPECT_FALSE(
        derived::is_open_to(desk(), actor("coordinator of Tarnside"), missing::board_handover_type(), id, world_.now));
    EXPECT_TRUE(lines("coordinator of Tarnside").empty());
    EXPECT_NE(why(act("coordinator at night", "board-handover", "withdraw", id)), "it was done");
    ASSERT_TRUE(act("coordinator by day", "board-handover", "withdraw", id));
    EXPECT_EQ(on_duty(), worker("coordinator by day")) << "who had the duty keeps it";
    EXPECT_NE(
        why(act("coordinator at night", "board-handover", "accept", id, accepting("coordinator at night", {sky}))),
        "it was done");
}

/// As C04: fifteen minutes after the end of duty an inspector hears that nobody has taken over.
TEST_P(BoardHandoverStories, a_board_that_nobody_takes_over_is_told_to_an_inspector)
{
    (void)missing_child("Sky Sample", "high");
    day_takes_the_duty();
    const auto id = opened_by("coordinator by day");
    ASSERT_TRUE(clock_of(id));
    EXPECT_EQ(clock_of(id)->due_at, parse_utc("2026-05-12T18:15:00Z").value());
    world_.now = *parse_utc("2026-05-12T18:16:00Z");
    casework::tick(desk(), world_.now);
    EXPECT_TRUE(has(told("duty inspector"), "clock.C04B.breach"));
    EXPECT_EQ(on_duty(), worker("coordinator by day")) << "late, and still theirs";
}

/// A child whose record is closed to whoever takes over is not on their board, and holds up nothing.
TEST_P(BoardHandoverStories, what_is_closed_to_whoever_takes_over_is_not_on_their_board)
{
    const auto sky = missing_child("Sky Sample", "high");
    const auto lee = missing_child("Lee Sample", "high");
    day_takes_the_duty();
    database().write([&](Transaction& transaction) {
        ties::add_tie(transaction, {.kind = ties::Kind::family,
                                    .child = casework::load_head(transaction, sky).heading.child,
                                    .worker = worker("coordinator at night"),
                                    .proved_by = CaseId::random(),
                                    .since = world_.now});
    });
    ASSERT_EQ(lines("coordinator at night").size(), 1U);
    EXPECT_EQ(lines("coordinator at night").front().episode, lee);
    const auto id = opened_by("coordinator by day");
    EXPECT_EQ(why(act("coordinator at night", "board-handover", "accept", id,
                      Json::object().set(
                          "accepted", Json::list().add(Json::object().set("episode", sky.text()).set("version", 2))))),
              "There is no such episode on the board");
    ASSERT_TRUE(act("coordinator at night", "board-handover", "accept", id, accepting("coordinator at night", {lee})));
    EXPECT_TRUE(act("coordinator at night", "board-handover", "take_over", id));
}

/// R-P-07 and R-D-08: a sealed record is not accepted unread, by whoever takes the board over.
TEST_P(BoardHandoverStories, a_call_handler_says_why_and_takes_over_the_board_with_a_sealed_child_on_it)
{
    const auto sky = missing_child("Sky Sample", "high");
    day_takes_the_duty();
    ChildId child;
    database().read([&](Transaction& transaction) { child = casework::load_head(transaction, sky).heading.child; });
    must(act("standards", "restriction", "restrict", {},
             Json::object()
                 .set("child", child.text())
                 .set("kind", "PROTECTED_PERSON")
                 .set("why", "Told to us by the authority")));
    const auto id = opened_by("coordinator by day");
    const auto takes = [&](std::string_view type, std::string action, CaseId of, Json asked = Json::object()) {
        return act("call handler", type, std::move(action), of, std::move(asked));
    };
    EXPECT_FALSE(takes("board-handover", "accept", id, accepting("call handler", {sky}))) << "unread";
    EXPECT_FALSE(takes("board-handover", "take_over", id));
    must(takes("opening", "say_why", {},
               Json::object().set("about", sky.text()).set("reason", "I take the board over, and she is on it")));
    must(takes("board-handover", "accept", id, accepting("call handler", {sky})));
    must(takes("board-handover", "take_over", id));
    EXPECT_EQ(on_duty(), worker("call handler"));
}

INSTANTIATE_TEST_SUITE_P(engines, BoardHandoverStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
