// The tables, and what an episode writes into them.
#include "capabilities/patterns/patterns.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::patterns {
namespace {

using storage::to_value;
using storage::Transaction;

// `third_at`: when the third-newest child of the last 90 days was there, so that the places to be named are found by
// their index and no others are read. It is kept of all children, and of those whose episodes one force leads.
constexpr storage::Migration all_migrations[] = {
    {"patterns", 1, "who was missing with whom, and where",
     "create table patterns_together (child bytea not null, other bytea not null, episode bytea not null, "
     "other_episode bytea not null, began bigint not null, force bytea not null, "
     "primary key (child, other, episode, other_episode));\n"
     "create index patterns_together_of on patterns_together (episode);\n"
     "create table patterns_places (place bytea not null, area bytea not null, name_key text not null, "
     "kind text not null, name text not null, third_at bigint, primary key (place));\n"
     "create unique index patterns_places_by_name on patterns_places (area, name_key);\n"
     "create index patterns_places_named on patterns_places (area, third_at);\n"
     "create table patterns_led (force bytea not null, place bytea not null, third_at bigint, "
     "primary key (force, place));\n"
     "create index patterns_led_named on patterns_led (force, third_at);\n"
     "create table patterns_visits (episode bytea not null, place bytea not null, role text not null, "
     "child bytea not null, began bigint not null, force bytea not null, primary key (episode, place, role));\n"
     "create index patterns_visits_of_place on patterns_visits (place, began, child, force);"}};

constexpr std::string_view kind_not_known = "not_known";

/// The place of that name in that area; the first time that it is named it begins to be one.
PlaceId place_of(Transaction& transaction, const Trace::Where& where)
{
    const auto key = key_of_place(where.name);
    const auto rows = transaction.query("select place, kind from patterns_places where area = $1 and name_key = $2",
                                        {to_value(where.area), key});
    if (rows.empty()) {
        const auto place = PlaceId::random();
        transaction.execute("insert into patterns_places (place, area, name_key, kind, name) "
                            "values ($1, $2, $3, $4, $5)",
                            {to_value(place), to_value(where.area), key, where.kind, where.name});
        return place;
    }
    const auto place = storage::id_at<PlaceId>(rows.front(), 0);
    if (rows.front().text(1) == kind_not_known && where.kind != kind_not_known)
        transaction.execute("update patterns_places set kind = $1 where place = $2", {where.kind, to_value(place)});
    return place;
}

/// Places whose children are counted again, with the force that led an episode there.
using Touched = std::set<std::pair<PlaceId, AgencyId>>;

/// When the third-newest child was there; null while there are fewer.
storage::Value third_at(Transaction& transaction, std::string_view which, const storage::Values& values)
{
    const auto rows = transaction.query(fmt::format("select max(began) from patterns_visits where {} group by child "
                                                    "order by max(began) desc limit {}",
                                                    which, named_from),
                                        values);
    if (rows.size() < named_from) return std::monostate{};
    return rows.back().integer(0);
}

void count_again(Transaction& transaction, const Touched& touched, UtcTime now)
{
    const auto since = to_value(now - named_within);
    for (const auto& [place, force] : touched) {
        const auto of_all = third_at(transaction, "place = $1 and began >= $2", {to_value(place), since});
        transaction.execute("update patterns_places set third_at = $1 where place = $2", {of_all, to_value(place)});
        const auto of_force = third_at(transaction, "place = $1 and began >= $2 and force = $3",
                                       {to_value(place), since, to_value(force)});
        transaction.execute("insert into patterns_led (force, place, third_at) values ($1, $2, $3) "
                            "on conflict (force, place) do update set third_at = excluded.third_at",
                            {to_value(force), to_value(place), of_force});
    }
}

void write_visits(Transaction& transaction, const Trace& trace, Touched& touched)
{
    std::set<std::pair<PlaceId, std::string>> written;
    for (const auto& where : trace.places) {
        if (key_of_place(where.name).empty()) continue;
        const auto place = place_of(transaction, where);
        if (!written.emplace(place, where.role).second) continue;
        touched.emplace(place, trace.force);
        transaction.execute("insert into patterns_visits (episode, place, role, child, began, force) "
                            "values ($1, $2, $3, $4, $5, $6)",
                            {to_value(trace.episode), to_value(place), where.role, to_value(trace.child),
                             to_value(trace.began), to_value(trace.force)});
    }
}

void write_together(Transaction& transaction, const Trace& trace)
{
    for (const auto& with : trace.with)
        transaction.execute("insert into patterns_together (child, other, episode, other_episode, began, force) "
                            "values ($1, $2, $3, $4, $5, $6)",
                            {to_value(trace.child), to_value(with.child), to_value(trace.episode),
                             to_value(with.episode), to_value(trace.began), to_value(trace.force)});
}

} // namespace

std::string key_of_place(std::string_view name)
{
    std::string key;
    for (const char c : to_lower_ascii(name)) {
        // What is written in other letters than English ones stands for itself.
        const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (is_kept)
            key += c;
        else if (c != '\'' && !key.empty() && key.back() != ' ')
            key += ' ';
    }
    while (key.ends_with(' ')) key.pop_back();
    return key;
}

void note(Transaction& transaction, const Trace& trace, UtcTime now)
{
    Touched touched;
    for (const auto& row :
         transaction.query("select place, force from patterns_visits where episode = $1", {to_value(trace.episode)}))
        touched.emplace(storage::id_at<PlaceId>(row, 0), storage::id_at<AgencyId>(row, 1));
    transaction.execute("delete from patterns_visits where episode = $1", {to_value(trace.episode)});
    transaction.execute("delete from patterns_together where episode = $1", {to_value(trace.episode)});
    if (trace.is_absence) {
        write_visits(transaction, trace, touched);
        write_together(transaction, trace);
    }
    count_again(transaction, touched, now);
}

std::vector<std::string> differences(Transaction& transaction, const Trace& trace)
{
    std::vector<std::string> faults;
    std::set<std::pair<AgencyId, std::string>> places_said, places_kept;
    std::vector<Trace::With> with_said, with_kept;
    if (trace.is_absence) {
        for (const auto& where : trace.places)
            if (auto key = key_of_place(where.name); !key.empty()) places_said.emplace(where.area, std::move(key));
        with_said = trace.with;
    }
    for (const auto& row : transaction.query("select p.area, p.name_key from patterns_visits v join patterns_places p "
                                             "on p.place = v.place where v.episode = $1",
                                             {to_value(trace.episode)}))
        places_kept.emplace(storage::id_at<AgencyId>(row, 0), row.text(1));
    for (const auto& row : transaction.query("select other, other_episode from patterns_together where episode = $1",
                                             {to_value(trace.episode)}))
        with_kept.push_back({storage::id_at<ChildId>(row, 0), storage::id_at<CaseId>(row, 1)});
    if (places_said != places_kept)
        faults.push_back(fmt::format("The places of episode {} are not those that are counted.", trace.episode.text()));
    if (!std::ranges::is_permutation(with_said, with_kept))
        faults.push_back(
            fmt::format("With whom the child of episode {} was missing is not what is counted.", trace.episode.text()));
    return faults;
}

/// Both episodes say it: of a child who was not missing, as an inspector decided, the episode says nothing any longer.
std::vector<Pair> pairs_of(Transaction& transaction, std::span<const ChildId> children, UtcTime now, std::size_t most)
{
    constexpr auto two_years = hours{24 * 730};
    if (children.empty()) return {};
    auto values = storage::to_values(children);
    values.push_back(to_value(now - two_years));
    std::map<std::pair<ChildId, ChildId>, Pair> found;
    std::set<std::pair<CaseId, ChildId>> counted;
    for (const auto& row :
         transaction.recall(fmt::format("select t.child, t.other, t.episode, t.began, t.force from patterns_together t "
                                        "join patterns_together back on back.child = t.other and back.other = t.child "
                                        "and back.episode = t.other_episode and back.other_episode = t.episode "
                                        "where t.child in ({}) and t.began >= ${} order by t.began",
                                        storage::places(children.size()), values.size()),
                            values)) {
        const auto child = storage::id_at<ChildId>(row, 0), other = storage::id_at<ChildId>(row, 1);
        // Each of two of these children tells of the other: the pair stands once, as the one of the smaller id tells
        // it.
        if (other < child && std::ranges::find(children, other) != children.end()) continue;
        auto& pair = found[{child, other}];
        pair.child = child;
        pair.other = other;
        pair.last = storage::time_at(row, 3);
        pair.forces.insert(storage::id_at<AgencyId>(row, 4));
        if (counted.emplace(storage::id_at<CaseId>(row, 2), other).second) pair.times += 1;
    }
    std::vector<Pair> pairs;
    for (auto& [ends, pair] : found) pairs.push_back(std::move(pair));
    std::ranges::stable_sort(
        pairs, [](const Pair& a, const Pair& b) { return std::pair(a.times, a.last) > std::pair(b.times, b.last); });
    if (pairs.size() > most) pairs.resize(most);
    return pairs;
}

std::span<const storage::Migration> migrations()
{
    return all_migrations;
}

} // namespace reachable::patterns
