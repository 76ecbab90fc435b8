// What happened to a child and what agencies did about it, the newest first, as one reader may see it (R-A-09). It
// gathers what each kind of case tells by a row of its own here, and what another door has shown already.
//
// A case that is not open to the reader leaves no entry, no gap and no count.
#pragma once

#include "casework/desk.h"

#include <functional>
#include <map>
#include <set>

namespace reachable::app {

/// Two kinds, told apart by words and not by colour alone.
enum class EntryKind { happened, done };
/// "happened", "done"
std::string_view code_of(EntryKind kind);
/// "What happened", "What agencies did"
std::string_view title_of(EntryKind kind);

struct TimelineEntry {
    UtcTime at{};          // when it happened, as far as that is on record
    UtcTime recorded_at{}; // when it was written down (R-X-03)
    EntryKind kind = EntryKind::done;
    std::string title;
    std::size_t times = 1;            // done so often in a row by the same role: `at` is the last time
    std::optional<accounts::Role> by; // a role, never a name; none: not by one person
    AgencyId agency;                  // none: this service
    std::string words = {};
    const casework::CaseType* type = nullptr; // of the case that tells it
    CaseId told_by = {};
};

/// A time among the facts of a case that is an entry of its own, because it is not when somebody wrote it down.
struct DatedFact {
    std::string_view field;
    std::string_view title;
    std::string_view written_by =
        {}; // the actions that ask for it, the first of them counts; none: it is noted at that very time
    std::string_view words_in = {}; // the field whose words stand below it
    std::string_view before_words = {};
};

/// What a kind of case brings to the timeline: each thing done with it, each clock that ran out, and these facts. A
/// capability joins by one row in timeline.cpp.
struct Contribution {
    const casework::CaseType& (*type)();
    std::span<const DatedFact> facts;
};
std::span<const Contribution> contributions();

/// Which entries, and which of them: a page.
struct TimelineChoice {
    AgencyId agency; // none: of all
    std::optional<EntryKind> kind;
    std::optional<int> year;
    std::size_t skip = 0;
    std::size_t most = 50;
};

struct TimelineAsked {
    ChildId child; // who is open to the reader: whoever asks has looked (casework/search.h)
    std::optional<UtcTime> as_of;
    TimelineChoice choice;
    std::vector<TimelineEntry> beside = {}; // what another door showed: flags
    bool with_cases = false;                // beside the entries, each case as the reader sees it
};

/// A case as the reader sees it, then: what they may not see is taken out, and every item of a part.
struct TimelineCase {
    const casework::CaseType* type = nullptr;
    casework::CaseHead head;
    std::shared_ptr<const void> facts;
    std::vector<casework::ClockRow> running; // clocks, then

    template <class Facts>
    const Facts& as() const
    {
        return *static_cast<const Facts*>(facts.get());
    }
};

struct SeenTimeline {
    std::vector<TimelineEntry> entries;            // of the page that was asked for, the newest first
    std::size_t found = 0;                         // as many as the choice lets through
    std::size_t withheld = 0;                      // and as many that are there and not shown, where that may be told
    std::map<AgencyId, std::string> agencies = {}; // of all entries, with their names
    std::set<int, std::greater<>> years = {};
    std::vector<TimelineCase> cases = {}; // the newest first
};

/// R-A-09: "with a visible 'items withheld: n' count only where knowing that is itself safe". Whether a fact that the
/// reader may not see, of a case that they know of, may be counted.
bool is_safe_to_count(const policy::FieldClass& held, bool is_protected);

/// Reads, chooses and notes in the log each case of which something is told. Records that people decided to be one
/// child are told together, as far as each is open to the reader (R-A-01).
SeenTimeline see_timeline(const casework::Desk& desk, const accounts::Session& session, RequestId request,
                          TimelineAsked asked, UtcTime now);

} // namespace reachable::app
