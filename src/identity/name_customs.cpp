#include "identity/name_customs.h"

#include <algorithm>
#include <array>
#include <string>

namespace reachable::identity {

namespace {

struct Custom {
    std::string_view word;
    WordCustom custom;
};

struct Spelling {
    std::string_view irish;
    std::string_view english;
};

using enum WordCustom;

constexpr auto customs_as_listed = std::to_array<Custom>({
    {"mr", title},
    {"mrs", title},
    {"miss", title},
    {"ms", title},
    {"mx", title},
    {"dr", title},
    {"prof", title},
    {"professor", title},
    {"sir", title},
    {"rev", title},
    {"revd", title},
    {"reverend", title},
    {"jr", title},
    {"jnr", title},
    {"snr", title},
    {"esq", title},
    {"messrs", title},
    {"mstr", title},
    {"mme", title},
    {"mlle", title},
    {"shri", title},
    {"smt", title},
    {"cllr", title},
    {"hon", title_or_family},
    {"master", title_or_family},
    {"lord", title_or_family},
    {"lady", title_or_family},
    {"dame", title_or_family},
    {"doctor", title_or_family},
    {"sister", title_or_family},
    {"father", title_or_family},
    {"al", particle},
    {"el", particle},
    {"ul", particle},
    {"ur", particle},
    {"ibn", particle},
    {"binti", particle},
    {"bint", particle},
    {"binte", particle},
    {"ould", particle},
    {"de", particle},
    {"des", particle},
    {"du", particle},
    {"del", particle},
    {"della", particle},
    {"dello", particle},
    {"di", particle},
    {"der", particle},
    {"den", particle},
    {"ter", particle},
    {"von", particle},
    {"zu", particle},
    {"zum", particle},
    {"zur", particle},
    {"af", particle},
    {"av", particle},
    {"ap", particle},
    {"ferch", particle},
    {"verch", particle},
    {"dos", particle},
    {"das", particle},
    {"aka", particle},
    {"alias", particle},
    {"nee", particle},
    {"of", particle},
    {"formerly", particle},
    {"thi", particle_or_name},
    {"van", particle_or_name},
    {"bin", particle_or_name},
    {"ben", particle_or_name},
    {"da", particle_or_name},
    {"do", particle_or_name},
    {"ab", particle_or_name},
    {"la", particle_or_name},
    {"unknown", placeholder},
    {"unk", placeholder},
    {"unkn", placeholder},
    {"unknwn", placeholder},
    {"tbc", placeholder},
    {"tba", placeholder},
    {"tbd", placeholder},
    {"nil", placeholder},
    {"null", placeholder},
    {"none", placeholder},
    {"anon", placeholder},
    {"anonymous", placeholder},
    {"unnamed", placeholder},
    {"undisclosed", placeholder},
    {"unborn", placeholder},
    {"unspecified", placeholder},
    {"unidentified", placeholder},
    {"stillborn", placeholder},
    {"foetus", placeholder},
    {"fetus", placeholder},
    {"baby", placeholder},
    {"infant", placeholder},
    {"newborn", placeholder},
    {"neonate", placeholder},
    {"bebe", placeholder},
    {"xx", placeholder},
    {"xxx", placeholder},
    {"xxxx", placeholder},
    {"fnu", placeholder},
    {"lnu", placeholder},
    {"nmn", placeholder},
    {"nfn", placeholder},
    {"forename", placeholder},
    {"surname", placeholder},
    {"firstname", placeholder},
    {"lastname", placeholder},
    {"refused", placeholder},
    {"withheld", placeholder},
    {"notknown", placeholder},
    {"nk", placeholder},
    {"boy", placeholder_unless_family},
    {"girl", placeholder_unless_family},
    {"male", placeholder_unless_family},
    {"female", placeholder_unless_family},
    {"child", placeholder_unless_family},
    {"blank", placeholder_unless_family},
    {"twin", counted_placeholder},
    {"triplet", counted_placeholder},
    {"twins", counted_placeholder},
    {"quad", counted_placeholder},
    {"not", negation},
    {"no", negation},
    {"n", negation},
    {"known", negated},
    {"stated", negated},
    {"given", negated},
    {"recorded", negated},
    {"provided", negated},
    {"disclosed", negated},
    {"available", negated},
    {"applicable", negated},
    {"name", negated},
    {"named", negated},
    {"yet", negated},
    {"a", number},
    {"k", negated},
    {"fixed", negated},
    {"b", number},
    {"c", number},
    {"i", number},
    {"ii", number},
    {"iii", number},
    {"one", number},
    {"two", number},
    {"three", number},
    {"first", number},
    {"second", number},
    {"third", number},
    {"mc", gaelic_prefix},
    {"mac", gaelic_prefix},
    {"o", irish_son},
    {"ua", irish_son},
    {"ni", irish_daughter},
    {"nic", irish_daughter},
    {"ui", irish_daughter},
    {"fitz", joined_prefix},
    {"st", joined_prefix},
    {"abd", servant},
    {"abdul", servant},
    {"abdel", servant},
    {"abdal", servant},
    {"abdur", servant},
    {"abdus", servant},
    {"abdu", servant},
    {"abdi", servant},
    {"cabdi", servant},
    {"cabd", servant},
});

/// Rows in the order of what they are looked up by.
template <class Rows, class By>
constexpr Rows sorted(Rows rows, By by)
{
    std::sort(rows.begin(), rows.end(), [&](const auto& one, const auto& other) { return by(one) < by(other); });
    return rows;
}

constexpr auto customs = sorted(customs_as_listed, [](const Custom& row) { return row.word; });

constexpr std::size_t longest_custom = 12;

constexpr auto behind_abdul_as_listed = std::to_array<std::string_view>({
    "rahman", "rehman", "raheman", "rahmaan", "raxmaan", "raxman", "rahim",  "raheem", "raxiim",  "rehim",   "aziz",
    "azeez",  "casiis", "karim",   "kareem",  "qadir",   "qadeer", "kadir",  "kader",  "qaadir",  "hamid",   "hameed",
    "xamiid", "majid",  "majeed",  "latif",   "lateef",  "salam",  "salaam", "salaan", "samad",   "wahab",   "wahhab",
    "wahaab", "wahid",  "waheed",  "hakim",   "hakeem",  "xakiim", "khaliq", "khalik", "khaleq",  "razzaq",  "razaq",
    "razak",  "rezak",  "nasir",   "nasser",  "naasir",  "jabbar", "jabar",  "ghani",  "gani",    "ghafur",  "ghafoor",
    "gafoor", "gafur",  "hadi",    "hady",    "bari",    "basit",  "baset",  "basir",  "hai",     "hayy",    "hay",
    "haq",    "haque",  "haqq",    "hafiz",   "halim",   "haleem", "jalil",  "jaleel", "kabir",   "mannan",  "matin",
    "mateen", "momin",  "mumin",   "muhsin",  "moiz",    "qayyum", "qayum",  "quddus", "quddoos", "rauf",    "rauof",
    "raouf",  "rashid", "rasheed", "rashiid", "rasul",   "rafi",   "sattar", "satar",  "shakur",  "shakoor", "shukur",
    "subhan", "wadud",  "wadood",  "wali",    "zahir",   "zaher",  "allah",  "hannan", "malik",   "malek",   "rhmn",
    "rhym",   "azyz",   "krym",    "qadr",    "hmyd",    "mjyd",   "ltyf",   "slam",   "smd",     "whab",    "hkym",
    "khalq",  "razq",   "nasr",    "jbar",    "ghny",    "allh",   "mlk",    "hady",
});
constexpr auto behind_abdul = sorted(behind_abdul_as_listed, [](std::string_view word) { return word; });

constexpr auto irish_names_as_listed = std::to_array<Spelling>({
    {"briain", "brien"},        {"conaill", "connell"},   {"neill", "neill"},          {"conchuir", "connor"},
    {"conchobhair", "connor"},  {"domhnaill", "donnell"}, {"ruairc", "rourke"},        {"raghallaigh", "reilly"},
    {"laoghaire", "leary"},     {"laoire", "leary"},      {"mordha", "moore"},         {"suilleabhain", "sullivan"},
    {"dochartaigh", "doherty"}, {"dubhghaill", "doyle"},  {"ceallaigh", "kelly"},      {"cathain", "kane"},
    {"riain", "ryan"},          {"murchu", "murphy"},     {"murchadha", "murphy"},     {"floinn", "flynn"},
    {"hogain", "hogan"},        {"nuallain", "nolan"},    {"cinneide", "kennedy"},     {"gallchobhair", "gallagher"},
    {"gallchoir", "gallagher"}, {"cuinn", "quinn"},       {"duibhir", "dwyer"},        {"dalaigh", "daly"},
    {"maille", "malley"},       {"mathuna", "mahony"},    {"mathghamhna", "mahony"},   {"donnchadha", "donoghue"},
    {"grada", "grady"},         {"gradaigh", "grady"},    {"flaithearta", "flaherty"}, {"flatharta", "flaherty"},
    {"hara", "hara"},           {"hare", "hare"},         {"hurley", "hurley"},        {"tuathail", "toole"},
    {"faolain", "phelan"},      {"broin", "byrne"},       {"bradaigh", "brady"},       {"carthaigh", "carthy"},
    {"cormaic", "cormack"},     {"suibhne", "sweeney"},   {"diarmada", "dermott"},     {"domhnall", "donald"},
    {"muiris", "morris"},       {"colla", "coll"},        {"gaoithe", "gee"},          {"lochlainn", "loughlin"},
});
constexpr auto irish_names = sorted(irish_names_as_listed, [](const Spelling& row) { return row.irish; });

std::string_view irish_row(std::string_view word)
{
    const auto at = std::lower_bound(irish_names.begin(), irish_names.end(), word,
                                     [](const Spelling& row, std::string_view sought) { return row.irish < sought; });
    return at != irish_names.end() && at->irish == word ? at->english : std::string_view{};
}

} // namespace

WordCustom custom_of(std::string_view folded)
{
    if (folded.size() > longest_custom) return none;
    const auto at = std::lower_bound(customs.begin(), customs.end(), folded,
                                     [](const Custom& row, std::string_view sought) { return row.word < sought; });
    return at != customs.end() && at->word == folded ? at->custom : none;
}

bool completes_abdul(std::string_view folded)
{
    return std::binary_search(behind_abdul.begin(), behind_abdul.end(), folded);
}

std::string_view english_of_irish(std::string_view folded)
{
    if (const auto english = irish_row(folded); !english.empty()) return english;
    // Behind Ní the first consonant is softened, which Irish writes with an h.
    if (folded.size() < 4 || folded[1] != 'h') return {};
    std::string plain(folded);
    plain.erase(1, 1);
    return irish_row(plain);
}

bool has_mac_prefix(std::string_view folded)
{
    if (folded.size() < 6 || !folded.starts_with("mac")) return false;
    const auto rest = folded.substr(3);
    constexpr auto taken = std::to_array<std::string_view>(
        {"arthur",  "aulay",    "auley",   "auly",   "innes",  "intosh",  "intyre",  "inally",
         "inerney", "allister", "alister", "askill", "avoy",   "ewan",    "ewen",    "iver",
         "ivor",    "isaac",    "adam",    "andrew", "alpine", "anespie", "kay",     "kenzie",
         "kenna",   "kinnon",   "kinlay",  "kie",    "killop", "kellar",  "kechnie", "hugh"});
    if (std::find(taken.begin(), taken.end(), rest) != taken.end()) return true;
    return std::string_view("bcdfglmnpqrstw").find(rest.front()) != std::string_view::npos;
}

} // namespace reachable::identity
