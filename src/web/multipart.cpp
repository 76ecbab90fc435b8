#include "web/multipart.h"

#include "base/text.h"
#include "web/url_encoding.h"

#include <algorithm>
#include <optional>

namespace reachable::web {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t longest_part_head = 2000;

tl::unexpected<Problems> no_form()
{
    return refuse(ProblemKind::malformed, "What was sent is not a form");
}

/// The value of `name="…"` or `name=…` in a header; nothing if it is not there.
std::optional<std::string> parameter(std::string_view header, std::string_view name)
{
    for (std::size_t at = header.find(';'); at != std::string_view::npos; at = header.find(';', at + 1)) {
        auto rest = trim(header.substr(at + 1));
        if (to_lower_ascii(rest.substr(0, name.size())) != name || rest.substr(name.size()).substr(0, 1) != "=")
            continue;
        rest = rest.substr(name.size() + 1);
        if (rest.starts_with('"')) {
            const auto end = rest.find('"', 1);
            return end == std::string_view::npos ? std::nullopt : std::optional(std::string(rest.substr(1, end - 1)));
        }
        return std::string(trim(rest.substr(0, rest.find(';'))));
    }
    return std::nullopt;
}

/// The header of a part that says what it is.
std::string disposition_of(std::string_view head)
{
    constexpr std::string_view name = "content-disposition:";
    while (!head.empty()) {
        const auto line = head.substr(0, head.find(line_end));
        if (to_lower_ascii(line.substr(0, name.size())) == name) return std::string(trim(line.substr(name.size())));
        head.remove_prefix(std::min(line.size() + line_end.size(), head.size()));
    }
    return {};
}

/// As decode_pairs takes a value: it alone says what clean is.
Result<> add_value(Fields& fields, std::string_view name, std::string_view value)
{
    const auto read = TRY(decode_pairs(percent_encoded(name) + "=" + percent_encoded(value)));
    for (const auto& [clean_name, clean_value] : read.all()) fields.add(clean_name, clean_value);
    return {};
}

} // namespace

Result<FormWithFiles> form_with_files(const Request& request)
{
    const auto type = request.header("content-type");
    const auto boundary = parameter(type, "boundary");
    constexpr std::size_t longest_boundary = 70;
    if (to_lower_ascii(trim(type.substr(0, type.find(';')))) != "multipart/form-data" || !boundary ||
        boundary->empty() || boundary->size() > longest_boundary)
        return no_form();
    const auto divider = "--" + *boundary;
    std::string_view rest = request.body;
    if (!rest.starts_with(divider)) return no_form();
    rest.remove_prefix(divider.size());
    FormWithFiles form;
    for (std::size_t parts = 0; !rest.starts_with("--"); ++parts) {
        if (parts == most_parts || !rest.starts_with(line_end)) return no_form();
        rest.remove_prefix(line_end.size());
        const auto head_ends = rest.substr(0, longest_part_head).find("\r\n\r\n");
        if (head_ends == std::string_view::npos) return no_form();
        const auto disposition = disposition_of(rest.substr(0, head_ends));
        rest.remove_prefix(head_ends + 2 * line_end.size());
        const auto ends = rest.find(std::string(line_end) + divider);
        if (ends == std::string_view::npos) return no_form();
        const auto content = rest.substr(0, ends);
        rest.remove_prefix(ends + line_end.size() + divider.size());
        const auto name = parameter(disposition, "name");
        if (!to_lower_ascii(disposition).starts_with("form-data") || !name || name->empty()) return no_form();
        if (parameter(disposition, "filename"))
            form.files[*name] = content;
        else
            TRY(add_value(form.fields, *name, content));
    }
    return form;
}

} // namespace reachable::web
