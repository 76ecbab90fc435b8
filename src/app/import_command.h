// `reachable import FILE …`: the people another system knows, and its missing episodes, brought into the record. Works
// while the service is stopped.
#pragma once

#include "app/setting_up.h"
#include "identity/feed.h"

namespace CLI {
class App;
}

namespace reachable::app {

/// Nobody waits meanwhile: the service is stopped. What is not durable yet is done again after an interruption.
inline constexpr std::size_t rows_of_an_import_at_once = 2000;

struct ImportAsked {
    std::string file;
    std::string mapping; // a file, too
    std::string agency;  // its code
    identity::Kept kept = identity::Kept::yes;
    std::string set_aside_to; // the table (CSV) of rows set aside to write; empty: none
};

/// Takes the file in; each batch has an entry in the audit log, with counts alone. `say` is told of the progress, in
/// lines. Gives the report.
Said import_people(const Administration& here, const ImportAsked& asked,
                   const std::function<void(std::string_view line)>& say);
/// The last twenty imports, one line each.
Said list_imports(const Administration& here);
/// Deletes the rows that an import set aside: whoever mended them needs them no more.
Said forget_set_aside(const Administration& here, std::int64_t import);

/// Adds the commands. When one of them is given, `chosen` holds what it does and gives its exit code.
void add_import_command(CLI::App& cli, std::function<int()>& chosen);

} // namespace reachable::app
