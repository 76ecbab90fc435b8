// What may be written: a correction holds what the actions demand, and nobody writes what they may not see.
#include "casework/casework_test_world.h"
#include "casework/writing.h"

namespace reachable::casework::testing {
namespace {

class Writing : public Doors {
  protected:
    static Json correction(const char* field, Json value)
    {
        return values({{"field", field}, {"value", std::move(value)}, {"reason", "misheard"}});
    }
    CaseId closed(UtcTime ended_at)
    {
        const auto id = started();
        const auto acted = act(sergeant, doing_to(id, "close", values({{"ended_at", to_iso(ended_at)}})), noon + 2h);
        CHECK(acted.has_value(), "a visit could not be closed");
        return id;
    }
    std::string refused_field(const Result<Acted>& acted)
    {
        return acted ? "nothing was refused" : acted.error().front().field;
    }
};

TEST_P(Writing, a_correction_holds_the_condition_of_the_action_that_asks_for_the_field)
{
    const auto id = closed(noon + 1h);
    const auto before = rows();
    const auto acted = act(sergeant, doing_to(id, "correct", correction("ended_at", to_iso(noon - 1h))), noon + 3h);
    EXPECT_EQ(refused_field(acted), "value");
    EXPECT_EQ(sentences(acted.error()), "It cannot end before it began");
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().ended_at, noon + 1h);
    EXPECT_TRUE(act(sergeant, doing_to(id, "correct", correction("ended_at", to_iso(noon + 30min))), noon + 3h));
}

TEST_P(Writing, a_correction_need_not_mend_what_it_does_not_touch)
{
    const auto id = closed(noon + 1h);
    const auto much_later = noon + 24h * 5;
    EXPECT_TRUE(act(sergeant, doing_to(id, "correct", correction("ended_at", to_iso(noon + 30min))), much_later));
    EXPECT_FALSE(act(sergeant, doing_to(id, "correct", correction("ended_at", to_iso(noon - 1h))), much_later));
}

TEST_P(Writing, a_correction_may_not_empty_what_any_action_needs)
{
    EXPECT_TRUE(is_needed(visit_type, "place"));
    EXPECT_FALSE(is_needed(visit_type, "ended_at"));
    const auto id = closed(noon + 1h);
    EXPECT_EQ(refused_field(act(sergeant, doing_to(id, "correct", correction("place", "")))), "value");
    EXPECT_TRUE(act(sergeant, doing_to(id, "correct", correction("ended_at", ""))));
}

TEST_P(Writing, two_people_who_correct_the_same_field_never_overwrite_each_other)
{
    const auto id = started();
    auto first = doing_to(id, "correct", correction("place", "Mill Lane"));
    auto other = doing_to(id, "correct", correction("place", "Mill Road"));
    auto beside = doing_to(id, "correct", correction("health_words", "asthma, inhaler"));
    first.expected_version = other.expected_version = beside.expected_version = 1;
    ASSERT_TRUE(act(sergeant, first));
    const auto late = act(second, other);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().front().kind, ProblemKind::conflict);
    EXPECT_TRUE(act(second, beside));
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().place, "Mill Lane");
}

TEST_P(Writing, only_those_who_may_correct_are_told_that_they_may)
{
    const auto id = closed(noon + 1h);
    EXPECT_TRUE(look(sergeant, id)->may_do("correct"));
    for (const auto& other : {detention, investigator, duty}) {
        EXPECT_FALSE(look(other, id)->may_do("correct"));
        EXPECT_FALSE(act(other, doing_to(id, "correct", correction("ended_at", to_iso(noon + 30min)))));
    }
}

TEST_P(Writing, an_item_that_the_writer_may_not_see_is_refused_by_name)
{
    const auto id = started();
    const auto before = rows();
    const auto acted = act(duty, doing_to(id, "write", notes({note("food", "eats at six"), note("health", "well")})));
    ASSERT_FALSE(acted);
    ASSERT_EQ(acted.error().size(), 1U);
    EXPECT_EQ(acted.error().front(), (Problem{ProblemKind::withheld, "You may not record this", "notes-health"}));
    EXPECT_EQ(rows(), before);
    EXPECT_TRUE(act(duty, doing_to(id, "write", notes({note("food", "eats at six")}))));
}

TEST_P(Writing, an_item_that_the_writer_may_not_see_cannot_be_replaced_even_when_it_is_released)
{
    const auto id = started();
    ASSERT_TRUE(act(sergeant, doing_to(id, "write", notes({note("health", "inhaler", true)}))));
    EXPECT_EQ(refused_field(act(duty, doing_to(id, "write", notes({note("health", "none")})))), "notes-health");
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().notes.front().words, "inhaler");
}

TEST_P(Writing, a_field_that_the_writer_may_not_see_is_refused_by_name)
{
    const auto id = started();
    EXPECT_EQ(refused_field(act(duty, doing_to(id, "examine", values({{"health_words", "well"}})))), "health_words");
    EXPECT_TRUE(act(sergeant, doing_to(id, "examine", values({{"health_words", "well"}}))));
    EXPECT_TRUE(act(duty, doing_to(id, "examine", values({{"place", "Mill Lane"}}))));
    EXPECT_EQ(look(sergeant, id)->as<VisitFacts>().health_words, "well");
}

INSTANTIATE_TEST_SUITE_P(engines, Writing, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::casework::testing
