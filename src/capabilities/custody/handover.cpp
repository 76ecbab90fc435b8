#include "capabilities/custody/handover.h"

#include "base/crypto.h"
#include "capabilities/custody/adult.h"
#include "capabilities/custody/held.h"
#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

/// Short enough for a form. It tells two wordings of one line apart and protects nothing.
std::string mark_of(std::string_view words)
{
    constexpr std::size_t bytes = 8;
    const auto hash = sha256(std::span(reinterpret_cast<const std::uint8_t*>(words.data()), words.size()));
    return to_hex(std::span(hash).first(bytes));
}

std::string time_or_nothing(const std::optional<UtcTime>& time)
{
    return time ? to_iso(*time) : std::string("none");
}

CriticalLine line_of(const Question& question, const Answer& answer)
{
    return {.line = std::string(question.number),
            .topic = std::string(question.topic),
            .words = {},
            .mark = mark_of(fmt::format("{}\n{}\n{}\n{}\n{}", records::code_of(answer.state), answer.words.words,
                                        join(answer.codes, " "), answer.held_back_because,
                                        time_or_nothing(answer.changed_at)))};
}

CriticalLine line_of(const AddedFact& fact)
{
    return {.line = fact.number,
            .topic = "New: " + fact.number,
            .words = {},
            .mark = mark_of(fact.section + "\n" + fact.words.words)};
}

CriticalLine own_line(std::string_view line, std::string_view topic, std::string words)
{
    auto mark = mark_of(words);
    return {.line = std::string(line), .topic = std::string(topic), .words = std::move(words), .mark = std::move(mark)};
}

bool accepts(const AcceptedLine& accepted, const CriticalLine& line, const Taker& taker, std::size_t handover)
{
    return accepted.line == line.line && accepted.mark == line.mark && accepted.by == taker.worker &&
           accepted.role == accounts::code_of(taker.role) && accepted.handover == static_cast<std::int64_t>(handover);
}

/// True if a detention officer other than the one who takes over has accepted every line.
bool has_a_detention_officer(const Conversation& facts, std::span<const CriticalLine> lines, WorkerId officer)
{
    return std::ranges::any_of(facts.accepted_lines, [&](const AcceptedLine& accepted) {
        return accepted.by != officer && accepted.role == accounts::code_of(accounts::Role::DETO) &&
               left_to_accept(facts, lines, {accepted.by, accounts::Role::DETO}).empty();
    });
}

constexpr std::string_view not_open = "This child is not being handed over";

/// Reading a line is something people do.
Result<> is_a_person(const Context& context)
{
    if (!accounts::is_machine(context.transaction, context.session.worker)) return {};
    return refuse(ProblemKind::withheld,
                  "A custody system does not hand over: the officers do, on the page of the child");
}

/// Everything that is wrong with the opening, so that it is said at once.
Problems problems_of(const Handover& handover, UtcTime now)
{
    constexpr hours longest_shift{13};
    Problems problems;
    if (!handover.duty_ends_at)
        problems.push_back({ProblemKind::missing, "Enter when the duty ends", "handovers-duty_ends_at"});
    else if (*handover.duty_ends_at > now + longest_shift || *handover.duty_ends_at < now - longest_shift)
        problems.push_back({ProblemKind::malformed,
                            "The end of duty must be within 13 hours of now. Check the date and the time",
                            "handovers-duty_ends_at"});
    if (!handover.with_detention_officer)
        problems.push_back({ProblemKind::missing, "Say whether a detention officer takes over too",
                            "handovers-with_detention_officer"});
    return problems;
}

/// How closely the line is held, as far as the person who acts may see it; nothing: there is none for them.
std::optional<policy::FieldClass> class_for(const Conversation& facts, std::string_view line, ShownAnswers& shown)
{
    if (line == open_line || line == adult_line) return class_of_adult;
    if (line == health_line) return class_of_added_fact;
    if (std::ranges::find(facts.added_facts, line, &AddedFact::number) != facts.added_facts.end())
        return class_of_added_fact;
    const auto* answer = shown.find(facts, line);
    return answer == nullptr ? std::nullopt : std::optional(class_of_answer(answer));
}

} // namespace

std::vector<CriticalLine> critical_lines(const Conversation& facts, std::span<const Question> questions)
{
    std::vector<CriticalLine> lines;
    std::vector<std::string> open;
    for (const auto& question : questions) {
        if (!question.is_critical) continue;
        const auto* answer = find_answer(facts, question.number);
        if (answer != nullptr && records::has_value(answer->state))
            lines.push_back(line_of(question, *answer));
        else
            open.push_back(fmt::format("{} {}", question.number, question.topic));
    }
    if (!open.empty())
        lines.push_back(own_line(open_line, "Not answered yet",
                                 "Care as if there were a need until somebody knows: " + join(open, "; ")));
    if (!facts.health_seen.words.empty())
        lines.push_back(own_line(health_line, "Health seen at custody", facts.health_seen.words));
    auto adult = adult_words(facts, clocks::wall_date_time) + ".";
    if (facts.adult_who.empty()) adult.front() = 'N';
    lines.push_back(own_line(adult_line, "Appropriate adult", std::move(adult)));
    for (const auto& fact : facts.added_facts) lines.push_back(line_of(fact));
    return lines;
}

const Handover* open_handover(const Conversation& facts)
{
    if (facts.handovers.empty() || facts.handovers.back().ended_at) return nullptr;
    return &facts.handovers.back();
}

std::optional<UtcTime> accepted_at(const Conversation& facts, const CriticalLine& line, const Taker& taker)
{
    if (open_handover(facts) == nullptr) return std::nullopt;
    for (const auto& accepted : facts.accepted_lines)
        if (accepts(accepted, line, taker, facts.handovers.size())) return accepted.at;
    return std::nullopt;
}

std::vector<CriticalLine> left_to_accept(const Conversation& facts, std::span<const CriticalLine> lines,
                                         const Taker& taker)
{
    std::vector<CriticalLine> left;
    for (const auto& line : lines)
        if (!accepted_at(facts, line, taker)) left.push_back(line);
    return left;
}

Result<> may_take_over(const Conversation& facts, std::span<const CriticalLine> lines, WorkerId officer)
{
    const auto* handover = open_handover(facts);
    if (handover == nullptr) return refuse(ProblemKind::out_of_order, std::string(not_open));
    const auto left = left_to_accept(facts, lines, {officer, accounts::Role::CUST}).size();
    if (left > 0)
        return refuse(ProblemKind::out_of_order,
                      fmt::format("Accept each line first: {} {} left", left, left == 1 ? "is" : "are"));
    if (handover->with_detention_officer.value_or(false) && !has_a_detention_officer(facts, lines, officer))
        return refuse(
            ProblemKind::out_of_order,
            "A detention officer takes over too, and has not accepted every line yet. You are told when they have");
    return {};
}

Result<> note_handover_opened(Conversation& facts, const Conversation& before, Context& context)
{
    TRY(is_a_person(context));
    if (facts.handovers.size() != before.handovers.size() + 1)
        return refuse(ProblemKind::missing, "Open one handover", "handovers");
    if (const auto* open = open_handover(before))
        return refuse(ProblemKind::out_of_order, fmt::format("This child is being handed over already, since {}",
                                                             clocks::wall_time(open->opened_at.value_or(context.now))));
    auto& handover = facts.handovers.back();
    // Booked in by a custody system: nobody's duty ends.
    if (before.in_charge.is_none() && !handover.duty_ends_at) handover.duty_ends_at = context.now;
    if (auto problems = problems_of(handover, context.now); !problems.empty()) return refuse(std::move(problems));
    handover.from = before.in_charge;
    handover.opened_by = context.session.worker;
    handover.opened_at = context.now;
    context.notices.push_back({.code = "custody.handover", .role = accounts::Role::CUST});
    if (*handover.with_detention_officer)
        context.notices.push_back({.code = "custody.handover", .role = accounts::Role::DETO});
    return {};
}

Result<> note_line_accepted(Conversation& facts, const Conversation& before, Context& context)
{
    TRY(is_a_person(context));
    // R-D-08: "Handover cannot be bulk-accepted."
    if (facts.accepted_lines.size() != before.accepted_lines.size() + 1)
        return refuse(ProblemKind::withheld,
                      "Accept each line by itself, when you have read it. No line was accepted by this",
                      "accepted_lines");
    if (open_handover(facts) == nullptr)
        return refuse(ProblemKind::out_of_order, std::string(not_open), "accepted_lines");
    const Taker taker{context.session.worker, context.session.role};
    if (taker.worker == facts.in_charge)
        return refuse(ProblemKind::withheld, "You hand this child over. Whoever takes over accepts the lines",
                      "accepted_lines");
    auto& accepted = facts.accepted_lines.back();
    const auto lines = critical_lines(facts, questions_for(facts, context.desk, clocks::london_day(context.now)));
    const auto line = std::ranges::find(lines, accepted.line, &CriticalLine::line);
    ShownAnswers shown(context);
    const auto held = class_for(facts, accepted.line, shown);
    if (line == lines.end() || !held)
        return refuse(ProblemKind::malformed, "There is no such line to accept", "accepted_lines");
    if (!accepted.mark.empty() && accepted.mark != line->mark)
        return refuse(ProblemKind::conflict, "This line changed after you opened the page. Read it once more",
                      "accepted_lines");
    if (accepted_at(before, *line, taker))
        return refuse(ProblemKind::out_of_order, "You have accepted this line already", "accepted_lines");
    accepted.mark = line->mark;
    accepted.handover = static_cast<std::int64_t>(facts.handovers.size());
    accepted.at = context.now;
    accepted.by = taker.worker;
    accepted.role = accounts::code_of(taker.role);
    accepted.category = policy::code_of(held->category);
    accepted.label = policy::code_of(held->label);
    const bool is_their_last = left_to_accept(facts, lines, taker).empty();
    if (is_their_last && taker.role == accounts::Role::DETO)
        context.notices.push_back({.code = "custody.handover_ready", .role = accounts::Role::CUST});
    return {};
}

Result<> note_taken_over(Conversation& facts, const Conversation&, Context& context)
{
    TRY(is_a_person(context));
    const bool stays = !facts.in_charge.is_none() && facts.in_charge == context.session.worker;
    if (stays && open_handover(facts) == nullptr) return refuse(ProblemKind::out_of_order, std::string(not_open));
    const auto lines = critical_lines(facts, questions_for(facts, context.desk, clocks::london_day(context.now)));
    if (!stays) TRY(may_take_over(facts, lines, context.session.worker));
    facts.handovers.back().to = context.session.worker;
    facts.handovers.back().ended_at = context.now;
    if (stays) return {};
    facts.in_charge = context.session.worker;
    facts.in_charge_since = context.now;
    facts.release_exception = {}; // it was given to the shift before
    facts.release_exception_by.clear();
    context.notices.push_back({.code = "custody.taken_over", .role = accounts::Role::CUST});
    return {};
}

std::optional<UtcTime> duty_of_the_outgoing_ends(const void* facts)
{
    const auto& handovers = static_cast<const Conversation*>(facts)->handovers;
    return handovers.empty() ? std::nullopt : handovers.back().duty_ends_at;
}

} // namespace reachable::custody
