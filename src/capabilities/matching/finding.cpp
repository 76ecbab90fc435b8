// The job that asks, of every child who is new or changed, whether somebody else on record may be the same child.
#include "capabilities/matching/matching.h"
#include "capabilities/matching/sides.h"
#include "identity/source_records.h"

#include "storage/columns.h"

#include <fmt/format.h>

namespace reachable::matching {
namespace {

using storage::Transaction;

/// In bits, with the chance that two children on record are one counted in: eight to one. It lets through a name and a
/// birth date with one slip between them, and leaves out namesakes born a year apart, of whom the 3,012 invented
/// children of the demonstration have some 200 pairs: a queue full of those is a queue that nobody reads. A search
/// shows much less likely ones (identity/live_search.cpp), for there somebody stands at the desk and can say.
constexpr float least_worth_asking = 3;

/// What one run takes on, so that it holds up nobody else who writes.
constexpr std::size_t children_at_once = 50;
constexpr std::size_t most_pairs_of_a_child = 5;
constexpr std::size_t most_moved_at_once = 50;

constexpr std::string_view create = R"sql(
create table matching_position (id bigint primary key, change bigint not null, last bytea);
insert into matching_position (id, change) values (1, 0);
create index same_person_open on cases (opened_at) where type = 'same-person' and is_open = 1;
)sql";

constexpr storage::Migration all[] = {{"matching", 1, "how far the job came that finds pairs", create}};

records::ChangePosition position_in(Transaction& transaction)
{
    const auto rows = transaction.query("select change, last from matching_position where id = 1");
    records::ChangePosition position{.change = rows.front().integer(0)};
    if (!rows.front().is_null(1)) position.last = storage::id_at<ChildId>(rows.front(), 1).bytes;
    return position;
}

void remember(Transaction& transaction, const records::ChangePosition& position)
{
    transaction.execute("update matching_position set change = $1, last = $2 where id = 1",
                        {position.change, Bytes(position.last.begin(), position.last.end())});
}

struct Pair {
    ChildId one;
    ChildId other;
};

/// Who is new or changed, and who on record may be the same, found beside other work.
struct Likely {
    std::vector<Pair> pairs;
    records::ChangePosition position;
    std::size_t looked_at = 0;
};

Likely likely_pairs(const casework::Desk& desk)
{
    desk.search->catch_up(desk.database);
    Likely likely;
    std::vector<records::Changed> changed;
    desk.database.read([&](Transaction& transaction) {
        changed =
            records::changed_since(transaction, records::RecordKind::child, position_in(transaction), children_at_once);
    });
    for (const auto& one : changed) {
        const auto child = records::child_from(one.document);
        CHECK(child.has_value(), "a stored record cannot be read");
        // The child itself is the likeliest of all.
        for (const auto& other : desk.search->find(identity::described_by(*child), most_pairs_of_a_child + 1))
            if (other.child != child->id && other.log_odds >= least_worth_asking)
                likely.pairs.push_back({child->id, other.child});
        likely.position = one.position;
        likely.looked_at += 1;
    }
    return likely;
}

bool is_held(Transaction& transaction, ChildId child)
{
    const auto stored = records::find_child(transaction, child);
    if (!stored) return false;
    const auto& record = stored->child;
    return !record.source.agency.is_none() || !record.responsible_authority.is_none() ||
           !record.host_authority.is_none();
}

bool act_as_service(Transaction& transaction, const casework::Desk& desk, std::string action, CaseId id, Json asked,
                    UtcTime now)
{
    return casework::act_in(
               transaction, desk, accounts::service_session(), RequestId::random(),
               {.type = same_person_type().name, .action = std::move(action), .id = id, .asked = std::move(asked)}, now)
        .has_value();
}

/// Opens the question, or asks it anew of two whom nobody could tell apart before a source sent something new.
void take_on(Transaction& transaction, const casework::Desk& desk, const Pair& pair, UtcTime now, Found& found)
{
    if (!identity::may_be_offered(transaction, pair.one, pair.other, seen_by_everybody(transaction))) return;
    if (const auto asked = open_question(transaction, pair.one, pair.other)) {
        if (asked->state == cannot_tell &&
            act_as_service(transaction, desk, "look_again", asked->id, Json::object(), now))
            found.asked_anew += 1;
        return;
    }
    if (!is_held(transaction, pair.one) && !is_held(transaction, pair.other)) return;
    for (const auto child : {pair.one, pair.other})
        if (identity::is_deleted_at_every_source(transaction, child)) return;
    auto asked = Json::object().set("child", pair.one.text()).set("other", pair.other.text());
    if (act_as_service(transaction, desk, "open", {}, std::move(asked), now)) found.opened += 1;
}

std::vector<CaseId> cases_in(Transaction& transaction, std::string_view which, storage::Values values)
{
    values.push_back(static_cast<std::int64_t>(most_moved_at_once));
    std::vector<CaseId> ids;
    for (const auto& row :
         transaction.query(fmt::format("select p.id from cases p where p.type = 'same-person' and p.is_open = 1 and {} "
                                       "order by p.opened_at, p.id limit ${}",
                                       which, values.size()),
                           values))
        ids.push_back(storage::id_at<CaseId>(row, 0));
    return ids;
}

/// Of the custody of the two organisations that see the question: its clock tells nobody else that a child is held.
std::vector<CaseId> with_a_child_in_custody(Transaction& transaction)
{
    return cases_in(transaction,
                    "p.state = $1 and exists (select 1 from cases c where c.type = $2 and c.is_open = 1 and "
                    "c.child in (p.child, p.other) and c.agency in (p.agency, p.partner)) and not exists (select 1 "
                    "from case_clocks k where k.case_id = p.id and k.clock = 'C41' and k.stopped_at is null)",
                    {std::string(to_be_decided), std::string(custody_case)});
}

std::vector<CaseId> to_be_asked_anew(Transaction& transaction, UtcTime now)
{
    return cases_in(transaction, "(p.state = $1 or (p.state = $2 and p.due_at <= $3))",
                    {std::string(undone), std::string(cannot_tell), storage::to_value(now)});
}

std::size_t move_on(const casework::Desk& desk, std::string_view action, UtcTime now,
                    const std::function<std::vector<CaseId>(Transaction&)>& which)
{
    bool is_any = false;
    desk.database.read([&](Transaction& transaction) { is_any = !which(transaction).empty(); });
    std::size_t moved = 0;
    if (!is_any) return moved;
    desk.database.write([&](Transaction& transaction) {
        moved = 0;
        for (const auto id : which(transaction))
            if (act_as_service(transaction, desk, std::string(action), id, Json::object(), now)) moved += 1;
    });
    return moved;
}

} // namespace

Found find_pairs(const casework::Desk& desk, UtcTime now)
{
    const auto likely = likely_pairs(desk);
    Found found;
    if (likely.looked_at > 0)
        desk.database.write([&](Transaction& transaction) {
            found = {.looked_at = likely.looked_at};
            for (const auto& pair : likely.pairs) take_on(transaction, desk, pair, now, found);
            remember(transaction, likely.position);
        });
    found.asked_anew += move_on(desk, "look_again", now,
                                [now](Transaction& transaction) { return to_be_asked_anew(transaction, now); });
    found.hurried = move_on(desk, "hurry", now, with_a_child_in_custody);
    return found;
}

std::span<const storage::Migration> migrations()
{
    return all;
}

} // namespace reachable::matching
