// The forms of what is done with a meeting: convening it on the child's page, and each act of those who lead it. An
// organisation is chosen from those that are asked.
#include "capabilities/meetings/pages.h"

#include "casework/search.h"
#include "derived/forms.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::meetings {
namespace {

using casework::Action;
using casework::Field;
using casework::Seen;
using derived::FormState;
using derived::Outcome;
using derived::Site;
using derived::Visit;
using web::Html;
using web::Page;

constexpr std::string_view may_stay_empty[] = {"items-shared_words", "items-caveat", "items-review_on",
                                               "decisions-dissent"};

/// One form: of which act, about which meeting (none: it is convened), and what was typed.
struct Form {
    const Site& site;
    const Visit& visit;
    const Action& action;
    const Meeting* meeting;
    const FormState& state;
};

std::vector<web::Choice> organisations(const Form& form, bool who_is_not_asked_yet)
{
    std::vector<web::Choice> choices;
    form.site.desk.database.read([&](storage::Transaction& transaction) {
        choices.clear();
        for (const auto& agency : accounts::list_agencies(transaction)) {
            const bool is_asked = form.meeting != nullptr && find_invited(*form.meeting, agency.id) != nullptr;
            using enum accounts::AgencyKind;
            const bool works_with_children = agency.kind == police_force || agency.kind == local_authority ||
                                             agency.kind == charity || agency.kind == health_body;
            if (who_is_not_asked_yet ? !is_asked && works_with_children : is_asked)
                choices.push_back({.value = agency.id.text(), .label = agency.name});
        }
    });
    return choices;
}

Html input(const Form& form, const Field& field, const std::string& name, bool is_required)
{
    if (field.kind != casework::Kind::reference)
        return derived::input_for(form.site.desk, field, name, form.state, form.visit.now,
                                  {.is_required = is_required});
    return web::select_field({.name = name,
                              .label = std::string(field.label),
                              .choices = organisations(form, name == "invite_whom"),
                              .hint = field.hint,
                              .value = std::string(form.state.value(name)),
                              .error = std::string(form.state.error(name))});
}

/// R-G-02: of each organisation that is asked, whether it was there.
Html attendance_inputs(const Form& form)
{
    const auto& part = *meeting_type().find_part("attendance");
    Html html;
    for (const auto& one : form.meeting->invited) {
        const auto name = "attendance-" + one.organisation.text();
        const auto organisation = name_of(form.site, one.organisation);
        html << derived::input_for(form.site.desk, *part.find_field("came"), name + "-came", form.state, form.visit.now,
                                   {.label = fmt::format("{}: were they there?", organisation)})
             << derived::input_for(form.site.desk, *part.find_field("who"), name + "-who", form.state, form.visit.now,
                                   {.is_required = false, .label = fmt::format("{}: who?", organisation)});
    }
    return html;
}

Html inputs(const Form& form)
{
    Html html;
    for (const auto& ask : casework::asks_of(form.action)) {
        if (ask.name == "child") continue;
        if (const auto* field = meeting_type().find_field(ask.name)) {
            html << input(form, *field, std::string(ask.name), ask.is_required);
            continue;
        }
        if (ask.name == "attendance") {
            html << attendance_inputs(form);
            continue;
        }
        for (const auto& field : meeting_type().find_part(ask.name)->fields) {
            const auto name = fmt::format("{}-{}", ask.name, field.name);
            if (!field.is_noted)
                html << input(form, field, name, std::ranges::find(may_stay_empty, name) == std::end(may_stay_empty));
        }
    }
    return html;
}

/// What was typed of each organisation.
Json attendance_in(const Meeting& meeting, const web::Fields& form)
{
    auto all = Json::list();
    for (const auto& one : meeting.invited) {
        const auto name = "attendance-" + one.organisation.text();
        auto item = Json::object().set("organisation", one.organisation.text());
        for (const auto* box : {"came", "who"})
            if (const auto typed = form.get(fmt::format("{}-{}", name, box)); !typed.empty())
                item.set(box, std::string(typed));
        all.add(std::move(item));
    }
    return all;
}

Page form_page(const Form& form, std::string_view at, std::string_view back, std::string_view about,
               std::int64_t version)
{
    Page page{.title = form.action.title,
              .back_link = web::BackLink{.href = std::string(back)},
              .has_errors = !form.state.problems.empty()};
    page.before_main << web::error_summary_for(form.state.problems);
    page.main.lit("<span class=\"govuk-caption-l\">") << about;
    page.main.lit("</span>") << web::heading(form.action.title);
    if (form.action.opens())
        page.main << web::paragraph("Whoever answers for the child, looks after the child or looked for the child is "
                                    "asked, as far as that is on record. You can ask others then.");
    page.main << derived::form_start(at, form.visit.session, version);
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", form.state.value("key")).lit(">");
    page.main << inputs(form) << derived::form_end(form.action.title);
    return page;
}

// ---- on the child's page ----

Result<ChildId> child_in(const Visit& visit)
{
    const auto id = ChildId::parse(visit.request.path_values.at("id"));
    if (!id) return casework::no_such_case();
    return *id;
}

const Action& convening()
{
    return *meeting_type().find_action("convene");
}

Result<Page> convene_page(const Site& site, const Visit& visit, FormState state)
{
    const auto child = TRY(child_in(visit));
    const auto seen =
        TRY(casework::look_at_child(site.desk, visit.session, visit.request.id, child, "form", visit.now));
    if (!may_convene(visit.session.role))
        return refuse(ProblemKind::out_of_order, "A social worker or a missing-person coordinator convenes a meeting");
    const auto at = fmt::format("/children/{}", child.text());
    if (state.values.get("key").empty()) {
        state.values.add("key", RequestId::random().text());
        state.values.add("named_as", seen.child.shown_name());
    }
    return form_page({site, visit, convening(), nullptr, state}, at + "/meetings/new", at, seen.child.shown_name(), 0);
}

Result<Outcome> convene(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto child = TRY(child_in(visit));
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(meeting_type(), convening(), form, visit.now, state.problems);
    asked.set("child", child.text());
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = meeting_type().name,
                                          .action = std::string(convening().name),
                                          .key = std::string(form.get("key")),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return derived::where_next(site, visit, meeting_type(), convening(), *acted);
        state.problems = acted.error();
        if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    }
    return TRY(convene_page(site, visit, std::move(state)));
}

// ---- what is done with a meeting ----

Result<const Action*> action_in(const Visit& visit)
{
    const auto* action = meeting_type().find_action(visit.request.path_values.at("action"));
    if (action == nullptr || action->opens()) return refuse(ProblemKind::not_found, "There is no such page");
    return action;
}

Result<Page> act_page(const Site& site, const Visit& visit, FormState state)
{
    const auto* action = TRY(action_in(visit));
    const auto seen = TRY(
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = meeting_type().name, .id = TRY(visit.case_id()), .page = "form"}, visit.now));
    if (!seen.may_do(action->name))
        return refuse(ProblemKind::out_of_order, "Not possible now, or not yours to do. " + derived::how_it_goes(seen));
    const auto& meeting = seen.as<Meeting>();
    if (state.values.get("key").empty()) state.values.add("key", RequestId::random().text());
    return form_page({site, visit, *action, &meeting, state}, visit.request.path, address_of_meeting(seen.head.id),
                     derived::shown_name(seen.child), seen.head.version);
}

Result<Outcome> take_act(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto* action = TRY(action_in(visit));
    const auto id = TRY(visit.case_id());
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(meeting_type(), *action, form, visit.now, state.problems);
    if (action->name == "open") {
        const auto seen =
            TRY(derived::look_at_case(site.desk, visit.session, visit.request.id,
                                      {.type = meeting_type().name, .id = id, .page = "form"}, visit.now));
        asked.set("attendance", attendance_in(seen.as<Meeting>(), form));
    }
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = meeting_type().name,
                                          .action = std::string(action->name),
                                          .id = id,
                                          .expected_version = derived::version_in(form),
                                          .key = std::string(form.get("key")),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return derived::where_next(site, visit, meeting_type(), *action, *acted);
        state.problems = derived::as_told(site.desk, visit.session,
                                          {.type = meeting_type().name, .action = std::string(action->name), .id = id},
                                          acted.error(), visit.now);
        if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    }
    return TRY(act_page(site, visit, std::move(state)));
}

} // namespace

void add_forms(web::Router& router, const Site& site)
{
    site.page(router, "/children/{id}/meetings/new",
              [&site](const Visit& visit) { return convene_page(site, visit, {}); });
    site.post(router, "/children/{id}/meetings/new",
              [&site](const Visit& visit, const web::Fields& form) { return convene(site, visit, form); });
    site.page(router, "/meetings/{id}/{action}", [&site](const Visit& visit) { return act_page(site, visit, {}); });
    site.post(router, "/meetings/{id}/{action}",
              [&site](const Visit& visit, const web::Fields& form) { return take_act(site, visit, form); });
}

} // namespace reachable::meetings
