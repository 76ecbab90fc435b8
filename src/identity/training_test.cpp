#include "identity/training.h"

#include "identity/country_errors.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace reachable::identity {
namespace {

const NameClasses& no_classes()
{
    static const NameClasses none;
    return none;
}

constexpr std::uint32_t people_count = 2'000;

ErrorModel known_errors()
{
    return {.typo = 0.06,
            .given_missing = 0.02,
            .swapped_boxes = 0.03,
            .born_missing = 0.03,
            .day_month_swap = 0.04,
            .one_digit = 0.05,
            .year_off = 0.02,
            .sex_missing = 0.1,
            .sex_wrong = 0.01,
            .postcode_missing = 0.2,
            .phone_missing = 0.3};
}

/// Records 2n and 2n + 1 are of one person.
const Population& twice_written()
{
    static const auto population = [] {
        const Country country({.seed = 31, .people = people_count, .child_share = 0.3});
        Random random(32);
        Population written(no_classes());
        for (std::uint32_t n = 0; n < people_count; ++n) {
            const auto person = country.person(n);
            written.add(write_down(person, "one", ErrorModel{}, random));
            written.add(write_down(person, "other", known_errors(), random));
        }
        return written;
    }();
    return population;
}

const Model& learned()
{
    static const auto model = train(twice_written(), Blocks(twice_written()), "learned");
    return model;
}

/// What the pairs of one person truly show: the share of each level where both sides say something.
std::array<double, most_levels> true_shares(Field field)
{
    std::array<double, most_levels> shares{};
    double known = 0;
    Comparer comparer(twice_written());
    for (std::uint32_t n = 0; n < people_count; ++n) {
        const auto level = level_of(comparer.compare(2 * n, 2 * n + 1).pattern, field);
        if (level == level::not_known) continue;
        shares[level] += 1;
        known += 1;
    }
    for (auto& share : shares) share /= known;
    return shares;
}

} // namespace

TEST(training, what_one_persons_records_show_is_learned_within_a_few_points)
{
    for (const auto field : {Field::given, Field::family, Field::order, Field::born, Field::sex, Field::postcode}) {
        const auto truth = true_shares(field);
        for (std::size_t l = 1; l < level_count(field); ++l)
            EXPECT_NEAR(learned().of(field).m[l], truth[l], 0.05)
                << code_of(field) << ": " << words_of_level(field, static_cast<std::uint8_t>(l));
    }
    // The errors that were put in are there to be learned.
    EXPECT_NEAR(learned().of(Field::born).m[level::day_month_swapped], 0.04 * 11 / 30,
                0.01); // where the day is no month
    EXPECT_NEAR(learned().of(Field::order).m[level::swapped], 0.03, 0.01);
}

TEST(training, the_prior_is_within_a_fifth_of_the_truth)
{
    constexpr double records = 2.0 * people_count;
    constexpr double truth = people_count / (records * (records - 1) / 2);
    EXPECT_NEAR(learned().prior / truth, 1, 0.2);
    EXPECT_EQ(learned().record_count, 2 * people_count);
    EXPECT_EQ(learned().version, "learned");
}

TEST(training, what_strangers_show_is_counted_among_all_pairs_of_a_small_population)
{
    Population population(no_classes());
    std::vector<SourceRecord> records;
    for (int i = 0; i < 60; ++i) records.push_back({.sex = i < 36 ? "female" : "male"});
    for (const auto& record : records) population.add(record);
    auto model = usual_model();
    learn_u(model, population, {});
    // 36 with 24 of 60 * 59 / 2 pairs differ.
    EXPECT_NEAR(model.of(Field::sex).u[level::different], 864.0 / 1770, 0.001);
    EXPECT_NEAR(model.of(Field::sex).u[level::partly], 906.0 / 1770, 0.001);
    // Of what nobody said nothing is learned.
    EXPECT_EQ(model.of(Field::postcode).u, usual_model().of(Field::postcode).u);
}

TEST(training, strangers_drawn_at_random_show_about_what_all_of_them_do)
{
    const Country country({.seed = 33, .people = 700});
    Random random(34);
    Population few(no_classes());
    for (std::uint32_t n = 0; n < 700; ++n) few.add(write_down(country.person(n), "one", known_errors(), random));
    auto all = usual_model();
    learn_u(all, few, {.random_pairs = 2'000'000});
    auto drawn = usual_model();
    learn_u(drawn, few, {.random_pairs = 120'000});
    for (const auto field : {Field::given, Field::family, Field::born, Field::sex})
        for (std::size_t l = 1; l < level_count(field); ++l)
            EXPECT_NEAR(drawn.of(field).u[l], all.of(field).u[l], 0.005) << code_of(field) << " " << l;
}

TEST(training, chances_of_every_field_add_up_to_one)
{
    for (std::size_t f = 0; f < field_count; ++f) {
        double sum = 0;
        for (std::size_t l = 1; l < level_count(static_cast<Field>(f)); ++l) sum += learned().fields[f].m[l];
        EXPECT_NEAR(sum, 1, 0.001) << code_of(static_cast<Field>(f));
    }
}

TEST(training, the_same_records_give_the_same_model)
{
    const auto again = train(twice_written(), Blocks(twice_written()), "learned");
    EXPECT_EQ(to_json(again), to_json(learned()));
}

TEST(training, patterns_are_parted_into_those_of_one_person_and_of_two)
{
    // A thousand pairs agree on everything, a million on nothing: no more is needed.
    const auto agree = pattern_with(Field::given, level::same_name) | pattern_with(Field::family, level::same_name) |
                       pattern_with(Field::born, level::same_date);
    const auto differ = pattern_with(Field::given, level::different) | pattern_with(Field::family, level::different) |
                        pattern_with(Field::born, level::far_apart);
    auto model = usual_model();
    const auto found = learn_m(model, {{agree, 1'000}, {differ, 1'000'000}}, 10'000, {});
    EXPECT_NEAR(found.expected_matches, 1'000, 5);
    EXPECT_NEAR(model.prior, 1'000 / (10'000.0 * 9'999 / 2), 1e-7);
    // Forty pairs of the usual model beside a thousand.
    EXPECT_NEAR(model.of(Field::given).m[level::same_name], (1'000 + 40 * 0.70) / 1'040, 0.001);
    EXPECT_LT(found.rounds, 60);
}

TEST(training, pairs_that_may_be_siblings_are_not_taken_for_one_child)
{
    const auto siblings = pattern_with(Field::given, level::different) | pattern_with(Field::family, level::same_name) |
                          pattern_with(Field::born, level::same_date) | pattern_with(Field::address, level::same) |
                          pattern_with(Field::postcode, level::same) | pattern_with(Field::phone, level::same);
    auto unmarked = usual_model();
    unmarked.prior = 1e-4;
    auto marked = unmarked;
    EXPECT_NEAR(learn_m(unmarked, {{siblings, 1'000}}, 10'000, {}).expected_matches, 1'000, 10);
    EXPECT_NEAR(learn_m(marked, {{siblings | siblings_mark, 1'000}}, 10'000, {}).expected_matches, 0, 0.001);
}

namespace {

ErrorModel hasty_with_dates()
{
    return {.one_digit = 0.3};
}

/// Each person in three systems, of which one is hasty with dates; and a few in a fourth.
const Population& in_three_systems()
{
    static const auto population = [] {
        const Country country({.seed = 35, .people = people_count, .child_share = 0.3});
        Random random(36);
        Population written(no_classes());
        for (std::uint32_t n = 0; n < people_count; ++n) {
            const auto person = country.person(n);
            written.add(write_down(person, "custody", ErrorModel{}, random));
            written.add(write_down(person, "schools", ErrorModel{}, random));
            written.add(write_down(person, "hasty", hasty_with_dates(), random));
            if (n % 40 == 0) written.add(write_down(person, "seldom", ErrorModel{}, random));
        }
        return written;
    }();
    return population;
}

const BetweenSources* between(const Model& model, std::string_view one, std::string_view other)
{
    const auto found = std::ranges::find_if(
        model.between, [&](const BetweenSources& both) { return both.one == one && both.other == other; });
    return found == model.between.end() ? nullptr : &*found;
}

} // namespace

TEST(training, what_a_system_gets_wrong_is_learned_of_that_system)
{
    const auto model = train(in_three_systems(), Blocks(in_three_systems()), "three");
    const auto* careful = between(model, "custody", "schools");
    const auto* hasty = between(model, "custody", "hasty");
    ASSERT_NE(careful, nullptr);
    ASSERT_NE(hasty, nullptr);
    const auto born = static_cast<std::size_t>(Field::born);
    EXPECT_GT(careful->m[born][level::same_date], 0.97);
    EXPECT_NEAR(hasty->m[born][level::same_date], 0.7, 0.06);
    EXPECT_GT(hasty->m[born][level::one_digit], 10 * careful->m[born][level::one_digit]);
    EXPECT_GT(model.of(Field::born).m[level::same_date], hasty->m[born][level::same_date]);
    EXPECT_LT(model.of(Field::born).m[level::same_date], careful->m[born][level::same_date]);
    for (const auto& both : model.between)
        for (std::size_t f = 0; f < field_count; ++f)
            EXPECT_NEAR(std::accumulate(both.m[f].begin(), both.m[f].end(), 0.0), 1, 0.001) << both.other << f;

    // A digit that differs says less against a pair of which one record is the hasty system's.
    const Scorer scorer(model, in_three_systems());
    const auto& custody = in_three_systems().row(0);
    const auto& schools = in_three_systems().row(1);
    const auto& of_hasty = in_three_systems().row(2);
    EXPECT_GT(scorer.weight(Field::born, level::one_digit, of_hasty, custody),
              scorer.weight(Field::born, level::one_digit, schools, custody) + 2);
    EXPECT_EQ(scorer.weight(Field::born, level::one_digit, custody, of_hasty),
              scorer.weight(Field::born, level::one_digit, of_hasty, custody));
}

TEST(training, what_two_strangers_show_of_a_system_is_learned_of_it_too)
{
    const Country country({.seed = 37, .people = people_count, .child_share = 0.3});
    Random random(38);
    Population population(no_classes());
    std::vector<std::uint32_t> careful;
    std::vector<std::uint32_t> of_years;
    for (std::uint32_t n = 0; n < people_count; ++n) {
        careful.push_back(population.add(write_down(country.person(n), "custody", ErrorModel{}, random)));
        if (n % 8 != 0) continue;
        auto vague = write_down(country.person(n), "years", ErrorModel{}, random);
        if (vague.born) vague.born = PartialDate{.year = vague.born->year, .month = {}, .day = {}};
        of_years.push_back(population.add(vague));
    }
    const auto model = train(population, Blocks(population), "years");
    ASSERT_NE(between(model, "custody", "years"), nullptr);
    Comparer comparer(population);
    double same_year = 0;
    double known = 0;
    for (const auto one : of_years)
        for (const auto other : careful) {
            const auto level = level_of(comparer.compare(one, other).pattern, Field::born);
            known += level == level::not_known ? 0 : 1;
            same_year += level == level::placeholder ? 1 : 0;
        }
    // Every stranger of that year agrees as well as the child: the year is worth no more than a year.
    const auto weight =
        Scorer(model, population)
            .weight(Field::born, level::placeholder, population.row(of_years.front()), population.row(careful.front()));
    EXPECT_NEAR(weight, std::log2(known / same_year), 0.75);
    EXPECT_GT(
        std::log2(between(model, "custody", "years")->m[static_cast<std::size_t>(Field::born)][level::placeholder] /
                  model.of(Field::born).u[level::placeholder]),
        weight + 1)
        << "as it would be beside the strangers of all systems";
}

TEST(training, of_systems_that_share_few_people_or_have_nobody_twice_nothing_is_learned_of_their_own)
{
    const auto model = train(in_three_systems(), Blocks(in_three_systems()), "three");
    EXPECT_EQ(between(model, "custody", "seldom"), nullptr);
    EXPECT_EQ(between(model, "custody", "custody"), nullptr);
    EXPECT_EQ(between(model, "hasty", "hasty"), nullptr);
    const Scorer scorer(model, in_three_systems());
    const auto& seldom = in_three_systems().row(3);
    ASSERT_EQ(in_three_systems().sources()[seldom.source], "seldom");
    const auto& born = model.of(Field::born);
    EXPECT_NEAR(scorer.weight(Field::born, level::same_date, seldom, in_three_systems().row(0)),
                std::log2(born.m[level::same_date] / born.u[level::same_date]), 0.001);

    Population one_system(no_classes());
    for (std::uint32_t n = 0; n < 600; ++n) one_system.add({.source = "one", .sex = n % 2 == 0 ? "male" : "female"});
    EXPECT_TRUE(train(one_system, Blocks(one_system), "one").between.empty());
}

TEST(training, of_fewer_than_two_records_nothing_is_learned)
{
    Population population(no_classes());
    population.add({.names = {{.given = "Ruth", .family = "Hall"}}});
    const auto model = train(population, Blocks(population), "one");
    EXPECT_EQ(model.of(Field::given).m, usual_model().of(Field::given).m);
    EXPECT_EQ(model.record_count, 1U);
}

} // namespace reachable::identity
