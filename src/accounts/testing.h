// A small invented world for tests of this room: one force, one authority, a suite, a desk and two workers.
#pragma once

#include "accounts/sessions.h"
#include "base/crypto.h"
#include "storage/testing.h"

#include <gtest/gtest.h>

namespace reachable::accounts::testing {

/// 24 November 2026, 21:00.
constexpr UtcTime evening =
    UtcTime{std::chrono::sys_days{CivilDate{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{24}}}} +
    21h;

/// Runs once for each engine, on an empty database that holds this room's tables and the small world.
class Accounts : public ::testing::TestWithParam<std::string> {
  protected:
    Accounts()
    {
        set_password_cost(1, 8192);
        EXPECT_TRUE(storage::migrate(database(), migrations()).has_value());
        write([&](storage::Transaction& transaction) {
            add_agency(transaction, force);
            add_agency(transaction, authority);
            add_team(transaction, suite);
            add_team(transaction, desk);
            add_worker(transaction, hale);
            add_worker(transaction, poole);
            add_post(transaction, {hale.id, suite.id, Role::CUST});
            add_post(transaction, {poole.id, desk.id, Role::EDT});
        });
    }

    storage::Database& database() { return holder_->get(); }
    void write(const storage::Body& body) { database().write(body); }

    /// What `body` gives, from inside one write.
    template <class Give>
    auto written(Give body)
    {
        std::optional<decltype(body(std::declval<storage::Transaction&>()))> given;
        write([&](storage::Transaction& transaction) { given.emplace(body(transaction)); });
        return std::move(*given);
    }
    template <class Give>
    auto seen(Give body)
    {
        std::optional<decltype(body(std::declval<storage::Transaction&>()))> given;
        database().read([&](storage::Transaction& transaction) { given.emplace(body(transaction)); });
        return std::move(*given);
    }

    SecretKeys keys = make_secret_keys();
    Agency force{AgencyId::random(), AgencyKind::police_force, "E23000099", "Westmoor Police"};
    Agency authority{AgencyId::random(), AgencyKind::local_authority, "E10000099", "Westmoor County"};
    Team suite{TeamId::random(),         force.id, "Castle Street", "custody-suite",
               "suite@westmoor.example", "",       "01632 960001",  "E10000099"};
    Team desk{TeamId::random(),        authority.id,  "Emergency duty team", "duty-desk", "desk@westmoor.example",
              "code@westmoor.example", "01632 960002"};
    Worker hale{WorkerId::random(), force.id, "hale@westmoor.example", "Sgt Hale"};
    Worker poole{WorkerId::random(), authority.id, "poole@westmoor.example", "Sam Poole"};

  private:
    std::unique_ptr<storage::testing::TestDatabase> holder_ = storage::testing::make_database(GetParam());
};

} // namespace reachable::accounts::testing
