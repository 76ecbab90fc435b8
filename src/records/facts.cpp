#include "records/facts.h"

#include "base/number.h"

#include <algorithm>
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

namespace {

constexpr std::pair<std::string_view, std::string NamedPerson::*> members_of_a_person[] = {
    {"name", &NamedPerson::name},
    {"relation", &NamedPerson::relation},
    {"telephone", &NamedPerson::telephone},
    {"note", &NamedPerson::note}};

Result<NamedPerson> read_person(const Json& json)
{
    if (json.members() == nullptr) return wrong_kind();
    NamedPerson person;
    for (const auto& [given, value] : *json.members()) {
        const auto known = std::ranges::find(members_of_a_person, given, [](const auto& one) { return one.first; });
        if (known == std::end(members_of_a_person))
            return refuse(ProblemKind::malformed, "Give a person's name, relation, telephone and note only");
        person.*(known->second) = TRY(read_text(value, text_limit));
    }
    if (person.name.empty())
        return refuse(ProblemKind::missing, "Enter the name of each person. If it is not known, write who they are");
    return person;
}

} // namespace

std::string in_words(const NamedPerson& person)
{
    std::string words = person.name;
    for (const auto& more : {person.relation, person.telephone})
        if (!more.empty()) words += ", " + more;
    return person.note.empty() ? words : fmt::format("{} ({})", words, person.note);
}

Json Fact<std::vector<NamedPerson>>::write(const std::vector<NamedPerson>& value)
{
    auto list = Json::list();
    for (const auto& person : value) {
        auto item = Json::object();
        for (const auto& [name, member] : members_of_a_person)
            if (!(person.*member).empty()) item.set(name, person.*member);
        list.add(std::move(item));
    }
    return list;
}

Result<std::vector<NamedPerson>> Fact<std::vector<NamedPerson>>::read(const Json& json)
{
    std::vector<NamedPerson> people;
    if (is_nothing(json)) return people;
    if (json.items() == nullptr) return wrong_kind();
    if (json.items()->size() > most_named_people)
        return refuse(ProblemKind::too_large,
                      fmt::format("Name {} people or fewer, and write the others down in words", most_named_people));
    for (const auto& item : *json.items()) people.push_back(TRY(read_person(item)));
    return people;
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
