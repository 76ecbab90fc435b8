// Reading a policy text: declarations first, so that a rule may stand above what it names; then the rules.
#include "policy/read_parts.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::policy {

namespace {

/// The tokens of one statement, with the comments that stand above or inside it.
struct Statement {
    std::vector<Token> tokens;
    Place place;
};

struct Reading {
    PolicyText text;
    Declared declared;
    Problems problems;
};

constexpr std::string_view declaration_words[] = {"version",      "purpose", "labels", "categories",
                                                  "relationship", "actions", "group",  "view"};
constexpr std::string_view rule_words[] = {"allow", "limit", "forbid", "break-glass"};

/// Cuts the tokens at every word that stands at the very left.
std::vector<Statement> statements_of(std::vector<Token> tokens, std::vector<std::string>& comments_at_end,
                                     Problems& problems)
{
    std::vector<Statement> statements;
    std::vector<std::string> waiting;
    int last_line = 0;
    for (auto& token : tokens) {
        if (token.kind == TokenKind::comment) {
            // A comment behind words belongs to their statement, one on a line of its own to the next.
            auto& home = token.line == last_line && !statements.empty() ? statements.back().place.comments : waiting;
            home.push_back(std::move(token.text));
            continue;
        }
        last_line = token.line;
        if (token.begins_statement) {
            statements.push_back({.place = {static_cast<int>(statements.size()), std::move(waiting)}});
            waiting.clear();
        }
        if (statements.empty()) {
            problems.push_back(
                {ProblemKind::malformed,
                 fmt::format("line {}: “{}” belongs to no statement. A statement begins at the very left", token.line,
                             token.text)});
            return {};
        }
        statements.back().tokens.push_back(std::move(token));
    }
    comments_at_end = std::move(waiting);
    return statements;
}

// --- Declarations

Result<> read_version(TokenReader& reader, const Place& place, PolicyText& text)
{
    VersionLine line{place, TRY(reader.name("the version, such as 2026.1"))};
    TRY(reader.expect_end({}));
    if (text.version) return reader.fault("the version stands twice. Leave one out");
    text.version = std::move(line);
    return {};
}

Result<> read_purpose(TokenReader& reader, const Place& place, PolicyText& text)
{
    PurposeLine line{.place = place};
    line.code = TRY(reader.name("the code of the purpose"));
    line.title = TRY(reader.sentence("what the purpose is"));
    if (reader.take("grants")) {
        TRY(reader.expect("nothing"));
    } else {
        TRY(reader.expect("law"));
        line.legal_basis = TRY(reader.sentence("the legal basis"));
    }
    TRY(reader.expect_end({}));
    if (text.find_purpose(line.code) != nullptr)
        return reader.fault(fmt::format("the purpose “{}” is declared twice. Leave one out", line.code));
    text.purposes.push_back(std::move(line));
    return {};
}

Result<> read_labels(TokenReader& reader, const Place& place, PolicyText& text)
{
    TRY(reader.expect("open < personal < sensitive < restricted < sealed"));
    TRY(reader.expect_end({}));
    if (text.labels) return reader.fault("labels are declared twice. Leave one out");
    text.labels = LabelsLine{place};
    return {};
}

Result<> read_categories(TokenReader& reader, const Place& place, PolicyText& text)
{
    CategoriesLine line{place, AnyOf<Category>::of_bits(TRY(reader.list_of(words_of_categories(), "category")))};
    TRY(reader.expect_end({}));
    if (text.categories) return reader.fault("categories are declared twice. Make one list of them");
    text.categories = line;
    return {};
}

Result<> read_relationship(TokenReader& reader, const Place& place, PolicyText& text)
{
    RelationshipLine line{.place = place};
    line.relationship = static_cast<Relationship>(TRY(reader.one_of(words_of_relationships(), "relationship")));
    TRY(reader.expect("proved by"));
    line.proved_by = TRY(reader.sentence("what proves it"));
    TRY(reader.expect("ends"));
    if (!reader.take("with")) {
        line.lasts = TRY(reader.duration());
        TRY(reader.expect("after"));
    }
    line.end = TRY(reader.sentence("what ends it"));
    TRY(reader.expect_end({}));
    if (text.find_relationship(line.relationship) != nullptr)
        return reader.fault(fmt::format("“{}” is declared twice. Leave one out", word_of(line.relationship)));
    text.relationships.push_back(std::move(line));
    return {};
}

Result<> read_actions(TokenReader& reader, const Place& place, PolicyText& text)
{
    ActionsLine line{place, TRY(reader.names("an action"))};
    TRY(reader.expect_end({}));
    if (text.actions) return reader.fault("actions are declared twice. Make one list of them");
    if (line.actions.size() > 256) return reader.fault("a policy has at most 256 actions");
    text.actions = std::move(line);
    return {};
}

Result<> read_group(TokenReader& reader, const Place& place, Reading& reading)
{
    static const std::vector<std::string> kinds_of_groups = {"roles", "kinds", "actions"};
    auto& declared = reading.declared;
    GroupLine line{.place = place};
    line.name = TRY(reader.name("the name of the group"));
    TRY(reader.expect("of"));
    line.of = static_cast<GroupOf>(TRY(reader.one_of(kinds_of_groups, "thing that is grouped")));
    const Words known = line.of == GroupOf::roles   ? words_of_roles()
                        : line.of == GroupOf::kinds ? words_of_kinds()
                                                    : Words(declared.actions);
    line.members = TRY(reader.words_of(known, "word that a group may hold"));
    TRY(reader.expect_end({}));
    if (line.members.size() < 2) return reader.fault(fmt::format("the group “{}” holds one word. Say that", line.name));
    if (place_of(line.name, known))
        return reader.fault(fmt::format("“{}” is what it groups, too. Give the group another name", line.name));
    if (std::ranges::find(reading.text.groups, line.name, &GroupLine::name) != reading.text.groups.end())
        return reader.fault(fmt::format("the group “{}” stands twice. Leave one out", line.name));
    auto& groups = line.of == GroupOf::roles   ? declared.roles
                   : line.of == GroupOf::kinds ? declared.kinds
                                               : declared.groups_of_actions;
    groups.push_back({line.name, line.members});
    reading.text.groups.push_back(std::move(line));
    return {};
}

Result<> read_view(TokenReader& reader, const Place& place, Reading& reading)
{
    ViewLine line{.place = place};
    line.name = TRY(reader.name("the name of the view"));
    if (reader.take("whole")) line.whole = TRY(categories(reader, reading.declared));
    if (reader.take("summary")) line.summary = TRY(categories(reader, reading.declared));
    if (reader.take("own")) line.own = TRY(categories(reader, reading.declared));
    if (reader.take("released")) line.released = TRY(categories(reader, reading.declared));
    TRY(reader.expect_end({"whole", "summary", "own", "released"}));
    if (reading.text.find_view(line.name) != nullptr)
        return reader.fault(fmt::format("the view “{}” stands twice. Leave one out", line.name));
    reading.text.views.push_back(std::move(line));
    return {};
}

// --- Rules

struct Opening {
    std::string id;
    std::string sentence;
};

bool has_id(const PolicyText& text, std::string_view id)
{
    const auto is_it = [&](const auto& rule) { return rule.id == id; };
    return std::ranges::any_of(text.allows, is_it) || std::ranges::any_of(text.limits, is_it) ||
           std::ranges::any_of(text.forbids, is_it) || std::ranges::any_of(text.break_glass, is_it);
}

Result<Opening> opening_of(TokenReader& reader, const PolicyText& text)
{
    Opening opening;
    opening.id = TRY(reader.name("the number of the rule, such as A12"));
    if (has_id(text, opening.id))
        return reader.fault(fmt::format("“{}” is the number of two rules. Give one of them another", opening.id));
    opening.sentence = TRY(reader.sentence("what the rule is for"));
    return opening;
}

Result<> read_allow(TokenReader& reader, const Place& place, Reading& reading)
{
    const auto& declared = reading.declared;
    auto opening = TRY(opening_of(reader, reading.text));
    AllowRule rule{.place = place, .id = std::move(opening.id), .sentence = std::move(opening.sentence)};
    TRY(reader.expect("may"));
    rule.actions = TRY(reader.words_of(declared.actions, "action", declared.groups_of_actions));
    TRY(reader.expect("to"));
    rule.roles = TRY(roles(reader, declared.roles));
    if (reader.take("or")) {
        TRY(reader.expect("their supervisor"));
        rule.or_their_supervisor = true;
    }
    TRY(reader.expect("of"));
    rule.kinds = TRY(kinds(reader, declared.kinds));
    TRY(reader.expect("for"));
    rule.purposes = TRY(reader.words_of(declared.purposes, "purpose that grants anything"));
    if (reader.take("while")) rule.relationships = TRY(relationships(reader, declared));
    rule.when = TRY(condition_after(reader, declared, "when"));
    if (reader.take("sees")) {
        rule.view = declared.views[TRY(reader.one_of(declared.views, "view"))];
        rule.up_to = TRY(ceiling(reader));
    }
    rule.duties = TRY(duties_of(reader));
    TRY(reader.expect_end({"while", "when", "sees", "then"}));
    reading.text.allows.push_back(std::move(rule));
    return {};
}

Result<> read_limit(TokenReader& reader, const Place& place, Reading& reading)
{
    static const std::vector<std::string> shows = {"nothing", "summary", "masked"};
    auto opening = TRY(opening_of(reader, reading.text));
    LimitRule rule{.place = place, .id = std::move(opening.id), .sentence = std::move(opening.sentence)};
    TRY(reader.expect("of"));
    rule.categories = TRY(categories(reader, reading.declared));
    rule.when = TRY(condition_after(reader, reading.declared, "when"));
    rule.unless = TRY(condition_after(reader, reading.declared, "unless"));
    TRY(reader.expect("show"));
    rule.at_most = static_cast<Show>(TRY(reader.one_of(shows, "way of showing")));
    TRY(reader.expect_end({}));
    reading.text.limits.push_back(std::move(rule));
    return {};
}

Result<> read_forbid(TokenReader& reader, const Place& place, Reading& reading)
{
    auto opening = TRY(opening_of(reader, reading.text));
    ForbidRule rule{.place = place, .id = std::move(opening.id), .sentence = std::move(opening.sentence)};
    if (reader.take("may")) return reader.fault("“may” allows. A forbid says “actions”, or nothing for any action");
    if (reader.take("actions"))
        rule.actions = TRY(reader.words_of(reading.declared.actions, "action", reading.declared.groups_of_actions));
    rule.when = TRY(condition_after(reader, reading.declared, "when"));
    rule.unless = TRY(condition_after(reader, reading.declared, "unless"));
    rule.duties = TRY(duties_of(reader));
    TRY(reader.expect_end({"actions", "when", "unless", "then"}));
    reading.text.forbids.push_back(std::move(rule));
    return {};
}

Result<> read_break_glass(TokenReader& reader, const Place& place, Reading& reading)
{
    const auto& declared = reading.declared;
    auto opening = TRY(opening_of(reader, reading.text));
    BreakGlassRule rule{.place = place, .id = std::move(opening.id), .sentence = std::move(opening.sentence)};
    TRY(reader.expect("may"));
    rule.actions = TRY(reader.words_of(declared.actions, "action", declared.groups_of_actions));
    TRY(reader.expect("to"));
    rule.roles = TRY(roles(reader, declared.roles));
    TRY(reader.expect("of"));
    rule.kinds = TRY(kinds(reader, declared.kinds));
    TRY(reader.expect("for"));
    rule.purposes = TRY(reader.words_of(declared.purposes, "purpose that grants anything"));
    TRY(reader.expect("needs reason of"));
    rule.reason_characters = static_cast<std::size_t>(TRY(reader.count()));
    TRY(reader.expect("characters and second-factor within"));
    rule.second_factor_within = TRY(reader.duration());
    rule.up_to = TRY(ceiling(reader));
    rule.duties = TRY(duties_of(reader));
    TRY(reader.expect_end({"then"}));
    if (!rule.duties.expire_after) return reader.fault("broken glass always ends. Add: expire after 1 hour");
    if (rule.duties.notices.empty()) return reader.fault("broken glass is always told. Add: notify supervisor now");
    reading.text.break_glass.push_back(std::move(rule));
    return {};
}

// --- The whole

/// What stands on other declarations.
Result<> read_group_or_view(TokenReader& reader, const Place& place, Reading& reading)
{
    if (reader.take("group")) return read_group(reader, place, reading);
    TRY(reader.expect("view"));
    return read_view(reader, place, reading);
}

Result<> read_declaration(TokenReader& reader, const Place& place, Reading& reading)
{
    auto& text = reading.text;
    if (reader.take("version")) return read_version(reader, place, text);
    if (reader.take("purpose")) return read_purpose(reader, place, text);
    if (reader.take("labels")) return read_labels(reader, place, text);
    if (reader.take("categories")) return read_categories(reader, place, text);
    if (reader.take("relationship")) return read_relationship(reader, place, text);
    TRY(reader.expect("actions"));
    return read_actions(reader, place, text);
}

Result<> read_rule(TokenReader& reader, const Place& place, Reading& reading)
{
    if (reader.take("allow")) return read_allow(reader, place, reading);
    if (reader.take("limit")) return read_limit(reader, place, reading);
    if (reader.take("forbid")) return read_forbid(reader, place, reading);
    TRY(reader.expect("break-glass"));
    return read_break_glass(reader, place, reading);
}

Declared declared_in(const PolicyText& text)
{
    Declared declared;
    for (const auto& line : text.purposes) {
        declared.all_purposes.push_back(line.code);
        if (!line.legal_basis.empty()) declared.purposes.push_back(line.code);
    }
    if (text.actions) declared.actions = text.actions->actions;
    for (std::size_t i = 0; text.categories && i < category_count; ++i)
        if (text.categories->categories.has(static_cast<Category>(i)))
            declared.categories.push_back(words_of_categories()[i]);
    for (const auto& line : text.relationships) declared.relationships.emplace_back(word_of(line.relationship));
    return declared;
}

/// Reads every statement that begins with one of `words`.
void read_those(std::span<const Statement> statements, std::span<const std::string_view> words, Reading& reading,
                Result<> (*read)(TokenReader&, const Place&, Reading&))
{
    for (const auto& statement : statements) {
        if (std::ranges::find(words, statement.tokens.front().text) == words.end()) continue;
        TokenReader reader(statement.tokens);
        if (const auto done = read(reader, statement.place, reading); !done)
            reading.problems.insert(reading.problems.end(), done.error().begin(), done.error().end());
    }
}

void find_strangers(std::span<const Statement> statements, Problems& problems)
{
    std::vector<std::string> known(std::begin(declaration_words), std::end(declaration_words));
    known.insert(known.end(), std::begin(rule_words), std::end(rule_words));
    for (const auto& statement : statements) {
        const auto& first = statement.tokens.front();
        if (first.kind == TokenKind::word && place_of(first.text, known)) continue;
        problems.push_back({ProblemKind::malformed, fmt::format("line {}: “{}” begins no statement. {}", first.line,
                                                                first.text, remedy_for(first.text, known))});
    }
}

void find_what_is_missing(const PolicyText& text, Problems& problems)
{
    if (!text.labels)
        problems.push_back({ProblemKind::missing,
                            "line 1: the order of labels is missing. Add: labels open < personal < sensitive < "
                            "restricted < sealed"});
    if (text.purposes.size() > 64) problems.push_back({ProblemKind::too_large, "line 1: more than 64 purposes"});
    const auto rules = text.allows.size() + text.limits.size() + text.forbids.size() + text.break_glass.size();
    if (rules > 1000) problems.push_back({ProblemKind::too_large, "line 1: more than 1000 rules"});
}

} // namespace

Result<PolicyText> read_policy(std::string_view source)
{
    Reading reading;
    auto& text = reading.text;
    const auto statements = statements_of(TRY(tokens_of(source)), text.comments_at_end, reading.problems);
    find_strangers(statements, reading.problems);
    read_those(statements, std::span(declaration_words).first(6), reading, read_declaration);
    reading.declared = declared_in(text);
    read_those(statements, std::span(declaration_words).last(2), reading, read_group_or_view);
    for (const auto& view : text.views) reading.declared.views.push_back(view.name);
    read_those(statements, rule_words, reading, read_rule);
    if (reading.problems.empty()) find_what_is_missing(text, reading.problems);
    if (!reading.problems.empty()) return refuse(std::move(reading.problems));
    return std::move(text);
}

const ViewLine* PolicyText::find_view(std::string_view name) const
{
    const auto found = std::ranges::find(views, name, &ViewLine::name);
    return found == views.end() ? nullptr : &*found;
}

const PurposeLine* PolicyText::find_purpose(std::string_view code) const
{
    const auto found = std::ranges::find(purposes, code, &PurposeLine::code);
    return found == purposes.end() ? nullptr : &*found;
}

const RelationshipLine* PolicyText::find_relationship(Relationship relationship) const
{
    const auto found = std::ranges::find(relationships, relationship, &RelationshipLine::relationship);
    return found == relationships.end() ? nullptr : &*found;
}

} // namespace reachable::policy
