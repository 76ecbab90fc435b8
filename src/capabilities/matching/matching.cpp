#include "capabilities/matching/matching.h"

namespace reachable::matching {
namespace {

constexpr lists::ListFile list_files[] = {
    {"matching.found_by", "matching/found_by.csv"},
    {"matching.proofs", "matching/proofs.csv"},
    {"matching.decisions", "matching/decisions.csv"},
    {"identity.identifier_kinds", "identity/identifier_kinds.csv"},
};

constexpr std::string_view clocks_of_matching[] = {"matching/clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_log[] = {
    {"same-person.open", "asked whether this child is on record twice"},
    {"same-person.hurry", "noted that one of two records is of a child in custody"},
    {"same-person.look_again", "asked again whether two records are one child"},
    {"same-person.same", "decided that two records are one child"},
    {"same-person.confirm_same", "confirmed that two records are one child"},
    {"same-person.different", "decided that two records are of different children"},
    {"same-person.cannot_tell", "could not tell whether two records are one child"},
    {"same-person.propose_undo", "proposed to undo a decision about two records"},
    {"same-person.confirm_undo", "undid a decision about two records"},
    {"same-person.keep_joined", "kept a decision about two records"},
    {"look:child.questions", "looked whether the child is on record twice"},
    {"look:same-person.comparison", "compared two records"},
    {"look:same-person.queue", "saw the child in a list"},
    {"look:same-person.notice", "was told of two records"},
    {"look:same-person.record", "read the whole record of a question"},
    {"look:same-person.form", "opened a form about two records"},
};

std::string_view words_in(std::span<const std::pair<std::string_view, std::string_view>> table, std::string_view code)
{
    for (const auto& [its_code, words] : table)
        if (its_code == code) return words;
    return {};
}

} // namespace

std::string_view log_words(std::string_view action)
{
    return words_in(words_of_log, action);
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
