// Counts of missing children (4.B, "Measures"): made with every act, read by those who lead and plan, without a name
// and without a number by which one child is known.
#include "app/figures.h"
#include "app/stories_test_world.h"
#include "capabilities/measures/figures.h"
#include "capabilities/measures/measures.h"
#include "capabilities/measures/national.h"
#include "capabilities/measures/reading.h"
#include "capabilities/measures/report.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using accounts::Role;
using measures::EpisodeFigure;
using measures::InterviewFigure;
using storage::Transaction;

class MeasuresStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000002", "Eastvale Constabulary");
        const auto unit = add_team(transaction, force, "Eastvale missing persons", "office");
        add_actor(world_, transaction, force, unit, Role::RESP, "officer");
        add_actor(world_, transaction, force, unit, Role::MPC, "coordinator");
        add_actor(world_, transaction, force, unit, Role::INSP, "duty inspector");
        add_actor(world_, transaction, force, unit, Role::STAT, "statistician");
        custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force, "X23000003",
                                     "Tarnside Police");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        add_actor(world_, transaction, authority, add_team(transaction, authority, "A charity's workers", "office"),
                  Role::RHIP, "interviewer");
        for (const auto* name : {"officer", "coordinator", "duty inspector", "interviewer"})
            actor(name).purpose = "missing-response";
        actor("statistician").purpose = "statistics";
        world_.now = *parse_utc("2026-05-12T19:05:00Z");
    }

    CaseId act(const std::string& who, std::string_view type, std::string action, CaseId id, Json asked)
    {
        const auto done =
            casework::act(desk(), actor(who), RequestId::random(),
                          {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)}, world_.now);
        if (!done) throw Bug("a story's act is refused: " + sentences(done.error()));
        return done->id;
    }
    CaseId missing_since(std::string_view when, ChildId child = {})
    {
        auto asked = Json::object()
                         .set("name_given", "Zed Sample")
                         .set("born_given", "2013-06-01")
                         .set("last_seen_at", when)
                         .set("worried", "He has not been home since school")
                         .set("missing_from", "foster")
                         .set("authority", agency("Westmoor County").text());
        if (!child.is_none()) asked.set("child", child.text());
        return act("officer", "missing", "report", {}, std::move(asked));
    }
    void grade(CaseId id, std::string_view level)
    {
        act("officer", "missing", "grade", id,
            Json::object().set(
                "grades",
                Json::list().add(
                    Json::object().set("level", level).set("because", "Said by the home, and checked by telephone"))));
    }
    void is_back(CaseId id, std::string_view when)
    {
        act("officer", "missing", "return", id,
            Json::object()
                .set("returned_at", when)
                .set("found_where", "At the bus station")
                .set("found_by", "came_back")
                .set("found_distance", "5_to_20")
                .set("return_type", "own_will")
                .set("harm", Json::list().add("not_yet_known"))
                .set("considered", "no_signs")
                .set("considered_because", "Nothing points to it")
                .set("safe_to_tell", "yes"));
    }
    std::string sign_in_name(const std::string& who)
    {
        std::string name;
        database().read([&](Transaction& transaction) {
            name = accounts::find_worker(transaction, actor(who).worker)->sign_in_name;
        });
        return name;
    }
    AgencyId agency(const std::string& name) { return world_.agencies.at(name); }
    ChildId child_of(CaseId id)
    {
        ChildId child;
        database().read([&](Transaction& transaction) { child = casework::load_head(transaction, id).heading.child; });
        return child;
    }

    /// Rows as if so many children were away at that force.
    void away(AgencyId force, int count, std::string_view level, std::string_view since = "2026-05-12T10:00:00Z")
    {
        database().write([&](Transaction& transaction) {
            for (int i = 0; i < count; ++i) {
                const auto child = ChildId::random();
                measures::keep(transaction,
                               EpisodeFigure{.id = CaseId::random(),
                                             .child = child,
                                             .force = force,
                                             .began_at = *parse_utc(since),
                                             .stands = std::string(measures::away),
                                             .level = std::string(level),
                                             .barrier = {},
                                             .care = "in_care",
                                             .distance = {}},
                               std::vector{child});
            }
        });
    }
    measures::National national()
    {
        measures::National all;
        database().read(
            [&](Transaction& transaction) { all = measures::national_now(transaction, desk().lists, world_.now); });
        return all;
    }
    const measures::ForceNow& at(const measures::National& all, const std::string& name)
    {
        return *std::ranges::find(all.forces, name, [](const auto& one) { return one.force.name; });
    }
    std::vector<measures::Measure> measured(AgencyId force = {})
    {
        std::vector<measures::Measure> all;
        database().read([&](Transaction& transaction) {
            all = measures::measures_of(transaction, desk(), measures::quarter_of(clocks::london_day(world_.now)),
                                        force, world_.now);
        });
        return all;
    }
    static ToldCount number(const std::vector<measures::Measure>& all, std::string_view code, std::string_view label,
                            std::size_t column = 0)
    {
        for (const auto& measure : all)
            for (const auto& row : measure.rows)
                if (measure.code == code && row.label == label) return row.figures.at(column).count;
        throw Bug("there is no such row");
    }
    /// Every row of both tables, in letters.
    std::string rows()
    {
        std::string letters;
        database().read([&](Transaction& transaction) {
            letters.clear();
            for (const auto& row : transaction.query("select stands, level, was_reported, was_regraded, is_repeat, "
                                                     "barrier, care, distance from missing_figures order by began_at"))
                letters += row.text(0) + "/" + row.text(1) + "/" + std::to_string(row.integer(2)) +
                           std::to_string(row.integer(3)) + std::to_string(row.integer(4)) + "/" + row.text(5) + "/" +
                           row.text(6) + "/" + row.text(7) + "\n";
            for (const auto& row : transaction.query("select age, area, was_offered, was_accepted, was_held, "
                                                     "is_in_72_hours, is_shared from interview_figures order by "
                                                     "returned_at"))
                letters += row.text(0) + "/" + row.text(1) + "/" + std::to_string(row.integer(2)) +
                           std::to_string(row.integer(3)) + std::to_string(row.integer(4)) +
                           std::to_string(row.integer(5)) + std::to_string(row.integer(6)) + "\n";
        });
        return letters;
    }
};

TEST_P(MeasuresStories, every_act_is_counted_in_its_own_transaction)
{
    const auto id = missing_since("2026-05-12T16:30:00Z");
    EXPECT_EQ(rows(), "away//100//in_care/\n");
    grade(id, "medium");
    EXPECT_EQ(rows(), "away/medium/100//in_care/\n");
    grade(id, "high");
    world_.now += hours{1};
    is_back(id, "2026-05-12T19:30:00Z");
    EXPECT_EQ(rows(), "over/high/110//in_care/5_to_20\n"
                      "12_14/area_not_known/00000\n")
        << "and the interview that is owed";
    // Of what was recorded before there were rows, the start of the service makes the same.
    const auto before = rows();
    database().write([](Transaction& transaction) {
        transaction.execute("delete from missing_figures");
        transaction.execute("delete from interview_figures");
    });
    keep_figures_of_before(desk(), world_.now);
    EXPECT_EQ(rows(), before);
    // And it does so once: afterwards the acts keep them.
    database().write([](Transaction& transaction) { transaction.execute("delete from missing_figures"); });
    keep_figures_of_before(desk(), world_.now);
    EXPECT_EQ(rows().find("over/high"), std::string::npos);
}

/// R-B-13 and S4: what nobody reported counts as an absence, and makes the next one a repeat, also when it is learnt of
/// afterwards.
TEST_P(MeasuresStories, an_absence_that_is_learnt_of_later_makes_the_next_one_a_repeat)
{
    const auto id = missing_since("2026-05-12T16:30:00Z");
    const auto child = child_of(id);
    is_back(id, "2026-05-12T18:30:00Z");
    act("officer", "missing", "report", {},
        Json::object()
            .set("child", child.text())
            .set("name_given", "Zed Sample")
            .set("last_seen_at", "2026-04-20T18:00:00Z")
            .set("returned_at", "2026-04-20T23:00:00Z")
            .set("late_because", "call_too_long")
            .set("authority", agency("Westmoor County").text()));
    const auto all = rows();
    EXPECT_EQ(all.find("over//000/call_too_long/"), 0U) << all;
    EXPECT_NE(all.find("over//101//in_care/5_to_20"), std::string::npos) << all;
}

TEST_P(MeasuresStories, an_interview_is_counted_by_its_offer_and_by_whether_it_was_held_in_time)
{
    const auto id = missing_since("2026-05-12T16:30:00Z");
    is_back(id, "2026-05-12T18:30:00Z");
    CaseId interview;
    database().read([&](Transaction& transaction) {
        interview =
            storage::ids_at<CaseId>(transaction.query("select id from cases where type = 'return-interview'"), 0).at(0);
    });
    act("duty worker", "return-interview", "pass", interview,
        Json::object().set("staff_name", sign_in_name("interviewer")));
    world_.now = *parse_utc("2026-05-15T18:29:00Z");
    act("interviewer", "return-interview", "offer", interview,
        Json::object().set("offers", Json::list().add(Json::object()
                                                          .set("offered_at", "2026-05-15T10:00:00Z")
                                                          .set("by", "Quinn Dale")
                                                          .set("way", "in_person")
                                                          .set("language", "English")
                                                          .set("child_words", "ok")
                                                          .set("answer", "yes"))));
    EXPECT_NE(rows().find("/11000\n"), std::string::npos) << rows();
    act("interviewer", "return-interview", "hold", interview,
        Json::object()
            .set("held_at", "2026-05-15T18:28:00Z")
            .set("held_where", "At school")
            .set("held_by", "Quinn Dale")
            .set("independence", "trusted")
            .set("seen_alone", "yes")
            .set("crime_told", "no")
            .set("child_said",
                 Json::list().add(Json::object().set("words", "it is loud there").set("language", "English"))));
    EXPECT_NE(rows().find("/11110\n"), std::string::npos) << rows();
}

TEST_P(MeasuresStories, the_board_of_all_forces_holds_small_numbers_back_and_does_not_move_by_one_child)
{
    away(agency("Eastvale Constabulary"), 12, "high", "2026-05-11T10:00:00Z");
    away(agency("Eastvale Constabulary"), 9, "medium");
    away(agency("Tarnside Police"), 3, "high", "2026-04-01T10:00:00Z");
    const auto all = national();
    EXPECT_EQ(at(all, "Eastvale Constabulary").away, ToldCount(20));
    EXPECT_EQ(at(all, "Eastvale Constabulary").by_level, (std::vector<ToldCount>{10, 10, 0, 0}));
    EXPECT_EQ(at(all, "Eastvale Constabulary").longest, "1 to 7 days");
    EXPECT_EQ(at(all, "Tarnside Police").away, std::nullopt);
    EXPECT_EQ(at(all, "Tarnside Police").by_level, std::vector<ToldCount>(4))
        << "not even that there is no other level";
    EXPECT_EQ(at(all, "Tarnside Police").longest, "[c]") << "the one who is away for weeks is not pointed out";
    const auto before = measures::letters_of(all);
    away(agency("Tarnside Police"), 1, "medium");
    EXPECT_EQ(measures::letters_of(national()), before) << "a screen that is watched does not tell of one more child";
    away(agency("Tarnside Police"), 8, "medium");
    EXPECT_NE(measures::letters_of(national()), before);
    const auto map = measures::tile_map(national(), desk().lists, clocks::london_day(world_.now)).markup();
    EXPECT_NE(map.find("app-tile app-tile--outside"), std::string::npos) << "a force that does not use the service";
    EXPECT_NE(map.find(">EASTV<"), std::string::npos);
}

TEST_P(MeasuresStories, counts_are_read_by_those_who_lead_plan_or_analyse_and_each_reading_stands_in_the_log)
{
    const auto reads = [&](const std::string& who) {
        return measures::read_counts(
                   desk(), actor(who), RequestId::random(), [](Transaction&) {}, world_.now)
            .has_value();
    };
    EXPECT_TRUE(reads("coordinator"));
    EXPECT_TRUE(reads("statistician"));
    for (const auto* who : {"officer", "duty inspector", "interviewer", "duty worker", "custody sergeant"})
        EXPECT_FALSE(reads(who)) << who;
    EXPECT_TRUE(measures::national_letters(desk(), actor("coordinator"), world_.now));
    EXPECT_FALSE(measures::national_letters(desk(), actor("officer"), world_.now));
    std::int64_t looks = 0, refusals = 0;
    database().read([&](Transaction& transaction) {
        looks = refusals = 0;
        for (const auto& entry : audit::newest_entries(transaction, 20)) {
            looks += entry.action == measures::read_figures && entry.outcome == "done" ? 1 : 0;
            refusals += entry.action == measures::read_figures && entry.outcome != "done" ? 1 : 0;
        }
    });
    EXPECT_EQ(looks, 2);
    EXPECT_EQ(refusals, 5);
}

TEST_P(MeasuresStories, the_measures_of_a_quarter_have_a_base_and_hold_back_what_is_small)
{
    const auto eastvale = agency("Eastvale Constabulary");
    away(eastvale, 33, "high");
    away(eastvale, 2, "low");
    away(agency("Tarnside Police"), 26, "medium");
    away(eastvale, 50, "high", "2026-03-31T22:00:00Z"); // the quarter before, on London's clocks an hour later
    const auto of_one = measured(eastvale);
    EXPECT_EQ(number(of_one, "levels", "Of these, all"), ToldCount(35));
    EXPECT_EQ(number(of_one, "levels", "Low"), std::nullopt);
    EXPECT_EQ(number(of_one, "levels_by_care", "In care", 1), ToldCount(35)) << "33, rounded";
    const auto of_all = measured();
    EXPECT_EQ(number(of_all, "levels", "Of these, all"), ToldCount(60)) << "rounded to 10 for all forces";
    EXPECT_EQ(number(of_all, "levels_by_force", "Tarnside Police"), ToldCount(30));
    EXPECT_EQ(number(of_all, "levels_by_force", "Northmere Police"), ToldCount(0));
    database().write([&](Transaction& transaction) {
        for (int i = 0; i < 24; ++i)
            measures::keep(transaction, InterviewFigure{.id = CaseId::random(),
                                                        .force = eastvale,
                                                        .provider = agency("Westmoor County"),
                                                        .returned_at = *parse_utc("2026-05-01T10:00:00Z"),
                                                        .age = i < 20 ? "15_17" : "12_14",
                                                        .area = "out_of_area",
                                                        .was_offered = true,
                                                        .was_accepted = i < 15,
                                                        .was_held = i < 15,
                                                        .is_in_72_hours = i < 3});
    });
    const auto interviews = measured(eastvale);
    EXPECT_EQ(number(interviews, "interviews", "All"), ToldCount(25));
    EXPECT_EQ(number(interviews, "interviews", "All", 3), ToldCount(15)) << "held";
    EXPECT_EQ(number(interviews, "interviews", "All", 4), std::nullopt) << "3 in time";
    EXPECT_EQ(number(interviews, "interviews_by_age", "12 to 14"), std::nullopt);
    EXPECT_EQ(number(interviews, "interviews_by_provider", "Westmoor County"), ToldCount(25));
}

/// R-O-02: "missing ethnicity is itself a measure; no inference". Of one force the rows would be of so few that the
/// ways across each other tell of them.
TEST_P(MeasuresStories, risk_by_ethnicity_is_told_of_all_forces_alone_and_profiles_with_every_other_division)
{
    const auto eastvale = agency("Eastvale Constabulary");
    const auto count = [&](int many, const char* level, const char* ethnicity, const char* profile) {
        database().write([&](Transaction& transaction) {
            for (int i = 0; i < many; ++i) {
                const auto child = ChildId::random();
                measures::keep(transaction,
                               EpisodeFigure{.id = CaseId::random(),
                                             .child = child,
                                             .force = eastvale,
                                             .began_at = *parse_utc("2026-05-12T10:00:00Z"),
                                             .stands = std::string(measures::away),
                                             .level = level,
                                             .was_reported = *profile != 0,
                                             .barrier = {},
                                             .care = "in_care",
                                             .distance = {},
                                             .ethnicity = ethnicity,
                                             .profile = profile},
                               std::vector{child});
            }
        });
    };
    count(31, "high", "B", "current");
    count(22, "medium", "W", "none");
    count(14, "medium", "", "out_of_date");
    count(12, "medium", "W", "");
    const auto all = measured();
    const auto* black = "Black, Black British, Caribbean or African";
    EXPECT_EQ(number(all, "levels_by_ethnicity", black), ToldCount(30));
    EXPECT_EQ(number(all, "levels_by_ethnicity", black, 1), ToldCount(30)) << "high";
    EXPECT_EQ(number(all, "levels_by_ethnicity", "White"), ToldCount(30));
    EXPECT_EQ(number(all, "levels_by_ethnicity", "Nobody asked"), ToldCount(10));
    const auto here = measured(eastvale);
    EXPECT_EQ(std::ranges::count(here, "levels_by_ethnicity", &measures::Measure::code), 0);
    EXPECT_EQ(number(here, "profiles", "Kept and confirmed in time"), ToldCount(30));
    EXPECT_EQ(number(here, "profiles", "None was kept"), ToldCount(20));
    EXPECT_EQ(number(here, "profiles", "Nobody reported it"), ToldCount(10));
    EXPECT_EQ(number(here, "profiles", "Of these, all"), number(here, "reporting", "Of these, all"));
}

/// Of two counts of which one tells of a protected child, the difference would be that child: neither does.
TEST_P(MeasuresStories, a_child_whose_record_is_protected_is_counted_nowhere_until_it_is_not)
{
    const auto eastvale = agency("Eastvale Constabulary");
    away(eastvale, 7, "high");
    const auto id = missing_since("2026-05-12T16:30:00Z");
    EXPECT_EQ(at(national(), "Eastvale Constabulary").away, ToldCount(10)) << "8, rounded";
    EXPECT_EQ(number(measured(eastvale), "levels", "Of these, all"), ToldCount(10));
    const auto sealed = [&, child = child_of(id)] {
        const auto proof = CaseId::random();
        database().write([&](Transaction& transaction) {
            ties::add_tie(transaction, {.kind = ties::Kind::sealed,
                                        .child = child,
                                        .worker = {},
                                        .proved_by = proof,
                                        .about = {},
                                        .keeper = eastvale,
                                        .keeper_team = {},
                                        .purpose = {},
                                        .since = world_.now});
        });
        return proof;
    };
    const auto lifted = [&](CaseId proof) {
        database().write([&](Transaction& transaction) { ties::end_ties(transaction, proof, world_.now); });
    };
    const auto first = sealed();
    EXPECT_EQ(at(national(), "Eastvale Constabulary").away, ToldCount(5)) << "7, rounded";
    EXPECT_EQ(number(measured(eastvale), "levels", "Of these, all"), ToldCount(5));
    EXPECT_EQ(number(measured(), "levels", "Of these, all"), ToldCount(10)) << "of all forces to the nearest 10";
    lifted(first);
    EXPECT_EQ(at(national(), "Eastvale Constabulary").away, ToldCount(10));

    is_back(id, "2026-05-12T18:30:00Z");
    const auto interviews = [&] {
        std::size_t count = 0;
        database().read([&](Transaction& transaction) {
            const auto period = measures::period_of(measures::quarter_of(clocks::london_day(world_.now)));
            count = measures::interviews_in(transaction, period, eastvale).size();
        });
        return count;
    };
    EXPECT_EQ(interviews(), 1U);
    (void)sealed();
    EXPECT_EQ(interviews(), 0U) << "nor is the interview that is owed";
}

TEST(Quarters, begin_and_end_on_london_s_days)
{
    const auto quarter = measures::quarter_from("2026-Q2");
    ASSERT_TRUE(quarter);
    EXPECT_EQ(measures::code_of(*quarter), "2026-Q2");
    EXPECT_EQ(measures::words_of(*quarter), "April to June 2026");
    EXPECT_EQ(measures::period_of(*quarter).from, parse_utc("2026-03-31T23:00:00Z").value());
    EXPECT_EQ(measures::period_of(*quarter).until, parse_utc("2026-06-30T23:00:00Z").value());
    EXPECT_EQ(measures::code_of(measures::before({2026, 1})), "2025-Q4");
    for (const auto* code : {"", "2026-Q5", "2026-Q0", "2026Q2", "1999-Q1", "2026-Q2 "})
        EXPECT_FALSE(measures::quarter_from(code)) << code;
}

INSTANTIATE_TEST_SUITE_P(engines, MeasuresStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
