// The one program: `reachable <what to do>`. Each subcommand builds the parts it needs and hands them on.
#include "api/json.h"
#include "app/demo.h"
#include "app/import_command.h"
#include "app/match_command.h"
#include "app/policy_command.h"
#include "app/reference.h"
#include "app/refused.h"
#include "app/service.h"
#include "app/setting_up_commands.h"
#include "app/signed_versions.h"
#include "app/start_warnings.h"
#include "audit/checkpoint_file.h"
#include "audit/export.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <sstream>

namespace reachable::app {
namespace {

Result<Settings> settings_from(const std::string& file)
{
    return file.empty() ? Result<Settings>(default_settings()) : read_settings(file);
}

enum class NewRecord { no, yes };

int serve(const Settings& settings, NewRecord may_be_new)
{
    if (may_be_new == NewRecord::no)
        if (const auto stands = record_stands(settings); !stands) return refused(stands.error());
    std::cout << fmt::format("The record is {}\n", record_in_words(settings)) << std::flush;
    const auto service = Service::open(settings);
    if (!service) return refused(service.error());
    for (const auto& warning : start_warnings((*service)->desk(), settings))
        std::cerr << "Warning: " << warning << '\n';
    const auto served = (*service)->serve();
    return served ? 0 : refused(served.error());
}

struct DemoChoices {
    bool serves = false;
    std::string folder = "var/demo";
    std::uint16_t port = 8080;
    DemoOptions world;
    std::string at = "2026-10-24T23:15:00Z";
    std::string database;
};

Settings demo_settings(const DemoChoices& choices)
{
    auto settings = default_settings();
    settings.database = choices.database.empty() ? "sqlite:" + choices.folder + "/reachable.db" : choices.database;
    settings.port = choices.port;
    settings.base_url = fmt::format("http://127.0.0.1:{}", choices.port);
    settings.signing_key_file = choices.folder + "/signing.key";
    settings.checkpoint_file = choices.folder + "/checkpoints.txt";
    settings.mail_folder = choices.folder + "/mail";
    settings.log_origin = "demo.reachable.example/log";
    settings.is_demo = true;
    return settings;
}

Json sign_ins_as_json(const DemoWorld& world)
{
    auto list = Json::list();
    for (const auto& one : world.sign_ins)
        list.add(Json::object()
                     .set("who", one.who)
                     .set("sign_in_name", one.sign_in_name)
                     .set("password", one.password)
                     .set("code_secret", one.code_secret)
                     .set("what_to_try", one.what_to_try));
    return Json::object()
        .set("sign_ins", std::move(list))
        .set("machine_token", world.machine_token)
        .set("feed_token", world.feed_token);
}

void print_sign_ins(const DemoChoices& choices)
{
    std::ifstream in(choices.folder + "/sign-ins.json");
    std::stringstream text;
    text << in.rdbuf();
    const auto json = api::parse_json(text.str());
    if (!json) return;
    std::cout << fmt::format(
        "\nOpen http://127.0.0.1:{}/ and sign in as one of these. Password for all: see below. Codes: {}\n\n",
        choices.port, "http://127.0.0.1:" + std::to_string(choices.port) + "/demo/codes");
    for (const auto& one : *json->find("sign_ins")->items())
        std::cout << fmt::format("  {:<42} {:<28} {}\n", one.text_of("sign_in_name"), one.text_of("password"),
                                 one.text_of("what_to_try"));
    std::cout << fmt::format("\nA force's own custody system calls the API with this token: {}\nThe open description "
                             "of the API: http://127.0.0.1:{}/api/v1/openapi.json\n\n",
                             json->text_of("machine_token"), choices.port);
}

/// Makes the demo world unless it stands there already.
Result<> make_demo(const DemoChoices& choices, const Settings& settings)
{
    const std::filesystem::path done = choices.folder + "/sign-ins.json";
    if (std::filesystem::exists(done)) return {};
    if (choices.database.empty()) std::filesystem::remove_all(choices.folder); // an unfinished one
    std::filesystem::create_directories(choices.folder);
    accounts::set_password_cost(2, 8 * 1024 * 1024); // invented people, whose password is printed
    const clocks::SimulatedTime time(TRY(parse_utc(choices.at)));
    const auto office = TRY(open_office(settings, time));
    auto options = choices.world;
    options.now = time.now();
    options.data_folder = settings.data_folder;
    std::cout << "Making the demonstration world …\n" << std::flush;
    const auto world = TRY(make_demo_world(*office->desk, office->secret_keys, options));
    std::ofstream out(done);
    out << api::write_json_for_people(sign_ins_as_json(world)) << '\n';
    return {};
}

int demo(const DemoChoices& choices)
{
    const auto settings = demo_settings(choices);
    if (const auto made = make_demo(choices, settings); !made) return refused(made.error());
    print_sign_ins(choices);
    return choices.serves ? serve(settings, NewRecord::no) : 0;
}

std::string file_text(const std::string& name)
{
    std::ifstream in(name);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

int report(const audit::Verification& found)
{
    for (const auto& fault : found.faults) std::cout << fault << '\n';
    std::cout << fmt::format("{} entries, {} checkpoints, root {}\n{}\n", found.entry_count, found.checkpoint_count,
                             to_hex(found.root), found.is_whole ? "The log is whole." : "The log is NOT whole.");
    return found.is_whole ? 0 : 1;
}

struct VerifyChoices {
    std::string database;
    std::string log;
    std::string key;
    std::string checkpoints;
};

int verify(const VerifyChoices& choices)
{
    const auto key = from_hex(trim(file_text(choices.key)));
    if (!key || key->size() != 32)
        return refused({{ProblemKind::malformed,
                         "The open key file holds 64 hexadecimal digits: the .pub file beside the signing key"}});
    const auto kept = choices.checkpoints.empty() ? std::string{} : file_text(choices.checkpoints);
    if (!choices.checkpoints.empty() && audit::split_checkpoints(kept).empty())
        return refused(
            {{ProblemKind::malformed, "That file holds no checkpoint. Give the copy that is kept elsewhere"}});
    if (!choices.log.empty()) {
        std::ifstream in(choices.log, std::ios::binary);
        return report(audit::verify_export(in, *key, kept));
    }
    const auto database = storage::open_database({.url = choices.database, .read_only = true});
    if (!database) return refused(database.error());
    return report(verify_with_cases(**database, *key, kept));
}

int export_log(const std::string& url, const std::string& file)
{
    const auto database = storage::open_database({.url = url, .read_only = true});
    if (!database) return refused(database.error());
    std::ofstream out(file, std::ios::binary);
    const auto written = audit::export_log(**database, out);
    return written ? 0 : refused(written.error());
}

/// Declarations and dated lists without a record: a database in a folder of its own that is thrown away.
int with_empty_office(const std::function<Result<>(const Office&)>& work)
{
    auto settings = default_settings();
    const auto folder = std::filesystem::temp_directory_path() / ("reachable-" + RequestId::random().text());
    settings.database = "sqlite:" + (folder / "empty.db").string();
    settings.signing_key_file = folder / "key";
    settings.checkpoint_file.clear();
    settings.is_demo = true; // there is no record in it, so the policy need not be signed
    std::filesystem::create_directories(folder);
    auto done = [&]() -> Result<> {
        const clocks::SystemTime time;
        const auto office = TRY(open_office(settings, time));
        return work(*office);
    }();
    std::filesystem::remove_all(folder);
    return done ? 0 : refused(done.error());
}

/// The day that generated pages describe: data that comes into force later does not change them by itself.
constexpr CivilDate reference_day{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{1}};

int run(int argc, char** argv)
{
    CLI::App cli{"Reachable: one safeguarding record for every child the police meet.", "reachable"};
    cli.require_subcommand(1);
    cli.set_version_flag("--version", "reachable 0.1.0");

    std::string settings_file;
    auto* serving = cli.add_subcommand("serve", "Serve pages and the API until told to stop");
    serving->add_option("--settings", settings_file, "Settings file; `reachable settings` prints one to start from")
        ->check(CLI::ExistingFile);
    bool is_new_record = false;
    serving->add_flag("--new-record", is_new_record, "Begin an empty record where the settings name none yet");

    DemoChoices demo_choices;
    auto* demonstration = cli.add_subcommand("demo", "Make an invented world to try the service in");
    demonstration->add_flag("--serve", demo_choices.serves, "Serve it afterwards");
    demonstration->add_option("--data", demo_choices.folder, "Folder of the demonstration; made once, then kept")
        ->capture_default_str();
    demonstration->add_option("--port", demo_choices.port, "Port to serve on")->capture_default_str();
    demonstration->add_option("--children", demo_choices.world.children, "How many invented children")
        ->capture_default_str();
    demonstration->add_option("--seed", demo_choices.world.seed, "The same seed gives the same children")
        ->capture_default_str();
    demonstration->add_option("--at", demo_choices.at, "The moment at which it begins, in UTC")->capture_default_str();
    demonstration->add_option("--database", demo_choices.database,
                              "PostgreSQL connection string instead of a file in the folder");
    demonstration->add_flag("--small", demo_choices.world.is_small, "People and rota only, without cases");

    VerifyChoices verify_choices;
    auto* verifying = cli.add_subcommand("verify", "Check a whole audit log offline: every entry, order, checkpoint "
                                                   "and signature; in a database, each version of a case too");
    verifying->add_option("--database", verify_choices.database, "The database that holds it");
    verifying->add_option("--log", verify_choices.log, "A log exported with export-log")->check(CLI::ExistingFile);
    verifying->add_option("--key", verify_choices.key, "The open key: the .pub file")
        ->required()
        ->check(CLI::ExistingFile);
    verifying
        ->add_option("--checkpoints", verify_choices.checkpoints,
                     "Checkpoints kept elsewhere; without them a shortened log looks whole")
        ->check(CLI::ExistingFile);

    std::string url;
    std::string target;
    auto* exporting =
        cli.add_subcommand("export-log", "Write the audit log to one flat file for somebody without the database");
    exporting->add_option("--database", url, "The database")->required();
    exporting->add_option("--to", target, "The file to write")->required();

    std::string folder = "docs/reference";
    auto* referring = cli.add_subcommand("reference", "Write the reference pages from the declarations");
    referring->add_option("--to", folder, "Folder to write to")->capture_default_str();
    auto* describing = cli.add_subcommand("openapi", "Print the OpenAPI document");
    auto* setting = cli.add_subcommand("settings", "Print a commented settings file");

    std::function<int()> chosen;
    add_setting_up_commands(cli, chosen);
    add_import_command(cli, chosen);
    add_policy_command(cli, default_settings().policy_file, chosen);
    add_match_command(cli, default_settings().data_folder + "/identity/names.csv", chosen);

    CLI11_PARSE(cli, argc, argv);
    if (chosen) return chosen();
    if (*serving) {
        const auto settings = settings_from(settings_file);
        return settings ? serve(*settings, is_new_record ? NewRecord::yes : NewRecord::no) : refused(settings.error());
    }
    if (*demonstration) return demo(demo_choices);
    if (*verifying) return verify(verify_choices);
    if (*exporting) return export_log(url, target);
    if (*referring)
        return with_empty_office(
            [&](const Office& office) { return write_reference(*office.desk, *office.policy, folder, reference_day); });
    if (*describing)
        return with_empty_office([](const Office& office) -> Result<> {
            std::cout << openapi_text(*office.desk, reference_day) << '\n';
            return {};
        });
    if (*setting) std::cout << settings_as_text(default_settings());
    return 0;
}

} // namespace
} // namespace reachable::app

int main(int argc, char** argv)
{
    try {
        return reachable::app::run(argc, argv);
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
}
