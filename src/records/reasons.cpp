#include "records/reasons.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace reachable::records {

Result<> a_reason_has_words(std::string_view reason, std::size_t least, std::string_view field)
{
    const auto words = trim(reason);
    const auto letters = std::ranges::count_if(words, [](unsigned char c) { return (c & 0xC0U) != 0x80U; });
    if (static_cast<std::size_t>(letters) < least)
        return refuse(ProblemKind::missing, fmt::format("Say it in at least {} characters", least), std::string(field));
    constexpr std::size_t least_letters = 3;
    std::set<std::string> different;
    const auto in_lower_case = to_lower_ascii(words);
    for (const auto word : split(in_lower_case, ' '))
        if (trim(word).size() >= least_letters) different.insert(std::string(trim(word)));
    constexpr std::size_t least_words = 3;
    if (different.size() < least_words)
        return refuse(ProblemKind::malformed, "Say what is happening, in words of your own", std::string(field));
    return {};
}

} // namespace reachable::records
