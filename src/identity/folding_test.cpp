#include "identity/folding.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::identity {

namespace {

struct Row {
    const char* given;
    const char* folded;
};

} // namespace

TEST(folding, plain_letters_become_lower_case_with_one_space_between_words)
{
    for (const auto& [given, folded] : {Row{"Smith", "smith"},
                                        {"  Mary   Ann ", "mary ann"},
                                        {"Smith-Jones", "smith jones"},
                                        {"O'Neill", "oneill"},
                                        {"O`Neill", "oneill"},
                                        {"Smith, John", "smith john"},
                                        {"J.P.", "j p"},
                                        {"Twin 1", "twin 1"},
                                        {"", ""},
                                        {" - ", ""},
                                        {"'", ""}}) {
        EXPECT_EQ(fold(given), folded) << given;
    }
}

TEST(folding, marks_come_off_latin_letters_and_letters_of_their_own_are_written_out)
{
    for (const auto& [given, folded] : {Row{"Łukasz O’Neill-Smith", "lukasz oneill smith"},
                                        {"Nguyễn Thị Minh Khai", "nguyen thi minh khai"},
                                        {"Wałęsa-Żółkiewska", "walesa zolkiewska"},
                                        {"Ólafur Þórsson", "olafur thorsson"},
                                        {"Đorđe", "dorde"},
                                        {"Ştefan", "stefan"},
                                        {"Ștefan", "stefan"},
                                        {"Weiß", "weiss"},
                                        {"Işık", "isik"},
                                        {"İbrahim", "ibrahim"},
                                        {"Søren Kjær", "soren kjaer"},
                                        {"Əliyev", "aliyev"},
                                        {"Ní Bhriain", "ni bhriain"},
                                        {"Zoe\u0308", "zoe"},
                                        {"ＡＢＣ", "abc"},
                                        {"O´Brien", "obrien"},
                                        {"Sa\u00ADrah", "sarah"},
                                        {"Anne—Marie", "anne marie"},
                                        {"Bront\u00EB\u00A0Smith", "bronte smith"}}) {
        EXPECT_EQ(fold(given), folded) << given;
    }
}

TEST(folding, other_scripts_are_transliterated)
{
    for (const auto& [given, folded] : {Row{"Иван Петров", "ivan petrov"},
                                        {"Юрий", "yuriy"},
                                        {"Саша", "sasha"},
                                        {"Щербаков", "shcherbakov"},
                                        {"Григорій", "hryhoriy"},
                                        {"Олександр", "oleksandr"},
                                        {"Παπαδόπουλος", "papadopoulos"},
                                        {"Βασιλική", "vasiliki"},
                                        {"李小龙", "li xiao long"},
                                        {"김민준", "gimminjun"},
                                        {"अमित", "amita"},
                                        {"ਸਿੰਘ", "sinagha"},
                                        {"גיא", "gy"},
                                        {"גיא Smith", "gy smith"},
                                        {"١٢", "12"}}) {
        EXPECT_EQ(fold(given), folded) << given;
    }
}

TEST(folding, arabic_script_keeps_its_first_vowel_and_parts_from_its_article)
{
    for (const auto& [given, folded] : {Row{"محمد", "mhmd"},
                                        {"عمر", "amr"},
                                        {"الحسن", "al hsn"},
                                        {"عبد الله", "abd allh"},
                                        {"فاطمة", "fatma"},
                                        {"چوہدری", "chwhdry"}}) {
        EXPECT_EQ(fold(given), folded) << given;
    }
}

TEST(folding, bytes_that_are_no_text_leave_what_remains)
{
    EXPECT_EQ(fold("Andr\xE9s"), "andrs");
    EXPECT_EQ(fold("\xFF\xFE"), "");
    EXPECT_EQ(fold("Zo\xC3"), "zo");
    EXPECT_EQ(fold(std::string_view("a\0b", 3)), "a b");
}

RC_GTEST_PROP(folding, any_bytes_give_words_of_plain_letters_that_fold_to_themselves, (const std::string& text))
{
    const auto folded = fold(text);
    RC_ASSERT(folded.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789 ") == std::string::npos);
    RC_ASSERT(folded.find("  ") == std::string::npos);
    RC_ASSERT(!folded.starts_with(' '));
    RC_ASSERT(!folded.ends_with(' '));
    RC_ASSERT(fold(folded) == folded);
}

} // namespace reachable::identity
