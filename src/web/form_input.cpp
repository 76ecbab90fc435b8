#include "web/form_input.h"

#include "base/number.h"
#include "base/text.h"
#include "clocks/london.h"
#include "web/form_view.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::web {
namespace {

std::optional<int> number_in(const Fields& form, const std::string& box)
{
    return whole_number<int>(trim(form.get(box)));
}

bool is_typed(const Fields& form, const std::string& box)
{
    return !trim(form.get(box)).empty();
}

bool has_four_digits(int year)
{
    return year >= 1900 && year <= 2200;
}

tl::unexpected<Problems> wrong_year(const std::string& name)
{
    return refuse(ProblemKind::malformed, "Enter the year with four digits", name);
}

/// Officers write "0018" and "00.18" for 00:18; everything else stays as it was typed.
std::string with_colon(std::string wall)
{
    const bool has_point = wall.size() == 5 && wall[2] == '.';
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (has_point) wall[2] = ':';
    if (wall.size() == 4 && std::ranges::all_of(wall, is_digit)) wall.insert(2, ":");
    return wall;
}

void fill_day(Fields& form, const std::string& name, CivilDate day)
{
    form.add(name + "-day", std::to_string(static_cast<unsigned>(day.day())));
    form.add(name + "-month", std::to_string(static_cast<unsigned>(day.month())));
    form.add(name + "-year", std::to_string(static_cast<int>(day.year())));
}

} // namespace

std::string FormState::error(std::string_view field) const
{
    return error_for(problems, field);
}

bool has_date(const Fields& form, const std::string& name)
{
    return is_typed(form, name + "-day") || is_typed(form, name + "-month") || is_typed(form, name + "-year");
}

Result<CivilDate> date_in(const Fields& form, const std::string& name)
{
    const auto day = number_in(form, name + "-day");
    const auto month = number_in(form, name + "-month");
    const auto year = number_in(form, name + "-year");
    if (!day || !month || !year) return refuse(ProblemKind::malformed, "Enter a day, a month and a year", name);
    if (!has_four_digits(*year)) return wrong_year(name);
    // The calendar's own types keep eight bits, in which day 257 would be the first.
    if (*day < 1 || *day > 31) return refuse(ProblemKind::malformed, "Enter a day between 1 and 31", name);
    if (*month < 1 || *month > 12) return refuse(ProblemKind::malformed, "Enter a month between 1 and 12", name);
    const CivilDate date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                         std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) {
        const auto words = clocks::day_words(PartialDate{.year = *year, .month = static_cast<unsigned>(*month)});
        return refuse(ProblemKind::malformed, fmt::format("There is no {} {}", *day, words), name);
    }
    return date;
}

Result<PartialDate> partial_date_in(const Fields& form, const std::string& name)
{
    const auto year = number_in(form, name + "-year");
    const auto month = number_in(form, name + "-month");
    const bool has_day = is_typed(form, name + "-day");
    const auto wrong_month = [&] { return refuse(ProblemKind::malformed, "Enter the month as a number", name); };
    if (!year || !has_four_digits(*year)) return wrong_year(name);
    if (!month && (has_day || is_typed(form, name + "-month"))) return wrong_month();
    if (has_day) {
        const auto date = TRY(date_in(form, name));
        return PartialDate{
            .year = *year, .month = static_cast<unsigned>(date.month()), .day = static_cast<unsigned>(date.day())};
    }
    if (!month) return PartialDate{.year = *year};
    if (*month < 1 || *month > 12) return wrong_month();
    return PartialDate{.year = *year, .month = static_cast<unsigned>(*month)};
}

void add_about(std::string_view label, const Problems& of_it, Problems& problems)
{
    for (auto problem : of_it) {
        problem.sentence = fmt::format("{}{} {}", label, label.ends_with('?') ? "" : ":", problem.sentence);
        problems.push_back(std::move(problem));
    }
}

Result<UtcTime> time_in(const Fields& form, const std::string& name, UtcTime now)
{
    const auto day = TRY(date_in(form, name));
    const auto words = std::string(trim(form.get(name + "-time")));
    if (words.empty()) return refuse(ProblemKind::missing, "Enter the time", name + "-time");
    const auto zone = words.size() > 4 ? to_lower_ascii(words.substr(words.size() - 4)) : std::string();
    const bool has_zone = zone == " bst" || zone == " gmt";
    const auto wall = with_colon(has_zone ? words.substr(0, words.size() - 4) : words);
    const auto earlier = clocks::from_wall(day, wall);
    if (!earlier) return refuse(ProblemKind::malformed, earlier.error().front().sentence, name + "-time");
    const auto later = clocks::from_wall(day, wall, true);
    const bool comes_twice = *later != *earlier;
    if (has_zone && !comes_twice && to_lower_ascii(clocks::wall_time(*earlier)).substr(5) != zone)
        return refuse(ProblemKind::malformed, "That day has no such time. Leave out the letters", name + "-time");
    if (has_zone) return zone == " gmt" ? *later : *earlier;
    if (comes_twice && (*later <= now || *earlier > now))
        return refuse(
            ProblemKind::malformed,
            fmt::format("{0} came twice that night. Write {0} BST for the first, {0} GMT for the second", wall),
            name + "-time");
    return *earlier;
}

Fields with_day(const Fields& form, const std::string& name, UtcTime now)
{
    Fields boxes;
    if (has_date(form, name)) {
        for (const auto* box : {"-day", "-month", "-year"}) boxes.add(name + box, std::string(form.get(name + box)));
    } else {
        fill_day(boxes, name, clocks::london_day(now));
    }
    boxes.add(name + "-time", std::string(form.get(name + "-time")));
    return boxes;
}

void fill_time(Fields& form, const std::string& name, UtcTime time)
{
    fill_day(form, name, clocks::london_day(time));
    // Where the wall time comes twice, the letters say which.
    const auto wall = clocks::wall_time(time);
    const bool comes_twice = clocks::wall_time_told_apart(time) != wall;
    form.add(name + "-time", comes_twice ? wall : wall.substr(0, 5));
}

} // namespace reachable::web
