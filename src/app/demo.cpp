#include "app/demo_people.h"

namespace reachable::app {

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
    return DemoWorld{.sign_ins = std::move(people.sign_ins),
                     .machine_token = std::move(people.machine_token),
                     .feed_token = std::move(people.feed_token)};
}

} // namespace reachable::app
