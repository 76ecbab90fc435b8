// What a row is worth as the answer to a question, field by field as records are compared in bulk.
#include "identity/search_query.h"

#include <algorithm>

namespace reachable::identity {
namespace {

struct WordsMet {
    std::uint8_t level = level::not_known;
    float rarity = 0; // of the commoner of the two
    bool is_first_of_both = false;
};

bool is_better(const Hit& a, const Hit& b)
{
    return a.log_odds != b.log_odds ? a.log_odds > b.log_odds : a.person < b.person;
}

/// The typed words against the words of one box.
/// `is_given`: of given names with given names, where middle names that are alike say nothing.
template <class Typed>
WordsMet meet(const std::vector<Typed>& typed, const std::vector<std::size_t>& places, const RowBox& box,
              bool is_given = false)
{
    if (places.empty() || box.words[0] == 0) return {};
    WordsMet best{level::different, 0, true};
    for (std::size_t j = 0; j < box.words.size(); ++j) {
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (is_given && i > 0 && j > 0) continue;
            auto reached = std::max(box.levels[j][places[i]], level::different);
            if (i > 0 || j > 0) reached = level_beside(reached);
            if (reached > best.level)
                best = {reached, std::min(typed[places[i]].rarity, box.rarities[j]), i == 0 && j == 0};
        }
    }
    return best;
}

/// How near the row's middle name is to any that was typed.
std::uint8_t middle_level(const std::vector<std::size_t>& places, const RowBox& box)
{
    auto best = level::not_known;
    if (box.words[1] == 0) return best;
    best = level::different;
    for (std::size_t i = 1; i < places.size(); ++i) best = std::max(best, box.levels[1][places[i]]);
    return best;
}

template <class Level>
std::uint8_t best_of(const std::vector<std::uint32_t>& values, std::uint32_t own, Level level_between)
{
    std::uint8_t best = level::not_known;
    for (const auto value : values) best = std::max(best, level_between(value, own));
    return best;
}

std::uint8_t equal_level(std::uint32_t a, std::uint32_t b)
{
    if (a == 0 || b == 0) return level::not_known;
    return a == b ? level::same : level::different;
}

} // namespace

void BestHits::settle()
{
    std::ranges::sort(
        hits_, [](const Hit& a, const Hit& b) { return a.person != b.person ? a.person < b.person : is_better(a, b); });
    const auto again = std::ranges::unique(hits_, {}, &Hit::person);
    hits_.erase(again.begin(), again.end());
    std::ranges::sort(hits_, is_better);
    if (hits_.size() > most_) hits_.resize(most_);
    if (hits_.size() < most_ || most_ == 0) return;
    least_ = hits_.back().log_odds;
    floor_ = least_ + rounding;
}

float SearchIndex::name_weight(bool is_given, std::uint8_t level, float rarity) const
{
    const auto sum = weight(is_given ? Field::given : Field::family, level);
    if (level <= level::different) return sum;
    const auto rarer = rarity - agreement_[is_given ? 0 : 1];
    return sum + (level == level::same_name ? rarer : std::clamp(0.5F * rarer, -5.0F, 5.0F));
}

float SearchIndex::middle_weight(std::uint8_t level, float rarity)
{
    switch (level) {
    case level::same_name: return std::clamp(rarity - 1, 0.5F, most_of_a_middle_name);
    case level::spelling:
    case level::one_slip: return std::clamp(0.6F * rarity, 0.5F, 5.0F);
    case level::short_form:
    case level::sounds_alike: return 2;
    case level::near:
    case level::initial: return 1;
    case level::different: return -3;
    default: return other_middle;
    }
}

RowBox SearchIndex::box_of(const Query& query, const std::array<WordId, 2>& words) const
{
    RowBox box{.words = words};
    for (std::size_t j = 0; j < words.size(); ++j) {
        if (words[j] == 0) continue;
        auto& levels = box.levels[j];
        if (const auto* near = query.table.find(words[j])) {
            levels = near->levels;
            box.rarities[j] = near->rarity;
        }
        if (!query.has_initials) continue;
        box.rarities[j] = rarity(words[j]);
        for (std::size_t i = 0; i < query.typed.size(); ++i)
            if (query.typed[i].initial == initials_[words[j]]) levels[i] = std::max(levels[i], level::initial);
    }
    return box;
}

Hit SearchIndex::score(const Query& query, std::uint32_t number) const
{
    const auto& row = rows_[number];
    const auto given_box = box_of(query, row.given);
    const auto family_box = box_of(query, row.family);
    auto given = meet(query.typed, query.given, given_box, true);
    auto family = meet(query.typed, query.family, family_box);
    auto order =
        given.level == level::not_known && family.level == level::not_known ? level::not_known : level::straight;
    if (query.joined && given.level < level::one_slip)
        if (const auto reached = given_box.levels[0][*query.joined]; reached >= level::one_slip)
            given = {reached, std::min(query.typed[*query.joined].rarity, given_box.rarities[0])};
    auto middle = 0.0F;
    if (given.is_first_of_both && given.level > level::different)
        middle = query.given.size() > 1 ? middle_weight(middle_level(query.given, given_box), given_box.rarities[1])
                 : row.given[1] != 0    ? unasked_middle
                                        : 0;
    if (given.level < level::one_slip || family.level < level::one_slip) {
        const auto given_there = meet(query.typed, query.given, family_box);
        const auto family_there = meet(query.typed, query.family, given_box);
        const auto best = std::max(given_there.level, family_there.level);
        if (best >= level::one_slip && given_there.level + family_there.level > given.level + family.level + 1) {
            given = given_there;
            family = family_there;
            middle = 0;
            if (query.is_order_known) order = level::swapped;
        }
    }
    const auto born = born_level(query.born, date_of(row.born));
    const auto postcode = best_of(query.postcodes, row.postcode, packed_postcode_level);
    const auto phone = best_of(query.phones, row.phone, equal_level);
    const auto identifier = best_of(query.identifiers, row.identifier, equal_level);
    auto sum = prior_ + middle + name_weight(true, given.level, given.rarity) +
               name_weight(false, family.level, family.rarity) + weight(Field::order, order) +
               weight(Field::born, born) + weight(Field::postcode, postcode) + weight(Field::phone, phone) +
               weight(Field::identifier, identifier);
    auto pattern = pattern_with(Field::given, given.level) | pattern_with(Field::family, family.level) |
                   pattern_with(Field::order, order) | pattern_with(Field::born, born) |
                   pattern_with(Field::postcode, postcode) | pattern_with(Field::phone, phone) |
                   pattern_with(Field::identifier, identifier);
    // Somebody looks at what is found, so a name that was only misread keeps its odds here.
    if (given.level == level::different && family.level >= level::one_slip && may_be_siblings(pattern)) {
        pattern |= siblings_mark;
        sum = std::min(sum, siblings_log_odds);
    }
    return {.person = persons_[number], .row = number, .log_odds = sum, .pattern = pattern};
}

} // namespace reachable::identity
