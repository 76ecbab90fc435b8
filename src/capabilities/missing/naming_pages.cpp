// Forms of acts that name somebody or something: the force that is asked to lead, the authority that answers for the
// child, the episode that goes on.
#include "capabilities/missing/pages.h"
#include "clocks/london.h"
#include "web/components/radios.h"

#include <fmt/format.h>

namespace reachable::missing {
namespace {

struct NamingForm {
    std::string_view action;
    std::string_view words;
    std::string_view names; // the field
    std::optional<accounts::AgencyKind> kind;
    std::string_view why; // a field more, or none
};

constexpr NamingForm naming_forms[] = {
    {"offer_to_force", "Until that force accepts, yours leads and decides.", "offered_to",
     accounts::AgencyKind::police_force, "offer_because"},
    {"name_authority",
     "Its desk is told of the episode, and when the child is back it is asked to offer the child an interview.",
     "authority", accounts::AgencyKind::local_authority, ""},
    {"same_absence",
     "This episode ends and is kept; the one that you choose goes on, and is counted. Add there what is known here.",
     "same_as", std::nullopt, ""},
};

/// The other episodes of the child that are open to this visitor.
Html episode_choice(const Site& site, const Visit& visit, const Seen& seen, const NamingForm& form,
                    const FormState& state)
{
    const auto* field = episode_type().find_field(form.names);
    web::Radios radios{.name = std::string(form.names), .value = std::string(state.value(form.names))};
    radios.fieldset = web::Fieldset{.legend = web::Legend{.text = field->label}};
    if (!state.error(form.names).empty())
        radios.error_message = web::ErrorMessage{.text = std::string(state.error(form.names))};
    for (const auto& other : others_seen(site, visit, seen))
        radios.items.push_back(
            {.value = other.head.id.text(),
             .text = fmt::format("Led by {}, the child was last seen on {}", name_of(site, other.head.heading.agency),
                                 clocks::wall_date_time(began_at(other.as<Episode>())))});
    return render(radios);
}

/// The force that leads is not asked to lead.
AgencyId force_left_out(const Seen& seen, const NamingForm& form)
{
    return form.names == "offered_to" ? seen.as<Episode>().force : AgencyId{};
}

Result<Page> form_page(const Site& site, const Visit& visit, const NamingForm& form, const FormState& state)
{
    const auto seen = TRY(
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = episode_type().name, .id = TRY(visit.case_id()), .page = "form"}, visit.now));
    if (!seen.may_do(form.action)) return refuse(ProblemKind::out_of_order, "That cannot be done now");
    const auto& action = *episode_type().find_action(form.action);
    Page page{.title = action.title,
              .back_link = web::BackLink{.href = address_of(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading(action.title) << site.head_of(visit, seen) << web::paragraph(form.words)
              << derived::form_start(visit.request.path, visit.session, seen.head.version)
              << (form.kind ? agency_choice(site, state, form.names, *form.kind, true, force_left_out(seen, form))
                            : episode_choice(site, visit, seen, form, state));
    if (const auto* why = episode_type().find_field(form.why))
        page.main << derived::input_for(site.desk, *why, std::string(why->name), state, visit.now);
    page.main << derived::form_end(action.title);
    return page;
}

} // namespace

void add_naming_pages(web::Router& router, const Site& site)
{
    for (const auto& form : naming_forms) {
        const auto address = fmt::format("/cases/{}/{{id}}/{}", episode_type().name, form.action);
        site.page(router, address, [&site, &form](const Visit& visit) { return form_page(site, visit, form, {}); });
        site.post(router, address, [&site, &form](const Visit& visit, const web::Fields& sent) {
            return take_form(site, visit, sent, form.action,
                             [&](const FormState& state) { return form_page(site, visit, form, state); });
        });
    }
}

} // namespace reachable::missing
