#include "capabilities/missing/call_lengths.h"

#include "clocks/london.h"
#include "storage/columns.h"

#include <algorithm>
#include <map>

namespace reachable::missing {
namespace {

using storage::to_value;

/// The last nine digits, in which a number is the same with the code of its country and without.
std::string digits_of(std::string_view number)
{
    constexpr std::size_t compared = 9;
    std::string digits;
    for (const char c : number)
        if (c >= '0' && c <= '9') digits += c;
    return digits.size() < compared ? std::string() : digits.substr(digits.size() - compared);
}

} // namespace

void note_length_of_call(storage::Transaction& transaction, AgencyId force, UtcTime began, UtcTime now, CaseId ended,
                         std::string_view number)
{
    const auto ended_in = ended.is_none() ? storage::Value{} : to_value(ended);
    transaction.execute("insert into call_lengths (force, at, seconds, ended, digits) values ($1, $2, $3, $4, $5)",
                        {to_value(force), to_value(now), std::int64_t{(now - began).count()}, ended_in,
                         ended.is_none() ? std::string() : digits_of(number)});
}

std::vector<CaseId> ended_calls_from(storage::Transaction& transaction, AgencyId force, std::string_view number)
{
    const auto digits = digits_of(number);
    if (digits.empty()) return {};
    return storage::ids_at<CaseId>(
        transaction.query("select ended from call_lengths where force = $1 and digits = $2 and ended is not null "
                          "order by at desc limit 20",
                          {to_value(force), digits}),
        0);
}

std::vector<CallsOfMonth> calls_by_month(storage::Transaction& transaction, AgencyId force, UtcTime since)
{
    std::map<CivilDate, CallsOfMonth, std::greater<>> months;
    std::map<CivilDate, std::vector<std::int64_t>> lengths;
    for (const auto& row :
         transaction.query("select at, seconds, ended from call_lengths where force = $1 and at >= $2",
                           {to_value(force), to_value(since)})) {
        const auto day = clocks::london_day(storage::time_at(row, 0));
        const CivilDate first = day.year() / day.month() / std::chrono::day{1};
        auto& month = months[first];
        month.month = first;
        (row.is_null(2) ? month.reports : month.ended) += 1;
        if (row.is_null(2)) lengths[first].push_back(row.integer(1));
    }
    std::vector<CallsOfMonth> all;
    for (auto& [first, month] : months) {
        auto& of_month = lengths[first];
        std::ranges::sort(of_month);
        const auto half = of_month.size() / 2;
        if (of_month.size() >= CallsOfMonth::enough)
            month.median =
                seconds{of_month.size() % 2 == 1 ? of_month[half] : (of_month[half - 1] + of_month[half]) / 2};
        all.push_back(month);
    }
    return all;
}

} // namespace reachable::missing
