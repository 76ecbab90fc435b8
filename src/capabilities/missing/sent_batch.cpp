#include "capabilities/missing/sent_batch.h"

#include "capabilities/missing/absences.h"
#include "identity/people.h"
#include "identity/people_each.h"
#include "records/child.h"
#include "storage/columns.h"
#include "storage/query_each.h"
#include "ties/ties.h"

#include <algorithm>
#include <utility>

namespace reachable::missing {
namespace {

using identity::RowOfFile;
using storage::to_value;
using storage::Transaction;
using storage::Values;

thread_local std::vector<TakenEpisode>* putting_down = nullptr;

const SentEpisode& episode_in(const RowOfFile& row)
{
    return static_cast<const SentRow*>(row.content.get())->episode;
}

/// What is set aside for another episode tells that there is one: never of a record that is closed to some.
std::vector<ChildId> those_that_are_open(Transaction& transaction, ChildId child, const std::vector<ChildId>& members)
{
    if (members.size() == 1) return members;
    if (ties::is_restricted(transaction, child)) return {child};
    return identity::members_seen(transaction, child,
                                  [&](ChildId record) { return !ties::is_restricted(transaction, record); });
}

/// What each child's record says, some hundreds read at a time.
void read_records(Transaction& transaction, std::span<SentChild* const> children)
{
    constexpr std::size_t most_at_once = 500;
    for (; !children.empty(); children = children.subspan(std::min(children.size(), most_at_once))) {
        const auto some = children.first(std::min(children.size(), most_at_once));
        std::vector<ChildId> ids;
        for (const auto* child : some) ids.push_back(child->id);
        const auto records = records::find_children(transaction, ids);
        for (auto* child : some)
            if (const auto record = records->find(child->id); record != records->end()) {
                child->born = record->second.born;
                child->authority = record->second.responsible_authority;
            }
    }
}

} // namespace

void SentBatch::read(Transaction& transaction, const SentMapping& mapping, std::span<const RowOfFile> rows)
{
    *this = {};
    read_before(transaction, mapping.source, rows);
    read_children(transaction, mapping.people, rows);
    read_absences(transaction, rows);
}

void SentBatch::read_before(Transaction& transaction, const std::string& source, std::span<const RowOfFile> rows)
{
    std::vector<Values> asked;
    for (const auto& row : rows)
        if (row.reasons.empty()) asked.push_back({source, episode_in(row).reference});
    const auto answers =
        storage::query_each(transaction,
                            "select case_id, version, digest, is_withdrawn, reference from missing_sent where source = "
                            "$1 and reference = $2",
                            asked);
    for (const auto& answer : answers)
        for (const auto& row : answer)
            before_.emplace(row.text(4), SentBefore{storage::id_at<CaseId>(row, 0), row.integer(1), row.bytes(2),
                                                    row.integer(3) != 0});
}

void SentBatch::read_children(Transaction& transaction, const std::string& people, std::span<const RowOfFile> rows)
{
    std::set<std::string> references;
    for (const auto& row : rows)
        if (row.reasons.empty() && !episode_in(row).is_deleted) references.insert(episode_in(row).child.reference);
    std::vector<Values> asked;
    for (const auto& reference : references) asked.push_back({people, reference});
    const auto answers = storage::query_each(
        transaction, "select home, agency, reference from source_records where source = $1 and reference = $2", asked);
    std::vector<ChildId> homes;
    for (const auto& answer : answers)
        for (const auto& row : answer) homes.push_back(storage::id_at<ChildId>(row, 0));
    const auto members = identity::members_of_each(transaction, homes);
    std::vector<SentChild*> children;
    for (const auto& answer : answers)
        for (const auto& row : answer) {
            SentChild child{.id = storage::id_at<ChildId>(row, 0), .sent_by = storage::id_at<AgencyId>(row, 1)};
            child.records = those_that_are_open(transaction, child.id, members.at(child.id));
            children.push_back(&children_.emplace(row.text(2), std::move(child)).first->second);
        }
    read_records(transaction, children);
}

/// A feed comes in the order of time, or nearly: of a child who was away often only the last absences are read.
void SentBatch::read_absences(Transaction& transaction, std::span<const RowOfFile> rows)
{
    for (const auto& row : rows)
        if (row.reasons.empty() && episode_in(row).began_at) since_ = std::min(since_, *episode_in(row).began_at);
    std::vector<ChildId> records;
    std::vector<Values> asked;
    for (const auto& [reference, child] : children_)
        for (const auto record : child.records)
            if (away_.try_emplace(record).second) {
                records.push_back(record);
                asked.push_back({to_value(record), to_value(since_)});
            }
    const auto answers = storage::query_each(
        transaction,
        "select case_id, began_at, over_at from missing_absences where child = $1 and counts = 1 and (over_at is "
        "null or over_at > $2)",
        asked);
    for (std::size_t i = 0; i < answers.size(); ++i)
        for (const auto& row : answers[i])
            away_[records[i]].push_back(
                {storage::id_at<CaseId>(row, 0), storage::time_at(row, 1), storage::maybe_time_at(row, 2)});
}

const SentBefore* SentBatch::before(const std::string& reference) const
{
    const auto found = before_.find(reference);
    return found == before_.end() ? nullptr : &found->second;
}

const SentChild* SentBatch::child(const std::string& person) const
{
    const auto found = children_.find(person);
    return found == children_.end() ? nullptr : &found->second;
}

const SentChild& SentBatch::add_child(const std::string& person, SentChild child)
{
    away_.try_emplace(child.id);
    return children_.emplace(person, std::move(child)).first->second;
}

bool SentBatch::is_away(Transaction& transaction, const SentChild& child, UtcTime from, std::optional<UtcTime> until,
                        CaseId but) const
{
    const auto is_known = [&](ChildId record) { return away_.contains(record); };
    if (from < since_ || !std::ranges::all_of(child.records, is_known))
        return is_away_in(transaction, child.records, from, until, but);
    const auto is_in = [&](const Absence& one) {
        return one.id != but && one.began < until.value_or(UtcTime::max()) && (!one.over || *one.over > from);
    };
    return std::ranges::any_of(child.records,
                               [&](ChildId record) { return std::ranges::any_of(away_.at(record), is_in); });
}

void SentBatch::add_absence(const SentChild& child, CaseId id, UtcTime from, std::optional<UtcTime> until)
{
    if (const auto found = away_.find(child.id); found != away_.end()) found->second.push_back({id, from, until});
}

void SentBatch::forget_absences(const SentChild& child)
{
    for (const auto record : child.records) away_.erase(record);
    away_.erase(child.id);
}

PuttingDown::PuttingDown(std::vector<TakenEpisode>& taken)
{
    CHECK(putting_down == nullptr, "a row of a feed is taken while another is");
    putting_down = &taken;
}

PuttingDown::~PuttingDown()
{
    putting_down = nullptr;
}

std::vector<TakenEpisode>* PuttingDown::here()
{
    return putting_down;
}

} // namespace reachable::missing
