// How many durable, audited acts a second go through `act()`, beside the same statements sent by hand: without policy,
// declaration, audit tree or signature, in the same shared commits, on the same disk, in the same run.
//
//     bench_act [seconds]                              2 a round unless told; on SQLite
//     tools/with_postgres.sh build/release/bench_act   and on PostgreSQL
//
// The statements are those of one real booking, written down as it passes. By hand they are given fresh ids, keys and
// numbers (else each booking would find all those before it under its own number) and nothing else. What a commit adds
// (checkpoint and edge of the tree) is sent by hand too, with a constant text.
#include "world.h"

#include "storage/testing.h"

#include <cstdlib>

namespace {

using namespace reachable;
using storage::Transaction;
using storage::Value;
using storage::Values;

struct Statement {
    enum class Kind { query, execute, change } kind;
    std::string sql;
    Values values;
};

/// Writes down what passes.
class Recorder final : public Transaction {
  public:
    explicit Recorder(Transaction& inner) : inner_(inner) {}
    storage::Rows query(std::string_view sql, const Values& values) override
    {
        passed.push_back({Statement::Kind::query, std::string(sql), values});
        return inner_.query(sql, values);
    }
    void execute(std::string_view sql, const Values& values) override
    {
        passed.push_back({Statement::Kind::execute, std::string(sql), values});
        inner_.execute(sql, values);
    }
    std::int64_t change(std::string_view sql, const Values& values) override
    {
        passed.push_back({Statement::Kind::change, std::string(sql), values});
        return inner_.change(sql, values);
    }
    std::vector<Statement> passed;

  private:
    Transaction& inner_;
};

/// One booking as statements, and which of their values must be fresh each time.
struct Script {
    std::vector<Statement> statements;
    Value case_id;
    Value child;
    Value key;
    Value known_as; // the custody number as it is looked up
    std::string checkpoint;
    Bytes edge;
};

Value column(const auto& id)
{
    return Bytes(id.bytes.begin(), id.bytes.end());
}

Script write_down(const casework::Desk& desk)
{
    const auto session = bench::sergeant(desk.database);
    const auto booking = bench::booking(0);
    Script script{.key = booking.key};
    desk.database.write([&](Transaction& transaction) {
        Recorder recorder(transaction);
        const auto acted =
            bench::must(casework::act_in(recorder, desk, session, RequestId::random(), booking, bench::begins_at()));
        script.case_id = column(acted.id);
        script.statements = std::move(recorder.passed);
    });
    for (const auto& statement : script.statements)
        if (statement.sql.starts_with("insert into records "))
            script.child = statement.values[1];
        else if (statement.sql.starts_with("insert into custody_numbers "))
            script.known_as = statement.values[3];
    CHECK(script.known_as != script.key, "a custody number is looked up as it is written");
    desk.database.read([&](Transaction& transaction) {
        script.checkpoint = desk.log.checkpoint();
        script.edge = transaction.query("select hashes from audit_edge where id = 1").front().bytes(0);
    });
    return script;
}

/// The database opened without the service, and the statements sent to it.
class ByHand {
  public:
    ByHand(const std::string& url, Script script)
        : script_(std::move(script)), database_(bench::must(storage::open_database({.url = url})))
    {
        database_->set_commit_hooks([this](Transaction& transaction) { end_commit(transaction); }, [] {});
    }

    void book_in(std::uint64_t number)
    {
        const Value case_id = column(CaseId::random());
        const Value child = column(ChildId::random());
        const Value key = fmt::format("H{:09}", number);
        const Value known_as = fmt::format("h{:09}", number);
        auto statements = script_.statements;
        for (auto& statement : statements)
            for (auto& value : statement.values) {
                if (value == script_.case_id)
                    value = case_id;
                else if (value == script_.child)
                    value = child;
                else if (value == script_.key)
                    value = key;
                else if (value == script_.known_as)
                    value = known_as;
            }
        database_->write([&](Transaction& transaction) { send(transaction, statements); });
    }

  private:
    void send(Transaction& transaction, std::vector<Statement>& statements)
    {
        for (auto& statement : statements) {
            if (statement.sql.starts_with("insert into audit_entries ")) statement.values[0] = next_entry_++;
            if (statement.kind == Statement::Kind::query)
                transaction.query(statement.sql, statement.values);
            else if (statement.kind == Statement::Kind::change)
                transaction.change(statement.sql, statement.values);
            else
                transaction.execute(statement.sql, statement.values);
        }
    }
    void end_commit(Transaction& transaction)
    {
        transaction.execute("insert into audit_checkpoints (size, at, text) values ($1, $2, $3)",
                            {next_entry_, to_seconds(bench::begins_at()), script_.checkpoint});
        transaction.execute("insert into audit_edge (id, size, hashes) values (1, $1, $2)"
                            " on conflict (id) do update set size = excluded.size, hashes = excluded.hashes",
                            {next_entry_, script_.edge});
    }

    Script script_;
    std::int64_t next_entry_ = 1'000'000'000; // used by whoever writes, one at a time
    std::unique_ptr<storage::Database> database_;
};

double acts_per_second(const casework::Desk& desk, std::size_t writers, std::chrono::duration<double> round)
{
    const auto session = bench::sergeant(desk.database);
    return bench::per_second(writers, round, [&](std::uint64_t number) {
        bench::must(casework::act(desk, session, RequestId::random(), bench::booking(number), bench::begins_at()));
    });
}

/// Rounds take turns, so that a machine that grows busy is busy for both.
void compare(std::string_view engine, const casework::Desk& desk, ByHand& by_hand, std::size_t writers,
             std::chrono::duration<double> round)
{
    constexpr int rounds = 3;
    double acts = 0;
    double hand = 0;
    for (int i = 0; i < rounds; ++i) {
        acts += acts_per_second(desk, writers, round) / rounds;
        hand += bench::per_second(writers, round, [&](std::uint64_t number) { by_hand.book_in(number); }) / rounds;
    }
    fmt::print("figure: act {} {} writer{} {:.0f}/s, by hand {:.0f}/s, ratio {:.2f}\n", engine, writers,
               writers == 1 ? "" : "s", acts, hand, acts / hand);
}

void measure(const std::string& engine, std::chrono::duration<double> round)
{
    const bench::Folder service_folder;
    const bench::Folder hand_folder;
    const auto service_database = storage::testing::make_database(engine);
    const auto hand_database = storage::testing::make_database(engine);
    const auto settings = bench::settings_in(service_folder, service_database->settings().url);
    const auto hand_settings = bench::settings_in(hand_folder, hand_database->settings().url);
    for (const auto& one : {settings, hand_settings}) bench::make_world(one, {.children = 20, .is_small = true});

    const auto office = bench::must(app::open_office(settings, bench::clock_at_the_start()));
    auto script = write_down(*office->desk);
    fmt::print("{}: {} statements an act\n", engine, script.statements.size());
    ByHand by_hand(hand_database->settings().url, std::move(script));
    for (const std::size_t writers : {1, 32}) compare(engine, *office->desk, by_hand, writers, round);
}

} // namespace

int main(int argument_count, char** arguments)
{
    const std::chrono::duration<double> round{argument_count > 1 ? std::strtod(arguments[1], nullptr) : 2.0};
    for (const auto& engine : storage::testing::test_engines()) measure(engine, round);
    if (std::getenv("REACHABLE_TEST_POSTGRES") == nullptr)
        fmt::print("act postgresql: skipped, for REACHABLE_TEST_POSTGRES names no server\n");
    return 0;
}
