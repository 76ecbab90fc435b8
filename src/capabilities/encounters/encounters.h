// What this capability offers to app/: its case type, its lists, its pages, and what an encounter brings about in other
// capabilities through app/consequences.
#pragma once

#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::encounters {

const casework::CaseType& encounter_type();

/// True if somebody of that role records encounters.
bool may_record(accounts::Role role);
/// True if somebody of that role answers for the authority that is told of them.
bool is_told_of_them(accounts::Role role);
/// Whose encounters stand on the list of somebody of that role.
casework::Whose whose_encounters(accounts::Role role);

/// What an act or a look of this capability is called in a sentence of the log; empty if it is of another.
std::string_view log_words(std::string_view action);

/// The dated lists it reads, below the data folder.
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();

/// /encounters, /encounters/new, /encounters/{id}, /encounters/prompts.
void add_pages(web::Router& router, const derived::Site& site);

/// What follows from the newest version of an encounter, and did not follow from the one before: flags that the service
/// proposes and a person decides about, and an offer of support. What somebody has declined or ended since does not
/// come back because of an addition about something else.
struct Follows {
    std::vector<std::string_view> flags;
    std::string because; // in the words of what stands out
    /// Flags of adults and of places; and where the child was. They are read beside other children too, so their words
    /// say of no child more than that one was there.
    struct Around {
        std::string_view code;
        std::string subject;
        std::string_view because;
    };
    std::vector<Around> around = {};
    std::string place = {};
    /// Nobody reported the child missing, and there the child is: far from home, in another force's area, or found with
    /// an adult who is not related (scenario 1).
    bool is_away_from_home = false;
    std::optional<UtcTime> met_at = {};
    std::string distance = {};
    std::vector<std::string> signs = {};
    bool needs_support = false;
    bool is_at_risk = false;
};
Follows what_follows(const casework::Desk& desk, storage::Transaction& transaction,
                     const casework::CaseHead& encounter);

} // namespace reachable::encounters
