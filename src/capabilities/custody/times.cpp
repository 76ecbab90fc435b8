// The times of a detention: what must come before what, and how one from which a clock counts is put right (R-X-12).
#include "capabilities/custody/rules.h"

#include "capabilities/custody/adult.h"
#include "casework/case_store.h"
#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {

Result<> times_are_in_order(const Conversation& facts, const Context& context)
{
    Problems problems;
    const auto not_later_than_now = [&](const std::optional<UtcTime>& time, std::string_view field) {
        if (time && *time > context.now + 60s)
            problems.push_back({ProblemKind::malformed, "This time must be in the past", std::string(field)});
    };
    const auto not_before = [&](const std::optional<UtcTime>& time, const std::optional<UtcTime>& first,
                                std::string_view field, std::string_view sentence) {
        // People write minutes, the service notes seconds.
        if (time && first && *time < std::chrono::floor<minutes>(*first))
            problems.push_back({ProblemKind::malformed, std::string(sentence), std::string(field)});
    };
    not_later_than_now(facts.authorised_at, "authorised_at");
    not_later_than_now(facts.arrested_at, "arrested_at");
    not_later_than_now(facts.delivered_at, "delivered_at");
    not_later_than_now(facts.phoned_at, "phoned_at");
    not_later_than_now(facts.left_at, "left_at");
    not_later_than_now(facts.adult_requested_at, "adult_requested_at");
    not_later_than_now(facts.adult_arrived_at, "adult_arrived_at");
    not_later_than_now(facts.adult_left_at, "adult_left_at");
    not_later_than_now(facts.charged_at, "charged_at");
    not_later_than_now(facts.bail_refused_at, "bail_refused_at");
    not_before(facts.authorised_at, facts.arrested_at, "arrested_at",
               "The arrest must be before detention was authorised");
    not_before(facts.delivered_at, facts.authorised_at, "delivered_at",
               "The request cannot have arrived before the detention");
    if (context.asked.find("phoned_at") != nullptr)
        not_before(facts.phoned_at, facts.delivered_at, "phoned_at", "The answers cannot have come before the request");
    not_before(facts.adult_requested_at, facts.authorised_at, "adult_requested_at",
               "The adult cannot be asked before the detention");
    not_before(facts.adult_arrived_at, facts.authorised_at, "adult_arrived_at",
               "The adult cannot arrive before the detention");
    not_before(facts.adult_arrived_at, facts.adult_requested_at, "adult_arrived_at",
               "The adult cannot arrive before being asked");
    not_before(facts.adult_left_at, facts.adult_arrived_at, "adult_left_at", "The adult cannot leave before arriving");
    not_before(facts.charged_at, facts.authorised_at, "charged_at",
               "The child cannot be charged before being detained");
    not_before(facts.bail_refused_at, facts.charged_at, "bail_refused_at", "Bail cannot be refused before the charge");
    not_before(facts.left_at, facts.authorised_at, "left_at", "The child cannot leave before being detained");
    // About a child who had left, the request itself is what came late.
    if (context.asked.find("left_at") != nullptr)
        not_before(facts.left_at, facts.sent_at, "left_at", "The child cannot leave before the request was sent");
    not_before(facts.interview_expected_at, facts.authorised_at, "interview_expected_at",
               "The interview cannot be before the detention");
    // An interview whose time has passed may stand on record; only a new request must expect one to come.
    if (!facts.sent_at)
        not_before(facts.interview_expected_at, context.now, "interview_expected_at",
                   "The interview must be in the future");
    if (problems.empty()) return {};
    return refuse(std::move(problems));
}

namespace {

/// Which time a correction is about; null: none that two people correct.
std::optional<UtcTime> Conversation::* time_named(std::string_view name)
{
    if (name == "authorised_at") return &Conversation::authorised_at;
    if (name == "delivered_at") return &Conversation::delivered_at;
    if (name == "left_at") return &Conversation::left_at;
    if (name == "adult_requested_at") return &Conversation::adult_requested_at;
    if (name == "adult_arrived_at") return &Conversation::adult_arrived_at;
    if (name == "bail_refused_at") return &Conversation::bail_refused_at;
    return nullptr;
}

/// The action by which that time was written down.
std::string_view written_by(std::string_view time)
{
    if (time == "authorised_at") return "book_in";
    if (time == "left_at") return "record_departure";
    if (time == "adult_requested_at") return "ask_adult";
    if (time == "adult_arrived_at") return "adult_here";
    return time == "bail_refused_at" ? "ask_for_bed" : "send_request";
}

constexpr auto right_field = "time_corrections-right";

/// What stands on record as it would with the right time in its place.
Conversation with_the_right_time(Conversation facts, const TimeCorrection& correction)
{
    // The request was sent when it arrived, where the sender wrote that down.
    if (correction.time == "delivered_at" && facts.sent_at == facts.delivered_at) facts.sent_at = correction.right;
    facts.*time_named(correction.time) = correction.right;
    return facts;
}

/// Everything that the right time would break and that holds now, said of the right time.
Problems broken_by(const Conversation& before, const TimeCorrection& correction, const Context& context)
{
    const auto after = with_the_right_time(before, correction);
    Problems broken;
    const auto held = the_booking_holds(before, context);
    const auto holds = the_booking_holds(after, context);
    if (!holds)
        for (auto problem : holds.error()) {
            const bool stood = !held && std::ranges::find(held.error(), problem) != held.error().end();
            if (stood) continue;
            problem.field = right_field;
            broken.push_back(std::move(problem));
        }
    // Whoever wrote it down knew of it then: it cannot have happened later.
    const auto history = casework::load_history(context.transaction, context.case_id);
    const auto written = std::find_if(history.rbegin(), history.rend(), [&](const casework::VersionRow& version) {
        return version.action == written_by(correction.time);
    });
    if (broken.empty() && written != history.rend() && *correction.right > written->at)
        broken.push_back({ProblemKind::malformed,
                          fmt::format("It was recorded at {}, so it cannot be later", clocks::wall_time(written->at)),
                          right_field});
    if (broken.empty() && written != history.rend() && correction.time == "authorised_at" &&
        written->at - *correction.right > longest_detention)
        broken.push_back({ProblemKind::malformed, std::string(detained_too_long), right_field});
    if (after.left_at && *after.left_at < std::chrono::floor<minutes>(*after.authorised_at))
        broken.push_back({ProblemKind::malformed, "The child cannot leave before being detained", right_field});
    const bool is_after_an_answer = std::ranges::any_of(before.answers, [&](const Answer& answer) {
        return answer.answered_at && *answer.answered_at < std::chrono::floor<minutes>(*correction.right);
    });
    if (correction.time == "delivered_at" && is_after_an_answer)
        broken.push_back({ProblemKind::malformed, "An answer came before that time", right_field});
    return broken;
}

/// Two people, not two programs: who types at a custody system is not known here.
Result<> is_done_by_a_person(const Context& context)
{
    if (!accounts::is_machine(context.transaction, context.session.worker)) return {};
    return refuse(ProblemKind::withheld,
                  "A custody system does not correct a time: two people do, on the page of the child");
}

/// That time can be wrong: somebody wrote it down, and nobody else was asked since.
Result<> can_be_wrong(const Conversation& facts, std::string_view time)
{
    if (time_named(time) == nullptr)
        return refuse(ProblemKind::missing, "Choose which time is wrong", "time_corrections-time");
    if (!(facts.*time_named(time)))
        return refuse(ProblemKind::out_of_order, "That time is not recorded yet", "time_corrections-time");
    if (time == "delivered_at" && (facts.channel == through_this_service || !facts.reroutes.empty()))
        return refuse(ProblemKind::out_of_order, "The service noted that time itself. It stands",
                      "time_corrections-time");
    return {};
}

} // namespace

std::optional<UtcTime> time_on_record(const Conversation& facts, std::string_view time)
{
    const auto which = time_named(time);
    return which == nullptr ? std::nullopt : facts.*which;
}

bool may_be_wrong(const Conversation& facts, std::string_view time)
{
    return can_be_wrong(facts, time).has_value();
}

std::optional<UtcTime> next_review(const Conversation& facts, const casework::Desk& desk, UtcTime now)
{
    if (!facts.authorised_at || facts.left_at) return std::nullopt;
    const auto& terms = desk.lists.terms_on("C05", clocks::london_day(*facts.authorised_at));
    auto due = *facts.authorised_at + seconds{terms.allowance.amount};
    while (due < now && terms.repeat_every.count() > 0) due += terms.repeat_every;
    return due;
}

const TimeCorrection* waiting_correction(const Conversation& facts)
{
    if (facts.time_corrections.empty() || facts.time_corrections.back().decided_at) return nullptr;
    return &facts.time_corrections.back();
}

Result<> note_proposed_time(Conversation& facts, const Conversation& before, Context& context)
{
    TRY(is_done_by_a_person(context));
    if (waiting_correction(before) != nullptr)
        return refuse(ProblemKind::out_of_order, "A correction waits already. Decide that one first");
    if (facts.time_corrections.size() != before.time_corrections.size() + 1)
        return refuse(ProblemKind::missing, "Name one time", "time_corrections");
    auto& correction = facts.time_corrections.back();
    Problems problems;
    const auto which = can_be_wrong(before, correction.time);
    if (!which) problems = which.error();
    if (!correction.right) problems.push_back({ProblemKind::missing, "Enter the right time", right_field});
    if (correction.reason.empty())
        problems.push_back({ProblemKind::missing, "Enter why it is corrected", "time_corrections-reason"});
    if (which) correction.was = before.*time_named(correction.time);
    if (correction.right && correction.right == correction.was)
        problems.push_back({ProblemKind::malformed, "That is the time on record", right_field});
    if (which && correction.right)
        for (auto& problem : broken_by(before, correction, context)) problems.push_back(std::move(problem));
    if (!problems.empty()) return refuse(std::move(problems));
    correction.asked_by = context.session.worker;
    correction.asked_at = context.now;
    for (const auto role : {accounts::Role::CUST, accounts::Role::INSP})
        context.notices.push_back({.code = "custody.time_proposed", .role = role});
    return {};
}

Result<> note_decided_time(Conversation& facts, const Conversation& before, Context& context)
{
    TRY(is_done_by_a_person(context));
    if (waiting_correction(before) == nullptr)
        return refuse(ProblemKind::out_of_order, "No time waits to be corrected");
    auto correction = *waiting_correction(before);
    const bool is_right = facts.is_time_right.value_or(false);
    facts.is_time_right.reset();
    if (is_right && correction.asked_by == context.session.worker)
        return refuse(ProblemKind::withheld,
                      "You asked for this correction. Another person decides. If you were wrong, answer no",
                      "is_time_right");
    if (is_right) {
        const bool stands = before.*time_named(correction.time) == correction.was;
        if (!stands || !may_be_wrong(before, correction.time))
            return refuse(ProblemKind::out_of_order, "The time on record has changed since. Answer no, and ask again",
                          "is_time_right");
        if (auto broken = broken_by(before, correction, context); !broken.empty()) {
            for (auto& problem : broken) problem.field = "is_time_right";
            return refuse(std::move(broken));
        }
        facts = with_the_right_time(before, correction);
        tell_of_the_adult(facts, before, context);
        // Whose clock it is hears of it, and who answers for them.
        if (correction.time == "delivered_at")
            for (const auto role : {accounts::Role::EDT, accounts::Role::LADM})
                context.notices.push_back({.code = "custody.time_corrected", .role = role, .to_partner = true});
    }
    correction.decided_by = context.session.worker;
    correction.decided_at = context.now;
    correction.is_right = is_right;
    facts.time_corrections.back() = correction;
    for (const auto role : {accounts::Role::CUST, accounts::Role::INSP})
        context.notices.push_back({.code = is_right ? "custody.time_corrected" : "custody.time_kept", .role = role});
    return {};
}

} // namespace reachable::custody
