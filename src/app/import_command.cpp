#include "app/import_command.h"

#include "app/consequences.h"
#include "app/import_words.h"
#include "app/refused.h"
#include "app/service.h"
#include "app/session_cookies.h"
#include "app/setting_up_parts.h"
#include "app/start_warnings.h"
#include "app/text_files.h"
#include "base/csv.h"
#include "base/text.h"
#include "capabilities/flags/local_flags.h"
#include "capabilities/missing/sent_episodes.h"
#include "capabilities/missing/sent_mapping.h"
#include "clocks/london.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <iostream>

namespace reachable::app {
namespace {

using identity::Import;
using identity::QuarantinedRow;
using storage::Transaction;

constexpr std::size_t most_reasons = 10;

std::string report_in_words(const identity::FeedReport& report, const ImportAsked& asked)
{
    const bool is_dry = asked.kept == identity::Kept::no;
    const auto& counts = report.import.counts;
    auto words = is_dry ? std::string("Nothing was written. An import would find ")
                        : fmt::format("Import {} of {} is done. ", report.import.number, report.import.source);
    words += counts_in_words(counts) + ".\n";
    if (report.rows_before > 0)
        words +=
            fmt::format("{} of them were done before it was interrupted; it went on from there.\n", report.rows_before);
    words += local_flags_in_words(report.local_flags);
    for (const auto& column : report.never_filled)
        words += fmt::format("No row had a value for \"{}\", which the mapping names.\n", column);
    std::vector<std::pair<std::int64_t, std::string>> reasons;
    for (const auto& [reason, count] : report.reasons) reasons.emplace_back(-count, reason);
    std::ranges::sort(reasons);
    if (!reasons.empty()) words += "Rows are set aside, commonest first, because the row\n";
    for (std::size_t i = 0; i < std::min(most_reasons, reasons.size()); ++i)
        words += fmt::format("  {:>7}  {}\n", -reasons[i].first, reasons[i].second);
    if (reasons.size() > most_reasons)
        words += fmt::format("and for {} further reasons.\n", reasons.size() - most_reasons);
    if (reasons.empty()) return words;
    words += asked.set_aside_to.empty()
                 ? "To see them, give --set-aside FILE. Mend them in the system they come from, and import again.\n"
                 : fmt::format("They stand in {}, which holds personal data: delete it when they are mended.\n",
                               asked.set_aside_to);
    return words;
}

/// A line every two seconds or so, and the last one.
class Progress {
  public:
    explicit Progress(const std::function<void(std::string_view)>& say) : say_(&say) {}

    void operator()(const Import& import, std::int64_t rows_before)
    {
        const auto now = Clock::now();
        if (!import.finished_at && now - told_ < std::chrono::seconds(2)) return;
        told_ = now;
        const auto seconds = std::max(0.001, std::chrono::duration<double>(now - begun_).count());
        (*say_)(fmt::format("{} done, {:.0f} a second, {} set aside", rows_in_words(import.counts.rows),
                            static_cast<double>(import.counts.rows - rows_before) / seconds,
                            import.counts.quarantined));
    }

  private:
    using Clock = std::chrono::steady_clock;
    const std::function<void(std::string_view)>* say_;
    Clock::time_point begun_ = Clock::now();
    Clock::time_point told_ = Clock::now();
};

/// Personal data: readable by whoever runs the command alone.
Result<> write_set_aside(const std::string& file, const std::vector<QuarantinedRow>& rows)
{
    CsvTable table{.header = {"row", "line", "reasons", "text"}, .rows = {}};
    for (const auto& row : rows)
        table.rows.push_back(
            {.line = 0,
             .cells = {std::to_string(row.row), std::to_string(row.line), join(row.reasons, "; "), row.text}});
    TRY(write_text(file, ""));
    std::error_code failed;
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                                 failed);
    if (failed) return refuse(ProblemKind::unavailable, file + " cannot be kept from other people's eyes");
    return write_text(file, write_csv(table));
}

Result<AgencyId> agency_of(const Administration& here, const std::string& code)
{
    Result<accounts::Agency> agency;
    here.desk.database.read([&](Transaction& transaction) { agency = agency_named(transaction, code); });
    return TRY(std::move(agency)).id;
}

std::string import_line(const Import& import)
{
    const auto when = import.finished_at ? "finished " + clocks::wall_date_time(*import.finished_at)
                                         : std::string("interrupted: give the same command again to go on");
    return fmt::format("{:>4}  {}  {}  begun {}, {}\n      {}\n", import.number, import.source, import.file_name,
                       clocks::wall_date_time(import.started_at), when, counts_in_words(import.counts));
}

struct Given {
    std::string settings_file;
    ImportAsked asked;
    bool is_dry_run = false;
    std::int64_t import = 0;
};
using Work = std::function<Said(const Administration& here, const Given& given)>;

/// The record, to itself.
int run(const Given& given, const Work& work)
{
    const auto settings =
        given.settings_file.empty() ? Result<Settings>(default_settings()) : read_settings(given.settings_file);
    if (!settings) return refused(settings.error());
    if (const auto stands = record_stands(*settings); !stands) return refused(stands.error());
    const clocks::SystemTime time;
    const auto office = open_office(*settings, time);
    if (!office) {
        const auto code = refused(office.error());
        if (office.error().front().kind == ProblemKind::unavailable)
            std::cerr
                << "An import needs the record to itself: stop the service, import, and start it again. A custody "
                   "system that books children in calls the API, which works while the service runs.\n";
        return code;
    }
    const auto said = work({*(*office)->desk, settings->base_url, sign_in_time()}, given);
    if (!said) return refused(said.error());
    std::cout << *said;
    return 0;
}

constexpr const char* import_help =
    R"(The file is a table (CSV with a header, UTF-8) or JSON (a list of objects, or one object a line). The mapping says
which column is what; data/identity/mappings/ and data/identity/examples/ hold mappings to start from:

    source = northmere-records        a name of your own for the system, always the same
    reference = RecordNo              the column that names a record once
    given = Forenames
    family = Surname
    born = "Date of birth"            quotes where a name has blanks in it
    born_format = dd/mm/yyyy          or yyyy-mm-dd, d/m/yyyy, mm/dd/yyyy, yyyymmdd, ...
    sex = Gender
    sex.F = female
    deleted = Status                  what the system deleted is withdrawn
    deleted.Weeded = yes
    deleted.Live = no
    local_flags = Markers             system|code|since|reason; several divided by semicolons

A mapping with the line "rows = episodes" is of children who are or were missing: docs/episodes.md says what stands in it.

Every row is read by itself. One that cannot be taken is set aside with the reasons, and the others are taken all the
same. Sending the same file again changes nothing. If the command is interrupted, give it again: it goes on where it
stopped. No two people are joined: that is for people to decide.

The service must not be running on the same record: stop it first. While it runs, a custody system that books children
in one by one calls the API instead (docs/reference/openapi.json).)";

} // namespace

Said import_people(const Administration& here, const ImportAsked& asked,
                   const std::function<void(std::string_view line)>& say)
{
    const auto text = TRY(text_of(asked.file));
    const auto mapping = TRY(text_of(asked.mapping));
    const identity::Feed feed{.agency = TRY(agency_of(here, asked.agency)),
                              .file_name = std::filesystem::path(asked.file).filename().string(),
                              .text = text,
                              .mapping = mapping};
    Progress progress(say);
    std::vector<QuarantinedRow> set_aside;
    identity::FeedWork work{.now = sign_in_time, .kept = asked.kept, .rows_in_a_batch = rows_of_an_import_at_once};
    work.account = [&](Transaction& transaction, const Import& before, const Import& after) {
        auto now = here;
        now.now = sign_in_time();
        record(transaction, now, batch_in_log(after), feed.agency, handle_of(after.number),
               counts_as_code(before.counts, after.counts));
    };
    work.progress = [&](const Import& import, std::int64_t rows_before) { progress(import, rows_before); };
    work.local_flags = [&](Transaction& transaction, const identity::LocalFlagsSent& sent, UtcTime now) {
        return flags::take_local_flags(here.desk, transaction, sent, now);
    };
    if (!asked.set_aside_to.empty()) work.set_aside = [&](const QuarantinedRow& row) { set_aside.push_back(row); };
    const auto report =
        TRY(missing::is_of_episodes(mapping) ? missing::import_episodes(here.desk, feed, work, at_once_of_feeds())
                                             : identity::import_feed(here.desk.database, feed, work));
    if (!asked.set_aside_to.empty()) TRY(write_set_aside(asked.set_aside_to, set_aside));
    return report_in_words(report, asked);
}

Said list_imports(const Administration& here)
{
    std::string lines;
    here.desk.database.read([&](Transaction& transaction) {
        lines.clear();
        for (const auto& import : identity::newest_imports(transaction, 20)) lines += import_line(import);
    });
    return lines.empty() ? "Nothing was imported yet: reachable import --help\n" : lines;
}

Said forget_set_aside(const Administration& here, std::int64_t import)
{
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto count = identity::forget_quarantined(transaction, import);
        if (count == 0) return fmt::format("Import {} has no row that is set aside.\n", import);
        record(transaction, here, "identity.forget_set_aside", {}, handle_of(import), fmt::format("rows={}", count));
        return fmt::format("{} that import {} had set aside are deleted.\n", rows_in_words(count), import);
    });
}

void add_import_command(CLI::App& cli, std::function<int()>& chosen)
{
    const auto given = std::make_shared<Given>();
    const auto add = [&](CLI::App& parent, const char* name, const char* help, Work work) {
        auto* command = parent.add_subcommand(name, help);
        command->add_option("--settings", given->settings_file, "Settings file; the service itself must not be running")
            ->check(CLI::ExistingFile);
        command->callback(
            [given, &chosen, work = std::move(work)] { chosen = [given, work] { return run(*given, work); }; });
        return command;
    };
    auto* import =
        add(cli, "import", "Bring in the people or the missing episodes that another system knows",
            [](const auto& here, const Given& all) {
                auto asked = all.asked;
                if (all.is_dry_run) asked.kept = identity::Kept::no;
                return import_people(here, asked, [](std::string_view line) { std::cerr << line << std::endl; });
            });
    auto& asked = given->asked;
    import->add_option("FILE", asked.file, "A table (CSV) or JSON")->required()->check(CLI::ExistingFile);
    import->add_option("--mapping", asked.mapping, "A file that says which column is what")
        ->required()
        ->check(CLI::ExistingFile);
    import->add_option("--agency", asked.agency, "Code of the agency whose system it is; `reachable agency list`")
        ->required();
    import->add_flag("--dry-run", given->is_dry_run, "Tell what an import would do, and write nothing of it");
    import->add_option("--set-aside", asked.set_aside_to,
                       "Write the rows that are set aside to this table (CSV), to be mended: personal data");
    import->footer(import_help);

    auto* imports = cli.add_subcommand("imports", "What was imported before");
    imports->require_subcommand(1);
    add(*imports, "list", "The last twenty imports", [](const auto& here, const Given&) { return list_imports(here); });
    add(*imports, "forget", "Delete the rows that an import set aside, when they are mended",
        [](const auto& here, const Given& all) { return forget_set_aside(here, all.import); })
        ->add_option("--import", given->import, "Its number")
        ->required();
}

} // namespace reachable::app
