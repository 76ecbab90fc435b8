// The one door to OpenSSL's primitives and libsodium's signatures, so that every use of cryptography can be listed.
// Passwords are the exception: argon2id comes from libsodium too, in accounts/password.h.
#pragma once

#include "base/bytes.h"

#include <array>
#include <optional>

namespace reachable {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(std::span<const std::uint8_t> bytes);
/// SHA-256 of two pieces one after the other, without joining them first.
Hash sha256(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second);
Hash hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> bytes);

/// From the operating system's generator. Throws if it fails: there is no weaker substitute.
Bytes random_bytes(std::size_t count);

/// Takes the same time wherever the two differ.
bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

/// AES-256-GCM under a key of its own. What comes out is a random nonce (12 bytes), the sealed bytes and a tag (16): it
/// opens with the same key and the same `bound_to` alone, so that it cannot be put in another's place.
using SealingKey = std::array<std::uint8_t, 32>;
Bytes seal(const SealingKey& key, std::span<const std::uint8_t> plain, std::span<const std::uint8_t> bound_to);
/// Nothing when the key, `bound_to` or a single bit is another.
std::optional<Bytes> unseal(const SealingKey& key, std::span<const std::uint8_t> sealed,
                            std::span<const std::uint8_t> bound_to);

/// An Ed25519 key pair. The private half is 32 bytes, kept in a file of its own.
struct SigningKey {
    std::array<std::uint8_t, 32> secret{};
    std::array<std::uint8_t, 32> open{};
};
using Signature = std::array<std::uint8_t, 64>;

SigningKey make_signing_key();
SigningKey signing_key_from(const std::array<std::uint8_t, 32>& secret);
Signature sign(const SigningKey& key, std::span<const std::uint8_t> message);
bool is_signed_by(std::span<const std::uint8_t> open_key, std::span<const std::uint8_t> message,
                  const Signature& signature);

} // namespace reachable
