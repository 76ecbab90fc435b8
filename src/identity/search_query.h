// A question while it is answered: the words that may be meant, what they are worth at most, and the best rows so far.
// For the files that search alone.
#pragma once

#include "identity/search_index.h"
#include "identity/search_parts.h"

#include <bitset>

namespace reachable::identity {

constexpr std::size_t most_query_words = 6;

constexpr std::uint8_t level_of_likeness(Likeness likeness)
{
    constexpr std::array<std::uint8_t, 8> levels{level::different,    level::initial,    level::near,
                                                 level::sounds_alike, level::short_form, level::one_slip,
                                                 level::spelling,     level::same_name};
    return levels[static_cast<std::size_t>(likeness)];
}

/// What a likeness says where one of the two words is not the name itself but stands beside it.
constexpr std::uint8_t level_beside(std::uint8_t reached)
{
    if (reached >= level::one_slip) return level::shared;
    return reached >= level::sounds_alike ? level::near : level::different;
}

// Middle names order the people of one name. They count for less than they could: brothers and sisters often share
// them, and no system has them all.
constexpr float other_middle = -1; // one was asked for and the row has none
constexpr float most_of_a_middle_name = 9;
constexpr float unasked_middle = -0.6F; // the row has one and none was asked for

/// For each word of the country that may be meant: how near it is to each typed word. Open addressing in one block.
class NearTable {
  public:
    using Levels = std::array<std::uint8_t, most_query_words>;

    NearTable() : places_(1024) {}
    struct Place {
        WordId word = 0;
        float rarity = 0;
        Levels levels{};
    };
    void put(WordId word, float rarity, std::size_t typed, std::uint8_t level)
    {
        if (count_ * 2 > places_.size()) grow();
        auto& place = find_place(word);
        if (place.word == 0) count_ += 1;
        place.word = word;
        place.rarity = rarity;
        place.levels[typed] = std::max(place.levels[typed], level);
    }
    /// Null if the word is near none.
    const Place* find(WordId word) const
    {
        if (word == 0) return nullptr;
        for (auto at = start(word);; at = (at + 1) & (places_.size() - 1)) {
            if (places_[at].word == word) return &places_[at];
            if (places_[at].word == 0) return nullptr;
        }
    }

  private:
    std::size_t start(WordId word) const { return word * 0x9E3779B1U >> 7U & (places_.size() - 1); }
    Place& find_place(WordId word)
    {
        auto at = start(word);
        while (places_[at].word != 0 && places_[at].word != word) at = (at + 1) & (places_.size() - 1);
        return places_[at];
    }
    void grow()
    {
        auto before = std::move(places_);
        places_ = std::vector<Place>(before.size() * 2);
        for (const auto& place : before)
            if (place.word != 0) find_place(place.word) = place;
    }
    std::vector<Place> places_;
    std::size_t count_ = 0;
};

/// The words of one box of a row, and how near each is to what was typed.
struct RowBox {
    std::array<WordId, 2> words{};
    std::array<NearTable::Levels, 2> levels{}; // not_known, which is the least: to none of them
    std::array<float, 2> rarities{};           // of those that are near
};

/// The words that may be meant by one box, and how much each adds to a row's odds at most.
struct SearchIndex::Sought {
    struct Word {
        WordId word = 0;
        float most = 0;
    };
    std::vector<Word> words; // what adds most first
    std::bitset<65536> hashes;
    std::vector<std::pair<std::uint16_t, float>> by_hash; // the most of the words with a hash

    bool is_empty() const { return words.empty(); }
    float most() const { return words.front().most; }
    float most_of(std::uint16_t hash) const
    {
        return std::ranges::lower_bound(by_hash, hash, {}, &std::pair<std::uint16_t, float>::first)->second;
    }
};

struct SearchIndex::Query {
    struct Typed {
        WordId word = 0; // 0: new to the country
        float rarity = 0;
        char initial = 0; // where nothing but a first letter was typed
        std::vector<NearWord> near;
    };
    std::vector<Typed> typed;
    // Places in `typed`, the name itself first.
    std::vector<std::size_t> given;
    std::vector<std::size_t> family;
    std::optional<std::size_t> joined; // the given words as one
    bool is_order_known = true;
    bool has_initials = false;
    NearTable table;
    Sought sought_given;
    Sought sought_family;
    BirthDate born;
    std::vector<std::uint32_t> dates; // of which everybody is looked at; sorted
    std::vector<std::uint32_t> postcodes;
    std::vector<std::uint32_t> phones;
    std::vector<std::uint32_t> identifiers;
    /// By level: what a date of birth adds to the odds of a row that no date or value led to. Far below all odds where
    /// the date itself leads to the row.
    std::array<float, most_levels> born_elsewhere{};
    float most_of_born_elsewhere = 0;
    /// The prior, and what postcode, phone and identifier add at most to such a row.
    float rest_elsewhere = 0;
    /// Levels of short dates, worked out as they are met.
    std::vector<std::uint8_t> born_levels;

    /// A birth date alone leads to nobody.
    bool is_empty() const { return typed.empty() && postcodes.empty() && phones.empty() && identifiers.empty(); }
    bool has_both() const { return !given.empty() && !family.empty(); }
    /// One name and the first letter of the other: only the name leads to rows. Null otherwise.
    const Sought* beside_an_initial() const
    {
        if (!has_both()) return nullptr;
        const bool is_given_one = typed[given.front()].initial != 0;
        if (is_given_one == (typed[family.front()].initial != 0)) return nullptr;
        return is_given_one ? &sought_family : &sought_given;
    }
    std::uint8_t level_of_date(std::uint16_t date);
};

/// The best rows so far, one for each person, and what a further one must exceed.
class BestHits {
  public:
    BestHits(std::size_t most, float at_least) : most_(most), at_least_(at_least), floor_(at_least - rounding) {}
    /// Nothing with these odds at most is among the best any more.
    bool is_hopeless(float odds) const { return odds <= floor_; }
    void offer(const Hit& hit)
    {
        if (hit.log_odds < at_least_ || hit.log_odds < least_) return;
        hits_.push_back(hit);
        if (hits_.size() >= most_ + most_ / 2 + 8) settle();
    }
    std::vector<Hit> taken()
    {
        settle();
        return std::move(hits_);
    }

  private:
    /// Odds are sums in different orders.
    static constexpr float rounding = 0.001F;
    /// One row a person, the best first, no more than wanted.
    void settle();

    std::size_t most_;
    float at_least_;
    float floor_;
    float least_ = -1e9F;
    std::vector<Hit> hits_;
};

struct SearchIndex::Search {
    Query& query;
    BestHits best;
    SearchFigures figures;
    /// Rows on their way: each is asked for from memory some rows before it is scored.
    std::array<std::uint32_t, 8> coming{};
    std::size_t coming_count = 0;
};

} // namespace reachable::identity
