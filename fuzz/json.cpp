// Any bytes are either refused or read as a value that is written and read back without change.
#include "api/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto json = reachable::api::parse_json(text);
    if (!json) {
        CHECK(!json.error().empty() && !json.error().front().sentence.empty(), "JSON was refused without a sentence");
        return 0;
    }
    const auto written = reachable::api::write_json(*json);
    const auto again = reachable::api::parse_json(written, {.bytes = written.size(), .depth = 32});
    CHECK(again && *again == *json, "JSON changed between writing and reading");
    CHECK(reachable::api::write_json(*again) == written, "the same JSON was written in two ways");
    return 0;
}
