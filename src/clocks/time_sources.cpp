#include "clocks/time_sources.h"

namespace reachable::clocks {
namespace {

constexpr auto only_forwards = "The simulated time moves forwards only";

} // namespace

UtcTime SystemTime::now() const
{
    return std::chrono::floor<seconds>(std::chrono::system_clock::now());
}

Result<UtcTime> SimulatedTime::advance(seconds duration)
{
    if (duration < 0s) return refuse(ProblemKind::malformed, only_forwards);
    return from_seconds(now_.fetch_add(duration.count()) + duration.count());
}

Result<> SimulatedTime::set(UtcTime moment)
{
    auto before = now_.load();
    do {
        if (to_seconds(moment) < before) return refuse(ProblemKind::out_of_order, only_forwards);
    } while (!now_.compare_exchange_weak(before, to_seconds(moment)));
    return {};
}

} // namespace reachable::clocks
