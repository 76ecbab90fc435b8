#include "identity/likeness.h"

#include <algorithm>
#include <array>
#include <bit>

namespace reachable::identity {

bool share_a_class(const Vocabulary& vocabulary, const WordFacts& a, const WordFacts& b, ClassKind kind)
{
    for (const auto one : a.classes)
        for (const auto other : b.classes)
            if (one == other && vocabulary.kind_of_class(one) == kind) return true;
    return false;
}

namespace {

constexpr std::size_t longest_compared = 64;

/// Two words of this likeness by letters alone are near; found by trying on lists of typed names.
constexpr double near_by_letters = 0.85;

/// The same letters in another order, in a word long enough that it is no chance.
bool has_same_letters(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && a.size() >= 5 && std::ranges::is_permutation(a, b);
}

constexpr std::uint8_t other_letters = 40;

/// Folded texts hold little else; what has no index of its own is compared the slow way.
constexpr std::array<std::uint8_t, 256> make_indexes()
{
    std::array<std::uint8_t, 256> indexes{};
    indexes.fill(other_letters);
    constexpr std::string_view known = "abcdefghijklmnopqrstuvwxyz0123456789@.-_";
    for (std::size_t i = 0; i < known.size(); ++i)
        indexes[static_cast<unsigned char>(known[i])] = static_cast<std::uint8_t>(i);
    return indexes;
}

std::uint8_t index_of(char c)
{
    static constexpr auto indexes = make_indexes();
    return indexes[static_cast<unsigned char>(c)];
}

bool is_plain(std::string_view word)
{
    bool plain = true;
    for (const char c : word) plain &= index_of(c) != other_letters;
    return plain;
}

/// Where each letter stands in a word, one bit for each place.
using Places = std::array<std::uint64_t, other_letters + 1>;

/// A row of the table of distances after another, each number as it was written down by Wagner and Fischer 1974.
int slips_by_table(std::string_view a, std::string_view b)
{
    std::vector<std::vector<int>> table(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            auto& least = table[i][j];
            least = static_cast<int>(i + j);
            if (i == 0 || j == 0) continue;
            least = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                least = std::min(least, table[i - 2][j - 2] + 1);
        }
    return table[a.size()][b.size()];
}

/// A column of that table in two words of bits (Hyyro 2003, with exchanged neighbours).
int slips_by_bits(const Places& places, std::size_t length, std::string_view b)
{
    std::uint64_t up = ~std::uint64_t{0};
    std::uint64_t down = 0;
    std::uint64_t diagonal = 0;
    std::uint64_t before = 0;
    auto distance = static_cast<int>(length);
    const auto last = std::uint64_t{1} << (length - 1);
    for (const char letter : b) {
        const auto here = places[index_of(letter)];
        const auto exchanged = ((~diagonal & here) << 1U) & before;
        diagonal = (((here & up) + up) ^ up) | here | down | exchanged;
        auto across_up = down | ~(diagonal | up);
        auto across_down = diagonal & up;
        distance += (across_up & last) != 0 ? 1 : 0;
        distance -= (across_down & last) != 0 ? 1 : 0;
        across_up = across_up << 1U | 1U;
        across_down <<= 1U;
        up = across_down | ~(diagonal | across_up);
        down = across_up & diagonal;
        before = here;
    }
    return distance;
}

} // namespace

SlipsFrom::SlipsFrom(std::string_view word) : word_(word.substr(0, longest_compared)), is_plain_(is_plain(word_))
{
    for (std::size_t i = 0; i < word_.size(); ++i) places_[index_of(word_[i])] |= std::uint64_t{1} << i;
}

int SlipsFrom::to(std::string_view other, int most) const
{
    other = other.substr(0, longest_compared);
    const auto longer = static_cast<int>(std::max(word_.size(), other.size()));
    const auto shorter = static_cast<int>(std::min(word_.size(), other.size()));
    if (longer - shorter > most) return most + 1;
    if (shorter == 0) return longer;
    const auto slips =
        is_plain_ && is_plain(other) ? slips_by_bits(places_, word_.size(), other) : slips_by_table(word_, other);
    return std::min(slips, most + 1);
}

int slips_between(std::string_view a, std::string_view b, int most)
{
    const auto apart = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (static_cast<int>(apart) > most && std::max(a.size(), b.size()) <= longest_compared) return most + 1;
    return SlipsFrom(a).to(b, most);
}

double jaro_winkler(std::string_view a, std::string_view b)
{
    a = a.substr(0, longest_compared);
    b = b.substr(0, longest_compared);
    if (a.empty() || b.empty()) return a == b ? 1 : 0;
    const auto reach = std::max(a.size(), b.size()) / 2;
    const auto window = reach == 0 ? 0 : reach - 1;
    std::uint64_t taken = 0;
    std::array<char, longest_compared> matched{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto end = std::min(b.size(), i + window + 1);
        for (auto j = i > window ? i - window : 0; j < end; ++j) {
            if (b[j] != a[i] || (taken >> j & 1U) != 0) continue;
            taken |= std::uint64_t{1} << j;
            matched[count++] = a[i];
            break;
        }
    }
    if (count == 0) return 0;
    std::size_t out_of_order = 0;
    std::size_t at = 0;
    for (auto rest = taken; rest != 0; rest &= rest - 1)
        if (b[static_cast<std::size_t>(std::countr_zero(rest))] != matched[at++]) ++out_of_order;
    const auto m = static_cast<double>(count);
    const auto jaro = (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
                       (m - static_cast<double>(out_of_order) / 2) / m) /
                      3;
    std::size_t beginning = 0;
    while (beginning < std::min({a.size(), b.size(), std::size_t{4}}) && a[beginning] == b[beginning]) ++beginning;
    return jaro + static_cast<double>(beginning) * 0.1 * (1 - jaro);
}

Likeness likeness(const Vocabulary& vocabulary, WordId a, WordId b)
{
    return a == b ? Likeness::same : likeness(vocabulary, vocabulary.facts(a), vocabulary.facts(b));
}

namespace {

/// `slips_of` counts the slips between the two, to 2; it is not asked where they do not matter.
template <class Slips>
Likeness likeness_of(const Vocabulary& vocabulary, const WordFacts& a, const WordFacts& b, Slips slips_of)
{
    const auto one = a.text;
    const auto other = b.text;
    if (one == other) return Likeness::same;
    if (one.size() == 1 || other.size() == 1) return one[0] == other[0] ? Likeness::initial : Likeness::different;
    if (a.ungendered != 0 && a.ungendered == b.ungendered) return Likeness::spelling;
    if (share_a_class(vocabulary, a, b, ClassKind::spelling)) return Likeness::spelling;
    const bool is_short_form = share_a_class(vocabulary, a, b, ClassKind::short_form);
    const bool sounds_alike = a.sound != 0 && a.sound == b.sound;
    if (!is_short_form && !sounds_alike && std::popcount(a.letters ^ b.letters) > most_letters_apart)
        return Likeness::different;
    const auto shorter = std::min(one.size(), other.size());
    const auto slips = slips_of();
    // In a word of three letters one slip makes another name: Ann, Ian.
    if (slips == 1 && shorter >= 4) return Likeness::one_slip;
    if (is_short_form) return Likeness::short_form;
    if (sounds_alike) return Likeness::sounds_alike;
    if (slips == 1 || (slips == 2 && shorter >= 5) || has_same_letters(one, other)) return Likeness::near;
    if (jaro_winkler(one, other) >= near_by_letters) return Likeness::near;
    const auto& longer = one.size() > other.size() ? one : other;
    const auto begins = longer.starts_with(longer.data() == one.data() ? other : one);
    return begins && shorter >= 3 ? Likeness::near : Likeness::different;
}

} // namespace

Likeness likeness(const Vocabulary& vocabulary, const WordFacts& a, const WordFacts& b)
{
    return likeness_of(vocabulary, a, b, [&] { return slips_between(a.text, b.text, 2); });
}

Likeness likeness(const Vocabulary& vocabulary, const WordFacts& a, const WordFacts& b, int slips)
{
    return likeness_of(vocabulary, a, b, [slips] { return slips; });
}

Likeness LikenessMemory::remembered(WordId a, WordId b)
{
    const auto key = key_of(a, b);
    auto& place = places_[place_of(key)];
    if (place >> likeness_bits != key >> likeness_bits)
        place = key | static_cast<std::uint8_t>(likeness(vocabulary_, a, b));
    return static_cast<Likeness>(place & ((1U << likeness_bits) - 1));
}

LikenessMemory::LikenessMemory(const Vocabulary& vocabulary, std::size_t places)
    : vocabulary_(vocabulary), places_(std::bit_ceil(places)),
      shift_(64U - static_cast<unsigned>(std::countr_zero(std::bit_ceil(places))))
{
}

} // namespace reachable::identity
