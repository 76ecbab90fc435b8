// Making an answer while the notes of its looks wait for their commit: one for all of them, once the answer is made.
//
//     Meanwhile meanwhile;
//     auto page = make_page();   // looks with `Database::observe_ahead`, which returns once it has looked
//     meanwhile.settle();        // every note is durable, or LookAgain is thrown
//     return page;
//
// Whoever makes one keeps the answer back until `settle` has returned: nothing that was seen leaves before its note
// is durable.
#pragma once

#include "storage/database.h"

namespace reachable::storage {

/// Something was written between a look and its note: what was seen may stand no longer, and no note says that it was
/// seen. Nothing was changed; make the answer again.
struct LookAgain : std::runtime_error {
    LookAgain() : std::runtime_error("Something was written between a look and its note") {}
};

/// While it stands, looks of its thread need not wait for their notes. One at a time on a thread. Not copied.
class Meanwhile {
  public:
    Meanwhile();
    /// Sees to it that the notes are written.
    ~Meanwhile();
    Meanwhile(const Meanwhile&) = delete;
    Meanwhile& operator=(const Meanwhile&) = delete;

    /// Returns when every note so far is durable. Throws LookAgain if one of them came too late, and whatever a note
    /// threw. From here on looks wait for their notes.
    void settle();

    // For databases.

    /// A note on its way.
    class Note {
      public:
        /// Waits until it is out of the database's hands.
        virtual ~Note() = default;
        /// Waits until it is durable. False: it came too late, and was not written.
        virtual bool wait() = 0;
    };
    /// The one that stands on this thread and has not settled; null if there is none.
    static Meanwhile* on_this_thread();
    void add(std::unique_ptr<Note> note) { notes_.push_back(std::move(note)); }

  private:
    std::vector<std::unique_ptr<Note>> notes_;
    bool has_settled_ = false;
};

/// To be called before anything else is written on this thread. An answer that is made again would write it again, so
/// the notes so far are settled first, and later looks wait.
void settle_before_a_write();

} // namespace reachable::storage
