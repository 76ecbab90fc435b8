#include "app/interviews_due.h"

#include "capabilities/interviews/interviews.h"
#include "capabilities/missing/missing.h"
#include "ties/ties.h"

namespace reachable::app {
namespace {

using casework::CaseHead;
using casework::Desk;
using storage::Transaction;

void open_interview(const Desk& desk, Transaction& transaction, const CaseHead& episode, bool is_a_return, UtcTime now)
{
    const auto back = missing::return_of(transaction, episode);
    interviews::open_because_returned(desk, transaction,
                                      {.child = back.child,
                                       .episode = episode.id,
                                       .returned_at = back.at,
                                       .authority = back.authority,
                                       .desk = back.desk,
                                       .force = back.force,
                                       .team = back.team,
                                       .is_a_return = is_a_return},
                                      now);
}

} // namespace

/// R-B-01: "the RHI offer does not depend on risk level, length of absence, or whether police recorded it". It is the
/// desk that answers for the child which is asked, of a protected child too.
void interview_is_due(const Desk& desk, Transaction& transaction, const CaseHead& episode, UtcTime now)
{
    open_interview(desk, transaction, episode, episode.state == "returned", now);
}

/// R-B-01: where nobody was named when the child came back, whoever is named since is asked.
void authority_was_named(const Desk& desk, Transaction& transaction, const CaseHead& episode, UtcTime now)
{
    if (missing::is_over(episode) && missing::return_as_sent(transaction, episode).is_owed)
        interview_is_due(desk, transaction, episode, now);
}

/// R-B-01 of a return that a force's own system sent: on or after the day from which duties follow. An older return
/// than one that is known carries nothing over.
void interview_is_due_as_sent(const Desk& desk, Transaction& transaction, const CaseHead& episode, UtcTime now)
{
    const auto sent = missing::return_as_sent(transaction, episode);
    if (!sent.is_owed || ties::is_sealed(transaction, episode.heading.child)) return; // nobody here said who is told
    open_interview(desk, transaction, episode, sent.is_the_newest, now);
}

/// R-B-02: the time counts from the return, so a return that was at another time moves it.
void return_may_have_moved(const Desk& desk, Transaction& transaction, const CaseHead& episode, UtcTime now)
{
    if (!missing::is_over(episode)) return;
    interviews::correct_return(desk, transaction, episode.heading.child, episode.id,
                               missing::return_of(transaction, episode).at, now);
}

void interview_is_not_due(const Desk& desk, Transaction& transaction, const CaseHead& episode, UtcTime now)
{
    interviews::drop_absence(desk, transaction, episode.heading.child, episode.id, now);
}

} // namespace reachable::app
