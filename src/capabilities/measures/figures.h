// What is counted of an episode and of an interview: one narrow row each, kept beside the cases and written with every
// act, so that a count reads no case. Nothing here names a child in words.
#pragma once

#include "base/id.h"
#include "base/time.h"
#include "storage/columns.h"
#include "storage/migrations.h"

#include <map>
#include <set>

namespace reachable::measures {

inline constexpr std::string_view away = "away";               // looked for, and not found
inline constexpr std::string_view located = "located";         // found, and not seen yet
inline constexpr std::string_view over = "over";               // back
inline constexpr std::string_view not_missing = "not_missing"; // it turned out so: kept, and no absence

struct EpisodeFigure {
    CaseId id;
    ChildId child;
    AgencyId force;
    UtcTime began_at{};
    std::string stands;
    std::string level; // that holds; empty: nobody has said
    bool was_reported = true;
    bool was_regraded = false; // the level changed after the first
    std::string barrier;       // why it was not reported, or not at once
    std::string care;          // in_care, not_in_care, not_known
    std::string distance;      // how far from home the child was found; empty: not back yet
    bool is_new = false;       // there is surely no row of it yet
};

struct InterviewFigure {
    CaseId id;
    AgencyId force;
    AgencyId provider; // the organisation of the team that holds it
    UtcTime returned_at{};
    std::string age;  // measures.ages
    std::string area; // in_area, out_of_area, not_known
    bool was_offered = false;
    bool was_accepted = false;
    bool was_held = false;
    bool is_in_72_hours = false;
    bool is_shared = false;     // something of it was shared
    bool is_acted_upon = false; // and every receiver says what they do
};

/// All records of each child, as far as figures are of several records of one.
using RecordsOf = std::map<ChildId, std::vector<ChildId>>;
/// Writes the rows, and which of these and of the children's other absences are repeats. `records` has the child of
/// each figure.
void keep(storage::Transaction& transaction, std::span<const EpisodeFigure> figures, const RecordsOf& records);
/// The same of one: `records` are all of the child.
void keep(storage::Transaction& transaction, const EpisodeFigure& figure, std::span<const ChildId> records);
/// Marks all absences of these records anew: they are one child's now, or no longer another's.
void mark_repeats(storage::Transaction& transaction, std::span<const ChildId> records);
void keep(storage::Transaction& transaction, const InterviewFigure& figure);

/// Cases of that type behind `after` that have no row yet, at most so many in their order; none once all were found to
/// have one (`note_all_kept`).
std::vector<CaseId> not_kept_yet(storage::Transaction& transaction, std::string_view type, CaseId after,
                                 std::size_t most);
/// From now on the acts keep the rows: the cases are not gone through again at every start.
void note_all_kept(storage::Transaction& transaction, std::string_view type, UtcTime now);

/// Missing now at one force.
struct Now {
    std::int64_t away = 0;
    std::map<std::string, std::int64_t> by_level; // "": not graded
    UtcTime longest_since{};
};
std::map<AgencyId, Now> missing_now(storage::Transaction& transaction);

/// One group of episodes, or of interviews, that are alike in all that is counted.
struct EpisodeGroup {
    AgencyId force;
    std::string level, barrier, care, distance;
    bool is_over = false, was_reported = true, was_regraded = false, is_repeat = false;
    std::int64_t count = 0;
};
struct InterviewGroup {
    AgencyId provider;
    std::string age, area;
    bool was_offered = false, was_accepted = false, was_held = false, is_in_72_hours = false, is_shared = false,
         is_acted_upon = false;
    std::int64_t count = 0;
};
struct Period {
    UtcTime from{};
    UtcTime until{}; // not in it
};
/// Absences that began then, and interviews of returns then; of one force, or of all (none).
std::vector<EpisodeGroup> episodes_in(storage::Transaction& transaction, const Period& period, AgencyId force);
std::vector<InterviewGroup> interviews_in(storage::Transaction& transaction, const Period& period, AgencyId force);

std::span<const storage::Migration> migrations();

} // namespace reachable::measures
