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
    Result<casework::Acted> ask_to_restrict(const accounts::Session& keeper, ChildId child,
                                            std::string kind = "PROTECTED_PERSON", std::string staff = {})
    {
        auto asked = Json::object()
                         .set("child", child.text())
                         .set("kind", std::move(kind))
                         .set("why", "Told to us by the family");
        if (!staff.empty()) asked.set("staff_name", std::move(staff));
        return casework::act(service_->desk(), keeper, RequestId::random(),
                             {.type = "restriction", .action = "restrict", .asked = std::move(asked)},
                             service_->time().now());
    }
    void restrict(const accounts::Session& keeper)
    {
        const auto done = ask_to_restrict(keeper, mia_);
        ASSERT_TRUE(done) << sentences(done.error());
    }
    void restrict(const accounts::Session& keeper, std::string kind, const accounts::Session& staff)
    {
        std::string name;
        database().read(
            [&](Transaction& transaction) { name = accounts::find_worker(transaction, staff.worker)->sign_in_name; });
        const auto done = ask_to_restrict(keeper, mia_, std::move(kind), std::move(name));
        ASSERT_TRUE(done) << sentences(done.error());
    }
    /// A detention of Mia in that suite that is over, from and to so long after now.
    CaseId add_case(const accounts::Team& team, std::chrono::hours from, std::chrono::hours to)
    {
        case_ = CaseId::random();
        const auto now = service_->time().now();
        database().write([&](Transaction& transaction) {
            transaction.execute("insert into cases (id, type, version, state, child, agency, team, partner, "
                                "partner_team, opened_at, changed_at, is_open, due_at) values "
                                "($1, 'custody', 1, 'left custody', $2, $3, $4, $5, $5, $6, $7, 0, 0)",
                                {storage::to_value(case_), storage::to_value(mia_), storage::to_value(team.agency),
                                 storage::to_value(team.id), storage::to_value(AgencyId{}),
                                 storage::to_value(now + from), storage::to_value(now + to)});
        });
        add_version(1, to);
        return case_;
    }
    /// One that leaves the case closed.
    void add_version(std::int64_t version, std::chrono::hours at)
    {
        database().write([&](Transaction& transaction) {
            transaction.execute("insert into case_versions (case_id, version, at, action, worker, agency, role, state, "
                                "reason, salt, facts) values ($1, $2, $3, 'correct', $4, $4, 'CUST', 'left custody', "
                                "'', $4, '{}')",
                                {storage::to_value(case_), version, storage::to_value(service_->time().now() + at),
                                 storage::to_value(WorkerId{})});
            transaction.execute("update cases set changed_at = $1 where id = $2",
                                {storage::to_value(service_->time().now() + at), storage::to_value(case_)});
        });
    }
    std::string page(const accounts::Session& who, const std::string& path)
    {
        testing::Browser browser(*service_);
        browser.cookies["session"] = cookies_.at(who.worker);
        return std::string(browser.get(path).text());
    }
    bool has_on_page(const accounts::Session& who, const std::string& path, std::string_view words)
    {
        return page(who, path).find(words) != std::string::npos;
    }
    std::size_t tries_on_the_page_of(const accounts::Session& who)
    {
        const auto text = page(who, "/notices");
        std::size_t count = 0;
        const std::string_view words = "Somebody tried to open a restricted record";
        for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) count += 1;
        return count;
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
    CaseId case_;
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
    session_of(mill_lane_, Role::INSP, "custody-safeguarding"); // is told, in a supervisor's place
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
    search(hale, 2h);
    EXPECT_EQ(tries_told_to(voss), 2U);
    EXPECT_EQ(tries_on_the_page_of(voss), 2U) << "and they read it, although others set the restriction";
    EXPECT_EQ(tries_on_the_page_of(lock), 0U);
    EXPECT_TRUE(has_on_page(voss, "/restrictions", "Records you hold that another organisation restricts"));
    EXPECT_FALSE(has_on_page(lock, "/restrictions", "Records you hold that another organisation restricts"));
}

/// The organisation that holds a record is not helpless when another one seals it.
TEST_F(AuditReach, who_holds_a_record_may_lift_what_others_restrict_with_a_second_person)
{
    const auto lock = session_of(mill_lane_, Role::IGOV, "information-governance");
    const auto voss = session_of(suite_, Role::IGOV, "information-governance");
    const auto arden = session_of(suite_, Role::PSTD, "information-governance");
    const auto restriction = ask_to_restrict(lock, mia_);
    ASSERT_TRUE(restriction);
    const auto lift = [&](const accounts::Session& who, std::string action, Json asked) {
        return casework::act(
            service_->desk(), who, RequestId::random(),
            {.type = "restriction", .action = std::move(action), .id = restriction->id, .asked = std::move(asked)},
            service_->time().now());
    };
    ASSERT_TRUE(lift(voss, "ask_to_lift", Json::object().set("lift_reason", "It is the wrong child's record")));
    EXPECT_FALSE(lift(voss, "lift", Json::object()));
    const auto path = "/cases/restriction/" + restriction->id.text();
    EXPECT_TRUE(has_on_page(lock, path, "Another organisation")) << "who asks would tell who holds the record";
    EXPECT_FALSE(has_on_page(voss, path, "Another organisation"));
    ASSERT_TRUE(lift(arden, "lift", Json::object()));
    for (const auto* log : {"/audit", "/audit?show=changes"}) {
        EXPECT_FALSE(has_on_page(lock, log, "Westmoor Police")) << log;
        EXPECT_TRUE(has_on_page(voss, log, "lifted a restriction of the record")) << log;
    }
    for (const auto& side : {lock, voss})
        EXPECT_TRUE(has_on_page(side, "/notices", "A restriction of a record was lifted")) << side.worker.text();
}

/// Which organisation holds a record tells where the child is: not for whoever restricts it to learn.
TEST_F(AuditReach, who_restricts_a_record_does_not_learn_from_that_who_holds_it)
{
    const auto lock = session_of(mill_lane_, Role::IGOV, "information-governance");
    const auto voss = session_of(suite_, Role::IGOV, "information-governance");
    const auto restriction = ask_to_restrict(lock, mia_);
    ASSERT_TRUE(restriction);
    const auto path = "/cases/restriction/" + restriction->id.text();
    EXPECT_TRUE(has_on_page(lock, path, "Kept by"));
    EXPECT_FALSE(has_on_page(lock, path, "Westmoor Police"));
    EXPECT_FALSE(has_on_page(lock, path, force_.id.text()));
    EXPECT_TRUE(has_on_page(voss, path, "Westmoor Police"));
}

/// R-P-02, R-P-07: asking of a record whether it is there twice leaves the same behind, whether there is one, and tells
/// those who hold a sealed one. So does a list that shows nothing.
TEST_F(AuditReach, whoever_asks_about_a_hidden_record_leaves_as_much_behind_as_about_none)
{
    const auto mills = session_of(mill_lane_, Role::CUST, "custody-safeguarding");
    const auto voss = session_of(suite_, Role::IGOV, "information-governance");
    restrict(voss);
    const auto written_by = [&](const std::string& path) {
        const auto count = [&] {
            std::size_t entries = 0;
            database().read(
                [&](Transaction& transaction) { entries = audit::newest_entries(transaction, 1000).size(); });
            return entries;
        };
        const auto before = count();
        page(mills, path);
        return count() - before;
    };
    const auto of_none = written_by("/children/" + ChildId::random().text() + "/same-person");
    EXPECT_GT(of_none, 0U);
    EXPECT_EQ(tries_told_to(voss), 0U);
    EXPECT_EQ(written_by("/children/" + mia_.text() + "/same-person"), of_none);
    EXPECT_EQ(tries_told_to(voss), 1U);
    EXPECT_GT(written_by("/same-person"), 0U);
    // Each list is looked at once, whether it shows something.
    const auto lists_looked_at = [&] {
        std::size_t lists = 0;
        database().read([&](Transaction& transaction) {
            lists = 0;
            for (const auto& entry : audit::newest_entries(transaction, 1000))
                if (entry.action == "look:restriction.queue" && entry.child.is_none()) lists += 1;
        });
        return lists;
    };
    page(mills, "/restrictions");
    const auto before = lists_looked_at();
    EXPECT_TRUE(has_on_page(voss, "/restrictions", "1 in all"));
    EXPECT_EQ(lists_looked_at(), before + 2) << "the own ones, and those of others";
}

/// P9: what a restriction for the family of staff tells whoever set it ends where those who hold the record seal it.
TEST_F(AuditReach, a_restriction_for_the_family_of_staff_tells_nothing_of_a_record_that_its_holders_sealed)
{
    const auto mills = session_of(mill_lane_, Role::CUST, "custody-safeguarding");
    const auto lock = session_of(mill_lane_, Role::IGOV, "information-governance");
    const auto voss = session_of(suite_, Role::IGOV, "information-governance");
    restrict(lock, "STAFF_FAMILY", mills);
    search(mills);
    EXPECT_EQ(tries_told_to(lock), 1U) << "S12 (a)";
    restrict(voss);
    search(mills, 2h);
    EXPECT_EQ(tries_told_to(lock), 1U);
    EXPECT_EQ(tries_told_to(voss), 1U);
}

/// F3: a sealed record is like none also to governance elsewhere, whose address of it they kept.
TEST_F(AuditReach, a_sealed_record_is_restricted_by_nobody_else)
{
    const auto lock = session_of(mill_lane_, Role::IGOV, "information-governance");
    const auto voss = session_of(suite_, Role::IGOV, "information-governance");
    restrict(voss);
    const auto sealed = ask_to_restrict(lock, mia_);
    const auto none = ask_to_restrict(lock, ChildId::random());
    ASSERT_FALSE(sealed);
    ASSERT_FALSE(none);
    EXPECT_EQ(sealed.error(), none.error());
    EXPECT_EQ(tries_told_to(voss), 1U);
}

/// P9: who had the child in custody reads who saw the record while they had, not before, not after, and of a record
/// that was sealed since nothing.
TEST_F(AuditReach, a_case_about_a_child_opens_the_log_for_its_own_time_and_not_for_a_sealed_record)
{
    const auto hale = session_of(suite_, Role::CUST, "custody-safeguarding");
    const auto lock = session_of(mill_lane_, Role::IGOV, "information-governance");
    const auto voss = session_of(suite_, Role::IGOV, "information-governance");
    search(hale);
    add_case(mill_lane_, 1h, 3h);
    search(hale, 2h);
    search(hale, 4h);
    EXPECT_EQ(told_of_others(lock), 1U) << "the one of three that fell in their time";
    // A correction of a case that is over does not make its time longer.
    add_version(2, 5h);
    EXPECT_EQ(told_of_others(lock), 1U);
    restrict(voss);
    EXPECT_EQ(told_of_others(lock), 0U);
}

/// R-P-07: nor does a case still open tell its side, which does not hold the record, who tries at a sealed record.
TEST_F(AuditReach, a_case_about_a_sealed_child_tells_of_others_only_to_those_who_hold_the_record)
{
    const auto hale = session_of(suite_, Role::CUST, "custody-safeguarding");
    const auto lock = session_of(mill_lane_, Role::IGOV, "information-governance");
    const auto voss = session_of(suite_, Role::IGOV, "information-governance");
    const auto id = add_case(mill_lane_, -1h, 0h);
    database().write([&](Transaction& transaction) {
        transaction.execute("update cases set is_open = 1, partner = $1", {storage::to_value(force_.id)});
        auto entry = casework::audit_entry(service_->desk(), hale, RequestId{}, {}, {}, service_->time().now());
        entry.operation = audit::Operation::refusal;
        entry.action = "look:custody";
        entry.outcome = "not_found";
        entry.case_id = id;
        entry.child = mia_;
        service_->desk().log.append(transaction, std::move(entry));
    });
    EXPECT_EQ(told_of_others(lock), 1U);
    restrict(voss);
    EXPECT_EQ(told_of_others(lock), 0U);
    EXPECT_EQ(told_of_others(voss), 1U);
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
