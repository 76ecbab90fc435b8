#include "api/etag.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::api {
namespace {

TEST(Etags, a_version_comes_back_as_it_was_given)
{
    EXPECT_EQ(etag_of(12), "\"v12\"");
    const auto match = parse_if_match("\"v12\"");
    ASSERT_TRUE(match);
    EXPECT_TRUE(match->allows(12));
    EXPECT_FALSE(match->allows(1));
    EXPECT_EQ(*match->only(), 12);
}

TEST(Etags, a_star_allows_any_version)
{
    const auto match = parse_if_match(" * ");
    ASSERT_TRUE(match);
    EXPECT_TRUE(match->allows(7));
    EXPECT_EQ(match->only(), nullptr);
}

TEST(Etags, of_a_list_any_one_may_match)
{
    const auto match = parse_if_match("\"v1\", W/\"v2\" ,\"v3\",\"of another\"");
    EXPECT_FALSE(match) << "a space inside a tag";
    const auto clean = parse_if_match("\"v1\", W/\"v2\" ,\"v3\",\"another\"");
    ASSERT_TRUE(clean);
    EXPECT_EQ(clean->versions, (std::vector<std::int64_t>{1, 3})) << "a weak tag never matches";
    EXPECT_EQ(clean->only(), nullptr);
}

TEST(Etags, a_tag_that_is_not_ours_matches_nothing)
{
    for (const auto* text :
         {"\"x12\"", "\"v012\"", "\"v+1\"", "\"v1x\"", "\"v\"", "\"\"", "\"v99999999999999999999\"", "\"12\""}) {
        const auto match = parse_if_match(text);
        ASSERT_TRUE(match) << text;
        EXPECT_FALSE(match->is_any);
        EXPECT_TRUE(match->versions.empty()) << text;
    }
}

TEST(Etags, what_is_no_list_of_tags_is_refused)
{
    for (const auto* text :
         {"", "v12", "\"v12", "v12\"", "\"v1\"\"v2\"", "\"v1\",", ",", "W/v1", "\"", "*, \"v1\"", "w/\"v1\""})
        EXPECT_FALSE(parse_if_match(text)) << text;
    std::string many = "\"v1\"";
    for (int i = 0; i < 20; ++i) many += ",\"v1\"";
    EXPECT_FALSE(parse_if_match(many));
}

RC_GTEST_PROP(Etags, every_version_matches_itself_alone, (std::int64_t version, std::int64_t other))
{
    const auto match = parse_if_match(etag_of(version));
    RC_ASSERT(match.has_value());
    RC_ASSERT(match->allows(version));
    RC_ASSERT(match->allows(other) == (other == version));
}

} // namespace
} // namespace reachable::api
