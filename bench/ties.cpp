// How long a decision about a child takes with what the records say about that child read first, by a policy of 500
// rules; beside the bare select by hand and beside the same decision with everything in memory, in the same run.
//
//     bench_ties [children] [ties of each] [folder]     100,000 and 10 unless told; the mark is 1,000,000 and 10
//
// A folder keeps the database, so that a later run fills nothing; without one it is gone in the end. Cold: children
// that nobody asked for since the process began, whose pages the system holds perhaps and the process does not. Warm:
// the same children again. Near: a few children again and again, as in a shift. Whole: each in a transaction of its
// own, which asks for the epoch first, as a look does. All are measured several times over; in the end stands, beside
// the typical repeat, the best one, which others on the machine disturbed least.
#include "rules.h"
#include "world.h"

#include "policy/testing.h"
#include "storage/columns.h"
#include "ties/memory.h"

#include <ctime>
#include <fstream>
#include <map>
#include <random>

namespace {

using namespace reachable;
using Clock = std::chrono::steady_clock;

constexpr std::size_t looks = 20'000; // one repeat
constexpr std::size_t repeats = 8;

/// Microseconds by the clock, and of the processor alone: on a shared machine the clock counts the work of others too.
struct Times {
    std::vector<double> all = {};
    std::vector<double> worked = {};

    static double at(const std::vector<double>& sorted, std::size_t percent)
    {
        return sorted[sorted.size() * percent / 100];
    }
};

double worked_microseconds()
{
    timespec now{};
    CHECK(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) == 0, "the processor's time cannot be read");
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

template <class Work>
Times measure(std::span<const ChildId> asked, Work work)
{
    Times times;
    for (const auto child : asked) {
        const auto worked = worked_microseconds();
        const auto begin = Clock::now();
        work(child);
        times.all.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
        times.worked.push_back(worked_microseconds() - worked);
    }
    std::ranges::sort(times.all);
    std::ranges::sort(times.worked);
    return times;
}

/// The same children in each run, in the order of their ids: a database fills fastest so.
std::vector<ChildId> children_of(std::size_t count)
{
    std::mt19937_64 random(11);
    std::vector<ChildId> children(count);
    for (auto& child : children)
        std::ranges::generate(child.bytes, [&] { return static_cast<std::uint8_t>(random()); });
    std::ranges::sort(children);
    return children;
}

/// Most ties are those of other people. One child in ten was opened with a reason by the person who asks here, one in
/// twenty is family of somebody at work, one in a hundred is protected.
ties::Tie tie_of(std::size_t child, std::size_t number, const accounts::Session& session)
{
    ties::Tie tie{.worker = WorkerId::random(),
                  .proved_by = CaseId::random(),
                  .keeper = session.agency,
                  .keeper_team = session.team,
                  .since = bench::begins_at()};
    if (number == 1 && child % 10 == 0)
        tie.kind = ties::Kind::reasoned, tie.worker = session.worker, tie.characters = 80;
    if (number == 2 && child % 20 == 1) tie.kind = ties::Kind::family;
    if (number == 3 && child % 100 == 2) tie.kind = ties::Kind::sealed, tie.worker = {};
    return tie;
}

/// Closes the database in the end, which moves everything from the log of the writes to its place: as long as the log
/// is long, each page is looked for in all of it.
void fill(const app::Settings& settings, std::span<const ChildId> children, std::size_t ties_of_each)
{
    const auto office = bench::must(app::open_office(settings, bench::clock_at_the_start()));
    auto& database = *office->database;
    const auto session = bench::sergeant(database);
    // No decision reads these, and to fill them in the order of random ids takes an hour.
    database.write([](storage::Transaction& transaction) {
        transaction.execute("drop index ties_of_proof");
        transaction.execute("drop index ties_of_worker");
    });
    constexpr std::size_t together = 10'000;
    for (std::size_t first = 0; first < children.size(); first += together)
        database.write([&](storage::Transaction& transaction) {
            for (std::size_t i = first; i < std::min(children.size(), first + together); ++i)
                for (std::size_t k = 0; k < ties_of_each; ++k) {
                    auto tie = tie_of(i, k, session);
                    tie.child = children[i];
                    ties::add_tie(transaction, tie);
                }
        });
}

policy::Request look_at(ChildId child, const accounts::Session& session)
{
    policy::Request request{.worker = session.worker,
                            .agency = session.agency,
                            .agency_kind = session.agency_kind,
                            .role = session.role,
                            .purpose = session.purpose,
                            .action = "read",
                            .child = child,
                            .relationships = {policy::Relationship::detaining}};
    for (const auto category : {policy::Category::id_core, policy::Category::health, policy::Category::custody})
        request.fields.push_back({category, policy::Label::sensitive});
    return request;
}

/// What is measured: the ways to come to a decision inside one transaction.
struct Ways {
    storage::Transaction& transaction;
    const policy::TextPolicy& policy;
    const accounts::Session& session;
    ties::Memory* memory = nullptr;
    ties::Known known = {};
    std::size_t shown = 0;

    void by_hand(ChildId child)
    {
        shown +=
            transaction
                .query("select kind, worker, proved_by, about, since, ended_at from ties "
                       "where child = $1 and reader in ($2, $3)",
                       {storage::to_value(child), storage::to_value(session.worker), storage::to_value(WorkerId{})})
                .size();
    }
    void decide(ChildId child)
    {
        auto request = look_at(child, session);
        const auto links = ties::connect(request, transaction, session, {}, bench::begins_at(), known, memory);
        request.relationships.merge(policy.live(links, bench::begins_at()));
        const auto decision = policy.decide(request);
        CHECK(decision.is_allowed || request.is_sealed, "the sergeant was refused");
        shown += decision.fields.size();
    }
};

/// The repeats of everything measured, by its name.
class Figures {
  public:
    void add(const std::string& what, const Times& times)
    {
        const Repeat repeat{Times::at(times.all, 50), Times::at(times.all, 99), Times::at(times.worked, 50),
                            Times::at(times.worked, 99)};
        fmt::print("figure: {:<32} median {:5.1f} µs p99 {:6.1f} µs; of the processor {:5.1f} µs p99 {:5.1f} µs\n",
                   what, repeat[0], repeat[1], repeat[2], repeat[3]);
        if (!repeats_.contains(what)) order_.push_back(what);
        repeats_[what].push_back(repeat);
    }
    /// Each number for itself: the best p99 and the best median need not be of the same repeat.
    void print_best_and_typical() const
    {
        for (const auto& what : order_) {
            std::array<std::vector<double>, 4> each;
            for (const auto& repeat : repeats_.at(what))
                for (std::size_t i = 0; i < repeat.size(); ++i) each[i].push_back(repeat[i]);
            for (auto& numbers : each) std::ranges::sort(numbers);
            const auto p99 = [&](std::size_t i) {
                return fmt::format("{:.1f} µs at best, {:.1f} typically", each[i].front(), each[i][each[i].size() / 2]);
            };
            fmt::print("figure: {:<32} p99 {}; of the processor {}; median {}\n", what, p99(1), p99(3), p99(0));
        }
    }

  private:
    using Repeat = std::array<double, 4>;
    std::vector<std::string> order_;
    std::map<std::string, std::vector<Repeat>> repeats_;
};

/// Each repeat asks for children of its own first, and then for the same again. The memory comes first to children that
/// nobody asked for: all of them are in it.
void report_all(Figures& figures, Ways& ways, ties::Memory& memory, std::span<const ChildId> asked)
{
    constexpr std::size_t nearby = 500;
    const auto by_hand = [&](ChildId child) { ways.by_hand(child); };
    const auto decide = [&](ChildId child) { ways.decide(child); };
    for (std::size_t i = 0; i < repeats; ++i) {
        const auto mine = asked.subspan(3 * i * looks, looks);
        const auto others = asked.subspan((3 * i + 1) * looks, looks);
        const auto untouched = asked.subspan((3 * i + 2) * looks, looks);
        ways.memory = &memory;
        figures.add("cold, from memory and decided", measure(untouched, decide));
        figures.add("warm, from memory and decided", measure(untouched, decide));
        ways.memory = nullptr;
        figures.add("cold, ties read and decided", measure(mine, decide));
        figures.add("warm, ties read and decided", measure(mine, decide));
        figures.add("cold, by hand", measure(others, by_hand));
        figures.add("warm, by hand", measure(others, by_hand));
        std::vector<ChildId> shift;
        for (std::size_t k = 0; k < looks; ++k) shift.push_back(mine[k % nearby]);
        figures.add("near, ties read and decided", measure(shift, decide));
        figures.add("near, by hand", measure(shift, by_hand));
        ways.memory = &memory;
        figures.add("near, from memory and decided", measure(shift, decide));
        ways.memory = nullptr;
        ways.known = ties::ties_for(ways.transaction, std::span(shift).first(nearby), ways.session.worker);
        figures.add("near, handed over and decided", measure(shift, decide));
        ways.known.clear();
    }
}

/// With the transaction, and the question for the epoch, in every time.
void report_whole(Figures& figures, storage::Database& database, const policy::TextPolicy& policy,
                  const accounts::Session& session, ties::Memory& memory, std::span<const ChildId> asked)
{
    for (std::size_t i = 0; i < repeats; ++i) {
        const auto mine = asked.subspan(i * looks, looks);
        figures.add("whole, by hand", measure(mine, [&](ChildId child) {
                        database.read([&](auto& transaction) { Ways{transaction, policy, session}.by_hand(child); });
                    }));
        figures.add("whole, from memory and decided", measure(mine, [&](ChildId child) {
                        database.read(
                            [&](auto& transaction) { Ways{transaction, policy, session, &memory}.decide(child); });
                    }));
    }
}

/// What a request waits that is the first to see a tie that somebody added.
void report_catching_up(Figures& figures, storage::Database& database, const accounts::Session& session,
                        ties::Memory& memory, std::span<const ChildId> asked)
{
    std::vector<double> times;
    for (const auto child : asked.first(200)) {
        auto tie = tie_of(0, 0, session);
        tie.child = child;
        database.write([&](storage::Transaction& transaction) { ties::add_tie(transaction, tie); });
        database.read([&](storage::Transaction& transaction) {
            const auto times_of_one = measure(std::span(&child, 1), [&](ChildId its) {
                const auto found = memory.find(transaction, its, tie.worker);
                CHECK(std::ranges::count(found, tie) == 1, "the tie that was added is not found");
            });
            times.push_back(times_of_one.all.front());
        });
    }
    std::ranges::sort(times);
    figures.add("first to see a change", {times, times});
}

void load(ties::Memory& memory, storage::Database& database)
{
    const auto begin = Clock::now();
    memory.load(database);
    const auto size = memory.size();
    fmt::print("figure: {} ties in memory after {:.1f} s, {:.1f} bytes a tie, {} MB\n", size.ties,
               std::chrono::duration<double>(Clock::now() - begin).count(),
               static_cast<double>(size.bytes) / static_cast<double>(size.ties), size.bytes / 1'000'000);
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::stoul(argv[1]) : 100'000;
    const std::size_t ties_of_each = argc > 2 ? std::stoul(argv[2]) : 10;
    const bench::Folder passing;
    const std::filesystem::path kept = argc > 3 ? argv[3] : "";
    const auto settings = bench::settings_in(kept.empty() ? passing.path() : kept);
    const bool is_filled = !kept.empty() && std::filesystem::exists(kept / "filled");
    if (!is_filled) bench::make_world(settings, {.is_small = true});
    auto asked = children_of(count);
    if (!is_filled) fill(settings, asked, ties_of_each);
    if (!kept.empty()) std::ofstream(kept / "filled") << count << " children\n";
    const auto office = bench::must(app::open_office(settings, bench::clock_at_the_start()));
    const auto session = bench::sergeant(*office->database);

    std::ranges::shuffle(asked, std::mt19937_64(7));
    for (std::size_t i = 0; asked.size() < 3 * repeats * looks; ++i) asked.push_back(asked[i]);
    const policy::TextPolicy many(
        bench::with_rules(policy::testing::shipped().text(), 500, [](const policy::AllowRule&) { return true; }));
    fmt::print("figure: 500 rules, {} children, {} ties\n", count, count * ties_of_each);
    ties::Memory memory;
    load(memory, *office->database);
    Figures figures;
    office->database->read([&](storage::Transaction& transaction) {
        Ways ways{transaction, many, session};
        report_all(figures, ways, memory, asked);
        CHECK(ways.shown != 0, "nothing was read");
    });
    report_whole(figures, *office->database, many, session, memory, asked);
    CHECK(memory.answers().from_database == 0, "the memory was not up to date");
    report_catching_up(figures, *office->database, session, memory, asked);
    figures.print_best_and_typical();
    return 0;
}
