// The only file that sees liboath.
#include "accounts/one_time_code.h"

#include "base/crypto.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <liboath/oath.h>
#include <memory>

namespace reachable::accounts {

namespace {

constexpr std::int64_t step_seconds = 30;
constexpr unsigned digit_count = 6;
constexpr std::size_t secret_bytes = 20;

void make_ready()
{
    static const bool is_ready = oath_init() == OATH_OK;
    CHECK(is_ready, "liboath did not start");
}

std::string code_of_step(const Sensitive<Bytes>& secret, std::int64_t step)
{
    make_ready();
    std::array<char, digit_count + 1> code{};
    const auto& bytes = secret.reveal();
    const int outcome =
        oath_hotp_generate(reinterpret_cast<const char*>(bytes.data()), bytes.size(), static_cast<std::uint64_t>(step),
                           digit_count, false, OATH_HOTP_DYNAMIC_TRUNCATION, code.data());
    CHECK(outcome == OATH_OK, "liboath made no code");
    return code.data();
}

std::string without_spaces(std::string_view text)
{
    std::string kept;
    std::ranges::copy_if(text, std::back_inserter(kept), [](char c) { return c != ' '; });
    return kept;
}

} // namespace

Sensitive<Bytes> new_code_secret()
{
    return Sensitive(random_bytes(secret_bytes));
}

Sensitive<std::string> code_secret_as_text(const Sensitive<Bytes>& secret)
{
    make_ready();
    char* text = nullptr;
    std::size_t length = 0;
    const auto& bytes = secret.reveal();
    const int outcome = oath_base32_encode(reinterpret_cast<const char*>(bytes.data()), bytes.size(), &text, &length);
    CHECK(outcome == OATH_OK, "liboath did not write base32");
    const std::unique_ptr<char, decltype(&std::free)> owner(text, &std::free);
    std::string written(text, length);
    written.erase(written.find_last_not_of('=') + 1);
    return Sensitive(std::move(written));
}

Result<Sensitive<Bytes>> code_secret_from_text(std::string_view text)
{
    make_ready();
    std::string clean = without_spaces(text);
    std::ranges::transform(clean, clean.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    char* bytes = nullptr;
    std::size_t length = 0;
    const bool is_read = !clean.empty() && oath_base32_decode(clean.data(), clean.size(), &bytes, &length) == OATH_OK;
    if (!is_read) return refuse(ProblemKind::malformed, "That is not a secret for one-time codes");
    const std::unique_ptr<char, decltype(&std::free)> owner(bytes, &std::free);
    return Sensitive(Bytes(bytes, bytes + length));
}

Sensitive<std::string> code_secret_as_link(std::string_view sign_in_name, const Sensitive<std::string>& secret_text)
{
    std::string name;
    for (const char c : sign_in_name) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        name += is_plain ? std::string(1, c) : "%" + to_hex(as_bytes(std::string_view(&c, 1)));
    }
    return Sensitive("otpauth://totp/Reachable:" + name + "?secret=" + secret_text.reveal() + "&issuer=Reachable");
}

std::string code_at(const Sensitive<Bytes>& secret, UtcTime moment)
{
    return code_of_step(secret, to_seconds(moment) / step_seconds);
}

std::optional<std::int64_t> step_of_code(const Sensitive<Bytes>& secret, std::string_view code, UtcTime now)
{
    const std::string given = without_spaces(code);
    const std::int64_t middle = to_seconds(now) / step_seconds;
    std::optional<std::int64_t> found;
    for (const std::int64_t step : {middle + 1, middle - 1, middle})
        if (equal_in_constant_time(as_bytes(given), as_bytes(code_of_step(secret, step)))) found = step;
    return found;
}

} // namespace reachable::accounts
