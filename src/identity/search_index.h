// Live search: from what somebody knows of a child to the records that may be of that child, scored by all evidence and
// the best first, in well under a millisecond over a country. Rows are found by postings that carry a little of what
// else the row says, so that most of a long list is passed over without being fetched.
#pragma once

#include "identity/model.h"
#include "identity/near_words.h"

#include <optional>

namespace reachable::identity {

/// One name of one person as the index holds it. A person with aliases, former names or several postcodes has several
/// rows of one number.
struct SearchRow {
    std::array<WordId, 2> given{};
    std::array<WordId, 2> family{};
    std::uint32_t born = 0;     // born_value
    std::uint32_t postcode = 0; // a packed code; 0: none
    std::uint32_t phone = 0;    // hashes; 0: none
    std::uint32_t identifier = 0;
};
static_assert(sizeof(SearchRow) == 32);

/// A record that may be of the person asked for.
struct Hit {
    std::uint32_t person = 0; // as it was given to `add`
    std::uint32_t row = 0;
    float log_odds = 0; // the prior counted in
    Pattern pattern = 0;
};

struct SearchFigures {
    std::size_t passed = 0; // entries of lists looked at
    std::size_t scored = 0; // rows fetched and scored
};

/// Rows are added and then frozen for fast search; rows added later are searched beside, one by one, until the next
/// freeze. Not safe to add to while others search.
class SearchIndex {
  public:
    /// `classes` must outlive this.
    SearchIndex(const NameClasses& classes, Model model);

    /// Every name and postcode of the record, under a number of the caller's own.
    void add(std::uint32_t person, const SourceRecord& record);
    /// Takes a person's rows out of every answer; a correction is this and `add`. Walks all rows of before the freeze.
    void remove(std::uint32_t person);
    /// Builds the lists over all rows there are.
    void freeze();

    /// The best rows, one for each person, at most `most`, none under `at_least` bits. The record asked for needs no
    /// source and no reference.
    std::vector<Hit> search(const SourceRecord& asked, std::size_t most = 20, float at_least = -12,
                            SearchFigures* figures = nullptr) const;
    /// The same by scoring every row there is: what the lists are held against.
    std::vector<Hit> search_all(const SourceRecord& asked, std::size_t most = 20, float at_least = -12) const;

    std::size_t row_count() const { return rows_.size(); }
    std::size_t bytes() const;

  private:
    struct Query;
    /// Rows by one of their words, each with a hash of a word of the other box.
    struct WordList {
        std::vector<std::uint64_t> starts; // by word
        std::vector<std::uint32_t> rows;
        std::vector<std::uint16_t> others;
    };
    /// Rows by birth date, each with hashes of its names.
    struct DateList {
        std::vector<std::uint32_t> starts; // by born_value
        std::vector<std::uint32_t> rows;
        std::vector<std::uint16_t> given;
        std::vector<std::uint16_t> family;
    };
    /// Rows by a value: pairs of value and row, sorted.
    using ValueList = std::vector<std::uint64_t>;

    Query understand(const SourceRecord& asked) const;
    void by_names(const Query& query, std::vector<std::uint32_t>& found, std::size_t& passed) const;
    void by_birth(const Query& query, std::vector<std::uint32_t>& found, std::size_t& passed) const;
    void by_values(const Query& query, std::vector<std::uint32_t>& found) const;
    void by_one_name(const Query& query, std::vector<std::uint32_t>& found) const;
    Hit score(const Query& query, std::uint32_t row) const;
    std::vector<Hit> best_of(const Query& query, std::span<const std::uint32_t> rows, std::size_t most,
                             float at_least) const;
    WordList word_list(bool is_given) const;
    void build_dates();
    void build_rarities();

    Vocabulary vocabulary_;
    Model model_;
    std::vector<SearchRow> rows_;
    std::vector<std::uint32_t> persons_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> rows_of_; // of persons added since the freeze
    std::size_t frozen_ = 0;
    Frequencies given_counts_;
    Frequencies family_counts_;
    NearWords near_;
    WordList by_given_;
    WordList by_family_;
    DateList by_date_;
    ValueList by_postcode_;
    ValueList by_phone_;
    ValueList by_identifier_;
    std::array<std::array<float, most_levels>, field_count> weights_{};
    std::vector<float> rarities_;      // by word, in whichever box it is commoner
    std::array<float, 2> agreement_{}; // of given and family names
    float prior_ = 0;
};

} // namespace reachable::identity
