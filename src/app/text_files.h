// Whole text files, as commands read and write them.
#pragma once

#include "base/result.h"

namespace reachable::app {

/// Refuses (unavailable) a file that cannot be read.
Result<std::string> text_of(const std::string& file);
/// Refuses (unavailable) when the file cannot be written to its end.
Result<> write_text(const std::string& file, const std::string& text);

} // namespace reachable::app
