// What a text message may say: of everything that the shipped data can put together, one text of plain words and a
// time.
#include "app/capabilities.h"
#include "app/text_sender.h"
#include "base/text.h"

#include <chrono>
#include <gtest/gtest.h>
#include <regex>
#include <set>

namespace reachable::app {
namespace {

using notices::TextMessage;

lists::DatedLists lists_as_shipped()
{
    auto dated = all_lists("data");
    CHECK(dated.has_value(), "the shipped lists cannot be read");
    return std::move(*dated);
}

/// Every text that the shipped data can make: each kind of event of the audience table, in time and late, at each hour
/// of a day of winter, of summer and of the night the clocks go back.
std::set<std::string> every_text(const lists::DatedLists& dated)
{
    std::set<std::string> texts;
    const std::chrono::sys_days days[] = {std::chrono::year{2026} / 1 / 15, std::chrono::year{2026} / 7 / 15,
                                          std::chrono::year{2026} / 10 / 25};
    for (const auto& audience : notices::all_audiences(dated)) {
        if (!audience.by_text) continue;
        const bool asks = audience.acknowledge_within.count() > 0;
        for (const auto* kind : {asks ? "acknowledge" : "breach", "passed_on"})
            for (const UtcTime day : days)
                for (int half_hours = 0; half_hours < 48; ++half_hours) {
                    TextMessage text{.kind = kind, .code = audience.event, .case_id = CaseId::random()};
                    const auto by = day + minutes{30 * half_hours};
                    if (std::string_view(kind) == "acknowledge") text.by = by;
                    texts.insert(notices::text_words(dated, text, by - minutes{5}));
                    texts.insert(notices::text_words(dated, text, by + minutes{5}));
                }
    }
    return texts;
}

TEST(TextWords, of_every_row_fit_one_text_and_are_of_plain_words_and_a_time_alone)
{
    // No name, no place, no case number, no offence and no health word: whatever is not one of these is none of ours.
    const std::set<std::string> plain = {
        "reachable",    "something", "needs",  "needed", "your",   "team", "by",  "and", "nobody", "has",
        "acknowledged", "it",        "sign",   "in",     "to",     "read", "a",   "an",  "time",   "limit",
        "is",           "told",      "what",   "late",   "was",    "not",  "now", "you", "passed", "acknowledge",
        "bst",          "gmt",       "before", "after",  "clocks", "go",   "back"};
    const std::regex clock_time(R"([0-2][0-9]:[0-5][0-9] (GMT|BST))");
    const auto texts = every_text(lists_as_shipped());
    EXPECT_GT(texts.size(), 100U);
    std::size_t with_times = 0;
    for (const auto& text : texts) {
        EXPECT_TRUE(notices::fits_one_text(text)) << text;
        EXPECT_LE(text.size(), 160U) << text;
        EXPECT_TRUE(text.starts_with("Reachable: ")) << text;
        if (std::regex_search(text, clock_time)) ++with_times;
        const auto without_time = std::regex_replace(text, clock_time, "");
        EXPECT_EQ(without_time.find_first_of("0123456789"), std::string::npos) << text;
        std::string words;
        for (const char c : to_lower_ascii(without_time))
            words += std::isalpha(static_cast<unsigned char>(c)) ? c : ' ';
        for (const auto word : split(words, ' '))
            EXPECT_TRUE(word.empty() || plain.contains(std::string(word))) << word << " in: " << text;
    }
    EXPECT_GT(with_times, 100U);
}

TEST(TextWords, are_the_same_whatever_the_case_and_the_event)
{
    const auto dated = lists_as_shipped();
    const auto at = from_seconds(1792886400);
    const TextMessage one{.kind = "acknowledge", .code = "custody.bed", .case_id = CaseId::random(), .by = at};
    const TextMessage other{.kind = "acknowledge", .code = "flag.set_elsewhere", .case_id = CaseId::random(), .by = at};
    EXPECT_EQ(notices::text_words(dated, one, at), notices::text_words(dated, other, at));
}

TEST(TextWords, that_no_telephone_shows_or_that_put_in_more_are_refused_when_the_service_starts)
{
    const auto with = [](const std::string& words) {
        auto dated = lists_as_shipped();
        for (auto& row : dated.codes["notices.texts"])
            if (row.code == "breach") row.label = words;
        return notices::check_texts(dated).has_value();
    };
    EXPECT_TRUE(with("Sign in by {time}."));
    EXPECT_FALSE(with("Sign in about {child}."));
    EXPECT_FALSE(with("Mewngofnodwch: mae’r amser ar ben."));
    EXPECT_FALSE(with(std::string(161, 'x')));
    EXPECT_FALSE(with("{time}" + std::string(150, 'x'))); // the longest time would not fit
    auto dated = lists_as_shipped();
    std::erase_if(dated.codes["notices.texts"], [](const lists::Code& row) { return row.code == "passed_on"; });
    EXPECT_FALSE(notices::check_texts(dated).has_value());
}

TEST(TextWords, the_id_of_a_gateway_is_kept_only_as_it_can_be_shown)
{
    const std::pair<std::string, std::string> cases[] = {
        {R"({"id":"abc-1"})", "abc-1"},
        {R"({"message_id":"m2"})", "m2"},
        {R"({"id":17})", ""},
        {R"({"id":"two words"})", ""},
        {R"({"id":")" + std::string(101, 'x') + R"("})", ""},
        {"taken", ""},
        {"", ""},
        {R"(["id"])", ""},
    };
    for (const auto& [answer, expected] : cases) EXPECT_EQ(gateway_id_in(answer), expected) << answer;
}

} // namespace
} // namespace reachable::app
