// The two doors. `act()` is the only way anything changes; `look()` and `list()` are the only ways anything is seen.
// Each decides by policy, writes its audit entry in the same transaction, and returns only when that is durable.
#pragma once

#include "audit/log.h"
#include "casework/case_store.h"
#include "identity/live_search.h"
#include "lists/lists.h"
#include "records/child.h"
#include "ties/ties.h"

#include <algorithm>
#include <map>

namespace reachable::casework {

using lists::DatedLists;

/// Joins capabilities: when `action` of `type` happened, do this in the same transaction. Listed in
/// app/consequences.cpp.
struct Consequence {
    std::string_view type;
    std::string_view action;
    void (*happen)(const Desk& desk, storage::Transaction& transaction, const CaseHead& head, UtcTime now);
};

/// Everything the doors need, handed over by main().
struct Desk {
    storage::Database& database;
    audit::Log& log;
    const policy::Policy& policy;
    std::vector<const CaseType*> types;
    DatedLists lists;
    std::vector<Consequence> consequences;
    const TimeSource& clock; // whose health stands in each entry, and which may be unsure of what has ended
    std::shared_ptr<identity::LiveSearch> search = std::make_shared<identity::LiveSearch>("data");
    ties::Memory* tie_memory = nullptr; // none: every question is the database's

    const CaseType* find_type(std::string_view name) const;
};

/// Something to be done. `asked` holds the values of the fields and parts that the action asks for.
struct Act {
    std::string_view type;
    std::string action;
    CaseId id; // none: the action opens a case
    /// What the person had in front of them. If others have changed since what this act touches, it is refused;
    /// when `is_strict`, any change since refuses it (If-Match).
    std::optional<std::int64_t> expected_version;
    bool is_strict = false;
    std::string key; // idempotency key: the same key and content give the same result once more
    Json asked = Json::object();
};

struct Acted {
    CaseId id;
    std::int64_t version = 0;
    std::string state;
    bool is_repeat = false;
    bool operator==(const Acted&) const = default;
};

/// Decides, checks, changes, starts and stops clocks, tells, and records: all in one transaction, durable on return.
/// A refusal changes nothing but the audit.
Result<Acted> act(const Desk& desk, const Session& session, RequestId request, const Act& act, UtcTime now);
/// The same inside a transaction that is open already.
Result<Acted> act_in(storage::Transaction& transaction, const Desk& desk, const Session& session, RequestId request,
                     const Act& act, UtcTime now);

/// What somebody wants to see.
struct Look {
    std::string_view type;
    CaseId id;
    std::string_view page; // stands in the audit: "brief", "request"
    std::optional<std::int64_t> version;
    std::optional<UtcTime> as_at;
    bool with_history = false;
};

/// What they may see: facts with everything held back already taken out.
struct Seen {
    const CaseType* type = nullptr;
    CaseHead head;
    std::shared_ptr<const void> facts;
    std::map<std::string, policy::Show, std::less<>> shown; // by field name
    /// Fields taken out, whether anything stands in them or not. Items are not counted: that would tell how many
    /// there are.
    std::size_t held_back = 0;
    std::optional<records::Child> child;
    std::optional<records::Child> other; // of a case about two children
    std::vector<ClockRow> clocks;
    std::vector<ClockEvent> clock_events;
    std::vector<VersionRow> history;
    std::vector<std::string> may; // actions this session may do now
    policy::Decision decision;
    policy::Request asked; // the question that was decided, for a page that must ask about more fields of the same case

    bool may_do(std::string_view action) const { return std::ranges::find(may, action) != may.end(); }
    template <class Facts>
    const Facts& as() const
    {
        return *static_cast<const Facts*>(facts.get());
    }
};

Result<Seen> look(const Desk& desk, const Session& session, RequestId request, const Look& look, UtcTime now);

/// A queue: open cases of the own team, those that its desk was asked about, the whole organisation's, or those that
/// the organisation was asked about; the clock that runs out first comes first.
enum class Whose { team, desk, agency, asked_agency };
struct ListLook {
    std::string_view type;
    Whose whose = Whose::team;
    std::size_t most = 25;
    std::size_t skip = 0;
    TeamId of_team = {}; // of `Whose::team`: another than one's own
    /// Nobody turns so many pages; beyond it a page is empty.
    static constexpr std::size_t most_skipped = 100'000;
};
struct ListedCase {
    CaseHead head;
    std::optional<records::Child> child;
    std::optional<records::Child> other; // of a case about two children
    std::vector<ClockRow> clocks;
};
struct Listed {
    std::vector<ListedCase> cases;
    /// Counts go no further than this, or than the end of the page if that lies beyond; one more says "more than".
    static constexpr std::size_t counted_up_to = 50;
    std::size_t open_count = 0;
    std::size_t overdue_count = 0;
};
Result<Listed> list(const Desk& desk, const Session& session, RequestId request, const ListLook& look, UtcTime now);

/// Gives every warning, breach and repeat that is due at `now`, each in its turn, and tells the roles on duty.
/// Gives how many there were. Called by a job every few seconds, and by the demo when it moves the clock.
std::size_t tick(const Desk& desk, UtcTime now);
std::optional<UtcTime> next_tick(const Desk& desk);

/// What may not be seen and what does not exist are refused with the same words.
tl::unexpected<Problems> no_such_case();

// Parts of the doors that the doors' own files share.
/// The question to the policy as far as the session answers it.
policy::Request policy_request(const Session& session, std::string action, UtcTime now);
/// The same about a case: with its child, and what connects the session with both as records say now.
policy::Request policy_request(const Desk& desk, storage::Transaction& transaction, const CaseType& type,
                               const CaseHead& head, const Session& session, std::string action, UtcTime now,
                               const ties::Known& known = {});
audit::Entry audit_entry(const Desk& desk, const Session& session, RequestId request, const CaseHead& head,
                         const policy::Decision& decision, UtcTime now);
/// Starts and stops the clocks that `action` touches; gives the clocks of the case as they then stand.
std::vector<ClockRow> move_clocks(storage::Transaction& transaction, const Desk& desk, const CaseType& type,
                                  const CaseHead& head, std::string_view action, const void* before, const void* facts,
                                  UtcTime now);

} // namespace reachable::casework
