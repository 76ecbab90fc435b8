// One commented settings file: "name = value" lines. A name that is not known is refused, with its line.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace reachable::app {

struct Settings {
    std::string database = "sqlite:var/reachable.db";
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string certificate_file;
    std::string key_file;
    bool trusts_forwarded_headers = false;
    std::string data_folder;     // code lists, clocks, questions
    std::string policy_file;     // who may see or do what; its signatures stand beside it
    std::string policy_officers; // "data-protection-officer KEY, caldicott-guardian KEY": who must have signed it
    std::string assets_folder;   // style sheets and scripts, as built
    std::string base_url = "http://127.0.0.1:8080";
    std::string log_origin = "reachable.example/log";
    std::string signing_key_file = "var/signing.key";
    std::string secret_key_file; // empty: "secrets.key" beside the signing key
    std::string search_file;     // empty: "search.index" beside the signing key
    std::string checkpoint_file = "var/checkpoints.txt";
    std::string mail_server; // "smtp://host:25" or "smtps://host:465"; empty: mail is kept in mail_folder
    std::string mail_from = "reachable@reachable.example";
    std::string mail_folder = "var/mail";
    std::string text_gateway_url; // where text messages are handed over; empty: nobody is told by text
    std::string text_gateway_key; // empty: "text_gateway.key" beside the signing key
    std::string text_sender = "Reachable";
    bool writes_inside = false; // messages to systems and to the text gateway may go to addresses of a private network,
                                // and of this machine
    bool is_demo = false;       // a simulated clock, and pages to move it: never for real children
};

/// The defaults for a checkout or an installed copy.
Settings default_settings();
std::filesystem::path secret_key_file(const Settings& settings);
std::filesystem::path search_file(const Settings& settings);
std::filesystem::path text_gateway_key_file(const Settings& settings);
/// Reads a file over the defaults; refuses, each by line, what it cannot read. Paths that are not whole are taken from
/// the folder of the file, wherever the program was started.
Result<Settings> read_settings(const std::filesystem::path& file);
/// The defaults as a commented file.
std::string settings_as_text(const Settings& settings);

} // namespace reachable::app
