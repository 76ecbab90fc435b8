#include "identity/model.h"

#include "api/json.h"
#include "identity/country_pairs.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>

namespace reachable::identity {
namespace {

const NameClasses& no_classes()
{
    static const NameClasses none;
    return none;
}

SourceRecord record(const char* given, const char* family, const char* born)
{
    return {.names = {{.given = given, .family = family}}, .born = parse_partial_date(born).value()};
}

void put(Model& model, Field field, std::uint8_t level, double m, double u)
{
    model.of(field).m[level] = m;
    model.of(field).u[level] = u;
}

/// Weights that are whole numbers of bits.
Model model_of_whole_bits()
{
    Model model{.version = "whole bits", .prior = 0.2};    // 1 to 4: -2 bits
    put(model, Field::given, level::same_name, 0.8, 0.1);  // 3
    put(model, Field::given, level::one_slip, 0.08, 0.01); // 3
    put(model, Field::given, level::different, 0.1, 0.4);  // -2
    put(model, Field::family, level::same_name, 0.8, 0.2); // 2
    put(model, Field::family, level::different, 0.1, 0.8); // -3
    put(model, Field::order, level::straight, 1.0, 0.5);   // 1
    put(model, Field::born, level::same_date, 0.8, 0.05);  // 4
    put(model, Field::born, level::far_apart, 0.025, 0.8); // -5
    return model;
}

/// Given: ayo twice, ruth, jonathan, jonathon, ann, peter, ian: 8 in all. Family: hall four times, bello twice, quill
/// twice. Born: 2012-03-04 twice, and six others.
Population eight_people()
{
    Population population(no_classes());
    population.add(record("Ayo", "Bello", "2012-03-04"));
    population.add(record("Ayo", "Bello", "2012-03-04"));
    population.add(record("Ruth", "Hall", "2001-06-09"));
    population.add(record("Jonathan", "Hall", "1999-11-27"));
    population.add(record("Jonathon", "Hall", "1987-01-30"));
    population.add(record("Ann", "Hall", "1976-10-15"));
    population.add(record("Peter", "Quill", "1965-08-22"));
    population.add(record("Ian", "Quill", "1954-12-13"));
    return population;
}

struct Weighed {
    float given = 0;
    float family = 0;
    float born = 0;
    float sum = 0;
};

Weighed weigh(const Population& population, const Model& model, std::uint32_t a, std::uint32_t b)
{
    const Scorer scorer(model, population);
    const auto comparison = Comparer(population).compare(a, b);
    const auto part = [&](Field field) { return scorer.part(field, comparison, population.row(a), population.row(b)); };
    return {part(Field::given), part(Field::family), part(Field::born),
            scorer.log_odds(comparison, population.row(a), population.row(b))};
}

Problem refusal_of(const Result<Model>& read)
{
    return read ? Problem{.sentence = "it was read"} : read.error().front();
}

/// The usual model as JSON with one level's chance put in its place.
Json with_chance(std::string_view field, std::size_t place, std::string_view name, Json value)
{
    auto json = to_json(usual_model());
    json.set("version", "one");
    for (auto& [member, fields] : *json.members())
        if (member == "fields")
            for (auto& [code, levels] : *fields.members())
                if (code == field) (*levels.items())[place].set(name, std::move(value));
    return json;
}

} // namespace

TEST(model, json_there_and_back_is_the_same_model)
{
    auto model = usual_model();
    model.version = "2026-11 northmere";
    model.prior = 1.0 / 3e6;
    model.record_count = 12'345'678;
    model.of(Field::given).m[level::near] = 1.0 / 3;
    model.of(Field::sex).m = {0, 0, 1}; // whole numbers are chances too
    model.between = {{.one = "northmere-custody", .other = "saltby-schools"}};
    for (std::size_t f = 0; f < field_count; ++f) {
        model.between[0].m[f] = model.fields[f].m;
        model.between[0].u[f] = model.fields[f].u;
    }
    model.between[0].m[static_cast<std::size_t>(Field::born)][level::same_date] = 0.625;
    const auto text = api::write_json(to_json(model));
    const auto read = api::parse_json(text);
    ASSERT_TRUE(read) << sentences(read.error());
    const auto back = model_from(*read);
    ASSERT_TRUE(back) << sentences(back.error());
    EXPECT_EQ(back->version, model.version);
    EXPECT_EQ(back->prior, model.prior);
    EXPECT_EQ(back->record_count, model.record_count);
    for (std::size_t f = 0; f < field_count; ++f) {
        EXPECT_EQ(back->fields[f].m, model.fields[f].m) << code_of(static_cast<Field>(f));
        EXPECT_EQ(back->fields[f].u, model.fields[f].u) << code_of(static_cast<Field>(f));
    }
    ASSERT_EQ(back->between.size(), 1U);
    EXPECT_EQ(back->between[0].other, "saltby-schools");
    EXPECT_EQ(back->between[0].m, model.between[0].m);
    EXPECT_EQ(back->between[0].u, model.between[0].u);
    EXPECT_EQ(api::write_json(to_json(*back)), text);
}

TEST(model, what_is_said_of_two_systems_names_both_and_gives_every_level)
{
    auto model = usual_model();
    model.between = {{.one = "custody", .other = "schools"}};
    ASSERT_TRUE(model_from(to_json(model)));
    const auto is_refused = [&](const std::function<void(Json&)>& spoil) {
        auto json = to_json(model);
        for (auto& [member, list] : *json.members())
            if (member == "between") spoil(list.items()->front());
        return refusal_of(model_from(json)).field == "between";
    };
    EXPECT_TRUE(is_refused([](Json& one) { one.set("one", ""); }));
    EXPECT_TRUE(is_refused([](Json& one) { one.set("other", 7); }));
    EXPECT_TRUE(is_refused([](Json& one) { one.set("m", Json::list()); }));
    EXPECT_TRUE(is_refused([](Json& one) { one = Json::list(); }));
    for (const auto spoil : {"one level too few", "above one", "a word"})
        EXPECT_TRUE(is_refused([&](Json& one) {
            for (auto& [member, fields] : *one.members())
                if (member == "m")
                    for (auto& [code, levels] : *fields.members()) {
                        if (code != "postcode") continue;
                        levels.items()->pop_back();
                        if (spoil == std::string_view("above one")) levels.add(1.5);
                        if (spoil == std::string_view("a word")) levels.add("often");
                    }
        })) << spoil;
    model.between.push_back({.one = "schools", .other = "custody"});
    EXPECT_EQ(refusal_of(model_from(to_json(model))).field, "between") << "said twice";
    auto json = to_json(usual_model());
    json.set("between", "often");
    EXPECT_EQ(refusal_of(model_from(json)).field, "between");
}

TEST(model, refusals_name_the_field)
{
    const auto field_refused = [](std::string_view member, Json value) {
        auto json = to_json(usual_model());
        json.set(member, std::move(value));
        return refusal_of(model_from(json)).field;
    };
    EXPECT_EQ(field_refused("version", ""), "version");
    EXPECT_EQ(field_refused("version", 3), "version");
    EXPECT_EQ(field_refused("prior", "often"), "prior");
    for (const double outside : {-0.1, 0.0, 1.0, 1.5}) EXPECT_EQ(field_refused("prior", outside), "prior") << outside;
    EXPECT_EQ(field_refused("record_count", -1), "record_count");
    EXPECT_EQ(field_refused("fields", Json::object()), "given");
    EXPECT_EQ(field_refused("fields", nullptr), "given");
    EXPECT_EQ(refusal_of(model_from(Json{})).kind, ProblemKind::missing);

    auto json = to_json(usual_model());
    for (auto& [member, fields] : *json.members())
        if (member == "fields")
            for (auto& [code, levels] : *fields.members())
                if (code == "postcode") levels.items()->pop_back();
    EXPECT_EQ(refusal_of(model_from(json)).field, "postcode");
}

TEST(model, chances_outside_0_and_1_are_refused)
{
    EXPECT_TRUE(model_from(with_chance("born", 3, "m", 0.25)));
    EXPECT_TRUE(model_from(with_chance("born", 3, "m", 1)));
    for (const Json& outside : {Json(-0.01), Json(1.01), Json(2), Json(-1), Json("0.5"), Json(nullptr), Json(true)}) {
        const auto refused = refusal_of(model_from(with_chance("born", 3, "m", outside)));
        EXPECT_EQ(refused.kind, ProblemKind::malformed);
        EXPECT_EQ(refused.field, "born.m") << refused.sentence;
        EXPECT_EQ(refusal_of(model_from(with_chance("sex", 1, "u", outside))).field, "sex.u");
    }
}

TEST(model, one_pair_is_worth_what_is_worked_out_by_hand)
{
    const auto population = eight_people();
    const auto found = weigh(population, model_of_whole_bits(), 0, 1);
    // Ayo is borne by 2 of 8: 2 bits. Two strangers agree on a given name with (4 + 6 * 1) / 64: 2.678 bits.
    EXPECT_NEAR(found.given, 3 + 2 - 2.678, 0.001);
    // Bello by 2 of 8: 2 bits. Two strangers agree with (16 + 4 + 4) / 64: 1.415 bits.
    EXPECT_NEAR(found.family, 2 + 2 - 1.415, 0.001);
    // The day is that of 2 of 8, and strangers agree as on given names.
    EXPECT_NEAR(found.born, 4 + 2 - 2.678, 0.001);
    // The prior and the family name, -2 + 2.585, say no more than one household: -2 is what remains of them.
    EXPECT_NEAR(found.sum, -2 + 2.322 + 1 + 3.322, 0.002);
    EXPECT_NEAR(chance_of(found.sum), 0.9615, 0.0005); // 2^4.644 = 25 to 1
}

TEST(model, disagreement_has_no_rarity_and_a_common_name_is_worth_less)
{
    const auto population = eight_people();
    const auto found = weigh(population, model_of_whole_bits(), 2, 5); // Ruth and Ann Hall
    EXPECT_NEAR(found.given, -2, 1e-5);
    EXPECT_NEAR(found.family, 2 + 1 - 1.415, 0.001); // 4 of 8
    EXPECT_NEAR(found.born, -5, 1e-5);
    EXPECT_NEAR(found.sum, -2 - 2 + 1 - 5, 0.001); // a prior of -2 and a family name are no more than a household
}

TEST(model, nearly_agreeing_is_worth_half_of_the_rarity_of_the_commoner)
{
    auto population = eight_people();
    population.add(record("Jonathon", "Marsh", "1944-02-18"));
    // Jonathan is borne by 1 of 9: 3.170 bits; Jonathon by 2: 2.170. Strangers agree with (4 + 4 + 5) / 81: 2.639.
    const auto found = weigh(population, model_of_whole_bits(), 3, 4);
    EXPECT_NEAR(found.given, 3 + 0.5 * (2.170 - 2.639), 0.001);
}

TEST(model, twins_and_siblings_are_never_above_minus_five_bits)
{
    const Country country({.seed = 5, .people = 50'000});
    Random random(6);
    auto pairs = twins(country, 100, random);
    const auto more = siblings(country, 100, random);
    pairs.insert(pairs.end(), more.begin(), more.end());
    Population population(no_classes());
    for (const auto& [elder, younger] : pairs)
        for (const auto* one : {&elder, &younger}) population.add(write_down(*one, "one", ErrorModel{}, random));
    // A model that believes everything, so that the sum alone would join every one of them.
    auto model = usual_model();
    model.prior = 0.5;
    const Scorer scorer(model, population);
    Comparer comparer(population);
    std::size_t marked = 0;
    std::size_t held = 0;
    for (std::uint32_t a = 0; a < population.size(); a += 2) {
        const auto& one = population.row(a);
        const auto& other = population.row(a + 1);
        auto comparison = comparer.compare(a, a + 1);
        if ((comparison.pattern & siblings_mark) == 0) continue;
        marked += 1;
        EXPECT_LE(scorer.log_odds(comparison, one, other), siblings_log_odds);
        comparison.pattern &= ~siblings_mark;
        if (scorer.log_odds(comparison, one, other) > siblings_log_odds) held += 1;
    }
    EXPECT_GT(marked, 70U);
    EXPECT_GT(held, 40U) << "without the mark their sum would be higher";
}

TEST(model, what_speaks_still_more_against_twins_is_kept)
{
    Population population(no_classes());
    population.add(record("Ayo", "Bello", "2012-03-04"));
    population.add(record("Tobi", "Bello", "2012-03-04"));
    auto model = usual_model();
    model.prior = 1e-6;
    put(model, Field::family, level::same_name, 1e-6, 0.9);
    const auto found = weigh(population, model, 0, 1);
    EXPECT_LT(found.sum, siblings_log_odds - 5);
}

TEST(model, chances_and_bits_are_two_ways_to_say_it)
{
    EXPECT_EQ(chance_of(0), 0.5);
    EXPECT_NEAR(chance_of(2), 0.8, 1e-9);
    EXPECT_NEAR(chance_of(-2), 0.2, 1e-9);
    EXPECT_NEAR(chance_of(500), 1, 1e-9);
    EXPECT_NEAR(chance_of(-500), 0, 1e-9);
    Population population(no_classes());
    EXPECT_NEAR(Scorer(model_of_whole_bits(), population).prior_log_odds(), -2, 1e-6);
}

} // namespace reachable::identity
