#include "capabilities/matching/waiting.h"

#include "capabilities/matching/sides.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::matching {
namespace {

using storage::to_value;
using storage::Transaction;

/// How many questions there are about a record and one that everybody may see.
std::string questions_of(std::string_view record)
{
    return fmt::format(
        "((select count(*) from cases c where c.child = {0} and c.type = 'same-person' and c.is_open = 1 "
        "and not {1}) + (select count(*) from cases c where c.other = {0} and c.type = 'same-person' and "
        "c.is_open = 1 and not {2}))",
        record, is_restricted("c.other"), is_restricted("c.child"));
}

constexpr std::string_view sealed_pair = "exists (select 1 from ties t where t.child in (w.one, w.other) and t.kind = "
                                         "'sealed' and t.ended_at is null)";

LikelyPair read_pair(const storage::Row& row)
{
    return {.one = storage::id_at<ChildId>(row, 0),
            .other = storage::id_at<ChildId>(row, 1),
            .holder = storage::id_at<AgencyId>(row, 2),
            .partner = storage::id_at<AgencyId>(row, 3),
            .worth = row.integer(4)};
}

/// The least certain of those who wait about this record, beside one that everybody may see, if there is no room for
/// one more.
std::optional<LikelyPair> least_of_full(Transaction& transaction, ChildId record)
{
    const auto rows = transaction.query(
        fmt::format("select w.one, w.other, w.holder, w.partner, w.worth from matching_waiting w where "
                    "(w.one = $1 and not {}) or (w.other = $1 and not {}) order by w.worth, w.one, w.other",
                    is_restricted("w.other"), is_restricted("w.one")),
        {to_value(record)});
    if (std::ssize(rows) < most_waiting_of_record) return std::nullopt;
    return read_pair(rows.front());
}

/// Of whom the pair takes up room: those who stand beside a record that everybody may see.
std::vector<ChildId> counted_of(const LikelyPair& pair, const identity::MaySee& is_seen_by_everybody)
{
    std::vector<ChildId> counted;
    if (is_seen_by_everybody(pair.other)) counted.push_back(pair.one);
    if (is_seen_by_everybody(pair.one)) counted.push_back(pair.other);
    return counted;
}

/// Those of a child who is in custody with one of the two organisations that see the question: to be asked about does
/// not tell others that a child is held.
std::vector<LikelyPair> in_custody(Transaction& transaction, PairClass pair_class, std::size_t most)
{
    std::vector<LikelyPair> pairs;
    for (const auto& row : transaction.query(
             fmt::format("select w.one, w.other, w.holder, w.partner, w.worth from cases c join matching_waiting w on "
                         "(w.one = c.child or w.other = c.child) and c.agency in (w.holder, w.partner) where c.type = "
                         "'custody' and c.is_open = 1 and not {} and {} order by w.worth desc, w.one, w.other limit $1",
                         sealed_pair, is_of(pair_class, "w.one", "w.other")),
             {static_cast<std::int64_t>(most)}))
        pairs.push_back(read_pair(row));
    return pairs;
}

std::int64_t room_of(Transaction& transaction, AgencyId holder)
{
    const auto rows = transaction.query(
        fmt::format("select count(*) from cases c where c.agency = $1 and c.is_open = 1 and c.type = 'same-person' and "
                    "c.state = $2 and {}",
                    is_of(PairClass::open, "c.child", "c.other")),
        {to_value(holder), std::string(to_be_decided)});
    return most_questions_of_holder - rows.front().integer(0);
}

bool share_a_record(const LikelyPair& one, const LikelyPair& other)
{
    return one.one == other.one || one.one == other.other || one.other == other.one || one.other == other.other;
}

/// One about each record: how many more it has room for is seen when this one is asked about.
void add_most_certain(Transaction& transaction, AgencyId holder, std::int64_t room, std::vector<LikelyPair>& pairs)
{
    for (const auto& row : transaction.query(
             fmt::format("select w.one, w.other, w.holder, w.partner, w.worth from matching_waiting w where w.holder = "
                         "$1 and {} and {} < $2 and {} < $2 order by w.worth desc, w.one, w.other limit $3",
                         is_of(PairClass::open, "w.one", "w.other"), questions_of("w.one"), questions_of("w.other")),
             {to_value(holder), most_questions_of_record, room})) {
        const auto pair = read_pair(row);
        if (std::ranges::none_of(pairs, [&](const auto& taken) { return share_a_record(taken, pair); }))
            pairs.push_back(pair);
    }
}

/// The most certain beside each restricted record that has room; what one of them is asked about does not hang on the
/// others.
void add_most_certain_restricted(Transaction& transaction, std::size_t most, std::vector<LikelyPair>& pairs)
{
    constexpr std::string_view restricted =
        "(select t.child from ties t where t.kind in ('family', 'joined_family', 'sealed') and t.ended_at is null)";
    const auto is_seen = seen_by_everybody(transaction);
    std::vector<ChildId> taken;
    for (const auto& pair : pairs) std::ranges::copy(counted_of(pair, is_seen), std::back_inserter(taken));
    for (const auto& row : transaction.query(
             fmt::format("select w.one, w.other, w.holder, w.partner, w.worth from (select * from matching_waiting "
                         "where one in {0} union select * from matching_waiting where other in {0}) w where not {1} "
                         "and {2} < $1 and {3} < $1 order by w.worth desc, w.one, w.other limit $2",
                         restricted, sealed_pair, questions_of("w.one"), questions_of("w.other")),
             {most_questions_of_record, static_cast<std::int64_t>(most)})) {
        const auto pair = read_pair(row);
        const auto counted = counted_of(pair, is_seen);
        const auto is_taken = [&](ChildId record) { return std::ranges::find(taken, record) != taken.end(); };
        if (std::ranges::any_of(counted, is_taken)) continue;
        std::ranges::copy(counted, std::back_inserter(taken));
        pairs.push_back(pair);
    }
}

/// The next organisation with pairs that wait, in the order of ids.
std::optional<AgencyId> holder_after(Transaction& transaction, AgencyId before)
{
    const auto rows = transaction.query("select holder from matching_waiting where holder > $1 order by holder limit 1",
                                        {to_value(before)});
    if (rows.empty()) return std::nullopt;
    return storage::id_at<AgencyId>(rows.front(), 0);
}

} // namespace

std::string is_restricted(std::string_view column)
{
    return fmt::format(
        "exists (select 1 from ties t where t.child = {} and t.kind in ('family', 'joined_family', 'sealed') and "
        "t.ended_at is null)",
        column);
}

std::string is_of(PairClass pair_class, std::string_view one, std::string_view other)
{
    return fmt::format("{}({} or {})", pair_class == PairClass::open ? "not " : "", is_restricted(one),
                       is_restricted(other));
}

void let_wait(Transaction& transaction, const LikelyPair& pair)
{
    const auto known =
        transaction.query("select 1 from matching_waiting where (one = $1 and other = $2) or (one = $2 and other = $1)",
                          {to_value(pair.one), to_value(pair.other)});
    if (!known.empty()) return;
    std::vector<LikelyPair> less_certain;
    for (const auto record : counted_of(pair, seen_by_everybody(transaction)))
        if (const auto least = least_of_full(transaction, record)) less_certain.push_back(*least);
    if (std::ranges::any_of(less_certain, [&](const auto& least) { return least.worth >= pair.worth; })) return;
    for (const auto& least : less_certain) wait_no_longer(transaction, least);
    transaction.execute(
        "insert into matching_waiting (one, other, holder, partner, worth) values ($1, $2, $3, $4, $5)",
        {to_value(pair.one), to_value(pair.other), to_value(pair.holder), to_value(pair.partner), pair.worth});
}

void wait_no_longer(Transaction& transaction, const LikelyPair& pair)
{
    transaction.execute("delete from matching_waiting where one = $1 and other = $2",
                        {to_value(pair.one), to_value(pair.other)});
}

std::vector<LikelyPair> next_to_ask(Transaction& transaction, PairClass pair_class, std::size_t most)
{
    auto pairs = in_custody(transaction, pair_class, most);
    if (pair_class == PairClass::restricted && pairs.size() < most)
        add_most_certain_restricted(transaction, most - pairs.size(), pairs);
    AgencyId holder;
    while (pair_class == PairClass::open && pairs.size() < most) {
        const auto next = holder_after(transaction, holder);
        if (!next) break;
        holder = *next;
        const auto room = std::min(room_of(transaction, holder), static_cast<std::int64_t>(most - pairs.size()));
        if (room > 0) add_most_certain(transaction, holder, room, pairs);
    }
    return pairs;
}

} // namespace reachable::matching
