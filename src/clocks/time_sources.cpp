#include "clocks/time_sources.h"

#include "base/result.h"

#include <cstdlib>
#include <ctime>
#include <sys/timex.h>

namespace reachable::clocks {
namespace {

constexpr auto only_forwards = "The simulated time moves forwards only";
constexpr Machine::milliseconds tolerated{2000}; // a leap second is none, nor is what lies between two readings

Machine::milliseconds milliseconds_of(clockid_t clock)
{
    timespec reading{};
    CHECK(::clock_gettime(clock, &reading) == 0, "every Linux since 2.6.39 has this clock");
    return std::chrono::duration_cast<Machine::milliseconds>(std::chrono::seconds{reading.tv_sec} +
                                                             std::chrono::nanoseconds{reading.tv_nsec});
}

} // namespace

Machine Machine::this_one()
{
    return {.wall = [] { return milliseconds_of(CLOCK_REALTIME); },
            .running = [] { return milliseconds_of(CLOCK_BOOTTIME); },
            .is_kept_by_others =
                [] {
                    timex question{};
                    return ::adjtimex(&question) >= 0 && (question.status & STA_UNSYNC) == 0;
                }};
}

SystemTime::SystemTime(Machine machine) : machine_(std::move(machine)), apart_(apart()) {}

UtcTime SystemTime::now() const
{
    return UtcTime(std::chrono::floor<seconds>(machine_.wall()));
}

std::string_view SystemTime::health() const
{
    if (now() < newest_) return "unsure";
    const auto before = apart_.load();
    const auto here = apart();
    if (std::abs(here - before) <= tolerated.count()) return "system";
    if (!machine_.is_kept_by_others()) return "unsure";
    apart_ = here;
    return "system";
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
