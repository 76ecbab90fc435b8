// R-B-05: repeat and concern triggers. Each is a sentence with its rule and the facts it follows from; none grades the
// child and no number of them is a score (G-01).
#pragma once

#include "capabilities/missing/episode.h"
#include "casework/desk.h"

namespace reachable::missing {

/// An episode of the child, whatever became of it. Reclassified ones are no absence.
struct Absence {
    CaseId id;
    std::string state;
    std::shared_ptr<const Episode> facts;
    const Episode& episode() const { return *facts; }
};
/// Those of these records, newest first, at most so many.
std::vector<Absence> absences_of(storage::Transaction& transaction, std::span<const ChildId> records, std::size_t most);
/// The records of the child that whoever asks may be told of: this one, and those joined with it that are open to all.
std::vector<ChildId> records_seen(storage::Transaction& transaction, ChildId child, const accounts::Session& session,
                                  UtcTime now);

/// When the child went: last seen, or else reported.
UtcTime began_at(const Episode& episode);

/// Codes of missing.triggers that hold for the newest of them on that day. Absences that nobody reported count.
std::vector<std::string_view> triggers_of(std::span<const Absence> absences, UtcTime now);

/// Why the level needs a word more: the last time the same or less stood out, and the level was higher (2.34).
bool is_lower_than_the_last(std::span<const Absence> before, const Graded& graded);

} // namespace reachable::missing
