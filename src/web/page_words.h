// The skeleton's own words in the languages in which children and parents read pages of their own.
#pragma once

#include "web/page.h"

#include <optional>
#include <string_view>

namespace reachable::web {

/// Of a language as a tag: "cy". Nothing where nobody has written them: then no page may claim to be in that language.
std::optional<PageWords> page_words_in(std::string_view language);

} // namespace reachable::web
