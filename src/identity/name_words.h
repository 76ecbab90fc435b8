// The words of a name, ready to compare: folded, without titles and placeholders, with what naming customs know of
// them (R-A-03, R-A-04).
#pragma once

#include "identity/source_record.h"

#include <cstdint>

namespace reachable::identity {

/// Which box a word stood in. In a name given whole, nobody knows.
enum class NameRole : std::uint8_t { given, family, unknown };

struct NameWord {
    std::string word; // folded: "mohammed", "oneill", "smith"
    NameRole role = NameRole::unknown;
    bool operator==(const NameWord&) const = default;
};

/// Every word of the name in its order, none twice in one role. Titles ("Miss", "Dr"), particles that stand alone
/// ("al", "bin", "van", "de") and placeholders ("unknown", "baby", "twin 1", "not known") are left out. Prefixes join
/// the word behind them: "Mc Donald", "Mac Donald" and "McDonald" give "mcdonald"; "O'Brien" and "Ó Briain" "obrien";
/// "Abdul Rahman" gives "abdulrahman", "Salah al-Din" "salahuddin". A particle that is a whole box, or comes first
/// where it is often a name ("Ben Smith", "Do Van Minh"), is kept.
std::vector<NameWord> words_of(const SourceName& name);

/// The word by its sound: equal for most spellings of one name that were misheard or written by another custom:
/// Catherine and Kathryn, Mohammed and Muhamad, Xasan and Hassan, Cali and Ali, Szymanski and Shimanski. Consonants
/// in classes, vowels left out behind the first letter; at most 8 letters. "" for "".
std::string sound_of(std::string_view word);

/// The family name of another gender in the same family: "kowalska" gives "kowalski", "ivanova" "ivanov",
/// "papadopoulou" "papadopoulos"; any other word gives itself.
std::string without_gender(std::string_view word);

} // namespace reachable::identity
