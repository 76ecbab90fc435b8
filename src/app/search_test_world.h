// A force and an authority at work on a database of either kind, with somebody's browser for each role: what the pages
// of searching and of imports are tested with.
#pragma once

#include "app/service_test_world.h"
#include "app/twin_test_world.h"
#include "records/child.h"

namespace reachable::app::testing {

class AtWork : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        if (!std::filesystem::exists("build/assets/app.css"))
            GTEST_SKIP() << "build/assets is not built: run the assets build first";
        accounts::set_password_cost(1, 8192);
        world_.folder = std::filesystem::temp_directory_path() / ("reachable_at_work_" + RequestId::random().text());
        std::filesystem::create_directories(world_.folder);
        world_.database = storage::testing::make_database(GetParam());
        open_service(world_);
        desk().database.write([&](storage::Transaction& transaction) {
            for (const auto& agency : {force_, other_force_, authority_}) accounts::add_agency(transaction, agency);
            for (const auto& team : {suite_, office_, other_office_, social_}) accounts::add_team(transaction, team);
        });
    }
    void TearDown() override
    {
        world_.service.reset();
        std::error_code ignored;
        std::filesystem::remove_all(world_.folder, ignored);
    }

    const Service& service() { return *world_.service; }
    const casework::Desk& desk() { return world_.service->desk(); }
    UtcTime now() { return service().time().now(); }

    Browser at_work(const accounts::Team& team, accounts::Role role, const char* purpose)
    {
        Browser browser(service());
        desk().database.write([&](storage::Transaction& transaction) {
            accounts::Session session;
            session.worker = WorkerId::random();
            session.agency = team.agency;
            session.agency_kind = accounts::find_agency(transaction, team.agency)->kind;
            session.team = team.id;
            session.role = role;
            accounts::add_worker(transaction, {session.worker, team.agency, session.worker.text(), "Somebody"});
            accounts::add_post(transaction, {session.worker, team.id, role});
            const auto opened = accounts::open_session(transaction, session, now());
            accounts::choose_purpose(transaction, opened.session.id, purpose);
            browser.cookies[session_cookie_name(service())] = opened.cookie.reveal();
        });
        return browser;
    }
    Browser sergeant() { return at_work(suite_, accounts::Role::CUST, "custody-safeguarding"); }
    Browser governance() { return at_work(office_, accounts::Role::IGOV, "information-governance"); }

    ChildId store(records::Child child)
    {
        child.id = ChildId::random();
        desk().database.write([&](storage::Transaction& transaction) {
            const auto stored = records::store_child(transaction, child, 0, WorkerId::random(), "test", now());
            EXPECT_TRUE(stored) << sentences(stored.error());
        });
        return child.id;
    }
    ChildId store(std::string_view name, std::string_view born)
    {
        return store({.id = {}, .names = {records::read_name(name)}, .born = parse_partial_date(born).value()});
    }
    std::vector<audit::Entry> entries_of(std::string_view action)
    {
        std::vector<audit::Entry> found;
        desk().database.read([&](storage::Transaction& transaction) {
            found.clear();
            for (const auto& entry : audit::newest_entries(transaction, 1000))
                if (entry.action.starts_with(action)) found.push_back(entry);
        });
        return found;
    }

    OneWorld world_;
    const accounts::Agency force_{AgencyId::random(), accounts::AgencyKind::police_force, "X23000001",
                                  "Northmere Police"};
    const accounts::Agency other_force_{AgencyId::random(), accounts::AgencyKind::police_force, "X23000009",
                                        "Southfold Police"};
    const accounts::Agency authority_{AgencyId::random(), accounts::AgencyKind::local_authority, "X06000001",
                                      "Westmoor Council"};
    const accounts::Team suite_{
        .id = TeamId::random(), .agency = force_.id, .name = "Castle Street", .kind = "custody-suite"};
    const accounts::Team office_{.id = TeamId::random(), .agency = force_.id, .name = "Governance", .kind = "office"};
    const accounts::Team other_office_{
        .id = TeamId::random(), .agency = other_force_.id, .name = "Southfold office", .kind = "office"};
    const accounts::Team social_{
        .id = TeamId::random(), .agency = authority_.id, .name = "Westmoor social care", .kind = "office"};
};

inline bool says(const web::Response& response, std::string_view words)
{
    return response.text().find(words) != std::string_view::npos;
}

} // namespace reachable::app::testing
