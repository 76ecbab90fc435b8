#include "policy/diff.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace reachable::policy {

namespace {

/// Who does what for which purpose: everything but what the records say.
struct Task {
    std::size_t role = 0;
    int supervised = nothing_known;
    std::size_t kind = 0;
    std::string purpose;
    std::string action;
    auto operator<=>(const Task&) const = default;
};

/// Every task that an allow of the text could fit. Nobody can be allowed any other.
void add_tasks(std::set<Task>& tasks, const PolicyText& text)
{
    for (const auto& rule : text.allows)
        for (std::size_t role = 0; role < role_count; ++role) {
            if (!rule.roles.has(static_cast<accounts::Role>(role))) continue;
            for (std::size_t kind = 0; kind < kind_count; ++kind) {
                if (!rule.kinds.has(static_cast<accounts::AgencyKind>(kind))) continue;
                for (const auto& purpose : rule.purposes)
                    for (const auto& action : rule.actions) {
                        tasks.insert({role, nothing_known, kind, purpose, action});
                        if (rule.or_their_supervisor)
                            tasks.insert({static_cast<std::size_t>(accounts::Role::SUPV), static_cast<int>(role), kind,
                                          purpose, action});
                    }
            }
        }
}

std::set<Task> tasks_of(const TextPolicy& one, const TextPolicy& other)
{
    std::set<Task> tasks;
    add_tasks(tasks, one.text());
    add_tasks(tasks, other.text());
    return tasks;
}

Situation situation_of(const Compiled& compiled, const Task& task)
{
    Situation situation{.role = static_cast<int>(task.role),
                        .kind = static_cast<int>(task.kind),
                        .purpose = compiled.place_of_purpose(task.purpose),
                        .action = compiled.place_of_action(task.action),
                        .supervised = task.supervised};
    situation.not_marks.add(Mark::sealed);
    return situation;
}

void mark_sealed(Situation& situation)
{
    situation.marks.add(Mark::sealed);
    situation.not_marks = AnyOf<Mark>::of_bits(situation.not_marks.bits() & ~AnyOf(Mark::sealed).bits());
}

constexpr BreakGlass broken{60, std::chrono::seconds{1}};

/// What the records say of the case besides relationships.
struct Circumstance {
    std::string_view words;
    void (*set)(Situation& situation);
};
constexpr Circumstance circumstances[] = {
    {"", [](Situation&) {}},
    {"when the record is sealed", mark_sealed},
    {"when a safety alert is live", [](Situation& situation) { situation.marks.add(Mark::under_alert); }},
    {"when the record was opened with a reason",
     [](Situation& situation) { situation.marks.add(Mark::opened_with_reason); }},
    {"with broken glass", [](Situation& situation) { situation.break_glass = broken; }},
};

/// What changes for one category: from this much to that much.
std::string_view word_of_show(Show show)
{
    constexpr std::string_view words[] = {"nothing", "a summary", "masked", "whole"};
    return words[static_cast<std::size_t>(show)];
}

/// A change in words, and whether somebody may see or do more by it, less, or must do something else for it.
enum class Way { gains, loses, owes };
struct Change {
    Way way = Way::gains;
    std::string category; // empty: of no field
    std::string words;
    auto operator<=>(const Change&) const = default;
};

constexpr std::string_view item_words[] = {"", " that their organisation supplied", " that was released to them",
                                           " that their organisation supplied and that was released to them"};

/// Where one kind of item of a category is shown differently, by labels.
std::set<std::pair<Way, std::string>> shown_differently(std::size_t category, std::size_t item, const FieldView& before,
                                                        const FieldView& after)
{
    std::map<std::pair<Show, Show>, std::vector<std::string>> labels;
    for (std::size_t label = 0; label < shown_labels; ++label) {
        const FieldClass field{static_cast<Category>(category), static_cast<Label>(label),
                               (item & 1U) != 0 ? Told::yes : Told::no, (item & 2U) != 0 ? Told::yes : Told::no};
        const std::pair shows{before.of(field), after.of(field)};
        if (shows.first != shows.second) labels[shows].push_back(words_of_labels()[label]);
    }
    std::set<std::pair<Way, std::string>> found;
    for (const auto& [shows, names] : labels)
        found.insert({shows.second > shows.first ? Way::gains : Way::loses,
                      fmt::format("{} instead of {}, where it is {}", word_of_show(shows.second),
                                  word_of_show(shows.first), join(names, ", "))});
    return found;
}

/// What holds of any item is not said again of those that were supplied or released, nor what holds of either of both.
void add_field_changes(std::vector<Change>& changes, const FieldView& before, const FieldView& after)
{
    for (std::size_t category = 0; category < category_count; ++category) {
        const auto of_any = shown_differently(category, 0, before, after);
        auto said = of_any;
        const auto say = [&](std::size_t item, const auto& what) {
            changes.push_back(
                {what.first, words_of_categories()[category], std::string(item_words[item]) + ": " + what.second});
        };
        for (const auto& what : of_any) say(0, what);
        for (std::size_t item = 1; item < item_kinds; ++item)
            for (const auto& what : shown_differently(category, item, before, after)) {
                const auto& heard = item == 3 ? said : of_any;
                if (!heard.contains(what)) say(item, what);
                said.insert(what);
            }
    }
}

std::string duties_in(const Outcome& outcome)
{
    Duties duties;
    std::map<std::int32_t, AnyOf<accounts::Role>> by_time;
    for (std::size_t role = 0; role < role_count; ++role)
        if (outcome.tell_within[role] >= 0) by_time[outcome.tell_within[role]].add(static_cast<accounts::Role>(role));
    for (const auto& [within, roles] : by_time) duties.notices.push_back({roles, std::chrono::seconds{within}});
    if (outcome.expire_after >= 0) duties.expire_after = std::chrono::seconds{outcome.expire_after};
    if (outcome.review_within_working_days >= 0) duties.review_within_working_days = outcome.review_within_working_days;
    return duties.is_empty() ? "nothing" : print_duties(duties);
}

std::vector<Change> changes_between(const Outcome& before, const Outcome& after)
{
    std::vector<Change> changes;
    if (before.is_allowed != after.is_allowed)
        changes.push_back({after.is_allowed ? Way::gains : Way::loses,
                           after.is_allowed ? "may do it, who might not" : "may no longer do it"});
    if (before.seen != after.seen) add_field_changes(changes, before.seen, after.seen);
    if (before.is_allowed && after.is_allowed && duties_in(before) != duties_in(after))
        changes.push_back(
            {Way::owes, "",
             fmt::format("what must then be done changes from {} to {}", duties_in(before), duties_in(after))});
    return changes;
}

/// Where a change happens; each a list that is merged with its like.
struct Where {
    std::set<std::string> who;
    std::set<std::string> kinds;
    std::set<std::string> actions;
    std::set<std::string> purposes;
    std::set<std::string> relationships;
    std::set<std::string> categories;
    std::string circumstance;
    auto operator<=>(const Where&) const = default;
};

/// Merges what differs in one list only.
void merge(std::vector<std::pair<Change, Where>>& all, std::set<std::string> Where::* list)
{
    std::map<std::pair<Change, Where>, std::set<std::string>> merged;
    for (auto& [change, where] : all) {
        auto key = std::pair{change, where};
        key.second.*list = {};
        merged[key].insert((where.*list).begin(), (where.*list).end());
    }
    all.clear();
    for (auto& [key, words] : merged) {
        all.emplace_back(key);
        all.back().second.*list = words;
    }
}

std::string who_of(const Task& task)
{
    const auto role = words_of_roles()[task.role];
    if (task.supervised == nothing_known) return role;
    return fmt::format("{}'s supervisor", words_of_roles()[static_cast<std::size_t>(task.supervised)]);
}

std::string print_set(AnyOf<Relationship> set)
{
    std::vector<std::string> words;
    for (std::size_t i = 0; i < relationship_count; ++i)
        if (set.has(static_cast<Relationship>(i))) words.push_back(words_of_relationships()[i]);
    return words.empty() ? "even when nothing connects them with the child" : join(words, " and ");
}

std::vector<AnyOf<Relationship>> small_sets()
{
    std::vector<AnyOf<Relationship>> sets(1);
    for (std::size_t i = 0; i < relationship_count; ++i) sets.emplace_back(static_cast<Relationship>(i));
    for (std::size_t i = 0; i < relationship_count; ++i)
        for (std::size_t j = i + 1; j < relationship_count; ++j)
            sets.push_back({static_cast<Relationship>(i), static_cast<Relationship>(j)});
    return sets;
}

/// The changes of one task: by relationships, and only what is not said already of fewer relationships or of no
/// circumstance.
void add_changes_of(std::vector<std::pair<Change, Where>>& all, const Task& task, const TextPolicy& before,
                    const TextPolicy& after)
{
    static const auto sets = small_sets();
    std::map<std::uint64_t, std::set<Change>> plain;
    for (const auto& circumstance : circumstances)
        for (const auto set : sets) {
            auto old = situation_of(before.compiled(), task);
            auto fresh = situation_of(after.compiled(), task);
            circumstance.set(old);
            circumstance.set(fresh);
            old.relationships = fresh.relationships = set;
            const auto changes = changes_between(before.compiled().decide(old), after.compiled().decide(fresh));
            const bool is_plain = circumstance.words.empty();
            if (is_plain) plain[set.bits()] = {changes.begin(), changes.end()};
            for (const auto& change : changes) {
                bool is_said = !is_plain && plain[set.bits()].contains(change);
                if (set.count() > 0) is_said = is_said || plain[0].contains(change);
                if (set.count() == 2)
                    for (std::size_t i = 0; i < relationship_count; ++i)
                        if (set.has(static_cast<Relationship>(i)))
                            is_said = is_said || plain[std::uint64_t{1} << i].contains(change);
                if (is_said) continue;
                all.push_back({{change.way, "", change.words},
                               {.who = {who_of(task)},
                                .kinds = {words_of_kinds()[task.kind]},
                                .actions = {task.action},
                                .purposes = {task.purpose},
                                .relationships = {print_set(set)},
                                .categories = {change.category},
                                .circumstance = std::string(circumstance.words)}});
            }
        }
}

std::string listed(const std::set<std::string>& words, std::string_view between = ", ")
{
    return join({words.begin(), words.end()}, between);
}

std::string sentence_of(const Change& change, const Where& where)
{
    constexpr std::string_view ways[] = {"gains", "loses", "owes"};
    // What holds when nothing connects somebody with the child holds also when something does.
    const bool is_always = where.relationships.contains(print_set({}));
    auto text = fmt::format("{}: {} of {}, to {} for {}, {}", ways[static_cast<std::size_t>(change.way)],
                            listed(where.who), listed(where.kinds), listed(where.actions), listed(where.purposes),
                            is_always ? print_set({}) : "while " + listed(where.relationships, " or "));
    if (!where.circumstance.empty()) text += ", " + where.circumstance;
    return fmt::format("{}: {}{}", text, listed(where.categories), change.words);
}

// --- Words that decide nothing

template <class Line, class Key>
void add_word_changes(std::vector<std::string>& sentences, std::string_view what, const std::vector<Line>& before,
                      const std::vector<Line>& after, Key key_of)
{
    const auto find = [&](const std::vector<Line>& lines, const auto& key) -> const Line* {
        const auto found = std::ranges::find_if(lines, [&](const Line& line) { return key_of(line) == key; });
        return found == lines.end() ? nullptr : &*found;
    };
    for (const auto& line : before) {
        const auto* now = find(after, key_of(line));
        if (now == nullptr) {
            sentences.push_back(fmt::format("words: the {} {} is gone", what, key_of(line)));
            continue;
        }
        auto old = line;
        old.place = now->place;
        if (old != *now) sentences.push_back(fmt::format("words: the {} {} reads differently", what, key_of(line)));
    }
    for (const auto& line : after)
        if (find(before, key_of(line)) == nullptr)
            sentences.push_back(fmt::format("words: the {} {} is new", what, key_of(line)));
}

void add_lasting_changes(std::vector<std::string>& sentences, const PolicyText& before, const PolicyText& after)
{
    for (const auto& line : before.relationships) {
        const auto* now = after.find_relationship(line.relationship);
        if (now == nullptr || now->lasts == line.lasts) continue;
        sentences.push_back(fmt::format("{}: who is connected by {} keeps that for {} after its end instead of {}",
                                        now->lasts > line.lasts ? "gains" : "loses", word_of(line.relationship),
                                        duration_text(now->lasts), duration_text(line.lasts)));
    }
}

/// What somebody must bring to break the glass at all.
void add_glass_changes(std::vector<std::string>& sentences, const PolicyText& before, const PolicyText& after)
{
    for (const auto& rule : before.break_glass) {
        const auto now = std::ranges::find(after.break_glass, rule.id, &BreakGlassRule::id);
        if (now == after.break_glass.end()) continue;
        if (now->reason_characters != rule.reason_characters)
            sentences.push_back(
                fmt::format("{}: by {} the glass is broken with a reason of {} characters instead of {}",
                            now->reason_characters < rule.reason_characters ? "gains" : "loses", rule.id,
                            now->reason_characters, rule.reason_characters));
        if (now->second_factor_within != rule.second_factor_within)
            sentences.push_back(
                fmt::format("{}: by {} the glass is broken with a second factor within {} instead of {}",
                            now->second_factor_within > rule.second_factor_within ? "gains" : "loses", rule.id,
                            duration_text(now->second_factor_within), duration_text(rule.second_factor_within)));
    }
}

// --- The wider enumeration

std::vector<AnyOf<Relationship>> wide_sets()
{
    auto sets = small_sets();
    sets.push_back(AnyOf<Relationship>::of_bits((1U << relationship_count) - 1));
    return sets;
}

std::vector<Situation> glass_edges(const TextPolicy& one, const TextPolicy& other)
{
    std::vector<Situation> edges(1);
    for (const auto* text : {&one.text(), &other.text()})
        for (const auto& rule : text->break_glass)
            for (const int more : {-1, 0, 1}) {
                auto& characters = edges.emplace_back();
                characters.break_glass = BreakGlass{rule.reason_characters + static_cast<std::size_t>(more + 1) - 1,
                                                    std::chrono::seconds{0}};
                auto& opened = edges.emplace_back();
                opened.break_glass = BreakGlass{1000, *rule.duties.expire_after + std::chrono::seconds{more}};
                auto& proved = edges.emplace_back();
                proved.break_glass = BreakGlass{1000, std::chrono::seconds{0}};
                proved.second_factor_age = rule.second_factor_within.count() + more;
            }
    return edges;
}

bool is_alike(const Outcome& one, const Outcome& other)
{
    return one.is_allowed == other.is_allowed && one.seen == other.seen &&
           (!one.is_allowed || (one.tell_within == other.tell_within && one.expire_after == other.expire_after &&
                                one.review_within_working_days == other.review_within_working_days));
}

} // namespace

std::vector<std::string> diff(const TextPolicy& before, const TextPolicy& after)
{
    std::vector<std::pair<Change, Where>> all;
    for (const auto& task : tasks_of(before, after)) add_changes_of(all, task, before, after);
    for (const auto list :
         {&Where::categories, &Where::relationships, &Where::actions, &Where::purposes, &Where::kinds, &Where::who})
        merge(all, list);
    std::vector<std::string> sentences;
    std::ranges::sort(all);
    for (const auto& [change, where] : all) sentences.push_back(sentence_of(change, where));
    add_lasting_changes(sentences, before.text(), after.text());
    add_glass_changes(sentences, before.text(), after.text());
    add_word_changes(sentences, "purpose", before.text().purposes, after.text().purposes,
                     [](const PurposeLine& line) { return line.code; });
    add_word_changes(sentences, "relationship", before.text().relationships, after.text().relationships,
                     [](const RelationshipLine& line) { return std::string(word_of(line.relationship)); });
    const auto id_of = [](const auto& rule) { return rule.id; };
    add_word_changes(sentences, "rule", before.text().allows, after.text().allows, id_of);
    add_word_changes(sentences, "rule", before.text().limits, after.text().limits, id_of);
    add_word_changes(sentences, "rule", before.text().forbids, after.text().forbids, id_of);
    add_word_changes(sentences, "rule", before.text().break_glass, after.text().break_glass, id_of);
    add_word_changes(sentences, "view", before.text().views, after.text().views,
                     [](const ViewLine& line) { return line.name; });
    return sentences;
}

bool decide_alike(const TextPolicy& before, const TextPolicy& after)
{
    for (std::size_t i = 0; i < relationship_count; ++i) {
        const auto* old = before.text().find_relationship(static_cast<Relationship>(i));
        const auto* fresh = after.text().find_relationship(static_cast<Relationship>(i));
        if ((old == nullptr) != (fresh == nullptr) || (old != nullptr && old->lasts != fresh->lasts)) return false;
    }
    const auto sets = wide_sets();
    const auto edges = glass_edges(before, after);
    for (const auto& task : tasks_of(before, after))
        for (const auto& edge : edges)
            for (unsigned marks = 0; marks < 8; ++marks)
                for (const auto set : sets) {
                    auto old = situation_of(before.compiled(), task);
                    if ((marks & 1U) != 0) mark_sealed(old);
                    if ((marks & 2U) != 0) old.marks.add(Mark::under_alert);
                    if ((marks & 4U) != 0) old.marks.add(Mark::opened_with_reason);
                    old.relationships = set;
                    old.break_glass = edge.break_glass;
                    old.second_factor_age = edge.second_factor_age;
                    auto fresh = old;
                    fresh.purpose = after.compiled().place_of_purpose(task.purpose);
                    fresh.action = after.compiled().place_of_action(task.action);
                    if (!is_alike(before.compiled().decide(old), after.compiled().decide(fresh))) return false;
                }
    return true;
}

} // namespace reachable::policy
