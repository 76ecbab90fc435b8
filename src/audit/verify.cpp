// The check of a log where it lies: besides what checker.h judges, the columns, tiles and edge that were derived
// from the entries must say the same as the entries.
#include "audit/verify.h"

#include "audit/checker.h"
#include "audit/store.h"

#include <algorithm>
#include <vector>

namespace reachable::audit {
namespace {

using storage::Transaction;

/// A child, and an agency whose entry is about the child.
using LookedAt = std::pair<ChildId, AgencyId>;

bool are_equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

template <class AnyId>
AnyId id_in(const Bytes& bytes)
{
    AnyId id;
    std::ranges::copy(bytes, id.bytes.begin());
    return id;
}

/// Who is noted for a tile. A note without an agency stands for all.
struct Notes {
    std::vector<LookedAt> exact; // in order
    std::vector<ChildId> of_any;
    bool are_readable = true;

    explicit Notes(const std::vector<NotedChild>& noted);
    bool cover(const LookedAt& one) const
    {
        return std::ranges::binary_search(exact, one) || std::ranges::find(of_any, one.first) != of_any.end();
    }
};

Notes::Notes(const std::vector<NotedChild>& noted)
{
    for (const auto& [child, agency] : noted) {
        const bool has_agency = !agency.empty();
        if (child.size() != sizeof(ChildId::bytes) || (has_agency && agency.size() != sizeof(AgencyId::bytes)))
            are_readable = false;
        else if (has_agency)
            exact.emplace_back(id_in<ChildId>(child), id_in<AgencyId>(agency));
        else
            of_any.push_back(id_in<ChildId>(child));
    }
    std::ranges::sort(exact);
}

/// True if everybody whom the entries of a tile are about, put in order here, is noted for it or the tile before, and
/// nobody else is noted for it.
bool are_noted(std::vector<LookedAt>& looked_at, const Notes& notes, const Notes& before)
{
    std::ranges::sort(looked_at);
    const auto again = std::ranges::unique(looked_at);
    looked_at.erase(again.begin(), again.end());
    const auto is_looked_at = [&](ChildId child) {
        return std::ranges::find(looked_at, child, &LookedAt::first) != looked_at.end();
    };
    return notes.are_readable && std::ranges::includes(looked_at, notes.exact) &&
           std::ranges::all_of(notes.of_any, is_looked_at) &&
           std::ranges::all_of(looked_at, [&](const auto& one) { return notes.cover(one) || before.cover(one); });
}

class DatabaseCheck final : public LogReader {
  public:
    DatabaseCheck(Transaction& transaction, std::span<const std::uint8_t> open_key, std::string_view kept_checkpoints)
        : transaction_(transaction), checker_(open_key, kept_checkpoints, [this](const Tile& tile) { check(tile); })
    {
    }

    void take(const StoredEntry& stored) override;
    void take(const StoredCheckpoint& stored) override;
    void check_edge();
    void check_tile_count();
    /// The children that were noted for the tile that ends here, full or not, and that none are noted beyond.
    void check_last_children();
    Checker& checker() { return checker_; }

  private:
    void check(const Tile& tile);
    void check_children();
    Transaction& transaction_;
    Checker checker_;
    std::uint64_t tile_count_ = 0;
    std::uint64_t noted_count_ = 0;   // in all tiles
    std::vector<LookedAt> looked_at_; // of the entries of the tile that is being read
    Notes notes_before_{{}};          // of the tile before it
};

void DatabaseCheck::take(const StoredEntry& stored)
{
    checker_.take_entry(stored.bytes);
    const auto* entry = checker_.newest_entry();
    if (entry == nullptr) return;
    const auto child = only_child(*entry);
    const bool has_same_child = stored.child ? child && are_equal(*stored.child, child->bytes) : !child;
    const bool has_same_place = stored.sequence >= 0 && static_cast<std::uint64_t>(stored.sequence) == entry->sequence;
    if (!has_same_child || !has_same_place || stored.at != to_seconds(entry->at))
        checker_.fault("Entry " + std::to_string(entry->sequence) + " is filed under another number, child or time.");
    for_each_looked_at(*entry, [&](ChildId whose, AgencyId agency) { looked_at_.emplace_back(whose, agency); });
    if (checker_.entry_count() % tile_size == 0) check_children();
}

/// Whoever takes the last note of a look away hides it from the account of the child.
void DatabaseCheck::check_children()
{
    const auto tile = (checker_.entry_count() - 1) / tile_size;
    const auto noted = children_of_tile(transaction_, tile);
    noted_count_ += noted.size();
    Notes notes(noted);
    if (!are_noted(looked_at_, notes, notes_before_))
        checker_.fault("Entries from " + std::to_string(tile * tile_size) +
                       " on are not found under the children that they are about.");
    looked_at_.clear();
    notes_before_ = std::move(notes);
}

void DatabaseCheck::check_last_children()
{
    const auto count = checker_.entry_count();
    if (count % tile_size != 0) check_children();
    if (count_noted_children(transaction_) != noted_count_)
        checker_.fault("Children are noted for entries that are not there.");
}

void DatabaseCheck::take(const StoredCheckpoint& stored)
{
    checker_.take_checkpoint(stored.text);
    const auto& note = checker_.newest_checkpoint();
    if (!note) return;
    const bool has_same_size = stored.size > 0 && static_cast<std::uint64_t>(stored.size) == note->checkpoint.size;
    if (!has_same_size || stored.at != to_seconds(note->checkpoint.at))
        checker_.fault("The checkpoint of " + std::to_string(note->checkpoint.size) +
                       " entries is filed under another size or time.");
}

void DatabaseCheck::check(const Tile& tile)
{
    ++tile_count_;
    const auto name = "Tile " + std::to_string(tile.number) + " of level " + std::to_string(tile.level);
    const auto stored = find_tile(transaction_, tile.level, tile.number);
    if (!stored) return checker_.fault(name + " is missing.");
    if (!are_equal(stored->root, tile.root)) checker_.fault(name + " bears another root than its entries have.");
    const auto hashes = hashes_from(stored->hashes);
    if (!hashes || hashes->size() != tile.hashes.size()) return checker_.fault(name + " does not hold 256 hashes.");
    const auto [differs, ignored] = std::mismatch(hashes->begin(), hashes->end(), tile.hashes.begin());
    if (differs == hashes->end()) return;
    const auto place = tile.number * tile_size + static_cast<std::uint64_t>(differs - hashes->begin());
    if (tile.level == 0)
        checker_.fault("Entry " + std::to_string(place) + " is not the entry that its tile was made from.");
    else
        checker_.fault(name + " does not hold the root of the tile " + std::to_string(place) + " below it.");
}

void DatabaseCheck::check_edge()
{
    const auto edge = load_edge(transaction_);
    if (!edge || edge->size() != checker_.entry_count() || edge->bytes() != checker_.edge().bytes())
        checker_.fault("The stored edge of the tree is not that of the entries.");
}

void DatabaseCheck::check_tile_count()
{
    if (count_tiles(transaction_) > tile_count_) checker_.fault("There are tiles for entries that are not there.");
}

} // namespace

Verification verify_in(Transaction& transaction, std::span<const std::uint8_t> open_key,
                       std::string_view kept_checkpoints)
{
    DatabaseCheck check(transaction, open_key, kept_checkpoints);
    read_log(transaction, check);
    check.check_edge();
    check.check_tile_count();
    check.check_last_children();
    return check.checker().finish();
}

Verification verify(storage::Database& database, std::span<const std::uint8_t> open_key,
                    std::string_view kept_checkpoints)
{
    Verification verification;
    // What cannot be read at all is a fault of the log like any other, so this is one of the few places that catch.
    const auto unreadable = [&](const std::exception& failure) {
        verification.is_whole = false;
        verification.faults.push_back(std::string("The log cannot be read to its end: ") + failure.what());
    };
    try {
        database.read(
            [&](Transaction& transaction) { verification = verify_in(transaction, open_key, kept_checkpoints); });
    } catch (const storage::StorageFailure& failure) {
        unreadable(failure);
    } catch (const Bug& failure) {
        unreadable(failure);
    }
    return verification;
}

} // namespace reachable::audit
