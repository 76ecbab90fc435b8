#include "notices/notices.h"

namespace reachable::notices {
namespace {

// In the order in which a page shows them, so that the newest ten are found without sorting ten thousand.
constexpr std::string_view newest =
    "drop index notices_of_role;\ncreate index notices_newest on notices (agency, role, at desc, case_id, code, gap, "
    "id) where seen_at is null;";

// What was told before anybody was asked to acknowledge it is not passed on now.
constexpr std::string_view acknowledgements = R"sql(
alter table notices add column acknowledged_at bigint;
alter table notices add column acknowledged_by bytea;
alter table notices add column passed_on_at bigint;
alter table notices add column passed_from text;
update notices set passed_on_at = at;
create index notices_to_acknowledge on notices (code, role, at)
    where acknowledged_at is null and passed_on_at is null and passed_from is null and seen_at is null;
create table notice_showings (notice bytea primary key, at bigint not null, worker bytea not null);
)sql";

constexpr std::string_view webhooks = R"sql(
create table webhook_endpoints (
    id bytea primary key, agency bytea not null, url text not null, secret bytea not null, key_version bigint not null,
    registered_by bytea not null, registered_at bigint not null, ended_at bigint);
create index webhook_endpoints_of_agency on webhook_endpoints (agency, ended_at);
create table webhook_events (endpoint bytea not null, event text not null, primary key (endpoint, event));
create table webhook_deliveries (
    endpoint bytea not null, notice bytea not null, at bigint not null, code text not null, case_id bytea not null,
    state text not null, next_at bigint not null, attempts bigint not null, first_tried_at bigint, ended_at bigint,
    primary key (endpoint, notice));
create index webhook_deliveries_waiting on webhook_deliveries (endpoint, next_at) where state = 'waits';
create index webhook_deliveries_of_case on webhook_deliveries (case_id, state);
create index webhook_deliveries_newest on webhook_deliveries (endpoint, at);
create table webhook_tries (
    endpoint bytea not null, notice bytea not null, number bigint not null, at bigint not null, status bigint not null,
    milliseconds bigint not null, problem text not null, primary key (endpoint, notice, number));
)sql";

// Whom a text goes to stands here, never the number: it is looked up when the text leaves.
constexpr std::string_view texts = R"sql(
create table text_events (
    event text not null, role text not null, kind text not null, from_at bigint not null, until_at bigint not null,
    within_seconds bigint not null);
create index text_events_of_event on text_events (event);
create table text_messages (
    id bytea primary key, at bigint not null, agency bytea not null, holder bytea not null, is_team bigint not null,
    team bytea not null, kind text not null, code text not null, case_id bytea not null, notice bytea not null,
    by_at bigint, state text not null, next_at bigint not null, attempts bigint not null, first_tried_at bigint,
    ended_at bigint);
create index text_messages_waiting on text_messages (next_at) where state = 'waits';
create index text_messages_of_case on text_messages (case_id, state);
create index text_messages_newest on text_messages (agency, at);
create table text_tries (
    message bytea not null, number bigint not null, at bigint not null, status bigint not null,
    milliseconds bigint not null, problem text not null, gateway_id text not null, primary key (message, number));
)sql";

// The number stands here until the text has left, for whoever reported has no account that it could be looked up by.
constexpr std::string_view receipts = R"sql(
create table receipts (
    id bytea primary key, case_id bytea not null, number text not null, language text not null, words text not null,
    state text not null, at bigint not null, next_at bigint not null, attempts bigint not null);
create index receipts_of_case on receipts (case_id);
create index receipts_waiting on receipts (next_at) where state = 'waits';
)sql";

constexpr storage::Migration all_migrations[] = {
    {"notices", 1, "notices in the order in which they are read", newest},
    {"notices", 2, "who was shown a notice, and who acknowledged it", acknowledgements},
    {"notices", 3, "partner systems that are told, and what became of each message", webhooks},
    {"notices", 4, "text messages to whoever is on duty, and what became of each", texts},
    {"notices", 5, "receipts of reports, by text to whoever made them", receipts}};

} // namespace

std::span<const storage::Migration> migrations()
{
    return all_migrations;
}

} // namespace reachable::notices
