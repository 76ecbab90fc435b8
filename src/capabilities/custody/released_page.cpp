// What the officer in the case sees: the lines that children's services released to the investigation, and nothing else
// of the conversation (R-D-06).
#include "capabilities/custody/page_parts.h"

#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

/// The line of an answer, also of a question that is no longer asked.
BriefLine released_line(const casework::Desk& desk, const Answer& answer, const Conversation& facts, CivilDate day)
{
    const auto questions = questions_on(desk, day);
    if (const auto* question = find_question(questions, answer.question)) {
        auto line = line_for(*question, facts, false);
        line.words = said_in(*question, answer); // why something cannot be shared is for custody alone
        return line;
    }
    return {.line = answer.question,
            .topic = std::string(desk.lists.label_of("custody.questions", answer.question)),
            .state = answer.state,
            .words = answer.words.words,
            .source = answer.answered_by,
            .at = answer.answered_at,
            .information_on = answer.information_on};
}

Html released_lines(const casework::Desk& desk, const Conversation& facts, CivilDate day)
{
    web::Table table{.caption = "Lines released to the investigation",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "About"}, {.text = "What children's services said"}, {.text = "Who and when"}},
                     .first_cell_is_header = true};
    for (const auto& answer : facts.answers) {
        const auto line = released_line(desk, answer, facts, day);
        Html said = state_mark(line);
        if (!line.words.empty()) said << paragraph(line.words);
        table.rows.push_back({{.text = numbered_topic(line)}, {.text = said}, {.text = source_words(line)}});
    }
    return stacked(table);
}

} // namespace

Page released_page(const Site& site, const Visit& visit, const Seen& seen)
{
    Page page{.title = "Released to the investigation", .back_link = web::BackLink{.href = "/queue"}};
    page.printed_by_line =
        fmt::format("Printed {} by {}. Destroy when it is no longer needed.", clocks::wall_date_time(visit.now),
                    with_article(accounts::title_of(visit.session.role)));
    page.main << heading("Released to the investigation");
    page.main << paragraph(
        "Children's services answered custody so that the child is kept safe. You see only the lines "
        "they released to the investigation. To use a line as evidence, ask the authority for it "
        "in a separate request. What you read is recorded.");
    page.main << released_lines(site.desk, seen.as<Conversation>(), clocks::london_day(visit.now));
    return page;
}

} // namespace reachable::custody
