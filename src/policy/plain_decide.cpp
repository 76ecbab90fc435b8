#include "policy/plain_decide.h"

#include "policy/vocabulary.h"

#include <algorithm>

namespace reachable::policy {

namespace {

bool contains(const std::vector<std::string>& words, const std::string& word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_role(accounts::Role role)
{
    return accounts::code_of(role) != "unknown";
}

bool is_kind(accounts::AgencyKind kind)
{
    return accounts::code_of(kind) != "unknown";
}

Told yes_or_no(bool is_so)
{
    return is_so ? Told::yes : Told::no;
}

/// "…for custody-safeguarding" of break-glass: everything it needs is given, and it has not ended.
bool is_glass_broken(const BreakGlassRule& rule, const Request& request)
{
    if (!request.break_glass) return false;
    if (request.is_sealed) return false;
    if (!rule.roles.has(request.role) || !rule.kinds.has(request.agency_kind)) return false;
    if (!contains(rule.purposes, request.purpose) || !contains(rule.actions, request.action)) return false;
    if (request.break_glass->reason_characters < rule.reason_characters) return false;
    const auto opened_ago = request.break_glass->opened_ago;
    if (opened_ago.count() < 0 || opened_ago >= *rule.duties.expire_after) return false;
    if (request.second_factor_age.count() < 0) return false;
    const bool was_fresh_when_opened = request.second_factor_age - rule.second_factor_within <= opened_ago;
    return was_fresh_when_opened;
}

bool is_any_glass_broken(const PolicyText& text, const Request& request)
{
    for (const auto& rule : text.break_glass)
        if (is_glass_broken(rule, request)) return true;
    return false;
}

Told is_marked(const PolicyText& text, const Request& request, Mark mark)
{
    if (mark == Mark::sealed) return yes_or_no(request.is_sealed);
    if (mark == Mark::under_alert) return request.is_under_alert;
    if (mark == Mark::opened_with_reason) return request.is_opened_with_reason;
    return yes_or_no(is_any_glass_broken(text, request));
}

/// One of several: yes if one is, no if none is, otherwise it cannot be told.
Told any_of(const std::vector<Told>& ones)
{
    if (std::find(ones.begin(), ones.end(), Told::yes) != ones.end()) return Told::yes;
    if (std::find(ones.begin(), ones.end(), Told::unknown) != ones.end()) return Told::unknown;
    return Told::no;
}

Told all_of(const std::vector<Told>& ones)
{
    if (std::find(ones.begin(), ones.end(), Told::no) != ones.end()) return Told::no;
    if (std::find(ones.begin(), ones.end(), Told::unknown) != ones.end()) return Told::unknown;
    return Told::yes;
}

Told is_so_before_not(const PolicyText& text, const Fact& fact, const Request& request)
{
    if (fact.subject == Subject::purpose) return yes_or_no(contains(fact.words, request.purpose));
    if (fact.subject == Subject::action) return yes_or_no(contains(fact.words, request.action));
    if (fact.subject == Subject::role) {
        if (!is_role(request.role)) return Told::unknown;
        return yes_or_no(AnyOf<accounts::Role>::of_bits(fact.members).has(request.role));
    }
    if (fact.subject == Subject::kind) {
        if (!is_kind(request.agency_kind)) return Told::unknown;
        return yes_or_no(AnyOf<accounts::AgencyKind>::of_bits(fact.members).has(request.agency_kind));
    }
    if (fact.subject == Subject::second_factor) {
        if (request.second_factor_age.count() < 0) return Told::unknown;
        return yes_or_no(request.second_factor_age <= fact.within);
    }
    std::vector<Told> ones;
    if (fact.subject == Subject::relationship)
        for (std::size_t i = 0; i < relationship_count; ++i) {
            const auto one = static_cast<Relationship>(i);
            if (!AnyOf<Relationship>::of_bits(fact.members).has(one)) continue;
            const bool is_unsure = request.unsure_relationships.contains(one);
            ones.push_back(request.relationships.contains(one) ? Told::yes : is_unsure ? Told::unknown : Told::no);
        }
    if (fact.subject == Subject::record)
        for (std::size_t i = 0; i < mark_count; ++i)
            if (AnyOf<Mark>::of_bits(fact.members).has(static_cast<Mark>(i)))
                ones.push_back(is_marked(text, request, static_cast<Mark>(i)));
    return any_of(ones);
}

Told is_so(const PolicyText& text, const Fact& fact, const Request& request)
{
    const auto so = is_so_before_not(text, fact, request);
    if (!fact.is_not || so == Told::unknown) return so;
    return so == Told::yes ? Told::no : Told::yes;
}

Told is_met(const PolicyText& text, const Condition& condition, const Request& request)
{
    std::vector<Told> groups;
    for (const auto& group : condition.groups) {
        std::vector<Told> facts;
        for (const auto& fact : group) facts.push_back(is_so(text, fact, request));
        groups.push_back(all_of(facts));
    }
    return any_of(groups);
}

/// "Unknown makes a forbid or limit apply."
bool applies(const PolicyText& text, const Condition& when, const Condition& unless, const Request& request)
{
    if (!when.is_empty() && is_met(text, when, request) == Told::no) return false;
    return unless.is_empty() || is_met(text, unless, request) != Told::yes;
}

bool is_of_action(const ForbidRule& rule, const Request& request)
{
    return rule.actions.empty() || contains(rule.actions, request.action);
}

/// Everything an allow asks but the relationship: "Unknown makes an allow fail."
bool fits_without_relationship(const PolicyText& text, const AllowRule& rule, const Request& request)
{
    const bool is_supervisor = rule.or_their_supervisor && request.role == accounts::Role::SUPV && request.supervised &&
                               rule.roles.has(*request.supervised);
    if (!rule.roles.has(request.role) && !is_supervisor) return false;
    if (!rule.kinds.has(request.agency_kind)) return false;
    if (!contains(rule.actions, request.action) || !contains(rule.purposes, request.purpose)) return false;
    return rule.when.is_empty() || is_met(text, rule.when, request) == Told::yes;
}

bool has_relationship(const AllowRule& rule, const Request& request)
{
    if (rule.relationships.is_empty()) return true;
    for (const auto one : request.relationships)
        if (rule.relationships.has(one)) return true;
    return false;
}

Show shown_by(const ViewLine& view, Label up_to, const FieldClass& field, const Request& request)
{
    const auto label = static_cast<int>(field.label);
    if (label < 0 || label > static_cast<int>(up_to) || label >= static_cast<int>(Label::sealed)) return Show::hide;
    if (view.whole.has(field.category)) return Show::show;
    const bool is_own =
        field.supplied_by_own_agency == Told::yes || request.relationships.contains(Relationship::own_agency);
    if (view.own.has(field.category) && is_own) return Show::show;
    if (view.released.has(field.category) && field.released_to_agency == Told::yes) return Show::show;
    return view.summary.has(field.category) ? Show::generalise : Show::hide;
}

void add_duties(Obligations& obligations, const Duties& duties)
{
    for (const auto& notice : duties.notices)
        for (std::size_t i = 0; i < role_count; ++i) {
            const auto role = static_cast<accounts::Role>(i);
            if (!notice.roles.has(role)) continue;
            const auto found = std::find(obligations.tell.begin(), obligations.tell.end(), role);
            if (found == obligations.tell.end()) {
                obligations.tell.push_back(role);
                obligations.tell_within.push_back(notice.within);
                continue;
            }
            auto& within = obligations.tell_within[static_cast<std::size_t>(found - obligations.tell.begin())];
            within = std::min(within, notice.within);
        }
    if (duties.expire_after && (!obligations.expires_after || *duties.expire_after < *obligations.expires_after))
        obligations.expires_after = duties.expire_after;
    const auto days = duties.review_within_working_days;
    auto& earliest = obligations.review_within_working_days;
    if (days && (!earliest || *days < *earliest)) earliest = days;
}

void sort_by_role(Obligations& obligations)
{
    std::vector<std::pair<accounts::Role, std::chrono::seconds>> pairs;
    for (std::size_t i = 0; i < obligations.tell.size(); ++i)
        pairs.emplace_back(obligations.tell[i], obligations.tell_within[i]);
    std::sort(pairs.begin(), pairs.end());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        obligations.tell[i] = pairs[i].first;
        obligations.tell_within[i] = pairs[i].second;
    }
}

Decision denied(const Request& request, std::vector<std::string> rules)
{
    std::sort(rules.begin(), rules.end());
    return {.fields = std::vector<Show>(request.fields.size(), Show::hide), .rules = std::move(rules)};
}

/// "An obligation that cannot be met turns the decision into deny."
bool can_be_met(const Obligations& obligations, const Means& means)
{
    if (!means.can_log) return false;
    const bool tells = !obligations.tell.empty() || obligations.review_within_working_days;
    if (tells && !means.can_notify) return false;
    return !obligations.expires_after || means.can_expire;
}

} // namespace

Decision plain_decide(const PolicyText& text, const Request& request)
{
    Decision decision = denied(request, {});

    // "Deny unless an allow matches and no forbid matches."
    std::vector<std::string> forbidding;
    for (const auto& rule : text.forbids)
        if (is_of_action(rule, request) && applies(text, rule.when, rule.unless, request))
            forbidding.push_back(rule.id);
    if (!forbidding.empty()) return denied(request, forbidding);

    // "View = union of what matching allows show"
    Label lifted_up_to = Label::open;
    for (const auto& glass : text.break_glass)
        if (is_glass_broken(glass, request)) lifted_up_to = std::max(lifted_up_to, glass.up_to);
    bool is_glass_needed = false;
    for (const auto& rule : text.allows) {
        if (!fits_without_relationship(text, rule, request)) continue;
        const bool is_related = has_relationship(rule, request);
        if (!is_related && !is_any_glass_broken(text, request)) continue;
        is_glass_needed = is_glass_needed || !is_related;
        decision.is_allowed = true;
        decision.rules.push_back(rule.id);
        add_duties(decision.obligations, rule.duties);
        const auto* view = text.find_view(rule.view);
        for (std::size_t i = 0; view != nullptr && i < request.fields.size(); ++i) {
            const auto up_to = is_related ? rule.up_to : std::min(rule.up_to, lifted_up_to);
            decision.fields[i] = std::max(decision.fields[i], shown_by(*view, up_to, request.fields[i], request));
        }
    }
    if (!decision.is_allowed) return decision;
    for (const auto& glass : text.break_glass) {
        if (!is_glass_needed || !is_glass_broken(glass, request)) continue;
        decision.rules.push_back(glass.id);
        add_duties(decision.obligations, glass.duties);
    }

    // Those whom a forbid lets past owe what it says.
    for (const auto& rule : text.forbids) {
        const bool is_in_question = rule.when.is_empty() || is_met(text, rule.when, request) != Told::no;
        if (is_of_action(rule, request) && is_in_question) add_duties(decision.obligations, rule.duties);
    }

    // "then cut by every matching limit (hide, then mask, then generalise)"
    const auto opened = decision.fields;
    for (const auto& rule : text.limits) {
        if (!applies(text, rule.when, rule.unless, request)) continue;
        bool is_cut = false;
        for (std::size_t i = 0; i < request.fields.size(); ++i) {
            if (!rule.categories.has(request.fields[i].category) || opened[i] <= rule.at_most) continue;
            is_cut = true;
            decision.fields[i] = std::min(decision.fields[i], rule.at_most);
        }
        if (is_cut) decision.rules.push_back(rule.id);
    }
    if (!can_be_met(decision.obligations, request.means)) return denied(request, {});
    sort_by_role(decision.obligations);
    std::sort(decision.rules.begin(), decision.rules.end());
    return decision;
}

} // namespace reachable::policy
