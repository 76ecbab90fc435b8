#include "app/log_place.h"

#include "base/bytes.h"
#include "base/number.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

/// Tells a place from whatever else is sealed under these keys.
constexpr std::string_view mark = "place in the log ";

} // namespace

std::string seal_log_place(const accounts::SecretKeys& keys, WorkerId reader, std::uint64_t entry)
{
    const auto text = fmt::format("{}{:020}", mark, entry); // of one length
    const auto sealed = accounts::seal_secret(keys, reader, Sensitive<Bytes>(Bytes(text.begin(), text.end())));
    return fmt::format("{}-{}", sealed.version, to_hex(sealed.bytes));
}

std::uint64_t open_log_place(const accounts::SecretKeys& keys, WorkerId reader, std::string_view place)
{
    const auto dash = std::min(place.find('-'), place.size());
    const auto version = whole_number<std::int64_t>(place.substr(0, dash));
    const auto bytes = from_hex(dash < place.size() ? place.substr(dash + 1) : std::string_view());
    if (!version || *version < 1 || !bytes || bytes->empty()) return 0;
    const auto opened = accounts::open_secret(keys, reader, {.bytes = *bytes, .version = *version});
    if (!opened) return 0;
    const auto text = as_text(opened->reveal());
    if (!text.starts_with(mark)) return 0;
    return whole_number<std::uint64_t>(text.substr(mark.size())).value_or(0);
}

} // namespace reachable::app
