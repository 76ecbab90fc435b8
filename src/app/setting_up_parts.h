// What the commands of setting_up.h are put together from.
#pragma once

#include "app/setting_up.h"

namespace reachable::app {

/// Runs a body that refuses before it changes anything, in one write.
Said in_one_write(const Administration& here, const std::function<Said(storage::Transaction&)>& body);
/// One audit entry of an account administrator; `about` is the handle of the account or team concerned, `counts` what
/// was done in numbers alone.
void record(storage::Transaction& transaction, const Administration& here, std::string_view action, AgencyId agency,
            std::string about, std::string counts = {});

// Each refuses, in words for an administrator, what is not there.
Result<accounts::Agency> agency_named(storage::Transaction& transaction, const std::string& code);
/// Refuses an account that was ended, too.
Result<accounts::Worker> worker_named(storage::Transaction& transaction, const std::string& sign_in_name);
Result<accounts::Post> post_named(storage::Transaction& transaction, const accounts::Worker& worker,
                                  const PostNamed& named);
bool holds(storage::Transaction& transaction, const accounts::Post& post);
/// A worker who is not stored yet, with what was asked for checked.
Result<accounts::Worker> new_worker(const accounts::Agency& agency, const NewWorker& asked);

} // namespace reachable::app
