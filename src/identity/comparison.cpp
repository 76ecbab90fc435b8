#include "identity/comparison.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace reachable::identity {
namespace {

constexpr std::uint8_t level_of(Likeness likeness)
{
    constexpr std::array<std::uint8_t, 8> levels{level::different,    level::initial,    level::near,
                                                 level::sounds_alike, level::short_form, level::one_slip,
                                                 level::spelling,     level::same_name};
    return levels[static_cast<std::size_t>(likeness)];
}

struct WordsCompared {
    std::uint8_t level = level::not_known;
    std::array<WordId, 2> met{};
};

/// The same two words whichever record is asked first.
std::pair<WordId, WordId> in_order(const std::array<WordId, 2>& met)
{
    return std::minmax(met[0], met[1]);
}

/// Of words that met at one level, those with the smaller numbers are kept: whichever record is asked first.
bool is_better(const WordsCompared& one, const WordsCompared& other)
{
    return one.level != other.level ? one.level > other.level : in_order(one.met) < in_order(other.met);
}

/// Middle names of two people that are alike: those of brothers and sisters often are, where they are the father's or a
/// family's custom.
enum class MiddleNames : bool { say_nothing, count };

/// Words of one box against words of another. The first of each is the name itself; others are middle names.
template <MiddleNames middle_names = MiddleNames::count, std::size_t most_a, std::size_t most_b>
WordsCompared compare_words(const std::array<WordId, most_a>& a, const std::array<WordId, most_b>& b,
                            LikenessMemory& alike)
{
    if (a[0] == 0 || b[0] == 0) return {};
    WordsCompared best{level_of(alike(a[0], b[0])), {a[0], b[0]}};
    // John Paul and John Peter, Mohammed Hamza and Mohammed Faisal: two who share the first of two names.
    const bool have_both_more = a[1] != 0 && b[1] != 0;
    if (middle_names == MiddleNames::say_nothing && best.level >= level::one_slip && have_both_more &&
        alike(a[1], b[1]) == Likeness::different)
        best.level = level::shared;
    if (best.level >= level::spelling || (a[1] == 0 && b[1] == 0)) return best;
    for (std::size_t i = 0; i < most_a && a[i] != 0; ++i)
        for (std::size_t j = 0; j < most_b && b[j] != 0; ++j) {
            if (i == 0 && j == 0) continue;
            if (middle_names == MiddleNames::say_nothing && i > 0 && j > 0) continue;
            const auto likeness = alike(a[i], b[j]);
            // A middle name alone says less than the name itself.
            const auto reached = likeness >= Likeness::one_slip       ? level::shared
                                 : likeness >= Likeness::sounds_alike ? level::near
                                                                      : level::not_known;
            if (const WordsCompared found{reached, {a[i], b[j]}}; is_better(found, best)) best = found;
        }
    return best;
}

void take_better(std::uint8_t& level, std::uint8_t other)
{
    level = std::max(level, other);
}

/// Each digit of the date in four bits of its own.
std::uint32_t digits_of(const BirthDate& born)
{
    const auto digits = [](unsigned number) { return number / 10 << 4U | number % 10; };
    return digits(born.year / 100U) << 24U | digits(born.year % 100U) << 16U | digits(born.month) << 8U |
           digits(born.day);
}

/// One digit is another, or two neighbours are exchanged.
bool differs_in_one_digit(const BirthDate& a, const BirthDate& b)
{
    if (a.year != b.year && a.month != b.month && a.day != b.day) return false; // three digits at least
    const auto one = digits_of(a);
    const auto other = digits_of(b);
    if (one == other) return false;
    const auto lowest = static_cast<unsigned>(std::countr_zero(one ^ other)) & ~3U;
    const auto from_there = (one ^ other) >> lowest;
    if (from_there <= 0xFU) return true;
    const auto two = one >> lowest & 0xFFU;
    return from_there <= 0xFFU && (two >> 4U | (two & 0xFU) << 4U) == (other >> lowest & 0xFFU);
}

int months_apart(const BirthDate& a, const BirthDate& b)
{
    return std::abs((a.year * 12 + a.month) - (b.year * 12 + b.month));
}

} // namespace

std::uint8_t born_level(const BirthDate& a, const BirthDate& b)
{
    if (!a.is_known() || !b.is_known()) return level::not_known;
    if (a == b && a.month != 0) return a.day == 0 ? level::same_month : level::same_date;
    const bool is_vague = a.day == 0 || b.day == 0 || a.is_placeholder() || b.is_placeholder();
    if (a.year == b.year && is_vague) return level::placeholder;
    if (a.year == b.year && a.month == b.day && a.day == b.month) return level::day_month_swapped;
    if (a.day != 0 && b.day != 0 && differs_in_one_digit(a, b)) return level::one_digit;
    if (a.year == b.year && a.month == b.month) return level::same_month;
    if (a.month == b.month && a.day == b.day && !is_vague) return level::same_day_month;
    return months_apart(a, b) <= 24 ? level::years_apart : level::far_apart;
}

namespace {

bool are_born_apart(Pattern pattern)
{
    const auto born = identity::level_of(pattern, Field::born);
    return born == level::far_apart || born == level::years_apart;
}

/// Something that a household shares agrees, or would but for a slip.
bool is_one_home(Pattern pattern)
{
    const auto at = [&](Field field) { return identity::level_of(pattern, field); };
    if (at(Field::address) == level::partly && at(Field::postcode) >= level::partly) return true; // a house nearby
    return at(Field::address) >= level::nearly || at(Field::postcode) >= level::nearly ||
           at(Field::phone) >= level::nearly;
}

/// Families mostly move within their town, and not every system has all their addresses.
bool is_one_neighbourhood(Pattern pattern)
{
    const auto at = [&](Field field) { return identity::level_of(pattern, field); };
    if (is_one_home(pattern)) return true;
    if (at(Field::place) != level::same || at(Field::address) == level::not_known) return false;
    return at(Field::postcode) == level::not_known || at(Field::postcode) >= level::partly;
}

/// What brothers and sisters do not share. An address of mail is often a parent's, or made of names that are alike.
bool is_proven(Pattern pattern)
{
    return identity::level_of(pattern, Field::identifier) == level::same;
}

} // namespace

bool may_be_siblings(Pattern pattern)
{
    const auto at = [&](Field field) { return identity::level_of(pattern, field); };
    if (is_proven(pattern)) return false;
    const auto given = at(Field::given);
    if (given == level::different) return true;
    // Of exchanged boxes one word may be the family's, which both share, and the other their own.
    if (at(Field::order) == level::swapped && at(Field::family) == level::different) return true;
    // Where no given name is known, nothing says which child of the home it is.
    const auto is_home = is_one_home(pattern);
    if (is_home && at(Field::born) == level::far_apart) return true;
    const auto most_alike = at(Field::sex) == level::different ? level::spelling : level::one_slip;
    if (is_home && given <= most_alike) return true;
    const auto most_alike_nearby = are_born_apart(pattern) ? level::one_slip : level::shared;
    return given <= most_alike_nearby && is_one_neighbourhood(pattern);
}

struct Comparer::NamesCompared {
    WordsCompared given;
    WordsCompared family;
    std::uint8_t order = level::not_known;
    int strength() const { return given.level + family.level; }
    /// Which of a record's names is held against which of the other's: the strongest, and of equals always the same.
    bool is_better_than(const NamesCompared& other) const
    {
        if (strength() != other.strength()) return strength() > other.strength();
        if (given.level != other.given.level) return given.level > other.given.level;
        if (order != other.order) return order < other.order;
        if (in_order(given.met) != in_order(other.given.met)) return is_better(given, other.given);
        return is_better(family, other.family);
    }
};

Comparer::NamesCompared Comparer::compare_names(const PersonName& a, const PersonName& b, bool is_order_known)
{
    NamesCompared straight{compare_words<MiddleNames::say_nothing>(a.given, b.given, alike_),
                           compare_words(a.family, b.family, alike_), level::straight};
    if (straight.given.level < level::one_slip && (a.joined != 0 || b.joined != 0)) {
        const auto one = a.joined != 0 ? a.joined : a.given[0];
        const auto other = b.joined != 0 ? b.joined : b.given[0];
        const auto likeness = one != 0 && other != 0 ? alike_(one, other) : Likeness::different;
        if (likeness >= Likeness::one_slip) straight.given = {level_of(likeness), {one, other}};
    }
    if (straight.given.level >= level::one_slip && straight.family.level >= level::one_slip) return straight;
    // Of exchanged boxes a first word at least is found in the other box.
    const auto is_found = [&](WordId one, WordId other) {
        return one != 0 && other != 0 && alike_.are_at_least<Likeness::one_slip>(one, other);
    };
    const auto best_of = [](const NamesCompared& one) { return std::max(one.given.level, one.family.level); };
    if (!is_found(a.given[0], b.family[0]) && !is_found(a.family[0], b.given[0])) {
        if (best_of(straight) == level::not_known) straight.order = level::not_known;
        return straight;
    }
    NamesCompared swapped{compare_words(a.given, b.family, alike_), compare_words(a.family, b.given, alike_),
                          is_order_known ? level::swapped : level::straight};
    if (best_of(swapped) >= level::one_slip && swapped.strength() > straight.strength() + 1) {
        // Each word is a given name to one record and a family's to the other. The better agreement counts for the
        // family, whichever record is asked first, so that a brother whose name came whole is seen for one.
        if (is_better(swapped.given, swapped.family)) std::swap(swapped.given, swapped.family);
        return swapped;
    }
    if (best_of(straight) == level::not_known) straight.order = level::not_known;
    return straight;
}

std::uint8_t Comparer::value_level(WordId a, WordId b)
{
    if (a == 0 || b == 0) return level::not_known;
    if (a == b) return level::same;
    if (are_plainly_different<Field::place>(a, b)) return level::different;
    const auto likeness = values_alike_(a, b);
    if (likeness >= Likeness::one_slip) return level::nearly;
    return likeness >= Likeness::near ? level::partly : level::different;
}

/// A number of digits is the same, or one slip away, or another.
std::uint8_t Comparer::number_level(WordId a, WordId b) const
{
    if (a == 0 || b == 0) return level::not_known;
    if (a == b) return level::same;
    const auto& values = population_.values();
    if (are_plainly_different<Field::phone>(a, b)) return level::different;
    return slips_between(values.text(a), values.text(b), 1) == 1 ? level::nearly : level::different;
}

std::uint8_t Comparer::email_level(const Row& a, const Row& b) const
{
    if (a.email == 0 || b.email == 0) return level::not_known;
    if (a.email == b.email) return level::same;
    if (a.mailbox == b.mailbox) return level::nearly;
    const auto& values = population_.values();
    const auto slips = slips_between(values.text(a.mailbox), values.text(b.mailbox), 2);
    return slips <= 1 ? level::nearly : slips == 2 ? level::partly : level::different;
}

std::uint8_t Comparer::postcode_level(WordId a, WordId b) const
{
    if (a == 0 || b == 0) return level::not_known;
    if (a == b) return level::same;
    const auto& values = population_.values();
    const auto one = values.sketch(a);
    const auto other = values.sketch(b);
    if (!are_beyond_a_letter(one, other) && slips_between(values.text(a), values.text(b), 1) == 1) return level::nearly;
    constexpr std::uint32_t inward_letters = 3;
    const bool is_one_area = one.begins == other.begins && (one.rest & sketch_longest) > inward_letters &&
                             (other.rest & sketch_longest) > inward_letters;
    return is_one_area ? level::partly : level::different;
}

std::uint8_t Comparer::address_level(WordId a, WordId b) const
{
    if (a == 0 || b == 0) return level::not_known;
    if (a == b) return level::same;
    if (are_plainly_different<Field::address>(a, b)) return level::different;
    const auto one = population_.words_of_address(a);
    const auto other = population_.words_of_address(b);
    std::size_t shared = 0;
    for (auto i = one.begin(), j = other.begin(); i != one.end() && j != other.end();) {
        if (*i == *j) {
            shared += 1;
            ++i;
            ++j;
        } else if (*i < *j) {
            ++i;
        } else {
            ++j;
        }
    }
    const auto longer = std::max(one.size(), other.size());
    if (shared * 3 >= longer * 2 && shared > 0) return level::nearly;
    return shared * 3 >= longer ? level::partly : level::different;
}

namespace {

/// The best level that any value of one side reaches with any of the other.
template <Field field, class Level>
std::uint8_t best_of_values(const RowPair& pair, std::uint8_t of_newest, Level level)
{
    constexpr auto first = first_of(field);
    constexpr auto column = column_of_value(field);
    const auto none = std::span<const WordId>();
    const auto further = pair.more_of_a != nullptr ? pair.more_of_a->of(column) : none;
    const auto others = pair.more_of_b != nullptr ? pair.more_of_b->of(column) : none;
    auto best = of_newest;
    if (pair.a.*first != 0)
        for (const auto other : others) take_better(best, level(pair.a.*first, other));
    for (const auto one : further) {
        if (pair.b.*first != 0) take_better(best, level(one, pair.b.*first));
        for (const auto other : others) take_better(best, level(one, other));
    }
    return best;
}

} // namespace

void Comparer::add_names(const RowPair& pair, Comparison& found)
{
    const bool is_order_known = pair.a.is_order_known && pair.b.is_order_known;
    auto best = compare_names(pair.a.name, pair.b.name, is_order_known);
    const bool have_further = pair.a.beside == Beside::names || pair.b.beside == Beside::names;
    if (have_further) hold_further_names(pair, is_order_known, best);
    found.pattern |= pattern_with(Field::given, best.given.level) | pattern_with(Field::family, best.family.level) |
                     pattern_with(Field::order, best.order);
    found.given = best.given.met;
    found.family = best.family.met;
}

void Comparer::hold_further_names(const RowPair& pair, bool is_order_known, NamesCompared& best)
{
    const auto against = [&](const PersonName& one, bool is_newest) {
        const auto hold = [&](const PersonName& other) {
            if (const auto names = compare_names(one, other, is_order_known); names.is_better_than(best)) best = names;
        };
        if (!is_newest) hold(pair.b.name);
        if (pair.more_of_b != nullptr)
            for (const auto& other : pair.more_of_b->names()) hold(other);
    };
    against(pair.a.name, true);
    if (pair.more_of_a != nullptr)
        for (const auto& one : pair.more_of_a->names()) against(one, false);
}

void Comparer::add_born_and_sex(const RowPair& pair, Comparison& found) const
{
    std::uint8_t sex = level::not_known;
    if (pair.a.sex != RecordedSex::unknown && pair.b.sex != RecordedSex::unknown)
        sex = pair.a.sex == pair.b.sex ? level::partly : level::different;
    found.pattern |= pattern_with(Field::born, born_level(pair.a.born, pair.b.born)) | pattern_with(Field::sex, sex);
}

template <Field field>
std::uint8_t Comparer::level_between(WordId a, WordId b)
{
    if constexpr (field == Field::postcode) return postcode_level(a, b);
    if constexpr (field == Field::address) return address_level(a, b);
    if constexpr (field == Field::phone || field == Field::identifier) return number_level(a, b);
    return value_level(a, b);
}

template <Field field>
void Comparer::add_value(const RowPair& pair, Comparison& found)
{
    const auto level_of_two = [&](WordId one, WordId other) { return level_between<field>(one, other); };
    auto level = level::not_known;
    if constexpr (field == Field::email)
        level = email_level(pair.a, pair.b);
    else
        level = level_of_two(pair.a.*first_of(field), pair.b.*first_of(field));
    if (pair.more_of_a != nullptr || pair.more_of_b != nullptr)
        level = best_of_values<field>(pair, level, level_of_two);
    found.pattern |= pattern_with(field, level);
}

template void Comparer::add_value<Field::postcode>(const RowPair& pair, Comparison& found);
template void Comparer::add_value<Field::place>(const RowPair& pair, Comparison& found);
template void Comparer::add_value<Field::address>(const RowPair& pair, Comparison& found);
template void Comparer::add_value<Field::phone>(const RowPair& pair, Comparison& found);
template void Comparer::add_value<Field::email>(const RowPair& pair, Comparison& found);
template void Comparer::add_value<Field::identifier>(const RowPair& pair, Comparison& found);

Comparison Comparer::compare(std::uint32_t a, std::uint32_t b)
{
    const auto pair = pair_of(a, b);
    Comparison found;
    add_names(pair, found);
    add_born_and_sex(pair, found);
    add_value<Field::phone>(pair, found);
    add_value<Field::postcode>(pair, found);
    add_value<Field::place>(pair, found);
    add_value<Field::address>(pair, found);
    add_value<Field::email>(pair, found);
    add_value<Field::identifier>(pair, found);
    mark_siblings(pair, found);
    return found;
}

/// A slip makes another name of a name, and so may a spelling that sounds unlike it: Sean and Ieuan.
bool Comparer::are_two_names(WordId a, WordId b)
{
    if (a == b) return false;
    if (alike_(a, b) != Likeness::spelling) return true;
    const auto& vocabulary = population_.vocabulary();
    return vocabulary.ungendered(a) != vocabulary.ungendered(b) && vocabulary.sound(a) != vocabulary.sound(b) &&
           slips_between(vocabulary.text(a), vocabulary.text(b), 2) >= 2;
}

/// A given name that no brother or sister bears before their own.
bool Comparer::share_an_own_name(const RowPair& pair)
{
    const auto& vocabulary = population_.vocabulary();
    return is_any_pair_of_names(pair, [&](const PersonName& one, const PersonName& other) {
        for (const auto a : one.given)
            for (const auto b : other.given)
                if (a != 0 && b != 0 && !vocabulary.is_leading(a) && !vocabulary.is_leading(b) && !are_two_names(a, b))
                    return true;
        return false;
    });
}

/// The same given names from the first to the last, so that nothing is left that could tell brothers apart.
bool Comparer::share_all_given_names(const RowPair& pair, bool is_to_the_letter)
{
    return is_any_pair_of_names(pair, [&](const PersonName& one, const PersonName& other) {
        for (std::size_t i = 0; i < one.given.size(); ++i)
            if (one.given[i] != other.given[i] && (is_to_the_letter || are_two_names(one.given[i], other.given[i])))
                return false;
        return one.given[0] != 0;
    });
}

/// Mary and Mary Kate, Ying and Ying Xiao: the second word is no middle name, but a half of the name itself.
bool Comparer::are_of_double_names(const RowPair& pair)
{
    const auto [one, other] = std::pair(pair.a.name.given[1], pair.b.name.given[1]);
    if (one == other || (one != 0 && other != 0 && !are_two_names(one, other))) return false;
    const auto& vocabulary = population_.vocabulary();
    return share_a_class(vocabulary, vocabulary.facts(pair.a.name.given[0]), vocabulary.facts(std::max(one, other)),
                         ClassKind::doubled);
}

/// Mohammed and Mohammed Hamza, Sean and Ieuan: names that are one by their level, but that twins of one home may
/// bear; and an Ali and an Ali Reza who were born years apart.
bool Comparer::may_be_named_alike(const RowPair& pair, const Comparison& found)
{
    if (identity::level_of(found.pattern, Field::given) < level::spelling || is_proven(found.pattern)) return false;
    const bool is_home = is_one_home(found.pattern);
    const bool is_born_apart = are_born_apart(found.pattern);
    if (!is_home && !is_born_apart) return false;
    const auto [one, other] = found.given;
    if (is_home && are_two_names(one, other)) return true;
    if (identity::level_of(found.pattern, Field::order) == level::swapped) return false;
    const auto& vocabulary = population_.vocabulary();
    if (vocabulary.is_leading(one) && vocabulary.is_leading(other)) return !share_an_own_name(pair);
    return is_home && (is_born_apart || are_of_double_names(pair)) && !share_all_given_names(pair, is_born_apart);
}

void Comparer::mark_siblings(const RowPair& pair, Comparison& found)
{
    auto& pattern = found.pattern;
    if (!may_be_siblings(pattern) && !may_be_named_alike(pair, found)) return;
    const auto from = population_.siblings_born_from();
    const auto is_old = [&](const Row& row) { return row.born.is_known() && row.born.year < from; };
    const auto is_young = [&](const Row& row) { return from == 0 || (row.born.is_known() && row.born.year >= from); };
    const bool is_one_young = is_young(pair.a) || is_young(pair.b);
    // Where nobody knows when they were born, the names must say it all.
    const bool is_plain = identity::level_of(pattern, Field::given) == level::different &&
                          identity::level_of(pattern, Field::family) >= level::one_slip;
    const bool is_none_old = !is_old(pair.a) && !is_old(pair.b);
    const bool is_marked = are_born_apart(pattern) ? is_one_young : is_none_old && (is_one_young || is_plain);
    if (is_marked) pattern |= siblings_mark;
}

} // namespace reachable::identity
