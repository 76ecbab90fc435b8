#include "capabilities/missing/sent_mapping.h"

#include "base/text.h"
#include "clocks/london.h"
#include "identity/source_mapping.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

/// A name of the mapping, and the list on which its codes stand: "" is free text, "=" a fixed few.
struct KnownColumn {
    std::string_view name;
    std::string_view list;
};
constexpr KnownColumn known_columns[] = {{"reference", ""},
                                         {"person", ""},
                                         {"given", ""},
                                         {"family", ""},
                                         {"whole", ""},
                                         {"born", ""},
                                         {"reported", ""},
                                         {"last_seen", ""},
                                         {"written_down", ""},
                                         {"located", ""},
                                         {"returned", ""},
                                         {"last_seen_sure", "missing.sure"},
                                         {"returned_sure", "missing.sure"},
                                         {"levels", "missing.levels"},
                                         {"levels_at", ""},
                                         {"force", "="},
                                         {"authority", "="},
                                         {"missing_from", "missing.from"},
                                         {"reporter", "missing.reporters"},
                                         {"located_how", "missing.located"},
                                         {"found_by", "missing.found_by"},
                                         {"return_type", "missing.returns"},
                                         {"harm", "missing.harm"},
                                         {"last_seen_where", ""},
                                         {"located_where", ""},
                                         {"found_where", ""},
                                         {"distance_km", ""},
                                         {"outcome", "="},
                                         {"deleted", "="}};

const KnownColumn* find_known(std::string_view name)
{
    const auto* found = std::ranges::find(known_columns, name, &KnownColumn::name);
    return found == std::end(known_columns) ? nullptr : found;
}

/// Columns with blanks between them; quotes hold one together.
std::vector<std::string> column_names_in(std::string_view text)
{
    std::vector<std::string> names;
    while (!(text = trim(text)).empty()) {
        const bool is_quoted = text.starts_with('"') && text.find('"', 1) != std::string_view::npos;
        if (is_quoted) text.remove_prefix(1);
        const auto end = std::min(text.find(is_quoted ? '"' : ' '), text.size());
        if (end > 0) names.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return names;
}

bool is_code(std::string_view column, std::string_view list, std::string_view value, const lists::DatedLists& lists,
             CivilDate day)
{
    if (value.empty()) return true;
    if (column == "deleted") return value == "yes" || value == "no";
    if (column == "outcome") return value == "missing" || value == "returned" || value == "not_missing";
    return list == "=" || lists.is_in_force(list, value, day);
}

class MappingReader {
  public:
    MappingReader(const lists::DatedLists& lists, CivilDate day) : lists_(lists), day_(day) {}

    /// Gives what is wrong with the line, or nothing.
    std::string take(std::string_view name, std::string_view value)
    {
        const auto dot = name.find('.');
        if (dot != std::string_view::npos) return take_code(name.substr(0, dot), name.substr(dot + 1), value);
        if (find_known(name) != nullptr) {
            mapping.columns[std::string(name)].push_back(column_names_in(value));
            return value.empty() ? "names no column" : "";
        }
        return take_setting(name, value);
    }

    SentMapping mapping;

  private:
    std::string take_code(std::string_view column, std::string_view code, std::string_view value)
    {
        if (column == "level") column = "levels";
        if (column == "sure") {
            for (const auto* both : {"last_seen_sure", "returned_sure"})
                if (auto wrong = take_code(both, code, value); !wrong.empty()) return wrong;
            return {};
        }
        const auto* known = find_known(column);
        if (known == nullptr || known->list.empty()) return "is not understood: that column has no codes";
        if (!is_code(column, known->list, value, lists_, day_))
            return "gives a code that is on no list of this service";
        mapping.codes[std::string(column)][std::string(code)] = value;
        return {};
    }

    std::string take_setting(std::string_view name, std::string_view value)
    {
        if (name == "rows" && value == "episodes") return {};
        if (name == "source")
            mapping.source = value;
        else if (name == "agency")
            mapping.agency = value;
        else if (name == "people")
            mapping.people = value;
        else if (name == "time_format" && value.find("yyyy") != std::string_view::npos)
            mapping.time_format = value;
        else if (name == "time_zone" && (value == "London" || value == "UTC"))
            mapping.is_london = value == "London";
        else if (name == "born_format" && identity::is_born_format(value))
            mapping.born_format = value;
        else if (name == "whole_order")
            mapping.whole_order = value;
        else if (const auto from = parse_date(value); name == "duties_from" && from)
            mapping.duties_from = *from;
        else
            return "is not understood: give a name of the mapping and a value that it can have";
        return {};
    }

    const lists::DatedLists& lists_;
    CivilDate day_;
};

Problems what_lacks(const SentMapping& mapping)
{
    Problems problems;
    const auto need = [&](bool is_there, const char* words, const char* field) {
        if (!is_there) problems.push_back({ProblemKind::missing, words, field});
    };
    need(!mapping.source.empty(), "The mapping names no source", "source");
    need(!mapping.people.empty(), "The mapping does not say of which source the people are (people = …)", "people");
    need(mapping.has("reference"), "The mapping names no column for the reference", "reference");
    need(mapping.has("person"), "The mapping names no column for the reference of the child", "person");
    need(mapping.has("reported") || mapping.has("last_seen"),
         "The mapping names no column for when the child was reported or last seen", "reported");
    need(mapping.duties_from.has_value(),
         "The mapping does not say from which day on duties follow from a return (duties_from = yyyy-mm-dd)",
         "duties_from");
    return problems;
}

/// What stands in a time, piece by piece as the format orders them.
struct Pieces {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    bool has_hour = false;
    std::string_view rest;
};

int* place_of(Pieces& pieces, char letter, bool is_behind_hours)
{
    switch (letter) {
    case 'y': return &pieces.year;
    case 'm': return is_behind_hours ? &pieces.minute : &pieces.month;
    case 'd': return &pieces.day;
    case 'h': return &pieces.hour;
    case 's': return &pieces.second;
    default: return nullptr;
    }
}

/// The text may end behind the day, or behind the minutes.
std::optional<Pieces> time_pieces(std::string_view text, std::string_view format)
{
    Pieces pieces;
    std::size_t at = 0;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (at == text.size() || text[at] == 'Z' || text[at] == '+') {
            const bool may_end = format[i] == ' ' || format[i] == 'T' || (pieces.has_hour && format[i] == ':');
            if (!may_end) return std::nullopt;
            break;
        }
        auto* place = format[i] == 'T' ? nullptr : place_of(pieces, format[i], pieces.has_hour);
        if (place == nullptr) {
            if (text[at] != format[i]) return std::nullopt;
        } else {
            if (text[at] < '0' || text[at] > '9') return std::nullopt;
            *place = *place * 10 + (text[at] - '0');
            pieces.has_hour = pieces.has_hour || format[i] == 'h';
        }
        ++at;
    }
    pieces.rest = text.substr(at);
    return pieces;
}

/// "Z", "+01:00" or "+0100": the minutes it is ahead of UTC.
std::optional<int> zone_in(std::string_view rest)
{
    if (rest == "Z") return 0;
    std::string digits;
    for (const char c : rest.substr(1))
        if (c >= '0' && c <= '9') digits += c;
    if (digits.size() != 4 || (rest[0] != '+' && rest[0] != '-')) return std::nullopt;
    const int ahead = (digits[0] - '0') * 600 + (digits[1] - '0') * 60 + (digits[2] - '0') * 10 + (digits[3] - '0');
    return rest[0] == '-' ? -ahead : ahead;
}

} // namespace

const SentMapping::Columns& SentMapping::of(std::string_view name) const
{
    static const Columns none;
    const auto found = columns.find(name);
    return found == columns.end() ? none : found->second;
}

bool is_of_episodes(std::string_view mapping)
{
    return std::ranges::any_of(split(mapping, '\n'), [](std::string_view line) {
        const auto equals = line.find('=');
        return equals != std::string_view::npos && trim(line.substr(0, equals)) == "rows" &&
               trim(line.substr(equals + 1)) == "episodes";
    });
}

Result<SentMapping> read_sent_mapping(std::string_view text, const lists::DatedLists& lists, CivilDate day)
{
    MappingReader reader(lists, day);
    Problems problems;
    std::size_t number = 0;
    for (const auto line : split(text, '\n')) {
        number += 1;
        const auto words = trim(line);
        if (words.empty() || words.starts_with('#')) continue;
        const auto equals = words.find('=');
        const auto wrong = equals == std::string_view::npos
                               ? std::string("has no = in it")
                               : reader.take(trim(words.substr(0, equals)), trim(words.substr(equals + 1)));
        if (!wrong.empty())
            problems.push_back({ProblemKind::malformed, fmt::format("Line {} of the mapping {}", number, wrong)});
    }
    for (auto& problem : what_lacks(reader.mapping)) problems.push_back(std::move(problem));
    TRY(refuse_if_any(std::move(problems)));
    return std::move(reader.mapping);
}

std::set<std::string> columns_of(const SentMapping& mapping)
{
    std::set<std::string> wanted;
    for (const auto& [name, columns] : mapping.columns)
        for (const auto& group : columns) wanted.insert(group.begin(), group.end());
    return wanted;
}

std::optional<SentTime> read_sent_time(std::string_view text, std::string_view format, bool is_london)
{
    const auto pieces = time_pieces(trim(text), format);
    if (!pieces || pieces->hour > 23 || pieces->minute > 59 || pieces->second > 60) return std::nullopt;
    const CivilDate day{std::chrono::year(pieces->year), std::chrono::month(static_cast<unsigned>(pieces->month)),
                        std::chrono::day(static_cast<unsigned>(pieces->day))};
    if (!day.ok() || pieces->year < 1990) return std::nullopt;
    SentTime time{.is_day_alone = !pieces->has_hour};
    const auto hour = time.is_day_alone ? 12 : pieces->hour;
    const auto ahead = pieces->rest.empty() ? std::optional(0) : zone_in(pieces->rest);
    if (!ahead) return std::nullopt;
    if (is_london && pieces->rest.empty()) {
        const auto wall = fmt::format("{:02}:{:02}", hour, pieces->minute);
        const auto at = clocks::from_wall(day, wall);
        if (!at) return std::nullopt;
        time.at = *at + seconds{pieces->second};
        time.came_twice = *clocks::from_wall(day, wall, true) != *at;
        return time;
    }
    time.at = UtcTime{std::chrono::sys_days(day).time_since_epoch()} + hours{hour} + minutes{pieces->minute - *ahead} +
              seconds{pieces->second};
    return time;
}

} // namespace reachable::missing
