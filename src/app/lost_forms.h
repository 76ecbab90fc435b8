// A form that was sent after its session had ended: nothing is saved, and nothing that was typed is lost. It is shown
// back as text to copy. It is kept nowhere, neither here nor in the browser.
#pragma once

#include "app/service.h"

namespace reachable::app {

/// The page that gives the form back; nothing unless this is a form of the very session that has ended. A form that
/// another site sent is not shown.
std::optional<web::Response> lost_form(const Service& service, const web::Request& request);

} // namespace reachable::app
