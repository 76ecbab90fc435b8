#include "capabilities/matching/matching.h"

namespace reachable::matching {
namespace {

constexpr lists::ListFile list_files[] = {
    {"matching.found_by", "matching/found_by.csv"},
    {"matching.proofs", "matching/proofs.csv"},
    {"matching.decisions", "matching/decisions.csv"},
};

constexpr std::string_view clocks_of_matching[] = {"matching/clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_notices[] = {
    {"same-person.in_custody", "A child in custody may be on record twice. Decide within the hour."},
    {"same-person.to_confirm",
     "Two records whose identifiers contradict each other are to be joined. A second person confirms."},
    {"same-person.joined", "Two records were decided to be one child."},
    {"same-person.undo_proposed",
     "Somebody says that two records were joined or kept apart wrongly. Another person decides."},
    {"same-person.undone", "A decision about two records was undone."},
    {"same-person.parted", "What you looked at was shown with another child's record, and has been parted. Look again "
                           "at what you relied on."},
};

} // namespace

std::string_view notice_words(std::string_view code)
{
    for (const auto& [its_code, words] : words_of_notices)
        if (its_code == code) return words;
    return {};
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}
std::span<const std::string_view> clock_files()
{
    return clocks_of_matching;
}

} // namespace reachable::matching
