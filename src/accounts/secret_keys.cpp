#include "accounts/secret_keys.h"

#include "accounts/columns.h"
#include "base/text.h"

#include <charconv>
#include <fmt/format.h>

namespace reachable::accounts {

using storage::Transaction;

namespace {

Bytes bound_to(std::string_view holder, std::int64_t version)
{
    const auto text = fmt::format("reachable code secret {} {}", version, holder);
    const auto bytes = as_bytes(text);
    return {bytes.begin(), bytes.end()};
}

std::optional<SecretKeys::Versioned> read_line(std::string_view line)
{
    SecretKeys::Versioned one;
    const auto space = line.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const auto [end, error] = std::from_chars(line.data(), line.data() + space, one.version);
    const auto bytes = from_hex(trim(line.substr(space)));
    if (error != std::errc{} || end != line.data() + space || !bytes || bytes->size() != one.key.size())
        return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), one.key.begin());
    return one;
}

void store(Transaction& transaction, WorkerId worker, const SealedSecret& sealed)
{
    transaction.execute("update accounts_credentials set code_secret = $2, key_version = $3 where worker = $1",
                        {to_value(worker), sealed.bytes, sealed.version});
}

} // namespace

SecretKeys make_secret_keys()
{
    SecretKeys::Versioned first{.version = 1};
    const auto bytes = random_bytes(first.key.size());
    std::copy(bytes.begin(), bytes.end(), first.key.begin());
    return {{first}};
}

Result<SecretKeys> read_secret_keys(const Sensitive<std::string>& text)
{
    SecretKeys keys;
    std::int64_t newest = 0;
    std::string_view rest = text.reveal();
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = trim(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty()) continue;
        const auto one = read_line(line);
        if (!one || one->version <= newest)
            return refuse(ProblemKind::malformed,
                          "A line of the secret key file is not a rising number and 64 hexadecimal digits");
        newest = one->version;
        keys.all.push_back(*one);
    }
    if (keys.all.empty()) return refuse(ProblemKind::missing, "The secret key file holds no key");
    return keys;
}

Sensitive<std::string> secret_keys_as_text(const SecretKeys& keys)
{
    std::string text;
    for (const auto& one : keys.all) text += fmt::format("{} {}\n", one.version, to_hex(one.key));
    return Sensitive(std::move(text));
}

SealedSecret seal_secret(const SecretKeys& keys, std::string_view holder, const Sensitive<Bytes>& secret)
{
    CHECK(!keys.all.empty(), "A secret is sealed with a key");
    const auto& newest = keys.all.back();
    return {seal(newest.key, secret.reveal(), bound_to(holder, newest.version)), newest.version};
}

SealedSecret seal_secret(const SecretKeys& keys, WorkerId worker, const Sensitive<Bytes>& secret)
{
    return seal_secret(keys, worker.text(), secret);
}

std::optional<Sensitive<Bytes>> open_secret(const SecretKeys& keys, std::string_view holder, const SealedSecret& sealed)
{
    for (const auto& one : keys.all) {
        if (one.version != sealed.version) continue;
        auto plain = unseal(one.key, sealed.bytes, bound_to(holder, one.version));
        if (!plain) return std::nullopt;
        return Sensitive(std::move(*plain));
    }
    return std::nullopt;
}

std::optional<Sensitive<Bytes>> open_secret(const SecretKeys& keys, WorkerId worker, const SealedSecret& sealed)
{
    return open_secret(keys, worker.text(), sealed);
}

Result<> seal_stored_secrets(storage::Database& database, const SecretKeys& keys, UtcTime now)
{
    std::size_t count = 0;
    std::size_t opened_count = 0;
    database.write([&](Transaction& transaction) {
        count = opened_count = 0;
        const auto rows = transaction.query("select worker, code_secret, key_version from accounts_credentials");
        for (const auto& row : rows) {
            const auto worker = id_at<WorkerId>(row, 0);
            const SealedSecret held{row.bytes(1), row.integer(2)};
            const auto plain = held.version == 0 ? Sensitive(held.bytes) : open_secret(keys, worker, held);
            ++count;
            if (!plain) continue;
            ++opened_count;
            if (held.version != keys.all.back().version) store(transaction, worker, seal_secret(keys, worker, *plain));
        }
        transaction.execute("update accounts_credentials set used_at = $1 where used_at is null", {to_value(now)});
    });
    if (count > 0 && opened_count == 0)
        return refuse(
            ProblemKind::unavailable,
            "The secret key file does not open what this database holds: put back the file that belongs to it");
    return {};
}

} // namespace reachable::accounts
