#include "capabilities/measures/measures.h"

#include "capabilities/measures/reading.h"
#include "policy/question.h"

namespace reachable::measures {
namespace {

constexpr lists::ListFile list_files[] = {
    {"measures.force_tiles", "measures/force_tiles.csv"},
    {"measures.groups", "measures/groups.csv"},
    {"measures.definitions", "measures/definitions.csv"},
};

} // namespace

std::span<const lists::ListFile> lists()
{
    return list_files;
}

bool may_read_figures(const casework::Desk& desk, const accounts::Session& session, UtcTime now)
{
    return desk.policy.decide(casework::policy_request(session, std::string(read_figures), now)).is_allowed;
}

Result<> read_counts(const casework::Desk& desk, const accounts::Session& session, RequestId request,
                     const storage::Body& read, UtcTime now)
{
    const auto asked = casework::policy_request(session, std::string(read_figures), now);
    const auto decision = desk.policy.decide(asked);
    auto entry = casework::audit_entry(desk, session, request, {}, decision, now);
    entry.action = read_figures;
    entry.question = policy::question_of(asked);
    entry.operation = decision.is_allowed ? audit::Operation::look : audit::Operation::refusal;
    entry.outcome = decision.is_allowed ? "done" : name_of(ProblemKind::withheld);
    const auto note = [&](storage::Transaction& transaction) { desk.log.append(transaction, entry); };
    if (!decision.is_allowed) {
        desk.database.write(note);
        return refuse(ProblemKind::not_found, "There is no such page");
    }
    desk.database.observe(read, note);
    return {};
}

std::string told_words(const std::optional<std::int64_t>& count)
{
    return count ? std::to_string(*count) : std::string("[c]");
}

} // namespace reachable::measures
