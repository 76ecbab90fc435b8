// Who was with the child, and where (scenario 1, step 3): "Adult A becomes POC (proposed); address EXPL (proposed)". A
// person decides; it stands in the safety summary of the child and of whoever is met there, and leads back to no child.
#include "app/stories_test_world.h"
#include "capabilities/flags/concern.h"
#include "capabilities/flags/concerns.h"
#include "capabilities/flags/flags.h"
#include "capabilities/flags/summary.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;
using Words = std::vector<std::string>;

class ConcernStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000002", "Eastvale Constabulary");
        const auto response = add_team(transaction, force, "Saltby response", "office");
        add_actor(world_, transaction, force, response, Role::RESP, "officer");
        add_actor(world_, transaction, force, response, Role::INSP, "inspector of Eastvale");
        add_actor(world_, transaction, force, add_team(transaction, force, "Disruption", "office"), Role::DISR,
                  "disruption lead");
        add_actor(world_, transaction, force, response, Role::IGOV, "governance of Eastvale");
        add_actor(world_, transaction, force, add_team(transaction, force, "Eastvale missing persons", "office"),
                  Role::MPC, "coordinator");
        const auto suite = add_team(transaction, force, "Saltby cells", "custody-suite");
        add_actor(world_, transaction, force, suite, Role::CUST, "sergeant of Eastvale");
        const auto other = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000003", "Tarnside Police");
        add_actor(world_, transaction, other, add_team(transaction, other, "Tarnside response", "office"), Role::RESP,
                  "officer elsewhere");
        for (const auto* name : {"officer", "coordinator", "officer elsewhere"})
            actor(name).purpose = "missing-response";
        actor("disruption lead").purpose = "disruption";
        actor("governance of Eastvale").purpose = "information-governance";
    }

    Result<casework::Acted> act(const std::string& who, std::string_view type, std::string action, CaseId id,
                                Json asked = Json::object())
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    static std::string why(const Result<casework::Acted>& acted)
    {
        return acted ? std::string("it was done") : sentences(acted.error());
    }
    static Json one(Json item) { return Json::list().add(std::move(item)); }

    /// Jay is found in a flat beside a man of 27, with drugs and several phones.
    Json found_in_a_flat(std::string_view name = "Jay Sample", std::string_view place = "9 Quay Row, Saltby")
    {
        return Json::object()
            .set("name_given", name)
            .set("met_at", to_iso(world_.now - minutes{10}))
            .set("met_precision", "exact")
            .set("kind", "found")
            .set("place", place)
            .set("distance", "over_50")
            .set("company", "with_others")
            .set("companions", one(Json::object()
                                       .set("who", "A man, tall, grey coat")
                                       .set("age", "adult")
                                       .set("relation", "unrelated")))
            .set("signs", Json::list().add("drugs").add("phones"))
            .set("seen", one(Json::object().set("words", "42 wraps and three phones on the table")))
            .set("where_now", "with_officers")
            .set("authority", world_.agencies["Westmoor County"].text());
    }
    /// The same child alone in the street, with nothing that stands out.
    Json met_alone(std::string_view name, std::string_view place)
    {
        return Json::object()
            .set("name_given", name)
            .set("met_at", to_iso(world_.now - minutes{10}))
            .set("met_precision", "exact")
            .set("kind", "welfare")
            .set("place", place)
            .set("distance", "under_5")
            .set("company", "alone")
            .set("seen", one(Json::object().set("words", "Sat on the step and waited")))
            .set("where_now", "home")
            .set("authority", world_.agencies["Westmoor County"].text());
    }
    CaseId met(const Json& asked)
    {
        const auto done = act("officer", "encounter", "record", {}, asked);
        if (!done) throw Bug("a story's encounter is refused: " + sentences(done.error()));
        return done->id;
    }
    ChildId child_of(CaseId encounter)
    {
        ChildId child;
        database().read(
            [&](Transaction& transaction) { child = casework::load_head(transaction, encounter).heading.child; });
        return child;
    }
    std::vector<flags::StandingConcern> around(CaseId encounter)
    {
        const auto child = child_of(encounter);
        std::vector<flags::StandingConcern> all;
        database().read([&](Transaction& transaction) { all = flags::concerns_around(transaction, child); });
        return all;
    }
    CaseId concern(CaseId encounter, std::string_view code)
    {
        for (const auto& one : around(encounter))
            if (one.concern.code == code) return one.head.id;
        throw Bug("a story names a flag that nobody proposed");
    }
    /// "POC being checked", "EXPL": of adults and places, as the page of that encounter shows them to that person.
    Words summary(const std::string& who, CaseId encounter)
    {
        const auto seen = casework::look(desk(), actor(who), RequestId::random(),
                                         {.type = "encounter", .id = encounter, .page = "encounter"}, world_.now);
        if (!seen) throw Bug("somebody in a story may not read the encounter");
        const auto question = [&](Transaction& transaction) {
            return casework::policy_request(desk(), transaction, *seen->type, seen->head, actor(who), "read",
                                            world_.now);
        };
        const auto child = seen->head.heading.child;
        const auto shown = flags::see_flags(desk(), actor(who), RequestId::random(),
                                            {.child = child, .page = "summary", .question = question}, world_.now);
        Words all;
        for (const auto& line : flags::summary_of(desk(), shown, child).lines)
            if (line.section == "People and places around the child")
                all.push_back(line.code + " " + line.subject + (line.standing.empty() ? "" : ", " + line.standing));
        std::ranges::sort(all); // those of one moment have no order
        return all;
    }
    bool sees(const std::string& who, CaseId id)
    {
        const auto seen = casework::look(desk(), actor(who), RequestId::random(),
                                         {.type = "concern", .id = id, .page = "concern"}, world_.now);
        return seen && !seen->as<flags::Concern>().subject.empty();
    }
    static Json accepted()
    {
        return Json::object().set("grade", "seen").set("decision_reason", "Officers saw both themselves");
    }
    /// A flag of the man that stands.
    CaseId standing_flag_of_the_man(CaseId encounter)
    {
        const auto man = concern(encounter, "POC");
        const auto done = act("disruption lead", "concern", "accept", man, accepted());
        if (!done) throw Bug("a story's flag is not accepted: " + sentences(done.error()));
        return man;
    }
    static Json disputed_by(std::string_view whom)
    {
        return Json::object().set("disputed_by", whom).set("dispute_words", "I took the lad home, that is all");
    }
    static Json proposed_place(std::string_view place, std::string_view code = "HOT")
    {
        return Json::object()
            .set("code", code)
            .set("subject", place)
            .set("plain_words", "Three children were met there by night in May");
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
};

TEST_P(ConcernStories, the_man_and_the_flat_are_proposed_and_stand_in_the_childs_summary_at_once)
{
    const auto id = met(found_in_a_flat());
    const Words checked{"EXPL 9 Quay Row, Saltby, being checked", "POC A man, tall, grey coat, being checked"};
    EXPECT_EQ(summary("officer", id), checked);
    EXPECT_EQ(summary("duty worker", id), checked) << "the desk that was told";
    EXPECT_TRUE(has(told("disruption lead"), "concern.proposed"));
    EXPECT_TRUE(has(told("inspector of Eastvale"), "concern.proposed"));
    EXPECT_TRUE(due(concern(id, "POC"), "C44"));
}

TEST_P(ConcernStories, a_disruption_lead_decides_with_a_grade_and_it_is_reviewed_within_90_days)
{
    const auto id = met(found_in_a_flat());
    const auto man = concern(id, "POC");
    EXPECT_NE(why(act("disruption lead", "concern", "accept", man,
                      Json::object().set("decision_reason", "Officers saw both themselves"))),
              "it was done")
        << "how far it is checked is always said";
    auto late = accepted();
    late.set("review_on", "2027-06-01");
    EXPECT_EQ(why(act("disruption lead", "concern", "accept", man, late)),
              "This flag is reviewed on 26 January 2027 at the latest");
    ASSERT_TRUE(act("disruption lead", "concern", "accept", man, accepted()));
    EXPECT_EQ(due(man, "C28"), parse_utc("2027-01-27T00:00:00Z").value());
    EXPECT_TRUE(has(told("coordinator"), "concern.accepted"));
    ASSERT_TRUE(act("inspector of Eastvale", "concern", "decline", concern(id, "EXPL"),
                    Json::object().set("decision_reason", "The flat was let to others since")));
    EXPECT_EQ(summary("officer", id), (Words{"POC A man, tall, grey coat"})) << "what is declined is shown to nobody";
    world_.now = *parse_utc("2027-01-27T09:00:00Z");
    EXPECT_EQ(summary("officer", id), (Words{"POC A man, tall, grey coat, out of date since 26 January 2027"}));
    ASSERT_TRUE(act("disruption lead", "concern", "renew", man,
                    Json::object().set("review_reason", "Seen with another child last week")));
    EXPECT_EQ(summary("officer", id), (Words{"POC A man, tall, grey coat"}));
    ASSERT_TRUE(
        act("disruption lead", "concern", "remove", man, Json::object().set("removal_reason", "He is in prison")));
    EXPECT_EQ(summary("officer", id), Words{});
}

TEST_P(ConcernStories, whoever_meets_another_child_there_is_told_to_ask_why_and_no_second_flag_is_proposed)
{
    const auto first = met(found_in_a_flat());
    const auto flat = concern(first, "EXPL");
    const auto again = met(met_alone("Noor Sample", "flat 2, 9 quay row, saltby"));
    EXPECT_EQ(summary("officer", again), (Words{"EXPL 9 Quay Row, Saltby, being checked"}));
    EXPECT_EQ(concern(again, "EXPL"), flat);
    for (const auto& one : around(again))
        EXPECT_EQ(one.concern.plain_words.find("km"), std::string::npos) << "nothing of how another child was met";
    const auto elsewhere = met(met_alone("Sam Sample", "19 Quay Row, Saltby"));
    EXPECT_EQ(summary("officer", elsewhere), Words{}) << "another house of the same street";
    const auto found_there = met(found_in_a_flat("Wil Sample"));
    EXPECT_EQ(concern(found_there, "EXPL"), flat) << "one place is flagged once";
    EXPECT_NE(concern(found_there, "POC"), concern(first, "POC")) << "nobody knows whether it is the same man";
}

TEST_P(ConcernStories, what_says_too_little_about_an_adult_or_a_street_proposes_nothing)
{
    auto nothing_seen = found_in_a_flat();
    nothing_seen.set("signs", Json::list());
    EXPECT_TRUE(around(met(nothing_seen)).empty()) << "to be beside a child is no harm";
    auto stopped = found_in_a_flat("Noor Sample");
    stopped.set("kind", "stopped");
    const auto id = met(stopped);
    ASSERT_EQ(around(id).size(), 1U) << "a street in which somebody was stopped is no address";
    EXPECT_EQ(around(id)[0].concern.code, "POC");
}

TEST_P(ConcernStories, where_a_child_was_arrested_shows_too)
{
    (void)met(found_in_a_flat());
    const auto booked = act("sergeant of Eastvale", "custody", "book_in", {},
                            Json::object()
                                .set("name_given", "Noor Sample")
                                .set("custody_number", "EV/1")
                                .set("authorised_at", to_iso(world_.now - minutes{10})));
    ASSERT_TRUE(booked) << why(booked);
    ASSERT_TRUE(around(booked->id).empty());
    const auto asked = act("sergeant of Eastvale", "custody", "send_request", booked->id,
                           Json::object()
                               .set("authority", world_.agencies["Westmoor County"].text())
                               .set("offence", "Carrying drugs for somebody else")
                               .set("worry", "She will not say where she lives")
                               .set("arrest_place", "9 Quay Row"));
    ASSERT_TRUE(asked) << why(asked);
    ASSERT_EQ(around(booked->id).size(), 1U);
    EXPECT_EQ(around(booked->id)[0].concern.code, "EXPL");
}

TEST_P(ConcernStories, it_is_open_to_those_who_need_it_and_names_no_child)
{
    const auto id = met(found_in_a_flat());
    const auto man = concern(id, "POC");
    for (const auto* who : {"officer", "coordinator", "inspector of Eastvale", "disruption lead", "duty worker"})
        EXPECT_TRUE(sees(who, man)) << who;
    for (const auto* who : {"officer elsewhere", "custody sergeant", "sergeant of Eastvale"})
        EXPECT_FALSE(sees(who, man)) << who;
    for (const auto* who : {"officer", "coordinator", "duty worker"})
        EXPECT_FALSE(act(who, "concern", "accept", man, accepted())) << who;
    EXPECT_FALSE(casework::look(desk(), actor("disruption lead"), RequestId::random(),
                                {.type = "encounter", .id = id, .page = "encounter"}, world_.now))
        << "the flag opens no record of the child";
    const auto child = child_of(id).text();
    database().read([&](Transaction& transaction) {
        EXPECT_TRUE(casework::load_head(transaction, man).heading.child.is_none());
        const auto rows =
            transaction.query("select facts from case_versions where case_id = $1", {storage::to_value(man)});
        ASSERT_FALSE(rows.empty());
        for (const auto& row : rows) {
            EXPECT_EQ(row.text(0).find("Jay"), std::string::npos);
            EXPECT_EQ(row.text(0).find(child), std::string::npos);
        }
    });
}

/// 4.C, DISPUTED: "visible with their words", 20 working days. As of a child's flag.
TEST_P(ConcernStories, what_is_disputed_says_so_wherever_it_is_shown_until_governance_answers)
{
    const auto id = met(found_in_a_flat());
    EXPECT_FALSE(act("officer", "concern", "dispute", concern(id, "POC"), disputed_by("adult"))) << "not decided yet";
    const auto man = standing_flag_of_the_man(id);
    EXPECT_FALSE(sees("governance of Eastvale", man)) << "a flag that nobody disputes is nothing to governance";
    for (const auto* who : {"officer elsewhere", "sergeant of Eastvale", "governance of Eastvale"})
        EXPECT_FALSE(act(who, "concern", "dispute", man, disputed_by("adult"))) << who << " may not read it";
    ASSERT_TRUE(act("officer", "concern", "dispute", man, disputed_by("adult")));
    const Words shown{"EXPL 9 Quay Row, Saltby, being checked",
                      "POC A man, tall, grey coat, disputed by the adult whom it is about"};
    EXPECT_EQ(summary("officer", id), shown);
    EXPECT_EQ(summary("duty worker", id), shown) << "the desk that was told";
    for (const auto* who : {"governance of Eastvale", "disruption lead", "inspector of Eastvale"})
        EXPECT_TRUE(has(told(who), "concern.disputed")) << who;
    EXPECT_EQ(due(man, "C45"), parse_utc("2026-11-25T02:00:00Z").value()) << "20 working days";
    EXPECT_FALSE(act("disruption lead", "concern", "keep", man, Json::object().set("dispute_answer", "It stands")))
        << "whoever set it does not answer";
    ASSERT_TRUE(
        act("governance of Eastvale", "concern", "keep", man, Json::object().set("dispute_answer", "Two saw him")));
    EXPECT_EQ(summary("officer", id)[1], "POC A man, tall, grey coat");
    EXPECT_FALSE(due(man, "C45"));
    EXPECT_TRUE(has(told("coordinator"), "concern.kept"));
    // The desk that reads it disputes it too, in its own name.
    ASSERT_TRUE(act("duty worker", "concern", "dispute", man, disputed_by("organisation")));
    EXPECT_EQ(summary("officer", id)[1], "POC A man, tall, grey coat, disputed by an organisation that reads the flag");
    ASSERT_TRUE(
        act("governance of Eastvale", "concern", "drop", man, Json::object().set("dispute_answer", "He is her uncle")));
    EXPECT_EQ(summary("officer", id).size(), 1U);
    EXPECT_TRUE(has(told("disruption lead"), "concern.removed"));
}

TEST_P(ConcernStories, governance_sees_what_is_disputed_and_nothing_else_of_the_flag)
{
    const auto man = standing_flag_of_the_man(met(found_in_a_flat()));
    ASSERT_TRUE(act("coordinator", "concern", "dispute", man, disputed_by("adult")));
    const auto look = [&] {
        return casework::look(desk(), actor("governance of Eastvale"), RequestId::random(),
                              {.type = "concern", .id = man, .page = "concern"}, world_.now);
    };
    const auto seen = look();
    ASSERT_TRUE(seen);
    const auto& shown = seen->as<flags::Concern>();
    EXPECT_NE(shown.disputed_text.words.find("A man, tall, grey coat"), std::string::npos);
    EXPECT_EQ(shown.dispute_words.words, "I took the lad home, that is all");
    EXPECT_TRUE(shown.subject.empty() && shown.plain_words.empty() && shown.decision_reason.words.empty());
    ASSERT_TRUE(
        act("governance of Eastvale", "concern", "keep", man, Json::object().set("dispute_answer", "It stands")));
    EXPECT_FALSE(look()) << "answered, it is nothing to governance any more";
    // What is on record of the dispute stays: who, what, when, and the answer.
    const auto after =
        casework::look(desk(), actor("inspector of Eastvale"), RequestId::random(),
                       {.type = "concern", .id = man, .page = "record", .with_history = true}, world_.now);
    ASSERT_TRUE(after);
    EXPECT_EQ(after->as<flags::Concern>().dispute_answer.words, "It stands");
    Words done;
    for (const auto& version : after->history) done.push_back(version.action);
    EXPECT_EQ(done, (Words{"raise", "accept", "dispute", "keep"}));
}

TEST_P(ConcernStories, a_dispute_holds_up_no_review_and_whoever_removes_the_flag_ends_it)
{
    const auto id = met(found_in_a_flat());
    const auto man = standing_flag_of_the_man(id);
    ASSERT_TRUE(act("officer", "concern", "dispute", man, disputed_by("adult")));
    ASSERT_TRUE(
        act("disruption lead", "concern", "renew", man, Json::object().set("review_reason", "Seen there again")));
    EXPECT_EQ(summary("officer", id)[1], "POC A man, tall, grey coat, disputed by the adult whom it is about")
        << "a review is no answer";
    EXPECT_TRUE(due(man, "C45"));
    ASSERT_TRUE(
        act("inspector of Eastvale", "concern", "remove", man, Json::object().set("removal_reason", "It is not so")));
    EXPECT_FALSE(due(man, "C45"));
    EXPECT_FALSE(sees("governance of Eastvale", man));
    EXPECT_TRUE(has(told("governance of Eastvale"), "concern.removed")) << "their question is over";
}

/// The catalogue: "Place HOT / EXPL / CLOSED … DISR … rule/basis".
TEST_P(ConcernStories, a_hotspot_or_a_closed_house_is_proposed_by_hand_and_shown_to_whoever_meets_a_child_there)
{
    const auto propose = [&](const std::string& who, const Json& asked) {
        return act(who, "concern", "propose", {}, asked);
    };
    EXPECT_FALSE(propose("officer", proposed_place("Saltby bus station"))) << "the catalogue says who";
    EXPECT_EQ(why(propose("disruption lead", proposed_place("Saltby"))),
              "Say which place it is, with a house number or in three words at least");
    EXPECT_EQ(why(propose("disruption lead", proposed_place("9 Quay Row", "EXPL"))),
              "Say what shows it: this flag does not stand without");
    EXPECT_EQ(why(propose("disruption lead", proposed_place("9 Quay Row", "DEBT"))),
              "This flag is of a child: propose it on the child's page");
    EXPECT_EQ(why(propose("disruption lead", proposed_place("9 Quay Row", "ORDER"))),
              "This flag follows from what is on record: nobody sets it by hand");
    const auto station = propose("disruption lead", proposed_place("Saltby bus station"));
    ASSERT_TRUE(station) << why(station);
    EXPECT_EQ(why(propose("disruption lead", proposed_place("the Saltby bus station"))),
              "This place is flagged so already, or the flag is proposed");
    EXPECT_TRUE(due(station->id, "C44"));
    EXPECT_TRUE(has(told("inspector of Eastvale"), "concern.proposed"));
    EXPECT_EQ(why(act("disruption lead", "concern", "accept", station->id, accepted())),
              "Somebody else decides: you proposed it yourself");
    ASSERT_TRUE(act("inspector of Eastvale", "concern", "accept", station->id, accepted()));
    const auto id = met(met_alone("Noor Sample", "Saltby bus station, stand 3"));
    EXPECT_EQ(summary("officer", id), (Words{"HOT Saltby bus station"}));
    const auto house = propose("disruption lead", proposed_place("4 Mill Lane", "CLOSED"));
    ASSERT_TRUE(house) << why(house);
    ASSERT_TRUE(act("inspector of Eastvale", "concern", "accept", house->id, accepted()));
    EXPECT_EQ(summary("officer", met(met_alone("Sam Sample", "4 Mill Lane"))), (Words{"CLOSED 4 Mill Lane"}));
}

TEST(Concerns, one_place_is_written_in_several_ways)
{
    EXPECT_TRUE(flags::is_one_place("9 Quay Row, Saltby", "9 quay row"));
    EXPECT_TRUE(flags::is_one_place("Flat 2, 9 Quay Row", "9 Quay Row"));
    EXPECT_FALSE(flags::is_one_place("9 Quay Row", "19 Quay Row"));
    EXPECT_FALSE(flags::is_one_place("Quay Row", "9 Quay Row")) << "a street is many places";
    EXPECT_FALSE(flags::is_one_place("", "9 Quay Row"));
}

INSTANTIATE_TEST_SUITE_P(engines, ConcernStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
