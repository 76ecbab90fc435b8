// The rows of a file that another system sends, a table (CSV) or JSON, each by itself: a bad row is set aside with its
// reasons, and the others are taken all the same.
#pragma once

#include "base/csv.h"
#include "identity/local_flags.h"
#include "identity/source_mapping.h"

#include <map>
#include <unordered_set>
#include <variant>

namespace reachable::identity {

/// What stands in a row: the values of each column that are not empty.
using FeedValues = std::map<std::string, std::vector<std::string>, std::less<>>;

/// JSON: a list of objects, or one object a line. What is no object of the list is given with its fault; where the
/// brackets do not fit, that reaches to the next line, or to what may be the next object of a list.
class JsonRows {
  public:
    struct Row {
        std::size_t line = 0;
        std::string_view text;
        FeedValues values;
        std::string fault;
        Json json = {}; // as it was read; of a row with a fault, nothing
    };
    /// The text must outlive the reader.
    explicit JsonRows(std::string_view text);
    /// Nothing at the end.
    std::optional<Row> next();

  private:
    std::string_view take_element();
    void step_to(std::size_t at);

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    bool is_list_ = false;
    bool is_ended_ = false;
};

/// The rows of a table or of JSON as they stand, whatever they are of.
class RowReader {
  public:
    struct Row {
        std::size_t number = 0; // of the row, from 1
        std::size_t line = 0;   // of the file, where the row begins
        std::string_view text;  // as it stands in the file
        FeedValues values;
        Json json = {}; // of an object: as it was read
        std::string fault;
    };
    /// Refuses a table without a header, or without one of the columns. The text must outlive the reader.
    static Result<RowReader> open(std::string_view text, std::set<std::string> columns);
    /// Nothing at the end.
    std::optional<Row> next();
    /// The columns in which no row so far had a value: perhaps misspelt.
    const std::set<std::string>& never_filled() const { return never_filled_; }
    void note_filled(const std::string& column) { never_filled_.erase(column); }

  private:
    using Rows = std::variant<CsvRows, JsonRows>;
    RowReader(Rows rows, std::set<std::string> columns) : rows_(std::move(rows)), never_filled_(std::move(columns)) {}
    bool read(Row& row);

    Rows rows_;
    std::size_t number_ = 0;
    std::set<std::string> never_filled_;
};

/// The first value of the column; empty if there is none.
std::string first_in(const FeedValues& values, std::string_view column);
/// A column by itself gives all its values; several are joined into one.
std::vector<std::string> texts_of(const FeedValues& values, const std::vector<std::vector<std::string>>& columns);
/// True if a value holds signs that turn the direction of its text.
bool can_mislead(const FeedValues& values);
/// 00/05/2011 is a date known to the month; 17/13/2011 and 31/02/2011 are none.
bool is_in_a_calendar(const PartialDate& born, const std::array<int, 3>& pieces);

/// One row, understood by the mapping.
struct FeedRow {
    std::size_t number = 0; // of the row, from 1
    std::size_t line = 0;   // of the file, where the row begins
    std::string_view text;  // as it stands in the file
    SourceRecord record;
    std::vector<LocalFlag> local_flags; // where the mapping says that there are any
    bool is_deleted = false;            // the source deleted it: only the reference counts
    std::vector<std::string> reasons;   // why it is set aside: "has no reference". Never the values themselves
};

/// Reads a whole file; whether it is JSON is told by its first sign, [ or {.
class FeedReader {
  public:
    /// Refuses a table without a header, or without a column of the mapping. Text and mapping must outlive the reader.
    static Result<FeedReader> open(std::string_view text, const SourceMapping& mapping);
    /// Nothing at the end. Of two rows with one reference the second is set aside, or the same file would never say
    /// the same twice.
    std::optional<FeedRow> next();
    /// The columns of the mapping in which no row so far had a value: perhaps misspelt.
    const std::set<std::string>& never_filled() const { return rows_.never_filled(); }

  private:
    FeedReader(RowReader rows, const SourceMapping& mapping) : mapping_(&mapping), rows_(std::move(rows)) {}
    void take_local_flags(FeedRow& row, const FeedValues& values, const Json& json);

    const SourceMapping* mapping_;
    RowReader rows_;
    std::unordered_set<std::string> references_;
};

} // namespace reachable::identity
