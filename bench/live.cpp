// How long a watched screen is stale: 10,000 open cases in 200 custody suites, two or three people signed in at each,
// whose pages ask by themselves as the script in the browser does. (A page shows a hundred. Of more, some who are
// booked in are rightly not on it.) Children are booked in and flags proposed meanwhile. Timed from when an act was
// acknowledged until the page of everybody whose suite it concerns has been read again. In the same run, the same with
// one person alone at work: what no more than asking seldom costs.
//
//     bench_live [cases [people]]                       10,000 and 500 unless told; on SQLite
//     tools/with_postgres.sh build/release/bench_live   and on PostgreSQL
#include "world.h"

#include "accounts/sessions.h"
#include "storage/testing.h"

#include <cstdlib>
#include <mutex>
#include <random>

namespace {

using namespace reachable;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::size_t suite_count = 200;
constexpr auto pause = std::chrono::milliseconds{700}; // as in assets/application.js
constexpr auto long_enough = std::chrono::seconds{30};
constexpr std::size_t threads_of_the_server = 2; // those that answer: no more than there are processors

/// One screen: who watches it, and what it last heard.
struct Screen {
    std::string cookie;
    std::size_t suite = 0;
    std::string mark;
    Clock::time_point asks_next{};
    std::size_t acts_seen = 0;
};

struct Suite {
    accounts::Session sergeant;
    std::mutex mutex;
    std::vector<Clock::time_point> acts; // acknowledged
};

web::Response ask(const app::Service& service, const std::string& path, const std::string& cookie)
{
    web::Request request{.path = path, .id = RequestId::random()};
    request.cookies.add("session", cookie);
    request.headers.add("reachable-live", "1");
    auto response = service.handle(std::move(request));
    if (response.status != 200) throw std::runtime_error(fmt::format("{} was answered {}", path, response.status));
    return response;
}

/// Suites of the force of the demonstration, with somebody at work in each.
std::vector<std::unique_ptr<Suite>> add_suites(storage::Database& database)
{
    std::vector<std::unique_ptr<Suite>> suites;
    const auto hale = bench::sergeant(database);
    database.write([&](storage::Transaction& transaction) {
        suites.clear();
        for (std::size_t i = 0; i < suite_count; ++i) {
            const accounts::Team team{.id = TeamId::random(),
                                      .agency = hale.agency,
                                      .name = fmt::format("Suite {}", i),
                                      .kind = "custody-suite"};
            accounts::add_team(transaction, team);
            const accounts::Worker worker{WorkerId::random(), hale.agency, fmt::format("suite{}", i), "Sgt"};
            accounts::add_worker(transaction, worker);
            accounts::add_post(transaction, {worker.id, team.id, accounts::Role::CUST});
            auto suite = std::make_unique<Suite>();
            suite->sergeant = hale;
            suite->sergeant.worker = worker.id;
            suite->sergeant.team = team.id;
            suites.push_back(std::move(suite));
        }
    });
    return suites;
}

std::vector<Screen> sign_in(storage::Database& database, const std::vector<std::unique_ptr<Suite>>& suites,
                            std::size_t people, UtcTime now)
{
    std::vector<Screen> screens;
    database.write([&](storage::Transaction& transaction) {
        screens.clear();
        for (std::size_t i = 0; i < people; ++i) {
            const auto& sergeant = suites[i % suites.size()]->sergeant;
            const accounts::Worker worker{WorkerId::random(), sergeant.agency, fmt::format("watcher{}", i), "Sgt"};
            accounts::add_worker(transaction, worker);
            accounts::add_post(transaction, {worker.id, sergeant.team, accounts::Role::CUST});
            accounts::Session session{
                .worker = worker.id, .agency = sergeant.agency, .team = sergeant.team, .role = accounts::Role::CUST};
            const auto opened = accounts::open_session(transaction, session, now);
            accounts::choose_purpose(transaction, opened.session.id, "custody-safeguarding");
            screens.push_back({.cookie = opened.cookie.reveal(), .suite = i % suites.size(), .mark = {}});
        }
    });
    return screens;
}

void fill(const casework::Desk& desk, const std::vector<std::unique_ptr<Suite>>& suites, std::size_t case_count)
{
    std::atomic<std::uint64_t> next{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 32; ++i)
        threads.emplace_back([&] {
            for (auto number = next++; number < case_count; number = next++)
                bench::must(casework::act(desk, suites[number % suites.size()]->sergeant, RequestId::random(),
                                          bench::booking(number), bench::begins_at()));
        });
}

struct Measured {
    std::vector<double> stale; // milliseconds from an acknowledged act to the page read again
    std::size_t asked = 0;
    std::size_t acts = 0;
};

/// The screens ask in their turn, and somebody works now and then.
Measured watch(const app::Service& service, std::vector<Screen> screens,
               const std::vector<std::unique_ptr<Suite>>& suites, std::size_t worked_in,
               std::chrono::milliseconds between_acts, std::uint64_t first_number)
{
    for (const auto& suite : suites) suite->acts.clear();
    std::mutex mutex;
    Measured measured;
    std::mt19937 random(7); // the same each time
    const auto start = Clock::now();
    for (auto& screen : screens) {
        screen.mark = ask(service, "/live", screen.cookie).text();
        screen.asks_next = start + std::chrono::milliseconds{random() % static_cast<std::uint64_t>(pause.count())};
    }
    const auto is_over = [&] { return Clock::now() - start >= long_enough; };
    std::atomic<std::size_t> asked{0};
    const auto serve = [&](std::size_t thread) {
        while (!is_over()) {
            auto soonest = Clock::now() + pause;
            for (std::size_t i = thread; i < screens.size(); i += threads_of_the_server) {
                auto& screen = screens[i];
                const auto now = Clock::now();
                if (screen.asks_next > now) {
                    soonest = std::min(soonest, screen.asks_next);
                    continue;
                }
                auto& suite = *suites[screen.suite];
                std::size_t known = 0;
                {
                    const std::lock_guard lock(suite.mutex);
                    known = suite.acts.size();
                }
                asked += 1;
                const auto mark = std::string(ask(service, "/live", screen.cookie).text());
                if (mark != screen.mark) {
                    screen.mark = mark;
                    const std::lock_guard lock(suite.mutex);
                    const std::lock_guard all(mutex);
                    const auto read_at = Clock::now();
                    // Nothing else changes what these suites watch: it was seen before whoever acted was told that it
                    // is done.
                    if (screen.acts_seen == known) {
                        measured.stale.push_back(0);
                        screen.acts_seen += 1;
                    }
                    // What was acknowledged before this screen asked, and had not been seen by it.
                    for (; screen.acts_seen < known; ++screen.acts_seen)
                        measured.stale.push_back(Milliseconds(read_at - suite.acts[screen.acts_seen]).count());
                }
                screen.asks_next = Clock::now() + pause;
                soonest = std::min(soonest, screen.asks_next);
            }
            std::this_thread::sleep_until(std::min(soonest, start + long_enough));
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < threads_of_the_server; ++i) threads.emplace_back(serve, i);
        for (std::size_t i = 0; !is_over(); ++i) {
            auto& suite = *suites[i % worked_in];
            bench::must(casework::act(service.desk(), suite.sergeant, RequestId::random(),
                                      bench::booking(first_number + i), bench::begins_at()));
            {
                const std::lock_guard lock(suite.mutex);
                suite.acts.push_back(Clock::now());
            }
            measured.acts += 1;
            std::this_thread::sleep_for(between_acts);
        }
    }
    measured.asked = asked;
    return measured;
}

void print(std::string_view what, Measured measured, double& p99)
{
    std::ranges::sort(measured.stale);
    CHECK(!measured.stale.empty(), "no screen learned of anything");
    const auto at = [&](std::size_t percent) { return measured.stale[(measured.stale.size() - 1) * percent / 100]; };
    p99 = at(99);
    fmt::print("figure: {}: {} acts, {} screens read again, stale for p50 {:.0f} ms, p99 {:.0f} ms, at most {:.0f} ms; "
               "asked {:.0f} times a second\n",
               what, measured.acts, measured.stale.size(), at(50), at(99), measured.stale.back(),
               static_cast<double>(measured.asked) / std::chrono::duration<double>(long_enough).count());
}

void measure(const std::string& engine, std::size_t case_count, std::size_t people)
{
    const bench::Folder folder;
    const auto held = storage::testing::make_database(engine);
    const auto settings = bench::settings_in(folder, engine == "sqlite" ? "" : held->settings().url);
    bench::make_world(settings, {.children = 200});
    const auto service = bench::must(app::Service::open(settings));
    const auto suites = add_suites(service->desk().database);
    fill(service->desk(), suites, case_count);
    const auto screens = sign_in(service->desk().database, suites, people, service->time().now());
    fmt::print("{}: {} open cases, {} people in {} suites\n", engine, case_count, people, suites.size());
    double alone = 0;
    double all = 0;
    print("one person alone",
          watch(*service, {screens.front()}, suites, 1, std::chrono::milliseconds{1100}, case_count), alone);
    print(fmt::format("{} people", people),
          watch(*service, screens, suites, suites.size(), std::chrono::milliseconds{100}, case_count + 1000), all);
    fmt::print("figure: p99 with {} people {:.2f} of that of one alone (mark: at most 1000 ms)\n", people, all / alone);
}

} // namespace

int main(int count, char** words)
{
    const std::size_t case_count = count > 1 ? std::strtoul(words[1], nullptr, 10) : 10'000;
    const std::size_t people = count > 2 ? std::strtoul(words[2], nullptr, 10) : 500;
    for (const auto& engine : storage::testing::test_engines()) measure(engine, case_count, people);
    if (std::getenv("REACHABLE_TEST_POSTGRES") == nullptr)
        fmt::print("live postgresql: skipped, for REACHABLE_TEST_POSTGRES names no server\n");
    return 0;
}
