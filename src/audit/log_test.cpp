#include "audit/checkpoint.h"
#include "audit/checkpoint_file.h"
#include "audit/export.h"
#include "audit/proofs.h"
#include "audit/testing.h"
#include "base/text.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <gtest/gtest.h>
#include <latch>
#include <random>
#include <sstream>
#include <thread>

namespace reachable::audit {
namespace {

using storage::Transaction;
using testing::child_of;
using testing::entry_of;
using testing::key_of;
using testing::LogOnDisk;

std::string text_of(const Verification& verification)
{
    return join(verification.faults, " ");
}

class LogOn : public ::testing::TestWithParam<std::string> {
  protected:
    Verification check() { return verify(log.database(), key_of(1).open, log.kept()); }
    void expect_whole(std::uint64_t entries, std::uint64_t checkpoints)
    {
        const auto found = check();
        EXPECT_TRUE(found.is_whole) << text_of(found);
        EXPECT_EQ(found.entry_count, entries);
        EXPECT_EQ(found.checkpoint_count, checkpoints);
    }
    Checkpoint newest() { return read_checkpoint(log.log().checkpoint(), key_of(1).open).value(); }

    LogOnDisk log{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(engines, LogOn, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

TEST_P(LogOn, an_empty_log_is_whole_and_has_no_checkpoint)
{
    EXPECT_EQ(log.log().checkpoint(), "");
    expect_whole(0, 0);
}

TEST_P(LogOn, each_commit_ends_with_one_signed_checkpoint)
{
    std::vector<std::uint64_t> given;
    log.database().write([&](Transaction& transaction) {
        given = {log.log().append(transaction, entry_of(0)), log.log().append(transaction, entry_of(1))};
    });
    EXPECT_EQ(given, (std::vector<std::uint64_t>{0, 1}));
    EXPECT_EQ(newest().size, 2U);
    EXPECT_EQ(newest().at, entry_of(1).at);
    log.database().write([&](Transaction& transaction) { log.log().append(transaction, entry_of(2)); });
    EXPECT_EQ(newest().size, 3U);
    EXPECT_EQ(split_checkpoints(log.kept()).size(), 2U);
    expect_whole(3, 2);
}

TEST_P(LogOn, a_commit_without_entries_has_no_checkpoint)
{
    log.append(1);
    const auto before = log.log().checkpoint();
    log.database().write([](Transaction&) {});
    EXPECT_EQ(log.log().checkpoint(), before);
    expect_whole(1, 1);
}

TEST_P(LogOn, a_body_that_fails_after_its_entry_leaves_no_entry_and_no_checkpoint)
{
    log.append(3);
    const auto fail = [&](Transaction& transaction) {
        log.log().append(transaction, entry_of(3));
        throw std::runtime_error("no");
    };
    EXPECT_THROW(log.database().write(fail), std::runtime_error);
    log.database().write([](Transaction&) {});
    EXPECT_EQ(newest().size, 3U);
    log.append(2);
    EXPECT_EQ(newest().size, 5U);
    expect_whole(5, 2);
}

TEST_P(LogOn, a_failing_body_in_a_shared_commit_costs_the_others_nothing)
{
    constexpr int writers = 24;
    std::latch is_queued(1);
    std::atomic<int> failed = 0;
    std::thread first([&] {
        log.database().write([&](Transaction& transaction) {
            is_queued.wait();
            log.log().append(transaction, entry_of(0));
        });
    });
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i)
        threads.emplace_back([&, i] {
            try {
                log.database().write([&](Transaction& transaction) {
                    log.log().append(transaction, entry_of(static_cast<std::uint64_t>(i)));
                    if (i % 6 == 0) throw std::runtime_error("no");
                });
            } catch (const std::runtime_error&) {
                ++failed;
            }
        });
    std::this_thread::sleep_for(50ms);
    is_queued.count_down();
    first.join();
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failed, 4);
    EXPECT_EQ(newest().size, 21U);
    const auto found = check();
    EXPECT_TRUE(found.is_whole) << text_of(found);
    EXPECT_EQ(found.entry_count, 21U);
}

TEST_P(LogOn, an_entry_that_cannot_be_written_down_is_a_bug_and_hurts_no_later_one)
{
    auto named = entry_of(0);
    named.reason_code = "Ayo Bello";
    EXPECT_THROW(log.database().write([&](Transaction& transaction) { log.log().append(transaction, named); }), Bug);
    log.append(1);
    expect_whole(1, 1);
}

TEST_P(LogOn, goes_on_after_a_restart_at_every_number_of_open_tiles)
{
    std::uint64_t commits = 0;
    for (const std::size_t count : {1, 254, 1, 1, 255, 300}) {
        log.append(count);
        ++commits;
        ASSERT_TRUE(log.restart());
        expect_whole(log.appended(), commits);
    }
}

TEST_P(LogOn, is_not_continued_under_another_name_or_with_another_key)
{
    log.append(2);
    EXPECT_FALSE(log.restart(2));
    EXPECT_FALSE(log.restart(1, "another.example/log"));
    EXPECT_FALSE(log.restart(1, "not a name"));
    EXPECT_TRUE(log.restart(1));
}

TEST_P(LogOn, is_not_continued_when_the_file_knows_of_more_than_the_database)
{
    log.append(2);
    const auto kept = log.kept();
    LogOnDisk other{GetParam()};
    std::ofstream(other.checkpoint_file(), std::ios::binary) << kept;
    const auto refused = other.restart();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().sentence, "The checkpoint file knows of 2 audit entries, but the database has 0 "
                                                "or others: it was cut short, replaced or restored");
}

TEST_P(LogOn, is_not_continued_when_entries_are_missing)
{
    log.append(3);
    log.stop();
    log.database().write(
        [](Transaction& transaction) { transaction.execute("delete from audit_entries where sequence = 2"); });
    EXPECT_FALSE(log.restart());
}

TEST_P(LogOn, writes_the_checkpoint_that_a_crash_kept_from_the_file)
{
    log.append(2);
    const auto before = log.kept();
    log.append(2);
    const auto after = log.kept();
    log.stop();
    // The commit was durable; the file holds the first checkpoint and half of the second.
    std::ofstream(log.checkpoint_file(), std::ios::binary) << after.substr(0, before.size() + 40);
    ASSERT_TRUE(log.restart());
    EXPECT_EQ(log.kept(), after);
}

/// A database whose server answers nothing after a commit that was made, whenever `loses_the_answer`.
class Forgetful final : public storage::Database {
  public:
    explicit Forgetful(storage::Database& database) : database_(database) {}
    void write(const storage::Body& body) override { database_.write(body); }
    void read(const storage::Body& body) override { database_.read(body); }
    void observe(const storage::Body& look, const storage::Body& note) override { database_.observe(look, note); }
    void set_commit_hooks(storage::Body before, std::function<void()> after,
                          std::function<void()> after_rollback) override
    {
        database_.set_commit_hooks(
            std::move(before), [this, after, after_rollback] { loses_the_answer ? after_rollback() : after(); },
            after_rollback);
    }
    std::string_view engine() const override { return database_.engine(); }
    bool loses_the_answer = false;

  private:
    storage::Database& database_;
};

TEST_P(LogOn, finds_its_place_again_when_nobody_knows_whether_a_commit_was_made)
{
    log.stop();
    Forgetful database(log.database());
    auto opened = Log::open(database, std::string(testing::origin), key_of(1), log.checkpoint_file());
    ASSERT_TRUE(opened);
    const auto append = [&] {
        database.write([&](Transaction& transaction) { (*opened)->append(transaction, entry_of(0)); });
    };
    append();
    database.loses_the_answer = true;
    append();
    append();
    database.loses_the_answer = false;
    append();
    const auto found = verify(database, key_of(1).open, log.kept());
    EXPECT_TRUE(found.is_whole) << text_of(found);
    EXPECT_EQ(found.entry_count, 4U);
    log.stop();
}

TEST_P(LogOn, tells_what_happened_to_one_child_newest_first)
{
    log.append(20);
    log.database().read([](Transaction& transaction) {
        const auto newest = entries_of_child(transaction, child_of(3), 2);
        ASSERT_EQ(newest.size(), 2U);
        EXPECT_EQ(newest[0].sequence, 19U);
        EXPECT_EQ(newest[1].sequence, 15U);
        const auto older = entries_of_child(transaction, child_of(3), 10, newest[1].sequence);
        ASSERT_EQ(older.size(), 3U);
        EXPECT_EQ(older.back().sequence, 3U);
        EXPECT_EQ(older.back().child, child_of(3));
        EXPECT_TRUE(entries_of_child(transaction, child_of(8), 10).empty());
    });
}

TEST_P(LogOn, finds_all_entries_of_a_child_through_failures_restarts_and_many_tiles)
{
    log.append(250);
    EXPECT_ANY_THROW(log.database().write([&](Transaction& transaction) {
        for (std::uint64_t i = 0; i < 20; ++i) log.log().append(transaction, entry_of(i));
        throw std::runtime_error("the disk is full");
    }));
    for (const std::size_t count : {1, 300, 5, 200}) log.append(count);
    ASSERT_TRUE(log.restart());
    log.append(100);
    log.database().read([](Transaction& transaction) {
        const auto all = newest_entries(transaction, 10'000);
        ASSERT_EQ(all.size(), 856U);
        for (const std::uint64_t before : {0, 1, 255, 256, 257, 512, 700, 855}) {
            std::vector<std::uint64_t> expected;
            for (const auto& entry : all)
                if (entry.child == child_of(2) && (before == 0 || entry.sequence < before))
                    expected.push_back(entry.sequence);
            std::vector<std::uint64_t> found;
            for (const auto& entry : entries_of_child(transaction, child_of(2), 10'000, before))
                found.push_back(entry.sequence);
            EXPECT_EQ(found, expected) << "before " << before;
        }
    });
    log.stop();
    EXPECT_TRUE(verify(log.database(), key_of(1).open, log.kept()).is_whole);
}

TEST_P(LogOn, tells_a_gathered_entry_one_by_one_and_never_half_of_it)
{
    using testing::gathered_entry_of;
    log.append(3);
    log.append(2, gathered_entry_of);
    log.append(1);
    log.database().read([](Transaction& transaction) {
        const auto of_one = entries_of_child(transaction, child_of(12), 10);
        ASSERT_EQ(of_one.size(), 2U);
        EXPECT_EQ(of_one[0].sequence, 4U);
        auto expected = entry_of(3);
        expected.sequence = 3;
        expected.child = child_of(12);
        expected.case_id = gathered_entry_of(3).also[1].case_id;
        EXPECT_EQ(of_one[1], expected);
        EXPECT_EQ(entries_of_child(transaction, child_of(12), 10, 4).size(), 1U);
        EXPECT_EQ(entries_of_child(transaction, child_of(3), 10).size(), 1U);

        const auto newest = newest_entries(transaction, 2);
        ASSERT_EQ(newest.size(), 4U);
        EXPECT_EQ(newest[0].sequence, 5U);
        EXPECT_EQ(newest[1].sequence, 4U);
        EXPECT_EQ(newest[3].sequence, 4U);
        EXPECT_EQ(newest[3].child, child_of(12));
        EXPECT_EQ(newest_entries(transaction, 100).size(), 10U);
    });
    expect_whole(6, 3);
}

AgencyId another_agency()
{
    AgencyId id;
    id.bytes.fill(8);
    return id;
}

Entry entry_of_another_agency(std::uint64_t number)
{
    auto entry = entry_of(number);
    entry.agency = another_agency();
    return entry;
}

/// What others looked at costs a reader nothing: a tile that holds only entries of others is not opened.
TEST_P(LogOn, finds_the_entries_of_one_agency_about_a_child)
{
    const auto ours = another_agency();
    const auto found_before = [&](std::uint64_t before) {
        std::vector<std::uint64_t> found;
        log.database().read([&](Transaction& transaction) {
            found.clear();
            for (const auto& entry : entries_of_child(transaction, child_of(2), 10'000, before, ours))
                found.push_back(entry.sequence);
        });
        return found;
    };
    log.append(600);
    EXPECT_TRUE(found_before(0).empty());
    log.append(8, entry_of_another_agency);
    ASSERT_TRUE(log.restart());
    log.append(300);
    log.append(4, entry_of_another_agency);
    EXPECT_EQ(found_before(0), (std::vector<std::uint64_t>{910, 606, 602}));
    EXPECT_EQ(found_before(606), std::vector<std::uint64_t>{602});
    log.stop();
    EXPECT_TRUE(verify(log.database(), key_of(1).open, log.kept()).is_whole);
}

/// About one child, whose place in a tile is its last but 55.
Entry entry_of_a_late_child(std::uint64_t number)
{
    auto entry = entry_of(number);
    entry.child = child_of(200);
    return entry;
}

/// A child who is looked at all the time is noted again at its own place in each tile, not at its begin with all
/// others.
TEST_P(LogOn, finds_entries_by_the_note_of_the_tile_before)
{
    const auto noted = [&] {
        std::vector<std::int64_t> tiles;
        log.database().read([&](Transaction& transaction) {
            tiles.clear();
            for (const auto& row : transaction.query("select tile from audit_looked_at order by tile"))
                tiles.push_back(row.integer(0));
        });
        return tiles;
    };
    const auto found = [&](std::uint64_t before) {
        std::size_t count = 0;
        log.database().read([&](Transaction& transaction) {
            count = entries_of_child(transaction, child_of(200), 10'000, before).size();
        });
        return count;
    };
    using Tiles = std::vector<std::int64_t>;
    log.append(256 + 200, entry_of_a_late_child);
    EXPECT_EQ(noted(), Tiles{0});
    EXPECT_EQ(found(0), 456U);
    EXPECT_EQ(found(300), 300U);
    log.append(1, entry_of_a_late_child);
    EXPECT_EQ(noted(), (Tiles{0, 1}));
    log.append(55 + 100, entry_of_a_late_child);
    EXPECT_EQ(noted(), (Tiles{0, 1})) << "the note of the second tile holds for the third";
    EXPECT_EQ(found(0), 612U) << "none twice";
    EXPECT_EQ(found(520), 520U);
    ASSERT_TRUE(log.restart());
    log.append(1, entry_of_a_late_child);
    EXPECT_EQ(noted(), (Tiles{0, 1, 2})) << "what is not known to be noted is";
    log.stop();
    EXPECT_TRUE(verify(log.database(), key_of(1).open, log.kept()).is_whole);
    log.database().write(
        [](Transaction& transaction) { transaction.execute("delete from audit_looked_at where tile = 1", {}); });
    EXPECT_TRUE(verify(log.database(), key_of(1).open, log.kept()).is_whole) << "all are found by the other two";
    log.database().write(
        [](Transaction& transaction) { transaction.execute("delete from audit_looked_at where tile = 0", {}); });
    EXPECT_FALSE(verify(log.database(), key_of(1).open, log.kept()).is_whole);
}

/// Whoever is looked at when, through commits that fail and restarts: the account of a child is what walking the whole
/// log finds.
TEST_P(LogOn, finds_of_each_child_what_walking_the_whole_log_finds)
{
    std::mt19937 random(20261127);
    const auto below = [&](unsigned count) { return std::uniform_int_distribution<unsigned>(0, count - 1)(random); };
    const auto of_somebody = [&](std::uint64_t number) {
        auto entry = entry_of(number);
        entry.child = child_of(static_cast<std::uint8_t>(1 + 60 * below(5)));
        if (below(3) == 0) entry.agency = another_agency();
        if (below(5) == 0) entry.also = {{child_of(static_cast<std::uint8_t>(30 + 70 * below(3))), entry.case_id}};
        return entry;
    };
    for (int commit = 0; commit < 60; ++commit) {
        const bool fails = below(6) == 0;
        const auto write = [&](Transaction& transaction) {
            for (unsigned i = 0, count = 1 + below(90); i < count; ++i) log.log().append(transaction, of_somebody(i));
            if (fails) throw std::runtime_error("no");
        };
        if (fails)
            EXPECT_THROW(log.database().write(write), std::runtime_error);
        else
            log.database().write(write);
        if (below(15) != 0) continue;
        ASSERT_TRUE(log.restart());
    }
    log.database().read([&](Transaction& transaction) {
        const auto all = newest_entries(transaction, 100'000);
        ASSERT_GT(all.size(), 1'500U);
        for (unsigned child = 0; child < 256; ++child) {
            const auto whose = child_of(static_cast<std::uint8_t>(child));
            const auto before = below(4) == 0 ? 0 : below(2'500);
            std::vector<std::uint64_t> walked;
            for (const auto& entry : all)
                if (entry.child == whose && (before == 0 || entry.sequence < before)) walked.push_back(entry.sequence);
            std::vector<std::uint64_t> found;
            for (const auto& entry : entries_of_child(transaction, whose, 100'000, before))
                found.push_back(entry.sequence);
            EXPECT_EQ(found, walked) << child << " below " << before;
            const auto page = entries_of_child(transaction, whose, 5, before);
            ASSERT_GE(page.size(), std::min<std::size_t>(5, walked.size()));
            for (std::size_t i = 0; i < page.size(); ++i) EXPECT_EQ(page[i].sequence, walked[i]);
            for (const auto& entry : all) {
                if (entry.child != whose || entry.agency != another_agency()) continue;
                const auto theirs = entries_of_child(transaction, whose, 100'000, 0, another_agency());
                EXPECT_NE(std::ranges::find(theirs, entry.sequence, &Entry::sequence), theirs.end());
                break;
            }
        }
    });
    log.stop();
    const auto verified = verify(log.database(), key_of(1).open, log.kept());
    EXPECT_TRUE(verified.is_whole) << text_of(verified);
}

/// A log that was written before agencies were noted names none with its children, until it is opened.
TEST_P(LogOn, finds_what_was_noted_without_an_agency)
{
    log.append(10, entry_of_another_agency);
    log.database().write([](Transaction& transaction) {
        transaction.execute("update audit_looked_at set agency = substr(agency, 1, 0)", {});
    });
    ASSERT_TRUE(log.restart());
    log.append(300, entry_of_another_agency);
    log.database().read([](Transaction& transaction) {
        EXPECT_TRUE(transaction.query("select 1 from audit_looked_at where length(agency) = 0").empty());
        const auto found = entries_of_child(transaction, child_of(2), 10'000, 0, another_agency());
        EXPECT_EQ(found.size(), 77U);
    });
    log.stop();
    EXPECT_TRUE(verify(log.database(), key_of(1).open, log.kept()).is_whole);
}

TEST_P(LogOn, finds_gathered_entries_among_many_tiles)
{
    std::size_t gathered = 0;
    for (const std::size_t count : {250, 20, 300, 7, 500}) {
        if (count <= 20) gathered += count;
        log.append(count, count <= 20 ? testing::gathered_entry_of : entry_of);
    }
    ASSERT_TRUE(log.restart());
    log.append(5, testing::gathered_entry_of);
    log.database().read([&](Transaction& transaction) {
        const auto found = entries_of_child(transaction, child_of(11), 10'000);
        EXPECT_EQ(found.size(), gathered + 5);
        EXPECT_EQ(entries_of_child(transaction, child_of(11), 7, 1000).size(), 7U);
    });
    log.stop();
    EXPECT_TRUE(verify(log.database(), key_of(1).open, log.kept()).is_whole);
}

TEST_P(LogOn, tells_what_happened_last)
{
    log.append(5);
    log.database().read([](Transaction& transaction) {
        const auto newest = newest_entries(transaction, 2);
        ASSERT_EQ(newest.size(), 2U);
        auto expected = entry_of(4);
        expected.sequence = 4;
        EXPECT_EQ(newest[0], expected);
        EXPECT_EQ(newest_entries(transaction, 10, 3).size(), 3U);
    });
}

TEST_P(LogOn, finds_refusals_however_far_back_and_page_by_page)
{
    log.database().write([&](Transaction& transaction) {
        for (std::size_t number = 0; number < 2500; ++number) {
            auto entry = entry_of(number);
            entry.operation = number == 0 || number == 7 ? Operation::refusal : Operation::look;
            if (number == 1200) entry.operation = Operation::sign_in_refused;
            entry.action = "operation:refusal";
            log.log().append(transaction, std::move(entry));
        }
    });
    log.database().read([](Transaction& transaction) {
        const auto all = newest_refusals(transaction, 100);
        ASSERT_EQ(all.entries.size(), 3U);
        EXPECT_EQ(all.entries[0].sequence, 1200U);
        EXPECT_EQ(all.entries[2].sequence, 0U);
        EXPECT_TRUE(all.is_end);

        const auto first = newest_refusals(transaction, 2);
        EXPECT_EQ(first.entries.back().sequence, 7U);
        EXPECT_EQ(first.looked_down_to, 7U);
        EXPECT_FALSE(first.is_end);
        const auto rest = newest_refusals(transaction, 2, first.looked_down_to);
        ASSERT_EQ(rest.entries.size(), 1U);
        EXPECT_TRUE(rest.is_end);

        const auto tired = newest_refusals(transaction, 100, 0, 1000);
        EXPECT_TRUE(tired.entries.empty());
        EXPECT_EQ(tired.looked_down_to, 1500U);
        EXPECT_FALSE(tired.is_end);
        EXPECT_EQ(newest_refusals(transaction, 1, tired.looked_down_to, 1000).entries.at(0).sequence, 1200U);
    });
}

TEST_P(LogOn, proves_entries_and_checkpoints_out_of_tiles)
{
    const std::size_t count = GetParam() == "sqlite" ? 66'100 : 700;
    log.append(count - 100);
    const auto old_root = newest().root;
    log.append(100);
    const auto root = newest().root;
    log.database().read([&](Transaction& transaction) {
        EXPECT_EQ(root_at(transaction, count - 100).value(), old_root);
        const auto consistency = prove_consistency(transaction, count - 100, count).value();
        EXPECT_TRUE(proves_consistency(consistency, count - 100, old_root, count, root));
        for (const std::size_t sequence :
             {std::size_t{0}, std::size_t{255}, std::size_t{256}, count - 257, count - 1}) {
            auto entry = entry_of(sequence);
            entry.sequence = sequence;
            const auto leaf = leaf_hash(as_bytes(canonical(entry)));
            const auto proof = prove_inclusion(transaction, sequence, count).value();
            EXPECT_LE(proof.size(), 24U);
            EXPECT_TRUE(proves_inclusion(proof, leaf, sequence, count, root)) << sequence;
        }
        EXPECT_FALSE(prove_inclusion(transaction, count, count));
        EXPECT_FALSE(prove_inclusion(transaction, 0, count + 1));
        EXPECT_FALSE(prove_consistency(transaction, 0, count));
    });
    expect_whole(count, 2);
}

TEST_P(LogOn, can_be_checked_as_a_file_by_somebody_without_the_database)
{
    log.append(300);
    log.append(5);
    std::stringstream file;
    ASSERT_TRUE(export_log(log.database(), file));
    const auto found = verify_export(file, key_of(1).open, log.kept());
    EXPECT_TRUE(found.is_whole) << text_of(found);
    EXPECT_EQ(found.entry_count, 305U);
    EXPECT_EQ(found.root, newest().root);

    const auto bytes = file.str();
    const auto check_bytes = [](std::string changed) {
        std::istringstream stream(std::move(changed));
        return verify_export(stream, key_of(1).open, "");
    };
    ASSERT_TRUE(check_bytes(bytes).is_whole);
    EXPECT_FALSE(check_bytes("").is_whole);
    EXPECT_FALSE(check_bytes(bytes + "more").is_whole);
    for (std::size_t i = 0; i < bytes.size(); i += 997) {
        EXPECT_FALSE(check_bytes(bytes.substr(0, i)).is_whole) << i;
        auto changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 4);
        EXPECT_FALSE(check_bytes(changed).is_whole) << i;
    }
}

TEST(CheckpointFile, grown_to_its_limit_keeps_the_first_and_the_last)
{
    testing::Folder folder;
    auto file = CheckpointFile::open(folder.file("checkpoints"), "a").value();
    const auto numbered = [](std::uint64_t size) {
        return sign_checkpoint({.origin = "a", .size = size, .root = {}, .at = {}, .previous = {}}, key_of(1));
    };
    const auto record = numbered(1).size() + 1;
    const auto rotated_at = (std::size_t{1} << 20U) / record + 1;
    for (std::size_t i = 1; i <= rotated_at + 1; ++i)
        file.add(i == 1 || i + 2 > rotated_at ? numbered(i) : numbered(2));
    const auto text = testing::read_file(folder.file("checkpoints"));
    const auto pieces = split_checkpoints(text);
    ASSERT_LE(pieces.size(), 4U);
    EXPECT_EQ(pieces.front(), numbered(1));
    EXPECT_EQ(pieces.back(), numbered(rotated_at + 1));
    EXPECT_EQ(CheckpointFile::open(folder.file("checkpoints"), "a").value().newest(), numbered(rotated_at + 1));
}

TEST(CheckpointFile, that_holds_something_else_is_refused_and_left_alone)
{
    testing::Folder folder;
    for (const auto* text : {"Dear colleague", "Dear colleague,\n\n\nplease\nfind\nattached\nit\n\nSam\n", "all\n"}) {
        std::ofstream(folder.file("letter"), std::ios::binary) << text;
        EXPECT_FALSE(CheckpointFile::open(folder.file("letter"), "a"));
        EXPECT_EQ(testing::read_file(folder.file("letter")), text);
    }
    EXPECT_FALSE(CheckpointFile::open("/nowhere/at/all", "a"));
}

} // namespace
} // namespace reachable::audit
