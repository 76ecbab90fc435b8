// The sound of a word: rules by letters and their neighbours, the longest first. They are few on purpose. What they
// cannot meet (Oleksandr and Aleksandr, Siobhan and Shevaun) stands in the classes of names.
#include "identity/name_words.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace reachable::identity {

namespace {

constexpr std::size_t longest_sound = 8;

enum class Place : std::uint8_t { anywhere, start, inside };

/// Letters, where they stand, which letters must follow (empty: any or none), and their sound (empty: silent).
struct Rule {
    std::string_view letters;
    Place place;
    std::string_view followed_by;
    std::string_view sound;
};

using enum Place;

constexpr auto rules = std::to_array<Rule>({
    {"aghan", inside, "", "n"}, // Callaghan, Callahan
    {"bh", anywhere, "", "b"},   {"ck", anywhere, "", "k"},      {"cz", anywhere, "", "c"},
    {"chae", anywhere, "", "k"}, {"ch", anywhere, "rlmnt", "k"}, {"ch", anywhere, "", "c"},
    {"c", anywhere, "eiy", "s"}, {"c", anywhere, "", "k"},       {"dzh", anywhere, "", "j"},
    {"dge", anywhere, "", "j"},  {"dgi", anywhere, "", "j"},     {"dj", anywhere, "", "j"},
    {"dt", inside, "", "t"},     {"dh", anywhere, "", "d"},      {"gn", start, "", "n"},
    {"gh", start, "", "g"},      {"gh", inside, "aeiou", "g"},   {"gh", inside, "", ""},
    {"gg", inside, "", "g"},     {"g", anywhere, "eiy", "j"},    {"jh", anywhere, "", "j"},
    {"kn", start, "", "n"},      {"kh", anywhere, "", "k"},      {"ng", start, "", "n"},
    {"ngh", inside, "", "ng"},   {"ps", start, "", "s"},         {"ph", anywhere, "", "f"},
    {"q", anywhere, "", "k"},    {"rh", anywhere, "", "r"},      {"sch", anywhere, "", "s"},
    {"sz", anywhere, "", "s"},   {"sh", anywhere, "", "s"},      {"sc", anywhere, "eiy", "s"},
    {"tch", anywhere, "", "c"},  {"tz", anywhere, "", "ts"},     {"th", anywhere, "", "t"},
    {"ughan", inside, "", "n"}, // Vaughan, Vaughn
    {"v", inside, "", "f"},      {"wr", start, "", "r"},         {"wh", start, "", "v"},
    {"wsk", inside, "", "fsk"}, // Lewandowski, Lewandovski
    {"wicz", inside, "", "fc"},  {"wic", inside, "", "fc"},      {"w", start, "", "v"},
    {"xiu", start, "", "s"}, // Chinese x
    {"xia", start, "", "s"},     {"xin", start, "", "s"},        {"xue", start, "", "s"},
    {"xav", start, "", "zf"},    {"x", anywhere, "", "ks"},      {"yv", start, "", "af"}, // Yvonne, Evonne
    {"zh", start, "", "j"},      {"z", inside, "", "s"},
});

static_assert(std::is_sorted(rules.begin(), rules.end(), [](const Rule& one, const Rule& other) {
    return one.letters.front() < other.letters.front();
}));

/// The rules that begin with a letter.
struct Rules {
    std::size_t first = 0;
    std::size_t end = 0;
};

constexpr auto rules_by_letter = [] {
    std::array<Rules, 128> table{};
    for (std::size_t i = 0; i < rules.size(); ++i) {
        auto& each = table[static_cast<std::size_t>(rules[i].letters.front())];
        if (each.end == 0) each.first = i;
        each.end = i + 1;
    }
    return table;
}();

bool is_vowel(char letter)
{
    return std::string_view("aeiou").find(letter) != std::string_view::npos;
}

bool fits(const Rule& rule, std::string_view word, std::size_t at)
{
    if (rule.place != anywhere && (rule.place == start) != (at == 0)) return false;
    if (word.compare(at, rule.letters.size(), rule.letters) != 0) return false;
    if (rule.followed_by.empty()) return true;
    const auto behind = at + rule.letters.size();
    return behind < word.size() && rule.followed_by.find(word[behind]) != std::string_view::npos;
}

const Rule* rule_at(std::string_view word, std::size_t at)
{
    const auto [first, end] = rules_by_letter[static_cast<unsigned char>(word[at])];
    for (auto i = first; i < end; ++i) {
        if (fits(rules[i], word, at)) return &rules[i];
    }
    return nullptr;
}

/// Somali writes h as x and leaves a catch in the throat as c, which English leaves out: Xasan, Cali. Both letters mean
/// something else elsewhere, so the names are told by their stems.
bool is_silent_c(std::string_view word)
{
    constexpr auto stems = std::to_array<std::string_view>({"cabd", "caa", "cumar", "cusm", "cism", "ciis", "cilm",
                                                            "cigaal", "cawo", "cawal", "cawad", "cays", "casha",
                                                            "casiis", "caydar", "ceydar", "cadow", "cadd", "ceebl"});
    if (!word.starts_with('c')) return false;
    return word == "cali" ||
           std::any_of(stems.begin(), stems.end(), [&](std::string_view stem) { return word.starts_with(stem); });
}

bool has_somali_x(std::string_view word)
{
    constexpr auto fragments =
        std::to_array<std::string_view>({"maxam", "maxm", "muxa", "muxu", "muxi", "axm", "axa", "axu", "raxi", "raxm",
                                         "arax", "aalax", "salax", "nuux", "ruxi", "shux", "fatx", "zaxr", "saxr"});
    return std::any_of(fragments.begin(), fragments.end(),
                       [&](std::string_view fragment) { return word.find(fragment) != std::string_view::npos; });
}

/// Arabic's Abdul, Abdel, Abdur, Abdi: the article between servant and name is spelt in many ways, and not at all in
/// Somali. It is left out, but not the l of Abdullah.
void leave_out_article(std::string& word)
{
    if (!word.starts_with("abd")) return;
    std::size_t end = 3;
    if (end < word.size() && is_vowel(word[end])) ++end;
    const std::string_view behind = std::string_view(word).substr(end);
    const bool is_god = behind.starts_with("ll") || behind.starts_with("la");
    if (behind.starts_with('l') && !is_god) ++end;
    word.erase(3, end - 3);
}

/// The word in the spelling that the rules below read.
std::string prepared(std::string_view word)
{
    std::string letters;
    letters.reserve(word.size() + 1);
    for (const char letter : word) {
        const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (is_plain) letters += letter;
    }
    if (is_silent_c(letters)) letters.erase(0, 1);
    const bool is_chinese_or_greek =
        letters.starts_with("xi") || letters.starts_with("xue") || letters.starts_with("xav");
    if (letters.starts_with('x') && (!is_chinese_or_greek || letters.starts_with("xir"))) letters[0] = 'h';
    if (has_somali_x(letters)) std::replace(letters.begin(), letters.end(), 'x', 'h');
    if (letters.size() > 3 && letters.ends_with("vic")) letters += 'h';
    leave_out_article(letters);
    return letters;
}

/// Letters that no rule names. Vowels, h, w and y sound only where a word begins.
std::string_view sound_of_letter(std::string_view word, std::size_t at)
{
    const char letter = word[at];
    if (is_vowel(letter)) return at == 0 ? "a" : "";
    if (at != 0 && (letter == 'h' || letter == 'w' || letter == 'y')) return "";
    return word.substr(at, 1);
}

} // namespace

std::string sound_of(std::string_view word)
{
    const auto letters = prepared(word);
    std::string sound;
    std::size_t behind_last = 0;
    for (std::size_t at = 0; at < letters.size() && sound.size() < longest_sound;) {
        const auto* const rule = rule_at(letters, at);
        const auto heard = rule != nullptr ? rule->sound : sound_of_letter(letters, at);
        const auto next = at + (rule != nullptr ? rule->letters.size() : 1);
        // A doubled consonant is one; with a vowel between, it is two.
        const bool is_doubled = !heard.empty() && !sound.empty() && behind_last == at && sound.back() == heard.front();
        sound += is_doubled ? heard.substr(1) : heard;
        if (!heard.empty()) behind_last = next;
        at = next;
    }
    if (sound.size() > longest_sound) sound.resize(longest_sound);
    return sound;
}

} // namespace reachable::identity
