// Turns bytes from a client into one whole request, or into a refusal. Beast reads the syntax, the gate decides; this
// is the only place where the two meet. No sockets: a fuzzer or a test feeds it bytes in any pieces.
#pragma once

#include "web/gate.h"

namespace reachable::web {

struct ParserLimits {
    std::size_t head_bytes = 16 * 1024;
    std::size_t body_bytes = 1024 * 1024;
};

class RequestParser {
  public:
    enum class State { waiting, in_head, in_body, whole, refused };

    explicit RequestParser(ParserLimits limits);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    /// Forgets the last request and waits for the next.
    void start();
    /// Reads on. Gives how many of `bytes` are used up; the others must be shown again, with what follows them.
    /// Stops at the end of a request: what comes after it belongs to the next.
    std::size_t take(std::string_view bytes);
    State state() const;

    /// When refused: what to answer.
    const Refusal& refusal() const;
    /// When the head is through: the client waits for "100 Continue" before it sends the body.
    bool expects_continue() const;
    /// When the request is whole: whether the client wants the connection kept.
    bool keeps_alive() const;
    /// When the request is whole: it, moved out, without what only the connection knows (address, TLS, id).
    Request take_request();

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace reachable::web
