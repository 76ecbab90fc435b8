// A source record as JSON, and as the child's record that is made of it when nobody has one yet.
#pragma once

#include "identity/source_record.h"
#include "records/child.h"

namespace reachable::identity {

/// What a source record says, in one canonical form: the same content always gives the same text, and what is empty is
/// left out. Source and reference are not in it, because they name the record. Refuses what could not be read back as
/// the same: an impossible date, a text that is not clean UTF-8, more than a document may hold.
Result<std::string> content_of(const SourceRecord& record);

/// The record with that content. Refuses what `content_of` did not write.
Result<SourceRecord> source_record_from(std::string_view content);

/// An NHS number stands among its identifiers (R-X-01: kept only with a recorded lawful basis).
bool has_nhs_number(const SourceRecord& record);

/// What identifies the child: names, birth date and identifiers. Everything else stays in the source record alone. A
/// birth date after `now` (an expected one, of a child not yet born) is left out.
records::Child child_of(const SourceRecord& record, ChildId id, const records::Source& source,
                        std::string_view lawful_basis, UtcTime now);

} // namespace reachable::identity
