// The child, as every agency sees the same one: names and their parts, a birth date with its precision, how sure the age
// is, identifiers, addresses, contacts. Nothing is overwritten: each change is a new version (R-X-07).
#pragma once

#include "base/id.h"
#include "base/json.h"
#include "base/time.h"
#include "storage/database.h"
#include "storage/migrations.h"

#include <optional>

namespace reachable::records {

/// How a fact came to be known (R-X-10).
enum class Confidence { seen, heard, told_by, document, inferred };
std::string_view code_of(Confidence confidence);

struct Source {
    AgencyId agency;
    UtcTime recorded_at{};
    std::string known_by; // "custody sergeant": a role or service, never a name
    Confidence confidence = Confidence::told_by;
    bool operator==(const Source&) const = default;
};

/// When something happened, and how exactly that is known (R-X-03).
enum class Precision { exact, about, date_only, unknown };
struct Happened {
    std::optional<UtcTime> at;
    Precision precision = Precision::unknown;
    bool operator==(const Happened&) const = default;
};

enum class NameKind { legal, known_as, alias, former, online_handle, transliteration };
std::string_view code_of(NameKind kind);

/// A name as it was given, with its parts in the order the culture gives them (R-A-04).
struct Name {
    NameKind kind = NameKind::legal;
    std::string as_given;           // "Sample Thi Linh"
    std::vector<std::string> given; // may be empty: a single-name person
    std::vector<std::string> family;
    bool is_family_first = false;
    std::string script = "Latn"; // ISO 15924
    std::optional<CivilDate> from;
    std::optional<CivilDate> to;
    bool operator==(const Name&) const = default;
};
/// Splits "Full name" into parts by the simplest rule: the last word is the family name. Keeps what was given.
Name read_name(std::string_view as_given);

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

struct Address {
    std::string kind; // home, placement, family, friend, found_at, avoid
    std::string lines;
    std::string postcode;
    std::optional<CivilDate> from;
    std::optional<CivilDate> to;
    std::optional<bool> is_safe_to_contact; // nothing: not asked
    bool operator==(const Address&) const = default;
};

struct Contact {
    std::string kind; // phone, mail, handle
    std::string value;
    std::string owner;
    std::optional<bool> is_safe_to_use;
    bool operator==(const Contact&) const = default;
};

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
    bool operator==(const Child&) const = default;

    /// The name to show: what the child likes to be called, or the first name given.
    const std::string& shown_name() const { return likes_to_be_called.empty() ? names.front().as_given : likes_to_be_called; }
};

/// Under 18 on that London day (R-X-04); a person of unknown or disputed age who may be under 18 is treated as a child
/// (R-X-05). Born 29 February: 18 on 1 March.
bool is_child_on(const Child& child, CivilDate day);
/// Whole years on that day, from the latest birth date it could be; nothing if no birth date is known.
std::optional<int> age_on(const std::optional<PartialDate>& born, CivilDate day);
/// "15", "about 15", "age not known"
std::string age_words(const std::optional<PartialDate>& born, CivilDate day);

Json to_json(const Child& child);
Result<Child> child_from(const Json& json);

/// Stores version 1, or the next version if `expected_version` is the newest one; refuses (conflict) otherwise.
/// Gives the version stored. `by` and `reason` stand beside the version.
Result<std::int64_t> store_child(storage::Transaction& transaction, const Child& child, std::int64_t expected_version,
                                 WorkerId by, std::string_view reason, UtcTime now);
struct StoredChild {
    Child child;
    std::int64_t version = 0;
};
std::optional<StoredChild> find_child(storage::Transaction& transaction, ChildId id);
/// As it stood at that moment.
std::optional<StoredChild> find_child_as_at(storage::Transaction& transaction, ChildId id, UtcTime at);
/// Children who may be the same: same normalised name in any order, or same birth date with one name shared; also by
/// identifier. At most `most`, exact first. No score; the reasons are in words ("same name", "same date of birth").
struct Candidate {
    Child child;
    std::vector<std::string> reasons;
};
std::vector<Candidate> may_be(storage::Transaction& transaction, const Name& name, const std::optional<PartialDate>& born,
                              std::size_t most = 10);

std::span<const storage::Migration> migrations();

} // namespace reachable::records
