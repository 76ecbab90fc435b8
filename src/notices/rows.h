// How a notice stands in its table: for the files of this room.
#pragma once

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

/// Notes it for every endpoint of that agency which wants the event (webhooks.cpp).
void note_for_webhooks(storage::Transaction& transaction, AgencyId agency, CaseId id, std::string_view code,
                       const Bytes& notice, UtcTime now);
/// What waits for that agency's systems of that case is not sent.
void withdraw_deliveries(storage::Transaction& transaction, CaseId id, AgencyId agency, UtcTime now);

} // namespace reachable::notices
