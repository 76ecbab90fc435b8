#include "web/http.h"
#include "web/response_writer.h"
#include "web/url_encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::web {
namespace {

Request posted(std::string body, std::string type = "application/x-www-form-urlencoded")
{
    Request request;
    request.method = Method::post;
    request.headers.add("content-type", std::move(type));
    request.body = std::move(body);
    return request;
}

std::string head_of(const Response& response)
{
    std::string head;
    write_head(head, response, {.keeps_alive = true, .date_line = "Date: today\r\n"});
    return head;
}

TEST(Form, fields_are_decoded_in_order)
{
    const auto form = posted("name=Ay%C3%B3+Ade&need=a&need=b&empty=&bare").form();
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("name"), "Ayó Ade");
    EXPECT_EQ(form->all_of("need"), (std::vector<std::string_view>{"a", "b"}));
    EXPECT_TRUE(form->has("empty"));
    EXPECT_TRUE(form->has("bare"));
    EXPECT_FALSE(form->has("absent"));
}

TEST(Form, line_ends_become_plain)
{
    EXPECT_EQ(posted("note=a%0D%0Ab%0Dc%0Ad%0D").form()->get("note"), "a\nb\nc\nd\n");
}

TEST(Form, a_charset_in_the_type_does_no_harm)
{
    EXPECT_TRUE(posted("a=b", "Application/X-WWW-Form-Urlencoded; charset=UTF-8").form());
}

TEST(Form, only_a_form_is_a_form)
{
    EXPECT_EQ(posted("x", "multipart/form-data; boundary=x").form().error().front().sentence,
              "This form cannot take files. Send it without an attachment");
    EXPECT_FALSE(posted("{}", "application/json").form());
    EXPECT_FALSE(posted("a=b", "").form());
    EXPECT_TRUE(posted("", "").form());
}

TEST(Form, what_cannot_be_read_is_refused)
{
    for (const auto* body : {"a=%", "a=%4", "a=%zz", "a=%FF", "a=%C0%AF", "%0A=a", "%00=a", "=a"})
        EXPECT_FALSE(posted(body).form()) << body;
}

TEST(Form, a_control_character_that_was_pasted_loses_nobody_their_form)
{
    const auto form = posted("words=first%0Bsecond%0Cthird%0D%0Afourth&more=a%00b%1Bc%7Fd\x01").form();
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("words"), "first\nsecond\nthird\nfourth");
    EXPECT_EQ(form->get("more"), "abcd");
}

TEST(Form, four_hundred_fields_pass_and_one_more_does_not)
{
    std::string body;
    for (int i = 0; i < 400; ++i) body += "a=b&";
    EXPECT_EQ(posted(body).form()->all().size(), 400U);
    EXPECT_EQ(posted(body + "a=b").form().error().front().kind, ProblemKind::too_large);
}

TEST(Form, a_name_has_at_most_a_hundred_bytes)
{
    EXPECT_TRUE(posted(std::string(100, 'n') + "=1").form());
    EXPECT_FALSE(posted(std::string(101, 'n') + "=1").form());
}

TEST(Paths, are_decoded_or_refused)
{
    EXPECT_EQ(decode_path("/a%20b/%C3%A9+").value_or(""), "/a b/é+");
    EXPECT_EQ(decode_path("/").value_or(""), "/");
    EXPECT_EQ(decode_path("/..a/b..").value_or(""), "/..a/b..");
    for (const auto* path :
         {"",       "a",      "/..",    "/a/..", "/../a", "/%2e%2e/a", "/.",   "/a/./b", "//", "/a//b",
          "/a%2fb", "/a%2Fb", "/a%5Cb", "/a\\b", "/%00",  "/%0a",      "/%7F", "/%FF",   "/%", "/%a"})
        EXPECT_FALSE(decode_path(path)) << path;
}

RC_GTEST_PROP(PercentEncoding, what_is_encoded_is_decoded_to_the_same, (const std::string& text))
{
    RC_ASSERT(percent_decoded(percent_encoded(text), Plus::is_a_space).value_or("wrong") == text);
}

TEST(Response, a_header_is_set_once_and_found_in_any_case)
{
    auto response = respond(200, "text/html", "hello");
    response.set("content-type", "text/plain");
    EXPECT_EQ(response.header("Content-Type"), "text/plain");
    EXPECT_EQ(response.headers.size(), 1U);
}

TEST(Response, a_header_cannot_break_out_of_its_line)
{
    Response response;
    EXPECT_THROW(response.set("X-Note", "a\r\nSet-Cookie: b=c"), Bug);
    EXPECT_THROW(response.set("X Note", "a"), Bug);
    EXPECT_THROW(see_other("/a\nb"), Bug);
    response.headers.emplace_back("X-Note", "a\nb");
    EXPECT_FALSE(is_sendable(response));
}

TEST(Response, a_cookie_is_strict_secure_and_out_of_reach_of_scripts)
{
    Response response;
    set_cookie(response, "session", "abc", {});
    set_cookie(response, "theme", "dark", {.is_secure = false, .max_age_seconds = 60, .strict = false});
    EXPECT_EQ(response.headers[0].second, "session=abc; Path=/; HttpOnly; SameSite=Strict; Secure");
    EXPECT_EQ(response.headers[1].second, "theme=dark; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    EXPECT_THROW(set_cookie(response, "a", "b; Domain=evil", {}), Bug);
    EXPECT_THROW(set_cookie(response, "a;b", "c", {}), Bug);
}

TEST(ResponseHead, states_length_and_date_itself)
{
    auto response = respond(200, "text/plain", "hello");
    response.set("Content-Length", "99");
    response.set("Transfer-Encoding", "chunked");
    response.set("Server", "reachable");
    EXPECT_EQ(head_of(response),
              "HTTP/1.1 200 OK\r\nDate: today\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\n");
}

TEST(ResponseHead, no_content_has_no_length_and_no_body)
{
    auto response = respond(204, "text/plain", "ignored");
    EXPECT_EQ(head_of(response).find("Content-Length"), std::string::npos);
    EXPECT_FALSE(carries_a_body(response, Method::get));
    EXPECT_FALSE(carries_a_body(respond(200, "text/plain", "x"), Method::head));
    EXPECT_TRUE(carries_a_body(respond(200, "text/plain", "x"), Method::get));
}

TEST(ResponseHead, a_status_that_is_not_final_cannot_be_sent)
{
    Response response;
    for (const int status : {0, 100, 199, 600}) {
        response.status = status;
        EXPECT_FALSE(is_sendable(response)) << status;
    }
}

TEST(ResponseHead, the_date_is_written_as_the_standard_has_it)
{
    EXPECT_EQ(date_line(784111777), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
}

TEST(ServerAnswers, are_kept_nowhere_and_sniffed_by_nobody)
{
    for (const auto& response : {plain_answer(400, "No."), failure_answer(), busy_answer()}) {
        EXPECT_EQ(response.header("Cache-Control"), "no-store");
        EXPECT_EQ(response.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(response.header("Content-Type"), "text/plain; charset=utf-8");
    }
    EXPECT_FALSE(busy_answer().header("Retry-After").empty());
}

} // namespace
} // namespace reachable::web
