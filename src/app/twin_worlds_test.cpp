// P10, non-interference: two databases that differ only in records which a reader may not see answer that reader with
// the same bytes, over pages, the API, counts, searches and refused acts. REACHABLE_TWIN_SESSIONS asks for more
// sessions.
#include "app/twin_questions.h"
#include "policy/testing.h"

#include <gtest/gtest.h>
#include <iostream>
#include <regex>
#include <set>

namespace reachable::app {
namespace {

using testing::BaseWorld;
using testing::Hidden;
using testing::OneWorld;
using testing::Questions;
using testing::Reader;
constexpr std::size_t sessions_with_one_pair = 3;
constexpr std::size_t requests_of_a_session = 20;
/// One pair in so many hides several hundred children, so that every index, list and count has to go on without them.
constexpr std::size_t one_crowd_in = 50;

/// Takes out every value that follows `before`, up to `end`.
std::string without(std::string text, std::string_view before, std::string_view end)
{
    for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at + before.size())) {
        const auto from = at + before.size();
        text.erase(from, std::min(text.find(end, from), text.size()) - from);
    }
    return text;
}

/// Status, headers and body, without what is random or counts in both twins on its own:
/// - the key of an empty form, and the token of the door to signing in with its cookie: drawn anew for each answer;
/// - the place in the log where its next page begins, which is sealed anew each time.
std::string compared(const web::Response& response)
{
    auto text = fmt::format("{}\n", response.status);
    for (const auto& [name, value] : response.headers)
        text += fmt::format("{}: {}\n", name, value.starts_with("door=") ? std::string_view("door") : value);
    text += response.text();
    text = without(std::move(text), "name=\"key\" value=\"", "\"");
    text = without(std::move(text), "name=\"door\" value=\"", "\"");
    text = without(std::move(text), "?before=", "\"");
    return without(std::move(text), "&amp;before=", "\"");
}

/// Where two answers part, with a little of what stands before.
std::string difference(const std::string& one, const std::string& other)
{
    const auto [a, b] = std::ranges::mismatch(one, other);
    const auto at = static_cast<std::size_t>(a - one.begin());
    const auto from = at < 200 ? 0 : at - 200;
    return fmt::format("--- without:\n{}\n--- with:\n{}", one.substr(from, 500), other.substr(from, 500));
}

struct Counted {
    std::size_t sessions = 0;
    std::size_t answers = 0;
    std::size_t pages_shown = 0; // answers with status 200
    std::size_t hidden = 0;      // cases in one twin only
    std::size_t most_hidden = 0; // children in one twin only, of any pair
    std::size_t left_out = 0;    // pairs that nobody may be asked about, for the jobs told the reader something
    std::size_t differ = 0;
};

class TwinWorlds : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        if (!std::filesystem::exists("build/assets/app.css"))
            GTEST_SKIP() << "build/assets is not built: run the assets build first";
        accounts::set_password_cost(1, 8192);
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    BaseWorld base_world(std::uint64_t seed)
    {
        auto base = testing::make_base_world(GetParam(), folder_ / fmt::format("base {}", seed), seed);
        // Both twins hold cases of every kind, so that what is there may also be seen.
        DemoRandom random(seed);
        base.at.service->desk().database.write([&](storage::Transaction& transaction) {
            testing::Deeds deeds(base.at.service->desk(), transaction, base, random, nullptr);
            for (int i = 0; i < 12; ++i) deeds.happen(base.children.front().name);
        });
        testing::run_jobs(*base.at.service, base.now);
        testing::note_cases(base);
        testing::add_link_readers(base);
        testing::find_busy_readers(base);
        base.at.service.reset();
        return base;
    }

    /// A few sessions of one reader with a pair of twins, of which one hides records in so many tries.
    void play(const BaseWorld& base, const Reader& reader, std::uint64_t seed, std::size_t sessions, std::size_t tries)
    {
        const auto place = folder_ / fmt::format("pair {}", seed);
        auto without = testing::copy_world(base, place.string() + " without");
        auto with = testing::copy_world(base, place.string() + " with");
        pair_ = seed;
        DemoRandom random(seed);
        const auto hidden = testing::add_hidden(with, base, reader, random, tries);
        for (const auto* twin : {&without, &with}) testing::run_jobs(*twin->service, base.now);
        const bool is_hidden = testing::found_nothing_for(reader, without, with, base.now);
        if (!is_hidden) counted_.left_out += 1;
        counted_.hidden += is_hidden ? hidden.cases.size() : 0;
        counted_.most_hidden = std::max(counted_.most_hidden, is_hidden ? hidden.children.size() : 0);
        for (std::size_t i = 0; i < sessions && is_hidden; ++i) {
            Questions questions(base, reader, hidden, without.service->router(), random);
            for (std::size_t k = 0; k < requests_of_a_session; ++k) put(questions.any(), reader, without, with);
            counted_.sessions += 1;
        }
        for (auto* twin : {&without, &with}) {
            twin->service.reset();
            std::filesystem::remove_all(twin->folder);
        }
    }
    void put(const web::Request& request, const Reader& reader, const OneWorld& without, const OneWorld& with)
    {
        const auto one = without.service->handle(request);
        const auto other = with.service->handle(request);
        counted_.answers += 1;
        counted_.pages_shown += one.status == 200 ? 1 : 0;
        EXPECT_FALSE(!reader.cookie.empty() && reader.link.empty() && one.header("location").starts_with("/sign-in"))
            << "a session that ended";
        const auto a = compared(one);
        const auto b = compared(other);
        if (a == b) return;
        counted_.differ += 1;
        std::string asked = fmt::format("{} {}", name_of(request.method), request.path);
        if (!told_.insert(std::regex_replace(asked, std::regex("[0-9a-f]{32}"), "#")).second) return; // one of a kind
        for (const auto& [name, value] : request.query.all()) asked += fmt::format(" {}={}", name, value);
        ADD_FAILURE() << "pair " << pair_ << ", " << reader.who << ": " << asked << "\n"
                      << request.body << "\n"
                      << difference(a, b);
    }

    Counted counted_;
    std::uint64_t pair_ = 0;
    std::set<std::string> told_;
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("reachable_twins_" + RequestId::random().text());
};

TEST_P(TwinWorlds, what_may_not_be_seen_changes_no_byte_of_any_answer)
{
    constexpr std::uint64_t pairs_of_one_world = 200;
    // On a server each commit and each new pair takes much longer.
    const std::size_t usual = GetParam() == "sqlite" ? 300 : 30;
    const auto wanted = policy::testing::number_from_environment(
        "REACHABLE_TWIN_SESSIONS", std::max<std::size_t>(usual / policy::testing::one_part_in, 6));
    // To play a pair that differed once more.
    const std::uint64_t first = policy::testing::number_from_environment("REACHABLE_TWIN_FIRST_PAIR", 0);
    std::optional<BaseWorld> base;
    for (auto pair = first; counted_.sessions < wanted; ++pair) {
        if (!base || pair % pairs_of_one_world == 0) base = base_world(pair - pair % pairs_of_one_world + 1);
        // Every reader has a turn; every other turn is for somebody whose work shows them something.
        const auto& readers = pair % 2 == 0 ? base->readers : base->busy_readers;
        const auto& reader = readers[pair / 2 * 7 % readers.size()];
        const auto tries = pair % one_crowd_in == one_crowd_in / 2 ? 400 : 6 + pair * 7 % 25;
        play(*base, reader, pair, std::min(sessions_with_one_pair, wanted - counted_.sessions), tries);
    }
    std::cout << fmt::format("figure: {} sessions on {}, {} answers compared ({} pages shown, {} cases in one twin "
                             "only, up to {} children in "
                             "one pair, {} pairs left out), {} differ (P10)\n",
                             counted_.sessions, GetParam(), counted_.answers, counted_.pages_shown, counted_.hidden,
                             counted_.most_hidden, counted_.left_out, counted_.differ);
    EXPECT_EQ(counted_.differ, 0U);
    EXPECT_GT(counted_.pages_shown, counted_.answers / 5) << "a proof about pages that nobody is shown proves nothing";
    EXPECT_GT(counted_.hidden, counted_.sessions / 2) << "twins that do not differ prove nothing";
}

INSTANTIATE_TEST_SUITE_P(engines, TwinWorlds, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
