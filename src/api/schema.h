// JSON Schema (2020-12) as plain values: the shapes of requests and responses, in the few kinds this program uses.
// Every text and list has a limit, because every reader has one.
#pragma once

#include "base/json.h"

namespace reachable::api::schema {

struct TextRules {
    std::size_t max_length = 200; // in characters
    std::size_t min_length = 0;
    std::string pattern = {}; // ECMA 262; empty: any
    std::string example = {};
};
Json text(std::string_view description, const TextRules& rules = {});

struct Code {
    std::string code;
    std::string label;
};
/// A text that is one of the codes; the labels stand in the description, as a list.
Json code(std::string_view description, const std::vector<Code>& codes);

/// An instant in UTC, to the second: "2026-10-25T00:30:00Z".
Json date_time(std::string_view description);
/// A day: "2026-10-25".
Json date(std::string_view description);
/// A day, month or year, "~" when it is estimated: "2011-05-17", "2011-05", "2011~".
Json partial_date(std::string_view description);
/// An opaque handle: 32 lower-case hexadecimal digits.
Json id(std::string_view description);
Json whole_number(std::string_view description, std::int64_t least, std::int64_t most);
Json boolean(std::string_view description);
Json array(std::string_view description, Json item, std::size_t max_items);

struct Property {
    std::string name;
    Json schema;
    bool is_required = true;
};
/// An object that refuses members it does not name, as the readers do.
Json object(std::string_view description, const std::vector<Property>& properties);
/// People who are named one by one: `name`, and what else is known of each.
Json people(std::string_view description, std::size_t max_length, std::size_t max_items);
/// The same, or null.
Json nullable(Json schema);
/// A schema that stands under its name in ApiDescription::schemas.
Json reference(std::string_view name);

} // namespace reachable::api::schema
