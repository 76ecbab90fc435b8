// Flags, end to end: who proposes and decides, what custody reads two forces away, what is reviewed, disputed and
// taken back, and what follows from what is on record. Capability C; rules R-C-01 to R-C-08.
#include "app/stories_test_world.h"
#include "capabilities/flags/flags.h"
#include "capabilities/flags/summary.h"
#include "identity/people.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class FlagStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto elsewhere = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                            "X23000002", "Eastvale Constabulary");
        const auto suite = add_team(transaction, elsewhere, "Mill Lane", "custody-suite");
        add_actor(world_, transaction, elsewhere, suite, Role::CUST, "sergeant elsewhere");
        add_actor(world_, transaction, elsewhere, suite, Role::INSP, "inspector elsewhere");
        const auto force = *accounts::find_agency_by_code(transaction, "X23000001");
        const auto standards = add_team(transaction, force, "Professional standards", "office");
        add_actor(world_, transaction, force, standards, Role::PSTD, "standards");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        const auto social = add_team(transaction, authority, "Children in care", "office");
        add_actor(world_, transaction, authority, social, Role::SW, "social worker");
        add_actor(world_, transaction, authority, social, Role::IGOV, "governance of Westmoor");
        add_actor(world_, transaction, authority, social, Role::LADM, "second manager");
        for (const auto* name : {"standards", "governance of Westmoor"}) actor(name).purpose = "information-governance";
    }

    Result<casework::Acted> act(const std::string& who, std::string_view type, std::string action, CaseId id,
                                Json asked = Json::object())
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    Result<casework::Acted> flag(const std::string& who, std::string action, CaseId id, Json asked = Json::object())
    {
        return act(who, "flag", std::move(action), id, std::move(asked));
    }
    Json about(std::string_view code, std::string_view words = "Found with a man of 30, three phones and 42 wraps")
    {
        return Json::object()
            .set("child", world_.mia.text())
            .set("code", code)
            .set("plain_words", words)
            .set("child_told", "yes");
    }
    CaseId proposed_by(const std::string& who, const Json& asked)
    {
        const auto done = flag(who, "propose", {}, asked);
        CHECK(done.has_value(), "a story's flag is refused");
        return done->id;
    }
    static std::string why(const Result<casework::Acted>& acted)
    {
        return acted ? std::string("it was done") : sentences(acted.error());
    }
    Result<casework::Acted> book_in(const std::string& who)
    {
        return act(who, "custody", "book_in", {},
                   Json::object()
                       .set("child", world_.mia.text())
                       .set("name_given", "Mia Sample")
                       .set("custody_number", "NM/1")
                       .set("authorised_at", "2026-10-28T01:50:00Z"));
    }
    /// Mia is in custody, and Westmoor's desk was asked about her.
    CaseId detained_by(const std::string& who)
    {
        const auto booked = book_in(who);
        CHECK(booked.has_value(), "a story's child is not booked in");
        const auto asked = act(who, "custody", "send_request", booked->id,
                               Json::object()
                                   .set("authority", world_.agencies["Westmoor County"].text())
                                   .set("offence", "Carrying drugs for somebody else")
                                   .set("worry", "She will not say where she lives"));
        CHECK(asked.has_value(), "a story's request is not sent");
        return booked->id;
    }
    void allocate_mia()
    {
        auto asked = Json::object().set("child", world_.mia.text());
        database().read([&](Transaction& transaction) {
            asked.set("staff_name", accounts::find_worker(transaction, actor("social worker").worker)->sign_in_name);
        });
        ASSERT_TRUE(act("on-call manager", "allocation", "allocate", {}, asked));
    }

    /// As a page about that case shows it to that person.
    web::SafetySummary summary(const std::string& who, CaseId detention)
    {
        const auto seen = casework::look(desk(), actor(who), RequestId::random(),
                                         {.type = "custody", .id = detention, .page = "brief"}, world_.now);
        CHECK(seen.has_value(), "somebody in a story may not read the brief");
        const auto question = [&](Transaction& transaction) {
            return casework::policy_request(desk(), transaction, *seen->type, seen->head, actor(who), "read",
                                            world_.now);
        };
        const auto shown =
            flags::see_flags(desk(), actor(who), RequestId::random(),
                             {.child = seen->head.heading.child, .page = "summary", .question = question}, world_.now);
        return flags::summary_of(desk(), shown, seen->head.heading.child);
    }
    static std::vector<std::string> labels(const web::SafetySummary& summary)
    {
        std::vector<std::string> all;
        for (const auto& line : summary.lines)
            all.push_back(line.standing.empty() ? line.code : line.code + " " + line.standing);
        return all;
    }
    using Labels = std::vector<std::string>;

    /// People decided that this record and Mia's are one child.
    void join_with_mia(const records::Child& other)
    {
        database().write([&](Transaction& transaction) {
            ASSERT_TRUE(records::store_child(transaction, other, 0, actor("duty worker").worker, "", world_.now));
            const identity::Judgement same{.kind = identity::DecisionKind::same,
                                           .one = world_.mia,
                                           .other = other.id,
                                           .worker = actor("custody sergeant").worker,
                                           .agency = actor("custody sergeant").agency,
                                           .reason = "The same number of the authority"};
            const auto everybody = [](ChildId) { return true; };
            ASSERT_TRUE(identity::decide(transaction, same, world_.now, everybody));
        });
    }
    /// The newest flag of that code.
    CaseId flag_of(std::string_view code)
    {
        CaseId found;
        database().read([&](Transaction& transaction) {
            found = {};
            for (const auto& one : flags::all_of(transaction, world_.mia))
                if (one.flag.code == code) found = one.head.id;
        });
        return found;
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
    void pass_until(UtcTime then)
    {
        world_.now = then;
        casework::tick(desk(), then);
    }
};

/// The done line of the specification, and R-C-04.
TEST_P(FlagStories, a_flag_set_by_an_authority_at_16_00_is_on_a_custody_screen_two_forces_away_at_16_01)
{
    const auto detention = detained_by("sergeant elsewhere");
    pass_until(*parse_utc("2026-10-28T15:00:00Z"));
    const auto id = proposed_by("duty worker", about("DEBT"));
    pass_until(*parse_utc("2026-10-28T16:00:00Z"));
    ASSERT_TRUE(flag("on-call manager", "accept", id)) << why(flag("on-call manager", "accept", id));
    world_.now += minutes{1};
    const auto read = summary("sergeant elsewhere", detention);
    ASSERT_EQ(labels(read), Labels{"DEBT"});
    const auto& line = read.lines.front();
    EXPECT_EQ(line.label, "May owe, or be told they owe");
    EXPECT_EQ(line.words, "Found with a man of 30, three phones and 42 wraps");
    EXPECT_EQ(line.prompt, "A risk at release: plan for it");
    EXPECT_EQ(line.source, "Westmoor County, since 28 October 2026 at 16:00 GMT");
    EXPECT_EQ(summary("duty worker", detention).lines.front().words, line.words) << "the same for everybody";
    EXPECT_TRUE(has(told("sergeant elsewhere"), "flag.set_elsewhere")); // to be acknowledged
    EXPECT_TRUE(has(told("duty worker"), "flag.set_here"));
    EXPECT_TRUE(has(told("duty worker"), "flag.accepted"));
}

TEST_P(FlagStories, what_cannot_wait_is_shown_while_it_is_checked_and_the_rest_once_it_is_accepted)
{
    const auto detention = detained_by("custody sergeant");
    const auto worry = proposed_by("custody sergeant", about("THREAT"));
    const auto line = proposed_by("custody sergeant", about("CTY_LINE"));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"THREAT being checked"});
    EXPECT_TRUE(has(told("inspector"), "flag.proposed"));
    ASSERT_TRUE(flag("inspector", "accept", line));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), (Labels{"THREAT being checked", "CTY_LINE", "DUAL"}));
    ASSERT_TRUE(flag("inspector", "decline", worry, Json::object().set("decision_reason", "Known to be untrue")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), (Labels{"CTY_LINE", "DUAL"}));
    EXPECT_EQ(due(line, "C44"), std::nullopt);
}

/// G-03, P9.
TEST_P(FlagStories, whoever_proposes_does_not_decide_and_whoever_declined_does_not_hear_the_appeal)
{
    detained_by("custody sergeant");
    const auto own = proposed_by("inspector", about("THREAT"));
    EXPECT_EQ(why(flag("inspector", "accept", own)), "Somebody else decides: you proposed it yourself");
    const auto id = proposed_by("duty worker", about("DEBT"));
    EXPECT_FALSE(flag("inspector", "accept", id)) << "another organisation owns it";
    ASSERT_TRUE(flag("on-call manager", "decline", id, Json::object().set("decision_reason", "No basis yet")));
    const auto appeal = Json::object().set("appeal_reason", "The phone shows who asks her for money");
    EXPECT_EQ(why(flag("custody sergeant", "appeal", id, appeal)), "There is no such record, or it is not open to you");
    ASSERT_TRUE(flag("duty worker", "appeal", id, appeal));
    EXPECT_EQ(why(flag("on-call manager", "accept", id)), "Somebody else decides about the appeal: you declined it");
    ASSERT_TRUE(flag("second manager", "accept", id));
    EXPECT_EQ(state_of(id), "active");
    const auto other = proposed_by("duty worker", about("ONLINE"));
    ASSERT_TRUE(flag("on-call manager", "decline", other, Json::object().set("decision_reason", "No basis yet")));
    ASSERT_TRUE(flag("duty worker", "appeal", other, appeal));
    EXPECT_TRUE(has(told("on-call manager"), "flag.appealed"));
    ASSERT_TRUE(flag("second manager", "decline", other, Json::object().set("decision_reason", "Nor now")));
    EXPECT_EQ(why(flag("duty worker", "appeal", other, appeal)), "It was appealed once, and declined by two people");
}

/// R-P-07: what may not be seen does not exist, and nothing is written of it.
TEST_P(FlagStories, nobody_proposes_a_flag_for_a_child_whose_record_is_not_open_to_them)
{
    const auto nobody = Json(about("DEBT")).set("child", ChildId::random().text());
    const auto of_nobody = why(flag("custody sergeant", "propose", {}, nobody));
    EXPECT_EQ(of_nobody, "There is no such record, or it is not open to you");
    EXPECT_EQ(why(flag("custody sergeant", "propose", {}, about("DEBT"))), of_nobody);
    EXPECT_EQ(why(flag("social worker", "propose", {}, about("DEBT"))), of_nobody) << "not on her list";
    allocate_mia();
    EXPECT_TRUE(flag("social worker", "propose", {}, about("DEBT")));
    detained_by("custody sergeant");
    EXPECT_EQ(why(flag("sergeant elsewhere", "propose", {}, about("THREAT"))), of_nobody);
    const auto id = proposed_by("custody sergeant", about("THREAT"));
    const auto disputing = Json::object().set("child_told", "yes");
    EXPECT_EQ(why(flag("sergeant elsewhere", "note_child", id, disputing)), of_nobody);
    ASSERT_TRUE(flag("inspector", "accept", id));
    EXPECT_EQ(why(flag("sergeant elsewhere", "dispute", id,
                       Json::object().set("disputed_by", "child").set("dispute_words", "It is not so"))),
              of_nobody);
    EXPECT_TRUE(flag("custody sergeant", "note_child", id, disputing));
}

TEST_P(FlagStories, the_catalogue_says_who_proposes_what_and_with_what)
{
    detained_by("custody sergeant");
    const auto refused = [&](const std::string& who, const Json& asked) {
        const auto done = flag(who, "propose", {}, asked);
        return done ? std::string("it was done") : sentences(done.error());
    };
    EXPECT_EQ(refused("custody sergeant", about("NRM_RG")),
              "This flag follows from what is on record: nobody sets it by hand");
    EXPECT_EQ(refused("custody sergeant", about("CPP")), "Your role does not propose this flag: tell those who do");
    EXPECT_EQ(refused("inspector", about("CCE_CNF")), "Say what shows it: this flag does not stand without");
    EXPECT_EQ(refused("duty worker", about("AVOID")), "Say whom it names");
    EXPECT_EQ(refused("duty worker", about("DEBT").set("subject", "Adult A")),
              "This flag is of the child alone: leave this empty, and say it in plain words");
    EXPECT_EQ(refused("duty worker", about("DEBT", std::string(201, 'a'))),
              "Say it in 200 letters or fewer: it is read in a hurry");
    std::string welsh;
    for (int i = 0; i < 200; ++i) welsh += "ŵ";
    EXPECT_EQ(refused("duty worker", about("ONLINE", welsh)), "it was done") << "a letter is one letter";
    EXPECT_EQ(refused("inspector", about("POC").set("subject", "Adult A").set("evidence", "Graded B1")),
              "This flag is of an adult or a place, and not of a child");
    EXPECT_EQ(refused("duty worker", about("DEBT").set("review_on", "2026-12-25")),
              "This flag is reviewed on 27 November 2026 at the latest");
    EXPECT_EQ(refused("duty worker", about("DEBT").set("review_on", "2026-10-28")),
              "The review must be on a day after today");
    EXPECT_EQ(refused("duty worker", about("DEBT").set("child_told", "not_safe")),
              "Say why the child does not know, and who will tell them");
    EXPECT_EQ(refused("duty worker", about("GANG")), "Choose one of the answers on the list") << "R-C-01, R-C-03";
    EXPECT_EQ(refused("duty worker", about("IMMIGRATION")), "Choose one of the answers on the list") << "R-C-08";
    // "SW, child": anybody who writes down the child's own words proposes a safe adult (R-X-09).
    const auto aunt = about("SAFEADT", "Her aunt may be called").set("subject", "Aunt, 01632 960002");
    EXPECT_NE(refused("custody sergeant", aunt).find("in the child's own words"), std::string::npos);
    const auto said = Json::object().set("words", "I want my auntie");
    auto as_said = Json(aunt).set("child_said", Json::list().add(Json(said)));
    EXPECT_EQ(refused("custody sergeant", as_said),
              "Say where and how the child said it. Say in which language the words stand");
    as_said.set("child_said", Json::list().add(Json(said).set("setting", "At the desk").set("language", "English")));
    EXPECT_EQ(refused("custody sergeant", as_said), "it was done");
    EXPECT_EQ(refused("custody sergeant", as_said), "This flag stands for the child already, or is proposed");
    EXPECT_EQ(refused("duty worker", about("HEALTH", "Inhaler")), "it was done");
    EXPECT_EQ(refused("duty worker", about("HEALTH", "Allergic to nuts")), "it was done") << "each fact its own flag";
}

/// 4.C: "unreviewed: greyed 'out of date since', still visible, owner's manager told"; C28.
TEST_P(FlagStories, a_flag_that_nobody_reviews_is_out_of_date_and_still_there)
{
    const auto detention = detained_by("custody sergeant");
    const auto id = proposed_by("inspector", about("THREAT").set("review_on", "2026-11-05"));
    ASSERT_TRUE(
        act("custody sergeant", "custody", "add_fact", detention,
            Json::object().set(
                "added_facts",
                Json::list().add(Json::object().set("number", "F1").set("section", "health").set("words", "Calm")))))
        << "a flag stands in nobody's way";
    world_.actors["second inspector"] = actor("inspector");
    database().write([&](Transaction& transaction) {
        const auto& inspector = actor("inspector");
        const accounts::Worker worker{.id = WorkerId::random(), .agency = inspector.agency, .sign_in_name = "second"};
        accounts::add_worker(transaction, worker);
        accounts::add_post(transaction, {.worker = worker.id, .team = inspector.team, .role = Role::INSP});
        world_.actors["second inspector"].worker = worker.id;
    });
    ASSERT_TRUE(flag("second inspector", "accept", id));
    EXPECT_EQ(due(id, "C28"), *parse_utc("2026-11-06T00:00:00Z")) << "the end of the day of the review";
    pass_until(*parse_utc("2026-11-06T09:00:00Z"));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"THREAT out of date since 5 November 2026"});
    EXPECT_TRUE(has(told("inspector"), "clock.C28.breach"));
    EXPECT_EQ(why(flag("inspector", "renew", id, Json::object().set("review_reason", "He rang again yesterday"))),
              "Somebody else reviews it: you proposed it yourself");
    ASSERT_TRUE(flag("second inspector", "renew", id, Json::object().set("review_reason", "He rang again yesterday")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"THREAT"});
    EXPECT_EQ(due(id, "C28"), *parse_utc("2026-11-21T00:00:00Z")) << "as long again as the catalogue lets it";
    ASSERT_TRUE(flag("second inspector", "remove", id, Json::object().set("removal_reason", "He is in prison")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{});
    EXPECT_TRUE(has(told("custody sergeant"), "flag.removed_here"));
    EXPECT_EQ(due(id, "C28"), std::nullopt);
}

TEST_P(FlagStories, what_a_child_disputes_is_shown_with_their_words_until_governance_answers)
{
    const auto detention = detained_by("custody sergeant");
    const auto id = proposed_by("duty worker", about("DEBT"));
    const auto disputing =
        Json::object().set("disputed_by", "child").set("dispute_words", "I never owed nobody nothing");
    EXPECT_FALSE(flag("custody sergeant", "dispute", id, disputing)) << "it does not stand yet";
    const auto look_of_governance = [&] {
        return casework::look(desk(), actor("governance of Westmoor"), RequestId::random(),
                              {.type = "flag", .id = id, .page = "flag", .with_history = true}, world_.now);
    };
    ASSERT_TRUE(flag("on-call manager", "accept", id));
    EXPECT_FALSE(look_of_governance()) << "a flag that nobody disputes is nothing to governance";
    ASSERT_TRUE(flag("custody sergeant", "dispute", id, disputing));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"DEBT disputed by the child"});
    EXPECT_TRUE(has(told("governance of Westmoor"), "flag.disputed"));
    EXPECT_TRUE(has(told("on-call manager"), "flag.disputed")) << "its owner, and not who wrote the dispute down";
    EXPECT_TRUE(due(id, "C45").has_value());
    EXPECT_TRUE(due(id, "C28").has_value()) << "no clock pauses silently (R-X-11)";
    EXPECT_FALSE(flag("on-call manager", "keep", id, Json::object().set("dispute_answer", "It stands")));
    // Information governance sees what is disputed, and of the child nothing more; nor in the reasons of its versions.
    const auto seen = look_of_governance();
    ASSERT_TRUE(seen);
    const auto& facts = seen->as<flags::Flag>();
    EXPECT_EQ(facts.dispute_words.words, "I never owed nobody nothing");
    EXPECT_NE(facts.disputed_text.words.find("42 wraps"), std::string::npos);
    EXPECT_EQ(facts.plain_words, "");
    EXPECT_EQ(facts.code, "");
    for (const auto& version : seen->history) EXPECT_EQ(version.reason, "");
    ASSERT_TRUE(flag("governance of Westmoor", "drop", id,
                     Json::object().set("dispute_answer", "Nobody can say who told us so")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{});
    EXPECT_EQ(state_of(id), "removed");
    EXPECT_FALSE(look_of_governance()) << "answered, it is nothing to governance any more";
}

TEST_P(FlagStories, a_dispute_holds_up_no_review_and_keeping_the_flag_is_none)
{
    const auto detention = detained_by("custody sergeant");
    const auto id = proposed_by("duty worker", about("DEBT").set("review_on", "2026-11-05"));
    ASSERT_TRUE(flag("on-call manager", "accept", id));
    const auto disputing = Json::object().set("disputed_by", "family").set("dispute_words", "She owes nobody");
    ASSERT_TRUE(flag("custody sergeant", "dispute", id, disputing));
    pass_until(*parse_utc("2026-11-06T09:00:00Z"));
    EXPECT_EQ(labels(summary("custody sergeant", detention)),
              Labels{"DEBT disputed by the child's family, out of date since 5 November 2026"});
    ASSERT_TRUE(flag("governance of Westmoor", "keep", id, Json::object().set("dispute_answer", "Two sources say so")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"DEBT out of date since 5 November 2026"});
    ASSERT_TRUE(flag("custody sergeant", "dispute", id, disputing)) << "again";
    ASSERT_TRUE(flag("on-call manager", "renew", id, Json::object().set("review_reason", "She said so herself")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"DEBT disputed by the child's family"});
    ASSERT_TRUE(flag("on-call manager", "remove", id, Json::object().set("removal_reason", "It was paid")));
    EXPECT_EQ(due(id, "C45"), std::nullopt);
}

/// R-C-05, G-05: "may not be withheld because the child is also a suspect".
TEST_P(FlagStories, a_suspect_who_may_be_exploited_is_shown_as_both_and_no_longer_when_nothing_says_so)
{
    allocate_mia();
    const auto id = proposed_by("social worker", about("CCE_CON"));
    ASSERT_TRUE(flag("on-call manager", "accept", id));
    const auto detention = detained_by("custody sergeant");
    EXPECT_EQ(labels(summary("custody sergeant", detention)), (Labels{"CCE_CON", "DUAL"}));
    // What a person takes away does not come back by itself.
    ASSERT_TRUE(
        flag("inspector", "remove", flag_of("DUAL"), Json::object().set("removal_reason", "Not suspected any more")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"CCE_CON"});
    const auto more = proposed_by("social worker", about("CSE_CON"));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), (Labels{"CSE_CON being checked", "CCE_CON", "DUAL"}));
    ASSERT_TRUE(flag("on-call manager", "decline", more, Json::object().set("decision_reason", "No basis")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), (Labels{"CCE_CON", "DUAL"}));
    ASSERT_TRUE(flag("on-call manager", "remove", id, Json::object().set("removal_reason", "It was a namesake")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{});
}

/// Two records that people find to be one child are read together, and so are both of what they say.
TEST_P(FlagStories, a_suspect_whose_other_record_says_that_they_may_be_exploited_is_both_from_the_joining_on)
{
    const auto detention = detained_by("custody sergeant");
    records::Child other;
    other.id = ChildId::random();
    other.names = {records::read_name("Mia Sampel")};
    other.source = {.agency = actor("duty worker").agency, .recorded_at = world_.now, .known_by = "their own record"};
    const auto& owner = actor("on-call manager");
    database().write([&](Transaction& transaction) {
        flags::propose_because(desk(), transaction,
                               {.child = other.id,
                                .code = "CCE_CON",
                                .because = "Said so at the door",
                                .owner = owner.agency,
                                .owner_team = owner.team},
                               world_.now);
    });
    join_with_mia(other);
    EXPECT_FALSE(has(labels(summary("custody sergeant", detention)), "DUAL")) << "nothing has looked yet";
    const auto ends = [&](std::string_view action, std::string_view state) {
        casework::CaseHead pair;
        pair.heading.child = world_.mia;
        pair.heading.other = other.id;
        pair.state = state; // as the case of the pair stands then
        for (const auto& one : consequences())
            if (one.type == "same-person" && one.action == action)
                database().write([&](Transaction& transaction) { one.happen(desk(), transaction, pair, world_.now); });
    };
    ends("same", "one child");
    EXPECT_TRUE(has(labels(summary("custody sergeant", detention)), "DUAL"));
}

/// 4.C, CARE: "LA feed: status". And R-C-07: what is flagged changes nothing of the detention.
TEST_P(FlagStories, that_a_child_is_in_care_follows_from_what_children_services_answer)
{
    const auto detention = detained_by("custody sergeant");
    ASSERT_TRUE(act("duty worker", "custody", "open_request", detention));
    const auto answering = [&](std::string_view code) {
        auto item = Json::object().set("question", "Q02").set("state", "given").set("words", "As on our record");
        item.set("codes", Json::list().add(code));
        return Json::object().set("answers", Json::list().add(std::move(item)));
    };
    ASSERT_TRUE(act("duty worker", "custody", "answer", detention, answering("care_order")));
    auto read = summary("custody sergeant", detention);
    ASSERT_EQ(labels(read), Labels{"CARE"});
    EXPECT_NE(read.lines.front().source.find("Westmoor County"), std::string::npos);
    ASSERT_TRUE(act("duty worker", "custody", "answer", detention, answering("care_order")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"CARE"}) << "once";
    world_.now += minutes{1};
    ASSERT_TRUE(act("duty worker", "custody", "answer", detention, answering("care_leaver")));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"LEAVER"});
    EXPECT_EQ(due(flag_of("LEAVER"), "C28"), *parse_utc("2027-10-28T23:00:00Z"))
        << "the service set it, and it is reviewed within 365 days all the same";
    EXPECT_EQ(due(flag_of("CARE"), "C28"), std::nullopt) << "it stands as long as it follows";
    // What a person removes does not come back because something else was answered.
    world_.now += minutes{1};
    ASSERT_TRUE(flag("on-call manager", "remove", flag_of("LEAVER"),
                     Json::object().set("removal_reason", "She is fifteen: a slip")));
    ASSERT_TRUE(
        act("duty worker", "custody", "answer", detention,
            Json::object().set("answers", Json::list().add(Json::object().set("question", "Q05").set("state", "no")))));
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{});
}

/// Nothing that follows from an act ever refuses that act.
TEST_P(FlagStories, a_flag_that_cannot_follow_holds_up_no_answer_and_no_booking)
{
    const auto detention = detained_by("custody sergeant");
    ASSERT_TRUE(act("duty worker", "custody", "open_request", detention));
    const auto answering = [&](std::string_view code) {
        auto item = Json::object().set("question", "Q02").set("state", "given").set("words", "As on our record");
        item.set("codes", Json::list().add(code));
        return Json::object().set("answers", Json::list().add(std::move(item)));
    };
    ASSERT_TRUE(act("duty worker", "custody", "answer", detention, answering("care_order")));
    ASSERT_TRUE(act("standards", "restriction", "restrict", {},
                    Json::object()
                        .set("child", world_.mia.text())
                        .set("kind", "PROTECTED_PERSON")
                        .set("why", "Told to us by the family")));
    world_.now += minutes{1};
    ASSERT_TRUE(act("duty worker", "opening", "say_why", {},
                    Json::object().set("about", detention.text()).set("reason", "Custody asks where she may sleep")));
    const auto answered = act("duty worker", "custody", "answer", detention, answering("at_home"));
    ASSERT_TRUE(answered) << sentences(answered.error());
    EXPECT_EQ(state_of(flag_of("CARE")), "removed");
    // On a protected record nobody could decide about a flag: what is known stands in the brief.
    EXPECT_NE(why(flag("duty worker", "propose", {}, about("DEBT"))).find("This record is protected"),
              std::string::npos);
    for (auto& code : desk().lists.codes["flags.catalogue"])
        if (code.code == "CARE") code.valid_to = CivilDate{std::chrono::year{2026} / 2 / 1};
    world_.now += minutes{1};
    EXPECT_TRUE(act("duty worker", "custody", "answer", detention, answering("care_order"))) << "CARE is retired";
}

TEST_P(FlagStories, records_that_are_one_child_show_their_flags_together_but_not_those_of_a_restricted_one)
{
    records::Child other{.id = ChildId::random(), .names = {records::read_name("Mia Sample")}};
    other.source = {.agency = actor("duty worker").agency, .recorded_at = world_.now, .known_by = "social worker"};
    const auto detention = detained_by("custody sergeant");
    const auto id = proposed_by("duty worker", about("DEBT"));
    ASSERT_TRUE(flag("on-call manager", "accept", id));
    join_with_mia(other);
    // The other record is in custody elsewhere: its brief shows what was said on Mia's.
    const auto booked = act("sergeant elsewhere", "custody", "book_in", {},
                            Json::object()
                                .set("child", other.id.text())
                                .set("name_given", "Mia Sample")
                                .set("custody_number", "EV/1")
                                .set("authorised_at", "2026-10-28T01:50:00Z"));
    ASSERT_TRUE(booked) << sentences(booked.error());
    EXPECT_EQ(labels(summary("sergeant elsewhere", booked->id)), Labels{"DEBT"});
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"DEBT"});
    ASSERT_TRUE(act("standards", "restriction", "restrict", {},
                    Json::object()
                        .set("child", world_.mia.text())
                        .set("kind", "PROTECTED_PERSON")
                        .set("why", "Told to us by the family")));
    EXPECT_EQ(labels(summary("sergeant elsewhere", booked->id)), Labels{});
}

/// A notice must not tell of a record that its reader may not know of (R-A-06, R-P-07).
TEST_P(FlagStories, a_flag_on_a_protected_record_is_told_to_nobody_who_holds_another)
{
    records::Child other{.id = ChildId::random(), .names = {records::read_name("Mia Sample")}};
    other.source = {.agency = actor("duty worker").agency, .recorded_at = world_.now, .known_by = "social worker"};
    detained_by("custody sergeant");
    const auto id = proposed_by("duty worker", about("DEBT"));
    join_with_mia(other);
    ASSERT_TRUE(act("sergeant elsewhere", "custody", "book_in", {},
                    Json::object()
                        .set("child", other.id.text())
                        .set("name_given", "Mia Sample")
                        .set("custody_number", "EV/1")
                        .set("authorised_at", "2026-10-28T01:50:00Z")));
    ASSERT_TRUE(act("standards", "restriction", "restrict", {},
                    Json::object()
                        .set("child", world_.mia.text())
                        .set("kind", "PROTECTED_PERSON")
                        .set("why", "Told to us by the family")));
    (void)flag("on-call manager", "accept", id);
    (void)flag("on-call manager", "decline", id, Json::object().set("decision_reason", "No basis"));
    const auto notices = told("sergeant elsewhere");
    EXPECT_FALSE(has(notices, "flag.set_here"));
    EXPECT_FALSE(has(notices, "flag.set_elsewhere"));
    EXPECT_FALSE(has(notices, "flag.removed_here"));
}

/// "Nothing is seen without policy and audit": also that there is no flag.
TEST_P(FlagStories, reading_flags_stands_in_the_log_unless_the_look_at_the_page_says_it_already)
{
    const auto detention = detained_by("custody sergeant");
    proposed_by("duty worker", about("DEBT"));
    const auto looks = [&] {
        std::size_t count = 0;
        database().read([&](Transaction& transaction) {
            count = 0;
            for (const auto& entry : audit::newest_entries(transaction, 100))
                if (entry.action == "look:child.summary" && entry.child == world_.mia) count += 1;
        });
        return count;
    };
    summary("custody sergeant", detention);
    EXPECT_EQ(looks(), 1U);
    summary("detention officer", detention);
    EXPECT_EQ(looks(), 2U);
    const auto question = [&](Transaction& transaction) {
        return casework::policy_request(desk(), transaction, world_.mia, actor("custody sergeant"), "read", world_.now);
    };
    const auto shown = flags::see_flags(
        desk(), actor("custody sergeant"), RequestId::random(),
        {.child = world_.mia, .page = "summary", .question = question, .is_noted_already = true}, world_.now);
    EXPECT_TRUE(shown.is_shown);
    EXPECT_EQ(looks(), 2U) << "the look at the page has it";
}

TEST_P(FlagStories, custody_writes_no_flag_after_the_child_has_left_and_reads_them_for_a_day)
{
    const auto detention = detained_by("custody sergeant");
    const auto id = proposed_by(
        "custody sergeant", about("THREAT").set("child_told", "not_safe").set("child_told_why", "She would tell him"));
    EXPECT_EQ(summary("custody sergeant", detention).lines.front().caution,
              "Do not tell the child of it: She would tell him");
    const auto quoted = Json::object()
                            .set("child_told", "no")
                            .set("child_told_why", "Her aunt will")
                            .set("child_said", Json::list().add(Json::object()
                                                                    .set("words", "Who says so?")
                                                                    .set("setting", "In the cell")
                                                                    .set("language", "English")));
    EXPECT_TRUE(flag("custody sergeant", "note_child", id, quoted));
    EXPECT_EQ(why(flag("custody sergeant", "note_child", id, quoted)),
              "These words of the child are written down already");
    ASSERT_TRUE(act("custody sergeant", "custody", "plan_release", detention,
                    custody::testing::plan_of_every_topic(*world_.desk, world_.now)));
    const auto said = Json::object().set("child_told", "yes");
    EXPECT_TRUE(flag("custody sergeant", "note_child", id, said));
    const auto left = act("custody sergeant", "custody", "record_departure", detention,
                          Json::object().set("left_at", to_iso(world_.now)));
    ASSERT_TRUE(left) << sentences(left.error());
    EXPECT_EQ(why(flag("custody sergeant", "note_child", id, said)),
              "There is no such record, or it is not open to you");
    EXPECT_FALSE(flag("custody sergeant", "propose", {}, about("DEBT")));
    world_.now += hours{23};
    EXPECT_EQ(labels(summary("custody sergeant", detention)), Labels{"THREAT being checked"});
    world_.now += hours{2};
    EXPECT_FALSE(summary("custody sergeant", detention).is_shown) << "a pass-back that is owed shows no flag";
}

INSTANTIATE_TEST_SUITE_P(engines, FlagStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
