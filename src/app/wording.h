// Advice about words that blame a child, after a form was saved: never before, and never in its way (R-N-01). The page
// that a post leads to says which phrase it was, what may stand instead and why; then it is forgotten. Kept in memory
// meanwhile are the list's own words, the box and the address, and nothing else of what somebody wrote.
#pragma once

#include "derived/site.h"
#include "language/boxes.h"
#include "language/counts.h"
#include "language/phrases.h"

#include <mutex>
#include <set>

namespace reachable::app {

class Service;

/// A phrase that stood in a box.
struct Advice {
    const language::Phrase* phrase = nullptr;
    std::string words;      // as the list writes them: "choosing to go missing"
    std::string box;        // the box, or the field that a correction is about
    std::string changed_at; // where it can be changed; empty: nowhere
};

/// What a form holds, read before anybody knows whether it is saved.
struct WordsRead {
    std::string path; // where the form was posted to
    std::vector<Advice> advice;
    std::set<std::string> boxes; // those that were read
    // What the script of the page says it offered, and what became of it.
    std::set<int> offered;
    std::set<int> taken;
    std::set<int> kept;

    bool is_empty() const { return boxes.empty() && offered.empty(); }
};

/// The list, and the advice that waits for the next page of a session. Safe to use from several threads.
class Wording {
  public:
    /// Refuses lists that cannot be read.
    static Result<std::unique_ptr<Wording>> open(const std::filesystem::path& data_folder);

    /// Looks through the boxes of a posted form that the list of boxes names. Of what is no form, nothing.
    WordsRead read(const web::Request& request, CivilDate day) const;
    /// Counts, and keeps the advice for the page at `location`, to which the post of this session led.
    void note_saved(const WordsRead& read, const accounts::Session& session, std::string_view location, UtcTime now);
    /// Puts on the page what waits for it, if anything does.
    void show_on(web::Page& page, const derived::Visit& visit, const casework::Desk& desk);
    /// That request was answered: what its page said is not said again.
    void note_answered(RequestId request);

    void store_counts(storage::Database& database);
    /// What the script of a page looks for, and in which boxes; in force on that day.
    Json for_scripts(CivilDate day) const;
    const language::Phrases& phrases() const { return phrases_; }
    const language::Boxes& boxes() const { return boxes_; }

  private:
    struct Waiting {
        std::vector<Advice> advice;
        std::string page;
        UtcTime since{};
        RequestId shown_in; // the request whose page says it
        bool is_shown = false;
    };
    Wording(language::Phrases phrases, language::Boxes boxes) : phrases_(std::move(phrases)), boxes_(std::move(boxes))
    {
    }
    std::set<int> changed_since(const WordsRead& read, const accounts::Session& session) const;

    language::Phrases phrases_;
    language::Boxes boxes_;
    language::Tally tally_;
    std::mutex guard_; // of `waiting_`
    std::map<SessionId, Waiting> waiting_;
};

void add_wording_pages(web::Router& router, const Service& service);

} // namespace reachable::app
