#include "api/problem.h"

#include "api/json.h"

#include <gtest/gtest.h>

namespace reachable::api {
namespace {

const Problem missing{ProblemKind::missing, "Enter the date the child was last seen.", "last_seen_on"};
const Problem malformed{ProblemKind::malformed, "Enter a real date.", "born"};
const Problem withheld{ProblemKind::withheld, "sensitive: needs a role in this child's plan"};
const Problem not_found{ProblemKind::not_found, "No such case"};

TEST(ProblemDocuments, each_kind_has_its_status)
{
    const std::pair<ProblemKind, int> rows[] = {
        {ProblemKind::missing, 422},   {ProblemKind::malformed, 422}, {ProblemKind::out_of_order, 409},
        {ProblemKind::conflict, 409},  {ProblemKind::withheld, 404},  {ProblemKind::not_found, 404},
        {ProblemKind::too_large, 413}, {ProblemKind::too_many, 429},  {ProblemKind::unavailable, 503},
    };
    for (const auto& [kind, status] : rows) EXPECT_EQ(status_of({{kind, "x"}}), status) << name_of(kind);
    EXPECT_EQ(status_of({{ProblemKind::conflict, "x"}}, {.conflict = FoundBy::if_match}), 412);
    EXPECT_EQ(status_of({{ProblemKind::out_of_order, "x"}}, {.conflict = FoundBy::if_match}), 409);
    EXPECT_THROW(status_of({}), Bug);
}

TEST(ProblemDocuments, all_problems_are_listed_at_once)
{
    const auto document = problem_document({missing, malformed}, {.instance = "r1"});
    EXPECT_EQ(document.status, 422);
    EXPECT_EQ(document.content_type, "application/problem+json");
    EXPECT_EQ(document.body,
              R"({"type":"/problems/malformed","title":"Something cannot be read","status":422,)"
              R"("detail":"Enter the date the child was last seen. Enter a real date.","instance":"r1","problems":[)"
              R"({"kind":"missing","sentence":"Enter the date the child was last seen.","field":"last_seen_on"},)"
              R"({"kind":"malformed","sentence":"Enter a real date.","field":"born"}]})");
}

TEST(ProblemDocuments, what_may_not_be_seen_gives_the_bytes_of_what_is_not_there)
{
    const ProblemOptions options{.instance = "r1"};
    const auto absent = problem_document({not_found}, options);
    EXPECT_EQ(absent.status, 404);
    const std::vector<Problems> hidden = {
        {withheld}, {withheld, withheld}, {missing, withheld}, {not_found, malformed}};
    for (const auto& problems : hidden) {
        const auto document = problem_document(problems, options);
        EXPECT_EQ(document.status, absent.status);
        EXPECT_EQ(document.content_type, absent.content_type);
        EXPECT_EQ(document.body, absent.body);
    }
    EXPECT_EQ(absent.body.find("sensitive"), std::string::npos);
    EXPECT_EQ(absent.body.find("withheld"), std::string::npos);
}

TEST(ProblemDocuments, somebody_who_may_know_is_told_why_it_is_withheld)
{
    const auto document = problem_document({withheld}, {.withheld = Withheld::told});
    EXPECT_EQ(document.status, 403);
    EXPECT_NE(document.body.find("needs a role"), std::string::npos);
    EXPECT_EQ(problem_document({not_found}, {.withheld = Withheld::told}).status, 404);
    EXPECT_EQ(problem_document({withheld, not_found}, {.withheld = Withheld::told}).status, 403);
}

TEST(ProblemDocuments, a_failure_says_nothing_about_what_broke)
{
    const auto document = failure_document("r1");
    EXPECT_EQ(document.status, 500);
    EXPECT_EQ(parse_json(document.body)->text_of("instance"), "r1");
    EXPECT_EQ(sign_in_document().status, 401);
    EXPECT_EQ(parse_json(sign_in_document().body)->find("instance"), nullptr);
}

TEST(ProblemDocuments, every_document_has_the_members_its_schema_requires)
{
    const auto schema = problem_schema();
    for (const auto& document :
         {problem_document({missing}), problem_document({withheld}), failure_document("r"), sign_in_document("r")}) {
        const auto json = parse_json(document.body);
        ASSERT_TRUE(json);
        EXPECT_EQ(*json->find("status")->integer(), document.status);
        for (const auto& name : *schema.find("required")->items())
            EXPECT_NE(json->find(*name.text()), nullptr) << *name.text();
        for (const auto& [name, value] : *json->members())
            EXPECT_NE(schema.find("properties")->find(name), nullptr) << name;
    }
}

} // namespace
} // namespace reachable::api
