// `reachable match …`: learn a model from the tables of several systems, link their records into people, and say how
// well it went. Works on files, without a database.
#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace reachable::app {

/// Adds them to the command line. When one of them is given, `chosen` holds what it does and gives its exit code.
/// `classes_file` holds the names that are one name.
void add_match_command(CLI::App& cli, const std::string& classes_file, std::function<int()>& chosen);

} // namespace reachable::app
