#include "records/facts.h"

#include "base/number.h"

#include <fmt/format.h>

namespace reachable::records {
namespace {

bool is_nothing(const Json& json)
{
    return json.is_null() || (json.text() != nullptr && trim(*json.text()).empty());
}

tl::unexpected<Problems> wrong_kind()
{
    return refuse(ProblemKind::malformed, "That value is not of the kind asked for");
}

} // namespace

Result<std::string> read_text(const Json& json, std::size_t limit)
{
    if (json.is_null()) return std::string{};
    if (json.text() == nullptr) return refuse(ProblemKind::malformed, "Give this as text");
    if (json.text()->size() > limit)
        return refuse(ProblemKind::too_large, fmt::format("Use {} characters or fewer", limit));
    if (!is_clean_utf8(*json.text()))
        return refuse(ProblemKind::malformed, "Use plain text without control characters");
    if (turns_direction(*json.text()))
        return refuse(ProblemKind::malformed, "Leave out the hidden characters that turn the direction of the text");
    return std::string(trim(*json.text()));
}

Result<std::optional<std::string>> given_text(const Json& json)
{
    if (is_nothing(json)) return std::optional<std::string>{};
    if (json.text() == nullptr) return wrong_kind();
    return std::optional<std::string>{*json.text()};
}

Json Fact<std::vector<std::string>>::write(const std::vector<std::string>& value)
{
    return Json::List(value.begin(), value.end());
}

Result<std::vector<std::string>> Fact<std::vector<std::string>>::read(const Json& json)
{
    std::vector<std::string> values;
    if (is_nothing(json)) return values;
    if (json.items() == nullptr) return wrong_kind();
    for (const auto& item : *json.items()) {
        auto value = TRY(read_text(item, text_limit));
        if (!value.empty()) values.push_back(std::move(value));
    }
    return values;
}

Result<std::optional<bool>> Fact<std::optional<bool>>::read(const Json& json)
{
    if (is_nothing(json)) return std::optional<bool>{};
    if (json.boolean() != nullptr) return std::optional<bool>{*json.boolean()};
    if (json.text() != nullptr && (*json.text() == "yes" || *json.text() == "no"))
        return std::optional<bool>{*json.text() == "yes"};
    return refuse(ProblemKind::malformed, "Choose yes or no");
}

Result<std::int64_t> Fact<std::int64_t>::read(const Json& json)
{
    if (json.integer() != nullptr) return *json.integer();
    const auto text = TRY(given_text(json));
    if (!text) return 0;
    const auto number = whole_number<std::int64_t>(trim(*text));
    if (!number) return refuse(ProblemKind::malformed, "Give a whole number");
    return *number;
}

Result<AnswerState> Fact<AnswerState>::read(const Json& json)
{
    const auto text = TRY(given_text(json));
    return text ? answer_state_from(*text) : AnswerState::not_asked;
}

} // namespace reachable::records
