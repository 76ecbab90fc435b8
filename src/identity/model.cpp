#include "identity/model.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace reachable::identity {
namespace {

/// A rare value is believed to be rare only so far: the record that holds it may be a slip itself.
constexpr float rarest = 22;

constexpr double least_chance = 1e-7;

/// Of a value that stands in a column so often; one that nobody counted is as rare as one that one record has.
float rarity_of(const Frequencies& frequencies, std::uint32_t times)
{
    return std::min(rarest, -std::log2(frequencies.share_of(times)));
}

constexpr std::uint32_t most_tabled = 65'536;

} // namespace

/// What each level is worth.
Scorer::Weights Scorer::weights_of(const LevelShares& m, const LevelShares& u)
{
    Weights weights{};
    for (std::size_t f = 0; f < field_count; ++f)
        for (std::size_t l = 1; l < level_count(static_cast<Field>(f)); ++l)
            weights[f][l] =
                static_cast<float>(std::log2(std::max(m[f][l], least_chance) / std::max(u[f][l], least_chance)));
    return weights;
}

void Scorer::weigh_sources()
{
    LevelShares m{};
    LevelShares u{};
    for (std::size_t f = 0; f < field_count; ++f)
        std::tie(m[f], u[f]) = std::tie(model_.fields[f].m, model_.fields[f].u);
    weights_.push_back(weights_of(m, u));
    const auto sources = population_.sources();
    for (const auto& between : model_.between) {
        const auto one = std::ranges::find(sources, between.one);
        const auto other = std::ranges::find(sources, between.other);
        if (one == sources.end() || other == sources.end()) continue;
        tables_.resize(most_sources * most_sources);
        const auto table = static_cast<std::uint16_t>(weights_.size());
        const auto [a, b] = std::pair(one - sources.begin(), other - sources.begin());
        tables_[static_cast<std::size_t>(a) * most_sources + static_cast<std::size_t>(b)] = table;
        tables_[static_cast<std::size_t>(b) * most_sources + static_cast<std::size_t>(a)] = table;
        weights_.push_back(weights_of(between.m, between.u));
    }
}

float Scorer::most_weight(Field field, std::uint8_t level) const
{
    const auto of = [&](const Weights& weights) { return weights[static_cast<std::size_t>(field)][level]; };
    return of(*std::ranges::max_element(weights_, {}, of));
}

Scorer::Scorer(const Model& model, const Population& population) : model_(model), population_(population)
{
    prior_ = static_cast<float>(std::log2(model.prior / (1 - model.prior)));
    weigh_sources();
    for (std::size_t c = 0; c < column_count; ++c) {
        const auto& frequencies = population.frequencies(static_cast<Column>(c));
        agreement_[c] = static_cast<float>(-std::log2(std::max(frequencies.chance_of_agreement(), least_chance)));
        if (frequencies.total() == 0) continue;
        const auto most = std::min(frequencies.most_counted(), most_tabled);
        for (std::uint32_t times = 0; times <= most; ++times) rarities_[c].push_back(rarity_of(frequencies, times));
    }
}

float Scorer::rarity_of_common(Column column, std::uint32_t times) const
{
    return rarity_of(population_.frequencies(column), times);
}

float Scorer::part(Field field, const Comparison& comparison, const Row& a, const Row& b) const
{
    const auto& weights = weights_between(a, b);
    switch (field) {
    case Field::given: return part<Field::given>(weights, comparison, a, b);
    case Field::family: return part<Field::family>(weights, comparison, a, b);
    case Field::order: return part<Field::order>(weights, comparison, a, b);
    case Field::born: return part<Field::born>(weights, comparison, a, b);
    case Field::sex: return part<Field::sex>(weights, comparison, a, b);
    case Field::postcode: return part<Field::postcode>(weights, comparison, a, b);
    case Field::place: return part<Field::place>(weights, comparison, a, b);
    case Field::address: return part<Field::address>(weights, comparison, a, b);
    case Field::phone: return part<Field::phone>(weights, comparison, a, b);
    case Field::email: return part<Field::email>(weights, comparison, a, b);
    case Field::identifier: break;
    }
    return part<Field::identifier>(weights, comparison, a, b);
}

template <std::size_t... fields>
float Scorer::sum_of(std::index_sequence<fields...> /*all*/, const Comparison& comparison, const Row& a,
                     const Row& b) const
{
    const auto& weights = weights_between(a, b);
    auto household = prior_;
    auto member = 0.0F;
    const auto add = [&]<Field field>() {
        (is_of_the_household(field) ? household : member) += part<field>(weights, comparison, a, b);
    };
    (add.template operator()<static_cast<Field>(fields)>(), ...);
    return member + std::min(household, household_log_odds);
}

float Scorer::log_odds(const Comparison& comparison, const Row& a, const Row& b) const
{
    const auto sum = sum_of(std::make_index_sequence<field_count>(), comparison, a, b);
    return (comparison.pattern & siblings_mark) != 0 ? std::min(sum, siblings_log_odds) : sum;
}

float calibrated(const Model& model, float log_odds)
{
    const auto& points = model.calibration;
    if (points.empty() || log_odds <= siblings_log_odds) return log_odds;
    const auto above = std::ranges::upper_bound(points, log_odds, {}, &CalibrationPoint::summed);
    // More bits never mean less, not by the last digit either: what is rounded stays on its side of each point.
    float found = 0;
    if (above == points.begin())
        found = above->in_truth + (log_odds - above->summed);
    else if (const auto& below = above[-1]; above == points.end())
        found = below.in_truth + (log_odds - below.summed);
    else
        found =
            std::min(above->in_truth, below.in_truth + (above->in_truth - below.in_truth) * (log_odds - below.summed) /
                                                           (above->summed - below.summed));
    constexpr float just_above_the_guard = 0.01F;
    return std::max(found, siblings_log_odds + just_above_the_guard);
}

double chance_of(float log_odds)
{
    return 1 / (1 + std::exp2(-static_cast<double>(log_odds)));
}

Model usual_model()
{
    Model model{.version = "usual"};
    // m by level, "not known" first.                    diff  init  near  sound short shared slip  spell same
    const FieldChances given{.m = {0, 0.05, 0.02, 0.03, 0.02, 0.05, 0.03, 0.07, 0.03, 0.70}};
    const FieldChances family{.m = {0, 0.05, 0.001, 0.02, 0.01, 0.001, 0.03, 0.06, 0.01, 0.819}};
    //                                                   far   2 years vague day   month digit swap  same
    const FieldChances born{.m = {0, 0.02, 0.02, 0.02, 0.02, 0.02, 0.08, 0.02, 0.80}};
    const FieldChances changing{.m = {0, 0.35, 0.05, 0.10, 0.50}}; // people move
    const FieldChances steady{.m = {0, 0.05, 0.02, 0.08, 0.85}};
    model.of(Field::given) = given;
    model.of(Field::family) = family;
    model.of(Field::order).m = {0, 0.96, 0.04};
    model.of(Field::born) = born;
    model.of(Field::sex).m = {0, 0.02, 0.98};
    for (const auto field : {Field::postcode, Field::place, Field::address, Field::phone, Field::email})
        model.of(field) = changing;
    model.of(Field::identifier) = steady;
    // u of a large country; learning replaces it by what the records at hand show.
    model.of(Field::given).u = {0, 0.95, 0.01, 0.02, 0.005, 0.003, 0.003, 0.003, 0.001, 0.005};
    model.of(Field::family).u = {0, 0.97, 0.001, 0.02, 0.004, 0.0005, 0.002, 0.001, 0.0005, 0.001};
    model.of(Field::order).u = {0, 0.5, 0.5};
    model.of(Field::born).u = {0, 0.85, 0.10, 0.004, 0.003, 0.005, 0.002, 0.0005, 0.00015};
    model.of(Field::sex).u = {0, 0.5, 0.5};
    for (const auto field : {Field::postcode, Field::address, Field::phone, Field::email, Field::identifier})
        model.of(field).u = {0, 0.998, 0.0018, 0.0001, 0.00001};
    model.of(Field::place).u = {0, 0.97, 0.01, 0.005, 0.015};
    return model;
}

namespace {

Json between_json(const std::vector<BetweenSources>& all)
{
    auto list = Json::list();
    for (const auto& between : all) {
        auto one = Json::object();
        one.set("one", between.one);
        one.set("other", between.other);
        for (const auto& [name, shares] : {std::pair{"m", &between.m}, std::pair{"u", &between.u}}) {
            auto fields = Json::object();
            for (std::size_t f = 0; f < field_count; ++f) {
                auto levels = Json::list();
                for (std::size_t l = 1; l < level_count(static_cast<Field>(f)); ++l) levels.add((*shares)[f][l]);
                fields.set(code_of(static_cast<Field>(f)), std::move(levels));
            }
            one.set(name, std::move(fields));
        }
        list.add(std::move(one));
    }
    return list;
}

} // namespace

Json to_json(const Model& model)
{
    auto json = Json::object();
    json.set("version", model.version);
    json.set("prior", model.prior);
    json.set("record_count", static_cast<std::size_t>(model.record_count));
    auto fields = Json::object();
    for (std::size_t f = 0; f < field_count; ++f) {
        const auto field = static_cast<Field>(f);
        auto levels = Json::list();
        for (std::size_t l = 1; l < level_count(field); ++l) {
            auto one = Json::object();
            one.set("level", words_of_level(field, static_cast<std::uint8_t>(l)));
            one.set("m", model.fields[f].m[l]);
            one.set("u", model.fields[f].u[l]);
            levels.add(std::move(one));
        }
        fields.set(code_of(field), std::move(levels));
    }
    json.set("fields", std::move(fields));
    if (!model.between.empty()) json.set("between", between_json(model.between));
    if (model.calibration.empty()) return json;
    auto points = Json::list();
    for (const auto& point : model.calibration)
        points.add(Json::object().set("summed", double{point.summed}).set("in_truth", double{point.in_truth}));
    json.set("calibration", std::move(points));
    return json;
}

namespace {

bool is_chance(const Json& json)
{
    const auto* number = json.number();
    const auto* whole = json.integer();
    return number != nullptr ? *number >= 0 && *number <= 1 : whole != nullptr && (*whole == 0 || *whole == 1);
}

double chance_of_number(const Json& json)
{
    return json.number() != nullptr ? *json.number() : static_cast<double>(*json.integer());
}

/// `field`: what a refusal names.
Result<double> chance_in(const Json& json, std::string_view name, std::string field)
{
    const auto* member = json.find(name);
    if (member != nullptr && is_chance(*member)) return chance_of_number(*member);
    return refuse(ProblemKind::malformed, "A model gives chances between 0 and 1", std::move(field));
}

/// False where a level of a field is not given, or is no chance.
bool read_shares(const Json* fields, LevelShares& shares)
{
    for (std::size_t f = 0; f < field_count; ++f) {
        const auto field = static_cast<Field>(f);
        const auto* levels = fields == nullptr ? nullptr : fields->find(code_of(field));
        const auto* chances = levels == nullptr ? nullptr : levels->items();
        if (chances == nullptr || chances->size() + 1 != level_count(field) ||
            !std::ranges::all_of(*chances, is_chance))
            return false;
        std::ranges::transform(*chances, shares[f].begin() + 1, chance_of_number);
    }
    return true;
}

Result<std::vector<BetweenSources>> between_in(const Json& json)
{
    std::vector<BetweenSources> all;
    const auto* list = json.find("between");
    if (list == nullptr) return all;
    const auto refused = refuse(
        ProblemKind::malformed,
        "A model names two systems once and gives chances for every level of each field between them", "between");
    if (list->items() == nullptr) return refused;
    std::set<std::pair<std::string, std::string>> named;
    for (const auto& item : *list->items()) {
        BetweenSources between{.one = item.text_of("one"), .other = item.text_of("other")};
        const auto [first, second] = std::minmax(between.one, between.other);
        if (first.empty() || second.empty() || !named.emplace(first, second).second) return refused;
        if (!read_shares(item.find("m"), between.m) || !read_shares(item.find("u"), between.u)) return refused;
        all.push_back(std::move(between));
    }
    return all;
}

Result<float> bits_in(const Json& json, std::string_view name)
{
    constexpr double most_bits = 1000;
    const auto* member = json.find(name);
    const auto refused = refuse(ProblemKind::malformed, "Calibration gives bits between -1000 and 1000", "calibration");
    if (member == nullptr) return refused;
    const auto bits = member->number() != nullptr    ? *member->number()
                      : member->integer() != nullptr ? static_cast<double>(*member->integer())
                                                     : 2 * most_bits;
    if (!(bits >= -most_bits && bits <= most_bits)) return refused;
    return static_cast<float>(bits);
}

Result<std::vector<CalibrationPoint>> calibration_in(const Json& json)
{
    std::vector<CalibrationPoint> points;
    const auto* list = json.find("calibration");
    if (list == nullptr) return points;
    if (list->items() == nullptr)
        return refuse(ProblemKind::malformed, "Calibration is a list of points", "calibration");
    for (const auto& item : *list->items()) {
        const CalibrationPoint point{TRY(bits_in(item, "summed")), TRY(bits_in(item, "in_truth"))};
        if (!points.empty() && (point.summed <= points.back().summed || point.in_truth < points.back().in_truth))
            return refuse(ProblemKind::malformed, "The points of a calibration rise", "calibration");
        points.push_back(point);
    }
    return points;
}

} // namespace

Result<Model> model_from(const Json& json)
{
    Model model;
    model.version = json.text_of("version");
    if (model.version.empty()) return refuse(ProblemKind::missing, "A model has a version", "version");
    model.prior = TRY(chance_in(json, "prior", "prior"));
    if (model.prior <= 0 || model.prior >= 1)
        return refuse(ProblemKind::malformed, "The prior of a model lies between 0 and 1", "prior");
    if (const auto* count = json.find("record_count"); count != nullptr) {
        if (count->integer() == nullptr || *count->integer() < 0)
            return refuse(ProblemKind::malformed, "A model counts its records in a whole number", "record_count");
        model.record_count = static_cast<std::uint64_t>(*count->integer());
    }
    model.calibration = TRY(calibration_in(json));
    model.between = TRY(between_in(json));
    const auto* fields = json.find("fields");
    for (std::size_t f = 0; f < field_count; ++f) {
        const auto field = static_cast<Field>(f);
        const auto* levels = fields == nullptr ? nullptr : fields->find(code_of(field));
        if (levels == nullptr || levels->items() == nullptr || levels->items()->size() + 1 != level_count(field))
            return refuse(ProblemKind::malformed, "A model gives every level of each field",
                          std::string(code_of(field)));
        for (std::size_t l = 1; l < level_count(field); ++l) {
            const auto& one = (*levels->items())[l - 1];
            model.fields[f].m[l] = TRY(chance_in(one, "m", std::string(code_of(field)) + ".m"));
            model.fields[f].u[l] = TRY(chance_in(one, "u", std::string(code_of(field)) + ".u"));
        }
    }
    return model;
}

} // namespace reachable::identity
