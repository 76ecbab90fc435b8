// The forms that open a case of sharing, one row each, and the lists of those who keep or review them.
#include "base/text.h"
#include "capabilities/sharing/pages.h"
#include "capabilities/sharing/records.h"
#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::sharing {
namespace {

using casework::CaseType;
/// A form that opens a case. Values that its address names are filled in.
struct OpeningForm {
    std::string_view path;
    const CaseType& (*type)();
    std::string_view action;
    std::string_view before; // what the person should know first
};

constexpr OpeningForm opening_forms[] = {
    {"/restrictions/new", restriction_type, "restrict",
     "In force at once. Whoever the record is closed to finds no record at all. Those who hold the record are told "
     "when they try. Two "
     "people are needed to "
     "lift it."},
    {"/allocations/new", allocation_type, "allocate",
     "The worker sees the whole picture of the child until you end this. Nobody puts a child on their own list."},
    {"/openings/new", opening_type, "say_why",
     "A sealed record, and to a duty manager a case of the authority, opens when you say why, and stays open to you "
     "for twelve hours. Those who check who looked at what read your words."},
    {"/immigration-requests/new", enforcement_type, "record",
     "Nothing about a child, a victim, a witness or their family is given to immigration enforcement from here. The "
     "request is recorded and "
     "refused, and information governance is told. Do not write down whom it asked about. Give anybody who insists the "
     "number of your force's "
     "or authority's legal team."},
};

const casework::Action& action_of(const OpeningForm& form)
{
    return *form.type().find_action(form.action);
}

Page form_page(const Site& site, const Visit& visit, const OpeningForm& form, const FormState& state)
{
    const auto& action = action_of(form);
    Page page{.title = action.title, .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading(form.type().title) << paragraph(form.before);
    page.main << derived::form_start(form.path, visit.session);
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    for (const auto& ask : casework::asks_of(action))
        page.main << derived::input_for(site.desk, *form.type().find_field(ask.name), std::string(ask.name), state,
                                        visit.now, {.is_required = ask.is_required});
    page.main << derived::form_end(action.title);
    return page;
}

Result<Page> empty_form(const Site& site, const Visit& visit, const OpeningForm& form)
{
    if (!action_of(form).who.has(visit.session.role))
        return refuse(ProblemKind::withheld, "Your role does not do this");
    FormState state;
    for (const auto& ask : casework::asks_of(action_of(form))) {
        if (ask.is_required && form.type().find_field(ask.name)->kind == casework::Kind::time)
            web::fill_time(state.values, std::string(ask.name), visit.now);
        if (const auto named = visit.request.query.get(ask.name); !named.empty())
            state.values.add(std::string(ask.name), std::string(named));
    }
    state.values.add("key", RequestId::random().text());
    return form_page(site, visit, form, state);
}

/// Where somebody goes once it is open: to the case a reason opened, else to what was recorded.
std::string after(const OpeningForm& form, const web::Fields& sent, const casework::Acted& acted)
{
    if (&form.type() == &opening_type()) return fmt::format("/custody/{}", trim(sent.get("about")));
    if (&form.type() == &enforcement_type()) return "/immigration-requests";
    return derived::with_news(fmt::format("/cases/{}/{}", form.type().name, acted.id.text()), acted.version);
}

/// A reference as people have it: alone, or in the address of a page that they copied.
std::string reference_in(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    constexpr std::size_t length = 32;
    for (auto rest = text; !rest.empty();) {
        rest.remove_prefix(std::min(rest.find_first_of(digits), rest.size()));
        const auto piece = rest.substr(0, rest.find_first_not_of(digits));
        if (piece.size() == length) return to_lower_ascii(piece);
        rest.remove_prefix(piece.size());
    }
    return std::string(trim(text));
}

/// Lists and headings show the first eight digits of a reference, which several records may share.
bool is_beginning_of_a_reference(std::string_view text)
{
    return text.size() >= 4 && text.size() < 32 &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

web::Fields with_plain_references(const web::Fields& sent)
{
    web::Fields plain;
    for (const auto& [name, value] : sent.all())
        plain.add(name, name == "child" || name == "about" ? reference_in(value) : value);
    return plain;
}

Result<Outcome> open_case(const Site& site, const Visit& visit, const OpeningForm& form, const web::Fields& as_sent)
{
    const auto sent = with_plain_references(as_sent);
    FormState state{.values = as_sent, .problems = {}};
    auto asked = derived::read_form(form.type(), action_of(form), sent, visit.now, state.problems);
    for (const auto* name : {"child", "about"})
        if (is_beginning_of_a_reference(sent.get(name))) {
            std::erase_if(state.problems, [&](const Problem& problem) { return problem.field == name; });
            state.problems.push_back(
                {ProblemKind::malformed,
                 "That is the beginning of a reference. Copy the address of a page of the child: it has /children/ or "
                 "/emergency-access/ in it",
                 name});
        }
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = form.type().name,
                                          .action = std::string(form.action),
                                          .key = std::string(sent.get("key")),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return after(form, sent, *acted);
        state.problems = acted.error();
    }
    return form_page(site, visit, form, state);
}

/// A list of what a team keeps or reviews.
struct KeptList {
    std::string_view path;
    const CaseType& (*type)();
    casework::Whose whose;
    std::string_view title;
    std::string_view nothing;
    std::string_view of_others = {}; // the title of what other organisations opened and this one is told of
};

constexpr KeptList kept_lists[] = {
    {"/emergency-reviews", emergency_type, casework::Whose::agency, "Emergency access to review",
     "Nothing waits for review."},
    {"/restrictions", restriction_type, casework::Whose::agency, "Restricted records",
     "Your organisation restricts no record.", "Records you hold that another organisation restricts"},
    {"/immigration-requests/to-tell", enforcement_type, casework::Whose::agency,
     "Immigration requests: chief officer to be told", "No chief officer waits to be told."},
    {"/allocations", allocation_type, casework::Whose::team, "Children on workers' lists",
     "No child is allocated by your desk."},
};

/// A list of what no clock runs for says nothing of what is due.
bool has_clocks(const KeptList& list)
{
    return !list.type().clocks.empty();
}

std::vector<web::TableCell> row_of(const KeptList& list, const casework::ListedCase& one, accounts::Role role)
{
    const auto record = fmt::format("/cases/{}/{}", one.head.type, one.head.id.text());
    const auto* clock = one.clocks.empty() ? nullptr : &one.clocks.front();
    Html what = link(record, one.head.id.text().substr(0, 8));
    Html act;
    for (const auto& next : list.type().actions)
        if (!next.opens() && next.comes_from(one.head.state) && next.who.has(role))
            act.lit("<div>") << link(fmt::format("{}/{}", record, next.name), next.title) << web::lit("</div>");
    if (one.child) what << web::Text(", " + one.child->names.front().as_given);
    std::vector<web::TableCell> cells{
        {.text = what}, {.text = clocks::wall_date_time(one.head.opened_at)}, {.text = std::string(one.head.state)}};
    if (has_clocks(list))
        cells.push_back({.text = clock == nullptr ? std::string("Done") : clocks::wall_date_time(clock->due_at)});
    cells.push_back({.text = act});
    return cells;
}

Html table_of(const KeptList& list, std::string_view title, const casework::Listed& listed, accounts::Role role)
{
    Html html =
        paragraph(has_clocks(list) ? fmt::format("{} overdue of {} open.", derived::count_words(listed.overdue_count),
                                                 derived::count_words(listed.open_count))
                                   : fmt::format("{} in all.", derived::count_words(listed.open_count)));
    web::Table table{.caption = title,
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Reference"}, {.text = "Since"}, {.text = "State"}}};
    if (has_clocks(list)) table.head.push_back({.text = "Due"});
    table.head.push_back({.text = "Next"});
    for (const auto& one : listed.cases) table.rows.push_back(row_of(list, one, role));
    html << web::stacked(table);
    return html;
}

Result<Page> list_page(const Site& site, const Visit& visit, const KeptList& list)
{
    const auto list_of = [&](casework::Whose whose) {
        return casework::list(site.desk, visit.session, visit.request.id, {.type = list.type().name, .whose = whose},
                              visit.now);
    };
    const auto listed = TRY(list_of(list.whose));
    Page page{.title = list.title};
    page.main << heading(list.title);
    for (const auto& form : opening_forms)
        if (&form.type() == &list.type() && action_of(form).who.has(visit.session.role))
            page.main << render(web::Button{.text = action_of(form).title, .href = std::string(form.path)});
    page.main << (listed.cases.empty() ? paragraph(list.nothing)
                                       : table_of(list, list.title, listed, visit.session.role));
    const bool is_reviewer = visit.session.role == accounts::Role::IGOV || visit.session.role == accounts::Role::PSTD;
    if (is_reviewer && &list.type() != &enforcement_type()) {
        page.main.lit("<p class=\"govuk-body\">") << link(
            "/immigration-requests/to-tell", "Requests for immigration enforcement: whose chief officer is to be told");
        page.main.lit("</p>");
    }
    if (list.of_others.empty()) return page;
    const auto others = TRY(list_of(casework::Whose::asked_agency));
    if (!others.cases.empty())
        page.main << heading(list.of_others, 2) << table_of(list, list.of_others, others, visit.session.role);
    return page;
}

} // namespace

void add_desk_pages(web::Router& router, const Site& site)
{
    for (const auto& form : opening_forms) {
        site.page(router, std::string(form.path),
                  [&site, &form](const Visit& visit) { return empty_form(site, visit, form); });
        site.post(router, std::string(form.path), [&site, &form](const Visit& visit, const web::Fields& sent) {
            return open_case(site, visit, form, sent);
        });
    }
    for (const auto& list : kept_lists)
        site.page(router, std::string(list.path),
                  [&site, &list](const Visit& visit) { return list_page(site, visit, list); });
}

} // namespace reachable::sharing
