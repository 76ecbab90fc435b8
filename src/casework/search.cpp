#include "casework/search.h"

#include "base/text.h"
#include "casework/search_log.h"
#include "clocks/london.h"
#include "identity/people.h"
#include "identity/source_records.h"
#include "records/facts.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <set>

namespace reachable::casework {
namespace {

using policy::Show;
using storage::Transaction;

constexpr FieldClass core_field{policy::Category::id_core, policy::Label::personal};
constexpr FieldClass address_field{policy::Category::address, policy::Label::sensitive};

/// Of where a child lives a search tells the area, and whether it is what the person gave.
constexpr FieldClass area_field{policy::Category::address, policy::Label::personal};

constexpr std::size_t most_candidates = 10;
constexpr std::size_t most_near_misses = 5;
constexpr std::size_t shortest_reason = 5;
/// Among the first may be records that are withdrawn, or of one child; so many are looked at.
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
    Session session;
    RequestId request;
    std::string action; // as the audit names it
    UtcTime now;
    std::string reason = {};      // in the person's own words
    std::string reason_code = {}; // why the search itself was refused
    std::vector<Asked> all = {};

    bool decide(Transaction& transaction, policy::Request question)
    {
        auto decision = ties::decide(desk.policy, transaction, session, question);
        const bool is_shown = decision.is_allowed && decision.fields.front() != Show::hide;
        all.push_back({std::move(question), std::move(decision), is_shown});
        return is_shown;
    }
    void note(Transaction& transaction) const
    {
        // Gathered, so that what a search takes tells next to nothing of how many it found whom it does not show.
        std::vector<audit::Entry> entries;
        policy::Questions questions;
        for (const auto& one : all) {
            CaseHead head;
            head.heading.child = one.question.child.value_or(ChildId{});
            auto entry = audit_entry(desk, session, request, head, one.decision, now);
            entry.operation = one.is_shown ? audit::Operation::look : audit::Operation::refusal;
            entry.action = action;
            entry.outcome = one.is_shown ? "done" : "withheld";
            std::tie(entry.categories, entry.view) = policy::category_bits(one.question.fields, one.decision).both();
            entry.question = questions.of(one.question);
            if (is_the_search(one))
                add_search(transaction, std::move(entry));
            else
                audit::gather(entries, std::move(entry));
            ties::alert_keepers(transaction, one.question, session, now);
        }
        for (auto& entry : entries) desk.log.append(transaction, std::move(entry));
    }

  private:
    bool is_the_search(const Asked& one) const { return action == "search" && !one.question.child; }
    /// The words stand beside the log, which holds no narrative; the log commits to them.
    void add_search(Transaction& transaction, audit::Entry entry) const
    {
        const auto salt = random_bytes(32);
        const bool is_refused = !reason_code.empty();
        if (!reason.empty()) entry.commitments = {audit::commit_to(salt, reason)};
        if (is_refused) {
            entry.operation = audit::Operation::refusal;
            entry.outcome = name_of(ProblemKind::too_many);
            entry.reason_code = reason_code;
        }
        const auto number = desk.log.append(transaction, std::move(entry));
        store_search(transaction, {number, now, session.worker, is_refused, salt, reason});
    }
};

/// A case of one's own organisation, one that is checked, or a meeting opens that case and not the child.
bool connects_with_the_child(policy::Relationship relationship)
{
    using enum policy::Relationship;
    return relationship != own_agency && relationship != enquiry && relationship != attending;
}

/// Only what tells two children apart.
void keep_what_a_match_shows(records::Child& child)
{
    child.addresses.clear();
    child.contacts.clear();
    child.identifiers.clear();
    child.characteristics = {};
}

std::vector<CaseHead> open_cases_of(Transaction& transaction, ChildId child)
{
    std::vector<CaseHead> heads;
    for (const auto& row : transaction.recall(
             fmt::format("{} where (child = $1 or other = $1) and is_open = 1 order by opened_at, id", select_heads),
             {to_value(child)}))
        heads.push_back(read_head(row));
    return heads;
}

constexpr std::size_t most_cases_of_a_kind = 10;

/// The cases that the same person may know of under the same purpose, ten of each kind at most.
std::vector<CaseHead> cases_shown(Transaction& transaction, Asking& asking, ChildId child)
{
    std::vector<CaseHead> shown;
    std::map<std::string, std::size_t> shown_of;
    for (auto& head : open_cases_of(transaction, child)) {
        const auto* type = asking.desk.find_type(head.type);
        if (type == nullptr || shown_of[head.type] == most_cases_of_a_kind) continue;
        auto question = policy_request(asking.desk, transaction, *type, head, asking.session, "read", asking.now);
        question.fields = {type->held};
        const auto decision = ties::decide(asking.desk.policy, transaction, asking.session, question);
        if (!policy::tells_that_it_is_there(question, decision)) continue;
        shown_of[head.type] += 1;
        shown.push_back(std::move(head));
    }
    return shown;
}

/// The authority where the child lives, else the one that is responsible.
std::string area_of(Transaction& transaction, const records::Child& child)
{
    const auto where = child.host_authority.is_none() ? child.responsible_authority : child.host_authority;
    const auto agency = accounts::find_agency(transaction, where);
    return agency ? agency->name : std::string{};
}

bool is_at_one_of(const std::vector<records::Address>& addresses, const identity::SourceRecord& asked)
{
    return std::ranges::any_of(addresses, [&](const auto& address) {
        return std::ranges::any_of(asked.addresses,
                                   [&](const auto& where) { return identity::is_at_address(where, address.lines); });
    });
}

constexpr std::size_t most_other_names = 20; // as the API's description says

/// "Mia Sample", with the date of birth where that record has another.
std::string as_another_record(const records::Child& first, const records::Child& other)
{
    const auto& name = other.names.front().as_given;
    if (!other.born || other.born == first.born) return name;
    return fmt::format("{}, born {}", name, clocks::day_words(*other.born));
}

/// What every source has deleted is found no longer, unless something was done about the child here. Cases of
/// administration do not count: who opened, restricted or allocated a record is nothing that its being found may tell.
bool is_withdrawn(Transaction& transaction, const Desk& desk, ChildId child)
{
    if (!identity::is_deleted_at_every_source(transaction, child)) return false;
    const auto types = transaction.query("select distinct type from cases where child = $1", {to_value(child)});
    return std::ranges::none_of(types, [&](const storage::Row& row) {
        const auto* type = desk.find_type(row.text(0));
        return type != nullptr && type->held.category != policy::Category::administration;
    });
}

/// The first of the records that people decided to be of one child, as it stands now, and the names on the others.
void add_records(Transaction& transaction, std::span<const ChildId> members, const std::set<ChildId>& with_area,
                 const identity::SourceRecord& asked, Candidate& candidate)
{
    for (const auto member : members) {
        auto stored = records::find_child(transaction, member);
        if (!stored) continue;
        if (!candidate.child.id.is_none()) {
            if (candidate.also_as.size() < most_other_names)
                candidate.also_as.push_back(as_another_record(candidate.child, stored->child));
            continue;
        }
        if (with_area.contains(member)) {
            if (is_at_one_of(stored->child.addresses, asked)) {
                candidate.said.in_favour.emplace_back("same address");
                candidate.reasons.emplace(candidate.reasons.begin(), "same address");
            }
            candidate.area = area_of(transaction, stored->child);
        }
        keep_what_a_match_shows(stored->child);
        candidate.child = std::move(stored->child);
    }
}

/// The child as the record stands now, if this person may know of it.
std::optional<Candidate> see_likely(Transaction& transaction, Asking& asking, identity::Likely likely,
                                    const identity::SourceRecord& asked, std::set<ChildId>& shown)
{
    if (shown.contains(likely.child) || !records::find_child(transaction, likely.child)) return std::nullopt;
    if (is_withdrawn(transaction, asking.desk, likely.child)) return std::nullopt;
    std::set<ChildId> with_area;
    const auto may_find = [&](ChildId child) {
        auto about = policy_request(asking.desk, transaction, child, asking.session, "search", asking.now);
        about.fields = {core_field, area_field};
        const bool is_shown = asking.decide(transaction, std::move(about));
        if (is_shown && asking.all.back().decision.fields[1] != Show::hide) with_area.insert(child);
        return is_shown;
    };
    if (!may_find(likely.child)) return std::nullopt;
    // Nobody tried to find the others: one that may not be seen has no entry, and nobody is told.
    const auto members = identity::members_seen(transaction, likely.child, [&](ChildId member) {
        const bool is_seen = may_find(member);
        if (!is_seen) asking.all.pop_back();
        return is_seen;
    });
    shown.insert(members.begin(), members.end());
    Candidate candidate{.reasons = std::move(likely.reasons),
                        .said = identity::reasons_of(likely.pattern),
                        .may_be_a_sibling = identity::may_be_a_sibling(likely.pattern),
                        .is_near_miss = likely.is_near_miss,
                        .would_settle = identity::what_would_settle(likely.pattern, asked)};
    add_records(transaction, members, with_area, asked, candidate);
    for (const auto member : members)
        for (auto& head : cases_shown(transaction, asking, member)) candidate.cases.push_back(std::move(head));
    return candidate;
}

/// Whether somebody who found the child may open the record.
void note_whether_open(Transaction& transaction, Asking& asking, Candidate& candidate)
{
    auto question = policy_request(asking.desk, transaction, candidate.child.id, asking.session, "read", asking.now);
    question.fields = {core_field, address_field};
    const auto decision = ties::decide(asking.desk.policy, transaction, asking.session, question);
    candidate.is_open = decision.is_allowed && decision.fields[0] != Show::hide && decision.fields[1] == Show::show;
}

records::Child as_shown(records::Child child, const ChildToShow& shown)
{
    child.characteristics = {}; // of no category that the policy shows to anybody
    if (shown.address != Show::show) {
        child.addresses.clear();
        child.contacts.clear();
    }
    if (shown.core != Show::show) child.identifiers.clear();
    if (shown.core == Show::hide) {
        child.names = {records::Name{.as_given = std::string(held_back_name)}};
        child.likes_to_be_called.clear();
        child.born.reset();
    }
    return child;
}

bool is_plain(const std::string& text)
{
    return text.size() <= records::text_limit && is_clean_utf8(text);
}

/// A search is for one child: with less than this it would be a browse.
Result<> check_asked(const Search& search, UtcTime now)
{
    Problems problems;
    const auto check = [&](const std::string& text, std::string_view what, const char* field) {
        if (!is_plain(text))
            problems.push_back({ProblemKind::malformed,
                                fmt::format("Give the {} as plain text of 500 characters or fewer", what), field});
    };
    for (const auto& name : search.asked.names) check(name.given + name.family + name.whole, "name", "name");
    for (const auto& one : search.asked.identifiers) check(one.type + one.value, "number", "identifier");
    for (const auto& one : search.asked.postcodes) check(one, "postcode or address", "place");
    for (const auto& one : search.asked.addresses) check(one, "postcode or address", "place");
    for (const auto& one : search.asked.phones) check(one, "telephone number", "phone");
    check(search.reason, "reason", "reason");
    if (search.asked.born && search.asked.born->earliest() > clocks::london_day(now))
        problems.push_back({ProblemKind::malformed, "The date of birth must be in the past", "born"});
    if (search.searched_for != SearchedFor::booking && trim(search.reason).size() < shortest_reason)
        problems.push_back({ProblemKind::missing, "Say in a few words why you look for this child", "reason"});
    if (problems.empty() && !identity::says_enough(search.asked))
        problems.push_back(
            {ProblemKind::missing, "Enter a first name and a surname, or one name and the date of birth", "name"});
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

/// One search: what was asked, what came of it, and what is to be written down.
class Searching {
  public:
    Searching(const Desk& desk, const Session& session, RequestId request, const Search& search, UtcTime now)
        : asking_{.desk = desk,
                  .session = session,
                  .request = request,
                  .action = "search",
                  .now = now,
                  .reason = std::string(trim(search.reason))},
          search_(search)
    {
    }

    Result<Found> run()
    {
        TRY(check_asked(search_, asking_.now));
        asking_.desk.search->catch_up(asking_.desk.database);
        const auto look = [this](Transaction& transaction) { look_in(transaction); };
        const auto note = [this](Transaction& transaction) {
            if (!asking_.reason_code.empty()) tell_of_too_many(transaction, asking_.session, asking_.now);
            asking_.note(transaction);
        };
        // What is counted must stand before the next one is counted. A booking waits for nobody who looks.
        if (search_.searched_for != SearchedFor::booking)
            asking_.desk.database.write([&](Transaction& transaction) {
                look(transaction);
                note(transaction);
            });
        else
            asking_.desk.database.observe(look, note);
        if (!may_search_) return refuse(ProblemKind::withheld, "You may not search here");
        if (!asking_.reason_code.empty()) return refuse_the_next();
        return std::move(found_);
    }

  private:
    std::string_view limit() const
    {
        if (is_of_a_system_) return "searches_of_a_system_in_an_hour";
        const bool is_booking = search_.searched_for == SearchedFor::booking;
        return is_booking ? "searches_for_bookings_in_an_hour" : "searches_in_an_hour";
    }

    void look_in(Transaction& transaction)
    {
        found_ = {};
        asking_.all.clear();
        asking_.reason_code.clear();
        auto question = policy_request(asking_.session, "search", asking_.now);
        question.fields = {core_field, area_field};
        may_search_ = asking_.decide(transaction, std::move(question));
        if (!may_search_) return;
        is_of_a_system_ = accounts::is_machine(transaction, asking_.session.worker);
        const auto most = most_in_an_hour(asking_.desk, limit(), asking_.now);
        if (most && count_since(transaction, asking_.session, asking_.now - hours{1}, false) >= *most) {
            asking_.reason_code = "too_many_searches";
            return;
        }
        auto asked = search_.asked;
        if (asking_.all.front().decision.fields[1] == Show::hide) forget_where(asked);
        const bool is_with_near = search_.searched_for == SearchedFor::no_case;
        const auto near = is_with_near ? identity::NearMisses::too : identity::NearMisses::left_out;
        std::set<ChildId> shown;
        const auto without_place = [&](std::span<const ChildId> children) {
            return ties::closed_to(transaction, children, asking_.session, asking_.now, asking_.desk.tie_memory);
        };
        for (auto& likely : asking_.desk.search->find(asked, most_likely, near, without_place)) {
            auto& list = likely.is_near_miss ? found_.near_misses : found_.likely;
            if (list.size() == (likely.is_near_miss ? most_near_misses : most_candidates)) continue;
            auto candidate = see_likely(transaction, asking_, std::move(likely), asked, shown);
            if (!candidate) continue;
            if (is_with_near) note_whether_open(transaction, asking_, *candidate);
            list.push_back(*std::move(candidate));
        }
        found_.how_common = asking_.desk.search->how_common(asked);
    }

    /// Who may not know where a child lives may not find out by asking.
    static void forget_where(identity::SourceRecord& asked)
    {
        asked.postcodes.clear();
        asked.places.clear();
        asked.addresses.clear();
        asked.phones.clear();
    }

    Result<Found> refuse_the_next() const
    {
        const auto* sentence = is_of_a_system_
                                   ? "Your system has made as many searches in the last hour as one system may make. "
                                     "Wait as long as Retry-After says"
                                   : "You have made as many searches in the last hour as one person may make. Wait, or "
                                     "ask a colleague or your supervisor. If a child may be in danger, ring the duty "
                                     "desk now";
        return refuse(ProblemKind::too_many, sentence, "name");
    }

    Asking asking_;
    const Search& search_;
    bool may_search_ = false;
    bool is_of_a_system_ = false;
    Found found_;
};

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
        const auto child = stored->find(one.child);
        seen.push_back(child == stored->end() ? std::nullopt : std::optional(as_shown(child->second, one)));
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
    question.relationships = desk.policy.live(links, now, desk.clock.is_sure());
    return question;
}

bool is_open_to(const Context& context, ChildId child, std::string action)
{
    const auto asked =
        policy_request(context.desk, context.transaction, child, context.session, std::move(action), context.now);
    ties::alert_keepers(context.transaction, asked, context.session, context.now);
    return context.desk.policy.decide(asked).is_allowed;
}

Result<Found> search_children(const Desk& desk, const Session& session, RequestId request, const Search& search,
                              UtcTime now)
{
    return Searching(desk, session, request, search, now).run();
}

Result<std::vector<Candidate>> search_children(const Desk& desk, const Session& session, RequestId request,
                                               const std::string& full_name, const std::optional<PartialDate>& born,
                                               UtcTime now)
{
    const Search search{
        .asked = identity::described_by(full_name, born), .reason = {}, .searched_for = SearchedFor::booking};
    auto found = search_children(desk, session, request, search, now);
    if (!found && found.error().front().kind == ProblemKind::too_many) return std::vector<Candidate>{};
    return TRY(std::move(found)).likely;
}

bool may_search(const Desk& desk, const Session& session, UtcTime now)
{
    auto question = policy_request(session, "search", now);
    question.fields = {core_field};
    const auto decision = desk.policy.decide(question);
    return decision.is_allowed && decision.fields.front() != Show::hide;
}

Result<SeenChild> look_at_child(const Desk& desk, const Session& session, RequestId request, ChildId child,
                                std::string_view page, UtcTime now)
{
    const auto shared = std::make_shared<Asking>(desk, session, request, fmt::format("look:child.{}", page), now);
    auto& asking = *shared;
    std::optional<SeenChild> seen;
    const auto read = [&](Transaction& transaction) {
        asking.all.clear();
        seen.reset();
        auto question = policy_request(desk, transaction, child, session, "read", now);
        question.fields = {core_field, address_field};
        asking.decide(transaction, std::move(question));
        auto& [asked, decision, is_shown] = asking.all.back();
        is_shown = policy::tells_that_it_is_there(asked, decision);
        auto stored = see_child(transaction, {child, decision.fields[0], decision.fields[1]});
        is_shown = is_shown && stored;
        if (!is_shown) return;
        seen = SeenChild{std::move(*stored), {}, asked, decision};
        seen->cases = cases_shown(transaction, asking, child);
    };
    desk.database.observe_ahead(read, [shared](Transaction& transaction) { shared->note(transaction); });
    if (!seen) return no_such_case();
    return std::move(*seen);
}

} // namespace reachable::casework
