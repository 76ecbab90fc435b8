// The gateway of the settings that sends text messages on: where it is, the key under which each post is signed, and
// what stands as the sender.
#pragma once

#include "app/settings.h"
#include "base/bytes.h"
#include "base/sensitive.h"

#include <optional>

namespace reachable::app {

struct TextGateway {
    std::string url;
    Sensitive<Bytes> key;
    std::string sender;
};

/// Nothing where the settings name none. Refuses, by the setting, an address that may not be written to, a key that
/// cannot be read and a sender that no telephone shows: a service that cannot tell by text must not seem to.
Result<std::optional<TextGateway>> text_gateway_of(const Settings& settings);

} // namespace reachable::app
