// A number that a system gave a child, as a search asks for it: whose number it is comes from a dated list, on the page
// and over the API.
#pragma once

#include "casework/desk.h"

namespace reachable::app {

inline constexpr std::string_view identifier_kinds = "identity.identifier_kinds";

/// As it was typed, and the fields that problems are put down to.
struct IdentifierAsked {
    std::string kind;
    std::string issuer; // the organisation in whose own system it is a number
    std::string number;
    const char* kind_field = "identifier_kind";
    const char* issuer_field = "identifier_issuer";
    const char* number_field = "identifier";
};
/// Puts it into what is asked, or notes every problem; nothing where nothing was typed.
void add_identifier(const casework::Desk& desk, const IdentifierAsked& typed, UtcTime now,
                    identity::SourceRecord& asked, Problems& problems);

} // namespace reachable::app
