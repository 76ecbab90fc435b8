// What must hold of any policy, asked through the seam with whole requests. properties_test.cpp asks the compiled
// policy far more of them.
#include "policy/testing.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <rapidcheck/gtest.h>
#include <utility>

namespace reachable::policy {
namespace {

using accounts::AgencyKind;
using accounts::Role;

constexpr Role role_without_rows = Role::CATO;

std::vector<FieldClass> one_field_of_each_kind()
{
    std::vector<FieldClass> fields;
    for (int category = 0; category < static_cast<int>(category_count); ++category)
        for (const Label label : {Label::personal, Label::restricted, Label::sealed})
            fields.push_back({static_cast<Category>(category), label});
    return fields;
}

std::set<Relationship> relationships_in(unsigned bits)
{
    std::set<Relationship> set;
    for (unsigned i = 0; i < relationship_count; ++i)
        if ((bits >> i) & 1U) set.insert(static_cast<Relationship>(i));
    return set;
}

/// Calls `body` with every combination of role, agency, purpose, action, seal and `relationship_bits`.
template <class Body>
void for_every_request(const std::vector<unsigned>& relationship_bits, Body body)
{
    Request request;
    request.fields = one_field_of_each_kind();
    for (const Role role : {Role::system, Role::CUST, Role::DETO, Role::INSP, Role::EDT, Role::LADM, Role::SW,
                            Role::HLTH, Role::AA, Role::OIC, Role::IGOV, Role::SUPV, Role::ADMIN, role_without_rows})
        for (const AgencyKind kind : {AgencyKind::police_force, AgencyKind::local_authority, AgencyKind::immigration})
            for (const char* purpose : {"", "custody-safeguarding", "safeguarding-response", "supervision"})
                for (const char* action :
                     {"read", "custody.book_in", "custody.answer", "custody.add_fact", "search", "audit.read"})
                    for (const bool is_sealed : {false, true})
                        for (const unsigned bits : relationship_bits) {
                            request.role = role;
                            request.agency_kind = kind;
                            request.purpose = purpose;
                            request.action = action;
                            request.is_sealed = is_sealed;
                            request.relationships = relationships_in(bits);
                            body(request);
                        }
}

constexpr unsigned bit(Relationship relationship)
{
    return 1U << static_cast<unsigned>(relationship);
}

/// None, each alone, and all: enough for what does not depend on pairs.
std::vector<unsigned> few_relationships()
{
    std::vector<unsigned> bits = {0, (1U << relationship_count) - 1};
    for (unsigned i = 0; i < relationship_count; ++i) bits.push_back(1U << i);
    return bits;
}

/// True if `less` shows no field more than `more` does, and allows nothing that `more` denies.
bool shows_no_more(const Decision& less, const Decision& more)
{
    if (less.is_allowed && !more.is_allowed) return false;
    return std::ranges::equal(less.fields, more.fields, [](Show a, Show b) { return a <= b; });
}

bool is_nothing(const Decision& decision)
{
    return !decision.is_allowed && std::ranges::all_of(decision.fields, [](Show show) { return show == Show::hide; });
}

bool is_same(const Decision& a, const Decision& b)
{
    return a.is_allowed == b.is_allowed && a.fields == b.fields && a.rules == b.rules && a.reasons == b.reasons &&
           a.obligations == b.obligations;
}

TEST(Policy, an_empty_policy_denies_everything)
{
    const TextPolicy empty(PolicyText{});
    std::size_t wrong = 0;
    for_every_request(few_relationships(),
                      [&](const Request& request) { wrong += !is_nothing(empty.decide(request)); });
    EXPECT_EQ(wrong, 0U);
}

TEST(Policy, the_order_of_rules_is_irrelevant)
{
    auto text = testing::shipped().text();
    std::mt19937 random(20261124);
    std::size_t wrong = 0;
    for (int round = 0; round < 3; ++round) {
        std::shuffle(text.allows.begin(), text.allows.end(), random);
        std::shuffle(text.forbids.begin(), text.forbids.end(), random);
        std::shuffle(text.limits.begin(), text.limits.end(), random);
        const TextPolicy shuffled(text);
        for_every_request(few_relationships(), [&](const Request& request) {
            wrong += !is_same(testing::shipped().decide(request), shuffled.decide(request));
        });
        EXPECT_EQ(shuffled.hash(), testing::shipped().hash());
    }
    EXPECT_EQ(wrong, 0U);
}

TEST(Policy, dropping_the_role_or_the_purpose_shows_nothing)
{
    std::size_t wrong = 0;
    for_every_request(few_relationships(), [&](Request request) {
        const Role role = std::exchange(request.role, role_without_rows);
        wrong += !is_nothing(testing::shipped().decide(request));
        request.role = role;
        request.purpose.clear();
        wrong += !is_nothing(testing::shipped().decide(request));
    });
    EXPECT_EQ(wrong, 0U);
}

TEST(Policy, raising_a_label_never_shows_more)
{
    std::size_t wrong = 0;
    for_every_request({0, bit(Relationship::detaining), bit(Relationship::duty_desk)}, [&](Request request) {
        const auto before = testing::shipped().decide(request);
        for (auto& field : request.fields)
            if (field.label < Label::sealed) field.label = static_cast<Label>(static_cast<int>(field.label) + 1);
        wrong += !shows_no_more(testing::shipped().decide(request), before);
    });
    EXPECT_EQ(wrong, 0U);
}

TEST(Policy, immigration_enforcement_is_never_shown_anything)
{
    std::size_t wrong = 0;
    for_every_request(few_relationships(), [&](Request request) {
        request.agency_kind = AgencyKind::immigration;
        wrong += !is_nothing(testing::shipped().decide(request));
        request.agency_kind = AgencyKind::police_force;
        request.purpose = "immigration-enforcement";
        wrong += !is_nothing(testing::shipped().decide(request));
    });
    EXPECT_EQ(wrong, 0U);
}

TEST(Policy, nothing_sealed_is_shown_by_any_row)
{
    std::size_t wrong = 0;
    for_every_request(few_relationships(), [&](const Request& request) {
        const auto decision = testing::shipped().decide(request);
        for (std::size_t i = 0; i < request.fields.size(); ++i)
            wrong += request.fields[i].label == Label::sealed && decision.fields[i] != Show::hide;
    });
    EXPECT_EQ(wrong, 0U);
}

TEST(Policy, without_a_relationship_only_intake_shows_who_a_child_is)
{
    std::size_t shown = 0;
    for_every_request({0}, [&](const Request& request) {
        const auto decision = testing::shipped().decide(request);
        for (std::size_t i = 0; i < request.fields.size(); ++i) {
            const bool is_about_a_child = request.fields[i].category != Category::administration;
            if (!is_about_a_child || decision.fields[i] == Show::hide) continue;
            EXPECT_TRUE(request.action == "custody.book_in" || request.action == "search" ||
                        request.action == "audit.read");
            ++shown;
        }
    });
    EXPECT_GT(shown, 0U);
}

/// Numbers far outside the enumerators, texts of any bytes: what a bug elsewhere might hand over.
Request any_request()
{
    Request request;
    request.role = static_cast<Role>(*rc::gen::inRange(-3, 70));
    request.agency_kind = static_cast<AgencyKind>(*rc::gen::inRange(-3, 70));
    request.purpose =
        *rc::gen::oneOf(rc::gen::element<std::string>("custody-safeguarding", "safeguarding-response", " "),
                        rc::gen::arbitrary<std::string>());
    request.action = *rc::gen::oneOf(rc::gen::element<std::string>("read", "custody.answer", "read custody.answer"),
                                     rc::gen::arbitrary<std::string>());
    for (const int number : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-2, 70)))
        request.relationships.insert(static_cast<Relationship>(number));
    for (const int number : *rc::gen::container<std::vector<int>>(rc::gen::inRange(-2, 70)))
        request.fields.push_back({static_cast<Category>(number), static_cast<Label>(number % 7)});
    request.is_sealed = *rc::gen::arbitrary<bool>();
    request.second_factor_age = seconds{*rc::gen::arbitrary<std::int64_t>()};
    return request;
}

RC_GTEST_PROP(PolicyOnAnything, never_throws_and_answers_for_every_field, ())
{
    const Request request = any_request();
    const auto decision = testing::shipped().decide(request);
    RC_ASSERT(decision.fields.size() == request.fields.size());
    if (!decision.is_allowed) RC_ASSERT(is_nothing(decision) && !decision.reasons.empty());
    for (std::size_t i = 0; i < request.fields.size(); ++i) {
        const auto category = static_cast<int>(request.fields[i].category);
        const auto label = static_cast<int>(request.fields[i].label);
        const bool is_real = category >= 0 && category < static_cast<int>(category_count) && label >= 0 && label <= 4;
        if (!is_real) RC_ASSERT(decision.fields[i] == Show::hide);
    }
}

TEST(Policy, obligations_add_up_and_the_shortest_expiry_wins)
{
    auto text = testing::shipped().text();
    auto& first = *std::ranges::find(text.allows, "A02", &AllowRule::id);
    first.duties = {.notices = {{Role::SUPV, seconds{60}}}, .expire_after = seconds{600}};
    auto second = first;
    second.id = "A99";
    second.duties = {.notices = {{{Role::IGOV, Role::SUPV}, seconds{30}}}, .expire_after = seconds{60}};
    text.allows.push_back(second);
    Request request;
    request.role = Role::CUST;
    request.purpose = "custody-safeguarding";
    request.action = "read";
    request.relationships = {Relationship::detaining};
    const auto decision = TextPolicy(text).decide(request);
    EXPECT_EQ(decision.obligations.expires_after, seconds{60});
    EXPECT_EQ(decision.obligations.tell, (std::vector{Role::SUPV, Role::IGOV}));
    EXPECT_EQ(decision.obligations.tell_within, (std::vector{seconds{30}, seconds{30}}));
    EXPECT_TRUE(decision.obligations.log);
}

TEST(Policy, what_must_be_done_and_cannot_be_turns_leave_into_a_denial_that_says_so)
{
    Request request;
    request.role = Role::CUST;
    request.purpose = "custody-safeguarding";
    request.action = "read";
    request.relationships = {Relationship::detaining};
    request.is_sealed = true;
    EXPECT_EQ(testing::shipped().decide(request).obligations.tell, (std::vector{Role::IGOV, Role::PSTD}));
    request.means.can_notify = false;
    const auto decision = testing::shipped().decide(request);
    EXPECT_TRUE(is_nothing(decision));
    EXPECT_EQ(
        decision.reasons,
        std::vector<std::string>{"What must be done when this is shown cannot be done at the moment. Try again later"});
}

TEST(Policy, a_person_is_told_what_to_do_about_a_refusal)
{
    Request request;
    request.role = Role::CUST;
    request.action = "read";
    EXPECT_EQ(testing::shipped().decide(request).reasons, std::vector<std::string>{"Choose what you need this for"});
    request.purpose = "custody-safeguarding";
    EXPECT_EQ(testing::shipped().decide(request).reasons,
              std::vector<std::string>{"The records show no present link between your work and this child"});
    request.action = "custody.answer";
    EXPECT_EQ(testing::shipped().decide(request).reasons,
              std::vector<std::string>{"Your role does not do this for the purpose you chose"});
}

TEST(Policy, codes_are_known_for_every_category_and_for_none_beyond)
{
    std::set<std::string_view> codes;
    for (int i = 0; i < static_cast<int>(category_count); ++i) codes.insert(code_of(static_cast<Category>(i)));
    EXPECT_EQ(codes.size(), category_count);
    EXPECT_EQ(code_of(Category::interview_text), "interview_text");
    EXPECT_EQ(title_of(Category::administration), "administration");
    EXPECT_EQ(code_of(static_cast<Category>(16)), "unknown");
    EXPECT_EQ(code_of(Label::sealed), "sealed");
    EXPECT_EQ(code_of(Relationship::own_agency), "own-agency");
}

} // namespace
} // namespace reachable::policy
