#include "base/text.h"
#include "identity/country_errors.h"
#include "identity/country_pairs.h"

#include <gtest/gtest.h>
#include <unordered_set>

namespace reachable::identity {
namespace {

constexpr std::size_t asked = 4000;

/// The share of pairs in which the second record shows an error, with only that error switched on.
template <class Shows>
double shown(Tradition tradition, const ErrorModel& errors, Shows shows)
{
    std::size_t count = 0;
    for (const auto& pair : matched_pairs(tradition, asked, errors, 11)) count += shows(pair) ? 1 : 0;
    return static_cast<double>(count) / asked;
}

TEST(CountryErrors, without_errors_the_record_says_what_is_so)
{
    for (std::size_t i = 0; i < tradition_count; ++i)
        for (const auto& [person, original, again] : matched_pairs(static_cast<Tradition>(i), 50, {}, 4)) {
            ASSERT_EQ(original.names.size(), 1U);
            EXPECT_EQ(original.names[0], person.name);
            EXPECT_EQ(original.names, again.names);
            EXPECT_EQ(original.born->earliest(), person.born);
            EXPECT_EQ(original.sex, code_of(person.sex));
            EXPECT_EQ(original.postcodes, person.postcodes);
            EXPECT_EQ(original.addresses, person.addresses);
            EXPECT_EQ(original.phones, std::vector{person.phone});
            EXPECT_NE(original.reference, again.reference);
        }
}

TEST(CountryErrors, the_same_seed_gives_the_same_records)
{
    const auto one = matched_pairs(Tradition::arabic, 300, custody_errors(), 9);
    const auto other = matched_pairs(Tradition::arabic, 300, custody_errors(), 9);
    const auto third = matched_pairs(Tradition::arabic, 300, custody_errors(), 10);
    ASSERT_EQ(one.size(), 300U);
    std::size_t same = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].again, other[i].again);
        same += one[i].again.names == third[i].again.names ? 1 : 0;
    }
    EXPECT_LT(same, 30U);
}

TEST(CountryErrors, errors_of_names_come_at_the_rate_asked_for)
{
    const auto name = [](const MatchedPair& pair) { return pair.again.names.at(0); };
    const auto differs = [&](const MatchedPair& pair) { return name(pair) != pair.person.name; };
    EXPECT_NEAR(
        shown(Tradition::romanian, {.given_missing = 0.2}, [&](const auto& pair) { return name(pair).given.empty(); }),
        0.2, 0.03);
    EXPECT_NEAR(shown(Tradition::irish, {.given_placeholder = 0.1}, differs), 0.1, 0.02);
    EXPECT_NEAR(shown(Tradition::polish, {.swapped_boxes = 0.1}, differs), 0.1, 0.02);
    EXPECT_NEAR(shown(Tradition::polish, {.capitals = 0.3}, differs), 0.3, 0.03);
    EXPECT_NEAR(shown(Tradition::sikh, {.stray_blanks = 0.1}, differs), 0.1, 0.02);
    EXPECT_NEAR(shown(Tradition::chinese, {.one_box = 0.3},
                      [&](const auto& pair) {
                          return name(pair).whole == pair.person.name.family + " " + pair.person.name.given;
                      }),
                0.3, 0.03);
    EXPECT_NEAR(shown(Tradition::west_african, {.all_in_given = 0.1},
                      [&](const auto& pair) { return name(pair).family.empty(); }),
                0.1, 0.02);
    EXPECT_NEAR(shown(Tradition::portuguese_spanish, {.family_part_dropped = 0.3}, differs), 0.3, 0.03);
    // Three words a name and more, so that a word in ten is more than a name in ten.
    const auto typos = shown(Tradition::vietnamese, {.typo = 0.1}, differs);
    EXPECT_GT(typos, 0.2);
    EXPECT_LT(typos, 0.35);
    EXPECT_GT(shown(Tradition::arabic, {.other_spelling = 1}, differs), 0.8);
    EXPECT_GT(shown(Tradition::british, {.short_form = 1}, differs), 0.25);
    EXPECT_GT(shown(Tradition::british, {.misheard = 1}, differs), 0.9);
    EXPECT_GT(shown(Tradition::polish, {.marks_dropped = 1}, differs), 0.3);
    EXPECT_GT(shown(Tradition::chinese, {.own_script = 1}, differs), 0.6);
    EXPECT_GT(shown(Tradition::ukrainian, {.own_script = 1}, differs), 0.9);
    EXPECT_GT(shown(Tradition::british, {.middle_dropped = 1}, differs), 0.6);
    EXPECT_GT(shown(Tradition::british, {.former_name = 1}, differs), 0.05);
}

TEST(CountryErrors, errors_of_dates_come_at_the_rate_asked_for)
{
    const auto born = [](const MatchedPair& pair) { return pair.again.born; };
    const auto differs = [&](const MatchedPair& pair) { return born(pair)->earliest() != pair.person.born; };
    const auto tradition = Tradition::british;
    EXPECT_NEAR(shown(tradition, {.born_missing = 0.1}, [&](const auto& pair) { return !born(pair); }), 0.1, 0.02);
    EXPECT_NEAR(shown(tradition, {.only_month = 0.1}, [&](const auto& pair) { return !born(pair)->day; }), 0.1, 0.02);
    EXPECT_NEAR(shown(tradition, {.one_digit = 0.1}, differs), 0.1, 0.02);
    EXPECT_NEAR(shown(tradition, {.year_off = 0.1}, differs), 0.1, 0.02);
    EXPECT_NEAR(shown(tradition, {.first_of_january = 0.1}, differs), 0.1, 0.02);
    // 11 of 30 days have a month of their number that is not their own.
    EXPECT_NEAR(shown(tradition, {.day_month_swap = 1}, differs), 0.36, 0.04);
}

TEST(CountryErrors, errors_of_places_and_numbers_come_at_the_rate_asked_for)
{
    const auto tradition = Tradition::turkish_kurdish;
    const auto rate = [&](const ErrorModel& errors, auto shows) { return shown(tradition, errors, shows); };
    EXPECT_NEAR(rate({.postcode_missing = 0.2}, [](const auto& pair) { return pair.again.postcodes.empty(); }), 0.2,
                0.03);
    EXPECT_NEAR(rate({.address_missing = 0.2}, [](const auto& pair) { return pair.again.addresses.empty(); }), 0.2,
                0.03);
    EXPECT_NEAR(rate({.phone_missing = 0.5}, [](const auto& pair) { return pair.again.phones.empty(); }), 0.5, 0.03);
    EXPECT_NEAR(rate({.phone_digit = 0.2}, [](const auto& pair) { return pair.again.phones != pair.original.phones; }),
                0.2, 0.03);
    EXPECT_NEAR(rate({.sex_missing = 0.1}, [](const auto& pair) { return pair.again.sex.empty(); }), 0.1, 0.02);
    EXPECT_NEAR(rate({.sex_wrong = 0.1}, [](const auto& pair) { return pair.again.sex != pair.original.sex; }), 0.1,
                0.02);
    // Nearly six in ten have moved at all.
    EXPECT_NEAR(rate({.old_address = 0.5},
                     [](const auto& pair) { return pair.again.postcodes[0] != pair.person.postcodes[0]; }),
                0.29, 0.04);
}

TEST(CountryErrors, a_slip_of_the_fingers_leaves_whole_letters)
{
    Random random(5);
    for (int i = 0; i < 2000; ++i)
        for (const auto* word : {"Łukasz", "Nguyễn", "Ng", "محمد", "O'Brien"}) {
            const auto written = with_typo(word, random);
            EXPECT_NE(written, word);
            EXPECT_TRUE(is_clean_utf8(written)) << written;
        }
    EXPECT_EQ(with_typo("", random), "");
    EXPECT_EQ(with_wrong_digit("none", random), "none");
}

TEST(CountryErrors, ready_made_models_differ_as_their_desks_do)
{
    for (const auto tradition : {Tradition::british, Tradition::polish, Tradition::somali}) {
        const auto differs = [](const MatchedPair& pair) { return pair.again.names[0] != pair.person.name; };
        const auto custody = shown(tradition, custody_errors(), differs);
        const auto services = shown(tradition, childrens_services_errors(), differs);
        const auto clean = shown(tradition, register_errors(), differs);
        EXPECT_GT(custody, services);
        EXPECT_GT(services, clean);
        EXPECT_LT(clean, 0.35);
    }
}

} // namespace
} // namespace reachable::identity
