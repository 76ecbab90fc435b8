// What those who look after a child know before the child is missing (capability B, profile part 1). Sealed to the
// police until they look for the child, or a life is in danger; kept up to date by a clock. The child is told what it
// is for, and says what should happen.
#pragma once

#include "casework/declare.h"
#include "records/facts.h"

namespace reachable::profiles {

using casework::Context;
using casework::Narrative;

/// An address that the child knows, and what a carer says of going there.
struct Place {
    std::string where;
    std::string safety; // "ring first", "go in pairs": what a carer knows of it
};

/// A force that takes a report asked whether a profile is kept.
struct AskedFor {
    AgencyId force;
    std::optional<UtcTime> at;
};

struct Profile {
    ChildId child;
    std::string name_given;
    std::optional<PartialDate> born_given;
    std::string given_by; // profiles.given_by
    std::optional<bool> is_in_care;
    std::string home;
    std::string contact; // day and night
    // What the child looks like:
    Narrative looks;
    std::string marks;
    std::string ethnicity; // profiles.ethnicity: as the child describes it; empty: nobody asked
    // What the child carries:
    std::string phones;
    std::string devices; // IMEI
    std::string handles;
    std::string cards;
    std::string vehicles;
    // Whom and what the child knows:
    Narrative friends;
    Narrative family; // and limits of contact
    std::vector<Place> places;
    Narrative look_first; // where the child was found before
    std::string school;
    Narrative routines;
    // What keeps the child safe:
    Narrative health; // and medicine
    Narrative triggers;
    Narrative self_harm;
    Narrative exploitation;
    std::string talk_to;
    // The child:
    Narrative child_view; // as it was said
    std::string child_view_language;
    std::string told; // profiles.told: what the child was told of it, and says to that
    std::string told_because;
    std::string told_text; // profiles.consent: noted, which words they were told
    // The photograph; its bytes stand in a table (photograph_store.h):
    std::string photo; // digest
    std::optional<CivilDate> photo_taken_on;
    // Noted by the service:
    std::string staff_name; // of the home that looks after the child
    AgencyId keeper;
    TeamId team;
    AgencyId authority;
    TeamId desk;
    std::optional<UtcTime> opened_at;
    std::optional<UtcTime> confirmed_at;
    WorkerId confirmed_by;
    std::vector<AskedFor> asked_for;
    std::string end_reason; // profiles.ends
    std::optional<UtcTime> ended_at;
};

inline constexpr std::string_view current = "current";
inline constexpr std::string_view ended = "ended";

// Conditions (changes.cpp).
Result<> the_profile_is_whole(const Profile& profile, const Context& context);
Result<> the_photograph_is_there(const Profile& profile, const Context& context);

// Changes (changes.cpp).
Result<> note_opening(Profile& profile, const Profile& before, Context& context);
Result<> note_update(Profile& profile, const Profile& before, Context& context);
Result<> note_confirmation(Profile& profile, const Profile& before, Context& context);
Result<> note_photograph(Profile& profile, const Profile& before, Context& context);
Result<> take_the_photograph_away(Profile& profile, const Profile& before, Context& context);
Result<> note_asked(Profile& profile, const Profile& before, Context& context);
Result<> pass_to_a_home(Profile& profile, const Profile& before, Context& context);
Result<> note_end(Profile& profile, const Profile& before, Context& context);

// What the clocks ask (changes.cpp).
bool is_of_a_child_in_care(const void* facts);
bool is_of_another_child(const void* facts);

} // namespace reachable::profiles
