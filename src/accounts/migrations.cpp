// The tables of this room. Tokens, cookies and links stand here as hashes; so do the names in sign_in_tries, because
// people type passwords into the name box.
#include "accounts/accounts.h"

namespace reachable::accounts {

namespace {

constexpr std::string_view people = R"(
create table accounts_agencies (
    id bytea primary key, kind text not null, code text not null unique, name text not null);
create table accounts_teams (
    id bytea primary key, agency bytea not null, name text not null, kind text not null,
    desk_mail text not null, code_mail text not null, phone text not null, area_code text not null);
create index accounts_teams_by_agency on accounts_teams (agency);
create table accounts_workers (
    id bytea primary key, agency bytea not null, sign_in_name text not null unique, name text not null,
    is_open bigint not null, closed_at bigint);
create table accounts_posts (
    worker bytea not null, team bytea not null, role text not null, primary key (worker, team, role));
create table accounts_duties (
    worker bytea not null, team bytea not null, role text not null, from_at bigint not null, to_at bigint not null,
    primary key (team, role, from_at, worker));
)";

constexpr std::string_view signing_in = R"(
create table accounts_credentials (
    worker bytea primary key, password_hash text not null, code_secret bytea not null, set_at bigint not null);
create table accounts_used_codes (
    worker bytea not null, step bigint not null, primary key (worker, step));
create table accounts_sign_in_tries (
    id bytea primary key, name_hash bytea not null, tried_at bigint not null);
create index accounts_sign_in_tries_by_name on accounts_sign_in_tries (name_hash, tried_at);
create table accounts_sessions (
    id bytea primary key, cookie_hash bytea not null unique, worker bytea not null, agency bytea not null,
    agency_kind text not null, team bytea not null, role text not null, purpose text not null,
    form_token text not null, opened_at bigint not null, last_seen_at bigint not null,
    code_proved_at bigint not null, only_case bytea not null, closed_at bigint);
create index accounts_sessions_by_worker on accounts_sessions (worker);
create index accounts_sessions_by_opening on accounts_sessions (opened_at);
create table accounts_machines (
    token_hash bytea primary key, worker bytea not null, team bytea not null, role text not null,
    added_at bigint not null, ended_at bigint);
create index accounts_machines_by_worker on accounts_machines (worker);
)";

constexpr std::string_view links = R"(
create table accounts_links (
    id bytea primary key, token_hash bytea not null unique, only_case bytea not null, desk bytea not null,
    agency bytea not null, purpose text not null, life_seconds bigint not null, made_at bigint not null,
    expires_at bigint not null, used_at bigint, ended_at bigint, wrong_tries bigint not null);
create index accounts_links_by_case on accounts_links (only_case, made_at);
create table accounts_link_codes (
    link bytea not null, code_hash bytea not null, expires_at bigint not null, primary key (link, code_hash));
)";

constexpr std::string_view enrolment = R"(
alter table accounts_credentials add column key_version bigint not null default 0;
alter table accounts_credentials add column used_at bigint;
create table accounts_enrolments (
    token_hash bytea primary key, worker bytea not null, expires_at bigint not null,
    password_hash text, code_secret bytea, key_version bigint);
create index accounts_enrolments_by_worker on accounts_enrolments (worker);
)";

constexpr std::string_view text_numbers = R"(
create table accounts_text_numbers (holder bytea primary key, number text not null);
)";

constexpr storage::Migration steps[] = {
    {"accounts", 1, "agencies, teams, workers, posts and the rota", people},
    {"accounts", 2, "credentials, sessions and machine tokens", signing_in},
    {"accounts", 3, "one-time links", links},
    {"accounts", 4, "sealed secrets, the last use of an account, enrolment", enrolment},
    {"accounts", 5, "numbers of text messages, of workers and of teams", text_numbers},
};

} // namespace

std::span<const storage::Migration> migrations()
{
    return steps;
}

} // namespace reachable::accounts
