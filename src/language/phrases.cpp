#include "language/phrases.h"

#include "base/csv.h"
#include "base/number.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace reachable::language {
namespace {

std::vector<std::string> parts_of(std::string_view cell)
{
    std::vector<std::string> parts;
    for (const auto part : split(cell, '|'))
        if (!trim(part).empty()) parts.emplace_back(trim(part));
    return parts;
}

Result<Phrase> read_row(const CsvTable& table, const CsvTable::Row& row)
{
    const auto at = [&](std::string_view column) -> const std::string& { return table.cell(row, column); };
    const auto number = whole_number<int>(at("number"));
    if (!number || *number < 1) return refuse(ProblemKind::malformed, "A phrase needs a number");
    Phrase phrase{.number = *number,
                  .name = at("phrase"),
                  .patterns = parts_of(at("patterns")),
                  .exceptions = parts_of(at("exceptions")),
                  .better = parts_of(at("better")),
                  .advice = at("advice"),
                  .why = at("why"),
                  .may_change_decision = at("may_change_decision") == "yes",
                  .valid_from = TRY(parse_date(at("valid_from")))};
    if (!at("valid_to").empty()) phrase.valid_to = TRY(parse_date(at("valid_to")));
    if (phrase.patterns.empty() || phrase.why.empty() || (phrase.better.empty() && phrase.advice.empty()))
        return refuse(ProblemKind::missing, "A phrase needs a pattern, a reason, and better words or advice");
    return phrase;
}

Problems on_line(std::size_t line, Problems problems)
{
    for (auto& problem : problems) problem.sentence = fmt::format("Line {}: {}", line, problem.sentence);
    return problems;
}

/// "goes/went" as its words, each of which must stand as words of a text do.
Result<std::vector<std::string>> either_of(std::string_view piece)
{
    std::vector<std::string> either;
    for (const auto word : split(piece, '/')) {
        const auto read = words_of(word);
        if (read.size() != 1 || read.front().letters != word)
            return refuse(ProblemKind::malformed, fmt::format("“{}” is no word in lower case", word));
        either.emplace_back(word);
    }
    return either;
}

/// More ways through one pattern than anybody would write out.
constexpr std::size_t most_ways = 1000;

void add_once(std::vector<std::size_t>& all, std::size_t one)
{
    if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

} // namespace

Result<Phrases> Phrases::read(std::span<const std::filesystem::path> files)
{
    Phrases phrases;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        if (!in.is_open()) return refuse(ProblemKind::unavailable, "A list of phrases cannot be read");
        TRY(phrases.add_rows(text.str()));
    }
    return phrases;
}

Result<Phrases> Phrases::parse(std::string_view csv)
{
    Phrases phrases;
    TRY(phrases.add_rows(csv));
    return phrases;
}

Result<> Phrases::add_rows(std::string_view csv)
{
    const auto table = TRY(parse_csv(csv));
    TRY(table.require({"number", "phrase", "patterns", "exceptions", "better", "advice", "why", "may_change_decision",
                       "author", "reason", "valid_from", "valid_to"}));
    for (const auto& row : table.rows) {
        auto phrase = read_row(table, row);
        if (!phrase) return tl::unexpected(on_line(row.line, phrase.error()));
        const auto place = all_.size();
        for (const auto& pattern : phrase->patterns)
            if (auto added = add(pattern, &Node::phrases, place); !added)
                return tl::unexpected(on_line(row.line, added.error()));
        for (const auto& exception : phrase->exceptions)
            if (auto added = add(exception, &Node::exceptions, place); !added)
                return tl::unexpected(on_line(row.line, added.error()));
        all_.push_back(std::move(*phrase));
    }
    return {};
}

Result<std::vector<std::size_t>> Phrases::grow(const std::vector<std::size_t>& from, std::string_view piece)
{
    const bool may_be_left_out = piece.ends_with('?');
    if (may_be_left_out) piece.remove_suffix(1);
    auto to = may_be_left_out ? from : std::vector<std::size_t>{};
    const auto either = TRY(either_of(piece));
    for (const auto& word : either)
        for (const auto node : from) {
            const auto [way, is_new] = nodes_[node].next.try_emplace(word, nodes_.size());
            const auto next = way->second;
            if (is_new) nodes_.emplace_back();
            add_once(to, next);
        }
    return to;
}

Result<> Phrases::add(std::string_view pattern, std::vector<std::size_t> Node::* ends, std::size_t phrase)
{
    std::vector<std::size_t> at{0};
    for (const auto piece : split(pattern, ' ')) {
        at = TRY(grow(at, piece));
        if (at.size() > most_ways)
            return refuse(ProblemKind::too_many, fmt::format("“{}” can be read in too many ways", pattern));
    }
    if (std::ranges::find(at, 0U) != at.end())
        return refuse(ProblemKind::malformed, fmt::format("“{}” may be left out as a whole", pattern));
    for (const auto node : at) add_once(nodes_[node].*ends, phrase);
    return {};
}

const Phrase* Phrases::in_force(const std::vector<std::size_t>& rows, CivilDate day) const
{
    for (const auto row : rows)
        if (all_[row].is_in_force(day)) return &all_[row];
    return nullptr;
}

Phrases::Match Phrases::longest_at(std::span<const Word> words, CivilDate day) const
{
    Match longest;
    std::size_t node = 0;
    for (std::size_t count = 1; count <= words.size(); ++count) {
        const auto& word = words[count - 1];
        if (count > 1 && word.is_apart) break;
        const auto way = nodes_[node].next.find(word.letters);
        if (way == nodes_[node].next.end()) break;
        node = way->second;
        if (in_force(nodes_[node].exceptions, day) != nullptr)
            longest = {count, nullptr};
        else if (const auto* phrase = in_force(nodes_[node].phrases, day))
            longest = {count, phrase};
    }
    return longest;
}

std::vector<Place> Phrases::find(std::string_view text, CivilDate day) const
{
    std::vector<Place> places;
    const auto words = words_of(text);
    for (std::size_t at = 0; at < words.size();) {
        const auto match = longest_at(std::span(words).subspan(at), day);
        if (match.phrase != nullptr) places.push_back({match.phrase, words[at].begin, words[at + match.words - 1].end});
        at += std::max<std::size_t>(match.words, 1);
    }
    return places;
}

std::string words_at(std::string_view text, const Place& place)
{
    std::vector<std::string> words;
    for (auto& word : words_of(text.substr(place.begin, place.end - place.begin)))
        words.push_back(std::move(word.letters));
    return join(words, " ");
}

} // namespace reachable::language
