// How a notice stands in its table: for the files of this room.
#pragma once

#include "notices/audience.h"
#include "notices/notices.h"

namespace reachable::notices {

constexpr std::string_view notice_columns =
    "id, at, role, team, code, case_id, gap, passed_from, passed_on_at, acknowledged_at, acknowledged_by";
constexpr std::size_t notice_column_count = 11;
/// A row that begins with those columns.
StoredNotice read_notice(const storage::Row& row);

/// What a notice says of how it came to this role.
struct Way {
    std::string gap = {};         // roles that nobody held on the rota
    std::string passed_from = {}; // the role that did not acknowledge it
};
/// Notes it; gives its id.
Bytes insert_notice(storage::Transaction& transaction, const Addressee& to, CaseId id, const Notice& notice,
                    const Way& way, UtcTime now);

/// These answer for every suite or desk of their organisation; others for their own.
bool is_for_all_teams(Role role);
/// When the row is in force: from the midnight that begins its first day until the one that ends its last.
std::pair<UtcTime, UtcTime> in_force(const Audience& row);

/// Notes it for every endpoint of that agency which wants the event (webhooks.cpp).
void note_for_webhooks(storage::Transaction& transaction, AgencyId agency, CaseId id, std::string_view code,
                       const Bytes& notice, UtcTime now);
/// What waits for that agency's systems of that case is not sent.
void withdraw_deliveries(storage::Transaction& transaction, CaseId id, AgencyId agency, UtcTime now);

/// Notes a text message for everybody on duty who is told by text of such a notice (texts.cpp).
void note_for_texts(storage::Transaction& transaction, const Addressee& to, CaseId id, const Notice& notice,
                    const Way& way, const Bytes& noted, UtcTime now);
/// What waits for that agency's staff of that case is not sent.
void withdraw_texts(storage::Transaction& transaction, CaseId id, AgencyId agency, UtcTime now);

} // namespace reachable::notices
