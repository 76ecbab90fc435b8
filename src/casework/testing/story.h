// Stories: tests that a practitioner can read. A story is a day, steps taken by people at times on a London wall, and
// under each step what must then be true. Every story runs on both databases.
//
//   story: The authority answers inside two hours
//   on 2026-10-25
//   00:18 BST  custody sergeant  book_in  name_given="Mia Sample" authorised_at=00:18
//       state is request due
//       clock C01 is due at 00:33 BST
//
// Columns are divided by two or more spaces. "time passes" as the actor moves the clock only. Before each step every
// clock that asks for attention on the way there is given it, at its own moment.
#pragma once

#include "casework/desk.h"

#include <map>

namespace reachable::casework::testing {

/// One step and what is expected after it.
struct Step {
    int line = 0;
    UtcTime at{};
    std::string actor;
    std::string action;
    std::vector<std::pair<std::string, std::string>> values; // name=value, quotes taken off
    std::vector<std::pair<int, std::string>> expectations;   // line number and words
};
struct Story {
    std::string title;
    CivilDate day{};
    std::vector<Step> steps;
};

/// Reads a story; refuses, with the line number, what it cannot read.
Result<Story> read_story(std::string_view text);
/// "01:10 GMT" on that day as an instant; BST and GMT tell apart the hour that comes twice.
Result<UtcTime> story_time(CivilDate day, std::string_view words);

/// What a capability adds so that its stories can be played.
struct Stage {
    const Desk& desk;
    std::string type;
    std::map<std::string, Session> actors; // "custody sergeant" → who acts
    /// The JSON that the step's values stand for.
    std::function<Json(const Step&, CivilDate day)> values_of;
    /// Checks an expectation in the capability's own words; nothing when it is not one of them, "" when it holds, else
    /// what is wrong.
    std::function<std::optional<std::string>(const std::string& words, const LoadedCase& now)> check;
    /// Moves the service's clock.
    std::function<void(UtcTime)> set_now;
};

/// Plays a story on a stage. Gives one sentence for each expectation that did not hold.
std::vector<std::string> play(const Story& story, Stage& stage);

} // namespace reachable::casework::testing
