#include "app/refused.h"

#include <iostream>

namespace reachable::app {

int refused(const Problems& problems)
{
    for (const auto& problem : problems)
        std::cerr << problem.sentence << (problem.field.empty() ? "" : ": " + problem.field) << '\n';
    return 1;
}

} // namespace reachable::app
