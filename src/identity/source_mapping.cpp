#include "identity/source_mapping.h"

#include "base/number.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace reachable::identity {
namespace {

using Columns = std::vector<std::vector<std::string>>;

/// Words with blanks between them; quotes hold one together.
std::vector<std::string> words_in(std::string_view text)
{
    std::vector<std::string> words;
    while (!(text = trim(text)).empty()) {
        const bool is_quoted = text.starts_with('"') && text.find('"', 1) != std::string_view::npos;
        if (is_quoted) text.remove_prefix(1);
        const auto end = std::min(text.find(is_quoted ? '"' : ' '), text.size());
        if (end > 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// One column by its name, with or without quotes.
std::string column_in(std::string_view text)
{
    const bool is_quoted = text.size() > 2 && text.starts_with('"') && text.ends_with('"');
    return std::string(is_quoted ? text.substr(1, text.size() - 2) : text);
}

/// The columns that a name of the mapping stands for; null if it stands for none.
Columns* columns_for(SourceMapping& mapping, std::string_view name)
{
    const std::pair<std::string_view, Columns*> all[] = {
        {"given", &mapping.given},       {"family", &mapping.family}, {"whole", &mapping.whole},
        {"alias", &mapping.alias},       {"born", &mapping.born},     {"sex", &mapping.sex},
        {"postcode", &mapping.postcode}, {"place", &mapping.place},   {"address", &mapping.address},
        {"phone", &mapping.phone},       {"email", &mapping.email}};
    for (const auto& [known, columns] : all)
        if (known == name) return columns;
    return nullptr;
}

bool is_whole_order(std::string_view order)
{
    return order == "family, given" || order == "given family" || order == "family given";
}

/// A line that speaks of a code of a column; false if it is none, or its value cannot be meant.
bool take_code(SourceMapping& mapping, std::string_view name, std::string_view value)
{
    if (name.starts_with("sex.") && (value == "female" || value == "male" || value == "other" || value.empty()))
        mapping.sex_codes.emplace(name.substr(4), value);
    else if (name.starts_with("deleted.") && (value == "yes" || value == "no"))
        mapping.deleted_codes.emplace(name.substr(8), value == "yes");
    else
        return false;
    return true;
}

/// One line; gives what is wrong with it, or nothing.
std::string take_line(SourceMapping& mapping, std::string_view name, std::string_view value)
{
    if (name == "source")
        mapping.source = value;
    else if (name == "agency")
        mapping.agency = value;
    else if (name == "reference")
        mapping.reference = column_in(value);
    else if (name == "truth")
        mapping.truth = column_in(value);
    else if (name == "group")
        mapping.group = column_in(value);
    else if (name == "deleted")
        mapping.deleted = column_in(value);
    else if (name == "local_flags")
        mapping.local_flags = column_in(value);
    else if (name == "whole_order" && is_whole_order(value))
        mapping.whole_order = value;
    else if (name == "lawful_basis")
        mapping.lawful_basis = value;
    else if (name == "born_format" && is_born_format(value))
        mapping.born_format = value;
    else if (name.starts_with("identifier."))
        mapping.identifiers.emplace_back(name.substr(11), column_in(value));
    else if (take_code(mapping, name, value))
        return {};
    else if (const auto number = whole_number<int>(value); name == "siblings_born_from" && number)
        mapping.siblings_born_from = *number;
    else if (name == "truth_words" && number && *number > 0)
        mapping.truth_words = static_cast<std::size_t>(*number);
    else if (auto* columns = columns_for(mapping, name); columns != nullptr && !value.empty())
        columns->push_back(words_in(value));
    else
        return "is not understood: give a name of the mapping and a value that it can have";
    return {};
}

using Pieces = std::array<int, 3>; // year, month, day

/// The digits of a date as the format orders them. Nothing if they do not fit.
std::optional<Pieces> pieces_of(std::string_view text, std::string_view format)
{
    Pieces pieces{};
    if (text.size() != format.size()) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto at = std::string_view("ymd").find(format[i]);
        if (at == std::string_view::npos) {
            if (text[i] != format[i]) return std::nullopt;
            continue;
        }
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        pieces[at] = pieces[at] * 10 + (text[i] - '0');
    }
    return pieces;
}

/// The same where a day and a month below ten may stand with one digit: "d/m/yyyy".
std::optional<Pieces> loose_pieces_of(std::string_view text, std::string_view format)
{
    const auto texts = split(text, '/');
    if (texts.size() != 3 || texts[0].size() > 2 || texts[1].size() > 2 || texts[2].size() != 4) return std::nullopt;
    const auto number = [&](std::size_t i) { return whole_number<int>(texts[i]).value_or(-1); };
    if (number(0) < 0 || number(1) < 0 || number(2) < 0) return std::nullopt;
    return format.starts_with('d') ? Pieces{number(2), number(1), number(0)} : Pieces{number(2), number(0), number(1)};
}

class Reader {
  public:
    Reader(const CsvTable& table, const SourceMapping& mapping) : mapping_(mapping)
    {
        for (std::size_t i = 0; i < table.header.size(); ++i) places_.emplace(trim(table.header[i]), i);
    }

    std::string cell(const CsvTable::Row& row, const std::string& column) const
    {
        return std::string(trim(row.cells[places_.at(column)]));
    }
    std::vector<std::string> values(const CsvTable::Row& row, const Columns& columns) const
    {
        std::vector<std::string> found;
        for (const auto& group : columns) {
            std::string text;
            for (const auto& column : group) {
                const auto one = cell(row, column);
                if (!one.empty()) text += (text.empty() ? "" : " ") + one;
            }
            if (!text.empty()) found.push_back(std::move(text));
        }
        return found;
    }
    Problems missing_columns() const
    {
        auto wanted = columns_of(mapping_);
        for (const auto& column : {mapping_.truth, mapping_.group})
            if (!column.empty()) wanted.insert(column);
        Problems problems;
        for (const auto& column : wanted)
            if (!places_.contains(column))
                problems.push_back({ProblemKind::missing, "The table has no column of that name", column});
        return problems;
    }
    void read_names(const CsvTable::Row& row, SourceRecord& record) const
    {
        const auto given = values(row, mapping_.given);
        const auto family = values(row, mapping_.family);
        for (std::size_t i = 0; i < std::max(given.size(), family.size()); ++i)
            record.names.push_back({.given = i < given.size() ? given[i] : std::string{},
                                    .family = i < family.size() ? family[i] : std::string{},
                                    .whole = {}});
        for (const auto* columns : {&mapping_.whole, &mapping_.alias})
            for (const auto& whole : values(row, *columns))
                record.names.push_back(whole_name(whole, mapping_.whole_order));
    }
    std::string truth(const CsvTable::Row& row) const
    {
        auto text = cell(row, mapping_.truth);
        std::size_t at = 0;
        for (std::size_t i = 0; i < mapping_.truth_words && at != std::string::npos; ++i)
            at = text.find('-', at == 0 ? 0 : at + 1);
        return at == 0 ? text : text.substr(0, at);
    }
    SourceRecord record(const CsvTable::Row& row) const
    {
        SourceRecord record{.source = mapping_.source, .reference = cell(row, mapping_.reference)};
        read_names(row, record);
        if (const auto sex = values(row, mapping_.sex); !sex.empty()) {
            const auto code = mapping_.sex_codes.find(sex.front());
            record.sex = code == mapping_.sex_codes.end() ? to_lower_ascii(sex.front()) : code->second;
        }
        record.postcodes = values(row, mapping_.postcode);
        record.places = values(row, mapping_.place);
        record.addresses = values(row, mapping_.address);
        record.phones = values(row, mapping_.phone);
        record.emails = values(row, mapping_.email);
        for (const auto& [type, column] : mapping_.identifiers)
            if (auto value = cell(row, column); !value.empty()) record.identifiers.push_back({type, std::move(value)});
        return record;
    }

  private:
    const SourceMapping& mapping_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

} // namespace

bool is_born_format(std::string_view format)
{
    constexpr std::string_view known[] = {"yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "d/m/yyyy",
                                          "m/d/yyyy",   "yyyymmdd",   "ddmmyyyy"};
    return std::ranges::find(known, format) != std::end(known);
}

std::set<std::string> columns_of(const SourceMapping& mapping)
{
    std::set<std::string> wanted{mapping.reference};
    for (const auto& column : {mapping.deleted, mapping.local_flags})
        if (!column.empty()) wanted.insert(column);
    for (const auto* columns :
         {&mapping.given, &mapping.family, &mapping.whole, &mapping.alias, &mapping.born, &mapping.sex,
          &mapping.postcode, &mapping.place, &mapping.address, &mapping.phone, &mapping.email})
        for (const auto& group : *columns) wanted.insert(group.begin(), group.end());
    for (const auto& [type, column] : mapping.identifiers) wanted.insert(column);
    return wanted;
}

std::optional<Pieces> date_pieces(std::string_view text, std::string_view format)
{
    const bool is_loose = format == "d/m/yyyy" || format == "m/d/yyyy";
    return is_loose ? loose_pieces_of(text, format) : pieces_of(text, format);
}

/// A day that is in no calendar is kept as far as it is one: somebody typed it, and it may still agree.
std::optional<PartialDate> read_born(std::string_view text, std::string_view format)
{
    const auto pieces = date_pieces(text, format);
    if (!pieces || (*pieces)[0] < 1850 || (*pieces)[0] > 2150) return std::nullopt;
    const auto [year, month, day] = *pieces;
    PartialDate born{.year = year};
    if (month >= 1 && month <= 12) born.month = static_cast<unsigned>(month);
    if (born.month && day >= 1 && day <= 31) born.day = static_cast<unsigned>(day);
    return born;
}

SourceName whole_name(std::string_view text, std::string_view order)
{
    text = trim(text);
    const auto at = order == "family, given"  ? text.find(',')
                    : order == "given family" ? text.rfind(' ')
                    : order == "family given" ? text.find(' ')
                                              : std::string_view::npos;
    if (at == std::string_view::npos) return {.given = {}, .family = {}, .whole = std::string(text)};
    const std::string first(trim(text.substr(0, at)));
    const std::string second(trim(text.substr(at + 1)));
    const bool is_family_first = order != "given family";
    return {.given = is_family_first ? second : first, .family = is_family_first ? first : second, .whole = {}};
}

Standing standing_of(const SourceMapping& mapping, std::string_view cell)
{
    if (trim(cell).empty()) return Standing::there;
    const auto code = mapping.deleted_codes.find(std::string(trim(cell)));
    if (code == mapping.deleted_codes.end()) return Standing::unknown;
    return code->second ? Standing::deleted : Standing::there;
}

Result<SourceMapping> read_mapping(std::string_view text)
{
    SourceMapping mapping;
    Problems problems;
    std::size_t number = 0;
    for (const auto line : split(text, '\n')) {
        number += 1;
        const auto words = trim(line);
        if (words.empty() || words.starts_with('#')) continue;
        const auto equals = words.find('=');
        const auto wrong = equals == std::string_view::npos
                               ? std::string("has no = in it")
                               : take_line(mapping, trim(words.substr(0, equals)), trim(words.substr(equals + 1)));
        if (!wrong.empty())
            problems.push_back({ProblemKind::malformed, fmt::format("Line {} of the mapping {}", number, wrong)});
    }
    if (mapping.source.empty()) problems.push_back({ProblemKind::missing, "The mapping names no source", "source"});
    if (mapping.reference.empty())
        problems.push_back({ProblemKind::missing, "The mapping names no column for the reference", "reference"});
    TRY(refuse_if_any(std::move(problems)));
    return mapping;
}

Result<SourceTable> read_source(const CsvTable& table, const SourceMapping& mapping)
{
    const Reader reader(table, mapping);
    TRY(refuse_if_any(reader.missing_columns()));
    SourceTable source;
    std::set<std::string> seen;
    for (const auto& row : table.rows) {
        const auto set_aside = [&](const char* reason) { source.quarantined.push_back({row.line, reason}); };
        auto record = reader.record(row);
        if (record.reference.empty()) {
            set_aside("has no reference");
            continue;
        }
        if (!seen.insert(record.reference).second) {
            set_aside("has a reference that stood in the table before");
            continue;
        }
        if (!mapping.deleted.empty() && standing_of(mapping, reader.cell(row, mapping.deleted)) != Standing::there) {
            set_aside("was deleted by its source, or the mapping does not know what its mark of deletion means");
            continue;
        }
        if (const auto born = reader.values(row, mapping.born); !born.empty()) {
            record.born = read_born(born.front(), mapping.born_format);
            if (!record.born) {
                set_aside("has a birth date that does not fit the format");
                continue;
            }
        }
        if (!mapping.truth.empty()) source.truths.push_back(reader.truth(row));
        if (!mapping.group.empty()) source.groups.push_back(reader.cell(row, mapping.group));
        source.records.push_back(std::move(record));
    }
    return source;
}

} // namespace reachable::identity
