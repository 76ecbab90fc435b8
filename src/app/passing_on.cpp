#include "app/passing_on.h"

#include "notices/acknowledgement.h"

namespace reachable::app {
namespace {

void note_in_log(storage::Transaction& transaction, const casework::Desk& desk, CaseId about, accounts::Role told,
                 UtcTime now)
{
    const auto head = about.is_none() ? casework::CaseHead{} : casework::load_head(transaction, about);
    auto entry = casework::audit_entry(desk, accounts::service_session(), RequestId{}, head, policy::Decision{}, now);
    entry.operation = audit::Operation::notification;
    entry.action = "notice.pass_on";
    entry.recipients = accounts::code_of(told);
    entry.outcome = "done";
    desk.log.append(transaction, std::move(entry));
}

} // namespace

std::size_t pass_on_notices(const casework::Desk& desk, UtcTime now)
{
    constexpr std::size_t most_at_once = 100;
    // Mostly there are none, and a look beside the writes says so.
    std::size_t waiting = 0;
    desk.database.read([&](storage::Transaction& transaction) {
        waiting = notices::unacknowledged(transaction, desk.lists, now, 1).size();
    });
    std::size_t passed = 0;
    for (std::size_t this_time = waiting; this_time > 0; passed += this_time)
        desk.database.write([&](storage::Transaction& transaction) {
            const auto overdue = notices::unacknowledged(transaction, desk.lists, now, most_at_once);
            this_time = overdue.size();
            for (const auto& one : overdue) {
                const auto told = notices::pass_on(transaction, one, now);
                note_in_log(transaction, desk, one.notice.case_id, told.role, now);
            }
        });
    return passed;
}

} // namespace reachable::app
