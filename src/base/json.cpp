#include "base/json.h"

#include "base/result.h"

namespace reachable {

const Json* Json::find(std::string_view name) const
{
    const auto* all = members();
    if (all == nullptr) return nullptr;
    for (const auto& [key, value] : *all)
        if (key == name) return &value;
    return nullptr;
}

std::string Json::text_of(std::string_view name) const
{
    const auto* member = find(name);
    return member != nullptr && member->text() != nullptr ? *member->text() : std::string{};
}

Json& Json::set(std::string_view name, Json value)
{
    if (is_null()) value_ = Members{};
    CHECK(members() != nullptr, "a member was set on JSON that is no object");
    for (auto& [key, held] : *members()) {
        if (key != name) continue;
        held = std::move(value);
        return *this;
    }
    members()->emplace_back(std::string(name), std::move(value));
    return *this;
}

Json& Json::add(Json item)
{
    if (is_null()) value_ = List{};
    CHECK(items() != nullptr, "an item was added to JSON that is no list");
    items()->push_back(std::move(item));
    return *this;
}

} // namespace reachable
