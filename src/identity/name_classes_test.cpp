#include "identity/name_classes.h"

#include <gtest/gtest.h>

namespace reachable::identity {

TEST(name_classes, a_word_knows_the_classes_it_stands_in)
{
    const auto names = NameClasses::read("# names\n\nspelling,Yusuf Youssef Joseph\r\nshort_form,Alexander Alex\n"
                                         "short_form , alexandra  alex Łucja\n");
    ASSERT_TRUE(names) << sentences(names.error());
    EXPECT_EQ(names->count(), 3U);
    ASSERT_EQ(names->of("yusuf").size(), 1U);
    EXPECT_EQ(names->of("yusuf")[0], names->of("joseph")[0]);
    EXPECT_EQ(names->kind_of(names->of("yusuf")[0]), ClassKind::spelling);
    EXPECT_EQ(names->of("alex").size(), 2U);
    EXPECT_EQ(names->kind_of(names->of("lucja")[0]), ClassKind::short_form);
    EXPECT_TRUE(names->of("smith").empty());
    EXPECT_TRUE(names->of("").empty());
}

TEST(name_classes, a_word_written_twice_in_a_line_stands_in_its_class_once)
{
    const auto names = NameClasses::read("spelling,nguyen Nguyễn NGUYEN\n");
    ASSERT_TRUE(names);
    EXPECT_EQ(names->of("nguyen").size(), 1U);
}

TEST(name_classes, refuses_every_line_that_cannot_be_read_by_its_number)
{
    const auto names =
        NameClasses::read("spelling,one two\nnickname,liz elizabeth\nspelling\nspelling,alone\nspelling,a -\n"
                          "spelling,smith-jones jones\n");
    ASSERT_FALSE(names);
    ASSERT_EQ(names.error().size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_TRUE(names.error()[i].sentence.starts_with("Line " + std::to_string(i + 2)))
            << names.error()[i].sentence;
        EXPECT_EQ(names.error()[i].kind, ProblemKind::malformed);
    }
}

} // namespace reachable::identity
