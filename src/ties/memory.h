// The ties of everybody in memory, and never anything else than what a transaction's own snapshot says.
//
// Every change of the ties raises their epoch, in the same transaction (add_tie, end_ties). What is remembered stands
// as of one epoch. A snapshot asks the database once which epoch it sees: if that is the one remembered, memory
// answers; if it is newer, the children that changed since are read again first; if it is older, the database answers.
// A transaction that may write asks each time and teaches nothing: its own changes raise the epoch beyond memory's.
//
// Several servers may each have a memory of one database, since nothing but the database tells them of changes. What
// somebody changes in the table by hand raises no epoch, and is not noticed before the service starts again.
#pragma once

#include "ties/tie_store.h"

#include <atomic>
#include <mutex>
#include <shared_mutex>

namespace reachable::ties {

/// Safe to share between threads.
class Memory {
  public:
    /// Reads every tie in one pass over the table, two or three seconds for a million. Whoever asks meanwhile is
    /// answered by the database.
    void load(storage::Database& database);
    /// Reads what changed since, or everything if another run of the server answers now. For a job, so that a request
    /// rarely has to.
    void keep_up(storage::Database& database);

    /// What `ties_for` gives, in the same order.
    std::vector<Tie> find(storage::Transaction& transaction, ChildId child, WorkerId worker);
    Known find(storage::Transaction& transaction, std::span<const ChildId> children, WorkerId worker);

    struct Size {
        std::size_t ties = 0;
        std::size_t bytes = 0;
    };
    Size size() const;
    /// How many questions were answered from here, and how many by the database.
    struct Answers {
        std::uint64_t from_memory = 0;
        std::uint64_t from_database = 0;
    };
    Answers answers() const { return {from_memory_, from_database_}; }

  private:
    /// As of when the ties stand: an epoch, as one run of the server counts them.
    struct Moment {
        std::int64_t epoch = unknown;
        std::int64_t server_run = 0;
        bool operator==(const Moment&) const = default;
    };
    static constexpr std::int64_t unknown = -1;

    static Moment moment_of(storage::Transaction& transaction);
    bool is_at(storage::Transaction& transaction, const Moment& moment);
    bool catch_up(storage::Transaction& transaction, const Moment& from, const Moment& to, std::size_t most);
    Moment standing() const;
    template <class Work>
    bool answer(storage::Transaction& transaction, Work work);

    mutable std::shared_mutex mutex_; // never held while the database is asked
    Moment as_of_;
    TieStore store_;
    std::mutex loading_;
    std::atomic<std::uint64_t> from_memory_{0};
    std::atomic<std::uint64_t> from_database_{0};
};

} // namespace reachable::ties
