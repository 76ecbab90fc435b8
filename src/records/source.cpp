#include "records/source.h"

#include "records/codes.h"
#include "records/document.h"

#include <fmt/format.h>

namespace reachable::records {
namespace {

constexpr Code<Confidence> confidences[] = {
    {Confidence::seen, "seen"},         {Confidence::heard, "heard"},       {Confidence::told_by, "told_by"},
    {Confidence::document, "document"}, {Confidence::inferred, "inferred"},
};

constexpr Code<Precision> precisions[] = {
    {Precision::exact, "exact"},
    {Precision::about, "about"},
    {Precision::date_only, "date_only"},
    {Precision::unknown, "unknown"},
};

} // namespace

std::string_view code_of(Confidence confidence)
{
    return entry_of(confidences, confidence).code;
}

Result<Confidence> confidence_from(std::string_view code)
{
    return value_from(confidences, code,
                      "Say how this is known: seen, heard, told by somebody, a document, or inferred");
}

std::string to_text(const IntelligenceGrade& grade)
{
    return fmt::format("{}{}-{}", grade.source, grade.assessment, grade.handling);
}

Result<IntelligenceGrade> intelligence_grade_from(std::string_view text)
{
    const bool is_a_grade = text.size() == 4 && text[0] >= '1' && text[0] <= '3' && text[1] >= 'A' && text[1] <= 'E' &&
                            text[2] == '-' && (text[3] == 'P' || text[3] == 'C');
    if (is_a_grade) return IntelligenceGrade{text[0] - '0', text[1], text[3]};
    return refuse(ProblemKind::malformed, "Give the grade as 1 to 3, A to E, and P or C, like 2B-P");
}

std::string_view code_of(Precision precision)
{
    return entry_of(precisions, precision).code;
}

Result<Precision> precision_from(std::string_view code)
{
    return value_from(precisions, code, "Say how exactly the time is known: exact, about, the date only, or unknown");
}

void write(DocumentWriter& document, const Source& source)
{
    document.id("agency", source.agency);
    document.text("recorded_at", to_iso(source.recorded_at));
    document.text("known_by", source.known_by);
    document.text("confidence", code_of(source.confidence));
    document.time("known_to_agency_at", source.known_to_agency_at);
    if (source.graded) document.text("graded", to_text(*source.graded));
}

void write(DocumentWriter& document, const Happened& happened)
{
    document.time("at", happened.at);
    document.text("precision", code_of(happened.precision));
}

Source read_source(DocumentReader& document)
{
    return {.agency = document.id<AgencyId>("agency"),
            .recorded_at = document.read("recorded_at", parse_utc, UtcTime{}),
            .known_by = document.text("known_by"),
            .confidence = document.read("confidence", confidence_from, Confidence::told_by),
            .known_to_agency_at = document.maybe("known_to_agency_at", parse_utc),
            .graded = document.maybe("graded", intelligence_grade_from)};
}

Happened read_happened(DocumentReader& document)
{
    return {.at = document.maybe("at", parse_utc),
            .precision = document.read("precision", precision_from, Precision::unknown)};
}

} // namespace reachable::records
