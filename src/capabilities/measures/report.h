// The measures of a quarter as they may be told: what is held back is not in it, so that the page and the file are made
// of nothing else.
#pragma once

#include "base/small_counts.h"
#include "capabilities/measures/figures.h"
#include "casework/desk.h"

namespace reachable::measures {

/// A quarter of London's calendar: "2026-Q4".
struct Quarter {
    int year = 2026;
    int number = 1;
    bool operator==(const Quarter&) const = default;
};
Quarter quarter_of(CivilDate day);
Quarter before(const Quarter& quarter);
std::string code_of(const Quarter& quarter);
/// Only as `code_of` writes it.
std::optional<Quarter> quarter_from(std::string_view code);
/// "July to September 2026"
std::string words_of(const Quarter& quarter);
Period period_of(const Quarter& quarter);

/// One number of a row, with its share of the row's base.
struct Figure {
    ToldCount count;
    std::optional<std::int64_t> share; // per cent; nothing: it may not be told, or there is none
};
struct MeasuredRow {
    std::string label;
    std::vector<Figure> figures; // one for each heading
};
/// One measure: rows of groups under headings.
struct Measure {
    std::string code; // measures.definitions
    std::vector<std::string> headings;
    std::vector<MeasuredRow> rows;
};
/// All that is recorded, of one force or of all (none).
std::vector<Measure> measures_of(storage::Transaction& transaction, const casework::Desk& desk, const Quarter& quarter,
                                 AgencyId force, UtcTime now);

} // namespace reachable::measures
