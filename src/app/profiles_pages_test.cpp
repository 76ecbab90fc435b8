// The photograph of a child through the pages: taken as a file, cleaned, served to whoever may see it and to nobody
// else, and noted in the log.
#include "app/search_test_world.h"
#include "capabilities/profiles/profile.h"
#include "capabilities/profiles/profiles.h"

#include <regex>

namespace reachable::app {
namespace {

using accounts::Role;
using testing::Browser;
using testing::says;

class ProfilePages : public testing::AtWork {
  protected:
    Browser carer() { return at_work(social_, Role::PLAC, "missing-response"); }
    Browser officer() { return at_work(office_, Role::RESP, "missing-response"); }

    /// Opens the profile of Ada Sample; gives its address.
    static std::string open(Browser& carer)
    {
        const auto sent = carer.post_from("/profiles/new", "/profiles/new",
                                          {{"name_given", "Ada Sample"},
                                           {"given_by", "childrens_home"},
                                           {"is_in_care", "yes"},
                                           {"home", "Harbour House"},
                                           {"contact", "01632 960018"},
                                           {"looks", "Tall, red hair"},
                                           {"look_first", "The skate park"},
                                           {"health", "none"},
                                           {"told", "agrees"}});
        const std::string address(sent.header("location"));
        return address.substr(0, address.find('?'));
    }
    static std::string token_on(Browser& browser, const std::string& page)
    {
        const std::string shown(browser.get(page).text());
        std::smatch found;
        return std::regex_search(shown, found, std::regex("name=\"form_token\" value=\"([^\"]*)\"")) ? found[1].str()
                                                                                                     : std::string();
    }
    /// The smallest JPEG, with a comment of whoever took it.
    static std::string jpeg()
    {
        return std::string("\xFF\xD8\xFF\xFE\0\x0F", 6) + "by a carer..." +
               std::string("\xFF\xDB\0\4qt\xFF\xC0\0\x0B\x08\0\x10\0\x10\1\1\x11\0\xFF\xDA\0\4ss", 25) + "data" +
               "\xFF\xD9";
    }
    web::Response send_file(Browser& browser, const std::string& path, const std::string& token,
                            const std::string& file, const std::string& key = {})
    {
        const auto part = [](const std::string& name, const std::string& value) {
            return "--line\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        };
        web::Request request{.method = web::Method::post, .path = path, .id = RequestId::random()};
        for (const auto& [name, value] : browser.cookies) request.cookies.add(name, value);
        request.headers.add("content-type", "multipart/form-data; boundary=line");
        request.body = part("form_token", token) + part("key", key) + part("photo_taken_on-day", "1") +
                       part("photo_taken_on-month", "2") + part("photo_taken_on-year", "2025") +
                       "--line\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"x\"\r\n\r\n" + file +
                       "\r\n--line--\r\n";
        return service().handle(std::move(request));
    }
};

TEST_P(ProfilePages, a_photograph_is_taken_cleaned_and_served_to_whoever_may_see_it)
{
    auto carer = this->carer();
    const auto profile = open(carer);
    ASSERT_TRUE(profile.starts_with("/profiles/")) << profile;
    const auto form = profile + "/photograph/new";
    const auto token = token_on(carer, form);
    ASSERT_FALSE(token.empty());
    EXPECT_EQ(carer.get(profile + "/photograph").status, 404) << "there is none yet";

    EXPECT_EQ(send_file(carer, form, "another", jpeg()).status, 403);
    EXPECT_EQ(entries_of("form.token").size(), 1U) << "a strange form stands in the log";
    const auto no_picture = send_file(carer, form, token, "<svg onload=alert(1)>");
    EXPECT_EQ(no_picture.status, 422);
    EXPECT_TRUE(says(no_picture, "A photograph is a JPEG or a PNG"));

    const auto sent = send_file(carer, form, token, jpeg());
    ASSERT_EQ(sent.status, 303) << sent.text();
    const auto picture = carer.get(profile + "/photograph");
    EXPECT_EQ(picture.status, 200);
    EXPECT_EQ(picture.header("Content-Type"), "image/jpeg");
    EXPECT_EQ(picture.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(picture.header("Content-Security-Policy"), "default-src 'none'; sandbox");
    EXPECT_EQ(picture.header("Content-Disposition"), "inline; filename=\"photograph.jpg\"");
    EXPECT_EQ(picture.header("Cache-Control"), "no-store");
    EXPECT_TRUE(picture.text().starts_with("\xFF\xD8\xFF\xDB"));
    EXPECT_EQ(picture.text().find("carer"), std::string_view::npos);
    EXPECT_TRUE(says(carer.get(profile), "src=\"" + profile + "/photograph\""));
    EXPECT_FALSE(entries_of("look:profile.photograph").empty());

    // Nobody else sees it, nor puts one in.
    auto officer = this->officer();
    EXPECT_EQ(officer.get(profile + "/photograph").status, 404);
    EXPECT_EQ(officer.get(profile).status, 404);
    EXPECT_EQ(send_file(officer, form, token_on(officer, "/missing/report"), jpeg()).status, 404);
    Browser nobody(service());
    EXPECT_EQ(nobody.get(profile + "/photograph").status, 303);
    EXPECT_EQ(send_file(nobody, form, token, jpeg()).status, 303);

    // Taken away, it is gone.
    const auto id = profile.substr(std::string("/profiles/").size());
    EXPECT_EQ(
        carer.post_from("/cases/profile/" + id + "/remove_photo", "/cases/profile/" + id + "/remove_photo", {}).status,
        303);
    EXPECT_EQ(carer.get(profile + "/photograph").status, 404);
    desk().database.read([&](storage::Transaction& transaction) {
        EXPECT_EQ(transaction.query("select count(*) from photographs").front().integer(0), 0);
    });
}

TEST_P(ProfilePages, the_same_form_sent_twice_adds_a_photograph_once)
{
    auto carer = this->carer();
    const auto profile = open(carer);
    const auto form = profile + "/photograph/new";
    const auto token = token_on(carer, form);
    const std::string shown(carer.get(form).text());
    std::smatch key;
    ASSERT_TRUE(std::regex_search(shown, key, std::regex("name=\"key\" value=\"([0-9a-f]+)\""))) << shown;
    const auto first = send_file(carer, form, token, jpeg(), key[1].str());
    ASSERT_EQ(first.status, 303) << first.text();
    EXPECT_EQ(send_file(carer, form, token, jpeg(), key[1].str()).header("location"), first.header("location"))
        << "the same version, and no second";
    // Taken away meanwhile, it does not come back by a form that was sent before.
    const auto taken_away = "/cases/profile/" + profile.substr(std::string("/profiles/").size()) + "/remove_photo";
    EXPECT_EQ(carer.post_from(taken_away, taken_away, {}).status, 303);
    EXPECT_EQ(send_file(carer, form, token, jpeg(), key[1].str()).status, 303);
    desk().database.read([&](storage::Transaction& transaction) {
        EXPECT_EQ(transaction.query("select count(*) from photographs").front().integer(0), 0);
    });
}

TEST_P(ProfilePages, a_profile_is_changed_in_the_form_that_holds_what_is_there_already)
{
    auto carer = this->carer();
    const auto profile = open(carer);
    const auto change = "/cases/profile/" + profile.substr(std::string("/profiles/").size()) + "/update";
    EXPECT_TRUE(says(carer.get(change), "value=\"Harbour House\""));
    const auto emptied = carer.post_from(change, change, {{"home", ""}, {"contact", "01632 960018"}});
    EXPECT_TRUE(says(emptied, "A report asks no more what a profile says"));
    EXPECT_EQ(carer.post_from(change, change, {{"version", "1"}, {"marks", "A scar on the chin"}}).status, 303);
    EXPECT_TRUE(says(carer.get(profile), "A scar on the chin"));
    EXPECT_EQ(carer.post_from(change, change, {{"version", "2"}, {"marks", ""}}).status, 303);
    EXPECT_FALSE(says(carer.get(profile), "A scar on the chin"));
}

INSTANTIATE_TEST_SUITE_P(engines, ProfilePages, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
