// A log is changed in a random way, in the database or in what is kept outside it, and the verifier must notice.
// 2,000 times in every run; REACHABLE_TAMPERINGS=100000 for the pass mark of the trust model.
#include "audit/checkpoint.h"
#include "audit/export.h"
#include "audit/store.h"
#include "audit/testing.h"
#include "audit/verify.h"
#include "base/testing.h"

#include "base/text.h"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace reachable::audit {
namespace {

using storage::Transaction;
using testing::key_of;
using testing::LogOnDisk;

/// The whole log in memory, as rows.
struct Copy {
    struct EntryRow {
        std::int64_t sequence;
        storage::Value child;
        std::int64_t at;
        Bytes bytes;
    };
    std::vector<EntryRow> entries;
    std::vector<std::pair<std::int64_t, std::string>> checkpoints;
};

Copy copy_of(Transaction& transaction)
{
    struct Reader final : LogReader {
        void take(const StoredEntry& entry) override
        {
            copy.entries.push_back(
                {entry.sequence, entry.child ? storage::Value(*entry.child) : storage::Value(), entry.at, entry.bytes});
        }
        void take(const StoredCheckpoint& checkpoint) override
        {
            copy.checkpoints.emplace_back(checkpoint.size, checkpoint.text);
        }
        Copy copy;
    } reader;
    read_log(transaction, reader);
    return reader.copy;
}

/// What an attacker with the whole database can do, and in places with the key.
class Attacker {
  public:
    Attacker(Transaction& transaction, const Copy& copy, std::string& kept, std::uint64_t seed)
        : transaction_(transaction), copy_(copy), kept_(kept), random_(seed)
    {
    }

    using Attack = void (Attacker::*)();
    static const std::map<std::string_view, Attack>& attacks();

    void edit_an_entry()
    {
        const auto number = any_entry();
        auto bytes = copy_.entries[number].bytes;
        change_a_byte(bytes);
        put_bytes(number, bytes);
    }
    void edit_an_entry_in_a_way_that_reads_well()
    {
        const auto number = any_entry();
        auto entry = parse_entry(as_text(copy_.entries[number].bytes)).value();
        entry.view ^= 1U << pick(4);
        put_bytes(number, bytes_of(entry));
    }
    void edit_an_entry_its_tile_and_the_edge()
    {
        const auto number = any_entry();
        auto entry = parse_entry(as_text(copy_.entries[number].bytes)).value();
        entry.role = "INSP";
        auto changed = copy_.entries;
        changed[number].bytes = bytes_of(entry);
        rebuild_tiles_and_edge(changed);
        put_bytes(number, changed[number].bytes);
    }
    void drop_an_entry() { drop(any_entry()); }
    void drop_an_entry_and_close_the_gap()
    {
        const auto number = pick(copy_.entries.size() - 1);
        drop(number);
        for (auto i = number + 1; i < copy_.entries.size(); ++i)
            transaction_.execute("update audit_entries set sequence = $1 where sequence = $2",
                                 {signed_number(i) - 1, signed_number(i)});
    }
    void swap_two_entries()
    {
        const auto [one, other] = two_entries();
        put_bytes(one, copy_.entries[other].bytes);
        put_bytes(other, copy_.entries[one].bytes);
    }
    void swap_two_entries_and_their_numbers()
    {
        const auto [one, other] = two_entries();
        put_bytes(one, renumbered(copy_.entries[other].bytes, one));
        put_bytes(other, renumbered(copy_.entries[one].bytes, other));
    }
    void add_an_entry()
    {
        auto entry = testing::entry_of(pick(1000));
        entry.sequence = copy_.entries.size();
        store_entry(transaction_, entry, canonical(entry));
        store_child(transaction_, entry.sequence / tile_size, entry.child, entry.agency);
    }
    void file_an_entry_under_another_child()
    {
        transaction_.execute("update audit_entries set child = $1 where sequence = $2",
                             {Bytes(16, 0x77), signed_number(any_entry())});
    }
    void file_an_entry_under_no_child()
    {
        const auto rows = transaction_.query("select min(sequence) from audit_entries where child is not null");
        transaction_.execute("update audit_entries set child = null where sequence = $1", {rows[0].integer(0)});
    }
    void file_a_gathered_entry_under_one_of_its_children()
    {
        const auto gathered = std::ranges::find_if(copy_.entries, [](const auto& row) {
            return as_text(row.bytes).find("\nalso ") != std::string_view::npos;
        });
        const auto child = testing::child_of(11);
        transaction_.execute("update audit_entries set child = $1 where sequence = $2",
                             {Bytes(child.bytes.begin(), child.bytes.end()), gathered->sequence});
    }
    void take_a_child_out_of_a_gathered_entry()
    {
        for (const auto& row : copy_.entries) {
            auto text = std::string(as_text(row.bytes));
            const auto line = text.find("\nalso ");
            if (line == std::string::npos) continue;
            text.erase(line, text.find('\n', line + 1) - line);
            return put_bytes(static_cast<std::size_t>(row.sequence), Bytes(text.begin(), text.end()));
        }
    }
    void hide_entries_from_the_account_of_a_child()
    {
        const auto rows = transaction_.query("select tile, child, agency from audit_looked_at");
        const auto& row = rows[pick(rows.size())];
        // One note holds for the next tile too.
        transaction_.execute("delete from audit_looked_at where tile in ($1, $2) and child = $3 and agency = $4",
                             {row.integer(0), row.integer(0) - 1, row.bytes(1), row.bytes(2)});
    }
    void note_a_look_under_another_agency()
    {
        const auto rows = transaction_.query("select tile, child, agency from audit_looked_at");
        const auto& row = rows[pick(rows.size())];
        transaction_.execute("update audit_looked_at set agency = $4 where tile = $1 and child = $2 and agency = $3",
                             {row.integer(0), row.bytes(1), row.bytes(2), Bytes(16, 0x77)});
    }
    void note_a_child_whom_no_entry_is_about()
    {
        const auto tile = static_cast<std::int64_t>(pick(5)) - 1;
        transaction_.execute("insert into audit_looked_at (tile, child, agency) values ($1, $2, $3)",
                             {tile, Bytes(16, 0x77), Bytes(16, 0x78)});
    }
    /// SQLite takes what is no number; PostgreSQL rounds it.
    void note_a_child_beside_all_tiles()
    {
        transaction_.execute("insert into audit_looked_at (tile, child, agency) values (700.5, $1, $1)",
                             {Bytes(16, 0x77)});
    }
    void file_an_entry_under_another_time()
    {
        transaction_.execute("update audit_entries set at = at + 60 where sequence = $1", {signed_number(any_entry())});
    }
    void cut_off_the_end()
    {
        transaction_.execute("delete from audit_entries where sequence >= $1", {signed_number(any_entry())});
    }
    void cut_off_the_end_at_a_checkpoint_and_mend_everything()
    {
        const auto size = copy_.checkpoints[pick(copy_.checkpoints.size() - 1)].first;
        transaction_.execute("delete from audit_entries where sequence >= $1", {size});
        transaction_.execute("delete from audit_checkpoints where size > $1", {size});
        rebuild_tiles_and_edge({copy_.entries.begin(), copy_.entries.begin() + size});
    }
    void change_a_tile()
    {
        const auto rows = transaction_.query("select level, number, root, hashes from audit_tiles");
        const auto& row = rows[pick(rows.size())];
        auto root = row.bytes(2);
        auto hashes = row.bytes(3);
        change_a_byte(pick(8) == 0 ? root : hashes);
        transaction_.execute("update audit_tiles set root = $1, hashes = $2 where level = $3 and number = $4",
                             {root, hashes, row.integer(0), row.integer(1)});
    }
    void take_out_a_tile() { transaction_.execute("delete from audit_tiles where number = $1", {std::int64_t{0}}); }
    void add_a_tile() { store_tile(transaction_, {.level = static_cast<unsigned>(pick(8)), .number = 7 + pick(100)}); }
    void change_the_edge()
    {
        auto edge = transaction_.query("select hashes from audit_edge")[0].bytes(0);
        change_a_byte(edge);
        transaction_.execute("update audit_edge set hashes = $1", {edge});
    }
    void change_a_checkpoint()
    {
        const auto& [size, text] = any_checkpoint();
        auto changed = text;
        change_a_byte(changed);
        // A text of a database is UTF-8 without zeros, so other bytes cannot get there.
        if (!is_clean_utf8(changed)) changed = text + " ";
        put_checkpoint(size, changed);
    }
    void sign_a_checkpoint_with_another_key()
    {
        const auto& [size, text] = any_checkpoint();
        put_checkpoint(size, sign_checkpoint(parse_checkpoint(text)->checkpoint, key_of(2)));
    }
    void take_out_a_checkpoint()
    {
        transaction_.execute("delete from audit_checkpoints where size = $1", {any_checkpoint().first});
    }
    void write_another_history_with_another_key() { fork(key_of(2), 0); }
    void write_another_history_with_the_same_key() { fork(key_of(1), 0); }
    void write_another_end_with_the_same_key() { fork(key_of(1), 1 + pick(copy_.entries.size() - 1)); }
    void change_what_was_kept() { change_a_byte(kept_); }

  private:
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
    std::size_t any_entry() { return pick(copy_.entries.size()); }
    std::pair<std::size_t, std::size_t> two_entries()
    {
        const auto one = any_entry();
        return {one, (one + 1 + pick(copy_.entries.size() - 1)) % copy_.entries.size()};
    }
    const std::pair<std::int64_t, std::string>& any_checkpoint()
    {
        return copy_.checkpoints[pick(copy_.checkpoints.size())];
    }
    template <class Text>
    void change_a_byte(Text& text)
    {
        auto& byte = text[pick(text.size())];
        byte = static_cast<typename Text::value_type>(byte ^ (1U << pick(7)));
    }
    static std::int64_t signed_number(std::size_t number) { return static_cast<std::int64_t>(number); }
    static Bytes bytes_of(const Entry& entry)
    {
        const auto text = canonical(entry);
        return {text.begin(), text.end()};
    }
    static Bytes renumbered(const Bytes& bytes, std::size_t number)
    {
        auto entry = parse_entry(as_text(bytes)).value();
        entry.sequence = number;
        return bytes_of(entry);
    }
    void put_bytes(std::size_t number, const Bytes& bytes)
    {
        transaction_.execute("update audit_entries set entry = $1 where sequence = $2", {bytes, signed_number(number)});
    }
    void put_checkpoint(std::int64_t size, const std::string& text)
    {
        transaction_.execute("update audit_checkpoints set text = $1 where size = $2", {text, size});
    }
    void drop(std::size_t number)
    {
        transaction_.execute("delete from audit_entries where sequence = $1", {signed_number(number)});
    }
    void rebuild_tiles_and_edge(const std::vector<Copy::EntryRow>& entries)
    {
        transaction_.execute("delete from audit_tiles");
        Edge edge;
        OpenTiles tiles;
        for (const auto& entry : entries) {
            const auto leaf = leaf_hash(entry.bytes);
            edge.add(leaf);
            tiles.add(leaf, edge, [&](const Tile& tile) { store_tile(transaction_, tile); });
        }
        store_edge(transaction_, edge);
    }
    /// From entry `first` on, everything is done anew by somebody who knows exactly how.
    void fork(const SigningKey& key, std::size_t first)
    {
        auto entries = copy_.entries;
        for (auto i = first; i < entries.size(); ++i) {
            auto entry = parse_entry(as_text(entries[i].bytes)).value();
            entry.agency.bytes.front() ^= 1U;
            entries[i].bytes = bytes_of(entry);
            put_bytes(i, entries[i].bytes);
        }
        rebuild_tiles_and_edge(entries);
        Edge edge;
        std::string previous;
        for (const auto& [size, text] : copy_.checkpoints) {
            while (edge.size() < static_cast<std::uint64_t>(size)) edge.add(leaf_hash(entries[edge.size()].bytes));
            auto checkpoint = parse_checkpoint(text)->checkpoint;
            checkpoint.root = edge.root();
            checkpoint.previous = hash_of_checkpoint(previous);
            previous = static_cast<std::size_t>(size) <= first ? text : sign_checkpoint(checkpoint, key);
            put_checkpoint(size, previous);
        }
    }

    Transaction& transaction_;
    const Copy& copy_;
    std::string& kept_;
    std::mt19937_64 random_;
};

const std::map<std::string_view, Attacker::Attack>& Attacker::attacks()
{
    static const std::map<std::string_view, Attack> all{
        {"edit_an_entry", &Attacker::edit_an_entry},
        {"edit_an_entry_in_a_way_that_reads_well", &Attacker::edit_an_entry_in_a_way_that_reads_well},
        {"edit_an_entry_its_tile_and_the_edge", &Attacker::edit_an_entry_its_tile_and_the_edge},
        {"drop_an_entry", &Attacker::drop_an_entry},
        {"drop_an_entry_and_close_the_gap", &Attacker::drop_an_entry_and_close_the_gap},
        {"swap_two_entries", &Attacker::swap_two_entries},
        {"swap_two_entries_and_their_numbers", &Attacker::swap_two_entries_and_their_numbers},
        {"add_an_entry", &Attacker::add_an_entry},
        {"file_an_entry_under_another_child", &Attacker::file_an_entry_under_another_child},
        {"file_an_entry_under_no_child", &Attacker::file_an_entry_under_no_child},
        {"file_a_gathered_entry_under_one_of_its_children", &Attacker::file_a_gathered_entry_under_one_of_its_children},
        {"take_a_child_out_of_a_gathered_entry", &Attacker::take_a_child_out_of_a_gathered_entry},
        {"hide_entries_from_the_account_of_a_child", &Attacker::hide_entries_from_the_account_of_a_child},
        {"note_a_look_under_another_agency", &Attacker::note_a_look_under_another_agency},
        {"note_a_child_whom_no_entry_is_about", &Attacker::note_a_child_whom_no_entry_is_about},
        {"note_a_child_beside_all_tiles", &Attacker::note_a_child_beside_all_tiles},
        {"file_an_entry_under_another_time", &Attacker::file_an_entry_under_another_time},
        {"cut_off_the_end", &Attacker::cut_off_the_end},
        {"cut_off_the_end_at_a_checkpoint_and_mend_everything",
         &Attacker::cut_off_the_end_at_a_checkpoint_and_mend_everything},
        {"change_a_tile", &Attacker::change_a_tile},
        {"take_out_a_tile", &Attacker::take_out_a_tile},
        {"add_a_tile", &Attacker::add_a_tile},
        {"change_the_edge", &Attacker::change_the_edge},
        {"change_a_checkpoint", &Attacker::change_a_checkpoint},
        {"sign_a_checkpoint_with_another_key", &Attacker::sign_a_checkpoint_with_another_key},
        {"take_out_a_checkpoint", &Attacker::take_out_a_checkpoint},
        {"write_another_history_with_another_key", &Attacker::write_another_history_with_another_key},
        {"write_another_history_with_the_same_key", &Attacker::write_another_history_with_the_same_key},
        {"write_another_end_with_the_same_key", &Attacker::write_another_end_with_the_same_key},
        {"change_what_was_kept", &Attacker::change_what_was_kept},
    };
    return all;
}

/// Only what somebody kept elsewhere shows these: without it they are a shorter or another log, rightly signed.
bool needs_kept_checkpoints(std::string_view attack)
{
    return attack == "cut_off_the_end_at_a_checkpoint_and_mend_everything" ||
           attack == "write_another_history_with_the_same_key" || attack == "write_another_end_with_the_same_key" ||
           attack == "change_what_was_kept";
}

std::size_t tampering_count(const std::string& engine)
{
    if (const auto* count = std::getenv("REACHABLE_TAMPERINGS")) return std::stoul(count);
    return reachable::testing::times(engine == "sqlite" ? 2000 : 200, 200);
}

class TamperingOn : public ::testing::TestWithParam<std::string> {
  protected:
    TamperingOn()
    {
        for (const std::size_t count : {1, 40, 3, 200, 1}) log.append(count);
        log.append(16, testing::gathered_entry_of);
        for (const std::size_t count : {9, 1}) log.append(count);
        kept = log.kept();
        log.stop();
        log.database().read([this](Transaction& transaction) { copy = copy_of(transaction); });
    }

    /// What the verifier says after the attack; the attack is then undone.
    Verification after(Attacker::Attack attack, std::uint64_t seed, bool has_kept)
    {
        struct Undo {};
        Verification found;
        try {
            log.database().write([&](Transaction& transaction) {
                auto presented = has_kept ? kept : std::string{};
                Attacker attacker(transaction, copy, presented, seed);
                (attacker.*attack)();
                found = verify_in(transaction, key_of(1).open, presented);
                throw Undo{};
            });
        } catch (const Undo&) {
        }
        return found;
    }

    LogOnDisk log{GetParam()};
    std::string kept;
    Copy copy;
};

INSTANTIATE_TEST_SUITE_P(engines, TamperingOn, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

TEST_P(TamperingOn, is_found_every_time)
{
    const auto count = tampering_count(GetParam());
    const auto& attacks = Attacker::attacks();
    auto next = attacks.begin();
    for (std::uint64_t seed = 0; seed < count; ++seed) {
        const bool has_kept = seed % 2 == 0 || needs_kept_checkpoints(next->first);
        const auto found = after(next->second, seed, has_kept);
        EXPECT_FALSE(found.is_whole) << next->first << " with seed " << seed << (has_kept ? " and" : " without")
                                     << " kept checkpoints";
        EXPECT_EQ(found.is_whole, found.faults.empty());
        if (++next == attacks.end()) next = attacks.begin();
    }
    const auto untouched = verify(log.database(), key_of(1).open, kept);
    EXPECT_TRUE(untouched.is_whole) << join(untouched.faults, " ");
}

TEST_P(TamperingOn, is_told_in_sentences_that_say_where)
{
    const auto told = [&](Attacker::Attack how) { return join(after(how, 1, true).faults, " "); };
    EXPECT_NE(told(&Attacker::cut_off_the_end_at_a_checkpoint_and_mend_everything)
                  .find("A kept checkpoint signs for 271 entries, but there are only "),
              std::string::npos);
    EXPECT_NE(told(&Attacker::write_another_history_with_another_key)
                  .find("The newest checkpoint, of 271 entries, was not signed with this key."),
              std::string::npos);
    EXPECT_NE(told(&Attacker::write_another_history_with_the_same_key)
                  .find("The kept checkpoint of 1 entry is not in this log: its history was written anew."),
              std::string::npos);
    EXPECT_NE(told(&Attacker::swap_two_entries).find("In the place of entry "), std::string::npos);
    EXPECT_NE(told(&Attacker::add_an_entry).find("Nobody signed for 1 entry at the end, from entry 271 on."),
              std::string::npos);
    EXPECT_NE(told(&Attacker::take_out_a_tile).find("Tile 0 of level 0 is missing."), std::string::npos);
}

} // namespace
} // namespace reachable::audit
