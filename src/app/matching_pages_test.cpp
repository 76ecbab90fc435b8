// The pages on which people decide whether two records are one child, as a browser without script sees them.
#include "app/service_test_world.h"
#include "base/text.h"
#include "capabilities/matching/matching.h"
#include "ties/ties.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class MatchingPages : public testing::EmptyService {
  protected:
    void SetUp() override
    {
        EmptyService::SetUp();
        if (IsSkipped()) return;
        database().write([&](Transaction& transaction) {
            accounts::add_agency(transaction, force_);
            accounts::add_agency(transaction, elsewhere_);
            accounts::add_team(transaction, suite_);
            accounts::add_team(transaction, mill_lane_);
        });
        mia_ = recorded("Mia <Sample>", "2011-03-04");
        again_ = recorded("Mia <Sample>", "2011-04-03");
        ASSERT_EQ(matching::find_pairs(service_->desk(), service_->time().now()).opened, 1U);
        database().read([&](Transaction& transaction) {
            const auto rows = transaction.query("select id from cases where type = 'same-person'");
            pair_ = "/same-person/" + storage::id_at<CaseId>(rows.front(), 0).text();
        });
    }
    storage::Database& database() { return service_->desk().database; }

    ChildId recorded(std::string_view name, std::string_view born)
    {
        records::Child child{
            .id = ChildId::random(), .names = {records::read_name(name)}, .born = *parse_partial_date(born)};
        child.source = {.agency = force_.id, .recorded_at = service_->time().now(), .known_by = "officer"};
        database().write([&](Transaction& transaction) {
            ASSERT_TRUE(records::store_child(transaction, child, 0, WorkerId::random(), "", service_->time().now()));
        });
        return child.id;
    }
    testing::Browser signed_in(const accounts::Team& team, Role role = Role::CUST,
                               std::string_view purpose = "custody-safeguarding")
    {
        testing::Browser browser(*service_);
        database().write([&](Transaction& transaction) {
            const accounts::Worker worker{WorkerId::random(), team.agency, WorkerId::random().text(), "Sgt Hale"};
            accounts::add_worker(transaction, worker);
            accounts::add_post(transaction, {worker.id, team.id, role});
            accounts::Session session{.worker = worker.id, .agency = team.agency, .team = team.id, .role = role};
            const auto opened = accounts::open_session(transaction, session, service_->time().now());
            accounts::choose_purpose(transaction, opened.session.id, std::string(purpose));
            browser.cookies["session"] = opened.cookie.reveal();
        });
        return browser;
    }
    static bool says(const web::Response& response, std::string_view words)
    {
        return response.text().find(words) != std::string_view::npos;
    }
    testing::Values deciding(std::string_view decision, std::string_view reason)
    {
        return {{"decision", std::string(decision)}, {"reason", std::string(reason)}, {"version", "1"}};
    }

    const accounts::Agency force_{AgencyId::random(), accounts::AgencyKind::police_force, "X1", "Westmoor Police"};
    const accounts::Agency elsewhere_{AgencyId::random(), accounts::AgencyKind::police_force, "X2", "Eastvale Police"};
    const accounts::Team suite_{TeamId::random(), force_.id, "Castle Street", "custody-suite"};
    const accounts::Team mill_lane_{TeamId::random(), elsewhere_.id, "Mill Lane", "custody-suite"};
    ChildId mia_;
    ChildId again_;
    std::string pair_;
};

TEST_F(MatchingPages, both_records_stand_side_by_side_with_what_differs_in_words)
{
    auto hale = signed_in(suite_);
    EXPECT_TRUE(says(hale.get("/queue"), "/same-person"));
    const auto queue = hale.get("/same-person");
    EXPECT_EQ(queue.status, 200);
    EXPECT_TRUE(says(queue, pair_));
    EXPECT_TRUE(says(queue, "Mia &lt;Sample&gt;"));
    const auto page = hale.get(pair_);
    ASSERT_EQ(page.status, 200);
    for (const auto* words : {"4 March 2011", "3 April 2011", "Differs", "Same", "day and month of birth exchanged",
                              "They are different children", "Nobody can tell yet", "Westmoor Police, officer"})
        EXPECT_TRUE(says(page, words)) << words;
    for (const auto child : {mia_, again_})
        EXPECT_TRUE(says(hale.get("/children/" + child.text() + "/same-person"), "Both records side by side"));
}

TEST_F(MatchingPages, a_refused_decision_loses_nothing_that_was_typed)
{
    auto hale = signed_in(suite_);
    const auto none = hale.post_from(pair_, pair_, {{"reason", "They have the same scar"}});
    EXPECT_TRUE(says(none, "Choose what you decide"));
    EXPECT_TRUE(says(none, "They have the same scar"));
    const auto bare = hale.post_from(pair_, pair_, deciding("same", "so"));
    EXPECT_TRUE(says(bare, "Say why, in 5 characters or more"));
    EXPECT_TRUE(says(bare, "href=\"#reason\""));
    EXPECT_TRUE(says(bare, "checked"));
}

TEST_F(MatchingPages, a_decision_is_saved_and_undone_by_somebody_else)
{
    auto hale = signed_in(suite_);
    auto rowe = signed_in(suite_);
    const auto saved = hale.post_from(pair_, pair_, deciding("same", "Her mother gave both dates"));
    ASSERT_EQ(saved.status, 303) << saved.text();
    EXPECT_TRUE(says(hale.get(std::string(saved.header("location"))), "They are one child"));
    EXPECT_TRUE(says(hale.get(pair_), "Her mother gave both dates"));
    const auto record = "/cases" + pair_;
    EXPECT_EQ(
        hale.post_from(record + "/propose_undo", record + "/propose_undo", {{"undo_reason", "Two photographs"}}).status,
        303);
    EXPECT_TRUE(says(hale.post_from(record + "/confirm_undo", record + "/confirm_undo", {}), "Somebody else decides"));
    EXPECT_EQ(rowe.post_from(record + "/confirm_undo", record + "/confirm_undo", {}).status, 303);
    EXPECT_TRUE(says(rowe.get(pair_), "parted"));
}

TEST_F(MatchingPages, who_holds_neither_record_finds_no_such_page)
{
    auto mills = signed_in(mill_lane_);
    EXPECT_EQ(mills.get(pair_).status, 404);
    EXPECT_EQ(mills.get(pair_).text(), mills.get("/same-person/" + CaseId::random().text()).text());
    EXPECT_FALSE(says(mills.get("/same-person"), pair_));
    auto known = std::string(mills.get("/children/" + mia_.text() + "/same-person").text());
    const auto nobody = ChildId::random().text();
    known.replace(known.find("child=" + mia_.text()), 6 + mia_.text().size(), "child=" + nobody);
    EXPECT_EQ(known, mills.get("/children/" + nobody + "/same-person").text());
    auto dunn = signed_in(suite_, Role::DETO);
    EXPECT_EQ(dunn.get(pair_).status, 404);
    EXPECT_FALSE(says(dunn.get("/queue"), "/same-person"));
}

TEST_F(MatchingPages, nobody_is_offered_to_be_their_own_second_person)
{
    auto hale = signed_in(suite_);
    auto rowe = signed_in(suite_);
    ASSERT_EQ(hale.post_from(pair_, pair_, deciding("same", "Her mother gave both dates")).status, 303);
    const auto record = "/cases" + pair_;
    ASSERT_EQ(
        hale.post_from(record + "/propose_undo", record + "/propose_undo", {{"undo_reason", "Two photographs"}}).status,
        303);
    EXPECT_FALSE(says(hale.get(pair_), record + "/confirm_undo"));
    EXPECT_TRUE(says(hale.get(pair_), "Somebody else confirms it"));
    EXPECT_TRUE(says(rowe.get(pair_), record + "/confirm_undo"));
}

TEST_F(MatchingPages, the_queue_says_that_a_pair_waits)
{
    auto hale = signed_in(suite_);
    const auto queue = hale.get("/queue");
    EXPECT_TRUE(says(queue, "Records that may be one child</a>: 1 open")) << queue.text();
    EXPECT_FALSE(says(queue, "Nothing waits for you"));
    auto mills = signed_in(mill_lane_);
    EXPECT_TRUE(says(mills.get("/queue"), "Nothing waits for you"));
}

TEST_F(MatchingPages, a_refused_form_is_in_the_log)
{
    auto dunn = signed_in(suite_, Role::DETO);
    EXPECT_EQ(dunn.get("/same-person/new").status, 404);
    database().read([&](Transaction& transaction) {
        const auto newest = audit::newest_entries(transaction, 1).front();
        EXPECT_EQ(newest.action, "same-person.open");
        EXPECT_EQ(newest.operation, audit::Operation::refusal);
    });
}

TEST_F(MatchingPages, a_question_about_a_protected_record_is_not_in_the_log_of_the_other_child)
{
    auto voss = signed_in(suite_, Role::IGOV, "information-governance");
    const auto reference = pair_.substr(std::string_view("/same-person/").size(), 8);
    const auto log = "/children/" + mia_.text() + "/access";
    // What the log of the child tells beside their own reading of it.
    const auto entries_of_others = [&] {
        const auto text = std::string(voss.get(log).text());
        const auto from = text.find("govuk-list--spaced");
        const auto list = text.substr(from, text.find("</ul>", from) - from);
        std::size_t count = 0;
        for (const auto entry : split(std::string_view(list), '>'))
            count += entry.find(" on ") != entry.npos && entry.find("who had seen this record") == entry.npos ? 1 : 0;
        return count;
    };
    EXPECT_TRUE(says(voss.get("/audit?show=changes"), reference));
    EXPECT_GT(entries_of_others(), 0U);
    const auto now = service_->time().now();
    database().write([&](Transaction& transaction) {
        ties::add_tie(transaction, {.kind = ties::Kind::sealed,
                                    .child = again_,
                                    .proved_by = CaseId::random(),
                                    .keeper = elsewhere_.id,
                                    .since = now - minutes{1}});
    });
    EXPECT_FALSE(says(voss.get("/same-person"), pair_));
    for (const auto& page : {log, std::string("/audit?show=refusals"), std::string("/audit?show=changes")})
        EXPECT_FALSE(says(voss.get(page), reference)) << page;
    EXPECT_EQ(entries_of_others(), 0U);
    // A list that leaves it out is no try at it: what is told is the look at the page, as for no record.
    const auto refusals_after = [&](ChildId child) {
        EXPECT_TRUE(says(voss.get("/children/" + child.text() + "/same-person"), "No question about this record"));
        const auto text = std::string(voss.get("/audit?show=refusals").text());
        std::size_t count = 0;
        for (auto at = text.find("and was refused"); at != text.npos; at = text.find("and was refused", at + 1))
            ++count;
        return count;
    };
    const auto of_none = refusals_after(ChildId::random());
    EXPECT_EQ(refusals_after(mia_), of_none + 1);
    // A try at it is told as a try at nothing is.
    voss.get(pair_);
    voss.get("/same-person/" + CaseId::random().text());
    const auto told = std::string(voss.get("/audit?show=refusals").text());
    EXPECT_EQ(told.find("Who has seen this child"), std::string::npos) << told;
}

/// Cut before the policy was asked, the list and the count would end where the hidden ones end.
TEST_F(MatchingPages, questions_that_are_hidden_take_no_place_among_those_about_a_child)
{
    constexpr std::int64_t hidden_ones = 510;
    const auto now = service_->time().now();
    database().write([&](Transaction& transaction) {
        for (std::int64_t i = 0; i < hidden_ones; ++i) {
            const auto hidden = ChildId::random();
            ties::add_tie(transaction, {.kind = ties::Kind::sealed,
                                        .child = hidden,
                                        .proved_by = CaseId::random(),
                                        .keeper = elsewhere_.id,
                                        .since = now - minutes{1}});
            // As the job would have asked before the record was sealed; newer, and due before all others.
            transaction.execute(
                "insert into cases (id, type, child, other, agency, team, partner, partner_team, state, version, "
                "is_open, opened_at, changed_at, due_at) select $1, type, child, $2, agency, team, partner, "
                "partner_team, state, "
                "version, is_open, opened_at + 1000000000, changed_at, 1 from cases where type = 'same-person' and id "
                "= $3",
                {storage::to_value(CaseId::random()), storage::to_value(hidden),
                 storage::to_value(*CaseId::parse(pair_.substr(std::string_view("/same-person/").size())))});
        }
    });
    auto hale = signed_in(suite_);
    for (const auto child : {mia_, again_}) {
        const auto page = hale.get("/children/" + child.text() + "/same-person");
        EXPECT_TRUE(says(page, "Both records side by side"));
        EXPECT_FALSE(says(page, "Other questions about this record"));
    }
    EXPECT_TRUE(says(hale.get("/queue"), "Records that may be one child</a>: 1 open"));
    EXPECT_TRUE(says(hale.get("/same-person"), pair_));
}

TEST_F(MatchingPages, the_search_for_pairs_is_nobody_who_tries_to_open_a_protected_record)
{
    const auto now = service_->time().now();
    database().write([&](Transaction& transaction) {
        ties::add_tie(transaction, {.kind = ties::Kind::sealed,
                                    .child = again_,
                                    .proved_by = CaseId::random(),
                                    .keeper = force_.id,
                                    .since = now - minutes{1}});
    });
    recorded("Mia <Sample>", "2011-04-03");
    matching::find_pairs(service_->desk(), now);
    const auto tries = [&] {
        std::int64_t count = 0;
        database().read([&](Transaction& transaction) {
            count =
                transaction.query("select count(*) from notices where code = 'restriction.tried'").front().integer(0);
        });
        return count;
    };
    EXPECT_EQ(tries(), 0);
    signed_in(suite_).get(pair_);
    EXPECT_GT(tries(), 0);
}

TEST_F(MatchingPages, somebody_asks_about_two_records_they_name)
{
    auto hale = signed_in(suite_);
    const auto third = recorded("Ada Other", "2012-01-02");
    const auto address = "/same-person/new?child=" + third.text();
    EXPECT_TRUE(says(hale.get(address), third.text()));
    const auto refused = hale.post_from(address, "/same-person/new", {{"child", third.text()}, {"other", "zz"}});
    EXPECT_TRUE(says(refused, "There is a problem"));
    const auto asked = hale.post_from(address, "/same-person/new",
                                      {{"child", third.text()}, {"other", mia_.text()}, {"why_asked", "Same scar"}});
    ASSERT_EQ(asked.status, 303) << asked.text();
    EXPECT_TRUE(says(hale.get(std::string(asked.header("location"))), "Same scar"));
}

} // namespace
} // namespace reachable::app
