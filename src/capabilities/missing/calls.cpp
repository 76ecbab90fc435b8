// What the note of a call must say, and what an act about one notes.
#include "base/text.h"
#include "capabilities/missing/call.h"
#include "capabilities/missing/call_lengths.h"
#include "capabilities/missing/missing.h"
#include "casework/case_store.h"
#include "storage/columns.h"

namespace reachable::missing {
namespace {

using enum ProblemKind;

/// The reference that is read out is the beginning of the id: of the own force's episodes it finds the one.
bool is_an_episode_of(storage::Transaction& transaction, AgencyId force, const std::string& reference)
{
    const auto id = CaseId::parse(reference);
    if (!id) return false;
    return !transaction
                .query("select id from cases where id = $1 and type = $2 and agency = $3",
                       {storage::to_value(*id), std::string(episode_type().name), storage::to_value(force)})
                .empty();
}

} // namespace

Result<> the_call_can_be_noted(const Call& call, const casework::Context& context)
{
    if (!call.call_started_at) return {};
    const bool is_likely = *call.call_started_at <= context.now && context.now - *call.call_started_at <= longest_call;
    return is_likely ? Result<>{} : refuse(malformed, "A call began in the last six hours", "call_started_at");
}

Result<> it_joins_an_episode(const Call& call, const casework::Context& context)
{
    if (is_an_episode_of(context.transaction, call.force, call.episode)) return {};
    return refuse(not_found, "Your force has no episode of that reference", "episode");
}

/// 4.B: "abandoned call → ring back in 10 min".
Result<> note_call(Call& call, const Call&, casework::Context& context)
{
    call.ended_at = context.now;
    call.force = context.session.agency;
    call.team = context.session.team;
    call.taken_by = context.session.worker;
    context.writes.push_back([force = call.force, began = call.call_started_at.value_or(context.now), now = context.now,
                              id = context.case_id, number = call.number](storage::Transaction& transaction) {
        note_length_of_call(transaction, force, began, now, id, number);
    });
    for (const auto role : {accounts::Role::CALL, accounts::Role::MPC})
        context.notices.push_back({.code = "call.ended_early", .role = role});
    return {};
}

Result<> note_ring(Call& call, const Call&, casework::Context& context)
{
    for (auto& one : call.rung_back) {
        if (one.at) continue;
        if (one.answer.empty()) return refuse(missing, "Say what came of ringing back", "rung_back-answer");
        one.by = context.session.worker;
        one.at = context.now;
    }
    return {};
}

Result<> note_end_of_call(Call& call, const Call&, casework::Context& context)
{
    call.closed_at = context.now;
    return {};
}

} // namespace reachable::missing
