// What this capability offers to app/: its case type, its lists, its pages.
#pragma once

#include "derived/site.h"
#include "lists/lists.h"

namespace reachable::custody {

const casework::CaseType& conversation_type();

/// The dated lists it reads, below the data folder.
std::span<const lists::ListFile> lists();
std::span<const std::string_view> clock_files();

/// `beside_the_brief`: what another capability tells custody of the same child, below the brief.
void add_pages(web::Router& router, const derived::Site& site, derived::HeadOf beside_the_brief = nullptr);

} // namespace reachable::custody
