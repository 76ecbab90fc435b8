// Markup as a list of tokens, so that two renderings can be compared without caring for indents, the order of
// attributes or the spelling of entities. Used by tests only; it reads well-formed component markup, not the open web.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reachable::web {

/// One piece for each start tag (`<input class="a b" id="x">`: attributes sorted, values decoded, class names
/// single-spaced), each end tag (`</p>`), comment and run of text (entities decoded, spaces collapsed). A space beside
/// a block such as p or div changes nothing and is left out; one beside a word or an inline tag such as a or span is
/// kept.
std::vector<std::string> tokens_of(std::string_view markup);

} // namespace reachable::web
