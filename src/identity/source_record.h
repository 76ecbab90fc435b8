// What one organisation's system holds of one person, as it was sent. It never changes: a correction is a new source
// record. Everything else about identity is worked out from these.
#pragma once

#include "base/time.h"

#include <string>
#include <vector>

namespace reachable::identity {

/// A name as a source gives it: in two boxes, or whole in one where nobody knows which word is the family's.
struct SourceName {
    std::string given;
    std::string family;
    std::string whole;
    bool operator==(const SourceName&) const = default;
};

struct SourceIdentifier {
    std::string type; // "pnc", "nhs", "upn"; lower case
    std::string value;
    bool operator==(const SourceIdentifier&) const = default;
};

struct SourceRecord {
    std::string source;            // which system: "northmere-custody"
    std::string reference;         // what that system calls the record; once in a source
    std::vector<SourceName> names; // the present one first; then aliases and former ones
    std::optional<PartialDate> born;
    std::string sex; // "female", "male", "other" or empty
    // The newest first.
    std::vector<std::string> postcodes;
    std::vector<std::string> places;    // town, suburb, city
    std::vector<std::string> addresses; // house and street in one text
    std::vector<std::string> phones;
    std::vector<std::string> emails;
    std::vector<SourceIdentifier> identifiers;
    bool operator==(const SourceRecord&) const = default;
};

} // namespace reachable::identity
