// How each type of fact is written as JSON and read back. A fact is a value of one of these types; a field of any other
// type does not compile.
#pragma once

#include "base/id.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "records/answer.h"

#include <optional>

namespace reachable::records {

/// The kinds of fact a form, a document and a reference page tell apart.
enum class Kind {
    text,
    narrative,
    code,
    codes,
    yes_no,
    number,
    time,
    day,
    partial_day,
    answer_state,
    reference,
    people
};

/// Words of more than one line. A kind of its own so that a form gives it room.
struct Narrative {
    std::string words;
    bool operator==(const Narrative&) const = default;
};

/// How one type of fact travels. `is_empty` tells a value that nobody gave.
template <class T>
struct Fact;
/// A value as facts of its type travel.
template <class T>
Json json_of(const T& value)
{
    return Fact<T>::write(value);
}

constexpr std::size_t text_limit = 500;
constexpr std::size_t narrative_limit = 10'000;

/// Trimmed text within the limit and without control characters, or a problem.
Result<std::string> read_text(const Json& json, std::size_t limit);

template <>
struct Fact<std::string> {
    static constexpr Kind kind = Kind::text;
    static Json write(const std::string& value) { return value; }
    static Result<std::string> read(const Json& json) { return read_text(json, text_limit); }
    static bool is_empty(const std::string& value) { return value.empty(); }
};

template <>
struct Fact<Narrative> {
    static constexpr Kind kind = Kind::narrative;
    static Json write(const Narrative& value) { return value.words; }
    static Result<Narrative> read(const Json& json) { return Narrative{TRY(read_text(json, narrative_limit))}; }
    static bool is_empty(const Narrative& value) { return value.words.empty(); }
};

template <>
struct Fact<std::vector<std::string>> {
    static constexpr Kind kind = Kind::codes;
    static Json write(const std::vector<std::string>& value);
    static Result<std::vector<std::string>> read(const Json& json);
    static bool is_empty(const std::vector<std::string>& value) { return value.empty(); }
};

/// Somebody whom an answer names: a safe adult, somebody to keep away, a worker to ring. No record of their own.
struct NamedPerson {
    std::string name;
    std::string relation;  // "aunt", "social worker"
    std::string telephone; // as it was given
    std::string note;      // "may collect her", "why: he waits outside school"
    bool operator==(const NamedPerson&) const = default;
};
constexpr std::size_t most_named_people = 10;
/// "Mrs Ward, aunt, 01632 960001 (may collect her)"
std::string in_words(const NamedPerson& person);

template <>
struct Fact<std::vector<NamedPerson>> {
    static constexpr Kind kind = Kind::people;
    static Json write(const std::vector<NamedPerson>& value);
    /// A list of objects with `name` and, where they are known, `relation`, `telephone` and `note`.
    static Result<std::vector<NamedPerson>> read(const Json& json);
    static bool is_empty(const std::vector<NamedPerson>& value) { return value.empty(); }
};

template <>
struct Fact<std::optional<bool>> {
    static constexpr Kind kind = Kind::yes_no;
    static Json write(const std::optional<bool>& value) { return value ? Json(*value) : Json(); }
    static Result<std::optional<bool>> read(const Json& json);
    static bool is_empty(const std::optional<bool>& value) { return !value.has_value(); }
};

template <>
struct Fact<std::int64_t> {
    static constexpr Kind kind = Kind::number;
    static Json write(std::int64_t value) { return value; }
    static Result<std::int64_t> read(const Json& json);
    static bool is_empty(std::int64_t value) { return value == 0; }
};

/// The text of a value, or nothing when nobody gave one. Refuses any other kind of value.
Result<std::optional<std::string>> given_text(const Json& json);

/// A value that is written and parsed as text, and may be absent.
template <class T, Kind its_kind, Result<T> (*parse)(std::string_view)>
struct TextualFact {
    static constexpr Kind kind = its_kind;
    static Json write(const std::optional<T>& value) { return value ? Json(to_iso(*value)) : Json(); }
    static Result<std::optional<T>> read(const Json& json)
    {
        const auto text = TRY(given_text(json));
        if (!text) return std::optional<T>{};
        return std::optional<T>{TRY(parse(*text))};
    }
    static bool is_empty(const std::optional<T>& value) { return !value.has_value(); }
};
template <>
struct Fact<std::optional<UtcTime>> : TextualFact<UtcTime, Kind::time, parse_utc> {};
template <>
struct Fact<std::optional<CivilDate>> : TextualFact<CivilDate, Kind::day, parse_date> {};
template <>
struct Fact<std::optional<PartialDate>> : TextualFact<PartialDate, Kind::partial_day, parse_partial_date> {};

template <>
struct Fact<AnswerState> {
    static constexpr Kind kind = Kind::answer_state;
    static Json write(AnswerState value) { return std::string(code_of(value)); }
    static Result<AnswerState> read(const Json& json);
    static bool is_empty(AnswerState value) { return !has_value(value); }
};

template <class K>
struct Fact<Id<K>> {
    static constexpr Kind kind = Kind::reference;
    static Json write(const Id<K>& value) { return value.is_none() ? Json() : Json(value.text()); }
    static Result<Id<K>> read(const Json& json)
    {
        if (json.is_null() || (json.text() != nullptr && json.text()->empty())) return Id<K>{};
        if (json.text() == nullptr) return refuse(ProblemKind::malformed, "Give the reference as text");
        return Id<K>::parse(*json.text());
    }
    static bool is_empty(const Id<K>& value) { return value.is_none(); }
};

} // namespace reachable::records
