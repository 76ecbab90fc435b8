// Any bytes are either refused, each problem with a sentence, or read as a table that is written and read back alike.
#include "base/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    auto table = reachable::parse_csv(text);
    if (!table) {
        CHECK(!table.error().empty(), "CSV was refused without a problem");
        for (const auto& problem : table.error()) CHECK(!problem.sentence.empty(), "a problem of CSV has no sentence");
        return 0;
    }
    // Names of our own: two names that differ only by the apostrophe of the guard would become one.
    for (std::size_t i = 0; i < table->header.size(); ++i) table->header[i] = std::to_string(i);
    const auto written = reachable::write_csv(*table);
    const auto again = reachable::parse_csv(written);
    CHECK(again && again->rows.size() == table->rows.size(), "a table that was written cannot be read");
    CHECK(reachable::write_csv(*again) == written, "the same table was written in two ways");
    return 0;
}
