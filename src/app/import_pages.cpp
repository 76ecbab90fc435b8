// What other systems sent: each import with its counts, what fails first; the reasons for which rows were set aside,
// and deleting those rows when they are mended. Never a row itself: that is personal data, and is seen by the command
// alone.
#include "app/import_words.h"
#include "app/service.h"
#include "base/number.h"
#include "base/text.h"
#include "clocks/london.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using derived::Outcome;
using derived::Visit;
using identity::Import;
using storage::Transaction;
using web::Html;
using web::Page;

constexpr std::size_t most_looked_at = 1000;
constexpr std::size_t most_shown = 50;
constexpr std::size_t most_rows_shown = 200;

tl::unexpected<Problems> no_such_page()
{
    return refuse(ProblemKind::not_found, "There is no such page");
}

audit::Entry entry_of(const Service& service, const Visit& visit, const policy::Decision& decision,
                      std::string_view action)
{
    auto entry = casework::audit_entry(service.desk(), visit.session, visit.request.id, {}, decision, visit.now);
    entry.action = action;
    entry.outcome = "done";
    return entry;
}

/// Decides; a refusal is noted here.
Result<policy::Decision> decide(const Service& service, const Visit& visit, std::string_view action)
{
    const auto asked = casework::policy_request(visit.session, std::string(action), visit.now);
    auto decision = service.desk().policy.decide(asked);
    if (decision.is_allowed) return decision;
    note_refusal(service, visit.session, visit.request.id, action, decision, asked);
    return no_such_page();
}

/// An administrator answers for what the own agency's systems sent; the operator's for all.
bool is_theirs(const Import& import, const Visit& visit)
{
    return visit.session.agency_kind == accounts::AgencyKind::operator_ || import.agency == visit.session.agency;
}

/// An import, and how many of the rows it set aside are still kept.
struct Listed {
    Import import;
    std::int64_t kept_rows = 0;
};

/// What was interrupted first, then what set rows aside that nobody mended yet, then the rest; the newest first.
int failing(const Listed& one)
{
    if (!one.import.finished_at) return 0;
    return one.kept_rows > 0 ? 1 : 2;
}

std::vector<Listed> imports_of(const Service& service, const Visit& visit, const policy::Decision& decision)
{
    std::vector<Listed> listed;
    const auto read = [&](Transaction& transaction) {
        listed.clear();
        for (auto& import : identity::newest_imports(transaction, most_looked_at)) {
            if (!is_theirs(import, visit) || listed.size() == most_shown) continue;
            const auto rows = identity::count_quarantined(transaction, import.number);
            listed.push_back({.import = std::move(import), .kept_rows = rows});
        }
        std::ranges::stable_sort(listed, {}, failing);
    };
    service.desk().database.observe(read, [&](Transaction& transaction) {
        service.desk().log.append(transaction, entry_of(service, visit, decision, "import.read"));
    });
    return listed;
}

std::string state_of(const Listed& one)
{
    if (!one.import.finished_at) return "Interrupted. Send the same again: it goes on where it stopped";
    if (one.kept_rows > 0) return fmt::format("Done. {} to mend", rows_in_words(one.kept_rows));
    return "Done";
}

std::string address_of(std::int64_t number)
{
    return fmt::format("/admin/imports/{}", number);
}

Result<Page> list_page(const Service& service, const Visit& visit)
{
    const auto decision = TRY(decide(service, visit, "import.read"));
    const auto listed = imports_of(service, visit, decision);
    Page page{.title = "What other systems sent"};
    page.main << web::heading("What other systems sent");
    page.main << web::paragraph("What failed comes first. Each import stands in the log, with counts alone.");
    if (listed.empty()) {
        page.main << web::paragraph("Nothing was sent yet.");
        return page;
    }
    web::Table table{.caption = "Imports, what failed first",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Import"}, {.text = "State"}, {.text = "Rows"}, {.text = "Begun"}}};
    for (const auto& one : listed) {
        const auto& import = one.import;
        table.rows.push_back(
            {{.text = web::link(address_of(import.number), fmt::format("{} of {}", import.number, import.source))},
             {.text = state_of(one)},
             {.text = counts_in_words(import.counts)},
             {.text = clocks::wall_date_time(import.started_at)}});
    }
    page.main << web::stacked(table);
    return page;
}

/// The import of the address, if the visitor answers for it. What is another agency's does not exist.
std::optional<Import> import_in(Transaction& transaction, const Visit& visit)
{
    const auto number = whole_number<std::int64_t>(visit.request.path_values.at("number"));
    if (!number) return std::nullopt;
    for (auto& import : identity::newest_imports(transaction, most_looked_at))
        if (import.number == *number && is_theirs(import, visit)) return std::move(import);
    return std::nullopt;
}

Html rows_set_aside(const std::vector<identity::QuarantinedRow>& rows, std::int64_t count)
{
    web::Table table{.caption = "Rows that could not be taken",
                     .head = {{.text = "Line of the file"}, {.text = "Why it could not be taken: the row"}}};
    for (const auto& row : rows)
        table.rows.push_back({{.text = std::to_string(row.line)}, {.text = join(row.reasons, "; ")}});
    Html html = web::stacked(table);
    if (count > static_cast<std::int64_t>(rows.size()))
        html << web::paragraph(fmt::format("These are the first {} of {}.", rows.size(), count));
    return html;
}

Html how_to_mend(const Visit& visit, const Import& import)
{
    Html html = render(web::InsetText{
        .text = "The rows themselves are personal data and are not shown here. Mend them in the system they come from. "
                "To have them in a table, whoever runs the service gives the command of the import with --dry-run "
                "--set-aside FILE."});
    html << derived::form_start(address_of(import.number) + "/forget", visit.session);
    html << web::paragraph("When they are mended, delete what was set aside. The counts stay.");
    html << web::button("Delete the rows set aside", web::ButtonLook::warning);
    return html.lit("</form>");
}

Result<Page> import_page(const Service& service, const Visit& visit)
{
    const auto decision = TRY(decide(service, visit, "import.read"));
    std::optional<Import> import;
    std::vector<identity::QuarantinedRow> rows;
    std::int64_t count = 0;
    const auto read = [&](Transaction& transaction) {
        import = import_in(transaction, visit);
        rows.clear();
        count = 0;
        if (!import) return;
        rows = identity::quarantined_of(transaction, import->number, most_rows_shown);
        count = identity::count_quarantined(transaction, import->number);
    };
    service.desk().database.observe(read, [&](Transaction& transaction) {
        auto entry = entry_of(service, visit, decision, "import.read");
        if (import) entry.recipients = handle_of(import->number);
        service.desk().log.append(transaction, std::move(entry));
    });
    if (!import) return no_such_page();
    Page page{.title = "An import", .back_link = web::BackLink{.href = "/admin/imports"}};
    page.main << web::heading(fmt::format("Import {} of {}", import->number, import->source));
    web::SummaryList list;
    const auto row = [&](std::string_view key, const std::string& value) {
        list.rows.push_back({.key = {.text = key}, .value = {.text = value}});
    };
    row("State", state_of({*import, count}));
    row("File", import->file_name);
    row("Begun", clocks::wall_date_time(import->started_at));
    row("Finished", import->finished_at ? clocks::wall_date_time(*import->finished_at) : std::string("Not yet"));
    row("Rows", counts_in_words(import->counts));
    page.main << render(list);
    if (rows.empty())
        page.main << web::paragraph("No row is kept that was set aside.");
    else
        page.main << rows_set_aside(rows, count) << how_to_mend(visit, *import);
    return page;
}

Result<Outcome> forget(const Service& service, const Visit& visit)
{
    const auto decision = TRY(decide(service, visit, "import.forget"));
    std::optional<Import> import;
    service.desk().database.write([&](Transaction& transaction) {
        import = import_in(transaction, visit);
        if (!import) return;
        const auto count = identity::forget_quarantined(transaction, import->number);
        auto entry = entry_of(service, visit, decision, "identity.forget_set_aside");
        entry.operation = audit::Operation::administration;
        entry.recipients = handle_of(import->number);
        entry.reason_code = fmt::format("rows={}", count);
        service.desk().log.append(transaction, std::move(entry));
    });
    if (!import) return no_such_page();
    return Outcome{address_of(import->number)};
}

} // namespace

void add_import_pages(web::Router& router, const Service& service)
{
    const auto& site = service.site();
    site.page(router, "/admin/imports", [&service](const Visit& visit) { return list_page(service, visit); });
    site.page(router, "/admin/imports/{number}",
              [&service](const Visit& visit) { return import_page(service, visit); });
    site.post(router, "/admin/imports/{number}/forget",
              [&service](const Visit& visit, const web::Fields&) { return forget(service, visit); });
}

} // namespace reachable::app
