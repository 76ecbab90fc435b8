// Both ways with a force's own system: it sends episodes over the API and fetches what changed; its administrator sees
// what was set aside. On both databases.
#include "api/json.h"
#include "app/search_test_world.h"
#include "app/signed_versions.h"
#include "app/text_files.h"
#include "base/csv.h"

#include "storage/testing.h"

namespace reachable::app {
namespace {

using testing::Browser;
using testing::says;

constexpr const char* people_of_api =
    "source = northmere-records\nagency = X23000001\nreference = id\ngiven = given\nfamily = "
    "family\nborn = born\n";
constexpr const char* episodes_of_api =
    "rows = episodes\nsource = northmere-missing\nagency = X23000001\npeople = northmere-records\nduties_from = "
    "2026-01-01\ntime_format = yyyy-mm-dd hh:mm\ntime_zone = UTC\nreference = no\nperson = id\ngiven = given\nfamily = "
    "family\nreported = reported\nreturned = back\nlevels = risk\nlevel.H = high\n";

class SentEpisodesApi : public testing::AtWork {
  protected:
    void SetUp() override
    {
        AtWork::SetUp();
        if (IsSkipped()) return;
        const auto data = world_.folder / "data";
        std::filesystem::copy("data", data, std::filesystem::copy_options::recursive);
        std::filesystem::create_directories(data / "missing/mappings");
        ASSERT_TRUE(write_text((data / "identity/mappings/northmere.map").string(), people_of_api));
        ASSERT_TRUE(write_text((data / "missing/mappings/episodes.map").string(), episodes_of_api));
        auto settings = testing::settings_for(world_);
        settings.data_folder = data;
        world_.service.reset();
        auto opened = Service::open(settings);
        ASSERT_TRUE(opened) << sentences(opened.error());
        world_.service = std::move(*opened);
        sender_ = token_of(office_, accounts::Role::ADMIN);
        reader_ = token_of(office_, accounts::Role::MPC);
    }
    std::string token_of(const accounts::Team& team, accounts::Role role)
    {
        std::string token;
        desk().database.write([&](storage::Transaction& transaction) {
            const auto id = WorkerId::random();
            accounts::add_worker(transaction, {id, team.agency, id.text(), "A system"});
            accounts::add_post(transaction, {id, team.id, role});
            token = accounts::add_machine(transaction, {id, team.id, role}, now()).reveal();
        });
        return token;
    }
    struct Answer {
        int status = 0;
        Json json;
        std::int64_t number(std::string_view name) const
        {
            const auto* value = json.find(name);
            return value != nullptr && value->integer() != nullptr ? *value->integer() : -1;
        }
    };
    Answer call(web::Request request, const std::string& token, const char* purpose)
    {
        request.id = RequestId::random();
        request.headers.add("authorization", "Bearer " + token);
        request.headers.add("purpose", purpose);
        const auto response = service().handle(std::move(request));
        const auto json = api::parse_json(response.text());
        return {response.status, json ? *json : Json()};
    }
    Answer send(std::string body)
    {
        web::Request request{.method = web::Method::post, .path = "/api/v1/feeds/northmere-missing"};
        request.headers.add("content-type", "text/csv");
        request.query.add("mapping", "episodes");
        request.body = std::move(body);
        return call(std::move(request), sender_, "administration");
    }
    Answer changes(std::int64_t after, const std::string& token)
    {
        web::Request request{.path = "/api/v1/missing-changes"};
        request.query.add("after", std::to_string(after));
        return call(std::move(request), token, "missing-response");
    }
    std::string hours_ago(int count) const
    {
        auto text = to_iso(const_cast<SentEpisodesApi*>(this)->now() - hours{count});
        text[10] = ' ';
        return text.substr(0, 16);
    }

    std::string sender_;
    std::string reader_;
};

constexpr const char* api_header = "no,id,given,family,reported,back,risk\n";

TEST_P(SentEpisodesApi, are_sent_and_fetched_by_a_forces_own_system)
{
    const auto first =
        send(api_header + fmt::format("E1,R1,Lee,Sample,{},,\nE2,R2,Kit,Sample,2026-02-31 10:00,,\n", hours_ago(3)));
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.number("new"), 1);
    EXPECT_EQ(first.number("set_aside"), 1);
    const auto fetched = changes(0, reader_);
    ASSERT_EQ(fetched.status, 200);
    ASSERT_EQ(fetched.json.find("changes")->items()->size(), 1U);
    const auto& episode = *fetched.json.find("changes")->items()->front().find("episode");
    EXPECT_EQ(episode.text_of("state"), "reported");
    EXPECT_EQ(episode.find("facts")->text_of("sent_by"), "northmere-missing");
    const auto last = fetched.number("last");
    EXPECT_TRUE(changes(last, reader_).json.find("changes")->items()->empty());
    // What the sender changes is fetched as a change, once.
    EXPECT_EQ(
        send(api_header + fmt::format("E1,R1,Lee,Sample,{},,H|{}\n", hours_ago(3), hours_ago(2))).number("changed"), 1);
    const auto again = changes(last, reader_);
    ASSERT_EQ(again.json.find("changes")->items()->size(), 1U);
    EXPECT_EQ(again.json.find("changes")->items()->front().find("episode")->text_of("state"), "active");
    EXPECT_GT(again.number("last"), last);
    EXPECT_FALSE(entries_of("look:missing.api").empty()) << "each fetch stands in the log";
    const auto verified = verify_with_cases(desk().database, service().key().open, "");
    EXPECT_TRUE(verified.is_whole) << join(verified.faults, "\n");
}

TEST_P(SentEpisodesApi, tell_another_force_or_another_role_nothing)
{
    send(api_header + fmt::format("E1,R1,Lee,Sample,{},,\n", hours_ago(3)));
    const auto other = changes(0, token_of(other_office_, accounts::Role::MPC));
    EXPECT_EQ(other.status, 200);
    EXPECT_TRUE(other.json.find("changes")->items()->empty());
    EXPECT_EQ(other.number("last"), 0);
    EXPECT_EQ(changes(0, "no token").status, 401);
    EXPECT_NE(changes(0, sender_).status, 200) << "an administrator has no such purpose";
}

TEST_P(SentEpisodesApi, stand_on_the_page_of_imports_without_anybodys_name)
{
    send(api_header + fmt::format("E1,R1,Lee,Sample,{},,\nE2,R2,Kit,Poole,2026-02-31 10:00,,\n", hours_ago(3)));
    auto browser = at_work(office_, accounts::Role::ADMIN, "administration");
    const auto list = browser.get("/admin/imports");
    EXPECT_TRUE(says(list, "1 of northmere-missing")) << list.text();
    const auto page = browser.get("/admin/imports/1");
    EXPECT_TRUE(says(page, "has a time (reported) that is not written yyyy-mm-dd hh:mm or that no clock showed"));
    EXPECT_FALSE(says(page, "Poole"));
}

/// Every event of a missing child that a force is told of, its own system can be told of too.
TEST(Webhooks, can_be_had_for_every_event_of_a_missing_child)
{
    const auto table = read_csv_file("data/notices/audience.csv");
    ASSERT_TRUE(table);
    std::size_t events = 0;
    for (const auto& row : table->rows) {
        if (!row.cells.front().starts_with("missing.")) continue;
        events += 1;
        EXPECT_NE(
            std::ranges::find_if(row.cells, [](const std::string& cell) { return cell.find("webhook") != cell.npos; }),
            row.cells.end())
            << row.cells.front();
    }
    EXPECT_GT(events, 15U);
}

INSTANTIATE_TEST_SUITE_P(engines, SentEpisodesApi, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
