// Who may propose, decide and change a flag, each rule with its words.
#include "base/text.h"
#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/flag.h"
#include "capabilities/flags/standing.h"
#include "casework/search.h"
#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::flags {
namespace {

using enum ProblemKind;

CivilDate today(const Context& context)
{
    return clocks::london_day(context.now);
}

enum class Openness { closed, open, sealed };

/// R-P-07, R-P-08: of a child whose safety summary is not open to this person there is no record.
Openness is_open_to_them(const Context& context, ChildId child)
{
    auto asked =
        casework::policy_request(context.desk, context.transaction, child, context.session, "read", context.now);
    ties::alert_keepers(context.transaction, asked, context.session, context.now);
    asked.fields = {of_the_summary};
    const auto decision = context.desk.policy.decide(asked);
    const bool is_open = decision.is_allowed && decision.fields.front() >= policy::Show::generalise &&
                         records::find_child(context.transaction, child).has_value();
    if (!is_open) return Openness::closed;
    return asked.is_sealed ? Openness::sealed : Openness::open;
}

/// Letters as a person counts them, and not bytes: a Welsh "ŵ" is one.
std::size_t letters_in(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// R-X-09: "the child's own words … with speaker, setting, language, interpreter and who wrote them down".
void check_what_the_child_said(const Flag& flag, const Context& context, Problems& problems)
{
    // Why the child did not know before is no answer to why not now.
    const bool is_told = context.asked.text_of("child_told") == "yes" || context.asked.find("child_told") == nullptr;
    if (!is_told && trim(context.asked.text_of("child_told_why")).empty())
        problems.push_back({missing, "Say why the child does not know, and who will tell them", "child_told_why"});
    for (const auto& said : flag.child_said) {
        if (said.words.words.empty())
            problems.push_back({missing, "Write down the words as the child said them", "child_said-words"});
        if (said.setting.empty())
            problems.push_back({missing, "Say where and how the child said it", "child_said-setting"});
        if (said.language.empty())
            problems.push_back({missing, "Say in which language the words stand", "child_said-language"});
    }
}

/// 4.C: "plain reason (text <= 200)".
void check_words(const Flag& flag, Problems& problems)
{
    if (letters_in(flag.plain_words) > most_of_the_words)
        problems.push_back({too_large,
                            fmt::format("Say it in {} letters or fewer: it is read in a hurry", most_of_the_words),
                            "plain_words"});
}

/// A flag stands until a day that its reader can count on.
void check_review(const Flag& flag, const Code& code, const Context& context, Problems& problems)
{
    const auto* given = context.asked.find("review_on");
    if (given == nullptr || given->is_null() || !flag.review_on) return;
    if (*flag.review_on <= today(context))
        problems.push_back({malformed, "The review must be on a day after today", "review_on"});
    const auto latest = latest_review(code, today(context));
    if (*flag.review_on > latest)
        problems.push_back({malformed,
                            fmt::format("This flag is reviewed on {} at the latest", clocks::day_words(latest)),
                            "review_on"});
}

/// "Who proposes", "threshold" and "evidence links (M for CNF codes)" of the catalogue.
void check_against_catalogue(const Flag& flag, const Code& code, const Context& context, Problems& problems)
{
    if (is_set_by_workflows_alone(code))
        problems.push_back({malformed, "This flag follows from what is on record: nobody sets it by hand", "code"});
    else if (is_of_others(code))
        problems.push_back({malformed, "This flag is of an adult or a place, and not of a child", "code"});
    else if (!is_proposed_by(code, context.session.role, !flag.child_said.empty()))
        problems.push_back({withheld,
                            code.column("or_child_says") == "yes"
                                ? "Children's services propose this flag, or you do in the child's own words: write "
                                  "them down below"
                                : "Your role does not propose this flag: tell those who do",
                            "code"});
    if (needs_evidence(code) && flag.evidence.words.empty())
        problems.push_back({missing, "Say what shows it: this flag does not stand without", "evidence"});
    if (names_somebody(code) && flag.subject.empty()) problems.push_back({missing, "Say whom it names", "subject"});
    if (!names_somebody(code) && !flag.subject.empty())
        problems.push_back(
            {malformed, "This flag is of the child alone: leave this empty, and say it in plain words", "subject"});
    check_review(flag, code, context, problems);
}

/// One need or harm stands once, so that it is reviewed once.
void check_that_it_is_new(const Flag& flag, const Code& code, const Context& context, Problems& problems)
{
    if (may_stand_twice(code)) return;
    for (const auto& other : standing_of(context.transaction, flag.child))
        if (other.flag.code == flag.code && to_lower_ascii(other.flag.subject) == to_lower_ascii(flag.subject))
            problems.push_back({out_of_order, "This flag stands for the child already, or is proposed", "code"});
}

/// G-03: "a named human makes and signs each decision".
Result<> a_person_decides(const Context& context)
{
    if (!accounts::is_machine(context.transaction, context.session.worker)) return {};
    return refuse(withheld, "A person decides about a flag, not another system");
}

/// What an owner writes of it is checked as the proposal was.
Result<> what_is_written_is_sound(const Flag& flag, const Context& context)
{
    Problems problems;
    check_words(flag, problems);
    // A code that is retired is no longer in the catalogue: what stands under it is reviewed within half a year.
    const auto* code = find_in_catalogue(context.desk.lists, flag.code, today(context));
    check_review(flag, code != nullptr ? *code : Code{}, context, problems);
    return refuse_if_any(std::move(problems));
}

} // namespace

Result<> may_be_proposed(const Flag& flag, const Context& context)
{
    const auto openness = is_open_to_them(context, flag.child);
    if (openness == Openness::closed)
        return refuse(missing, "There is no such record, or it is not open to you", "child");
    // Nobody but those who hold a protected record could decide about its flags, and they write into the record itself.
    if (openness == Openness::sealed)
        return refuse(out_of_order,
                      "This record is protected, and takes no new flags. Add what you know to the brief, and "
                      "ring children's services");
    const auto* code = find_in_catalogue(context.desk.lists, flag.code, today(context));
    CHECK(code != nullptr, "a code that is in force stands in the catalogue");
    Problems problems;
    check_against_catalogue(flag, *code, context, problems);
    check_words(flag, problems);
    check_what_the_child_said(flag, context, problems);
    check_that_it_is_new(flag, *code, context, problems);
    return refuse_if_any(std::move(problems));
}

/// G-03, P9: whoever proposes does not decide, nor whoever declined about the appeal.
Result<> somebody_else_decides(const Flag& flag, const Context& context)
{
    if (flag.proposed_by == context.session.worker)
        return refuse(withheld, "Somebody else decides: you proposed it yourself");
    if (context.state == appealed && flag.decided_by == context.session.worker)
        return refuse(withheld, "Somebody else decides about the appeal: you declined it");
    TRY(a_person_decides(context));
    return what_is_written_is_sound(flag, context);
}

/// 4.C: "proposer may appeal to SUPV". Once: what two people declined is declined.
Result<> the_proposer_appeals(const Flag& flag, const Context& context)
{
    if (flag.proposed_by != context.session.worker) return casework::no_such_case();
    if (flag.appealed_at) return refuse(out_of_order, "It was appealed once, and declined by two people");
    return {};
}

/// What one person proposed they do not reword, prolong or take away alone.
Result<> somebody_else_reviews(const Flag& flag, const Context& context)
{
    if (flag.proposed_by == context.session.worker)
        return refuse(withheld, "Somebody else reviews it: you proposed it yourself");
    TRY(a_person_decides(context));
    return what_is_written_is_sound(flag, context);
}

/// What follows from the record has the record's own words, and stands as long as that says so.
Result<> somebody_else_rewords(const Flag& flag, const Context& context)
{
    if (flag.is_set_by_service.value_or(false))
        return refuse(out_of_order, "This flag follows from what is on record: it is removed, or stays as it is");
    return somebody_else_reviews(flag, context);
}

Result<> a_person_answers(const Flag&, const Context& context)
{
    return a_person_decides(context);
}

Result<> the_child_is_open_to_them(const Flag& flag, const Context& context)
{
    if (is_open_to_them(context, flag.child) == Openness::closed) return casework::no_such_case();
    Problems problems;
    check_what_the_child_said(flag, context, problems);
    return refuse_if_any(std::move(problems));
}

Result<> is_of_a_workflow(const Flag& flag, const Context&)
{
    if (flag.is_set_by_service.value_or(false)) return {};
    return refuse(withheld, "A person set this flag, and a person removes it");
}

} // namespace reachable::flags
