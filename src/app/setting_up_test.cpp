// From an empty database to somebody at work: the commands of an administrator and the enrolment link.
#include "accounts/enrolment.h"
#include "accounts/one_time_code.h"
#include "app/key_files.h"
#include "app/service_test_world.h"
#include "app/setting_up.h"
#include "app/start_warnings.h"

#include <sys/stat.h>

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

constexpr const char* force = "E23000006";
constexpr const char* authority = "E06000006";
const std::string password = "copper kettle on the hill";

NewTeam suite_asked()
{
    return {.agency = force,
            .name = "Castle Street",
            .kind = "custody-suite",
            .desk_mail = "castle@force.example",
            .phone = "01632 960001",
            .area_code = authority};
}

NewWorker hale_asked()
{
    return {.agency = force, .name = "Sgt Hale", .post = {"Hale@Force.example", "Castle Street", "CUST"}};
}

class SettingUp : public testing::EmptyService {
  protected:
    void SetUp() override
    {
        testing::EmptyService::SetUp();
        if (!service_) return;
        must(load_reference(here(), service_->settings().data_folder));
        must(add_team(here(), suite_asked()));
    }
    Administration here() const { return {service_->desk(), "https://reachable.example", sign_in_time()}; }
    static std::string must(const Said& said)
    {
        EXPECT_TRUE(said.has_value()) << (said ? "" : sentences(said.error()));
        return said.value_or("");
    }
    static std::string refusal(const Said& said) { return said ? "not refused: " + *said : sentences(said.error()); }
    static std::string link_in(const std::string& said)
    {
        const auto at = said.find("/enrol/");
        return at == std::string::npos ? "" : said.substr(at, said.find('\n', at) - at);
    }
    /// What stands as the key on the page, as an app takes it.
    static Sensitive<Bytes> key_on(std::string_view page)
    {
        const std::string mark = "id=\"key\">";
        const auto at = page.find(mark);
        if (at == std::string_view::npos) throw Bug("the page shows no key");
        const auto from = at + mark.size();
        return accounts::code_secret_from_text(page.substr(from, page.find('<', from) - from)).value();
    }
    static std::string code(const Sensitive<Bytes>& key, seconds ahead = seconds{0})
    {
        return accounts::code_at(key, sign_in_time() + ahead);
    }
    web::Response sign_in(testing::Browser& browser, const Sensitive<Bytes>& key, seconds ahead)
    {
        return browser.post_from("/sign-in", "/sign-in",
                                 {{"name", "hale@force.example"}, {"password", password}, {"code", code(key, ahead)}});
    }
    std::size_t entries_of(std::string_view action)
    {
        std::size_t count = 0;
        service_->desk().database.read([&](Transaction& transaction) {
            for (const auto& entry : audit::newest_entries(transaction, 1000))
                if (entry.action == action && entry.operation == audit::Operation::administration) ++count;
        });
        return count;
    }
    accounts::Worker hale()
    {
        accounts::Worker found;
        service_->desk().database.read([&](Transaction& transaction) {
            found = accounts::find_worker_by_name(transaction, "hale@force.example").value();
        });
        return found;
    }
};

TEST_F(SettingUp, what_was_entered_can_be_listed_without_secrets)
{
    EXPECT_NE(must(list_rota(here())).find("reachable rota add"), std::string::npos);
    const auto link = link_in(must(add_worker(here(), hale_asked())));
    const NewDuty duty{.post = hale_asked().post, .from = "2100-01-01 22:00", .to = "2100-01-02 07:00"};
    must(add_duties(here(), std::span(&duty, 1)));
    NewWorker machine{
        .agency = force, .name = "Custody system", .post = {"custody@force.example", "Castle Street", "CUST"}};
    const auto token = must(add_token(here(), machine));
    EXPECT_NE(must(list_agencies(here())).find(force), std::string::npos);
    EXPECT_NE(must(list_teams(here())).find("castle@force.example"), std::string::npos);
    EXPECT_NE(must(list_workers(here())).find("hale@force.example  Sgt Hale  open  CUST at Castle Street"),
              std::string::npos)
        << must(list_workers(here()));
    EXPECT_NE(must(list_rota(here())).find("1 January 2100 at 22:00 GMT to 2 January 2100 at 07:00 GMT"),
              std::string::npos);
    EXPECT_NE(must(list_rota(here())).find("nobody is told by text"), std::string::npos);
    EXPECT_NE(must(list_tokens(here())).find("custody@force.example"), std::string::npos);
    EXPECT_EQ(must(list_tokens(here())).find("hale@"), std::string::npos);
    EXPECT_EQ(must(list_workers(here())).find(link.substr(7)), std::string::npos);
}

TEST_F(SettingUp, whoever_starts_the_service_hears_what_would_fail_at_night)
{
    const auto all = [&] { return join(start_warnings(service_->desk(), service_->settings()), "\n"); };
    EXPECT_NE(all().find("No mail is sent"), std::string::npos);
    EXPECT_NE(all().find("so nobody is told by text: text_gateway_url is empty"), std::string::npos);
    EXPECT_NE(all().find("log_origin"), std::string::npos);
    EXPECT_NE(all().find("Castle Street stands in the area of Halton"), std::string::npos) << all();
    must(add_team(here(), {.agency = authority,
                           .name = "Halton duty desk",
                           .kind = "duty-desk",
                           .desk_mail = "a@halton.example",
                           .code_mail = "b@halton.example"}));
    EXPECT_EQ(all().find("Castle Street"), std::string::npos) << all();
}

TEST_F(SettingUp, enters_the_forces_and_authorities_that_are_in_force)
{
    const auto again = must(load_reference(here(), service_->settings().data_folder));
    EXPECT_EQ(again, "44 police forces and 175 local authorities are in force today; 0 of them were new here.\n");
    service_->desk().database.read([&](Transaction& transaction) {
        EXPECT_EQ(accounts::list_agencies(transaction, accounts::AgencyKind::police_force).size(), 44U);
        EXPECT_EQ(accounts::list_agencies(transaction, accounts::AgencyKind::local_authority).size(), 175U);
        EXPECT_EQ(accounts::find_agency_by_code(transaction, force)->name, "Cheshire Constabulary");
    });
    EXPECT_EQ(entries_of("accounts.load_reference"), 1U);
}

TEST_F(SettingUp, leads_from_a_link_to_somebody_at_work_whose_password_nobody_else_knows)
{
    const auto link = link_in(must(add_worker(here(), hale_asked())));
    ASSERT_EQ(link.size(), 7U + 43U);
    testing::Browser browser(*service_);
    EXPECT_NE(browser.get(link).text().find("hale@force.example"), std::string::npos);
    EXPECT_EQ(browser.get(link).status, 200); // looking does not use it up
    EXPECT_EQ(browser.post(link, {{"password", "short"}}).status, 422);
    EXPECT_EQ(browser.post(link + "/code", {{"code", "123456"}}).status, 422); // no password was chosen yet
    const auto shown = browser.post(link, {{"password", password}});
    ASSERT_EQ(shown.status, 200);
    EXPECT_NE(std::string(shown.header("Cache-Control")).find("no-store"), std::string::npos);
    const auto key = key_on(shown.text());
    EXPECT_EQ(browser.post(link + "/code", {{"code", "000000"}}).status, 422);
    EXPECT_EQ(sign_in(browser, key, seconds{0}).status, 422);
    EXPECT_EQ(browser.post(link + "/code", {{"code", code(key)}}).header("Location"), "/enrolled");
    EXPECT_NE(browser.get("/enrolled").text().find("Wait until the app shows the next one"), std::string_view::npos);
    EXPECT_EQ(browser.get("/queue").header("Location"), "/sign-in?next=/queue"); // the link opened no session
    for (const auto& path : {link, link + "/code"}) EXPECT_EQ(browser.post(path, {{"password", password}}).status, 410);
    EXPECT_EQ(browser.get(link).status, 410);
    EXPECT_EQ(sign_in(browser, key, seconds{30}).status, 303);
    EXPECT_EQ(entries_of("accounts.add_worker"), 1U);
    EXPECT_EQ(entries_of("accounts.enrol"), 1U);
}

TEST_F(SettingUp, a_new_link_ends_the_old_password_at_once)
{
    const auto link = link_in(must(add_worker(here(), hale_asked())));
    testing::Browser browser(*service_);
    const auto key = key_on(browser.post(link, {{"password", password}}).text());
    ASSERT_EQ(browser.post(link + "/code", {{"code", code(key)}}).status, 303);
    const auto second = link_in(must(enrol_again(here(), "hale@force.example")));
    EXPECT_EQ(sign_in(browser, key, seconds{30}).status, 422);
    EXPECT_EQ(browser.get(second).status, 200);
    EXPECT_EQ(browser.get("/enrol/" + std::string(43, 'A')).status, 410);
    EXPECT_EQ(entries_of("accounts.enrol_again"), 1U);
}

TEST_F(SettingUp, done_twice_is_done_once)
{
    (void)must(add_worker(here(), hale_asked()));
    EXPECT_EQ(link_in(must(add_worker(here(), hale_asked()))), "");
    (void)must(add_team(here(), suite_asked()));
    (void)must(add_agency(here(), {"local-authority", authority, "Halton"}));
    (void)must(add_post(here(), hale_asked().post));
    EXPECT_EQ(entries_of("accounts.add_worker"), 1U);
    EXPECT_EQ(entries_of("accounts.add_team"), 1U);
    EXPECT_EQ(entries_of("accounts.add_agency"), 0U);
    EXPECT_EQ(entries_of("accounts.add_post"), 0U);
}

TEST_F(SettingUp, refuses_what_stands_there_already_otherwise)
{
    EXPECT_NE(refusal(add_agency(here(), {"charity", authority, "Halton"})).find("another agency"), std::string::npos);
    auto other_phone = suite_asked();
    other_phone.phone = "01632 960009";
    EXPECT_NE(refusal(add_team(here(), other_phone)).find("other details"), std::string::npos);
    (void)must(add_worker(here(), hale_asked()));
    auto other_name = hale_asked();
    other_name.name = "Sgt Rowe";
    EXPECT_NE(refusal(add_worker(here(), other_name)).find("taken"), std::string::npos);
}

TEST_F(SettingUp, refuses_a_team_that_could_not_work)
{
    auto nowhere = suite_asked();
    nowhere.name = "Nowhere";
    nowhere.area_code = "";
    EXPECT_NE(refusal(add_team(here(), nowhere)).find("--area"), std::string::npos);
    NewTeam desk{.agency = authority, .name = "Duty", .kind = "duty-desk", .desk_mail = "duty@halton.example"};
    EXPECT_NE(refusal(add_team(here(), desk)).find("--code-mail"), std::string::npos);
    desk.code_mail = "DUTY@halton.example";
    EXPECT_NE(refusal(add_team(here(), desk)).find("the same"), std::string::npos);
    desk.code_mail = "two@halton.example\r\nBcc: all@evil.example";
    EXPECT_NE(refusal(add_team(here(), desk)).find("not a mail address"), std::string::npos);
    desk.code_mail = "manager@halton.example";
    auto elsewhere = desk;
    elsewhere.agency = suite_asked().agency;
    EXPECT_NE(refusal(add_team(here(), elsewhere)).find("Only a local authority has a duty desk"), std::string::npos);
    (void)must(add_team(here(), desk));
}

TEST_F(SettingUp, refuses_people_and_posts_that_do_not_fit_and_changes_nothing)
{
    auto asked = hale_asked();
    asked.post.team = "No such suite";
    EXPECT_NE(refusal(add_worker(here(), asked)).find("no team"), std::string::npos);
    asked = hale_asked();
    for (const auto* role : {"system", "CHILD", "cust", ""}) {
        asked.post.role = role;
        EXPECT_NE(refusal(add_worker(here(), asked)).find("no role"), std::string::npos) << role;
    }
    asked = hale_asked();
    asked.agency = "X1";
    EXPECT_NE(refusal(add_worker(here(), asked)).find("no agency"), std::string::npos);
    asked = hale_asked();
    asked.post.sign_in_name = "two words";
    EXPECT_NE(refusal(add_worker(here(), asked)).find("one word"), std::string::npos);
    EXPECT_NE(refusal(end_worker(here(), "hale@force.example")).find("Nobody"), std::string::npos);
    EXPECT_EQ(entries_of("accounts.add_worker"), 0U);
}

TEST_F(SettingUp, a_leaver_is_out_at_once)
{
    (void)must(add_worker(here(), hale_asked()));
    testing::Browser browser(*service_);
    service_->desk().database.write([&](Transaction& transaction) {
        const auto worker = *accounts::find_worker_by_name(transaction, "hale@force.example");
        accounts::Session session;
        session.worker = worker.id;
        session.agency = worker.agency;
        session.team = accounts::posts_of(transaction, worker.id).front().team;
        browser.cookies["session"] =
            accounts::open_session(transaction, session, service_->time().now()).cookie.reveal();
    });
    EXPECT_EQ(browser.get("/purpose").status, 200);
    (void)must(end_worker(here(), "hale@force.example"));
    EXPECT_EQ(browser.get("/purpose").status, 303);
    EXPECT_EQ(must(end_worker(here(), "hale@force.example")), "hale@force.example was ended already.\n");
    EXPECT_EQ(entries_of("accounts.end_worker"), 1U);
    EXPECT_NE(refusal(enrol_again(here(), "hale@force.example")).find("ended"), std::string::npos);
}

TEST_F(SettingUp, an_unused_account_is_opened_again_by_command_alone)
{
    const auto link = link_in(must(add_worker(here(), hale_asked())));
    EXPECT_NE(refusal(enable_worker(here(), "hale@force.example")).find("worker enrol"), std::string::npos);
    testing::Browser browser(*service_);
    const auto key = key_on(browser.post(link, {{"password", password}}).text());
    ASSERT_EQ(browser.post(link + "/code", {{"code", code(key)}}).status, 303);
    service_->desk().database.write([](Transaction& transaction) {
        transaction.execute("update accounts_credentials set used_at = $1",
                            {to_seconds(sign_in_time() - accounts::longest_unused)});
    });
    EXPECT_EQ(sign_in(browser, key, seconds{30}).status, 422);
    (void)must(enable_worker(here(), "hale@force.example"));
    EXPECT_EQ(sign_in(browser, key, seconds{30}).status, 303);
    EXPECT_EQ(entries_of("accounts.enable_worker"), 1U);
}

TEST_F(SettingUp, fills_the_rota_in_the_time_of_london_walls)
{
    (void)must(add_worker(here(), hale_asked()));
    const NewDuty night{hale_asked().post, "2026-06-10 22:00", "2026-06-11T05:00:00Z"};
    EXPECT_EQ(must(add_duties(here(), std::span(&night, 1))), "1 of 1 stretches of duty were new.\n");
    EXPECT_EQ(must(add_duties(here(), std::span(&night, 1))), "0 of 1 stretches of duty were new.\n");
    const auto worker = hale().id;
    service_->desk().database.read([&](Transaction& transaction) {
        const auto post = accounts::posts_of(transaction, worker).front();
        const auto on = [&](const char* at) {
            return accounts::on_duty(transaction, post.team, Role::CUST, *parse_utc(at)).size();
        };
        EXPECT_EQ(on("2026-06-10T20:59:59Z"), 0U);
        EXPECT_EQ(on("2026-06-10T21:00:00Z"), 1U);
        EXPECT_EQ(on("2026-06-11T05:00:00Z"), 0U);
    });
    for (const auto& [from, to, why] : {std::tuple{"2026-10-25 01:30", "2026-10-25 07:00", "twice"},
                                        {"2026-06-10", "2026-06-11 07:00", "no time"},
                                        {"2026-06-11 07:00", "2026-06-10 22:00", "after it begins"}}) {
        const NewDuty wrong{hale_asked().post, from, to};
        EXPECT_NE(refusal(add_duties(here(), std::span(&wrong, 1))).find(why), std::string::npos) << from;
    }
    const NewDuty not_held{{"hale@force.example", "Castle Street", "INSP"}, "2026-06-10 22:00", "2026-06-11 07:00"};
    EXPECT_NE(refusal(add_duties(here(), std::span(&not_held, 1))).find("does not hold"), std::string::npos);
    EXPECT_EQ(entries_of("accounts.add_duty"), 1U);
}

TEST_F(SettingUp, takes_a_file_of_duties_whole_or_not_at_all)
{
    (void)must(add_worker(here(), hale_asked()));
    const auto file = folder_ / "rota.csv";
    const auto load = [&](const std::string& second_role) -> Said {
        std::ofstream(file) << "sign_in_name,team,role,from,to\n"
                            << "hale@force.example,Castle Street,CUST,2026-06-10 22:00,2026-06-11 07:00\n"
                            << "hale@force.example,Castle Street," << second_role
                            << ",2026-06-12 22:00,2026-06-13 07:00\n";
        return add_duties(here(), TRY(read_rota(file)));
    };
    EXPECT_NE(refusal(load("INSP")).find("Stretch 2: "), std::string::npos);
    EXPECT_EQ(entries_of("accounts.add_duty"), 0U);
    EXPECT_EQ(must(load("CUST")), "2 of 2 stretches of duty were new.\n");
}

TEST_F(SettingUp, a_post_that_is_ended_is_held_no_longer)
{
    (void)must(add_worker(here(), hale_asked()));
    (void)must(end_post(here(), hale_asked().post));
    const auto worker = hale().id;
    service_->desk().database.read(
        [&](Transaction& transaction) { EXPECT_TRUE(accounts::posts_of(transaction, worker).empty()); });
    EXPECT_EQ(must(end_post(here(), hale_asked().post)), "hale@force.example does not hold that post.\n");
    EXPECT_EQ(entries_of("accounts.end_post"), 1U);
}

TEST_F(SettingUp, a_token_opens_the_api_until_it_is_ended)
{
    const NewWorker asked{
        .agency = force, .name = "Custody system", .post = {"custody@force.example", "Castle Street", "CUST"}};
    const auto said = must(add_token(here(), asked));
    const auto token = said.substr(said.find('\n') + 1, 43);
    const auto call = [&] {
        web::Request request{.method = web::Method::get, .path = "/api/v1/custody", .id = RequestId::random()};
        request.headers.add("authorization", "Bearer " + token);
        request.headers.add("purpose", "custody-safeguarding");
        return service_->handle(std::move(request)).status;
    };
    EXPECT_EQ(call(), 200);
    (void)must(end_tokens(here(), "custody@force.example"));
    EXPECT_EQ(call(), 401);
    (void)must(add_worker(here(), hale_asked()));
    auto person = asked;
    person.post.sign_in_name = "hale@force.example";
    EXPECT_NE(refusal(add_token(here(), person)).find("a person's"), std::string::npos);
    EXPECT_NE(refusal(end_tokens(here(), "hale@force.example")).find("no token"), std::string::npos);
    EXPECT_NE(refusal(enrol_again(here(), "custody@force.example")).find("a system"), std::string::npos);
    EXPECT_EQ(entries_of("accounts.add_token"), 1U);
    EXPECT_EQ(entries_of("accounts.end_tokens"), 1U);
}

TEST_F(SettingUp, says_so_when_the_service_is_running)
{
    const auto second = open_office(service_->settings(), service_->time());
    ASSERT_FALSE(second.has_value());
    EXPECT_NE(sentences(second.error()).find("stop it first"), std::string::npos);
}

TEST_F(SettingUp, keys_are_readable_by_their_owner_alone_and_read_back)
{
    for (const auto* name : {"signing.key", "secrets.key"}) {
        struct stat found{};
        ASSERT_EQ(::stat((folder_ / name).c_str(), &found), 0) << name;
        EXPECT_EQ(found.st_mode & 0777U, 0600U) << name;
    }
    EXPECT_EQ(signing_key(folder_ / "signing.key")->open, service_->key().open);
    EXPECT_EQ(secret_keys(folder_ / "secrets.key")->all.back().key, service_->secret_keys().all.back().key);
}

TEST_F(SettingUp, a_start_without_the_secret_key_is_refused_and_not_made_up_for)
{
    const auto link = link_in(must(add_worker(here(), hale_asked())));
    testing::Browser browser(*service_);
    const auto key = key_on(browser.post(link, {{"password", password}}).text());
    ASSERT_EQ(browser.post(link + "/code", {{"code", code(key)}}).status, 303);
    const auto settings = service_->settings();
    service_.reset();
    std::filesystem::rename(folder_ / "secrets.key", folder_ / "elsewhere");
    const auto started = Service::open(settings);
    ASSERT_FALSE(started.has_value());
    EXPECT_NE(sentences(started.error()).find("put back"), std::string::npos);
    std::filesystem::rename(folder_ / "elsewhere", folder_ / "secrets.key");
    EXPECT_TRUE(Service::open(settings).has_value());
}

} // namespace
} // namespace reachable::app
