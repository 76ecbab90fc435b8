// What both engines have in common: a queue of bodies that write, and a pool of sessions that read.
//
// Whoever waits while nobody writes takes every body that waits, runs them one after another in one transaction and
// commits once, for all of them. So a write that is alone is made by its own thread, and no thread is woken for it.
// There are no savepoints: if anything in a shared transaction fails, all of it is rolled back and its members run
// again one at a time, so a bad body meets its own exception and hurts nobody else.
#pragma once

#include "storage/connection.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>

namespace reachable::storage {

class GroupCommitDatabase final : public Database {
  public:
    struct Parts {
        std::string_view engine;
        std::unique_ptr<Connection> writer; // none: the database is only read
        std::vector<std::unique_ptr<Connection>> readers;
        std::size_t most_in_one_commit = 64;
        std::chrono::milliseconds deadline{30000};
    };
    explicit GroupCommitDatabase(Parts parts);
    /// Nobody may be calling any more.
    ~GroupCommitDatabase() override = default;
    GroupCommitDatabase(const GroupCommitDatabase&) = delete;
    GroupCommitDatabase& operator=(const GroupCommitDatabase&) = delete;

    void write(const Body& body) override;
    void read(const Body& body) override;
    void observe(const Body& look, const Body& note) override;
    void observe_ahead(const Body& look, Body note) override;
    void set_commit_hooks(Body before_commit, std::function<void()> after_commit,
                          std::function<void()> after_rollback) override;
    std::string_view engine() const override { return parts_.engine; }

  private:
    /// One caller of `write` or `observe`, waiting.
    struct Member {
        const Body& body;
        const Body* look = nullptr;       // of an observer: what it saw before it came here
        std::uint64_t changes_before = 0; // of an observer: what `changes_` was before its snapshot
        bool is_ahead = false;            // an observer who went on: what it saw can no longer be seen anew
        bool is_late = false;             // so its note was not written
        bool is_waited_for = false;
        bool is_done = false;
        std::condition_variable may_go_on{}; // it is done, or may write now
        std::exception_ptr exception{};

        bool is_write() const { return look == nullptr && !is_ahead; }
    };
    struct Hooks {
        Body before_commit;
        std::function<void()> after_commit;
        std::function<void()> after_rollback;
    };
    using Batch = std::vector<Member*>;

    class NoteAhead;

    void enqueue(Member& member);
    void wait_until_done(Member& member);
    void wait_for(Member& member);
    void write_for_all(std::unique_lock<std::mutex>& lock);
    Batch next_batch();
    void serve(const Batch& batch);
    void serve_alone(Member& member);
    void transact(const Batch& batch);
    void run_bodies(const Batch& batch, bool& has_changes);
    void follow_up(const Hooks& hooks);
    void finish(const Batch& batch);
    std::unique_ptr<Connection> take_reader();
    void give_back(std::unique_ptr<Connection> reader);

    Parts parts_;
    std::mutex mutex_; // guards everything below but what only whoever writes touches
    std::deque<Member*> waiting_;
    bool is_writing_ = false;           // somebody writes now
    std::size_t unfinished_writes_ = 0; // waiting, or in the commit that is being made
    Hooks hooks_;
    std::condition_variable has_reader_;
    /// Rises after every attempt to commit that held more than notes. A snapshot begun after it was read has all the
    /// changes counted, so an observer who finds it unmoved has seen the newest.
    std::atomic<std::uint64_t> changes_{0};
    /// Changes are being committed: a snapshot may see them before they are counted, so nobody is told what others saw,
    /// or somebody who saw them already would be told of the time before.
    std::atomic<bool> is_committing_changes_{false};
    Recollection recollection_;
    Recollection settled_;         // until the server is another one, which may have lost what this one had shown
    std::string unusable_because_; // touched by whoever writes alone
};

} // namespace reachable::storage
