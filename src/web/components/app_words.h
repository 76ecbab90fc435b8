// Somebody's own words, in quotation, with who wrote them down and who may see them. Never shortened, never improved.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct AppWords {
    Text words = {};       // each line stands as a paragraph; empty: `not_given_text` stands instead
    Text written_by = {};  // "Written down by Sam Poole, 14 March 2025"
    Text who_can_see = {}; // "Custody and children's services can see this"
    std::string lang = {}; // of the words, when it is not the page's
    Text not_given_text = "Not given yet";
};
Html render(const AppWords& words);

} // namespace reachable::web
