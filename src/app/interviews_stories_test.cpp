// The interview that every child who was missing is offered (scenarios 1, 4 and 6): 72 hours that stop for no weekend
// and no change of clocks; the child's words as they were said; of each thing it is decided with the child who is told.
// R-B-01 to R-B-04.
#include "api/json.h"
#include "app/stories_test_world.h"
#include "app/timeline.h"
#include "capabilities/interviews/interview.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/missing/missing.h"
#include "casework/case_store.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class InterviewStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000002", "Eastvale Constabulary");
        const auto unit = add_team(transaction, force, "Eastvale missing persons", "office");
        add_actor(world_, transaction, force, unit, Role::MPC, "coordinator");
        add_actor(world_, transaction, force, unit, Role::INSP, "inspector of Eastvale");
        add_actor(world_, transaction, force, add_team(transaction, force, "Saltby response", "office"), Role::RESP,
                  "officer");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        const auto youth = add_team(transaction, authority, "Youth club", "office");
        add_actor(world_, transaction, authority, youth, Role::RHIP, "interviewer");
        const auto charity =
            custody::testing::add_agency(world_, transaction, accounts::AgencyKind::charity, "CH1", "Somewhere to go");
        add_actor(world_, transaction, charity, add_team(transaction, charity, "Outreach", "office"), Role::RHIP,
                  "interviewer of the charity");
        const auto welsh = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::local_authority,
                                                        "W06000099", "Cwm Arian");
        add_actor(world_, transaction, welsh, add_team(transaction, welsh, "Cwm Arian duty desk", "duty-desk"),
                  Role::EDT, "duty worker of Cwm Arian");
        for (const auto* name :
             {"officer", "coordinator", "inspector of Eastvale", "interviewer", "interviewer of the charity"})
            actor(name).purpose = "missing-response";
        world_.now = *parse_utc("2026-03-27T12:00:00Z");
    }

    Result<casework::Acted> act(const std::string& who, std::string_view type, std::string action, CaseId id,
                                Json asked = Json::object())
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    Result<casework::Acted> interview(const std::string& who, std::string action, CaseId id,
                                      Json asked = Json::object())
    {
        return act(who, "return-interview", std::move(action), id, std::move(asked));
    }
    static std::string why(const Result<casework::Acted>& acted)
    {
        return acted ? std::string("it was done") : sentences(acted.error());
    }
    static Json one(Json item) { return Json::list().add(std::move(item)); }
    CaseId must(const Result<casework::Acted>& acted)
    {
        if (!acted) throw Bug("a story's act is refused: " + sentences(acted.error()));
        return acted->id;
    }

    CaseId missing_since(std::string_view when, ChildId child = {}, const std::string& authority = "Westmoor County")
    {
        auto asked = Json::object()
                         .set("name_given", "Zed Sample")
                         .set("born_given", "2013-06-01")
                         .set("last_seen_at", when)
                         .set("worried", "He has not been home since school")
                         .set("authority", world_.agencies.at(authority).text());
        if (!child.is_none()) asked.set("child", child.text());
        return must(act("officer", "missing", "report", {}, std::move(asked)));
    }
    void is_back(CaseId episode, std::string_view when)
    {
        must(act("officer", "missing", "return", episode,
                 Json::object()
                     .set("returned_at", when)
                     .set("found_where", "At the bus station")
                     .set("found_by", "came_back")
                     .set("found_distance", "5_to_20")
                     .set("return_type", "own_will")
                     .set("harm", Json::list().add("not_yet_known"))
                     .set("considered", "no_signs")
                     .set("considered_because", "Nothing points to it")
                     .set("safe_to_tell", "yes")));
    }
    ChildId child_of(CaseId id)
    {
        ChildId child;
        database().read([&](Transaction& transaction) { child = casework::load_head(transaction, id).heading.child; });
        return child;
    }
    std::vector<CaseId> interviews_of(ChildId child)
    {
        std::vector<CaseId> ids;
        database().read([&](Transaction& transaction) {
            ids = storage::ids_at<CaseId>(
                transaction.query(
                    "select id from cases where child = $1 and type = 'return-interview' order by opened_at, id",
                    {storage::to_value(child)}),
                0);
        });
        return ids;
    }
    interviews::Interview facts_of(CaseId id)
    {
        interviews::Interview facts;
        database().read([&](Transaction& transaction) {
            facts = *static_cast<const interviews::Interview*>(
                casework::load_case(transaction, interviews::interview_type(), id)->facts.get());
        });
        return facts;
    }
    std::string state_of(CaseId id)
    {
        std::string state;
        database().read([&](Transaction& transaction) { state = casework::load_head(transaction, id).state; });
        return state;
    }
    std::optional<UtcTime> due(CaseId id, std::string_view clock)
    {
        std::optional<UtcTime> when;
        database().read([&](Transaction& transaction) {
            when.reset();
            for (const auto& row : casework::load_clocks(transaction, id))
                if (row.code == clock && !row.stopped_at) when = row.due_at;
        });
        return when;
    }
    std::string sign_in_name(const std::string& who)
    {
        std::string name;
        database().read([&](Transaction& transaction) {
            name = accounts::find_worker(transaction, actor(who).worker)->sign_in_name;
        });
        return name;
    }
    void pass_to(CaseId id, const std::string& who)
    {
        must(interview("duty worker", "pass", id, Json::object().set("staff_name", sign_in_name(who))));
    }
    Json offer(std::string_view when, std::string_view by, std::string_view answer, std::string_view way = "in_person")
    {
        return Json::object().set("offers", one(Json::object()
                                                    .set("offered_at", when)
                                                    .set("by", by)
                                                    .set("way", way)
                                                    .set("language", "Welsh")
                                                    .set("answer", answer)));
    }
    static Json held(std::string_view when)
    {
        return Json::object()
            .set("held_at", when)
            .set("held_where", "At the football ground")
            .set("held_by", "Coach Huw, Youth club")
            .set("independence", "trusted")
            .set("seen_alone", "yes")
            .set("child_said", one(Json::object()
                                       .set("words", "Maen nhw'n cadw'r beics yn yr hen garej")
                                       .set("language", "Welsh")
                                       .set("translation", "They keep the bikes in the old garage")))
            .set("crime_told", "no")
            .set("do_not_tell", "mother");
    }
    static Json item(std::string_view words, std::string_view category, std::string_view decision,
                     std::string_view child_view, std::string_view because, std::string_view sanitised)
    {
        auto all = Json::object()
                       .set("words", words)
                       .set("category", category)
                       .set("decision", decision)
                       .set("child_view", child_view);
        if (!because.empty()) all.set("because", because);
        if (!sanitised.empty()) all.set("sanitised", sanitised);
        return Json::object().set("items", one(std::move(all)));
    }
    /// What somebody reads of it through the door of every page and of the API; empty if nothing is open to them.
    std::string read_by(const std::string& who, CaseId id)
    {
        const auto seen =
            derived::look_at_case(desk(), actor(who), RequestId::random(),
                                  {.type = "return-interview", .id = id, .page = "interview"}, world_.now);
        return seen ? api::write_json(casework::facts_to_json(interviews::interview_type(), seen->facts.get()))
                    : std::string();
    }
    CaseId held_interview()
    {
        world_.now = *parse_utc("2026-03-27T17:00:00Z");
        const auto episode = missing_since("2026-03-27T16:00:00Z");
        world_.now = *parse_utc("2026-03-27T18:30:00Z");
        is_back(episode, "2026-03-27T18:10:00Z");
        const auto id = interviews_of(child_of(episode)).at(0);
        pass_to(id, "interviewer");
        world_.now = *parse_utc("2026-03-30T16:30:00Z");
        must(interview("interviewer", "offer", id, offer("2026-03-28T10:00:00Z", "Coach Huw, Youth club", "yes")));
        must(interview("interviewer", "hold", id, held("2026-03-30T16:00:00Z")));
        return id;
    }
};

/// R-B-02: "return Fri 27 Mar 2026 18:10 GMT, due Mon 30 Mar 2026 19:10 BST".
TEST_P(InterviewStories, seventy_two_hours_run_over_the_weekend_on_which_the_clocks_change)
{
    world_.now = *parse_utc("2026-03-27T17:00:00Z");
    const auto episode = missing_since("2026-03-27T16:00:00Z");
    world_.now = *parse_utc("2026-03-27T18:30:00Z");
    is_back(episode, "2026-03-27T18:10:00Z");
    const auto ids = interviews_of(child_of(episode));
    ASSERT_EQ(ids.size(), 1U) << "every return leads to an interview, whatever the risk was";
    EXPECT_EQ(due(ids[0], "C12"), parse_utc("2026-03-28T18:10:00Z").value());
    EXPECT_EQ(due(ids[0], "C13"), parse_utc("2026-03-30T18:10:00Z").value());
    EXPECT_EQ(clocks::wall_date_time(*due(ids[0], "C13")), "30 March 2026 at 19:10 BST");
    EXPECT_TRUE(has(told("duty worker"), "interview.due"));
    world_.now = *parse_utc("2026-03-30T18:11:00Z");
    casework::tick(desk(), world_.now);
    EXPECT_TRUE(has(told("on-call manager"), "clock.C13.breach"));
}

/// Scenario 6: declined, then a second offer by somebody whom the child trusts.
/// "jurisdiction = ENGLAND | WALES"; scenario 6: "rule set WALES chosen with 72 h kept as local policy … due Mon 30 Mar
/// 19:10 BST".
TEST_P(InterviewStories, an_authority_of_wales_works_by_rules_of_its_own)
{
    world_.now = *parse_utc("2026-03-27T17:00:00Z");
    const auto episode = missing_since("2026-03-27T16:00:00Z", {}, "Cwm Arian");
    world_.now = *parse_utc("2026-03-27T18:30:00Z");
    is_back(episode, "2026-03-27T18:10:00Z");
    const auto id = interviews_of(child_of(episode)).at(0);
    EXPECT_EQ(facts_of(id).rule_set, "wales");
    EXPECT_EQ(facts_of(id).covers.at(0).episode, episode);
    EXPECT_EQ(due(id, "C13W"), parse_utc("2026-03-30T18:10:00Z").value());
    EXPECT_FALSE(due(id, "C13"));
    EXPECT_TRUE(has(told("duty worker of Cwm Arian"), "interview.due"));
    must(interview("duty worker of Cwm Arian", "pass", id,
                   Json::object().set("staff_name", sign_in_name("interviewer"))));
    world_.now = *parse_utc("2026-03-28T11:00:00Z");
    must(interview("interviewer", "offer", id, offer("2026-03-28T10:00:00Z", "A worker of the desk", "no")));
    EXPECT_TRUE(due(id, "C13W")) << "one no ends nothing";
    must(interview("interviewer", "offer", id, offer("2026-03-28T10:30:00Z", "Coach Huw, Youth club", "yes")));
    world_.now = *parse_utc("2026-03-30T16:30:00Z");
    must(interview("interviewer", "hold", id, held("2026-03-30T16:00:00Z")));
    EXPECT_FALSE(due(id, "C13W"));

    const auto day = clocks::london_day(world_.now);
    EXPECT_EQ(interviews::rule_set_of(desk().lists, "E10000016", day), "england");
    EXPECT_EQ(interviews::rule_set_of(desk().lists, "W06000001", day), "wales");
    EXPECT_EQ(interviews::rule_set_of(desk().lists, "X06000003", day), "wales") << "what one authority chose";
    EXPECT_EQ(interviews::rule_set_of(desk().lists, "X06000001", day), "england");
}

TEST_P(InterviewStories, a_child_who_says_no_is_asked_once_more_by_somebody_else_or_in_another_way)
{
    world_.now = *parse_utc("2026-03-27T17:00:00Z");
    const auto episode = missing_since("2026-03-27T16:00:00Z");
    world_.now = *parse_utc("2026-03-28T12:00:00Z");
    is_back(episode, "2026-03-27T18:10:00Z");
    const auto id = interviews_of(child_of(episode)).at(0);
    EXPECT_FALSE(interview("interviewer", "offer", id, offer("2026-03-28T10:00:00Z", "Ann, the team", "no")))
        << "nobody goes to a child who was not asked to";
    pass_to(id, "interviewer");
    EXPECT_TRUE(has(told("interviewer"), "interview.passed"));
    must(interview("interviewer", "offer", id, offer("2026-03-28T10:00:00Z", "Ann, the team", "no")));
    EXPECT_EQ(state_of(id), "declined_once");
    EXPECT_TRUE(due(id, "C13")) << "one no ends nothing";
    EXPECT_NE(why(interview("interviewer", "offer", id, offer("2026-03-28T11:00:00Z", "Ann, the team", "no")))
                  .find("Somebody else offers it"),
              std::string::npos);
    must(interview("interviewer", "offer", id, offer("2026-03-28T11:30:00Z", "Coach Huw, Youth club", "yes")));
    EXPECT_EQ(state_of(id), "accepted");
    EXPECT_TRUE(due(id, "C13"));
    EXPECT_FALSE(due(id, "C12"));
}

TEST_P(InterviewStories, two_refusals_end_the_clock_and_are_told_and_no_more_is_asked_of_the_child)
{
    world_.now = *parse_utc("2026-03-27T17:00:00Z");
    const auto episode = missing_since("2026-03-27T16:00:00Z");
    world_.now = *parse_utc("2026-03-28T12:00:00Z");
    is_back(episode, "2026-03-27T18:10:00Z");
    const auto id = interviews_of(child_of(episode)).at(0);
    pass_to(id, "interviewer");
    must(interview("interviewer", "offer", id, offer("2026-03-28T09:00:00Z", "Ann, the team", "no")));
    must(interview("interviewer", "offer", id, offer("2026-03-28T11:00:00Z", "Coach Huw, Youth club", "no")));
    EXPECT_EQ(state_of(id), "declined");
    EXPECT_FALSE(due(id, "C13"));
    EXPECT_TRUE(has(told("coordinator"), "interview.declined"));
}

/// Scenario 6: "Item 1 place → police share, sanitised, child agrees. Item 2 fear of cousin → SW only; do not tell
/// mother marker printed on every view. Police see item 1 without source." "quoted words unchanged in Welsh with
/// translation beside".
TEST_P(InterviewStories, each_receiver_reads_their_own_items_in_words_that_name_no_source)
{
    const auto id = held_interview();
    EXPECT_NE(why(interview("interviewer", "share", id)).find("Write down each thing"), std::string::npos);
    EXPECT_NE(why(interview("interviewer", "add_item", id,
                            item("Bikes in the old garage", "place", "police", "agrees", "", "")))
                  .find("in which words it is shared"),
              std::string::npos);
    EXPECT_NE(why(interview("interviewer", "add_item", id,
                            item("His cousin hits him", "person", "childrens_services", "does_not", "",
                                 "Fear of a relative")))
                  .find("Say why you decide so"),
              std::string::npos)
        << "against the child's will only with a reason";
    must(interview(
        "interviewer", "add_item", id,
        item("Bikes in the old garage", "place", "police", "agrees", "", "Bicycles may be stored at the old garage")));
    must(interview("interviewer", "add_item", id,
                   item("Afraid of his cousin", "person", "childrens_services", "agrees", "", "Fear of a relative")));
    must(interview(
        "interviewer", "add_item", id,
        item("Who his friend is", "person", "nobody", "does_not", "He asked me not to, and nobody is in danger", "")));
    EXPECT_EQ(read_by("coordinator", id).find("garage"), std::string::npos) << "nothing is shared before it is decided";
    must(interview("interviewer", "share", id));
    EXPECT_TRUE(has(told("coordinator"), "interview.shared"));
    const auto police = read_by("coordinator", id);
    EXPECT_NE(police.find("Bicycles may be stored"), std::string::npos) << police;
    for (const auto* held_back : {"beics", "They keep the bikes", "cousin", "relative", "friend", "football ground"})
        EXPECT_EQ(police.find(held_back), std::string::npos) << held_back << " in " << police;
    EXPECT_NE(police.find("mother"), std::string::npos) << "the marker stands on every view";
    const auto services = read_by("duty worker", id);
    EXPECT_NE(services.find("Fear of a relative"), std::string::npos) << services;
    EXPECT_EQ(services.find("beics"), std::string::npos);
    EXPECT_NE(services.find("mother"), std::string::npos);
    const auto own = read_by("interviewer", id);
    EXPECT_NE(own.find("Maen nhw'n cadw'r beics yn yr hen garej"), std::string::npos)
        << "the words stay as they were said";
    EXPECT_NE(own.find("They keep the bikes in the old garage"), std::string::npos);
    EXPECT_EQ(read_by("interviewer of the charity", id), "");
    EXPECT_TRUE(due(id, "C50"));
    must(interview("coordinator", "acknowledge", id,
                   Json::object().set("acknowledged", one(Json::object().set("action", "The garage is looked at")))));
    EXPECT_EQ(state_of(id), "shared") << "children's services have not said what they do";
    EXPECT_TRUE(due(id, "C50")) << "one side's answer is not the other's";
    must(interview(
        "duty worker", "acknowledge", id,
        Json::object().set("acknowledged", one(Json::object().set("action", "His worker sees him on Wednesday")))));
    EXPECT_EQ(state_of(id), "actioned");
    EXPECT_FALSE(due(id, "C50"));
    EXPECT_EQ(read_by("coordinator", id).find("on Wednesday"), std::string::npos)
        << "what the other side does tells of its items";
    for (const auto* who : {"officer", "inspector of Eastvale"})
        EXPECT_EQ(read_by(who, id).find("beics"), std::string::npos) << who;
    EXPECT_EQ(read_by("officer", id), "") << "whoever looks for the child sees nothing of an interview by that";
    EXPECT_EQ(facts_of(id).acknowledged.size(), 2U);
}

/// Scenario 6: "do not tell mother … printed on every view"; "marker survives export": the timeline is what is printed
/// for others.
TEST_P(InterviewStories, whom_not_to_tell_stands_on_the_timeline_of_the_child_beside_the_interview)
{
    const auto id = held_interview();
    const auto seen =
        see_timeline(desk(), actor("coordinator"), RequestId::random(), {.child = facts_of(id).child}, world_.now);
    const auto held =
        std::ranges::find(seen.entries, std::string("A return home interview was held"), &TimelineEntry::title);
    ASSERT_NE(held, seen.entries.end());
    EXPECT_EQ(held->words, "Do not tell: mother");
}

/// C14: "immediate risk 1 h; other 24 h". R-B-04: a crime is written down and passed on, and nobody asks further.
TEST_P(InterviewStories, what_concerns_safety_now_is_due_within_an_hour_and_a_crime_is_told_today)
{
    world_.now = *parse_utc("2026-03-27T17:00:00Z");
    const auto episode = missing_since("2026-03-27T16:00:00Z");
    world_.now = *parse_utc("2026-03-30T16:30:00Z");
    is_back(episode, "2026-03-27T18:10:00Z");
    const auto id = interviews_of(child_of(episode)).at(0);
    pass_to(id, "interviewer of the charity");
    EXPECT_EQ(read_by("interviewer", id), "") << "another team holds it";
    must(interview("interviewer of the charity", "offer", id,
                   offer("2026-03-30T10:00:00Z", "Bo, Somewhere to go", "yes")));
    must(interview("interviewer of the charity", "hold", id, held("2026-03-30T16:00:00Z").set("crime_told", "yes")));
    EXPECT_TRUE(has(told("coordinator"), "interview.crime_told"));
    EXPECT_EQ(due(id, "C14"), parse_utc("2026-03-31T16:30:00Z").value());
    must(interview(
        "interviewer of the charity", "add_item", id,
        item("He is to be fetched tonight", "safety_now", "both", "agrees", "", "The child may be fetched tonight")));
    EXPECT_EQ(due(id, "C14U"), parse_utc("2026-03-30T17:30:00Z").value());
    must(interview("interviewer of the charity", "share", id));
    EXPECT_FALSE(due(id, "C14U"));
    for (const auto* who : {"coordinator", "duty worker"})
        EXPECT_NE(read_by(who, id).find("may be fetched tonight"), std::string::npos) << who;
}

/// Scenario 4: "one offer covering hidden ones"; and a child who goes missing again is asked after the next return.
TEST_P(InterviewStories, one_interview_covers_what_nobody_reported_and_one_that_was_not_held_carries_over)
{
    world_.now = *parse_utc("2026-03-27T17:00:00Z");
    const auto episode = missing_since("2026-03-27T16:00:00Z");
    const auto child = child_of(episode);
    world_.now = *parse_utc("2026-03-27T18:30:00Z");
    is_back(episode, "2026-03-27T18:10:00Z");
    must(act("officer", "missing", "report", {},
             Json::object()
                 .set("child", child.text())
                 .set("name_given", "Zed Sample")
                 .set("last_seen_at", "2026-02-01T18:00:00Z")
                 .set("returned_at", "2026-02-02T08:00:00Z")
                 .set("late_because", "told_to_wait")
                 .set("authority", world_.agencies.at("Westmoor County").text())));
    const auto ids = interviews_of(child);
    ASSERT_EQ(ids.size(), 1U);
    EXPECT_EQ(facts_of(ids[0]).covers.size(), 2U);
    EXPECT_EQ(due(ids[0], "C13"), parse_utc("2026-03-30T18:10:00Z").value())
        << "the clock of the newest return runs on";
    world_.now = *parse_utc("2026-03-28T20:00:00Z");
    const auto again = missing_since("2026-03-28T18:00:00Z", child);
    EXPECT_EQ(state_of(ids[0]), "due") << "a report that turns out to be nothing ends nothing that is owed";
    world_.now = *parse_utc("2026-03-29T08:00:00Z");
    is_back(again, "2026-03-29T07:00:00Z");
    EXPECT_EQ(state_of(ids[0]), "not_held");
    EXPECT_EQ(facts_of(ids[0]).not_held_because, "missing_again");
    ASSERT_EQ(interviews_of(child).size(), 2U);
    EXPECT_TRUE(due(interviews_of(child)[1], "C13"));
}

/// Nobody can say that an interview is due for a child of whom nothing may be told.
TEST_P(InterviewStories, a_reason_is_given_where_it_cannot_be_held)
{
    world_.now = *parse_utc("2026-03-27T17:00:00Z");
    const auto episode = missing_since("2026-03-27T16:00:00Z");
    world_.now = *parse_utc("2026-03-28T12:00:00Z");
    is_back(episode, "2026-03-27T18:10:00Z");
    const auto id = interviews_of(child_of(episode)).at(0);
    EXPECT_NE(why(interview("duty worker", "not_held", id, Json::object().set("not_held_because", "moved")))
                  .find("What was tried?"),
              std::string::npos);
    EXPECT_NE(
        why(interview("duty worker", "not_held", id,
                      Json::object().set("not_held_because", "cannot_be_met").set("not_held_words", "He is out a lot")))
            .find("It is offered first"),
        std::string::npos)
        << "R-B-01: every child is offered it";
    must(interview("duty worker", "not_held", id,
                   Json::object().set("not_held_because", "moved").set("not_held_words", "Rang the new home twice")));
    EXPECT_EQ(state_of(id), "not_held");
    EXPECT_TRUE(has(told("coordinator"), "interview.not_held"));
}

INSTANTIATE_TEST_SUITE_P(engines, InterviewStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
