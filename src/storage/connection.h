// One session with a database, as the two engines offer it to the code they share (group_commit.h).
#pragma once

#include "storage/recollection.h"

#include <atomic>

namespace reachable::storage {

/// Nothing remains of the attempt, and the same bodies may well succeed if they are run again.
struct TryAgain : StorageFailure {
    using StorageFailure::StorageFailure;
};
/// The commit was asked for and its answer never came, or was not a plain yes. Never retried as if nothing happened.
struct OutcomeUnknown : StorageFailure {
    using StorageFailure::StorageFailure;
};
/// As above, and this session must not write again: the disk failed under it.
struct Unusable : OutcomeUnknown {
    using OutcomeUnknown::OutcomeUnknown;
};
/// The server does not answer. Running more bodies now would only wait again.
struct Unreachable : StorageFailure {
    using StorageFailure::StorageFailure;
};

/// Used by one thread at a time; transactions run on it one after another. A statement that fails spoils its
/// transaction: every later statement and the commit fail too, also when the body swallowed the first exception.
class Connection : public Transaction {
  public:
    std::uint64_t snapshot() const final { return snapshot_; }
    Recalled recall(std::string_view sql, const Values& values) final;
    Recalled recall_settled(std::string_view sql, const Values& values) final;
    /// Reading transactions begun from now on see at least so many changes, and may be told what others were told who
    /// saw as many. Without a recollection each is told what it sees itself, but for what is settled.
    void share(Recollection* recollection, Recollection* settled, std::uint64_t changes)
    {
        recollection_ = recollection;
        settled_ = settled;
        changes_ = changes;
    }
    /// Called between transactions: connects again if the server went away, and then says true, since somebody else may
    /// have written in between. Throws Unreachable.
    virtual bool make_ready() { return false; }
    virtual void begin_write() = 0;
    virtual void begin_read() = 0;
    /// Returns when the transaction is durable.
    virtual void commit() = 0;
    /// Ends a reading transaction whose body came to its end.
    virtual void end_read() = 0;
    virtual void roll_back() noexcept = 0;

  protected:
    /// Told by `begin_read` and `begin_write`.
    void begin_snapshot()
    {
        static std::atomic<std::uint64_t> last{0};
        snapshot_ = ++last;
    }
    void begin_without_snapshot() { snapshot_ = 0; }

  private:
    std::uint64_t snapshot_ = 0;
    Recollection* recollection_ = nullptr; // none: everything is asked anew
    Recollection* settled_ = nullptr;
    std::uint64_t changes_ = 0;
};

inline Recalled Connection::recall(std::string_view sql, const Values& values)
{
    if (recollection_ == nullptr || snapshot_ == 0) return Recalled(query(sql, values));
    auto key = Recollection::key(sql, values);
    if (auto found = recollection_->find(changes_, key)) return *std::move(found);
    Recalled rows(query(sql, values));
    recollection_->keep(changes_, std::move(key), rows);
    return rows;
}

inline Recalled Connection::recall_settled(std::string_view sql, const Values& values)
{
    if (settled_ == nullptr || snapshot_ == 0) return Recalled(query(sql, values));
    auto key = Recollection::key(sql, values);
    if (auto found = settled_->find(0, key)) return *std::move(found);
    Recalled rows(query(sql, values));
    if (!rows.empty()) settled_->keep(0, std::move(key), rows);
    return rows;
}

} // namespace reachable::storage
