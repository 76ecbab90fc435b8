#include "web/client.h"

#include "base/text.h"
#include "web/descriptor.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <array>
#include <charconv>
#include <csignal>

namespace reachable::web {
namespace {

constexpr std::size_t most_answer_bytes = 64 * 1024 * 1024;

tl::unexpected<Problems> failed(std::string_view sentence)
{
    return refuse(ProblemKind::unavailable, std::string(sentence));
}

void limit_waiting(int socket, std::chrono::milliseconds timeout)
{
    timeval time{};
    time.tv_sec = timeout.count() / 1000;
    time.tv_usec = timeout.count() % 1000 * 1000;
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

Result<Descriptor> open_socket(const ClientSettings& settings)
{
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(settings.port);
    if (::inet_pton(AF_INET, settings.address.c_str(), &to.sin_addr) != 1)
        return failed("The address is not a numeric one");
    Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket.is_open()) return failed("The system gives no socket");
    limit_waiting(socket.number(), settings.timeout);
    const int yes = 1;
    ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket.number(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        return failed("Nobody listens there");
    return socket;
}

struct FreeTls {
    void operator()(SSL* tls) const { SSL_free(tls); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Tls = std::unique_ptr<SSL, FreeTls>;

Result<Tls> shake_hands(const ClientSettings& settings, int socket)
{
    // OpenSSL writes with write(), which would end the program when the server has gone.
    std::signal(SIGPIPE, SIG_IGN);
    const std::unique_ptr<SSL_CTX, FreeTls> context(SSL_CTX_new(TLS_client_method()));
    CHECK(context != nullptr, "OpenSSL could not make a context");
    SSL_CTX_set_max_proto_version(context.get(), settings.highest_tls_version);
    if (!settings.trusted_certificate_file.empty()) {
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
        if (SSL_CTX_load_verify_file(context.get(), settings.trusted_certificate_file.c_str()) != 1)
            return failed("There is no readable certificate to trust");
    }
    Tls tls(SSL_new(context.get()));
    CHECK(tls != nullptr && SSL_set_fd(tls.get(), socket) == 1, "OpenSSL could not take the socket");
    if (SSL_connect(tls.get()) == 1) return tls;
    ERR_clear_error();
    return failed("The TLS handshake failed");
}

/// Status line and headers of an answer.
Result<ClientResponse> read_head(std::string_view head)
{
    const auto bad = [] { return refuse(ProblemKind::malformed, "The answer is not HTTP/1.1"); };
    if (!head.starts_with("HTTP/1.1 ") || head.size() < 13) return bad();
    ClientResponse response;
    const auto digits = head.substr(9, 3);
    if (std::from_chars(digits.data(), digits.data() + 3, response.status).ptr != digits.data() + 3) return bad();
    auto line_end = head.find("\r\n");
    while (line_end + 2 < head.size()) {
        head.remove_prefix(line_end + 2);
        line_end = head.find("\r\n");
        if (line_end == 0) break;
        const auto line = head.substr(0, line_end);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return bad();
        response.headers.add(to_lower_ascii(line.substr(0, colon)), std::string(trim(line.substr(colon + 1))));
    }
    return response;
}

} // namespace

struct Client::Inside {
    Descriptor socket;
    Tls tls;
    std::string arrived;

    Result<void> send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto sent =
                tls ? SSL_write(tls.get(), bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 16384)))
                    : ::send(socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return failed("The connection is closed");
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return {};
    }

    /// Gives how many bytes came; 0 when the server closed.
    Result<std::size_t> receive()
    {
        std::array<char, 16384> bytes;
        const auto count = tls ? SSL_read(tls.get(), bytes.data(), static_cast<int>(bytes.size()))
                               : ::recv(socket.number(), bytes.data(), bytes.size(), 0);
        const int error = errno;
        if (count > 0) {
            arrived.append(bytes.data(), static_cast<std::size_t>(count));
            if (arrived.size() > most_answer_bytes) return failed("The answer is too large");
            return static_cast<std::size_t>(count);
        }
        ERR_clear_error();
        if (count < 0 && (error == EAGAIN || error == EWOULDBLOCK)) return failed("The server took too long");
        if (!tls && count < 0) return failed("The connection was reset");
        return std::size_t{0};
    }

    Result<void> receive_more()
    {
        if (TRY(receive()) == 0) return failed("The server closed the connection");
        return {};
    }
};

Client::Client(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Client> Client::connect(const ClientSettings& settings)
{
    auto inside = std::make_unique<Inside>();
    inside->socket = TRY(open_socket(settings));
    if (settings.uses_tls) inside->tls = TRY(shake_hands(settings, inside->socket.number()));
    return Client(std::move(inside));
}

Result<ClientResponse> Client::ask(std::string_view method, std::string_view target, const Fields& headers,
                                   std::string_view body)
{
    std::string request(method);
    request.append(" ").append(target).append(" HTTP/1.1\r\n");
    bool has_host = false;
    bool has_length = false;
    for (const auto& [name, value] : headers.all()) {
        const auto lower = to_lower_ascii(name);
        has_host |= lower == "host";
        has_length |= lower == "content-length" || lower == "transfer-encoding";
        request.append(name).append(": ").append(value).append("\r\n");
    }
    if (!has_host) request += "Host: localhost\r\n";
    if (!has_length && !body.empty()) request.append("Content-Length: ").append(std::to_string(body.size())) += "\r\n";
    request.append("\r\n").append(body);
    TRY(send_bytes(request));
    return read_answer(method);
}

Result<ClientResponse> Client::post_form(std::string_view target, std::string_view body)
{
    Fields headers;
    headers.add("Content-Type", "application/x-www-form-urlencoded");
    return ask("POST", target, headers, body);
}

Result<void> Client::send_bytes(std::string_view bytes)
{
    return inside_->send(bytes);
}

Result<ClientResponse> Client::read_answer(std::string_view method)
{
    auto& arrived = inside_->arrived;
    auto end = arrived.find("\r\n\r\n");
    while (end == std::string::npos) {
        TRY(inside_->receive_more());
        end = arrived.find("\r\n\r\n");
    }
    auto response = TRY(read_head(std::string_view(arrived).substr(0, end + 4)));
    arrived.erase(0, end + 4);
    if (method == "HEAD" || response.status < 200 || response.status == 204 || response.status == 304) return response;
    const auto length_text = response.headers.get("content-length");
    std::size_t length = 0;
    if (std::from_chars(length_text.data(), length_text.data() + length_text.size(), length).ec != std::errc{})
        return refuse(ProblemKind::malformed, "The answer does not say how long it is");
    while (arrived.size() < length) TRY(inside_->receive_more());
    response.body = arrived.substr(0, length);
    arrived.erase(0, length);
    return response;
}

Result<std::string> Client::read_until_closed()
{
    for (;;)
        if (TRY(inside_->receive()) == 0) return std::move(inside_->arrived);
}

void Client::finish_sending()
{
    ::shutdown(inside_->socket.number(), SHUT_WR);
}

} // namespace reachable::web
