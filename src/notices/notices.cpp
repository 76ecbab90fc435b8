#include "notices/notices.h"

#include "accounts/one_time_link.h"
#include "base/crypto.h"
#include "notices/rows.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::notices {

using storage::id_at;
using storage::time_at;
using storage::to_value;
using storage::Transaction;

namespace {

constexpr minutes folded_within{10};

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

/// True if a mail about the same waits still and takes this one in. What it says is put together when it is handed
/// over, so nothing new is lost. A code is not a link: each belongs to the page that asked for it.
bool folds_into_one_that_waits(Transaction& transaction, const Mail& mail, UtcTime now)
{
    if (!mail.link.empty() && !mail.link.starts_with('/')) return false;
    return transaction.change("update outbox set link = case when $5 = '' then link else $5 end where sent_at is null "
                              "and recipient = $1 and code = $2 and reference = $3 and at > $4",
                              {mail.to, mail.code, mail.reference, to_value(now - folded_within), mail.link}) > 0;
}

constexpr std::string_view told_there = "agency = $1 and role = $2 and (team = $3 or $4 = 1 or (passed_from is not "
                                        "null and role = 'SUPV')) and seen_at is null";

std::int64_t all_teams(Role role)
{
    return is_for_all_teams(role) ? 1 : 0;
}

} // namespace

bool is_for_all_teams(Role role)
{
    constexpr Role roles[] = {Role::INSP, Role::LADM, Role::MPC, Role::DISR, Role::IGOV, Role::PSTD};
    return std::ranges::find(roles, role) != std::end(roles);
}

StoredNotice read_notice(const storage::Row& row)
{
    const bool is_passed = !row.is_null(7);
    const bool is_acknowledged = !row.is_null(10);
    return {.id = row.bytes(0),
            .at = time_at(row, 1),
            .role = accounts::role_from(row.text(2)).value(),
            .team = id_at<TeamId>(row, 3),
            .code = row.text(4),
            .case_id = id_at<CaseId>(row, 5),
            .gap = row.text(6),
            .passed_from = is_passed ? row.text(7) : std::string{},
            .passed_on_at = storage::maybe_time_at(row, 8),
            .acknowledged_at = storage::maybe_time_at(row, 9),
            .acknowledged_by = is_acknowledged ? id_at<WorkerId>(row, 10) : WorkerId{}};
}

Bytes insert_notice(Transaction& transaction, const Addressee& to, CaseId id, const Notice& notice, const Way& way,
                    UtcTime now)
{
    auto notice_id = fresh_id();
    const auto from = way.passed_from.empty() ? storage::Value{} : storage::Value{way.passed_from};
    transaction.execute("insert into notices (id, at, agency, team, role, code, case_id, gap, seen_at, passed_from) "
                        "values ($1, $2, $3, $4, $5, $6, $7, $8, null, $9)",
                        {notice_id, to_value(now), to_value(to.agency), to_value(to.team),
                         std::string(accounts::code_of(notice.role)), notice.code, to_value(id), way.gap, from});
    return notice_id;
}

void store_notice(Transaction& transaction, const Addressee& to, CaseId id, const Notice& notice, std::string_view gap,
                  UtcTime now)
{
    const Way way{.gap = std::string(gap)};
    const auto noted = insert_notice(transaction, to, id, notice, way, now);
    note_for_webhooks(transaction, to.agency, id, notice.code, noted, now);
    note_for_texts(transaction, to, id, notice, way, noted, now);
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
    if (folds_into_one_that_waits(transaction, mail, now)) return;
    transaction.execute("insert into outbox (id, at, recipient, code, reference, link, next_at, attempts, sent_at) "
                        "values ($1, $2, $3, $4, $5, $6, $7, 0, null)",
                        {fresh_id(), to_value(now), mail.to, mail.code, mail.reference, mail.link, to_value(now)});
}

std::vector<StoredNotice> notices_to(Transaction& transaction, const Addressee& to, Role role, std::size_t most,
                                     std::size_t after)
{
    std::vector<StoredNotice> notices;
    for (const auto& row : transaction.query(
             fmt::format("select {} from notices where {} order by at desc, case_id, code, gap, id limit $5 offset $6",
                         notice_columns, told_there),
             {to_value(to.agency), std::string(accounts::code_of(role)), to_value(to.team), all_teams(role),
              static_cast<std::int64_t>(most), static_cast<std::int64_t>(after)}))
        notices.push_back(read_notice(row));
    return notices;
}

std::optional<StoredNotice> find_notice(Transaction& transaction, const Addressee& to, Role role, const Bytes& id)
{
    const auto rows = transaction.query(
        fmt::format("select {} from notices where {} and id = $5", notice_columns, told_there),
        {to_value(to.agency), std::string(accounts::code_of(role)), to_value(to.team), all_teams(role), id});
    if (rows.empty()) return std::nullopt;
    return read_notice(rows.front());
}

void withdraw(Transaction& transaction, CaseId id, const Addressee& from, UtcTime now)
{
    transaction.execute("update notices set seen_at = $3 where case_id = $1 and agency = $2 and seen_at is null",
                        {to_value(id), to_value(from.agency), to_value(now)});
    withdraw_deliveries(transaction, id, from.agency, now);
    withdraw_texts(transaction, id, from.agency, now);
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

void mark_sent(Transaction& transaction, const WaitingMail& mail, UtcTime now)
{
    transaction.execute("update outbox set sent_at = $2, link = '' where id = $1 and link = $3",
                        {mail.id, to_value(now), mail.mail.link});
}

void mark_failed(Transaction& transaction, const WaitingMail& mail, UtcTime now)
{
    const auto wait =
        std::min(seconds{600}, seconds{10} * (std::int64_t{1} << std::min<std::int64_t>(mail.attempts, 6)));
    transaction.execute("update outbox set attempts = attempts + 1, next_at = $2 where id = $1",
                        {mail.id, to_value(now + wait)});
}

} // namespace reachable::notices
