// The hash tree of RFC 6962 (SHA-256): one root stands for every entry and their order.
// Pure arithmetic over hashes; where they are kept is the business of log.cpp and proofs.cpp.
#pragma once

#include "base/crypto.h"

#include <functional>
#include <span>
#include <vector>

namespace reachable::audit {

/// H(0x00 || entry)
Hash leaf_hash(std::span<const std::uint8_t> entry);
/// H(0x01 || left || right)
Hash node_hash(const Hash& left, const Hash& right);

/// The right edge of a growing tree: the roots of its full subtrees, at most 64. Enough to add leaves and to give the
/// root, without any of the entries.
class Edge {
  public:
    /// An edge that was written down: as many hashes as `size` has bits set, largest subtree first. Refuses another
    /// count.
    static Result<Edge> from(std::uint64_t size, std::span<const std::uint8_t> hashes);

    void add(const Hash& leaf);
    std::uint64_t size() const { return size_; }
    /// The root of the whole tree; of an empty one, the hash of nothing.
    Hash root() const;
    /// The root of the newest 2^level leaves. Known from the leaf that made `size` a multiple of 2^level to the next
    /// such.
    const Hash& newest_root(unsigned level) const { return newest_[level]; }
    /// The subtree roots one after another, largest first: what `from` reads.
    Bytes bytes() const;

  private:
    std::uint64_t size_ = 0;
    std::array<Hash, 64> roots_{};  // by level; one counts where that bit of size_ is set
    std::array<Hash, 64> newest_{}; // by level, on either side
};

/// Gives the root of the full subtree of 2^level leaves whose first leaf is number * 2^level.
using NodeReader = std::function<Hash(unsigned level, std::uint64_t number)>;

/// The root over the first `size` leaves.
Hash root_of(std::uint64_t size, const NodeReader& node);

/// The hashes that lead from leaf `sequence` up to the root over `size` leaves. `sequence` must be below `size`.
std::vector<Hash> inclusion_proof(std::uint64_t sequence, std::uint64_t size, const NodeReader& node);
/// The hashes that show that the tree of `old_size` leaves is the beginning of that of `size`.
/// `old_size` must lie between 1 and `size`.
std::vector<Hash> consistency_proof(std::uint64_t old_size, std::uint64_t size, const NodeReader& node);

/// True only if `leaf` stands at `sequence` in the tree of `size` leaves with that root.
bool proves_inclusion(std::span<const Hash> proof, const Hash& leaf, std::uint64_t sequence, std::uint64_t size,
                      const Hash& root);
/// True only if the tree with `root` begins with the whole tree with `old_root`. Nothing is consistent with no leaves.
bool proves_consistency(std::span<const Hash> proof, std::uint64_t old_size, const Hash& old_root, std::uint64_t size,
                        const Hash& root);

} // namespace reachable::audit
