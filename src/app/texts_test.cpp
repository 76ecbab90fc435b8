// Text messages to whoever is on duty: noted with the notice, posted to a gateway on this machine, tried until it took
// them or given up, folded, withdrawn, and sent again by a person. On both databases.
#include "api/json.h"
#include "app/passing_on.h"
#include "app/search_test_world.h"
#include "app/setting_up.h"
#include "app/text_sender.h"
#include "casework/case_store.h"
#include "clocks/london.h"
#include "notices/acknowledgement.h"
#include "ties/ties.h"
#include "web/server.h"

#include <mutex>
#include <set>

namespace reachable::app {
namespace {

using accounts::Role;
using notices::TextMessage;
using storage::Transaction;
using testing::Browser;
using testing::says;

constexpr const char* own_number = "+447700900123";
constexpr const char* team_number = "+447700900100";

/// A gateway on this machine. It answers what a test says it should.
class GatewayHere {
  public:
    GatewayHere()
    {
        auto started = web::Server::start(
            {.port = 0}, [this](const web::Request& request) { return take(request); },
            [](const web::Request&, const std::exception&) {});
        CHECK(started.has_value(), "a gateway does not start");
        server_ = std::move(*started);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()) + "/texts"; }
    std::vector<web::Request> taken() const
    {
        const std::lock_guard lock(mutex_);
        return taken_;
    }
    void stop() { server_->stop(); }
    std::atomic<int> answers{200};

  private:
    web::Response take(const web::Request& request)
    {
        const std::lock_guard lock(mutex_);
        taken_.push_back(request);
        return web::respond(answers, "application/json", R"({"id":"gw-)" + std::to_string(taken_.size()) + R"("})");
    }
    mutable std::mutex mutex_;
    std::vector<web::Request> taken_;
    std::unique_ptr<web::Server> server_;
};

class Texts : public testing::AtWork {
  protected:
    void SetUp() override
    {
        AtWork::SetUp();
        if (IsSkipped()) return;
        restart(gateway_.url());
        sergeant_ = put_on_duty(Role::CUST, suite_);
        give(sergeant_, own_number);
    }
    Settings settings(const std::string& url)
    {
        auto settings = testing::settings_for(world_);
        settings.writes_inside = true;
        settings.text_gateway_url = url;
        settings.text_gateway_key = world_.folder / "gateway.key";
        return settings;
    }
    void restart(const std::string& url)
    {
        world_.service.reset();
        auto opened = Service::open(settings(url));
        ASSERT_TRUE(opened) << sentences(opened.error());
        world_.service = std::move(*opened);
    }
    void write(const std::function<void(Transaction&)>& body) { desk().database.write(body); }
    WorkerId put_on_duty(Role role, const accounts::Team& team)
    {
        const auto id = WorkerId::random();
        write([&](Transaction& transaction) {
            accounts::add_worker(transaction, {id, team.agency, id.text(), "Somebody"});
            accounts::add_post(transaction, {id, team.id, role});
            accounts::add_duty(
                transaction,
                {.worker = id, .team = team.id, .role = role, .from = now() - hours{12}, .to = now() + hours{12}});
        });
        return id;
    }
    void give(const auto& holder, const std::string& number)
    {
        write([&](Transaction& transaction) { accounts::set_text_number(transaction, holder, number); });
    }
    void tell(Transaction& transaction, const std::string& code, CaseId id, UtcTime at, Role role = Role::CUST)
    {
        notices::store_notice(transaction, {.agency = force_.id, .team = suite_.id}, id, {.code = code, .role = role},
                              "", at);
    }
    void tell(const std::string& code, CaseId id, UtcTime at, Role role = Role::CUST)
    {
        write([&](Transaction& transaction) { tell(transaction, code, id, at, role); });
    }
    std::vector<TextMessage> noted(AgencyId agency = {})
    {
        std::vector<TextMessage> all;
        desk().database.read([&](Transaction& transaction) { all = notices::texts_of(transaction, agency, 50); });
        return all;
    }
    std::vector<notices::TextTry> tries(const TextMessage& text)
    {
        std::vector<notices::TextTry> all;
        desk().database.read([&](Transaction& transaction) { all = notices::tries_of(transaction, text); });
        return all;
    }
    std::size_t send(UtcTime at) { return TextSender(service()).send_waiting(at); }
    std::string posted(std::size_t which, std::string_view member)
    {
        const auto body = api::parse_json(gateway_.taken().at(which).body);
        return body ? body->text_of(member) : std::string("no JSON");
    }
    Browser administrator(const accounts::Team& team) { return at_work(team, Role::ADMIN, "administration"); }
    /// A case of that child at the suite.
    CaseId case_of(ChildId child)
    {
        const auto id = CaseId::random();
        write([&](Transaction& transaction) {
            casework::CaseHead head;
            head.id = id;
            head.type = "custody";
            head.version = 1;
            head.heading.agency = force_.id;
            head.heading.team = suite_.id;
            head.heading.child = child;
            const accounts::Session session;
            const auto salt = random_bytes(32);
            const std::string facts = "{}";
            casework::store_version(transaction, {.head = head,
                                                  .is_open = true,
                                                  .action = "book_in",
                                                  .session = session,
                                                  .reason = {},
                                                  .salt = salt,
                                                  .facts = facts,
                                                  .due_at = {}});
        });
        return id;
    }

    GatewayHere gateway_;
    WorkerId sergeant_;
    const CaseId case_ = CaseId::random();
    const std::string must_be_acknowledged_ = "flag.set_elsewhere";
};

TEST_P(Texts, what_must_be_acknowledged_is_posted_once_signed_and_says_only_by_when)
{
    const auto at = now();
    tell(must_be_acknowledged_, case_, at);
    EXPECT_EQ(send(at), 1U);
    EXPECT_EQ(send(at + hours{1}), 0U);
    ASSERT_EQ(gateway_.taken().size(), 1U);
    const auto got = gateway_.taken().front();
    EXPECT_EQ(got.header("content-type"), "application/json; charset=utf-8");
    EXPECT_EQ(posted(0, "to"), own_number);
    EXPECT_EQ(posted(0, "from"), "Reachable");
    EXPECT_EQ(posted(0, "text"), "Reachable: something needs your team by " + clocks::wall_time(at + minutes{15}) +
                                     ". Sign in to read and acknowledge it.");
    const auto text = noted().front();
    EXPECT_EQ(posted(0, "reference"), text.reference());
    EXPECT_EQ(text.reference().find(case_.text().substr(0, 8)), std::string::npos);
    const auto& key = service().text_gateway()->key.reveal();
    const auto id = std::string(got.header("webhook-id"));
    const auto mac =
        hmac_sha256(key, as_bytes(id + "." + std::string(got.header("webhook-timestamp")) + "." + got.body));
    EXPECT_EQ(got.header("webhook-signature"), "v1," + to_base64(mac));
    EXPECT_EQ(text.state, "delivered");
    ASSERT_EQ(tries(text).size(), 1U);
    EXPECT_EQ(tries(text).front().gateway_id, "gw-1"); // the proof: the gateway's own id, and when
    EXPECT_EQ(tries(text).front().made.at, at);
}

TEST_P(Texts, a_time_that_is_up_is_told_and_what_asks_nobody_and_an_act_that_failed_are_not)
{
    tell("clock.C02.breach", case_, now());
    tell("clock.C02.warning", case_, now());
    tell("clock.C02.repeat", case_, now());
    tell("custody.opened", case_, now());
    EXPECT_THROW(write([&](Transaction& transaction) {
                     tell(transaction, "clock.C02.breach", CaseId::random(), now());
                     throw Bug("the act failed after it told somebody");
                 }),
                 Bug);
    ASSERT_EQ(noted().size(), 1U);
    EXPECT_EQ(send(now()), 1U);
    EXPECT_EQ(posted(0, "text"),
              "Reachable: a time limit has passed, and your team is told. Sign in to read what is late.");
}

TEST_P(Texts, what_nobody_acknowledged_goes_by_text_to_whoever_answers_for_them)
{
    const auto inspector = put_on_duty(Role::INSP, office_); // answers for every suite, from wherever they are
    give(inspector, "+447700900199");
    const auto at = now();
    tell(must_be_acknowledged_, {}, at);
    EXPECT_EQ(pass_on_notices(desk(), at + minutes{15}), 1U);
    EXPECT_EQ(send(at + minutes{15}), 2U);
    std::set<std::string> told{posted(0, "to"), posted(1, "to")};
    EXPECT_EQ(told, (std::set<std::string>{own_number, "+447700900199"}));
    const auto which = posted(0, "to") == own_number ? 1U : 0U;
    EXPECT_EQ(posted(which, "text"),
              "Reachable: something was not acknowledged in time and now needs you. Sign in to read it.");
}

TEST_P(Texts, what_was_acknowledged_before_it_left_is_not_sent_and_what_leaves_late_says_so)
{
    const auto at = now();
    tell(must_be_acknowledged_, case_, at);
    std::vector<notices::StoredNotice> told;
    const notices::Addressee suite{.agency = force_.id, .team = suite_.id};
    write([&](Transaction& transaction) {
        told = notices::notices_to(transaction, suite, Role::CUST, 1);
        notices::acknowledge(transaction, told.front(), suite, sergeant_, at);
    });
    EXPECT_EQ(send(at), 0U);
    EXPECT_EQ(noted().front().state, "withdrawn");
    EXPECT_TRUE(gateway_.taken().empty());
    tell(must_be_acknowledged_, CaseId::random(), at);
    EXPECT_EQ(send(at + minutes{16}), 1U);
    EXPECT_EQ(posted(0, "text"), "Reachable: something needed your team by " + clocks::wall_time(at + minutes{15}) +
                                     " and nobody has acknowledged it. Sign in to read it.");
}

TEST_P(Texts, what_the_gateway_does_not_take_is_tried_again_with_growing_pauses_and_then_given_up)
{
    gateway_.answers = 503;
    tell("clock.C02.breach", case_, now());
    auto at = now();
    std::vector<seconds> pauses;
    for (std::int64_t number = 1; number <= notices::most_text_attempts; ++number) {
        EXPECT_EQ(send(at), 1U) << number;
        const auto one = noted().front();
        if (one.state == "dead") break;
        EXPECT_EQ(send(one.next_at - seconds{1}), 0U);
        pauses.push_back(one.next_at - at);
        at = one.next_at;
    }
    EXPECT_EQ(noted().front().state, "dead");
    EXPECT_EQ(pauses.size() + 1, static_cast<std::size_t>(notices::most_text_attempts));
    EXPECT_TRUE(std::ranges::is_sorted(pauses));
    EXPECT_LT(at - now(), hours{1});
    EXPECT_EQ(tries(noted().front()).back().made.status, 503);
    EXPECT_EQ(tries(noted().front()).back().gateway_id, ""); // an id in a refusal proves nothing
    std::set<std::string> references;
    for (std::size_t i = 0; i < gateway_.taken().size(); ++i) references.insert(posted(i, "reference"));
    EXPECT_EQ(references.size(), 1U); // so that the gateway sends it once
}

TEST_P(Texts, what_was_given_up_is_seen_by_the_administrator_and_sent_again)
{
    gateway_.answers = 500;
    tell("clock.C02.breach", case_, now());
    for (auto at = now(); noted().front().state != "dead"; at = noted().front().next_at) send(at);
    auto browser = administrator(office_);
    EXPECT_TRUE(says(browser.get("/queue"), "/admin/texts"));
    EXPECT_TRUE(says(browser.get("/admin/webhooks"), "1 given up, to send again"));
    const auto page = browser.get("/admin/texts");
    EXPECT_TRUE(says(page, "Given up"));
    EXPECT_TRUE(says(page, "the gateway answered 500"));
    EXPECT_TRUE(says(page, "Somebody, Castle Street"));
    EXPECT_FALSE(says(page, case_.text().substr(0, 8)));
    const auto again = "/admin/texts/again/" + to_hex(noted().front().id);
    auto elsewhere = administrator(other_office_);
    EXPECT_FALSE(says(elsewhere.get("/admin/texts"), "Given up"));
    EXPECT_EQ(elsewhere.post_from("/admin/webhooks/new", again, {}).status, 409);
    EXPECT_EQ(noted().front().state, "dead");
    gateway_.answers = 200;
    EXPECT_EQ(browser.post_from("/admin/texts", again, {}).status, 303);
    EXPECT_EQ(entries_of("text.replay").size(), 1U);
    EXPECT_EQ(send(now()), 1U);
    EXPECT_EQ(noted().front().state, "delivered");
    EXPECT_TRUE(says(browser.get("/admin/texts"), ", as its gw-"));
    EXPECT_EQ(browser.post_from("/admin/webhooks/new", again, {}).status, 409); // it was taken
}

TEST_P(Texts, a_kill_between_the_commit_and_the_end_of_a_try_loses_nothing)
{
    tell("clock.C02.breach", case_, now());
    restart(gateway_.url()); // after the commit, before any try
    ASSERT_EQ(noted().size(), 1U);
    const auto one = noted().front();
    write([&](Transaction& transaction) { EXPECT_TRUE(notices::begin_try(transaction, one, now())); });
    restart(gateway_.url()); // in the middle of a try
    EXPECT_EQ(send(now()), 0U);
    EXPECT_EQ(send(now() + minutes{1}), 1U);
    EXPECT_EQ(noted().front().state, "delivered");
}

TEST_P(Texts, one_that_nobody_tried_to_send_takes_in_the_next_and_one_that_was_tried_does_not)
{
    const auto code = "clock.C02.breach";
    tell(code, case_, now());
    tell(code, case_, now() + minutes{9});
    tell(code, CaseId::random(), now());
    EXPECT_EQ(noted().size(), 2U);
    tell(code, case_, now() + minutes{11});
    EXPECT_EQ(noted().size(), 3U);
    EXPECT_EQ(send(now() + minutes{11}), 3U);
    tell(code, case_, now() + minutes{12}); // this may be new
    EXPECT_EQ(noted().size(), 4U);
}

TEST_P(Texts, what_was_acknowledged_takes_nothing_in_and_what_it_would_have_taken_in_is_sent)
{
    tell(must_be_acknowledged_, case_, now());
    const notices::Addressee suite{.agency = force_.id, .team = suite_.id};
    write([&](Transaction& transaction) {
        const auto told = notices::notices_to(transaction, suite, Role::CUST, 1);
        notices::acknowledge(transaction, told.front(), suite, sergeant_, now());
    });
    tell(must_be_acknowledged_, case_, now()); // before the first had left
    EXPECT_EQ(noted().size(), 2U);
    tell(must_be_acknowledged_, case_, now() + minutes{1}); // takes the place of the second
    EXPECT_EQ(noted().size(), 2U);
    EXPECT_EQ(send(now() + minutes{1}), 1U);
    EXPECT_EQ(gateway_.taken().size(), 1U);
}

TEST_P(Texts, a_gateway_that_does_not_answer_is_left_alone_until_the_next_round)
{
    gateway_.stop();
    for (int i = 0; i < 3; ++i) tell("clock.C02.breach", CaseId::random(), now());
    EXPECT_EQ(send(now()), 1U);
    EXPECT_EQ(send(now()), 1U); // the next in line, while the first waits
    EXPECT_FALSE(tries(noted().front()).empty() && tries(noted().back()).empty());
}

TEST_P(Texts, where_no_gateway_is_set_up_nothing_is_noted_what_waits_is_withdrawn_and_the_pages_say_so)
{
    tell("clock.C02.breach", {}, now());
    restart("");
    EXPECT_EQ(noted().front().state, "withdrawn");
    tell("clock.C02.breach", {}, now());
    EXPECT_EQ(noted().size(), 1U);
    EXPECT_EQ(send(now()), 0U);
    for (const auto* page : {"/admin/texts", "/admin/texts/numbers", "/admin/webhooks"})
        EXPECT_TRUE(says(administrator(office_).get(page), notices::no_texts)) << page;
    EXPECT_TRUE(says(sergeant().get("/notices"), notices::no_texts));
    restart(gateway_.url());
    EXPECT_FALSE(says(sergeant().get("/notices"), notices::no_texts));
    EXPECT_FALSE(says(administrator(office_).get("/admin/texts"), notices::no_texts));
}

TEST_P(Texts, a_gateway_that_could_not_be_used_stops_the_start)
{
    const auto refusal = [&](const std::function<void(Settings&)>& change) {
        auto wrong = settings(gateway_.url());
        change(wrong);
        const auto gateway = text_gateway_of(wrong);
        return gateway ? std::string("not refused") : sentences(gateway.error());
    };
    EXPECT_EQ(refusal([](Settings& wrong) { wrong.text_gateway_url = "http://texts.example/"; }),
              "text_gateway_url: Enter an address that begins with https://");
    EXPECT_NE(refusal([](Settings& wrong) { wrong.writes_inside = false; }), "not refused");
    EXPECT_EQ(refusal([](Settings& wrong) { wrong.text_sender = "Reachable service"; }),
              "text_sender: Enter at most 11 letters and digits, or a number such as +447700900100");
    EXPECT_EQ(refusal([](Settings& right) { right.text_sender = "+447700900100"; }), "not refused");
    std::ofstream(world_.folder / "short.key") << "whsec_BwcH\n";
    EXPECT_NE(refusal([&](Settings& wrong) { wrong.text_gateway_key = world_.folder / "short.key"; }), "not refused");
    // The key is made once, for its owner alone, and read again.
    const auto once = text_gateway_of(settings(gateway_.url())), again = text_gateway_of(settings(gateway_.url()));
    ASSERT_TRUE(once && again);
    EXPECT_EQ((*once)->key.reveal(), (*again)->key.reveal());
    EXPECT_EQ(std::filesystem::status(world_.folder / "gateway.key").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_P(Texts, the_number_of_the_team_stands_in_and_where_there_is_none_nobody_is_texted)
{
    give(sergeant_, "");
    tell("clock.C02.breach", CaseId::random(), now());
    EXPECT_TRUE(noted().empty());
    give(suite_.id, team_number);
    tell("clock.C02.breach", case_, now());
    EXPECT_EQ(send(now()), 1U);
    EXPECT_EQ(posted(0, "to"), team_number);
    tell("clock.C02.breach", CaseId::random(), now());
    give(suite_.id, "");
    EXPECT_EQ(send(now()), 1U);
    EXPECT_EQ(gateway_.taken().size(), 1U);
    const auto all = noted();
    const auto open = std::ranges::find(all, "waits", &TextMessage::state);
    ASSERT_NE(open, all.end());
    EXPECT_EQ(tries(*open).front().made.problem, "No number stands for them any more");
}

TEST_P(Texts, of_a_record_that_is_closed_to_its_reader_no_text_is_sent)
{
    const auto child = store("Sky Sample", "2011-03-04");
    const auto id = case_of(child);
    give(suite_.id, team_number);
    put_on_duty(Role::CUST, suite_); // is told by the number of the suite
    write([&](Transaction& transaction) {
        ties::Tie sealed{.kind = ties::Kind::sealed, .child = child};
        sealed.keeper = other_force_.id;
        sealed.since = now() - hours{1};
        ties::add_tie(transaction, sealed);
    });
    tell("clock.C02.breach", id, now());
    EXPECT_EQ(noted().size(), 2U);
    EXPECT_EQ(send(now()), 0U);
    EXPECT_TRUE(gateway_.taken().empty());
    for (const auto& one : noted()) EXPECT_EQ(one.state, "withdrawn");
    tell("clock.C02.breach", case_of(store("Mia Sample", "2011-03-05")), now());
    EXPECT_EQ(send(now()), 2U);
}

TEST_P(Texts, what_an_organisation_is_told_no_more_of_a_case_is_not_sent)
{
    tell("clock.C02.breach", case_, now());
    write([&](Transaction& transaction) {
        notices::withdraw(transaction, case_, {.agency = force_.id, .team = suite_.id}, now());
    });
    EXPECT_EQ(send(now()), 0U);
    EXPECT_EQ(noted().front().state, "withdrawn");
}

TEST_P(Texts, an_administrator_enters_changes_and_takes_away_numbers_of_the_own_agency_alone)
{
    auto browser = administrator(office_);
    EXPECT_TRUE(says(browser.get("/admin/texts/numbers"), own_number));
    const auto address = "/admin/texts/numbers/" + suite_.id.text();
    EXPECT_EQ(browser.post_from(address, address, {{"text_number", "07700 900100"}}).status, 422);
    const auto refused = browser.post_from(address, address, {{"text_number", "07700 900100"}});
    EXPECT_TRUE(says(refused, "Enter the number with + and the code of its country, such as +44 7700 900123"));
    EXPECT_TRUE(says(refused, "07700 900100")); // what was typed is not lost
    EXPECT_EQ(browser.post_from(address, address, {{"text_number", "+44 7700 900100"}}).status, 303);
    EXPECT_TRUE(says(browser.get("/admin/texts/numbers"), team_number));
    ASSERT_EQ(entries_of("text.set_number").size(), 1U);
    EXPECT_EQ(entries_of("text.set_number").front().recipients, suite_.id.text()); // whose, never which
    EXPECT_EQ(browser.post_from(address, address, {{"text_number", ""}}).status, 303);
    EXPECT_FALSE(says(browser.get("/admin/texts/numbers"), team_number));
    const auto sergeants = "/admin/texts/numbers/" + sergeant_.text();
    EXPECT_EQ(browser.post_from(sergeants, sergeants, {{"text_number", "+44 7700 900177"}}).status, 303);
    tell("clock.C02.breach", case_, now());
    EXPECT_EQ(send(now()), 1U);
    EXPECT_EQ(posted(0, "to"), "+447700900177");

    auto elsewhere = administrator(other_office_);
    EXPECT_FALSE(says(elsewhere.get("/admin/texts/numbers"), "+447700900177"));
    EXPECT_EQ(elsewhere.get(address).status, 404);
    EXPECT_EQ(elsewhere.post_from("/admin/webhooks/new", address, {{"text_number", team_number}}).status, 404);
    auto by_sergeant = sergeant();
    for (const auto& page : {std::string("/admin/texts"), std::string("/admin/texts/numbers"), address})
        EXPECT_EQ(by_sergeant.get(page).status, 404);
}

TEST_P(Texts, numbers_are_set_up_by_command_and_by_file_all_or_none)
{
    const Administration here{desk(), "https://reachable.example", now()};
    const auto refusal = [](const Said& said) { return said ? "not refused" : sentences(said.error()); };
    write([&](Transaction& transaction) {
        accounts::add_worker(transaction, {WorkerId::random(), force_.id, "hale@northmere.example", "Sgt Hale"});
    });
    const auto file = world_.folder / "numbers.csv";
    std::ofstream(file) << "agency,team,sign_in_name,number\n"
                           "X23000001,Castle Street,,+44 7700 900100\n"
                           ",,Hale@Northmere.example,+44 7700 900101\n";
    const auto rows = read_text_numbers(file);
    ASSERT_TRUE(rows);
    EXPECT_EQ(set_text_numbers(here, *rows).value(), "2 of 2 numbers were changed.\n");
    EXPECT_EQ(set_text_numbers(here, *rows).value(), "0 of 2 numbers were changed.\n"); // twice is once
    EXPECT_EQ(entries_of("accounts.set_text_number").size(), 2U);
    EXPECT_NE(list_text_numbers(here).value().find("+447700900101    hale@northmere.example"), std::string::npos)
        << list_text_numbers(here).value();
    const NewTextNumber wrong[] = {{.agency = "X23000001", .team = "Castle Street", .number = "+44 7700 900109"},
                                   {.agency = "X23000001", .team = "Nowhere", .number = "+44 7700 900109"},
                                   {.agency = "X23000001", .team = "Governance", .number = "0800"}};
    EXPECT_EQ(
        refusal(set_text_numbers(here, wrong)),
        "Row 2: Northmere Police has no team called “Nowhere”. Row 3: Enter the number with + and the code of its "
        "country, such as +44 7700 900123");
    EXPECT_EQ(list_text_numbers(here).value().find("900109"), std::string::npos);
}

/// A caller's number stands in no account, so it is kept until the text has left, and no longer.
TEST_P(Texts, a_receipt_goes_once_to_whoever_reported_and_their_number_is_forgotten)
{
    const auto at = now();
    const auto receipt = [&] {
        std::optional<notices::Receipt> found;
        desk().database.read([&](Transaction& transaction) { found = notices::receipt_of(transaction, case_); });
        return found.value();
    };
    write([&](Transaction& transaction) {
        notices::store_receipt(transaction, case_, "07700 900456", "polish", "Zgłoszenie 1234", at);
    });
    EXPECT_EQ(receipt().state, "waits");
    gateway_.answers = 503;
    EXPECT_EQ(send(at), 1U);
    EXPECT_EQ(send(at + seconds{9}), 0U) << "it waits before it is tried again";
    EXPECT_EQ(receipt().number, "+447700900456");
    gateway_.answers = 200;
    EXPECT_EQ(send(at + seconds{41}), 1U);
    EXPECT_EQ(send(at + hours{1}), 0U);
    ASSERT_EQ(gateway_.taken().size(), 2U);
    EXPECT_EQ(posted(1, "to"), "+447700900456");
    EXPECT_EQ(posted(1, "text"), "Zgłoszenie 1234");
    EXPECT_EQ(posted(0, "reference"), posted(1, "reference")) << "so that the gateway sends it once";
    EXPECT_EQ(receipt().state, "delivered");
    EXPECT_EQ(receipt().number, "");

    // One that never leaves is given up, and its number is forgotten too.
    gateway_.answers = 500;
    write([&](Transaction& transaction) {
        notices::store_receipt(transaction, case_, "+48 512 345 678", "polish", "Zgłoszenie 5678", at + hours{2});
    });
    std::size_t tried = 0;
    for (auto then = at + hours{2}; then < at + hours{3}; then += seconds{30}) tried += send(then);
    EXPECT_EQ(tried, static_cast<std::size_t>(notices::most_receipt_attempts));
    EXPECT_EQ(receipt().state, "dead");
    EXPECT_EQ(receipt().number, "");

    write([&](Transaction& transaction) {
        notices::store_receipt(transaction, case_, "01632 960018", "polish", "Zgłoszenie 9", at + hours{4});
    });
    EXPECT_EQ(receipt().state, "no_number");
}

INSTANTIATE_TEST_SUITE_P(engines, Texts, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
