// The thread sanitizer does not understand the fences that Asio sets besides its locks, and g++ says so at each one.
#if defined(__SANITIZE_THREAD__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wtsan"
#endif

#include "web/io_loop.h"

#include "web/connection.h"
#include "web/response_writer.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <future>
#include <mutex>
#include <unordered_set>

namespace reachable::web {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Token = asio::use_awaitable_t<Executor>;
using Awaitable = asio::awaitable<void, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
using Listener = asio::posix::basic_stream_descriptor<Executor>;

std::string address_text(const sockaddr_storage& address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes = nullptr;
    if (address.ss_family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
    if (address.ss_family == AF_INET6) bytes = &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    if (bytes == nullptr || inet_ntop(address.ss_family, bytes, text.data(), text.size()) == nullptr) return "unknown";
    return text.data();
}

/// Tells a client that there is no room, if that can be said without waiting, and hangs up.
void turn_away(int socket, bool is_plain)
{
    if (is_plain) {
        std::string answer;
        const auto busy = busy_answer();
        write_head(answer, busy, {.keeps_alive = false});
        answer += busy.text();
        static_cast<void>(::send(socket, answer.data(), answer.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
        ::shutdown(socket, SHUT_WR);
    }
    ::close(socket);
}

} // namespace

struct IoLoop::Inside {
    std::shared_ptr<ServerCore> core;
    std::unordered_set<OpenConnection*> connections;
    std::string date;
    std::time_t date_second = 0;
    bool is_closing = false; // belongs to the loop's thread, as all above

    std::mutex mailbox_mutex;
    std::vector<std::shared_ptr<Exchange>> mailbox;
    bool is_over = false;

    std::promise<void> end;
    std::future<void> ended = end.get_future();
    std::thread thread;

    // Declared last, gone first: what its unfinished coroutines hold may use everything above while it goes.
    asio::io_context context{1};
    Timer tick{context};
    Listener listener{context};

    explicit Inside(std::shared_ptr<ServerCore> its_core) : core(std::move(its_core)) {}

    Awaitable accept_all(std::shared_ptr<IoLoop> loop);
    bool accept_one(const std::shared_ptr<IoLoop>& loop);
    Awaitable watch_deadlines();
    void hand_out_mail();
    std::vector<OpenConnection*> everyone() const { return {connections.begin(), connections.end()}; }
};

namespace {

// What other threads ask of the loop. Each runs on the loop's thread, inside the io_context that the loop owns.
struct HandOutMail {
    IoLoop::Inside* inside;
    void operator()() const { inside->hand_out_mail(); }
};

struct StopGently {
    IoLoop::Inside* inside;
    void operator()() const
    {
        inside->is_closing = true;
        error_code ignored;
        inside->listener.close(ignored);
        for (auto* connection : inside->everyone()) connection->close_if_idle();
        inside->tick.cancel();
    }
};

struct CutAll {
    IoLoop::Inside* inside;
    void operator()() const
    {
        for (auto* connection : inside->everyone())
            if (inside->connections.contains(connection)) connection->cut();
    }
};

void run_loop(IoLoop::Inside& inside)
{
    inside.context.run();
    std::vector<std::shared_ptr<Exchange>> undelivered;
    {
        const std::lock_guard lock(inside.mailbox_mutex);
        inside.is_over = true;
        undelivered.swap(inside.mailbox);
    }
    inside.end.set_value();
}

} // namespace

Awaitable IoLoop::Inside::accept_all(std::shared_ptr<IoLoop> loop)
{
    Timer pause(context);
    while (!is_closing) {
        error_code error;
        co_await listener.async_wait(Listener::wait_read, asio::redirect_error(Token{}, error));
        if (error) co_return;
        while (!is_closing && accept_one(loop)) {
        }
        if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) continue;
        // No descriptors left: connections will end and free some. Trying again at once would only burn time.
        pause.expires_after(std::chrono::milliseconds(100));
        co_await pause.async_wait(asio::redirect_error(Token{}, error));
    }
}

bool IoLoop::Inside::accept_one(const std::shared_ptr<IoLoop>& loop)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    const int socket =
        ::accept4(listener.native_handle(), reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return errno == ECONNABORTED || errno == EINTR;
    if (core->counts.open_connections.load() >= core->settings.most_connections) {
        core->counts.refused_busy++;
        turn_away(socket, core->tls == nullptr);
    } else {
        serve_connection(context, loop, socket, address_text(address));
    }
    errno = 0;
    return true;
}

/// One timer for all connections: setting a deadline is then an assignment, which a timer each would make a queue.
Awaitable IoLoop::Inside::watch_deadlines()
{
    while (!is_closing || !connections.empty()) {
        tick.expires_after(deadline_check_every);
        error_code error;
        co_await tick.async_wait(asio::redirect_error(Token{}, error));
        const auto now = std::chrono::steady_clock::now();
        for (auto* connection : everyone()) connection->check_deadline(now);
    }
}

void IoLoop::Inside::hand_out_mail()
{
    std::vector<std::shared_ptr<Exchange>> mail;
    {
        const std::lock_guard lock(mailbox_mutex);
        mail.swap(mailbox);
    }
    for (const auto& exchange : mail)
        if (exchange->connection != nullptr) exchange->connection->take_answer();
}

IoLoop::IoLoop(std::shared_ptr<ServerCore> core) : inside_(std::make_unique<Inside>(std::move(core))) {}

IoLoop::~IoLoop()
{
    if (inside_->thread.joinable()) inside_->thread.join();
}

std::shared_ptr<IoLoop> IoLoop::start(std::shared_ptr<ServerCore> core, int listening_socket)
{
    std::shared_ptr<IoLoop> loop(new IoLoop(std::move(core)));
    auto& inside = *loop->inside_;
    inside.listener.assign(::fcntl(listening_socket, F_DUPFD_CLOEXEC, 0));
    asio::co_spawn(inside.context, inside.accept_all(loop), asio::detached);
    asio::co_spawn(inside.context, inside.watch_deadlines(), asio::detached);
    inside.thread = std::thread(run_loop, std::ref(inside));
    return loop;
}

void IoLoop::deliver(std::shared_ptr<Exchange> exchange)
{
    const std::lock_guard lock(inside_->mailbox_mutex);
    if (inside_->is_over) return;
    inside_->mailbox.push_back(std::move(exchange));
    // Those that arrive before the loop looks are handed out together, for the price of one wake-up.
    if (inside_->mailbox.size() == 1) asio::post(inside_->context, HandOutMail{inside_.get()});
}

void IoLoop::stop_gently()
{
    asio::post(inside_->context, StopGently{inside_.get()});
}
void IoLoop::cut()
{
    asio::post(inside_->context, CutAll{inside_.get()});
}

bool IoLoop::join_until(std::chrono::steady_clock::time_point moment)
{
    if (inside_->ended.wait_until(moment) != std::future_status::ready) return false;
    join();
    return true;
}

void IoLoop::join()
{
    if (inside_->thread.joinable()) inside_->thread.join();
}

const std::shared_ptr<ServerCore>& IoLoop::core() const
{
    return inside_->core;
}

void IoLoop::add(OpenConnection& connection)
{
    inside_->connections.insert(&connection);
    inside_->core->counts.open_connections++;
}

void IoLoop::remove(OpenConnection& connection)
{
    inside_->connections.erase(&connection);
    inside_->core->counts.open_connections--;
    if (inside_->is_closing && inside_->connections.empty()) inside_->tick.cancel();
}

const std::string& IoLoop::date_header()
{
    const auto now = std::time(nullptr);
    if (now != inside_->date_second) inside_->date = date_line(inside_->date_second = now);
    return inside_->date;
}

} // namespace reachable::web
