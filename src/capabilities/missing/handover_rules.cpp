// Who may hand the board over and who takes it, each rule with its words. As at every shift change: no line changes
// hands unread, what changed is read again, and the duty moves only then (4.D, R-D-08, for the board of 4.B).
#include "capabilities/missing/handover.h"
#include "capabilities/missing/missing.h"
#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::missing {
namespace {

using enum ProblemKind;
using storage::Transaction;

/// Reading an episode is something people do.
Result<> is_a_person(const Context& context)
{
    if (!accounts::is_machine(context.transaction, context.session.worker)) return {};
    return refuse(withheld, "A system does not hand the board over: the officers do, on its page");
}

/// The child is back, and somebody still owes them something: it is on the board, and not in danger by the level.
bool is_at_high_risk(const casework::LoadedCase& loaded)
{
    const auto& state = loaded.head.state;
    const bool is_away = state == reported || state == active || state == located;
    return is_away && level_of(*static_cast<const Episode*>(loaded.facts.get())) == "high";
}

/// R-P-07: a sealed record is not accepted unread.
bool waits_for_a_reason(Transaction& transaction, const casework::Desk& desk, CaseId episode,
                        const accounts::Session& session, UtcTime now)
{
    auto asked = casework::policy_request(desk, transaction, episode_type(), casework::load_head(transaction, episode),
                                          session, "read", now);
    return policy::waits_for_a_reason(asked);
}

bool may_know_of(Transaction& transaction, const casework::Desk& desk, const casework::CaseHead& head,
                 const accounts::Session& session, UtcTime now)
{
    auto asked = casework::policy_request(desk, transaction, episode_type(), head, session, "read", now);
    asked.fields = {episode_type().held};
    return policy::tells_that_it_is_there(asked, desk.policy.decide(asked));
}

const BoardLine* find_line(std::span<const BoardLine> lines, CaseId episode)
{
    const auto found = std::ranges::find(lines, episode, &BoardLine::episode);
    return found == lines.end() ? nullptr : &*found;
}

void tell_the_board(Context& context, std::string_view code)
{
    for (const auto role : {accounts::Role::MPC, accounts::Role::INSP})
        context.notices.push_back({.code = std::string(code), .role = role});
}

} // namespace

std::vector<BoardLine> lines_of_the_board(Transaction& transaction, const casework::Desk& desk,
                                          const accounts::Session& session, UtcTime now)
{
    std::vector<BoardLine> lines;
    for (const auto id : storage::ids_at<CaseId>(
             transaction.query("select id from cases where agency = $1 and type = $2 and is_open = 1 "
                               "order by opened_at, id",
                               {storage::to_value(session.agency), std::string(episode_type().name)}),
             0)) {
        const auto loaded = casework::load_case(transaction, episode_type(), id);
        if (!loaded || !may_know_of(transaction, desk, loaded->head, session, now)) continue;
        lines.push_back({id, loaded->head.version, is_at_high_risk(*loaded)});
    }
    std::ranges::stable_sort(lines, {}, [](const BoardLine& line) { return !line.is_high; });
    return lines;
}

std::optional<UtcTime> accepted_at(const BoardHandover& handover, const BoardLine& line, WorkerId worker)
{
    for (const auto& one : handover.accepted)
        if (one.episode == line.episode && one.version == line.version && one.by == worker) return one.at;
    return std::nullopt;
}

std::vector<BoardLine> left_to_accept(const BoardHandover& handover, std::span<const BoardLine> lines, WorkerId worker)
{
    std::vector<BoardLine> left;
    for (const auto& line : lines)
        if (!accepted_at(handover, line, worker)) left.push_back(line);
    return left;
}

std::optional<CaseId> open_handover_of(Transaction& transaction, AgencyId force)
{
    const auto rows = transaction.query("select id from cases where agency = $1 and type = $2 and is_open = 1 limit 1",
                                        {storage::to_value(force), std::string(board_handover_type().name)});
    if (rows.empty()) return std::nullopt;
    return storage::id_at<CaseId>(rows.front(), 0);
}

std::optional<CaseId> last_handover_of(Transaction& transaction, AgencyId force)
{
    const auto rows =
        transaction.query("select id from cases where agency = $1 and type = $2 and state = $3 "
                          "order by changed_at desc, id limit 1",
                          {storage::to_value(force), std::string(board_handover_type().name), std::string(taken_over)});
    if (rows.empty()) return std::nullopt;
    return storage::id_at<CaseId>(rows.front(), 0);
}

OnDuty on_duty_at_the_board(Transaction& transaction, AgencyId force)
{
    const auto last = last_handover_of(transaction, force);
    if (!last) return {};
    const auto loaded = casework::load_case(transaction, board_handover_type(), *last);
    const auto& handover = *static_cast<const BoardHandover*>(loaded->facts.get());
    return {handover.to, handover.ended_at};
}

/// Whoever has the duty opens it; where they left without, or nobody has it yet, anybody of the board does.
Result<> note_handover_opened(BoardHandover& handover, const BoardHandover&, Context& context)
{
    constexpr hours longest_shift{13};
    TRY(is_a_person(context));
    if (open_handover_of(context.transaction, context.session.agency))
        return refuse(out_of_order, "The board is being handed over already");
    const auto duty = on_duty_at_the_board(context.transaction, context.session.agency);
    if (!handover.duty_ends_at && duty.worker != context.session.worker) handover.duty_ends_at = context.now;
    if (!handover.duty_ends_at) return refuse(missing, "Enter when your duty ends", "duty_ends_at");
    if (*handover.duty_ends_at > context.now + longest_shift || *handover.duty_ends_at < context.now - longest_shift)
        return refuse(malformed, "The end of duty must be within 13 hours of now. Check the date and the time",
                      "duty_ends_at");
    handover.force = context.session.agency;
    handover.team = context.session.team;
    handover.from = duty.worker;
    handover.opened_by = context.session.worker;
    handover.opened_at = context.now;
    tell_the_board(context, "missing.board_handover");
    return {};
}

/// "High ones one by one": several at once are accepted only where none of them is at high risk.
Result<> note_episodes_accepted(BoardHandover& handover, const BoardHandover& before, Context& context)
{
    TRY(is_a_person(context));
    if (handover.from == context.session.worker)
        return refuse(withheld, "You hand the board over. Whoever takes over accepts the episodes", "accepted");
    const auto lines = lines_of_the_board(context.transaction, context.desk, context.session, context.now);
    const auto added = std::span(handover.accepted).subspan(before.accepted.size());
    for (auto& one : added) {
        const auto* line = find_line(lines, one.episode);
        if (line == nullptr) return refuse(malformed, "There is no such episode on the board", "accepted");
        if (line->is_high && added.size() > 1)
            return refuse(withheld,
                          "Accept each child at high risk by itself, when you have read it. Nothing was "
                          "accepted by this",
                          "accepted");
        if (one.version != line->version)
            return refuse(conflict, "This episode changed after you opened the page. Read it once more", "accepted");
        if (waits_for_a_reason(context.transaction, context.desk, one.episode, context.session, context.now))
            return refuse(withheld,
                          "This record is sealed. Open the episode and say why, and read it before you accept it",
                          "accepted");
        if (accepted_at(before, *line, context.session.worker))
            return refuse(out_of_order, "You have accepted this episode already", "accepted");
        one.by = context.session.worker;
        one.at = context.now;
    }
    return {};
}

Result<> note_board_taken_over(BoardHandover& handover, const BoardHandover&, Context& context)
{
    TRY(is_a_person(context));
    if (handover.from == context.session.worker)
        return refuse(withheld, "You have the duty. Somebody else takes it over, or you stay on duty");
    const auto lines = lines_of_the_board(context.transaction, context.desk, context.session, context.now);
    const auto left = left_to_accept(handover, lines, context.session.worker).size();
    if (left > 0)
        return refuse(out_of_order,
                      fmt::format("Accept each episode first: {} {} left", left, left == 1 ? "is" : "are"));
    handover.to = context.session.worker;
    handover.ended_at = context.now;
    tell_the_board(context, "missing.board_taken_over");
    return {};
}

Result<> note_handover_withdrawn(BoardHandover& handover, const BoardHandover&, Context& context)
{
    TRY(is_a_person(context));
    const auto& one = context.session.worker;
    if (one != handover.from && one != handover.opened_by)
        return refuse(withheld, "Whoever has the duty, or opened this, ends it without anybody taking over");
    handover.ended_at = context.now;
    return {};
}

std::optional<UtcTime> when_the_duty_ends(const void* facts)
{
    return static_cast<const BoardHandover*>(facts)->duty_ends_at;
}

} // namespace reachable::missing
