// The pages of a long list, or the page before and the page after.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct PaginationItem {
    Text number = {};
    std::string href = {};
    bool current = false;
    bool ellipsis = false;                         // stands for pages left out; nothing else of the item is used
    std::optional<Text> visually_hidden_text = {}; // none: "Page 3"
    Attributes attributes = {};
};

struct PaginationLink {
    std::string href = {}; // empty: the link is left out
    Content text = {};     // empty: "Previous page" or "Next page"
    Text label_text = {};  // which page that is; shown only where there are no numbered items
    Attributes attributes = {};
};

struct Pagination {
    std::vector<PaginationItem> items = {};
    PaginationLink previous = {};
    PaginationLink next = {};
    Text landmark_label = "Pagination";
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const Pagination& pagination);

} // namespace reachable::web
