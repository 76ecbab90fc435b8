#include "base/csv.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace reachable {
namespace {

constexpr std::size_t most_problems = 50; // a wholly wrong file is described by its first lines
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Problem problem_at(std::size_t line, std::size_t column, std::string_view sentence)
{
    return {ProblemKind::malformed, fmt::format("Line {}, column {}: {}", line, column, sentence),
            fmt::format("line {}", line)};
}

/// Reads one row after another. A problem with quotes ends the reading, because nothing after it can be trusted.
class Reader {
  public:
    Reader(std::string_view text, const CsvLimits& limits, std::size_t at = 0, std::size_t line = 1)
        : text_(text), limits_(limits), at_(at), line_(line)
    {
    }

    bool is_at_end() const { return at_ >= text_.size(); }
    std::size_t at() const { return at_; }
    std::size_t line() const { return line_; }

    /// Steps over the rest of the line if it is empty, or a comment.
    bool skip_line(bool takes_comments)
    {
        const bool is_comment = takes_comments && peek() == '#';
        if (is_comment) {
            while (!is_at_end() && peek() != '\n') ++at_;
            if (is_at_end()) return true;
        }
        return take_line_end();
    }

    Result<CsvTable::Row> row()
    {
        CsvTable::Row row{line_, {}};
        do {
            if (row.cells.size() == limits_.columns)
                return refuse(ProblemKind::too_large,
                              fmt::format("Line {}: use at most {} columns", line_, limits_.columns),
                              fmt::format("line {}", line_));
            column_ = row.cells.size() + 1;
            row.cells.push_back(TRY(peek() == '"' ? quoted() : plain()));
        } while (take(','));
        if (!is_at_end() && !take_line_end()) return wrong("a carriage return stands alone");
        return row;
    }

  private:
    Result<std::string> plain()
    {
        const auto end = std::min(text_.find_first_of(",\r\n\"", at_), text_.size());
        if (end < text_.size() && text_[end] == '"') return wrong("put the whole cell in quotes, or none of it");
        auto cell = std::string(text_.substr(at_, end - at_));
        at_ = end;
        return limited(std::move(cell));
    }

    Result<std::string> quoted()
    {
        const auto opened_on = line_;
        std::string cell;
        ++at_;
        for (;;) {
            const auto end = text_.find('"', at_);
            if (end == std::string_view::npos)
                return refuse(Problems{problem_at(opened_on, column_, "the quotes are not closed")});
            const auto piece = text_.substr(at_, end - at_);
            line_ += static_cast<std::size_t>(std::count(piece.begin(), piece.end(), '\n'));
            cell += piece;
            at_ = end + 1;
            if (!take('"')) break;
            cell += '"';
        }
        const bool is_over = is_at_end() || peek() == ',' || peek() == '\n' || peek() == '\r';
        if (!is_over) return wrong("something follows the closing quote");
        return limited(std::move(cell));
    }

    Result<std::string> limited(std::string cell) const
    {
        if (cell.size() <= limits_.cell_bytes) return cell;
        return refuse(
            ProblemKind::too_large,
            fmt::format("Line {}, column {}: use at most {} bytes in a cell", line_, column_, limits_.cell_bytes),
            fmt::format("line {}", line_));
    }

    tl::unexpected<Problems> wrong(std::string_view sentence) const
    {
        return refuse(Problems{problem_at(line_, column_, sentence)});
    }

    char peek() const { return is_at_end() ? '\0' : text_[at_]; }

    bool take(char wanted)
    {
        if (is_at_end() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }

    bool take_line_end()
    {
        const auto rest = text_.substr(at_, 2);
        const std::size_t length = rest == "\r\n" ? 2 : rest.starts_with('\n') ? 1 : 0;
        at_ += length;
        line_ += length > 0 ? 1 : 0;
        return length > 0;
    }

    std::string_view text_;
    const CsvLimits& limits_;
    std::size_t at_;
    std::size_t line_;
    std::size_t column_ = 1; // of the cell that is being read
};

/// The first line with a byte that is no clean UTF-8, if any.
Result<> check_bytes(std::string_view text, const CsvLimits& limits)
{
    if (text.size() > limits.bytes)
        return refuse(ProblemKind::too_large, fmt::format("Use at most {} bytes of CSV", limits.bytes));
    if (is_clean_utf8(text)) return {};
    std::size_t line = 1;
    for (const auto one : split(text, '\n')) {
        if (!is_clean_utf8(one)) break;
        ++line;
    }
    return refuse(Problems{problem_at(line, 1, "use text in UTF-8 without control characters")});
}

Result<> check_header(const CsvTable::Row& header)
{
    Problems problems;
    for (std::size_t i = 0; i < header.cells.size(); ++i) {
        const auto& name = header.cells[i];
        const auto before = header.cells.begin() + static_cast<std::ptrdiff_t>(i);
        if (name.empty())
            problems.push_back(problem_at(header.line, i + 1, "give the column a name"));
        else if (std::find(header.cells.begin(), before, name) != before)
            problems.push_back(problem_at(header.line, i + 1, "this name stands in the header twice"));
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

Result<std::vector<std::string>> read_header(Reader& reader)
{
    while (!reader.is_at_end() && reader.skip_line(true)) {
    }
    if (reader.is_at_end()) return refuse(ProblemKind::missing, "Give a header line with the names of the columns");
    auto header = TRY(reader.row());
    TRY(check_header(header));
    return std::move(header.cells);
}

bool starts_a_formula(std::string_view cell)
{
    return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

bool needs_quotes(std::string_view cell)
{
    if (cell.empty()) return false;
    return cell.find_first_of(",\"\r\n") != std::string_view::npos || cell.front() == '#' || cell.front() == ' ' ||
           cell.back() == ' ';
}

std::string write_cell(std::string_view cell)
{
    std::string guarded = starts_a_formula(cell) ? "'" : "";
    guarded += cell;
    if (!needs_quotes(guarded)) return guarded;
    std::string quoted = "\"";
    for (const char c : guarded) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

void write_row(std::string& out, const std::vector<std::string>& cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        out += write_cell(cells[i]);
    }
    if (cells.size() == 1 && cells.front().empty()) out += "\"\""; // or it would read as an empty line
    out += "\r\n";
}

} // namespace

Result<> CsvTable::require(const std::vector<std::string_view>& names) const
{
    Problems problems;
    for (const auto name : names)
        if (std::find(header.begin(), header.end(), name) == header.end())
            problems.push_back({ProblemKind::missing, fmt::format("Add the column \"{}\"", name), std::string(name)});
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

const std::string& CsvTable::cell(const Row& row, std::string_view name) const
{
    const auto found = std::find(header.begin(), header.end(), name);
    CHECK(found != header.end(), "a cell was asked for under a name that is not in the header");
    const auto column = static_cast<std::size_t>(found - header.begin());
    CHECK(column < row.cells.size(), "a row of a table is shorter than its header");
    return row.cells[column];
}

Result<CsvTable> parse_csv(std::string_view text, const CsvLimits& limits)
{
    TRY(check_bytes(text, limits));
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    Reader reader(text, limits);
    CsvTable table;
    table.header = TRY(read_header(reader));
    Problems problems;
    while (!reader.is_at_end() && problems.size() < most_problems) {
        if (reader.skip_line(false)) continue;
        if (table.rows.size() == limits.rows)
            return refuse(ProblemKind::too_large, fmt::format("Use at most {} rows", limits.rows));
        auto row = reader.row();
        if (!row) {
            problems.insert(problems.end(), row.error().begin(), row.error().end());
            break;
        }
        if (row->cells.size() != table.header.size())
            problems.push_back(problem_at(
                row->line, std::min(row->cells.size(), table.header.size()) + 1,
                fmt::format("the header has {} columns, this row has {}", table.header.size(), row->cells.size())));
        table.rows.push_back(std::move(*row));
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return table;
}

Result<CsvRows> CsvRows::open(std::string_view text, const CsvLimits& limits)
{
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    CsvRows rows(text, limits);
    Reader reader(text, limits);
    rows.header_ = TRY(read_header(reader));
    rows.at_ = reader.at();
    rows.line_ = reader.line();
    if (!is_clean_utf8(text.substr(0, rows.at_)))
        return refuse(ProblemKind::malformed, "Use text in UTF-8 without control characters for the header");
    return rows;
}

std::optional<CsvRow> CsvRows::next()
{
    Reader reader(text_, limits_, at_, line_);
    while (!reader.is_at_end() && reader.skip_line(false)) {
    }
    if (reader.is_at_end()) return std::nullopt;
    const auto from = reader.at();
    CsvRow row{.line = reader.line()};
    auto cells = reader.row();
    if (cells) {
        at_ = reader.at();
        line_ = reader.line();
        row.cells = std::move(cells->cells);
    } else {
        at_ = std::min(text_.find('\n', from), text_.size() - 1) + 1;
        line_ = row.line + 1;
        row.fault = cells.error().front().kind == ProblemKind::too_large ? "has too many cells, or one that is too long"
                                                                         : "has quotes or a line end out of place";
    }
    row.text = text_.substr(from, at_ - from);
    while (row.text.ends_with('\n') || row.text.ends_with('\r')) row.text.remove_suffix(1);
    if (row.fault.empty() && row.cells.size() != header_.size())
        row.fault = fmt::format("has {} cells under a header of {}", row.cells.size(), header_.size());
    if (row.fault.empty() && !is_clean_utf8(row.text)) row.fault = "holds bytes that are no UTF-8 text";
    if (!row.fault.empty()) row.cells.clear();
    return row;
}

Result<CsvTable> read_csv_file(const std::filesystem::path& path, const CsvLimits& limits)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (file) text << file.rdbuf();
    if (!file) return refuse(ProblemKind::unavailable, "The file cannot be read", path.filename().string());
    return parse_csv(text.str(), limits);
}

std::string write_csv(const CsvTable& table)
{
    std::string out;
    write_row(out, table.header);
    for (const auto& row : table.rows) {
        CHECK(row.cells.size() == table.header.size(), "a row of a table is not as long as its header");
        write_row(out, row.cells);
    }
    return out;
}

} // namespace reachable
