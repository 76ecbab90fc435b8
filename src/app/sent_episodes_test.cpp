// A force's own system sends the episodes of children who were and are missing: what is over starts no duty, what goes
// on is looked for, nothing is counted twice and nothing is dropped (R-B-07). On both databases.
#include "app/sent_episodes_test_world.h"
#include "app/text_files.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;
using testing::columns_sent;
using testing::mapping_sent;
using testing::Words;

class SentEpisodes : public testing::SentStories {};

const std::string lee_in_march =
    "E1,R1,Lee,Sample,03/02/2010,02/03/2026 21:10,02/03/2026 19:30,M|02/03/2026 21:20;H|02/03/2026 23:00,CH,"
    "03/03/2026 06:15,\"Tarn Junction\",62,2,BACK,\n";

TEST_P(SentEpisodes, what_was_over_before_duties_began_is_history_and_starts_nothing)
{
    EXPECT_EQ(send(lee_in_march).counts, (identity::FeedCounts{.rows = 1, .is_new = 1}));
    const auto ids = episodes_of("R1");
    ASSERT_EQ(ids.size(), 1u);
    const auto episode = facts_of(ids.front());
    EXPECT_EQ(state_of(ids.front()), "closed");
    EXPECT_EQ(episode.last_seen_at, *parse_utc("2026-03-02T19:30:00Z"));
    EXPECT_EQ(episode.returned_at, *parse_utc("2026-03-03T06:15:00Z"));
    EXPECT_EQ(episode.last_seen_sure, "exact");
    ASSERT_EQ(episode.grades.size(), 2u);
    EXPECT_EQ(episode.grades.back().level, "high");
    EXPECT_EQ(episode.grades.back().at, *parse_utc("2026-03-02T23:00:00Z"));
    EXPECT_EQ(episode.found_distance, "over_50");
    EXPECT_EQ(episode.missing_from, "childrens_home");
    EXPECT_EQ(running_clocks(ids.front()), Words{});
    EXPECT_EQ(interviews(), 0);
    EXPECT_EQ(count_of("select count(*) from notices"), 0);
    // The child whom nobody had sent is a record as any other that the force sends.
    database().read([&](Transaction& transaction) {
        const auto record = identity::find(transaction, "northmere-records", "R1");
        ASSERT_TRUE(record.has_value());
        EXPECT_EQ(records::find_child(transaction, record->home)->child.shown_name(), "Lee Sample");
    });
    the_record_is_whole();
}

TEST_P(SentEpisodes, the_same_again_changes_nothing_and_a_changed_row_is_a_new_version)
{
    send(lee_in_march);
    EXPECT_EQ(send(lee_in_march).counts, (identity::FeedCounts{.rows = 1, .same = 1}));
    auto changed = lee_in_march;
    changed.replace(changed.find("Tarn Junction"), 13, "Tarn Station");
    EXPECT_EQ(send(changed).counts, (identity::FeedCounts{.rows = 1, .changed = 1}));
    const auto id = episodes_of("R1").front();
    EXPECT_EQ(facts_of(id).found_where, "Tarn Station");
    database().read([&](Transaction& transaction) {
        const auto history = casework::load_history(transaction, id);
        ASSERT_EQ(history.size(), 2u);
        EXPECT_EQ(history.back().action, "change_sent");
        const auto first = casework::load_version(transaction, missing::episode_type(), id, 1);
        EXPECT_EQ(static_cast<const missing::Episode*>(first->facts.get())->found_where, "Tarn Junction");
    });
    the_record_is_whole();
}

TEST_P(SentEpisodes, what_the_system_deletes_is_kept_and_counted_as_no_absence)
{
    send(lee_in_march);
    const auto id = episodes_of("R1").front();
    EXPECT_EQ(send("E1,,,,,,,,,,,,,,Y\n").counts, (identity::FeedCounts{.rows = 1, .withdrawn = 1}));
    EXPECT_EQ(state_of(id), "reclassified");
    EXPECT_EQ(facts_of(id).reclassified_because.words, "Withdrawn by the system that sent it");
    EXPECT_TRUE(episodes_of("R1").empty());
    EXPECT_EQ(send("E1,,,,,,,,,,,,,,Y\n").counts, (identity::FeedCounts{.rows = 1, .same = 1}));
    EXPECT_EQ(send("E7,,,,,,,,,,,,,,Y\n").counts, (identity::FeedCounts{.rows = 1, .same = 1}));
    // Sent again it is an episode of its own.
    EXPECT_EQ(send(lee_in_march).counts.is_new, 1);
    EXPECT_EQ(episodes_of("R1").size(), 1u);
    the_record_is_whole();
}

TEST_P(SentEpisodes, a_child_who_is_away_is_looked_for_and_an_interview_follows_the_return)
{
    send("E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:00,,HO,,,,,OPEN,\n");
    const auto id = episodes_of("R2").front();
    EXPECT_EQ(state_of(id), "reported");
    EXPECT_EQ(running_clocks(id), Words{"C09"});
    EXPECT_TRUE(derived::is_open_to(desk(), actor("coordinator"), missing::episode_type(), id, world_.now));
    // The force's own system grades: C09 ends, and the review of that level is awaited.
    world_.now += minutes{20};
    send("E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:00,H|12/05/2026 20:10,HO,,,,,OPEN,\n");
    EXPECT_EQ(state_of(id), "active");
    EXPECT_EQ(running_clocks(id), Words{"C10H1"});
    // A change that is none of the level does not put the review off.
    const auto due = [&] {
        UtcTime at{};
        database().read([&](Transaction& transaction) {
            for (const auto& row : casework::load_clocks(transaction, id))
                if (!row.stopped_at) at = row.due_at;
        });
        return at;
    };
    const auto before = due();
    world_.now += minutes{20};
    EXPECT_EQ(send("E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:05,H|12/05/2026 20:10,HO,,,,,OPEN,\n")
                  .counts.changed,
              1);
    EXPECT_EQ(due(), before);
    world_.now += hours{12};
    send(
        "E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:05,H|12/05/2026 20:10,HO,13/05/2026 07:00,Home,3,1,"
        "BACK,\n");
    EXPECT_EQ(state_of(id), "closed");
    EXPECT_EQ(running_clocks(id), Words{});
    EXPECT_EQ(interviews(), 1);
    the_record_is_whole();
}

TEST_P(SentEpisodes, what_people_wrote_here_is_not_written_over_by_the_next_feed)
{
    send("E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:00,,HO,,,,,OPEN,\n");
    const auto id = episodes_of("R2").front();
    const auto grade = Json::object().set(
        "grades", Json::list().add(Json::object().set("level", "high").set("because", "The home is afraid")));
    ASSERT_TRUE(act("coordinator", "grade", id, grade));
    send("E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:45,12/05/2026 18:00,,HO,,,,,OPEN,\n");
    const auto episode = facts_of(id);
    EXPECT_EQ(episode.reported_at, *parse_utc("2026-05-12T18:45:00Z"));
    EXPECT_EQ(missing::level_of(episode), "high");
    EXPECT_EQ(episode.grades.back().by, actor("coordinator").worker);
    EXPECT_EQ(state_of(id), "active");
}

TEST_P(SentEpisodes, a_child_who_was_away_before_duties_began_is_on_the_board_without_clocks)
{
    send("E3,R3,Minh,Sample,03/02/2010,02/01/2026 21:10,02/01/2026,,HO,,,,,OPEN,\n");
    const auto id = episodes_of("R3").front();
    EXPECT_EQ(state_of(id), "reported");
    EXPECT_EQ(running_clocks(id), Words{});
    EXPECT_EQ(facts_of(id).last_seen_sure, "day_alone");
    EXPECT_EQ(facts_of(id).last_seen_at, *parse_utc("2026-01-02T12:00:00Z"));
    EXPECT_TRUE(derived::is_open_to(desk(), actor("coordinator"), missing::episode_type(), id, world_.now));
    EXPECT_EQ(interviews(), 0);
}

TEST_P(SentEpisodes, rows_that_cannot_be_are_set_aside_with_their_reasons)
{
    const auto taken =
        send(lee_in_march +
             // The same absence by another reference; a code that nobody mapped; back before gone; a time no clock
             // showed; an adult by then; nobody known; without its reference; twice; in the future.
             "E4,R1,Lee,Sample,03/02/2010,02/03/2026 22:00,,,CH,03/03/2026 05:00,,,,BACK,\n"
             "E5,R5,Ash,Sample,03/02/2010,02/03/2026 22:00,,X|02/03/2026 23:00,CH,03/03/2026 05:00,,,,BACK,\n"
             "E6,R5,Ash,Sample,03/02/2010,02/03/2026 22:00,,,CH,02/03/2026 05:00,,,,BACK,\n"
             "E7,R5,Ash,Sample,03/02/2010,29/03/2026 01:30,,,CH,30/03/2026 05:00,,,,BACK,\n"
             "E8,R8,Old,Sample,03/02/1990,02/03/2026 22:00,,,CH,03/03/2026 05:00,,,,BACK,\n"
             "E9,R9,,,,02/03/2026 22:00,,,CH,03/03/2026 05:00,,,,BACK,\n"
             ",R5,Ash,Sample,03/02/2010,02/03/2026 22:00,,,CH,03/03/2026 05:00,,,,BACK,\n"
             "E1,R5,Ash,Sample,03/02/2010,02/03/2026 22:00,,,CH,03/03/2026 05:00,,,,BACK,\n"
             "E11,R5,Ash,Sample,03/02/2010,02/03/2027 22:00,,,CH,,,,,OPEN,\n"
             "E12,R5,Ash,Sample\n");
    EXPECT_EQ(taken.counts, (identity::FeedCounts{.rows = 11, .is_new = 1, .quarantined = 10}));
    EXPECT_EQ(
        taken.reasons,
        (Words{"has 4 cells under a header of 15", "has a code of levels that the mapping does not know",
               "has a reference that stood in the file before",
               "has a time (reported) that is not written dd/mm/yyyy hh:mm or that no clock showed",
               "has a time that lies in the future", "has no reference",
               "is of a time in which another episode of this child stands (no absence counts twice)",
               "is of somebody who was 18 or over by then", "names a person who was not sent before, and gives no name",
               "says that the child was back before they went"}));
    the_record_is_whole();
}

TEST_P(SentEpisodes, a_dry_run_writes_nothing)
{
    EXPECT_EQ(send(lee_in_march, identity::Kept::no).counts, (identity::FeedCounts{.rows = 1, .is_new = 1}));
    EXPECT_EQ(count_of("select count(*) from cases where type = 'missing'"), 0);
    EXPECT_EQ(count_of("select count(*) from missing_sent"), 0);
    EXPECT_EQ(count_of("select count(*) from source_records where source = 'northmere-records'"), 0);
    the_record_is_whole();
}

TEST_P(SentEpisodes, three_absences_of_history_in_ninety_days_stand_out_at_the_next)
{
    send("E1,R1,Lee,Sample,03/02/2010,02/03/2026 21:10,,,CH,03/03/2026 06:15,,,,BACK,\n"
         "E2,R1,,,,12/04/2026 21:10,,,CH,13/04/2026 06:15,,,,BACK,\n"
         "E3,R1,,,,11/05/2026 21:10,,,CH,,,,,OPEN,\n");
    database().read([&](Transaction& transaction) {
        const auto child = identity::find(transaction, "northmere-records", "R1")->home;
        const auto codes = missing::triggers_of(missing::absences_of(transaction, std::vector{child}, 50), world_.now);
        EXPECT_NE(std::ranges::find(codes, "third_in_90_days"), codes.end());
    });
}

/// R-B-07: exactly one force decides. The system of a force that handed the lead over is not it any more.
TEST_P(SentEpisodes, the_system_of_a_force_that_leads_no_longer_ends_nothing)
{
    const std::string away = "E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:00,,HO,,,,,OPEN,\n";
    const std::string back =
        "E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:00,,HO,12/05/2026 19:50,,,,BACK,\n";
    send(away);
    const auto id = episodes_of("R2").front();
    ASSERT_TRUE(act("coordinator", "offer_to_force", id,
                    Json::object().set("offered_to", tarnside_.text()).set("offer_because", "Last seen at Tarn")));
    ASSERT_TRUE(act("coordinator of Tarnside", "take_over", id, Json::object()));
    for (const auto& row : {back, std::string("E2,,,,,,,,,,,,,,Y\n")}) {
        const auto taken = send(row);
        EXPECT_EQ(taken.reasons, Words{"is of an episode that another force leads now: tell them"}) << row;
        EXPECT_EQ(state_of(id), "reported");
    }
    the_record_is_whole();
}

/// A record of before there were such tables gets them once, and they say the same.
TEST_P(SentEpisodes, absences_of_before_are_noted_when_the_service_starts)
{
    send(lee_in_march);
    send("E2,R2,Kit,Sample,03/02/2011,12/05/2026 19:40,12/05/2026 18:00,,HO,,,,,OPEN,\n");
    database().write([](Transaction& transaction) { transaction.execute("delete from missing_absences"); });
    EXPECT_TRUE(episodes_of("R1").empty());
    missing::note_absences_of_before(database());
    EXPECT_EQ(episodes_of("R1").size(), 1u);
    EXPECT_EQ(episodes_of("R2").size(), 1u);
    the_record_is_whole();
}

/// A seal closes the record to nearly everybody (R-P-07): the sender sees no difference, and nobody is told of the
/// child.
TEST_P(SentEpisodes, a_sealed_record_is_taken_as_any_other_and_tells_nobody)
{
    send("E0,R1,Lee,Sample,03/02/2010,02/03/2024 21:10,,,CH,03/03/2024 06:15,,,,BACK,\n");
    database().write([&](Transaction& transaction) {
        ties::add_tie(transaction, {.kind = ties::Kind::sealed,
                                    .child = identity::find(transaction, "northmere-records", "R1")->home,
                                    .proved_by = CaseId::random(),
                                    .keeper = northmere_,
                                    .since = world_.now});
    });
    const auto taken = send("E5,R1,,,,10/05/2026 21:10,,,CH,11/05/2026 06:15,,,,BACK,\n");
    EXPECT_EQ(taken.counts, (identity::FeedCounts{.rows = 1, .is_new = 1})) << join(taken.reasons, "; ");
    EXPECT_FALSE(derived::is_open_to(desk(), actor("coordinator"), missing::episode_type(), episodes_of("R1").front(),
                                     world_.now));
    EXPECT_EQ(interviews(), 0);
}

/// After kill -9 the same file goes on where its last durable batch ended.
TEST_P(SentEpisodes, what_was_interrupted_goes_on_where_it_stopped)
{
    std::string rows;
    for (int i = 0; i < 6; ++i)
        rows += fmt::format("E{0},R{0},Lee,Sample,03/02/2010,02/03/2026 21:10,,,CH,03/03/2026 06:15,,,,BACK,\n", i);
    const auto text = std::string(columns_sent) + rows;
    const identity::Feed feed{.agency = northmere_, .file_name = "e.csv", .text = text, .mapping = mapping_sent};
    struct Killed {};
    const identity::FeedWork killed{.now = [this] { return world_.now; },
                                    .rows_in_a_batch = 2,
                                    .progress =
                                        [](const identity::Import& import, std::int64_t) {
                                            if (import.counts.rows == 4) throw Killed{};
                                        }};
    EXPECT_THROW((void)missing::import_episodes(desk(), feed, killed), Killed);
    const auto report =
        missing::import_episodes(desk(), feed, {.now = [this] { return world_.now; }, .rows_in_a_batch = 2});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->rows_before, 4);
    EXPECT_EQ(report->import.counts, (identity::FeedCounts{.rows = 6, .is_new = 6}));
    EXPECT_EQ(count_of("select count(*) from cases where type = 'missing'"), 6);
}

/// The two forces of the examples write everything differently, and both are understood.
TEST_P(SentEpisodes, of_two_forces_with_different_systems_are_taken)
{
    AgencyId southfold;
    database().write([&](Transaction& transaction) {
        const auto force = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000009", "Southfold Police");
        southfold = force.id;
        custody::testing::add_actor(
            world_, transaction, force,
            custody::testing::add_team(transaction, force, "Southfold missing persons", "office"), Role::MPC,
            "coordinator of Southfold");
        const auto saltby = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::local_authority,
                                                         "X06000002", "Saltby Council");
        custody::testing::add_actor(world_, transaction, saltby,
                                    custody::testing::add_team(transaction, saltby, "Saltby duty desk", "duty-desk"),
                                    Role::EDT, "duty worker of Saltby");
    });
    world_.now = *parse_utc("2026-11-01T09:00:00Z");
    const auto take = [&](AgencyId agency, const std::string& people, const std::string& episodes) {
        const auto folder = std::string("data/identity/examples/");
        const auto map_of = [](const std::string& file) { return file.substr(0, file.rfind('.')) + ".map"; };
        const auto now = [this] { return world_.now; };
        const auto who = text_of(folder + people), how = text_of(map_of(folder + people));
        EXPECT_TRUE(identity::import_feed(database(), {agency, people, *who, *how}, {.now = now}));
        const auto what = text_of("data/missing/examples/" + episodes);
        const auto meant = text_of(map_of("data/missing/examples/" + episodes));
        const auto report = missing::import_episodes(desk(), {agency, episodes, *what, *meant}, {.now = now});
        if (!report) throw Bug(sentences(report.error()));
        EXPECT_TRUE(report->never_filled.empty()) << *report->never_filled.begin();
        return report->import.counts;
    };
    EXPECT_EQ(take(northmere_, "northmere-people.csv", "northmere-episodes.csv"),
              (identity::FeedCounts{.rows = 18, .is_new = 9, .same = 1, .quarantined = 8}));
    EXPECT_EQ(take(southfold, "southfold-people.json", "southfold-episodes.jsonl"),
              (identity::FeedCounts{.rows = 12, .is_new = 6, .same = 1, .quarantined = 5}));
    // From June on an interview is owed, where somebody is known who answers for the child.
    EXPECT_EQ(count_of("select count(*) from missing_absences where is_live = 1"), 3);
    the_record_is_whole();
}

INSTANTIATE_TEST_SUITE_P(engines, SentEpisodes, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
