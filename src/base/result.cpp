#include "base/result.h"

#include <fmt/format.h>

namespace reachable {

std::string_view name_of(ProblemKind kind)
{
    switch (kind) {
    case ProblemKind::missing: return "missing";
    case ProblemKind::malformed: return "malformed";
    case ProblemKind::out_of_order: return "out_of_order";
    case ProblemKind::conflict: return "conflict";
    case ProblemKind::withheld: return "withheld";
    case ProblemKind::not_found: return "not_found";
    case ProblemKind::too_large: return "too_large";
    case ProblemKind::too_many: return "too_many";
    case ProblemKind::unavailable: return "unavailable";
    }
    throw Bug("a problem of no known kind");
}

std::string sentences(const Problems& problems)
{
    std::string all;
    for (const auto& problem : problems) {
        // A sentence that refuses stands alone on a page and so has no stop of its own.
        const bool is_closed = all.empty() || std::string_view(".?!").find(all.back()) != std::string_view::npos;
        if (!all.empty()) all += is_closed ? " " : ". ";
        all += problem.sentence;
    }
    return all;
}

void throw_bug(std::string_view sentence, std::source_location where)
{
    throw Bug(fmt::format("{} ({}:{})", sentence, where.file_name(), where.line()));
}

} // namespace reachable
