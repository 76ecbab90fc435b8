// Live search: from what somebody knows of a child to the records that may be of that child, scored by all evidence and
// the best first, in well under a millisecond over a country. Rows are found by postings that carry a little of what
// else the row says, so that most of a long list is passed over without being fetched.
#pragma once

#include "identity/growing_lists.h"
#include "identity/model.h"
#include "identity/near_words.h"

#include <memory>
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

/// What a search shows unless told otherwise: near misses are shown rather than hidden.
constexpr float least_shown = -18;

struct SearchFigures {
    std::size_t passed = 0; // entries of lists looked at
    std::size_t scored = 0; // rows fetched and scored, some of them twice
};

struct RowBox;
class SnapshotReader;
class SnapshotWriter;

/// Rows are added and then frozen for fast search; rows added later stand in lists of their own, which grow with each.
/// What is found must not hang on when the lists were built, and so on how many rows there are that somebody may not
/// see. Not safe to add to while others search. A copy shares the frozen lists: it can be frozen or kept in a file
/// while the other one is searched and added to, and then take its place.
class SearchIndex {
  public:
    /// `classes` must outlive this.
    SearchIndex(const NameClasses& classes, Model model);

    /// Every name and postcode of the record, under a number of the caller's own, larger than all before and less than
    /// two thousand million. Found after the next `settle` or `freeze`.
    void add(std::uint32_t person, const SourceRecord& record);
    /// Takes a person's rows out of every answer; a correction is this and `add` under a new number.
    void remove(std::uint32_t person);
    /// From here on every name counts as equally rare, so that no row changes what another is worth: for whoever may
    /// not see all rows must not learn of them by what they are shown of the rest.
    void weigh_names_alike();
    /// Builds the lists over all rows there are: seconds for millions.
    void freeze();
    /// From here on the rows that came since the last freeze are found too.
    void list_new_rows();
    /// The same, also by words that are new and misspelt: as well as all others.
    void settle();
    /// Adds and removes what was added to and removed from `other` since this was copied from it, and settles.
    void follow(const SearchIndex& other);

    /// All there is, for the next start.
    void put(SnapshotWriter& file) const;
    /// What `put` wrote, for an index that holds nothing yet, with the same classes and of the same program. False: the
    /// file is not whole, and this is good for nothing any more.
    bool take(SnapshotReader& file);

    /// The best rows, one for each person, at most `most`, none under `at_least` bits. The record asked for needs no
    /// source and no reference. Under `least_shown` half of a birth date and one of two names lead to rows too.
    std::vector<Hit> search(const SourceRecord& asked, std::size_t most = 20, float at_least = least_shown,
                            SearchFigures* figures = nullptr) const;
    /// The same by scoring every row there is: what the lists are held against.
    std::vector<Hit> search_all(const SourceRecord& asked, std::size_t most = 20, float at_least = least_shown) const;

    std::size_t row_count() const { return rows_.size(); }
    bool is_frozen() const { return lists_->row_count > 0; }
    std::size_t bytes() const;

  private:
    struct Query;
    struct Sought;
    struct Search;
    /// Rows by one of their words. An entry says beside the row a hash of a word of the other box and when the person
    /// was born; those of a word stand in order of both, so that one name and one date are found without walking.
    struct WordList {
        LargeArray<std::uint32_t> starts; // by word
        LargeArray<std::uint64_t> entries;
        std::span<const std::uint64_t> of(WordId word) const
        {
            if (word + 1 >= starts.size()) return {};
            return std::span(entries).subspan(starts[word], starts[word + 1] - starts[word]);
        }
        /// Asks for memory that is read soon: first where a list starts, and then its beginning.
        void fetch_start(WordId word) const
        {
            if (word < starts.size()) __builtin_prefetch(&starts[word]);
        }
        void fetch_list(WordId word) const
        {
            if (word + 1 < starts.size()) __builtin_prefetch(entries.data() + starts[word]);
        }
    };
    /// Rows by birth date, each with hashes of its names.
    struct DateList {
        LargeArray<std::uint32_t> starts; // by born_value
        LargeArray<std::uint64_t> entries;
        std::span<const std::uint64_t> of(std::uint32_t date) const
        {
            if (date == 0 || date + 1 >= starts.size()) return {};
            return std::span(entries).subspan(starts[date], starts[date + 1] - starts[date]);
        }
    };
    /// Rows by a value: pairs of value and row, sorted.
    using ValueList = LargeArray<std::uint64_t>;
    /// What is built at once, over the first rows, and never changed.
    struct Lists {
        std::size_t row_count = 0;
        WordList by_given;
        WordList by_family;
        DateList by_date;
        ValueList by_postcode;
        ValueList by_phone;
        ValueList by_identifier;
        LargeArray<Commonness> common; // by word, in whichever box it is commoner, when the lists were built or taken
        NearWords near;
        std::unordered_map<WordId, std::vector<NearWord>> near_common; // worked out ahead for words that many bear
    };
    /// The same of the rows that came since. A copy holds nothing: whoever copies an index builds it or settles it.
    struct Newer {
        Newer() = default;
        Newer(const Newer&) {}
        Newer(Newer&&) = default;
        Newer& operator=(const Newer&) = delete;
        Newer& operator=(Newer&&) = default;
        ~Newer() = default;

        std::size_t row_count = 0; // so many of them are listed
        GrowingLists by_given;
        GrowingLists by_family;
        GrowingLists by_date;
        GrowingLists by_postcode;
        GrowingLists by_phone;
        GrowingLists by_identifier;
        /// Their words that no other rows bear: the older ones in one list and the newest in another, so that few are
        /// taken in again each time.
        std::size_t older_words = 0; // so many stand in `near_older`
        std::size_t learnt_words = 0;
        NearWords near_older;
        NearWords near_newest;
    };

    template <class File, class Index, class Built>
    static void pass(File& file, Index& index, Built& lists);

    Query understand(const SourceRecord& asked) const;
    std::size_t type(Query& query, std::string_view text) const;
    void type_names(Query& query, const SourceName& name) const;
    void divide(Query& query, std::size_t place, std::string_view text) const;
    void seek(Query& query) const;
    void bound_rest(Query& query) const;
    float most_of_name(std::uint8_t reached, float rarity, bool is_first, bool is_given) const;

    void by_values(Search& search) const;
    void by_birth(Search& search) const;
    void by_date(Search& search, std::uint32_t date) const;
    void by_names(Search& search) const;
    void by_one_name(Search& search) const;
    void by_an_initial(Search& search) const;
    void by_lists_of(Search& search, const Sought& sought, float rest) const;
    template <class List>
    void by_short_lists(Search& search, const List& list, const Sought& sought, const Sought& others, float rest) const;
    void by_newer_names(Search& search, float straight, float swapped) const;
    void by_long_lists(Search& search, const WordList& of_given, const WordList& of_family, float rest) const;
    void by_pair(Search& search, std::span<const std::uint64_t> run, float names) const;
    void consider(Search& search, std::uint64_t entry, float names) const;
    void take(Search& search, std::uint32_t row) const;
    void finish(Search& search) const;

    /// Of a word that nobody bore when the lists were built: the rarest.
    float rarity(WordId word) const { return word < lists_->common.size() ? lists_->common[word].rarity : rarest_; }
    float weight(Field field, std::uint8_t level) const { return weights_[static_cast<std::size_t>(field)][level]; }
    static float middle_weight(std::uint8_t level, float rarity);
    float name_weight(bool is_given, std::uint8_t level, float rarity) const;
    Hit score(const Query& query, std::uint32_t row) const;
    RowBox box_of(const Query& query, const std::array<WordId, 2>& words) const;
    void reserve_rows(std::size_t count);
    void put_row(const SearchRow& row, std::uint32_t person);
    void note_new_texts();
    void learn_new_words();
    WordList word_list(bool is_given) const;
    DateList date_list() const;
    void build_values(Lists& lists) const;
    void build_commonness(Lists& lists);
    void build_near(Lists& lists) const;
    std::uint32_t borne_by(WordId word) const { return given_counts_.counted(word) + family_counts_.counted(word); }
    std::vector<NearWord> near_of(const Lists& lists, std::string_view text) const;
    void add_new_near(std::string_view text, std::vector<NearWord>& near) const;
    void note_word(WordId word);

    Vocabulary vocabulary_;
    LargeArray<char> initials_; // by word
    Model model_;
    LargeArray<SearchRow> rows_;
    LargeArray<std::uint32_t> persons_; // of the rows, in their order
    std::shared_ptr<const Lists> lists_ = std::make_shared<const Lists>();
    Newer newer_;
    Frequencies given_counts_;
    Frequencies family_counts_;
    std::vector<WordId> new_words_; // that only rows since the last freeze bear
    std::array<std::array<float, most_levels>, field_count> weights_{};
    std::array<float, 2> agreement_{}; // of given and family names
    float rarest_ = 22;                // nothing is worth more
    bool are_names_alike_ = false;     // in their rarity
    float prior_ = 0;
};

} // namespace reachable::identity
