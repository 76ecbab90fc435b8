#include "records/relation.h"

#include "base/text.h"
#include "records/codes.h"
#include "records/document.h"

namespace reachable::records {
namespace {

using storage::Transaction;

constexpr Code<Safety> safeties[] = {
    {Safety::not_asked, "not_asked"},
    {Safety::not_known, "not_known"},
    {Safety::safe, "safe"},
    {Safety::avoid, "avoid"},
};

RecordRef ref(RelationId id)
{
    return {RecordKind::relation, id.bytes};
}

void check(const Relation& relation, DocumentReader& document)
{
    const auto need = [&](bool is_there, const char* sentence, const char* field) {
        if (!is_there && !document.has_problem(field)) document.add(ProblemKind::missing, sentence, field);
    };
    need(!relation.child.is_none(), "Say which child", "child");
    need(!relation.person.is_none(), "Say which adult", "person");
    need(!trim(relation.relation).empty(), "Say what the adult is to the child", "relation");
    if (relation.safety != Safety::safe && relation.safety != Safety::avoid) return;
    need(!trim(relation.safety_reason).empty(), "Give the reason why the adult is safe or to be avoided",
         "safety_reason");
    need(!trim(relation.safety_said_by).empty(), "Say who said that the adult is safe or to be avoided",
         "safety_said_by");
    need(relation.safety_said_on.has_value(), "Give the day on which this was said", "safety_said_on");
}

} // namespace

std::string_view code_of(Safety safety)
{
    return entry_of(safeties, safety).code;
}

Result<Safety> safety_from(std::string_view code)
{
    return value_from(safeties, code, "Say whether the adult is safe, to be avoided, not known or not asked about");
}

Json to_json(const Relation& relation)
{
    DocumentWriter document;
    document.id("id", relation.id);
    document.id("child", relation.child);
    document.id("person", relation.person);
    document.text("relation", relation.relation);
    document.answer("has_parental_responsibility", relation.has_parental_responsibility);
    document.text("responsibility_basis", relation.responsibility_basis);
    document.text("safety", code_of(relation.safety));
    document.text("safety_reason", relation.safety_reason);
    document.text("safety_said_by", relation.safety_said_by);
    document.day("safety_said_on", relation.safety_said_on);
    document.day("from", relation.from);
    document.day("to", relation.to);
    document.part("source", relation.source);
    return document.take();
}

Result<Relation> relation_from(const Json& json)
{
    DocumentReader document(json);
    Relation relation{.id = document.id<RelationId>("id"),
                      .child = document.id<ChildId>("child"),
                      .person = document.id<PersonId>("person"),
                      .relation = document.text("relation"),
                      .has_parental_responsibility = document.answer("has_parental_responsibility"),
                      .responsibility_basis = document.text("responsibility_basis"),
                      .safety = document.read("safety", safety_from, Safety::not_asked),
                      .safety_reason = document.text("safety_reason"),
                      .safety_said_by = document.text("safety_said_by"),
                      .safety_said_on = document.maybe("safety_said_on", parse_date),
                      .from = document.maybe("from", parse_date),
                      .to = document.maybe("to", parse_date),
                      .source = document.part("source", read_source)};
    check(relation, document);
    return document.give(std::move(relation));
}

Result<std::int64_t> store_relation(Transaction& transaction, const Relation& relation, std::int64_t expected_version,
                                    const Change& change)
{
    if (relation.id.is_none()) return refuse(ProblemKind::missing, "The record has no reference of its own", "id");
    const auto document = to_json(relation);
    TRY(relation_from(document));
    const auto before = find_relation(transaction, relation.id);
    if (before && (before->record.child != relation.child || before->record.person != relation.person))
        return refuse(ProblemKind::conflict,
                      "A relation stays between the same two people. End this one and add another");
    const auto version = TRY(store_version(transaction, ref(relation.id), document, expected_version, change));
    transaction.execute(
        "insert into child_relations (child, relation) values ($1, $2) on conflict (child, relation) do nothing",
        {to_value(relation.child), to_value(relation.id)});
    return version;
}

std::optional<Stored<Relation>> find_relation(Transaction& transaction, RelationId id, std::optional<UtcTime> as_at)
{
    return find_stored<Relation>(transaction, ref(id), relation_from, as_at);
}

std::vector<Stored<Relation>> relations_of(Transaction& transaction, ChildId child)
{
    std::vector<Stored<Relation>> relations;
    for (const auto& row : transaction.query("select r.version, r.document from child_relations c "
                                             "join records r on r.kind = 'relation' and r.id = c.relation "
                                             "where c.child = $1 order by c.relation",
                                             {to_value(child)}))
        relations.push_back(stored_in<Relation>(row, relation_from));
    return relations;
}

} // namespace reachable::records
