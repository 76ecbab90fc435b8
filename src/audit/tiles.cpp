#include "audit/tiles.h"

#include <algorithm>
#include <bit>

namespace reachable::audit {

void OpenTiles::add_at(unsigned level, const Hash& hash, const Edge& edge, const TileReader& when_full)
{
    if (level >= tile_levels) return;
    auto& open = levels_[level];
    open.hashes.push_back(hash);
    if (open.hashes.size() < tile_size) return;
    const auto height = tile_height * (level + 1);
    CHECK(edge.size() == (open.number + 1) << height, "the tiles and the edge are of two trees");
    const Tile tile{level, open.number, edge.newest_root(height), open.hashes};
    when_full(tile);
    add_at(level + 1, tile.root, edge, when_full);
    open.hashes.clear();
    ++open.number;
}

void OpenTiles::restore(unsigned level, std::uint64_t full_count, std::vector<Hash> hashes)
{
    CHECK(level < tile_levels && hashes.size() < tile_size, "an open tile holds at most 255 hashes");
    levels_[level] = {full_count, std::move(hashes)};
}

Hash root_over(std::span<const Hash> hashes)
{
    CHECK(std::has_single_bit(hashes.size()) && hashes.size() <= tile_size, "a tile is a power of two of hashes");
    std::array<Hash, tile_size> row;
    std::copy(hashes.begin(), hashes.end(), row.begin());
    for (auto count = hashes.size(); count > 1; count /= 2)
        for (std::size_t i = 0; i < count / 2; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
    return row[0];
}

Bytes joined(std::span<const Hash> hashes)
{
    Bytes bytes;
    bytes.reserve(hashes.size() * sizeof(Hash));
    for (const Hash& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
    return bytes;
}

Result<std::vector<Hash>> hashes_from(std::span<const std::uint8_t> bytes)
{
    if (bytes.size() % sizeof(Hash) != 0) return refuse(ProblemKind::malformed, "A tile holds whole hashes only");
    std::vector<Hash> hashes(bytes.size() / sizeof(Hash));
    for (std::size_t i = 0; i < hashes.size(); ++i)
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Hash)), sizeof(Hash), hashes[i].begin());
    return hashes;
}

} // namespace reachable::audit
