#include "capabilities/flags/catalogue.h"

#include "base/number.h"
#include "base/text.h"

#include <algorithm>

namespace reachable::flags {
namespace {

constexpr std::string_view by_workflow = "auto";
/// Where the catalogue gives no days, a flag that a person set stands for half a year at most.
constexpr int days_without_a_rule = 180;

bool says_yes(const Code& code, std::string_view column)
{
    return code.column(column) == "yes";
}

bool is_among(std::string_view words, std::string_view word)
{
    return std::ranges::any_of(split(words, ' '), [&](std::string_view one) { return one == word; });
}

} // namespace

const Code* find_in_catalogue(const lists::DatedLists& lists, std::string_view code, CivilDate day)
{
    for (const auto* one : lists.codes_on("flags.catalogue", day))
        if (one->code == code) return one;
    return nullptr;
}

bool is_set_by_workflows_alone(const Code& code)
{
    return code.column("set_by") == by_workflow;
}

bool is_proposed_by(const Code& code, accounts::Role role, bool in_the_childs_words)
{
    const auto set_by = code.column("set_by");
    if (set_by == "any" || is_among(set_by, accounts::code_of(role))) return true;
    return in_the_childs_words && says_yes(code, "or_child_says");
}

bool names_somebody(const Code& code)
{
    return !code.column("names").empty();
}

bool is_of_others(const Code& code)
{
    return code.column("subject") != "child";
}

bool introduces_the_words(const Code& code)
{
    return says_yes(code, "prompt_introduces");
}

bool is_reviewed(const Code& code)
{
    return !code.column("review_days").empty();
}

bool needs_evidence(const Code& code)
{
    return says_yes(code, "evidence");
}

bool is_shown_while_checked(const Code& code)
{
    return says_yes(code, "shown_while_checked");
}

bool is_of_exploitation(const Code& code)
{
    return says_yes(code, "exploitation");
}

bool may_stand_twice(const Code& code)
{
    return says_yes(code, "several");
}

CivilDate latest_review(const Code& code, CivilDate today)
{
    const auto days = whole_number<int>(code.column("review_days")).value_or(days_without_a_rule);
    return CivilDate{std::chrono::sys_days{today} + std::chrono::days{days}};
}

} // namespace reachable::flags
