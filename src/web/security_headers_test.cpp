#include "web/security_headers.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace reachable::web {

namespace {

std::string header_of(bool is_secure, std::string_view name)
{
    for (const auto& [header, value] : security_headers(is_secure))
        if (header == name) return value;
    return {};
}

} // namespace

TEST(SecurityHeaders, the_hash_of_the_template_script_is_the_one_that_its_makers_publish)
{
    EXPECT_EQ(script_hash(inline_script), "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='");
}

TEST(SecurityHeaders, the_policy_allows_our_own_files_and_one_script_and_nothing_unsafe)
{
    const std::string policy = header_of(false, "Content-Security-Policy");
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(policy.find("http"), std::string::npos);
    EXPECT_EQ(policy.find('*'), std::string::npos);
    for (const char* part : {"default-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
                             "object-src 'none'", "script-src 'self' 'sha256-"})
        EXPECT_NE(policy.find(part), std::string::npos) << part;
}

TEST(SecurityHeaders, a_page_is_never_kept_and_never_told_of)
{
    EXPECT_EQ(header_of(true, "Cache-Control"), "no-store");
    EXPECT_EQ(header_of(true, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(header_of(true, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header_of(true, "Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(header_of(true, "Cross-Origin-Resource-Policy"), "same-origin");
}

TEST(SecurityHeaders, only_a_secure_response_asks_to_stay_secure)
{
    EXPECT_EQ(header_of(false, "Strict-Transport-Security"), "");
    EXPECT_TRUE(header_of(true, "Strict-Transport-Security").starts_with("max-age="));
}

TEST(SecurityHeaders, a_header_the_response_already_has_stays)
{
    Response response = respond(200, "text/css", "a{}");
    response.set("Cache-Control", "public");
    add_security_headers(response, false);
    EXPECT_EQ(response.header("Cache-Control"), "public");
    EXPECT_EQ(response.header("Referrer-Policy"), "no-referrer");
}

} // namespace reachable::web
