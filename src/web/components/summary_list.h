// Facts as key and value, each with the links that change it; alone or as a card with a title.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct SummaryListAction {
    Content text = {}; // "Change"
    std::string href = {};
    Text visually_hidden_text = {}; // "date of birth": read out after the link's words
    Classes classes = {};
    Attributes attributes = {};
};

struct SummaryListActions {
    std::vector<SummaryListAction> items = {};
    Classes classes = {};
};

struct SummaryListCell {
    Content text = {};
    Classes classes = {};
};

struct SummaryListRow {
    SummaryListCell key = {};
    SummaryListCell value = {};
    SummaryListActions actions = {};
    Classes classes = {};
};

struct SummaryCardTitle {
    Content text = {};
    int heading_level = 2;
    Classes classes = {};
};

struct SummaryCard {
    std::optional<SummaryCardTitle> title = {};
    SummaryListActions actions = {};
    Classes classes = {};
    Attributes attributes = {};
};

struct SummaryList {
    std::vector<SummaryListRow> rows = {};
    std::optional<SummaryCard> card = {};
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const SummaryList& list);

} // namespace reachable::web
