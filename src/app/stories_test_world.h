// What the stories of several capabilities share: the small world of custody, with every declared case and list, at two
// in the morning of a Wednesday, and what its people find and are told.
#pragma once

#include "app/capabilities.h"
#include "app/consequences.h"
#include "app/service.h"
#include "capabilities/custody/custody_test_world.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "notices/audience.h"

#include <algorithm>

namespace reachable::app::testing {

class Stories : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        custody::testing::open_world(world_, GetParam());
        ASSERT_TRUE(storage::migrate(database(), all_migrations()));
        auto dated = all_lists("data");
        ASSERT_TRUE(dated) << sentences(dated.error());
        desk().lists = std::move(*dated);
        desk().types = all_types();
        desk().consequences = consequences();
        world_.now = *parse_utc("2026-10-28T02:00:00Z");
        database().write([&](storage::Transaction& transaction) {
            add_people(transaction);
            for (auto& [name, session] : world_.actors) session.code_proved_at = world_.now;
        });
    }
    /// No story tells anybody what the table of events and audiences does not know.
    void TearDown() override
    {
        database().read([&](storage::Transaction& transaction) {
            for (const auto& row : transaction.query("select code, role, at from notices where passed_from is null"))
                EXPECT_TRUE(notices::audience_of(desk().lists, row.text(0), accounts::role_from(row.text(1)).value(),
                                                 clocks::london_day(storage::time_at(row, 2))))
                    << row.text(0) << " to " << row.text(1);
        });
    }
    /// Whom a story needs beside the people of custody.
    virtual void add_people(storage::Transaction& transaction) = 0;

    storage::Database& database() { return world_.database->get(); }
    casework::Desk& desk() { return *world_.desk; }
    accounts::Session& actor(const std::string& name)
    {
        CHECK(world_.actors.contains(name), "a story names nobody");
        return world_.actors[name];
    }
    std::vector<std::string> found_by(const std::string& who, const std::string& name)
    {
        const auto found =
            casework::search_children(desk(), actor(who), RequestId::random(), name, std::nullopt, world_.now);
        if (!found) throw Bug("somebody in a story may not search: " + sentences(found.error()));
        std::vector<std::string> names;
        for (const auto& one : *found) names.push_back(one.child.names.front().as_given);
        return names;
    }
    /// The codes of what was told to a role at an agency, newest first.
    std::vector<std::string> told(const std::string& who)
    {
        std::vector<std::string> codes;
        database().read([&](storage::Transaction& transaction) {
            codes.clear();
            const auto& session = actor(who);
            for (const auto& notice :
                 notices::notices_to(transaction, {.agency = session.agency, .team = session.team}, session.role, 50))
                codes.push_back(notice.code);
        });
        return codes;
    }
    static bool has(const std::vector<std::string>& all, std::string_view one)
    {
        return std::ranges::find(all, one) != all.end();
    }

    custody::testing::World world_;
};

} // namespace reachable::app::testing
