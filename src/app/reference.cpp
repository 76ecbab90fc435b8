#include "app/reference.h"

#include "app/candidates_api.h"
#include "app/feeds_api.h"
#include "app/policy_matrix.h"
#include "app/safety_summary_api.h"

#include "api/json.h"
#include "capabilities/custody/rules.h"
#include "derived/json_api.h"

#include <fmt/format.h>
#include <fstream>

namespace reachable::app {
namespace {

using casework::CaseType;
using casework::Desk;

std::string cell(std::string_view words)
{
    std::string text;
    for (const char c : words) text += c == '|' ? '/' : c == '\n' ? ' ' : c;
    return text.empty() ? "–" : text;
}

std::string roles_of(const casework::Roles& roles)
{
    std::vector<std::string> titles;
    for (const auto role : roles) titles.emplace_back(accounts::title_of(role));
    return join(titles, ", ");
}

std::string names_of(const casework::States& names)
{
    std::vector<std::string> all;
    for (const auto name : names) all.emplace_back(name);
    return join(all, ", ");
}

std::string ladder_of(const lists::Tell& tell)
{
    std::vector<std::string> rungs;
    for (const auto role : tell.ladder) rungs.emplace_back(accounts::title_of(role));
    return fmt::format("{} ({})", join(rungs, ", or if nobody is on duty "),
                       tell.to_partner ? "at the authority asked" : "at the agency that holds the child");
}

void put_actions(std::string& page, const CaseType& type)
{
    page += "\n## What can be done\n\n| action | button | from | leads to | who may | asks for "
            "|\n|---|---|---|---|---|---|\n";
    for (const auto& action : type.actions)
        page += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", action.name, cell(action.title),
                            names_of(action.from), names_of(action.to), roles_of(action.who), cell(action.asks));
    page += "\n\"?\" marks what may be left out. ";
    if (const auto who = roles_of(type.may_correct); who.empty())
        page += "Nothing is corrected: what was recorded stands.\n";
    else
        page +=
            fmt::format("A correction of any other field needs a reason; it may be made by: {}. Not correctable: {}.\n",
                        who, cell(type.not_correctable));
}

void put_clocks(std::string& page, const Desk& desk, const CaseType& type)
{
    page += "\n## Clocks\n\n";
    for (const auto& clock : type.clocks) {
        page += fmt::format("### {} {}\n\nStarts on: {}. Stops on: {}. Because: {}.\n\n", clock.code, clock.title,
                            names_of(clock.starts_on), names_of(clock.stops_on), clock.because);
        for (const auto& terms : desk.lists.terms) {
            if (terms.code != clock.code) continue;
            const auto minutes = terms.allowance.amount / 60;
            page += fmt::format("- From {}{}: {}. Basis: {}.\n", to_iso(terms.valid_from),
                                terms.valid_to ? " to " + to_iso(*terms.valid_to) : "",
                                minutes == 0 ? "as long as the policy says" : fmt::format("{} minutes", minutes),
                                terms.basis);
            for (const auto& warning : terms.warnings)
                page += fmt::format("  - After {}%: {}.\n", warning.percent, ladder_of(warning.tell));
            for (const auto& tell : terms.on_breach)
                page += fmt::format("  - When the time is up: {}{}.\n", ladder_of(tell),
                                    terms.repeat_every.count() > 0
                                        ? fmt::format(", again every {} minutes", terms.repeat_every.count() / 60)
                                        : "");
        }
        page += '\n';
    }
}

void put_fields(std::string& page, std::string_view title, std::span<const casework::Field> fields)
{
    page += fmt::format("\n### {}\n\n| field | label | field group | held as | list |\n|---|---|---|---|---|\n", title);
    for (const auto& field : fields)
        page += fmt::format("| `{}` | {}{} | {} | {} | {} |\n", field.name, cell(field.label),
                            field.is_noted ? " (noted by the service)" : "", policy::title_of(field.held.category),
                            policy::code_of(field.held.label), cell(field.codes));
}

std::string case_page(const Desk& desk, const CaseType& type)
{
    std::string page =
        fmt::format("# {}\n\nWritten by `reachable reference` from the declaration `{}`. Do not edit.\n\n## States\n\n",
                    type.title, type.name);
    for (const auto state : type.states) page += fmt::format("- {}{}\n", state, type.is_open(state) ? "" : " (closed)");
    put_actions(page, type);
    put_clocks(page, desk, type);
    page += "\n## Facts\n";
    put_fields(page, "Of the case", type.fields);
    for (const auto& part : type.parts) put_fields(page, fmt::format("Of each item of “{}”", part.label), part.fields);
    return page;
}

std::string questions_page(const Desk& desk, CivilDate day)
{
    std::string page =
        fmt::format("# Questions to children's services\n\nIn force on {}. Written by `reachable "
                    "reference`. Do not edit.\n\n| no. | topic | question | must be answered | read one "
                    "by one at handover | of a child not detained too | field group |\n|---|---|---|---|---|---|---|\n",
                    to_iso(day));
    for (const auto& question : custody::questions_on(desk, day))
        page += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", question.number, cell(question.topic),
                            cell(question.question), question.is_mandatory ? "yes" : "no",
                            question.is_critical ? "yes" : "no", question.is_in_short_form ? "yes" : "no",
                            question.category);
    return page;
}

std::string purposes_page(const policy::Policy& policy)
{
    std::string page = "# Purposes\n\nWritten by `reachable reference`. Do not edit.\n\n| purpose | words | legal "
                       "basis | roles |\n|---|---|---|---|\n";
    for (const auto& purpose : policy.purposes()) {
        std::vector<std::string> roles;
        for (int i = 0; i <= static_cast<int>(accounts::Role::ADMIN); ++i)
            for (const auto& open : policy.purposes_of(static_cast<accounts::Role>(i)))
                if (open.code == purpose.code) roles.emplace_back(accounts::title_of(static_cast<accounts::Role>(i)));
        page += fmt::format("| `{}` | {} | {} | {} |\n", purpose.code, purpose.title, cell(purpose.legal_basis),
                            cell(join(roles, ", ")));
    }
    return page + fmt::format("\nThe policy's SHA-256, as it stands in every audit entry: `{}`.\n", policy.hash());
}

Result<> write(const std::filesystem::path& file, const std::string& text)
{
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (out.flush()) return {};
    return refuse(ProblemKind::unavailable, fmt::format("{} cannot be written", file.string()));
}

} // namespace

std::string openapi_text(const Desk& desk, CivilDate day)
{
    auto description = derived::describe_api(desk, "1.0.0", day);
    describe_candidates(description);
    describe_safety_summary(description);
    describe_feeds(description);
    return api::write_json_for_people(api::openapi_document(description));
}

Result<> write_reference(const Desk& desk, const policy::TextPolicy& policy, const std::filesystem::path& folder,
                         CivilDate day)
{
    std::filesystem::create_directories(folder);
    for (const auto* type : desk.types) TRY(write(folder / fmt::format("{}.md", type->name), case_page(desk, *type)));
    TRY(write(folder / "questions.md", questions_page(desk, day)));
    TRY(write(folder / "purposes.md", purposes_page(policy)));
    TRY(write(folder / "who-sees-what.md", policy_matrix_page(policy.text())));
    return write(folder / "openapi.json", openapi_text(desk, day));
}

} // namespace reachable::app
