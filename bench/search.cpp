// How long a search over a country takes, scored, and whether it finds: people are made, indexed and then asked for as
// a clerk would write them down. Every figure stands beside the same search by scoring every row there is. Then more
// people come, and the lists are built anew while others search.
//
//     bench_search [people] [queries]        1,000,000 and 2,000 unless told
//
// MISSED=1 in the environment prints every question that was not answered, and why.
#include "names.h"

#include "identity/country_pairs.h"
#include "identity/folding.h"
#include "identity/search_index.h"
#include "identity/snapshot_file.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <functional>
#include <memory>
#include <unistd.h>

namespace {

using namespace reachable;
using namespace reachable::identity;

/// Of this thread alone, so that what else runs on the machine is not measured.
double now()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double seconds_of(const std::function<void()>& work)
{
    const auto start = now();
    work();
    return now() - start;
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

/// How many people bear a name, letter by letter: they cannot be told apart by it.
class Namesakes {
  public:
    explicit Namesakes(const Country& country)
    {
        names_.reserve(country.options().people);
        for (std::uint32_t i = 0; i < country.options().people; ++i)
            names_.push_back(number_of(country.person(i).name));
        std::ranges::sort(names_);
    }
    std::size_t of(const SourceName& name) const { return std::ranges::equal_range(names_, number_of(name)).size(); }

  private:
    static std::uint64_t number_of(const SourceName& name)
    {
        return std::hash<std::string>{}(name.given + "|" + name.family);
    }
    std::vector<std::uint64_t> names_;
};

constexpr std::size_t shown = 20;

struct Outcome {
    std::vector<double> times;
    std::size_t in_twenty = 0;
    std::size_t first = 0;
    std::size_t passed = 0;
    std::size_t scored = 0;
    /// Questions that say no more than a name which more people bear than are shown, and those among them answered.
    std::size_t of_namesakes = 0;
    std::size_t of_namesakes_found = 0;
    /// What the best of engines would find: it can only guess among namesakes.
    double within_reach = 0;
};

void explain_miss(const SearchIndex& index, const Inhabitant& person, const SourceRecord& asked, std::size_t namesakes)
{
    const auto all = index.search(asked, 200'000, -1000);
    const auto at = std::ranges::find(all, person.number, &Hit::person);
    const auto reason = at == all.end() ? std::string("not proposed")
                        : at->log_odds < least_shown
                            ? fmt::format("under the least odds: {:.1f}", at->log_odds)
                            : fmt::format("ranked {} with {:.1f}", at - all.begin() + 1, at->log_odds);
    const auto name = asked.names.empty() ? SourceName{} : asked.names[0];
    fmt::print("missed: {} {} {}, {} namesakes, asked {}|{}|{} {}: {}\n", person.name.given, person.name.family,
               to_iso(person.born), namesakes, name.given, name.family, name.whole,
               asked.born ? to_iso(*asked.born) : "", reason);
}

void ask(const SearchIndex& index, const Inhabitant& person, const SourceRecord& asked, const Namesakes& namesakes,
         Outcome& outcome)
{
    SearchFigures figures;
    std::vector<Hit> hits;
    outcome.times.push_back(seconds_of([&] { hits = index.search(asked, shown, least_shown, &figures); }) * 1000);
    outcome.scored += figures.scored;
    outcome.passed += figures.passed;
    const auto at = std::ranges::find(hits, person.number, &Hit::person);
    const bool is_found = at != hits.end();
    outcome.in_twenty += is_found ? 1 : 0;
    outcome.first += is_found && at == hits.begin() ? 1 : 0;
    const auto same = namesakes.of(person.name);
    const bool is_name_alone = !asked.born && asked.postcodes.empty() && asked.phones.empty();
    if (is_name_alone && same > shown) {
        outcome.of_namesakes += 1;
        outcome.of_namesakes_found += is_found ? 1 : 0;
        outcome.within_reach += static_cast<double>(shown) / static_cast<double>(same);
    } else {
        outcome.within_reach += 1;
    }
    if (!is_found && std::getenv("MISSED") != nullptr) explain_miss(index, person, asked, same);
}

void report(const char* name, Outcome& outcome)
{
    const auto queries = outcome.times.size();
    std::ranges::sort(outcome.times);
    const auto time = [&](double part) {
        return outcome.times[static_cast<std::size_t>(part * static_cast<double>(queries - 1))];
    };
    const auto share = [](auto count, std::size_t all) {
        return 100.0 * static_cast<double>(count) / static_cast<double>(all);
    };
    fmt::print(
        "figure: {}: p50 {:.3f} ms, p99 {:.3f} ms, worst {:.2f} ms; {} entries passed and {} rows scored a search\n",
        name, time(0.5), time(0.99), outcome.times.back(), outcome.passed / queries, outcome.scored / queries);
    fmt::print("figure: {}: in the first 20 {:.1f}%, first {:.1f}%; no engine could find more than {:.1f}%, because {} "
               "of {} questions are a name alone that more than 20 people bear; of all others {:.2f}%\n",
               name, share(outcome.in_twenty, queries), share(outcome.first, queries),
               share(outcome.within_reach, queries), outcome.of_namesakes, queries,
               share(outcome.in_twenty - outcome.of_namesakes_found, queries - outcome.of_namesakes));
}

/// Some of the questions again by scoring every row there is.
void hold_against_all(const char* name, const SearchIndex& index, std::span<const SourceRecord> questions)
{
    double seconds = 0;
    std::size_t found_by_all = 0;
    std::size_t lost = 0;
    for (const auto& asked : questions) {
        const auto hits = index.search(asked, shown);
        std::vector<Hit> all;
        seconds += seconds_of([&] { all = index.search_all(asked, shown, 0); });
        found_by_all += all.size();
        for (const auto& one : all)
            if (std::ranges::find(hits, one.person, &Hit::person) == hits.end()) lost += 1;
    }
    fmt::print("figure: {}: scoring every row takes {:.0f} ms; of {} rows above even odds the lists lose {}\n", name,
               seconds * 1000 / static_cast<double>(questions.size()), found_by_all, lost);
}

void measure(const char* name, const SearchIndex& index, const Country& country, const Namesakes& namesakes,
             const ErrorModel& errors, std::size_t queries, std::size_t held_against_all, std::uint32_t first = 0)
{
    Random random(7);
    Outcome outcome;
    std::vector<SourceRecord> some;
    for (std::size_t i = 0; i < queries; ++i) {
        auto person = country.person(static_cast<std::uint32_t>(random.below(country.options().people)));
        person.number += first; // as the index knows them
        auto asked = write_down(person, "asked", errors, random);
        asked.names.resize(std::min<std::size_t>(asked.names.size(), 1));
        asked.identifiers.clear();
        ask(index, person, asked, namesakes, outcome);
        if (some.size() < held_against_all) some.push_back(asked);
    }
    report(name, outcome);
    if (!some.empty()) hold_against_all(name, index, some);
}

SourceRecord record_of(const Inhabitant& person)
{
    SourceRecord record;
    record.names = {person.name};
    for (const auto& other : person.other_names) record.names.push_back(other);
    record.born = PartialDate{.year = static_cast<int>(person.born.year()),
                              .month = static_cast<unsigned>(person.born.month()),
                              .day = static_cast<unsigned>(person.born.day())};
    if (!person.postcodes.empty()) record.postcodes = {person.postcodes.front()};
    record.phones = {person.phone};
    return record;
}

struct Building {
    double making = 0; // of the people: no part of the index
    double adding = 0;
    double freezing = 0;
};

Building build(SearchIndex& index, const Country& country)
{
    Building building;
    std::vector<SourceRecord> records;
    constexpr std::uint32_t at_once = 10'000;
    for (std::uint32_t i = 0; i < country.options().people; i += at_once) {
        records.clear();
        const auto end = std::min(country.options().people, i + at_once);
        building.making += seconds_of([&] {
            for (auto n = i; n < end; ++n) records.push_back(record_of(country.person(n)));
        });
        building.adding += seconds_of([&] {
            for (auto n = i; n < end; ++n) index.add(n, records[n - i]);
        });
    }
    building.freezing = seconds_of([&] { index.freeze(); });
    return building;
}

/// The index goes into a file and comes out of it again, as from one start of a service to the next. By the clock on
/// the wall: the disk counts.
std::unique_ptr<SearchIndex> through_a_file(std::unique_ptr<SearchIndex> index, const NameClasses& classes,
                                            const Model& model)
{
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    const auto path = std::filesystem::temp_directory_path() / fmt::format("reachable_bench_{}.index", ::getpid());
    auto start = Clock::now();
    {
        SnapshotWriter file(path);
        index->put(file);
        file.put_in_place();
    }
    const auto written = since(start);
    const auto bytes = std::filesystem::file_size(path);
    index.reset();
    start = Clock::now();
    auto again = std::make_unique<SearchIndex>(classes, model);
    auto file = SnapshotReader::open(path);
    const bool is_whole = file && again->take(*file);
    const auto read = since(start);
    std::filesystem::remove(path);
    if (!is_whole) throw std::runtime_error("the file was not believed");
    fmt::print("figure: kept in a file of {} MB in {:.1f} s, taken from it in {:.1f} s\n", bytes >> 20U, written, read);
    return again;
}

/// More people come after the lists were built. `before`: so many were added before.
void grow(SearchIndex& index, const Country& newcomers, std::uint32_t before)
{
    std::vector<SourceRecord> records;
    for (std::uint32_t n = 0; n < newcomers.options().people; ++n) records.push_back(record_of(newcomers.person(n)));
    double slowest = 0; // of a thousand at once, as they are taken in while others wait
    const auto seconds = seconds_of([&] {
        for (std::uint32_t n = 0; n < records.size();) {
            slowest = std::max(slowest, seconds_of([&] {
                                   do {
                                       index.add(before + n, records[n]);
                                   } while (++n % 1'000 != 0 && n < records.size());
                                   index.settle();
                               }));
        }
    });
    fmt::print("figure: {} newcomers taken in at {:.1f} µs each, the slowest thousand in {:.0f} ms; {:.0f} bytes a "
               "person\n",
               records.size(), seconds * 1e6 / static_cast<double>(records.size()), slowest * 1000,
               static_cast<double>(index.bytes()) / static_cast<double>(before + records.size()));
}

/// The lists are built anew in a copy, which then takes the place of the other; so many come meanwhile as a day of a
/// country may bring. `before`: so many were added before.
void renew(std::unique_ptr<SearchIndex>& index, const Country& newcomers, std::uint32_t before)
{
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    auto start = Clock::now();
    auto renewed = std::make_unique<SearchIndex>(*index);
    const auto copied = since(start);
    start = Clock::now();
    renewed->freeze();
    const auto built = since(start);
    constexpr std::uint32_t meanwhile = 5'000;
    for (std::uint32_t n = 0; n < std::min(meanwhile, newcomers.options().people); ++n)
        index->add(before + n, record_of(newcomers.person(n)));
    index->settle();
    start = Clock::now();
    renewed->follow(*index);
    const auto followed = since(start);
    index = std::move(renewed);
    fmt::print("figure: renewed beside those who search: copied in {:.2f} s, in which nobody adds; built in {:.1f} s, "
               "in which all goes on; put to use in {:.3f} s, in which all wait\n",
               copied, built, followed);
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
    auto held = std::make_unique<SearchIndex>(classes, model);
    const auto building = build(*held, country);
    fmt::print("{} people made in {:.1f} s, {} rows\n", people, building.making, held->row_count());
    fmt::print("figure: added in {:.1f} s, lists built in {:.1f} s; {:.0f} bytes a person\n", building.adding,
               building.freezing, static_cast<double>(held->bytes()) / people);
    held = through_a_file(std::move(held), classes, model);
    const Namesakes namesakes(country);
    // The tables of other scripts are read at their first use.
    for (const auto* name : {"Олександр", "Αλέξανδρος", "يوسف", "יוסף", "ਸਿੰਘ", "李"}) fold(name);
    constexpr std::size_t held_against_all = 20;
    measure("typing slips", *held, country, namesakes, typing_slips(), queries, held_against_all);
    measure("hard", *held, country, namesakes, hard_errors(), queries, held_against_all);
    const ErrorModel no_birth{.born_missing = 1, .postcode_missing = 1, .phone_missing = 1, .email_missing = 1};
    measure("names alone", *held, country, namesakes, no_birth, queries, 0);
    const Country newcomers({.seed = 77, .people = std::max(people / 20, 1U)});
    grow(*held, newcomers, people);
    measure("typing slips of newcomers", *held, newcomers, Namesakes(newcomers), typing_slips(), queries, 0, people);
    measure("typing slips beside newcomers", *held, country, namesakes, typing_slips(), queries, held_against_all);
    measure("hard beside newcomers", *held, country, namesakes, hard_errors(), queries, held_against_all);
    renew(held, newcomers, people + newcomers.options().people);
    measure("typing slips, lists renewed", *held, country, namesakes, typing_slips(), queries, 0);
    return 0;
}
