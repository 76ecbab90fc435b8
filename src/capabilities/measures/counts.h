// How many absences of a quarter are alike in all that is counted, kept beside the figures: a page of a quarter adds up
// some thousands of groups and not each absence. Written by whoever writes the figures, in the same transaction.
#pragma once

#include "capabilities/measures/figures.h"

#include <tuple>

namespace reachable::measures {

/// Of one figure: all by which it is counted.
struct Alike {
    std::int64_t quarter = 0;
    AgencyId force;
    std::string level, barrier, care, distance;
    bool is_over = false, was_reported = true, was_regraded = false, is_repeat = false;
    bool operator==(const Alike&) const = default;
    auto operator<=>(const Alike&) const = default;
};
/// Columns of a figure as `alike` reads them, from the first on.
inline constexpr std::string_view counted_columns =
    "force, began_at, stands, level, barrier, care, distance, was_reported, was_regraded, is_repeat";
/// Nothing of what was no absence.
std::optional<Alike> alike(const storage::Row& row, std::size_t first);
std::optional<Alike> alike(const EpisodeFigure& figure, bool is_repeat);

/// What one transaction changes of the counts.
class Recount {
  public:
    /// One more, or one less (-1), that is alike.
    void add(const std::optional<Alike>& one, std::int64_t by);
    void store(storage::Transaction& transaction) const;

  private:
    std::map<Alike, std::int64_t> changes_;
};

/// Groups of which the counts and the figures say something else; each a sentence.
std::vector<std::string> counts_that_differ(storage::Transaction& transaction);

} // namespace reachable::measures
