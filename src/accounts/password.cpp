// The only file that sees the password hash of libsodium.
#include "accounts/password.h"

#include "accounts/sessions.h"
#include "base/crypto.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <semaphore>
#include <sodium.h>
#include <thread>

namespace reachable::accounts {

namespace {

constexpr std::size_t fewest_characters = 12;
constexpr std::size_t most_bytes = 1000;

/// The commonest passwords of twelve characters or more in published lists of leaked ones, and a few that this
/// service's own name and trade invite.
constexpr std::array<std::string_view, 44> commonest = {
    "123456789012",   "1234567890123",    "12345678901234", "123456789012345", "1234567890123456", "123456123456",
    "123123123123",   "121212121212",     "111111111111",   "000000000000",    "aaaaaaaaaaaa",     "abcdefghijkl",
    "abcdefghijklm",  "abcd12345678",     "abc123abc123",   "1q2w3e4r5t6y",    "1qaz2wsx3edc",     "1qaz2wsx3edc4rfv",
    "q1w2e3r4t5y6",   "qwertyuiop12",     "qwertyuiop123",  "qwertyuiop1234",  "qwertyuiopasdf",   "qwertyuiop[]",
    "qwerty123456",   "qwertyqwerty",     "asdfghjkl123",   "zxcvbnm12345",    "password1234",     "password12345",
    "password123456", "passwordpassword", "mypassword123",  "changeme1234",    "changemechangeme", "letmeinletmein",
    "welcome12345",   "iloveyou1234",     "administrator",  "administrator1",  "safeguarding",     "safeguarding1",
    "reachable123",   "reachable1234",
};

/// Phrases that are printed somewhere as an example: the demonstration's own, and those of well-known explanations of
/// passphrases. The demonstration sets its own without asking.
constexpr std::array<std::string_view, 6> published = {
    "quiet harbour lantern",        "correct horse battery staple", "correcthorsebatterystaple",
    "correct-horse-battery-staple", "the quick brown fox",          "three random words",
};

/// The words of a phrase, however they are spaced.
std::string squeezed(std::string_view text)
{
    std::string words;
    for (const char c : text)
        if (c != ' ' && c != '-' && c != '_' && c != '.') words += c;
    return words;
}

struct Cost {
    std::uint64_t operations = crypto_pwhash_OPSLIMIT_INTERACTIVE;
    std::size_t memory_bytes = crypto_pwhash_MEMLIMIT_INTERACTIVE; // 64 MiB
};
Cost& cost()
{
    static Cost now;
    return now;
}

void make_ready()
{
    static const bool is_ready = sodium_init() >= 0;
    CHECK(is_ready, "libsodium did not start");
}

/// One place among the hashes being worked on. Each needs its 64 MiB: never more of them than there are cores.
class Place {
  public:
    Place() { places().acquire(); }
    ~Place() { places().release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

  private:
    static std::counting_semaphore<>& places()
    {
        static std::counting_semaphore<> free(std::max(1U, std::thread::hardware_concurrency()));
        return free;
    }
};

/// Characters of UTF-8: every byte but those that continue one.
std::size_t character_count(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

Result<> check_new_password(const Sensitive<std::string>& password, std::string_view sign_in_name)
{
    const std::string& text = password.reveal();
    const std::string lower = to_lower_ascii(text);
    if (character_count(text) < fewest_characters)
        return refuse(ProblemKind::malformed, "Choose a password of at least 12 characters", "password");
    if (text.size() > most_bytes)
        return refuse(ProblemKind::too_large, "Choose a password of at most 1000 characters", "password");
    const auto is_same = [&](std::string_view phrase) { return squeezed(phrase) == squeezed(lower); };
    if (std::ranges::any_of(published, is_same))
        return refuse(ProblemKind::malformed, "Choose another password: this one is printed as an example", "password");
    if (std::ranges::find(commonest, lower) != commonest.end())
        return refuse(ProblemKind::malformed, "Choose another password: this is one of the commonest", "password");
    if (trim(text).empty())
        return refuse(ProblemKind::malformed, "Choose a password that is not all spaces", "password");
    if (lower == to_lower_ascii(trim(sign_in_name)))
        return refuse(ProblemKind::malformed, "Choose a password that is not your sign-in name", "password");
    return {};
}

void set_password_cost(std::uint64_t operations, std::size_t memory_bytes)
{
    cost() = {std::max<std::uint64_t>(operations, crypto_pwhash_OPSLIMIT_MIN),
              std::max<std::size_t>(memory_bytes, crypto_pwhash_MEMLIMIT_MIN)};
}

std::string hash_password(const Sensitive<std::string>& password)
{
    make_ready();
    const Place place;
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const auto& text = password.reveal();
    if (crypto_pwhash_str(hash.data(), text.data(), text.size(), cost().operations, cost().memory_bytes) != 0)
        throw std::runtime_error("There is not enough memory to hash a password");
    return hash.data();
}

bool is_password(const std::string& hash, const Sensitive<std::string>& password)
{
    make_ready();
    const Place place;
    const auto& text = password.reveal();
    return text.size() <= most_bytes && crypto_pwhash_str_verify(hash.c_str(), text.data(), text.size()) == 0;
}

const std::string& hash_nobody_knows()
{
    static const std::string hash = hash_password(Sensitive(to_hex(random_bytes(32))));
    return hash;
}

} // namespace reachable::accounts
