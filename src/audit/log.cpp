#include "audit/log.h"

#include "audit/checkpoint.h"
#include "audit/checkpoint_file.h"
#include "audit/store.h"

#include <map>
#include <mutex>
#include <utility>

namespace reachable::audit {
namespace {

using storage::Transaction;

/// What the log remembers of the database, so that an append asks it nothing.
struct Tree {
    Edge edge;
    OpenTiles tiles;
    std::string checkpoint; // the newest one; empty before the first
};

tl::unexpected<Problems> does_not_fit(std::string_view what)
{
    return refuse(ProblemKind::conflict,
                  "The audit log does not fit its own " + std::string(what) + ": run the verifier before going on");
}

/// The hashes that are in no full tile yet: of the newest entries, then of the newest tiles of each level.
Result<OpenTiles> load_open_tiles(Transaction& transaction, std::uint64_t size)
{
    OpenTiles tiles;
    auto count = size;
    for (unsigned level = 0; level < tile_levels && count > 0; ++level, count /= tile_size) {
        const auto first = count - count % tile_size;
        auto hashes = level == 0 ? leaf_hashes(transaction, first, tile_size)
                                 : tile_roots(transaction, level - 1, first, tile_size);
        if (hashes.size() != count % tile_size) return does_not_fit("tiles");
        tiles.restore(level, count / tile_size, std::move(hashes));
    }
    return tiles;
}

Result<Tree> load_tree(Transaction& transaction)
{
    Tree tree;
    tree.edge = TRY(load_edge(transaction));
    if (count_entries(transaction) != tree.edge.size()) return does_not_fit("edge");
    tree.checkpoint = newest_checkpoint(transaction);
    if (tree.edge.size() == 0 && tree.checkpoint.empty()) return tree;
    const auto note = TRY(parse_checkpoint(tree.checkpoint));
    if (note.checkpoint.size != tree.edge.size() || note.checkpoint.root != tree.edge.root())
        return does_not_fit("newest checkpoint");
    tree.tiles = TRY(load_open_tiles(transaction, tree.edge.size()));
    return tree;
}

/// Everything but `checkpoint` is run by whoever writes, one at a time.
class DurableLog final : public Log {
  public:
    DurableLog(std::string origin, SigningKey key, CheckpointFile file, Tree tree)
        : origin_(std::move(origin)), key_(key), file_(std::move(file)), tree_(std::move(tree)),
          durable_checkpoint_(tree_.checkpoint)
    {
    }

    std::uint64_t append(Transaction& transaction, Entry entry) override;
    std::string checkpoint() const override
    {
        const std::lock_guard lock(mutex_);
        return durable_checkpoint_;
    }

    void before_commit(Transaction& transaction);
    void after_commit();
    /// Nobody knows what is in the database now, so the tree is read again before the next entry.
    void after_rollback()
    {
        if (has_appended_) is_tree_known_ = false;
        has_appended_ = false;
        noted_.clear();
    }

  private:
    void read_tree_again(Transaction& transaction);
    void note_children(Transaction& transaction, const Entry& entry);

    const std::string origin_;
    const SigningKey key_;
    CheckpointFile file_;
    Tree tree_;
    UtcTime newest_at_{};
    bool has_appended_ = false; // since the last commit or rollback
    bool is_tree_known_ = true;
    std::uint64_t tile_ = 0; // of the newest entry
    // The tile that a child was noted for last, as far as that is known: `tile_` or the one before.
    std::map<std::pair<ChildId, AgencyId>, std::uint64_t> noted_;
    mutable std::mutex mutex_;
    std::string durable_checkpoint_; // guarded by mutex_
};

void DurableLog::read_tree_again(Transaction& transaction)
{
    auto tree = load_tree(transaction);
    if (!tree) throw storage::StorageFailure(sentences(tree.error()));
    tree_ = std::move(*tree);
    is_tree_known_ = true;
}

/// Most looks are at children who were looked at a moment ago, and those are noted already. A note holds for the next
/// tile too; there a child is noted again from a place on that is its own, so that the first look at a page of many
/// children does not have to note them all.
void DurableLog::note_children(Transaction& transaction, const Entry& entry)
{
    const auto tile = entry.sequence / tile_size;
    if (tile != std::exchange(tile_, tile))
        std::erase_if(noted_, [&](const auto& one) { return one.second + 1 < tile; });
    for_each_looked_at(entry, [&](ChildId child, AgencyId agency) {
        const auto [noted, is_new] = noted_.try_emplace({child, agency}, tile);
        const bool still_holds = noted->second == tile || entry.sequence % tile_size < child.bytes.back();
        if (!is_new && still_holds) return;
        noted->second = tile;
        store_child(transaction, tile, child, agency);
    });
}

std::uint64_t DurableLog::append(Transaction& transaction, Entry entry)
{
    if (!is_tree_known_) read_tree_again(transaction);
    entry.sequence = tree_.edge.size();
    const auto bytes = canonical(entry);
    has_appended_ = true;
    store_entry(transaction, entry, bytes);
    note_children(transaction, entry);
    const Hash leaf = leaf_hash(as_bytes(bytes));
    tree_.edge.add(leaf);
    tree_.tiles.add(leaf, tree_.edge, [&](const Tile& tile) { store_tile(transaction, tile); });
    newest_at_ = entry.at;
    return entry.sequence;
}

void DurableLog::before_commit(Transaction& transaction)
{
    if (!has_appended_) return;
    file_.catch_up();
    const Checkpoint next{.origin = origin_,
                          .size = tree_.edge.size(),
                          .root = tree_.edge.root(),
                          .at = newest_at_,
                          .previous = hash_of_checkpoint(tree_.checkpoint)};
    tree_.checkpoint = sign_checkpoint(next, key_);
    store_checkpoint(transaction, next.size, next.at, tree_.checkpoint);
    store_edge(transaction, tree_.edge);
}

void DurableLog::after_commit()
{
    if (!has_appended_) return;
    has_appended_ = false;
    {
        const std::lock_guard lock(mutex_);
        durable_checkpoint_ = tree_.checkpoint;
    }
    file_.add(tree_.checkpoint);
}

/// A log is continued only under the name and the key it was begun with.
Result<> check_signer(const std::string& checkpoint, const std::string& origin, const SigningKey& key)
{
    if (checkpoint.empty()) return {};
    const auto note = TRY(parse_checkpoint(checkpoint));
    if (note.checkpoint.origin != origin)
        return refuse(ProblemKind::conflict, "The audit log in this database has another name");
    if (!is_signed_by(key.open, note))
        return refuse(ProblemKind::conflict, "The audit log in this database was signed with another key");
    return {};
}

/// Compares the file with the database, and brings the file up to date after a stop between the commit and the file.
Result<> reconcile(CheckpointFile& file, const std::string& checkpoint)
{
    if (file.newest() == checkpoint) return {};
    const std::uint64_t kept = file.newest().empty() ? 0 : TRY(parse_checkpoint(file.newest())).checkpoint.size;
    const std::uint64_t held = checkpoint.empty() ? 0 : TRY(parse_checkpoint(checkpoint)).checkpoint.size;
    if (kept >= held)
        return refuse(ProblemKind::conflict, "The checkpoint file knows of " + std::to_string(kept) +
                                                 " audit entries, but the database has " + std::to_string(held) +
                                                 " or others: it was cut short, replaced or restored");
    file.add(checkpoint);
    file.catch_up();
    return {};
}

} // namespace

Result<std::unique_ptr<Log>> Log::open(storage::Database& database, std::string origin, SigningKey key,
                                       std::string checkpoint_file)
{
    if (!is_origin(origin))
        return refuse(ProblemKind::malformed, "Name the audit log with letters, digits and signs, without spaces");
    for (bool may_be_more = true; may_be_more;)
        database.write([&](Transaction& transaction) { may_be_more = name_agencies(transaction); });
    Result<Tree> tree;
    database.read([&](Transaction& transaction) { tree = load_tree(transaction); });
    if (!tree) return refuse(std::move(tree.error()));
    TRY(check_signer(tree->checkpoint, origin, key));
    auto file = TRY(CheckpointFile::open(std::move(checkpoint_file), origin));
    if (!file.newest().empty() || !tree->checkpoint.empty()) TRY(reconcile(file, tree->checkpoint));
    auto log = std::make_unique<DurableLog>(std::move(origin), key, std::move(file), std::move(*tree));
    auto* hooked = log.get();
    database.set_commit_hooks([hooked](Transaction& transaction) { hooked->before_commit(transaction); },
                              [hooked] { hooked->after_commit(); }, [hooked] { hooked->after_rollback(); });
    return std::unique_ptr<Log>(std::move(log));
}

} // namespace reachable::audit
