#include "records/testing.h"

namespace reachable::records {
namespace {

using storage::Transaction;

class Children : public testing::RecordsTest {
  protected:
    Result<std::int64_t> store(const Child& child, std::int64_t expected_version, std::string_view reason, UtcTime now)
    {
        return write([&](Transaction& t) { return store_child(t, child, expected_version, worker, reason, now); });
    }
    std::optional<StoredChild> find(ChildId id)
    {
        return read([&](Transaction& t) { return find_child(t, id); });
    }
    std::optional<StoredChild> find_as_at(ChildId id, UtcTime at)
    {
        return read([&](Transaction& t) { return find_child_as_at(t, id, at); });
    }
    Child ayo() const
    {
        return {.id = ChildId::random(),
                .names = {read_name("Ayo Sample")},
                .born = parse_partial_date("2011-05-17").value()};
    }
};

TEST_P(Children, are_found_as_they_were_stored)
{
    const auto child = ayo();
    EXPECT_EQ(store(child, 0, "booked in at custody", morning), 1);
    const auto found = find(child.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->child, child);
    EXPECT_EQ(found->version, 1);
    EXPECT_FALSE(find(ChildId::random()));
}

TEST_P(Children, are_seen_as_they_stood_at_any_moment)
{
    auto child = ayo();
    ASSERT_TRUE(store(child, 0, "booked in at custody", morning));
    child.likes_to_be_called = "Ace";
    ASSERT_EQ(store(child, 1, "said so", morning + 1h), 2);

    EXPECT_FALSE(find_as_at(child.id, morning - 1s));
    EXPECT_EQ(find_as_at(child.id, morning)->child.shown_name(), "Ayo Sample");
    EXPECT_EQ(find_as_at(child.id, morning + 1h - 1s)->version, 1);
    EXPECT_EQ(find_as_at(child.id, morning + 1h)->child.shown_name(), "Ace");
    EXPECT_EQ(find(child.id)->version, 2);
}

TEST_P(Children, keep_author_time_and_reason_of_every_version)
{
    auto child = ayo();
    ASSERT_TRUE(store(child, 0, "booked in at custody", morning));
    child.born = parse_partial_date("2010").value();
    ASSERT_TRUE(store(child, 1, "birth certificate seen", morning + 1h));
    const auto versions = read([&](Transaction& t) { return versions_of(t, {RecordKind::child, child.id.bytes}); });
    ASSERT_EQ(versions.size(), 2u);
    EXPECT_EQ(versions[0].document.text_of("born"), "2011-05-17");
    EXPECT_EQ(versions[1].document.text_of("born"), "2010");
    EXPECT_EQ(versions[1].reason, "birth certificate seen");
    EXPECT_EQ(versions[1].by, worker);
    EXPECT_EQ(versions[1].at, morning + 1h);
}

TEST_P(Children, are_not_changed_by_somebody_who_looked_at_an_older_version)
{
    auto child = ayo();
    ASSERT_TRUE(store(child, 0, "", morning));
    ASSERT_TRUE(store(child, 1, "first change", morning));
    child.likes_to_be_called = "Ace";
    for (const std::int64_t stale : {0, 1, 3}) {
        const auto refused = store(child, stale, "second change", morning);
        ASSERT_FALSE(refused) << stale;
        EXPECT_EQ(refused.error().front().kind, ProblemKind::conflict);
    }
    EXPECT_EQ(find(child.id)->child.likes_to_be_called, "");
    EXPECT_EQ(read([&](Transaction& t) { return versions_of(t, {RecordKind::child, child.id.bytes}); }).size(), 2u);
}

TEST_P(Children, need_a_reason_to_be_corrected)
{
    const auto child = ayo();
    ASSERT_TRUE(store(child, 0, "", morning));
    EXPECT_FALSE(store(child, 1, "", morning));
    EXPECT_EQ(find(child.id)->version, 1);
}

TEST_P(Children, are_refused_with_every_problem_at_once)
{
    Child child{.names = {Name{.as_given = " "}}, .born = parse_partial_date("2026-05-12").value()};
    child.identifiers = {{.type = "PNC", .value = "1"}, {.type = "NHS", .value = "999 000 0000"}};
    const auto refused = store(child, 0, "", morning);
    ASSERT_FALSE(refused);
    std::vector<std::string> fields;
    for (const auto& problem : refused.error()) fields.push_back(problem.field);
    EXPECT_EQ(fields, (std::vector<std::string>{"id", "names.0.as_given", "born", "identifiers.1.lawful_basis"}));
}

TEST_P(Children, may_be_born_today_or_this_year)
{
    auto child = ayo();
    child.born = parse_partial_date("2026-05-11").value();
    EXPECT_TRUE(store(child, 0, "", morning));
    child = ayo();
    child.born = parse_partial_date("2026").value();
    EXPECT_TRUE(store(child, 0, "", morning));
}

TEST_P(Children, with_a_text_that_could_not_be_read_back_are_refused)
{
    auto child = ayo();
    child.likes_to_be_called = "A\xFFyo";
    EXPECT_FALSE(store(child, 0, "", morning));
    child.likes_to_be_called = std::string("A\0yo", 4);
    EXPECT_FALSE(store(child, 0, "", morning));
    child.likes_to_be_called = std::string(2 * 1024 * 1024, 'a');
    EXPECT_FALSE(store(child, 0, "", morning));
    EXPECT_FALSE(find(child.id));
}

ON_EVERY_ENGINE(Children);

} // namespace
} // namespace reachable::records
