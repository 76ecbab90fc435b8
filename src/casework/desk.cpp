#include "casework/desk.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::casework {

const CaseType* Desk::find_type(std::string_view name) const
{
    for (const auto* type : types)
        if (type->name == name) return type;
    return nullptr;
}

Session service_session()
{
    Session session;
    session.role = Role::system;
    session.agency_kind = accounts::AgencyKind::operator_;
    session.purpose = "administration";
    return session;
}

std::string Listed::in_words(std::size_t count)
{
    return count > counted_up_to ? fmt::format("More than {}", counted_up_to) : std::to_string(count);
}

bool Seen::may_do(std::string_view action) const
{
    return std::find(may.begin(), may.end(), action) != may.end();
}

policy::Request policy_request(const CaseType& type, const CaseHead& head, const Session& session, std::string action,
                               UtcTime now)
{
    policy::Request request;
    request.worker = session.worker;
    request.agency = session.agency;
    request.agency_kind = session.agency_kind;
    request.role = session.role;
    request.purpose = session.purpose;
    request.action = std::move(action);
    if (!head.heading.child.is_none()) request.child = head.heading.child;
    request.relationships = type.relate(head.heading, head.id, session);
    request.second_factor_age = now - session.code_proved_at;
    return request;
}

audit::Entry audit_entry(const Desk& desk, const Session& session, RequestId request, const CaseHead& head,
                         const policy::Decision& decision, UtcTime now)
{
    audit::Entry entry;
    entry.at = now;
    entry.clock_health = desk.clock_health;
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
