#include "web/gallery.h"

namespace reachable::web {

Page gallery_page()
{
    Page page{.title = "Components",
              .language_url = "/dev/components",
              .breadcrumbs = Breadcrumbs{.items = {{.text = "Start", .href = "/"}, {.text = "Components"}},
                                         .label_text = "Where this page is"},
              .navigation = {{.text = "Queue", .href = "/queue", .active = true},
                             {.text = "Search", .href = "/search"},
                             {.text = "Custody", .href = "/custody"},
                             {.text = "Meetings", .href = "/meetings"}},
              .signed_in_as = "Sam Poole",
              .form_token = "sample"};
    page.main.lit("<h1 class=\"govuk-heading-l\">Components</h1>")
        << gallery_of_own_components() << gallery_of_content() << gallery_of_forms();
    return page;
}

} // namespace reachable::web
