// Source records laid out for comparing: fixed rows of numbers. What is written in letters stands once, in the
// vocabulary; a row is one cache line.
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

enum class RecordedSex : std::uint8_t { unknown, female, male, other };

/// A name as numbers. Unused places are 0. `joined` holds the given words as one word where there are several: "mary
/// ann" and "maryann" are one name.
struct PersonName {
    std::array<WordId, 3> given{};
    std::array<WordId, 2> family{};
    WordId joined = 0;
    bool operator==(const PersonName&) const = default;
};

/// One source record. Each number is a value of its column in the vocabulary, 0 where the record has none.
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
    bool has_more = false;      // further names or values stand beside the row
    std::uint32_t more_at = 0;  // where
};
static_assert(sizeof(Row) == 64);

/// What a row has no place for: aliases, former names, and the history of what changes.
struct More {
    std::vector<PersonName> names;
    std::vector<WordId> postcodes;
    std::vector<WordId> places;
    std::vector<WordId> addresses;
    std::vector<WordId> phones;
    std::vector<WordId> emails;
    std::vector<WordId> identifiers;
};

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
        if (value >= counts_.size()) counts_.resize(std::size_t{value} + value / 2 + 64);
        counts_[value] += 1;
        total_ += 1;
    }
    /// The share of a value, never less than one of all; 0 if nothing was counted.
    float share(WordId value) const
    {
        if (total_ == 0) return 0;
        const auto counted = value < counts_.size() ? counts_[value] : 0U;
        return static_cast<float>(counted == 0 ? 1U : counted) / static_cast<float>(total_);
    }
    std::uint32_t counted(WordId value) const { return value < counts_.size() ? counts_[value] : 0; }
    /// How likely two values drawn at random are equal.
    double chance_of_agreement() const;
    std::uint64_t total() const { return total_; }
    /// One more than the largest value that may have been counted.
    std::size_t value_count() const { return counts_.size(); }

  private:
    std::vector<std::uint32_t> counts_;
    std::uint64_t total_ = 0;
};

/// The columns whose values are rare or common, so that agreeing on them says more or less.
enum class Column : std::uint8_t { given, family, born, postcode, place, address, phone, email, identifier };
constexpr std::size_t column_count = 9;

/// Owns the rows and their vocabulary. Records are added one after another and keep their number.
class Population {
  public:
    /// Twins and siblings are kept apart (R-A-05) who were born in that year or later, or nobody knows when. 0: all.
    /// Of people born years apart it is enough that one of them was.
    explicit Population(const NameClasses& classes, std::uint16_t siblings_born_from = 0)
        : vocabulary_(std::make_unique<Vocabulary>(classes)), siblings_born_from_(siblings_born_from)
    {
    }
    std::uint16_t siblings_born_from() const { return siblings_born_from_; }

    /// The number of the new row. The texts of the record are not kept.
    std::uint32_t add(const SourceRecord& record);
    /// A row as `add` would make it, without keeping it; its words are added to the vocabulary.
    Row row_of(const SourceRecord& record, More& more);

    const Row& row(std::uint32_t number) const { return rows_[number]; }
    std::size_t size() const { return rows_.size(); }
    /// Null where a row has no more.
    const More* more(std::uint32_t number) const
    {
        const auto& row = rows_[number];
        return row.has_more ? &more_[row.more_at] : nullptr;
    }
    const Vocabulary& vocabulary() const { return *vocabulary_; }
    /// The words of an address, sorted, by the number of the address.
    std::span<const WordId> words_of_address(WordId address) const
    {
        return std::span(address_words_)
            .subspan(address_starts_[address], address_starts_[address + 1] - address_starts_[address]);
    }
    AddressSketch sketch_of_address(WordId address) const { return address_sketches_[address]; }
    const Frequencies& frequencies(Column column) const { return frequencies_[static_cast<std::size_t>(column)]; }
    void reserve(std::size_t count) { rows_.reserve(count); }

  private:
    WordId value(std::string_view kind, std::string_view text);
    WordId address_value(std::string_view text);
    PersonName name_of(const SourceName& name, bool& is_order_known);
    void count(const Row& row);

    std::unique_ptr<Vocabulary> vocabulary_;
    std::uint16_t siblings_born_from_ = 0;
    LargeArray<Row> rows_;
    std::vector<More> more_;
    std::unordered_map<std::string, std::uint32_t> addresses_;
    std::vector<std::uint32_t> address_starts_{0, 0}; // by number; 0 is none
    std::vector<WordId> address_words_;
    LargeArray<AddressSketch> address_sketches_{AddressSketch{}}; // by number
    std::array<Frequencies, column_count> frequencies_;
};

} // namespace reachable::identity
