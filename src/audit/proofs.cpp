#include "audit/proofs.h"

#include "audit/store.h"

#include <map>

namespace reachable::audit {
namespace {

using storage::Transaction;

/// Nodes of the tree out of tiles, each tile read once. What is in no full tile yet comes from the entries, and from
/// the roots of the tiles below.
class TileNodes {
  public:
    explicit TileNodes(Transaction& transaction) : transaction_(transaction) {}

    Hash operator()(unsigned level, std::uint64_t number)
    {
        const auto height = level % tile_height;
        const auto first = number << height;
        const auto& hashes = tile(level / tile_height, first / tile_size);
        const auto place = static_cast<std::size_t>(first % tile_size);
        const auto count = std::size_t{1} << height;
        if (place + count > hashes.size()) throw storage::StorageFailure("A part of the audit log's tree is missing");
        return root_over(std::span(hashes).subspan(place, count));
    }

  private:
    const std::vector<Hash>& tile(unsigned level, std::uint64_t number)
    {
        const auto found = tiles_.find({level, number});
        if (found != tiles_.end()) return found->second;
        return tiles_.emplace(std::pair(level, number), load(level, number)).first->second;
    }

    std::vector<Hash> load(unsigned level, std::uint64_t number)
    {
        if (const auto stored = find_tile(transaction_, level, number)) {
            auto hashes = hashes_from(stored->hashes);
            if (!hashes) throw storage::StorageFailure("A tile of the audit log is damaged");
            return std::move(*hashes);
        }
        const auto first = number * tile_size;
        return level == 0 ? leaf_hashes(transaction_, first, tile_size)
                          : tile_roots(transaction_, level - 1, first, tile_size);
    }

    Transaction& transaction_;
    std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> tiles_;
};

Result<> check_size(Transaction& transaction, std::uint64_t size)
{
    const auto edge = TRY(load_edge(transaction));
    if (size > edge.size()) return refuse(ProblemKind::not_found, "The audit log does not have so many entries");
    return {};
}

} // namespace

Result<std::vector<Hash>> prove_inclusion(Transaction& transaction, std::uint64_t sequence, std::uint64_t size)
{
    TRY(check_size(transaction, size));
    if (sequence >= size) return refuse(ProblemKind::not_found, "The entry is not among those entries");
    TileNodes nodes(transaction);
    return inclusion_proof(sequence, size, std::ref(nodes));
}

Result<std::vector<Hash>> prove_consistency(Transaction& transaction, std::uint64_t old_size, std::uint64_t size)
{
    TRY(check_size(transaction, size));
    if (old_size == 0 || old_size > size)
        return refuse(ProblemKind::malformed, "Give the smaller number of entries first, and at least 1");
    TileNodes nodes(transaction);
    return consistency_proof(old_size, size, std::ref(nodes));
}

Result<Hash> root_at(Transaction& transaction, std::uint64_t size)
{
    TRY(check_size(transaction, size));
    TileNodes nodes(transaction);
    return root_of(size, std::ref(nodes));
}

} // namespace reachable::audit
