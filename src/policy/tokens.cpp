#include "policy/tokens.h"

#include "base/text.h"

#include <fmt/format.h>

namespace reachable::policy {

namespace {

bool is_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

bool is_sign(char c)
{
    return c == ',' || c == ';' || c == '<';
}

/// How far the token at `start` reaches; no further than the line does.
std::size_t end_of(std::string_view line, std::size_t start)
{
    if (line[start] == '#') return line.size();
    if (line[start] == '"') {
        const auto close = line.find('"', start + 1);
        return close == std::string_view::npos ? close : close + 1;
    }
    if (is_sign(line[start])) return start + 1;
    auto end = start;
    while (end < line.size() && is_of_word(line[end])) ++end;
    return end;
}

Token token_of(std::string_view text)
{
    if (text.front() == '#') return {.kind = TokenKind::comment, .text = std::string(trim(text.substr(1)))};
    if (text.front() == '"') return {.kind = TokenKind::sentence, .text = std::string(text.substr(1, text.size() - 2))};
    return {.kind = is_sign(text.front()) ? TokenKind::sign : TokenKind::word, .text = std::string(text)};
}

/// The tokens of one line; a sentence when it holds what no token is made of.
std::string add_line(std::vector<Token>& tokens, std::string_view line, int number, std::size_t line_at)
{
    for (std::size_t i = 0; i < line.size();) {
        if (line[i] == ' ' || line[i] == '\t' || line[i] == '\r') {
            ++i;
            continue;
        }
        const auto end = end_of(line, i);
        if (end == std::string_view::npos)
            return fmt::format("line {}: a sentence is not closed. End it with a quotation mark on the same line",
                               number);
        if (end == i)
            return fmt::format(
                "line {}: “{}” stands in no word of this language. Sentences stand between quotation marks", number,
                line.substr(i, line.find_first_of(" ,;\t", i) - i));
        auto token = token_of(line.substr(i, end - i));
        token.line = number;
        token.begins_statement = i == 0 && token.kind != TokenKind::comment;
        token.at = line_at + i;
        token.length = end - i;
        tokens.push_back(std::move(token));
        i = end;
    }
    return {};
}

} // namespace

Result<std::vector<Token>> tokens_of(std::string_view text)
{
    constexpr std::size_t most_bytes = 1 << 20;
    if (text.size() > most_bytes) return refuse(ProblemKind::too_large, "A policy has at most a megabyte");
    if (!is_clean_utf8(text)) return refuse(ProblemKind::malformed, "The policy is not clean UTF-8 text");
    std::vector<Token> tokens;
    Problems problems;
    int number = 1;
    std::size_t at = 0;
    for (const auto line : split(text, '\n')) {
        if (auto fault = add_line(tokens, line, number, at); !fault.empty())
            problems.push_back({ProblemKind::malformed, std::move(fault)});
        ++number;
        at += line.size() + 1;
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return tokens;
}

} // namespace reachable::policy
