#include "app/policy_matrix.h"

#include "base/text.h"
#include "web/components/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using policy::AllowRule;
using policy::Category;

template <class T, class Name>
std::string listed(policy::AnyOf<T> set, std::size_t count, Name name, std::string_view between = ", ")
{
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < count; ++i)
        if (set.has(static_cast<T>(i))) chosen.emplace_back(name(static_cast<T>(i)));
    return join(chosen, between);
}

std::string roles_of(policy::AnyOf<accounts::Role> roles)
{
    return listed(roles, policy::role_count, [](accounts::Role role) { return accounts::title_of(role); });
}

std::string kinds_of(policy::AnyOf<accounts::AgencyKind> kinds)
{
    return listed(kinds, policy::kind_count, [](accounts::AgencyKind kind) { return policy::word_of(kind); });
}

std::string who(const AllowRule& rule)
{
    return fmt::format("{}{} ({})", roles_of(rule.roles), rule.or_their_supervisor ? " or their supervisor" : "",
                       kinds_of(rule.kinds));
}

/// What must connect the reader with the child, and what else must be so.
std::string needs(const AllowRule& rule)
{
    auto text = listed(
        rule.relationships, policy::relationship_count, [](policy::Relationship one) { return policy::word_of(one); },
        " or ");
    if (!rule.when.is_empty())
        text += fmt::format("{}when {}", text.empty() ? "" : ", ", policy::print_condition(rule.when));
    return text.empty() ? "nothing" : text;
}

std::string_view letter(const policy::ViewLine* view, Category category)
{
    if (view == nullptr) return "–";
    if (view->whole.has(category)) return "R";
    if (view->summary.has(category)) return "S";
    if (view->own.has(category)) return "O";
    return view->released.has(category) ? "X" : "–";
}

void put_views(std::string& page, const policy::PolicyText& policy)
{
    page += "\n## Who sees what\n\n| who | for | while | up to |";
    std::string rule_line = "|---|---|---|---|";
    for (std::size_t i = 0; i < policy::category_count; ++i) {
        page += fmt::format(" {} |", policy::title_of(static_cast<Category>(i)));
        rule_line += "---|";
    }
    page += fmt::format(" rule |\n{}---|\n", rule_line);
    for (const auto& rule : policy.allows) {
        if (std::ranges::find(rule.actions, "read") == rule.actions.end()) continue;
        page += fmt::format("| {} | {} | {} | {} |", who(rule), join(rule.purposes, ", "), needs(rule),
                            policy::word_of(rule.up_to));
        for (std::size_t i = 0; i < policy::category_count; ++i)
            page += fmt::format(" {} |", letter(policy.find_view(rule.view), static_cast<Category>(i)));
        page += fmt::format(" {} |\n", rule.id);
    }
}

void put_actions(std::string& page, const policy::PolicyText& policy)
{
    page += "\n## Who may do what\n\n| what | who | for | while | rule |\n|---|---|---|---|---|\n";
    if (!policy.actions) return;
    for (const auto& action : policy.actions->actions) {
        if (action == "read") continue;
        for (const auto& rule : policy.allows)
            if (std::ranges::find(rule.actions, action) != rule.actions.end())
                page += fmt::format("| `{}` | {} | {} | {} | {} |\n", action, who(rule), join(rule.purposes, ", "),
                                    needs(rule), rule.id);
    }
}

void put_bounds(std::string& page, const policy::PolicyText& policy)
{
    page += "\n## What cuts, and what nothing opens\n\n| rule | in words | as the text says it |\n|---|---|---|\n";
    const auto line = [&](const auto& rule, std::string_view kind, std::string said) {
        if (!rule.unless.is_empty())
            said += fmt::format("{}unless {}", said.empty() ? "" : ", ", policy::print_condition(rule.unless));
        page += fmt::format("| {} {} | {} | {} |\n", kind, rule.id, rule.sentence, said.empty() ? "always" : said);
    };
    const auto when = [](const policy::Condition& condition) {
        return condition.is_empty() ? std::string() : "when " + policy::print_condition(condition);
    };
    for (const auto& rule : policy.limits) {
        const auto cut =
            listed(rule.categories, policy::category_count, [](Category one) { return policy::title_of(one); });
        constexpr std::string_view leaves[] = {"nothing", "a summary", "a masked value"};
        line(rule, "limit",
             fmt::format("of {} shows {}{}{}", cut, leaves[static_cast<std::size_t>(rule.at_most)],
                         rule.when.is_empty() ? "" : " ", when(rule.when)));
    }
    for (const auto& rule : policy.forbids) line(rule, "forbid", when(rule.when));
    for (const auto& rule : policy.break_glass)
        page += fmt::format("| break-glass {} | {} | to {} ({}); needs a reason of {} characters; {} |\n", rule.id,
                            rule.sentence, roles_of(rule.roles), kinds_of(rule.kinds), rule.reason_characters,
                            policy::print_duties(rule.duties));
}

/// "Whole: identity, address."
web::Html said_of_view(const AllowRule& rule, const policy::ViewLine* view)
{
    web::Html html;
    const auto line = [&](std::string_view how, policy::AnyOf<Category> which) {
        const auto said = listed(which, policy::category_count, [](Category one) { return policy::title_of(one); });
        if (said.empty()) return;
        html.lit("<p class=\"govuk-body govuk-!-margin-bottom-1\"><strong>") << how;
        html.lit(":</strong> ") << said;
        html.lit("</p>");
    };
    if (view != nullptr) {
        line("Whole", view->whole);
        line("In summary", view->summary);
        line("What their own organisation supplied", view->own);
        line("What was released, fact by fact", view->released);
    }
    html.lit("<p class=\"govuk-body govuk-!-margin-bottom-1\">")
        << fmt::format("Nothing held closer than \"{}\".", policy::word_of(rule.up_to));
    return html.lit("</p>");
}

std::string titles_of(const std::vector<std::string>& purposes, const policy::PolicyText& policy)
{
    std::vector<std::string> titles;
    for (const auto& code : purposes)
        for (const auto& purpose : policy.purposes)
            if (purpose.code == code) titles.push_back(purpose.title);
    return join(titles, "; ");
}

} // namespace

web::Html who_reads_what(const policy::PolicyText& policy)
{
    web::Table table{.caption = "Who reads what, and while what connects them with the child",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Who"}, {.text = "For, and while"}, {.text = "What they see"}},
                     .first_cell_is_header = true};
    for (const auto& rule : policy.allows)
        if (std::ranges::find(rule.actions, "read") != rule.actions.end())
            table.rows.push_back(
                {{.text = who(rule)},
                 {.text = fmt::format("{}. While: {} ({})", titles_of(rule.purposes, policy), needs(rule), rule.id)},
                 {.text = said_of_view(rule, policy.find_view(rule.view))}});
    return stacked(std::move(table));
}

std::string policy_matrix_page(const policy::PolicyText& policy)
{
    std::string page = fmt::format(
        "# Who sees what, and who may do what\n\nWritten by `reachable reference` from policy {}. Do not "
        "edit.\n\nR: read whole. S: summary. O: only what the reader's own organisation supplied. X: released "
        "item by item. –: hidden. \"Up to\" is the label above which nothing is shown. Somebody to whom no "
        "row fits sees nothing; a forbid wins over every row.\n",
        policy.version ? policy.version->version : "");
    put_views(page, policy);
    put_actions(page, policy);
    put_bounds(page, policy);
    return page;
}

} // namespace reachable::app
