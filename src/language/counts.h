// How often a wording was offered and taken: by team, month and phrase (R-N-06). Who wrote it is nowhere in it, and no
// entry of the log is made, which would name them.
#pragma once

#include "base/id.h"
#include "base/time.h"
#include "storage/migrations.h"

#include <map>
#include <mutex>

namespace reachable::language {

/// What is counted together. A month, so that a count does not tell whose duty it was.
struct Counted {
    AgencyId agency;
    TeamId team;
    std::string month; // "2026-11"
    int phrase = 0;

    auto operator<=>(const Counted&) const = default;
};
struct Count {
    std::int64_t shown = 0;
    std::int64_t taken = 0;
    bool operator==(const Count&) const = default;
};
using Counts = std::map<Counted, Count>;

/// "2026-11"
std::string month_of(CivilDate day);

/// What was counted since it was last stored. Safe to use from several threads; what it holds is lost when the service
/// stops at once, which a count can bear.
class Tally {
  public:
    void add(const Counted& what, const Count& count);
    /// Everything counted so far; it begins anew.
    Counts take();

  private:
    std::mutex guard_;
    Counts counts_;
};

/// Adds to what is stored.
void store(storage::Transaction& transaction, const Counts& counts);
/// What is stored of one organisation, since that month.
Counts counts_of(storage::Transaction& transaction, AgencyId agency, std::string_view since);

std::span<const storage::Migration> migrations();

} // namespace reachable::language
