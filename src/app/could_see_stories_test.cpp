// "Who knew what, when": what the rules of a moment opened to the people of an agency, told years later from what is on
// record. On both databases.
#include "app/could_see.h"

#include "app/stories_test_world.h"
#include "policy/kept_texts.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class CouldSeeStories : public testing::Stories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using custody::testing::add_actor;
        using custody::testing::add_team;
        const auto westmoor = *accounts::find_agency_by_code(transaction, "X10000001");
        const auto northmere = *accounts::find_agency_by_code(transaction, "X23000001");
        add_actor(world_, transaction, westmoor, add_team(transaction, westmoor, "East team", "office"), Role::SW,
                  "social worker");
        add_actor(world_, transaction, northmere, add_team(transaction, northmere, "Standards", "office"), Role::PSTD,
                  "standards");
        actor("standards").purpose = "information-governance";
    }
    /// A time on that afternoon, on a London wall.
    static UtcTime at(std::string_view time) { return clocks::from_wall(*parse_date("2026-10-28"), time).value(); }

    /// The desk, deciding by another text.
    casework::Desk deciding_by(const policy::TextPolicy& policy)
    {
        return {.database = database(),
                .log = desk().log,
                .policy = policy,
                .types = desk().types,
                .lists = desk().lists,
                .consequences = desk().consequences,
                .clock = desk().clock};
    }
    CaseId act_on(const casework::Desk& by, std::string_view time, const std::string& who, std::string_view type,
                  std::string action, CaseId id, Json asked = Json::object())
    {
        world_.now = at(time);
        actor(who).code_proved_at = world_.now;
        const auto acted =
            casework::act(by, actor(who), RequestId::random(),
                          {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)}, world_.now);
        if (!acted) throw Bug("an act of a story is refused: " + sentences(acted.error()));
        return acted->id;
    }
    CaseId act(std::string_view time, const std::string& who, std::string_view type, std::string action, CaseId id,
               Json asked = Json::object())
    {
        return act_on(desk(), time, who, type, std::move(action), id, std::move(asked));
    }
    CaseId allocated(std::string_view time)
    {
        auto asked = Json::object().set("child", world_.mia.text());
        database().read([&](Transaction& transaction) {
            asked.set("staff_name", accounts::find_worker(transaction, actor("social worker").worker)->sign_in_name);
        });
        return act(time, "on-call manager", "allocation", "allocate", {}, std::move(asked));
    }
    /// A social worker proposes it and the manager accepts it.
    CaseId flag_set(std::string_view proposed, std::string_view accepted)
    {
        const auto flag = act(proposed, "social worker", "flag", "propose", {},
                              Json::object()
                                  .set("child", world_.mia.text())
                                  .set("code", "DEBT")
                                  .set("plain_words", "Told that she owes for 42 wraps")
                                  .set("child_told", "yes"));
        act(accepted, "on-call manager", "flag", "accept", flag);
        return flag;
    }
    Json booking() const
    {
        return Json::object()
            .set("child", world_.mia.text())
            .set("name_given", "Mia Sample")
            .set("custody_number", "NM/1")
            .set("authorised_at", to_iso(world_.now));
    }
    CaseId booked_in(std::string_view time)
    {
        world_.now = at(time);
        return act(time, "custody sergeant", "custody", "book_in", {}, booking());
    }
    void keep(const policy::TextPolicy& policy, std::string_view time)
    {
        policy::keep_text(database(), policy, at(time));
    }
    std::string policy_hash_at(std::string_view time)
    {
        std::string hash;
        database().read([&](Transaction& transaction) {
            const auto policy = policy_at(transaction, at(time));
            hash = policy == nullptr ? "" : policy->hash();
        });
        return hash;
    }
    /// What was open at that moment to that role at the agency of that person.
    CouldSee could(const std::string& whose, Role role, CaseId id, UtcTime then)
    {
        CouldSee seen;
        database().read([&](Transaction& transaction) {
            const auto policy = policy_at(transaction, then);
            CHECK(policy != nullptr, "a story asks about a moment before anything was decided");
            seen = RightsOfThen(transaction, desk(), *policy, world_.mia, {actor(whose).agency, role}, then).of(id);
        });
        return seen;
    }
    Openness openness(const std::string& whose, Role role, CaseId id, std::string_view time)
    {
        return could(whose, role, id, at(time)).openness;
    }
};

TEST_P(CouldSeeStories, a_flag_set_at_four_and_shared_at_half_past_was_closed_to_the_force_at_ten_past_four)
{
    keep(policy::testing::shipped(), "12:00");
    allocated("15:00");
    const auto flag = flag_set("15:50", "16:00");
    const auto detention = booked_in("16:30");
    EXPECT_EQ(openness("custody sergeant", Role::CUST, flag, "15:40"), Openness::closed) << "it was not there";
    EXPECT_EQ(openness("custody sergeant", Role::CUST, flag, "16:10"), Openness::closed);
    EXPECT_EQ(openness("custody sergeant", Role::CUST, flag, "16:31"), Openness::open);
    const auto seen = could("custody sergeant", Role::CUST, flag, at("16:31"));
    EXPECT_EQ(seen.view, std::uint64_t{1} << static_cast<unsigned>(policy::Category::safety_summary))
        << "the summary, and not how the flag came about";
    EXPECT_EQ(seen.purposes, (std::set<std::string>{"custody-safeguarding"}));
    EXPECT_EQ(seen.rules, (std::set<std::string>{"A02"}));
    EXPECT_EQ(openness("custody sergeant", Role::CUST, detention, "16:10"), Openness::closed);
    EXPECT_EQ(openness("custody sergeant", Role::CUST, detention, "16:31"), Openness::open);
    // Nobody had asked children's services yet; those who own the flag could read it all along.
    EXPECT_EQ(openness("duty worker", Role::EDT, detention, "16:31"), Openness::closed);
    EXPECT_EQ(openness("on-call manager", Role::LADM, flag, "16:10"), Openness::open);
    EXPECT_EQ(openness("duty worker of Harbourne", Role::EDT, flag, "16:31"), Openness::closed);
    act("16:40", "custody sergeant", "custody", "send_request", detention,
        Json::object()
            .set("authority", world_.agencies["Westmoor County"].text())
            .set("offence", "Carrying drugs for somebody else")
            .set("worry", "She will not say where she lives"));
    EXPECT_EQ(openness("duty worker", Role::EDT, detention, "16:39"), Openness::closed);
    EXPECT_EQ(openness("duty worker", Role::EDT, detention, "16:41"), Openness::open);
    // What could be seen is what is seen: asked about now, the doors say the same.
    EXPECT_TRUE(casework::look(desk(), actor("duty worker"), RequestId::random(),
                               {.type = "custody", .id = detention, .page = "request"}, world_.now));
}

TEST_P(CouldSeeStories, a_policy_that_was_signed_later_opens_nothing_back_then)
{
    auto text = policy::testing::shipped().text();
    std::erase_if(text.allows, [](const policy::AllowRule& rule) { return rule.id == "A04"; });
    const policy::TextPolicy earlier(text);
    EXPECT_EQ(policy_hash_at("15:00"), "") << "nothing was decided yet";
    keep(earlier, "15:30");
    world_.now = at("16:00");
    const auto detention =
        act_on(deciding_by(earlier), "16:00", "custody sergeant", "custody", "book_in", {}, booking());
    keep(policy::testing::shipped(), "17:00");
    EXPECT_EQ(policy_hash_at("16:59"), earlier.hash());
    EXPECT_EQ(policy_hash_at("17:01"), policy::testing::shipped().hash()) << "in force before it decided anything";
    EXPECT_EQ(openness("detention officer", Role::DETO, detention, "16:30"), Openness::closed);
    EXPECT_EQ(openness("detention officer", Role::DETO, detention, "17:01"), Openness::open);
    // Back to the earlier text, which is kept already: the log says which decides.
    act_on(deciding_by(earlier), "18:00", "custody sergeant", "custody", "ask_adult", detention,
           Json::object().set("adult_who", "An aunt"));
    EXPECT_EQ(policy_hash_at("18:01"), earlier.hash());
    EXPECT_EQ(openness("detention officer", Role::DETO, detention, "18:01"), Openness::closed);
    EXPECT_EQ(openness("detention officer", Role::DETO, detention, "17:59"), Openness::open);
}

TEST_P(CouldSeeStories, a_list_opens_from_when_the_child_came_onto_it_until_they_were_taken_off)
{
    keep(policy::testing::shipped(), "12:00");
    const auto detention = booked_in("14:00");
    const auto allocation = allocated("15:00");
    act("17:00", "on-call manager", "allocation", "end", allocation);
    EXPECT_EQ(openness("social worker", Role::SW, detention, "14:30"), Openness::closed);
    EXPECT_EQ(openness("social worker", Role::SW, detention, "16:00"), Openness::open);
    EXPECT_EQ(openness("social worker", Role::SW, detention, "17:01"), Openness::closed);
}

/// R-P-07: a record that was sealed later was open before, and one that is sealed asks for a reason.
TEST_P(CouldSeeStories, a_seal_closes_from_when_it_was_set_and_not_before)
{
    keep(policy::testing::shipped(), "12:00");
    allocated("13:00");
    const auto flag = flag_set("13:10", "13:20");
    const auto detention = booked_in("14:00");
    act("16:00", "standards", "restriction", "restrict", {},
        Json::object()
            .set("child", world_.mia.text())
            .set("kind", "PROTECTED_PERSON")
            .set("why", "Moved because of a threat; nobody must learn where to"));
    EXPECT_EQ(openness("custody sergeant", Role::CUST, detention, "15:59"), Openness::open);
    EXPECT_EQ(openness("custody sergeant", Role::CUST, detention, "16:01"), Openness::with_a_reason);
    EXPECT_EQ(openness("on-call manager", Role::LADM, flag, "15:59"), Openness::open);
    EXPECT_EQ(openness("inspector", Role::INSP, flag, "16:01"), Openness::with_a_reason);
    EXPECT_EQ(openness("duty worker of Harbourne", Role::EDT, flag, "16:01"), Openness::closed);
}

TEST_P(CouldSeeStories, what_the_child_left_closes_a_day_later)
{
    keep(policy::testing::shipped(), "12:00");
    const auto detention = booked_in("13:00");
    act("13:30", "custody sergeant", "custody", "send_request", detention,
        Json::object()
            .set("authority", world_.agencies["Westmoor County"].text())
            .set("offence", "Carrying drugs for somebody else")
            .set("worry", "She will not say where she lives"));
    world_.now = at("14:00");
    act("14:00", "custody sergeant", "custody", "plan_release", detention,
        custody::testing::plan_of_every_topic(desk(), world_.now));
    act("14:30", "custody sergeant", "custody", "record_departure", detention,
        Json::object().set("left_at", to_iso(at("14:30"))));
    const auto deto = [&](UtcTime then) { return could("detention officer", Role::DETO, detention, then).openness; };
    EXPECT_EQ(deto(at("14:31") + hours{23}), Openness::open);
    EXPECT_EQ(deto(at("14:31") + hours{24}), Openness::closed);
}

INSTANTIATE_TEST_SUITE_P(engines, CouldSeeStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
