// What agreement and disagreement are worth: for each level of each field, how often one person's records show it (m)
// and how often two people's do (u). Fellegi and Sunter 1969; rare values are worth more than common ones. A model is a
// file with a version; every decision names the version it was made with.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "identity/comparison.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace reachable::identity {

/// Chances of one field: of each level among pairs where both sides say something.
struct FieldChances {
    std::array<double, most_levels> m{};
    std::array<double, most_levels> u{};
};

/// So many bits as summed mean so many in truth (calibrating.h).
struct CalibrationPoint {
    float summed = 0;
    float in_truth = 0;
    bool operator==(const CalibrationPoint&) const = default;
};

/// By field, of each level: how often pairs show it.
using LevelShares = std::array<std::array<double, most_levels>, field_count>;

/// How often the records of two systems show each level: one has its dates right, another knows the year alone, which
/// one person's records then show, and two people's too.
struct BetweenSources {
    std::string one;
    std::string other; // the same as `one` for two records of one system
    LevelShares m{};
    LevelShares u{};
};

struct Model {
    std::string version;
    /// How likely two records drawn at random are of one person, and how many records it was learned from.
    double prior = 1e-6;
    std::uint64_t record_count = 0;
    std::array<FieldChances, field_count> fields = {};
    std::vector<BetweenSources> between = {};       // of systems not named here `fields` holds
    std::vector<CalibrationPoint> calibration = {}; // rising; empty: the sum is taken at its word

    const FieldChances& of(Field field) const { return fields[static_cast<std::size_t>(field)]; }
    FieldChances& of(Field field) { return fields[static_cast<std::size_t>(field)]; }
};

/// A start for learning: what systems of police and children's services usually show.
Model usual_model();

Json to_json(const Model& model);
Result<Model> model_from(const Json& json);

/// R-A-05: what may be twins or siblings has these odds at most, whatever the sum says.
constexpr float siblings_log_odds = -5;

/// What a household shares says that two records are of one household; which member it is, only the rest can say. The
/// odds are never better than what the rest gives against a household of a few members.
constexpr float household_log_odds = -2;
constexpr bool is_of_the_household(Field field)
{
    return field == Field::family || field == Field::postcode || field == Field::place || field == Field::address ||
           field == Field::phone;
}

/// The column whose values are rare or common in that field; none where agreeing on every value says the same.
constexpr std::optional<Column> column_of(Field field)
{
    switch (field) {
    case Field::given: return Column::given;
    case Field::family: return Column::family;
    case Field::born: return Column::born;
    case Field::order:
    case Field::sex: return std::nullopt;
    default: return column_of_value(field);
    }
}

constexpr std::uint8_t same_level(Field field)
{
    if (field == Field::given || field == Field::family) return level::same_name;
    return field == Field::born ? level::same_date : level::same;
}

/// The values that met in a field, one of each side.
template <Field field>
std::array<WordId, 2> values_that_met(const Comparison& comparison, const Row& a, const Row& b)
{
    if constexpr (field == Field::given)
        return comparison.given;
    else if constexpr (field == Field::family)
        return comparison.family;
    else if constexpr (field == Field::born)
        return {born_value(a.born), born_value(b.born)};
    else
        return {a.*first_of(field), b.*first_of(field)};
}

/// Weighs comparisons of one population, which must outlive it, by one model.
class Scorer {
  public:
    /// By field and level.
    using Weights = std::array<std::array<float, most_levels>, field_count>;

    Scorer(const Model& model, const Population& population);

    /// In bits: how many times 2 the odds that both records are of one person, the prior counted in. 0: as likely as
    /// not.
    float log_odds(const Comparison& comparison, const Row& a, const Row& b) const;
    /// The part of one field.
    float part(Field field, const Comparison& comparison, const Row& a, const Row& b) const;
    /// The same of a field that is known beforehand, with the weights between the systems of both rows.
    template <Field field>
    float part(const Weights& weights, const Comparison& comparison, const Row& a, const Row& b) const
    {
        constexpr auto column = column_of(field);
        const auto level = level_of(comparison.pattern, field);
        if (level == level::not_known) return 0;
        const auto weight = weights[static_cast<std::size_t>(field)][level];
        if constexpr (column) {
            if (level == level::different || (field == Field::born && level < level::same_date)) return weight;
            const auto [one, other] = values_that_met<field>(comparison, a, b);
            // Rare beside what two agreeing strangers usually share; the commoner of the two counts.
            const auto rarer = one == other
                                   ? rarity_beside_usual(*column, one)
                                   : std::min(rarity_beside_usual(*column, one), rarity_beside_usual(*column, other));
            if (level == same_level(field) && one == other) return weight + rarer;
            return weight + std::clamp(share_of_rarity * rarer, -most_for_rarity, most_for_rarity);
        }
        return weight;
    }
    float prior_log_odds() const { return prior_; }
    /// Of the level alone, without rarity, between the systems of two rows.
    float weight(Field field, std::uint8_t level, const Row& a, const Row& b) const
    {
        return weights_between(a, b)[static_cast<std::size_t>(field)][level];
    }
    /// The same for whoever asks for many.
    const Weights& weights_between(const Row& a, const Row& b) const
    {
        return weights_[tables_.empty() ? 0 : tables_[a.source * most_sources + b.source]];
    }
    /// What agreeing on a value is worth beside what two agreeing strangers usually share, in a column with rarity.
    float rarity_beside_usual(Column column, WordId value) const
    {
        return rarity(column, value) - agreement_[static_cast<std::size_t>(column)];
    }
    /// Of the level alone, between any two systems: the most.
    float most_weight(Field field, std::uint8_t level) const;
    const Model& model() const { return model_; }

  private:
    /// An inexact agreement is worth more for rare values, but half as surely: the values that met are two.
    static constexpr float share_of_rarity = 0.5F;
    static constexpr float most_for_rarity = 5;

    template <std::size_t... fields>
    float sum_of(std::index_sequence<fields...> all, const Comparison& comparison, const Row& a, const Row& b) const;
    static Weights weights_of(const LevelShares& m, const LevelShares& u);
    void weigh_sources();
    float rarity(Column column, WordId value) const
    {
        const auto& rarities = rarities_[static_cast<std::size_t>(column)];
        if (rarities.empty()) return agreement_[static_cast<std::size_t>(column)];
        const auto times = population_.frequencies(column).counted(value);
        return times < rarities.size() ? rarities[times] : rarity_of_common(column, times);
    }
    float rarity_of_common(Column column, std::uint32_t times) const;

    Model model_;
    float prior_ = 0;
    static constexpr std::size_t most_sources = 256;
    std::vector<Weights> weights_;      // those of all systems first
    std::vector<std::uint16_t> tables_; // which of them, by the sources of both rows; none where all are alike
    /// For each column the bits of an agreement at random: log2 of the chance that two values agree.
    std::array<float, column_count> agreement_{};
    std::array<std::vector<float>, column_count> rarities_; // by how often a value stands in the column
    const Population& population_;
};

/// The odds in truth of a pair that was summed to so many bits: between two points in proportion, beyond them as far
/// from the last as before. What the guard of twins holds down stays down, and nothing else falls so low.
float calibrated(const Model& model, float log_odds);

/// The chance that goes with so many bits of odds.
double chance_of(float log_odds);

} // namespace reachable::identity
