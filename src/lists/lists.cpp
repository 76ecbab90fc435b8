#include "lists/lists.h"

#include "base/csv.h"
#include "base/number.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace reachable::lists {
namespace {

Result<std::optional<CivilDate>> maybe_date(const std::string& text)
{
    if (text.empty()) return std::optional<CivilDate>{};
    return std::optional<CivilDate>{TRY(parse_date(text))};
}

Result<int> count_in(std::string_view text)
{
    const auto number = whole_number<int>(text);
    if (!number) return refuse(ProblemKind::malformed, "A whole number is expected");
    return *number;
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

Result<clocks::Allowance> read_allowance(const CsvTable& table, const CsvTable::Row& row)
{
    const auto& counting = table.cell(row, "counting");
    if (counting == "elapsed") return clocks::elapsed(minutes{TRY(count_in(table.cell(row, "limit_minutes")))});
    if (counting == "working_days") return clocks::working_days(TRY(count_in(table.cell(row, "limit_days"))));
    return refuse(ProblemKind::malformed, "Counting is elapsed (limit_minutes) or working_days (limit_days)");
}

Result<ClockTerms> read_terms(const CsvTable& table, const CsvTable::Row& row)
{
    ClockTerms terms{.code = table.cell(row, "code"), .basis = table.cell(row, "basis")};
    terms.allowance = TRY(read_allowance(table, row));
    const auto tells = TRY(read_tells(table.cell(row, "warn_tells")));
    for (const auto percent : split(table.cell(row, "warn_percent"), ' ')) {
        if (trim(percent).empty()) continue;
        if (terms.warnings.size() >= tells.size()) return refuse(ProblemKind::malformed, "Each warning needs a ladder");
        terms.warnings.push_back({TRY(count_in(percent)), tells[terms.warnings.size()]});
    }
    terms.on_breach = TRY(read_tells(table.cell(row, "escalation")));
    terms.repeat_every = minutes{TRY(count_in(table.cell(row, "repeat_minutes")))};
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

const ClockTerms& DatedLists::terms_on(std::string_view code, CivilDate day) const
{
    for (const auto& one : terms)
        if (one.code == code && one.valid_from <= day && (!one.valid_to || day <= *one.valid_to)) return one;
    throw Bug("a clock has no terms in force on that day");
}

std::string_view DatedLists::label_of(std::string_view list, std::string_view code) const
{
    const auto found = codes.find(list);
    if (found == codes.end()) return code;
    for (const auto& one : found->second)
        if (one.code == code) return one.label;
    return code;
}

std::string_view Code::column(std::string_view name) const
{
    const auto found = more.find(name);
    return found == more.end() ? std::string_view{} : std::string_view(found->second);
}

std::vector<const Code*> DatedLists::codes_on(std::string_view list, CivilDate day) const
{
    const auto found = codes.find(list);
    CHECK(found != codes.end(), "a code list was not loaded");
    std::vector<const Code*> in_force;
    for (const auto& code : found->second)
        if ((!code.valid_from || *code.valid_from <= day) && (!code.valid_to || day <= *code.valid_to))
            in_force.push_back(&code);
    return in_force;
}

bool DatedLists::is_in_force(std::string_view list, std::string_view code, CivilDate day) const
{
    const auto in_force = codes_on(list, day);
    return std::any_of(in_force.begin(), in_force.end(), [&](const Code* one) { return one->code == code; });
}

Result<std::vector<Code>> read_code_list(const std::filesystem::path& file)
{
    return read_rows<Code>(file, {"valid_from", "valid_to"}, read_code);
}

Result<std::vector<ClockTerms>> read_clock_terms(const std::filesystem::path& file)
{
    return read_rows<ClockTerms>(file,
                                 {"code", "counting", "warn_percent", "warn_tells", "escalation", "repeat_minutes",
                                  "basis", "valid_from", "valid_to"},
                                 read_terms);
}

Result<DatedLists> read_dated_lists(const std::filesystem::path& folder, std::span<const ListFile> files,
                                    std::span<const std::string_view> clock_files)
{
    DatedLists lists;
    lists.calendar = TRY(read_holidays(folder / "bank_holidays.csv"));
    for (const auto& file : files) lists.codes[std::string(file.name)] = TRY(read_code_list(folder / file.file));
    for (const auto file : clock_files) {
        auto terms = TRY(read_clock_terms(folder / file));
        lists.terms.insert(lists.terms.end(), terms.begin(), terms.end());
    }
    return lists;
}

} // namespace reachable::lists
