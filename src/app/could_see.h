// What the rules of a moment in the past opened to the people of an agency in one role (R-A-09, G-15): by the policy
// text that decided then, what connected them with the child then, and each case as it stood then. What they were shown
// is another question, and the log answers it (known_page.h).
//
// Who held which post is kept for today alone: the teams in which people of the role work, and the posts of whoever had
// a child on their list, are those of today. The records that people decided to be one child are asked about one by
// one.
#pragma once

#include "casework/desk.h"

namespace reachable::app {

/// Whose eyes: anybody of that role there.
struct Onlookers {
    AgencyId agency;
    accounts::Role role = accounts::Role::CUST;
};

/// Not at all; once they had written down why, as a sealed record asks; at once.
enum class Openness { closed, with_a_reason, open };

struct CouldSee {
    Openness openness = Openness::closed;
    std::uint64_t view = 0;         // the groups of fields that were open, one bit each as in the log
    std::set<std::string> purposes; // codes: for any of these
    std::set<std::string> rules;    // that opened it
};

/// The policy text that decided at that moment, by the log and by when each text was kept. Null: nothing had been
/// decided by then, or the text of then is not kept.
std::unique_ptr<policy::TextPolicy> policy_at(storage::Transaction& transaction, UtcTime at);

/// All that these questions open together, of a thing whose being there is the first field that each asks about.
/// Nothing but the text and the questions decides: the same ones give the same answer for ever.
CouldSee could_see(const policy::TextPolicy& policy, std::span<const policy::Request> questions);

/// The questions that those people could have asked about the child and the child's cases at that moment, one for each
/// team and each purpose that the rules of then name for the role; and what they open.
class RightsOfThen {
  public:
    RightsOfThen(storage::Transaction& transaction, const casework::Desk& desk, const policy::TextPolicy& policy,
                 ChildId child, const Onlookers& who, UtcTime then);

    /// Of a case of the child, as it stood then; of a flag also through the safety summary of the child's own pages and
    /// of the pages of every case that was open to them; of an offer of support also as the page of a detention tells
    /// of it. A case that was not there then is closed.
    CouldSee of(CaseId id) const;
    /// False if nobody of that role works at that agency today: then nothing can be said.
    bool has_people() const { return !people_.empty(); }

  private:
    struct CaseThen {
        const casework::CaseType* type = nullptr;
        casework::CaseHead head;
        std::shared_ptr<const void> facts;
    };
    using Questions = std::vector<policy::Request>;

    void read_cases();
    void read_people(const Onlookers& who);
    void see_the_summary();
    Questions about(const CaseThen& one, std::span<const policy::FieldClass> classes) const;
    Questions about_the_child() const;
    policy::Request question(const accounts::Session& session, ties::Looked looked, ChildId child,
                             std::span<const policy::FieldClass> classes) const;

    storage::Transaction& transaction_;
    const casework::Desk& desk_;
    const policy::TextPolicy& policy_;
    ChildId child_;
    UtcTime then_;
    std::vector<accounts::Session> people_;
    std::vector<CaseThen> cases_;
    CouldSee summary_;       // the safety summary, wherever it stands
    CouldSee in_detentions_; // what a safety summary holds, on the page of a detention
};

} // namespace reachable::app
