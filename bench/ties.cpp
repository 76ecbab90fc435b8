// How long a decision about a child takes with what the records say about that child read first, beside the bare
// select by hand in the same run.
//
//     bench_ties [children] [ties of each]     100,000 and 10 unless told; the mark is 1,000,000 and 10
#include "world.h"

#include "policy/testing.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <random>

namespace {

using namespace reachable;
using Clock = std::chrono::steady_clock;

struct Times {
    double median = 0; // microseconds
    double p99 = 0;
};

template <class Work>
Times measure(std::size_t count, Work work)
{
    std::vector<double> times;
    times.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto begin = Clock::now();
        work(i);
        times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    }
    std::ranges::sort(times);
    return {times[count / 2], times[count * 99 / 100]};
}

/// Children in the order of their ids: a database fills fastest so.
std::vector<ChildId> fill(storage::Database& database, std::size_t count, std::size_t ties_of_each)
{
    std::vector<ChildId> children(count);
    for (auto& child : children) child = ChildId::random();
    std::ranges::sort(children);
    constexpr std::size_t together = 10'000;
    for (std::size_t first = 0; first < count; first += together)
        database.write([&](storage::Transaction& transaction) {
            for (std::size_t i = first; i < std::min(count, first + together); ++i)
                for (std::size_t k = 0; k < ties_of_each; ++k)
                    ties::add_tie(transaction, {.kind = ties::Kind::allocated,
                                                .child = children[i],
                                                .worker = WorkerId::random(),
                                                .proved_by = CaseId::random(),
                                                .since = bench::begins_at()});
        });
    return children;
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

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::stoul(argv[1]) : 100'000;
    const std::size_t ties_of_each = argc > 2 ? std::stoul(argv[2]) : 10;
    const bench::Folder folder;
    const auto settings = bench::settings_in(folder);
    bench::make_world(settings, {.is_small = true});
    const auto office = bench::must(app::open_office(settings, "simulated"));
    const auto session = bench::sergeant(*office->database);
    const auto children = fill(*office->database, count, ties_of_each);

    std::mt19937_64 random(7);
    constexpr std::size_t looks = 50'000;
    std::vector<ChildId> asked;
    for (std::size_t i = 0; i < looks; ++i) asked.push_back(children[random() % children.size()]);
    office->database->read([&](storage::Transaction& transaction) {
        for (const auto child : asked) (void)ties::ties_of(transaction, child); // from the disk into memory, once
        const auto by_hand = measure(looks, [&](std::size_t i) {
            const auto rows =
                transaction.query("select kind, worker, proved_by, about, keeper, keeper_team, purpose, characters, "
                                  "since, ended_at from ties where child = $1 order by since",
                                  {storage::to_value(asked[i])});
            CHECK(rows.size() == ties_of_each, "a tie is missing");
        });
        const auto whole = measure(looks, [&](std::size_t i) {
            auto request = look_at(asked[i], session);
            const auto links = ties::connect(request, transaction, session, {}, bench::begins_at());
            request.relationships.merge(office->policy->live(links, bench::begins_at()));
            CHECK(office->policy->decide(request).is_allowed, "the sergeant was refused");
        });
        fmt::print("figure: {} children, {} ties: by hand median {:.1f} µs p99 {:.1f} µs; ties read and decided median "
                   "{:.1f} µs ({:.1f} times by hand) p99 {:.1f} µs\n",
                   count, count * ties_of_each, by_hand.median, by_hand.p99, whole.median,
                   whole.median / by_hand.median, whole.p99);
    });
    return 0;
}
