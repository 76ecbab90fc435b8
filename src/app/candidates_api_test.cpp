// A custody system asks whether a child is known before it books the child in: by a name or a number, so often in an
// hour. On both databases.
#include "api/json.h"
#include "app/search_test_world.h"

#include "storage/testing.h"

namespace reachable::app {
namespace {

class Candidates : public testing::AtWork {
  protected:
    void SetUp() override
    {
        AtWork::SetUp();
        if (IsSkipped()) return;
        desk().database.write([&](storage::Transaction& transaction) {
            const auto id = WorkerId::random();
            accounts::add_worker(transaction, {id, force_.id, id.text(), "Custody system"});
            accounts::add_post(transaction, {id, suite_.id, accounts::Role::CUST});
            token_ = accounts::add_machine(transaction, {id, suite_.id, accounts::Role::CUST}, now()).reveal();
        });
    }
    web::Response ask(std::string body, std::string_view purpose = "custody-safeguarding")
    {
        web::Request request{
            .method = web::Method::post, .path = "/api/v1/children/candidates", .id = RequestId::random()};
        request.headers.add("authorization", "Bearer " + token_);
        if (!purpose.empty()) request.headers.add("purpose", std::string(purpose));
        request.headers.add("content-type", "application/json");
        request.body = std::move(body);
        return service().handle(std::move(request));
    }

    std::string token_;
};

using testing::says;

TEST_P(Candidates, are_found_by_a_number_of_a_kind_on_the_list)
{
    store({.id = {},
           .names = {records::read_name("Mia Templeton")},
           .identifiers = {{"PNC", "", "11/345X", ""}, {"LA", "Westmoor", "778", ""}}});
    EXPECT_TRUE(says(ask(R"({"identifier":{"type":"pnc","value":"11/345x"}})"), "Mia Templeton"));
    EXPECT_TRUE(says(ask(R"({"identifier":{"type":"la","issuer":"Westmoor","value":"778"}})"), "Mia Templeton"));
    const std::pair<const char*, const char*> refused[] = {
        {R"({"identifier":{"type":"PNC ID","value":"11/345x"}})", "PNC ID (pnc), CRO number (cro)"},
        {R"({"identifier":{"type":"pnc","value":"11/345x","valeu":"2"}})", "This search does not ask for that"},
        {R"({"identifier":{"type":"pnc","value":11}})", "Give this as text"},
        {R"({"identifier":{"type":"la","value":"778"}})", "Say in which organisation's own system it is a number"},
        {R"({"identifier":{"type":"upn","issuer":"Westmoor","value":"778"}})", "Leave out the organisation"},
        {R"({"identifier":{"value":"778"}})", "Say whose number it is"},
        {R"({"identifier":{}})", "Give an identifier as its type and its value"},
        {R"({"name":"Mia Templeton","born":"2031-05-17"})", "The date of birth must be in the past"}};
    for (const auto& [body, sentence] : refused) {
        const auto response = ask(body);
        EXPECT_EQ(response.status, 422) << body;
        EXPECT_TRUE(says(response, sentence)) << body << response.text();
    }
}

TEST_P(Candidates, are_asked_for_under_a_purpose_that_the_system_may_use)
{
    const auto none = ask(R"({"name":"Mia Templeton"})", "");
    EXPECT_TRUE(says(none, "Send a Purpose header. Your system may use: ")) << none.text();
    EXPECT_TRUE(says(none, "custody-safeguarding"));
    const auto other = ask(R"({"name":"Mia Templeton"})", "information-governance");
    EXPECT_EQ(other.status, 422);
    EXPECT_TRUE(says(other, "Your system may not use this purpose. Your system may use: ")) << other.text();
}

TEST_P(Candidates, are_shown_so_often_in_an_hour)
{
    desk().database.write([&](storage::Transaction& transaction) {
        const auto worker = transaction.query("select worker from accounts_machines").front().bytes(0);
        for (std::int64_t i = 0; i < 600; ++i)
            transaction.execute(
                "insert into searches (entry, at, worker, is_refused, salt, reason) values ($1, $2, $3, "
                "0, $4, '')",
                {1'000'000 + i, storage::to_value(now() - minutes{20}), worker, Bytes{}});
    });
    auto refused = ask(R"({"name":"Mia Templeton"})");
    EXPECT_EQ(refused.status, 429);
    EXPECT_TRUE(says(refused, "Your system has made as many searches")) << refused.text();
    EXPECT_NEAR(std::stoi(std::string(refused.header("Retry-After"))), 40 * 60, 5);
}

INSTANTIATE_TEST_SUITE_P(engines, Candidates, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
