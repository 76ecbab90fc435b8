// Who decides about a flag of an adult or a place, and what each act notes.
#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/concern.h"
#include "capabilities/flags/concerns.h"
#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::flags {
namespace {

using enum ProblemKind;

CivilDate latest_review_of(const Concern& concern, CivilDate today, const lists::DatedLists& lists)
{
    const auto* code = find_in_catalogue(lists, concern.code, today);
    return latest_review(code != nullptr ? *code : Code{}, today);
}

bool names_a_review_day(const casework::Context& context)
{
    const auto* given = context.asked.find("review_on");
    return given != nullptr && !given->is_null();
}

void set_review_day(Concern& concern, const casework::Context& context)
{
    if (!names_a_review_day(context))
        concern.review_on = latest_review_of(concern, clocks::london_day(context.now), context.desk.lists);
}

} // namespace

/// G-03: "a named human makes and signs each decision"; 4.C: reviewed within the days of the catalogue.
Result<> a_person_decides_on_it(const Concern& concern, const casework::Context& context)
{
    if (accounts::is_machine(context.transaction, context.session.worker))
        return refuse(withheld, "A person decides about a flag, not another system");
    if (!names_a_review_day(context) || !concern.review_on) return {};
    const auto today = clocks::london_day(context.now);
    const auto latest = latest_review_of(concern, today, context.desk.lists);
    if (*concern.review_on <= today) return refuse(malformed, "The review must be on a day after today", "review_on");
    if (*concern.review_on > latest)
        return refuse(malformed, fmt::format("This flag is reviewed on {} at the latest", clocks::day_words(latest)),
                      "review_on");
    return {};
}

Result<> note_concern(Concern& concern, const Concern&, casework::Context& context)
{
    const auto* code = find_in_catalogue(context.desk.lists, concern.code, clocks::london_day(context.now));
    if (code == nullptr || !is_of_others(*code))
        return refuse(malformed, "This flag is of a child: propose it on the child's page", "code");
    concern.proposed_at = context.now;
    set_review_day(concern, context);
    for (const auto role : {accounts::Role::DISR, accounts::Role::INSP})
        context.notices.push_back({.code = "concern.proposed", .role = role});
    context.writes.push_back([owner = concern.owner, id = context.case_id](storage::Transaction& transaction) {
        remember_concern(transaction, owner, id);
    });
    return {};
}

Result<> note_concern_accepted(Concern& concern, const Concern&, casework::Context& context)
{
    concern.decided_by = context.session.worker;
    concern.decided_at = context.now;
    concern.since = context.now;
    set_review_day(concern, context);
    context.notices.push_back({.code = "concern.accepted", .role = accounts::Role::MPC});
    return {};
}

Result<> note_concern_declined(Concern& concern, const Concern&, casework::Context& context)
{
    concern.decided_by = context.session.worker;
    concern.decided_at = context.now;
    return {};
}

Result<> note_concern_reviewed(Concern& concern, const Concern&, casework::Context& context)
{
    concern.reviewed_by = context.session.worker;
    concern.reviewed_at = context.now;
    set_review_day(concern, context);
    return {};
}

Result<> note_concern_removed(Concern& concern, const Concern&, casework::Context& context)
{
    concern.reviewed_by = context.session.worker;
    concern.reviewed_at = context.now;
    concern.removed_at = context.now;
    return {};
}

} // namespace reachable::flags
