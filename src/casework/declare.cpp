#include "casework/declare.h"

#include <algorithm>

namespace reachable::casework {

notices::Addressee Heading::side(bool is_partner) const
{
    if (is_partner) return {.agency = partner, .team = partner_team};
    return {.agency = agency, .team = team};
}

std::vector<Action> CaseType::all_actions() const
{
    std::vector<Action> all(actions.begin(), actions.end());
    if (may_correct.count > 0)
        all.push_back({.name = correct_action,
                       .from = {},
                       .to = {same_state},
                       .who = may_correct,
                       .asks = {},
                       .title = "Correct",
                       .then = when_corrected});
    return all;
}
bool CaseType::may_be_corrected(std::string_view field) const
{
    return find_field(field) != nullptr && find_named(asks_of(not_correctable), field) == nullptr;
}

FieldClass class_of(const Part& part, const void* item)
{
    if (part.held != nullptr) return part.held(item);
    return std::ranges::max_element(part.fields, {}, [](const Field& field) { return field.held.label; })->held;
}

} // namespace reachable::casework
