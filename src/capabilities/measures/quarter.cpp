#include "base/number.h"
#include "capabilities/measures/report.h"
#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::measures {
namespace {

constexpr int months_of_a_quarter = 3, quarters = 4;

UtcTime begins(const Quarter& quarter)
{
    const auto month = static_cast<unsigned>((quarter.number - 1) * months_of_a_quarter + 1);
    const CivilDate day{std::chrono::year{quarter.year}, std::chrono::month{month}, std::chrono::day{1}};
    return clocks::from_wall(day, "00:00").value();
}

Quarter after(const Quarter& quarter)
{
    return quarter.number == quarters ? Quarter{quarter.year + 1, 1} : Quarter{quarter.year, quarter.number + 1};
}

} // namespace

Quarter quarter_of(CivilDate day)
{
    const auto month = static_cast<int>(static_cast<unsigned>(day.month()));
    return {static_cast<int>(day.year()), (month - 1) / months_of_a_quarter + 1};
}

Quarter before(const Quarter& quarter)
{
    return quarter.number == 1 ? Quarter{quarter.year - 1, quarters} : Quarter{quarter.year, quarter.number - 1};
}

std::string code_of(const Quarter& quarter)
{
    return fmt::format("{}-Q{}", quarter.year, quarter.number);
}

std::optional<Quarter> quarter_from(std::string_view code)
{
    constexpr std::size_t letters = 7; // "2026-Q4"
    if (code.size() != letters || code.substr(4, 2) != "-Q") return std::nullopt;
    const auto year = whole_number<int>(code.substr(0, 4)), number = whole_number<int>(code.substr(6));
    if (!year || !number || *number < 1 || *number > quarters || *year < 2000) return std::nullopt;
    return Quarter{*year, *number};
}

std::string words_of(const Quarter& quarter)
{
    constexpr std::string_view months[] = {"January to March", "April to June", "July to September",
                                           "October to December"};
    return fmt::format("{} {}", months[quarter.number - 1], quarter.year);
}

Period period_of(const Quarter& quarter)
{
    return {begins(quarter), begins(after(quarter))};
}

} // namespace reachable::measures
