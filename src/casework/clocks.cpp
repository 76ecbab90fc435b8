#include "casework/desk.h"
#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::casework {
namespace {

using storage::Transaction;

/// When the clock asks for attention after `step` events: its warnings, then its breach, then the repeats.
std::optional<UtcTime> attention_at(const lists::ClockTerms& terms, const ClockRow& clock, std::int64_t step)
{
    const auto warning_count = static_cast<std::int64_t>(terms.warnings.size());
    if (step < warning_count)
        return clocks::warn_at(clock.started_at, clock.due_at, terms.warnings[static_cast<std::size_t>(step)].percent);
    if (step == warning_count) return clock.due_at;
    if (terms.repeat_every.count() == 0) return std::nullopt;
    return clock.due_at + terms.repeat_every * (step - warning_count);
}

ClockRow start_clock(const Desk& desk, const Clock& declared, const CaseHead& head, std::int64_t instance,
                     UtcTime start)
{
    const auto& terms = desk.lists.terms_on(declared.code, clocks::london_day(start));
    const auto due = clocks::due(start, terms.allowance, desk.lists.calendar);
    CHECK(due.has_value(), "the calendar of bank holidays does not reach that day");
    ClockRow clock{.case_id = head.id,
                   .code = std::string(declared.code),
                   .instance = instance,
                   .started_at = start,
                   .due_at = *due};
    if (!terms.warnings.empty()) clock.first_warning_at = attention_at(terms, clock, 0);
    clock.next_at = attention_at(terms, clock, 0);
    return clock;
}

void start_or_keep(Transaction& transaction, const Desk& desk, const Clock& declared, const CaseHead& head,
                   UtcTime start, std::vector<ClockRow>& clocks)
{
    const bool runs =
        std::ranges::any_of(clocks, [&](const ClockRow& row) { return row.code == declared.code && !row.stopped_at; });
    if (runs && declared.again == Again::keeps) return;
    const auto earlier = std::ranges::count(clocks, declared.code, &ClockRow::code);
    clocks.push_back(start_clock(desk, declared, head, earlier + 1, start));
    store_clock(transaction, clocks.back());
}

void end_at(ClockRow& clock, UtcTime at)
{
    clock.stopped_at = std::max(at, clock.started_at);
    clock.next_at.reset();
    clock.breached_at = *clock.stopped_at > clock.due_at ? std::optional(clock.due_at) : std::nullopt;
}

void stop(Transaction& transaction, const Clock& declared, UtcTime at, std::vector<ClockRow>& clocks)
{
    for (auto& clock : clocks) {
        if (clock.code != declared.code || clock.stopped_at) continue;
        end_at(clock, at);
        store_clock(transaction, clock);
    }
}

/// R-X-12: "nobody can move the start time, only correct it with reason and second person". The clock as it ran stays
/// on record beside the next, which counts from what is right and asks at once for what that has made due.
void correct(Transaction& transaction, const Desk& desk, const Clock& declared, const CaseHead& head,
             const void* before, const void* facts, UtcTime now, std::vector<ClockRow>& clocks)
{
    const auto moved_to = [&](auto* told_by) -> std::optional<UtcTime> {
        if (told_by == nullptr || told_by(before) == told_by(facts)) return std::nullopt;
        return told_by(facts);
    };
    const auto start = moved_to(declared.starts_at), stopped = moved_to(declared.stops_at);
    const auto newest =
        std::find_if(clocks.rbegin(), clocks.rend(), [&](const ClockRow& row) { return row.code == declared.code; });
    if (newest == clocks.rend() || (!start && !stopped)) return;
    auto right = start_clock(desk, declared, head, newest->instance + 1, start.value_or(newest->started_at));
    const auto& terms = desk.lists.terms_on(declared.code, clocks::london_day(right.started_at));
    const auto is_past = [&](std::int64_t step) {
        return attention_at(terms, right, step).value_or(UtcTime::max()) <= now;
    };
    // What the clock before told of is not told twice; of several warnings that are due by now, the last is.
    const auto is_passed_over = [&](std::int64_t step) {
        return step < newest->step || (step < std::ssize(terms.warnings) && is_past(step + 1));
    };
    while (is_past(right.step) && is_passed_over(right.step)) ++right.step;
    right.next_at = attention_at(terms, right, right.step);
    if (right.due_at <= now) right.breached_at = right.due_at;
    if (newest->stopped_at) end_at(right, stopped.value_or(*newest->stopped_at));
    newest->stopped_at = newest->stopped_at.value_or(now);
    newest->next_at.reset();
    newest->corrected_at = now;
    store_clock(transaction, *newest);
    store_clock(transaction, right);
    clocks.push_back(std::move(right));
}

/// Tells the first role of the ladder that is on duty, and shows which rungs nobody held (R-X-13, R-X-14).
void tell(Transaction& transaction, const CaseHead& head, const lists::Tell& tell, ClockEvent& event, UtcTime now)
{
    const auto side = head.heading.side(tell.to_partner);
    if (side.agency.is_none()) return;
    const auto escalation = accounts::escalate(transaction, side.agency, tell.ladder, now);
    std::vector<std::string> gap;
    for (const auto role : escalation.gap) gap.emplace_back(accounts::code_of(role));
    const Notice notice{.code = fmt::format("clock.{}.{}", event.code, event.event),
                        .role = escalation.role,
                        .to_partner = tell.to_partner,
                        .by_mail_too = tell.to_partner};
    notices::store_notice(transaction, side, head.id, notice, join(gap, ","), now);
    event.told += (event.told.empty() ? "" : ",") + std::string(accounts::code_of(escalation.role));
    if (!gap.empty()) event.gap += (event.gap.empty() ? "" : ",") + join(gap, ",");
}

/// Gives one warning, breach or repeat: tells, records, and sets the next attention.
void ring(Transaction& transaction, const Desk& desk, ClockRow clock, UtcTime now)
{
    const auto head = load_head(transaction, clock.case_id);
    const auto& terms = desk.lists.terms_on(clock.code, clocks::london_day(clock.started_at));
    const auto warning_count = static_cast<std::int64_t>(terms.warnings.size());
    ClockEvent event{.code = clock.code, .instance = clock.instance, .step = clock.step, .at = now}; // when it is told
    const bool is_warning = clock.step < warning_count;
    event.event = is_warning ? "warning" : clock.step == warning_count ? "breach" : "repeat";
    if (is_warning) tell(transaction, head, terms.warnings[static_cast<std::size_t>(clock.step)].tell, event, now);
    if (!is_warning && !clock.breached_at) clock.breached_at = clock.due_at;
    for (const auto& one : terms.on_breach)
        if (!is_warning) tell(transaction, head, one, event, now);
    do clock.next_at = attention_at(terms, clock, ++clock.step);
    while (clock.step > warning_count && clock.next_at && *clock.next_at <= now); // repeats that are past are one
    store_clock(transaction, clock);
    store_clock_event(transaction, clock.case_id, event);

    auto entry = audit_entry(desk, accounts::service_session(), RequestId{}, head, policy::Decision{}, now);
    entry.operation = audit::Operation::clock;
    entry.action = fmt::format("clock:{}.{}", clock.code, event.event);
    entry.recipients = event.told;
    entry.outcome = "done";
    desk.log.append(transaction, std::move(entry));
}

} // namespace

std::vector<ClockRow> move_clocks(Transaction& transaction, const Desk& desk, const CaseType& type,
                                  const CaseHead& head, std::string_view action, const void* before, const void* facts,
                                  UtcTime now)
{
    auto clocks = head.version > 1 ? load_clocks(transaction, head.id) : std::vector<ClockRow>{};
    const auto moment = [&](auto* told_by) { return told_by == nullptr ? now : told_by(facts).value_or(now); };
    for (const auto& clock : type.clocks) {
        if (clock.stops_on.has(action) && (clock.stops_if == nullptr || clock.stops_if(facts)))
            stop(transaction, clock, moment(clock.stops_at), clocks);
        if (clock.corrected_on.has(action)) correct(transaction, desk, clock, head, before, facts, now, clocks);
        if (clock.starts_on.has(action) && (clock.starts_if == nullptr || clock.starts_if(facts)))
            start_or_keep(transaction, desk, clock, head, moment(clock.starts_at), clocks);
        if (type.is_open(head.state) || clock.outlives_queue) continue;
        // A case that has left its queue asks for nobody's attention; what was late stays late.
        for (auto& row : clocks)
            if (row.code == clock.code && std::exchange(row.next_at, std::nullopt)) store_clock(transaction, row);
    }
    return clocks;
}

std::size_t tick(const Desk& desk, UtcTime now)
{
    constexpr std::size_t most_at_once = 100;
    std::size_t rung = 0;
    for (std::size_t this_time = 1; this_time > 0; rung += this_time)
        desk.database.write([&](Transaction& transaction) {
            const auto asking = clocks_asking(transaction, now, most_at_once);
            this_time = asking.size();
            for (const auto& clock : asking) ring(transaction, desk, clock, now);
        });
    return rung;
}

std::optional<UtcTime> next_tick(const Desk& desk)
{
    std::optional<UtcTime> next;
    desk.database.read([&](Transaction& transaction) { next = next_attention(transaction); });
    return next;
}

} // namespace reachable::casework
