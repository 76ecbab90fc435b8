#include "base/number.h"

#include <cstdint>
#include <gtest/gtest.h>

namespace reachable {
namespace {

TEST(Numbers, a_number_is_the_whole_of_the_text)
{
    EXPECT_EQ(whole_number<int>("12"), 12);
    EXPECT_EQ(whole_number<int>("-3"), -3);
    for (const auto* text : {"", " 12", "12 ", "12a", "+12", "0x1f", "1.5", "-"})
        EXPECT_FALSE(whole_number<int>(text)) << text;
}

TEST(Numbers, a_number_that_its_type_cannot_hold_is_none)
{
    EXPECT_FALSE(whole_number<unsigned>("-1"));
    EXPECT_FALSE(whole_number<int>("2147483648"));
    EXPECT_EQ(whole_number<std::int64_t>("9223372036854775807"), INT64_MAX);
    EXPECT_FALSE(whole_number<std::int64_t>("9223372036854775808"));
}

} // namespace
} // namespace reachable
