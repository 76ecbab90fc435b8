#include "capabilities/encounters/encounters.h"

#include "base/text.h"
#include "capabilities/encounters/prompts.h"

#include <algorithm>
#include <utility>

namespace reachable::encounters {
namespace {

constexpr lists::ListFile list_files[] = {
    {"encounters.kinds", "encounters/kinds.csv"},
    {"encounters.precisions", "encounters/precisions.csv"},
    {"encounters.distances", "encounters/distances.csv"},
    {"encounters.areas", "encounters/areas.csv"},
    {"encounters.company", "encounters/company.csv"},
    {"encounters.companion_ages", "encounters/companion_ages.csv"},
    {"encounters.relations", "encounters/relations.csv"},
    {"encounters.signs", "encounters/signs.csv"},
    {"encounters.whereabouts", "encounters/whereabouts.csv"},
    {"encounters.considered", "encounters/considered.csv"},
    {"encounters.results", "encounters/results.csv"},
    {"encounters.prompts", "encounters/prompts.csv"},
};

constexpr std::string_view clocks_of_encounters[] = {"encounters/clocks.csv"};

using Word = std::pair<std::string_view, std::string_view>;

constexpr Word words_of_log[] = {
    {"encounter.record", "recorded that the police met the child"},
    {"encounter.add", "added to what the police recorded of meeting the child"},
    {"encounter.consider", "decided whether to refer the child to the National Referral Mechanism"},
    {"encounter.answer", "said what children's services do next for the child"},
    {"encounter.not_ours", "said that the child is another authority's"},
    {"encounter.close", "closed an encounter with the child"},
    {"encounter.correct", "corrected what was recorded of an encounter"},
    {"look:encounter.encounter", "read what the police recorded of meeting the child"},
    {"look:encounter.queue", "saw an encounter with the child in a list"},
    {"look:encounter.notice", "was told of an encounter with the child"},
    {"look:encounter.record", "read all that is recorded of an encounter"},
    {"look:encounter.form", "opened a form about an encounter"},
    {"look:encounter.api", "read an encounter through another system"},
    {"look:encounter.page", "read of an encounter on the child's page"},
};

std::string_view meaning_of(std::string_view code, std::span<const Word> table)
{
    for (const auto& [its_code, words] : table)
        if (its_code == code) return words;
    return {};
}

/// Why an adult or a place is flagged, without a word of the child.
std::string_view words_around(std::string_view code)
{
    return code == "POC"
               ? "The police met a child with them to whom they are not related, and saw goods, a debt or control"
               : "The police found a child there with an adult who is not related, and drugs, phones, cash or weapons";
}

} // namespace

std::string_view log_words(std::string_view action)
{
    return meaning_of(action, words_of_log);
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}

std::span<const std::string_view> clock_files()
{
    return clocks_of_encounters;
}

Follows what_follows(const casework::Desk& desk, storage::Transaction& transaction, const casework::CaseHead& encounter)
{
    const auto stood_at = [&](std::int64_t version) {
        const auto loaded = casework::load_version(transaction, encounter_type(), encounter.id, version);
        return loaded ? *static_cast<const Encounter*>(loaded->facts.get()) : Encounter{};
    };
    const auto before = encounter.version > 1 ? stood_at(encounter.version - 1) : Encounter{};
    const auto now = stood_at(encounter.version);
    Follows follows{.needs_support = is_a_reachable_moment(now) && !is_a_reachable_moment(before),
                    .is_at_risk = is_at_risk(now)};
    follows.needs_support = follows.needs_support || (is_at_risk(now) && !is_at_risk(before));
    const auto proposed = flags_proposed_by(before);
    for (const auto code : flags_proposed_by(now))
        if (std::ranges::find(proposed, code) == proposed.end()) follows.flags.push_back(code);
    const auto around_before = concerns_proposed_by(before);
    for (const auto& one : concerns_proposed_by(now))
        if (std::ranges::find(around_before, one) == around_before.end())
            follows.around.push_back({one.code, one.subject, words_around(one.code)});
    follows.place = now.place;
    follows.is_away_from_home = is_away_from_home(now);
    follows.met_at = now.met_at;
    follows.distance = now.distance;
    follows.signs = now.signs;
    std::vector<std::string> words;
    for (const auto code : prompts_of(now)) words.emplace_back(desk.lists.label_of("encounters.prompts", code));
    follows.because = "The police met the child. " + join(words, "; ");
    return follows;
}

} // namespace reachable::encounters
