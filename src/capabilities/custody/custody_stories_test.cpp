// Plays every story of this capability on both databases.
#include "capabilities/custody/custody_test_world.h"
#include "capabilities/custody/handover.h"
#include "casework/testing/story.h"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace reachable::custody {
namespace {

using casework::testing::Stage;
using casework::testing::Step;
using testing::open_world;
using testing::World;

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
    auto state = value.substr(0, colon);
    if (const auto released = state.find(" released"); released != std::string::npos) {
        state.resize(released);
        item.set("may_go_to_investigation", true);
    }
    item.set("question", question).set("state", state);
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

Taker taker_named(const World& world, const std::string& actor)
{
    return {world.actors.at(actor).worker, world.actors.at(actor).role};
}

/// The lines of a handover, each without the mark of what was read.
Json accepted_lines(const std::string& names)
{
    auto lines = Json::list();
    for (const auto line : split(names, ' ')) lines.add(Json::object().set("line", line));
    return lines;
}

Json handover_item(const Step& step, CivilDate day)
{
    auto item = Json::object();
    for (const auto& [name, value] : step.values)
        item.set(name, name == "duty_ends_at" ? Json(instant(day, value)) : Json(value == "yes"));
    return item;
}

Json time_item(const Step& step, CivilDate day)
{
    auto item = Json::object();
    for (const auto& [name, value] : step.values)
        item.set(name, name == "right" && !value.ends_with('Z') ? instant(day, value) : value);
    return item;
}

/// "every_topic_but=R04" says of the rest that there is nothing; "R04=…" of one what is planned.
Json planned(const Step& step, const World& world)
{
    auto lines = Json::list();
    for (const auto& [name, value] : step.values) {
        if (name == "release_exception") return Json::object().set("release_exception", value);
        if (name == "every_topic_but") return testing::plan_of_every_topic(*world.desk, world.now, value);
        lines.add(Json::object().set("topic", name).set("words", value));
    }
    return Json::object().set("release_plan", std::move(lines));
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
    else if (step.action == "open_handover")
        asked.set("handovers", Json::list().add(handover_item(step, day)));
    else if (step.action == "propose_time")
        asked.set("time_corrections", Json::list().add(time_item(step, day)));
    else if (step.action.starts_with("pass_back"))
        one_item("pass_backs");
    else if (step.action == "plan_release")
        asked = planned(step, world);
    else if (step.action == "accept_line")
        asked.set("accepted_lines", accepted_lines(step.values.front().second));
    else if (step.action == "correct") {
        bool is_time = false;
        for (const auto& [name, value] : step.values) {
            is_time = is_time || (name == "field" && value.ends_with("_at"));
            asked.set(name, name == "value" && is_time && !value.empty() ? instant(day, value) : value);
        }
    } else {
        auto answers = Json::list();
        for (const auto& [name, value] : step.values) {
            if (name.size() == 3 && name[0] == 'Q')
                answers.add(answer_item(name, value));
            else if (name == "child")
                asked.set(name, world.mia.text());
            else if (name == "next_step_by" && value.ends_with('Z'))
                asked.set(name, value);
            else if (name.ends_with("_at") || name == "next_step_by")
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
    for (const auto& question : questions_for(facts, *world.desk, day)) {
        const auto* answer = find_answer(facts, question.number);
        all += std::string(records::words_for(answer == nullptr ? AnswerState::not_asked : answer->state)) + "\n";
    }
    return to_lower_ascii(all);
}

/// "lines Q06 and nothing else", "nothing", "everything": what the door shows somebody.
std::string what_is_seen(const World& world, const std::string& actor, const std::string& words, CaseId id)
{
    const auto seen = casework::look(*world.desk, world.actors.at(actor), RequestId::random(),
                                     {.type = "custody", .id = id, .page = "story", .with_history = true}, world.now);
    if (!seen) return words == "no such record" ? "" : "nothing is shown: " + sentences(seen.error());
    std::vector<std::string> lines;
    for (const auto& answer : seen->as<Conversation>().answers) lines.push_back(answer.question);
    std::size_t facts = 0;
    for (const auto& field : seen->type->fields) facts += field.is_empty(seen->facts.get()) ? 0 : 1;
    for (const auto& part : seen->type->parts)
        if (part.name != "answers") facts += part.count(seen->facts.get());
    facts += seen->clocks.size() + seen->clock_events.size() + seen->history.size();
    const auto found = (lines.empty() ? std::string("no line") : "lines " + join(lines, " ")) +
                       (facts == 0 ? " and nothing else" : " and more");
    return words == found ? "" : "they see " + found;
}

/// The capability's own words in stories.
std::optional<std::string> check(const World& world, const std::string& words, const casework::LoadedCase& loaded)
{
    const auto& facts = *static_cast<const Conversation*>(loaded.facts.get());
    const auto questions = questions_for(facts, *world.desk, clocks::london_day(world.now));
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
    if (words.starts_with("the child was asked again about ")) {
        const auto count = asked_again_about(facts, words.substr(32, 3)).size();
        const auto times = count == 1 ? std::string("once") : fmt::format("{} times", count);
        return unless(words.substr(36) == times, "it was " + times);
    }
    if (const auto sees = words.find(" sees "); sees != std::string::npos)
        return what_is_seen(world, words.substr(0, sees), words.substr(sees + 6), loaded.head.id);
    if (words.starts_with("in charge is ")) {
        for (const auto& [name, session] : world.actors)
            if (session.worker == facts.in_charge) return unless(words.substr(13) == name, "it is " + name);
        return "it is nobody";
    }
    if (words.starts_with("left to accept by the ")) {
        const auto is = words.find(": ");
        std::vector<std::string> left;
        for (const auto& line :
             left_to_accept(facts, critical_lines(facts, questions), taker_named(world, words.substr(22, is - 22))))
            left.push_back(line.line);
        const auto listed = left.empty() ? std::string("nothing") : join(left, " ");
        return unless(words.substr(is + 2) == listed, "it is " + listed);
    }
    if (words.starts_with("the name on record is ")) {
        std::string name;
        world.database->get().read([&](storage::Transaction& transaction) {
            name = records::find_child(transaction, facts.child)->child.shown_name();
        });
        return unless(words.substr(22) == name, "it is " + name);
    }
    if (words.starts_with("the arrest was at ")) {
        const auto at = facts.arrested_at ? clocks::wall_time(*facts.arrested_at) : "nothing";
        return unless(words.substr(18) == at, "it was at " + at);
    }
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
    EXPECT_GE(played, 23U);
}

INSTANTIATE_TEST_SUITE_P(engines, CustodyStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::custody
