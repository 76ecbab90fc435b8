// What each tradition does with its words: who takes whose name, in which form, and what stands between.
#include "identity/country_names.h"
#include "identity/country_spelling.h"

#include <algorithm>

namespace reachable::identity {
namespace {

constexpr std::array<std::string_view, 5> honorifics{"Begum", "Bibi", "Khatun", "Akhtar", "Sultana"};
constexpr unsigned keep_honorifics = 300; // households of a thousand whose women bear one as family name
constexpr unsigned bear_singh = 350;      // Sikh households of a thousand without a clan name in use
constexpr unsigned double_barrelled = 45;

bool is_of_women(std::string_view family)
{
    return std::ranges::find(honorifics, family) != honorifics.end() || family == "Parveen" || family == "Kausar";
}

std::string spelled(const NameEntry& entry, unsigned in_thousand, QuickRandom& random)
{
    if (entry.spellings.empty() || !random.of_thousand(in_thousand)) return std::string(entry.word);
    return std::string(entry.spellings[random.below(entry.spellings.size())]);
}

std::string drawn_family(const TraditionNames& names, QuickRandom& random)
{
    if (random.of_thousand(names.composed_in_thousand)) return composed_family(names, random);
    for (;;) {
        const auto& entry = names.family.draw(random);
        if (!is_of_women(entry.word)) return spelled(entry, 150, random);
    }
}

bool takes_fathers_name(Tradition tradition, std::uint32_t custom)
{
    switch (tradition) {
    case Tradition::somali:
    case Tradition::eritrean_ethiopian: return true;
    case Tradition::hindu: return custom < 400;
    case Tradition::arabic: return custom < 350;
    case Tradition::ukrainian: return custom < 250;
    default: return false;
    }
}

bool takes_mothers_name(Tradition tradition, std::uint32_t custom)
{
    return tradition == Tradition::portuguese_spanish || (tradition == Tradition::british && custom < double_barrelled);
}

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings)
{
    return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
}

/// "Kowalski" gives "Kowalska", "Vyshnevskyi" "Vyshnevska", "Ivanov" "Ivanova", "Ó Briain" "Ní Bhriain" without the h.
std::string of_a_woman(Tradition tradition, std::string family)
{
    if (tradition == Tradition::polish && ends_with_any(family, {"ski", "cki", "dzki"})) family.back() = 'a';
    if (tradition == Tradition::ukrainian) {
        if (family.ends_with("yi"))
            family.replace(family.size() - 2, 2, "a");
        else if (ends_with_any(family, {"ov", "ev"}))
            family += 'a';
    }
    if (tradition == Tradition::irish) {
        if (family.starts_with("Ó "))
            family.replace(0, std::string_view("Ó").size(), "Ní");
        else if (family.starts_with("Mac "))
            family.replace(0, 3, "Nic");
    }
    return family;
}

/// "Petro" gives "Petrovych" and "Petrivna", "Andrii" "Andriiovych", "Mykola" "Mykolaivna".
std::string patronymic(std::string father, Sex sex)
{
    if (father.ends_with('o'))
        father.pop_back();
    else if (father.ends_with('a') && sex == Sex::male)
        father += 'i';
    return father + (sex == Sex::male ? "ovych" : "ivna");
}

/// What stands behind the given name in its box; empty for nothing.
std::string second_names(Tradition tradition, Sex sex, const FamilyNames& names, const SourceName& name,
                         QuickRandom& random)
{
    const auto& family = name.family;
    const auto unlike = [&](std::string_view other) {
        for (;;)
            if (auto drawn = given_name(tradition, sex, random); drawn != name.given && drawn != other) return drawn;
    };
    const auto another = [&](unsigned in_thousand) {
        return random.of_thousand(in_thousand) ? unlike({}) : std::string();
    };
    switch (tradition) {
    case Tradition::british:
    case Tradition::irish:
    case Tradition::traveller: {
        auto middle = another(tradition == Tradition::traveller ? 350 : 700);
        if (!middle.empty() && random.of_thousand(120)) middle += " " + unlike(middle);
        return middle;
    }
    case Tradition::polish: return another(500);
    case Tradition::romanian: return another(420);
    case Tradition::portuguese_spanish: return another(450);
    case Tradition::west_african: return another(600);
    case Tradition::turkish_kurdish: return another(150);
    case Tradition::south_asian_muslim:
        if (sex == Sex::male || is_of_women(family)) return another(150);
        return random.of_thousand(350) ? std::string(honorifics[random.below(honorifics.size())]) : std::string();
    case Tradition::sikh: {
        const std::string_view shared = sex == Sex::female ? "Kaur" : "Singh";
        return family != shared && random.of_thousand(850) ? std::string(shared) : std::string();
    }
    case Tradition::ukrainian: return names.father.empty() ? std::string() : patronymic(names.father, sex);
    case Tradition::eritrean_ethiopian: return names.custom < 250 ? names.father : std::string();
    default: return names.father;
    }
}

std::string family_of_two(const FamilyNames& names)
{
    // Spanish custom puts the father's name first, Portuguese custom the mother's.
    if (names.custom < 500) return names.family + " " + names.mothers;
    return names.mothers + " " + names.family;
}

} // namespace

bool is_family_first(Tradition tradition)
{
    return tradition == Tradition::vietnamese || tradition == Tradition::chinese;
}

FamilyNames family_names(Tradition tradition, QuickRandom& random)
{
    const auto& names = names_of(tradition);
    FamilyNames made{.custom = static_cast<std::uint32_t>(random.below(1000))};
    made.family = drawn_family(names, random);
    if (tradition == Tradition::sikh && made.custom < bear_singh) made.family = "Singh";
    if (takes_mothers_name(tradition, made.custom)) made.mothers = drawn_family(names, random);
    if (takes_fathers_name(tradition, made.custom)) made.father = given_name(tradition, Sex::male, random);
    // Where names form a chain, the family box holds the last of it; elsewhere the grandfather has a given name.
    const bool is_chain = tradition == Tradition::somali || tradition == Tradition::eritrean_ethiopian;
    if (is_chain)
        made.grandfather = made.family;
    else if (!made.father.empty())
        made.grandfather = given_name(tradition, Sex::male, random);
    return made;
}

std::string family_name_for(Tradition tradition, Sex sex, const FamilyNames& names)
{
    switch (tradition) {
    case Tradition::portuguese_spanish: return family_of_two(names);
    case Tradition::british: return names.mothers.empty() ? names.family : names.mothers + "-" + names.family;
    case Tradition::eritrean_ethiopian: return names.custom < 250 ? names.grandfather : names.father;
    case Tradition::sikh: return sex == Sex::female && names.family == "Singh" ? "Kaur" : names.family;
    case Tradition::south_asian_muslim:
        if (sex == Sex::male || names.custom >= keep_honorifics) return names.family;
        return std::string(honorifics[names.custom % honorifics.size()]);
    default: return sex == Sex::female ? of_a_woman(tradition, names.family) : names.family;
    }
}

std::string given_name(Tradition tradition, Sex sex, QuickRandom& random)
{
    const auto& names = names_of(tradition);
    if (random.of_thousand(names.varied_in_thousand)) return varied_given(names, sex, random);
    auto name = spelled(names.given(sex).draw(random), 100, random);
    if (tradition != Tradition::chinese || random.of_thousand(200)) return name;
    const auto second = names.given(sex).draw(random).word;
    if (random.of_thousand(400)) return name.append(" ").append(second);
    return capitalised(name.append(second));
}

SourceName full_name(Tradition tradition, Sex sex, const FamilyNames& names, std::string given, QuickRandom& random)
{
    SourceName name{.given = std::move(given), .family = family_name_for(tradition, sex, names)};
    if (tradition == Tradition::vietnamese) {
        // The name a person is called by stands last: "Thi Lan", "Van An".
        const std::string_view usual = sex == Sex::female ? "Thi" : "Van";
        name.given =
            (random.of_thousand(500) ? std::string(usual) : given_name(tradition, sex, random)) + " " + name.given;
        return name;
    }
    if (tradition == Tradition::chinese) return name;
    if (tradition == Tradition::south_asian_muslim && sex == Sex::male && random.of_thousand(300)) {
        // "Mohammed" stands before the name by which a man is known.
        if (!name.given.starts_with('M'))
            name.given.insert(0, spelled(names_of(tradition).male.entries()[0], 500, random) + " ");
        return name;
    }
    auto second = second_names(tradition, sex, names, name, random);
    if (second.empty() || second == name.given) return name;
    const auto* between = tradition == Tradition::romanian && random.of_thousand(300) ? "-" : " ";
    name.given.append(between).append(second);
    return name;
}

} // namespace reachable::identity
