// Headings, paragraphs and links that pages write by the dozen.
#pragma once

#include "web/html.h"

namespace reachable::web {

/// Level 1 is the page's own heading; 2 and 3 come below it.
Html heading(std::string_view words, int level = 1);
Html paragraph(std::string_view words);
Html link(std::string_view href, std::string_view words);

} // namespace reachable::web
