#include "app/setting_up_commands.h"

#include "app/refused.h"
#include "app/service.h"
#include "app/session_cookies.h"
#include "app/setting_up.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>

namespace reachable::app {
namespace {

/// Everything that can be given to one of the commands; each reads what it asks for.
struct Given {
    std::string settings_file;
    bool is_new_record = false;
    NewAgency agency;
    NewTeam team;
    NewWorker worker;
    NewDuty duty;
    std::string rota_file;
    NewTextNumber text_number;
    std::string text_numbers_file;
};

using Work = std::function<Said(const Administration& here, const Settings& settings, const Given& given)>;

int run(const Given& given, const Work& work)
{
    const auto settings =
        given.settings_file.empty() ? Result<Settings>(default_settings()) : read_settings(given.settings_file);
    if (!settings) return refused(settings.error());
    if (!given.is_new_record)
        if (const auto stands = record_stands(*settings); !stands) return refused(stands.error());
    const clocks::SystemTime time;
    const auto office = open_office(*settings, time);
    if (!office) return refused(office.error());
    const Administration here{*(*office)->desk, settings->base_url, sign_in_time()};
    const auto said = work(here, *settings, given);
    if (!said) return refused(said.error());
    std::cout << *said;
    return 0;
}

/// Adds commands that share one set of values and one way of being run.
class Commands {
  public:
    explicit Commands(std::function<int()>& chosen) : chosen_(&chosen) {}

    CLI::App* add(CLI::App& parent, const std::string& name, const std::string& help, Work work) const
    {
        auto* command = parent.add_subcommand(name, help);
        command
            ->add_option("--settings", given_->settings_file, "Settings file; the service itself must not be running")
            ->check(CLI::ExistingFile);
        command->add_flag("--new-record", given_->is_new_record, "Begin an empty record where there is none yet");
        command->callback([chosen = chosen_, given = given_, work = std::move(work)] {
            *chosen = [given, work] { return run(*given, work); };
        });
        return command;
    }
    Given& given() const { return *given_; }

  private:
    std::function<int()>* chosen_;
    std::shared_ptr<Given> given_ = std::make_shared<Given>();
};

CLI::App& group(CLI::App& cli, const std::string& name, const std::string& help)
{
    auto* group = cli.add_subcommand(name, help);
    group->require_subcommand(1);
    return *group;
}

CLI::Option* needs(CLI::App* command, const std::string& name, std::string& value, const std::string& help)
{
    return command->add_option(name, value, help)->required();
}

std::string roles_in_words()
{
    std::string words = "Roles:\n";
    for (int number = 1; number <= static_cast<int>(accounts::Role::ADMIN); ++number) {
        const auto role = static_cast<accounts::Role>(number);
        if (role != accounts::Role::CHILD) words += fmt::format("  {:<6} {}\n", code_of(role), title_of(role));
    }
    return words;
}

void needs_post(CLI::App* command, PostNamed& post)
{
    needs(command, "--sign-in-name", post.sign_in_name, "Whose");
    needs(command, "--team", post.team, "Name of a team of their agency");
    needs(command, "--role", post.role, "Code of the role, from the list below");
    command->footer(roles_in_words());
}

void add_list(CLI::App& parent, const Commands& commands, const std::string& help, Said (*list)(const Administration&))
{
    commands.add(parent, "list", help,
                 [list](const Administration& here, const Settings&, const Given&) { return list(here); });
}

void add_places(CLI::App& cli, const Commands& commands)
{
    auto& given = commands.given();
    commands.add(cli, "load-reference", "Enter the police forces and local authorities that are in force today",
                 [](const Administration& here, const Settings& settings, const Given&) {
                     return load_reference(here, settings.data_folder);
                 });
    auto& agencies = group(cli, "agency", "Agencies that sign in");
    add_list(agencies, commands, "Every agency, with its code", list_agencies);
    auto* agency = commands.add(
        agencies, "add", "Enter an agency that is not in the reference lists",
        [](const Administration& here, const Settings&, const Given& all) { return add_agency(here, all.agency); });
    needs(agency, "--kind", given.agency.kind, "police-force, local-authority, charity, …");
    needs(agency, "--code", given.agency.code, "Its official code");
    needs(agency, "--name", given.agency.name, "Its name");

    auto& teams = group(cli, "team", "Custody suites, duty desks and offices");
    add_list(teams, commands, "Every team, with its addresses", list_teams);
    auto* team =
        commands.add(teams, "add", "Enter a team", [](const Administration& here, const Settings&, const Given& all) {
            return add_team(here, all.team);
        });
    needs(team, "--agency", given.team.agency, "Code of its agency");
    needs(team, "--name", given.team.name, "Its name");
    needs(team, "--kind", given.team.kind, "custody-suite, duty-desk or office");
    team->add_option("--desk-mail", given.team.desk_mail, "Address that gets links");
    team->add_option("--code-mail", given.team.code_mail, "A second address, read by others, that gets the codes");
    team->add_option("--phone", given.team.phone, "Number to ring");
    team->add_option("--area", given.team.area_code, "A suite: code of the local authority it stands in");
}

void add_staff(CLI::App& cli, const Commands& commands)
{
    auto& given = commands.given();
    auto& group_of_workers = group(cli, "worker", "Accounts of staff");
    add_list(group_of_workers, commands, "Everybody with an account, with their posts", list_workers);
    auto* worker = commands.add(
        group_of_workers, "add", "Enter a member of staff; prints the link by which they set their own password",
        [](const Administration& here, const Settings&, const Given& all) { return add_worker(here, all.worker); });
    needs(worker, "--agency", given.worker.agency, "Code of their agency");
    needs(worker, "--sign-in-name", given.worker.post.sign_in_name, "A mail address or collar number");
    needs(worker, "--name", given.worker.name, "How they are called, such as \"Sgt Hale\"");
    auto* team = worker->add_option("--team", given.worker.post.team, "Name of the team of their first post");
    worker->add_option("--role", given.worker.post.role, "Code of its role, from the list below")->needs(team);
    worker->footer(roles_in_words());

    using OnName = Said (*)(const Administration&, const std::string&);
    const auto on_name = [&](CLI::App& parent, const std::string& name, const std::string& help, OnName work) {
        auto* command =
            commands.add(parent, name, help, [work](const Administration& here, const Settings&, const Given& all) {
                return work(here, all.worker.post.sign_in_name);
            });
        needs(command, "--sign-in-name", given.worker.post.sign_in_name, "Whose");
    };
    on_name(group_of_workers, "enrol", "A new link for a lost phone or password; the old ones end at once",
            enrol_again);
    on_name(group_of_workers, "enable", "Open an account again that was unused for thirty days", enable_worker);
    on_name(group_of_workers, "end", "Somebody left: ends the account, its sessions and tokens", end_worker);

    auto& posts = group(cli, "post", "Posts: a role at a team");
    needs_post(commands.add(posts, "add", "Give somebody a post",
                            [](const Administration& here, const Settings&, const Given& all) {
                                return add_post(here, all.worker.post);
                            }),
               given.worker.post);
    needs_post(commands.add(posts, "end", "Take a post away, with its sessions and coming duties",
                            [](const Administration& here, const Settings&, const Given& all) {
                                return end_post(here, all.worker.post);
                            }),
               given.worker.post);

    auto& tokens = group(cli, "token", "Tokens by which a force's own system calls the API");
    add_list(tokens, commands, "Every system that was given a token", list_tokens);
    auto* token = commands.add(
        tokens, "add", "Make a token, shown once; the account of the system is made when there is none",
        [](const Administration& here, const Settings&, const Given& all) { return add_token(here, all.worker); });
    needs(token, "--agency", given.worker.agency, "Code of its agency");
    needs(token, "--name", given.worker.name, "What the system is called");
    needs_post(token, given.worker.post);
    on_name(tokens, "end", "End every token of a system", end_tokens);
}

void add_rota(CLI::App& cli, const Commands& commands)
{
    auto& given = commands.given();
    auto& rota = group(cli, "rota", "Who is on duty; clocks tell whoever is");
    add_list(rota, commands, "Who is on duty from now on", list_rota);
    auto* duty = commands.add(rota, "add", "Enter one stretch of duty",
                              [](const Administration& here, const Settings&, const Given& all) {
                                  return add_duties(here, std::span(&all.duty, 1));
                              });
    needs_post(duty, given.duty.post);
    needs(duty, "--from", given.duty.from, "2026-11-24 22:00 as on the wall, or 2026-11-24T22:00:00Z");
    needs(duty, "--to", given.duty.to, "The end, written alike");
    auto* load = commands.add(rota, "load", "Enter all stretches of a file, or none if one is wrong",
                              [](const Administration& here, const Settings&, const Given& all) -> Said {
                                  return add_duties(here, TRY(read_rota(all.rota_file)));
                              });
    needs(load, "--file", given.rota_file, "CSV with the columns sign_in_name, team, role, from, to")
        ->check(CLI::ExistingFile);
}

void add_text_numbers(CLI::App& cli, const Commands& commands)
{
    auto& given = commands.given();
    auto& numbers = group(cli, "text-number", "Numbers to which text messages go");
    add_list(numbers, commands, "Every team and everybody on the rota, with their numbers", list_text_numbers);
    auto* number = commands.add(numbers, "set", "Enter, change or take away the number of a team or of somebody",
                                [](const Administration& here, const Settings&, const Given& all) {
                                    return set_text_numbers(here, std::span(&all.text_number, 1));
                                });
    number->add_option("--agency", given.text_number.agency, "Code of the agency of the team");
    number->add_option("--team", given.text_number.team, "Name of the team");
    number->add_option("--sign-in-name", given.text_number.sign_in_name, "Whose, if it is not a team's");
    needs(number, "--number", given.text_number.number, "Such as +447700900123; \"\" takes it away");
    auto* load = commands.add(numbers, "load", "Enter all numbers of a file, or none if one is wrong",
                              [](const Administration& here, const Settings&, const Given& all) -> Said {
                                  return set_text_numbers(here, TRY(read_text_numbers(all.text_numbers_file)));
                              });
    needs(load, "--file", given.text_numbers_file, "CSV with the columns agency, team, sign_in_name, number")
        ->check(CLI::ExistingFile);
}

} // namespace

void add_setting_up_commands(CLI::App& cli, std::function<int()>& chosen)
{
    const Commands commands(chosen);
    add_places(cli, commands);
    add_staff(cli, commands);
    add_rota(cli, commands);
    add_text_numbers(cli, commands);
}

} // namespace reachable::app
