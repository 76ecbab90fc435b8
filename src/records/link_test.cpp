#include "records/link.h"

#include "records/testing.h"

#include <rapidcheck/gtest.h>
#include <set>

namespace reachable::records {
namespace {

using namespace testing;
using storage::Transaction;

constexpr LinkType all_types[] = {
    LinkType::family,           LinkType::carer,      LinkType::friend_of,         LinkType::peer,
    LinkType::found_with,       LinkType::lives_at,   LinkType::went_missing_with, LinkType::suspected_exploiter_of,
    LinkType::frequents,        LinkType::uses_phone, LinkType::uses_vehicle,      LinkType::owes_or_told_owes,
    LinkType::professional_for,
};

RecordRef some_record(RecordKind kind)
{
    return {kind, PersonId::random().bytes};
}

TEST(Links, have_a_code_and_words_for_every_type)
{
    std::set<std::string_view> words;
    for (const auto type : all_types) {
        EXPECT_EQ(link_type_from(code_of(type)), type);
        words.insert(words_for(type));
    }
    EXPECT_EQ(words.size(), std::size(all_types));
    EXPECT_FALSE(link_type_from(""));
    EXPECT_TRUE(is_mutual(LinkType::went_missing_with));
    EXPECT_FALSE(is_mutual(LinkType::lives_at));
}

TEST(Links, join_only_records_that_can_be_joined_so)
{
    using enum RecordKind;
    struct Case {
        RecordKind from;
        LinkType type;
        RecordKind to;
        std::string_view refused; // the field, or nothing
    };
    const Case cases[] = {
        {child, LinkType::went_missing_with, child, ""},
        {child, LinkType::found_with, person, ""},
        {child, LinkType::lives_at, place, ""},
        {child, LinkType::lives_at, object, "to"},
        {place, LinkType::lives_at, child, "from"},
        {person, LinkType::uses_phone, object, ""},
        {person, LinkType::uses_vehicle, place, "to"},
        {person, LinkType::suspected_exploiter_of, child, ""},
        // What a child did stands on events, never as a label (R-A-07).
        {child, LinkType::suspected_exploiter_of, child, "from"},
        {organisation, LinkType::professional_for, child, ""},
        {organisation, LinkType::carer, child, ""},
        {child, LinkType::carer, child, "from"},
        {child, LinkType::friend_of, link, "to"},
        {relation, LinkType::family, child, "from"},
        {child, LinkType::owes_or_told_owes, person, ""},
    };
    for (const auto& one : cases) {
        const auto read =
            link_from(to_json({.type = one.type, .from = some_record(one.from), .to = some_record(one.to)}));
        EXPECT_EQ(read ? "" : read.error().front().field, one.refused) << code_of(one.from) << " " << code_of(one.type);
    }
}

TEST(Links, need_both_ends_and_never_join_a_record_to_itself)
{
    const auto refused = link_from(Json::object());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().size(), 3u);
    const auto ayo = some_record(RecordKind::child);
    EXPECT_FALSE(link_from(to_json({.type = LinkType::peer, .from = ayo, .to = ayo})));
    auto json = to_json({.type = LinkType::peer, .from = ayo, .to = some_record(RecordKind::child)});
    EXPECT_TRUE(link_from(json));
    json.set("to", Json::object().set("kind", "child"));
    EXPECT_EQ(link_from(json).error().front().field, "to.id");
}

TEST(Links, end_after_they_begin)
{
    Link link{.type = LinkType::peer, .from = some_record(RecordKind::child), .to = some_record(RecordKind::child)};
    link.since = parse_date("2026-05-11").value();
    link.until = link.since;
    EXPECT_TRUE(link_from(to_json(link)));
    link.until = parse_date("2026-05-10").value();
    EXPECT_FALSE(link_from(to_json(link)));
}

RC_GTEST_PROP(Links, are_read_back_as_they_were_written, ())
{
    const Link link{.id = some_id<LinkId>(),
                    .type = *rc::gen::element(LinkType::friend_of, LinkType::peer, LinkType::found_with),
                    .from = some_record(RecordKind::child),
                    .to = some_record(RecordKind::person),
                    .since = some_day(),
                    .source = some_source()};
    RC_ASSERT(link_from(to_json(link)) == link);
}

class LinksOnRecord : public RecordsTest {
  protected:
    Result<std::int64_t> store(const Link& link, std::int64_t expected_version, UtcTime at)
    {
        return write([&](Transaction& t) {
            return store_link(t, link, expected_version, {.by = worker, .reason = "seen together", .at = at});
        });
    }
    std::vector<Stored<Link>> all(const RecordRef& record)
    {
        return read([&](Transaction& t) { return links_of(t, record); });
    }
    const Link together{.id = LinkId::random(),
                        .type = LinkType::went_missing_with,
                        .from = some_record(RecordKind::child),
                        .to = some_record(RecordKind::child)};
};

TEST_P(LinksOnRecord, are_found_from_either_end)
{
    ASSERT_EQ(store(together, 0, morning), 1);
    EXPECT_EQ(all(together.from), (std::vector{Stored<Link>{together, 1}}));
    EXPECT_EQ(all(together.to), (std::vector{Stored<Link>{together, 1}}));
    EXPECT_TRUE(all({RecordKind::person, together.to.id}).empty());
}

TEST_P(LinksOnRecord, are_ended_by_a_new_version_and_stay_to_be_seen)
{
    ASSERT_EQ(store(together, 0, morning), 1);
    auto ended = together;
    ended.until = parse_date("2026-05-11").value();
    ASSERT_EQ(store(ended, 1, morning + 1h), 2);
    EXPECT_EQ(all(together.to), (std::vector{Stored<Link>{ended, 2}}));
    EXPECT_EQ(read([&](Transaction& t) { return find_link(t, together.id, morning); }), (Stored<Link>{together, 1}));
}

TEST_P(LinksOnRecord, keep_their_type_and_ends)
{
    ASSERT_EQ(store(together, 0, morning), 1);
    auto other = together;
    other.type = LinkType::friend_of;
    EXPECT_FALSE(store(other, 1, morning));
    other = together;
    std::swap(other.from, other.to);
    EXPECT_FALSE(store(other, 1, morning));
    EXPECT_EQ(all(together.from), (std::vector{Stored<Link>{together, 1}}));
}

ON_EVERY_ENGINE(LinksOnRecord);

} // namespace
} // namespace reachable::records
