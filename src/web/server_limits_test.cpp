// What the server does when there is too much, when it is too slow, and when it is told to stop.
#include "web/test_server.h"

#include <thread>

namespace reachable::web {
namespace {

using Clock = std::chrono::steady_clock;

const std::string get_wait = "GET /wait HTTP/1.1\r\nHost: here\r\n\r\n";

/// Settings under which every deadline comes soon.
ServerSettings impatient()
{
    ServerSettings settings;
    settings.header_timeout = std::chrono::seconds(1);
    settings.body_timeout = std::chrono::seconds(1);
    settings.write_timeout = std::chrono::seconds(1);
    settings.idle_timeout = std::chrono::seconds(1);
    settings.stop_timeout = std::chrono::seconds(1);
    settings.worker_threads = 2;
    return settings;
}

template <class Condition>
bool comes_true(Condition condition)
{
    const auto until = Clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (Clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

bool refuses_connections(TestServer& server)
{
    return !Client::connect(server.client_settings());
}

TEST(ServerLimits, beyond_the_waiting_queue_the_answer_is_busy_at_once)
{
    ServerSettings settings;
    settings.worker_threads = 1;
    settings.most_waiting_requests = 2;
    TestServer server(settings);
    auto running = server.connect();
    ASSERT_TRUE(running.send_bytes(get_wait));
    server.door.wait_until_waiting(1);
    auto first = server.connect();
    auto second = server.connect();
    ASSERT_TRUE(first.send_bytes("GET /first HTTP/1.1\r\nHost: here\r\n\r\n"));
    ASSERT_TRUE(second.send_bytes("GET /second HTTP/1.1\r\nHost: here\r\n\r\n"));
    ASSERT_TRUE(comes_true([&] { return server.server().counts().requests.load() == 3; }));
    auto third = server.connect();
    const auto busy = third.get("/third");
    EXPECT_EQ(busy->status, 503);
    EXPECT_EQ(busy->headers.get("retry-after"), "2");
    EXPECT_EQ(busy->headers.get("cache-control"), "no-store");
    server.door.open();
    EXPECT_EQ(running.read_answer()->body, "/wait");
    EXPECT_EQ(first.read_answer()->body, "/first");
    EXPECT_EQ(second.read_answer()->body, "/second");
    EXPECT_EQ(third.get("/third")->body, "/third");
    EXPECT_EQ(server.server().counts().refused_busy.load(), 1U);
}

TEST(ServerLimits, beyond_the_connections_allowed_a_new_one_is_told_so_and_closed)
{
    ServerSettings settings;
    settings.most_connections = 2;
    TestServer server(settings);
    auto first = server.connect();
    auto second = server.connect();
    EXPECT_EQ(first.get("/a")->status, 200);
    EXPECT_EQ(second.get("/a")->status, 200);
    EXPECT_TRUE(server.connect().read_until_closed()->starts_with("HTTP/1.1 503 "));
    first = server.connect(); // gives up its place, but the new one may come too early for it
    ASSERT_TRUE(comes_true([&] { return server.server().counts().open_connections.load() < 2; }));
    EXPECT_EQ(server.connect().get("/a")->status, 200);
}

TEST(ServerLimits, a_head_that_does_not_arrive_in_time_is_refused)
{
    TestServer server(impatient());
    auto client = server.connect();
    ASSERT_TRUE(client.send_bytes("GET / HTTP/1.1\r\nHost:"));
    EXPECT_TRUE(client.read_until_closed()->starts_with("HTTP/1.1 408 "));
}

TEST(ServerLimits, a_head_that_trickles_in_does_not_win_more_time)
{
    TestServer server(impatient());
    auto client = server.connect();
    const auto start = Clock::now();
    while (client.send_bytes("GET / HTTP/1.1\r\nX-Note: a").has_value() &&
           Clock::now() - start < std::chrono::seconds(5))
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(5));
}

TEST(ServerLimits, a_body_that_does_not_arrive_in_time_is_refused)
{
    TestServer server(impatient());
    auto client = server.connect();
    ASSERT_TRUE(client.send_bytes("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhel"));
    EXPECT_TRUE(client.read_until_closed()->starts_with("HTTP/1.1 408 "));
    EXPECT_TRUE(server.paths_seen().empty());
}

TEST(ServerLimits, an_idle_connection_is_closed_without_a_word)
{
    TestServer server(impatient());
    auto client = server.connect();
    EXPECT_EQ(client.get("/a")->status, 200);
    EXPECT_EQ(client.read_until_closed().value_or("not closed"), "");
    EXPECT_TRUE(comes_true([&] { return server.server().counts().open_connections.load() == 0; }));
}

TEST(ServerLimits, a_client_that_does_not_read_loses_its_answer)
{
    TestServer server(impatient());
    auto client = server.connect();
    std::string requests;
    for (int i = 0; i < 40; ++i) requests += "GET /long HTTP/1.1\r\nHost: here\r\n\r\n";
    ASSERT_TRUE(client.send_bytes(requests));
    ASSERT_TRUE(comes_true([&] { return server.server().counts().requests.load() >= 1; }));
    EXPECT_TRUE(comes_true([&] { return server.server().counts().open_connections.load() == 0; }));
    EXPECT_LT(server.paths_seen().size(), 40U);
}

TEST(ServerStop, a_running_request_gets_its_answer_and_new_connections_are_refused)
{
    TestServer server;
    auto running = server.connect();
    auto idle = server.connect();
    EXPECT_EQ(idle.get("/a")->status, 200);
    ASSERT_TRUE(running.send_bytes(get_wait));
    server.door.wait_until_waiting(1);
    std::thread stopper([&] { server.server().stop(); });
    EXPECT_EQ(idle.read_until_closed().value_or("not closed"), "");
    EXPECT_TRUE(comes_true([&] { return refuses_connections(server); }));
    server.door.open();
    const auto answer = running.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "/wait");
    EXPECT_EQ(answer->headers.get("connection"), "close");
    stopper.join();
    EXPECT_EQ(server.server().counts().open_connections.load(), 0U);
    EXPECT_EQ(server.server().counts().unfinished_at_stop.load(), 0U);
}

TEST(ServerStop, a_half_sent_request_is_finished)
{
    TestServer server;
    auto client = server.connect();
    ASSERT_TRUE(
        client.send_bytes("POST /echo HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
    EXPECT_EQ(client.read_answer()->status, 100);
    std::thread stopper([&] { server.server().stop(); });
    EXPECT_TRUE(comes_true([&] { return refuses_connections(server); }));
    ASSERT_TRUE(client.send_bytes("hello"));
    EXPECT_EQ(client.read_answer()->body, "hello");
    stopper.join();
}

TEST(ServerStop, a_handler_that_never_ends_does_not_hold_it_up_for_ever)
{
    TestServer server(impatient());
    auto running = server.connect();
    auto second = server.connect();
    auto waiting = server.connect();
    ASSERT_TRUE(running.send_bytes(get_wait));
    ASSERT_TRUE(second.send_bytes(get_wait));
    server.door.wait_until_waiting(2);
    ASSERT_TRUE(waiting.send_bytes("GET /waiting HTTP/1.1\r\nHost: here\r\n\r\n"));
    ASSERT_TRUE(comes_true([&] { return server.server().counts().requests.load() == 3; }));
    const auto start = Clock::now();
    server.server().stop();
    EXPECT_LT(Clock::now() - start, std::chrono::seconds(5));
    EXPECT_EQ(server.server().counts().unfinished_at_stop.load(), 2U);
    EXPECT_EQ(server.paths_seen().size(), 2U);
    EXPECT_FALSE(running.read_answer());
    server.door.open();
    server.door.wait_until_waiting(0);
}

TEST(ServerStop, twice_is_as_good_as_once)
{
    TestServer server;
    server.server().stop();
    server.server().stop();
    EXPECT_EQ(server.server().counts().open_connections.load(), 0U);
}

} // namespace
} // namespace reachable::web
