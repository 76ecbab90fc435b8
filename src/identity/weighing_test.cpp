// Weighing that gives up early, held against weighing all of every pair; and a search that passes over what cannot be
// among the best, held against scoring every row.
#include "identity/weighing.h"

#include "base/testing.h"
#include "identity/blocking.h"
#include "identity/country_pairs.h"
#include "identity/search_index.h"
#include "identity/training.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

namespace reachable::identity {
namespace {

const NameClasses& classes()
{
    static const auto read = NameClasses::read("spelling,mohammed muhammad mohamed\nspelling,yusuf youssef joseph\n"
                                               "short_form,elizabeth liz beth\nleading,mohammed muhammad mohamed\n"
                                               "doubled,mary kate\n")
                                 .value();
    return read;
}

constexpr std::uint32_t people_count = reachable::testing::times(3'000, 1'000);
const Country& country()
{
    static const Country made({.seed = 61, .people = people_count, .child_share = 0.6, .twin_share = 0.1});
    return made;
}

/// Everybody as two systems wrote them down, with identifiers for some.
const Population& twice_written()
{
    static const auto made = [] {
        Population population(classes());
        Random random(62);
        for (std::uint32_t n = 0; n < people_count; ++n)
            for (const auto& [source, errors] :
                 {std::pair{"custody", custody_errors()}, std::pair{"children", childrens_services_errors()}}) {
                auto record = write_down(country().person(n), source, errors, random);
                if (n % 5 == 0) record.identifiers = {{"nhs", std::to_string(9'000'000'000 + n)}};
                population.add(record);
            }
        return population;
    }();
    return made;
}

struct Difference {
    std::size_t pairs = 0;
    std::size_t above = 0;
    std::size_t lost = 0;
    std::size_t invented = 0;
    std::size_t otherwise_weighed = 0;
};

Difference difference_at(float floor, const Scorer& scorer)
{
    const auto& population = twice_written();
    Weigher weigher(scorer, population);
    Comparer comparer(population);
    Difference difference;
    Blocks(population).walk(0, 1, [&](std::uint32_t a, std::uint32_t b) {
        const auto found = comparer.compare(a, b);
        const auto odds = scorer.log_odds(found, population.row(a), population.row(b));
        const auto weighed = weigher.above(floor, a, b);
        difference.pairs += 1;
        difference.above += odds > floor ? 1 : 0;
        difference.lost += odds > floor && !weighed ? 1 : 0;
        difference.invented += odds <= floor && weighed ? 1 : 0;
        const bool is_same = weighed && weighed->log_odds == odds && weighed->comparison.pattern == found.pattern &&
                             weighed->comparison.given == found.given && weighed->comparison.family == found.family;
        difference.otherwise_weighed += weighed && !is_same ? 1 : 0;
    });
    return difference;
}

void expect_no_difference(const Model& model)
{
    const Scorer scorer(model, twice_written());
    for (const auto floor : {-6.0F, 0.0F, 10.0F}) {
        const auto difference = difference_at(floor, scorer);
        EXPECT_GT(difference.above, people_count / 3) << floor;
        EXPECT_GT(difference.pairs, difference.above) << floor; // there was something to give up
        EXPECT_EQ(difference.lost, 0U) << floor << ": of " << difference.above;
        EXPECT_EQ(difference.invented, 0U) << floor;
        EXPECT_EQ(difference.otherwise_weighed, 0U) << floor;
    }
}

} // namespace

TEST(weighing, pairs_that_are_given_up_early_are_those_that_the_plain_scorer_puts_below_the_floor)
{
    auto model = usual_model();
    model.prior = 1.0 / people_count;
    expect_no_difference(model);
}

TEST(weighing, pairs_that_wait_for_memory_are_weighed_as_those_that_do_not)
{
    auto model = usual_model();
    model.prior = 1.0 / people_count;
    const Scorer scorer(model, twice_written());
    Weigher weigher(scorer, twice_written());
    using Edges = std::map<std::pair<std::uint32_t, std::uint32_t>, float>;
    Edges at_once;
    Edges later;
    std::size_t kept = 0;
    const auto keep = [&](std::uint32_t a, std::uint32_t b, const Weigher::Weighed& weighed) {
        kept += 1;
        later[{a, b}] = weighed.log_odds;
    };
    constexpr float floor = -3;
    Blocks(twice_written()).walk(0, 1, [&](std::uint32_t a, std::uint32_t b) {
        if (const auto weighed = weigher.above(floor, a, b)) at_once[{a, b}] = weighed->log_odds;
        weigher.offer(floor, a, b, keep);
    });
    weigher.finish(floor, keep);
    EXPECT_EQ(kept, at_once.size()) << "and none is kept twice";
    EXPECT_EQ(later, at_once);
    EXPECT_GT(kept, people_count / 3);
}

TEST(weighing, names_that_are_unlike_at_a_glance_are_different_and_guard_twins)
{
    const auto& population = twice_written();
    Comparer comparer(population);
    std::size_t pairs = 0;
    std::size_t unlike = 0;
    std::size_t otherwise = 0;
    std::size_t unmarked = 0;
    std::size_t of_two_families = 0;
    std::size_t of_one_family = 0;
    Blocks(population).walk(0, 1, [&](std::uint32_t a, std::uint32_t b) {
        pairs += 1;
        const auto pair = comparer.pair_of(a, b);
        const bool is_one_name = pair.a.beside != Beside::names && pair.b.beside != Beside::names;
        if (is_one_name && comparer.have_unlike_family_names(pair.a.name, pair.b.name)) {
            of_two_families += 1;
            of_one_family += level_of(comparer.compare(a, b).pattern, Field::family) != level::different ? 1 : 0;
        }
        if (!comparer.have_unlike_given_names(pair)) return;
        unlike += 1;
        const auto pattern = comparer.compare(a, b).pattern;
        otherwise +=
            level_of(pattern, Field::given) != level::different || level_of(pattern, Field::order) == level::swapped
                ? 1
                : 0;
        unmarked += comparer.are_marked_where_unlike(pair) && (pattern & siblings_mark) == 0 ? 1 : 0;
    });
    EXPECT_EQ(otherwise, 0U) << "of " << unlike;
    EXPECT_EQ(unmarked, 0U);
    EXPECT_EQ(of_one_family, 0U) << "of " << of_two_families;
    EXPECT_GT(of_two_families * 5, pairs);
    EXPECT_GT(unlike * 5, pairs * 2); // which is what it is for
}

TEST(weighing, an_address_or_a_number_given_up_by_its_sketch_is_different)
{
    const auto& population = twice_written();
    const auto& values = population.values();
    std::size_t few = 0;
    std::size_t far = 0;
    std::size_t elsewhere = 0;
    std::size_t wrong = 0;
    for (std::uint32_t a = 0; a < 400; ++a)
        for (auto b = a + 1; b < 400; ++b) {
            const auto& one = population.row(a);
            const auto& other = population.row(b);
            if (one.address != 0 && other.address != 0 &&
                share_few_words(population.sketch_of_address(one.address),
                                population.sketch_of_address(other.address))) {
                few += 1;
                const auto words = population.words_of_address(one.address);
                const auto others = population.words_of_address(other.address);
                std::vector<WordId> both;
                std::ranges::set_intersection(words, others, std::back_inserter(both));
                wrong += both.size() * 3 >= std::max(words.size(), others.size()) ? 1 : 0;
            }
            for (const auto value : {&Row::phone, &Row::postcode}) {
                if (one.*value == 0 || other.*value == 0) continue;
                const auto [a_value, b_value] = std::pair(one.*value, other.*value);
                if (!are_beyond_a_letter(values.sketch(a_value), values.sketch(b_value))) continue;
                far += 1;
                wrong += slips_between(values.text(a_value), values.text(b_value), 1) <= 1 ? 1 : 0;
            }
            if (one.place != 0 && other.place != 0 &&
                have_unlike_letters(values.sketch(one.place), values.sketch(other.place))) {
                elsewhere += 1;
                wrong += likeness(values, one.place, other.place) != Likeness::different ? 1 : 0;
            }
        }
    EXPECT_EQ(wrong, 0U);
    EXPECT_GT(few, 1000U);
    EXPECT_GT(far, 1000U);
    EXPECT_GT(elsewhere, 1000U);
}

TEST(weighing, a_learned_model_gives_up_no_other_pairs_either)
{
    expect_no_difference(train(twice_written(), Blocks(twice_written()), "test"));
}

namespace {

SearchIndex index_of_country()
{
    auto model = usual_model();
    model.prior = 1.0 / people_count;
    SearchIndex index(classes(), model);
    Random random(63);
    for (std::uint32_t n = 0; n < people_count; ++n)
        index.add(n, write_down(country().person(n), "one", register_errors(), random));
    index.freeze();
    return index;
}

/// Whether both begin alike: of people with equal odds any may stand last.
bool give_the_same(const std::vector<Hit>& one, const std::vector<Hit>& other)
{
    if (one.size() != other.size()) return false;
    for (std::size_t i = 0; i < one.size(); ++i)
        if (one[i].log_odds != other[i].log_odds) return false;
    return true;
}

} // namespace

TEST(weighing, a_search_that_passes_rows_over_gives_what_scoring_every_row_gives_above_even_odds)
{
    const auto index = index_of_country();
    Random random(64);
    std::size_t found = 0;
    for (std::uint32_t n = 0; n < people_count; n += 4) {
        auto asked =
            write_down(country().person(n), "asked", n % 8 == 0 ? custody_errors() : register_errors(), random);
        asked.names.resize(std::min<std::size_t>(asked.names.size(), 1));
        for (const std::size_t most : {std::size_t{1}, std::size_t{20}}) {
            const auto all = index.search_all(asked, most, 0);
            const auto passing = index.search(asked, most, 0);
            found += all.size();
            EXPECT_TRUE(give_the_same(all, passing)) << n << ": " << passing.size() << " of " << all.size();
        }
    }
    EXPECT_GT(found, people_count / 3);
}

} // namespace reachable::identity
