// What an act about a flag notes, and who is told of it.
#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/flag.h"
#include "capabilities/flags/standing.h"
#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::flags {
namespace {

using accounts::Role;

bool is_given(const Context& context, std::string_view field)
{
    const auto* value = context.asked.find(field);
    return value != nullptr && !value->is_null();
}

/// Left empty, the review is due when the catalogue says it is at the latest.
void note_review_day(Flag& flag, const Context& context)
{
    if (is_given(context, "review_on")) return;
    const auto day = clocks::london_day(context.now);
    const auto* code = find_in_catalogue(context.desk.lists, flag.code, day);
    flag.review_on = latest_review(code != nullptr ? *code : Code{}, day);
}

/// Who decides at the organisation that owns it: an inspector, a duty manager, a supervisor.
void tell_the_owner(const Flag& flag, Context& context, std::string_view notice)
{
    using enum accounts::AgencyKind;
    const auto owner = accounts::find_agency(context.transaction, flag.owner);
    const auto kind = owner ? owner->kind : charity;
    const auto role = kind == police_force ? Role::INSP : kind == local_authority ? Role::LADM : Role::SUPV;
    context.notices.push_back({.code = std::string(notice), .role = role});
}

/// Whoever proposed it, in the role in which they did.
void tell_the_proposer(const Flag& flag, Context& context, std::string_view notice)
{
    if (const auto role = accounts::role_from(flag.proposed_as))
        context.notices.push_back({.code = std::string(notice), .role = *role});
}

void note_who_wrote_it_down(Flag& flag, const Context& context)
{
    for (auto& said : flag.child_said) {
        if (said.at) continue;
        said.by = context.session.worker;
        said.at = context.now;
    }
}

void note_end_of_dispute(Flag& flag, const Context& context)
{
    if (flag.is_disputed()) flag.dispute_answered_at = context.now;
}

} // namespace

Result<> note_proposal(Flag& flag, const Flag&, Context& context)
{
    flag.owner = context.session.agency;
    flag.owner_team = context.session.team;
    flag.proposed_by = context.session.worker;
    flag.proposed_as = accounts::code_of(context.session.role);
    flag.proposed_at = context.now;
    note_review_day(flag, context);
    note_who_wrote_it_down(flag, context);
    tell_the_owner(flag, context, "flag.proposed");
    context.writes.push_back(
        [worker = flag.proposed_by, id = context.case_id, now = context.now](storage::Transaction& transaction) {
            remember_proposer(transaction, worker, id, now);
        });
    return {};
}

Result<> note_setting(Flag& flag, const Flag&, Context& context)
{
    flag.is_set_by_service = true;
    flag.proposed_at = context.now;
    flag.since = context.now;
    const auto day = clocks::london_day(context.now);
    const auto* code = find_in_catalogue(context.desk.lists, flag.code, day);
    if (code != nullptr && is_reviewed(*code)) flag.review_on = latest_review(*code, day);
    return {};
}

/// The service proposes and a person decides (G-03): nobody has said yet what the child knows of it.
Result<> note_raising(Flag& flag, const Flag&, Context& context)
{
    flag.child_told = "no";
    flag.child_told_why = "Proposed because of what is on record. Whoever decides on it says who tells the child";
    flag.proposed_at = context.now;
    note_review_day(flag, context);
    tell_the_owner(flag, context, "flag.proposed");
    return {};
}

Result<> note_clearing(Flag& flag, const Flag&, Context& context)
{
    flag.removed_at = context.now;
    note_end_of_dispute(flag, context);
    return {};
}

Result<> note_acceptance(Flag& flag, const Flag&, Context& context)
{
    if (!is_given(context, "decision_reason")) flag.decision_reason = {}; // of somebody else, who declined it
    flag.decided_by = context.session.worker;
    flag.decided_at = context.now;
    flag.since = context.now;
    // The day that the proposer named stands, as long as it lies ahead.
    if (!flag.review_on || *flag.review_on <= clocks::london_day(context.now)) note_review_day(flag, context);
    tell_the_proposer(flag, context, "flag.accepted");
    return {};
}

Result<> note_declining(Flag& flag, const Flag&, Context& context)
{
    flag.decided_by = context.session.worker;
    flag.decided_at = context.now;
    tell_the_proposer(flag, context, flag.appealed_at ? "flag.declined_again" : "flag.declined");
    return {};
}

Result<> note_appeal(Flag& flag, const Flag&, Context& context)
{
    flag.appealed_at = context.now;
    context.notices.push_back({.code = "flag.appealed", .role = Role::SUPV});
    tell_the_owner(flag, context, "flag.appealed");
    return {};
}

Result<> note_review(Flag& flag, const Flag&, Context& context)
{
    flag.reviewed_by = context.session.worker;
    flag.reviewed_at = context.now;
    note_review_day(flag, context);
    return {};
}

Result<> note_removal(Flag& flag, const Flag&, Context& context)
{
    flag.reviewed_by = context.session.worker;
    flag.reviewed_at = context.now;
    flag.removed_at = context.now;
    note_end_of_dispute(flag, context);
    tell_the_proposer(flag, context, "flag.removed");
    return {};
}

Result<> note_what_the_child_said(Flag& flag, const Flag& before, Context& context)
{
    // Sent twice, it was said once.
    const auto is_said = [](const ChildSaid& one, const ChildSaid& other) {
        return one.words == other.words && one.setting == other.setting && one.language == other.language;
    };
    if (!before.child_said.empty() && flag.child_said.size() > before.child_said.size() &&
        is_said(flag.child_said.back(), before.child_said.back()))
        return refuse(ProblemKind::out_of_order, "These words of the child are written down already",
                      "child_said-words");
    if (!is_given(context, "child_told_why")) flag.child_told_why.clear(); // of what was so before
    note_who_wrote_it_down(flag, context);
    return {};
}

/// Information governance sees what is disputed and nothing else of the child.
Result<> note_dispute(Flag& flag, const Flag&, Context& context)
{
    const auto label = context.desk.lists.label_of("flags.catalogue", flag.code);
    flag.disputed_text.words = flag.subject.empty() ? fmt::format("{}: {}", label, flag.plain_words)
                                                    : fmt::format("{} ({}): {}", label, flag.subject, flag.plain_words);
    flag.disputed_at = context.now;
    flag.dispute_answered_at.reset();
    flag.dispute_answer = {};
    context.notices.push_back({.code = "flag.disputed", .role = Role::IGOV});
    tell_the_owner(flag, context, "flag.disputed");
    return {};
}

Result<> note_answer_to_the_dispute(Flag& flag, const Flag&, Context& context)
{
    const bool is_kept = context.next_state == active;
    if (!is_kept) flag.removed_at = context.now;
    note_end_of_dispute(flag, context);
    tell_the_owner(flag, context, is_kept ? "flag.kept" : "flag.removed");
    tell_the_proposer(flag, context, is_kept ? "flag.kept" : "flag.removed");
    return {};
}

} // namespace reachable::flags
