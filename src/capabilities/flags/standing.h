// The flags of one child that stand now, and those that somebody proposed.
#pragma once

#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/flag.h"
#include "casework/desk.h"

namespace reachable::flags {

struct Standing {
    casework::CaseHead head;
    Flag flag;
};

/// Proposed ones too, in the order in which they were opened. For rules: whether somebody may see them is not asked.
std::vector<Standing> standing_of(storage::Transaction& transaction, ChildId child);
/// Those that stood once and were declined or removed too; or all that there were at that moment, as they stood then.
std::vector<Standing> all_of(storage::Transaction& transaction, ChildId child,
                             std::optional<UtcTime> as_of = std::nullopt);

/// Its row in the catalogue of the day on which it was proposed or set: a code that is retired since keeps its words.
/// Null: the catalogue never had it.
const Code* code_of(const casework::Desk& desk, const Flag& flag);

/// "being checked", "out of date since 3 October 2026", "disputed by the child"; empty for one that simply stands.
std::string standing_words(const casework::Desk& desk, const Standing& one, CivilDate today);
/// True if the safety summary shows it (4.C): it stands, or it is safety-critical and being checked.
bool is_in_the_summary(const casework::Desk& desk, const Standing& one);

/// Whoever proposes a flag learns what becomes of it, also when nothing connects them with the child any more.
void remember_proposer(storage::Transaction& transaction, WorkerId worker, CaseId flag, UtcTime now);
/// The flags that somebody proposed since then, the newest first, at most a hundred.
std::vector<Standing> proposed_by(storage::Transaction& transaction, WorkerId worker, UtcTime since);

} // namespace reachable::flags
