// Pages that show every component in several states, for people who choose one and for the browser checks: screenshots,
// axe, the narrowest screen and paper. Their words are invented.
#pragma once

#include "web/html.h"
#include "web/page.h"

namespace reachable::web {

/// /dev/components: all of them, each under its heading.
Page gallery_page();

/// The same with a form that was sent with mistakes: error summary, messages, and "Error: " in the title.
Page gallery_errors_page();

/// A page that is read on paper and must fit on one sheet of A4.
Page gallery_sheet_page();

// The parts of the first page.
Html gallery_of_content();
Html gallery_of_forms();
Html gallery_of_own_components();

/// One sample under its heading.
template <std::size_t N>
void put_sample(Html& out, const char (&name)[N], const Html& sample)
{
    out.lit("<h2 class=\"govuk-heading-m\">").lit(name).lit("</h2><div class=\"app-block\">") << sample;
    out.lit("</div>");
}

} // namespace reachable::web
