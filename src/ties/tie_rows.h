// How ties stand in their table: what the room's own files share.
#pragma once

#include "ties/ties.h"

namespace reachable::ties {

/// "select … from ties ", with the columns that `read_tie` and `read_reader` expect.
extern const std::string_view select_ties;

Tie read_tie(const storage::Row& row);
/// With whom the tie is filed; none: with everybody. As it stands in the row, whatever the tie says.
WorkerId read_reader(const storage::Row& row);
/// With whom it is to be filed. What concerns everybody has no reader of its own.
WorkerId reader_of(const Tie& tie);

/// True of what bars whose family the child is, in the record that was restricted or in another of the same child.
bool is_family(const Tie& tie);

/// Before the change it is for: from here on until the commit nobody else changes a tie, so that whoever sees an epoch
/// sees all that changed in it and before it.
void begin_epoch(storage::Transaction& transaction);

/// Oldest first; those of one moment in an order that every source of them keeps.
void put_in_order(std::vector<Tie>& ties);

} // namespace reachable::ties
