// Two public sets that others publish figures on. They are no part of the project: whoever has them names the folder.
#include "base/text.h"
#include "identity/evaluation.h"
#include "identity/linking.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace reachable::identity {
namespace {

struct Labelled {
    std::vector<SourceRecord> records;
    std::vector<std::uint32_t> truth;
};

using Cells = std::vector<std::string>;

/// The lines of a file without their head, cut at commas: neither set writes one inside a cell. Empty: no such file.
std::vector<Cells> lines_of(const std::string& name)
{
    const auto* folder = std::getenv("REACHABLE_SHARED_DATA");
    if (folder == nullptr) return {};
    std::ifstream file(std::string(folder) + "/linkage/" + name);
    std::vector<Cells> lines;
    std::string line;
    for (std::getline(file, line); std::getline(file, line);) {
        Cells cells;
        for (const auto cell : split(line, ',')) cells.emplace_back(trim(cell));
        lines.push_back(std::move(cells));
    }
    return lines;
}

class PeopleByLabel {
  public:
    std::uint32_t number(const std::string& label)
    {
        return numbers_.try_emplace(label, static_cast<std::uint32_t>(numbers_.size())).first->second;
    }

  private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

std::optional<PartialDate> date_of(std::string_view text)
{
    const auto date = parse_partial_date(text);
    return date ? std::optional(*date) : std::nullopt;
}

/// unique_id, first_name, surname, dob, city, email, cluster
Labelled fake_people()
{
    Labelled read;
    PeopleByLabel people;
    for (const auto& cells : lines_of("fake_1000.csv")) {
        read.records.push_back({.source = "fake",
                                .reference = cells[0],
                                .names = {{.given = cells[1], .family = cells[2]}},
                                .born = date_of(cells[3]),
                                .places = {cells[4]},
                                .emails = {cells[5]}});
        read.truth.push_back(people.number(cells[6]));
    }
    return read;
}

/// "19081209"; the set has days and months that do not exist, which are slips like others.
std::optional<PartialDate> date_in_one(const std::string& digits)
{
    if (digits.size() != 8) return std::nullopt;
    const auto part = [&](std::size_t from, std::size_t count) { return std::stoi(digits.substr(from, count)); };
    return PartialDate{
        .year = part(0, 4), .month = static_cast<unsigned>(part(4, 2)), .day = static_cast<unsigned>(part(6, 2))};
}

/// rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id
Labelled febrl_people()
{
    Labelled read;
    PeopleByLabel people;
    for (const auto& cells : lines_of("febrl3.csv")) {
        read.records.push_back({.source = "febrl",
                                .reference = cells[0],
                                .names = {{.given = cells[1], .family = cells[2]}},
                                .born = date_in_one(cells[9]),
                                .postcodes = {cells[7]},
                                .places = {cells[6]},
                                .addresses = {cells[3] + " " + cells[4] + " " + cells[5]},
                                .identifiers = {{"soc", cells[10]}}});
        // "rec-552-dup-3" and "rec-552-org" are one person.
        read.truth.push_back(people.number(cells[0].substr(0, cells[0].find('-', 4))));
    }
    return read;
}

Linked linked_from(const Labelled& people)
{
    const NameClasses none;
    // The sets are of adults, whose twins are not kept apart by rule.
    Population population(none, 2000);
    for (const auto& record : people.records) population.add(record);
    const Blocks blocks(population);
    return link(population, blocks, train(population, blocks, "test"), {});
}

constexpr auto why_skipped = "skipped: REACHABLE_SHARED_DATA names no folder that holds this set";

} // namespace

TEST(linkage_data, a_thousand_fake_records_are_linked_better_than_published)
{
    const auto people = fake_people();
    if (people.records.empty()) GTEST_SKIP() << why_skipped;
    ASSERT_EQ(people.records.size(), 1000U);
    const auto linked = linked_from(people);
    const auto pairs = best_threshold(linked.edges, people.truth).accuracy;
    EXPECT_GE(pairs.f1(), 0.88) << "precision " << pairs.precision << ", recall " << pairs.recall;
    const auto clusters = accuracy_of_clusters(linked.clusters, people.truth).pairs;
    EXPECT_GE(clusters.f1(), 0.94) << "precision " << clusters.precision << ", recall " << clusters.recall;
}

TEST(linkage_data, five_thousand_febrl_records_are_linked_almost_without_error)
{
    const auto people = febrl_people();
    if (people.records.empty()) GTEST_SKIP() << why_skipped;
    ASSERT_EQ(people.records.size(), 5000U);
    const auto linked = linked_from(people);
    const auto pairs = best_threshold(linked.edges, people.truth).accuracy;
    EXPECT_GE(pairs.f1(), 0.997) << "precision " << pairs.precision << ", recall " << pairs.recall;
}

} // namespace reachable::identity
