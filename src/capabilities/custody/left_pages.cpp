// Children who have left custody and are still owed something: a pass-back, answers, or that what was passed back is
// read. They stand in the queue of the suite and of the desk, also when the access of the suite has ended.
#include "capabilities/custody/release_pages.h"

#include "capabilities/custody/release.h"
#include "clocks/london.h"
#include "web/components/inset_text.h"
#include "web/components/table.h"

#include <fmt/format.h>

namespace reachable::custody {
namespace {

constexpr std::size_t most_rows = 25;
constexpr std::int64_t rows_at_once = 100;

/// What still runs for a child who has left, the most pressing first. Of a closed case a clock that runs is owed by
/// somebody; that custody reads a late answer (C03) is not owed to the child.
constexpr std::string_view unfinished =
    "where {} = $1 and type = $2 and is_open = 0 and due_at < $3 and (state = $4 or exists (select 1 from case_clocks "
    "where case_id = cases.id and clock = 'C02' and stopped_at is null)) order by due_at, id limit $5 offset $6";

/// A case on which no clock runs stands behind every day that comes.
constexpr hours no_clock_runs_so_long{24 * 366 * 10};

struct Owed {
    casework::CaseHead head;
    std::vector<std::string> what;
    std::vector<casework::ClockRow> clocks;
};

void add_if_owed(std::vector<Owed>& owed, const Site& site, const Visit& visit, storage::Transaction& transaction,
                 CaseId id)
{
    const auto& type = conversation_type();
    const auto loaded = casework::load_case(transaction, type, id);
    const auto asked =
        casework::policy_request(site.desk, transaction, type, loaded->head, visit.session, "read", visit.now);
    auto what = owed_after_leaving(*static_cast<const Conversation*>(loaded->facts.get()));
    if (what.empty() || !site.desk.policy.decide(asked).is_allowed) return;
    owed.push_back({loaded->head, std::move(what), casework::load_clocks(transaction, id)});
}

/// Those of which the visitor may know. Nobody is asked about in the log whom the visitor is not shown: a row that is
/// closed to them is passed over as a queue passes over it.
std::vector<Owed> find_owed(const Site& site, const Visit& visit, TeamId team, bool is_asked)
{
    const auto& type = conversation_type();
    const auto sql =
        std::string(casework::select_heads) + fmt::format(fmt::runtime(unfinished), is_asked ? "partner_team" : "team");
    std::vector<Owed> owed;
    site.desk.database.read([&](storage::Transaction& transaction) {
        owed.clear();
        // What is closed to the visitor, or owed by nobody any more, takes no place among what is shown.
        for (std::int64_t passed = 0; owed.size() < most_rows; passed += rows_at_once) {
            const auto rows = transaction.query(sql, {casework::to_value(team), std::string(type.name),
                                                      casework::to_value(visit.now + no_clock_runs_so_long),
                                                      std::string(left_custody), rows_at_once, passed});
            if (rows.empty()) return;
            for (const auto& row : rows)
                if (owed.size() < most_rows) add_if_owed(owed, site, visit, transaction, casework::read_head(row).id);
        }
    });
    return owed;
}

/// Where the visitor does what they owe; empty: others owe it.
NextStep step_for(const Seen& seen, const Owed& one)
{
    const auto id = seen.head.id;
    if (seen.may_do("read_pass_back") && one.what.front() == "pass-back not read yet")
        return {"Read it, and say what you do next", address(id, "/pass-back")};
    if (seen.may_do("answer")) return {"Answer", address(id, "/answer")};
    if (seen.may_do("pass_back") && one.what.front() == "pass-back owed")
        return {"Pass back", address(id, "/pass-back")};
    if (may_send_request(seen) && sees_the_conversation(seen)) return {"Send the request", address(id, "/request")};
    return {};
}

std::vector<web::TableCell> row_of(const Seen& seen, const Owed& one, UtcTime now)
{
    const auto name = seen.child ? seen.child->shown_name() : std::string("Name held back");
    Html who = sees_the_conversation(seen) ? link(address(seen.head.id), name) : web::html(name);
    who.lit("<br>Left custody: ") << join(one.what, ", ");
    Html what;
    if (const auto step = step_for(seen, one); !step.href.empty()) {
        what.lit("<a class=\"govuk-link\"").attribute("href", step.href).lit(">") << step.words;
        what.lit("<span class=\"govuk-visually-hidden\">: ") << name;
        what.lit("</span></a>");
    } else {
        what << web::Text("Others owe it");
    }
    return {{.text = clock_cell(first_running(one.clocks), now)}, {.text = who}, {.text = what}};
}

} // namespace

Html left_and_owed(const Site& site, const Visit& visit, TeamId team, bool is_asked)
{
    web::Table table{.caption = "Children who have left and are owed something",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Due"}, {.text = "Child"}, {.text = "Next"}},
                     .classes = "app-queue"};
    for (const auto& one : find_owed(site, visit, team, is_asked)) {
        const auto seen = casework::look(site.desk, visit.session, visit.request.id,
                                         {.type = "custody", .id = one.head.id, .page = "queue"}, visit.now);
        if (seen) table.rows.push_back(row_of(*seen, one, visit.now));
    }
    if (table.rows.empty()) return {};
    return heading("Left, and still owed something", 3) << stacked(std::move(table));
}

Page owed_page(const Site& site, const Visit& visit, const Seen& seen, const derived::FormState& state)
{
    std::vector<std::string> what;
    std::vector<casework::ClockRow> clocks;
    site.desk.database.read([&](storage::Transaction& transaction) {
        const auto loaded = casework::load_case(transaction, conversation_type(), seen.head.id);
        what = owed_after_leaving(*static_cast<const Conversation*>(loaded->facts.get()));
        clocks = casework::load_clocks(transaction, seen.head.id);
    });
    Page page{.title = "Pass back to children's services",
              .back_link = web::BackLink{.text = "Children in custody", .href = "/custody"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("Pass back to children's services");
    page.main << paragraph(fmt::format("{}. Reference {}.",
                                       seen.child ? seen.child->shown_name() : std::string("Name held back"),
                                       seen.head.id.text().substr(0, 8)));
    for (const auto& clock : clocks)
        if (clock.code.starts_with("C08") && !clock.stopped_at)
            page.main << clock_box(clock, clocks, conversation_type(), visit.now);
    page.main << render(web::InsetText{
        .text = web::Text("The child left more than a day ago, so the record is closed to you. You may still write "
                          "what your suite owes, and you see nothing else.")});
    page.main << paragraph(what.empty() ? std::string("Nothing is owed any more.")
                                        : fmt::format("Left custody: {}.", join(what, ", ")));
    page.main << pass_back_form(site, visit, seen.head.id, seen.head.version, state);
    return page;
}

} // namespace reachable::custody
