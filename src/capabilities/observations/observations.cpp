#include "capabilities/observations/observations.h"

#include <utility>

namespace reachable::observations {
namespace {

constexpr lists::ListFile list_files[] = {
    {"observations.precisions", "observations/precisions.csv"},
    {"observations.kinds", "observations/kinds.csv"},
    {"observations.how_known", "observations/how_known.csv"},
    {"observations.witness", "observations/witness.csv"},
    {"observations.additions", "observations/additions.csv"},
    {"observations.assessments", "observations/assessments.csv"},
    {"observations.helped", "observations/helped.csv"},
};

constexpr std::string_view clocks_of_observations[] = {"observations/clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_the_log[] = {
    {"observation.submit", "wrote down what they saw or heard of the child"},
    {"observation.add", "added to what they saw or heard of the child"},
    {"observation.acknowledge", "said that the police have an observation about the child"},
    {"observation.assess", "assessed what a partner saw or heard of the child"},
    {"observation.feed_back", "told an observer whether it helped"},
    {"look:observation.observation", "read what a partner saw or heard of the child"},
    {"look:observation.mine", "saw their team's own observation of the child in a list"},
    {"look:observation.queue", "saw an observation of the child in a list"},
    {"look:observation.notice", "was told of an observation of the child"},
    {"look:observation.record", "read all that is recorded of an observation"},
    {"look:observation.form", "opened a form about an observation"},
    {"look:observation.api", "read an observation through another system"},
    {"look:observation.page", "read of an observation on the child's page"},
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
    return clocks_of_observations;
}

} // namespace reachable::observations
