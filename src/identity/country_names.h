// The names of an invented country: the naming traditions of people who live in the United Kingdom, each with its own
// words, shape and frequencies. The lists are general knowledge, written for this program; the frequencies are made up.
#pragma once

#include "identity/country_random.h"
#include "identity/source_record.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace reachable::identity {

enum class Tradition : std::uint8_t {
    british,
    irish,
    polish,
    romanian,
    south_asian_muslim,
    sikh,
    hindu,
    somali,
    arabic,
    turkish_kurdish,
    vietnamese,
    chinese,
    west_african,
    eritrean_ethiopian,
    portuguese_spanish,
    ukrainian,
    traveller,
};
constexpr std::size_t tradition_count = 17;

/// "british", "south_asian_muslim"
std::string_view code_of(Tradition tradition);

enum class Sex : std::uint8_t { female, male };
/// "female", "male", as a source record writes it.
std::string_view code_of(Sex sex);

/// The words of one tradition as they are written down here: entries between commas, the commonest first. An entry is
/// its usual spelling, then other spellings behind strokes, then the script of origin behind "=":
/// "Mohammed/Muhammad/Mohamed=محمد".
struct NameLists {
    std::string_view female;
    std::string_view male;
    std::string_view family;
    // Rarer family names are put together of a stem, sometimes a link, and an ending.
    std::string_view stems;
    std::string_view links;
    std::string_view endings;
    // How evenly the names are spread: the n-th of a list is drawn about 1/(n + this) as often as others.
    unsigned given_evenness = 12;
    unsigned family_evenness = 20;
    unsigned composed_in_thousand = 0; // family names put together so
    unsigned varied_in_thousand = 0;   // given names in a spelling or blend of the family's own
};
const NameLists& lists_of(Tradition tradition);

struct NameEntry {
    std::string_view word;
    std::vector<std::string_view> spellings; // other than `word`
    std::string_view script;                 // empty: none is known here
};

/// A list ready to be drawn from, by Zipf's law with its head cut off: the greater `evenness`, the more.
class NamePool {
  public:
    NamePool(std::string_view list, unsigned evenness);
    const NameEntry& draw(QuickRandom& random) const { return entries_[slots_[random.next() >> 52U]]; }
    std::span<const NameEntry> entries() const { return entries_; }
    bool empty() const { return entries_.empty(); }

  private:
    std::vector<NameEntry> entries_;
    std::array<std::uint16_t, 4096> slots_{};
};

/// Every list of a tradition, read once in the life of the program.
struct TraditionNames {
    explicit TraditionNames(Tradition tradition);
    const NamePool& given(Sex sex) const { return sex == Sex::female ? female : male; }
    /// The entry of a word in any of its spellings; nullptr when no list holds it.
    const NameEntry* entry(std::string_view word) const;

    NamePool female;
    NamePool male;
    NamePool family;
    NamePool stems;
    NamePool links;
    NamePool endings;
    unsigned composed_in_thousand;
    unsigned varied_in_thousand;

  private:
    std::unordered_map<std::string_view, const NameEntry*> by_word_;
};
const TraditionNames& names_of(Tradition tradition);

/// What the members of a household have in common in their names.
struct FamilyNames {
    std::string family;  // in the form of a man where the form depends on sex
    std::string mothers; // the mother's own family name; only where the custom needs it
    std::string father;  // given names of the father and his father; only where the custom needs them
    std::string grandfather;
    std::uint32_t custom = 0; // 0 to 999: which of its tradition's customs the household keeps
};
FamilyNames family_names(Tradition tradition, QuickRandom& random);

/// The family name that somebody of that sex bears in this family: "Kowalska" beside "Kowalski", "Kaur" beside "Singh".
std::string family_name_for(Tradition tradition, Sex sex, const FamilyNames& names);

/// One given name, without those behind it.
std::string given_name(Tradition tradition, Sex sex, QuickRandom& random);

/// The whole name in the two boxes of a British form: `given` is one given name, to which the middle names, patronymics
/// and honorifics of the tradition are added.
SourceName full_name(Tradition tradition, Sex sex, const FamilyNames& names, std::string given, QuickRandom& random);

/// The same words in the script of origin; empty where a word of the name has none here.
std::string in_script(Tradition tradition, std::string_view words);

/// True where the family name stands first when a name is said or written whole.
bool is_family_first(Tradition tradition);

/// Letters with marks as plain ones: "Łukasz" gives "Lukasz". Other scripts stay as they are.
std::string without_marks(std::string_view text);

} // namespace reachable::identity
