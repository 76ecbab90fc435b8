// How long it takes to make people of a million records of two systems that write each other's names wrong, learning
// included, how much memory, and how well; how fast pairs are weighed beside a plain scorer of the same fields; and
// whether twins and siblings stay apart.
//
//     bench_link [people] [pairs of twins and siblings]        500,000 and 100,000 unless told
#include "names.h"

#include "base/text.h"
#include "identity/country_pairs.h"
#include "identity/evaluation.h"
#include "identity/linking.h"
#include "identity/weighing.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <sys/resource.h>

namespace {

using namespace reachable;
using namespace reachable::identity;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double of_this_thread()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Of all threads.
double of_the_program()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double peak_megabytes()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

/// Pairs weighed on one thread, by the time of that thread alone: those that may be one person, and each whole.
void weigh_alone(const Population& population, const Blocks& blocks, const Model& model)
{
    const Scorer scorer(model, population);
    Weigher weigher(scorer, population);
    constexpr std::size_t part = 4; // of the blocks
    std::size_t kept = 0;
    auto begins = of_this_thread();
    const auto walked = blocks.walk(0, part, [](std::uint32_t, std::uint32_t) {}, weigher.comparer());
    const auto walking = of_this_thread() - begins;
    begins = of_this_thread();
    const auto keep = [&](std::uint32_t, std::uint32_t, const Weigher::Weighed&) { kept += 1; };
    const auto weigh = [&](std::uint32_t a, std::uint32_t b) { weigher.offer(-3, a, b, keep); };
    const auto figures = blocks.walk(0, part, weigh, weigher.comparer());
    weigher.finish(-3, keep);
    const auto weighing = of_this_thread() - begins;
    begins = of_this_thread();
    Comparer comparer(population);
    double sum = 0;
    const auto plainly = blocks.walk(1, 16 * part, [&](std::uint32_t a, std::uint32_t b) {
        sum += scorer.log_odds(comparer.compare(a, b), population.row(a), population.row(b));
    });
    const auto plain = static_cast<double>(plainly.pairs) / (of_this_thread() - begins);
    const auto pairs = static_cast<double>(figures.pairs);
    fmt::print("figure: {:.2f} million pairs a second on one core, {:.2f} without walking the blocks; {:.1f} times a "
               "plain scorer of every field; {:.1f}% kept (walked {}, checked {:.0f})\n",
               pairs / weighing / 1e6, pairs / (weighing - walking) / 1e6, pairs / weighing / plain,
               100.0 * static_cast<double>(kept) / pairs, walked.pairs, sum);
}

void two_systems(const NameClasses& classes, std::uint32_t people)
{
    const Country country({.people = people});
    Random random(3);
    Population population(classes);
    population.reserve(std::size_t{people} * 2);
    std::vector<std::uint32_t> truth;
    const auto started = Clock::now();
    for (std::uint32_t i = 0; i < people; ++i) {
        const auto person = country.person(i);
        for (const auto* source : {"custody", "services"}) {
            population.add(
                write_down(person, source, source[0] == 'c' ? custody_errors() : childrens_services_errors(), random));
            truth.push_back(i);
        }
    }
    fmt::print("{} records made and added in {:.1f} s\n", population.size(), since(started));
    const auto used = of_the_program();
    const auto begins = Clock::now();
    const Blocks blocks(population);
    const auto blocked = since(begins);
    const auto model = train(population, blocks, "bench");
    const auto learned = since(begins);
    LinkingSettings settings;
    settings.keeps_above = -3;
    const auto linked = link(population, blocks, model, settings);
    const auto all = since(begins);
    fmt::print(
        "figure: {} records into people in {:.1f} s (blocks {:.1f}, learning {:.1f}, linking {:.1f}; {:.1f} s of "
        "processor), {} pairs, peak {:.0f} MB\n",
        population.size(), all, blocked, learned - blocked, all - learned, of_the_program() - used,
        linked.blocking.pairs, peak_megabytes());
    const auto clusters = accuracy_of_clusters(linked.clusters, truth);
    const auto pairs = best_threshold(linked.edges, truth);
    fmt::print("figure: pair-F1 {:.4f}, cluster pair-F1 {:.4f} (precision {:.4f}, recall {:.4f})\n",
               pairs.accuracy.f1(), clusters.pairs.f1(), clusters.pairs.precision, clusters.pairs.recall);

    weigh_alone(population, blocks, model);
}

constexpr std::size_t most_told = 100;

/// Why two people were joined: what they are called and how far they agree in each field.
void tell(const Population& population, const Comparison& compared, std::uint32_t first)
{
    std::string text;
    for (const auto number : {first, first + 1}) {
        for (const auto word : population.row(number).name.given)
            if (word != 0) text += " " + std::string(population.vocabulary().text(word));
        text += number == first ? " and" : ":";
    }
    for (std::size_t f = 0; f < field_count; ++f) {
        const auto field = static_cast<Field>(f);
        const auto level = level_of(compared.pattern, field);
        if (level != level::not_known) text += fmt::format(" {} {},", code_of(field), words_of_level(field, level));
    }
    fmt::print("joined:{}\n", text);
}

/// Each pair is two records of two people: they must never become one.
void twins_and_siblings(const NameClasses& classes, std::size_t count)
{
    const Country country({.people = 6'000'000, .child_share = 0.8, .twin_share = 0.1});
    Random random(5);
    Population population(classes);
    std::vector<std::uint32_t> truth;
    auto pairs = twins(country, count / 2, random);
    const auto more = siblings(country, count - pairs.size(), random);
    pairs.insert(pairs.end(), more.begin(), more.end());
    for (const auto& pair : pairs)
        for (const auto* one : {&pair.elder, &pair.younger}) {
            population.add(write_down(*one, "register", register_errors(), random));
            truth.push_back(one->number);
        }
    const Blocks blocks(population);
    const auto model = train(population, blocks, "twins");
    const auto linked = link(population, blocks, model, {});
    std::size_t wrong = 0;
    Comparer comparer(population);
    for (std::uint32_t i = 0; i + 1 < truth.size(); i += 2) {
        if (linked.clusters[i] != linked.clusters[i + 1]) continue;
        wrong += 1;
        if (wrong <= most_told) tell(population, comparer.compare(i, i + 1), i);
    }
    fmt::print("figure: {} pairs of twins and siblings, {} joined\n", pairs.size(), wrong);
}

} // namespace

int main(int argument_count, char** arguments)
{
    const auto people = argument_count > 1 ? static_cast<std::uint32_t>(std::atoi(arguments[1])) : 500'000U;
    const auto relatives =
        argument_count > 2 ? static_cast<std::size_t>(std::atoi(arguments[2])) : std::size_t{100'000};
    const auto classes = bench::shipped_classes();
    two_systems(classes, people);
    twins_and_siblings(classes, relatives);
    return 0;
}
