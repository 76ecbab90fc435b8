// What a reader may see of a child's flags: decided by the policy, and noted in the log as far as the look at the page
// itself does not say it.
#pragma once

#include "capabilities/flags/concerns.h"
#include "capabilities/flags/standing.h"
#include "web/safety_summary.h"

#include <functional>

namespace reachable::flags {

struct ShownFlag {
    Standing standing;
    std::string label;
    std::string words;  // standing_words
    std::string source; // "Westmoor County, since 3 October 2026"
};

/// A flag of an adult or a place with whom or at which the child was.
struct ShownConcern {
    StandingConcern standing;
    std::string words;
    std::string source;
};

struct ShownFlags {
    std::vector<ShownFlag> flags;     // in the order of the sections
    std::vector<ShownConcern> around; // the people and places around the child
    bool is_shown = false;            // the reader may see the safety summary
    bool is_whole = false; // and not only what stands in it: what the child said, and what is said against it
};

/// Whose flags, and how it is asked whether they may be seen.
struct FlagsAsked {
    ChildId child;
    std::string_view page;                                          // stands in the log: "flags"
    std::function<policy::Request(storage::Transaction&)> question; // about the child or a case, without fields
    bool is_noted_already = false; // the look at the page itself has in the log that the safety summary was seen
    bool others_too = false;       // beside those of the summary: what the reader proposed, or their organisation owns
    std::optional<UtcTime> as_of = {}; // as they stood then, for whoever may see the summary now
};

/// Records that people decided to be one child show their flags together (R-A-01), as far as they are open to this
/// person: one that is not changes nothing.
ShownFlags see_flags(const casework::Desk& desk, const accounts::Session& session, RequestId request,
                     const FlagsAsked& asked, UtcTime now);

/// What stands there now, in a few letters: another text, and the reader would see something else. Nothing is noted,
/// for nothing is shown.
std::string summary_mark(const casework::Desk& desk, const accounts::Session& session,
                         storage::Transaction& transaction, const FlagsAsked& asked, UtcTime now);

web::SafetySummary summary_of(const casework::Desk& desk, const ShownFlags& shown, ChildId child);

} // namespace reachable::flags
