#include "identity/decisions.h"

#include "base/text.h"
#include "records/codes.h"
#include "records/versions.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace reachable::identity {
namespace {

using storage::id_at;
using storage::Row;
using storage::to_value;
using storage::Transaction;
using storage::Value;

constexpr records::Code<DecisionKind> kinds[] = {
    {DecisionKind::same, "same"},
    {DecisionKind::different, "different"},
    {DecisionKind::cannot_tell, "cannot_tell"},
    {DecisionKind::undone, "undone"},
};
constexpr records::Code<Proof> proofs[] = {
    {Proof::none, "none"},
    {Proof::identifier, "identifier"},
    {Proof::photograph, "photograph"},
};

constexpr std::size_t fewest_characters = 5; // of a reason

constexpr std::string_view select_decisions =
    "select d.sequence, d.at, d.kind, d.one, d.other, d.one_recorded_at, d.other_recorded_at, d.worker, d.agency, "
    "d.reason, d.confirmed_by, d.model_version, d.evidence, d.proof, d.may_be_siblings, "
    "d.has_contradictory_identifiers, d.is_automatic, d.is_sealed, d.newest_change, d.undoes "
    "from identity_decisions d where ";
constexpr auto end_of_time = UtcTime::max();

/// A stored code; one that there is not is a Bug.
template <class Entry, std::size_t count>
auto stored_value(const Entry (&entries)[count], const Row& row, std::size_t column)
{
    const auto value = records::value_from(entries, row.text(column), "");
    CHECK(value.has_value(), "a decision is stored with a code that there is not");
    return *value;
}

Decision read_decision(const Row& row)
{
    Judgement judged{
        .kind = stored_value(kinds, row, 2),
        .one = id_at<ChildId>(row, 3),
        .other = id_at<ChildId>(row, 4),
        .worker = id_at<WorkerId>(row, 7),
        .agency = id_at<AgencyId>(row, 8),
        .reason = row.text(9),
        .confirmed_by = id_at<WorkerId>(row, 10),
        .model_version = row.text(11),
        .evidence = records::document_in(row, 12),
        .guards = {.may_be_siblings = row.integer(14) != 0, .has_contradictory_identifiers = row.integer(15) != 0},
        .proof = stored_value(proofs, row, 13),
        .is_automatic = row.integer(16) != 0,
        .is_sealed = row.integer(17) != 0};
    return {.sequence = row.integer(0),
            .at = storage::time_at(row, 1),
            .judged = std::move(judged),
            .one_recorded_at = storage::time_at(row, 5),
            .other_recorded_at = storage::time_at(row, 6),
            .newest_change = row.integer(18),
            .undoes = row.is_null(19) ? 0 : row.integer(19)};
}

std::vector<Decision> select(Transaction& transaction, std::string_view condition, const storage::Values& values)
{
    std::vector<Decision> decisions;
    for (const auto& row : transaction.query(fmt::format("{}{}", select_decisions, condition), values))
        decisions.push_back(read_decision(row));
    return decisions;
}

/// "… and" for the start of a condition.
std::string_view only(Sealed sealed)
{
    return sealed == Sealed::hidden ? "d.is_sealed = 0 and " : "";
}

std::size_t characters_in(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U; }));
}

/// What a join needs beside a reason (R-A-01, R-A-05).
void check_join(const Judgement& judgement, Problems& problems)
{
    if (judgement.is_automatic)
        problems.push_back({ProblemKind::withheld, "Two children are joined by a person's decision alone"});
    if (judgement.guards.may_be_siblings && judgement.proof == Proof::none)
        problems.push_back({ProblemKind::missing,
                            "They may be twins or siblings. Say which identifier or photograph shows one child",
                            "proof"});
    if (judgement.guards.has_contradictory_identifiers && judgement.confirmed_by.is_none())
        problems.push_back(
            {ProblemKind::missing,
             "Their identifiers contradict each other. A second person must confirm that it is one child",
             "confirmed_by"});
}

void write(Transaction& transaction, const Decision& decision, const std::string& evidence)
{
    const auto& judged = decision.judged;
    const auto flag = [](bool value) -> Value { return std::int64_t{value ? 1 : 0}; };
    const Value undoes = decision.undoes == 0 ? Value{} : Value{decision.undoes};
    transaction.execute(
        "insert into identity_decisions (sequence, at, kind, one, other, one_recorded_at, other_recorded_at, worker, "
        "agency, reason, confirmed_by, model_version, evidence, proof, may_be_siblings, has_contradictory_identifiers, "
        "is_automatic, is_sealed, newest_change, undoes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
        "$13, $14, $15, $16, $17, $18, $19, $20)",
        {decision.sequence,
         to_value(decision.at),
         std::string(code_of(judged.kind)),
         to_value(judged.one),
         to_value(judged.other),
         to_value(decision.one_recorded_at),
         to_value(decision.other_recorded_at),
         to_value(judged.worker),
         to_value(judged.agency),
         judged.reason,
         to_value(judged.confirmed_by),
         judged.model_version,
         evidence,
         std::string(code_of(judged.proof)),
         flag(judged.guards.may_be_siblings),
         flag(judged.guards.has_contradictory_identifiers),
         flag(judged.is_automatic),
         flag(judged.is_sealed),
         decision.newest_change,
         undoes});
}

} // namespace

std::string_view code_of(DecisionKind kind)
{
    return records::entry_of(kinds, kind).code;
}

std::string_view code_of(Proof proof)
{
    return records::entry_of(proofs, proof).code;
}

Result<> check(const Judgement& judgement)
{
    Problems problems;
    const auto add = [&](ProblemKind kind, const char* sentence, const char* field) {
        problems.push_back({kind, sentence, field});
    };
    const bool is_join = judgement.kind == DecisionKind::same;
    if (judgement.one == judgement.other) add(ProblemKind::malformed, "Choose two different records", "other");
    if (characters_in(trim(judgement.reason)) < fewest_characters)
        add(ProblemKind::missing, "Say why, in 5 characters or more", "reason");
    if (!is_clean_utf8(judgement.reason) || !is_clean_utf8(judgement.model_version))
        add(ProblemKind::malformed, "Use plain text without control characters", "reason");
    if (judgement.worker.is_none() != judgement.is_automatic)
        add(ProblemKind::missing, "Say who decides, or that nobody does", "worker");
    if (judgement.agency.is_none() && !judgement.is_automatic)
        add(ProblemKind::missing, "Say for which agency this is decided", "agency");
    if (!judgement.confirmed_by.is_none() && judgement.confirmed_by == judgement.worker)
        add(ProblemKind::malformed, "The second person must be somebody else", "confirmed_by");
    if (judgement.kind == DecisionKind::undone && judgement.confirmed_by.is_none())
        add(ProblemKind::missing, "A second person must confirm that the decision was wrong", "confirmed_by");
    if (judgement.is_sealed && !is_join && judgement.kind != DecisionKind::undone)
        add(ProblemKind::malformed, "Only a join can be sealed", "kind");
    if (is_join) check_join(judgement, problems);
    return refuse_if_any(std::move(problems));
}

Result<Decision> append(Transaction& transaction, const Judgement& judgement, const Circumstances& known)
{
    const auto evidence = TRY(records::document_column(judgement.evidence));
    const auto rows = transaction.query("select sequence, at from identity_decisions order by sequence desc limit 1");
    Decision decision{.sequence = rows.empty() ? 1 : rows.front().integer(0) + 1,
                      .at = rows.empty() ? known.at : std::max(known.at, storage::time_at(rows.front(), 1)),
                      .judged = judgement,
                      .one_recorded_at = known.one_recorded_at,
                      .other_recorded_at = known.other_recorded_at,
                      .newest_change = known.newest_change,
                      .undoes = known.undoes};
    if (decision.judged.other < decision.judged.one) {
        std::swap(decision.judged.one, decision.judged.other);
        std::swap(decision.one_recorded_at, decision.other_recorded_at);
    }
    write(transaction, decision, evidence);
    return decision;
}

std::optional<Decision> find_decision(Transaction& transaction, std::int64_t sequence, Sealed sealed)
{
    auto found = select(transaction, fmt::format("{}d.sequence = $1", only(sealed)), {sequence});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

bool is_undone(Transaction& transaction, std::int64_t sequence)
{
    return !transaction.query("select 1 from identity_decisions where undoes = $1", {sequence}).empty();
}

std::vector<Decision> decisions_of(Transaction& transaction, ChildId child, Sealed sealed)
{
    return select(transaction, fmt::format("{}(d.one = $1 or d.other = $1) order by d.sequence", only(sealed)),
                  {to_value(child)});
}

std::vector<Decision> decisions_since(Transaction& transaction, std::int64_t sequence, std::size_t most, Sealed sealed)
{
    return select(transaction, fmt::format("{}d.sequence > $1 order by d.sequence limit $2", only(sealed)),
                  {sequence, static_cast<std::int64_t>(most)});
}

std::vector<Decision> standing(std::span<const Decision> log)
{
    std::set<std::int64_t> undone;
    for (const auto& decision : log)
        if (decision.undoes != 0) undone.insert(decision.undoes);
    std::vector<Decision> left;
    std::ranges::copy_if(log, std::back_inserter(left), [&](const Decision& decision) {
        return decision.undoes == 0 && !undone.contains(decision.sequence);
    });
    return left;
}

std::vector<Decision> standing_about(Transaction& transaction, std::span<const ChildId> children,
                                     std::optional<UtcTime> at)
{
    if (children.empty()) return {};
    auto values = storage::to_values(children);
    const auto among = storage::places(values.size());
    values.push_back(to_value(at.value_or(end_of_time)));
    // What undoes an entry names the same children, so it is among them.
    const auto log = select(
        transaction,
        fmt::format("(d.one in ({0}) or d.other in ({0})) and d.at <= ${1} order by d.sequence", among, values.size()),
        values);
    return standing(log);
}

std::vector<Decision> standing_of_kind(Transaction& transaction, DecisionKind kind, UtcTime until)
{
    return select(transaction,
                  "d.kind = $1 and d.at <= $2 and not exists "
                  "(select 1 from identity_decisions u where u.undoes = d.sequence) order by d.sequence",
                  {std::string(code_of(kind)), to_value(until)});
}

} // namespace reachable::identity
