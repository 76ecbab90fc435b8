// Profiles that are kept in case a child is missing. The reader's words for it stand in README.md.
#pragma once

#include "casework/declare.h"
#include "derived/site.h"
#include "lists/lists.h"
#include "storage/migrations.h"

namespace reachable::profiles {

const casework::CaseType& profile_type();

/// True if somebody of that role keeps profiles.
bool keeps_profiles(accounts::Role role);

std::string_view log_words(std::string_view action);
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();
std::span<const storage::Migration> migrations();
/// /profiles, /profiles/{id}, /profiles/{id}/photograph.
void add_pages(web::Router& router, const derived::Site& site);

/// The profile that is kept of the child, by any record of theirs; none: there is none.
CaseId open_profile_of(storage::Transaction& transaction, ChildId child);
/// The same for somebody who opens one: of a record that is closed to them nothing is told, as of a sealed one.
CaseId open_profile_of(storage::Transaction& transaction, ChildId child, const accounts::Session& session, UtcTime now);
/// An officer said that a life is in danger and opened one of these records, all of one child: who keeps a profile of
/// the child is told.
void tell_of_an_emergency(storage::Transaction& transaction, std::span<const ChildId> records, UtcTime now);

} // namespace reachable::profiles
