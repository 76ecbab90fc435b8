#include "capabilities/profiles/profiles.h"

#include "capabilities/profiles/photograph_store.h"
#include "capabilities/profiles/profile.h"
#include "casework/case_store.h"
#include "identity/people.h"
#include "notices/notices.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <fmt/format.h>
#include <utility>

namespace reachable::profiles {
namespace {

using storage::Transaction;

constexpr lists::ListFile list_files[] = {
    {"profiles.given_by", "profiles/given_by.csv"},   {"profiles.told", "profiles/told.csv"},
    {"profiles.consent", "profiles/consent.csv"},     {"profiles.ends", "profiles/ends.csv"},
    {"profiles.ethnicity", "profiles/ethnicity.csv"},
};

constexpr std::string_view clocks_of_profiles[] = {"profiles/clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_the_log[] = {
    {"profile.open", "opened the profile that is kept in case the child is missing"},
    {"profile.update", "changed the child's profile"},
    {"profile.confirm", "confirmed that the child's profile is so still"},
    {"profile.add_photo", "put a photograph into the child's profile"},
    {"profile.remove_photo", "took the photograph out of the child's profile"},
    {"profile.pass", "passed the child's profile to those who look after the child now"},
    {"profile.ask", "asked whether a profile of the child is kept, and was told that there is one"},
    {"profile.end", "ended the child's profile"},
    {"look:profile.profile", "read the child's profile"},
    {"look:profile.photograph", "saw the photograph in the child's profile"},
    {"look:profile.list", "saw the child among those of whom a profile is kept"},
    {"look:profile.episode", "read the child's profile beside the missing episode"},
    {"look:profile.report", "saw the child in a list to choose from, to report them missing"},
    {"look:profile.queue", "saw the child's profile in a list"},
    {"look:profile.notice", "was told of the child's profile"},
    {"look:profile.record", "read all that is recorded in the child's profile"},
    {"look:profile.form", "opened a form about the child's profile"},
    {"look:profile.api", "read the child's profile through another system"},
    {"look:profile.child", "read the profile on the child's page"},
    {"look:profile.child_then", "read the profile as it stood then"},
};

std::vector<CaseId> open_profiles(Transaction& transaction, std::span<const ChildId> records)
{
    auto values = storage::to_values(records);
    values.emplace_back(std::string(profile_type().name));
    return storage::ids_at<CaseId>(
        transaction.query(
            fmt::format("select id from cases where child in ({}) and type = ${} and is_open = 1 order by "
                        "opened_at, id",
                        storage::places(records.size()), values.size()),
            values),
        0);
}

} // namespace

std::string_view log_words(std::string_view action)
{
    for (const auto& [code, words] : words_of_the_log)
        if (code == action) return words;
    return {};
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}

std::span<const std::string_view> clock_files()
{
    return clocks_of_profiles;
}

CaseId open_profile_of(Transaction& transaction, ChildId child)
{
    // Of a sealed record nobody is told that there is one beside it.
    const auto ids = open_profiles(transaction, identity::members_seen(transaction, child, [&](ChildId record) {
                                       return record == child || !ties::is_sealed(transaction, record);
                                   }));
    return ids.empty() ? CaseId{} : ids.front();
}

CaseId open_profile_of(Transaction& transaction, ChildId child, const accounts::Session& session, UtcTime now)
{
    const auto ids = open_profiles(transaction, identity::members_seen(transaction, child, [&](ChildId record) {
                                       return record == child || !ties::is_closed_to(transaction, record, session, now);
                                   }));
    return ids.empty() ? CaseId{} : ids.front();
}

void tell_of_an_emergency(Transaction& transaction, std::span<const ChildId> records, UtcTime now)
{
    for (const auto id : open_profiles(transaction, records)) {
        const auto profile = casework::load_head(transaction, id);
        for (const auto role : {accounts::Role::PLAC, accounts::Role::SW})
            notices::store_notice(transaction, profile.heading.side(false), id,
                                  {.code = "profile.opened_in_an_emergency", .role = role}, {}, now);
    }
}

} // namespace reachable::profiles
