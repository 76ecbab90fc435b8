#include "policy/kept_texts.h"

#include "storage/columns.h"

#include <algorithm>

namespace reachable::policy {
namespace {

using storage::Transaction;

constexpr storage::Migration all_migrations[] = {
    {"policy", 1, "the texts that decided, by their hash",
     "create table policy_texts (hash text primary key, canonical text not null);\n"},
    {"policy", 2, "since when each of them has decided", "alter table policy_texts add column kept_at bigint;"},
};

} // namespace

void keep_text(storage::Database& database, const TextPolicy& policy, UtcTime now)
{
    bool is_kept = false;
    database.read([&](Transaction& transaction) {
        is_kept = !transaction.query("select 1 from policy_texts where hash = $1", {policy.hash()}).empty();
    });
    if (is_kept) return;
    database.write([&](Transaction& transaction) {
        transaction.execute("insert into policy_texts (hash, canonical, kept_at) values ($1, $2, $3) "
                            "on conflict (hash) do nothing",
                            {policy.hash(), canonical(policy.text()), to_seconds(now)});
    });
}

std::vector<KeptText> list_kept(Transaction& transaction)
{
    std::vector<KeptText> kept;
    for (const auto& row : transaction.query("select hash, kept_at from policy_texts order by kept_at desc, hash", {}))
        kept.push_back({.hash = row.text(0), .first_at = storage::maybe_time_at(row, 1)});
    // Databases differ in where they sort what is not known: it is the oldest.
    std::ranges::stable_partition(kept, [](const KeptText& one) { return one.first_at.has_value(); });
    return kept;
}

std::unique_ptr<TextPolicy> find_kept(Transaction& transaction, const std::string& hash)
{
    const auto rows = transaction.query("select canonical from policy_texts where hash = $1", {hash});
    if (rows.empty()) return nullptr;
    auto policy = TextPolicy::read(rows.front().text(0));
    if (!policy || (*policy)->hash() != hash) return nullptr;
    return *std::move(policy);
}

KeptPolicies kept_policies(Transaction& transaction)
{
    KeptPolicies kept;
    for (const auto& row : transaction.query("select hash from policy_texts order by hash", {}))
        if (auto policy = find_kept(transaction, row.text(0))) kept.emplace(row.text(0), std::move(policy));
    return kept;
}

std::span<const storage::Migration> migrations()
{
    return all_migrations;
}

} // namespace reachable::policy
