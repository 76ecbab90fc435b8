#include "audit/checkpoint.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace reachable::audit {
namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t most_origin = 255;
constexpr std::size_t most_text = 1024;

using KeyHash = std::array<std::uint8_t, 4>;

/// Four bytes that say which key to try, as in C2SP signed-note.
KeyHash key_hash_of(std::string_view origin, std::span<const std::uint8_t> open_key)
{
    std::string named(origin);
    named += '\n';
    named += static_cast<char>(Algorithm::ed25519);
    const Hash hash = sha256(as_bytes(named), open_key);
    KeyHash start;
    std::copy_n(hash.begin(), start.size(), start.begin());
    return start;
}

/// The lines that are signed.
std::string body_of(const Checkpoint& checkpoint)
{
    std::string body = checkpoint.origin;
    body += '\n' + std::to_string(checkpoint.size);
    body += '\n' + to_base64(checkpoint.root);
    body += '\n' + to_iso(checkpoint.at);
    body += '\n' + to_base64(checkpoint.previous);
    return body + '\n';
}

std::string text_of(const SignedCheckpoint& note)
{
    Bytes seal{static_cast<std::uint8_t>(note.algorithm)};
    seal.insert(seal.end(), note.key_hash.begin(), note.key_hash.end());
    seal.insert(seal.end(), note.signature.begin(), note.signature.end());
    std::string text = body_of(note.checkpoint);
    text += '\n';
    text += dash;
    return text + note.checkpoint.origin + ' ' + to_base64(seal) + '\n';
}

tl::unexpected<Problems> not_a_checkpoint()
{
    return refuse(ProblemKind::malformed, "That is not a checkpoint of an audit log");
}

Result<Hash> hash_from(std::string_view text)
{
    const auto bytes = TRY(from_base64(text));
    if (bytes.size() != sizeof(Hash)) return not_a_checkpoint();
    Hash hash;
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

Result<std::uint64_t> size_from(std::string_view text)
{
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (error != std::errc{} || end != text.data() + text.size() || size == 0) return not_a_checkpoint();
    return size;
}

/// The signature line, without its first dash and origin.
Result<> read_seal(std::string_view text, SignedCheckpoint& into)
{
    const auto seal = TRY(from_base64(text));
    if (seal.size() != 1 + into.key_hash.size() + into.signature.size()) return not_a_checkpoint();
    if (seal[0] != static_cast<std::uint8_t>(Algorithm::ed25519))
        return refuse(ProblemKind::malformed, "The checkpoint is signed in a way that this program does not know");
    std::copy_n(seal.begin() + 1, into.key_hash.size(), into.key_hash.begin());
    std::copy_n(seal.begin() + 5, into.signature.size(), into.signature.begin());
    return {};
}

} // namespace

bool is_origin(std::string_view text)
{
    const auto may_stand = [](char c) { return c > ' ' && c < '\x7f' && c != '+'; };
    return !text.empty() && text.size() <= most_origin && std::all_of(text.begin(), text.end(), may_stand);
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key)
{
    CHECK(is_origin(checkpoint.origin), "the origin of a log is printable ASCII without spaces");
    return text_of({.checkpoint = checkpoint,
                    .key_hash = key_hash_of(checkpoint.origin, key.open),
                    .signature = sign(key, as_bytes(body_of(checkpoint)))});
}

Result<SignedCheckpoint> parse_checkpoint(std::string_view text)
{
    if (text.size() > most_text) return not_a_checkpoint();
    const auto lines = split(text, '\n');
    if (lines.size() != 8 || !is_origin(lines[0])) return not_a_checkpoint();
    SignedCheckpoint note;
    note.checkpoint.origin = lines[0];
    note.checkpoint.size = TRY(size_from(lines[1]));
    note.checkpoint.root = TRY(hash_from(lines[2]));
    note.checkpoint.at = TRY(parse_utc(lines[3]));
    note.checkpoint.previous = TRY(hash_from(lines[4]));
    const auto signer = std::string(dash) + note.checkpoint.origin + ' ';
    if (!lines[6].starts_with(signer)) return not_a_checkpoint();
    TRY(read_seal(lines[6].substr(signer.size()), note));
    // One way to write it: what was read must be what would be written.
    if (text_of(note) != text) return not_a_checkpoint();
    return note;
}

bool is_signed_by(std::span<const std::uint8_t> open_key, const SignedCheckpoint& note)
{
    return note.key_hash == key_hash_of(note.checkpoint.origin, open_key) &&
           reachable::is_signed_by(open_key, as_bytes(body_of(note.checkpoint)), note.signature);
}

Result<Checkpoint> read_checkpoint(std::string_view text, std::span<const std::uint8_t> open_key)
{
    auto note = TRY(parse_checkpoint(text));
    if (!is_signed_by(open_key, note))
        return refuse(ProblemKind::malformed, "The checkpoint was not signed with this log's key");
    return std::move(note.checkpoint);
}

Hash hash_of_checkpoint(std::string_view text)
{
    return sha256(as_bytes(text));
}

} // namespace reachable::audit
