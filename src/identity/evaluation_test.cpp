#include "identity/evaluation.h"

#include <cmath>
#include <gtest/gtest.h>

namespace reachable::identity {
namespace {

using Labels = std::vector<std::uint32_t>;

/// Three records of person 7, two of person 8, one of person 9: three true pairs and one, four in all.
const Labels six_records{7, 7, 7, 8, 8, 9};

float bits_of(double chance)
{
    return static_cast<float>(std::log2(chance / (1 - chance)));
}

} // namespace

TEST(evaluation, pairs_count_what_was_said_and_what_was_true)
{
    const std::vector<Edge> edges{{0, 1, 9}, {3, 4, 6}, {2, 3, 5}, {4, 5, -1}, {0, 2, -3}};
    const auto above_0 = accuracy_of_pairs(edges, six_records, 0);
    EXPECT_DOUBLE_EQ(above_0.precision, 2.0 / 3);
    EXPECT_DOUBLE_EQ(above_0.recall, 2.0 / 4); // 0 and 2 are below, 1 and 2 were never proposed
    EXPECT_DOUBLE_EQ(above_0.f1(), 4.0 / 7);   // 2 * 2/3 * 1/2 / (7/6)
    const auto at_6 = accuracy_of_pairs(edges, six_records, 6);
    EXPECT_DOUBLE_EQ(at_6.precision, 1); // the pair at 6 bits counts
    EXPECT_DOUBLE_EQ(at_6.recall, 0.5);
    const auto all = accuracy_of_pairs(edges, six_records, -100);
    EXPECT_DOUBLE_EQ(all.precision, 3.0 / 5);
    EXPECT_DOUBLE_EQ(all.recall, 3.0 / 4);
}

TEST(evaluation, nothing_said_and_nothing_true_are_worth_nothing)
{
    const auto none = accuracy_of_pairs({}, six_records, 0);
    EXPECT_EQ(none.precision, 0);
    EXPECT_EQ(none.recall, 0);
    EXPECT_EQ(none.f1(), 0);
    const std::vector<Edge> edges{{0, 1, 9}};
    EXPECT_EQ(accuracy_of_pairs(edges, Labels{1, 2}, 0).recall, 0);
}

TEST(evaluation, the_best_threshold_is_where_f1_is_greatest)
{
    const std::vector<Edge> edges{{0, 2, -3}, {3, 4, 6}, {2, 3, 5}, {0, 1, 9}, {4, 5, -7}};
    // F1 at 9: 2/5; at 6: 4/6; at 5: 4/7; at -3: 6/8; at -7: 6/9.
    const auto best = best_threshold(edges, six_records);
    EXPECT_EQ(best.log_odds, -3);
    EXPECT_DOUBLE_EQ(best.accuracy.f1(), 0.75);
    EXPECT_DOUBLE_EQ(best.accuracy.precision, 0.75);
    EXPECT_DOUBLE_EQ(best.accuracy.recall, 0.75);
}

TEST(evaluation, a_threshold_does_not_part_pairs_of_equal_odds)
{
    // Said apart, the first two would give the best F1; but a threshold takes all three or none.
    const std::vector<Edge> edges{{0, 1, 5}, {3, 4, 5}, {2, 3, 5}};
    const auto best = best_threshold(edges, six_records);
    EXPECT_EQ(best.log_odds, 5);
    EXPECT_DOUBLE_EQ(best.accuracy.f1(), 4.0 / 7);
    EXPECT_EQ(best_threshold({}, six_records).accuracy.f1(), 0);
}

TEST(evaluation, clusters_are_counted_by_pairs_by_record_and_by_person)
{
    // Person 7 is divided, and one of theirs stands with person 8; person 9 is right.
    const Labels clusters{0, 0, 2, 2, 2, 5};
    const auto found = accuracy_of_clusters(clusters, six_records);
    // Pairs said: one and three; of them right: (0,1) and (3,4). True: four.
    EXPECT_DOUBLE_EQ(found.pairs.precision, 2.0 / 4);
    EXPECT_DOUBLE_EQ(found.pairs.recall, 2.0 / 4);
    // By record: 1, 1, 1/3, 2/3, 2/3, 1 of those in the cluster are right; 2/3, 2/3, 1/3, 1, 1, 1 of the person found.
    EXPECT_DOUBLE_EQ(found.b_cubed.precision, (1 + 1 + 1.0 / 3 + 2.0 / 3 + 2.0 / 3 + 1) / 6);
    EXPECT_DOUBLE_EQ(found.b_cubed.recall, (2.0 / 3 + 2.0 / 3 + 1.0 / 3 + 1 + 1 + 1) / 6);
    EXPECT_EQ(found.people, 3U);
    EXPECT_EQ(found.exactly_right, 1U);
    EXPECT_EQ(found.largest, 3U);
}

TEST(evaluation, what_is_true_is_wholly_right)
{
    const auto found = accuracy_of_clusters(Labels{0, 0, 0, 3, 3, 5}, six_records);
    EXPECT_EQ(found.pairs.f1(), 1);
    EXPECT_EQ(found.b_cubed.f1(), 1);
    EXPECT_EQ(found.exactly_right, 3U);
}

TEST(evaluation, everybody_alone_and_everybody_together_are_the_two_ends)
{
    const auto alone = accuracy_of_clusters(Labels{0, 1, 2, 3, 4, 5}, six_records);
    EXPECT_EQ(alone.pairs.recall, 0);
    EXPECT_DOUBLE_EQ(alone.b_cubed.precision, 1);
    EXPECT_DOUBLE_EQ(alone.b_cubed.recall, 3.0 / 6); // three people, six records
    EXPECT_EQ(alone.exactly_right, 1U);
    const auto together = accuracy_of_clusters(Labels{0, 0, 0, 0, 0, 0}, six_records);
    EXPECT_DOUBLE_EQ(together.pairs.precision, 4.0 / 15);
    EXPECT_DOUBLE_EQ(together.pairs.recall, 1);
    EXPECT_DOUBLE_EQ(together.b_cubed.precision, (9 + 4 + 1) / 36.0);
    EXPECT_EQ(together.largest, 6U);
    EXPECT_EQ(together.exactly_right, 0U);
}

TEST(evaluation, calibration_sets_what_was_stated_beside_what_is_right)
{
    // At 80%: three right of four. At 96 and 98%: one right of two. At 50%: one wrong.
    const std::vector<Edge> edges{
        {0, 1, bits_of(0.8)},  {0, 2, bits_of(0.8)},  {1, 2, bits_of(0.8)},  {2, 3, bits_of(0.8)},
        {3, 4, bits_of(0.96)}, {4, 5, bits_of(0.98)}, {0, 5, bits_of(0.52)}, {0, 4, bits_of(0.93)},
    };
    const auto buckets = calibration(edges, six_records);
    ASSERT_EQ(buckets.size(), 11U);
    EXPECT_EQ(buckets[9].from, 0.9);
    EXPECT_EQ(buckets[9].to, 0.95);
    EXPECT_EQ(buckets[9].pairs, 1U);
    EXPECT_EQ(buckets[9].right, 0);
    EXPECT_EQ(buckets[10].pairs, 2U);
    EXPECT_NEAR(buckets[10].stated, 0.97, 1e-5);
    EXPECT_EQ(buckets[10].right, 0.5);
    EXPECT_EQ(buckets[5].pairs, 1U);
    EXPECT_EQ(buckets[5].right, 0);
    // 0.8 is a bound, and rounding may put it on either side of it.
    const auto& eighty = buckets[8].pairs > 0 ? buckets[8] : buckets[7];
    EXPECT_EQ(eighty.pairs, 4U);
    EXPECT_NEAR(eighty.stated, 0.8, 1e-5);
    EXPECT_EQ(eighty.right, 0.75);
    EXPECT_EQ(buckets[0].pairs, 0U);
    EXPECT_EQ(buckets[0].right, 0);
}

TEST(evaluation, certainty_falls_into_the_last_bucket)
{
    const std::vector<Edge> edges{{0, 1, 2000}, {0, 3, -2000}};
    const auto buckets = calibration(edges, six_records);
    EXPECT_EQ(buckets.back().pairs, 1U);
    EXPECT_EQ(buckets.front().pairs, 1U);
    EXPECT_EQ(buckets.front().right, 0);
}

} // namespace reachable::identity
