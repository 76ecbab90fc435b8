// How long the page of a child and the timeline take inside the server for a child with 2,000 entries on it: a hundred
// detentions, of which a social worker who has the child on their list sees every one. Now, and as of a date in the
// middle; while nothing else is written, and with a write before every look, after which nothing that was read is told
// again. Beside a page of the same server that is always the same, and a durable write that does nothing else.
//
//     bench_child_page [detentions [looks [what]]]      100 and 300 unless told; on SQLite, below TMPDIR
//     bench_child_page 100 3000 'page of the child'     one of the looks alone, to read it with perf
//     tools/with_postgres.sh build/release/bench_child_page   and on PostgreSQL
//     TMPDIR=/dev/shm build/release/bench_child_page    with the files in memory
#include "world.h"

#include "accounts/sessions.h"
#include "capabilities/custody/release.h"
#include "clocks/london.h"
#include "storage/testing.h"
#include "ties/ties.h"

#include <cstdlib>

namespace {

using namespace reachable;
using Clock = std::chrono::steady_clock;

constexpr std::size_t rounds = 5;
constexpr auto between_detentions = hours{48};

casework::Act act_of(CaseId id, std::string action, Json asked)
{
    return {.type = "custody", .action = std::move(action), .id = id, .asked = std::move(asked)};
}

Json nothing_special_planned(const casework::Desk& desk, UtcTime now)
{
    auto lines = Json::list();
    for (const auto& topic : custody::release_topics_on(desk, clocks::london_day(now)))
        lines.add(Json::object().set("topic", std::string(topic.number)).set("words", "None"));
    return Json::object().set("release_plan", std::move(lines));
}

/// One detention of the child with twenty entries on the timeline; without a child, the first, which makes the record.
CaseId detain(const casework::Desk& desk, std::size_t number, ChildId child, UtcTime from)
{
    const auto hale = bench::sergeant(desk.database);
    auto booking = bench::booking(number);
    booking.asked.set("authorised_at", to_iso(from - minutes{10}));
    if (!child.is_none()) booking.asked.set("child", child.text());
    const auto id = bench::must(casework::act(desk, hale, RequestId::random(), booking, from)).id;
    auto at = from;
    const auto act = [&](std::string action, Json asked) {
        at += minutes{10};
        bench::must(
            casework::act(desk, hale, RequestId::random(), act_of(id, std::move(action), std::move(asked)), at));
    };
    for (int i = 0; i < 8; ++i) {
        act("add_fact", Json::object().set("added_facts", Json::list().add(Json::object()
                                                                               .set("number", fmt::format("F{}", i + 1))
                                                                               .set("section", "health")
                                                                               .set("words", "Has a cough")
                                                                               .set("said_by", "child"))));
        act("ask_adult",
            Json::object().set("adult_who", fmt::format("Aunt {}", i)).set("adult_requested_at", to_iso(from)));
    }
    act("plan_release", nothing_special_planned(desk, at));
    act("record_departure", Json::object().set("left_at", to_iso(at)));
    return id;
}

ChildId child_of(storage::Database& database, CaseId id)
{
    ChildId child;
    database.read(
        [&](storage::Transaction& transaction) { child = casework::load_head(transaction, id).heading.child; });
    return child;
}

/// A social worker with the child on their list, signed in.
std::string cookie_of_social_worker(storage::Database& database, ChildId child, UtcTime now)
{
    std::string cookie;
    database.write([&](storage::Transaction& transaction) {
        const auto worker = accounts::find_worker_by_name(transaction, "fenn@westmoor.example");
        CHECK(worker.has_value(), "the demonstration has no social worker");
        ties::add_tie(transaction, {.kind = ties::Kind::allocated,
                                    .child = child,
                                    .worker = worker->id,
                                    .proved_by = CaseId::random(),
                                    .about = {},
                                    .keeper = worker->agency,
                                    .keeper_team = {},
                                    .purpose = {},
                                    .since = now});
        const accounts::Session session{.worker = worker->id,
                                        .agency = worker->agency,
                                        .agency_kind = accounts::AgencyKind::local_authority,
                                        .team = accounts::posts_of(transaction, worker->id).front().team,
                                        .role = accounts::Role::SW};
        const auto opened = accounts::open_session(transaction, session, now);
        accounts::choose_purpose(transaction, opened.session.id, "safeguarding-response");
        cookie = opened.cookie.reveal();
    });
    return cookie;
}

std::string ask(const app::Service& service, const std::string& path, const std::string& query,
                const std::string& cookie)
{
    web::Request request{.path = path, .id = RequestId::random()};
    if (!query.empty()) request.query.add("as_of", query);
    request.cookies.add("session", cookie);
    const auto response = service.handle(std::move(request));
    if (response.status != 200) throw std::runtime_error(fmt::format("{} was answered {}", path, response.status));
    return std::string(response.text());
}

struct Measure {
    std::string what;
    std::function<void()> before; // not timed
    std::function<void()> work;
    std::vector<double> middle = {};
    std::vector<double> slowest_in_a_hundred = {};
};

void add_round(Measure& measure, std::size_t looks)
{
    std::vector<double> milliseconds;
    for (std::size_t i = 0; i < looks; ++i) {
        if (measure.before) measure.before();
        const auto start = Clock::now();
        measure.work();
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    std::ranges::sort(milliseconds);
    measure.middle.push_back(milliseconds[looks / 2]);
    measure.slowest_in_a_hundred.push_back(milliseconds[looks * 99 / 100]);
}

void print(std::vector<Measure>& measures)
{
    double fixed = 0;
    for (auto& measure : measures) {
        std::ranges::sort(measure.middle);
        std::ranges::sort(measure.slowest_in_a_hundred);
        if (fixed == 0) fixed = measure.middle[rounds / 2];
        fmt::print("figure: {} p50 {:.2f} ms, p99 {:.2f} ms (medians of {} rounds; p99 from {:.2f} to {:.2f}), {:.1f} "
                   "times the fixed page\n",
                   measure.what, measure.middle[rounds / 2], measure.slowest_in_a_hundred[rounds / 2], rounds,
                   measure.slowest_in_a_hundred.front(), measure.slowest_in_a_hundred.back(),
                   measure.middle[rounds / 2] / fixed);
    }
}

void measure(const std::string& engine, std::size_t detentions, std::size_t looks, const std::string& only)
{
    const bench::Folder folder;
    const auto held = storage::testing::make_database(engine);
    const auto settings = bench::settings_in(folder, engine == "sqlite" ? "" : held->settings().url);
    bench::make_world(settings, {.children = 20});
    const auto service = bench::must(app::Service::open(settings));
    auto& database = service->desk().database;
    const auto begins = bench::begins_at() - between_detentions * static_cast<int>(detentions + 1);
    ChildId child;
    for (std::size_t i = 0; i < detentions; ++i) {
        const auto id = detain(service->desk(), i, child, begins + between_detentions * static_cast<int>(i));
        if (child.is_none()) child = child_of(database, id);
    }
    const auto cookie = cookie_of_social_worker(database, child, service->time().now());
    database.write(
        [](storage::Transaction& transaction) { transaction.execute("create table bench_rows (n bigint)"); });
    const auto write_a_row = [&] {
        database.write(
            [](storage::Transaction& transaction) { transaction.execute("insert into bench_rows (n) values (1)"); });
    };
    const auto page = "/children/" + child.text();
    const auto then = to_iso(clocks::london_day(begins + between_detentions * static_cast<int>(detentions / 2)));
    const auto timeline = ask(*service, page + "/timeline", "", cookie);
    const auto counted = timeline.find("Entries 1 to ");
    fmt::print("{} in {}: {} detentions; pages of {} and {} bytes; {}\n", engine, folder.path().parent_path().string(),
               detentions, ask(*service, page, "", cookie).size(), timeline.size(),
               counted == std::string::npos ? "one page" : timeline.substr(counted, 24));
    std::vector<Measure> measures{{.what = "fixed page (/accessibility)",
                                   .before = {},
                                   .work = [&] { ask(*service, "/accessibility", "", cookie); }},
                                  {.what = "durable write of one row", .before = {}, .work = write_a_row}};
    for (const bool after_a_write : {false, true})
        for (const auto& [what, rest, as_of] : {std::tuple{"page of the child", "", std::string()},
                                                {"timeline", "/timeline", std::string()},
                                                {"page of the child as of a date", "", then},
                                                {"timeline as of a date", "/timeline", then}})
            measures.push_back({.what = std::string(what) + (after_a_write ? ", after a write" : ""),
                                .before = after_a_write ? std::function<void()>(write_a_row) : nullptr,
                                .work = [&service, &cookie, path = page + rest, query = as_of] {
                                    ask(*service, path, query, cookie);
                                }});
    if (!only.empty()) std::erase_if(measures, [&](const Measure& one) { return one.what != only; });
    for (std::size_t i = 0; i < rounds; ++i)
        for (auto& one : measures) add_round(one, looks);
    print(measures);
}

} // namespace

int main(int argument_count, char** arguments)
{
    const std::size_t detentions = argument_count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 100;
    const std::size_t looks = argument_count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 300;
    const std::string only = argument_count > 3 ? arguments[3] : "";
    for (const auto& engine : storage::testing::test_engines()) measure(engine, detentions, looks, only);
    return 0;
}
