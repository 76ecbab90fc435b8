#include "policy/testing.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

namespace reachable::policy::testing {

namespace {

using accounts::AgencyKind;
using accounts::Role;

constexpr std::initializer_list<Role> few_roles = {Role::CUST, Role::EDT, Role::SUPV, Role::IGOV};
constexpr std::initializer_list<AgencyKind> few_kinds = {AgencyKind::police_force, AgencyKind::local_authority,
                                                         AgencyKind::immigration};
constexpr std::initializer_list<Category> few_categories = {Category::id_core, Category::address, Category::health,
                                                            Category::administration};
constexpr std::initializer_list<Relationship> few_relationships = {Relationship::detaining, Relationship::duty_desk,
                                                                   Relationship::own_agency, Relationship::linked};
constexpr std::initializer_list<Mark> all_marks = {Mark::sealed, Mark::under_alert, Mark::opened_with_reason,
                                                   Mark::opened_by_break_glass};

std::vector<std::string> granting(const PolicyText& text)
{
    std::vector<std::string> codes;
    for (const auto& line : text.purposes)
        if (!line.legal_basis.empty()) codes.push_back(line.code);
    return codes;
}

std::vector<std::string> all_purposes(const PolicyText& text)
{
    std::vector<std::string> codes;
    for (const auto& line : text.purposes) codes.push_back(line.code);
    return codes;
}

} // namespace

const TextPolicy& shipped()
{
    static const auto policy = TextPolicy::read(shipped_text());
    CHECK(policy, "the shipped policy cannot be read");
    return **policy;
}

std::size_t number_from_environment(const char* name, std::size_t otherwise)
{
    const char* value = std::getenv(name);
    return value == nullptr ? otherwise : static_cast<std::size_t>(std::strtoull(value, nullptr, 10));
}

std::vector<std::string> Dice::some_of(const std::vector<std::string>& words)
{
    std::vector<std::string> chosen;
    for (const auto& word : words)
        if (one_in(2)) chosen.push_back(word);
    if (chosen.empty()) chosen.push_back(words[below(words.size())]);
    std::shuffle(chosen.begin(), chosen.end(), random_);
    return chosen;
}

Fact Dice::fact(const PolicyText& text)
{
    Fact fact{.subject = static_cast<Subject>(below(subject_count))};
    fact.is_not = fact.subject != Subject::second_factor && one_in(3);
    switch (fact.subject) {
    case Subject::purpose: fact.words = some_of(all_purposes(text)); break;
    case Subject::action: fact.words = some_of(text.actions->actions); break;
    case Subject::role: fact.members = some(few_roles).bits(); break;
    case Subject::kind: fact.members = some(few_kinds).bits(); break;
    case Subject::relationship: fact.members = some(few_relationships).bits(); break;
    case Subject::record: fact.members = some(all_marks).bits(); break;
    case Subject::second_factor: fact.within = std::chrono::minutes{1 + below(20)}; break;
    }
    return fact;
}

Condition Dice::condition(const PolicyText& text)
{
    Condition condition;
    if (one_in(2)) return condition;
    for (std::size_t i = 0, groups = 1 + below(2); i < groups; ++i) {
        auto& group = condition.groups.emplace_back();
        for (std::size_t j = 0, facts = 1 + below(2); j < facts; ++j) group.push_back(fact(text));
    }
    return condition;
}

Duties Dice::duties()
{
    Duties duties;
    if (one_in(2)) return duties;
    duties.log = one_in(2);
    if (one_in(2)) duties.notices.push_back({some(few_roles), std::chrono::minutes{below(3) * 15}});
    if (one_in(4)) duties.notices.push_back({some(few_roles), std::chrono::seconds{1 + below(100)}});
    if (one_in(3)) duties.expire_after = std::chrono::minutes{1 + below(200)};
    if (one_in(4)) duties.review_within_working_days = static_cast<int>(1 + below(3));
    return duties;
}

AllowRule Dice::allow(const PolicyText& text, std::string id)
{
    AllowRule rule{.id = std::move(id), .sentence = "Somebody may"};
    rule.actions = some_of(text.actions->actions);
    rule.roles = some(few_roles);
    rule.or_their_supervisor = one_in(4);
    rule.kinds = some(few_kinds);
    rule.purposes = some_of(granting(text));
    if (!one_in(3)) rule.relationships = some(few_relationships);
    rule.when = condition(text);
    if (!one_in(5)) {
        rule.view = text.views[below(text.views.size())].name;
        rule.up_to = static_cast<Label>(below(4));
    }
    rule.duties = duties();
    return rule;
}

LimitRule Dice::limit(const PolicyText& text, std::string id)
{
    return {.id = std::move(id),
            .sentence = "Less is shown",
            .categories = some(few_categories),
            .when = condition(text),
            .unless = condition(text),
            .at_most = static_cast<Show>(below(3))};
}

ForbidRule Dice::forbid(const PolicyText& text, std::string id)
{
    ForbidRule rule{.id = std::move(id), .sentence = "Nobody may"};
    if (one_in(2)) rule.actions = some_of(text.actions->actions);
    do rule.when = condition(text);
    while (rule.when.is_empty());
    rule.unless = condition(text);
    rule.duties = duties();
    return rule;
}

BreakGlassRule Dice::break_glass(const PolicyText& text, std::string id)
{
    BreakGlassRule rule{.id = std::move(id), .sentence = "Life is at risk"};
    rule.actions = some_of(text.actions->actions);
    rule.roles = some(few_roles);
    rule.kinds = some(few_kinds);
    rule.purposes = some_of(granting(text));
    rule.reason_characters = 10 + below(20);
    rule.second_factor_within = std::chrono::minutes{1 + below(20)};
    rule.up_to = static_cast<Label>(below(4));
    rule.duties = duties();
    rule.duties.expire_after = std::chrono::minutes{30};
    if (rule.duties.notices.empty()) rule.duties.notices.push_back({some(few_roles), std::chrono::seconds{0}});
    return rule;
}

PolicyText Dice::policy()
{
    PolicyText text;
    int order = 0;
    if (one_in(2)) text.version = VersionLine{{order++}, "7.1"};
    for (const char* code : {"care", "rescue", "counting"})
        text.purposes.push_back({{order++}, code, "To care", "An Act"});
    text.purposes.push_back({{order++}, "profit", "To gain", ""});
    text.labels = LabelsLine{{order++, {"Labels in their order"}}};
    text.categories = CategoriesLine{{order++}, few_categories};
    for (const auto one : few_relationships)
        text.relationships.push_back({{order++}, one, "a record", std::chrono::hours{below(3)}, "an event"});
    text.actions = ActionsLine{{order++}, {"read", "search", "write"}};
    if (one_in(2)) text.groups.push_back({{order++}, "finders", GroupOf::actions, {"search", "read"}});
    if (one_in(2)) text.groups.push_back({{order++}, "the-suite", GroupOf::roles, {"custody-sergeant", "inspector"}});
    if (one_in(2)) text.groups.push_back({{order++}, "both", GroupOf::kinds, {"police-force", "local-authority"}});
    for (const char* name : {"much", "little", "none"}) {
        ViewLine view{.place = {order++}, .name = name};
        if (!one_in(3)) view.whole = some(few_categories);
        if (!one_in(3)) view.summary = some(few_categories);
        if (!one_in(3)) view.own = some(few_categories);
        if (!one_in(3)) view.released = some(few_categories);
        text.views.push_back(view);
    }
    const auto place = [&](auto rule) {
        rule.place.order = order++;
        if (one_in(4)) rule.place.comments = {"Why", "", "and wherefore"};
        return rule;
    };
    for (std::size_t i = 0, count = 1 + below(6); i < count; ++i)
        text.allows.push_back(place(allow(text, fmt::format("A{}", i))));
    for (std::size_t i = 0, count = below(3); i < count; ++i)
        text.limits.push_back(place(limit(text, fmt::format("L{}", i))));
    for (std::size_t i = 0, count = below(3); i < count; ++i)
        text.forbids.push_back(place(forbid(text, fmt::format("F{}", i))));
    for (std::size_t i = 0, count = below(3); i < count; ++i)
        text.break_glass.push_back(place(break_glass(text, fmt::format("B{}", i))));
    if (one_in(3)) text.comments_at_end = {"The end"};
    return text;
}

Request Dice::request(const PolicyText& text)
{
    Request request;
    const auto strange = static_cast<int>(below(100)) - 10;
    request.role = one_in(20) ? static_cast<Role>(strange) : *(few_roles.begin() + below(few_roles.size()));
    if (one_in(6)) request.role = static_cast<Role>(below(role_count));
    request.agency_kind =
        one_in(20) ? static_cast<AgencyKind>(strange) : *(few_kinds.begin() + below(few_kinds.size()));
    const auto purposes = all_purposes(text);
    if (!one_in(15)) request.purpose = purposes[below(purposes.size())];
    if (one_in(30)) request.purpose = "pleasure";
    request.action = one_in(30) ? "vanish" : text.actions->actions[below(text.actions->actions.size())];
    for (std::size_t i = 0; i < relationship_count; ++i) {
        if (one_in(3)) request.relationships.insert(static_cast<Relationship>(i));
        if (one_in(8)) request.unsure_relationships.insert(static_cast<Relationship>(i));
    }
    for (std::size_t i = 0, count = below(7); i < count; ++i) {
        FieldClass field{static_cast<Category>(below(category_count)), static_cast<Label>(below(label_count)),
                         static_cast<Told>(below(3)), static_cast<Told>(below(3))};
        if (!one_in(3)) field.category = *(few_categories.begin() + below(few_categories.size()));
        if (one_in(30)) field.category = static_cast<Category>(strange);
        if (one_in(30)) field.label = static_cast<Label>(strange);
        request.fields.push_back(field);
    }
    request.is_sealed = one_in(5);
    request.second_factor_age = std::chrono::seconds{static_cast<std::int64_t>(below(1500)) - 60};
    request.is_under_alert = static_cast<Told>(below(3));
    request.is_opened_with_reason = static_cast<Told>(below(3));
    if (one_in(2)) request.supervised = *(few_roles.begin() + below(few_roles.size()));
    if (one_in(2))
        request.break_glass = BreakGlass{below(40), std::chrono::seconds{static_cast<std::int64_t>(below(4000)) - 100}};
    request.means = {!one_in(40), !one_in(20), !one_in(20)};
    return request;
}

} // namespace reachable::policy::testing
