#include "identity/country.h"
#include "identity/country_places.h"

namespace reachable::identity {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

// Numbers are cut into blocks, and each block into households, so that the household of anybody is found at once.
constexpr std::uint32_t block_size = 12;
constexpr std::uint32_t days_of_childhood = 6570; // a few days short of eighteen years
constexpr std::uint32_t year_in_days = 365;

/// One stream for each purpose: a change in how phones are drawn leaves the names as they were.
enum class Purpose : std::uint64_t { sizes, household, family, births, homes, phone, former, maiden, own };

QuickRandom stream(std::uint64_t key, Purpose purpose, std::uint64_t number = 0)
{
    return QuickRandom(stirred(key ^ (static_cast<std::uint64_t>(purpose) << 56U), number));
}

std::uint32_t drawn_size(QuickRandom& random)
{
    const auto at = random.below(100);
    if (at < 15) return 1;
    if (at < 37) return 2;
    if (at < 62) return 3;
    if (at < 85) return 4;
    return at < 95 ? 5 : 6;
}

bool is_older_twin(const Household& household, std::uint32_t place)
{
    return household.twin_at != 0 && place + 1 == household.twin_at;
}

bool is_twin(const Household& household, std::uint32_t place)
{
    return is_older_twin(household, place) || (household.twin_at != 0 && place == household.twin_at);
}

Sex sex_of(const Household& household, std::uint32_t place)
{
    auto random = stream(household.key, Purpose::own, place * 4 + 1);
    const bool is_first = random.one_in(2);
    if (place >= household.adults) return is_first ? Sex::female : Sex::male;
    if (household.adults == 1) return random.of_thousand(600) ? Sex::female : Sex::male;
    if (place < 2) return place == 0 ? Sex::female : Sex::male; // the parents
    return is_first ? Sex::female : Sex::male;
}

/// How old each child is, in days; the eldest first.
std::array<std::uint32_t, block_size> ages_of_children(const Household& household, QuickRandom& random)
{
    std::array<std::uint32_t, block_size> ages{};
    const auto children = household.size - household.adults;
    if (children == 0) return ages;
    const auto most = std::min<std::uint32_t>(1400, (days_of_childhood - 70) / children);
    for (auto i = children - 1; i > 0; --i) {
        const bool is_born_with_next = household.adults + i == household.twin_at;
        ages[i - 1] = ages[i] + (is_born_with_next ? 0 : static_cast<std::uint32_t>(random.between(400, most)));
    }
    const auto youngest = static_cast<std::uint32_t>(random.below(days_of_childhood - ages[0]));
    for (std::uint32_t i = 0; i < children; ++i) ages[i] += youngest;
    return ages;
}

std::uint32_t age_of_adult(const Household& household, std::uint32_t place, std::uint32_t eldest, QuickRandom& random)
{
    constexpr std::uint32_t grown = 18 * year_in_days + 5;
    const auto years = [&](std::size_t least, std::size_t most) {
        return static_cast<std::uint32_t>(random.between(least * year_in_days, most * year_in_days));
    };
    const auto mother = household.size > household.adults ? eldest + years(19, 40) : years(19, 84);
    if (place == 0) return mother; // drawn first for every adult, so that all of them start from one age
    for (std::uint32_t i = 1; i < place; ++i) random.next();
    if (place == 1) return std::max(grown, mother + years(1, 7) - 3 * year_in_days);
    return mother + years(18, 32); // a grandparent
}

/// Where papers were lost on the way, whole households were given the first of January.
unsigned first_of_january_in_thousand(Tradition tradition)
{
    switch (tradition) {
    case Tradition::somali:
    case Tradition::eritrean_ethiopian: return 90;
    case Tradition::arabic: return 40;
    case Tradition::vietnamese: return 30;
    default: return 0;
    }
}

CivilDate born_on(const Household& household, std::uint32_t place, CivilDate today)
{
    auto random = stream(household.key, Purpose::births);
    const bool is_first_of_january = random.of_thousand(first_of_january_in_thousand(household.tradition));
    const auto ages = ages_of_children(household, random);
    const auto age =
        place < household.adults ? age_of_adult(household, place, ages[0], random) : ages[place - household.adults];
    const CivilDate born{sys_days{today} - days{age + 1}};
    if (!is_first_of_january) return born;
    const CivilDate given = born.year() / std::chrono::January / 1;
    // A child stays a child: the year after, where this one would make somebody of eighteen.
    const bool comes_of_age = place >= household.adults && given + std::chrono::years{18} <= today;
    return comes_of_age ? given + std::chrono::years{1} : given;
}

bool is_one_name(const TraditionNames& names, std::string_view one, std::string_view other)
{
    if (one == other) return true;
    const auto* entry = names.entry(one);
    return entry != nullptr && entry == names.entry(other);
}

/// The name a member is called by. Children of one household never share it, nor bear that of a father whose name
/// stands behind theirs.
std::string given_of(const Household& household, std::uint32_t place, std::string_view father)
{
    const auto& names = names_of(household.tradition);
    std::array<std::string, block_size> taken;
    for (auto each = place >= household.adults ? household.adults : place; each <= place; ++each) {
        auto random = stream(household.key, Purpose::own, each * 4);
        do taken[each] = given_name(household.tradition, sex_of(household, each), random);
        while (taken[each] == father ||
               std::any_of(taken.begin() + household.adults, taken.begin() + std::max(each, household.adults),
                           [&](const std::string& other) { return is_one_name(names, taken[each], other); }));
    }
    return std::move(taken[place]);
}

bool keeps_own_family_name(Tradition tradition)
{
    switch (tradition) {
    case Tradition::somali:
    case Tradition::arabic:
    case Tradition::vietnamese:
    case Tradition::chinese:
    case Tradition::eritrean_ethiopian:
    case Tradition::portuguese_spanish: return true;
    default: return false;
    }
}

/// The family that the names of this member come from: a mother who keeps her name has her own, and a father stands one
/// step further up the chain of names than his children.
FamilyNames family_of(const Household& household, std::uint32_t place)
{
    const auto tradition = household.tradition;
    auto own = stream(household.key, Purpose::maiden, place);
    if (place == 0 && household.adults > 1 && keeps_own_family_name(tradition)) return family_names(tradition, own);
    auto shared = stream(household.key, Purpose::family);
    auto family = family_names(tradition, shared);
    if (place != 1 || household.adults < 2 || family.father.empty()) return family;
    family.father = family.grandfather;
    if (tradition == Tradition::somali || tradition == Tradition::eritrean_ethiopian)
        family.family = family.grandfather = family_names(tradition, own).grandfather;
    return family;
}

/// The mother by her marriage; children by the marriage of a parent or by adoption.
void add_former_names(const Household& household, std::uint32_t place, Inhabitant& person, QuickRandom& random)
{
    const bool keeps_own = keeps_own_family_name(household.tradition);
    if (place == 0 && household.adults > 1 && !keeps_own && random.of_thousand(650)) {
        auto own = stream(household.key, Purpose::maiden);
        const auto family = family_name_for(household.tradition, person.sex, family_names(household.tradition, own));
        person.other_names.push_back({.given = person.name.given, .family = family});
    }
    if (place < household.adults || keeps_own) return;
    auto shared = stream(household.key, Purpose::former);
    const bool is_of_new_marriage = shared.of_thousand(70);
    if (is_of_new_marriage) {
        const auto family = family_name_for(household.tradition, person.sex, family_names(household.tradition, shared));
        person.other_names.push_back({.given = person.name.given, .family = family});
    } else if (!is_twin(household, place) && random.of_thousand(5)) {
        const auto family = family_name_for(household.tradition, person.sex, family_names(household.tradition, random));
        const auto given = given_name(household.tradition, person.sex, random);
        person.other_names.push_back({.given = random.one_in(2) ? given : person.name.given, .family = family});
    }
}

void name_person(const Household& household, std::uint32_t place, Inhabitant& person)
{
    const auto family = family_of(household, place);
    auto random = stream(household.key, Purpose::own, place * 4 + 2);
    auto given = given_of(household, place, family.father);
    if (!family.father.empty() && place == 1 && household.adults > 1) {
        auto shared = stream(household.key, Purpose::family);
        given = family_names(household.tradition, shared).father; // as the children's names say
    }
    person.name = full_name(household.tradition, person.sex, family, std::move(given), random);
    add_former_names(household, place, person, random);
    if (household.tradition == Tradition::chinese && random.of_thousand(300))
        person.other_names.push_back(
            {.given = given_name(Tradition::british, person.sex, random), .family = person.name.family});
}

void move_into(Inhabitant& person, std::uint32_t index, std::string address)
{
    person.postcodes.push_back(postcode(index));
    person.places.push_back(place_of(index));
    person.addresses.push_back(std::move(address));
}

std::size_t drawn_moves(Tradition tradition, QuickRandom& random)
{
    if (tradition == Tradition::traveller) return random.between(3, 5);
    const auto at = random.below(100);
    if (at < 42) return 1;
    if (at < 70) return 2;
    if (at < 87) return 3;
    return at < 96 ? 4 : 5;
}

void house_person(const Household& household, std::uint32_t place, Inhabitant& person)
{
    auto own = stream(household.key, Purpose::own, place * 4 + 3);
    auto random = stream(household.key, Purpose::homes);
    const auto homes = drawn_moves(household.tradition, random);
    const bool is_elsewhere =
        person.is_child && household.adults > 0 && !is_twin(household, place) && own.of_thousand(12);
    for (auto* list : {&person.postcodes, &person.places, &person.addresses}) list->reserve(homes + 1);
    const auto any = [](QuickRandom& from) { return static_cast<std::uint32_t>(from.below(postcode_count)); };
    const auto house = [](QuickRandom& from) { return static_cast<std::uint32_t>(from.between(1, 60)); };
    if (is_elsewhere) { // a child placed away from home
        const auto index = any(own);
        move_into(person, index, street_address(index, house(own)));
    }
    const bool travels = household.tradition == Tradition::traveller;
    if (travels && random.of_thousand(250)) person.addresses.emplace_back(no_fixed_address);
    auto index = any(random);
    for (std::size_t i = 0; i < homes; ++i) {
        // Most moves stay within the town.
        const auto first = index / postcodes_in_district * postcodes_in_district;
        if (i > 0) index = random.of_thousand(600) ? first + any(random) % postcodes_in_district : any(random);
        const bool is_site = travels && random.one_in(2);
        const auto number = house(random);
        move_into(person, index, is_site ? site_address(index, number) : street_address(index, number));
    }
}

std::string email_of(const Inhabitant& person)
{
    std::string text;
    text.reserve(40);
    const auto add = [&](std::string_view name) {
        for (const char letter : without_marks(name.substr(0, name.find(' '))))
            if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'))
                text += static_cast<char>(letter | 0x20);
    };
    add(person.name.given);
    text += '.';
    add(person.name.family);
    text += std::to_string(stirred(0xE3A1, person.number) % 10'000);
    return text.append("@example.org");
}

} // namespace

TraditionShares only(Tradition tradition)
{
    TraditionShares shares{};
    shares[static_cast<std::size_t>(tradition)] = 1000;
    return shares;
}

Country::Country(const CountryOptions& options) : options_(options)
{
    for (std::size_t i = 0; i < tradition_count; ++i)
        traditions_.insert(traditions_.end(), options_.shares[i], static_cast<Tradition>(i));
    CHECK(!traditions_.empty(), "a country has people of at least one tradition");
    // Only a household of two or more children can have twins; its chance makes up for the others.
    std::uint64_t children = 0;
    std::uint64_t with_several = 0;
    constexpr std::uint32_t counted = 2000 * block_size;
    for (std::uint32_t first = 0; first < counted;) {
        const auto household = household_of(first);
        const auto of_household = household.size - household.adults;
        children += of_household;
        with_several += of_household > 1 ? 1 : 0;
        first += household.size;
    }
    if (with_several > 0)
        twin_chance_ = options_.twin_share * static_cast<double>(children) / (2.0 * static_cast<double>(with_several));
}

Household Country::household_at(std::uint32_t first, std::uint32_t size) const
{
    Household made{.first = first, .size = size, .key = stirred(options_.seed ^ 0xC0FFEE, first)};
    auto random = stream(made.key, Purpose::household);
    made.tradition = traditions_[random.below(traditions_.size())];
    // Rounded up or down by chance, so that the share is kept on the whole.
    const auto adults = static_cast<double>(size) * (1.0 - options_.child_share);
    made.adults = static_cast<std::uint32_t>(adults);
    if (random.chance(adults - made.adults)) ++made.adults;
    made.adults = std::min(made.adults, size);
    const auto children = size - made.adults;
    if (random.chance(twin_chance_) && children > 1)
        made.twin_at = made.adults + static_cast<std::uint32_t>(random.between(1, children - 1));
    return made;
}

Household Country::household_of(std::uint32_t number) const
{
    const auto block = number / block_size;
    auto random = stream(options_.seed, Purpose::sizes, block);
    auto first = block * block_size;
    const auto end = first + block_size;
    for (;;) {
        const auto size = std::min(drawn_size(random), end - first);
        if (number < first + size) return household_at(first, size);
        first += size;
    }
}

Inhabitant Country::person(std::uint32_t number) const
{
    CHECK(number < options_.people, "the country has no person of that number");
    const auto household = household_of(number);
    const auto place = number - household.first;
    Inhabitant person{.number = number, .household = household.first, .tradition = household.tradition};
    person.sex = sex_of(household, place);
    person.is_child = place >= household.adults;
    person.born = born_on(household, place, options_.today);
    name_person(household, place, person);
    house_person(household, place, person);
    auto phone = stream(household.key, Purpose::phone);
    person.phone = phone_number(phone);
    const auto thirteen = sys_days{options_.today} - days{13 * year_in_days + 3};
    if (sys_days{person.born} <= thirteen) person.email = email_of(person);
    if (is_older_twin(household, place))
        person.twin_of = number + 1;
    else if (is_twin(household, place))
        person.twin_of = number - 1;
    return person;
}

} // namespace reachable::identity
