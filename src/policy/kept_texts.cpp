#include "policy/kept_texts.h"

namespace reachable::policy {
namespace {

using storage::Transaction;

constexpr storage::Migration all_migrations[] = {
    {"policy", 1, "the texts that decided, by their hash",
     "create table policy_texts (hash text primary key, canonical text not null);\n"},
};

} // namespace

void keep_text(storage::Database& database, const TextPolicy& policy)
{
    bool is_kept = false;
    database.read([&](Transaction& transaction) {
        is_kept = !transaction.query("select 1 from policy_texts where hash = $1", {policy.hash()}).empty();
    });
    if (is_kept) return;
    database.write([&](Transaction& transaction) {
        transaction.execute("insert into policy_texts (hash, canonical) values ($1, $2) on conflict (hash) do nothing",
                            {policy.hash(), canonical(policy.text())});
    });
}

KeptPolicies kept_policies(Transaction& transaction)
{
    KeptPolicies kept;
    for (const auto& row : transaction.query("select hash, canonical from policy_texts order by hash", {})) {
        auto policy = TextPolicy::read(row.text(1));
        if (policy && (*policy)->hash() == row.text(0)) kept.emplace(row.text(0), *std::move(policy));
    }
    return kept;
}

std::span<const storage::Migration> migrations()
{
    return all_migrations;
}

} // namespace reachable::policy
