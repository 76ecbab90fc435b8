#include "records/organisation.h"

#include "base/text.h"
#include "records/document.h"

namespace reachable::records {
namespace {

RecordRef ref(OrganisationId id)
{
    return {RecordKind::organisation, id.bytes};
}

} // namespace

Json to_json(const Organisation& organisation)
{
    DocumentWriter document;
    document.id("id", organisation.id);
    document.text("kind", organisation.kind);
    document.text("name", organisation.name);
    document.text("register_name", organisation.register_name);
    document.text("register_number", organisation.register_number);
    document.id("place", organisation.place);
    document.list("contacts", organisation.contacts);
    document.text("out_of_hours", organisation.out_of_hours);
    document.part("source", organisation.source);
    return document.take();
}

Result<Organisation> organisation_from(const Json& json)
{
    DocumentReader document(json);
    Organisation organisation{.id = document.id<OrganisationId>("id"),
                              .kind = document.text("kind"),
                              .name = document.text("name"),
                              .register_name = document.text("register_name"),
                              .register_number = document.text("register_number"),
                              .place = document.id<PlaceId>("place"),
                              .contacts = document.list("contacts", read_contact),
                              .out_of_hours = document.text("out_of_hours"),
                              .source = document.part("source", read_source)};
    if (trim(organisation.name).empty())
        document.add(ProblemKind::missing, "Give the name of the organisation", "name");
    if (!organisation.register_number.empty() && organisation.register_name.empty())
        document.add(ProblemKind::missing, "Say which register the number belongs to", "register_name");
    return document.give(std::move(organisation));
}

Result<std::int64_t> store_organisation(storage::Transaction& transaction, const Organisation& organisation,
                                        std::int64_t expected_version, const Change& change)
{
    if (organisation.id.is_none()) return refuse(ProblemKind::missing, "The record has no reference of its own", "id");
    const auto document = to_json(organisation);
    TRY(organisation_from(document));
    return store_version(transaction, ref(organisation.id), document, expected_version, change);
}

std::optional<Stored<Organisation>> find_organisation(storage::Transaction& transaction, OrganisationId id,
                                                      std::optional<UtcTime> as_at)
{
    return find_stored<Organisation>(transaction, ref(id), organisation_from, as_at);
}

} // namespace reachable::records
