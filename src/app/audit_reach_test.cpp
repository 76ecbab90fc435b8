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
    void search(const accounts::Session& who)
    {
        ASSERT_TRUE(casework::search_children(service_->desk(), who, RequestId::random(), "Mia Sample", std::nullopt,
                                              service_->time().now()));
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
