#include "identity/search_index.h"

#include "identity/country_errors.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace reachable::identity {
namespace {

const NameClasses& classes()
{
    static const auto read = NameClasses::read("spelling,yusuf youssef joseph\nspelling,mohammed muhammad mohamed\n"
                                               "short_form,elizabeth liz beth\nshort_form,alexander alex\n")
                                 .value();
    return read;
}

Model model_of(std::size_t people)
{
    auto model = usual_model();
    model.prior = 1.0 / static_cast<double>(people);
    return model;
}

SourceRecord record(const char* given, const char* family, const char* born = "", const char* postcode = "")
{
    SourceRecord made{.names = {{.given = given, .family = family}}};
    if (*born != '\0') made.born = parse_partial_date(born).value();
    if (*postcode != '\0') made.postcodes = {postcode};
    return made;
}

constexpr std::uint32_t country_size = 5'000;
const Country& country()
{
    static const Country made({.seed = 51, .people = country_size});
    return made;
}

/// Somebody's number among the invented people who stand among the country's.
enum : std::uint32_t { elizabeth = 100'001, yusuf, daniel, oleksandr, mary_ann };

SearchIndex index_of_country()
{
    SearchIndex index(classes(), model_of(country_size));
    Random random(52);
    for (std::uint32_t n = 0; n < country_size; ++n)
        index.add(n, write_down(country().person(n), "one", register_errors(), random));
    index.add(elizabeth, record("Elizabeth", "Fotheringay", "2011-03-09", "NX1 2AB"));
    index.add(yusuf, record("Yusuf", "Quaderni", "2009-07-05", "NX1 2AC"));
    auto with_phone = record("Daniel", "Umberslade", "2010-11-30", "NX7 7ZZ");
    with_phone.phones = {"07700 900461"};
    with_phone.postcodes.push_back("NX8 8YY");
    with_phone.identifiers = {{"nhs", "943 476 5919"}};
    with_phone.names.push_back({.given = "Danny", .family = "Ploverton"});
    index.add(daniel, with_phone);
    index.add(oleksandr, record("Олександр", "Шевчукевич", "2008-02-17"));
    index.add(mary_ann, record("Mary Ann", "Gillingwater", "2012-05-06"));
    index.freeze();
    return index;
}

const SearchIndex& frozen()
{
    static const auto index = index_of_country();
    return index;
}

std::optional<std::uint32_t> first_of(const std::vector<Hit>& hits)
{
    return hits.empty() ? std::nullopt : std::optional(hits.front().person);
}

bool finds(const SearchIndex& index, const SourceRecord& asked, std::uint32_t person)
{
    const auto hits = index.search(asked);
    return std::ranges::find(hits, person, &Hit::person) != hits.end();
}

int level_found(Field field, const SourceRecord& asked)
{
    const auto hits = frozen().search(asked, 1);
    return hits.empty() ? -1 : level_of(hits.front().pattern, field);
}

} // namespace

TEST(search_index, finds_what_scoring_every_row_finds_above_even_odds)
{
    Random random(53);
    std::size_t above = 0;
    std::size_t lost = 0;
    std::size_t otherwise_scored = 0;
    for (std::uint32_t n = 0; n < 300; ++n) {
        auto asked = write_down(country().person(n * 16 + 5), "asked", custody_errors(), random);
        asked.names.resize(std::min<std::size_t>(asked.names.size(), 1));
        const auto all = frozen().search_all(asked, 50, 0);
        const auto found = frozen().search(asked, 50, 0);
        for (const auto& hit : all) {
            above += 1;
            const auto same = std::ranges::find(found, hit.person, &Hit::person);
            lost += same == found.end() ? 1 : 0;
            otherwise_scored += same != found.end() && same->log_odds != hit.log_odds ? 1 : 0;
        }
    }
    EXPECT_GT(above, 250U);
    EXPECT_LE(lost * 1000, above * 5) << lost << " of " << above;
    EXPECT_LE(otherwise_scored * 1000, above * 5) << otherwise_scored << " of " << above;
}

TEST(search_index, finds_the_person_asked_for)
{
    Random random(54);
    std::size_t first = 0;
    for (std::uint32_t n = 0; n < 300; ++n) {
        const auto number = n * 16 + 9;
        const auto asked = write_down(country().person(number), "asked", register_errors(), random);
        first += first_of(frozen().search(asked)) == number ? 1 : 0;
    }
    EXPECT_GE(first, 285U); // 95%
}

TEST(search_index, gives_the_best_first_one_row_a_person_and_no_more_than_asked)
{
    const auto asked = record("Mohammed", "Ali");
    const auto hits = frozen().search(asked, 3, -30);
    ASSERT_EQ(hits.size(), 3U);
    EXPECT_TRUE(std::ranges::is_sorted(hits, std::ranges::greater{}, &Hit::log_odds));
    for (const auto& hit : hits) EXPECT_EQ(std::ranges::count(hits, hit.person, &Hit::person), 1);
    const auto strict = frozen().search(asked, 3, hits[1].log_odds);
    EXPECT_EQ(strict.size(), static_cast<std::size_t>(std::ranges::count_if(
                                 hits, [&](const Hit& hit) { return hit.log_odds >= hits[1].log_odds; })));
}

TEST(search_index, exchanged_boxes_are_found)
{
    EXPECT_EQ(first_of(frozen().search(record("Fotheringay", "Elizabeth", "2011-03-09"))), elizabeth);
    EXPECT_EQ(level_found(Field::order, record("Fotheringay", "Elizabeth", "2011-03-09")), level::swapped);
    EXPECT_EQ(first_of(frozen().search({.names = {{.whole = "Fotheringay Elizabeth"}}})), elizabeth);
    EXPECT_EQ(level_found(Field::order, {.names = {{.whole = "Fotheringay Elizabeth"}}}), level::straight);
}

TEST(search_index, short_forms_spellings_slips_and_joined_names_are_found)
{
    EXPECT_EQ(first_of(frozen().search(record("Liz", "Fotheringay"))), elizabeth);
    EXPECT_EQ(level_found(Field::given, record("Liz", "Fotheringay")), level::short_form);
    EXPECT_EQ(first_of(frozen().search(record("Joseph", "Quaderni"))), yusuf);
    EXPECT_EQ(level_found(Field::given, record("Joseph", "Quaderni")), level::spelling);
    EXPECT_EQ(first_of(frozen().search(record("Elizbeth", "Fotheringey"))), elizabeth);
    EXPECT_EQ(level_found(Field::family, record("Elizbeth", "Fotheringey")), level::one_slip);
    EXPECT_EQ(first_of(frozen().search(record("Mary", "Gillingwater"))), mary_ann);
    EXPECT_EQ(first_of(frozen().search(record("Elizabeth", "Fotherinagy"))), elizabeth);
}

TEST(search_index, names_in_another_script_are_found)
{
    EXPECT_EQ(first_of(frozen().search(record("Oleksandr", "Shevchukevych", "2008-02-17"))), oleksandr);
    EXPECT_EQ(first_of(frozen().search(record("Олександр", "Шевчукевич"))), oleksandr);
}

TEST(search_index, birth_dates_with_errors_are_found)
{
    EXPECT_EQ(first_of(frozen().search(record("Yusuf", "Quaderni", "2009-05-07"))), yusuf);
    EXPECT_EQ(level_found(Field::born, record("Yusuf", "Quaderni", "2009-05-07")), level::day_month_swapped);
    // With one name alone the date must do the rest.
    EXPECT_TRUE(finds(frozen(), record("Yusuf", "", "2009-05-07"), yusuf));
    EXPECT_EQ(level_found(Field::born, record("Yusuf", "Quaderni", "2009-07-06")), level::one_digit);
    EXPECT_EQ(level_found(Field::born, record("Yusuf", "Quaderni", "2009-01-01")), level::placeholder);
    EXPECT_EQ(level_found(Field::born, record("Yusuf", "Quaderni", "2009")), level::placeholder);
}

TEST(search_index, aliases_and_earlier_postcodes_are_found)
{
    EXPECT_EQ(first_of(frozen().search(record("Danny", "Ploverton"))), daniel);
    EXPECT_TRUE(finds(frozen(), record("Daniel", "", "", "nx8 8yy"), daniel));
    EXPECT_EQ(level_found(Field::postcode, record("Daniel", "Umberslade", "", "NX88YY")), level::same);
}

TEST(search_index, a_postcode_with_one_name_finds_who_lives_there)
{
    EXPECT_EQ(first_of(frozen().search(record("", "Fotheringay", "", "NX1 2AB"))), elizabeth);
    EXPECT_EQ(first_of(frozen().search(record("Yusuf", "", "", "NX1 2AC"))), yusuf);
}

TEST(search_index, a_telephone_or_an_identifier_alone_finds_whose_it_is)
{
    EXPECT_EQ(first_of(frozen().search({.phones = {"+44 7700 900461"}})), daniel);
    EXPECT_EQ(first_of(frozen().search({.identifiers = {{"nhs", "9434765919"}}})), daniel);
    EXPECT_FALSE(finds(frozen(), {.identifiers = {{"upn", "9434765919"}}}, daniel));
}

TEST(search_index, an_unknown_word_finds_nobody_and_breaks_nothing)
{
    EXPECT_TRUE(frozen().search(record("Xqzwv", "Wvqxzj")).empty());
    EXPECT_EQ(first_of(frozen().search(record("Xqzwv Elizabeth", "Fotheringay", "2011-03-09"))), elizabeth);
}

TEST(search_index, an_empty_question_gives_nothing)
{
    EXPECT_TRUE(frozen().search({}).empty());
    EXPECT_TRUE(frozen().search({.names = {{}}}).empty());
    EXPECT_TRUE(frozen().search(record("Baby", "Unknown")).empty());
    SearchIndex nobody(classes(), model_of(10));
    EXPECT_TRUE(nobody.search(record("Ruth", "Hall")).empty());
    nobody.freeze();
    EXPECT_TRUE(nobody.search(record("Ruth", "Hall")).empty());
}

TEST(search_index, a_single_given_name_gives_candidates)
{
    const auto hits = frozen().search({.names = {{.given = "Mohammed"}}}, 20, -20);
    EXPECT_EQ(hits.size(), 20U);
    EXPECT_TRUE(finds(frozen(), {.names = {{.given = "Oleksandr"}}}, oleksandr));
}

TEST(search_index, a_second_name_with_the_birth_date_leads_to_whoever_uses_it_alone)
{
    EXPECT_TRUE(finds(frozen(), record("Ann", "", "2012-05-06"), mary_ann));
}

TEST(search_index, a_first_letter_stands_for_every_name_that_begins_with_it)
{
    const auto whole = [](const char* text) { return SourceRecord{.names = {{.whole = text}}}; };
    EXPECT_TRUE(finds(frozen(), record("E", "Fotheringay"), elizabeth));
    EXPECT_TRUE(finds(frozen(), record("Elizabeth", "F"), elizabeth));
    EXPECT_TRUE(finds(frozen(), whole("E. Fotheringay"), elizabeth));
    EXPECT_TRUE(finds(frozen(), whole("Fotheringay E"), elizabeth));
    EXPECT_TRUE(finds(frozen(), record("D", "Umberslayde"), daniel)) << "the name may be misspelt";
    EXPECT_EQ(level_found(Field::given, record("E", "Fotheringay", "2011-03-09")), level::initial);
    EXPECT_EQ(level_found(Field::given, record("X", "Fotheringay", "2011-03-09")), level::different);
    const auto twins_apart = frozen().search(record("E", "Fotheringay", "2011-03-09"), 1);
    EXPECT_EQ(twins_apart.front().pattern & siblings_mark, 0U) << "the letter does not say that it is another child";
    EXPECT_EQ(first_of(frozen().search(record("Mary A", "Gillingwater"))), mary_ann);
    EXPECT_EQ(first_of(frozen().search(record("M Ann", "Gillingwater"))), mary_ann);
}

TEST(search_index, by_a_first_letter_the_lists_find_what_scoring_every_row_finds)
{
    Random random(56);
    std::size_t above = 0;
    std::size_t lost = 0;
    for (std::uint32_t n = 0; n < 150; ++n) {
        auto asked = write_down(country().person(n * 31 + 2), "asked", register_errors(), random);
        asked.names.resize(std::min<std::size_t>(asked.names.size(), 1));
        if (asked.names.empty() || asked.names[0].given.empty()) continue;
        asked.names[0].given.resize(1);
        if (n % 2 == 0) asked.born = {};
        const auto all = frozen().search_all(asked, 10, 0);
        const auto found = frozen().search(asked, 10, 0);
        above += all.size();
        for (const auto& hit : all) lost += std::ranges::find(found, hit.person, &Hit::person) == found.end() ? 1 : 0;
    }
    EXPECT_GT(above, 100U);
    EXPECT_LE(lost * 100, above) << lost << " of " << above;
}

TEST(search_index, by_a_first_letter_somebody_added_after_the_freeze_is_found_too)
{
    auto index = index_of_country();
    constexpr std::uint32_t late = 200'000;
    index.add(late, record("Ottoline", "Brambledown", "2013-08-21"));
    index.settle();
    EXPECT_EQ(first_of(index.search(record("O", "Brambledown"))), late);
    index.freeze();
    EXPECT_EQ(first_of(index.search(record("O", "Brambledown"))), late);
}

TEST(search_index, a_record_added_after_the_freeze_is_found_once_settled)
{
    auto index = index_of_country();
    constexpr std::uint32_t late = 200'000;
    const auto asked = record("Ottoline", "Brambledown", "2013-08-21");
    EXPECT_FALSE(finds(index, asked, late));
    index.add(late, asked);
    index.settle();
    EXPECT_EQ(first_of(index.search(asked)), late);
    EXPECT_EQ(first_of(index.search(record("Brambledown", "Ottoline"))), late);
    EXPECT_TRUE(index.search({}).empty());
    const auto before = index.search(asked).front();
    index.freeze();
    const auto after = index.search(asked).front();
    EXPECT_EQ(after.person, late);
    EXPECT_EQ(after.pattern, before.pattern);
    EXPECT_EQ(first_of(index.search(record("Otoline", "Brambledown"))), late);
}

/// Half of the country stands in lists, or none of it.
SearchIndex index_frozen_after(std::uint32_t rows, std::uint32_t people)
{
    SearchIndex index(classes(), model_of(country_size));
    index.weigh_names_alike();
    Random random(54);
    for (std::uint32_t n = 0; n < people; ++n) {
        if (n == rows) index.freeze();
        index.add(n, write_down(country().person(n), "one", register_errors(), random));
        if (n % 700 == 0) index.settle();
    }
    index.settle();
    return index;
}

TEST(search_index, what_is_found_does_not_hang_on_when_the_lists_were_built)
{
    constexpr std::uint32_t people = 2'000;
    auto all = index_frozen_after(people, people);
    all.freeze();
    const auto half = index_frozen_after(people / 2, people);
    const auto none = index_frozen_after(people, people);
    Random random(55);
    std::size_t found = 0;
    for (std::uint32_t i = 0; i < 200; ++i) {
        auto asked = write_down(country().person(i * 9), "two", register_errors(), random);
        if (i % 3 == 0) asked.born.reset();
        if (i % 3 == 1 && asked.born) asked.born->day.reset();
        if (i % 4 != 0) asked.postcodes.clear();
        for (const auto at_least : {least_shown, least_shown - 1}) {
            const auto hits = all.search(asked, 100, at_least);
            found += hits.size();
            for (const auto* other : {&half, &none}) {
                const auto again = other->search(asked, 100, at_least);
                ASSERT_EQ(again.size(), hits.size()) << i;
                for (std::size_t k = 0; k < hits.size(); ++k) {
                    EXPECT_EQ(again[k].person, hits[k].person) << i;
                    EXPECT_EQ(again[k].log_odds, hits[k].log_odds) << i;
                }
            }
        }
    }
    EXPECT_GT(found, 1000U);
}

TEST(search_index, a_copy_that_was_built_anew_follows_what_came_to_the_other_meanwhile)
{
    constexpr std::uint32_t people = 2'000;
    auto in_use = index_frozen_after(people / 2, people);
    auto renewed = in_use;
    renewed.freeze();
    // Meanwhile: new people with new names, one of them gone again, a correction, and somebody removed.
    Random random(57);
    for (std::uint32_t n = people; n < people + 300; ++n)
        in_use.add(n, write_down(country().person(n), "one", register_errors(), random));
    in_use.add(8'000, record("Ottoline", "Brambledown", "2013-08-21", "NX1 2AB"));
    in_use.settle();
    in_use.add(8'001, record("Ottoline", "Vanishing", "2013-08-22"));
    in_use.remove(8'001);
    in_use.remove(17);
    in_use.add(8'002, record("Corrected", "Brambledown"));
    in_use.settle();

    renewed.follow(in_use);
    EXPECT_EQ(renewed.row_count(), in_use.row_count());
    EXPECT_EQ(first_of(renewed.search(record("Otoline", "Bramledown"))), 8'000U) << "new words, misspelt";
    EXPECT_FALSE(finds(renewed, record("Ottoline", "Vanishing", "2013-08-22"), 8'001));
    std::size_t found = 0;
    for (std::uint32_t i = 0; i < 250; ++i) {
        const auto asked = write_down(country().person(i * 9 + 8), "two", register_errors(), random);
        const auto hits = in_use.search(asked, 100);
        const auto again = renewed.search(asked, 100);
        found += hits.size();
        ASSERT_EQ(again.size(), hits.size()) << i;
        for (std::size_t k = 0; k < hits.size(); ++k) {
            EXPECT_EQ(again[k].person, hits[k].person) << i;
            EXPECT_EQ(again[k].log_odds, hits[k].log_odds) << i;
            EXPECT_NE(again[k].person, 17U);
        }
    }
    EXPECT_GT(found, 500U);
}

TEST(search_index, refuses_a_number_that_does_not_rise)
{
    SearchIndex index(classes(), model_of(10));
    index.add(7, record("Ruth", "Hall"));
    EXPECT_THROW(index.add(7, record("Owen", "Hall")), Bug);
    EXPECT_THROW(index.add(6, record("Owen", "Hall")), Bug);
    index.remove(7);
    EXPECT_THROW(index.add(7, record("Owen", "Hall")), Bug);
    EXPECT_THROW(index.add(0x80000000U, record("Owen", "Hall")), Bug);
}

TEST(search_index, two_words_written_as_one_are_told_apart_without_asking_who_else_bears_them)
{
    const auto found_beside = [](const char* family_of_another) {
        SearchIndex index(classes(), model_of(country_size));
        index.weigh_names_alike();
        index.add(1, record("Mia", "Sample", "2011-03-04"));
        index.add(2, record("Zed", family_of_another));
        index.freeze();
        return index.search(record("Miaquixley", "Sample", "2011-03-04")).front().log_odds;
    };
    EXPECT_EQ(found_beside("Quixley"), found_beside("Ploverton"));
}

TEST(search_index, somebody_removed_is_never_found_again)
{
    auto index = index_of_country();
    const auto asked = record("Elizabeth", "Fotheringay", "2011-03-09", "NX1 2AB");
    index.remove(elizabeth);
    EXPECT_FALSE(finds(index, asked, elizabeth));
    for (const auto& hit : index.search_all(asked, 10'000, -1000)) EXPECT_NE(hit.person, elizabeth);
    EXPECT_FALSE(finds(index, record("", "Fotheringay", "", "NX1 2AB"), elizabeth));
    index.freeze();
    EXPECT_FALSE(finds(index, asked, elizabeth));
    // Each row of somebody with aliases, and rows added since the freeze.
    constexpr std::uint32_t anew = 200'000;
    index.add(anew, asked);
    index.settle();
    EXPECT_TRUE(finds(index, asked, anew));
    index.remove(anew);
    index.remove(daniel);
    EXPECT_FALSE(finds(index, asked, anew));
    EXPECT_FALSE(finds(index, record("Danny", "Ploverton"), daniel));
    EXPECT_FALSE(finds(index, {.phones = {"07700 900461"}}, daniel));
}

TEST(search_index, a_correction_takes_the_place_of_what_was_wrong)
{
    auto index = index_of_country();
    index.remove(yusuf);
    constexpr std::uint32_t corrected_yusuf = 200'000;
    index.add(corrected_yusuf, record("Yusuf", "Corrigendum", "2009-07-05"));
    index.settle();
    EXPECT_EQ(first_of(index.search(record("Yusuf", "Corrigendum"))), corrected_yusuf);
    const auto all = index.search_all(record("Yusuf", "Quaderni"), 10'000, -1000);
    const auto corrected = std::ranges::find(all, corrected_yusuf, &Hit::person);
    ASSERT_NE(corrected, all.end());
    EXPECT_EQ(level_of(corrected->pattern, Field::family), level::different);
}

TEST(search_index, a_brother_or_sister_is_shown_and_marked_and_a_misread_name_keeps_its_odds)
{
    const auto sister = frozen().search(record("Gwendolen", "Fotheringay", "2011-03-09", "NX1 2AB")).front();
    EXPECT_EQ(sister.person, elizabeth);
    EXPECT_EQ(sister.log_odds, siblings_log_odds);
    EXPECT_NE(sister.pattern & siblings_mark, 0U);
    const auto misread = frozen().search(record("Elirabemh", "Fotheringay", "2011-03-09", "NX1 2AB")).front();
    EXPECT_EQ(level_of(misread.pattern, Field::given), level::near);
    EXPECT_GT(misread.log_odds, 0);
}

TEST(search_index, the_odds_do_not_depend_on_the_row_but_on_what_agrees)
{
    const auto full = frozen().search(record("Elizabeth", "Fotheringay", "2011-03-09", "NX1 2AB")).front();
    const auto without = frozen().search(record("Elizabeth", "Fotheringay", "2011-03-09")).front();
    const auto name = frozen().search(record("Elizabeth", "Fotheringay")).front();
    EXPECT_GT(full.log_odds, without.log_odds);
    EXPECT_GT(without.log_odds, name.log_odds);
    // Same postcode: 0.50 against 0.00001.
    EXPECT_NEAR(full.log_odds - without.log_odds, 15.61, 0.01);
    // Same date of birth: 0.80 against 0.00015.
    EXPECT_NEAR(without.log_odds - name.log_odds, 12.38, 0.01);
}

TEST(search_index, a_middle_name_orders_the_people_of_one_name)
{
    SearchIndex index(classes(), model_of(country_size));
    constexpr std::uint32_t people = 300;
    constexpr std::uint32_t sought = 217;
    for (std::uint32_t n = 0; n < people; ++n)
        index.add(n, record(n == sought ? "Claire Harriet" : n % 3 == 0 ? "Claire" : "Claire Jessica", "Williams"));
    index.freeze();
    EXPECT_EQ(first_of(index.search(record("Claire Harriet", "Williams"))), sought);
    EXPECT_EQ(first_of(index.search(record("Claire Harriett", "Wiliams"))), sought);
    // Who has no middle name in the register comes before who has another.
    const auto hits = index.search(record("Claire Harriet", "Williams"), people);
    ASSERT_GT(hits.size(), 102U);
    EXPECT_EQ(hits[1].person % 3, 0U);
    EXPECT_EQ(index.search(record("Claire", "Williams")).front().person % 3, 0U);
}

TEST(search_index, the_best_of_a_common_name_are_found_without_scoring_everybody_who_bears_it)
{
    SearchIndex index(classes(), model_of(100'000));
    constexpr std::uint32_t people = 20'000;
    for (std::uint32_t n = 0; n < people; ++n) {
        auto one = record("Mohammed", "Khan", "2008-01-01");
        one.born =
            PartialDate{.year = 1990 + static_cast<int>(n % 30), .month = 1 + n / 30 % 12, .day = 1 + n / 360 % 28};
        index.add(n, one);
    }
    index.freeze();
    SearchFigures figures;
    EXPECT_EQ(index.search(record("Mohammed", "Khan"), 20, -18, &figures).size(), 20U);
    EXPECT_LT(figures.scored, 100U);
    for (const auto* date : {"", "2008-05-07", "2008-01-01", "2008", "2008-05", "1991-12-28", "2071-02-03"}) {
        const auto asked = record("Mohamed", "Kahn", date);
        const auto all = index.search_all(asked, 50);
        const auto found = index.search(asked, 50, least_shown, &figures);
        ASSERT_EQ(all.size(), found.size()) << date;
        for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].log_odds, found[i].log_odds) << date;
        if (*date != '\0') {
            EXPECT_LT(figures.scored, 3'000U) << date;
        }
    }
}

} // namespace reachable::identity
