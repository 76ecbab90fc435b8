#include "identity/calibrating.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck/gtest.h>

namespace reachable::identity {
namespace {

/// Pairs whose stated bits are half as sure as the truth: a sum that was too careful.
std::vector<ReviewedPair> careful_pairs(std::size_t count)
{
    std::mt19937 random(3);
    std::uniform_real_distribution<float> bits(-4.5F, 8);
    std::uniform_real_distribution<double> chance(0, 1);
    std::vector<ReviewedPair> pairs;
    for (std::size_t i = 0; i < count; ++i) {
        const auto stated = bits(random);
        pairs.push_back({stated, chance(random) < chance_of(2 * stated)});
    }
    return pairs;
}

} // namespace

TEST(calibrating, a_sum_that_was_too_careful_is_taken_for_what_it_means)
{
    auto model = usual_model();
    model.calibration = learn_calibration(careful_pairs(20'000)).value();
    for (const float stated : {-2.0F, -1.0F, 0.0F, 1.0F, 2.0F})
        EXPECT_NEAR(chance_of(calibrated(model, stated)), chance_of(2 * stated), 0.05) << stated;
    EXPECT_EQ(calibrated(usual_model(), 1.5F), 1.5F);
}

TEST(calibrating, what_the_guard_of_twins_holds_down_stays_down)
{
    auto model = usual_model();
    model.calibration = {{.summed = -4, .in_truth = 6}, {.summed = 3, .in_truth = 9}};
    EXPECT_EQ(calibrated(model, siblings_log_odds), siblings_log_odds); // R-A-05
    EXPECT_EQ(calibrated(model, -30), -30);
    EXPECT_GT(calibrated(model, -4.9F), 0);
    model.calibration = {{.summed = 0, .in_truth = -20}};
    EXPECT_GT(calibrated(model, 1), siblings_log_odds); // and nothing else is taken for a twin
}

TEST(calibrating, too_few_pairs_or_pairs_of_one_kind_teach_nothing)
{
    EXPECT_FALSE(learn_calibration(careful_pairs(least_reviewed - 1)));
    EXPECT_FALSE(learn_calibration(std::vector<ReviewedPair>(200, {2, true})));
    EXPECT_FALSE(learn_calibration(std::vector<ReviewedPair>(200, {2, false})));
    EXPECT_FALSE(learn_calibration(std::vector<ReviewedPair>(200, {siblings_log_odds, true})));
}

RC_GTEST_PROP(calibrating, more_bits_never_mean_less, (std::vector<std::pair<std::int8_t, bool>> drawn))
{
    std::vector<ReviewedPair> pairs(60, {1, true});
    pairs.push_back({0, false});
    for (const auto& [bits, is_same] : drawn) pairs.push_back({static_cast<float>(bits) / 8, is_same});
    auto model = usual_model();
    model.calibration = learn_calibration(pairs).value();
    float last = -100;
    for (float bits = -10; bits < 20; bits += 0.125F) {
        const auto now = calibrated(model, bits);
        RC_ASSERT(now >= last);
        last = now;
    }
    const auto read = model_from(to_json(model));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->calibration == model.calibration);
}

TEST(calibrating, a_model_with_a_curve_that_falls_is_refused)
{
    auto model = usual_model();
    model.calibration = {{.summed = 1, .in_truth = 3}, {.summed = 2, .in_truth = 1}};
    EXPECT_FALSE(model_from(to_json(model)));
    model.calibration = {{.summed = 1, .in_truth = 1e9F}};
    EXPECT_FALSE(model_from(to_json(model)));
}

} // namespace reachable::identity
