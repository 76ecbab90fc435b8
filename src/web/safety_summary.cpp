#include "web/safety_summary.h"

#include "base/text.h"
#include "web/components/tag.h"
#include "web/prose.h"

#include <fmt/format.h>

namespace reachable::web {
namespace {

/// "Worried about criminal exploitation", "Person to avoid: Adult A".
std::string title_of(const SafetyLine& line)
{
    return line.subject.empty() ? line.label : line.label + ": " + line.subject;
}

/// G-02: "Each prompt shows 'because …'", and opens its rule.
Html line_of(const SafetyLine& line, bool opens_its_rule)
{
    Html html;
    html.lit("<li class=\"app-safety__line\"><strong>") << title_of(line);
    html.lit("</strong>");
    if (!line.standing.empty()) html << Text(" ") << render(Tag{.text = line.standing, .classes = "govuk-tag--grey"});
    html.lit("<br>") << line.prompt;
    html << Text(line.is_introduced ? ": " : ", because: ") << line.words;
    if (!line.caution.empty()) html.lit("<br><strong>") << line.caution;
    if (!line.caution.empty()) html.lit("</strong>");
    html.lit("<br><span class=\"app-safety__source\">") << line.source;
    if (opens_its_rule) html << Text(". ") << link("/flags/catalogue#" + line.code, "What this flag means");
    html.lit("</span></li>");
    return html;
}

} // namespace

AppFlags flags_in_the_bar(const SafetySummary& summary)
{
    AppFlags flags{.more_href = summary.all_flags_at};
    for (const auto& line : summary.lines) {
        auto words = title_of(line);
        if (!line.standing.empty()) words += " (" + line.standing + ")";
        flags.flags.push_back({.text = words, .href = summary.all_flags_at, .is_urgent = line.is_urgent});
    }
    return flags;
}

Html safety_summary_panel(const SafetySummary& summary)
{
    if (!summary.is_shown) return {};
    Html html;
    html.lit("<div class=\"app-safety app-no-print\">") << heading("Safety summary", 2);
    if (summary.lines.empty())
        html << paragraph("No flag stands for this child. That does not mean that there is no risk.");
    std::string section;
    for (const auto& line : summary.lines) {
        if (line.section != section) {
            if (!section.empty()) html.lit("</ul>");
            section = line.section;
            html << heading(section, 3);
            html.lit("<ul class=\"govuk-list govuk-list--spaced\">");
        }
        html << line_of(line, !summary.all_flags_at.empty());
    }
    if (!section.empty()) html.lit("</ul>");
    if (!summary.all_flags_at.empty()) {
        html.lit("<p class=\"govuk-body\">")
            << link(summary.all_flags_at, "All flags of this child, and how to propose one");
        html.lit("</p>");
    }
    return html.lit("</div>");
}

std::string safety_summary_on_paper(const SafetySummary& summary, std::size_t most)
{
    if (!summary.is_shown) return {};
    if (summary.lines.empty()) return "Flags: none stands. That does not mean that there is no risk.";
    std::vector<std::string> labels;
    for (const auto& line : summary.lines)
        labels.push_back(title_of(line) + (line.standing.empty() ? "" : " (" + line.standing + ")") +
                         (line.caution.empty() ? "" : " (do not tell the child)"));
    auto words = "Flags: " + join(labels, "; ") + ".";
    for (const auto& line : summary.lines) {
        const auto prompt = line.is_introduced ? std::string() : " " + line.prompt + ".";
        const auto caution = line.caution.empty() ? std::string() : " " + line.caution + ".";
        const auto one = fmt::format(" {}: {}.{}{}", line.label, line.words, caution, prompt);
        if (words.size() + one.size() > most) return words + " More on screen.";
        words += one;
    }
    return words;
}

} // namespace reachable::web
