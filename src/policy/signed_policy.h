// The policy as two officers signed it. Beside reachable.policy stands reachable.policy.signatures, a line for each
// officer:
//
//     data-protection-officer ed25519 <64 hex digits: the open key> <128 hex digits: the signature>
//
// What is signed is the canonical hash with a heading, so comments and layout may be mended without signing again, and
// no word may.
#pragma once

#include "policy/text_policy.h"

#include <filesystem>

namespace reachable::policy {

/// An officer whose signature the service insists on, with the open key that the settings name.
struct Officer {
    std::string office; // "data-protection-officer"
    Bytes open_key;     // 32 bytes
    bool operator==(const Officer&) const = default;
};

/// Whether signatures are insisted on. A demonstration of invented people takes an unsigned text.
enum class Signed { insisted_on, not_needed };

struct LoadedPolicy {
    std::unique_ptr<TextPolicy> policy;
    std::vector<std::string> signed_by; // offices whose signature fits
};

/// The bytes an officer signs.
std::string message_to_sign(const TextPolicy& policy);

/// One line of the signature file.
std::string signature_line(std::string_view office, const SigningKey& key, const TextPolicy& policy);

/// Officers' open keys as the settings file holds them: "office key, office key". Refuses fewer than two when
/// signatures are insisted on, the same office or the same key twice, and what is no key.
Result<std::vector<Officer>> read_officers(std::string_view words);

/// Reads the text and, beside it, its signatures. Refuses a text that cannot be read, a signature that does not fit,
/// and, when they are insisted on, one that is missing or fewer than two officers.
Result<LoadedPolicy> load_policy(const std::filesystem::path& file, std::span<const Officer> officers,
                                 Signed is_signed);

} // namespace reachable::policy
