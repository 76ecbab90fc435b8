#include "app/match_command.h"

#include "api/json.h"
#include "app/text_files.h"
#include "base/text.h"
#include "identity/evaluation.h"
#include "identity/linking.h"
#include "identity/source_mapping.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <memory>
#include <set>

namespace reachable::app {
namespace {

using namespace identity;

struct Choices {
    std::vector<std::string> tables;
    std::vector<std::string> mappings;
    std::string classes;
    std::string model;
    std::string to;
    double joins_above = 0;
};

int refused(const Problems& problems)
{
    for (const auto& problem : problems)
        std::cerr << problem.sentence << (problem.field.empty() ? "" : ": " + problem.field) << '\n';
    return 1;
}

/// The tables of all sources, in one population.
struct Sources {
    std::unique_ptr<NameClasses> classes;
    std::unique_ptr<Population> population;
    std::vector<SourceRecord> records; // what names each row: source and reference
    std::vector<std::uint32_t> truth;  // empty unless every mapping says where
};

constexpr CsvLimits large{.bytes = std::size_t{8} << 30U, .rows = 20'000'000};

Result<Sources> read_sources(const Choices& choices)
{
    if (choices.tables.size() != choices.mappings.size())
        return refuse(ProblemKind::malformed,
                      "Give each table its mapping: --data a.csv --map a.map --data b.csv --map b.map");
    const auto names = TRY(text_of(choices.classes));
    Sources sources{.classes = std::make_unique<NameClasses>(TRY(NameClasses::read(names)))};
    std::map<std::string, std::uint32_t> people;
    for (std::size_t i = 0; i < choices.tables.size(); ++i) {
        const auto mapping_text = TRY(text_of(choices.mappings[i]));
        const auto mapping = TRY(read_mapping(mapping_text));
        const auto table = TRY(read_csv_file(choices.tables[i], large));
        auto source = TRY(read_source(table, mapping));
        if (!sources.population)
            sources.population = std::make_unique<Population>(
                *sources.classes, static_cast<std::uint16_t>(std::clamp(mapping.siblings_born_from, 0, 9999)));
        for (const auto& one : source.quarantined)
            std::cerr << fmt::format("{} line {}: set aside, it {}\n", choices.tables[i], one.line, one.reason);
        for (const auto& truth : source.truths)
            sources.truth.push_back(people.try_emplace(truth, static_cast<std::uint32_t>(people.size())).first->second);
        for (auto& record : source.records) {
            sources.population->add(record);
            sources.records.push_back({.source = std::move(record.source), .reference = std::move(record.reference)});
        }
        std::cerr << fmt::format("{}: {} records, {} set aside\n", choices.tables[i], source.records.size(),
                                 source.quarantined.size());
    }
    if (sources.truth.size() != sources.records.size()) sources.truth.clear();
    if (sources.records.empty()) return refuse(ProblemKind::missing, "There is no record to match");
    return sources;
}

std::string version_of_model(const Sources& sources)
{
    return fmt::format("learned-from-{}-records", sources.records.size());
}

Result<Model> model_for(const Choices& choices, const Sources& sources, const Blocks& blocks)
{
    if (choices.model.empty()) return train(*sources.population, blocks, version_of_model(sources));
    const auto text = TRY(text_of(choices.model));
    const auto json = TRY(api::parse_json(text));
    return model_from(json);
}

LinkingSettings settings_of(const Choices& choices)
{
    LinkingSettings settings;
    settings.clustering.joins_above = static_cast<float>(choices.joins_above);
    return settings;
}

Result<int> train_model(const Choices& choices)
{
    const auto sources = TRY(read_sources(choices));
    const Blocks blocks(*sources.population);
    const auto model = train(*sources.population, blocks, version_of_model(sources));
    TRY(write_text(choices.to, api::write_json(to_json(model)) + "\n"));
    std::cout << fmt::format("{} records: one pair in {:.0f} is of one person. Model written to {}\n",
                             sources.records.size(), 1 / model.prior, choices.to);
    return 0;
}

Result<int> link_records(const Choices& choices)
{
    const auto sources = TRY(read_sources(choices));
    const Blocks blocks(*sources.population);
    const auto model = TRY(model_for(choices, sources, blocks));
    const auto linked = link(*sources.population, blocks, model, settings_of(choices));
    CsvTable table{.header = {"source", "reference", "person"}, .rows = {}};
    std::set<std::uint32_t> people;
    for (std::size_t i = 0; i < sources.records.size(); ++i) {
        people.insert(linked.clusters[i]);
        table.rows.push_back({.line = 0,
                              .cells = {sources.records[i].source, sources.records[i].reference,
                                        std::to_string(linked.clusters[i] + 1)}});
    }
    TRY(write_text(choices.to, write_csv(table)));
    std::cout << fmt::format("{} records are {} people; {} pairs compared. Written to {}\n", sources.records.size(),
                             people.size(), linked.blocking.pairs, choices.to);
    return 0;
}

void print(std::string_view name, const Accuracy& accuracy)
{
    std::cout << fmt::format("{:<34} precision {:.4f}  recall {:.4f}  F1 {:.4f}\n", name, accuracy.precision,
                             accuracy.recall, accuracy.f1());
}

Result<int> evaluate(const Choices& choices)
{
    const auto sources = TRY(read_sources(choices));
    if (sources.truth.empty())
        return refuse(ProblemKind::missing, "Every mapping must say where the truth stands: truth = column");
    const Blocks blocks(*sources.population);
    const auto model = TRY(model_for(choices, sources, blocks));
    const auto linked = link(*sources.population, blocks, model, settings_of(choices));
    std::uint64_t reached = 0;
    double all = 0;
    std::map<std::uint32_t, double> sizes;
    for (const auto person : sources.truth) all += sizes[person]++;
    blocks.walk(0, 1,
                [&](std::uint32_t a, std::uint32_t b) { reached += sources.truth[a] == sources.truth[b] ? 1 : 0; });
    std::cout << fmt::format(
        "{} records of {} people, {:.0f} true pairs; {} pairs compared, which hold {:.2f}% of them\n",
        sources.records.size(), sizes.size(), all, linked.blocking.pairs,
        all == 0 ? 0 : 100 * static_cast<double>(reached) / all);
    const auto best = best_threshold(linked.edges, sources.truth);
    print(fmt::format("pairs, best threshold ({:.2f} bits)", best.log_odds), best.accuracy);
    print("pairs, even odds", accuracy_of_pairs(linked.edges, sources.truth, 0));
    const auto clusters = accuracy_of_clusters(linked.clusters, sources.truth);
    print("clusters, pairs inside", clusters.pairs);
    print("clusters, B-cubed", clusters.b_cubed);
    std::cout << fmt::format("{} of {} people exactly right; the largest cluster has {} records\n",
                             clusters.exactly_right, clusters.people, clusters.largest);
    std::cout << "stated chance     pairs   mean stated   really one person\n";
    for (const auto& bucket : calibration(linked.edges, sources.truth))
        std::cout << fmt::format("{:.2f} to {:.2f} {:>10}   {:>11.3f}   {:>17.3f}\n", bucket.from, bucket.to,
                                 bucket.pairs, bucket.stated, bucket.right);
    return 0;
}

} // namespace

void add_match_command(CLI::App& cli, const std::string& classes_file, std::function<int()>& chosen)
{
    const auto choices = std::make_shared<Choices>();
    choices->classes = classes_file;
    auto* match = cli.add_subcommand("match", "Find which records of several systems are of one person");
    match->require_subcommand(1);
    const auto add = [&](const char* name, const char* words, bool takes_model, Result<int> (*work)(const Choices&)) {
        auto* command = match->add_subcommand(name, words);
        command->add_option("--data", choices->tables, "A table (CSV) of one system; may be given several times")
            ->required()
            ->check(CLI::ExistingFile);
        command->add_option("--map", choices->mappings, "How its columns are meant, one for each table")
            ->required()
            ->check(CLI::ExistingFile);
        command->add_option("--names", choices->classes, "Names that are one name")->capture_default_str();
        if (takes_model) {
            command->add_option("--model", choices->model, "A model made by match train; else one is learned")
                ->check(CLI::ExistingFile);
            command->add_option("--above", choices->joins_above, "Bits of odds above which a pair speaks for joining")
                ->capture_default_str();
        }
        command->callback([choices, work, &chosen] {
            chosen = [choices, work] {
                const auto done = work(*choices);
                return done ? *done : refused(done.error());
            };
        });
        return command;
    };
    add("train", "Learn a model from the tables, without anybody's labels", false, train_model)
        ->add_option("--to", choices->to, "The file to write the model to")
        ->required();
    add("link", "Say for each record which person it is of", true, link_records)
        ->add_option("--to", choices->to, "The table (CSV) to write")
        ->required();
    add("evaluate", "Say how well linking finds a truth that the tables hold", true, evaluate);
}

} // namespace reachable::app
