#include "identity/name_classes.h"

#include "base/text.h"
#include "identity/folding.h"

#include <fmt/format.h>
#include <optional>

namespace reachable::identity {

namespace {

constexpr std::size_t most_problems = 20;

std::optional<ClassKind> kind_called(std::string_view name)
{
    if (name == "spelling") return ClassKind::spelling;
    if (name == "short_form") return ClassKind::short_form;
    if (name == "leading") return ClassKind::leading;
    if (name == "doubled") return ClassKind::doubled;
    return std::nullopt;
}

/// The words of a line, folded. Empty if one of them is not one word once folded.
bool read_words(std::string_view text, std::vector<std::string>& words)
{
    words.clear();
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
        if (text.empty()) return words.size() > 1;
        const auto end = std::min(text.find_first_of(" \t"), text.size());
        words.push_back(fold(text.substr(0, end)));
        text.remove_prefix(end);
        if (words.back().empty() || words.back().find(' ') != std::string::npos) return false;
    }
}

Problem problem_of(std::size_t line, std::string_view sentence)
{
    return {ProblemKind::malformed, fmt::format("Line {} of the names: {}", line, sentence)};
}

} // namespace

Result<NameClasses> NameClasses::read(std::string_view text)
{
    NameClasses names;
    Problems problems;
    std::vector<std::string> words;
    for (std::size_t line = 1; !text.empty() && problems.size() < most_problems; ++line) {
        const auto end = text.find('\n');
        const auto row = trim(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (row.empty() || row.starts_with('#')) continue;
        const auto comma = row.find(',');
        const auto kind = kind_called(trim(row.substr(0, comma)));
        if (comma == std::string_view::npos || !kind) {
            problems.push_back(problem_of(line, "begin with spelling, short_form, leading or doubled and a comma"));
        } else if (!read_words(row.substr(comma + 1), words)) {
            problems.push_back(problem_of(line, "write two or more words of letters with spaces between them"));
        } else {
            names.add(*kind, words);
        }
    }
    TRY(refuse_if_any(std::move(problems)));
    return names;
}

void NameClasses::add(ClassKind kind, const std::vector<std::string>& words)
{
    const auto number = static_cast<std::uint32_t>(kinds_.size());
    kinds_.push_back(kind);
    for (const auto& word : words) {
        auto& numbers = classes_[word];
        if (numbers.empty() || numbers.back() != number) numbers.push_back(number);
    }
}

std::span<const std::uint32_t> NameClasses::of(std::string_view word) const
{
    const auto found = classes_.find(word);
    if (found == classes_.end()) return {};
    return found->second;
}

} // namespace reachable::identity
