#include "capabilities/flags/standing.h"

#include "base/text.h"
#include "capabilities/flags/flags.h"
#include "clocks/london.h"
#include "storage/columns.h"

#include <fmt/format.h>

namespace reachable::flags {
namespace {

using storage::to_value;
using storage::Transaction;

constexpr storage::Migration all_migrations[] = {
    {"flags", 1, "who proposed which flag",
     "create table flags_proposed (worker bytea not null, at bigint not null, flag bytea not null, "
     "primary key (worker, at, flag));"},
    {"flags", 2, "the flags of adults and places of an organisation",
     "create table flags_concerns (owner bytea not null, concern bytea not null, primary key (owner, concern));"},
    {"flags", 3, "which children were with those adults and at those places",
     "create table flags_around (child bytea not null, concern bytea not null, at bigint not null, "
     "primary key (child, concern));"},
    {"flags", 4, "what the own systems of agencies mark their children with",
     "create table flags_local (agency bytea not null, system_name text not null, local_code text not null, "
     "child bytea not null, since text not null, reason text not null, first_seen bigint not null, "
     "last_seen bigint not null, is_carried bigint not null, flag bytea, "
     "primary key (agency, system_name, local_code, child));\n"
     "create index flags_local_by_child on flags_local (child);"}};

std::vector<Standing> read(Transaction& transaction, const auto& rows, std::optional<UtcTime> as_of = std::nullopt)
{
    std::vector<Standing> found;
    for (const auto& row : rows) {
        const auto id = storage::id_at<CaseId>(row, 0);
        auto loaded = as_of ? casework::load_as_at(transaction, flag_type(), id, *as_of)
                            : casework::load_case(transaction, flag_type(), id);
        if (!loaded && as_of) continue; // opened later
        CHECK(loaded.has_value(), "a flag that is listed can be read");
        found.push_back({std::move(loaded->head), *static_cast<const Flag*>(loaded->facts.get())});
    }
    return found;
}

} // namespace

std::vector<Standing> standing_of(Transaction& transaction, ChildId child)
{
    return read(transaction,
                transaction.recall("select id from cases where child = $1 and type = 'flag' and is_open = 1 "
                                   "order by opened_at, id",
                                   {to_value(child)}));
}

std::vector<Standing> all_of(Transaction& transaction, ChildId child, std::optional<UtcTime> as_of)
{
    return read(transaction,
                transaction.recall("select id from cases where child = $1 and type = 'flag' order by opened_at, id",
                                   {to_value(child)}),
                as_of);
}

const Code* code_of(const casework::Desk& desk, const Flag& flag)
{
    return flag.proposed_at ? find_in_catalogue(desk.lists, flag.code, clocks::london_day(*flag.proposed_at)) : nullptr;
}

std::string standing_words(const casework::Desk& desk, const Standing& one, CivilDate today)
{
    if (one.head.state == proposed || one.head.state == appealed) return "being checked";
    if (one.head.state == declined) return "declined";
    if (one.head.state == removed) return "removed";
    std::vector<std::string> words;
    if (one.head.state == disputed)
        words.push_back("disputed by " +
                        to_lower_ascii(desk.lists.label_of("flags.disputed_by", one.flag.disputed_by)));
    if (one.flag.review_on && *one.flag.review_on < today)
        words.push_back("out of date since " + clocks::day_words(*one.flag.review_on));
    return join(words, ", ");
}

bool is_in_the_summary(const casework::Desk& desk, const Standing& one)
{
    if (one.head.state == active || one.head.state == disputed) return true;
    if (one.head.state != proposed && one.head.state != appealed) return false;
    const auto* code = code_of(desk, one.flag);
    return code != nullptr && is_shown_while_checked(*code);
}

void remember_proposer(Transaction& transaction, WorkerId worker, CaseId flag, UtcTime now)
{
    transaction.execute("insert into flags_proposed (worker, at, flag) values ($1, $2, $3)",
                        {to_value(worker), to_value(now), to_value(flag)});
}

std::vector<Standing> proposed_by(Transaction& transaction, WorkerId worker, UtcTime since)
{
    return read(transaction, transaction.query("select flag from flags_proposed where worker = $1 and at > $2 "
                                               "order by at desc, flag limit 100",
                                               {to_value(worker), to_value(since)}));
}

std::span<const storage::Migration> migrations()
{
    return all_migrations;
}

} // namespace reachable::flags
