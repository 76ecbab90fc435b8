#include "casework/facts.h"

#include <charconv>
#include <fmt/format.h>

namespace reachable::casework {
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
    return std::string(trim(*json.text()));
}

Json Fact<std::vector<std::string>>::write(const std::vector<std::string>& value)
{
    auto list = Json::list();
    for (const auto& item : value) list.add(item);
    return list;
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
    if (is_nothing(json)) return 0;
    if (json.integer() != nullptr) return *json.integer();
    if (json.text() == nullptr) return wrong_kind();
    const auto text = trim(*json.text());
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return refuse(ProblemKind::malformed, "Give a whole number");
    return number;
}

Result<std::optional<UtcTime>> Fact<std::optional<UtcTime>>::read(const Json& json)
{
    if (is_nothing(json)) return std::optional<UtcTime>{};
    if (json.text() == nullptr) return wrong_kind();
    return std::optional<UtcTime>{TRY(parse_utc(*json.text()))};
}

Result<std::optional<CivilDate>> Fact<std::optional<CivilDate>>::read(const Json& json)
{
    if (is_nothing(json)) return std::optional<CivilDate>{};
    if (json.text() == nullptr) return wrong_kind();
    return std::optional<CivilDate>{TRY(parse_date(*json.text()))};
}

Result<std::optional<PartialDate>> Fact<std::optional<PartialDate>>::read(const Json& json)
{
    if (is_nothing(json)) return std::optional<PartialDate>{};
    if (json.text() == nullptr) return wrong_kind();
    return std::optional<PartialDate>{TRY(parse_partial_date(*json.text()))};
}

Result<records::AnswerState> Fact<records::AnswerState>::read(const Json& json)
{
    if (is_nothing(json)) return records::AnswerState::not_asked;
    if (json.text() == nullptr) return wrong_kind();
    return records::answer_state_from(*json.text());
}

} // namespace reachable::casework
