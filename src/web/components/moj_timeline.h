// What happened and what was done, newest first. An ordered list, so that a screen reader says how many there are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/app_source.h"
#include "web/components/shared.h"

namespace reachable::web {

struct MojTimelineItem {
    Content label = {};        // the title; a link to the record
    Text kind = {};            // "What happened" or "What we did": two words, never two colours alone
    Text byline = {};          // "by Sam Poole, children's services"
    Text date = {};            // as read: "14 March 2025, 22:23"
    std::string datetime = {}; // for machines: "2025-03-14T22:23:00Z"; empty when the date is not known to the day
    Content text = {};
    std::optional<AppSource> source = {};
    Classes classes = {};
    Attributes attributes = {};
};

struct MojTimeline {
    std::vector<MojTimelineItem> items = {};
    int heading_level = 2;
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const MojTimeline& timeline);

} // namespace reachable::web
