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
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

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

constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
/// Nothing sealed here is longer: far below what OpenSSL's int can count.
constexpr std::size_t most_sealed_bytes = std::size_t{1} << 20U;

int length_of(std::span<const std::uint8_t> bytes)
{
    return static_cast<int>(bytes.size());
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

Bytes seal(const SealingKey& key, std::span<const std::uint8_t> plain, std::span<const std::uint8_t> bound_to)
{
    CHECK(plain.size() <= most_sealed_bytes && bound_to.size() <= most_sealed_bytes, "too much to seal at once");
    Bytes sealed = random_bytes(nonce_bytes);
    sealed.resize(nonce_bytes + plain.size() + tag_bytes);
    std::uint8_t* const body = sealed.data() + nonce_bytes;
    int count = 0;
    const std::unique_ptr<EVP_CIPHER_CTX, Free> context{EVP_CIPHER_CTX_new()};
    const bool done =
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) == 1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &count, bound_to.data(), length_of(bound_to)) == 1 &&
        EVP_EncryptUpdate(context.get(), body, &count, plain.data(), length_of(plain)) == 1 &&
        EVP_EncryptFinal_ex(context.get(), body + plain.size(), &count) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_bytes), body + plain.size()) == 1;
    CHECK(done, "sealing failed");
    return sealed;
}

std::optional<Bytes> unseal(const SealingKey& key, std::span<const std::uint8_t> sealed,
                            std::span<const std::uint8_t> bound_to)
{
    if (sealed.size() < nonce_bytes + tag_bytes || sealed.size() > most_sealed_bytes + nonce_bytes + tag_bytes)
        return std::nullopt;
    const auto body = sealed.subspan(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
    auto tag = Bytes(sealed.end() - tag_bytes, sealed.end());
    Bytes plain(body.size());
    int count = 0;
    const std::unique_ptr<EVP_CIPHER_CTX, Free> context{EVP_CIPHER_CTX_new()};
    const bool is_whole =
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &count, bound_to.data(), length_of(bound_to)) == 1 &&
        EVP_DecryptUpdate(context.get(), plain.data(), &count, body.data(), length_of(body)) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_bytes), tag.data()) == 1 &&
        EVP_DecryptFinal_ex(context.get(), plain.data() + plain.size(), &count) == 1;
    if (!is_whole) return std::nullopt;
    return plain;
}

} // namespace reachable
