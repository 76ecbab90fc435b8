#include "identity/comparison.h"
#include "identity/country_errors.h"

#include <algorithm>
#include <array>
#include <functional>
#include <gtest/gtest.h>
#include <numeric>
#include <string>

namespace reachable::identity {
namespace {

const NameClasses& classes()
{
    static const auto read =
        NameClasses::read("spelling,yusuf youssef joseph\nshort_form,elizabeth liz beth\n").value();
    return read;
}

SourceRecord named(std::string given, std::string family)
{
    return {.names = {{.given = std::move(given), .family = std::move(family)}}};
}

Comparison compared(const SourceRecord& one, const SourceRecord& other, std::uint16_t siblings_born_from = 0)
{
    Population population(classes(), siblings_born_from);
    const auto a = population.add(one);
    const auto b = population.add(other);
    return Comparer(population).compare(a, b);
}

int level_between(Field field, const SourceRecord& one, const SourceRecord& other)
{
    const auto there = level_of(compared(one, other).pattern, field);
    EXPECT_EQ(there, level_of(compared(other, one).pattern, field)) << code_of(field);
    return there;
}

struct Names {
    int given = 0;
    int family = 0;
    int order = 0;
    bool operator==(const Names&) const = default;
};

void PrintTo(const Names& names, std::ostream* out)
{
    *out << "given " << names.given << ", family " << names.family << ", order " << names.order;
}

Names names_between(const SourceRecord& one, const SourceRecord& other)
{
    return {level_between(Field::given, one, other), level_between(Field::family, one, other),
            level_between(Field::order, one, other)};
}

bool are_marked(const SourceRecord& one, const SourceRecord& other, std::uint16_t siblings_born_from = 0)
{
    return (compared(one, other, siblings_born_from).pattern & siblings_mark) != 0;
}

SourceRecord child(std::string given, const char* born)
{
    auto record = named(std::move(given), "Bello");
    if (*born != '\0') record.born = parse_partial_date(born).value();
    record.addresses = {"12 Mill Lane"};
    return record;
}

} // namespace

TEST(comparison, every_level_of_a_birth_date_has_its_pairs)
{
    struct Case {
        BirthDate one;
        BirthDate other;
        std::uint8_t expected;
    };
    constexpr Case cases[] = {
        {{}, {}, level::not_known},
        {{2010, 5, 17}, {}, level::not_known},
        {{2010, 5, 17}, {2010, 5, 17}, level::same_date},
        {{2010, 1, 1}, {2010, 1, 1}, level::same_date}, // how common that date is, its rarity says
        {{2010, 5, 7}, {2010, 7, 5}, level::day_month_swapped},
        {{2010, 5, 17}, {2010, 5, 18}, level::one_digit},
        {{2010, 5, 17}, {2010, 6, 17}, level::one_digit},
        {{2010, 5, 17}, {2018, 5, 17}, level::one_digit},
        {{2010, 5, 12}, {2010, 5, 21}, level::one_digit}, // two digits next to each other exchanged
        {{2010, 5, 17}, {2010, 5, 28}, level::same_month},
        {{2010, 5, 0}, {2010, 5, 0}, level::same_month},
        {{2009, 5, 17}, {2010, 5, 17}, level::same_day_month},
        {{2010, 5, 17}, {2010, 1, 1}, level::placeholder},
        {{2010, 5, 17}, {2010, 0, 0}, level::placeholder},
        {{2010, 5, 17}, {2010, 5, 0}, level::placeholder},
        {{2010, 1, 1}, {2010, 0, 0}, level::placeholder},
        {{2010, 0, 0}, {2010, 0, 0}, level::placeholder}, // nobody said which month
        {{2010, 5, 17}, {2011, 8, 23}, level::years_apart},
        {{2010, 5, 17}, {2012, 5, 28}, level::years_apart}, // twenty-four months
        {{2010, 5, 17}, {2010, 8, 29}, level::years_apart},
        {{2010, 0, 0}, {2011, 0, 0}, level::years_apart}, // years are no dates with a digit wrong
        {{2010, 5, 17}, {2012, 6, 28}, level::far_apart}, // twenty-five
        {{2010, 5, 17}, {1974, 11, 2}, level::far_apart},
        {{2000, 0, 0}, {2010, 0, 0}, level::far_apart},
    };
    std::array<bool, 9> is_reached{};
    for (const auto& [one, other, expected] : cases) {
        EXPECT_EQ(born_level(one, other), expected) << one.number() << " " << other.number();
        EXPECT_EQ(born_level(other, one), expected) << other.number() << " " << one.number();
        is_reached[expected] = true;
    }
    EXPECT_EQ(std::ranges::count(is_reached, true), 9);
}

namespace {

/// One digit is another, or two neighbours are exchanged: read from the letters of both dates.
bool differs_in_one_digit_as_read(const BirthDate& a, const BirthDate& b)
{
    const auto one = std::to_string(a.number());
    auto other = std::to_string(b.number());
    const auto is_different = [](char x, char y) { return x != y; };
    if (std::inner_product(one.begin(), one.end(), other.begin(), 0, std::plus(), is_different) == 1) return true;
    for (std::size_t i = 0; i + 1 < other.size(); ++i) {
        std::swap(other[i], other[i + 1]);
        if (one == other) return one != std::to_string(b.number());
        std::swap(other[i], other[i + 1]);
    }
    return false;
}

} // namespace

TEST(comparison, a_digit_of_a_birth_date_is_wrong_where_its_letters_say_so)
{
    std::vector<BirthDate> dates;
    for (const auto year : std::to_array<std::uint16_t>({1989, 1998, 2001, 2009, 2010, 2011, 2012, 2021}))
        for (std::uint8_t month = 1; month <= 12; ++month)
            for (const auto day : std::to_array<std::uint8_t>({2, 7, 10, 12, 13, 20, 21, 31}))
                dates.push_back({year, month, day});
    std::size_t with_one = 0;
    for (const auto& a : dates)
        for (const auto& b : dates) {
            const auto level = born_level(a, b);
            if (level == level::same_date || level == level::day_month_swapped) continue;
            ASSERT_EQ(level == level::one_digit, differs_in_one_digit_as_read(a, b)) << a.number() << " " << b.number();
            with_one += level == level::one_digit ? 1 : 0;
        }
    EXPECT_GT(with_one, 1000U);
}

TEST(comparison, names_are_compared_in_their_boxes_and_in_exchanged_ones)
{
    using namespace level;
    const auto daniel = named("Daniel", "Okafor");
    EXPECT_EQ(names_between(daniel, daniel), Names(same_name, same_name, straight));
    EXPECT_EQ(names_between(daniel, named("Okafor", "Daniel")), Names(same_name, same_name, swapped));
    EXPECT_EQ(names_between(daniel, named("Okafor", "Danial")).order, swapped);
    EXPECT_EQ(names_between(daniel, named("D", "Okafor")), Names(initial, same_name, straight));
    EXPECT_EQ(names_between(daniel, named("Ruth", "Simpson")), Names(different, different, straight));
    EXPECT_EQ(names_between(named("Liz", "Hall"), named("Elizabeth", "Hall")), Names(short_form, same_name, straight));
    EXPECT_EQ(names_between(named("Yusuf", "Ali"), named("Joseph", "Ali")), Names(spelling, same_name, straight));
    EXPECT_EQ(names_between(named("Ruth", "Smith-Jones"), named("Ruth", "Jones")), Names(same_name, shared, straight));
}

TEST(comparison, of_a_name_in_one_box_nobody_knows_the_order)
{
    using namespace level;
    const SourceRecord whole{.names = {{.whole = "Daniel Okafor"}}};
    EXPECT_EQ(names_between(whole, named("Daniel", "Okafor")), Names(same_name, same_name, straight));
    EXPECT_EQ(names_between(whole, named("Okafor", "Daniel")), Names(same_name, same_name, straight));
}

TEST(comparison, given_names_written_as_one_word_or_two_are_the_same)
{
    using namespace level;
    EXPECT_EQ(names_between(named("Mary Ann", "Hall"), named("Maryann", "Hall")),
              Names(same_name, same_name, straight));
    EXPECT_EQ(names_between(named("Mary Ann", "Hall"), named("Maryan", "Hall")), Names(one_slip, same_name, straight));
    EXPECT_EQ(names_between(named("Mary Ann", "Hall"), named("Ann", "Hall")), Names(shared, same_name, straight));
    EXPECT_EQ(names_between(named("Mary Ann", "Hall"), named("Mary", "Hall")), Names(same_name, same_name, straight));
}

TEST(comparison, a_middle_name_in_common_is_no_agreement_of_given_names)
{
    using namespace level;
    EXPECT_EQ(names_between(named("Ayaan Omar", "Warsame"), named("Hodan Omar", "Warsame")),
              Names(different, same_name, straight));
    EXPECT_EQ(names_between(named("Omar", "Warsame"), named("Hodan Omar", "Warsame")),
              Names(shared, same_name, straight));
}

TEST(comparison, where_one_side_is_silent_nothing_is_known)
{
    using namespace level;
    EXPECT_EQ(names_between(named("Daniel", ""), named("Daniel", "Okafor")), Names(same_name, not_known, straight));
    EXPECT_EQ(names_between(named("", ""), named("Daniel", "Okafor")), Names(not_known, not_known, not_known));
    EXPECT_EQ(compared({}, {}).pattern, Pattern{0});
    // A placeholder is no name.
    EXPECT_EQ(names_between(named("Baby", "Okafor"), named("Daniel", "Okafor")), Names(not_known, same_name, straight));
}

TEST(comparison, exchanged_boxes_give_the_better_agreement_to_the_family_name)
{
    using namespace level;
    EXPECT_EQ(names_between(named("Daniel", "Okafor"), named("Okafor", "Ruth")), Names(different, same_name, swapped));
    const SourceRecord whole{.names = {{.whole = "Bello Ayo"}}};
    EXPECT_EQ(names_between(whole, named("Tobi", "Bello")), Names(different, same_name, straight));
}

TEST(comparison, aliases_and_former_names_take_the_best)
{
    using namespace level;
    auto record = named("Ruth", "Hall");
    record.names.push_back({.given = "Ruth", .family = "Simpson"});
    record.names.push_back({.given = "Elizabeth", .family = "Marsh"});
    EXPECT_EQ(names_between(record, named("Ruth", "Simpson")), Names(same_name, same_name, straight));
    EXPECT_EQ(names_between(record, named("Liz", "Marsh")), Names(short_form, same_name, straight));
    EXPECT_EQ(names_between(record, named("Marsh", "Elizabeth")), Names(same_name, same_name, swapped));
    auto other = named("Peter", "Quill");
    other.names.push_back({.given = "Elizabeth", .family = "Marsh"});
    EXPECT_EQ(names_between(record, other), Names(same_name, same_name, straight));
    EXPECT_EQ(names_between(record, named("Peter", "Quill")), Names(different, different, straight));
}

TEST(comparison, what_changes_is_compared_over_its_whole_history)
{
    const SourceRecord now{.postcodes = {"NX1 2AB", "NX4 4QZ"}, .phones = {"07700 900001", "07700 900002"}};
    const SourceRecord before{.postcodes = {"nx44qz"}, .phones = {"+44 7700 900002"}};
    EXPECT_EQ(level_between(Field::postcode, now, before), level::same);
    EXPECT_EQ(level_between(Field::phone, now, before), level::same);
    const SourceRecord both{.postcodes = {"NX9 9ZZ", "NX4 4QZ"}};
    EXPECT_EQ(level_between(Field::postcode, now, both), level::same);
    const SourceRecord with_identifiers{.identifiers = {{"pnc", "01/1"}, {"nhs", "943 476 5919"}}};
    EXPECT_EQ(level_between(Field::identifier, with_identifiers, {.identifiers = {{"nhs", "9434765919"}}}),
              level::same);
    // The same digits of another kind are no agreement.
    EXPECT_NE(level_between(Field::identifier, with_identifiers, {.identifiers = {{"upn", "9434765919"}}}),
              level::same);
}

TEST(comparison, values_have_their_levels)
{
    const auto postcodes = [](const char* one, const char* other) {
        return level_between(Field::postcode, {.postcodes = {one}}, {.postcodes = {other}});
    };
    EXPECT_EQ(postcodes("NX1 2AB", "nx12ab"), level::same);
    EXPECT_EQ(postcodes("NX1 2AB", "NX1 2AC"), level::nearly);
    EXPECT_EQ(postcodes("NX1 2AB", "NX1 9QZ"), level::partly);
    EXPECT_EQ(postcodes("NX1 2AB", "QV7 9ZZ"), level::different);
    EXPECT_EQ(postcodes("NX1 2AB", ""), level::not_known);
    const auto addresses = [](const char* one, const char* other) {
        return level_between(Field::address, {.addresses = {one}}, {.addresses = {other}});
    };
    EXPECT_EQ(addresses("12 Mill Lane", "12, mill lane"), level::same);
    EXPECT_EQ(addresses("12 Mill Lane", "14 Mill Lane"), level::nearly);    // two words of three
    EXPECT_EQ(addresses("12 Mill Lane", "14 Station Lane"), level::partly); // one of three
    EXPECT_EQ(addresses("12 Mill Lane", "3 Old Station Road"), level::different);
    EXPECT_EQ(addresses("12 Mill Lane", "12 Old Station Road"), level::different); // one of four
    const auto emails = [](const char* one, const char* other) {
        return level_between(Field::email, {.emails = {one}}, {.emails = {other}});
    };
    EXPECT_EQ(emails("ruth.hall@example.org", "Ruth.Hall@example.org"), level::same);
    EXPECT_EQ(emails("ruth.hall@example.org", "ruth.hall@example.com"), level::nearly);
    EXPECT_EQ(emails("ruth.hall@example.org", "peter@example.org"), level::different);
    const auto sexes = [](const char* one, const char* other) {
        return level_between(Field::sex, {.sex = one}, {.sex = other});
    };
    EXPECT_EQ(sexes("female", "female"), level::partly);
    EXPECT_EQ(sexes("female", "male"), level::different);
    EXPECT_EQ(sexes("female", ""), level::not_known);
}

TEST(comparison, twins_and_siblings_are_marked)
{
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), child("Tobi", "2012-03-04")));
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), child("Tobi", "2012-03-26"))); // that month
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), child("Tobi", "")));
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), child("Tobi", "2010-03-04"))); // one digit
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), child("Tobi", "2009-11-20")));
    auto misspelt = child("Tobi", "2012-03-04");
    misspelt.names[0].family = "Belo";
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), misspelt));
    misspelt.names[0].family = "Simpson";
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), misspelt));
    EXPECT_TRUE(are_marked(child("Balwinder", "2012-03-04"), child("Kulwinder", "2012-03-04")));
    auto brother = child("Daniel Marian", "2012-03-04");
    auto sister = child("Marian", "2012-03-04");
    EXPECT_TRUE(are_marked(brother, sister)); // in one home a name behind another is no better
    EXPECT_TRUE(are_marked(child("Mary Ann", "2012-03-04"), child("Ann", "2012-03-04")));
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), child("A", "2012-03-04")));
    brother.sex = "male";
    sister.sex = "female";
    EXPECT_TRUE(are_marked(brother, sister));
}

TEST(comparison, twins_whose_names_are_nearly_one_are_marked)
{
    static const auto names =
        NameClasses::read("leading,mohammed muhammad mohamed md\nspelling,mohammed muhammad\nspelling,sean ieuan\n"
                          "short_form,emma em\nshort_form,gemma gem\ndoubled,mary kate\n")
            .value();
    Population population(names);
    const auto are_apart = [&](const char* one, const char* other) {
        const auto a = population.add(child(one, "2012-03-04"));
        const auto b = population.add(child(other, "2012-03-04"));
        return (Comparer(population).compare(a, b).pattern & siblings_mark) != 0;
    };
    EXPECT_TRUE(are_apart("Emma", "Gemma"));
    EXPECT_TRUE(are_apart("Sean", "Ieuan"));
    EXPECT_TRUE(are_apart("Mohammed", "Muhammad Hamza"));
    EXPECT_TRUE(are_apart("Mohammed Imran", "Mohamed Hamza"));
    EXPECT_FALSE(are_apart("Mohammed Hamza", "Muhammad Hamza"));
    EXPECT_TRUE(are_apart("Rania", "Rana"));
    EXPECT_TRUE(are_apart("Emma", "Emmma"));
    EXPECT_TRUE(are_apart("Mary", "Mary Kate"));
    EXPECT_FALSE(are_apart("Mary", "Mary"));
    EXPECT_FALSE(are_apart("Mary", "Mary Imogen"));
}

TEST(comparison, a_slip_in_the_given_name_is_of_one_child_only_where_no_home_or_an_identifier_is_shared)
{
    auto one = child("Rania", "2012-03-04");
    auto other = child("Rana", "2012-03-04");
    EXPECT_TRUE(are_marked(one, other));
    other.born = parse_partial_date("2012-04-03").value();
    EXPECT_TRUE(are_marked(one, other));
    other.names = {{.given = "Bello", .family = "Rana"}}; // in the wrong boxes
    EXPECT_TRUE(are_marked(one, other));
    one.emails = other.emails = {"family@example.org"};
    EXPECT_TRUE(are_marked(one, other));
    one.identifiers = other.identifiers = {{"nhs", "9434765919"}};
    EXPECT_FALSE(are_marked(one, other));

    other = child("Rana", "2012-03-04");
    other.identifiers = {{"nhs", "9434765870"}};
    EXPECT_TRUE(are_marked(one, other));
    other.postcodes = {"ZZ9 9ZZ"};
    other.addresses = {"4 Other Road"};
    other.places = {"Elsewhere"};
    other.phones.clear();
    EXPECT_FALSE(are_marked(one, other));
}

TEST(comparison, what_may_well_be_one_child_is_not_marked)
{
    const auto ayo = child("Ayo", "2012-03-04");
    EXPECT_FALSE(are_marked(ayo, ayo));
    auto with_number = ayo;
    with_number.identifiers = {{"nhs", "9434765919"}};
    auto renamed = child("Tobi", "2012-03-04");
    renamed.identifiers = {{"nhs", "943 476 5919"}};
    EXPECT_FALSE(are_marked(with_number, renamed));
    auto with_alias = ayo;
    with_alias.names.push_back({.given = "Tobi", .family = "Bello"});
    EXPECT_FALSE(are_marked(with_alias, child("Tobi", "2012-03-04")));
}

TEST(comparison, people_of_one_home_born_years_apart_are_marked_whatever_their_family_names)
{
    auto carer = child("Ruth", "1971-11-20");
    carer.names[0].family = "Hall";
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), carer));
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), carer, 2000));
    carer.names[0].given = "Ruth Ayo";
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), carer));
    carer.names[0].given = "Ayo"; // father and son
    EXPECT_TRUE(are_marked(child("Ayo", "2012-03-04"), carer));
    EXPECT_TRUE(are_marked(child("Ayo Femi", "2012-03-04"), child("Ayo", "2013-12-29")));
    EXPECT_FALSE(are_marked(child("Ayo", "2012-03-04"), child("Ayo", "2013-12-29")));
}

TEST(comparison, a_record_without_a_given_name_may_be_of_any_child_of_the_home)
{
    const auto ayo = child("Ayo", "2012-03-04");
    auto unnamed = child("", "2012-03-04");
    EXPECT_TRUE(are_marked(ayo, unnamed));
    unnamed.addresses = {"4 Other Road"};
    EXPECT_FALSE(are_marked(ayo, unnamed));
}

TEST(comparison, nobody_born_before_the_year_given_is_marked_for_a_birth_date_in_common)
{
    EXPECT_TRUE(are_marked(child("Ayo", "2000-03-04"), child("Tobi", "2000-03-04"), 2000));
    EXPECT_FALSE(are_marked(child("Ayo", "1999-03-04"), child("Tobi", "1999-03-04"), 2000));
    EXPECT_TRUE(are_marked(child("Ayo", "1999-03-04"), child("Tobi", "1999-03-04")));
    EXPECT_TRUE(are_marked(child("Ayo", ""), child("Tobi", ""), 2000));
}

TEST(comparison, nobody_asks_which_record_is_first)
{
    const Country country({.seed = 11, .people = 5'000});
    Random random(12);
    Population population(classes());
    for (std::uint32_t n = 0; n < 400; ++n) {
        population.add(write_down(country.person(n), "one", custody_errors(), random));
        population.add(write_down(country.person(n), "other", childrens_services_errors(), random));
    }
    Comparer comparer(population);
    const auto sorted = [](std::array<WordId, 2> met) {
        return std::pair(std::min(met[0], met[1]), std::max(met[0], met[1]));
    };
    std::size_t apart = 0;
    for (std::uint32_t a = 0; a < population.size(); ++a)
        for (auto b = a; b < population.size(); ++b) {
            const auto there = comparer.compare(a, b);
            const auto back = comparer.compare(b, a);
            apart += there.pattern != back.pattern || sorted(there.given) != sorted(back.given) ||
                             sorted(there.family) != sorted(back.family)
                         ? 1
                         : 0;
        }
    EXPECT_EQ(apart, 0U);
}

TEST(comparison, every_level_has_words_of_its_own)
{
    for (std::size_t f = 0; f < field_count; ++f) {
        const auto field = static_cast<Field>(f);
        EXPECT_LE(level_count(field), most_levels) << code_of(field);
        for (std::uint8_t one = 0; one < level_count(field); ++one)
            for (std::uint8_t other = 0; other < one; ++other)
                EXPECT_NE(words_of_level(field, one), words_of_level(field, other)) << code_of(field);
    }
}

} // namespace reachable::identity
