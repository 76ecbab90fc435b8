// Hashes of the tree in tiles of 256, written once when they are full, so that a proof reads a few rows rather than
// the whole log. Level 0 holds leaf hashes; each tile of level n gives one hash, its root, to level n + 1.
#pragma once

#include "audit/tree.h"

namespace reachable::audit {

constexpr std::size_t tile_size = 256;
constexpr unsigned tile_height = 8; // 2^8 hashes
constexpr unsigned tile_levels = 8; // 8 * 8 bits: every 64-bit sequence number

/// A full tile: its place, its 256 hashes and the root over them.
struct Tile {
    unsigned level = 0;
    std::uint64_t number = 0;
    Hash root{};
    std::span<const Hash> hashes; // of the caller, valid during the call only
};
using TileReader = std::function<void(const Tile&)>;

/// The tiles that are not full yet, one for each level.
class OpenTiles {
  public:
    /// Adds one leaf, which `edge` has as its newest, so that no root is worked out twice; `when_full` is told of each
    /// tile that this fills.
    void add(const Hash& leaf, const Edge& edge, const TileReader& when_full) { add_at(0, leaf, edge, when_full); }
    /// Takes back hashes that were written down: those of `level` beyond its last full tile `full_count - 1`.
    void restore(unsigned level, std::uint64_t full_count, std::vector<Hash> hashes);

  private:
    struct OpenTile {
        std::uint64_t number = 0;
        std::vector<Hash> hashes;
    };
    void add_at(unsigned level, const Hash& hash, const Edge& edge, const TileReader& when_full);
    std::array<OpenTile, tile_levels> levels_;
};

/// The root over a power of two of hashes that stand side by side.
Hash root_over(std::span<const Hash> hashes);

Bytes joined(std::span<const Hash> hashes);
/// Refuses bytes that are not a whole number of hashes.
Result<std::vector<Hash>> hashes_from(std::span<const std::uint8_t> bytes);

} // namespace reachable::audit
