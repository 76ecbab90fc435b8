// P7, the immigration firewall at the doors: readers who are shown children's records by pages, lists, searches, forms,
// links and the API are shown none of it from the moment they are immigration enforcement. The policy's own proof is in
// policy/properties_test.cpp; this one asks every door.
#include "app/twin_questions.h"
#include "base/testing.h"

#include <gtest/gtest.h>
#include <iostream>

namespace reachable::app {
namespace {

using testing::BaseWorld;
using testing::Hidden;
using testing::Questions;
using testing::Reader;

/// What leads to a child: names, and the references of children and of cases.
class Markers {
  public:
    explicit Markers(const BaseWorld& base)
    {
        for (const auto& child : base.children) {
            all_.push_back(child.name);
            all_.push_back(child.id.text());
        }
        for (const auto& id : base.cases) all_.push_back(id.text());
    }

    /// The first that the answer holds and the question did not.
    std::string first_in(const web::Response& response, const web::Request& request) const
    {
        auto asked = request.path + " " + request.body;
        for (const auto& [name, value] : request.query.all()) asked += " " + value;
        std::ranges::replace(asked, '+', ' ');
        const auto told = fmt::format("{} {}", response.text(), response.header("location"));
        for (const auto& marker : all_)
            if (told.find(marker) != std::string::npos && asked.find(marker) == std::string::npos) return marker;
        return {};
    }

  private:
    std::vector<std::string> all_;
};

class Firewall : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        if (!std::filesystem::exists("build/assets/app.css"))
            GTEST_SKIP() << "build/assets is not built: run the assets build first";
        accounts::set_password_cost(1, 8192);
    }
    void TearDown() override
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    /// How many answers led to a child, of so many questions of each reader.
    std::size_t leading_to_a_child(const BaseWorld& base, bool is_wrong)
    {
        // The doors are the same on a server, where each question waits longer.
        const auto questions_of_one = reachable::testing::times(GetParam() == "sqlite" ? 100 : 40, 15);
        const Markers markers(base);
        const Hidden nothing_hidden{.favourite_name = base.children.front().name};
        DemoRandom random(7);
        std::size_t leading = 0;
        for (const auto& reader : base.busy_readers) {
            Questions questions(base, reader, nothing_hidden, base.at.service->router(), random);
            for (std::size_t i = 0; i < questions_of_one; ++i) {
                const auto request = questions.any();
                const auto response = base.at.service->handle(request);
                const auto marker = markers.first_in(response, request);
                asked_ += 1;
                if (marker.empty()) continue;
                leading += 1;
                if (is_wrong)
                    ADD_FAILURE() << reader.who << ": " << name_of(request.method) << " " << request.path << " "
                                  << response.status << " tells of " << marker;
            }
        }
        return leading;
    }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("reachable_firewall_" + RequestId::random().text());
    std::size_t asked_ = 0;
};

TEST_P(Firewall, no_door_leads_immigration_enforcement_to_a_child)
{
    auto base = testing::make_base_world(GetParam(), folder_, 3);
    auto& database = base.at.service->desk().database;
    DemoRandom random(3);
    database.write([&](storage::Transaction& transaction) {
        testing::Deeds deeds(base.at.service->desk(), transaction, base, random, nullptr);
        for (int i = 0; i < 12; ++i) deeds.happen(base.children.front().name);
    });
    testing::run_jobs(*base.at.service, base.now);
    testing::note_cases(base);
    testing::add_link_readers(base);
    testing::find_busy_readers(base);

    ASSERT_TRUE(base.at.service->simulated_time()->set(base.now));
    const auto before = leading_to_a_child(base, false);
    database.write([](storage::Transaction& transaction) {
        transaction.execute("update accounts_agencies set kind = 'immigration'");
        transaction.execute("update accounts_sessions set agency_kind = 'immigration'");
    });
    const auto after = leading_to_a_child(base, true);
    std::cout << fmt::format("figure: {} questions of {} readers at the doors on {}; {} answers led to a child, and "
                             "{} once all were immigration enforcement (P7)\n",
                             asked_, base.busy_readers.size(), GetParam(), before, after);
    EXPECT_GT(before, reachable::testing::times(100, 15))
        << "a sweep that finds nothing where all may look proves nothing";
}

INSTANTIATE_TEST_SUITE_P(engines, Firewall, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
