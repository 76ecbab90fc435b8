// How well a linkage or a search went, as a page that stands by itself (HTML, printable, readable without colour or
// script) and as a table of every figure (CSV), to be kept beside the model that was tried.
#pragma once

#include "base/csv.h"
#include "identity/assessment.h"
#include "identity/fairness.h"

#include <string>

namespace reachable::app {

/// A whole page. Every chart has its values beside it.
std::string report_page(const identity::Assessment& found);
std::string report_page(const std::vector<identity::TraditionFigures>& found, std::string_view model_version);

/// Columns: measure, of, value.
CsvTable report_table(const identity::Assessment& found);
CsvTable report_table(const std::vector<identity::TraditionFigures>& found);

} // namespace reachable::app
