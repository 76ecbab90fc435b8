// With whom a child is missing, and where: what the page of an episode shows of it, and the two forms that ask for it.
#include "capabilities/missing/pages.h"
#include "capabilities/missing/triggers.h"
#include "clocks/london.h"
#include "ties/ties.h"
#include "web/components/radios.h"
#include "web/components/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

constexpr std::size_t most_to_choose_from = 50;

const casework::Field& field_of(std::string_view part, std::string_view name)
{
    return *episode_type().find_part(part)->find_field(name);
}

Result<Seen> seen_for(const Site& site, const Visit& visit, std::string_view action)
{
    auto seen = TRY(derived::look_at_case(site.desk, visit.session, visit.request.id,
                                          {.type = episode_type().name, .id = TRY(visit.case_id()), .page = "form"},
                                          visit.now));
    if (!seen.may_do(action)) return refuse(ProblemKind::out_of_order, "That cannot be done now");
    return seen;
}

Page form_for(const Site& site, const Visit& visit, const Seen& seen, std::string_view action, const FormState& state)
{
    const auto& declared = *episode_type().find_action(action);
    Page page{.title = declared.title,
              .back_link = web::BackLink{.href = address_of(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading(declared.title) << site.head_of(visit, seen);
    return page;
}

Result<Page> place_page(const Site& site, const Visit& visit, const FormState& state)
{
    const auto seen = TRY(seen_for(site, visit, "place"));
    auto page = form_for(site, visit, seen, "place", state);
    const auto ask = [&](std::string_view name, bool is_required) {
        return derived::input_for(site.desk, field_of("places", name), fmt::format("places-{}", name), state, visit.now,
                                  {.is_required = is_required});
    };
    page.main << derived::form_start(visit.request.path, visit.session, seen.head.version) << ask("role", true)
              << ask("kind", true) << ask("name", true)
              << agency_choice(site, state, "places-area", accounts::AgencyKind::police_force) << ask("point", false)
              << derived::form_end("Save this place");
    return page;
}

/// Episodes that may be linked with this one: of children whom the reader's force looks for or looked for, each by a
/// look of its own.
std::vector<Seen> to_choose_from(const Site& site, const Visit& visit, const Seen& seen)
{
    std::vector<CaseId> ids;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { ids = ties::searches_of(transaction, visit.session.agency); });
    const auto listed = casework::list(
        site.desk, visit.session, visit.request.id,
        {.type = episode_type().name, .whose = casework::Whose::agency, .most = most_to_choose_from}, visit.now);
    if (listed)
        for (const auto& one : listed->cases)
            if (std::ranges::find(ids, one.head.id) == ids.end()) ids.push_back(one.head.id);
    std::vector<Seen> found;
    for (const auto id : ids) {
        if (id == seen.head.id || found.size() == most_to_choose_from) continue;
        auto one = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                         {.type = episode_type().name, .id = id, .page = "linked"}, visit.now);
        if (one && one->head.heading.child != seen.head.heading.child) found.push_back(std::move(*one));
    }
    return found;
}

Html whose_episode(const std::vector<Seen>& found, const FormState& state, UtcTime now)
{
    web::Radios radios{.fieldset = web::Fieldset{.legend = {.text = field_of("linked", "episode").label,
                                                            .classes = "govuk-fieldset__legend--m"}},
                       .hint = web::Hint{.text = "Children for whom your force looks, or whose episode it leads"},
                       .id_prefix = "linked-episode",
                       .name = "linked-episode",
                       .value = std::string(state.value("linked-episode"))};
    if (const auto sentence = state.error("linked-episode"); !sentence.empty())
        radios.error_message = web::ErrorMessage{.text = sentence};
    for (const auto& one : found)
        radios.items.push_back(
            {.value = one.head.id.text(),
             .text = derived::shown_name(one.child),
             .hint = web::Hint{
                 .text = fmt::format("Away for {}; {}", away_words(one.as<Episode>(), now), one.head.state)}});
    return render(radios);
}

Result<Page> link_page(const Site& site, const Visit& visit, const FormState& state)
{
    const auto seen = TRY(seen_for(site, visit, "link"));
    auto page = form_for(site, visit, seen, "link", state);
    page.main << web::paragraph(
        "Each of the two keeps an episode, a level and an interview of their own. Both say that "
        "the children are missing together.");
    if (may_report(visit.session.role)) {
        page.main.lit("<p class=\"govuk-body\">")
            << web::link(fmt::format("/missing/report?with={}", seen.head.id.text()),
                         "The other child is not reported yet: report them missing");
        page.main.lit("</p>");
    }
    const auto found = to_choose_from(site, visit, seen);
    if (found.empty()) {
        page.main << web::paragraph("No other episode is open to you.");
        return page;
    }
    page.main << derived::form_start(visit.request.path, visit.session, seen.head.version)
              << whose_episode(found, state, visit.now)
              << derived::input_for(site.desk, field_of("linked", "sure"), "linked-sure", state, visit.now)
              << derived::form_end("Link the two episodes");
    return page;
}

void add_form(web::Router& router, const Site& site, std::string_view action,
              Result<Page> (*page)(const Site&, const Visit&, const FormState&))
{
    const auto at = fmt::format("/cases/{}/{{id}}/{}", episode_type().name, action);
    site.page(router, at, [&site, page](const Visit& visit) { return page(site, visit, {}); });
    site.post(router, at, [&site, page, action](const Visit& visit, const web::Fields& form) {
        return take_form(site, visit, form, action, [&](const FormState& state) { return page(site, visit, state); });
    });
}

} // namespace

Result<Outcome> take_form(const Site& site, const Visit& visit, const web::Fields& form, std::string_view action,
                          const FormPage& again)
{
    FormState state{.values = form, .problems = {}};
    const auto& declared = *episode_type().find_action(action);
    auto asked = derived::read_form(episode_type(), declared, form, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = episode_type().name,
                                          .action = std::string(declared.name),
                                          .id = TRY(visit.case_id()),
                                          .expected_version = derived::version_in(form),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return derived::where_next(site, visit, episode_type(), declared, *acted);
        state.problems = acted.error();
        const bool is_gone =
            state.problems.front().kind == ProblemKind::not_found && state.problems.front().field.empty();
        if (is_gone) return refuse(state.problems);
    }
    return TRY(again(state));
}

Html places_of(const Site& site, const Episode& episode)
{
    if (episode.places.empty()) return {};
    web::Table table{
        .caption = "From, to and found",
        .caption_classes = "govuk-table__caption--m",
        .head = {{.text = "What it was"}, {.text = "Place"}, {.text = "Kind"}, {.text = "In the area of"}}};
    for (const auto& one : episode.places)
        table.rows.push_back({{.text = std::string(site.desk.lists.label_of("missing.place_roles", one.role))},
                              {.text = one.name},
                              {.text = std::string(site.desk.lists.label_of("missing.place_kinds", one.kind))},
                              {.text = name_of(site, one.area)}});
    Html html = web::stacked(table);
    if (episode.distance_km > 0)
        html << web::paragraph(
            fmt::format("Found about {} km from where they went, as the crow flies.", episode.distance_km));
    return html;
}

/// R-B-08. A row is a look at the other episode: of one that is not open to the reader nothing stands there.
Html missing_with(const Site& site, const Visit& visit, const Episode& episode)
{
    web::Table table{
        .caption = "Missing with them",
        .caption_classes = "govuk-table__caption--m",
        .head = {{.text = "Child"}, {.text = "How sure"}, {.text = "Risk of that child"}, {.text = "Leads"}}};
    for (const auto& one : episode.linked) {
        const auto other =
            derived::look_at_case(site.desk, visit.session, visit.request.id,
                                  {.type = episode_type().name, .id = one.episode, .page = "linked"}, visit.now);
        if (!other) continue;
        const auto level = level_of(other->as<Episode>());
        table.rows.push_back({{.text = web::link(address_of(one.episode), derived::shown_name(other->child))},
                              {.text = std::string(site.desk.lists.label_of("missing.certainty", one.sure))},
                              {.text = level.empty() ? std::string("Not graded yet")
                                                     : std::string(site.desk.lists.label_of("missing.levels", level))},
                              {.text = name_of(site, other->as<Episode>().force)}});
    }
    return table.rows.empty() ? Html{} : web::stacked(table);
}

void add_together_pages(web::Router& router, const Site& site)
{
    add_form(router, site, "place", place_page);
    add_form(router, site, "link", link_page);
}

/// R-B-08: reported from the episode of a child whom they are with. The two are linked when the report is sent.
Html linked_when_sent(const Site& site, const Visit& visit, const FormState& state)
{
    const std::string with(state.value("with"));
    if (with.empty()) return {};
    const auto* sure = episode_type().find_part("linked")->find_field("sure");
    Html html = web::paragraph("This child is missing with another one, from whose episode you come. Each has an "
                               "episode, a level and an interview of their own; the two are linked.");
    html.lit("<input type=\"hidden\" name=\"with\"").attribute("value", with).lit(">");
    return html << derived::input_for(site.desk, *sure, "linked-sure", state, visit.now);
}

/// R-B-08: the other child was last seen when this one was, until somebody says otherwise.
Result<> fill_from_the_other_child(const Site& site, const Visit& visit, web::Fields& values)
{
    const auto with = visit.request.query.get("with");
    if (with.empty()) return {};
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = episode_type().name, .id = TRY(CaseId::parse(with)), .page = "form"}, visit.now));
    if (!seen.may_do("link")) return refuse(ProblemKind::out_of_order, "No episode can be linked with that one now");
    values.add("with", std::string(with));
    derived::fill(values, *episode_type().find_field("last_seen_at"), "last_seen_at", seen.facts.get());
    return {};
}

Result<> link_when_sent(const Site& site, const Visit& visit, const web::Fields& sent, CaseId reported)
{
    if (sent.get("with").empty()) return {};
    auto item = Json::object().set("episode", reported.text()).set("sure", sent.get("linked-sure"));
    TRY(casework::act(site.desk, visit.session, visit.request.id,
                      {.type = episode_type().name,
                       .action = "link",
                       .id = TRY(CaseId::parse(sent.get("with"))),
                       .key = std::string(sent.get("key")) + " link", // sent twice, it links once
                       .asked = Json::object().set("linked", Json::list().add(std::move(item)))},
                      visit.now));
    return {};
}

/// What was reported stands; what could not be linked is said, so that somebody links it.
Page not_linked_page(CaseId reported, const Problems& problems)
{
    Page page{.title = "The report is sent, and not linked", .is_answer = true};
    page.main << web::heading("The report is sent, and not linked") << web::paragraph(sentences(problems));
    page.main.lit("<p class=\"govuk-body\">") << web::link(address_of(reported), "The episode that you reported");
    page.main.lit("</p>");
    return page;
}

} // namespace reachable::missing
