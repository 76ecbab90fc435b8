#include "app/consequences.h"

#include "accounts/accounts.h"
#include "capabilities/matching/same_person.h"
#include "identity/people.h"
#include "notices/notices.h"
#include "storage/columns.h"

#include <algorithm>

namespace reachable::app {
namespace {

using accounts::Role;
using casework::CaseHead;
using casework::Desk;
using storage::Transaction;

/// A child may sit in the cells of the very team that the record is closed to now. That team cannot be told why, so
/// those who restricted the record hear it at once: another team has to take over. Only of a detention: other open
/// cases may be none of theirs to know.
void tell_if_their_team_has_the_child(Transaction& transaction, const ties::Tie& family, UtcTime now)
{
    const auto posts = accounts::posts_of(transaction, family.worker);
    const auto detained =
        transaction.query("select team from cases where child = $1 and is_open = 1 and type = 'custody'",
                          {storage::to_value(family.child)});
    const bool is_theirs = std::ranges::any_of(detained, [&](const storage::Row& row) {
        return std::ranges::find(posts, storage::id_at<TeamId>(row, 0), &accounts::Post::team) != posts.end();
    });
    if (!is_theirs) return;
    for (const auto role : {Role::PSTD, Role::IGOV})
        notices::store_notice(transaction, {.agency = family.keeper, .team = family.keeper_team}, family.proved_by,
                              {.code = "restriction.child_is_with_their_team", .role = role}, "", now);
}

void close_alike(Transaction& transaction, ChildId child, UtcTime now)
{
    for (const auto& closed : ties::close_family_alike(transaction, identity::members_of(transaction, child), now))
        tell_if_their_team_has_the_child(transaction, closed, now);
}

void restriction_closes(const Desk&, Transaction& transaction, const CaseHead& restriction, UtcTime now)
{
    const auto child = restriction.heading.child;
    for (const auto& tie : ties::ties_for(transaction, child, {}))
        if (tie.kind == ties::Kind::family && tie.proved_by == restriction.id)
            tell_if_their_team_has_the_child(transaction, tie, now);
    close_alike(transaction, child, now);
}

void records_were_decided_about(const Desk&, Transaction& transaction, const CaseHead& pair, UtcTime now)
{
    for (const auto child : {pair.heading.child, pair.heading.other}) close_alike(transaction, child, now);
}

void records_may_be_joined(const Desk& desk, Transaction& transaction, const CaseHead& pair, UtcTime now)
{
    if (pair.state == matching::one_child) // and not one that waits for a second person
        ties::tell_of_joining(transaction, identity::members_of(transaction, pair.heading.child), now);
    records_were_decided_about(desk, transaction, pair, now);
}

} // namespace

void close_what_was_joined_before(Transaction& transaction, UtcTime now)
{
    for (const auto child : storage::ids_at<ChildId>(
             transaction.query("select distinct child from ties where kind = 'family' and ended_at is null"), 0))
        close_alike(transaction, child, now);
}

std::vector<casework::Consequence> consequences()
{
    return {
        {"restriction", "restrict", restriction_closes},
        {"same-person", "same", records_may_be_joined},
        {"same-person", "confirm_same", records_may_be_joined},
        {"same-person", "different", records_were_decided_about},
        {"same-person", "cannot_tell", records_were_decided_about},
        {"same-person", "confirm_undo", records_were_decided_about},
    };
}

} // namespace reachable::app
