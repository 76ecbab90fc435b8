#include "identity/weighing.h"

#include <algorithm>

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

/// What a field of values adds at most, by looking at no more than whether the newest are known and equal.
float Weigher::most_of(Field field, const RowPair& pair) const
{
    const auto first = first_of(field);
    if (pair.a.*first == 0 || pair.b.*first == 0) return 0;
    const auto column = column_of_value(field);
    const bool has_more = (pair.more_of_a != nullptr && !pair.more_of_a->of(column).empty()) ||
                          (pair.more_of_b != nullptr && !pair.more_of_b->of(column).empty());
    const auto f = static_cast<std::size_t>(field);
    return has_more || pair.a.*first == pair.b.*first ? most_same_[f] : most_other_[f];
}

std::optional<Weigher::Weighed> Weigher::above(float floor, std::uint32_t a, std::uint32_t b)
{
    const auto pair = comparer_.pair_of(a, b);
    Weighed weighed;
    auto& found = weighed.comparison;
    const auto part = [&](Field field) { return scorer_.part(field, found, pair.a, pair.b); };
    comparer_.add_born_and_sex(pair, found);
    if (comparer_.have_unlike_given_names(pair)) {
        if (floor >= siblings_log_odds && comparer_.are_marked_where_unlike(pair)) return std::nullopt;
        const auto most = scorer_.weight(Field::given, level::different, pair.a, pair.b) +
                          std::max(0.0F, scorer_.weight(Field::order, level::straight, pair.a, pair.b)) +
                          part(Field::born) + part(Field::sex) + most_of(Field::email, pair) +
                          most_of(Field::identifier, pair) + household_log_odds;
        if (most + rounding <= floor) return std::nullopt;
    }
    comparer_.add_names(pair, found);
    auto member = part(Field::given) + part(Field::order) + part(Field::born) + part(Field::sex);
    auto household = scorer_.prior_log_odds() + part(Field::family);
    // What is still unknown, at most.
    auto member_left = most_of(Field::email, pair) + most_of(Field::identifier, pair);
    auto household_left = most_of(Field::address, pair) + most_of(Field::postcode, pair) + most_of(Field::place, pair) +
                          most_of(Field::phone, pair);
    const auto is_hopeless = [&] {
        return member + member_left + std::min(household + household_left, household_log_odds) + rounding <= floor;
    };
    for (const auto field : value_fields) {
        if (is_hopeless()) return std::nullopt;
        if (pair.a.*first_of(field) == 0 || pair.b.*first_of(field) == 0) continue;
        comparer_.add_value(field, pair, found);
        const auto is_shared = is_of_the_household(field);
        (is_shared ? household_left : member_left) -= most_of(field, pair);
        (is_shared ? household : member) += part(field);
    }
    if (is_hopeless()) return std::nullopt;
    comparer_.mark_siblings(pair, found);
    weighed.log_odds = scorer_.log_odds(found, pair.a, pair.b);
    if (weighed.log_odds <= floor) return std::nullopt;
    return weighed;
}

} // namespace reachable::identity
