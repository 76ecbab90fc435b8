// Source records as they were received. Each belongs to one child's record, its home, for ever: deciding that two
// children are one person moves nothing. A correction is a new version and a deletion at the source is a version
// without content, so every record can be read as it stood at any instant. Each version has a change number, which only
// grows: an index that remembers the last one it saw asks for what came after.
#pragma once

#include "base/crypto.h"
#include "base/id.h"
#include "identity/source_record.h"
#include "storage/database.h"

#include <optional>
#include <span>

namespace reachable::identity {

using SourceRecordId = Id<struct SourceRecordKind>;

enum class Received {
    is_new,
    changed, // a new version; also one that the source had deleted and sends again
    same     // nothing was stored
};

/// What a record needs beside itself.
struct Terms {
    /// The child's record it belongs to. None: on first sight a child's record is made of it, and corrections by the
    /// source change that one as long as nobody else has.
    ChildId home = {};
    /// Why this source may send NHS numbers (R-X-01); kept beside the version.
    std::string lawful_basis = {};
};

struct Receipt {
    Received what = Received::same;
    SourceRecordId id;
    ChildId home;
    std::int64_t version = 0; // the newest one now
    std::int64_t change = 0;
};

/// Keeps what an agency's system sent. Sending the same again changes nothing. Refuses, and then nothing is stored:
/// - no agency, source or reference, and content that could not be read back as the same;
/// - an NHS number without a lawful basis;
/// - a source that another agency sends (conflict), a home that does not exist, and a home other than the first one.
Result<Receipt> receive(storage::Transaction& transaction, AgencyId agency, const SourceRecord& record, UtcTime now,
                        const Terms& terms = {});

/// The source deleted the record: a version without content. The home stays, and so do the versions before. Withdrawing
/// twice changes nothing. Refuses a record that this agency did not send (not found).
Result<Receipt> withdraw(storage::Transaction& transaction, AgencyId agency, std::string_view source,
                         std::string_view reference, UtcTime now);

/// One version of a source record.
struct StoredRecord {
    SourceRecordId id;
    AgencyId agency;
    ChildId home;
    std::int64_t version = 0;
    std::int64_t change = 0;
    UtcTime received_at{};
    bool is_deleted = false;
    Hash content_hash{};
    std::string lawful_basis;
    SourceRecord record; // of a deleted one: source and reference alone
    bool operator==(const StoredRecord&) const = default;
};

/// The newest version, also when it says that the record was deleted.
std::optional<StoredRecord> find(storage::Transaction& transaction, std::string_view source,
                                 std::string_view reference);
/// Every version, the first one first.
std::vector<StoredRecord> versions_of(storage::Transaction& transaction, SourceRecordId id);
/// What the sources held of the child at that instant, the latest received last; deleted ones are left out. Of this
/// child's record alone: those of a whole person are the records of all its members (people.h).
std::vector<StoredRecord> records_of(storage::Transaction& transaction, ChildId home, UtcTime at);

/// The newest version of every record that changed after that change number, the oldest change first, at most `most`.
/// Deleted ones are among them. From 0 these are all records; fewer than `most` means that there are no more.
std::vector<StoredRecord> changes_since(storage::Transaction& transaction, std::int64_t change, std::size_t most);
/// True if sources sent records of this child's record and every one of them has deleted its own since.
bool is_deleted_at_every_source(storage::Transaction& transaction, ChildId home);
/// The newest change of any source record of these children; 0 when no source sent anything.
std::int64_t newest_change_of(storage::Transaction& transaction, std::span<const ChildId> homes);

} // namespace reachable::identity
