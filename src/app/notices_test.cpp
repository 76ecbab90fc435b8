// What roles are told: the table of events and audiences, acknowledging, and what nobody acknowledged. On both
// databases.
#include "app/capabilities.h"
#include "app/passing_on.h"
#include "app/search_test_world.h"
#include "app/told.h"
#include "notices/acknowledgement.h"
#include "policy/testing.h"

#include <fstream>
#include <set>
#include <sstream>

namespace reachable::app {
namespace {

using accounts::Role;
using notices::Addressee;
using testing::Browser;
using testing::says;

class Told : public testing::AtWork {
  protected:
    Addressee at_suite() const { return {.agency = force_.id, .team = suite_.id}; }
    void tell(const std::string& code, Role role, UtcTime at)
    {
        desk().database.write([&](storage::Transaction& transaction) {
            notices::store_notice(transaction, at_suite(), {}, {.code = code, .role = role}, "", at);
        });
    }
    std::vector<notices::StoredNotice> told(Role role)
    {
        std::vector<notices::StoredNotice> all;
        desk().database.read(
            [&](storage::Transaction& transaction) { all = notices::notices_to(transaction, at_suite(), role, 50); });
        return all;
    }
    /// Somebody of that role on duty at the suite, the whole night.
    void put_on_duty(Role role)
    {
        desk().database.write([&](storage::Transaction& transaction) {
            const auto id = WorkerId::random();
            accounts::add_worker(transaction, {id, force_.id, id.text(), "Somebody"});
            accounts::add_post(transaction, {id, suite_.id, role});
            accounts::add_duty(
                transaction,
                {.worker = id, .team = suite_.id, .role = role, .from = now() - hours{12}, .to = now() + hours{12}});
        });
    }
    std::string address_of_newest(Role role) { return "/notices/" + to_hex(told(role).front().id) + "/acknowledge"; }
    std::int64_t count(const std::string& sql)
    {
        std::int64_t counted = 0;
        desk().database.read(
            [&](storage::Transaction& transaction) { counted = transaction.query(sql).front().integer(0); });
        return counted;
    }
};

TEST_P(Told, what_is_acknowledged_in_time_goes_no_further_and_the_proof_says_who_saw_it)
{
    tell("flag.set_elsewhere", Role::CUST, now());
    auto browser = sergeant();
    const auto page = browser.get("/notices");
    EXPECT_TRUE(says(page, "Acknowledge it by"));
    const auto notice = told(Role::CUST).front();
    std::optional<notices::Showing> shown;
    desk().database.read(
        [&](storage::Transaction& transaction) { shown = notices::first_showing(transaction, notice.id); });
    ASSERT_TRUE(shown.has_value());
    EXPECT_EQ(shown->at, now());

    EXPECT_EQ(browser.post_from("/notices", address_of_newest(Role::CUST), {}).status, 303);
    EXPECT_TRUE(says(browser.get("/notices"), "Acknowledged by Somebody"));
    EXPECT_EQ(told(Role::CUST).front().acknowledged_by, shown->worker);
    EXPECT_EQ(entries_of("notice.acknowledge").size(), 1U);
    EXPECT_EQ(pass_on_notices(desk(), now() + hours{1}), 0U);
    EXPECT_TRUE(told(Role::INSP).empty());
    // Whoever looks later does not take the place of who saw it first.
    auto second = sergeant();
    second.get("/notices");
    EXPECT_EQ(count("select count(*) from notice_showings"), 1);
}

TEST_P(Told, what_nobody_acknowledges_goes_once_to_who_answers_for_them_in_sight_of_both)
{
    put_on_duty(Role::INSP);
    const auto at = now();
    tell("flag.set_elsewhere", Role::CUST, at);
    EXPECT_EQ(pass_on_notices(desk(), at + minutes{15} - seconds{1}), 0U);
    EXPECT_EQ(pass_on_notices(desk(), at + minutes{15}), 1U);
    EXPECT_EQ(pass_on_notices(desk(), at + hours{5}), 0U);
    ASSERT_EQ(told(Role::INSP).size(), 1U);
    EXPECT_EQ(told(Role::INSP).front().passed_from, "CUST");
    EXPECT_EQ(told(Role::INSP).front().gap, "");
    ASSERT_EQ(entries_of("notice.pass_on").size(), 1U);
    EXPECT_EQ(entries_of("notice.pass_on").front().recipients, "INSP");

    auto inspector = at_work(suite_, Role::INSP, "custody-safeguarding");
    EXPECT_TRUE(says(inspector.get("/notices"), "You are told because no custody sergeant acknowledged it in time."));
    EXPECT_TRUE(says(sergeant().get("/notices"), "Nobody acknowledged it in time: it was passed on at"));
    EXPECT_EQ(inspector.post_from("/notices", address_of_newest(Role::INSP), {}).status, 303);
    EXPECT_TRUE(says(inspector.get("/notices"), "Acknowledged by Somebody"));
}

TEST_P(Told, a_rota_gap_is_shown_to_whoever_stands_in)
{
    put_on_duty(Role::SUPV);
    tell("flag.set_elsewhere", Role::CUST, now());
    EXPECT_EQ(pass_on_notices(desk(), now() + minutes{20}), 1U);
    EXPECT_TRUE(told(Role::INSP).empty());
    ASSERT_EQ(told(Role::SUPV).size(), 1U);
    EXPECT_EQ(told(Role::SUPV).front().gap, "INSP");
}

TEST_P(Told, a_new_notice_after_an_acknowledgement_is_to_be_acknowledged_too)
{
    tell("flag.set_elsewhere", Role::CUST, now() - minutes{2});
    auto browser = sergeant();
    EXPECT_EQ(browser.post_from("/notices", address_of_newest(Role::CUST), {}).status, 303);
    tell("flag.set_elsewhere", Role::CUST, now());
    const auto page = browser.get("/notices");
    EXPECT_TRUE(says(page, "Acknowledged by"));
    EXPECT_TRUE(says(page, "Acknowledge it by"));
    EXPECT_EQ(pass_on_notices(desk(), now() + hours{1}), 1U);
}

TEST_P(Told, nobody_acknowledges_what_another_suite_or_role_was_told)
{
    tell("flag.set_elsewhere", Role::CUST, now());
    const auto address = address_of_newest(Role::CUST);
    auto elsewhere = at_work(office_, Role::CUST, "custody-safeguarding");
    auto inspector = at_work(suite_, Role::INSP, "custody-safeguarding");
    EXPECT_EQ(elsewhere.post_from("/notices", address, {}).status, 404);
    EXPECT_EQ(inspector.post_from("/notices", address, {}).status, 404);
    EXPECT_EQ(sergeant().post_from("/notices", "/notices/00/acknowledge", {}).status, 404);
    EXPECT_FALSE(told(Role::CUST).front().acknowledged_at.has_value());
}

TEST_P(Told, what_asks_nobody_has_no_button_and_is_not_passed_on)
{
    tell("custody.opened", Role::CUST, now());
    EXPECT_FALSE(says(sergeant().get("/notices"), "Acknowledge"));
    EXPECT_EQ(pass_on_notices(desk(), now() + hours{24}), 0U);
    EXPECT_EQ(sergeant().post_from("/notices", address_of_newest(Role::CUST), {}).status, 404);
}

TEST_P(Told, a_mail_that_waits_takes_in_the_next_of_the_same_and_brings_its_newer_link)
{
    const auto mail = [&](const std::string& code, const std::string& link, UtcTime at) {
        desk().database.write([&](storage::Transaction& transaction) {
            notices::store_mail(transaction,
                                {.to = "desk@example.org", .code = code, .reference = "1a2b3c4d", .link = link}, at);
        });
    };
    const auto waiting = [&] {
        std::vector<notices::WaitingMail> all;
        desk().database.read(
            [&](storage::Transaction& transaction) { all = notices::mail_to_send(transaction, now() + hours{1}, 50); });
        return all;
    };
    mail("custody.request", "/a/old", now());
    const auto read_before = waiting();
    mail("custody.request", "/a/new", now() + minutes{9});
    mail("custody.request", "", now() + minutes{9});
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting().front().mail.link, "/a/new");
    const auto hand_over = [&](const notices::WaitingMail& one) {
        desk().database.write([&](storage::Transaction& transaction) { notices::mark_sent(transaction, one, now()); });
    };
    hand_over(read_before.front()); // it was being handed over while the new one came, whose link is not lost
    ASSERT_EQ(waiting().size(), 1U);
    hand_over(waiting().front());
    // What was handed over says nothing of what is new.
    mail("custody.request", "/a/third", now() + minutes{9});
    mail("custody.request", "/a/later", now() + minutes{20});
    mail("link.code", "123456", now());
    mail("link.code", "654321", now());
    EXPECT_EQ(waiting().size(), 4U);
}

INSTANTIATE_TEST_SUITE_P(engines, Told, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

/// Every .cpp file of the rooms that tell somebody, without comments.
std::vector<std::string> sources()
{
    std::vector<std::string> texts;
    for (const auto* room : {"src/capabilities", "src/app", "src/ties", "src/casework"})
        for (const auto& file : std::filesystem::recursive_directory_iterator(room)) {
            const auto name = file.path().string();
            if (!name.ends_with(".cpp") || name.ends_with("_test.cpp") || name.ends_with("log_words.cpp")) continue;
            std::ifstream in(name);
            std::string text;
            for (std::string line; std::getline(in, line);) text += line.substr(0, line.find("// ")) + "\n";
            texts.push_back(std::move(text));
        }
    return texts;
}

lists::DatedLists shipped_lists()
{
    auto dated = all_lists("data");
    CHECK(dated.has_value(), "the shipped lists cannot be read");
    return std::move(*dated);
}

TEST(Audiences, every_event_that_is_told_stands_in_the_table_and_every_row_is_told)
{
    const auto dated = shipped_lists();
    std::set<std::string> rows;
    for (const auto& audience : notices::all_audiences(dated))
        if (!audience.event.starts_with("clock."))
            rows.insert(audience.event); // put together, see `tell` in clocks.cpp
    const std::regex tells(R"(\.code =|notify\(|\btell\w*\()");
    const std::regex event(R"(\"([a-z-]+\.[a-z_]+)\")");
    std::set<std::string> told;
    for (const auto& text : sources())
        for (const auto part : split(text, ';')) {
            const std::string statement(part);
            if (statement.find('"') == std::string::npos) continue;
            const bool is_list = statement.find("flags.sections") != std::string::npos;
            if (is_list || statement.find("mail(") != std::string::npos ||
                statement.find("mail_a_link(context") != std::string::npos || !std::regex_search(statement, tells))
                continue;
            for (auto at = std::sregex_iterator(statement.begin(), statement.end(), event);
                 at != std::sregex_iterator(); ++at)
                told.insert((*at)[1].str());
        }
    EXPECT_EQ(told, rows);
}

TEST(Audiences, the_purpose_of_a_notice_is_one_of_the_policy_and_its_words_are_the_same_for_every_side)
{
    std::set<std::string> purposes;
    for (const auto& purpose : policy::testing::shipped().text().purposes) purposes.insert(purpose.code);
    std::map<std::string, std::string> words;
    for (const auto& audience : notices::all_audiences(shipped_lists())) {
        EXPECT_TRUE(purposes.contains(audience.purpose)) << audience.event << ": " << audience.purpose;
        EXPECT_EQ(words.emplace(audience.event, audience.words).first->second, audience.words) << audience.event;
        EXPECT_EQ(audience.acknowledge_within.count() > 0, !audience.fallback.empty()) << audience.event;
    }
}

TEST(Audiences, what_cannot_be_read_is_refused_when_the_service_starts)
{
    const auto with = [](const std::string& channels, const std::string& roles, const std::string& minutes) {
        lists::DatedLists dated;
        lists::Code row{.code = "custody.opened", .label = "Opened.", .definition = ""};
        row.more = {{"side", "own"},        {"roles", roles},
                    {"channels", channels}, {"purpose", "custody-safeguarding"},
                    {"fallback", ""},       {"acknowledge_minutes", minutes}};
        dated.codes["notices.audience"] = {row};
        return notices::check_audiences(dated).has_value();
    };
    EXPECT_TRUE(with("in-app", "CUST", "0"));
    EXPECT_FALSE(with("mail", "CUST", "0")); // no screen
    EXPECT_FALSE(with("in-app pigeon", "CUST", "0"));
    EXPECT_FALSE(with("in-app", "NOBODY", "0"));
    EXPECT_FALSE(with("in-app", "CUST", "15")); // nobody would hear of it
    EXPECT_FALSE(with("in-app", "CUST", "soon"));
}

} // namespace
} // namespace reachable::app
