// Family names that end by the gender of who bears them.
#include "identity/name_words.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace reachable::identity {

namespace {

struct Ending {
    std::string_view woman;
    std::string_view man;
    std::size_t shortest; // how long the whole word is at least, so that short given names are left alone
};

constexpr auto endings = std::to_array<Ending>({
    {"dzka", "dzki", 6},         // Polish: Zawadzka
    {"cka", "cki", 6},           // Nowicka
    {"skaya", "sky", 7},         // Russian: Kovalskaya
    {"skaia", "sky", 7},         //
    {"ska", "ski", 5},           // Kowalska
    {"auskiene", "auskas", 10},  // Lithuanian: Kazlauskiene, Kazlauskaite
    {"auskaite", "auskas", 10},  //
    {"inskiene", "inskas", 10},  //
    {"inskaite", "inskas", 10},  //
    {"eviciene", "evicius", 10}, // Stankeviciene
    {"eviciute", "evicius", 10}, //
    {"aviciene", "avicius", 10}, //
    {"aviciute", "avicius", 10}, //
    {"aitiene", "aitis", 9},     //
    {"aityte", "aitis", 8},      //
    {"opoulou", "opoulos", 9},   // Greek: Papadopoulou
    {"iadou", "iadis", 8},       // Dimitriadou
    {"idou", "idis", 7},         // Ioannidou
    {"dottir", "son", 9},        // Icelandic: Jonsdottir
    {"shkina", "shkin", 8},      // Russian: Pushkina
    {"okina", "okin", 7},        // Sorokina
    {"itina", "itin", 7},        // Nikitina
    {"shina", "shin", 8},        // Alyoshina
    {"ova", "ov", 6},            // Ivanova
    {"eva", "ev", 7},            // Andreeva
    {"yeva", "yev", 6},          //
});

/// Czech and Slovak add -ova to the whole name where Russian and Bulgarian turn -ov to -ova; only knowing the name
/// tells them apart. The common ones, by the name of the man.
constexpr auto czech_and_slovak = [] {
    auto names = std::to_array<std::string_view>({
        "novak",  "dvorak",  "horak",  "kral",   "benes",    "sedlak", "dolezal", "zeman",  "kolar",
        "horvat", "horvath", "toth",   "nagy",   "balog",    "balogh", "kovac",   "balaz",  "molnar",
        "lukac",  "gazi",    "bandy",  "danko",  "cernak",   "hudak",  "polak",   "szabo",  "urban",
        "simko",  "kovacik", "gabor",  "rac",    "cervenak", "olah",   "lakatos", "kotlar", "pospisil",
        "hajek",  "jelinek", "blazek", "marek",  "bartos",   "vlcek",  "soukup",  "nemec",  "masek",
        "mask",   "tomas",   "badi",   "tancos", "sivak",    "holub",
    });
    std::sort(names.begin(), names.end());
    return names;
}();

/// Stems that the man's name ends otherwise: "svobodova" comes of "svoboda", "hajkova" of "hajek".
constexpr auto restored = std::to_array<Ending>({
    {"svobod", "svoboda", 0},
    {"prochazk", "prochazka", 0},
    {"kucer", "kucera", 0},
    {"ruzick", "ruzicka", 0},
    {"sykor", "sykora", 0},
    {"nemc", "nemec", 0},
    {"mask", "masek", 0},
    {"hajk", "hajek", 0},
    {"jelink", "jelinek", 0},
    {"vlck", "vlcek", 0},
    {"blazk", "blazek", 0},
    {"fial", "fiala", 0},
    {"varg", "varga", 0},
    {"conk", "conka", 0},
    {"mirg", "mirga", 0},
    {"pusk", "puska", 0},
});

/// Whole names: endings that too many other names share, and given names that only seem to have one.
constexpr auto whole = std::to_array<Ending>({
    {"novotna", "novotny", 0},
    {"cerna", "cerny", 0},
    {"vesela", "vesely", 0},
    {"pokorna", "pokorny", 0},
    {"berzina", "berzins", 0},
    {"kalnina", "kalnins", 0},
    {"ozolina", "ozolins", 0},
    {"liepina", "liepins", 0},
    {"krumina", "krumins", 0},
    {"jansone", "jansons", 0},
    {"putina", "putin", 0},
    {"ilyina", "ilyin", 0},
    {"elisheva", "elisheva", 0},
    {"genoveva", "genoveva", 0},
    {"fomina", "fomin", 0},
    {"tolstaya", "tolstoy", 0},
});

} // namespace

std::string without_gender(std::string_view word)
{
    const auto* const known =
        std::find_if(whole.begin(), whole.end(), [&](const Ending& row) { return row.woman == word; });
    if (known != whole.end()) return std::string(known->man);
    if (word.size() > 5 && word.ends_with("ova")) {
        const auto stem = word.substr(0, word.size() - 3);
        const auto* const changed =
            std::find_if(restored.begin(), restored.end(), [&](const Ending& row) { return row.woman == stem; });
        if (changed != restored.end()) return std::string(changed->man);
        if (std::binary_search(czech_and_slovak.begin(), czech_and_slovak.end(), stem)) return std::string(stem);
    }
    for (const auto& [woman, man, shortest] : endings) {
        if (word.size() < shortest || !word.ends_with(woman)) continue;
        std::string name(word.substr(0, word.size() - woman.size()));
        return name.append(man);
    }
    return std::string(word);
}

} // namespace reachable::identity
