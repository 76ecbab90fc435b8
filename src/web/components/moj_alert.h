// A message on the page it belongs to: what was saved, what to look at. It stays; nothing here can be dismissed, so it
// needs no script. Say "flag", never "alert", in words that people read: an alert is a prison record.
#pragma once

#include "web/components/shared.h"

namespace reachable::web {

enum class MojAlertVariant { information, success, warning, error };

struct MojAlert {
    MojAlertVariant variant = MojAlertVariant::information;
    Text title = {}; // names the message for a screen reader
    bool show_title_as_heading = false;
    int heading_level = 2;
    Content text = {};      // the title stands alone when empty
    Text variant_text = {}; // empty: "information", "success", "warning" or "error"
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const MojAlert& alert);

} // namespace reachable::web
