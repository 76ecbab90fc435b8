// Shift change on the screen: of each child what must not be taken over unread, with one button a line. The page of one
// child, and the page of everybody in the suite. Paper has no buttons: there the outgoing and the incoming read the
// same lines.
#include "capabilities/custody/handover.h"
#include "capabilities/custody/sealed_page.h"

#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

using derived::FormState;

constexpr std::size_t read_at_once = 25;
constexpr std::size_t most_instructions = 3;
/// On paper a child takes no more than a third of a sheet, and two children fit where one would.
constexpr std::size_t most_on_paper = 60;
constexpr std::size_t most_own_words_on_paper = 100;
constexpr std::string_view next_line = "next"; // the first button that the reader has still to press

/// How far the making of a page has come.
struct Walk {
    bool of_the_suite = false;
    bool is_next = true; // the next button is the first that the reader has still to press
};

Html small(std::string_view words)
{
    Html html;
    html.lit("<p class=\"govuk-body-s govuk-!-margin-bottom-1\">") << words;
    return html.lit("</p>");
}

/// Whole on the screen, its beginning on paper.
Html words_of(const std::string& words)
{
    if (words.size() <= most_on_paper) return paragraph(words);
    Html html;
    html.lit("<p class=\"govuk-body app-no-print\">") << words;
    html.lit("</p><p class=\"govuk-body app-print-only\" aria-hidden=\"true\">")
        << shortened(words, most_on_paper, " …");
    return html.lit("</p>");
}

/// "In charge of the child: Sgt Hale, since 03:20." While a handover is open, that nothing has changed hands.
Html who_is_in_charge(const Site& site, const Conversation& facts)
{
    const bool is_known = !facts.in_charge.is_none();
    const auto name = is_known ? name_of(site, facts.in_charge) : std::string("nobody on record");
    const auto since = facts.in_charge_since ? ", since " + clocks::wall_date_time(*facts.in_charge_since) : "";
    Html html = paragraph(fmt::format("In charge of the child: {}{}.", name, since));
    const auto* handover = open_handover(facts);
    if (handover == nullptr || !handover->duty_ends_at) return html;
    const auto too =
        handover->with_detention_officer.value_or(false) ? " A detention officer accepts them too." : std::string();
    const auto until = is_known ? name + " stays in charge until whoever takes over has accepted each line."
                                : std::string("Whoever accepts each line can then take the child over.");
    return html << paragraph(fmt::format("A handover is open; duty ends {}. {}{}",
                                         clocks::wall_date_time(*handover->duty_ends_at), until, too));
}

/// Who has accepted the line as it reads now, each with the time.
Html accepted_by(const Site& site, const Conversation& facts, const CriticalLine& line)
{
    Html html;
    for (const auto& one : facts.accepted_lines) {
        const auto role = accounts::role_from(one.role);
        if (one.line != line.line || !role || accepted_at(facts, line, {one.by, *role}) != one.at) continue;
        html << small(fmt::format("Accepted by {} at {}", name_of(site, one.by), clocks::wall_time(*one.at)));
    }
    return html;
}

Taker taker_in(const Visit& visit)
{
    return {visit.session.worker, visit.session.role};
}

bool may_accept(const Visit& visit, const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    return seen.may_do("accept_line") && open_handover(facts) != nullptr && visit.session.worker != facts.in_charge;
}

/// One press accepts one line, as it reads on this page (R-D-08).
Html accept_button(const Visit& visit, const Seen& seen, const CriticalLine& line, Walk& walk)
{
    if (!may_accept(visit, seen) || accepted_at(seen.as<Conversation>(), line, taker_in(visit))) return {};
    Html html;
    html.lit("<div");
    if (walk.is_next) html.attribute("id", next_line);
    walk.is_next = false;
    html.lit(">") << derived::form_start(address(seen.head.id, "/handover/accept"), visit.session);
    html.lit("<input type=\"hidden\" name=\"line\"").attribute("value", line.line);
    html.lit("><input type=\"hidden\" name=\"mark\"").attribute("value", line.mark).lit(">");
    if (walk.of_the_suite) html.lit("<input type=\"hidden\" name=\"back\" value=\"suite\">");
    html.lit("<button type=\"submit\" class=\"govuk-button govuk-button--secondary govuk-!-margin-bottom-1\" "
             "data-prevent-double-click=\"true\">Accept<span class=\"govuk-visually-hidden\">: ")
        << line.topic;
    html.lit(" of ") << (seen.child ? seen.child->shown_name() : std::string("this child"));
    return html.lit("</span></button></form></div>");
}

/// When every line is accepted, the press that takes the child over; for whoever is in charge, the one that stays so.
Html taking_over(const Site& site, const Visit& visit, const Seen& seen, Walk& walk)
{
    const auto& facts = seen.as<Conversation>();
    if (!seen.may_do("take_over") || open_handover(facts) == nullptr) return {};
    const bool stays = !facts.in_charge.is_none() && visit.session.worker == facts.in_charge;
    const auto lines = critical_lines(facts, questions_for(facts, site.desk, clocks::london_day(visit.now)));
    if (!stays && !left_to_accept(facts, lines, taker_in(visit)).empty()) return {};
    const auto may = may_take_over(facts, lines, visit.session.worker);
    Html html;
    html.lit("<div class=\"app-no-print\"");
    if (walk.is_next && !stays) html.attribute("id", next_line);
    walk.is_next = walk.is_next && stays;
    html.lit(">");
    if (!stays && !may) {
        html << paragraph(sentences(may.error()) + ".");
        return html.lit("</div>");
    }
    html << derived::form_start(address(seen.head.id, "/handover/take-over"), visit.session);
    if (walk.of_the_suite) html.lit("<input type=\"hidden\" name=\"back\" value=\"suite\">");
    html << web::button(stays ? "Stay in charge: end this handover" : "Take the child over");
    return html.lit("</form></div>");
}

/// The line of the brief that says it; null for the lines that stand on no brief.
const BriefLine* find_line(const Brief& brief, std::string_view line)
{
    for (const auto* lines : {&brief.first, &brief.more})
        for (const auto& one : *lines)
            if (one.line == line) return &one;
    return nullptr;
}

Html what_it_says(const Brief& brief, const CriticalLine& line)
{
    const auto* one = find_line(brief, line.line);
    if (one == nullptr) return paragraph(line.words);
    Html html = state_mark(*one);
    if (!one->words.empty()) html << words_of(one->words);
    html.lit("<p class=\"govuk-body-s govuk-!-margin-bottom-1 app-no-print\">") << source_words(*one);
    return html.lit("</p>");
}

std::string topic_of(const Brief& brief, const CriticalLine& line)
{
    const auto* one = find_line(brief, line.line);
    return one == nullptr ? line.topic : numbered_topic(*one);
}

/// What is still to be done, and by when.
Html what_is_outstanding(const Brief& brief, const Seen& seen, UtcTime now)
{
    Html html;
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">");
    bool any = false;
    for (const auto& clock : seen.clocks) {
        if (clock.stopped_at || clock.code == handover_clock) continue;
        any = true;
        html.lit("<li>") << fmt::format("{}: due {}{}", clock_title(*seen.type, clock.code),
                                        clocks::wall_time_told_apart(clock.due_at),
                                        now > clock.due_at ? ", overdue" : "");
        html.lit("</li>");
    }
    for (std::size_t i = 0; i < std::min(brief.do_now.size(), most_instructions); ++i) {
        any = true;
        html.lit("<li>") << brief.do_now[i].sentence;
        html.lit("</li>");
    }
    if (!any) html.lit("<li>Nothing is due.</li>");
    return html.lit("</ul>");
}

/// The critical lines; while a handover is open, with who has accepted them. What the reader may not see says so.
Html lines_of(const Site& site, const Visit& visit, const Seen& seen, const Brief& brief, Walk& walk)
{
    const auto& facts = seen.as<Conversation>();
    const bool is_open = open_handover(facts) != nullptr;
    const auto questions = questions_for(facts, site.desk, clocks::london_day(visit.now));
    const auto held_back = held_back_from(seen, questions, site);
    web::Table table{.caption = "Told already: not asked of the child again",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "About"}, {.text = "What we know"}},
                     .first_cell_is_header = true,
                     .classes = "app-handover__lines"};
    if (is_open) table.head.push_back({.text = "Accepted"});
    const auto add_held_back = [&](std::string_view topic) {
        table.rows.push_back({{.text = topic}, {.text = state_mark(BriefLine{.is_held_back = true})}});
        if (is_open) table.rows.back().push_back({.text = paragraph("Held back from you")});
    };
    for (const auto& question : questions)
        if (question.is_critical && held_back.contains(question.number))
            add_held_back(fmt::format("{} {}", question.number, question.topic));
    if (seen.shown.at("health_seen") < policy::Show::generalise) add_held_back("Health seen at custody");
    for (const auto& line : critical_lines(facts, without(questions, held_back))) {
        table.rows.push_back({{.text = topic_of(brief, line)}, {.text = what_it_says(brief, line)}});
        if (!is_open) continue;
        Html cell; // who accepts does so on the screen
        cell.lit("<div class=\"app-no-print\">");
        const auto accepted = accepted_by(site, facts, line);
        const auto button = accept_button(visit, seen, line, walk);
        if (accepted.empty() && button.empty()) cell << paragraph("Not accepted yet");
        cell << accepted << button;
        cell.lit("</div>");
        table.rows.back().push_back({.text = cell});
    }
    return stacked(table);
}

/// What whoever takes over needs of one child, and accepts.
Html child_block(const Site& site, const Visit& visit, const Seen& seen, Walk& walk)
{
    const auto& facts = seen.as<Conversation>();
    const auto day = clocks::london_day(visit.now);
    const auto questions = questions_for(facts, site.desk, day);
    const auto brief = make_brief(facts, questions, site.desk, day, held_back_from(seen, questions, site));
    const int level = walk.of_the_suite ? 3 : 2;
    Html html = who_is_in_charge(site, facts);
    if (const auto words = child_words(facts); !words.words.words.empty())
        html << heading("In the child's own words", level) << in_own_words(words, most_own_words_on_paper);
    html << lines_of(site, visit, seen, brief, walk) << taking_over(site, visit, seen, walk);
    html << heading("Still to do", level) << what_is_outstanding(brief, seen, visit.now);
    return html;
}

const casework::Part& handovers()
{
    return *conversation_type().find_part("handovers");
}

Html opening_form(const Site& site, const Visit& visit, std::string_view where, std::string_view button,
                  const FormState& typed)
{
    auto state = typed;
    if (state.problems.empty()) web::fill_time(state.values, "handovers-duty_ends_at", visit.now);
    Html html;
    html.lit("<div class=\"app-no-print\">") << derived::form_start(where, visit.session);
    for (const auto& field : handovers().fields)
        if (!field.is_noted)
            html << derived::input_for(site.desk, field, fmt::format("handovers-{}", field.name), state, visit.now);
    html << derived::form_end(button);
    return html.lit("</div>");
}

Html print_button()
{
    Html html;
    return html.lit("<button type=\"button\" class=\"govuk-button govuk-button--secondary app-no-print\" data-print "
                    "hidden>Print the handover</button>");
}

std::string printed_by(const Visit& visit)
{
    return fmt::format("Printed {} by {}. Destroy after the handover.", clocks::wall_date_time(visit.now),
                       with_article(accounts::title_of(visit.session.role)));
}

// ---- the page of one child ----

Page one_child(const Site& site, const Visit& visit, const Seen& seen, const FormState& state)
{
    if (waits_for_a_reason(seen))
        return sealed_page(site, visit, seen, address(seen.head.id), {.values = {}, .problems = state.problems});
    Page page{.title = "Handover",
              .back_link = web::BackLink{.text = "Brief", .href = address(seen.head.id)},
              .has_errors = !state.problems.empty()};
    page.printed_by_line = printed_by(visit);
    page.before_main << news(visit, seen) << web::error_summary_for(state.problems);
    page.main << heading("Handover") << identity_bar(site, visit, seen) << print_button();
    Walk walk;
    page.main << child_block(site, visit, seen, walk);
    const bool may_open = seen.may_do("open_handover") && open_handover(seen.as<Conversation>()) == nullptr;
    if (may_open)
        page.main << heading("Hand the child over", 2)
                  << opening_form(site, visit, address(seen.head.id, "/handover"), "Open the handover", state);
    page.main.lit("<p class=\"govuk-body app-no-print\">") << link("/handover", "Handover of everybody here");
    page.main.lit("</p>");
    return page;
}

Result<Page> show_one_child(const Site& site, const Visit& visit)
{
    return one_child(site, visit, TRY(look_at(site, visit, "handover")), {});
}

/// What the form asks for, with everything that is missing of it.
Json opening_in(const web::Fields& form, UtcTime now, Problems& problems)
{
    auto asked =
        derived::read_form(conversation_type(), *conversation_type().find_action("open_handover"), form, now, problems);
    // An empty part is no part, and the rule then has nothing to say what is missing of.
    if (problems.empty() && asked.members()->empty())
        problems = {{ProblemKind::missing, "Enter when the duty ends", "handovers-duty_ends_at"},
                    {ProblemKind::missing, "Say whether a detention officer takes over too",
                     "handovers-with_detention_officer"}};
    return asked;
}

Result<casework::Acted> act_on(const Site& site, const Visit& visit, CaseId id, std::string_view action,
                               const Json& asked = Json::object())
{
    return casework::act(site.desk, visit.session, visit.request.id,
                         {.type = "custody", .action = std::string(action), .id = id, .asked = asked}, visit.now);
}

Result<Outcome> open_for_one(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    FormState state{.values = form, .problems = {}};
    const auto asked = opening_in(form, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = act_on(site, visit, id, "open_handover", asked);
        if (acted) return derived::with_news(address(id, "/handover"), acted->version);
        state.problems = acted.error();
    }
    return one_child(site, visit, TRY(look_at(site, visit, "handover")), state);
}

/// After a press: where the next one stands, or the child's page with what was refused.
Result<Outcome> after(const Site& site, const Visit& visit, const web::Fields& form,
                      const Result<casework::Acted>& acted)
{
    const auto id = TRY(visit.case_id());
    if (!acted)
        return one_child(site, visit, TRY(look_at(site, visit, "handover")), {.values = {}, .problems = acted.error()});
    if (form.get("back") == "suite") return fmt::format("/handover#{}", next_line);
    return fmt::format("{}#{}", derived::with_news(address(id, "/handover"), acted->version), next_line);
}

/// True if this person has accepted the line as it reads now: a button pressed twice did what was asked of it.
bool is_done_already(const Site& site, const Visit& visit, const Seen& seen, std::string_view line)
{
    const auto& facts = seen.as<Conversation>();
    const auto lines = critical_lines(facts, questions_for(facts, site.desk, clocks::london_day(visit.now)));
    const auto found = std::ranges::find(lines, line, &CriticalLine::line);
    return found != lines.end() && accepted_at(facts, *found, taker_in(visit)).has_value();
}

Result<Outcome> accept(const Site& site, const Visit& visit, const web::Fields& form)
{
    // Several lines in one press are asked for as they came, and the rule refuses them.
    auto lines = Json::list();
    for (const auto line : form.all_of("line"))
        lines.add(Json::object().set("line", std::string(line)).set("mark", std::string(form.get("mark"))));
    auto asked = Json::object();
    asked.set("accepted_lines", std::move(lines));
    const auto id = TRY(visit.case_id());
    const auto acted = act_on(site, visit, id, "accept_line", asked);
    if (!acted && form.all_of("line").size() == 1 &&
        is_done_already(site, visit, TRY(look_at(site, visit, "handover")), form.get("line")))
        return form.get("back") == "suite" ? std::string("/handover") : address(id, "/handover");
    return after(site, visit, form, acted);
}

Result<Outcome> take_over(const Site& site, const Visit& visit, const web::Fields& form)
{
    return after(site, visit, form, act_on(site, visit, TRY(visit.case_id()), "take_over"));
}

// ---- everybody in the suite ----

Result<Seen> look_at_one(const Site& site, const Visit& visit, CaseId id)
{
    return casework::look(site.desk, visit.session, visit.request.id, {.type = "custody", .id = id, .page = "handover"},
                          visit.now);
}

Html block_of_the_suite(const Site& site, const Visit& visit, const Seen& seen, Walk& walk)
{
    const bool is_sealed = waits_for_a_reason(seen);
    const auto name = seen.child ? seen.child->shown_name() : std::string("Name held back");
    const auto age =
        seen.child && !is_sealed ? records::age_words(seen.child->born, clocks::london_day(visit.now)) : std::string();
    Html html;
    html.lit("<section class=\"app-handover\"").attribute("id", seen.head.id.text());
    html.lit("><h2 class=\"govuk-heading-m\">") << link(address(seen.head.id), name);
    if (!age.empty()) html << web::Text(", " + age);
    html << web::Text(", custody number " + number_of(site, seen.head.id));
    html.lit("</h2>") << (is_sealed ? paragraph(why_before_handover) : child_block(site, visit, seen, walk));
    return html.lit("</section>");
}

/// Everybody in one suite, whoever needs something first coming first; each is looked at by itself.
Result<std::vector<Seen>> everybody_in(const Site& site, const Visit& visit, TeamId suite)
{
    std::vector<Seen> all;
    for (std::size_t skip = 0;; skip += read_at_once) {
        const auto listed =
            TRY(casework::list(site.desk, visit.session, visit.request.id,
                               {.type = "custody", .most = read_at_once, .skip = skip, .of_team = suite}, visit.now));
        for (const auto& one : listed.cases)
            if (auto seen = look_at_one(site, visit, one.head.id);
                seen && (sees_the_conversation(*seen) || waits_for_a_reason(*seen)))
                all.push_back(std::move(*seen));
        if (listed.cases.size() < read_at_once) return all;
    }
}

/// One press opens the handover of those whom the reader answers for, and of those who are in nobody's charge; a
/// colleague's child is handed over on its own page.
bool is_theirs_to_hand_over(const Visit& visit, const Seen& seen)
{
    const auto& facts = seen.as<Conversation>();
    return !waits_for_a_reason(seen) && seen.may_do("open_handover") && open_handover(facts) == nullptr &&
           (facts.in_charge.is_none() || facts.in_charge == visit.session.worker);
}

Html opening_for_all(const Site& site, const Visit& visit, std::size_t count, const FormState& state)
{
    Html html;
    if (count == 0) return html;
    const auto children = count == 1 ? std::string("1 child") : fmt::format("{} children", count);
    html.lit("<div class=\"app-no-print\">") << heading("Hand over " + children + " in your charge", 2);
    html << paragraph("Whoever takes over then accepts each line of each child. Until then nothing changes hands.")
         << opening_form(site, visit, "/handover", "Open the handover", state);
    return html.lit("</div>");
}

Result<Page> everybody(const Site& site, const Visit& visit, const FormState& state)
{
    Page page{.title = "Handover",
              .back_link = web::BackLink{.text = "Children in custody", .href = "/custody"},
              .has_errors = !state.problems.empty()};
    page.printed_by_line = printed_by(visit);
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("Handover");
    const auto suites = suites_of(site, visit.session);
    Html children;
    Walk walk{.of_the_suite = true};
    std::size_t count = 0;
    std::size_t theirs = 0;
    for (const auto& suite : suites) {
        if (suites.size() > 1) children << heading(suite.name, 2);
        for (const auto& seen : TRY(everybody_in(site, visit, suite.id))) {
            ++count;
            theirs += is_theirs_to_hand_over(visit, seen) ? 1 : 0;
            children << block_of_the_suite(site, visit, seen, walk);
        }
    }
    page.main << (count == 0 ? paragraph("There is no child here to hand over.") : print_button());
    page.main << opening_for_all(site, visit, theirs, state);
    page.main.lit("<p class=\"govuk-body-s app-print-only\" aria-hidden=\"true\">Where a line ends with …, the screen "
                  "says more.</p>")
        << children;
    return page;
}

Result<Outcome> open_for_everybody(const Site& site, const Visit& visit, const web::Fields& form)
{
    FormState state{.values = form, .problems = {}};
    const auto asked = opening_in(form, visit.now, state.problems);
    if (!state.problems.empty()) return TRY(everybody(site, visit, state));
    // Each child is an act of its own: pressed again after a refusal, it opens those that are left.
    std::size_t opened = 0;
    for (const auto& suite : suites_of(site, visit.session))
        for (const auto& seen : TRY(everybody_in(site, visit, suite.id))) {
            if (!is_theirs_to_hand_over(visit, seen)) continue;
            const auto acted = act_on(site, visit, seen.head.id, "open_handover", asked);
            if (!acted) state.problems = acted.error();
            if (!acted) return TRY(everybody(site, visit, state));
            ++opened;
        }
    if (opened > 0) return "/handover";
    state.problems = {
        {ProblemKind::out_of_order, "No child here is in your charge, or each is being handed over already", ""}};
    return TRY(everybody(site, visit, state));
}

} // namespace

void add_handover_pages(web::Router& router, const Site& site)
{
    site.page(router, "/handover", [&site](const Visit& visit) { return everybody(site, visit, {}); });
    site.post(router, "/handover",
              [&site](const Visit& visit, const web::Fields& form) { return open_for_everybody(site, visit, form); });
    site.watched_page(router, "/custody/{id}/handover",
                      [&site](const Visit& visit) { return show_one_child(site, visit); });
    site.post(router, "/custody/{id}/handover",
              [&site](const Visit& visit, const web::Fields& form) { return open_for_one(site, visit, form); });
    site.post(router, "/custody/{id}/handover/accept",
              [&site](const Visit& visit, const web::Fields& form) { return accept(site, visit, form); });
    site.post(router, "/custody/{id}/handover/take-over",
              [&site](const Visit& visit, const web::Fields& form) { return take_over(site, visit, form); });
}

} // namespace reachable::custody
