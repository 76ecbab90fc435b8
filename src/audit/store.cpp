#include "audit/store.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::audit {

using storage::Row;
using storage::Rows;
using storage::Transaction;

namespace {

constexpr std::int64_t page_size = 1000;

constexpr storage::Migration steps[] = {
    {.room = "audit", .number = 1, .title = "The log, its tiles, its edge and its checkpoints", .sql = R"(
create table audit_entries (
    sequence bigint primary key,
    child bytea,
    at bigint not null,
    entry bytea not null
);
create index audit_entries_of_child on audit_entries (child, sequence);
create table audit_tiles (
    level bigint not null,
    number bigint not null,
    root bytea not null,
    hashes bytea not null,
    primary key (level, number)
);
create table audit_edge (
    id bigint primary key,
    size bigint not null,
    hashes bytea not null
);
create table audit_checkpoints (
    size bigint primary key,
    at bigint not null,
    text text not null
);
)"},
    {.room = "audit", .number = 2, .title = "Children are found by tile, so that looking again adds nothing", .sql = R"(
create table audit_children (
    tile bigint not null,
    child bytea not null,
    primary key (tile, child)
);
insert into audit_children (tile, child) select distinct sequence / 256, child from audit_entries where child is not null;
create index audit_children_by_child on audit_children (child, tile);
drop index audit_entries_of_child;
)"},
    {.room = "audit",
     .number = 3,
     .title = "Children are found by whose looks they were, so that a reader's page hangs on nobody else's",
     .sql = R"(
create table audit_looked_at (
    tile bigint not null,
    child bytea not null,
    agency bytea not null,
    primary key (tile, child, agency)
);
insert into audit_looked_at (tile, child, agency) select tile, child, substr(child, 1, 0) from audit_children;
create index audit_looked_at_by_child on audit_looked_at (child, agency, tile);
drop index audit_children_by_child;
drop table audit_children;
)"}};

std::int64_t number_of(std::uint64_t count)
{
    CHECK(count <= static_cast<std::uint64_t>(INT64_MAX), "a count is too large for the database");
    return static_cast<std::int64_t>(count);
}

Bytes bytes_of(std::span<const std::uint8_t> bytes)
{
    return {bytes.begin(), bytes.end()};
}

/// Reads a table in pages; `first_key` is where the next page begins.
class Pages {
  public:
    Pages(Transaction& transaction, std::string_view sql) : transaction_(transaction), sql_(sql) {}

    /// The next row, or null when there are no more. Its first column is the key.
    const Row* next()
    {
        if (next_ == rows_.size() && !is_last_) read_page();
        return next_ == rows_.size() ? nullptr : &rows_[next_++];
    }

  private:
    void read_page()
    {
        transaction_.query_page(sql_, {first_key_, page_size}, rows_);
        next_ = 0;
        is_last_ = rows_.size() < page_size || rows_.back().integer(0) == INT64_MAX;
        if (!is_last_) first_key_ = rows_.back().integer(0) + 1;
    }

    Transaction& transaction_;
    std::string_view sql_;
    Rows rows_;
    std::size_t next_ = 0;
    bool is_last_ = false;
    std::int64_t first_key_ = INT64_MIN;
};

LogReader::StoredEntry entry_in(const Row& row)
{
    return {.sequence = row.integer(0),
            .child = row.is_null(1) ? nullptr : &row.bytes(1),
            .at = row.integer(2),
            .bytes = row.bytes(3)};
}

} // namespace

std::span<const storage::Migration> migrations()
{
    return steps;
}

void store_entry(Transaction& transaction, const Entry& entry, std::string_view canonical_bytes)
{
    storage::Value child;
    if (const auto only = only_child(entry)) child = bytes_of(only->bytes);
    transaction.execute(
        "insert into audit_entries (sequence, child, at, entry) values ($1, $2, $3, $4)",
        {number_of(entry.sequence), std::move(child), to_seconds(entry.at), bytes_of(as_bytes(canonical_bytes))});
}

void store_child(Transaction& transaction, std::uint64_t tile, ChildId child, AgencyId agency)
{
    transaction.execute("insert into audit_looked_at (tile, child, agency) values ($1, $2, $3) on conflict do nothing",
                        {number_of(tile), bytes_of(child.bytes), bytes_of(agency.bytes)});
}

bool name_agencies(Transaction& transaction)
{
    constexpr std::int64_t most_at_once = 500;
    // The lowest tile comes last, so that where it names agencies all others do.
    const auto first = transaction.query("select tile from audit_looked_at order by tile limit 1");
    if (first.empty()) return false;
    const auto is_unnamed = "select distinct tile from audit_looked_at where tile {} $1 and length(agency) = 0"
                            " order by tile desc limit $2";
    if (transaction.query(fmt::format(fmt::runtime(is_unnamed), "="), {first[0].integer(0), most_at_once}).empty())
        return false;
    for (const Row& tile :
         transaction.query(fmt::format(fmt::runtime(is_unnamed), ">="), {first[0].integer(0), most_at_once})) {
        const auto number = tile.integer(0);
        const auto begin = number * std::int64_t{tile_size};
        for (const Row& row :
             transaction.query("select entry from audit_entries where sequence >= $1 and sequence < $2",
                               {begin, begin + std::int64_t{tile_size}})) {
            const auto entry = parse_entry(as_text(row.bytes(0)));
            if (!entry) continue; // damaged: the verifier says so
            for_each_looked_at(*entry, [&](ChildId child, AgencyId agency) {
                store_child(transaction, static_cast<std::uint64_t>(number), child, agency);
            });
        }
        transaction.execute("delete from audit_looked_at where tile = $1 and length(agency) = 0", {number});
    }
    return true;
}

std::vector<NotedChild> children_of_tile(Transaction& transaction, std::uint64_t tile)
{
    std::vector<NotedChild> children;
    for (const Row& row :
         transaction.query("select child, agency from audit_looked_at where tile = $1", {number_of(tile)}))
        children.emplace_back(row.bytes(0), row.bytes(1));
    return children;
}

std::uint64_t count_noted_children(Transaction& transaction)
{
    return static_cast<std::uint64_t>(transaction.query("select count(*) from audit_looked_at")[0].integer(0));
}

void store_tile(Transaction& transaction, const Tile& tile)
{
    transaction.execute("insert into audit_tiles (level, number, root, hashes) values ($1, $2, $3, $4)",
                        {std::int64_t{tile.level}, number_of(tile.number), bytes_of(tile.root), joined(tile.hashes)});
}

void store_checkpoint(Transaction& transaction, std::uint64_t size, UtcTime at, const std::string& text)
{
    transaction.execute("insert into audit_checkpoints (size, at, text) values ($1, $2, $3)",
                        {number_of(size), to_seconds(at), text});
}

void store_edge(Transaction& transaction, const Edge& edge)
{
    transaction.execute("insert into audit_edge (id, size, hashes) values (1, $1, $2)"
                        " on conflict (id) do update set size = excluded.size, hashes = excluded.hashes",
                        {number_of(edge.size()), edge.bytes()});
}

Result<Edge> load_edge(Transaction& transaction)
{
    const auto rows = transaction.query("select size, hashes from audit_edge where id = 1");
    if (rows.empty()) return Edge{};
    return Edge::from(static_cast<std::uint64_t>(rows[0].integer(0)), rows[0].bytes(1));
}

std::string newest_checkpoint(Transaction& transaction)
{
    const auto rows = transaction.query("select text from audit_checkpoints order by size desc limit 1");
    return rows.empty() ? std::string{} : rows[0].text(0);
}

std::uint64_t entries_by(Transaction& transaction, UtcTime at)
{
    const auto is_by_then = [&](std::uint64_t sequence) {
        const auto rows = transaction.query("select at from audit_entries where sequence = $1", {number_of(sequence)});
        return !rows.empty() && rows.front().integer(0) <= to_seconds(at);
    };
    std::uint64_t first = 0, last = count_entries(transaction);
    while (first < last) {
        const auto middle = first + (last - first) / 2;
        if (is_by_then(middle))
            first = middle + 1;
        else
            last = middle;
    }
    return first;
}

std::uint64_t count_entries(Transaction& transaction)
{
    const auto rows = transaction.query("select sequence from audit_entries order by sequence desc limit 1");
    return rows.empty() ? 0 : static_cast<std::uint64_t>(rows[0].integer(0)) + 1;
}

std::vector<Hash> leaf_hashes(Transaction& transaction, std::uint64_t first, std::size_t most)
{
    const auto rows =
        transaction.query("select entry from audit_entries where sequence >= $1 order by sequence limit $2",
                          {number_of(first), number_of(most)});
    std::vector<Hash> hashes;
    for (const Row& row : rows) hashes.push_back(leaf_hash(row.bytes(0)));
    return hashes;
}

std::vector<Hash> tile_roots(Transaction& transaction, unsigned level, std::uint64_t first, std::size_t most)
{
    const auto rows =
        transaction.query("select root from audit_tiles where level = $1 and number >= $2 order by number limit $3",
                          {std::int64_t{level}, number_of(first), number_of(most)});
    std::vector<Hash> roots;
    for (const Row& row : rows) {
        if (row.bytes(0).size() != sizeof(Hash)) throw storage::StorageFailure("A tile of the audit log is damaged");
        std::copy_n(row.bytes(0).begin(), sizeof(Hash), roots.emplace_back().begin());
    }
    return roots;
}

std::optional<StoredTile> find_tile(Transaction& transaction, unsigned level, std::uint64_t number)
{
    const auto rows = transaction.query("select root, hashes from audit_tiles where level = $1 and number = $2",
                                        {std::int64_t{level}, number_of(number)});
    if (rows.empty()) return std::nullopt;
    return StoredTile{.root = rows[0].bytes(0), .hashes = rows[0].bytes(1)};
}

std::uint64_t count_tiles(Transaction& transaction)
{
    return static_cast<std::uint64_t>(transaction.query("select count(*) from audit_tiles")[0].integer(0));
}

void read_log(Transaction& transaction, LogReader& reader)
{
    Pages entries(transaction, "select sequence, child, at, entry from audit_entries"
                               " where sequence >= $1 order by sequence limit $2");
    Pages checkpoints(transaction, "select size, at, text from audit_checkpoints"
                                   " where size >= $1 order by size limit $2");
    const Row* checkpoint = checkpoints.next();
    std::int64_t count = 0;
    const auto take_checkpoints_up_to = [&](std::int64_t size) {
        for (; checkpoint != nullptr && checkpoint->integer(0) <= size; checkpoint = checkpoints.next())
            reader.take({.size = checkpoint->integer(0), .at = checkpoint->integer(1), .text = checkpoint->text(2)});
    };
    while (const Row* entry = entries.next()) {
        reader.take(entry_in(*entry));
        take_checkpoints_up_to(++count);
    }
    take_checkpoints_up_to(INT64_MAX);
}

// What pages ask for.

namespace {

std::int64_t below(std::uint64_t before)
{
    return before == 0 ? INT64_MAX : number_of(before);
}

/// The entries of a row, one for each child and case, added to others.
void add_entries_in(const Bytes& bytes, std::vector<Entry>& entries)
{
    auto entry = parse_entry(as_text(bytes));
    if (!entry) throw storage::StorageFailure("An entry of the audit log is damaged: run the verifier");
    std::ranges::move(each_of(std::move(*entry)), std::back_inserter(entries));
}

/// What a tile says of a child, below `end`: entries about that child alone, and among those about nobody or several
/// the ones that name it.
void add_entries_of_child(Transaction& transaction, std::int64_t tile, std::int64_t end, ChildId child,
                          AgencyId only_of, std::size_t most, std::vector<Entry>& entries)
{
    const auto first = tile * std::int64_t{tile_size};
    const auto handle = child.text();
    const auto agency = only_of.is_none() ? std::string{} : only_of.text();
    for (const Row& row :
         transaction.query("select entry, child from audit_entries where sequence >= $1 and sequence < $2"
                           " and (child = $3 or child is null) order by sequence desc",
                           {first, std::min(end, first + std::int64_t{tile_size}), bytes_of(child.bytes)})) {
        if (entries.size() >= most) return;
        const auto bytes = row.bytes(0);
        if (row.is_null(1) && as_text(bytes).find(handle) == std::string_view::npos) continue;
        if (as_text(bytes).find(agency) == std::string_view::npos) continue;
        std::vector<Entry> each;
        add_entries_in(bytes, each);
        std::ranges::copy_if(each, std::back_inserter(entries), [&](const Entry& one) { return one.child == child; });
    }
}

} // namespace

std::vector<Entry> entries_of_child(Transaction& transaction, ChildId child, std::size_t most, std::uint64_t before,
                                    AgencyId only_of)
{
    const auto end = below(before);
    storage::Values asked{bytes_of(child.bytes), (end - 1) / std::int64_t{tile_size}, number_of(most)};
    if (!only_of.is_none()) asked.push_back(bytes_of(only_of.bytes));
    const auto sql = fmt::format("select distinct tile from audit_looked_at where child = $1 and tile <= $2{}"
                                 " order by tile desc limit $3",
                                 only_of.is_none() ? "" : " and agency = $4");
    std::vector<Entry> entries;
    std::int64_t lowest_read = INT64_MAX;
    const auto read = [&](std::int64_t tile) {
        if (tile >= lowest_read || entries.size() >= most) return;
        lowest_read = tile;
        add_entries_of_child(transaction, tile, end, child, only_of, most, entries);
    };
    while (entries.size() < most) {
        const auto tiles = transaction.query(sql, asked);
        for (const Row& tile : tiles) {
            read(tile.integer(0) + 1);
            read(tile.integer(0));
        }
        if (tiles.size() < most) break;
        asked[1] = tiles.back().integer(0) - 1;
    }
    return entries;
}

std::vector<Entry> newest_entries(Transaction& transaction, std::size_t most, std::uint64_t before)
{
    std::vector<Entry> entries;
    for (const Row& row :
         transaction.query("select entry from audit_entries where sequence < $1 order by sequence desc limit $2",
                           {below(before), number_of(most)})) {
        if (entries.size() >= most) break;
        add_entries_in(row.bytes(0), entries);
    }
    return entries;
}

namespace {

/// Whether canonical bytes tell of a refusal. A value holds no new line, so a whole line cannot be part of one.
bool is_refusal(std::string_view entry)
{
    static const std::string refused = "\noperation " + std::string(name_of(Operation::refusal)) + "\n";
    static const std::string not_signed_in = "\noperation " + std::string(name_of(Operation::sign_in_refused)) + "\n";
    return entry.find(refused) != std::string_view::npos || entry.find(not_signed_in) != std::string_view::npos;
}

} // namespace

Refusals newest_refusals(Transaction& transaction, std::size_t most, std::uint64_t before, std::size_t most_looked_at)
{
    Refusals found{.looked_down_to = before};
    while (found.entries.size() < most && most_looked_at > 0) {
        const auto batch = std::min<std::size_t>(most_looked_at, static_cast<std::size_t>(page_size));
        most_looked_at -= batch;
        const auto rows = transaction.query("select sequence, entry from audit_entries where sequence < $1"
                                            " order by sequence desc limit $2",
                                            {below(found.looked_down_to), number_of(batch)});
        for (const Row& row : rows) {
            if (found.entries.size() >= most) return found;
            found.looked_down_to = static_cast<std::uint64_t>(row.integer(0));
            found.is_end = found.looked_down_to == 0;
            if (!is_refusal(as_text(row.bytes(1)))) continue;
            add_entries_in(row.bytes(1), found.entries);
        }
        if (rows.size() < batch) found.is_end = true;
        if (found.is_end) break;
    }
    return found;
}

} // namespace reachable::audit
