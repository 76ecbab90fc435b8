#include "base/csv.h"

#include "base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable {
namespace {

CsvTable read(std::string_view text)
{
    auto table = parse_csv(text);
    EXPECT_TRUE(table) << sentences(table ? Problems{} : table.error());
    return table ? *table : CsvTable{};
}

std::string refusal(std::string_view text, const CsvLimits& limits = {})
{
    const auto table = parse_csv(text, limits);
    return table ? "read" : sentences(table.error());
}

TEST(ReadingCsv, quotes_commas_and_new_lines_stay_inside_their_cell)
{
    const auto table = read("code,label\r\nC1,\"Care order, interim\"\r\nC2,\"said \"\"no\"\"\nand left\"\r\n,\r\n");
    ASSERT_EQ(table.rows.size(), 3U);
    EXPECT_EQ(table.header, (std::vector<std::string>{"code", "label"}));
    EXPECT_EQ(table.cell(table.rows[0], "label"), "Care order, interim");
    EXPECT_EQ(table.cell(table.rows[1], "label"), "said \"no\"\nand left");
    EXPECT_EQ(table.cell(table.rows[2], "code"), "");
    EXPECT_EQ(table.rows[2].line, 5U);
}

TEST(ReadingCsv, a_byte_order_mark_comments_and_empty_lines_are_stepped_over)
{
    const auto table = read("\xEF\xBB\xBF# from a list\n\n# of 2026\na,b\n1,2\n\n#not a comment,here\n");
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.header.front(), "a");
    EXPECT_EQ(table.rows[0].line, 5U);
    EXPECT_EQ(table.cell(table.rows[1], "a"), "#not a comment");
}

TEST(ReadingCsv, a_last_line_needs_no_end_and_a_header_needs_no_rows)
{
    EXPECT_EQ(read("a,b\n1,2").rows.size(), 1U);
    EXPECT_EQ(read("a,b\n1,").rows.front().cells.back(), "");
    EXPECT_TRUE(read("a,b").rows.empty());
}

TEST(ReadingCsv, each_fault_is_named_by_line_and_column)
{
    EXPECT_EQ(refusal("a,b\n1,2\n1,x\"y\n"), "Line 3, column 2: put the whole cell in quotes, or none of it");
    EXPECT_EQ(refusal("a,b\n\"1\"x,2\n"), "Line 2, column 1: something follows the closing quote");
    EXPECT_EQ(refusal("a,b\n\"1\n\n,2\n"), "Line 2, column 1: the quotes are not closed");
    EXPECT_EQ(refusal("a,b\n1\r2,3\n"), "Line 2, column 1: a carriage return stands alone");
    EXPECT_EQ(refusal("a,,a\n"),
              "Line 1, column 2: give the column a name. Line 1, column 3: this name stands in the header twice");
    EXPECT_EQ(refusal("a,b\n1,2\n\x01,2\n"), "Line 3, column 1: use text in UTF-8 without control characters");
    EXPECT_EQ(refusal("a,b\n1,2\n1,\xC0\xAF\n"), "Line 3, column 1: use text in UTF-8 without control characters");
    for (const auto* text : {"", "\n\n", "# only a comment", "# only a comment\n"})
        EXPECT_EQ(refusal(text), "Give a header line with the names of the columns");
}

TEST(ReadingCsv, all_rows_of_the_wrong_length_are_named_at_once)
{
    EXPECT_EQ(refusal("a,b\n1\n1,2\n1,2,3\n"), "Line 2, column 2: the header has 2 columns, this row has 1. "
                                               "Line 4, column 3: the header has 2 columns, this row has 3");
    std::string many = "a,b\n";
    for (int i = 0; i < 1000; ++i) many += "1\n";
    EXPECT_EQ(parse_csv(many).error().size(), 50U);
}

TEST(ReadingCsv, a_text_over_a_limit_is_refused)
{
    EXPECT_EQ(refusal("a,b\n1,2\n", {.bytes = 7}), "Use at most 7 bytes of CSV");
    EXPECT_EQ(refusal("a\n1\n2\n", {.rows = 1}), "Use at most 1 rows");
    EXPECT_EQ(refusal("a,b,c\n", {.columns = 2}), "Line 1: use at most 2 columns");
    EXPECT_EQ(refusal("a\n12345\n", {.cell_bytes = 4}), "Line 2, column 1: use at most 4 bytes in a cell");
    EXPECT_EQ(refusal("a\n\"12345\"\n", {.cell_bytes = 4}), "Line 2, column 1: use at most 4 bytes in a cell");
    EXPECT_EQ(parse_csv("a\n1\n2\n", {.rows = 1}).error().front().kind, ProblemKind::too_large);
}

TEST(ReadingCsv, missing_columns_are_named_together)
{
    const auto table = read("code,label\n");
    EXPECT_TRUE(table.require({"label", "code"}));
    const auto missing = table.require({"code", "valid_from", "source"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(sentences(missing.error()), "Add the column \"valid_from\". Add the column \"source\"");
    EXPECT_THROW(table.cell({0, {"1", "2"}}, "source"), Bug);
}

TEST(ReadingCsv, a_file_that_is_not_there_is_unavailable)
{
    const auto table = read_csv_file("data/no_such_list.csv");
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().front().kind, ProblemKind::unavailable);
    EXPECT_FALSE(read_csv_file("data")) << "a folder is no file";
}

TEST(WritingCsv, a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe)
{
    const CsvTable table{{"a"}, {{0, {"=1+1"}}, {0, {"+44"}}, {0, {"-5"}}, {0, {"@x"}}, {0, {"\tx"}}, {0, {"\rx"}}}};
    EXPECT_EQ(write_csv(table), "a\r\n'=1+1\r\n'+44\r\n'-5\r\n'@x\r\n'\tx\r\n\"'\rx\"\r\n");
}

TEST(WritingCsv, cells_are_quoted_only_where_needed)
{
    const CsvTable table{{"#", "b"}, {{0, {"x,y", "a \"b\""}}, {0, {" x", "two words"}}, {0, {"1\n2", ""}}}};
    EXPECT_EQ(write_csv(table), "\"#\",b\r\n\"x,y\",\"a \"\"b\"\"\"\r\n\" x\",two words\r\n\"1\n2\",\r\n");
    EXPECT_EQ(write_csv({{"a"}, {{0, {""}}}}), "a\r\n\"\"\r\n");
    EXPECT_THROW(write_csv({{"a", "b"}, {{0, {"1"}}}}), Bug);
}

/// Cells of characters that need care.
rc::Gen<std::string> any_cell()
{
    const auto piece =
        rc::gen::element<std::string>("a", "\"", ",", "\n", "\r\n", "#", " ", "é", "😀", "=", "-", "'", "");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& all) {
        std::string cell;
        for (const auto& one : all) cell += one;
        return cell;
    });
}

std::string without_lines(const CsvTable& table)
{
    std::string all;
    for (const auto& row : table.rows)
        for (const auto& cell : row.cells) all += cell + '\x1F';
    return all;
}

RC_GTEST_PROP(Csv, what_was_written_reads_back_but_for_the_apostrophes, ())
{
    const auto columns = *rc::gen::inRange<std::size_t>(1, 5);
    CsvTable table;
    for (std::size_t i = 0; i < columns; ++i) table.header.push_back("c" + std::to_string(i));
    const auto row_count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < row_count; ++i)
        table.rows.push_back({0, *rc::gen::container<std::vector<std::string>>(columns, any_cell())});
    const auto again = parse_csv(write_csv(table));
    RC_ASSERT(again.has_value());
    for (auto& row : table.rows)
        for (auto& cell : row.cells)
            if (!cell.empty() && std::string("=-\r").find(cell.front()) != std::string::npos) cell.insert(0, "'");
    RC_ASSERT(again->header == table.header);
    RC_ASSERT(without_lines(*again) == without_lines(table));
}

RC_GTEST_PROP(Csv, no_written_cell_starts_a_formula, ())
{
    const CsvTable table{{"a"}, {{0, {*any_cell()}}}};
    const auto cell = parse_csv(write_csv(table))->rows.front().cells.front();
    const bool starts_a_formula = !cell.empty() && std::string("=+-@\t\r").find(cell.front()) != std::string::npos;
    RC_ASSERT(!starts_a_formula);
}

/// Each row as "line: cells" or "line! fault".
std::vector<std::string> rows_of(std::string_view text)
{
    auto rows = CsvRows::open(text);
    EXPECT_TRUE(rows) << sentences(rows ? Problems{} : rows.error());
    std::vector<std::string> all;
    while (const auto row = rows ? rows->next() : std::nullopt)
        all.push_back(std::to_string(row->line) + (row->fault.empty() ? ": " : "! " + row->fault) +
                      join(row->cells, "|"));
    return all;
}

TEST(ReadingCsvRowByRow, a_bad_row_does_not_spoil_the_others)
{
    EXPECT_EQ(rows_of("\xEF\xBB\xBF# from a list\na,b\r\n1,2\r\n\r\n3\r\n4,5,6\r\n\"x\ny\",7\r\n8,9"),
              (std::vector<std::string>{"3: 1|2", "5! has 1 cells under a header of 2",
                                        "6! has 3 cells under a header of 2", "7: x\ny|7", "9: 8|9"}));
}

TEST(ReadingCsvRowByRow, quotes_out_of_place_cost_the_line_on_which_the_row_begins)
{
    const std::string out_of_place = "! has quotes or a line end out of place";
    EXPECT_EQ(rows_of("a,b\n1,\"Samp\n2,Poole\n3,\"Hale\"\n4,Qu\"ill\n5,\"Low\"e\n6,Voss\n7,\""),
              (std::vector<std::string>{"2" + out_of_place, "3: 2|Poole", "4: 3|Hale", "5" + out_of_place,
                                        "6" + out_of_place, "7: 6|Voss", "8" + out_of_place}));
}

TEST(ReadingCsvRowByRow, a_row_keeps_its_text_and_bad_bytes_are_said)
{
    auto rows = CsvRows::open("a,b\n1,J\xF8rgen\r\n\"2\",\"x, y\"\n").value();
    const auto first = rows.next().value();
    EXPECT_EQ(first.fault, "holds bytes that are no UTF-8 text");
    EXPECT_EQ(first.text, "1,J\xF8rgen");
    EXPECT_EQ(rows.next().value().text, "\"2\",\"x, y\"");
    EXPECT_FALSE(rows.next());
    EXPECT_FALSE(CsvRows::open("a,a\n1,2\n"));
    EXPECT_FALSE(CsvRows::open(""));
}

RC_GTEST_PROP(ReadingCsvRowByRow, gives_the_rows_that_reading_the_whole_table_gives, ())
{
    const auto cells = rc::gen::container<std::string>(rc::gen::element('a', '"', ',', '\n', '\r', ' '));
    CsvTable table{.header = {"a", "b"}, .rows = {}};
    for (auto count = *rc::gen::inRange(0, 5); count > 0; --count) table.rows.push_back({0, {*cells, *cells}});
    const auto text = write_csv(table);
    const auto whole = parse_csv(text).value();
    auto rows = CsvRows::open(text).value();
    for (const auto& expected : whole.rows) {
        const auto row = rows.next().value();
        RC_ASSERT(row.fault.empty());
        RC_ASSERT(row.cells == expected.cells);
        RC_ASSERT(row.line == expected.line);
    }
    RC_ASSERT(!rows.next());
}

} // namespace
} // namespace reachable
