// Numbers of text messages: which are taken, and who is told by which.
#include "accounts/testing.h"
#include "accounts/text_numbers.h"

namespace reachable::accounts {
namespace {

using storage::Transaction;
using testing::Accounts;
using testing::evening;

class TextNumbers : public Accounts {
  protected:
    std::vector<Texted> told(TeamId team, Role role, Teams teams = Teams::this_one, UtcTime at = evening)
    {
        return seen([&](Transaction& transaction) { return texted(transaction, force.id, team, role, teams, at); });
    }
    void put_on_duty(WorkerId worker, TeamId team, Role role)
    {
        write([&](Transaction& transaction) {
            add_duty(transaction,
                     {.worker = worker, .team = team, .role = role, .from = evening - 1h, .to = evening + 8h});
        });
    }
    void give(const auto& holder, const std::string& number)
    {
        write([&](Transaction& transaction) { set_text_number(transaction, holder, number); });
    }
};

TEST_P(TextNumbers, whoever_is_on_duty_is_told_by_their_own_number_or_that_of_their_team)
{
    EXPECT_TRUE(told(suite.id, Role::CUST).empty()); // nobody on duty, and no number anywhere
    put_on_duty(hale.id, suite.id, Role::CUST);
    EXPECT_TRUE(told(suite.id, Role::CUST).empty());
    give(suite.id, "+447700900100");
    ASSERT_EQ(told(suite.id, Role::CUST).size(), 1U);
    EXPECT_TRUE(told(suite.id, Role::CUST).front().worker.is_none());
    EXPECT_EQ(told(suite.id, Role::CUST).front().team, suite.id);
    give(hale.id, "+447700900123");
    ASSERT_EQ(told(suite.id, Role::CUST).size(), 1U);
    EXPECT_EQ(told(suite.id, Role::CUST).front().worker, hale.id);
    give(hale.id, "");
    EXPECT_TRUE(told(suite.id, Role::CUST).front().worker.is_none());
}

TEST_P(TextNumbers, the_number_of_a_team_stands_for_all_who_have_none_once)
{
    const Worker second{WorkerId::random(), force.id, "second@northmere.example", "Sgt Second"};
    write([&](Transaction& transaction) { add_worker(transaction, second); });
    put_on_duty(hale.id, suite.id, Role::CUST);
    put_on_duty(second.id, suite.id, Role::CUST);
    give(suite.id, "+447700900100");
    EXPECT_EQ(told(suite.id, Role::CUST).size(), 1U);
    give(second.id, "+447700900124");
    EXPECT_EQ(told(suite.id, Role::CUST).size(), 2U);
}

TEST_P(TextNumbers, a_role_that_answers_for_every_suite_is_told_wherever_it_is_on_duty)
{
    const Team other{.id = TeamId::random(), .agency = force.id, .name = "Another suite", .kind = "custody-suite"};
    write([&](Transaction& transaction) { add_team(transaction, other); });
    put_on_duty(hale.id, other.id, Role::INSP);
    give(hale.id, "+447700900123");
    EXPECT_TRUE(told(suite.id, Role::INSP).empty());
    EXPECT_EQ(told(suite.id, Role::INSP, Teams::any).front().worker, hale.id);
}

TEST_P(TextNumbers, if_nobody_is_on_duty_the_team_is_told)
{
    give(suite.id, "+447700900100");
    give(hale.id, "+447700900123");
    put_on_duty(hale.id, suite.id, Role::CUST);
    const auto tomorrow = told(suite.id, Role::CUST, Teams::this_one, evening + 24h);
    ASSERT_EQ(tomorrow.size(), 1U);
    EXPECT_TRUE(tomorrow.front().worker.is_none());
}

TEST_P(TextNumbers, whoever_leaves_takes_their_number_out_of_the_record)
{
    put_on_duty(hale.id, suite.id, Role::CUST);
    give(hale.id, "+447700900123");
    EXPECT_EQ(seen([&](Transaction& transaction) { return people_to_text(transaction, force.id, evening); }).size(),
              1U);
    write([&](Transaction& transaction) { close_worker(transaction, hale.id, evening); });
    EXPECT_EQ(seen([&](Transaction& transaction) { return text_number_of(transaction, hale.id); }), "");
    EXPECT_TRUE(seen([&](Transaction& transaction) { return people_to_text(transaction, force.id, evening); }).empty());
}

INSTANTIATE_TEST_SUITE_P(engines, TextNumbers, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

TEST(TextNumber, is_written_with_the_code_of_its_country_and_nothing_else_is_taken)
{
    const std::pair<const char*, const char*> cases[] = {
        {"+447700900123", "+447700900123"},
        {" +44 7700 900123 ", "+447700900123"},
        {"+44 (7700) 900-123", "+447700900123"},
        {"+35312345678", "+35312345678"},
        {"+123456789012345", "+123456789012345"}, // 15 digits, the most that E.164 knows
        {"+1234567890123456", ""},
        {"07700 900123", ""}, // of which country?
        {"00447700900123", ""},
        {"+0447700900123", ""}, // no country's code begins with a nought
        {"+44770", ""},
        {"+44 7700 90012x", ""},
        {"+44;7700900123", ""},
        {"++447700900123", ""},
        {"447700900123", ""},
        {"+", ""},
        {"", ""},
    };
    for (const auto& [typed, expected] : cases) EXPECT_EQ(read_text_number(typed).value_or(""), expected) << typed;
    EXPECT_EQ(sentences(read_text_number("07700 900123").error()),
              "Enter the number with + and the code of its country, such as +44 7700 900123");
}

} // namespace
} // namespace reachable::accounts
