// How the log is told to people: who by name, role and agency, and what they did in words that a practitioner would
// use.
#pragma once

#include "app/service.h"
#include "audit/sentences.h"

namespace reachable::app {

/// What stands behind the codes and handles of an entry. People are named: only who accounts for them reads this.
audit::Names names_for(storage::Transaction& transaction, const Service& service, const audit::Entry& entry);

} // namespace reachable::app
