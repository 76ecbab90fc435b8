#include "web/server.h"

#include "web/descriptor.h"
#include "web/exchange.h"
#include "web/io_loop.h"
#include "web/tls.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <mutex>

namespace reachable::web {
namespace {

/// How long a loop gets to wind up once its connections have been cut, and a worker to notice the end.
constexpr std::chrono::milliseconds winding_up{200};

tl::unexpected<Problems> cannot_listen(const ServerSettings& settings, std::string_view why)
{
    return refuse(ProblemKind::unavailable, "The server cannot listen on " + settings.address + " port " +
                                                std::to_string(settings.port) + ": " + std::string(why));
}

std::string_view reason_for(int error)
{
    if (error == EADDRINUSE) return "another program uses it already";
    if (error == EACCES) return "this user may not use it";
    if (error == EADDRNOTAVAIL) return "this machine has no such address";
    return "the system does not allow it";
}

Result<Descriptor> listen_on(const ServerSettings& settings)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    addrinfo* found = nullptr;
    const auto port = std::to_string(settings.port);
    if (::getaddrinfo(settings.address.c_str(), port.c_str(), &hints, &found) != 0)
        return cannot_listen(settings, "that is not a numeric address");
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> address(found, ::freeaddrinfo);
    Descriptor socket(::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.is_open()) return cannot_listen(settings, reason_for(errno));
    const int yes = 1;
    ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(socket.number(), found->ai_addr, found->ai_addrlen) != 0 || ::listen(socket.number(), 1024) != 0)
        return cannot_listen(settings, reason_for(errno));
    return socket;
}

std::uint16_t port_of(const Descriptor& socket)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    ::getsockname(socket.number(), reinterpret_cast<sockaddr*>(&address), &size);
    if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

Result<void> check(const ServerSettings& settings)
{
    if (settings.io_threads == 0 || settings.worker_threads == 0)
        return refuse(ProblemKind::malformed, "The server needs at least one io thread and one worker thread");
    if (settings.header_limit_bytes < 1024)
        return refuse(ProblemKind::malformed, "The limit for the head of a request is too small to be of use");
    if (settings.certificate_file.empty() != settings.key_file.empty())
        return refuse(ProblemKind::missing, "TLS needs both a certificate file and a key file");
    return {};
}

class RunningServer final : public Server {
  public:
    RunningServer(std::shared_ptr<ServerCore> core, Descriptor socket)
        : core_(std::move(core)), socket_(std::move(socket)), port_(port_of(socket_))
    {
        for (std::size_t i = 0; i < core_->settings.io_threads; ++i)
            loops_.push_back(IoLoop::start(core_, socket_.number()));
    }
    ~RunningServer() override { stop(); }

    std::uint16_t port() const override { return port_; }
    const ServerCounts& counts() const override { return core_->counts; }

    void stop() override
    {
        const std::lock_guard lock(stop_mutex_);
        if (core_->is_stopping.exchange(true)) return;
        const auto deadline = std::chrono::steady_clock::now() + core_->settings.stop_timeout;
        socket_.close();
        for (const auto& loop : loops_) loop->stop_gently();
        for (const auto& loop : loops_) {
            if (loop->join_until(deadline)) continue;
            loop->cut();
            loop->join();
        }
        const auto last_moment = std::max(deadline, std::chrono::steady_clock::now() + winding_up);
        core_->counts.unfinished_at_stop += core_->workers.stop(last_moment);
    }

  private:
    std::shared_ptr<ServerCore> core_;
    Descriptor socket_;
    std::uint16_t port_;
    std::vector<std::shared_ptr<IoLoop>> loops_;
    std::mutex stop_mutex_;
};

} // namespace

Result<std::unique_ptr<Server>> Server::start(const ServerSettings& settings, Handler handler,
                                              std::function<void(const Request&, const std::exception&)> on_failure)
{
    TRY(check(settings));
    std::shared_ptr<ssl_ctx_st> tls;
    if (!settings.certificate_file.empty()) tls = TRY(tls_for_server(settings.certificate_file, settings.key_file));
    auto socket = TRY(listen_on(settings));
    auto core = std::make_shared<ServerCore>(settings, std::move(handler), std::move(on_failure));
    core->tls = std::move(tls);
    return std::make_unique<RunningServer>(std::move(core), std::move(socket));
}

} // namespace reachable::web
