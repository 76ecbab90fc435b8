// How long it takes to find who goes missing with whom, and the places that are named, with 900,000 episodes on record.
//
//     bench_patterns [episodes] [asks] [engine]            900,000 and 2,000 unless told; on SQLite
//     tools/with_postgres.sh build/release/bench_patterns  and on PostgreSQL
//
// Five years of 43 forces, the largest with a fifth of all; each episode at two places, of which a few take most; every
// third linked with another. Pairs are asked for 100 children at a time (the board of a force), places for a force, the
// larger the more often. And what an act writes: the trace of an episode again.
#include "capabilities/patterns/patterns.h"
#include "app/capabilities.h"
#include "app/service.h"
#include "base/number.h"
#include "storage/columns.h"
#include "storage/testing.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <random>

namespace {

using namespace reachable;
using storage::to_value;
using storage::Transaction;
using Clock = std::chrono::steady_clock;

constexpr std::size_t forces = 43;
constexpr std::size_t places_of_a_force = 2000;
constexpr std::size_t children = 300'000;
constexpr auto five_years = hours{24 * 365 * 5};
const UtcTime now = *parse_utc("2026-10-28T02:00:00Z");

/// The first takes the most, the second half of that, and so on.
struct FewTakeMost {
    explicit FewTakeMost(std::size_t count) : share_(std::log(static_cast<double>(count) + 1)), count_(count) {}
    std::size_t one(std::mt19937_64& random) const
    {
        const double drawn = std::uniform_real_distribution(0.0, share_)(random);
        return std::min(static_cast<std::size_t>(std::exp(drawn)) - 1, count_ - 1);
    }

  private:
    double share_;
    std::size_t count_;
};

/// Rows on their way into a table, many to a statement.
class Filling {
  public:
    Filling(Transaction& transaction, std::string table, std::size_t columns)
        : transaction_(transaction), table_(std::move(table)), columns_(columns)
    {
    }
    void add(std::initializer_list<storage::Value> row)
    {
        values_.insert(values_.end(), row);
        if (values_.size() >= columns_ * 100) flush();
    }
    void flush()
    {
        if (values_.empty()) return;
        std::string rows;
        for (std::size_t i = 0; i < values_.size(); ++i) {
            rows += i % columns_ == 0 ? (i == 0 ? "($" : "), ($") : ", $";
            rows += std::to_string(i + 1);
        }
        transaction_.execute(fmt::format("insert into {} values {})", table_, rows), values_);
        values_.clear();
    }

  private:
    Transaction& transaction_;
    std::string table_;
    std::size_t columns_;
    storage::Values values_;
};

struct Country {
    std::vector<AgencyId> force = std::vector<AgencyId>(forces);
    std::vector<PlaceId> place = std::vector<PlaceId>(forces * places_of_a_force);
    std::vector<ChildId> child = std::vector<ChildId>(children);
    FewTakeMost of_forces{forces};
    FewTakeMost of_places{places_of_a_force};

    Country()
    {
        for (auto& one : force) one = AgencyId::random();
        for (auto& one : place) one = PlaceId::random();
        for (auto& one : child) one = ChildId::random();
    }
};

void fill_episodes(Transaction& transaction, const Country& country, std::mt19937_64& random, std::size_t count)
{
    Filling visits(transaction, "patterns_visits", 6), together(transaction, "patterns_together", 6);
    const auto any = [&](std::size_t below) {
        return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    CaseId before = CaseId::random();
    ChildId child_before = country.child.front();
    for (std::size_t i = 0; i < count; ++i) {
        const auto episode = CaseId::random();
        const auto child = country.child[any(children)];
        const auto began = now - seconds{static_cast<std::int64_t>(any(std::chrono::seconds(five_years).count()))};
        const auto force = country.of_forces.one(random);
        const auto from = country.of_places.one(random);
        const auto found = (from + 1 + any(places_of_a_force / 4)) % places_of_a_force;
        const auto area = any(10) == 0 ? any(forces) : force; // one in ten is found in the area of another force
        const auto add = [&](std::string_view role, std::size_t area_of_it, std::size_t place) {
            visits.add({to_value(episode), to_value(country.place[area_of_it * places_of_a_force + place]),
                        std::string(role), to_value(child), to_value(began), to_value(country.force[force])});
        };
        add("from", force, from);
        add("found", area, found);
        if (i % 3 == 0) {
            const auto led_by = to_value(country.force[force]);
            together.add({to_value(child), to_value(child_before), to_value(episode), to_value(before), to_value(began),
                          led_by});
            together.add({to_value(child_before), to_value(child), to_value(before), to_value(episode), to_value(began),
                          led_by});
        }
        before = episode;
        child_before = child;
    }
    visits.flush();
    together.flush();
}

void fill(storage::Database& database, const Country& country, std::size_t episodes)
{
    std::mt19937_64 random(7);
    database.write([&](Transaction& transaction) {
        for (std::size_t i = 0; i < country.place.size(); ++i)
            transaction.execute("insert into patterns_places (place, area, name_key, kind, name) "
                                "values ($1, $2, $3, 'station', $3)",
                                {to_value(country.place[i]), to_value(country.force[i / places_of_a_force]),
                                 fmt::format("place {}", i)});
    });
    constexpr std::size_t at_once = 10'000;
    for (std::size_t done = 0; done < episodes; done += at_once)
        database.write([&](Transaction& transaction) {
            fill_episodes(transaction, country, random, std::min(at_once, episodes - done));
        });
    // Force by force: a database that is asked for all at once gives up before its time is over.
    for (const auto& force : country.force)
        database.write([&](Transaction& transaction) {
            const storage::Values of_the_force{to_value(now - patterns::named_within), to_value(force)};
            transaction.execute("update patterns_places set third_at = (select max(began) from patterns_visits v "
                                "where v.place = patterns_places.place and v.began >= $1 group by v.child "
                                "order by max(began) desc limit 1 offset 2) where area = $2",
                                of_the_force);
            transaction.execute("insert into patterns_led (force, place) select distinct v.force, v.place "
                                "from patterns_places p join patterns_visits v on v.place = p.place "
                                "where p.area = $1",
                                {to_value(force)});
        });
    for (const auto& force : country.force)
        database.write([&](Transaction& transaction) {
            transaction.execute("update patterns_led set third_at = (select max(began) from patterns_visits v "
                                "where v.place = patterns_led.place and v.force = patterns_led.force "
                                "and v.began >= $1 group by v.child order by max(began) desc limit 1 offset 2) "
                                "where force = $2",
                                {to_value(now - patterns::named_within), to_value(force)});
        });
}

template <class Work>
void measure(std::string_view what, std::size_t asks, Work work)
{
    std::vector<double> times;
    for (std::size_t i = 0; i < asks; ++i) {
        const auto begin = Clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    std::ranges::sort(times);
    fmt::print("figure: {:<36} median {:6.2f} ms, p99 {:6.2f} ms, longest {:6.2f} ms\n", what, times[times.size() / 2],
               times[times.size() * 99 / 100], times.back());
    std::fflush(stdout);
}

void measure_all(const std::string& engine, std::size_t episodes, std::size_t asks)
{
    const auto held = storage::testing::make_database(engine);
    auto& database = held->get();
    const auto migrated = storage::migrate(database, app::all_migrations());
    CHECK(migrated.has_value(), "the tables cannot be made");
    const auto lists = app::all_lists("data");
    CHECK(lists.has_value(), "the lists cannot be read");
    const Country country;
    fill(database, country, episodes);
    // What a database that is at work learns by itself of its tables.
    database.write([](Transaction& transaction) { transaction.execute("analyze", {}); });
    fmt::print("{}: filled\n", engine);
    std::fflush(stdout);
    std::mt19937_64 random(11);
    std::size_t found = 0;
    measure(engine + " pairs of 100 children", asks, [&] {
        std::vector<ChildId> board(100);
        for (auto& one : board)
            one = country.child[std::uniform_int_distribution<std::size_t>(0, children - 1)(random)];
        database.read(
            [&](Transaction& transaction) { found += patterns::pairs_of(transaction, board, now, 100).size(); });
    });
    measure(engine + " places of a force", asks, [&] {
        const auto force = country.force[country.of_forces.one(random)];
        database.read(
            [&](Transaction& transaction) { found += patterns::spots_in(*lists, transaction, force, now).size(); });
    });
    measure(engine + " places, the largest force", asks / 4, [&] {
        database.read([&](Transaction& transaction) {
            found += patterns::spots_in(*lists, transaction, country.force.front(), now).size();
        });
    });
    measure(engine + " places elsewhere", asks, [&] {
        const auto force = country.force[country.of_forces.one(random)];
        database.read([&](Transaction& transaction) {
            found += patterns::spots_elsewhere(*lists, transaction, force, now).size();
        });
    });
    measure(engine + " the trace of an episode", asks / 4, [&] {
        patterns::Trace trace{
            .episode = CaseId::random(), .child = country.child.front(), .began = now, .force = country.force.front()};
        trace.with.push_back({country.child.back(), CaseId::random()});
        trace.places.push_back(
            {"found", "station", fmt::format("place {}", country.of_places.one(random)), country.force.front()});
        database.write([&](Transaction& transaction) { patterns::note(transaction, trace, now); });
    });
    fmt::print("{}: {} episodes, {} rows told\n", engine, episodes, found);
}

} // namespace

int main(int count, char** words)
{
    const auto given = [&](int place, std::size_t otherwise) {
        return count > place ? whole_number<std::size_t>(words[place]).value_or(otherwise) : otherwise;
    };
    for (const auto& engine : storage::testing::test_engines())
        if (count <= 3 || engine == words[3]) measure_all(engine, given(1, 900'000), given(2, 2'000));
    return 0;
}
