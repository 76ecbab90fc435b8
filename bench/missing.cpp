// How long it takes to take in the missing episodes of five years from the systems of 43 forces, and what the pages of
// those who look for children take beside them. Each row of a feed is an act: decided by policy, with its versions, its
// entry in the log and its commitments; plain inserts of as much text into a table with an index stand beside them, on
// the same disk, in the same run. The pages stand beside a plain statement for the same rows.
//
//     bench_missing [of one force [of all [looks]]]         180,000, 900,000 and 500 unless told; on SQLite
//     tools/with_postgres.sh build/release/bench_missing   and on PostgreSQL
#include "episodes.h"
#include "world.h"

#include "accounts/sessions.h"
#include "app/consequences.h"
#include "app/import_command.h"
#include "capabilities/missing/absences.h"
#include "capabilities/missing/missing.h"
#include "capabilities/missing/sent_episodes.h"
#include "identity/source_records.h"
#include "storage/testing.h"
#include "ties/ties.h"

#include <cstdlib>
#include <sys/resource.h>

namespace {

using namespace reachable;
using Clock = std::chrono::steady_clock;

constexpr std::size_t rounds = 5;

double seconds_of(const std::function<void()>& work)
{
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What this process took of the processors: on a machine that others use too it tells more than the time. What a
/// PostgreSQL server takes is not in it.
double processor_seconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Force {
    AgencyId id;
    std::string name;
    std::string code;
};

/// The three of the demonstration, and forty more that look for children.
std::vector<Force> forces_of(storage::Database& database)
{
    std::vector<Force> forces;
    database.write([&](storage::Transaction& transaction) {
        forces.clear();
        for (const auto* code : {"X23000001", "X23000002", "X23000003"})
            forces.push_back({accounts::find_agency_by_code(transaction, code)->id, code, code});
        for (int i = 0; i < 40; ++i) {
            const Force force{AgencyId::random(), fmt::format("F{:02}", i), fmt::format("X230001{:02}", i)};
            accounts::add_agency(transaction, {.id = force.id, .code = force.code, .name = "Force " + force.name});
            const accounts::Team team{
                .id = TeamId::random(), .agency = force.id, .name = "Missing persons " + force.name, .kind = "office"};
            accounts::add_team(transaction, team);
            const auto worker = WorkerId::random();
            accounts::add_worker(transaction, {worker, force.id, worker.text(), "A coordinator"});
            accounts::add_post(transaction, {worker, team.id, accounts::Role::MPC});
            forces.push_back(force);
        }
    });
    for (std::size_t i = 0; i < 3; ++i) forces[i].name = fmt::format("{}orce{}", "ABC"[i], i);
    return forces;
}

identity::FeedReport take_in(const casework::Desk& desk, const Force& force, const bench::MissingFeed& feed)
{
    const identity::FeedWork work{.now = bench::begins_at, .rows_in_a_batch = app::rows_of_an_import_at_once};
    const auto people = bench::people_mapping(force.name, force.code);
    const auto episodes = bench::episodes_mapping(force.name, force.code);
    const auto taken = seconds_of([&] {
        bench::must(identity::import_feed(
            desk.database, {.agency = force.id, .file_name = "people.csv", .text = feed.people, .mapping = people},
            work));
    });
    identity::FeedReport report;
    const auto before = processor_seconds();
    const auto whole = seconds_of([&] {
        report = bench::must(missing::import_episodes(
            desk, {.agency = force.id, .file_name = "episodes.csv", .text = feed.episodes, .mapping = episodes}, work,
            app::at_once_of_feeds()));
    });
    const auto used = processor_seconds() - before;
    const auto& counts = report.import.counts;
    for (const auto& [reason, count] : report.reasons) fmt::print("  {} rows: {}\n", count, reason);
    fmt::print("figure: {}: {} children in {:.1f} s; {} episodes in {:.1f} s ({:.1f} s of this process), {:.0f} a "
               "second: {} new, {} set aside ({} were bad on purpose)\n",
               force.code, feed.child_count, taken, counts.rows, whole, used, static_cast<double>(counts.rows) / whole,
               counts.is_new, counts.quarantined, feed.bad_count);
    std::fflush(stdout);
    return report;
}

/// As much text in as many rows, in as many commits.
double plain_inserts(storage::Database& database, std::size_t count)
{
    database.write([](storage::Transaction& transaction) {
        transaction.execute("create table bench_episodes (id bytea primary key, child bytea not null, at bigint not "
                            "null, facts text not null)");
        transaction.execute("create index bench_episodes_of_child on bench_episodes (child, at)");
    });
    const std::string facts(900, 'x');
    return seconds_of([&] {
        for (std::size_t done = 0; done < count; done += 2000)
            database.write([&](storage::Transaction& transaction) {
                for (std::size_t i = 0; i < 2000; ++i)
                    transaction.execute("insert into bench_episodes (id, child, at, facts) values ($1, $2, $3, $4)",
                                        {storage::to_value(CaseId::random()), storage::to_value(ChildId::random()),
                                         static_cast<std::int64_t>(done + i), facts});
            });
    });
}

std::string cookie_of_coordinator(storage::Database& database, UtcTime now)
{
    std::string cookie;
    database.write([&](storage::Transaction& transaction) {
        const auto worker = accounts::find_worker_by_name(transaction, "hart@northmere-police.example");
        CHECK(worker.has_value(), "the demonstration has no coordinator");
        const accounts::Session session{.worker = worker->id,
                                        .agency = worker->agency,
                                        .agency_kind = accounts::AgencyKind::police_force,
                                        .team = accounts::posts_of(transaction, worker->id).front().team,
                                        .role = accounts::Role::MPC};
        const auto opened = accounts::open_session(transaction, session, now);
        accounts::choose_purpose(transaction, opened.session.id, "missing-response");
        cookie = opened.cookie.reveal();
    });
    return cookie;
}

std::string ask(const app::Service& service, const std::string& path, const std::string& cookie,
                const std::string& quarter = "")
{
    web::Request request{.path = path, .id = RequestId::random()};
    if (!quarter.empty()) request.query.add("quarter", quarter);
    request.cookies.add("session", cookie);
    const auto response = service.handle(std::move(request));
    if (response.status != 200) throw std::runtime_error(fmt::format("{} was answered {}", path, response.status));
    return std::string(response.text());
}

struct Measure {
    std::string what;
    std::function<void()> work;
    std::vector<double> middle = {};
    std::vector<double> slowest_in_a_hundred = {};
};

void add_round(Measure& measure, std::size_t looks)
{
    std::vector<double> milliseconds;
    for (std::size_t i = 0; i < looks; ++i) milliseconds.push_back(seconds_of(measure.work) * 1000);
    std::ranges::sort(milliseconds);
    measure.middle.push_back(milliseconds[looks / 2]);
    measure.slowest_in_a_hundred.push_back(milliseconds[looks * 99 / 100]);
}

void measure_pages(const app::Service& service, const Force& force, const std::string& busiest, std::size_t looks)
{
    auto& database = service.desk().database;
    const auto cookie = cookie_of_coordinator(database, service.time().now());
    ChildId child;
    CaseId away;
    std::size_t absences = 0;
    std::size_t on_the_board = 0;
    database.read([&](storage::Transaction& transaction) {
        child = identity::find(transaction, force.name + "-people", busiest)->home;
        absences = missing::newest_absences(transaction, std::vector{child}, 1000).size();
        const auto all = ties::searches_of(transaction, force.id);
        CHECK(!all.empty(), "nobody is missing");
        away = all.back();
        on_the_board = all.size();
    });
    fmt::print("{} children on the board; the busiest child has {} absences; pages of {} and {} bytes\n", on_the_board,
               absences, ask(service, "/missing", cookie).size(),
               ask(service, "/missing/" + away.text(), cookie).size());
    std::fflush(stdout);
    const auto statement = [&database](std::string sql, storage::Values values) {
        return [&database, sql = std::move(sql), values = std::move(values)] {
            database.read([&](storage::Transaction& transaction) { (void)transaction.query(sql, values); });
        };
    };
    const auto of_child =
        "select v.facts from missing_absences a join cases c on c.id = a.case_id join case_versions v "
        "on v.case_id = c.id and v.version = c.version where a.child = $1 order by a.began_at desc "
        "limit 50";
    std::vector<Measure> measures{
        {"statement: open episodes for which a force looks",
         statement("select v.facts from ties t join cases c on c.id = t.proved_by join case_versions v on v.case_id = "
                   "c.id and v.version = c.version where t.keeper = $1 and t.kind = 'searching' and t.ended_at is null",
                   {storage::to_value(force.id)})},
        {"board (/missing)", [&] { ask(service, "/missing", cookie); }},
        {"statement: the newest fifty absences of the busiest child", statement(of_child, {storage::to_value(child)})},
        {"absences of the busiest child, and what stands out",
         [&] {
             database.read([&](storage::Transaction& transaction) {
                 (void)missing::stands_out(transaction, child, service.time().now());
             });
         }},
        {"page of an episode, with what stands out", [&] { ask(service, "/missing/" + away.text(), cookie); }},
        {"rules of what stands out (/missing/triggers)", [&] { ask(service, "/missing/triggers", cookie); }},
        {"statement: what is counted of a quarter",
         statement("select force, level, is_repeat, care, count(*) from missing_figures where began_at >= $1 and "
                   "began_at < $2 and stands <> 'not_missing' group by 1, 2, 3, 4",
                   {to_seconds(*parse_utc("2026-03-31T23:00:00Z")), to_seconds(*parse_utc("2026-06-30T23:00:00Z"))})},
        {"measures of that quarter, all forces (/missing/measures)",
         [&] { ask(service, "/missing/measures", cookie, "2026-Q2"); }},
    };
    for (std::size_t i = 0; i < rounds; ++i)
        for (auto& one : measures) add_round(one, looks);
    for (auto& one : measures) {
        std::ranges::sort(one.middle);
        std::ranges::sort(one.slowest_in_a_hundred);
        fmt::print("figure: {} p50 {:.2f} ms, p99 {:.2f} ms (medians of {} rounds; p99 from {:.2f} to {:.2f})\n",
                   one.what, one.middle[rounds / 2], one.slowest_in_a_hundred[rounds / 2], rounds,
                   one.slowest_in_a_hundred.front(), one.slowest_in_a_hundred.back());
    }
    const auto ratio = [&](std::size_t page, std::size_t plain) {
        return measures[page].middle[rounds / 2] / measures[plain].middle[rounds / 2];
    };
    fmt::print("figure: the board takes {:.1f} times its statement, what stands out of a child {:.1f} times its, the "
               "measures of a quarter {:.1f} times theirs\n",
               ratio(1, 0), ratio(3, 2), ratio(7, 6));
}

void measure(const std::string& engine, std::size_t of_one, std::size_t of_all, std::size_t looks)
{
    const bench::Folder folder;
    const auto held = storage::testing::make_database(engine);
    const auto settings = bench::settings_in(folder, engine == "sqlite" ? "" : held->settings().url);
    bench::make_world(settings, {.children = 20});
    std::string busiest;
    std::vector<Force> forces;
    {
        const auto office = bench::must(app::open_office(settings, bench::clock_at_the_start()));
        const auto& desk = *office->desk;
        fmt::print("{} in {}\n", engine, folder.path().parent_path().string());
        forces = forces_of(desk.database);
        const auto first = bench::missing_feed(forces.front().name, of_one, bench::begins_at(), 1);
        busiest = first.busiest;
        const auto start = Clock::now();
        take_in(desk, forces.front(), first);
        fmt::print("figure: with its people {:.1f} s\n", std::chrono::duration<double>(Clock::now() - start).count());
        const auto plain = plain_inserts(desk.database, of_one);
        fmt::print("figure: as many plain inserts in {:.1f} s, {:.0f} a second\n", plain,
                   static_cast<double>(of_one) / plain);
        std::fflush(stdout);
        for (std::size_t i = 1; i < forces.size() && of_all > of_one; ++i)
            take_in(desk, forces[i],
                    bench::missing_feed(forces[i].name, (of_all - of_one) / (forces.size() - 1), bench::begins_at(),
                                        static_cast<unsigned>(i + 1)));
    }
    const auto service = bench::must(app::Service::open(settings));
    measure_pages(*service, forces.front(), busiest, looks);
}

} // namespace

int main(int argument_count, char** arguments)
{
    const auto number = [&](int at, std::size_t otherwise) {
        return argument_count > at ? std::strtoul(arguments[at], nullptr, 10) : otherwise;
    };
    for (const auto& engine : storage::testing::test_engines())
        measure(engine, number(1, 180'000), number(2, 900'000), number(3, 500));
    return 0;
}
