// CSV in and out: the lists under data/, and the tables people download. Reading is strict and says what is wrong by
// line and column; writing keeps a spreadsheet from taking a cell for a formula.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <optional>

namespace reachable {

struct CsvLimits {
    std::size_t bytes = 16 * 1024 * 1024;
    std::size_t rows = 500'000;
    std::size_t columns = 200;
    std::size_t cell_bytes = 32 * 1024;
};

/// A table with a header. Every row has as many cells as the header.
struct CsvTable {
    struct Row {
        std::size_t line = 0; // where it starts in the text, from 1; 0 for a row that was not read
        std::vector<std::string> cells;
        bool operator==(const Row&) const = default;
    };
    std::vector<std::string> header;
    std::vector<Row> rows;

    bool operator==(const CsvTable&) const = default;
    /// Refuses when a name is not in the header: one problem for each, so that all are seen at once.
    Result<> require(const std::vector<std::string_view>& names) const;
    /// The cell under that name. A name that is not in the header is a Bug: call `require` first.
    const std::string& cell(const Row& row, std::string_view name) const;
};

/// Reads a header line and rows. Takes commas, quotes ("" inside quotes is one quote), LF or CRLF, a byte order mark,
/// new lines inside quotes, lines starting with "#" before the header (comments) and empty lines (skipped).
/// Refuses, each by line and column: a quote out of place or not closed, a row longer or shorter than the header, an
/// empty or repeated header name, text that is not clean UTF-8, anything over a limit, and a text without a header.
Result<CsvTable> parse_csv(std::string_view text, const CsvLimits& limits = {});

/// The same from a file; refuses (unavailable) when it cannot be read.
Result<CsvTable> read_csv_file(const std::filesystem::path& path, const CsvLimits& limits = {});

/// One row of a table that is read row by row.
struct CsvRow {
    std::size_t line = 0;
    std::string_view text; // as it stands in the table, without its line end
    std::vector<std::string> cells;
    std::string fault; // why it is no row of the table, "has 9 cells under a header of 10"; then there are no cells
};

/// A table of which a bad row must not spoil the others. Takes and steps over what `parse_csv` does; a row that it
/// would refuse is given with its fault. Where quotes are out of place, that is the one line on which the row begins,
/// and the next line is read as a row again. The text must outlive the reader; its size and rows are not limited.
class CsvRows {
  public:
    /// Refuses what `parse_csv` refuses of a header.
    static Result<CsvRows> open(std::string_view text, const CsvLimits& limits = {});
    const std::vector<std::string>& header() const { return header_; }
    /// Nothing at the end.
    std::optional<CsvRow> next();

  private:
    CsvRows(std::string_view text, const CsvLimits& limits) : text_(text), limits_(limits) {}

    std::string_view text_;
    CsvLimits limits_;
    std::vector<std::string> header_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

/// Header and rows with CRLF (RFC 4180), quotes where needed, UTF-8 without a mark. A cell that starts with = + - @ tab
/// or carriage return gets an apostrophe in front, so that no spreadsheet runs it; a negative number is no exception.
std::string write_csv(const CsvTable& table);

} // namespace reachable
