// Where a fact comes from and when it happened: stands beside every statement on a record (R-X-03, R-X-10).
#pragma once

#include "base/id.h"
#include "base/time.h"

#include <optional>

namespace reachable::records {

class DocumentReader;
class DocumentWriter;

/// How a fact came to be known (R-X-10).
enum class Confidence { seen, heard, told_by, document, inferred };
std::string_view code_of(Confidence confidence);
Result<Confidence> confidence_from(std::string_view code);

struct Source {
    AgencyId agency;
    UtcTime recorded_at{};
    std::string known_by; // "custody sergeant": a role or service, never a name
    Confidence confidence = Confidence::told_by;
    bool operator==(const Source&) const = default;
};

/// When something happened, and how exactly that is known (R-X-03).
enum class Precision { exact, about, date_only, unknown };
std::string_view code_of(Precision precision);
Result<Precision> precision_from(std::string_view code);

struct Happened {
    std::optional<UtcTime> at;
    Precision precision = Precision::unknown;
    bool operator==(const Happened&) const = default;
};

void write(DocumentWriter& document, const Source& source);
void write(DocumentWriter& document, const Happened& happened);
Source read_source(DocumentReader& document);
Happened read_happened(DocumentReader& document);

} // namespace reachable::records
