// A checkpoint: the signed sentence "this log had so many entries, and this is the root over them".
//
// The text follows the signed notes of the transparency community (C2SP signed-note, tlog-checkpoint):
//
//     reachable.example/log
//     17
//     sJ2ZrLkQ…=
//     2026-10-25T00:30:00Z
//     47DEQpj8…=
//
//     — reachable.example/log Aaxk…
//
// origin, number of entries, root, time of the newest entry, hash of the checkpoint before; then one signature over
// those five lines. The last line binds the checkpoints into a chain, so that none can be taken out of the row and the
// newest signature vouches for all of them.
#pragma once

#include "base/crypto.h"
#include "base/time.h"

namespace reachable::audit {

struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0; // entries, at least 1
    Hash root{};
    UtcTime at{};    // the time of the newest entry
    Hash previous{}; // SHA-256 of the checkpoint before, of nothing for the first
    bool operator==(const Checkpoint&) const = default;
};

/// How a checkpoint is signed. The byte stands first in the signature, so that another scheme can be told apart.
enum class Algorithm : std::uint8_t { ed25519 = 0x01 };

/// A checkpoint as it was read, its signature not yet checked.
struct SignedCheckpoint {
    Checkpoint checkpoint;
    Algorithm algorithm = Algorithm::ed25519;
    std::array<std::uint8_t, 4> key_hash{};
    Signature signature{};
};

/// True for what can name a log: printable ASCII without spaces and "+", 1 to 255 characters.
bool is_origin(std::string_view text);

/// The whole text with its signature. An origin that `is_origin` refuses is a Bug.
std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);
/// Refuses anything that `sign_checkpoint` would not have written, but does not check the signature.
Result<SignedCheckpoint> parse_checkpoint(std::string_view text);
/// True if the key made that signature over that checkpoint.
bool is_signed_by(std::span<const std::uint8_t> open_key, const SignedCheckpoint& signed_checkpoint);
/// Reads a checkpoint and refuses it unless the key signed it.
Result<Checkpoint> read_checkpoint(std::string_view text, std::span<const std::uint8_t> open_key);

/// What the next checkpoint carries as `previous`: SHA-256 of the whole text.
Hash hash_of_checkpoint(std::string_view text);

} // namespace reachable::audit
