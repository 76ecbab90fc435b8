// Invented forces with invented children who were missing, as the systems of 43 forces would send them over five years:
// the same again for the same seed. Few children are missing often: one in a hundred has a dozen absences or more, and
// the most have three hundred. Nobody is real.
#pragma once

#include "base/time.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

namespace reachable::bench {

struct MissingFeed {
    std::string people;   // CSV
    std::string episodes; // CSV
    std::size_t child_count = 0;
    std::size_t episode_count = 0;
    std::size_t bad_count = 0; // rows that are to be set aside
    std::string busiest;       // the reference of the child with the most absences
};

inline std::string people_mapping(const std::string& force, const std::string& code)
{
    return fmt::format(
        "source = {0}-people\nagency = {1}\nreference = Ref\ngiven = Given\nfamily = Family\nborn = Born\n", force,
        code);
}

inline std::string episodes_mapping(const std::string& force, const std::string& code)
{
    return fmt::format(
        "rows = episodes\nsource = {0}-missing\nagency = {1}\npeople = {0}-people\nduties_from = 2026-10-24\n"
        "time_format = yyyy-mm-dd hh:mm\ntime_zone = London\nreference = No\nperson = Ref\nreported = Reported\n"
        "last_seen = LastSeen\nlevels = Levels\nlevel.H = high\nlevel.M = medium\nlevel.L = low\nmissing_from = From\n"
        "missing_from.1 = home\nmissing_from.2 = childrens_home\nmissing_from.3 = foster\nreturned = Back\n"
        "found_where = Found\ndistance_km = Km\nreturn_type = How\nreturn_type.O = own_will\nreturn_type.P = "
        "persuaded\nreturn_type.C = carer_collected\nfound_by = By\nfound_by.P = police\nfound_by.S = came_back\n"
        "harm = Harm\nharm.N = none\nharm.U = not_yet_known\noutcome = Outcome\noutcome.OPEN = missing\noutcome.BACK = "
        "returned\n",
        force, code);
}

/// So many episodes of one force until `now`; one row in two hundred is bad on purpose.
inline MissingFeed missing_feed(const std::string& force, std::size_t episode_count, UtcTime now, unsigned seed)
{
    std::mt19937_64 random(seed);
    const auto share = [&] { return std::uniform_real_distribution<double>(0, 1)(random); };
    const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(share() * static_cast<double>(count)); };
    constexpr std::array given{"Ayo", "Mia", "Lee", "Kit", "Ash", "Wren", "Tia", "Sam", "Bo", "Zara", "Noor", "Minh"};
    constexpr std::array family{"Sample", "Poole", "Brook", "Winter", "Hart", "Rook", "Fenn", "Tarn", "Vale", "Moss"};
    constexpr auto span = std::chrono::hours{24 * 365 * 5};
    const auto begins = now - span;
    struct Absence {
        UtcTime at;
        std::string row;
    };
    MissingFeed feed{.people = "Ref,Given,Family,Born\n",
                     .episodes = "No,Ref,Reported,LastSeen,Levels,From,Back,Found,Km,How,By,Harm,Outcome\n"};
    const auto text_of = [](UtcTime at) { // a wall in London; an hour off in summer is no matter here
        const auto day = std::chrono::floor<std::chrono::days>(at);
        const std::chrono::year_month_day date{day};
        const auto minute = std::chrono::duration_cast<std::chrono::minutes>(at - day).count();
        return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", int(date.year()), unsigned(date.month()),
                           unsigned(date.day()), minute / 60, minute % 60);
    };
    std::vector<Absence> rows;
    std::size_t most = 0;
    while (rows.size() < episode_count) {
        const auto ref = fmt::format("{}{:07}", force.substr(0, 2), ++feed.child_count);
        feed.people +=
            fmt::format("{},{},{} {},{:04}-{:02}-{:02}\n", ref, given[pick(given.size())], family[pick(family.size())],
                        feed.child_count, 2011 + pick(3), 1 + pick(12), 1 + pick(28));
        const auto count = std::min(
            {std::size_t{300}, static_cast<std::size_t>(std::pow(1 - share(), -0.8)), episode_count - rows.size()});
        if (count > most) {
            most = count;
            feed.busiest = ref;
        }
        const auto slot = std::chrono::duration_cast<std::chrono::minutes>(span) / static_cast<int>(count);
        const auto first = std::chrono::minutes{static_cast<std::int64_t>(share() * static_cast<double>(slot.count()))};
        for (std::size_t i = 0; i < count; ++i) {
            const auto away = std::chrono::minutes{
                std::min<std::int64_t>(30 + static_cast<std::int64_t>(-std::log(1 - share()) * 700), slot.count() / 3)};
            const auto since =
                slot * static_cast<int>(i) + first +
                std::chrono::minutes{static_cast<std::int64_t>(share() * static_cast<double>(slot.count()) / 2)};
            const auto at = begins + since % std::chrono::duration_cast<std::chrono::minutes>(span);
            const bool is_away = at + away > now;
            const bool is_bad = rows.size() % 200 == 199;
            const auto back = is_bad ? at - std::chrono::hours{3} : at + away;
            feed.bad_count += is_bad && !is_away ? 1 : 0;
            rows.push_back({at, fmt::format("{}-{:07},{},{},{},{}|{},{},{},{},{},{},{},{},{}\n", force.substr(0, 2),
                                            rows.size() + 1, ref, text_of(at + std::chrono::minutes{20}), text_of(at),
                                            "HML"[pick(3)], text_of(at + std::chrono::minutes{25}), 1 + pick(3),
                                            is_away ? "" : text_of(back), is_away ? "" : "Railway station platform 2",
                                            is_away ? "" : fmt::format("{}", pick(90)),
                                            is_away ? "" : std::string(1, "OPC"[pick(3)]),
                                            is_away ? "" : std::string(1, "PS"[pick(2)]),
                                            is_away ? "" : std::string(1, "NU"[pick(2)]), is_away ? "OPEN" : "BACK")});
        }
    }
    std::ranges::stable_sort(rows, {}, &Absence::at);
    for (const auto& one : rows) feed.episodes += one.row;
    feed.episode_count = rows.size();
    return feed;
}

} // namespace reachable::bench
