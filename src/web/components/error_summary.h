// Every problem of a form at once, at the top of the page, each linked to the answer it is about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct ErrorSummaryItem {
    Content text = {};
    std::string href = {}; // "#" and the id of the input; empty where the problem belongs to no one answer
    Attributes attributes = {};
};

struct ErrorSummary {
    Content title = {};
    Content description = {};
    std::vector<ErrorSummaryItem> error_list = {};
    std::optional<bool> disable_auto_focus = {};
    Classes classes = {};
    Attributes attributes = {};
};

Html render(const ErrorSummary& summary);

} // namespace reachable::web
