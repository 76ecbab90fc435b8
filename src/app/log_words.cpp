#include "app/log_words.h"

#include "base/text.h"
#include "capabilities/encounters/encounters.h"
#include "capabilities/flags/flags.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/matching/matching.h"
#include "capabilities/meetings/meetings.h"
#include "capabilities/missing/missing.h"
#include "capabilities/observations/observations.h"
#include "capabilities/offers/offers.h"
#include "capabilities/patterns/patterns.h"
#include "capabilities/placements/placements.h"
#include "capabilities/profiles/profiles.h"
#include "capabilities/sharing/sharing.h"
#include "clocks/london.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

using Words = std::map<std::string, std::string, std::less<>>;

std::string word_in(const Words& words, std::string_view action)
{
    const auto found = words.find(action);
    return found == words.end() ? std::string{} : found->second;
}

/// What is done beside the cases: with the log, with accounts, with what other systems send.
std::string beside_the_cases(std::string_view action)
{
    static const Words words = {
        {"audit.read", "read the log of what was done and seen"},
        {"audit.read_child", "looked at who had seen this record"},
        {"audit.verify", "checked the log"},
        {"search", "searched for a child"},
        {"administration", "chose a post or a purpose"},
        {"wording.read", "read how often a wording was offered and taken"},
        {"local-codes.read", "looked at which codes of their own systems are mapped"},
        {"figures.read", "read counts of missing children"},
        {"notice.acknowledge", "acknowledged a notice"},
        {"notice.pass_on", "passed on a notice that nobody acknowledged"},
        {"webhook.read", "looked at which systems are told"},
        {"webhook.register", "registered an address of a system"},
        {"webhook.end", "ended an address of a system"},
        {"webhook.replay", "sent a message to a system again"},
        {"text.read", "looked at who is told by text message"},
        {"text.set_number", "changed a number for text messages"},
        {"text.replay", "sent a text message again"},
        {"demo.people", "made the people of the demonstration"},
        {"demo.begins", "let the demonstration begin"},
        {"accounts.load_reference", "entered the forces and authorities in force"},
        {"accounts.add_agency", "entered an agency"},
        {"accounts.add_team", "entered a team"},
        {"accounts.set_text_number", "entered a number for text messages"},
        {"accounts.add_worker", "opened an account"},
        {"accounts.enrol_again", "made a new enrolment link for an account"},
        {"accounts.enable_worker", "opened an unused account again"},
        {"accounts.end_worker", "ended an account"},
        {"accounts.add_post", "gave somebody a post"},
        {"accounts.end_post", "took a post away"},
        {"accounts.add_duty", "entered a stretch of duty"},
        {"accounts.add_token", "made a token for a system"},
        {"accounts.end_tokens", "ended the tokens of a system"},
        {"identity.import", "imported people of another system"},
        {"identity.import_last", "finished an import of people of another system"},
        {"identity.import_tried", "tried an import of people of another system, and kept nothing"},
        {"import.read", "looked at what was imported"},
        {"identity.forget_set_aside", "deleted rows that an import had set aside"},
        {"accounts.enrol", "set up their own password and authenticator"},
    };
    return word_in(words, action);
}

/// What an act is called in a sentence; empty for what the sentence can say by itself.
std::string past_tense(std::string_view action)
{
    static const Words words = {
        {"custody.book_in", "booked the child in at custody"},
        {"custody.send_request", "sent the request to children's services"},
        {"custody.open_request", "opened the request"},
        {"custody.answer", "answered custody's questions"},
        {"custody.finish_later", "saved answers, to finish later"},
        {"custody.not_our_child", "passed the request to another authority"},
        {"custody.chase", "chased the request"},
        {"custody.answer_by_phone", "recorded answers given by phone"},
        {"custody.confirm_read_back", "confirmed answers given by phone"},
        {"custody.acknowledge", "recorded having read the brief"},
        {"custody.ask_child_again", "asked the child again, with a reason"},
        {"custody.add_fact", "added a new fact"},
        {"custody.propose_time", "asked for a time to be corrected"},
        {"custody.decide_time", "decided whether a time is corrected"},
        {"custody.ask_adult", "recorded that an appropriate adult was asked"},
        {"custody.adult_here", "recorded that the appropriate adult is here"},
        {"custody.adult_gone", "recorded that the appropriate adult has left"},
        {"custody.ask_for_bed", "asked the authority for a bed, because bail was refused"},
        {"custody.answer_bed", "said whether there is a bed for the child"},
        {"custody.certify", "certified why the child is kept after charge"},
        {"custody.review_certificate", "reviewed why the child is kept after charge"},
        {"look:custody.bed", "looked at the bed asked for after charge"},
        {"custody.open_handover", "opened the handover of the child"},
        {"custody.accept_line", "accepted a line of the handover"},
        {"custody.take_over", "ended the handover, in charge of the child"},
        {"custody.record_departure", "recorded that the child left custody"},
        {"custody.give_card", "recorded that the child was given the card that asks how it was"},
        {"look:custody.child", "read what happened, on the child's page or its timeline"},
        {"look:custody.child_then", "read what stood on an earlier day, on the child's page or its timeline"},
        {"look:child.page", "opened the child's page"},
        {"look:child.page_then", "opened the child's page as it stood on an earlier day"},
        {"look:child.timeline", "opened the child's timeline"},
        {"look:child.episodes", "opened the page of the child's missing episodes"},
        {"look:child.timeline_then", "opened the child's timeline as it stood on an earlier day"},
        {"look:custody.card", "opened the card for the child"},
        {"custody.plan_release", "planned the child's release"},
        {"custody.pass_back", "passed back to children's services what came of the detention"},
        {"custody.pass_back_now", "passed back to children's services what they must act on within the hour"},
        {"custody.read_pass_back", "said what children's services do next"},
        {"custody.correct", "corrected the record, with a reason"},
        {"look:custody.brief", "read the brief"},
        {"look:custody.missing", "saw that a missing child has a custody record"},
        {"look:custody.queue", "saw the child in a list"},
        {"look:custody.notice", "was told of the case"},
        {"look:custody.handover", "looked at the handover"},
        {"look:custody.request", "looked at the request"},
        {"look:custody.conversation", "looked at the questions and answers"},
        {"look:custody.answer", "opened the questions to answer them"},
        {"look:custody.sent", "looked at what was sent"},
        {"look:custody.sheet", "printed or opened the question sheet"},
        {"look:custody.correct", "opened the page of corrections"},
        {"look:custody.times", "opened the page on which a time is corrected"},
        {"look:custody.release", "looked at the plan for the release"},
        {"look:custody.pass-back", "looked at what was passed back"},
        {"look:custody.form", "opened a form about the child"},
        {"look:custody.record", "read the whole record of the case"},
        {"look:custody.api", "read the case through a custody system"},
    };
    for (const auto words_of :
         {matching::log_words, sharing::log_words, flags::log_words, missing::log_words, interviews::log_words,
          encounters::log_words, offers::log_words, observations::log_words, patterns::log_words, placements::log_words,
          profiles::log_words, meetings::log_words})
        if (const auto own = words_of(action); !own.empty()) return std::string(own);
    if (auto own = beside_the_cases(action); !own.empty()) return own;
    return word_in(words, action);
}

/// "read the brief" of a page that was refused; empty where nobody found words for it.
std::string after_tried_to(std::string_view action)
{
    static const Words words = {
        {"audit.read", "read the log of what was done and seen"},
        {"audit.read_child", "see who had seen this record"},
        {"audit.verify", "check the log"},
        {"search", "search for a child"},
        {"look:child.questions", "see a record, from the page that says whether it is there twice,"},
        {"feed.send", "send the people of another system"},
        {"import.read", "look at what was imported"},
        {"local-codes.read", "look at which codes of their own systems are mapped"},
        {"figures.read", "read counts of missing children"},
        {"notice.acknowledge", "acknowledge a notice"},
        {"webhook.read", "look at which systems are told"},
        {"webhook.register", "register an address of a system"},
        {"webhook.end", "end an address of a system"},
        {"webhook.replay", "send a message to a system again"},
        {"text.read", "look at who is told by text message"},
        {"text.set_number", "change a number for text messages"},
        {"text.replay", "send a text message again"},
        {"custody.not_our_child", "pass the request to another authority"},
        {"look:custody.brief", "read the brief"},
        {"look:custody.queue", "see the child in a list"},
        {"look:custody.request", "look at the request"},
        {"look:custody.conversation", "look at the questions and answers"},
        {"look:custody.answer", "open the questions"},
        {"look:custody.sent", "look at what was sent"},
        {"look:custody.sheet", "open the question sheet"},
        {"look:custody.live", "watch a case"},
        {"look:custody.correct", "open the page of corrections"},
        {"look:custody.form", "open a form about a child"},
        {"look:custody.record", "read the whole record of a case"},
        {"look:custody.api", "read a case through a custody system"},
    };
    if (auto known = word_in(words, action); !known.empty()) return known;
    return std::string(sharing::log_words_refused(action));
}

/// "The child is back": no sentence can be made of every button, so it is quoted.
std::string button_of(const Service& service, std::string_view action)
{
    for (const auto* type : service.desk().types)
        for (const auto& one : type->all_actions())
            if (type->full_name(one.name) == action) return std::string(one.title);
    return {};
}

/// "clock:C02.breach" is "noticed that the time is up: Children's services answer".
std::string clock_words(const Service& service, std::string_view action)
{
    const auto code = action.substr(std::min(action.size(), std::string_view("clock:").size()));
    const auto dot = code.find('.');
    std::string title(code.substr(0, dot));
    for (const auto* type : service.desk().types)
        for (const auto& clock : type->clocks)
            if (clock.code == code.substr(0, dot)) title = clock.title;
    const auto event = dot == std::string_view::npos ? std::string_view{} : code.substr(dot + 1);
    const auto how = event == "warning"  ? "time is running out"
                     : event == "breach" ? "the time is up"
                                         : "it is still late";
    return fmt::format("told those on duty that {}: {},", how, title);
}

} // namespace

audit::Names names_for(storage::Transaction& transaction, const Service& service, const audit::Entry& entry)
{
    using audit::Operation;
    audit::Names names;
    if (const auto worker = accounts::find_worker(transaction, entry.worker)) names.person = worker->name;
    if (const auto agency = accounts::find_agency(transaction, entry.agency)) names.agency = agency->name;
    // The service itself is nobody: without a role the sentence says so.
    if (const auto role = accounts::role_from(entry.role); role && *role != accounts::Role::system)
        names.role = accounts::title_of(*role);
    for (const auto& purpose : service.desk().policy.purposes())
        if (purpose.code == entry.purpose) names.purpose = purpose.title;
    if (entry.operation == Operation::act || entry.operation == Operation::look ||
        entry.operation == Operation::administration || entry.operation == Operation::notification)
        names.action = past_tense(entry.action);
    if (entry.operation == Operation::look && entry.child.is_none() && entry.action.ends_with(".queue"))
        names.action = "looked at a list";
    if (entry.operation == Operation::refusal) names.tried = after_tried_to(entry.action);
    if (entry.operation == Operation::refusal && names.tried.empty()) names.button = button_of(service, entry.action);
    if (entry.operation == Operation::clock) names.action = clock_words(service, entry.action);
    names.when = clocks::wall_date_time(entry.at);
    return names;
}

} // namespace reachable::app
