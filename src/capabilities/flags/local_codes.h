// The codes of the own systems of forces and authorities as dated data (data/flags/local_codes.csv): each is the child
// of a national code (R-C-03), and means nothing here without one.
#pragma once

#include "capabilities/flags/catalogue.h"

namespace reachable::flags {

/// Refuses, each by its code, a row that a flag could not follow from: of no system or agency, twice for one agency,
/// and of a national code that is not in the catalogue while the row is in force, that workflows alone set, or that is
/// of an adult or a place, names somebody or must show its evidence.
Result<> check_local_codes(const lists::DatedLists& lists);

/// What that code of that system of that agency (by its code) is on that day; null: nobody has mapped it.
const Code* find_local_code(const lists::DatedLists& lists, std::string_view agency, std::string_view system,
                            std::string_view code, CivilDate day);
/// The national code that a row is the child of.
std::string_view national_code_of(const Code& local);

} // namespace reachable::flags
