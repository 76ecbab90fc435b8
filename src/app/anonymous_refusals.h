// Refusals of somebody who is not known: each is an entry, but a flood of them must not fill the log.
#pragma once

#include "base/time.h"

#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace reachable::app {

/// At most one entry a second and address, and `most_a_second` in all. What is left out is counted, and the next entry
/// says how many there were.
class AnonymousRefusals {
  public:
    static constexpr std::size_t most_a_second = 10;

    /// How many were left out since the last entry, when this one is to be an entry; nothing when it is left out too.
    std::optional<std::uint64_t> take(const std::string& address, UtcTime now);

  private:
    std::mutex guard_;
    UtcTime second_{};
    std::set<std::string> addresses_; // those that had an entry in this second
    std::uint64_t left_out_ = 0;
};

/// What somebody unknown was refused, as an action of the log, going by the answer; empty for anything else.
std::string_view anonymous_refusal(bool is_post, std::string_view path, int status);

} // namespace reachable::app
