#include "records/document.h"

#include <algorithm>

namespace reachable::records {

void DocumentWriter::text(std::string_view name, std::string_view value)
{
    if (!value.empty()) json_.set(name, value);
}

void DocumentWriter::texts(std::string_view name, const std::vector<std::string>& values)
{
    if (values.empty()) return;
    auto items = Json::list();
    for (const auto& value : values) items.add(value);
    json_.set(name, std::move(items));
}

void DocumentWriter::flag(std::string_view name, bool value)
{
    if (value) json_.set(name, true);
}

void DocumentWriter::answer(std::string_view name, std::optional<bool> value)
{
    if (value) json_.set(name, *value);
}

void DocumentWriter::number(std::string_view name, std::int64_t value)
{
    json_.set(name, value);
}

void DocumentWriter::day(std::string_view name, const std::optional<CivilDate>& value)
{
    if (value) json_.set(name, to_iso(*value));
}

void DocumentWriter::day(std::string_view name, const std::optional<PartialDate>& value)
{
    if (value) json_.set(name, to_iso(*value));
}

void DocumentWriter::time(std::string_view name, const std::optional<UtcTime>& value)
{
    if (value) json_.set(name, to_iso(*value));
}

std::string DocumentReader::text(std::string_view name)
{
    const auto* member = find_text(name);
    return member == nullptr ? "" : *member;
}

std::vector<std::string> DocumentReader::texts(std::string_view name)
{
    std::vector<std::string> values;
    const auto* items = find_list(name);
    if (items == nullptr) return values;
    for (const auto& item : *items) {
        if (const auto* value = item.text())
            values.push_back(*value);
        else
            add(ProblemKind::malformed, "Give texts only", name);
    }
    return values;
}

std::optional<bool> DocumentReader::answer(std::string_view name)
{
    const auto* member = find(name);
    if (member == nullptr) return std::nullopt;
    if (const auto* value = member->boolean()) return *value;
    add(ProblemKind::malformed, "Give true or false", name);
    return std::nullopt;
}

std::optional<std::int64_t> DocumentReader::number(std::string_view name)
{
    const auto* member = find(name);
    if (member == nullptr) return std::nullopt;
    if (const auto* value = member->integer()) return *value;
    add(ProblemKind::malformed, "Give a whole number", name);
    return std::nullopt;
}

bool DocumentReader::has_problem(std::string_view name) const
{
    const auto path = path_of(name);
    return std::any_of(problems_.begin(), problems_.end(),
                       [&](const Problem& problem) { return problem.field == path; });
}

void DocumentReader::add(ProblemKind kind, std::string sentence, std::string_view name)
{
    problems_.push_back({kind, std::move(sentence), path_of(name)});
}

void DocumentReader::expect_object()
{
    if (document_.members() == nullptr)
        problems_.push_back({ProblemKind::malformed, "Give an object with members", path_});
}

std::string DocumentReader::path_of(std::string_view name) const
{
    return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
}

const Json* DocumentReader::find(std::string_view name) const
{
    const auto* member = document_.find(name);
    return member == nullptr || member->is_null() ? nullptr : member;
}

const std::string* DocumentReader::find_text(std::string_view name)
{
    const auto* member = find(name);
    if (member == nullptr) return nullptr;
    if (member->text() == nullptr) add(ProblemKind::malformed, "Give a text", name);
    return member->text();
}

const Json::List* DocumentReader::find_list(std::string_view name)
{
    const auto* member = find(name);
    if (member == nullptr) return nullptr;
    if (member->items() == nullptr) add(ProblemKind::malformed, "Give a list", name);
    return member->items();
}

} // namespace reachable::records
