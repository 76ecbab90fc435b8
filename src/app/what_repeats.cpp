#include "app/what_repeats.h"

#include "capabilities/missing/missing.h"
#include "capabilities/patterns/patterns.h"
#include "storage/columns.h"

namespace reachable::app {
namespace {

patterns::Trace as_counted(const missing::Trace& told)
{
    patterns::Trace trace{.episode = told.episode,
                          .child = told.child,
                          .began = told.began,
                          .force = told.force,
                          .is_absence = told.is_absence};
    for (const auto& [child, episode] : told.with) trace.with.push_back({child, episode});
    for (const auto& [role, kind, name, area] : told.places) trace.places.push_back({role, kind, name, area});
    return trace;
}

} // namespace

void note_what_repeats(const casework::Desk&, storage::Transaction& transaction, const casework::CaseHead& episode,
                       UtcTime now)
{
    patterns::note(transaction, as_counted(missing::trace_of(transaction, episode)), now);
}

std::vector<std::string> patterns_that_differ(storage::Transaction& transaction)
{
    std::vector<std::string> faults;
    for (const auto id : storage::ids_at<CaseId>(
             transaction.query("select id from cases where type = $1", {std::string(missing::episode_type().name)}),
             0)) {
        if (!casework::load_case(transaction, missing::episode_type(), id)) continue; // a fault of its own
        const auto trace = as_counted(missing::trace_of(transaction, casework::load_head(transaction, id)));
        for (auto& fault : patterns::differences(transaction, trace)) faults.push_back(std::move(fault));
    }
    return faults;
}

} // namespace reachable::app
