// Reads the `options` of an upstream fixture the way the Nunjucks macros do. Included by tests only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "web/components/fixture_markup.h"
#include "web/components/shared.h"

namespace reachable::web {

/// What Nunjucks prints for a value: numbers and booleans as words, null as nothing.
inline std::string printed(const Json& value)
{
    if (const auto* words = value.text()) return *words;
    if (const auto* whole = value.integer()) return std::to_string(*whole);
    if (const auto* truth = value.boolean()) return *truth ? "true" : "false";
    if (const auto* number = value.number()) return std::to_string(*number);
    return {};
}

/// What Nunjucks takes for true: anything but null, false, 0 and "". Lists and objects are true even when empty.
inline bool is_truthy(const Json* value)
{
    if (value == nullptr || value->is_null()) return false;
    if (const auto* truth = value->boolean()) return *truth;
    if (const auto* whole = value->integer()) return *whole != 0;
    if (const auto* words = value->text()) return !words->empty();
    return true;
}

/// The named member, or null when it is absent: `part(part(options, "label"), "text")` needs no tests on the way.
inline const Json& part(const Json& options, std::string_view name)
{
    static const Json nothing;
    const Json* found = options.find(name);
    return found != nullptr ? *found : nothing;
}

inline bool is_given(const Json& options, std::string_view name)
{
    return options.find(name) != nullptr;
}
inline bool flag(const Json& options, std::string_view name)
{
    return is_truthy(options.find(name));
}
inline std::string text(const Json& options, std::string_view name)
{
    return printed(part(options, name));
}

/// Absent and null give nothing; "" and false give a value.
inline std::optional<std::string> optional_text(const Json& options, std::string_view name)
{
    if (part(options, name).is_null()) return std::nullopt;
    return text(options, name);
}
inline std::optional<bool> optional_flag(const Json& options, std::string_view name)
{
    const bool* truth = part(options, name).boolean();
    return truth != nullptr ? std::optional(*truth) : std::nullopt;
}
/// The named whole number, written as a number or as text ("3"); `fallback` when absent.
inline int number(const Json& options, std::string_view name, int fallback)
{
    const std::string digits = text(options, name);
    return digits.empty() ? fallback : std::stoi(digits);
}

/// `html` when it is given and not empty, else `text`.
inline Content text_or_html(const Json& options, std::string_view text_name = "text",
                            std::string_view html_name = "html")
{
    if (flag(options, html_name)) return TrustedMarkup::from(text(options, html_name));
    return Content(text(options, text_name));
}

inline Classes classes(const Json& options, std::string_view name = "classes")
{
    return Classes(text(options, name));
}

/// An object of names and values; a value may be {"value": …, "optional": true}, which leaves out null and false and
/// writes true as the bare name.
inline Attributes attributes(const Json& options, std::string_view name = "attributes")
{
    Attributes out;
    const auto* members = part(options, name).members();
    if (members == nullptr) return out;
    for (const auto& [attribute, value] : *members) {
        const bool is_optional = flag(value, "optional");
        const Json& given = value.members() != nullptr ? part(value, "value") : value;
        const bool* truth = given.boolean();
        if (is_optional && (given.is_null() || (truth != nullptr && !*truth))) continue;
        if (is_optional && truth != nullptr)
            out.add(attribute, std::nullopt);
        else
            out.add(attribute, printed(given));
    }
    return out;
}

/// The items of a list that are neither null nor false, which the macros pass over.
inline Json::List items(const Json& options, std::string_view name = "items")
{
    Json::List out;
    if (const auto* list = part(options, name).items())
        for (const Json& item : *list)
            if (is_truthy(&item)) out.push_back(item);
    return out;
}

/// The named text, or what the struct says by itself when it is absent.
inline std::string text_or(const Json& options, std::string_view name, const std::string& otherwise)
{
    return flag(options, name) ? text(options, name) : otherwise;
}

/// A component with the classes and attributes that every component takes.
template <class Component>
Component with_shared(const Json& options)
{
    Component component;
    component.classes = classes(options);
    component.attributes = attributes(options);
    return component;
}

} // namespace reachable::web
