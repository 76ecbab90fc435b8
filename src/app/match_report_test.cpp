#include "app/match_report.h"

#include <gtest/gtest.h>

namespace reachable::app {
namespace {

identity::Assessment some_assessment()
{
    identity::Assessment found{.model_version = "usual", .records = 1204, .people = 600, .true_pairs = 604};
    found.at_even_odds = {.precision = 0.98, .recall = 0.925};
    for (int bits = -5; bits <= 20; ++bits)
        found.curve.push_back({static_cast<float>(bits), {.precision = 0.99, .recall = 0.9}});
    found.calibration = {{.from = 0, .to = 0.5}, {.from = 0.5, .to = 1, .pairs = 40, .stated = 0.8, .right = 0.75}};
    found.groups = {{.group = "<b>one</b>", .records = 10, .true_pairs = 5, .pairs = {.precision = 1, .recall = 0.8}}};
    identity::BetweenSources between{.one = "custody", .other = "<i>schools</i>"};
    between.m[static_cast<std::size_t>(identity::Field::born)][identity::level::same_date] = 0.713;
    found.between = {between};
    return found;
}

} // namespace

TEST(match_report, the_page_states_every_figure_and_takes_no_name_for_markup)
{
    const auto page = report_page(some_assessment());
    for (const auto* words : {"1,204", "92.5% found, 98.0% of them right", "75.0%", "no pair", "&lt;b&gt;one&lt;/b&gt;",
                              "71.3%", "custody and &lt;i&gt;schools&lt;/i&gt;"})
        EXPECT_NE(page.find(words), std::string::npos) << words;
    EXPECT_EQ(page.find("<b>one"), std::string::npos);
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("http"), std::string::npos); // it asks nobody for anything
}

TEST(match_report, the_table_has_a_row_for_every_figure)
{
    const auto table = report_table(some_assessment());
    const auto value_of = [&](std::string_view measure, std::string_view of) -> std::string {
        for (const auto& row : table.rows)
            if (row.cells[0] == measure && row.cells[1] == of) return row.cells[2];
        return "none";
    };
    EXPECT_EQ(value_of("records", ""), "1204");
    EXPECT_EQ(value_of("recall", "pairs, even odds"), "0.925");
    EXPECT_EQ(value_of("really one person", "chance 0.50 to 1.00"), "0.75");
    EXPECT_EQ(value_of("recall", "group <b>one</b>"), "0.8");
    EXPECT_EQ(value_of("same born", "custody and <i>schools</i>"), "0.713");
}

TEST(match_report, traditions_are_compared_in_words)
{
    const std::vector<identity::TraditionFigures> found{
        {.tradition = identity::Tradition::british, .searches = 200, .found = 200, .found_first = 198, .wrong = 20},
        {.tradition = identity::Tradition::south_asian_muslim, .searches = 200, .found = 196, .wrong = 20}};
    const auto page = report_page(found, "usual");
    for (const auto* words : {"South Asian Muslim", "98.0%", "2.0 points"})
        EXPECT_NE(page.find(words), std::string::npos) << words;
    EXPECT_EQ(report_table(found).rows.size(), 10U);
}

} // namespace reachable::app
