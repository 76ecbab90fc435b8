// What this capability offers to app/: its case type, its lists and its pages.
#pragma once

#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::observations {

const casework::CaseType& observation_type();

/// True if somebody of that role writes down observations.
bool may_observe(accounts::Role role);
/// True if somebody of that role acknowledges and assesses those that their force is sent.
bool may_assess(accounts::Role role);

/// What an act or a look of this capability is called in a sentence of the log; empty if it is of another.
std::string_view log_words(std::string_view action);

/// The dated lists it reads, below the data folder.
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();

/// /observations, /observations/new, /observations/{id}.
void add_pages(web::Router& router, const derived::Site& site);

} // namespace reachable::observations
