// The codes and titles of categories, labels and relationships.
#include "policy/policy.h"

#include <array>

namespace reachable::policy {

namespace {

struct Words {
    std::string_view code;
    std::string_view title;
};

// In the order of the enumerators.
constexpr std::array<Words, category_count> categories = {{
    {"id_core", "identity"},
    {"address", "address"},
    {"safety_summary", "safety summary"},
    {"health", "health"},
    {"social_care", "social care"},
    {"missing", "times missing"},
    {"interview_text", "return home interviews"},
    {"intelligence", "intelligence"},
    {"custody", "custody"},
    {"referral", "referrals as a possible victim"},
    {"crime", "crime"},
    {"observation", "observations by partners"},
    {"meeting", "meetings"},
    {"disruption", "disruption"},
    {"statistics", "statistics"},
    {"administration", "administration"},
}};
constexpr std::array<std::string_view, 5> labels = {"open", "personal", "sensitive", "restricted", "sealed"};
constexpr std::array<std::string_view, relationship_count> relationships = {
    "detaining", "duty-desk", "allocated", "searching", "own-agency", "linked", "attending", "enquiry"};

/// The word at an enumerator's place; "unknown" for a number that is no enumerator.
template <std::size_t count>
std::string_view at(const std::array<std::string_view, count>& words, int index)
{
    return index >= 0 && index < static_cast<int>(count) ? words[static_cast<std::size_t>(index)] : "unknown";
}

Words words_of(Category category)
{
    const auto index = static_cast<int>(category);
    if (index < 0 || index >= static_cast<int>(category_count)) return {"unknown", "unknown"};
    return categories[static_cast<std::size_t>(index)];
}

} // namespace

std::string_view code_of(Category category)
{
    return words_of(category).code;
}

std::string_view title_of(Category category)
{
    return words_of(category).title;
}

std::string_view code_of(Label label)
{
    return at(labels, static_cast<int>(label));
}

std::string_view code_of(Relationship relationship)
{
    return at(relationships, static_cast<int>(relationship));
}

} // namespace reachable::policy
