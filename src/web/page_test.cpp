#include "web/page.h"

#include "base/result.h"
#include "web/components/markup_tokens.h"
#include "web/gallery.h"
#include "web/page_words.h"
#include "web/security_headers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace reachable::web {

namespace {

std::string document(const Page& page)
{
    return render_page(page, PageAssets{});
}

bool has(const std::string& document, std::string_view part)
{
    return document.find(part) != std::string::npos;
}

std::vector<std::string> gallery_documents()
{
    return {document(gallery_page()), document(gallery_errors_page()), document(gallery_sheet_page())};
}

std::string name_of_tag(std::string_view token)
{
    const auto from = token.starts_with("</") ? 2U : 1U;
    return std::string(token.substr(from, token.find_first_of(" >/", from) - from));
}

/// "" when every element that opens is closed in its turn, else the first tag that is not.
std::string first_unbalanced(const std::string& document)
{
    static const std::set<std::string> empty_elements = {"meta", "link", "input", "br",    "hr",
                                                         "img",  "path", "rect",  "circle"};
    std::vector<std::string> open;
    for (const std::string& token : tokens_of(document)) {
        if (token.size() < 2 || token.front() != '<' || token[1] == '!') continue;
        const std::string name = name_of_tag(token);
        if (empty_elements.contains(name)) continue;
        if (!token.starts_with("</")) {
            open.push_back(name);
            continue;
        }
        if (open.empty() || open.back() != name) return token;
        open.pop_back();
    }
    return open.empty() ? "" : open.back();
}

std::vector<std::string> values_of(const std::string& document, const std::string& attribute)
{
    std::vector<std::string> values;
    const std::string start = " " + attribute + "=\"";
    for (auto at = document.find(start); at != std::string::npos; at = document.find(start, at)) {
        at += start.size();
        values.push_back(document.substr(at, document.find('"', at) - at));
    }
    return values;
}

} // namespace

TEST(Page, its_title_says_what_it_is_and_then_the_service)
{
    Page page{.title = "Queue"};
    EXPECT_TRUE(has(document(page), "<title>Queue - Reachable</title>"));
    page.has_errors = true;
    EXPECT_TRUE(has(document(page), "<title>Error: Queue - Reachable</title>"));
}

TEST(Page, words_from_outside_never_become_markup)
{
    const std::string attack = "\"><script>alert(1)</script>";
    Page page{.title = attack, .service_name = attack, .language = attack, .language_url = attack};
    page.signed_in_as = attack;
    page.form_token = attack;
    page.marking = attack;
    page.printed_by_line = attack;
    page.back_link = BackLink{.text = attack, .href = attack};
    page.navigation = {{.text = attack, .href = attack}};
    EXPECT_FALSE(has(document(page), "<script>alert"));
    EXPECT_EQ(first_unbalanced(document(page)), "");
}

TEST(Page, its_one_inline_script_is_the_one_the_security_headers_allow)
{
    const std::string page = document({.title = "Queue"});
    const auto from = page.find("<script>") + 8;
    const std::string script = page.substr(from, page.find("</script>", from) - from);
    const auto headers = security_headers(false);
    const auto policy = std::find_if(headers.begin(), headers.end(),
                                     [](const auto& header) { return header.first == "Content-Security-Policy"; });
    EXPECT_TRUE(has(policy->second, script_hash(script)));
    EXPECT_EQ(page.find("<script>", from), std::string::npos);
}

TEST(Page, a_skip_link_stands_first_and_leads_to_the_main_part)
{
    const std::string page = document({.title = "Queue"});
    EXPECT_LT(page.find("href=\"#main-content\""), page.find("<header"));
    EXPECT_TRUE(has(page, "<main class=\"govuk-main-wrapper\" id=\"main-content\">"));
}

TEST(Page, signing_out_is_a_post_with_the_token_of_the_form)
{
    Page page{.title = "Queue", .signed_in_as = "Sam Poole", .form_token = "t0ken"};
    EXPECT_TRUE(has(document(page), "method=\"post\" action=\"/sign-out\""));
    EXPECT_TRUE(has(document(page), "name=\"form_token\" value=\"t0ken\""));
    page.signed_in_as = {};
    EXPECT_FALSE(has(document(page), "/sign-out"));
}

TEST(Page, a_plain_page_has_no_staff_navigation_and_nobody_signed_in)
{
    Page page{.title = "Answer", .navigation = {{.text = "Queue", .href = "/queue"}}, .is_plain = true};
    page.signed_in_as = "Sam Poole";
    EXPECT_FALSE(has(document(page), "/queue"));
    EXPECT_FALSE(has(document(page), "Sam Poole"));
    EXPECT_TRUE(has(document(page), "/who-can-see-what"));
}

TEST(Page, seven_navigation_items_are_a_bug)
{
    Page page{.title = "Queue", .navigation = std::vector<ServiceNavigationItem>(6, {.text = "One", .href = "#"})};
    EXPECT_NO_THROW(document(page));
    page.navigation.push_back({.text = "Seven", .href = "#"});
    EXPECT_THROW(document(page), Bug);
}

TEST(Page, it_can_be_read_in_welsh_at_the_same_address)
{
    const std::string page = document({.title = "Ciw", .language = "cy", .language_url = "/queue"});
    EXPECT_TRUE(has(page, "lang=\"cy\">"));
    EXPECT_TRUE(has(page, "href=\"/queue?lang=en\""));
    EXPECT_FALSE(has(page, "href=\"/queue?lang=cy\"")); // this very page is no link
}

/// What a child or a parent reads is whole in their language, the skeleton too.
TEST(Page, a_page_in_welsh_has_no_english_word_of_the_skeleton)
{
    auto page = Page{.title = "Wyt ti eisiau siarad?",
                     .language = "cy",
                     .words = page_words_in("cy").value(),
                     .back_link = BackLink{.text = "Yn ôl", .href = "/"},
                     .is_plain = true};
    const auto welsh = document(page);
    EXPECT_TRUE(has(welsh, "lang=\"cy\"") && has(welsh, "Neidio i&#39;r prif gynnwys") && has(welsh, "Hygyrchedd"));
    const PageWords english;
    for (const auto& words :
         {english.skip_link, english.footer_title, english.accessibility, english.privacy, english.who_can_see_what})
        EXPECT_FALSE(has(welsh, words.words)) << words.words;
    EXPECT_FALSE(has(welsh, ">Back<") || has(welsh, "\"Back\""));
    EXPECT_FALSE(page_words_in("xx")) << "no page claims to be in a language that nobody wrote";
}

TEST(Page, a_sheet_of_paper_says_its_marking_and_who_printed_it)
{
    const std::string page = document(gallery_sheet_page());
    EXPECT_TRUE(has(page, "<p class=\"app-marking\">OFFICIAL-SENSITIVE</p>"));
    EXPECT_TRUE(has(page, "app-print-only\">Printed 14 March 2025"));
    EXPECT_TRUE(has(page, "class=\"govuk-template__body app-one-sheet\""));
}

TEST(Gallery, every_element_is_closed_in_its_turn)
{
    for (const std::string& page : gallery_documents()) EXPECT_EQ(first_unbalanced(page), "");
}

TEST(Gallery, no_page_has_a_style_attribute_or_a_handler)
{
    for (const std::string& page : gallery_documents()) {
        EXPECT_FALSE(has(page, " style="));
        EXPECT_FALSE(has(page, " onclick"));
        EXPECT_FALSE(has(page, "javascript:"));
        EXPECT_FALSE(has(page, "crown"));
    }
}

TEST(Gallery, every_id_stands_once_and_every_label_finds_its_input)
{
    for (const std::string& page : gallery_documents()) {
        const auto ids = values_of(page, "id");
        const std::set<std::string> known(ids.begin(), ids.end());
        EXPECT_EQ(known.size(), ids.size());
        for (const char* attribute : {"for", "aria-describedby", "aria-labelledby"})
            for (const std::string& list : values_of(page, attribute))
                EXPECT_TRUE(known.contains(list.substr(0, list.find(' ')))) << attribute << " " << list;
    }
}

} // namespace reachable::web
