#include "records/name.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::records {
namespace {

using Keys = std::vector<std::string>;

TEST(Names, are_split_at_the_last_word_and_kept_as_given)
{
    const auto name = read_name("  Ayo  Grace Sample ");
    EXPECT_EQ(name.as_given, "Ayo  Grace Sample");
    EXPECT_EQ(name.given, (Keys{"Ayo", "Grace"}));
    EXPECT_EQ(name.family, Keys{"Sample"});
}

TEST(Names, of_one_word_have_no_family_part)
{
    const auto name = read_name("Ayo");
    EXPECT_EQ(name.given, Keys{"Ayo"});
    EXPECT_TRUE(name.family.empty());
    EXPECT_TRUE(read_name(" ").given.empty());
}

TEST(NameKeys, leave_out_what_people_write_differently)
{
    struct Case {
        std::string_view text;
        Keys keys;
    };
    const Case cases[] = {
        {"Ayo Sample", {"ayo", "sample"}},
        {"O'Neill", {"oneill"}},
        {"O’Neill", {"oneill"}},
        {"Oʼneill", {"oneill"}},
        {"SMITH-JONES", {"smith", "jones"}},
        {"Smith–Jones", {"smith", "jones"}},
        {"St. John", {"st", "john"}},
        {"Éabha Ní Bhriain", {"eabha", "ni", "bhriain"}},
        {"Nguyễn Thị Minh Khai", {"nguyen", "thi", "minh", "khai"}},
        {"Đặng Ngọc Ước", {"dang", "ngoc", "uoc"}},
        {"Żółkiewska Wałęsa", {"zolkiewska", "walesa"}},
        {"Ștefan Țîrlea", {"stefan", "tirlea"}},
        {"Kovács Ödön Győző", {"kovacs", "odon", "gyozo"}},
        {"Siân ap Dŵr", {"sian", "ap", "dwr"}},
        {"Ægir Þór Weiß", {"aegir", "thor", "weiss"}},
        {"E\xCC\x81"
         "abha",
         {"eabha"}}, // a plain E and a combining accent
        {"İbrahim Işık", {"ibrahim", "isik"}},
        {"محمد عبد", {"محمد", "عبد"}},
        {"Ольга", {"Ольга"}},
        {"ayo_2010!", {"ayo2010"}},
        {" -' . ", {}},
        {"", {}},
        {"A\xFFyo", {"ayo"}}, // a byte that is no UTF-8
        {"Ay\xC3", {"ay"}},
    };
    for (const auto& one : cases) EXPECT_EQ(keys_of(one.text), one.keys) << one.text;
}

TEST(NameKeys, are_the_same_in_any_order_of_the_parts)
{
    EXPECT_EQ(whole_key(read_name("Sample Thi Linh")), whole_key(read_name("Linh Sample Thị")));
    EXPECT_NE(whole_key(read_name("Linh Sample")), whole_key(read_name("Sample Thi Linh")));
    EXPECT_EQ(part_keys(read_name("Sample Ayo Sample")), (Keys{"ayo", "sample"}));
    EXPECT_EQ(whole_key(read_name("Sample Ayo Sample")), "ayo sample sample");
}

TEST(NameKeys, come_from_the_parts_when_nobody_wrote_the_whole)
{
    const Name name{.given = {"Linh"}, .family = {"Sample"}};
    EXPECT_EQ(whole_key(name), "linh sample");
}

TEST(NameKeys, of_a_name_not_known_match_nobody)
{
    for (const auto* text : {"Name not known", "name not known (girl in blue coat)", "Unknown", " not known ", ""}) {
        EXPECT_FALSE(is_known(read_name(text))) << text;
        EXPECT_TRUE(part_keys(read_name(text)).empty()) << text;
        EXPECT_EQ(whole_key(read_name(text)), "") << text;
    }
    EXPECT_TRUE(is_known(read_name("Ayo")));
}

RC_GTEST_PROP(NameKeys, are_found_again_from_themselves, (const std::string& any))
{
    for (const auto& key : keys_of(any)) RC_ASSERT(keys_of(key) == Keys{key});
}

} // namespace
} // namespace reachable::records
