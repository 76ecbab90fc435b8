#include "web/components/app_state.h"

#include "base/result.h"
#include "web/components/tag.h"

namespace reachable::web {

namespace {

struct Look {
    const char* words;
    const char* note;
    const char* classes;
};

Look look_of(AnswerTone tone)
{
    switch (tone) {
    case AnswerTone::yes: return {"Yes", "", "app-state__tag app-state__tag--yes"};
    case AnswerTone::no: return {"No", "checked", "app-state__tag app-state__tag--no"};
    case AnswerTone::not_known: return {"Not known", "asked, cannot say", "app-state__tag app-state__tag--not-known"};
    case AnswerTone::not_asked: return {"Not asked yet", "", "app-state__tag app-state__tag--not-asked"};
    case AnswerTone::held_back: return {"Held back", "you may not see it", "app-state__tag app-state__tag--held-back"};
    }
    throw Bug("an answer has no such state");
}

} // namespace

Html render(const AppState& state)
{
    const Look look = look_of(state.tone);
    const Text note = state.note.empty() ? Text(look.note) : state.note;

    Html out = lit("<span class=\"app-state\">");
    out << render(Tag{.text = state.text.empty() ? Text(look.words) : state.text, .classes = look.classes});
    if (!note.empty()) {
        out.lit("<span class=\"app-state__note\">(") << note;
        out.lit(")</span>");
    }
    return out.lit("</span>");
}

} // namespace reachable::web
