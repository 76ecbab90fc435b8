#include "records/testing.h"

namespace reachable::records {
namespace {

using storage::Transaction;
using Reasons = std::vector<std::string>;

class Candidates : public testing::RecordsTest {
  protected:
    ChildId store(Child child, std::int64_t expected_version = 0)
    {
        if (child.id.is_none()) child.id = ChildId::random();
        const auto stored =
            write([&](Transaction& t) { return store_child(t, child, expected_version, worker, "test", morning); });
        EXPECT_TRUE(stored) << sentences(stored.error());
        return child.id;
    }
    ChildId store(std::string_view name, std::string_view born)
    {
        return store({.names = {read_name(name)}, .born = birth(born)});
    }
    std::vector<Candidate> look(std::string_view name, std::string_view born, std::size_t most = 10)
    {
        return read([&](Transaction& t) { return may_be(t, read_name(name), birth(born), most); });
    }
    std::vector<Candidate> look(const Child& described)
    {
        return read([&](Transaction& t) { return may_be(t, described); });
    }
    static std::optional<PartialDate> birth(std::string_view text)
    {
        if (text.empty()) return std::nullopt;
        return parse_partial_date(text).value();
    }
};

TEST_P(Candidates, come_with_reasons_in_words)
{
    struct Case {
        std::string_view name;
        std::string_view born;
        Reasons reasons; // none: not offered
    };
    store("Éabha O'Neill-Sample", "2011-05-17");
    const Case cases[] = {
        {"Éabha O'Neill-Sample", "2011-05-17", {"same name", "same date of birth"}},
        {"sample oneill EABHA", "", {"same name"}},
        {"Eabha ONeill Sample", "2010-01-01", {"same name"}},
        {"Eabha Test", "2011-05-17", {"one name in common", "same date of birth"}},
        {"Sample", "2011-05-17", {"one name in common", "same date of birth"}},
        {"Eabha Test", "2011-05-18", {}},
        {"Eabha Sample", "", {"two names in common"}},
        {"Eabha Sample", "2011-05", {"two names in common"}},
        {"Ayo Test", "2011-05-17", {}},
        {"Name not known", "2011-05-17", {}},
        {"", "2011-05-17", {}},
    };
    for (const auto& one : cases) {
        const auto found = look(one.name, one.born);
        ASSERT_EQ(found.size(), one.reasons.empty() ? 0u : 1u) << one.name << " " << one.born;
        if (!found.empty()) {
            EXPECT_EQ(found.front().reasons, one.reasons) << one.name << " " << one.born;
        }
    }
}

TEST_P(Candidates, are_found_whatever_the_order_of_a_name)
{
    const auto linh = store("Sample Thi Linh", "2009-10-01");
    const auto found = look("Linh Sample", "2009-10-01");
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front().child.id, linh);
    EXPECT_EQ(look("Thị Linh Sample", "").size(), 1u);
}

TEST_P(Candidates, stand_with_the_likeliest_first_and_no_more_than_asked_for)
{
    const auto same_birth = store("Ayo Test", "2011-05-17");
    const auto same_name = store("Ayo Sample", "2009-01-02");
    const auto both = store("Sample Ayo", "2011-05-17");
    const auto found = look("Ayo Sample", "2011-05-17");
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].child.id, both);
    EXPECT_EQ(found[1].child.id, same_birth);
    EXPECT_EQ(found[2].child.id, same_name);
    EXPECT_EQ(look("Ayo Sample", "2011-05-17", 1).size(), 1u);
    EXPECT_TRUE(look("Ayo Sample", "2011-05-17", 0).empty());
}

TEST_P(Candidates, with_the_same_birth_date_are_found_among_many_of_the_same_name)
{
    write([&](Transaction& t) {
        for (int i = 0; i < 220; ++i) {
            const Child other{.id = ChildId::random(), .names = {read_name("Ayo Sample")}, .born = birth("2009-01-02")};
            EXPECT_TRUE(store_child(t, other, 0, worker, "test", morning));
        }
        return true;
    });
    const auto ayo = store("Ayo Sample", "2011-05-17");
    const auto found = look("Ayo Sample", "2011-05-17");
    ASSERT_EQ(found.size(), 10u);
    EXPECT_EQ(found.front().child.id, ayo);
}

TEST_P(Candidates, share_an_identifier_of_the_same_issuer)
{
    const Child ayo{.names = {read_name("Ayo Sample")},
                    .identifiers = {{"LA", "Harbourne", "12 34x", ""}, {"PNC", "", "", ""}}};
    const auto id = store(ayo);
    const auto with = [](Identifier identifier) {
        return Child{.names = {read_name("Name not known")}, .identifiers = {std::move(identifier)}};
    };
    const auto found = look(with({"la", "harbourne", "1234X", ""}));
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found.front().child.id, id);
    EXPECT_EQ(found.front().reasons, Reasons{"same la identifier"});
    EXPECT_EQ(look(with({"LA", "", "1234X", ""})).size(), 1u);
    EXPECT_TRUE(look(with({"LA", "Saltby", "1234X", ""})).empty());
    EXPECT_TRUE(look(with({"RMS", "Harbourne", "1234X", ""})).empty());
    EXPECT_TRUE(look(with({"PNC", "", "", ""})).empty());
}

TEST_P(Candidates, leave_out_the_child_who_is_described)
{
    Child ayo{.id = ChildId::random(), .names = {read_name("Ayo Sample")}};
    store(ayo);
    EXPECT_TRUE(look(ayo).empty());
    ayo.id = ChildId::random();
    EXPECT_EQ(look(ayo).size(), 1u);
}

TEST_P(Candidates, answer_to_any_of_their_names_but_not_to_one_taken_back)
{
    Child ayo{.id = ChildId::random(), .names = {read_name("Ayo Sample"), read_name("Ace")}};
    ayo.names.back().kind = NameKind::known_as;
    store(ayo);
    EXPECT_EQ(look("Ace", "").size(), 1u);
    EXPECT_TRUE(look("Ayo", "").empty()); // one part of a name is not the same name
    ayo.names.pop_back();
    store(ayo, 1);
    EXPECT_TRUE(look("Ace", "").empty());
    EXPECT_EQ(look("Ayo Sample", "").size(), 1u);
}

ON_EVERY_ENGINE(Candidates);

} // namespace
} // namespace reachable::records
