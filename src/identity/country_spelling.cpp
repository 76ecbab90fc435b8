#include "identity/country_spelling.h"

namespace reachable::identity {
namespace {

bool is_vowel(char letter)
{
    return std::string_view("aeiouyAEIOUY").find(letter) != std::string_view::npos;
}

bool starts_a_letter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

struct Swap {
    std::string_view from;
    std::string_view to;
};
/// Either side may stand for the other.
constexpr Swap swaps[] = {
    {"ee", "i"}, {"i", "y"},   {"ay", "ai"}, {"c", "k"},   {"ck", "k"},    {"ph", "f"},   {"ie", "y"}, {"s", "ss"},
    {"n", "nn"}, {"l", "ll"},  {"t", "th"},  {"a", "ah"},  {"e", "ea"},    {"o", "oe"},   {"u", "oo"}, {"er", "ar"},
    {"j", "g"},  {"z", "s"},   {"en", "yn"}, {"on", "en"}, {"ey", "ie"},   {"r", "rr"},   {"w", "v"},  {"th", "t"},
    {"k", "kh"}, {"ai", "ei"}, {"m", "mm"},  {"d", "dh"},  {"el", "elle"}, {"in", "een"}, {"ks", "x"}, {"q", "k"},
};

/// Where a blend may cut: behind a vowel (head) or before a consonant (tail), never inside a letter.
std::string_view head_of(std::string_view word, QuickRandom& random)
{
    auto end = random.between(2, 4);
    while (end < word.size() && !(is_vowel(word[end - 1]) && starts_a_letter(word[end]))) ++end;
    return word.substr(0, end);
}

std::string_view tail_of(std::string_view word, QuickRandom& random)
{
    const auto length = random.between(2, 5);
    auto start = word.size() > length ? word.size() - length : 0;
    while (start + 2 < word.size() && (is_vowel(word[start]) || !starts_a_letter(word[start]))) ++start;
    while (start < word.size() && !starts_a_letter(word[start])) ++start;
    return word.substr(start);
}

} // namespace

std::string capitalised(std::string word)
{
    bool is_first = true;
    for (auto& letter : word) {
        if (is_first && letter >= 'a' && letter <= 'z')
            letter = static_cast<char>(letter - 'a' + 'A');
        else if (!is_first && letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
        is_first = false;
    }
    return word;
}

std::string respelled(std::string word, QuickRandom& random)
{
    const auto first = random.below(std::size(swaps));
    const auto turn = random.below(2);
    for (std::size_t i = 0; i < std::size(swaps); ++i) {
        const auto& swap = swaps[(first + i) % std::size(swaps)];
        const auto from = turn == 0 ? swap.from : swap.to;
        const auto to = turn == 0 ? swap.to : swap.from;
        // The first letter stays: a family that spells a name in its own way seldom changes the initial.
        const auto at = word.find(from, 1);
        if (at == std::string::npos) continue;
        if (turn == 0 && word.compare(at, to.size(), to) == 0) continue; // "ll" would become "lll"
        return word.replace(at, from.size(), to);
    }
    return word;
}

std::string composed_family(const TraditionNames& names, QuickRandom& random)
{
    std::string word{names.stems.draw(random).word};
    if (!names.links.empty())
        for (auto links = random.of_thousand(250) ? 2 : 1; links > 0; --links) word += names.links.draw(random).word;
    word += names.endings.draw(random).word;
    if (word.front() >= 'a' && word.front() <= 'z') word = capitalised(std::move(word));
    if (random.of_thousand(350))
        for (auto changes = random.between(1, 3); changes > 0; --changes) word = respelled(std::move(word), random);
    return word;
}

std::string varied_given(const TraditionNames& names, Sex sex, QuickRandom& random)
{
    std::string word{names.given(sex).draw(random).word};
    if (random.of_thousand(500)) {
        const auto other = names.given(sex).draw(random).word;
        word = capitalised(std::string(head_of(word, random)) + std::string(tail_of(other, random)));
    }
    for (auto changes = random.between(0, 3); changes > 0; --changes) word = respelled(std::move(word), random);
    return word;
}

} // namespace reachable::identity
