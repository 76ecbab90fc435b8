// From the words of a text to numbers.
#include "policy/compiled.h"

#include <algorithm>

namespace reachable::policy {

namespace {

constexpr std::uint64_t bit(std::size_t place)
{
    return std::uint64_t{1} << place;
}

int place_among(const std::vector<std::string>& words, std::string_view word)
{
    const auto found = std::ranges::find(words, word);
    return found == words.end() ? nothing_known : static_cast<int>(found - words.begin());
}

/// A number that is an enumerator, or that nothing is known.
template <class T>
int place_of_value(T value, std::size_t count)
{
    const auto number = static_cast<std::int64_t>(value);
    return number >= 0 && number < static_cast<std::int64_t>(count) ? static_cast<int>(number) : nothing_known;
}

AnyOf<Relationship> set_of(const std::set<Relationship>& relationships)
{
    AnyOf<Relationship> set;
    for (const auto one : relationships)
        if (place_of_value(one, relationship_count) != nothing_known) set.add(one);
    return set;
}

void note(Situation& situation, Mark mark, Told told)
{
    if (told == Told::yes) situation.marks.add(mark);
    if (told == Told::no) situation.not_marks.add(mark);
}

} // namespace

Compiled::Compiled(const PolicyText& text)
{
    if (text.actions) actions_ = text.actions->actions;
    for (const auto& line : text.purposes) purposes_.push_back(line.code);
    name_rules(text);
    for (const auto& rule : text.allows) {
        const auto place = place_of_rule(rule.id);
        allows_.push_back({.place = place,
                           .bound = bound_of(rule),
                           .relationships = rule.relationships,
                           .when = questions_of(rule.when),
                           .columns = columns_of(text, rule),
                           .up_to = static_cast<int>(rule.up_to),
                           .duties = rule.duties});
        for (std::size_t role = 0; role < role_count; ++role) {
            const bool is_supervisor =
                rule.or_their_supervisor && role == static_cast<std::size_t>(accounts::Role::SUPV);
            if (rule.roles.has(static_cast<accounts::Role>(role)) || is_supervisor)
                allows_of_role_[role].push_back(static_cast<std::uint16_t>(allows_.size() - 1));
        }
    }
    for (const auto& rule : text.limits)
        limits_.push_back({.place = place_of_rule(rule.id),
                           .categories = static_cast<std::uint16_t>(rule.categories.bits()),
                           .at_most = rule.at_most,
                           .when = questions_of(rule.when),
                           .unless = questions_of(rule.unless)});
    for (const auto& rule : text.forbids)
        forbids_.push_back({.place = place_of_rule(rule.id),
                            .actions = action_bits(rule.actions),
                            .is_of_any_action = rule.actions.empty(),
                            .when = questions_of(rule.when),
                            .unless = questions_of(rule.unless),
                            .duties = rule.duties});
    for (const auto& rule : text.break_glass)
        glasses_.push_back({.place = place_of_rule(rule.id),
                            .bound = bound_of(rule),
                            .reason_characters = rule.reason_characters,
                            .second_factor_within = rule.second_factor_within.count(),
                            .lasts = rule.duties.expire_after.value_or(std::chrono::seconds{0}).count(),
                            .up_to = static_cast<int>(rule.up_to),
                            .duties = rule.duties});
}

/// The places of rules are in the order of their numbers, so that rules used come out sorted.
void Compiled::name_rules(const PolicyText& text)
{
    const auto add = [&](const auto& rules) {
        for (const auto& rule : rules) names_.push_back({rule.id, rule.sentence});
    };
    add(text.allows);
    add(text.limits);
    add(text.forbids);
    add(text.break_glass);
    std::ranges::sort(names_, {}, &Name::id);
    CHECK(names_.size() <= most_rules, "a policy was read that has too many rules");
}

std::size_t Compiled::place_of_rule(std::string_view id) const
{
    const auto found = std::ranges::lower_bound(names_, id, {}, &Name::id);
    CHECK(found != names_.end() && found->id == id, "a rule was not named");
    return static_cast<std::size_t>(found - names_.begin());
}

Compiled::Bound Compiled::bound_of(const AllowRule& rule) const
{
    return {.roles = rule.roles.bits(),
            .kinds = rule.kinds.bits(),
            .purposes = purpose_bits(rule.purposes),
            .actions = action_bits(rule.actions),
            .or_their_supervisor = rule.or_their_supervisor};
}

Compiled::Bound Compiled::bound_of(const BreakGlassRule& rule) const
{
    return {.roles = rule.roles.bits(),
            .kinds = rule.kinds.bits(),
            .purposes = purpose_bits(rule.purposes),
            .actions = action_bits(rule.actions)};
}

std::uint64_t Compiled::purpose_bits(const std::vector<std::string>& purposes) const
{
    std::uint64_t bits = 0;
    for (const auto& purpose : purposes)
        if (const int place = place_of_purpose(purpose); place != nothing_known)
            bits |= bit(static_cast<std::size_t>(place));
    return bits;
}

std::bitset<256> Compiled::action_bits(const std::vector<std::string>& actions) const
{
    std::bitset<256> bits;
    for (const auto& action : actions)
        if (const int place = place_of_action(action); place != nothing_known)
            bits.set(static_cast<std::size_t>(place));
    return bits;
}

Compiled::Questions Compiled::questions_of(const Condition& condition) const
{
    Questions questions;
    for (const auto& group : condition.groups) {
        auto& added = questions.emplace_back();
        for (const auto& fact : group) {
            Question question{.subject = fact.subject, .is_not = fact.is_not, .members = fact.members};
            if (fact.subject == Subject::purpose) question.members = purpose_bits(fact.words);
            if (fact.subject == Subject::action) question.actions = action_bits(fact.words);
            question.within = fact.within.count();
            added.push_back(question);
        }
    }
    return questions;
}

Compiled::Columns Compiled::columns_of(const PolicyText& text, const AllowRule& rule)
{
    const auto* view = text.find_view(rule.view);
    if (view == nullptr) return {};
    return {.whole = static_cast<std::uint16_t>(view->whole.bits()),
            .summary = static_cast<std::uint16_t>(view->summary.bits()),
            .own = static_cast<std::uint16_t>(view->own.bits()),
            .released = static_cast<std::uint16_t>(view->released.bits())};
}

int Compiled::place_of_action(std::string_view action) const
{
    return place_among(actions_, action);
}

int Compiled::place_of_purpose(std::string_view purpose) const
{
    return place_among(purposes_, purpose);
}

std::pair<std::uint16_t, Show> Compiled::cut_of(std::size_t place) const
{
    const auto found = std::ranges::find(limits_, place, &Limit::place);
    CHECK(found != limits_.end(), "that rule is no limit");
    return {found->categories, found->at_most};
}

Situation Compiled::situation_of(const Request& request) const
{
    Situation situation{.role = place_of_value(request.role, role_count),
                        .kind = place_of_value(request.agency_kind, kind_count),
                        .purpose = place_of_purpose(request.purpose),
                        .action = place_of_action(request.action),
                        .relationships = set_of(request.relationships),
                        .unsure = set_of(request.unsure_relationships),
                        .break_glass = request.break_glass,
                        .second_factor_age = request.second_factor_age.count(),
                        .means = request.means};
    if (request.supervised) situation.supervised = place_of_value(*request.supervised, role_count);
    note(situation, Mark::sealed, request.is_sealed ? Told::yes : Told::no);
    note(situation, Mark::under_alert, request.is_under_alert);
    note(situation, Mark::opened_with_reason, request.is_opened_with_reason);
    return situation;
}

} // namespace reachable::policy
