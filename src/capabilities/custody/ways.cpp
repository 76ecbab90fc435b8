#include "capabilities/custody/ways.h"

#include "capabilities/custody/sealed_page.h"

namespace reachable::custody {

Way way_of(const Visit& visit)
{
    const auto token = visit.request.path_values.find("token");
    if (token != visit.request.path_values.end()) return {.is_phone = false, .base = "/a/" + token->second};
    return {.is_phone = visit.session.role == accounts::Role::CUST,
            .base = "/custody/" + visit.request.path_values.at("id")};
}

Result<CaseId> case_of(const Visit& visit)
{
    if (!visit.session.only_case.is_none()) return visit.session.only_case;
    return visit.case_id();
}

Result<Seen> look_for(const Site& site, const Visit& visit, std::string_view page, std::optional<std::int64_t> version,
                      bool with_history)
{
    const auto id = TRY(case_of(visit));
    auto seen = TRY(casework::look(
        site.desk, visit.session, visit.request.id,
        {.type = "custody", .id = id, .page = page, .version = version, .with_history = with_history}, visit.now));
    if (sees_the_conversation(seen) || waits_for_a_reason(seen)) return seen;
    return refuse(ProblemKind::not_found, "There is no such record, or it is not open to you");
}

} // namespace reachable::custody
