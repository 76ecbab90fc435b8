// /invitations/{id}: what one organisation that is asked reads of a meeting, what it answered, and what was decided to
// be shared with it. /meeting-actions/{id}: what it took on.
#include "capabilities/meetings/pages.h"

#include "clocks/london.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::meetings {
namespace {

using casework::Seen;
using derived::Site;
using derived::Visit;
using web::Html;
using web::Page;

constexpr std::string_view asked_about[] = {"kind", "held_at", "held_where", "aim", "named_as", "because", "reason"};
constexpr std::string_view taken_on[] = {"named_as",        "what",    "about", "due_on", "outcome",
                                         "refused_because", "ended_at"};
constexpr std::string_view answer_given[] = {"coming", "who", "apologies", "report", "answered_at"};

Html what_is_shared(const Invitation& invitation)
{
    Html html = web::heading("What is shared with your organisation", 2);
    // Every invitation says what the meeting is to decide: who does not read that reads nothing of what was shared.
    if (invitation.aim.words.empty()) return html << web::paragraph("That is not open to you.");
    if (invitation.shared.empty())
        return html << web::paragraph("Nothing yet. You read here what the meeting decides to share with you.");
    for (const auto& one : invitation.shared) {
        web::SummaryList list{.rows = {{.key = {.text = "What"}, .value = {.text = one.words.words}},
                                       {.key = {.text = "Basis"}, .value = {.text = one.basis}}}};
        if (!one.caveat.words.empty())
            list.rows.push_back({.key = {.text = "What you may not do with it"}, .value = {.text = one.caveat.words}});
        if (one.at)
            list.rows.push_back({.key = {.text = "Shared"}, .value = {.text = clocks::wall_date_time(*one.at)}});
        html << render(list);
    }
    return html;
}

Html when_to_answer(const Site& site, const Visit& visit, const Seen& seen)
{
    const auto& invitation = seen.as<Invitation>();
    if (seen.head.state != invited || !invitation.sent_at) return {};
    const auto by = answer_by(site, invitation.kind, *invitation.sent_at, invitation.held_at, visit.now);
    return render(web::InsetText{.text = by ? fmt::format("Please answer by {}. An organisation that neither comes nor "
                                                          "sends apologies is recorded as absent.",
                                                          clocks::wall_date_time(*by))
                                            : std::string("Please answer at once: the meeting is urgent.")});
}

Result<Page> invitation_page(const Site& site, const Visit& visit)
{
    auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = invitation_type().name, .id = TRY(visit.case_id()), .page = "invitation", .with_history = true},
        visit.now));
    const auto& invitation = seen.as<Invitation>();
    Page page{.title = "An invitation to a meeting",
              .back_link = web::BackLink{.text = "Meetings about children", .href = "/meetings"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    if (visit.session.agency != invitation.organisation) seen.may.clear(); // nobody answers for another organisation
    page.main << web::heading(seen.head.state == over ? "An invitation to a meeting that is over"
                                                      : "An invitation to a meeting")
              << web::paragraph(fmt::format("{} asks {}.", name_of(site, invitation.convener),
                                            name_of(site, invitation.organisation)))
              << when_to_answer(site, visit, seen) << derived::rows_of(site.desk, seen, asked_about)
              << derived::buttons_of(seen);
    if (!invitation.coming.empty())
        page.main << web::heading("The answer", 2) << derived::rows_of(site.desk, seen, answer_given);
    page.main << what_is_shared(invitation) << derived::link_to_record(seen);
    return page;
}

Result<Page> task_page(const Site& site, const Visit& visit)
{
    auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = task_type().name, .id = TRY(visit.case_id()), .page = "action", .with_history = true}, visit.now));
    const auto& task = seen.as<Task>();
    Page page{.title = "An action of a meeting",
              .back_link = web::BackLink{.text = "Meetings about children", .href = "/meetings"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    if (visit.session.agency != task.owner) seen.may.clear(); // nobody says so for another organisation
    page.main << web::heading("An action of a meeting")
              << web::paragraph(
                     fmt::format("{} asked {} for it.", name_of(site, task.convener), name_of(site, task.owner)))
              << derived::what_is_awaited(seen, visit.now) << derived::rows_of(site.desk, seen, taken_on)
              << derived::buttons_of(seen) << derived::link_to_record(seen);
    return page;
}

} // namespace

void add_invitation_page(web::Router& router, const Site& site)
{
    site.page(router, "/invitations/{id}", [&site](const Visit& visit) { return invitation_page(site, visit); });
    site.page(router, "/meeting-actions/{id}", [&site](const Visit& visit) { return task_page(site, visit); });
}

} // namespace reachable::meetings
