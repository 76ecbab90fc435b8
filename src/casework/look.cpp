#include "casework/desk.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::casework {
namespace {

using policy::Show;
using storage::Transaction;

/// What is asked of the policy in one look: every field, then every item of every part, then what concerns the child.
struct Question {
    std::vector<FieldClass> classes;
    std::size_t first_item = 0;
    std::size_t first_child = 0;
};

constexpr FieldClass child_core{policy::Category::id_core, policy::Label::personal};
constexpr FieldClass child_address{policy::Category::address, policy::Label::sensitive};

Question ask_about(const CaseType& type, const void* facts)
{
    Question question;
    for (const auto& field : type.fields) question.classes.push_back(field.held);
    question.first_item = question.classes.size();
    for (const auto& part : type.parts)
        for (std::size_t i = 0; i < part.count(facts); ++i) {
            question.classes.push_back(class_of(part, part.at(facts, i)));
            if (part.released_as != nullptr) question.classes.push_back(part.released_as(part.at(facts, i)));
        }
    question.first_child = question.classes.size();
    question.classes.push_back(child_core);
    question.classes.push_back(child_address);
    question.classes.push_back(type.held);
    return question;
}

/// Takes out of `facts` all that may not be seen, and notes what was taken.
void hold_back(Seen& seen, void* facts, const Question& question)
{
    const auto& shows = seen.decision.fields;
    for (std::size_t i = 0; i < seen.type->fields.size(); ++i) {
        const auto& field = seen.type->fields[i];
        seen.shown[std::string(field.name)] = shows[i];
        // A fact of a case is short already: where the policy shows a summary, the fact is the summary.
        if (shows[i] >= Show::generalise || field.is_empty(facts)) continue;
        field.clear(facts);
        seen.held_back += 1;
    }
    auto next = question.first_item;
    for (const auto& part : seen.type->parts) {
        auto most = part.count(facts) == 0 ? Show::show : Show::hide;
        std::vector<std::size_t> taken;
        for (std::size_t i = 0; i < part.count(facts); ++i) {
            auto show = shows[next++];
            if (part.released_as != nullptr) show = std::max(show, shows[next++]);
            most = std::max(most, show);
            if (show < Show::generalise) taken.push_back(i);
        }
        for (auto at = taken.rbegin(); at != taken.rend(); ++at) part.remove_at(facts, *at);
        seen.held_back += taken.size();
        seen.shown[std::string(part.name)] = most;
    }
}

void hold_back_child(records::Child& child, Show core, Show address)
{
    if (address != Show::show) {
        child.addresses.clear();
        child.contacts.clear();
    }
    if (core == Show::show) return;
    child.identifiers.clear();
    if (core != Show::hide) return;
    child.names = {records::Name{.as_given = "Name held back"}};
    child.likes_to_be_called.clear();
    child.born.reset();
}

/// Which categories were asked for and which shown, one bit each.
void note_categories(audit::Entry& entry, const Question& question, const policy::Decision& decision)
{
    for (std::size_t i = 0; i < question.classes.size(); ++i) {
        const auto bit = std::uint64_t{1} << static_cast<unsigned>(question.classes[i].category);
        entry.categories |= bit;
        if (decision.is_allowed && decision.fields[i] != Show::hide) entry.view |= bit;
    }
}

std::vector<std::string> actions_open_to(const Desk& desk, const Session& session, const Seen& seen, UtcTime now)
{
    std::vector<std::string> names;
    for (const auto& action : seen.type->actions) {
        if (!action.from.has(seen.head.state) || !action.who.has(session.role)) continue;
        const auto asked =
            policy_request(*seen.type, seen.head, session, fmt::format("{}.{}", seen.type->name, action.name), now);
        if (desk.policy.decide(asked).is_allowed) names.emplace_back(action.name);
    }
    const auto correcting =
        policy_request(*seen.type, seen.head, session, fmt::format("{}.{}", seen.type->name, correct_action), now);
    if (seen.type->may_correct.has(session.role) && desk.policy.decide(correcting).is_allowed)
        names.emplace_back(correct_action);
    return names;
}

std::optional<LoadedCase> load(Transaction& transaction, const CaseType& type, const Look& look)
{
    if (look.version) return load_version(transaction, type, look.id, *look.version);
    if (look.as_at) return load_as_at(transaction, type, look.id, *look.as_at);
    return load_case(transaction, type, look.id);
}

/// Decides, reads and takes out what may not be seen. `entry` is what the audit is to say of it.
Result<Seen> look_in(Transaction& transaction, const Desk& desk, const Session& session, RequestId request,
                     const CaseType& type, const Look& look, UtcTime now, audit::Entry& entry)
{
    Seen seen{.type = &type};
    auto loaded = load(transaction, type, look);
    seen.head = loaded ? loaded->head : CaseHead{.id = look.id, .type = std::string(look.type)};

    const auto empty = type.copy(nullptr);
    auto* facts = loaded ? loaded->facts.get() : empty.get();
    const auto question = ask_about(type, facts);
    auto asked = policy_request(type, seen.head, session, "read", now);
    asked.fields = question.classes;
    seen.decision = desk.policy.decide(asked);
    if (!loaded) seen.decision.is_allowed = false;

    entry = audit_entry(desk, session, request, seen.head, seen.decision, now);
    entry.operation = seen.decision.is_allowed ? audit::Operation::look : audit::Operation::refusal;
    entry.action = fmt::format("look:{}.{}", type.name, look.page);
    entry.outcome = seen.decision.is_allowed ? "done" : "not_found";
    note_categories(entry, question, seen.decision);
    if (!seen.decision.is_allowed) return no_such_case();

    hold_back(seen, facts, question);
    if (auto child = records::find_child(transaction, seen.head.heading.child)) {
        hold_back_child(child->child, seen.decision.fields[question.first_child],
                        seen.decision.fields[question.first_child + 1]);
        seen.child = std::move(child->child);
    }
    seen.facts = loaded->facts;
    // How the case goes is held as closely as that there is one: who sees a released item only sees that alone.
    const bool sees_the_case = seen.decision.fields[question.first_child + 2] >= Show::generalise;
    if (sees_the_case) seen.clocks = load_clocks(transaction, look.id);
    if (sees_the_case && look.with_history) {
        seen.clock_events = load_clock_events(transaction, look.id);
        seen.history = load_history(transaction, look.id);
    }
    if (!look.version && !look.as_at) seen.may = actions_open_to(desk, session, seen, now);
    return seen;
}

/// One row of a queue, if the policy shows it; its entry is made either way.
std::optional<ListedCase> list_one(Transaction& transaction, const Desk& desk, const Session& session,
                                   RequestId request, const CaseType& type, CaseHead head, UtcTime now,
                                   std::vector<audit::Entry>& entries)
{
    auto asked = policy_request(type, head, session, "read", now);
    asked.fields = {type.held, child_core, child_address};
    const auto decision = desk.policy.decide(asked);
    const bool is_shown = decision.is_allowed && decision.fields[0] != Show::hide;
    auto entry = audit_entry(desk, session, request, head, decision, now);
    entry.operation = is_shown ? audit::Operation::look : audit::Operation::refusal;
    entry.action = fmt::format("look:{}.queue", type.name);
    entry.outcome = is_shown ? "done" : "not_found";
    note_categories(entry, {.classes = asked.fields}, decision);
    entries.push_back(std::move(entry));
    if (!is_shown) return std::nullopt;

    ListedCase listed;
    if (auto child = records::find_child(transaction, head.heading.child)) {
        hold_back_child(child->child, decision.fields[1], decision.fields[2]);
        listed.child = std::move(child->child);
    }
    listed.clocks = load_clocks(transaction, head.id);
    listed.head = std::move(head);
    return listed;
}

/// How many there are, counted no further than `most`: nobody reads a longer count, and a long queue must not be slow.
std::size_t count_of(Transaction& transaction, std::string_view column, const ListLook& look, TeamId team,
                     std::optional<UtcTime> due_before)
{
    const auto most = std::max(Listed::counted_up_to, look.skip + look.most) + 1;
    const auto sql =
        fmt::format("select count(*) from (select 1 from cases where {} = $1 and is_open = 1 {} limit $2) as counted",
                    column, due_before ? "and due_at < $3" : "");
    storage::Values values{to_value(team), static_cast<std::int64_t>(most)};
    if (due_before) values.push_back(to_value(*due_before));
    return static_cast<std::size_t>(transaction.query(sql, values).front().integer(0));
}

} // namespace

Result<Seen> look(const Desk& desk, const Session& session, RequestId request, const Look& look, UtcTime now)
{
    const auto* type = desk.find_type(look.type);
    if (type == nullptr) return no_such_case();
    Result<Seen> seen = refuse(ProblemKind::unavailable, "The record could not be read");
    audit::Entry entry;
    const auto read = [&](Transaction& transaction) {
        seen = look_in(transaction, desk, session, request, *type, look, now, entry);
    };
    desk.database.observe(read, [&](Transaction& transaction) { desk.log.append(transaction, entry); });
    return seen;
}

namespace {

Listed list_in(Transaction& transaction, const Desk& desk, const Session& session, RequestId request,
               const CaseType& type, const ListLook& look, UtcTime now, std::vector<audit::Entry>& entries)
{
    const std::string_view column = look.as_partner ? "partner_team" : "team";
    const auto sql =
        fmt::format("{}where {} = $1 and is_open = 1 order by due_at, id limit $2 offset $3", select_heads, column);
    Listed listed;
    for (const auto& row : transaction.query(
             sql, {to_value(session.team), static_cast<std::int64_t>(look.most), static_cast<std::int64_t>(look.skip)}))
        if (auto one = list_one(transaction, desk, session, request, type, read_head(row), now, entries))
            listed.cases.push_back(std::move(*one));
    // Counts tell of the same records as the rows: where no row may be seen there is nothing to count.
    if (listed.cases.empty()) return listed;
    listed.open_count = count_of(transaction, column, look, session.team, std::nullopt);
    listed.overdue_count = count_of(transaction, column, look, session.team, now);
    return listed;
}

} // namespace

Result<Listed> list(const Desk& desk, const Session& session, RequestId request, const ListLook& look, UtcTime now)
{
    const auto* type = desk.find_type(look.type);
    if (type == nullptr) return no_such_case();
    Listed listed;
    std::vector<audit::Entry> entries;
    const auto read = [&](Transaction& transaction) {
        entries.clear();
        listed = list_in(transaction, desk, session, request, *type, look, now, entries);
    };
    const auto note = [&](Transaction& transaction) {
        for (const auto& entry : entries) desk.log.append(transaction, entry);
    };
    desk.database.observe(read, note);
    return listed;
}

} // namespace reachable::casework
