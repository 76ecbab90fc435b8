// The national catalogue of flags as dated data (data/flags/catalogue.csv): what each flag means, who proposes it, and
// what a reader is to do.
#pragma once

#include "lists/lists.h"

namespace reachable::flags {

using lists::Code;

/// The row of a code on that day; null: no such flag then.
const Code* find_in_catalogue(const lists::DatedLists& lists, std::string_view code, CivilDate day);

/// Set and cleared by a workflow alone: nobody proposes it.
bool is_set_by_workflows_alone(const Code& code);
/// True if somebody of that role proposes it. Where a child may say so, anybody who writes down the child's words does.
bool is_proposed_by(const Code& code, accounts::Role role, bool in_the_childs_words);
/// The flag names a person or a place: a safe adult, an address.
bool names_somebody(const Code& code);
/// Of an adult or a place beside the child, and not of the child: nobody proposes it for a child.
bool is_of_others(const Code& code);
/// Its prompt introduces the words: "What helps: give one instruction at a time".
bool introduces_the_words(const Code& code);
/// Whether the catalogue says when it is reviewed at the latest.
bool is_reviewed(const Code& code);
/// A confirmed harm, or one that somebody else is said to do: what shows it is written down.
bool needs_evidence(const Code& code);
/// "already visible as 'being checked' if safety-critical" (4.C).
bool is_shown_while_checked(const Code& code);
/// The child may be a victim of exploitation.
bool is_of_exploitation(const Code& code);
/// It may stand several times for one child, each time with other words.
bool may_stand_twice(const Code& code);
/// The last day on which a review may be due, counted from `today`.
CivilDate latest_review(const Code& code, CivilDate today);

} // namespace reachable::flags
