// Source records laid out for comparing: fixed rows of numbers. What is written in letters stands once, in the
// vocabulary or among the values; a row is one cache line.
#pragma once

#include "identity/source_record.h"
#include "identity/vocabulary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

namespace reachable::identity {

/// A birth date in pieces; a piece that is not known is 0.
struct BirthDate {
    std::uint16_t year = 0;
    std::uint8_t month = 0;
    std::uint8_t day = 0;
    bool is_known() const { return year != 0; }
    /// 1 January, which systems put where nobody knows the day (R-A-04).
    bool is_placeholder() const { return month == 1 && day == 1; }
    std::uint32_t number() const { return year * 10000U + month * 100U + day; }
    bool operator==(const BirthDate&) const = default;
};

/// The date as a value of its column: days of a 31-day month, so small enough to count in an array.
constexpr WordId born_value(const BirthDate& born)
{
    return born.year < 1850 || born.year > 2150 ? 0 : ((born.year - 1850U) * 13U + born.month) * 32U + born.day + 1U;
}

/// What stands beside a row: nothing, further values, or further names and perhaps values.
enum class Beside : std::uint8_t { nothing, values, names };

enum class RecordedSex : std::uint8_t { unknown, female, male, other };

/// A name as numbers. Unused places are 0. `joined` holds the given words as one word where there are several: "mary
/// ann" and "maryann" are one name.
struct PersonName {
    std::array<WordId, 3> given{};
    std::array<WordId, 2> family{};
    WordId joined = 0;
    bool operator==(const PersonName&) const = default;
};

/// One source record. Each number is a value of its column, a name's in the vocabulary and any other among the values;
/// 0 where the record has none.
struct alignas(64) Row {
    PersonName name;
    WordId postcode = 0; // "ab12cd"
    WordId place = 0;
    WordId address = 0; // a number of `words_of_address`
    WordId phone = 0;
    WordId email = 0;
    WordId mailbox = 0; // what stands before the @
    WordId identifier = 0;
    BirthDate born;
    RecordedSex sex = RecordedSex::unknown;
    bool is_order_known = true; // false: the name came whole, nobody knows which word is the family's
    Beside beside = Beside::nothing;
    std::uint8_t source = 0;   // of the population's sources
    std::uint32_t more_at = 0; // where that is
};
static_assert(sizeof(Row) == 64);

/// The little of an address that tells most apart: how many words it has, and a bit for each, which words may share.
struct AddressSketch {
    std::uint64_t bits = 0;
    std::uint8_t words = 0;
    std::uint8_t hidden = 0; // words that share the bit of another
};

/// True if two addresses share less than a third of their words for sure.
inline bool share_few_words(AddressSketch a, AddressSketch b)
{
    const auto most = std::popcount(a.bits & b.bits) + std::min(a.hidden, b.hidden);
    return most * 3 < std::max(a.words, b.words);
}

/// How often each value stands in a column, of all that stand there.
class Frequencies {
  public:
    void count(WordId value)
    {
        if (value == 0) return;
        if (value >= counts_.size()) counts_.resize(std::size_t{value} + value / 8 + 64);
        counts_[value] += 1;
        total_ += 1;
    }
    /// The share of a value, never less than one of all; 0 if nothing was counted.
    float share(WordId value) const { return share_of(counted(value)); }
    /// The same of a value that was counted so often.
    float share_of(std::uint32_t times) const
    {
        return total_ == 0 ? 0 : static_cast<float>(times == 0 ? 1U : times) / static_cast<float>(total_);
    }
    std::uint32_t counted(WordId value) const { return value < counts_.size() ? counts_[value] : 0; }
    /// Asks for memory that is read soon.
    void fetch(WordId value) const { __builtin_prefetch(counts_.data() + value); }
    /// How likely two values drawn at random are equal.
    double chance_of_agreement() const;
    std::uint64_t total() const { return total_; }
    std::uint32_t most_counted() const { return counts_.empty() ? 0 : *std::ranges::max_element(counts_); }

  private:
    LargeArray<std::uint32_t> counts_;
    std::uint64_t total_ = 0;
};

/// The columns whose values are rare or common, so that agreeing on them says more or less.
enum class Column : std::uint8_t { given, family, born, postcode, place, address, phone, email, identifier };
constexpr std::size_t column_count = 9;

/// What a row has no place for: aliases, former names, and the history of what changes.
class More {
  public:
    std::span<const PersonName> names() const { return {names_, name_count_}; }
    /// The values of a column from `postcode` to `identifier` beside the one that stands in the row.
    std::span<const WordId> of(Column column) const
    {
        const auto own = static_cast<std::size_t>(column) - first_column;
        return {values_ + starts_[own], std::size_t{starts_[own + 1]} - starts_[own]};
    }

    /// Asks for memory that is read soon.
    void fetch_values() const { __builtin_prefetch(values_); }

  private:
    friend class Population;
    static constexpr std::size_t first_column = static_cast<std::size_t>(Column::postcode);
    static constexpr std::size_t columns = column_count - first_column;

    const PersonName* names_ = nullptr; // kept by the population
    const WordId* values_ = nullptr;    // column by column
    std::uint8_t name_count_ = 0;
    std::array<std::uint8_t, columns + 1> starts_{}; // of each column, and the end
};

/// Owns the rows and their vocabulary. Records are added one after another and keep their number.
class Population {
  public:
    /// Twins and siblings are kept apart (R-A-05) who were born in that year or later, or nobody knows when. 0: all.
    /// Of people born years apart it is enough that one of them was.
    explicit Population(const NameClasses& classes, std::uint16_t siblings_born_from = 0)
        : vocabulary_(std::make_unique<Vocabulary>(classes)), values_(std::make_unique<Vocabulary>(classes)),
          siblings_born_from_(siblings_born_from)
    {
    }
    std::uint16_t siblings_born_from() const { return siblings_born_from_; }
    /// The systems that sent records, by their number in the rows. The first stands for records of no source, and for
    /// every system beyond the 255th.
    std::span<const std::string> sources() const { return sources_; }

    /// The number of the new row. The texts of the record are not kept.
    std::uint32_t add(const SourceRecord& record);

    const Row& row(std::uint32_t number) const { return rows_[number]; }
    std::size_t size() const { return rows_.size(); }
    /// Null where a row has no more.
    const More* more(std::uint32_t number) const
    {
        const auto& row = rows_[number];
        return row.beside != Beside::nothing ? &more_[row.more_at] : nullptr;
    }
    /// The words of names.
    const Vocabulary& vocabulary() const { return *vocabulary_; }
    /// All that is no name: postcodes, places, telephones, addresses of mail, identifiers. There are far more of them
    /// than of names, which lie close together by themselves.
    const Vocabulary& values() const { return *values_; }
    /// The words of an address, sorted, by the number of the address.
    std::span<const WordId> words_of_address(WordId address) const
    {
        return std::span(address_words_)
            .subspan(address_starts_[address], address_starts_[address + 1] - address_starts_[address]);
    }
    AddressSketch sketch_of_address(WordId address) const { return address_sketches_[address]; }
    /// Asks for memory that is read soon.
    void fetch_address(WordId address) const { __builtin_prefetch(&address_sketches_[address]); }
    const Frequencies& frequencies(Column column) const { return frequencies_[static_cast<std::size_t>(column)]; }
    void reserve(std::size_t count) { rows_.reserve(count); }

  private:
    struct Further;
    Row row_of(const SourceRecord& record, Further& further);
    More keep(const Further& further);
    WordId value(std::string_view kind, std::string_view text);
    WordId address_value(std::string_view text);
    PersonName name_of(const SourceName& name, bool& is_order_known);
    void count(const Row& row);
    std::uint8_t number_of_source(std::string_view source);

    std::unique_ptr<Vocabulary> vocabulary_;
    std::unique_ptr<Vocabulary> values_;
    std::vector<std::string> sources_{std::string()};
    std::uint16_t siblings_born_from_ = 0;
    LargeArray<Row> rows_;
    LargeArray<More> more_;
    Arena<PersonName> further_names_;
    Arena<WordId> further_values_;
    TextArena address_texts_;
    TextNumbers address_numbers_;
    LargeArray<std::string_view> addresses_{std::string_view{}}; // by number
    LargeArray<std::uint32_t> address_starts_{0, 0};             // by number; 0 is none
    LargeArray<WordId> address_words_;
    LargeArray<AddressSketch> address_sketches_{AddressSketch{}}; // by number
    std::array<Frequencies, column_count> frequencies_;
};

} // namespace reachable::identity
