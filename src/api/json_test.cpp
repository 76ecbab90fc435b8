#include "api/json.h"

#include <fstream>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>
#include <sstream>

namespace reachable::api {
namespace {

struct Refused {
    const char* because;
    std::string text;
    ProblemKind kind = ProblemKind::malformed;
};

const std::vector<Refused> refused = {
    {"empty", ""},
    {"only white space", "  \n"},
    {"cut short", R"({"child":)"},
    {"open text", R"("Ayo)"},
    {"trailing comma in a list", "[1,]"},
    {"trailing comma in an object", R"({"a":1,})"},
    {"comment", "/* x */ 1"},
    {"line comment", "1 // x"},
    {"text after the end", "{} {}"},
    {"text after the end without a space", "truefalse"},
    {"byte order mark", "\xEF\xBB\xBF{}"},
    {"single quotes", "{'a':1}"},
    {"bare name", "{a:1}"},
    {"capital", "True"},
    {"not a number", "NaN"},
    {"infinity", "-Infinity"},
    {"leading zero", "01"},
    {"leading plus", "+1"},
    {"hexadecimal", "0x10"},
    {"point without digits", "1."},
    {"point without a number", ".5"},
    {"only a minus", "-"},
    {"exponent without digits", "1e"},
    {"over the largest whole number", "9223372036854775808"},
    {"under the smallest whole number", "-9223372036854775809"},
    {"far over the largest whole number", "123456789012345678901234567890"},
    {"number too large", "1e400"},
    {"number too large, written large", "[1E999999999999999999]"},
    {"number that would become nothing", "1e-400"},
    {"member named twice", R"({"a":1,"b":2,"a":3})"},
    {"member named twice, once by escapes", R"({"a":1,"\u0061":2})"},
    {"member named twice, deep inside", R"([{"x":{"a":1,"a":1}}])"},
    {"raw control character", "\"a\x01z\""},
    {"raw new line in a text", "\"a\nz\""},
    {"escaped control character", R"("a\u0000z")"},
    {"escaped delete", R"("\u007f")"},
    {"control character in a name", R"({"a\u0001":1})"},
    {"unknown escape", R"("\x41")"},
    {"short escape", R"("\u00e")"},
    {"first half of a pair alone", R"("\ud83d")"},
    {"second half of a pair alone", R"("\ude00")"},
    {"overlong UTF-8", "\"\xC0\xAF\""},
    {"surrogate in UTF-8", "\"\xED\xA0\x80\""},
    {"cut UTF-8", "\"\xE2\x82\""},
    {"stray UTF-8", "\"\x80\""},
    {"nothing but a brace", "}"},
    {"brackets that do not match", "[1}"},
    {"two commas", "[1,,2]"},
    {"no colon", R"({"a" 1})"},
    {"name that is no text", "{1:1}"},
    {"thirty-three levels", std::string(33, '[') + std::string(33, ']'), ProblemKind::too_large},
    {"a hundred thousand levels", std::string(100'000, '['), ProblemKind::too_large},
    {"too long", '"' + std::string(1024 * 1024, 'a') + '"', ProblemKind::too_large},
};

TEST(ReadingJson, what_is_not_plain_json_is_refused_with_one_sentence)
{
    for (const auto& row : refused) {
        const auto json = parse_json(row.text);
        ASSERT_FALSE(json) << row.because;
        ASSERT_EQ(json.error().size(), 1U) << row.because;
        EXPECT_EQ(json.error().front().kind, row.kind) << row.because;
        EXPECT_FALSE(json.error().front().sentence.empty()) << row.because;
        EXPECT_EQ(json.error().front().sentence.find("Ayo"), std::string::npos) << "a sentence repeats the text";
    }
}

TEST(ReadingJson, each_kind_of_value_is_read)
{
    const auto json = parse_json(
        R"( {"none":null,"yes":true,"count":-12,"share":0.25,"name":"Zo\u00eb \ud83d\ude00\n","list":[1,[]]} )");
    ASSERT_TRUE(json) << sentences(json.error());
    EXPECT_TRUE(json->find("none")->is_null());
    EXPECT_TRUE(*json->find("yes")->boolean());
    EXPECT_EQ(*json->find("count")->integer(), -12);
    EXPECT_EQ(*json->find("share")->number(), 0.25);
    EXPECT_EQ(json->text_of("name"), "Zoë 😀\n");
    EXPECT_EQ(json->find("list")->items()->size(), 2U);
    EXPECT_EQ(json->members()->front().first, "none");
}

TEST(ReadingJson, the_largest_and_smallest_whole_numbers_are_kept)
{
    EXPECT_EQ(*parse_json("9223372036854775807")->integer(), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(*parse_json("[-9223372036854775808]")->items()->front().integer(),
              std::numeric_limits<std::int64_t>::min());
}

TEST(ReadingJson, a_number_with_a_point_is_read_to_its_last_place)
{
    // Numbers that a quick reader gets wrong in the last place.
    EXPECT_EQ(*parse_json("0.1")->number(), 0.1);
    EXPECT_EQ(*parse_json("1.7976931348623157e308")->number(), 1.7976931348623157e308);
    EXPECT_EQ(*parse_json("2.2250738585072014e-308")->number(), 2.2250738585072014e-308);
    EXPECT_EQ(*parse_json("9007199254740993.0")->number(), 9007199254740992.0);
    EXPECT_EQ(*parse_json("51.50735091234567")->number(), 51.50735091234567);
}

TEST(ReadingJson, the_limits_are_those_that_were_asked_for)
{
    EXPECT_TRUE(parse_json(std::string(32, '[') + std::string(32, ']')));
    EXPECT_TRUE(parse_json("[[1]]", {.bytes = 5, .depth = 2}));
    EXPECT_FALSE(parse_json("[[1]]", {.bytes = 4, .depth = 2}));
    EXPECT_FALSE(parse_json("[[1]]", {.bytes = 5, .depth = 1}));
    EXPECT_TRUE(parse_json("1", {.bytes = 1, .depth = 0}));
}

TEST(ReadingJson, many_members_are_compared_without_delay)
{
    std::string text = "{";
    for (int i = 0; i < 80'000; ++i) text += '"' + std::to_string(i) + "\":0,";
    EXPECT_TRUE(parse_json(text + "\"last\":0}"));
    EXPECT_FALSE(parse_json(text + "\"7\":0}"));
}

TEST(WritingJson, the_form_is_canonical)
{
    auto json = Json::object();
    json.set("b", 1).set("a", Json::List{nullptr, true, 1.0, 0.1, 1e300, Json::list(), Json::object()});
    json.set("t\"", "\" \\ \b\f\n\r\t\x01 / é 😀");
    EXPECT_EQ(write_json(json), "{\"b\":1,\"a\":[null,true,1.0,0.1,1e+300,[],{}],"
                                "\"t\\\"\":\"\\\" \\\\ \\b\\f\\n\\r\\t\\u0001 / é 😀\"}");
}

TEST(WritingJson, the_form_for_people_is_indented_by_two)
{
    auto json = Json::object();
    json.set("a", Json::List{1, Json::object()}).set("b", Json::list());
    EXPECT_EQ(write_json_for_people(json), "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}\n");
}

TEST(WritingJson, bytes_that_are_not_utf8_are_replaced)
{
    EXPECT_EQ(write_json(Json(std::string("a\xC0\xAFz\xE2\x82"))),
              "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(WritingJson, a_number_that_is_not_finite_is_a_bug)
{
    EXPECT_THROW(write_json(Json(std::numeric_limits<double>::infinity())), Bug);
    EXPECT_THROW(write_json(Json(std::numeric_limits<double>::quiet_NaN())), Bug);
}

// ---- Properties ----

/// Texts of letters that need care: quotes, escapes, two to four bytes.
rc::Gen<std::string> any_text()
{
    const auto piece = rc::gen::element<std::string>("a", "Z", "\"", "\\", "/", "\n", "\t", " ", "é", "Ŵ", "李", "😀",
                                                     "\u2028", "{", "]", ",", "0");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& all) {
        std::string text;
        for (const auto& one : all) text += one;
        return text;
    });
}

rc::Gen<Json> any_leaf()
{
    const auto finite =
        rc::gen::suchThat(rc::gen::arbitrary<double>(), [](double value) { return value - value == 0; });
    return rc::gen::oneOf(rc::gen::just(Json()),
                          rc::gen::map(rc::gen::arbitrary<bool>(), [](bool v) { return Json(v); }),
                          rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t v) { return Json(v); }),
                          rc::gen::map(finite, [](double v) { return Json(v); }),
                          rc::gen::map(any_text(), [](std::string v) { return Json(std::move(v)); }));
}

Json as_object(const std::map<std::string, Json>& all)
{
    auto object = Json::object();
    for (const auto& [name, value] : all) object.set(name, value);
    return object;
}

rc::Gen<Json> any_json(int levels)
{
    if (levels == 0) return any_leaf();
    const auto inner = any_json(levels - 1);
    return rc::gen::oneOf(any_leaf(),
                          rc::gen::map(rc::gen::container<std::vector<Json>>(inner),
                                       [](Json::List items) { return Json(std::move(items)); }),
                          rc::gen::map(rc::gen::container<std::map<std::string, Json>>(any_text(), inner), as_object));
}

RC_GTEST_PROP(Json, every_value_reads_back_as_it_was_written, ())
{
    const auto json = *rc::gen::resize(12, any_json(3));
    const auto text = write_json(json);
    RC_ASSERT(*parse_json(text) == json);
    RC_ASSERT(write_json(*parse_json(text)) == text);
    RC_ASSERT(*parse_json(write_json_for_people(json)) == json);
}

RC_GTEST_PROP(Json, what_is_cut_short_is_never_read_as_something_else, ())
{
    auto json = Json::object();
    json.set("value", *rc::gen::resize(8, any_json(2)));
    const auto text = write_json(json);
    const auto length = *rc::gen::inRange<std::size_t>(0, text.size());
    RC_ASSERT(!parse_json(text.substr(0, length)));
}

RC_GTEST_PROP(Json, any_bytes_are_read_or_refused_but_never_break_anything, (const std::string& bytes))
{
    const auto json = parse_json(bytes);
    const bool has_sentence = json || !json.error().front().sentence.empty();
    RC_ASSERT(has_sentence);
}

} // namespace
} // namespace reachable::api
