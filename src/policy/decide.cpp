// Reading the rules: allow rows open, limits cut, labels cap, forbids end it.
#include "policy/rules.h"

#include <algorithm>

namespace reachable::policy {

namespace {

bool fits_task(const Allow& row, const Request& request)
{
    return row.roles.has(request.role) && row.kinds.has(request.agency_kind) && has_word(row.actions, request.action) &&
           has_word(row.purposes, request.purpose);
}

bool fits_relationship(const Allow& row, const Request& request)
{
    return row.needs_one_of.is_empty() ||
           std::ranges::any_of(request.relationships, [&](Relationship one) { return row.needs_one_of.has(one); });
}

/// A label that is no label is above every ceiling, and `sealed` is above every row.
bool is_under(Label label, Label ceiling)
{
    return label >= Label::open && label <= ceiling && label < Label::sealed;
}

Show shown_by(const Allow& row, const FieldClass& field)
{
    if (!is_under(field.label, row.up_to)) return Show::hide;
    if (row.view.whole.has(field.category)) return Show::show;
    return row.view.summary.has(field.category) ? Show::generalise : Show::hide;
}

void note(Decision& decision, std::string_view id, std::string_view sentence)
{
    const bool is_noted = std::ranges::find(decision.rules, id) != decision.rules.end();
    if (!id.empty() && !is_noted) decision.rules.emplace_back(id);
    if (!sentence.empty()) decision.reasons.emplace_back(sentence);
}

/// Why no row allowed it, as far as the person can do something about it.
std::string_view why_nothing_allows(const Rules& rules, const Request& request)
{
    if (request.purpose.empty()) return "Choose what you need this for";
    const bool needs_relationship =
        std::ranges::any_of(rules.allows, [&](const Allow& row) { return fits_task(row, request); });
    if (needs_relationship) return "The records show no present link between your work and this child";
    return "Your role does not do this for the purpose you chose";
}

void add_obligations(Obligations& obligations, const Allow& row)
{
    for (int number = 0; number < 64; ++number) {
        const auto role = static_cast<accounts::Role>(number);
        const bool is_told = std::ranges::find(obligations.tell, role) != obligations.tell.end();
        if (row.tell.has(role) && !is_told) obligations.tell.push_back(role);
    }
    std::ranges::sort(obligations.tell);
    if (!row.expires_after) return;
    obligations.expires_after = std::min(obligations.expires_after.value_or(*row.expires_after), *row.expires_after);
}

/// The union of what the rows show.
void open_fields(Decision& decision, const Allow& row, const Request& request)
{
    for (std::size_t i = 0; i < request.fields.size(); ++i)
        decision.fields[i] = std::max(decision.fields[i], shown_by(row, request.fields[i]));
}

void cut_fields(Decision& decision, const Limit& limit, const Request& request)
{
    if (limit.is_lifted(request)) return;
    bool is_used = false;
    for (std::size_t i = 0; i < request.fields.size(); ++i) {
        if (!limit.categories.has(request.fields[i].category)) continue;
        const Show cut = std::min(decision.fields[i], limit.at_most);
        is_used = is_used || cut != decision.fields[i];
        decision.fields[i] = cut;
    }
    if (is_used) note(decision, limit.id, limit.sentence);
}

bool is_forbidden(Decision& decision, const Rules& rules, const Request& request)
{
    bool is_any = false;
    for (const Forbid& row : rules.forbids) {
        if (!row.applies(request)) continue;
        note(decision, row.id, row.sentence);
        is_any = true;
    }
    return is_any;
}

void say_what_is_hidden(Decision& decision)
{
    const bool is_any_hidden = std::ranges::find(decision.fields, Show::hide) != decision.fields.end();
    const bool is_any_summary = std::ranges::find(decision.fields, Show::generalise) != decision.fields.end();
    if (is_any_hidden) note(decision, {}, "Your role and purpose do not show all of this");
    if (is_any_summary) note(decision, {}, "Some of this is shown to you as a summary");
}

void allow(Decision& decision, const Rules& rules, const Request& request)
{
    for (const Allow& row : rules.allows) {
        if (!fits_task(row, request) || !fits_relationship(row, request)) continue;
        decision.is_allowed = true;
        note(decision, row.id, {});
        open_fields(decision, row, request);
        add_obligations(decision.obligations, row);
    }
    if (!decision.is_allowed) return note(decision, {}, why_nothing_allows(rules, request));
    for (const Limit& limit : rules.limits) cut_fields(decision, limit, request);
    say_what_is_hidden(decision);
    if (request.is_sealed) decision.obligations.tell.push_back(accounts::Role::IGOV);
}

} // namespace

Decision decide(const Rules& rules, const Request& request)
{
    Decision decision;
    decision.fields.assign(request.fields.size(), Show::hide);
    if (!is_forbidden(decision, rules, request)) allow(decision, rules, request);
    std::ranges::sort(decision.rules);
    std::ranges::sort(decision.reasons);
    return decision;
}

} // namespace reachable::policy
