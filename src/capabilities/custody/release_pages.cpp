// How a child leaves custody: the plan for the release, topic by topic; what children's services are told afterwards;
// and what they say they do next.
#include "capabilities/custody/release_pages.h"
#include "capabilities/custody/accommodation_pages.h"

#include "capabilities/custody/release.h"
#include "capabilities/custody/sealed_page.h"
#include "capabilities/custody/ways.h"
#include "capabilities/custody/who_asks.h"
#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/inset_text.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

using derived::FormState;

constexpr std::string_view urgently = "urgent";
constexpr std::string_view before_it_is_whole = "except";

std::string box_of(const ReleaseTopic& topic)
{
    return fmt::format("release_plan-{}-words", topic.number);
}

std::vector<ReleaseTopic> topics_of(const Site& site, const Visit& visit)
{
    return release_topics_on(site.desk, clocks::london_day(visit.now));
}

/// "3 of 14 topics have nothing yet: …"
std::string how_far(const Conversation& facts, std::span<const ReleaseTopic> topics)
{
    const auto left = left_to_plan(facts, topics);
    if (left.empty()) return "The plan says something of every topic.";
    if (left.size() == topics.size()) return fmt::format("Nothing is planned yet: there are {} topics.", left.size());
    std::vector<std::string> words;
    for (const auto& one : left) words.emplace_back(one.topic);
    return fmt::format("{} of {} topics {} nothing yet: {}.", left.size(), topics.size(),
                       left.size() == 1 ? "has" : "have", join(words, "; "));
}

/// The plan as it stands, for the form.
FormState plan_so_far(const Conversation& facts)
{
    FormState state;
    for (const auto& line : facts.release_plan) state.values.add(box_of({.number = line.topic}), line.words.words);
    return state;
}

/// The inspector's way round a plan that has gaps, in the same form, so that nothing typed is lost by it.
Html exception_inputs(const Site& site, const Visit& visit, const FormState& state)
{
    const auto& field = *conversation_type().find_field("release_exception");
    Html html = heading("Let the child leave before the plan is whole?", 2);
    html << derived::input_for(site.desk, field, std::string(field.name), state, visit.now);
    return html << render(web::Button{.text = "Let the child leave",
                                      .name = "then",
                                      .value = std::string(before_it_is_whole),
                                      .classes = "govuk-button--warning",
                                      .prevent_double_click = true});
}

Html plan_form(const Site& site, const Visit& visit, const Seen& seen, std::span<const ReleaseTopic> topics,
               const FormState& state, std::int64_t version)
{
    const auto& facts = seen.as<Conversation>();
    Html html = derived::form_start(address(seen.head.id, "/release"), visit.session, version);
    for (const auto& topic : topics) {
        const auto name = box_of(topic);
        auto hint = std::string(topic.hint);
        if (const auto* line = find_release_line(facts, topic.number); line != nullptr && line->at)
            hint += fmt::format(". Written by {}, {}", line->by, clocks::wall_date_time(*line->at));
        html << web::textarea_field({.name = name,
                                     .label = web::Text(fmt::format("{}. {}", topic.number, topic.topic)),
                                     .hint = web::Text(hint),
                                     .value = state.value(name),
                                     .error = std::string(state.error(name)),
                                     .rows = 2});
    }
    html << render(web::Button{.text = "Save the plan", .name = "then", .value = "save", .prevent_double_click = true});
    const bool has_gaps = !left_to_plan(facts, topics).empty() && facts.release_exception.words.empty();
    if (has_gaps && visit.session.role == accounts::Role::INSP) html << exception_inputs(site, visit, state);
    return html.lit("</form>");
}

Html plan_to_read(const Conversation& facts, std::span<const ReleaseTopic> topics)
{
    web::SummaryList list;
    for (const auto& topic : topics) {
        const auto* line = find_release_line(facts, topic.number);
        auto words = line == nullptr ? std::string("Nothing that you may see") : line->words.words;
        if (line != nullptr && line->at) words += fmt::format(" ({}, {})", line->by, clocks::wall_date_time(*line->at));
        list.rows.push_back(
            {.key = {.text = fmt::format("{}. {}", topic.number, topic.topic)}, .value = {.text = words}});
    }
    return render(list);
}

/// Where the plan leads.
Html ways_on(const Seen& seen, bool is_whole)
{
    const auto& facts = seen.as<Conversation>();
    Html html;
    if (!facts.release_exception.words.empty())
        html << render(
            web::InsetText{.text = web::Text(fmt::format("The {} lets the child leave before the plan is whole: {}",
                                                         facts.release_exception_by, facts.release_exception.words))});
    const auto form = [&](std::string_view action) {
        return fmt::format("/cases/custody/{}/{}", seen.head.id.text(), action);
    };
    if (seen.may_do("record_departure") && (is_whole || !facts.release_exception.words.empty()))
        html << button_link(form("record_departure"), "Record that the child has left custody", false);
    return html;
}

Page plan_page(const Site& site, const Visit& visit, const Seen& seen, const FormState& state, std::int64_t version)
{
    const auto& facts = seen.as<Conversation>();
    const auto topics = topics_of(site, visit);
    const bool may_plan = seen.may_do("plan_release");
    Page page{.title = "Release plan",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.printed_by_line =
        fmt::format("Printed {} by {}. Destroy when the child has left.", clocks::wall_date_time(visit.now),
                    with_article(accounts::title_of(visit.session.role)));
    page.before_main << news(visit, seen) << web::error_summary_for(state.problems);
    page.main << heading("Release plan") << identity_bar(site, visit, seen);
    if (may_plan)
        page.main << paragraph("Every topic is answered before the child goes through the door. If there is nothing, "
                               "write: none. If it is not known, write so, and who finds out.");
    if (may_plan) page.main << paragraph(how_far(facts, topics));
    page.main << how_the_bed_is(seen, address(seen.head.id));
    if (may_plan || !state.problems.empty())
        page.main << plan_form(site, visit, seen, topics, state, version);
    else
        page.main << plan_to_read(facts, topics);
    const bool is_whole = left_to_plan(facts, topics).empty();
    page.main << ways_on(seen, is_whole);
    page.main << sub_pages(seen.head.id, "");
    return page;
}

Result<Page> show_plan(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_at(site, visit, "release"));
    return plan_page(site, visit, seen, plan_so_far(seen.as<Conversation>()), seen.head.version);
}

/// The lines that say something else than those the form was filled with: nobody overwrites what they did not touch.
Json changed_lines(const web::Fields& form, const Conversation& filled_with, std::span<const ReleaseTopic> topics)
{
    auto lines = Json::list();
    for (const auto& topic : topics) {
        const auto typed = trim(form.get(box_of(topic)));
        const auto* was = find_release_line(filled_with, topic.number);
        if (typed == (was == nullptr ? std::string_view{} : trim(was->words.words))) continue;
        auto item = Json::object();
        item.set("topic", std::string(topic.number));
        item.set("words", std::string(typed));
        lines.add(std::move(item));
    }
    return lines;
}

bool all_stand(const Json& changed, const Conversation& now)
{
    return !changed.items()->empty() && std::ranges::all_of(*changed.items(), [&](const Json& line) {
        const auto* stands = find_release_line(now, line.text_of("topic"));
        return stands != nullptr && stands->words.words == line.text_of("words");
    });
}

/// What was typed, ready to be sent again on top of what stands now: a line that the person did not touch is what
/// stands, and where both changed, the problem says what stands.
void bring_up_to_date(FormState& state, const Json& changed, const Conversation& filled_with, const Conversation& now,
                      std::span<const ReleaseTopic> topics)
{
    web::Fields values;
    values.add("release_exception", state.value("release_exception"));
    for (const auto& topic : topics) {
        const bool is_touched = std::ranges::any_of(
            *changed.items(), [&](const Json& line) { return line.text_of("topic") == topic.number; });
        const auto* was = find_release_line(filled_with, topic.number);
        const auto* is = find_release_line(now, topic.number);
        values.add(box_of(topic), is_touched ? state.value(box_of(topic)) : is == nullptr ? "" : is->words.words);
        const bool has_moved = is != nullptr && (was == nullptr || was->words.words != is->words.words) &&
                               is->words.words != trim(state.value(box_of(topic)));
        if (is_touched && has_moved)
            state.problems.push_back(
                {ProblemKind::conflict,
                 fmt::format("“{}” now says: {}. Yours replaces it if you save again", topic.topic, is->words.words),
                 box_of(topic)});
    }
    state.values = std::move(values);
}

Result<Outcome> save_plan(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    FormState state{.values = form, .problems = {}};
    const auto topics = topics_of(site, visit);
    // A version that never was has no lines: what was typed is then held against what stands.
    auto filled_with = casework::look(
        site.desk, visit.session, visit.request.id,
        {.type = "custody", .id = id, .page = "release", .version = derived::version_in(form)}, visit.now);
    if (!filled_with) filled_with = TRY(look_at(site, visit, "release"));
    const auto changed = changed_lines(form, filled_with->as<Conversation>(), topics);
    auto asked = Json::object();
    const bool is_exception = form.get("then") == before_it_is_whole;
    if (is_exception) asked.set("release_exception", std::string(trim(form.get("release_exception"))));
    if (!is_exception || !changed.items()->empty()) asked.set("release_plan", changed);
    const auto acted = act_by_form(site, visit, id, "plan_release", form, asked);
    if (acted) return derived::with_news(address(id, "/release"), acted->version);
    state.problems = acted.error();
    const auto seen = TRY(look_at(site, visit, "release"));
    if (!is_exception && is_conflict(state.problems) && all_stand(changed, seen.as<Conversation>())) // sent twice
        return derived::with_news(address(id, "/release"), seen.head.version);
    bring_up_to_date(state, changed, filled_with->as<Conversation>(), seen.as<Conversation>(), topics);
    return plan_page(site, visit, seen, state, version_again(form, state.problems, seen));
}

// What children's services are told.

const casework::Part& pass_backs()
{
    return *conversation_type().find_part("pass_backs");
}

/// All that was passed back, the newest first, as far as the reader may see it.
Html all_passed_back(const Site& site, const Conversation& facts)
{
    Html html;
    for (auto told = facts.pass_backs.rbegin(); told != facts.pass_backs.rend(); ++told) {
        html << paragraph(
            fmt::format("Passed back by {}{}.", told->by, told->at ? ", " + clocks::wall_date_time(*told->at) : ""));
        web::SummaryList list;
        for (const auto& field : pass_backs().fields)
            if (!field.is_noted && !field.is_empty(&*told))
                list.rows.push_back(
                    {.key = {.text = field.label}, .value = {.text = derived::words_of(site.desk, field, &*told)}});
        html << render(list);
    }
    return html;
}

Html what_they_do_next(const Conversation& facts)
{
    if (!facts.pass_back_read_at) return {};
    return render(web::InsetText{
        .text = web::Text(fmt::format(
            "{} read it {}. Next: {}{}", facts.next_step_of, clocks::wall_date_time(*facts.pass_back_read_at),
            facts.next_step.words,
            facts.next_step_by ? fmt::format(", by {}", clocks::wall_date_time(*facts.next_step_by)) : ""))});
}

Html clocks_of_pass_back(const Seen& seen, UtcTime now)
{
    Html html;
    for (const auto& clock : seen.clocks)
        if (clock.code.starts_with("C08") && !clock.stopped_at) html << clock_box(clock, seen.clocks, *seen.type, now);
    return html;
}

Page pass_back_page(const Site& site, const Visit& visit, const Seen& seen, const FormState& state,
                    std::int64_t version)
{
    const auto& facts = seen.as<Conversation>();
    Page page{.title = "Pass back to children's services",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << news(visit, seen) << web::error_summary_for(state.problems);
    page.main << heading("Pass back to children's services") << identity_bar(site, visit, seen);
    page.main << clocks_of_pass_back(seen, visit.now) << what_they_do_next(facts);
    page.main << how_the_bed_is(seen, address(seen.head.id));
    page.main << all_passed_back(site, facts);
    if (!facts.sent_at) {
        page.main << paragraph("Nobody was asked about this child yet, so nobody can be told. Send the request first.");
        if (may_send_request(seen))
            page.main << button_link(address(seen.head.id, "/request"), "Send the request to children's services",
                                     false);
    } else if (seen.may_do("pass_back") || !state.problems.empty()) {
        page.main << heading(facts.pass_backs.empty() ? "What they should know" : "Pass back more", 2)
                  << paragraph(
                         "Their desk gets a link to what you write. What stood in the request, and what was passed "
                         "back before, they have already. They say what they do next.");
        page.main << pass_back_form(site, visit, seen.head.id, version, state);
    }
    page.main << sub_pages(seen.head.id, "");
    return page;
}

/// For children's services: all of it, and the form in which they say what they do next.
Page reading_page(const Site& site, const Visit& visit, const Seen& seen, const FormState& state)
{
    Page page{.title = "What custody passes back",
              .has_errors = !state.problems.empty(),
              .is_plain = !visit.session.only_case.is_none()};
    if (!page.is_plain) page.back_link = web::BackLink{.text = "Request", .href = "/requests/" + seen.head.id.text()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading(fmt::format("{}, has left custody", who_is_it(seen, visit.now))) << whom_it_is_about(seen)
              << what_was_passed_back(site, visit, seen, way_of(visit).base, state);
    return page;
}

/// Whoever only owes the pass-back is shown no other page.
Result<Seen> look_at_pass_back(const Site& site, const Visit& visit)
{
    const auto id = TRY(visit.case_id());
    auto seen = TRY(casework::look(site.desk, visit.session, visit.request.id,
                                   {.type = "custody", .id = id, .page = "pass-back"}, visit.now));
    return only_owes(seen) ? seen : look_at(site, visit, "pass-back");
}

Result<Page> show_pass_back(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_at_pass_back(site, visit));
    if (only_owes(seen)) return owed_page(site, visit, seen, {});
    if (!has_left(seen.head.state))
        return refuse(ProblemKind::out_of_order, "The child is still here: record first that the child has left");
    if (visit.session.agency == seen.head.heading.partner) return reading_page(site, visit, seen, {});
    return pass_back_page(site, visit, seen, {}, seen.head.version);
}

Result<Outcome> pass_back(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    FormState state{.values = form, .problems = {}};
    const auto* action = form.get("then") == urgently ? "pass_back_now" : "pass_back";
    const auto asked = derived::read_form(conversation_type(), *conversation_type().find_action(action), form,
                                          visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = act_by_form(site, visit, id, action, form, asked);
        if (acted) return derived::with_news(address(id, "/pass-back"), acted->version);
        state.problems = acted.error();
    }
    const auto seen = TRY(look_at_pass_back(site, visit));
    if (only_owes(seen)) return owed_page(site, visit, seen, state);
    return pass_back_page(site, visit, seen, state, version_again(form, state.problems, seen));
}

/// Children's services say what they do next, through an account or by the link.
Result<Outcome> read_pass_back(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto base = way_of(visit).base;
    const auto id = TRY(case_of(visit));
    FormState state{.values = form, .problems = {}};
    const auto asked = derived::read_form(conversation_type(), *conversation_type().find_action("read_pass_back"), form,
                                          visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = act_by_form(site, visit, id, "read_pass_back", form, asked);
        if (acted && visit.session.only_case.is_none())
            return derived::with_news("/requests/" + id.text(), acted->version);
        if (acted) return base + "/answer";
        state.problems = acted.error();
    }
    const auto seen = TRY(look_for(site, visit, "answer"));
    return reading_page(site, visit, seen, state);
}

} // namespace

Html what_was_passed_back(const Site& site, const Visit& visit, const Seen& seen, const std::string& base,
                          const FormState& state)
{
    const auto& facts = seen.as<Conversation>();
    if (facts.pass_backs.empty() && state.problems.empty()) return {};
    Html html = heading("What custody passes back", 2);
    html << clocks_of_pass_back(seen, visit.now) << all_passed_back(site, facts) << what_they_do_next(facts);
    if (!seen.may_do("read_pass_back") && state.problems.empty()) return html;
    html << derived::form_start(base + "/pass-back", visit.session, seen.head.version);
    for (const auto* name : {"next_step", "next_step_by"})
        html << derived::input_for(site.desk, *conversation_type().find_field(name), name, state, visit.now);
    return html << derived::form_end("Send what you do next");
}

Html pass_back_form(const Site& site, const Visit& visit, CaseId id, std::int64_t version, const FormState& state)
{
    Html html = derived::form_start(address(id, "/pass-back"), visit.session, version);
    for (const auto& field : pass_backs().fields) {
        const bool is_required = field.name == "outcome" || field.name == "risks" || field.name == "considered";
        if (!field.is_noted)
            html << derived::input_for(site.desk, field, fmt::format("pass_backs-{}", field.name), state, visit.now,
                                       {.is_required = is_required});
    }
    html.lit("<div class=\"govuk-button-group\">");
    html << render(
        web::Button{.text = "Pass this back", .name = "then", .value = "pass", .prevent_double_click = true});
    html << render(web::Button{.text = "Pass this back: they must act within the hour",
                               .name = "then",
                               .value = std::string(urgently),
                               .classes = "govuk-button--warning",
                               .prevent_double_click = true});
    return html.lit("</div></form>");
}

bool only_owes(const Seen& seen)
{
    return !sees_the_conversation(seen) && !waits_for_a_reason(seen) && seen.may_do("pass_back");
}

Html how_the_release_stands(const Site& site, const Visit& visit, const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    Html html;
    if (seen.may_do("plan_release")) {
        const auto topics = topics_of(site, visit);
        const auto left = left_to_plan(facts, topics).size();
        html.lit("<p class=\"govuk-body app-no-print\">") << link(address(seen.head.id, "/release"), "Release plan");
        html << web::Text(left == 0 ? std::string(": says something of every topic")
                                    : fmt::format(": {} of {} topics have nothing yet", left, topics.size()));
        html.lit(".</p>");
    }
    if (has_left(seen.head.state) && (seen.may_do("pass_back") || !facts.pass_backs.empty())) {
        html.lit("<div class=\"app-no-print\">");
        if (facts.pass_backs.empty())
            html << button_link(address(seen.head.id, "/pass-back"), "Pass back to children's services", false);
        else
            html << what_they_do_next(facts)
                 << button_link(address(seen.head.id, "/pass-back"), "What was passed back to children's services");
        html.lit("</div>");
    }
    return html;
}

void add_release_pages(web::Router& router, const Site& site)
{
    site.page(router, "/custody/{id}/release", [&site](const Visit& visit) { return show_plan(site, visit); });
    site.post(router, "/custody/{id}/release",
              [&site](const Visit& visit, const web::Fields& form) { return save_plan(site, visit, form); });
    site.page(router, "/custody/{id}/pass-back", [&site](const Visit& visit) { return show_pass_back(site, visit); });
    site.post(router, "/custody/{id}/pass-back", [&site](const Visit& visit, const web::Fields& form) {
        const bool is_custody = conversation_type().find_action("pass_back")->who.has(visit.session.role);
        return is_custody ? pass_back(site, visit, form) : read_pass_back(site, visit, form);
    });
    site.post(router, "/a/{token}/pass-back",
              [&site](const Visit& visit, const web::Fields& form) { return read_pass_back(site, visit, form); });
}

} // namespace reachable::custody
