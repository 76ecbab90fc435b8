// Who may be the child somebody asks for: found in every spelling the sergeant may type, with reasons in words, and
// as soon as the record is durable. On both databases.
#include "identity/live_search.h"

#include "records/testing.h"

#include <algorithm>
#include <set>
#include <span>

namespace reachable::identity {
namespace {

using records::Child;
using storage::Transaction;
using Words = std::vector<std::string>;

class live_search : public records::testing::RecordsTest {
  protected:
    static std::optional<PartialDate> birth(std::string_view text)
    {
        if (text.empty()) return std::nullopt;
        return parse_partial_date(text).value();
    }
    ChildId store(Child child, std::int64_t expected_version = 0)
    {
        if (child.id.is_none()) child.id = ChildId::random();
        const auto stored = write(
            [&](Transaction& t) { return records::store_child(t, child, expected_version, worker, "test", morning); });
        EXPECT_TRUE(stored) << sentences(stored.error());
        return child.id;
    }
    ChildId store(std::string_view name, std::string_view born)
    {
        return store({.names = {records::read_name(name)}, .born = birth(born)});
    }
    std::vector<Likely> look(std::string_view name, std::string_view born, std::size_t most = 10)
    {
        search_.catch_up(database->get());
        return search_.find(described_by(name, birth(born)), most);
    }
    ChildId first(std::string_view name, std::string_view born)
    {
        const auto found = look(name, born);
        return found.empty() ? ChildId{} : found.front().child;
    }
    /// A suite's worth of other children, so that a name is worth something.
    void store_others()
    {
        write([&](Transaction& t) {
            for (int i = 0; i < 300; ++i) {
                const auto name = fmt::format("{} {}", forenames_[static_cast<std::size_t>(i) % forenames_.size()],
                                              surnames_[static_cast<std::size_t>(i) / 7 % surnames_.size()]);
                const auto born = fmt::format("20{:02}-{:02}-{:02}", 8 + i % 7, 1 + i % 12, 1 + i % 28);
                const Child other{.id = ChildId::random(), .names = {records::read_name(name)}, .born = birth(born)};
                EXPECT_TRUE(records::store_child(t, other, 0, worker, "test", morning));
            }
            return true;
        });
    }

    LiveSearch search_{"data"};
    const std::vector<std::string> forenames_{"Ruth", "Owen", "Grace", "Callum", "Zara", "Idris", "Poppy"};
    const std::vector<std::string> surnames_{"Ashby", "Brook", "Carver", "Dunmore", "Eldridge", "Farrow"};
};

TEST_P(live_search, finds_a_child_however_the_name_and_the_date_are_typed)
{
    store_others();
    const auto mohammed = store("Mohammed Yusuf Hussain", "2010-03-07");
    struct Case {
        std::string_view name;
        std::string_view born;
        std::string_view reason;
    };
    const Case cases[] = {
        {"Mohammed Hussain", "2010-03-07", "same date of birth"},
        {"Muhammad Hussein", "2010-03-07", "same date of birth"},
        {"Hussain Mohammed", "", "same name"},
        {"M Hussain", "2010-03-07", "same date of birth"},
        {"M Hussain", "", "first name has the same initial"},
        {"Mohammed H", "2010-03-07", "surname has the same initial"},
        {"Mohamed Husain", "2010-07-03", "day and month of birth exchanged"},
        {"Mohammed Hussian", "2010-03-09", "date of birth one digit different"},
        {"Mohammed Hussain", "2010-03", "same year of birth, the day is not certain"},
    };
    for (const auto& one : cases) {
        const auto found = look(one.name, one.born);
        ASSERT_FALSE(found.empty()) << one.name << " " << one.born;
        EXPECT_EQ(found.front().child, mohammed) << one.name << " " << one.born;
        EXPECT_TRUE(std::ranges::count(found.front().reasons, one.reason) == 1)
            << one.name << " " << one.born << ": " << join(found.front().reasons, "; ");
    }
}

TEST_P(live_search, says_why_and_what_speaks_against_it)
{
    store_others();
    const auto eabha = store("Éabha O'Neill", "2011-05-17");
    const auto same = look("eabha oneill", "2011-05-17");
    ASSERT_FALSE(same.empty());
    EXPECT_EQ(same.front().child, eabha);
    EXPECT_EQ(same.front().reasons, (Words{"same name", "same date of birth"}));
    const auto other = look("Eabha O'Neill", "2005-02-01");
    ASSERT_FALSE(other.empty());
    EXPECT_EQ(other.front().reasons, (Words{"same name", "but born more than two years apart"}));
}

TEST_P(live_search, asks_for_two_things_and_finds_nobody_by_no_name)
{
    store_others();
    const auto child = store("Featherstonehaugh Quill", "2011-05-17");
    EXPECT_EQ(first("Featherstonehaugh", "2011-05-17"), child);
    EXPECT_FALSE(says_enough(described_by("Featherstonehaugh", std::nullopt)));
    EXPECT_TRUE(says_enough(described_by("Featherstonehaugh Quill", std::nullopt)));
    EXPECT_TRUE(says_enough(described_by("Featherstonehaugh", birth("2011-05-17"))));
    EXPECT_FALSE(says_enough(described_by("Name not known", birth("2011-05-17"))));
    EXPECT_TRUE(look("Name not known", "2011-05-17").empty());
    EXPECT_TRUE(look("", "2011-05-17").empty());
    EXPECT_TRUE(look("Quill Featherstonehaugh", "", 0).empty());
}

TEST_P(live_search, says_the_same_of_a_child_however_many_others_bear_the_name)
{
    store_others();
    const auto child = store("Mohammed Harrison", "2011-05-17");
    const auto alone = look("Mohammed Harrison", "");
    ASSERT_FALSE(alone.empty());
    EXPECT_EQ(alone.front().child, child);
    for (int i = 0; i < 400; ++i) store(i % 2 == 0 ? "Mohammed Nobody" : "Someone Harrison", "2009-01-02");
    const auto among_many = look("Mohammed Harrison", "");
    ASSERT_FALSE(among_many.empty());
    EXPECT_EQ(among_many.front().child, child);
    EXPECT_EQ(among_many.front().log_odds, alone.front().log_odds);
    EXPECT_EQ(among_many.front().reasons, alone.front().reasons);
}

TEST_P(live_search, a_brother_or_a_sister_is_shown_only_where_the_birth_date_is_the_same)
{
    store_others();
    const auto mia = store("Mia Templeton", "2011-05-17");
    EXPECT_TRUE(look("Ezra Templeton", "").empty());
    EXPECT_TRUE(look("Ezra Templeton", "2013-01-30").empty());
    const auto found = look("Ezra Templeton", "2011-05-17");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().child, mia);
    EXPECT_EQ(std::ranges::count(found.front().reasons, "but may be a twin, a brother or a sister"), 1);
}

TEST_P(live_search, finds_what_was_stored_a_moment_ago_and_no_longer_what_was_corrected)
{
    store_others();
    EXPECT_EQ(first("Ayo Sampleton", "2011-05-17"), ChildId{});
    Child ayo{.id = ChildId::random(), .names = {records::read_name("Ayo Sampleton")}, .born = birth("2011-05-17")};
    store(ayo);
    EXPECT_EQ(first("Ayo Sampleton", "2011-05-17"), ayo.id);
    ayo.names = {records::read_name("Bo Winterbourne")};
    store(ayo, 1);
    EXPECT_EQ(first("Bo Winterbourne", "2011-05-17"), ayo.id);
    EXPECT_NE(first("Ayo Sampleton", ""), ayo.id);
    // Another node that reads the same database from the start finds the same.
    LiveSearch other("data");
    other.catch_up(database->get());
    const auto found = other.find(described_by("Bo Winterbourne", std::nullopt), 3);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().child, ayo.id);
}

TEST_P(live_search, shows_equals_in_an_order_that_does_not_tell_which_of_them_was_stored_last)
{
    std::vector<ChildId> alike;
    for (int i = 0; i < 6; ++i) alike.push_back(store("Rowan Ashby", "2011-02-03"));
    const auto order = [&] {
        std::vector<ChildId> ids;
        for (const auto& one : look("Rowan Ashby", "2011-02-03")) ids.push_back(one.child);
        return ids;
    };
    const auto before = order();
    ASSERT_EQ(before.size(), alike.size());
    Child changed{.id = before.front(), .names = {records::read_name("Rowan Ashby")}, .born = birth("2011-02-03")};
    changed.source.known_by = "a colleague"; // no search shows it
    store(changed, 1);
    EXPECT_EQ(order(), before);
}

TEST_P(live_search, is_as_forgiving_of_a_slip_in_the_first_record_as_in_the_thousandth)
{
    const auto quixley = store("Marigold Quixley", "2011-02-03");
    EXPECT_EQ(first("Marigold Quixly", "2011"), quixley);
    store_others();
    EXPECT_EQ(first("Marigold Quixly", "2011"), quixley);
    const auto umberslade = store("Peregrine Umberslade", "2012-05-06");
    EXPECT_EQ(first("Peregrin Umberslade", "2012"), umberslade);
}

TEST_P(live_search, knows_a_child_by_every_name_and_identifier_on_record)
{
    store_others();
    Child mia{.id = ChildId::random(), .names = {records::read_name("Mia Templeton")}};
    mia.names.push_back(records::read_name("Mia Zbigniewska"));
    mia.likes_to_be_called = "Starling";
    mia.identifiers = {{"LA", "Harbourne", "12 34x", ""}};
    store(mia);
    EXPECT_EQ(first("Mia Zbigniewski", ""), mia.id);
    EXPECT_EQ(first("Starling Templeton", ""), mia.id);
    search_.catch_up(database->get());
    const auto by_number = search_.find({.identifiers = {{"la harbourne", "1234X"}}}, 3);
    ASSERT_FALSE(by_number.empty());
    EXPECT_EQ(by_number.front().child, mia.id);
    EXPECT_TRUE(search_.find({.identifiers = {{"la saltby", "1234X"}}}, 3).empty());
}

TEST_P(live_search, shows_near_misses_to_whoever_asks_for_them_and_after_all_others)
{
    store_others();
    const auto mia = store("Mia Templeton", "2011-05-17");
    const auto near = store("Mia Templeton", "2012-05-17");
    const auto half = store("Mya Templetan", "2002-01-30");
    search_.catch_up(database->get());
    const auto asked = described_by("Mia Templeton", birth("2011-05-17"));
    const auto usual = search_.find(asked, 10);
    EXPECT_TRUE(std::ranges::none_of(usual, &Likely::is_near_miss));
    EXPECT_TRUE(std::ranges::none_of(usual, [&](const auto& one) { return one.child == half; }));
    const auto all = search_.find(asked, 10, NearMisses::too);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all.front().child, mia);
    EXPECT_TRUE(std::ranges::is_sorted(all, {}, &Likely::is_near_miss));
    EXPECT_TRUE(std::ranges::any_of(all, [&](const auto& one) { return one.child == near; }));
    const auto found = std::ranges::find(all, half, &Likely::child);
    ASSERT_NE(found, all.end());
    EXPECT_TRUE(found->is_near_miss);
    // A surname alone would be a list of a family.
    for (const auto& one : search_.find(described_by("Ezra Templeton", birth("2003-01-30")), 10, NearMisses::too))
        EXPECT_TRUE(one.child != mia && one.child != near);
}

TEST_P(live_search, finds_the_same_of_a_common_name_however_many_records_take_no_place)
{
    const auto store_alike = [this](int count) {
        std::set<ChildId> stored;
        for (int i = 0; i < count; ++i) stored.insert(store("Ruth Ashby", fmt::format("2011-05-{:02}", 1 + i % 28)));
        return stored;
    };
    store_others();
    store_alike(150);
    std::set<ChildId> hidden;
    const auto without_place = [&](std::span<const ChildId> children) {
        std::set<ChildId> without;
        for (const auto child : children)
            if (hidden.contains(child)) without.insert(child);
        return without;
    };
    const auto seen = [&](std::vector<Likely> found) {
        std::erase_if(found, [&](const Likely& one) { return hidden.contains(one.child); });
        std::vector<std::pair<ChildId, Words>> all;
        for (auto& one : found) all.emplace_back(one.child, std::move(one.reasons));
        return all;
    };
    const auto asked = described_by("Ruth Ashby", birth("2011-05-17"));
    std::vector<std::vector<std::pair<ChildId, Words>>> before;
    for (int added : {0, 3, 60, 160}) {
        hidden.merge(store_alike(added));
        search_.catch_up(database->get());
        const std::vector found{seen(search_.find(asked, 20, NearMisses::too, without_place)),
                                seen(search_.find(asked, 20, NearMisses::left_out, without_place)),
                                seen(search_.find_beside(asked, 20, 0, without_place))};
        if (added == 0) before = found;
        EXPECT_EQ(found, before) << hidden.size() << " hidden";
    }
    EXPECT_GE(before[0].size(), 20U);
    EXPECT_EQ(before[1].size(), 20U);
    EXPECT_EQ(before[2].size(), 20U);
}

TEST_P(live_search, takes_a_postcode_out_of_what_was_written_of_a_home)
{
    SourceRecord asked;
    add_place(asked, "3 Quay Street, nm1 2ab");
    EXPECT_EQ(asked.postcodes, (Words{"nm1 2ab"}));
    ASSERT_EQ(asked.addresses.size(), 1U);
    EXPECT_TRUE(is_at_address(asked.addresses.front(), "3 Quay Street, Harbourne"));
    EXPECT_FALSE(is_at_address(asked.addresses.front(), "13 Quay Street, Harbourne"));
    EXPECT_FALSE(is_at_address("Quay Street", "3 Quay Street"));
    SourceRecord only;
    add_place(only, "NM12AB");
    EXPECT_EQ(only.postcodes, (Words{"NM1 2AB"}));
    EXPECT_TRUE(only.addresses.empty());
}

TEST_P(live_search, says_that_a_name_is_common_whoever_is_on_record)
{
    search_.catch_up(database->get());
    EXPECT_EQ(search_.how_common(described_by("Smith Oliver", std::nullopt)),
              "Many children bear these names. The names alone do not tell who it is.");
    EXPECT_EQ(search_.how_common(described_by("Zebedee Smith", std::nullopt)), "Many children bear this surname.");
    EXPECT_EQ(search_.how_common(described_by("Zebedee Quillfeather", std::nullopt)), "");
}

TEST_P(live_search, compares_two_records_with_what_stands_against_a_join)
{
    Child mia{.id = ChildId::random(), .names = {records::read_name("Mia Sample")}, .born = birth("2011-03-04")};
    Child again{.id = ChildId::random(), .names = {records::read_name("Mya Sample")}, .born = birth("2011-04-03")};
    const auto alike = search_.compare(mia, again);
    EXPECT_FALSE(alike.in_favour.empty());
    EXPECT_TRUE(alike.against.empty()) << alike.against.front();
    EXPECT_EQ(alike.guards, Guards{});

    Child twin{.id = ChildId::random(), .names = {records::read_name("Ben Sample")}, .born = birth("2011-03-04")};
    const auto twins = search_.compare(mia, twin);
    EXPECT_TRUE(twins.guards.may_be_siblings);
    EXPECT_NE(std::ranges::find(twins.against, "another first name"), twins.against.end());

    mia.identifiers = {{"UPN", "", "A12", ""}, {"LA", "Harbourne", "12 34x", ""}};
    again.identifiers = {{"UPN", "", "B99", ""}};
    EXPECT_TRUE(search_.compare(mia, again).guards.has_contradictory_identifiers);
    again.identifiers = {{"UPN", "", "a 12", ""}, {"LA", "Saltby", "77", ""}};
    EXPECT_FALSE(search_.compare(mia, again).guards.has_contradictory_identifiers) << "another issuer, another number";
}

ON_EVERY_ENGINE(live_search);

TEST(reasons, say_what_one_more_fact_would_settle_it_and_never_ask_twice)
{
    const auto names = pattern_with(Field::given, level::same_name) | pattern_with(Field::family, level::same_name);
    auto asked = described_by("Mia Sample", std::nullopt);
    EXPECT_EQ(what_would_settle(names, asked), (Words{"the date of birth", "a number that a system gave the child"}));
    asked.born = parse_partial_date("2011-05-17").value();
    EXPECT_TRUE(what_would_settle(names | pattern_with(Field::born, level::same_date), asked).empty());
    EXPECT_EQ(what_would_settle(names | pattern_with(Field::born, level::placeholder), asked).front(),
              "the day and month of birth");
    EXPECT_TRUE(what_would_settle(pattern_with(Field::identifier, level::same), asked).empty());
    asked.identifiers = {{"pnc", "1"}};
    for (std::uint8_t given = 0; given < level_count(Field::given); ++given)
        for (const auto& fact : what_would_settle(pattern_with(Field::given, given), asked)) {
            EXPECT_NE(fact, "a number that a system gave the child");
            EXPECT_EQ(fact.find_first_of("0123456789"), std::string::npos) << fact;
        }
}

TEST(reasons, name_a_twin_and_never_a_number)
{
    const auto twin = pattern_with(Field::given, level::different) | pattern_with(Field::family, level::same_name) |
                      pattern_with(Field::born, level::same_date) | siblings_mark;
    EXPECT_EQ(reasons_in(twin), (Words{"same surname", "same date of birth", "but another first name",
                                       "but may be a twin, a brother or a sister"}));
    for (std::uint8_t given = 0; given < level_count(Field::given); ++given)
        for (std::uint8_t born = 0; born < level_count(Field::born); ++born)
            for (const auto& reason : reasons_in(pattern_with(Field::given, given) | pattern_with(Field::born, born)))
                EXPECT_EQ(reason.find_first_of("0123456789"), std::string::npos) << reason;
}

} // namespace
} // namespace reachable::identity
