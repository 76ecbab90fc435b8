#include "app/demo_people.h"

#include "app/session_cookies.h"
#include "base/csv.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

constexpr const char* demo_password = "quiet harbour lantern";

/// One member of staff of the demonstration.
struct Member {
    const char* who;
    const char* sign_in_name;
    const char* team;
    Role role;
    const char* what_to_try;
};

constexpr const char* suite = "Northmere Castle Street";
constexpr const char* quayside = "Northmere Quayside";
constexpr const char* inspectors = "Northmere duty inspectors";
constexpr const char* response = "Northmere response";
constexpr const char* westmoor = "Westmoor emergency duty team";
constexpr const char* harbourne = "Harbourne emergency duty team";

constexpr Member members[] = {
    {"Sgt Hale", "hale@northmere-police.example", suite, Role::CUST,
     "custody sergeant: book in a child, ask, read the brief"},
    {"Sgt Rowe", "rowe@northmere-police.example", suite, Role::CUST, "custody sergeant of the next shift"},
    {"Sgt Quill", "quill@northmere-police.example", quayside, Role::CUST,
     "custody sergeant of another suite: sees other children"},
    {"Officer Dunn", "dunn@northmere-police.example", suite, Role::DETO, "detention officer: acts on the brief"},
    {"Inspector Croft", "croft@northmere-police.example", inspectors, Role::INSP,
     "inspector: is told when a clock runs out"},
    {"Officer Byte", "byte@northmere-police.example", response, Role::RESP,
     "response officer: opens a record in an emergency"},
    {"Sgt Lowe", "lowe@northmere-police.example", response, Role::SUPV, "supervisor of the response team"},
    {"Kim Arden", "arden@northmere-police.example", "Northmere professional standards", Role::PSTD,
     "professional standards: restricts records"},
    {"Sgt Mills", "mills@eastvale-police.example", "Eastvale Mill Lane", Role::CUST,
     "custody sergeant of another force"},
    {"Officer Vale", "vale@eastvale-police.example", "Eastvale response", Role::RESP,
     "response officer: records where the police met a child"},
    {"Alex Rook", "rook@eastvale-police.example", "Eastvale missing-person unit", Role::MPC,
     "missing-person coordinator: sees every encounter of the force"},
    {"Blair Nye", "nye@eastvale-police.example", "Eastvale disruption team", Role::DISR,
     "disruption lead: proposes and decides on flags of adults and places"},
    {"Indra Penn", "penn@eastvale-police.example", "Eastvale missing-person unit", Role::IGOV,
     "information governance of Eastvale: answers what is disputed"},
    {"Wren Ashby", "ashby@westmoor.example", westmoor, Role::EDT,
     "duty worker of Westmoor: answers custody's questions"},
    {"Morgan Pike", "pike@westmoor.example", westmoor, Role::LADM, "on-call manager of Westmoor"},
    {"Jo Fenn", "fenn@westmoor.example", "Westmoor children's social care", Role::SW,
     "social worker: sees the children on their list"},
    {"Frankie Moss", "moss@westmoor.example", "Westmoor children's social care", Role::IGOV,
     "information governance of Westmoor: reviews its emergency access"},
    {"Ellis Marsh", "marsh@harbourne.example", harbourne, Role::EDT, "duty worker of Harbourne"},
    {"Robin Teal", "teal@harbourne.example", harbourne, Role::LADM, "on-call manager of Harbourne"},
    {"Sol Reed", "reed@harbourne.example", "Harbourne young people's team", Role::YJS,
     "youth justice worker: goes to a child and offers support"},
    {"Lou Ames", "ames@harbourne.example", "Harbourne children's social care", Role::SW,
     "social worker of Harbourne: places a child out of the area"},
    {"Drew Saltby", "drew@saltby.example", "Saltby emergency duty team", Role::EDT, "duty worker of Saltby"},
    {"Kim Storey", "storey@saltby.example", "Saltby children's social care", Role::RHIP,
     "return home interviewer of Saltby"},
    {"Ceri Morgan", "morgan@cwm-arian.example", "Cwm Arian emergency duty team", Role::EDT,
     "duty worker of Cwm Arian, an authority of Wales"},
    {"Nia Wyn", "wyn@cwm-arian.example", "Cwm Arian children's social care", Role::RHIP,
     "return home interviewer of Cwm Arian: speaks Welsh"},
    {"Kerry Voss", "voss@northmere-police.example", "Northmere missing-person unit", Role::IGOV,
     "information governance: who looked, and is the log whole"},
    {"Pat Lind", "lind@northmere-police.example", "Northmere control room", Role::CALL,
     "call handler: takes the report of a missing child"},
    {"Noor Hart", "hart@northmere-police.example", "Northmere missing-person unit", Role::MPC,
     "missing-person coordinator of Northmere: the board, reviews, transfers"},
    {"Inspector Doyle", "doyle@eastvale-police.example", "Eastvale duty inspectors", Role::INSP,
     "inspector of Eastvale: reviews how high a risk is"},
    {"Gray Holt", "holt@tarnside-police.example", "Tarnside missing-person unit", Role::MPC,
     "missing-person coordinator of Tarnside: is offered the lead"},
    {"Quinn Dale", "quinn@harbourne.example", "Harbourne young people's team", Role::RHIP,
     "return home interviewer: talks with a child who was missing"},
    {"Jess Orme", "orme@saltby.example", "Saltby Harbour House", Role::PLAC,
     "works in a children's home: reports a child missing"},
    {"Sam Cove", "cove@saltby.example", "Saltby children's social care", Role::ATTN,
     "attends meetings for Saltby: reads what is shared with it"},
    {"Lee Birch", "birch@northmere-police.example", "Northmere missing-person unit", Role::ADMIN,
     "administrator: what other systems sent"},
};

Result<CsvTable> table(const DemoOptions& options, std::string_view name)
{
    return read_csv_file(options.data_folder + "/demo/" + std::string(name));
}

/// What somebody of the demonstration is doing before a presenter signs in.
const char* purpose_of(accounts::AgencyKind kind, Role role)
{
    if (role == Role::RESP || role == Role::MPC || role == Role::CALL || role == Role::PLAC || role == Role::RHIP)
        return "missing-response";
    if (role == Role::ATTN) return "joint-planning";
    if (role == Role::DISR) return "disruption";
    return kind == accounts::AgencyKind::police_force ? "custody-safeguarding" : "safeguarding-response";
}

/// The file writes "police_force" where the service's code is "police-force".
std::string kind_code(std::string text)
{
    std::replace(text.begin(), text.end(), '_', '-');
    return text;
}

Result<> add_agencies(Transaction& transaction, const DemoOptions& options, const CsvTable& agencies,
                      const CsvTable& teams, DemoPeople& people)
{
    for (const auto& row : agencies.rows) {
        const auto& code = agencies.cell(row, "code");
        const accounts::Agency agency{.id = demo_id<AgencyId>(options.seed, code),
                                      .kind = TRY(accounts::agency_kind_from(kind_code(agencies.cell(row, "kind")))),
                                      .code = code,
                                      .name = agencies.cell(row, "name")};
        accounts::add_agency(transaction, agency);
        people.agencies[code] = agency;
    }
    for (const auto& row : teams.rows) {
        const auto& name = teams.cell(row, "name");
        const accounts::Team team{.id = demo_id<TeamId>(options.seed, name),
                                  .agency = people.agencies.at(teams.cell(row, "agency_code")).id,
                                  .name = name,
                                  .kind = teams.cell(row, "kind"),
                                  .desk_mail = teams.cell(row, "desk_mail"),
                                  .code_mail = teams.cell(row, "code_mail"),
                                  .phone = teams.cell(row, "phone"),
                                  .area_code = teams.cell(row, "authority_code")};
        accounts::add_team(transaction, team);
        people.teams[name] = team;
    }
    return {};
}

void add_member(Transaction& transaction, const accounts::SecretKeys& keys, const DemoOptions& options,
                const Member& member, const std::string& hash, DemoPeople& people)
{
    const auto& team = people.teams.at(member.team);
    const accounts::Worker worker{.id = demo_id<WorkerId>(options.seed, member.sign_in_name),
                                  .agency = team.agency,
                                  .sign_in_name = member.sign_in_name,
                                  .name = member.who};
    accounts::add_worker(transaction, worker);
    accounts::add_post(transaction, {.worker = worker.id, .team = team.id, .role = member.role});
    accounts::add_duty(transaction, {.worker = worker.id,
                                     .team = team.id,
                                     .role = member.role,
                                     .from = options.now - hours{24 * 7},
                                     .to = options.now + hours{24 * 60}});
    const auto secret = accounts::set_hashed_credentials(transaction, keys, worker.id, hash, sign_in_time());
    people.sign_ins.push_back({member.who, member.sign_in_name, demo_password, secret.reveal(), member.what_to_try});

    accounts::Session session;
    session.id = SessionId::random();
    session.worker = worker.id;
    session.agency = team.agency;
    for (const auto& [code, agency] : people.agencies)
        if (agency.id == team.agency) session.agency_kind = agency.kind;
    session.team = team.id;
    session.role = member.role;
    session.purpose = purpose_of(session.agency_kind, member.role);
    people.sessions[member.who] = session;
}

/// A system of the force, and its token.
std::string add_machine(Transaction& transaction, const DemoOptions& options, const accounts::Team& team,
                        const char* name, Role role)
{
    const accounts::Worker machine{.id = demo_id<WorkerId>(options.seed, name),
                                   .agency = team.agency,
                                   .sign_in_name = fmt::format("{}@northmere-police.example", name),
                                   .name = fmt::format("Northmere {}", name)};
    accounts::add_worker(transaction, machine);
    const accounts::Post post{.worker = machine.id, .team = team.id, .role = role};
    accounts::add_post(transaction, post);
    return accounts::add_machine(transaction, post, options.now).reveal();
}

} // namespace

Result<DemoPeople> make_people(const casework::Desk& desk, const accounts::SecretKeys& keys, const DemoOptions& options)
{
    const auto agencies = TRY(table(options, "agencies.csv"));
    const auto teams = TRY(table(options, "teams.csv"));
    const auto hash = accounts::hash_password(Sensitive(std::string(demo_password)));
    DemoPeople people;
    Result<> made;
    desk.database.write([&](Transaction& transaction) {
        people = {};
        made = add_agencies(transaction, options, agencies, teams, people);
        if (!made) return;
        for (const auto& member : members) add_member(transaction, keys, options, member, hash, people);
        const auto& office = people.teams.at("Northmere missing-person unit");
        people.machine_token = add_machine(transaction, options, people.teams.at(suite), "custody-system", Role::CUST);
        people.feed_token = add_machine(transaction, options, office, "records-system", Role::ADMIN);
        auto entry =
            casework::audit_entry(desk, accounts::service_session(), RequestId{}, {}, {}, options.now - hours{24});
        entry.operation = audit::Operation::administration;
        entry.action = "demo.people";
        entry.outcome = "done";
        desk.log.append(transaction, std::move(entry));
    });
    TRY(made);
    return people;
}

} // namespace reachable::app
