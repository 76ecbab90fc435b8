#include "app/start_warnings.h"

#include "storage/database.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using storage::Transaction;

constexpr std::string_view sqlite = "sqlite:";

bool has_desk(Transaction& transaction, AgencyId authority)
{
    return std::ranges::any_of(accounts::list_teams(transaction, authority),
                               [](const accounts::Team& team) { return team.kind == "duty-desk"; });
}

/// Suites whose own authority cannot be asked: a request from there finds nobody.
std::vector<std::string> suites_without_a_desk(Transaction& transaction)
{
    std::vector<std::string> warnings;
    for (const auto& agency : accounts::list_agencies(transaction))
        for (const auto& team : accounts::list_teams(transaction, agency.id)) {
            if (team.kind != "custody-suite") continue;
            const auto authority = accounts::find_agency_by_code(transaction, team.area_code);
            if (authority && has_desk(transaction, authority->id)) continue;
            warnings.push_back(fmt::format("{} stands in the area of {}, which has no duty desk here: its requests "
                                           "cannot be sent there. Enter one: reachable team add --kind duty-desk",
                                           team.name, authority ? authority->name : std::string("no known authority")));
        }
    return warnings;
}

} // namespace

Result<> record_stands(const Settings& settings)
{
    const auto missing = fmt::format("There is no record at {}. To begin a new one, say so: --new-record. Otherwise "
                                     "check “database” in the settings",
                                     record_in_words(settings));
    if (settings.database.starts_with(sqlite)) {
        if (std::filesystem::exists(settings.database.substr(sqlite.size()))) return {};
        return refuse(ProblemKind::missing, missing);
    }
    const auto database = TRY(storage::open_database({.url = settings.database, .read_only = true}));
    bool stands = false;
    database->read([&](Transaction& transaction) {
        stands = !transaction
                      .query("select 1 from information_schema.tables where table_name = 'audit_entries' and "
                             "table_schema = current_schema()")
                      .empty();
    });
    if (stands) return {};
    return refuse(ProblemKind::missing, missing);
}

std::string record_in_words(const Settings& settings)
{
    if (settings.database.starts_with(sqlite))
        return std::filesystem::absolute(settings.database.substr(sqlite.size())).string();
    return "the PostgreSQL database of the settings";
}

std::vector<std::string> start_warnings(const casework::Desk& desk, const Settings& settings)
{
    std::vector<std::string> warnings;
    if (settings.is_demo) return warnings;
    if (settings.mail_server.empty())
        warnings.push_back(fmt::format("No mail is sent: mail_server is empty. Links and codes for duty desks are "
                                       "written to {} and reach nobody.",
                                       settings.mail_folder));
    if (settings.text_gateway_url.empty())
        warnings.push_back("Text messages are not set up, so nobody is told by text: text_gateway_url is empty.");
    if (settings.log_origin == Settings{}.log_origin)
        warnings.push_back("The audit log still bears the example's name. Set log_origin before the first entry that "
                           "matters: it cannot be changed later.");
    if (!clocks::Machine::this_one().is_kept_by_others())
        warnings.push_back(
            "No time service keeps the clock of this machine right. Two hours are counted by it: install "
            "one, such as chrony.");
    desk.database.read([&](Transaction& transaction) {
        const auto without = suites_without_a_desk(transaction);
        warnings.insert(warnings.end(), without.begin(), without.end());
    });
    return warnings;
}

} // namespace reachable::app
