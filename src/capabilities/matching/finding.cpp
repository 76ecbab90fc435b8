// The job that asks, of every child who is new or changed, whether somebody else on record may be the same child.
#include "capabilities/matching/matching.h"
#include "capabilities/matching/sides.h"
#include "capabilities/matching/waiting.h"
#include "identity/source_records.h"

#include "storage/columns.h"

#include <cmath>
#include <fmt/format.h>

namespace reachable::matching {
namespace {

using storage::Transaction;

/// In bits, with the chance that two children on record are one counted in: eight to one. It lets through a name and a
/// birth date with one slip between them, and leaves out namesakes born a year apart, of whom the 3,012 invented
/// children of the demonstration have some 200 pairs: a queue full of those is a queue that nobody reads. A search
/// shows much less likely ones (identity/live_search.cpp), for there somebody stands at the desk and can say.
constexpr float least_worth_asking = 3;

/// What one run takes on, and what one write: whoever else writes comes in between. What is restricted is not counted
/// among what a run takes on, or a run would end the earlier for it; there is little of it, for people restrict.
constexpr std::size_t children_of_a_run = 200;
constexpr std::size_t children_at_once = 10;
constexpr std::size_t questions_of_a_run = 50;
constexpr std::size_t questions_at_once = 5;
/// Beside these whoever is restricted, for a restricted record takes nobody's place.
constexpr std::size_t most_pairs_of_a_child = 5;
constexpr std::size_t most_moved_at_once = 50;

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

bool is_held(Transaction& transaction, ChildId child)
{
    const auto stored = records::find_child(transaction, child);
    return stored && !records::custodians_of(stored->child).empty();
}

bool act_as_service(Transaction& transaction, const casework::Desk& desk, std::string action, CaseId id, Json asked,
                    UtcTime now)
{
    return casework::act_in(
               transaction, desk, accounts::service_session(), RequestId::random(),
               {.type = same_person_type().name, .action = std::move(action), .id = id, .asked = std::move(asked)}, now)
        .has_value();
}

/// Who is new or changed, and who on record may be the same, found beside other work.
struct Likely {
    std::vector<LikelyPair> pairs;
    std::vector<CaseId> to_be_asked_anew; // whom nobody could tell apart before a source sent something new
    records::ChangePosition position;
    std::size_t looked_at = 0;
    std::size_t counted = 0; // those of them who are not restricted
};

bool may_be_asked_about(Transaction& transaction, ChildId one, ChildId other)
{
    if (!identity::may_be_offered(transaction, one, other, seen_by_everybody(transaction))) return false;
    if (!is_held(transaction, one) && !is_held(transaction, other)) return false;
    return !identity::is_deleted_at_every_source(transaction, one) &&
           !identity::is_deleted_at_every_source(transaction, other);
}

void add_pair(Transaction& transaction, const records::Child& child, const identity::Likely& found, Likely& likely)
{
    const auto other = records::find_child(transaction, found.child);
    if (!other || !may_be_asked_about(transaction, child.id, found.child)) return;
    if (const auto asked = open_question(transaction, child.id, found.child)) {
        if (asked->state == cannot_tell) likely.to_be_asked_anew.push_back(asked->id);
        return;
    }
    const auto of_other = side_of(transaction, other->child).agency;
    const auto of_one = side_of(transaction, child).agency;
    likely.pairs.push_back({.one = child.id,
                            .other = found.child,
                            .holder = of_one.is_none() ? of_other : of_one,
                            .partner = of_other,
                            .worth = std::lround(found.log_odds * 1000)});
}

void add_pairs_of(const casework::Desk& desk, Transaction& transaction, const records::Child& child, Likely& likely)
{
    const auto is_seen = seen_by_everybody(transaction);
    const auto without_place = [&](std::span<const ChildId> all) {
        std::set<ChildId> without;
        std::ranges::copy_if(all, std::inserter(without, without.end()),
                             [&](ChildId one) { return one == child.id || !is_seen(one); });
        return without;
    };
    for (const auto& found : desk.search->find_beside(identity::described_by(child), most_pairs_of_a_child,
                                                      least_worth_asking, without_place))
        if (found.child != child.id) add_pair(transaction, child, found, likely);
}

/// Of the next few, as long as not `most` of them are such as everybody may see.
Likely likely_pairs(const casework::Desk& desk, std::size_t most)
{
    Likely likely;
    desk.database.read([&](Transaction& transaction) {
        likely = {};
        const auto is_seen = seen_by_everybody(transaction);
        for (const auto& one : records::changed_since(transaction, records::RecordKind::child, position_in(transaction),
                                                      children_at_once)) {
            if (likely.counted == most) break;
            const auto child = records::child_from(one.document);
            CHECK(child.has_value(), "a stored record cannot be read");
            add_pairs_of(desk, transaction, *child, likely);
            likely.position = one.position;
            likely.looked_at += 1;
            likely.counted += is_seen(child->id) ? 1 : 0;
        }
    });
    return likely;
}

/// The next few children who are new or changed; gives how many of them take up what a run takes on, and nothing if
/// there are no more.
std::optional<std::size_t> look_for_pairs(const casework::Desk& desk, std::size_t most, UtcTime now, Found& found)
{
    const auto likely = likely_pairs(desk, most);
    if (likely.looked_at == 0) return std::nullopt;
    std::size_t asked_anew = 0;
    desk.database.write([&](Transaction& transaction) {
        asked_anew = 0;
        for (const auto& pair : likely.pairs) let_wait(transaction, pair);
        for (const auto id : likely.to_be_asked_anew)
            if (act_as_service(transaction, desk, "look_again", id, Json::object(), now)) asked_anew += 1;
        remember(transaction, likely.position);
    });
    found.looked_at += likely.looked_at;
    found.asked_anew += asked_anew;
    if (likely.looked_at < children_at_once) return std::nullopt;
    return likely.counted;
}

void look_for_pairs(const casework::Desk& desk, UtcTime now, Found& found)
{
    for (auto left = children_of_a_run; left > 0;) {
        const auto counted = look_for_pairs(desk, left, now, found);
        if (!counted) return;
        left -= *counted;
    }
}

/// Opens the next few questions; gives how many, and nothing if there are none to open.
std::optional<std::size_t> ask_about_the_next(const casework::Desk& desk, PairClass pair_class, UtcTime now)
{
    std::vector<LikelyPair> next;
    desk.database.read(
        [&](Transaction& transaction) { next = next_to_ask(transaction, pair_class, questions_at_once); });
    if (next.empty()) return std::nullopt;
    std::size_t opened = 0;
    desk.database.write([&](Transaction& transaction) {
        opened = 0;
        for (const auto& pair : next) {
            wait_no_longer(transaction, pair);
            // A pair may wait for two reasons, and a try that is refused stands in the log.
            if (open_question(transaction, pair.one, pair.other)) continue;
            if (!may_be_asked_about(transaction, pair.one, pair.other)) continue;
            auto asked = Json::object().set("child", pair.one.text()).set("other", pair.other.text());
            if (act_as_service(transaction, desk, "open", {}, std::move(asked), now)) opened += 1;
        }
    });
    return opened;
}

void ask_about_pairs(const casework::Desk& desk, UtcTime now, Found& found)
{
    std::size_t opened = 0;
    while (opened < questions_of_a_run) {
        const auto more = ask_about_the_next(desk, PairClass::open, now);
        if (!more) break;
        opened += *more;
    }
    while (const auto more = ask_about_the_next(desk, PairClass::restricted, now)) opened += *more;
    found.opened += opened;
}

/// So many of each class.
std::vector<CaseId> cases_in(Transaction& transaction, std::string_view which, storage::Values values)
{
    values.push_back(static_cast<std::int64_t>(most_moved_at_once));
    std::vector<CaseId> ids;
    for (const auto pair_class : {PairClass::open, PairClass::restricted})
        for (const auto& row : transaction.query(
                 fmt::format("select p.id from cases p where p.type = 'same-person' and p.is_open = 1 and {} and {} "
                             "order by p.opened_at, p.id limit ${}",
                             which, is_of(pair_class, "p.child", "p.other"), values.size()),
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
    Found found;
    desk.search->catch_up(desk.database);
    look_for_pairs(desk, now, found);
    ask_about_pairs(desk, now, found);
    found.asked_anew += move_on(desk, "look_again", now,
                                [now](Transaction& transaction) { return to_be_asked_anew(transaction, now); });
    found.hurried = move_on(desk, "hurry", now, with_a_child_in_custody);
    return found;
}

} // namespace reachable::matching
