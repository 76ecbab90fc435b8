#include "capabilities/measures/figures.h"

#include "storage/query_each.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::measures {
namespace {

using storage::id_at;
using storage::time_at;
using storage::to_value;
using storage::Transaction;
using storage::Value;

constexpr std::string_view create = R"sql(
create table missing_figures (
    case_id bytea primary key, child bytea not null, force bytea not null, began_at bigint not null, stands text not null,
    level text not null, was_reported bigint not null, was_regraded bigint not null, is_repeat bigint not null,
    barrier text not null, care text not null, distance text not null);
create index missing_figures_of_time on missing_figures (began_at, force);
create index missing_figures_of_force on missing_figures (force, began_at);
create index missing_figures_of_child on missing_figures (child, began_at);
create index missing_figures_now on missing_figures (stands, force);
create table interview_figures (
    case_id bytea primary key, force bytea not null, provider bytea not null, returned_at bigint not null,
    age text not null, area text not null, was_offered bigint not null, was_accepted bigint not null,
    was_held bigint not null, is_in_72_hours bigint not null, is_shared bigint not null, is_acted_upon bigint not null);
create index interview_figures_of_time on interview_figures (returned_at, force);
create index interview_figures_of_force on interview_figures (force, returned_at);
create table figures_all_kept (type text primary key, at bigint not null);
)sql";

/// Every episode is counted anew.
constexpr std::string_view add_who_and_what_was_known = R"sql(
alter table missing_figures add column ethnicity text not null default '';
alter table missing_figures add column profile text not null default '';
delete from missing_figures;
delete from figures_all_kept where type = 'missing';
)sql";

constexpr storage::Migration all[] = {
    {"measures", 1, "what is counted of missing episodes and of interviews", create},
    {"measures", 2, "ethnic groups, and whether a profile was kept", add_who_and_what_was_known}};

constexpr auto repeat_window = hours{24 * 90};

Value flag(bool is_so)
{
    return std::int64_t{is_so ? 1 : 0};
}

/// R-B-05: "3 in 90 days". Counted here: another absence of the same child began in the 90 days before, reported or
/// not. `rows`: absences of one child in their order, with all that began in the 90 days before `from`; from then on
/// they are marked.
void mark(Transaction& transaction, std::vector<const storage::Row*> rows, UtcTime from)
{
    std::ranges::sort(rows, {}, [](const storage::Row* row) { return std::pair(row->integer(1), row->bytes(0)); });
    std::optional<UtcTime> before;
    for (const auto* row : rows) {
        const auto began = time_at(*row, 1);
        const bool is_repeat = before && began - *before <= repeat_window;
        if (began >= from && is_repeat != (row->integer(2) == 1))
            transaction.execute("update missing_figures set is_repeat = $1 where case_id = $2",
                                {flag(is_repeat), to_value(id_at<CaseId>(*row, 0))});
        before = began;
    }
}

/// A child of whom absences came, went or moved: between which times another may be a repeat now that was none.
struct Touched {
    std::vector<ChildId> records;
    UtcTime from{};
    UtcTime until{};
};

void mark(Transaction& transaction, std::span<const Touched> children)
{
    std::vector<storage::Values> asked;
    for (const auto& child : children)
        for (const auto record : child.records)
            asked.push_back(
                {to_value(record), to_value(child.from - repeat_window), to_value(child.until + repeat_window)});
    const auto answers = storage::query_each(
        transaction,
        "select case_id, began_at, is_repeat from missing_figures where child = $1 and began_at >= $2 and began_at <= "
        "$3 and stands <> 'not_missing'",
        asked);
    std::size_t next = 0;
    for (const auto& child : children) {
        std::vector<const storage::Row*> rows;
        for (std::size_t i = 0; i < child.records.size(); ++i)
            for (const auto& row : answers[next++]) rows.push_back(&row);
        mark(transaction, std::move(rows), child.from);
    }
}

/// The children of these figures, with the times at which their absences began until now and from now on.
std::vector<Touched> touched_by(Transaction& transaction, std::span<const EpisodeFigure> figures,
                                const RecordsOf& records)
{
    std::map<std::vector<ChildId>, Touched> children;
    const auto touch = [&](ChildId child, UtcTime began) {
        const auto& all = records.at(child);
        auto& one = children.try_emplace(all, Touched{all, began, began}).first->second;
        one.from = std::min(one.from, began);
        one.until = std::max(one.until, began);
    };
    std::vector<storage::Values> asked;
    for (const auto& figure : figures) {
        touch(figure.child, figure.began_at);
        if (!figure.is_new) asked.push_back({to_value(figure.id)});
    }
    const auto answers =
        storage::query_each(transaction, "select child, began_at from missing_figures where case_id = $1", asked);
    for (const auto& answer : answers)
        for (const auto& row : answer)
            if (const auto child = id_at<ChildId>(row, 0); records.contains(child)) touch(child, time_at(row, 1));
    std::vector<Touched> all;
    for (auto& [members, one] : children) all.push_back(std::move(one));
    return all;
}

void store(Transaction& transaction, const EpisodeFigure& figure)
{
    transaction.execute("insert into missing_figures (case_id, child, force, began_at, stands, level, was_reported, "
                        "was_regraded, is_repeat, barrier, care, distance, ethnicity, profile) values ($1, $2, $3, $4, "
                        "$5, $6, $7, $8, 0, $9, $10, $11, $12, $13) on conflict (case_id) do update set child = "
                        "excluded.child, force = excluded.force, began_at = excluded.began_at, stands = "
                        "excluded.stands, level = excluded.level, was_reported = excluded.was_reported, was_regraded = "
                        "excluded.was_regraded, barrier = excluded.barrier, care = excluded.care, distance = "
                        "excluded.distance, ethnicity = case when excluded.ethnicity = '' then "
                        "missing_figures.ethnicity else excluded.ethnicity end, profile = case when "
                        "missing_figures.profile = '' then excluded.profile else missing_figures.profile end",
                        {to_value(figure.id), to_value(figure.child), to_value(figure.force), to_value(figure.began_at),
                         figure.stands, figure.level, flag(figure.was_reported), flag(figure.was_regraded),
                         figure.barrier, figure.care, figure.distance, figure.ethnicity, figure.profile});
}

/// A child whose record is sealed is counted nowhere here (README.md). As the record stands now: who was protected
/// since leaves the counts, and who no longer is comes back. The first words are those of an index.
std::string protected_children()
{
    return "(select child from ties where kind in ('family', 'joined_family', 'sealed') and ended_at is null and "
           "kind = 'sealed')";
}

std::string of_period(std::string_view column, const Period& period, AgencyId force, storage::Values& values)
{
    values = {to_value(period.from), to_value(period.until)};
    auto where = fmt::format("{0} >= $1 and {0} < $2", column);
    if (force.is_none()) return where;
    values.push_back(to_value(force));
    return where + " and force = $3";
}

} // namespace

void keep(Transaction& transaction, std::span<const EpisodeFigure> figures, const RecordsOf& records)
{
    const auto touched = touched_by(transaction, figures, records);
    for (const auto& figure : figures) store(transaction, figure);
    mark(transaction, touched);
}

void keep(Transaction& transaction, const EpisodeFigure& figure, std::span<const ChildId> records)
{
    keep(transaction, std::span(&figure, 1), {{figure.child, {records.begin(), records.end()}}});
}

void mark_repeats(Transaction& transaction, std::span<const ChildId> records)
{
    const auto rows = transaction.query(
        fmt::format("select case_id, began_at, is_repeat from missing_figures where child in ({}) and stands <> "
                    "'not_missing'",
                    storage::places(records.size())),
        storage::to_values(records));
    std::vector<const storage::Row*> all;
    for (const auto& row : rows) all.push_back(&row);
    mark(transaction, std::move(all), UtcTime::min());
}

void keep(Transaction& transaction, const InterviewFigure& figure)
{
    transaction.execute(
        "insert into interview_figures (case_id, force, provider, returned_at, age, area, was_offered, was_accepted, "
        "was_held, is_in_72_hours, is_shared, is_acted_upon) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
        "$12) on conflict (case_id) do update set force = excluded.force, provider = excluded.provider, returned_at = "
        "excluded.returned_at, age = excluded.age, area = excluded.area, was_offered = excluded.was_offered, "
        "was_accepted = excluded.was_accepted, was_held = excluded.was_held, is_in_72_hours = "
        "excluded.is_in_72_hours, is_shared = excluded.is_shared, is_acted_upon = excluded.is_acted_upon",
        {to_value(figure.id), to_value(figure.force), to_value(figure.provider), to_value(figure.returned_at),
         figure.age, figure.area, flag(figure.was_offered), flag(figure.was_accepted), flag(figure.was_held),
         flag(figure.is_in_72_hours), flag(figure.is_shared), flag(figure.is_acted_upon)});
}

void note_ethnicity(Transaction& transaction, std::span<const ChildId> records, const std::string& group)
{
    for (const auto record : records)
        transaction.execute("update missing_figures set ethnicity = $2 where child = $1", {to_value(record), group});
}

std::vector<CaseId> not_kept_yet(Transaction& transaction, std::string_view type, CaseId after, std::size_t most)
{
    if (!transaction.query("select 1 from figures_all_kept where type = $1", {std::string(type)}).empty()) return {};
    const auto* table = type == "missing" ? "missing_figures" : "interview_figures";
    return storage::ids_at<CaseId>(
        transaction.query(fmt::format("select id from cases where type = $1 and id > $2 and not exists (select 1 from "
                                      "{} where case_id = cases.id) order by id limit $3",
                                      table),
                          {std::string(type), to_value(after), static_cast<std::int64_t>(most)}),
        0);
}

void note_all_kept(Transaction& transaction, std::string_view type, UtcTime now)
{
    transaction.execute("insert into figures_all_kept (type, at) values ($1, $2) on conflict (type) do nothing",
                        {std::string(type), to_value(now)});
}

std::map<AgencyId, Now> missing_now(Transaction& transaction)
{
    std::map<AgencyId, Now> now;
    for (const auto& row : transaction.recall(
             fmt::format("select force, level, count(*), min(began_at) from missing_figures where stands "
                         "in ('away', 'located') and child not in {} group by force, level",
                         protected_children()))) {
        auto& one = now[id_at<AgencyId>(row, 0)];
        const auto since = time_at(row, 3);
        if (one.away == 0 || since < one.longest_since) one.longest_since = since;
        one.away += row.integer(2);
        one.by_level[row.text(1)] += row.integer(2);
    }
    return now;
}

std::vector<EpisodeGroup> episodes_in(Transaction& transaction, const Period& period, AgencyId force)
{
    storage::Values values;
    const auto where = of_period("began_at", period, force, values);
    std::vector<EpisodeGroup> groups;
    for (const auto& row :
         transaction.recall(fmt::format("select force, level, barrier, care, distance, case when stands = 'over' then "
                                        "1 else 0 end, was_reported, was_regraded, is_repeat, ethnicity, profile, "
                                        "count(*) from missing_figures where {} and stands <> 'not_missing' and child "
                                        "not in {} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
                                        where, protected_children()),
                            values))
        groups.push_back({.force = id_at<AgencyId>(row, 0),
                          .level = row.text(1),
                          .barrier = row.text(2),
                          .care = row.text(3),
                          .distance = row.text(4),
                          .ethnicity = row.text(9),
                          .profile = row.text(10),
                          .is_over = row.integer(5) == 1,
                          .was_reported = row.integer(6) == 1,
                          .was_regraded = row.integer(7) == 1,
                          .is_repeat = row.integer(8) == 1,
                          .count = row.integer(11)});
    return groups;
}

std::vector<InterviewGroup> interviews_in(Transaction& transaction, const Period& period, AgencyId force)
{
    storage::Values values;
    const auto where = of_period("returned_at", period, force, values);
    std::vector<InterviewGroup> groups;
    for (const auto& row :
         transaction.recall(fmt::format("select provider, age, area, was_offered, was_accepted, was_held, "
                                        "is_in_72_hours, is_shared, is_acted_upon, count(*) from interview_figures "
                                        "where {} and case_id not in (select id from cases where child in {} and type "
                                        "= 'return-interview') group by 1, 2, 3, 4, 5, 6, 7, 8, 9",
                                        where, protected_children()),
                            values))
        groups.push_back({.provider = id_at<AgencyId>(row, 0),
                          .age = row.text(1),
                          .area = row.text(2),
                          .was_offered = row.integer(3) == 1,
                          .was_accepted = row.integer(4) == 1,
                          .was_held = row.integer(5) == 1,
                          .is_in_72_hours = row.integer(6) == 1,
                          .is_shared = row.integer(7) == 1,
                          .is_acted_upon = row.integer(8) == 1,
                          .count = row.integer(9)});
    return groups;
}

std::span<const storage::Migration> migrations()
{
    return all;
}

} // namespace reachable::measures
