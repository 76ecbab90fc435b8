// What repeats in the absences of children: a companion who is a child and has an episode of their own (scenario 5),
// who goes missing with whom, and from when on a place is named (scenario 6). R-B-05, R-B-08, R-B-09.
#include "app/stories_test_world.h"
#include "app/what_repeats.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/triggers.h"
#include "capabilities/patterns/picture.h"
#include "capabilities/patterns/seen_pairs.h"
#include "identity/people.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;
using Words = std::vector<std::string>;

class PatternStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto add_force = [&](const char* code, const char* name, const char* place) {
            const auto force =
                custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force, code, name);
            add_actor(world_, transaction, force, add_team(transaction, force, std::string(place) + " unit", "office"),
                      Role::MPC, std::string("coordinator of ") + place);
            actor(std::string("coordinator of ") + place).purpose = "missing-response";
            return force;
        };
        const auto eastvale = add_force("X23000002", "Eastvale Constabulary", "Eastvale");
        add_force("X23000003", "Tarnside Police", "Tarnside");
        add_force("X23000009", "Far Police", "Far");
        const auto response = add_team(transaction, eastvale, "Saltby response", "office");
        add_actor(world_, transaction, eastvale, response, Role::RESP, "officer");
        add_actor(world_, transaction, eastvale, response, Role::INSP, "inspector of Eastvale");
        for (const auto* name : {"officer", "inspector of Eastvale"}) actor(name).purpose = "missing-response";
        world_.now = *parse_utc("2026-05-12T19:05:00Z");
    }
    void TearDown() override
    {
        Stories::TearDown();
        database().read([&](Transaction& transaction) {
            EXPECT_EQ(patterns_that_differ(transaction), Words{}) << "what is counted is what the episodes say";
        });
    }

    Result<casework::Acted> act(const std::string& who, std::string action, CaseId id, Json asked = Json::object())
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = "missing", .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    static std::string why(const Result<casework::Acted>& acted)
    {
        return acted ? std::string("it was done") : sentences(acted.error());
    }
    static Json one(Json item) { return Json::list().add(std::move(item)); }
    AgencyId agency(const std::string& name) { return world_.agencies.at(name); }

    CaseId report(const std::string& name, const std::string& authority = "Westmoor County", ChildId child = {})
    {
        auto asked = Json::object()
                         .set("name_given", name)
                         .set("born_given", "2010-02-03")
                         .set("last_seen_at", to_iso(world_.now - minutes{150}))
                         .set("worried", "Went out without a word")
                         .set("authority", agency(authority).text());
        if (!child.is_none()) asked.set("child", child.text());
        const auto done = act("officer", "report", {}, std::move(asked));
        if (!done) throw Bug("a story's report is refused: " + sentences(done.error()));
        return done->id;
    }
    Json linked_with(CaseId other, std::string_view sure = "seen")
    {
        return Json::object().set("linked", one(Json::object().set("episode", other.text()).set("sure", sure)));
    }
    Json at_place(std::string_view role, std::string_view kind, std::string_view name, std::string_view point = "")
    {
        auto item = Json::object().set("role", role).set("kind", kind).set("name", name);
        if (!point.empty()) item.set("point", point);
        return Json::object().set("places", one(std::move(item)));
    }
    Json back()
    {
        return Json::object()
            .set("returned_at", to_iso(world_.now))
            .set("found_where", "In a car at the junction")
            .set("found_by", "police")
            .set("found_distance", "not_known")
            .set("return_type", "police_protection")
            .set("harm", Json::list().add("not_yet_known"))
            .set("considered", "referred")
            .set("considered_because", "In a car with an adult at night")
            .set("safe_to_tell", "no");
    }
    missing::Episode facts_of(CaseId id)
    {
        missing::Episode facts;
        database().read([&](Transaction& transaction) {
            facts = *static_cast<const missing::Episode*>(
                casework::load_case(transaction, missing::episode_type(), id)->facts.get());
        });
        return facts;
    }
    /// The children of the pairs that somebody sees, as "Lee Sample and Sky Sample, 2".
    Words pairs_seen_by(const std::string& who)
    {
        std::vector<ChildId> children;
        database().read(
            [&](Transaction& transaction) { children = patterns::looked_for_by(transaction, actor(who).agency); });
        const auto seen =
            patterns::see_pairs(desk(), actor(who), RequestId::random(), {.children = children}, world_.now);
        Words words;
        for (const auto& pair : seen.pairs) {
            auto names =
                std::pair(seen.children.at(pair.child).shown_name(), seen.children.at(pair.other).shown_name());
            if (names.second < names.first) std::swap(names.first, names.second);
            words.push_back(fmt::format("{} and {}, {}", names.first, names.second, pair.times));
        }
        return words;
    }
    /// The places that are named in the area of a force, as "Tarn Junction: 3 or 4".
    Words named_in(const std::string& force)
    {
        Words words;
        database().read([&](Transaction& transaction) {
            words.clear();
            for (const auto& spot : patterns::spots_in(desk().lists, transaction, agency(force), world_.now))
                words.push_back(spot.name + ": " + patterns::count_words(spot.children));
        });
        return words;
    }
    std::vector<std::string_view> stands_out(ChildId child)
    {
        std::vector<std::string_view> codes;
        database().read([&](Transaction& transaction) {
            codes = missing::triggers_of(missing::absences_of(transaction, std::vector{child}, 50), world_.now);
        });
        return codes;
    }
    std::int64_t count(const std::string& sql)
    {
        std::int64_t found = 0;
        database().read([&](Transaction& transaction) { found = transaction.query(sql).front().integer(0); });
        return found;
    }
    CaseId report_at(const std::string& name, std::string_view place, std::string_view kind = "station")
    {
        const auto id = report(name);
        const auto done = act("officer", "place", id, at_place("found", kind, place));
        EXPECT_TRUE(done) << why(done);
        return id;
    }
    void seal(ChildId child)
    {
        database().write([&](Transaction& transaction) {
            ties::add_tie(transaction, {.kind = ties::Kind::sealed,
                                        .child = child,
                                        .proved_by = CaseId::random(),
                                        .keeper = agency("Westmoor County"),
                                        .since = world_.now});
        });
    }
};

/// Scenario 5: "Companion Sky Sample, 14, linked: own episode, own level, own RHI … National count: 2 episodes, 2
/// children, 3 forces touched, no duplicates."
TEST_P(PatternStories, a_companion_who_is_a_child_has_an_episode_a_level_and_an_interview_of_their_own)
{
    const auto lee = report("Lee Sample", "Harbourne Borough");
    const auto sky = report("Sky Sample", "Westmoor County");
    const auto done = act("officer", "link", lee, linked_with(sky));
    ASSERT_TRUE(done) << why(done);
    EXPECT_EQ(facts_of(lee).linked.front().child, facts_of(sky).child);
    ASSERT_EQ(facts_of(sky).linked.size(), 1U) << "each shows the link";
    EXPECT_EQ(facts_of(sky).linked.front().episode, lee);
    EXPECT_EQ(facts_of(sky).linked.front().sure, "seen");
    EXPECT_TRUE(has(told("coordinator of Eastvale"), "missing.news")) << "whoever leads the other episode reads of it";

    const auto grade = [&](CaseId id, std::string_view level) {
        return act("officer", "grade", id,
                   Json::object().set("grades", one(Json::object().set("level", level).set("because", "As told"))));
    };
    ASSERT_TRUE(grade(lee, "medium"));
    ASSERT_TRUE(grade(sky, "high"));
    EXPECT_EQ(missing::level_of(facts_of(lee)), "medium");
    EXPECT_EQ(missing::level_of(facts_of(sky)), "high");

    // Seen in the area of a third force, which takes the lead of the one and is asked for the other.
    const auto offer = Json::object().set("offered_to", agency("Tarnside Police").text()).set("offer_because", "Seen");
    ASSERT_TRUE(act("officer", "offer_to_force", lee, offer));
    EXPECT_EQ(pairs_seen_by("coordinator of Eastvale"), Words{"Lee Sample and Sky Sample, 1"});
    EXPECT_EQ(pairs_seen_by("coordinator of Tarnside"), Words{}) << "of Sky it may know nothing";
    ASSERT_TRUE(act("coordinator of Tarnside", "take_over", lee));
    ASSERT_TRUE(act("officer", "offer_to_force", sky, offer));
    EXPECT_EQ(pairs_seen_by("coordinator of Tarnside"), Words{"Lee Sample and Sky Sample, 1"});
    EXPECT_EQ(pairs_seen_by("coordinator of Far"), Words{});

    world_.now += hours{6};
    ASSERT_TRUE(act("coordinator of Tarnside", "return", lee, back()));
    ASSERT_TRUE(act("officer", "return", sky, back()));
    EXPECT_EQ(count("select count(*) from cases where type = 'missing'"), 2);
    EXPECT_EQ(count("select count(distinct child) from cases where type = 'missing'"), 2);
    EXPECT_EQ(count("select count(*) from cases where type = 'return-interview'"), 2);
    std::set<AgencyId> touched, owe_interviews;
    for (const auto id : {lee, sky})
        for (const auto& looker : facts_of(id).looked_for_by) touched.insert(looker.force);
    EXPECT_EQ(touched.size(), 3U)
        << "Northmere where Lee lives, Eastvale where both live now, Tarnside where they were";
    database().read([&](Transaction& transaction) {
        owe_interviews.clear();
        for (const auto id : storage::ids_at<AgencyId>(
                 transaction.query("select agency from cases where type = 'return-interview'"), 0))
            owe_interviews.insert(id);
    });
    EXPECT_EQ(owe_interviews, (std::set{agency("Harbourne Borough"), agency("Westmoor County")}));
}

TEST_P(PatternStories, what_cannot_be_linked_is_refused_and_changes_neither_episode)
{
    const auto lee = report("Lee Sample");
    const auto sky = report("Sky Sample");
    const auto refused = [&](const std::string& who, CaseId from, CaseId to) {
        return why(act(who, "link", from, linked_with(to)));
    };
    EXPECT_NE(refused("officer", lee, lee).find("the same child"), std::string::npos);
    EXPECT_NE(refused("officer", lee, CaseId::random()).find("not open to you"), std::string::npos);
    ASSERT_TRUE(act("officer", "offer_to_force", lee,
                    Json::object().set("offered_to", agency("Tarnside Police").text()).set("offer_because", "Seen")));
    EXPECT_NE(refused("coordinator of Tarnside", lee, sky).find("not open to you"), std::string::npos)
        << "whom nobody told of Sky links nobody with her";
    ASSERT_TRUE(act("officer", "return", sky, back()));
    world_.now += hours{24};
    const auto later = report("Ash Sample");
    EXPECT_NE(refused("officer", later, sky).find("not missing at the same time"), std::string::npos);
    ASSERT_TRUE(act("officer", "link", lee, linked_with(sky)));
    EXPECT_NE(refused("officer", lee, sky).find("linked already"), std::string::npos);
    EXPECT_NE(refused("officer", sky, lee).find("linked already"), std::string::npos) << "from the other side too";
    auto twice = Json::list();
    for (int i = 0; i < 2; ++i) twice.add(Json::object().set("episode", later.text()).set("sure", "seen"));
    EXPECT_NE(why(act("officer", "link", lee, Json::object().set("linked", std::move(twice)))).find("linked already"),
              std::string::npos)
        << "one act links two children once";
    EXPECT_TRUE(facts_of(later).linked.empty());
    EXPECT_EQ(facts_of(sky).linked.size(), 1U);
}

/// R-P-07: of a protected record nothing is told in the episode of another child.
TEST_P(PatternStories, a_protected_record_is_linked_with_none)
{
    const auto lee = report("Lee Sample");
    const auto sky = report("Sky Sample");
    seal(facts_of(sky).child);
    EXPECT_FALSE(act("officer", "link", lee, linked_with(sky)));
    EXPECT_FALSE(act("officer", "link", sky, linked_with(lee)));
    EXPECT_TRUE(facts_of(lee).linked.empty());
}

/// R-B-05: "any 2 with the same companion".
TEST_P(PatternStories, the_same_child_in_two_episodes_stands_out_and_is_counted_twice)
{
    const auto lee = report("Lee Sample");
    const auto sky = report("Sky Sample");
    ASSERT_TRUE(act("officer", "link", lee, linked_with(sky)));
    for (const auto id : {lee, sky}) ASSERT_TRUE(act("officer", "return", id, back()));
    world_.now += hours{200};
    const auto lee_again = report("Lee Sample", "Westmoor County", facts_of(lee).child);
    const auto sky_again = report("Sky Sample", "Westmoor County", facts_of(sky).child);
    ASSERT_TRUE(act("officer", "link", sky_again, linked_with(lee_again, "likely")));
    EXPECT_EQ(pairs_seen_by("coordinator of Eastvale"), Words{"Lee Sample and Sky Sample, 2"});
    for (const auto id : {lee, sky}) {
        const auto codes = stands_out(facts_of(id).child);
        EXPECT_NE(std::ranges::find(codes, "same_companion"), codes.end());
    }
    ASSERT_TRUE(act("inspector of Eastvale", "reclassify", lee_again,
                    Json::object().set("reclassified_because", "He was in his room")));
    EXPECT_EQ(pairs_seen_by("coordinator of Eastvale"), Words{"Lee Sample and Sky Sample, 1"})
        << "with a child who was not missing nobody was missing";
}

TEST_P(PatternStories, an_adult_who_is_with_the_child_has_an_age_and_a_certainty_and_no_episode)
{
    const auto lee = report("Lee Sample");
    const auto adult = [&](std::int64_t age) {
        return Json::object().set("companions", one(Json::object()
                                                        .set("who", "A man in a blue van")
                                                        .set("age", "adult")
                                                        .set("about_age", age)
                                                        .set("relation", "unrelated")
                                                        .set("sure", "seen")));
    };
    EXPECT_FALSE(act("officer", "add", lee, adult(300)));
    ASSERT_TRUE(act("officer", "add", lee, adult(34)));
    EXPECT_EQ(facts_of(lee).companions.front().years_older, 18) << "Lee is 16";
    EXPECT_EQ(count("select count(*) from cases where type = 'missing'"), 1);
}

/// 4.B: "distance_km (computed)", and R-B-05: "found over 50 km or in another force area".
TEST_P(PatternStories, how_far_the_child_was_found_follows_from_the_map)
{
    const auto lee = report("Lee Sample");
    EXPECT_NE(why(act("officer", "place", lee, at_place("from", "foster", "Saltby", "somewhere"))).find("latitude"),
              std::string::npos);
    EXPECT_FALSE(act("officer", "place", lee, at_place("from", "foster", "Saltby", "95.0, 0.0")));
    ASSERT_TRUE(act("officer", "place", lee, at_place("from", "foster", "Saltby", "53.80110, -1.54910")));
    EXPECT_EQ(facts_of(lee).distance_km, 0);
    ASSERT_TRUE(act("officer", "place", lee, at_place("found", "station", "Tarn Junction", "53.48080,-2.24260")));
    EXPECT_EQ(facts_of(lee).distance_km, 58) << "from Leeds to Manchester, as the crow flies";
    const auto codes = stands_out(facts_of(lee).child);
    EXPECT_NE(std::ranges::find(codes, "found_far"), codes.end());
    EXPECT_EQ(missing::point_in("53.8, -1.5")->longitude_microdegrees, -1'500'000);
    EXPECT_FALSE(missing::point_in("53.8"));
    EXPECT_FALSE(missing::point_in("53., -1"));
    EXPECT_FALSE(missing::point_in("53.8, -181"));
}

/// Scenario 6: "hotspot not shown because only 2 children so far"; R-B-09: "minimum 3 different children in 90 days
/// before a place is named".
TEST_P(PatternStories, a_place_is_named_from_the_third_different_child_on_and_for_90_days)
{
    const auto zed = report_at("Zed Sample", "Bike shed, Castle Street");
    ASSERT_TRUE(act("officer", "place", zed, at_place("to", "station", "bike shed castle street")));
    report_at("Lee Sample", "Bike Shed, Castle Street.");
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{}) << "two children, and one of them twice";
    const auto third = report_at("Sky Sample", "BIKE SHED - Castle Street");
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{"Bike shed, Castle Street: 3 or 4"});
    EXPECT_EQ(named_in("Tarnside Police"), Words{}) << "it lies in the area of another force";
    report_at("Ash Sample", "Bike shed, Castle Street");
    report_at("Jay Sample", "Bike shed, Castle Street");
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{"Bike shed, Castle Street: 5"});
    ASSERT_TRUE(act("inspector of Eastvale", "reclassify", third,
                    Json::object().set("reclassified_because", "She was at her aunt's")));
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{"Bike shed, Castle Street: 3 or 4"});
    world_.now += hours{24 * 91};
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{});
}

/// R-B-09: "never shown at child-identifying precision"; R-B-11: homes are "not ranked": reporting is protective.
TEST_P(PatternStories, a_childs_own_home_is_never_named_and_a_home_that_reports_stands_apart)
{
    for (const auto* name : {"Zed Sample", "Lee Sample", "Sky Sample"}) {
        const auto id = report(name);
        ASSERT_TRUE(act("officer", "place", id, at_place("from", "foster", "4 Mill Lane, Saltby")));
        ASSERT_TRUE(act("officer", "place", id, at_place("from", "childrens_home", "The Beeches, Saltby")));
    }
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{"The Beeches, Saltby: 3 or 4"});
    database().read([&](Transaction& transaction) {
        const auto spots = patterns::spots_in(desk().lists, transaction, agency("Eastvale Constabulary"), world_.now);
        ASSERT_EQ(spots.size(), 1U);
        EXPECT_TRUE(spots.front().is_home_that_reports);
    });
}

TEST_P(PatternStories, records_of_one_child_are_one_child_and_a_protected_record_counts_for_nothing)
{
    const auto zed = report_at("Zed Sample", "Castle Street station");
    const auto lee = report_at("Lee Sample", "Castle Street station");
    const auto twin = report_at("Lee Sampel", "Castle Street station");
    EXPECT_EQ(named_in("Eastvale Constabulary").size(), 1U);
    const auto first = facts_of(lee).child, second = facts_of(twin).child;
    database().write([&](Transaction& transaction) {
        const auto decided = identity::decide(transaction,
                                              {.kind = identity::DecisionKind::same,
                                               .one = first,
                                               .other = second,
                                               .worker = actor("officer").worker,
                                               .agency = actor("officer").agency,
                                               .reason = "One photograph"},
                                              world_.now);
        EXPECT_TRUE(decided) << sentences(decided.error());
    });
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{}) << "Lee stands there under two records";
    report_at("Sky Sample", "Castle Street station");
    EXPECT_EQ(named_in("Eastvale Constabulary").size(), 1U);
    seal(facts_of(zed).child);
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{}) << "without Zed they are two";
}

/// Scenario 5: Eastvale looks for children who are found in the area of Tarnside. Both forces learn of the place.
TEST_P(PatternStories, a_place_in_the_area_of_another_force_is_named_to_both)
{
    std::vector<CaseId> found;
    for (const auto* name : {"Zed Sample", "Lee Sample", "Sky Sample"}) {
        found.push_back(report(name));
        auto place = Json::object()
                         .set("role", "found")
                         .set("kind", "station")
                         .set("name", "Tarn Junction")
                         .set("area", agency("Tarnside Police").text());
        ASSERT_TRUE(act("officer", "place", found.back(), Json::object().set("places", one(std::move(place)))));
    }
    const auto elsewhere = [&](const std::string& force) {
        std::size_t count = 0;
        database().read([&](Transaction& transaction) {
            count = patterns::spots_elsewhere(desk().lists, transaction, agency(force), world_.now).size();
        });
        return count;
    };
    EXPECT_EQ(named_in("Tarnside Police"), Words{"Tarn Junction: 3 or 4"});
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{});
    EXPECT_EQ(elsewhere("Eastvale Constabulary"), 1U);
    EXPECT_EQ(elsewhere("Tarnside Police"), 0U) << "to them it is no other area";
    ASSERT_TRUE(act("officer", "offer_to_force", found.front(),
                    Json::object().set("offered_to", agency("Tarnside Police").text()).set("offer_because", "Seen")));
    ASSERT_TRUE(act("coordinator of Tarnside", "take_over", found.front()));
    EXPECT_EQ(elsewhere("Eastvale Constabulary"), 0U) << "of two children whose episodes it leads it names none";
    EXPECT_EQ(named_in("Tarnside Police"), Words{"Tarn Junction: 3 or 4"});
}

TEST_P(PatternStories, an_encounter_far_from_home_names_the_place_at_which_the_child_was_found)
{
    for (const auto* name : {"Jay Sample", "Kit Sample", "Ola Sample"}) {
        const auto met = casework::act(desk(), actor("officer"), RequestId::random(),
                                       {.type = "encounter",
                                        .action = "record",
                                        .asked = Json::object()
                                                     .set("name_given", name)
                                                     .set("met_at", "2026-05-12T18:55:00Z")
                                                     .set("met_precision", "exact")
                                                     .set("kind", "found")
                                                     .set("place", "9 Quay Row, Saltby")
                                                     .set("distance", "over_50")
                                                     .set("lives_in", "Harbourne")
                                                     .set("company", "alone")
                                                     .set("seen", one(Json::object().set("words", "Asleep on a sofa")))
                                                     .set("where_now", "with_officers")
                                                     .set("authority", agency("Harbourne Borough").text())},
                                       world_.now);
        ASSERT_TRUE(met) << why(met);
    }
    EXPECT_EQ(named_in("Eastvale Constabulary"), Words{"9 Quay Row, Saltby: 3 or 4"});
}

/// ui.md of charts: circles never stand on each other or outside, and the same pairs give the same picture.
TEST(PicturesOfPairs, every_circle_stands_apart_and_inside)
{
    for (const std::size_t count : {1U, 2U, 3U, 7U, 20U, 21U, 40U}) {
        std::vector<patterns::Line> lines;
        for (std::size_t i = 1; i < count; ++i) lines.push_back({i / 2, i, 1 + i % 3});
        const auto points = patterns::lay_out(count, lines);
        ASSERT_EQ(points.size(), count);
        for (std::size_t i = 0; i < count; ++i) {
            for (const double at : {points[i].x, points[i].y}) {
                EXPECT_GE(at, patterns::circle_radius);
                EXPECT_LE(at, patterns::picture_width - patterns::circle_radius);
            }
            for (std::size_t j = i + 1; j < count; ++j)
                EXPECT_GE(std::hypot(points[i].x - points[j].x, points[i].y - points[j].y), 2 * patterns::circle_radius)
                    << "circles " << i << " and " << j << " of " << count;
        }
        const auto again = patterns::lay_out(count, lines);
        for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(points[i].x, again[i].x);
    }
}

INSTANTIATE_TEST_SUITE_P(engines, PatternStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
