// The child, as every agency sees the same one: names and their parts, a birth date with its precision, how sure the
// age is, identifiers, addresses, contacts. Nothing is overwritten: each change is a new version (R-X-07).
#pragma once

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "records/characteristics.h"
#include "records/contact.h"
#include "records/name.h"
#include "records/source.h"
#include "storage/database.h"
#include "storage/migrations.h"

#include <map>
#include <optional>
#include <span>

namespace reachable::records {

enum class AgeStatus { confirmed, stated, apparent, disputed }; // R-X-05
std::string_view code_of(AgeStatus status);
Result<AgeStatus> age_status_from(std::string_view code);

struct Identifier {
    std::string type; // PNC, RMS, LA, NRM, YJ, UPN, …; NHS only with a recorded lawful basis (R-X-01)
    std::string issuer;
    std::string value;
    std::string lawful_basis;
    bool operator==(const Identifier&) const = default;
};
void write(DocumentWriter& document, const Identifier& identifier);

struct Child {
    ChildId id;
    std::vector<Name> names; // never empty: "Name not known" with a working label counts
    std::string likes_to_be_called;
    std::optional<PartialDate> born;
    AgeStatus age_status = AgeStatus::stated;
    std::string care_status = "unknown"; // code list; "unknown" is a value
    AgencyId responsible_authority;      // none: not known
    AgencyId host_authority;
    std::vector<Identifier> identifiers;
    std::vector<Address> addresses;
    std::vector<Contact> contacts;
    std::string language;
    Source source;
    std::optional<CivilDate> care_status_since = {};
    Characteristics characteristics = {};
    bool operator==(const Child&) const = default;

    /// The name to show: what the child likes to be called, or the first name given.
    const std::string& shown_name() const
    {
        return likes_to_be_called.empty() ? names.front().as_given : likes_to_be_called;
    }
};

/// Who holds the record, each once: the organisation that wrote it and the authorities that it names.
std::vector<AgencyId> custodians_of(const Child& child);

/// Under 18 on that London day (R-X-04); a person of unknown or disputed age who may be under 18 is treated as a child
/// (R-X-05). Born 29 February: 18 on 1 March, also in a common year. A birth date known to the month or year counts
/// from the latest day it could be; an estimated one, and an age judged by appearance, gets two years of doubt (a local
/// choice).
bool is_child_on(const Child& child, CivilDate day);
/// Whole years on that day, from the latest birth date it could be, never below 0; nothing if no birth date is known.
std::optional<int> age_on(const std::optional<PartialDate>& born, CivilDate day);
/// "15"; "about 15" where the date is estimated or leaves two ages open; "age not known".
std::string age_words(const std::optional<PartialDate>& born, CivilDate day);

Json to_json(const Child& child);
/// Refuses, all at once and by member: what cannot be read, and no name at all.
Result<Child> child_from(const Json& json);

/// Stores version 1, or the next version if `expected_version` is the newest one; refuses (conflict) otherwise.
/// Gives the version stored. `by` and `reason` stand beside the version. Refuses a child without a name or an id, a
/// correction without a reason, a birth date after `now`, and an NHS number without a lawful basis (R-X-01).
Result<std::int64_t> store_child(storage::Transaction& transaction, const Child& child, std::int64_t expected_version,
                                 WorkerId by, std::string_view reason, UtcTime now);
struct StoredChild {
    Child child;
    std::int64_t version = 0;
};
std::optional<StoredChild> find_child(storage::Transaction& transaction, ChildId id);
/// Many as they stand now, read at once; one that does not exist is not among them. Others may be reading the same.
std::shared_ptr<const std::map<ChildId, Child>> find_children(storage::Transaction& transaction,
                                                              std::span<const ChildId> ids);
/// As it stood at that moment.
std::optional<StoredChild> find_child_as_at(storage::Transaction& transaction, ChildId id, UtcTime at);

std::span<const storage::Migration> migrations();

} // namespace reachable::records
