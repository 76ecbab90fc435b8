// A bed outside custody for a child who was charged and refused bail: custody asks, the authority answers from its desk
// or by phone, the custody officer certifies where it must be, and an inspector reviews that.
#include "capabilities/custody/accommodation_pages.h"

#include "capabilities/custody/accommodation.h"
#include "capabilities/custody/sealed_page.h"
#include "capabilities/custody/ways.h"
#include "capabilities/custody/who_asks.h"
#include "clocks/london.h"
#include "web/components/inset_text.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

using derived::FormState;

bool is_of_the_desk(const Visit& visit, const Seen& seen)
{
    return visit.session.agency == seen.head.heading.partner;
}

/// What is recorded of the bed so far, as far as it is recorded.
Html record_so_far(const Site& site, const Seen& seen)
{
    web::SummaryList list;
    for (const auto* name :
         {"charged_at", "bail_refused_at", "bed_sought", "bed_asked_at", "bed_reply", "bed_words", "bed_ready_at",
          "bed_replied_at", "bed_replied_by", "certificate_ground", "certificate_words", "certified_at", "certified_by",
          "certificate_review", "certificate_reviewed_at", "certificate_reviewed_by"}) {
        const auto& field = *seen.type->find_field(name);
        if (!field.is_empty(seen.facts.get()))
            list.rows.push_back({.key = {.text = field.label},
                                 .value = {.text = derived::words_of(site.desk, field, seen.facts.get())}});
    }
    return list.rows.empty() ? Html{} : render(list);
}

/// The form of one action, with what was typed in it before.
Html form_of(const Site& site, const Visit& visit, const Seen& seen, std::string_view action,
             std::string_view explained, const FormState& state, std::string_view without = {})
{
    const auto& declared = *conversation_type().find_action(action);
    Html html = heading(declared.title, 2) << paragraph(explained);
    html << derived::form_start(way_of(visit).base + "/bed/" + std::string(action), visit.session, seen.head.version);
    for (const auto& ask : casework::asks_of(declared))
        if (ask.name != without)
            html << derived::input_for(site.desk, *conversation_type().find_field(ask.name), std::string(ask.name),
                                       state, visit.now, {.is_required = ask.is_required});
    return html << derived::form_end(declared.title);
}

constexpr std::string_view law =
    "A child who is charged and refused bail is moved to accommodation of the local authority, unless the custody "
    "officer certifies that this is impracticable, or that no secure bed is available and nothing less would protect "
    "the public from serious harm (Police and Criminal Evidence Act 1984, section 38(6)).";

/// What custody may do next.
Html forms_of_custody(const Site& site, const Visit& visit, const Seen& seen, const FormState& state)
{
    const auto stands = how_the_bed_stands(seen.as<Conversation>());
    Html html;
    if (stands == BedStands::awaited && seen.may_do("answer_bed"))
        html << form_of(site, visit, seen, "answer_bed", "What the authority says by phone, with its true time.",
                        state);
    if (stands == BedStands::awaited && seen.may_do("certify"))
        html << form_of(site, visit, seen, "certify",
                        "Only when the authority was asked and the child cannot be moved. An inspector reviews it, the "
                        "authority's manager is told, and it goes to the court.",
                        state);
    if (is_to_be_reviewed(seen.as<Conversation>()) && visit.session.role == accounts::Role::INSP)
        html << form_of(site, visit, seen, "review_certificate", "The custody officer reads what you find.", state);
    if (stands != BedStands::awaited && seen.may_do("ask_for_bed"))
        html << form_of(site, visit, seen, "ask_for_bed",
                        stands == BedStands::not_asked
                            ? "The authority is asked at once, and again each half hour, until it has a bed or you "
                              "certify why not."
                            : "If the bed fell through, or one may be found after all: the authority is asked again, "
                              "and the clock runs again.",
                        state);
    return html;
}

Html form_of_the_desk(const Site& site, const Visit& visit, const Seen& seen, const FormState& state)
{
    if (!seen.may_do("answer_bed") && state.problems.empty()) return {};
    return form_of(site, visit, seen, "answer_bed",
                   "Custody sees your answer at once. If you are still looking, say so, and send this again when you "
                   "know more: the clock goes on until there is a bed.",
                   state, "bed_replied_at");
}

Page bed_page(const Site& site, const Visit& visit, const Seen& seen, const FormState& state)
{
    const bool is_desk = is_of_the_desk(visit, seen);
    Page page{.title = "A bed outside custody",
              .has_errors = !state.problems.empty(),
              .is_plain = !visit.session.only_case.is_none()};
    if (is_desk)
        page.back_link = web::BackLink{.text = "Request", .href = way_of(visit).base + "/answer"};
    else
        page.back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)};
    if (!page.is_plain) page.before_main << news(visit, seen);
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("A bed outside custody");
    page.main << (is_desk ? paragraph(who_is_it(seen, visit.now)) << whom_it_is_about(seen)
                          : identity_bar(site, visit, seen));
    for (const auto& clock : seen.clocks)
        if (clock.code == bed_clock && !clock.stopped_at)
            page.main << clock_box(clock, seen.clocks, *seen.type, visit.now);
    page.main << paragraph(law) << record_so_far(site, seen);
    if (is_desk && seen.as<Conversation>().bed_asked_at)
        page.main << form_of_the_desk(site, visit, seen, state);
    else if (is_desk)
        page.main << paragraph("Custody has not asked for a bed for this child.");
    else
        page.main << forms_of_custody(site, visit, seen, state);
    return page;
}

Result<Page> show_bed(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_for(site, visit, "bed", {}, derived::asks_for_news(visit)));
    if (waits_for_a_reason(seen)) return sealed_page(site, visit, seen, way_of(visit).base);
    return bed_page(site, visit, seen, {});
}

Result<Outcome> take(const Site& site, const Visit& visit, const web::Fields& form, std::string_view action)
{
    const auto id = TRY(case_of(visit));
    FormState state{.values = form, .problems = {}};
    const auto asked = derived::read_form(conversation_type(), *conversation_type().find_action(action), form,
                                          visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = act_by_form(site, visit, id, action, form, asked);
        const auto back = way_of(visit).base + "/bed";
        if (acted) return visit.session.only_case.is_none() ? derived::with_news(back, acted->version) : back;
        state.problems = acted.error();
    }
    const auto seen = TRY(look_for(site, visit, "bed"));
    return bed_page(site, visit, seen, state);
}

} // namespace

bool shows_the_bed(const Seen& seen)
{
    return (seen.may_do("ask_for_bed") && is_detained(seen.as<Conversation>())) ||
           seen.as<Conversation>().bail_refused_at.has_value();
}

bool awaits_the_desk(const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    return !facts.is_complete.value_or(false) || how_the_bed_stands(facts) == BedStands::awaited;
}

Html how_the_bed_is(const Seen& seen, const std::string& base)
{
    const auto words = bed_in_words(seen.as<Conversation>());
    if (words.empty()) return {};
    Html inside;
    inside.lit("<p class=\"govuk-body govuk-!-margin-bottom-1\">") << words;
    inside.lit("</p><p class=\"govuk-body govuk-!-margin-bottom-0\">") << link(base + "/bed", "A bed outside custody");
    inside.lit("</p>");
    return render(web::InsetText{.text = inside});
}

void add_accommodation_pages(web::Router& router, const Site& site)
{
    for (const std::string base : {"/custody/{id}", "/a/{token}"}) {
        site.page(router, base + "/bed", [&site](const Visit& visit) { return show_bed(site, visit); });
        for (const std::string action : {"ask_for_bed", "answer_bed", "certify", "review_certificate"})
            site.post(router, base + "/bed/" + action, [&site, action](const Visit& visit, const web::Fields& form) {
                return take(site, visit, form, action);
            });
    }
}

} // namespace reachable::custody
