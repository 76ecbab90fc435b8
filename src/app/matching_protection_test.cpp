// What may not be seen does not exist: of a record that is closed to somebody neither a question nor its absence, a
// refusal, nor two other records which it joins may tell.
#include "app/consequences.h"
#include "app/matching_test_world.h"
#include "capabilities/sharing/sharing.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

using storage::Transaction;
using ProtectedPersonStories = testing::SamePersonStories;

/// R-P-07: what may not be seen does not exist, whichever of the two it is.
TEST_P(ProtectedPersonStories, a_protected_child_never_appears_in_a_question)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    for (const auto protected_one : {world_.mia, again}) {
        const auto restriction = restricted(protected_one);
        for (const auto* who : {"custody sergeant", "coordinator", "duty worker", "on-call manager", "governance"}) {
            EXPECT_TRUE(queue(who).empty()) << who;
            const auto seen = look(who, pair);
            const auto none = look(who, CaseId::random());
            ASSERT_FALSE(seen) << who;
            EXPECT_EQ(seen.error(), none.error());
        }
        const auto decided = act("custody sergeant", "same", pair, because("The same scar on the left hand"));
        const auto of_none = act("custody sergeant", "same", CaseId::random(), because("The same scar"));
        ASSERT_FALSE(decided);
        EXPECT_EQ(decided.error(), of_none.error());
        const auto other = protected_one == again ? world_.mia : again;
        const auto asked = act("custody sergeant", "open", {},
                               Json::object().set("child", protected_one.text()).set("other", other.text()));
        const auto of_nobody = act("custody sergeant", "open", {},
                                   Json::object().set("child", ChildId::random().text()).set("other", other.text()));
        ASSERT_FALSE(asked);
        EXPECT_EQ(asked.error(), of_nobody.error());
        const auto* custodian = protected_one == again ? "standards" : "governance of Westmoor";
        EXPECT_TRUE(has(told(custodian), "restriction.tried")) << custodian;
        lift(restriction);
        EXPECT_EQ(queue("custody sergeant").size(), 1U) << "when it is lifted the question is there again";
    }
}

/// R-P-07: two worlds that differ in a protected record alone answer alike, also where it joins two others.
TEST_P(ProtectedPersonStories, a_protected_record_that_joins_two_others_does_not_show_through_them)
{
    const auto again = mia_again();
    const auto third = recorded("Mia Sample", "2011-03-14");
    const auto pair = asked_about(world_.mia, third);
    for (const auto one : {asked_about(world_.mia, again), asked_about(again, third)})
        ASSERT_TRUE(act("custody sergeant", "same", one, because("Her mother says so")));
    ASSERT_EQ(members(world_.mia).size(), 3U);
    const auto refused = act("custody sergeant", "different", pair, because("They sat side by side"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().sentence.substr(0, 30), "Earlier decisions join these t") << "who sees all";

    const auto restriction = restricted(again);
    const auto decided = act("custody sergeant", "different", pair, because("They sat side by side"));
    ASSERT_TRUE(decided) << sentences(decided.error());
    EXPECT_EQ(decided->state, "different children");
    EXPECT_EQ(found_by("custody sergeant", "Mia Sample").size(), 2U);
    EXPECT_FALSE(contradictions_shown_to("custody sergeant")) << "it would tell of the record";
    EXPECT_EQ(members(third).size(), 3U) << "what was decided before stands too";

    // Once the record may be seen again, those who hold it see what contradicts what.
    lift(restriction);
    EXPECT_TRUE(contradictions_shown_to("custody sergeant"));
    EXPECT_TRUE(contradictions_shown_to("duty worker"));
    EXPECT_FALSE(contradictions_shown_to("sergeant elsewhere"));
    ASSERT_TRUE(act("coordinator", "propose_undo", pair, Json::object().set("undo_reason", "That was her sister")));
    ASSERT_TRUE(act("inspector", "confirm_undo", pair));
    EXPECT_FALSE(contradictions_shown_to("custody sergeant"));
}

/// The service asks about two as if there were no record of whom not everybody may see.
TEST_P(ProtectedPersonStories, a_question_is_asked_although_a_protected_record_settles_it)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    ASSERT_TRUE(act("custody sergeant", "same", pair, because("Her mother says so")));
    restricted(world_.mia);
    recorded("Mia Sample", "2011-04-13");
    find();
    std::vector<CaseId> seen;
    for (const auto& one : queue("custody sergeant")) seen.push_back(one.head.id);
    ASSERT_EQ(seen.size(), 1U);
    ASSERT_TRUE(act("custody sergeant", "different", seen.front(), because("They sat side by side")));
    EXPECT_EQ(members(again).size(), 2U);
}

/// R-P-08: closed to a member of staff and their team, whichever of the two is their family.
TEST_P(ProtectedPersonStories, a_question_about_somebodys_own_family_is_not_there_for_them)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    for (const auto family : {world_.mia, again}) {
        const auto* barred = family == again ? "coordinator" : "custody sergeant";
        restricted_for_family_of(barred, family);
        EXPECT_TRUE(queue(barred).empty()) << barred;
        EXPECT_FALSE(has(told("standards"), "restriction.child_is_with_their_team"))
            << "a question is no detention, and may be none of theirs to know";
        EXPECT_FALSE(look(barred, pair)) << barred;
        EXPECT_TRUE(look("duty worker", pair)) << "to everybody else it is open";
    }
}

/// R-P-08 is about a child, whatever records there are of them: closed in all that were decided to be one, and in no
/// other.
TEST_P(ProtectedPersonStories, a_child_is_closed_to_family_in_every_record_that_is_theirs)
{
    const std::string them = "custody sergeant of another suite";
    const auto again = mia_again();
    const auto third = recorded("Mia Sample", "2011-03-14");
    const auto closed_to_them = [&] {
        std::set<ChildId> closed;
        database().read([&](Transaction& transaction) {
            const std::vector<ChildId> all = {world_.mia, again, third};
            closed = ties::closed_to(transaction, all, actor(them), world_.now);
            EXPECT_EQ(sharing::ties_that_differ(transaction), std::vector<std::string>{});
        });
        return closed;
    };
    const auto restriction = restricted_for_family_of(them, again);
    EXPECT_EQ(closed_to_them(), std::set{again});

    const auto pair = asked_about(world_.mia, again);
    ASSERT_TRUE(act("custody sergeant", "same", pair, because("Her mother says so")));
    EXPECT_EQ(closed_to_them(), (std::set{world_.mia, again}));
    ASSERT_TRUE(act("custody sergeant", "same", asked_about(world_.mia, third), because("Her mother says so")));
    EXPECT_EQ(closed_to_them(), (std::set{world_.mia, again, third}));
    EXPECT_TRUE(found_by(them, "Mia Sample").empty());
    EXPECT_TRUE(has(told("standards"), "restriction.tried"));
    EXPECT_FALSE(found_by("custody sergeant", "Mia Sample").empty()) << "to nobody else";

    world_.now += hours{1};
    ASSERT_TRUE(act("duty worker", "propose_undo", pair, Json::object().set("undo_reason", "They are two girls")));
    ASSERT_TRUE(act("inspector", "confirm_undo", pair));
    EXPECT_EQ(closed_to_them(), std::set{again}) << "the other two are one child, and nobody's family";
    EXPECT_FALSE(found_by(them, "Mia Sample").empty());

    world_.now += hours{1};
    ASSERT_TRUE(act("custody sergeant", "same", asked_about(third, again), because("A letter of her school")));
    EXPECT_EQ(closed_to_them(), (std::set{world_.mia, again, third}));
    lift(restriction);
    EXPECT_EQ(closed_to_them(), std::set<ChildId>{});
    restricted_for_family_of(them, third);
    EXPECT_EQ(closed_to_them(), (std::set{world_.mia, again, third})) << "what is one child is closed at once";
}

/// A protected record is closed alone (R-A-06), and the damage is told where somebody opens by hand what was closed.
TEST_P(ProtectedPersonStories, what_is_closed_beside_a_record_is_proved)
{
    const auto again = mia_again();
    ASSERT_TRUE(act("custody sergeant", "same", asked_about(world_.mia, again), because("Her mother says so")));
    const auto is_closed = [&](const std::string& who) {
        bool closed = false;
        database().read([&](Transaction& transaction) {
            closed = ties::is_closed_to(transaction, world_.mia, actor(who), world_.now);
        });
        return closed;
    };
    EXPECT_FALSE(is_closed("coordinator"));
    restricted_for_family_of("coordinator", again);
    EXPECT_TRUE(is_closed("coordinator"));
    restricted(again);
    EXPECT_FALSE(is_closed("custody sergeant")) << "the other record is one to live with";
    for (const auto* harm : {"update ties set ended_at = since where kind = 'joined_family'",
                             "update ties set worker = keeper where kind = 'joined_family'"}) {
        std::vector<std::string> faults;
        try {
            database().write([&](Transaction& transaction) {
                transaction.execute(harm);
                faults = sharing::ties_that_differ(transaction);
                throw std::runtime_error("not after all");
            });
        } catch (const std::runtime_error&) {
        }
        EXPECT_FALSE(faults.empty()) << harm;
    }
}

/// Records that were joined before the service knew of this are closed when it starts, and those are told whom it
/// concerns; a start after that changes nothing.
TEST_P(ProtectedPersonStories, what_was_joined_before_is_closed_at_the_start)
{
    const auto again = mia_again();
    ASSERT_TRUE(casework::act(desk(), actor("custody sergeant"), RequestId::random(),
                              {.type = "custody", .action = "book_in", .asked = booking_of(world_.mia)}, world_.now));
    ASSERT_TRUE(act("duty worker", "same", asked_about_by("duty worker", world_.mia, again), because("A letter")));
    restricted_for_family_of("custody sergeant", again);
    const auto closed_to_them = [&] {
        bool closed = false;
        database().read([&](Transaction& transaction) {
            closed = ties::is_closed_to(transaction, world_.mia, actor("custody sergeant"), world_.now);
        });
        return closed;
    };
    database().write([&](Transaction& transaction) {
        transaction.execute("delete from ties where kind = 'joined_family'");
        transaction.execute("delete from notices where code = 'restriction.child_is_with_their_team'");
    });
    ASSERT_FALSE(closed_to_them()) << "as it was";

    world_.now += hours{1};
    const auto start = [&] {
        database().write([&](Transaction& transaction) { close_what_was_joined_before(transaction, world_.now); });
    };
    const auto notices_so_far = [&] {
        std::int64_t count = 0;
        database().read([&](Transaction& transaction) {
            count =
                transaction.query("select count(*) from notices where code = 'restriction.child_is_with_their_team'")
                    .front()
                    .integer(0);
        });
        return count;
    };
    start();
    EXPECT_TRUE(closed_to_them());
    EXPECT_TRUE(has(told("standards"), "restriction.child_is_with_their_team"));
    const auto told_once = notices_so_far();
    start();
    EXPECT_EQ(notices_so_far(), told_once);
}

/// Those who keep a record hear of a join, also where nobody is there to check others.
TEST_P(ProtectedPersonStories, a_join_is_told_to_those_who_answer_for_the_work_where_nobody_checks_it)
{
    using accounts::Role;
    const auto told_at_an_authority_of = [&](const std::vector<Role>& posts) {
        std::set<std::string> told;
        database().write([&](Transaction& transaction) {
            const auto keeper = AgencyId::random();
            const auto team = TeamId::random();
            accounts::add_agency(transaction, {.id = keeper,
                                               .kind = accounts::AgencyKind::local_authority,
                                               .code = keeper.text(),
                                               .name = "Authority"});
            accounts::add_team(transaction, {.id = team, .agency = keeper, .name = "Desk", .kind = "desk"});
            for (const auto role : posts) {
                const auto id = WorkerId::random();
                accounts::add_worker(transaction,
                                     {.id = id, .agency = keeper, .sign_in_name = id.text(), .name = "Somebody"});
                accounts::add_post(transaction, {.worker = id, .team = team, .role = role});
            }
            ties::Tie family{.kind = ties::Kind::family, .child = ChildId::random()};
            family.worker = actor("custody sergeant").worker;
            family.proved_by = CaseId::random();
            family.keeper = keeper;
            family.keeper_team = team;
            family.since = world_.now;
            ties::add_tie(transaction, family);
            ties::tell_of_joining(transaction, std::vector{family.child}, world_.now + hours{1});
            for (const auto& row : transaction.query("select role from notices where case_id = $1",
                                                     {storage::to_value(family.proved_by)}))
                told.insert(row.text(0));
        });
        return told;
    };
    using Roles = std::set<std::string>;
    EXPECT_EQ(told_at_an_authority_of({Role::IGOV, Role::LADM}), (Roles{"PSTD", "IGOV"}));
    EXPECT_EQ(told_at_an_authority_of({Role::PSTD, Role::SW}), (Roles{"PSTD", "IGOV"}));
    EXPECT_EQ(told_at_an_authority_of({Role::LADM, Role::SW}), (Roles{"LADM", "INSP"}));
    EXPECT_EQ(told_at_an_authority_of({}), (Roles{"LADM", "INSP"})) << "whoever takes the post up finds it";
}

/// Whoever sits in the cells of a team that the record of the same child is closed to is not left there unseen.
TEST_P(ProtectedPersonStories, a_join_that_closes_a_record_to_the_team_that_has_the_child_is_said_at_once)
{
    const auto again = mia_again();
    ASSERT_TRUE(casework::act(desk(), actor("custody sergeant"), RequestId::random(),
                              {.type = "custody", .action = "book_in", .asked = booking_of(world_.mia)}, world_.now));
    restricted_for_family_of("custody sergeant", again);
    const auto pair = asked_about_by("duty worker", world_.mia, again);
    EXPECT_FALSE(has(told("standards"), "restriction.child_is_with_their_team"));
    ASSERT_TRUE(act("duty worker", "same", pair, because("Her mother says so")));
    for (const auto* who : {"standards", "governance"})
        EXPECT_TRUE(has(told(who), "restriction.child_is_with_their_team")) << who;
}

/// Who looked at one of two records and may not know of the other is not told that they were parted.
TEST_P(ProtectedPersonStories, a_parting_is_told_to_nobody_to_whom_one_of_the_two_is_closed)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    const std::string barred = "custody sergeant of another suite";
    restricted_for_family_of(barred, again);
    ASSERT_EQ(found_by(barred, "Mia Sample").size(), 1U) << "nobody has decided yet that they are one child";
    ASSERT_TRUE(act("custody sergeant", "same", pair, because("Her mother says so")));
    EXPECT_TRUE(has(told("standards"), "restriction.joined"));
    world_.now += hours{1};
    ASSERT_EQ(found_by("custody sergeant", "Mia Sample").size(), 1U);
    world_.now += hours{1};
    ASSERT_TRUE(act("duty worker", "propose_undo", pair, Json::object().set("undo_reason", "They are two girls")));
    ASSERT_TRUE(act("coordinator", "confirm_undo", pair));
    EXPECT_FALSE(has(told(barred), "same-person.parted"));
    EXPECT_TRUE(has(told("custody sergeant"), "same-person.parted")) << "who was shown them as one is told";
}

TEST_P(ProtectedPersonStories, a_search_shows_of_one_child_only_the_records_that_may_be_seen)
{
    const auto again = mia_again();
    const auto pair = found_pair();
    const auto third = recorded("Mia Sample", "2011-03-14");
    ASSERT_TRUE(act("custody sergeant", "same", pair, because("Her mother says so")));
    find();
    for (const auto& one : queue("custody sergeant"))
        ASSERT_TRUE(act("custody sergeant", "same", one.head.id, because("Her mother says so")));
    EXPECT_EQ(members(third).size(), 3U);
    ASSERT_EQ(found_by("custody sergeant", "Mia Sample").size(), 1U);
    // The leading record is protected: the others are found as if it were not there.
    restricted(world_.mia);
    const auto found = casework::search_children(desk(), actor("custody sergeant"), RequestId::random(), "Mia Sample",
                                                 std::nullopt, world_.now);
    ASSERT_TRUE(found);
    for (const auto& one : *found) EXPECT_NE(one.child.id, world_.mia);
    std::size_t records = 0;
    for (const auto& one : *found) records += 1 + one.also_as.size();
    EXPECT_EQ(records, 2U);
    EXPECT_TRUE(found->front().child.id == again || found->front().child.id == third);
}

INSTANTIATE_TEST_SUITE_P(engines, ProtectedPersonStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
