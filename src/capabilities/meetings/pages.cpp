// /meetings: the meetings that the reader leads, with who came; the invitations of the reader's organisation; what it
// took on.
#include "capabilities/meetings/pages.h"

#include "base/number.h"
#include "clocks/clocks.h"
#include "clocks/london.h"
#include "web/components/table.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::meetings {
namespace {

using casework::Seen;
using derived::Site;
using derived::Visit;
using web::Html;
using web::Page;

constexpr std::size_t most_shown = 25;

Result<std::vector<Seen>> look_at_all(const Site& site, const Visit& visit, const casework::CaseType& type,
                                      casework::Whose whose, Html& more)
{
    const auto listed = TRY(casework::list(site.desk, visit.session, visit.request.id,
                                           {.type = type.name, .whose = whose, .most = most_shown}, visit.now));
    more << derived::more_than_these(listed);
    std::vector<Seen> all;
    for (const auto& one : listed.cases) {
        auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                          {.type = type.name, .id = one.head.id, .page = "list"}, visit.now);
        if (seen) all.push_back(std::move(*seen));
    }
    return all;
}

std::string when_words(const std::optional<UtcTime>& at)
{
    return at ? clocks::wall_date_time(*at) : std::string("Not known");
}

std::string_view state_words(std::string_view state)
{
    if (state == issued) return "Everybody is asked";
    if (state == in_session) return "It is held now";
    if (state == minutes_written) return "Minutes to agree";
    if (state == agreed) return "Actions are followed";
    return state == closed ? "Closed" : "Called off";
}

Html table_of_meetings(const Site& site, const Visit& visit, std::span<const Seen> meetings)
{
    web::Table table{.caption = "Meetings that you lead",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "When"}, {.text = "About"}, {.text = "Meeting"}, {.text = "How it stands"}}};
    for (const auto& seen : meetings) {
        const auto& meeting = seen.as<Meeting>();
        table.rows.push_back({{.text = when_words(meeting.held_at)},
                              {.text = web::link(address_of_meeting(seen.head.id), derived::shown_name(seen.child))},
                              {.text = label_of(site, "meetings.kinds", meeting.kind, visit.now)},
                              {.text = state_words(seen.head.state)}});
    }
    if (table.rows.empty()) return web::paragraph("You lead no meeting that is open.");
    return web::stacked(table);
}

/// R-G-02: "non-attendance is recorded by organisation". Counted from the meetings above, which the reader leads.
Html table_of_attendance(const Site& site, std::span<const Seen> meetings)
{
    struct Counts {
        std::size_t asked = 0, came = 0, apologies = 0, absent = 0;
    };
    std::map<std::string, Counts> by_name;
    for (const auto& seen : meetings) {
        const auto& meeting = seen.as<Meeting>();
        if (!meeting.opened_at) continue;
        for (const auto& one : meeting.invited) {
            auto& counts = by_name[name_of(site, one.organisation)];
            const auto* there = attendance_of(meeting, one.organisation);
            counts.asked += 1;
            counts.came += there != nullptr && there->came == "came" ? 1 : 0;
            counts.apologies += there != nullptr && there->came == "apologies" ? 1 : 0;
            counts.absent += there != nullptr && there->came == "absent" ? 1 : 0;
        }
    }
    if (by_name.empty()) return {};
    web::Table table{.caption = "Who came to these meetings",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Organisation"},
                              {.text = "Asked", .format = "numeric"},
                              {.text = "Came", .format = "numeric"},
                              {.text = "Apologies", .format = "numeric"},
                              {.text = "Absent without apologies", .format = "numeric"}}};
    const auto number = [](std::size_t count) {
        return web::TableCell{.text = std::to_string(count), .format = "numeric"};
    };
    for (const auto& [name, counts] : by_name)
        table.rows.push_back({{.text = name},
                              number(counts.asked),
                              number(counts.came),
                              number(counts.apologies),
                              number(counts.absent)});
    return web::stacked(table);
}

Html table_of_invitations(const Site& site, const Visit& visit, std::span<const Seen> invitations)
{
    web::Table table{.caption = "Meetings to which your organisation is asked",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "When"}, {.text = "About"}, {.text = "Meeting"}, {.text = "Your answer"}}};
    for (const auto& seen : invitations) {
        const auto& invitation = seen.as<Invitation>();
        const auto about = invitation.named_as.empty() ? derived::shown_name(seen.child) : invitation.named_as;
        table.rows.push_back(
            {{.text = when_words(invitation.held_at)},
             {.text = web::link(address_of_invitation(seen.head.id), about)},
             {.text = label_of(site, "meetings.kinds", invitation.kind, visit.now)},
             {.text = invitation.coming.empty() ? std::string("Not answered yet")
                                                : label_of(site, "meetings.coming", invitation.coming, visit.now)}});
    }
    if (table.rows.empty()) return web::paragraph("Your organisation is asked to no meeting that is to come.");
    return web::stacked(table);
}

Html table_of_tasks(std::span<const Seen> tasks, UtcTime now)
{
    web::Table table{.caption = "What your organisation took on",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Due"}, {.text = "What is to be done"}, {.text = "About"}}};
    for (const auto& seen : tasks) {
        const auto& task = seen.as<Task>();
        table.rows.push_back({{.text = derived::due_words(seen.clocks, now)},
                              {.text = web::link(address_of_task(seen.head.id), task.what.words)},
                              {.text = task.named_as}});
    }
    if (table.rows.empty()) return {};
    return web::stacked(table);
}

Result<Page> queue_page(const Site& site, const Visit& visit)
{
    const auto role = visit.session.role;
    if (!leads_meetings(role) && !is_asked_to_meetings(role))
        return refuse(ProblemKind::withheld,
                      "Meetings are for those who convene them, chair them or are asked to them");
    Page page{.title = "Meetings about children", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Meetings about children");
    if (leads_meetings(role)) {
        Html more;
        const auto meetings = TRY(look_at_all(site, visit, meeting_type(), whose_meetings(role), more));
        page.main << more << table_of_meetings(site, visit, meetings) << table_of_attendance(site, meetings);
        if (may_convene(role)) page.main << web::paragraph("To convene another, open the child's page.");
    }
    if (is_asked_to_meetings(role)) {
        Html more;
        const auto invitations = TRY(look_at_all(site, visit, invitation_type(), whose_invitations(role), more));
        const auto tasks = TRY(look_at_all(site, visit, task_type(), whose_invitations(role), more));
        page.main << more << table_of_invitations(site, visit, invitations) << table_of_tasks(tasks, visit.now);
    }
    return page;
}

} // namespace

std::string address_of_meeting(CaseId id)
{
    return "/meetings/" + id.text();
}
std::string address_of_invitation(CaseId id)
{
    return "/invitations/" + id.text();
}
std::string address_of_task(CaseId id)
{
    return "/meeting-actions/" + id.text();
}

std::string name_of(const Site& site, AgencyId id)
{
    std::string name = "Not known";
    site.desk.database.read([&](storage::Transaction& transaction) {
        if (const auto agency = accounts::find_agency(transaction, id)) name = agency->name;
    });
    return name;
}

std::string label_of(const Site& site, std::string_view list, std::string_view code, UtcTime)
{
    return std::string(site.desk.lists.label_of(list, code));
}

std::string answer_words(const Site& site, const Invited& invited, UtcTime now)
{
    if (invited.coming.empty()) return "No answer yet";
    auto words = label_of(site, "meetings.coming", invited.coming, now);
    if (!invited.who.empty()) words += ": " + invited.who;
    if (!invited.apologies.words.empty()) words += ": " + invited.apologies.words;
    return words;
}

std::string attendance_words(const Site& site, const Meeting& meeting, const Invited& invited, UtcTime now)
{
    const auto* there = attendance_of(meeting, invited.organisation);
    if (there == nullptr) return "Not recorded yet";
    auto words = label_of(site, "meetings.attendance", there->came, now);
    if (!there->who.empty()) words += ": " + there->who;
    return words;
}

std::optional<UtcTime> answer_by(const Site& site, std::string_view kind, UtcTime asked_at,
                                 std::optional<UtcTime> held_at, UtcTime now)
{
    int days = 0;
    for (const auto* code : site.desk.lists.codes_on("meetings.kinds", clocks::london_day(now)))
        if (code->code == kind) days = whole_number<int>(code->column("answer_days")).value_or(0);
    if (days == 0) return std::nullopt;
    const auto due = clocks::due(asked_at, clocks::working_days(days), site.desk.lists.calendar);
    if (!due) return std::nullopt;
    return held_at ? std::min(*due, *held_at) : *due;
}

void add_pages(web::Router& router, const Site& site, Absences absences)
{
    site.page(router, "/meetings", [&site](const Visit& visit) { return queue_page(site, visit); });
    add_meeting_page(router, site, std::move(absences));
    add_forms(router, site);
    add_invitation_page(router, site);
    site.heads[std::string(meeting_type().name)] = [](const Visit&, const Seen& seen) {
        return derived::line_of_the_child(seen.child);
    };
    // Those who are asked read how the child is named to them, and no more.
    site.heads[std::string(invitation_type().name)] = [](const Visit&, const Seen& seen) {
        return web::paragraph(seen.as<Invitation>().named_as);
    };
    site.heads[std::string(task_type().name)] = [](const Visit&, const Seen& seen) {
        return web::paragraph(seen.as<Task>().named_as);
    };
}

} // namespace reachable::meetings
