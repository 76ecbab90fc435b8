#include "records/object.h"

#include "base/text.h"
#include "records/document.h"

namespace reachable::records {
namespace {

RecordRef ref(ObjectId id)
{
    return {RecordKind::object, id.bytes};
}

} // namespace

Json to_json(const Object& object)
{
    DocumentWriter document;
    document.id("id", object.id);
    document.text("kind", object.kind);
    document.text("mark", object.mark);
    document.text("description", object.description);
    document.part("source", object.source);
    return document.take();
}

Result<Object> object_from(const Json& json)
{
    DocumentReader document(json);
    Object object{.id = document.id<ObjectId>("id"),
                  .kind = document.text("kind"),
                  .mark = document.text("mark"),
                  .description = document.text("description"),
                  .source = document.part("source", read_source)};
    if (trim(object.kind).empty()) document.add(ProblemKind::missing, "Say what kind of thing it is", "kind");
    if (trim(object.mark).empty() && trim(object.description).empty())
        document.add(ProblemKind::missing, "Say what tells it apart: a number, a mark or a description", "mark");
    return document.give(std::move(object));
}

Result<std::int64_t> store_object(storage::Transaction& transaction, const Object& object,
                                  std::int64_t expected_version, const Change& change)
{
    if (object.id.is_none()) return refuse(ProblemKind::missing, "The record has no reference of its own", "id");
    const auto document = to_json(object);
    TRY(object_from(document));
    return store_version(transaction, ref(object.id), document, expected_version, change);
}

std::optional<Stored<Object>> find_object(storage::Transaction& transaction, ObjectId id, std::optional<UtcTime> as_at)
{
    return find_stored<Object>(transaction, ref(id), object_from, as_at);
}

} // namespace reachable::records
