// Values in rows and columns. The caption says what the table shows; the first cell of a row may head it.
#pragma once

#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct TableCell {
    Content text = {};
    std::string format = {}; // "numeric": set to the right
    int colspan = 0;         // 0: not written
    int rowspan = 0;
    Classes classes = {};
    Attributes attributes = {}; // aria-sort on a heading that sorts
};

struct Table {
    Text caption = {};
    Classes caption_classes = {};
    std::vector<TableCell> head = {};
    std::vector<std::vector<TableCell>> rows = {};
    bool first_cell_is_header = false;
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const Table& table);

/// The same, for a phone too: there each row is a block, and each cell carries the words of its heading.
Html stacked(Table table);

} // namespace reachable::web
