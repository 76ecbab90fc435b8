// The questions and what is known, whole: answered topics open read-only with who and when (told once, R-D-02). And the
// sheet for paper, when the network is down (R-D-11).
#include "capabilities/custody/page_parts.h"

#include "clocks/london.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

Html known_answer(const casework::Desk& desk, const BriefLine& line)
{
    Html html = state_mark(line);
    if (line.is_held_back || !line.at) return html;
    if (!line.words.empty()) html << paragraph(line.words);
    html.lit("<p class=\"govuk-body-s\">") << source_words(line);
    html.lit("</p>") << asked_again(desk, line.asked_again);
    return html;
}

/// The topic that the form is about: named by the link to it, or by the form that came back.
std::string topic_asked_again(const Visit& visit)
{
    if (visit.request.method == web::Method::get) return std::string(visit.request.query.get("topic"));
    const auto form = visit.request.form();
    return form ? std::string(form->get("asked_again-topic")) : std::string();
}

Result<Page> conversation_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_at(site, visit, "conversation"));
    const auto& facts = seen.as<Conversation>();
    const auto questions = questions_for(facts, site.desk, clocks::london_day(visit.now));
    Page page{.title = "Questions and answers",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)}};
    page.main << heading("Questions and answers") << identity_bar(site, visit, seen);
    const auto held_back = held_back_from(seen, questions, site);
    page.main << paragraph(in_words(count_open(facts, without(questions, held_back))) +
                           " What is answered here is not asked of the child again without a reason.");
    web::SummaryList list;
    for (const auto& question : questions) {
        const auto line = line_for(question, facts, held_back.contains(question.number));
        web::SummaryListRow row{.key = {.text = numbered_topic(line)},
                                .value = {.text = known_answer(site.desk, line)}};
        if (find_answer(facts, question.number) != nullptr && seen.may_do("ask_child_again"))
            row.actions.items.push_back({.text = "Ask again",
                                         .href = fmt::format("/cases/custody/{}/ask_child_again?topic={}",
                                                             seen.head.id.text(), question.number),
                                         .visually_hidden_text = question.topic});
        list.rows.push_back(std::move(row));
    }
    page.main << render(list);
    if (seen.may_do("answer_by_phone"))
        page.main << button_link(address(seen.head.id, "/answer"), "Record answers given by phone");
    page.main << button_link(address(seen.head.id, "/sheet"), "Question sheet for paper")
              << sub_pages(seen.head.id, "conversation");
    return page;
}

/// What a hand may write beside a question: "No" and "not known" are two answers.
std::string answers_on_paper(const Question& question)
{
    const auto* first = question.answer_type == "yes_no" ? "Circle one: yes / no, we checked"
                                                         : "Write it, or circle one: "
                                                           "nobody or nothing, we checked";
    return fmt::format("{} / nothing recorded / not known / cannot share", first);
}

/// A line to write on: "Rung at ______".
Html to_write(std::string_view what)
{
    Html html;
    html.lit("<p class=\"govuk-body app-to-write\">") << what;
    return html.lit("</p>");
}

/// The head of a table stands on every printed sheet: with it, whose answers the sheet is for.
Html question_head(const Seen& seen)
{
    Html html;
    html.lit("Question<span class=\"app-print-only\">About ")
        << (seen.child ? seen.child->shown_name() : std::string("the child")) << web::Text(", ")
        << seen.as<Conversation>().custody_number;
    return html.lit("</span>");
}

Result<Page> paper_sheet(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_at(site, visit, "sheet"));
    Page page{.title = "Question sheet for paper",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)}};
    page.printed_by_line = fmt::format(
        "Printed {}. Type the answers in when the network is back, with the true times. Then destroy this sheet.",
        clocks::wall_date_time(visit.now));
    page.main << heading("Question sheet for paper") << identity_bar(site, visit, seen);
    page.main << paragraph("Ring the duty desk. Write the time of the call and who answers. Read every answer back. "
                           "\"No\" and \"not known\" are two different answers.");
    for (const auto* what : {"Rung at", "Who answers, and their number", "Written down by"})
        page.main << to_write(what);
    std::vector<std::string> labels;
    web::Table table{.caption = "Standard questions",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Question"}, {.text = "What they say"}, {.text = "Words and time"}},
                     .first_cell_is_header = true,
                     .classes = "app-paper-sheet app-rows"};
    for (auto& cell : table.head) labels.push_back(cell.text.as_html().markup());
    table.head.front().text = question_head(seen);
    for (const auto& question : questions_for(seen.as<Conversation>(), site.desk, clocks::london_day(visit.now)))
        table.rows.push_back({{.text = fmt::format("{}. {}", question.number, question.question)},
                              {.text = answers_on_paper(question)},
                              {.text = ""}});
    for (auto& row : table.rows)
        for (std::size_t i = 0; i < row.size(); ++i) row[i].attributes.add("data-label", labels[i]);
    page.main << render(table);
    return page;
}

} // namespace

Html answered_already(const Site& site, const Visit& visit, const Seen& seen)
{
    if (!visit.request.path.ends_with("/ask_child_again") || !sees_the_conversation(seen)) return {};
    const auto& facts = seen.as<Conversation>();
    const auto questions = questions_for(facts, site.desk, clocks::london_day(visit.now));
    const auto* question = find_question(questions, topic_asked_again(visit));
    if (question == nullptr || held_back_from(seen, questions, site).contains(question->number) ||
        find_answer(facts, question->number) == nullptr)
        return {};
    const auto line = line_for(*question, facts, false);
    Html html = heading("Answered already", 2);
    web::SummaryList list;
    list.rows.push_back({.key = {.text = numbered_topic(line)}, .value = {.text = known_answer(site.desk, line)}});
    return html << render(list)
                << paragraph("If that is what you need, do not ask the child. Asking again needs a reason, and is "
                             "counted.");
}

void add_conversation_pages(web::Router& router, const Site& site)
{
    site.watched_page(router, "/custody/{id}/conversation",
                      [&site](const Visit& visit) { return conversation_page(site, visit); });
    site.page(router, "/custody/{id}/sheet", [&site](const Visit& visit) { return paper_sheet(site, visit); });
}

} // namespace reachable::custody
