// Partner systems are told: noted with the act, signed, tried until proven or given up, and sent again by a person. A
// system on this machine takes the messages. On both databases.
#include "api/json.h"
#include "app/outgoing.h"
#include "app/search_test_world.h"
#include "app/webhook_sender.h"
#include "web/server.h"

#include <mutex>

namespace reachable::app {
namespace {

using accounts::Role;
using notices::Delivery;
using notices::Endpoint;
using storage::Transaction;
using testing::Browser;
using testing::says;

/// A system of an agency. It answers what a test says it should.
class PartnerSystem {
  public:
    PartnerSystem()
    {
        auto started = web::Server::start(
            {.port = 0}, [this](const web::Request& request) { return take(request); },
            [](const web::Request&, const std::exception&) {});
        CHECK(started.has_value(), "a partner system does not start");
        server_ = std::move(*started);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()) + "/in"; }
    std::vector<web::Request> taken() const
    {
        const std::lock_guard lock(mutex_);
        return taken_;
    }
    std::atomic<int> answers{204};
    std::atomic<std::size_t> length{0};

  private:
    web::Response take(const web::Request& request)
    {
        const std::lock_guard lock(mutex_);
        taken_.push_back(request);
        auto response = web::respond(answers, "text/plain", std::string(length, 'x'));
        if (answers == 302) response.set("Location", url() + "/elsewhere");
        return response;
    }
    mutable std::mutex mutex_;
    std::vector<web::Request> taken_;
    std::unique_ptr<web::Server> server_;
};

class Webhooks : public testing::AtWork {
  protected:
    void SetUp() override
    {
        AtWork::SetUp();
        if (IsSkipped()) return;
        restart(true);
    }
    void restart(bool writes_inside)
    {
        auto settings = testing::settings_for(world_);
        settings.writes_inside = writes_inside;
        world_.service.reset();
        auto opened = Service::open(settings);
        ASSERT_TRUE(opened) << sentences(opened.error());
        world_.service = std::move(*opened);
    }
    void write(const std::function<void(Transaction&)>& body) { desk().database.write(body); }

    Sensitive<Bytes> add(const std::string& url, std::vector<std::string> events = {"custody.opened"})
    {
        endpoint_ = {.id = notices::EndpointId::random(),
                     .agency = force_.id,
                     .url = url,
                     .events = std::move(events),
                     .registered_by = {},
                     .registered_at = now()};
        Sensitive<Bytes> secret;
        write([&](Transaction& transaction) {
            secret = notices::add_endpoint(transaction, service().secret_keys(), endpoint_);
        });
        return secret;
    }
    void tell(Transaction& transaction, CaseId id, UtcTime at, const std::string& code = "custody.opened")
    {
        notices::store_notice(transaction, {.agency = force_.id, .team = suite_.id}, id,
                              {.code = code, .role = Role::CUST}, "", at);
    }
    void tell(CaseId id, UtcTime at, const std::string& code = "custody.opened")
    {
        write([&](Transaction& transaction) { tell(transaction, id, at, code); });
    }
    std::vector<Delivery> noted()
    {
        std::vector<Delivery> all;
        desk().database.read(
            [&](Transaction& transaction) { all = notices::deliveries_of(transaction, endpoint_.id, 50); });
        return all;
    }
    std::vector<notices::Try> tries(const Delivery& delivery)
    {
        std::vector<notices::Try> all;
        desk().database.read([&](Transaction& transaction) { all = notices::tries_of(transaction, delivery); });
        return all;
    }
    std::size_t send(UtcTime at) { return WebhookSender(service()).send_waiting(at); }
    Browser administrator(const accounts::Team& team) { return at_work(team, Role::ADMIN, "administration"); }

    PartnerSystem partner_;
    Endpoint endpoint_;
    const CaseId case_ = CaseId::random();
};

TEST_P(Webhooks, a_message_is_signed_names_the_case_by_its_reference_and_is_proven_by_a_2xx)
{
    const auto secret = add(partner_.url());
    tell(case_, now());
    EXPECT_EQ(send(now()), 1U);
    EXPECT_EQ(send(now() + hours{1}), 0U);
    ASSERT_EQ(partner_.taken().size(), 1U);
    const auto got = partner_.taken().front();
    const auto id = std::string(got.header("webhook-id"));
    const auto at = std::string(got.header("webhook-timestamp"));
    const auto mac = hmac_sha256(secret.reveal(), as_bytes(id + "." + at + "." + got.body));
    EXPECT_EQ(got.header("webhook-signature"), "v1," + to_base64(mac));
    EXPECT_EQ(got.header("content-type"), "application/cloudevents+json; charset=utf-8");
    const auto event = api::parse_json(got.body);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->text_of("specversion"), "1.0");
    EXPECT_EQ(event->text_of("id"), id);
    EXPECT_EQ(event->text_of("type"), "reachable.custody.opened");
    EXPECT_EQ(event->find("data")->text_of("reference"), case_.text().substr(0, 8));
    ASSERT_EQ(noted().size(), 1U);
    EXPECT_EQ(noted().front().state, "delivered");
    ASSERT_EQ(tries(noted().front()).size(), 1U);
    EXPECT_EQ(tries(noted().front()).front().status, 204);
}

TEST_P(Webhooks, only_what_was_asked_for_is_sent_and_nothing_of_an_act_that_failed)
{
    add(partner_.url(), {"clock.breach"});
    tell(case_, now());
    EXPECT_TRUE(noted().empty());
    tell(case_, now(), "clock.C02.breach");
    ASSERT_EQ(noted().size(), 1U);
    EXPECT_EQ(noted().front().code, "clock.C02.breach");
    EXPECT_THROW(write([&](Transaction& transaction) {
                     tell(transaction, CaseId::random(), now(), "clock.C02.breach");
                     throw Bug("the act failed after it told somebody");
                 }),
                 Bug);
    EXPECT_EQ(noted().size(), 1U);
}

TEST_P(Webhooks, what_is_not_taken_is_tried_again_with_growing_pauses_and_then_given_up)
{
    partner_.answers = 503;
    add(partner_.url());
    tell(case_, now());
    auto at = now();
    std::vector<seconds> pauses;
    for (std::int64_t number = 1; number <= notices::most_attempts; ++number) {
        EXPECT_EQ(send(at), 1U) << number;
        const auto one = noted().front();
        if (one.state == "dead") break;
        EXPECT_EQ(send(one.next_at - seconds{1}), 0U);
        pauses.push_back(one.next_at - at);
        at = one.next_at;
    }
    EXPECT_EQ(noted().front().state, "dead");
    EXPECT_EQ(pauses.size() + 1, static_cast<std::size_t>(notices::most_attempts));
    EXPECT_TRUE(std::ranges::is_sorted(pauses));
    EXPECT_LT(at - now(), hours{24});
    const auto made = tries(noted().front());
    ASSERT_EQ(made.size(), static_cast<std::size_t>(notices::most_attempts));
    EXPECT_EQ(made.back().status, 503);
    std::set<std::string> ids;
    for (const auto& one : partner_.taken()) ids.insert(std::string(one.header("webhook-id")));
    EXPECT_EQ(ids.size(), 1U); // whoever gets it again knows
}

TEST_P(Webhooks, what_was_given_up_is_seen_by_the_administrator_and_sent_again)
{
    partner_.answers = 500;
    add(partner_.url());
    tell(case_, now());
    for (auto at = now(); noted().front().state != "dead"; at = noted().front().next_at) send(at);
    auto browser = administrator(office_);
    EXPECT_TRUE(says(browser.get("/queue"), "/admin/webhooks"));
    EXPECT_TRUE(says(browser.get("/admin/webhooks"), "1 to send again"));
    const auto address = "/admin/webhooks/" + endpoint_.id.text();
    const auto page = browser.get(address);
    EXPECT_TRUE(says(page, "Given up"));
    EXPECT_TRUE(says(page, "answered 500"));
    const auto replay = address + "/replay/" + to_hex(noted().front().notice);
    partner_.answers = 200;
    EXPECT_EQ(browser.post_from(address, replay, {}).status, 303);
    EXPECT_EQ(entries_of("webhook.replay").size(), 1U);
    EXPECT_EQ(send(now()), 1U);
    EXPECT_EQ(noted().front().state, "delivered");
    EXPECT_TRUE(says(browser.get(address), "Delivered"));
    EXPECT_EQ(browser.post_from(address, replay, {}).status, 409); // it arrived
}

TEST_P(Webhooks, a_kill_between_the_commit_and_the_end_of_a_try_loses_nothing)
{
    add(partner_.url());
    tell(case_, now());
    restart(true); // after the commit, before any try
    ASSERT_EQ(noted().size(), 1U);
    const auto one = noted().front();
    write([&](Transaction& transaction) { EXPECT_TRUE(notices::begin_try(transaction, one, now())); });
    restart(true); // in the middle of a try
    EXPECT_EQ(send(now()), 0U);
    EXPECT_EQ(send(now() + minutes{1}), 1U);
    EXPECT_EQ(noted().front().state, "delivered");
}

TEST_P(Webhooks, a_message_nobody_tried_to_send_takes_in_the_next_and_one_that_was_tried_does_not)
{
    add(partner_.url());
    tell(case_, now());
    tell(case_, now() + minutes{9});
    tell(CaseId::random(), now());
    EXPECT_EQ(noted().size(), 2U);
    tell(case_, now() + minutes{11});
    EXPECT_EQ(noted().size(), 3U);
    EXPECT_EQ(send(now() + minutes{11}), 3U);
    tell(case_, now() + minutes{12}); // this may say something new
    EXPECT_EQ(noted().size(), 4U);
}

TEST_P(Webhooks, a_redirect_is_no_proof_and_a_long_answer_is_not_read_to_its_end)
{
    partner_.answers = 302;
    add(partner_.url());
    tell(case_, now());
    EXPECT_EQ(send(now()), 1U);
    EXPECT_EQ(partner_.taken().size(), 1U);
    EXPECT_EQ(noted().front().state, "waits");
    EXPECT_EQ(tries(noted().front()).front().status, 302);
    partner_.answers = 200;
    partner_.length = 1024 * 1024;
    EXPECT_EQ(send(now() + minutes{1}), 1U);
    EXPECT_EQ(noted().front().state, "delivered");
}

TEST_P(Webhooks, a_system_that_does_not_answer_holds_up_no_other)
{
    partner_.answers = 500;
    add(partner_.url());
    for (int i = 0; i < 3; ++i) tell(CaseId::random(), now() - minutes{1});
    PartnerSystem other;
    add(other.url());
    tell(case_, now());
    EXPECT_EQ(send(now()), 2U); // one of the first, and what waits for the other
    EXPECT_EQ(partner_.taken().size(), 1U);
    EXPECT_GE(other.taken().size(), 1U);
}

TEST_P(Webhooks, an_address_inside_a_network_is_not_written_to)
{
    restart(false);
    add("https://localhost:" + partner_.url().substr(partner_.url().rfind(':') + 1));
    tell(case_, now());
    EXPECT_EQ(send(now()), 1U);
    EXPECT_TRUE(partner_.taken().empty());
    EXPECT_EQ(tries(noted().front()).front().problem, "The address lies inside a network, and is not written to");
}

TEST_P(Webhooks, what_an_organisation_is_told_no_more_of_a_case_is_not_sent_to_its_systems)
{
    add(partner_.url());
    tell(case_, now());
    write([&](Transaction& transaction) {
        notices::withdraw(transaction, case_, {.agency = force_.id, .team = suite_.id}, now());
    });
    EXPECT_EQ(send(now()), 0U);
    EXPECT_EQ(noted().front().state, "withdrawn");
}

TEST_P(Webhooks, an_administrator_registers_an_address_sees_its_secret_once_and_ends_it)
{
    auto browser = administrator(office_);
    EXPECT_EQ(browser.post_from("/admin/webhooks/new", "/admin/webhooks/new", {{"url", "ftp://x.example"}}).status,
              422);
    const auto shown =
        browser.post_from("/admin/webhooks/new", "/admin/webhooks/new",
                          {{"url", "https://systems.northmere.example/in"}, {"events", "custody.opened"}});
    ASSERT_EQ(shown.status, 200);
    EXPECT_TRUE(says(shown, "whsec_"));
    std::vector<Endpoint> all;
    desk().database.read([&](Transaction& transaction) { all = notices::endpoints_of(transaction, force_.id); });
    ASSERT_EQ(all.size(), 1U);
    endpoint_ = all.front();
    const auto address = "/admin/webhooks/" + endpoint_.id.text();
    EXPECT_FALSE(says(browser.get(address), "whsec_"));
    EXPECT_TRUE(says(browser.get(address), "custody.opened"));
    EXPECT_EQ(browser.post_from(address, address + "/end", {}).status, 303);
    tell(case_, now());
    EXPECT_TRUE(noted().empty());
    for (const auto* action : {"webhook.register", "webhook.end"}) EXPECT_EQ(entries_of(action).size(), 1U) << action;
}

TEST_P(Webhooks, nobody_else_sees_or_changes_the_addresses_of_an_agency)
{
    add(partner_.url());
    const auto address = "/admin/webhooks/" + endpoint_.id.text();
    auto other = administrator(other_office_);
    EXPECT_FALSE(says(other.get("/admin/webhooks"), endpoint_.id.text()));
    EXPECT_EQ(other.get(address).status, 404);
    EXPECT_EQ(other.post_from("/admin/webhooks/new", address + "/end", {}).status, 404);
    auto sergeants = sergeant();
    for (const auto* page : {"/admin/webhooks", "/admin/webhooks/new"}) EXPECT_EQ(sergeants.get(page).status, 404);
    EXPECT_FALSE(entries_of("webhook.read").empty());
}

TEST_P(Webhooks, the_secret_is_kept_sealed_and_a_new_key_seals_it_anew)
{
    const auto secret = add(partner_.url());
    const auto stored = [&] {
        std::pair<Bytes, std::int64_t> row;
        desk().database.read([&](Transaction& transaction) {
            const auto rows = transaction.query("select secret, key_version from webhook_endpoints");
            row = {rows.front().bytes(0), rows.front().integer(1)};
        });
        return row;
    };
    EXPECT_EQ(to_hex(stored().first).find(to_hex(secret.reveal())), std::string::npos);
    auto keys = service().secret_keys();
    auto newer = accounts::make_secret_keys().all.front();
    newer.version = keys.all.back().version + 1;
    keys.all.push_back(newer);
    notices::seal_endpoint_secrets(desk().database, keys);
    EXPECT_EQ(stored().second, newer.version);
    keys.all.erase(keys.all.begin());
    desk().database.read([&](Transaction& transaction) {
        const auto opened = notices::secret_of(transaction, keys, endpoint_.id);
        ASSERT_TRUE(opened.has_value());
        EXPECT_EQ(opened->reveal(), secret.reveal());
    });
}

INSTANTIATE_TEST_SUITE_P(engines, Webhooks, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

TEST(Outgoing, goes_to_addresses_that_are_open_to_the_world_alone)
{
    using Address = std::vector<std::uint8_t>;
    const auto v6 = [](std::initializer_list<std::uint8_t> first) {
        Address address(first);
        address.resize(16);
        return address;
    };
    const std::pair<Address, bool> cases[] = {
        {{8, 8, 8, 8}, true},
        {{172, 15, 255, 255}, true},
        {{172, 32, 0, 1}, true},
        {{100, 128, 0, 1}, true},
        {{0, 0, 0, 0}, false},
        {{10, 1, 2, 3}, false},
        {{100, 64, 0, 1}, false}, // shared between customers of one provider
        {{127, 0, 0, 1}, false},
        {{169, 254, 169, 254}, false}, // what tells a machine in a cloud its secrets
        {{172, 31, 255, 255}, false},
        {{192, 168, 1, 1}, false},
        {{224, 0, 0, 1}, false},
        {{255, 255, 255, 255}, false},
        {v6({0x2a, 0x00}), true},
        {v6({0x20, 0x01, 0x02, 0x00}), true},
        {v6({}), false},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, false},
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 1}, false}, // version 4 in the clothes of 6
        {v6({0x00, 0x64, 0xff, 0x9b}), false},
        {v6({0x20, 0x01, 0x0d, 0xb8}), false},
        {v6({0x20, 0x02, 10, 0, 0, 1}), false},
        {v6({0xfc}), false},
        {v6({0xfe, 0x80}), false},
        {v6({0xff, 0x02}), false},
        {{8, 8}, false},
    };
    for (const auto& [address, expected] : cases) EXPECT_EQ(is_public_address(address), expected) << to_hex(address);
}

TEST(Outgoing, takes_https_without_names_and_http_for_this_machine_where_the_settings_say_so)
{
    const std::tuple<const char*, bool, bool> cases[] = {
        {"https://systems.example/in", true, true},
        {"https://systems.example:8443/in?agency=x", true, true},
        {"http://systems.example/in", false, false},
        {"http://127.0.0.1:8080/in", false, true},
        {"http://127.0.0.1.evil.example/in", false, false},
        {"https://name:word@systems.example/", false, false},
        {"https://systems.example/#part", false, false},
        {"file:///etc/passwd", false, false},
        {"gopher://systems.example/", false, false},
        {"systems.example", false, false},
        {"", false, false},
    };
    for (const auto& [url, outside, inside] : cases) {
        EXPECT_EQ(may_be_written_to(url, Inside::no).has_value(), outside) << url;
        EXPECT_EQ(may_be_written_to(url, Inside::yes).has_value(), inside) << url;
    }
}

TEST(Outgoing, an_event_is_signed_as_the_worked_example_for_partners_says)
{
    const Sensitive<Bytes> secret(Bytes(32, 7));
    const auto headers = signed_headers("msg_1", "{}", secret, from_seconds(1792886400));
    EXPECT_EQ(secret_in_words(secret), "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
    EXPECT_EQ(headers.back(), "webhook-signature: v1,yO5lELLgws1B1w+NTmAH7v7hci7rntv/xhJIBcw7h8U=");
}

TEST(Outgoing, an_event_says_where_the_api_tells_the_rest)
{
    Delivery delivery{.endpoint = {}, .notice = Bytes(16, 1), .at = from_seconds(0), .code = "flag.set_here"};
    delivery.case_id = CaseId::parse("00112233445566778899aabbccddeeff").value();
    EXPECT_EQ(
        cloud_event(delivery, "https://reachable.example", "custody"),
        R"({"specversion":"1.0","id":")" + delivery.message_id() +
            R"(","source":"https://reachable.example","type":"reachable.flag.set_here","subject":"00112233",)"
            R"("time":"1970-01-01T00:00:00Z","datacontenttype":"application/json","data":{"reference":"00112233",)"
            R"("path":"/api/v1/custody/00112233445566778899aabbccddeeff"}})");
}

} // namespace
} // namespace reachable::app
