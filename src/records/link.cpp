#include "records/link.h"

#include "records/codes.h"
#include "records/document.h"

namespace reachable::records {
namespace {

using storage::Transaction;

constexpr unsigned bit(RecordKind kind)
{
    return 1U << static_cast<unsigned>(kind);
}

constexpr unsigned people = bit(RecordKind::child) | bit(RecordKind::person);
constexpr unsigned adults = bit(RecordKind::person);
constexpr unsigned places = bit(RecordKind::place);
constexpr unsigned objects = bit(RecordKind::object);
constexpr unsigned helpers = adults | bit(RecordKind::organisation);
constexpr unsigned anybody = people | bit(RecordKind::organisation);

struct Entry {
    LinkType value;
    std::string_view code;
    std::string_view words;
    bool is_mutual;
    unsigned from; // the kinds of record that may stand at either end
    unsigned to;
};

// clang-format off
constexpr Entry entries[] = {
    // type                            code                      from the first to the second     mutual  from     to
    {LinkType::family,                 "family",                 "is family of",                  true,   people,  people},
    {LinkType::carer,                  "carer",                  "cares for",                     false,  helpers, people},
    {LinkType::friend_of,              "friend",                 "is a friend of",                true,   people,  people},
    {LinkType::peer,                   "peer",                   "spends time with",              true,   people,  people},
    {LinkType::went_missing_with,      "went_missing_with",      "went missing with",             true,   people,  people},
    {LinkType::found_with,             "found_with",             "was found with",                true,   people,  people},
    {LinkType::suspected_exploiter_of, "suspected_exploiter_of", "is suspected of exploiting",    false,  helpers, people},
    {LinkType::owes_or_told_owes,      "owes_or_told_owes",      "owes, or is told to owe,",      false,  people,  anybody},
    {LinkType::lives_at,               "lives_at",               "lives at",                      false,  people,  places},
    {LinkType::frequents,              "frequents",              "often goes to",                 false,  people,  places},
    {LinkType::uses_phone,             "uses_phone",             "uses the phone",                false,  people,  objects},
    {LinkType::uses_vehicle,           "uses_vehicle",           "uses the vehicle",              false,  people,  objects},
    {LinkType::professional_for,       "professional_for",       "is a professional for",         false,  helpers, people},
};
// clang-format on

RecordRef ref(LinkId id)
{
    return {RecordKind::link, id.bytes};
}

Result<Id<RecordRef>> any_id(std::string_view text)
{
    return Id<RecordRef>::parse(text);
}

RecordRef read_end(DocumentReader& document)
{
    for (const auto* needed : {"kind", "id"})
        if (!document.has(needed))
            document.add(ProblemKind::missing, "Say which record, by kind and reference", needed);
    return {.kind = document.read("kind", record_kind_from, RecordKind::child),
            .id = document.read("id", any_id, Id<RecordRef>{}).bytes};
}

void check(const Link& link, DocumentReader& document)
{
    const auto& entry = entry_of(entries, link.type);
    const bool is_child_blamed = link.type == LinkType::suspected_exploiter_of && link.from.kind == RecordKind::child;
    if (is_child_blamed)
        document.add(ProblemKind::malformed,
                     "A child is never recorded as an exploiter. Record what happened as an event", "from");
    else if ((entry.from & bit(link.from.kind)) == 0)
        document.add(ProblemKind::malformed, "This kind of link cannot start at such a record", "from");
    if ((entry.to & bit(link.to.kind)) == 0)
        document.add(ProblemKind::malformed, "This kind of link cannot lead to such a record", "to");
    if (link.from == link.to) document.add(ProblemKind::malformed, "A record cannot be linked to itself", "to");
    if (link.since && link.until && *link.until < *link.since)
        document.add(ProblemKind::malformed, "A link cannot end before it begins", "until");
}

void write_end(Json& json, std::string_view name, const RecordRef& record)
{
    auto end = Json::object();
    end.set("kind", code_of(record.kind));
    end.set("id", to_hex(record.id));
    json.set(name, std::move(end));
}

} // namespace

std::string_view code_of(LinkType type)
{
    return entry_of(entries, type).code;
}

Result<LinkType> link_type_from(std::string_view code)
{
    return value_from(entries, code, "This is not one of the kinds of link");
}

std::string_view words_for(LinkType type)
{
    return entry_of(entries, type).words;
}

bool is_mutual(LinkType type)
{
    return entry_of(entries, type).is_mutual;
}

Json to_json(const Link& link)
{
    DocumentWriter document;
    document.id("id", link.id);
    document.text("type", code_of(link.type));
    document.day("since", link.since);
    document.day("until", link.until);
    document.part("source", link.source);
    auto json = document.take();
    write_end(json, "from", link.from);
    write_end(json, "to", link.to);
    return json;
}

Result<Link> link_from(const Json& json)
{
    DocumentReader document(json);
    for (const auto* needed : {"type", "from", "to"})
        if (!document.has(needed)) document.add(ProblemKind::missing, "Say what is linked, to what, and how", needed);
    Link link{.id = document.id<LinkId>("id"),
              .type = document.read("type", link_type_from, LinkType::family),
              .from = document.part("from", read_end),
              .to = document.part("to", read_end),
              .since = document.maybe("since", parse_date),
              .until = document.maybe("until", parse_date),
              .source = document.part("source", read_source)};
    if (document.is_good()) check(link, document);
    return document.give(std::move(link));
}

Result<std::int64_t> store_link(Transaction& transaction, const Link& link, std::int64_t expected_version,
                                const Change& change)
{
    if (link.id.is_none()) return refuse(ProblemKind::missing, "The record has no reference of its own", "id");
    const auto document = to_json(link);
    TRY(link_from(document));
    const auto before = find_link(transaction, link.id);
    if (before &&
        (before->record.type != link.type || before->record.from != link.from || before->record.to != link.to))
        return refuse(ProblemKind::conflict, "A link keeps its kind and its two ends. End this one and add another");
    const auto version = TRY(store_version(transaction, ref(link.id), document, expected_version, change));
    for (const auto& end : {link.from, link.to})
        transaction.execute(
            "insert into link_ends (kind, id, link) values ($1, $2, $3) on conflict (kind, id, link) do nothing",
            {std::string(code_of(end.kind)), Bytes(end.id.begin(), end.id.end()), to_value(link.id)});
    return version;
}

std::optional<Stored<Link>> find_link(Transaction& transaction, LinkId id, std::optional<UtcTime> as_at)
{
    return find_stored<Link>(transaction, ref(id), link_from, as_at);
}

std::vector<Stored<Link>> links_of(Transaction& transaction, const RecordRef& record)
{
    std::vector<Stored<Link>> links;
    for (const auto& row :
         transaction.query("select r.version, r.document from link_ends e "
                           "join records r on r.kind = 'link' and r.id = e.link "
                           "where e.kind = $1 and e.id = $2 order by e.link",
                           {std::string(code_of(record.kind)), Bytes(record.id.begin(), record.id.end())}))
        links.push_back(stored_in<Link>(row, link_from));
    return links;
}

} // namespace reachable::records
