// The policy as tables, for docs/reference: who sees which group of fields, who may do what, and what cuts or denies
// it.
#pragma once

#include "policy/text.h"
#include "web/html.h"

namespace reachable::app {

/// A page in Markdown. One row for each rule that lets somebody read, one column for each field group; R: whole,
/// S: summary, O: only what their own organisation supplied, X: released item by item, –: hidden. The same policy gives
/// the same bytes.
std::string policy_matrix_page(const policy::PolicyText& policy);

/// The same of reading alone, for everybody: one row for each rule that lets somebody read, in words.
web::Html who_reads_what(const policy::PolicyText& policy);

} // namespace reachable::app
