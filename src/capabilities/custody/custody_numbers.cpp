#include "capabilities/custody/custody_numbers.h"

#include "base/text.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

using storage::to_value;
using storage::Transaction;

constexpr std::string_view create = R"sql(
create table custody_numbers (case_id bytea primary key, suite bytea not null, number text not null, known_as text not null);
create index custody_numbers_of on custody_numbers (suite, known_as);
)sql";

constexpr storage::Migration all[] = {{"custody", 1, "the custody numbers of a suite", create}};

std::string known_as(std::string_view number)
{
    return to_lower_ascii(trim(number));
}

} // namespace

void store_custody_number(Transaction& transaction, CaseId id, TeamId suite, std::string_view number)
{
    transaction.execute("delete from custody_numbers where case_id = $1", {to_value(id)});
    transaction.execute("insert into custody_numbers (case_id, suite, number, known_as) values ($1, $2, $3, $4)",
                        {to_value(id), to_value(suite), std::string(number), known_as(number)});
}

bool is_custody_number(std::string_view number)
{
    constexpr std::string_view others = " /-.";
    return std::ranges::all_of(number, [&](char letter) {
        const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        return is_letter || (letter >= '0' && letter <= '9') || others.find(letter) != std::string_view::npos;
    });
}

std::vector<CaseId> open_cases_numbered(Transaction& transaction, TeamId suite, std::string_view number)
{
    return storage::ids_at<CaseId>(
        transaction.query("select n.case_id from custody_numbers n join cases c on c.id = n.case_id where n.suite = $1 "
                          "and n.known_as = $2 and c.is_open = 1 order by n.case_id limit 20",
                          {to_value(suite), known_as(number)}),
        0);
}

std::map<CaseId, std::string> custody_numbers_of(Transaction& transaction, std::span<const CaseId> cases)
{
    std::map<CaseId, std::string> numbers;
    storage::Values asked;
    std::vector<std::string> places;
    for (const auto id : cases) {
        asked.push_back(to_value(id));
        places.push_back(fmt::format("${}", asked.size()));
    }
    if (asked.empty()) return numbers;
    for (const auto& row : transaction.recall(
             fmt::format("select case_id, number from custody_numbers where case_id in ({})", join(places, ", ")),
             asked))
        numbers[storage::id_at<CaseId>(row, 0)] = row.text(1);
    return numbers;
}

std::span<const storage::Migration> migrations()
{
    return all;
}

} // namespace reachable::custody
