// Any bytes are either refused or read as an entry that is written in exactly those bytes.
#include "audit/entry_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace reachable;
    static audit::Entry used_before;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto entry = audit::parse_entry(text);
    const bool is_read_again = audit::read_entry(text, used_before).has_value();
    CHECK(entry.has_value() == is_read_again, "an entry was read once and refused once");
    if (!entry) return 0;
    CHECK(used_before == *entry, "an entry was read in two ways");
    CHECK(audit::canonical(*entry) == text, "an entry has two ways of being written");
    return 0;
}
