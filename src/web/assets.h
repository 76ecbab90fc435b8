// Style sheets, scripts and pictures: read once at start, held in memory, served under addresses that change with
// their content so that a browser may keep them for a year.
#pragma once

#include "web/http.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace reachable::web {

/// The addresses a page names in its head.
struct PageAssets {
    std::vector<std::string> style_sheets = {"/assets/govuk.css", "/assets/moj.css", "/assets/app.css"};
    std::string script = "/assets/app.js";
    std::string component_script = "/assets/govuk-frontend.min.js"; // loaded by `script`
    std::string icon = "/assets/images/favicon.svg";
};

/// The built asset folder. A file that is not in it when it is loaded does not exist for a browser.
class Assets {
  public:
    /// Reads every file with a known type. Refuses a folder that is not there, or that lacks a file a page names.
    static Result<Assets> load(const std::filesystem::path& folder);

    /// "/assets/app.css?v=1f0a…" for "app.css". A file that was not loaded is a Bug.
    std::string address(std::string_view name) const;
    PageAssets page_assets() const;

    /// Answers a GET below /assets/, or of /favicon.ico: the file, 304 when the browser has it, or 404. Only an address
    /// with the right version may be kept; any other is asked for again each time. A file that was compressed when the
    /// assets were built ("app.css.gz" beside "app.css") is sent so to a browser that takes gzip.
    Response serve(const Request& request) const;

    std::size_t size() const { return files_.size(); }

  private:
    struct File {
        std::shared_ptr<const std::string> content;
        std::string_view content_type;
        std::string version; // 16 hexadecimal digits of its SHA-256
        std::shared_ptr<const std::string> compressed = {};
    };
    std::map<std::string, File, std::less<>> files_; // by path below the folder: "images/favicon.svg"
};

} // namespace reachable::web
