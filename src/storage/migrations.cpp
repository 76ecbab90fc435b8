#include "storage/migrations.h"

#include "base/crypto.h"
#include "base/text.h"

#include <map>

namespace reachable::storage {

namespace {

using Name = std::pair<std::string, std::int64_t>;

constexpr std::string_view create_steps = "create table if not exists schema_steps ("
                                          " room text not null, number bigint not null, title text not null,"
                                          " hash bytea not null, primary key (room, number))";

Bytes hash_of(const Migration& step)
{
    const Hash hash = sha256(as_bytes(step.sql));
    return Bytes(hash.begin(), hash.end());
}

Name name_of(const Migration& step)
{
    return {std::string(step.room), step.number};
}

std::string words_for(const Name& name)
{
    return name.first + " " + std::to_string(name.second);
}

bool holds_a_statement(std::string_view piece)
{
    for (const auto line : split(piece, '\n')) {
        const auto trimmed = trim(line);
        if (!trimmed.empty() && !trimmed.starts_with("--")) return true;
    }
    return false;
}

/// The statements of a step: a ";" divides them only where a line ends, so that one inside a text does not.
std::vector<std::string> statements_of(std::string_view sql)
{
    std::vector<std::string> statements;
    std::string piece;
    const auto finish_piece = [&] {
        if (holds_a_statement(piece)) statements.push_back(piece);
        piece.clear();
    };
    for (const auto line : split(sql, '\n')) {
        const auto trimmed = trim(line);
        const bool is_last_line = trimmed.ends_with(';') && !trimmed.starts_with("--");
        piece += is_last_line ? line.substr(0, line.rfind(';')) : line;
        piece += '\n';
        if (is_last_line) finish_piece();
    }
    finish_piece();
    return statements;
}

std::map<Name, Bytes> applied_steps(Database& database)
{
    std::map<Name, Bytes> applied;
    database.write([&](Transaction& transaction) {
        transaction.execute(create_steps);
        applied.clear();
        for (const Row& row : transaction.query("select room, number, hash from schema_steps"))
            applied.emplace(Name{row.text(0), row.integer(1)}, row.bytes(2));
    });
    return applied;
}

void check_order(std::span<const Migration> migrations)
{
    std::map<std::string_view, int> last_of_room;
    for (const Migration& step : migrations) {
        int& last = last_of_room[step.room];
        CHECK(step.number > last, "The steps of a room are numbered upwards from 1: " + words_for(name_of(step)));
        last = step.number;
    }
}

Result<> compare(const std::map<Name, Bytes>& applied, std::span<const Migration> migrations)
{
    std::map<Name, Bytes> known;
    for (const Migration& step : migrations) known.emplace(name_of(step), hash_of(step));
    Problems problems;
    for (const auto& [name, hash] : applied) {
        const auto found = known.find(name);
        if (found == known.end())
            problems.push_back({ProblemKind::conflict, "The database has the step " + words_for(name) +
                                                           ", which this program does not know: it needs a newer one"});
        else if (found->second != hash)
            problems.push_back({ProblemKind::conflict, "The step " + words_for(name) +
                                                           " was applied with another text than this program has"});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

/// SQLite keeps a table by its `integer primary key` and needs a second tree for a `bigint` one: every row of the audit
/// log would be written twice. Both hold 64 bits there.
std::string in_the_dialect_of(const Database& database, std::string statement)
{
    constexpr std::string_view shared = "bigint primary key";
    constexpr std::string_view of_sqlite = "integer primary key";
    if (database.engine() != "sqlite") return statement;
    for (auto at = statement.find(shared); at != std::string::npos; at = statement.find(shared, at))
        statement.replace(at, shared.size(), of_sqlite);
    return statement;
}

void apply(Database& database, const Migration& step)
{
    database.write([&](Transaction& transaction) {
        for (const std::string& statement : statements_of(step.sql))
            transaction.execute(in_the_dialect_of(database, statement));
        transaction.execute(
            "insert into schema_steps (room, number, title, hash) values ($1, $2, $3, $4)",
            {std::string(step.room), std::int64_t{step.number}, std::string(step.title), hash_of(step)});
    });
}

} // namespace

Result<> migrate(Database& database, std::span<const Migration> migrations)
{
    check_order(migrations);
    const auto applied = applied_steps(database);
    TRY(compare(applied, migrations));
    for (const Migration& step : migrations) {
        if (!applied.contains(name_of(step))) apply(database, step);
    }
    return {};
}

} // namespace reachable::storage
