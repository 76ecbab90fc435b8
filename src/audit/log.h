// The account of everything done, seen or refused: an append-only log hashed as an RFC 6962 tree.
// An entry is written in the same transaction as what it tells of, and is durable before a byte is released.
#pragma once

#include "base/crypto.h"
#include "base/id.h"
#include "base/time.h"
#include "storage/database.h"
#include "storage/migrations.h"

#include <functional>
#include <optional>

namespace reachable::audit {

/// What kind of thing happened (DPA 2018 s.62 and the trust model).
enum class Operation {
    act,
    look,
    refusal,
    sign_in,
    sign_out,
    sign_in_refused,
    disclosure,
    notification,
    clock,
    administration
};
std::string_view name_of(Operation operation);

/// Somebody else whom an entry is about, as much as its own child and case: another row of a queue.
struct Beside {
    ChildId child;
    CaseId case_id;

    bool operator==(const Beside&) const = default;
};

/// One entry. Every text is a code, a handle or a rule id: never a name, a narrative, a token or a password.
/// Texts hold printable ASCII without spaces; anything else is a Bug.
struct Entry {
    std::uint64_t sequence = 0; // given by append
    UtcTime at{};
    std::string clock_health = "system"; // TimeSource::health()
    Operation operation = Operation::look;
    std::string action; // "custody.book_in", "look:custody.brief", …
    WorkerId worker;    // none: the service itself
    AgencyId agency;
    AgencyId on_behalf_of;
    std::string role;    // "CUST"
    std::string purpose; // "custody-safeguarding"
    std::string reason_code;
    ChildId child;
    CaseId case_id;
    std::uint64_t categories = 0; // which field categories were asked for, one bit each
    std::uint64_t view = 0;       // which of them were shown
    std::string recipients;       // who was told: role or agency handles, comma between; of an administrative entry the
                                  // handle of the account or team that it changed
    std::string rules;            // ids of the policy rules used, comma between
    std::string policy_hash;
    RequestId request;
    std::string outcome;                  // "done", or the ProblemKind of a refusal
    std::string question;                 // what the policy was asked, as policy/question.h writes it; empty where
                                          // nothing was decided, and in entries from before it was kept
    std::vector<Beside> also;             // put there by `gather`
    std::vector<std::string> commitments; // hex HMAC-SHA256(salt, value) of personal values

    bool operator==(const Entry&) const = default;
};

/// The canonical bytes of an entry: one "name value" line each, fixed order, so that anyone can check it with a text
/// tool.
std::string canonical(const Entry& entry);
/// Reads canonical bytes back; refuses anything that `canonical` would not have written.
Result<Entry> parse_entry(std::string_view canonical_bytes);

/// Adds an entry to those of one look. If one of them says the same word for word, only about somebody else, both
/// become one entry: a page of a queue then costs a few entries and not one for each row.
void gather(std::vector<Entry>& entries, Entry entry);
/// The entries that were gathered into this one, one for each child and case, all with its number.
std::vector<Entry> each_of(Entry entry);
/// The child of an entry that is about one child alone.
std::optional<ChildId> only_child(const Entry& entry);
/// Every child that an entry is about, with every agency whose entry it is: under these it is found again.
void for_each_looked_at(const Entry& entry, const std::function<void(ChildId, AgencyId)>& note);

/// HMAC-SHA256(salt, value) in hex; the salt is 32 random bytes and is stored beside the value, never in the log.
std::string commit_to(std::span<const std::uint8_t> salt, std::string_view value);

/// The log of one database. Created by main() once, before the first write; it sets the database's commit hooks so that
/// each shared commit ends with one signed checkpoint.
class Log {
  public:
    /// `origin` names this log in its checkpoints ("reachable.example/log"). Reads the tree's edge from the database.
    /// `checkpoint_file`, if not empty, receives each new checkpoint after it is durable (a copy kept elsewhere shows a
    /// truncation of the database).
    static Result<std::unique_ptr<Log>> open(storage::Database& database, std::string origin, SigningKey key,
                                             std::string checkpoint_file);
    virtual ~Log() = default;
    /// Adds the entry inside the caller's transaction and gives its sequence number (counted from 0).
    /// Only to be called from a body of `Database::write`.
    virtual std::uint64_t append(storage::Transaction& transaction, Entry entry) = 0;
    /// The newest durable checkpoint as text.
    virtual std::string checkpoint() const = 0;
};

std::span<const storage::Migration> migrations();

/// Entries about a child, newest first, starting below `before` (0: from the newest). Here and below gathered entries
/// are told one by one; those with the same number stay together, so that there may be more than `most`.
/// `only_of`: entries of that agency or on behalf of it, found without looking at those of others, so that how long it
/// takes tells nothing of them; some of others may be among them all the same.
std::vector<Entry> entries_of_child(storage::Transaction& transaction, ChildId child, std::size_t most,
                                    std::uint64_t before = 0, AgencyId only_of = {});
/// The newest entries of the whole log, newest first.
std::vector<Entry> newest_entries(storage::Transaction& transaction, std::size_t most, std::uint64_t before = 0);

/// Refusals, of acts, looks and sign-ins, newest first, starting below `before` (0: from the newest). Looks at
/// `most_looked_at` entries and no more, so that asking stays cheap where refusals are rare.
struct Refusals {
    std::vector<Entry> entries;
    std::uint64_t looked_down_to = 0; // where to go on from, as `before`
    bool is_end = false;              // there is nothing older
};
Refusals newest_refusals(storage::Transaction& transaction, std::size_t most, std::uint64_t before = 0,
                         std::size_t most_looked_at = 20'000);

/// What a check of a whole log found. Empty `faults` and `is_whole` mean that nothing was changed.
struct Verification {
    bool is_whole = false;
    std::uint64_t entry_count = 0;
    std::uint64_t checkpoint_count = 0;
    Hash root{};
    std::vector<std::string> faults; // sentences: "Entry 17 is not the entry that was signed for."
};

/// Checks every entry, every tile, every checkpoint and its signature of a database, and that every checkpoint in
/// `kept_checkpoints` (text of a checkpoint file kept elsewhere, may be empty) is a true beginning of this log.
Verification verify(storage::Database& database, std::span<const std::uint8_t> open_key,
                    std::string_view kept_checkpoints);

} // namespace reachable::audit
