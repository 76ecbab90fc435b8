#include "app/could_see.h"

#include "audit/store.h"
#include "capabilities/custody/conversation.h"
#include "capabilities/flags/flags.h"
#include "capabilities/flags/standing.h"
#include "capabilities/offers/offers.h"
#include "policy/kept_texts.h"

#include <algorithm>

namespace reachable::app {
namespace {

using policy::FieldClass;
using policy::Show;
using storage::Transaction;

/// The newest entry of the log by then that a decision stands in: when it was written, and by which text.
struct Decided {
    UtcTime at{};
    std::string policy_hash;
};
std::optional<Decided> last_decided_by(Transaction& transaction, UtcTime at)
{
    constexpr std::size_t step = 100;
    for (auto before = audit::entries_by(transaction, at); before > 0;) {
        const auto entries = audit::newest_entries(transaction, step, before);
        for (const auto& entry : entries)
            if (!entry.policy_hash.empty()) return Decided{entry.at, entry.policy_hash};
        if (entries.empty()) break;
        before = entries.back().sequence;
    }
    return std::nullopt;
}

/// How closely everything in a case is held, that there is such a case being the first.
std::vector<FieldClass> classes_in(const casework::CaseType& type, const void* facts)
{
    std::vector<FieldClass> classes{type.held};
    const auto add = [&](const FieldClass& held) {
        if (std::ranges::find(classes, held) == classes.end()) classes.push_back(held);
    };
    for (const auto& field : type.fields) add(field.held);
    for (const auto& part : type.parts)
        for (std::size_t i = 0; i < part.count(facts); ++i) {
            add(casework::class_of(part, part.at(facts, i)));
            if (part.released_as != nullptr) add(part.released_as(part.at(facts, i)));
        }
    return classes;
}

/// A case of one's own organisation and an enquiry connect with the case, and with the child beside it not at all.
bool connects_with_the_child(const policy::Link& link)
{
    using enum policy::Relationship;
    return link.relationship != own_agency && link.relationship != enquiry;
}

/// The teams in which somebody holds that role, whether or not they have left since.
std::vector<TeamId> teams_of(Transaction& transaction, const Onlookers& who)
{
    return storage::ids_at<TeamId>(
        transaction.query("select distinct p.team from accounts_posts p join accounts_teams t on t.id = p.team "
                          "where t.agency = $1 and p.role = $2 order by p.team",
                          {storage::to_value(who.agency), std::string(accounts::code_of(who.role))}),
        0);
}

void add_to(CouldSee& all, const CouldSee& one)
{
    all.openness = std::max(all.openness, one.openness);
    all.view |= one.view;
    all.purposes.insert(one.purposes.begin(), one.purposes.end());
    all.rules.insert(one.rules.begin(), one.rules.end());
}

/// That the thing is there is shown, with whatever else of it.
bool opens(const policy::Decision& decision)
{
    return decision.is_allowed && decision.fields.front() >= Show::generalise;
}

} // namespace

std::unique_ptr<policy::TextPolicy> policy_at(Transaction& transaction, UtcTime at)
{
    const auto decided = last_decided_by(transaction, at);
    auto hash = decided ? decided->policy_hash : std::string();
    // A text is kept before it decides for the first time: the log may not name it yet.
    for (const auto& kept : policy::list_kept(transaction)) {
        if (!kept.first_at || *kept.first_at > at) continue;
        if (!decided || *kept.first_at > decided->at) hash = kept.hash;
        break;
    }
    return hash.empty() ? nullptr : policy::find_kept(transaction, hash);
}

CouldSee could_see(const policy::TextPolicy& policy, std::span<const policy::Request> questions)
{
    CouldSee seen;
    for (auto question : questions) {
        auto openness = Openness::open;
        auto decision = policy.decide(question);
        if (!opens(decision) && question.is_opened_with_reason != policy::Told::yes) {
            openness = Openness::with_a_reason;
            question.is_opened_with_reason = policy::Told::yes;
            decision = policy.decide(question);
        }
        if (!opens(decision)) continue;
        add_to(seen, {.openness = openness,
                      .view = policy::category_bits(question.fields, decision).shown,
                      .purposes = {question.purpose},
                      .rules = {decision.rules.begin(), decision.rules.end()}});
    }
    return seen;
}

RightsOfThen::RightsOfThen(Transaction& transaction, const casework::Desk& desk, const policy::TextPolicy& policy,
                           ChildId child, const Onlookers& who, UtcTime then)
    : transaction_(transaction), desk_(desk), policy_(policy), child_(child), then_(then)
{
    read_cases();
    read_people(who);
    see_the_summary();
}

void RightsOfThen::read_cases()
{
    for (const auto& row :
         transaction_.query("select id, type from cases where child = $1 or other = $1 order by opened_at, id",
                            {storage::to_value(child_)})) {
        const auto* type = desk_.find_type(row.text(1));
        CHECK(type != nullptr, "a case of a kind that nobody declared");
        auto loaded = casework::load_as_at(transaction_, *type, storage::id_at<CaseId>(row, 0), then_);
        if (!loaded) continue; // opened later
        loaded->head.heading = type->heading(loaded->facts.get());
        cases_.push_back({type, std::move(loaded->head), std::move(loaded->facts)});
    }
}

/// Somebody in each team, and whoever had more to do with the child than the others of their team.
void RightsOfThen::read_people(const Onlookers& who)
{
    const auto agency = accounts::find_agency(transaction_, who.agency);
    if (!agency) return;
    std::set<std::pair<WorkerId, TeamId>> people;
    for (const auto team : teams_of(transaction_, who)) people.emplace(WorkerId{}, team);
    for (const auto& tie : ties::ties_of(transaction_, child_))
        if (!tie.worker.is_none())
            for (const auto& post : accounts::posts_of(transaction_, tie.worker))
                if (post.role == who.role && people.contains({WorkerId{}, post.team}))
                    people.emplace(tie.worker, post.team);
    for (const auto& [worker, team] : people)
        for (const auto& purpose : policy_.purposes_of(who.role))
            people_.push_back({.worker = worker,
                               .agency = agency->id,
                               .agency_kind = agency->kind,
                               .team = team,
                               .role = who.role,
                               .purpose = std::string(purpose.code),
                               .code_proved_at = then_});
}

/// A second factor that is fresh, and everybody there who must be told: what somebody could have seen does not hang on
/// who was at work.
policy::Request RightsOfThen::question(const accounts::Session& session, ties::Looked looked, ChildId child,
                                       std::span<const FieldClass> classes) const
{
    auto asked = casework::policy_request(session, "read", then_);
    asked.child = child;
    auto links = ties::connect(asked, transaction_, session, std::move(looked), then_, {}, desk_.tie_memory);
    // A bar holds whenever it is known; one that was set later was not known then.
    std::erase_if(links, [&](const policy::Link& link) { return link.since > then_; });
    asked.relationships = policy_.live(links, then_);
    asked.fields.assign(classes.begin(), classes.end());
    return asked;
}

RightsOfThen::Questions RightsOfThen::about(const CaseThen& one, std::span<const FieldClass> classes) const
{
    Questions questions;
    const auto& heading = one.head.heading;
    for (const auto& session : people_)
        questions.push_back(question(session, {one.head.id, one.type->relate(heading, session), heading.other},
                                     heading.child, classes));
    return questions;
}

/// As the child's own page asks: by the lists that the child stands on, and by the cases that were open.
RightsOfThen::Questions RightsOfThen::about_the_child() const
{
    Questions questions;
    for (const auto& session : people_) {
        std::vector<policy::Link> links;
        for (const auto& one : cases_) {
            if (!one.type->is_open(one.head.state)) continue;
            auto heading = one.head.heading; // as a row of a queue says it: an open case has not ended
            heading.ended_at = heading.partner_ended_at = std::nullopt;
            for (const auto& link : one.type->relate(heading, session))
                if (connects_with_the_child(link)) links.push_back(link);
        }
        questions.push_back(question(session, {.links = std::move(links)}, child_, {{flags::of_the_summary}}));
    }
    return questions;
}

void RightsOfThen::see_the_summary()
{
    summary_ = could_see(policy_, about_the_child());
    for (const auto& one : cases_) {
        if (one.type == &flags::flag_type() || one.head.heading.child != child_) continue;
        for (auto& asked : about(one, {{one.type->held}})) {
            if (!opens(policy_.decide(asked))) continue;
            asked.fields = {flags::of_the_summary};
            const auto seen = could_see(policy_, {&asked, 1});
            add_to(summary_, seen);
            if (one.type == &custody::conversation_type()) add_to(in_detentions_, seen);
        }
    }
}

CouldSee RightsOfThen::of(CaseId id) const
{
    const auto found = std::ranges::find(cases_, id, [](const CaseThen& one) { return one.head.id; });
    if (found == cases_.end()) return {};
    auto seen = could_see(policy_, about(*found, classes_in(*found->type, found->facts.get())));
    if (found->type == &offers::offer_type()) add_to(seen, in_detentions_);
    if (found->type != &flags::flag_type()) return seen;
    const auto& flag = *static_cast<const flags::Flag*>(found->facts.get());
    if (flags::is_in_the_summary(desk_, {found->head, flag})) add_to(seen, summary_);
    return seen;
}

} // namespace reachable::app
