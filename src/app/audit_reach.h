// Which entries of the log somebody who accounts for it may read. What may not be seen does not exist in the log
// either: an entry must not tell of a record by speaking of it beside another.
#pragma once

#include "casework/desk.h"

#include <map>
#include <vector>

namespace reachable::app {

/// Whose entries a reader accounts for: those of the own agency, and those about a child or case that it takes part in.
/// Without an agency and without a child or case, an entry tells of the service itself, and is everybody's. The
/// operator accounts for all. Nobody accounts for their own family's record (R-P-08).
class Reach {
  public:
    Reach(storage::Transaction& transaction, const casework::Desk& desk, const accounts::Session& session, UtcTime now)
        : transaction_(transaction), desk_(desk), session_(session), now_(now)
    {
    }

    bool covers(const audit::Entry& entry);
    /// False for a try at a record that the reader's agency has no part in: that the log knows whose record it was
    /// would tell that there is one.
    bool tells_of_child(const audit::Entry& entry);
    /// False where a reader has no part in a child: then only entries of their own agency are told.
    bool tells_what_others_did(ChildId child);
    /// True of those who hold the record of the child, and of the operator: they account for what others could see.
    bool accounts_for_others(ChildId child);

  private:
    bool is_the_operators() const { return session_.agency_kind == accounts::AgencyKind::operator_; }
    bool is_closed_pair(CaseId id);
    bool is_strange(ChildId child);
    bool is_open_to_them(ChildId child) { return standing_of(child).is_open; }
    bool takes_part(CaseId id);
    bool takes_part(ChildId child, UtcTime at);

    /// What the policy says of the log of a child.
    struct Standing {
        bool is_open = false;
        bool is_sealed = false;
    };
    const Standing& standing_of(ChildId child);
    /// What the reader's agency has to do with a child: it holds the record, or had cases about the child, each from
    /// the one time to the other.
    struct Part {
        bool is_custodian = false;
        std::vector<std::pair<UtcTime, UtcTime>> cases;
    };
    const Part& part_in(ChildId child);
    UtcTime end_of(CaseId id, std::string_view type);
    bool holds(ChildId child);

    storage::Transaction& transaction_;
    const casework::Desk& desk_;
    const accounts::Session& session_;
    UtcTime now_;
    std::map<ChildId, Standing> standing_;
    std::map<CaseId, bool> case_;
    std::map<ChildId, Part> part_;
    std::map<CaseId, bool> closed_pair_;
};

} // namespace reachable::app
