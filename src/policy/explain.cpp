#include "policy/explain.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::policy {

namespace {

std::string_view how(Show show)
{
    constexpr std::string_view words[] = {"hidden", "a summary", "masked", "whole"};
    return words[static_cast<std::size_t>(show)];
}

std::string_view known_word(std::int64_t number, Words words)
{
    return number >= 0 && number < static_cast<std::int64_t>(words.size()) ? words[static_cast<std::size_t>(number)]
                                                                           : std::string_view("unknown");
}

void add_duties(std::vector<std::string>& lines, const Obligations& obligations)
{
    Duties duties{.log = obligations.log,
                  .expire_after = obligations.expires_after,
                  .review_within_working_days = obligations.review_within_working_days};
    for (std::size_t i = 0; i < obligations.tell.size(); ++i)
        duties.notices.push_back({obligations.tell[i], obligations.tell_within[i]});
    lines.push_back("Then: " + print_duties(duties));
}

bool contains(const std::vector<std::string>& words, const std::string& word)
{
    return std::ranges::find(words, word) != words.end();
}

/// What an allow asks for and this request does not give; empty when the rule is about something else altogether.
std::vector<std::string> missing_for(const AllowRule& rule, const TextPolicy& policy, const Request& request)
{
    const bool is_supervisor = rule.or_their_supervisor && request.role == accounts::Role::SUPV;
    if (!contains(rule.actions, request.action) || !(rule.roles.has(request.role) || is_supervisor)) return {};
    std::vector<std::string> missing;
    if (!rule.roles.has(request.role) && !(request.supervised && rule.roles.has(*request.supervised)))
        missing.emplace_back("the role of those whose work is looked at");
    if (!rule.kinds.has(request.agency_kind)) missing.emplace_back("another kind of agency");
    if (!contains(rule.purposes, request.purpose))
        missing.push_back(fmt::format("the purpose {}", join(rule.purposes, " or ")));
    const bool is_related =
        rule.relationships.is_empty() ||
        std::ranges::any_of(request.relationships, [&](Relationship one) { return rule.relationships.has(one); });
    if (!is_related) {
        std::vector<std::string> words;
        for (std::size_t i = 0; i < relationship_count; ++i)
            if (rule.relationships.has(static_cast<Relationship>(i))) words.push_back(words_of_relationships()[i]);
        missing.push_back(fmt::format("one of these that holds now: {}", join(words, ", ")));
    }
    // When all else fits, what is left is the condition of the rule.
    const auto outcome = policy.compiled().decide(policy.compiled().situation_of(request));
    if (missing.empty() && !outcome.is_allowed && !rule.when.is_empty() && !outcome.is_forbidden)
        missing.push_back(fmt::format("that {} for certain", print_condition(rule.when)));
    return missing;
}

/// No rule would allow what a forbid denies.
void add_near_misses(std::vector<std::string>& lines, const TextPolicy& policy, const Request& request)
{
    if (policy.compiled().decide(policy.compiled().situation_of(request)).is_forbidden) return;
    for (const auto& rule : policy.text().allows)
        if (const auto missing = missing_for(rule, policy, request); !missing.empty())
            lines.push_back(fmt::format("{} would allow it, with {}", rule.id, join(missing, " and ")));
}

} // namespace

std::vector<std::string> explain(const TextPolicy& policy, const Request& request)
{
    const auto decision = policy.decide(request);
    std::vector<std::string> lines = {decision.is_allowed ? "Allowed." : "Denied."};
    for (const auto& rule : decision.rules) lines.push_back(fmt::format("{}: {}", rule, policy.explain(rule)));
    for (const auto& reason : decision.reasons) {
        const bool is_of_rule = std::ranges::any_of(
            decision.rules, [&](const std::string& rule) { return policy.explain(rule) == reason; });
        if (!is_of_rule) lines.push_back(reason);
    }
    for (std::size_t i = 0; i < request.fields.size() && decision.is_allowed; ++i) {
        const auto& field = request.fields[i];
        lines.push_back(fmt::format(
            "{} that is {}: {}", known_word(static_cast<std::int64_t>(field.category), words_of_categories()),
            known_word(static_cast<std::int64_t>(field.label), words_of_labels()), how(decision.fields[i])));
    }
    if (decision.is_allowed) add_duties(lines, decision.obligations);
    if (!decision.is_allowed) add_near_misses(lines, policy, request);
    lines.push_back("Policy " + policy.hash());
    return lines;
}

} // namespace reachable::policy
