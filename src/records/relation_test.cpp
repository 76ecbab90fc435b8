#include "records/relation.h"

#include "records/testing.h"

#include <rapidcheck/gtest.h>

namespace reachable::records {
namespace {

using namespace testing;
using storage::Transaction;

Relation aunt_of(ChildId child)
{
    return {.id = RelationId::random(), .child = child, .person = PersonId::random(), .relation = "aunt"};
}

TEST(Relation, says_of_an_adult_that_they_are_safe_only_with_reason_speaker_and_day)
{
    for (const auto safety : {Safety::safe, Safety::avoid}) {
        auto relation = aunt_of(ChildId::random());
        relation.safety = safety;
        const auto refused = relation_from(to_json(relation));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().size(), 3u);
        relation.safety_reason = "Ayo feels calm with her";
        relation.safety_said_by = "the child";
        relation.safety_said_on = parse_date("2026-05-11").value();
        EXPECT_EQ(relation_from(to_json(relation)), relation);
    }
    for (const auto safety : {Safety::not_asked, Safety::not_known}) {
        auto relation = aunt_of(ChildId::random());
        relation.safety = safety;
        EXPECT_EQ(relation_from(to_json(relation)), relation);
    }
}

TEST(Relation, needs_a_child_an_adult_and_what_they_are_to_each_other)
{
    const auto refused = relation_from(to_json(Relation{}));
    ASSERT_FALSE(refused);
    std::vector<std::string> fields;
    for (const auto& problem : refused.error()) fields.push_back(problem.field);
    EXPECT_EQ(fields, (std::vector<std::string>{"child", "person", "relation"}));
}

RC_GTEST_PROP(Relation, is_read_back_as_it_was_written, ())
{
    const Relation relation{.id = some_id<RelationId>(),
                            .child = ChildId::random(),
                            .person = PersonId::random(),
                            .relation = *some_text(),
                            .has_parental_responsibility = some_answer(),
                            .responsibility_basis = *some_text(),
                            .safety = *rc::gen::element(Safety::safe, Safety::avoid, Safety::not_known),
                            .safety_reason = *some_text(),
                            .safety_said_by = *some_text(),
                            .safety_said_on = parse_date("2026-05-11").value(),
                            .from = some_day(),
                            .to = some_day(),
                            .source = some_source()};
    RC_ASSERT(relation_from(to_json(relation)) == relation);
}

class Relations : public RecordsTest {
  protected:
    Result<std::int64_t> store(const Relation& relation, std::int64_t expected_version, UtcTime at)
    {
        return write([&](Transaction& t) {
            return store_relation(t, relation, expected_version, {.by = worker, .reason = "told us", .at = at});
        });
    }
};

TEST_P(Relations, of_a_child_are_listed_in_their_newest_version)
{
    const auto child = ChildId::random();
    auto aunt = aunt_of(child);
    const auto coach = aunt_of(child);
    ASSERT_TRUE(store(aunt, 0, morning));
    ASSERT_TRUE(store(coach, 0, morning));
    ASSERT_TRUE(store(aunt_of(ChildId::random()), 0, morning));
    aunt.to = parse_date("2026-05-11").value();
    ASSERT_EQ(store(aunt, 1, morning + 1h), 2);

    const auto found = read([&](Transaction& t) { return relations_of(t, child); });
    ASSERT_EQ(found.size(), 2u);
    const auto& first = found[0].record.id == aunt.id ? found[0] : found[1];
    EXPECT_EQ(first, (Stored<Relation>{aunt, 2}));
    EXPECT_EQ(read([&](Transaction& t) { return find_relation(t, aunt.id, morning); })->record.to, std::nullopt);
}

TEST_P(Relations, stay_between_the_same_two_people)
{
    auto relation = aunt_of(ChildId::random());
    ASSERT_TRUE(store(relation, 0, morning));
    relation.child = ChildId::random();
    const auto refused = store(relation, 1, morning);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().kind, ProblemKind::conflict);
    EXPECT_TRUE(read([&](Transaction& t) { return relations_of(t, relation.child); }).empty());
}

ON_EVERY_ENGINE(Relations);

} // namespace
} // namespace reachable::records
