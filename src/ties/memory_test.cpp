// The memory of ties gives what the database gives, to every transaction what that transaction sees.
#include "ties/memory.h"

#include "base/testing.h"
#include "storage/columns.h"
#include "storage/testing.h"
#include "ties/tie_rows.h"

#include <gtest/gtest.h>
#include <random>
#include <thread>

namespace reachable::ties {
namespace {

using storage::Transaction;

constexpr UtcTime noon = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}} + 12h;

/// A small world of random ties, in which things are added and ended at random.
class World {
  public:
    explicit World(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t end) { return random_() % end; }
    ChildId child() { return children[below(children.size())]; }
    WorkerId worker() { return workers[below(workers.size())]; }
    Tie tie_of(ChildId child)
    {
        Tie tie{.kind = static_cast<Kind>(below(6)), .child = child, .proved_by = CaseId::random()};
        if (tie.kind != Kind::sealed) tie.worker = worker();
        if (tie.kind == Kind::reasoned) tie.about = CaseId::random();
        if (tie.kind == Kind::emergency) tie.purpose = below(3) == 0 ? "another" : "work";
        tie.keeper = keepers[below(keepers.size())];
        tie.characters = below(200);
        tie.since = noon + hours{below(3)}; // often the same moment
        if (below(3) == 0) tie.ended_at = tie.since + hours{below(6)};
        return tie;
    }
    /// Adds a tie or ends one.
    void change(Transaction& transaction)
    {
        const bool is_end = !proofs.empty() && below(3) == 0;
        if (is_end) return end_ties(transaction, proofs[below(proofs.size())], noon + hours{below(9)});
        const auto tie = tie_of(child());
        proofs.push_back(tie.proved_by);
        add_tie(transaction, tie);
    }

    std::vector<ChildId> children = some<ChildId>(40);
    std::vector<WorkerId> workers = some<WorkerId>(4);
    std::vector<AgencyId> keepers = some<AgencyId>(3);
    std::vector<CaseId> proofs;

  private:
    template <class AnyId>
    static std::vector<AnyId> some(std::size_t count)
    {
        std::vector<AnyId> ids(count);
        for (auto& id : ids) id = AnyId::random();
        return ids;
    }
    std::mt19937_64 random_;
};

class TieMemory : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override { ASSERT_TRUE(storage::migrate(database(), migrations())); }

    storage::Database& database() { return holder_->get(); }
    void change(std::size_t times)
    {
        const auto before = world_;
        database().write([&](Transaction& transaction) {
            world_ = before;
            for (std::size_t i = 0; i < times; ++i) world_.change(transaction);
        });
    }
    void add(const Tie& tie)
    {
        database().write([&](Transaction& transaction) { add_tie(transaction, tie); });
    }
    /// Of every child and for everybody, one by one and together.
    void expect_agrees(Transaction& transaction, Memory& memory)
    {
        auto askers = world_.workers;
        askers.push_back({});
        for (const auto worker : askers) {
            for (const auto child : world_.children)
                ASSERT_EQ(ties_for(transaction, child, worker, &memory), ties_for(transaction, child, worker));
            ASSERT_EQ(ties_for(transaction, world_.children, worker, &memory),
                      ties_for(transaction, world_.children, worker));
        }
    }
    void expect_agrees(Memory& memory)
    {
        database().read([&](Transaction& transaction) { expect_agrees(transaction, memory); });
    }
    /// Of what `work` asks.
    template <class Work>
    static Memory::Answers answers_in(const Memory& memory, Work work)
    {
        const auto before = memory.answers();
        work();
        const auto after = memory.answers();
        return {after.from_memory - before.from_memory, after.from_database - before.from_database};
    }
    /// That what `work` asks is answered from memory, or that it is not.
    template <class Work>
    static void expect_from_memory(const Memory& memory, Work work)
    {
        const auto answers = answers_in(memory, work);
        EXPECT_GT(answers.from_memory, 0U);
        EXPECT_EQ(answers.from_database, 0U);
    }
    template <class Work>
    static void expect_from_database(const Memory& memory, Work work)
    {
        const auto answers = answers_in(memory, work);
        EXPECT_GT(answers.from_database, 0U);
        EXPECT_EQ(answers.from_memory, 0U);
    }

    World world_{3};

  private:
    std::unique_ptr<storage::testing::TestDatabase> holder_ = storage::testing::make_database(GetParam());
};

TEST_P(TieMemory, agrees_with_the_database_whatever_is_added_and_ended)
{
    change(300);
    Memory memory;
    memory.load(database());
    for (int round = 0; round < 15; ++round) {
        change(1 + world_.below(20));
        if (round % 3 == 2) memory.keep_up(database());
        expect_from_memory(memory, [&] { expect_agrees(memory); });
    }
    Memory afresh;
    afresh.load(database());
    expect_from_memory(afresh, [&] { expect_agrees(afresh); });
    EXPECT_EQ(memory.size().ties, afresh.size().ties);
    database().read([&](Transaction& transaction) {
        EXPECT_EQ(static_cast<std::int64_t>(afresh.size().ties),
                  transaction.query("select count(*) from ties").at(0).integer(0));
    });
}

TEST_P(TieMemory, of_an_empty_database_and_before_it_is_loaded_is_no_trouble)
{
    Memory memory;
    expect_from_database(memory, [&] { expect_agrees(memory); });
    memory.load(database());
    expect_from_memory(memory, [&] { expect_agrees(memory); });
    EXPECT_EQ(memory.size().ties, 0U);
}

TEST_P(TieMemory, holds_what_stood_before_changes_were_counted)
{
    change(100);
    database().write([](Transaction& transaction) {
        transaction.execute("update ties set changed_in = 0");
        transaction.execute("update ties_clock set epoch = 0");
    });
    Memory memory;
    memory.load(database());
    change(10);
    expect_from_memory(memory, [&] { expect_agrees(memory); });
}

TEST_P(TieMemory, tells_an_older_snapshot_what_stood_then)
{
    change(100);
    Memory memory;
    memory.load(database());
    const auto tie = world_.tie_of(world_.children[0]);
    database().read([&](Transaction& older) {
        const auto before = ties_for(older, tie.child, tie.worker, &memory);
        std::thread([&] {
            add(tie);
            change(30);
            expect_from_memory(memory, [&] { expect_agrees(memory); });
        }).join();
        expect_from_database(memory, [&] { expect_agrees(older, memory); });
        EXPECT_EQ(ties_for(older, tie.child, tie.worker, &memory), before);
    });
    expect_from_memory(memory, [&] { expect_agrees(memory); });
}

TEST_P(TieMemory, tells_a_snapshot_that_asked_nothing_yet_what_it_sees)
{
    change(100);
    Memory memory;
    memory.load(database());
    database().read([&](Transaction& older) {
        older.query("select count(*) from ties"); // from here on its snapshot stands
        std::thread([&] {
            change(30);
            expect_agrees(memory);
        }).join();
        expect_from_database(memory, [&] { expect_agrees(older, memory); });
    });
}

TEST_P(TieMemory, shows_a_writing_transaction_its_own_changes_and_nobody_else)
{
    change(100);
    Memory memory;
    memory.load(database());
    const auto tie = world_.tie_of(world_.children[0]);
    database().write([&](Transaction& transaction) {
        add_tie(transaction, tie);
        for (const auto proof : world_.proofs) end_ties(transaction, proof, noon + 99h);
        expect_from_database(memory, [&] { expect_agrees(transaction, memory); });
        const auto seen = ties_for(transaction, tie.child, tie.worker, &memory);
        EXPECT_EQ(std::ranges::count(seen, tie), 1);
        std::thread([&] {
            database().read([&](Transaction& other) {
                const auto found = ties_for(other, tie.child, tie.worker, &memory);
                EXPECT_EQ(std::ranges::count(found, tie), 0) << "it is not committed";
            });
        }).join();
    });
    expect_from_memory(memory, [&] { expect_agrees(memory); });
}

TEST_P(TieMemory, answers_a_writing_transaction_that_has_changed_nothing_yet)
{
    change(100);
    Memory memory;
    memory.load(database());
    database().write([&](Transaction& transaction) {
        expect_from_memory(memory, [&] { expect_agrees(transaction, memory); });
        end_ties(transaction, world_.proofs.front(), noon + 99h);
        expect_from_database(memory, [&] { expect_agrees(transaction, memory); });
    });
    database().write([&](Transaction& transaction) {
        expect_from_database(memory, [&] { expect_agrees(transaction, memory); }); // and teaches it nothing
    });
    expect_from_memory(memory, [&] { expect_agrees(memory); });
    database().write(
        [&](Transaction& transaction) { expect_from_memory(memory, [&] { expect_agrees(transaction, memory); }); });
}

TEST_P(TieMemory, is_not_misled_by_an_act_beside_it_that_was_taken_back)
{
    change(100);
    Memory memory;
    memory.load(database());
    // Writes that wait for the same commit share a transaction of the database; one of them in two fails.
    std::vector<std::thread> writers;
    for (int i = 0; i < 8; ++i)
        writers.emplace_back([&, i] {
            for (std::size_t k = 0; k < reachable::testing::times(20, 3); ++k) try {
                    database().write([&](Transaction& transaction) {
                        expect_agrees(transaction, memory);
                        add_tie(transaction, {.kind = Kind::sealed,
                                              .child = world_.children[0],
                                              .proved_by = CaseId::random(),
                                              .since = noon});
                        expect_agrees(transaction, memory);
                        if (i % 2 == 0) throw std::runtime_error("not after all");
                    });
                    expect_agrees(memory);
                } catch (const std::runtime_error&) {
                }
        });
    for (auto& writer : writers) writer.join();
    expect_from_memory(memory, [&] { expect_agrees(memory); });
}

TEST_P(TieMemory, remembers_nothing_that_was_rolled_back)
{
    change(100);
    Memory memory;
    memory.load(database());
    const auto never = world_.tie_of(world_.children[0]);
    EXPECT_THROW(database().write([&](Transaction& transaction) {
        add_tie(transaction, never);
        expect_agrees(transaction, memory);
        throw std::runtime_error("not after all");
    }),
                 std::runtime_error);
    expect_from_memory(memory, [&] { expect_agrees(memory); });
    add(world_.tie_of(world_.children[1])); // in the epoch that was taken back
    expect_from_memory(memory, [&] { expect_agrees(memory); });
}

TEST_P(TieMemory, of_one_server_follows_what_another_changes)
{
    change(100);
    Memory one;
    Memory other;
    one.load(database());
    other.load(database());
    for (int round = 0; round < 6; ++round) {
        change(7);
        if (round % 2 == 0) expect_from_memory(one, [&] { expect_agrees(one); });
        change(7);
        if (round % 3 == 0) expect_from_memory(other, [&] { expect_agrees(other); });
    }
    expect_from_memory(one, [&] { expect_agrees(one); });
    expect_from_memory(other, [&] { expect_agrees(other); });
}

TEST_P(TieMemory, lets_no_request_wait_for_a_thousand_children)
{
    change(50);
    Memory memory;
    memory.load(database());
    database().write([&](Transaction& transaction) {
        for (int i = 0; i < 1000; ++i) add_tie(transaction, world_.tie_of(ChildId::random()));
        add_tie(transaction, world_.tie_of(world_.children[0]));
    });
    expect_from_database(memory, [&] { expect_agrees(memory); });
    memory.keep_up(database());
    expect_from_memory(memory, [&] { expect_agrees(memory); });
}

/// "reachable verify" finds such ties; until then they count as they stand.
TEST_P(TieMemory, finds_what_was_filed_by_hand_where_the_database_finds_it)
{
    change(200);
    const auto child = world_.children[0];
    add(world_.tie_of(child));
    database().write([&](Transaction& transaction) {
        transaction.execute("update ties set reader = $1 where child = $2",
                            {storage::to_value(world_.workers[0]), storage::to_value(child)});
        transaction.execute("update ties set characters = 99999999999 where child = $1",
                            {storage::to_value(world_.children[1])});
    });
    Memory memory;
    memory.load(database());
    expect_agrees(memory);
}

/// A transaction as another run of the server would show it.
class OnAnotherRun final : public Transaction {
  public:
    explicit OnAnotherRun(Transaction& whole) : whole_(whole) {}
    storage::Rows query(std::string_view sql, const storage::Values& values) override
    {
        return whole_.query(sql, values);
    }
    void execute(std::string_view sql, const storage::Values& values) override { whole_.execute(sql, values); }
    std::int64_t change(std::string_view sql, const storage::Values& values) override
    {
        return whole_.change(sql, values);
    }
    std::uint64_t snapshot() const override { return whole_.snapshot(); }
    std::int64_t server_run() const override { return whole_.server_run() + 1; }

  private:
    Transaction& whole_;
};

TEST_P(TieMemory, is_not_believed_when_another_run_of_the_server_answers)
{
    change(100);
    Memory memory;
    memory.load(database());
    database().read([&](Transaction& transaction) {
        OnAnotherRun other(transaction);
        expect_from_database(memory, [&] { expect_agrees(other, memory); });
    });
    expect_from_memory(memory, [&] { expect_agrees(memory); });
}

TEST_P(TieMemory, is_right_for_an_observer_who_has_to_look_again)
{
    change(100);
    Memory memory;
    memory.load(database());
    const auto tie = world_.tie_of(world_.children[0]);
    int looks = 0;
    bool is_seen = false;
    const auto look = [&](Transaction& transaction) {
        expect_agrees(transaction, memory);
        is_seen = std::ranges::count(ties_for(transaction, tie.child, tie.worker, &memory), tie) == 1;
        if (++looks == 1) std::thread([&] { add(tie); }).join();
    };
    database().observe(look, [](Transaction&) {});
    EXPECT_EQ(looks, 2);
    EXPECT_TRUE(is_seen);
}

TEST_P(TieMemory, agrees_with_every_snapshot_while_others_write)
{
    change(100);
    Memory memory;
    Memory other;
    memory.load(database());
    other.load(database());
    std::atomic<bool> is_over = false;
    std::thread writer([&] {
        World changes = world_;
        for (int i = 0; i < 150; ++i)
            database().write([&](Transaction& transaction) {
                for (auto left = 1 + changes.below(4); left > 0; --left) changes.change(transaction);
            });
        is_over = true;
    });
    std::vector<std::thread> readers;
    for (std::uint64_t seed = 0; seed < 3; ++seed)
        readers.emplace_back([&, seed] {
            World mine(seed);
            while (!is_over)
                database().read([&](Transaction& transaction) {
                    auto& asked = seed == 2 ? other : memory;
                    for (int i = 0; i < 10; ++i) {
                        const auto child = world_.children[mine.below(world_.children.size())];
                        const auto worker = world_.workers[mine.below(world_.workers.size())];
                        EXPECT_EQ(ties_for(transaction, child, worker, &asked), ties_for(transaction, child, worker));
                    }
                });
        });
    std::thread keeper([&] {
        while (!is_over) {
            memory.keep_up(database());
            other.load(database());
        }
    });
    writer.join();
    for (auto& reader : readers) reader.join();
    keeper.join();
    // A request catches up with a few changes only; the job, which may have ended before the last writes, with all.
    memory.keep_up(database());
    other.keep_up(database());
    expect_from_memory(memory, [&] { expect_agrees(memory); });
    expect_from_memory(other, [&] { expect_agrees(other); });
    EXPECT_GT(memory.answers().from_memory, 100U);
}

INSTANTIATE_TEST_SUITE_P(engines, TieMemory, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

/// Against a plain list, through many generations of children whose places are used again.
TEST(TieStore, gives_back_what_was_put_into_it)
{
    World world(5);
    TieStore store;
    std::map<ChildId, std::vector<FiledTie>> plain;
    for (int i = 0; i < 3000; ++i) {
        const auto child = world.below(4) == 0 ? ChildId::random() : world.child();
        std::vector<FiledTie> ties;
        for (auto left = world.below(9); left > 0; --left) {
            const auto tie = world.tie_of(child);
            ties.push_back({tie, reader_of(tie)});
        }
        store.replace(child, ties);
        plain[child] = std::move(ties);
    }
    std::size_t count = 0;
    for (const auto& [child, ties] : plain) {
        count += ties.size();
        for (const auto worker : {world.workers[0], world.workers[1], WorkerId{}}) {
            std::vector<Tie> expected;
            for (const auto& [tie, reader] : ties)
                if (reader.is_none() || reader == worker) expected.push_back(tie);
            std::vector<Tie> found;
            ASSERT_TRUE(store.collect(child, worker, found));
            put_in_order(expected);
            put_in_order(found);
            ASSERT_EQ(found, expected);
        }
    }
    EXPECT_EQ(store.tie_count(), count);
    std::vector<Tie> found;
    EXPECT_TRUE(store.collect(ChildId::random(), world.workers[0], found));
    EXPECT_TRUE(found.empty());
}

TEST(TieStore, keeps_a_tie_in_eighty_bytes)
{
    World world(6);
    TieStore store;
    for (int i = 0; i < 50'000; ++i) {
        auto tie = world.tie_of(ChildId::random());
        for (int k = 0; k < 10; ++k) {
            if (k != 0) tie.about = {};
            store.add({tie, reader_of(tie)});
        }
    }
    EXPECT_LE(static_cast<double>(store.bytes()) / static_cast<double>(store.tie_count()), 80.0);
}

} // namespace
} // namespace reachable::ties
