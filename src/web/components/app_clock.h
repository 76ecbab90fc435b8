// How long is left, in words made ready elsewhere: the time left, the wall time, and a state that always stands as a
// word beside its coloured edge.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

enum class ClockState { overdue, due_soon, on_time, ended };

/// "Overdue", "Due soon", "On time", "Ended".
Text words_of(ClockState state);

/// A box of its own, at the top of a page.
struct AppClock {
    ClockState state = ClockState::on_time;
    Text label = {};           // what is due: "Answer from children's services"
    Text time_left = {};       // "18 minutes late"
    Text due = {};             // "Due 22:23"
    std::string datetime = {}; // the same for machines: "2025-03-14T22:23:00Z"
    Content text = {};         // who owes it, what follows
    Text state_text = {};      // empty: words_of(state)
};
Html render(const AppClock& clock);

/// The same on one line, for a table or a list.
struct AppDue {
    ClockState state = ClockState::on_time;
    Text time_left = {};
    Text due = {};
    std::string datetime = {};
    Text state_text = {};
};
Html render(const AppDue& due);

} // namespace reachable::web
