// Who was told what: the in-app queue of each role on duty, and the outbox for mail. Neither holds personal data: a
// notice is a code and a reference; a mail is a reference and a link.
#pragma once

#include "casework/desk.h"

namespace reachable::casework {

struct StoredNotice {
    UtcTime at{};
    Role role = Role::CUST;
    std::string code;
    CaseId case_id;
    std::string gap; // roles that should have been told first but nobody held on the rota
};
/// The newest notices to a role at an agency.
std::vector<StoredNotice> notices_to(storage::Transaction& transaction, AgencyId agency, Role role, std::size_t most);

struct WaitingMail {
    Bytes id;
    Mail mail;
    std::int64_t attempts = 0;
};
/// Mail whose time has come, oldest first.
std::vector<WaitingMail> mail_to_send(storage::Transaction& transaction, UtcTime now, std::size_t most);
/// Handed over: the link, which may hold a secret, is wiped.
void mark_sent(storage::Transaction& transaction, const Bytes& id, UtcTime now);
/// Not handed over: tried again after 10 s, 20 s, 40 s … at most 10 minutes apart.
void mark_failed(storage::Transaction& transaction, const WaitingMail& mail, UtcTime now);

} // namespace reachable::casework
