#include "web/components/script_messages.h"

namespace reachable::web {

void add_message(Attributes& attributes, std::string_view key, const std::string& message)
{
    attributes.add_if("data-i18n." + std::string(key), message);
}

void add_messages(Attributes& attributes, std::string_view key, const PluralMessages& messages)
{
    for (const auto& [rule, message] : messages) attributes.add("data-i18n." + std::string(key) + "." + rule, message);
}

} // namespace reachable::web
