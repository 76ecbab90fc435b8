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

const ClockTerms& Desk::terms_on(std::string_view code, CivilDate day) const
{
    for (const auto& one : terms)
        if (one.code == code && one.valid_from <= day && (!one.valid_to || day <= *one.valid_to)) return one;
    throw Bug("a clock has no terms in force on that day");
}

std::string_view Desk::label_of(std::string_view list, std::string_view code) const
{
    const auto found = code_lists.find(list);
    if (found == code_lists.end()) return code;
    for (const auto& one : found->second)
        if (one.code == code) return one.label;
    return code;
}

std::string_view Code::column(std::string_view name) const
{
    const auto found = more.find(name);
    return found == more.end() ? std::string_view{} : std::string_view(found->second);
}

std::vector<const Code*> Desk::codes_on(std::string_view list, CivilDate day) const
{
    const auto found = code_lists.find(list);
    CHECK(found != code_lists.end(), "a code list was not loaded");
    std::vector<const Code*> codes;
    for (const auto& code : found->second)
        if ((!code.valid_from || *code.valid_from <= day) && (!code.valid_to || day <= *code.valid_to))
            codes.push_back(&code);
    return codes;
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
