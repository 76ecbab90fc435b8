#include "identity/likeness.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::identity {
namespace {

const NameClasses& classes()
{
    static const auto read =
        NameClasses::read("spelling,yusuf youssef joseph\nshort_form,elizabeth liz beth\nshort_form,robert bob\n")
            .value();
    return read;
}

/// Words of few letters, so that letters are shared, exchanged and repeated.
rc::Gen<std::string> words(int longest)
{
    return rc::gen::resize(longest, rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c', 'd')));
}

/// The whole table, every cell of it: slow, and plain to see.
int slips_by_table(const std::string& a, const std::string& b)
{
    std::vector<std::vector<int>> table(a.size() + 1, std::vector<int>(b.size() + 1, 0));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = static_cast<int>(i + j);
                continue;
            }
            const bool is_equal = a[i - 1] == b[j - 1];
            table[i][j] =
                std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (is_equal ? 0 : 1)});
            const bool is_exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (is_exchanged) table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
        }
    return table[a.size()][b.size()];
}

} // namespace

RC_GTEST_PROP(likeness, slips_are_those_of_the_whole_table, ())
{
    const auto a = *words(14);
    const auto b = *words(14);
    const auto most = *rc::gen::inRange(0, 8);
    RC_ASSERT(slips_between(a, b, most) == std::min(slips_by_table(a, b), most + 1));
}

RC_GTEST_PROP(likeness, one_slip_made_is_one_slip_found, ())
{
    const auto word = *rc::gen::nonEmpty(words(14));
    auto slipped = word;
    const auto at = *rc::gen::inRange<std::size_t>(0, word.size());
    switch (*rc::gen::inRange(0, 3)) {
    case 0: slipped.erase(at, 1); break;
    case 1: slipped.insert(at, 1, 'x'); break;
    default: slipped[at] = 'x';
    }
    RC_ASSERT(slips_between(word, slipped, 3) == 1);
    RC_ASSERT(slips_between(slipped, word, 3) == 1);
}

TEST(likeness, each_letter_is_touched_once)
{
    // Exchanged and then parted would be two; a letter may be touched but once, so it takes three.
    EXPECT_EQ(slips_between("ca", "abc", 5), 3);
    EXPECT_EQ(slips_between("", "", 0), 0);
    EXPECT_EQ(slips_between("", "abc", 5), 3);
    EXPECT_EQ(slips_between("kitten", "sitting", 5), 3);
    EXPECT_EQ(slips_between("kitten", "sitting", 2), 3);
    EXPECT_EQ(slips_between("kitten", "sitting", 1), 2);
}

TEST(likeness, jaro_winkler_gives_the_published_values)
{
    EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.961, 0.0005);
    EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.813, 0.0005);
    EXPECT_NEAR(jaro_winkler("dwayne", "duane"), 0.840, 0.0005);
    EXPECT_EQ(jaro_winkler("smith", "smith"), 1);
    EXPECT_EQ(jaro_winkler("abc", "xyz"), 0);
    EXPECT_EQ(jaro_winkler("", "abc"), 0);
    EXPECT_EQ(jaro_winkler("", ""), 1);
}

RC_GTEST_PROP(likeness, jaro_winkler_lies_between_0_and_1_and_does_not_ask_who_is_first, ())
{
    const auto a = *words(16);
    const auto b = *words(16);
    const auto found = jaro_winkler(a, b);
    RC_ASSERT(found >= 0);
    RC_ASSERT(found <= 1);
    RC_ASSERT(found == jaro_winkler(b, a));
    RC_ASSERT((found == 1) == (a == b));
}

TEST(likeness, every_likeness_has_its_pairs)
{
    struct Case {
        const char* one;
        const char* other;
        Likeness expected;
    };
    constexpr Case cases[] = {
        {"smith", "smith", Likeness::same},
        {"yusuf", "joseph", Likeness::spelling},
        {"kowalski", "kowalska", Likeness::spelling}, // one family, in its two genders
        {"jonathan", "jonathon", Likeness::one_slip},
        {"smith", "smiht", Likeness::one_slip},
        {"wells", "well", Likeness::one_slip},
        {"liz", "elizabeth", Likeness::short_form},
        {"bob", "robert", Likeness::short_form},
        {"bob", "rob", Likeness::near}, // one slip, in too short a word
        {"catherine", "kathryn", Likeness::sounds_alike},
        {"tim", "tom", Likeness::sounds_alike},   // and if it sounds so, the sound counts
        {"ian", "ivan", Likeness::near},          // the same
        {"hobarton", "hofarson", Likeness::near}, // two slips in a long word
        {"daniel", "nadiel", Likeness::near},
        {"rob", "robinson", Likeness::near}, // a shared beginning
        {"j", "john", Likeness::initial},
        {"j", "karl", Likeness::different},
        {"j", "k", Likeness::different},
        {"smith", "jones", Likeness::different},
        {"sam", "tom", Likeness::different},
    };
    Vocabulary vocabulary(classes());
    for (const auto& [one, other, expected] : cases) {
        const auto a = vocabulary.add(one);
        const auto b = vocabulary.add(other);
        EXPECT_EQ(static_cast<int>(likeness(vocabulary, a, b)), static_cast<int>(expected)) << one << " " << other;
        EXPECT_EQ(static_cast<int>(likeness(vocabulary, b, a)), static_cast<int>(expected)) << other << " " << one;
    }
}

TEST(likeness, a_word_outside_the_vocabulary_is_as_alike_as_one_inside)
{
    Vocabulary inside(classes());
    const auto joseph = inside.add("joseph");
    const auto yusuf = inside.add("yusuf");
    Vocabulary outside(classes());
    outside.add("joseph");
    EXPECT_EQ(outside.find("yusuf"), 0U);
    EXPECT_EQ(likeness(outside, outside.look_at("yusuf"), outside.facts(outside.find("joseph"))),
              likeness(inside, yusuf, joseph));
    EXPECT_EQ(outside.find("yusuf"), 0U);
}

RC_GTEST_PROP(likeness, nobody_asks_who_is_first_and_memory_remembers_rightly, ())
{
    Vocabulary vocabulary(classes());
    std::vector<WordId> numbers;
    for (const auto& word : *rc::gen::container<std::vector<std::string>>(12, rc::gen::nonEmpty(words(9))))
        numbers.push_back(vocabulary.add(word));
    // So few places that pairs drive each other out.
    LikenessMemory few(vocabulary, 4);
    LikenessMemory many(vocabulary);
    for (int round = 0; round < 2; ++round)
        for (const auto a : numbers)
            for (const auto b : numbers) {
                const auto alike = likeness(vocabulary, a, b);
                RC_ASSERT(alike == likeness(vocabulary, b, a));
                RC_ASSERT(few(a, b) == alike);
                RC_ASSERT(many(a, b) == alike);
                RC_ASSERT(few.are_at_least<Likeness::sounds_alike>(a, b) == (alike >= Likeness::sounds_alike));
                RC_ASSERT(few.are_at_least<Likeness::one_slip>(a, b) == (alike >= Likeness::one_slip));
            }
}

TEST(likeness, words_that_sketches_tell_apart_are_different)
{
    static const NameClasses none;
    Vocabulary vocabulary(none);
    std::vector<WordId> words;
    for (const auto* word :
         {"jack",    "khan",    "smith",  "smyth",  "ann",   "anne",     "anna",     "a",    "christopher", "chris",
          "jazlin",  "jasleen", "maria",  "mariah", "mira",  "kowalska", "kowalski", "xu",   "xie",         "williams",
          "william", "wilson",  "nguyen", "phung",  "dylan", "nadly",    "lee",      "leigh"})
        words.push_back(vocabulary.add(word));
    std::uint64_t state = 1;
    for (int i = 0; i < 400; ++i) {
        std::string word;
        for (auto length = 2 + i % 8; length > 0; --length) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            word += static_cast<char>('a' + (state >> 40U) % 7);
        }
        words.push_back(vocabulary.add(word));
    }
    std::size_t told = 0;
    std::size_t beyond = 0;
    for (const auto a : words)
        for (const auto b : words) {
            if (a != b && are_beyond_a_slip(vocabulary.sketch(a), vocabulary.sketch(b))) {
                beyond += 1;
                EXPECT_LT(likeness(vocabulary, a, b), Likeness::one_slip)
                    << vocabulary.text(a) << " " << vocabulary.text(b);
            }
            if (a != b && are_far_apart(vocabulary.sketch(a), vocabulary.sketch(b))) {
                told += 1;
                EXPECT_EQ(likeness(vocabulary, a, b), Likeness::different)
                    << vocabulary.text(a) << " " << vocabulary.text(b);
            }
        }
    EXPECT_GT(told, 1'000U);
    EXPECT_GT(beyond, told);
}

} // namespace reachable::identity
