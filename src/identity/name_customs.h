// What the words around a name are by custom: titles, particles, placeholders and prefixes. Tables, so that a custom
// that is missing is one line.
#pragma once

#include <cstdint>
#include <string_view>

namespace reachable::identity {

enum class WordCustom : std::uint8_t {
    none,
    title,                     // "miss", "dr"
    title_or_family,           // "lord": a title, but alone in the family's box it is a name
    particle,                  // "de", "al": left out before another word
    particle_or_name,          // "van", "bin", "do": the same, unless it comes first
    placeholder,               // "unknown", "baby"
    placeholder_unless_family, // "boy"
    counted_placeholder,       // "twin": takes the number behind it along
    negation,                  // "not", "no": a placeholder with the word behind it ("not known")
    negated,                   // "known", "stated": only behind a negation
    number,                    // "one", "ii", "a": only behind a counted placeholder
    gaelic_prefix,             // "mc", "mac"
    irish_son,                 // "o"
    irish_daughter,            // "ni", "nic"
    joined_prefix,             // "fitz", "st"
    servant,                   // "abdul": one name with the word behind it
};

WordCustom custom_of(std::string_view folded);

/// True for what follows Abdul in a name: "rahman", "aziz", and the consonants of the Arabic script.
bool completes_abdul(std::string_view folded);

/// The usual English spelling of an Irish family name behind Ó, Ní or Mac: "briain", "bhriain" give "brien". Empty for
/// any other word.
std::string_view english_of_irish(std::string_view folded);

/// True for names where "mac" is a prefix, not a syllable: "macdonald" and "macarthur", but not "macey", "machado".
bool has_mac_prefix(std::string_view folded);

} // namespace reachable::identity
