#include "casework/writing.h"

#include <algorithm>

namespace reachable::casework {
namespace {

std::optional<Ask> ask_for(const Action& action, std::string_view name)
{
    for (const auto& ask : asks_of(action))
        if (ask.name == name) return ask;
    return std::nullopt;
}

void add_item(std::vector<Written>& written, const Part& part, const void* facts, const Json& item)
{
    const auto slot = slot_of(part, facts, item);
    if (slot == part.count(facts)) return;
    written.push_back({class_of(part, part.at(facts, slot)), std::string(part.name) + "-" + item.text_of(part.key)});
}

void add_part(std::vector<Written>& written, const Part& part, const Json& asked, const void* before, const void* after)
{
    if (part.key.empty()) {
        for (auto i = part.count(before); i < part.count(after); ++i)
            written.push_back({class_of(part, part.at(after, i)), std::string(part.name)});
        return;
    }
    for (const auto& item : *asked.items()) {
        add_item(written, part, before, item);
        add_item(written, part, after, item);
    }
}

} // namespace

std::vector<Written> written_by(const CaseType& type, const Action& action, const Json& asked, const void* before,
                                const void* after)
{
    std::vector<Written> written;
    if (action.name == correct_action) return {{type.find_field(asked.text_of("field"))->held, "value"}};
    for (const auto& ask : asks_of(action)) {
        const auto* value = asked.find(ask.name);
        if (value == nullptr) continue;
        if (const auto* field = type.find_field(ask.name))
            written.push_back({field->held, std::string(ask.name)});
        else
            add_part(written, *type.find_part(ask.name), *value, before, after);
    }
    return written;
}

std::size_t slot_of(const Part& part, const void* facts, const Json& item)
{
    const auto count = part.count(facts);
    if (part.key.empty()) return count;
    const auto* key = part.find_field(part.key);
    for (std::size_t i = 0; i < count; ++i)
        if (key->write(part.at(facts, i)) == Json(item.text_of(part.key))) return i;
    return count;
}

bool is_needed(const CaseType& type, std::string_view field)
{
    return std::any_of(type.actions.begin(), type.actions.end(), [&](const Action& action) {
        const auto ask = ask_for(action, field);
        return ask && ask->is_required;
    });
}

Problems broken_by_correction(const CaseType& type, std::string_view field, const void* before, const void* after,
                              const Context& context)
{
    Problems problems;
    std::vector<Condition> heard;
    for (const auto& action : type.actions) {
        const bool is_heard = std::find(heard.begin(), heard.end(), action.only_if) != heard.end();
        if (action.only_if == nullptr || is_heard || !ask_for(action, field)) continue;
        heard.push_back(action.only_if);
        const auto holds = action.only_if(after, context);
        if (holds) continue;
        const auto held = action.only_if(before, context);
        for (auto problem : holds.error()) {
            const bool stood =
                !held && std::find(held.error().begin(), held.error().end(), problem) != held.error().end();
            if (stood && problem.field != field) continue;
            problem.field = "value";
            problems.push_back(std::move(problem));
        }
    }
    return problems;
}

} // namespace reachable::casework
