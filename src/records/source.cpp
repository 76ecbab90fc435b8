#include "records/source.h"

#include "records/codes.h"
#include "records/document.h"

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
            .confidence = document.read("confidence", confidence_from, Confidence::told_by)};
}

Happened read_happened(DocumentReader& document)
{
    return {.at = document.maybe("at", parse_utc),
            .precision = document.read("precision", precision_from, Precision::unknown)};
}

} // namespace reachable::records
