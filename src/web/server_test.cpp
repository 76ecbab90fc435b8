#include "web/malformed_requests.h"
#include "web/test_server.h"

namespace reachable::web {
namespace {

const std::string get_a = "GET /a HTTP/1.1\r\nHost: here\r\n\r\n";
const std::string get_b_and_close = "GET /b HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";

TEST(Server, answers_one_request_after_another_on_a_connection)
{
    const TestServer server;
    auto client = server.connect();
    for (const auto* path : {"/a", "/b", "/c"}) {
        const auto answer = client.get(path);
        ASSERT_TRUE(answer) << sentences(answer.error());
        EXPECT_EQ(answer->status, 200);
        EXPECT_EQ(answer->body, path);
        EXPECT_TRUE(answer->headers.get("date").ends_with(" GMT"));
        EXPECT_FALSE(answer->headers.has("server"));
        EXPECT_FALSE(answer->headers.has("connection"));
    }
}

TEST(Server, malformed_requests_are_refused_and_what_hides_behind_them_is_never_answered)
{
    TestServer server;
    for (const auto& request : malformed_requests()) {
        const auto answer = server.exchange(request.bytes + "GET /smuggled HTTP/1.1\r\nHost: here\r\n\r\n");
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + std::to_string(request.status) + " "))
            << request.name << ": " << answer;
        EXPECT_EQ(count_of(answer, "HTTP/1.1 "), 1U) << request.name;
        EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos) << request.name;
        EXPECT_NE(answer.find("Cache-Control: no-store\r\n"), std::string::npos) << request.name;
        EXPECT_NE(answer.find("X-Content-Type-Options: nosniff\r\n"), std::string::npos) << request.name;
    }
    EXPECT_TRUE(server.paths_seen().empty());
    EXPECT_EQ(server.server().counts().refused_malformed.load(), malformed_requests().size());
}

TEST(Server, pipelined_requests_are_answered_in_order)
{
    TestServer server;
    std::string requests;
    for (int i = 0; i < 20; ++i) requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: here\r\n\r\n";
    auto client = server.connect();
    ASSERT_TRUE(client.send_bytes(requests));
    for (int i = 0; i < 20; ++i) EXPECT_EQ(client.read_answer()->body, "/" + std::to_string(i));
}

TEST(Server, a_request_may_arrive_byte_by_byte)
{
    const TestServer server;
    auto client = server.connect();
    for (const char byte : with_headers("Content-Length: 5\r\n", "hello")) ASSERT_TRUE(client.send_bytes({&byte, 1}));
    EXPECT_EQ(client.read_answer()->status, 200);
}

TEST(Server, connection_close_is_honoured)
{
    const TestServer server;
    const auto answer = server.exchange(get_a + get_b_and_close + get_a);
    EXPECT_EQ(count_of(answer, "HTTP/1.1 200 OK"), 2U);
    EXPECT_EQ(count_of(answer, "Connection: close"), 1U);
    EXPECT_EQ(count_of(server.exchange("GET /a HTTP/1.0\r\nHost: here\r\n\r\n" + get_a), "HTTP/1.1 200 OK"), 1U);
}

TEST(Server, head_has_the_length_and_no_body)
{
    const TestServer server;
    auto client = server.connect();
    const auto answer = client.ask("HEAD", "/abc");
    EXPECT_EQ(answer->headers.get("content-length"), "4");
    EXPECT_EQ(client.get("/next")->body, "/next");
}

TEST(Server, a_client_that_asks_whether_to_go_on_is_told_so)
{
    const TestServer server;
    auto client = server.connect();
    const std::string head = "POST /echo HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: ";
    ASSERT_TRUE(client.send_bytes(head + "5\r\n\r\n"));
    EXPECT_EQ(client.read_answer()->status, 100);
    ASSERT_TRUE(client.send_bytes("hello"));
    EXPECT_EQ(client.read_answer()->body, "hello");
    EXPECT_TRUE(server.exchange(head + "9999999\r\n\r\n").starts_with("HTTP/1.1 413 "));
}

TEST(Server, a_body_of_exactly_the_limit_passes)
{
    const TestServer server;
    auto client = server.connect();
    const std::string body(1024 * 1024, 'b');
    EXPECT_EQ(client.ask("POST", "/echo", {}, body)->body, body);
}

TEST(Server, a_body_over_the_limit_gets_its_answer_while_the_client_still_sends)
{
    const TestServer server;
    const auto answer = server.exchange("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 1500000\r\n\r\n" +
                                        std::string(900'000, 'b'));
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 413 Content Too Large\r\n")) << answer.substr(0, 100);
    for (const auto* name : {"Content-Security-Policy: ", "X-Frame-Options: DENY\r\n", "Referrer-Policy: "})
        EXPECT_NE(answer.find(name), std::string::npos) << name;
    EXPECT_TRUE(answer.ends_with("What was sent is too large for this service.\n"));
}

TEST(Server, a_long_answer_arrives_whole)
{
    const TestServer server;
    auto client = server.connect();
    EXPECT_EQ(client.get("/long")->body, std::string(4 * 1024 * 1024, 'l'));
}

TEST(Server, a_handler_that_throws_is_reported_and_the_client_learns_nothing)
{
    const TestServer server;
    auto client = server.connect();
    const auto answer = client.get("/throw");
    EXPECT_EQ(answer->status, 500);
    EXPECT_EQ(answer->body, "Something went wrong at our end. Nothing you sent was lost or half-saved.\n");
    EXPECT_EQ(answer->headers.get("cache-control"), "no-store");
    EXPECT_EQ(client.get("/throw-odd")->status, 500);
    EXPECT_EQ(client.get("/still-here")->status, 200);
    ASSERT_EQ(server.failures().size(), 2U);
    EXPECT_EQ(server.failures()[0], "the database is on fire");
}

TEST(Server, a_response_that_would_break_out_of_its_head_is_a_failure)
{
    const TestServer server;
    auto client = server.connect();
    const auto answer = client.get("/unsendable");
    EXPECT_EQ(answer->status, 500);
    EXPECT_FALSE(answer->headers.has("set-cookie"));
    EXPECT_EQ(server.failures().size(), 1U);
}

TEST(Server, a_proxy_is_believed_only_where_that_was_said)
{
    Fields headers;
    headers.add("X-Forwarded-For", "6.6.6.6, 81.2.69.142");
    headers.add("X-Forwarded-Proto", "https");
    const TestServer alone;
    EXPECT_EQ(alone.connect().ask("GET", "/who", headers)->body, "127.0.0.1 plain");
    ServerSettings settings;
    settings.trusts_forwarded_headers = true;
    const TestServer behind_a_proxy(settings);
    EXPECT_EQ(behind_a_proxy.connect().ask("GET", "/who", headers)->body, "81.2.69.142 secure");
    EXPECT_EQ(behind_a_proxy.connect().get("/who")->body, "127.0.0.1 plain");
}

TEST(Server, many_connections_are_served_at_once)
{
    ServerSettings settings;
    settings.io_threads = 2;
    settings.worker_threads = 4;
    const TestServer server(settings);
    std::vector<std::thread> clients;
    std::atomic<int> answered = 0;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&server, &answered] {
            auto client = server.connect();
            for (int j = 0; j < 50; ++j)
                if (const auto answer = client.get("/a"); answer && answer->body == "/a") ++answered;
        });
    }
    for (auto& client : clients) client.join();
    EXPECT_EQ(answered.load(), 400);
}

TEST(Server, a_port_in_use_is_refused_with_a_sentence)
{
    TestServer server;
    ServerSettings settings;
    settings.port = server.server().port();
    const auto second = Server::start(settings, nullptr, nullptr);
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().front().sentence.find("another program uses it already"), std::string::npos);
    settings.address = "no address";
    EXPECT_FALSE(Server::start(settings, nullptr, nullptr));
    settings = {};
    settings.worker_threads = 0;
    EXPECT_FALSE(Server::start(settings, nullptr, nullptr));
}

} // namespace
} // namespace reachable::web
