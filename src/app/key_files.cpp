#include "app/key_files.h"

#include "base/text.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace reachable::app {
namespace {

namespace files = std::filesystem;

/// Writes a new file that nobody else can read, not even for a moment, and waits until the disk has it.
Result<> write_secret(const files::path& file, const Sensitive<std::string>& content)
{
    const auto failed = [&] {
        return refuse(ProblemKind::unavailable, fmt::format("The key file {} cannot be written", file.string()));
    };
    if (file.has_parent_path()) files::create_directories(file.parent_path());
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed();
    const auto& text = content.reveal();
    const bool is_written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!is_written) return failed();
    const int folder = ::open(file.has_parent_path() ? file.parent_path().c_str() : ".", O_RDONLY | O_DIRECTORY);
    const bool is_named = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0) ::close(folder);
    if (!is_named) return failed();
    return {};
}

Result<Sensitive<std::string>> read_secret(const files::path& file)
{
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) return refuse(ProblemKind::unavailable, fmt::format("The key file {} cannot be read", file.string()));
    return Sensitive(text.str());
}

} // namespace

Result<SigningKey> signing_key(const files::path& file)
{
    if (files::exists(file)) {
        const auto text = TRY(read_secret(file));
        const auto bytes = from_hex(trim(text.reveal()));
        if (!bytes || bytes->size() != 32)
            return refuse(ProblemKind::malformed, fmt::format("The signing key in {} cannot be read", file.string()));
        std::array<std::uint8_t, 32> secret{};
        std::copy(bytes->begin(), bytes->end(), secret.begin());
        return signing_key_from(secret);
    }
    const auto key = make_signing_key();
    TRY(write_secret(file, Sensitive(to_hex(key.secret) + "\n")));
    std::ofstream open_half(file.string() + ".pub");
    open_half << to_hex(key.open) << '\n';
    if (!open_half.flush())
        return refuse(ProblemKind::unavailable, fmt::format("The open key cannot be written beside {}", file.string()));
    return key;
}

Result<accounts::SecretKeys> secret_keys(const files::path& file)
{
    if (files::exists(file)) return accounts::read_secret_keys(TRY(read_secret(file)));
    auto keys = accounts::make_secret_keys();
    TRY(write_secret(file, accounts::secret_keys_as_text(keys)));
    return keys;
}

Result<Sensitive<Bytes>> text_gateway_key(const files::path& file)
{
    constexpr std::string_view prefix = "whsec_";
    constexpr std::size_t fewest_bytes = 24;
    if (files::exists(file)) {
        const auto text = TRY(read_secret(file));
        const auto words = trim(text.reveal());
        const auto bytes = words.starts_with(prefix) ? from_base64(words.substr(prefix.size()))
                                                     : refuse(ProblemKind::malformed, "It does not begin with whsec_");
        if (!bytes || bytes->size() < fewest_bytes)
            return refuse(ProblemKind::malformed,
                          fmt::format("The key in {} cannot be read: it is whsec_ and at least 24 bytes in base64",
                                      file.string()));
        return Sensitive(*bytes);
    }
    auto key = random_bytes(32);
    TRY(write_secret(file, Sensitive(fmt::format("{}{}\n", prefix, to_base64(key)))));
    return Sensitive(std::move(key));
}

} // namespace reachable::app
