// Deciding. Steps and order are those of the specification: forbid wins, allows add up, limits cut, ceilings cap,
// duties add up.
#include "policy/compiled.h"

#include <algorithm>

namespace reachable::policy {

namespace {

constexpr bool has_bit(std::uint64_t bits, int place)
{
    return place >= 0 && ((bits >> static_cast<unsigned>(place)) & 1U) != 0;
}

constexpr Told told(bool is_so)
{
    return is_so ? Told::yes : Told::no;
}

/// A set of places, and one that may be unknown.
constexpr Told is_among(std::uint64_t bits, int place)
{
    return place == nothing_known ? Told::unknown : told(has_bit(bits, place));
}

constexpr Told opposite(Told one)
{
    if (one == Told::unknown) return one;
    return one == Told::yes ? Told::no : Told::yes;
}

void cut(FieldView& view, std::uint16_t categories, Show at_most)
{
    const auto rest = static_cast<std::uint16_t>(~categories);
    for (auto& of_label : view.shown)
        for (auto& shown : of_label) {
            if (at_most < Show::show) shown.whole &= rest;
            if (at_most < Show::mask) shown.masked &= rest;
            if (at_most < Show::generalise) shown.generalised &= rest;
        }
}

} // namespace

Show FieldView::of(const FieldClass& field) const
{
    const auto category = static_cast<std::int64_t>(field.category);
    const auto label = static_cast<std::int64_t>(field.label);
    if (category < 0 || category >= static_cast<std::int64_t>(category_count)) return Show::hide;
    if (label < 0 || label >= static_cast<std::int64_t>(shown_labels)) return Show::hide;
    const std::size_t item =
        (field.supplied_by_own_agency == Told::yes ? 1U : 0U) + (field.released_to_agency == Told::yes ? 2U : 0U);
    const auto& at = shown[static_cast<std::size_t>(label)][item];
    const auto bit = 1U << static_cast<unsigned>(category);
    if ((at.whole & bit) != 0) return Show::show;
    if ((at.masked & bit) != 0) return Show::mask;
    return (at.generalised & bit) != 0 ? Show::generalise : Show::hide;
}

bool Compiled::fits(const Bound& bound, const Situation& situation)
{
    const bool is_supervisor = bound.or_their_supervisor && situation.role == static_cast<int>(accounts::Role::SUPV) &&
                               has_bit(bound.roles, situation.supervised);
    return (is_supervisor || has_bit(bound.roles, situation.role)) && has_bit(bound.kinds, situation.kind) &&
           has_bit(bound.purposes, situation.purpose) && situation.action != nothing_known &&
           bound.actions[static_cast<std::size_t>(situation.action)];
}

Told Compiled::answer(const Question& question, const Situation& situation)
{
    const auto members = question.members;
    auto so = Told::unknown;
    switch (question.subject) {
    case Subject::purpose: so = told(has_bit(members, situation.purpose)); break;
    case Subject::role: so = is_among(members, situation.role); break;
    case Subject::kind: so = is_among(members, situation.kind); break;
    case Subject::action:
        so = told(situation.action != nothing_known && question.actions[static_cast<std::size_t>(situation.action)]);
        break;
    case Subject::relationship:
        if ((members & situation.relationships.bits()) != 0)
            so = Told::yes;
        else
            so = (members & situation.unsure.bits()) != 0 ? Told::unknown : Told::no;
        break;
    case Subject::record:
        if ((members & situation.marks.bits()) != 0)
            so = Told::yes;
        else
            so = (members & ~situation.not_marks.bits()) != 0 ? Told::unknown : Told::no;
        break;
    case Subject::second_factor:
        if (situation.second_factor_age >= 0) so = told(situation.second_factor_age <= question.within);
        break;
    }
    return question.is_not ? opposite(so) : so;
}

Told Compiled::answer(const Questions& questions, const Situation& situation, Told if_empty)
{
    if (questions.empty()) return if_empty;
    auto any = Told::no;
    for (const auto& group : questions) {
        auto all = Told::yes;
        for (const auto& question : group) {
            const auto one = answer(question, situation);
            if (one == Told::no) all = Told::no;
            if (one == Told::unknown && all == Told::yes) all = Told::unknown;
        }
        if (all == Told::yes) return Told::yes;
        if (all == Told::unknown) any = Told::unknown;
    }
    return any;
}

/// Whether this glass was broken and everything it needs is given. Never for a sealed record.
bool Compiled::is_broken(const Glass& glass, const Situation& situation)
{
    if (!situation.break_glass || !situation.not_marks.has(Mark::sealed)) return false;
    const auto age = situation.second_factor_age;
    const auto opened_ago = situation.break_glass->opened_ago.count();
    // The second factor is fresh when the record is opened; until it closes no further one is asked for.
    return fits(glass.bound, situation) && situation.break_glass->reason_characters >= glass.reason_characters &&
           age >= 0 && opened_ago >= 0 && opened_ago < glass.lasts && age - glass.second_factor_within <= opened_ago;
}

/// The highest ceiling of the glass that is broken here; nothing_known when none is.
int Compiled::ceiling_of_glass(const Situation& situation) const
{
    int ceiling = nothing_known;
    for (const auto& glass : glasses_)
        if (is_broken(glass, situation)) ceiling = std::max(ceiling, glass.up_to);
    return ceiling;
}

void Compiled::add_duties(Outcome& outcome, const Duties& duties)
{
    for (const auto& notice : duties.notices)
        for (std::size_t role = 0; role < role_count; ++role) {
            if (!notice.roles.has(static_cast<accounts::Role>(role))) continue;
            auto& within = outcome.tell_within[role];
            const auto asked = static_cast<std::int32_t>(std::min<std::int64_t>(notice.within.count(), INT32_MAX));
            within = within < 0 ? asked : std::min(within, asked);
        }
    if (duties.expire_after) {
        const auto asked = duties.expire_after->count();
        outcome.expire_after = outcome.expire_after < 0 ? asked : std::min(outcome.expire_after, asked);
    }
    if (const auto asked = duties.review_within_working_days) {
        auto& days = outcome.review_within_working_days;
        days = days < 0 ? *asked : std::min(days, *asked);
    }
}

void Compiled::forbid(Outcome& outcome, const Situation& situation) const
{
    for (const auto& rule : forbids_) {
        const bool is_of_action = rule.is_of_any_action || (situation.action != nothing_known &&
                                                            rule.actions[static_cast<std::size_t>(situation.action)]);
        if (!is_of_action || answer(rule.when, situation, Told::yes) == Told::no) continue;
        if (answer(rule.unless, situation, Told::no) == Told::yes) {
            add_duties(outcome, rule.duties);
            continue;
        }
        if (!outcome.is_forbidden) outcome.used.reset();
        outcome.is_forbidden = true;
        outcome.used.set(rule.place);
    }
}

/// What is opened up to a label is open below it too.
void Compiled::open(FieldView& view, const ColumnsByCeiling& columns, bool is_own_case)
{
    Columns open;
    for (std::size_t label = shown_labels; label-- > 0;) {
        open.whole |= columns[label].whole;
        open.summary |= columns[label].summary;
        open.own |= columns[label].own;
        open.released |= columns[label].released;
        for (std::size_t item = 0; item < item_kinds; ++item) {
            auto whole = open.whole;
            if (is_own_case || (item & 1U) != 0) whole |= open.own;
            if ((item & 2U) != 0) whole |= open.released;
            view.shown[label][item] = {static_cast<std::uint16_t>(whole | open.summary), whole, whole};
        }
    }
}

void Compiled::allow(Outcome& outcome, const Situation& situation, int glass_up_to) const
{
    if (situation.role == nothing_known) return;
    const bool is_own_case = situation.relationships.has(Relationship::own_agency);
    bool is_glass_used = false;
    ColumnsByCeiling opened{};
    for (const auto index : allows_of_role_[static_cast<std::size_t>(situation.role)]) {
        const auto& rule = allows_[index];
        if (!fits(rule.bound, situation)) continue;
        outcome.fits_task = true;
        const bool is_related =
            rule.relationships.is_empty() || (rule.relationships.bits() & situation.relationships.bits()) != 0;
        if (!is_related && glass_up_to == nothing_known) continue;
        if (answer(rule.when, situation, Told::yes) != Told::yes) continue;
        is_glass_used = is_glass_used || !is_related;
        const int up_to = is_related ? rule.up_to : std::min(rule.up_to, glass_up_to);
        outcome.is_allowed = true;
        outcome.used.set(rule.place);
        auto& open = opened[static_cast<std::size_t>(std::clamp(up_to, 0, static_cast<int>(shown_labels) - 1))];
        open.whole |= rule.columns.whole;
        open.summary |= rule.columns.summary;
        open.own |= rule.columns.own;
        open.released |= rule.columns.released;
        add_duties(outcome, rule.duties);
    }
    if (outcome.is_allowed) open(outcome.opened, opened, is_own_case);
    for (const auto& glass : glasses_) {
        if (!is_glass_used || !is_broken(glass, situation)) continue;
        outcome.used.set(glass.place);
        add_duties(outcome, glass.duties);
    }
}

void Compiled::limit(Outcome& outcome, const Situation& situation) const
{
    outcome.seen = outcome.opened;
    for (const auto& rule : limits_) {
        if (answer(rule.when, situation, Told::yes) == Told::no) continue;
        if (answer(rule.unless, situation, Told::no) == Told::yes) continue;
        outcome.limits.set(rule.place);
        cut(outcome.seen, rule.categories, rule.at_most);
    }
}

Outcome Compiled::decide(const Situation& asked) const
{
    Outcome outcome;
    outcome.tell_within.fill(-1);
    auto situation = asked;
    const int glass_up_to = ceiling_of_glass(situation);
    if (glass_up_to != nothing_known)
        situation.marks.add(Mark::opened_by_break_glass);
    else
        situation.not_marks.add(Mark::opened_by_break_glass);
    forbid(outcome, situation);
    if (outcome.is_forbidden) return outcome;
    allow(outcome, situation, glass_up_to);
    if (!outcome.is_allowed) return outcome;
    const bool tells = std::ranges::any_of(outcome.tell_within, [](std::int32_t within) { return within >= 0; }) ||
                       outcome.review_within_working_days >= 0;
    const auto& means = situation.means;
    outcome.lacks_means =
        !means.can_log || (tells && !means.can_notify) || (outcome.expire_after >= 0 && !means.can_expire);
    if (outcome.lacks_means) {
        outcome.is_allowed = false;
        outcome.used.reset();
        outcome.opened = {};
        return outcome;
    }
    limit(outcome, situation);
    return outcome;
}

} // namespace reachable::policy
