// How the columns of one system's table become source records. Every system names and writes things its own way; a
// mapping file says how, so that nobody writes code for a new feed.
#pragma once

#include "base/csv.h"
#include "identity/source_record.h"

#include <array>
#include <map>
#include <optional>
#include <set>

namespace reachable::identity {

/// Read from lines of "name = value". Blank lines and lines that start with # are left out.
///
///     source = northmere-custody        required
///     agency = E23000006                the agency whose system it is: without it nobody sends the feed over the API
///     reference = record_id             required: the column that names a record once
///     given, family, whole, sex, born, postcode, place, address, phone, email: columns; several with blanks between
///         them are joined into one text, and several lines of one name are values of their own; a column that has
///         blanks in its name stands in quotes: born = "Date of birth"
///     alias = column                    another name, whole
///     whole_order = family, given       how whole and alias are written; or: given family, or: family given; without
///         it nobody knows which word is the family's
///     identifier.upn = column           an identifier of that type
///     lawful_basis = words              why this source may send NHS numbers (R-X-01)
///     born_format = yyyy-mm-dd          or dd/mm/yyyy, mm/dd/yyyy, d/m/yyyy, m/d/yyyy, yyyymmdd, ddmmyyyy
///     sex.F = female                    a code of the column
///     deleted = column                  says whether the source deleted the record
///     deleted.X = yes                   a code of that column; or no. An empty cell means no
///     local_flags = column              what the system marks the person with in codes of its own (local_flags.h)
///     siblings_born_from = 2000         twins and siblings are kept apart from that year of birth on; without it all
///     truth = column                    for evaluation alone: who it really is
///     truth_words = 2                   only the first words of that column, divided at "-"
///     group = column                    for evaluation alone: the group whose results are compared with others'
///
/// In JSON a column is a member; "address.postcode" is one of a member's own members, and a list gives several values.
struct SourceMapping {
    std::string source;
    std::string agency; // its code
    std::string reference;
    std::vector<std::vector<std::string>> given, family, whole, alias, born, sex, postcode, place, address, phone,
        email;
    std::vector<std::pair<std::string, std::string>> identifiers; // type and column
    std::string whole_order;
    std::string lawful_basis;
    std::string born_format = "yyyy-mm-dd";
    std::map<std::string, std::string> sex_codes;
    std::string deleted;
    std::map<std::string, bool> deleted_codes;
    std::string local_flags;
    int siblings_born_from = 0;
    std::string truth;
    std::size_t truth_words = 0;
    std::string group;
};

/// Refuses, each by its line: a name that is not above, a value that cannot be meant, and a missing required line.
Result<SourceMapping> read_mapping(std::string_view text);

/// True if dates may be written so.
bool is_born_format(std::string_view format);

/// Every column the mapping speaks of, but for the truth and the group.
std::set<std::string> columns_of(const SourceMapping& mapping);

/// Year, month and day as the format orders them, whether or not there is such a day. Nothing when the text does not
/// fit.
std::optional<std::array<int, 3>> date_pieces(std::string_view text, std::string_view format);
/// A date as the format writes it; a day or month that can be none is left out. Nothing when the text does not fit.
std::optional<PartialDate> read_born(std::string_view text, std::string_view format);
/// A name that is written whole, in two boxes where the order tells which word is the family's.
SourceName whole_name(std::string_view text, std::string_view order);

enum class Standing { there, deleted, unknown };
/// What a cell of the column for deletions says; unknown: it is no code of the mapping.
Standing standing_of(const SourceMapping& mapping, std::string_view cell);

/// A row that was not taken, and why; `line` is that of the table. Never the values themselves.
struct Quarantined {
    std::size_t line = 0;
    std::string reason;
};

struct SourceTable {
    std::vector<SourceRecord> records;
    std::vector<std::string> truths; // one for each record, if the mapping says where
    std::vector<std::string> groups; // one for each record, if the mapping says where
    std::vector<Quarantined> quarantined;
};

/// Reads every row it can. Refuses a table that lacks a column of the mapping. A row without a reference, with one that
/// was there before, with a birth date that cannot be read, or that its source deleted is set aside with the reason;
/// nothing is dropped silently.
Result<SourceTable> read_source(const CsvTable& table, const SourceMapping& mapping);

} // namespace reachable::identity
