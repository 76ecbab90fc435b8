#include "capabilities/patterns/picture.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace reachable::patterns {
namespace {

constexpr double margin = circle_radius + 4;
constexpr double apart = 2 * circle_radius + 6; // from middle to middle
constexpr int rounds = 200;

double distance(Point a, Point b)
{
    return std::max(std::hypot(a.x - b.x, a.y - b.y), 0.01);
}

/// From the second to the first, of length 1; of two on one point it turns with their numbers, so that they part.
Point direction(const std::vector<Point>& points, std::size_t i, std::size_t j)
{
    const double gap = std::hypot(points[i].x - points[j].x, points[i].y - points[j].y);
    if (gap < 0.01) {
        const auto turn = static_cast<double>(i) - static_cast<double>(j) + 0.5 * static_cast<double>(i + j);
        return {std::cos(turn), std::sin(turn)};
    }
    return {(points[i].x - points[j].x) / gap, (points[i].y - points[j].y) / gap};
}

Point inside(Point p)
{
    return {std::clamp(p.x, margin, picture_width - margin), std::clamp(p.y, margin, picture_width - margin)};
}

/// On a ring, in their order; two rings from twenty on, so that no two begin on each other.
std::vector<Point> on_a_ring(std::size_t count)
{
    constexpr std::size_t on_one_ring = 20;
    std::vector<Point> points(count);
    for (std::size_t i = 0; i < count; ++i) {
        const bool is_inner = i >= on_one_ring;
        const auto on_it = is_inner ? count - on_one_ring : std::min(count, on_one_ring);
        const double turn = 2 * std::numbers::pi * static_cast<double>(i % on_one_ring) / static_cast<double>(on_it);
        const double reach = (picture_width / 2 - margin) * (is_inner ? 0.55 : 1.0);
        points[i] = {picture_width / 2 + reach * std::sin(turn), picture_width / 2 - reach * std::cos(turn)};
    }
    return points;
}

/// Fruchterman and Reingold (1991): all push each other away, lines draw together, and each round moves less.
void push_and_draw(std::vector<Point>& points, const std::vector<Line>& lines, double most)
{
    const double ideal = picture_width / std::sqrt(static_cast<double>(points.size()) + 1) * 0.8;
    std::vector<Point> moves(points.size());
    const auto move = [&](std::size_t i, std::size_t j, double force) {
        const auto away = direction(points, i, j);
        moves[i].x += away.x * force;
        moves[i].y += away.y * force;
    };
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = 0; j < points.size(); ++j)
            if (i != j) move(i, j, ideal * ideal / distance(points[i], points[j]));
    for (const auto& line : lines) {
        const double gap = distance(points[line.from], points[line.to]);
        move(line.from, line.to, -gap * gap / ideal);
        move(line.to, line.from, -gap * gap / ideal);
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double reach = std::max(std::hypot(moves[i].x, moves[i].y), 0.01);
        const double step = std::min(reach, most);
        points[i] = inside({points[i].x + moves[i].x / reach * step, points[i].y + moves[i].y / reach * step});
    }
}

/// Two that stand on each other are moved apart, along the line between them.
void part(std::vector<Point>& points)
{
    for (int round = 0; round < rounds; ++round) {
        bool is_done = true;
        for (std::size_t i = 0; i < points.size(); ++i)
            for (std::size_t j = i + 1; j < points.size(); ++j) {
                const double gap = distance(points[i], points[j]);
                if (gap >= apart) continue;
                is_done = false;
                const double step = (apart - gap) / 2 + 0.5;
                const auto away = direction(points, i, j);
                points[i] = inside({points[i].x + away.x * step, points[i].y + away.y * step});
                points[j] = inside({points[j].x - away.x * step, points[j].y - away.y * step});
            }
        if (is_done) return;
    }
}

std::string number(double value)
{
    return fmt::format("{:.1f}", value);
}

void put_line(web::Html& svg, Point from, Point to, std::size_t times)
{
    constexpr std::size_t thickest = 6;
    svg.lit("<line stroke=\"#12436D\"")
        .attribute("stroke-width", std::to_string(std::min(times, thickest)))
        .attribute("x1", number(from.x))
        .attribute("y1", number(from.y))
        .attribute("x2", number(to.x))
        .attribute("y2", number(to.y))
        .lit("/>");
}

void put_circle(web::Html& svg, Point at, const Circle& circle, std::size_t place)
{
    svg.lit("<a").attribute("href", circle.href).attribute("aria-label", fmt::format("{}: {}", place, circle.name));
    svg.lit("><circle fill=\"#ffffff\" stroke=\"#12436D\" stroke-width=\"2\"")
        .attribute("r", number(circle_radius))
        .attribute("cx", number(at.x))
        .attribute("cy", number(at.y))
        .lit("/><text fill=\"#0b0c0c\" font-size=\"18\" text-anchor=\"middle\"")
        .attribute("x", number(at.x))
        .attribute("y", number(at.y + 6))
        .lit(">");
    svg << std::to_string(place);
    svg.lit("</text></a>");
}

} // namespace

std::vector<Point> lay_out(std::size_t count, const std::vector<Line>& lines)
{
    auto points = on_a_ring(count);
    if (count < 2) return points;
    for (int round = 0; round < rounds; ++round)
        push_and_draw(points, lines, picture_width / 10 * (1.0 - static_cast<double>(round) / rounds));
    part(points);
    return points;
}

web::Html draw(const std::vector<Circle>& circles, const std::vector<Line>& lines, const web::Text& words)
{
    const auto points = lay_out(circles.size(), lines);
    const auto [highest, lowest] = std::ranges::minmax(points, {}, &Point::y);
    web::Html svg;
    // A group and no image: its links can be reached. As high as what stands in it.
    svg.lit("<svg class=\"app-network\" role=\"group\" aria-labelledby=\"network-title network-words\" width=\"100%\"")
        .attribute("viewBox", fmt::format("0 {:.1f} {:.1f} {:.1f}", highest.y - margin, picture_width,
                                          lowest.y - highest.y + 2 * margin));
    svg.lit("><title id=\"network-title\">Who goes missing with whom</title>"
            "<desc id=\"network-words\">");
    svg << words;
    svg.lit("</desc>");
    for (const auto& line : lines) put_line(svg, points[line.from], points[line.to], line.times);
    for (std::size_t i = 0; i < circles.size(); ++i) put_circle(svg, points[i], circles[i], i + 1);
    return svg.lit("</svg>");
}

} // namespace reachable::patterns
