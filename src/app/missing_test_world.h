// The world of stories about missing children: three forces that look, one far away, a home, and Lee Sample.
#pragma once

#include "app/stories_test_world.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/triggers.h"
#include "storage/columns.h"

namespace reachable::app::testing {

using accounts::Role;
using storage::Transaction;
using Words = std::vector<std::string>;
using Codes = std::vector<std::string_view>;

class MissingStories : public Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto force = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000002", "Eastvale Constabulary");
        const auto response = add_team(transaction, force, "Saltby response", "office");
        const auto unit = add_team(transaction, force, "Eastvale missing persons", "office");
        add_actor(world_, transaction, force, response, Role::RESP, "officer");
        add_actor(world_, transaction, force, response, Role::INSP, "inspector of Eastvale");
        add_actor(world_, transaction, force, unit, Role::MPC, "coordinator");
        const auto other = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000003", "Tarnside Police");
        const auto there = add_team(transaction, other, "Tarnside missing persons", "office");
        add_actor(world_, transaction, other, there, Role::MPC, "coordinator of Tarnside");
        add_actor(world_, transaction, other, there, Role::INSP, "inspector of Tarnside");
        const auto northmere = *accounts::find_agency_by_code(transaction, "X23000001");
        add_actor(world_, transaction, northmere,
                  add_team(transaction, northmere, "Northmere missing persons", "office"), Role::MPC,
                  "coordinator of Northmere");
        const auto third = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000009", "Far Police");
        add_actor(world_, transaction, third, add_team(transaction, third, "Far missing persons", "office"), Role::MPC,
                  "coordinator far away");
        const auto authority = *accounts::find_agency_by_code(transaction, "X10000001");
        add_actor(world_, transaction, authority, add_team(transaction, authority, "A children's home", "office"),
                  Role::PLAC, "carer");
        for (const auto* name : {"officer", "coordinator", "coordinator of Tarnside", "coordinator far away",
                                 "coordinator of Northmere", "carer", "inspector of Eastvale", "inspector of Tarnside"})
            actor(name).purpose = "missing-response";
        world_.now = *parse_utc("2026-05-12T19:05:00Z");
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

    /// Lee Sample, 16, went out at 17:30 and is not back at 20:05.
    Json lee()
    {
        return Json::object()
            .set("name_given", "Lee Sample")
            .set("born_given", "2010-02-03")
            .set("last_seen_at", "2026-05-12T16:30:00Z")
            .set("last_seen_where", "At the home, in a black jacket")
            .set("worried", "He had a new phone and would not say from whom")
            .set("authority", agency("Westmoor County").text());
    }
    CaseId report(const std::string& who, Json asked)
    {
        const auto done = act(who, "report", {}, std::move(asked));
        if (!done) throw Bug("a story's report is refused: " + sentences(done.error()));
        return done->id;
    }
    static Json graded(std::string_view level, std::initializer_list<const char*> prompts,
                       std::string_view lower_because = "")
    {
        auto considered = Json::list();
        for (const auto* prompt : prompts) considered.add(prompt);
        auto item = Json::object().set("level", level).set("because", "Said by the home, and checked by telephone");
        if (prompts.size() > 0) item.set("considered", std::move(considered));
        if (!lower_because.empty()) item.set("lower_because", lower_because);
        return Json::object().set("grades", one(std::move(item)));
    }
    static Json back_at(std::string_view when)
    {
        return Json::object()
            .set("returned_at", when)
            .set("found_where", "Tarn Junction, in a car")
            .set("found_by", "police")
            .set("found_distance", "over_50")
            .set("return_type", "police_protection")
            .set("found_with", Json::list().add("phones"))
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
    std::string state_of(CaseId id)
    {
        std::string state;
        database().read([&](Transaction& transaction) { state = casework::load_head(transaction, id).state; });
        return state;
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
    bool sees(const std::string& who, CaseId id)
    {
        return derived::is_open_to(desk(), actor(who), missing::episode_type(), id, world_.now);
    }
    Codes stands_out(ChildId child)
    {
        Codes codes;
        database().read([&](Transaction& transaction) {
            codes = missing::triggers_of(missing::absences_of(transaction, std::vector{child}, 50), world_.now);
        });
        return codes;
    }
    void pass_until(std::string_view then)
    {
        world_.now = *parse_utc(then);
        casework::tick(desk(), world_.now);
    }
    void nobody_is_let_in_unproved()
    {
        database().read([&](Transaction& transaction) { EXPECT_EQ(missing::ties_that_differ(transaction), Words{}); });
    }
};

} // namespace reachable::app::testing
