#include "derived/derived_pages.h"

#include "base/number.h"
#include "clocks/london.h"
#include "derived/forms.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::derived {

using namespace casework;

namespace {

using web::Html;
using web::Page;

constexpr std::string_view held_back = "Held back (you may not see it)";

Html all_fields(const Site& site, const Seen& seen)
{
    web::SummaryList list;
    for (const auto& field : seen.type->fields) {
        const bool is_shown = seen.shown.at(std::string(field.name)) >= policy::Show::generalise;
        const auto words = is_shown ? words_of(site.desk, field, seen.facts.get()) : std::string(held_back);
        list.rows.push_back({.key = {.text = field.label}, .value = {.text = words}});
    }
    return render(list);
}

Html part_table(const Site& site, const Seen& seen, const Part& part)
{
    Html html;
    for (std::size_t i = 0; i < part.count(seen.facts.get()); ++i) {
        const auto* item = part.at(seen.facts.get(), i);
        web::SummaryList list{
            .card = web::SummaryCard{.title = web::SummaryCardTitle{.text = fmt::format("{} {}", part.label, i + 1)}}};
        for (const auto& field : part.fields)
            if (!field.is_empty(item))
                list.rows.push_back(
                    {.key = {.text = field.label}, .value = {.text = words_of(site.desk, field, item)}});
        html << render(list);
    }
    return html;
}

/// Why it was corrected is held as closely as what was corrected: a reason often says what stood there.
std::string reason_of(const Seen& seen, const VersionRow& version)
{
    if (version.reason.empty()) return "None beside what was recorded";
    const auto shown = seen.shown.find(version.reason.substr(0, version.reason.find(':')));
    const bool is_held_back = shown != seen.shown.end() && shown->second < policy::Show::generalise;
    return version.action == correct_action && is_held_back ? std::string(held_back) : version.reason;
}

Html versions(const Seen& seen)
{
    if (seen.history.empty()) return {};
    web::Table table{
        .caption = "Versions: nothing is overwritten",
        .caption_classes = "govuk-table__caption--m",
        .head = {{.text = "Version"}, {.text = "When"}, {.text = "What"}, {.text = "Who"}, {.text = "Why"}}};
    for (const auto& version : seen.history) {
        table.rows.push_back({{.text = web::link(fmt::format("?version={}", version.version),
                                                 fmt::format("Version {}", version.version))},
                              {.text = clocks::wall_date_time(version.at)},
                              {.text = title_of(*seen.type, version.action)},
                              {.text = accounts::title_of(version.role)},
                              {.text = reason_of(seen, version)}});
    }
    return web::stacked(table);
}

/// The derived pages of one type.
struct Pages {
    const Site& site;
    const CaseType& type;

    Result<Seen> see(const Visit& visit, Look look) const
    {
        look.type = type.name;
        look.id = TRY(visit.case_id());
        return look_at_case(site.desk, visit.session, visit.request.id, look, visit.now);
    }
};

Result<Page> case_page(const Pages& pages, const Visit& visit)
{
    const auto version = whole_number<std::int64_t>(visit.request.query.get("version"));
    const auto seen = TRY(pages.see(visit, {.page = "record", .version = version, .with_history = true}));
    const auto home = pages.site.home_of(pages.type.name, seen.head.id);
    const bool is_home = home == record_of(seen);
    Page page{.title = "Everything recorded", .back_link = web::BackLink{.href = is_home ? "/queue" : home}};
    if (const auto* news = news_in(visit, seen))
        page.before_main << news_banner(fmt::format("“{}”", title_of(pages.type, news->action)), news->at);
    page.main << web::heading("Everything recorded") << pages.site.head_of(visit, seen)
              << web::paragraph(how_it_goes(seen));
    if (is_home) page.main << buttons_of(seen);
    page.main << all_fields(pages.site, seen);
    for (const auto& part : pages.type.parts) page.main << part_table(pages.site, seen, part);
    page.main << versions(seen);
    return page;
}

Html inputs(const Site& site, const Visit& visit, const Seen& seen, const Action& action, const FormState& state)
{
    Html html;
    for (const auto& ask : asks_of(action)) {
        if (const auto* field = seen.type->find_field(ask.name)) {
            html << input_for(site.desk, *field, std::string(ask.name), state, visit.now,
                              {.is_required = ask.is_required});
            continue;
        }
        const auto& part = *seen.type->find_part(ask.name);
        for (const auto& field : part.fields) {
            if (field.is_noted) continue;
            const auto name = fmt::format("{}-{}", ask.name, field.name);
            if (field.name == part.key && field.name == "number") // the service numbers these itself: "F3"
                html.lit("<input type=\"hidden\"")
                    .attribute("name", name)
                    .attribute("value", fmt::format("F{}", part.count(seen.facts.get()) + 1))
                    .lit(">");
            else
                html << input_for(site.desk, field, name, state, visit.now);
        }
    }
    return html;
}

Page form_page(const Pages& pages, const Visit& visit, const Seen& seen, const Action& action, const FormState& state)
{
    Page page{.title = action.title,
              .back_link = web::BackLink{.href = pages.site.home_of(pages.type.name, seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading(action.title) << pages.site.head_of(visit, seen)
              << form_start(visit.request.path, visit.session, seen.head.version)
              << inputs(pages.site, visit, seen, action, state) << form_end(action.title);
    return page;
}

/// What the form shows first: the moment it is, where a time must be given, and whatever the link to it named. A time
/// that may be left out starts empty: who is not here yet is not recorded as here.
FormState first_state(const Action& action, const CaseType& type, const Visit& visit)
{
    FormState state;
    for (const auto& ask : asks_of(action)) {
        const auto* field = type.find_field(ask.name);
        if (field != nullptr && field->kind == Kind::time && ask.is_required)
            web::fill_time(state.values, std::string(ask.name), visit.now);
        if (field != nullptr) continue;
        for (const auto& [name, value] : visit.request.query.all())
            state.values.add(fmt::format("{}-{}", ask.name, name), value);
    }
    return state;
}

Result<const Action*> action_in(const CaseType& type, const Visit& visit)
{
    const auto* action = type.find_action(visit.request.path_values.at("action"));
    if (action == nullptr || action->opens()) return refuse(ProblemKind::not_found, "There is no such page");
    return action;
}

Result<Page> action_page(const Pages& pages, const Visit& visit)
{
    const auto* action = TRY(action_in(pages.type, visit));
    const auto seen = TRY(pages.see(visit, {.page = "form"}));
    if (!seen.may_do(action->name))
        return refuse(ProblemKind::out_of_order, "Not possible now, or not yours to do. " + how_it_goes(seen));
    return form_page(pages, visit, seen, *action, first_state(*action, pages.type, visit));
}

Result<Outcome> take_form(const Pages& pages, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    const auto* action = TRY(action_in(pages.type, visit));
    FormState state{.values = form, .problems = {}};
    auto asked = read_form(pages.type, *action, form, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = act(pages.site.desk, visit.session, visit.request.id,
                               {.type = pages.type.name,
                                .action = std::string(action->name),
                                .id = id,
                                .expected_version = version_in(form),
                                .asked = std::move(asked)},
                               visit.now);
        if (acted) return where_next(pages.site, visit, pages.type, *action, *acted);
        state.problems = acted.error();
        if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    }
    return form_page(pages, visit, TRY(pages.see(visit, {.page = "form"})), *action, state);
}

} // namespace

void add_derived_pages(web::Router& router, const Site& site)
{
    for (const auto* type : site.desk.types) {
        const Pages pages{site, *type};
        const auto base = fmt::format("/cases/{}/{{id}}", type->name);
        site.page(router, base, [pages](const Visit& visit) { return case_page(pages, visit); });
        site.page(router, base + "/{action}", [pages](const Visit& visit) { return action_page(pages, visit); });
        site.post(router, base + "/{action}",
                  [pages](const Visit& visit, const web::Fields& form) { return take_form(pages, visit, form); });
    }
}

} // namespace reachable::derived
