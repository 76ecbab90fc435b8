#include "policy/text_policy.h"

#include <algorithm>

namespace reachable::policy {

namespace {

/// Calls `body` for the place of every rule of a set, in the order of the rules' numbers.
template <class Body>
void for_each_rule(const RuleBits& rules, Body body)
{
    for (auto place = rules._Find_first(); place < rules.size(); place = rules._Find_next(place)) body(place);
}

void tell_why_denied(Decision& decision, const Compiled& compiled, const Outcome& outcome, const Request& request)
{
    if (outcome.is_forbidden)
        return for_each_rule(outcome.used, [&](std::size_t place) {
            decision.rules.push_back(compiled.id_of(place));
            decision.reasons.push_back(compiled.sentence_of(place));
        });
    if (outcome.lacks_means)
        decision.reasons.emplace_back(
            "What must be done when this is shown cannot be done at the moment. Try again later");
    else if (request.purpose.empty())
        decision.reasons.emplace_back("Choose what you need this for");
    else if (outcome.fits_task)
        decision.reasons.emplace_back("The records show no present link between your work and this child");
    else
        decision.reasons.emplace_back("Your role does not do this for the purpose you chose");
}

/// Limits that show a field less than the allows would.
RuleBits limits_used(const Compiled& compiled, const Outcome& outcome, const Request& request)
{
    RuleBits used;
    for_each_rule(outcome.limits, [&](std::size_t place) {
        const auto [categories, at_most] = compiled.cut_of(place);
        for (const auto& field : request.fields)
            if (outcome.opened.of(field) > at_most && ((categories >> static_cast<unsigned>(field.category)) & 1U) != 0)
                used.set(place);
    });
    return used;
}

void show_fields(Decision& decision, const Outcome& outcome, const Request& request)
{
    bool is_any_hidden = false;
    bool is_any_summary = false;
    for (std::size_t i = 0; i < request.fields.size(); ++i) {
        decision.fields[i] = outcome.seen.of(request.fields[i]);
        is_any_hidden = is_any_hidden || decision.fields[i] == Show::hide;
        is_any_summary = is_any_summary || decision.fields[i] == Show::generalise;
    }
    if (is_any_hidden) decision.reasons.emplace_back("Your role and purpose do not show all of this");
    if (is_any_summary) decision.reasons.emplace_back("Some of this is shown to you as a summary");
}

Obligations obligations_of(const Outcome& outcome)
{
    Obligations obligations;
    for (std::size_t role = 0; role < role_count; ++role) {
        if (outcome.tell_within[role] < 0) continue;
        obligations.tell.push_back(static_cast<accounts::Role>(role));
        obligations.tell_within.emplace_back(outcome.tell_within[role]);
    }
    if (outcome.expire_after >= 0) obligations.expires_after = std::chrono::seconds{outcome.expire_after};
    if (outcome.review_within_working_days >= 0)
        obligations.review_within_working_days = outcome.review_within_working_days;
    return obligations;
}

} // namespace

TextPolicy::TextPolicy(PolicyText text) : text_(std::move(text)), compiled_(text_), hash_(hash_of(text_))
{
    for (const auto& line : text_.purposes)
        if (!line.legal_basis.empty()) purposes_.push_back({line.code, line.title, line.legal_basis});
}

Result<std::unique_ptr<TextPolicy>> TextPolicy::read(std::string_view text)
{
    return std::make_unique<TextPolicy>(TRY(read_policy(text)));
}

Decision TextPolicy::decide(const Request& request) const
{
    Decision decision;
    decision.fields.assign(request.fields.size(), Show::hide);
    const auto outcome = compiled_.decide(compiled_.situation_of(request));
    decision.is_allowed = outcome.is_allowed;
    if (!outcome.is_allowed) {
        tell_why_denied(decision, compiled_, outcome, request);
    } else {
        const auto limits = limits_used(compiled_, outcome, request);
        decision.rules.reserve(outcome.used.count() + limits.count());
        for_each_rule(outcome.used | limits,
                      [&](std::size_t place) { decision.rules.push_back(compiled_.id_of(place)); });
        for_each_rule(limits, [&](std::size_t place) { decision.reasons.push_back(compiled_.sentence_of(place)); });
        show_fields(decision, outcome, request);
        decision.obligations = obligations_of(outcome);
    }
    std::ranges::sort(decision.reasons);
    return decision;
}

std::vector<Purpose> TextPolicy::purposes_of(accounts::Role role) const
{
    std::vector<Purpose> open;
    for (const auto& purpose : purposes_)
        if (std::ranges::any_of(text_.allows, [&](const AllowRule& rule) {
                return rule.roles.has(role) && std::ranges::find(rule.purposes, purpose.code) != rule.purposes.end();
            }))
            open.push_back(purpose);
    return open;
}

std::string TextPolicy::explain(std::string_view rule_id) const
{
    for (std::size_t place = 0; place < compiled_.rule_count(); ++place)
        if (compiled_.id_of(place) == rule_id) return compiled_.sentence_of(place);
    return "No rule of this policy has that name";
}

std::set<Relationship> TextPolicy::live(std::span<const Link> links, UtcTime now, bool is_clock_sure) const
{
    std::set<Relationship> holding;
    for (const auto& link : links) {
        const auto* line = text_.find_relationship(link.relationship);
        if (line == nullptr) continue;
        const bool is_bar = link.relationship == Relationship::linked;
        const bool has_begun = link.since <= now;
        const bool is_past = link.ended_at && now >= *link.ended_at + line->lasts;
        const bool holds =
            is_bar ? !(is_clock_sure && is_past) : has_begun && !is_past && (is_clock_sure || !link.ended_at);
        if (holds) holding.insert(link.relationship);
    }
    return holding;
}

} // namespace reachable::policy
