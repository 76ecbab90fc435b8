// A whole document from its parts: the skeleton that every page shares, so that no page can forget the skip link, the
// language, or the line that stands on paper.
#pragma once

#include "web/assets.h"
#include "web/components/back_link.h"
#include "web/components/breadcrumbs.h"
#include "web/components/service_navigation.h"
#include "web/components/shared.h"
#include "web/html.h"

#include <optional>
#include <string>
#include <vector>

namespace reachable::web {

/// The skeleton's own words in English; a page in another language brings its own.
struct PageWords {
    Text skip_link = "Skip to main content";
    Text error_prefix = "Error: ";
    Text menu = "Menu";
    Text navigation = "Main";
    Text service_information = "Service information";
    Text language = "Language";
    Text signed_in_as = "Signed in as";
    Text sign_out = "Sign out";
    Text footer_title = "About this service";
    Text accessibility = "Accessibility";
    Text privacy = "Privacy";
    Text who_can_see_what = "Who can see what";
};

/// Where a watched page asks whether anything has changed since its mark; empty: it does not.
struct LiveMark {
    std::string url = {};
    std::string mark = {};
    std::string read_at = {}; // as walls show it: "01:12 GMT"
};

struct Page {
    /// What the page is, without a name or anything else from a record: titles stand in histories and on shared
    /// screens.
    Text title = {};
    Text service_name = "Reachable";
    std::string home_url = "/";
    std::string language = "en"; // "en" or "cy"
    /// This page's address without its query: offers it in the other language. Empty: no such choice.
    std::string language_url = {};
    PageWords words = {};

    Html main = {};
    /// Above `main` in the same column: a notification banner, an error summary.
    Html before_main = {};
    /// First on the page, above everything: exit-this-page.
    Html before_header = {};
    std::optional<BackLink> back_link = {}; // stands rather than breadcrumbs when both are given
    std::optional<Breadcrumbs> breadcrumbs = {};
    /// At most six; more is a Bug. Not drawn on a plain page.
    std::vector<ServiceNavigationItem> navigation = {};
    bool is_answer = false;  // what a form asked for, and not the form once more
    bool has_errors = false; // the title then starts with "Error: "
    /// For people who came by a link and for children: no staff navigation, nobody signed in.
    bool is_plain = false;
    bool is_wide = false; // tables of staff use the whole width of a large screen

    Text signed_in_as = {};      // empty: nobody, and no way to sign out
    std::string form_token = {}; // goes with the sign-out post
    std::string sign_out_url = "/sign-out";

    Text marking = {};         // "OFFICIAL-SENSITIVE": on screen and on paper
    Text printed_by_line = {}; // on paper only: when, by whom, copy number, when to destroy
    LiveMark live = {};        // of a page that somebody watches
    Classes body_classes = {}; // "app-one-sheet": the page is held to one sheet of A4
};

/// The document, "<!DOCTYPE html>" first. It holds no inline style and one inline script, which the security headers
/// allow by its hash.
std::string render_page(const Page& page, const PageAssets& assets);

} // namespace reachable::web
