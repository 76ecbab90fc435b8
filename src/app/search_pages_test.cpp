// Somebody asks whether a child is known: with a reason, and answered in words. On both databases.
#include "app/search_test_world.h"
#include "app/signed_versions.h"
#include "capabilities/matching/matching.h"

#include "storage/testing.h"

namespace reachable::app {
namespace {

using testing::Browser;
using testing::says;
using testing::Values;

constexpr const char* reason = "Found asleep at the bus station and gives this name";

class AskingForAChild : public testing::AtWork {
  protected:
    web::Response search(Browser& browser, Values values)
    {
        values.emplace_back("reason", reason);
        return browser.post_from("/search", "/search", std::move(values));
    }
    std::int64_t rows_of(const std::string& table)
    {
        std::int64_t rows = 0;
        desk().database.read([&](storage::Transaction& transaction) {
            rows = transaction.query("select count(*) from " + table).front().integer(0);
        });
        return rows;
    }
};

TEST_P(AskingForAChild, shows_who_it_may_be_with_age_area_and_reasons_in_words)
{
    const auto mia = store({.id = {},
                            .names = {records::read_name("Mia Templeton")},
                            .born = parse_partial_date("2011-05-17").value(),
                            .host_authority = authority_.id,
                            .addresses = {{.kind = "home", .lines = "3 Quay Street", .postcode = "NM1 2AB"}}});
    auto browser = sergeant();
    EXPECT_TRUE(says(browser.get("/queue"), "href=\"/search\""));
    const auto found = search(browser, {{"name", "templeton mia"},
                                        {"born-day", "17"},
                                        {"born-month", "5"},
                                        {"born-year", "2011"},
                                        {"place", "3 Quay Street, nm12ab"}});
    ASSERT_EQ(found.status, 200) << found.text();
    for (const auto* words : {"Mia Templeton", "Westmoor Council", "same name", "same date of birth", "same postcode",
                              "same address", "Book in with this child", "What speaks for it"})
        EXPECT_TRUE(says(found, words)) << words;
    EXPECT_TRUE(says(found, "/emergency-access/" + mia.text()));
    // What the person typed stands in the form; the record's own address is not shown.
    EXPECT_FALSE(says(found, "3 Quay Street, NM1 2AB"));
    EXPECT_FALSE(says(found, "log_odds"));
}

TEST_P(AskingForAChild, fits_a_page_however_many_are_alike)
{
    for (int i = 0; i < 40; ++i) {
        records::Child child{
            .id = {}, .names = {records::read_name("Mia Templeton")}, .born = parse_partial_date("2011-05-17").value()};
        child.source.agency = force_.id;
        store(std::move(child));
    }
    ASSERT_GT(matching::find_pairs(desk(), now()).opened, 10U);
    auto browser = sergeant();
    const auto found = search(browser, {{"name", "templeton mia"}, {"born-year", "2011"}});
    ASSERT_EQ(found.status, 200) << found.text();
    EXPECT_TRUE(says(found, "/same-person\">Are these one child?"));
    EXPECT_LT(found.text().size(), 100'000U);
}

TEST_P(AskingForAChild, asks_why_and_for_enough_and_keeps_what_was_typed)
{
    auto browser = sergeant();
    const auto without = browser.post_from("/search", "/search", {{"name", "Mia Templeton"}});
    EXPECT_EQ(without.status, 422);
    EXPECT_TRUE(says(without, "Say in a few words why you look for this child"));
    EXPECT_TRUE(says(without, "value=\"Mia Templeton\""));
    const auto short_one = browser.post_from("/search", "/search", {{"name", "Mia Templeton"}, {"reason", "work"}});
    EXPECT_TRUE(says(short_one, "Say in a few words why you look for this child"));
    const auto one_name = search(browser, {{"name", "Templeton"}});
    EXPECT_EQ(one_name.status, 422);
    EXPECT_TRUE(says(one_name, "Enter a first name and a surname, or one name and the date of birth"));
    EXPECT_TRUE(says(search(browser, {{"name", "Mia Templeton"}, {"identifier", "12345"}}), "Say whose number it is"));
    const auto nothing =
        browser.post_from("/search", "/search", {{"name", "Mia Templeton"}, {"reason", "\u00A0\u00A0 \u200B"}});
    EXPECT_TRUE(says(nothing, "Say in a few words why you look for this child"));
    EXPECT_TRUE(says(search(browser, {{"name", "Mia Templeton"}, {"born-year", "2031"}}), "must be in the past"));
    EXPECT_TRUE(says(search(browser, {{"identifier_kind", "PNC ID"}, {"identifier", "12345"}}), "PNC ID (pnc)"));
    EXPECT_TRUE(entries_of("search").empty());
    EXPECT_EQ(rows_of("searches"), 0);
}

TEST_P(AskingForAChild, finds_by_a_number_alone_and_never_by_a_place_or_a_telephone_alone)
{
    store({.id = {},
           .names = {records::read_name("Mia Templeton")},
           .identifiers = {{"PNC", "", "11/345X", ""}},
           .addresses = {{.kind = "home", .lines = "3 Quay Street", .postcode = "NM1 2AB"}},
           .contacts = {{.kind = "phone", .value = "01632 960044"}}});
    auto browser = sergeant();
    EXPECT_TRUE(says(search(browser, {{"identifier_kind", "PNC"}, {"identifier", "11/345x"}}), "Mia Templeton"));
    EXPECT_EQ(search(browser, {{"place", "3 Quay Street, NM1 2AB"}, {"phone", "01632 960044"}}).status, 422);
}

TEST_P(AskingForAChild, warns_of_a_twin_and_says_what_would_settle_it)
{
    store("Mia Templeton", "2011-05-17");
    auto browser = sergeant();
    const auto twin =
        search(browser, {{"name", "Ezra Templeton"}, {"born-day", "17"}, {"born-month", "5"}, {"born-year", "2011"}});
    EXPECT_TRUE(says(twin, "This may be a twin, a brother or a sister of the child you mean."));
    const auto by_name = search(browser, {{"name", "Mia Templeton"}});
    EXPECT_TRUE(says(by_name, "One more fact would settle it: the date of birth")) << by_name.text();
    EXPECT_TRUE(says(search(browser, {{"name", "Oliver Smith"}}), "Many children bear these names"));
}

TEST_P(AskingForAChild, the_reason_stands_beside_the_log_which_commits_to_it)
{
    store("Mia Templeton", "2011-05-17");
    auto browser = sergeant();
    search(browser, {{"name", "Mia Templeton"}});
    const auto entries = entries_of("search");
    ASSERT_EQ(entries.size(), 2U); // the search, and the child
    const auto& of_search = entries.back();
    EXPECT_EQ(of_search.commitments.size(), 1U);
    EXPECT_EQ(audit::canonical(of_search).find("bus"), std::string::npos);
    auto reader = governance();
    EXPECT_TRUE(says(reader.get("/audit"), reason));
    EXPECT_TRUE(verify_with_cases(desk().database, service().key().open, "").is_whole);
    desk().database.write(
        [&](storage::Transaction& transaction) { transaction.execute("update searches set reason = 'Curious'", {}); });
    EXPECT_FALSE(verify_with_cases(desk().database, service().key().open, "").is_whole);
}

TEST_P(AskingForAChild, more_searches_than_one_person_may_make_are_refused_and_told_once)
{
    auto browser = sergeant();
    auto reader = governance();
    for (int i = 0; i < 30; ++i) ASSERT_EQ(search(browser, {{"name", "Mia Templeton"}}).status, 200) << i;
    for (int i = 0; i < 2; ++i) {
        const auto refused = search(browser, {{"name", "Mia Templeton"}});
        EXPECT_EQ(refused.status, 422);
        EXPECT_TRUE(says(refused, "You have made as many searches in the last hour as one person may make"));
        EXPECT_TRUE(says(refused, "If a child may be in danger, ring now"));
    }
    EXPECT_EQ(rows_of("notices"), 1);
    EXPECT_TRUE(says(reader.get("/notices"), "made more searches in an hour than one person may"));
    EXPECT_EQ(browser
                  .post_from("/emergency-access", "/emergency-access",
                             {{"name", "Mia Templeton"}, {"reason_code", "find_the_child"}})
                  .status,
              422);
    // A child who stands there is booked in all the same, and a colleague may search.
    EXPECT_EQ(
        browser
            .post_from("/custody/new", "/custody/new", {{"name_given", "Mia Templeton"}, {"begins_with", "a search"}})
            .status,
        200);
    for (int i = 0; i < 31; ++i)
        browser.post_from("/custody/new", "/custody/new", {{"name_given", "Mia Other"}, {"begins_with", "a search"}});
    store("Mia Templeton", "2011-05-17");
    const auto booking = browser.post_from("/custody/new", "/custody/new",
                                           {{"name_given", "Mia Templeton"}, {"begins_with", "a search"}});
    EXPECT_EQ(booking.status, 200) << "booking in is never refused";
    EXPECT_FALSE(says(booking, "17 May 2011")) << "nobody is shown to whoever searches so often";
    auto colleague = sergeant();
    EXPECT_EQ(search(colleague, {{"name", "Mia Templeton"}}).status, 200);
}

TEST_P(AskingForAChild, booking_in_goes_on_with_the_child_that_was_found)
{
    const auto mia = store("Mia Templeton", "2011-05-17");
    auto browser = sergeant();
    const auto form = browser.post_from("/custody/new", "/custody/new",
                                        {{"begins_with", "a search"},
                                         {"child", mia.text()},
                                         {"name_given", "Mia Templeton"},
                                         {"born_given-year", "2011"}});
    EXPECT_EQ(form.status, 200);
    EXPECT_FALSE(says(form, "There is a problem"));
    EXPECT_TRUE(says(form, "value=\"" + mia.text() + "\" checked")) << form.text();
}

TEST_P(AskingForAChild, is_not_there_for_those_who_may_not_search)
{
    auto officer = at_work(suite_, accounts::Role::DETO, "custody-safeguarding");
    EXPECT_FALSE(says(officer.get("/queue"), "href=\"/search\""));
    EXPECT_EQ(officer.get("/search").status, 404);
    auto worker = at_work(social_, accounts::Role::SW, "safeguarding-response");
    EXPECT_EQ(worker.get("/search").status, 200);
}

INSTANTIATE_TEST_SUITE_P(engines, AskingForAChild, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
