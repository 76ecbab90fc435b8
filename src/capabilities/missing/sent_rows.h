// One row of a force's own system, understood by the mapping: an episode, whose child it is of, and why it cannot be
// taken if it cannot.
#pragma once

#include "base/json.h"
#include "capabilities/missing/sent_mapping.h"
#include "identity/feed_rows.h"

#include <unordered_set>

namespace reachable::missing {

struct SentEpisode {
    std::string reference;
    identity::SourceRecord child; // of the source of people; with a name or a date of birth if the row has one
    std::string force;            // codes of agencies; empty: not said
    std::string authority;
    bool is_deleted = false;
    bool was_no_absence = false;
    std::optional<UtcTime> began_at;
    std::optional<UtcTime> returned_at;
    Json facts = Json::object(); // as an act is asked for them, but for who leads and whether duties follow
};

struct SentRow {
    std::size_t number = 0; // from 1
    std::size_t line = 0;   // of the file
    std::string_view text;
    SentEpisode episode;
    std::vector<std::string> reasons; // "has no reference"; never a value
};

class SentReader {
  public:
    /// Refuses a table without a header, or without a column of the mapping. Text and mapping must outlive the reader.
    static Result<SentReader> open(std::string_view text, const SentMapping& mapping);
    /// Nothing at the end. Of two rows with one reference the second is set aside.
    std::optional<SentRow> next();
    const std::set<std::string>& never_filled() const { return rows_.never_filled(); }

  private:
    SentReader(identity::RowReader rows, const SentMapping& mapping) : mapping_(&mapping), rows_(std::move(rows)) {}

    const SentMapping* mapping_;
    identity::RowReader rows_;
    std::unordered_set<std::string> references_;
};

} // namespace reachable::missing
