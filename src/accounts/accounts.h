// Who works where and in what role: agencies, teams, workers, roles, and who is on duty.
#pragma once

#include "base/id.h"
#include "base/time.h"
#include "storage/database.h"
#include "storage/migrations.h"

#include <optional>

namespace reachable::accounts {

/// The codes of the roles, as in the specification of roles ("CUST": custody sergeant …). `system` is the service
/// itself.
enum class Role {
    system,
    CALL,
    RESP,
    CUST,
    DETO,
    INSP,
    MPC,
    OIC,
    DISR,
    OFFM,
    NRMF,
    EDT,
    SW,
    LADM,
    RHIP,
    PLAC,
    PARE,
    CHAIR,
    ATTN,
    AA,
    CPS,
    YJS,
    HLTH,
    EDUC,
    VSUP,
    PCSO,
    PCCA,
    STAT,
    INSPT,
    TRNL,
    SUPV,
    IGOV,
    PSTD,
    CATO,
    CHILD,
    ADMIN
};
std::string_view code_of(Role role);
/// "custody sergeant"
std::string_view title_of(Role role);
Result<Role> role_from(std::string_view code);

enum class AgencyKind {
    police_force,
    local_authority,
    charity,
    health_body,
    prosecution,
    oversight,
    operator_,
    immigration
};
std::string_view code_of(AgencyKind kind);
std::string_view title_of(AgencyKind kind);
Result<AgencyKind> agency_kind_from(std::string_view code);

/// A force, an authority or a charity that signs in. `code` is its official code (GSS) or an invented one for the demo.
struct Agency {
    AgencyId id;
    AgencyKind kind = AgencyKind::police_force;
    std::string code;
    std::string name;
    bool operator==(const Agency&) const = default;
};

/// A group that shares a queue and a rota: a custody suite, an emergency duty team.
/// `desk_mail` gets links, `code_mail` gets one-time codes (a second, known channel); `phone` is read out to people.
struct Team {
    TeamId id;
    AgencyId agency;
    std::string name;
    std::string kind; // "custody-suite", "duty-desk", "office"
    std::string desk_mail;
    std::string code_mail;
    std::string phone;
    std::string area_code = {}; // a custody suite: the official code of the local authority whose area it stands in
    bool operator==(const Team&) const = default;
};

/// A member of staff. The roles they hold are held at a team.
struct Worker {
    WorkerId id;
    AgencyId agency;
    std::string sign_in_name; // an address or a collar number; unique; lower case
    std::string name;         // "Sgt Hale"
    bool is_open = true;      // false: left, cannot sign in
    bool operator==(const Worker&) const = default;
};

struct Post {
    WorkerId worker;
    TeamId team;
    Role role = Role::CUST;
    bool operator==(const Post&) const = default;
};

// Storing. Each is called inside a write; ids are given by the caller. A name or code that is taken fails the write.
void add_agency(storage::Transaction& transaction, const Agency& agency);
void add_team(storage::Transaction& transaction, const Team& team);
void add_worker(storage::Transaction& transaction, const Worker& worker);
void add_post(storage::Transaction& transaction, const Post& post);
/// Takes a post away, with its duties from now on, and ends the sessions and machine tokens in it.
/// False if the worker does not hold it.
bool end_post(storage::Transaction& transaction, const Post& post, UtcTime now);
/// Closes the account and ends its sessions; its machine tokens stop working too.
void close_worker(storage::Transaction& transaction, WorkerId worker, UtcTime now);

std::optional<Agency> find_agency(storage::Transaction& transaction, AgencyId id);
std::optional<Agency> find_agency_by_code(storage::Transaction& transaction, std::string_view code);
std::vector<Agency> list_agencies(storage::Transaction& transaction, std::optional<AgencyKind> kind = {});
std::optional<Team> find_team(storage::Transaction& transaction, TeamId id);
std::vector<Team> list_teams(storage::Transaction& transaction, AgencyId agency);
/// The desk of an authority that answers day and night. None at any other organisation: nobody but children's services
/// is asked about a child (R-P-09).
std::optional<TeamId> duty_desk_of(storage::Transaction& transaction, AgencyId authority);
std::optional<Worker> find_worker(storage::Transaction& transaction, WorkerId id);
std::optional<Worker> find_worker_by_name(storage::Transaction& transaction, std::string_view sign_in_name);
/// The police force in whose area an authority lies: one that has a team there. None if no force of this service has.
std::optional<AgencyId> force_of_area(storage::Transaction& transaction, AgencyId authority);
/// The team at which that role is held at the agency; the first by name if there are several, none if nobody holds it.
std::optional<TeamId> team_of_role(storage::Transaction& transaction, AgencyId agency, Role role);
std::vector<Post> posts_of(storage::Transaction& transaction, WorkerId worker);

/// One stretch of duty on the rota.
struct Duty {
    WorkerId worker;
    TeamId team;
    Role role = Role::CUST;
    UtcTime from{};
    UtcTime to{};
};
void add_duty(storage::Transaction& transaction, const Duty& duty);
bool has_duty(storage::Transaction& transaction, const Duty& duty);
/// Who is on duty in that role at that moment, for a team, or for any team of the agency.
std::vector<WorkerId> on_duty(storage::Transaction& transaction, TeamId team, Role role, UtcTime now);
std::vector<WorkerId> on_duty_anywhere(storage::Transaction& transaction, AgencyId agency, Role role, UtcTime now);

/// Whom to tell when a clock says so (R-X-13, R-X-14): the asked role on duty; if nobody is on the rota, the next role
/// of `ladder` at once, with `gap` naming the roles that nobody held.
struct Escalation {
    Role role = Role::INSP;
    std::vector<WorkerId> workers; // empty: nobody on any rung
    std::vector<Role> gap;
};
Escalation escalate(storage::Transaction& transaction, AgencyId agency, std::span<const Role> ladder, UtcTime now);

std::span<const storage::Migration> migrations();

} // namespace reachable::accounts
