#include "identity/texts.h"

#include "base/testing.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace reachable::identity {
namespace {

std::string text_of(std::uint32_t number)
{
    // Short ones and long ones, many with a beginning in common.
    return (number % 7 == 0 ? std::string(number % 300, 'x') : "harbour ") + std::to_string(number * 2654435761U);
}

} // namespace

TEST(texts, every_text_leads_to_its_number_and_no_other_does)
{
    constexpr std::uint32_t count = reachable::testing::times(100'000, 20'000);
    TextArena arena;
    TextNumbers numbers;
    std::vector<std::string_view> kept{std::string_view{}};
    const auto of = [&](std::uint32_t number) { return kept[number]; };
    EXPECT_EQ(numbers.find("harbour", of), 0U);
    for (std::uint32_t i = 1; i <= count; ++i) {
        kept.push_back(arena.keep(text_of(i)));
        numbers.add(kept.back(), i);
    }
    std::size_t wrong = 0;
    for (std::uint32_t i = 1; i <= count; ++i) {
        wrong += kept[i] != text_of(i) ? 1 : 0; // what was kept stayed where it was
        wrong += numbers.find(text_of(i), of) != i ? 1 : 0;
        wrong += numbers.find(text_of(i) + "?", of) != 0 ? 1 : 0;
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(numbers.find("", of), 0U);
}

TEST(texts, a_text_longer_than_a_chunk_is_kept_whole)
{
    TextArena arena;
    const std::string_view before = arena.keep("before");
    const std::string longest(5U << 20U, 'y');
    EXPECT_EQ(arena.keep(longest), longest);
    EXPECT_EQ(arena.keep("behind"), "behind");
    EXPECT_EQ(arena.keep(""), "");
    EXPECT_EQ(before, "before");
}

} // namespace reachable::identity
