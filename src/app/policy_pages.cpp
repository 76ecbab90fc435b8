// The policy in force, word for word, and a form that tries it: whoever is refused, or answers for the rules, sees
// which rule decides what, and why. Nothing here is about a child: a try is a made-up request.
#include "app/service.h"

#include "policy/explain.h"
#include "policy/signed_policy.h"
#include "policy/vocabulary.h"
#include "web/components/inset_text.h"
#include "web/form_input.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::app {
namespace {

using derived::Visit;
using web::Html;
using web::Page;

std::vector<web::Choice> choices(std::span<const std::string> words)
{
    std::vector<web::Choice> all;
    for (const auto& word : words) all.push_back({.value = word, .label = word});
    return all;
}

std::string path_of(const policy::TextPolicy& policy)
{
    return "/admin/policies/" + std::string(policy.version());
}

template <class T>
std::optional<T> one_of(std::string_view word, policy::Words words)
{
    const auto place = policy::place_of(word, words);
    if (!place) return std::nullopt;
    return static_cast<T>(*place);
}

/// The request that the form describes; problems where a choice is missing.
policy::Request request_in(const web::Fields& asked, Problems& problems)
{
    policy::Request request;
    if (const auto role = one_of<accounts::Role>(asked.get("role"), policy::words_of_roles()))
        request.role = *role;
    else
        problems.push_back({ProblemKind::missing, "Choose a role", "role"});
    if (const auto kind = one_of<accounts::AgencyKind>(asked.get("kind"), policy::words_of_kinds()))
        request.agency_kind = *kind;
    else
        problems.push_back({ProblemKind::missing, "Choose a kind of organisation", "kind"});
    request.purpose = asked.get("purpose");
    request.action = asked.get("action");
    if (request.purpose.empty()) problems.push_back({ProblemKind::missing, "Choose a purpose", "purpose"});
    if (request.action.empty()) problems.push_back({ProblemKind::missing, "Choose an action", "action"});
    for (const auto& [name, value] : asked.all()) {
        if (name == "while")
            if (const auto one = one_of<policy::Relationship>(value, policy::words_of_relationships()))
                request.relationships.insert(*one);
        if (name == "record" && value == "sealed") request.is_sealed = true;
        if (name == "record" && value == "under a safety alert") request.is_under_alert = policy::Told::yes;
        if (name == "record" && value == "opened with a reason") request.is_opened_with_reason = policy::Told::yes;
        if (name == "record" && value == "opened in an emergency")
            request.break_glass = policy::BreakGlass{.reason_characters = 20};
    }
    if (const auto whose = one_of<accounts::Role>(asked.get("supervised"), policy::words_of_roles()))
        request.supervised = *whose;
    // Nothing is denied for want of a code: how old it is, is nobody's to choose here.
    const auto label = one_of<policy::Label>(asked.get("label"), policy::words_of_labels());
    if (!label) problems.push_back({ProblemKind::missing, "Choose how closely the facts are held", "label"});
    for (std::size_t i = 0; i < policy::category_count; ++i)
        request.fields.push_back({static_cast<policy::Category>(i), label.value_or(policy::Label::personal)});
    return request;
}

std::vector<std::string> several(const web::Fields& asked, std::string_view name)
{
    std::vector<std::string> values;
    for (const auto& [its_name, value] : asked.all())
        if (its_name == name) values.emplace_back(value);
    return values;
}

Html try_form(const policy::TextPolicy& policy, const web::Fields& asked, const Problems& problems)
{
    const web::FormState state{.values = asked, .problems = problems};
    const auto select = [&](const char* name, const char* label, std::vector<web::Choice> all) {
        return web::select_field({.name = name,
                                  .label = label,
                                  .choices = std::move(all),
                                  .value = std::string(state.value(name)),
                                  .error = std::string(state.error(name))});
    };
    std::vector<std::string> purposes;
    for (const auto& line : policy.text().purposes) purposes.push_back(line.code);
    Html html;
    html.lit("<form method=\"get\" novalidate").attribute("action", path_of(policy) + "/test").lit(">");
    html << select("role", "Role", choices(policy::words_of_roles()));
    html << select("kind", "Kind of organisation", choices(policy::words_of_kinds()));
    html << select("purpose", "Purpose", choices(purposes));
    html << select("action", "What they want to do", choices(policy.text().actions->actions));
    html << select("label", "How closely the facts are held", choices(policy::words_of_labels()));
    html << select("supervised", "Whose work a supervisor looks at (optional)", choices(policy::words_of_roles()));
    html << web::checkbox_field({.name = "while",
                                 .label = "What connects them with the child",
                                 .choices = choices(policy::words_of_relationships()),
                                 .values = several(asked, "while"),
                                 .is_small = true});
    html << web::checkbox_field(
        {.name = "record",
         .label = "The record",
         .choices = choices(std::vector<std::string>{"sealed", "under a safety alert", "opened with a reason",
                                                     "opened in an emergency"}),
         .values = several(asked, "record"),
         .is_small = true});
    html << web::button("Try it");
    html.lit("</form>");
    return html;
}

Page policy_page(const Service& service)
{
    const auto& policy = service.text_policy();
    Page page{.title = "The policy in force"};
    page.main << web::heading("The policy in force");
    page.main << web::paragraph(fmt::format("Version {}. What is not allowed here is denied, and a forbid wins over "
                                            "every allow. Each decision in the log names its rules and this policy's "
                                            "hash: {}.",
                                            policy.version(), policy.hash()));
    page.main.lit("<p class=\"govuk-body\">") << web::link(path_of(policy) + "/test", "Try it");
    page.main << web::Text(": ask whether somebody may do something, and why. ")
              << web::link("/who-can-see-what", "Who can see what, as a table");
    page.main.lit("</p><div class=\"app-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The text of the policy\">"
                  "<pre class=\"app-policy\">")
        << web::Text(policy::print_policy(policy.text()));
    page.main.lit("</pre></div>");
    return page;
}

Page try_page(const Service& service, const Visit& visit)
{
    const auto& policy = service.text_policy();
    const auto& asked = visit.request.query;
    Page page{.title = "Try the policy", .back_link = web::BackLink{.href = path_of(policy)}};
    Problems problems;
    Html answer;
    if (asked.has("role")) {
        const auto request = request_in(asked, problems);
        if (problems.empty()) {
            answer << web::heading("The answer", 2);
            answer.lit("<ul class=\"govuk-list govuk-list--bullet\">");
            for (const auto& line : policy::explain(policy, request)) {
                answer.lit("<li>") << web::Text(line);
                answer.lit("</li>");
            }
            answer.lit("</ul>");
        }
    }
    page.has_errors = !problems.empty();
    page.before_main << web::error_summary_for(problems);
    page.main << web::heading("Try the policy");
    page.main << web::paragraph("A made-up request, decided by the rules in force. It is about no child and opens "
                                "nothing. Facts of one kind are held more or less closely, so try each label; what was "
                                "released item by item, or comes from the asker's own organisation, is decided fact "
                                "by fact and not tried here.");
    page.main << answer << try_form(policy, asked, problems);
    return page;
}

/// Only the policy in force has a page.
Result<Page> of_version(const Service& service, const Visit& visit, Page (*make)(const Service&, const Visit&))
{
    if (visit.request.path_values.at("version") != service.text_policy().version())
        return refuse(ProblemKind::not_found, "That version of the policy is not in force here");
    return make(service, visit);
}

} // namespace

void add_policy_pages(web::Router& router, const Service& service)
{
    const auto& site = service.site();
    router.get("/admin/policies",
               [&service](const web::Request&) { return web::see_other(path_of(service.text_policy())); });
    site.page(router, "/admin/policies/{version}", [&service](const Visit& visit) {
        return of_version(service, visit, [](const Service& of, const Visit&) { return policy_page(of); });
    });
    site.page(router, "/admin/policies/{version}/test",
              [&service](const Visit& visit) { return of_version(service, visit, try_page); });
}

} // namespace reachable::app
