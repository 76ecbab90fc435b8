// JSON as a value. Reading with limits and refusals, and writing in one canonical form, live in api/json.h;
// the value itself stands here so that any room can hold one.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace reachable {

/// null, true or false, a whole number, a number, a text, a list or a set of named members (in the order given).
class Json {
  public:
    using List = std::vector<Json>;
    using Member = std::pair<std::string, Json>;
    using Members = std::vector<Member>;

    Json() = default;
    Json(std::nullptr_t) {}
    Json(bool value) : value_(value) {}
    Json(int value) : value_(static_cast<std::int64_t>(value)) {}
    Json(std::int64_t value) : value_(value) {}
    Json(std::size_t value) : value_(static_cast<std::int64_t>(value)) {}
    Json(double value) : value_(value) {}
    Json(const char* value) : value_(std::string(value)) {}
    Json(std::string_view value) : value_(std::string(value)) {}
    Json(std::string value) : value_(std::move(value)) {}
    Json(List value) : value_(std::move(value)) {}
    Json(Members value) : value_(std::move(value)) {}

    static Json object() { return Json(Members{}); }
    static Json list() { return Json(List{}); }

    bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
    /// A pointer to the value of that kind, or null when it is of another kind.
    const bool* boolean() const { return std::get_if<bool>(&value_); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
    const double* number() const { return std::get_if<double>(&value_); }
    const std::string* text() const { return std::get_if<std::string>(&value_); }
    const List* items() const { return std::get_if<List>(&value_); }
    const Members* members() const { return std::get_if<Members>(&value_); }
    List* items() { return std::get_if<List>(&value_); }
    Members* members() { return std::get_if<Members>(&value_); }

    /// The member of that name, or null when there is none or this is no object.
    const Json* find(std::string_view name) const;
    /// The text of that member, or "" when it is absent or no text.
    std::string text_of(std::string_view name) const;
    /// Adds the member, or replaces the one of that name.
    Json& set(std::string_view name, Json value);
    Json& add(Json item);

    bool operator==(const Json&) const = default;

  private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Members> value_;
};

} // namespace reachable
