#include "capabilities/meetings/meetings.h"

#include <utility>

namespace reachable::meetings {
namespace {

using enum accounts::Role;

constexpr lists::ListFile list_files[] = {
    {"meetings.kinds", "meetings/kinds.csv"},         {"meetings.because", "meetings/because.csv"},
    {"meetings.coming", "meetings/coming.csv"},       {"meetings.attendance", "meetings/attendance.csv"},
    {"meetings.decisions", "meetings/decisions.csv"}, {"meetings.about", "meetings/about.csv"},
    {"meetings.outcomes", "meetings/outcomes.csv"},   {"meetings.guide", "meetings/guide.csv"},
};

constexpr std::string_view clocks_of_meetings[] = {"meetings/clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_the_log[] = {
    {"meeting.convene", "convened a meeting about the child"},
    {"meeting.invite", "asked another organisation to a meeting about the child"},
    {"meeting.note_invited", "noted who is asked to a meeting about the child"},
    {"meeting.note_answer", "noted the answer of an organisation that is asked to a meeting about the child"},
    {"meeting.open", "opened a meeting about the child and noted who was there"},
    {"meeting.share", "decided whether something of the child is shared with an organisation at a meeting"},
    {"meeting.decide", "wrote down a decision of a meeting about the child"},
    {"meeting.set_action", "wrote down an action of a meeting about the child"},
    {"meeting.note_action", "noted what came of an action of a meeting about the child"},
    {"meeting.close_session", "ended a meeting about the child"},
    {"meeting.agree", "noted that the minutes of a meeting about the child are agreed"},
    {"meeting.call_off", "called off a meeting about the child"},
    {"meeting-invitation.send", "asked an organisation to a meeting about the child"},
    {"meeting-invitation.answer", "answered an invitation to a meeting about the child"},
    {"meeting-invitation.hand_over", "passed on what a meeting about the child decided to share"},
    {"meeting-invitation.close_too", "ended an invitation with the meeting about the child"},
    {"meeting-action.set", "gave an action of a meeting about the child to its owner"},
    {"meeting-action.finish", "said that an action of a meeting about the child is done"},
    {"meeting-action.refuse", "said why an action of a meeting about the child is not done"},
    {"look:meeting.meeting", "read a meeting about the child"},
    {"look:meeting.list", "saw a meeting about the child in a list"},
    {"look:meeting.queue", "saw a meeting about the child in a list"},
    {"look:meeting.notice", "was told of a meeting about the child"},
    {"look:meeting.record", "read all that is recorded of a meeting about the child"},
    {"look:meeting.form", "opened a form about a meeting about the child"},
    {"look:meeting.api", "read a meeting about the child through another system"},
    {"look:meeting.child", "read of a meeting on the child's page"},
    {"look:meeting.child_then", "read of a meeting as it stood then"},
    {"look:meeting-invitation.invitation", "read an invitation to a meeting about the child"},
    {"look:meeting-invitation.queue", "saw an invitation to a meeting about the child in a list"},
    {"look:meeting-invitation.list", "saw an invitation to a meeting about the child in a list"},
    {"look:meeting-invitation.notice", "was told of an invitation to a meeting about the child"},
    {"look:meeting-invitation.record", "read all that is recorded of an invitation to a meeting about the child"},
    {"look:meeting-invitation.form", "opened the form to answer an invitation to a meeting about the child"},
    {"look:meeting-invitation.api", "read an invitation to a meeting about the child through another system"},
    {"look:meeting-invitation.child", "read of an invitation to a meeting on the child's page"},
    {"look:meeting-invitation.child_then", "read of an invitation to a meeting as it stood then"},
    {"look:meeting-action.action", "read an action of a meeting about the child"},
    {"look:meeting-action.queue", "saw an action of a meeting about the child in a list"},
    {"look:meeting-action.list", "saw an action of a meeting about the child in a list"},
    {"look:meeting-action.notice", "was told of an action of a meeting about the child"},
    {"look:meeting-action.record", "read all that is recorded of an action of a meeting about the child"},
    {"look:meeting-action.form", "opened a form about an action of a meeting about the child"},
    {"look:meeting-action.api", "read an action of a meeting about the child through another system"},
    {"look:meeting-action.child", "read of an action of a meeting on the child's page"},
    {"look:meeting-action.child_then", "read of an action of a meeting as it stood then"},
};

} // namespace

std::string_view log_words(std::string_view action)
{
    for (const auto& [code, words] : words_of_the_log)
        if (code == action) return words;
    return {};
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}

std::span<const std::string_view> clock_files()
{
    return clocks_of_meetings;
}

casework::Whose whose_meetings(accounts::Role role)
{
    if (role == CHAIR) return casework::Whose::desk;
    return role == MPC ? casework::Whose::agency : casework::Whose::team;
}

casework::Whose whose_invitations(accounts::Role role)
{
    const bool is_of_all = role == ATTN || role == MPC || role == LADM;
    return is_of_all ? casework::Whose::asked_agency : casework::Whose::desk;
}

} // namespace reachable::meetings
