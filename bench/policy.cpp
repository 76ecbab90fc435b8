// How fast the policy decides, beside an empty policy in the same run, so that figures of different machines can be
// compared.
//
//     bench_policy [decisions]     2,000,000 unless told
//
// Two texts: the shipped one, and it with rules added until there are 500, all of them for the role that asks. Times
// are of the whole decision with its rules and reasons, for a look at eight fields.
#include "rules.h"

#include "policy/testing.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <thread>

namespace {

using namespace reachable;
using namespace reachable::policy;
using Clock = std::chrono::steady_clock;

Request look_of_a_sergeant()
{
    Request request;
    request.role = accounts::Role::CUST;
    request.purpose = "custody-safeguarding";
    request.action = "read";
    request.relationships = {Relationship::detaining, Relationship::own_agency};
    for (const auto category : {Category::id_core, Category::address, Category::safety_summary, Category::health,
                                Category::social_care, Category::custody, Category::crime, Category::observation})
        request.fields.push_back({category, Label::sensitive});
    return request;
}

struct Times {
    double per_second = 0; // on one core
    double median = 0;     // microseconds
    double p99 = 0;
};

Times measure(const TextPolicy& policy, std::size_t count)
{
    const auto request = look_of_a_sergeant();
    std::vector<double> times;
    times.reserve(count);
    std::size_t shown = 0;
    const auto start = Clock::now();
    for (std::size_t i = 0; i < count; ++i) {
        const auto begin = Clock::now();
        shown += policy.decide(request).fields.size();
        times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    }
    const auto seconds = std::chrono::duration<double>(Clock::now() - start).count();
    CHECK(shown == count * request.fields.size(), "a decision answered for too few fields");
    std::ranges::sort(times);
    return {static_cast<double>(count) / seconds, times[count / 2], times[count * 99 / 100]};
}

double on_two_cores(const TextPolicy& policy, std::size_t count)
{
    const auto request = look_of_a_sergeant();
    const auto work = [&] {
        std::size_t allowed = 0;
        for (std::size_t i = 0; i < count / 2; ++i) allowed += policy.decide(request).is_allowed ? 1U : 0U;
        CHECK(allowed == 0 || allowed == count / 2, "the same request was decided in two ways");
    };
    const auto start = Clock::now();
    std::thread other(work);
    work();
    other.join();
    return static_cast<double>(count) / std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::stoul(argv[1]) : 2'000'000;
    const auto& shipped = policy::testing::shipped();
    auto nothing = shipped.text();
    nothing.allows.clear();
    nothing.limits.clear();
    nothing.forbids.clear();
    nothing.break_glass.clear();
    const TextPolicy empty(nothing);
    const TextPolicy large(bench::with_rules(shipped.text(), 500, [](const AllowRule&) { return true; }));
    const TextPolicy crowded(
        bench::with_rules(shipped.text(), 500, [](const AllowRule& rule) { return rule.id == "A02"; }));
    double empty_median = 0;
    for (const auto& [name, policy] : {std::pair<std::string_view, const TextPolicy*>{"empty", &empty},
                                       {"shipped", &shipped},
                                       {"500 rules", &large},
                                       {"500 of one role", &crowded}}) {
        const auto times = measure(*policy, count);
        if (empty_median == 0) empty_median = times.median;
        fmt::print(
            "figure: {:<16} median {:.2f} µs ({:.1f} times empty), p99 {:.2f} µs, {:.0f} decisions/s on two cores\n",
            name, times.median, times.median / empty_median, times.p99, on_two_cores(*policy, count));
    }
    return 0;
}
