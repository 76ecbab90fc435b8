#include "app/lost_forms.h"

#include "app/session_cookies.h"
#include "base/text.h"
#include "capabilities/custody/page_parts.h"
#include "web/components/summary_list.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::app {
namespace {

/// "What should custody know or do? (Q08)": the label of the field that an input belongs to, as far as it is known.
std::string label_of(const Service& service, std::string_view input)
{
    const auto pieces = split(input, '-');
    for (const auto* type : service.desk().types) {
        if (const auto* field = type->find_field(pieces.front())) {
            const auto rest = pieces.size() > 1 ? fmt::format(" ({})", pieces.back()) : std::string{};
            return std::string(field->label) + rest;
        }
        const auto* part = type->find_part(pieces.front());
        if (part == nullptr || pieces.size() < 2) continue;
        const bool is_keyed = part->find_field(pieces[1]) == nullptr && pieces.size() > 2;
        const auto* field = part->find_field(pieces[is_keyed ? 2 : 1]);
        if (field == nullptr) continue;
        return is_keyed ? fmt::format("{}: {}", pieces[1], field->label) : std::string(field->label);
    }
    return std::string(pieces.front());
}

/// What the page put into the form itself, and what tells nothing.
bool is_of_the_page(std::string_view name)
{
    return name == "form_token" || name == "version" || name == "then" || name == "next" || name == "key" ||
           name == "wording" || name == "code" || name.find("password") != std::string_view::npos;
}

web::SummaryList written(const Service& service, const web::Fields& form)
{
    web::SummaryList list;
    for (const auto& [name, value] : form.all())
        if (!is_of_the_page(name) && !trim(value).empty())
            list.rows.push_back({.key = {.text = label_of(service, name)}, .value = {.text = value}});
    return list;
}

web::Page page_of(const Service& service, const web::Request& request, const web::Fields& form)
{
    const bool is_by_link = request.path.starts_with("/a/");
    web::Page page{.title = "You were signed out", .is_plain = true};
    page.main << web::heading("You were signed out. What you wrote is below.");
    page.main << web::paragraph("Nothing was saved. It stands on this page only: copy what you need before you "
                                "leave it.");
    if (is_by_link)
        page.main << web::paragraph("Then open the newest message to your desk and use its link. If there is none, "
                                    "ring the custody suite and read your answers out.");
    page.main.lit("<p class=\"govuk-body\"><a class=\"govuk-link\" target=\"_blank\" rel=\"noopener noreferrer\"")
        .attribute("href",
                   is_by_link ? request.path.substr(0, request.path.rfind('/')) : "/sign-in?next=" + request.path);
    page.main.lit(">") << std::string(is_by_link ? "See whom to ring (opens in a new tab)"
                                                 : "Sign in again (opens in a new tab)");
    page.main.lit("</a></p>") << render(written(service, form));
    return page;
}

} // namespace

std::optional<web::Response> lost_form(const Service& service, const web::Request& request)
{
    if (request.method != web::Method::post || session_of(service, request)) return std::nullopt;
    const auto cookie = session_cookie_of(service, request);
    const auto form = request.form();
    if (!form || !accounts::is_form_of(service.desk().database, cookie, form->get("form_token"))) return std::nullopt;
    if (written(service, *form).rows.empty()) return std::nullopt;
    return service.site().show(page_of(service, request, *form), {request, {}, service.time().now()}, 403);
}

} // namespace reachable::app
