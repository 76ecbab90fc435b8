// A force's own system sends the people it knows while the service runs, and an administrator sees what came of it. On
// both databases.
#include "api/json.h"
#include "app/search_test_world.h"
#include "app/text_files.h"
#include "identity/source_records.h"

#include "storage/testing.h"

namespace reachable::app {
namespace {

using testing::Browser;
using testing::says;

constexpr const char* mapping =
    "source = northmere-records\nagency = X23000001\nreference = id\ngiven = given\nfamily = family\n";
constexpr const char* people = "id,given,family\n1,Ayo,Sample\n2,Mia,Poole\n,Tia,Zebedee\n3,Sam\n";

class Feeds : public testing::AtWork {
  protected:
    void SetUp() override
    {
        AtWork::SetUp();
        if (IsSkipped()) return;
        // A data folder of its own, into which an administrator put a mapping.
        const auto data = world_.folder / "data";
        std::filesystem::copy("data", data, std::filesystem::copy_options::recursive);
        ASSERT_TRUE(write_text((data / "identity/mappings/northmere.map").string(), mapping));
        ASSERT_TRUE(write_text((data / "identity/mappings/weeded.map").string(),
                               std::string(mapping) + "deleted = gone\ndeleted.y = yes\n"));
        auto settings = testing::settings_for(world_);
        settings.data_folder = data;
        world_.service.reset();
        auto opened = Service::open(settings);
        ASSERT_TRUE(opened) << sentences(opened.error());
        world_.service = std::move(*opened);
        token_ = token_of(office_, accounts::Role::ADMIN);
    }
    std::string token_of(const accounts::Team& team, accounts::Role role)
    {
        std::string token;
        desk().database.write([&](storage::Transaction& transaction) {
            const auto id = WorkerId::random();
            accounts::add_worker(transaction, {id, team.agency, id.text(), "Records system"});
            accounts::add_post(transaction, {id, team.id, role});
            token = accounts::add_machine(transaction, {id, team.id, role}, now()).reveal();
        });
        return token;
    }
    struct Sent {
        int status = 0;
        Json json;
    };
    Sent send(const std::string& token, std::string body, bool is_dry = false, std::string name = "northmere",
              std::string source = "northmere-records")
    {
        web::Request request{.method = web::Method::post, .path = "/api/v1/feeds/" + source, .id = RequestId::random()};
        request.headers.add("authorization", "Bearer " + token);
        request.headers.add("purpose", "administration");
        request.headers.add("content-type", "text/csv");
        request.query.add("mapping", std::move(name));
        if (is_dry) request.query.add("dry_run", "yes");
        request.body = std::move(body);
        const auto response = service().handle(std::move(request));
        const auto json = api::parse_json(response.text());
        return {response.status, json ? *json : Json()};
    }
    static std::int64_t number(const Sent& sent, std::string_view name)
    {
        const auto* value = sent.json.find(name);
        return value != nullptr && value->integer() != nullptr ? *value->integer() : -1;
    }
    Browser administrator(const accounts::Team& team) { return at_work(team, accounts::Role::ADMIN, "administration"); }

    std::string token_;
};

TEST_P(Feeds, are_taken_in_with_a_report_and_change_nothing_the_second_time)
{
    const auto tried = send(token_, people, true);
    EXPECT_EQ(tried.status, 200);
    EXPECT_EQ(number(tried, "new"), 2);
    EXPECT_TRUE(tried.json.find("import")->is_null());
    const auto first = send(token_, people);
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(number(first, "import"), 1);
    EXPECT_EQ(number(first, "new"), 2);
    EXPECT_EQ(number(first, "set_aside"), 2);
    const auto second = send(token_, people);
    EXPECT_EQ(number(second, "new"), 0);
    EXPECT_EQ(number(second, "same"), 2);
    // A part of a larger feed takes nothing away that stood in another part.
    const auto part = send(token_, "id,given,family\n4,Bo,Winter\n");
    EXPECT_EQ(number(part, "new"), 1);
    EXPECT_EQ(number(part, "withdrawn"), 0);
    const auto json = send(token_, R"([{"id":"5","given":"Zara","family":"Brook"}])");
    EXPECT_EQ(number(json, "new"), 1);
}

TEST_P(Feeds, a_mistyped_dry_run_imports_nothing)
{
    for (const auto& [name, value] : {std::pair{"dry-run", "yes"}, {"dry_run", "perhaps"}, {"mapping", "northmere"}}) {
        web::Request request{
            .method = web::Method::post, .path = "/api/v1/feeds/northmere-records", .id = RequestId::random()};
        request.headers.add("authorization", "Bearer " + token_);
        request.headers.add("purpose", "administration");
        request.headers.add("content-type", "text/csv");
        request.query.add("mapping", "northmere");
        request.query.add(name, value);
        request.body = people;
        EXPECT_EQ(service().handle(std::move(request)).status, 422) << name;
    }
    EXPECT_TRUE(entries_of("identity.import").empty());
}

TEST_P(Feeds, what_a_source_has_deleted_is_found_no_longer)
{
    auto browser = sergeant();
    const auto is_found = [&] {
        return says(browser.post_from("/search", "/search",
                                      {{"name", "Basilia Quillfeather"}, {"reason", "Gives this name at the desk"}}),
                    "class=\"app-candidate\"");
    };
    send(token_, "id,given,family,gone\n7,Basilia,Quillfeather,\n", false, "weeded");
    EXPECT_TRUE(is_found());
    EXPECT_EQ(number(send(token_, "id,given,family,gone\n7,Basilia,Quillfeather,y\n", false, "weeded"), "withdrawn"),
              1);
    EXPECT_FALSE(is_found());
    send(token_, "id,given,family,gone\n7,Basilia,Quillfeather,\n", false, "weeded");
    EXPECT_TRUE(is_found()) << "a source may send it again";
}

/// Who opened or restricted a record in the meantime must not be told by its being found again.
TEST_P(Feeds, what_a_source_has_deleted_is_not_found_for_who_had_access_to_it)
{
    auto browser = sergeant();
    const auto is_found_with_case = [&](const std::string& type) {
        desk().database.write([&](storage::Transaction& transaction) {
            const auto record = identity::find(transaction, "northmere-records", "7");
            CHECK(record.has_value(), "the feed's record is not there");
            transaction.query("insert into cases (id, type, version, state, child, agency, team, partner, "
                              "partner_team, opened_at, changed_at, is_open, due_at) values ($1, $2, 1, 'closed', $3, "
                              "$4, $4, $4, $4, 0, 0, 0, 0)",
                              {storage::to_value(CaseId::random()), type, storage::to_value(record->home),
                               storage::to_value(force_.id)});
        });
        return says(browser.post_from("/search", "/search",
                                      {{"name", "Basilia Quillfeather"}, {"reason", "Gives this name at the desk"}}),
                    "class=\"app-candidate\"");
    };
    send(token_, "id,given,family,gone\n7,Basilia,Quillfeather,\n", false, "weeded");
    send(token_, "id,given,family,gone\n7,Basilia,Quillfeather,y\n", false, "weeded");
    for (const auto* type : {"emergency-access", "restriction", "allocation", "opening", "same-person"})
        EXPECT_FALSE(is_found_with_case(type)) << type;
    EXPECT_TRUE(is_found_with_case("custody")) << "who was in a cell is found by everybody who may search";
}

TEST_P(Feeds, stand_in_the_log_with_their_sender_and_counts_alone)
{
    send(token_, people, true);
    send(token_, people);
    const auto entries = entries_of("identity.import");
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].action, "identity.import_last");
    EXPECT_EQ(entries[1].action, "identity.import_tried");
    for (const auto& entry : entries) {
        EXPECT_FALSE(entry.worker.is_none());
        EXPECT_EQ(entry.agency, force_.id);
        EXPECT_EQ(entry.reason_code, "rows=4,new=2,changed=0,same=0,withdrawn=0,set-aside=2");
        EXPECT_EQ(entry.rules, "A36");
        EXPECT_EQ(audit::canonical(entry).find("Sample"), std::string::npos);
    }
}

TEST_P(Feeds, come_from_the_agency_that_the_mapping_names_alone)
{
    EXPECT_EQ(send(token_of(other_office_, accounts::Role::ADMIN), people).status, 404);
    EXPECT_EQ(send(token_, people, false, "names-dates-mail").status, 404);
    EXPECT_EQ(send(token_, people, false, "northmere", "another-source").status, 404);
    EXPECT_EQ(send(token_, people, false, "../mappings/northmere").status, 422);
    EXPECT_EQ(send(token_, "").status, 422);
    EXPECT_EQ(send("no token", people).status, 401);
    // A custody system has no such purpose, whatever it says.
    EXPECT_NE(send(token_of(suite_, accounts::Role::CUST), people).status, 200);
    EXPECT_TRUE(entries_of("identity.import").empty());
}

TEST_P(Feeds, are_seen_by_the_administrator_of_their_agency_without_anybodys_name)
{
    send(token_, people);
    send(token_, "id,given,family\n4,Bo,Winter\n");
    auto browser = administrator(office_);
    EXPECT_TRUE(says(browser.get("/queue"), "/admin/imports"));
    const auto list = browser.get("/admin/imports");
    ASSERT_EQ(list.status, 200) << list.text();
    const std::string text(list.text());
    EXPECT_LT(text.find("1 of northmere-records"), text.find("2 of northmere-records")) << "what failed comes first";
    const auto page = browser.get("/admin/imports/1");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(says(page, "has no reference"));
    for (const auto* name : {"Zebedee", "Sam<", "Tia"}) EXPECT_FALSE(says(page, name)) << name;
    EXPECT_EQ(browser.post_from("/admin/imports/1", "/admin/imports/1/forget", {}).status, 303);
    EXPECT_TRUE(says(browser.get("/admin/imports/1"), "No row is kept that was set aside."));
    EXPECT_EQ(entries_of("identity.forget_set_aside").at(0).reason_code, "rows=2");
    // Another agency's import does not exist, nor the page for anybody else.
    auto other = administrator(other_office_);
    EXPECT_FALSE(says(other.get("/admin/imports"), "northmere-records"));
    EXPECT_EQ(other.get("/admin/imports/1").status, 404);
    EXPECT_EQ(other.get("/admin/imports/1").text().size(), other.get("/admin/imports/99").text().size());
    auto sergeants = sergeant();
    EXPECT_EQ(sergeants.get("/admin/imports").status, 404);
}

INSTANTIATE_TEST_SUITE_P(engines, Feeds, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
