#include "identity/source_content.h"

#include "records/testing.h"

#include <rapidcheck/gtest.h>

namespace reachable::identity {
namespace {

using namespace records::testing;

std::string text_or_none()
{
    return *rc::gen::arbitrary<bool>() ? *some_text() : "";
}

SourceRecord some_source_record()
{
    return {.source = "northmere-custody",
            .reference = "17",
            .names = some(
                [] { return SourceName{.given = text_or_none(), .family = text_or_none(), .whole = text_or_none()}; }),
            .born = some_birth(),
            .sex = *rc::gen::element<std::string>("", "female", "male", "other"),
            .postcodes = some(text_or_none),
            .places = some(text_or_none),
            .addresses = some(text_or_none),
            .phones = some(text_or_none),
            .emails = some(text_or_none),
            .identifiers = some([] {
                return SourceIdentifier{.type = *rc::gen::element<std::string>("pnc", "nhs"), .value = text_or_none()};
            })};
}

RC_GTEST_PROP(SourceContent, is_read_back_as_it_was_sent, ())
{
    const auto record = some_source_record();
    const auto content = content_of(record);
    RC_ASSERT(content.has_value());
    auto read_back = source_record_from(*content).value();
    RC_ASSERT(read_back.source.empty() && read_back.reference.empty());
    read_back.source = record.source;
    read_back.reference = record.reference;
    RC_ASSERT(read_back == record);
    RC_ASSERT(content_of(read_back).value() == *content);
}

TEST(SourceContent, is_one_line_in_one_order_without_what_is_empty)
{
    EXPECT_EQ(content_of({.source = "a", .reference = "b"}), "{}");
    const SourceRecord record{.names = {{.given = "Ayo", .family = "Sample"}},
                              .born = parse_partial_date("2011-05").value(),
                              .sex = "female",
                              .postcodes = {"NM1 2AB"},
                              .identifiers = {{.type = "pnc", .value = "1"}}};
    EXPECT_EQ(content_of(record), R"({"names":[{"given":"Ayo","family":"Sample"}],"born":"2011-05","sex":"female",)"
                                  R"("postcodes":["NM1 2AB"],"identifiers":[{"type":"pnc","value":"1"}]})");
}

TEST(SourceContent, that_could_not_be_read_back_is_refused)
{
    EXPECT_FALSE(content_of({.born = PartialDate{.year = 2011, .month = 13}}));
    EXPECT_FALSE(content_of({.born = PartialDate{.year = 2011, .month = 2, .day = 30}}));
    EXPECT_FALSE(content_of({.born = PartialDate{.year = 2011, .day = 3}})); // a day of no month
    EXPECT_FALSE(content_of({.phones = {"01632 \xFF"}}));
    EXPECT_FALSE(content_of({.sex = std::string("fe\0male", 7)}));
    EXPECT_FALSE(content_of({.addresses = {std::string(2'000'000, 'x')}}));
    EXPECT_FALSE(source_record_from("[]"));
    EXPECT_FALSE(source_record_from("{\"names\":[7]}"));
}

TEST(SourceContent, makes_a_childs_record_of_what_identifies_a_child)
{
    const auto now = utc("2026-05-11T08:00:00Z");
    const SourceRecord record{.names = {{.given = " "}, {.whole = "Sample Thi Linh"}, {.given = "Linh", .family = "S"}},
                              .born = parse_partial_date("2010-02").value(),
                              .phones = {"01632 960044"},
                              .identifiers = {{.type = "NHS", .value = "999 000 0000"}, {.type = "pnc", .value = "1"}}};
    const auto child = child_of(record, ChildId::random(), {}, "joint protocol 4", now);
    ASSERT_EQ(child.names.size(), 2u);
    EXPECT_EQ(child.names[0].as_given, "Sample Thi Linh");
    EXPECT_EQ(child.names[0].kind, records::NameKind::legal);
    EXPECT_EQ(child.names[1].as_given, "Linh S");
    EXPECT_EQ(child.names[1].kind, records::NameKind::alias);
    EXPECT_EQ(child.names[1].family, std::vector<std::string>{"S"});
    EXPECT_EQ(child.born, record.born);
    ASSERT_EQ(child.identifiers.size(), 2u);
    EXPECT_EQ(child.identifiers[0].lawful_basis, "joint protocol 4");
    EXPECT_EQ(child.identifiers[1].lawful_basis, "");
    EXPECT_TRUE(child.contacts.empty());
}

TEST(SourceContent, of_a_child_who_is_not_born_yet_or_has_no_name_makes_a_record_all_the_same)
{
    const auto now = utc("2026-05-11T08:00:00Z");
    const auto child = child_of({.born = parse_partial_date("2026-09-01").value()}, ChildId::random(), {}, "", now);
    EXPECT_EQ(child.names.front().as_given, "Name not known");
    EXPECT_FALSE(child.born);
}

} // namespace
} // namespace reachable::identity
