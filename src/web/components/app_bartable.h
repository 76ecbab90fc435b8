// A chart that is a table: each row's value stands as a number with a bar under it, so the table is the chart and its
// own alternative. Drawn on the server, readable on paper and without colour.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct BarRow {
    Text label = {};
    std::string href = {};
    std::optional<double> value = {}; // none: no bar; `text` says why ("[c]")
    Text text = {};                   // the value as read: "1,204"
    std::vector<Text> more = {};      // one for each of `more_headings`
};

struct AppBarTable {
    Text caption = {}; // measure, population, place, period
    Text label_heading = {};
    Text value_heading = {};
    std::vector<Text> more_headings = {}; // "Of the stage before", "Of the first"
    std::vector<BarRow> rows = {};
    double maximum = 0; // the value of a full bar; 0: the greatest of the rows
    Text note = {};     // what "[c]" and its kind mean; stands above the table
};
/// A value below 0 or no number, and a row without one value for each further heading, are Bugs.
Html render(const AppBarTable& table);

} // namespace reachable::web
