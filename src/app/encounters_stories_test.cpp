// Found far from home (scenario 1): an officer records where, with whom and how far; children's services are told;
// flags are proposed and support is offered because of what was recorded. R-A-07, R-A-08, R-D-10, the reachable moment
// of 4.D.
#include "app/stories_test_world.h"
#include "capabilities/encounters/encounter.h"
#include "capabilities/encounters/encounters.h"
#include "capabilities/encounters/prompts.h"
#include "capabilities/flags/flags.h"
#include "capabilities/flags/standing.h"
#include "capabilities/offers/offer.h"
#include "capabilities/offers/offers.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class EncounterStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000002", "Eastvale Constabulary");
        const auto response = add_team(transaction, force, "Saltby response", "office");
        const auto missing = add_team(transaction, force, "Eastvale missing persons", "office");
        add_actor(world_, transaction, force, response, Role::RESP, "officer");
        add_actor(world_, transaction, force, response, Role::INSP, "inspector of Eastvale");
        add_actor(world_, transaction, force, missing, Role::MPC, "coordinator");
        add_actor(world_, transaction, force, response, Role::OIC, "investigator");
        const auto other = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000003", "Tarnside Police");
        add_actor(world_, transaction, other, add_team(transaction, other, "Tarnside response", "office"), Role::RESP,
                  "officer elsewhere");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        const auto youth = add_team(transaction, authority, "Youth support", "office");
        add_actor(world_, transaction, authority, youth, Role::YJS, "youth worker");
        add_actor(world_, transaction, authority, add_team(transaction, authority, "Other youth team", "office"),
                  Role::YJS, "another youth worker");
        for (const auto* name : {"officer", "coordinator", "officer elsewhere"})
            actor(name).purpose = "missing-response";
        actor("youth worker").purpose = actor("another youth worker").purpose = "safeguarding-response";
        world_.now = *parse_utc("2026-01-10T23:40:00Z");
    }

    Result<casework::Acted> act(const std::string& who, std::string_view type, std::string action, CaseId id,
                                Json asked = Json::object())
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    Result<casework::Acted> encounter(const std::string& who, std::string action, CaseId id,
                                      Json asked = Json::object())
    {
        return act(who, "encounter", std::move(action), id, std::move(asked));
    }
    Result<casework::Acted> offer(const std::string& who, std::string action, CaseId id, Json asked = Json::object())
    {
        return act(who, "offer", std::move(action), id, std::move(asked));
    }
    static std::string why(const Result<casework::Acted>& acted)
    {
        return acted ? std::string("it was done") : sentences(acted.error());
    }
    static Json one(Json item) { return Json::list().add(std::move(item)); }

    /// Jay Sample, 14, in a flat far from home, beside a man of 27, with 42 wraps, three phones and £610.
    Json found_in_a_flat()
    {
        return Json::object()
            .set("name_given", "Jay Sample")
            .set("born_given", "2011-05-02")
            .set("met_at", "2026-01-10T23:30:00Z")
            .set("met_precision", "exact")
            .set("kind", "found")
            .set("place", "9 Quay Row, Saltby")
            .set("distance", "over_50")
            .set("lives_in", "Westmoor")
            .set("lives_elsewhere", "yes")
            .set("company", "with_others")
            .set("companions", one(Json::object()
                                       .set("who", "A man, tall, grey coat")
                                       .set("age", "adult")
                                       .set("relation", "unrelated")))
            .set("signs", Json::list().add("drugs").add("phones").add("cash"))
            .set("seen", one(Json::object().set("words", "42 wraps of what looks like heroin, three phones, £610")))
            .set("where_now", "with_officers")
            .set("authority", world_.agencies["Westmoor County"].text());
    }
    CaseId met(const Json& asked)
    {
        const auto done = encounter("officer", "record", {}, asked);
        if (!done) throw Bug("a story's encounter is refused: " + sentences(done.error()));
        return done->id;
    }
    encounters::Encounter facts_of(CaseId id)
    {
        encounters::Encounter facts;
        database().read([&](Transaction& transaction) {
            facts = *static_cast<const encounters::Encounter*>(
                casework::load_case(transaction, encounters::encounter_type(), id)->facts.get());
        });
        return facts;
    }
    std::string state_of(CaseId id)
    {
        std::string state;
        database().read([&](Transaction& transaction) { state = casework::load_head(transaction, id).state; });
        return state;
    }
    /// The codes and states of the flags of a child.
    std::vector<std::string> flags_of(ChildId child)
    {
        std::vector<std::string> flags;
        database().read([&](Transaction& transaction) {
            flags.clear();
            for (const auto& one : flags::all_of(transaction, child))
                flags.push_back(one.flag.code + " " + one.head.state);
        });
        std::ranges::sort(flags); // those of one moment have no order
        return flags;
    }
    std::vector<CaseId> offers_of(ChildId child)
    {
        std::vector<CaseId> offers;
        database().read([&](Transaction& transaction) {
            offers = storage::ids_at<CaseId>(
                transaction.query("select id from cases where child = $1 and type = 'offer' order by opened_at, id",
                                  {storage::to_value(child)}),
                0);
        });
        return offers;
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
    void pass_until(std::string_view then)
    {
        world_.now = *parse_utc(then);
        casework::tick(desk(), world_.now);
    }
    Json offered(std::string_view answer, std::string_view way = "in_person", std::string_view by = "outreach")
    {
        return Json::object().set("made", one(Json::object()
                                                  .set("made_at", to_iso(world_.now - minutes{5}))
                                                  .set("by", by)
                                                  .set("who", "Sol, Youth support")
                                                  .set("way", way)
                                                  .set("what", "Somebody to talk to each week, and a lift home")
                                                  .set("answer", answer)));
    }
    std::string sign_in_name(const std::string& who)
    {
        std::string name;
        database().read([&](Transaction& transaction) {
            name = accounts::find_worker(transaction, actor(who).worker)->sign_in_name;
        });
        return name;
    }
    /// The offer that the encounter opened, in the hands of the youth worker.
    CaseId offer_of_the_youth_worker(CaseId met_there)
    {
        const auto id = offers_of(facts_of(met_there).child).at(0);
        const auto passed =
            offer("duty worker", "pass", id, Json::object().set("staff_name", sign_in_name("youth worker")));
        if (!passed) throw Bug("a story's offer is not passed on: " + sentences(passed.error()));
        return id;
    }
};

using Words = std::vector<std::string>;
using Codes = std::vector<std::string_view>;

/// Scenario 1, steps 1 to 3, as far as they are built.
TEST_P(EncounterStories, what_stands_out_is_said_flags_are_proposed_and_support_is_due)
{
    const auto id = met(found_in_a_flat());
    const auto facts = facts_of(id);
    EXPECT_EQ(encounters::prompts_of(facts), (Codes{"unrelated_adult", "far_from_home", "other_area", "goods"}));
    EXPECT_EQ(flags_of(facts.child), (Words{"CCE_CON proposed", "MSHT_IND proposed"}));
    EXPECT_TRUE(has(told("duty worker"), "encounter.told"));
    EXPECT_TRUE(has(told("on-call manager"), "encounter.told"));
    EXPECT_TRUE(has(told("coordinator"), "encounter.recorded"));
    EXPECT_TRUE(has(told("inspector of Eastvale"), "flag.proposed")) << "a person decides (G-03)";
    EXPECT_EQ(due(id, "C16"), parse_utc("2026-01-11T23:40:00Z").value());
    EXPECT_EQ(due(id, "C48"), parse_utc("2026-01-11T03:40:00Z").value());
    const auto offers = offers_of(facts.child);
    ASSERT_EQ(offers.size(), 1U);
    EXPECT_EQ(due(offers[0], "C19U"), parse_utc("2026-01-11T23:40:00Z").value());
    EXPECT_EQ(due(offers[0], "C19"), parse_utc("2026-01-16T23:40:00Z").value())
        << "five working days after a Saturday night";
    EXPECT_TRUE(has(told("duty worker"), "offer.due"));
}

/// Step 4: "they'll say I owe for it". Saved as words; DEBT flag; a plan needs a debt line.
TEST_P(EncounterStories, what_the_child_says_of_a_debt_is_kept_and_the_encounter_does_not_end_without_a_line_on_it)
{
    const auto id = met(found_in_a_flat());
    world_.now += minutes{35};
    const auto said = Json::object()
                          .set("signs", Json::list().add("debt"))
                          .set("where_now", "police_protection")
                          .set("protected_at", "2026-01-11T00:10:00Z")
                          .set("child_said", one(Json::object()
                                                     .set("words", "they'll say I owe for it")
                                                     .set("setting", "In the police car")
                                                     .set("language", "English")));
    ASSERT_TRUE(encounter("officer", "add", id, said)) << why(encounter("officer", "add", id, said));
    const auto facts = facts_of(id);
    EXPECT_EQ(facts.signs, (Words{"debt", "drugs", "phones", "cash"})) << "what was seen once was seen";
    ASSERT_EQ(facts.child_said.size(), 1U);
    EXPECT_EQ(facts.child_said[0].words.words, "they'll say I owe for it");
    EXPECT_EQ(flags_of(facts.child), (Words{"CCE_CON proposed", "DEBT proposed", "MSHT_IND proposed"}));
    EXPECT_EQ(why(encounter("officer", "add", id, said)), "These words of the child are written down already");
    ASSERT_TRUE(encounter(
        "duty worker", "answer", id,
        Json::object().set("next_step", "A bed with a carer tonight").set("next_step_by", "2026-01-11T02:00:00Z")));
    EXPECT_TRUE(has(told("officer"), "encounter.answered"));
    ASSERT_TRUE(encounter(
        "officer", "consider", id,
        Json::object().set("considered", "referred").set("considered_because", "He is driven from town to town")));
    EXPECT_EQ(due(id, "C16"), std::nullopt);
    auto end = Json::object()
                   .set("results", Json::list().add("safe_place").add("nrm_referred"))
                   .set("close_words", "Sol, Youth support");
    EXPECT_EQ(why(encounter("officer", "close", id, end)),
              "The child is said to owe. Add first what is done about that");
    ASSERT_TRUE(encounter("officer", "add", id,
                          Json::object().set("debt_plan", "The man is in custody; the family is told whom to ring")));
    ASSERT_TRUE(encounter("officer", "close", id, end));
    EXPECT_EQ(state_of(id), "closed");
}

/// "No path lets the event close with 'NRM referred' as sole result."
TEST_P(EncounterStories, a_referral_alone_is_no_result)
{
    const auto id = met(found_in_a_flat());
    const auto end = Json::object().set("results", Json::list().add("nrm_referred")).set("close_words", "Nobody yet");
    EXPECT_FALSE(encounter("officer", "close", id, end)) << "children's services have not answered";
    ASSERT_TRUE(
        encounter("duty worker", "answer", id,
                  Json::object().set("next_step", "A bed tonight").set("next_step_by", "2026-01-11T02:00:00Z")));
    const auto refused = why(encounter("officer", "close", id, end));
    EXPECT_NE(refused.find("A referral brings the child nobody"), std::string::npos) << refused;
    EXPECT_NE(refused.find("Decide first whether the child may be a victim"), std::string::npos) << refused;
    EXPECT_EQ(why(encounter("officer", "consider", id,
                            Json::object().set("considered", "no_signs").set("considered_because", "None"))),
              "Signs were seen: say whether the child is referred, and why");
    EXPECT_EQ(state_of(id), "answered") << "a refusal leaves no half change";
}

/// R-A-08, R-X-08: always asked, and "not known" is an answer that stands out.
TEST_P(EncounterStories, place_company_and_distance_are_always_asked_and_not_known_is_an_answer)
{
    auto asked = found_in_a_flat();
    asked.set("place", Json()).set("distance", Json()).set("company", Json());
    const auto refused = encounter("officer", "record", {}, asked);
    ASSERT_FALSE(refused);
    std::set<std::string> fields;
    for (const auto& problem : refused.error()) fields.insert(problem.field);
    EXPECT_TRUE(fields.contains("place") && fields.contains("distance") && fields.contains("company"));
    auto unknown = found_in_a_flat();
    unknown.set("distance", "not_known")
        .set("company", "not_known")
        .set("companions", Json::list())
        .set("signs", Json::list())
        .set("lives_elsewhere", "not_known");
    const auto id = met(unknown);
    EXPECT_EQ(encounters::prompts_of(facts_of(id)), (Codes{"not_known"}));
    EXPECT_EQ(due(id, "C16"), std::nullopt) << "no sign waits for a decision";
    auto alone = found_in_a_flat();
    alone.set("company", "alone");
    EXPECT_EQ(why(encounter("officer", "record", {}, alone)),
              "You name somebody who was with the child: say that others were there");
}

/// R-A-01: what happened to one child does not come to stand on the record of another.
TEST_P(EncounterStories, a_record_that_neither_name_nor_birth_date_fits_is_not_taken)
{
    auto wrong = found_in_a_flat();
    wrong.set("child", world_.mia.text()).set("name_given", "Jay Walker");
    EXPECT_NE(why(encounter("officer", "record", {}, wrong)).find("does not fit what you entered"), std::string::npos);
    wrong.set("name_given", "Mia");
    EXPECT_TRUE(encounter("officer", "record", {}, wrong)) << "one sign alone decides nothing";
}

/// Steps 5 and 8: a person who is not of the police offers it in person; a leaflet is no support.
TEST_P(EncounterStories, support_is_offered_in_person_accepted_and_first_contact_is_in_time)
{
    const auto id = offer_of_the_youth_worker(met(found_in_a_flat()));
    EXPECT_TRUE(has(told("youth worker"), "offer.passed"));
    EXPECT_FALSE(offer("another youth worker", "offer", id, offered("yes"))) << "on nobody else's list";
    pass_until("2026-01-11T09:30:00Z");
    EXPECT_EQ(why(offer("youth worker", "offer", id, offered("yes", "leaflet"))),
              "Nobody accepts a leaflet: somebody has to speak with the child. Choose no answer yet");
    ASSERT_TRUE(offer("youth worker", "offer", id, offered("no_answer", "leaflet")));
    EXPECT_EQ(state_of(id), "due") << "a leaflet counts as nothing";
    world_.now += minutes{1};
    ASSERT_TRUE(offer("youth worker", "offer", id, offered("yes")));
    EXPECT_EQ(state_of(id), "accepted");
    EXPECT_NE(due(id, "C19U"), std::nullopt) << "they have not met yet";
    pass_until("2026-01-11T14:00:00Z");
    ASSERT_TRUE(offer("youth worker", "meet", id,
                      Json::object()
                          .set("first_contact_at", "2026-01-11T13:50:00Z")
                          .set("first_contact_with", "Sol, Youth support")));
    EXPECT_EQ(due(id, "C19"), std::nullopt);
    EXPECT_EQ(due(id, "C19U"), std::nullopt);
    ASSERT_TRUE(offer("youth worker", "engage", id, Json::object().set("support", "Each Tuesday after school")));
    EXPECT_TRUE(has(told("coordinator"), "offer.met"));
}

/// "NOT_NOW (re-offer in 7 and 28 days)": no refusal, and no reason to end it.
TEST_P(EncounterStories, not_now_is_asked_again_after_7_and_28_days_before_it_is_a_no)
{
    const auto id = offer_of_the_youth_worker(met(found_in_a_flat()));
    pass_until("2026-01-11T09:35:00Z");
    ASSERT_TRUE(offer("youth worker", "offer", id, offered("not_now")));
    EXPECT_EQ(due(id, "C19U"), std::nullopt) << "the child was met, and said not now";
    EXPECT_EQ(due(id, "C46"), parse_utc("2026-01-18T09:30:00Z").value());
    const auto no = Json::object().set("end_reason", "said_no").set("end_words", "Nobody asked twice");
    EXPECT_FALSE(offer("youth worker", "end", id, no));
    pass_until("2026-01-18T10:00:00Z");
    EXPECT_TRUE(has(told("on-call manager"), "clock.C46.breach"));
    ASSERT_TRUE(offer("youth worker", "offer", id, offered("not_now")));
    EXPECT_EQ(due(id, "C46"), std::nullopt);
    EXPECT_EQ(due(id, "C47"), parse_utc("2026-02-08T09:30:00Z").value()) << "28 days from the first time";
    pass_until("2026-02-08T10:00:00Z");
    ASSERT_TRUE(offer("youth worker", "offer", id, offered("not_now")));
    EXPECT_EQ(due(id, "C47"), std::nullopt);
    ASSERT_TRUE(offer("youth worker", "end", id, no));
    EXPECT_EQ(state_of(id), "ended");
}

/// "By non-police worker where possible."
TEST_P(EncounterStories, an_officer_who_offers_it_says_why_nobody_else_could_come)
{
    const auto id = offers_of(facts_of(met(found_in_a_flat())).child).at(0);
    world_.now += minutes{20};
    EXPECT_EQ(why(offer("officer", "offer", id, offered("yes", "in_person", "police"))),
              "Say why nobody who is not of the police could come");
    EXPECT_FALSE(offer("officer elsewhere", "offer", id, offered("yes")));
    EXPECT_FALSE(
        offer("officer", "end", id, Json::object().set("end_reason", "no_service").set("end_words", "None at night")))
        << "who meets a child at night does not end their support";
}

/// R-X-12: late stays late when a child goes from desk to desk.
TEST_P(EncounterStories, a_child_of_another_authority_is_passed_on_and_the_first_clock_runs_on)
{
    const auto id = met(found_in_a_flat());
    const auto before = due(id, "C48");
    world_.now += hours{1};
    const auto to_itself =
        Json::object().set("authority", world_.agencies["Westmoor County"].text()).set("not_ours_because", "Moved");
    EXPECT_EQ(why(encounter("duty worker", "not_ours", id, to_itself)), "Choose the authority that is responsible");
    const auto other = world_.agencies["Harbourne Borough"];
    ASSERT_TRUE(encounter("duty worker", "not_ours", id,
                          Json::object().set("authority", other.text()).set("not_ours_because", "He moved in May")));
    EXPECT_EQ(due(id, "C48"), world_.now + hours{4}) << "the second authority has as long as the first";
    database().read([&](Transaction& transaction) {
        const auto clocks = casework::load_clocks(transaction, id);
        const auto first = std::ranges::find(clocks, "C48", &casework::ClockRow::code);
        EXPECT_EQ(first->due_at, before) << "and the clock of the first runs on";
    });
    const auto answer = Json::object().set("next_step", "A bed").set("next_step_by", "2026-01-11T02:00:00Z");
    EXPECT_FALSE(encounter("duty worker", "answer", id, answer));
    EXPECT_TRUE(encounter("duty worker of Harbourne", "answer", id, answer));
    EXPECT_EQ(due(id, "C48"), std::nullopt) << "answered for both";
}

/// G-03: what a person declined or ended does not come back because something else was added.
TEST_P(EncounterStories, an_addition_proposes_and_offers_nothing_that_it_did_not_bring)
{
    const auto id = met(found_in_a_flat());
    const auto child = facts_of(id).child;
    const auto decline = [&](std::string_view code) {
        CaseId flag;
        database().read([&](Transaction& transaction) {
            for (const auto& one : flags::all_of(transaction, child))
                if (one.flag.code == code) flag = one.head.id;
        });
        ASSERT_TRUE(act("inspector of Eastvale", "flag", "decline", flag,
                        Json::object().set("decision_reason", "The man is his uncle")));
    };
    decline("CCE_CON");
    ASSERT_TRUE(offer("on-call manager", "end", offers_of(child).at(0),
                      Json::object().set("end_reason", "no_service").set("end_words", "Nobody until Monday")));
    world_.now += minutes{5};
    ASSERT_TRUE(encounter("officer", "add", id, Json::object().set("debt_plan", "None is known of")));
    EXPECT_EQ(flags_of(child), (Words{"CCE_CON declined", "MSHT_IND proposed"}));
    EXPECT_EQ(offers_of(child).size(), 1U);
}

/// R-D-10: decided before something new was seen, it is decided once more.
TEST_P(EncounterStories, what_is_seen_later_asks_for_the_decision_again)
{
    auto calm = found_in_a_flat();
    calm.set("signs", Json::list()).set("companions", Json::list()).set("company", "alone");
    calm.set("distance", "5_to_20").set("lives_elsewhere", "no");
    const auto id = met(calm);
    EXPECT_EQ(due(id, "C16"), std::nullopt);
    ASSERT_TRUE(
        encounter("officer", "consider", id,
                  Json::object().set("considered", "no_signs").set("considered_because", "He was with his bicycle")));
    world_.now += hours{1};
    const auto man =
        Json::object().set("who", "A man in the next room").set("age", "adult").set("relation", "unrelated");
    ASSERT_TRUE(encounter("officer", "add", id, Json::object().set("companions", one(man))));
    EXPECT_EQ(facts_of(id).company, "with_others") << "he was not alone after all";
    EXPECT_EQ(facts_of(id).considered, "");
    EXPECT_EQ(due(id, "C16"), world_.now + hours{24});
    EXPECT_FALSE(encounter("officer", "add", id, Json::object().set("companions", one(man)))) << "sent twice";
}

/// R-X-07: a correction takes nothing away that was seen, and brings about what it shows.
TEST_P(EncounterStories, a_correction_tells_the_desk_and_takes_no_sign_away)
{
    auto near = found_in_a_flat();
    near.set("distance", "5_to_20")
        .set("lives_elsewhere", "no")
        .set("companions", Json::list())
        .set("company", "not_known");
    const auto id = met(near);
    EXPECT_EQ(flags_of(facts_of(id).child), Words{});
    ASSERT_TRUE(encounter(
        "officer", "correct", id,
        Json::object().set("field", "distance").set("value", "over_50").set("reason", "He lives in Westmoor")));
    EXPECT_EQ(flags_of(facts_of(id).child), (Words{"CCE_CON proposed", "MSHT_IND proposed"}));
    EXPECT_TRUE(has(told("duty worker"), "encounter.added"));
    (void)encounter("officer", "correct", id,
                    Json::object().set("field", "signs").set("value", Json::list()).set("reason", "A mistake"));
    EXPECT_EQ(facts_of(id).signs, (Words{"drugs", "phones", "cash"}));
}

/// "Re-offer in 7 and 28 days": three people in one evening are no three answers.
TEST_P(EncounterStories, not_now_said_three_times_in_one_evening_is_said_once)
{
    const auto id = offer_of_the_youth_worker(met(found_in_a_flat()));
    for (int i = 0; i < 3; ++i) {
        world_.now += minutes{30};
        ASSERT_TRUE(offer("youth worker", "offer", id, offered("not_now")));
    }
    EXPECT_NE(due(id, "C46"), std::nullopt);
    EXPECT_FALSE(
        offer("youth worker", "end", id, Json::object().set("end_reason", "said_no").set("end_words", "Three times")));
    EXPECT_FALSE(
        offer("youth worker", "end", id, Json::object().set("end_reason", "no_service").set("end_words", "None")))
        << "a gap is for the manager to say";
    EXPECT_FALSE(offer("youth worker", "offer", id, Json::object().set("made", Json::list())));
}

/// R-D-11: written down later, it counts from when it happened.
TEST_P(EncounterStories, a_first_contact_in_time_that_is_written_down_late_is_in_time)
{
    const auto id = offer_of_the_youth_worker(met(found_in_a_flat()));
    world_.now += hours{1};
    ASSERT_TRUE(offer("youth worker", "offer", id, offered("yes")));
    world_.now += hours{30};
    casework::tick(desk(), world_.now);
    ASSERT_TRUE(offer("youth worker", "meet", id,
                      Json::object().set("first_contact_at", "2026-01-11T10:00:00Z").set("first_contact_with", "Sol")));
    database().read([&](Transaction& transaction) {
        for (const auto& clock : casework::load_clocks(transaction, id))
            if (clock.code == "C19U") {
                EXPECT_EQ(clock.breached_at, std::nullopt);
            }
    });
}

/// The reachable moment of custody: an arrest about which children's services are asked, and the right authority.
TEST_P(EncounterStories, an_arrest_opens_an_offer_that_goes_where_the_child_is_answered_for)
{
    world_.now = *parse_utc("2026-10-28T02:00:00Z");
    const auto booked = act("custody sergeant", "custody", "book_in", {},
                            Json::object()
                                .set("child", world_.mia.text())
                                .set("name_given", "Mia Sample")
                                .set("custody_number", "NM/1")
                                .set("authorised_at", "2026-10-28T01:50:00Z"));
    ASSERT_TRUE(booked);
    EXPECT_TRUE(offers_of(world_.mia).empty()) << "nobody is known yet who could go to her";
    ASSERT_TRUE(act("custody sergeant", "custody", "send_request", booked->id,
                    Json::object()
                        .set("authority", world_.agencies["Westmoor County"].text())
                        .set("offence", "Theft")
                        .set("worry", "Alone")));
    ASSERT_EQ(offers_of(world_.mia).size(), 1U);
    const auto id = offers_of(world_.mia)[0];
    const auto sees = [&](const char* who) {
        return casework::look(desk(), actor(who), RequestId::random(), {.type = "offer", .id = id, .page = "record"},
                              world_.now)
            .has_value();
    };
    EXPECT_TRUE(sees("duty worker"));
    EXPECT_FALSE(sees("custody sergeant"));
    const auto reroute = Json::object()
                             .set("to", world_.agencies["Harbourne Borough"].text())
                             .set("reason", "moved")
                             .set("words", "In May");
    const auto passed =
        act("duty worker", "custody", "not_our_child", booked->id, Json::object().set("reroutes", one(reroute)));
    ASSERT_TRUE(passed) << why(passed);
    EXPECT_FALSE(sees("duty worker")) << "the child is another authority's";
    EXPECT_TRUE(has(told("duty worker of Harbourne"), "offer.due"));
}

/// R-P-07: what may not be seen does not exist.
TEST_P(EncounterStories, nobody_else_sees_an_encounter_or_the_offer_that_it_opened)
{
    const auto id = met(found_in_a_flat());
    const auto opened = offers_of(facts_of(id).child).at(0);
    for (const auto* who :
         {"officer elsewhere", "custody sergeant", "another youth worker", "inspector", "investigator"}) {
        const auto sees = [&](std::string_view type, CaseId one) {
            return casework::look(desk(), actor(who), RequestId::random(), {.type = type, .id = one, .page = "record"},
                                  world_.now)
                .has_value();
        };
        EXPECT_FALSE(sees("encounter", id)) << who;
        EXPECT_FALSE(sees("offer", opened)) << who;
    }
    EXPECT_TRUE(casework::look(desk(), actor("coordinator"), RequestId::random(),
                               {.type = "encounter", .id = id, .page = "record"}, world_.now));
}

/// One offer of a child is open at a time: another moment hurries it.
TEST_P(EncounterStories, a_second_moment_hurries_the_offer_that_stands)
{
    auto calm = found_in_a_flat();
    calm.set("signs", Json::list())
        .set("companions", Json::list())
        .set("company", "alone")
        .set("distance", "5_to_20")
        .set("lives_elsewhere", "no");
    const auto id = met(calm);
    const auto child = facts_of(id).child;
    ASSERT_EQ(offers_of(child).size(), 1U);
    EXPECT_EQ(due(offers_of(child)[0], "C19U"), std::nullopt);
    EXPECT_EQ(flags_of(child), Words{});
    world_.now += hours{2};
    ASSERT_TRUE(encounter("officer", "add", id, Json::object().set("signs", Json::list().add("injuries"))));
    ASSERT_EQ(offers_of(child).size(), 1U);
    EXPECT_EQ(due(offers_of(child)[0], "C19U"), world_.now + hours{24});
}

INSTANTIATE_TEST_SUITE_P(engines, EncounterStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
