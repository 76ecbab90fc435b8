#include "casework/desk.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::casework {

const CaseType* Desk::find_type(std::string_view name) const
{
    const auto found = std::ranges::find(types, name, &CaseType::name);
    return found == types.end() ? nullptr : *found;
}

tl::unexpected<Problems> no_such_case()
{
    return refuse(ProblemKind::not_found, "There is no such record, or it is not open to you");
}

policy::Request policy_request(const Session& session, std::string action, UtcTime now)
{
    return {.worker = session.worker,
            .agency = session.agency,
            .agency_kind = session.agency_kind,
            .role = session.role,
            .purpose = session.purpose,
            .action = std::move(action),
            .second_factor_age = now - session.code_proved_at};
}

policy::Request policy_request(const Desk& desk, storage::Transaction& transaction, const CaseType& type,
                               const CaseHead& head, const Session& session, std::string action, UtcTime now,
                               const ties::Known& known)
{
    auto request = policy_request(session, std::move(action), now);
    if (!session.only_case.is_none() && session.only_case != head.id) return request;
    if (!head.heading.child.is_none()) request.child = head.heading.child;
    const auto links =
        ties::connect(request, transaction, session, {head.id, type.relate(head.heading, session), head.heading.other},
                      now, known, desk.tie_memory);
    request.relationships = desk.policy.live(links, now, desk.clock.is_sure());
    return request;
}

audit::Entry audit_entry(const Desk& desk, const Session& session, RequestId request, const CaseHead& head,
                         const policy::Decision& decision, UtcTime now)
{
    audit::Entry entry;
    entry.at = now;
    entry.clock_health = desk.clock.health();
    entry.worker = session.worker;
    entry.agency = session.agency;
    entry.role = accounts::code_of(session.role);
    entry.purpose = session.purpose;
    entry.child = head.heading.child;
    entry.case_id = head.id;
    entry.rules = join(decision.rules, ",");
    entry.policy_hash = desk.policy.hash();
    entry.request = request;
    return entry;
}

} // namespace reachable::casework
