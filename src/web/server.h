// The HTTP/1.1 server: TLS, a limit on every size and time, a strict gate before anything is believed, and a stop that
// lets running requests finish. Sockets live on io threads; handlers run on worker threads and may block.
#pragma once

#include "web/http.h"

#include <atomic>
#include <chrono>
#include <cstdint>

namespace reachable::web {

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;    // 0: any free one
    std::string certificate_file; // PEM; empty: plain HTTP
    std::string key_file;
    bool trusts_forwarded_headers = false; // only behind a proxy of our own
    std::size_t io_threads = 1;
    std::size_t worker_threads = 32;
    std::size_t most_connections = 10'000;
    std::size_t most_waiting_requests = 1'000; // beyond it: 503 at once
    std::size_t header_limit_bytes = 16 * 1024;
    std::size_t body_limit_bytes = 1024 * 1024;
    std::chrono::seconds header_timeout{10};
    std::chrono::seconds body_timeout{30};
    std::chrono::seconds write_timeout{30};
    std::chrono::seconds idle_timeout{75};
    std::chrono::seconds stop_timeout{20};
};

/// What the server has seen, for the status page and tests.
struct ServerCounts {
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> refused_malformed{0};
    std::atomic<std::uint64_t> refused_busy{0};
    std::atomic<std::uint64_t> open_connections{0};
    /// Handlers that were still running when stop() gave up on them. Not 0: end the process without taking down what
    /// they use.
    std::atomic<std::uint64_t> unfinished_at_stop{0};
};

/// A running server. Stops when destroyed.
class Server {
  public:
    /// Binds, listens and starts. Refuses a port in use or an unreadable certificate with a sentence.
    /// A handler that throws is answered with 500 and the text of `on_failure` is never shown to the client.
    static Result<std::unique_ptr<Server>> start(const ServerSettings& settings, Handler handler,
                                                 std::function<void(const Request&, const std::exception&)> on_failure);
    virtual ~Server() = default;
    virtual std::uint16_t port() const = 0;
    /// Refuses new connections, lets running requests finish (up to stop_timeout), then returns.
    virtual void stop() = 0;
    virtual const ServerCounts& counts() const = 0;
};

} // namespace reachable::web
