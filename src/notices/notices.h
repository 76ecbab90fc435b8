// Who was told what: the in-app queue of each role on duty, and the outbox for mail. Neither holds personal data: a
// notice is a code and a reference; a mail is a reference and a link.
#pragma once

#include "accounts/accounts.h"
#include "storage/database.h"
#include "storage/migrations.h"

#include <optional>

namespace reachable::notices {

using accounts::Role;

/// Somebody to be told: a role on duty, at the own side or the partner's. The words are a code; no personal data.
struct Notice {
    std::string code; // "custody.answers_ready"
    Role role = Role::CUST;
    bool to_partner = false;  // the authority's side; otherwise the side that owns the case
    bool by_mail_too = false; // also to the desk's mail address, with a one-time link if the desk holds no live one
};

/// Where the side that is told sits.
struct Addressee {
    AgencyId agency;
    TeamId team;
};
/// Also notes it for the partner systems that asked for this event (webhooks.h).
/// `gap`: roles that should have been told first but nobody held on the rota.
void store_notice(storage::Transaction& transaction, const Addressee& to, CaseId id, const Notice& notice,
                  std::string_view gap, UtcTime now);

/// A message to be handed to a mail server after the commit. Carries a reference and a link, never a name.
struct Mail {
    std::string to;
    std::string code; // which text: "custody.request", "link.code"
    std::string reference;
    std::string link; // a path, or empty; may hold a secret and is wiped once handed over
};
/// Duplicates within ten minutes fold into one: a mail that still waits for the same desk, event and case takes this
/// one in, and the newer link with it. What was handed over already says nothing of what is new, so it takes in
/// nothing.
void store_mail(storage::Transaction& transaction, const Mail& mail, UtcTime now);

struct StoredNotice {
    Bytes id;
    UtcTime at{};
    Role role = Role::CUST;
    TeamId team; // which suite or desk it was for
    std::string code;
    CaseId case_id;
    std::string gap;         // roles that should have been told first but nobody held on the rota
    std::string passed_from; // passed on to this role, because nobody in that one acknowledged it in time
    std::optional<UtcTime> passed_on_at = {}; // nobody acknowledged it in time
    std::optional<UtcTime> acknowledged_at = {};
    WorkerId acknowledged_by = {};
};
/// The newest notices to a role at that team; an inspector, a duty manager, a missing-person coordinator and those who
/// check (information governance, professional standards) get those of every team of the agency.
/// Whether the reader may see the case of each is not known here: ask the policy before its reference is shown.
/// `after`: how many of the newest are left out, for whoever read these before.
std::vector<StoredNotice> notices_to(storage::Transaction& transaction, const Addressee& to, Role role,
                                     std::size_t most, std::size_t after = 0);
/// One notice, if it is told to that role there as `notices_to` says.
std::optional<StoredNotice> find_notice(storage::Transaction& transaction, const Addressee& to, Role role,
                                        const Bytes& id);
/// The case is no longer that organisation's: what it was told of it is not shown any more, and stays on record. What
/// still waits for its systems is not sent.
void withdraw(storage::Transaction& transaction, CaseId id, const Addressee& from, UtcTime now);

struct WaitingMail {
    Bytes id;
    Mail mail;
    std::int64_t attempts = 0;
};
/// Mail whose time has come, oldest first.
std::vector<WaitingMail> mail_to_send(storage::Transaction& transaction, UtcTime now, std::size_t most);
/// Handed over as it stood: the link, which may hold a secret, is wiped. If it took in another one meanwhile, it waits
/// still.
void mark_sent(storage::Transaction& transaction, const WaitingMail& mail, UtcTime now);
/// Not handed over: tried again after 10 s, 20 s, 40 s … at most 10 minutes apart.
void mark_failed(storage::Transaction& transaction, const WaitingMail& mail, UtcTime now);

/// What came after their first tables, which stand in the first migration of cases: so these come after those.
std::span<const storage::Migration> migrations();

} // namespace reachable::notices
