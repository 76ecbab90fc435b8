// The map of the forces: a picture that needs no map of streets. Colour never stands alone: each tile carries its
// number, and the table beside it says the same.
#include "capabilities/measures/national.h"
#include "capabilities/measures/reading.h"

#include "base/number.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::measures {
namespace {

using web::Html;

constexpr int tile = 46, step = 49, columns = 7;
constexpr std::size_t most_letters = 5;

struct Tile {
    std::string label;
    std::string name;
    int column = 1;
    int row = 1;
    const ForceNow* force = nullptr; // null: it does not use the service
    bool is_national = false;        // no place on a map
};

/// Wider than a tile as it would be set.
bool is_wide(const std::string& label)
{
    return label.size() >= most_letters || std::ranges::count(label, 'W') > 1;
}

std::string in_capitals(std::string letters)
{
    for (auto& letter : letters)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    return letters;
}

int number_in(const lists::Code& code, std::string_view column)
{
    return whole_number<int>(code.column(column)).value_or(1);
}

std::vector<Tile> tiles_of(const National& national, const lists::DatedLists& lists, CivilDate day)
{
    std::vector<Tile> tiles;
    int last_row = 0;
    for (const auto* code : lists.codes_on("measures.force_tiles", day)) {
        const auto of_it = std::ranges::find(national.forces, code->code,
                                             [](const ForceNow& one) -> const std::string& { return one.force.code; });
        tiles.push_back({.label = code->label,
                         .name = code->definition,
                         .column = number_in(*code, "column"),
                         .row = number_in(*code, "row"),
                         .force = of_it == national.forces.end() ? nullptr : &*of_it,
                         .is_national = code->code == "BTP"});
        last_row = std::max(last_row, tiles.back().row);
    }
    int beside = 0;
    for (const auto& one : national.forces) {
        const auto has_tile = [&](const Tile& other) { return other.force == &one; };
        if (std::ranges::any_of(tiles, has_tile)) continue;
        tiles.push_back({.label = in_capitals(one.force.name.substr(0, most_letters)),
                         .name = one.force.name,
                         .column = beside % columns + 1,
                         .row = last_row + 1 + beside / columns,
                         .force = &one});
        ++beside;
    }
    return tiles;
}

std::string_view look_of(const Tile& one)
{
    constexpr std::int64_t many = 20;
    if (one.force == nullptr) return "app-tile app-tile--outside";
    if (!one.force->away) return "app-tile app-tile--held";
    if (*one.force->away == 0) return "app-tile";
    return *one.force->away < many ? "app-tile app-tile--some" : "app-tile app-tile--many";
}

/// In the tile a single letter: "c" for what is held back, "x" for a force that does not use the service.
std::string number_of(const Tile& one)
{
    if (one.force == nullptr) return "x";
    return one.force->away ? std::to_string(*one.force->away) : "c";
}

void put_tile(Html& svg, const Tile& one)
{
    const auto x = (one.column - 1) * step + 1, y = (one.row - 1) * step + 1;
    svg.lit("<g")
        .attribute("class",
                   one.is_national ? fmt::format("{} app-tile--national", look_of(one)) : std::string(look_of(one)))
        .lit("><rect")
        .attribute("x", std::to_string(x))
        .attribute("y", std::to_string(y))
        .attribute("width", std::to_string(tile))
        .attribute("height", std::to_string(tile))
        .lit("/><text")
        .attribute("x", std::to_string(x + tile / 2))
        .attribute("y", std::to_string(y + 19));
    if (is_wide(one.label)) svg.lit(" textLength=\"42\" lengthAdjust=\"spacingAndGlyphs\"");
    svg.lit(">") << web::Text(one.label);
    svg.lit("</text><text class=\"app-tile__number\"")
            .attribute("x", std::to_string(x + tile / 2))
            .attribute("y", std::to_string(y + 38))
            .lit(">")
        << web::Text(number_of(one));
    svg.lit("</text></g>");
}

} // namespace

Html tile_map(const National& national, const lists::DatedLists& lists, CivilDate day)
{
    const auto tiles = tiles_of(national, lists, day);
    int rows = 1;
    for (const auto& one : tiles) rows = std::max(rows, one.row);
    Html svg = web::lit("<svg class=\"app-tiles\" role=\"img\" aria-labelledby=\"tiles-title tiles-words\"");
    svg.attribute("viewBox", fmt::format("0 0 {} {}", columns * step, rows * step))
        .lit(
            "><title id=\"tiles-title\">Children missing now, by police force</title><desc id=\"tiles-words\">One tile "
            "a force, about where it lies. Each carries its letters and its number; the table below says the same."
            "</desc><defs><pattern id=\"tiles-held\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
            "<path d=\"M0 6L6 0\" stroke=\"#b1b4b6\"/></pattern></defs>");
    for (const auto& one : tiles) put_tile(svg, one);
    return svg.lit("</svg>");
}

} // namespace reachable::measures
