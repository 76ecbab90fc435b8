#include "web/router.h"

#include <gtest/gtest.h>

namespace reachable::web {
namespace {

/// Answers with its name and the pieces it was given.
Handler named(std::string name)
{
    return [name](const Request& request) {
        auto text = name;
        for (const auto& [key, value] : request.path_values) text += " " + key + "=" + value;
        return respond(200, "text/plain", text);
    };
}

Response asked(const Router& router, Method method, std::string path)
{
    Request request;
    request.method = method;
    request.path = std::move(path);
    return router.handle(request);
}

Router small_router()
{
    Router router;
    router.get("/", named("home"));
    router.get("/custody/{id}", named("request"));
    router.get("/custody/new", named("new"));
    router.post("/custody/{id}/respond", named("respond"));
    router.get("/{area}/list", named("list"));
    router.get("/custody/{id}/{part}", named("part"));
    return router;
}

TEST(Router, a_named_piece_is_handed_to_the_handler)
{
    const auto router = small_router();
    EXPECT_EQ(asked(router, Method::get, "/").text(), "home");
    EXPECT_EQ(asked(router, Method::get, "/custody/ab").text(), "request id=ab");
    EXPECT_EQ(asked(router, Method::post, "/custody/ab/respond").text(), "respond id=ab");
}

TEST(Router, a_literal_piece_wins_over_a_named_one)
{
    const auto router = small_router();
    EXPECT_EQ(asked(router, Method::get, "/custody/new").text(), "new");
    EXPECT_EQ(asked(router, Method::get, "/custody/list").text(), "request id=list");
    EXPECT_EQ(asked(router, Method::get, "/flags/list").text(), "list area=flags");
    EXPECT_EQ(asked(router, Method::get, "/custody/ab/respond").text(), "part id=ab part=respond");
}

TEST(Router, head_runs_the_route_for_get)
{
    EXPECT_EQ(asked(small_router(), Method::head, "/custody/new").text(), "new");
}

TEST(Router, a_path_with_other_methods_says_which)
{
    const auto response = asked(small_router(), Method::delete_, "/custody/ab/respond");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.header("Allow"), "POST, GET, HEAD");
}

TEST(Router, what_matches_nothing_is_not_found)
{
    auto router = small_router();
    for (const auto* path : {"/nowhere", "/custody/", "/custody", "/custody/a/b/c", "/Custody/new"})
        EXPECT_EQ(asked(router, Method::get, path).status, 404) << path;
    router.set_not_found([](const Request&) { return respond(404, "text/html", "page"); });
    EXPECT_EQ(asked(router, Method::get, "/nowhere").text(), "page");
}

TEST(Router, two_routes_of_one_shape_are_a_bug)
{
    auto router = small_router();
    EXPECT_THROW(router.get("/custody/{reference}", named("again")), Bug);
    EXPECT_NO_THROW(router.post("/custody/{reference}", named("post")));
    EXPECT_THROW(router.get("custody", named("no slash")), Bug);
    EXPECT_THROW(router.get("/a//b", named("empty piece")), Bug);
    EXPECT_THROW(router.get("/a{b}", named("half named")), Bug);
    EXPECT_THROW(router.get("/{a}/{a}", named("twice")), Bug);
    EXPECT_THROW(router.add(Method::head, "/h", named("head")), Bug);
}

TEST(Router, lists_its_routes_in_the_order_they_were_added)
{
    const auto routes = small_router().list();
    ASSERT_EQ(routes.size(), 6U);
    EXPECT_EQ(routes[3], (std::pair<Method, std::string>{Method::post, "/custody/{id}/respond"}));
}

} // namespace
} // namespace reachable::web
