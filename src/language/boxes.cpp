#include "language/boxes.h"

#include "base/csv.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::language {
namespace {

Result<Box> read_row(const CsvTable& table, const CsvTable::Row& row)
{
    const auto& is_read = table.cell(row, "is_read");
    const auto& changed_at = table.cell(row, "changed_at");
    const bool says_so = is_read == "yes" || is_read == "no";
    const bool is_known = changed_at.empty() || changed_at == "correct" || changed_at == "form";
    if (!says_so || !is_known || table.cell(row, "because").empty())
        return refuse(ProblemKind::malformed,
                      fmt::format("Line {}: say whether the box is read, where it is changed, and why", row.line));
    return Box{table.cell(row, "box"), is_read == "yes", changed_at};
}

Result<std::vector<Box>> read_rows(const CsvTable& table)
{
    TRY(table.require({"box", "is_read", "changed_at", "because"}));
    std::vector<Box> boxes;
    for (const auto& row : table.rows) boxes.push_back(TRY(read_row(table, row)));
    return boxes;
}

} // namespace

Result<Boxes> Boxes::read(const std::filesystem::path& file)
{
    Boxes boxes;
    const auto table = TRY(read_csv_file(file));
    boxes.all_ = TRY(read_rows(table));
    return boxes;
}

Result<Boxes> Boxes::parse(std::string_view csv)
{
    Boxes boxes;
    const auto table = TRY(parse_csv(csv));
    boxes.all_ = TRY(read_rows(table));
    return boxes;
}

const Box* Boxes::find_read(std::string_view name) const
{
    const Box* found = nullptr;
    for (const auto& box : all_) {
        if (!fits(box.name, name)) continue;
        if (!box.is_read) return nullptr;
        found = &box;
    }
    return found;
}

bool fits(std::string_view row, std::string_view name)
{
    const auto wanted = split(row, '-');
    const auto pieces = split(name, '-');
    return std::ranges::equal(wanted, pieces, [](auto want, auto piece) { return want == "*" || want == piece; });
}

} // namespace reachable::language
