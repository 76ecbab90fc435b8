#include "app/import_words.h"

#include <fmt/format.h>

namespace reachable::app {

using identity::FeedCounts;

std::string rows_in_words(std::int64_t count)
{
    return fmt::format("{} row{}", count, count == 1 ? "" : "s");
}

std::string counts_in_words(const FeedCounts& counts)
{
    return fmt::format("{}: {} new, {} changed, {} withdrawn, {} that changed nothing, {} set aside",
                       rows_in_words(counts.rows), counts.is_new, counts.changed, counts.withdrawn, counts.same,
                       counts.quarantined);
}

std::string local_flags_in_words(const identity::LocalFlagCounts& counts)
{
    if (counts.carried == 0) return {};
    return fmt::format("{} local flag{}: {} with a code that is not mapped yet.\n", counts.carried,
                       counts.carried == 1 ? "" : "s", counts.not_mapped);
}

std::string counts_as_code(const FeedCounts& before, const FeedCounts& after)
{
    return fmt::format("rows={},new={},changed={},same={},withdrawn={},set-aside={}", after.rows - before.rows,
                       after.is_new - before.is_new, after.changed - before.changed, after.same - before.same,
                       after.withdrawn - before.withdrawn, after.quarantined - before.quarantined);
}

std::string_view batch_in_log(const identity::Import& after)
{
    return after.finished_at ? "identity.import_last" : "identity.import";
}

std::string handle_of(std::int64_t import)
{
    return fmt::format("import-{}", import);
}

} // namespace reachable::app
