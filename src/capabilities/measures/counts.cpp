#include "capabilities/measures/counts.h"

#include "capabilities/measures/report.h"
#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::measures {

namespace {

using storage::id_at;
using storage::Transaction;

} // namespace

std::int64_t number_of(const Quarter& quarter)
{
    constexpr std::int64_t quarters = 4;
    return quarter.year * quarters + quarter.number - 1;
}

std::optional<Alike> alike(const storage::Row& row, std::size_t first)
{
    const auto stands = row.text(first + 2);
    if (stands == not_missing) return std::nullopt;
    return Alike{.quarter = number_of(quarter_of(clocks::london_day(storage::time_at(row, first + 1)))),
                 .force = id_at<AgencyId>(row, first),
                 .level = row.text(first + 3),
                 .barrier = row.text(first + 4),
                 .care = row.text(first + 5),
                 .distance = row.text(first + 6),
                 .is_over = stands == over,
                 .was_reported = row.integer(first + 7) == 1,
                 .was_regraded = row.integer(first + 8) == 1,
                 .is_repeat = row.integer(first + 9) == 1};
}

std::optional<Alike> alike(const EpisodeFigure& figure, bool is_repeat)
{
    if (figure.stands == not_missing) return std::nullopt;
    return Alike{.quarter = number_of(quarter_of(clocks::london_day(figure.began_at))),
                 .force = figure.force,
                 .level = figure.level,
                 .barrier = figure.barrier,
                 .care = figure.care,
                 .distance = figure.distance,
                 .is_over = figure.stands == over,
                 .was_reported = figure.was_reported,
                 .was_regraded = figure.was_regraded,
                 .is_repeat = is_repeat};
}

void Recount::add(const std::optional<Alike>& one, std::int64_t by)
{
    if (one) changes_[*one] += by;
}

void Recount::store(Transaction& transaction) const
{
    const auto flag = [](bool is_so) { return std::int64_t{is_so ? 1 : 0}; };
    for (const auto& [one, by] : changes_)
        if (by != 0)
            transaction.execute(
                "insert into missing_counts (quarter, force, level, barrier, care, distance, is_over, was_reported, "
                "was_regraded, is_repeat, number) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict "
                "(quarter, force, level, barrier, care, distance, is_over, was_reported, was_regraded, is_repeat) do "
                "update set number = missing_counts.number + excluded.number",
                {one.quarter, storage::to_value(one.force), one.level, one.barrier, one.care, one.distance,
                 flag(one.is_over), flag(one.was_reported), flag(one.was_regraded), flag(one.is_repeat), by});
}

std::vector<EpisodeGroup> episodes_in(Transaction& transaction, const Quarter& quarter, AgencyId force)
{
    storage::Values values{number_of(quarter)};
    if (!force.is_none()) values.push_back(storage::to_value(force));
    std::vector<EpisodeGroup> groups;
    for (const auto& row :
         transaction.recall(fmt::format("select force, level, barrier, care, distance, is_over, was_reported, "
                                        "was_regraded, is_repeat, number from missing_counts where quarter = $1{} and "
                                        "number > 0",
                                        force.is_none() ? "" : " and force = $2"),
                            values))
        groups.push_back({.force = id_at<AgencyId>(row, 0),
                          .level = row.text(1),
                          .barrier = row.text(2),
                          .care = row.text(3),
                          .distance = row.text(4),
                          .is_over = row.integer(5) == 1,
                          .was_reported = row.integer(6) == 1,
                          .was_regraded = row.integer(7) == 1,
                          .is_repeat = row.integer(8) == 1,
                          .count = row.integer(9)});
    return groups;
}

std::vector<std::string> counts_that_differ(Transaction& transaction)
{
    std::map<Alike, std::int64_t> differences;
    transaction.scan(fmt::format("select {} from missing_figures", counted_columns), [&](const storage::Row& row) {
        if (const auto one = alike(row, 0)) differences[*one] += 1;
    });
    for (const auto& row : transaction.query("select quarter, force, level, barrier, care, distance, is_over, "
                                             "was_reported, was_regraded, is_repeat, number from missing_counts"))
        differences[{.quarter = row.integer(0),
                     .force = id_at<AgencyId>(row, 1),
                     .level = row.text(2),
                     .barrier = row.text(3),
                     .care = row.text(4),
                     .distance = row.text(5),
                     .is_over = row.integer(6) == 1,
                     .was_reported = row.integer(7) == 1,
                     .was_regraded = row.integer(8) == 1,
                     .is_repeat = row.integer(9) == 1}] -= row.integer(10);
    std::vector<std::string> faults;
    for (const auto& [one, by] : differences)
        if (by != 0)
            faults.push_back(fmt::format("Of force {}, quarter {}: {} absences more stand in the figures than are "
                                         "counted ({}, {}, {}).",
                                         one.force.text(), one.quarter, by, one.level, one.care, one.distance));
    return faults;
}

} // namespace reachable::measures
