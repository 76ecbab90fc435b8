#include "policy/mutations.h"

#include "policy/tokens.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::policy {

namespace {

using Lists = std::vector<std::vector<std::string>>;

std::vector<std::string> copy_of(Words words)
{
    return {words.begin(), words.end()};
}

/// Lists whose words may stand in each other's place.
Lists lists_of(const PolicyText& text)
{
    Lists lists = {copy_of(words_of_roles()),
                   copy_of(words_of_kinds()),
                   copy_of(words_of_categories()),
                   copy_of(words_of_labels()),
                   copy_of(words_of_relationships()),
                   copy_of(words_of_marks()),
                   {"and", "or"},
                   {"when", "unless"},
                   {"summary", "masked", "nothing"},
                   {"whole", "summary", "own", "released"},
                   {"purpose", "role", "kind", "action", "relationship", "record"},
                   {"second", "minute", "hour", "day"},
                   {"seconds", "minutes", "hours", "days"},
                   {"allow", "limit", "forbid"}};
    auto& purposes = lists.emplace_back();
    for (const auto& line : text.purposes) purposes.push_back(line.code);
    auto& views = lists.emplace_back();
    for (const auto& line : text.views) views.push_back(line.name);
    if (text.actions) lists.push_back(text.actions->actions);
    return lists;
}

bool is_number(std::string_view word)
{
    return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> alternatives_to(const Token& token, const Lists& lists)
{
    std::set<std::string> words = {""};
    if (token.kind == TokenKind::word) {
        for (const auto& list : lists)
            if (std::ranges::find(list, token.text) != list.end()) words.insert(list.begin(), list.end());
        if (is_number(token.text)) {
            const auto number = std::stol(token.text);
            words.insert(fmt::format("{}", number + 1));
            words.insert(fmt::format("{}", number - 1));
        }
        if (token.text == "is") words.insert("is not");
    }
    words.erase(token.text);
    return {words.begin(), words.end()};
}

} // namespace

std::vector<Mutation> mutations_of(std::string_view source, bool (*keep)(std::size_t number))
{
    std::vector<Mutation> mutations;
    const auto text = read_policy(source);
    const auto tokens = tokens_of(source);
    CHECK(text && tokens, "only a text that reads is changed by slips of the pen");
    const auto lists = lists_of(*text);
    std::size_t number = 0;
    for (const auto& token : *tokens) {
        if (token.kind == TokenKind::comment || token.kind == TokenKind::sentence) continue;
        for (const auto& word : alternatives_to(token, lists)) {
            if (!keep(number++)) continue;
            auto changed = std::string(source);
            changed.replace(token.at, token.length, word);
            mutations.push_back({token.line, token.text, word, std::move(changed)});
        }
    }
    return mutations;
}

} // namespace reachable::policy
