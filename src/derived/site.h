// Pages: a function from a visit to a page. The site finds the session, holds a post to its form token, turns refusals
// into pages that say what to do, and puts every page into the skeleton. It decides nothing: pages call the two doors.
#pragma once

#include "casework/desk.h"
#include "web/components/table.h"
#include "web/page.h"
#include "web/router.h"
#include "web/safety_summary.h"

#include <map>
#include <optional>
#include <variant>

namespace reachable::derived {

using casework::Desk;
using casework::Session;

/// The piece of the path named "id" as a case's id. What is not of our form does not exist.
Result<CaseId> case_id_in(const web::Request& request);

/// One request of somebody whose session is known.
struct Visit {
    const web::Request& request;
    Session session;
    UtcTime now{};

    Result<CaseId> case_id() const { return case_id_in(request); }
};

/// What a post leads to: another page (303), or the same form again with its problems.
using Outcome = std::variant<std::string, web::Page>;

/// What stands first on every derived page about a case: whom it is about.
using HeadOf = std::function<web::Html(const Visit&, const casework::Seen&)>;

using PageHandler = std::function<Result<web::Page>(const Visit&)>;
using PostHandler = std::function<Result<Outcome>(const Visit&, const web::Fields& form)>;

/// What pages share; built once by main().
struct Site {
    const Desk& desk;
    const TimeSource& time;
    const web::PageAssets& assets;
    bool is_secure = false;
    /// The live session of the request's cookie; nothing if there is none.
    std::function<std::optional<Session>(const web::Request&)> session_of;
    /// Adds what depends on who is signed in: navigation, name, sign-out. Set by app/.
    std::function<void(web::Page&, const Visit&)> dress;
    /// The page where work on a case goes on: its capability's own, or the derived one.
    std::string (*home_of)(std::string_view type, CaseId id);
    /// By type of case; a capability sets its own where it adds its routes, before anything is served.
    mutable std::map<std::string, HeadOf, std::less<>> heads = {};

    /// What every page about a child in danger shows alike (R-C-02); none: nobody fills it. Set by the capability of
    /// flags where it adds its routes.
    mutable std::function<web::SafetySummary(const Visit&, const casework::Seen&)> safety_summary = nullptr;

    /// What a page that somebody watches was made from: taken before it reads what it shows. Set by app/; none: no page
    /// is watched.
    std::function<web::LiveMark(const Visit&, std::optional<CaseId> about)> live = nullptr;

    /// As that function gives it, of the case that this visitor has just looked at.
    web::SafetySummary safety_summary_of(const Visit& visit, const casework::Seen& seen) const
    {
        return safety_summary == nullptr ? web::SafetySummary{} : safety_summary(visit, seen);
    }
    /// The head of a page about that case; nothing if its type has none.
    web::Html head_of(const Visit& visit, const casework::Seen& seen) const;
    void page(web::Router& router, const std::string& pattern, PageHandler handler) const;
    /// The same of a page that somebody watches: of the case that its path names, or of the visitor's queue.
    void watched_page(web::Router& router, const std::string& pattern, PageHandler handler) const;
    void post(web::Router& router, const std::string& pattern, PostHandler handler) const;
    /// The page as a response, in its skeleton.
    web::Response show(web::Page page, const Visit& visit, int status = 200) const;
};

/// Not a form of this session; or one that the browser says a page of another site sent (Fetch Metadata, W3C).
bool is_strange(const Visit& visit, const web::Fields& form);
/// The start of a form that posts: the form token, and the version the person has in front of them.
web::Html form_start(std::string_view action, const Session& session, std::int64_t version = 0);
web::Html form_end(std::string_view button);
/// The version a form was made from; nothing when it says none.
std::optional<std::int64_t> version_in(const web::Fields& form);

/// A stored value in words: times on London's clocks, codes by their label, organisations by their name, nothing (and a
/// number that nobody gave) as "Not recorded".
std::string words_of(const Desk& desk, const casework::Field& field, const void* facts);

/// The words on the button of an action; "Correction" for the one that every type has.
std::string_view title_of(const casework::CaseType& type, std::string_view action);
/// "Custody safeguarding conversation, version 3: waiting. 2 held back."; only the first words for somebody who sees
/// nothing but what was released.
std::string how_it_goes(const casework::Seen& seen);
/// A count of a queue: "12", or "More than 50".
std::string count_words(std::size_t count);

// What waits, as every list of cases shows it.

/// The name of a child, or that it is held back.
std::string shown_name(const std::optional<records::Child>& child);
/// The same as the line that a page about the child's case begins with.
web::Html line_of_the_child(const std::optional<records::Child>& child);
/// Of the clocks that run, the one that runs out first: its time, or "Overdue since" it.
std::string due_words(std::span<const casework::ClockRow> clocks, UtcTime now);
/// That more are open than the list holds; nothing where it holds all.
web::Html more_than_these(const casework::Listed& listed);
/// One row a case, with when it is due, the child as a link and the state; more columns may be added.
web::Table queue_of_children(const casework::Listed& listed, UtcTime now,
                             const std::function<std::string(CaseId)>& address_of);

/// The derived page of a case, and a button for each form of what may be done to the case now.
std::string record_of(const casework::Seen& seen);
web::Html buttons_of(const casework::Seen& seen);
/// The line that leads to `record_of`.
web::Html link_to_record(const casework::Seen& seen);

/// The address an act leads to, which names the version that it made: the page there says what was saved.
std::string with_news(std::string_view address, std::int64_t version);
/// The version that the address names, if this visitor made it; a page needs its case with the history for that.
const casework::VersionRow* news_in(const Visit& visit, const casework::Seen& seen);
bool asks_for_news(const Visit& visit);
/// A banner that says what was saved, and when.
web::Html news_banner(std::string_view what, UtcTime at);

// What may not be seen does not exist: same status, same bytes.

/// True if anything of the case is shown: a fact, or an item of a part.
bool shows_anything(const casework::Seen& seen);
/// True if the visitor may know how the case goes, and not only what was released from it.
bool shows_how_it_goes(const casework::Seen& seen);
/// look(), but a case of which nothing is shown is refused like one that does not exist.
Result<casework::Seen> look_at_case(const Desk& desk, const Session& session, RequestId request,
                                    const casework::Look& look, UtcTime now);
/// True if anything of it is shown to this person now.
bool is_open_to(const Desk& desk, const Session& session, const casework::CaseType& type, CaseId id, UtcTime now);
/// The problems of an act as this person may know them: of a case that they see nothing of, that there is none.
Problems as_told(const Desk& desk, const Session& session, const casework::Act& act, Problems problems, UtcTime now);

/// Where whoever acted goes: to the page of the case, with what was done; where the act ended what opened the case to
/// them, to words that say so, for there they would read that there is no such page.
Outcome where_next(const Site& site, const Visit& visit, const casework::CaseType& type, const casework::Action& action,
                   const casework::Acted& acted);

/// Each clock of the case that runs, in words: what is awaited, and by when or since when it is overdue.
web::Html what_is_awaited(const casework::Seen& seen, UtcTime now);
/// The facts of these names that are there, each with its label, in this order; nothing if none is.
web::Html rows_of(const Desk& desk, const casework::Seen& seen, std::span<const std::string_view> names);
/// G-02: the rules behind what pages say of themselves, as that list holds them on that day: the sentence, when it is
/// said, who approved it. Each stands under its code as an anchor.
web::Html rules_on(const Desk& desk, std::string_view list, CivilDate day);

/// A refusal as a page: why, and what to do next (never a field error).
web::Page refusal_page(const Problems& problems);

} // namespace reachable::derived
