// A policy with more rules than the shipped one, for the benchmarks of what rules cost.
#pragma once

#include "policy/text_policy.h"

#include <fmt/format.h>

namespace reachable::bench {

/// Rules repeated under other numbers, from those that `is_pattern` chooses, until there are `count`.
template <class Choice>
policy::PolicyText with_rules(policy::PolicyText text, std::size_t count, Choice is_pattern)
{
    auto patterns = text.allows;
    std::erase_if(patterns, [&](const policy::AllowRule& rule) { return !is_pattern(rule); });
    const auto others = text.limits.size() + text.forbids.size() + text.break_glass.size();
    for (std::size_t i = 0; text.allows.size() + others < count; ++i) {
        auto rule = patterns[i % patterns.size()];
        rule.id = fmt::format("X{}", i);
        if (i % 4 != 0) rule.relationships = static_cast<policy::Relationship>(i % 4);
        text.allows.push_back(rule);
    }
    return text;
}

} // namespace reachable::bench
