// Whether what the policy asks for when it allows something can be done: whom its notices reach at an organisation.
#include "accounts/accounts.h"
#include "base/text.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::ties {
namespace {

using accounts::Role;
using storage::Transaction;

/// Who takes the place of a supervisor answers for every team, and a supervisor for their desk where there is no
/// manager; professional standards is told, and reviews, as governance is and does.
std::vector<Role> those_who_stand_for(Role named)
{
    if (named == Role::SUPV) return {Role::SUPV, Role::INSP, Role::LADM};
    if (named == Role::LADM) return {Role::LADM, Role::SUPV, Role::IGOV};
    if (named == Role::IGOV) return {Role::IGOV, Role::PSTD};
    return {named};
}

std::optional<Role> reached_for(Transaction& transaction, const accounts::Session& session, Role named)
{
    for (const auto role : those_who_stand_for(named))
        if (accounts::team_of_role(transaction, session.agency, role)) return role;
    return std::nullopt;
}

std::vector<Role> missing_for(Transaction& transaction, const accounts::Session& session,
                              const policy::Obligations& obligations)
{
    auto needed = obligations.tell;
    const bool is_told = std::ranges::find(needed, Role::IGOV) != needed.end();
    if (obligations.review_within_working_days && !is_told) needed.push_back(Role::IGOV);
    std::erase_if(needed, [&](Role named) { return reached_for(transaction, session, named).has_value(); });
    return needed;
}

} // namespace

policy::Decision decide(const policy::Policy& policy, Transaction& transaction, const accounts::Session& session,
                        policy::Request& asked)
{
    auto decision = policy.decide(asked);
    // F3 tells those who hold a sealed record, wherever the asker works: `alert_keepers` sees to that. The service
    // itself works for no organisation.
    if (!decision.is_allowed || asked.is_sealed || session.role == Role::system) return decision;
    const auto missing = missing_for(transaction, session, decision.obligations);
    if (missing.empty()) return decision;
    asked.means.can_notify = false;
    decision = policy.decide(asked);
    std::vector<std::string> titles;
    for (const auto role : missing) titles.push_back(with_article(accounts::title_of(role)));
    auto sentence = fmt::format("{} of your organisation must be told of this, and nobody is set up as one. Ring whom "
                                "it concerns, and have somebody set up",
                                join(titles, " and "));
    sentence.front() = 'A'; // of the article
    decision.reasons = {std::move(sentence)};
    return decision;
}

std::vector<Role> told_of(Transaction& transaction, const accounts::Session& session,
                          const policy::Obligations& obligations)
{
    std::vector<Role> told;
    for (const auto named : obligations.tell)
        if (const auto role = reached_for(transaction, session, named);
            role && std::ranges::find(told, *role) == told.end())
            told.push_back(*role);
    return told;
}

} // namespace reachable::ties
