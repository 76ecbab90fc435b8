// Words about children, found in what somebody wrote: stories of one text each, and what must hold of every text.
#include "language/boxes.h"
#include "language/counts.h"
#include "language/phrases.h"

#include "base/text.h"
#include "storage/testing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::language {
namespace {

using std::chrono::year;

constexpr CivilDate today = year{2026} / 11 / 29;

const Phrases& shipped()
{
    static const auto phrases = [] {
        const std::filesystem::path files[] = {"data/language/phrases_en.csv", "data/language/phrases_cy.csv"};
        auto read = Phrases::read(files);
        if (!read) throw Bug(sentences(read.error()));
        return std::move(*read);
    }();
    return phrases;
}

/// "3: choosing to go missing; 4: absconded"
std::string found_in(std::string_view text)
{
    std::vector<std::string> found;
    for (const auto& place : shipped().find(text, today))
        found.push_back(std::to_string(place.phrase->number) + ": " + words_at(text, place));
    return join(found, "; ");
}

struct Example {
    const char* text;
    const char* found;
};

TEST(Wording, every_phrase_of_the_list_is_found_as_it_is_written)
{
    const Example examples[] = {
        {"She keeps putting herself at risk.", "1: putting herself at risk"},
        {"He is making poor lifestyle choices", "2: making poor lifestyle choices"},
        {"She is choosing to go missing", "3: choosing to go missing"},
        {"Absconded from the home", "4: absconded"},
        {"described as promiscuous", "5: promiscuous"},
        {"She is sexually active with a man of 30", "6: sexually active with a man"},
        {"under-age sex", "7: under age sex"},
        {"a child prostitute", "8: child prostitute"},
        {"Picked up by her boyfriend", "9: boyfriend"},
        {"Her older boyfriend waits outside", "10: older boyfriend"},
        {"It was consensual", "11: consensual"},
        {"He is street-wise", "12: street wise"},
        {"mature for her age", "13: mature for her age"},
        {"a group of youths", "14: youths"},
        {"drug runner", "15: drug runner"},
        {"Associates with older lads", "16: associates with"},
        {"recruited by two men", "17: recruited"},
        {"making easy money", "18: making easy money"},
        {"used as a money mule", "19: money mule"},
        {"a clean skin", "20: clean skin"},
        {"found in a trap house", "21: trap house"},
        {"been going country again", "22: going country"},
        {"suspected of plugging", "23: plugging"},
        {"owes money", "24: owes money"},
        {"Refuses to engage, non-compliant", "25: refuses to engage; 25: non compliant"},
        {"hard-to-reach family", "26: hard to reach"},
        {"did not attend", "27: did not attend"},
        {"uncooperative victim, won’t support", "28: uncooperative; 28: won't support"},
        {"alleges that he was hit; her story", "29: alleges; 29: her story"},
        {"No disclosures made", "30: no disclosures"},
        {"He lied to us", "31: lied"},
        {"attention seeking", "32: attention seeking"},
        {"manipulative", "33: manipulative"},
        {"kicking off in the van", "34: kicking off"},
        {"challenging behaviour", "35: challenging behaviour"},
        {"vulnerable young female", "36: vulnerable young female"},
        {"repeat misper", "37: repeat misper"},
        {"a frequent flyer here", "38: frequent flyer"},
        {"well known to police", "39: well known to police"},
        {"prolific offender", "40: offender"},
        {"the juvenile, a minor", "41: juvenile; 41: minor"},
        {"illegal immigrant", "42: illegal immigrant"},
        {"problem family", "43: problem family"},
        {"Mum failed to protect her", "44: failed to protect"},
        {"low-level, just messing about", "45: low level; 45: just messing about"},
        {"suffers from autism", "46: suffers from autism"},
    };
    int number = 0;
    for (const auto& [text, found] : examples) {
        EXPECT_EQ(found_in(text), found) << text;
        EXPECT_EQ(std::to_string(++number), std::string(found).substr(0, std::string(found).find(':')));
    }
    EXPECT_EQ(number, 46);
}

TEST(Wording, whole_words_are_found_whatever_their_capitals_hyphens_and_apostrophes)
{
    EXPECT_EQ(found_in("CHOSE  TO\nGO missing"), "3: chose to go missing");
    EXPECT_EQ(found_in("won\u2019t engage"), "25: won't engage");
    EXPECT_EQ(found_in("her boyfriend\u2019s car"), "9: boyfriend") << "what is his is his";
    EXPECT_EQ(found_in("attention\u2010seeking"), "32: attention seeking");
    EXPECT_EQ(found_in("youthful, minority, believed, reliable, plugin, juvenilia"), "") << "never a part of a word";
    EXPECT_EQ(found_in("He chose to go. Missing since then"), "") << "a phrase does not go on behind a full stop";
    EXPECT_EQ(found_in(""), "");
    const std::string text = "At 10pm, her boyfriend's car";
    const auto places = shipped().find(text, today);
    ASSERT_EQ(places.size(), 1U);
    EXPECT_EQ(text.substr(places[0].begin, places[0].end - places[0].begin), "boyfriend") << "the 's stays behind it";
}

/// R-N-04: "patterns list exceptions"; R-N-03: not in quotations.
TEST(Wording, what_means_something_else_and_what_others_said_is_passed_over)
{
    for (const auto* text :
         {"not sexually active", "minor injuries to the left hand", "the youth court", "Youth Justice Service",
          "her mum's new boyfriend", "She calls him her boyfriend", "claims asylum", "life story work",
          "the police failed to protect her", "registered sex offender", "not known to police", "plugging in a phone",
          "a manipulative adult", "Her father says: \"she is a liar\"", "He said \u201CI lied\u201D and cried"})
        EXPECT_EQ(found_in(text), "") << text;
    EXPECT_EQ(found_in("5\" blade. He lied"), "31: lied") << "a quotation that nothing closes is none";
    EXPECT_EQ(found_in("\"No\" \"he lied\" she lied\n\"he lied"), "31: lied; 31: lied");
}

TEST(Wording, of_phrases_that_begin_at_one_word_the_longest_is_found_and_none_overlaps)
{
    EXPECT_EQ(found_in("older boyfriend"), "10: older boyfriend");
    EXPECT_EQ(found_in("making poor lifestyle choices, lifestyle choice"),
              "2: making poor lifestyle choices; 2: lifestyle choice");
}

TEST(Wording, what_the_list_proposes_is_not_found_by_the_list)
{
    for (const auto& phrase : shipped().all())
        for (const auto& better : phrase.better) EXPECT_EQ(found_in(better), "") << phrase.number << ": " << better;
}

TEST(Wording, the_list_has_each_number_once_on_any_day)
{
    const auto& all = shipped().all();
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = i + 1; j < all.size(); ++j)
            EXPECT_FALSE(all[i].number == all[j].number &&
                         (all[i].is_in_force(all[j].valid_from) || all[j].is_in_force(all[i].valid_from)))
                << all[i].number;
}

TEST(Wording, a_row_holds_on_its_days_alone)
{
    const auto phrases = Phrases::parse(
        "number,phrase,patterns,exceptions,better,advice,why,may_change_decision,author,reason,valid_from,valid_to\n"
        "1,a,absconded,,left,,why,no,us,first,2026-01-01,2026-06-30\n"
        "1,a,absconded,,went missing,,why,no,us,clearer,2026-07-01,\n");
    ASSERT_TRUE(phrases) << sentences(phrases.error());
    const auto better_on = [&](CivilDate day) {
        const auto places = phrases->find("absconded", day);
        return places.empty() ? std::string() : places.front().phrase->better.front();
    };
    EXPECT_EQ(better_on(year{2025} / 12 / 31), "");
    EXPECT_EQ(better_on(year{2026} / 6 / 30), "left");
    EXPECT_EQ(better_on(year{2026} / 7 / 1), "went missing");
}

TEST(Wording, a_row_that_cannot_be_read_is_refused_by_its_line)
{
    const std::string head =
        "number,phrase,patterns,exceptions,better,advice,why,may_change_decision,author,reason,valid_from,valid_to\n";
    for (const auto* row : {"x,a,b,,c,,why,no,us,first,2026-01-01,", "1,a,,,c,,why,no,us,first,2026-01-01,",
                            "1,a,b,,,,why,no,us,first,2026-01-01,", "1,a,Big,,c,,why,no,us,first,2026-01-01,",
                            "1,a,b?,,c,,why,no,us,first,2026-01-01,", "1,a,b,,c,,why,no,us,first,January,",
                            "1,a,b-c,,c,,why,no,us,first,2026-01-01,",
                            "1,a,a/b? a/b? a/b? a/b? a/b? a/b? a/b? a/b? a/b? a/b?,,c,,why,no,us,first,2026-01-01,"}) {
        const auto read = Phrases::parse(head + row + "\n");
        ASSERT_FALSE(read) << row;
        EXPECT_TRUE(sentences(read.error()).starts_with("Line 2: ")) << sentences(read.error());
    }
    EXPECT_FALSE(Phrases::parse("number,phrase\n1,a\n"));
}

TEST(Wording, the_time_grows_with_the_text_and_no_faster)
{
    const auto start = std::chrono::steady_clock::now();
    std::string text;
    while (text.size() < 60'000) text += "choosing to go choosing to go \u201C at risk \u201C";
    EXPECT_EQ(shipped().find(text, today).size(), 0U);
    std::string phrases;
    while (phrases.size() < 60'000) phrases += "he absconded ";
    EXPECT_EQ(shipped().find(phrases, today).size(), phrases.size() / 13);
    EXPECT_EQ(shipped().find(std::string(60'000, '"') + "he lied", today).size(), 1U);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds{500});
}

RC_GTEST_PROP(Wording, whatever_is_written_each_place_lies_in_the_text_behind_the_one_before, ())
{
    const auto pieces = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("he", " ", "lied", "\"", "\u201C", "\u201D", "-", "'s", "boyfriend", "\xC3",
                                      "\xE2\x80", "\n", "minor ", "injury", "\u2019", "\xFF", "Ŵ"));
    std::string text;
    for (const auto& piece : pieces) text += piece;
    std::size_t end = 0;
    for (const auto& place : shipped().find(text, today)) {
        RC_ASSERT(place.begin >= end);
        RC_ASSERT(place.end > place.begin);
        RC_ASSERT(place.end <= text.size());
        end = place.end;
    }
}

TEST(Boxes, are_read_where_the_list_says_so_and_no_wins)
{
    const auto boxes = Boxes::read("data/language/boxes.csv");
    ASSERT_TRUE(boxes) << sentences(boxes.error());
    for (const auto* name : {"worry", "answers-Q08-words", "plain_words", "release_plan-R04-words", "appeal_reason-0f"})
        EXPECT_NE(boxes->find_read(name), nullptr) << name;
    for (const auto* name : {"child_words", "answers-Q21-words", "child_said-words", "pass_backs-child_words",
                             "dispute_words", "added_facts-words", "password", "answers-words", "a-b-c-d", ""})
        EXPECT_EQ(boxes->find_read(name), nullptr) << name;
    EXPECT_EQ(boxes->find_read("worry")->changed_at, "correct");
    EXPECT_FALSE(Boxes::parse("box,is_read,changed_at,because\nworry,perhaps,,what staff think\n"));
    EXPECT_FALSE(Boxes::parse("box,is_read,changed_at,because\nworry,yes,elsewhere,what staff think\n"));
}

class WordingCounts : public testing::TestWithParam<std::string> {};

TEST_P(WordingCounts, are_kept_by_team_month_and_phrase_and_add_up)
{
    const auto database = storage::testing::make_database(GetParam());
    const auto list = migrations();
    ASSERT_TRUE(storage::migrate(database->get(), list));
    const auto force = AgencyId::random();
    const Counted counted{force, TeamId::random(), month_of(today), 3};
    Tally tally;
    tally.add(counted, {.shown = 1});
    tally.add(counted, {.shown = 1, .taken = 1});
    tally.add({AgencyId::random(), TeamId::random(), "2026-11", 3}, {.shown = 9});
    Counts stored;
    for (int i = 0; i < 2; ++i) {
        const auto taken = i == 0 ? tally.take() : Counts{{counted, {.shown = 3}}};
        database->get().write([&](storage::Transaction& transaction) { store(transaction, taken); });
    }
    database->get().read([&](storage::Transaction& transaction) { stored = counts_of(transaction, force, "2026-01"); });
    EXPECT_EQ(stored, (Counts{{counted, {.shown = 5, .taken = 1}}}));
    EXPECT_TRUE(tally.take().empty());
    database->get().read([&](storage::Transaction& transaction) { stored = counts_of(transaction, force, "2026-12"); });
    EXPECT_TRUE(stored.empty());
}

INSTANTIATE_TEST_SUITE_P(engines, WordingCounts, testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::language
