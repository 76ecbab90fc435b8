// What other systems write, row by row, and what becomes of it.
#include "identity/feed_rows.h"

#include "base/text.h"

#include <fmt/format.h>
#include <rapidcheck/gtest.h>

namespace reachable::identity {
namespace {

SourceMapping mapping_of(std::string_view lines)
{
    auto mapping = read_mapping("source = northmere-custody\nreference = id\n" + std::string(lines));
    EXPECT_TRUE(mapping) << sentences(mapping ? Problems{} : mapping.error());
    return mapping.value_or(SourceMapping{});
}

std::vector<FeedRow> rows_of(std::string_view text, const SourceMapping& mapping)
{
    auto reader = FeedReader::open(text, mapping);
    EXPECT_TRUE(reader) << sentences(reader ? Problems{} : reader.error());
    std::vector<FeedRow> rows;
    while (auto row = reader ? reader->next() : std::nullopt) rows.push_back(*std::move(row));
    return rows;
}

/// The reference and name of each row that is taken, the reasons of each other one.
std::vector<std::string> told(std::string_view text, const SourceMapping& mapping)
{
    std::vector<std::string> told;
    for (const auto& row : rows_of(text, mapping)) {
        const auto& names = row.record.names;
        told.push_back(!row.reasons.empty() ? fmt::format("line {} {}", row.line, join(row.reasons, ", "))
                       : row.is_deleted     ? row.record.reference + " deleted"
                       : names.empty()      ? row.record.reference
                                       : row.record.reference + " " + names.front().whole + names.front().given + "+" +
                                             names.front().family);
    }
    return told;
}

using Told = std::vector<std::string>;

TEST(FeedRows, an_english_table_becomes_source_records)
{
    const auto mapping = mapping_of("given = Forenames\nfamily = Surname\nborn = \"Date of birth\"\n"
                                    "born_format = d/m/yyyy\nsex = Sex\nsex.F = female\nsex.M = male\n"
                                    "address = House Street\npostcode = Postcode\nidentifier.pnc = PNC\n");
    const auto rows = rows_of("id,Surname,Forenames,Date of birth,Sex,House,Street,Postcode,PNC\r\n"
                              "N1,Sample,Ayo,7/05/2011,F,4,Mill Lane,QA1 2AB,11/1A\r\n",
                              mapping);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].record, (SourceRecord{.source = "northmere-custody",
                                            .reference = "N1",
                                            .names = {{.given = "Ayo", .family = "Sample", .whole = {}}},
                                            .born = parse_partial_date("2011-05-07").value(),
                                            .sex = "female",
                                            .postcodes = {"QA1 2AB"},
                                            .places = {},
                                            .addresses = {"4 Mill Lane"},
                                            .phones = {},
                                            .emails = {},
                                            .identifiers = {{"pnc", "11/1A"}}}));
}

TEST(FeedRows, json_may_be_a_list_or_one_object_a_line_with_members_inside_members)
{
    const auto mapping = mapping_of("whole = name\nwhole_order = family, given\nalias = known_as.name\n"
                                    "postcode = home.postcode\nphone = phones\n");
    const std::string first =
        R"({"id": 7, "name": "SAMPLE, Ayo", "known_as": [{"name": "Ace"}, {"name": "A"}],)"
        R"( "home": {"postcode": "QA1 2AB"}, "phones": ["01632 960001", "01632 960002"], "is_new": true, "note": null})";
    const std::string second = R"({"id": "8", "name": "Linh Poole"})";
    for (const auto& text :
         {"[\n" + first + ",\n" + second + "]\n", first + "\n\n" + second, "[" + first + second + "]"}) {
        const auto rows = rows_of(text, mapping);
        ASSERT_EQ(rows.size(), 2u) << text;
        EXPECT_EQ(rows[0].record.reference, "7");
        EXPECT_EQ(rows[0].record.names, (std::vector<SourceName>{{.given = "Ayo", .family = "SAMPLE", .whole = {}},
                                                                 {.given = {}, .family = {}, .whole = "Ace"},
                                                                 {.given = {}, .family = {}, .whole = "A"}}));
        EXPECT_EQ(rows[0].record.postcodes, std::vector<std::string>{"QA1 2AB"});
        EXPECT_EQ(rows[0].record.phones, (std::vector<std::string>{"01632 960001", "01632 960002"}));
        EXPECT_EQ(rows[1].record.names.at(0).whole, "Linh Poole"); // no comma: nobody knows the family's name
    }
}

TEST(FeedRows, a_name_in_one_box_is_divided_where_the_order_is_known)
{
    const auto divided = [](std::string_view text, std::string_view order) {
        const auto name = whole_name(text, order);
        return name.given + "|" + name.family + "|" + name.whole;
    };
    EXPECT_EQ(divided("O'Sample , Ayo B", "family, given"), "Ayo B|O'Sample|");
    EXPECT_EQ(divided("Ayo B Sample", "given family"), "Ayo B|Sample|");
    EXPECT_EQ(divided("Nguyen Thi Linh", "family given"), "Thi Linh|Nguyen|");
    EXPECT_EQ(divided("Ayo", "given family"), "||Ayo");
    EXPECT_EQ(divided("Nguyen Thi Linh", ""), "||Nguyen Thi Linh");
}

TEST(FeedRows, each_bad_row_of_a_table_is_set_aside_with_every_reason_and_the_others_are_taken)
{
    const auto mapping =
        mapping_of("family = name\nborn = born\nborn_format = dd/mm/yyyy\nsex = sex\nsex.F = female\n");
    EXPECT_EQ(
        told("id,name,born,sex\n"
             "1,Sample,17/05/2011,F\n"
             ",Poole,2011-05-17,Q\n"
             "2,Hale,17/05/2011\n"
             "3,\"Hale,17/05/2011,F\n"
             "4,Rowe,31/02/2011,f\n"
             "1,Sample,,\n"
             "5,J\xF8rgensen,,\n"
             "6,,,F\n"
             "7,\xE2\x80\xAE"
             "elaH,,\n"
             "8,Quill,,female\n",
             mapping),
        (Told{"1 +Sample",
              "line 3 has no reference, has a birth date that is not written dd/mm/yyyy, has a code of sex that the "
              "mapping does not know",
              "line 4 has 3 cells under a header of 4", "line 5 has quotes or a line end out of place",
              "line 6 has a birth date that is in no calendar, has a code of sex that the mapping does not know",
              "line 7 has a reference that stood in the file before", "line 8 holds bytes that are no UTF-8 text",
              "line 9 has no name, birth date or identifier", "line 10 holds signs that turn the direction of its text",
              "8 +Quill"}));
}

TEST(FeedRows, a_bad_object_does_not_spoil_the_others)
{
    const auto mapping = mapping_of("whole = name\n");
    EXPECT_EQ(told("[{\"id\":1,\"name\":\"Ayo\"},\n 17,\n {\"id\":2,\"name\":\"Mia},\n {\"id\":3 \"name\":\"Tia\"},\n"
                   " {\"id\":4,\"name\":{\"x\":1},\n {\"id\":5,\"name\":\"Sam\"},\n"
                   " {\"id\":6,\"name\":\"a\\u202Eb\"}\n] {\"id\":7,\"name\":\"Zoe\"}]",
                   mapping),
              (Told{"1 Ayo+", "line 2 is no JSON object", "line 3 is no JSON that can be read",
                    "line 4 is no JSON that can be read", "line 5 is no JSON that can be read", "5 Sam+",
                    "line 7 holds signs that turn the direction of its text", "7 Zoe+"}));
    EXPECT_EQ(told("{\"id\":1,\"name\":\"Ayo\"}\n{\"id\":2\n[3]\n{\"id\":4,\"name\":\"Sam\"}", mapping),
              (Told{"1 Ayo+", "line 2 is no JSON that can be read", "line 3 is no JSON object", "4 Sam+"}));
    EXPECT_EQ(told("[{\"id\":1,\"name\":\"Ayo\"},\n", mapping),
              (Told{"1 Ayo+", "line 2 is missing: the list is not closed, as if the file were cut off"}));
}

TEST(FeedRows, a_list_on_one_line_loses_no_more_than_the_bad_object)
{
    EXPECT_EQ(told(R"([{"id":1,"name":"Ayo"},{"id":2,"name":["Mia"},{"id":3,"name":"Tia"}, {"id":4,"name":"Sam"}])",
                   mapping_of("whole = name\n")),
              (Told{"1 Ayo+", "line 1 is no JSON that can be read", "3 Tia+", "4 Sam+"}));
}

TEST(FeedRows, a_column_marks_what_the_source_deleted)
{
    const auto mapping = mapping_of("family = name\nborn = born\ndeleted = state\ndeleted.D = yes\ndeleted.A = no\n");
    EXPECT_EQ(
        told("id,name,born,state\n1,Sample,,A\n2,Poole,soon,D\n3,Hale,,\n4,Rowe,,X\n", mapping),
        (Told{"1 +Sample", "2 deleted", "3 +Hale", "line 5 has a mark of deletion that the mapping does not know"}));
}

TEST(FeedRows, a_table_without_a_column_of_the_mapping_is_refused_and_an_unfilled_one_is_told)
{
    const auto mapping = mapping_of("family = name\nborn = \"birth date\"\nborn_format = ddmmyyyy\n");
    const auto refused = FeedReader::open("id,title\n1,x\n", mapping);
    ASSERT_FALSE(refused);
    EXPECT_EQ(sentences(refused.error()), "The table has no column \"birth date\", which the mapping names. The table "
                                          "has no column \"name\", which the mapping names");
    EXPECT_FALSE(FeedReader::open(" \n", mapping));
    auto reader = FeedReader::open(R"([{"id": 1, "name": "Ayo"}])", mapping).value();
    while (reader.next()) {
    }
    EXPECT_EQ(reader.never_filled(), std::set<std::string>{"birth date"});
}

TEST(FeedRows, a_mapping_says_what_it_does_not_understand_by_line)
{
    const auto wrong = read_mapping("source = s\nreference = id\nwhole_order = backwards\ndeleted.X = perhaps\n"
                                    "born_format = yy\n");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().size(), 3u);
    EXPECT_TRUE(wrong.error().front().sentence.starts_with("Line 3 of the mapping"));
}

std::string without(std::string text, std::string_view signs)
{
    std::erase_if(text, [&](char c) { return signs.find(c) != std::string_view::npos; });
    return text;
}

/// However a file is damaged, every sign of it stands in a row, or between rows where only separators do.
void drops_nothing(std::string text, std::size_t rows_from, std::string_view separators)
{
    const auto mapping = mapping_of("family = name\n");
    for (auto count = *rc::gen::inRange(0, 4); count > 0; --count)
        text[*rc::gen::inRange(std::max<std::size_t>(1, rows_from), text.size())] =
            *rc::gen::element('"', '{', '}', '[', ']', ',', '\n', '\\', '\xFF');
    std::string rows;
    for (const auto& row : rows_of(text, mapping)) rows += row.text;
    RC_ASSERT(without(rows, separators) == without(text.substr(rows_from), separators));
}

RC_GTEST_PROP(FeedRows, drop_nothing_of_a_damaged_table, ())
{
    const std::string header = "id,name\n";
    drops_nothing(header + "1,Sample\n2,\"Poole, Mia\"\n3,\"Ha\nle\"\n4,Rowe\n", header.size(), "\r\n");
}

RC_GTEST_PROP(FeedRows, drop_nothing_of_damaged_json, ())
{
    const std::string people =
        "{\"id\": 1, \"name\": \"Ayo\"},\n{\"id\": 2, \"name\": {\"x\": [1, 2]}},\n{\"id\": 3}\n";
    drops_nothing("[\n" + people + "]\n", 1, " \r\n,[]");
    drops_nothing(people, 0, " \r\n");
}

} // namespace
} // namespace reachable::identity
