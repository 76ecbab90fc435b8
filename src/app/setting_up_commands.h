// The subcommands by which an administrator fills a service: `reachable agency add`, `worker add`, … and
// `load-reference`.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace reachable::app {

/// Adds them to the command line. When one of them is given, `chosen` holds what it does and gives its exit code.
void add_setting_up_commands(CLI::App& cli, std::function<int()>& chosen);

} // namespace reachable::app
