// What must hold of the shipped policy for every request (P1 to P8 of the trust model).
//
// How many requests there are. A decision depends on who asks, for what, and on what records say; not on ids. So a
// request is a choice of: 36 roles and one unknown; 8 kinds of agency and one unknown; each purpose of the text and
// none; one action of each class of actions that the rules cannot tell apart, and one that no rule names; 46 sets of
// relationships (none, each alone, each pair, all but each, all: rules ask for "one of" some, so pairs show every
// meeting of two); sealed or not; the alert unknown, absent or live; the reason unknown, absent or given; the glass
// whole or broken with all that it needs. One decision answers for 16 categories, 5 labels and 4 kinds of item at once
// (FieldView), which stands for 320 questions about a field; the figures count decisions, and the fields apart.
#include "policy/testing.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <gtest/gtest.h>
#include <map>
#include <thread>

namespace reachable::policy {
namespace {

using accounts::AgencyKind;
using accounts::Role;

constexpr std::int64_t fields_of_a_decision = category_count * label_count * item_kinds;

std::vector<AnyOf<Relationship>> relationship_sets()
{
    constexpr std::uint64_t all = (1U << relationship_count) - 1;
    std::set<std::uint64_t> sets = {0, all};
    for (std::size_t i = 0; i < relationship_count; ++i) {
        sets.insert(all & ~(std::uint64_t{1} << i));
        for (std::size_t j = 0; j < relationship_count; ++j) sets.insert((1U << i) | (1U << j));
    }
    std::vector<AnyOf<Relationship>> list;
    for (const auto bits : sets) list.push_back(AnyOf<Relationship>::of_bits(bits));
    return list;
}

void name_facts(std::map<std::string, std::string>& named, const Condition& condition, const std::string& id)
{
    for (std::size_t i = 0; i < condition.groups.size(); ++i)
        for (std::size_t j = 0; j < condition.groups[i].size(); ++j)
            for (const auto& word : condition.groups[i][j].words)
                if (named.contains(word)) named[word] += id + char('0' + i) + char('0' + j);
}

/// One action of each class: those named by the same rules in the same places.
std::vector<int> actions_to_try(const TextPolicy& policy)
{
    std::map<std::string, std::string> named;
    const auto& text = policy.text();
    for (const auto& action : text.actions->actions) named[action] = "";
    for (const auto& rule : text.allows)
        for (const auto& action : rule.actions) named[action] += rule.id + " ";
    for (const auto& rule : text.break_glass)
        for (const auto& action : rule.actions) named[action] += rule.id + " ";
    for (const auto& rule : text.forbids) {
        for (const auto& action : rule.actions) named[action] += rule.id + " ";
        name_facts(named, rule.when, rule.id + "when");
        name_facts(named, rule.unless, rule.id + "unless");
    }
    for (const auto& rule : text.limits) {
        name_facts(named, rule.when, rule.id + "when");
        name_facts(named, rule.unless, rule.id + "unless");
    }
    std::map<std::string, int> classes;
    for (const auto& [action, places] : named) classes.emplace(places, policy.compiled().place_of_action(action));
    std::vector<int> actions = {nothing_known};
    for (const auto& [places, action] : classes) actions.push_back(action);
    return actions;
}

/// Calls `body` for roles `first`, `first + step` …, every kind, purpose and action to try.
template <class Body>
void for_every_task(const TextPolicy& policy, int first, int step, Body body)
{
    const auto actions = actions_to_try(policy);
    for (int role = first - 1; role < static_cast<int>(role_count); role += step)
        for (int kind = nothing_known; kind < static_cast<int>(kind_count); ++kind)
            for (int purpose = nothing_known; purpose < static_cast<int>(policy.text().purposes.size()); ++purpose)
                for (const int action : actions) {
                    Situation situation{.role = role, .kind = kind, .purpose = purpose, .action = action};
                    situation.not_marks.add(Mark::sealed);
                    body(situation);
                }
}

/// Marks of the record in all their combinations; the glass whole or broken.
template <class Body>
void for_every_record(Situation situation, Body body)
{
    for (const bool is_sealed : {false, true})
        for (const Told alert : {Told::unknown, Told::yes})
            for (const Told reason : {Told::unknown, Told::yes})
                for (const bool is_broken : {false, true}) {
                    situation.marks = {};
                    situation.not_marks = {};
                    (is_sealed ? situation.marks : situation.not_marks).add(Mark::sealed);
                    if (alert == Told::yes) situation.marks.add(Mark::under_alert);
                    if (reason == Told::yes) situation.marks.add(Mark::opened_with_reason);
                    situation.break_glass.reset();
                    if (is_broken) situation.break_glass = BreakGlass{40, std::chrono::seconds{60}};
                    body(situation);
                }
}

bool is_within(const Shown& less, const Shown& more)
{
    return (less.generalised & ~more.generalised) == 0 && (less.masked & ~more.masked) == 0 &&
           (less.whole & ~more.whole) == 0;
}

/// True if `less` shows no field more than `more` does, and allows nothing that `more` denies.
bool shows_no_more(const Outcome& less, const Outcome& more)
{
    if (less.is_allowed && !more.is_allowed) return false;
    for (std::size_t label = 0; label < shown_labels; ++label)
        for (std::size_t item = 0; item < item_kinds; ++item)
            if (!is_within(less.seen.shown[label][item], more.seen.shown[label][item])) return false;
    return true;
}

std::uint16_t categories_seen(const FieldView& view)
{
    std::uint16_t any = 0;
    for (const auto& of_label : view.shown)
        for (const auto& shown : of_label) any |= shown.generalised;
    return any;
}

std::uint16_t bits_of(std::initializer_list<Category> categories)
{
    return static_cast<std::uint16_t>(AnyOf<Category>(categories).bits());
}

/// What the checks of one thread found.
struct Findings {
    std::int64_t decisions = 0;
    std::int64_t allowed = 0;
    std::map<std::string, std::int64_t> violations;
    void check(bool holds, const char* property)
    {
        if (!holds) ++violations[property];
    }
};

class Checker {
  public:
    explicit Checker(const TextPolicy& policy) : policy_(policy), compiled_(policy.compiled())
    {
        // An encounter is written down by whoever meets a child, who is connected by that and not before; an offer is
        // opened by the service, and so are an interview and an absence that nobody reported; a report is made by
        // whoever hears of it, and so is a call that ended before it; a profile is opened by whoever looks after the
        // child, and whoever takes a report is told that there is one. Nothing is read by what is written about a flag,
        // and its conditions ask whether the child's record is open to whoever writes (capabilities/flags/rules.cpp):
        // the case of the flag itself connects nobody with the child.
        for (const char* name : {"custody.book_in",
                                 "search",
                                 "audit.read",
                                 "wording.read",
                                 "local-codes.read",
                                 "figures.read",
                                 "audit.read_child",
                                 "audit.verify",
                                 "encounter.record",
                                 "observation.submit",
                                 "missing.report",
                                 "missing.found_unreported",
                                 "missing.let_in",
                                 "missing.locate_in_custody",
                                 "missing.link_back",
                                 "patterns.read",
                                 "profile.open",
                                 "profile.ask",
                                 "call.note",
                                 "missing.take_sent",
                                 "missing.change_sent",
                                 "missing.grade_sent",
                                 "missing.end_sent",
                                 "missing.withdraw_sent",
                                 "return-interview.open",
                                 "return-interview.cover",
                                 "return-interview.carry_over",
                                 "return-interview.correct_return",
                                 "return-interview.drop_absence",
                                 "offer.open",
                                 "offer.hurry",
                                 "flag.raise",
                                 "concern.raise",
                                 "concern.propose",
                                 "flag.propose",
                                 "flag.note_child",
                                 "flag.dispute",
                                 "flag.appeal",
                                 "flag.set",
                                 "flag.clear",
                                 "placement.notify",
                                 "placement.pass_on",
                                 "placement.bring_in_line",
                                 "placement.close_too",
                                 "meeting.convene",
                                 "meeting.note_invited",
                                 "meeting.note_answer",
                                 "meeting.note_action",
                                 "meeting-invitation.send",
                                 "meeting-invitation.hand_over",
                                 "meeting-invitation.close_too",
                                 "meeting-action.set"})
            intake_.push_back(compiled_.place_of_action(name));
        immigration_ = compiled_.place_of_purpose("immigration-enforcement");
        for (std::size_t place = 0; place < compiled_.rule_count(); ++place)
            if (compiled_.id_of(place) == "B1") glass_ = place;
        for (const auto& line : policy.text().purposes) grants_nothing_.push_back(line.legal_basis.empty());
    }

    Findings check(int first, int step) const
    {
        Findings findings;
        const auto sets = relationship_sets();
        std::size_t number = 0;
        for_every_task(policy_, first, step, [&](Situation task) {
            for (const auto set : sets) {
                if (number++ % testing::one_part_in != 0) continue;
                task.relationships = set;
                Outcome whole_glass;
                for_every_record(task, [&](const Situation& situation) {
                    const auto outcome = compiled_.decide(situation);
                    ++findings.decisions;
                    findings.allowed += outcome.is_allowed ? 1 : 0;
                    check_one(findings, situation, outcome);
                    if (situation.break_glass)
                        check_glass(findings, situation, outcome, whole_glass);
                    else
                        whole_glass = outcome;
                });
            }
        });
        return findings;
    }

  private:
    void check_one(Findings& findings, const Situation& situation, const Outcome& outcome) const
    {
        const auto seen = categories_seen(outcome.seen);
        // P1: one decision; denied means nothing is shown, allowed means a rule says so.
        findings.check(outcome.is_allowed ? outcome.used.any() && !outcome.is_forbidden : seen == 0, "P1 total");
        // P5: a higher label never shows more.
        for (std::size_t label = 1; seen != 0 && label < shown_labels; ++label)
            for (std::size_t item = 0; item < item_kinds; ++item)
                findings.check(is_within(outcome.seen.shown[label][item], outcome.seen.shown[label - 1][item]),
                               "P5 raising a label");
        // P6: no purpose or no role, no data; without a relationship nothing about a child but at intake.
        const bool is_nameless = situation.purpose == nothing_known || situation.role == nothing_known ||
                                 grants_nothing_[static_cast<std::size_t>(situation.purpose)];
        findings.check(!is_nameless || !outcome.is_allowed, "P6 no purpose, no data");
        const bool is_intake = std::ranges::find(intake_, situation.action) != intake_.end();
        if (situation.relationships.is_empty() && !situation.break_glass && !is_intake)
            findings.check((seen & ~bits_of({Category::administration, Category::statistics})) == 0,
                           "P6 no relationship, no identifiable data");
        // P7: the immigration firewall, whatever else is said.
        if (situation.kind == nothing_known || situation.kind == static_cast<int>(AgencyKind::immigration) ||
            situation.purpose == immigration_)
            findings.check(outcome.is_forbidden && seen == 0, "P7 immigration firewall");
        // A bar: staff linked with a child see nothing of it.
        const bool is_family =
            situation.role == static_cast<int>(Role::PARE) || situation.role == static_cast<int>(Role::CHILD);
        if (situation.relationships.has(Relationship::linked) && !is_family)
            findings.check(!outcome.is_allowed, "F2 linked");
        if (is_family) findings.check(!shows_anything_unreleased(outcome), "families see only what is released");
    }

    static bool shows_anything_unreleased(const Outcome& outcome)
    {
        for (const auto& of_label : outcome.seen.shown)
            if (of_label[0].generalised != 0 || of_label[1].generalised != 0) return true;
        return false;
    }

    void check_glass(Findings& findings, const Situation& situation, const Outcome& broken, const Outcome& whole) const
    {
        // P8: never lifts a forbid, always expires, always notifies; and nobody sees less for having broken it.
        findings.check(!whole.is_forbidden || broken.is_forbidden, "P8 never lifts a forbid");
        findings.check(!whole.is_allowed || shows_no_more(whole, broken), "P8 never shows less");
        if (!broken.used[glass_] || !broken.is_allowed) return;
        const bool tells = broken.tell_within[static_cast<std::size_t>(Role::SUPV)] == 0 &&
                           broken.tell_within[static_cast<std::size_t>(Role::IGOV)] == 0;
        findings.check(broken.expire_after > 0 && broken.expire_after <= 3600, "P8 always expires");
        findings.check(tells && broken.review_within_working_days == 1, "P8 always notifies");
        findings.check(!situation.marks.has(Mark::sealed), "P8 never opens what is sealed");
    }

    const TextPolicy& policy_;
    const Compiled& compiled_;
    std::vector<int> intake_;
    std::vector<bool> grants_nothing_;
    int immigration_ = nothing_known;
    std::size_t glass_ = 0;
};

template <class Work>
void on_two_cores(Work work)
{
    std::thread other([&] { work(1); });
    work(0);
    other.join();
}

/// What both threads have used, for a machine may be busy with something else.
double seconds_on_two_cores(std::clock_t start)
{
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / 2;
}

TEST(Properties, hold_for_every_request)
{
    const auto start = std::clock();
    const Checker checker(testing::shipped());
    Findings findings[2];
    on_two_cores([&](int core) { findings[core] = checker.check(core, 2); });
    const auto decisions = findings[0].decisions + findings[1].decisions;
    for (const auto& one : findings)
        for (const auto& [property, count] : one.violations)
            ADD_FAILURE() << property << " is broken " << count << " times";
    constexpr auto parts = static_cast<std::int64_t>(testing::one_part_in);
    EXPECT_GE(decisions * parts, 60'000'000);
    EXPECT_GT((findings[0].allowed + findings[1].allowed) * parts, 10'000);
    const auto seconds = seconds_on_two_cores(start);
    std::cout << "figure: " << decisions << " requests decided (" << decisions * fields_of_a_decision << " fields), "
              << findings[0].allowed + findings[1].allowed << " allowed, in " << seconds << " s on two cores, "
              << (HasFailure() ? "with" : "0") << " violations of P1 and P5 to P8\n";
}

/// Every task with the relationship sets of `bits`, the record as plain as can be.
template <class Body>
void for_every_plain_request(const TextPolicy& policy, std::initializer_list<std::uint64_t> bits, Body body)
{
    for_every_task(policy, 0, 1, [&](Situation situation) {
        for (const auto set : bits) {
            situation.relationships = AnyOf<Relationship>::of_bits(set);
            body(situation);
        }
    });
}

constexpr std::uint64_t all_relationships = (1U << relationship_count) - 1;
constexpr std::uint64_t all_but_linked = all_relationships & ~(1U << static_cast<unsigned>(Relationship::linked));

TEST(Properties, an_empty_policy_denies_everything)
{
    auto text = testing::shipped().text();
    text.allows.clear();
    text.limits.clear();
    text.forbids.clear();
    text.break_glass.clear();
    const TextPolicy empty(text);
    std::int64_t decided = 0;
    std::int64_t allowed = 0;
    for_every_plain_request(empty, {0, all_but_linked, all_relationships}, [&](const Situation& plain) {
        for_every_record(plain, [&](const Situation& situation) {
            ++decided;
            const auto outcome = empty.compiled().decide(situation);
            allowed += outcome.is_allowed || categories_seen(outcome.seen) != 0 ? 1 : 0;
        });
    });
    EXPECT_EQ(allowed, 0);
    std::cout << "figure: " << decided << " requests denied by an empty policy (P2)\n";
}

/// Every fact that a rule of one fact can ask about, and its opposite.
std::vector<Fact> every_fact(const PolicyText& text)
{
    std::vector<Fact> facts;
    for (const auto& line : text.purposes) facts.push_back({.subject = Subject::purpose, .words = {line.code}});
    for (const auto& action : text.actions->actions) facts.push_back({.subject = Subject::action, .words = {action}});
    const auto add = [&](Subject subject, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) facts.push_back({.subject = subject, .members = std::uint64_t{1} << i});
    };
    add(Subject::role, role_count);
    add(Subject::kind, kind_count);
    add(Subject::relationship, relationship_count);
    add(Subject::record, mark_count);
    const auto count = facts.size();
    for (std::size_t i = 0; i < count; ++i) {
        facts.push_back(facts[i]);
        facts.back().is_not = true;
    }
    facts.push_back({.subject = Subject::second_factor, .within = std::chrono::minutes{5}});
    return facts;
}

/// Compares a stricter policy with the shipped one; the number of requests it is more open to.
std::int64_t more_open(const TextPolicy& stricter, std::int64_t& decided)
{
    std::int64_t wrong = 0;
    const auto& shipped = testing::shipped();
    for_every_plain_request(shipped, {0, all_but_linked}, [&](const Situation& situation) {
        ++decided;
        const auto outcome = stricter.compiled().decide(situation);
        if (!outcome.is_allowed && categories_seen(outcome.seen) == 0) return;
        wrong += shows_no_more(outcome, shipped.compiled().decide(situation)) ? 0 : 1;
    });
    return wrong;
}

TEST(Properties, adding_any_forbid_never_turns_a_denial_into_leave)
{
    std::atomic<std::int64_t> wrong = 0;
    std::atomic<std::int64_t> decided = 0;
    const auto facts = every_fact(testing::shipped().text());
    on_two_cores([&](int core) {
        for (std::size_t i = static_cast<std::size_t>(core); i < facts.size(); i += 2 * testing::one_part_in) {
            auto text = testing::shipped().text();
            text.forbids.push_back({.id = "F99", .sentence = "Nobody", .when = {{{facts[i]}}}});
            std::int64_t here = 0;
            wrong += more_open(TextPolicy(text), here);
            decided += here;
        }
    });
    EXPECT_EQ(wrong, 0);
    std::cout << "figure: " << decided << " requests with " << facts.size() << " forbids, one added at a time (P3)\n";
}

TEST(Properties, adding_any_limit_never_shows_more)
{
    std::int64_t wrong = 0;
    std::int64_t decided = 0;
    for (std::size_t category = 0; category < category_count; ++category)
        for (const Show at_most : {Show::hide, Show::generalise, Show::mask}) {
            auto text = testing::shipped().text();
            text.limits.push_back(
                {.id = "L99", .sentence = "Less", .categories = static_cast<Category>(category), .at_most = at_most});
            wrong += more_open(TextPolicy(text), decided);
        }
    EXPECT_EQ(wrong, 0);
    std::cout << "figure: " << decided << " requests with 48 limits, one added at a time (P5)\n";
}

TEST(Properties, the_order_of_rules_is_irrelevant)
{
    const auto& shipped = testing::shipped();
    std::mt19937_64 random(4);
    auto text = shipped.text();
    std::size_t wrong = 0;
    for (int permutation = 0; permutation < 10'000 / static_cast<int>(testing::one_part_in); ++permutation) {
        std::shuffle(text.allows.begin(), text.allows.end(), random);
        std::shuffle(text.limits.begin(), text.limits.end(), random);
        std::shuffle(text.forbids.begin(), text.forbids.end(), random);
        const Compiled shuffled(text);
        testing::Dice dice(static_cast<std::uint64_t>(permutation));
        for (int i = 0; i < 20; ++i) {
            auto request = dice.request(text);
            const auto& rule = text.allows[dice.below(text.allows.size())];
            request.role = static_cast<Role>(std::countr_zero(rule.roles.bits()));
            request.agency_kind = static_cast<AgencyKind>(std::countr_zero(rule.kinds.bits()));
            request.purpose = rule.purposes.front();
            request.action = rule.actions.front();
            const auto one = shipped.compiled().decide(shipped.compiled().situation_of(request));
            const auto other = shuffled.decide(shuffled.situation_of(request));
            wrong += one.is_allowed == other.is_allowed && one.seen == other.seen &&
                             one.expire_after == other.expire_after && one.tell_within == other.tell_within
                         ? 0U
                         : 1U;
        }
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(hash_of(text), shipped.hash());
    std::cout << "figure: " << 10'000 / testing::one_part_in
              << " permutations of the rules decided 20 requests each alike (P4)\n";
}

TEST(Properties, dropping_a_relationship_never_shows_more_unless_it_is_being_linked)
{
    const auto& shipped = testing::shipped();
    std::atomic<std::int64_t> wrong = 0;
    std::atomic<std::int64_t> pairs = 0;
    const auto sets = relationship_sets();
    on_two_cores([&](int core) {
        std::int64_t wrong_here = 0;
        std::int64_t pairs_here = 0;
        std::size_t number = 0;
        for_every_task(shipped, core, 2, [&](Situation situation) {
            for (const auto set : sets) {
                if (number++ % testing::one_part_in != 0) continue;
                situation.relationships = set;
                const auto more = shipped.compiled().decide(situation);
                for (std::size_t i = 0; i < relationship_count; ++i) {
                    const auto one = static_cast<Relationship>(i);
                    if (!set.has(one)) continue;
                    // One that cannot be looked up shows no more than one that is there, nor than one that is not.
                    situation.relationships = AnyOf<Relationship>::of_bits(set.bits() & ~AnyOf(one).bits());
                    const auto less = shipped.compiled().decide(situation);
                    situation.unsure = one;
                    const auto unsure = shipped.compiled().decide(situation);
                    situation.unsure = {};
                    pairs_here += 3;
                    wrong_here += shows_no_more(unsure, more) && shows_no_more(unsure, less) ? 0 : 1;
                    if (one != Relationship::linked) wrong_here += shows_no_more(less, more) ? 0 : 1;
                }
            }
        });
        wrong += wrong_here;
        pairs += pairs_here;
    });
    EXPECT_EQ(wrong, 0);
    std::cout << "figure: " << pairs << " pairs of requests that differ by a relationship (P5)\n";
}

TEST(Properties, a_mark_that_is_unknown_shows_no_more_than_either_answer)
{
    const auto& shipped = testing::shipped();
    std::int64_t wrong = 0;
    for_every_plain_request(shipped, {0, all_but_linked, all_relationships}, [&](Situation situation) {
        for (const Mark mark : {Mark::under_alert, Mark::opened_with_reason}) {
            const auto unknown = shipped.compiled().decide(situation);
            auto yes = situation;
            yes.marks.add(mark);
            auto no = situation;
            no.not_marks.add(mark);
            wrong += shows_no_more(unknown, shipped.compiled().decide(yes)) &&
                             shows_no_more(unknown, shipped.compiled().decide(no))
                         ? 0
                         : 1;
        }
    });
    EXPECT_EQ(wrong, 0);
}

TEST(Properties, a_duty_that_cannot_be_met_denies)
{
    const auto& shipped = testing::shipped();
    std::int64_t with_duties = 0;
    for_every_plain_request(shipped, {all_but_linked}, [&](const Situation& plain) {
        for_every_record(plain, [&](Situation situation) {
            const auto outcome = shipped.compiled().decide(situation);
            if (!outcome.is_allowed) return;
            situation.means = {.can_log = false};
            EXPECT_FALSE(shipped.compiled().decide(situation).is_allowed);
            const bool tells =
                std::ranges::any_of(outcome.tell_within, [](std::int32_t within) { return within >= 0; });
            situation.means = {.can_notify = false};
            EXPECT_EQ(shipped.compiled().decide(situation).is_allowed, !tells);
            situation.means = {.can_expire = false};
            EXPECT_EQ(shipped.compiled().decide(situation).is_allowed, outcome.expire_after < 0);
            with_duties += tells ? 1 : 0;
        });
    });
    EXPECT_GT(with_duties, 0);
}

} // namespace
} // namespace reachable::policy
