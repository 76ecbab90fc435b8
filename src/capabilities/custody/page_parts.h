// Pieces that several pages of the conversation share.
#pragma once

#include "capabilities/custody/brief.h"
#include "derived/forms.h"
#include "derived/site.h"
#include "web/components/app_clock.h"
#include "web/components/app_state.h"
#include "web/components/app_words.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"
#include "web/prose.h"

namespace reachable::custody {

using casework::Seen;
using derived::Outcome;
using derived::Site;
using derived::Visit;
using web::heading;
using web::Html;
using web::link;
using web::Page;
using web::paragraph;
using web::stacked;

/// The five states of a line, as a page tells them apart: held back, not asked, asked and open, and what was said.
Html state_mark(const BriefLine& line);
/// The same for a state alone.
Html state_mark(AnswerState state);
/// "Asked again 2 times", then who, when and why; nothing when the child was not asked again (R-D-02).
Html asked_again(const casework::Desk& desk, std::span<const AskAgain> times);
/// "Westmoor County duty worker, 25 October 2026 at 01:10 GMT"
std::string source_words(const BriefLine& line);
inline constexpr std::string_view handover_clock = "C04";
/// What a clock of the type awaits, "Children's services answer"; its code where the type has none such.
std::string clock_title(const casework::CaseType& type, std::string_view code);
/// One clock of these as a box: what is awaited, how long is left, when it is due.
Html clock_box(const casework::ClockRow& clock, std::span<const casework::ClockRow> all, const casework::CaseType& type,
               UtcTime now);
/// The same for a cell of a table.
Html clock_cell(const casework::ClockRow* clock, UtcTime now);
/// The running clock that runs out first, or null.
const casework::ClockRow* first_running(std::span<const casework::ClockRow> clocks);
/// True if a clock of that code runs.
bool runs(std::span<const casework::ClockRow> clocks, std::string_view code);
/// The running clock that the duty desk owes, its answer or a bed, whichever runs out first. Null: none.
const casework::ClockRow* clock_of_the_desk(std::span<const casework::ClockRow> clocks);
/// "Detained since", "Here for a voluntary interview since", "Met on the street".
std::string_view how_the_child_is_here(const Conversation& facts);
/// Who the child is and whom to ring about them, at the top of every page about the detention. Nothing for somebody
/// who sees released lines only.
Html identity_bar(const Site& site, const Visit& visit, const Seen& seen);
/// The same with a safety summary that the page has already.
Html identity_bar(const Site& site, const Visit& visit, const Seen& seen, const web::SafetySummary& safety);
/// The banner that says what this visitor has just saved; nothing if the address names nothing.
Html news(const Visit& visit, const Seen& seen);
/// The custody numbers of the cases of a list.
std::map<CaseId, std::string> custody_numbers(const Site& site, const casework::Listed& listed);
/// On the form that records the appropriate adult: what children's services said of adults, so that nobody is chosen
/// who must be kept away. Nothing on other pages.
Html who_to_keep_away(const Site& site, const Visit& visit, const Seen& seen);
/// On the form that asks the child again: what was answered on that topic, by whom and when, for whoever reads it may
/// then not have to ask (R-D-02). Nothing on other pages, and nothing of an answer that is held back.
Html answered_already(const Site& site, const Visit& visit, const Seen& seen);
/// The pages about one detention.
Html sub_pages(CaseId id, std::string_view active);

/// The name of somebody, "Nobody on record" or "Somebody who has left".
std::string name_of(const Site& site, WorkerId id);

/// A link that looks like a button.
Html button_link(std::string_view href, std::string_view words, bool is_secondary = true);

/// What the child has said, from whoever wrote it down; empty words if nothing is.
web::AppWords child_words(const Conversation& facts);
/// The same as a page shows it: whole on the screen, on paper no more than so many bytes.
Html in_own_words(web::AppWords words, std::size_t most_on_paper);
/// The suites whose children this person answers for: an inspector's are all of the force, everybody else's is the one
/// they work in.
std::vector<accounts::Team> suites_of(const Site& site, const accounts::Session& session);

/// Nobody has asked about this child yet, and the visitor may: also after the child has left (R-D-01).
bool may_send_request(const Seen& seen);
/// Said of a child who left before anybody was asked; nothing of any other.
Html left_unasked(const Seen& seen);
/// The times from which a clock counts, each with the way to ask for it to be corrected; none while a correction waits.
std::vector<web::SummaryListRow> rows_of_times(const Site& site, const Seen& seen);
/// The correction of a time that waits for another person, with what stands and what is said to be right; nothing where
/// none waits.
Html time_that_waits(const Site& site, const Visit& visit, const Seen& seen);
/// What was decided about a time: "detention was authorised at …, not at …".
std::string what_was_decided(const TimeCorrection& decided);
/// The same of the version that decided it: one correction waits at a time, so they stand in the order of decisions.
std::string what_was_decided(const Seen& seen, const casework::VersionRow& version);
/// True if the visitor sees the conversation itself, and not only lines that were released (R-D-06).
bool sees_the_conversation(const Seen& seen);
/// The questions whose answers the visitor may not see, whether or not there are any.
std::set<std::string_view> held_back_from(const Seen& seen, std::span<const Question> questions, const Site& site);

/// True if others changed what this person was about to change.
bool is_conflict(const Problems& problems);
/// The version a refused form carries when it is shown once more: the one it was filled from, so that others' changes
/// are still noticed; after a conflict, when the page shows what stands, the newest.
std::int64_t version_again(const web::Fields& form, const Problems& problems, const Seen& newest);

/// Does what a form asks for, to the version that the form was made from; what is about what the page showed (a strict
/// action) is refused without one.
Result<casework::Acted> act_by_form(const Site& site, const Visit& visit, CaseId id, std::string_view action,
                                    const web::Fields& form, const Json& asked);
/// Looks at the case of the path for a page named so. Whoever sees released lines only finds no such page.
Result<Seen> look_at(const Site& site, const Visit& visit, std::string_view page, bool with_history = false);
/// The page of somebody who sees released lines only.
Page released_page(const Site& site, const Visit& visit, const Seen& seen);
/// "/custody/{id}" with the rest behind it.
std::string address(CaseId id, std::string_view rest = {});
/// What has to be done next with a case of a list, and where: "Send the request", "Read the answers so far". Whoever
/// may not send a request is told that it is not sent.
struct NextStep {
    std::string words;
    std::string href;
};
NextStep next_step(const casework::ListedCase& one, accounts::Role role);
/// The same for the desk that was asked.
NextStep step_of_the_desk(const casework::ListedCase& one);

// Routes, added by custody.cpp.
void add_suite_pages(web::Router& router, const Site& site);
void add_brief_pages(web::Router& router, const Site& site, derived::HeadOf beside);
void add_request_pages(web::Router& router, const Site& site);
void add_conversation_pages(web::Router& router, const Site& site);
void add_what_helps_page(web::Router& router, const Site& site);
void add_handover_pages(web::Router& router, const Site& site);
void add_correction_pages(web::Router& router, const Site& site);
void add_time_pages(web::Router& router, const Site& site);
void add_answer_pages(web::Router& router, const Site& site);
void add_link_pages(web::Router& router, const Site& site);
void add_release_pages(web::Router& router, const Site& site);
void add_card_page(web::Router& router, const Site& site);

} // namespace reachable::custody
