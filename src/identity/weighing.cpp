#include "identity/weighing.h"

#include <algorithm>
#include <functional>

namespace reachable::identity {
namespace {

/// More than any rarity adds.
constexpr float most_of_rarity = 25;
constexpr float most_of_inexact_rarity = 5;
/// Sums in another order may differ by so much.
constexpr float rounding = 0.01F;

} // namespace

Weigher::Weigher(const Scorer& scorer, const Population& population) : scorer_(scorer), comparer_(population)
{
    for (std::size_t f = 0; f < field_count; ++f) {
        const auto field = static_cast<Field>(f);
        const auto last = static_cast<std::uint8_t>(level_count(field) - 1);
        most_same_[f] = scorer.most_weight(field, last) + most_of_rarity;
        for (std::uint8_t l = level::different; l <= last; ++l) {
            const auto most = scorer.most_weight(field, l) + most_of_inexact_rarity;
            most_same_[f] = std::max(most_same_[f], most);
            if (l < last) most_other_[f] = std::max(most_other_[f], most);
        }
    }
}

namespace {

float weight_of(const Scorer::Weights& weights, Field field, std::uint8_t level)
{
    return weights[static_cast<std::size_t>(field)][level];
}

std::span<const WordId> further_of(const More* more, Column column)
{
    return more != nullptr ? more->of(column) : std::span<const WordId>();
}

/// Whether it holds for a value of the one side and one of the other.
template <Field field, class Holds>
bool is_any_pair_of_values(const RowPair& pair, Holds holds)
{
    const auto one = pair.a.*first_of(field);
    const auto other = pair.b.*first_of(field);
    if (holds(one, other)) return true;
    if (pair.more_of_a == nullptr && pair.more_of_b == nullptr) return false;
    const auto further = further_of(pair.more_of_a, column_of_value(field));
    const auto others = further_of(pair.more_of_b, column_of_value(field));
    const auto holds_for = [&](WordId value) {
        return std::ranges::any_of(others, [&](WordId another) { return holds(value, another); });
    };
    return holds_for(one) || std::ranges::any_of(further, [&](WordId value) { return holds(value, other); }) ||
           std::ranges::any_of(further, holds_for);
}

} // namespace

/// What a field of values adds at most, by looking at no more than whether two are equal.
template <Field field>
float Weigher::most_of(const RowPair& pair) const
{
    constexpr auto first = first_of(field);
    constexpr auto f = static_cast<std::size_t>(field);
    if (pair.a.*first == 0 || pair.b.*first == 0) return 0;
    if (is_any_pair_of_values<field>(pair, std::equal_to<>{})) return most_same_[f];
    return most_other_[f];
}

/// Three in four of the pairs that are proposed have nothing in their given names, and need no longer look.
bool Weigher::is_hopeless_at_a_glance(float floor, const RowPair& pair)
{
    if (!comparer_.have_unlike_given_names(pair)) return false;
    if (floor >= siblings_log_odds && comparer_.are_marked_where_unlike(pair)) return true;
    const auto& weights = scorer_.weights_between(pair.a, pair.b);
    Comparison found;
    comparer_.add_born_and_sex(pair, found);
    const auto most = weight_of(weights, Field::given, level::different) +
                      std::max(0.0F, weight_of(weights, Field::order, level::straight)) +
                      scorer_.part<Field::born>(weights, found, pair.a, pair.b) +
                      scorer_.part<Field::sex>(weights, found, pair.a, pair.b) + most_of<Field::email>(pair) +
                      most_of<Field::identifier>(pair) + household_log_odds;
    return most + rounding <= floor;
}

std::optional<Weigher::Weighed> Weigher::above(float floor, std::uint32_t a, std::uint32_t b)
{
    const auto pair = comparer_.pair_of(a, b);
    if (is_hopeless_at_a_glance(floor, pair)) return std::nullopt;
    return weigh(floor, pair);
}

/// What two names add at most, by looking at no more than whether words are equal or far apart.
Weigher::Most Weigher::most_of_two(const PersonName& a, const PersonName& b, const RowPair& pair,
                                   const Scorer::Weights& weights) const
{
    constexpr auto given = static_cast<std::size_t>(Field::given);
    constexpr auto family = static_cast<std::size_t>(Field::family);
    const auto straight = std::max(0.0F, weight_of(weights, Field::order, level::straight));
    const bool is_one_joined = (a.joined | b.joined) != 0 &&
                               (a.joined != 0 ? a.joined : a.given[0]) == (b.joined != 0 ? b.joined : b.given[0]);
    const bool is_one_exchanged = a.given[0] == b.family[0] || a.family[0] == b.given[0];
    if (is_one_joined || is_one_exchanged)
        return {std::max(0.0F, most_same_[given]) + straight, std::max(0.0F, most_same_[family])};
    Most most{std::max(0.0F, most_other_[given]) + straight, std::max(0.0F, most_other_[family])};
    // The same word of two records of which one gives no further name is the same name.
    const bool have_both_more = a.given[1] != 0 && b.given[1] != 0;
    if (a.given[0] == b.given[0] && a.given[0] != 0 && !have_both_more) {
        const auto same =
            weight_of(weights, Field::given, level::same_name) + scorer_.rarity_beside_usual(Column::given, a.given[0]);
        const bool is_order_known = pair.a.is_order_known && pair.b.is_order_known;
        const auto exchanged =
            most_other_[given] + (is_order_known ? weight_of(weights, Field::order, level::swapped) : straight);
        most.of_member = std::max(same + straight, exchanged);
    }
    if (a.family[0] == b.family[0] && a.family[0] != 0)
        most.of_household = std::max(most.of_household, weight_of(weights, Field::family, level::same_name) +
                                                            scorer_.rarity_beside_usual(Column::family, a.family[0]));
    else if (comparer_.have_unlike_family_names(a, b))
        most.of_household = weight_of(weights, Field::family, level::different);
    return most;
}

Weigher::Most Weigher::most_of_names(const RowPair& pair, const Scorer::Weights& weights) const
{
    auto most = most_of_two(pair.a.name, pair.b.name, pair, weights);
    if (pair.a.beside != Beside::names && pair.b.beside != Beside::names) return most;
    const auto further_of = [](const More* more) {
        return more != nullptr ? more->names() : std::span<const PersonName>();
    };
    const auto add = [&](const PersonName& one, const PersonName& other) {
        const auto of_two = most_of_two(one, other, pair, weights);
        most.of_member = std::max(most.of_member, of_two.of_member);
        most.of_household = std::max(most.of_household, of_two.of_household);
    };
    for (const auto& other : further_of(pair.more_of_b)) add(pair.a.name, other);
    for (const auto& one : further_of(pair.more_of_a)) {
        add(one, pair.b.name);
        for (const auto& other : further_of(pair.more_of_b)) add(one, other);
    }
    return most;
}

std::optional<Weigher::Weighed> Weigher::weigh(float floor, const RowPair& pair)
{
    Weighed weighed;
    auto& found = weighed.comparison;
    const auto& weights = scorer_.weights_between(pair.a, pair.b);
    const auto part = [&]<Field field>() { return scorer_.part<field>(weights, found, pair.a, pair.b); };
    comparer_.add_born_and_sex(pair, found);
    auto member = part.template operator()<Field::born>() + part.template operator()<Field::sex>();
    auto household = scorer_.prior_log_odds();
    // What is still unknown, at most.
    const auto names = most_of_names(pair, weights);
    auto member_left = names.of_member + most_of<Field::email>(pair) + most_of<Field::identifier>(pair);
    if (member + member_left + household_log_odds + rounding <= floor) return std::nullopt;
    const auto add_value = [&]<Field field>() {
        if (pair.a.*first_of(field) == 0 || pair.b.*first_of(field) == 0) return;
        comparer_.add_value<field>(pair, found);
        (is_of_the_household(field) ? household : member) += part.template operator()<field>();
    };
    const auto is_hopeless = [&](float household_left) {
        return member + member_left + std::min(household + household_left, household_log_odds) + rounding <= floor;
    };
    add_value.template operator()<Field::phone>();
    add_value.template operator()<Field::place>();
    const auto address = most_of<Field::address>(pair);
    if (is_hopeless(names.of_household + address + most_of<Field::postcode>(pair))) return std::nullopt;
    add_value.template operator()<Field::postcode>();
    if (is_hopeless(names.of_household + address)) return std::nullopt;
    add_value.template operator()<Field::address>();
    if (is_hopeless(names.of_household)) return std::nullopt;
    comparer_.add_names(pair, found);
    member_left -= names.of_member;
    member += part.template operator()<Field::given>() + part.template operator()<Field::order>();
    household += part.template operator()<Field::family>();
    if (is_hopeless(0)) return std::nullopt;
    add_value.template operator()<Field::email>();
    add_value.template operator()<Field::identifier>();
    comparer_.mark_siblings(pair, found);
    weighed.log_odds = scorer_.log_odds(found, pair.a, pair.b);
    if (weighed.log_odds <= floor) return std::nullopt;
    return weighed;
}

} // namespace reachable::identity
