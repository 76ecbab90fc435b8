#include "casework/lists.h"

#include "base/csv.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace reachable::casework {
namespace {

Result<std::optional<CivilDate>> maybe_date(const std::string& text)
{
    if (text.empty()) return std::optional<CivilDate>{};
    return std::optional<CivilDate>{TRY(parse_date(text))};
}

Result<int> whole_number(std::string_view text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return number;
    return refuse(ProblemKind::malformed, "A whole number is expected");
}

bool has_column(const CsvTable& table, std::string_view name)
{
    return std::find(table.header.begin(), table.header.end(), name) != table.header.end();
}

Result<Code> read_code(const CsvTable& table, const CsvTable::Row& row)
{
    const auto first_of = [&](std::string_view a, std::string_view b) {
        return table.cell(row, has_column(table, a) ? a : b);
    };
    Code code{.code = first_of("code", "number"),
              .label = first_of("topic", "label"),
              .definition = first_of("question", "definition")};
    code.valid_from = TRY(maybe_date(table.cell(row, "valid_from")));
    code.valid_to = TRY(maybe_date(table.cell(row, "valid_to")));
    for (const auto& name : table.header) code.more[name] = table.cell(row, name);
    return code;
}

/// "own INSP>SUPV"
Result<Tell> read_tell(std::string_view text)
{
    text = trim(text);
    const auto space = text.find(' ');
    const auto side = text.substr(0, space);
    if (space == std::string_view::npos || (side != "own" && side != "partner"))
        return refuse(ProblemKind::malformed, "A ladder reads “own INSP>SUPV” or “partner LADM”");
    Tell tell{.to_partner = side == "partner", .ladder = {}};
    for (const auto role : split(text.substr(space + 1), '>'))
        tell.ladder.push_back(TRY(accounts::role_from(trim(role))));
    return tell;
}

Result<std::vector<Tell>> read_tells(std::string_view text)
{
    std::vector<Tell> tells;
    if (trim(text).empty()) return tells;
    for (const auto one : split(text, ';')) tells.push_back(TRY(read_tell(one)));
    return tells;
}

Result<ClockTerms> read_terms(const CsvTable& table, const CsvTable::Row& row)
{
    ClockTerms terms{.code = table.cell(row, "code"), .basis = table.cell(row, "basis")};
    if (table.cell(row, "counting") != "elapsed")
        return refuse(ProblemKind::malformed, "Only elapsed time is counted so far");
    terms.allowance = clocks::elapsed(minutes{TRY(whole_number(table.cell(row, "limit_minutes")))});
    const auto tells = TRY(read_tells(table.cell(row, "warn_tells")));
    for (const auto percent : split(table.cell(row, "warn_percent"), ' ')) {
        if (trim(percent).empty()) continue;
        if (terms.warnings.size() >= tells.size()) return refuse(ProblemKind::malformed, "Each warning needs a ladder");
        terms.warnings.push_back({TRY(whole_number(percent)), tells[terms.warnings.size()]});
    }
    terms.on_breach = TRY(read_tells(table.cell(row, "escalation")));
    terms.repeat_every = minutes{TRY(whole_number(table.cell(row, "repeat_minutes")))};
    terms.valid_from = TRY(parse_date(table.cell(row, "valid_from")));
    terms.valid_to = TRY(maybe_date(table.cell(row, "valid_to")));
    return terms;
}

/// Reads every row with `read`; a problem names the file and the line.
template <class T, class Read>
Result<std::vector<T>> read_rows(const std::filesystem::path& file, const std::vector<std::string_view>& columns,
                                 Read read)
{
    const auto table = TRY(read_csv_file(file));
    TRY(table.require(columns));
    std::vector<T> items;
    for (const auto& row : table.rows) {
        auto item = read(table, row);
        if (!item)
            return refuse(ProblemKind::malformed,
                          fmt::format("{}, line {}: {}", file.filename().string(), row.line, sentences(item.error())));
        items.push_back(std::move(*item));
    }
    return items;
}

Result<clocks::Calendar> read_holidays(const std::filesystem::path& file)
{
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) return refuse(ProblemKind::unavailable, fmt::format("The file {} cannot be read", file.string()));
    return clocks::read_calendar(text.str());
}

} // namespace

Result<std::vector<Code>> read_code_list(const std::filesystem::path& file)
{
    return read_rows<Code>(file, {"valid_from", "valid_to"}, read_code);
}

Result<std::vector<ClockTerms>> read_clock_terms(const std::filesystem::path& file)
{
    return read_rows<ClockTerms>(file,
                                 {"code", "counting", "limit_minutes", "warn_percent", "warn_tells", "escalation",
                                  "repeat_minutes", "basis", "valid_from", "valid_to"},
                                 read_terms);
}

Result<DeskData> read_desk_data(const std::filesystem::path& folder, std::span<const ListFile> lists,
                                std::span<const std::string_view> clock_files)
{
    DeskData data;
    data.calendar = TRY(read_holidays(folder / "bank_holidays.csv"));
    for (const auto& list : lists) data.code_lists[std::string(list.name)] = TRY(read_code_list(folder / list.file));
    for (const auto file : clock_files) {
        auto terms = TRY(read_clock_terms(folder / file));
        data.terms.insert(data.terms.end(), terms.begin(), terms.end());
    }
    return data;
}

} // namespace reachable::casework
