// /meetings/{id}: who was asked and who came, where the child was found, what is shared with whom, what was decided and
// why, and what came of it. On paper it is the minutes.
#include "capabilities/meetings/pages.h"

#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/details.h"
#include "web/components/summary_list.h"
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

/// The forms that need an organisation to choose from, or a line for each of them, stand under this page.
Html what_is_next(const Seen& seen)
{
    Html html = web::lit("<div class=\"govuk-button-group app-no-print\">");
    for (const auto& name : seen.may)
        html << render(web::Button{.text = derived::title_of(*seen.type, name),
                                   .href = address_of_meeting(seen.head.id) + "/" + name,
                                   .classes = "govuk-button--secondary"});
    return html.lit("</div>");
}

/// By when they are asked to answer, while they have not.
std::string answer_of(const Site& site, const Visit& visit, const Meeting& meeting, const Invited& one)
{
    if (one.coming.empty() && meeting.opened_at) return "No answer";
    auto words = answer_words(site, one, visit.now);
    if (!one.coming.empty() || !meeting.convened_at) return words;
    const auto by = answer_by(site, meeting.kind, *meeting.convened_at, meeting.held_at, visit.now);
    if (!by) return words + ". Asked for at once";
    return words + (*by < visit.now ? ". Was due by " : ". Due by ") + clocks::wall_date_time(*by);
}

Html who_is_asked(const Site& site, const Visit& visit, const Meeting& meeting)
{
    web::Table table{
        .caption = "Who was asked, and who came",
        .caption_classes = "govuk-table__caption--m",
        .head = {{.text = "Organisation"}, {.text = "Because"}, {.text = "Answer"}, {.text = "Attendance"}}};
    for (const auto& one : meeting.invited) {
        auto because = label_of(site, "meetings.because", one.because, visit.now);
        if (!one.reason.empty()) because += ". " + one.reason;
        table.rows.push_back({{.text = name_of(site, one.organisation)},
                              {.text = because},
                              {.text = answer_of(site, visit, meeting, one)},
                              {.text = attendance_words(site, meeting, one, visit.now)}});
    }
    return web::stacked(table);
}

void add_row(web::SummaryList& list, std::string_view key, const std::string& words)
{
    if (!words.empty()) list.rows.push_back({.key = {.text = std::string(key)}, .value = {.text = words}});
}

/// R-G-04: "health and school detail enters as what it means for safety".
Html what_it_means_for_safety(const Site& site, const Meeting& meeting)
{
    web::SummaryList list;
    for (const auto& one : meeting.invited) add_row(list, name_of(site, one.organisation), one.report.words);
    if (list.rows.empty()) return {};
    return web::heading("What it means for safety, by organisation", 2) << render(list);
}

Html items(const Site& site, const Visit& visit, const Meeting& meeting)
{
    Html html = web::heading("What is shared, and with whom", 2);
    if (meeting.items.empty())
        return html << web::paragraph("Nothing was decided to be shared. Nobody who was asked reads more than their "
                                      "invitation.");
    for (const auto& item : meeting.items) {
        web::SummaryList list{.card = web::SummaryCard{.title = web::SummaryCardTitle{
                                                           .text = fmt::format("{}: {}", name_of(site, item.share_with),
                                                                               label_of(site, "meetings.decisions",
                                                                                        item.decision, visit.now)),
                                                           .heading_level = 3}}};
        add_row(list, "Information", item.line.words);
        add_row(list, "Held by", name_of(site, item.held_by));
        add_row(list, "Shared as", item.shared_words.words);
        add_row(list, "Basis", item.basis);
        add_row(list, "Necessity", item.necessity.words);
        add_row(list, "Proportionality", item.proportionality.words);
        add_row(list, "The child's wish", item.child_view.words);
        add_row(list, "What they may not do with it", item.caveat.words);
        add_row(list, "Looked at again", item.review_on ? clocks::day_words(*item.review_on) : std::string());
        add_row(list, "Decided by",
                item.at ? fmt::format("{}, {}", item.decided_by, clocks::wall_date_time(*item.at)) : item.decided_by);
        html << render(list);
    }
    return html;
}

Html decisions(const Meeting& meeting)
{
    Html html = web::heading("Decisions", 2);
    if (meeting.decisions.empty()) return html << web::paragraph("None is written down yet.");
    web::Table table{.caption = "What was decided, and why",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Decision"}, {.text = "Why"}, {.text = "Dissent"}}};
    for (const auto& one : meeting.decisions)
        table.rows.push_back({{.text = one.what.words},
                              {.text = one.because.words},
                              {.text = one.dissent.words.empty() ? std::string("None") : one.dissent.words}});
    return html << web::stacked(table);
}

Html actions(const Site& site, const Visit& visit, const Meeting& meeting)
{
    Html html = web::heading("Actions", 2);
    if (meeting.actions.empty()) return html << web::paragraph("None is written down yet.");
    web::Table table{
        .caption = "Who does what by when",
        .caption_classes = "govuk-visually-hidden",
        .head = {{.text = "What"}, {.text = "About"}, {.text = "Who"}, {.text = "By"}, {.text = "What came of it"}}};
    for (const auto& one : meeting.actions) {
        const auto* outcome = outcome_of(meeting, one.number);
        std::string came = "Not done yet";
        if (outcome != nullptr)
            came = fmt::format("{}: {}", label_of(site, "meetings.outcomes", outcome->state, visit.now),
                               outcome->words.words);
        else if (one.due_on && *one.due_on < clocks::london_day(visit.now))
            came = "Not done: the day is over";
        table.rows.push_back({{.text = one.what.words},
                              {.text = label_of(site, "meetings.about", one.about, visit.now)},
                              {.text = name_of(site, one.owner)},
                              {.text = one.due_on ? clocks::day_words(*one.due_on) : std::string()},
                              {.text = came}});
    }
    return html << web::stacked(table);
}

/// 4.G: the chair's guide, "on-screen, one line each".
Html chairs_guide(const Site& site, const Visit& visit)
{
    Html lines = web::lit("<ul class=\"govuk-list govuk-list--bullet\">");
    for (const auto* line : site.desk.lists.codes_on("meetings.guide", clocks::london_day(visit.now)))
        lines.lit("<li>") << web::Text(line->label), lines.lit("</li>");
    lines.lit("</ul>");
    Html html = web::lit("<div class=\"app-no-print\">");
    html << render(web::Details{.summary = "What a chair asks at each item", .text = std::move(lines)});
    return html.lit("</div>");
}

/// Every meeting says what it is to decide: who does not read that reads nothing of what was.
bool is_held_back(const Meeting& meeting)
{
    return meeting.aim.words.empty();
}

constexpr std::string_view shown_of_it[] = {"kind",      "held_at",           "held_where",      "aim",
                                            "named_as",  "threshold",         "left_for_a_link", "plan",
                                            "timescale", "no_action_because", "corrections",     "called_off_because"};

Result<Page> meeting_page(const Site& site, const Visit& visit, const Absences& absences)
{
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = meeting_type().name, .id = TRY(visit.case_id()), .page = "meeting", .with_history = true}, visit.now));
    const auto& meeting = seen.as<Meeting>();
    Page page{.title = "A meeting about a child",
              .back_link = web::BackLink{.text = "Meetings about children", .href = "/meetings"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    page.main << web::heading(label_of(site, "meetings.kinds", meeting.kind, visit.now))
              << derived::line_of_the_child(seen.child) << derived::what_is_awaited(seen, visit.now)
              << what_is_next(seen) << derived::rows_of(site.desk, seen, shown_of_it);
    if (seen.head.state == in_session) page.main << chairs_guide(site, visit);
    if (!meeting.invited.empty()) page.main << who_is_asked(site, visit, meeting);
    if (is_held_back(meeting)) {
        page.main << web::paragraph("What was shared, decided and asked for at this meeting is open to those who lead "
                                    "it. Of a record that is protected now it is open to nobody here: go on by "
                                    "telephone.")
                  << derived::link_to_record(seen);
        return page;
    }
    page.main << what_it_means_for_safety(site, meeting) << absences(visit, seen.head.heading.child)
              << items(site, visit, meeting) << decisions(meeting) << actions(site, visit, meeting)
              << derived::link_to_record(seen);
    return page;
}

} // namespace

void add_meeting_page(web::Router& router, const Site& site, Absences absences)
{
    site.page(router, "/meetings/{id}", [&site, absences = std::move(absences)](const Visit& visit) {
        return meeting_page(site, visit, absences);
    });
}

} // namespace reachable::meetings
