// A small blocking HTTP/1.1 client for one server on this machine: for tests and benchmarks. It does what it is told,
// wrong requests included, and reads answers strictly, so that a test sees exactly what the server sent.
#pragma once

#include "web/http.h"

#include <chrono>
#include <cstdint>

namespace reachable::web {

struct ClientResponse {
    int status = 0;
    Fields headers; // names in lower case
    std::string body;
};

struct ClientSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    bool uses_tls = false;
    /// The certificate to trust, in PEM. Empty: any, since only servers of our own on this machine are asked.
    std::string trusted_certificate_file;
    /// The highest version offered: 0x0304 is TLS 1.3, 0x0303 is TLS 1.2.
    int highest_tls_version = 0x0304;
    /// How long any one read or write may take.
    std::chrono::milliseconds timeout{20'000};
};

/// One connection, kept open between requests.
class Client {
  public:
    /// Connects, and shakes hands where TLS is used. Refuses when nobody listens or the handshake fails.
    static Result<Client> connect(const ClientSettings& settings);
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;
    ~Client();

    /// Sends a request and waits for its answer. Host and Content-Length are added unless `headers` has them.
    Result<ClientResponse> ask(std::string_view method, std::string_view target, const Fields& headers = {},
                               std::string_view body = {});
    Result<ClientResponse> get(std::string_view target) { return ask("GET", target); }
    /// Posts a form body that is encoded already.
    Result<ClientResponse> post_form(std::string_view target, std::string_view body);

    /// Sends these bytes and nothing else.
    Result<void> send_bytes(std::string_view bytes);
    /// Reads one answer. An answer to HEAD has no body whatever its Content-Length says.
    Result<ClientResponse> read_answer(std::string_view method = "GET");
    /// Everything the server still sends until it closes the connection. Refuses when it does not close in time.
    Result<std::string> read_until_closed();
    /// Sends no more, but still reads.
    void finish_sending();

  private:
    struct Inside;
    explicit Client(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace reachable::web
