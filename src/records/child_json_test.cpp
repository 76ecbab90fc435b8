#include "api/json.h"
#include "records/facts.h"
#include "records/testing.h"

#include <rapidcheck/gtest.h>

namespace reachable::records {
namespace {

using namespace testing;

Characteristics some_characteristics()
{
    Characteristics some_of{.ethnicity = "NS", .ethnicity_not_stated_why = *some_text()};
    some_of.ethnicity_as_perceived = *rc::gen::element(std::string(), std::string("IC3"));
    some_of.sex = *some_text();
    some_of.gender_identity = *some_text();
    some_of.has_needs = AnswerState::yes;
    some_of.needs = some([] {
        return Need{*some_text(), *rc::gen::element(HowKnown::diagnosed, HowKnown::self_described), some_source()};
    });
    some_of.needs_interpreter = *rc::gen::element(AnswerState::not_asked, AnswerState::no, AnswerState::declined);
    some_of.faith = *some_text();
    some_of.nationality = *some_text();
    return some_of;
}

Child some_child()
{
    Child child{.id = some_id<ChildId>(), .names = {some_name()}};
    for (auto& name : some(some_name)) child.names.push_back(name);
    child.likes_to_be_called = *some_text();
    child.born = some_birth();
    child.age_status = *rc::gen::element(AgeStatus::confirmed, AgeStatus::apparent, AgeStatus::disputed);
    child.care_status = *some_text();
    child.responsible_authority = some_id<AgencyId>();
    child.host_authority = *rc::gen::arbitrary<bool>() ? AgencyId{} : some_id<AgencyId>();
    child.identifiers = some([] { return Identifier{"PNC", *some_text(), *some_text(), *some_text()}; });
    child.addresses = some(some_address);
    child.contacts = some(some_contact);
    child.language = *some_text();
    child.source = some_source();
    if (*rc::gen::arbitrary<bool>()) child.care_status_since = parse_date("2024-02-29").value();
    if (*rc::gen::arbitrary<bool>()) child.characteristics = some_characteristics();
    return child;
}

RC_GTEST_PROP(ChildJson, reads_back_every_child_it_writes, ())
{
    const auto child = some_child();
    const auto text = api::write_json(to_json(child));
    const auto read_back = child_from(api::parse_json(text).value());
    RC_ASSERT(read_back.has_value());
    RC_ASSERT(*read_back == child);
}

TEST(ChildJson, refuses_a_name_that_turns_the_direction_of_the_text)
{
    const auto read = read_text(Json("Zebedee \u202Erehtona"), text_limit);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().front().sentence, "Leave out the hidden characters that turn the direction of the text");
    EXPECT_TRUE(read_text(Json("שרה Nguyễn"), text_limit));
}

TEST(ChildJson, leaves_out_what_nobody_has_said)
{
    const auto json = to_json(Child{.names = {read_name("Ayo Sample")}});
    EXPECT_EQ(json.find("born"), nullptr);
    EXPECT_EQ(json.find("host_authority"), nullptr);
    EXPECT_EQ(json.text_of("care_status"), "unknown");
    EXPECT_EQ(json.text_of("age_status"), "stated");
}

TEST(ChildJson, takes_a_name_alone_for_a_child)
{
    const auto child = child_from(api::parse_json(R"({"names":[{"as_given":"Ayo"}]})").value());
    ASSERT_TRUE(child) << sentences(child.error());
    EXPECT_EQ(child->names, (std::vector{Name{.as_given = "Ayo"}}));
    EXPECT_EQ(child->care_status, "unknown");
    EXPECT_EQ(child->born, std::nullopt);
}

TEST(ChildJson, names_every_member_it_cannot_read)
{
    const auto refused = child_from(api::parse_json(R"({
        "id": "not an id", "names": [{"as_given": "Ayo"}, {"as_given": 7, "kind": "nickname"}], "born": "2026-02-30",
        "age_status": "", "contacts": [{"is_safe_to_use": "yes"}], "addresses": "none", "source": []})")
                                        .value());
    ASSERT_FALSE(refused);
    std::vector<std::string> fields;
    for (const auto& problem : refused.error()) fields.push_back(problem.field);
    EXPECT_EQ(fields, (std::vector<std::string>{"id", "names.1.kind", "names.1.as_given", "born", "age_status",
                                                "addresses", "contacts.0.is_safe_to_use", "source"}));
}

TEST(ChildJson, refuses_a_child_without_a_name_and_what_is_no_object)
{
    EXPECT_FALSE(child_from(Json::object()));
    EXPECT_FALSE(child_from(Json("Ayo")));
    EXPECT_FALSE(child_from(Json()));
    EXPECT_FALSE(child_from(api::parse_json(R"({"names":[]})").value()));
    EXPECT_FALSE(child_from(api::parse_json(R"({"names":[{"as_given":"  "}]})").value()));
    EXPECT_FALSE(child_from(api::parse_json(R"({"names":["Ayo"]})").value()));
}

} // namespace
} // namespace reachable::records
