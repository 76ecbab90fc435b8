#include "capabilities/patterns/seen_pairs.h"

#include "accounts/accounts.h"
#include "casework/search.h"
#include "policy/question.h"
#include "storage/columns.h"

#include <fmt/format.h>
#include <memory>

namespace reachable::patterns {
namespace {

using policy::Category;
using policy::Label;
using policy::Show;
using storage::Transaction;

constexpr policy::FieldClass who{Category::id_core, Label::personal};
/// With whom a child was missing is told as closely as the episode holds it.
constexpr policy::FieldClass with_whom{Category::missing, Label::sensitive};

constexpr std::size_t most_children = 40; // as many as the picture can hold

struct PairsReading {
    const casework::Desk& desk;
    accounts::Session session;
    RequestId request;
    PairsAsked asked;
    UtcTime now;
    SeenPairs seen = {};
    std::map<ChildId, bool> decided = {};
    std::vector<audit::Entry> entries = {};

    void read(Transaction& transaction)
    {
        seen = {};
        decided.clear();
        entries.clear();
        policy::Questions printed;
        auto pairs = pairs_of(transaction, asked.children, now, asked.most);
        const auto closed = closed_of(transaction, pairs);
        for (auto& pair : pairs) {
            if (closed.contains(pair.child) || closed.contains(pair.other)) continue;
            if (!may_see(transaction, pair.child, printed) || !may_see(transaction, pair.other, printed)) continue;
            for (const auto force : pair.forces) name(transaction, force);
            seen.pairs.push_back(std::move(pair));
        }
    }

    void note(Transaction& transaction) const
    {
        for (const auto& entry : entries) desk.log.append(transaction, entry);
    }

  private:
    /// Of a record that is protected, or closed to this reader, no question is asked: nobody reaches for it by a pair.
    std::set<ChildId> closed_of(Transaction& transaction, std::span<const Pair> pairs) const
    {
        std::vector<ChildId> children;
        for (const auto& pair : pairs) children.insert(children.end(), {pair.child, pair.other});
        return ties::closed_to(transaction, children, session, now, desk.tie_memory);
    }

    bool may_see(Transaction& transaction, ChildId child, policy::Questions& printed)
    {
        if (const auto known = decided.find(child); known != decided.end()) return known->second;
        if (seen.children.size() == most_children) {
            seen.is_cut = true;
            return false;
        }
        auto question = casework::policy_request(desk, transaction, child, session, "read", now);
        question.fields = {who, with_whom};
        const auto decision = ties::decide(desk.policy, transaction, session, question);
        bool is_shown = decision.is_allowed && !question.is_sealed && decision.fields[0] >= Show::generalise &&
                        decision.fields[1] >= Show::generalise;
        if (is_shown) {
            auto shown = casework::see_child(transaction, {child, decision.fields[0], Show::hide});
            is_shown = shown.has_value();
            if (shown) seen.children.emplace(child, std::move(*shown));
        }
        decided[child] = is_shown;
        if (is_shown) write_down(question, decision, printed);
        return is_shown;
    }

    /// The log names each child who is shown.
    void write_down(const policy::Request& question, const policy::Decision& decision, policy::Questions& printed)
    {
        casework::CaseHead head;
        head.heading.child = *question.child;
        auto entry = casework::audit_entry(desk, session, request, head, decision, now);
        entry.operation = audit::Operation::look;
        entry.action = "look:child.pairs";
        entry.outcome = "done";
        std::tie(entry.categories, entry.view) = policy::category_bits(question.fields, decision).both();
        entry.question = printed.of(question);
        audit::gather(entries, std::move(entry));
    }

    void name(Transaction& transaction, AgencyId force)
    {
        const auto [place, is_new] = seen.forces.try_emplace(force);
        if (!is_new) return;
        const auto agency = accounts::find_agency(transaction, force);
        place->second = agency ? agency->name : std::string("Not known");
    }
};

} // namespace

SeenPairs see_pairs(const casework::Desk& desk, const accounts::Session& session, RequestId request, PairsAsked asked,
                    UtcTime now)
{
    const auto reading = std::make_shared<PairsReading>(desk, session, request, std::move(asked), now);
    desk.database.observe_ahead([&](Transaction& transaction) { reading->read(transaction); },
                                [reading](Transaction& transaction) { reading->note(transaction); });
    return std::move(reading->seen);
}

std::vector<ChildId> looked_for_by(Transaction& transaction, AgencyId force)
{
    constexpr std::size_t most = 200;
    std::set<ChildId> children;
    auto cases = ties::searches_of(transaction, force);
    if (cases.size() > most) cases.resize(most);
    const auto add = [&](const auto& rows) {
        for (const auto child : storage::ids_at<ChildId>(rows, 0)) children.insert(child);
    };
    if (!cases.empty())
        add(transaction.recall(fmt::format("select child from cases where id in ({})", storage::places(cases.size())),
                               storage::to_values(cases)));
    add(transaction.recall(fmt::format("select child from cases where agency = $1 and type = 'missing' and is_open = 1 "
                                       "order by due_at, id limit {}",
                                       most),
                           {storage::to_value(force)}));
    return {children.begin(), children.end()};
}

} // namespace reachable::patterns
