// How the columns of one system's table become source records. Every system names and writes things its own way; a
// mapping file says how, so that nobody writes code for a new feed.
#pragma once

#include "base/csv.h"
#include "identity/source_record.h"

#include <map>

namespace reachable::identity {

/// Read from lines of "name = value". Blank lines and lines that start with # are left out.
///     source = northmere-custody        required
///     reference = record_id             required: the column that names a record once
///     given, family, whole, sex, born, postcode, place, address, phone, email: columns; several with spaces between
///         are joined into one text, several lines of one name are values of their own
///     alias = column                    another name, whole
///     identifier.upn = column           an identifier of that type
///     born_format = yyyy-mm-dd          or dd/mm/yyyy, mm/dd/yyyy, yyyymmdd, ddmmyyyy
///     sex.F = female                    a code of the column
///     siblings_born_from = 2000         twins and siblings are kept apart from that year of birth on; without it all
///     are truth = column                    for evaluation alone: who it really is truth_words = 2 only the first
///     words of that column, divided at "-"
struct SourceMapping {
    std::string source;
    std::string reference;
    std::vector<std::vector<std::string>> given, family, whole, alias, born, sex, postcode, place, address, phone,
        email;
    std::vector<std::pair<std::string, std::string>> identifiers; // type and column
    std::string born_format = "yyyy-mm-dd";
    std::map<std::string, std::string> sex_codes;
    int siblings_born_from = 0;
    std::string truth;
    std::size_t truth_words = 0;
};

/// Refuses, each by its line: a name that is not above, a value that cannot be meant, and a missing required line.
Result<SourceMapping> read_mapping(std::string_view text);

/// A row that was not taken, and why; `line` is that of the table. Never the values themselves.
struct Quarantined {
    std::size_t line = 0;
    std::string reason;
};

struct SourceTable {
    std::vector<SourceRecord> records;
    std::vector<std::string> truths; // one for each record, if the mapping says where
    std::vector<Quarantined> quarantined;
};

/// Reads every row it can. Refuses a table that lacks a column of the mapping. A row without a reference, with one that
/// was there before, or with a birth date that cannot be read is set aside with the reason; nothing is dropped
/// silently.
Result<SourceTable> read_source(const CsvTable& table, const SourceMapping& mapping);

} // namespace reachable::identity
