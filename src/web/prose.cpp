#include "web/prose.h"

#include "base/result.h"

namespace reachable::web {

Html heading(std::string_view words, int level)
{
    CHECK(level >= 1 && level <= 3, "a heading of a page is of level 1, 2 or 3");
    Html html;
    if (level == 1)
        html.lit("<h1 class=\"govuk-heading-l\">") << words;
    else if (level == 2)
        html.lit("<h2 class=\"govuk-heading-m\">") << words;
    else
        html.lit("<h3 class=\"govuk-heading-s\">") << words;
    html.lit(level == 1 ? "</h1>" : level == 2 ? "</h2>" : "</h3>");
    return html;
}

Html paragraph(std::string_view words)
{
    Html html;
    html.lit("<p class=\"govuk-body\">") << words;
    html.lit("</p>");
    return html;
}

Html link(std::string_view href, std::string_view words)
{
    Html html;
    html.lit("<a class=\"govuk-link\"").attribute("href", href).lit(">") << words;
    html.lit("</a>");
    return html;
}

} // namespace reachable::web
