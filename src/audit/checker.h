// The check of a whole log, fed entry by entry. It reads from nowhere itself, so that a database and an exported file
// are judged by the same code. Roots are worked out again from the entries alone.
#pragma once

#include "audit/checkpoint.h"
#include "audit/entry_reader.h"
#include "audit/tiles.h"

#include <map>

namespace reachable::audit {

class Checker {
  public:
    /// `open_key` is the key that checkpoints must be signed with; `kept_checkpoints` is the text of a checkpoint file
    /// kept elsewhere and must outlive the checker; `when_tile_is_full` is told of each tile that the entries fill.
    Checker(std::span<const std::uint8_t> open_key, std::string_view kept_checkpoints,
            TileReader when_tile_is_full = {});

    /// The next entry, in the order of the log.
    void take_entry(std::span<const std::uint8_t> canonical_bytes);
    /// The next checkpoint, after the entries that it counts.
    void take_checkpoint(std::string_view text);
    /// Records a fault found by whoever feeds the checker.
    void fault(std::string sentence);
    /// After the last entry and checkpoint. Nothing may be taken afterwards.
    Verification finish();

    std::uint64_t entry_count() const { return edge_.size(); }
    const Edge& edge() const { return edge_; }
    /// The entry taken last; null before the first, and when its bytes could not be read.
    const Entry* newest_entry() const { return is_newest_readable_ ? &newest_ : nullptr; }
    /// The checkpoint taken last, as far as it could be read.
    const std::optional<SignedCheckpoint>& newest_checkpoint() const { return newest_note_; }

  private:
    struct Kept {
        SignedCheckpoint note;
        std::string_view text;
        bool is_found = false;
    };
    void read_kept(std::string_view file);
    void check_against_entries(const Checkpoint& checkpoint);
    void check_against_previous(const Checkpoint& checkpoint);
    void check_against_kept(const Checkpoint& checkpoint, std::string_view text);
    void check_signature();
    void check_kept_that_were_not_found();

    std::span<const std::uint8_t> open_key_;
    TileReader when_tile_is_full_;
    std::multimap<std::uint64_t, Kept> kept_; // by size
    Edge edge_;
    OpenTiles tiles_;
    Entry newest_;
    bool is_newest_readable_ = false;
    std::optional<SignedCheckpoint> newest_note_;
    std::string newest_text_;
    std::uint64_t unfit_count_ = 0; // checkpoints whose root is not that of the entries
    std::uint64_t unnamed_fault_count_ = 0;
    Verification verification_;
};

} // namespace reachable::audit
