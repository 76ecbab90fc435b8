// Writes to a system of another organisation: one small post over TLS, with every size and every time bounded. No
// redirect is followed, no proxy of the environment is asked, and an address inside the own network is not written to,
// whatever name it hides behind: it is looked at when the connection is made.
#pragma once

#include "base/result.h"

#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace reachable::app {

/// Whether a message may go to an address that is not open to the whole world. Only the settings say so.
enum class Inside { no, yes };

struct Outgoing {
    std::string url;
    std::vector<std::string> headers; // "name: value"
    std::string body;
    Inside inside = Inside::no;
    bool keeps_answer = false; // of what came back, at most 16 KiB; never of one that is longer
};
struct OutgoingAnswer {
    std::int64_t status = 0; // of HTTP; 0: none came
    std::chrono::milliseconds took{0};
    std::string problem; // when none came; never an address
    std::string body;    // empty unless it was asked for
};

/// Refuses, in words for whoever registers it: anything but https, names of users, a part behind "#", and an address
/// that is too long. http is for this machine alone, and only where messages may go inside.
Result<> may_be_written_to(const std::string& url, Inside inside);
/// Writes it, and waits at most ten seconds. Of the answer its status alone is kept, unless more is asked for.
OutgoingAnswer write_out(const Outgoing& outgoing);

/// True for an address, of 4 or 16 bytes, that the registries have given to the world at large (RFC 6890): none of a
/// private network, this machine, its neighbours, a group, or one that wraps another.
bool is_public_address(std::span<const std::uint8_t> address);

} // namespace reachable::app
