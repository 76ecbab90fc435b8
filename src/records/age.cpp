#include "records/child.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::records {
namespace {

constexpr int grown_up = 18;
constexpr int years_of_doubt = 2;

/// The birthday in a year. Somebody born on 29 February has it on 1 March in a common year (R-X-04).
CivilDate birthday_in(std::chrono::year year, CivilDate born)
{
    const CivilDate birthday{year, born.month(), born.day()};
    return birthday.ok() ? birthday : CivilDate{year, std::chrono::March, std::chrono::day{1}};
}

int whole_years(CivilDate born, CivilDate day)
{
    const int years = static_cast<int>(day.year()) - static_cast<int>(born.year());
    return std::max(0, day < birthday_in(day.year(), born) ? years - 1 : years);
}

} // namespace

bool is_child_on(const Child& child, CivilDate day)
{
    if (!child.born || child.age_status == AgeStatus::disputed) return true;
    const bool is_doubtful = child.born->is_estimated || child.age_status == AgeStatus::apparent;
    return whole_years(child.born->latest(), day) < grown_up + (is_doubtful ? years_of_doubt : 0);
}

std::optional<int> age_on(const std::optional<PartialDate>& born, CivilDate day)
{
    if (!born) return std::nullopt;
    return whole_years(born->latest(), day);
}

std::string age_words(const std::optional<PartialDate>& born, CivilDate day)
{
    if (!born) return "age not known";
    const int youngest = whole_years(born->latest(), day);
    const bool is_open = born->is_estimated || whole_years(born->earliest(), day) != youngest;
    return fmt::format("{}{}", is_open ? "about " : "", youngest);
}

} // namespace reachable::records
