// What the pages of meetings share.
#pragma once

#include "capabilities/meetings/invitation.h"
#include "capabilities/meetings/meeting.h"
#include "capabilities/meetings/meetings.h"

namespace reachable::meetings {

std::string address_of_meeting(CaseId id);
std::string address_of_invitation(CaseId id);
std::string address_of_task(CaseId id);

/// The name of an organisation, as those know it who work with it.
std::string name_of(const derived::Site& site, AgencyId id);
/// "Comes: social worker, children in care", "No answer yet".
std::string answer_words(const derived::Site& site, const Invited& invited, UtcTime now);
/// "Absent without apologies", "Not recorded yet".
std::string attendance_words(const derived::Site& site, const Meeting& meeting, const Invited& invited, UtcTime now);
std::string label_of(const derived::Site& site, std::string_view list, std::string_view code, UtcTime now);
/// By when an organisation is asked to answer; none: at once.
std::optional<UtcTime> answer_by(const derived::Site& site, std::string_view kind, UtcTime asked_at,
                                 std::optional<UtcTime> held_at, UtcTime now);

/// /meetings/{id}: act_pages.cpp adds the forms of what is done with a meeting.
void add_meeting_page(web::Router& router, const derived::Site& site, Absences absences);
void add_forms(web::Router& router, const derived::Site& site);
void add_invitation_page(web::Router& router, const derived::Site& site);

} // namespace reachable::meetings
