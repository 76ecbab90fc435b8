#include "web/components/app_clock.h"

#include "base/result.h"

namespace reachable::web {

namespace {

std::string modifier(std::string_view block, ClockState state)
{
    const std::string name(block);
    switch (state) {
    case ClockState::overdue: return name + "--overdue";
    case ClockState::due_soon: return name + "--due-soon";
    case ClockState::on_time: return name + "--on-time";
    case ClockState::ended: return name + "--ended";
    }
    throw Bug("a clock has no such state");
}

Text state_words(const Text& given, ClockState state)
{
    return given.empty() ? words_of(state) : given;
}

void put_due(Html& out, const Text& due, const std::string& datetime)
{
    if (!datetime.empty()) out.lit("<time").attribute("datetime", datetime).lit(">");
    out << due;
    if (!datetime.empty()) out.lit("</time>");
}

} // namespace

Text words_of(ClockState state)
{
    switch (state) {
    case ClockState::overdue: return "Overdue";
    case ClockState::due_soon: return "Due soon";
    case ClockState::on_time: return "On time";
    case ClockState::ended: return "Ended";
    }
    throw Bug("a clock has no such state");
}

Html render(const AppClock& clock)
{
    Html out = lit("<div");
    put_classes(out, "app-clock", modifier("app-clock", clock.state));
    out.lit("><p class=\"app-clock__label\"><strong class=\"app-clock__state\">")
        << state_words(clock.state_text, clock.state);
    out.lit("</strong> ") << clock.label;
    out.lit("</p><p class=\"app-clock__time\"><strong>") << clock.time_left;
    out.lit("</strong> <span>");
    put_due(out, clock.due, clock.datetime);
    out.lit("</span></p>");
    if (!clock.text.empty()) {
        out.lit("<div class=\"app-clock__text\">") << clock.text;
        out.lit("</div>");
    }
    out.lit("</div>");
    return out;
}

Html render(const AppDue& due)
{
    Html out = lit("<span");
    put_classes(out, "app-due", modifier("app-due", due.state));
    out.lit("><strong class=\"app-due__left\">") << due.time_left;
    out.lit("</strong> <span class=\"app-due__at\">");
    put_due(out, due.due, due.datetime);
    out.lit("</span> <span class=\"app-due__state\">") << state_words(due.state_text, due.state);
    out.lit("</span></span>");
    return out;
}

} // namespace reachable::web
