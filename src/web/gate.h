// The strict gate: what a request must be before anything in it is believed. Two servers that read the same bytes
// differently can be made to disagree about where a request ends; so whatever could be read in two ways is refused.
// Pure functions over bytes and parsed heads: no sockets, no parser.
#pragma once

#include "web/http.h"

namespace reachable::web {

/// Why a request is not answered: the status to send and one plain sentence. The connection is closed after it.
struct Refusal {
    int status = 400;
    std::string sentence;
    bool operator==(const Refusal&) const = default;
};

template <class T>
using Gated = tl::expected<T, Refusal>;

/// A head as the parser found it. Header names are in lower case; values are as sent, without the spaces around them.
struct Head {
    std::string method;
    std::string target;
    int version = 11; // 10: HTTP/1.0, 11: HTTP/1.1
    Fields headers;
};

/// What a head that passed means.
struct Admitted {
    Method method = Method::get;
    std::string path;
    Fields query;
    Fields cookies;
    std::uint64_t body_bytes = 0; // 0 when chunked: the chunks tell
    bool is_chunked = false;
    bool keeps_alive = true;
    bool expects_continue = false;
};

/// Finds the end of a head while it arrives, and refuses at the first byte that has no place in one: a bare line feed,
/// a bare carriage return, NUL or another control character, a folded line, or too many bytes.
class HeadScanner {
  public:
    explicit HeadScanner(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}
    /// `bytes` are all bytes of the head so far, the ones shown before included.
    /// Gives the length of the head, or 0 while it is not whole.
    Gated<std::size_t> scan(std::string_view bytes);

  private:
    std::size_t limit_bytes_;
    std::size_t seen_ = 0;
    bool is_line_empty_ = true; // nothing yet on the present line
};

/// Lets a head through or says why not. Refuses every Transfer-Encoding but exactly "chunked", that together with
/// Content-Length, two lengths, anything but exactly one Host, a target that is not a plain path, a body over
/// `body_limit_bytes`, and a method the service does not know.
Gated<Admitted> admit(const Head& head, std::size_t body_limit_bytes);

/// Takes the client's address and the use of TLS from the headers that a proxy of our own added: the last hop of
/// X-Forwarded-For and of X-Forwarded-Proto. Earlier hops are the client's own words and are not believed.
void believe_proxy(Request& request);

} // namespace reachable::web
