// The foot of every page. It draws no crown: a service of the Crown hands one in as `logo`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct FooterLink {
    Text text = {};
    std::string href = {};
    Attributes attributes = {};
};

struct FooterMeta {
    Text visually_hidden_title = "Support links";
    std::vector<FooterLink> items = {};
    Content text = {}; // words of our own under the links
};

struct FooterSection {
    Text title = {};
    int columns = 0;            // 0: not in columns
    std::string width = "full"; // "one-third", "two-thirds", …
    std::vector<FooterLink> items = {};
};

struct Footer {
    std::optional<FooterMeta> meta = {};
    std::vector<FooterSection> navigation = {};
    Html logo = {};
    /// None: says nothing about licences. Empty: the Open Government Licence.
    std::optional<Content> content_licence = {};
    /// None: no copyright link. Empty: "© Crown copyright".
    std::optional<Content> copyright = {};
    Classes container_classes = {};
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const Footer& footer);

} // namespace reachable::web
