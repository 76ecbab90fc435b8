// How a command says that it was refused.
#pragma once

#include "base/result.h"

namespace reachable::app {

/// Each sentence on a line of the error stream, with the field it is about where there is one; gives the exit code.
int refused(const Problems& problems);

} // namespace reachable::app
