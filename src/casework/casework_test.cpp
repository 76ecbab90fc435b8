// The two doors on both databases: what goes through, what is refused, and that a refusal changes nothing.
#include "casework/casework_test_world.h"

#include <random>

namespace reachable::casework::testing {
namespace {

bool has_problem(const Problems& problems, std::string_view field)
{
    return std::any_of(problems.begin(), problems.end(),
                       [&](const Problem& problem) { return problem.field == field; });
}

TEST_P(Doors, the_same_key_gives_the_same_case_once)
{
    const auto first = act(sergeant, starting("key-1"));
    ASSERT_TRUE(first) << sentences(first.error());
    const auto before = rows();
    const auto again = act(sergeant, starting("key-1"));
    ASSERT_TRUE(again) << sentences(again.error());
    EXPECT_EQ(again->id, first->id);
    EXPECT_TRUE(again->is_repeat);
    EXPECT_EQ(rows(), before);
}

TEST_P(Doors, the_same_key_with_other_content_is_refused)
{
    ASSERT_TRUE(act(sergeant, starting("key-1")));
    const auto before = rows();
    const auto other = act(sergeant, starting("key-1", "Mill Lane"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().front().kind, ProblemKind::conflict);
    EXPECT_EQ(rows(), before);
}

TEST_P(Doors, a_key_belongs_to_whoever_sent_it)
{
    const auto first = act(sergeant, starting("key-1"));
    const auto other = act(second, starting("key-1"));
    ASSERT_TRUE(first && other);
    EXPECT_NE(first->id, other->id);
}

TEST_P(Doors, a_refusal_changes_nothing_but_the_audit)
{
    const auto id = started();
    auto strict = doing_to(id, "move", values({{"place", "Mill Lane"}}));
    strict.expected_version = 9;
    const std::vector<std::pair<Session, Act>> refused = {
        {sergeant, doing_to(id, "fail", values({{"place", "Mill Lane"}}))},
        {sergeant, doing_to(id, "move")},
        {sergeant, doing_to(id, "no_such_action")},
        {sergeant, doing_to(id, "start", starting().asked)},
        {sergeant, doing_to(CaseId::random(), "close")},
        {sergeant, doing_to(CaseId{}, "close")},
        {sergeant, doing_to(id, "move", Json::list())},
        {sergeant, strict},
        {stranger, doing_to(id, "close")},
        {detention, doing_to(id, "close")},
        {duty, doing_to(id, "close")},
    };
    for (const auto& [who, what] : refused) {
        const auto before = rows();
        const auto entries = audit_count();
        EXPECT_FALSE(act(who, what)) << what.action;
        EXPECT_EQ(rows(), before) << what.action;
        EXPECT_EQ(audit_count(), entries + 1) << what.action;
    }
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().place, "Harbour Road");
}

TEST_P(Doors, a_closed_case_is_not_closed_again)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "close")));
    const auto again = act(sergeant, doing_to(id, "close"));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().front().kind, ProblemKind::out_of_order);
}

TEST_P(Doors, what_the_service_notes_itself_is_refused_from_outside)
{
    const auto id = started();
    auto forged = note("food", "eats at six");
    forged.set("by", "inspector");
    const auto acted = act(sergeant, doing_to(id, "write", notes({forged})));
    ASSERT_FALSE(acted);
    EXPECT_TRUE(has_problem(acted.error(), "notes-food-by")) << sentences(acted.error());
    ASSERT_TRUE(act(sergeant, doing_to(id, "write", notes({note("food", "eats at six")}))));
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().notes.front().by, "custody sergeant");
}

TEST_P(Doors, an_unknown_value_is_refused)
{
    auto opening = starting();
    opening.asked.set("colour", "red");
    const auto acted = act(sergeant, opening);
    ASSERT_FALSE(acted);
    EXPECT_TRUE(has_problem(acted.error(), "colour"));

    auto odd = note("food", "eats at six");
    odd.set("colour", "red");
    const auto written = act(sergeant, doing_to(started(), "write", notes({odd})));
    ASSERT_FALSE(written);
    EXPECT_TRUE(has_problem(written.error(), "notes-food-colour"));
}

TEST_P(Doors, every_missing_field_is_reported_at_once)
{
    const auto acted = act(
        sergeant, {.type = "visit", .action = "start", .asked = values({{"place", "  "}, {"partner", "nonsense"}})});
    ASSERT_FALSE(acted);
    for (const auto* name : {"place", "began_at", "partner"}) EXPECT_TRUE(has_problem(acted.error(), name)) << name;
}

TEST_P(Doors, two_people_may_change_different_items)
{
    const auto id = started();
    auto first = doing_to(id, "write", notes({note("food", "eats at six")}));
    auto other = doing_to(id, "write", notes({note("sleep", "light on")}));
    first.expected_version = other.expected_version = 1;
    ASSERT_TRUE(act(sergeant, first));
    ASSERT_TRUE(act(second, other));
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().notes.size(), 2U);
}

TEST_P(Doors, two_people_never_overwrite_each_other)
{
    const auto id = started();
    auto first = doing_to(id, "write", notes({note("food", "eats at six")}));
    auto other = doing_to(id, "write", notes({note("food", "eats at eight")}));
    first.expected_version = other.expected_version = 1;
    ASSERT_TRUE(act(sergeant, first));
    const auto late = act(second, other);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().front().kind, ProblemKind::conflict);
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().notes.front().words, "eats at six");
}

TEST_P(Doors, a_strict_act_is_refused_by_any_change)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "write", notes({note("food", "eats at six")}))));
    auto other = doing_to(id, "write", notes({note("sleep", "light on")}));
    other.expected_version = 1;
    other.is_strict = true;
    const auto late = act(second, other);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().front().kind, ProblemKind::conflict);
}

TEST_P(Doors, a_case_reads_as_it_stood_at_any_instant_and_in_any_version)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "move", values({{"place", "Mill Lane"}})), noon + 10min));
    ASSERT_TRUE(act(sergeant, doing_to(id, "close"), noon + 20min));
    EXPECT_EQ(look(sergeant, id, 1)->as<VisitFacts>().place, "Harbour Road");
    EXPECT_EQ(look(sergeant, id, 2)->as<VisitFacts>().place, "Mill Lane");
    EXPECT_EQ(look(sergeant, id, {}, noon + 9min)->as<VisitFacts>().place, "Harbour Road");
    EXPECT_EQ(look(sergeant, id, {}, noon + 10min)->as<VisitFacts>().place, "Mill Lane");
    EXPECT_EQ(look(sergeant, id, {}, noon + 19min)->head.state, "open");
    EXPECT_EQ(look(sergeant, id, {}, noon + 20min)->head.state, "closed");
    EXPECT_FALSE(look(sergeant, id, {}, noon - 1s));
    EXPECT_FALSE(look(sergeant, id, 4));
    EXPECT_FALSE(look(sergeant, id, 0));
}

TEST_P(Doors, a_correction_needs_a_reason_and_keeps_what_stood_before)
{
    const auto id = started();
    const auto silent = act(sergeant, doing_to(id, "correct", values({{"field", "place"}, {"value", "Mill Lane"}})));
    ASSERT_FALSE(silent);
    EXPECT_TRUE(has_problem(silent.error(), "reason"));
    ASSERT_TRUE(act(sergeant, doing_to(id, "correct",
                                       values({{"field", "place"}, {"value", "Mill Lane"}, {"reason", "misheard"}}))));
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().place, "Mill Lane");
    EXPECT_EQ(look(sergeant, id, 1)->as<VisitFacts>().place, "Harbour Road");
}

TEST_P(Doors, a_correction_cannot_touch_what_a_clock_starts_from)
{
    const auto id = started();
    const auto acted =
        act(sergeant,
            doing_to(id, "correct", values({{"field", "began_at"}, {"value", to_iso(noon + 1h)}, {"reason", "late"}})));
    ASSERT_FALSE(acted);
    EXPECT_EQ(clocks_of(id).front().started_at, noon);
}

TEST_P(Doors, a_correction_cannot_empty_a_field_that_had_to_be_given)
{
    const auto id = started();
    EXPECT_FALSE(
        act(sergeant, doing_to(id, "correct", values({{"field", "place"}, {"value", ""}, {"reason", "unsure"}}))));
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().place, "Harbour Road");
}

TEST_P(Doors, what_a_role_may_not_see_is_gone_from_facts_and_json)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "write", notes({note("food", "eats at six"), note("health", "inhaler")}))));
    const auto seen = look(detention, id);
    ASSERT_TRUE(seen) << sentences(seen.error());
    EXPECT_TRUE(seen->as<VisitFacts>().health_words.empty());
    ASSERT_EQ(seen->as<VisitFacts>().notes.size(), 1U);
    EXPECT_EQ(seen->as<VisitFacts>().notes.front().topic, "food");
    EXPECT_EQ(seen->held_back, 1U) << "fields alone: counting items would tell how many there are";
    const auto json = api::write_json(facts_to_json(visit_type, &seen->as<VisitFacts>()));
    EXPECT_EQ(json.find("asthma"), std::string::npos);
    EXPECT_EQ(json.find("inhaler"), std::string::npos);
    EXPECT_NE(json.find("eats at six"), std::string::npos);
}

TEST_P(Doors, an_earlier_version_holds_the_same_back)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "close")));
    for (const auto& seen : {look(detention, id, 1), look(detention, id, {}, noon)}) {
        ASSERT_TRUE(seen);
        EXPECT_TRUE(seen->as<VisitFacts>().health_words.empty());
    }
}

TEST_P(Doors, the_investigator_sees_released_items_only)
{
    const auto id = started();
    ASSERT_TRUE(
        act(sergeant, doing_to(id, "write", notes({note("food", "eats at six"), note("harm", "was hurt", true)}))));
    const auto seen = look(investigator, id);
    ASSERT_TRUE(seen) << sentences(seen.error());
    ASSERT_EQ(seen->as<VisitFacts>().notes.size(), 1U);
    EXPECT_EQ(seen->as<VisitFacts>().notes.front().topic, "harm");
    EXPECT_TRUE(seen->as<VisitFacts>().place.empty());
    EXPECT_TRUE(seen->clocks.empty());
    EXPECT_FALSE(look(sergeant, id)->clocks.empty());
}

TEST_P(Doors, a_case_of_others_and_no_case_read_the_same)
{
    const auto id = started();
    const auto of_others = look(stranger, id);
    const auto of_nobody = look(stranger, CaseId::random());
    ASSERT_FALSE(of_others || of_nobody);
    EXPECT_EQ(of_others.error(), of_nobody.error());
    const auto act_on_others = act(stranger, doing_to(id, "close"));
    const auto act_on_nobody = act(stranger, doing_to(CaseId::random(), "close"));
    ASSERT_FALSE(act_on_others || act_on_nobody);
    EXPECT_EQ(act_on_others.error(), act_on_nobody.error());
}

TEST_P(Doors, a_queue_shows_and_counts_cases_of_its_own_type_only)
{
    static constexpr CaseType call_type = [] {
        auto type = visit_type;
        type.name = "call";
        return type;
    }();
    auto both = desk();
    both.types.push_back(&call_type);
    const auto late = noon + 3h;
    const auto queue = [&](std::string_view type) {
        return *list(both, sergeant, RequestId::random(), {.type = type}, late);
    };
    const auto visit = started();
    EXPECT_TRUE(queue("call").cases.empty());
    EXPECT_EQ(queue("call").open_count, 0U);

    const auto call = started();
    database().write([&](Transaction& transaction) {
        transaction.execute("update cases set type = 'call' where id = $1", {to_value(call)});
    });
    for (const auto& [type, id] : {std::pair{"visit", visit}, {"call", call}}) {
        const auto listed = queue(type);
        ASSERT_EQ(listed.cases.size(), 1U) << type;
        EXPECT_EQ(listed.cases.front().head.id, id);
        EXPECT_EQ(listed.open_count, 1U);
        EXPECT_EQ(listed.overdue_count, 1U);
    }
}

TEST_P(Doors, a_page_far_behind_the_end_is_empty_and_comes_at_once)
{
    started();
    const auto listed = list(desk(), sergeant, RequestId::random(), {.type = "visit", .skip = SIZE_MAX / 2}, noon);
    ASSERT_TRUE(listed);
    EXPECT_TRUE(listed->cases.empty());
    EXPECT_EQ(listed->open_count, 1U);
}

TEST_P(Doors, a_clock_warns_breaches_and_repeats_each_hour)
{
    const auto id = started();
    tick(desk(), noon + 59min);
    EXPECT_TRUE(events_of(id).empty());
    while (const auto next = next_tick(desk())) {
        if (*next > noon + 4h) break;
        tick(desk(), *next);
    }
    std::vector<std::string> names;
    for (const auto& event : events_of(id))
        if (event.code == "T1") names.push_back(event.event + " " + to_iso(event.at));
    const std::vector<std::string> expected = {"warning " + to_iso(noon + 60min), "warning " + to_iso(noon + 90min),
                                               "breach " + to_iso(noon + 2h), "repeat " + to_iso(noon + 3h),
                                               "repeat " + to_iso(noon + 4h)};
    EXPECT_EQ(names, expected);
    const auto before = rows();
    EXPECT_EQ(tick(desk(), noon + 4h), 0U);
    EXPECT_EQ(rows(), before);
}

TEST_P(Doors, what_was_told_late_says_when_it_was_told)
{
    const auto id = started();
    tick(desk(), noon + 4h); // the service was down, or a case was entered afterwards
    ASSERT_FALSE(events_of(id).empty());
    std::size_t late = 0;
    for (const auto& event : events_of(id)) {
        EXPECT_EQ(event.at, noon + 4h);
        if (event.code == "T1" && event.event != "warning") late += 1;
    }
    EXPECT_EQ(late, 1U) << "that it is late is said once, not again for every hour that passed";
    tick(desk(), noon + 5h);
    EXPECT_EQ(std::ranges::count(events_of(id), std::string("repeat"), &ClockEvent::event), 1);
}

TEST_P(Doors, nobody_on_the_rota_tells_the_next_and_shows_the_gap)
{
    const auto id = started();
    tick(desk(), noon + 60min);
    const auto events = events_of(id);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events.front().told, "INSP");
    EXPECT_EQ(events.front().gap, "CUST");
    database().read([&](Transaction& transaction) {
        const auto told =
            notices::notices_to(transaction, {.agency = sergeant.agency, .team = sergeant.team}, Role::INSP, 10);
        ASSERT_EQ(told.size(), 1U);
        EXPECT_EQ(told.front().gap, "CUST");
    });
}

TEST_P(Doors, late_stays_late_after_stopping)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "close"), noon + 2h + 1s));
    for (const auto& clock : clocks_of(id)) {
        EXPECT_EQ(clock.breached_at, noon + 2h) << clock.code;
        EXPECT_EQ(clock.stopped_at, noon + 2h + 1s) << clock.code;
    }
    tick(desk(), noon + 24h);
    EXPECT_TRUE(events_of(id).empty());
}

TEST_P(Doors, a_clock_stopped_on_the_second_it_is_due_is_in_time)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "close"), noon + 2h));
    for (const auto& clock : clocks_of(id)) EXPECT_FALSE(clock.breached_at) << clock.code;
}

TEST_P(Doors, a_clock_that_starts_again_runs_beside_the_first)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "move", values({{"place", "Mill Lane"}})), noon + 1h));
    std::vector<ClockRow> places;
    for (const auto& clock : clocks_of(id))
        if (clock.code == "T2") places.push_back(clock);
    ASSERT_EQ(places.size(), 2U);
    EXPECT_EQ(places[0].started_at, noon);
    EXPECT_FALSE(places[0].stopped_at);
    EXPECT_EQ(places[1].started_at, noon + 1h);
}

/// Every version of the case is readable and the newest is the one the head names.
void expect_whole(Transaction& transaction, CaseId id)
{
    const auto loaded = load_case(transaction, visit_type, id);
    ASSERT_TRUE(loaded);
    const auto history = load_history(transaction, id);
    ASSERT_EQ(static_cast<std::int64_t>(history.size()), loaded->head.version);
    for (std::int64_t version = 1; version <= loaded->head.version; ++version)
        EXPECT_TRUE(load_version(transaction, visit_type, id, version));
    const auto newest = load_version(transaction, visit_type, id, loaded->head.version);
    EXPECT_EQ(facts_to_json(visit_type, newest->facts.get()), facts_to_json(visit_type, loaded->facts.get()));
    const auto clocks = load_clocks(transaction, id);
    for (const auto* code : {"T1", "T2"}) {
        const bool runs = std::any_of(clocks.begin(), clocks.end(),
                                      [&](const ClockRow& row) { return row.code == code && !row.stopped_at; });
        EXPECT_EQ(runs, loaded->head.state == "open") << code;
    }
}

TEST_P(Doors, three_hundred_random_acts_leave_a_whole_record)
{
    std::mt19937 random(20261124);
    const auto pick = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    const std::vector<Session> people = {sergeant, second, detention, investigator, stranger, duty};
    const char* topics[] = {"food", "sleep", "health"};
    std::vector<CaseId> ids{started()};
    std::size_t done_count = 0;
    auto now = noon;
    for (int i = 0; i < 300; ++i) {
        now += seconds{static_cast<std::int64_t>(pick(600))};
        const auto id = pick(20) == 0 ? CaseId::random() : ids[pick(ids.size())];
        auto what = pick(6) == 0 ? starting() : doing_to(id, visit_actions[pick(std::size(visit_actions))].name.data());
        if (what.action == "write")
            what.asked = notes({note(topics[pick(3)], pick(2) == 0 ? "yes" : "no", pick(2) == 0)});
        if (what.action == "move" && pick(4) != 0) what.asked = values({{"place", "Mill Lane"}});
        if (what.action == "close" && pick(3) != 0) what.action = "correct";
        if (pick(3) == 0) what.expected_version = static_cast<std::int64_t>(pick(5));
        if (pick(9) == 0) what.asked.set("colour", "red");
        const auto before = rows();
        const auto acted = act(people[pick(3) == 0 ? pick(people.size()) : 0], what, now);
        if (!acted)
            EXPECT_EQ(rows(), before) << what.action;
        else if (done_count += 1; std::find(ids.begin(), ids.end(), acted->id) == ids.end())
            ids.push_back(acted->id);
        if (pick(25) == 0) tick(desk(), now);
    }
    EXPECT_GT(done_count, 60U);
    EXPECT_LT(done_count, 280U);
    database().read([&](Transaction& transaction) {
        for (const auto id : ids) expect_whole(transaction, id);
    });
    const auto found = verification();
    EXPECT_TRUE(found.is_whole) << (found.faults.empty() ? "" : found.faults.front());
}

INSTANTIATE_TEST_SUITE_P(engines, Doors, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::casework::testing
