#include "casework/search.h"

#include "base/text.h"
#include "identity/people.h"
#include "records/facts.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace reachable::casework {
namespace {

using policy::Show;
using storage::Transaction;

constexpr FieldClass core_field{policy::Category::id_core, policy::Label::personal};
constexpr FieldClass address_field{policy::Category::address, policy::Label::sensitive};

constexpr std::size_t most_candidates = 10;
/// Those who may not be seen take no place among the ten; so many more are looked at.
constexpr std::size_t most_likely = 1000;

/// One question that was asked about a child, and what came of it: what the audit and the keepers are told.
struct Asked {
    policy::Request question;
    policy::Decision decision;
    bool is_shown = false;
};

/// What to write down of a search or a look, once it is decided.
struct Asking {
    const Desk& desk;
    const Session& session;
    RequestId request;
    std::string action; // as the audit names it
    UtcTime now;
    std::vector<Asked> all = {};

    bool decide(policy::Request question)
    {
        auto decision = desk.policy.decide(question);
        const bool is_shown = decision.is_allowed && decision.fields.front() != Show::hide;
        all.push_back({std::move(question), std::move(decision), is_shown});
        return is_shown;
    }
    void note(Transaction& transaction) const
    {
        for (const auto& one : all) {
            CaseHead head;
            head.heading.child = one.question.child.value_or(ChildId{});
            auto entry = audit_entry(desk, session, request, head, one.decision, now);
            entry.operation = one.is_shown ? audit::Operation::look : audit::Operation::refusal;
            entry.action = action;
            entry.outcome = one.is_shown ? "done" : "withheld";
            for (std::size_t i = 0; i < one.question.fields.size(); ++i) {
                const auto bit = std::uint64_t{1} << static_cast<unsigned>(one.question.fields[i].category);
                entry.categories |= bit;
                if (one.decision.is_allowed && one.decision.fields[i] != Show::hide) entry.view |= bit;
            }
            desk.log.append(transaction, std::move(entry));
            ties::alert_keepers(transaction, one.question, session, now);
        }
    }
};

/// A case of one's own organisation, or one that is checked, opens that case and not the child.
bool connects_with_the_child(policy::Relationship relationship)
{
    return relationship != policy::Relationship::own_agency && relationship != policy::Relationship::enquiry;
}

/// Only what tells two children apart.
void keep_what_a_match_shows(records::Child& child)
{
    child.addresses.clear();
    child.contacts.clear();
    child.identifiers.clear();
}

bool may_find(Transaction& transaction, Asking& asking, ChildId child)
{
    auto about = policy_request(asking.desk, transaction, child, asking.session, "search", asking.now);
    about.fields = {core_field};
    return asking.decide(std::move(about));
}

/// The child as the records stand now that people decided to be of one child, if this person may know of it.
std::optional<Candidate> see_likely(Transaction& transaction, Asking& asking, identity::Likely likely,
                                    std::set<ChildId>& shown)
{
    if (shown.contains(likely.child) || !records::find_child(transaction, likely.child)) return std::nullopt;
    if (!may_find(transaction, asking, likely.child)) return std::nullopt;
    // Nobody tried to find the others: one that may not be seen has no entry, and nobody is told.
    const auto members = identity::members_seen(transaction, likely.child, [&](ChildId member) {
        const bool is_seen = may_find(transaction, asking, member);
        if (!is_seen) asking.all.pop_back();
        return is_seen;
    });
    shown.insert(members.begin(), members.end());
    std::optional<Candidate> candidate;
    for (const auto member : members) {
        auto stored = records::find_child(transaction, member);
        if (!stored) continue;
        keep_what_a_match_shows(stored->child);
        if (candidate)
            candidate->also_as.push_back(stored->child.names.front().as_given);
        else
            candidate = Candidate{std::move(stored->child), std::move(likely.reasons)};
    }
    return candidate;
}

std::vector<CaseHead> open_cases_of(Transaction& transaction, ChildId child)
{
    std::vector<CaseHead> heads;
    for (const auto& row : transaction.query(
             fmt::format("{} where (child = $1 or other = $1) and is_open = 1 order by opened_at, id", select_heads),
             {to_value(child)}))
        heads.push_back(read_head(row));
    return heads;
}

/// The cases that the same person may know of under the same purpose.
std::vector<CaseHead> cases_shown(Transaction& transaction, Asking& asking, ChildId child)
{
    std::vector<CaseHead> shown;
    for (auto& head : open_cases_of(transaction, child)) {
        const auto* type = asking.desk.find_type(head.type);
        if (type == nullptr) continue;
        auto question = policy_request(asking.desk, transaction, *type, head, asking.session, "read", asking.now);
        question.fields = {type->held};
        const auto decision = asking.desk.policy.decide(question);
        if (decision.is_allowed && decision.fields.front() != Show::hide) shown.push_back(std::move(head));
    }
    return shown;
}

records::Child as_shown(records::Child child, const ChildToShow& shown)
{
    if (shown.address != Show::show) {
        child.addresses.clear();
        child.contacts.clear();
    }
    if (shown.core != Show::show) child.identifiers.clear();
    if (shown.core == Show::hide) {
        child.names = {records::Name{.as_given = "Name held back"}};
        child.likes_to_be_called.clear();
        child.born.reset();
    }
    return child;
}

/// A search is for one child: with less than this it would be a browse.
Result<identity::SourceRecord> asked_for(const std::string& full_name, const std::optional<PartialDate>& born)
{
    if (full_name.size() > records::text_limit || !is_clean_utf8(full_name))
        return refuse(ProblemKind::malformed, "Give the name as plain text of 500 characters or fewer", "name");
    auto asked = identity::described_by(full_name, born);
    if (!identity::says_enough(asked))
        return refuse(ProblemKind::missing, "Enter a first name and a surname, or one name and the date of birth",
                      "name");
    return asked;
}

} // namespace

std::string also_on_record(const Candidate& candidate)
{
    return candidate.also_as.empty() ? std::string() : ". Also on record as " + join(candidate.also_as, "; ");
}

std::vector<std::optional<records::Child>> see_children(Transaction& transaction, std::span<const ChildToShow> asked)
{
    std::vector<ChildId> ids;
    for (const auto& one : asked) ids.push_back(one.child);
    const auto stored = records::find_children(transaction, ids);
    std::vector<std::optional<records::Child>> seen;
    for (const auto& one : asked) {
        const auto child = stored.find(one.child);
        seen.push_back(child == stored.end() ? std::nullopt : std::optional(as_shown(child->second, one)));
    }
    return seen;
}

std::optional<records::Child> see_child(Transaction& transaction, const ChildToShow& asked)
{
    return std::move(see_children(transaction, std::span(&asked, 1)).front());
}

policy::Request policy_request(const Desk& desk, Transaction& transaction, ChildId child, const Session& session,
                               std::string action, UtcTime now)
{
    auto question = policy_request(session, std::move(action), now);
    if (!session.only_case.is_none()) return question;
    question.child = child;
    auto links = ties::connect(question, transaction, session, {}, now, {}, desk.tie_memory);
    for (const auto& head : open_cases_of(transaction, child))
        if (const auto* type = desk.find_type(head.type))
            for (const auto& link : type->relate(head.heading, session))
                if (connects_with_the_child(link.relationship)) links.push_back(link);
    question.relationships = desk.policy.live(links, now);
    return question;
}

bool is_open_to(const Context& context, ChildId child, std::string action)
{
    const auto asked =
        policy_request(context.desk, context.transaction, child, context.session, std::move(action), context.now);
    ties::alert_keepers(context.transaction, asked, context.session, context.now);
    return context.desk.policy.decide(asked).is_allowed;
}

Result<std::vector<Candidate>> search_children(const Desk& desk, const Session& session, RequestId request,
                                               const std::string& full_name, const std::optional<PartialDate>& born,
                                               UtcTime now)
{
    Asking asking{desk, session, request, "search", now};
    bool may_search = false;
    std::vector<Candidate> found;
    const auto asked = TRY(asked_for(full_name, born));
    desk.search->catch_up(desk.database);
    const auto read = [&](Transaction& transaction) {
        found.clear();
        asking.all.clear();
        auto question = policy_request(session, "search", now);
        question.fields = {core_field};
        may_search = asking.decide(std::move(question));
        if (!may_search) return;
        std::set<ChildId> shown;
        for (auto& likely : desk.search->find(asked, most_likely)) {
            if (found.size() == most_candidates) break;
            if (auto candidate = see_likely(transaction, asking, std::move(likely), shown))
                found.push_back(*std::move(candidate));
        }
    };
    desk.database.observe(read, [&](Transaction& transaction) { asking.note(transaction); });
    if (!may_search) return refuse(ProblemKind::withheld, "You may not search here");
    return found;
}

Result<SeenChild> look_at_child(const Desk& desk, const Session& session, RequestId request, ChildId child,
                                std::string_view page, UtcTime now)
{
    Asking asking{desk, session, request, fmt::format("look:child.{}", page), now};
    std::optional<SeenChild> seen;
    const auto read = [&](Transaction& transaction) {
        asking.all.clear();
        seen.reset();
        auto question = policy_request(desk, transaction, child, session, "read", now);
        question.fields = {core_field, address_field};
        const bool is_shown = asking.decide(std::move(question));
        const auto& [asked, decision, shown] = asking.all.back();
        auto stored = see_child(transaction, {child, decision.fields[0], decision.fields[1]});
        if (!stored) asking.all.back().is_shown = false;
        if (!stored || !is_shown) return;
        seen = SeenChild{std::move(*stored), {}, asked, decision};
        seen->cases = cases_shown(transaction, asking, child);
    };
    desk.database.observe(read, [&](Transaction& transaction) { asking.note(transaction); });
    if (!seen) return no_such_case();
    return std::move(*seen);
}

} // namespace reachable::casework
