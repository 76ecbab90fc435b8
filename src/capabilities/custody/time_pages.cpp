// The times of a detention from which a clock counts, on a page of their own: one person says what is right and why,
// another decides (R-X-12: "nobody can move the start time, only correct it with reason and second person").
#include "capabilities/custody/page_parts.h"

#include "base/text.h"
#include "capabilities/custody/rules.h"
#include "clocks/london.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

using derived::FormState;

constexpr std::string_view who_decides = "Another sergeant of this suite, or an inspector, decides.";

std::string_view label_of_time(const Site& site, std::string_view time)
{
    return site.desk.lists.label_of("custody.corrected_times", time);
}

bool may_be_asked_about(const Seen& seen, std::string_view time)
{
    return seen.may_do("propose_time") && may_be_wrong(seen.as<Conversation>(), time);
}

/// "When detention was authorised: 19:55 is on record. Sgt Hale says that 19:41 is right, because: …"
Html what_is_asked(const Site& site, const Visit& visit, const Conversation& facts, const TimeCorrection& waits)
{
    const auto who = waits.asked_by == visit.session.worker ? "You say" : name_of(site, waits.asked_by) + " says";
    const auto* stands = time_on_record(facts, waits.time) == waits.was ? "is" : "was";
    Html html = paragraph(fmt::format("{}: {} {} on record. {} that {} is right, because: {}",
                                      label_of_time(site, waits.time), clocks::wall_date_time(*waits.was), stands, who,
                                      clocks::wall_date_time(*waits.right), waits.reason));
    if (waits.time == "delivered_at" && facts.sent_at == facts.delivered_at)
        html << paragraph("The request then counts as sent at that time too, for custody's own clock.");
    return html;
}

/// The correction that waits, if this visitor sees it and may decide it or take it back.
const TimeCorrection* correction_to_decide(const Seen& seen)
{
    const auto* waits = waiting_correction(seen.as<Conversation>());
    return waits != nullptr && waits->right && waits->was && seen.may_do("decide_time") ? waits : nullptr;
}

/// Whoever asked can only take it back, and what has been overtaken can only be set aside; else it is yes or no.
Html deciding_form(const Site& site, const Visit& visit, const Seen& seen, const TimeCorrection& waits,
                   const FormState& state, std::int64_t version)
{
    const auto& facts = seen.as<Conversation>();
    Html html = heading("A time waits to be corrected", 2) << what_is_asked(site, visit, facts, waits);
    const auto stands = time_on_record(facts, waits.time);
    const bool is_own = waits.asked_by == visit.session.worker;
    const bool is_overtaken = stands != waits.was;
    if (is_overtaken && stands)
        html << paragraph(fmt::format("Since then the time on record has changed to {}, so this can only be set aside.",
                                      clocks::wall_date_time(*stands)));
    else if (is_own)
        html << paragraph(fmt::format("{} If you were wrong, take it back.", who_decides));
    if (const auto typed = state.value("time_corrections-reason"); !typed.empty())
        html << paragraph("What you wrote is not saved. Ask again when this one is decided: " + typed);
    html << derived::form_start(address(seen.head.id, "/times/decide"), visit.session, version);
    if (is_own || is_overtaken) {
        html.lit("<input type=\"hidden\" name=\"is_time_right\" value=\"no\">");
        return html << derived::form_end(is_own ? "Take it back" : "Set it aside");
    }
    const auto& field = *conversation_type().find_field("is_time_right");
    return html << derived::input_for(site.desk, field, "is_time_right", state, visit.now)
                << derived::form_end("Record what you decide");
}

Html asking_form(const Site& site, const Visit& visit, const Seen& seen, std::string_view time, const FormState& state,
                 std::int64_t version)
{
    const auto stands = time_on_record(seen.as<Conversation>(), time);
    Html html = heading(label_of_time(site, time), 2)
                << paragraph(fmt::format("On record: {}. What stands is kept beside what is right. {}",
                                         clocks::wall_date_time(*stands), who_decides))
                << derived::form_start(address(seen.head.id, "/times"), visit.session, version);
    html.lit("<input type=\"hidden\" name=\"time_corrections-time\"").attribute("value", time).lit(">");
    for (const auto& field : conversation_type().find_part("time_corrections")->fields)
        if (field.name == "right" || field.name == "reason")
            html << derived::input_for(site.desk, field, fmt::format("time_corrections-{}", field.name), state,
                                       visit.now);
    return html << derived::form_end("Ask for this time to be corrected");
}

Html times_to_choose(const Site& site, const Seen& seen)
{
    web::SummaryList list{.rows = rows_of_times(site, seen)};
    if (list.rows.empty()) return paragraph("No clock counts from a time that somebody wrote down.");
    return paragraph(fmt::format("Clocks count from these times, so you say what is right and why. {}", who_decides))
           << render(list);
}

Html decided_so_far(const Conversation& facts)
{
    Html items;
    for (const auto& one : facts.time_corrections) {
        if (!one.decided_at) continue;
        items.lit("<li>") << web::Text(
            fmt::format("{}: {}", clocks::wall_date_time(*one.decided_at), what_was_decided(one)));
        items.lit("</li>");
    }
    if (items.empty()) return {};
    Html html = heading("Decided so far", 2);
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">") << items;
    return html.lit("</ul>");
}

/// `time` is the one that was chosen, if any.
Page times_page(const Site& site, const Visit& visit, const Seen& seen, std::string_view time, const FormState& state,
                std::int64_t version)
{
    Page page{.title = "Correct a time",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << news(visit, seen) << web::error_summary_for(state.problems);
    page.main << heading("Correct a time") << identity_bar(site, visit, seen);
    if (const auto* waits = correction_to_decide(seen); waits != nullptr)
        page.main << deciding_form(site, visit, seen, *waits, state, version);
    else if (may_be_asked_about(seen, time))
        page.main << asking_form(site, visit, seen, time, state, version);
    else
        page.main << times_to_choose(site, seen);
    page.main << decided_so_far(seen.as<Conversation>());
    return page;
}

Result<Seen> look_at_times(const Site& site, const Visit& visit)
{
    auto seen = TRY(look_at(site, visit, "times", derived::asks_for_news(visit)));
    if (seen.may_do("propose_time") || seen.may_do("decide_time")) return seen;
    return refuse(ProblemKind::not_found, "There is no such record, or it is not open to you");
}

Result<Page> show_times(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_at_times(site, visit));
    const auto time = visit.request.query.get("time");
    FormState state;
    // Most often only the hour is wrong: the form starts on the day that stands.
    if (const auto stands = time_on_record(seen.as<Conversation>(), time)) {
        const auto day = clocks::london_day(*stands);
        state.values.add("time_corrections-right-day", std::to_string(static_cast<unsigned>(day.day())));
        state.values.add("time_corrections-right-month", std::to_string(static_cast<unsigned>(day.month())));
        state.values.add("time_corrections-right-year", std::to_string(static_cast<int>(day.year())));
    }
    return times_page(site, visit, seen, time, state, seen.head.version);
}

Result<Outcome> take(const Site& site, const Visit& visit, const web::Fields& form, std::string_view action)
{
    const auto seen = TRY(look_at_times(site, visit));
    FormState state{.values = form, .problems = {}};
    const auto& declared = *conversation_type().find_action(action);
    const auto asked = derived::read_form(conversation_type(), declared, form, visit.now, state.problems);
    // Everything that is wrong is said at once, though the act says the rest only of a time that reads.
    if (!declared.is_strict && !state.problems.empty() && trim(form.get("time_corrections-reason")).empty())
        state.problems.push_back({ProblemKind::missing, "Enter why it is corrected", "time_corrections-reason"});
    // A decision is about the page that showed what waits.
    if (declared.is_strict && !derived::version_in(form))
        state.problems.push_back({ProblemKind::conflict, "This was not sent from the page. Read it, then decide", ""});
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = "custody",
                                          .action = std::string(action),
                                          .id = seen.head.id,
                                          .expected_version = derived::version_in(form),
                                          .asked = asked},
                                         visit.now);
        if (acted) return derived::with_news(address(seen.head.id, "/times"), acted->version);
        state.problems = acted.error();
    }
    // What was answered may have been about another correction than the one that stands now.
    if (declared.is_strict && is_conflict(state.problems)) state.values = {};
    return times_page(site, visit, seen, form.get("time_corrections-time"), state,
                      version_again(form, state.problems, seen));
}

} // namespace

std::vector<web::SummaryListRow> rows_of_times(const Site& site, const Seen& seen)
{
    std::vector<web::SummaryListRow> rows;
    if (waiting_correction(seen.as<Conversation>()) != nullptr) return rows;
    for (const auto* time :
         {"authorised_at", "delivered_at", "adult_requested_at", "adult_arrived_at", "bail_refused_at", "left_at"}) {
        const auto stands = time_on_record(seen.as<Conversation>(), time);
        if (!stands || !may_be_asked_about(seen, time)) continue;
        const auto label = label_of_time(site, time);
        web::SummaryListRow row{.key = {.text = label}, .value = {.text = clocks::wall_date_time(*stands)}};
        row.actions.items.push_back({.text = "Correct",
                                     .href = address(seen.head.id, fmt::format("/times?time={}", time)),
                                     .visually_hidden_text = label});
        rows.push_back(std::move(row));
    }
    return rows;
}

Html time_that_waits(const Site& site, const Visit& visit, const Seen& seen)
{
    const auto* waits = correction_to_decide(seen);
    if (waits == nullptr) return {};
    Html html;
    html.lit("<p class=\"govuk-body govuk-!-margin-bottom-1\"><strong>A time waits to be corrected</strong></p>");
    html << what_is_asked(site, visit, seen.as<Conversation>(), *waits);
    html.lit("<p class=\"govuk-body govuk-!-margin-bottom-0\">")
        << link(address(seen.head.id, "/times"), waits->asked_by == visit.session.worker
                                                     ? "Another person decides. Take it back"
                                                     : "Decide whether it is corrected");
    html.lit("</p>");
    Html inset;
    inset.lit("<div class=\"app-no-print\">") << render(web::InsetText{.text = html});
    return inset.lit("</div>");
}

void add_time_pages(web::Router& router, const Site& site)
{
    site.page(router, "/custody/{id}/times", [&site](const Visit& visit) { return show_times(site, visit); });
    site.post(router, "/custody/{id}/times",
              [&site](const Visit& visit, const web::Fields& form) { return take(site, visit, form, "propose_time"); });
    site.post(router, "/custody/{id}/times/decide",
              [&site](const Visit& visit, const web::Fields& form) { return take(site, visit, form, "decide_time"); });
}

} // namespace reachable::custody
