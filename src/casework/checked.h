// The proof of a declaration at compile time. A broken table stops the build with one of the sentences below.
#pragma once

#include "casework/declare.h"

#include <algorithm>

namespace reachable::casework {
namespace detail {

constexpr bool has_name(const auto& rows, std::string_view name)
{
    return std::ranges::any_of(rows, [&](const auto& row) { return row.name == name; });
}

constexpr bool has_state(const CaseType& type, std::string_view state)
{
    return std::ranges::find(type.states, state) != type.states.end();
}

constexpr void check_names_differ(auto&& items)
{
    for (std::size_t i = 0; i < items.size(); ++i)
        for (std::size_t j = i + 1; j < items.size(); ++j)
            if (items[i].name == items[j].name) throw "two rows of one table have the same name";
}

constexpr void check_actions(const CaseType& type)
{
    if (std::ranges::none_of(type.actions, [](const Action& action) { return action.opens(); }))
        throw "a kind of case that nothing opens";
    for (const auto& action : type.actions) {
        if (action.from.count == 0 || action.to.count == 0)
            throw "an action needs a state it comes from and one it leads to";
        if (action.who.count == 0) throw "an action that nobody may do";
        if (action.title.empty()) throw "an action without words for its button";
        for (const auto state : action.from)
            if (state != nothing_yet && !has_state(type, state)) throw "an action comes from an undeclared state";
        for (const auto state : action.to)
            if (state != same_state && !has_state(type, state)) throw "an action leads to an undeclared state";
        if (action.opens() && action.to.has(same_state)) throw "an action that opens a case must name the state";
        for (const auto& ask : asks_of(action))
            if (!has_name(type.fields, ask.name) && !has_name(type.parts, ask.name))
                throw "an action asks for an undeclared field";
    }
}

constexpr void check_states_are_reached(const CaseType& type)
{
    for (const auto state : type.states)
        if (std::ranges::none_of(type.actions, [&](const Action& action) { return action.to.has(state); }))
            throw "a state that no action leads to";
    for (const auto state : type.open_states)
        if (!has_state(type, state)) throw "an undeclared state is called open";
}

constexpr void check_clocks(const CaseType& type)
{
    for (const auto& clock : type.clocks) {
        if (clock.starts_on.count == 0) throw "a clock that nothing starts";
        if (clock.stops_on.count == 0) throw "a clock that nothing stops";
        if (clock.because.empty()) throw "a clock without its source";
        for (const auto* actions : {&clock.starts_on, &clock.stops_on, &clock.corrected_on})
            for (const auto name : *actions)
                if (!has_name(type.actions, name)) throw "a clock heeds an undeclared action";
    }
}

constexpr void check_parts(const CaseType& type)
{
    for (const auto& part : type.parts) {
        check_names_differ(part.fields);
        if (!part.key.empty() && !has_name(part.fields, part.key)) throw "the key of a part is not among its fields";
    }
}

} // namespace detail

consteval CaseType checked(CaseType type)
{
    if (type.name.empty() || type.title.empty()) throw "a case type without a name";
    detail::check_names_differ(type.fields);
    detail::check_names_differ(type.parts);
    detail::check_names_differ(type.actions);
    detail::check_actions(type);
    detail::check_states_are_reached(type);
    detail::check_clocks(type);
    detail::check_parts(type);
    for (const auto& excepted : asks_of(type.not_correctable))
        if (!detail::has_name(type.fields, excepted.name)) throw "an undeclared field is excepted from correction";
    return type;
}

} // namespace reachable::casework
