// Bytes from a client through the parser and the gate. The first byte says how the rest is cut into pieces, because
// what a request means must not depend on how the network delivered it.
#include "web/request_parser.h"

#include <cstdlib>

namespace {

using reachable::web::Request;
using reachable::web::RequestParser;
using State = RequestParser::State;

/// Everything that was read from a stream of requests, written down so that two readings can be compared.
std::string story_of(std::string_view bytes, std::size_t piece)
{
    RequestParser parser({.head_bytes = 2048, .body_bytes = 4096});
    std::string story;
    std::string arrived;
    std::size_t shown = 0;
    for (;;) {
        arrived.erase(0, parser.take(arrived));
        if (parser.state() == State::refused) return story + "refused " + std::to_string(parser.refusal().status);
        if (parser.state() == State::whole) {
            const bool keeps_alive = parser.keeps_alive();
            const auto request = parser.take_request();
            if (!request.path.starts_with('/')) std::abort();
            if (request.body.size() > 4096) std::abort();
            story += std::string(name_of(request.method)) + " " + request.path + " " + request.body + "\n";
            static_cast<void>(request.form());
            if (!keeps_alive) return story + "closed";
            parser.start();
            continue;
        }
        if (shown == bytes.size()) return story + "waiting";
        const auto next = bytes.substr(shown, piece);
        arrived += next;
        shown += next.size();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const auto bytes = reachable::as_text({data + 1, size - 1});
    const auto in_pieces = story_of(bytes, 1 + data[0] % 64U);
    const auto at_once = story_of(bytes, size);
    // A refusal may come for another reason when the bytes come otherwise, but what was answered before it may not
    // differ.
    const auto answered = [](const std::string& story) { return story.substr(0, story.rfind('\n') + 1); };
    if (answered(in_pieces) != answered(at_once)) std::abort();
    return 0;
}
