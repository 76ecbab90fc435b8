#include "identity/texts.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace reachable::identity {

std::uint32_t TextNumbers::hash_of(std::string_view text)
{
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text) >> 32U);
}

void TextNumbers::put(std::uint64_t place)
{
    auto at = first_place(static_cast<std::uint32_t>(place >> 32U));
    while (places_[at] != 0) at = next_place(at);
    places_[at] = place;
}

void TextNumbers::add(std::string_view text, std::uint32_t number)
{
    if ((count_ + 1) * 4 > places_.size() * 3) {
        auto before =
            std::exchange(places_, LargeArray<std::uint64_t>(std::max<std::size_t>(64, places_.size() * 3 / 2)));
        for (const auto place : before)
            if (place != 0) put(place);
    }
    put(std::uint64_t{hash_of(text)} << 32U | number);
    count_ += 1;
}

} // namespace reachable::identity
