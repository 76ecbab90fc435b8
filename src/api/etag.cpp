#include "api/etag.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace reachable::api {
namespace {

constexpr std::size_t most_tags = 20;

/// What stands between the quotes of a tag, which may hold anything visible but a quote.
bool is_opaque(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != '"' && c != '\x7F'; });
}

/// The version of one of our own tags: written exactly as `etag_of` writes it, or nothing.
std::optional<std::int64_t> read_version(std::string_view tag)
{
    std::int64_t version = 0;
    if (!tag.starts_with("\"v")) return {};
    std::from_chars(tag.data() + 2, tag.data() + tag.size(), version);
    if (etag_of(version) != tag) return {};
    return version;
}

} // namespace

std::string etag_of(std::int64_t version)
{
    return "\"v" + std::to_string(version) + '"';
}

bool IfMatch::allows(std::int64_t version) const
{
    return is_any || std::find(versions.begin(), versions.end(), version) != versions.end();
}

Result<IfMatch> parse_if_match(std::string_view header)
{
    if (trim(header) == "*") return IfMatch{.is_any = true};
    const auto tags = split(header, ',');
    if (tags.size() > most_tags) return refuse(ProblemKind::malformed, "Send fewer tags in If-Match", "If-Match");
    IfMatch match;
    for (auto tag : tags) {
        tag = trim(tag);
        const bool is_weak = tag.starts_with("W/");
        if (is_weak) tag.remove_prefix(2);
        const bool is_quoted = tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
        if (!is_quoted || !is_opaque(tag.substr(1, tag.size() - 2)))
            return refuse(ProblemKind::malformed, "Send If-Match as it came in ETag, with its quotes", "If-Match");
        if (const auto version = read_version(tag); version && !is_weak) match.versions.push_back(*version);
    }
    return match;
}

} // namespace reachable::api
