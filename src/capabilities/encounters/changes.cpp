// What an act about an encounter notes, and who is told of it.
#include "accounts/accounts.h"
#include "capabilities/encounters/encounter.h"
#include "capabilities/encounters/encounters.h"
#include "casework/search.h"
#include "identity/people.h"
#include "records/given.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::encounters {
namespace {

using accounts::Role;
using enum ProblemKind;

void tell_the_desk(Context& context)
{
    context.notices.push_back({.code = "encounter.told", .role = Role::EDT, .to_partner = true});
    context.notices.push_back({.code = "encounter.told", .role = Role::LADM, .to_partner = true});
}

/// Who wrote down what is new, and when. The record keeps no writing time of its own beside it (R-X-03).
void note_who_wrote_it(Encounter& encounter, const Context& context)
{
    for (auto& one : encounter.companions)
        if (!one.at) one.at = context.now;
    for (auto& one : encounter.seen) {
        if (one.at) continue;
        one.by = context.session.worker;
        one.at = context.now;
    }
    for (auto& one : encounter.child_said) {
        if (one.at) continue;
        one.by = context.session.worker;
        one.at = context.now;
    }
}

/// Who is responsible for the child, or where the child lives, by any record of the child that is open to this person:
/// one that is not would be told by the desk that answers.
AgencyId authority_on_record(const Context& context, ChildId child)
{
    const auto is_seen = [&](ChildId record) {
        return !ties::is_sealed(context.transaction, record) &&
               !ties::is_closed_to(context.transaction, record, context.session, context.now);
    };
    AgencyId host;
    for (const auto record : identity::members_seen(context.transaction, child, is_seen)) {
        const auto stored = records::find_child(context.transaction, record);
        if (!stored) continue;
        if (!stored->child.responsible_authority.is_none()) return stored->child.responsible_authority;
        if (host.is_none()) host = stored->child.host_authority;
    }
    return host;
}

/// R-A-08: "is sent to the responsible LA". What stands on record goes before what somebody guesses at a roadside.
Result<> note_whom_to_tell(Encounter& encounter, Context& context)
{
    const auto on_record = authority_on_record(context, encounter.child);
    if (!on_record.is_none() && accounts::duty_desk_of(context.transaction, on_record)) encounter.authority = on_record;
    if (encounter.authority.is_none())
        return refuse(missing,
                      "Choose the local authority where the child lives. If nobody knows, choose the one in whose area "
                      "you are",
                      "authority");
    const auto desk = accounts::duty_desk_of(context.transaction, encounter.authority);
    if (!desk)
        return refuse(malformed,
                      "That authority has no duty desk in this service. Ring its duty team and tell them now; then "
                      "choose the authority in whose area you are",
                      "authority");
    encounter.desk = *desk;
    encounter.told_at = context.now;
    tell_the_desk(context);
    return {};
}

/// The record that the officer chose is open to them.
Result<> the_chosen_child_is_open(const Encounter& encounter, const Context& context)
{
    const auto record = records::find_child(context.transaction, encounter.child);
    if (!record || !casework::is_open_to(context, encounter.child, "encounter.record"))
        return refuse(not_found, "There is no such child's record, or it is not open to you", "child");
    // R-A-01: a wrong choice puts what happened to one child on another's record, and shows who that is.
    if (records::contradicts(record->child, encounter.name_given, encounter.born_given))
        return refuse(malformed,
                      "This record does not fit what you entered. Choose it only if the name or the date of birth is "
                      "this child's. If you are not sure, open a new record",
                      "child");
    return {};
}

void open_a_record(Encounter& encounter, Context& context)
{
    auto record = records::new_record(
        encounter.name_given, encounter.born_given, encounter.age_status,
        {.agency = context.session.agency, .recorded_at = context.now, .known_by = "officer who met the child"});
    encounter.child = record.child;
    context.writes.push_back(record.storing("met by the police", context.session.worker, context.now));
}

/// What was seen once was seen: a mistake about it is written into what was seen, and takes nothing away.
void keep_what_was_seen(Encounter& encounter, const Encounter& before)
{
    for (const auto& sign : before.signs)
        if (!has_sign(encounter, sign)) encounter.signs.push_back(sign);
}

/// One act of one kind stands once: what was said twice was written down twice by a page that was sent again.
template <class Item, class Same>
bool is_sent_again(const std::vector<Item>& items, const std::vector<Item>& before, Same is_same)
{
    return items.size() > before.size() && !before.empty() && is_same(items.back(), before.back());
}

} // namespace

Result<> note_encounter(Encounter& encounter, const Encounter&, Context& context)
{
    encounter.force = context.session.agency;
    encounter.team = context.session.team;
    encounter.recorded_by = context.session.worker;
    encounter.recorded_at = context.now;
    if (encounter.child.is_none())
        open_a_record(encounter, context);
    else
        TRY(the_chosen_child_is_open(encounter, context));
    note_who_wrote_it(encounter, context);
    context.notices.push_back({.code = "encounter.recorded", .role = Role::MPC});
    return note_whom_to_tell(encounter, context);
}

Result<> note_addition(Encounter& encounter, const Encounter& before, Context& context)
{
    if (is_sent_again(encounter.child_said, before.child_said, [](const Said& one, const Said& other) {
            return one.words == other.words && one.setting == other.setting && one.language == other.language;
        }))
        return refuse(out_of_order, "These words of the child are written down already", "child_said-words");
    if (is_sent_again(encounter.seen, before.seen,
                      [](const Noticed& one, const Noticed& other) { return one.words == other.words; }))
        return refuse(out_of_order, "This is written down already", "seen-words");
    if (is_sent_again(encounter.companions, before.companions,
                      [](const Companion& one, const Companion& other) { return one.who == other.who; }))
        return refuse(out_of_order, "This person is written down already", "companions-who");
    if (encounter.companions.size() > before.companions.size()) encounter.company = "with_others";
    keep_what_was_seen(encounter, before);
    // What was decided before something new was seen is decided once more; the version before keeps it.
    if (encounter.signs.size() > before.signs.size() || encounter.companions.size() > before.companions.size()) {
        encounter.considered.clear();
        encounter.considered_because = {};
    }
    note_who_wrote_it(encounter, context);
    context.notices.push_back({.code = "encounter.added", .role = Role::EDT, .to_partner = true});
    context.notices.push_back({.code = "encounter.added", .role = Role::MPC});
    return {};
}

Result<> note_next_step(Encounter& encounter, const Encounter&, Context& context)
{
    if (encounter.next_step_by && *encounter.next_step_by < context.now)
        return refuse(malformed, "What comes next must lie ahead", "next_step_by");
    encounter.answered_at = context.now;
    context.notices.push_back({.code = "encounter.answered", .role = Role::RESP});
    context.notices.push_back({.code = "encounter.answered", .role = Role::MPC});
    return {};
}

/// The clock of the first authority runs on (R-X-12), and one for the second begins beside it; what the first was told
/// is not shown there any more.
Result<> pass_to_another_authority(Encounter& encounter, const Encounter& before, Context& context)
{
    if (encounter.authority == before.authority)
        return refuse(missing, "Choose the authority that is responsible", "authority");
    const auto desk = accounts::duty_desk_of(context.transaction, encounter.authority);
    if (!desk) return refuse(malformed, "That authority has no duty desk in this service. Ring it", "authority");
    context.writes.push_back(
        [id = context.case_id, from = notices::Addressee{before.authority, before.desk},
         now = context.now](storage::Transaction& transaction) { notices::withdraw(transaction, id, from, now); });
    encounter.desk = *desk;
    encounter.told_at = context.now;
    tell_the_desk(context);
    context.notices.push_back({.code = "encounter.passed_on", .role = Role::MPC});
    return {};
}

/// The desk that was told what was wrong is told that it was put right.
Result<> note_correction(Encounter& encounter, const Encounter& before, Context& context)
{
    keep_what_was_seen(encounter, before);
    context.notices.push_back({.code = "encounter.added", .role = Role::EDT, .to_partner = true});
    context.notices.push_back({.code = "encounter.added", .role = Role::LADM, .to_partner = true});
    return {};
}

Result<> note_end(Encounter& encounter, const Encounter&, Context& context)
{
    encounter.closed_at = context.now;
    return {};
}

} // namespace reachable::encounters
