#include "identity/migrations.h"

namespace reachable::identity {
namespace {

constexpr storage::Migration steps[] = {
    {"identity", 1, "source records as received, with all their versions", R"(
create table source_records (
    id bytea not null,
    agency bytea not null,
    source text not null,
    reference text not null,
    home bytea not null,
    version bigint not null,
    change bigint not null,
    primary key (id)
);
create unique index source_records_by_reference on source_records (source, reference);
create unique index source_records_by_change on source_records (change);
create index source_records_by_home on source_records (home);
create table source_record_versions (
    id bytea not null,
    version bigint not null,
    change bigint not null,
    received_at bigint not null,
    is_deleted bigint not null,
    content text not null,
    content_hash bytea not null,
    lawful_basis text not null,
    primary key (id, version)
);
)"},
    {"identity", 2, "who decided that two records are one person, or are not", R"(
create table identity_decisions (
    sequence bigint not null,
    at bigint not null,
    kind text not null,
    one bytea not null,
    other bytea not null,
    one_recorded_at bigint not null,
    other_recorded_at bigint not null,
    worker bytea not null,
    agency bytea not null,
    reason text not null,
    confirmed_by bytea not null,
    model_version text not null,
    evidence text not null,
    proof text not null,
    may_be_siblings bigint not null,
    has_contradictory_identifiers bigint not null,
    is_automatic bigint not null,
    is_sealed bigint not null,
    newest_change bigint not null,
    undoes bigint,
    primary key (sequence)
);
create index identity_decisions_by_one on identity_decisions (one);
create index identity_decisions_by_other on identity_decisions (other);
create index identity_decisions_by_kind on identity_decisions (kind, at);
create unique index identity_decisions_undone_once on identity_decisions (undoes);
create table same_person (
    child bytea not null,
    leads_to bytea not null,
    primary key (child)
);
create index same_person_by_lead on same_person (leads_to);
)"},
    {"identity", 3, "what was imported from other systems, and the rows that were set aside", R"(
create table identity_imports (
    number bigint not null,
    source text not null,
    agency bytea not null,
    file_name text not null,
    file_hash bytea not null,
    mapping_hash bytea not null,
    started_at bigint not null,
    finished_at bigint,
    rows_done bigint not null,
    new_count bigint not null,
    changed_count bigint not null,
    same_count bigint not null,
    withdrawn_count bigint not null,
    quarantined_count bigint not null,
    primary key (number)
);
create index identity_imports_by_source on identity_imports (source, number);
create table identity_quarantined (
    import bigint not null,
    row_number bigint not null,
    line bigint not null,
    reasons text not null,
    row_text text not null,
    primary key (import, row_number)
);
)"},
    {"identity", 4, "the names of the files that hold what the search worked out", R"(
create table search_files (
    name bytea not null,
    primary key (name)
);
)"},
};

} // namespace

std::span<const storage::Migration> migrations()
{
    return steps;
}

} // namespace reachable::identity
