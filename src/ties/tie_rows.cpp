#include "ties/tie_rows.h"

#include "storage/columns.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace reachable::ties {
namespace {

constexpr std::array kinds{std::pair{Kind::allocated, std::string_view("allocated")},
                           std::pair{Kind::family, std::string_view("family")},
                           std::pair{Kind::sealed, std::string_view("sealed")},
                           std::pair{Kind::emergency, std::string_view("emergency")},
                           std::pair{Kind::reasoned, std::string_view("reasoned")},
                           std::pair{Kind::joined_family, std::string_view("joined_family")},
                           std::pair{Kind::searching, std::string_view("searching")}};

Kind kind_from(std::string_view code)
{
    for (const auto& [kind, its_code] : kinds)
        if (its_code == code) return kind;
    throw Bug("a tie is stored with a kind that there is not");
}

/// Two ties that stand beside each other in this order either differ in nothing or are told apart by it.
auto rank_of(const Tie& tie)
{
    return std::tie(tie.since, tie.proved_by, tie.kind, tie.worker, tie.about, tie.ended_at, tie.purpose,
                    tie.characters, tie.child, tie.keeper, tie.keeper_team);
}

} // namespace

const std::string_view select_ties = "select kind, child, worker, proved_by, about, keeper, keeper_team, purpose, "
                                     "characters, since, ended_at, reader from ties ";

std::string_view code_of(Kind kind)
{
    return kinds.at(static_cast<std::size_t>(kind)).second;
}

Tie read_tie(const storage::Row& row)
{
    return {.kind = kind_from(row.text(0)),
            .child = storage::id_at<ChildId>(row, 1),
            .worker = storage::id_at<WorkerId>(row, 2),
            .proved_by = storage::id_at<CaseId>(row, 3),
            .about = storage::id_at<CaseId>(row, 4),
            .keeper = storage::id_at<AgencyId>(row, 5),
            .keeper_team = storage::id_at<TeamId>(row, 6),
            .purpose = row.text(7),
            .characters = static_cast<std::size_t>(row.integer(8)),
            .since = storage::time_at(row, 9),
            .ended_at = storage::maybe_time_at(row, 10)};
}

WorkerId read_reader(const storage::Row& row)
{
    return storage::id_at<WorkerId>(row, 11);
}

WorkerId reader_of(const Tie& tie)
{
    const bool concerns_everybody = tie.kind == Kind::family || tie.kind == Kind::joined_family ||
                                    tie.kind == Kind::sealed || tie.kind == Kind::searching;
    return concerns_everybody ? WorkerId{} : tie.worker;
}

bool is_family(const Tie& tie)
{
    return tie.kind == Kind::family || tie.kind == Kind::joined_family;
}

void begin_epoch(storage::Transaction& transaction)
{
    transaction.execute("update ties_clock set epoch = epoch + 1");
}

void put_in_order(std::vector<Tie>& ties)
{
    std::ranges::sort(ties, [](const Tie& left, const Tie& right) { return rank_of(left) < rank_of(right); });
}

} // namespace reachable::ties
