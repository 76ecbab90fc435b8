// What each action of the conversation does to its facts, beside copying what was asked.
#include "accounts/one_time_link.h"
#include "capabilities/custody/accommodation.h"
#include "capabilities/custody/adult.h"
#include "capabilities/custody/custody_numbers.h"
#include "capabilities/custody/held.h"
#include "capabilities/custody/release.h"
#include "capabilities/custody/rules.h"
#include "capabilities/custody/telling.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "notices/notices.h"
#include "records/given.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

/// The question's answer as it was before this act.
const Answer* earlier(const Conversation& before, const Answer& answer)
{
    return find_answer(before, answer.question);
}

/// Notes who answered what, and when, on every answer this act gives; drops those that say nothing.
Result<> note_each(Conversation& facts, const Conversation& before, Context& context, std::string_view by,
                   std::string_view via, UtcTime given_at)
{
    const auto questions = questions_for(facts, context.desk, clocks::london_day(context.now));
    Problems problems;
    std::size_t given = 0;
    for (auto& answer : facts.answers) {
        const auto* was = earlier(before, answer);
        const bool is_touched = was == nullptr || !answer.changed_at;
        if (!is_touched) continue;
        const auto* question = find_question(questions, answer.question);
        check_answer(answer, question, context.now, problems);
        // R-X-07: "Nothing is overwritten": an answer may be changed, never taken back.
        if (was != nullptr && !records::has_value(answer.state))
            problems.push_back(
                {ProblemKind::missing,
                 fmt::format("{} was answered already. Choose the answer that is right", answer.question),
                 fmt::format("answers-{}-state", answer.question)});
        given += records::has_value(answer.state) ? 1 : 0;
        if (was != nullptr && says_the_same(*was, answer)) {
            answer = *was;
            continue;
        }
        // What was read no longer stands, however little time has passed.
        std::erase_if(facts.acknowledgements, [&](const Acknowledgement& one) { return one.line == answer.question; });
        answer.answered_at = given_at;
        answer.changed_at = context.now;
        answer.answered_by = by;
        answer.via = via;
        if (question != nullptr) {
            answer.category = question->category;
            answer.label = question->label;
        }
    }
    if (problems.empty() && given == 0)
        problems.push_back({ProblemKind::missing, "Give at least one answer", "answers"});
    if (!problems.empty()) return refuse(std::move(problems));
    std::erase_if(facts.answers, [](const Answer& answer) { return !records::has_value(answer.state); });
    facts.is_complete = unanswered(facts, questions).empty();
    return {};
}

/// Where a conversation stands after answers came in.
std::string_view state_after_answers(const Conversation& facts, std::string_view state)
{
    if (has_left(state)) return state;
    if (state == brief_live || state == brief_changed) return brief_changed;
    return facts.is_complete.value_or(false) ? answered : part_answered;
}

/// True if a detention of that child is open anywhere.
bool is_in_custody(Context& context, ChildId child)
{
    const auto rows =
        context.transaction.query("select id from cases where child = $1 and is_open = 1 and type = $2 limit 1",
                                  {casework::to_value(child), std::string(conversation_type().name)});
    return !rows.empty();
}

/// A custody number is written beside the case by the act that writes it (custody_numbers.h).
Result<> note_custody_number(const Conversation& facts, Context& context)
{
    for (const auto other : open_cases_numbered(context.transaction, facts.suite, facts.custody_number)) {
        if (other == context.case_id || !is_open_to(context, other)) continue;
        return refuse(ProblemKind::out_of_order,
                      "A child is booked in here under this custody number already. Check the number",
                      "custody_number");
    }
    context.writes.push_back(
        [id = context.case_id, suite = facts.suite, number = facts.custody_number](storage::Transaction& transaction) {
            store_custody_number(transaction, id, suite, number);
        });
    return {};
}

/// The chosen record is open to the service, fits what was given, and is not in custody already.
Result<> the_chosen_child_fits(const Conversation& facts, Context& context)
{
    const auto record = records::find_child(context.transaction, facts.child);
    if (!record || !casework::is_open_to(context, facts.child, "custody.book_in"))
        return refuse(ProblemKind::not_found, "There is no such child's record, or it is not open to you", "child");
    if (contradicts(record->child, facts))
        return refuse(ProblemKind::malformed,
                      "This record does not fit what you entered. Choose it only if the name or the date of birth is "
                      "this child's. If you are not sure, open a new record",
                      "child");
    // No place is named: who looks after a child is not told to whoever picks their record. A new record stays
    // possible, for no child in custody may go unasked about (R-D-01).
    if (is_in_custody(context, facts.child))
        return refuse(ProblemKind::out_of_order,
                      "This child is recorded as in custody already. Ring your inspector to find out. If the child is "
                      "with you now, open a new record",
                      "child");
    return {};
}

} // namespace

Result<> the_booking_holds(const Conversation& facts, const Context& context)
{
    Problems problems;
    if (const auto times = times_are_in_order(facts, context); !times) problems = times.error();
    if (facts.authorised_at && context.now - *facts.authorised_at > longest_detention)
        problems.push_back({ProblemKind::malformed, std::string(detained_too_long), "authorised_at"});
    if (!is_custody_number(facts.custody_number))
        problems.push_back({ProblemKind::malformed,
                            "Write the custody number with letters, digits, spaces and / - . only. If you pasted it, "
                            "type it instead",
                            "custody_number"});
    // R-X-05: "if the person may be under 18 treat as a child everywhere": refuse only a certain adult. Nobody who was
    // a child when detained stops being one for this.
    const auto day = clocks::london_day(facts.authorised_at.value_or(context.now));
    if (facts.born_given && facts.born_given->earliest() > day)
        problems.push_back({ProblemKind::malformed, "The date of birth must be in the past", "born_given"});
    records::Child child{.born = facts.born_given};
    if (const auto status = records::age_status_from(facts.age_status)) child.age_status = *status;
    if (!records::is_child_on(child, day))
        problems.push_back(
            {ProblemKind::malformed, "By this date of birth the person is 18 or over. Check the date", "born_given"});
    if (problems.empty()) return {};
    return refuse(std::move(problems));
}

Result<> note_who_is_detained(Conversation& facts, const Conversation&, Context& context)
{
    facts.force = context.session.agency;
    facts.suite = context.session.team;
    // A custody system books in for people whom it does not name.
    if (!accounts::is_machine(context.transaction, context.session.worker)) {
        facts.in_charge = context.session.worker;
        facts.in_charge_since = context.now;
    }
    TRY(note_custody_number(facts, context));
    if (!facts.child.is_none()) return the_chosen_child_fits(facts, context);
    auto record = records::new_record(
        facts.name_given, facts.born_given, facts.age_status,
        {.agency = context.session.agency, .recorded_at = context.now, .known_by = "custody sergeant"});
    facts.child = record.child;
    context.writes.push_back(record.storing("booked in at custody", context.session.worker, context.now));
    return {};
}

Result<> correct_the_record_made_here(Conversation& facts, const Conversation& before, Context& context)
{
    TRY(corrected_adult_is_nobody_to_keep_away(facts, before));
    tell_of_the_adult(facts, before, context);
    if (facts.custody_number != before.custody_number) TRY(note_custody_number(facts, context));
    const bool is_about_the_child = facts.name_given != before.name_given || facts.born_given != before.born_given ||
                                    facts.age_status != before.age_status;
    const auto stored = records::find_child(context.transaction, facts.child);
    const auto history = casework::load_history(context.transaction, context.case_id);
    const bool is_made_here = stored && stored->child.source.agency == facts.force && !history.empty() &&
                              stored->child.source.recorded_at == history.front().at &&
                              stored->child.names.front() == records::read_name(before.name_given);
    if (!is_about_the_child || !is_made_here) return {};
    auto child = stored->child;
    child.names.front() = records::read_name(facts.name_given);
    child.born = facts.born_given;
    if (const auto status = records::age_status_from(facts.age_status)) child.age_status = *status;
    context.writes.push_back([child, version = stored->version, worker = context.session.worker,
                              now = context.now](storage::Transaction& transaction) {
        const auto corrected = records::store_child(transaction, child, version, worker, "corrected at custody", now);
        CHECK(corrected.has_value(), "a corrected child's record was refused");
    });
    return {};
}

Result<> send_to_the_duty_desk(Conversation& facts, const Conversation& before, Context& context)
{
    if (before.sent_at) return refuse(ProblemKind::out_of_order, "The request was sent already");
    if (context.state == left_custody) context.next_state = left_custody;
    const auto found = find_authority(context.transaction, facts, facts.suite, context.session, context.now);
    // Chosen by hand, and the one that the rule finds: then the record says how it is known.
    if (found && found->authority == facts.authority && facts.authority_found_by.empty())
        facts.authority_found_by = found->found_by;
    if (!facts.authority.is_none() && facts.authority_found_by.empty()) facts.authority_found_by = "told";
    if (facts.authority.is_none()) {
        if (!found) return refuse(ProblemKind::missing, "Choose the local authority to ask", "authority");
        facts.authority = found->authority;
        facts.authority_found_by = found->found_by;
    }
    const auto desk = accounts::duty_desk_of(context.transaction, facts.authority);
    if (!desk)
        return refuse(ProblemKind::malformed,
                      "That authority has no duty desk in this service. Ring its duty team and tell them about the "
                      "child now. Do not choose another authority instead",
                      "authority");
    facts.desk = *desk;
    TRY(note_how_it_was_sent(facts, context.now));
    facts.sent_at = std::min(*facts.delivered_at, context.now);
    const bool tells_how = !facts.child_words_setting.empty() || !facts.child_words_language.empty() ||
                           !facts.child_words_interpreter.empty();
    if (facts.child_words.words.empty() && tells_how)
        return refuse(ProblemKind::missing, "Write what the child said, or leave empty how it was said", "child_words");
    if (!facts.child_words.words.empty()) {
        facts.child_words_by = speaker(context);
        facts.child_words_at = context.now;
    }
    notify(context, "custody.request", accounts::Role::EDT, true);
    mail_a_link(context, facts.authority, facts.desk);
    return {};
}

Result<> note_opened(Conversation& facts, const Conversation&, Context& context)
{
    facts.opened_at = context.now;
    notify(context, "custody.opened", accounts::Role::CUST, false);
    return {};
}

Result<> note_answers(Conversation& facts, const Conversation& before, Context& context)
{
    const auto via = context.session.only_case.is_none() ? "account" : "link";
    TRY(note_each(facts, before, context, speaker(context), via, context.now));
    if (!facts.opened_at) facts.opened_at = context.now;
    context.next_state = state_after_answers(facts, context.state);
    notify(context, context.next_state == answered ? "custody.answers_ready" : "custody.answers_changed",
           accounts::Role::CUST, false);
    return {};
}

Result<> note_phoned_answers(Conversation& facts, const Conversation& before, Context& context)
{
    // "Answer by phone: CUST types, EDT confirms read-back."
    if (!facts.was_read_back.value_or(false))
        return refuse(ProblemKind::missing, "Read the answers back to the worker before you save them",
                      "was_read_back");
    // The time of an earlier call is not the time of this one.
    if (context.asked.find("phoned_at") == nullptr || !facts.phoned_at) facts.phoned_at = context.now;
    const auto authority = accounts::find_agency(context.transaction, facts.authority);
    const auto by =
        fmt::format("{} {}", authority ? authority->name : std::string("Local authority"), facts.phone_worker);
    TRY(note_each(facts, before, context, by, "phone", *facts.phoned_at));
    for (auto& answer : facts.answers)
        if (answer.changed_at == context.now && answer.via == "phone" && !answer.is_read_back)
            answer.is_read_back = false;
    if (!facts.opened_at) facts.opened_at = facts.phoned_at;
    context.next_state = state_after_answers(facts, context.state);
    notify(context, "custody.answers_by_phone", accounts::Role::EDT, true);
    return {};
}

Result<> note_read_back(Conversation& facts, const Conversation&, Context&)
{
    bool any = false;
    for (auto& answer : facts.answers) {
        if (answer.via != "phone" || answer.is_read_back.value_or(false)) continue;
        answer.is_read_back = true;
        any = true;
    }
    if (any) return {};
    return refuse(ProblemKind::out_of_order, "There is no answer by phone waiting to be confirmed");
}

Result<> send_a_new_link(Conversation& facts, const Conversation& before, Context& context)
{
    if (context.asked.find("answers") != nullptr)
        TRY(note_answers(facts, before, context));
    else
        context.next_state = casework::same_state;
    mail_a_link(context, facts.authority, facts.desk);
    return {};
}

Result<> chase_the_desk(Conversation& facts, const Conversation&, Context& context)
{
    if (is_just_chased(facts.chased_at, context.now))
        return refuse(ProblemKind::out_of_order,
                      fmt::format("The desk was told again and has a new link since {}. Ring it, or wait five minutes",
                                  clocks::wall_time(*facts.chased_at)));
    // A bed is the more pressing, and who answers for it may read both.
    const bool is_for_a_bed = how_the_bed_stands(facts) == BedStands::awaited;
    if (!is_for_a_bed && facts.is_complete.value_or(false))
        return refuse(ProblemKind::out_of_order, "The desk has answered all that it must. Nothing is awaited of it");
    facts.chased_at = context.now;
    notify(context, is_for_a_bed ? "custody.bed" : "custody.chased", accounts::Role::EDT, true);
    mail_a_link(context, facts.authority, facts.desk, is_for_a_bed ? "custody.bed" : "custody.request");
    return {};
}

Result<> pass_to_another_authority(Conversation& facts, const Conversation& before, Context& context)
{
    if (has_left(context.state)) {
        if (facts.is_complete.value_or(false) || facts.pass_back_read_at)
            return refuse(ProblemKind::out_of_order, "Your authority has answered for this child. Ring custody");
        context.next_state = left_custody;
    }
    if (facts.reroutes.size() != before.reroutes.size() + 1)
        return refuse(ProblemKind::missing, "Name one authority to ask instead", "reroutes");
    auto& reroute = facts.reroutes.back();
    if (reroute.reason.empty())
        return refuse(ProblemKind::missing, "Choose why this is not your child", "reroutes-reason");
    if (reroute.to.is_none()) return refuse(ProblemKind::missing, "Choose the authority to ask instead", "reroutes-to");
    if (reroute.to == facts.authority)
        return refuse(ProblemKind::malformed, "That authority was asked. Choose another", "reroutes-to");
    const auto desk = accounts::duty_desk_of(context.transaction, reroute.to);
    if (!desk)
        return refuse(
            ProblemKind::malformed,
            "That authority has no duty desk in this service. Tell custody whose child this is, so that they ring them",
            "reroutes-to");
    reroute.from = facts.authority;
    reroute.at = context.now;
    notify(context, "custody.rerouted", accounts::Role::CUST, false);
    // "LADM both": the manager on duty of each authority is told, or who stands in; the first before the case moves
    // away.
    const auto first = facts.authority;
    const auto first_desk = facts.desk;
    context.writes.push_back(
        [told = ties::told_of(context.transaction, context.session, {.tell = {accounts::Role::LADM}}), first,
         first_desk, id = context.case_id, now = context.now](storage::Transaction& transaction) {
            notices::withdraw(transaction, id, {.agency = first, .team = first_desk}, now);
            for (const auto role : told)
                notices::store_notice(transaction, {.agency = first, .team = first_desk}, id,
                                      {.code = "custody.rerouted", .role = role}, "", now);
        });
    notify(context, "custody.rerouted", accounts::Role::LADM, true);
    notify(context, "custody.request", accounts::Role::EDT, true);
    context.writes.push_back([first_desk, id = context.case_id, now = context.now](storage::Transaction& transaction) {
        accounts::end_links(transaction, id, first_desk, now);
    });
    facts.authority = reroute.to;
    facts.desk = *desk;
    facts.authority_found_by = "told";
    facts.delivered_at = context.now; // the first start stays with the first clock; the new one runs beside it
    facts.opened_at.reset();
    facts.phoned_at.reset(); // these were of the desk that was asked before
    facts.chased_at.reset();
    mail_a_link(context, facts.authority, facts.desk);
    pass_on_what_was_passed_back(facts, context);
    return {};
}

Result<> note_acknowledged(Conversation& facts, const Conversation&, Context& context)
{
    if (std::ranges::none_of(facts.acknowledgements, [](const Acknowledgement& one) { return !one.at; }))
        return refuse(ProblemKind::missing, "Say which lines you have read", "acknowledgements");
    ShownAnswers shown(context);
    for (auto& acknowledgement : facts.acknowledgements) {
        if (acknowledgement.at) continue;
        const bool is_fact = std::any_of(facts.added_facts.begin(), facts.added_facts.end(),
                                         [&](const AddedFact& fact) { return fact.number == acknowledgement.line; });
        const auto* answer = shown.find(facts, acknowledgement.line);
        const bool is_adult = acknowledgement.line == adult_line && facts.adult_changed_at;
        if (!is_fact && !is_adult && answer == nullptr)
            return refuse(ProblemKind::malformed, "There is no such line to acknowledge", "acknowledgements");
        const auto held = is_adult ? class_of_adult : is_fact ? class_of_added_fact : class_of_answer(answer);
        acknowledgement.at = context.now;
        acknowledgement.by = speaker(context);
        acknowledgement.category = policy::code_of(held.category);
        acknowledgement.label = policy::code_of(held.label);
    }
    const auto state = context.state;
    const bool is_all_read = unacknowledged(facts).empty();
    if (is_all_read && (state == answered || state == brief_changed))
        context.next_state = brief_live;
    else
        context.next_state = casework::same_state;
    return {};
}

Result<> note_asked_again(Conversation& facts, const Conversation& before, Context& context)
{
    // R-D-02: "an answered topic opens read-only with who/when; asking the child again needs a reason".
    if (facts.asked_again.size() != before.asked_again.size() + 1)
        return refuse(ProblemKind::missing, "Name one topic", "asked_again");
    auto& again = facts.asked_again.back();
    // The same words for no answer and for one that is held back: what may not be seen does not exist.
    const auto* answer = ShownAnswers(context).find(facts, again.topic);
    if (answer == nullptr)
        return refuse(ProblemKind::out_of_order,
                      "You see no answer on that topic, so there is nothing to ask the child again",
                      "asked_again-topic");
    if (again.reason.empty())
        return refuse(ProblemKind::missing, "Choose why the child has to be asked again", "asked_again-reason");
    again.at = context.now;
    again.by = speaker(context);
    again.category = answer->category;
    again.label = answer->label;
    return {};
}

Result<> note_added_fact(Conversation& facts, const Conversation& before, Context& context)
{
    const auto number = fmt::format("F{}", before.added_facts.size() + 1);
    if (facts.added_facts.size() != before.added_facts.size() + 1 || facts.added_facts.back().number != number)
        return refuse(ProblemKind::conflict, fmt::format("Give one new fact, numbered {}", number), "added_facts");
    auto& fact = facts.added_facts.back();
    if (fact.words.words.empty()) return refuse(ProblemKind::missing, "Enter what is new", "added_facts-words");
    // A part that nobody chose would put somebody to keep away among what is healthy.
    if (fact.section.empty())
        return refuse(ProblemKind::missing, "Choose the part of the brief that it belongs to", "added_facts-section");
    ShownAnswers shown(context);
    if (!fact.about.empty() && shown.find(facts, fact.about) == nullptr)
        return refuse(ProblemKind::out_of_order, "You see no answer on that topic, so there is nothing to put right",
                      "added_facts-about");
    fact.at = context.now;
    fact.by = speaker(context);
    if (!fact.said_by.empty())
        fact.by +=
            fmt::format(", told by {}", to_lower_ascii(context.desk.lists.label_of("custody.said_by", fact.said_by)));
    const auto state = context.state;
    context.next_state = state == brief_live || state == brief_changed ? brief_changed : casework::same_state;
    notify(context, "custody.brief_changed", accounts::Role::CUST, false);
    return {};
}

} // namespace reachable::custody
