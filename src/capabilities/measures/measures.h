// What this capability offers to app/: counts of missing children, without any child. The reader's words for it stand
// in README.md.
#pragma once

#include "casework/desk.h"
#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::measures {

/// The action that the policy decides, for a page and for whoever asks whether a page would read otherwise.
inline constexpr std::string_view read_figures = "figures.read";

/// True if the policy lets this person read counts for the purpose they chose.
bool may_read_figures(const casework::Desk& desk, const accounts::Session& session, UtcTime now);

/// What the page of all forces would show this person now, in letters; nothing if they may not read it.
std::optional<std::string> national_letters(const casework::Desk& desk, const accounts::Session& session, UtcTime now);

std::span<const lists::ListFile> lists();
/// /missing/national, /missing/measures and /missing/measures.csv. `mark_of` makes of letters the mark that the page of
/// all forces carries, so that a screen learns when it would read otherwise.
void add_pages(web::Router& router, const derived::Site& site,
               std::function<web::LiveMark(const derived::Visit&, std::string_view letters)> mark_of);

} // namespace reachable::measures
