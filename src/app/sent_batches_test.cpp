// A feed leaves the same whether it comes row by row or in one batch, nothing of what it does not take, and no duty
// that what it says now does not ask for. On both databases.
#include "app/figures.h"
#include "app/sent_episodes_test_world.h"
#include "identity/people.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;
using testing::Words;

class SentBatches : public testing::SentStories {
  protected:
    void add_people(Transaction& transaction) override
    {
        SentStories::add_people(transaction);
        const auto authority = *accounts::find_agency_by_code(transaction, "X06000001");
        custody::testing::add_actor(world_, transaction, authority,
                                    custody::testing::add_team(transaction, authority, "Somebody to talk to", "office"),
                                    Role::RHIP, "interviewer");
        actor("interviewer").purpose = "missing-response";
    }
    void begin_again()
    {
        world_.desk.reset();
        world_.log.reset();
        world_.database.reset();
        world_ = {};
        SetUp();
    }

    Words lines_of(const std::string& sql)
    {
        Words lines;
        database().read([&](Transaction& transaction) {
            lines.clear();
            for (const auto& row : transaction.query(sql)) {
                auto& line = lines.emplace_back();
                for (std::size_t i = 0; i < row.size(); ++i)
                    line += (i == 0 ? "" : "/") + (row.is_null(i) ? "-"
                                                   : std::holds_alternative<std::int64_t>(row.values()[i])
                                                       ? std::to_string(row.integer(i))
                                                       : row.text(i));
            }
        });
        return lines;
    }
    /// What is counted, when each child was away, who is told, what is due and what stands out.
    Words all_that_is_left()
    {
        Words all = lines_of("select s.reference, f.began_at, f.stands, f.level, f.was_reported, f.was_regraded, "
                             "f.is_repeat, f.barrier, f.care, f.distance from missing_figures f join missing_sent s on "
                             "s.case_id = f.case_id order by s.reference");
        const auto add = [&](const Words& more) { all.insert(all.end(), more.begin(), more.end()); };
        add(lines_of("select s.reference, a.began_at, a.over_at, a.counts, a.is_live, c.state, c.version from "
                     "missing_absences a join missing_sent s on s.case_id = a.case_id join cases c on c.id = s.case_id "
                     "order by s.reference"));
        add(lines_of("select returned_at, age, area, was_offered, was_held from interview_figures order by 1, 2, 3"));
        add(lines_of("select n.code, n.role, n.at, c.type, c.opened_at, count(*) from notices n join cases c on c.id = "
                     "n.case_id group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5"));
        add(lines_of("select clock, instance, started_at, due_at, stopped_at, count(*) from case_clocks group by 1, 2, "
                     "3, 4, 5 order by 1, 2, 3, 4, 5"));
        add(lines_of("select type, state, count(*) from cases group by 1, 2 order by 1, 2"));
        add(lines_of("select count(*) from missing_changes"));
        database().read([&](Transaction& transaction) {
            for (const auto* person : {"R1", "R2", "R3", "R4"})
                if (const auto found = identity::find(transaction, "northmere-records", person))
                    for (const auto code : missing::stands_out(transaction, found->home, world_.now))
                        all.push_back(std::string(person) + " " + std::string(code));
        });
        return all;
    }

    CaseId interview_of(const std::string& person)
    {
        CaseId id;
        database().read([&](Transaction& transaction) {
            const auto child = identity::find(transaction, "northmere-records", person)->home;
            id = storage::id_at<CaseId>(
                transaction
                    .query("select id from cases where child = $1 and type = 'return-interview' order by opened_at, id",
                           {storage::to_value(child)})
                    .at(0),
                0);
        });
        return id;
    }
    interviews::Interview interview_facts(CaseId id)
    {
        interviews::Interview facts;
        database().read([&](Transaction& transaction) {
            facts = *static_cast<const interviews::Interview*>(
                casework::load_case(transaction, interviews::interview_type(), id)->facts.get());
        });
        return facts;
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
    void interview_act(const std::string& who, std::string action, CaseId id, Json asked)
    {
        const auto acted = casework::act(
            desk(), actor(who), RequestId::random(),
            {.type = "return-interview", .action = std::move(action), .id = id, .asked = std::move(asked)}, world_.now);
        if (!acted) throw Bug("a story's act is refused: " + sentences(acted.error()));
    }
    /// Kit was away on 12 May from 18:00 and came back as that says; duties follow.
    std::string kit(const std::string& back, const std::string& outcome = "BACK")
    {
        return "E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:00,,HO," + back + ",Home,3,1," + outcome +
               ",\n";
    }
};

const std::string many =
    // Out of the order of time; two within ninety days, one by itself; one child who is away still; one who is back
    // and is owed an interview; one who was not missing.
    "E3,R1,Lee,Sample,03/02/2010,11/04/2026 21:10,11/04/2026 20:00,S|11/04/2026 22:00,CH,12/04/2026 "
    "06:15,Tarn,62,2,BACK,\n"
    "E1,R1,,,,02/03/2026 21:10,02/03/2026 19:30,M|02/03/2026 21:20;H|02/03/2026 23:00,CH,03/03/2026 06:15,Tarn,62,2,"
    "BACK,\n"
    "E2,R1,,,,02/10/2025 21:10,,,HO,03/10/2025 06:15,,3,1,BACK,\n"
    "E4,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:00,H|12/05/2026 20:00,HO,,,,,OPEN,\n"
    "E5,R3,Minh,Sample,03/02/2010,10/05/2026 21:10,,,HO,11/05/2026 06:15,,3,1,BACK,\n"
    "E6,R3,,,,20/02/2026 21:10,,,HO,21/02/2026 06:15,,3,1,BACK,\n"
    "E7,R4,Ash,Sample,03/02/2012,01/05/2026 10:00,,,HO,01/05/2026 12:00,,,,CANX,\n"
    "E8,R4,,,,03/05/2026 10:00,,,HO,03/05/2026 12:00,,,,BACK,\n"
    // Set aside: the same time as another of that child, in this very feed.
    "E9,R1,,,,02/03/2026 22:00,,,CH,03/03/2026 05:00,,,,BACK,\n";
const std::string changes =
    // Moved out of the ninety days; graded; back; withdrawn; found elsewhere.
    "E1,R1,,,,02/12/2025 21:10,02/12/2025 19:30,M|02/12/2025 21:20,CH,03/12/2025 06:15,Tarn,62,2,BACK,\n"
    "E4,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:00,M|12/05/2026 20:00,HO,12/05/2026 20:50,Home,3,1,"
    "BACK,\n"
    "E6,,,,,,,,,,,,,,Y\n"
    "E8,R4,,,,03/05/2026 10:00,,,CH,03/05/2026 12:00,,30,1,BACK,\n";

/// What follows once for a batch is what would follow from each row.
TEST_P(SentBatches, leave_what_row_by_row_leaves)
{
    const auto left_by = [&](std::size_t batch, const missing::AtOnce& at_once) {
        EXPECT_EQ(send(many, identity::Kept::yes, batch, at_once).counts,
                  (identity::FeedCounts{.rows = 9, .is_new = 8, .quarantined = 1}));
        auto left = all_that_is_left();
        world_.now += hours{3};
        EXPECT_EQ(send(changes, identity::Kept::yes, batch, at_once).counts,
                  (identity::FeedCounts{.rows = 4, .changed = 3, .withdrawn = 1}));
        for (auto& line : all_that_is_left()) left.push_back(std::move(line));
        the_record_is_whole();
        return left;
    };
    const auto row_by_row = left_by(1, {});
    begin_again();
    const auto in_one = left_by(100, at_once_of_feeds());
    EXPECT_EQ(in_one, row_by_row);
    begin_again();
    EXPECT_EQ(left_by(2, at_once_of_feeds()), row_by_row);
    // The story is about something.
    const auto holds = [&](const std::string& start) {
        return std::ranges::any_of(in_one, [&](const auto& line) { return line.starts_with(start); });
    };
    EXPECT_TRUE(holds("R1 third_in_90_days") || holds("R1 found_far"));
    EXPECT_TRUE(holds("missing.reported/"));
    EXPECT_EQ(lines_of("select s.reference, f.is_repeat from missing_figures f join missing_sent s on s.case_id = "
                       "f.case_id where f.stands <> 'not_missing' order by 1"),
              (Words{"E1/1", "E2/0", "E3/0", "E4/0", "E5/0", "E8/0"}));
}

/// R-X-03: a row that is set aside leaves nothing behind, whatever is wrong with it.
TEST_P(SentBatches, of_a_row_that_is_set_aside_no_record_of_a_child_is_made)
{
    const auto records = count_of("select count(*) from records where kind = 'child'");
    const auto taken = send("E6,R5,Ash,Sample,03/02/2010,02/03/2026 22:00,,,CH,02/03/2026 05:00,,,,BACK,\n"
                            "E8,R8,Old,Sample,03/02/1990,02/03/2026 22:00,,,CH,03/03/2026 05:00,,,,BACK,\n"
                            "E11,R9,Sam,Sample,03/02/2010,02/03/2027 22:00,,,CH,,,,,OPEN,\n");
    EXPECT_EQ(taken.counts, (identity::FeedCounts{.rows = 3, .quarantined = 3}));
    EXPECT_EQ(count_of("select count(*) from records where kind = 'child'"), records);
    EXPECT_EQ(count_of("select count(*) from source_records where source = 'northmere-records'"), 0);
    EXPECT_EQ(count_of("select count(*) from missing_sent"), 0);
    // Mended, the row is taken, and then there is one record.
    EXPECT_EQ(send("E6,R5,Ash,Sample,03/02/2010,02/03/2026 22:00,,,CH,03/03/2026 05:00,,,,BACK,\n").counts.is_new, 1);
    EXPECT_EQ(count_of("select count(*) from records where kind = 'child'"), records + 1);
}

/// R-B-01 is about a child who was missing: who was not is owed no interview.
TEST_P(SentBatches, what_the_system_withdraws_ends_the_interview_that_was_due)
{
    world_.now = *parse_utc("2026-05-13T08:00:00Z");
    send(kit("13/05/2026 07:00"));
    const auto id = interview_of("R2");
    ASSERT_EQ(state_of(id), "due");
    send("E2,,,,,,,,,,,,,,Y\n");
    EXPECT_EQ(state_of(id), "not_held");
    EXPECT_EQ(interview_facts(id).not_held_because, "no_absence");
    EXPECT_EQ(running_clocks(id), Words{});
    EXPECT_TRUE(has(told("duty worker of Harbourne"), "interview.no_absence"));
    EXPECT_TRUE(has(told("coordinator"), "interview.no_absence"));
    // What is sent again is an absence again, and an interview is owed.
    send(kit("13/05/2026 07:00"));
    EXPECT_EQ(interviews(), 2);
    the_record_is_whole();
}

TEST_P(SentBatches, an_interview_that_covers_another_absence_too_goes_on)
{
    world_.now = *parse_utc("2026-05-13T08:00:00Z");
    send(kit("13/05/2026 07:00"));
    const auto id = interview_of("R2");
    const auto before = due(id, "C13");
    send("E1,R2,,,,05/05/2026 21:10,,,HO,06/05/2026 06:15,,3,1,BACK,\n"); // learnt of later: the same interview
    ASSERT_EQ(interviews(), 1);
    ASSERT_EQ(interview_facts(id).covers.size(), 2U);
    send("E1,,,,,,,,,,,,,,Y\n");
    EXPECT_EQ(state_of(id), "due");
    EXPECT_EQ(interview_facts(id).covers.size(), 1U);
    EXPECT_EQ(due(id, "C13"), before);
    send("E2,,,,,,,,,,,,,,Y\n");
    EXPECT_EQ(state_of(id), "not_held");
}

TEST_P(SentBatches, an_interview_that_was_held_stays)
{
    world_.now = *parse_utc("2026-05-13T08:00:00Z");
    send(kit("13/05/2026 07:00"));
    const auto id = interview_of("R2");
    std::string name;
    database().read([&](Transaction& transaction) {
        name = accounts::find_worker(transaction, actor("interviewer").worker)->sign_in_name;
    });
    interview_act("duty worker of Harbourne", "pass", id, Json::object().set("staff_name", name));
    world_.now += hours{3};
    interview_act("interviewer", "offer", id,
                  Json::object().set("offers", Json::list().add(Json::object()
                                                                    .set("offered_at", "2026-05-13T09:00:00Z")
                                                                    .set("by", "Huw")
                                                                    .set("way", "in_person")
                                                                    .set("language", "English")
                                                                    .set("answer", "yes"))));
    interview_act(
        "interviewer", "hold", id,
        Json::object()
            .set("held_at", "2026-05-13T10:00:00Z")
            .set("held_where", "At school")
            .set("held_by", "Huw, the club")
            .set("independence", "trusted")
            .set("seen_alone", "yes")
            .set("crime_told", "no")
            .set("child_said",
                 Json::list().add(Json::object().set("words", "I went to the sea").set("language", "English")))
            .set("do_not_tell", "nobody"));
    send("E2,,,,,,,,,,,,,,Y\n");
    EXPECT_EQ(state_of(id), "completed");
    EXPECT_EQ(interview_facts(id).child_said.front().words.words, "I went to the sea");
    EXPECT_FALSE(has(told("duty worker of Harbourne"), "interview.no_absence"));
}

/// R-B-02: 72 hours of elapsed time from the return, so a return that is corrected moves them; R-X-07: it says so.
TEST_P(SentBatches, a_return_that_is_corrected_moves_the_interview)
{
    world_.now = *parse_utc("2026-05-13T08:00:00Z");
    send(kit("13/05/2026 07:00"));
    const auto id = interview_of("R2");
    EXPECT_EQ(due(id, "C12"), *parse_utc("2026-05-14T06:00:00Z"));
    EXPECT_EQ(due(id, "C13"), *parse_utc("2026-05-16T06:00:00Z"));
    world_.now += hours{1};
    EXPECT_EQ(send(kit("13/05/2026 04:30")).counts.changed, 1);
    EXPECT_EQ(due(id, "C12"), *parse_utc("2026-05-14T03:30:00Z"));
    EXPECT_EQ(due(id, "C13"), *parse_utc("2026-05-16T03:30:00Z"));
    EXPECT_EQ(interview_facts(id).returned_at, *parse_utc("2026-05-13T03:30:00Z"));
    EXPECT_TRUE(has(told("duty worker of Harbourne"), "interview.return_corrected"));
    database().read([&](Transaction& transaction) {
        const auto history = casework::load_history(transaction, id);
        ASSERT_EQ(history.size(), 2U);
        EXPECT_EQ(history.back().action, "correct_return");
        // The clocks as they ran stay on record beside those that count from what is right.
        std::size_t corrected = 0;
        for (const auto& row : casework::load_clocks(transaction, id)) corrected += row.corrected_at ? 1 : 0;
        EXPECT_EQ(corrected, 2U);
    });
    // Another change of the episode moves nothing.
    auto other = kit("13/05/2026 04:30");
    other.replace(other.find("Home"), 4, "Park");
    EXPECT_EQ(send(other).counts.changed, 1);
    database().read([&](Transaction& transaction) { EXPECT_EQ(casework::load_history(transaction, id).size(), 2U); });
    // What counts the returns counts by what is right.
    EXPECT_EQ(lines_of("select returned_at from interview_figures"),
              Words{std::to_string(to_seconds(*parse_utc("2026-05-13T03:30:00Z")))});
    the_record_is_whole();
}

/// Whatever is damaged in one record holds up neither the start of the service nor what can be counted.
TEST_P(SentBatches, a_case_that_cannot_be_read_is_told_and_holds_up_no_count)
{
    send(many);
    const auto broken = episodes_of("R2").front();
    const auto whole = lines_of("select facts from case_versions where case_id in (select case_id from missing_sent "
                                "where reference = 'E4')");
    const auto facts_are = [&](const std::string& facts) {
        database().write([&](Transaction& transaction) {
            transaction.execute("update case_versions set facts = $1 where case_id = $2",
                                {facts, storage::to_value(broken)});
        });
    };
    facts_are("{damaged");
    database().write([](Transaction& transaction) { transaction.execute("delete from missing_figures"); });
    const auto faults = keep_figures_of_before(desk(), world_.now);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_NE(faults.front().find(broken.text()), std::string::npos) << faults.front();
    EXPECT_EQ(faults.front().find("Kit"), std::string::npos);
    EXPECT_EQ(count_of("select count(*) from missing_figures"), 7);
    EXPECT_EQ(keep_figures_of_before(desk(), world_.now).size(), 1U) << "it is looked for again until it is mended";
    facts_are(whole.front());
    EXPECT_EQ(keep_figures_of_before(desk(), world_.now), Words{});
    EXPECT_EQ(count_of("select count(*) from missing_figures"), 8);
}

/// Two records that are one child: what was no repeat of either is one of both, and no more when they are parted.
TEST_P(SentBatches, records_that_are_joined_are_counted_as_one_child)
{
    send("E1,R1,Lee,Sample,03/02/2010,02/03/2026 21:10,,,CH,03/03/2026 06:15,,,,BACK,\n"
         "E2,R7,Li,Sample,03/02/2010,01/04/2026 21:10,,,CH,02/04/2026 06:15,,,,BACK,\n");
    const auto repeats = [&] {
        return lines_of("select s.reference, f.is_repeat from missing_figures f join missing_sent s on s.case_id = "
                        "f.case_id order by 1");
    };
    EXPECT_EQ(repeats(), (Words{"E1/0", "E2/0"}));
    std::int64_t joined = 0;
    ChildId one, other;
    database().write([&](Transaction& transaction) {
        one = identity::find(transaction, "northmere-records", "R1")->home;
        other = identity::find(transaction, "northmere-records", "R7")->home;
        const auto decision = identity::decide(transaction,
                                               {.kind = identity::DecisionKind::same,
                                                .one = one,
                                                .other = other,
                                                .worker = actor("coordinator").worker,
                                                .agency = northmere_,
                                                .reason = "The home gave the same number of the authority"},
                                               world_.now, [](ChildId) { return true; });
        if (!decision) throw Bug(sentences(decision.error()));
        joined = decision->sequence;
    });
    const auto follows = [&](std::string_view action, std::string_view state) {
        database().write([&](Transaction& transaction) {
            casework::CaseHead pair;
            pair.heading.child = one;
            pair.heading.other = other;
            pair.state = state;
            for (const auto& consequence : consequences())
                if (consequence.type == "same-person" && consequence.action == action)
                    consequence.happen(desk(), transaction, pair, world_.now);
        });
    };
    follows("same", "one child");
    EXPECT_EQ(repeats(), (Words{"E1/0", "E2/1"}));
    // A feed adds to the one child that they are.
    send("E3,R1,,,,20/03/2026 21:10,,,CH,21/03/2026 06:15,,,,BACK,\n");
    EXPECT_EQ(repeats(), (Words{"E1/0", "E2/1", "E3/1"}));
    database().write([&](Transaction& transaction) {
        const auto undone = identity::undo(transaction,
                                           {.sequence = joined,
                                            .worker = actor("coordinator").worker,
                                            .agency = northmere_,
                                            .reason = "Two boys of one name",
                                            .confirmed_by = actor("inspector of Northmere").worker},
                                           world_.now);
        if (!undone) throw Bug(sentences(undone.error()));
    });
    follows("confirm_undo", "two children");
    EXPECT_EQ(repeats(), (Words{"E1/0", "E2/0", "E3/1"}));
}

INSTANTIATE_TEST_SUITE_P(engines, SentBatches, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
