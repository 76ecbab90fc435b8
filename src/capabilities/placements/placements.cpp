#include "capabilities/placements/placements.h"

#include <utility>

namespace reachable::placements {
namespace {

using enum accounts::Role;

constexpr lists::ListFile list_files[] = {
    {"placements.kinds", "placements/kinds.csv"},
    {"placements.homes", "placements/homes.csv"},
};

constexpr std::string_view clocks_of_placements[] = {"placements/clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_the_log[] = {
    {"placement.notify", "told another authority that the child is placed in its area"},
    {"placement.pass_on", "told the police force of the area that the child is placed there"},
    {"placement.acknowledge", "acknowledged that the child is placed in their area"},
    {"placement.change", "told what is new of a placement of the child"},
    {"placement.bring_in_line", "told the police force what is new of a placement of the child"},
    {"placement.end", "ended the notice of a placement of the child"},
    {"placement.close_too", "ended the notice of a placement of the child to the police force"},
    {"look:placement.placement", "read a notice of a placement of the child"},
    {"look:placement.list", "saw a placement of the child in a list"},
    {"look:placement.queue", "saw a notice of a placement of the child in a list"},
    {"look:placement.notice", "was told of a notice of a placement of the child"},
    {"look:placement.record", "read all that is recorded of a placement of the child"},
    {"look:placement.form", "opened a form about a placement of the child"},
    {"look:placement.api", "read a notice of a placement through another system"},
    {"look:placement.child", "read of a placement on the child's page"},
    {"look:placement.child_then", "read of a placement as it stood then"},
};

} // namespace

std::string_view log_words(std::string_view action)
{
    for (const auto& [code, words] : words_of_the_log)
        if (code == action) return words;
    return {};
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}

std::span<const std::string_view> clock_files()
{
    return clocks_of_placements;
}

casework::Whose whose_placements(accounts::Role role)
{
    return role == EDT ? casework::Whose::desk : casework::Whose::asked_agency;
}

} // namespace reachable::placements
