// The numbers to which text messages go, of teams and of people.
#include "accounts/text_numbers.h"
#include "app/setting_up_parts.h"
#include "base/csv.h"
#include "base/text.h"

#include <fmt/format.h>

namespace reachable::app {

using storage::Transaction;

namespace {

/// Whose number is to be kept, found in the record.
struct NumberToKeep {
    AgencyId agency;
    WorkerId worker; // none: the team's
    TeamId team;
    std::string number;
};

Result<NumberToKeep> number_to_keep(Transaction& transaction, const NewTextNumber& asked)
{
    NumberToKeep found;
    if (!trim(asked.number).empty()) found.number = TRY(accounts::read_text_number(asked.number));
    if (!asked.sign_in_name.empty() && !asked.team.empty())
        return refuse(ProblemKind::malformed, "A number is a team's or somebody's: give one of the two");
    if (!asked.sign_in_name.empty()) {
        const auto worker = TRY(worker_named(transaction, to_lower_ascii(trim(asked.sign_in_name))));
        found.agency = worker.agency;
        found.worker = worker.id;
        return found;
    }
    const auto agency = TRY(agency_named(transaction, asked.agency));
    found.agency = agency.id;
    for (const auto& team : accounts::list_teams(transaction, agency.id))
        if (team.name == asked.team) found.team = team.id;
    if (found.team.is_none())
        return refuse(ProblemKind::not_found, fmt::format("{} has no team called “{}”", agency.name, asked.team));
    return found;
}

/// Whether anything changed.
bool keep(Transaction& transaction, const NumberToKeep& one)
{
    const bool is_team = one.worker.is_none();
    const auto held =
        is_team ? accounts::text_number_of(transaction, one.team) : accounts::text_number_of(transaction, one.worker);
    if (held == one.number) return false;
    if (is_team)
        accounts::set_text_number(transaction, one.team, one.number);
    else
        accounts::set_text_number(transaction, one.worker, one.number);
    return true;
}

} // namespace

Said set_text_numbers(const Administration& here, std::span<const NewTextNumber> asked)
{
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        std::vector<NumberToKeep> numbers;
        Problems problems;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            auto number = number_to_keep(transaction, asked[i]);
            if (number) {
                numbers.push_back(std::move(*number));
                continue;
            }
            for (auto problem : number.error()) {
                if (asked.size() > 1) problem.sentence = fmt::format("Row {}: {}", i + 1, problem.sentence);
                problems.push_back(std::move(problem));
            }
        }
        if (!problems.empty()) return refuse(std::move(problems));
        std::size_t changed_count = 0;
        for (const auto& one : numbers) {
            if (!keep(transaction, one)) continue;
            ++changed_count;
            record(transaction, here, "accounts.set_text_number", one.agency,
                   one.worker.is_none() ? one.team.text() : one.worker.text());
        }
        return fmt::format("{} of {} numbers were changed.\n", changed_count, asked.size());
    });
}

Result<std::vector<NewTextNumber>> read_text_numbers(const std::filesystem::path& file)
{
    const auto table = TRY(read_csv_file(file));
    TRY(table.require({"agency", "team", "sign_in_name", "number"}));
    std::vector<NewTextNumber> numbers;
    for (const auto& row : table.rows)
        numbers.push_back({table.cell(row, "agency"), table.cell(row, "team"), table.cell(row, "sign_in_name"),
                           table.cell(row, "number")});
    return numbers;
}

} // namespace reachable::app
