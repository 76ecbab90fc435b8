#include "capabilities/sharing/obligations.h"

#include "base/text.h"
#include "clocks/london.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::sharing {
namespace {

using accounts::Role;
using storage::Transaction;

/// "at once", "within 15 minutes"
std::string soon_in_words(seconds within)
{
    return within <= seconds{0} ? std::string("at once") : fmt::format("within {}", clocks::duration_words(within));
}

std::string listed(const std::vector<std::string>& words)
{
    if (words.size() < 2) return join(words, "");
    return fmt::format("{} and {}", join({words.begin(), words.end() - 1}, ", "), words.back());
}

} // namespace

Result<policy::Obligations> owed_for_emergencies(const casework::Desk& desk, Transaction& transaction,
                                                 const accounts::Session& session, UtcTime now)
{
    constexpr std::size_t enough_characters = 10'000;
    auto asked = casework::policy_request(session, "read", now);
    asked.fields = {{policy::Category::id_core, policy::Label::personal}};
    asked.second_factor_age = seconds{0};
    asked.break_glass = policy::BreakGlass{.reason_characters = enough_characters, .opened_ago = seconds{0}};
    if (!desk.policy.decide(asked).is_allowed)
        return refuse(ProblemKind::withheld, "What you chose to do this for opens no record in an emergency. Choose "
                                             "another purpose, or ring the duty inspector");
    const auto decision = ties::decide(desk.policy, transaction, session, asked);
    if (!decision.is_allowed) return refuse(Problems{cannot_be_met(decision)});
    return decision.obligations;
}

Problem cannot_be_met(const policy::Decision& denied)
{
    return {ProblemKind::unavailable,
            fmt::format("{}. Until then ring the duty desk of the local authority or your duty inspector",
                        join(denied.reasons, ". ")),
            ""};
}

std::string told_in_words(const policy::Obligations& obligations)
{
    std::map<seconds, std::vector<std::string>> by_time;
    for (std::size_t i = 0; i < obligations.tell.size(); ++i)
        by_time[obligations.tell_within.at(i)].emplace_back(accounts::title_of(obligations.tell[i]));
    std::vector<std::string> said;
    for (const auto& [within, roles] : by_time)
        said.push_back(
            fmt::format("Your {} {} told {}.", listed(roles), roles.size() == 1 ? "is" : "are", soon_in_words(within)));
    return join(said, " ");
}

std::string review_in_words(const policy::Obligations& obligations)
{
    const auto days = obligations.review_within_working_days;
    if (!days) return {};
    if (*days == 1) return "Somebody else reviews it by the next working day.";
    return fmt::format("Somebody else reviews it within {} working days.", *days);
}

std::string lasting_in_words(const policy::Obligations& obligations)
{
    return clocks::duration_words(obligations.expires_after.value_or(seconds{0}));
}

} // namespace reachable::sharing
