// What the pages of interviews share.
#pragma once

#include "derived/site.h"

#include <string>

namespace reachable::interviews {

std::string address_of(CaseId id);

/// /interviews/{id}/words: the words by which an interview is offered, in every language of the list; and those of one
/// language on a page of their own, for the child to read or to keep.
void add_words_pages(web::Router& router, const derived::Site& site);

} // namespace reachable::interviews
