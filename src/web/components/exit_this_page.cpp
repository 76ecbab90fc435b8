#include "web/components/exit_this_page.h"

#include "web/components/button.h"
#include "web/components/link_address.h"

namespace reachable::web {

namespace {

Content words_of(const ExitThisPage& exit)
{
    if (!exit.text.empty()) return exit.text;
    return lit("<span class=\"govuk-visually-hidden\">Emergency</span> Exit this page");
}

} // namespace

Html render(const ExitThisPage& exit)
{
    Html out = lit("<div");
    put_if(out, "id", exit.id);
    put_classes(out, "govuk-exit-this-page", exit.classes);
    out.lit(" data-module=\"govuk-exit-this-page\"") << exit.attributes;
    put_if(out, "data-i18n.activated", exit.activated_text.words);
    put_if(out, "data-i18n.timed-out", exit.timed_out_text.words);
    put_if(out, "data-i18n.press-two-more-times", exit.press_two_more_times_text.words);
    put_if(out, "data-i18n.press-one-more-time", exit.press_one_more_time_text.words);
    out.lit(">\n") << render(Button{
        .text = words_of(exit),
        .href = is_safe_address(exit.redirect_url) ? exit.redirect_url : "#",
        .classes = "govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button",
        .attributes = {{"rel", "nofollow noreferrer"}},
    });
    out.lit("</div>\n");
    return out;
}

} // namespace reachable::web
