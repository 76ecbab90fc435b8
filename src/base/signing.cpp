// Ed25519 by libsodium, which signs in less than half of OpenSSL's time: every commit is signed before it is answered.
#include "base/crypto.h"

#include <algorithm>
#include <sodium.h>

namespace reachable {
namespace {

void make_ready()
{
    static const bool is_ready = sodium_init() >= 0;
    CHECK(is_ready, "libsodium did not start");
}

} // namespace

SigningKey make_signing_key()
{
    std::array<std::uint8_t, 32> secret{};
    const auto bytes = random_bytes(secret.size());
    std::ranges::copy(bytes, secret.begin());
    return signing_key_from(secret);
}

SigningKey signing_key_from(const std::array<std::uint8_t, 32>& secret)
{
    make_ready();
    SigningKey key{.secret = secret};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> both_halves;
    crypto_sign_seed_keypair(key.open.data(), both_halves.data(), secret.data());
    sodium_memzero(both_halves.data(), both_halves.size());
    return key;
}

Signature sign(const SigningKey& key, std::span<const std::uint8_t> message)
{
    make_ready();
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> both_halves;
    std::ranges::copy(key.open, std::ranges::copy(key.secret, both_halves.begin()).out);
    Signature signature;
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), both_halves.data());
    sodium_memzero(both_halves.data(), both_halves.size());
    return signature;
}

bool is_signed_by(std::span<const std::uint8_t> open_key, std::span<const std::uint8_t> message,
                  const Signature& signature)
{
    make_ready();
    return open_key.size() == crypto_sign_PUBLICKEYBYTES &&
           crypto_sign_verify_detached(signature.data(), message.data(), message.size(), open_key.data()) == 0;
}

} // namespace reachable
