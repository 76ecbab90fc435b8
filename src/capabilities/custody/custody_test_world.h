// The people of the custody stories and pages, on a fresh database: a police force with two suites, and two
// authorities with a duty desk each.
#pragma once

#include "capabilities/custody/brief.h"
#include "capabilities/custody/custody.h"
#include "capabilities/custody/custody_numbers.h"
#include "capabilities/custody/release.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "clocks/time_sources.h"
#include "identity/migrations.h"
#include "policy/testing.h"
#include "storage/testing.h"
#include "ties/ties.h"

#include <gtest/gtest.h>

namespace reachable::custody::testing {

using accounts::Role;
using storage::Transaction;

/// The stories say themselves what time it is; of the clock they tell only whether it is in doubt.
struct StoryClock : TimeSource {
    UtcTime now() const override { return {}; }
    std::string_view health() const override { return is_in_doubt ? "unsure" : "simulated"; }
    bool is_in_doubt = false;
};

/// The invented people of the stories, and a desk on a fresh database.
struct World {
    std::unique_ptr<StoryClock> clock = std::make_unique<StoryClock>();
    std::unique_ptr<storage::testing::TestDatabase> database;
    std::unique_ptr<audit::Log> log;
    std::unique_ptr<casework::Desk> desk;
    std::map<std::string, accounts::Session> actors;
    std::map<std::string, AgencyId> agencies;
    ChildId mia = ChildId::random();
    UtcTime now{};
};

constexpr UtcTime long_ago = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
constexpr UtcTime far_off = UtcTime{std::chrono::sys_days{std::chrono::year{2027} / 1 / 1}};

inline accounts::Agency add_agency(World& world, Transaction& transaction, accounts::AgencyKind kind, std::string code,
                                   std::string name)
{
    const accounts::Agency agency{
        .id = AgencyId::random(), .kind = kind, .code = std::move(code), .name = std::move(name)};
    accounts::add_agency(transaction, agency);
    world.agencies[agency.name] = agency.id;
    return agency;
}

inline accounts::Team add_team(Transaction& transaction, const accounts::Agency& agency, std::string name,
                               std::string kind, std::string area = {})
{
    const accounts::Team team{.id = TeamId::random(),
                              .agency = agency.id,
                              .name = std::move(name),
                              .kind = std::move(kind),
                              .desk_mail = "desk@authority.example",
                              .code_mail = "codes@authority.example",
                              .phone = "01632 960000",
                              .area_code = std::move(area)};
    accounts::add_team(transaction, team);
    return team;
}

inline void add_actor(World& world, Transaction& transaction, const accounts::Agency& agency,
                      const accounts::Team& team, Role role, std::string name)
{
    const accounts::Worker worker{
        .id = WorkerId::random(), .agency = agency.id, .sign_in_name = WorkerId::random().text(), .name = name};
    accounts::add_worker(transaction, worker);
    accounts::add_post(transaction, {.worker = worker.id, .team = team.id, .role = role});
    accounts::add_duty(transaction,
                       {.worker = worker.id, .team = team.id, .role = role, .from = long_ago, .to = far_off});
    accounts::Session session;
    session.id = SessionId::random();
    session.worker = worker.id;
    session.agency = agency.id;
    session.agency_kind = agency.kind;
    session.team = team.id;
    session.role = role;
    session.form_token = "token";
    session.purpose =
        agency.kind == accounts::AgencyKind::police_force ? "custody-safeguarding" : "safeguarding-response";
    world.actors[name] = session;
}

inline void people(World& world, Transaction& transaction)
{
    using accounts::AgencyKind;
    const auto northmere = add_agency(world, transaction, AgencyKind::police_force, "X23000001", "Northmere Police");
    const auto harbourne =
        add_agency(world, transaction, AgencyKind::local_authority, "X06000001", "Harbourne Borough");
    const auto westmoor = add_agency(world, transaction, AgencyKind::local_authority, "X10000001", "Westmoor County");
    const auto suite = add_team(transaction, northmere, "Northmere Castle Street", "custody-suite", "X06000001");
    const auto quayside = add_team(transaction, northmere, "Northmere Quayside", "custody-suite", "X06000001");
    const auto harbourne_desk = add_team(transaction, harbourne, "Harbourne duty desk", "duty-desk");
    const auto westmoor_desk = add_team(transaction, westmoor, "Westmoor duty desk", "duty-desk");
    add_actor(world, transaction, northmere, suite, Role::CUST, "custody sergeant");
    add_actor(world, transaction, northmere, suite, Role::CUST, "sergeant of the next shift");
    add_actor(world, transaction, northmere, quayside, Role::CUST, "custody sergeant of another suite");
    add_actor(world, transaction, northmere, suite, Role::DETO, "detention officer");
    add_actor(world, transaction, northmere, suite, Role::INSP, "inspector");
    add_actor(world, transaction, westmoor, westmoor_desk, Role::EDT, "duty worker");
    add_actor(world, transaction, westmoor, westmoor_desk, Role::LADM, "on-call manager");
    add_actor(world, transaction, harbourne, harbourne_desk, Role::EDT, "duty worker of Harbourne");
    add_actor(world, transaction, harbourne, harbourne_desk, Role::LADM, "on-call manager of Harbourne");
    add_actor(world, transaction, northmere, suite, Role::OIC, "officer in the case");

    records::Child mia{.id = world.mia,
                       .names = {records::read_name("Mia Sample")},
                       .born = *parse_partial_date("2011-03-04"),
                       .care_status = "care_order",
                       .responsible_authority = westmoor.id};
    mia.source = {.agency = westmoor.id, .recorded_at = long_ago, .known_by = "social worker"};
    ASSERT_TRUE(
        records::store_child(transaction, mia, 0, world.actors["duty worker"].worker, "known to Westmoor", long_ago));
}

/// A plan for the release that says of every topic but one that there is nothing.
inline Json plan_of_every_topic(const casework::Desk& desk, UtcTime now, std::string_view but = {})
{
    auto lines = Json::list();
    for (const auto& topic : release_topics_on(desk, clocks::london_day(now)))
        if (topic.number != but) lines.add(Json::object().set("topic", std::string(topic.number)).set("words", "None"));
    return Json::object().set("release_plan", std::move(lines));
}

inline std::vector<storage::Migration> all_migrations()
{
    std::vector<storage::Migration> all;
    for (const auto list : {audit::migrations(), accounts::migrations(), records::migrations(), identity::migrations(),
                            ties::migrations(), casework::migrations(), notices::migrations(),
                            casework::search_migrations(), migrations()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

inline void open_world(World& world, const std::string& engine)
{
    world.database = storage::testing::make_database(engine);
    auto& database = world.database->get();
    ASSERT_TRUE(storage::migrate(database, all_migrations()));
    auto log = audit::Log::open(database, "stories.example/log", make_signing_key(), "");
    ASSERT_TRUE(log) << sentences(log.error());
    world.log = std::move(*log);
    auto dated = lists::read_dated_lists("data", lists(), clock_files());
    ASSERT_TRUE(dated) << sentences(dated.error());
    world.desk = std::make_unique<casework::Desk>(casework::Desk{.database = database,
                                                                 .log = *world.log,
                                                                 .policy = policy::testing::shipped(),
                                                                 .types = {&conversation_type()},
                                                                 .lists = std::move(*dated),
                                                                 .clock = *world.clock});
    database.write([&](Transaction& transaction) { people(world, transaction); });
}

} // namespace reachable::custody::testing
