#include "web/gate.h"
#include "web/malformed_requests.h"
#include "web/request_parser.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::web {
namespace {

using State = RequestParser::State;

/// Shows the parser `bytes` in pieces of the given size, as a network might, and gives the state it ends in.
State feed(RequestParser& parser, const std::string& bytes, std::size_t piece)
{
    parser.start();
    std::string arrived;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        arrived += bytes.substr(at, piece);
        arrived.erase(0, parser.take(arrived));
        if (parser.state() == State::whole || parser.state() == State::refused) break;
    }
    return parser.state();
}

Head plain_head()
{
    Head head{.method = "GET", .target = "/children", .version = 11, .headers = {}};
    head.headers.add("host", "reachable.example");
    return head;
}

constexpr std::size_t body_limit = 1000;

TEST(Gate, every_malformed_request_is_refused_in_whatever_pieces_it_arrives)
{
    for (const auto& request : malformed_requests()) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
            RequestParser parser({});
            ASSERT_EQ(feed(parser, request.bytes, piece), State::refused) << request.name << " in pieces of " << piece;
            EXPECT_EQ(parser.refusal().status, request.status) << request.name << ": " << parser.refusal().sentence;
            EXPECT_TRUE(parser.refusal().sentence.ends_with('.')) << parser.refusal().sentence;
        }
    }
}

TEST(Gate, a_plain_request_passes)
{
    const auto admitted = admit(plain_head(), body_limit);
    ASSERT_TRUE(admitted);
    EXPECT_EQ(admitted->method, Method::get);
    EXPECT_EQ(admitted->path, "/children");
    EXPECT_TRUE(admitted->keeps_alive);
    EXPECT_EQ(admitted->body_bytes, 0U);
}

TEST(Gate, a_body_of_exactly_the_limit_passes_and_one_byte_more_does_not)
{
    auto head = plain_head();
    head.headers.add("content-length", "1000");
    EXPECT_TRUE(admit(head, body_limit));
    auto over = plain_head();
    over.headers.add("content-length", "1001");
    EXPECT_EQ(admit(over, body_limit).error().status, 413);
}

TEST(Gate, connection_close_is_found_among_other_words)
{
    auto head = plain_head();
    head.headers.add("connection", "keep-alive, Close");
    EXPECT_FALSE(admit(head, body_limit)->keeps_alive);
    auto old = plain_head();
    old.version = 10;
    EXPECT_FALSE(admit(old, body_limit)->keeps_alive);
}

TEST(Gate, query_and_cookies_are_decoded)
{
    auto head = plain_head();
    head.target = "/search?name=Ay%C3%B3+A&name=b&empty=";
    head.headers.add("cookie", "session=abc=; theme=dark;broken; =x");
    head.headers.add("cookie", "more=1");
    const auto admitted = admit(head, body_limit);
    ASSERT_TRUE(admitted);
    EXPECT_EQ(admitted->path, "/search");
    EXPECT_EQ(admitted->query.get("name"), "Ayó A");
    EXPECT_EQ(admitted->query.all_of("name").size(), 2U);
    EXPECT_TRUE(admitted->query.has("empty"));
    EXPECT_EQ(admitted->cookies.get("session"), "abc=");
    EXPECT_EQ(admitted->cookies.get("more"), "1");
    EXPECT_EQ(admitted->cookies.all().size(), 3U);
}

TEST(Gate, more_than_a_hundred_headers_are_refused)
{
    auto head = plain_head();
    for (int i = 0; i < 99; ++i) head.headers.add("x-note", "a");
    EXPECT_TRUE(admit(head, body_limit));
    head.headers.add("x-note", "a");
    EXPECT_EQ(admit(head, body_limit).error().status, 431);
}

TEST(Gate, the_last_hop_is_the_only_one_believed)
{
    Request request;
    request.client_address = "10.0.0.1";
    request.headers.add("x-forwarded-for", "6.6.6.6");
    request.headers.add("x-forwarded-for", "7.7.7.7, 81.2.69.142");
    request.headers.add("x-forwarded-proto", "http, https");
    believe_proxy(request);
    EXPECT_EQ(request.client_address, "81.2.69.142");
    EXPECT_TRUE(request.is_secure);
}

TEST(Gate, a_forwarded_address_that_is_not_one_is_not_believed)
{
    Request request;
    request.client_address = "10.0.0.1";
    request.headers.add("x-forwarded-for", "81.2.69.142, <script>");
    believe_proxy(request);
    EXPECT_EQ(request.client_address, "10.0.0.1");
    EXPECT_FALSE(request.is_secure);
}

TEST(HeadScanner, the_end_is_found_wherever_the_bytes_are_cut)
{
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t cut = 0; cut < head.size(); ++cut) {
        HeadScanner scanner(1024);
        ASSERT_EQ(scanner.scan(head.substr(0, cut)).value_or(99), 0U) << cut;
        EXPECT_EQ(scanner.scan(head + "body").value_or(99), head.size()) << cut;
    }
}

TEST(HeadScanner, a_head_of_exactly_the_limit_passes)
{
    const std::string start = "GET / HTTP/1.1\r\nX: ";
    const auto head = start + std::string(100 - start.size() - 4, 'x') + "\r\n\r\n";
    ASSERT_EQ(head.size(), 100U);
    EXPECT_EQ(HeadScanner(100).scan(head).value_or(0), 100U);
    EXPECT_EQ(HeadScanner(99).scan(head).error().status, 431);
}

TEST(RequestParser, a_chunked_body_is_joined_and_the_next_request_left_alone)
{
    const std::string first = with_headers("Transfer-Encoding: Chunked\r\n", "5\r\nhello\r\n06\r\n world\r\n0\r\n\r\n");
    for (std::size_t piece = 1; piece <= first.size(); ++piece) {
        RequestParser parser({});
        ASSERT_EQ(feed(parser, first, piece), State::whole) << piece;
        EXPECT_EQ(parser.take_request().body, "hello world");
    }
    RequestParser parser({});
    EXPECT_EQ(parser.take(first + "GET /next HTTP/1.1\r\n"), first.size());
    EXPECT_EQ(parser.state(), State::whole);
}

TEST(RequestParser, chunks_that_together_exceed_the_limit_are_refused)
{
    RequestParser parser({.head_bytes = 1024, .body_bytes = 8});
    const auto request = with_headers("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n");
    ASSERT_EQ(feed(parser, request, 3), State::refused);
    EXPECT_EQ(parser.refusal().status, 413);
}

TEST(RequestParser, a_parser_is_used_for_one_request_after_another)
{
    RequestParser parser({});
    ASSERT_EQ(feed(parser, with_headers("Content-Length: 5\r\nX-Odd: 1\r\n", "hello"), 4), State::whole);
    auto first = parser.take_request();
    EXPECT_EQ(first.body, "hello");
    EXPECT_EQ(first.header("x-odd"), "1");
    ASSERT_EQ(feed(parser, "GET /b HTTP/1.1\r\nHost: here\r\n\r\n", 4), State::whole);
    auto second = parser.take_request();
    EXPECT_EQ(second.path, "/b");
    EXPECT_EQ(second.body, "");
    EXPECT_FALSE(second.headers.has("x-odd"));
}

RC_GTEST_PROP(RequestParser, what_is_read_does_not_depend_on_how_it_is_cut, ())
{
    const auto body = *rc::gen::string<std::string>();
    const auto cut = *rc::gen::inRange<std::size_t>(1, 200);
    const auto request = with_headers("Content-Length: " + std::to_string(body.size()) + "\r\n", body);
    RequestParser parser({});
    RC_ASSERT(feed(parser, request, cut) == State::whole);
    RC_ASSERT(parser.take_request().body == body);
}

RC_GTEST_PROP(RequestParser, one_changed_byte_never_makes_it_fall_over, ())
{
    const auto requests = malformed_requests();
    auto bytes = requests[*rc::gen::inRange<std::size_t>(0, requests.size())].bytes;
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    bytes[at] = *rc::gen::arbitrary<char>();
    RequestParser parser({});
    const auto state = feed(parser, bytes, *rc::gen::inRange<std::size_t>(1, 50));
    if (state == State::refused) RC_ASSERT(parser.refusal().status >= 400);
    if (state == State::whole) RC_ASSERT(parser.take_request().path.starts_with('/'));
}

} // namespace
} // namespace reachable::web
