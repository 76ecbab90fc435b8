// What somebody who starts the service should hear before a child is booked in: in words, with what to do.
#pragma once

#include "app/service.h"

namespace reachable::app {

std::vector<std::string> start_warnings(const casework::Desk& desk, const Settings& settings);

} // namespace reachable::app
