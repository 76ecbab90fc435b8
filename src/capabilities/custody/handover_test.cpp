// What holds at every shift change, whatever people press: over random shifts no critical line changes hands unread,
// and no clock is lost.
#include "capabilities/custody/handover.h"

#include "base/testing.h"
#include "capabilities/custody/custody_test_world.h"

#include <fmt/format.h>
#include <random>

namespace reachable::custody::testing {
namespace {

constexpr UtcTime morning = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 2}} + 6h;

class Shifts : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override { ASSERT_NO_FATAL_FAILURE(open_world(world_, GetParam())); }

    Result<casework::Acted> act(const std::string& who, std::string action, CaseId id, Json asked)
    {
        now_ += 20s;
        return casework::act(*world_.desk, world_.actors.at(who), RequestId::random(),
                             {.type = "custody", .action = std::move(action), .id = id, .asked = std::move(asked)},
                             now_);
    }
    CaseId booked()
    {
        auto asked = Json::object();
        asked.set("name_given", "Kit Sample").set("custody_number", "NM-2").set("authorised_at", to_iso(now_));
        const auto id = act("custody sergeant", "book_in", {}, asked)->id;
        auto request = Json::object();
        request.set("offence", "Carrying a knife").set("worry", "She will not say where she was going");
        EXPECT_TRUE(act("custody sergeant", "send_request", id, request));
        return id;
    }
    casework::LoadedCase loaded(CaseId id)
    {
        std::optional<casework::LoadedCase> found;
        world_.database->get().read([&](storage::Transaction& transaction) {
            found = casework::load_case(transaction, conversation_type(), id);
        });
        return *found;
    }
    std::vector<casework::ClockRow> clocks_of(CaseId id)
    {
        std::vector<casework::ClockRow> clocks;
        world_.database->get().read(
            [&](storage::Transaction& transaction) { clocks = casework::load_clocks(transaction, id); });
        return clocks;
    }
    std::vector<CriticalLine> lines_of(const Conversation& facts)
    {
        return critical_lines(facts, questions_on(*world_.desk, clocks::london_day(now_)));
    }
    static Json opening(UtcTime ends, bool with_detention_officer)
    {
        auto item = Json::object();
        item.set("duty_ends_at", to_iso(ends)).set("with_detention_officer", with_detention_officer);
        return Json::object().set("handovers", Json::list().add(std::move(item)));
    }
    static Json accepting(const std::string& line, const std::string& mark = {})
    {
        auto item = Json::object().set("line", line);
        if (!mark.empty()) item.set("mark", mark);
        return Json::object().set("accepted_lines", Json::list().add(std::move(item)));
    }
    static Json answering(const std::string& question, const std::string& words)
    {
        auto item = Json::object();
        item.set("question", question).set("state", "yes").set("words", words);
        return Json::object().set("answers", Json::list().add(std::move(item)));
    }
    static Json adding(std::size_t number)
    {
        auto item = Json::object();
        item.set("number", fmt::format("F{}", number)).set("section", "health").set("words", "Something new");
        return Json::object().set("added_facts", Json::list().add(std::move(item)));
    }
    Taker taker(const std::string& who) { return {world_.actors.at(who).worker, world_.actors.at(who).role}; }

    World world_;
    UtcTime now_ = morning;
};

/// One more thing that people of a suite might press, right or wrong.
class Shuffle {
  public:
    explicit Shuffle(unsigned seed) : random_(seed) {}
    std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
    const std::string& one_of(const std::vector<std::string>& choices) { return choices[below(choices.size())]; }

  private:
    std::mt19937 random_;
};

TEST_P(Shifts, no_critical_line_changes_hands_unread_and_no_clock_is_lost)
{
    const std::vector<std::string> sergeants = {"custody sergeant", "sergeant of the next shift"};
    const std::vector<std::string> takers = {"custody sergeant", "sergeant of the next shift", "detention officer"};
    const std::vector<std::string> asked = {"Q05", "Q08", "Q11", "Q12", "Q14", "Q15", "Q17"};
    std::size_t taken_over = 0;
    for (unsigned seed = 1; seed <= reachable::testing::times(4, 1); ++seed) {
        Shuffle shuffle(seed);
        const auto id = booked();
        std::size_t facts_added = 0;
        for (int step = 0; step < 250; ++step) {
            const auto before = loaded(id);
            const auto clocks_before = clocks_of(id);
            const auto& was = *static_cast<const Conversation*>(before.facts.get());
            const auto lines = lines_of(was);
            const auto what = shuffle.below(40);
            if (what < 2)
                (void)act(shuffle.one_of(sergeants), "open_handover", id, opening(now_ + 10min, shuffle.below(2) == 0));
            else if (what == 2)
                (void)act("duty worker of Harbourne", "answer", id,
                          answering(shuffle.one_of(asked), fmt::format("Said at step {}", step)));
            else if (what == 3 && act("detention officer", "add_fact", id, adding(facts_added + 1)))
                facts_added += 1;
            else if (what < 10) {
                const auto& who = shuffle.one_of(sergeants);
                const bool stays = taker(who).worker == was.in_charge; // and ends the handover: seldom
                if (!stays || shuffle.below(10) == 0) (void)act(who, "take_over", id, Json::object());
            } else { // mostly what is left, now and then any line
                const auto& who = shuffle.one_of(takers);
                const auto left = left_to_accept(was, lines, taker(who));
                const auto& from = left.empty() || what < 14 ? lines : left;
                (void)act(who, "accept_line", id, accepting(from[shuffle.below(from.size())].line));
            }
            const auto after = loaded(id);
            const auto& is = *static_cast<const Conversation*>(after.facts.get());
            if (is.in_charge != was.in_charge) {
                taken_over += 1;
                EXPECT_TRUE(left_to_accept(was, lines, {is.in_charge, Role::CUST}).empty());
                const bool alone = !*is.handovers.back().with_detention_officer;
                EXPECT_TRUE(alone || left_to_accept(was, lines, taker("detention officer")).empty());
                EXPECT_EQ(was.in_charge, is.handovers.back().from);
            }
            const auto clocks = clocks_of(id);
            const auto running = std::ranges::count_if(
                clocks, [](const casework::ClockRow& clock) { return clock.code == "C04" && !clock.stopped_at; });
            EXPECT_EQ(open_handover(is) != nullptr ? 1 : 0, running) << "seed " << seed << ", step " << step;
            EXPECT_GE(clocks.size(), clocks_before.size());
        }
        auto leaving = Json::object().set("left_at", to_iso(now_));
        EXPECT_TRUE(act("custody sergeant", "plan_release", id, plan_of_every_topic(*world_.desk, now_)));
        EXPECT_TRUE(act("custody sergeant", "record_departure", id, leaving));
        const auto left = loaded(id);
        EXPECT_EQ(nullptr, open_handover(*static_cast<const Conversation*>(left.facts.get())));
    }
    EXPECT_GE(taken_over, reachable::testing::times(4, 1)) << "the shifts must change, or nothing was tried";
}

TEST_P(Shifts, one_person_with_two_posts_is_not_both_who_takes_over_and_the_detention_officer)
{
    auto both = world_.actors.at("sergeant of the next shift");
    both.role = Role::DETO;
    world_.actors["the same person as detention officer"] = both;
    const auto id = booked();
    ASSERT_TRUE(act("custody sergeant", "open_handover", id, opening(now_ + 10min, true)));
    const auto stands = loaded(id);
    for (const auto& line : lines_of(*static_cast<const Conversation*>(stands.facts.get())))
        for (const auto* who : {"sergeant of the next shift", "the same person as detention officer"})
            ASSERT_TRUE(act(who, "accept_line", id, accepting(line.line, line.mark)));
    EXPECT_FALSE(act("sergeant of the next shift", "take_over", id, Json::object()));
    for (const auto& line : lines_of(*static_cast<const Conversation*>(stands.facts.get())))
        ASSERT_TRUE(act("detention officer", "accept_line", id, accepting(line.line, line.mark)));
    EXPECT_TRUE(act("sergeant of the next shift", "take_over", id, Json::object()));
}

TEST_P(Shifts, a_custody_system_reads_no_line_and_takes_nobody_over)
{
    const auto id = booked();
    ASSERT_TRUE(act("custody sergeant", "open_handover", id, opening(now_ + 10min, false)));
    const auto& sergeant = world_.actors.at("sergeant of the next shift");
    world_.database->get().write([&](storage::Transaction& transaction) {
        (void)accounts::add_machine(transaction, {.worker = sergeant.worker, .team = sergeant.team, .role = Role::CUST},
                                    now_);
    });
    for (const auto* action : {"accept_line", "take_over"}) {
        const auto refused = act("sergeant of the next shift", action, id,
                                 std::string_view(action) == "accept_line" ? accepting("adult") : Json::object());
        ASSERT_FALSE(refused);
        EXPECT_NE(std::string::npos, sentences(refused.error()).find("A custody system does not hand over"));
    }
    // R-X-12: nor does it correct a time: who types there is not known here.
    auto correction = Json::object().set("time", "authorised_at").set("reason", "Read from the wrong line");
    correction.set("right", to_iso(now_ - 10min));
    const auto proposed = Json::object().set("time_corrections", Json::list().add(std::move(correction)));
    const auto by_machine = act("sergeant of the next shift", "propose_time", id, proposed);
    ASSERT_FALSE(by_machine);
    EXPECT_NE(std::string::npos, sentences(by_machine.error()).find("A custody system does not correct a time"));
    ASSERT_TRUE(act("custody sergeant", "propose_time", id, proposed));
    EXPECT_FALSE(act("sergeant of the next shift", "decide_time", id, Json::object().set("is_time_right", true)));
    EXPECT_TRUE(act("inspector", "decide_time", id, Json::object().set("is_time_right", true)));
}

TEST_P(Shifts, a_line_that_changed_under_the_finger_is_not_accepted)
{
    const auto id = booked();
    ASSERT_TRUE(act("duty worker of Harbourne", "answer", id, answering("Q11", "Inhaler in the bag")));
    ASSERT_TRUE(act("custody sergeant", "open_handover", id, opening(now_ + 10min, false)));
    const auto loaded_before = loaded(id);
    const auto lines = lines_of(*static_cast<const Conversation*>(loaded_before.facts.get()));
    const auto shown = std::ranges::find(lines, std::string("Q11"), &CriticalLine::line)->mark;
    ASSERT_TRUE(act("duty worker of Harbourne", "answer", id, answering("Q11", "The inhaler is at home")));
    const auto refused = act("sergeant of the next shift", "accept_line", id, accepting("Q11", shown));
    ASSERT_FALSE(refused);
    EXPECT_EQ("This line changed after you opened the page. Read it once more", sentences(refused.error()));
    EXPECT_TRUE(act("sergeant of the next shift", "accept_line", id, accepting("Q11")));
}

TEST_P(Shifts, everybody_who_takes_over_may_see_every_critical_line)
{
    for (const auto& question : questions_on(*world_.desk, clocks::london_day(now_))) {
        if (!question.is_critical) continue;
        const Answer one{.question = std::string(question.number),
                         .category = std::string(question.category),
                         .label = std::string(question.label)};
        for (const auto* who : {"sergeant of the next shift", "detention officer"}) {
            const auto id = booked();
            const auto seen = casework::look(*world_.desk, world_.actors.at(who), RequestId::random(),
                                             {.type = "custody", .id = id, .page = "handover"}, now_);
            ASSERT_TRUE(seen);
            auto asked = seen->asked;
            asked.fields = {class_of(*conversation_type().find_part("answers"), &one)};
            EXPECT_GE(world_.desk->policy.decide(asked).fields.front(), policy::Show::generalise)
                << who << ", " << question.number;
            EXPECT_TRUE(act("custody sergeant", "plan_release", id, plan_of_every_topic(*world_.desk, now_)));
            EXPECT_TRUE(act("custody sergeant", "record_departure", id, Json::object().set("left_at", to_iso(now_))));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(engines, Shifts, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::custody::testing
