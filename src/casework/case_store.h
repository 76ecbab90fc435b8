// Cases on disk: the newest state in one row, every version of the facts beside it, and the clocks. Nothing is
// overwritten: a case can be read as it stood at any instant (R-X-07).
#pragma once

#include "casework/declare.h"
#include "storage/columns.h"
#include "storage/migrations.h"

namespace reachable::casework {

using storage::id_at;
using storage::maybe_time_at;
using storage::time_at;
using storage::to_value;

/// Where a case stands, without its facts.
struct CaseHead {
    CaseId id;
    std::string type;
    std::int64_t version = 0; // 0: not opened yet
    std::string state{nothing_yet};
    Heading heading;
    UtcTime opened_at{};
    UtcTime changed_at{};
};

/// A case as loaded: its head and its facts.
struct LoadedCase {
    CaseHead head;
    std::shared_ptr<void> facts;
};

/// One version: who did what when. The facts of that moment are read with `load_version`.
struct VersionRow {
    std::int64_t version = 0;
    UtcTime at{};
    std::string action;
    WorkerId worker;
    AgencyId agency;
    Role role = Role::system;
    std::string state;
    std::string reason;
};

/// A clock that runs or ran. A late clock stays late: `breached_at` is never taken back (R-X-12). A clock whose start
/// was recorded wrongly ends as it stood, and the next instance counts from what is right.
struct ClockRow {
    CaseId case_id;
    std::string code;
    std::int64_t instance = 1;
    UtcTime started_at{};
    UtcTime due_at{};
    std::optional<UtcTime> first_warning_at;
    std::optional<UtcTime> stopped_at;
    std::optional<UtcTime> breached_at;
    std::int64_t step = 0;                    // how many warnings, breaches and repeats have been given
    std::optional<UtcTime> next_at;           // when the next is due; nothing: none
    std::optional<UtcTime> corrected_at = {}; // when it was found to count from a wrong time
};

/// What a clock did and who was told.
struct ClockEvent {
    std::string code;
    std::int64_t instance = 1;
    std::int64_t step = 0;
    UtcTime at{};
    std::string event; // "warning", "breach", "repeat"
    std::string told;  // role codes
    std::string gap;   // roles that nobody held on the rota (R-X-14)
};

Json facts_to_json(const CaseType& type, const void* facts);

/// The start of a query for the heads of cases, whose rows `read_head` reads.
inline constexpr std::string_view select_heads = "select id, type, version, state, child, agency, team, partner, "
                                                 "partner_team, opened_at, changed_at, due_at, other from cases ";
inline constexpr std::size_t child_column = 4, due_column = 11; // of the clock that runs out first; only a queue asks
CaseHead read_head(const storage::Row& row);
/// The head of a case that exists.
CaseHead load_head(storage::Transaction& transaction, CaseId id);

std::optional<LoadedCase> load_case(storage::Transaction& transaction, const CaseType& type, CaseId id);
/// The facts of one version, or as they stood at an instant; nothing when there was no such version then.
std::optional<LoadedCase> load_version(storage::Transaction& transaction, const CaseType& type, CaseId id,
                                       std::int64_t version);
std::optional<LoadedCase> load_as_at(storage::Transaction& transaction, const CaseType& type, CaseId id, UtcTime at);
std::vector<VersionRow> load_history(storage::Transaction& transaction, CaseId id);
/// The clocks of one case, or of many.
std::vector<ClockRow> load_clocks(storage::Transaction& transaction, std::span<const CaseId> ids);
inline std::vector<ClockRow> load_clocks(storage::Transaction& transaction, CaseId id)
{
    return load_clocks(transaction, std::span(&id, 1));
}
std::vector<ClockEvent> load_clock_events(storage::Transaction& transaction, CaseId id);

/// Everything one act writes of the case itself.
struct CaseWrite {
    const CaseHead& head; // already holding the new version, state and heading
    bool is_open = true;
    std::string_view action;
    const Session& session; // who did it
    std::string reason;
    std::span<const std::uint8_t> salt;
    const std::string& facts;
    std::optional<UtcTime> due_at; // of the clock that runs out first
};
void store_version(storage::Transaction& transaction, const CaseWrite& write);
void store_clock(storage::Transaction& transaction, const ClockRow& clock);
void store_clock_event(storage::Transaction& transaction, CaseId id, const ClockEvent& event);
/// The running clock that runs out first.
std::optional<UtcTime> first_due(std::span<const ClockRow> clocks);

/// Clocks that ask for attention at or before `now`, earliest first.
std::vector<ClockRow> clocks_asking(storage::Transaction& transaction, UtcTime now, std::size_t most);
/// The moment of the next attention any clock asks for.
std::optional<UtcTime> next_attention(storage::Transaction& transaction);

std::span<const storage::Migration> migrations();

} // namespace reachable::casework
