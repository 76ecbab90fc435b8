#include "identity/source_content.h"

#include "api/json.h"
#include "base/text.h"
#include "clocks/london.h"
#include "records/document.h"
#include "records/versions.h"

#include <algorithm>

namespace reachable::identity {

using records::DocumentReader;
using records::DocumentWriter;

// Found by DocumentWriter through the type they write.
static void write(DocumentWriter& document, const SourceName& name)
{
    document.text("given", name.given);
    document.text("family", name.family);
    document.text("whole", name.whole);
}
static void write(DocumentWriter& document, const SourceIdentifier& identifier)
{
    document.text("type", identifier.type);
    document.text("value", identifier.value);
}

namespace {

SourceName read_source_name(DocumentReader& document)
{
    return {.given = document.text("given"), .family = document.text("family"), .whole = document.text("whole")};
}

SourceIdentifier read_source_identifier(DocumentReader& document)
{
    return {.type = document.text("type"), .value = document.text("value")};
}

Json to_json(const SourceRecord& record)
{
    // Naming every member here makes a new one stop the build until it is written and read too.
    const auto& [source, reference, names, born, sex, postcodes, places, addresses, phones, emails, identifiers] =
        record;
    DocumentWriter document;
    document.list("names", names);
    document.day("born", born);
    document.text("sex", sex);
    document.texts("postcodes", postcodes);
    document.texts("places", places);
    document.texts("addresses", addresses);
    document.texts("phones", phones);
    document.texts("emails", emails);
    document.list("identifiers", identifiers);
    return document.take();
}

bool is_nhs_number(const SourceIdentifier& identifier)
{
    return to_lower_ascii(trim(identifier.type)) == "nhs";
}

std::optional<records::Name> name_of(const SourceName& name)
{
    if (const auto whole = trim(name.whole); !whole.empty()) return records::read_name(whole);
    records::Name parts;
    if (const auto given = trim(name.given); !given.empty()) parts.given.emplace_back(given);
    if (const auto family = trim(name.family); !family.empty()) parts.family.emplace_back(family);
    parts.as_given = trim(join(parts.given, "") + " " + join(parts.family, ""));
    if (parts.as_given.empty()) return std::nullopt;
    return parts;
}

} // namespace

Result<std::string> content_of(const SourceRecord& record)
{
    auto content = TRY(records::document_column(to_json(record)));
    auto read_back = TRY(source_record_from(content));
    read_back.source = record.source;
    read_back.reference = record.reference;
    if (read_back != record)
        return refuse(ProblemKind::malformed, "The source record holds a value that cannot be stored");
    return content;
}

Result<SourceRecord> source_record_from(std::string_view content)
{
    const auto json = TRY(api::parse_json(content));
    DocumentReader document(json);
    SourceRecord record{.names = document.list("names", read_source_name),
                        .born = document.maybe("born", parse_partial_date),
                        .sex = document.text("sex"),
                        .postcodes = document.texts("postcodes"),
                        .places = document.texts("places"),
                        .addresses = document.texts("addresses"),
                        .phones = document.texts("phones"),
                        .emails = document.texts("emails"),
                        .identifiers = document.list("identifiers", read_source_identifier)};
    return document.give(std::move(record));
}

bool has_nhs_number(const SourceRecord& record)
{
    return std::ranges::any_of(record.identifiers, is_nhs_number);
}

records::Child child_of(const SourceRecord& record, ChildId id, const records::Source& source,
                        std::string_view lawful_basis, UtcTime now)
{
    records::Child child{.id = id, .source = source};
    for (const auto& name : record.names) {
        auto known = name_of(name);
        if (!known) continue;
        known->kind = child.names.empty() ? records::NameKind::legal : records::NameKind::alias;
        child.names.push_back(*std::move(known));
    }
    if (child.names.empty()) child.names.push_back(records::read_name("Name not known"));
    if (record.born && record.born->earliest() <= clocks::london_day(now)) child.born = record.born;
    for (const auto& identifier : record.identifiers)
        child.identifiers.push_back({.type = identifier.type,
                                     .value = identifier.value,
                                     .lawful_basis = is_nhs_number(identifier) ? std::string(lawful_basis) : ""});
    return child;
}

} // namespace reachable::identity
