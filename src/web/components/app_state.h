// The five states an answer can be in, which no page may mix up: "not known" must never look like "no risk", and a cell
// is never empty.
#pragma once

#include "web/components/shared.h"

namespace reachable::web {

enum class AnswerTone {
    yes,
    no,        // somebody checked
    not_known, // asked, and they cannot say
    not_asked, // nobody has asked yet
    held_back, // there may be an answer; this reader may not see it
};

struct AppState {
    AnswerTone tone = AnswerTone::not_asked;
    Text text = {}; // empty: "Yes", "No", "Not known", "Not asked yet", "Held back"
    Text note = {}; // empty: "checked", "asked, cannot say", "you may not see it", or nothing
};
Html render(const AppState& state);

} // namespace reachable::web
