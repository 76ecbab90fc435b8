// Asking children's services: what they are told, and how the request stands.
#include "capabilities/custody/accommodation_pages.h"
#include "capabilities/custody/page_parts.h"
#include "capabilities/custody/release_pages.h"

#include "clocks/london.h"
#include "notices/notices.h"
#include "web/components/details.h"
#include "web/components/moj_timeline.h"
#include "web/components/select.h"
#include "web/components/summary_list.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

using derived::FormState;

const casework::Action& sending()
{
    return *conversation_type().find_action("send_request");
}

/// What the asker has before the form: whom the rule finds, and whom else one may ask.
struct Asked {
    std::vector<accounts::Agency> authorities;
    std::optional<FoundAuthority> found;
    std::optional<accounts::Team> desk;
};

Asked whom_to_ask(const Site& site, const Visit& visit, const Conversation& facts)
{
    Asked asked;
    site.desk.database.read([&](storage::Transaction& transaction) {
        asked.authorities = accounts::list_agencies(transaction, accounts::AgencyKind::local_authority);
        asked.found = find_authority(transaction, facts, facts.suite, visit.session, visit.now);
        if (asked.found) asked.desk = accounts::find_team(transaction, asked.found->desk);
    });
    return asked;
}

Html authority_choice(const Asked& asked, const FormState& state)
{
    web::Select select{
        .id = "authority",
        .name = "authority",
        .items = {{.text = "Choose", .value = ""}},
        .value = state.value("authority"),
        .label = {.text = "Which local authority is asked?", .classes = "govuk-label--s"},
        .hint = web::Hint{.text = "A request is made every time, also if the child says that nobody knows them"}};
    if (select.value.empty() && asked.found) select.value = asked.found->authority.text();
    if (const auto sentence = state.error("authority"); !sentence.empty())
        select.error_message = web::ErrorMessage{.text = sentence};
    for (const auto& authority : asked.authorities)
        select.items.push_back({.text = authority.name, .value = authority.id.text()});
    return render(select);
}

std::string who_was_found(const Site& site, const Asked& asked)
{
    if (!asked.found || !asked.desk) return "Nothing on record says which authority to ask. Choose one.";
    return fmt::format("{} was found: {}. Telephone {}.", asked.desk->name,
                       site.desk.lists.label_of("custody.authority_found_by", asked.found->found_by),
                       asked.desk->phone);
}

/// How long the desk has is dated data, and never stands in a sentence by itself.
std::string how_long_they_have(const casework::Desk& desk, UtcTime now)
{
    const auto& allowance = desk.lists.terms_on("C02", clocks::london_day(now)).allowance;
    if (allowance.counting != clocks::Counting::elapsed) return {};
    return fmt::format(" They have {} to answer.", clocks::duration_words(seconds{allowance.amount}));
}

/// What the form asks below its button's height only when there is something to say: the button must be in reach.
constexpr std::string_view said_if_known[] = {"child_words_setting", "child_words_language", "child_words_interpreter",
                                              "presentation",        "arrested_at",          "arrest_place",
                                              "distance_from_home",  "parent_contacted",     "interview_expected_at"};

bool is_said_if_known(std::string_view name)
{
    return std::ranges::find(said_if_known, name) != std::end(said_if_known);
}

/// R-D-11: of a desk that was asked already, while the network was down.
constexpr std::string_view said_if_asked_already[] = {"channel", "delivered_at"};

bool is_said_if_asked_already(std::string_view name)
{
    return std::ranges::find(said_if_asked_already, name) != std::end(said_if_asked_already);
}

/// What the sender is asked elsewhere: above the form, or below the rest of it.
bool is_not_asked(std::string_view name)
{
    return name == "authority" || name == "authority_found_by" || is_said_if_asked_already(name);
}

Html inputs(const Site& site, const FormState& state, UtcTime now, bool if_known)
{
    Html html;
    for (const auto& ask : casework::asks_of(sending()))
        if (!is_not_asked(ask.name) && is_said_if_known(ask.name) == if_known)
            html << derived::input_for(site.desk, *conversation_type().find_field(ask.name), std::string(ask.name),
                                       state, now, {.is_required = ask.is_required});
    return html;
}

/// Folded under one line; open when something in it was typed or is wrong.
Html folded(std::string_view summary, const Html& inside, std::span<const std::string_view> names,
            const FormState& state)
{
    const auto is_inside = [&](std::string_view box) {
        return std::ranges::any_of(names, [&](std::string_view name) { return box.starts_with(name); });
    };
    bool is_open = false;
    for (const auto& problem : state.problems) is_open = is_open || is_inside(problem.field);
    for (const auto& [name, value] : state.values.all()) is_open = is_open || (is_inside(name) && !value.empty());
    return render(web::Details{.summary = summary, .text = inside, .open = is_open});
}

/// R-D-11: "If network or partner system is down: printable question sheet, phone log, later entry with true times; C02
/// uses true times."
Html asked_already(const Site& site, const FormState& state, UtcTime now)
{
    Html inside = paragraph("Give the true time. The time they have to answer is counted from then, and answers that "
                            "they gave by phone can be typed in with their own time.");
    for (const auto name : said_if_asked_already)
        inside << derived::input_for(site.desk, *conversation_type().find_field(name), std::string(name), state, now,
                                     {.is_required = false});
    return inside;
}

Page sending_page(const Site& site, const Visit& visit, const Seen& seen, const FormState& state, std::int64_t version)
{
    const auto& facts = seen.as<Conversation>();
    const auto asked = whom_to_ask(site, visit, facts);
    Page page{.title = "Ask children's services",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.before_main << news(visit, seen) << web::error_summary_for(state.problems);
    page.main << heading("Ask children's services") << identity_bar(site, visit, seen);
    page.main << paragraph(who_was_found(site, asked));
    page.main << paragraph("They see what you write here, the child's name, age and date of birth, and the custody "
                           "number." +
                           how_long_they_have(site.desk, visit.now));
    page.main << derived::form_start(address(seen.head.id, "/request"), visit.session, version);
    page.main << authority_choice(asked, state) << inputs(site, state, visit.now, false);
    page.main << folded("More that helps, if you know it: the arrest, the parents, the interview",
                        inputs(site, state, visit.now, true), said_if_known, state);
    page.main << folded("You asked them already, by phone or on paper?", asked_already(site, state, visit.now),
                        said_if_asked_already, state);
    page.main << derived::form_end("Send the request");
    return page;
}

/// What was sent, as the desk was told it, for whoever may see it.
Html what_was_sent(const Site& site, const Seen& seen)
{
    web::SummaryList list;
    for (const auto& ask : casework::asks_of(sending())) {
        const auto& field = *seen.type->find_field(ask.name);
        if (is_not_asked(ask.name)) continue;
        const bool is_held_back = seen.shown.at(std::string(ask.name)) < policy::Show::generalise;
        list.rows.push_back({.key = {.text = field.label},
                             .value = {.text = is_held_back ? std::string("Held back (you may not see it)")
                                                            : derived::words_of(site.desk, field, seen.facts.get())}});
    }
    return render(list);
}

/// Empty where it went through this service.
std::string how_it_was_sent(const Site& site, const Conversation& facts)
{
    if (facts.channel.empty() || facts.channel == through_this_service) return {};
    const auto* field = conversation_type().find_field("channel");
    return fmt::format(" ({}; written down here afterwards)", derived::words_of(site.desk, *field, &facts));
}

Page sent_page(const Site& site, const Visit& visit, const Seen& seen)
{
    Page page{.title = "What children's services were told",
              .back_link = web::BackLink{.text = "Request", .href = "/requests/" + seen.head.id.text()}};
    page.main << heading("What children's services were told") << identity_bar(site, visit, seen);
    const auto& facts = seen.as<Conversation>();
    page.main << paragraph(fmt::format("Sent {}{}. What was corrected since then is shown as it stands now.",
                                       clocks::wall_date_time(*facts.sent_at), how_it_was_sent(site, facts)));
    page.main << what_was_sent(site, seen) << sub_pages(seen.head.id, "request");
    return page;
}

constexpr auto not_theirs_to_send = "The request is not yours to send";

Result<Page> new_request(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_at(site, visit, "request"));
    if (seen.as<Conversation>().sent_at) return sent_page(site, visit, seen);
    if (!seen.may_do("send_request")) return refuse(ProblemKind::out_of_order, not_theirs_to_send);
    return sending_page(site, visit, seen, {}, seen.head.version);
}

/// The form began empty, so whatever stands in a field that was typed into was recorded by somebody else since.
void say_what_stands(const Site& site, const Seen& seen, const Json& asked, Problems& problems)
{
    for (const auto& field : seen.type->fields) {
        if (asked.find(field.name) == nullptr || field.is_empty(seen.facts.get())) continue;
        problems.push_back({ProblemKind::conflict,
                            fmt::format("“{}” was recorded after you opened this page. It now says: {}", field.label,
                                        derived::words_of(site.desk, field, seen.facts.get())),
                            std::string(field.name)});
    }
}

Result<Outcome> send_request(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    FormState state{.values = form, .problems = {}};
    const auto asked = derived::read_form(conversation_type(), sending(), form, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = act_by_form(site, visit, id, "send_request", form, asked);
        if (acted) return derived::with_news("/requests/" + id.text(), acted->version);
        state.problems = acted.error();
    }
    const auto seen = TRY(look_at(site, visit, "request"));
    // The form says who cares for the child: nobody else is shown it, also when what they send is refused.
    if (!sending().who.has(visit.session.role)) return refuse(ProblemKind::out_of_order, not_theirs_to_send);
    if (const auto at = seen.as<Conversation>().sent_at; at && !is_conflict(state.problems))
        state.problems = {{ProblemKind::out_of_order,
                           fmt::format("The request was sent already, {}. What stands here now was not sent. Press "
                                       "Brief to go on; if something in it is new, ring the desk and tell them",
                                       clocks::wall_date_time(*at))}};
    if (is_conflict(state.problems)) say_what_stands(site, seen, asked, state.problems);
    return sending_page(site, visit, seen, state, version_again(form, state.problems, seen));
}

/// "inspector, local authority duty manager" for "INSP,LADM".
std::string titles_of(std::string_view roles)
{
    std::vector<std::string> titles;
    for (const auto code : split(roles, ','))
        if (const auto role = accounts::role_from(code)) titles.emplace_back(accounts::title_of(*role));
    return titles.empty() ? "nobody" : join(titles, ", ");
}

std::string event_title(const casework::CaseType& type, const casework::ClockEvent& event)
{
    const auto title = clock_title(type, event.code);
    if (event.event == "warning") return fmt::format("{}: time is running out. Told: {}", title, titles_of(event.told));
    if (event.event == "breach") return fmt::format("{}: the time is up. Told: {}", title, titles_of(event.told));
    return fmt::format("{}: still late. Told again: {}", title, titles_of(event.told));
}

Html timeline(const Seen& seen)
{
    struct Entry {
        UtcTime at;
        web::MojTimelineItem item;
    };
    std::vector<Entry> entries;
    const auto said_of = [&](const casework::VersionRow& version) {
        const bool is_decision = version.action == "decide_time";
        return is_decision ? "Decided: " + what_was_decided(seen, version) : std::string();
    };
    for (const auto& version : seen.history)
        entries.push_back({version.at,
                           {.label = derived::title_of(*seen.type, version.action),
                            .kind = "What was done",
                            .byline = "by " + with_article(accounts::title_of(version.role)),
                            .date = clocks::wall_date_time(version.at),
                            .datetime = to_iso(version.at),
                            .text = said_of(version)}});
    for (const auto& event : seen.clock_events) {
        web::MojTimelineItem item{.label = event_title(*seen.type, event),
                                  .kind = "Clock",
                                  .date = clocks::wall_date_time(event.at),
                                  .datetime = to_iso(event.at)};
        if (!event.gap.empty()) item.text = "Nobody on the rota was: " + titles_of(event.gap);
        entries.push_back({event.at, std::move(item)});
    }
    // Newest first; of what happened in the same second, what came last stands first too.
    std::ranges::reverse(entries);
    std::ranges::stable_sort(entries, [](const Entry& a, const Entry& b) { return a.at > b.at; });
    web::MojTimeline line;
    for (auto& entry : entries) line.items.push_back(std::move(entry.item));
    return render(line);
}

struct OtherSide {
    std::string authority = "Not chosen yet";
    std::string desk;
    std::string phone;
};

OtherSide other_side(const Site& site, const casework::Heading& of)
{
    OtherSide side;
    site.desk.database.read([&](storage::Transaction& transaction) {
        if (const auto agency = accounts::find_agency(transaction, of.partner)) side.authority = agency->name;
        if (const auto team = accounts::find_team(transaction, of.partner_team)) {
            side.desk = team->name;
            side.phone = team->phone;
        }
    });
    return side;
}

Html request_summary(const Site& site, const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    const auto side = other_side(site, seen.head.heading);
    web::SummaryList list;
    const auto add = [&](std::string_view key, std::string value) {
        list.rows.push_back(
            {.key = {.text = key}, .value = {.text = value.empty() ? std::string("Not yet") : std::move(value)}});
    };
    add("Asked", side.desk.empty() ? side.authority : side.authority + ", " + side.desk);
    if (!side.phone.empty()) add("Telephone", side.phone);
    add("Sent", facts.sent_at ? clocks::wall_date_time(*facts.sent_at) : "");
    add("Opened", facts.opened_at ? clocks::wall_date_time(*facts.opened_at) : "");
    add("State", std::string(seen.head.state));
    for (const auto& reroute : facts.reroutes)
        add("Passed on", fmt::format("{}{}", reroute.at ? clocks::wall_date_time(*reroute.at) + ": " : "",
                                     site.desk.lists.label_of("custody.not_our_child_reasons", reroute.reason)));
    return render(list);
}

/// R-X-12: a clock that counted from a wrong time stays to be seen, and whether it was late.
Html corrected_clocks(const Seen& seen)
{
    Html html;
    for (const auto& clock : seen.clocks)
        if (clock.corrected_at)
            html << paragraph(fmt::format("{}: a clock counted from {}{}, until two people corrected its times on {}.",
                                          clock_title(*seen.type, clock.code), clocks::wall_date_time(clock.started_at),
                                          clock.breached_at ? " and was late" : "",
                                          clocks::wall_date_time(*clock.corrected_at)));
    return html;
}

Result<Page> request_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(look_at(site, visit, "request", true));
    Page page{.title = "The request to children's services",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)}};
    page.before_main << news(visit, seen);
    page.main << heading("The request to children's services") << identity_bar(site, visit, seen);
    for (const auto& clock : seen.clocks)
        if (clock.code == "C02" && !clock.corrected_at)
            page.main << clock_box(clock, seen.clocks, *seen.type, visit.now);
    page.main << request_summary(site, seen) << corrected_clocks(seen);
    if (seen.as<Conversation>().sent_at) {
        page.main.lit("<p class=\"govuk-body\">")
            << link(address(seen.head.id, "/request"), "What children's services were told");
        page.main.lit("</p>");
    }
    if (seen.may_do("chase") && awaits_the_desk(seen)) {
        page.main << derived::form_start("/requests/" + seen.head.id.text() + "/chase", visit.session);
        page.main << derived::form_end("Chase: send the desk a new link and tell it again");
    }
    if (seen.may_do("answer_by_phone"))
        page.main << button_link(address(seen.head.id, "/answer"), "Record answers given by phone");
    page.main << left_unasked(seen) << what_was_passed_back(site, visit, seen, address(seen.head.id));
    if (may_send_request(seen)) page.main << button_link(address(seen.head.id, "/request"), "Send the request", false);
    if (seen.may_do(casework::correct_action)) {
        page.main.lit("<p class=\"govuk-body\">") << link(address(seen.head.id, "/correct"), "Correct something");
        page.main.lit("</p>");
    }
    page.main << heading("What happened", 2) << timeline(seen) << sub_pages(seen.head.id, "request");
    return page;
}

Result<Outcome> chase(const Site& site, const Visit& visit, const web::Fields&)
{
    const auto id = TRY(visit.case_id());
    const auto acted = TRY(casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = "custody", .action = "chase", .id = id}, visit.now));
    return derived::with_news("/requests/" + id.text(), acted.version);
}

} // namespace

void add_request_pages(web::Router& router, const Site& site)
{
    site.page(router, "/custody/{id}/request", [&site](const Visit& visit) { return new_request(site, visit); });
    site.post(router, "/custody/{id}/request",
              [&site](const Visit& visit, const web::Fields& form) { return send_request(site, visit, form); });
    site.watched_page(router, "/requests/{id}", [&site](const Visit& visit) { return request_page(site, visit); });
    site.post(router, "/requests/{id}/chase",
              [&site](const Visit& visit, const web::Fields& form) { return chase(site, visit, form); });
}

} // namespace reachable::custody
