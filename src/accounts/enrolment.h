// How somebody gets their own password and authenticator without anybody else learning either: a one-time link, handed
// over by an administrator, opens a page on which the person chooses the one and sets up the other.
//
// Looking at the link changes nothing. It is used up only when a code shows that the authenticator works; until then it
// may be begun again. It opens no session: the person signs in afterwards as always. Only a hash of it is stored.
#pragma once

#include "accounts/accounts.h"
#include "accounts/secret_keys.h"

namespace reachable::accounts {

constexpr auto enrolment_life = hours{72};

/// Makes the secret of a link (256 bits, base64url). What the worker had before ends at once: older links, password,
/// authenticator, sessions. An account that is closed is a Bug.
Sensitive<std::string> make_enrolment(storage::Transaction& transaction, WorkerId worker, UtcTime now);

/// Whether the account is somebody's who signs in, or is about to; false for that of a system.
bool is_person(storage::Transaction& transaction, WorkerId worker);

/// Whom the link is for; nothing if it is unknown, used, replaced, too old or its account closed.
std::optional<Worker> look_at_enrolment(storage::Transaction& transaction, std::string_view token, UtcTime now);

/// Takes a password that passed `check_new_password`, hashed before the write began, and gives the secret for the
/// authenticator app, to be shown once as text. Nobody can sign in with them yet.
Result<Sensitive<std::string>> begin_enrolment(storage::Transaction& transaction, const SecretKeys& keys,
                                               std::string_view token, const std::string& password_hash, UtcTime now);

/// The code shows that the app holds the secret: from now on the person can sign in, and the link is used up, as is the
/// code. Refuses a code that is not right; the link is then as good as before. Whoever has the link was shown the
/// secret, so there is nothing to be won by guessing.
Result<WorkerId> finish_enrolment(storage::Transaction& transaction, const SecretKeys& keys, std::string_view token,
                                  std::string_view code, UtcTime now);

} // namespace reachable::accounts
