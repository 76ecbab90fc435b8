// Who accounts for which part of the log: nobody opens more of it to themselves.
#include "app/service_test_world.h"
#include "casework/search.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class AuditReach : public testing::EmptyService {
  protected:
    void SetUp() override
    {
        EmptyService::SetUp();
        if (IsSkipped()) return;
        database().write([&](Transaction& transaction) {
            for (const auto& agency : {force_, elsewhere_}) accounts::add_agency(transaction, agency);
            for (const auto& team : {suite_, mill_lane_}) accounts::add_team(transaction, team);
        });
        records::Child child{
            .id = mia_, .names = {records::read_name("Mia Sample")}, .born = *parse_partial_date("2011")};
        child.source = {.agency = force_.id, .recorded_at = service_->time().now(), .known_by = "officer"};
        database().write([&](Transaction& transaction) {
            ASSERT_TRUE(records::store_child(transaction, child, 0, WorkerId::random(), "", service_->time().now()));
        });
    }
    storage::Database& database() { return service_->desk().database; }

    accounts::Session session_of(const accounts::Team& team, Role role, std::string_view purpose)
    {
        accounts::Session session;
        database().write([&](Transaction& transaction) {
            const accounts::Worker worker{WorkerId::random(), team.agency, WorkerId::random().text(), "Sgt Hale"};
            accounts::add_worker(transaction, worker);
            accounts::add_post(transaction, {worker.id, team.id, role});
            session = {.worker = worker.id, .agency = team.agency, .team = team.id, .role = role};
            session.agency_kind = accounts::AgencyKind::police_force;
            const auto opened = accounts::open_session(transaction, session, service_->time().now());
            accounts::choose_purpose(transaction, opened.session.id, std::string(purpose));
            session = opened.session;
            session.purpose = purpose;
            cookies_[session.worker] = opened.cookie.reveal();
        });
        return session;
    }
    /// The lines of the child's log that tell of what others than the reader did.
    std::size_t told_of_others(const accounts::Session& reader)
    {
        testing::Browser browser(*service_);
        browser.cookies["session"] = cookies_.at(reader.worker);
        const auto response = browser.get("/children/" + mia_.text() + "/access");
        EXPECT_EQ(response.status, 200);
        const std::string text(response.text());
        std::size_t count = 0;
        for (auto at = text.find("custody sergeant"); at != std::string::npos;
             at = text.find("custody sergeant", at + 1))
            count += 1;
        return count;
    }
    void restrict(const accounts::Session& keeper)
    {
        const auto done = casework::act(service_->desk(), keeper, RequestId::random(),
                                        {.type = "restriction",
                                         .action = "restrict",
                                         .asked = Json::object()
                                                      .set("child", mia_.text())
                                                      .set("kind", "PROTECTED_PERSON")
                                                      .set("why", "Told to us by the family")},
                                        service_->time().now());
        ASSERT_TRUE(done) << sentences(done.error());
    }
    void open_in_an_emergency(const accounts::Session& who)
    {
        const auto done = casework::act(service_->desk(), who, RequestId::random(),
                                        {.type = "emergency-access",
                                         .action = "open",
                                         .asked = Json::object()
                                                      .set("child", mia_.text())
                                                      .set("reason_code", "find_the_child")
                                                      .set("reason", "She rang and cannot say where she is")},
                                        service_->time().now());
        ASSERT_TRUE(done) << sentences(done.error());
    }
    std::size_t tries_told_to(const accounts::Session& who)
    {
        std::size_t count = 0;
        database().read([&](Transaction& transaction) {
            const auto told = notices::notices_to(transaction, {.agency = who.agency, .team = who.team}, who.role, 50);
            count = static_cast<std::size_t>(
                std::ranges::count(told, std::string("restriction.tried"), &notices::StoredNotice::code));
        });
        return count;
    }
    void search(const accounts::Session& who, std::chrono::hours later = 0h)
    {
        ASSERT_TRUE(casework::search_children(service_->desk(), who, RequestId::random(), "Mia Sample", std::nullopt,
                                              service_->time().now() + later));
    }

    const accounts::Agency force_{AgencyId::random(), accounts::AgencyKind::police_force, "X1", "Westmoor Police"};
    const accounts::Agency elsewhere_{AgencyId::random(), accounts::AgencyKind::police_force, "X2", "Eastvale Police"};
    const accounts::Team suite_{TeamId::random(), force_.id, "Castle Street", "custody-suite"};
    const accounts::Team mill_lane_{TeamId::random(), elsewhere_.id, "Mill Lane", "custody-suite"};
    const ChildId mia_ = ChildId::random();
    std::map<WorkerId, std::string> cookies_;
};

/// P9: nobody widens their own access. A record that somebody restricts is not theirs for that.
TEST_F(AuditReach, who_restricts_a_record_of_another_force_reads_nothing_of_who_saw_it)
{
    const auto hale = session_of(suite_, Role::CUST, "custody-safeguarding");
    const auto lock = session_of(mill_lane_, Role::IGOV, "information-governance");
    search(hale);
    EXPECT_EQ(told_of_others(lock), 0U);
    restrict(lock);
    search(hale);
    EXPECT_EQ(told_of_others(lock), 0U);
}

/// P9: nor is a record somebody's whose staff opened it in an emergency; who else saw it stays with those who hold it.
TEST_F(AuditReach, whose_staff_broke_the_glass_for_a_record_reads_nothing_of_who_else_saw_it)
{
    const auto hale = session_of(suite_, Role::CUST, "custody-safeguarding");
    const auto lock = session_of(mill_lane_, Role::IGOV, "information-governance");
    const auto mills = session_of(mill_lane_, Role::CUST, "custody-safeguarding");
    search(hale);
    open_in_an_emergency(mills);
    search(hale);
    EXPECT_EQ(told_of_others(lock), 1U) << "what their own sergeant did";
}

/// P9, R-P-07: "custodian silently alerted". Not whoever restricted a record that is not theirs.
TEST_F(AuditReach, tries_at_a_record_are_told_to_those_who_hold_it_and_not_to_others_who_restrict_it)
{
    const auto hale = session_of(suite_, Role::CUST, "custody-safeguarding");
    const auto lock = session_of(mill_lane_, Role::IGOV, "information-governance");
    const auto voss = session_of(suite_, Role::IGOV, "information-governance");
    restrict(lock);
    search(hale);
    EXPECT_EQ(tries_told_to(lock), 0U);
    EXPECT_EQ(tries_told_to(voss), 1U);
    restrict(voss); // its own restriction as well
    search(hale, 2h);
    EXPECT_EQ(tries_told_to(lock), 0U);
    EXPECT_EQ(tries_told_to(voss), 3U);
}

/// R-P-07: the custodian of a record reads who tried to find it, whoever that was.
TEST_F(AuditReach, who_restricts_a_record_that_their_own_force_holds_reads_who_tried)
{
    const auto mills = session_of(mill_lane_, Role::CUST, "custody-safeguarding");
    const auto voss = session_of(suite_, Role::IGOV, "information-governance");
    restrict(voss);
    search(mills);
    EXPECT_GT(told_of_others(voss), 0U);
}

} // namespace
} // namespace reachable::app
