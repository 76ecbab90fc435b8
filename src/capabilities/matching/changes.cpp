// What an act brings about. Everything that the log of decisions may refuse is asked beforehand, so that a refusal
// changes nothing; the decision itself is written with the act.
#include "base/text.h"
#include "capabilities/matching/sides.h"
#include "casework/search.h"

#include <algorithm>

namespace reachable::matching {
namespace {

using identity::DecisionKind;
using storage::Transaction;

/// For somebody to whom the policy closes the child, as if there were no such record: keepers are told, and nothing
/// else tells it from a reference that leads nowhere (R-P-07, R-P-08).
Result<records::Child> record_of(Context& context, ChildId child)
{
    const auto asked = question_about(context.desk, context.transaction, child, context.session, context.now);
    ties::alert_keepers(context.transaction, asked, context.session, context.now);
    auto stored = records::find_child(context.transaction, child);
    if (!stored || !context.desk.policy.decide(asked).is_allowed) return casework::no_such_case();
    return std::move(stored->child);
}

std::string lines(const std::vector<std::string>& reasons)
{
    return join(reasons, "\n");
}

/// The guards as the records stand now; what stood against a join once stands until somebody has answered it.
void note_guards(SamePerson& pair, const identity::Guards& guards)
{
    pair.may_be_siblings = pair.may_be_siblings.value_or(false) || guards.may_be_siblings;
    pair.has_contradictory_identifiers =
        pair.has_contradictory_identifiers.value_or(false) || guards.has_contradictory_identifiers;
}

Result<> note_sides(SamePerson& pair, const records::Child& one, const records::Child& other, const Context& context)
{
    const auto of_one = side_of(context.transaction, one);
    const auto of_other = side_of(context.transaction, other);
    const auto& own = of_one.agency.is_none() ? of_other : of_one;
    if (own.agency.is_none())
        return refuse(ProblemKind::unavailable, "No organisation holds these records, so nobody can decide about them");
    pair.holder = own.agency;
    pair.holder_team = own.team;
    if (of_other.agency != own.agency) {
        pair.other_holder = of_other.agency;
        pair.other_team = of_other.team;
    }
    const auto& asker = context.session;
    const bool is_side = asker.agency == pair.holder || asker.agency == pair.other_holder;
    if (asker.role == accounts::Role::system || is_side) return {};
    return refuse(ProblemKind::withheld, "Your organisation holds neither record. Tell those who hold them");
}

identity::Proof proof_of(const SamePerson& pair)
{
    for (const auto proof : {identity::Proof::identifier, identity::Proof::photograph})
        if (pair.proof == identity::code_of(proof)) return proof;
    return identity::Proof::none;
}

identity::Judgement judgement_of(const SamePerson& pair, DecisionKind kind)
{
    return {.kind = kind,
            .one = pair.child,
            .other = pair.other,
            .worker = pair.decided_by,
            .agency = pair.decided_for,
            .reason = pair.reason.words,
            .confirmed_by = pair.confirmed_by,
            .evidence = Json::object().set("in_favour", pair.in_favour.words).set("against", pair.against.words),
            .guards = {.may_be_siblings = pair.may_be_siblings.value_or(false),
                       .has_contradictory_identifiers = pair.has_contradictory_identifiers.value_or(false)},
            .proof = proof_of(pair)};
}

/// Of records that are not there for this person nothing follows: no refusal may tell of them.
identity::MaySee seen_by_whom(const Context& context)
{
    if (context.session.role == accounts::Role::system) return seen_by_everybody(context.transaction);
    return seen_by(context.desk, context.transaction, context.session, context.now);
}

/// Written with the act. Inside one write nothing comes between the asking and this, so it cannot be refused.
Result<> decide(SamePerson& pair, DecisionKind kind, Context& context)
{
    const auto judgement = judgement_of(pair, kind);
    const auto may_see = seen_by_whom(context);
    TRY(identity::may_decide(context.transaction, judgement, may_see));
    pair.decision = identity::code_of(kind);
    pair.decided_at = context.now;
    context.writes.push_back([judgement, may_see, now = context.now](Transaction& transaction) {
        const auto decided = identity::decide(transaction, judgement, now, may_see);
        CHECK(decided.has_value(), "a decision that would be taken was refused");
    });
    return {};
}

void note_who_decides(SamePerson& pair, const Context& context)
{
    pair.decided_by = context.session.worker;
    pair.decided_for = context.session.agency;
    pair.confirmed_by = {};
}

Result<> decide_anew(SamePerson& pair, DecisionKind kind, Context& context)
{
    note_who_decides(pair, context);
    pair.proof.clear();
    return decide(pair, kind, context);
}

void tell_both_sides(const SamePerson& pair, std::string_view code, Context& context)
{
    tell_keepers(context, pair.holder, code);
    if (!pair.other_holder.is_none()) tell_keepers(context, pair.other_holder, code);
}

} // namespace

Result<> ask_whether_they_are_one(SamePerson& pair, const SamePerson&, Context& context)
{
    if (pair.child == pair.other) return refuse(ProblemKind::malformed, "Choose two different records", "other");
    const auto one = TRY(record_of(context, pair.child));
    const auto other = TRY(record_of(context, pair.other));
    TRY(note_sides(pair, one, other, context));
    if (open_question(context.transaction, pair.child, pair.other))
        return refuse(ProblemKind::out_of_order, "This is asked about these two already");
    if (!identity::may_be_offered(context.transaction, pair.child, pair.other, seen_by_whom(context)))
        return refuse(ProblemKind::out_of_order,
                      "These two were decided about, and nothing new is known of either since");
    const auto compared = context.desk.search->compare(one, other);
    pair.in_favour.words = lines(compared.in_favour);
    pair.against.words = lines(compared.against);
    note_guards(pair, compared.guards);
    pair.opened_by = context.session.worker;
    pair.found_by = context.session.role == accounts::Role::system ? "search" : "person";
    return {};
}

Result<> note_custody(SamePerson& pair, const SamePerson&, Context& context)
{
    tell_both_sides(pair, "same-person.in_custody", context);
    return {};
}

Result<> look_again(SamePerson& pair, const SamePerson&, Context&)
{
    pair.reason = {};
    pair.decision.clear();
    return {};
}

/// R-A-05: twins and siblings need an identifier or a photograph; identifiers that contradict each other a second
/// person.
Result<> decide_same(SamePerson& pair, const SamePerson&, Context& context)
{
    note_who_decides(pair, context);
    const auto one = TRY(record_of(context, pair.child));
    const auto other = TRY(record_of(context, pair.other));
    note_guards(pair, context.desk.search->compare(one, other).guards);
    if (!*pair.has_contradictory_identifiers) {
        tell_both_sides(pair, "same-person.joined", context);
        return decide(pair, DecisionKind::same, context);
    }
    // Everything but the second person is asked now, so that they are not called for nothing.
    auto as_if_confirmed = judgement_of(pair, DecisionKind::same);
    as_if_confirmed.confirmed_by = WorkerId::random();
    TRY(identity::may_decide(context.transaction, as_if_confirmed, seen_by_whom(context)));
    pair.decision.clear();
    context.next_state = to_be_confirmed;
    tell_both_sides(pair, "same-person.to_confirm", context);
    return {};
}

Result<> confirm_same(SamePerson& pair, const SamePerson&, Context& context)
{
    if (pair.decided_by == context.session.worker)
        return refuse(ProblemKind::withheld, "Somebody else confirms this: you decided it yourself");
    pair.confirmed_by = context.session.worker;
    tell_both_sides(pair, "same-person.joined", context);
    return decide(pair, DecisionKind::same, context);
}

Result<> decide_different(SamePerson& pair, const SamePerson&, Context& context)
{
    return decide_anew(pair, DecisionKind::different, context);
}

Result<> decide_cannot_tell(SamePerson& pair, const SamePerson&, Context& context)
{
    return decide_anew(pair, DecisionKind::cannot_tell, context);
}

Result<> propose_undoing(SamePerson& pair, const SamePerson&, Context& context)
{
    constexpr std::size_t fewest_characters = 5; // as the log of decisions asks for
    if (trim(pair.undo_reason.words).size() < fewest_characters)
        return refuse(ProblemKind::missing, "Say why, in 5 characters or more", "undo_reason");
    pair.undo_proposed_by = context.session.worker;
    pair.undo_proposed_for = context.session.agency;
    pair.undo_proposed_at = context.now;
    tell_both_sides(pair, "same-person.undo_proposed", context);
    return {};
}

/// The number of the decision that this case made, in the log of decisions; 0 if it stands no longer. It is no fact of
/// the case: who reads two such numbers knows how much was decided between them about others.
std::int64_t number_of_decision(Transaction& transaction, const SamePerson& pair)
{
    std::int64_t number = 0;
    for (const auto& decision : identity::standing(identity::decisions_of(transaction, pair.child))) {
        const auto& judged = decision.judged;
        const bool is_of_these = judged.one == pair.other || judged.other == pair.other;
        if (is_of_these && identity::code_of(judged.kind) == pair.decision) number = decision.sequence;
    }
    return number;
}

/// 4.A: "confirmed by second person", and "all readers since linking notified".
Result<> confirm_undoing(SamePerson& pair, const SamePerson&, Context& context)
{
    if (pair.undo_proposed_by == context.session.worker)
        return refuse(ProblemKind::withheld, "Somebody else decides this: you proposed it yourself");
    const identity::Undoing undoing{.sequence = number_of_decision(context.transaction, pair),
                                    .worker = pair.undo_proposed_by,
                                    .agency = pair.undo_proposed_for,
                                    .reason = pair.undo_reason.words,
                                    .confirmed_by = context.session.worker};
    TRY(identity::may_undo(context.transaction, undoing));
    const bool was_joined = pair.decision == identity::code_of(DecisionKind::same);
    context.next_state = was_joined ? parted : undone;
    pair.undo_confirmed_by = context.session.worker;
    pair.undone_at = context.now;
    if (was_joined) tell_readers(pair, context);
    tell_both_sides(pair, "same-person.undone", context);
    context.writes.push_back([undoing, now = context.now](Transaction& transaction) {
        CHECK(identity::undo(transaction, undoing, now).has_value(), "an undoing that would be taken was refused");
    });
    return {};
}

/// What was proposed stays readable in its version.
Result<> keep_as_decided(SamePerson& pair, const SamePerson&, Context& context)
{
    pair.undo_reason = {};
    pair.undo_proposed_by = {};
    pair.undo_proposed_for = {};
    pair.undo_proposed_at.reset();
    context.next_state = pair.decision == identity::code_of(DecisionKind::same) ? one_child : different_children;
    return {};
}

} // namespace reachable::matching
