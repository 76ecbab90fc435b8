// The policy in force, word for word, who signed it, those that decided here before with what has changed since, and a
// form that tries it: whoever is refused, or answers for the rules, sees which rule decides what, and why. Nothing here
// is about a child: a try is a made-up request.
#include "app/service.h"

#include "clocks/london.h"
#include "policy/diff.h"
#include "policy/explain.h"
#include "policy/kept_texts.h"
#include "policy/signed_policy.h"
#include "policy/vocabulary.h"
#include "web/components/inset_text.h"
#include "web/form_input.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <mutex>

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

std::string first_words(const policy::KeptText& kept)
{
    return kept.first_at ? "first on " + clocks::wall_date_time(*kept.first_at)
                         : std::string("first before that was written down");
}

/// "the data protection officer and the caldicott guardian": offices as the settings name them.
std::string signed_words(std::span<const std::string> offices)
{
    if (offices.empty()) return "Nobody signed it: this is a demonstration.";
    std::vector<std::string> names;
    for (auto office : offices) {
        std::ranges::replace(office, '-', ' ');
        names.push_back("the " + office);
    }
    return "Signed by " + join(names, " and ") + ".";
}

std::vector<policy::KeptText> kept_here(const Service& service)
{
    std::vector<policy::KeptText> kept;
    service.desk().database.read([&](storage::Transaction& transaction) { kept = policy::list_kept(transaction); });
    return kept;
}

Html text_of(const policy::TextPolicy& policy)
{
    Html html;
    html.lit("<div class=\"app-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"The text of the policy\">"
             "<pre class=\"app-policy\">")
        << web::Text(policy::print_policy(policy.text()));
    return html.lit("</pre></div>");
}

Html bullets(std::span<const std::string> lines)
{
    Html html;
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">");
    for (const auto& line : lines) {
        html.lit("<li>") << web::Text(line);
        html.lit("</li>");
    }
    return html.lit("</ul>");
}

/// Every decision names the policy that made it, so each that ever decided can be read.
Html earlier_policies(const Service& service)
{
    Html html = web::heading("Policies that decided here before", 2);
    Html list;
    for (const auto& kept : kept_here(service)) {
        if (kept.hash == service.text_policy().hash()) continue;
        list.lit("<li>") << web::link("/admin/policies/" + kept.hash,
                                      fmt::format("{}, {}", kept.hash.substr(0, 16), first_words(kept)));
        list.lit("</li>");
    }
    if (list.empty()) return html << web::paragraph("None. The policy in force is the first.");
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">") << list;
    return html.lit("</ul>");
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
    std::string standing = signed_words(service.policy_signed_by());
    for (const auto& kept : kept_here(service))
        if (kept.hash == policy.hash()) standing += fmt::format(" It decided here {}.", first_words(kept));
    page.main << web::paragraph(standing);
    page.main.lit("<p class=\"govuk-body\">") << web::link(path_of(policy) + "/test", "Try it");
    page.main << web::Text(": ask whether somebody may do something, and why. ")
              << web::link("/who-can-see-what", "Who can see what, as a table");
    page.main.lit("</p>") << text_of(policy) << earlier_policies(service);
    return page;
}

/// What has changed from an earlier policy to the one in force, worked out once: both stand as they are.
class Changes {
  public:
    const std::vector<std::string>& since(const policy::TextPolicy& earlier, const policy::TextPolicy& in_force)
    {
        const std::lock_guard lock(mutex_);
        const auto [found, is_new] = by_hash_.try_emplace(earlier.hash());
        if (is_new) found->second = policy::diff(earlier, in_force);
        return found->second;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::vector<std::string>> by_hash_;
};

/// A policy that decided here before, by its hash, and what has changed since.
Result<Page> earlier_page(const Service& service, const std::string& hash, Changes& known)
{
    std::unique_ptr<policy::TextPolicy> earlier;
    service.desk().database.read(
        [&](storage::Transaction& transaction) { earlier = policy::find_kept(transaction, hash); });
    if (earlier == nullptr) return refuse(ProblemKind::not_found, "No such policy has decided anything here");
    const auto& now = service.text_policy();
    Page page{.title = "An earlier policy", .back_link = web::BackLink{.href = path_of(now)}};
    page.main << web::heading("An earlier policy");
    page.main << web::paragraph(
        fmt::format("Version {}, hash {}. It decides nothing any more.", earlier->version(), hash));
    page.main << web::heading("What has changed since", 2);
    const auto& changes = known.since(*earlier, now);
    page.main << (changes.empty() ? web::paragraph("Nothing that decides anything.") : bullets(changes));
    page.main << web::heading("Its text", 2) << text_of(*earlier);
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
            answer << bullets(policy::explain(policy, request));
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

} // namespace

void add_policy_pages(web::Router& router, const Service& service)
{
    const auto& site = service.site();
    router.get("/admin/policies",
               [&service](const web::Request&) { return web::see_other(path_of(service.text_policy())); });
    const auto changes = std::make_shared<Changes>();
    site.page(router, "/admin/policies/{version}", [&service, changes](const Visit& visit) -> Result<Page> {
        const auto& asked = visit.request.path_values.at("version");
        const auto& in_force = service.text_policy();
        if (asked == in_force.version() || asked == in_force.hash()) return policy_page(service);
        return earlier_page(service, asked, *changes);
    });
    site.page(router, "/admin/policies/{version}/test", [&service](const Visit& visit) -> Result<Page> {
        if (visit.request.path_values.at("version") != service.text_policy().version())
            return refuse(ProblemKind::not_found, "Only the policy in force can be tried");
        return try_page(service, visit);
    });
}

} // namespace reachable::app
