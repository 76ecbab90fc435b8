#include "web/components/link_address.h"

#include <array>

#include "base/text.h"

namespace reachable::web {

bool is_safe_address(std::string_view address)
{
    // Browsers drop control characters and leading blanks before they look for a scheme.
    for (const char letter : address)
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) return false;
    address = trim(address);

    const auto colon = address.find(':');
    if (colon == std::string_view::npos || address.find_first_of("/?#") < colon) return true;

    constexpr std::array<std::string_view, 4> schemes = {"http", "https", "mailto", "tel"};
    const std::string scheme = to_lower_ascii(address.substr(0, colon));
    for (const std::string_view allowed : schemes)
        if (scheme == allowed) return true;
    return false;
}

void put_href(Html& out, std::string_view address)
{
    out.attribute("href", is_safe_address(address) ? address : std::string_view("#"));
}

} // namespace reachable::web
