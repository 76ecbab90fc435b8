// Break-glass: whoever must protect a child now, and has no link to the child yet, searches, says why, and sees the
// record for as long as the policy says. The card looks the same whoever the child is, and whether there is one.
#include "base/text.h"
#include "capabilities/sharing/obligations.h"
#include "capabilities/sharing/pages.h"
#include "capabilities/sharing/records.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "ties/ties.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/warning_text.h"

#include <fmt/format.h>

namespace reachable::sharing {
namespace {

/// What a search asks for beside the name.
struct Sought {
    std::optional<PartialDate> born;
};
constexpr auto born_field = casework::field<&Sought::born>("born", workings, "Date of birth",
                                                           "For example, 27 3 2011. Leave out what is not known");

Result<ChildId> child_in(const Visit& visit)
{
    const auto id = ChildId::parse(visit.request.path_values.at("id"));
    if (!id) return casework::no_such_case();
    return *id;
}

std::string address_of(ChildId child)
{
    return "/emergency-access/" + child.text();
}

/// Whoever searches outside a case says why, before anybody's name is shown to them.
const casework::Field& reason_field()
{
    return *emergency_type().find_field("reason_code");
}

Html search_form(const Site& site, const Visit& visit, const FormState& state)
{
    Html html = derived::form_start("/emergency-access", visit.session);
    html << web::text_field(
        {.name = "name",
         .label = "Name of the child",
         .hint = "First name and surname in any order, as you heard them. With the date of birth one name is enough",
         .value = std::string(state.value("name")),
         .error = std::string(state.error("name")),
         .autocomplete = "off",
         .checks_spelling = false});
    html << derived::input_for(site.desk, born_field, "born", state, visit.now, {.is_required = false});
    html << derived::input_for(site.desk, reason_field(), "reason_code", state, visit.now);
    html << derived::form_end("Search");
    return html;
}

Html found_children(const std::vector<casework::Candidate>& found, std::string_view reason_code, UtcTime now)
{
    Html html = heading("What was found", 2);
    if (found.empty()) return html << paragraph("No record is found that you may open.");
    html.lit("<ul class=\"govuk-list govuk-list--spaced\">");
    for (const auto& candidate : found) {
        const auto& child = candidate.child;
        html.lit("<li>") << link(fmt::format("{}?reason_code={}", address_of(child.id), reason_code),
                                 child.names.front().as_given);
        html << web::Text(fmt::format(", {}. Because: {}{}", records::age_words(child.born, clocks::london_day(now)),
                                      join(candidate.reasons, "; "), casework::also_on_record(candidate)));
        html.lit("</li>");
    }
    html.lit("</ul>");
    return html;
}

/// How long broken glass stays open is the policy's to say.
UtcTime ends_at(const casework::SeenChild& seen, UtcTime now)
{
    const auto lasts = seen.decision.obligations.expires_after.value_or(seconds{0});
    return now - seen.asked.break_glass->opened_ago + lasts;
}

struct OpenedToday {
    ties::Opened opened;
    bool is_open = false; // still
};

/// What somebody opened and has not ended. Of a record that is closed to them since, nothing.
std::vector<OpenedToday> opened_today(const Site& site, const Visit& visit)
{
    std::vector<OpenedToday> today;
    site.desk.database.read([&](storage::Transaction& transaction) {
        today.clear();
        for (const auto& opened : ties::opened_by(transaction, visit.session.worker, visit.now - hours{24})) {
            auto asked =
                casework::policy_request(site.desk, transaction, opened.child, visit.session, "read", visit.now);
            if (asked.is_sealed || asked.relationships.contains(policy::Relationship::linked)) continue;
            // A way back leads nobody who may not go there now (R-P-09).
            auto again = casework::policy_request(site.desk, transaction, opened.child, visit.session,
                                                  emergency_type().full_name("open"), visit.now);
            if (!site.desk.policy.decide(again).is_allowed) continue;
            asked.fields = {{policy::Category::id_core, policy::Label::personal}};
            const auto decision = site.desk.policy.decide(asked);
            today.push_back({opened, asked.break_glass && decision.is_allowed && decision.obligations.expires_after});
        }
    });
    return today;
}

/// The way back: by name while the record is open, and after that by the hour alone, to open it again.
Html way_back(const Site& site, const Visit& visit)
{
    const auto today = opened_today(site, visit);
    if (today.empty()) return {};
    Html html = heading("Records you opened today", 2);
    html.lit("<ul class=\"govuk-list govuk-list--spaced\">");
    for (const auto& [opened, is_open] : today) {
        Result<casework::SeenChild> seen = casework::no_such_case();
        if (is_open)
            seen = casework::look_at_child(site.desk, visit.session, visit.request.id, opened.child, "emergency",
                                           visit.now);
        html.lit("<li>");
        if (seen && seen->asked.break_glass)
            html << link(address_of(opened.child), seen->child.names.front().as_given)
                 << web::Text(fmt::format(", open to you until {}", clocks::wall_time(ends_at(*seen, visit.now))));
        else
            html << link(address_of(opened.child),
                         fmt::format("The record you opened at {}", clocks::wall_time(opened.at)));
        html.lit("</li>");
    }
    return html.lit("</ul>");
}

Page search_page(const Site& site, const Visit& visit, const FormState& state, const Html& found)
{
    Page page{.title = "Open a record in an emergency", .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("Open a record in an emergency");
    page.main << paragraph("For a child in danger now, whom your work does not connect you with yet. First find the "
                           "record. Each search is written down.");
    page.main << search_form(site, visit, state) << found << standing_contact(site, visit);
    return page;
}

Result<Outcome> search(const Site& site, const Visit& visit, const web::Fields& form)
{
    FormState state{.values = form, .problems = {}};
    const auto name = std::string(trim(form.get("name")));
    if (name.empty()) state.problems.push_back({ProblemKind::missing, "Enter a name", "name"});
    const auto date = derived::read_input(born_field, "born", form, visit.now, state.problems);
    const auto code = derived::read_input(reason_field(), "reason_code", form, visit.now, state.problems);
    const auto reason = site.desk.lists.label_of("sharing.emergency_reasons", code.text() ? *code.text() : "");
    const auto today = clocks::london_day(visit.now);
    if (!code.text() || !site.desk.lists.is_in_force("sharing.emergency_reasons", *code.text(), today))
        state.problems.push_back({ProblemKind::missing, "Choose why you must find this child now", "reason_code"});
    if (!state.problems.empty()) return search_page(site, visit, state, {});
    std::optional<PartialDate> known;
    if (date.text() != nullptr)
        if (const auto read = parse_partial_date(*date.text())) known = *read;
    const casework::Search asked{.asked = identity::described_by(name, known),
                                 .reason = std::string(reason),
                                 .searched_for = casework::SearchedFor::emergency};
    const auto found = casework::search_children(site.desk, visit.session, visit.request.id, asked, visit.now);
    if (!found && found.error().front().field.empty()) return refuse(found.error());
    if (!found) state.problems = found.error();
    if (!found) return search_page(site, visit, state, {});
    auto page = search_page(site, visit, state, found_children(found->likely, *code.text(), visit.now));
    page.is_answer = true;
    return page;
}

Result<policy::Obligations> owed_by(const Site& site, const Visit& visit)
{
    Result<policy::Obligations> owed = policy::Obligations{};
    site.desk.database.read([&](storage::Transaction& transaction) {
        owed = owed_for_emergencies(site.desk, transaction, visit.session, visit.now);
    });
    return owed;
}

/// The interruption card: what is about to happen, before it does.
Result<Page> card(const Site& site, const Visit& visit, ChildId child, const FormState& state)
{
    const auto owed = TRY(owed_by(site, visit));
    Page page{.title = "Open this record in an emergency?",
              .back_link = web::BackLink{.href = "/emergency-access"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("Open this record in an emergency?");
    for (const auto& [opened, is_open] : opened_today(site, visit))
        if (opened.child == child && !is_open)
            page.main << render(web::InsetText{
                .text = fmt::format("You opened this record at {}, and that has ended. Say why once more to open it.",
                                    clocks::wall_time(opened.at))});
    page.main << render(
        web::WarningText{.text = fmt::format("Only to prevent serious harm. {} So are those who hold the record. {}",
                                             told_in_words(owed), review_in_words(owed))});
    page.main << paragraph(fmt::format("The record is open to you for {}, for the purpose you chose. It shows who the "
                                       "child is, where they live and whom to reach, as far as your role may see it.",
                                       lasting_in_words(owed)));
    const auto& type = emergency_type();
    page.main << derived::form_start(address_of(child), visit.session);
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    for (const auto* name : {"reason_code", "reason"})
        page.main << derived::input_for(site.desk, *type.find_field(name), name, state, visit.now);
    page.main << web::text_field(
        {.name = "code",
         .label = "One-time code",
         .hint =
             "The six digits that your authenticator shows now. Leave it empty if you gave one in the last 15 minutes",
         .error = std::string(state.error("code")),
         .classes = "govuk-input--width-10",
         .autocomplete = "one-time-code",
         .inputmode = "numeric",
         .checks_spelling = false});
    page.main << derived::form_end("Open the record") << standing_contact(site, visit);
    return page;
}

web::SummaryListRow row(std::string_view key, const std::string& value)
{
    return {.key = {.text = key}, .value = {.text = value.empty() ? std::string("Not recorded") : value}};
}

/// The authority that is responsible for the child, else the one where the child lives.
AgencyId answering_authority(const records::Child& child)
{
    return child.responsible_authority.is_none() ? child.host_authority : child.responsible_authority;
}

std::string name_of_authority(const Site& site, AgencyId authority)
{
    std::optional<accounts::Agency> agency;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { agency = accounts::find_agency(transaction, authority); });
    return agency ? agency->name : std::string();
}

/// The first desk of an authority that answers day and night and has a telephone: "Westmoor duty desk, 01632 960011".
std::string desk_to_ring(storage::Transaction& transaction, AgencyId authority)
{
    for (const auto& team : accounts::list_teams(transaction, authority))
        if (team.kind == "duty-desk" && !team.phone.empty()) return fmt::format("{}, {}", team.name, team.phone);
    return {};
}

Html ring_now(std::string_view whom)
{
    return render(web::InsetText{
        .text =
            fmt::format("If a child may be in danger, ring now: {}. Do this whether or not you find a record.", whom)});
}

/// Of a child whose authority is shown, the desk of that authority and no other; else the one near the reader.
Html contact_for(const Site& site, const Visit& visit, const records::Child& child, bool is_address_shown)
{
    std::string desk;
    if (is_address_shown)
        site.desk.database.read(
            [&](storage::Transaction& transaction) { desk = desk_to_ring(transaction, answering_authority(child)); });
    return desk.empty() ? standing_contact(site, visit) : ring_now(desk);
}

Html who_the_child_is(const Site& site, const records::Child& child, bool is_address_shown, UtcTime now)
{
    web::SummaryList list;
    std::vector<std::string> names;
    for (const auto& name : child.names) names.push_back(name.as_given);
    list.rows.push_back(row("Name", join(names, "; ")));
    list.rows.push_back(row("Born", child.born ? fmt::format("{}, {}", clocks::day_words(*child.born),
                                                             records::age_words(child.born, clocks::london_day(now)))
                                               : std::string{}));
    for (const auto& one : child.addresses) list.rows.push_back(row("Address", records::address_words(one)));
    if (child.addresses.empty()) list.rows.push_back(row("Address", is_address_shown ? "" : "Held back from you"));
    for (const auto& one : child.contacts) list.rows.push_back(row("Whom to reach", records::contact_words(one)));
    if (child.contacts.empty())
        list.rows.push_back(
            row("Whom to reach", is_address_shown ? "No telephone is on record" : "Held back from you"));
    // Which authority it is tells where the child is, so it is shown with the address alone.
    if (is_address_shown)
        list.rows.push_back(row("Children's services", name_of_authority(site, answering_authority(child))));
    return render(list);
}

Page opened_page(const Site& site, const Visit& visit, const casework::SeenChild& seen)
{
    Page page{.title = "A record opened in an emergency", .back_link = web::BackLink{.href = "/emergency-access"}};
    const bool is_broken = seen.asked.break_glass && seen.decision.obligations.expires_after;
    page.main << heading(is_broken ? "Opened in an emergency" : "This record is open to you");
    if (is_broken)
        page.main << render(
            web::WarningText{.text = fmt::format("Open to you until {}. Each look is written down and reviewed.",
                                                 clocks::wall_time(ends_at(seen, visit.now)))});
    else
        page.main << paragraph("Your work connects you with this child already: there is no need to open it in an "
                               "emergency.");
    const bool is_address_shown = seen.decision.fields.at(1) == policy::Show::show;
    page.main << who_the_child_is(site, seen.child, is_address_shown, visit.now);
    if (!seen.cases.empty()) page.main << heading("Open now", 2);
    for (const auto& head : seen.cases) {
        const auto* type = site.desk.find_type(head.type);
        Html line;
        line.lit("<p class=\"govuk-body\">") << link(site.home_of(head.type, head.id), type->title);
        page.main << (line.lit("</p>"));
    }
    page.main << contact_for(site, visit, seen.child, is_address_shown);
    if (is_broken) {
        page.main << derived::form_start(address_of(seen.child.id) + "/end", visit.session);
        page.main << derived::form_end("End this now");
    }
    return page;
}

Result<Page> emergency_page(const Site& site, const Visit& visit)
{
    const auto child = TRY(child_in(visit));
    if (!emergency_type().find_action("open")->who.has(visit.session.role))
        return refuse(ProblemKind::withheld,
                      "Your role does not open records in an emergency. Ring the duty inspector");
    const auto seen =
        casework::look_at_child(site.desk, visit.session, visit.request.id, child, "emergency", visit.now);
    const bool is_all_shown = seen && seen->decision.fields.at(1) == policy::Show::show;
    if (is_all_shown || (seen && seen->asked.break_glass)) return opened_page(site, visit, *seen);
    FormState state;
    state.values.add("key", RequestId::random().text());
    state.values.add("reason_code", std::string(visit.request.query.get("reason_code")));
    return card(site, visit, child, state);
}

Result<Outcome> open_record(const Site& site, const ProveAgain& prove_again, const Visit& visit,
                            const web::Fields& form)
{
    const auto child = TRY(child_in(visit));
    FormState state{.values = form, .problems = {}};
    auto asked = Json::object();
    asked.set("child", child.text());
    for (const auto* name : {"reason_code", "reason"})
        asked.set(name, derived::read_input(*emergency_type().find_field(name), name, form, visit.now, state.problems));
    auto proved = visit.session;
    if (const auto code = std::string(trim(form.get("code"))); !code.empty()) {
        if (const auto shown = prove_again(visit, code); shown)
            proved.code_proved_at = visit.now;
        else
            state.problems.push_back(
                {ProblemKind::withheld,
                 "That code is not right, or was used. If it was taken a moment ago, leave this empty. If not, "
                 "enter the next one; after ten wrong ones wait ten minutes",
                 "code"});
    }
    if (state.problems.empty()) {
        const auto acted = casework::act(site.desk, proved, visit.request.id,
                                         {.type = emergency_type().name,
                                          .action = "open",
                                          .key = std::string(form.get("key")),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return address_of(child);
        state.problems = acted.error();
        if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    }
    return TRY(card(site, visit, child, state));
}

/// Every emergency access of this person to this child that was not ended, whatever it was opened for.
std::vector<CaseId> open_access(const Site& site, const Visit& visit, ChildId child)
{
    std::vector<CaseId> ids;
    site.desk.database.read([&](storage::Transaction& transaction) {
        ids.clear();
        for (const auto& tie : ties::ties_for(transaction, child, visit.session.worker))
            if (tie.kind == ties::Kind::emergency && tie.worker == visit.session.worker && !tie.ended_at)
                ids.push_back(tie.proved_by);
    });
    return ids;
}

Result<Outcome> end_access(const Site& site, const Visit& visit)
{
    const auto child = TRY(child_in(visit));
    const auto ids = open_access(site, visit, child);
    if (ids.empty()) return casework::no_such_case();
    for (const auto id : ids)
        TRY(casework::act(site.desk, visit.session, visit.request.id,
                          {.type = emergency_type().name, .action = "end_now", .id = id}, visit.now));
    return Outcome{std::string("/emergency-access")};
}

} // namespace

Html standing_contact(const Site& site, const Visit& visit)
{
    std::string desk;
    site.desk.database.read([&](storage::Transaction& transaction) {
        desk.clear();
        const auto own = accounts::find_team(transaction, visit.session.team);
        if (!own) return;
        const auto authority = accounts::find_agency_by_code(transaction, own->area_code);
        desk = desk_to_ring(transaction, authority ? authority->id : visit.session.agency);
    });
    return ring_now(desk.empty() ? "the duty desk of the local authority, or your duty inspector" : desk);
}

void add_emergency_pages(web::Router& router, const Site& site, ProveAgain prove_again)
{
    site.page(router, "/emergency-access", [&site](const Visit& visit) -> Result<Page> {
        return search_page(site, visit, {}, way_back(site, visit));
    });
    site.post(router, "/emergency-access",
              [&site](const Visit& visit, const web::Fields& form) { return search(site, visit, form); });
    site.page(router, "/emergency-access/{id}", [&site](const Visit& visit) { return emergency_page(site, visit); });
    site.post(router, "/emergency-access/{id}", [&site, prove_again](const Visit& visit, const web::Fields& form) {
        return open_record(site, prove_again, visit, form);
    });
    site.post(router, "/emergency-access/{id}/end",
              [&site](const Visit& visit, const web::Fields&) { return end_access(site, visit); });
}

} // namespace reachable::sharing
