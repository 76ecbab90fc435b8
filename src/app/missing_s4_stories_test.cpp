// Scenario 4: absences that nobody reported, and a call that used to be too long (2.42). Told step by step: two calls
// in February that ended early; the new script; a receipt in Polish; earlier absences learnt of; what stands out; the
// return.
#include "app/stories_test_world.h"
#include "capabilities/interviews/interview.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/missing/call.h"
#include "capabilities/missing/call_lengths.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/receipt.h"
#include "capabilities/missing/triggers.h"
#include "notices/receipts.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

constexpr auto mothers_number = "07700 900123";

class ScenarioFour : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = *accounts::find_agency_by_code(transaction, "X23000001");
        const auto room = add_team(transaction, force, "Northmere control room", "office");
        add_actor(world_, transaction, force, room, Role::CALL, "call handler");
        add_actor(world_, transaction, force, room, Role::INSP, "inspector of Northmere");
        add_actor(world_, transaction, force, add_team(transaction, force, "Northmere missing persons", "office"),
                  Role::MPC, "coordinator");
        const auto other = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000009", "Far Police");
        add_actor(world_, transaction, other, add_team(transaction, other, "Far control room", "office"), Role::CALL,
                  "call handler far away");
        for (const auto* name : {"call handler", "coordinator", "call handler far away", "inspector of Northmere"})
            actor(name).purpose = "missing-response";
    }

    Result<casework::Acted> act(const std::string& who, std::string_view type, std::string action, CaseId id,
                                Json asked = Json::object())
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    CaseId must(const Result<casework::Acted>& acted)
    {
        if (!acted) throw Bug("a story is refused: " + sentences(acted.error()));
        return acted->id;
    }
    void at(std::string_view moment)
    {
        world_.now = *parse_utc(moment);
        casework::tick(desk(), world_.now);
    }
    template <class Facts>
    Facts facts_of(const casework::CaseType& type, CaseId id)
    {
        Facts facts;
        database().read([&](Transaction& transaction) {
            facts = *static_cast<const Facts*>(casework::load_case(transaction, type, id)->facts.get());
        });
        return facts;
    }
    std::string state_of(CaseId id)
    {
        std::string state;
        database().read([&](Transaction& transaction) { state = casework::load_head(transaction, id).state; });
        return state;
    }
    /// A call that took four minutes and ended in the third question.
    CaseId call_that_ends(std::string_view moment)
    {
        at(moment);
        return must(act("call handler", "call", "note", {},
                        Json::object()
                            .set("call_started_at", to_iso(world_.now - minutes{4}))
                            .set("number", mothers_number)
                            .set("name_said", "Ada Sample")
                            .set("how_far", "question_2")));
    }
    Json ada()
    {
        return Json::object()
            .set("name_given", "Ada Sample")
            .set("born_given", "2010-06-01")
            .set("last_seen_at", "2026-03-06T17:30:00Z")
            .set("last_seen_where", "At home, by her mother; a green parka")
            .set("worried", "this is the fifth time, I stopped ringing, I was on the phone an hour")
            .set("contact", "+44 7700 900123")
            .set("reporter", "parent")
            .set("tell_language", "polish")
            .set("authority", world_.agencies.at("Westmoor County").text())
            .set("call_started_at", "2026-03-06T21:44:50Z");
    }
    CaseId absence(ChildId child, std::string_view from, std::string_view until)
    {
        return must(act("call handler", "missing", "report", {},
                        Json::object()
                            .set("child", child.text())
                            .set("name_given", "Ada Sample")
                            .set("last_seen_at", from)
                            .set("returned_at", until)
                            .set("late_because", "call_too_long")
                            .set("late_words", "I was on the phone an hour")));
    }
    std::vector<std::string_view> stands_out(ChildId child)
    {
        std::vector<std::string_view> codes;
        database().read([&](Transaction& transaction) {
            codes = missing::triggers_of(missing::absences_of(transaction, std::vector{child}, 50), world_.now);
        });
        return codes;
    }
    std::vector<CaseId> interviews_of(ChildId child, bool is_open)
    {
        std::vector<CaseId> ids;
        database().read([&](Transaction& transaction) {
            ids = storage::ids_at<CaseId>(
                transaction.query(
                    "select id from cases where child = $1 and type = 'return-interview' and is_open = $2",
                    {storage::to_value(child), std::int64_t{is_open ? 1 : 0}}),
                0);
        });
        return ids;
    }
    std::vector<missing::CallsOfMonth> months()
    {
        std::vector<missing::CallsOfMonth> all;
        database().read([&](Transaction& transaction) {
            all = missing::calls_by_month(transaction, actor("call handler").agency, UtcTime{});
        });
        return all;
    }
};

TEST_P(ScenarioFour, is_told_step_by_step)
{
    // February: she rings off twice after four minutes. Each is on the list of those to ring back within ten minutes.
    const auto first = call_that_ends("2026-02-10T21:00:00Z");
    EXPECT_TRUE(has(told("call handler"), "call.ended_early"));
    at("2026-02-10T21:11:00Z");
    EXPECT_TRUE(has(told("inspector of Northmere"), "clock.C73.breach")) << "nobody rang back within ten minutes";
    const auto rung = Json::object().set("rung_back", Json::list().add(Json::object().set("answer", "no_answer")));
    must(act("call handler", "call", "try", first, rung));
    must(act("call handler", "call", "close", first, Json::object().set("closed_because", "not_reached")));
    const auto second = call_that_ends("2026-02-19T22:10:00Z");
    must(act("coordinator", "call", "try", second, rung));
    EXPECT_FALSE(derived::is_open_to(desk(), actor("call handler far away"), missing::call_type(), second, world_.now))
        << "another force sees nothing of it";
    ASSERT_EQ(months().size(), 1U);
    EXPECT_EQ(months().front().ended, 2U);
    EXPECT_EQ(months().front().reports, 0U);

    // Friday 6 March, 21:50: the short script, five minutes and ten seconds.
    at("2026-03-06T21:50:00Z");
    const auto episode = must(act("call handler", "missing", "report", {}, ada()));
    const auto child = facts_of<missing::Episode>(missing::episode_type(), episode).child;
    const auto facts = facts_of<missing::Episode>(missing::episode_type(), episode);
    EXPECT_EQ(*facts.reported_at - *facts.call_started_at, minutes{5} + seconds{10});
    EXPECT_EQ(facts.worried.words, "this is the fifth time, I stopped ringing, I was on the phone an hour");

    // The receipt in Polish: a reference, who rings and by when; nothing of the child.
    database().read([&](Transaction& transaction) {
        const auto receipt = notices::receipt_of(transaction, episode);
        ASSERT_TRUE(receipt);
        EXPECT_EQ(receipt->language, "polish");
        EXPECT_EQ(receipt->words.find("Reachable: Państwa zgłoszenie " + missing::reference_of(episode)), 0U);
        for (const auto* words : {"Northmere Police", "22:50 GMT", "999"})
            EXPECT_NE(receipt->words.find(words), std::string::npos) << words;
        for (const auto* words : {"Ada", "Sample", "parka"})
            EXPECT_EQ(receipt->words.find(words), std::string::npos) << words;
        EXPECT_EQ(receipt->state, "not_set_up");
        EXPECT_EQ(receipt->number, "") << "no number is kept that no text goes to";
        const auto shown = missing::receipt_shown(transaction, desk().lists, episode, world_.now);
        ASSERT_TRUE(shown);
        EXPECT_EQ(shown->tag, "pl");
        EXPECT_FALSE(shown->is_checked) << "the page says that nobody has checked the translation";
    });

    // The earlier calls from her number are found, however it is written, and joined to the absences they were about.
    database().read([&](Transaction& transaction) {
        EXPECT_EQ(missing::ended_calls_from(transaction, facts.force, facts.contact), (std::vector{second, first}));
    });
    const auto hidden = absence(child, "2026-02-10T19:00:00Z", "2026-02-11T01:00:00Z");
    must(act("call handler", "call", "join", first, Json::object().set("episode", hidden.text())));
    EXPECT_EQ(state_of(first), "joined");
    EXPECT_EQ(facts_of<missing::Call>(missing::call_type(), first).episode, hidden.text());
    const auto next = absence(child, "2026-02-19T20:00:00Z", "2026-02-20T00:30:00Z");
    must(act("call handler", "call", "join", second, Json::object().set("episode", next.text())));
    absence(child, "2026-02-27T18:00:00Z", "2026-02-27T23:00:00Z");
    EXPECT_EQ(state_of(hidden), "learnt_later");
    EXPECT_EQ(facts_of<missing::Episode>(missing::episode_type(), hidden).late_because, "call_too_long");
    EXPECT_FALSE(act("call handler", "call", "join", second, Json::object().set("episode", next.text())))
        << "a call is joined once";

    // MEDIUM with reasons; what is reported and what is learnt of count together.
    must(act("coordinator", "missing", "grade", episode,
             Json::object().set("grades", Json::list().add(Json::object()
                                                               .set("level", "medium")
                                                               .set("considered", Json::list().add("third_in_90_days"))
                                                               .set("because", "The fifth time, by her mother")))));
    const auto codes = stands_out(child);
    EXPECT_NE(std::ranges::find(codes, "third_in_90_days"), codes.end());
    ASSERT_EQ(interviews_of(child, true).size(), 1U) << "one offer for all that was learnt of";
    EXPECT_EQ(
        facts_of<interviews::Interview>(interviews::interview_type(), interviews_of(child, true).front()).covers.size(),
        3U);

    // 7 March, 02:15: back.
    at("2026-03-07T02:20:00Z");
    must(act("coordinator", "missing", "return", episode,
             Json::object()
                 .set("returned_at", "2026-03-07T02:15:00Z")
                 .set("found_where", "At the door")
                 .set("found_by", "came_back")
                 .set("found_distance", "not_known")
                 .set("return_type", "own_will")
                 .set("harm", Json::list().add("not_yet_known"))
                 .set("considered", "no_signs")
                 .set("considered_because", "She says nothing yet")
                 .set("safe_to_tell", "yes")));
    ASSERT_EQ(interviews_of(child, true).size(), 1U) << "the interview for this return, and no second beside it";
    EXPECT_EQ(
        facts_of<interviews::Interview>(interviews::interview_type(), interviews_of(child, true).front()).covers.size(),
        4U)
        << "what nobody reported is spoken about in it too: nothing that is owed ends with another return";

    // The board sees that fewer calls end early.
    ASSERT_EQ(months().size(), 2U);
    EXPECT_EQ(months().front().reports, 1U);
    EXPECT_EQ(months().front().ended, 0U);
    EXPECT_FALSE(months().front().median) << "one call has no median: it would be that call's length";
}

TEST_P(ScenarioFour, half_of_the_calls_took_at_most_so_long)
{
    at("2026-03-06T21:50:00Z");
    database().write([&](Transaction& transaction) {
        for (const int length : {310, 200, 240, 900, 260})
            missing::note_length_of_call(transaction, actor("call handler").agency, world_.now - seconds{length},
                                         world_.now, {}, {});
    });
    ASSERT_EQ(months().size(), 1U);
    EXPECT_EQ(months().front().median, seconds{260});
}

TEST_P(ScenarioFour, a_call_is_noted_with_nothing_but_how_far_it_came)
{
    at("2026-03-06T21:50:00Z");
    const auto call = must(act("call handler", "call", "note", {}, Json::object().set("how_far", "question_0")));
    EXPECT_EQ(state_of(call), "to_ring_back");
    EXPECT_FALSE(act("call handler", "call", "note", {},
                     Json::object().set("how_far", "question_0").set("call_started_at", "2026-03-05T21:50:00Z")))
        << "no call takes a day";
    EXPECT_FALSE(act("call handler", "call", "join", call, Json::object().set("episode", CaseId::random().text())));
    EXPECT_FALSE(act("duty worker", "call", "note", {}, Json::object().set("how_far", "question_0")));
}

TEST(Receipts, go_to_a_mobile_however_it_is_said)
{
    for (const auto* said : {"07700 900123", "+44 7700 900123", "(07700) 900-123", "07700 900123, ask for mum"})
        EXPECT_EQ(notices::number_that_takes_texts(said), "+447700900123") << said;
    for (const auto* said : {"", "none", "01632 960018", "the neighbour, 07700 900123", "999"})
        EXPECT_EQ(notices::number_that_takes_texts(said), "") << said;
}

INSTANTIATE_TEST_SUITE_P(engines, ScenarioFour, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
