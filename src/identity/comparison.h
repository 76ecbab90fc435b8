// Two records side by side: for each field one level, from "different" up to "the same", or "not known" where one side
// is silent. The levels of all fields together are a pattern; a country of records has a few thousand patterns.
#pragma once

#include "identity/likeness.h"
#include "identity/population.h"

#include <algorithm>

namespace reachable::identity {

enum class Field : std::uint8_t { given, family, order, born, sex, postcode, place, address, phone, email, identifier };
constexpr std::size_t field_count = 11;
constexpr std::size_t most_levels = 10; // of any field

/// Level 0 of every field: one side is silent. Given and family names: 1 + Likeness, and between `short_form` and
/// `one_slip` nothing else; `shared` is one word alike of several.
namespace level {
constexpr std::uint8_t not_known = 0;
constexpr std::uint8_t different = 1;
constexpr std::uint8_t initial = 2;
constexpr std::uint8_t near = 3;
constexpr std::uint8_t sounds_alike = 4;
constexpr std::uint8_t short_form = 5;
constexpr std::uint8_t shared = 6;
constexpr std::uint8_t one_slip = 7;
constexpr std::uint8_t spelling = 8;
constexpr std::uint8_t same_name = 9;
// order
constexpr std::uint8_t straight = 1;
constexpr std::uint8_t swapped = 2;
// born
constexpr std::uint8_t far_apart = 1;      // more than two years
constexpr std::uint8_t years_apart = 2;    // up to two years
constexpr std::uint8_t placeholder = 3;    // 1 January, or no day, of the same year
constexpr std::uint8_t same_day_month = 4; // another year
constexpr std::uint8_t same_month = 5;     // same month and year
constexpr std::uint8_t one_digit = 6;
constexpr std::uint8_t day_month_swapped = 7;
constexpr std::uint8_t same_date = 8;
// the rest
constexpr std::uint8_t partly = 2;
constexpr std::uint8_t nearly = 3;
constexpr std::uint8_t same = 4;
} // namespace level

/// Four bits for each field.
using Pattern = std::uint64_t;
constexpr std::uint8_t level_of(Pattern pattern, Field field)
{
    return static_cast<std::uint8_t>(pattern >> (4U * static_cast<unsigned>(field)) & 15U);
}
constexpr Pattern pattern_with(Field field, std::uint8_t level)
{
    return Pattern{level} << (4U * static_cast<unsigned>(field));
}

/// Stands in a pattern whose records may be of twins or siblings (R-A-05).
constexpr Pattern siblings_mark = Pattern{1} << 63U;

/// R-A-05: "twins or siblings (same DOB and address, different forename) need an identifier": no identifier in common,
/// and given names that are different, whatever else agrees; or, in one home, names that are not one name in two
/// spellings. There a slip of the clerk may be another child: a Rana may have a sister Rania, and where no given name
/// is known it may be any of them. A name in common behind another is no better: twins share their father's. Where the
/// sex differs, only the very same name is one; fathers and sons born far apart may share even that.
bool may_be_siblings(Pattern pattern);

/// What was compared, and the words that met: their rarity decides what the agreement is worth.
struct Comparison {
    Pattern pattern = 0;
    std::array<WordId, 2> given{};
    std::array<WordId, 2> family{};
};

/// "same", "one letter different": the words of a level, for explanations and reports.
std::string_view words_of_level(Field field, std::uint8_t level);
std::string_view code_of(Field field);
/// How many levels the field has, `not_known` among them.
std::size_t level_count(Field field);

/// Two rows of a population with what stands beside them.
struct RowPair {
    const Row& a;
    const Row& b;
    const More* more_of_a = nullptr;
    const More* more_of_b = nullptr;
};

/// Whether it holds for any name of the one record and any of the other.
template <class Holds>
bool is_any_pair_of_names(const RowPair& pair, Holds holds)
{
    const auto holds_for = [&](const PersonName& one) {
        if (holds(one, pair.b.name)) return true;
        return pair.more_of_b != nullptr &&
               std::ranges::any_of(pair.more_of_b->names(), [&](const auto& other) { return holds(one, other); });
    };
    if (holds_for(pair.a.name)) return true;
    return pair.more_of_a != nullptr && std::ranges::any_of(pair.more_of_a->names(), holds_for);
}

/// Compares rows of one population. One for each thread.
class Comparer {
  public:
    explicit Comparer(const Population& population)
        : population_(population), alike_(population.vocabulary(), places_for(population.vocabulary(), 512)),
          values_alike_(population.values(), places_for(population.values(), 256))
    {
    }
    Comparison compare(std::uint32_t a, std::uint32_t b);

    // The same in parts, for whoever can stop before the last. `mark_siblings` comes when all else is known.
    RowPair pair_of(std::uint32_t a, std::uint32_t b) const
    {
        return {population_.row(a), population_.row(b), population_.more(a), population_.more(b)};
    }
    /// Given and family names and their order.
    void add_names(const RowPair& pair, Comparison& found);
    void add_born_and_sex(const RowPair& pair, Comparison& found) const;
    /// One of those from `postcode` on.
    template <Field field>
    void add_value(const RowPair& pair, Comparison& found);
    void mark_siblings(const RowPair& pair, Comparison& found);
    /// True where no given name of the one is like any of the other and no boxes were exchanged: the level of given
    /// names is "different", found by a look at a few words. So it is with three in four of the pairs that are
    /// proposed. False says nothing.
    bool have_unlike_given_names(const RowPair& pair);
    /// The same by sketches alone, which say it of most.
    bool have_plainly_unlike_given_names(const RowPair& pair) const;
    /// True where each name has one family name, these are different, and neither is a given name of the other: found
    /// without knowing how alike they are. False says nothing.
    bool have_unlike_family_names(const PersonName& a, const PersonName& b) const
    {
        if (a.family[0] == 0 || b.family[0] == 0 || a.family[1] != 0 || b.family[1] != 0) return false;
        const auto sketch = [&](WordId word) { return population_.vocabulary().sketch(word); };
        const auto are_exchanged = [&](WordId given, WordId family) {
            return given != 0 && (given == family || !are_beyond_a_slip(sketch(given), sketch(family)));
        };
        return are_far_apart(sketch(a.family[0]), sketch(b.family[0])) && !are_exchanged(a.given[0], b.family[0]) &&
               !are_exchanged(b.given[0], a.family[0]);
    }
    /// True where two values of a field are different, by a look at their sketches. False says nothing.
    template <Field field>
    bool are_plainly_different(WordId a, WordId b) const
    {
        if constexpr (field == Field::address)
            return share_few_words(population_.sketch_of_address(a), population_.sketch_of_address(b));
        const auto one = population_.values().sketch(a);
        const auto other = population_.values().sketch(b);
        if constexpr (field == Field::phone || field == Field::identifier) return digits_apart(one, other) > 2;
        static_assert(field != Field::postcode && field != Field::email, "their levels look at more than a sketch");
        return have_unlike_letters(one, other);
    }
    /// Whether `mark_siblings` will mark a pair with given names that are different, whatever else agrees. False says
    /// nothing.
    bool are_marked_where_unlike(const RowPair& pair) const;

    // Memory that is compared soon is asked for early: the row, and when that has come, what it leads to.
    void fetch_row(std::uint32_t record) const { __builtin_prefetch(&population_.row(record)); }
    void fetch_words(std::uint32_t record) const
    {
        const auto& row = population_.row(record);
        for (const auto word : row.name.given) population_.vocabulary().fetch(word);
        population_.vocabulary().fetch(row.name.joined);
        population_.vocabulary().fetch(row.name.family[0]);
        if (row.beside != Beside::nothing) __builtin_prefetch(population_.more(record));
    }
    /// What a pair is compared by when its names are not unlike.
    void fetch_values(const RowPair& pair) const
    {
        const auto& values = population_.values();
        for (const auto* row : {&pair.a, &pair.b}) {
            values.fetch(row->phone);
            values.fetch(row->postcode);
            population_.fetch_address(row->address);
            population_.frequencies(Column::given).fetch(row->name.given[0]);
            population_.frequencies(Column::family).fetch(row->name.family[0]);
            population_.frequencies(Column::postcode).fetch(row->postcode);
        }
        for (const auto* more : {pair.more_of_a, pair.more_of_b})
            if (more != nullptr) more->fetch_values();
        alike_.fetch(pair.a.name.given[0], pair.b.name.given[0]);
        alike_.fetch(pair.a.name.family[0], pair.b.name.family[0]);
    }

  private:
    struct NamesCompared;
    bool are_two_names(WordId a, WordId b);
    bool share_an_own_name(const RowPair& pair);
    bool share_all_given_names(const RowPair& pair, bool is_to_the_letter);
    bool are_of_double_names(const RowPair& pair);
    bool may_be_named_alike(const RowPair& pair, const Comparison& found);
    /// A few words need no megabytes to be remembered. `most`: as many words as often meet.
    static std::size_t places_for(const Vocabulary& vocabulary, std::size_t most)
    {
        const auto words = std::min(vocabulary.size(), most);
        return std::max(words * words, std::size_t{2});
    }
    NamesCompared compare_names(const PersonName& a, const PersonName& b, bool is_order_known);
    /// Takes the better where a name that stands beside a row agrees more.
    void hold_further_names(const RowPair& pair, bool is_order_known, NamesCompared& best);
    template <Field field>
    std::uint8_t level_between(WordId a, WordId b);
    std::uint8_t value_level(WordId a, WordId b);
    std::uint8_t number_level(WordId a, WordId b) const;
    std::uint8_t email_level(const Row& a, const Row& b) const;
    std::uint8_t address_level(WordId a, WordId b) const;
    std::uint8_t postcode_level(WordId a, WordId b) const;

    const Population& population_;
    LikenessMemory alike_;
    LikenessMemory values_alike_;
};

/// Where the newest value of a field stands in a row, and the others beside it.
constexpr WordId Row::* first_of(Field field)
{
    switch (field) {
    case Field::postcode: return &Row::postcode;
    case Field::place: return &Row::place;
    case Field::address: return &Row::address;
    case Field::phone: return &Row::phone;
    case Field::email: return &Row::email;
    default: return &Row::identifier;
    }
}
constexpr Column column_of_value(Field field)
{
    switch (field) {
    case Field::postcode: return Column::postcode;
    case Field::place: return Column::place;
    case Field::address: return Column::address;
    case Field::phone: return Column::phone;
    case Field::email: return Column::email;
    default: return Column::identifier;
    }
}

std::uint8_t born_level(const BirthDate& a, const BirthDate& b);

} // namespace reachable::identity
