// S12 (a) to (d): curiosity, protection, an emergency, and an immigration request, on both databases. What a person may
// not see does not exist for them; what they need at two in the morning opens, and somebody looks at that next day.
#include "app/stories_test_world.h"
#include "capabilities/custody/release.h"
#include "capabilities/sharing/sharing.h"

#include "audit/sentences.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using accounts::Role;
using accounts::Session;
using storage::Transaction;

UtcTime at(std::string_view text)
{
    return *parse_utc(text);
}

class Protection : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        const auto force = *accounts::find_agency_by_code(transaction, "X23000001");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        const auto response =
            custody::testing::add_team(transaction, force, "Northmere response", "office", "X06000001");
        const auto standards = custody::testing::add_team(transaction, force, "Professional standards", "office");
        const auto governance = custody::testing::add_team(transaction, force, "Information governance", "office");
        const auto social = custody::testing::add_team(transaction, authority, "Children in care", "office");
        custody::testing::add_actor(world_, transaction, force, response, Role::RESP, "PC Byte");
        custody::testing::add_actor(world_, transaction, force, response, Role::RESP, "colleague of PC Byte");
        custody::testing::add_actor(world_, transaction, force, response, Role::SUPV, "supervisor of PC Byte");
        custody::testing::add_actor(world_, transaction, force, response, Role::INSP, "inspector of PC Byte");
        actor("inspector of PC Byte").purpose = "custody-safeguarding";
        custody::testing::add_actor(world_, transaction, force, standards, Role::PSTD, "standards");
        custody::testing::add_actor(world_, transaction, force, standards, Role::PSTD, "another of standards");
        custody::testing::add_actor(world_, transaction, force, governance, Role::IGOV, "governance");
        custody::testing::add_actor(world_, transaction, authority, social, Role::SW, "social worker");
        custody::testing::add_actor(world_, transaction, authority, social, Role::IGOV, "governance of Westmoor");
        custody::testing::add_actor(world_, transaction, authority, social, Role::SUPV,
                                    "supervisor of the social worker");
        const auto other = custody::testing::add_team(transaction, authority, "Children with disabilities", "office");
        custody::testing::add_actor(world_, transaction, authority, other, Role::SUPV, "supervisor of another team");
        for (const auto* name : {"PC Byte", "colleague of PC Byte"}) actor(name).purpose = "immediate-protection";
        actor("supervisor of PC Byte").purpose = "supervision";
        for (const auto* name : {"standards", "another of standards", "governance", "governance of Westmoor"})
            actor(name).purpose = "information-governance";
        records::Child mia = records::find_child(transaction, world_.mia)->child;
        mia.addresses.push_back({.kind = "placement", .lines = "3 Quay Street", .postcode = "WM1 2AB"});
        ASSERT_TRUE(records::store_child(transaction, mia, 1, actor("duty worker").worker, "placed", long_ago_));
    }

    /// Whatever a story did, the ties are what its cases prove.
    void check_the_ties()
    {
        database().read(
            [&](Transaction& transaction) { EXPECT_EQ(join(sharing::ties_that_differ(transaction), "\n"), ""); });
    }

    Result<casework::Acted> act(const std::string& who, std::string_view type, std::string action, CaseId id,
                                Json asked)
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    /// Mia is in custody, and her authority is asked about her.
    CaseId book_in_and_ask()
    {
        auto booking = Json::object();
        booking.set("child", world_.mia.text()).set("name_given", "Mia Sample").set("born_given", "2011-03-04");
        booking.set("custody_number", "NM/1").set("authorised_at", "2026-10-28T01:50:00Z");
        const auto booked = act("custody sergeant", "custody", "book_in", {}, booking);
        CHECK(booked.has_value(), "the child is not booked in");
        auto request = Json::object();
        request.set("offence", "Carrying drugs for somebody else").set("worry", "She will not say where she lives");
        const auto sent = act("custody sergeant", "custody", "send_request", booked->id, request);
        CHECK(sent.has_value(), "the request is not sent");
        return booked->id;
    }
    Result<casework::SeenChild> look(const std::string& who)
    {
        return casework::look_at_child(desk(), actor(who), RequestId::random(), world_.mia, "story", world_.now);
    }
    Json restriction(std::string_view kind, std::string_view staff = {})
    {
        auto asked = Json::object();
        asked.set("child", world_.mia.text()).set("kind", std::string(kind)).set("why", "Told to us by the family");
        if (!staff.empty()) asked.set("staff_name", std::string(staff));
        return asked;
    }
    std::string sign_in_name_of(const std::string& who)
    {
        std::string name;
        database().read([&](Transaction& transaction) {
            name = accounts::find_worker(transaction, actor(who).worker)->sign_in_name;
        });
        return name;
    }
    Json emergency(std::string_view reason = "She rang from his car and cannot say where they are")
    {
        auto asked = Json::object();
        asked.set("child", world_.mia.text());
        asked.set("reason_code", "find_the_child").set("reason", std::string(reason));
        return asked;
    }
    /// What the log says of this child and this person: "look done", "refusal withheld" …, oldest first.
    std::vector<std::string> logged(const std::string& who)
    {
        std::vector<std::string> lines;
        database().read([&](Transaction& transaction) {
            lines.clear();
            for (const auto& entry : audit::newest_entries(transaction, 1000))
                if (entry.worker == actor(who).worker && entry.child == world_.mia)
                    lines.push_back(fmt::format("{} {} {}", entry.action, entry.outcome, entry.rules));
        });
        std::ranges::reverse(lines);
        return lines;
    }

    UtcTime long_ago_ = custody::testing::long_ago;
};

/// S12 (a).
TEST_P(Protection, a_member_of_staff_does_not_find_their_own_nephew_and_standards_are_told)
{
    ASSERT_EQ(found_by("PC Byte", "Mia Sample"), std::vector<std::string>{"Mia Sample"});
    const auto barred =
        act("standards", "restriction", "restrict", {}, restriction("STAFF_FAMILY", sign_in_name_of("PC Byte")));
    ASSERT_TRUE(barred) << sentences(barred.error());

    EXPECT_TRUE(found_by("PC Byte", "Mia Sample").empty());
    EXPECT_TRUE(found_by("colleague of PC Byte", "Mia Sample").empty()) << "R-P-08: their unit is barred too";
    EXPECT_EQ(found_by("custody sergeant", "Mia Sample"), std::vector<std::string>{"Mia Sample"});
    EXPECT_EQ(std::ranges::count(told("standards"), "restriction.tried"), 2) << "each person once";
    EXPECT_TRUE(has(logged("PC Byte"), "search withheld F2")) << join(logged("PC Byte"), "\n");

    // The same try again within the hour is in the log, and tells nobody a second time.
    EXPECT_TRUE(found_by("PC Byte", "Mia Sample").empty());
    EXPECT_EQ(std::ranges::count(told("standards"), "restriction.tried"), 2);
}

TEST_P(Protection, a_record_closed_to_the_team_that_has_the_child_is_said_to_those_who_closed_it)
{
    const auto detained = Json::object()
                              .set("child", world_.mia.text())
                              .set("name_given", "Mia Sample")
                              .set("born_given", "2011-03-04")
                              .set("custody_number", "NM/1")
                              .set("authorised_at", "2026-10-28T01:50:00Z");
    ASSERT_TRUE(act("custody sergeant", "custody", "book_in", {}, detained));
    ASSERT_TRUE(
        act("standards", "restriction", "restrict", {}, restriction("STAFF_FAMILY", sign_in_name_of("PC Byte"))));
    EXPECT_FALSE(has(told("standards"), "restriction.child_is_with_their_team"));
    ASSERT_TRUE(act("standards", "restriction", "restrict", {},
                    restriction("STAFF_FAMILY", sign_in_name_of("custody sergeant"))));
    EXPECT_TRUE(has(told("standards"), "restriction.child_is_with_their_team"));
}

/// S12 (b).
TEST_P(Protection, a_protected_child_is_like_no_record_and_the_custodian_is_told_silently)
{
    const auto sealed = act("standards", "restriction", "restrict", {}, restriction("PROTECTED_PERSON"));
    ASSERT_TRUE(sealed) << sentences(sealed.error());
    for (const auto* who : {"PC Byte", "custody sergeant", "duty worker"})
        EXPECT_EQ(found_by(who, "Mia Sample"), found_by(who, "Nobody Ofthatname")) << who;
    EXPECT_TRUE(has(told("governance of Westmoor"), "restriction.tried")) << "who holds the record";
    for (const auto* who : {"standards", "governance"}) EXPECT_FALSE(has(told(who), "restriction.tried")) << who;

    const auto seen = look("PC Byte");
    const auto nobody =
        casework::look_at_child(desk(), actor("PC Byte"), RequestId::random(), ChildId::random(), "story", world_.now);
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error(), nobody.error());

    // Breaking the glass does not open it either, and says the same as for no record at all.
    auto of_nobody = emergency();
    of_nobody.set("child", ChildId::random().text());
    const auto refused = act("PC Byte", "emergency-access", "open", {}, emergency());
    const auto of_none = act("PC Byte", "emergency-access", "open", {}, of_nobody);
    ASSERT_FALSE(refused);
    ASSERT_FALSE(of_none);
    EXPECT_EQ(refused.error(), of_none.error());
}

TEST_P(Protection, lifting_a_restriction_takes_two_people)
{
    const auto sealed = act("standards", "restriction", "restrict", {}, restriction("PROTECTED_PERSON"));
    ASSERT_TRUE(sealed) << sentences(sealed.error());
    const auto why = Json::object().set("lift_reason", "The danger is over, says the family court");
    ASSERT_TRUE(act("standards", "restriction", "ask_to_lift", sealed->id, why));
    const auto alone = act("standards", "restriction", "lift", sealed->id, Json::object());
    ASSERT_FALSE(alone);
    EXPECT_EQ(alone.error().front().sentence, "Somebody else decides this: you asked for it yourself");
    EXPECT_TRUE(found_by("PC Byte", "Mia Sample").empty());
    const auto lifted = act("another of standards", "restriction", "lift", sealed->id, Json::object());
    ASSERT_TRUE(lifted) << sentences(lifted.error());
    EXPECT_EQ(found_by("PC Byte", "Mia Sample"), std::vector<std::string>{"Mia Sample"});
    check_the_ties();
}

/// S12 (c).
TEST_P(Protection, an_address_opens_at_two_in_the_morning_for_an_hour_and_is_reviewed_by_somebody_else)
{
    ASSERT_FALSE(look("PC Byte"));
    const auto opened = act("PC Byte", "emergency-access", "open", {}, emergency());
    ASSERT_TRUE(opened) << sentences(opened.error());
    const auto seen = look("PC Byte");
    ASSERT_TRUE(seen) << sentences(seen.error());
    ASSERT_EQ(seen->child.addresses.size(), 1U);
    EXPECT_EQ(seen->child.addresses.front().lines, "3 Quay Street");
    EXPECT_TRUE(has(logged("PC Byte"), "look:child.story done A31,A99,B1")) << join(logged("PC Byte"), "\n");

    EXPECT_TRUE(has(told("supervisor of PC Byte"), "emergency-access.opened"));
    EXPECT_TRUE(has(told("governance"), "emergency-access.opened"));
    EXPECT_TRUE(has(told("on-call manager"), "emergency-access.opened_elsewhere")) << "the holder is told at once";

    ASSERT_FALSE(look("colleague of PC Byte")) << "it is open to one person";
    actor("PC Byte").purpose = "missing-response";
    EXPECT_FALSE(look("PC Byte")) << "and for one purpose";
    actor("PC Byte").purpose = "immediate-protection";
    world_.now += minutes{14};
    EXPECT_TRUE(look("PC Byte"));
    world_.now += minutes{46};
    actor("PC Byte").code_proved_at = world_.now;
    EXPECT_FALSE(look("PC Byte")) << "an hour is an hour";

    // Due by the same time of the next working day; who opened it does not review it.
    database().read([&](Transaction& transaction) {
        const auto clocks = casework::load_clocks(transaction, opened->id);
        ASSERT_EQ(clocks.size(), 1U);
        EXPECT_EQ(clocks.front().code, "C30");
        EXPECT_EQ(clocks.front().due_at, at("2026-10-29T02:00:00Z"));
    });
    const auto finding = Json::object().set("finding", "needed");
    EXPECT_FALSE(act("PC Byte", "emergency-access", "review", opened->id, finding));
    const auto listed = casework::list(desk(), actor("governance"), RequestId::random(),
                                       {.type = "emergency-access", .whose = casework::Whose::agency}, world_.now);
    ASSERT_TRUE(listed);
    ASSERT_EQ(listed->cases.size(), 1U);
    EXPECT_EQ(listed->cases.front().child->names.front().as_given, "Mia Sample") << "who reviews knows of whom";
    EXPECT_TRUE(listed->cases.front().child->addresses.empty());
    // The authority that answers for the child sees of whom, by whom and why, and reviews nothing.
    const auto told_of = casework::look(desk(), actor("on-call manager"), RequestId::random(),
                                        {.type = "emergency-access", .id = opened->id}, world_.now);
    ASSERT_TRUE(told_of) << sentences(told_of.error());
    EXPECT_EQ(told_of->child->names.front().as_given, "Mia Sample");
    EXPECT_FALSE(told_of->may_do("review"));
    EXPECT_FALSE(act("on-call manager", "emergency-access", "review", opened->id, finding));
    EXPECT_FALSE(casework::look(desk(), actor("colleague of PC Byte"), RequestId::random(),
                                {.type = "emergency-access", .id = opened->id}, world_.now));
    const auto reviewed = act("governance", "emergency-access", "review", opened->id, finding);
    ASSERT_TRUE(reviewed) << sentences(reviewed.error());
    EXPECT_EQ(reviewed->state, "reviewed");
    check_the_ties();
}

TEST_P(Protection, a_child_protected_since_is_not_named_to_who_reviews_an_earlier_emergency)
{
    const auto opened = act("PC Byte", "emergency-access", "open", {}, emergency());
    ASSERT_TRUE(opened) << sentences(opened.error());
    const auto named_to = [&](const std::string& who) {
        const auto seen = casework::look(desk(), actor(who), RequestId::random(),
                                         {.type = "emergency-access", .id = opened->id}, world_.now);
        return seen && seen->child ? seen->child->shown_name() : std::string();
    };
    const auto listed_to = [&](const std::string& who) {
        const auto listed = casework::list(desk(), actor(who), RequestId::random(),
                                           {.type = "emergency-access", .whose = casework::Whose::agency}, world_.now);
        CHECK(listed && listed->cases.size() == 1, "the review is not on the list");
        return listed->cases.front().child ? listed->cases.front().child->shown_name() : std::string();
    };
    EXPECT_EQ(named_to("governance"), "Mia Sample");
    EXPECT_EQ(listed_to("governance"), "Mia Sample");
    ASSERT_TRUE(act("standards", "restriction", "restrict", {}, restriction("PROTECTED_PERSON")));
    EXPECT_EQ(named_to("governance"), "Name held back");
    EXPECT_EQ(listed_to("governance"), "Name held back");
    EXPECT_TRUE(act("governance", "emergency-access", "review", opened->id, Json::object().set("finding", "needed")))
        << "it is reviewed all the same";
}

TEST_P(Protection, an_inspector_sees_in_no_suite_a_child_that_is_closed_to_their_own_team)
{
    auto known = Json::object();
    known.set("child", world_.mia.text()).set("name_given", "Mia Sample").set("custody_number", "NM-41");
    known.set("authorised_at", to_iso(world_.now));
    const auto booked = act("custody sergeant", "custody", "book_in", {}, std::move(known));
    ASSERT_TRUE(booked) << sentences(booked.error());
    const auto in_the_suite = [&] {
        const auto listed = casework::list(desk(), actor("inspector of PC Byte"), RequestId::random(),
                                           {.type = "custody", .of_team = actor("custody sergeant").team}, world_.now);
        CHECK(listed.has_value(), "an inspector may not list a suite");
        return listed->cases.size();
    };
    EXPECT_EQ(in_the_suite(), 1U);
    ASSERT_TRUE(
        act("standards", "restriction", "restrict", {}, restriction("STAFF_FAMILY", sign_in_name_of("PC Byte"))));
    EXPECT_EQ(in_the_suite(), 0U);
}

TEST_P(Protection, a_detention_that_is_closed_to_a_sergeant_does_not_show_by_its_custody_number)
{
    const auto book_in = [&](const std::string& who, const std::string& number) {
        auto asked = Json::object();
        asked.set("name_given", "Name not known").set("custody_number", number);
        asked.set("authorised_at", to_iso(world_.now));
        return act(who, "custody", "book_in", {}, std::move(asked));
    };
    auto known = Json::object();
    known.set("child", world_.mia.text()).set("name_given", "Mia Sample").set("custody_number", "NM-41");
    known.set("authorised_at", to_iso(world_.now));
    ASSERT_TRUE(act("custody sergeant", "custody", "book_in", {}, std::move(known)));
    const auto taken = book_in("custody sergeant", "nm-41");
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().front().field, "custody_number");
    ASSERT_TRUE(act("standards", "restriction", "restrict", {},
                    restriction("STAFF_FAMILY", sign_in_name_of("custody sergeant"))));
    EXPECT_TRUE(book_in("custody sergeant", "nm-41"));
}

TEST_P(Protection, broken_glass_needs_a_reason_in_words_and_a_fresh_second_factor)
{
    const auto short_one = act("PC Byte", "emergency-access", "open", {}, emergency("danger"));
    ASSERT_FALSE(short_one);
    EXPECT_EQ(short_one.error().front().field, "reason");
    const auto said_over = act("PC Byte", "emergency-access", "open", {}, emergency("danger danger danger danger"));
    ASSERT_FALSE(said_over);
    EXPECT_EQ(said_over.error().front().field, "reason");

    actor("PC Byte").code_proved_at = world_.now - minutes{16};
    const auto stale = act("PC Byte", "emergency-access", "open", {}, emergency());
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().front().field, "code");
    actor("PC Byte").code_proved_at = world_.now - minutes{15};
    EXPECT_TRUE(act("PC Byte", "emergency-access", "open", {}, emergency()));
    // It stays open for the hour that the page promises, without another code.
    world_.now += minutes{59};
    EXPECT_TRUE(look("PC Byte"));
    world_.now += minutes{1};
    EXPECT_FALSE(look("PC Byte"));
}

TEST_P(Protection, whoever_opened_a_record_ends_that_and_misuse_goes_to_standards)
{
    const auto opened = act("PC Byte", "emergency-access", "open", {}, emergency());
    ASSERT_TRUE(opened) << sentences(opened.error());
    const auto ways_back_of = [&](const std::string& who, UtcTime after) {
        std::size_t count = 0;
        database().read(
            [&](Transaction& transaction) { count = ties::opened_by(transaction, actor(who).worker, after).size(); });
        return count;
    };
    EXPECT_EQ(ways_back_of("PC Byte", world_.now - hours{24}), 1U);
    EXPECT_EQ(ways_back_of("PC Byte", world_.now), 0U);
    EXPECT_EQ(ways_back_of("colleague of PC Byte", world_.now - hours{24}), 0U);
    const auto by_another = act("colleague of PC Byte", "emergency-access", "end_now", opened->id, Json::object());
    ASSERT_FALSE(by_another);
    EXPECT_EQ(by_another.error().front().kind, ProblemKind::not_found);
    ASSERT_TRUE(act("PC Byte", "emergency-access", "end_now", opened->id, Json::object()));
    EXPECT_FALSE(look("PC Byte"));
    EXPECT_EQ(ways_back_of("PC Byte", world_.now - hours{24}), 0U);
    auto finding = Json::object().set("finding", "misuse");
    const auto bare = act("governance", "emergency-access", "review", opened->id, finding);
    ASSERT_FALSE(bare);
    EXPECT_EQ(bare.error().front().field, "finding_words");
    finding.set("finding_words", "No call was made and no car was sent");
    ASSERT_TRUE(act("governance", "emergency-access", "review", opened->id, finding));
    EXPECT_TRUE(has(told("standards"), "emergency-access.misuse"));
    check_the_ties();
}

/// S12 (d).
TEST_P(Protection, a_request_for_immigration_enforcement_is_recorded_refused_told_and_counted)
{
    auto asked = Json::object();
    asked.set("asked_by", "Enforcement office North").set("received_at", "2026-10-28T01:30:00Z");
    asked.set("wanted", Json::list().add("address").add("status"));
    const auto recorded = act("custody sergeant", "immigration-request", "record", {}, asked);
    ASSERT_TRUE(recorded) << sentences(recorded.error());
    EXPECT_EQ(recorded->state, "refused");
    EXPECT_TRUE(has(told("governance"), "immigration-request.recorded"));
    const auto chief = act("governance", "immigration-request", "tell_chief", recorded->id,
                           Json::object().set("told_to", "Assistant chief constable"));
    ASSERT_TRUE(chief) << sentences(chief.error());
    EXPECT_EQ(chief->state, "chief officer told");
    database().read([&](Transaction& transaction) {
        const auto counts = sharing::enforcement_counts(transaction);
        ASSERT_EQ(counts.size(), 1U);
        EXPECT_EQ(counts.front().quarter, "2026 Q4");
        EXPECT_EQ(counts.front().received, 1U);
        EXPECT_EQ(counts.front().refused, 1U);
    });
    // No route leads around it: neither the purpose nor the kind of agency shows a byte.
    actor("custody sergeant").purpose = "immigration-enforcement";
    EXPECT_FALSE(casework::search_children(desk(), actor("custody sergeant"), RequestId::random(), "Mia Sample",
                                           std::nullopt, world_.now));
    actor("PC Byte").agency_kind = accounts::AgencyKind::immigration;
    EXPECT_FALSE(act("PC Byte", "emergency-access", "open", {}, emergency()));
    EXPECT_FALSE(look("PC Byte"));
}

TEST_P(Protection, a_social_worker_sees_a_child_only_while_somebody_else_has_put_the_child_on_their_list)
{
    EXPECT_FALSE(look("social worker"));
    auto asked = Json::object();
    asked.set("child", world_.mia.text()).set("staff_name", sign_in_name_of("social worker"));
    EXPECT_FALSE(act("social worker", "allocation", "allocate", {}, asked)) << "nobody allocates to themselves";
    EXPECT_FALSE(act("on-call manager of Harbourne", "allocation", "allocate", {}, asked)) << "not their child";
    const auto allocated = act("on-call manager", "allocation", "allocate", {}, asked);
    ASSERT_TRUE(allocated) << sentences(allocated.error());
    const auto seen = look("social worker");
    ASSERT_TRUE(seen) << sentences(seen.error());
    EXPECT_EQ(seen->child.addresses.size(), 1U);
    ASSERT_TRUE(act("on-call manager", "allocation", "end", allocated->id, Json::object()));
    EXPECT_FALSE(look("social worker"));

    ASSERT_TRUE(act("standards", "restriction", "restrict", {}, restriction("PROTECTED_PERSON")));
    const auto protected_now = act("on-call manager", "allocation", "allocate", {}, asked);
    asked.set("child", ChildId::random().text());
    const auto of_nobody = act("on-call manager", "allocation", "allocate", {}, asked);
    ASSERT_FALSE(protected_now);
    ASSERT_FALSE(of_nobody);
    EXPECT_EQ(protected_now.error(), of_nobody.error());
    check_the_ties();
}

/// 2.2: "SUPV inherits the columns of the role supervised, for own unit".
TEST_P(Protection, a_supervisor_sees_the_children_on_the_lists_of_their_own_team)
{
    EXPECT_FALSE(look("supervisor of the social worker"));
    auto asked = Json::object();
    asked.set("child", world_.mia.text()).set("staff_name", sign_in_name_of("social worker"));
    const auto allocated = act("on-call manager", "allocation", "allocate", {}, asked);
    ASSERT_TRUE(allocated) << sentences(allocated.error());
    const auto seen = look("supervisor of the social worker");
    ASSERT_TRUE(seen) << sentences(seen.error());
    EXPECT_EQ(seen->child.addresses.size(), look("social worker")->child.addresses.size());
    EXPECT_FALSE(look("supervisor of another team")) << "their own unit alone";
    actor("supervisor of the social worker").purpose = "prevention-offer";
    EXPECT_FALSE(look("supervisor of the social worker")) << "for what a social worker looks";
    actor("supervisor of the social worker").purpose = "safeguarding-response";

    const auto restricted = act("standards", "restriction", "restrict", {}, restriction("PROTECTED_PERSON"));
    ASSERT_TRUE(restricted);
    EXPECT_FALSE(look("supervisor of the social worker")) << "F3 names who is allocated, and nobody by them";
    ASSERT_TRUE(act("standards", "restriction", "ask_to_lift", restricted->id,
                    Json::object().set("lift_reason", "The danger is over, says the court")));
    ASSERT_TRUE(act("another of standards", "restriction", "lift", restricted->id, Json::object()));
    EXPECT_TRUE(look("supervisor of the social worker"));
    ASSERT_TRUE(act("on-call manager", "allocation", "end", allocated->id, Json::object()));
    EXPECT_FALSE(look("supervisor of the social worker"));
}

TEST_P(Protection, a_duty_manager_opens_a_whole_case_only_after_saying_why)
{
    const auto detention = book_in_and_ask();

    // A manager who is not on the desk that was asked: of the same authority, in another team.
    auto manager = actor("on-call manager");
    manager.team = actor("social worker").team;
    world_.actors["manager elsewhere"] = manager;
    const auto look_at_case = [&] {
        return casework::look(desk(), actor("manager elsewhere"), RequestId::random(),
                              {.type = "custody", .id = detention, .page = "story"}, world_.now);
    };
    const auto before = look_at_case();
    ASSERT_TRUE(before);
    const auto held_back = before->held_back;
    EXPECT_GT(held_back, 0U);

    auto why = Json::object().set("about", detention.text()).set("reason", "too short");
    EXPECT_FALSE(act("manager elsewhere", "opening", "say_why", {}, why));
    why.set("reason", "The duty worker asked me to decide about the placement tonight");
    ASSERT_TRUE(act("manager elsewhere", "opening", "say_why", {}, why));
    const auto after = look_at_case();
    ASSERT_TRUE(after);
    EXPECT_LT(after->held_back, held_back);
    world_.now += hours{12};
    EXPECT_EQ(look_at_case()->held_back, held_back) << "a reason lasts a shift";
    why.set("about", CaseId::random().text());
    const auto elsewhere = act("manager elsewhere", "opening", "say_why", {}, why);
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().front().kind, ProblemKind::not_found);
    check_the_ties();
}

/// "ask a person for a reason only for break-glass, sealed records, …": also of whoever works with the record.
TEST_P(Protection, a_sealed_record_opens_to_those_who_work_with_it_once_they_have_said_why)
{
    const auto detention = book_in_and_ask();
    // A desk that came by a one-time link has no name here.
    world_.actors["desk by link"] = {.agency = actor("duty worker").agency,
                                     .agency_kind = accounts::AgencyKind::local_authority,
                                     .team = actor("duty worker").team,
                                     .role = Role::EDT,
                                     .purpose = "safeguarding-response",
                                     .only_case = detention};
    world_.actors["desk by another link"] = actor("desk by link");
    actor("desk by another link").only_case = CaseId::random();
    const auto look_at_case = [&](const std::string& who) {
        return casework::look(desk(), actor(who), RequestId::random(),
                              {.type = "custody", .id = detention, .page = "story", .with_history = true}, world_.now);
    };
    const auto listed = [&](const std::string& who) {
        const auto list = casework::list(desk(), actor(who), RequestId::random(), {.type = "custody"}, world_.now);
        return list ? list->cases.size() : 0;
    };
    const auto names = [&](const std::string& who) {
        const auto seen = look_at_case(who);
        return seen && seen->shown.at("name_given") >= policy::Show::generalise;
    };
    const auto note_a_fact = [&](const std::string& who) {
        auto fact = Json::object()
                        .set("number", "F1")
                        .set("section", "health")
                        .set("words", "She has an inhaler")
                        .set("said_by", "child");
        return act(who, "custody", "add_fact", detention,
                   Json::object().set("added_facts", Json::list().add(std::move(fact))));
    };
    const auto why = [&](std::string reason) {
        return Json::object().set("about", detention.text()).set("reason", std::move(reason));
    };
    auto to_the_list = Json::object();
    to_the_list.set("child", world_.mia.text()).set("staff_name", sign_in_name_of("social worker"));
    ASSERT_TRUE(act("on-call manager", "allocation", "allocate", {}, to_the_list));
    const auto working = {"custody sergeant", "duty worker", "desk by link"};
    const auto open_to_all = look_at_case("custody sergeant")->held_back;
    for (const auto* who : working) {
        EXPECT_TRUE(names(who)) << who;
        const auto needless = act(who, "opening", "say_why", {}, why("To see what I see already"));
        ASSERT_FALSE(needless) << who;
        EXPECT_EQ(needless.error().front().field, "about");
    }

    ASSERT_TRUE(act("standards", "restriction", "restrict", {}, restriction("PROTECTED_PERSON")));
    EXPECT_EQ(listed("custody sergeant"), 1U) << "the child stays on the list";
    for (const auto* who : working) {
        const auto seen = look_at_case(who);
        ASSERT_TRUE(seen) << who << ": the child is in their cells, or their desk is asked";
        EXPECT_FALSE(names(who)) << who;
        for (const auto& [field, show] : seen->shown) EXPECT_EQ(show, policy::Show::hide) << who << " sees " << field;
        EXPECT_TRUE(seen->history.empty()) << who;
        EXPECT_FALSE(seen->clocks.empty()) << who;
        EXPECT_FALSE(note_a_fact(who)) << who << " writes nothing that they may not read";
        EXPECT_FALSE(act(who, "opening", "say_why", {}, why("too short")));
    }
    EXPECT_FALSE(act("on-call manager of Harbourne", "opening", "say_why", {}, why("I should like to know about her")));

    const auto on_the_list = look("social worker");
    ASSERT_TRUE(on_the_list) << "the child stays on the list";
    EXPECT_EQ(on_the_list->child.shown_name(), "Name held back");
    EXPECT_FALSE(on_the_list->child.born);
    EXPECT_NE(std::ranges::find(on_the_list->cases, detention, &casework::CaseHead::id), on_the_list->cases.end());
    ASSERT_TRUE(act("social worker", "opening", "say_why", {}, why("I visit her tomorrow and plan the way there")));
    EXPECT_EQ(look("social worker")->child.shown_name(), "Mia Sample") << "a reason for any case opens the child's own";

    for (const auto* who : working) {
        ASSERT_TRUE(act(who, "opening", "say_why", {}, why("She is with us tonight and I look after her"))) << who;
        EXPECT_TRUE(names(who)) << who;
    }
    EXPECT_EQ(look_at_case("custody sergeant")->held_back, open_to_all);
    EXPECT_FALSE(names("detention officer")) << "a reason opens the record to whoever gave it";
    EXPECT_FALSE(look_at_case("desk by another link"));
    EXPECT_TRUE(note_a_fact("custody sergeant"));
    EXPECT_TRUE(has(told("governance of Westmoor"), "restriction.tried")) << "who holds the record";
    world_.now += hours{12};
    for (const auto* who : working) EXPECT_FALSE(names(who)) << who << ": a reason lasts a shift";
    // Whoever is asked next gives a reason of their own.
    ASSERT_TRUE(act("desk by link", "opening", "say_why", {}, why("We still look after her this morning")));
    EXPECT_TRUE(names("desk by link"));
    world_.actors["desk by link"].team = actor("duty worker of Harbourne").team;
    EXPECT_FALSE(names("desk by link"));
    // The child leaves: also that is written down by somebody who said why.
    auto lines = Json::list();
    for (const auto& topic : custody::release_topics_on(desk(), clocks::london_day(world_.now)))
        lines.add(Json::object().set("topic", std::string(topic.number)).set("words", "None"));
    const auto plan = Json::object().set("release_plan", std::move(lines));
    const auto unread = act("custody sergeant", "custody", "plan_release", detention, plan);
    ASSERT_FALSE(unread);
    EXPECT_EQ(unread.error().front().sentence, "This record is sealed: say first why you open it");
    ASSERT_TRUE(act("custody sergeant", "opening", "say_why", {}, why("Her mother is here to take her home")));
    EXPECT_TRUE(act("custody sergeant", "custody", "plan_release", detention, plan));
    const auto left = Json::object().set("left_at", to_iso(world_.now));
    EXPECT_TRUE(act("custody sergeant", "custody", "record_departure", detention, left));
    check_the_ties();
}

/// Ties follow from cases that are signed for; whoever edits them by hand is found out.
TEST_P(Protection, a_tie_changed_by_hand_is_not_what_its_case_proves)
{
    const auto sealed = act("standards", "restriction", "restrict", {}, restriction("PROTECTED_PERSON"));
    ASSERT_TRUE(sealed);
    const auto opened = act("on-call manager", "allocation", "allocate", {}, Json::object());
    ASSERT_FALSE(opened);
    const auto differ = [&] {
        std::vector<std::string> faults;
        database().read([&](Transaction& transaction) { faults = sharing::ties_that_differ(transaction); });
        return faults.size();
    };
    const auto by_hand = [&](const std::string& sql) {
        database().write([&](Transaction& transaction) { transaction.execute(sql); });
    };
    EXPECT_EQ(differ(), 0U);
    by_hand("update ties set ended_at = 1");
    EXPECT_EQ(differ(), 1U);
    by_hand("update ties set ended_at = null");
    EXPECT_EQ(differ(), 0U);
    by_hand("update ties set reader = child"); // nobody would find it
    EXPECT_EQ(differ(), 1U);
    by_hand("update ties set reader = about");
    EXPECT_EQ(differ(), 0U);
    by_hand("update ties set kind = 'allocated'");
    EXPECT_EQ(differ(), 1U);
    by_hand("delete from ties");
    EXPECT_EQ(differ(), 2U);
}

/// "each access and refusal is in the hash-chained log and replayable".
TEST_P(Protection, every_try_stands_in_the_log_with_the_rule_that_decided_it)
{
    ASSERT_TRUE(act("standards", "restriction", "restrict", {}, restriction("PROTECTED_PERSON")));
    found_by("PC Byte", "Mia Sample");
    EXPECT_FALSE(look("PC Byte"));
    const auto lines = logged("PC Byte");
    EXPECT_TRUE(has(lines, "search withheld F3")) << join(lines, "\n");
    EXPECT_TRUE(has(lines, "look:child.story withheld F3")) << join(lines, "\n");
}

INSTANTIATE_TEST_SUITE_P(engines, Protection, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
