// Names as they were given, and the keys by which two spellings of one name are found to be the same (R-A-03, R-A-04).
#pragma once

#include "base/time.h"

#include <optional>
#include <vector>

namespace reachable::records {

class DocumentReader;
class DocumentWriter;

enum class NameKind { legal, known_as, alias, former, online_handle, transliteration };
std::string_view code_of(NameKind kind);
Result<NameKind> name_kind_from(std::string_view code);

/// A name as it was given, with its parts in the order the culture gives them (R-A-04).
struct Name {
    NameKind kind = NameKind::legal;
    std::string as_given;           // "Sample Thi Linh"
    std::vector<std::string> given; // may be empty: a single-name person
    std::vector<std::string> family;
    bool is_family_first = false;
    std::string script = "Latn"; // ISO 15924
    std::optional<CivilDate> from;
    std::optional<CivilDate> to;
    bool operator==(const Name&) const = default;
};
/// Splits "Full name" into parts by the simplest rule: the last word is the family name. Keeps what was given.
Name read_name(std::string_view as_given);

/// False for "Name not known", with or without a working label behind it, and for a blank: such names match nobody.
bool is_known(const Name& name);

/// The keys of a text: lower case, without accents (Latin letters), apostrophes and full stops, divided at spaces and
/// hyphens. "Éabha O'Neill-Smith" gives eabha, oneill, smith. Other scripts stay as they are written.
std::vector<std::string> keys_of(std::string_view text);
/// Every part of the name once, sorted; nothing for a name that is not known.
std::vector<std::string> part_keys(const Name& name);
/// The parts in sorted order with spaces between, the same for any order of the parts; "" when nothing is known.
std::string whole_key(const Name& name);

void write(DocumentWriter& document, const Name& name);
Name read_name_parts(DocumentReader& document);

} // namespace reachable::records
