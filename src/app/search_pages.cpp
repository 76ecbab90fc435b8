// Asking whether a child is known, outside a case: what somebody knows of the child and why they look, then who it may
// be, with reasons in words. A post, for a child's name never stands in an address.
#include "app/identifier_asked.h"
#include "app/service.h"
#include "base/text.h"
#include "capabilities/matching/matching.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "derived/forms.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/warning_text.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using casework::Candidate;
using casework::Found;
using derived::FormState;
using derived::Outcome;
using derived::Visit;
using web::Html;
using web::Page;

struct Known {
    std::optional<PartialDate> born;
    std::string identifier_kind;
};
constexpr casework::FieldClass held{policy::Category::id_core, policy::Label::personal};
constexpr auto born_field = casework::field<&Known::born>(
    "born", held, "Date of birth", "For example, 27 3 2011. Leave out the day or the month if they are not known");

constexpr auto kind_field =
    casework::field<&Known::identifier_kind>("identifier_kind", held, "Whose number it is", "", identifier_kinds);

constexpr std::size_t most_cases = 10; // of one child, on a page of ten

/// What the form says of the child, with every problem gathered.
casework::Search read_search(const Service& service, const web::Fields& form, UtcTime now, Problems& problems)
{
    const auto typed = [&](const char* name) { return std::string(trim(form.get(name))); };
    std::optional<PartialDate> born;
    const auto date = derived::read_input(born_field, "born", form, now, problems);
    if (date.text() != nullptr)
        if (const auto read = parse_partial_date(*date.text())) born = *read;
    casework::Search search{.asked = identity::described_by(typed("name"), born), .reason = typed("reason")};
    auto& asked = search.asked;
    if (const auto place = typed("place"); !place.empty()) identity::add_place(asked, place);
    if (const auto phone = typed("phone"); !phone.empty()) asked.phones.push_back(phone);
    add_identifier(
        service.desk(),
        {.kind = typed("identifier_kind"), .issuer = typed("identifier_issuer"), .number = typed("identifier")}, now,
        asked, problems);
    return search;
}

Html text_box(const FormState& state, const char* name, const char* label, const char* hint, const char* classes = "")
{
    return web::text_field({.name = name,
                            .label = label,
                            .hint = hint,
                            .value = std::string(state.value(name)),
                            .error = std::string(state.error(name)),
                            .classes = classes,
                            .autocomplete = "off",
                            .checks_spelling = false});
}

Html search_form(const Service& service, const Visit& visit, const FormState& state)
{
    Html html = derived::form_start("/search", visit.session);
    html << text_box(state, "name", "Name of the child",
                     "First name and surname in any order, as you heard them. With the date of birth one name is "
                     "enough");
    html << derived::input_for(service.desk(), born_field, "born", state, visit.now, {.is_required = false});
    html << text_box(state, "identifier", "A number that a system gave the child (optional)", "",
                     "govuk-input--width-20");
    html << derived::input_for(service.desk(), kind_field, "identifier_kind", state, visit.now, {.is_required = false});
    html << text_box(state, "identifier_issuer", "The organisation, if it is a number of its own system (optional)",
                     "As that system's name stands in what it sends, such as Westmoor", "govuk-input--width-20");
    html << text_box(state, "place", "Postcode or address where the child has lived (optional)", "");
    html << text_box(state, "phone", "Telephone number of the child (optional)", "", "govuk-input--width-20");
    html << web::text_field({.name = "reason",
                             .label = "Why you look for this child",
                             .hint = "In a few words. It is kept with the log, and information governance reads it",
                             .value = std::string(state.value("reason")),
                             .error = std::string(state.error("reason")),
                             .autocomplete = "off"});
    html << derived::form_end("Search");
    return html;
}

Html as_list(const std::vector<std::string>& words, std::string_view what)
{
    Html html;
    if (words.empty()) return html;
    html.lit("<p class=\"govuk-body govuk-!-margin-bottom-1\"><strong>") << web::Text(what);
    html.lit("</strong></p><ul class=\"govuk-list govuk-list--bullet\">");
    for (const auto& one : words) {
        html.lit("<li>") << one;
        html.lit("</li>");
    }
    return html.lit("</ul>");
}

/// Booking in with what the person typed; the booking page asks the rest, with this child chosen.
Html booking_with(const Visit& visit, const Candidate& candidate, const web::Fields& form)
{
    Html html = derived::form_start("/custody/new", visit.session);
    const auto hidden = [&](std::string_view name, std::string_view value) {
        html.lit("<input type=\"hidden\"").attribute("name", name).attribute("value", value).lit(">");
    };
    const auto typed = trim(form.get("name"));
    hidden("begins_with", "a search");
    hidden("child", candidate.child.id.text());
    hidden("name_given", typed.empty() ? candidate.child.names.front().as_given : typed);
    for (const auto* piece : {"day", "month", "year"})
        hidden(fmt::format("born_given-{}", piece), form.get(fmt::format("born-{}", piece)));
    html << web::button("Book in with this child", web::ButtonLook::secondary);
    return html.lit("</form>");
}

bool books_in(const Service& service, const Visit& visit)
{
    const auto* type = service.desk().find_type("custody");
    const auto* action = type == nullptr ? nullptr : type->find_action("book_in");
    return action != nullptr && action->who.has(visit.session.role);
}

Html ways_on(const Service& service, const Visit& visit, const Candidate& candidate, const web::Fields& form)
{
    Html html;
    const auto& name = candidate.child.names.front().as_given;
    const auto add = [&](const std::string& href, std::string_view words) {
        html.lit("<li><a class=\"govuk-link\"").attribute("href", href).lit(">") << web::Text(words);
        html.lit("<span class=\"govuk-visually-hidden\">: ") << name;
        html.lit("</span></a></li>");
    };
    html.lit("<ul class=\"govuk-list\">");
    const auto is_question = [](const auto& head) { return head.type == matching::same_person_type().name; };
    std::size_t shown = 0;
    for (const auto& head : candidate.cases)
        if (!is_question(head) && ++shown <= most_cases)
            add(service.site().home_of(head.type, head.id), service.desk().find_type(head.type)->title);
    // However many records are like this one, one page says so.
    if (std::ranges::any_of(candidate.cases, is_question))
        add(fmt::format("/children/{}/same-person", candidate.child.id.text()), matching::same_person_type().title);
    if (sharing::may_begin("emergency-access", visit.session.role))
        add("/emergency-access/" + candidate.child.id.text(),
            candidate.is_open ? "Open the record" : "Open the record in an emergency");
    html.lit("</ul>");
    if (books_in(service, visit)) html << booking_with(visit, candidate, form);
    return html;
}

std::string settled_by(const std::vector<std::string>& facts)
{
    return fmt::format("One more fact would settle it: {}.", join(facts, ", or "));
}

/// The other records that people decided to be of this child, and for whoever may undo that, the way there.
Html also_on_record(const Visit& visit, const Candidate& candidate)
{
    Html html;
    html.lit("<p class=\"govuk-body\">Also on record as ") << join(candidate.also_as, "; ");
    html.lit(".");
    if (matching::may_decide(visit.session.role)) {
        html.lit(" <a class=\"govuk-link\"")
            .attribute("href", fmt::format("/children/{}/same-person", candidate.child.id.text()));
        html.lit(">Why they are one child</a>");
    }
    return html.lit("</p>");
}

Html one_child(const Service& service, const Visit& visit, const Candidate& candidate, const web::Fields& form)
{
    const auto& child = candidate.child;
    Html html;
    html.lit("<section class=\"app-candidate\">") << web::heading(child.names.front().as_given, 3);
    const auto born = child.born ? clocks::day_words(*child.born) : std::string("not known");
    web::SummaryList list{.classes = "govuk-summary-list--no-border govuk-!-margin-bottom-2"};
    const auto row = [&](std::string_view key, std::string value) {
        list.rows.push_back({.key = {.text = key}, .value = {.text = web::Content(value)}});
    };
    row("Age", fmt::format("{} (born {})", records::age_words(child.born, clocks::london_day(visit.now)), born));
    row("Area", candidate.area.empty() ? std::string("Not known") : candidate.area);
    if (child.source.recorded_at != UtcTime{})
        row("Recorded", fmt::format("{}{}", clocks::day_words(clocks::london_day(child.source.recorded_at)),
                                    child.source.known_by.empty() ? "" : " by: " + child.source.known_by));
    html << render(list);
    if (!candidate.also_as.empty()) html << also_on_record(visit, candidate);
    if (candidate.may_be_a_sibling)
        html << render(web::WarningText{.text = "This may be a twin, a brother or a sister of the child you mean."});
    html << as_list(candidate.said.in_favour, "What speaks for it");
    html << as_list(candidate.said.against, "What speaks against it");
    if (!candidate.would_settle.empty()) html << web::paragraph(settled_by(candidate.would_settle));
    html << ways_on(service, visit, candidate, form);
    return html.lit("</section>");
}

Html found_children(const Service& service, const Visit& visit, const Found& found, const web::Fields& form)
{
    Html html = web::heading("What was found", 2);
    if (!found.how_common.empty()) html << render(web::InsetText{.text = web::Content(found.how_common)});
    if (found.likely.empty()) html << web::paragraph("No child is found who may be the one you mean.");
    if (found.likely.empty() && !trim(form.get("identifier")).empty())
        html << web::paragraph("A number is found only where that system's records came in with it.");
    const bool are_alike = found.likely.size() > 1 && found.likely[0].reasons == found.likely[1].reasons;
    if (are_alike) html << web::paragraph("More than one child fits equally well. Do not choose by the order.");
    for (const auto& one : found.likely) html << one_child(service, visit, one, form);
    if (!found.near_misses.empty()) html << web::heading("Who else it might be", 2);
    for (const auto& one : found.near_misses) html << one_child(service, visit, one, form);
    return html;
}

Page search_page(const Service& service, const Visit& visit, const FormState& state, const Html& found)
{
    Page page{.title = "Ask whether a child is known", .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading("Ask whether a child is known");
    page.main << web::paragraph("For one child whom you must know about. Each search and each child shown is written "
                                "down.");
    page.main << found << search_form(service, visit, state) << sharing::standing_contact(service.site(), visit);
    return page;
}

Result<Outcome> search(const Service& service, const Visit& visit, const web::Fields& form)
{
    FormState state{.values = form, .problems = {}};
    const auto asked = read_search(service, form, visit.now, state.problems);
    if (trim(asked.reason).empty())
        state.problems.push_back({ProblemKind::missing, "Say in a few words why you look for this child", "reason"});
    if (!state.problems.empty()) return search_page(service, visit, state, {});
    const auto found = casework::search_children(service.desk(), visit.session, visit.request.id, asked, visit.now);
    if (!found && found.error().front().field.empty()) return refuse(found.error());
    if (!found) state.problems = found.error();
    if (!found) return search_page(service, visit, state, {});
    auto page = search_page(service, visit, state, found_children(service, visit, *found, form));
    page.is_answer = true;
    return page;
}

} // namespace

void add_search_pages(web::Router& router, const Service& service)
{
    service.site().page(router, "/search", [&service](const Visit& visit) -> Result<Page> {
        if (!casework::may_search(service.desk(), visit.session, visit.now)) {
            note_refusal(service, visit.session, visit.request.id, "search");
            return refuse(ProblemKind::withheld, "You may not search here");
        }
        return search_page(service, visit, {}, {});
    });
    service.site().post(router, "/search", [&service](const Visit& visit, const web::Fields& form) {
        return search(service, visit, form);
    });
}

} // namespace reachable::app
