#include "storage/query_each.h"

namespace reachable::storage {

std::vector<Rows> query_each(Transaction& transaction, std::string_view sql, std::span<const Values> all)
{
    if (auto* together = dynamic_cast<AsksTogether*>(&transaction)) return together->query_each(sql, all);
    std::vector<Rows> answers;
    answers.reserve(all.size());
    for (const auto& values : all) answers.push_back(transaction.query(sql, values));
    return answers;
}

} // namespace reachable::storage
