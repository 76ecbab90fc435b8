// Who decides about a flag of an adult or a place, and what each act notes.
#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/concern.h"
#include "capabilities/flags/concerns.h"
#include "capabilities/flags/flag.h"
#include "clocks/london.h"

#include <algorithm>
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

/// 4.C, "plain reason (text <= 200)": letters as a person counts them.
bool is_too_long(std::string_view text)
{
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }) >
           static_cast<std::ptrdiff_t>(most_of_the_words);
}

/// What both ways of proposing one have alike.
Result<> note_that_it_is_proposed(Concern& concern, casework::Context& context)
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

void tell_the_force(casework::Context& context, std::string_view notice, std::initializer_list<accounts::Role> roles)
{
    for (const auto role : roles) context.notices.push_back({.code = std::string(notice), .role = role});
}

/// Whatever ends it answers the dispute: it is information governance's no more.
void note_end_of_dispute_about(Concern& concern, const casework::Context& context)
{
    if (concern.is_disputed()) concern.dispute_answered_at = context.now;
}

} // namespace

/// Who proposes, and "evidence", by the catalogue; one place is flagged once.
Result<> may_be_proposed_by_hand(const Concern& concern, const casework::Context& context)
{
    const auto* code = find_in_catalogue(context.desk.lists, concern.code, clocks::london_day(context.now));
    Problems problems;
    if (code == nullptr || !is_of_others(*code))
        problems.push_back({malformed, "This flag is of a child: propose it on the child's page", "code"});
    else if (!is_proposed_by(*code, context.session.role, false))
        problems.push_back({malformed, "This flag follows from what is on record: nobody sets it by hand", "code"});
    else if (needs_evidence(*code) && concern.evidence.words.empty())
        problems.push_back({missing, "Say what shows it: this flag does not stand without", "evidence"});
    if (is_too_long(concern.plain_words))
        problems.push_back({too_large,
                            fmt::format("Say it in {} letters or fewer: it is read in a hurry", most_of_the_words),
                            "plain_words"});
    const bool is_of_place = is_of_places(context.desk, concern.code, context.now);
    if (is_of_place && !says_which_place(concern.subject))
        problems.push_back(
            {malformed, "Say which place it is, with a house number or in three words at least", "subject"});
    if (is_flagged_already(context.desk, context.transaction, context.session.agency, concern.code, concern.subject,
                           context.now))
        problems.push_back({out_of_order, "This place is flagged so already, or the flag is proposed", "subject"});
    if (!problems.empty()) return refuse(std::move(problems));
    return a_person_decides_on_it(concern, context);
}

/// G-03, P9: whoever proposes does not decide.
Result<> somebody_else_decides_on_it(const Concern& concern, const casework::Context& context)
{
    if (!concern.proposed_by.is_none() && concern.proposed_by == context.session.worker)
        return refuse(withheld, "Somebody else decides: you proposed it yourself");
    return a_person_decides_on_it(concern, context);
}

Result<> a_person_answers_about_it(const Concern&, const casework::Context& context)
{
    if (!accounts::is_machine(context.transaction, context.session.worker)) return {};
    return refuse(withheld, "A person decides about a flag, not another system");
}

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
    return note_that_it_is_proposed(concern, context);
}

Result<> note_concern_by_hand(Concern& concern, const Concern&, casework::Context& context)
{
    concern.owner = context.session.agency;
    concern.owner_team = context.session.team;
    concern.proposed_by = context.session.worker;
    return note_that_it_is_proposed(concern, context);
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
    if (concern.is_disputed()) tell_the_force(context, "concern.removed", {accounts::Role::IGOV});
    note_end_of_dispute_about(concern, context);
    return {};
}

/// As of a child's flag: information governance sees what is disputed, and nothing else of it.
Result<> note_concern_disputed(Concern& concern, const Concern&, casework::Context& context)
{
    using enum accounts::Role;
    concern.disputed_text.words =
        fmt::format("{} ({}): {}", context.desk.lists.label_of("flags.catalogue", concern.code), concern.subject,
                    concern.plain_words);
    concern.disputed_at = context.now;
    concern.dispute_answered_at.reset();
    concern.dispute_answer = {};
    tell_the_force(context, "concern.disputed", {IGOV, DISR, INSP});
    return {};
}

Result<> note_concern_answered(Concern& concern, const Concern&, casework::Context& context)
{
    using enum accounts::Role;
    const bool is_kept = context.next_state == active;
    if (!is_kept) concern.removed_at = context.now;
    note_end_of_dispute_about(concern, context);
    tell_the_force(context, is_kept ? "concern.kept" : "concern.removed", {DISR, INSP, MPC});
    return {};
}

} // namespace reachable::flags
