// Where main() gets the time from: the system's clock, or one that stands still until somebody moves it, for
// demonstrations, stories and tests.
#pragma once

#include "base/time.h"

#include <atomic>

namespace reachable::clocks {

/// The clock of the machine.
class SystemTime : public TimeSource {
  public:
    UtcTime now() const override;
    std::string_view name() const override { return "system"; }
};

/// Starts at a given moment and moves only when told to, never backwards. Safe to share between threads.
class SimulatedTime : public TimeSource {
  public:
    explicit SimulatedTime(UtcTime start) : now_(to_seconds(start)) {}
    UtcTime now() const override { return from_seconds(now_.load()); }
    std::string_view name() const override { return "simulated"; }

    /// Moves forward by `duration` and gives the new moment; refuses a negative one.
    Result<UtcTime> advance(seconds duration);
    /// Moves to `moment`; refuses one that has passed.
    Result<> set(UtcTime moment);

  private:
    std::atomic<std::int64_t> now_;
};

} // namespace reachable::clocks
