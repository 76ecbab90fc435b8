// The world of stories about what a force's own system sends: Northmere, whose mapping this is, and Tarnside.
#pragma once

#include "api/json.h"
#include "app/consequences.h"
#include "app/stories_test_world.h"
#include "capabilities/interviews/interview.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/missing/absences.h"
#include "capabilities/missing/episode.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/sent_episodes.h"
#include "capabilities/missing/triggers.h"
#include "identity/source_records.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <fmt/format.h>

namespace reachable::app::testing {

using accounts::Role;
using storage::Transaction;
using Words = std::vector<std::string>;

inline constexpr std::string_view mapping_sent = R"(
rows = episodes
source = northmere-missing
agency = X23000001
people = northmere-records
duties_from = 2026-05-01
time_format = dd/mm/yyyy hh:mm
time_zone = London
reference = No
person = RecordNo
given = Forename
family = Surname
born = Born
born_format = dd/mm/yyyy
reported = Reported
last_seen = "Last seen"
levels = Risk
level.H = high
level.M = medium
level.S = low
missing_from = From
missing_from.CH = childrens_home
missing_from.HO = home
returned = Back
found_where = Found
distance_km = Km
return_type = How
return_type.1 = own_will
return_type.2 = police_protection
outcome = Outcome
outcome.OPEN = missing
outcome.BACK = returned
outcome.CANX = not_missing
deleted = Gone
deleted.Y = yes
)";
inline constexpr std::string_view columns_sent =
    "No,RecordNo,Forename,Surname,Born,Reported,Last seen,Risk,From,Back,Found,Km,How,Outcome,Gone\n";

class SentStories : public Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        const auto northmere = *accounts::find_agency_by_code(transaction, "X23000001");
        northmere_ = northmere.id;
        const auto unit = custody::testing::add_team(transaction, northmere, "Northmere missing persons", "office");
        custody::testing::add_actor(world_, transaction, northmere, unit, Role::MPC, "coordinator");
        custody::testing::add_actor(world_, transaction, northmere, unit, Role::INSP, "inspector of Northmere");
        const auto other = custody::testing::add_agency(world_, transaction, accounts::AgencyKind::police_force,
                                                        "X23000003", "Tarnside Police");
        tarnside_ = other.id;
        custody::testing::add_actor(
            world_, transaction, other,
            custody::testing::add_team(transaction, other, "Tarnside missing persons", "office"), Role::MPC,
            "coordinator of Tarnside");
        for (const auto* name : {"coordinator", "inspector of Northmere", "coordinator of Tarnside"})
            actor(name).purpose = "missing-response";
        world_.now = *parse_utc("2026-05-12T19:05:00Z");
    }

    struct Taken {
        identity::FeedCounts counts;
        Words reasons;
    };
    Taken send(const std::string& rows, identity::Kept kept = identity::Kept::yes, std::size_t batch = 100,
               const missing::AtOnce& at_once = at_once_of_feeds())
    {
        Taken taken;
        const auto text = std::string(columns_sent) + rows;
        const auto report = missing::import_episodes(
            desk(), {.agency = northmere_, .file_name = "episodes.csv", .text = text, .mapping = mapping_sent},
            {.now = [this] { return world_.now; }, .kept = kept, .rows_in_a_batch = batch}, at_once);
        if (!report) throw Bug("a story's feed is refused: " + sentences(report.error()));
        taken.counts = report->import.counts;
        for (const auto& [reason, count] : report->reasons) taken.reasons.push_back(reason);
        return taken;
    }
    std::vector<CaseId> episodes_of(const std::string& person)
    {
        std::vector<CaseId> ids;
        database().read([&](Transaction& transaction) {
            const auto child = identity::find(transaction, "northmere-records", person);
            if (child) ids = missing::newest_absences(transaction, std::vector{child->home}, 50);
        });
        return ids;
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
    std::vector<std::string> running_clocks(CaseId id)
    {
        std::vector<std::string> codes;
        database().read([&](Transaction& transaction) {
            codes.clear();
            for (const auto& row : casework::load_clocks(transaction, id))
                if (!row.stopped_at) codes.push_back(row.code);
        });
        return codes;
    }
    std::int64_t count_of(const std::string& sql)
    {
        std::int64_t count = 0;
        database().read([&](Transaction& transaction) { count = transaction.query(sql).front().integer(0); });
        return count;
    }
    std::int64_t interviews() { return count_of("select count(*) from cases where type = 'return-interview'"); }
    Result<casework::Acted> act(const std::string& who, std::string action, CaseId id, Json asked)
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = "missing", .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    void the_record_is_whole()
    {
        database().read([&](Transaction& transaction) { EXPECT_EQ(missing::ties_that_differ(transaction), Words{}); });
    }

    AgencyId northmere_;
    AgencyId tarnside_;
};

} // namespace reachable::app::testing
