#include "policy/token_reader.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace reachable::policy {

bool is_keyword(std::string_view word)
{
    constexpr std::string_view keywords[] = {"may",    "to",     "of",    "for",     "while",  "when",     "unless",
                                             "sees",   "up",     "then",  "or",      "and",    "is",       "not",
                                             "show",   "needs",  "whole", "summary", "own",    "released", "their",
                                             "within", "now",    "law",   "after",   "with",   "ends",     "proved",
                                             "by",     "grants", "log",   "notify",  "expire", "review",   "nothing"};
    return std::ranges::find(keywords, word) != std::end(keywords);
}

bool TokenReader::is_at(std::string_view word) const
{
    const auto* token = here();
    return token != nullptr && token->kind != TokenKind::sentence && token->text == word;
}

bool TokenReader::take(std::string_view word)
{
    if (!is_at(word)) return false;
    ++next_;
    return true;
}

int TokenReader::line() const
{
    if (const auto* token = here()) return token->line;
    return tokens_.empty() ? 1 : tokens_.back().line;
}

std::string TokenReader::shown() const
{
    const auto* token = here();
    return token == nullptr ? "the end of this statement" : fmt::format("“{}”", token->text);
}

tl::unexpected<Problems> TokenReader::fault_at(int line, std::string_view sentence) const
{
    return refuse(ProblemKind::malformed, fmt::format("line {}: {}", line, sentence));
}

tl::unexpected<Problems> TokenReader::fault(std::string_view sentence) const
{
    return fault_at(line(), sentence);
}

Result<> TokenReader::expect(std::string_view words)
{
    for (const auto word : split(words, ' '))
        if (!take(word)) return fault(fmt::format("{} is not understood here. Here stands “{}”", shown(), word));
    return {};
}

Result<> TokenReader::expect_end(std::initializer_list<std::string_view> words) const
{
    if (is_at_end()) return {};
    const std::vector<std::string> known(words.begin(), words.end());
    const auto remedy = known.empty() ? "The statement ends before it" : remedy_for(here()->text, known);
    return fault(fmt::format("{} is not understood here. {}", shown(), remedy));
}

Result<std::string> TokenReader::sentence(std::string_view what)
{
    const auto* token = here();
    if (token == nullptr || token->kind != TokenKind::sentence || trim(token->text).empty())
        return fault(fmt::format("{} is not understood here. Here stands, between quotation marks, {}", shown(), what));
    ++next_;
    return token->text;
}

Result<std::string> TokenReader::name(std::string_view what)
{
    const auto* token = here();
    if (token == nullptr || token->kind != TokenKind::word || is_keyword(token->text))
        return fault(fmt::format("{} is not understood here. Here stands {}", shown(), what));
    ++next_;
    return token->text;
}

Result<std::size_t> TokenReader::one_of(Words known, std::string_view what)
{
    const auto* token = here();
    if (token == nullptr || token->kind != TokenKind::word)
        return fault(fmt::format("{} is not understood here. Here stands {}", shown(), what));
    const auto place = place_of(token->text, known);
    if (!place) return fault(fmt::format("“{}” is no {}. {}", token->text, what, remedy_for(token->text, known)));
    ++next_;
    return *place;
}

Result<std::uint64_t> TokenReader::list_of(Words known, std::string_view what, std::span<const NamedWords> groups)
{
    std::uint64_t bits = 0;
    for (const auto& word : TRY(words_of(known, what, groups))) bits |= std::uint64_t{1} << *place_of(word, known);
    return bits;
}

/// The word that stands here, whole: one that begins with a full stop begins as the word before it does.
Result<std::string> TokenReader::word_behind(const std::vector<std::string>& words) const
{
    const auto* token = here();
    if (token == nullptr || !token->text.starts_with('.')) return token == nullptr ? std::string() : token->text;
    if (words.empty())
        return fault(fmt::format("{} begins with a full stop, and nothing stands before it. Write it whole", shown()));
    const auto stop = words.back().find('.');
    if (stop == std::string::npos)
        return fault(
            fmt::format("{} begins with a full stop, and the word before it has none. Write it whole", shown()));
    return words.back().substr(0, stop) + token->text;
}

Result<std::vector<std::string>> TokenReader::words_of(Words known, std::string_view what,
                                                       std::span<const NamedWords> groups)
{
    std::vector<std::string> words;
    std::vector<std::string> written; // the same, with the names of groups as they stand
    do {
        const auto word = TRY(word_behind(written));
        const auto group = std::ranges::find(groups, word, &NamedWords::name);
        const bool is_word = here() != nullptr && here()->kind == TokenKind::word;
        if (!is_word || (group == groups.end() && !place_of(word, known))) {
            std::vector<std::string> all(known.begin(), known.end());
            for (const auto& one : groups) all.push_back(one.name);
            return tl::unexpected(one_of(all, what).error()); // says why it is not
        }
        const auto meant = group == groups.end() ? std::vector{word} : group->words;
        for (const auto& one : meant)
            if (std::ranges::find(words, one) != words.end())
                return group == groups.end()
                           ? fault(fmt::format("{} stands twice in this list. Say it once", shown()))
                           : fault(fmt::format("“{}” stands in this list and in “{}”. Say it once", one, word));
        words.insert(words.end(), meant.begin(), meant.end());
        written.push_back(word);
        ++next_;
    } while (take(","));
    return words;
}

Result<std::vector<std::string>> TokenReader::names(std::string_view what)
{
    std::vector<std::string> words;
    do {
        auto whole = TRY(word_behind(words));
        const bool is_short = here() != nullptr && here()->text != whole;
        auto word = TRY(name(what));
        if (is_short) word = std::move(whole);
        if (std::ranges::find(words, word) != words.end()) {
            --next_;
            return fault(fmt::format("{} stands twice in this list. Say it once", shown()));
        }
        words.push_back(std::move(word));
    } while (take(","));
    return words;
}

Result<int> TokenReader::count()
{
    const auto* token = here();
    int number = 0;
    if (token != nullptr && token->kind == TokenKind::word) {
        const auto* end = token->text.data() + token->text.size();
        const auto read = std::from_chars(token->text.data(), end, number);
        if (read.ec != std::errc{} || read.ptr != end || token->text.front() == '0') number = 0;
    }
    if (number < 1 || number > 100000)
        return fault(fmt::format("{} is no count. Write a number from 1 to 100000", shown()));
    ++next_;
    return number;
}

Result<std::chrono::seconds> TokenReader::duration()
{
    static const std::vector<std::string> units = {"second", "seconds", "minute", "minutes",
                                                   "hour",   "hours",   "day",    "days"};
    constexpr std::int64_t lengths[] = {1, 60, 3600, 86400};
    const auto number = TRY(count());
    return std::chrono::seconds{number * lengths[TRY(one_of(units, "unit of time")) / 2]};
}

} // namespace reachable::policy
