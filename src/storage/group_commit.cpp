#include "storage/group_commit.h"

#include "storage/meanwhile.h"

#include <algorithm>

namespace reachable::storage {

namespace {

constexpr int most_attempts = 5;

/// Set while this thread runs a body or a hook: nesting would wait for itself, or miss what it has just written.
thread_local bool is_inside_a_body = false;

class InsideABody {
  public:
    InsideABody()
    {
        CHECK(!is_inside_a_body, "A body of a transaction must not start another one");
        is_inside_a_body = true;
    }
    ~InsideABody() { is_inside_a_body = false; }
    InsideABody(const InsideABody&) = delete;
    InsideABody& operator=(const InsideABody&) = delete;
};

} // namespace

GroupCommitDatabase::GroupCommitDatabase(Parts parts) : parts_(std::move(parts))
{
    CHECK(parts_.most_in_one_commit > 0, "A commit has room for at least one write");
    CHECK(!parts_.readers.empty(), "A database needs at least one connection that reads");
}

void GroupCommitDatabase::write(const Body& body)
{
    CHECK(!is_inside_a_body, "A body of a transaction must not start another one");
    CHECK(parts_.writer != nullptr, "This database was opened for reading only");
    settle_before_a_write();
    Member member{.body = body};
    enqueue(member);
    wait_for(member);
}

void GroupCommitDatabase::observe(const Body& look, const Body& note)
{
    CHECK(parts_.writer != nullptr, "This database was opened for reading only");
    settle_before_a_write();
    Member member{.body = note, .look = &look, .changes_before = changes_};
    read(look);
    enqueue(member);
    wait_for(member);
}

/// The note of an observer who has gone on.
class GroupCommitDatabase::NoteAhead final : public Meanwhile::Note {
  public:
    NoteAhead(GroupCommitDatabase& database, Body note, std::uint64_t changes_before)
        : database_(database), note_(std::move(note)),
          member_{.body = note_, .changes_before = changes_before, .is_ahead = true}
    {
        database_.enqueue(member_);
    }
    ~NoteAhead() override { database_.wait_until_done(member_); }
    NoteAhead(const NoteAhead&) = delete;
    NoteAhead& operator=(const NoteAhead&) = delete;

    bool wait() override
    {
        database_.wait_for(member_);
        return !member_.is_late;
    }

  private:
    GroupCommitDatabase& database_;
    const Body note_;
    Member member_;
};

/// Whoever looked while others wrote would most likely have to look again, so they wait.
void GroupCommitDatabase::observe_ahead(const Body& look, Body note)
{
    auto* meanwhile = Meanwhile::on_this_thread();
    const auto is_quiet = [&] {
        const std::lock_guard lock(mutex_);
        return unfinished_writes_ == 0;
    };
    if (meanwhile == nullptr || !is_quiet()) return observe(look, note);
    const std::uint64_t changes_before = changes_;
    read(look);
    meanwhile->add(std::make_unique<NoteAhead>(*this, std::move(note), changes_before));
}

void GroupCommitDatabase::enqueue(Member& member)
{
    const std::lock_guard lock(mutex_);
    waiting_.push_back(&member);
    if (member.is_write()) unfinished_writes_ += 1;
}

void GroupCommitDatabase::wait_for(Member& member)
{
    wait_until_done(member);
    if (member.exception) std::rethrow_exception(std::move(member.exception));
}

void GroupCommitDatabase::set_commit_hooks(Body before_commit, std::function<void()> after_commit,
                                           std::function<void()> after_rollback)
{
    const std::lock_guard lock(mutex_);
    CHECK(!hooks_.before_commit && !hooks_.after_commit, "The commit hooks are set once");
    hooks_ = {std::move(before_commit), std::move(after_commit), std::move(after_rollback)};
}

// Writing, by one at a time.

void GroupCommitDatabase::wait_until_done(Member& member)
{
    std::unique_lock lock(mutex_);
    member.is_waited_for = true;
    while (!member.is_done) {
        if (is_writing_)
            member.may_go_on.wait(lock);
        else
            write_for_all(lock);
    }
}

void GroupCommitDatabase::write_for_all(std::unique_lock<std::mutex>& lock)
{
    const auto batch = next_batch();
    is_writing_ = true;
    lock.unlock();
    serve(batch);
    lock.lock();
    finish(batch);
    is_writing_ = false;
    const auto next = std::ranges::find(waiting_, true, &Member::is_waited_for);
    if (next != waiting_.end()) (*next)->may_go_on.notify_one();
}

GroupCommitDatabase::Batch GroupCommitDatabase::next_batch()
{
    const auto count = std::min(waiting_.size(), parts_.most_in_one_commit);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
    Batch batch(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
    return batch;
}

/// Gives every member its outcome: shared if possible, else one at a time and in the same order.
void GroupCommitDatabase::serve(const Batch& batch)
{
    const auto give_to_all = [&] {
        for (Member* member : batch) member->exception = std::current_exception();
    };
    if (batch.size() > 1) {
        try {
            return transact(batch);
        } catch (const OutcomeUnknown&) {
            return give_to_all();
        } catch (const Unreachable&) {
            return give_to_all();
        } catch (...) {
            // Nothing of it remains; whose fault it was shows when they run alone.
        }
    }
    for (Member* member : batch) serve_alone(*member);
}

void GroupCommitDatabase::serve_alone(Member& member)
{
    for (int attempt = 1;; ++attempt) {
        try {
            return transact({&member});
        } catch (const TryAgain&) {
            if (attempt < most_attempts) continue;
            member.exception = std::current_exception();
            return;
        } catch (...) {
            member.exception = std::current_exception();
            return;
        }
    }
}

void GroupCommitDatabase::transact(const Batch& batch)
{
    if (!unusable_because_.empty()) throw Unusable(unusable_because_);
    Hooks hooks;
    {
        const std::lock_guard lock(mutex_);
        hooks = hooks_;
    }
    const InsideABody inside;
    auto& writer = *parts_.writer;
    bool has_changes = false;
    try {
        if (writer.make_ready()) {
            changes_ += 1;
            settled_.forget();
            if (hooks.after_rollback) hooks.after_rollback();
        }
        writer.begin_write();
        run_bodies(batch, has_changes);
        if (hooks.before_commit) hooks.before_commit(writer);
        is_committing_changes_ = has_changes;
        writer.commit();
        if (has_changes) changes_ += 1;
        is_committing_changes_ = false; // after they are counted
    } catch (const std::exception& failure) {
        if (dynamic_cast<const Unusable*>(&failure) != nullptr) unusable_because_ = failure.what();
        if (has_changes) changes_ += 1; // it may have been committed all the same, and an observer may have seen it
        is_committing_changes_ = false;
        writer.roll_back();
        if (hooks.after_rollback) hooks.after_rollback();
        throw;
    } catch (...) {
        if (has_changes) changes_ += 1;
        is_committing_changes_ = false;
        writer.roll_back();
        if (hooks.after_rollback) hooks.after_rollback();
        throw;
    }
    follow_up(hooks);
}

/// `has_changes` is told at once, since a body that throws may have changed something already.
void GroupCommitDatabase::run_bodies(const Batch& batch, bool& has_changes)
{
    auto& writer = *parts_.writer;
    for (Member* member : batch) {
        const bool is_old = has_changes || member->changes_before != changes_;
        if (member->is_write()) has_changes = true;
        member->is_late = member->is_ahead && is_old;
        if (member->look != nullptr && is_old) (*member->look)(writer);
        if (!member->is_late) member->body(writer);
    }
}

/// The transaction is durable now, so a failure here must not look as if it could be run again.
void GroupCommitDatabase::follow_up(const Hooks& hooks)
{
    if (!hooks.after_commit) return;
    try {
        hooks.after_commit();
    } catch (const std::exception& failure) {
        unusable_because_ = std::string("The work after a commit failed, so no more is written: ") + failure.what();
        throw Unusable(unusable_because_);
    }
}

void GroupCommitDatabase::finish(const Batch& batch)
{
    for (Member* member : batch) {
        member->is_done = true;
        if (member->is_write()) unfinished_writes_ -= 1;
        member->may_go_on.notify_one(); // under the lock: the member is gone once its caller sees it done
    }
}

// Reading.

void GroupCommitDatabase::read(const Body& body)
{
    const InsideABody inside;
    auto reader = take_reader();
    const auto return_it = [&] { give_back(std::move(reader)); };
    try {
        if (reader->make_ready()) settled_.forget();
        const bool is_between = is_committing_changes_; // before the count, which may rise now
        reader->share(is_between ? nullptr : &recollection_, &settled_, changes_);
        reader->begin_read();
        body(*reader);
        reader->end_read();
    } catch (...) {
        reader->roll_back();
        return_it();
        throw;
    }
    return_it();
}

std::unique_ptr<Connection> GroupCommitDatabase::take_reader()
{
    std::unique_lock lock(mutex_);
    if (!has_reader_.wait_for(lock, parts_.deadline, [&] { return !parts_.readers.empty(); }))
        throw StorageFailure("No connection to the database became free in time");
    auto reader = std::move(parts_.readers.back());
    parts_.readers.pop_back();
    return reader;
}

void GroupCommitDatabase::give_back(std::unique_ptr<Connection> reader)
{
    const std::lock_guard lock(mutex_);
    parts_.readers.push_back(std::move(reader));
    has_reader_.notify_one();
}

} // namespace reachable::storage
