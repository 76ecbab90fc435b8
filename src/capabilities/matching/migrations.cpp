#include "capabilities/matching/matching.h"

namespace reachable::matching {
namespace {

constexpr std::string_view create = R"sql(
create table matching_position (id bigint primary key, change bigint not null, last bytea);
insert into matching_position (id, change) values (1, 0);
create index same_person_open on cases (opened_at) where type = 'same-person' and is_open = 1;
)sql";

constexpr std::string_view add_waiting = R"sql(
create table matching_waiting (
    one bytea not null, other bytea not null, holder bytea not null, partner bytea not null, worth bigint not null,
    primary key (one, other));
create index matching_waiting_of_holder on matching_waiting (holder, worth);
create index matching_waiting_of_other on matching_waiting (other);
create index custody_open on cases (child) where type = 'custody' and is_open = 1;
)sql";

constexpr storage::Migration all[] = {{"matching", 1, "how far the job came that finds pairs", create},
                                      {"matching", 2, "pairs that nobody is asked about yet", add_waiting}};

} // namespace

std::span<const storage::Migration> migrations()
{
    return all;
}

} // namespace reachable::matching
