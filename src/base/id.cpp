#include "base/id.h"

#include "base/crypto.h"

namespace reachable {

void fill_with_random(std::array<std::uint8_t, 16>& bytes)
{
    const auto random = random_bytes(bytes.size());
    std::copy(random.begin(), random.end(), bytes.begin());
}

} // namespace reachable
