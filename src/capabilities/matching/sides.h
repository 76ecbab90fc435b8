// Who holds a record and decides about it, and who is told what.
#pragma once

#include "capabilities/matching/same_person.h"
#include "notices/notices.h"
#include "records/child.h"

namespace reachable::matching {

/// The organisation that recorded the child, else the authority that answers for the child, else the one where the
/// child lives; none if nobody does. Of its teams the suite where the child is now, else the first that decides.
notices::Addressee side_of(storage::Transaction& transaction, const records::Child& child);

/// The question to the policy whether this person may ask about the child; what asking would make of them counted in.
policy::Request question_about(const casework::Desk& desk, storage::Transaction& transaction, ChildId child,
                               const accounts::Session& session, UtcTime now);
/// Which records are there for this person at all. It asks quietly: nobody is told, for nobody tried.
identity::MaySee seen_by(const casework::Desk& desk, storage::Transaction& transaction,
                         const accounts::Session& session, UtcTime now);
/// Which records are there for everybody who might decide. What the service asks about follows from them alone, so that
/// neither a question nor its absence tells of a restricted record.
identity::MaySee seen_by_everybody(storage::Transaction& transaction);

/// The question about these two, in either order, that waits for a decision or for a further look.
struct OpenQuestion {
    CaseId id;
    std::string state;
};
std::optional<OpenQuestion> open_question(storage::Transaction& transaction, ChildId one, ChildId other);

/// Tells, with the act, those of an organisation who decide about its records.
void tell_keepers(Context& context, AgencyId agency, std::string_view code);
/// Tells, with the act, everybody who looked at a record of the person since the two were joined: the team in which
/// they looked, by the case at which they looked. The audit log says who that is. A team to which one of the two is
/// closed is told nothing: it was shown one record, and knows of no other.
void tell_readers(const SamePerson& pair, Context& context);

} // namespace reachable::matching
