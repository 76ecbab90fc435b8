#include "web/components/shared.h"

#include "base/result.h"
#include "base/text.h"

namespace reachable::web {

namespace {

bool is_safe_name(std::string_view name)
{
    if (name.empty() || name.find_first_of(" \t\r\n\f\"'<>&/=") != std::string_view::npos) return false;
    const std::string lower = to_lower_ascii(name);
    return !lower.starts_with("on") && lower != "style";
}

} // namespace

Classes& Classes::add(const Classes& more)
{
    names_ = with_space(names_, more.names_);
    return *this;
}

Attributes& Attributes::add(std::string name, std::optional<std::string> value)
{
    list_.push_back({std::move(name), std::move(value)});
    return *this;
}

Attributes& Attributes::add_if(std::string name, std::string_view value)
{
    if (!value.empty()) add(std::move(name), std::string(value));
    return *this;
}

Attributes& Attributes::add(const Attributes& others)
{
    list_.insert(list_.end(), others.list_.begin(), others.list_.end());
    return *this;
}

Html& operator<<(Html& out, const Content& content)
{
    return out << content.as_html();
}

Html& operator<<(Html& out, const Attributes& attributes)
{
    for (const auto& [name, value] : attributes.list()) {
        CHECK(is_safe_name(name), "an attribute has a name that may not stand in a page");
        out.lit(" ") << name;
        if (value) {
            out.lit("=\"") << *value;
            out.lit("\"");
        }
    }
    return out;
}

void put_classes(Html& out, std::string_view own, const Classes& more)
{
    out.attribute("class", with_space(own, more.names()));
}

Html heading(int level, std::string_view classes, const Content& content)
{
    CHECK(level >= 1 && level <= 6, "a heading has a level from 1 to 6");
    const std::string tag = "h" + std::to_string(level);
    Html out;
    out.lit("<") << tag;
    put_if(out, "class", classes);
    out.lit(">") << content;
    out.lit("</") << tag;
    out.lit(">");
    return out;
}

std::string with_space(std::string_view first, std::string_view second)
{
    std::string both(first);
    if (!first.empty() && !second.empty()) both += ' ';
    return both += second;
}

} // namespace reachable::web
