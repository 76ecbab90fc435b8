#include "app/policy_command.h"

#include "app/key_files.h"
#include "app/policy_replay.h"
#include "app/refused.h"
#include "app/text_files.h"
#include "base/text.h"
#include "policy/diff.h"
#include "policy/explain.h"
#include "policy/request_text.h"
#include "policy/signed_policy.h"
#include "policy/test_table.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <optional>

namespace reachable::app {
namespace {

using policy::TextPolicy;

struct Choices {
    std::string file;
    std::string other_file;
    std::string tests;
    std::string officers;
    std::string office;
    std::string key;
    std::vector<std::string> request;
    std::string database;
    ReplayRange range;
    std::optional<std::uint64_t> entry;
};

Result<std::unique_ptr<TextPolicy>> policy_in(const std::string& file)
{
    const auto text = TRY(text_of(file));
    return TextPolicy::read(text);
}

Result<int> check(const Choices& choices)
{
    const auto officers = TRY(policy::read_officers(choices.officers));
    const auto is_signed = officers.empty() ? policy::Signed::not_needed : policy::Signed::insisted_on;
    const auto loaded = TRY(policy::load_policy(choices.file, officers, is_signed));
    const auto& text = loaded.policy->text();
    std::cout << fmt::format(
        "version {}\n{} allows, {} limits, {} forbids, {} ways to break the glass\nhash {}\nsigned by {}\n",
        loaded.policy->version(), text.allows.size(), text.limits.size(), text.forbids.size(), text.break_glass.size(),
        loaded.policy->hash(), loaded.signed_by.empty() ? "nobody" : join(loaded.signed_by, ", "));
    return 0;
}

Result<int> format(const Choices& choices)
{
    std::cout << policy::print_policy(TRY(policy_in(choices.file))->text());
    return 0;
}

Result<int> explain(const Choices& choices)
{
    const auto read = TRY(policy_in(choices.file));
    for (const auto& line : policy::explain(*read, TRY(policy::read_request(join(choices.request, " ")))))
        std::cout << line << '\n';
    return 0;
}

Result<int> diff(const Choices& choices)
{
    const auto before = TRY(policy_in(choices.file));
    const auto after = TRY(policy_in(choices.other_file));
    const auto sentences = policy::diff(*before, *after);
    for (const auto& sentence : sentences) std::cout << sentence << '\n';
    if (sentences.empty()) std::cout << "Nobody gains or loses anything.\n";
    return 0;
}

Result<int> test(const Choices& choices)
{
    const auto read = TRY(policy_in(choices.file));
    const auto file = choices.tests.empty() ? choices.file + "-tests" : choices.tests;
    const auto text = TRY(text_of(file));
    const auto report = policy::run_tests(TRY(policy::read_test_table(text)), *read);
    for (const auto& failure : report.failures) std::cout << failure << '\n';
    std::cout << fmt::format("{} requests, {}\n", report.requests,
                             report.is_passed() ? "each decided as the table says" : "NOT decided as the table says");
    return report.is_passed() ? 0 : 1;
}

Result<int> sign(const Choices& choices)
{
    const auto read = TRY(policy_in(choices.file));
    const auto key = TRY(signing_key(choices.key));
    std::ofstream out(choices.file + ".signatures", std::ios::app);
    out << policy::signature_line(choices.office, key, *read);
    if (!out.flush()) return refuse(ProblemKind::unavailable, "The signature cannot be written beside the policy");
    std::cout << fmt::format("Signed {} as {}\nThe open key for the settings: {}\n", read->hash(), choices.office,
                             to_hex(key.open));
    return 0;
}

Result<int> replay_log(const Choices& choices)
{
    const auto database = TRY(storage::open_database({.url = choices.database, .read_only = true}));
    const auto range = choices.entry ? ReplayRange{*choices.entry, *choices.entry} : choices.range;
    const auto found = replay(*database, range);
    for (const auto* faults : {&found.unreadable, &found.differing})
        for (const auto& sentence : *faults) std::cout << sentence << '\n';
    std::cout << found.in_words() << '\n';
    return found.is_whole() ? 0 : 1;
}

} // namespace

void add_policy_command(CLI::App& cli, const std::string& default_file, std::function<int()>& chosen)
{
    auto choices = std::make_shared<Choices>();
    choices->file = default_file;
    auto* command = cli.add_subcommand("policy", "Check, print, explain, compare, test, sign or replay a policy text");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* words, Result<int> (*run)(const Choices&)) {
        auto* part = command->add_subcommand(name, words);
        part->add_option("--policy", choices->file, "The policy text")->capture_default_str();
        part->callback([&chosen, choices, run] {
            chosen = [choices, run] {
                const auto done = run(*choices);
                return done ? *done : refused(done.error());
            };
        });
        return part;
    };
    add("check", "Say whether a text can be used, with its hash and who signed it", check)
        ->add_option("--officers", choices->officers,
                     "Officers and open keys that must have signed: as policy_officers");
    add("format", "Print a text in its one layout", format);
    add("explain", "Say why a request is decided as it is", explain)
        ->add_option("request", choices->request, "For example: inspector of police-force may read for …")
        ->required();
    add("diff", "Say in English who gains or loses what between two texts", diff)
        ->add_option("--with", choices->other_file, "The changed text")
        ->required();
    add("test", "Ask a policy everything that its table of tests says", test)
        ->add_option("--tests", choices->tests, "The table; the policy's name and “-tests” unless told");
    auto* replaying = add("replay", "Decide again what a log says was decided, by the texts that decided", replay_log);
    replaying->add_option("--database", choices->database, "The database that holds the log")->required();
    replaying->add_option("--from", choices->range.first, "The first entry, by its sequence number");
    replaying->add_option("--to", choices->range.last, "The last entry");
    replaying->add_option("--entry", choices->entry, "This entry alone");
    auto* signing = add("sign", "Add an officer's signature beside the text", sign);
    signing->add_option("--office", choices->office, "For example data-protection-officer")->required();
    signing->add_option("--key", choices->key, "The officer's key file; made if there is none")->required();
}

} // namespace reachable::app
