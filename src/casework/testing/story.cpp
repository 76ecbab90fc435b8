#include "casework/testing/story.h"

#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::casework::testing {
namespace {

using storage::Transaction;

/// Cuts the next column off `line`: up to two spaces or the end.
std::string_view next_column(std::string_view& line)
{
    while (line.starts_with(' ')) line.remove_prefix(1);
    const auto end = line.find("  ");
    const auto column = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end);
    return trim(column);
}

/// Cuts the next name=value off `line`; a value may stand in double quotes.
std::optional<std::pair<std::string, std::string>> next_value(std::string_view& line)
{
    line = trim(line);
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    std::pair<std::string, std::string> value{std::string(line.substr(0, equals)), {}};
    line.remove_prefix(equals + 1);
    const bool is_quoted = line.starts_with('"');
    if (is_quoted) line.remove_prefix(1);
    const auto end = line.find(is_quoted ? '"' : ' ');
    value.second = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + (is_quoted ? 1 : 0));
    return value;
}

Result<Step> read_step(std::string_view line, int number, CivilDate day)
{
    Step step{.line = number};
    step.at = TRY(story_time(day, next_column(line)));
    step.actor = next_column(line);
    step.action = next_column(line);
    while (auto value = next_value(line)) step.values.push_back(std::move(*value));
    if (!trim(line).empty())
        return refuse(ProblemKind::malformed, fmt::format("Line {}: name=value is expected", number));
    return step;
}

} // namespace

Result<UtcTime> story_time(CivilDate day, std::string_view words)
{
    const auto pieces = split(words, ' ');
    const bool is_later = pieces.size() == 2 && pieces[1] == "GMT";
    return clocks::from_wall(day, pieces.front(), is_later);
}

Result<Story> read_story(std::string_view text)
{
    Story story;
    int number = 0;
    for (const auto line : split(text, '\n')) {
        number += 1;
        const auto words = trim(line);
        if (words.empty() || words.starts_with('#')) continue;
        if (words.starts_with("story:"))
            story.title = trim(words.substr(6));
        else if (words.starts_with("on "))
            story.day = TRY(parse_date(trim(words.substr(3))));
        else if (!line.starts_with(' '))
            story.steps.push_back(TRY(read_step(line, number, story.day)));
        else if (story.steps.empty())
            return refuse(ProblemKind::malformed, fmt::format("Line {}: no step before this", number));
        else
            story.steps.back().expectations.emplace_back(number, words);
    }
    if (story.title.empty() || story.steps.empty())
        return refuse(ProblemKind::malformed, "A story needs a title and at least one step");
    return story;
}

namespace {

/// A story while it is played.
struct Play {
    Stage& stage;
    const CaseType& type;
    CivilDate day;
    UtcTime now{};
    CaseId id = {};
    std::int64_t version = 0;
    std::optional<Problems> refusal = {};
    std::size_t events_seen = 0;
    std::vector<std::string> faults = {};
};

void let_time_pass(Play& play, UtcTime until)
{
    while (const auto next = next_tick(play.stage.desk)) {
        if (*next > until) break;
        play.stage.set_now(*next);
        tick(play.stage.desk, *next);
    }
    play.now = until;
    play.stage.set_now(until);
}

void take(Play& play, const Step& step)
{
    play.refusal.reset();
    if (step.actor == "time passes") return;
    const auto actor = play.stage.actors.find(step.actor);
    CHECK(actor != play.stage.actors.end(), "a story names an actor that is not on the stage");
    const auto* action = play.type.find_action(step.action);
    const bool opens = action != nullptr && action->from.has(nothing_yet);
    Act act{.type = play.type.name, .action = step.action, .asked = play.stage.values_of(step, play.day)};
    if (!opens) act.id = play.id;
    const auto acted = casework::act(play.stage.desk, actor->second, RequestId::random(), act, play.now);
    if (!acted) {
        play.refusal = acted.error();
        return;
    }
    play.id = acted->id;
    play.version = acted->version;
}

const ClockRow* find_clock(const std::vector<ClockRow>& clocks, std::string_view code, std::int64_t instance)
{
    for (const auto& clock : clocks)
        if (clock.code == code && clock.instance == instance) return &clock;
    return nullptr;
}

/// "C02 is due at 01:30 GMT (after clocks go back)", "C02 is late", "C02 stopped after 2 hours 35 minutes", "C02 is not
/// running".
std::string check_clock(const std::vector<ClockRow>& clocks, std::string_view words)
{
    const auto pieces = split(words, ' ');
    const std::int64_t instance = pieces[0] == "second" ? 2 : pieces[0] == "third" ? 3 : 1;
    const auto code = pieces[instance > 1 && pieces.size() > 1 ? 1 : 0];
    const auto* clock = find_clock(clocks, code, instance);
    const auto rest = words.substr(words.find(code) + code.size());
    if (rest == " is not running") return clock == nullptr || clock->stopped_at ? "" : "it runs";
    if (clock == nullptr) return "it was never started";
    if (rest.starts_with(" is due at ")) {
        const auto due = clocks::wall_time_told_apart(clock->due_at);
        return due == rest.substr(11) ? "" : "it is due at " + due;
    }
    if (rest == " is late") return clock->breached_at ? "" : "it is not late";
    if (rest == " is not late") return clock->breached_at ? "it is late" : "";
    if (rest.starts_with(" stopped after ")) {
        if (!clock->stopped_at) return "it still runs";
        const auto took = clocks::duration_words(*clock->stopped_at - clock->started_at);
        return took == rest.substr(15) ? "" : "it took " + took;
    }
    return "the story says nothing that can be checked about it";
}

/// "warning of C02 at 01:30 BST told EDT": one by one, in the order they happened.
std::string check_event(Play& play, const std::vector<ClockEvent>& events, std::string_view words)
{
    if (play.events_seen >= events.size()) return "no such event happened";
    const auto& event = events[play.events_seen++];
    auto happened =
        fmt::format("{} of {} at {} told {}", event.event, event.code, clocks::wall_time(event.at), event.told);
    if (!event.gap.empty()) happened += fmt::format(" because nobody held {}", event.gap);
    return happened == words ? "" : "there was a " + happened;
}

std::string check_refusal(const Play& play, std::string_view words)
{
    if (!play.refusal) return "it was not refused";
    for (const auto& problem : *play.refusal)
        if (problem.sentence == words) return "";
    return "it was refused with: " + sentences(*play.refusal);
}

std::string check(Play& play, const std::string& words)
{
    if (words.starts_with("refused: ")) return check_refusal(play, std::string_view(words).substr(9));
    std::string fault;
    std::optional<LoadedCase> loaded;
    bool is_ours = true;
    play.stage.desk.database.read([&](Transaction& transaction) {
        loaded = load_case(transaction, play.type, play.id);
        if (!loaded)
            fault = "there is no case";
        else if (words.starts_with("state is "))
            fault = words.substr(9) == loaded->head.state ? "" : "the state is " + loaded->head.state;
        else if (words.starts_with("clock "))
            fault = check_clock(load_clocks(transaction, play.id), std::string_view(words).substr(6));
        else if (words.starts_with("then a "))
            fault = check_event(play, load_clock_events(transaction, play.id), std::string_view(words).substr(7));
        else if (words == "no clock asked for attention")
            fault = load_clock_events(transaction, play.id).size() == play.events_seen ? "" : "a clock did";
        else
            is_ours = false;
    });
    // Outside the reading: a capability's own words may look through the door, which writes.
    return is_ours ? fault : play.stage.check(words, *loaded).value_or("this cannot be checked");
}

} // namespace

std::vector<std::string> play(const Story& story, Stage& stage)
{
    const auto* type = stage.desk.find_type(stage.type);
    CHECK(type != nullptr, "the stage names a case type that is not declared");
    Play play{.stage = stage, .type = *type, .day = story.day};
    for (const auto& step : story.steps) {
        let_time_pass(play, step.at);
        take(play, step);
        bool expects_refusal = false;
        for (const auto& [line, words] : step.expectations) {
            expects_refusal = expects_refusal || words.starts_with("refused: ");
            if (const auto fault = check(play, words); !fault.empty())
                play.faults.push_back(fmt::format("line {}: {}, but {}", line, words, fault));
        }
        if (play.refusal && !expects_refusal)
            play.faults.push_back(fmt::format("line {}: refused: {}", step.line, sentences(*play.refusal)));
    }
    return play.faults;
}

} // namespace reachable::casework::testing
