// Any bytes are a text whose places lie in it one behind the other, and a list of phrases that is read or refused.
#include "language/phrases.h"

#include <cstdint>

namespace {

const reachable::language::Phrases& phrases()
{
    static const auto list = reachable::language::Phrases::parse(
        "number,phrase,patterns,exceptions,better,advice,why,may_change_decision,author,reason,valid_from,valid_to\n"
        "1,minor,minor/minors,minor injury/injuries,child,,impersonal,no,us,first,2026-01-01,\n"
        "2,to go,choose/chose to? go missing,,went missing,,hides why,yes,us,first,2026-01-01,\n"
        "3,will not,won't support,,does not want to,,reasons matter,yes,us,first,2026-01-01,\n");
    CHECK(list, "the list of the fuzzer cannot be read");
    return *list;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const reachable::CivilDate day = std::chrono::year{2026} / 11 / 29;
    std::size_t end = 0;
    for (const auto& place : phrases().find(text, day)) {
        CHECK(place.begin >= end && place.end > place.begin && place.end <= size, "a place lies outside the text");
        CHECK(!reachable::language::words_at(text, place).empty(), "a place holds no word");
        end = place.end;
    }
    const auto list = reachable::language::Phrases::parse(text);
    if (!list) CHECK(!list.error().empty(), "a list was refused without a problem");
    return 0;
}
