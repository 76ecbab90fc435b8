// The edges of the judgements and of the brief: one row a case, the expected answer last.
#include "capabilities/custody/accommodation.h"
#include "capabilities/custody/adult.h"
#include "capabilities/custody/custody_test_world.h"

#include <fmt/format.h>

namespace reachable::custody::testing {
namespace {

using std::chrono::sys_days;
constexpr auto day = CivilDate{std::chrono::year{2026} / 6 / 10};
constexpr UtcTime noon = UtcTime{sys_days{day}} + 12h;

std::string listed(const std::vector<std::string>& names)
{
    return names.empty() ? "none" : join(names, " ");
}

std::string fields_of(const Result<>& result)
{
    std::vector<std::string> fields;
    if (!result)
        for (const auto& problem : result.error()) fields.push_back(problem.field);
    return listed(fields);
}

Answer said(std::string question, AnswerState state, std::string words = {}, std::optional<UtcTime> at = noon)
{
    Answer answer{.question = std::move(question), .state = state, .words = {std::move(words)}};
    answer.answered_at = answer.changed_at = at;
    answer.answered_by = "Westmoor County duty worker";
    return answer;
}

/// A desk with the dated lists, and nothing recorded.
class CustodyRules : public ::testing::Test {
  protected:
    void SetUp() override { ASSERT_NO_FATAL_FAILURE(open_world(world_, "sqlite")); }

    const casework::Desk& desk() { return *world_.desk; }
    std::vector<Question> questions() { return questions_on(desk(), day); }
    Brief brief_of(const Conversation& facts, const std::set<std::string_view>& held_back = {})
    {
        return make_brief(facts, questions(), desk(), day, held_back);
    }
    Result<> check(Result<> (*condition)(const Conversation&, const Context&), const Conversation& facts, UtcTime now)
    {
        Result<> result;
        auto asked = Json::object();
        if (facts.phoned_at) asked.set("phoned_at", to_iso(*facts.phoned_at)); // by this act, not an earlier one
        if (facts.left_at) asked.set("left_at", to_iso(*facts.left_at));
        world_.database->get().read([&](Transaction& transaction) {
            const Context context{.desk = desk(),
                                  .transaction = transaction,
                                  .session = world_.actors.at("custody sergeant"),
                                  .now = now,
                                  .asked = asked};
            result = condition(facts, context);
        });
        return result;
    }

    World world_;
};

TEST_F(CustodyRules, nobody_who_is_booked_in_was_detained_for_more_than_96_hours)
{
    Conversation facts{.custody_number = "NM-1", .authorised_at = noon - 96h};
    EXPECT_TRUE(check(the_booking_holds, facts, noon));
    facts.authorised_at = noon - 96h - 1s;
    EXPECT_EQ(fields_of(check(the_booking_holds, facts, noon)), "authorised_at");
}

TEST_F(CustodyRules, times_that_cannot_be_are_refused_on_their_field)
{
    struct Row {
        const char* what;
        std::optional<UtcTime> arrested, authorised, delivered, phoned, asked, arrived, left;
        const char* refused;
    };
    const Row rows[] = {
        // what                              arrested    authorised  delivered  phoned      asked      arrived    left
        // refused
        {"nothing is known", {}, {}, {}, {}, {}, {}, {}, "none"},
        {"all in their order", noon - 3h, noon - 2h, noon - 1h, noon, noon - 1h, noon, noon, "none"},
        {"all at one moment", noon, noon, noon, noon, noon, noon, noon, "none"},
        {"a clock a minute fast", {}, noon + 60s, {}, {}, {}, {}, {}, "none"},
        {"a clock further ahead", {}, noon + 61s, {}, {}, {}, {}, {}, "authorised_at"},
        {"held after charge until the next court", {}, noon - 110h, {}, {}, {}, {}, noon, "none"},
        {"arrested after the detention", noon - 1h, noon - 2h, {}, {}, {}, {}, {}, "arrested_at"},
        {"asked before the detention", {}, noon - 1h, noon - 2h, {}, {}, {}, {}, "delivered_at"},
        {"answered before asked", {}, {}, noon - 1h, noon - 2h, {}, {}, {}, "phoned_at"},
        {"the adult came before being asked", {}, {}, {}, {}, noon - 1h, noon - 2h, {}, "adult_arrived_at"},
        {"the adult is asked in an hour", {}, {}, {}, {}, noon + 1h, {}, {}, "adult_requested_at"},
        {"the adult is asked just now", {}, {}, {}, {}, noon + 60s, {}, {}, "none"},
        {"the adult comes in an hour", {}, {}, {}, {}, noon, noon + 1h, {}, "adult_arrived_at"},
        {"the adult came before the detention", {}, noon - 1h, {}, {}, {}, noon - 2h, {}, "adult_arrived_at"},
        {"the adult was asked before it", {}, noon - 1h, {}, {}, noon - 2h, noon, {}, "adult_requested_at"},
        {"left before the detention", {}, noon - 1h, {}, {}, {}, {}, noon - 2h, "left_at"},
        {"two faults at once", noon - 30min, noon - 1h, {}, {}, {}, {}, noon - 2h, "arrested_at left_at"},
    };
    for (const auto& row : rows) {
        Conversation facts;
        facts.arrested_at = row.arrested;
        facts.authorised_at = row.authorised;
        facts.delivered_at = row.delivered;
        facts.phoned_at = row.phoned;
        facts.adult_requested_at = row.asked;
        facts.adult_arrived_at = row.arrived;
        facts.left_at = row.left;
        EXPECT_EQ(fields_of(check(times_are_in_order, facts, noon)), row.refused) << row.what;
    }
    Conversation sent;
    sent.authorised_at = noon - 200h;
    sent.sent_at = noon - 199h;
    EXPECT_TRUE(check(times_are_in_order, sent, noon)) << "an old conversation is not refused for its age";
    sent.left_at = noon - 199h;
    EXPECT_TRUE(check(times_are_in_order, sent, noon));
    sent.left_at = noon - 199h - 1min;
    EXPECT_EQ(fields_of(check(times_are_in_order, sent, noon)), "left_at");
}

TEST_F(CustodyRules, an_interview_is_expected_after_the_request_and_may_then_lie_behind)
{
    Conversation facts;
    facts.authorised_at = noon - 2h;
    facts.interview_expected_at = noon;
    EXPECT_EQ(fields_of(check(times_are_in_order, facts, noon)), "none");
    EXPECT_EQ(fields_of(check(times_are_in_order, facts, noon + 59s)), "none");
    EXPECT_EQ(fields_of(check(times_are_in_order, facts, noon + 60s)), "interview_expected_at");
    facts.sent_at = noon - 1h;
    EXPECT_EQ(fields_of(check(times_are_in_order, facts, noon + 3h)), "none") << "time passed since the request";
    facts.interview_expected_at = noon - 3h;
    EXPECT_EQ(fields_of(check(times_are_in_order, facts, noon)), "interview_expected_at");
}

TEST_F(CustodyRules, a_record_contradicts_only_by_its_name_and_its_date_together)
{
    struct Row {
        const char* name;
        const char* born; // "": not given
        bool is_contradicted;
    };
    // The record: Mia Sample, also known as Mimi Sampel, born on 4 March 2011.
    const Row rows[] = {
        {"Zebedee Quill", "2012-05-17", true},  {"Zebedee Quill", "2011", false},
        {"Zebedee Quill", "2011-03-04", false}, {"Zebedee Quill", "", false},
        {"Zebedee Quill", "2011-04", true},     {"Mia Quill", "2012-05-17", false},
        {"Sample, Mia", "2012-05-17", false},   {"MIMI", "2012-05-17", false},
        {"Name not known", "2012", false},      {"Zebedee Quill", "2012~", false},
    };
    records::Child record{.names = {records::read_name("Mia Sample"), records::read_name("Mimi Sampel")}};
    record.born = *parse_partial_date("2011-03-04");
    for (const auto& row : rows) {
        Conversation given;
        given.name_given = row.name;
        if (row.born[0] != '\0') given.born_given = *parse_partial_date(row.born);
        EXPECT_EQ(contradicts(record, given), row.is_contradicted) << row.name << " " << row.born;
    }
    record.born.reset();
    Conversation given;
    given.name_given = "Zebedee Quill";
    given.born_given = *parse_partial_date("2012-05-17");
    EXPECT_FALSE(contradicts(record, given)) << "what is not known contradicts nothing";
}

TEST_F(CustodyRules, only_a_certain_adult_is_refused_at_booking)
{
    struct Row {
        const char* born;
        const char* age_status;
        const char* refused;
    };
    // Source: R-X-04 and R-X-05. The detention is on 10 June 2026.
    const Row rows[] = {
        {"2008-06-11", "confirmed", "none"},                                           // 18 tomorrow
        {"2008-06-10", "confirmed", "born_given"},                                     // 18 today
        {"2008-06-10", "disputed", "none"},        {"2008-06-10", "apparent", "none"}, // two years of doubt
        {"2006-06-10", "apparent", "born_given"},  {"2008", "stated", "none"},         // the latest day it could be
        {"2007", "stated", "born_given"},          {"2026-06-10", "stated", "none"},
        {"2026-06-11", "stated", "born_given"}, // not born yet
    };
    for (const auto& row : rows) {
        Conversation facts;
        facts.authorised_at = noon;
        facts.born_given = *parse_partial_date(row.born);
        facts.age_status = row.age_status;
        EXPECT_EQ(fields_of(check(the_booking_holds, facts, noon)), row.refused) << row.born << " " << row.age_status;
    }
    Conversation facts;
    facts.authorised_at = noon;
    facts.born_given = *parse_partial_date("2008-06-11");
    facts.sent_at = noon;
    EXPECT_TRUE(check(the_booking_holds, facts, noon + 48h)) << "who turns 18 in custody was booked in as a child";
}

TEST_F(CustodyRules, every_state_but_blank_is_a_value)
{
    using enum AnswerState;
    struct Row {
        AnswerState state;
        bool is_value;
    };
    const Row rows[] = {{not_asked, false}, {yes, true},          {no, true},       {AnswerState::given, true},
                        {unknown, true},    {not_recorded, true}, {declined, true}, {cannot_share, true}};
    const auto mandatory = unanswered({}, questions()).size();
    EXPECT_EQ(mandatory, 19U);
    for (const auto& row : rows) {
        Conversation facts;
        facts.answers = {said("Q01", row.state)};
        EXPECT_EQ(unanswered(facts, questions()).size(), mandatory - (row.is_value ? 1 : 0))
            << records::code_of(row.state);
    }
    Conversation optional;
    optional.answers = {said("Q18", yes), said("Q20", yes), said("Q21", yes)};
    EXPECT_EQ(unanswered(optional, questions()).size(), mandatory);
}

TEST_F(CustodyRules, a_line_is_read_again_only_when_it_changed_after_it_was_read)
{
    struct Row {
        const char* what;
        std::optional<UtcTime> changed, read;
        const char* to_read;
    };
    const Row rows[] = {
        {"never read", noon, {}, "Q08"},
        {"read before it changed", noon, noon - 1s, "Q08"},
        {"read in the second it came", noon, noon, "none"},
        {"read later", noon, noon + 1h, "none"},
    };
    for (const auto& row : rows) {
        Conversation facts;
        facts.answers = {said("Q08", AnswerState::yes, "", row.changed)};
        if (row.read) facts.acknowledgements = {{.line = "Q08", .at = row.read}};
        EXPECT_EQ(listed(unacknowledged(facts)), row.to_read) << row.what;
        EXPECT_EQ(nothing_is_left_to_read(&facts), std::string(row.to_read) == "none") << row.what;
    }
    Conversation other;
    other.answers = {said("Q08", AnswerState::yes)};
    other.added_facts = {{.number = "F1", .at = noon}};
    other.acknowledgements = {{.line = "Q09", .at = noon + 1h}};
    EXPECT_EQ(listed(unacknowledged(other)), "Q08 F1");
}

TEST_F(CustodyRules, the_last_answer_counts_by_its_true_time)
{
    Conversation facts;
    EXPECT_FALSE(last_answer_given(&facts));
    facts.answers = {said("Q01", AnswerState::yes, "", noon), said("Q02", AnswerState::given, "", noon - 1h),
                     said("Q03", AnswerState::no, "", {})};
    EXPECT_EQ(last_answer_given(&facts), noon);
}

TEST_F(CustodyRules, an_authority_is_always_found_where_the_suite_stands)
{
    world_.database->get().read([&](Transaction& transaction) {
        const auto& sergeant = world_.actors.at("custody sergeant");
        const auto found_for = [&](const Conversation& facts, TeamId suite) {
            return find_authority(transaction, facts, suite, sergeant, noon);
        };
        const auto suite = sergeant.team;
        Conversation known;
        known.child = world_.mia;
        EXPECT_EQ(found_for(known, suite)->found_by, "care_status");
        Conversation unknown;
        unknown.child = ChildId::random();
        const auto found = found_for(unknown, suite);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->found_by, "suite_area");
        EXPECT_EQ(found->authority, world_.agencies.at("Harbourne Borough"));
        EXPECT_FALSE(found_for(unknown, TeamId::random()));
        EXPECT_FALSE(accounts::duty_desk_of(transaction, world_.agencies.at("Northmere Police")));
    });
}

TEST_F(CustodyRules, nobody_but_children_s_services_is_asked_whatever_desk_they_have)
{
    // R-P-09.
    for (const auto kind : {accounts::AgencyKind::immigration, accounts::AgencyKind::police_force,
                            accounts::AgencyKind::local_authority}) {
        const accounts::Agency agency{AgencyId::random(), kind, fmt::format("X{}", static_cast<int>(kind)), "Another"};
        const accounts::Team desk{.id = TeamId::random(),
                                  .agency = agency.id,
                                  .name = "Desk",
                                  .kind = "duty-desk",
                                  .desk_mail = "a@x.example"};
        world_.database->get().write([&](Transaction& transaction) {
            accounts::add_agency(transaction, agency);
            accounts::add_team(transaction, desk);
        });
        world_.database->get().read([&](Transaction& transaction) {
            const bool is_asked = kind == accounts::AgencyKind::local_authority;
            EXPECT_EQ(accounts::duty_desk_of(transaction, agency.id), is_asked ? std::optional(desk.id) : std::nullopt);
        });
    }
}

TEST_F(CustodyRules, silent_records_call_for_assuming_needs)
{
    // R-D-03.
    const auto silent = brief_of({});
    ASSERT_EQ(silent.do_now.size(), 1U);
    EXPECT_TRUE(silent.do_now.front().sentence.starts_with("Assume that the child has needs"));
    EXPECT_EQ(silent.open.must_open, 19U);
    for (const auto& line : silent.first) {
        EXPECT_EQ(line.state, AnswerState::not_asked) << line.line;
        EXPECT_FALSE(line.at) << line.line;
    }
}

TEST_F(CustodyRules, an_instruction_follows_from_exactly_the_states_that_call_for_it)
{
    using enum AnswerState;
    struct Row {
        const char* question;
        AnswerState state;
        bool is_called;
    };
    const Row rows[] = {
        {"Q11", yes, true},
        {"Q11", no, false},
        {"Q11", unknown, false},
        {"Q06", yes, true},
        {"Q06", no, false},
        {"Q17", yes, false},
        {"Q17", no, true},
        {"Q17", unknown, true},
        {"Q17", cannot_share, true},
        {"Q17", not_recorded, true},
        {"Q09", AnswerState::given, true},
        {"Q01", yes, false},
    };
    for (const auto& row : rows) {
        Conversation facts;
        facts.answers = {said(row.question, row.state)};
        const auto brief = brief_of(facts);
        const bool is_called =
            brief.do_now.front().sentence.find(fmt::format("({})", row.question)) != std::string::npos;
        EXPECT_EQ(is_called, row.is_called) << row.question << " " << records::code_of(row.state);
        EXPECT_EQ(brief.do_now.size(), 1U);
    }
}

TEST_F(CustodyRules, every_instruction_that_is_called_for_stands_the_most_pressing_first)
{
    using enum AnswerState;
    Conversation facts;
    for (const auto* question : {"Q03", "Q06", "Q08", "Q10", "Q11", "Q12", "Q15", "Q16"})
        facts.answers.push_back(said(question, yes, "Something"));
    const auto brief = brief_of(facts);
    const char* expected[] = {"(Q11)", "(Q12)", "(Q15)", "(Q06)", "(Q08)", "(Q16)", "(Q03)", "(Q10)"};
    ASSERT_EQ(brief.do_now.size(), std::size(expected)) << "none is dropped";
    for (std::size_t i = 0; i < std::size(expected); ++i)
        EXPECT_NE(brief.do_now[i].sentence.find(expected[i]), std::string::npos)
            << i << " " << brief.do_now[i].sentence;
}

TEST_F(CustodyRules, yes_and_no_say_what_they_mean_where_they_could_be_turned_round)
{
    using enum AnswerState;
    struct Row {
        const char* question;
        AnswerState state;
        const char* means;
    };
    const Row rows[] = {{"Q17", no, "not safe"},
                        {"Q17", yes, "safe, they say"},
                        {"Q17", unknown, ""},
                        {"Q11", no, "checked: nothing on record"},
                        {"Q11", yes, ""},
                        {"Q07", no, "checked: no referral on record"},
                        {"Q19", yes, "they are at risk"}};
    for (const auto& row : rows) {
        Conversation facts;
        facts.answers = {said(row.question, row.state)};
        const auto set = questions();
        EXPECT_EQ(line_for(*find_question(set, row.question), facts, false).means, row.means)
            << row.question << " " << records::code_of(row.state);
    }
    // R-D-04: neither ever displays as "no concerns".
    for (const auto& question : questions()) EXPECT_EQ(question.no_means.find("concern"), std::string::npos);
}

TEST_F(CustodyRules, one_count_says_how_many_questions_are_open_and_of_which_kind)
{
    Conversation facts;
    EXPECT_EQ(in_words(count_open(facts, questions())),
              "19 of the 19 questions that must be answered have no answer yet. Of the 3 that may be left open, 3 have "
              "none.");
    for (const auto& question : questions())
        if (question.is_mandatory && question.number != "Q01")
            facts.answers.push_back(said(std::string(question.number), AnswerState::unknown));
    facts.answers.push_back(said("Q20", AnswerState::given, "Her teacher"));
    facts.answers.push_back(said("Q21", AnswerState::given, "Call my aunt"));
    EXPECT_EQ(in_words(count_open(facts, questions())),
              "1 of the 19 questions that must be answered has no answer yet. Of the 3 that may be left open, 1 has "
              "none. 18 of the answers tell nothing: not known, not recorded or not shared.");
    facts.answers.push_back(said("Q01", AnswerState::no));
    EXPECT_EQ(
        in_words(count_open(facts, questions())),
        "All 19 questions that must be answered have an answer. Of the 3 that may be left open, 1 has none. 18 of "
        "the answers tell nothing: not known, not recorded or not shared.");
    facts.answers.push_back(said("Q18", AnswerState::given, "The duty desk"));
    EXPECT_EQ(
        in_words(count_open(facts, questions())),
        "All 22 questions have an answer. 18 of the answers tell nothing: not known, not recorded or not shared.");
}

TEST_F(CustodyRules, a_question_is_asked_once_the_request_is_sent)
{
    Conversation facts;
    for (const auto& line : brief_of(facts).first) EXPECT_FALSE(line.is_asked) << line.line;
    facts.sent_at = noon;
    for (const auto& line : brief_of(facts).first) EXPECT_TRUE(line.is_asked) << line.line;
}

TEST_F(CustodyRules, ten_lines_are_printed_what_is_new_and_critical_first_and_none_is_lost)
{
    Conversation facts;
    facts.added_facts = {{.number = "F1", .section = "health", .words = {"Cut on the hand"}, .at = noon},
                         {.number = "F2", .section = "health", .words = {"Seen by the nurse"}, .at = noon + 1h}};
    const auto brief = brief_of(facts);
    EXPECT_EQ(brief.first.size(), most_printed_lines);
    EXPECT_EQ(brief.first.size() + brief.more.size(), 24U);
    EXPECT_EQ(brief.first[0].line, "F2");
    EXPECT_EQ(brief.first[1].line, "F1");
    bool critical_ended = false;
    for (const auto& line : brief.first) {
        EXPECT_FALSE(critical_ended && line.is_critical) << line.line;
        critical_ended = critical_ended || !line.is_critical;
    }
    for (const auto& line : brief.more) EXPECT_FALSE(line.is_critical) << line.line;
}

TEST_F(CustodyRules, somebody_to_keep_away_is_acted_on_whether_an_answer_names_them_or_somebody_adds_it)
{
    Conversation facts;
    facts.added_facts = {{.number = "F1", .section = "avoid", .words = {"Dean Marlow waits outside"}, .at = noon},
                         {.number = "F2", .section = "health", .words = {"Cut on the hand"}, .at = noon}};
    auto brief = brief_of(facts);
    ASSERT_EQ(brief.do_now.size(), 1U) << "a part of several questions calls for none of them";
    EXPECT_EQ(brief.do_now.front().line, "F1");
    EXPECT_EQ(brief.do_now.front().sentence,
              "Keep the people named away from the child: no contact, no collecting, no cell nearby (F1).");
    EXPECT_EQ(brief.do_now.front().said, "Dean Marlow waits outside");
    EXPECT_EQ(brief.first[1].topic, "People to keep away (new)");
    EXPECT_TRUE(brief.first[1].is_called);
    facts.acknowledgements = {{.line = "F1", .at = noon + 1h}};
    brief = brief_of(facts);
    EXPECT_EQ(brief.first[1].topic, "People to keep away (added)") << "it was read";
    EXPECT_EQ(brief.do_now.size(), 1U) << "and it holds";
}

TEST_F(CustodyRules, a_line_says_why_it_is_not_shared_and_that_a_call_is_not_confirmed)
{
    Conversation facts;
    auto withheld = said("Q12", AnswerState::cannot_share, "never shown");
    withheld.held_back_because = "Held by the therapist";
    auto phoned = said("Q11", AnswerState::yes, "Inhaler");
    phoned.via = "phone";
    facts.answers = {withheld, phoned};
    const auto brief = brief_of(facts);
    for (const auto& line : brief.first) {
        if (line.line == "Q12") {
            EXPECT_EQ(line.words, "Held by the therapist");
        }
        if (line.line == "Q11") {
            EXPECT_TRUE(line.is_read_back_waiting);
        }
    }
    facts.answers.back().is_read_back = true;
    for (const auto& line : brief_of(facts).first) EXPECT_FALSE(line.is_read_back_waiting) << line.line;
}

TEST_F(CustodyRules, what_is_held_back_is_neither_counted_as_missing_nor_called_not_asked)
{
    const auto brief = brief_of({}, {"Q08", "Q18"});
    EXPECT_EQ(brief.open,
              (OpenQuestions{.must_count = 18, .must_open = 18, .may_count = 2, .may_open = 2, .hidden = 2}));
    std::vector<std::string> held_back;
    for (const auto* lines : {&brief.first, &brief.more})
        for (const auto& line : *lines)
            if (line.is_held_back) held_back.push_back(line.line);
    EXPECT_EQ(listed(held_back), "Q08 Q18");
}

TEST_F(CustodyRules, asking_again_is_counted_by_its_topic_the_newest_first)
{
    Conversation facts;
    facts.asked_again = {{.topic = "Q12", .reason = "clinical", .at = noon},
                         {.topic = "Q11", .reason = "unclear", .at = noon},
                         {.topic = "Q12", .reason = "changed", .at = noon + 1h}};
    EXPECT_TRUE(asked_again_about(facts, "Q13").empty());
    const auto times = asked_again_about(facts, "Q12");
    ASSERT_EQ(times.size(), 2U);
    EXPECT_EQ(times.front().reason, "changed");
    facts.answers = {said("Q12", AnswerState::yes)};
    for (const auto& line : brief_of(facts).first)
        EXPECT_EQ(line.asked_again.size(), line.line == "Q12" ? 2U : 0U) << line.line;
    for (const auto& line : brief_of(facts, {"Q12"}).first) EXPECT_TRUE(line.asked_again.empty()) << line.line;
}

TEST_F(CustodyRules, an_instruction_says_what_it_is_about_unless_that_cannot_be_shared)
{
    Conversation facts;
    facts.answers = {said("Q15", AnswerState::given, "Her sister's partner must not collect her.")};
    EXPECT_EQ(brief_of(facts).do_now.front().said, "Her sister's partner must not collect her.");
    facts.answers = {said("Q15", AnswerState::given, std::string(300, 'x'))};
    EXPECT_EQ(brief_of(facts).do_now.front().said, std::string(110, 'x') + " …");
    facts.answers = {said("Q17", AnswerState::cannot_share, "Ask the manager")};
    EXPECT_EQ(brief_of(facts).do_now.front().said, "");
}

TEST_F(CustodyRules, health_self_harm_and_whom_to_keep_away_take_their_room_on_paper_first)
{
    Conversation facts;
    for (const auto* question : {"Q08", "Q09", "Q11", "Q12", "Q15", "Q16"})
        facts.answers.push_back(said(question, AnswerState::yes, std::string(300, 'x')));
    const auto brief = brief_of(facts);
    std::vector<std::string> pressing;
    for (const auto& line : brief.first)
        if (line.is_pressing) pressing.push_back(line.line);
    EXPECT_EQ(listed(pressing), "Q11 Q12 Q15");
    const auto room = room_on_the_sheet(brief, 300);
    EXPECT_GE(room.pressing, 300U) << "whole";
    EXPECT_GE(room.child_words, 300U) << "whole";
    EXPECT_LT(room.line, 300U) << "cut, so that all stands on one sheet";
}

TEST_F(CustodyRules, what_an_instruction_leads_to_stands_on_paper_before_what_is_only_known)
{
    Conversation facts;
    for (const auto& question : questions())
        facts.answers.push_back(said(std::string(question.number), AnswerState::given, std::string(90, 'x')));
    const auto brief = brief_of(facts);
    std::vector<std::string> called;
    for (const auto& line : brief.more)
        if (line.is_called) called.push_back(line.line);
    EXPECT_NE(listed(called).find("Q18"), std::string::npos) << listed(called);
    EXPECT_LT(called.size(), brief.more.size());
    const auto room = room_on_the_sheet(brief, 300);
    EXPECT_GE(room.called, 90U) << "whom to ask for a bed stands there whole";
    EXPECT_LT(room.short_line, 90U);
}

TEST_F(CustodyRules, an_unsafe_address_is_called_so_where_it_is_to_be_checked)
{
    Conversation facts;
    facts.answers.push_back(said("Q17", AnswerState::no, ""));
    EXPECT_EQ(brief_of(facts).do_now.front().sentence,
              "Is the release address safe? No: not safe. Check what the duty worker says about the release address "
              "before the child leaves (Q17).");
    facts.answers.front().state = AnswerState::unknown;
    EXPECT_TRUE(brief_of(facts).do_now.front().sentence.starts_with("Check what the duty worker says"));
}

TEST_F(CustodyRules, a_short_brief_stands_whole_on_paper_and_a_long_one_is_cut_evenly)
{
    const auto room = [](std::size_t first, std::size_t more, std::size_t words_of_each, std::size_t to_do = 5) {
        Brief brief;
        const BriefLine line{.line = "Q08", .topic = "What is asked", .words = std::string(words_of_each, 'x')};
        brief.first.assign(first, line);
        brief.more.assign(more, line);
        brief.do_now.assign(to_do, {.sentence = "Do this now, and then the next"});
        return room_on_the_sheet(brief, 0);
    };
    EXPECT_GE(room(10, 12, 40).short_line, 40U) << "there is room for everything";
    EXPECT_GE(room(10, 12, 40).line, 40U);
    EXPECT_GE(room(1, 0, 850).line, 850U) << "one long line stands whole";
    EXPECT_LT(room(10, 12, 600).line, 600U);
    EXPECT_LT(room(10, 12, 600, 30).line, room(10, 12, 600, 2).line) << "what is to be done takes its room first";
    EXPECT_EQ(room(40, 40, 600).line, 60U) << "no line is cut to nothing";
    EXPECT_EQ(room(40, 40, 600).short_line, 10U);
}

TEST_F(CustodyRules, an_adult_who_reads_like_somebody_to_keep_away_is_noticed)
{
    Conversation facts;
    facts.answers = {
        {.question = "Q15", .state = AnswerState::yes, .words = {"Her step-father, and a man called Dean"}}};
    facts.answers.front().people = {{.name = "Roy Müller", .relation = "lodger", .telephone = {}, .note = {}}};
    const auto alike = [&](std::string_view who) { return join(like_somebody_to_keep_away(facts, who), " "); };
    EXPECT_EQ(alike("Stepfather"), "") << "only the same word is found, so the question stands beside the form too";
    EXPECT_EQ(alike("Her step-father"), "step father");
    EXPECT_EQ(alike("Mr Dean"), "dean");
    EXPECT_EQ(alike("A. MÜLLER"), "") << "an accent that is written otherwise is not found";
    EXPECT_EQ(alike("A. Müller"), "müller");
    EXPECT_EQ(alike("The lodger"), "lodger");
    EXPECT_EQ(alike("Her aunt"), "");
    facts.answers.front().state = AnswerState::no;
    EXPECT_EQ(alike("Mr Dean"), "") << "nobody is to be kept away";
    facts.added_facts = {{.number = "F1", .section = "avoid", .words = {"Her mother's friend Dean"}}};
    EXPECT_EQ(alike("Mr Dean"), "dean");
}

TEST_F(CustodyRules, the_wait_for_an_adult_counts_from_the_first_who_did_not_come)
{
    Conversation facts;
    EXPECT_FALSE(adult_awaited_since(&facts));
    facts.adult_requested_at = noon + 1h;
    EXPECT_EQ(adult_awaited_since(&facts), noon + 1h);
    facts.earlier_adults = {{.who = "Aunt", .relation = {}, .requested_at = noon}};
    EXPECT_EQ(adult_awaited_since(&facts), noon);
    // An adult who was here and left ends what came before; nobody waits while somebody is there.
    facts.earlier_adults = {
        {.who = "Aunt", .relation = {}, .requested_at = noon - 3h},
        {.who = "Father", .relation = {}, .requested_at = noon - 2h, .arrived_at = noon - 1h, .left_at = noon + 90min}};
    EXPECT_EQ(adult_awaited_since(&facts), noon + 90min);
    facts.earlier_adults.push_back({.who = "Aunt", .relation = {}, .requested_at = noon + 2h});
    facts.adult_requested_at = noon + 3h;
    EXPECT_EQ(adult_awaited_since(&facts), noon + 2h);
}

TEST_F(CustodyRules, who_was_refused_bail_is_kept_only_with_a_bed_or_a_certificate)
{
    Conversation facts;
    EXPECT_EQ(how_the_bed_stands(facts), BedStands::not_asked);
    EXPECT_EQ(bed_in_words(facts), "");
    facts.bail_refused_at = facts.bed_asked_at = noon;
    for (const auto* reply : {"", "looking", "none"}) {
        facts.bed_reply = reply;
        EXPECT_EQ(how_the_bed_stands(facts), BedStands::awaited) << reply;
        EXPECT_FALSE(bed_is_no_longer_awaited(&facts)) << reply;
    }
    facts.bed_reply = "found";
    facts.bed_replied_at = noon + 1h;
    EXPECT_EQ(bed_wait_ended(&facts), noon + 1h);
    facts.bed_reply = "none";
    facts.certified_at = noon + 2h;
    EXPECT_EQ(bed_wait_ended(&facts), noon + 2h);
    EXPECT_TRUE(is_to_be_reviewed(facts));
}

TEST_F(CustodyRules, what_is_owed_to_a_child_who_has_left_is_said_in_words)
{
    const auto owed = [](const Conversation& facts) { return join(owed_after_leaving(facts), ", "); };
    Conversation facts;
    EXPECT_EQ(owed(facts), "") << "the child is here";
    facts.left_at = noon;
    EXPECT_EQ(owed(facts), "children's services were never asked");
    facts.sent_at = noon - 1h;
    EXPECT_EQ(owed(facts), "pass-back owed, answers owed");
    facts.is_complete = true;
    facts.pass_backs.emplace_back();
    EXPECT_EQ(owed(facts), "pass-back not read yet");
    facts.pass_back_read_at = noon + 1h;
    EXPECT_EQ(owed(facts), "");
}

} // namespace
} // namespace reachable::custody::testing
