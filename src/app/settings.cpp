#include "app/settings.h"

#include "base/text.h"

#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <vector>

namespace reachable::app {
namespace {

/// One line of the file: its name, what it means, how it is read and written.
struct Entry {
    std::string_view name;
    std::string_view comment;
    std::function<bool(Settings&, std::string_view)> read;
    std::function<std::string(const Settings&)> write;
};

Entry text(std::string_view name, std::string_view comment, std::string Settings::* member)
{
    return {name, comment,
            [member](Settings& settings, std::string_view value) {
                settings.*member = value;
                return true;
            },
            [member](const Settings& settings) { return settings.*member; }};
}

Entry yes_or_no(std::string_view name, std::string_view comment, bool Settings::* member)
{
    return {name, comment,
            [member](Settings& settings, std::string_view value) {
                settings.*member = value == "yes";
                return value == "yes" || value == "no";
            },
            [member](const Settings& settings) { return settings.*member ? std::string("yes") : std::string("no"); }};
}

Entry port_number()
{
    return {"port", "TCP port to listen on.",
            [](Settings& settings, std::string_view value) {
                const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), settings.port);
                return error == std::errc{} && end == value.data() + value.size();
            },
            [](const Settings& settings) { return std::to_string(settings.port); }};
}

const std::vector<Entry>& entries()
{
    static const std::vector<Entry> all = {
        text("database", "Where the record is kept: sqlite:PATH, or a PostgreSQL connection string (postgresql://…).",
             &Settings::database),
        text("address", "Address to listen on. Keep it on this machine unless certificate and key are set.",
             &Settings::address),
        port_number(),
        text("certificate",
             "PEM file with the certificate chain; empty: plain HTTP, for use behind a proxy of your own.",
             &Settings::certificate_file),
        text("key", "PEM file with the private key of the certificate.", &Settings::key_file),
        yes_or_no("trust_forwarded_headers",
                  "yes only behind a proxy of your own that sets X-Forwarded-For and X-Forwarded-Proto.",
                  &Settings::trusts_forwarded_headers),
        text("data_folder", "Code lists, clocks and question sets.", &Settings::data_folder),
        text("policy",
             "The policy: who may see or do what. Its signatures stand beside it, in a file ending .signatures.",
             &Settings::policy_file),
        text(
            "policy_officers",
            "The two officers who must have signed it: office and open key, comma between. A demonstration needs none.",
            &Settings::policy_officers),
        text("assets_folder", "Style sheets and scripts, as built.", &Settings::assets_folder),
        text("base_url", "How people reach this service; stands in links in mail.", &Settings::base_url),
        text("log_origin",
             "The name of this audit log: it stands in every signed checkpoint, so that nobody can pass off one log as "
             "another. Choose your own, such as reachable.yourforce.example/log; never change it once the log has "
             "begun.",
             &Settings::log_origin),
        text("signing_key",
             "File of the key that signs the audit log; made on the first start, readable by its owner only.",
             &Settings::signing_key_file),
        text("secret_key",
             "File of the key that seals the secrets of authenticators in the database; made on the first start. Back "
             "it up apart from the database: without it nobody can sign in. Empty: secrets.key beside the signing key.",
             &Settings::secret_key_file),
        text("search_file",
             "File in which the search keeps what it worked out, so that a start takes seconds. Names, birth dates and "
             "postcodes stand in it: its owner alone may read it. It may be deleted. Empty: search.index beside the "
             "signing key.",
             &Settings::search_file),
        text("checkpoint_file", "Signed checkpoints, best on another disk: with them a shortened log is noticed.",
             &Settings::checkpoint_file),
        text("mail_server",
             "smtp://host:25 or smtps://host:465; empty: mail is written to mail_folder instead of being sent.",
             &Settings::mail_server),
        text("mail_from", "Sender of mail.", &Settings::mail_from),
        text("mail_folder", "Where mail is written when there is no mail_server.", &Settings::mail_folder),
        text("text_gateway_url",
             "https:// address of the gateway that sends text messages to whoever is on duty; empty: nobody is told by "
             "text. docs/texts.md says what is posted there.",
             &Settings::text_gateway_url),
        text("text_gateway_key",
             "File of the key under which each of these posts is signed; made on the first start with a gateway. The "
             "gateway is given the same. Empty: text_gateway.key beside the signing key.",
             &Settings::text_gateway_key),
        text("text_sender",
             "Sender of text messages: at most 11 letters and digits, or a number such as +447700900100.",
             &Settings::text_sender),
        yes_or_no("webhooks_inside",
                  "yes: messages to partner systems and to the text gateway may go to addresses of a private network, "
                  "and over plain http to this machine. Otherwise only to https:// addresses that are open to the "
                  "world.",
                  &Settings::writes_inside),
        yes_or_no("demonstration", "yes: a simulated clock and pages to move it. Never with real children.",
                  &Settings::is_demo),
    };
    return all;
}

const Entry* find_entry(std::string_view name)
{
    for (const auto& entry : entries())
        if (entry.name == name) return &entry;
    return nullptr;
}

} // namespace

Settings default_settings()
{
    Settings settings;
    const std::filesystem::path checkout = REACHABLE_SOURCE_DIR;
    const bool is_checkout = std::filesystem::exists(checkout / "data" / "bank_holidays.csv");
    const std::filesystem::path share = "/usr/share/reachable";
    settings.data_folder = is_checkout ? checkout / "data" : share / "data";
    settings.policy_file = settings.data_folder + "/policy/reachable.policy";
    settings.assets_folder = is_checkout ? checkout / "build" / "assets" : share / "assets";
    return settings;
}

std::filesystem::path secret_key_file(const Settings& settings)
{
    if (!settings.secret_key_file.empty()) return settings.secret_key_file;
    return std::filesystem::path(settings.signing_key_file).replace_filename("secrets.key");
}

std::filesystem::path search_file(const Settings& settings)
{
    if (!settings.search_file.empty()) return settings.search_file;
    return std::filesystem::path(settings.signing_key_file).replace_filename("search.index");
}

std::filesystem::path text_gateway_key_file(const Settings& settings)
{
    if (!settings.text_gateway_key.empty()) return settings.text_gateway_key;
    return std::filesystem::path(settings.signing_key_file).replace_filename("text_gateway.key");
}

namespace {

/// Started in another folder, a relative path would name another file: an empty record would be made beside the real
/// one, and nobody would notice.
void stand_on(Settings& settings, const std::filesystem::path& folder)
{
    const auto whole = [&](std::string& path) {
        if (!path.empty() && std::filesystem::path(path).is_relative()) path = (folder / path).lexically_normal();
    };
    for (auto* path :
         {&settings.certificate_file, &settings.key_file, &settings.data_folder, &settings.policy_file,
          &settings.assets_folder, &settings.signing_key_file, &settings.secret_key_file, &settings.search_file,
          &settings.checkpoint_file, &settings.mail_folder, &settings.text_gateway_key})
        whole(*path);
    constexpr std::string_view sqlite = "sqlite:";
    if (!settings.database.starts_with(sqlite)) return;
    auto path = settings.database.substr(sqlite.size());
    whole(path);
    settings.database = std::string(sqlite) + path;
}

} // namespace

Result<Settings> read_settings(const std::filesystem::path& file)
{
    std::ifstream in(file);
    if (!in) return refuse(ProblemKind::unavailable, fmt::format("The settings file {} cannot be read", file.string()));
    auto settings = default_settings();
    Problems problems;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        const auto words = trim(line);
        if (words.empty() || words.starts_with('#')) continue;
        const auto equals = words.find('=');
        const auto name = trim(words.substr(0, equals));
        const auto* entry = find_entry(name);
        if (equals == std::string_view::npos || entry == nullptr)
            problems.push_back(
                {ProblemKind::malformed, fmt::format("Line {}: there is no setting “{}”", number, name)});
        else if (!entry->read(settings, trim(words.substr(equals + 1))))
            problems.push_back(
                {ProblemKind::malformed, fmt::format("Line {}: “{}” cannot have that value", number, name)});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    stand_on(settings, std::filesystem::absolute(file).parent_path());
    return settings;
}

std::string settings_as_text(const Settings& settings)
{
    std::string text = "# Settings of Reachable. One \"name = value\" a line; lines starting with # are comments.\n"
                       "# Paths that do not start with / are taken from the folder of this file.\n";
    for (const auto& entry : entries())
        text += fmt::format("\n# {}\n{} = {}\n", entry.comment, entry.name, entry.write(settings));
    return text;
}

} // namespace reachable::app
