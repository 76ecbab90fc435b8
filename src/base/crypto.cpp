#include "base/crypto.h"

#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace reachable {
namespace {

struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Free>;

EVP_MD_CTX* digest_context()
{
    thread_local const std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
    return context.get();
}

const EVP_MD* sha256_method()
{
    static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return method;
}

KeyPointer private_key(const std::array<std::uint8_t, 32>& secret)
{
    KeyPointer key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size())};
    CHECK(key != nullptr, "the signing key could not be loaded");
    return key;
}

} // namespace

Hash sha256(std::span<const std::uint8_t> bytes)
{
    return sha256(bytes, {});
}

Hash sha256(std::span<const std::uint8_t> first, std::span<const std::uint8_t> second)
{
    Hash hash;
    EVP_MD_CTX* const context = digest_context();
    const bool done = EVP_DigestInit_ex2(context, sha256_method(), nullptr) == 1 &&
                      EVP_DigestUpdate(context, first.data(), first.size()) == 1 &&
                      EVP_DigestUpdate(context, second.data(), second.size()) == 1 &&
                      EVP_DigestFinal_ex(context, hash.data(), nullptr) == 1;
    CHECK(done, "SHA-256 failed");
    return hash;
}

Hash hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> bytes)
{
    Hash hash;
    unsigned length = 0;
    const auto* done =
        HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(), hash.data(), &length);
    CHECK(done != nullptr && length == hash.size(), "HMAC failed");
    return hash;
}

Bytes random_bytes(std::size_t count)
{
    Bytes bytes(count);
    CHECK(RAND_bytes(bytes.data(), static_cast<int>(count)) == 1, "the system gave no random bytes");
    return bytes;
}

bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

SigningKey make_signing_key()
{
    std::array<std::uint8_t, 32> secret{};
    const auto bytes = random_bytes(secret.size());
    std::copy(bytes.begin(), bytes.end(), secret.begin());
    return signing_key_from(secret);
}

SigningKey signing_key_from(const std::array<std::uint8_t, 32>& secret)
{
    SigningKey key{.secret = secret};
    std::size_t length = key.open.size();
    const auto pair = private_key(secret);
    CHECK(EVP_PKEY_get_raw_public_key(pair.get(), key.open.data(), &length) == 1, "the key has no public half");
    return key;
}

Signature sign(const SigningKey& key, std::span<const std::uint8_t> message)
{
    Signature signature;
    std::size_t length = signature.size();
    // Making OpenSSL's form of a key costs as much as signing with it, and one key signs every checkpoint.
    thread_local std::array<std::uint8_t, 32> held_secret{};
    thread_local KeyPointer pair;
    if (!pair || held_secret != key.secret) {
        pair = private_key(key.secret);
        held_secret = key.secret;
    }
    const std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
    const bool done = EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, pair.get()) == 1 &&
                      EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) == 1;
    CHECK(done, "signing failed");
    return signature;
}

bool is_signed_by(std::span<const std::uint8_t> open_key, std::span<const std::uint8_t> message,
                  const Signature& signature)
{
    const KeyPointer key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, open_key.data(), open_key.size())};
    if (!key) return false;
    const std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

} // namespace reachable
