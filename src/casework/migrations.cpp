#include "casework/case_store.h"

namespace reachable::casework {
namespace {

constexpr std::string_view create = R"sql(
create table cases (
    id bytea primary key, type text not null, version bigint not null, state text not null, child bytea not null,
    agency bytea not null, team bytea not null, partner bytea not null, partner_team bytea not null,
    opened_at bigint not null, changed_at bigint not null, is_open bigint not null, due_at bigint not null);
create index cases_of_team on cases (team, is_open, due_at, id);
create index cases_of_partner on cases (partner_team, is_open, due_at, id);
create index cases_of_child on cases (child, opened_at);
create table case_versions (
    case_id bytea not null, version bigint not null, at bigint not null, action text not null, worker bytea not null,
    agency bytea not null, role text not null, state text not null, reason text not null, salt bytea not null,
    facts text not null, primary key (case_id, version));
create table case_clocks (
    case_id bytea not null, clock text not null, instance bigint not null, started_at bigint not null,
    due_at bigint not null, first_warning_at bigint, stopped_at bigint, breached_at bigint, step bigint not null,
    next_at bigint, primary key (case_id, clock, instance));
create index case_clocks_asking on case_clocks (next_at);
create table case_clock_events (
    case_id bytea not null, clock text not null, instance bigint not null, step bigint not null, at bigint not null,
    event text not null, told text not null, gap text not null, primary key (case_id, clock, instance, step));
create table act_keys (
    actor bytea not null, key text not null, digest bytea not null, case_id bytea not null, version bigint not null,
    state text not null, at bigint not null, primary key (actor, key));
create table notices (
    id bytea primary key, at bigint not null, agency bytea not null, team bytea not null, role text not null,
    code text not null, case_id bytea not null, gap text not null, seen_at bigint);
create index notices_of_role on notices (agency, role, at);
create table outbox (
    id bytea primary key, at bigint not null, recipient text not null, code text not null, reference text not null,
    link text not null, next_at bigint not null, attempts bigint not null, sent_at bigint);
create index outbox_waiting on outbox (sent_at, next_at, id);
)sql";

constexpr storage::Migration all[] = {
    {"casework", 1, "cases, versions, clocks, notices and the outbox", create},
    {"casework", 2, "the queue of a whole organisation",
     "create index cases_of_agency on cases (agency, is_open, due_at, id);"},
    {"casework", 3, "cases about two children, and the queue of an organisation asked",
     "alter table cases add column other bytea;\ncreate index cases_of_other on cases (other);\n"
     "create index cases_asked_of on cases (partner, is_open, due_at, id);"},
    {"casework", 4, "clocks whose start was corrected", "alter table case_clocks add column corrected_at bigint;"},
    {"casework", 5, "queues of one kind of case",
     "drop index cases_of_team;\ndrop index cases_of_partner;\ndrop index cases_of_agency;\ndrop index "
     "cases_asked_of;\n"
     "create index cases_of_team on cases (team, type, is_open, due_at, id);\n"
     "create index cases_of_partner on cases (partner_team, type, is_open, due_at, id);\n"
     "create index cases_of_agency on cases (agency, type, is_open, due_at, id);\n"
     "create index cases_asked_of on cases (partner, type, is_open, due_at, id);"}};

} // namespace

std::span<const storage::Migration> migrations()
{
    return all;
}

} // namespace reachable::casework
