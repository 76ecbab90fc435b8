// How the conformance test finds the renderers: for each GOV.UK component by its upstream name ("date-input"), a
// function that fills our struct from a fixture's `options` and renders it. Included by tests only.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/json.h"
#include "web/html.h"

namespace reachable::web {

using FixtureRenderer = std::function<Html(const Json& options)>;

/// The components people fill in (fixtures_form_test.cpp).
std::map<std::string, FixtureRenderer> form_components();
/// The components people read and move with (fixtures_content_test.cpp).
std::map<std::string, FixtureRenderer> content_components();

} // namespace reachable::web
