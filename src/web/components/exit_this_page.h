// The red button that leaves for a harmless page at once. A real link, so that it works with no script.
#pragma once

#include <string>

#include "web/components/shared.h"

namespace reachable::web {

struct ExitThisPage {
    Content text = {}; // empty: "Exit this page", read out with "Emergency" before it
    std::string redirect_url = "https://www.bbc.co.uk/weather";
    std::string id = {};
    Classes classes = {};
    Attributes attributes = {};
    // What the script reads out, in the language of the page; the script has English words of its own.
    Text activated_text = {};
    Text timed_out_text = {};
    Text press_two_more_times_text = {};
    Text press_one_more_time_text = {};
};
Html render(const ExitThisPage& exit);

} // namespace reachable::web
