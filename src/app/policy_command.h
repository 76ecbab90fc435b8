// `reachable policy …`: check, print, explain, compare, test and sign a policy text, without a database; and decide
// again what the log of a database says was decided.
#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace reachable::app {

/// Adds them to the command line. When one of them is given, `chosen` holds what it does and gives its exit code.
void add_policy_command(CLI::App& cli, const std::string& default_file, std::function<int()>& chosen);

} // namespace reachable::app
