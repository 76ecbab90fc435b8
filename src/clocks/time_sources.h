// Where main() gets the time from: the system's clock, or one that stands still until somebody moves it, for
// demonstrations, stories and tests.
#pragma once

#include "base/time.h"

#include <atomic>
#include <functional>

namespace reachable::clocks {

/// What one machine says of time.
struct Machine {
    using milliseconds = std::chrono::milliseconds;
    std::function<milliseconds()> wall;      // since 1970; whoever sets the clock makes it jump
    std::function<milliseconds()> running;   // since the machine was started, asleep or awake; nobody can set it
    std::function<bool()> is_kept_by_others; // whether a time service keeps the clock right, as the kernel says
    static Machine this_one();
};

/// The clock of the machine. It is unsure from a jump of more than two seconds until it has jumped back or a time
/// service vouches for it. Safe to share between threads.
class SystemTime : public TimeSource {
  public:
    explicit SystemTime(Machine machine = Machine::this_one());
    /// Unsure, whoever vouches for it, while it stands before this: the time of the newest entry of the log. To be told
    /// before others read the clock.
    void not_before(UtcTime newest) { newest_ = newest; }
    UtcTime now() const override;
    std::string_view health() const override;

  private:
    std::int64_t apart() const { return (machine_.wall() - machine_.running()).count(); }

    Machine machine_;
    UtcTime newest_{};
    mutable std::atomic<std::int64_t> apart_; // how far the two clocks stood apart when the time was last sure
};

/// Starts at a given moment and moves only when told to, never backwards. Safe to share between threads.
class SimulatedTime : public TimeSource {
  public:
    explicit SimulatedTime(UtcTime start) : now_(to_seconds(start)) {}
    UtcTime now() const override { return from_seconds(now_.load()); }
    std::string_view health() const override { return "simulated"; }

    /// Moves forward by `duration` and gives the new moment; refuses a negative one.
    Result<UtcTime> advance(seconds duration);
    /// Moves to `moment`; refuses one that has passed.
    Result<> set(UtcTime moment);

  private:
    std::atomic<std::int64_t> now_;
};

} // namespace reachable::clocks
