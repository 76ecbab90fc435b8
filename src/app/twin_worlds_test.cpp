// P10, non-interference: two databases that differ only in records which a reader may not see answer that reader with
// the same bytes, over pages, the API, counts, searches and refused acts. REACHABLE_TWIN_SESSIONS asks for more
// sessions.
#include "app/twin_hidden_records.h"
#include "base/text.h"
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
using testing::Reader;

constexpr std::size_t sessions_with_one_pair = 3;
constexpr std::size_t requests_of_a_session = 20;

/// Addresses that tell of no record, or that move what both twins share: signing in and out, the clock of the
/// demonstration, what a check of the whole log takes, files, and the numbers of requests of enforcement, which are
/// published for everybody.
constexpr std::string_view left_out[] = {
    "/assets/{file}",  "/assets/{folder}/{file}", "/sign-in", "/sign-out", "/purpose", "/demo/clock", "/audit/verify",
    "/dev/components", "/immigration-requests"};

/// One request, put to both twins.
class Questions {
  public:
    Questions(const BaseWorld& base, const Reader& reader, const Hidden& hidden, const web::Router& router,
              DemoRandom& random)
        : base_(base), reader_(reader), hidden_(hidden), router_(router), random_(random)
    {
    }

    web::Request any()
    {
        const auto kind = random_.below(10);
        if (!reader_.token.empty()) return kind < 5 ? api_read() : kind < 7 ? api_search() : api_act();
        if (kind < 3) return page();
        if (kind == 3) return list();
        if (kind == 4) return search();
        if (kind == 5) return booking();
        if (kind < 8) return opening();
        return kind == 8 ? post() : look_at_child();
    }

  private:
    template <class Any>
    const Any& one_of(const std::vector<Any>& all)
    {
        return all[random_.below(all.size())];
    }
    std::string case_id()
    {
        const auto kind = random_.below(7);
        if (kind < 3 && !hidden_.cases.empty()) return one_of(hidden_.cases).text();
        if (kind < 6) return one_of(base_.cases).text();
        return random_id();
    }
    /// Of a child that the reader may not see at all: only one of the twins has a record of it, or neither.
    std::string unseen_child()
    {
        if (random_.below(4) != 0 && !hidden_.children.empty()) return one_of(hidden_.children).id.text();
        return random_id();
    }
    std::string child_id()
    {
        const auto kind = random_.below(4);
        return kind == 0 ? unseen_child() : one_of(kind == 1 ? base_.children : base_.detained).id.text();
    }
    std::string random_id() { return fmt::format("{:016x}{:016x}", random_.next(), random_.next()); }
    std::string child_name()
    {
        const auto kind = random_.below(3);
        if (kind == 0 && !hidden_.children.empty()) return one_of(hidden_.children).name;
        return kind == 1 ? one_of(base_.children).name : hidden_.favourite_name;
    }
    std::string_view type_name() { return one_of(types_); }

    web::Request request(web::Method method, std::string path)
    {
        web::Request request{.method = method, .path = std::move(path), .id = RequestId::random()};
        if (!reader_.cookie.empty()) request.cookies.add("session", reader_.cookie);
        if (!reader_.token.empty()) {
            request.headers.add("authorization", "Bearer " + reader_.token);
            request.headers.add("purpose", reader_.session.purpose);
        }
        return request;
    }
    /// An address of the router, with ids in its named pieces.
    std::string address(web::Method method)
    {
        std::vector<std::string> patterns;
        for (const auto& [its_method, pattern] : router_.list())
            if (its_method == method && std::ranges::find(left_out, pattern) == std::end(left_out))
                patterns.push_back(pattern);
        std::string path;
        const auto pattern = one_of(patterns);
        for (const auto piece : split(std::string_view(pattern).substr(1), '/')) {
            const bool is_of_child = pattern.starts_with("/children") || pattern.starts_with("/emergency-access");
            path += '/';
            if (piece == "{id}")
                path += is_of_child ? child_id() : case_id();
            else if (piece == "{action}")
                path += one_of(actions_);
            else
                path += piece.starts_with("{") ? std::string_view("none") : piece;
        }
        return path;
    }
    web::Request page() { return with_query(request(web::Method::get, address(web::Method::get))); }
    web::Request list() { return with_query(request(web::Method::get, std::string(one_of(lists_)))); }
    web::Request with_query(web::Request asked)
    {
        switch (random_.below(6)) {
        case 0:
            asked.query.add("version", std::to_string(1 + random_.below(4)));
            break;
        case 1:
            asked.query.add("show", "refusals");
            break;
        case 2:
            asked.query.add("saved", std::to_string(1 + random_.below(4)));
            break;
        case 3:
            asked.query.add("about", case_id());
            break;
        case 4:
            asked.query.add("skip", std::to_string(random_.below(3)));
            break;
        default:
            break;
        }
        return asked;
    }
    web::Request look_at_child()
    {
        const auto* folder = random_.below(2) == 0 ? "/emergency-access/" : "/children/";
        const auto path = folder + child_id();
        return request(web::Method::get, folder == std::string_view("/children/") ? path + "/access" : path);
    }
    web::Request form(std::string path, const std::vector<std::pair<std::string, std::string>>& values)
    {
        auto asked = request(web::Method::post, std::move(path));
        asked.headers.add("content-type", "application/x-www-form-urlencoded");
        asked.body = "form_token=" + reader_.session.form_token;
        for (const auto& [name, value] : values) asked.body += "&" + name + "=" + with_plus(value);
        return asked;
    }
    /// The few signs that stand in our values.
    static std::string with_plus(std::string text)
    {
        std::ranges::replace(text, ' ', '+');
        return text;
    }
    web::Request search()
    {
        if (random_.below(2) == 0) return form("/emergency-access", {{"name", child_name()}});
        std::vector<std::pair<std::string, std::string>> known{{"name", child_name()},
                                                               {"reason", "Found alone at the station"}};
        if (random_.below(2) == 0) known.emplace_back("born-year", std::to_string(2008 + random_.below(8)));
        if (random_.below(2) == 0) known.emplace_back("place", "3 Quay Street, NM1 2AB");
        return form("/search", known);
    }
    /// A booking that finds children to choose from, or that chooses one who may not be seen; none books anybody in.
    web::Request booking()
    {
        const bool chooses = random_.below(2) == 0;
        return form("/custody/new", {{"name_given", chooses ? child_name() : one_of(base_.children).name},
                                     {"custody_number", random_id()},
                                     {"authorised_at-day", "24"},
                                     {"authorised_at-month", "10"},
                                     {"authorised_at-year", "2026"},
                                     {"authorised_at-hour", "23"},
                                     {"authorised_at-minute", "15"},
                                     {"key", random_id()},
                                     {"candidates_shown", "yes"},
                                     {"child", chooses ? unseen_child() : ""}});
    }
    /// Opens a case about a record that may not be seen. Restricting is left out: whoever protects a child is told
    /// whether the reference they were given leads to a record.
    web::Request opening()
    {
        switch (random_.below(4)) {
        case 0:
            return form("/allocations/new", {{"child", unseen_child()},
                                             {"staff_name", std::string(one_of(social_workers_))},
                                             {"key", random_id()}});
        case 1:
            return form("/openings/new",
                        {{"about",
                          random_.below(3) != 0 && !hidden_.cases.empty() ? one_of(hidden_.cases).text() : random_id()},
                         {"reason", "Asked about the placement " + random_id()},
                         {"key", random_id()}});
        case 2:
            return form("/emergency-access/" + unseen_child(), {{"reason_code", "find_the_child"},
                                                                {"reason", "She rang from his car and cannot say"},
                                                                {"key", random_id()}});
        default:
            return form("/emergency-access/" + unseen_child() + "/end", {});
        }
    }
    /// An act on a case that exists. It may be done to one that both have; then it is done in both.
    web::Request post()
    {
        const auto path = fmt::format("/cases/{}/{}/{}", type_name(), case_id(), one_of(actions_));
        return form(path, {{"version", std::to_string(1 + random_.below(3))},
                           {"reason", "It was written down wrongly"},
                           {"lift_reason", "The danger is over, says the court"},
                           {"finding", "needed"},
                           {"told_to", "Assistant chief constable"}});
    }

    web::Request api_read()
    {
        auto path = fmt::format("/api/v1/{}", type_name());
        if (random_.below(3) != 0) path += "/" + case_id();
        auto asked = request(web::Method::get, std::move(path));
        switch (random_.below(5)) {
        case 0:
            asked.query.add("version", std::to_string(random_.below(4)));
            break;
        case 1:
            asked.query.add("as_at", to_iso(base_.now - minutes{random_.below(60)}));
            break;
        case 2:
            asked.query.add("side", "asked");
            break;
        case 3:
            asked.query.add("skip", std::to_string(random_.below(3)));
            break;
        default:
            break;
        }
        return asked;
    }
    web::Request json(std::string path, std::string body)
    {
        auto asked = request(web::Method::post, std::move(path));
        asked.headers.add("content-type", "application/json");
        asked.headers.add("idempotency-key", random_id());
        asked.headers.add("if-match", random_.below(2) == 0 ? "*" : "\"1\"");
        asked.body = std::move(body);
        return asked;
    }
    web::Request api_search()
    {
        return json("/api/v1/children/candidates", fmt::format(R"({{"name":"{}"}})", child_name()));
    }
    web::Request api_act()
    {
        if (random_.below(3) == 0)
            return json("/api/v1/custody",
                        fmt::format(R"({{"child":"{}","name_given":"{}","custody_number":"{}","authorised_at":"{}"}})",
                                    unseen_child(), child_name(), random_id(), to_iso(base_.now - minutes{35})));
        return json(fmt::format("/api/v1/{}/{}/{}", type_name(), case_id(), one_of(actions_)), "{}");
    }

    const BaseWorld& base_;
    const Reader& reader_;
    const Hidden& hidden_;
    const web::Router& router_;
    DemoRandom& random_;
    std::vector<std::string_view> types_{"custody",     "custody",    "custody", "emergency-access",
                                         "restriction", "allocation", "opening", "immigration-request",
                                         "same-person"};
    std::vector<std::string_view> lists_{"/queue",       "/custody", "/emergency-reviews", "/audit", "/restrictions",
                                         "/allocations", "/status",  "/same-person"};
    std::vector<std::string_view> actions_{"send_request", "chase",       "acknowledge", "record_departure",
                                           "open_request", "add_fact",    "correct",     "review",
                                           "end_now",      "ask_to_lift", "lift",        "keep",
                                           "end",          "tell_chief",  "answer",      "same",
                                           "propose_undo"};
    std::vector<std::string_view> social_workers_{"fenn@westmoor.example", "quay@more.example"};
};

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
/// - checkpoints, and the place in the log where its next page begins: one log stands for all organisations, its
///   length and root are told to everybody who checks it, and every entry in it is salted.
std::string compared(const web::Response& response)
{
    auto text = fmt::format("{}\n", response.status);
    for (const auto& [name, value] : response.headers)
        text += fmt::format("{}: {}\n", name, value.starts_with("door=") ? std::string_view("door") : value);
    text += response.text();
    text = without(std::move(text), "name=\"key\" value=\"", "\"");
    text = without(std::move(text), "name=\"door\" value=\"", "\"");
    text = without(std::move(text), "?before=", "\"");
    text = without(std::move(text), "&amp;before=", "\"");
    return without(std::move(text), "reachable.example/log\n", "</pre>");
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
        testing::note_cases(base);
        testing::find_busy_readers(base);
        base.at.service.reset();
        return base;
    }

    /// A few sessions of one reader with a pair of twins.
    void play(const BaseWorld& base, const Reader& reader, std::uint64_t seed, std::size_t sessions)
    {
        const auto place = folder_ / fmt::format("pair {}", seed);
        auto without = testing::copy_world(base, place.string() + " without");
        auto with = testing::copy_world(base, place.string() + " with");
        DemoRandom random(seed);
        const auto hidden = testing::add_hidden(with, base, reader, random);
        for (const auto* twin : {&without, &with}) casework::tick(twin->service->desk(), base.now);
        counted_.hidden += hidden.cases.size();
        for (std::size_t i = 0; i < sessions; ++i) {
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
        EXPECT_FALSE(!reader.cookie.empty() && one.header("location").starts_with("/sign-in"))
            << "a session that ended";
        const auto a = compared(one);
        const auto b = compared(other);
        if (a == b) return;
        counted_.differ += 1;
        std::string asked = fmt::format("{} {}", name_of(request.method), request.path);
        if (!told_.insert(std::regex_replace(asked, std::regex("[0-9a-f]{32}"), "#")).second) return; // one of a kind
        for (const auto& [name, value] : request.query.all()) asked += fmt::format(" {}={}", name, value);
        ADD_FAILURE() << reader.who << ": " << asked << "\n" << request.body << "\n" << difference(a, b);
    }

    Counted counted_;
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
    std::optional<BaseWorld> base;
    for (std::uint64_t pair = 0; counted_.sessions < wanted; ++pair) {
        if (pair % pairs_of_one_world == 0) base = base_world(pair + 1);
        // Every reader has a turn; every other turn is for somebody whose work shows them something.
        const auto& readers = pair % 2 == 0 ? base->readers : base->busy_readers;
        const auto& reader = readers[pair / 2 * 7 % readers.size()];
        play(*base, reader, pair, std::min(sessions_with_one_pair, wanted - counted_.sessions));
    }
    std::cout << fmt::format(
        "figure: {} sessions on {}, {} answers compared ({} pages shown, {} cases in one twin only), "
        "{} differ (P10)\n",
        counted_.sessions, GetParam(), counted_.answers, counted_.pages_shown, counted_.hidden, counted_.differ);
    EXPECT_EQ(counted_.differ, 0U);
    EXPECT_GT(counted_.pages_shown, counted_.answers / 5) << "a proof about pages that nobody is shown proves nothing";
    EXPECT_GT(counted_.hidden, counted_.sessions / 2) << "twins that do not differ prove nothing";
}

INSTANTIATE_TEST_SUITE_P(engines, TwinWorlds, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
