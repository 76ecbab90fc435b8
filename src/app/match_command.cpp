#include "app/match_command.h"

#include "api/json.h"
#include "app/match_report.h"
#include "app/refused.h"
#include "app/text_files.h"
#include "base/text.h"
#include "identity/calibrating.h"
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
    std::string reviewed;
    std::string pairs;
    std::string to;
    std::string report;
    std::string figures;
    double joins_above = 0;
    std::size_t people_each = 500;
    std::uint32_t others = 100'000;
};

/// The tables of all sources, in one population.
struct Sources {
    std::unique_ptr<NameClasses> classes;
    std::unique_ptr<Population> population;
    std::vector<SourceRecord> records; // what names each row: source and reference
    std::vector<std::uint32_t> truth;  // empty unless every mapping says where
    std::vector<std::string> groups;   // so too
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
        std::ranges::move(source.groups, std::back_inserter(sources.groups));
        for (auto& record : source.records) {
            sources.population->add(record);
            sources.records.push_back({.source = std::move(record.source), .reference = std::move(record.reference)});
        }
        std::cerr << fmt::format("{}: {} records, {} set aside\n", choices.tables[i], source.records.size(),
                                 source.quarantined.size());
    }
    if (sources.truth.size() != sources.records.size()) sources.truth.clear();
    if (sources.groups.size() != sources.records.size()) sources.groups.clear();
    if (sources.records.empty()) return refuse(ProblemKind::missing, "There is no record to match");
    return sources;
}

std::string version_of_model(const Sources& sources)
{
    return fmt::format("learned-from-{}-records", sources.records.size());
}

Result<Model> read_model(const std::string& file)
{
    const auto text = TRY(text_of(file));
    const auto json = TRY(api::parse_json(text));
    return model_from(json);
}

Result<Model> model_for(const Choices& choices, const Sources& sources, const Blocks& blocks)
{
    if (choices.model.empty()) return train(*sources.population, blocks, version_of_model(sources));
    return read_model(choices.model);
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

/// The pairs that may be of one person, the doubtful ones first: what somebody reviews for `calibrate`.
CsvTable table_of_pairs(const Sources& sources, std::vector<Edge> edges)
{
    std::ranges::stable_sort(edges, {}, [](const Edge& edge) { return std::abs(edge.log_odds); });
    CsvTable table{.header = {"source", "reference", "other_source", "other_reference", "chance", "same"}, .rows = {}};
    for (const auto& edge : edges) {
        const auto& one = sources.records[edge.a];
        const auto& other = sources.records[edge.b];
        table.rows.push_back({.line = 0,
                              .cells = {one.source, one.reference, other.source, other.reference,
                                        fmt::format("{:.4f}", chance_of(edge.log_odds)), ""}});
    }
    return table;
}

/// The pairs of the table that name records of the sources, as the model weighs them.
Result<std::vector<ReviewedPair>> reviewed_pairs(const Choices& choices, const Sources& sources, const Model& model)
{
    const auto table = TRY(read_csv_file(choices.reviewed, large));
    TRY(table.require({"source", "reference", "other_source", "other_reference", "same"}));
    std::map<std::pair<std::string, std::string>, std::uint32_t> rows;
    for (std::uint32_t i = 0; i < sources.records.size(); ++i)
        rows[{sources.records[i].source, sources.records[i].reference}] = i;
    const Scorer scorer(model, *sources.population);
    Comparer comparer(*sources.population);
    std::vector<ReviewedPair> pairs;
    Problems problems;
    for (const auto& row : table.rows) {
        const auto one = rows.find({table.cell(row, "source"), table.cell(row, "reference")});
        const auto other = rows.find({table.cell(row, "other_source"), table.cell(row, "other_reference")});
        const auto& same = table.cell(row, "same");
        if (one == rows.end() || other == rows.end() || one == other || (same != "yes" && same != "no"))
            problems.push_back(
                {ProblemKind::malformed,
                 fmt::format("Line {} does not name two records of the tables and say yes or no", row.line), ""});
        else
            pairs.push_back(
                {scorer.log_odds(comparer.compare(one->second, other->second), sources.population->row(one->second),
                                 sources.population->row(other->second)),
                 same == "yes"});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return pairs;
}

Result<int> calibrate(const Choices& choices)
{
    const auto sources = TRY(read_sources(choices));
    auto model = TRY(read_model(choices.model));
    const auto pairs = TRY(reviewed_pairs(choices, sources, model));
    model.calibration = TRY(learn_calibration(pairs));
    model.version += fmt::format("-calibrated-by-{}", pairs.size());
    TRY(write_text(choices.to, api::write_json(to_json(model)) + "\n"));
    std::cout << fmt::format("{} reviewed pairs gave {} points. Model written to {}\n", pairs.size(),
                             model.calibration.size(), choices.to);
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
    if (!choices.pairs.empty()) TRY(write_text(choices.pairs, write_csv(table_of_pairs(sources, linked.edges))));
    std::cout << fmt::format("{} records are {} people; {} pairs compared. Written to {}\n", sources.records.size(),
                             people.size(), linked.blocking.pairs, choices.to);
    return 0;
}

void print(std::string_view name, const Accuracy& accuracy)
{
    std::cout << fmt::format("{:<34} precision {:.4f}  recall {:.4f}  F1 {:.4f}\n", name, accuracy.precision,
                             accuracy.recall, accuracy.f1());
}

void print(const Assessment& found)
{
    std::cout << fmt::format(
        "{} records of {} people, {:.0f} true pairs; {} pairs compared, which hold {:.2f}% of them\n", found.records,
        found.people, found.true_pairs, found.compared, 100 * found.proposed);
    print(fmt::format("pairs, best threshold ({:.2f} bits)", found.best.log_odds), found.best.accuracy);
    print("pairs, even odds", found.at_even_odds);
    print("clusters, pairs inside", found.clusters.pairs);
    print("clusters, B-cubed", found.clusters.b_cubed);
    std::cout << fmt::format("{} of {} people exactly right; the largest cluster has {} records\n",
                             found.clusters.exactly_right, found.people, found.clusters.largest);
    for (const auto& group : found.groups) print("group " + group.group, group.pairs);
    std::cout << "stated chance     pairs   mean stated   really one person\n";
    for (const auto& bucket : found.calibration)
        std::cout << fmt::format("{:.2f} to {:.2f} {:>10}   {:>11.3f}   {:>17.3f}\n", bucket.from, bucket.to,
                                 bucket.pairs, bucket.stated, bucket.right);
}

/// The page and the table, where they were asked for.
Result<> write_reports(const Choices& choices, const std::string& page, const CsvTable& table)
{
    if (!choices.report.empty()) TRY(write_text(choices.report, page));
    if (!choices.figures.empty()) TRY(write_text(choices.figures, write_csv(table)));
    return {};
}

Result<int> evaluate(const Choices& choices)
{
    const auto sources = TRY(read_sources(choices));
    if (sources.truth.empty())
        return refuse(ProblemKind::missing, "Every mapping must say where the truth stands: truth = column");
    const Blocks blocks(*sources.population);
    const auto model = TRY(model_for(choices, sources, blocks));
    const auto linked = link(*sources.population, blocks, model, settings_of(choices));
    const auto found = assess(blocks, linked, model, sources.truth, sources.groups);
    print(found);
    TRY(write_reports(choices, report_page(found), report_table(found)));
    return 0;
}

Result<int> compare_traditions(const Choices& choices)
{
    const auto names = TRY(text_of(choices.classes));
    const auto classes = TRY(NameClasses::read(names));
    const auto model = choices.model.empty() ? usual_model() : TRY(read_model(choices.model));
    const auto found = try_fairness(classes, model, {.people_each = choices.people_each, .others = choices.others});
    std::cout << "tradition               found  first  likely  wrong in 1,000\n";
    for (const auto& one : found) {
        const auto percent = [&](std::size_t part) {
            return 100 * static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(one.searches, 1));
        };
        std::cout << fmt::format("{:<22} {:>5.1f}% {:>5.1f}% {:>6.1f}% {:>8.0f}\n", code_of(one.tradition),
                                 percent(one.found), percent(one.found_first), percent(one.likely),
                                 10 * percent(one.wrong));
    }
    const auto gap = gap_of(found);
    std::cout << fmt::format("gap between best and worst {:.1f} points; wrong candidates, worst to mean {:.2f}\n",
                             100 * gap.recall_gap, gap.wrong_ratio);
    TRY(write_reports(choices, report_page(found, model.version), report_table(found)));
    return 0;
}

/// What every subcommand that reads tables takes.
void add_tables(CLI::App& command, Choices& choices)
{
    command.add_option("--data", choices.tables, "A table (CSV) of one system; may be given several times")
        ->required()
        ->check(CLI::ExistingFile);
    command.add_option("--map", choices.mappings, "How its columns are meant, one for each table")
        ->required()
        ->check(CLI::ExistingFile);
}

void add_model(CLI::App& command, Choices& choices, const char* otherwise)
{
    command.add_option("--model", choices.model, std::string("A model made by match train; else ") + otherwise)
        ->check(CLI::ExistingFile);
}

void add_linking(CLI::App& command, Choices& choices)
{
    add_tables(command, choices);
    add_model(command, choices, "one is learned");
    command.add_option("--above", choices.joins_above, "Bits of odds above which a pair speaks for joining")
        ->capture_default_str();
}

void add_reports(CLI::App& command, Choices& choices)
{
    command.add_option("--report", choices.report, "The page (HTML) to write");
    command.add_option("--figures", choices.figures, "The table (CSV) of every figure to write");
}

} // namespace

void add_match_command(CLI::App& cli, const std::string& classes_file, std::function<int()>& chosen)
{
    const auto choices = std::make_shared<Choices>();
    choices->classes = classes_file;
    auto* match = cli.add_subcommand("match", "Find which records of several systems are of one person");
    match->require_subcommand(1);
    const auto add = [&](const char* name, const char* words, Result<int> (*work)(const Choices&)) -> CLI::App& {
        auto* command = match->add_subcommand(name, words);
        command->add_option("--names", choices->classes, "Names that are one name")->capture_default_str();
        command->callback([choices, work, &chosen] {
            chosen = [choices, work] {
                const auto done = work(*choices);
                return done ? *done : refused(done.error());
            };
        });
        return *command;
    };
    auto& train = add("train", "Learn a model from the tables, without anybody's labels", train_model);
    add_tables(train, *choices);
    train.add_option("--to", choices->to, "The file to write the model to")->required();
    auto& link = add("link", "Say for each record which person it is of", link_records);
    add_linking(link, *choices);
    link.add_option("--to", choices->to, "The table (CSV) to write")->required();
    link.add_option("--pairs", choices->pairs, "A table (CSV) of the pairs that may be of one person, for review");
    auto& calibration =
        add("calibrate", "Make a model's chances mean what they say, by pairs that people reviewed", calibrate);
    add_tables(calibration, *choices);
    calibration.add_option("--model", choices->model, "The model")->required()->check(CLI::ExistingFile);
    calibration
        .add_option("--reviewed", choices->reviewed,
                    "The table (CSV) of pairs: source, reference, other_source, other_reference, same (yes or no)")
        ->required()
        ->check(CLI::ExistingFile);
    calibration.add_option("--to", choices->to, "The file to write the calibrated model to")->required();
    auto& evaluation = add("evaluate", "Say how well linking finds a truth that the tables hold", evaluate);
    add_linking(evaluation, *choices);
    add_reports(evaluation, *choices);
    auto& fairness = add("fairness", "Say whether a search finds invented people of every naming tradition alike",
                         compare_traditions);
    add_model(fairness, *choices, "the one that the service uses");
    add_reports(fairness, *choices);
    fairness.add_option("--people", choices->people_each, "So many of every tradition")
        ->check(CLI::Range(1, 20'000))
        ->capture_default_str();
    fairness.add_option("--among", choices->others, "Among so many others")
        ->check(CLI::Range(1, 12'000'000))
        ->capture_default_str();
}

} // namespace reachable::app
