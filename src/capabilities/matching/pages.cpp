// The queue of questions, one question with both records side by side, and the questions about one record.
#include "base/text.h"
#include "capabilities/matching/comparison_page.h"
#include "capabilities/matching/contradictions_list.h"
#include "capabilities/matching/matching.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "derived/forms.h"
#include "storage/columns.h"
#include "web/components/button.h"
#include "web/components/inset_text.h"
#include "web/components/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::matching {
namespace {

using casework::ListedCase;
using casework::Whose;
using derived::FormState;
using derived::Outcome;

Result<ChildId> child_in(const Visit& visit)
{
    const auto id = ChildId::parse(visit.request.path_values.at("id"));
    if (!id) return casework::no_such_case();
    return *id;
}

std::optional<UtcTime> due_of(const ListedCase& one)
{
    std::optional<UtcTime> due;
    for (const auto& clock : one.clocks)
        if (!clock.stopped_at && (!due || clock.due_at < *due)) due = clock.due_at;
    return due;
}

/// Questions about records that the own organisation holds, as either side; the clock that runs out first comes first.
struct Queue {
    std::vector<ListedCase> cases;
    std::size_t open_count = 0;
};
Result<Queue> queue_of(const Site& site, const Visit& visit)
{
    Queue all;
    for (const auto whose : {Whose::agency, Whose::asked_agency}) {
        auto listed = TRY(casework::list(site.desk, visit.session, visit.request.id,
                                         {.type = same_person_type().name, .whose = whose}, visit.now));
        std::ranges::move(listed.cases, std::back_inserter(all.cases));
        all.open_count += listed.open_count;
    }
    std::ranges::stable_sort(all.cases, {}, [](const ListedCase& one) { return due_of(one).value_or(UtcTime::max()); });
    return all;
}

std::vector<web::TableCell> row_of(const ListedCase& one, UtcTime now)
{
    const auto due = due_of(one);
    auto when = due ? clocks::wall_date_time(*due) : std::string("No clock runs");
    if (due && *due < now) when = "Overdue since " + when;
    Html step;
    step.lit("<a class=\"govuk-link\"").attribute("href", address_of(one.head.id)).lit(">Compare");
    step.lit("<span class=\"govuk-visually-hidden\">: ")
        << name_of(one.child) << web::Text(" and ") << name_of(one.other);
    step.lit("</span></a>");
    return {{.text = when},
            {.text = name_of(one.child)},
            {.text = name_of(one.other)},
            {.text = one.head.state},
            {.text = step}};
}

/// How many wait is not said: not everybody who reads this may see each of them.
Html others_may_wait()
{
    return paragraph(
        "An organisation is asked about so many pairs at a time. Less certain ones may wait, and follow as "
        "these are decided; of a child in custody, at once.");
}

Result<Page> queue_page(const Site& site, const Visit& visit)
{
    const auto queue = TRY(queue_of(site, visit));
    Page page{.title = "Records that may be one child"};
    page.main << heading("Records that may be one child")
              << paragraph(
                     "Nobody is joined before a person decides. What is decided can be taken back by two people.");
    if (may_decide(visit.session.role))
        page.main << render(web::Button{.text = "Ask about two records", .href = "/same-person/new"});
    page.main << contradictions_list(site.desk, visit);
    if (queue.cases.empty()) {
        page.main << paragraph("Nothing waits for a decision.");
        return page;
    }
    if (queue.cases.size() < queue.open_count)
        page.main << paragraph(fmt::format("{} wait. These {} are due first.", derived::count_words(queue.open_count),
                                           queue.cases.size()));
    web::Table table{.caption = "The clock that runs out first comes first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Due"},
                              {.text = "One record"},
                              {.text = "The other record"},
                              {.text = "State"},
                              {.text = "Next"}}};
    for (const auto& one : queue.cases) table.rows.push_back(row_of(one, visit.now));
    page.main << web::stacked(table) << others_may_wait();
    return page;
}

Result<Seen> look_at_pair(const Site& site, const Visit& visit, CaseId id)
{
    return derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = same_person_type().name, .id = id, .page = "comparison", .with_history = true}, visit.now);
}

Page pair_page(const Site& site, const Visit& visit, const Seen& seen, const FormState& state)
{
    Page page{.title = "Are these one child?",
              .back_link = web::BackLink{.text = "Records that may be one child", .href = "/same-person"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    page.main << heading("Are these one child?") << comparison(site, visit, seen, state);
    return page;
}

/// After somebody else was quicker the form is gone, and what was written into it must not be.
Html what_was_written(const Seen& seen, const std::string& action, const web::Fields& form)
{
    if (action.empty() || seen.may_do(action) || trim(form.get("reason")).empty()) return {};
    Html html = heading("What you wrote", 2);
    html << paragraph("It was not saved. Copy it if you still need it.");
    html << render(web::InsetText{.text = web::Content(std::string(form.get("reason")))});
    return html;
}

/// One of the decisions, under the name of its action.
Result<Outcome> decide(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    FormState state{.values = form, .problems = {}};
    const auto chosen = std::string(form.get("decision"));
    const bool is_decision = std::ranges::find(decisions, chosen) != std::end(decisions);
    if (!is_decision) state.problems.push_back({ProblemKind::missing, "Choose what you decide", "decision"});
    if (is_decision) {
        const auto& action = *same_person_type().find_action(chosen);
        auto asked = derived::read_form(same_person_type(), action, form, visit.now, state.problems);
        const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                         {.type = same_person_type().name,
                                          .action = chosen,
                                          .id = id,
                                          .expected_version = derived::version_in(form),
                                          .asked = std::move(asked)},
                                         visit.now);
        if (acted) return derived::with_news(address_of(id), acted->version);
        state.problems = acted.error();
        if (state.problems.front().kind == ProblemKind::not_found) return refuse(state.problems);
    }
    const auto seen = TRY(look_at_pair(site, visit, id));
    auto page = pair_page(site, visit, seen, state);
    page.main << what_was_written(seen, is_decision ? chosen : std::string(), form);
    return page;
}

constexpr std::size_t most_shown = 20;

/// The newest first, open ones before all; whether the reader may see each is asked at the door. All there are, for
/// what may not be seen takes no place among those shown.
std::vector<CaseId> questions_about(const Site& site, ChildId child)
{
    std::vector<CaseId> ids;
    site.desk.database.read([&](storage::Transaction& transaction) {
        ids = storage::ids_at<CaseId>(
            transaction.query("select id from cases where (child = $1 or other = $1) and type = $2 "
                              "order by is_open desc, opened_at desc, id",
                              {storage::to_value(child), std::string(same_person_type().name)}),
            0);
    });
    return ids;
}

Result<Page> child_page(const Site& site, const Visit& visit)
{
    const auto child = TRY(child_in(visit));
    Page page{.title = "Is this child on record twice?", .back_link = web::BackLink{.href = "/same-person"}};
    page.main << heading("Is this child on record twice?");
    // The one look that everybody makes here, whether or not there is a question or a record (R-P-02, R-P-07).
    (void)casework::look_at_child(site.desk, visit.session, visit.request.id, child, "questions", visit.now);
    Html others;
    std::size_t shown = 0;
    for (const auto id : questions_about(site, child)) {
        if (shown == most_shown) break;
        // As one of a list: one that is left out is not one that somebody tried to open.
        const auto seen =
            derived::look_at_case(site.desk, visit.session, visit.request.id,
                                  {.type = same_person_type().name, .id = id, .page = "queue"}, visit.now);
        if (!seen) continue;
        if (shown == 0) {
            page.main << comparison(site, visit, TRY(look_at_pair(site, visit, id)), {});
        } else {
            others.lit("<li>") << web::link(address_of(id), name_of(seen->child) + " and " + name_of(seen->other));
            others << web::Text(", " + seen->head.state);
            others.lit("</li>");
        }
        shown += 1;
    }
    if (shown == 0) page.main << paragraph("No question about this record is open to you.");
    if (!others.empty()) {
        page.main << heading("Other questions about this record", 2);
        page.main.lit("<ul class=\"govuk-list govuk-list--bullet\">") << others;
        page.main.lit("</ul>");
    }
    if (may_decide(visit.session.role))
        page.main << render(web::Button{.text = "Ask about another record",
                                        .href = "/same-person/new?child=" + child.text(),
                                        .classes = "govuk-button--secondary"});
    return page;
}

Page asking_page(const Site& site, const Visit& visit, const FormState& state)
{
    const auto& type = same_person_type();
    const auto& action = *type.find_action("open");
    Page page{.title = action.title,
              .back_link = web::BackLink{.href = "/same-person"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading(action.title)
              << paragraph("Those who hold the records are asked. Nothing is joined by asking.");
    page.main << derived::form_start("/same-person/new", visit.session);
    page.main.lit("<input type=\"hidden\" name=\"key\"").attribute("value", state.value("key")).lit(">");
    for (const auto& ask : casework::asks_of(action))
        page.main << derived::input_for(site.desk, *type.find_field(ask.name), std::string(ask.name), state, visit.now,
                                        {.is_required = ask.is_required});
    page.main << derived::form_end(action.title);
    return page;
}

void note_refused_form(const Site& site, const Visit& visit)
{
    auto entry = casework::audit_entry(site.desk, visit.session, visit.request.id, {}, {}, visit.now);
    entry.operation = audit::Operation::refusal;
    entry.action = "same-person.open";
    entry.outcome = name_of(ProblemKind::withheld);
    site.desk.database.write([&](storage::Transaction& transaction) { site.desk.log.append(transaction, entry); });
}

Result<Page> empty_form(const Site& site, const Visit& visit)
{
    if (!may_decide(visit.session.role)) {
        note_refused_form(site, visit);
        return refuse(ProblemKind::withheld, "Your role does not do this");
    }
    FormState state;
    for (const auto* name : {"child", "other"}) state.values.add(name, std::string(visit.request.query.get(name)));
    state.values.add("key", RequestId::random().text());
    return asking_page(site, visit, state);
}

Result<Outcome> ask(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto& type = same_person_type();
    FormState state{.values = form, .problems = {}};
    auto asked = derived::read_form(type, *type.find_action("open"), form, visit.now, state.problems);
    if (state.problems.empty()) {
        const auto acted = casework::act(
            site.desk, visit.session, visit.request.id,
            {.type = type.name, .action = "open", .key = std::string(form.get("key")), .asked = std::move(asked)},
            visit.now);
        if (acted) return address_of(acted->id);
        state.problems = acted.error();
    }
    return asking_page(site, visit, state);
}

} // namespace

std::size_t count_open_questions(const Site& site, const Visit& visit)
{
    const auto& type = same_person_type();
    constexpr auto most = casework::Listed::counted_up_to + 1;
    std::size_t count = 0;
    const auto is_shown = [&](storage::Transaction& transaction, const casework::CaseHead& head) {
        auto question = casework::policy_request(site.desk, transaction, type, head, visit.session, "read", visit.now);
        question.fields = {type.held};
        const auto decision = site.desk.policy.decide(question);
        return decision.is_allowed && decision.fields.front() != policy::Show::hide;
    };
    site.desk.database.read([&](storage::Transaction& transaction) {
        count = 0;
        const auto sql =
            fmt::format("{}where (agency = $1 or partner = $1) and type = $2 and is_open = 1", casework::select_heads);
        for (const auto& row :
             transaction.recall(sql, {storage::to_value(visit.session.agency), std::string(type.name)}))
            if (count < most && is_shown(transaction, casework::read_head(row))) count += 1;
    });
    return count;
}

void add_pages(web::Router& router, const Site& site)
{
    site.page(router, "/same-person", [&site](const Visit& visit) { return queue_page(site, visit); });
    site.page(router, "/same-person/new", [&site](const Visit& visit) { return empty_form(site, visit); });
    site.post(router, "/same-person/new",
              [&site](const Visit& visit, const web::Fields& form) { return ask(site, visit, form); });
    site.page(router, "/same-person/{id}", [&site](const Visit& visit) -> Result<Page> {
        const auto id = TRY(visit.case_id());
        return pair_page(site, visit, TRY(look_at_pair(site, visit, id)), {});
    });
    site.post(router, "/same-person/{id}",
              [&site](const Visit& visit, const web::Fields& form) { return decide(site, visit, form); });
    site.page(router, "/children/{id}/same-person", [&site](const Visit& visit) { return child_page(site, visit); });
}

} // namespace reachable::matching
