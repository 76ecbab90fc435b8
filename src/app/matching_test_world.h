// The world of the stories about two records that may be one child: another force, a coordinator and those who account
// for looking beside the people of custody, and what they do there.
#pragma once

#include "app/stories_test_world.h"
#include "capabilities/matching/contradictions_list.h"
#include "capabilities/matching/matching.h"
#include "capabilities/matching/same_person.h"
#include "capabilities/matching/waiting.h"

namespace reachable::app::testing {

using accounts::Role;
using storage::Transaction;

class SamePersonStories : public Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        const auto force = *accounts::find_agency_by_code(transaction, "X23000001");
        const auto elsewhere = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                            "X23000002", "Eastvale Constabulary");
        const auto suite = custody::testing::add_team(transaction, elsewhere, "Mill Lane", "custody-suite");
        const auto office = custody::testing::add_team(transaction, force, "Northmere missing-person unit", "office");
        const auto standards = custody::testing::add_team(transaction, force, "Professional standards", "office");
        custody::testing::add_actor(world_, transaction, elsewhere, suite, Role::CUST, "sergeant elsewhere");
        custody::testing::add_actor(world_, transaction, force, office, Role::MPC, "coordinator");
        custody::testing::add_actor(world_, transaction, force, standards, Role::PSTD, "standards");
        custody::testing::add_actor(world_, transaction, force, standards, Role::IGOV, "governance");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        const auto social = custody::testing::add_team(transaction, authority, "Children in care", "office");
        custody::testing::add_actor(world_, transaction, authority, social, Role::IGOV, "governance of Westmoor");
        actor("coordinator").purpose = "missing-response";
        for (const auto* name : {"standards", "governance", "governance of Westmoor"})
            actor(name).purpose = "information-governance";
    }

    /// Another system's record of a child, held by Northmere.
    ChildId recorded(std::string_view name, std::string_view born, std::vector<records::Identifier> identifiers = {})
    {
        records::Child child{.id = ChildId::random(),
                             .names = {records::read_name(name)},
                             .born = *parse_partial_date(born),
                             .identifiers = std::move(identifiers)};
        child.source = {.agency = actor("custody sergeant").agency, .recorded_at = world_.now, .known_by = "officer"};
        database().write([&](Transaction& transaction) {
            ASSERT_TRUE(records::store_child(transaction, child, 0, actor("custody sergeant").worker, "", world_.now));
        });
        return child.id;
    }
    /// Mia once more, the day and month of her birth the wrong way round.
    ChildId mia_again() { return recorded("Mia Sample", "2011-04-03"); }

    matching::Found find() { return matching::find_pairs(desk(), world_.now); }
    std::vector<casework::ListedCase> queue(const std::string& who)
    {
        std::vector<casework::ListedCase> all;
        for (const auto whose : {casework::Whose::agency, casework::Whose::asked_agency}) {
            const auto listed = casework::list(desk(), actor(who), RequestId::random(),
                                               {.type = "same-person", .whose = whose}, world_.now);
            CHECK(listed.has_value(), "a queue is refused");
            all.insert(all.end(), listed->cases.begin(), listed->cases.end());
        }
        return all;
    }
    /// The only question that waits, as the job found it.
    CaseId found_pair()
    {
        EXPECT_EQ(find().opened, 1U);
        const auto cases = queue("custody sergeant");
        EXPECT_EQ(cases.size(), 1U);
        return cases.empty() ? CaseId{} : cases.front().head.id;
    }
    Result<casework::Acted> act(const std::string& who, std::string action, CaseId id, Json asked = Json::object())
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = "same-person", .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    static Json booking_of(ChildId child)
    {
        return Json::object()
            .set("child", child.text())
            .set("name_given", "Mia Sample")
            .set("custody_number", "NM/1")
            .set("authorised_at", "2026-10-28T01:50:00Z");
    }
    static Json because(std::string_view reason) { return Json::object().set("reason", std::string(reason)); }
    Result<casework::Seen> look(const std::string& who, CaseId id)
    {
        return casework::look(desk(), actor(who), RequestId::random(), {.type = "same-person", .id = id}, world_.now);
    }
    std::vector<ChildId> members(ChildId child)
    {
        std::vector<ChildId> all;
        database().read([&](Transaction& transaction) { all = identity::members_of(transaction, child); });
        return all;
    }
    CaseId asked_about(ChildId one, ChildId other) { return asked_about_by("custody sergeant", one, other); }
    CaseId asked_about_by(const std::string& who, ChildId one, ChildId other)
    {
        const auto asked = act(who, "open", {}, Json::object().set("child", one.text()).set("other", other.text()));
        CHECK(asked.has_value(), "a story's question is refused");
        return asked->id;
    }
    CaseId restricted_for_family_of(const std::string& who, ChildId child)
    {
        auto asked = Json::object().set("child", child.text()).set("kind", "STAFF_FAMILY");
        asked.set("why", "Told to us by the family");
        database().read([&](storage::Transaction& transaction) {
            asked.set("staff_name", accounts::find_worker(transaction, actor(who).worker)->sign_in_name);
        });
        const auto done = casework::act(desk(), actor("standards"), RequestId::random(),
                                        {.type = "restriction", .action = "restrict", .asked = asked}, world_.now);
        CHECK(done.has_value(), "a story's record is not restricted");
        return done->id;
    }
    CaseId restricted(ChildId child)
    {
        const auto sealed = casework::act(desk(), actor("standards"), RequestId::random(),
                                          {.type = "restriction",
                                           .action = "restrict",
                                           .asked = Json::object()
                                                        .set("child", child.text())
                                                        .set("kind", "PROTECTED_PERSON")
                                                        .set("why", "Told to us by the family")},
                                          world_.now);
        CHECK(sealed.has_value(), "a story's record is not restricted");
        return sealed->id;
    }
    void lift(CaseId restriction)
    {
        auto why = Json::object().set("lift_reason", "The danger is over, says the court");
        for (const auto& [who, action] : {std::pair{"standards", "ask_to_lift"}, std::pair{"governance", "lift"}}) {
            const auto done = casework::act(desk(), actor(who), RequestId::random(),
                                            {.type = "restriction",
                                             .action = action,
                                             .id = restriction,
                                             .asked = std::exchange(why, Json::object())},
                                            world_.now);
            ASSERT_TRUE(done) << sentences(done.error());
        }
    }
    bool contradictions_shown_to(const std::string& who)
    {
        const web::Request request{.id = RequestId::random()};
        return !matching::contradictions_list(desk(), {request, actor(who), world_.now}).empty();
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
};

} // namespace reachable::app::testing
