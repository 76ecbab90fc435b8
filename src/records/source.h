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

/// How police grade a piece of intelligence (R-X-10): 1 reliable to 3 not reliable; A known directly to E suspected to
/// be false; P lawful sharing permitted, C permitted with conditions. Written "2B-C".
struct IntelligenceGrade {
    int source = 1;
    char assessment = 'A';
    char handling = 'P';
    bool operator==(const IntelligenceGrade&) const = default;
};
std::string to_text(const IntelligenceGrade& grade);
Result<IntelligenceGrade> intelligence_grade_from(std::string_view text);

struct Source {
    AgencyId agency;
    UtcTime recorded_at{};
    std::string known_by; // "custody sergeant": a role or service, never a name
    Confidence confidence = Confidence::told_by;
    std::optional<UtcTime> known_to_agency_at = {}; // R-X-03; none: when it was recorded
    std::optional<IntelligenceGrade> graded = {};   // of police intelligence, and of nothing else
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
