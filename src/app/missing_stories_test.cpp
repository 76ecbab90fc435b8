// Children who are missing (scenarios 1, 4 and 5): one episode, seen by every force that looks, owned by exactly one at
// every moment; a level that a person sets and gives reasons for; what nobody reported is counted too. R-B-04 to
// R-B-13.
#include "app/missing_test_world.h"

namespace reachable::app {
namespace {

using testing::Words;
class MissingStories : public testing::MissingStories {};
using Codes = testing::Codes;
using accounts::Role;
using storage::Transaction;

TEST_P(MissingStories, a_report_can_be_sent_after_the_third_question_and_the_clock_runs_for_the_level)
{
    const auto id = report("officer", Json::object()
                                          .set("name_given", "Lee Sample")
                                          .set("last_seen_at", "2026-05-12T16:30:00Z")
                                          .set("worried", "He had a new phone"));
    EXPECT_EQ(state_of(id), "reported");
    EXPECT_EQ(facts_of(id).force, agency("Eastvale Constabulary")) << "who takes the report leads";
    EXPECT_EQ(due(id, "C09"), parse_utc("2026-05-12T19:15:00Z").value());
    EXPECT_TRUE(has(told("coordinator"), "missing.reported"));
    pass_until("2026-05-12T19:16:00Z");
    EXPECT_TRUE(has(told("inspector of Eastvale"), "clock.C09.breach")) << "nobody said how high the risk is";
    ASSERT_TRUE(act("officer", "grade", id, graded("medium", {"in_care"})));
    EXPECT_FALSE(due(id, "C09"));
    EXPECT_EQ(due(id, "C10M1"), parse_utc("2026-05-12T23:16:00Z").value());
    world_.now += hours{1};
    ASSERT_TRUE(act("coordinator", "review", id, Json::object().set("review", "Ring his friends again")));
    EXPECT_FALSE(due(id, "C10M1"));
    EXPECT_EQ(due(id, "C10M"), parse_utc("2026-05-13T08:16:00Z").value());
    nobody_is_let_in_unproved();
}

TEST_P(MissingStories, a_report_that_cannot_be_is_refused_and_leaves_nothing)
{
    const auto refused = [&](Json asked) { return why(act("officer", "report", {}, std::move(asked))); };
    EXPECT_EQ(refused(lee().set("last_seen_at", "2026-05-12T23:00:00Z")), "This time must lie in the past");
    EXPECT_EQ(refused(lee().set("born_given", "2001-02-03")),
              "By this date of birth the person is 18 or over. Check the date");
    EXPECT_EQ(refused(lee().set("child", ChildId::random().text())),
              "There is no such child's record, or it is not open to you");
    EXPECT_NE(why(act("carer", "report", {}, lee())).find("Choose the police force"), std::string::npos)
        << "a home has to say whose area it is";
    const auto id = report("officer", lee());
    EXPECT_NE(refused(lee().set("child", facts_of(id).child.text()))
                  .find("This child is looked for already, by Eastvale Constabulary"),
              std::string::npos);
    std::int64_t count = 0;
    database().read([&](Transaction& transaction) {
        count = transaction.query("select count(*) from cases where type = 'missing'").front().integer(0);
    });
    EXPECT_EQ(count, 1) << "a child is missing once";
}

/// Scenario 5: "the officer sets MEDIUM with reasons; Harbourne SW objects citing last episode HIGH same prompts →
/// reason for difference forced".
TEST_P(MissingStories, a_lower_level_than_the_last_time_takes_a_reason_and_whoever_knows_the_child_may_object)
{
    const auto first = report("officer", lee());
    const auto child = facts_of(first).child;
    ASSERT_TRUE(act("officer", "grade", first, graded("high", {"in_care", "exploitation"})));
    EXPECT_TRUE(has(told("inspector of Eastvale"), "missing.high"));
    ASSERT_TRUE(act("officer", "return", first, back_at("2026-05-12T19:00:00Z")));
    pass_until("2026-05-20T19:05:00Z");
    const auto again = report("officer", lee().set("child", child.text()).set("last_seen_at", "2026-05-20T18:00:00Z"));
    const auto refused = act("officer", "grade", again, graded("medium", {"in_care", "exploitation", "phone_off"}));
    EXPECT_EQ(why(refused),
              "The last time all of this was so too, and the level was higher. Say what is different now");
    ASSERT_TRUE(
        act("officer", "grade", again,
            graded("medium", {"in_care", "exploitation"}, "He rang the home an hour ago and says where he is")));
    ASSERT_TRUE(act(
        "duty worker", "add", again,
        Json::object().set("news", one(Json::object().set("kind", "objection").set("words", "He was told to ring")))));
    EXPECT_TRUE(has(told("inspector of Eastvale"), "missing.objected"));
    EXPECT_EQ(facts_of(again).news.back().by.find("emergency duty worker"), 0U) << facts_of(again).news.back().by;
    ASSERT_TRUE(act("inspector of Eastvale", "grade", again, graded("high", {"in_care", "exploitation"})));
    EXPECT_EQ(facts_of(again).grades.size(), 2U) << "what was graded first stays on record";
    EXPECT_TRUE(due(again, "C10H1"));
    EXPECT_FALSE(due(again, "C10M1"));
}

/// R-B-07: "Transfer needs acceptance; until accepted the sender still owns. No gap and no duplicate count."
TEST_P(MissingStories, the_lead_goes_to_another_force_when_it_accepts_and_not_before)
{
    const auto id = report("officer", lee());
    ASSERT_TRUE(act("officer", "grade", id, graded("high", {"in_care"})));
    EXPECT_FALSE(sees("coordinator of Tarnside", id)) << "a force that does not look for the child knows nothing of it";
    EXPECT_FALSE(sees("coordinator far away", id));
    world_.now = *parse_utc("2026-05-13T00:30:00Z");
    ASSERT_TRUE(act("officer", "locate", id,
                    Json::object()
                        .set("located_at", "2026-05-13T00:30:00Z")
                        .set("located_how", "other_area")
                        .set("located_where", "Tarn Junction")));
    const auto offer =
        Json::object().set("offered_to", agency("Tarnside Police").text()).set("offer_because", "Seen there");
    EXPECT_NE(why(act("officer", "offer_to_force", id,
                      Json::object()
                          .set("offered_to", agency("Eastvale Constabulary").text())
                          .set("offer_because", "We lead")))
                  .find("leads already"),
              std::string::npos);
    ASSERT_TRUE(act("officer", "offer_to_force", id, offer));
    EXPECT_TRUE(has(told("coordinator of Tarnside"), "missing.offered"));
    EXPECT_EQ(facts_of(id).force, agency("Eastvale Constabulary"));
    EXPECT_TRUE(sees("coordinator of Tarnside", id));
    const auto early =
        why(act("coordinator of Tarnside", "review", id, Json::object().set("review", "We would look at the station")));
    EXPECT_NE(early.find("Another force leads"), std::string::npos) << early;
    EXPECT_NE(why(act("coordinator", "take_over", id)).find("offered to another force"), std::string::npos);
    world_.now += minutes{20};
    ASSERT_TRUE(act("coordinator of Tarnside", "take_over", id));
    const auto facts = facts_of(id);
    EXPECT_EQ(facts.force, agency("Tarnside Police"));
    ASSERT_EQ(facts.handed.size(), 1U);
    EXPECT_EQ(facts.handed[0].from, agency("Eastvale Constabulary"));
    EXPECT_EQ(facts.handed[0].accepted_at, world_.now);
    EXPECT_TRUE(sees("coordinator", id)) << "both see the one episode";
    EXPECT_NE(
        why(act("coordinator", "review", id, Json::object().set("review", "We go on"))).find("Another force leads"),
        std::string::npos);
    nobody_is_let_in_unproved();
}

/// Scenario 1, step 3: "Harbourne EDT and Northmere MPC are told": the force in whose area the child lives.
TEST_P(MissingStories, the_force_where_the_child_lives_is_told_and_sees_the_episode_that_another_leads)
{
    const auto id = report("officer", lee().set("authority", agency("Harbourne Borough").text()));
    EXPECT_EQ(facts_of(id).force, agency("Eastvale Constabulary"));
    EXPECT_TRUE(has(told("coordinator of Northmere"), "missing.reported"));
    EXPECT_TRUE(sees("coordinator of Northmere", id));
    EXPECT_NE(why(act("coordinator of Northmere", "review", id, Json::object().set("review", "We know him")))
                  .find("Not possible now"),
              std::string::npos)
        << "it is reported and not graded yet";
    nobody_is_let_in_unproved();
}

/// Scenario 1, steps 2 and 3: nobody reported Jay missing. The encounter opens the absence and the interview, and both
/// the desk of the authority and the coordinator of the force where Jay lives are told.
TEST_P(MissingStories, a_child_met_far_from_home_whom_nobody_reported_has_an_absence_and_is_owed_an_interview)
{
    const auto met =
        casework::act(desk(), actor("officer"), RequestId::random(),
                      {.type = "encounter",
                       .action = "record",
                       .asked = Json::object()
                                    .set("name_given", "Jay Sample")
                                    .set("born_given", "2011-05-02")
                                    .set("met_at", "2026-05-12T18:55:00Z")
                                    .set("met_precision", "exact")
                                    .set("kind", "found")
                                    .set("place", "9 Quay Row, Saltby")
                                    .set("distance", "over_50")
                                    .set("lives_in", "Harbourne")
                                    .set("company", "alone")
                                    .set("signs", Json::list().add("phones"))
                                    .set("seen", one(Json::object().set("words", "Three phones on the table")))
                                    .set("where_now", "with_officers")
                                    .set("authority", agency("Harbourne Borough").text())},
                      world_.now);
    ASSERT_TRUE(met) << why(met);
    std::vector<std::string> opened;
    CaseId episode;
    CaseId interview;
    database().read([&](Transaction& transaction) {
        opened.clear();
        const auto child = casework::load_head(transaction, met->id).heading.child;
        for (const auto& row : transaction.query("select type, state, id from cases where child = $1 and type in "
                                                 "('missing', 'return-interview') order by type",
                                                 {storage::to_value(child)})) {
            opened.push_back(row.text(0) + " " + row.text(1));
            (row.text(0) == "missing" ? episode : interview) = storage::id_at<CaseId>(row, 2);
        }
    });
    EXPECT_EQ(opened, (Words{"missing returned", "return-interview due"}));
    EXPECT_EQ(facts_of(episode).was_reported, false);
    EXPECT_TRUE(has(told("coordinator of Northmere"), "missing.learnt_later"));
    EXPECT_TRUE(sees("coordinator of Northmere", episode));
    EXPECT_TRUE(due(episode, "C11")) << "somebody speaks with Jay within a day";

    // Step 7: the 72 hours count from when Jay reached the placement, once that is written down; never from before he
    // was safe, and never from a time to come.
    EXPECT_EQ(due(interview, "C13"), *parse_utc("2026-05-15T18:55:00Z"));
    const auto reached = [](const char* at) { return Json::object().set("reached_at", at); };
    EXPECT_NE(why(act("coordinator of Northmere", "reach", episode, reached("2026-05-12T18:00:00Z")))
                  .find("safe before they reached it"),
              std::string::npos);
    EXPECT_FALSE(act("coordinator of Northmere", "reach", episode, reached("2026-05-12T23:00:00Z")));
    EXPECT_EQ(due(interview, "C13"), *parse_utc("2026-05-15T18:55:00Z")) << "a refusal changes nothing";
    world_.now = *parse_utc("2026-05-13T11:30:00Z");
    const auto home = act("coordinator of Northmere", "reach", episode, reached("2026-05-13T11:00:00Z"));
    ASSERT_TRUE(home) << why(home);
    EXPECT_EQ(due(interview, "C13"), *parse_utc("2026-05-16T11:00:00Z"));
    EXPECT_EQ(facts_of(episode).returned_at, *parse_utc("2026-05-12T18:55:00Z")) << "when Jay was safe stays as it was";
    EXPECT_TRUE(has(told("duty worker of Harbourne"), "interview.return_corrected"));
    nobody_is_let_in_unproved();
}

/// The page of an episode says that the child is in a cell already, to whom the policy shows that, and the log names
/// it.
TEST_P(MissingStories, whoever_looks_for_a_child_who_is_in_custody_already_may_know_that)
{
    const auto booked = casework::act(desk(), actor("custody sergeant"), RequestId::random(),
                                      {.type = "custody",
                                       .action = "book_in",
                                       .asked = Json::object()
                                                    .set("name_given", "Lee Sample")
                                                    .set("custody_number", "M1")
                                                    .set("authorised_at", "2026-05-12T18:50:00Z")},
                                      world_.now);
    ASSERT_TRUE(booked) << why(booked);
    ChildId child;
    database().read(
        [&](Transaction& transaction) { child = casework::load_head(transaction, booked->id).heading.child; });
    const auto sees_custody = [&](const std::string& who) {
        return derived::look_at_case(desk(), actor(who), RequestId::random(),
                                     {.type = "custody", .id = booked->id, .page = "missing"}, world_.now)
            .has_value();
    };
    EXPECT_FALSE(sees_custody("coordinator")) << "before they look for the child it is none of theirs";
    const auto id = act("officer", "report", {}, lee().set("child", child.text()));
    ASSERT_TRUE(id) << why(id);
    EXPECT_TRUE(sees_custody("coordinator"));
    EXPECT_FALSE(sees_custody("coordinator far away"));
}

TEST_P(MissingStories, what_is_turned_down_leaves_the_lead_where_it_was)
{
    const auto id = report("officer", lee());
    ASSERT_TRUE(
        act("officer", "offer_to_force", id,
            Json::object().set("offered_to", agency("Tarnside Police").text()).set("offer_because", "Seen there")));
    ASSERT_TRUE(act("coordinator of Tarnside", "turn_down", id));
    EXPECT_EQ(facts_of(id).force, agency("Eastvale Constabulary"));
    EXPECT_TRUE(has(told("coordinator"), "missing.turned_down"));
    world_.now += hours{73};
    EXPECT_FALSE(sees("coordinator of Tarnside", id)) << "who turned it down looks for nobody by it";
    nobody_is_let_in_unproved();
    ASSERT_TRUE(act(
        "officer", "offer_to_force", id,
        Json::object().set("offered_to", agency("Tarnside Police").text()).set("offer_because", "Seen there again")));
}

/// R-B-12 and C11: where the child is is told to nobody before it is answered whether that is safe.
TEST_P(MissingStories, a_return_says_where_with_whom_and_whether_it_is_safe_to_tell_and_the_child_is_spoken_with)
{
    const auto id = report("officer", lee());
    ASSERT_TRUE(act("officer", "grade", id, graded("high", {"in_care"})));
    world_.now = *parse_utc("2026-05-13T02:45:00Z");
    EXPECT_FALSE(act("officer", "return", id, Json::object().set("returned_at", "2026-05-13T02:40:00Z")))
        << "place, company and harm are asked";
    EXPECT_NE(why(act("officer", "return", id, back_at("2026-05-12T10:00:00Z"))).find("after they were last seen"),
              std::string::npos);
    ASSERT_TRUE(act("officer", "return", id, back_at("2026-05-13T02:40:00Z")));
    EXPECT_EQ(due(id, "C11H"), parse_utc("2026-05-13T06:40:00Z").value())
        << "from the return, and not from when it was written down";
    EXPECT_TRUE(has(told("duty worker"), "missing.returned"));
    EXPECT_NE(why(act("officer", "speak", id)).find("why nobody did"), std::string::npos);
    EXPECT_FALSE(act("coordinator", "close", id, Json::object().set("close_words", "His worker has it")))
        << "nobody closes it before somebody has spoken with the child, or said why not";
    ASSERT_TRUE(act("officer", "speak", id,
                    Json::object()
                        .set("interviewed_at", "2026-05-13T02:44:00Z")
                        .set("seen_alone", "yes")
                        .set("interview_words", "I don't want to go back there")));
    ASSERT_TRUE(
        act("coordinator", "close", id, Json::object().set("close_words", "His worker looks for another home")));
    EXPECT_EQ(state_of(id), "closed");
    nobody_is_let_in_unproved();
}

/// R-B-05 and R-B-13 (scenario 4): what nobody reported counts, and why it was not reported is coded.
TEST_P(MissingStories, absences_that_nobody_reported_are_counted_with_what_kept_them_from_it)
{
    const auto first = report("officer", lee());
    const auto child = facts_of(first).child;
    ASSERT_TRUE(act("officer", "return", first, back_at("2026-05-12T19:00:00Z")));
    for (const auto& [from, until] : {std::pair{"2026-04-01T18:00:00Z", "2026-04-02T09:00:00Z"},
                                      std::pair{"2026-04-20T18:00:00Z", "2026-04-20T23:00:00Z"}}) {
        const auto absence = act("officer", "report", {},
                                 Json::object()
                                     .set("child", child.text())
                                     .set("name_given", "Lee Sample")
                                     .set("last_seen_at", from)
                                     .set("returned_at", until)
                                     .set("late_because", "call_too_long")
                                     .set("late_words", "I was on the phone an hour")
                                     .set("force", agency("Eastvale Constabulary").text()));
        ASSERT_TRUE(absence) << why(absence);
        EXPECT_EQ(state_of(absence->id), "learnt_later");
        EXPECT_EQ(facts_of(absence->id).was_reported, false);
    }
    const auto codes = stands_out(child);
    EXPECT_NE(std::ranges::find(codes, "third_in_90_days"), codes.end());
    EXPECT_NE(std::ranges::find(codes, "found_far"), codes.end());
    EXPECT_NE(std::ranges::find(codes, "goods"), codes.end());
    EXPECT_FALSE(act("officer", "report", {},
                     Json::object()
                         .set("name_given", "Lee Sample")
                         .set("last_seen_at", "2026-04-01T18:00:00Z")
                         .set("returned_at", "2026-04-02T09:00:00Z")))
        << "what kept them from reporting is always asked";
}

TEST_P(MissingStories, a_child_who_was_not_missing_is_kept_and_is_no_absence)
{
    const auto id = report("officer", lee());
    EXPECT_FALSE(act("officer", "reclassify", id, Json::object().set("reclassified_because", "He was in his room")));
    ASSERT_TRUE(act("inspector of Eastvale", "reclassify", id,
                    Json::object().set("reclassified_because", "He was in his room all evening")));
    EXPECT_EQ(state_of(id), "reclassified");
    EXPECT_EQ(stands_out(facts_of(id).child), Codes{});
    EXPECT_FALSE(due(id, "C09"));
    nobody_is_let_in_unproved();
}

/// Three days after the child is safe the forces that looked see nothing of the child by it.
TEST_P(MissingStories, who_looked_for_the_child_sees_the_record_until_72_hours_after_the_return)
{
    const auto id = report("officer", lee());
    ASSERT_TRUE(
        act("officer", "offer_to_force", id,
            Json::object().set("offered_to", agency("Tarnside Police").text()).set("offer_because", "Seen there")));
    const auto child = facts_of(id).child;
    const auto may_read = [&](const std::string& who) {
        return casework::look_at_child(desk(), actor(who), RequestId::random(), child, "page", world_.now).has_value();
    };
    EXPECT_TRUE(may_read("coordinator of Tarnside"));
    EXPECT_FALSE(may_read("coordinator far away"));
    world_.now = *parse_utc("2026-05-13T02:45:00Z");
    ASSERT_TRUE(act("officer", "return", id, back_at("2026-05-13T02:40:00Z")));
    EXPECT_TRUE(may_read("coordinator of Tarnside"));
    world_.now = *parse_utc("2026-05-16T02:41:00Z");
    EXPECT_FALSE(may_read("coordinator of Tarnside"));
    EXPECT_TRUE(sees("coordinator", id)) << "the force that owns it goes on until it is closed";
    EXPECT_FALSE(sees("coordinator of Tarnside", id));
}

INSTANTIATE_TEST_SUITE_P(engines, MissingStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
