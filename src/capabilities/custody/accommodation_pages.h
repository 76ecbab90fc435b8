// The record of a child who was charged and refused bail (PACE 1984, section 38(6)), as the pages about a detention
// speak of it.
#pragma once

#include "capabilities/custody/page_parts.h"

namespace reachable::custody {

/// True if there is something to see or to do about a bed for this visitor.
bool shows_the_bed(const Seen& seen);
/// True if something is awaited of the desk that was asked: answers, or a bed.
bool awaits_the_desk(const Seen& seen);
/// How it stands with the bed, and the way to its page; nothing where bail was not refused. `base`: "/custody/{id}" or
/// "/a/{token}".
Html how_the_bed_is(const Seen& seen, const std::string& base);

void add_accommodation_pages(web::Router& router, const Site& site);

} // namespace reachable::custody
