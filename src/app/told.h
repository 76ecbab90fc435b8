// What a role was told, on the pages of whoever holds it: each notice in its words, with the case it leads to as far as
// its reader may see that now, and the button with which somebody acknowledges it.
#pragma once

#include "app/service.h"

namespace reachable::app {

/// What a notice of that code says. No name, no place, no offence: a reference leads to the record.
std::string notice_words(const casework::Desk& desk, std::string_view code);

constexpr std::size_t most_beside_a_queue = 10;
/// The newest that the visitor's role was told, at most so many. Each look at a case stands in the log, and that a
/// notice was shown stands beside it, as the proof that it reached somebody.
web::Html notices_for(const Service& service, const derived::Visit& visit, std::size_t most = most_beside_a_queue);

/// /notices and /notices/{id}/acknowledge
void add_notice_pages(web::Router& router, const Service& service);

} // namespace reachable::app
