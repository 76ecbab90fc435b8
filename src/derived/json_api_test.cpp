// What the API gives must be no more than what the doors let through.
#include "derived/json_api.h"

#include "casework/casework_test_world.h"
#include "web/json_exchange.h"

namespace reachable::derived {
namespace {

using namespace casework::testing;

class JsonApi : public Doors {};

TEST_P(JsonApi, what_a_role_may_not_see_is_not_in_the_answer)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "write", notes({note("food", "eats at six"), note("health", "inhaler")}))));
    const auto seen = look(detention, id);
    ASSERT_TRUE(seen) << sentences(seen.error());
    const auto json = api::write_json(seen_to_json(*seen, noon));
    EXPECT_EQ(json.find("asthma"), std::string::npos);
    EXPECT_EQ(json.find("inhaler"), std::string::npos);
    EXPECT_NE(json.find("eats at six"), std::string::npos);
}

TEST_P(JsonApi, a_case_of_others_and_no_case_give_the_same_bytes)
{
    const auto id = started();
    const web::Request request{.path = "/"};
    const auto of_others = web::problem_response(look(stranger, id).error(), request);
    const auto of_nobody = web::problem_response(look(stranger, CaseId::random()).error(), request);
    EXPECT_EQ(of_others.status, 404);
    EXPECT_EQ(of_others.text(), of_nobody.text());
}

TEST_P(JsonApi, who_may_see_the_case_is_told_that_an_act_is_forbidden_and_nobody_else_is)
{
    const auto id = started();
    const web::Request request{.path = "/"};
    const auto status_for = [&](const auto& who) {
        return web::problem_response(act(who, doing_to(id, "write", notes({note("health", "inhaler")}))).error(),
                                     request)
            .status;
    };
    EXPECT_EQ(status_for(detention), 403);
    EXPECT_EQ(status_for(stranger), 404);
}

INSTANTIATE_TEST_SUITE_P(engines, JsonApi, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::derived
