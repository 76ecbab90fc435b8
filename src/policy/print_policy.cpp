// Printing a policy text, as people read it and in the canonical form that is hashed.
#include "policy/text.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::policy {

namespace {

std::string listed(std::uint64_t bits, Words words)
{
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < words.size(); ++i)
        if ((bits >> i) & 1U) chosen.push_back(words[i]);
    return join(chosen, ", ");
}

std::string listed(AnyOf<Category> set)
{
    return listed(set.bits(), words_of_categories());
}
std::string listed(AnyOf<Relationship> set)
{
    return listed(set.bits(), words_of_relationships());
}
std::string listed(AnyOf<accounts::Role> set)
{
    return listed(set.bits(), words_of_roles());
}

std::string print_fact(const Fact& fact)
{
    const std::string_view is = fact.is_not ? "is not" : "is";
    switch (fact.subject) {
    case Subject::purpose: return fmt::format("purpose {} {}", is, join(fact.words, ", "));
    case Subject::role: return fmt::format("role {} {}", is, listed(fact.members, words_of_roles()));
    case Subject::kind: return fmt::format("kind {} {}", is, listed(fact.members, words_of_kinds()));
    case Subject::action: return fmt::format("action {} {}", is, join(fact.words, ", "));
    case Subject::relationship:
        return fmt::format("relationship {} {}", is, listed(fact.members, words_of_relationships()));
    case Subject::record: return fmt::format("record {} {}", is, listed(fact.members, words_of_marks()));
    default: return fmt::format("second-factor within {}", duration_text(fact.within));
    }
}

/// The same with the name of a group first where all that it holds is chosen.
std::string listed(std::uint64_t bits, Words words, std::span<const GroupLine> groups, GroupOf of)
{
    std::vector<std::string> chosen;
    for (const auto& group : groups) {
        if (group.of != of) continue;
        std::uint64_t held = 0;
        for (const auto& member : group.members) held |= std::uint64_t{1} << *place_of(member, words);
        if ((bits & held) != held) continue;
        chosen.push_back(group.name);
        bits &= ~held;
    }
    if (bits != 0) chosen.push_back(listed(bits, words));
    return join(chosen, ", ");
}

/// The name of a group for its words, where they stand in its own order one behind another.
std::vector<std::string> with_groups(const std::vector<std::string>& words, std::span<const GroupLine> groups,
                                     GroupOf of)
{
    std::vector<std::string> shown;
    for (std::size_t next = 0; next < words.size();) {
        const auto rest = std::span(words).subspan(next);
        const auto group = std::ranges::find_if(groups, [&](const GroupLine& line) {
            return line.of == of && line.members.size() <= rest.size() &&
                   std::ranges::equal(line.members, rest.first(line.members.size()));
        });
        const bool is_group = group != groups.end();
        shown.push_back(is_group ? group->name : rest.front());
        next += is_group ? group->members.size() : 1;
    }
    return shown;
}

/// What stands before the full stop of an action is said once: "same-person.open, .same, .different".
std::string shortened(const std::vector<std::string>& actions)
{
    std::vector<std::string> words;
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const auto stop = actions[i].find('.');
        const bool is_alike = i > 0 && stop != std::string::npos && stop > 0 &&
                              actions[i - 1].substr(0, actions[i - 1].find('.') + 1) == actions[i].substr(0, stop + 1);
        words.push_back(is_alike ? actions[i].substr(stop) : actions[i]);
    }
    return join(words, ", ");
}

/// How a text is laid out.
struct Layout {
    std::size_t width = 0;
    bool begins_beside = false; // a rule's clauses begin on the line of its sentence
    bool shortens = false;      // ".drop" behind "flag.keep"
    std::span<const GroupLine> groups = {};
};
/// For people. It may change as the text grows.
constexpr Layout for_reading{.width = 148, .begins_beside = true, .shortens = true};
/// Of the canonical form, which is signed, kept and named by its hash: it never changes.
constexpr Layout frozen{.width = 140, .begins_beside = false, .shortens = false};

std::string actions_in(const std::vector<std::string>& actions, const Layout& layout)
{
    return layout.shortens ? shortened(with_groups(actions, layout.groups, GroupOf::actions)) : join(actions, ", ");
}

/// "custody-sergeant, inspector of police-force"
std::string who(AnyOf<accounts::Role> roles, std::string_view or_whom, AnyOf<accounts::AgencyKind> kinds,
                const Layout& layout)
{
    return fmt::format("{}{} of {}", listed(roles.bits(), words_of_roles(), layout.groups, GroupOf::roles), or_whom,
                       listed(kinds.bits(), words_of_kinds(), layout.groups, GroupOf::kinds));
}

/// Clauses one after another, behind what stands on the line already and then on indented lines: a new line where the
/// next one does not fit; a clause that is too long alone breaks behind a comma and before an "or". Empty clauses are
/// left out.
std::string flow(const Layout& layout, std::initializer_list<std::string> clauses, std::string text = {})
{
    constexpr std::size_t late = 98; // a group of a condition is seldom longer than the rest of the line
    std::size_t column = text.size();
    for (const auto& clause : clauses) {
        if (clause.empty()) continue;
        const bool fits = column != 0 && column + 2 + clause.size() <= layout.width;
        text += fits ? "  " : (column == 0 ? "  " : "\n  ");
        column = fits ? column + 2 : 2;
        for (const auto piece : split(clause, ' ')) {
            const bool is_first = text.back() == ' ';
            const bool is_full = text.back() == ',' && column + 1 + piece.size() > layout.width;
            if (!is_first && (is_full || (piece == "or" && column > late))) {
                text += "\n     ";
                column = 5;
            }
            text += fmt::format("{}{}", is_first ? "" : " ", piece);
            column += piece.size() + (is_first ? 0 : 1);
        }
    }
    return text.empty() ? text : text + "\n";
}

/// The first words of a short statement and what it says of them: on one line where that fits.
std::string beside(const Layout& layout, std::string_view first, std::initializer_list<std::string> clauses)
{
    const auto rest = flow(layout, clauses);
    const bool fits = std::ranges::count(rest, '\n') == 1 && first.size() + rest.size() <= layout.width + 1;
    return fmt::format("{}{}{}", first, fits ? "" : "\n", rest);
}

/// The clauses of a rule, behind its sentence or under it.
std::string under(const Layout& layout, std::initializer_list<std::string> clauses, const std::string& sentence)
{
    return layout.begins_beside ? flow(layout, clauses, sentence) : sentence + "\n" + flow(layout, clauses);
}

/// The word and what follows it; nothing if nothing follows.
std::string clause(std::string_view word, const std::string& words)
{
    return words.empty() ? words : fmt::format("{} {}", word, words);
}

std::string print(const VersionLine& line, const Layout&)
{
    return fmt::format("version {}\n", line.version);
}

std::string print(const PurposeLine& line, const Layout& layout)
{
    if (line.legal_basis.empty()) return fmt::format("purpose {} \"{}\" grants nothing\n", line.code, line.title);
    return beside(layout, fmt::format("purpose {} \"{}\"", line.code, line.title),
                  {fmt::format("law \"{}\"", line.legal_basis)});
}

std::string print(const LabelsLine&, const Layout&)
{
    return "labels open < personal < sensitive < restricted < sealed\n";
}

std::string print(const CategoriesLine& line, const Layout& layout)
{
    return "categories\n" + flow(layout, {listed(line.categories)});
}

std::string print(const ActionsLine& line, const Layout& layout)
{
    return "actions\n" + flow(layout, {layout.shortens ? shortened(line.actions) : join(line.actions, ", ")});
}

std::string print(const RelationshipLine& line, const Layout& layout)
{
    const auto ends = line.lasts.count() == 0 ? "with" : duration_text(line.lasts) + " after";
    return beside(layout, fmt::format("relationship {} proved by \"{}\"", word_of(line.relationship), line.proved_by),
                  {fmt::format("ends {} \"{}\"", ends, line.end)});
}

std::string print(const GroupLine& line, const Layout& layout)
{
    constexpr std::string_view of[] = {"roles", "kinds", "actions"};
    const auto members = layout.shortens ? shortened(line.members) : join(line.members, ", ");
    return beside(layout, fmt::format("group {}", line.name),
                  {fmt::format("of {} {}", of[static_cast<std::size_t>(line.of)], members)});
}

std::string print(const ViewLine& line, const Layout& layout)
{
    return beside(layout, fmt::format("view {}", line.name),
                  {clause("whole", listed(line.whole)), clause("summary", listed(line.summary)),
                   clause("own", listed(line.own)), clause("released", listed(line.released))});
}

std::string print(const AllowRule& rule, const Layout& layout)
{
    const auto to = who(rule.roles, rule.or_their_supervisor ? " or their supervisor" : "", rule.kinds, layout);
    const auto sees = rule.view.empty() ? "" : fmt::format("sees {} up to {}", rule.view, word_of(rule.up_to));
    return under(layout,
                 {clause("may", actions_in(rule.actions, layout)), clause("to", to),
                  clause("for", join(rule.purposes, ", ")), clause("while", listed(rule.relationships)),
                  clause("when", print_condition(rule.when)), sees, clause("then", print_duties(rule.duties))},
                 fmt::format("allow {} \"{}\"", rule.id, rule.sentence));
}

std::string print(const LimitRule& rule, const Layout& layout)
{
    constexpr std::string_view shows[] = {"nothing", "summary", "masked"};
    return under(layout,
                 {clause("of", listed(rule.categories)), clause("when", print_condition(rule.when)),
                  clause("unless", print_condition(rule.unless)),
                  fmt::format("show {}", shows[static_cast<std::size_t>(rule.at_most)])},
                 fmt::format("limit {} \"{}\"", rule.id, rule.sentence));
}

std::string print(const ForbidRule& rule, const Layout& layout)
{
    return under(layout,
                 {clause("actions", actions_in(rule.actions, layout)), clause("when", print_condition(rule.when)),
                  clause("unless", print_condition(rule.unless)), clause("then", print_duties(rule.duties))},
                 fmt::format("forbid {} \"{}\"", rule.id, rule.sentence));
}

std::string print(const BreakGlassRule& rule, const Layout& layout)
{
    return under(layout,
                 {clause("may", actions_in(rule.actions, layout)),
                  clause("to", who(rule.roles, {}, rule.kinds, layout)), clause("for", join(rule.purposes, ", ")),
                  fmt::format("needs reason of {} characters and second-factor within {}", rule.reason_characters,
                              duration_text(rule.second_factor_within)),
                  fmt::format("up to {}", word_of(rule.up_to)), clause("then", print_duties(rule.duties))},
                 fmt::format("break-glass {} \"{}\"", rule.id, rule.sentence));
}

struct Printed {
    int order = 0;
    std::string text;
    bool is_listed = false; // one of many, which stand close together under the comment that heads them
    bool has_comment = false;
};

template <class Line>
void add(std::vector<Printed>& printed, const Line& line, const Layout& layout)
{
    std::string text;
    for (const auto& comment : line.place.comments) text += comment.empty() ? "#\n" : fmt::format("# {}\n", comment);
    constexpr bool is_listed = !std::is_same_v<Line, VersionLine>;
    printed.push_back({line.place.order, text + print(line, layout), is_listed, !line.place.comments.empty()});
}

std::vector<Printed> print_each(const PolicyText& text, const Layout& layout)
{
    std::vector<Printed> printed;
    const auto add_all = [&](const auto& lines) {
        for (const auto& line : lines) add(printed, line, layout);
    };
    if (text.version) add(printed, *text.version, layout);
    add_all(text.purposes);
    if (text.labels) add(printed, *text.labels, layout);
    if (text.categories) add(printed, *text.categories, layout);
    add_all(text.relationships);
    if (text.actions) add(printed, *text.actions, layout);
    add_all(text.groups);
    add_all(text.views);
    add_all(text.allows);
    add_all(text.limits);
    add_all(text.forbids);
    add_all(text.break_glass);
    return printed;
}

// --- The canonical form

void settle(Condition& condition)
{
    for (auto& group : condition.groups) {
        for (auto& fact : group) std::ranges::sort(fact.words);
        std::ranges::sort(group, {}, print_fact);
    }
    std::ranges::sort(condition.groups, {}, [](const auto& group) { return print_condition({{group}}); });
}

void settle(Duties& duties)
{
    std::ranges::sort(duties.notices, {},
                      [](const Notice& notice) { return std::pair{notice.within, notice.roles.bits()}; });
}

template <class Lines>
void forget_places(Lines& lines)
{
    for (auto& line : lines) line.place = {};
}

PolicyText settled(PolicyText text)
{
    for (auto& rule : text.allows) {
        std::ranges::sort(rule.actions);
        std::ranges::sort(rule.purposes);
        settle(rule.when);
        settle(rule.duties);
    }
    for (auto& rule : text.limits) {
        settle(rule.when);
        settle(rule.unless);
    }
    for (auto& rule : text.forbids) {
        std::ranges::sort(rule.actions);
        settle(rule.when);
        settle(rule.unless);
        settle(rule.duties);
    }
    for (auto& rule : text.break_glass) {
        std::ranges::sort(rule.actions);
        std::ranges::sort(rule.purposes);
        settle(rule.duties);
    }
    if (text.actions) std::ranges::sort(text.actions->actions);
    if (text.version) text.version->place = {};
    if (text.labels) text.labels->place = {};
    if (text.categories) text.categories->place = {};
    if (text.actions) text.actions->place = {};
    forget_places(text.purposes);
    forget_places(text.relationships);
    text.groups.clear(); // every rule says its lists whole
    forget_places(text.views);
    forget_places(text.allows);
    forget_places(text.limits);
    forget_places(text.forbids);
    forget_places(text.break_glass);
    return text;
}

} // namespace

std::string print_condition(const Condition& condition)
{
    std::vector<std::string> groups;
    for (const auto& group : condition.groups) {
        std::vector<std::string> facts;
        for (const auto& fact : group) facts.push_back(print_fact(fact));
        groups.push_back(join(facts, " and "));
    }
    return join(groups, " or ");
}

std::string print_duties(const Duties& duties)
{
    std::vector<std::string> words;
    if (duties.log) words.emplace_back("log");
    for (const auto& notice : duties.notices) {
        const auto when = notice.within.count() == 0 ? "now" : "within " + duration_text(notice.within);
        words.push_back(fmt::format("notify {} {}", listed(notice.roles), when));
    }
    if (duties.expire_after) words.push_back("expire after " + duration_text(*duties.expire_after));
    if (const auto days = duties.review_within_working_days)
        words.push_back(fmt::format("review within {} working day{}", *days, *days == 1 ? "" : "s"));
    return join(words, "; ");
}

std::string print_policy(const PolicyText& text)
{
    auto layout = for_reading;
    layout.groups = text.groups;
    auto printed = print_each(text, layout);
    std::ranges::stable_sort(printed, {}, &Printed::order);
    std::string whole;
    bool was_listed = false;
    for (const auto& one : printed) {
        const bool is_gap = !whole.empty() && !(one.is_listed && was_listed && !one.has_comment);
        whole += (is_gap ? "\n" : "") + one.text;
        was_listed = one.is_listed;
    }
    if (!text.comments_at_end.empty()) whole += "\n";
    for (const auto& comment : text.comments_at_end) whole += fmt::format("# {}\n", comment);
    return whole;
}

std::string canonical(const PolicyText& text)
{
    auto printed = print_each(settled(text), frozen);
    std::ranges::sort(printed, {}, &Printed::text);
    std::string whole;
    for (const auto& one : printed) whole += one.text;
    return whole;
}

std::string hash_of(const PolicyText& text)
{
    return to_hex(sha256(as_bytes(canonical(text))));
}

} // namespace reachable::policy
