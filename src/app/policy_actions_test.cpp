// The signed text and the declared tables say the same of who may do what: neither allows an act that the other
// refuses.
#include "app/capabilities.h"

#include "base/testing.h"
#include "policy/testing.h"
#include "policy/vocabulary.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace reachable::app {
namespace {

using namespace casework;
using policy::Relationship;

/// What is asked beside the acts of a case: looks, lists, searches, the log, accounts, and what other systems send.
const std::set<std::string> not_of_a_case = {
    "read",           "search",           "clock",           "account.read",     "feed.send",
    "import.read",    "import.forget",    "audit.read",      "audit.read_child", "audit.verify",
    "wording.read",   "local-codes.read", "webhook.read",    "webhook.register", "webhook.end",
    "webhook.replay", "text.read",        "text.set_number", "text.replay",      "patterns.read",
    "figures.read"};

/// No relationship, each one, and all that somebody may have who is not barred.
std::vector<std::set<Relationship>> connections()
{
    std::vector<std::set<Relationship>> sets{{}};
    std::set<Relationship> all;
    for (std::size_t i = 0; i < policy::relationship_count; ++i) {
        const auto one = static_cast<Relationship>(i);
        sets.push_back({one});
        if (one != Relationship::linked) all.insert(one);
    }
    sets.push_back(all);
    return sets;
}

/// How closely is held what the action must be given. An item whose class is in its own words is told by itself.
std::vector<policy::FieldClass> must_be_given(const CaseType& type, const Action& action)
{
    std::vector<policy::FieldClass> classes;
    for (const auto& ask : asks_of(action)) {
        if (!ask.is_required) continue;
        if (const auto* field = type.find_field(ask.name)) classes.push_back(field->held);
        const auto* part = type.find_part(ask.name);
        if (part != nullptr && part->held == nullptr)
            for (const auto& field : part->fields) classes.push_back(field.held);
    }
    return classes;
}

/// Everything is as good as it can be: the glass broken a moment ago, a reason given, a code just shown.
policy::Request at_best(accounts::Role role, std::string action)
{
    policy::Request request{.role = role, .action = std::move(action)};
    request.is_under_alert = policy::Told::yes;
    request.is_opened_with_reason = policy::Told::yes;
    request.break_glass = policy::BreakGlass{.reason_characters = 100, .opened_ago = seconds{0}};
    return request;
}

/// Allowed, and what the action must be given may be written: the door asks for both.
bool is_allowed(const policy::Request& request)
{
    const auto decision = policy::testing::shipped().decide(request);
    return decision.is_allowed &&
           std::ranges::all_of(decision.fields, [](policy::Show show) { return show >= policy::Show::generalise; });
}

/// True if the shipped text lets somebody in that role do this, from some organisation, for some purpose, by some
/// connection.
bool text_allows(accounts::Role role, const CaseType& type, const Action& action)
{
    static const auto connected = connections();
    auto request = at_best(role, type.full_name(action.name));
    request.fields = must_be_given(type, action);
    for (std::size_t kind = 0; kind < policy::kind_count; ++kind)
        for (const auto& purpose : policy::testing::shipped().text().purposes)
            for (const auto& relationships : connected) {
                request.agency_kind = static_cast<accounts::AgencyKind>(kind);
                request.purpose = purpose.code;
                request.relationships = relationships;
                if (is_allowed(request)) return true;
            }
    return false;
}

TEST(PolicyActions, the_text_allows_a_role_an_act_exactly_where_the_declared_table_names_it)
{
    std::size_t number = 0;
    for (const auto* type : all_types())
        for (const auto& action : type->all_actions())
            for (std::size_t i = 0; i < policy::role_count; ++i) {
                if (number++ % reachable::testing::times(1, 5) != 0) continue;
                const auto role = static_cast<accounts::Role>(i);
                EXPECT_EQ(text_allows(role, *type, action), action.who.has(role))
                    << type->full_name(action.name) << " by " << accounts::title_of(role) << ": the table says "
                    << (action.who.has(role) ? "yes" : "no") << ", the text the opposite";
            }
}

TEST(PolicyActions, whoever_may_break_the_glass_may_open_a_record_in_an_emergency_and_nobody_else)
{
    policy::AnyOf<accounts::Role> who_break;
    for (const auto& rule : policy::testing::shipped().text().break_glass) who_break = rule.roles;
    const CaseType* emergency = nullptr;
    for (const auto* type : all_types())
        if (type->name == "emergency-access") emergency = type;
    ASSERT_NE(emergency, nullptr);
    for (std::size_t i = 0; i < policy::role_count; ++i) {
        const auto role = static_cast<accounts::Role>(i);
        EXPECT_EQ(who_break.has(role), emergency->find_action("open")->who.has(role)) << accounts::title_of(role);
    }
}

TEST(PolicyActions, every_action_of_the_text_is_declared_by_a_case_or_asked_beside_the_cases)
{
    std::set<std::string> declared = not_of_a_case;
    for (const auto* type : all_types())
        for (const auto& action : type->all_actions()) declared.insert(type->full_name(action.name));
    const auto& text = policy::testing::shipped().text();
    for (const auto& rule : text.allows)
        for (const auto& action : rule.actions) EXPECT_TRUE(declared.contains(action)) << rule.id << ": " << action;
    for (const auto& action : text.actions->actions) EXPECT_TRUE(declared.contains(action)) << action;
}

TEST(PolicyActions, every_action_that_a_case_declares_stands_in_the_text)
{
    const auto& words = policy::testing::shipped().text().actions->actions;
    for (const auto* type : all_types())
        for (const auto& action : type->all_actions())
            EXPECT_NE(std::ranges::find(words, type->full_name(action.name)), words.end())
                << type->full_name(action.name);
}

} // namespace
} // namespace reachable::app
