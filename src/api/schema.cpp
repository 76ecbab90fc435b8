#include "api/schema.h"

#include "base/result.h"

namespace reachable::api::schema {
namespace {

Json of_type(std::string_view type, std::string_view description)
{
    auto schema = Json::object();
    schema.set("type", type);
    if (!description.empty()) schema.set("description", description);
    return schema;
}

} // namespace

Json text(std::string_view description, const TextRules& rules)
{
    auto schema = of_type("string", description);
    if (rules.min_length > 0) schema.set("minLength", rules.min_length);
    schema.set("maxLength", rules.max_length);
    if (!rules.pattern.empty()) schema.set("pattern", rules.pattern);
    if (!rules.example.empty()) schema.set("examples", Json::List{rules.example});
    return schema;
}

Json code(std::string_view description, const std::vector<Code>& codes)
{
    std::string words(description);
    auto values = Json::list();
    for (const auto& [value, label] : codes) {
        words += "\n- `" + value + "`: " + label;
        values.add(value);
    }
    auto schema = of_type("string", words);
    schema.set("enum", std::move(values));
    return schema;
}

Json date_time(std::string_view description)
{
    auto schema = text(description, {.max_length = 20, .pattern = R"(^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$)"});
    schema.set("format", "date-time").set("examples", Json::List{"2026-10-25T00:30:00Z"});
    return schema;
}

Json date(std::string_view description)
{
    auto schema = text(description, {.max_length = 10, .pattern = R"(^\d{4}-\d{2}-\d{2}$)"});
    schema.set("format", "date").set("examples", Json::List{"2026-10-25"});
    return schema;
}

Json partial_date(std::string_view description)
{
    auto schema = text(description, {.max_length = 11, .pattern = R"(^\d{4}(-\d{2}(-\d{2})?)?~?$)"});
    schema.set("examples", Json::List{"2011-05-17", "2011-05", "2011~"});
    return schema;
}

Json id(std::string_view description)
{
    return text(description, {.max_length = 32, .min_length = 32, .pattern = "^[0-9a-f]{32}$"});
}

Json whole_number(std::string_view description, std::int64_t least, std::int64_t most)
{
    auto schema = of_type("integer", description);
    schema.set("format", "int64").set("minimum", least).set("maximum", most);
    return schema;
}

Json boolean(std::string_view description)
{
    return of_type("boolean", description);
}

Json array(std::string_view description, Json item, std::size_t max_items)
{
    auto schema = of_type("array", description);
    schema.set("items", std::move(item)).set("maxItems", max_items);
    return schema;
}

Json object(std::string_view description, const std::vector<Property>& properties)
{
    auto schema = of_type("object", description);
    auto required = Json::list();
    auto members = Json::object();
    for (const auto& property : properties) {
        CHECK(members.find(property.name) == nullptr, "a schema names a property twice");
        if (property.is_required) required.add(property.name);
        members.set(property.name, property.schema);
    }
    if (!required.items()->empty()) schema.set("required", std::move(required));
    schema.set("properties", std::move(members)).set("additionalProperties", false);
    return schema;
}

Json people(std::string_view description, std::size_t max_length, std::size_t max_items)
{
    const auto word = [&](std::string_view what) { return text(what, {.max_length = max_length}); };
    const auto person = object("A person", {{"name", word("Name")},
                                            {"relation", word("Who they are to the child"), false},
                                            {"telephone", word("Telephone"), false},
                                            {"note", word("Note"), false}});
    return array(description, person, max_items);
}

Json nullable(Json schema)
{
    const auto type = schema.text_of("type");
    if (type.empty()) {
        auto either = Json::object();
        either.set("anyOf", Json::List{std::move(schema), of_type("null", {})});
        return either;
    }
    schema.set("type", Json::List{type, "null"});
    if (const auto* codes = schema.find("enum")) {
        auto with_null = *codes;
        schema.set("enum", with_null.add(nullptr));
    }
    return schema;
}

Json reference(std::string_view name)
{
    auto schema = Json::object();
    schema.set("$ref", "#/components/schemas/" + std::string(name));
    return schema;
}

} // namespace reachable::api::schema
