// The files that hold this service's keys: made on the first start, readable by their owner alone.
#pragma once

#include "accounts/secret_keys.h"
#include "base/crypto.h"

#include <filesystem>

namespace reachable::app {

/// Reads the key that signs the audit log, or makes one, and beside it a ".pub" file with the open half.
Result<SigningKey> signing_key(const std::filesystem::path& file);
/// Reads the keys that seal secrets in the database, or makes a first one. On the disk before it is used: a secret
/// sealed with a key that is lost can never be read again.
Result<accounts::SecretKeys> secret_keys(const std::filesystem::path& file);
/// Reads the key that signs what the text gateway is handed, "whsec_" and base64, or makes one.
Result<Sensitive<Bytes>> text_gateway_key(const std::filesystem::path& file);

} // namespace reachable::app
