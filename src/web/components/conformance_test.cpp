// Every component against the fixtures that GOV.UK Frontend ships for this: options in, markup out, compared as tokens.
// The fixtures are read from the pinned npm package; nothing of them is copied into this repository.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "api/json.h"
#include "web/components/fixtures.h"
#include "web/components/markup_tokens.h"

namespace reachable::web {

namespace {

namespace files = std::filesystem;

const files::path upstream = files::path(REACHABLE_SOURCE_DIR) / "node_modules/govuk-frontend/dist/govuk/components";

const std::map<std::string, std::string> left_out = {
    {"header", "carries the GOV.UK brand, which only services on a GOV.UK address may use"},
    {"cookie-banner", "only essential cookies are set, so there is nothing to ask"},
    {"accordion", "hides facts that keep a child safe behind a click"},
};

std::string contents_of(const files::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, FixtureRenderer> all_renderers()
{
    auto all = form_components();
    for (auto& [name, renderer] : content_components()) {
        EXPECT_FALSE(all.contains(name)) << name << " is registered twice";
        all[name] = renderer;
    }
    return all;
}

std::set<std::string> upstream_components()
{
    std::set<std::string> names;
    for (const auto& entry : files::directory_iterator(upstream))
        if (files::exists(entry.path() / "fixtures.json")) names.insert(entry.path().filename());
    return names;
}

/// The cases of one component, each with its name, options and html.
Json::List cases_of(const std::string& component)
{
    const auto json = api::parse_json(contents_of(upstream / component / "fixtures.json"), {.bytes = 16 * 1024 * 1024});
    if (!json) {
        ADD_FAILURE() << component << ": " << sentences(json.error());
        return {};
    }
    const Json* list = json->find("fixtures");
    return list != nullptr && list->items() != nullptr ? *list->items() : Json::List{};
}

/// "" when the two are alike, else the first place where they differ.
std::string first_difference(const std::vector<std::string>& expected, const std::vector<std::string>& ours)
{
    const auto [theirs_at, ours_at] = std::mismatch(expected.begin(), expected.end(), ours.begin(), ours.end());
    if (theirs_at == expected.end() && ours_at == ours.end()) return {};
    const std::string end = "(the end)";
    return "token " + std::to_string(theirs_at - expected.begin()) + "\n  upstream " +
           (theirs_at == expected.end() ? end : *theirs_at) + "\n  ours     " +
           (ours_at == ours.end() ? end : *ours_at);
}

/// How many cases of the component render as upstream does; every other case is a failure of the test.
std::size_t matching_cases(const std::string& component, const FixtureRenderer& renderer, const Json::List& cases)
{
    std::size_t matching = 0;
    for (const Json& fixture : cases) {
        const Json* options = fixture.find("options");
        const Html ours = renderer(options != nullptr ? *options : Json::object());
        const std::string difference = first_difference(tokens_of(fixture.text_of("html")), tokens_of(ours.markup()));
        if (difference.empty())
            ++matching;
        else
            ADD_FAILURE() << component << ", " << fixture.text_of("name") << ": " << difference;
    }
    return matching;
}

} // namespace

TEST(Conformance, every_case_of_every_component_renders_as_upstream_does)
{
    if (!files::exists(upstream)) GTEST_SKIP() << "npm ci has not been run, so there are no upstream fixtures to read";
    const auto renderers = all_renderers();
    std::size_t matching = 0, total = 0, components = 0;
    for (const std::string& component : upstream_components()) {
        if (left_out.contains(component)) continue;
        const Json::List cases = cases_of(component);
        total += cases.size();
        ++components;
        const auto renderer = renderers.find(component);
        if (renderer != renderers.end()) matching += matching_cases(component, renderer->second, cases);
    }
    std::cout << matching << " of " << total << " cases of " << components << " components\n";
    EXPECT_GE(total, 683U);
    EXPECT_EQ(matching, total);
}

TEST(Conformance, every_upstream_component_is_rendered_or_left_out_for_a_reason)
{
    if (!files::exists(upstream)) GTEST_SKIP() << "npm ci has not been run, so there are no upstream fixtures to read";
    const auto renderers = all_renderers();
    const auto names = upstream_components();
    for (const std::string& name : names)
        EXPECT_NE(renderers.contains(name), left_out.contains(name))
            << name << " must be in exactly one of the two lists";
    for (const auto& [name, renderer] : renderers)
        EXPECT_TRUE(names.contains(name)) << name << " is no upstream component";
    for (const auto& [name, reason] : left_out) EXPECT_TRUE(names.contains(name)) << name << " is no longer upstream";
}

TEST(Conformance, only_tests_can_make_html_from_a_string)
{
    std::size_t walked = 0;
    for (const auto& entry : files::recursive_directory_iterator(files::path(REACHABLE_SOURCE_DIR) / "src")) {
        const std::string name = entry.path().filename();
        const bool may = name.ends_with("_test.cpp") || name == "fixture_options.h" || name == "fixture_markup.h" ||
                         name == "html.h"; // declares the friend
        if (!entry.is_regular_file() || may) continue;
        ++walked;
        const std::string source = contents_of(entry.path());
        for (const char* word : {"fixture_markup.h", "fixture_options.h", "TrustedMarkup"})
            EXPECT_EQ(source.find(word), std::string::npos) << entry.path() << " mentions " << word;
    }
    EXPECT_GT(walked, 10U);
}

} // namespace reachable::web
