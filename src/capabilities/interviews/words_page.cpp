// The words by which an interview is offered to a child: for whoever goes there in every language, and for the child in
// one, on a page that is in that language from its title to its foot. It names nobody.
#include "capabilities/interviews/interview.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/interviews/pages.h"
#include "clocks/london.h"
#include "web/page_words.h"
#include "web/prose.h"

#include <algorithm>

namespace reachable::interviews {
namespace {

using casework::Seen;
using derived::Site;
using derived::Visit;
using web::Html;
using web::Page;

std::string words_of(CaseId id)
{
    return address_of(id) + "/words";
}

/// "Every language of the list": read out by somebody who speaks it, or shown.
Page words_in_every_language(const Site& site, const Visit& visit, CaseId id)
{
    Page page{.title = "Words by which an interview is offered",
              .back_link = web::BackLink{.text = "The interview", .href = address_of(id)}};
    page.main << web::heading("Words by which an interview is offered");
    for (const auto* one : site.desk.lists.codes_on("interviews.offer_words", clocks::london_day(visit.now))) {
        page.main.lit("<section").attribute("lang", one->code).lit(">") << web::heading(one->label, 2);
        page.main << web::paragraph(one->definition);
        page.main.lit("</section>");
        if (one->column("checked") != "yes")
            page.main << web::paragraph("No translator has checked these words yet. Use an interpreter if you can.");
        if (!web::page_words_in(one->code)) continue;
        Html link = web::link(words_of(id) + "?in=" + one->code, "A page for the child, to read or to keep");
        page.main.lit("<p class=\"govuk-body\">") << link << Html().lit(" (") << one->label << Html().lit(")</p>");
    }
    return page;
}

/// A child reads one thing at a time.
Html sentence_by_sentence(std::string_view words)
{
    Html html;
    while (!words.empty()) {
        const auto end = words.find(". ");
        const auto sentence = words.substr(0, end == std::string_view::npos ? words.size() : end + 1);
        html << web::paragraph(sentence);
        words.remove_prefix(std::min(words.size(), sentence.size() + 1));
    }
    return html;
}

/// R-B-02 and scenario 6: "offered in Welsh". Nothing on it is in another language, and on paper it says nothing of
/// whose it is.
Result<Page> words_for_the_child(const Site& site, const Visit& visit, CaseId id, std::string_view language)
{
    const lists::Code* said = nullptr;
    for (const auto* one : site.desk.lists.codes_on("interviews.offer_words", clocks::london_day(visit.now)))
        if (one->code == language) said = one;
    auto skeleton = web::page_words_in(language);
    if (said == nullptr || !skeleton) return refuse(ProblemKind::not_found, "There are no words in that language");
    Page page{.title = std::string(said->column("title")),
              .language = said->code,
              .words = std::move(*skeleton),
              .back_link = web::BackLink{.text = std::string(said->column("back")), .href = words_of(id)},
              .is_plain = true};
    page.body_classes = "app-card-sheet";
    page.main.lit("<div class=\"app-card\">")
        << web::heading(said->column("title")) << sentence_by_sentence(said->definition);
    page.main.lit(
        "</div><button type=\"button\" class=\"govuk-button govuk-button--secondary app-no-print\" data-print "
        "hidden>")
        << said->column("print") << Html().lit("</button>");
    return page;
}

Result<Page> words_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = interview_type().name, .id = TRY(visit.case_id()), .page = "words"}, visit.now));
    const auto language = visit.request.query.get("in");
    if (!language.empty()) return words_for_the_child(site, visit, seen.head.id, language);
    return words_in_every_language(site, visit, seen.head.id);
}

} // namespace

void add_words_pages(web::Router& router, const Site& site)
{
    site.page(router, "/interviews/{id}/words", [&site](const Visit& visit) { return words_page(site, visit); });
}

} // namespace reachable::interviews
