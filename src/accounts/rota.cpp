// Who is on duty, and whom to tell when nobody is.
#include "accounts/accounts.h"

#include "accounts/columns.h"

namespace reachable::accounts {

using storage::Rows;
using storage::Transaction;

namespace {

/// One worker may have two stretches that overlap; they are named once, in the order their duty began.
std::vector<WorkerId> in_order_of_duty(const Rows& rows)
{
    return ids_at<WorkerId>(rows, 0);
}

} // namespace

void add_duty(Transaction& transaction, const Duty& duty)
{
    CHECK(duty.from < duty.to, "A stretch of duty ends after it begins");
    transaction.execute("insert into accounts_duties (worker, team, role, from_at, to_at) values ($1, $2, $3, $4, $5)",
                        {to_value(duty.worker), to_value(duty.team), to_value(code_of(duty.role)), to_value(duty.from),
                         to_value(duty.to)});
}

bool has_duty(Transaction& transaction, const Duty& duty)
{
    return !transaction
                .query("select 1 from accounts_duties"
                       " where worker = $1 and team = $2 and role = $3 and from_at = $4 and to_at = $5",
                       {to_value(duty.worker), to_value(duty.team), to_value(code_of(duty.role)), to_value(duty.from),
                        to_value(duty.to)})
                .empty();
}

std::vector<WorkerId> on_duty(Transaction& transaction, TeamId team, Role role, UtcTime now)
{
    return in_order_of_duty(transaction.query(
        "select d.worker, min(d.from_at) from accounts_duties d join accounts_workers w on w.id = d.worker"
        " where d.team = $1 and d.role = $2 and d.from_at <= $3 and d.to_at > $3 and w.is_open = 1"
        " group by d.worker order by min(d.from_at), d.worker",
        {to_value(team), to_value(code_of(role)), to_value(now)}));
}

std::vector<WorkerId> on_duty_anywhere(Transaction& transaction, AgencyId agency, Role role, UtcTime now)
{
    return in_order_of_duty(transaction.query(
        "select d.worker, min(d.from_at) from accounts_duties d join accounts_teams t on t.id = d.team"
        " join accounts_workers w on w.id = d.worker"
        " where t.agency = $1 and d.role = $2 and d.from_at <= $3 and d.to_at > $3 and w.is_open = 1"
        " group by d.worker order by min(d.from_at), d.worker",
        {to_value(agency), to_value(code_of(role)), to_value(now)}));
}

Escalation escalate(Transaction& transaction, AgencyId agency, std::span<const Role> ladder, UtcTime now)
{
    Escalation escalation;
    for (const Role role : ladder) {
        escalation.role = role;
        escalation.workers = on_duty_anywhere(transaction, agency, role, now);
        if (!escalation.workers.empty()) break;
        escalation.gap.push_back(role);
    }
    return escalation;
}

} // namespace reachable::accounts
