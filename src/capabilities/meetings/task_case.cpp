#include "capabilities/meetings/invitation.h"
#include "capabilities/meetings/meetings.h"
#include "casework/checked.h"

namespace reachable::meetings {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using policy::Told;
using enum accounts::Role;

constexpr FieldClass tracked{Category::administration, Label::personal};
/// Whoever does it reads what it is.
constexpr FieldClass for_its_owner{Category::meeting, Label::sensitive, Told::unknown, Told::yes};

constexpr Field fields[] = {
    field<&Task::child>          ("child",           tracked,       "Child"),
    field<&Task::meeting>        ("meeting",         tracked,       "Meeting"),
    field<&Task::number>         ("number",          tracked,       "Number"),
    field<&Task::named_as>       ("named_as",        for_its_owner, "About"),
    field<&Task::what>           ("what",            for_its_owner, "What is to be done"),
    field<&Task::about>          ("about",           for_its_owner, "Of which kind it is", "", "meetings.about"),
    field<&Task::due_on>         ("due_on",          tracked,       "By when"),
    field<&Task::owner>          ("owner",           tracked,       "Who does it"),
    field<&Task::owner_team>     ("owner_team",      tracked,       "Their team"),
    field<&Task::convener>       ("convener",        tracked,       "Meeting convened by"),
    field<&Task::team>           ("team",            tracked,       "Team of the convener"),
    field<&Task::outcome>        ("outcome",         for_its_owner, "What was done, and what came of it?"),
    field<&Task::refused_because>("refused_because", for_its_owner, "Why is it not done?"),
    field<&Task::set_at>         ("set_at",          tracked,       "Asked for at"),
    field<&Task::ended_at>       ("ended_at",        tracked,       "Ended at"),
};

constexpr std::string_view states[]      = {open, done, refused};
constexpr std::string_view open_states[] = {open};

constexpr Roles owners{SW, MPC, CHAIR, ATTN, LADM, PLAC};

constexpr Action actions[] = {
    // action   from            to         who may    asks for
    {"set",    {nothing_yet},  {open},    {system},  "child meeting number named_as what about due_on owner owner_team convener team",
                                                                        "Asked for at a meeting",        nullptr, doing<note_task>},
    {"finish", {open},         {done},    owners,    "outcome",         "It is done",                    only_if<its_owner_says_so>, doing<note_task_ended>},
    {"refuse", {open},         {refused}, owners,    "refused_because", "It will not be done",           only_if<its_owner_says_so>, doing<note_task_ended>},
};

constexpr Clock clocks[] = {
    {"C29",  "What a meeting asked for is done",  {"set"},  {"finish", "refuse"},
        "4.G: each action has an owner and a day, and is done or refused with a reason", when_the_day_is_over},
};

Heading heading_of(const void* facts)
{
    const auto& task = *static_cast<const Task*>(facts);
    return {.child = task.child,
            .agency = task.convener,
            .team = task.team,
            .partner = task.owner,
            .partner_team = task.owner_team,
            .ended_at = task.ended_at,
            .partner_ended_at = task.ended_at};
}

constexpr CaseType type = checked({
    .name = "meeting-action",
    .title = "Action of a meeting",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = {},
    .actions = actions,
    .clocks = clocks,
    .copy = copy_of<Task>,
    .heading = heading_of,
    .relate = attends,
    .held = tracked,
});

} // namespace

const CaseType& task_type() { return type; }

} // namespace reachable::meetings
