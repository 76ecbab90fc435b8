#include "records/person.h"

#include "records/document.h"

namespace reachable::records {
namespace {

RecordRef ref(PersonId id)
{
    return {RecordKind::person, id.bytes};
}

} // namespace

Json to_json(const Person& person)
{
    DocumentWriter document;
    document.id("id", person.id);
    document.list("names", person.names);
    document.day("born", person.born);
    document.list("addresses", person.addresses);
    document.list("contacts", person.contacts);
    document.text("language", person.language);
    document.part("source", person.source);
    return document.take();
}

Result<Person> person_from(const Json& json)
{
    DocumentReader document(json);
    Person person{.id = document.id<PersonId>("id"),
                  .names = document.list("names", read_name_parts),
                  .born = document.maybe("born", parse_partial_date),
                  .addresses = document.list("addresses", read_address),
                  .contacts = document.list("contacts", read_contact),
                  .language = document.text("language"),
                  .source = document.part("source", read_source)};
    if (person.names.empty() && !document.has_problem("names"))
        document.add(ProblemKind::missing, "Give the name, or \"Name not known\" with a working label", "names");
    return document.give(std::move(person));
}

Result<std::int64_t> store_person(storage::Transaction& transaction, const Person& person,
                                  std::int64_t expected_version, const Change& change)
{
    if (person.id.is_none()) return refuse(ProblemKind::missing, "The record has no reference of its own", "id");
    const auto document = to_json(person);
    TRY(person_from(document));
    return store_version(transaction, ref(person.id), document, expected_version, change);
}

std::optional<Stored<Person>> find_person(storage::Transaction& transaction, PersonId id, std::optional<UtcTime> as_at)
{
    return find_stored<Person>(transaction, ref(id), person_from, as_at);
}

} // namespace reachable::records
