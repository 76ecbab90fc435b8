#include "identity/feed_rows.h"

#include "api/json.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::identity {
namespace {

using Columns = std::vector<std::vector<std::string>>;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view between_elements = " \t\r\n,[]"; // brackets of the list itself, or of two after another
constexpr std::size_t longest_element = 256 * 1024; // of a person's object; a bracket that is not closed ends there

std::string text_of(const Json& value)
{
    if (const auto* text = value.text()) return std::string(trim(*text));
    if (const auto* yes = value.boolean()) return *yes ? "true" : "false";
    if (const auto* number = value.integer()) return std::to_string(*number);
    if (const auto* number = value.number()) return fmt::format("{}", *number);
    return {};
}

void add(FeedValues& values, std::string_view column, std::string value)
{
    if (!value.empty()) values[std::string(column)].push_back(std::move(value));
}

/// Members of a member get their way in front: "address.postcode".
void spread(const Json& value, const std::string& column, FeedValues& values)
{
    if (const auto* items = value.items())
        for (const auto& item : *items) spread(item, column, values);
    else if (const auto* members = value.members())
        for (const auto& [name, member] : *members)
            spread(member, column.empty() ? name : fmt::format("{}.{}", column, name), values);
    else
        add(values, column, text_of(value));
}

/// Where the object that begins at `from` ends; npos if its brackets or quotes do not.
std::size_t end_of_object(std::string_view text, std::size_t from)
{
    std::string open; // brackets, the innermost last
    bool is_in_text = false;
    const auto last = std::min(text.size(), from + longest_element);
    for (auto at = from; at < last; ++at) {
        const char c = text[at];
        if (is_in_text) {
            if (c == '\n') return std::string_view::npos;
            if (c == '\\') ++at;
            is_in_text = c != '"';
            continue;
        }
        if (c == '"') is_in_text = true;
        if (c == '{' || c == '[') open += c;
        if (c != '}' && c != ']') continue;
        if (open.back() != (c == '}' ? '{' : '[')) return std::string_view::npos;
        open.pop_back();
        if (open.empty()) return at + 1;
    }
    return std::string_view::npos;
}

/// Where an object may begin that follows another one: after "}, ". The end of the text if nowhere.
std::size_t next_object(std::string_view text, std::size_t from)
{
    for (auto at = text.find('{', from + 1); at != std::string_view::npos; at = text.find('{', at + 1)) {
        const auto before = text.find_last_not_of(" \t\r\n,", at - 1);
        if (before != std::string_view::npos && before >= from && text[before] == '}' && before + 1 < at) return at;
    }
    return text.size();
}

const std::vector<std::string>& values_in(const FeedValues& values, std::string_view column)
{
    static const std::vector<std::string> none;
    const auto found = values.find(column);
    return found == values.end() ? none : found->second;
}

std::vector<SourceName> names_of(const FeedValues& values, const SourceMapping& mapping)
{
    std::vector<SourceName> names;
    const auto given = texts_of(values, mapping.given);
    const auto family = texts_of(values, mapping.family);
    for (std::size_t i = 0; i < std::max(given.size(), family.size()); ++i)
        names.push_back({.given = i < given.size() ? given[i] : std::string{},
                         .family = i < family.size() ? family[i] : std::string{},
                         .whole = {}});
    for (const auto* columns : {&mapping.whole, &mapping.alias})
        for (const auto& whole : texts_of(values, *columns)) names.push_back(whole_name(whole, mapping.whole_order));
    return names;
}

/// The date, or why there is none.
void take_born(FeedRow& row, const FeedValues& values, const SourceMapping& mapping)
{
    const auto born = texts_of(values, mapping.born);
    if (born.empty()) return;
    const auto& format = mapping.born_format;
    row.record.born = read_born(born.front(), format);
    if (!row.record.born)
        row.reasons.push_back(fmt::format("has a birth date that is not written {}", format));
    else if (!is_in_a_calendar(*row.record.born, date_pieces(born.front(), format).value()))
        row.reasons.emplace_back("has a birth date that is in no calendar");
}

void take_sex(FeedRow& row, const FeedValues& values, const SourceMapping& mapping)
{
    const auto sex = texts_of(values, mapping.sex);
    if (sex.empty()) return;
    const auto code = mapping.sex_codes.find(sex.front());
    row.record.sex = code == mapping.sex_codes.end() ? to_lower_ascii(sex.front()) : code->second;
    constexpr std::string_view known[] = {"", "female", "male", "other"};
    if (std::ranges::find(known, row.record.sex) == std::end(known))
        row.reasons.emplace_back("has a code of sex that the mapping does not know");
}

void take_person(FeedRow& row, const FeedValues& values, const SourceMapping& mapping)
{
    auto& record = row.record;
    record.names = names_of(values, mapping);
    take_born(row, values, mapping);
    take_sex(row, values, mapping);
    record.postcodes = texts_of(values, mapping.postcode);
    record.places = texts_of(values, mapping.place);
    record.addresses = texts_of(values, mapping.address);
    record.phones = texts_of(values, mapping.phone);
    record.emails = texts_of(values, mapping.email);
    for (const auto& [type, column] : mapping.identifiers)
        for (const auto& value : values_in(values, column)) record.identifiers.push_back({type, value});
    if (record.names.empty() && texts_of(values, mapping.born).empty() && record.identifiers.empty())
        row.reasons.emplace_back("has no name, birth date or identifier");
}

} // namespace

std::string first_in(const FeedValues& values, std::string_view column)
{
    const auto& all = values_in(values, column);
    return all.empty() ? std::string{} : all.front();
}

std::vector<std::string> texts_of(const FeedValues& values, const Columns& columns)
{
    std::vector<std::string> texts;
    for (const auto& group : columns) {
        if (group.size() == 1) {
            const auto& all = values_in(values, group.front());
            texts.insert(texts.end(), all.begin(), all.end());
            continue;
        }
        std::vector<std::string> pieces;
        for (const auto& column : group)
            if (auto one = first_in(values, column); !one.empty()) pieces.push_back(std::move(one));
        if (!pieces.empty()) texts.push_back(join(pieces, " "));
    }
    return texts;
}

/// JSON can write such signs as escapes, so the values are asked, not the text.
bool can_mislead(const FeedValues& values)
{
    return std::ranges::any_of(values,
                               [](const auto& column) { return std::ranges::any_of(column.second, turns_direction); });
}

bool is_in_a_calendar(const PartialDate& born, const std::array<int, 3>& pieces)
{
    const bool is_whole = born.month.has_value() == (pieces[1] != 0) && born.day.has_value() == (pieces[2] != 0);
    return is_whole && parse_partial_date(to_iso(born)).has_value();
}

JsonRows::JsonRows(std::string_view text) : text_(text)
{
    const auto first = text.find_first_not_of(blanks);
    is_list_ = first != std::string_view::npos && text[first] == '[';
    if (is_list_) step_to(first + 1);
}

void JsonRows::step_to(std::size_t at)
{
    const auto passed = text_.substr(at_, at - at_);
    line_ += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
    at_ = at;
}

/// From here to the end of the object. Where there is none: to the end of the line, or to what may be the next object.
std::string_view JsonRows::take_element()
{
    const auto from = at_;
    auto end = std::min(text_.find('\n', from), text_.size());
    if (is_list_) {
        const auto closed = text_[from] == '{' ? end_of_object(text_, from) : std::string_view::npos;
        end = closed != std::string_view::npos ? closed : std::min(end, next_object(text_, from));
    }
    step_to(end);
    auto element = text_.substr(from, end - from);
    const auto between = is_list_ ? between_elements : blanks;
    while (!element.empty() && between.find(element.back()) != std::string_view::npos) element.remove_suffix(1);
    return element;
}

std::optional<JsonRows::Row> JsonRows::next()
{
    if (is_ended_) return std::nullopt;
    const auto ignored = is_list_ ? between_elements : blanks;
    step_to(std::min(text_.find_first_not_of(ignored, at_), text_.size()));
    if (at_ == text_.size()) {
        is_ended_ = true;
        if (!is_list_ || text_[text_.find_last_not_of(blanks)] == ']') return std::nullopt;
        return Row{.line = line_, .fault = "is missing: the list is not closed, as if the file were cut off"};
    }
    Row row{.line = line_};
    row.text = take_element();
    auto json = api::parse_json(row.text);
    if (!json)
        row.fault = "is no JSON that can be read";
    else if (json->members() == nullptr)
        row.fault = "is no JSON object";
    else {
        spread(*json, "", row.values);
        row.json = std::move(*json);
    }
    return row;
}

Result<RowReader> RowReader::open(std::string_view text, std::set<std::string> columns)
{
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return refuse(ProblemKind::missing, "The file is empty");
    if (text[first] == '[' || text[first] == '{') return RowReader(JsonRows(text), std::move(columns));
    auto table = TRY(CsvRows::open(text));
    auto missing = columns;
    for (const auto& name : table.header()) missing.erase(std::string(trim(name)));
    Problems problems;
    for (const auto& column : missing)
        problems.push_back({ProblemKind::missing,
                            fmt::format("The table has no column \"{}\", which the mapping names", column), column});
    TRY(refuse_if_any(std::move(problems)));
    return RowReader(std::move(table), std::move(columns));
}

/// False at the end.
bool RowReader::read(Row& row)
{
    if (auto* objects = std::get_if<JsonRows>(&rows_)) {
        auto next = objects->next();
        if (!next) return false;
        row.line = next->line;
        row.text = next->text;
        row.values = std::move(next->values);
        row.json = std::move(next->json);
        row.fault = std::move(next->fault);
        return true;
    }
    auto& table = std::get<CsvRows>(rows_);
    auto next = table.next();
    if (!next) return false;
    row.line = next->line;
    row.text = next->text;
    for (std::size_t i = 0; i < next->cells.size(); ++i)
        add(row.values, trim(table.header()[i]), std::string(trim(next->cells[i])));
    row.fault = std::move(next->fault);
    return true;
}

std::optional<RowReader::Row> RowReader::next()
{
    Row row;
    if (!read(row)) return std::nullopt;
    row.number = ++number_;
    if (!never_filled_.empty())
        for (const auto& [column, value] : row.values) never_filled_.erase(column);
    return row;
}

Result<FeedReader> FeedReader::open(std::string_view text, const SourceMapping& mapping)
{
    return FeedReader(TRY(RowReader::open(text, columns_of(mapping))), mapping);
}

/// A row of a table says them in a cell, an object in a member: lists of objects keep what belongs together.
void FeedReader::take_local_flags(FeedRow& row, const FeedValues& values, const Json& json)
{
    if (mapping_->local_flags.empty()) return;
    const auto& dates = mapping_->born_format;
    auto read = json.members() == nullptr ? read_local_flags(first_in(values, mapping_->local_flags), dates)
                                          : read_local_flags(json, mapping_->local_flags, dates);
    if (!read.flags.empty()) rows_.note_filled(mapping_->local_flags);
    row.local_flags = std::move(read.flags);
    for (auto& reason : read.reasons) row.reasons.push_back(std::move(reason));
}

std::optional<FeedRow> FeedReader::next()
{
    const auto read = rows_.next();
    if (!read) return std::nullopt;
    const auto& values = read->values;
    FeedRow row{.number = read->number, .line = read->line, .text = read->text};
    if (!read->fault.empty()) {
        row.reasons.push_back(read->fault);
        return row;
    }
    row.record.source = mapping_->source;
    row.record.reference = first_in(values, mapping_->reference);
    if (row.record.reference.empty()) row.reasons.emplace_back("has no reference");
    if (can_mislead(values)) row.reasons.emplace_back("holds signs that turn the direction of its text");
    const auto standing =
        mapping_->deleted.empty() ? Standing::there : standing_of(*mapping_, first_in(values, mapping_->deleted));
    if (standing == Standing::unknown)
        row.reasons.emplace_back("has a mark of deletion that the mapping does not know");
    row.is_deleted = standing == Standing::deleted;
    if (!row.is_deleted) {
        take_person(row, values, *mapping_);
        take_local_flags(row, values, read->json);
    }
    if (row.reasons.empty() && !references_.insert(row.record.reference).second)
        row.reasons.emplace_back("has a reference that stood in the file before");
    return row;
}

} // namespace reachable::identity
