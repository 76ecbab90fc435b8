// A server on a free port with a few handlers, for the tests of this room.
#pragma once

#include "web/client.h"
#include "web/server.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

namespace reachable::web {

/// A door that handlers wait at until a test opens it.
class Door {
  public:
    void open()
    {
        const std::lock_guard lock(mutex_);
        is_open_ = true;
        changed_.notify_all();
    }
    void wait_here()
    {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return is_open_; });
        --waiting_;
        changed_.notify_all();
    }
    /// Waits until so many handlers stand at the door.
    void wait_until_waiting(int count)
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ == count; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_open_ = false;
    int waiting_ = 0;
};

/// Answers "/echo" with what it was sent, "/wait" once `door` is open, "/throw" with an exception, "/long" with 4 MiB,
/// anything else with its path.
class TestServer {
  public:
    explicit TestServer(ServerSettings settings = {})
    {
        settings.port = 0;
        auto started = Server::start(
            settings, [this](const Request& request) { return answer(request); },
            [this](const Request&, const std::exception& failure) {
                const std::lock_guard lock(mutex_);
                failures_.emplace_back(failure.what());
            });
        if (!started) throw Bug(sentences(started.error()));
        server_ = std::move(*started);
        client_settings_.port = server_->port();
        client_settings_.uses_tls = !settings.certificate_file.empty();
    }
    ~TestServer()
    {
        door.open();
        server_.reset();
    }
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    Server& server() { return *server_; }
    ClientSettings& client_settings() { return client_settings_; }
    Client connect() const
    {
        auto client = Client::connect(client_settings_);
        if (!client) throw Bug(sentences(client.error()));
        return std::move(*client);
    }
    /// What a new connection gets back for exactly these bytes, until the server closes it.
    std::string exchange(std::string_view bytes) const
    {
        auto client = connect();
        static_cast<void>(client.send_bytes(bytes)); // a server that hung up halfway has still answered
        return client.read_until_closed().value_or("the connection was not closed");
    }
    std::vector<std::string> paths_seen() const
    {
        const std::lock_guard lock(mutex_);
        return paths_;
    }
    std::vector<std::string> failures() const
    {
        const std::lock_guard lock(mutex_);
        return failures_;
    }

    Door door;

  private:
    Response answer(const Request& request)
    {
        {
            const std::lock_guard lock(mutex_);
            paths_.push_back(request.path);
        }
        if (request.path == "/echo") return respond(200, "text/plain", request.body);
        if (request.path == "/wait") door.wait_here();
        if (request.path == "/throw") throw std::runtime_error("the database is on fire");
        if (request.path == "/throw-odd") throw 42;
        if (request.path == "/long") return respond(200, "text/plain", std::string(4 * 1024 * 1024, 'l'));
        if (request.path == "/who")
            return respond(200, "text/plain", request.client_address + (request.is_secure ? " secure" : " plain"));
        if (request.path == "/unsendable") {
            Response response;
            response.headers.emplace_back("X-Note", "a\r\nSet-Cookie: b=c");
            return response;
        }
        return respond(200, "text/plain", request.path);
    }

    std::unique_ptr<Server> server_;
    ClientSettings client_settings_;
    mutable std::mutex mutex_;
    std::vector<std::string> paths_;
    std::vector<std::string> failures_;
};

inline std::size_t count_of(std::string_view text, std::string_view piece)
{
    std::size_t count = 0;
    for (auto at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + piece.size())) ++count;
    return count;
}

} // namespace reachable::web
