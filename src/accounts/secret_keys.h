// The keys that seal secrets which must be readable again: those of authenticator apps. They stand in a file outside
// the database, so that whoever reads the database alone can make no codes.
#pragma once

#include "base/crypto.h"
#include "base/id.h"
#include "base/sensitive.h"
#include "base/time.h"
#include "storage/database.h"

namespace reachable::accounts {

/// Every key of the file, newest last. The newest seals; any of them opens, so that a key can be replaced.
struct SecretKeys {
    struct Versioned {
        std::int64_t version = 0; // from 1, rising
        SealingKey key{};
    };
    std::vector<Versioned> all;
};

/// A first key of version 1.
SecretKeys make_secret_keys();
/// One line a key, "1 " and 64 hexadecimal digits. Refuses no key at all, a version that does not rise, and any other
/// line.
Result<SecretKeys> read_secret_keys(const Sensitive<std::string>& text);
Sensitive<std::string> secret_keys_as_text(const SecretKeys& keys);

/// A secret as it stands in a row; version 0 is one that was stored before there were keys.
struct SealedSecret {
    Bytes bytes;
    std::int64_t version = 0;
};
/// Bound to the worker and to the version: it opens for nobody else.
/// Of what is no worker, `holder` names whose secret it is and what kind of thing that is.
SealedSecret seal_secret(const SecretKeys& keys, std::string_view holder, const Sensitive<Bytes>& secret);
std::optional<Sensitive<Bytes>> open_secret(const SecretKeys& keys, std::string_view holder,
                                            const SealedSecret& sealed);
SealedSecret seal_secret(const SecretKeys& keys, WorkerId worker, const Sensitive<Bytes>& secret);
/// Nothing when its key is not among them or it was changed.
std::optional<Sensitive<Bytes>> open_secret(const SecretKeys& keys, WorkerId worker, const SealedSecret& sealed);

/// Seals under the newest key what stands open, or under an older one. Called once at each start, before anybody signs
/// in. Refuses when there are secrets and none of them opens: then the key file is not the one of this database.
/// An account whose secret alone does not open cannot sign in and needs a new enrolment.
/// `now` also becomes the last use of accounts from before that was counted.
Result<> seal_stored_secrets(storage::Database& database, const SecretKeys& keys, UtcTime now);

} // namespace reachable::accounts
