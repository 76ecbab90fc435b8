#include "app/text_files.h"

#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace reachable::app {

Result<std::string> text_of(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    if (in) text << in.rdbuf();
    if (!in) return refuse(ProblemKind::unavailable, fmt::format("{} cannot be read", file));
    return text.str();
}

Result<> write_text(const std::string& file, const std::string& text)
{
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.flush();
    if (!out) return refuse(ProblemKind::unavailable, fmt::format("{} cannot be written", file));
    return {};
}

} // namespace reachable::app
