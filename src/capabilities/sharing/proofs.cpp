// Whether the ties are what the cases of sharing prove.
#include "capabilities/sharing/records.h"
#include "capabilities/sharing/sharing.h"
#include "casework/case_store.h"
#include "identity/people.h"
#include "storage/columns.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::sharing {
namespace {

using casework::CaseType;
using storage::Transaction;

template <class Facts>
ties::Tie proved_by(const void* facts, CaseId id)
{
    return tie_of(*static_cast<const Facts*>(facts), id);
}

struct Proof {
    const CaseType& (*type)();
    ties::Tie (*tie)(const void* facts, CaseId id);
};
constexpr Proof proofs[] = {{emergency_type, proved_by<EmergencyAccess>},
                            {restriction_type, proved_by<Restriction>},
                            {allocation_type, proved_by<Allocation>},
                            {opening_type, proved_by<Opening>}};

std::vector<CaseId> cases_of(Transaction& transaction, const CaseType& type)
{
    return storage::ids_at<CaseId>(transaction.query("select id from cases where type = $1", {std::string(type.name)}),
                                   0);
}

/// A case that somebody damaged may prove nothing at all.
bool is_acted_upon(Transaction& transaction, const Proof& proof, const void* facts, CaseId id)
{
    try {
        const auto expected = proof.tie(facts, id);
        return std::ranges::count(ties::ties_of(transaction, expected.child), expected) == 1;
    } catch (const Bug&) {
        return false;
    }
}

/// What is closed beside a restricted record: worked out anew from the restrictions and from which records are one
/// child.
std::vector<ties::Tie> closed_beside(Transaction& transaction, const ties::Tie& restricted)
{
    std::vector<ties::Tie> closed;
    if (restricted.kind != ties::Kind::family || restricted.ended_at) return closed;
    for (const auto record : identity::members_of(transaction, restricted.child)) {
        if (record == restricted.child) continue;
        auto& beside = closed.emplace_back(restricted);
        beside.kind = ties::Kind::joined_family;
        beside.child = record;
    }
    return closed;
}

/// As `closed_beside` gives it, without the time at which the records became one.
bool stands_once(Transaction& transaction, const ties::Tie& expected)
{
    try {
        return std::ranges::count_if(ties::ties_of(transaction, expected.child), [&](ties::Tie stored) {
                   stored.since = expected.since;
                   return stored == expected;
               }) == 1;
    } catch (const Bug&) { // damaged, as in `is_acted_upon`
        return false;
    }
}

std::size_t count_of(Transaction& transaction, std::string_view which)
{
    const auto rows = transaction.query(fmt::format("select count(*) from ties where {}", which));
    return static_cast<std::size_t>(rows.front().integer(0));
}

} // namespace

std::vector<std::string> ties_that_differ(Transaction& transaction)
{
    std::vector<std::string> faults;
    std::size_t proved = 0;
    std::size_t beside = 0;
    for (const auto& proof : proofs)
        for (const auto id : cases_of(transaction, proof.type())) {
            const auto loaded = casework::load_case(transaction, proof.type(), id);
            if (!loaded) continue; // a missing version is a fault of its own
            proved += 1;
            if (!is_acted_upon(transaction, proof, loaded->facts.get(), id)) {
                faults.push_back(
                    fmt::format("What case {} says of who may see a child is not what is acted upon.", id.text()));
                continue;
            }
            for (const auto& closed : closed_beside(transaction, proof.tie(loaded->facts.get(), id))) {
                beside += 1;
                if (!stands_once(transaction, closed))
                    faults.push_back(fmt::format("The record {} stays open to those to whom case {} closes its child.",
                                                 closed.child.text(), id.text()));
            }
        }
    if (const auto stored = count_of(transaction, "kind = 'joined_family' and ended_at is null"); stored != beside)
        faults.push_back(fmt::format("{} records are closed beside restricted ones, where {} are of the same child.",
                                     stored, beside));
    // Who looks for a missing child is proved by the episode, and checked there.
    const auto stored = count_of(transaction, "kind not in ('joined_family', 'searching')");
    if (stored != proved)
        faults.push_back(
            fmt::format("{} ties between people and children stand beside {} cases that prove one.", stored, proved));
    if (const auto misfiled = ties::misfiled_ties(transaction); misfiled != 0)
        faults.push_back(fmt::format("{} ties between people and children are kept from whom they concern.", misfiled));
    return faults;
}

} // namespace reachable::sharing
