// P12: what a night's log says was asked of the policy, asked again years later, is decided as it was; and whoever
// changes a question, a decision or the text that decided is found out. On both databases.
#include "app/policy_replay.h"
#include "app/stories_test_world.h"

#include "audit/store.h"
#include "base/text.h"
#include "policy/kept_texts.h"
#include "policy/question.h"

#include <fmt/format.h>
#include <functional>

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class Replaying : public testing::Stories {
  protected:
    void SetUp() override
    {
        Stories::SetUp();
        policy::keep_text(database(), policy::testing::shipped(), world_.now);
    }
    void add_people(Transaction& transaction) override
    {
        const auto force = *accounts::find_agency_by_code(transaction, "X23000001");
        const auto response =
            custody::testing::add_team(transaction, force, "Northmere response", "office", "X06000001");
        const auto standards = custody::testing::add_team(transaction, force, "Professional standards", "office");
        custody::testing::add_actor(world_, transaction, force, response, Role::RESP, "PC Byte");
        custody::testing::add_actor(world_, transaction, force, standards, Role::PSTD, "standards");
        actor("PC Byte").purpose = "immediate-protection";
        actor("standards").purpose = "information-governance";
    }

    Result<casework::Acted> act(const std::string& who, std::string_view type, std::string action, CaseId id,
                                Json asked)
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    bool sees_the_child(const std::string& who)
    {
        return casework::look_at_child(desk(), actor(who), RequestId::random(), world_.mia, "story", world_.now)
            .has_value();
    }
    bool sees(const std::string& who, CaseId id)
    {
        return casework::look(desk(), actor(who), RequestId::random(), {.type = "custody", .id = id}, world_.now)
            .has_value();
    }
    bool lists(const std::string& who)
    {
        return casework::list(desk(), actor(who), RequestId::random(),
                              {.type = "custody", .whose = casework::Whose::team}, world_.now)
            .has_value();
    }
    Json about_mia() { return Json::object().set("child", world_.mia.text()); }

    /// A booking, a request, an emergency, a record that is sealed while the night goes on; searches and looks of
    /// people who may and may not.
    void a_night()
    {
        const auto booked = act("custody sergeant", "custody", "book_in", {},
                                about_mia()
                                    .set("name_given", "Mia Sample")
                                    .set("born_given", "2011-03-04")
                                    .set("custody_number", "NM/1")
                                    .set("authorised_at", "2026-10-28T01:50:00Z"));
        ASSERT_TRUE(booked) << sentences(booked.error());
        const auto request =
            Json::object().set("offence", "Carrying drugs").set("worry", "She will not say where she lives");
        EXPECT_FALSE(act("officer in the case", "custody", "send_request", booked->id, request));
        ASSERT_TRUE(act("custody sergeant", "custody", "send_request", booked->id, request));
        EXPECT_FALSE(act("custody sergeant", "custody", "send_request", booked->id, request)) << "a wrong state";
        EXPECT_FALSE(act("custody sergeant", "custody", "book_in", {}, Json::object())) << "a malformed booking";
        for (const auto* who : {"custody sergeant", "duty worker", "inspector"}) EXPECT_TRUE(sees(who, booked->id));
        for (const auto* who : {"duty worker of Harbourne", "PC Byte"}) EXPECT_FALSE(sees(who, booked->id)) << who;
        for (const auto* who : {"custody sergeant", "duty worker", "duty worker of Harbourne"})
            EXPECT_TRUE(lists(who)) << who;
        for (const auto* who : {"custody sergeant", "duty worker", "PC Byte"}) found_by(who, "Mia Sample");

        EXPECT_FALSE(sees_the_child("PC Byte"));
        EXPECT_FALSE(act("PC Byte", "emergency-access", "open", {},
                         about_mia().set("reason_code", "find_the_child").set("reason", "danger")));
        ASSERT_TRUE(act("PC Byte", "emergency-access", "open", {},
                        about_mia()
                            .set("reason_code", "find_the_child")
                            .set("reason", "She rang from his car and cannot say where they are")));
        world_.now += minutes{10};
        EXPECT_TRUE(sees_the_child("PC Byte"));

        ASSERT_TRUE(act("standards", "restriction", "restrict", {},
                        about_mia().set("kind", "PROTECTED_PERSON").set("why", "Told to us by the family")));
        EXPECT_FALSE(sees_the_child("PC Byte"));
        EXPECT_FALSE(act("PC Byte", "emergency-access", "open", {},
                         about_mia()
                             .set("reason_code", "find_the_child")
                             .set("reason", "She rang from his car and cannot say where they are")));
        for (const auto* who : {"custody sergeant", "duty worker", "PC Byte"}) found_by(who, "Mia Sample");
        lists("custody sergeant");
        sees("custody sergeant", booked->id);
    }

    /// What was not decided: an action and its outcome for each such entry.
    std::vector<std::string> without_question()
    {
        std::vector<std::string> lines;
        database().read([&](Transaction& transaction) {
            lines.clear();
            for (const auto& entry : audit::newest_entries(transaction, 1000))
                if (entry.question.empty()) lines.push_back(fmt::format("{} {}", entry.action, entry.outcome));
        });
        std::ranges::sort(lines);
        return lines;
    }

    /// The newest entry that says this of itself, changed; as somebody would who can write into the database.
    void change_newest(const std::function<bool(const audit::Entry&)>& is_it,
                       const std::function<void(audit::Entry&)>& change)
    {
        database().write([&](Transaction& transaction) {
            for (const auto& row :
                 transaction.query("select sequence, entry from audit_entries order by sequence desc", {})) {
                const auto bytes = row.bytes(1);
                auto entry = audit::parse_entry({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
                ASSERT_TRUE(entry);
                if (!is_it(*entry)) continue;
                change(*entry);
                const auto changed = audit::canonical(*entry);
                transaction.execute("update audit_entries set entry = $1 where sequence = $2",
                                    {Bytes(changed.begin(), changed.end()), row.integer(0)});
                return;
            }
            FAIL() << "there is no such entry";
        });
    }
};

TEST_P(Replaying, a_whole_night_is_decided_again_as_it_was)
{
    a_night();
    const auto found = replay(database());
    EXPECT_EQ(join(found.differing, "\n"), "");
    EXPECT_TRUE(found.is_whole()) << found.in_words();
    EXPECT_GT(found.acts, 3U) << found.in_words();
    EXPECT_GT(found.looks, 8U) << found.in_words();
    EXPECT_GT(found.refusals, 8U) << found.in_words();
    // That a queue was opened is no decision: each case on it is one, and has its own entry.
    for (const auto& line : without_question()) EXPECT_EQ(line, "look:custody.queue done");
    EXPECT_EQ(found.without_question, without_question().size());
    EXPECT_EQ(replay(database(), {3, 5}).decided(), 3U);
    EXPECT_NE(found.in_words().find(fmt::format("{0} decisions replayed, {0} alike, 0 differ", found.decided())),
              std::string::npos);
}

TEST_P(Replaying, a_changed_question_or_answer_comes_out_differently)
{
    a_night();
    const auto differing = [&] { return replay(database()).differing.size(); };
    ASSERT_EQ(differing(), 0U);
    const auto is_sealed = [](const audit::Entry& entry) {
        return entry.operation == audit::Operation::refusal && entry.rules.find("F3") != std::string::npos &&
               entry.question.find("record+is+sealed") != std::string::npos;
    };
    // As if the record had not been sealed when it was refused.
    change_newest(is_sealed, [](audit::Entry& entry) {
        const auto place = entry.question.find("record+is+sealed");
        entry.question.replace(place, sizeof "record+is+sealed" - 1, "record+is+not-under-alert");
        if (!policy::read_question(entry.question)) // another mark followed
            entry.question = "custody-sergeant+of+police-force+may+read+second-factor+60";
    });
    EXPECT_EQ(differing(), 1U);
    // As if more had been shown than was.
    change_newest([](const audit::Entry& entry) { return entry.operation == audit::Operation::look; },
                  [](audit::Entry& entry) { entry.view ^= 1U; });
    EXPECT_EQ(differing(), 2U);
    // As if it had been allowed.
    change_newest(is_sealed, [](audit::Entry& entry) { entry.operation = audit::Operation::look; });
    EXPECT_EQ(differing(), 3U);
    change_newest([](const audit::Entry& entry) { return entry.operation == audit::Operation::act; },
                  [](audit::Entry& entry) { entry.question = "nothing"; });
    const auto found = replay(database());
    EXPECT_EQ(found.differing.size(), 4U);
    EXPECT_TRUE(found.differing.front().starts_with("Entry ")) << found.differing.front();
    EXPECT_FALSE(found.is_whole());
}

TEST_P(Replaying, a_text_that_was_changed_decides_nothing_again)
{
    a_night();
    const auto before = replay(database());
    database().write([&](Transaction& transaction) {
        transaction.execute("update policy_texts set canonical = replace(canonical, 'sensitive', 'restricted')", {});
    });
    const auto changed = replay(database());
    EXPECT_EQ(changed.decided(), 0U);
    EXPECT_EQ(changed.without_policy, before.decided());
    EXPECT_FALSE(changed.is_whole());
    // A text that forbids nothing, kept under its own hash and named in every entry: what it decides differs.
    auto text = policy::testing::shipped().text();
    text.forbids.clear();
    const policy::TextPolicy other(text);
    policy::keep_text(database(), other, world_.now);
    change_newest([](const audit::Entry& entry) { return entry.rules == "F3"; },
                  [&](audit::Entry& entry) { entry.policy_hash = other.hash(); });
    EXPECT_EQ(replay(database()).differing.size(), 1U);
}

TEST_P(Replaying, what_is_no_entry_is_told_apart_from_what_was_decided)
{
    a_night();
    const auto before = replay(database());
    database().write([&](Transaction& transaction) {
        transaction.execute("update audit_entries set entry = $1 where sequence = 2", {Bytes{'x'}});
    });
    const auto found = replay(database());
    EXPECT_EQ(found.decided(), before.decided() - 1);
    EXPECT_TRUE(found.differing.empty());
    ASSERT_EQ(found.unreadable.size(), 1U);
    EXPECT_EQ(found.unreadable.front(), "Entry 2: it is not written as entries are.");
    EXPECT_FALSE(found.is_whole());
}

INSTANTIATE_TEST_SUITE_P(engines, Replaying, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
