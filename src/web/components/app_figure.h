// A chart with all that must stand beside it: a headline that says what it shows, a caption, the picture, a table of
// every value, the file to take away, and where the figures come from.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct AppFigure {
    Text headline = {}; // a sentence: "Most children are seen within 72 hours"
    int heading_level = 2;
    Text caption = {}; // measure, population, place, period
    Html picture = {}; // an SVG with role="img", <title> and <desc>; empty where the table is the chart
    Html table = {};   // every value
    std::string csv_href = {};
    Text csv_text = "Download these figures (CSV)";
    Text source = {}; // "Source: … , 14 March 2025"
};
Html render(const AppFigure& figure);

} // namespace reachable::web
