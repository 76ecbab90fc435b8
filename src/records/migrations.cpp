#include "records/child.h"

namespace reachable::records {
namespace {

constexpr storage::Migration steps[] = {
    {"records", 1, "every record with all its versions", R"(
create table records (
    kind text not null,
    id bytea not null,
    version bigint not null,
    document text not null,
    primary key (kind, id)
);
create table record_versions (
    kind text not null,
    id bytea not null,
    version bigint not null,
    at bigint not null,
    by_worker bytea not null,
    reason text not null,
    document text not null,
    primary key (kind, id, version)
);
)"},
    {"records", 2, "children found by name, birth date and identifier", R"(
create table child_names (
    child bytea not null,
    key text not null,
    primary key (child, key)
);
create index child_names_by_key on child_names (key);
create table child_births (
    child bytea not null,
    day text not null,
    primary key (child)
);
create index child_births_by_day on child_births (day);
create table child_identifiers (
    child bytea not null,
    key text not null,
    primary key (child, key)
);
create index child_identifiers_by_key on child_identifiers (key);
)"},
    {"records", 3, "the adults around a child, and links by their ends", R"(
create table child_relations (
    child bytea not null,
    relation bytea not null,
    primary key (child, relation)
);
create table link_ends (
    kind text not null,
    id bytea not null,
    link bytea not null,
    primary key (kind, id, link)
);
)"},
    {"records", 4, "a child's own words", R"(
create table child_words (
    id bytea not null,
    child bytea not null,
    number bigint not null,
    document text not null,
    primary key (id)
);
create unique index child_words_in_order on child_words (child, number);
)"},
    {"records", 5, "what changed since, by a number that grows with every version; names are searched in memory", R"(
drop table child_names;
drop table child_births;
drop table child_identifiers;
alter table records add column changed bigint not null default 0;
create index records_in_order_of_change on records (kind, changed, id);
)"},
};

} // namespace

std::span<const storage::Migration> migrations()
{
    return steps;
}

} // namespace reachable::records
