#include "api/json.h"
#include "base/text.h"
#include "casework/desk.h"
#include "casework/writing.h"
#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace reachable::casework {
namespace {

using enum ProblemKind;
using storage::Transaction;

/// One act on its way through the door: what its condition and its change may look at, and what only the door sees.
struct Passage : Context {
    RequestId request;
    const Act& act;
    const CaseType& type;
    const Action* action; // null: there is none of that name
    CaseHead head = {};
    std::shared_ptr<void> before = {};
    std::shared_ptr<void> after = {};
    policy::Request asked_of_policy = {};
    policy::Decision decision = {};
    std::string question = {};

    std::string name() const { return type.full_name(action == nullptr ? "unknown" : action->name); }
    bool is_correction() const { return action->name == correct_action; }
};

Bytes actor_of(const Session& session)
{
    const auto& bytes = session.worker.is_none() ? session.id.bytes : session.worker.bytes;
    return {bytes.begin(), bytes.end()};
}

Bytes digest_of(const Act& act)
{
    const auto what = fmt::format("{}\n{}\n{}\n{}", act.type, act.action, act.id.text(), api::write_json(act.asked));
    const auto digest = sha256(as_bytes(what));
    return {digest.begin(), digest.end()};
}

/// What the same key led to before; a refusal if it was used for something else.
Result<std::optional<Acted>> find_repeat(const Passage& passage)
{
    const auto& key = passage.act.key;
    if (key.empty()) return std::nullopt;
    if (key.size() > 100) return refuse(malformed, "An idempotency key has at most 100 characters");
    const auto rows =
        passage.transaction.query("select digest, case_id, version, state from act_keys where actor = $1 and key = $2",
                                  {actor_of(passage.session), key});
    if (rows.empty()) return std::nullopt;
    const auto& row = rows.front();
    if (row.bytes(0) != digest_of(passage.act))
        return refuse(conflict, "That idempotency key was used for something else. Use a new one");
    return Acted{.id = id_at<CaseId>(row, 1), .version = row.integer(2), .state = row.text(3), .is_repeat = true};
}

/// Loads the case, or prepares an empty one when the action opens it.
Result<> find_case(Passage& passage)
{
    const auto& act = passage.act;
    if (act.id.is_none()) {
        passage.head = {.id = CaseId::random(), .type = std::string(passage.type.name), .opened_at = passage.now};
        passage.head.heading.agency = passage.session.agency;
        passage.head.heading.team = passage.session.team;
        passage.before = passage.type.copy(nullptr);
        return {};
    }
    auto loaded = load_case(passage.transaction, passage.type, act.id);
    if (!loaded) return no_such_case();
    passage.head = std::move(loaded->head);
    passage.before = std::move(loaded->facts);
    return {};
}

Result<> decide(Passage& passage)
{
    auto& decision = passage.decision;
    passage.asked_of_policy = policy_request(passage.desk, passage.transaction, passage.type, passage.head,
                                             passage.session, passage.name(), passage.now);
    auto asked = passage.asked_of_policy;
    for (const auto& ask : asks_of(*passage.action))
        if (const auto* field = passage.type.find_field(ask.name)) asked.fields.push_back(field->held);
    decision = ties::decide(passage.desk.policy, passage.transaction, passage.session, asked);
    passage.question = policy::question_of(asked);
    if (!passage.action->who.has(passage.session.role)) {
        decision.is_allowed = false;
        auto who = with_article(accounts::title_of(passage.session.role));
        who.front() = 'A';
        decision.reasons = {who + " does not do this"};
    }
    if (decision.is_allowed) return {};
    // What may not be seen does not exist: only somebody who may see the case is told why they may not do this.
    auto look = passage.asked_of_policy;
    look.action = "read";
    if (passage.head.version != 0 && !passage.desk.policy.decide(look).is_allowed) return no_such_case();
    return refuse(withheld, decision.reasons.empty() ? "You may not do this" : decision.reasons.front());
}

Result<> check_state(const Passage& passage)
{
    if (passage.action->comes_from(passage.head.state)) return {};
    return refuse(out_of_order, fmt::format("Not possible now: the case is {}", passage.head.state));
}

/// True if somebody changed, since the version the person saw, what this act is about to change. An item added beside
/// theirs does not count.
bool is_overtaken(const Passage& passage, const void* seen)
{
    const auto written = written_by(passage.type, *passage.action, passage.act.asked, seen, passage.before.get());
    return std::ranges::any_of(written, [](const Written& one) {
        const bool is_beside = one.part != nullptr && one.part->key.empty();
        return !is_beside && one.differs();
    });
}

/// Two people editing the same thing never silently overwrite each other.
Result<> check_version(const Passage& passage)
{
    const auto& expected = passage.act.expected_version;
    if (!expected || *expected == passage.head.version) return {};
    if (!passage.act.is_strict && !passage.action->is_strict) {
        const auto seen = load_version(passage.transaction, passage.type, passage.head.id, *expected);
        if (seen && !is_overtaken(passage, seen->facts.get())) return {};
    }
    return refuse(conflict, "Somebody changed this after you opened it. Look at it again, then send yours");
}

/// True if every code of the value is on its list and in force.
bool has_known_codes(const Passage& passage, const Field& field, const Json& value)
{
    if (field.codes.empty()) return true;
    const auto day = clocks::london_day(passage.now);
    const auto is_known = [&](const Json& one) {
        const auto* code = one.text();
        return code == nullptr || code->empty() || passage.desk.lists.is_in_force(field.codes, *code, day);
    };
    const auto* several = value.items();
    return several == nullptr ? is_known(value) : std::ranges::all_of(*several, is_known);
}

/// Reads one value into its field, with every problem noted under `name`.
void read_field(const Passage& passage, const Field& field, void* facts, const Json& value, std::string_view name,
                Problems& problems)
{
    if (!has_known_codes(passage, field, value))
        return problems.push_back({malformed, "Choose one of the answers on the list", std::string(name)});
    const auto read = field.read(facts, value);
    if (read) return;
    for (auto problem : read.error()) {
        if (problem.field.empty()) problem.field = name;
        problems.push_back(std::move(problem));
    }
}

/// As the description of the API says.
constexpr std::size_t most_items = 100;

void read_part(const Passage& passage, const Part& part, const Json& value, Problems& problems)
{
    if (value.items() == nullptr)
        return problems.push_back({malformed, "Give a list of items", std::string(part.name)});
    if (value.items()->size() > most_items)
        return problems.push_back(
            {too_large, fmt::format("Give at most {} items at a time", most_items), std::string(part.name)});
    std::set<std::string> keys;
    for (const auto& item : *value.items()) {
        const auto key = part.key.empty() ? std::string{} : item.text_of(part.key);
        const auto prefix = std::string(part.name) + (key.empty() ? "" : "-" + key);
        if (item.members() == nullptr || (!part.key.empty() && key.empty())) {
            problems.push_back({malformed, "Each item needs its key and its values by name", prefix});
            continue;
        }
        if (!part.key.empty() && !keys.insert(key).second) {
            problems.push_back({malformed, "This stands here twice. Give it once", prefix});
            continue;
        }
        auto* slot = part.slot(passage.after.get(), slot_of(part, passage.after.get(), key));
        // What the service notes itself is never taken from outside.
        for (const auto& [name, one] : *item.members())
            if (const auto* field = part.find_field(name); field == nullptr || field->is_noted)
                problems.push_back({malformed, "There is no such value here", prefix + "-" + name});
        for (const auto& field : part.fields) {
            field.clear(slot);
            if (const auto* one = item.find(field.name); one != nullptr && !field.is_noted)
                read_field(passage, field, slot, *one, fmt::format("{}-{}", prefix, field.name), problems);
        }
    }
}

/// Reads all that the action asks for into the new facts; every problem at once.
Result<> read_asked(const Passage& passage)
{
    Problems problems;
    const auto asks = asks_of(*passage.action);
    if (passage.act.asked.members() == nullptr) return refuse(malformed, "Give the values by name");
    for (const auto& [name, value] : *passage.act.asked.members())
        if (find_named(asks, name) == nullptr)
            problems.push_back({malformed, "This action does not ask for that", name});
    for (const auto& ask : asks) {
        const auto* value = passage.act.asked.find(ask.name);
        const auto* field = passage.type.find_field(ask.name);
        if (field == nullptr) {
            if (value != nullptr)
                read_part(passage, *passage.type.find_part(ask.name), *value, problems);
            else if (ask.is_required)
                problems.push_back({missing, "Give at least one item", std::string(ask.name)});
            continue;
        }
        if (value != nullptr) read_field(passage, *field, passage.after.get(), *value, ask.name, problems);
        const bool is_missing = ask.is_required && (value == nullptr || field->is_empty(passage.after.get()));
        const bool is_noted = std::ranges::find(problems, ask.name, &Problem::field) != problems.end();
        if (is_missing && !is_noted)
            problems.push_back({missing, fmt::format("Enter: {}", field->label), std::string(ask.name)});
    }
    return refuse_if_any(std::move(problems));
}

constexpr std::size_t most_of_a_reason = 1000; // bytes

/// A correction sets one field right and says why; what stood before stays readable in its version (R-X-07). It holds
/// whatever the actions that ask for that field demand.
Result<> read_correction(const Passage& passage)
{
    const auto name = passage.act.asked.text_of("field");
    const auto* value = passage.act.asked.find("value");
    const auto* field = passage.type.find_field(name);
    Problems problems;
    if (field == nullptr)
        problems.push_back({missing, "Choose what to correct", "field"});
    else if (!passage.type.may_be_corrected(name))
        problems.push_back({withheld, "A clock starts from it, or a child said it: it stands as recorded", "field"});
    else if (is_needed(passage.type, name) && field->is_empty(passage.before.get()))
        problems.push_back({out_of_order, "Nothing is recorded here yet, so there is nothing to correct", "field"});
    if (trim(passage.act.asked.text_of("reason")).empty())
        problems.push_back({missing, "Enter the reason for the correction", "reason"});
    if (passage.act.asked.text_of("reason").size() > most_of_a_reason)
        problems.push_back({too_large, "Say the reason in fewer words", "reason"});
    if (field != nullptr && value == nullptr) problems.push_back({missing, "Enter what is right", "value"});
    if (field != nullptr && value != nullptr)
        read_field(passage, *field, passage.after.get(), *value, "value", problems);
    if (problems.empty() && field->is_empty(passage.after.get()) && is_needed(passage.type, name))
        problems.push_back({missing, fmt::format("Enter: {}", field->label), "value"});
    if (problems.empty())
        problems = broken_by_correction(passage.type, name, passage.before.get(), passage.after.get(), passage);
    return refuse_if_any(std::move(problems));
}

/// What somebody may not see they may not write either. The view is that of the action: a policy that lets somebody
/// write what they do not read gives it there.
Result<> check_view(const Passage& passage)
{
    const auto written =
        written_by(passage.type, *passage.action, passage.act.asked, passage.before.get(), passage.after.get());
    auto asked = passage.asked_of_policy;
    std::vector<std::string> names;
    for (const auto& one : written)
        for (const auto held : one.classes()) {
            asked.fields.push_back(held);
            names.push_back(one.name);
        }
    const auto shows = passage.desk.policy.decide(asked).fields;
    Problems problems;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (shows[i] >= policy::Show::generalise) continue;
        Problem problem{withheld, std::string(policy::why_not_written(asked)), names[i]};
        if (problems.empty() || problems.back() != problem) problems.push_back(std::move(problem));
    }
    return refuse_if_any(std::move(problems));
}

/// Everything that may refuse, in order. Nothing is written here.
Result<> check_and_change(Passage& passage)
{
    const auto& action = *passage.action;
    TRY(check_state(passage));
    TRY(check_version(passage));
    passage.after = passage.type.copy(passage.before.get());
    TRY(passage.is_correction() ? read_correction(passage) : read_asked(passage));
    if (action.only_if != nullptr) TRY(action.only_if(passage.after.get(), passage));
    if (action.then != nullptr) TRY(action.then(passage.after.get(), passage.before.get(), passage));
    // Last, because how closely an item is held may be noted by the change.
    return check_view(passage);
}

Acted store_key(const Passage& passage, Acted acted)
{
    if (passage.act.key.empty()) return acted;
    passage.transaction.execute("insert into act_keys (actor, key, digest, case_id, version, state, at) "
                                "values ($1, $2, $3, $4, $5, $6, $7)",
                                {actor_of(passage.session), passage.act.key, digest_of(passage.act), to_value(acted.id),
                                 acted.version, acted.state, to_value(passage.now)});
    return acted;
}

std::string reason_in(const Passage& passage)
{
    const auto reason = passage.act.asked.text_of("reason");
    return passage.is_correction() ? passage.act.asked.text_of("field") + ": " + reason : reason;
}

void record(const Passage& passage, const CaseHead& head, audit::Operation operation, std::string outcome,
            std::vector<std::string> commitments = {})
{
    auto entry = audit_entry(passage.desk, passage.session, passage.request, head, passage.decision, passage.now);
    entry.operation = operation;
    entry.action = passage.name();
    entry.outcome = std::move(outcome);
    entry.commitments = std::move(commitments);
    entry.question = passage.question;
    passage.desk.log.append(passage.transaction, std::move(entry));
}

/// Writes the new version, the clocks, the audit entry and what the change asked for.
Acted write_all(Passage& passage)
{
    auto& head = passage.head;
    head.version += 1;
    if (passage.next_state != same_state) head.state = passage.next_state;
    head.heading = passage.type.heading(passage.after.get());
    head.changed_at = passage.now;

    for (const auto& write : passage.writes) write(passage.transaction);
    const auto clocks = move_clocks(passage.transaction, passage.desk, passage.type, head, passage.action->name,
                                    passage.before.get(), passage.after.get(), passage.now);
    const auto facts = api::write_json(facts_to_json(passage.type, passage.after.get()));
    const auto salt = random_bytes(32);
    store_version(passage.transaction, {.head = head,
                                        .is_open = passage.type.is_open(head.state),
                                        .action = passage.action->name,
                                        .session = passage.session,
                                        .reason = reason_in(passage),
                                        .salt = salt,
                                        .facts = facts,
                                        .due_at = first_due(clocks)});
    for (const auto& notice : passage.notices)
        notices::store_notice(passage.transaction, head.heading.side(notice.to_partner), head.id, notice, "",
                              passage.now);
    for (const auto& mail : passage.mails) notices::store_mail(passage.transaction, mail, passage.now);

    record(passage, head, audit::Operation::act, "done",
           {audit::commit_to(salt, facts), audit::commit_to(salt, head.state + "\n" + reason_in(passage))});
    return store_key(passage, {.id = head.id, .version = head.version, .state = head.state});
}

void record_refusal(const Passage& passage, const Problems& problems)
{
    auto head = passage.head;
    if (head.version == 0) head.id = passage.act.id; // nothing was opened, so there is no case to name
    record(passage, head, audit::Operation::refusal, std::string(name_of(problems.front().kind)));
}

Result<Acted> pass(Passage& passage)
{
    if (const auto repeat = TRY(find_repeat(passage))) return *repeat;
    if (passage.action == nullptr) return refuse(not_found, "There is no such action");
    const bool opens = passage.action->opens();
    if (opens != passage.act.id.is_none())
        return refuse(out_of_order,
                      opens ? "This opens a new case; it cannot be done to one that exists" : "Say which case");
    TRY(find_case(passage));
    TRY(decide(passage));
    passage.case_id = passage.head.id;
    passage.state = passage.head.state;
    passage.next_state = *passage.action->to.begin();
    TRY(check_and_change(passage));
    CHECK(passage.action->to.has(passage.next_state), "a change chose a state that its action does not declare");
    return write_all(passage);
}

void bring_about(const Passage& passage)
{
    for (const auto& consequence : passage.desk.consequences)
        if (consequence.type == passage.type.name && consequence.action == passage.act.action)
            consequence.happen(passage.desk, passage.transaction, passage.head, passage.now);
}

} // namespace

Result<Acted> act_in(Transaction& transaction, const Desk& desk, const Session& session, RequestId request,
                     const Act& act, UtcTime now)
{
    const auto* type = desk.find_type(act.type);
    if (type == nullptr) return refuse(not_found, "There is no such kind of case");
    const auto actions = type->all_actions();
    Passage passage{{.desk = desk, .transaction = transaction, .session = session, .now = now, .asked = act.asked},
                    request,
                    act,
                    *type,
                    find_named(actions, act.action)};
    auto acted = pass(passage);
    ties::alert_keepers(transaction, passage.asked_of_policy, session, now);
    if (!acted)
        record_refusal(passage, acted.error());
    else if (!acted->is_repeat)
        bring_about(passage);
    return acted;
}

Result<Acted> act(const Desk& desk, const Session& session, RequestId request, const Act& act, UtcTime now)
{
    std::optional<Result<Acted>> acted;
    desk.database.write(
        [&](Transaction& transaction) { acted = act_in(transaction, desk, session, request, act, now); });
    return std::move(*acted);
}

} // namespace reachable::casework
