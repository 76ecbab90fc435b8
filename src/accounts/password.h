// Passwords: which ones are accepted, and the one door to argon2id. See sessions.h for hashing and comparing.
#pragma once

#include "base/result.h"
#include "base/sensitive.h"

#include <string>
#include <string_view>

namespace reachable::accounts {

/// Refuses fewer than 12 characters, more than 1000 bytes, one of the commonest long passwords, and the sign-in name.
/// Everything else is allowed: no rule about digits or signs, spaces and any script are welcome.
Result<> check_new_password(const Sensitive<std::string>& password, std::string_view sign_in_name);

/// The hash of a password that nobody knows, made at today's cost: compared with when there is no such account, so that
/// an unknown name takes as long as a wrong password.
const std::string& hash_nobody_knows();

} // namespace reachable::accounts
