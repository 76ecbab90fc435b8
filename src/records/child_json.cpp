#include "base/text.h"
#include "records/child.h"
#include "records/codes.h"
#include "records/document.h"

namespace reachable::records {
namespace {

constexpr Code<AgeStatus> age_statuses[] = {
    {AgeStatus::confirmed, "confirmed"},
    {AgeStatus::stated, "stated"},
    {AgeStatus::apparent, "apparent"},
    {AgeStatus::disputed, "disputed"},
};

Identifier read_identifier(DocumentReader& document)
{
    return {.type = document.text("type"),
            .issuer = document.text("issuer"),
            .value = document.text("value"),
            .lawful_basis = document.text("lawful_basis")};
}

} // namespace

void write(DocumentWriter& document, const Identifier& identifier)
{
    document.text("type", identifier.type);
    document.text("issuer", identifier.issuer);
    document.text("value", identifier.value);
    document.text("lawful_basis", identifier.lawful_basis);
}

std::string_view code_of(AgeStatus status)
{
    return entry_of(age_statuses, status).code;
}

Result<AgeStatus> age_status_from(std::string_view code)
{
    return value_from(age_statuses, code, "Say whether the age is confirmed, stated, apparent or disputed");
}

Json to_json(const Child& child)
{
    DocumentWriter document;
    document.id("id", child.id);
    document.list("names", child.names);
    document.text("likes_to_be_called", child.likes_to_be_called);
    document.day("born", child.born);
    document.text("age_status", code_of(child.age_status));
    document.text("care_status", child.care_status);
    document.id("responsible_authority", child.responsible_authority);
    document.id("host_authority", child.host_authority);
    document.list("identifiers", child.identifiers);
    document.list("addresses", child.addresses);
    document.list("contacts", child.contacts);
    document.text("language", child.language);
    document.part("source", child.source);
    document.day("care_status_since", child.care_status_since);
    if (child.characteristics != Characteristics{}) document.part("characteristics", child.characteristics);
    return document.take();
}

Result<Child> child_from(const Json& json)
{
    DocumentReader document(json);
    Child child{.id = document.id<ChildId>("id"),
                .names = document.list("names", read_name_parts),
                .likes_to_be_called = document.text("likes_to_be_called"),
                .born = document.maybe("born", parse_partial_date),
                .age_status = document.read("age_status", age_status_from, AgeStatus::stated),
                .care_status = document.has("care_status") ? document.text("care_status") : "unknown",
                .responsible_authority = document.id<AgencyId>("responsible_authority"),
                .host_authority = document.id<AgencyId>("host_authority"),
                .identifiers = document.list("identifiers", read_identifier),
                .addresses = document.list("addresses", read_address),
                .contacts = document.list("contacts", read_contact),
                .language = document.text("language"),
                .source = document.part("source", read_source),
                .care_status_since = document.maybe("care_status_since", parse_date),
                .characteristics = document.part("characteristics", read_characteristics)};
    if (child.names.empty() && !document.has_problem("names"))
        document.add(ProblemKind::missing, "Give the child's name, or \"Name not known\" with a working label",
                     "names");
    return document.give(std::move(child));
}

} // namespace reachable::records
