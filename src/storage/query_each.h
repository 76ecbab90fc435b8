// One statement asked with many sets of values: for whoever has many questions of one kind before the first answer is
// needed, as a batch of a feed has.
#pragma once

#include "storage/database.h"

#include <span>

namespace reachable::storage {

/// A session to which many questions can travel together, and their answers back.
class AsksTogether {
  public:
    virtual ~AsksTogether() = default;
    virtual std::vector<Rows> query_each(std::string_view sql, std::span<const Values> all) = 0;
};

/// The answers in the order of the values, each as `query` gives it. With a server they take a few round trips and not
/// one each; a file has none to spare.
std::vector<Rows> query_each(Transaction& transaction, std::string_view sql, std::span<const Values> all);

} // namespace reachable::storage
