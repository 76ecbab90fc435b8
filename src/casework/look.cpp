#include "casework/desk.h"
#include "casework/search.h"
#include "casework/writing.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::casework {
namespace {

using policy::Show;
using storage::Transaction;

// What is asked of the policy in one look: these three, and of a whole case every field, then every item of every part.
enum : std::size_t { existence, child_core, child_address, first_field };

/// Who looks, at which kind of case, and what the audit is to say of it.
struct Looking {
    const Desk& desk;
    Session session;
    RequestId request;
    const CaseType& type;
    UtcTime now;
    std::vector<audit::Entry> entries = {};
    std::vector<policy::Request> asked = {};
    ties::Known known = {}; // of the children of a queue
    std::vector<ChildToShow> on_page = {};
    policy::Questions questions = {};

    /// Writes down what was looked at.
    void keep(Transaction& transaction) const
    {
        for (const auto& entry : entries) desk.log.append(transaction, entry);
        for (const auto& question : asked) ties::alert_keepers(transaction, question, session, now);
    }
    /// Asks the policy whether this may be read, and how much of each of these.
    policy::Decision decide(Transaction& transaction, const CaseHead& head, std::span<const FieldClass> classes)
    {
        auto question = policy_request(desk, transaction, type, head, session, "read", now, known);
        question.fields.assign(classes.begin(), classes.end());
        // A child protected since: a case about something else that was done says what, no longer to whom (R-P-07).
        const bool is_aside = type.child_held != policy::Label::personal;
        if (question.is_sealed && is_aside) question.fields[child_core].label = policy::Label::sealed;
        return ties::decide(desk.policy, transaction, session, asked.emplace_back(std::move(question)));
    }
};

std::vector<FieldClass> classes_of_head(const CaseType& type)
{
    using enum policy::Label;
    return {type.held,
            {policy::Category::id_core, type.child_held},
            {policy::Category::address, type.child_held == personal ? sensitive : sealed}};
}

ChildToShow shown_in(const policy::Decision& decision, ChildId child)
{
    return {child, decision.fields[child_core], decision.fields[child_address]};
}

/// What was released is released as things stand `now`, also where an older version is looked at: a release that was
/// taken back is not used again. An item without a key stands as it is.
FieldClass released_class(const Part& part, const void* item, const void* now)
{
    const auto* standing = part.key.empty() ? item : item_with(part, now, part.find_field(part.key)->write(item));
    return standing == nullptr ? class_of(part, item) : part.released_as(standing);
}

std::vector<FieldClass> classes_of(const CaseType& type, const void* facts, const void* now)
{
    auto classes = classes_of_head(type);
    for (const auto& field : type.fields) classes.push_back(field.held);
    for (const auto& part : type.parts)
        for (std::size_t i = 0; i < part.count(facts); ++i) {
            classes.push_back(class_of(part, part.at(facts, i)));
            if (part.released_as != nullptr) classes.push_back(released_class(part, part.at(facts, i), now));
        }
    return classes;
}

/// Takes out of `facts` all that may not be seen, and notes what was taken.
void hold_back(Seen& seen, void* facts)
{
    auto next = seen.decision.fields.begin() + first_field;
    for (const auto& field : seen.type->fields) {
        const auto show = policy::of_a_fact(field.held, *next++);
        seen.shown[std::string(field.name)] = show;
        if (show >= Show::generalise) continue;
        field.clear(facts);
        seen.held_back += 1;
    }
    for (const auto& part : seen.type->parts) {
        std::vector<std::size_t> taken;
        for (std::size_t i = 0; i < part.count(facts); ++i) {
            auto show = policy::of_a_fact(class_of(part, part.at(facts, i)), *next++);
            if (part.released_as != nullptr) show = std::max(show, *next++);
            if (show < Show::generalise) taken.push_back(i);
        }
        for (auto at = taken.rbegin(); at != taken.rend(); ++at) part.remove_at(facts, *at);
    }
}

/// Notes a look for the audit, with the categories that were asked for and those that were shown, one bit each.
void note(Looking& looking, const CaseHead& head, const policy::Decision& decision, bool is_shown,
          std::string_view page, std::span<const FieldClass> classes)
{
    auto entry = audit_entry(looking.desk, looking.session, looking.request, head, decision, looking.now);
    entry.operation = is_shown ? audit::Operation::look : audit::Operation::refusal;
    entry.action = fmt::format("look:{}.{}", looking.type.name, page);
    entry.outcome = is_shown ? "done" : "not_found";
    std::tie(entry.categories, entry.view) = policy::category_bits(classes, decision).both();
    if (!classes.empty()) entry.question = looking.questions.of(looking.asked.back());
    if (!is_shown) entry.child = looking.asked.back().child.value_or(entry.child); // of two, who stands in the way
    audit::gather(looking.entries, entry);
    entry.child = head.heading.other;
    if (is_shown && !entry.child.is_none()) audit::gather(looking.entries, std::move(entry));
}

std::vector<std::string> actions_open_to(const Looking& looking, const CaseHead& head, policy::Request asked)
{
    std::vector<std::string> names;
    asked.fields.clear();
    for (const auto& action : looking.type.all_actions()) {
        if (!action.comes_from(head.state) || !action.who.has(looking.session.role)) continue;
        asked.action = looking.type.full_name(action.name);
        if (looking.desk.policy.decide(asked).is_allowed) names.emplace_back(action.name);
    }
    return names;
}

std::optional<LoadedCase> load(Transaction& transaction, const CaseType& type, const Look& look)
{
    if (look.version) return load_version(transaction, type, look.id, *look.version);
    return look.as_at ? load_as_at(transaction, type, look.id, *look.as_at) : load_case(transaction, type, look.id);
}

/// Decides, reads and takes out what may not be seen.
Result<Seen> look_in(Transaction& transaction, Looking& looking, const Look& look)
{
    const auto& type = looking.type;
    auto loaded = load(transaction, type, look);
    const bool exists = loaded.has_value();
    if (!exists) loaded = LoadedCase{{.id = look.id, .type = std::string(look.type)}, type.copy(nullptr)};
    // Who may see a version is decided by the case as it stands now.
    const auto standing = exists && (look.version || look.as_at) ? load_case(transaction, type, look.id) : loaded;
    loaded->head.heading = standing->head.heading;
    Seen seen{.type = &type, .head = loaded->head, .facts = loaded->facts};
    const auto classes = classes_of(type, loaded->facts.get(), standing->facts.get());
    seen.decision = looking.decide(transaction, seen.head, classes);
    seen.asked = looking.asked.back();
    if (!exists) seen.decision.is_allowed = false;
    note(looking, seen.head, seen.decision, seen.decision.is_allowed, look.page, classes);
    if (!seen.decision.is_allowed) return no_such_case();

    hold_back(seen, loaded->facts.get());
    seen.child = see_child(transaction, shown_in(seen.decision, seen.head.heading.child));
    seen.other = see_child(transaction, shown_in(seen.decision, seen.head.heading.other));
    // How the case goes is held as closely as that there is one: who sees a released item only sees that alone.
    const bool sees_the_case = seen.decision.fields[existence] >= Show::generalise;
    if (policy::tells_that_it_is_there(seen.asked, seen.decision)) seen.clocks = load_clocks(transaction, look.id);
    if (sees_the_case && look.with_history) {
        seen.clock_events = load_clock_events(transaction, look.id);
        seen.history = load_history(transaction, look.id);
    }
    if (!look.version && !look.as_at) seen.may = actions_open_to(looking, seen.head, seen.asked);
    return seen;
}

/// Counts one case of a queue, and takes it on the page if it stands there, if the policy shows it. What is taken or
/// refused has its entry.
void list_one(Transaction& transaction, Looking& looking, const ListLook& look, const storage::Row& row, Listed& listed)
{
    const auto head = read_head(row);
    const auto classes = classes_of_head(looking.type);
    const auto decision = looking.decide(transaction, head, classes);
    const bool is_shown = policy::tells_that_it_is_there(looking.asked.back(), decision);
    const bool is_on_page = listed.open_count >= look.skip && listed.cases.size() < look.most;
    if (is_shown) listed.open_count += 1;
    if (is_shown && time_at(row, due_column) < looking.now) listed.overdue_count += 1;
    if (is_shown && !is_on_page) return looking.asked.pop_back();
    note(looking, head, decision, is_shown, "queue", classes);
    if (!is_shown) return;
    listed.cases.push_back({.head = head});
    for (const auto child : {head.heading.child, head.heading.other})
        looking.on_page.push_back(shown_in(decision, child));
}

/// The children and clocks of a page, read at once.
void fill_in(Transaction& transaction, std::span<const ChildToShow> asked, std::vector<ListedCase>& cases)
{
    std::vector<CaseId> ids;
    for (const auto& one : cases) ids.push_back(one.head.id);
    auto children = see_children(transaction, asked);
    const auto clocks = load_clocks(transaction, ids);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        cases[i].child = std::move(children[2 * i]);
        cases[i].other = std::move(children[2 * i + 1]);
        std::ranges::copy_if(clocks, std::back_inserter(cases[i].clocks),
                             [&](const ClockRow& clock) { return clock.case_id == ids[i]; });
    }
}

/// What may not be seen takes no place on a page and is not counted. Nobody reads a long count, so counting ends there.
Result<Listed> list_in(Transaction& transaction, Looking& looking, const ListLook& look)
{
    constexpr std::string_view columns[] = {"team", "partner_team", "agency", "partner"};
    const auto sql = fmt::format("{}where {} = $1 and type = $2 and is_open = 1 order by due_at, id limit $3 offset $4",
                                 select_heads, columns[static_cast<std::size_t>(look.whose)]);
    const auto team = look.of_team.is_none() ? looking.session.team : look.of_team;
    const auto side = look.whose >= Whose::agency ? to_value(looking.session.agency) : to_value(team);
    const auto most = std::max(Listed::counted_up_to, std::min(look.skip, look.most_skipped) + look.most) + 1;
    const auto step = static_cast<std::int64_t>(most);
    Listed listed;
    for (std::int64_t from = 0; listed.open_count < most; from += step) {
        const auto rows = transaction.recall(sql, {side, std::string(looking.type.name), step, from});
        looking.known = ties::ties_for(transaction, storage::ids_at<ChildId>(rows, child_column),
                                       looking.session.worker, looking.desk.tie_memory);
        for (const auto& row : rows)
            if (listed.open_count < most) list_one(transaction, looking, look, row, listed);
        if (std::ssize(rows) < step) break;
    }
    fill_in(transaction, looking.on_page, listed.cases);
    // The list itself is looked at, whatever it shows: an entry that hung on that would tell of what was left out
    // (R-P-07).
    note(looking, {}, {}, true, "queue", {});
    return listed;
}

/// Looks, and notes in the audit what was looked at, as one. The note may be written after this has returned.
template <class Look, class Answer>
Result<Answer> observe(const Desk& desk, const Session& session, RequestId request, const Look& look, UtcTime now,
                       Result<Answer> (*look_in)(Transaction&, Looking&, const Look&))
{
    const auto* type = desk.find_type(look.type);
    if (type == nullptr) return no_such_case();
    const auto looking = std::make_shared<std::optional<Looking>>();
    std::optional<Result<Answer>> answer;
    const auto read = [&](Transaction& transaction) {
        answer = look_in(transaction, looking->emplace(desk, session, request, *type, now), look);
    };
    desk.database.observe_ahead(read, [looking](Transaction& transaction) { (*looking)->keep(transaction); });
    return *std::move(answer);
}

} // namespace

Result<Seen> look(const Desk& desk, const Session& session, RequestId request, const Look& look, UtcTime now)
{
    return observe(desk, session, request, look, now, look_in);
}

Result<Listed> list(const Desk& desk, const Session& session, RequestId request, const ListLook& look, UtcTime now)
{
    return observe(desk, session, request, look, now, list_in);
}

} // namespace reachable::casework
