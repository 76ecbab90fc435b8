// The profile that is kept in case a child is missing: sealed to the police until they look for the child or a life is
// in danger, confirmed by a clock, with a photograph that says nothing but what it shows. And the list that it gives a
// home.
#include "app/figures.h"
#include "app/stories_test_world.h"
#include "capabilities/profiles/photograph_store.h"
#include "capabilities/profiles/profile.h"
#include "capabilities/profiles/profiles.h"
#include "identity/people.h"
#include "records/given.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class ProfilesStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = *accounts::find_agency_by_code(transaction, "X23000001");
        const auto room = add_team(transaction, force, "Northmere control room", "office");
        add_actor(world_, transaction, force, room, Role::CALL, "call handler");
        add_actor(world_, transaction, force, room, Role::RESP, "response officer");
        add_actor(world_, transaction, force, room, Role::SUPV, "supervisor of the control room");
        add_actor(world_, transaction, force, add_team(transaction, force, "Northmere records", "office"), Role::IGOV,
                  "governance of Northmere");
        add_actor(world_, transaction, force, add_team(transaction, force, "Northmere missing persons", "office"),
                  Role::MPC, "coordinator");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        const auto home = add_team(transaction, authority, "Harbour House", "office");
        add_actor(world_, transaction, authority, home, Role::PLAC, "carer");
        add_actor(world_, transaction, authority, home, Role::SUPV, "manager of the home");
        add_actor(world_, transaction, authority, add_team(transaction, authority, "Tarn House", "office"), Role::PLAC,
                  "carer of another home");
        const auto social_care = add_team(transaction, authority, "Children's social care", "office");
        add_actor(world_, transaction, authority, social_care, Role::SW, "social worker of the child");
        for (const auto* name : {"call handler", "response officer", "coordinator", "carer", "carer of another home"})
            actor(name).purpose = "missing-response";
        add_actor(world_, transaction, force, room, Role::PSTD, "standards");
        add_actor(world_, transaction, force, room, Role::PSTD, "another of standards");
        for (const auto* name : {"standards", "another of standards"}) actor(name).purpose = "information-governance";
        actor("social worker of the child").purpose = "safeguarding-response";
        world_.now = *parse_utc("2026-03-06T18:00:00Z");
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
    static std::string why(const Result<casework::Acted>& acted)
    {
        return acted ? std::string("it was done") : sentences(acted.error());
    }
    /// Ada Sample, 15, in a home.
    static Json ada()
    {
        return Json::object()
            .set("name_given", "Ada Sample")
            .set("born_given", "2010-06-01")
            .set("given_by", "childrens_home")
            .set("is_in_care", true)
            .set("home", "Harbour House, Westmoor")
            .set("contact", "01632 960018")
            .set("looks", "Tall, red hair, a green parka")
            .set("look_first", "The skate park behind the station")
            .set("health", "Asthma: a blue inhaler, needed daily")
            .set("told", "agrees")
            .set("child_view", "ring my nan first pls")
            .set("child_view_language", "English");
    }
    profiles::Profile facts_of(CaseId id)
    {
        profiles::Profile facts;
        database().read([&](Transaction& transaction) {
            facts = *static_cast<const profiles::Profile*>(
                casework::load_case(transaction, profiles::profile_type(), id)->facts.get());
        });
        return facts;
    }
    Result<casework::Seen> look(const std::string& who, CaseId id)
    {
        return derived::look_at_case(desk(), actor(who), RequestId::random(),
                                     {.type = "profile", .id = id, .page = "profile"}, world_.now);
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
    CaseId report(const std::string& who, ChildId child)
    {
        return must(act(who, "missing", "report", {},
                        Json::object()
                            .set("child", child.text())
                            .set("name_given", "Ada Sample")
                            .set("last_seen_at", to_iso(world_.now - hours{2}))
                            .set("worried", "She left her inhaler")
                            .set("force", world_.agencies.at("Northmere Police").text())));
    }
    /// What is counted of the child's absences: "B current".
    std::vector<std::string> counted()
    {
        std::vector<std::string> all;
        database().read([&](Transaction& transaction) {
            all.clear();
            for (const auto& row :
                 transaction.query("select ethnicity, profile from missing_figures order by began_at, case_id"))
                all.push_back(fmt::format("{} {}", row.text(0), row.text(1)));
        });
        return all;
    }
    void grade(CaseId episode)
    {
        must(act("coordinator", "missing", "grade", episode,
                 Json::object().set(
                     "grades", Json::list().add(Json::object().set("level", "medium").set("because", "Her inhaler")))));
    }
    void pass(hours time)
    {
        world_.now += time;
        casework::tick(desk(), world_.now);
    }
};

TEST_P(ProfilesStories, a_profile_is_sealed_to_the_police_until_they_look_for_the_child)
{
    const auto profile = must(act("carer", "profile", "open", {}, ada()));
    const auto child = facts_of(profile).child;
    EXPECT_TRUE(look("carer", profile));
    for (const auto* who : {"call handler", "response officer", "coordinator", "carer of another home"})
        EXPECT_FALSE(look(who, profile)) << who;

    // That there is one is told to whoever takes a report, and whoever keeps it sees that it was asked.
    EXPECT_TRUE(act("call handler", "profile", "ask", profile));
    EXPECT_FALSE(look("call handler", profile)) << "not what stands in it";
    EXPECT_EQ(facts_of(profile).asked_for.size(), 1U);
    EXPECT_FALSE(act("carer of another home", "profile", "ask", profile));
    EXPECT_FALSE(act("call handler", "profile", "update", profile, Json::object().set("home", "Elsewhere")));

    const auto episode = report("call handler", child);
    for (const auto* who : {"call handler", "response officer", "coordinator"}) {
        const auto seen = look(who, profile);
        ASSERT_TRUE(seen) << who;
        EXPECT_EQ(seen->as<profiles::Profile>().looks.words, "Tall, red hair, a green parka") << who;
        EXPECT_EQ(seen->as<profiles::Profile>().health.words, "Asthma: a blue inhaler, needed daily") << who;
        EXPECT_TRUE(seen->may.empty() || seen->may == std::vector<std::string>{"ask"}) << "they keep none of it";
    }

    pass(hours{6});
    must(act("coordinator", "missing", "grade", episode,
             Json::object().set(
                 "grades", Json::list().add(Json::object().set("level", "medium").set("because", "Her inhaler")))));
    must(act("coordinator", "missing", "return", episode,
             Json::object()
                 .set("returned_at", to_iso(world_.now - hours{1}))
                 .set("found_where", "At her nan's")
                 .set("found_by", "carer")
                 .set("found_distance", "under_5")
                 .set("return_type", "own_will")
                 .set("harm", Json::list().add("none"))
                 .set("considered", "no_signs")
                 .set("considered_because", "At her nan's")
                 .set("safe_to_tell", "yes")));
    pass(hours{70});
    EXPECT_TRUE(look("coordinator", profile)) << "72 hours after the child is safe";
    pass(hours{2});
    EXPECT_FALSE(look("coordinator", profile)) << "it is closed again";
    EXPECT_TRUE(look("carer", profile));
}

TEST_P(ProfilesStories, whoever_says_that_a_life_is_in_danger_reads_it_and_its_keepers_are_told)
{
    const auto profile = must(act("carer", "profile", "open", {}, ada()));
    const auto child = facts_of(profile).child;
    actor("response officer").purpose = "immediate-protection";
    EXPECT_FALSE(look("response officer", profile));
    EXPECT_FALSE(act("response officer", "emergency-access", "open", {},
                     Json::object().set("child", child.text()).set("reason_code", "life_at_risk").set("reason", "now")))
        << "a reason has words";
    EXPECT_FALSE(has(told("carer"), "profile.opened_in_an_emergency"));
    const auto opened = act("response officer", "emergency-access", "open", {},
                            Json::object()
                                .set("child", child.text())
                                .set("reason_code", "life_at_risk")
                                .set("reason", "She wrote that she will jump from the bridge"));
    ASSERT_TRUE(opened) << why(opened);
    EXPECT_TRUE(look("response officer", profile));
    EXPECT_FALSE(look("call handler", profile)) << "nobody else";
    EXPECT_TRUE(has(told("carer"), "profile.opened_in_an_emergency"));
    pass(hours{1});
    EXPECT_FALSE(look("response officer", profile)) << "an hour later it is closed";
}

TEST_P(ProfilesStories, a_profile_is_confirmed_every_28_days_in_care_and_every_90_otherwise)
{
    const auto of_care = must(act("carer", "profile", "open", {}, ada()));
    auto at_home = ada();
    at_home.set("name_given", "Sky Sample").set("is_in_care", false).set("given_by", "parent");
    const auto other = must(act("carer", "profile", "open", {}, at_home));
    EXPECT_EQ(due(of_care, "C71"), world_.now + hours{24 * 28});
    EXPECT_EQ(due(of_care, "C72"), std::nullopt);
    EXPECT_EQ(due(other, "C72"), world_.now + hours{24 * 90});

    pass(hours{24 * 20});
    must(act("carer", "profile", "update", of_care, Json::object().set("school", "Harbour School")));
    EXPECT_EQ(due(of_care, "C71"), world_.now + hours{24 * 28}) << "every change confirms the rest";
    pass(hours{24 * 27});
    EXPECT_FALSE(has(told("manager of the home"), "clock.C71.breach"));
    must(act("carer", "profile", "confirm", of_care));
    EXPECT_EQ(due(of_care, "C71"), world_.now + hours{24 * 28});
    pass(hours{24 * 28} + hours{1});
    EXPECT_TRUE(has(told("manager of the home"), "clock.C71.breach")) << "who is told that it was not confirmed";

    must(act("carer", "profile", "update", of_care, Json::object().set("is_in_care", false)));
    EXPECT_EQ(due(of_care, "C71"), std::nullopt);
    EXPECT_EQ(due(of_care, "C72"), world_.now + hours{24 * 90}) << "another clock runs from now on";
}

TEST_P(ProfilesStories, a_home_reports_the_children_in_its_care_and_no_others)
{
    const auto profile = must(act("carer", "profile", "open", {}, ada()));
    const auto child = facts_of(profile).child;
    const auto theirs = act("carer of another home", "missing", "report", {},
                            Json::object()
                                .set("child", child.text())
                                .set("name_given", "Ada Sample")
                                .set("last_seen_at", to_iso(world_.now - hours{1}))
                                .set("worried", "She left her inhaler")
                                .set("force", world_.agencies.at("Northmere Police").text()));
    EXPECT_EQ(why(theirs), "There is no such child's record, or it is not open to you");
    const auto episode = report("carer", child);
    database().read([&](Transaction& transaction) {
        EXPECT_EQ(casework::load_head(transaction, episode).heading.child, child) << "the same record, and no second";
    });
}

TEST_P(ProfilesStories, a_social_worker_opens_one_of_a_child_on_their_list_and_names_the_home)
{
    ChildId child;
    const auto& worker = actor("social worker of the child");
    database().write([&](Transaction& transaction) {
        const auto record =
            records::new_record("Ada Sample", *parse_partial_date("2010-06-01"), {},
                                {.agency = worker.agency, .recorded_at = world_.now, .known_by = "them"});
        record.storing("known", worker.worker, world_.now)(transaction);
        child = record.child;
        ties::add_tie(transaction, {.kind = ties::Kind::allocated,
                                    .child = child,
                                    .worker = worker.worker,
                                    .proved_by = CaseId::random(),
                                    .about = {},
                                    .keeper = worker.agency,
                                    .keeper_team = {},
                                    .purpose = {},
                                    .since = world_.now});
    });
    auto asked = ada();
    asked.set("child", child.text()).set("staff_name", "nobody@example");
    EXPECT_EQ(why(act("social worker of the child", "profile", "open", {}, asked)),
              "Nobody of that sign-in name looks after children");
    std::string carer;
    database().read([&](Transaction& transaction) {
        carer = accounts::find_worker(transaction, actor("carer").worker)->sign_in_name;
    });
    asked.set("staff_name", carer);
    const auto profile = must(act("social worker of the child", "profile", "open", {}, asked));
    EXPECT_TRUE(look("carer", profile));
    EXPECT_TRUE(has(told("carer"), "profile.passed"));
    EXPECT_TRUE(look("social worker of the child", profile));
    EXPECT_EQ(why(act("social worker of the child", "profile", "open", {}, asked)),
              "A profile of this child is kept already");
    EXPECT_FALSE(act("carer", "profile", "open", {}, asked)) << "a home names no child of another's list";

    // The child moves: the next home reads it, and the last does not.
    std::string next;
    database().read([&](Transaction& transaction) {
        next = accounts::find_worker(transaction, actor("carer of another home").worker)->sign_in_name;
    });
    must(act("social worker of the child", "profile", "pass", profile,
             Json::object().set("staff_name", next).set("home", "Tarn House").set("contact", "01632 960019")));
    EXPECT_FALSE(look("carer", profile));
    EXPECT_TRUE(look("carer of another home", profile));
}

/// R-P-08: whoever may not know of a record is not told that a profile is kept beside it.
TEST_P(ProfilesStories, a_profile_of_a_record_that_is_closed_to_somebody_s_family_is_like_none_for_them)
{
    const auto profile = must(act("carer", "profile", "open", {}, ada()));
    const auto theirs = facts_of(profile).child;
    const auto& worker = actor("social worker of the child");
    ChildId child;
    database().write([&](Transaction& transaction) {
        const auto record =
            records::new_record("Ada Sample", *parse_partial_date("2010-06-01"), {},
                                {.agency = worker.agency, .recorded_at = world_.now, .known_by = "them"});
        record.storing("known", worker.worker, world_.now)(transaction);
        child = record.child;
        const auto tie = [&](ties::Kind kind, ChildId of) {
            ties::add_tie(transaction, {.kind = kind,
                                        .child = of,
                                        .worker = worker.worker,
                                        .proved_by = CaseId::random(),
                                        .about = {},
                                        .keeper = worker.agency,
                                        .keeper_team = {},
                                        .purpose = {},
                                        .since = world_.now});
        };
        tie(ties::Kind::allocated, child);
        const identity::Judgement same{.kind = identity::DecisionKind::same,
                                       .one = child,
                                       .other = theirs,
                                       .worker = actor("carer").worker,
                                       .agency = worker.agency,
                                       .reason = "One number of the authority"};
        ASSERT_TRUE(identity::decide(transaction, same, world_.now, [](ChildId) { return true; }));
        tie(ties::Kind::family, theirs);
    });
    auto asked = ada();
    asked.set("child", child.text());
    const auto opened = act("social worker of the child", "profile", "open", {}, asked);
    EXPECT_TRUE(opened) << why(opened);
}

TEST_P(ProfilesStories, without_the_child_it_is_kept_for_a_reason_alone)
{
    auto asked = ada();
    asked.set("told", "objects");
    EXPECT_EQ(why(act("carer", "profile", "open", {}, asked)),
              "Say why it is kept, though the child does not agree to it");
    asked.set("told_because", "She was found hurt twice. She will not have a photograph");
    const auto profile = must(act("carer", "profile", "open", {}, asked));
    EXPECT_EQ(facts_of(profile).told_text, "v1") << "which words she was told";
    EXPECT_EQ(facts_of(profile).child_view.words, "ring my nan first pls") << "as she said it";
}

TEST_P(ProfilesStories, a_photograph_is_there_with_the_act_and_gone_when_it_is_taken_away)
{
    const auto profile = must(act("carer", "profile", "open", {}, ada()));
    const profiles::Photograph picture{profiles::PictureKind::jpeg, Bytes{1, 2, 3}};
    const auto digest = profiles::digest_of_photograph(picture);
    const auto taken = Json::object().set("photo", digest).set("photo_taken_on", "2026-02-01");
    EXPECT_EQ(why(act("carer", "profile", "add_photo", profile, taken)), "Choose a photograph")
        << "nobody names a picture that is not there";
    database().write(
        [&](Transaction& transaction) { profiles::keep_photograph(transaction, profile, picture, world_.now); });
    must(act("carer", "profile", "add_photo", profile, taken));
    EXPECT_EQ(facts_of(profile).photo, digest);
    database().read([&](Transaction& transaction) {
        EXPECT_EQ(profiles::photograph_of(transaction, profile, digest)->bytes, picture.bytes);
        EXPECT_FALSE(profiles::photograph_of(transaction, CaseId::random(), digest)) << "of no other profile";
    });
    must(act("carer", "profile", "remove_photo", profile));
    EXPECT_TRUE(facts_of(profile).photo.empty());
    database().read([&](Transaction& transaction) {
        EXPECT_FALSE(profiles::is_photograph_kept(transaction, profile, digest)) << "no earlier version leads to it";
    });
}

/// 4.B, Measures: "% with current profile"; "risk level distribution by … ethnicity". R-O-02: it is never guessed.
TEST_P(ProfilesStories, counts_take_from_a_profile_an_ethnic_group_and_whether_it_was_kept_in_time)
{
    using Words = std::vector<std::string>;
    const auto profile = must(act("carer", "profile", "open", {}, ada()));
    const auto child = facts_of(profile).child;
    const auto first = report("call handler", child);
    EXPECT_EQ(counted(), Words{" current"}) << "nobody asked her";
    must(act("carer", "profile", "update", profile, Json::object().set("ethnicity", "B1")));
    EXPECT_EQ(counted(), Words{"B current"}) << "absences of before count with what she says now";
    must(act("carer", "profile", "end", profile, Json::object().set("end_reason", "moved")));
    grade(first);
    EXPECT_EQ(counted(), Words{"B current"}) << "what she said, and what was kept when she was reported";

    // One that nobody confirmed for 28 days is out of date, and another child's is none.
    const auto again = must(act("carer", "profile", "open", {}, [&] {
        auto kit = ada();
        return kit.set("name_given", "Kit Sample").set("born_given", "2011-03-03").set("ethnicity", "NS");
    }()));
    pass(hours{24 * 29});
    const auto late = report("call handler", facts_of(again).child);
    EXPECT_EQ(counted(), (Words{"B current", "N out_of_date"}));
    must(act("carer", "profile", "confirm", again));
    grade(late);
    EXPECT_EQ(counted(), (Words{"B current", "N out_of_date"})) << "as it was when she was reported";
}

/// Nothing of a protected record is counted beside its episode, and not that there is none either.
TEST_P(ProfilesStories, what_was_done_while_a_record_was_sealed_counts_whole_when_it_is_sealed_no_more)
{
    using Words = std::vector<std::string>;
    const auto profile = must(act("carer", "profile", "open", {}, [] {
        auto of_ada = ada();
        return of_ada.set("ethnicity", "A9");
    }()));
    const auto child = facts_of(profile).child;
    report("call handler", child);
    EXPECT_EQ(counted(), Words{"A current"});
    must(act("standards", "restriction", "restrict", {},
             Json::object()
                 .set("child", child.text())
                 .set("kind", "PROTECTED_PERSON")
                 .set("why", "Moved at night, and somebody looks for her")));
    database().write([&](Transaction& transaction) {
        transaction.execute("delete from missing_figures");
        transaction.execute("delete from figures_all_kept");
    });
    CaseId sealed;
    database().read([&](Transaction& transaction) {
        sealed = storage::id_at<CaseId>(
            transaction.query("select id from cases where type = 'restriction' order by opened_at").front(), 0);
    });
    EXPECT_TRUE(keep_figures_of_before(desk(), world_.now).empty());
    EXPECT_EQ(counted(), Words{" "}) << "neither what she said nor that there is no profile";
    must(act("standards", "restriction", "ask_to_lift", sealed,
             Json::object().set("lift_reason", "The danger is over, says the court")));
    must(act("another of standards", "restriction", "lift", sealed));
    EXPECT_EQ(counted(), Words{"A current"});
}

INSTANTIATE_TEST_SUITE_P(engines, ProfilesStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
