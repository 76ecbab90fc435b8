// /missing/handover: the board at a shift change. Each child with what whoever takes over must know and one button; on
// paper the same without buttons, for the briefing.
#include "capabilities/missing/handover.h"
#include "capabilities/missing/pages.h"

#include "base/number.h"
#include "base/text.h"
#include "clocks/london.h"
#include "derived/site_sealed.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

constexpr std::string_view board_handover_at = "/missing/handover";
constexpr std::string_view next_on_board = "next"; // the first button that the reader has still to press

/// Everything that the page is made of.
struct Shift {
    OnDuty duty;
    std::string duty_name;
    std::optional<Seen> handover; // that is open
    std::vector<BoardLine> lines;
    bool is_next = true; // the next button is the first that the reader has still to press
};

std::string name_of_worker(storage::Transaction& transaction, WorkerId id)
{
    const auto worker = accounts::find_worker(transaction, id);
    return worker ? worker->name : std::string("nobody on record");
}

std::optional<Seen> look_at_handover(const Site& site, const Visit& visit, const std::optional<CaseId>& id)
{
    if (!id) return std::nullopt;
    auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                      {.type = board_handover_type().name, .id = *id, .page = "board"}, visit.now);
    return seen ? std::optional(std::move(*seen)) : std::nullopt;
}

/// Who has the duty is read in the handover by which they took it, by whoever may read that one.
Shift read_shift(const Site& site, const Visit& visit)
{
    Shift shift;
    std::optional<CaseId> open, last;
    site.desk.database.read([&](storage::Transaction& transaction) {
        shift.lines = lines_of_the_board(transaction, site.desk, visit.session, visit.now);
        open = open_handover_of(transaction, visit.session.agency);
        last = last_handover_of(transaction, visit.session.agency);
    });
    if (const auto taken = look_at_handover(site, visit, last))
        shift.duty = {taken->as<BoardHandover>().to, taken->as<BoardHandover>().ended_at};
    shift.handover = look_at_handover(site, visit, open);
    site.desk.database.read(
        [&](storage::Transaction& transaction) { shift.duty_name = name_of_worker(transaction, shift.duty.worker); });
    return shift;
}

const BoardHandover& facts_in(const Shift& shift)
{
    return shift.handover->as<BoardHandover>();
}

bool may_accept_here(const Visit& visit, const Shift& shift)
{
    return shift.handover && shift.handover->may_do("accept") && facts_in(shift).from != visit.session.worker;
}

Html who_has_the_duty(const Shift& shift)
{
    const auto since = shift.duty.since ? ", since " + clocks::wall_date_time(*shift.duty.since) : std::string();
    Html html = web::paragraph(fmt::format("On duty at the board: {}{}.", shift.duty_name, since));
    if (!shift.handover) return html;
    const auto& handover = facts_in(shift);
    if (handover.duty_ends_at)
        html << web::paragraph(fmt::format(
            "The board is being handed over; duty ends {}. {}", clocks::wall_date_time(*handover.duty_ends_at),
            handover.from.is_none() ? std::string("Whoever accepts every episode can then take it over.")
                                    : shift.duty_name + " has the duty until whoever takes over has "
                                                        "accepted every episode."));
    if (!handover.words.words.empty()) html << web::paragraph("Of the whole board: " + handover.words.words);
    return html;
}

void put_item(Html& html, const BoardLine& line)
{
    html.lit("<input type=\"hidden\" name=\"episode\"")
        .attribute("value", fmt::format("{} {}", line.episode.text(), line.version))
        .lit(">");
}

Html button_start(Shift& shift, const Visit& visit, std::string_view rest)
{
    Html html;
    html.lit("<div class=\"app-no-print\"");
    if (shift.is_next) html.attribute("id", next_on_board);
    shift.is_next = false;
    html.lit(">") << derived::form_start(fmt::format("{}/{}", board_handover_at, rest), visit.session);
    return html;
}

/// One press accepts one child, as the episode reads on this page.
Html accept_button_of(const Visit& visit, Shift& shift, const BoardLine& line, std::string_view name)
{
    if (!may_accept_here(visit, shift) || accepted_at(facts_in(shift), line, visit.session.worker)) return {};
    Html html = button_start(shift, visit, "accept");
    put_item(html, line);
    html.lit("<button type=\"submit\" class=\"govuk-button govuk-button--secondary govuk-!-margin-bottom-1\" "
             "data-prevent-double-click=\"true\">Accept<span class=\"govuk-visually-hidden\">: ")
        << name;
    return html.lit("</span></button></form></div>");
}

/// Those who are not at high risk may be accepted together, when they have been read.
Html accept_the_others(const Visit& visit, Shift& shift)
{
    if (!may_accept_here(visit, shift)) return {};
    auto left = left_to_accept(facts_in(shift), shift.lines, visit.session.worker);
    std::erase_if(left, [](const BoardLine& line) { return line.is_high; });
    if (left.size() < 2) return {};
    Html html = button_start(shift, visit, "accept");
    for (const auto& line : left) put_item(html, line);
    return html << web::button(fmt::format("Accept these {}: I have read them", left.size()),
                               web::ButtonLook::secondary)
                << web::lit("</form></div>");
}

void add_fact(web::SummaryList& list, std::string_view key, const std::string& words)
{
    if (!words.empty()) list.rows.push_back({.key = {.text = key}, .value = {.text = words}});
}

std::string due_now(const Seen& seen, UtcTime now)
{
    std::vector<std::string> due;
    for (const auto& clock : seen.clocks) {
        if (clock.stopped_at) continue;
        for (const auto& declared : episode_type().clocks)
            if (declared.code == clock.code)
                due.push_back(fmt::format("{}{}{}", declared.title, clock.due_at < now ? ": overdue since " : " by ",
                                          clocks::wall_date_time(clock.due_at)));
    }
    return join(due, "; ");
}

std::string enquiries_left(const Episode& episode)
{
    std::vector<std::string> left;
    for (const auto& one : episode.enquiries)
        if (one.came_of_it.empty())
            left.push_back(fmt::format("{}, {}{}", one.what, one.who,
                                       one.due ? ", by " + clocks::wall_date_time(*one.due) : std::string()));
    return join(left, "; ");
}

std::string companions_in_words(const Episode& episode)
{
    std::vector<std::string> who;
    for (const auto& one : episode.companions) who.push_back(one.who);
    return join(who, "; ");
}

Html accepted_in_words(const Site& site, const Shift& shift, const BoardLine& line)
{
    Html html;
    if (!shift.handover) return html;
    for (const auto& one : facts_in(shift).accepted) {
        if (one.episode != line.episode || one.version != line.version || !one.at) continue;
        std::string name;
        site.desk.database.read([&](storage::Transaction& transaction) { name = name_of_worker(transaction, one.by); });
        html << web::paragraph(fmt::format("Accepted by {} at {}", name, clocks::wall_time(*one.at)));
    }
    return html;
}

/// Who is to be avoided and what helps goes with the child from shift to shift.
Html flags_in_words(const Site& site, const Visit& visit, const Seen& seen)
{
    constexpr std::size_t most_letters = 600;
    const auto words = web::safety_summary_on_paper(site.safety_summary_of(visit, seen), most_letters);
    return words.empty() ? Html{} : web::paragraph(words);
}

/// What whoever takes over must not have to ask again. A look of its own: what is closed to them is not here.
Html child_on_the_board(const Site& site, const Visit& visit, Shift& shift, const BoardLine& line)
{
    const auto seen =
        derived::look_sealed_or_open(site.desk, visit.session, visit.request.id,
                                     {.type = episode_type().name, .id = line.episode, .page = "board"}, visit.now);
    if (!seen) return {};
    if (derived::waits_for_a_reason(*seen)) {
        Html sealed = web::lit("<section class=\"app-block\">");
        sealed << web::heading("A sealed record", 3) << web::lit("<p class=\"govuk-body\">")
               << web::link(address_of(line.episode), "Open the episode and say why, before you accept it");
        return sealed.lit("</p></section>");
    }
    const auto& episode = seen->as<Episode>();
    const auto name = derived::shown_name(seen->child);
    const auto level = level_of(episode);
    web::SummaryList list;
    add_fact(list, "Risk",
             level.empty() ? "Nobody has said yet"
                           : fmt::format("{}{}", site.desk.lists.label_of("missing.levels", level),
                                         episode.grades.back().because.words.empty()
                                             ? std::string()
                                             : ": " + episode.grades.back().because.words));
    add_fact(list, "Away",
             episode.returned_at ? "Back since " + clocks::wall_date_time(*episode.returned_at)
                                 : away_words(episode, visit.now));
    add_fact(list, "Last seen", episode.last_seen_where);
    add_fact(list, "Found or heard of", episode.located_where);
    add_fact(list, "Who may be with the child", companions_in_words(episode));
    add_fact(list, "Urgent health", episode.urgent_health.words);
    add_fact(list, "Still to be done", enquiries_left(episode));
    add_fact(list, "Due", due_now(*seen, visit.now));
    Html html = web::lit("<section class=\"app-block\">");
    html << web::heading(line.is_high ? name + ", high risk" : name, 3) << render(list)
         << flags_in_words(site, visit, *seen) << accepted_in_words(site, shift, line)
         << accept_button_of(visit, shift, line, name);
    html.lit("<p class=\"govuk-body app-no-print\">")
        << web::link(address_of(line.episode), "The whole episode of " + name);
    return html.lit("</p></section>");
}

Html taking_the_board(const Visit& visit, Shift& shift)
{
    Html html;
    if (!shift.handover) return html;
    const auto& handover = facts_in(shift);
    const auto& me = visit.session.worker;
    if (shift.handover->may_do("withdraw") && (me == handover.from || me == handover.opened_by))
        html << derived::form_start(fmt::format("{}/withdraw", board_handover_at), visit.session)
             << web::button("Stay on duty: end this handover", web::ButtonLook::secondary) << web::lit("</form>");
    if (!may_accept_here(visit, shift) || !left_to_accept(handover, shift.lines, me).empty()) return html;
    return html << button_start(shift, visit, "take-over") << web::button("Take the board over")
                << web::lit("</form></div>");
}

Html opening_form(const Site& site, const Visit& visit, const Shift& shift, const FormState& state)
{
    if (shift.handover) return {};
    const auto& type = board_handover_type();
    Html html = web::lit("<div class=\"app-no-print\">");
    html << web::heading("Hand the board over", 2) << derived::form_start(board_handover_at, visit.session);
    for (const auto* name : {"duty_ends_at", "words"})
        html << derived::input_for(
            site.desk, *type.find_field(name), name, state, visit.now,
            {.is_required = std::string_view(name) == "duty_ends_at" && shift.duty.worker == visit.session.worker});
    return html << derived::form_end("Hand the board over") << web::lit("</div>");
}

Result<Page> board_handover_page(const Site& site, const Visit& visit, const FormState& state)
{
    if (!looks_for_children(visit.session.role))
        return refuse(ProblemKind::withheld, "The board is handed over by those who look for missing children");
    auto shift = read_shift(site, visit);
    Page page{.title = "Handover of the board",
              .back_link = web::BackLink{.text = "Missing children", .href = "/missing"},
              .has_errors = !state.problems.empty()};
    page.body_classes = "app-summary-sheet";
    page.printed_by_line =
        fmt::format("Printed {} by {}. Destroy it when the shift ends.", clocks::wall_date_time(visit.now),
                    with_article(accounts::title_of(visit.session.role)));
    page.before_main << web::error_summary_for(state.problems);
    page.main << web::heading("Handover of the board") << who_has_the_duty(shift);
    if (shift.handover)
        page.main << web::paragraph("Read each child and accept them; those at high risk one by one. What changes "
                                    "meanwhile is accepted again.");
    page.main << web::heading(fmt::format("Open episodes that your force leads: {}", shift.lines.size()), 2);
    if (shift.lines.empty()) page.main << web::paragraph("None is open that you may see.");
    for (const auto& line : shift.lines) page.main << child_on_the_board(site, visit, shift, line);
    page.main << accept_the_others(visit, shift) << taking_the_board(visit, shift)
              << opening_form(site, visit, shift, state);
    return page;
}

std::optional<CaseId> handover_here(const Site& site, const Visit& visit)
{
    std::optional<CaseId> id;
    site.desk.database.read(
        [&](storage::Transaction& transaction) { id = open_handover_of(transaction, visit.session.agency); });
    return id;
}

Result<Outcome> act_on_board(const Site& site, const Visit& visit, const FormState& sent, std::string action,
                             Json asked, std::string_view next)
{
    auto state = sent;
    CaseId id;
    if (action != "open") {
        const auto open = handover_here(site, visit);
        if (!open) return refuse(ProblemKind::out_of_order, "The board is not being handed over");
        id = *open;
    }
    const casework::Act act{
        .type = board_handover_type().name, .action = std::move(action), .id = id, .asked = std::move(asked)};
    const auto acted = casework::act(site.desk, visit.session, visit.request.id, act, visit.now);
    if (acted) return std::string(next);
    state.problems = derived::as_told(site.desk, visit.session, act, acted.error(), visit.now);
    if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    return TRY(board_handover_page(site, visit, state));
}

Result<Outcome> open_board_handover(const Site& site, const Visit& visit, const web::Fields& form)
{
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(board_handover_type(), *board_handover_type().find_action("open"), form, visit.now,
                                    state.problems);
    if (!state.problems.empty()) return TRY(board_handover_page(site, visit, state));
    return act_on_board(site, visit, state, "open", std::move(asked), board_handover_at);
}

/// "<episode> <version>", once for each that was accepted.
Result<Json> accepted_in(const web::Fields& form)
{
    auto items = Json::list();
    for (const auto one : form.all_of("episode")) {
        const auto space = one.find(' ');
        const auto version =
            space == std::string_view::npos ? std::nullopt : whole_number<std::int64_t>(one.substr(space + 1));
        if (!version) return refuse(ProblemKind::malformed, "There is no such episode on the board");
        items.add(Json::object().set("episode", one.substr(0, space)).set("version", *version));
    }
    return Json::object().set("accepted", std::move(items));
}

} // namespace

void add_board_handover(web::Router& router, const Site& site)
{
    const std::string at(board_handover_at);
    site.page(router, at, [&site](const Visit& visit) { return board_handover_page(site, visit, {}); });
    site.post(router, at,
              [&site](const Visit& visit, const web::Fields& form) { return open_board_handover(site, visit, form); });
    site.post(router, at + "/accept", [&site](const Visit& visit, const web::Fields& form) -> Result<Outcome> {
        return act_on_board(site, visit, {}, "accept", TRY(accepted_in(form)), "/missing/handover#next");
    });
    site.post(router, at + "/take-over", [&site](const Visit& visit, const web::Fields&) {
        return act_on_board(site, visit, {}, "take_over", Json::object(), board_handover_at);
    });
    site.post(router, at + "/withdraw", [&site](const Visit& visit, const web::Fields&) {
        return act_on_board(site, visit, {}, "withdraw", Json::object(), board_handover_at);
    });
}

} // namespace reachable::missing
