// /placements: the children of the reader's authority who live elsewhere, with who has acknowledged that, and those who
// live in the area of the reader's authority or force. One notice, and the form on the child's page.
#include "capabilities/placements/placement.h"
#include "capabilities/placements/placements.h"

#include "casework/search.h"
#include "clocks/london.h"
#include "derived/forms.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::placements {
namespace {

using casework::Seen;
using derived::FormState;
using derived::Outcome;
using derived::Site;
using derived::Visit;
using web::Html;
using web::Page;

constexpr std::string_view not_confirmed = "Host police not confirmed";

std::string address_of(CaseId id)
{
    return "/placements/" + id.text();
}

std::string name_of(const Site& site, AgencyId id)
{
    std::string name = "Not known";
    site.desk.database.read([&](storage::Transaction& transaction) {
        if (const auto agency = accounts::find_agency(transaction, id)) name = agency->name;
    });
    return name;
}

std::optional<Seen> look_at_notice(const Site& site, const Visit& visit, CaseId id, std::string_view page)
{
    auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                      {.type = placement_type().name, .id = id, .page = page}, visit.now);
    if (!seen) return std::nullopt;
    return std::move(*seen);
}

/// The notice to the police of the same placement, for the home authority: a look of its own.
std::optional<Seen> notice_of_the_police(const Site& site, const Visit& visit, const Seen& first, std::string_view page)
{
    CaseId id;
    site.desk.database.read([&](storage::Transaction& transaction) {
        id = notice_to_the_force(transaction, first.head.id, first.head.heading.child);
    });
    if (id.is_none()) return std::nullopt;
    return look_at_notice(site, visit, id, page);
}

/// "Acknowledged on 12 May 2026 at 09:00 BST", "Late since …", "Told, due by …".
std::string where_it_stands(const Seen& seen, UtcTime now)
{
    const auto& placement = seen.as<Placement>();
    if (!placement.acknowledged.empty() && placement.acknowledged.back().at) {
        const auto at = *placement.acknowledged.back().at;
        bool was_late = false;
        for (const auto& clock : seen.clocks) was_late = was_late || clock.breached_at.has_value();
        return fmt::format("Acknowledged on {}{}", clocks::wall_date_time(at), was_late ? ", late" : "");
    }
    for (const auto& clock : seen.clocks)
        if (!clock.stopped_at)
            return fmt::format("Not acknowledged: {}{}", clock.due_at < now ? "overdue since " : "due by ",
                               clocks::wall_date_time(clock.due_at));
    return "Not acknowledged";
}

/// R-B-06: "without acknowledgement the home LA sees 'host police not confirmed'".
std::string police_words(const Seen& first, const std::optional<Seen>& police, UtcTime now)
{
    if (first.as<Placement>().host_force.is_none())
        return fmt::format("{}: no force of that area is told by this service. Ring them", not_confirmed);
    if (!police) return std::string(not_confirmed);
    const auto words = where_it_stands(*police, now);
    return words.starts_with("Acknowledged") ? words : fmt::format("{}. {}", not_confirmed, words);
}

Html table_of_the_own(const Site& site, const Visit& visit, const casework::Listed& listed)
{
    web::Table table{.caption = "Children of your authority who live in another area",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Child"},
                              {.text = "Lives in the area of"},
                              {.text = "That authority"},
                              {.text = "The police there"}}};
    for (const auto& one : listed.cases) {
        const auto seen = look_at_notice(site, visit, one.head.id, "list");
        if (!seen || seen->as<Placement>().receiver != to_authority) continue;
        const auto police = notice_of_the_police(site, visit, *seen, "list");
        table.rows.push_back({{.text = web::link(address_of(one.head.id), derived::shown_name(seen->child))},
                              {.text = name_of(site, seen->as<Placement>().host_authority)},
                              {.text = where_it_stands(*seen, visit.now)},
                              {.text = police_words(*seen, police, visit.now)}});
    }
    if (table.rows.empty())
        return web::paragraph("No child of your authority is placed elsewhere, as far as was told.");
    return web::stacked(table);
}

Result<Page> queue_page(const Site& site, const Visit& visit)
{
    using enum accounts::Role;
    const auto role = visit.session.role;
    if (!tells_of_placements(role) && !is_told_of_placements(role))
        return refuse(ProblemKind::withheld,
                      "Placements are for children's services and for the police who are told of them");
    Page page{.title = "Placements out of the area", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Placements out of the area")
              << web::paragraph("Whoever places a child in another area tells its authority and its police: before the "
                                "child moves, or within five working days of an emergency.");
    if (tells_of_placements(role)) {
        const auto whose = role == LADM || role == EDT ? casework::Whose::agency : casework::Whose::team;
        const auto listed = TRY(casework::list(site.desk, visit.session, visit.request.id,
                                               {.type = placement_type().name, .whose = whose, .most = 50}, visit.now));
        page.main << derived::more_than_these(listed) << table_of_the_own(site, visit, listed)
                  << web::paragraph("To tell of another, open the child's page.");
    }
    if (is_told_of_placements(role)) {
        const auto listed =
            TRY(casework::list(site.desk, visit.session, visit.request.id,
                               {.type = placement_type().name, .whose = whose_placements(role)}, visit.now));
        page.main << web::heading("Children who were placed in your area", 2);
        if (listed.cases.empty())
            page.main << web::paragraph("You are told of none that is open.");
        else
            page.main << derived::more_than_these(listed)
                      << web::stacked(derived::queue_of_children(listed, visit.now, address_of));
    }
    return page;
}

Html acknowledgements(const Site& site, const Placement& placement)
{
    Html html;
    for (const auto& one : placement.acknowledged)
        html << web::paragraph(fmt::format("{}, {}{}: {}", name_of(site, placement.told), one.by,
                                           one.at ? ", " + clocks::wall_date_time(*one.at) : std::string(),
                                           one.action.words));
    return html;
}

/// Who has acknowledged it: both receivers for the home authority, itself for a receiver.
Html who_knows(const Site& site, const Visit& visit, const Seen& seen)
{
    const auto& placement = seen.as<Placement>();
    web::SummaryList list;
    const auto add = [&](const std::string& key, const std::string& words) {
        list.rows.push_back({.key = {.text = key}, .value = {.text = words}});
    };
    add("Home authority", name_of(site, placement.authority));
    add(name_of(site, placement.told), where_it_stands(seen, visit.now));
    Html words = acknowledgements(site, placement);
    if (visit.session.agency == placement.authority && placement.receiver == to_authority) {
        const auto police = notice_of_the_police(site, visit, seen, "placement");
        add(placement.host_force.is_none() ? std::string("The police there") : name_of(site, placement.host_force),
            police_words(seen, police, visit.now));
        if (police) words << acknowledgements(site, police->as<Placement>());
    }
    return render(list) << words;
}

constexpr std::string_view shown_of_it[] = {"kind",    "starts_at",       "home",       "where",
                                            "worker",  "out_of_hours",    "history",    "avoid",
                                            "profile", "because_changed", "changed_at", "end_words"};

Result<Page> placement_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = placement_type().name, .id = TRY(visit.case_id()), .page = "placement", .with_history = true},
        visit.now));
    const auto& placement = seen.as<Placement>();
    Page page{.title = "A placement out of the area",
              .back_link = web::BackLink{.text = "Placements out of the area", .href = "/placements"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    auto open = seen;
    const bool is_home = visit.session.agency == placement.authority;
    std::erase_if(open.may, [&](const std::string& action) {
        return action == "acknowledge" ? visit.session.agency != placement.told
                                       : !is_home || placement.receiver != to_authority;
    });
    page.main << web::heading(seen.head.state == ended ? "A placement out of the area, ended"
                                                       : "A placement out of the area")
              << derived::line_of_the_child(seen.child) << derived::what_is_awaited(seen, visit.now)
              << derived::buttons_of(open) << web::heading("Who knows of it", 2) << who_knows(site, visit, seen)
              << web::heading("The placement", 2) << derived::rows_of(site.desk, seen, shown_of_it)
              << derived::link_to_record(seen);
    return page;
}

// ---- the form on the child's page ----

const casework::Action& telling()
{
    return *placement_type().find_action("notify");
}

Result<ChildId> child_in(const Visit& visit)
{
    const auto id = ChildId::parse(visit.request.path_values.at("id"));
    if (!id) return casework::no_such_case();
    return *id;
}

Html choice_of_agency(const Site& site, const casework::Field& field, bool is_required, const FormState& state)
{
    const auto kind =
        field.name == "host_force" ? accounts::AgencyKind::police_force : accounts::AgencyKind::local_authority;
    web::SelectField select{.name = std::string(field.name),
                            .label = is_required ? std::string(field.label) : fmt::format("{} (optional)", field.label),
                            .hint = field.hint,
                            .value = std::string(state.value(field.name)),
                            .error = std::string(state.error(field.name))};
    site.desk.database.read([&](storage::Transaction& transaction) {
        select.choices.clear();
        for (const auto& agency : accounts::list_agencies(transaction, kind))
            select.choices.push_back({.value = agency.id.text(), .label = agency.name});
    });
    return web::select_field(select);
}

Result<Page> form_page(const Site& site, const Visit& visit, const FormState& state)
{
    const auto child = TRY(child_in(visit));
    const auto seen =
        TRY(casework::look_at_child(site.desk, visit.session, visit.request.id, child, "form", visit.now));
    if (!tells_of_placements(visit.session.role))
        return refuse(ProblemKind::out_of_order, "Children's services tell of a placement");
    const auto at = fmt::format("/children/{}", child.text());
    Page page{.title = telling().title, .back_link = web::BackLink{.href = at}, .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main.lit("<span class=\"govuk-caption-l\">") << seen.child.shown_name();
    page.main.lit("</span>") << web::heading(telling().title)
                             << web::paragraph("The authority of the area and its police read it, and each "
                                               "acknowledges it. Tell them before the child moves.")
                             << derived::form_start(at + "/placements/new", visit.session);
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    for (const auto& ask : casework::asks_of(telling())) {
        if (ask.name == "child") continue;
        const auto& field = *placement_type().find_field(ask.name);
        if (ask.name == "host_authority" || ask.name == "host_force")
            page.main << choice_of_agency(site, field, ask.is_required, state);
        else
            page.main << derived::input_for(site.desk, field, std::string(ask.name), state, visit.now,
                                            {.is_required = ask.is_required});
    }
    page.main << derived::form_end("Tell them");
    return page;
}

Result<Page> empty_form(const Site& site, const Visit& visit)
{
    FormState state;
    state.values.add("key", RequestId::random().text());
    return form_page(site, visit, state);
}

Result<Outcome> tell(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto child = TRY(child_in(visit));
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(placement_type(), telling(), form, visit.now, state.problems);
    asked.set("child", child.text());
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = placement_type().name,
                                          .action = std::string(telling().name),
                                          .key = std::string(form.get("key")),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return derived::where_next(site, visit, placement_type(), telling(), *acted);
        state.problems = acted.error();
        if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    }
    return TRY(form_page(site, visit, state));
}

} // namespace

void add_pages(web::Router& router, const Site& site)
{
    site.page(router, "/placements", [&site](const Visit& visit) { return queue_page(site, visit); });
    site.page(router, "/placements/{id}", [&site](const Visit& visit) { return placement_page(site, visit); });
    site.page(router, "/children/{id}/placements/new", [&site](const Visit& visit) { return empty_form(site, visit); });
    site.post(router, "/children/{id}/placements/new",
              [&site](const Visit& visit, const web::Fields& form) { return tell(site, visit, form); });
    site.heads[std::string(placement_type().name)] = [](const Visit&, const Seen& seen) {
        return derived::line_of_the_child(seen.child);
    };
}

} // namespace reachable::placements
