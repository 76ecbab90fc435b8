// The suite: who is in custody now, ordered by the clock that runs out first, and booking a child in.
#include "capabilities/custody/accommodation.h"
#include "capabilities/custody/release_pages.h"

#include "casework/search.h"
#include "clocks/london.h"
#include "web/components/inset_text.h"
#include "web/components/radios.h"
#include "web/components/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

using derived::FormState;

constexpr std::size_t rows_on_a_page = 25;

/// R-D-09: "overnight detention after charge requires the s.38(6) record". Before charge a day is the rule (PACE 1984,
/// section 41), so who is here longer was charged, or is kept on somebody's say: the inspector looks into it.
bool is_here_past_a_day(std::span<const casework::ClockRow> clocks, UtcTime now)
{
    const bool has_a_record = std::ranges::find(clocks, bed_clock, &casework::ClockRow::code) != clocks.end();
    return !has_a_record && std::ranges::any_of(clocks, [&](const casework::ClockRow& clock) {
        return clock.code == "C01" && !clock.corrected_at && now - clock.started_at > hours{24};
    });
}

std::vector<web::TableCell> suite_row(const casework::ListedCase& one, const std::string& custody_number,
                                      accounts::Role role, UtcTime now)
{
    const auto name = one.child ? one.child->shown_name() : std::string("Name held back");
    const bool is_named = one.child && !casework::name_is_held_back(*one.child);
    const auto age = is_named ? records::age_words(one.child->born, clocks::london_day(now)) : std::string{};
    Html who = link(address(one.head.id), name);
    if (!age.empty()) who << web::Text(", " + age);
    who.lit("<br>Custody number ") << custody_number;
    const auto next = next_step(one, role);
    Html what;
    what.lit("<a class=\"govuk-link\"").attribute("href", next.href).lit(">") << next.words;
    what.lit("<span class=\"govuk-visually-hidden\">: ") << name;
    what.lit("</span></a>");
    if (role == accounts::Role::INSP && is_here_past_a_day(one.clocks, now))
        what.lit("<br><strong>More than 24 hours here, and no record of charge and bail (section 38(6))</strong>");
    return {{.text = clock_cell(first_running(one.clocks), now)}, {.text = who}, {.text = what}};
}

/// "Nobody is here" is said only to those who would see it otherwise.
Html empty_suite(const accounts::Session& session)
{
    using enum accounts::Role;
    const bool would_see = session.role == CUST || session.role == INSP || session.role == DETO;
    return paragraph(would_see ? "No child is in custody here now." : "Nothing here is shown to you.");
}

Html suite_table(const Site& site, const casework::Listed& listed, const accounts::Session& session, UtcTime now)
{
    if (listed.cases.empty()) return empty_suite(session);
    web::Table table{.caption = "Children in custody, the clock that runs out first comes first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Due"}, {.text = "Child"}, {.text = "Next"}},
                     .classes = "app-queue"};
    const auto numbers = custody_numbers(site, listed);
    for (const auto& one : listed.cases)
        table.rows.push_back(suite_row(one, numbers.at(one.head.id), session.role, now));
    return stacked(std::move(table));
}

/// Who is in one suite. An inspector stays who they are there, with what is closed to them and to their own team.
Result<Html> suite_block(const Site& site, const Visit& visit, TeamId suite, std::size_t skip)
{
    const auto listed =
        TRY(casework::list(site.desk, visit.session, visit.request.id,
                           {.type = "custody", .most = rows_on_a_page, .skip = skip, .of_team = suite}, visit.now));
    Html html;
    html.lit("<p class=\"govuk-body\"><strong>")
        << fmt::format("{} overdue", derived::count_words(listed.overdue_count));
    html.lit("</strong> of ") << fmt::format("{} here now, at {}", derived::count_words(listed.open_count),
                                             clocks::wall_time(visit.now));
    html.lit("</p>") << suite_table(site, listed, visit.session, visit.now);
    html.lit("<p class=\"govuk-body\">");
    if (skip > 0) html << link("/custody", "First page") << web::Text(" ");
    if (skip + rows_on_a_page < listed.open_count)
        html << link(fmt::format("/custody?skip={}", skip + rows_on_a_page), "Next page");
    return html.lit("</p>");
}

std::size_t skip_in(const web::Request& request)
{
    std::size_t skip = 0;
    for (const char c : request.query.get("skip")) {
        if (c < '0' || c > '9' || skip > 100'000) return 0;
        skip = skip * 10 + static_cast<std::size_t>(c - '0');
    }
    return skip;
}

const casework::Action& booking()
{
    return *conversation_type().find_action("book_in");
}

Result<Page> suite_page(const Site& site, const Visit& visit)
{
    const auto skip = skip_in(visit.request);
    const auto suites = suites_of(site, visit.session);
    Page page{.title = "Children in custody"};
    page.main << heading("Children in custody");
    if (booking().who.has(visit.session.role)) page.main << button_link("/custody/new", "Book in a child", false);
    page.main.lit("<p class=\"govuk-body\">") << link("/handover", "Handover at the end of a shift");
    page.main.lit("</p>");
    for (const auto& suite : suites) {
        if (suites.size() > 1) page.main << heading(suite.name, 2);
        page.main << TRY(suite_block(site, visit, suite.id, skip));
        if (skip == 0) page.main << left_and_owed(site, visit, suite.id, false);
    }
    return page;
}

/// Children who may be this one, as radios: the same child, or none of them.
Html candidates(const std::vector<casework::Candidate>& found, const FormState& state, UtcTime now)
{
    if (found.empty()) return {};
    web::Radios radios{
        .fieldset =
            web::Fieldset{.legend = {.text = "Is this one of these children?", .classes = "govuk-fieldset__legend--m"}},
        .hint = web::Hint{.text = "The child is not booked in yet. Choose only if you are sure. If you are not, open a "
                                  "new record. Then book in once more."},
        .id_prefix = "child",
        .name = "child",
        .value = state.value("child")};
    if (const auto sentence = state.error("child"); !sentence.empty())
        radios.error_message = web::ErrorMessage{.text = sentence};
    for (const auto& candidate : found) {
        const auto born =
            candidate.child.born ? clocks::day_words(*candidate.child.born) : std::string("birth date not known");
        radios.items.push_back(
            {.value = candidate.child.id.text(),
             .text = fmt::format("{}, {}, {}", candidate.child.names.front().as_given,
                                 records::age_words(candidate.child.born, clocks::london_day(now)), born),
             .hint =
                 web::Hint{.text = "Because: " + join(candidate.reasons, "; ") + casework::also_on_record(candidate)}});
    }
    radios.items.push_back({.value = "none", .text = "None of these: open a new record"});
    return render(radios);
}

Page booking_page(const Site& site, const Visit& visit, const FormState& state,
                  const std::vector<casework::Candidate>& found)
{
    Page page{.title = "Book in a child",
              .back_link = web::BackLink{.href = "/custody"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("Book in a child");
    page.main << paragraph(
        "Only what you need to ask children's services. Leave out what the child does not want to say.");
    page.main << derived::form_start("/custody/new", visit.session);
    // The same form sent twice books one child in, once.
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    page.main << candidates(found, state, visit.now);
    if (!found.empty()) page.main.lit("<input type=\"hidden\" name=\"candidates_shown\" value=\"yes\">");
    for (const auto& ask : casework::asks_of(booking())) {
        if (ask.name == "child") continue;
        page.main << derived::input_for(site.desk, *conversation_type().find_field(ask.name), std::string(ask.name),
                                        state, visit.now, {.is_required = ask.is_required});
    }
    page.main << derived::form_end("Book in");
    return page;
}

Result<Page> new_booking(const Site& site, const Visit& visit)
{
    FormState state;
    web::fill_time(state.values, "authorised_at", visit.now);
    state.values.add("key", RequestId::random().text());
    return booking_page(site, visit, state, {});
}

/// Children who may be the one whose name was typed; nobody when the name is not known.
Result<std::vector<casework::Candidate>> known_already(const Site& site, const Visit& visit, const Json& asked)
{
    const auto name = asked.text_of("name_given");
    std::optional<PartialDate> born;
    if (const auto date = parse_partial_date(asked.text_of("born_given"))) born = *date;
    if (!identity::says_enough(identity::described_by(name, born))) return std::vector<casework::Candidate>{};
    return casework::search_children(site.desk, visit.session, visit.request.id, name, born, visit.now);
}

/// The form once more after a refusal, with the children that were to choose from, and the choice.
Result<Outcome> booking_again(const Site& site, const Visit& visit, const web::Fields& form, const Json& asked,
                              Problems problems)
{
    const auto is_about = [&](std::string_view field) {
        return std::any_of(problems.begin(), problems.end(),
                           [&](const Problem& problem) { return problem.field == field; });
    };
    FormState state{.values = form, .problems = {}};
    std::vector<casework::Candidate> found;
    if (form.has("candidates_shown") || is_about("child")) found = TRY(known_already(site, visit, asked));
    if (is_conflict(problems)) {
        // The form was sent before with other words, and that booking stands; another one needs another key.
        problems = {{ProblemKind::conflict,
                     "This form was sent already, and a child is booked in by it. Look at Children in custody before "
                     "you book in another",
                     ""}};
        state.values = {};
        for (const auto& [name, value] : form.all())
            if (name != "key") state.values.add(name, value);
        state.values.add("key", RequestId::random().text());
    }
    state.problems = std::move(problems);
    return booking_page(site, visit, state, found);
}

/// What the form asks for. "None of these" asks for the same as no choice at all, so that it repeats the same booking.
Json booking_in(const web::Fields& form, UtcTime now, Problems& problems)
{
    web::Fields without_none;
    for (const auto& [name, value] : form.all())
        if (name != "child" || value != "none") without_none.add(name, value);
    return derived::read_form(conversation_type(), booking(), without_none, now, problems);
}

/// Somebody searched before, and comes with what they know and the child they chose: the form, filled that far.
Result<Outcome> begun_by_a_search(const Site& site, const Visit& visit, const web::Fields& form)
{
    Problems ignored; // what is not there yet
    const auto found = TRY(known_already(site, visit, booking_in(form, visit.now, ignored)));
    FormState state{.values = form, .problems = {}};
    web::fill_time(state.values, "authorised_at", visit.now);
    state.values.add("key", RequestId::random().text());
    auto page = booking_page(site, visit, state, found);
    page.is_answer = true;
    return page;
}

Result<Outcome> book_in(const Site& site, const Visit& visit, const web::Fields& form)
{
    if (form.has("begins_with")) return begun_by_a_search(site, visit, form);
    FormState state{.values = form, .problems = {}};
    const auto asked = booking_in(form, visit.now, state.problems);
    if (!state.problems.empty()) return booking_again(site, visit, form, asked, state.problems);
    if (form.get("child").empty()) {
        const auto found = TRY(known_already(site, visit, asked));
        if (!found.empty() && form.has("candidates_shown"))
            state.problems.push_back({ProblemKind::missing, "Choose whether this is one of these children", "child"});
        if (!found.empty()) return booking_page(site, visit, state, found);
    }
    const auto acted = casework::act(
        site.desk, visit.session, visit.request.id,
        {.type = "custody", .action = "book_in", .key = std::string(form.get("key")), .asked = asked}, visit.now);
    if (acted) return derived::with_news(address(acted->id, "/request"), acted->version);
    return booking_again(site, visit, form, asked, acted.error());
}

} // namespace

std::vector<accounts::Team> suites_of(const Site& site, const accounts::Session& session)
{
    std::vector<accounts::Team> suites;
    site.desk.database.read([&](storage::Transaction& transaction) {
        suites.clear();
        for (auto& team : accounts::list_teams(transaction, session.agency))
            if (session.role == accounts::Role::INSP ? team.kind == "custody-suite" : team.id == session.team)
                suites.push_back(std::move(team));
    });
    return suites;
}

void add_suite_pages(web::Router& router, const Site& site)
{
    site.watched_page(router, "/custody", [&site](const Visit& visit) { return suite_page(site, visit); });
    site.page(router, "/custody/new", [&site](const Visit& visit) { return new_booking(site, visit); });
    site.post(router, "/custody/new",
              [&site](const Visit& visit, const web::Fields& form) { return book_in(site, visit, form); });
}

} // namespace reachable::custody
