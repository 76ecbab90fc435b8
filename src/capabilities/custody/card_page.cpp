// The card that a child is given on the way out: how was it here, and did you have to tell it again? It holds nothing
// of the child or of the case (R-K-01), and nobody has to answer (R-K-04).
#include "capabilities/custody/page_parts.h"

#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

constexpr std::string_view questions[] = {
    "Did you have to tell the same thing again and again?",
    "Did people listen to you?",
    "Did somebody tell you what happens next?",
};
constexpr std::string_view answers[] = {"Yes", "A bit", "No", "I do not want to say"};

Html question(std::string_view words)
{
    Html html = heading(words, 2);
    html.lit("<ul class=\"govuk-list app-card__answers\">");
    for (const auto answer : answers) {
        html.lit("<li><span class=\"app-card__box\" aria-hidden=\"true\"></span> ") << answer;
        html.lit("</li>");
    }
    return html.lit("</ul>");
}

/// Short sentences, in words that a child of nine reads.
Html the_card()
{
    Html html;
    html.lit("<div class=\"app-card\">") << heading("How was it here?");
    html << paragraph("You do not have to answer. Nobody will be cross. What you say here changes nothing about what "
                      "happens to you.")
         << paragraph("Do not write your name. You may ask somebody you trust to help you.");
    for (const auto words : questions) html << question(words);
    html << heading("What would have helped you?", 2);
    html.lit("<div class=\"app-card__lines\" aria-hidden=\"true\"></div>");
    html << heading("Who reads this?", 2)
         << paragraph("People who check how children are treated in police stations. Give it to the adult who is with "
                      "you. It is no complaint: if you want to complain, ask the adult to help you.");
    html << heading("If somebody hurts you or frightens you", 2)
         << paragraph("Ring 999 if you are in danger now. You can ring Childline on 0800 1111. It costs nothing, and "
                      "it does not show on a bill.");
    return html.lit("</div>");
}

Result<Page> blank_card(const Visit&)
{
    Page page{.title = "How was it here?", .back_link = web::BackLink{.href = "/custody"}};
    page.body_classes = "app-card-sheet";
    page.main << the_card();
    page.main.lit("<button type=\"button\" class=\"govuk-button govuk-button--secondary app-no-print\" data-print "
                  "hidden>Print this card</button>");
    return page;
}

Result<Page> card_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_at(site, visit, "card", derived::asks_for_news(visit)));
    Page page{.title = "The card for the child",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)}};
    page.before_main << news(visit, seen);
    page.main << heading("The card for the child") << identity_bar(site, visit, seen);
    page.main << paragraph("On the way out each child is given a card that asks: did you have to tell the same thing "
                           "again and again? Nobody has to answer. What is printed says nothing of the child or of "
                           "this case.");
    page.main.lit("<p class=\"govuk-body\">") << link("/card", "Open the card, to print it");
    page.main.lit("</p>");
    if (const auto given = seen.as<Conversation>().card_given_at)
        page.main << paragraph(fmt::format("The child was given the card on {}.", clocks::wall_date_time(*given)));
    else if (seen.may_do("give_card"))
        page.main << derived::form_start(address(seen.head.id, "/card"), visit.session, seen.head.version)
                  << derived::form_end("Record that the child was given the card");
    return page;
}

Result<Outcome> give_card(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    const auto acted = TRY(act_by_form(site, visit, id, "give_card", form, Json::object()));
    return derived::with_news(address(id, "/card"), acted.version);
}

} // namespace

void add_card_page(web::Router& router, const Site& site)
{
    site.page(router, "/card", blank_card);
    site.page(router, "/custody/{id}/card", [&site](const Visit& visit) { return card_page(site, visit); });
    site.post(router, "/custody/{id}/card",
              [&site](const Visit& visit, const web::Fields& form) { return give_card(site, visit, form); });
}

} // namespace reachable::custody
