// One thread that owns sockets: it accepts them, carries their connections and watches their deadlines. Everything a
// connection does happens on the thread of its loop, so connections need no locks.
#pragma once

#include "web/exchange.h"

namespace reachable::web {

/// How long until a deadline that has passed is noticed, at the most.
constexpr std::chrono::milliseconds deadline_check_every{250};

/// A connection as its loop sees it. Called on the loop's thread only.
class OpenConnection {
  public:
    OpenConnection() = default;
    OpenConnection(const OpenConnection&) = delete;
    OpenConnection& operator=(const OpenConnection&) = delete;
    virtual ~OpenConnection() = default;
    /// The exchange it waits for has come back.
    virtual void take_answer() = 0;
    /// Ends what it waits for if that was due before `now`.
    virtual void check_deadline(std::chrono::steady_clock::time_point now) = 0;
    /// Ends it unless a request is being read or answered.
    virtual void close_if_idle() = 0;
    /// Ends it whatever it does.
    virtual void cut() = 0;
};

class IoLoop : public std::enable_shared_from_this<IoLoop> {
  public:
    /// Starts a thread that accepts from `listening_socket`, of which the loop becomes an owner by duplicating it.
    static std::shared_ptr<IoLoop> start(std::shared_ptr<ServerCore> core, int listening_socket);
    ~IoLoop();
    IoLoop(const IoLoop&) = delete;
    IoLoop& operator=(const IoLoop&) = delete;

    /// From any thread: brings an answered exchange home. Dropped when the loop is over.
    void deliver(std::shared_ptr<Exchange> exchange);
    /// From any thread: stops accepting and ends idle connections; the loop is over when the others have ended.
    void stop_gently();
    /// From any thread: ends every connection at once.
    void cut();
    /// Waits for the thread. Gives false when the loop was not over by then; `join` waits for as long as it takes.
    bool join_until(std::chrono::steady_clock::time_point moment);
    void join();

    // For the connections, on the loop's own thread.
    const std::shared_ptr<ServerCore>& core() const;
    void add(OpenConnection& connection);
    void remove(OpenConnection& connection);
    const std::string& date_header();

    struct Inside;

  private:
    explicit IoLoop(std::shared_ptr<ServerCore> core);
    std::unique_ptr<Inside> inside_;
};

} // namespace reachable::web
