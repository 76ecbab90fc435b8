#include "ties/memory.h"

#include "storage/columns.h"
#include "ties/tie_rows.h"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>
#include <set>

namespace reachable::ties {
namespace {

using storage::Transaction;

/// A request catches up with no more changes than this; what is more is left to the job.
constexpr std::size_t most_for_a_request = 100;
/// Beyond this many, reading the whole table is quicker.
constexpr std::size_t most_for_a_job = 20'000;

FiledTie read_filed(const storage::Row& row)
{
    return {read_tie(row), read_reader(row)};
}

using Changed = std::vector<std::pair<ChildId, std::vector<FiledTie>>>;

/// All ties of every child of whom any changed after `epoch`, as this snapshot has them. None: more than `most`
/// changed. In the order of the index that is made for the second condition: without it SQLite walks through every
/// child instead.
std::optional<Changed> changed_since(Transaction& transaction, std::int64_t epoch, std::size_t most)
{
    static const std::string of_child = fmt::format("{}where child = $1", select_ties);
    const auto rows = transaction.query("select child from ties where changed_in > $1 and changed_in > 0 "
                                        "order by changed_in limit $2",
                                        {epoch, static_cast<std::int64_t>(most + 1)});
    if (rows.size() > most) return std::nullopt;
    std::set<ChildId> children;
    for (const auto& row : rows) children.insert(storage::id_at<ChildId>(row, 0));
    Changed changed;
    for (const auto child : children) {
        auto& ties = changed.emplace_back(child, std::vector<FiledTie>()).second;
        for (const auto& row : transaction.query(of_child, {storage::to_value(child)})) ties.push_back(read_filed(row));
    }
    return changed;
}

} // namespace

// Keeping up.

void Memory::load(storage::Database& database)
{
    const std::lock_guard alone(loading_);
    {
        const std::unique_lock lock(mutex_); // what there was goes first: two would not find room beside each other
        as_of_ = {};
        store_ = {};
    }
    TieStore store;
    Moment moment;
    database.read([&](Transaction& transaction) {
        moment = moment_of(transaction);
        transaction.scan(select_ties, [&](const storage::Row& row) { store.add(read_filed(row)); });
    });
    const std::unique_lock lock(mutex_);
    as_of_ = moment;
    store_ = std::move(store);
}

void Memory::keep_up(storage::Database& database)
{
    bool is_lost = false;
    database.read([&](Transaction& transaction) {
        const auto moment = moment_of(transaction);
        const auto from = standing();
        is_lost =
            from.epoch == unknown || from.server_run != moment.server_run ||
            (from.epoch < moment.epoch && !catch_up(transaction, from, moment, most_for_a_job) && standing() == from);
    });
    if (is_lost) load(database);
}

/// Each snapshot asks once: a thread is in one at a time, and no two have the same number. A transaction that may write
/// has none and asks each time, for it may have changed a tie itself since.
Memory::Moment Memory::moment_of(Transaction& transaction)
{
    static thread_local std::uint64_t snapshot = 0;
    static thread_local Moment seen;
    if (snapshot == transaction.snapshot() && snapshot != 0) return seen;
    const auto rows = transaction.query("select epoch from ties_clock");
    seen = {.epoch = rows.at(0).integer(0), .server_run = transaction.server_run()};
    snapshot = transaction.snapshot();
    return seen;
}

Memory::Moment Memory::standing() const
{
    const std::shared_lock lock(mutex_);
    return as_of_;
}

/// Brings the memory to the moment that the transaction sees, if that is near enough ahead. It may have gone on when
/// this returns, so whoever looks into it compares once more. Nothing is taken in that may be rolled back yet.
bool Memory::is_at(Transaction& transaction, const Moment& moment)
{
    const auto from = standing();
    if (from == moment) return true;
    if (transaction.snapshot() == 0) return false;
    if (from.epoch == unknown || from.server_run != moment.server_run || from.epoch > moment.epoch) return false;
    return catch_up(transaction, from, moment, most_for_a_request);
}

/// The database is asked before the lock is taken. Somebody else may have caught up meanwhile, as far or further.
bool Memory::catch_up(Transaction& transaction, const Moment& from, const Moment& to, std::size_t most)
{
    const auto changed = changed_since(transaction, from.epoch, most);
    if (!changed) return false;
    const std::unique_lock lock(mutex_);
    if (as_of_ != from) return as_of_ == to;
    as_of_.epoch = unknown; // until all is done: an exception must not leave half of it behind
    for (const auto& [child, ties] : *changed) store_.replace(child, ties);
    as_of_ = to;
    return true;
}

// Answering.

/// False: the database is to be asked.
template <class Work>
bool Memory::answer(Transaction& transaction, Work work)
{
    const auto moment = moment_of(transaction);
    if (is_at(transaction, moment)) {
        const std::shared_lock lock(mutex_);
        if (as_of_ == moment && work(store_)) {
            from_memory_.fetch_add(1, std::memory_order_relaxed);
            return true;
        }
    }
    from_database_.fetch_add(1, std::memory_order_relaxed);
    return false;
}

std::vector<Tie> Memory::find(Transaction& transaction, ChildId child, WorkerId worker)
{
    std::vector<Tie> found;
    const bool is_found =
        answer(transaction, [&](const TieStore& store) { return store.collect(child, worker, found); });
    if (!is_found) return ties_for(transaction, child, worker);
    put_in_order(found);
    return found;
}

Known Memory::find(Transaction& transaction, std::span<const ChildId> children, WorkerId worker)
{
    Known found;
    const bool is_found = answer(transaction, [&](const TieStore& store) {
        return std::ranges::all_of(children, [&](ChildId child) {
            const auto [at, is_new] = found.try_emplace(child);
            return !is_new || store.collect(child, worker, at->second);
        });
    });
    if (!is_found) return ties_for(transaction, children, worker);
    for (auto& ties : std::views::values(found)) put_in_order(ties);
    return found;
}

Memory::Size Memory::size() const
{
    const std::shared_lock lock(mutex_);
    return {store_.tie_count(), store_.bytes()};
}

} // namespace reachable::ties
