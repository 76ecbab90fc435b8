#include "casework/writing.h"

#include <algorithm>

namespace reachable::casework {
namespace {

void add_part(std::vector<Written>& written, const Part& part, const Json& asked, const void* before, const void* after)
{
    const std::string name(part.name);
    if (part.key.empty()) {
        for (auto i = part.count(before); i < part.count(after); ++i)
            written.push_back({name, &part, part.fields, nullptr, part.at(after, i)});
    } else if (asked.items() != nullptr) {
        for (const auto& item : *asked.items()) {
            const auto key = item.text_of(part.key);
            written.push_back(
                {name + "-" + key, &part, part.fields, item_with(part, before, key), item_with(part, after, key)});
        }
    }
}

} // namespace

std::vector<FieldClass> Written::classes() const
{
    if (part == nullptr) return {fields.front().held};
    std::vector<FieldClass> classes;
    for (const auto* item : {before, after})
        if (item != nullptr) classes.push_back(class_of(*part, item));
    return classes;
}

bool Written::differs() const
{
    if (before == nullptr || after == nullptr) return before != after;
    return std::ranges::any_of(fields, [&](const Field& field) { return field.write(before) != field.write(after); });
}

std::vector<Written> written_by(const CaseType& type, const Action& action, const Json& asked, const void* before,
                                const void* after)
{
    std::vector<Written> written;
    const auto add_field = [&](std::string_view name, const Field& field) {
        written.push_back({std::string(name), nullptr, {&field, 1}, before, after});
    };
    if (action.name == correct_action)
        if (const auto* field = type.find_field(asked.text_of("field"))) add_field("value", *field);
    for (const auto& ask : asks_of(action)) {
        const auto* value = asked.find(ask.name);
        if (value == nullptr) continue;
        if (const auto* field = type.find_field(ask.name))
            add_field(ask.name, *field);
        else
            add_part(written, *type.find_part(ask.name), *value, before, after);
    }
    return written;
}

std::size_t slot_of(const Part& part, const void* facts, const Json& key)
{
    const auto count = part.count(facts);
    const auto* named = part.find_field(part.key);
    for (std::size_t i = 0; named != nullptr && i < count; ++i)
        if (named->write(part.at(facts, i)) == key) return i;
    return count;
}

const void* item_with(const Part& part, const void* facts, const Json& key)
{
    const auto slot = slot_of(part, facts, key);
    return slot == part.count(facts) ? nullptr : part.at(facts, slot);
}

bool is_needed(const CaseType& type, std::string_view field)
{
    return std::ranges::any_of(type.actions, [&](const Action& action) {
        const auto asks = asks_of(action);
        const auto* ask = find_named(asks, field);
        return ask != nullptr && ask->is_required;
    });
}

Problems broken_by_correction(const CaseType& type, std::string_view field, const void* before, const void* after,
                              const Context& context)
{
    Problems problems;
    std::vector<Condition> heard;
    for (const auto& action : type.actions) {
        const bool is_heard = std::ranges::find(heard, action.only_if) != heard.end();
        if (action.only_if == nullptr || is_heard || find_named(asks_of(action), field) == nullptr) continue;
        heard.push_back(action.only_if);
        const auto holds = action.only_if(after, context);
        if (holds) continue;
        const auto held = action.only_if(before, context);
        for (auto problem : holds.error()) {
            const bool stood = !held && std::ranges::find(held.error(), problem) != held.error().end();
            if (stood && problem.field != field) continue;
            problem.field = "value";
            problems.push_back(std::move(problem));
        }
    }
    return problems;
}

} // namespace reachable::casework
