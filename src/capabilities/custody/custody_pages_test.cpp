// Pages of custody as people meet them: rendered through the site from a small world, on both databases.
#include "capabilities/custody/custody_test_world.h"

#include "accounts/one_time_link.h"
#include "api/json.h"
#include "capabilities/custody/release_pages.h"
#include "derived/derived_pages.h"
#include "derived/json_api.h"
#include "notices/notices.h"

#include <algorithm>
#include <fmt/format.h>
#include <regex>

namespace reachable::custody::testing {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

constexpr UtcTime evening = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 6 / 10}} + 19h; // 20:00 BST

class CustodyPages : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        ASSERT_NO_FATAL_FAILURE(open_world(world_, GetParam()));
        site_ = std::make_unique<derived::Site>(derived::Site{
            .desk = *world_.desk,
            .time = time_,
            .assets = assets_,
            .session_of = [this](const web::Request& request) { return session_of(request); },
            .dress = [](web::Page&, const derived::Visit&) {},
            .home_of = [](std::string_view type, CaseId id) { return fmt::format("/{}/{}", type, id.text()); }});
        add_pages(router_, *site_);
        derived::add_api_routes(router_, {*world_.desk, time_, [this](const web::Request& request) {
                                              return Result<accounts::Session>(*session_of(request));
                                          }});
        derived::add_derived_pages(router_, *site_);
    }

    std::optional<accounts::Session> session_of(const web::Request& request)
    {
        if (request.path.starts_with("/a/"))
            return accounts::find_session(world_.database->get(), request.cookies.get("link"), time_.now());
        const auto actor = world_.actors.find(std::string(request.cookies.get("who")));
        return actor == world_.actors.end() ? std::nullopt : std::optional(actor->second);
    }

    /// A page as `who` gets it; for somebody who came by a link, `who` is their cookie.
    web::Response get(const std::string& who, std::string path)
    {
        web::Request request{.method = web::Method::get, .id = RequestId::random()};
        if (const auto mark = path.find('?'); mark != std::string::npos) {
            const auto equals = path.find('=', mark);
            request.query.add(path.substr(mark + 1, equals - mark - 1), path.substr(equals + 1));
            path.resize(mark);
        }
        return send(std::move(request), who, path);
    }
    web::Response post(const std::string& who, const std::string& path, Values values = {})
    {
        web::Request request{.method = web::Method::post, .id = RequestId::random()};
        request.headers.add("content-type", "application/x-www-form-urlencoded");
        if (const auto session = world_.actors.find(who); session != world_.actors.end())
            values.emplace_back("form_token", session->second.form_token);
        for (const auto& [name, value] : values)
            request.body += (request.body.empty() ? "" : "&") + encoded(name) + "=" + encoded(value);
        return send(std::move(request), who, path);
    }
    web::Response send(web::Request request, const std::string& who, const std::string& path)
    {
        request.path = path;
        request.cookies.add(path.starts_with("/a/") ? "link" : "who", who);
        auto response = router_.handle(std::move(request));
        remember(path, response);
        return response;
    }
    /// Keeps every title and every address that was shown or sent on to.
    void remember(const std::string& path, const web::Response& response)
    {
        addresses_.push_back(path);
        addresses_.emplace_back(response.header("location"));
        const std::string body(response.text());
        std::smatch title;
        if (std::regex_search(body, title, std::regex("<title[^>]*>([^<]*)</title>"))) titles_.push_back(title[1]);
        const std::regex address("(href|action)=\"([^\"]*)\"");
        for (std::sregex_iterator found(body.begin(), body.end(), address), end; found != end; ++found)
            addresses_.push_back((*found)[2]);
    }
    web::Response call(const std::string& who, const std::string& path, const std::string& body = {},
                       const std::string& version = "\"v1\"")
    {
        web::Request request{.method = body.empty() ? web::Method::get : web::Method::post, .id = RequestId::random()};
        if (!body.empty()) {
            request.headers.add("content-type", "application/json");
            request.headers.add("idempotency-key", RequestId::random().text());
            request.headers.add("if-match", version);
            request.body = body;
        }
        return send(std::move(request), who, "/api/v1" + path);
    }
    static std::string encoded(std::string_view text)
    {
        std::string out;
        for (const char c : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        return out;
    }

    CaseId act(const std::string& who, std::string action, CaseId id, Json asked = Json::object())
    {
        const auto acted = casework::act(
            *world_.desk, world_.actors.at(who), RequestId::random(),
            {.type = "custody", .action = std::move(action), .id = id, .asked = std::move(asked)}, time_.now());
        EXPECT_TRUE(acted) << sentences(acted ? Problems{} : acted.error());
        return acted ? acted->id : CaseId{};
    }
    /// The child goes through the door, with a plan for it.
    void leave(CaseId id, UtcTime at)
    {
        act("custody sergeant", "plan_release", id, plan_of_every_topic(*world_.desk, time_.now()));
        act("custody sergeant", "record_departure", id, Json::object().set("left_at", to_iso(at)));
    }
    CaseId booked(const char* name = "Zebedee Quillfeather", seconds before = 5min, const char* number = "NM-7")
    {
        auto asked = Json::object();
        asked.set("name_given", name).set("custody_number", number).set("born_given", "2012-05-17");
        asked.set("authorised_at", to_iso(time_.now() - before));
        return act("custody sergeant", "book_in", {}, asked);
    }
    CaseId requested(const char* number = "NM-7")
    {
        const auto id = booked("Zebedee Quillfeather", 5min, number);
        auto asked = Json::object();
        asked.set("offence", "Carrying a carving knife").set("arrest_place", "Old Fish Quay");
        asked.set("found_with", "A man of about 25").set("worry", "Met by somebody older");
        return act("custody sergeant", "send_request", id, asked);
    }
    static Json answer(const char* question, const char* state, const char* words = "", bool is_released = false)
    {
        auto item = Json::object();
        item.set("question", question).set("state", state);
        if (words[0] != '\0')
            item.set(std::string_view(state) == "cannot_share" ? "held_back_because" : "words", words);
        if (is_released) item.set("may_go_to_investigation", true);
        return item;
    }
    CaseId answered_in_part()
    {
        const auto id = requested();
        auto list = Json::list();
        list.add(answer("Q06", "yes", "A man waits outside school"));
        list.add(answer("Q08", "yes", "One instruction at a time"));
        list.add(answer("Q11", "no"));
        list.add(answer("Q12", "not_recorded"));
        list.add(answer("Q16", "cannot_share", "Held by the therapist"));
        return act("duty worker of Harbourne", "answer", id, Json::object().set("answers", std::move(list)));
    }
    static Json asking_again(const char* topic, const char* reason)
    {
        auto item = Json::object();
        item.set("topic", topic).set("reason", reason).set("note", "Paler than before");
        return Json::object().set("asked_again", Json::list().add(std::move(item)));
    }

    /// The words of the first row that begins with `topic`.
    static std::string row_of(const web::Response& page, const std::string& topic)
    {
        const auto words = words_of(page);
        const auto from = words.find(topic + " |");
        if (from == std::string::npos) return "there is no such row";
        return words.substr(from, words.find("||", from) - from);
    }
    /// The text of a page: cells end in " |", rows in " ||".
    static std::string words_of(const web::Response& page)
    {
        std::string text(page.text());
        const auto replace = [&](const char* pattern, const char* by) {
            text = std::regex_replace(text, std::regex(pattern), by);
        };
        replace("</(td|th|dt|dd)>", " |");
        replace("</tr>|<div class=\"govuk-summary-list__row[^>]*>", "||");
        replace("<[^>]*>", " ");
        replace("&#39;|&#x27;", "'");
        replace("\\s+", " ");
        return text;
    }
    static bool has(const web::Response& page, const std::string& words)
    {
        return words_of(page).find(words) != std::string::npos;
    }
    std::vector<std::string> links_mailed(const std::string& code = "custody.request")
    {
        std::vector<std::string> links;
        world_.database->get().read([&](Transaction& transaction) {
            links.clear();
            for (const auto& one : notices::mail_to_send(transaction, time_.now() + hours{1}, 50))
                if (one.mail.code == code) links.push_back(one.mail.link);
        });
        return links;
    }
    /// Through the door of a link; gives the cookie and form token of the session.
    std::string enter(const std::string& link)
    {
        EXPECT_EQ(post("", link).status, 303);
        const auto in = post("", link + "/code", {{"code", links_mailed("link.code").back()}});
        EXPECT_EQ(in.status, 303) << words_of(in);
        std::smatch found;
        const std::string cookie(in.header("set-cookie"));
        EXPECT_TRUE(std::regex_search(cookie, found, std::regex("link-[0-9a-f]*=([^;]*)"))) << cookie;
        return found[1];
    }
    static std::string hidden(const web::Response& page, const std::string& name)
    {
        const std::string text(page.text());
        std::smatch found;
        return std::regex_search(text, found, std::regex("name=\"" + name + "\" value=\"([^\"]*)\"")) ? found[1].str()
                                                                                                      : "";
    }
    /// What a browser would send for the page's inputs as they stand.
    static std::map<std::string, std::string> boxes_of(const web::Response& page)
    {
        std::map<std::string, std::string> values;
        const std::string text(page.text());
        const auto attribute = [](const std::string& tag, const char* name) {
            std::smatch found;
            return std::regex_search(tag, found, std::regex(fmt::format(" {}=\"([^\"]*)\"", name))) ? found[1].str()
                                                                                                    : std::string{};
        };
        const std::regex input("<input[^>]*>");
        for (std::sregex_iterator found(text.begin(), text.end(), input), end; found != end; ++found) {
            const auto tag = found->str();
            const bool is_chosen = tag.find(" checked") != std::string::npos;
            const auto type = attribute(tag, "type");
            if ((type == "radio" || type == "checkbox") && !is_chosen) continue;
            if (const auto name = attribute(tag, "name"); !name.empty()) values[name] = attribute(tag, "value");
        }
        const std::regex area("<textarea([^>]*)>([^<]*)</textarea>");
        for (std::sregex_iterator found(text.begin(), text.end(), area), end; found != end; ++found)
            values[attribute((*found)[1].str(), "name")] = std::string(trim((*found)[2].str()));
        values.erase("form_token"); // post() sends it
        return values;
    }
    std::size_t live_links(CaseId id)
    {
        std::size_t live = 0;
        world_.database->get().read([&](Transaction& transaction) {
            live = 0;
            for (const auto& link : accounts::links_of_case(transaction, id, time_.now()))
                live += link.state == accounts::LinkState::waiting ? 1 : 0;
        });
        return live;
    }

    World world_;
    clocks::SimulatedTime time_{evening};
    web::PageAssets assets_;
    std::unique_ptr<derived::Site> site_;
    web::Router router_;
    std::vector<std::string> titles_;
    std::vector<std::string> addresses_;
};

TEST_P(CustodyPages, the_brief_tells_the_five_states_apart)
{
    const auto id = answered_in_part();
    const auto brief = get("custody sergeant", address(id));
    EXPECT_NE(row_of(brief, "How the child understands and communicates").find("Yes"), std::string::npos);
    EXPECT_NE(row_of(brief, "Physical health and medicine").find("No (checked: nothing on record)"), std::string::npos)
        << row_of(brief, "Physical health and medicine");
    EXPECT_NE(row_of(brief, "Mental health and self-harm").find("Not known (nothing is recorded)"), std::string::npos)
        << row_of(brief, "Mental health and self-harm");
    EXPECT_NE(row_of(brief, "What helps the child stay calm").find("Asked, no answer yet"), std::string::npos);
    EXPECT_NE(row_of(brief, "Threats and debts").find("Held back (cannot be shared)"), std::string::npos)
        << row_of(brief, "Threats and debts");
    EXPECT_TRUE(has(brief, "14 of the 19 questions that must be answered have no answer yet")) << words_of(brief);
    EXPECT_FALSE(has(brief, "no concern"));
}

TEST_P(CustodyPages, what_is_held_back_from_a_detention_officer_never_reads_as_not_asked)
{
    const auto id = answered_in_part();
    for (const auto* rest : {"", "/conversation"}) {
        const auto page = get("detention officer", address(id, rest));
        const auto exploited = row_of(page, "Being exploited");
        EXPECT_NE(exploited.find("Held back"), std::string::npos) << rest << exploited;
        EXPECT_EQ(exploited.find("Not asked"), std::string::npos) << rest << exploited;
        EXPECT_FALSE(has(page, "waits outside school"));
        // Not answered and answered look the same to whoever may not see it.
        EXPECT_NE(row_of(page, "National Referral Mechanism").find("Held back"), std::string::npos);
    }
    const auto brief = get("detention officer", address(id));
    EXPECT_FALSE(has(brief, "14 of the 19 questions"));
}

TEST_P(CustodyPages, a_clock_in_doubt_ends_what_lasts_for_hours_after_and_nothing_that_is_so_now)
{
    const auto id = answered_in_part();
    world_.clock->is_in_doubt = true;
    EXPECT_EQ(get("custody sergeant", address(id)).status, 200) << "the child is detained, whatever the clock says";
    leave(id, time_.now());
    EXPECT_EQ(get("detention officer", address(id)).status, 404) << "how long ago the child left, nobody can say (P11)";
    world_.clock->is_in_doubt = false;
    EXPECT_EQ(get("detention officer", address(id)).status, 200);
    ASSERT_TRUE(time_.advance(24h));
    EXPECT_EQ(get("detention officer", address(id)).status, 404);
}

TEST_P(CustodyPages, the_child_is_asked_again_and_both_pages_say_how_often_by_whom_and_why)
{
    const auto id = answered_in_part();
    EXPECT_FALSE(has(get("custody sergeant", address(id)), "Asked again"));
    act("detention officer", "ask_child_again", id, asking_again("Q12", "clinical"));
    EXPECT_TRUE(has(get("custody sergeant", address(id, "/conversation")), "Asked again once"));
    const auto form = get("custody sergeant", "/cases/custody/" + id.text() + "/ask_child_again?topic=Q12");
    EXPECT_NE(form.text().find("<option value=\"Q12\" selected>"), std::string::npos) << form.text();
    ASSERT_TRUE(time_.advance(10min));
    act("custody sergeant", "ask_child_again", id, asking_again("Q12", "child_wishes"));
    for (const auto* rest : {"", "/conversation"}) {
        const auto row = row_of(get("custody sergeant", address(id, rest)), "Mental health and self-harm");
        EXPECT_NE(row.find("Asked again 2 times"), std::string::npos) << row;
        EXPECT_NE(row.find("20:00 BST, Northmere Police detention officer: A clinical reason"), std::string::npos)
            << row;
        EXPECT_NE(row.find("20:10 BST, Northmere Police custody sergeant: The child wishes to talk about it"),
                  std::string::npos)
            << row;
    }
}

TEST_P(CustodyPages, whoever_wants_to_ask_the_child_again_reads_first_what_was_answered_by_whom_and_when)
{
    const auto id = answered_in_part();
    const auto path = "/cases/custody/" + id.text() + "/ask_child_again";
    const auto said = row_of(get("detention officer", address(id, "/conversation")), "Mental health and self-harm");
    const auto form = get("detention officer", path + "?topic=Q12");
    EXPECT_TRUE(has(form, "Answered already"));
    const auto shown = row_of(form, "Mental health and self-harm");
    EXPECT_NE(shown.find("Harbourne"), std::string::npos) << shown;
    EXPECT_NE(said.find(shown.substr(0, shown.rfind("BST"))), std::string::npos) << said << " / " << shown;
    // Without a reason the answer is all there is: nothing is counted, and the page still says it.
    const auto refused = post("detention officer", path, {{"asked_again-topic", "Q12"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused, "Choose why the child has to be asked again"));
    EXPECT_TRUE(has(refused, "Answered already"));
    EXPECT_FALSE(has(get("detention officer", address(id, "/conversation")), "Asked again"));
    EXPECT_FALSE(has(get("detention officer", path), "Answered already")) << "no topic, no answer";
    EXPECT_FALSE(has(get("detention officer", path + "?topic=Q13"), "Answered already")) << "nobody answered that yet";
    // An answer that is held back from the reader and one that nobody gave read alike.
    EXPECT_FALSE(has(get("detention officer", path + "?topic=Q06"), "Answered already"));
}

TEST_P(CustodyPages, nobody_is_offered_to_send_a_request_that_is_not_theirs_to_send)
{
    const auto id = booked();
    EXPECT_TRUE(has(get("custody sergeant", "/custody"), "Send the request"));
    const auto list = get("detention officer", "/custody");
    EXPECT_FALSE(has(list, "Send the request"));
    EXPECT_TRUE(has(list, "The request is not sent yet")) << words_of(list);
    EXPECT_EQ(get("detention officer", "/requests/" + id.text()).status, 200) << "where the row leads";
}

TEST_P(CustodyPages, a_clock_whose_time_is_up_this_minute_has_nothing_left)
{
    const auto id = requested();
    ASSERT_TRUE(time_.advance(hours{2}));
    const auto page = get("custody sergeant", "/requests/" + id.text());
    EXPECT_TRUE(has(page, "Overdue")) << words_of(page);
    EXPECT_TRUE(has(page, "less than a minute late")) << words_of(page);
    EXPECT_FALSE(has(page, "minute left"));
}

TEST_P(CustodyPages, the_request_page_says_what_comes_next_before_and_after)
{
    const auto id = booked();
    const auto page = "/requests/" + id.text();
    const auto before = get("custody sergeant", page);
    EXPECT_TRUE(has(before, "Not chosen yet"));
    EXPECT_NE(row_of(before, "Sent").find("Not yet"), std::string::npos);
    EXPECT_TRUE(has(before, "Send the request"));
    EXPECT_FALSE(has(before, "Chase"));
    const auto form = get("custody sergeant", address(id, "/request"));
    EXPECT_EQ(form.status, 200);
    EXPECT_TRUE(has(form, "Harbourne duty desk was found")) << words_of(form);

    EXPECT_EQ(post("custody sergeant", address(id, "/request")).status, 422);
    EXPECT_TRUE(has(post("custody sergeant", address(id, "/request")), "Enter: What worries you most?"));
    act("custody sergeant", "send_request", id,
        Json::object().set("offence", "Theft to order").set("worry", "Far from home"));
    const auto after = get("custody sergeant", page);
    EXPECT_TRUE(has(after, "Harbourne Borough, Harbourne duty desk"));
    EXPECT_EQ(row_of(after, "Sent").find("Not yet"), std::string::npos);
    EXPECT_NE(row_of(after, "Opened").find("Not yet"), std::string::npos);
    EXPECT_TRUE(has(after, "2 hours left"));
    EXPECT_TRUE(has(after, "Chase"));
    const auto told = get("custody sergeant", address(id, "/request"));
    EXPECT_NE(row_of(told, "What is the child suspected of, in plain words?").find("Theft to order"), std::string::npos)
        << words_of(told);
    EXPECT_NE(row_of(told, "What worries you most?").find("Far from home"), std::string::npos);
}

TEST_P(CustodyPages, the_suite_shows_first_whose_clock_runs_out_first)
{
    booked("Kit Sample", 1min);
    booked("Sky Sample", 12min, "NM-8");
    const auto words = words_of(get("custody sergeant", "/custody"));
    const auto sky = words.find("Sky Sample");
    const auto kit = words.find("Kit Sample");
    ASSERT_NE(sky, std::string::npos);
    ASSERT_NE(kit, std::string::npos);
    EXPECT_LT(sky, kit);
    EXPECT_NE(words.find("0 overdue of 2 here now"), std::string::npos) << words;
    EXPECT_FALSE(has(get("custody sergeant of another suite", "/custody"), "Sample"));
}

TEST_P(CustodyPages, the_pages_of_a_link_say_what_to_do_at_each_step)
{
    requested();
    const auto link = links_mailed().front();
    const auto door = get("", link);
    EXPECT_TRUE(has(door, "A child is in custody. Your desk is asked about them."));
    EXPECT_FALSE(has(door, "Zebedee"));
    EXPECT_TRUE(has(get("", link), "Send the code")); // a mail scanner's GET used nothing up
    EXPECT_EQ(post("", link).header("location"), link + "/code");
    EXPECT_TRUE(has(get("", link + "/code"), "Enter the code we sent to your desk"));
    const auto wrong = post("", link + "/code", {{"code", "12"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(has(wrong, "Enter the six digits of the code we sent"));
    EXPECT_TRUE(has(wrong, "There is a problem"));
    const auto cookie = enter(link);
    EXPECT_TRUE(has(get(cookie, link + "/answer"), "Open the request"));
    const auto over = get("", link);
    EXPECT_EQ(over.status, 410);
    EXPECT_TRUE(has(over, "This link is over"));
    EXPECT_TRUE(has(over, "newest message")) << words_of(over);
    EXPECT_TRUE(has(get("", "/a/unknown"), "This link is over"));
}

TEST_P(CustodyPages, wrong_codes_are_counted_empty_ones_are_not_and_custody_hears_of_the_end)
{
    const auto id = requested();
    const auto link = links_mailed().front();
    post("", link);
    const auto code = links_mailed("link.code").back();
    const std::string wrong = code == "111111" ? "222222" : "111111";
    const auto told = [&] {
        std::vector<std::string> codes;
        world_.database->get().read([&](Transaction& transaction) {
            codes.clear();
            const auto& sergeant = world_.actors.at("custody sergeant");
            const notices::Addressee suite{.agency = sergeant.agency, .team = sergeant.team};
            for (const auto& one : notices::notices_to(transaction, suite, Role::CUST, 10))
                if (one.case_id == id) codes.push_back(one.code);
        });
        return std::ranges::count(codes, "custody.link_ended");
    };
    for (int i = 0; i < 6; ++i) EXPECT_EQ(post("", link + "/code", {{"code", ""}}).status, 422);
    for (const auto* left : {"4 tries are left", "3 tries are left", "2 tries are left", "One try is left"})
        EXPECT_TRUE(has(post("", link + "/code", {{"code", wrong}}), left)) << left;
    EXPECT_EQ(told(), 0);
    const auto ended = post("", link + "/code", {{"code", wrong}});
    EXPECT_EQ(ended.status, 410);
    EXPECT_TRUE(has(ended, "Five codes were wrong")) << words_of(ended);
    EXPECT_EQ(told(), 1);
    EXPECT_EQ(post("", link + "/code", {{"code", code}}).status, 410);
    EXPECT_EQ(told(), 1);
}

TEST_P(CustodyPages, a_link_that_is_over_says_whom_to_ring_and_one_that_never_was_says_nothing)
{
    const auto id = requested();
    const auto link = links_mailed().front();
    const auto door = get("", link);
    for (const auto* words : {"Northmere Police", "01632 960000", "2 hours left"})
        EXPECT_TRUE(has(door, words)) << words << words_of(door);
    enter(link);
    const auto over = get("", link);
    EXPECT_EQ(over.status, 410);
    for (const auto& words : {std::string("Northmere Police"), std::string("01632 960000"), id.text().substr(0, 8)})
        EXPECT_TRUE(has(over, words)) << words;
    for (const auto& page : {door, over})
        for (const auto* words : {"Zebedee", "Castle Street", "knife", "NM-7"}) EXPECT_FALSE(has(page, words)) << words;
    const auto never = get("", "/a/" + std::string(43, 'x'));
    EXPECT_EQ(never.status, 404);
    for (const auto* words : {"Northmere", "01632", "reference"}) EXPECT_FALSE(has(never, words)) << words;
    EXPECT_EQ(post("", "/a/" + std::string(43, 'x')).status, 404);
}

TEST_P(CustodyPages, the_desk_sees_who_asks_about_which_child_and_by_when)
{
    requested();
    const auto link = links_mailed().front();
    const auto cookie = enter(link);
    const auto opening = get(cookie, link + "/answer");
    EXPECT_TRUE(has(opening, "Asked by custody sergeant, custody sergeant, Northmere Castle Street. Ring 01632 960000"))
        << words_of(opening);
    post(cookie, link + "/open", {{"form_token", hidden(opening, "form_token")}});
    const auto form = get(cookie, link + "/answer");
    for (const auto* words : {"Zebedee Quillfeather", "Born 17 May 2012", "Custody number NM-7",
                              "Northmere Castle Street", "01632 960000", "Due 22:00"})
        EXPECT_TRUE(has(form, words)) << words << words_of(form);
    EXPECT_FALSE(has(get("custody sergeant", "/custody/" + requested("NM-8").text() + "/answer"), "Asked by"));
}

TEST_P(CustodyPages, a_link_opens_after_the_child_has_left_and_says_so)
{
    const auto id = requested();
    const auto link = links_mailed().front();
    ASSERT_TRUE(time_.advance(30min));
    leave(id, time_.now() - 5min);
    EXPECT_TRUE(has(get("", link), "A child was in custody and has left. Your answers still count."));
    const auto cookie = enter(link);
    const auto form = get(cookie, link + "/answer");
    EXPECT_TRUE(has(form, "was in custody")) << words_of(form);
    EXPECT_TRUE(has(form, "The child left custody on 10 June 2026 at 20:25 BST. You may still answer"));
    const auto sent = post(cookie, link + "/answer",
                           {{"form_token", hidden(form, "form_token")},
                            {"version", hidden(form, "version")},
                            {"answers-Q11-state", "no"}});
    EXPECT_EQ(sent.header("location"), link + "/sent") << words_of(sent);
}

TEST_P(CustodyPages, the_release_is_planned_topic_by_topic_and_nobody_overwrites_what_another_wrote)
{
    const auto id = requested();
    const auto plan = address(id, "/release");
    const auto opened = get("custody sergeant", plan);
    EXPECT_TRUE(has(opened, "Nothing is planned yet: there are 15 topics")) << words_of(opened);
    EXPECT_FALSE(has(opened, "Record that the child has left")) << "the door comes after the plan";
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "Release plan : 15 of 15 topics have nothing yet"));
    const auto version = hidden(opened, "version");

    const auto empty = post("custody sergeant", plan, {{"version", version}});
    EXPECT_TRUE(has(empty, "Write at least one line of the plan that is new")) << words_of(empty);
    const auto saved =
        post("custody sergeant", plan, {{"version", version}, {"release_plan-R01-words", "Home with her aunt"}});
    EXPECT_TRUE(saved.header("location").starts_with(plan)) << words_of(saved);
    // Another, who opened the page before, writes the same topic and one more: what stands is shown, what was typed
    // stays.
    const auto late = post("sergeant of the next shift", plan,
                           {{"version", version},
                            {"release_plan-R01-words", "To the placement"},
                            {"release_plan-R07-words", "Inhaler given back"}});
    EXPECT_EQ(late.status, 422);
    EXPECT_TRUE(has(late, "now says: Home with her aunt")) << words_of(late);
    EXPECT_EQ(boxes_of(late).at("version"), hidden(get("custody sergeant", plan), "version"));
    EXPECT_NE(late.text().find("To the placement"), std::string::npos);
    EXPECT_NE(late.text().find("Inhaler given back"), std::string::npos);
    // A line that only the other changed is what stands, so that saving once more does not take it back.
    const auto beside = post("sergeant of the next shift", plan,
                             {{"version", version}, {"release_plan-R07-words", "Inhaler given back"}});
    EXPECT_TRUE(beside.header("location").starts_with(plan)) << words_of(beside);
    EXPECT_TRUE(has(get("custody sergeant", plan), "Home with her aunt")) << "an older form takes back no newer line";
    EXPECT_TRUE(has(get("custody sergeant", "/cases/custody/" + id.text() + "/record_departure"),
                    "Release plan : 13 of 15 topics have nothing yet"));
    // Sent twice, it is saved once, and nobody is told that they disagree with themselves.
    const auto twice = post("sergeant of the next shift", plan,
                            {{"version", version}, {"release_plan-R07-words", "Inhaler given back"}});
    EXPECT_TRUE(twice.header("location").starts_with(plan)) << words_of(twice);
    const auto unknown = post("custody sergeant", plan,
                              {{"version", "99999"}, {"release_plan-R05-words", "One phone, kept as evidence"}});
    EXPECT_EQ(unknown.status, 422);
    EXPECT_NE(unknown.text().find("One phone, kept as evidence"), std::string::npos);
    // A line that was written is not taken back by an empty box.
    const auto blank = post("custody sergeant", plan,
                            {{"version", hidden(get("custody sergeant", plan), "version")},
                             {"release_plan-R07-words", "Inhaler given back"},
                             {"release_plan-R01-words", "  "}});
    EXPECT_TRUE(has(blank, "Write what is planned. If there is nothing, write: none")) << words_of(blank);
    EXPECT_TRUE(has(get("custody sergeant", plan), "13 of 15 topics have nothing yet"));

    // The detention officer reads it; only the inspector sees the way round it.
    const auto read = get("detention officer", plan);
    EXPECT_TRUE(has(read, "Home with her aunt")) << words_of(read);
    EXPECT_FALSE(has(read, "Save the plan"));
    const auto way_round = "Let the child leave before the plan is whole?";
    EXPECT_FALSE(has(get("custody sergeant", plan), way_round));
    EXPECT_TRUE(has(get("inspector", plan), way_round));
    const auto without_words = post("inspector", plan,
                                    {{"version", hidden(get("inspector", plan), "version")},
                                     {"then", "except"},
                                     {"release_plan-R01-words", "Home with her aunt"},
                                     {"release_plan-R07-words", "Inhaler given back"},
                                     {"release_plan-R09-words", "Adult B is on bail"},
                                     {"release_exception", ""}});
    EXPECT_TRUE(has(without_words, "There is a problem")) << words_of(without_words);
    EXPECT_NE(without_words.text().find("Adult B is on bail"), std::string::npos) << "what was typed beside it stays";
    const auto excepted = post("inspector", plan,
                               {{"version", hidden(get("inspector", plan), "version")},
                                {"then", "except"},
                                {"release_plan-R01-words", "Home with her aunt"},
                                {"release_plan-R07-words", "Inhaler given back"},
                                {"release_exception", "The ambulance takes her to hospital now"}});
    EXPECT_TRUE(excepted.header("location").starts_with(plan)) << words_of(excepted);
    const auto allowed = get("custody sergeant", plan);
    EXPECT_TRUE(has(allowed, "lets the child leave before the plan is whole: The ambulance takes her to hospital now"));
    EXPECT_TRUE(has(allowed, "Record that the child has left custody"));
    EXPECT_EQ(get("officer in the case", plan).status, 404);
    EXPECT_EQ(get("custody sergeant of another suite", plan).status, 404);
}

TEST_P(CustodyPages, what_custody_passes_back_is_read_by_the_link_and_answered)
{
    const auto id = answered_in_part();
    const auto page = address(id, "/pass-back");
    EXPECT_TRUE(has(get("custody sergeant", page), "record first that the child has left"));
    leave(id, time_.now());
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "Pass back to children's services"));
    const auto form = get("custody sergeant", page);
    const auto empty = post("custody sergeant", page, {{"version", hidden(form, "version")}, {"then", "pass"}});
    for (const auto* words : {"Choose what came of the detention", "Write what puts the child at risk now",
                              "Choose what was decided about exploitation"})
        EXPECT_TRUE(has(empty, words)) << words << words_of(empty);
    EXPECT_TRUE(links_mailed("custody.pass_back").empty());
    const auto sent = post("custody sergeant", page,
                           {{"version", hidden(form, "version")},
                            {"then", "urgent"},
                            {"pass_backs-outcome", "bail_before_charge"},
                            {"pass_backs-risks", "She says she owes for what was seized"},
                            {"pass_backs-considered", "to_be_decided"}});
    EXPECT_TRUE(sent.header("location").starts_with(page)) << words_of(sent);
    EXPECT_TRUE(has(get("custody sergeant", page), "Children's services act within the hour"));

    for (const auto& stale : {hidden(form, "version"), std::string()}) { // sent twice, or from no page
        Values again{{"then", "pass"},
                     {"pass_backs-outcome", "bail_before_charge"},
                     {"pass_backs-risks", "She says she owes for what was seized"},
                     {"pass_backs-considered", "to_be_decided"}};
        if (!stale.empty()) again.emplace_back("version", stale);
        EXPECT_EQ(post("custody sergeant", page, again).status, 422) << stale;
    }
    EXPECT_EQ(links_mailed("custody.pass_back").size(), 0U);
    const auto link = links_mailed("custody.pass_back_now").back();
    const auto cookie = enter(link);
    const auto asked = get(cookie, link + "/answer");
    EXPECT_TRUE(has(asked, "She says she owes for what was seized")) << words_of(asked);
    EXPECT_TRUE(has(asked, "Signs seen, to be decided within 24 hours"));
    const Values next{{"form_token", hidden(asked, "form_token")},
                      {"version", hidden(asked, "version")},
                      {"next_step", "The social worker visits"},
                      {"next_step_by-day", "11"},
                      {"next_step_by-month", "6"},
                      {"next_step_by-year", "2026"},
                      {"next_step_by-time", "09:00"}};
    EXPECT_TRUE(has(post(cookie, link + "/pass-back", {next[0], next[1]}), "There is a problem"));
    EXPECT_EQ(post(cookie, link + "/pass-back", next).header("location"), link + "/answer");
    EXPECT_TRUE(has(get(cookie, link + "/answer"), "Next: The social worker visits, by 11 June 2026 at 09:00 BST"));
    EXPECT_TRUE(has(get("custody sergeant", page), "Next: The social worker visits"));
    // More came to light: what stood stays to be read, and the desk is asked anew.
    ASSERT_TRUE(time_.advance(1h));
    const auto more = post("custody sergeant", page,
                           {{"version", hidden(get("custody sergeant", page), "version")},
                            {"then", "pass"},
                            {"pass_backs-outcome", "bail_before_charge"},
                            {"pass_backs-risks", "Two men asked for her at the desk"},
                            {"pass_backs-considered", "referred"}});
    EXPECT_TRUE(more.header("location").starts_with(page)) << words_of(more);
    const auto both = get("on-call manager of Harbourne", page);
    EXPECT_EQ(both.status, 200);
    const auto account = get("duty worker of Harbourne", page);
    for (const auto* words : {"Two men asked for her at the desk", "She says she owes for what was seized",
                              "Send what you do next", "4 hours left"})
        EXPECT_TRUE(has(account, words)) << words << words_of(account);
    EXPECT_FALSE(has(get("detention officer", page), "Two men asked"))
        << "whether a child was referred is not for them";
    EXPECT_EQ(get("officer in the case", page).status, 404);
    EXPECT_EQ(get("duty worker", "/requests/" + id.text()).status, 404) << "another authority";
}

TEST_P(CustodyPages, finishing_later_leaves_one_live_link_and_does_not_cut_off_who_answers)
{
    const auto id = requested();
    const auto link = links_mailed().front();
    const auto cookie = enter(link);
    post(cookie, link + "/open", {{"form_token", hidden(get(cookie, link + "/answer"), "form_token")}});
    ASSERT_TRUE(time_.advance(1min));
    const auto form = get(cookie, link + "/answer");
    const auto later = post(cookie, link + "/answer",
                            {{"form_token", hidden(form, "form_token")},
                             {"version", hidden(form, "version")},
                             {"answers-Q11-state", "yes"},
                             {"answers-Q11-words", "Inhaler at midnight"},
                             {"then", "later"}});
    ASSERT_EQ(later.status, 303) << words_of(later);
    const auto receipt = get(cookie, std::string(later.header("location")));
    EXPECT_EQ(receipt.status, 200);
    EXPECT_TRUE(has(receipt, "Inhaler at midnight"));
    EXPECT_EQ(live_links(id), 1U);
    EXPECT_EQ(get("", links_mailed().back()).status, 200);
}

TEST_P(CustodyPages, chasing_ends_the_link_that_was_not_opened_and_keeps_who_is_answering)
{
    const auto id = requested();
    const auto first = links_mailed().front();
    ASSERT_TRUE(time_.advance(1min));
    EXPECT_EQ(post("custody sergeant", "/requests/" + id.text() + "/chase").status, 303);
    EXPECT_EQ(live_links(id), 1U);
    EXPECT_EQ(get("", first).status, 410);
    EXPECT_EQ(post("", first).status, 410);
    const auto second = links_mailed().back();
    const auto again = post("custody sergeant", "/requests/" + id.text() + "/chase");
    EXPECT_EQ(again.status, 409) << "the link just mailed is not ended by a second press";
    EXPECT_TRUE(has(again, "has a new link since")) << words_of(again);
    EXPECT_EQ(get("", second).status, 200);
    ASSERT_TRUE(time_.advance(5min));
    const auto cookie = enter(second);
    EXPECT_EQ(post("custody sergeant", "/requests/" + id.text() + "/chase").status, 303);
    EXPECT_EQ(live_links(id), 1U);
    EXPECT_EQ(get(cookie, second + "/answer").status, 200);
}

TEST_P(CustodyPages, a_fact_is_corrected_in_two_steps_and_what_stood_stays_in_the_history)
{
    const auto id = requested();
    const auto page = address(id, "/correct");
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "Correct something"));
    EXPECT_TRUE(has(get("custody sergeant", "/requests/" + id.text()), "Correct something"));
    const auto choosing = get("custody sergeant", page);
    EXPECT_NE(row_of(choosing, "Where was the child arrested?").find("Old Fish Quay"), std::string::npos);
    EXPECT_FALSE(has(choosing, "When was detention authorised?"));    // a clock starts from it
    EXPECT_FALSE(has(choosing, "When did the child leave custody?")); // leaving is an act of its own
    EXPECT_NE(row_of(choosing, "Date of birth").find("17 May 2012"), std::string::npos);
    const auto form = get("custody sergeant", page + "?field=arrest_place");
    EXPECT_NE(form.text().find("value=\"Old Fish Quay\""), std::string::npos);

    Values values = {{"field", "arrest_place"}, {"version", hidden(form, "version")}, {"value", "New Quay"}};
    const auto silent = post("custody sergeant", page, values);
    EXPECT_EQ(silent.status, 422);
    EXPECT_TRUE(has(silent, "Enter the reason for the correction"));
    EXPECT_NE(silent.text().find("value=\"New Quay\""), std::string::npos); // what was typed is kept
    values.emplace_back("reason", "Heard wrongly");
    const auto corrected = post("custody sergeant", page, values);
    ASSERT_EQ(corrected.status, 303) << words_of(corrected);

    const auto record = get("custody sergeant", std::string(corrected.header("location")));
    EXPECT_NE(row_of(record, "Where was the child arrested?").find("New Quay"), std::string::npos);
    EXPECT_TRUE(has(record, "arrest_place: Heard wrongly"));
    const auto earlier = get("custody sergeant", "/cases/custody/" + id.text() + "?version=2");
    EXPECT_NE(row_of(earlier, "Where was the child arrested?").find("Old Fish Quay"), std::string::npos);
}

TEST_P(CustodyPages, a_correction_out_of_order_is_refused_on_its_field)
{
    const auto id = requested();
    const auto page = address(id, "/correct");
    const auto refused = post("custody sergeant", page,
                              {{"field", "arrested_at"},
                               {"reason", "Heard wrongly"},
                               {"value-day", "10"},
                               {"value-month", "6"},
                               {"value-year", "2026"},
                               {"value-time", "19:59"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused, "The arrest must be before detention was authorised")) << words_of(refused);
    EXPECT_NE(refused.text().find("href=\"#value"), std::string::npos);
}

TEST_P(CustodyPages, nobody_else_finds_the_page_of_corrections)
{
    const auto id = requested();
    for (const auto* who : {"detention officer", "officer in the case", "duty worker of Harbourne",
                            "custody sergeant of another suite"}) {
        EXPECT_FALSE(has(get(who, address(id)), "Correct something")) << who;
        EXPECT_EQ(get(who, address(id, "/correct")).status, 404) << who;
        EXPECT_EQ(
            post(who, address(id, "/correct"), {{"field", "arrest_place"}, {"value", "x"}, {"reason", "x"}}).status,
            404)
            << who;
    }
    EXPECT_EQ(get("custody sergeant", address(id, "/correct?field=authorised_at")).status, 404);
    EXPECT_EQ(get("custody sergeant", address(id, "/correct?field=nothing")).status, 404);
}

TEST_P(CustodyPages, the_officer_in_the_case_sees_released_lines_and_nothing_else)
{
    const auto id = answered_in_part();
    const auto nothing = get("officer in the case", address(id));
    EXPECT_EQ(nothing.status, 404) << "what may not be seen does not exist";
    act("duty worker of Harbourne", "answer", id,
        Json::object().set("answers", Json::list().add(answer("Q06", "yes", "A man waits outside school", true))));
    const auto released = get("officer in the case", address(id));
    EXPECT_NE(row_of(released, "Being exploited").find("A man waits outside school"), std::string::npos);
    EXPECT_TRUE(has(released, "Harbourne Borough duty worker"));
    const auto record = get("officer in the case", "/cases/custody/" + id.text());
    for (const auto* secret : {"Zebedee", "2012", "NM-7", "Old Fish Quay", "carving", "about 25", "One instruction",
                               "therapist", "Mental health", "left", "overdue", "Sent", "sergeant"})
        for (const auto& page : {released, record}) EXPECT_FALSE(has(page, secret)) << secret << words_of(page);
    EXPECT_TRUE(has(record, "A man waits outside school"));
    for (const auto& hidden_page : {address(id, "/conversation"), address(id, "/sheet"), address(id, "/what-helps"),
                                    address(id, "/request"), address(id, "/answer"), "/requests/" + id.text()})
        EXPECT_EQ(get("officer in the case", hidden_page).status, 404) << hidden_page;
    const auto suite = get("officer in the case", "/custody");
    EXPECT_FALSE(has(suite, "Zebedee"));
    EXPECT_TRUE(has(suite, "0 overdue of 0")) << words_of(suite);
    EXPECT_FALSE(has(record, "waiting")) << words_of(record);
    EXPECT_FALSE(has(record, "version")) << words_of(record);
}

TEST_P(CustodyPages, every_question_can_be_answered_by_the_desk_and_by_phone)
{
    auto list = Json::list();
    const auto questions = questions_on(*world_.desk, clocks::london_day(evening));
    for (const auto& question : questions)
        list.add(
            answer(std::string(question.number).c_str(), question.answer_type == "yes_no" ? "yes" : "given", "Known"));
    auto asked = Json::object();
    asked.set("answers", std::move(list));
    const auto by_desk = requested();
    act("duty worker of Harbourne", "answer", by_desk, asked);
    const auto by_phone = requested("NM-8");
    act("custody sergeant", "answer_by_phone", by_phone,
        Json(asked).set("phone_worker", "duty social worker").set("was_read_back", true));
    for (const auto id : {by_desk, by_phone}) {
        const auto page = get("custody sergeant", address(id, "/conversation"));
        EXPECT_TRUE(has(page, "All 22 questions have an answer.")) << words_of(page);
        for (const auto& question : questions)
            EXPECT_NE(row_of(page, std::string(question.topic)).find("Known"), std::string::npos) << question.number;
    }
}

TEST_P(CustodyPages, an_older_form_never_takes_back_a_newer_answer)
{
    const auto id = answered_in_part();
    const std::string desk = "duty worker of Harbourne";
    const auto page = address(id, "/answer");
    const auto version = hidden(get(desk, page), "version");
    auto phoned = Json::object();
    phoned.set("answers", Json::list().add(answer("Q11", "yes", "Severe asthma, inhaler")));
    act("custody sergeant", "answer_by_phone", id,
        std::move(phoned.set("phone_worker", "duty social worker").set("was_read_back", true)));

    // The desk sends what it has had open since before: Q11 untouched, and a mistake in Q09.
    const Values older = {{"version", version}, {"answers-Q11-state", "no"}, {"answers-Q09-state", "given"}};
    const auto again = post(desk, page, older);
    ASSERT_EQ(again.status, 422);
    EXPECT_TRUE(has(again, "Severe asthma, inhaler")) << "what the person did not touch is what stands now";
    auto touched = older;
    touched[1].second = "not_recorded";
    EXPECT_TRUE(has(post(desk, page, touched), "Severe asthma, inhaler. Yours replaces it if you send it again"));

    const auto sent = post(desk, page,
                           {{"version", hidden(again, "version")},
                            {"answers-Q11-state", "yes"},
                            {"answers-Q11-words", "Severe asthma, inhaler"},
                            {"answers-Q09-state", "given"},
                            {"answers-Q09-words", "A quiet room"}});
    EXPECT_EQ(sent.status, 303) << words_of(sent);
    const auto brief = get("custody sergeant", address(id, "/conversation"));
    EXPECT_NE(row_of(brief, "Physical health and medicine").find("Severe asthma"), std::string::npos);
}

TEST_P(CustodyPages, an_answer_is_changed_but_never_taken_back_and_an_empty_call_moves_nothing)
{
    const auto id = answered_in_part();
    const auto call = [&](Json answers) {
        auto asked = Json::object();
        asked.set("answers", std::move(answers)).set("phone_worker", "nobody").set("was_read_back", true);
        const auto acted = casework::act(
            *world_.desk, world_.actors.at("custody sergeant"), RequestId::random(),
            {.type = "custody", .action = "answer_by_phone", .id = id, .asked = std::move(asked)}, time_.now());
        return acted ? std::string("done") : sentences(acted.error());
    };
    EXPECT_NE(call(Json::list().add(answer("Q08", "not_asked"))).find("answered already"), std::string::npos);
    EXPECT_EQ(call(Json::list()), "Give at least one answer");
    EXPECT_EQ(call(Json::list().add(answer("Q05", "not_asked"))), "Give at least one answer");
    EXPECT_NE(call(Json::list().add(answer("Q05", "no")).add(answer("Q05", "yes", "Twice"))).find("twice"),
              std::string::npos);
    auto many = Json::list();
    for (int i = 0; i < 101; ++i) many.add(answer("Q05", "no"));
    EXPECT_EQ(call(std::move(many)), "Give at most 100 items at a time");
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "One instruction at a time"));
}

TEST_P(CustodyPages, access_ends_a_day_after_the_child_left_and_the_clocks_fall_silent)
{
    const auto id = answered_in_part();
    leave(id, time_.now());
    ASSERT_TRUE(time_.advance(hours{23}));
    casework::tick(*world_.desk, time_.now());
    world_.database->get().read([&](storage::Transaction& transaction) {
        for (const auto& event : casework::load_clock_events(transaction, id))
            EXPECT_EQ(event.code, "C08") << "nobody is told of the brief of a child who has left the suite";
    });
    EXPECT_EQ(get("custody sergeant", address(id)).status, 200);
    ASSERT_TRUE(time_.advance(hours{2}));
    for (const auto& rest : {"/conversation", "/request", "/what-helps", "/release", "/bed", "/handover"})
        EXPECT_EQ(get("custody sergeant", address(id, rest)).status, 404) << rest;
    EXPECT_EQ(get("inspector", address(id)).status, 404);
    // Only that a pass-back is owed is left, and the form for it.
    const auto owed = get("custody sergeant", address(id));
    EXPECT_TRUE(has(owed, "Left custody: pass-back owed, answers owed.")) << words_of(owed);
    for (const auto& page : {owed, get("custody sergeant", "/cases/custody/" + id.text()),
                             get("custody sergeant", "/cases/custody/" + id.text() + "?version=2"),
                             call("custody sergeant", "/custody/" + id.text())})
        for (const auto* words : {"carving", "One instruction", "NM-7", "Old Fish Quay", "A man of about 25"})
            EXPECT_FALSE(has(page, words)) << words << words_of(page);
}

/// R-D-01: every time, also where the child was let go before anybody asked.
TEST_P(CustodyPages, children_who_left_before_anybody_was_asked_are_asked_about_still)
{
    const auto id = booked();
    const auto never_asked = "children's services were never asked";
    EXPECT_FALSE(has(get("custody sergeant", address(id)), never_asked));
    leave(id, time_.now());
    EXPECT_TRUE(has(get("custody sergeant", address(id, "/pass-back")), "Send the request to children"));
    const auto of_another = get("detention officer", address(id, "/pass-back"));
    EXPECT_TRUE(has(of_another, "Nobody was asked about this child yet")) << words_of(of_another);
    EXPECT_FALSE(has(of_another, "Send the request to children")) << "it is not theirs to send";
    EXPECT_TRUE(has(get("custody sergeant", address(id)), never_asked));
    EXPECT_TRUE(has(get("inspector", address(id)), never_asked));
    EXPECT_EQ(get("custody sergeant", address(id, "/request")).status, 200);
    bool is_told = false;
    world_.database->get().read([&](storage::Transaction& transaction) {
        const auto& inspector = world_.actors.at("inspector");
        for (const auto& one :
             notices::notices_to(transaction, {.agency = inspector.agency, .team = inspector.team}, inspector.role, 50))
            is_told = is_told || one.code == "custody.left_unasked";
    });
    EXPECT_TRUE(is_told);
    act("custody sergeant", "send_request", id,
        Json::object().set("offence", "Carrying a knife").set("worry", "Nobody knows with whom the child went"));
    const auto asked = get("custody sergeant", address(id));
    EXPECT_FALSE(has(asked, never_asked));
    EXPECT_EQ(asked.body->find(address(id, "/request") + "\" role=\"button\""), std::string::npos) << "not twice";
    EXPECT_EQ(get("duty worker of Harbourne", "/requests/" + id.text()).status, 200);
}

TEST_P(CustodyPages, a_release_that_was_taken_back_is_not_used_in_an_older_version)
{
    const auto id = answered_in_part(); // version 3
    const auto release = [&](bool is_released) {
        act("duty worker of Harbourne", "answer", id,
            Json::object().set("answers",
                               Json::list().add(answer("Q06", "yes", "A man waits outside school", is_released))));
    };
    release(true); // version 4
    const auto record = "/cases/custody/" + id.text() + "?version=4";
    EXPECT_TRUE(has(get("officer in the case", record), "A man waits outside school"));
    release(false);
    EXPECT_FALSE(has(get("officer in the case", record), "A man waits outside school"));
}

TEST_P(CustodyPages, a_form_sent_twice_books_in_one_child)
{
    const auto form = get("custody sergeant", "/custody/new");
    const auto day = clocks::london_day(time_.now());
    const Values filled = {{"key", hidden(form, "key")},
                           {"name_given", "Name not known"},
                           {"custody_number", "NM-8"},
                           {"authorised_at-day", std::to_string(static_cast<unsigned>(day.day()))},
                           {"authorised_at-month", std::to_string(static_cast<unsigned>(day.month()))},
                           {"authorised_at-year", std::to_string(static_cast<int>(day.year()))},
                           {"authorised_at-time", clocks::wall_time(time_.now() - 5min).substr(0, 5)}};
    const auto first = post("custody sergeant", "/custody/new", filled);
    ASSERT_EQ(first.status, 303) << words_of(first);
    EXPECT_EQ(post("custody sergeant", "/custody/new", filled).header("location"), first.header("location"));
}

TEST_P(CustodyPages, another_suite_is_told_nothing_of_this_one)
{
    answered_in_part();
    const auto told = [&](const std::string& who) {
        std::size_t count = 0;
        const auto& session = world_.actors.at(who);
        world_.database->get().read([&](Transaction& transaction) {
            count = notices::notices_to(transaction, {.agency = session.agency, .team = session.team}, session.role, 50)
                        .size();
        });
        return count;
    };
    EXPECT_GT(told("custody sergeant"), 0U);
    EXPECT_EQ(told("custody sergeant of another suite"), 0U);
}

TEST_P(CustodyPages, an_answer_that_came_another_way_stands_in_the_form_and_is_not_taken_for_removed)
{
    const auto id = answered_in_part(); // Q08 says yes, for which its own question has no button
    const auto page = address(id, "/answer");
    auto values = boxes_of(get("duty worker of Harbourne", page));
    EXPECT_EQ(values["answers-Q08-state"], "yes");
    values["answers-Q09-state"] = "given";
    values["answers-Q09-words"] = "A quiet room";
    const auto sent = post("duty worker of Harbourne", page, {values.begin(), values.end()});
    EXPECT_EQ(sent.status, 303) << words_of(sent);
}

TEST_P(CustodyPages, a_request_and_a_correction_refused_once_still_notice_what_others_recorded)
{
    const auto id = booked();
    const auto correct = [&](const char* field, const char* value) {
        act("custody sergeant", "correct", id,
            Json::object().set("field", field).set("value", value).set("reason", "Heard wrongly"));
    };
    const auto page = address(id, "/request");
    auto values = boxes_of(get("custody sergeant", page));
    correct("arrest_place", "New Quay");
    values["arrest_place"] = "Old Fish Quay";
    values["offence"] = "Carrying a carving knife";
    values["worry"] = "Met by somebody older";
    values["arrested_at-time"] = "not a time";
    const auto refused = post("custody sergeant", page, {values.begin(), values.end()});
    ASSERT_EQ(refused.status, 422);
    values = boxes_of(refused);
    values["arrested_at-time"] = "";
    const auto conflict = post("custody sergeant", page, {values.begin(), values.end()});
    EXPECT_TRUE(has(conflict, "“Where was the child arrested?” was recorded after you opened this page. It now says: "
                              "New Quay"))
        << words_of(conflict);
    values = boxes_of(conflict);
    EXPECT_EQ(values["arrest_place"], "Old Fish Quay");
    EXPECT_EQ(post("custody sergeant", page, {values.begin(), values.end()}).status, 303);

    const auto correcting = address(id, "/correct");
    values = boxes_of(get("custody sergeant", correcting + "?field=custody_number"));
    correct("custody_number", "NM-8");
    values["value"] = "NM-9";
    values["reason"] = "Misread";
    const auto overtaken = post("custody sergeant", correcting, {values.begin(), values.end()});
    ASSERT_EQ(overtaken.status, 422);
    EXPECT_NE(row_of(overtaken, "Custody number").find("NM-8"), std::string::npos) << words_of(overtaken);
    values = boxes_of(overtaken);
    EXPECT_EQ(values["value"], "NM-9");
    EXPECT_EQ(post("custody sergeant", correcting, {values.begin(), values.end()}).status, 303);
    EXPECT_TRUE(has(get("custody sergeant", "/custody"), "Custody number NM-9")) << "the list shows what was corrected";
}

TEST_P(CustodyPages, a_custody_number_stands_for_one_detention_of_the_suite_however_it_is_written)
{
    const auto book = [&](const std::string& number) {
        auto values = boxes_of(get("custody sergeant", "/custody/new"));
        values["name_given"] = "Name not known";
        values["custody_number"] = number;
        return post("custody sergeant", "/custody/new", {values.begin(), values.end()});
    };
    ASSERT_EQ(book("NM-31").status, 303);
    const auto second = book("NM-32");
    ASSERT_EQ(second.status, 303);
    const auto same = book(" nm-31 ");
    EXPECT_EQ(same.status, 422);
    EXPECT_TRUE(has(same, "A child is booked in here under this custody number already")) << words_of(same);
    // Neither does a correction take a number that is another child's.
    const auto where = std::string(second.header("location"));
    const auto id = CaseId::parse(where.substr(std::string("/custody/").size(), 32));
    ASSERT_TRUE(id) << where;
    const auto correcting = address(*id, "/correct");
    auto values = boxes_of(get("custody sergeant", correcting + "?field=custody_number"));
    values["value"] = "NM-31";
    values["reason"] = "Misread";
    const auto taken = post("custody sergeant", correcting, {values.begin(), values.end()});
    EXPECT_TRUE(has(taken, "A child is booked in here under this custody number already")) << words_of(taken);
}

TEST_P(CustodyPages, nothing_tells_a_detention_officer_which_of_the_held_back_questions_have_answers)
{
    const auto id = answered_in_part(); // Q06 has an answer, Q07 has none; a detention officer sees neither
    const auto asked_about = [&](const char* topic) {
        return call("detention officer", "/custody/" + id.text() + "/ask_child_again",
                    api::write_json(asking_again(topic, "clinical")));
    };
    const auto without_instance = [](const web::Response& response) {
        return std::regex_replace(std::string(response.text()), std::regex("\"instance\":\"[0-9a-f]*\""), "");
    };
    const auto with_answer = asked_about("Q06");
    const auto with_none = asked_about("Q07");
    EXPECT_GE(with_answer.status, 400);
    EXPECT_EQ(with_answer.status, with_none.status);
    EXPECT_EQ(without_instance(with_answer), without_instance(with_none));

    const auto before = std::string(call("detention officer", "/custody/" + id.text()).text());
    auto lines = Json::list();
    for (const auto* line : {"Q06", "Q08"}) lines.add(Json::object().set("line", line));
    act("custody sergeant", "acknowledge", id, Json::object().set("acknowledgements", std::move(lines)));
    act("custody sergeant", "ask_child_again", id, asking_again("Q06", "unclear"));
    act("custody sergeant", "ask_child_again", id, asking_again("Q12", "unclear"));
    const auto after = std::string(call("detention officer", "/custody/" + id.text()).text());
    EXPECT_NE(after.find("\"line\":\"Q08\""), std::string::npos) << after;
    EXPECT_NE(after.find("\"topic\":\"Q12\""), std::string::npos) << after;
    EXPECT_EQ(after.find("Q06"), std::string::npos) << after;
    const auto count_in = [](const std::string& json) { return json.substr(json.find("held_back_count"), 20); };
    EXPECT_EQ(count_in(before), count_in(after)) << "what is counted does not grow with what is hidden";
    EXPECT_FALSE(has(get("detention officer", "/cases/custody/" + id.text()), "Q06"));
}

TEST_P(CustodyPages, a_custody_number_is_written_with_plain_letters)
{
    auto values = boxes_of(get("custody sergeant", "/custody/new"));
    values["name_given"] = "Name not known";
    for (const auto* number : {"NM\xC2\xA0-31", "NM\xE2\x80\x8B-31", "\xEF\xBC\xAE\xEF\xBC\xAD-31"}) {
        values["custody_number"] = number;
        const auto refused = post("custody sergeant", "/custody/new", {values.begin(), values.end()});
        EXPECT_EQ(refused.status, 422);
        EXPECT_TRUE(has(refused, "Write the custody number with letters, digits, spaces and / - . only")) << number;
    }
}

TEST_P(CustodyPages, a_booking_refused_for_something_else_keeps_the_child_that_was_chosen)
{
    auto values = boxes_of(get("custody sergeant", "/custody/new"));
    values["name_given"] = "Mia Sample";
    values["custody_number"] = "NM-77";
    const auto offered = post("custody sergeant", "/custody/new", {values.begin(), values.end()});
    ASSERT_TRUE(has(offered, "Is this one of these children?")) << words_of(offered);
    values["candidates_shown"] = "yes";
    values["child"] = world_.mia.text();
    values["authorised_at-day"] = "99";
    const auto again = post("custody sergeant", "/custody/new", {values.begin(), values.end()});
    EXPECT_EQ(again.status, 422);
    const auto radio = std::string(again.text()).find("value=\"" + world_.mia.text() + "\" checked");
    EXPECT_NE(radio, std::string::npos) << words_of(again);
}

TEST_P(CustodyPages, how_the_authority_was_found_is_shown_only_to_those_who_see_social_care)
{
    const auto id = requested();
    const std::string label = "How the authority was found";
    for (const auto* who : {"custody sergeant", "inspector", "duty worker of Harbourne"}) {
        const auto row = row_of(get(who, "/cases/custody/" + id.text()), label);
        EXPECT_EQ(row.find("Held back"), std::string::npos) << who << row;
        EXPECT_EQ(row.find("no such row"), std::string::npos) << who << row;
        EXPECT_EQ(row.find("Not recorded"), std::string::npos) << who << row;
    }
    const auto row = row_of(get("detention officer", "/cases/custody/" + id.text()), label);
    EXPECT_NE(row.find("Held back"), std::string::npos) << row;
}

TEST_P(CustodyPages, a_booking_sent_twice_opens_one_case)
{
    auto values = boxes_of(get("custody sergeant", "/custody/new"));
    EXPECT_EQ(values["key"].size(), RequestId::random().text().size());
    values["name_given"] = "Kit Sample";
    values["custody_number"] = "NM-1";
    const auto send = [&] { return post("custody sergeant", "/custody/new", {values.begin(), values.end()}); };
    const auto first = send();
    ASSERT_EQ(first.status, 303) << words_of(first);
    EXPECT_TRUE(has(send(), "Is this one of these children?")); // the search now finds the record just made
    values["child"] = "none";
    const auto again = send();
    EXPECT_EQ(again.header("location"), first.header("location")) << words_of(again);

    values["custody_number"] = "NM-2";
    const auto changed = send();
    EXPECT_EQ(changed.status, 422);
    EXPECT_TRUE(has(changed, "This form was sent already, and a child is booked in by it")) << words_of(changed);
    EXPECT_NE(hidden(changed, "key"), values["key"]);
    EXPECT_TRUE(has(get("custody sergeant", "/custody"), "0 overdue of 1 here now"));

    values["key"] = hidden(changed, "key");
    values["name_given"] = "Name not known"; // there is nothing to search for
    values.erase("child");
    const auto unnamed = send();
    EXPECT_EQ(unnamed.status, 303);
    EXPECT_EQ(send().header("location"), unnamed.header("location"));
}

TEST_P(CustodyPages, a_record_that_does_not_fit_is_refused_where_it_was_chosen)
{
    Values values = {{"name_given", "Mia Sample"}, {"custody_number", "NM-1"},     {"authorised_at-day", "10"},
                     {"authorised_at-month", "6"}, {"authorised_at-year", "2026"}, {"authorised_at-time", "19:55"},
                     {"child", world_.mia.text()}};
    ASSERT_EQ(post("custody sergeant", "/custody/new", values).status, 303);
    values[1].second = "NM-2";
    const auto refused = post("custody sergeant", "/custody/new", values);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused, "This child is recorded as in custody already")) << words_of(refused);
    EXPECT_TRUE(has(refused, "None of these: open a new record"));
    EXPECT_FALSE(has(refused, "Castle Street")) << words_of(refused);
}

TEST_P(CustodyPages, the_receipt_is_for_the_desk_that_answered)
{
    const auto id = answered_in_part();
    EXPECT_EQ(get("duty worker of Harbourne", address(id, "/sent")).status, 200);
    for (const auto* who : {"custody sergeant", "detention officer", "officer in the case", "duty worker"})
        EXPECT_EQ(get(who, address(id, "/sent")).status, 404) << who;
}

TEST_P(CustodyPages, a_time_that_may_be_left_out_starts_empty_and_a_time_alone_is_todays)
{
    const auto id = requested();
    const auto page = "/cases/custody/" + id.text() + "/ask_adult";
    auto values = boxes_of(get("custody sergeant", page));
    for (const auto* box :
         {"adult_requested_at-day", "adult_requested_at-month", "adult_requested_at-year", "adult_requested_at-time"})
        EXPECT_EQ(values.at(box), "") << box;
    values["adult_who"] = "Her grandmother";
    values["adult_requested_at-time"] = "1957";
    const auto sent = post("custody sergeant", page, {values.begin(), values.end()});
    ASSERT_EQ(sent.status, 303) << words_of(sent);
    const auto record = get("custody sergeant", "/cases/custody/" + id.text());
    EXPECT_NE(row_of(record, "When did the appropriate adult arrive?").find("Not recorded"), std::string::npos);
    EXPECT_NE(row_of(record, "When was the appropriate adult asked?").find("10 June 2026 at 19:57 BST"),
              std::string::npos)
        << words_of(record);
    const auto here = "/cases/custody/" + id.text() + "/adult_here";
    auto arrived = boxes_of(get("custody sergeant", here));
    arrived["adult_arrived_at-day"] = "10";
    arrived["adult_arrived_at-month"] = "6";
    arrived["adult_arrived_at-year"] = "2026";
    EXPECT_TRUE(has(post("custody sergeant", here, {arrived.begin(), arrived.end()}), "Enter the time"))
        << "a day that was typed is not dropped";
    // What must be given, and is what is recorded now, may stand filled in.
    const auto leaving = boxes_of(get("custody sergeant", "/cases/custody/" + id.text() + "/record_departure"));
    EXPECT_EQ(leaving.at("left_at-time"), "20:00");
}

TEST_P(CustodyPages, a_wrong_time_is_decided_by_another_person)
{
    // R-X-12: "nobody can move the start time, only correct it with reason and second person".
    const auto id = requested();
    const auto record = "/cases/custody/" + id.text();
    const auto times = address(id, "/times");
    const auto offers = [&](const std::string& what) {
        return get("custody sergeant", address(id, "/correct")).text().find(times + what) != std::string_view::npos;
    };
    EXPECT_TRUE(offers("?time=authorised_at"));
    EXPECT_FALSE(offers("?time=delivered_at")) << "the service noted when the request arrived";
    EXPECT_TRUE(has(get("custody sergeant", times + "?time=delivered_at"), "Clocks count from these times"));
    EXPECT_TRUE(has(post("custody sergeant", times), "Choose which time is wrong"));
    auto values = boxes_of(get("custody sergeant", times + "?time=authorised_at"));
    EXPECT_EQ(values["time_corrections-time"], "authorised_at");
    EXPECT_EQ(values["time_corrections-right-day"], "10") << "the form starts on the day that stands";
    const auto empty = post("custody sergeant", times, {values.begin(), values.end()});
    EXPECT_EQ(empty.status, 422);
    for (const auto* words : {"Enter the right time", "Enter why it is corrected"})
        EXPECT_TRUE(has(empty, words)) << words_of(empty);
    values["time_corrections-right-time"] = "7 past";
    const auto unreadable = post("custody sergeant", times, {values.begin(), values.end()});
    for (const auto* words : {"Give the time as hours and minutes", "Enter why it is corrected"})
        EXPECT_TRUE(has(unreadable, words)) << words_of(unreadable);
    values["time_corrections-right-time"] = "1941";
    EXPECT_TRUE(has(post("custody sergeant", times, {values.begin(), values.end()}), "Enter why it is corrected"));
    values["time_corrections-reason"] = "The custody record says 19:41";
    const auto asked = post("custody sergeant", times, {values.begin(), values.end()});
    ASSERT_EQ(asked.status, 303) << words_of(asked);

    const auto own = get("custody sergeant", address(id));
    EXPECT_TRUE(has(own, "10 June 2026 at 19:55 BST is on record. You say that 10 June 2026 at 19:41 BST is right"))
        << words_of(own);
    EXPECT_TRUE(has(own, "Another person decides. Take it back")) << words_of(own);
    const auto other = get("inspector", address(id));
    EXPECT_TRUE(has(other, "because: The custody record says 19:41")) << words_of(other);
    EXPECT_TRUE(has(other, "Decide whether it is corrected"));
    for (const auto* who : {"detention officer", "duty worker of Harbourne"}) {
        EXPECT_FALSE(has(get(who, address(id)), "A time waits to be corrected")) << who;
        EXPECT_EQ(get(who, times).status, 404) << who;
    }
    EXPECT_FALSE(offers("?time=")) << "one at a time";

    const auto taking_back = get("custody sergeant", times);
    EXPECT_TRUE(has(taking_back, "Take it back"));
    EXPECT_FALSE(has(taking_back, "Is that the right time?")) << "it is not theirs to decide";
    auto yes = boxes_of(taking_back);
    yes["is_time_right"] = "yes";
    const auto refused = post("custody sergeant", times + "/decide", {yes.begin(), yes.end()});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused, "You asked for this correction. Another person decides")) << words_of(refused);
    EXPECT_TRUE(has(get("inspector", times), "Is that the right time?"));
    auto decision = boxes_of(get("inspector", times));
    decision["is_time_right"] = "yes";
    ASSERT_EQ(post("inspector", times + "/decide", {decision.begin(), decision.end()}).status, 303);
    EXPECT_FALSE(has(get("inspector", address(id)), "A time waits to be corrected"));
    EXPECT_TRUE(has(get("inspector", address(id)), "Detained since 10 June 2026 at 19:41 BST (corrected)"));
    const auto all = get("inspector", record);
    EXPECT_NE(row_of(all, "When was detention authorised?").find("10 June 2026 at 19:41 BST"), std::string::npos);
    EXPECT_NE(row_of(all, "What stood before").find("10 June 2026 at 19:55 BST"), std::string::npos);
    EXPECT_TRUE(
        has(get("custody sergeant", "/requests/" + id.text()),
            "Decided: detention was authorised at 10 June 2026 at 19:41 BST, not at 10 June 2026 at 19:55 BST"));
    EXPECT_TRUE(has(get("inspector", times), "Decided so far"));
    // Two decisions of one second are each told as they were.
    auto once_more = boxes_of(get("custody sergeant", times + "?time=authorised_at"));
    once_more["time_corrections-right-time"] = "1930";
    once_more["time_corrections-reason"] = "Read from the wrong line";
    ASSERT_EQ(post("custody sergeant", times, {once_more.begin(), once_more.end()}).status, 303);
    auto without = boxes_of(get("inspector", times));
    without["is_time_right"] = "yes";
    without.erase("version");
    EXPECT_TRUE(has(post("inspector", times + "/decide", {without.begin(), without.end()}), "not sent from the page"));
    const auto back = boxes_of(get("custody sergeant", times));
    ASSERT_EQ(post("custody sergeant", times + "/decide", {back.begin(), back.end()}).status, 303);
    for (const auto& path : {times, "/requests/" + id.text()}) {
        const auto told = get("inspector", path);
        EXPECT_TRUE(has(told, "at 10 June 2026 at 19:41 BST, not at 10 June 2026 at 19:55 BST")) << path;
        EXPECT_TRUE(has(told, "19:41 BST, as it stood. It was not corrected to 10 June 2026 at 19:30 BST")) << path;
    }
    EXPECT_TRUE(has(post("inspector", times + "/decide", {decision.begin(), decision.end()}),
                    "Somebody changed this after you opened it"));
    const auto seen = call("custody sergeant", "/custody/" + id.text());
    EXPECT_TRUE(has(seen, R"("corrected_at":"2026-06-10T19:00:00Z")")) << seen.body;
    EXPECT_TRUE(has(get("custody sergeant", "/requests/" + id.text()),
                    "Request sent to children's services: a clock counted from 10 June 2026 at 19:55 BST"));
}

TEST_P(CustodyPages, a_clock_that_was_put_right_asks_no_second_time)
{
    const auto id = booked();
    act("custody sergeant", "send_request", id,
        Json::object()
            .set("offence", "Theft")
            .set("worry", "Far from home")
            .set("channel", "phone")
            .set("delivered_at", to_iso(time_.now() - 2min)));
    auto correction = Json::object().set("time", "delivered_at").set("reason", "The call log says so");
    correction.set("right", to_iso(time_.now() - 3min));
    act("custody sergeant", "propose_time", id,
        Json::object().set("time_corrections", Json::list().add(std::move(correction))));
    act("inspector", "decide_time", id, Json::object().set("is_time_right", true));
    const auto page = get("custody sergeant", "/requests/" + id.text());
    EXPECT_TRUE(has(page, "Due 21:57 BST")) << words_of(page);
    EXPECT_FALSE(has(page, "time of asking")) << words_of(page);
    EXPECT_TRUE(has(page, "Children's services answer: a clock counted from 10 June 2026 at 19:58 BST"));
    std::vector<std::string> told;
    world_.database->get().read([&](storage::Transaction& transaction) {
        const auto& desk = world_.actors.at("duty worker of Harbourne");
        for (const auto& one :
             notices::notices_to(transaction, {.agency = desk.agency, .team = desk.team}, desk.role, 10))
            told.push_back(one.code);
    });
    EXPECT_EQ(std::ranges::count(told, "custody.time_corrected"), 1);
    auto how =
        Json::object().set("offence", "Theft").set("worry", "Far from home").set("child_words_language", "Khmer");
    const auto other = booked("Kit Sample", 5min, "NM-8");
    const auto refused =
        casework::act(*world_.desk, world_.actors.at("custody sergeant"), RequestId::random(),
                      {.type = "custody", .action = "send_request", .id = other, .asked = std::move(how)}, time_.now());
    ASSERT_FALSE(refused);
    EXPECT_NE(sentences(refused.error()).find("Write what the child said"), std::string::npos);
}

TEST_P(CustodyPages, a_decision_about_a_time_and_the_reading_of_the_brief_are_about_what_the_page_showed)
{
    const auto id = requested();
    const auto record = "/cases/custody/" + id.text();
    const auto times = address(id, "/times");
    const auto propose = [&](seconds before) {
        auto correction = Json::object().set("time", "authorised_at").set("reason", "The record says so");
        correction.set("right", to_iso(time_.now() - before));
        act("custody sergeant", "propose_time", id,
            Json::object().set("time_corrections", Json::list().add(std::move(correction))));
    };
    propose(9min);
    auto shown = boxes_of(get("inspector", times));
    shown["is_time_right"] = "yes";
    act("custody sergeant", "decide_time", id, Json::object().set("is_time_right", false));
    propose(25min);
    const auto late = post("inspector", times + "/decide", {shown.begin(), shown.end()});
    EXPECT_TRUE(has(late, "Somebody changed this after you opened it")) << words_of(late);
    EXPECT_FALSE(boxes_of(late).contains("is_time_right")) << "nothing stands chosen about what was not read";
    EXPECT_NE(row_of(get("inspector", record), "When was detention authorised?").find("19:55"), std::string::npos);

    act("detention officer", "ask_adult", id, Json::object().set("adult_who", "Her aunt"));
    auto read = boxes_of(get("custody sergeant", address(id)));
    act("detention officer", "ask_adult", id, Json::object().set("adult_who", "A man who says he is her uncle"));
    const auto again = post("custody sergeant", address(id, "/acknowledge"), {read.begin(), read.end()});
    EXPECT_TRUE(has(again, "Something changed while you read. Nothing is recorded yet")) << words_of(again);
    EXPECT_TRUE(has(again, "Appropriate adult (new): A man who says he is her uncle")) << words_of(again);
}

TEST_P(CustodyPages, news_of_the_appropriate_adult_is_read_as_a_line_of_the_brief)
{
    const auto id = requested();
    act("detention officer", "ask_adult", id, Json::object().set("adult_who", "Her aunt"));
    const auto brief = get("custody sergeant", address(id));
    EXPECT_TRUE(has(brief, "Appropriate adult (new): Her aunt, asked 20:00 BST, not here yet")) << words_of(brief);
    EXPECT_TRUE(has(brief, "1 line is new"));
    EXPECT_TRUE(
        has(post("custody sergeant", address(id, "/acknowledge"), {{"line", "adult"}}), "Nothing is recorded yet"))
        << "nobody knows which brief was read";
    ASSERT_EQ(post("custody sergeant", address(id, "/acknowledge"),
                   {{"line", "adult"}, {"version", hidden(brief, "version")}})
                  .status,
              303);
    EXPECT_TRUE(
        has(get("custody sergeant", address(id)), "Appropriate adult: Her aunt, asked 20:00 BST, not here yet"));
}

TEST_P(CustodyPages, a_childs_words_say_where_in_which_language_and_who_wrote_them_down)
{
    // R-X-09: "speaker, setting, language, interpreter and who wrote them down".
    const auto id = booked();
    auto asked = Json::object().set("offence", "Carrying a carving knife").set("worry", "Met by somebody older");
    asked.set("child_words", "Toi khong muon ve do")
        .set("child_words_setting", "in the cell, to the detention officer");
    asked.set("child_words_language", "Vietnamese").set("child_words_interpreter", "a professional by telephone");
    act("custody sergeant", "send_request", id, asked);
    for (const auto* words :
         {"Toi khong muon ve do", "Said in the cell, to the detention officer.", "In Vietnamese.",
          "Interpreted: a professional by telephone.", "custody sergeant, 10 June 2026 at 20:00 BST"})
        EXPECT_TRUE(has(get("custody sergeant", address(id)), words)) << words;
}

TEST_P(CustodyPages, every_derived_page_says_whom_it_is_about_and_whom_to_ring)
{
    const auto id = requested();
    for (const auto* rest : {"", "/add_fact", "/ask_adult", "/record_departure"}) {
        const auto page = get("custody sergeant", "/cases/custody/" + id.text() + rest);
        for (const auto* words :
             {"Zebedee", "Aged 14", "Custody number NM-7", "Ring Harbourne duty desk: 01632 960000"})
            EXPECT_TRUE(has(page, words)) << rest << words << words_of(page);
    }
    EXPECT_TRUE(has(get("duty worker of Harbourne", "/cases/custody/" + id.text()),
                    "Ring Northmere Castle Street: 01632 960000"));
}

TEST_P(CustodyPages, the_brief_gives_the_full_name_beside_what_the_child_likes_to_be_called)
{
    world_.database->get().write([&](Transaction& transaction) {
        auto stored = records::find_child(transaction, world_.mia);
        stored->child.likes_to_be_called = "Mimi";
        ASSERT_TRUE(records::store_child(transaction, stored->child, stored->version,
                                         world_.actors.at("duty worker").worker, "says so", time_.now()));
    });
    const auto id = act("custody sergeant", "book_in", {},
                        Json::object()
                            .set("child", world_.mia.text())
                            .set("name_given", "Mia Sample")
                            .set("custody_number", "NM-9")
                            .set("authorised_at", to_iso(time_.now())));
    const auto brief = get("custody sergeant", address(id));
    EXPECT_TRUE(has(brief, "Mimi"));
    EXPECT_TRUE(has(brief, "Full name Mia Sample")) << words_of(brief);
}

TEST_P(CustodyPages, an_officer_who_may_see_nothing_of_a_case_finds_what_is_found_of_no_case)
{
    const auto id = answered_in_part();
    const auto none = CaseId::random();
    const std::string who = "officer in the case";
    const auto same = [](const web::Response& of_one, const web::Response& of_none, const std::string& where) {
        EXPECT_EQ(of_one.status, 404) << where << of_one.text();
        EXPECT_EQ(of_one.status, of_none.status) << where;
        EXPECT_EQ(of_one.text(), of_none.text()) << where;
        EXPECT_EQ(of_one.header("etag"), of_none.header("etag")) << where;
    };
    for (const std::string rest : {"", "/add_fact", "/ask_adult"})
        same(get(who, "/cases/custody/" + id.text() + rest), get(who, "/cases/custody/" + none.text() + rest), rest);
    same(get(who, address(id)), get(who, address(none)), "brief");
    const Values typed = {{"version", "1"}, {"adult_who", "Her aunt"}};
    same(post(who, "/cases/custody/" + id.text() + "/ask_adult", typed),
         post(who, "/cases/custody/" + none.text() + "/ask_adult", typed), "form");
    // Every answer carries the number of its own request.
    const auto body_of = [](const web::Response& response) {
        return std::regex_replace(std::string(response.text()), std::regex("\"instance\":\"[0-9a-f]*\""), "");
    };
    const auto seen = call(who, "/custody/" + id.text());
    const auto nothing = call(who, "/custody/" + none.text());
    EXPECT_EQ(seen.status, 404);
    EXPECT_EQ(body_of(seen), body_of(nothing));
    EXPECT_EQ(seen.header("etag"), "");
    const auto acted = call(who, "/custody/" + id.text() + "/ask_adult", R"({"adult_who":"Her aunt"})");
    const auto acted_on_none = call(who, "/custody/" + none.text() + "/ask_adult", R"({"adult_who":"Her aunt"})");
    EXPECT_EQ(acted.status, 404) << acted.text();
    EXPECT_EQ(body_of(acted), body_of(acted_on_none));
}

TEST_P(CustodyPages, who_sees_a_released_line_only_is_not_told_through_the_api_how_the_case_goes)
{
    const auto id = answered_in_part();
    act("duty worker of Harbourne", "answer", id,
        Json::object().set("answers", Json::list().add(answer("Q06", "yes", "A man waits outside school", true))));
    const auto seen = call("officer in the case", "/custody/" + id.text());
    ASSERT_EQ(seen.status, 200);
    EXPECT_EQ(seen.header("etag"), "");
    const std::string json(seen.text());
    EXPECT_NE(json.find("A man waits outside school"), std::string::npos);
    for (const auto* secret :
         {"\"state\":\"part answered\"", "\"version\"", "held_back_count", "opened_at", "\"child\""})
        EXPECT_EQ(json.find(secret), std::string::npos) << secret << json;
    EXPECT_NE(std::string(call("custody sergeant", "/custody/" + id.text()).text()).find("\"version\""),
              std::string::npos);
    const auto form = get("officer in the case", "/cases/custody/" + id.text() + "/add_fact");
    EXPECT_FALSE(has(form, "part answered")) << words_of(form);
}

TEST_P(CustodyPages, why_a_fact_was_corrected_is_held_as_closely_as_the_fact)
{
    const auto id = requested();
    act("custody sergeant", "correct", id,
        Json::object()
            .set("field", "authority_found_by")
            .set("value", "told")
            .set("reason", "Her aunt in Westmoor rang"));
    act("custody sergeant", "correct", id,
        Json::object().set("field", "arrest_place").set("value", "New Quay").set("reason", "Heard wrongly"));
    const auto record = "/cases/custody/" + id.text();
    EXPECT_TRUE(has(get("custody sergeant", record), "authority_found_by: Her aunt in Westmoor rang"));
    const auto seen = get("detention officer", record);
    EXPECT_FALSE(has(seen, "aunt")) << words_of(seen);
    EXPECT_TRUE(has(seen, "arrest_place: Heard wrongly")) << words_of(seen);
    EXPECT_EQ(std::string(call("detention officer", "/custody/" + id.text()).text()).find("aunt"), std::string::npos);
}

TEST_P(CustodyPages, a_form_that_is_nobodys_is_not_repeated)
{
    const auto id = requested();
    const auto page = "/cases/custody/" + id.text() + "/ask_adult";
    EXPECT_EQ(post("nobody", page, {{"form_token", "token"}, {"adult_who", "Her aunt"}}).status, 303);
    web::Request request{.method = web::Method::post, .id = RequestId::random()};
    request.headers.add("content-type", "application/x-www-form-urlencoded");
    request.body = "form_token=old&adult_who=Her+aunt";
    const auto strange = send(std::move(request), "custody sergeant", page);
    EXPECT_EQ(strange.status, 403);
    EXPECT_FALSE(has(strange, "Her aunt")) << words_of(strange);
    EXPECT_EQ(get("nobody", page).header("location"), "/sign-in?next=" + page);
}

TEST_P(CustodyPages, an_inspector_sees_every_suite_of_the_force_and_a_sergeant_their_own)
{
    booked("Kit Sample", 5min, "NM-1");
    act("custody sergeant of another suite", "book_in", {},
        Json::object()
            .set("name_given", "Sky Sample")
            .set("custody_number", "NQ-2")
            .set("authorised_at", to_iso(time_.now() - 20min)));
    auto& inspector = world_.actors.at("inspector");
    world_.database->get().write([&](Transaction& transaction) {
        accounts::Team team{
            .id = TeamId::random(), .agency = inspector.agency, .name = "Northmere duty inspectors", .kind = "office"};
        accounts::add_team(transaction, team);
        inspector.team = team.id;
    });
    const auto all = get("inspector", "/custody");
    EXPECT_TRUE(has(all, "Northmere Castle Street 0 overdue of 1 here now")) << words_of(all);
    EXPECT_TRUE(has(all, "Northmere Quayside 1 overdue of 1 here now")) << words_of(all);
    EXPECT_TRUE(has(all, "Kit Sample"));
    EXPECT_TRUE(has(all, "Sky Sample"));
    EXPECT_TRUE(has(all, "Custody number NQ-2")) << "children are told apart by their number";
    const auto own = get("custody sergeant", "/custody");
    EXPECT_TRUE(has(own, "Custody number NM-1"));
    EXPECT_FALSE(has(own, "Sky Sample"));
    EXPECT_FALSE(has(own, "Quayside"));
}

TEST_P(CustodyPages, lines_are_read_before_the_button_and_the_page_then_says_what_was_recorded)
{
    const auto id = answered_in_part();
    const auto brief = get("custody sergeant", address(id));
    const std::string text(brief.text());
    EXPECT_LT(text.find("Q16 Threats and debts"), text.find("Record that I have read these 5 lines")) << text;
    EXPECT_LT(text.find("Q01 Known to children"), text.find("Record that I have read these 5 lines"));
    EXPECT_LT(text.find("Do now"), text.find("app-brief__clocks")) << "what to do comes before everything but the name";
    ASSERT_TRUE(time_.advance(5min));
    Values values = {{"version", hidden(brief, "version")}};
    for (const auto* line : {"Q06", "Q08", "Q11", "Q12", "Q16"}) values.emplace_back("line", line);
    const auto nothing = post("custody sergeant", address(id, "/acknowledge"), {{"version", hidden(brief, "version")}});
    EXPECT_TRUE(has(nothing, "Say which lines you have read")) << words_of(nothing);
    const auto read = post("custody sergeant", address(id, "/acknowledge"), values);
    ASSERT_EQ(read.status, 303) << words_of(read);
    const std::string next(read.header("location"));
    EXPECT_TRUE(has(get("custody sergeant", next),
                    "Saved on 10 June 2026 at 20:05 BST: you have read 5 lines: Q06, Q08, Q11, Q12, Q16"))
        << words_of(get("custody sergeant", next));
    EXPECT_FALSE(has(get("inspector", next), "Saved on")) << "somebody else's address says nothing";
    EXPECT_FALSE(has(get("custody sergeant", address(id)), "Saved on"));
    const auto chased = post("custody sergeant", "/requests/" + id.text() + "/chase");
    EXPECT_TRUE(has(get("custody sergeant", std::string(chased.header("location"))), "the desk is told again"));
}

TEST_P(CustodyPages, what_happened_stands_newest_first_also_within_one_second)
{
    const auto id = booked();
    act("custody sergeant", "send_request", id,
        Json::object().set("offence", "Theft to order").set("worry", "Far from home"));
    act("duty worker of Harbourne", "open_request", id);
    const auto words = words_of(get("custody sergeant", "/requests/" + id.text()));
    const auto from = words.find("What happened");
    ASSERT_NE(from, std::string::npos);
    EXPECT_LT(words.find("Open the request", from), words.find("Send the request", from));
    EXPECT_LT(words.find("Send the request", from), words.find("Book in", from)) << words.substr(from);
}

TEST_P(CustodyPages, an_authority_chosen_by_hand_that_the_rule_finds_is_recorded_as_found)
{
    const auto send = [&](const char* number, const char* authority) {
        const auto id = booked("Zebedee Quillfeather", 5min, number);
        act("custody sergeant", "send_request", id,
            Json::object()
                .set("offence", "Theft to order")
                .set("worry", "Far from home")
                .set("authority", world_.agencies.at(authority).text()));
        return row_of(get("custody sergeant", "/cases/custody/" + id.text()), "How the authority was found");
    };
    EXPECT_NE(send("NM-1", "Harbourne Borough").find("The custody suite is in its area"), std::string::npos);
    EXPECT_NE(send("NM-2", "Westmoor County").find("Somebody told us"), std::string::npos);
}

TEST_P(CustodyPages, the_send_button_stands_behind_what_matters_most_and_errors_open_the_rest)
{
    const auto id = booked();
    const auto page = address(id, "/request");
    const std::string form(get("custody sergeant", page).text());
    EXPECT_LT(form.find("name=\"offence\""), form.find("name=\"worry\""));
    EXPECT_LT(form.find("name=\"worry\""), form.find("name=\"signs_seen\""));
    EXPECT_LT(form.find("name=\"signs_seen\""), form.find("<details"));
    EXPECT_LT(form.find("<details"), form.find("name=\"arrested_at-time\""));
    EXPECT_EQ(form.find("<details class=\"govuk-details\" open"), std::string::npos);
    auto values = boxes_of(get("custody sergeant", page));
    values["arrested_at-time"] = "soon";
    const auto refused = post("custody sergeant", page, {values.begin(), values.end()});
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.text().find("open"), std::string::npos);
    EXPECT_TRUE(std::regex_search(std::string(refused.text()), std::regex("<details[^>]* open")));
}

TEST_P(CustodyPages, a_desk_that_was_rung_while_the_network_was_down_is_entered_with_the_true_times)
{
    const auto id = booked("Zebedee Quillfeather", 3h);
    const auto page = address(id, "/request");
    auto values = boxes_of(get("custody sergeant", page));
    values["offence"] = "Theft to order";
    values["worry"] = "Far from home";
    values["channel"] = "paper_later";
    const auto without_time = post("custody sergeant", page, {values.begin(), values.end()});
    EXPECT_EQ(without_time.status, 422);
    EXPECT_NE(without_time.text().find("Enter when they were asked"), std::string::npos);

    values = boxes_of(without_time);
    EXPECT_EQ(values["worry"], "Far from home");
    values["channel"] = "paper_later";
    values["delivered_at-day"] = "10";
    values["delivered_at-month"] = "6";
    values["delivered_at-year"] = "2026";
    values["delivered_at-time"] = "18:10"; // detained at 17:00
    EXPECT_EQ(post("custody sergeant", page, {values.begin(), values.end()}).status, 303);
    EXPECT_TRUE(has(get("custody sergeant", page), "(On paper, entered later; written down here afterwards)"));
    const auto once_more = post("custody sergeant", page, {values.begin(), values.end()});
    EXPECT_EQ(once_more.status, 422);
    EXPECT_TRUE(has(once_more, "The request was sent already")) << words_of(once_more);
    EXPECT_TRUE(has(once_more, "Far from home")) << "what was typed is kept";
    const auto not_theirs = post("detention officer", page, {values.begin(), values.end()});
    EXPECT_TRUE(has(not_theirs, "The request is not yours to send")) << words_of(not_theirs);
    EXPECT_FALSE(has(not_theirs, "Which local authority is asked?")) << "the form says who cares for the child";
    const auto everything = get("custody sergeant", "/cases/custody/" + id.text());
    EXPECT_NE(row_of(everything, "When was the request delivered?").find("18:10"), std::string::npos);
    // Two hours from then, and not from when it was typed in.
    const std::string brief(get("custody sergeant", address(id)).text());
    EXPECT_NE(brief.find("20:10"), std::string::npos);

    auto answers = boxes_of(get("custody sergeant", address(id, "/answer")));
    answers["answers-Q11-state"] = "yes";
    answers["answers-Q11-words"] = "Asthma, blue inhaler";
    answers["phone_worker"] = "duty social worker";
    answers["was_read_back"] = "yes";
    answers["phoned_at-day"] = "10";
    answers["phoned_at-month"] = "6";
    answers["phoned_at-year"] = "2026";
    answers["phoned_at-time"] = "";
    const auto no_time = post("custody sergeant", address(id, "/answer"), {answers.begin(), answers.end()});
    EXPECT_EQ(no_time.status, 422) << "a day without a time is not dropped for now";
    EXPECT_TRUE(has(no_time, "Asthma, blue inhaler"));
    answers["phoned_at-time"] = "18:25";
    EXPECT_EQ(post("custody sergeant", address(id, "/answer"), {answers.begin(), answers.end()}).status, 303);
    const auto lines = get("custody sergeant", address(id));
    EXPECT_NE(lines.text().find("at 18:25"), std::string::npos);
}

TEST_P(CustodyPages, nobody_is_held_for_an_answer)
{
    const auto warning = "Do not hold the child for these answers";
    EXPECT_EQ(get("custody sergeant", address(booked())).text().find(warning), std::string::npos)
        << "nothing is awaited";
    const auto id = requested("NM-8");
    EXPECT_NE(get("custody sergeant", address(id)).text().find(warning), std::string::npos);
    leave(id, time_.now());
    EXPECT_EQ(get("custody sergeant", address(id)).text().find(warning), std::string::npos);
}

TEST_P(CustodyPages, the_child_and_the_adult_see_what_helps_and_put_it_right)
{
    const auto id = requested();
    auto answers = Json::list();
    answers.add(answer("Q09", "given", "Dim the light, and say what comes next"));
    answers.add(answer("Q13", "given", "Found his brother dead"));
    act("duty worker of Harbourne", "answer", id, Json::object().set("answers", std::move(answers)));

    const auto page = address(id, "/what-helps");
    const std::string shown(get("custody sergeant", page).text());
    EXPECT_NE(shown.find("Dim the light, and say what comes next"), std::string::npos);
    EXPECT_NE(shown.find("What helps you stay calm"), std::string::npos) << "the child reads it";
    EXPECT_EQ(shown.find("Found his brother dead"), std::string::npos) << "what happened to the child is not read out";

    auto values = boxes_of(get("custody sergeant", page));
    values["added_facts-words"] = "Loud voices are worse than light";
    const auto by_nobody = post("custody sergeant", page, {values.begin(), values.end()});
    EXPECT_EQ(by_nobody.status, 422);
    EXPECT_NE(by_nobody.text().find("Choose who told you"), std::string::npos);
    EXPECT_NE(by_nobody.text().find("Loud voices are worse than light"), std::string::npos) << "nothing typed is lost";
    values["added_facts-said_by"] = "child";
    EXPECT_EQ(post("custody sergeant", page, {values.begin(), values.end()}).status, 303);
    EXPECT_NE(get("custody sergeant", page).text().find("told by the child"), std::string::npos);
    const auto twice = post("custody sergeant", page, {values.begin(), values.end()});
    EXPECT_EQ(twice.status, 422);
    EXPECT_TRUE(has(twice, "Something was written down after you opened this page")) << words_of(twice);
    EXPECT_TRUE(has(twice, "Loud voices are worse than light"));
    const std::string brief(get("custody sergeant", address(id)).text());
    EXPECT_NE(brief.find("Loud voices are worse than light"), std::string::npos);
    EXPECT_EQ(get("officer in the case", page).status, 404) << "the investigation sees released lines only";
}

TEST_P(CustodyPages, a_request_is_passed_on_with_whom_and_why_and_has_no_such_form_afterwards)
{
    const auto id = requested();
    const auto page = address(id, "/not-ours");
    auto values = boxes_of(get("duty worker of Harbourne", page));
    values["reroutes-words"] = "His father moved last week";
    const auto empty = post("duty worker of Harbourne", page, {values.begin(), values.end()});
    EXPECT_EQ(empty.status, 422);
    EXPECT_TRUE(has(empty, "Choose the authority to ask instead")) << words_of(empty);
    EXPECT_TRUE(has(empty, "Choose why this is not your child"));
    EXPECT_TRUE(has(empty, "His father moved last week")) << "nothing typed is lost";
    values["reroutes-reason"] = "lives_elsewhere";
    values["reroutes-to"] = world_.agencies.at("Harbourne Borough").text();
    const auto own = post("duty worker of Harbourne", page, {values.begin(), values.end()});
    EXPECT_TRUE(has(own, "That authority was asked. Choose another")) << words_of(own);
    values["reroutes-to"] = world_.agencies.at("Westmoor County").text();
    EXPECT_EQ(post("duty worker of Harbourne", page, {values.begin(), values.end()}).status, 303);
    EXPECT_EQ(get("duty worker of Harbourne", page).status, 404) << "it is theirs no longer";
}

TEST_P(CustodyPages, a_new_fact_says_which_part_of_the_brief_it_belongs_to)
{
    const auto id = requested();
    const auto page = "/cases/custody/" + id.text() + "/add_fact";
    auto values = boxes_of(get("custody sergeant", page));
    values["added_facts-words"] = "A man waits for him outside";
    const auto without = post("custody sergeant", page, {values.begin(), values.end()});
    EXPECT_EQ(without.status, 422);
    EXPECT_TRUE(has(without, "Choose the part of the brief that it belongs to")) << words_of(without);
    EXPECT_TRUE(has(without, "A man waits for him outside")) << "nothing typed is lost";
    values["added_facts-section"] = "avoid";
    EXPECT_EQ(post("custody sergeant", page, {values.begin(), values.end()}).status, 303);
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "Keep the people named away from the child"));
}

TEST_P(CustodyPages, what_is_ticked_stands_in_the_brief_before_the_words)
{
    const auto id = requested();
    const auto page = address(id, "/answer");
    act("duty worker of Harbourne", "open_request", id);
    auto values = boxes_of(get("duty worker of Harbourne", page));
    values["answers-Q08-state"] = "given";
    Values sent(values.begin(), values.end());
    sent.emplace_back("answers-Q08-codes", "ND01");
    sent.emplace_back("answers-Q08-codes", "SE01");
    auto wrong = sent;
    wrong.emplace_back("answers-Q08-codes", "care_order");
    const auto refused = post("duty worker of Harbourne", page, wrong);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(has(refused, "That cannot be ticked for Q08"));
    EXPECT_TRUE(std::regex_search(std::string(refused.text()), std::regex("value=\"SE01\"[^>]* checked")));
    EXPECT_EQ(post("duty worker of Harbourne", page, sent).status, 303) << "a tick is enough, without words";
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "Autism, Hearing impairment"));
    EXPECT_TRUE(has(get("duty worker of Harbourne", address(id, "/sent")), "Autism, Hearing impairment"));
    const auto again = get("duty worker of Harbourne", page);
    EXPECT_TRUE(std::regex_search(std::string(again.text()), std::regex("value=\"ND01\"[^>]* checked")));

    // One tick fewer is another answer, to be read again.
    sent.pop_back();
    for (auto& [name, value] : sent) {
        if (name == "version") value = boxes_of(again)["version"];
        if (name == "answers-Q08-words") value = "One voice at a time";
    }
    EXPECT_EQ(post("duty worker of Harbourne", page, sent).status, 303);
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "Autism. One voice at a time"));

    auto list = Json::list();
    list.add(answer("Q08", "no").set("codes", Json::list().add("ND01")));
    const auto no = casework::act(
        *world_.desk, world_.actors.at("duty worker of Harbourne"), RequestId::random(),
        {.type = "custody", .action = "answer", .id = id, .asked = Json::object().set("answers", std::move(list))},
        time_.now());
    ASSERT_FALSE(no);
    EXPECT_EQ(no.error().front().field, "answers-Q08-state") << "no, and yet something was ticked";
}

TEST_P(CustodyPages, people_are_named_one_by_one_and_stand_in_the_brief_with_their_telephone)
{
    const auto id = requested();
    act("duty worker of Harbourne", "open_request", id);
    const auto page = address(id, "/answer");
    const auto empty = get("duty worker of Harbourne", page);
    EXPECT_NE(std::string::npos, empty.text().find("answers-Q14-people-1-telephone"));
    EXPECT_EQ(std::string::npos, empty.text().find("answers-Q09-people-1-name"));
    auto posted = post("duty worker of Harbourne", page,
                       {{"version", "3"},
                        {"then", "send"},
                        {"answers-Q14-state", "given"},
                        {"answers-Q14-people-1-telephone", "01632 960001"}});
    EXPECT_NE(std::string::npos, words_of(posted).find("Enter the name of each person")) << words_of(posted);
    posted = post("duty worker of Harbourne", page,
                  {{"version", "3"},
                   {"then", "send"},
                   {"answers-Q14-state", "given"},
                   {"answers-Q14-people-1-name", "Mrs Ward"},
                   {"answers-Q14-people-1-relation", "aunt"},
                   {"answers-Q14-people-1-telephone", "01632 960001"},
                   {"answers-Q14-people-2-name", "Mr Poole"},
                   {"answers-Q14-people-2-note", "after eight"}});
    EXPECT_EQ(303, posted.status) << words_of(posted);
    EXPECT_NE(std::string::npos,
              row_of(get("custody sergeant", address(id)), "Q14 Safe adults and the best appropriate adult")
                  .find("Mrs Ward, aunt, 01632 960001; Mr Poole (after eight)"));
    EXPECT_NE(std::string::npos, get("duty worker of Harbourne", page).text().find("value=\"Mrs Ward\""));
    const auto told = get("custody sergeant", "/api/v1/custody/" + id.text());
    EXPECT_NE(std::string::npos, told.text().find(R"("telephone":"01632 960001")")) << told.text();
}

TEST_P(CustodyPages, a_shift_is_handed_over_line_by_line_and_not_with_one_press)
{
    const auto id = answered_in_part();
    const auto child = address(id, "/handover");
    EXPECT_NE(std::string::npos,
              words_of(get("custody sergeant", child)).find("In charge of the child: custody sergeant"));
    auto opened = post("custody sergeant", "/handover", {{"handovers-with_detention_officer", "no"}});
    EXPECT_NE(std::string::npos, words_of(opened).find("Enter when the duty ends")) << words_of(opened);
    opened = post("custody sergeant", "/handover");
    EXPECT_NE(std::string::npos, words_of(opened).find("Say whether a detention officer takes over too"));
    opened = post("custody sergeant", "/handover",
                  {{"handovers-duty_ends_at-day", "10"},
                   {"handovers-duty_ends_at-month", "6"},
                   {"handovers-duty_ends_at-year", "2026"},
                   {"handovers-duty_ends_at-time", "20:15"},
                   {"handovers-with_detention_officer", "no"}});
    EXPECT_EQ(303, opened.status) << words_of(opened);
    EXPECT_EQ(std::string::npos, get("custody sergeant", child).text().find("handover/accept"))
        << "who hands over is not asked to accept";

    const auto at_once = post("sergeant of the next shift", child + "/accept", {{"line", "Q08"}, {"line", "Q11"}});
    EXPECT_NE(std::string::npos, words_of(at_once).find("Accept each line by itself"));
    auto page = get("sergeant of the next shift", "/handover");
    std::size_t pressed = 0;
    const std::regex form("name=\"line\" value=\"([^\"]*)\"><input type=\"hidden\" name=\"mark\" value=\"([^\"]*)\"");
    std::smatch found;
    for (std::string body(page.text()); std::regex_search(body, found, form); body = std::string(page.text())) {
        ASSERT_LT(pressed, 12U);
        EXPECT_NE(std::string::npos,
                  words_of(get("inspector", child)).find("In charge of the child: custody sergeant"));
        const auto accepted = post("sergeant of the next shift", child + "/accept",
                                   {{"line", found[1]}, {"mark", found[2]}, {"back", "suite"}});
        ASSERT_EQ(303, accepted.status) << words_of(accepted);
        const auto twice =
            post("sergeant of the next shift", child + "/accept", {{"line", found[1]}, {"mark", found[2]}});
        EXPECT_EQ(303, twice.status) << "pressed twice is pressed: " << words_of(twice);
        pressed += 1;
        page = get("sergeant of the next shift", "/handover");
    }
    EXPECT_EQ(6U, pressed); // Q08, Q11, Q12, Q16, the adult, and the critical questions without an answer
    const auto taken = post("sergeant of the next shift", child + "/take-over", {{"back", "suite"}});
    EXPECT_EQ(303, taken.status) << words_of(taken);
    EXPECT_NE(std::string::npos,
              words_of(get("inspector", child)).find("In charge of the child: sergeant of the next shift"));
}

TEST_P(CustodyPages, one_press_hands_over_those_in_ones_own_charge_however_many_there_are)
{
    for (int i = 0; i < 27; ++i) booked("Name not known", 5min, fmt::format("NM-9{:02}", i).c_str());
    EXPECT_NE(std::string::npos,
              words_of(get("custody sergeant", "/handover")).find("Hand over 27 children in your charge"));
    EXPECT_EQ(std::string::npos, words_of(get("sergeant of the next shift", "/handover")).find("in your charge"));
    const auto none = post("sergeant of the next shift", "/handover",
                           {{"handovers-duty_ends_at-day", "10"},
                            {"handovers-duty_ends_at-month", "6"},
                            {"handovers-duty_ends_at-year", "2026"},
                            {"handovers-duty_ends_at-time", "20:15"},
                            {"handovers-with_detention_officer", "no"}});
    EXPECT_NE(std::string::npos, words_of(none).find("No child here is in your charge"));
}

TEST_P(CustodyPages, nobody_else_finds_the_handover)
{
    const auto id = answered_in_part();
    for (const auto* who : {"custody sergeant of another suite", "officer in the case"})
        EXPECT_EQ(404, get(who, address(id, "/handover")).status) << who;
    EXPECT_EQ(std::string::npos, words_of(get("custody sergeant of another suite", "/handover")).find("Zebedee"));
    EXPECT_EQ(std::string::npos, words_of(get("officer in the case", "/handover")).find("Zebedee"));
}

TEST_P(CustodyPages, no_title_and_no_address_holds_a_childs_name)
{
    const auto id = answered_in_part();
    for (const auto* who : {"custody sergeant", "detention officer", "inspector", "duty worker of Harbourne"})
        for (const auto& path :
             {std::string("/custody"), std::string("/custody/new"), address(id), address(id, "/conversation"),
              address(id, "/sheet"), address(id, "/what-helps"), address(id, "/request"), address(id, "/answer"),
              address(id, "/sent"), address(id, "/not-ours"), address(id, "/correct"),
              address(id, "/correct?field=name_given"), "/requests/" + id.text(), "/cases/custody/" + id.text(),
              "/cases/custody/" + id.text() + "/add_fact"})
            get(who, path);
    post("custody sergeant", "/custody/new", {{"name_given", "Zebedee Quillfeather"}, {"custody_number", ""}});
    const auto link = links_mailed().front();
    const auto cookie = enter(link);
    for (const auto* rest : {"/answer", "/sent", "/not-ours"}) get(cookie, link + rest);
    EXPECT_GT(titles_.size(), 40U);
    EXPECT_GT(addresses_.size(), 200U);
    for (const auto& words : titles_) EXPECT_EQ(words.find("Zebedee"), std::string::npos) << words;
    for (const auto& words : addresses_) {
        EXPECT_EQ(words.find("Zebedee"), std::string::npos) << words;
        EXPECT_EQ(words.find("Quillfeather"), std::string::npos) << words;
    }
}

TEST_P(CustodyPages, what_is_owed_after_a_departure_stands_in_the_queue_of_the_suite_and_of_the_desk)
{
    const auto id = answered_in_part();
    leave(id, time_.now());
    EXPECT_TRUE(has(get("custody sergeant", "/custody"), "Left custody: pass-back owed, answers owed"));
    ASSERT_TRUE(time_.advance(hours{25}));
    const auto suite = get("custody sergeant", "/custody");
    EXPECT_TRUE(has(suite, "Left, and still owed something")) << words_of(suite);
    EXPECT_TRUE(has(suite, "Pass back : Zebedee Quillfeather")) << words_of(suite);
    EXPECT_FALSE(has(get("custody sergeant of another suite", "/custody"), "Zebedee"));
    EXPECT_FALSE(has(get("inspector", "/custody"), "Zebedee")) << "whose access has ended owes nothing";
    const auto queue = [&](const std::string& who) {
        web::Request request{.method = web::Method::get, .id = RequestId::random()};
        const auto& session = world_.actors.at(who);
        return std::string(left_and_owed(*site_, {request, session, time_.now()}, session.team, true).markup());
    };
    EXPECT_NE(queue("duty worker of Harbourne").find("Answer"), std::string::npos);
    EXPECT_EQ(queue("duty worker"), "") << "of another desk";

    auto typed = boxes_of(get("custody sergeant", address(id, "/pass-back")));
    typed["pass_backs-outcome"] = "bail_before_charge";
    typed["pass_backs-considered"] = "to_be_decided";
    const auto refused = post("custody sergeant", address(id, "/pass-back"), {typed.begin(), typed.end()});
    EXPECT_TRUE(has(refused, "Write what puts the child at risk now")) << words_of(refused);
    EXPECT_FALSE(has(refused, "One instruction"));
    typed["pass_backs-risks"] = "They say that he owes them";
    const auto sent = post("custody sergeant", address(id, "/pass-back"), {typed.begin(), typed.end()});
    ASSERT_EQ(sent.status, 303) << words_of(sent);
    const auto after = get("sergeant of the next shift", address(id, "/pass-back"));
    EXPECT_TRUE(has(after, "Left custody: pass-back not read yet, answers owed.")) << words_of(after);
    EXPECT_FALSE(has(after, "He owes")) << "what was written is closed as the rest is";
    EXPECT_NE(queue("duty worker of Harbourne").find("Read it, and say what you do next"), std::string::npos);
}

TEST_P(CustodyPages, a_bed_is_asked_for_answered_by_link_and_shown_wherever_the_child_leaves_from)
{
    const auto id = requested();
    const auto page = address(id, "/bed");
    auto typed = boxes_of(get("custody sergeant", page));
    typed["bed_sought"] = "other";
    for (const std::string time : {"charged_at", "bail_refused_at"}) {
        typed[time + "-day"] = "10";
        typed[time + "-month"] = "6";
        typed[time + "-year"] = "2026";
        typed[time + "-time"] = "1958";
    }
    const auto asked = post("custody sergeant", page + "/ask_for_bed", {typed.begin(), typed.end()});
    ASSERT_EQ(asked.status, 303) << words_of(asked);
    EXPECT_TRUE(
        has(get("custody sergeant", std::string(asked.header("location"))), "the authority is asked for a bed"));
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "No bed of the authority yet and no certificate"));
    EXPECT_TRUE(has(get("custody sergeant", "/custody"), "Find a bed, or certify"));
    EXPECT_EQ(get("duty worker", page).status, 404) << "another authority is asked for nothing";
    EXPECT_FALSE(has(get("inspector", page), "Certify why the child is kept")) << "the custody officer certifies";

    const auto links = links_mailed("custody.bed");
    ASSERT_EQ(links.size(), 1U);
    const auto desk = enter(links.back());
    const auto questions = get(desk, links.back() + "/answer");
    const auto opened = post(desk, links.back() + "/open", {{"form_token", hidden(questions, "form_token")}});
    ASSERT_EQ(opened.status, 303) << words_of(opened);
    EXPECT_TRUE(has(get(desk, links.back() + "/answer"), "A bed outside custody"));
    const auto asking = get(desk, links.back() + "/bed");
    EXPECT_TRUE(has(asking, "Is there a bed for the child?")) << words_of(asking);
    auto reply = boxes_of(asking);
    EXPECT_FALSE(reply.contains("bed_replied_at-time")) << "a desk answers now";
    reply["form_token"] = hidden(asking, "form_token");
    reply["bed_reply"] = "found";
    reply["bed_words"] = "Elm House, a worker brings him";
    const auto half = post(desk, links.back() + "/bed/answer_bed", {reply.begin(), reply.end()});
    EXPECT_TRUE(has(half, "Enter from when the bed is there")) << words_of(half);
    reply["bed_ready_at-day"] = "10";
    reply["bed_ready_at-month"] = "6";
    reply["bed_ready_at-year"] = "2026";
    reply["bed_ready_at-time"] = "2130";
    ASSERT_EQ(post(desk, links.back() + "/bed/answer_bed", {reply.begin(), reply.end()}).status, 303);
    EXPECT_TRUE(has(get("custody sergeant", page), "Elm House, a worker brings him"));
    for (const auto* rest : {"", "/release"})
        EXPECT_TRUE(
            has(get("custody sergeant", address(id, rest)), "The authority has a bed from 10 June 2026 at 21:30"))
            << rest;
}

TEST_P(CustodyPages, a_certificate_waits_for_an_inspector_and_a_night_without_any_record_stands_out)
{
    const auto id = requested();
    EXPECT_FALSE(has(get("inspector", "/custody"), "no record of charge and bail"));
    ASSERT_TRUE(time_.advance(hours{24}));
    EXPECT_TRUE(has(get("inspector", "/custody"), "no record of charge and bail (section 38(6))"));
    EXPECT_FALSE(has(get("custody sergeant", "/custody"), "no record of charge and bail"));
    const auto at = to_iso(time_.now());
    act("custody sergeant", "ask_for_bed", id,
        Json::object().set("charged_at", at).set("bail_refused_at", at).set("bed_sought", "secure"));
    EXPECT_FALSE(has(get("inspector", "/custody"), "no record of charge and bail"));
    act("custody sergeant", "certify", id,
        Json::object()
            .set("certificate_ground", "no_secure")
            .set("certificate_words", "No secure bed in the country tonight; he threatened to go back with a knife"));
    auto typed = boxes_of(get("inspector", address(id, "/bed")));
    typed["certificate_review"] = "The ground holds. Ask again at six";
    const auto reviewed = post("inspector", address(id, "/bed/review_certificate"), {typed.begin(), typed.end()});
    ASSERT_EQ(reviewed.status, 303) << words_of(reviewed);
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "Kept here under a certificate of"));
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "reviewed by an inspector."));
}

TEST_P(CustodyPages, the_brief_says_by_when_detention_is_reviewed_next)
{
    const auto id = requested(); // detained since 19:55
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "Next review of detention: by 01:55 BST at the latest"));
    ASSERT_TRUE(time_.advance(hours{6}));
    EXPECT_TRUE(has(get("custody sergeant", address(id)), "Next review of detention: by 10:55 BST at the latest"));
}

TEST_P(CustodyPages, nothing_about_a_child_who_is_not_detained_speaks_of_a_cell)
{
    const auto id = act("custody sergeant", "book_in", {},
                        Json::object()
                            .set("name_given", "Zebedee Quillfeather")
                            .set("born_given", "2012-05-17")
                            .set("attendance", "voluntary")
                            .set("custody_number", "NM-V1")
                            .set("authorised_at", to_iso(time_.now())));
    act("custody sergeant", "send_request", id,
        Json::object().set("offence", "Shoplifting").set("worry", "He is alone"));
    act("duty worker of Harbourne", "answer", id,
        Json::object().set("answers", Json::list().add(answer("Q15", "yes", "His uncle"))));
    const auto brief = get("custody sergeant", address(id));
    EXPECT_TRUE(has(brief, "Here for a voluntary interview since")) << words_of(brief);
    EXPECT_TRUE(has(brief, "not in the same building (Q15)"));
    EXPECT_TRUE(has(brief, "9 of the 10 questions that must be answered have no answer yet"));
    for (const auto* words : {" cell", "Detained", "review of detention", "Q11", "refused bail"})
        EXPECT_FALSE(has(brief, words)) << words << words_of(brief);
    const auto desk = get("duty worker of Harbourne", address(id, "/answer"));
    EXPECT_TRUE(has(desk, "is with the police, not detained")) << words_of(desk);
    EXPECT_FALSE(has(desk, "Q11 ("));
    EXPECT_EQ(get("custody sergeant", address(id, "/sheet")).status, 200);
}

TEST_P(CustodyPages, what_the_child_puts_right_stands_beside_what_it_puts_right)
{
    const auto id = requested();
    act("duty worker of Harbourne", "answer", id,
        Json::object().set("answers", Json::list().add(answer("Q09", "given", "A hand on the shoulder"))));
    const auto page = address(id, "/what-helps");
    auto typed = boxes_of(get("custody sergeant", page));
    typed["added_facts-about"] = "Q09";
    typed["added_facts-said_by"] = "child";
    typed["added_facts-words"] = "Never touch me";
    const auto sent = post("custody sergeant", page, {typed.begin(), typed.end()});
    ASSERT_EQ(sent.status, 303) << words_of(sent);
    const auto shown = get("custody sergeant", page);
    EXPECT_TRUE(has(shown, "told by the child: Never touch me")) << words_of(shown);
    const auto brief = get("custody sergeant", address(id));
    EXPECT_TRUE(has(brief, "Q09 What helps the child stay calm (put right since: see the new fact)"))
        << words_of(brief);
    EXPECT_TRUE(has(brief, "What helps the child stay calm (new) | Answered New Never touch me")) << words_of(brief);
    EXPECT_TRUE(has(brief, "A hand on the shoulder")) << "nothing is overwritten";
    // A newer answer of children's services is no longer the one that was put right.
    ASSERT_TRUE(time_.advance(minutes{5}));
    act("duty worker of Harbourne", "answer", id,
        Json::object().set("answers", Json::list().add(answer("Q09", "given", "No touching"))));
    EXPECT_FALSE(has(get("custody sergeant", address(id)), "put right since"));
    typed["added_facts-about"] = "Q12";
    typed["added_facts-number"] = "F2";
    EXPECT_TRUE(has(post("custody sergeant", page, {typed.begin(), typed.end()}), "You see no answer on that topic"));
}

INSTANTIATE_TEST_SUITE_P(engines, CustodyPages, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::custody::testing
