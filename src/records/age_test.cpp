#include "records/child.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace reachable::records {
namespace {

CivilDate day(std::string_view text)
{
    return parse_date(text).value();
}

std::optional<PartialDate> born(std::string_view text)
{
    if (text.empty()) return std::nullopt;
    return parse_partial_date(text).value();
}

TEST(Age, is_that_of_a_child_until_the_eighteenth_birthday)
{
    struct Case {
        std::string_view born;
        AgeStatus status;
        std::string_view day;
        bool is_child;
    };
    constexpr auto confirmed = AgeStatus::confirmed;
    constexpr auto stated = AgeStatus::stated;
    constexpr auto apparent = AgeStatus::apparent;
    constexpr auto disputed = AgeStatus::disputed;
    const Case cases[] = {
        {"2008-05-17", confirmed, "2026-05-16", true},
        {"2008-05-17", confirmed, "2026-05-17", false},
        // Born 29 February: 18 on 1 March in a common year (R-X-04).
        {"2008-02-29", confirmed, "2026-02-28", true},
        {"2008-02-29", confirmed, "2026-03-01", false},
        {"2008-02-28", confirmed, "2026-02-28", false},
        {"2008-03-01", confirmed, "2026-02-28", true},
        {"2008-03-01", confirmed, "2026-03-01", false},
        // Known to the month or the year: as long as it may be (R-X-05).
        {"2008-05", stated, "2026-05-30", true},
        {"2008-05", stated, "2026-05-31", false},
        {"2008-02", stated, "2026-02-28", true},
        {"2008-02", stated, "2026-03-01", false},
        {"2008", stated, "2026-12-30", true},
        {"2008", stated, "2026-12-31", false},
        // Unknown and disputed ages.
        {"", stated, "2026-05-17", true},
        {"", apparent, "2026-05-17", true},
        {"2005-01-01", disputed, "2026-05-17", true},
        {"2005-01-01", stated, "2026-05-17", false},
        // Estimated, or judged by appearance: two years of doubt.
        {"2007~", stated, "2026-05-17", true},
        {"2006~", stated, "2026-12-30", true},
        {"2006~", stated, "2026-12-31", false},
        {"2006-05-18", apparent, "2026-05-17", true},
        {"2006-05-17", apparent, "2026-05-17", false},
    };
    for (const auto& one : cases)
        EXPECT_EQ(is_child_on(Child{.born = born(one.born), .age_status = one.status}, day(one.day)), one.is_child)
            << one.born << " " << code_of(one.status) << " on " << one.day;
}

TEST(Age, counts_whole_years_from_the_latest_possible_birth)
{
    struct Case {
        std::string_view born;
        std::string_view day;
        std::optional<int> age;
        std::string_view words;
    };
    const Case cases[] = {
        {"2011-05-17", "2026-05-16", 14, "14"},
        {"2011-05-17", "2026-05-17", 15, "15"},
        {"2011", "2026-05-17", 14, "about 14"},
        {"2011", "2026-12-31", 15, "15"},
        {"2011-05", "2026-06-01", 15, "15"},
        {"2011-05", "2026-05-17", 14, "about 14"},
        {"2011-05-17~", "2026-06-01", 15, "about 15"},
        {"2012-02-29", "2026-02-28", 13, "13"},
        {"2012-02-29", "2026-03-01", 14, "14"},
        {"2026-05-17", "2026-05-17", 0, "0"},
        {"2026", "2026-05-17", 0, "0"},
        {"", "2026-05-17", std::nullopt, "age not known"},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(age_on(born(one.born), day(one.day)), one.age) << one.born << " on " << one.day;
        EXPECT_EQ(age_words(born(one.born), day(one.day)), one.words) << one.born << " on " << one.day;
    }
}

RC_GTEST_PROP(Age, never_falls_and_nobody_grows_down, ())
{
    const std::chrono::sys_days birth{std::chrono::days{*rc::gen::inRange(10'000, 22'000)}};
    const CivilDate date{birth};
    const std::optional<PartialDate> known = PartialDate{
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())};
    const auto first = birth + std::chrono::days{*rc::gen::inRange(0, 9'000)};
    const auto second = first + std::chrono::days{*rc::gen::inRange(0, 800)};
    RC_ASSERT(*age_on(known, first) <= *age_on(known, second));
    const Child child{.born = known, .age_status = AgeStatus::confirmed};
    RC_ASSERT(is_child_on(child, first) == (*age_on(known, first) < 18));
}

} // namespace
} // namespace reachable::records
