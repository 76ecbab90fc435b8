// Codes of six digits that change every 30 seconds (RFC 6238, HMAC-SHA-1), from a secret that an authenticator app
// keeps.
#pragma once

#include "base/bytes.h"
#include "base/sensitive.h"
#include "base/time.h"

#include <optional>

namespace reachable::accounts {

/// 160 random bits (RFC 4226 section 4, R6).
Sensitive<Bytes> new_code_secret();
/// How a secret is shown to a person, once: base32 without padding.
Sensitive<std::string> code_secret_as_text(const Sensitive<Bytes>& secret);
/// Refuses what `code_secret_as_text` would not have written, spaces and lower case aside.
Result<Sensitive<Bytes>> code_secret_from_text(std::string_view text);
/// What a QR code holds: "otpauth://totp/Reachable:hale?secret=…".
Sensitive<std::string> code_secret_as_link(std::string_view sign_in_name, const Sensitive<std::string>& secret_text);

/// The code that an app shows at that moment; for tests and the demonstration.
std::string code_at(const Sensitive<Bytes>& secret, UtcTime moment);

/// The 30-second step that the code belongs to, within one step either side of now; nothing if it is none of them.
/// Takes the same time whichever it is. The caller sees to it that no step is used twice.
std::optional<std::int64_t> step_of_code(const Sensitive<Bytes>& secret, std::string_view code, UtcTime now);

} // namespace reachable::accounts
