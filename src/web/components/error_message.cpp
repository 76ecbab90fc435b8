#include "web/components/error_message.h"

namespace reachable::web {

Html render(const ErrorMessage& message)
{
    Html out;
    out.lit("<p");
    put_if(out, "id", message.id);
    put_classes(out, "govuk-error-message", message.classes);
    out << message.attributes;
    out.lit(">\n");
    if (!message.visually_hidden_text.empty()) {
        out.lit("<span class=\"govuk-visually-hidden\">") << message.visually_hidden_text;
        out.lit(":</span> ");
    }
    out << message.text;
    out.lit("\n</p>\n");
    return out;
}

} // namespace reachable::web
