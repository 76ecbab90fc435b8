#include "app/demo_people.h"

namespace reachable::app {
namespace {

/// The service goes on at the newest entry of the log (service.cpp): so it begins at that moment, also in a world
/// without a case.
void note_where_it_begins(const casework::Desk& desk, UtcTime now)
{
    desk.database.write([&](storage::Transaction& transaction) {
        auto entry = casework::audit_entry(desk, accounts::service_session(), RequestId{}, {}, {}, now);
        entry.operation = audit::Operation::administration;
        entry.action = "demo.begins";
        entry.outcome = "done";
        desk.log.append(transaction, std::move(entry));
    });
}

} // namespace

Result<DemoWorld> make_demo_world(const casework::Desk& desk, const accounts::SecretKeys& keys,
                                  const DemoOptions& options)
{
    bool is_empty = true;
    desk.database.read(
        [&](storage::Transaction& transaction) { is_empty = accounts::list_agencies(transaction).empty(); });
    if (!is_empty)
        return refuse(ProblemKind::conflict,
                      "This database holds agencies already: a demonstration starts from an empty one");
    auto people = TRY(make_people(desk, keys, options));
    const auto children = TRY(make_children(desk, options, people));
    if (!options.is_small) TRY(make_detentions(desk, options, people, children));
    note_where_it_begins(desk, options.now);
    return DemoWorld{.sign_ins = std::move(people.sign_ins),
                     .machine_token = std::move(people.machine_token),
                     .feed_token = std::move(people.feed_token)};
}

} // namespace reachable::app
