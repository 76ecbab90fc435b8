#include "identity/training.h"

#include "base/share_out.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace reachable::identity {
namespace {

/// A level that was not seen among so many pairs may still exist.
constexpr double unseen = 0.3;

std::uint32_t draw(std::mt19937_64& random, std::size_t count)
{
    return static_cast<std::uint32_t>(random() % count);
}

/// Pairs of strangers, nearly all of them; all pairs where these are few.
std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_to_learn_u(std::size_t count, const Training& training)
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    if (count * (count - 1) / 2 <= training.random_pairs) {
        for (std::uint32_t a = 0; a < count; ++a)
            for (auto b = a + 1; b < count; ++b) pairs.emplace_back(a, b);
        return pairs;
    }
    std::mt19937_64 random(training.seed);
    for (std::uint64_t i = 0; i < training.random_pairs; ++i) {
        const auto a = draw(random, count);
        const auto b = draw(random, count);
        if (a != b) pairs.emplace_back(a, b);
    }
    return pairs;
}

/// Which two systems a pair is of; one for all where there is but one system.
class KindsOfPair {
  public:
    explicit KindsOfPair(const Population& population)
        : population_(population), are_many_(population.sources().size() > 2)
    {
    }
    std::size_t count() const
    {
        return are_many_ ? of(population_.sources().size() - 1, population_.sources().size() - 1) + 1 : 1;
    }
    std::size_t of(const RowPair& pair) const { return are_many_ ? of(pair.a.source, pair.b.source) : 0; }
    static std::size_t of(std::size_t one, std::size_t other)
    {
        const auto most = std::max(one, other);
        return most * (most + 1) / 2 + std::min(one, other);
    }

  private:
    const Population& population_;
    bool are_many_ = false;
};

/// How often each pattern is seen in a part of the blocks, for all of them. By the kind of pair.
std::vector<PatternCounts> count_patterns(const Population& population, const Blocks& blocks, const Training& training)
{
    // A part of the blocks tells as much as all of them, once there are some millions of pairs.
    const auto parts = 1 + std::max<std::size_t>(population.size() / training.records_to_learn_from,
                                                 blocks.most_pairs() / training.pairs_to_learn_from);
    const KindsOfPair kinds(population);
    std::vector<std::vector<PatternCounts>> shares(training.threads, std::vector<PatternCounts>(kinds.count()));
    share_out(training.threads, shares.size(), [&](std::size_t part) {
        Comparer comparer(population);
        const auto count = [&](std::uint32_t a, std::uint32_t b) {
            // What is marked for siblings by another given name teaches nothing (`learn_m`).
            const auto pair = comparer.pair_of(a, b);
            if (comparer.are_marked_where_unlike(pair) && comparer.have_unlike_given_names(pair)) return;
            shares[part][kinds.of(pair)][comparer.compare(a, b).pattern] += parts;
        };
        blocks.walk(part * parts, shares.size() * parts, count, comparer);
    });
    auto counts = std::move(shares.front());
    for (std::size_t part = 1; part < shares.size(); ++part)
        for (std::size_t kind = 0; kind < counts.size(); ++kind)
            for (const auto& [pattern, count] : shares[part][kind]) counts[kind][pattern] += count;
    return counts;
}

/// The column whose values decide how often two strangers are "the same" in the field.
const Frequencies* frequencies_of(const Population& population, Field field)
{
    switch (field) {
    case Field::born: return &population.frequencies(Column::born);
    case Field::postcode: return &population.frequencies(Column::postcode);
    case Field::place: return &population.frequencies(Column::place);
    case Field::address: return &population.frequencies(Column::address);
    case Field::phone: return &population.frequencies(Column::phone);
    case Field::email: return &population.frequencies(Column::email);
    case Field::identifier: return &population.frequencies(Column::identifier);
    default: return nullptr;
    }
}

/// In bits, as the scorer weighs it but without rarity.
double log_odds_of(const Model& model, Pattern pattern)
{
    double household = std::log2(model.prior / (1 - model.prior));
    double member = 0;
    for (std::size_t f = 0; f < field_count; ++f) {
        const auto field = static_cast<Field>(f);
        const auto level = level_of(pattern, field);
        if (level == level::not_known) continue;
        const auto& chances = model.fields[f];
        (is_of_the_household(field) ? household : member) +=
            std::log2(std::max(chances.m[level], 1e-9) / std::max(chances.u[level], 1e-9));
    }
    return member + std::min(household, double{household_log_odds});
}

} // namespace

namespace {

using Seen = LevelShares; // how often strangers showed each level

/// Of pairs drawn at random, by the kind of pair.
std::vector<Seen> count_strangers(const Population& population, const Training& training)
{
    const auto pairs = pairs_to_learn_u(population.size(), training);
    const KindsOfPair kinds(population);
    std::vector<std::vector<Seen>> shares(training.threads, std::vector<Seen>(kinds.count()));
    share_out(training.threads, shares.size(), [&](std::size_t part) {
        Comparer comparer(population);
        for (auto i = part; i < pairs.size(); i += shares.size()) {
            const auto [a, b] = pairs[i];
            const auto pattern = comparer.compare(a, b).pattern;
            auto& seen = shares[part][kinds.of(comparer.pair_of(a, b))];
            for (std::size_t f = 0; f < field_count; ++f) seen[f][level_of(pattern, static_cast<Field>(f))] += 1;
        }
    });
    auto sum = std::move(shares.front());
    for (std::size_t part = 1; part < shares.size(); ++part)
        for (std::size_t kind = 0; kind < sum.size(); ++kind)
            for (std::size_t f = 0; f < field_count; ++f)
                for (std::size_t l = 0; l < most_levels; ++l) sum[kind][f][l] += shares[part][kind][f][l];
    return sum;
}

void learn_u_of(Model& model, const Population& population, const std::vector<Seen>& by_kind)
{
    Seen seen{};
    for (const auto& kind : by_kind)
        for (std::size_t f = 0; f < field_count; ++f)
            for (std::size_t l = 0; l < most_levels; ++l) seen[f][l] += kind[f][l];
    for (std::size_t f = 0; f < field_count; ++f) {
        const auto field = static_cast<Field>(f);
        double known = 0;
        for (std::size_t l = 1; l < level_count(field); ++l) known += seen[f][l] += unseen;
        // Strangers' names are as often alike by chance in exchanged boxes as in their own: that says nothing by
        // itself.
        if (field == Field::order || known < 100) continue;
        for (std::size_t l = 1; l < level_count(field); ++l) model.fields[f].u[l] = seen[f][l] / known;
        const auto* frequencies = frequencies_of(population, field);
        if (frequencies != nullptr && frequencies->total() > 0)
            model.fields[f].u[level_count(field) - 1] = frequencies->chance_of_agreement();
    }
}

/// What strangers of two systems show. A level that too few of those drawn show, or should, is taken from all.
LevelShares u_between(const Model& model, const Seen& seen)
{
    constexpr double enough = 30;
    LevelShares u{};
    for (std::size_t f = 0; f < field_count; ++f) {
        const auto field = static_cast<Field>(f);
        u[f] = model.fields[f].u;
        double known = 0;
        for (std::size_t l = 1; l < level_count(field); ++l) known += seen[f][l];
        if (field == Field::order) continue;
        for (std::size_t l = 1; l < level_count(field); ++l)
            if (std::max(seen[f][l], known * u[f][l]) >= enough) u[f][l] = (seen[f][l] + unseen) / (known + unseen);
    }
    return u;
}

} // namespace

void learn_u(Model& model, const Population& population, const Training& training)
{
    if (population.size() >= 2) learn_u_of(model, population, count_strangers(population, training));
}

namespace {

/// What may be siblings only because of a slip is mostly one person's, and how often slips are is to be learned.
bool is_a_slip_of_one_birth(Pattern pattern)
{
    return level_of(pattern, Field::given) == level::one_slip && level_of(pattern, Field::born) >= level::one_digit &&
           level_of(pattern, Field::sex) != level::different;
}

/// Patterns with how often each was seen. In one order, so that sums are the same however the work was divided.
using Patterns = std::vector<std::pair<Pattern, double>>;
Patterns in_order(const PatternCounts& counts)
{
    Patterns patterns(counts.begin(), counts.end());
    std::ranges::sort(patterns);
    return patterns;
}

/// How many pairs of one person show each level, as far as the model can tell.
struct Expected {
    LevelShares levels{};
    double matches = 0;
    double sure = 0; // of these, by patterns that leave little doubt
};

Expected expected_of(const Model& model, const Patterns& patterns)
{
    Expected expected;
    for (const auto& [pattern, count] : patterns) {
        // A country has more pairs of one household than of one person, and they share nearly everything: learning
        // from them would find families instead of people.
        if ((pattern & siblings_mark) != 0 && !is_a_slip_of_one_birth(pattern)) continue;
        const auto weight = count / (1 + std::exp2(-log_odds_of(model, pattern)));
        expected.matches += weight;
        if (weight > 0.9 * count) expected.sure += weight;
        for (std::size_t f = 0; f < field_count; ++f)
            expected.levels[f][level_of(pattern, static_cast<Field>(f))] += weight;
    }
    return expected;
}

/// The share of each level, with what was known before counted as so many pairs.
std::array<double, most_levels> shares_of(const Expected& expected, Field field, double strength,
                                          const std::array<double, most_levels>& before)
{
    const auto& levels = expected.levels[static_cast<std::size_t>(field)];
    double known = strength;
    for (std::size_t l = 1; l < level_count(field); ++l) known += levels[l];
    std::array<double, most_levels> shares{};
    for (std::size_t l = 1; l < level_count(field); ++l) shares[l] = (levels[l] + strength * before[l]) / known;
    return shares;
}

} // namespace

Learned learn_m(Model& model, const PatternCounts& counts, std::uint64_t record_count, const Training& training)
{
    const auto start = model;
    const auto all_pairs = static_cast<double>(record_count) * (static_cast<double>(record_count) - 1) / 2;
    const auto patterns = in_order(counts);
    Learned learned;
    for (; learned.rounds < training.most_rounds; ++learned.rounds) {
        const auto expected = expected_of(model, patterns);
        const auto before = model.prior;
        model.prior = std::min(0.5, std::max(expected.matches, 0.5) / all_pairs);
        for (std::size_t f = 0; f < field_count; ++f)
            model.fields[f].m = shares_of(expected, static_cast<Field>(f), training.strength, start.fields[f].m);
        learned.expected_matches = expected.matches;
        if (std::abs(model.prior - before) < before * 1e-4) break;
    }
    return learned;
}

std::optional<BetweenSources> learn_between(const Model& model, const PatternCounts& counts, const Training& training)
{
    constexpr double fewest = 100; // pairs of one person
    constexpr double mostly = 0.8; // a system that has nobody twice would teach of namesakes
    const auto expected = expected_of(model, in_order(counts));
    if (expected.matches < fewest || expected.sure < mostly * expected.matches) return std::nullopt;
    BetweenSources between;
    for (std::size_t f = 0; f < field_count; ++f)
        between.m[f] = shares_of(expected, static_cast<Field>(f), training.strength_between, model.fields[f].m);
    return between;
}

namespace {

/// Of systems of which many records are of one person; of the rest what was learned of all holds.
void learn_between_all(Model& model, const Population& population, const std::vector<PatternCounts>& by_kind,
                       const std::vector<Seen>& strangers, const Training& training)
{
    const auto sources = population.sources();
    if (by_kind.size() == 1) return;
    for (std::size_t other = 1; other < sources.size(); ++other)
        for (std::size_t one = 1; one <= other; ++one) {
            const auto kind = KindsOfPair::of(one, other);
            auto between = learn_between(model, by_kind[kind], training);
            if (!between) continue;
            between->u = u_between(model, strangers[kind]);
            between->one = sources[one];
            between->other = sources[other];
            model.between.push_back(*std::move(between));
        }
}

} // namespace

Model train(const Population& population, const Blocks& blocks, std::string version, const Training& training)
{
    auto model = usual_model();
    model.version = std::move(version);
    model.record_count = population.size();
    if (population.size() < 2) return model;
    model.prior = std::min(0.1, 1.0 / static_cast<double>(population.size()));
    const auto strangers = count_strangers(population, training);
    learn_u_of(model, population, strangers);
    const auto by_kind = count_patterns(population, blocks, training);
    PatternCounts of_all;
    for (const auto& counts : by_kind)
        for (const auto& [pattern, count] : counts) of_all[pattern] += count;
    learn_m(model, of_all, population.size(), training);
    learn_between_all(model, population, by_kind, strangers, training);
    return model;
}

} // namespace reachable::identity
