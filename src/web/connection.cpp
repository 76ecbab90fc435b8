// The thread sanitizer does not understand the fences that Asio sets besides its locks, and g++ says so at each one.
#if defined(__SANITIZE_THREAD__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wtsan"
#endif

#include "web/connection.h"

#include "web/request_parser.h"
#include "web/response_writer.h"
#include "web/security_headers.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <optional>

namespace reachable::web {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Executor = asio::io_context::executor_type;
using Token = asio::use_awaitable_t<Executor>;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using TlsSocket = asio::ssl::stream<Socket>;

constexpr std::chrono::seconds goodbye_timeout{2};
/// After the last answer this much more is read, so that the client finds the answer and not a reset connection.
constexpr std::size_t most_bytes_after_the_last_answer = 1024 * 1024;
/// How much of a long answer must leave within one write timeout: a slow line gets the whole of it in the end, a client
/// that does not read at all is noticed soon.
constexpr std::size_t bytes_per_write_timeout = 256 * 1024;
/// Bodies up to this size travel in the same TLS record as their head.
constexpr std::size_t joined_body_bytes = 12 * 1024;

/// Bytes that have arrived and are not used up yet. Starts small: most connections are idle most of the time.
class Arrived {
  public:
    explicit Arrived(std::size_t most_bytes) : most_bytes_(most_bytes), bytes_(std::min<std::size_t>(2048, most_bytes))
    {
    }
    std::string_view view() const { return {bytes_.data() + begin_, end_ - begin_}; }
    void use_up(std::size_t count)
    {
        begin_ += count;
        if (begin_ == end_) begin_ = end_ = 0;
    }
    void add(std::size_t count) { end_ += count; }
    /// Where the next bytes go; never empty unless `most_bytes` wait to be used up.
    asio::mutable_buffer room()
    {
        if (begin_ > 0 && end_ == bytes_.size()) {
            std::copy(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_),
                      bytes_.begin() + static_cast<std::ptrdiff_t>(end_), bytes_.begin());
            end_ -= begin_;
            begin_ = 0;
        }
        if (end_ == bytes_.size()) bytes_.resize(std::min(most_bytes_, bytes_.size() * 2));
        return asio::buffer(bytes_.data() + end_, bytes_.size() - end_);
    }

  private:
    std::size_t most_bytes_;
    std::vector<char> bytes_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

/// What wakes a coroutine that was put aside.
using Resume = asio::async_result<Token, void()>::handler_type;

/// Puts a coroutine aside until somebody calls what it left in `place`.
struct Park {
    std::optional<Resume>* place;
    void operator()(Resume&& resume) const { place->emplace(std::move(resume)); }
};

template <class Stream>
class Connection final : public OpenConnection {
  public:
    template <class... StreamArguments>
    Connection(std::shared_ptr<IoLoop> loop, std::string client_address, StreamArguments&&... arguments)
        : loop_(std::move(loop)), core_(loop_->core()), settings_(core_->settings),
          client_address_(std::move(client_address)), stream_(std::forward<StreamArguments>(arguments)...),
          arrived_(settings_.header_limit_bytes + 1024),
          parser_({settings_.header_limit_bytes, settings_.body_limit_bytes})
    {
        loop_->add(*this);
    }
    ~Connection() override
    {
        if (exchange_) exchange_->connection = nullptr;
        loop_->remove(*this);
    }

    /// The whole life of a connection.
    Awaitable<void> live()
    {
        if (!co_await shake_hands()) co_return;
        bool goes_on = true;
        while (goes_on) {
            const auto state = co_await read_request();
            if (state == RequestParser::State::whole) {
                goes_on = co_await answer_request();
            } else {
                if (state != RequestParser::State::refused) co_return;
                co_await refuse();
                goes_on = false;
            }
        }
        co_await say_goodbye();
    }

    void take_answer() override
    {
        if (!parked_) return;
        Resume resume = std::move(*parked_);
        parked_.reset();
        resume(); // may end this connection: nothing of it is touched afterwards
    }
    void check_deadline(Clock::time_point now) override
    {
        if (now < deadline_) return;
        deadline_ = Clock::time_point::max();
        is_late_ = true;
        error_code ignored;
        socket().cancel(ignored);
    }
    void close_if_idle() override
    {
        if (is_idle_) cut();
    }
    void cut() override
    {
        is_cut_ = true;
        error_code ignored;
        socket().close(ignored);
        take_answer();
    }

  private:
    static constexpr bool is_tls = std::is_same_v<Stream, TlsSocket>;

    Socket& socket()
    {
        if constexpr (is_tls) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    void allow(Clock::duration time)
    {
        deadline_ = Clock::now() + time;
        is_late_ = false;
    }
    void allow_any_time() { deadline_ = Clock::time_point::max(); }

    Awaitable<bool> shake_hands()
    {
        if constexpr (is_tls) {
            is_idle_ = true;
            allow(settings_.header_timeout);
            error_code error;
            co_await stream_.async_handshake(TlsSocket::server, asio::redirect_error(Token{}, error));
            is_idle_ = false;
            co_return !error;
        }
        co_return true;
    }

    /// Reads until a request is whole or refused. Any other state means that the client went away or had its time.
    Awaitable<RequestParser::State> read_request()
    {
        parser_.start();
        auto stage = RequestParser::State::refused;
        bool has_answered_expectation = false;
        for (;;) {
            arrived_.use_up(parser_.take(arrived_.view()));
            const auto state = parser_.state();
            if (state == RequestParser::State::whole || state == RequestParser::State::refused) co_return state;
            if (state != stage) allow(time_for(state));
            stage = state;
            if (parser_.expects_continue() && !has_answered_expectation) {
                has_answered_expectation = true;
                if (arrived_.view().empty() && !co_await write(asio::buffer(continue_line))) co_return state;
                allow(settings_.body_timeout);
            }
            is_idle_ = state == RequestParser::State::waiting;
            if (is_idle_ && core_->is_stopping.load(std::memory_order_relaxed)) co_return state;
            const bool has_read = co_await read_some();
            is_idle_ = false;
            if (has_read) continue;
            if (!is_late_ || state == RequestParser::State::waiting) co_return state;
            was_too_slow_ = true;
            co_return RequestParser::State::refused;
        }
    }

    Clock::duration time_for(RequestParser::State state) const
    {
        if (state == RequestParser::State::waiting) return settings_.idle_timeout;
        return state == RequestParser::State::in_head ? settings_.header_timeout : settings_.body_timeout;
    }

    Awaitable<bool> read_some()
    {
        error_code error;
        const auto count = co_await stream_.async_read_some(arrived_.room(), asio::redirect_error(Token{}, error));
        arrived_.add(count);
        co_return !error && !is_cut_;
    }

    /// Gives false when the connection is to end.
    Awaitable<bool> answer_request()
    {
        const bool client_keeps_it = parser_.keeps_alive();
        core_->counts.requests++;
        exchange_ = std::make_shared<Exchange>(core_, loop_, complete_request());
        exchange_->connection = this;
        const auto method = exchange_->request().method;
        allow_any_time();
        if (!core_->workers.offer(exchange_)) {
            core_->counts.refused_busy++;
            exchange_ = nullptr;
            co_return co_await write_response(guarded(busy_answer()), method, client_keeps_it);
        }
        co_await asio::async_initiate<const Token, void()>(Park{&parked_}, Token{});
        if (is_cut_) co_return false;
        const auto exchange = std::exchange(exchange_, nullptr);
        co_return co_await write_response(exchange->response(), method, client_keeps_it);
    }

    /// The request with what only the connection knows.
    Request complete_request()
    {
        auto request = parser_.take_request();
        request.client_address = client_address_;
        request.is_secure = is_tls;
        request.id = RequestId::random();
        if (settings_.trusts_forwarded_headers) believe_proxy(request);
        return request;
    }

    /// An answer that no handler saw, with the headers that every other answer carries.
    static Response guarded(Response response)
    {
        add_security_headers(response, is_tls);
        return response;
    }

    Awaitable<void> refuse()
    {
        if (was_too_slow_) {
            co_await write_response(guarded(plain_answer(408, "The request took too long to arrive.")), Method::get,
                                    false);
            co_return;
        }
        core_->counts.refused_malformed++;
        const auto& why = parser_.refusal();
        co_await write_response(guarded(plain_answer(why.status, why.sentence)), Method::get, false);
    }

    /// Head and body leave in one gathered write, unless the body is long. Gives whether the connection goes on.
    Awaitable<bool> write_response(const Response& response, Method method, bool may_go_on)
    {
        const bool asks_to_close = response.header("connection") == "close";
        const bool goes_on = may_go_on && !asks_to_close && !core_->is_stopping.load(std::memory_order_relaxed);
        head_.clear();
        write_head(head_, response, {.keeps_alive = goes_on, .date_line = loop_->date_header()});
        auto body = carries_a_body(response, method) ? response.text() : std::string_view{};
        if (is_tls && body.size() <= joined_body_bytes) {
            head_ += body;
            body = {};
        }
        const auto first = body.substr(0, bytes_per_write_timeout);
        body.remove_prefix(first.size());
        const std::array<asio::const_buffer, 2> pieces = {asio::buffer(head_), asio::buffer(first)};
        if (!co_await write(pieces)) co_return false;
        while (!body.empty()) {
            const auto next = body.substr(0, bytes_per_write_timeout);
            body.remove_prefix(next.size());
            if (!co_await write(asio::buffer(next))) co_return false;
        }
        co_return goes_on;
    }

    template <class Buffers>
    Awaitable<bool> write(Buffers buffers)
    {
        allow(settings_.write_timeout);
        error_code error;
        co_await asio::async_write(stream_, buffers, asio::redirect_error(Token{}, error));
        co_return !error && !is_cut_;
    }

    /// Says that nothing more will be sent, and reads what is still under way: closing a socket with unread bytes
    /// makes the client's system throw away an answer that it has not read yet.
    Awaitable<void> say_goodbye()
    {
        allow(goodbye_timeout);
        error_code error;
        if constexpr (is_tls) {
            // Our own notice is enough: not every client sends one back, and waiting for it gains nothing.
            ::SSL_set_shutdown(stream_.native_handle(), SSL_RECEIVED_SHUTDOWN);
            co_await stream_.async_shutdown(asio::redirect_error(Token{}, error));
        }
        socket().shutdown(Socket::shutdown_send, error);
        std::size_t count = 0;
        std::array<char, 4096> unread{};
        while (!error && !is_cut_ && count < most_bytes_after_the_last_answer)
            count += co_await socket().async_read_some(asio::buffer(unread), asio::redirect_error(Token{}, error));
    }

    static constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

    std::shared_ptr<IoLoop> loop_;
    std::shared_ptr<ServerCore> core_;
    const ServerSettings& settings_;
    std::string client_address_;
    Stream stream_;
    Arrived arrived_;
    RequestParser parser_;
    std::shared_ptr<Exchange> exchange_;
    std::optional<Resume> parked_;
    std::string head_;
    Clock::time_point deadline_ = Clock::time_point::max();
    bool is_late_ = false;      // the deadline of the present step has passed
    bool was_too_slow_ = false; // a request was not whole in time
    bool is_idle_ = false;
    bool is_cut_ = false;
};

/// Holds the connection for as long as it lives.
template <class Stream>
Awaitable<void> carry(std::unique_ptr<Connection<Stream>> connection)
{
    co_await connection->live();
}

} // namespace

void serve_connection(asio::io_context& context, const std::shared_ptr<IoLoop>& loop, int socket,
                      std::string client_address)
{
    Socket accepted(context);
    error_code error;
    accepted.assign(asio::ip::tcp::v4(), socket, error); // the protocol only matters to sockets that connect
    if (error) {
        ::close(socket);
        return;
    }
    accepted.set_option(asio::ip::tcp::no_delay(true), error);
    if (!loop->core()->tls) {
        auto connection = std::make_unique<Connection<Socket>>(loop, std::move(client_address), std::move(accepted));
        asio::co_spawn(context, carry(std::move(connection)), asio::detached);
        return;
    }
    ::SSL_CTX_up_ref(loop->core()->tls.get());
    asio::ssl::context tls(loop->core()->tls.get());
    auto connection =
        std::make_unique<Connection<TlsSocket>>(loop, std::move(client_address), std::move(accepted), tls);
    asio::co_spawn(context, carry(std::move(connection)), asio::detached);
}

} // namespace reachable::web
