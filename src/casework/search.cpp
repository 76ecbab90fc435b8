#include "casework/search.h"

namespace reachable::casework {

Result<std::vector<records::Candidate>> search_children(const Desk& desk, const Session& session, RequestId request,
                                                        const std::string& full_name,
                                                        const std::optional<PartialDate>& born, UtcTime now)
{
    auto asked = policy_request(session, "search", now);
    asked.fields = {{policy::Category::id_core, policy::Label::personal}};
    const auto decision = desk.policy.decide(asked);
    std::vector<records::Candidate> found;
    const auto read = [&](storage::Transaction& transaction) {
        if (decision.is_allowed) found = records::may_be(transaction, records::read_name(full_name), born);
    };
    const auto note = [&](storage::Transaction& transaction) {
        const auto record = [&](ChildId child) {
            CaseHead head;
            head.heading.child = child;
            auto entry = audit_entry(desk, session, request, head, decision, now);
            entry.operation = decision.is_allowed ? audit::Operation::look : audit::Operation::refusal;
            entry.action = "search";
            entry.outcome = decision.is_allowed ? "done" : "withheld";
            entry.categories = entry.view = 1;
            desk.log.append(transaction, std::move(entry));
        };
        record({});
        for (const auto& candidate : found) record(candidate.child.id);
    };
    desk.database.observe(read, note);
    if (!decision.is_allowed) return refuse(ProblemKind::withheld, "You may not search here");
    for (auto& candidate : found) {
        candidate.child.addresses.clear();
        candidate.child.contacts.clear();
        candidate.child.identifiers.clear();
    }
    return found;
}

} // namespace reachable::casework
