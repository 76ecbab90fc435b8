#include "app/setting_up.h"

#include "accounts/enrolment.h"
#include "accounts/sessions.h"
#include "app/setting_up_parts.h"
#include "base/csv.h"
#include "base/text.h"
#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {

using storage::Transaction;

namespace {

constexpr std::size_t longest_text = 200;

bool is_text(std::string_view text)
{
    return !trim(text).empty() && text == trim(text) && text.size() <= longest_text && is_clean_utf8(text) &&
           !turns_direction(text) && text.find_first_of("\t\r\n") == std::string_view::npos;
}

/// One word of printable ASCII: codes, sign-in names, addresses.
bool is_word(std::string_view text)
{
    return !text.empty() && text.size() <= longest_text &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

bool is_mail(std::string_view text)
{
    const auto at = text.find('@');
    return is_word(text) && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find_first_of("<>,;\"\\@", at + 1) == std::string_view::npos &&
           text.find_first_of("<>,;\"\\") == std::string_view::npos;
}

Result<> check_team(Transaction& transaction, const NewTeam& asked)
{
    Problems problems;
    const auto wrong = [&](std::string sentence) { problems.push_back({ProblemKind::malformed, std::move(sentence)}); };
    if (!is_text(asked.name)) wrong("Give the team a name of at most 200 characters");
    const bool is_desk = asked.kind == "duty-desk";
    const bool is_suite = asked.kind == "custody-suite";
    if (!is_desk && !is_suite && asked.kind != "office") wrong("The kind is custody-suite, duty-desk or office");
    if (!asked.desk_mail.empty() && !is_mail(asked.desk_mail)) wrong("The desk's address is not a mail address");
    if (!asked.code_mail.empty() && !is_mail(asked.code_mail)) wrong("The address for codes is not a mail address");
    const auto agency = accounts::find_agency_by_code(transaction, asked.agency);
    if (is_desk && agency && agency->kind != accounts::AgencyKind::local_authority)
        wrong("Only a local authority has a duty desk: it is asked about children in custody");
    if (is_desk && (asked.desk_mail.empty() || asked.code_mail.empty()))
        wrong("A duty desk needs --desk-mail, which gets links, and --code-mail, which gets the codes for them");
    if (is_desk && !asked.desk_mail.empty() && to_lower_ascii(asked.desk_mail) == to_lower_ascii(asked.code_mail))
        wrong("Links and codes go to two addresses that different people read: these are the same");
    if (!asked.phone.empty() && !is_text(asked.phone)) wrong("The telephone number is not clean text");
    if (is_suite || !asked.area_code.empty()) {
        const auto area = accounts::find_agency_by_code(transaction, asked.area_code);
        if (!area || area->kind != accounts::AgencyKind::local_authority)
            wrong("A custody suite needs --area: the code of the local authority whose area it stands in");
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

/// Adds what is not there; whether anything changed.
Result<bool> add_agency_in(Transaction& transaction, const accounts::Agency& asked)
{
    const auto held = accounts::find_agency_by_code(transaction, asked.code);
    if (!held) {
        accounts::add_agency(transaction, asked);
        return true;
    }
    if (held->name != asked.name || held->kind != asked.kind)
        return refuse(ProblemKind::conflict, fmt::format("The code {} belongs to another agency: {}, {}", asked.code,
                                                         held->name, accounts::title_of(held->kind)));
    return false;
}

bool is_in_force(const CsvTable& table, const CsvTable::Row& row, CivilDate today)
{
    const auto from = parse_date(table.cell(row, "valid_from"));
    const auto to = parse_date(table.cell(row, "valid_to"));
    return (!from || *from <= today) && (!to || today <= *to);
}

Result<std::vector<accounts::Agency>> agencies_of(const std::filesystem::path& file, accounts::AgencyKind kind,
                                                  CivilDate today)
{
    const auto table = TRY(read_csv_file(file));
    TRY(table.require({"code", "label", "valid_from", "valid_to"}));
    std::vector<accounts::Agency> agencies;
    for (const auto& row : table.rows)
        if (is_in_force(table, row, today))
            agencies.push_back({AgencyId::random(), kind, table.cell(row, "code"), table.cell(row, "label")});
    return agencies;
}

} // namespace

void record(Transaction& transaction, const Administration& here, std::string_view action, AgencyId agency,
            std::string about, std::string counts)
{
    accounts::Session session = accounts::service_session();
    session.role = accounts::Role::ADMIN;
    session.agency = agency;
    auto entry = casework::audit_entry(here.desk, session, RequestId{}, {}, {}, here.now);
    entry.operation = audit::Operation::administration;
    entry.action = action;
    entry.recipients = std::move(about);
    entry.reason_code = std::move(counts);
    entry.outcome = "done";
    here.desk.log.append(transaction, std::move(entry));
}

Said in_one_write(const Administration& here, const std::function<Said(Transaction&)>& body)
{
    Said said;
    here.desk.database.write([&](Transaction& transaction) { said = body(transaction); });
    return said;
}

Result<accounts::Agency> agency_named(Transaction& transaction, const std::string& code)
{
    auto agency = accounts::find_agency_by_code(transaction, code);
    if (!agency)
        return refuse(
            ProblemKind::not_found,
            fmt::format("There is no agency with the code {}: add it first, or load the reference lists", code));
    return *agency;
}

Result<accounts::Worker> worker_named(Transaction& transaction, const std::string& sign_in_name)
{
    auto worker = accounts::find_worker_by_name(transaction, sign_in_name);
    if (!worker) return refuse(ProblemKind::not_found, fmt::format("Nobody has the sign-in name {}", sign_in_name));
    if (!worker->is_open)
        return refuse(ProblemKind::out_of_order, fmt::format("The account {} was ended", worker->sign_in_name));
    return *worker;
}

Result<accounts::Post> post_named(Transaction& transaction, const accounts::Worker& worker, const PostNamed& named)
{
    const auto role = accounts::role_from(named.role);
    if (!role || *role == accounts::Role::system || *role == accounts::Role::CHILD)
        return refuse(ProblemKind::malformed,
                      fmt::format("“{}” is no role that staff hold: give its code, such as CUST or EDT", named.role));
    for (const auto& team : accounts::list_teams(transaction, worker.agency))
        if (team.name == named.team) return accounts::Post{worker.id, team.id, *role};
    return refuse(ProblemKind::not_found, fmt::format("Their agency has no team called “{}”", named.team));
}

bool holds(Transaction& transaction, const accounts::Post& post)
{
    const auto posts = accounts::posts_of(transaction, post.worker);
    return std::find(posts.begin(), posts.end(), post) != posts.end();
}

Result<accounts::Worker> new_worker(const accounts::Agency& agency, const NewWorker& asked)
{
    const auto name = to_lower_ascii(trim(asked.post.sign_in_name));
    if (!is_word(name))
        return refuse(
            ProblemKind::malformed,
            "A sign-in name is one word, such as a mail address or a collar number, of at most 200 characters");
    if (!is_text(asked.name)) return refuse(ProblemKind::malformed, "Give a name of at most 200 characters");
    return accounts::Worker{WorkerId::random(), agency.id, name, asked.name};
}

Said load_reference(const Administration& here, const std::filesystem::path& data_folder)
{
    const auto today = clocks::london_day(here.now);
    const auto folder = data_folder / "reference";
    auto all = TRY(agencies_of(folder / "police_forces.csv", accounts::AgencyKind::police_force, today));
    const auto force_count = all.size();
    const auto authorities =
        TRY(agencies_of(folder / "local_authorities.csv", accounts::AgencyKind::local_authority, today));
    all.insert(all.end(), authorities.begin(), authorities.end());
    std::size_t added_count = 0;
    here.desk.database.write([&](Transaction& transaction) {
        std::size_t added = 0;
        for (const auto& agency : all) {
            if (accounts::find_agency_by_code(transaction, agency.code)) continue;
            accounts::add_agency(transaction, agency);
            ++added;
        }
        if (added > 0) record(transaction, here, "accounts.load_reference", {}, {});
        added_count = added;
    });
    return fmt::format("{} police forces and {} local authorities are in force today; {} of them were new here.\n",
                       force_count, authorities.size(), added_count);
}

Said add_agency(const Administration& here, const NewAgency& asked)
{
    const auto kind = accounts::agency_kind_from(asked.kind);
    if (!kind)
        return refuse(ProblemKind::malformed, "The kind is police-force, local-authority, charity, health-body, "
                                              "prosecution, oversight, operator or immigration");
    if (!is_word(asked.code))
        return refuse(ProblemKind::malformed, "Give the official code of the agency, in one word");
    if (!is_text(asked.name)) return refuse(ProblemKind::malformed, "Give the agency a name of at most 200 characters");
    const accounts::Agency agency{AgencyId::random(), *kind, asked.code, asked.name};
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        if (!TRY(add_agency_in(transaction, agency))) return fmt::format("{} is there already.\n", agency.name);
        record(transaction, here, "accounts.add_agency", agency.id, {});
        return fmt::format("Added {}.\n", agency.name);
    });
}

Said add_team(const Administration& here, const NewTeam& asked)
{
    const auto id = TeamId::random();
    return in_one_write(here, [&](Transaction& transaction) -> Said {
        const auto agency = TRY(agency_named(transaction, asked.agency));
        TRY(check_team(transaction, asked));
        const accounts::Team team{id,          agency.id,      asked.name, asked.kind, asked.desk_mail, asked.code_mail,
                                  asked.phone, asked.area_code};
        for (auto held : accounts::list_teams(transaction, agency.id)) {
            if (held.name != team.name) continue;
            held.id = id;
            if (held == team) return fmt::format("{} is there already.\n", team.name);
            return refuse(ProblemKind::conflict,
                          fmt::format("{} has a team called “{}” with other details", agency.name, team.name));
        }
        accounts::add_team(transaction, team);
        record(transaction, here, "accounts.add_team", agency.id, team.id.text());
        return fmt::format("Added {} to {}.\n", team.name, agency.name);
    });
}

} // namespace reachable::app
