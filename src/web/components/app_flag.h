// A flag: what somebody needs, or what could happen to them. The words carry it; the thick edge only draws the eye.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct AppFlag {
    Text text = {};
    Text note = {};         // owner, source, review date; left out in an identity bar
    std::string href = {};  // to the record of the flag
    bool is_urgent = false; // a red edge and the word `urgent_text`, never the edge alone
    Text urgent_text = "Act now:";
};
Html render(const AppFlag& flag);

/// A list of flags, the first few in full and the rest counted: "and 2 more". Nothing at all when there are none.
struct AppFlags {
    std::vector<AppFlag> flags = {};
    std::size_t at_most = 4;
    std::string more_href = {}; // where all of them stand
    Text more_text = {};        // empty: "and 2 more"
    Text label = "Flags";       // read out before the list
};
Html render(const AppFlags& flags);

} // namespace reachable::web
