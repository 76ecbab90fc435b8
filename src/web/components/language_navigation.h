// The same page in English or in Welsh.
#pragma once

#include <string>
#include <vector>

#include "web/components/shared.h"

namespace reachable::web {

struct LanguageNavigationItem {
    Content text = {};
    std::string href = {}; // empty: the language of this page
    bool current = false;
    std::string lang = {};
    std::string href_lang = {}; // `lang` when empty
    std::string dir = {};
    Text language_description_text = {}; // read out after the link's words
    Classes classes = {};
    Attributes attributes = {};
};

struct LanguageNavigation {
    std::vector<LanguageNavigationItem> items = {};
    Text aria_label = "Language";
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const LanguageNavigation& navigation);

} // namespace reachable::web
