// One request and its answer, on the way from the io thread that read it to a worker and back.
#pragma once

#include "web/server.h"
#include "web/worker_pool.h"

struct ssl_ctx_st;

namespace reachable::web {

class IoLoop;
class OpenConnection;

/// What all parts of a running server share.
struct ServerCore {
    ServerCore(const ServerSettings& its_settings, Handler its_handler,
               std::function<void(const Request&, const std::exception&)> its_on_failure)
        : settings(its_settings), handler(std::move(its_handler)), on_failure(std::move(its_on_failure)),
          workers(its_settings.worker_threads, its_settings.most_waiting_requests)
    {
    }

    const ServerSettings settings;
    const Handler handler;
    const std::function<void(const Request&, const std::exception&)> on_failure;
    std::shared_ptr<ssl_ctx_st> tls; // none: plain HTTP
    ServerCounts counts;
    std::atomic<bool> is_stopping{false};
    WorkerPool workers;
};

/// The io thread fills in the request, a worker runs the handler, the io thread writes the response. Between the two
/// threads the exchange is handed over through the queue of the pool and the mailbox of the loop.
class Exchange final : public Work, public std::enable_shared_from_this<Exchange> {
  public:
    Exchange(std::shared_ptr<ServerCore> core, std::shared_ptr<IoLoop> loop, Request request);
    /// Runs the handler and sends itself home.
    void run() override;

    const Request& request() const { return request_; }
    const Response& response() const { return response_; }

    /// Who waits for the answer; nobody when the connection is gone. Belongs to the io thread.
    OpenConnection* connection = nullptr;

  private:
    std::shared_ptr<ServerCore> core_;
    std::shared_ptr<IoLoop> loop_;
    Request request_;
    Response response_;
};

} // namespace reachable::web
