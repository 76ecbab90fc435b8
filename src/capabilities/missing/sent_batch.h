// What the rows of one batch of a feed are about, read at once before the first of them is taken: what the source sent
// before, whose episodes they are, and when those children were away. It stays true while the rows are taken, because
// nobody else writes in between and each row says what it changed.
#pragma once

#include "capabilities/missing/sent_episodes.h"
#include "capabilities/missing/sent_rows.h"

#include <map>
#include <optional>
#include <set>

namespace reachable::missing {

/// An episode that the source sent before.
struct SentBefore {
    CaseId id;
    std::int64_t version = 0; // of the case, as the source left it
    Bytes digest;
    bool is_withdrawn = false;
};

/// The child of a row, as far as taking it asks.
struct SentChild {
    ChildId id;                   // none: nobody was sent under that reference, and no record is made yet
    AgencyId sent_by;             // whose system sent that person
    std::vector<ChildId> records; // all that are this child's and open to everybody
    std::optional<PartialDate> born;
    AgencyId authority;
};

class SentBatch {
  public:
    void read(storage::Transaction& transaction, const SentMapping& mapping, std::span<const identity::RowOfFile> rows);

    const SentBefore* before(const std::string& reference) const;
    /// Null: nobody was sent under that reference.
    const SentChild* child(const std::string& person) const;
    const SentChild& add_child(const std::string& person, SentChild child);

    /// R-B-07: "no gap and no duplicate count", as `is_away_in` says it (absences.h).
    bool is_away(storage::Transaction& transaction, const SentChild& child, UtcTime from, std::optional<UtcTime> until,
                 CaseId but) const;
    /// An absence that a row of the batch began.
    void add_absence(const SentChild& child, CaseId id, UtcTime from, std::optional<UtcTime> until);
    /// An act changed one of the child's absences: the database is asked from now on.
    void forget_absences(const SentChild& child);

  private:
    struct Absence {
        CaseId id;
        UtcTime began{};
        std::optional<UtcTime> over;
    };
    void read_before(storage::Transaction& transaction, const std::string& source,
                     std::span<const identity::RowOfFile> rows);
    void read_children(storage::Transaction& transaction, const std::string& people,
                       std::span<const identity::RowOfFile> rows);
    void read_absences(storage::Transaction& transaction, std::span<const identity::RowOfFile> rows);

    std::map<std::string, SentBefore, std::less<>> before_;
    std::map<std::string, SentChild, std::less<>> children_;
    std::map<ChildId, std::vector<Absence>> away_; // of each record that was read: those not over by `since_`
    UtcTime since_ = UtcTime::max();
};

/// While one stands on a thread, the acts of a feed there put down how they leave each episode.
class PuttingDown {
  public:
    explicit PuttingDown(std::vector<TakenEpisode>& taken);
    ~PuttingDown();
    PuttingDown(const PuttingDown&) = delete;
    PuttingDown& operator=(const PuttingDown&) = delete;
    /// Null where nobody asked.
    static std::vector<TakenEpisode>* here();
};

} // namespace reachable::missing
