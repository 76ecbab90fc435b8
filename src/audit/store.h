// The rows of the log: how entries, tiles, the tree's edge and checkpoints lie in the database.
// Rows of entries, tiles and checkpoints are only ever added.
#pragma once

#include "audit/log.h"
#include "audit/tiles.h"

namespace reachable::audit {

void store_entry(storage::Transaction& transaction, const Entry& entry, std::string_view canonical_bytes);
/// Notes that among the entries of a tile of level 0, full or not, one is about this child and of this agency, or on
/// behalf of it. Once is enough, and for the entries of the next tile too: whoever looks for a child reads both.
void store_child(storage::Transaction& transaction, std::uint64_t tile, ChildId child, AgencyId agency);
void store_tile(storage::Transaction& transaction, const Tile& tile);
void store_checkpoint(storage::Transaction& transaction, std::uint64_t size, UtcTime at, const std::string& text);
void store_edge(storage::Transaction& transaction, const Edge& edge);

/// The edge as it was stored; an empty one if nothing was. Refuses an edge that does not fit its size.
Result<Edge> load_edge(storage::Transaction& transaction);
/// The text of the newest checkpoint; empty if there is none.
std::string newest_checkpoint(storage::Transaction& transaction);
/// The number that the next entry would have, going by the entries themselves.
std::uint64_t count_entries(storage::Transaction& transaction);

/// How many entries had been written by that moment. Times go up with the numbers, but for seconds in which requests
/// cross.
std::uint64_t entries_by(storage::Transaction& transaction, UtcTime at);

/// Hashes of the entries from `first` on, at most `most`.
std::vector<Hash> leaf_hashes(storage::Transaction& transaction, std::uint64_t first, std::size_t most);
/// Roots of the full tiles of a level from `first` on, at most `most`.
std::vector<Hash> tile_roots(storage::Transaction& transaction, unsigned level, std::uint64_t first, std::size_t most);

/// A full tile as it was stored, not yet believed.
struct StoredTile {
    Bytes root;
    Bytes hashes;
};
std::optional<StoredTile> find_tile(storage::Transaction& transaction, unsigned level, std::uint64_t number);
std::uint64_t count_tiles(storage::Transaction& transaction);
/// Names the agencies in notes that were made before notes named any, in some tiles. False when all are named.
bool name_agencies(storage::Transaction& transaction);
/// A child and an agency. What was noted before agencies were has no bytes there: it stands for any, until it is named.
using NotedChild = std::pair<Bytes, Bytes>;
/// What is noted for a tile, in no order, and how much is noted in all.
std::vector<NotedChild> children_of_tile(storage::Transaction& transaction, std::uint64_t tile);
std::uint64_t count_noted_children(storage::Transaction& transaction);

/// Whoever wants the whole log in order: each entry, and each checkpoint after the entries that it counts.
class LogReader {
  public:
    struct StoredEntry {
        std::int64_t sequence = 0;
        const Bytes* child = nullptr; // null: none
        std::int64_t at = 0;
        const Bytes& bytes;
    };
    struct StoredCheckpoint {
        std::int64_t size = 0;
        std::int64_t at = 0;
        const std::string& text;
    };
    virtual ~LogReader() = default;
    virtual void take(const StoredEntry& entry) = 0;
    virtual void take(const StoredCheckpoint& checkpoint) = 0;
};
/// Reads page by page: the log need not fit into memory.
void read_log(storage::Transaction& transaction, LogReader& reader);

} // namespace reachable::audit
