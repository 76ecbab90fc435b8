// Every policy text that ever decided, by the hash that stands in the entries of its decisions. A text is kept before
// it decides for the first time, and is never changed or taken away.
#pragma once

#include "policy/text_policy.h"
#include "storage/migrations.h"

#include <map>

namespace reachable::policy {

/// Keeps the canonical text, unless it is kept already; durable on return.
void keep_text(storage::Database& database, const TextPolicy& policy, UtcTime now);

/// A text that is kept, and when it first decided here.
struct KeptText {
    std::string hash;
    std::optional<UtcTime> first_at; // nothing: before that was written down
};
/// The newest first.
std::vector<KeptText> list_kept(storage::Transaction& transaction);

/// The text of that hash; null: none is kept, or it was changed since.
std::unique_ptr<TextPolicy> find_kept(storage::Transaction& transaction, const std::string& hash);

/// By their hashes.
using KeptPolicies = std::map<std::string, std::unique_ptr<TextPolicy>>;
/// All that are kept, but those whose text was changed since: it has another hash, or cannot be read.
KeptPolicies kept_policies(storage::Transaction& transaction);

std::span<const storage::Migration> migrations();

} // namespace reachable::policy
