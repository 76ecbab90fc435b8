// A picture of pairs, drawn on the server: a circle for each child with its number, a line for each pair. The same
// pairs always give the same picture. Beside it stands a table of the same.
#pragma once

#include "web/html.h"

#include <cstddef>
#include <string>
#include <vector>

namespace reachable::patterns {

struct Point {
    double x = 0;
    double y = 0;
};
struct Line {
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t times = 1;
};

constexpr double picture_width = 360;
constexpr double circle_radius = 15;

/// Where each of so many circles stands: inside the picture, and no two of up to 40 on each other; those with a line
/// between them nearer than others.
std::vector<Point> lay_out(std::size_t count, const std::vector<Line>& lines);

struct Circle {
    std::string href;
    std::string name; // told to whoever does not see the picture
};
/// Each circle a link, numbered from 1 in this order; `words` say what the picture shows.
web::Html draw(const std::vector<Circle>& circles, const std::vector<Line>& lines, const web::Text& words);

} // namespace reachable::patterns
