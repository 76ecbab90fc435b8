// How long a search over a country takes, scored, and whether it finds: people are made, indexed and then asked for as
// a clerk would write them down. Every figure stands beside the same search by scoring every row there is.
//
//     bench_search [people] [queries]        1,000,000 and 2,000 unless told
#include "names.h"

#include "identity/country_pairs.h"
#include "identity/search_index.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>

namespace {

using namespace reachable;
using namespace reachable::identity;
using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& work)
{
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The kind set: typing slips in a forename, surname or both; one in ten without a date of birth, one in ten with a
/// wrong one.
ErrorModel typing_slips()
{
    return {.typo = 0.55,
            .born_missing = 0.1,
            .one_digit = 0.1,
            .postcode_missing = 0.9,
            .phone_missing = 1,
            .email_missing = 1};
}

/// What the kind set leaves out: short forms, other spellings and scripts, exchanged boxes, names whole or in part.
ErrorModel hard_errors()
{
    return {.typo = 0.1,
            .misheard = 0.15,
            .other_spelling = 0.3,
            .short_form = 0.3,
            .middle_dropped = 0.5,
            .family_part_dropped = 0.3,
            .swapped_boxes = 0.15,
            .one_box = 0.15,
            .marks_dropped = 0.5,
            .own_script = 0.1,
            .born_missing = 0.05,
            .first_of_january = 0.03,
            .day_month_swap = 0.15,
            .one_digit = 0.15,
            .year_off = 0.05,
            .postcode_missing = 0.8,
            .phone_missing = 1,
            .email_missing = 1};
}

void measure(const char* name, const SearchIndex& index, const Country& country, const ErrorModel& errors,
             std::size_t queries, bool has_oracle)
{
    Random random(7);
    std::vector<double> times;
    std::size_t in_twenty = 0;
    std::size_t first = 0;
    std::size_t scored = 0;
    std::size_t passed = 0;
    std::size_t lost = 0;
    std::size_t found_by_all = 0;
    double all_seconds = 0;
    constexpr std::size_t most_oracle = 20;
    for (std::size_t i = 0; i < queries; ++i) {
        const auto number = static_cast<std::uint32_t>(random.below(country.options().people));
        auto asked = write_down(country.person(number), "asked", errors, random);
        asked.names.resize(std::min<std::size_t>(asked.names.size(), 1));
        asked.identifiers.clear();
        SearchFigures figures;
        std::vector<Hit> hits;
        times.push_back(seconds_of([&] { hits = index.search(asked, 20, -12, &figures); }) * 1000);
        scored += figures.scored;
        passed += figures.passed;
        const auto at = std::ranges::find(hits, number, &Hit::person);
        if (at != hits.end()) in_twenty += 1;
        if (at == hits.begin() && at != hits.end()) first += 1;
        if (at == hits.end() && std::getenv("MISSED") != nullptr) {
            const auto person = country.person(number);
            fmt::print("missed: {} {} {} asked {}|{}|{} {}\n", person.name.given, person.name.family,
                       to_iso(person.born), asked.names.empty() ? "" : asked.names[0].given,
                       asked.names.empty() ? "" : asked.names[0].family,
                       asked.names.empty() ? "" : asked.names[0].whole, asked.born ? to_iso(*asked.born) : "");
        }
        if (!has_oracle || i >= most_oracle) continue;
        std::vector<Hit> all;
        all_seconds += seconds_of([&] { all = index.search_all(asked, 20, 0); });
        found_by_all += all.size();
        for (const auto& one : all)
            if (std::ranges::find(hits, one.person, &Hit::person) == hits.end()) lost += 1;
    }
    std::ranges::sort(times);
    const auto share = [&](double part) {
        return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
    };
    const auto of = [&](std::size_t count) {
        return 100.0 * static_cast<double>(count) / static_cast<double>(queries);
    };
    fmt::print("figure: {}: p50 {:.3f} ms, p99 {:.3f} ms, worst {:.2f} ms; in the first 20 {:.1f}%, first {:.1f}%; "
               "{} entries passed and {} rows scored a search\n",
               name, share(0.5), share(0.99), times.back(), of(in_twenty), of(first), passed / queries,
               scored / queries);
    if (has_oracle)
        fmt::print("figure: {}: scoring every row takes {:.0f} ms, {:.0f} times the search; of {} rows above even odds "
                   "the lists lose {}\n",
                   name, all_seconds * 1000 / most_oracle, all_seconds * 1000 / most_oracle / share(0.5), found_by_all,
                   lost);
}

} // namespace

int main(int argument_count, char** arguments)
{
    const auto people = argument_count > 1 ? static_cast<std::uint32_t>(std::atoi(arguments[1])) : 1'000'000U;
    const auto queries = argument_count > 2 ? static_cast<std::size_t>(std::atoi(arguments[2])) : std::size_t{2000};
    const auto classes = bench::shipped_classes();
    const Country country({.people = people});
    auto model = usual_model();
    model.prior = 1.0 / people;
    SearchIndex index(classes, model);
    const auto adding = seconds_of([&] {
        for (std::uint32_t i = 0; i < people; ++i) {
            const auto person = country.person(i);
            SourceRecord record;
            record.names = {person.name};
            for (const auto& other : person.other_names) record.names.push_back(other);
            record.born = PartialDate{.year = static_cast<int>(person.born.year()),
                                      .month = static_cast<unsigned>(person.born.month()),
                                      .day = static_cast<unsigned>(person.born.day())};
            if (!person.postcodes.empty()) record.postcodes = {person.postcodes.front()};
            record.phones = {person.phone};
            index.add(i, record);
        }
    });
    const auto freezing = seconds_of([&] { index.freeze(); });
    fmt::print("{} people, {} rows: made and added in {:.1f} s, lists built in {:.1f} s\n", people, index.row_count(),
               adding, freezing);
    fmt::print("figure: {:.0f} bytes a person\n", static_cast<double>(index.bytes()) / people);
    measure("typing slips", index, country, typing_slips(), queries, true);
    measure("hard", index, country, hard_errors(), queries, true);
    ErrorModel no_birth{.born_missing = 1, .postcode_missing = 1, .phone_missing = 1, .email_missing = 1};
    measure("names alone", index, country, no_birth, queries, false);
    return 0;
}
