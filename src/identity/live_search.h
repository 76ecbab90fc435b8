// Live search over the children on record: who may be the one somebody asks for, by all that is known, the likeliest
// first, each with its reasons in words. Held in memory and never behind: before a search it takes in what was stored
// since the last one.
//
// What is found here is an id and reasons; whether the person who asks may see that child is not known here.
#pragma once

#include "base/crypto.h"
#include "identity/child_numbers.h"
#include "identity/decisions.h"
#include "identity/search_index.h"
#include "records/child.h"
#include "records/versions.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <set>
#include <shared_mutex>
#include <span>

namespace reachable::identity {

/// Somebody on record who may be the one asked for.
struct Likely {
    ChildId child;
    float log_odds = 0;               // for the order only, never shown (R-A-02)
    std::vector<std::string> reasons; // for it first, then against it: "same name", "day and month of birth exchanged"
    Pattern pattern = 0;              // of what the reasons are made
    bool is_near_miss = false;
};

/// What speaks for the two being one child and what speaks against it, in words a sergeant reads (R-A-02).
struct Reasons {
    std::vector<std::string> in_favour;
    std::vector<std::string> against;
};

/// A near miss agrees in less than a child who may be the one: half a date, or names nearly alike under another date.
enum class NearMisses { left_out, too };

/// Two children's records side by side, for whoever decides whether they are one child.
struct Compared {
    std::vector<std::string> in_favour; // that they are one child
    std::vector<std::string> against;
    Guards guards; // what a join would need beside a reason (R-A-05)
};

/// Safe to share between threads.
class LiveSearch {
  public:
    /// `data_folder`: where identity/names.csv stands. Nothing is read before the first search.
    /// `kept_in`: the file in which `renew` keeps what was worked out; none: every start reads all children.
    /// `most_built_at_once`: once so many records and corrections came, the lists are built anew by `renew`, beside
    /// those who search; `catch_up` builds them where there are none yet, or where most records came since.
    explicit LiveSearch(std::string data_folder, std::filesystem::path kept_in = {},
                        std::size_t most_built_at_once = 50'000);

    /// Takes in every child that was stored or changed since. What was acknowledged before this call is found after it.
    /// The count of children it read.
    std::size_t catch_up(storage::Database& database);
    /// Builds the lists anew beside those in use once a tenth of all children came since they were built, and writes to
    /// the file what was worked out: the next start reads that and only takes in what changed later. Meanwhile others
    /// search and add. The database knows which files were kept, so that none is believed that another database made,
    /// or this one before it was put back to an older day. Does nothing if there is nothing new. Throws what the disk
    /// and the database throw. By one caller at a time.
    void renew(storage::Database& database);
    /// Those of the children who take no place among those found, because whoever asks may not know of them. Which of
    /// the others are found, and in which order, does not hang on how many of these there are.
    using WithoutPlace = std::function<std::set<ChildId>(std::span<const ChildId>)>;
    /// At most `most` who take a place, the likeliest first, and those who take none and are not less likely than the
    /// last of them. `asked` needs neither source nor reference. Near misses, as many at most, come after all others.
    /// `without_place` is asked only about more than can be found at once.
    std::vector<Likely> find(const SourceRecord& asked, std::size_t most, NearMisses near_misses = NearMisses::left_out,
                             const WithoutPlace& without_place = everybody_takes_place) const;
    /// The same without near misses, and none under `at_least` bits.
    std::vector<Likely> find_beside(const SourceRecord& asked, std::size_t most, float at_least,
                                    const WithoutPlace& without_place) const;
    /// All that two records say, compared as it is in bulk, with the stricter guard of twins: whatever they are alike
    /// in, somebody asks whether they are one child.
    Compared compare(const records::Child& one, const records::Child& other);
    /// "Many children bear this surname": what the names asked for are worth by the list of common names, and never by
    /// the children on record, or the answer would tell of those who may not be seen. Empty if none is common. After
    /// the first `catch_up`.
    std::string how_common(const SourceRecord& asked) const;

  private:
    class Places;
    static std::set<ChildId> everybody_takes_place(std::span<const ChildId> children);
    std::vector<Likely> best(const SourceRecord& asked, std::size_t most, float at_least) const;
    std::vector<Likely> best_beside(const SourceRecord& asked, std::size_t most, float at_least, Places& places) const;
    void take_in(const records::Child& child);
    bool is_time_to_build() const;
    bool is_backlog() const;
    void settle();
    void begin(storage::Database& database);
    bool take_kept(std::span<const Bytes> known_files);
    void begin_empty();
    void read_classes();
    void read_common_names();

    struct Stamp;
    struct Renewal;
    Stamp stamp() const;
    std::unique_ptr<Renewal> begin_renewal();
    void keep(storage::Database& database, const Renewal& renewal);
    void put_to_use(Renewal renewal);

    const std::string data_folder_;
    const std::filesystem::path kept_in_;
    const std::size_t most_built_at_once_;
    /// The name of the file's content in the database; zeros: none. After the first search for `renew` alone.
    std::array<std::uint8_t, 16> kept_as_{};
    mutable std::shared_mutex mutex_; // guards what follows
    std::unique_ptr<NameClasses> classes_;
    std::set<std::string, std::less<>> common_given_;
    std::set<std::string, std::less<>> common_family_;
    std::unique_ptr<SearchIndex> index_;
    ChildNumbers numbers_;           // that the children have in the index
    std::size_t taken_in_since_ = 0; // since the lists were built
    std::uint64_t times_built_ = 0;
    records::ChangePosition position_;
    Hash classes_hash_{};
    std::atomic<bool> is_settled_ = true;        // nothing was taken in since the lists and words were last seen to
    std::atomic<bool> is_worth_keeping_ = false; // tried once for each time the lists were built
};

/// What the record of a child says, as the search compares it.
SourceRecord described_by(const records::Child& child);
/// What somebody knows who asks for a child by name: the name in any order, and the birth date or a part of it.
SourceRecord described_by(std::string_view full_name, const std::optional<PartialDate>& born);

/// Puts what somebody knows of where a child lives into what is asked: the postcode that stands in the text, and the
/// rest of it as an address.
void add_place(SourceRecord& asked, std::string_view text);

/// Two things at least: two names, or one and a birth date, or an identifier. With less a search would be a browse.
bool says_enough(const SourceRecord& asked);

/// R-A-05: two identifiers of one type, and none of that type in common.
bool has_contradictory_identifiers(const SourceRecord& one, const SourceRecord& other);

Reasons reasons_of(Pattern pattern);
/// Both in one list, what speaks for it first.
std::vector<std::string> reasons_in(Pattern pattern);
/// R-A-05: a twin, a brother or a sister of the child asked for would look the same.
bool may_be_a_sibling(Pattern pattern);
/// The facts, two at most, of which one more would tell whether it is the child: "the date of birth". What was asked
/// for already is not among them. None where the names and the date, or an identifier, are the same.
std::vector<std::string> what_would_settle(Pattern pattern, const SourceRecord& asked);
/// True if every word of the address asked for, a number among them, stands in the one on record.
bool is_at_address(std::string_view asked, std::string_view on_record);

} // namespace reachable::identity
