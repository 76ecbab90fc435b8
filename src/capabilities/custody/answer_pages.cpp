// The standard questions, answered by children's services (through an account or a one-time link) or typed in by
// custody from a phone call. One page, any order, part answers welcome; no box opens or closes by script.
#include "capabilities/custody/accommodation_pages.h"
#include "capabilities/custody/release_pages.h"
#include "capabilities/custody/sealed_page.h"
#include "capabilities/custody/ways.h"
#include "capabilities/custody/who_asks.h"

#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/checkboxes.h"
#include "web/components/date_input.h"
#include "web/components/details.h"
#include "web/components/input.h"
#include "web/components/panel.h"
#include "web/components/radios.h"
#include "web/components/select.h"
#include "web/components/summary_list.h"
#include "web/components/textarea.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

using derived::FormState;

std::string name_of(const Question& question, std::string_view what)
{
    return fmt::format("answers-{}-{}", question.number, what);
}

/// `held` is among them also where it came another way: an answer that no button shows would look taken back.
std::vector<web::RadioItem> choices(const Question& question, const std::string& held)
{
    std::vector<web::RadioItem> items;
    const auto add = [&](AnswerState state, std::string_view words) {
        items.push_back({.value = std::string(records::code_of(state)), .text = words});
    };
    if (question.answer_type == "yes_no")
        add(AnswerState::yes, "Yes");
    else
        add(AnswerState::given, "We can answer: see below");
    add(AnswerState::no, question.answer_type == "yes_no" ? "No, we checked" : "Nobody or nothing, we checked");
    add(AnswerState::not_recorded, "Nothing is recorded");
    add(AnswerState::unknown, "Not known, or cannot check now");
    add(AnswerState::cannot_share, "Known, but we cannot share it");
    const bool is_offered =
        std::any_of(items.begin(), items.end(), [&](const web::RadioItem& item) { return item.value == held; });
    if (const auto state = records::answer_state_from(held); !is_offered && state && records::has_value(*state))
        add(*state, records::words_for(*state));
    return items;
}

std::optional<web::ErrorMessage> error_of(const FormState& state, const std::string& name)
{
    const auto sentence = state.error(name);
    if (sentence.empty()) return std::nullopt;
    return web::ErrorMessage{.text = sentence};
}

Html rarely_needed(const Question& question, const FormState& state)
{
    Html inside;
    const auto why = name_of(question, "held_back_because");
    inside << render(web::Input{.id = why,
                                .name = why,
                                .value = state.value(why),
                                .label = {.text = "If you cannot share it: why?"},
                                .error_message = error_of(state, why),
                                .autocomplete = "off"});
    const auto date = name_of(question, "information_on");
    web::DateInput on{.id = date,
                      .name_prefix = date,
                      .hint = web::Hint{.text = "If it is not today's"},
                      .error_message = error_of(state, date),
                      .fieldset = web::Fieldset{.legend = {.text = "Date of the information"}}};
    for (const auto* part : {"day", "month", "year"})
        on.values[fmt::format("{}-{}", date, part)] = state.value(fmt::format("{}-{}", date, part));
    inside << render(on);
    const auto share = name_of(question, "may_go_to_investigation");
    inside << render(web::Checkboxes{.id_prefix = share,
                                     .name = share,
                                     .items = {{.value = "yes", .text = "The investigation may see this answer too"}},
                                     .values = {state.value(share)},
                                     .classes = "govuk-checkboxes--small"});
    return render(
        web::Details{.summary = fmt::format("Date, sharing, or why not ({})", question.number), .text = inside});
}

/// What may be ticked beside the words.
Html ticks(const Question& question, const FormState& state)
{
    if (question.choices.empty()) return {};
    const auto name = name_of(question, "codes");
    web::Checkboxes boxes{.fieldset = web::Fieldset{.legend = {.text = "Which of these? Tick all that apply"}},
                          .error_message = error_of(state, name),
                          .id_prefix = name,
                          .name = name,
                          .classes = "govuk-checkboxes--small"};
    for (const auto& [code, label] : question.choices)
        boxes.items.push_back({.value = std::string(code), .text = label});
    for (const auto value : state.values.all_of(name)) boxes.values.emplace_back(value);
    return render(boxes);
}

/// Whom the answer names, each in boxes of their own; only where the question asks for people.
Html people_of(const Site& site, const Visit& visit, const Question& question, const FormState& state)
{
    if (!question.names_people) return {};
    const auto name = name_of(question, "people");
    const auto& field = *conversation_type().find_part("answers")->find_field("people");
    const bool any =
        std::ranges::any_of(state.values.all(), [&](const auto& typed) { return typed.first.starts_with(name + "-"); });
    return render(web::Details{.summary = fmt::format("Name people one by one ({})", question.number),
                               .text = derived::input_for(site.desk, field, name, state, visit.now),
                               .open = any || !state.error(name).empty()});
}

Html question_block(const Site& site, const Visit& visit, const Question& question, std::size_t place,
                    std::size_t count, const FormState& state)
{
    const auto name = name_of(question, "state");
    web::Radios radios{.fieldset = web::Fieldset{.legend = {.text = fmt::format("{} ({} of {}). {}", question.number,
                                                                                place, count, question.question),
                                                            .classes = "govuk-fieldset__legend--s"}},
                       .error_message = error_of(state, name),
                       .id_prefix = name,
                       .name = name,
                       .items = choices(question, state.value(name)),
                       .value = state.value(name),
                       .classes = "govuk-radios--small"};
    if (!question.hint.empty()) radios.hint = web::Hint{.text = question.hint};
    Html html;
    html.lit("<div class=\"app-question\">") << render(radios) << ticks(question, state);
    const auto words = name_of(question, "words");
    html << render(
        web::Textarea{.id = words,
                      .name = words,
                      .rows = 2,
                      .value = state.value(words),
                      .label = {.text = question.answer_type == "child_words" ? "The child's own words"
                                                                              : "What should custody know or do?"},
                      .error_message = error_of(state, words)});
    html << people_of(site, visit, question, state) << rarely_needed(question, state);
    html.lit("</div>");
    return html;
}

/// The form filled with what has been answered so far.
FormState answers_so_far(const Conversation& facts)
{
    FormState state;
    for (const auto& part : conversation_type().parts) {
        if (part.name != "answers") continue;
        for (const auto& answer : facts.answers)
            for (const auto& field : part.fields)
                if (!field.is_noted && field.name != "question")
                    derived::fill(state.values, field, fmt::format("answers-{}-{}", answer.question, field.name),
                                  &answer);
    }
    return state;
}

Html phone_inputs(const Site& site, const Visit& visit, const FormState& state)
{
    Html html;
    for (const auto* name : {"phone_worker", "phoned_at", "was_read_back"})
        html << derived::input_for(site.desk, *conversation_type().find_field(name), name, state, visit.now);
    return html;
}

Html buttons(const Way& way)
{
    Html html;
    html.lit("<div class=\"govuk-button-group\">");
    html << render(web::Button{.text = way.is_phone ? "Save these answers" : "Send answers",
                               .name = "then",
                               .value = "send",
                               .prevent_double_click = true});
    if (!way.is_phone)
        html << render(web::Button{.text = "Send what I have and finish later",
                                   .name = "then",
                                   .value = "later",
                                   .classes = "govuk-button--secondary"});
    html.lit("</div></form>");
    return html;
}

Page answer_form(const Site& site, const Visit& visit, const Seen& seen, const FormState& state)
{
    const auto way = way_of(visit);
    const auto questions = questions_for(seen.as<Conversation>(), site.desk, clocks::london_day(visit.now));
    Page page{.title = way.is_phone ? "Answers by phone" : "Answer custody's questions",
              .has_errors = !state.problems.empty(),
              .is_plain = !visit.session.only_case.is_none()};
    if (!page.is_plain) page.back_link = web::BackLink{.text = "Request", .href = "/requests/" + seen.head.id.text()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading(
        fmt::format("{}, {} {}", who_is_it(seen, visit.now), has_left(seen.head.state) ? "was" : "is",
                    is_detained(seen.as<Conversation>()) ? "in custody" : "with the police, not detained"));
    page.main << whom_it_is_about(seen) << (way.is_phone ? Html{} : asked_by(site, seen)) << said_to_have_left(seen);
    for (const auto& clock : seen.clocks)
        if (clock.code == "C02" && !clock.stopped_at) page.main << clock_box(clock, seen.clocks, *seen.type, visit.now);
    if (!way.is_phone) page.main << how_the_bed_is(seen, way.base);
    page.main << what_was_passed_back(site, visit, seen, way.base) << why_we_ask(site.desk, seen);
    if (!way.is_phone && seen.may_do("not_our_child")) {
        page.main.lit("<p class=\"govuk-body\">") << link(way.base + "/not-ours", "This is not our child");
        page.main.lit("</p>");
    }
    page.main << derived::form_start(way.base + "/answer", visit.session, seen.head.version);
    if (way.is_phone) page.main << phone_inputs(site, visit, state);
    for (std::size_t i = 0; i < questions.size(); ++i)
        page.main << question_block(site, visit, questions[i], i + 1, questions.size(), state);
    page.main << buttons(way);
    return page;
}

/// A request that nobody has opened yet: one button, so that opening is somebody's act and not a page being fetched.
Page opening_page(const Site& site, const Visit& visit, const Seen& seen)
{
    const auto way = way_of(visit);
    Page page{.title = "Open the request", .is_plain = !visit.session.only_case.is_none()};
    page.main << heading(is_detained(seen.as<Conversation>())
                             ? "A child is in custody and you are asked about them"
                             : "A child is with the police, not detained, and you are asked about them");
    for (const auto& clock : seen.clocks)
        if (clock.code == "C02" && !clock.corrected_at)
            page.main << clock_box(clock, seen.clocks, *seen.type, visit.now);
    page.main << asked_by(site, seen);
    page.main << derived::form_start(way.base + "/open", visit.session) << derived::form_end("Open the request");
    return page;
}

Result<Page> answer_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_for(site, visit, "answer"));
    if (waits_for_a_reason(seen)) return sealed_page(site, visit, seen, way_of(visit).base);
    if (seen.may_do("open_request")) return opening_page(site, visit, seen);
    const auto way = way_of(visit);
    if (!seen.may_do(way.action()))
        return refuse(ProblemKind::out_of_order, "These questions are not open for answers now");
    auto state = answers_so_far(seen.as<Conversation>());
    if (way.is_phone) web::fill_time(state.values, "phoned_at", visit.now);
    return answer_form(site, visit, seen, state);
}

/// A desk that came by a link says why there.
Result<Outcome> say_why_by_link(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto base = way_of(visit).base;
    return open_with_reason(site, visit, TRY(case_of(visit)), base, base + "/answer", form);
}

Result<Outcome> open_request(const Site& site, const Visit& visit, const web::Fields&)
{
    const auto id = TRY(case_of(visit));
    TRY(casework::act(site.desk, visit.session, visit.request.id,
                      {.type = "custody", .action = "open_request", .id = id}, visit.now));
    return way_of(visit).base + "/answer";
}

/// The answers of a form that differ from those it was filled with, so that nobody overwrites what they did not touch.
Json changed_answers(const Site& site, const Visit& visit, const web::Fields& form, const Conversation& filled_with,
                     Problems& problems)
{
    const auto was = answers_so_far(filled_with);
    auto answers = Json::list();
    for (const auto& question : questions_for(filled_with, site.desk, clocks::london_day(visit.now))) {
        auto item = Json::object();
        auto before = Json::object();
        for (const auto& field : conversation_type().find_part("answers")->fields) {
            if (field.is_noted || field.name == "question") continue;
            const auto name = name_of(question, field.name);
            auto value = derived::read_input(field, name, form, visit.now, problems);
            Problems none;
            auto held = derived::read_input(field, name, was.values, visit.now, none);
            if (!value.is_null()) item.set(field.name, std::move(value));
            if (!held.is_null()) before.set(field.name, std::move(held));
        }
        if (item == before || item.members()->empty()) continue;
        item.set("question", question.number);
        answers.add(std::move(item));
    }
    return answers;
}

bool belongs_to(std::string_view name, const Question& question)
{
    return name.starts_with(fmt::format("answers-{}-", question.number));
}

/// What was typed, ready to be sent again on top of what stands now. What the person did not touch is what stands now,
/// so that an older form never takes back a newer answer; where both changed, the problem says what stands.
void bring_up_to_date(FormState& state, const Json& changed, const Conversation& filled_with, const Conversation& now,
                      std::span<const Question> questions)
{
    const auto standing = answers_so_far(now);
    web::Fields values;
    for (const auto& question : questions) {
        const bool is_touched = std::ranges::any_of(
            *changed.items(), [&](const Json& item) { return item.text_of("question") == question.number; });
        const auto& source = is_touched ? state.values : standing.values;
        for (const auto& [name, value] : source.all())
            if (belongs_to(name, question)) values.add(name, value);
        const auto* was = find_answer(filled_with, question.number);
        const auto* is = find_answer(now, question.number);
        const bool has_moved =
            is != nullptr && (was == nullptr || was->changed_at != is->changed_at || was->state != is->state);
        if (is_touched && has_moved)
            state.problems.push_back(
                {ProblemKind::conflict,
                 fmt::format("Somebody answered “{}” meanwhile: {} {}. Yours replaces it if you send it again",
                             question.topic, records::words_for(is->state), is->words.words),
                 name_of(question, "state")});
    }
    for (const auto& [name, value] : state.values.all())
        if (!name.starts_with("answers-")) values.add(name, value);
    state.values = std::move(values);
}

Result<Outcome> take_answers(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto way = way_of(visit);
    FormState state{.values = form, .problems = {}};
    const auto filled_with = TRY(look_for(site, visit, "answer", derived::version_in(form)));
    auto asked = Json::object();
    auto answers = changed_answers(site, visit, form, filled_with.as<Conversation>(), state.problems);
    const bool is_later = form.get("then") == "later";
    const bool has_answers = !answers.items()->empty();
    if (has_answers) asked.set("answers", answers);
    if (way.is_phone)
        for (const auto* name : {"phone_worker", "phoned_at", "was_read_back"})
            // Without any time the call is now; a day alone says another one, and is not dropped.
            if (auto value = derived::read_input(*conversation_type().find_field(name), name, form, visit.now,
                                                 state.problems, derived::DayLeftOut::means_today);
                !value.is_null())
                asked.set(name, std::move(value));
    if (!has_answers && !is_later)
        state.problems.push_back(
            {ProblemKind::missing, "Answer at least one question",
             name_of(questions_for(filled_with.as<Conversation>(), site.desk, clocks::london_day(visit.now)).front(),
                     "state")});
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = "custody",
                                          .action = std::string(is_later ? "finish_later" : way.action()),
                                          .id = filled_with.head.id,
                                          .expected_version = derived::version_in(form),
                                          .asked = asked},
                                         visit.now);
        if (acted)
            return way.is_phone ? derived::with_news(address(filled_with.head.id), acted->version) : way.base + "/sent";
        state.problems = acted.error();
    }
    const auto seen = TRY(look_for(site, visit, "answer"));
    bring_up_to_date(state, answers, filled_with.as<Conversation>(), seen.as<Conversation>(),
                     questions_for(seen.as<Conversation>(), site.desk, clocks::london_day(visit.now)));
    return answer_form(site, visit, seen, state);
}

Result<Page> sent_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_for(site, visit, "sent"));
    if (waits_for_a_reason(seen)) return sealed_page(site, visit, seen, way_of(visit).base);
    if (visit.session.agency != seen.head.heading.partner)
        return refuse(ProblemKind::not_found, "There is no such record, or it is not open to you");
    const auto& facts = seen.as<Conversation>();
    const auto questions = questions_for(facts, site.desk, clocks::london_day(visit.now));
    const auto left = unanswered(facts, questions).size();
    const auto way = way_of(visit);
    Page page{.title = "Answers sent", .is_plain = !visit.session.only_case.is_none()};
    page.main << render(web::Panel{.title = left == 0 ? "All questions are answered" : "Custody has what you sent",
                                   .text = web::Text(fmt::format("Reference {}", seen.head.id.text().substr(0, 8)))});
    if (left > 0)
        page.main << paragraph(fmt::format(
            "{} an answer, and the clock runs until then. Answer the rest below. If you chose "
            "to finish later, your desk has a new link by mail; older ones are over.",
            left == 1 ? std::string("1 question still needs") : fmt::format("{} questions still need", left)));
    page.main << heading("What custody sees now", 2);
    web::SummaryList list;
    for (const auto& question : questions) {
        const auto line = line_for(question, facts, false);
        Html value = state_mark(line);
        if (!line.words.empty()) value << web::Text(" " + line.words);
        list.rows.push_back({.key = {.text = question.topic}, .value = {.text = value}});
    }
    page.main << render(list) << button_link(way.base + "/answer", "Answer more, or change an answer");
    return page;
}

Page not_ours_form(const Site& site, const Visit& visit, const FormState& state)
{
    const auto way = way_of(visit);
    const auto& part = *conversation_type().find_part("reroutes");
    Page page{.title = "This is not our child",
              .back_link = web::BackLink{.href = way.base + "/answer"},
              .has_errors = !state.problems.empty(),
              .is_plain = !visit.session.only_case.is_none()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("This is not our child");
    page.main << paragraph("The request goes to the authority you name. The time it took until now stays on record. "
                           "You will no longer see the request.");
    page.main << derived::form_start(way.base + "/not-ours", visit.session);
    web::Select select{.id = "reroutes-to",
                       .name = "reroutes-to",
                       .items = {{.text = "Choose", .value = ""}},
                       .value = state.value("reroutes-to"),
                       .label = {.text = "Authority to ask instead", .classes = "govuk-label--s"},
                       .error_message = error_of(state, "reroutes-to")};
    site.desk.database.read([&](storage::Transaction& transaction) {
        for (const auto& authority : accounts::list_agencies(transaction, accounts::AgencyKind::local_authority))
            select.items.push_back({.text = authority.name, .value = authority.id.text()});
    });
    page.main << render(select);
    for (const auto& field : part.fields)
        if (field.name == "reason" || field.name == "words")
            page.main << derived::input_for(site.desk, field, fmt::format("reroutes-{}", field.name), state, visit.now,
                                            {.is_required = field.name == "reason"});
    page.main << derived::form_end("Pass the request on");
    return page;
}

Result<Outcome> pass_on(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(case_of(visit));
    FormState state{.values = form, .problems = {}};
    const auto asked = derived::read_form(conversation_type(), *conversation_type().find_action("not_our_child"), form,
                                          visit.now, state.problems);
    if (form.get("reroutes-to").empty())
        state.problems.push_back({ProblemKind::missing, "Choose the authority to ask instead", "reroutes-to"});
    if (form.get("reroutes-reason").empty())
        state.problems.push_back({ProblemKind::missing, "Choose why this is not your child", "reroutes-reason"});
    if (!state.problems.empty()) return not_ours_form(site, visit, state);
    const auto acted =
        casework::act(site.desk, visit.session, visit.request.id,
                      {.type = "custody", .action = "not_our_child", .id = id, .asked = asked}, visit.now);
    if (acted) return visit.session.only_case.is_none() ? std::string("/queue") : way_of(visit).base + "/passed-on";
    state.problems = acted.error();
    return not_ours_form(site, visit, state);
}

} // namespace

void add_answer_pages(web::Router& router, const Site& site)
{
    site.post(router, "/a/{token}/why",
              [&site](const Visit& visit, const web::Fields& form) { return say_why_by_link(site, visit, form); });
    for (const std::string base : {"/custody/{id}", "/a/{token}"}) {
        site.page(router, base + "/answer", [&site](const Visit& visit) { return answer_page(site, visit); });
        site.post(router, base + "/answer",
                  [&site](const Visit& visit, const web::Fields& form) { return take_answers(site, visit, form); });
        site.post(router, base + "/open",
                  [&site](const Visit& visit, const web::Fields& form) { return open_request(site, visit, form); });
        site.page(router, base + "/sent", [&site](const Visit& visit) { return sent_page(site, visit); });
        site.page(router, base + "/not-ours", [&site](const Visit& visit) -> Result<Page> {
            TRY(look_for(site, visit, "not-ours")); // of a request that went on there is no such form
            return not_ours_form(site, visit, {});
        });
        site.post(router, base + "/not-ours",
                  [&site](const Visit& visit, const web::Fields& form) { return pass_on(site, visit, form); });
    }
}

} // namespace reachable::custody
