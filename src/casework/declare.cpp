#include "casework/declare.h"

#include <algorithm>

namespace reachable::casework {
namespace {

template <class Items>
auto find_named(const Items& items, std::string_view name) -> decltype(items.data())
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.name == name; });
    return found == items.end() ? nullptr : &*found;
}

} // namespace

notices::Addressee Heading::side(bool is_partner) const
{
    if (is_partner) return {.agency = partner, .team = partner_team};
    return {.agency = agency, .team = team};
}

const Action* CaseType::find_action(std::string_view action) const
{
    return find_named(actions, action);
}
const Field* CaseType::find_field(std::string_view field) const
{
    return find_named(fields, field);
}
const Part* CaseType::find_part(std::string_view part) const
{
    return find_named(parts, part);
}

const Field* Part::find_field(std::string_view field) const
{
    return find_named(fields, field);
}

bool CaseType::is_open(std::string_view state) const
{
    return std::find(open_states.begin(), open_states.end(), state) != open_states.end();
}

bool CaseType::may_be_corrected(std::string_view field) const
{
    auto excepted = not_correctable;
    while (const auto one = next_ask(excepted))
        if (one->name == field) return false;
    return find_field(field) != nullptr;
}

FieldClass class_of(const Part& part, const void* item)
{
    if (part.held != nullptr) return part.held(item);
    FieldClass closest = part.fields.front().held;
    for (const auto& field : part.fields)
        if (field.held.label > closest.label) closest = field.held;
    return closest;
}

std::vector<Ask> asks_of(const Action& action)
{
    std::vector<Ask> all;
    auto rest = action.asks;
    while (const auto ask = next_ask(rest)) all.push_back(*ask);
    return all;
}

} // namespace reachable::casework
