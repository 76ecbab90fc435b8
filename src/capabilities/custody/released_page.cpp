// What the officer in the case sees: the lines that children's services released to the investigation, and nothing else
// of the conversation (R-D-06).
#include "capabilities/custody/page_parts.h"

#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

/// The topic of a question, also of one that is no longer asked.
std::string topic_of(const casework::Desk& desk, const Answer& answer)
{
    return std::string(desk.lists.label_of("custody.questions", answer.question));
}

Html released_lines(const casework::Desk& desk, const Conversation& facts)
{
    if (facts.answers.empty()) return paragraph("No line has been released to the investigation.");
    web::Table table{.caption = "Lines released to the investigation",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "About"}, {.text = "What children's services said"}, {.text = "Who and when"}},
                     .first_cell_is_header = true};
    for (const auto& answer : facts.answers) {
        Html said = state_mark(answer.state);
        if (!answer.words.words.empty()) said << paragraph(answer.words.words);
        const BriefLine line{
            .source = answer.answered_by, .at = answer.answered_at, .information_on = answer.information_on};
        table.rows.push_back({{.text = topic_of(desk, answer)}, {.text = said}, {.text = source_words(line)}});
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
    page.main << released_lines(site.desk, seen.as<Conversation>());
    return page;
}

} // namespace reachable::custody
