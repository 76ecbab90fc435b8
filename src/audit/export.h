// A whole log as one flat file, so that somebody without the database can check it: an inspector, a court, a child's
// advocate.
//
// The file begins with the line "reachable audit log 1". Records follow: one letter, the length as four bytes (largest
// first), then so many bytes. "E" is the canonical text of an entry, "C" a checkpoint after the entries that it counts;
// "Z", of length 0, is the end.
#pragma once

#include "audit/log.h"

#include <iosfwd>

namespace reachable::audit {

/// Writes the log as it is; does not judge it. Refuses when the stream does not take it.
Result<> export_log(storage::Database& database, std::ostream& stream);

/// Checks an exported log as `verify` checks a database. A file that is cut short or holds anything else is not whole.
Verification verify_export(std::istream& stream, std::span<const std::uint8_t> open_key,
                           std::string_view kept_checkpoints);

} // namespace reachable::audit
