#include "notices/notices.h"

#include "accounts/one_time_link.h"
#include "base/crypto.h"
#include "storage/columns.h"

#include <algorithm>

namespace reachable::notices {

using storage::id_at;
using storage::time_at;
using storage::to_value;
using storage::Transaction;

namespace {

// In the order in which a page shows them, so that the newest ten are found without sorting ten thousand.
constexpr storage::Migration all_migrations[] = {
    {"notices", 1, "notices in the order in which they are read",
     "drop index notices_of_role;\ncreate index notices_newest on notices (agency, role, at desc, case_id, code, gap, "
     "id) where seen_at is null;"}};

Bytes fresh_id()
{
    return random_bytes(16);
}

/// True if a link that the desk has not opened yet is still good for a while.
bool has_live_link(Transaction& transaction, TeamId desk, CaseId id, UtcTime now)
{
    return std::ranges::any_of(accounts::links_of_case(transaction, id, now), [&](const accounts::Link& link) {
        return link.desk == desk && link.state == accounts::LinkState::waiting &&
               now + accounts::shortest_link_life <= link.expires_at;
    });
}

/// What a nudge to a duty desk leads to: a new one-time link, for a desk may have no account and its last link may be
/// used up. None while an earlier one is good: two would only leave the desk wondering which.
std::string link_for(Transaction& transaction, const accounts::Team& desk, CaseId id, UtcTime now)
{
    if (desk.kind != "duty-desk" || has_live_link(transaction, desk.id, id, now)) return {};
    const auto token = accounts::make_link(transaction, {.only_case = id, .agency = desk.agency, .desk = desk.id}, now);
    return "/a/" + token.reveal();
}

} // namespace

void store_notice(Transaction& transaction, const Addressee& to, CaseId id, const Notice& notice, std::string_view gap,
                  UtcTime now)
{
    transaction.execute("insert into notices (id, at, agency, team, role, code, case_id, gap, seen_at) "
                        "values ($1, $2, $3, $4, $5, $6, $7, $8, null)",
                        {fresh_id(), to_value(now), to_value(to.agency), to_value(to.team),
                         std::string(accounts::code_of(notice.role)), notice.code, to_value(id), std::string(gap)});
    if (!notice.by_mail_too) return;
    const auto desk = accounts::find_team(transaction, to.team);
    if (!desk || desk->desk_mail.empty()) return;
    store_mail(transaction,
               {.to = desk->desk_mail,
                .code = notice.code,
                .reference = id.text().substr(0, 8),
                .link = link_for(transaction, *desk, id, now)},
               now);
}

void store_mail(Transaction& transaction, const Mail& mail, UtcTime now)
{
    transaction.execute("insert into outbox (id, at, recipient, code, reference, link, next_at, attempts, sent_at) "
                        "values ($1, $2, $3, $4, $5, $6, $7, 0, null)",
                        {fresh_id(), to_value(now), mail.to, mail.code, mail.reference, mail.link, to_value(now)});
}

std::vector<StoredNotice> notices_to(Transaction& transaction, const Addressee& to, Role role, std::size_t most,
                                     std::size_t after)
{
    // These answer for every suite or desk of their organisation; others for their own.
    const bool is_for_all_teams =
        role == Role::INSP || role == Role::LADM || role == Role::MPC || role == Role::IGOV || role == Role::PSTD;
    std::vector<StoredNotice> notices;
    for (const auto& row : transaction.query(
             "select at, code, case_id, gap, team from notices where agency = $1 and role = $2 "
             "and (team = $3 or $4 = 1) and seen_at is null order by at desc, case_id, code, gap, id limit $5 "
             "offset $6",
             {to_value(to.agency), std::string(accounts::code_of(role)), to_value(to.team),
              std::int64_t{is_for_all_teams ? 1 : 0}, static_cast<std::int64_t>(most),
              static_cast<std::int64_t>(after)}))
        notices.push_back({.at = time_at(row, 0),
                           .role = role,
                           .team = id_at<TeamId>(row, 4),
                           .code = row.text(1),
                           .case_id = id_at<CaseId>(row, 2),
                           .gap = row.text(3)});
    return notices;
}

void withdraw(Transaction& transaction, CaseId id, const Addressee& from, UtcTime now)
{
    transaction.execute("update notices set seen_at = $3 where case_id = $1 and agency = $2 and seen_at is null",
                        {to_value(id), to_value(from.agency), to_value(now)});
}

std::vector<WaitingMail> mail_to_send(Transaction& transaction, UtcTime now, std::size_t most)
{
    std::vector<WaitingMail> waiting;
    for (const auto& row : transaction.query("select id, recipient, code, reference, link, attempts from outbox "
                                             "where sent_at is null and next_at <= $1 order by next_at, id limit $2",
                                             {to_value(now), static_cast<std::int64_t>(most)}))
        waiting.push_back(
            {.id = row.bytes(0),
             .mail = {.to = row.text(1), .code = row.text(2), .reference = row.text(3), .link = row.text(4)},
             .attempts = row.integer(5)});
    return waiting;
}

void mark_sent(Transaction& transaction, const Bytes& id, UtcTime now)
{
    transaction.execute("update outbox set sent_at = $2, link = '' where id = $1", {id, to_value(now)});
}

void mark_failed(Transaction& transaction, const WaitingMail& mail, UtcTime now)
{
    const auto wait =
        std::min(seconds{600}, seconds{10} * (std::int64_t{1} << std::min<std::int64_t>(mail.attempts, 6)));
    transaction.execute("update outbox set attempts = attempts + 1, next_at = $2 where id = $1",
                        {mail.id, to_value(now + wait)});
}

std::span<const storage::Migration> migrations()
{
    return all_migrations;
}

} // namespace reachable::notices
