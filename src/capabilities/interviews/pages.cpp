// /interviews: those that are due with the reader's team, or about which something was shared with their force; and one
// interview, as far as it is open to the reader.
#include "capabilities/interviews/pages.h"
#include "capabilities/interviews/interview.h"
#include "capabilities/interviews/interviews.h"
#include "clocks/london.h"
#include "derived/forms.h"
#include "web/components/app_words.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/components/warning_text.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::interviews {
namespace {

using casework::Seen;
using derived::Site;
using derived::Visit;
using web::Html;
using web::Page;

Result<Page> queue_page(const Site& site, const Visit& visit)
{
    using enum accounts::Role;
    const auto role = visit.session.role;
    if (!holds_interviews(role) && !reads_what_is_shared(role))
        return refuse(ProblemKind::withheld,
                      "Return home interviews are for those who hold them and those who read what is shared");
    const auto whose = reads_what_is_shared(role)    ? casework::Whose::asked_agency
                       : role == LADM || role == EDT ? casework::Whose::agency
                                                     : casework::Whose::team;
    const auto listed = TRY(casework::list(site.desk, visit.session, visit.request.id,
                                           {.type = interview_type().name, .whose = whose}, visit.now));
    Page page{.title = "Return home interviews", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Return home interviews")
              << web::paragraph(
                     "Every child who was missing is offered one, whatever the risk was and whoever reported "
                     "it: within 24 hours, and held within 72.");
    if (listed.cases.empty()) {
        page.main << web::paragraph("None is open that you may see.");
        return page;
    }
    page.main << derived::more_than_these(listed)
              << web::stacked(derived::queue_of_children(listed, visit.now, address_of));
    return page;
}

/// "Do not tell mother": first on every view, and on paper.
Html marker(const Interview& interview)
{
    if (interview.do_not_tell.empty()) return {};
    return render(web::WarningText{.text = "Do not tell: " + interview.do_not_tell,
                                   .icon_fallback_text = "Warning",
                                   .classes = "app-do-not-tell"});
}

/// The tag of a language that somebody wrote down by its name, in English or in itself, so that the words are read out
/// as what they are; empty if it is none that is known.
std::string tag_of(const Site& site, std::string_view language, UtcTime now)
{
    const auto day = clocks::london_day(now);
    const auto name = to_lower_ascii(trim(language));
    for (const auto* one : site.desk.lists.codes_on("interviews.offer_words", day))
        if (name == to_lower_ascii(one->label)) return one->code;
    for (const auto* one : site.desk.lists.codes_on("missing.receipts", day))
        if (name == one->code) return std::string(one->column("tag"));
    return {};
}

/// "On every view": an earlier version, of before the child said so, is read today. The newest is then looked at too.
Html marker_now(const Site& site, const Visit& visit, const Seen& seen)
{
    if (!seen.as<Interview>().do_not_tell.empty() || visit.request.query.get("version").empty())
        return marker(seen.as<Interview>());
    const auto newest =
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = interview_type().name, .id = seen.head.id, .page = "record"}, visit.now);
    return newest ? marker(newest->as<Interview>()) : Html();
}

/// R-X-09: unchanged, with what they mean beside them.
Html in_own_words(const Site& site, const Interview& interview, UtcTime now)
{
    Html html;
    for (const auto& said : interview.child_said) {
        auto source = "In " + said.language;
        if (!said.interpreter.empty()) source += "; interpreter: " + said.interpreter;
        if (said.at) source += "; written down on " + clocks::wall_date_time(*said.at);
        html << render(
            web::AppWords{.words = said.words.words, .written_by = source, .lang = tag_of(site, said.language, now)});
        if (!said.translation.words.empty())
            html << web::paragraph("What it means in English: " + said.translation.words);
    }
    return html.empty() ? html : web::heading("The child's own words", 2) << html;
}

Html offers(const Site& site, const Interview& interview, UtcTime now)
{
    if (interview.offers.empty()) return {};
    web::Table table{.caption = "Offers",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "When"}, {.text = "Who, and how"}, {.text = "The child says"}}};
    for (const auto& one : interview.offers) {
        Html answer;
        answer << web::Text(site.desk.lists.label_of("interviews.answers", one.answer));
        if (const auto& words = one.child_words.words; !words.empty()) {
            answer.lit(": “<span");
            if (const auto tag = tag_of(site, one.language, now); !tag.empty()) answer.attribute("lang", tag);
            answer.lit(">") << web::Text(words);
            answer.lit("</span>”");
        }
        table.rows.push_back({{.text = one.offered_at ? clocks::wall_date_time(*one.offered_at) : std::string()},
                              {.text = fmt::format("{}: {}, in {}", one.by,
                                                   site.desk.lists.label_of("interviews.ways", one.way), one.language)},
                              {.text = answer}});
    }
    return web::stacked(table);
}

Html items(const Site& site, const Interview& interview)
{
    if (interview.items.empty()) return {};
    web::Table table{.caption = "What others may need to know",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "What"}, {.text = "Shared with"}, {.text = "The child"}, {.text = "Because"}}};
    for (const auto& one : interview.items)
        table.rows.push_back(
            {{.text = fmt::format("{}: {}", site.desk.lists.label_of("interviews.categories", one.category),
                                  one.words.words)},
             {.text = std::string(site.desk.lists.label_of("interviews.decisions", one.decision))},
             {.text = std::string(site.desk.lists.label_of("interviews.views", one.child_view))},
             {.text = one.because.words}});
    return web::stacked(table);
}

Html what_was_shared(const Site& site, const Interview& interview)
{
    if (interview.shared.empty()) return {};
    web::Table table{.caption = "What was shared",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "About"}, {.text = "Words"}, {.text = "With"}, {.text = "Since"}}};
    for (const auto& one : interview.shared)
        table.rows.push_back({{.text = std::string(site.desk.lists.label_of("interviews.categories", one.category))},
                              {.text = one.words.words},
                              {.text = std::string(site.desk.lists.label_of("interviews.decisions", one.with))},
                              {.text = one.at ? clocks::wall_date_time(*one.at) : std::string()}});
    return web::stacked(table);
}

Html what_is_done(const Interview& interview)
{
    if (interview.acknowledged.empty()) return {};
    web::Table table{.caption = "What is done about it",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Who"}, {.text = "What"}, {.text = "Since"}}};
    for (const auto& one : interview.acknowledged)
        table.rows.push_back({{.text = one.by},
                              {.text = one.action.words},
                              {.text = one.at ? clocks::wall_date_time(*one.at) : std::string()}});
    return web::stacked(table);
}

bool offers_still(std::string_view state)
{
    return state == due || state == offered || state == declined_once;
}

constexpr std::string_view shown_of_it[] = {"returned_at",
                                            "rule_set",
                                            "held_at",
                                            "held_where",
                                            "held_by",
                                            "independence",
                                            "not_independent_because",
                                            "seen_alone",
                                            "pushes",
                                            "pulls",
                                            "wishes",
                                            "carer_account",
                                            "needs",
                                            "crime_told",
                                            "not_held_because",
                                            "not_held_words"};

Result<Page> interview_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = interview_type().name, .id = TRY(visit.case_id()), .page = "interview", .with_history = true},
        visit.now));
    const auto& interview = seen.as<Interview>();
    Page page{.title = "A return home interview",
              .back_link = web::BackLink{.text = "Return home interviews", .href = "/interviews"}};
    page.body_classes = "app-interview";
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    page.main << web::heading("A return home interview") << derived::line_of_the_child(seen.child) << marker(interview)
              << derived::what_is_awaited(seen, visit.now);
    if (interview.covers.size() > 1)
        page.main << web::paragraph(
            fmt::format("It covers {} absences: the child is asked once.", interview.covers.size()));
    if (offers_still(seen.head.state) && holds_interviews(visit.session.role))
        page.main.lit("<p class=\"govuk-body\">")
            << web::link(address_of(seen.head.id) + "/words", "Words by which it is offered, in several languages")
            << Html().lit("</p>");
    page.main << derived::buttons_of(seen) << in_own_words(site, interview, visit.now)
              << offers(site, interview, visit.now) << derived::rows_of(site.desk, seen, shown_of_it)
              << items(site, interview) << what_was_shared(site, interview) << what_is_done(interview);
    page.main << derived::link_to_record(seen);
    return page;
}

} // namespace

std::string address_of(CaseId id)
{
    return "/interviews/" + id.text();
}

void add_pages(web::Router& router, const Site& site)
{
    site.page(router, "/interviews", [&site](const Visit& visit) { return queue_page(site, visit); });
    site.watched_page(router, "/interviews/{id}", [&site](const Visit& visit) { return interview_page(site, visit); });
    add_words_pages(router, site);
    site.heads[std::string(interview_type().name)] = [&site](const Visit& visit, const Seen& seen) {
        return derived::line_of_the_child(seen.child) << marker_now(site, visit, seen);
    };
}

} // namespace reachable::interviews
