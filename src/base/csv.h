// CSV in and out: the lists under data/, and the tables people download. Reading is strict and says what is wrong by
// line and column; writing keeps a spreadsheet from taking a cell for a formula.
#pragma once

#include "base/result.h"

#include <filesystem>

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

/// Header and rows with CRLF (RFC 4180), quotes where needed, UTF-8 without a mark. A cell that starts with = + - @ tab
/// or carriage return gets an apostrophe in front, so that no spreadsheet runs it; a negative number is no exception.
std::string write_csv(const CsvTable& table);

} // namespace reachable
