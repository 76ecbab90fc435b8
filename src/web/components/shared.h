// What the options of every component share: words or markup, extra classes, extra attributes; and the few ways they
// are written into a page. A component is a struct with the option names of its GOV.UK Nunjucks macro in snake_case,
// and a `Html render(const Thing&)`. A pair of options like `text` and `html` is one field of type Content.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/html.h"

namespace reachable::web {

/// Words (escaped) or markup (already Html), whichever it was made from.
class Content {
  public:
    Content() = default;
    Content(Html markup) : markup_(std::move(markup)), is_markup_(true) {}
    Content(const Text& words) : markup_(html(words)) {}
    Content(const std::string& words) : Content(Text(words)) {}
    Content(std::string_view words) : Content(Text(words)) {}
    Content(const char* words) : Content(Text(words)) {}

    bool empty() const { return markup_.empty(); }
    /// True when it was made from Html. A few components wrap markup and words differently.
    bool is_markup() const { return is_markup_; }
    const Html& as_html() const { return markup_; }

  private:
    Html markup_;
    bool is_markup_ = false;
};

/// Class names, separated by spaces, in the order they were added.
class Classes {
  public:
    Classes() = default;
    Classes(std::string_view names) : names_(names) {}
    Classes(const std::string& names) : names_(names) {}
    Classes(const char* names) : names_(names) {}

    Classes& add(const Classes& more);
    bool empty() const { return names_.empty(); }
    /// True when `part` stands anywhere in the names: "govuk-input--width-" finds "govuk-input--width-4".
    bool mention(std::string_view part) const { return names_.find(part) != std::string::npos; }
    const std::string& names() const { return names_; }

  private:
    std::string names_;
};

/// Attributes in the order they were set. A value is escaped when written; no value at all writes the bare name
/// (`disabled`). A name may be any that HTML allows, but not an event handler or `style`: the content security policy
/// would block both, so writing one is a Bug.
class Attributes {
  public:
    struct Attribute {
        std::string name;
        std::optional<std::string> value;
    };

    Attributes() = default;
    Attributes(std::initializer_list<Attribute> list) : list_(list) {}

    Attributes& add(std::string name, std::optional<std::string> value);
    /// Adds nothing when `value` is empty.
    Attributes& add_if(std::string name, std::string_view value);
    Attributes& add(const Attributes& others);
    bool empty() const { return list_.empty(); }
    const std::vector<Attribute>& list() const { return list_; }

  private:
    std::vector<Attribute> list_;
};

Html& operator<<(Html& out, const Content& content);
/// Each as ` name="value"` or ` name`.
Html& operator<<(Html& out, const Attributes& attributes);

/// Writes ` class="own more"`; `own` is the component's name, `more` may be empty.
void put_classes(Html& out, std::string_view own, const Classes& more = {});

/// Writes ` name="value"` unless the value is empty.
template <std::size_t N>
void put_if(Html& out, const char (&name)[N], std::string_view value)
{
    if (!value.empty()) out.attribute(name, value);
}

/// A heading of that level, 1 to 6, with its classes: <h2 class="…">…</h2>.
Html heading(int level, std::string_view classes, const Content& content);

/// "a b", or the one that is not empty: for lists of ids in aria-describedby.
std::string with_space(std::string_view first, std::string_view second);

} // namespace reachable::web
