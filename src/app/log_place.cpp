#include "app/log_place.h"

#include "base/bytes.h"
#include "base/number.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

/// Tells a place from whatever else is sealed under these keys.
constexpr std::string_view mark = "place in the log ";
constexpr std::size_t digits = 20; // of each of its numbers

} // namespace

std::string seal_log_place(const accounts::SecretKeys& keys, WorkerId reader, LogPlace place)
{
    const auto text = fmt::format("{}{:020}{:020}", mark, place.entry, to_seconds(place.at)); // of one length
    const auto sealed = accounts::seal_secret(keys, reader, Sensitive<Bytes>(Bytes(text.begin(), text.end())));
    return fmt::format("{}-{}", sealed.version, to_hex(sealed.bytes));
}

std::optional<LogPlace> open_log_place(const accounts::SecretKeys& keys, WorkerId reader, std::string_view sealed)
{
    const auto dash = std::min(sealed.find('-'), sealed.size());
    const auto version = whole_number<std::int64_t>(sealed.substr(0, dash));
    const auto bytes = from_hex(dash < sealed.size() ? sealed.substr(dash + 1) : std::string_view());
    if (!version || *version < 1 || !bytes || bytes->empty()) return std::nullopt;
    const auto opened = accounts::open_secret(keys, reader, {.bytes = *bytes, .version = *version});
    if (!opened) return std::nullopt;
    const auto text = as_text(opened->reveal());
    if (!text.starts_with(mark) || text.size() != mark.size() + 2 * digits) return std::nullopt;
    const auto entry = whole_number<std::uint64_t>(text.substr(mark.size(), digits));
    const auto at = whole_number<std::int64_t>(text.substr(mark.size() + digits));
    if (!entry || !at) return std::nullopt;
    return LogPlace{*entry, from_seconds(*at)};
}

} // namespace reachable::app
