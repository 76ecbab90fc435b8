// Plays every story of this capability on both databases.
#include "capabilities/custody/custody.h"
#include "capabilities/custody/rules.h"
#include "casework/testing/story.h"
#include "clocks/london.h"
#include "clocks/time_sources.h"
#include "storage/testing.h"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace reachable::custody {
namespace {

using accounts::Role;
using casework::testing::Stage;
using casework::testing::Step;
using storage::Transaction;

/// The invented people of the stories, and a desk on a fresh database.
struct World {
    std::unique_ptr<storage::testing::TestDatabase> database;
    std::unique_ptr<audit::Log> log;
    std::unique_ptr<casework::Desk> desk;
    std::map<std::string, accounts::Session> actors;
    std::map<std::string, AgencyId> agencies;
    ChildId mia = ChildId::random();
    UtcTime now{};
};

constexpr UtcTime long_ago = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
constexpr UtcTime far_off = UtcTime{std::chrono::sys_days{std::chrono::year{2027} / 1 / 1}};

accounts::Agency add_agency(World& world, Transaction& transaction, accounts::AgencyKind kind, std::string code,
                            std::string name)
{
    const accounts::Agency agency{
        .id = AgencyId::random(), .kind = kind, .code = std::move(code), .name = std::move(name)};
    accounts::add_agency(transaction, agency);
    world.agencies[agency.name] = agency.id;
    return agency;
}

accounts::Team add_team(Transaction& transaction, const accounts::Agency& agency, std::string name, std::string kind,
                        std::string area = {})
{
    const accounts::Team team{.id = TeamId::random(),
                              .agency = agency.id,
                              .name = std::move(name),
                              .kind = std::move(kind),
                              .desk_mail = "desk@authority.example",
                              .code_mail = "codes@authority.example",
                              .phone = "01632 960000",
                              .area_code = std::move(area)};
    accounts::add_team(transaction, team);
    return team;
}

void add_actor(World& world, Transaction& transaction, const accounts::Agency& agency, const accounts::Team& team,
               Role role, std::string name)
{
    const accounts::Worker worker{
        .id = WorkerId::random(), .agency = agency.id, .sign_in_name = WorkerId::random().text(), .name = name};
    accounts::add_worker(transaction, worker);
    accounts::add_post(transaction, {.worker = worker.id, .team = team.id, .role = role});
    accounts::add_duty(transaction,
                       {.worker = worker.id, .team = team.id, .role = role, .from = long_ago, .to = far_off});
    accounts::Session session;
    session.id = SessionId::random();
    session.worker = worker.id;
    session.agency = agency.id;
    session.agency_kind = agency.kind;
    session.team = team.id;
    session.role = role;
    session.purpose =
        agency.kind == accounts::AgencyKind::police_force ? "custody-safeguarding" : "safeguarding-response";
    world.actors[name] = session;
}

void people(World& world, Transaction& transaction)
{
    using accounts::AgencyKind;
    const auto northmere = add_agency(world, transaction, AgencyKind::police_force, "X23000001", "Northmere Police");
    const auto harbourne =
        add_agency(world, transaction, AgencyKind::local_authority, "X06000001", "Harbourne Borough");
    const auto westmoor = add_agency(world, transaction, AgencyKind::local_authority, "X10000001", "Westmoor County");
    const auto suite = add_team(transaction, northmere, "Northmere Castle Street", "custody-suite", "X06000001");
    const auto quayside = add_team(transaction, northmere, "Northmere Quayside", "custody-suite", "X06000001");
    const auto harbourne_desk = add_team(transaction, harbourne, "Harbourne duty desk", "duty-desk");
    const auto westmoor_desk = add_team(transaction, westmoor, "Westmoor duty desk", "duty-desk");
    add_actor(world, transaction, northmere, suite, Role::CUST, "custody sergeant");
    add_actor(world, transaction, northmere, quayside, Role::CUST, "custody sergeant of another suite");
    add_actor(world, transaction, northmere, suite, Role::DETO, "detention officer");
    add_actor(world, transaction, northmere, suite, Role::INSP, "inspector");
    add_actor(world, transaction, westmoor, westmoor_desk, Role::EDT, "duty worker");
    add_actor(world, transaction, westmoor, westmoor_desk, Role::LADM, "on-call manager");
    add_actor(world, transaction, harbourne, harbourne_desk, Role::EDT, "duty worker of Harbourne");
    add_actor(world, transaction, harbourne, harbourne_desk, Role::LADM, "on-call manager of Harbourne");

    records::Child mia{.id = world.mia,
                       .names = {records::read_name("Mia Sample")},
                       .born = *parse_partial_date("2011-03-04"),
                       .care_status = "care_order",
                       .responsible_authority = westmoor.id};
    mia.source = {.agency = westmoor.id, .recorded_at = long_ago, .known_by = "social worker"};
    ASSERT_TRUE(
        records::store_child(transaction, mia, 0, world.actors["duty worker"].worker, "known to Westmoor", long_ago));
}

std::vector<storage::Migration> all_migrations()
{
    std::vector<storage::Migration> all;
    for (const auto list : {audit::migrations(), accounts::migrations(), records::migrations(), casework::migrations()})
        all.insert(all.end(), list.begin(), list.end());
    return all;
}

void open_world(World& world, const std::string& engine)
{
    world.database = storage::testing::make_database(engine);
    auto& database = world.database->get();
    ASSERT_TRUE(storage::migrate(database, all_migrations()));
    auto log = audit::Log::open(database, "stories.example/log", make_signing_key(), "");
    ASSERT_TRUE(log) << sentences(log.error());
    world.log = std::move(*log);
    auto data = casework::read_desk_data("data", lists(), clock_files());
    ASSERT_TRUE(data) << sentences(data.error());
    world.desk = std::make_unique<casework::Desk>(casework::Desk{.database = database,
                                                                 .log = *world.log,
                                                                 .policy = policy::built_in_policy(),
                                                                 .types = {&conversation_type()},
                                                                 .calendar = std::move(data->calendar),
                                                                 .terms = std::move(data->terms),
                                                                 .code_lists = std::move(data->code_lists),
                                                                 .clock_health = "simulated"});
    database.write([&](Transaction& transaction) { people(world, transaction); });
}

/// "00:18" on the story's day as a UTC instant.
std::string instant(CivilDate day, const std::string& words)
{
    const auto time = casework::testing::story_time(day, words);
    CHECK(time.has_value(), "a story gives a time that cannot be read");
    return to_iso(*time);
}

Json answer_item(const std::string& question, const std::string& value)
{
    const auto colon = value.find(':');
    auto item = Json::object();
    item.set("question", question).set("state", value.substr(0, colon));
    const std::string words(trim(std::string_view(value).substr(colon + 1)));
    if (value.starts_with("cannot_share"))
        item.set("held_back_because", words);
    else if (!words.empty())
        item.set("words", words);
    return item;
}

Json part_item(const Step& step, const World& world)
{
    auto item = Json::object();
    for (const auto& [name, value] : step.values)
        item.set(name,
                 name == "to"
                     ? Json(world.agencies.at(value == "Westmoor" ? "Westmoor County" : "Harbourne Borough").text())
                     : Json(value));
    return item;
}

Json values_of(const World& world, const Step& step, CivilDate day)
{
    auto asked = Json::object();
    const auto one_item = [&](std::string_view part) { asked.set(part, Json::list().add(part_item(step, world))); };
    if (step.action == "not_our_child")
        one_item("reroutes");
    else if (step.action == "ask_child_again")
        one_item("asked_again");
    else if (step.action == "add_fact")
        one_item("added_facts");
    else {
        auto answers = Json::list();
        for (const auto& [name, value] : step.values) {
            if (name.size() == 3 && name[0] == 'Q')
                answers.add(answer_item(name, value));
            else if (name == "child")
                asked.set(name, world.mia.text());
            else if (name.ends_with("_at"))
                asked.set(name, instant(day, value));
            else if (name == "lines") {
                auto lines = Json::list();
                for (const auto line : split(value, ' ')) lines.add(Json::object().set("line", line));
                asked.set("acknowledgements", std::move(lines));
            } else
                asked.set(name, value);
        }
        if (!answers.items()->empty()) asked.set("answers", std::move(answers));
    }
    return asked;
}

std::string text_of_all_lines(const Conversation& facts, const World& world)
{
    const auto day = clocks::london_day(world.now);
    std::string all;
    for (const auto& question : questions_on(*world.desk, day)) {
        const auto* answer = find_answer(facts, question.number);
        all += std::string(records::words_for(answer == nullptr ? AnswerState::not_asked : answer->state)) + "\n";
    }
    return to_lower_ascii(all);
}

/// The capability's own words in stories.
std::optional<std::string> check(const World& world, const std::string& words, const casework::LoadedCase& loaded)
{
    const auto& facts = *static_cast<const Conversation*>(loaded.facts.get());
    const auto questions = questions_on(*world.desk, clocks::london_day(world.now));
    const auto unless = [](bool holds, std::string fault) { return holds ? std::string{} : fault; };
    if (words.starts_with("lines to read are ")) {
        const auto lines = unacknowledged(facts);
        const auto listed = lines.empty() ? std::string("none") : join(lines, " ");
        return unless(words.substr(18) == listed, "they are " + listed);
    }
    if (words.starts_with("line ")) {
        const auto* answer = find_answer(facts, words.substr(5, 3));
        const std::string reads(records::words_for(answer == nullptr ? AnswerState::not_asked : answer->state));
        return unless(words.substr(15) == reads, "it reads " + reads);
    }
    if (words == "no line reads as no concerns")
        return unless(text_of_all_lines(facts, world).find("no concern") == std::string::npos, "one does");
    if (words.ends_with(" mandatory questions have no value"))
        return unless(words.starts_with(fmt::format("{} ", unanswered(facts, questions).size())),
                      fmt::format("{} have none", unanswered(facts, questions).size()));
    if (words.ends_with(" questions stand open, 0 answered"))
        return unless(words.starts_with(fmt::format("{} ", questions.size())) && facts.answers.empty(),
                      fmt::format("{} stand open", questions.size()));
    if (words.starts_with("the authority asked is ")) {
        for (const auto& [name, id] : world.agencies)
            if (id == facts.authority) {
                const auto found = fmt::format("{}, found by {}", name, facts.authority_found_by);
                return unless(words.substr(23) == found, "it is " + found);
            }
        return "there is none";
    }
    return std::nullopt;
}

class CustodyStories : public ::testing::TestWithParam<std::string> {};

TEST_P(CustodyStories, every_story_holds)
{
    std::size_t played = 0;
    for (const auto& file : std::filesystem::directory_iterator("src/capabilities/custody/stories")) {
        std::ifstream in(file.path());
        std::stringstream text;
        text << in.rdbuf();
        const auto story = casework::testing::read_story(text.str());
        ASSERT_TRUE(story) << file.path() << ": " << sentences(story.error());
        World world;
        ASSERT_NO_FATAL_FAILURE(open_world(world, GetParam()));
        Stage stage{.desk = *world.desk,
                    .type = "custody",
                    .actors = world.actors,
                    .values_of = [&](const Step& step, CivilDate day) { return values_of(world, step, day); },
                    .check = [&](const std::string& words,
                                 const casework::LoadedCase& loaded) { return check(world, words, loaded); },
                    .set_now = [&](UtcTime now) { world.now = now; }};
        for (const auto& fault : casework::testing::play(*story, stage))
            ADD_FAILURE() << file.path().filename().string() << ", " << fault;
        played += 1;
    }
    EXPECT_GE(played, 4U);
}

INSTANTIATE_TEST_SUITE_P(engines, CustodyStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::custody
