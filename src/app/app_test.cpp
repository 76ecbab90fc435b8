// The whole service through its one entrance: signing in, the one-time link, refusals, settings and mail.
#include "accounts/one_time_code.h"
#include "app/demo.h"
#include "app/lost_forms.h"
#include "app/mailer.h"
#include "app/service.h"
#include "app/service_test_world.h"
#include "app/session_cookies.h"
#include "app/signed_versions.h"
#include "clocks/london.h"
#include "notices/notices.h"
#include "policy/kept_texts.h"
#include "policy/testing.h"

#include <arpa/inet.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <regex>
#include <set>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace reachable::app {
namespace {

using storage::Transaction;
using Values = std::vector<std::pair<std::string, std::string>>;

constexpr const char* child_name = "Zebedee Quillfeather";
constexpr const char* offence = "Carrying a carving knife";
constexpr const char* place = "Old Fish Quay";

std::string encoded(std::string_view text)
{
    constexpr const char* digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0)
            out += c;
        else
            (out += '%') += {digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

/// Somebody's browser: keeps cookies, and calls the service as a request that came over a socket would.
class Browser {
  public:
    explicit Browser(const Service& service) : service_(&service) {}

    web::Response get(const std::string& path) { return send(web::Method::get, path, {}); }
    web::Response post(const std::string& path, const Values& values) { return send(web::Method::post, path, values); }
    /// A post with the form token of the page that stands at `page`.
    web::Response post_from(const std::string& page, const std::string& path, Values values)
    {
        const auto shown = get(page);
        for (const auto* name : {"form_token", "door", "version"})
            if (const auto value = hidden(shown.text(), name); !value.empty()) values.emplace_back(name, value);
        return post(path, values);
    }
    static std::string hidden(std::string_view body, const std::string& name)
    {
        const std::string text(body);
        std::smatch found;
        return std::regex_search(text, found, std::regex("name=\"" + name + "\" value=\"([^\"]*)\"")) ? found[1].str()
                                                                                                      : "";
    }
    std::map<std::string, std::string> cookies;
    std::string sent_by; // "cross-site": what a browser says of whose page sends; nothing from an old one

  private:
    web::Response send(web::Method method, std::string path, const Values& values)
    {
        web::Request request{.method = method, .id = RequestId::random()};
        if (const auto mark = path.find('?'); mark != std::string::npos) {
            const auto asked = path.substr(mark + 1);
            for (const auto one : split(asked, '&'))
                request.query.add(std::string(one.substr(0, one.find('='))),
                                  std::string(one.substr(one.find('=') + 1)));
            path.resize(mark);
        }
        request.path = path;
        for (const auto& [name, value] : cookies) request.cookies.add(name, value);
        if (!sent_by.empty()) request.headers.add("sec-fetch-site", sent_by);
        if (method == web::Method::post) request.headers.add("content-type", "application/x-www-form-urlencoded");
        for (const auto& [name, value] : values)
            request.body += (request.body.empty() ? "" : "&") + encoded(name) + "=" + encoded(value);
        auto response = service_->handle(std::move(request));
        for (const auto& [name, value] : response.headers)
            if (to_lower_ascii(name) == "set-cookie")
                cookies[value.substr(0, value.find('='))] =
                    value.substr(value.find('=') + 1, value.find(';') - value.find('=') - 1);
        return response;
    }
    const Service* service_;
};

Settings demo_settings_in(const std::filesystem::path& folder)
{
    auto settings = testing::settings_in(folder);
    settings.is_demo = true;
    return settings;
}

/// A demonstration that is made once; each test is given a copy of its files.
class MadeOnce {
  public:
    MadeOnce()
    {
        std::filesystem::create_directories(folder_);
        const auto settings = demo_settings_in(folder_);
        auto service = Service::open(settings);
        if (!service) throw Bug(sentences(service.error()));
        auto world =
            make_demo_world((*service)->desk(), (*service)->secret_keys(),
                            {.now = (*service)->time().now(), .is_small = true, .data_folder = settings.data_folder});
        if (!world) throw Bug(sentences(world.error()));
        world_ = std::move(*world);
    }
    ~MadeOnce()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    MadeOnce(const MadeOnce&) = delete;
    MadeOnce& operator=(const MadeOnce&) = delete;

    DemoWorld copied_to(const std::filesystem::path& folder) const
    {
        std::filesystem::copy(folder_, folder, std::filesystem::copy_options::recursive);
        return world_;
    }

  private:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("reachable_app_made_" + RequestId::random().text());
    DemoWorld world_;
};

class App : public ::testing::Test {
  protected:
    void SetUp() override
    {
        if (!std::filesystem::exists("build/assets/app.css"))
            GTEST_SKIP() << "build/assets is not built: run the assets build first";
        accounts::set_password_cost(1, std::size_t{8192} * 1024);
        static const MadeOnce made;
        world_ = made.copied_to(folder_);
        auto service = Service::open(demo_settings_in(folder_));
        ASSERT_TRUE(service) << sentences(service.error());
        service_ = std::move(*service);
    }
    void TearDown() override
    {
        service_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    const DemoSignIn& sign_in_of(std::string_view name)
    {
        for (const auto& one : world_.sign_ins)
            if (one.sign_in_name.starts_with(name)) return one;
        throw Bug("the demonstration has no such person");
    }
    Values details(const DemoSignIn& person)
    {
        return {{"name", person.sign_in_name},
                {"password", person.password},
                {"code", accounts::code_at(*accounts::code_secret_from_text(person.code_secret), sign_in_time())}};
    }

    /// Somebody at work already, in a new account.
    Browser at_work(const accounts::Agency& agency, TeamId team, accounts::Role role, const char* purpose)
    {
        Browser browser(*service_);
        service_->desk().database.write([&](Transaction& transaction) {
            accounts::Session session;
            session.worker = WorkerId::random();
            session.agency = agency.id;
            session.agency_kind = agency.kind;
            session.team = team;
            session.role = role;
            accounts::add_worker(
                transaction,
                {.id = session.worker, .agency = agency.id, .sign_in_name = session.worker.text(), .name = "Somebody"});
            accounts::add_post(transaction, {.worker = session.worker, .team = team, .role = role});
            const auto opened = accounts::open_session(transaction, session, service_->time().now());
            accounts::choose_purpose(transaction, opened.session.id, purpose);
            browser.cookies[session_cookie_name(*service_)] = opened.cookie.reveal();
        });
        return browser;
    }
    Browser sergeant() { return at_work(force(), suite(), accounts::Role::CUST, "custody-safeguarding"); }
    accounts::Agency force()
    {
        accounts::Agency found;
        service_->desk().database.read(
            [&](Transaction& transaction) { found = *accounts::find_agency_by_code(transaction, "X23000001"); });
        return found;
    }
    TeamId suite()
    {
        const auto agency = force().id;
        TeamId found;
        service_->desk().database.read([&](Transaction& transaction) {
            for (const auto& team : accounts::list_teams(transaction, agency))
                if (team.kind == "custody-suite" && found.is_none()) found = team.id;
        });
        return found;
    }
    TeamId another_suite()
    {
        const accounts::Team team{.id = TeamId::random(),
                                  .agency = force().id,
                                  .name = "Far suite",
                                  .kind = "custody-suite",
                                  .area_code = "X06000001"};
        service_->desk().database.write([&](Transaction& transaction) { accounts::add_team(transaction, team); });
        return team.id;
    }

    std::string book_in(Browser& browser, const std::string& name = child_name)
    {
        const auto booked = browser.post_from("/custody/new", "/custody/new",
                                              {{"child", "none"},
                                               {"name_given", name},
                                               {"custody_number", "NM/" + std::to_string(++booked_in_)},
                                               {"authorised_at-day", "25"},
                                               {"authorised_at-month", "10"},
                                               {"authorised_at-year", "2026"},
                                               {"authorised_at-time", "00:10"}});
        EXPECT_EQ(booked.status, 303) << booked.text();
        std::smatch found;
        const std::string location(booked.header("location"));
        EXPECT_TRUE(std::regex_search(location, found, std::regex("[0-9a-f]{32}"))) << location;
        return found.empty() ? "" : found[0].str();
    }
    std::string ask(Browser& browser, const std::string& name = child_name)
    {
        const auto id = book_in(browser, name);
        const auto page = "/custody/" + id + "/request";
        const auto sent =
            browser.post_from(page, page, {{"offence", offence}, {"arrest_place", place}, {"worry", "Met an adult"}});
        EXPECT_EQ(sent.status, 303) << sent.text();
        return id;
    }
    std::vector<notices::Mail> mails(const std::string& code)
    {
        std::vector<notices::Mail> found;
        service_->desk().database.read([&](Transaction& transaction) {
            found.clear();
            for (const auto& one : notices::mail_to_send(transaction, service_->time().now() + hours{1}, 50))
                if (one.mail.code == code) found.push_back(one.mail);
        });
        return found;
    }
    std::int64_t count(const std::string& table)
    {
        std::int64_t rows = 0;
        service_->desk().database.read([&](Transaction& transaction) {
            rows = transaction.query("select count(*) from " + table).front().integer(0);
        });
        return rows;
    }
    /// Through the door of a link: pressed, the code entered.
    Browser enter(const std::string& link)
    {
        Browser desk(*service_);
        std::set<std::string> earlier;
        for (const auto& mail : mails("link.code")) earlier.insert(mail.link);
        EXPECT_EQ(desk.post(link, {}).status, 303);
        for (const auto& mail : mails("link.code")) {
            if (earlier.contains(mail.link)) continue;
            EXPECT_EQ(desk.post(link + "/code", {{"code", mail.link}}).status, 303);
        }
        return desk;
    }

    std::unique_ptr<Service> service_;
    DemoWorld world_;
    int booked_in_ = 0;
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("reachable_app_test_" + RequestId::random().text());
};

TEST_F(App, signing_in_leads_through_the_purpose_to_the_page_asked_for)
{
    Browser browser(*service_);
    EXPECT_EQ(browser.get("/custody").header("location"), "/sign-in?next=/custody");
    auto values = details(sign_in_of("hale"));
    values.emplace_back("next", "/custody");
    const auto in = browser.post_from("/sign-in", "/sign-in", values);
    ASSERT_EQ(in.status, 303) << in.text();
    EXPECT_EQ(in.header("location"), "/purpose?next=/custody");
    const auto chosen =
        browser.post_from("/purpose", "/purpose", {{"purpose", "custody-safeguarding"}, {"next", "/custody"}});
    EXPECT_EQ(chosen.header("location"), "/custody") << chosen.text();
    EXPECT_EQ(browser.get("/custody").status, 200);
    const auto out = browser.post_from("/custody", "/sign-out", {});
    EXPECT_EQ(out.header("location"), "/signed-out");
    EXPECT_EQ(browser.get("/custody").status, 303);
}

TEST_F(App, a_session_ends_in_the_service_and_not_only_in_the_browser)
{
    auto browser = sergeant();
    const auto kept = browser.cookies;
    browser.post_from("/custody", "/sign-out", {});
    browser.cookies = kept;
    EXPECT_EQ(browser.get("/custody").status, 303);
}

TEST_F(App, a_wrong_name_password_or_code_are_refused_in_the_same_words)
{
    const auto right = details(sign_in_of("hale"));
    std::vector<std::string> bodies;
    for (std::size_t wrong = 0; wrong < 3; ++wrong) {
        auto values = right;
        values[wrong].second = wrong == 2 ? "000000" : "nobody@northmere.example";
        Browser browser(*service_);
        const auto refused = browser.post_from("/sign-in", "/sign-in", values);
        EXPECT_EQ(refused.status, 422);
        EXPECT_EQ(browser.cookies.count(session_cookie_name(*service_)), 0U);
        const std::string text(refused.text());
        const auto from = text.find("govuk-error-summary");
        ASSERT_NE(from, std::string::npos);
        bodies.push_back(text.substr(from, text.find("<form", from) - from));
    }
    EXPECT_EQ(bodies[0], bodies[1]);
    EXPECT_EQ(bodies[1], bodies[2]);
}

TEST_F(App, each_box_left_empty_at_the_door_has_its_own_sentence_and_is_no_try)
{
    Browser browser(*service_);
    const auto refused = browser.post_from("/sign-in", "/sign-in", {{"name", " "}, {"password", ""}, {"code", ""}});
    EXPECT_EQ(refused.status, 422);
    for (const auto* words : {"Enter your sign-in name", "Enter your password",
                              "Enter the six digits that your authenticator shows", "href=\"#password\""})
        EXPECT_NE(refused.text().find(words), std::string_view::npos) << words;
    EXPECT_EQ(count("accounts_sign_in_tries"), 0);
}

TEST_F(App, every_page_says_that_this_is_a_demonstration)
{
    auto browser = sergeant();
    for (const auto* path : {"/", "/sign-in", "/custody", "/custody/new", "/no-such-page"})
        EXPECT_NE(browser.get(path).text().find("DEMONSTRATION"), std::string_view::npos) << path;
    EXPECT_EQ(browser.get("/dev/components").status, 200);
}

TEST_F(App, the_page_about_privacy_counts_the_cookies_that_there_are)
{
    Browser browser(*service_);
    EXPECT_NE(browser.get("/privacy").text().find("one for each link to a duty desk"), std::string_view::npos);
    ask(*std::make_unique<Browser>(sergeant()));
    browser.post_from("/sign-in", "/sign-in", details(sign_in_of("hale")));
    const auto desk = enter(mails("custody.request").front().link).cookies;
    browser.cookies.insert(desk.begin(), desk.end());
    ASSERT_EQ(browser.cookies.size(), 3U);
}

TEST_F(App, who_can_see_what_is_what_the_rules_in_force_say)
{
    Browser browser(*service_);
    const auto response = browser.get("/who-can-see-what");
    std::size_t readers = 0;
    for (const auto& rule : service_->text_policy().text().allows) {
        const bool is_shown = response.text().find("(" + rule.id + ")") != std::string_view::npos;
        const bool lets_read = std::ranges::find(rule.actions, "read") != rule.actions.end();
        EXPECT_EQ(is_shown, lets_read) << rule.id;
        readers += lets_read ? 1 : 0;
    }
    EXPECT_GT(readers, 20U);
}

TEST_F(App, a_try_of_the_policy_asks_how_closely_the_facts_are_held)
{
    auto browser = sergeant();
    const auto tried = [&](const std::string& more) {
        const auto version = std::string(service_->text_policy().version());
        return std::string(
            browser
                .get(fmt::format("/admin/policies/{}/test?role=local-authority-duty-manager&"
                                 "kind=local-authority&purpose=supervision&action=read&while=own-agency{}",
                                 version, more))
                .text());
    };
    EXPECT_NE(tried("").find("Choose how closely the facts are held"), std::string::npos);
    EXPECT_NE(tried("&label=personal").find("health that is personal: a summary"), std::string::npos);
    EXPECT_NE(tried("&label=sensitive").find("health that is sensitive: hidden"), std::string::npos);
}

TEST_F(App, each_policy_that_ever_decided_is_shown_with_what_has_changed_since)
{
    auto text = policy::testing::shipped().text();
    std::erase_if(text.allows, [](const policy::AllowRule& rule) { return rule.id == "A19"; });
    const policy::TextPolicy earlier(text);
    auto browser = sergeant();
    const auto in_force = std::string(browser.get("/admin/policies/" + service_->text_policy().hash()).text());
    EXPECT_NE(in_force.find("Nobody signed it: this is a demonstration."), std::string::npos);
    EXPECT_NE(in_force.find("None. The policy in force is the first."), std::string::npos);
    EXPECT_EQ(browser.get("/admin/policies/" + earlier.hash()).status, 404);

    policy::keep_text(service_->desk().database, earlier, *parse_utc("2026-01-05T09:00:00Z"));
    const auto listed = std::string(browser.get("/admin/policies/" + service_->text_policy().hash()).text());
    EXPECT_NE(listed.find("first on 5 January 2026 at 09:00 GMT"), std::string::npos);
    const auto shown = std::string(browser.get("/admin/policies/" + earlier.hash()).text());
    EXPECT_NE(shown.find("It decides nothing any more."), std::string::npos);
    EXPECT_NE(shown.find("gains: custody-sergeant, inspector of police-force, to search"), std::string::npos) << shown;
    EXPECT_EQ(browser.get("/admin/policies/" + earlier.hash() + "/test").status, 404);
}

TEST_F(App, nobody_is_sent_to_another_site)
{
    for (const auto* away : {"https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example",
                             "javascript:alert(1)", "evil"}) {
        Browser browser(*service_);
        const auto shown = browser.get(std::string("/sign-in?next=") + away);
        EXPECT_EQ(Browser::hidden(shown.text(), "next"), "/queue") << away;
        auto at_work = sergeant();
        const auto chosen =
            at_work.post_from("/purpose", "/purpose", {{"purpose", "custody-safeguarding"}, {"next", away}});
        EXPECT_EQ(chosen.header("location"), "/queue") << away;
    }
}

TEST_F(App, a_post_without_its_form_token_changes_nothing)
{
    auto browser = sergeant();
    const auto id = book_in(browser);
    const auto before = std::make_pair(count("case_versions"), count("outbox"));
    for (const auto& token : {std::string(), std::string("guess")}) {
        const auto sent = browser.post("/custody/" + id + "/request", {{"form_token", token}, {"offence", offence}});
        EXPECT_EQ(sent.status, 403);
        EXPECT_EQ(browser.post("/custody/new", {{"form_token", token}}).status, 403);
    }
    // Nor does one that knows the token, from a page of another site.
    for (const auto* site : {"cross-site", "same-site"}) {
        browser.sent_by = site;
        EXPECT_EQ(browser.post_from("/custody/" + id, "/custody/" + id + "/acknowledge", {}).status, 403) << site;
    }
    EXPECT_EQ(std::make_pair(count("case_versions"), count("outbox")), before);
    for (const auto* site : {"same-origin", "none", ""}) {
        browser.sent_by = site;
        EXPECT_NE(browser.post_from("/custody/" + id, "/custody/" + id + "/acknowledge", {}).status, 403) << site;
    }
}

TEST_F(App, a_form_sent_after_its_session_ended_is_given_back_and_saves_nothing)
{
    auto browser = sergeant();
    const auto page = "/custody/" + book_in(browser) + "/request";
    const auto form = browser.get(page);
    const auto token = Browser::hidden(form.text(), "form_token");
    const auto before = std::make_pair(count("case_versions"), count("outbox"));
    ASSERT_TRUE(service_->simulated_time()->advance(31min));
    const Values typed = {{"worry", "Met an <adult> by the quay"}, {"offence", offence}};
    auto own = typed;
    own.emplace_back("form_token", token);
    const auto kept = browser.cookies;
    const auto lost = browser.post(page, own);
    EXPECT_EQ(lost.status, 403);
    for (const auto* words :
         {"You were signed out. What you wrote is below.", "Met an &lt;adult&gt; by the quay", "What worries", offence})
        EXPECT_NE(lost.text().find(words), std::string_view::npos) << words << lost.text();
    EXPECT_EQ(std::make_pair(count("case_versions"), count("outbox")), before);
    // What another site sends is none of this session's forms, whoever's browser sends it.
    for (const auto* guess : {"", "guess"}) {
        web::Request strange{.method = web::Method::post, .path = page, .id = RequestId::random()};
        strange.headers.add("content-type", "application/x-www-form-urlencoded");
        for (const auto& [name, value] : kept) strange.cookies.add(name, value);
        strange.body = std::string("worry=quay&form_token=") + guess;
        EXPECT_FALSE(lost_form(*service_, strange)) << guess;
        strange.body = "worry=quay&form_token=" + encoded(token);
        EXPECT_TRUE(lost_form(*service_, strange));
    }
}

TEST_F(App, the_answers_of_a_desk_whose_session_ended_are_given_back)
{
    auto browser = sergeant();
    ask(browser);
    const auto link = mails("custody.request").front().link;
    auto desk = enter(link);
    desk.post_from(link + "/answer", link + "/open", {});
    const auto token = Browser::hidden(desk.get(link + "/answer").text(), "form_token");
    ASSERT_TRUE(service_->simulated_time()->advance(31min));
    const auto lost =
        desk.post(link + "/answer", {{"form_token", token}, {"answers-Q08-words", "One instruction at a time"}});
    EXPECT_EQ(lost.status, 403);
    EXPECT_NE(lost.text().find("One instruction at a time"), std::string_view::npos);
    EXPECT_NE(lost.text().find("href=\"" + link + "\""), std::string_view::npos) << lost.text();
}

TEST_F(App, a_sign_in_form_of_another_browser_is_refused)
{
    Browser browser(*service_);
    auto values = details(sign_in_of("hale"));
    values.emplace_back("door", "guess");
    EXPECT_EQ(browser.post("/sign-in", values).status, 403);
    EXPECT_EQ(browser.cookies.count(session_cookie_name(*service_)), 0U);
}

TEST_F(App, every_problem_of_a_form_is_linked_to_its_question)
{
    auto browser = sergeant();
    const auto page = browser.post_from("/custody/new", "/custody/new", {});
    ASSERT_EQ(page.status, 422);
    const std::string text(page.text());
    const auto from = text.find("govuk-error-summary__list");
    ASSERT_NE(from, std::string::npos);
    const auto summary = text.substr(from, text.find("</ul>", from) - from);
    std::size_t links = 0;
    const std::regex link("href=\"#([^\"]*)\"");
    for (std::sregex_iterator one(summary.begin(), summary.end(), link), end; one != end; ++one, ++links)
        EXPECT_NE(text.find("id=\"" + (*one)[1].str() + "\""), std::string::npos) << (*one)[1];
    EXPECT_EQ(links, 3U) << summary;
}

TEST_F(App, a_child_at_another_suite_and_no_child_give_the_same_page)
{
    auto browser = sergeant();
    const auto id = book_in(browser);
    auto far = at_work(force(), another_suite(), accounts::Role::CUST, "custody-safeguarding");
    for (const char* rest : {"", "/request", "/answer"}) {
        const auto real = far.get("/custody/" + id + rest);
        const auto none = far.get("/custody/" + CaseId::random().text() + rest);
        const auto odd = far.get(std::string("/custody/nonsense") + rest);
        EXPECT_EQ(real.status, 404) << rest;
        EXPECT_EQ(real.text(), none.text()) << rest;
        EXPECT_EQ(odd.text(), none.text()) << rest;
    }
    EXPECT_EQ(browser.get("/custody/" + id).status, 200);
}

TEST_F(App, a_notice_goes_to_the_suite_that_it_concerns_and_not_to_the_agency)
{
    auto browser = sergeant();
    const auto id = ask(browser);
    const auto link = mails("custody.request").front().link;
    auto desk = enter(link);
    desk.post_from(link + "/answer", link + "/open", {});
    const std::string near(browser.get("/queue").text());
    EXPECT_NE(near.find("opened the request."), std::string::npos);
    EXPECT_NE(near.find(id.substr(0, 8)), std::string::npos);
    auto far = at_work(force(), another_suite(), accounts::Role::CUST, "custody-safeguarding");
    const std::string other(far.get("/queue").text());
    EXPECT_EQ(other.find("opened the request."), std::string::npos);
    EXPECT_EQ(other.find(id.substr(0, 8)), std::string::npos);
}

TEST_F(App, an_officer_names_three_who_were_with_the_child_and_the_queue_counts_what_waits)
{
    auto officer = at_work(force(), suite(), accounts::Role::RESP, "missing-response");
    EXPECT_NE(officer.get("/queue").text().find("Children whom the police met</a>: 0 open, 0 overdue"),
              std::string_view::npos);
    std::string authority;
    service_->desk().database.read([&](Transaction& transaction) {
        authority = accounts::list_agencies(transaction, accounts::AgencyKind::local_authority).front().id.text();
    });
    const auto met = service_->time().now() - minutes{5};
    const auto day = clocks::london_day(met);
    std::vector<std::pair<std::string, std::string>> typed{{"key", RequestId::random().text()},
                                                           {"name_given", "Name not known"},
                                                           {"met_at-day", std::to_string(unsigned(day.day()))},
                                                           {"met_at-month", std::to_string(unsigned(day.month()))},
                                                           {"met_at-year", std::to_string(int(day.year()))},
                                                           {"met_at-time", clocks::wall_time(met).substr(0, 5)},
                                                           {"met_precision", "exact"},
                                                           {"kind", "found"},
                                                           {"place", "9 Quay Row, Saltby"},
                                                           {"distance", "over_50"},
                                                           {"company", "with_others"},
                                                           {"companions-who", "A man, grey coat"},
                                                           {"companions-age", "adult"},
                                                           {"companions-relation", "unrelated"},
                                                           {"companions-3-who", "A girl with a red bag"},
                                                           {"companions-3-relation", "unrelated"},
                                                           {"seen-words", "A bag by the door"},
                                                           {"where_now", "with_officers"},
                                                           {"authority", authority}};
    const auto recorded = [&] { return officer.post_from("/encounters/new", "/encounters/new", typed); };
    const auto refused = recorded();
    EXPECT_EQ(refused.status, 422) << "nobody is described by half";
    EXPECT_NE(refused.text().find("href=\"#companions-3-age\""), std::string_view::npos) << refused.text();
    EXPECT_NE(refused.text().find("A girl with a red bag"), std::string_view::npos) << "what was typed is kept";
    for (const auto& more : {std::pair("companions-3-age", "child"), std::pair("companions-2-who", "A woman who drove"),
                             std::pair("companions-2-age", "adult"), std::pair("companions-2-relation", "unrelated")})
        typed.emplace_back(more);
    const auto saved = recorded();
    ASSERT_EQ(saved.status, 303) << saved.text();
    const std::string page(officer.get(std::string(saved.header("location"))).text());
    for (const auto* who : {"A man, grey coat", "A woman who drove", "A girl with a red bag"})
        EXPECT_NE(page.find(who), std::string::npos) << who;
    EXPECT_NE(officer.get("/queue").text().find("Children whom the police met</a>: 1 open, 0 overdue"),
              std::string_view::npos);
    auto far = at_work(force(), another_suite(), accounts::Role::RESP, "missing-response");
    EXPECT_NE(far.get("/queue").text().find("Children whom the police met</a>: 0 open"), std::string_view::npos)
        << "another team's encounters are not counted";
    auto guard = sergeant();
    EXPECT_EQ(guard.get("/queue").text().find("Children whom the police met"), std::string_view::npos);
}

TEST_F(App, a_notice_leads_to_its_case_only_while_its_reader_may_see_it_and_that_is_a_look)
{
    auto browser = sergeant();
    const auto id = *CaseId::parse(ask(browser));
    accounts::Agency authority;
    TeamId asked;
    service_->desk().database.read([&](Transaction& transaction) {
        const auto head = casework::load_head(transaction, id);
        authority = *accounts::find_agency(transaction, head.heading.partner);
        asked = head.heading.partner_team;
    });
    auto desk = at_work(authority, asked, accounts::Role::EDT, "safeguarding-response");
    const auto reference = ">" + id.text().substr(0, 8) + "<";
    EXPECT_NE(desk.get("/queue").text().find(reference), std::string_view::npos);
    bool is_recorded = false;
    service_->desk().database.read([&](Transaction& transaction) {
        for (const auto& entry : audit::newest_entries(transaction, 10))
            is_recorded = is_recorded || (entry.action == "look:custody.notice" && entry.case_id == id);
    });
    EXPECT_TRUE(is_recorded);
    service_->desk().database.write([&](Transaction& transaction) {
        transaction.execute("update cases set partner_team = $1 where id = $2",
                            {storage::to_value(TeamId::random()), storage::to_value(id)});
    });
    const std::string later(desk.get("/queue").text());
    EXPECT_EQ(later.find(id.text().substr(0, 8)), std::string::npos);
    EXPECT_NE(later.find("Not open to you"), std::string::npos);
}

TEST_F(App, a_version_that_was_changed_by_hand_is_not_what_was_signed_for)
{
    auto browser = sergeant();
    const auto id = ask(browser);
    const auto faults = [&] {
        const auto found = verify_with_cases(service_->desk().database, service_->key().open, "");
        EXPECT_EQ(found.is_whole, found.faults.empty());
        return join(found.faults, " ");
    };
    const auto change = [&](const std::string& sql) {
        service_->desk().database.write([&](Transaction& transaction) { transaction.execute(sql); });
    };
    const auto not_signed_for = "Version 2 of case " + id + " is not what was signed for.";
    EXPECT_EQ(faults(), "");
    for (const std::string column : {"worker", "agency", "salt"}) {
        change("create table kept as select case_id, version, " + column + " as was from case_versions");
        change("update case_versions set " + column + " = case_id where version = 2");
        EXPECT_EQ(faults(), not_signed_for) << column;
        change("update case_versions set " + column +
               " = (select was from kept where kept.case_id = "
               "case_versions.case_id and kept.version = case_versions.version)");
        change("drop table kept");
        EXPECT_EQ(faults(), "") << column;
    }
    for (const std::string changed :
         {"state = 'answered'", "is_open = 0", "version = 7", "child = id", "team = id", "agency = id", "partner = id",
          "partner_team = id", "due_at = 4102444800", "opened_at = opened_at - 60", "changed_at = changed_at + 60"}) {
        change("create table kept as select * from cases");
        change("update cases set " + changed + " where type = 'custody'");
        EXPECT_EQ(faults(), "Case " + id + " does not stand as its newest version says.") << changed;
        change("delete from cases");
        change("insert into cases select * from kept");
        change("drop table kept");
        EXPECT_EQ(faults(), "") << changed;
    }
    change("create table kept as select reason from case_versions where version = 2");
    change("update case_versions set reason = 'A reason nobody gave' where version = 2");
    EXPECT_EQ(faults(), not_signed_for) << "pages say why a version was made";
    change("update case_versions set reason = (select reason from kept) where version = 2");
    EXPECT_EQ(faults(), "");
    for (const std::string type : {"opening", "restriction", "allocation", "emergency-access"}) {
        change("update cases set type = '" + type + "' where version = 2");
        EXPECT_NE(faults().find("What case " + id + " says of who may see a child is not what is acted upon."),
                  std::string::npos)
            << "what is damaged is named, and ends neither the check nor the service: " << faults();
    }
    change("update cases set type = 'custody' where version = 2");
    EXPECT_EQ(faults(), "");
    change("update case_versions set facts = replace(facts, 'knife', 'spoon') where version = 2");
    EXPECT_EQ(faults(), not_signed_for);
    change("update case_versions set version = 3 where version = 2");
    EXPECT_EQ(faults(),
              "Version 2 of case " + id + " is missing. Case " + id + " does not stand as its newest version says.");
}

/// What was told is no version of the case that it is about: the check of the log counts acts alone.
TEST_F(App, a_notice_that_is_acknowledged_leaves_the_log_whole_and_is_noted_once)
{
    auto browser = sergeant();
    const auto id = *CaseId::parse(ask(browser));
    service_->desk().database.write([&](Transaction& transaction) {
        const auto head = casework::load_head(transaction, id);
        notices::store_notice(transaction, head.heading.side(false), id,
                              {.code = "flag.set_elsewhere", .role = accounts::Role::CUST}, "", service_->time().now());
    });
    const std::string page(browser.get("/notices").text());
    std::smatch found;
    ASSERT_TRUE(std::regex_search(page, found, std::regex("action=\"(/notices/[0-9a-f]+/acknowledge)\"")));
    const auto address = found[1].str();
    EXPECT_EQ(browser.post_from("/notices", address, {}).status, 303);
    browser.post_from("/queue", address, {});
    std::size_t noted = 0;
    service_->desk().database.read([&](Transaction& transaction) {
        for (const auto& entry : audit::newest_entries(transaction, 20))
            noted += entry.action == "notice.acknowledge" && entry.outcome == "done" ? 1 : 0;
    });
    EXPECT_EQ(noted, 1U);
    EXPECT_EQ(join(verify_with_cases(service_->desk().database, service_->key().open, "").faults, " "), "");
}

TEST_F(App, a_version_without_an_entry_is_noticed)
{
    auto browser = sergeant();
    book_in(browser);
    service_->desk().database.write([&](Transaction& transaction) {
        transaction.execute("insert into case_versions (case_id, version, at, action, worker, agency, role, state, "
                            "reason, salt, facts) select case_id, 2, at, action, worker, agency, role, state, reason, "
                            "salt, facts from case_versions");
    });
    const auto found = verify_with_cases(service_->desk().database, service_->key().open, "");
    EXPECT_FALSE(found.is_whole);
    ASSERT_EQ(found.faults.size(), 2U) << join(found.faults, " ");
    EXPECT_EQ(found.faults[0], "Versions of cases that no entry was signed for: 1.");
    EXPECT_TRUE(found.faults[1].ends_with("does not stand as its newest version says.")) << found.faults[1];
}

TEST_F(App, every_refusal_at_the_entrance_is_an_entry)
{
    const auto newest = [&] {
        audit::Entry entry;
        service_->desk().database.read(
            [&](Transaction& transaction) { entry = audit::newest_entries(transaction, 1).front(); });
        return entry;
    };
    auto browser = sergeant();
    browser.post("/custody/new", {{"form_token", "guess"}});
    EXPECT_EQ(newest().action, "form.token");
    EXPECT_FALSE(newest().worker.is_none());
    browser.post_from("/purpose", "/purpose", {{"purpose", "immigration-enforcement"}});
    EXPECT_EQ(newest().action, "purpose.choose");
    browser.post("/sign-out", {{"form_token", "guess"}});
    EXPECT_EQ(newest().action, "form.token");

    const auto call = [&](const std::string& token, const std::string& address) {
        web::Request request{.method = web::Method::get, .path = "/api/v1/custody", .id = RequestId::random()};
        request.headers.add("authorization", "Bearer " + token);
        request.client_address = address;
        return service_->handle(std::move(request)).status;
    };
    EXPECT_EQ(call(world_.machine_token, "1.1.1.1"), 422);
    EXPECT_EQ(newest().action, "api.purpose");
    EXPECT_FALSE(newest().worker.is_none());
    EXPECT_EQ(call("guess", "2.2.2.2"), 401);
    EXPECT_EQ(newest().action, "api.token");
    EXPECT_TRUE(newest().worker.is_none());
    EXPECT_EQ(newest().role, "");
    web::Request press{.method = web::Method::post, .path = "/a/unknown", .id = RequestId::random()};
    press.client_address = "3.3.3.3";
    EXPECT_GE(service_->handle(std::move(press)).status, 404);
    EXPECT_EQ(newest().action, "link.press");
}

TEST(AnonymousRefusalsTest, a_flood_is_counted_and_does_not_fill_the_log)
{
    AnonymousRefusals refusals;
    const auto now = sign_in_time();
    EXPECT_EQ(refusals.take("1.1.1.1", now), 0U);
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(refusals.take("1.1.1.1", now));
    EXPECT_EQ(refusals.take("2.2.2.2", now), 5U);
    std::size_t taken = 0;
    for (int i = 0; i < 100; ++i) taken += refusals.take(std::to_string(i), now).has_value() ? 1U : 0U;
    EXPECT_EQ(taken, AnonymousRefusals::most_a_second - 2);
    EXPECT_EQ(refusals.take("1.1.1.1", now + seconds{1}), 100U - taken);
    EXPECT_EQ(anonymous_refusal(true, "/a/x", 303), "");
    EXPECT_EQ(anonymous_refusal(false, "/a/x", 410), "");
}

TEST_F(App, a_form_whose_version_cannot_be_read_is_refused)
{
    auto browser = sergeant();
    const auto page = "/custody/" + book_in(browser) + "/request";
    const auto token = Browser::hidden(browser.get(page).text(), "form_token");
    const auto before = count("case_versions");
    for (const auto* version : {"", "x", "1.5", "99999999999999999999"}) {
        const auto sent = browser.post(page, {{"form_token", token}, {"version", version}, {"offence", offence}});
        EXPECT_EQ(sent.status, 409) << version;
        EXPECT_NE(sent.text().find("This form is no longer open"), std::string_view::npos) << version;
    }
    EXPECT_EQ(count("case_versions"), before);
}

TEST_F(App, who_asks_who_has_seen_a_child_is_told_whom_to_ask_whether_there_is_such_a_child_or_not)
{
    auto browser = sergeant();
    const auto id = *CaseId::parse(book_in(browser));
    ChildId child;
    service_->desk().database.read(
        [&](Transaction& transaction) { child = casework::load_head(transaction, id).heading.child; });
    const auto real = browser.get("/children/" + child.text() + "/access");
    EXPECT_EQ(real.status, 200);
    EXPECT_NE(real.text().find("information governance officer"), std::string_view::npos);
    EXPECT_EQ(real.text(), browser.get("/children/" + ChildId::random().text() + "/access").text());
}

TEST_F(App, a_page_leaves_out_what_the_role_may_not_see)
{
    auto browser = sergeant();
    const auto id = ask(browser);
    auto investigator = at_work(force(), suite(), accounts::Role::OIC, "custody-safeguarding");
    for (const auto& path : {"/custody/" + id, "/requests/" + id}) {
        const std::string text(investigator.get(path).text());
        for (const auto* word : {offence, place, "Met an adult", child_name})
            EXPECT_EQ(text.find(word), std::string::npos) << path << word;
    }
}

TEST_F(App, fetching_a_link_changes_nothing)
{
    auto browser = sergeant();
    ask(browser);
    const auto link = mails("custody.request").front().link;
    const auto before = std::make_tuple(count("outbox"), count("case_versions"), count("notices"));
    Browser scanner(*service_);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(scanner.get(link).status, 200);
    scanner.get(link + "/code");
    EXPECT_EQ(scanner.get(link + "/answer").status, 303);
    EXPECT_EQ(std::make_tuple(count("outbox"), count("case_versions"), count("notices")), before);
    EXPECT_TRUE(scanner.cookies.empty());
    EXPECT_EQ(std::string(scanner.get(link).text()).find(child_name), std::string::npos);
}

TEST_F(App, a_link_opens_one_request_once_and_is_over_then)
{
    auto browser = sergeant();
    const auto id = ask(browser);
    const auto link = mails("custody.request").front().link;
    auto desk = enter(link);
    const auto opened = desk.post_from(link + "/answer", link + "/open", {});
    ASSERT_EQ(opened.status, 303) << opened.text();
    const auto sent = desk.post_from(link + "/answer", link + "/answer", {{"answers-Q01-state", "unknown"}});
    EXPECT_EQ(sent.header("location"), link + "/sent") << sent.text();
    EXPECT_EQ(desk.get(link + "/sent").status, 200);
    Browser late(*service_);
    const auto over = late.get(link);
    EXPECT_EQ(over.status, 410);
    EXPECT_NE(over.text().find("This link is over"), std::string_view::npos);
    EXPECT_EQ(late.post(link, {}).status, 410);
    EXPECT_EQ(browser.get("/custody/" + id).status, 200);
}

TEST_F(App, five_wrong_codes_end_a_link)
{
    auto browser = sergeant();
    ask(browser);
    const auto link = mails("custody.request").front().link;
    Browser desk(*service_);
    desk.post(link, {});
    const auto code = mails("link.code").front().link;
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(desk.post(link + "/code", {{"code", code == "111111" ? "222222" : "111111"}}).status,
                  i < 4 ? 422 : 410);
    EXPECT_EQ(desk.post(link + "/code", {{"code", code}}).status, 410);
    EXPECT_TRUE(desk.cookies.empty());
    EXPECT_NE(browser.get("/queue").text().find("Five wrong codes ended the link"), std::string_view::npos);
}

TEST_F(App, a_second_tap_on_a_link_leads_on_to_the_open_request)
{
    auto browser = sergeant();
    ask(browser);
    const auto link = mails("custody.request").front().link;
    auto desk = enter(link);
    EXPECT_EQ(desk.get(link).header("location"), link + "/answer");
    EXPECT_EQ(Browser(*service_).get(link).status, 410);
}

TEST_F(App, a_staff_sign_in_ends_nobody_elses_session_whatever_the_machines_clock_says)
{
    auto browser = sergeant();
    ask(browser);
    const auto link = mails("custody.request").front().link;
    auto desk = enter(link);
    Browser hale(*service_);
    ASSERT_EQ(hale.post_from("/sign-in", "/sign-in", details(sign_in_of("hale"))).status, 303);
    EXPECT_EQ(desk.get(link + "/answer").status, 200);
    EXPECT_EQ(hale.get("/purpose").status, 200);
}

TEST_F(App, moving_the_clock_signs_no_staff_out_and_ends_an_idle_desk)
{
    auto browser = sergeant();
    ask(browser);
    const auto link = mails("custody.request").front().link;
    auto desk = enter(link);
    EXPECT_EQ(browser.post_from("/demo/clock", "/demo/clock", {{"minutes", "60"}}).status, 303);
    EXPECT_EQ(browser.get("/custody").status, 200);
    EXPECT_EQ(desk.get(link + "/answer").header("location"), link);
}

TEST_F(App, two_links_in_one_browser_answer_each_for_its_own_child)
{
    auto browser = sergeant();
    ask(browser);
    const auto first = mails("custody.request").front().link;
    auto desk = enter(first);
    const auto first_cookies = desk.cookies;
    ask(browser, "Wilhelmina Oddfellow");
    std::string second;
    for (const auto& mail : mails("custody.request"))
        if (mail.link != first) second = mail.link;
    EXPECT_EQ(desk.get(second).status, 200); // its own door, not the first child's request
    EXPECT_EQ(desk.get(second + "/answer").header("location"), second);
    const auto sessions = enter(second).cookies;
    desk.cookies.insert(sessions.begin(), sessions.end());
    ASSERT_EQ(desk.cookies.size(), 2U);
    for (const auto& link : {first, second}) desk.post_from(link + "/answer", link + "/open", {});
    EXPECT_NE(desk.get(first + "/answer").text().find(child_name), std::string_view::npos);
    EXPECT_NE(desk.get(second + "/answer").text().find("Wilhelmina"), std::string_view::npos);
    // The session of one link, carried to the address of the other under that one's name, opens nothing there.
    desk.cookies[sessions.begin()->first] = first_cookies.begin()->second;
    EXPECT_EQ(desk.get(second + "/answer").header("location"), second);
}

TEST_F(App, a_session_by_link_opens_nothing_else)
{
    auto browser = sergeant();
    const auto first = ask(browser);
    const auto other = ask(browser, "Wilhelmina Oddfellow");
    const auto links = mails("custody.request");
    ASSERT_EQ(links.size(), 2U);
    const auto& of_first = links[0].reference == first.substr(0, 8) ? links[0] : links[1];
    const auto& of_other = links[0].reference == first.substr(0, 8) ? links[1] : links[0];
    auto desk = enter(of_first.link);
    desk.cookies[session_cookie_name(*service_)] = desk.cookies.begin()->second;
    for (const auto& path : {std::string("/queue"), std::string("/custody"), "/custody/" + first, "/custody/" + other,
                             "/requests/" + other})
        EXPECT_TRUE(desk.get(path).header("location").starts_with("/sign-in")) << path;
    desk.post_from(of_first.link + "/answer", of_first.link + "/open", {});
    EXPECT_NE(desk.get(of_first.link + "/answer").text().find(child_name), std::string_view::npos);
    EXPECT_EQ(desk.get(of_other.link + "/answer").text().find("Wilhelmina"), std::string_view::npos);
}

TEST_F(App, mail_holds_no_personal_data)
{
    auto browser = sergeant();
    ask(browser);
    Browser desk(*service_);
    desk.post(mails("custody.request").front().link, {});
    casework::tick(service_->desk(), service_->time().now() + hours{4});
    std::size_t seen = 0;
    service_->desk().database.read([&](Transaction& transaction) {
        for (const auto& row : transaction.query("select recipient, code, reference, link from outbox")) {
            const notices::Mail mail{row.text(0), row.text(1), row.text(2), row.text(3)};
            const auto now = service_->time().now();
            const auto whole = message(mail, "a@b.example", "http://x.example", {.now = now, .due_at = now - 5min});
            for (const auto* word : {"Zebedee", "Quillfeather", "knife", "Fish", "adult", "Castle", "Northmere Police"})
                EXPECT_EQ(whole.find(word), std::string::npos) << word;
            seen += 1;
        }
    });
    EXPECT_GE(seen, 2U);
}

TEST_F(App, a_nudge_says_how_late_it_is_and_brings_a_link_only_to_a_desk_without_a_live_one)
{
    auto browser = sergeant();
    ask(browser);
    const auto first = mails("custody.request").front().link;
    auto& clock = *service_->simulated_time();
    const auto asked_at = clock.now();
    const auto move_to = [&](UtcTime moment) {
        ASSERT_TRUE(clock.set(moment));
        casework::tick(service_->desk(), moment);
    };
    move_to(asked_at + 60min);
    ASSERT_EQ(mails("clock.C02.warning").size(), 1U);
    EXPECT_EQ(mails("clock.C02.warning").front().link, ""); // the first link is good for an hour more
    auto desk = enter(first);
    move_to(asked_at + 90min);
    const auto warnings = mails("clock.C02.warning");
    ASSERT_EQ(warnings.size(), 2U);
    const auto fresh = warnings.front().link + warnings.back().link; // only the second has one: the first was used
    move_to(asked_at + 120min);
    ASSERT_EQ(mails("clock.C02.breach").size(), 1U);
    EXPECT_EQ(mails("clock.C02.breach").front().link, "");
    EXPECT_EQ(Browser(*service_).get(fresh).status, 200);

    ASSERT_TRUE(clock.set(asked_at + 125min));
    Mailer(*service_).send_waiting(clock.now());
    std::string sent;
    for (const auto& file : std::filesystem::directory_iterator(folder_ / "mail")) {
        std::ifstream in(file.path());
        sent += std::string(std::istreambuf_iterator<char>(in), {});
    }
    for (const auto& words : {std::string("Subject: Late: custody still waits for your answer, reference "),
                              std::string("It is late by 5 minutes"), "Open: " + service_->settings().base_url + fresh,
                              std::string("by the link in the newest message with this reference that has one"),
                              std::string("Subject: Your code, reference ")})
        EXPECT_NE(sent.find(words), std::string::npos) << words << sent;
}

TEST(Mail, of_a_request_says_by_when_and_when_it_is_late)
{
    using std::chrono::sys_days;
    const UtcTime due = sys_days{std::chrono::year{2026} / 10 / 25} + 90min;
    const notices::Mail mail{"desk@authority.example", "custody.request", "abcd1234", "/a/secret"};
    const auto in_time = mail_text(mail, "https://x.example", {.now = due - 30min, .due_at = due});
    EXPECT_NE(in_time.body.find("due by 25 October 2026 at 01:30 GMT (after clocks go back)"), std::string::npos)
        << in_time.body;
    EXPECT_EQ(in_time.subject.find("Late"), std::string::npos);
    const auto late = mail_text(mail, "https://x.example", {.now = due + 18min, .due_at = due});
    EXPECT_TRUE(late.subject.starts_with("Late: "));
    EXPECT_NE(late.body.find("late by 18 minutes"), std::string::npos) << late.body;
}

TEST_F(App, mail_that_was_handed_over_is_wiped_and_not_sent_again)
{
    auto browser = sergeant();
    ask(browser);
    ASSERT_EQ(mails("custody.request").size(), 1U);
    Mailer mailer(*service_);
    mailer.send_waiting(service_->time().now());
    mailer.send_waiting(service_->time().now());
    EXPECT_TRUE(mails("custody.request").empty());
    const std::filesystem::directory_iterator files(folder_ / "mail");
    EXPECT_EQ(std::distance(begin(files), end(files)), 1);
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(folder_ / "mail").permissions(), perms::owner_all);
    for (const auto& file : std::filesystem::directory_iterator(folder_ / "mail"))
        EXPECT_EQ(file.status().permissions(), perms::owner_read | perms::owner_write);
    service_->desk().database.read(
        [&](Transaction& transaction) { EXPECT_EQ(transaction.query("select link from outbox").front().text(0), ""); });
}

/// A mail server that takes one message and keeps what it was told.
class MailServer {
  public:
    explicit MailServer(bool refuses) : refuses_(refuses), listener_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
        EXPECT_EQ(::listen(listener_, 1), 0);
        EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        url = "smtp://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        thread_ = std::thread([this] { serve(); });
    }
    ~MailServer() { finish(); }
    MailServer(const MailServer&) = delete;
    MailServer& operator=(const MailServer&) = delete;
    void finish()
    {
        if (thread_.joinable()) thread_.join();
        if (listener_ >= 0) ::close(listener_);
        listener_ = -1;
    }
    std::string url;
    std::string told;

  private:
    void serve()
    {
        const int line = ::accept(listener_, nullptr, nullptr);
        if (line < 0) return;
        const auto say = [&](std::string_view words) {
            EXPECT_GT(::send(line, words.data(), words.size(), MSG_NOSIGNAL), 0);
        };
        say("220 mail.example\r\n");
        std::string waiting;
        bool is_message = false;
        char piece[4096];
        for (ssize_t got = 0; (got = ::recv(line, piece, sizeof piece, 0)) > 0;) {
            waiting.append(piece, static_cast<std::size_t>(got));
            for (std::size_t end = 0; (end = waiting.find("\r\n")) != std::string::npos; waiting.erase(0, end + 2)) {
                const auto words = waiting.substr(0, end);
                told += words + "\n";
                if (is_message && words != ".") continue;
                if (words == "DATA")
                    say("354 go on\r\n");
                else if (words.starts_with("RCPT") && refuses_)
                    say("550 no such box\r\n");
                else
                    say(words == "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
                is_message = words == "DATA";
            }
        }
        ::close(line);
    }
    bool refuses_;
    int listener_;
    std::thread thread_;
};

TEST(Mail, is_handed_to_a_server_as_it_was_written)
{
    MailServer server(false);
    const auto text = message({"desk@authority.example", "custody.request", "abcd1234", "/a/secret"},
                              "from@service.example", "https://x.example", {});
    const auto handed = hand_over(server.url, "from@service.example", "desk@authority.example", text);
    server.finish();
    ASSERT_TRUE(handed) << sentences(handed.error());
    for (const auto* words :
         {"MAIL FROM:<from@service.example>", "RCPT TO:<desk@authority.example>",
          "Subject: A request waits for your desk, reference abcd1234", "Open: https://x.example/a/secret"})
        EXPECT_NE(server.told.find(words), std::string::npos) << words << "\n" << server.told;
}

TEST(Mail, that_a_server_refuses_is_a_refusal_without_addresses)
{
    MailServer server(true);
    const auto handed =
        hand_over(server.url, "from@service.example", "desk@authority.example", "Subject: x\r\n\r\nx\r\n");
    server.finish();
    ASSERT_FALSE(handed);
    EXPECT_EQ(handed.error().front().sentence.find('@'), std::string::npos);
}

TEST(Settings, errors_are_named_by_line)
{
    const auto file = std::filesystem::temp_directory_path() / ("reachable_settings_" + RequestId::random().text());
    std::ofstream(file) << "# a comment\nport = 8081\ncolour = red\nport = many\n\ndemonstration = perhaps\nnonsense\n";
    const auto settings = read_settings(file);
    std::filesystem::remove(file);
    ASSERT_FALSE(settings);
    ASSERT_EQ(settings.error().size(), 4U);
    const char* lines[] = {"Line 3:", "Line 4:", "Line 6:", "Line 7:"};
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_TRUE(settings.error()[i].sentence.starts_with(lines[i])) << settings.error()[i].sentence;
}

TEST(Settings, outside_a_demonstration_two_officers_have_signed_the_policy)
{
    const auto folder = std::filesystem::temp_directory_path() / ("reachable_officers_" + RequestId::random().text());
    std::filesystem::create_directories(folder);
    auto settings = default_settings();
    settings.database = "sqlite:" + (folder / "x.db").string();
    settings.signing_key_file = folder / "signing.key";
    settings.checkpoint_file.clear();
    const clocks::SystemTime time;
    const auto fault = [&] {
        const auto office = open_office(settings, time);
        return office ? std::string() : office.error().front().sentence;
    };
    EXPECT_EQ(fault(), "Name the two officers who sign the policy in the settings: policy_officers");
    EXPECT_FALSE(std::filesystem::exists(folder / "x.db")) << "no record is begun where nobody signs the policy";
    testing::have_policy_signed(settings, folder);
    {
        const auto office = open_office(settings, time);
        ASSERT_TRUE(office) << sentences(office.error());
        EXPECT_EQ((*office)->desk->policy.hash(), (*office)->policy->hash());
    }
    std::filesystem::remove(settings.policy_file + ".signatures");
    EXPECT_EQ(fault(), "The data-protection-officer has not signed this policy. Have it signed before it is used");
    std::filesystem::remove_all(folder);
}

TEST(Settings, paths_are_taken_from_the_folder_of_the_file)
{
    const auto folder = std::filesystem::temp_directory_path() / ("reachable_paths_" + RequestId::random().text());
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "x.conf") << "database = sqlite:var/x.db\nmail_folder = mail\nsigning_key = /etc/x.key\n";
    const auto settings = read_settings(folder / "x.conf");
    ASSERT_TRUE(settings) << sentences(settings.error());
    EXPECT_EQ(settings->database, "sqlite:" + (folder / "var/x.db").string());
    EXPECT_EQ(settings->mail_folder, (folder / "mail").string());
    EXPECT_EQ(settings->signing_key_file, "/etc/x.key");
    const auto stands = record_stands(*settings);
    ASSERT_FALSE(stands);
    EXPECT_NE(sentences(stands.error()).find("--new-record"), std::string::npos);
    std::filesystem::create_directories(folder / "var");
    std::ofstream(folder / "var" / "x.db") << "";
    EXPECT_TRUE(record_stands(*settings));
    EXPECT_EQ(record_in_words({.database = "postgresql://hale:secret@db/x"}).find("secret"), std::string::npos);
    std::filesystem::remove_all(folder);
}

TEST(Settings, written_out_read_back_the_same)
{
    auto settings = default_settings();
    for (auto* path : {&settings.signing_key_file, &settings.checkpoint_file, &settings.mail_folder})
        *path = "/srv/" + *path;
    settings.database = "sqlite:/srv/reachable.db";
    settings.port = 9443;
    settings.is_demo = true;
    const auto file = std::filesystem::temp_directory_path() / ("reachable_settings_" + RequestId::random().text());
    std::ofstream(file) << settings_as_text(settings);
    const auto read = read_settings(file);
    std::filesystem::remove(file);
    ASSERT_TRUE(read) << sentences(read.error());
    EXPECT_EQ(settings_as_text(*read), settings_as_text(settings));
}

} // namespace
} // namespace reachable::app
