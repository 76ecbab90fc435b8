// Pages around the capabilities: what refusals mean, and who looked at what.
#include "api/problem.h"
#include "app/log_place.h"
#include "app/log_words.h"
#include "app/service_test_world.h"

namespace reachable::app {
namespace {

using storage::Transaction;

class Pages : public testing::EmptyService {
  protected:
    /// Information governance of a force, at work.
    testing::Browser governance()
    {
        testing::Browser browser(*service_);
        service_->desk().database.write([&](Transaction& transaction) {
            const accounts::Agency force{AgencyId::random(), accounts::AgencyKind::police_force, "X1",
                                         "Westmoor Police"};
            const accounts::Team office{TeamId::random(), force.id, "Governance", "office"};
            const accounts::Worker voss{WorkerId::random(), force.id, "voss@x.example", "Kerry Voss"};
            accounts::add_agency(transaction, force);
            accounts::add_team(transaction, office);
            accounts::add_worker(transaction, voss);
            accounts::add_post(transaction, {voss.id, office.id, accounts::Role::IGOV});
            accounts::Session session;
            session.worker = voss.id;
            session.agency = force.id;
            session.agency_kind = force.kind;
            session.team = office.id;
            session.role = accounts::Role::IGOV;
            const auto opened = accounts::open_session(transaction, session, service_->time().now());
            accounts::choose_purpose(transaction, opened.session.id, "information-governance");
            browser.cookies["session"] = opened.cookie.reveal();
        });
        return browser;
    }
    void append(audit::Operation operation, std::size_t count)
    {
        service_->desk().database.write([&](Transaction& transaction) {
            for (std::size_t i = 0; i < count; ++i) {
                auto entry = casework::audit_entry(service_->desk(), accounts::service_session(), RequestId{}, {}, {},
                                                   service_->time().now());
                entry.operation = operation;
                entry.action = "look:custody.brief";
                entry.outcome = operation == audit::Operation::refusal ? "not_found" : "done";
                service_->desk().log.append(transaction, std::move(entry));
            }
        });
    }
    std::size_t length_of_the_log()
    {
        std::size_t length = 0;
        service_->desk().database.read(
            [&](Transaction& transaction) { length = audit::newest_entries(transaction, 1000).size(); });
        return length;
    }
    std::size_t count_of(std::string_view action)
    {
        std::size_t count = 0;
        service_->desk().database.read([&](Transaction& transaction) {
            count = 0;
            for (const auto& entry : audit::newest_entries(transaction, 1000))
                if (entry.action == action) ++count;
        });
        return count;
    }
    static std::size_t items(std::string_view text)
    {
        std::size_t count = 0;
        for (auto at = text.find("and was refused"); at != std::string_view::npos;
             at = text.find("and was refused", at + 1))
            ++count;
        return count;
    }
};

TEST_F(Pages, information_governance_comes_home_to_the_log_and_goes_on_to_a_child)
{
    auto voss = governance();
    EXPECT_EQ(voss.get("/queue").header("location"), "/audit");
    const auto child = ChildId::random();
    const auto one_case = CaseId::random();
    WorkerId hale = WorkerId::random();
    service_->desk().database.write([&](Transaction& transaction) {
        const auto force = *accounts::find_agency_by_code(transaction, "X1");
        accounts::add_worker(transaction, {hale, force.id, "hale@x.example", "Sgt Hale"});
        accounts::Session session{.worker = hale, .agency = force.id, .role = accounts::Role::CUST};
        for (const auto* action : {"look:custody.brief", "custody.chase", "audit.read_child"}) {
            auto entry = casework::audit_entry(service_->desk(), session, RequestId{}, {}, {}, service_->time().now());
            const std::string_view name = action;
            entry.operation = name.starts_with("look")  ? audit::Operation::look
                              : name == "custody.chase" ? audit::Operation::act
                                                        : audit::Operation::refusal;
            entry.action = action;
            entry.child = child;
            entry.case_id = one_case;
            entry.outcome = "done";
            service_->desk().log.append(transaction, std::move(entry));
        }
    });
    append(audit::Operation::look, 1);
    const std::string log(voss.get("/audit").text());
    EXPECT_NE(log.find("The service read the brief"), std::string::npos) << log;
    for (const auto* words : {"Sgt Hale, custody sergeant of Westmoor Police, read the brief",
                              "Sgt Hale, custody sergeant of Westmoor Police, chased the request",
                              "tried to see who had seen this record and was refused"})
        EXPECT_NE(log.find(words), std::string::npos) << words << log;
    const auto access = "/children/" + child.text() + "/access";
    EXPECT_NE(log.find("href=\"" + access + "\""), std::string::npos);
    EXPECT_NE(voss.get(access).text().find("Sgt Hale, custody sergeant of Westmoor Police, read the brief"),
              std::string_view::npos);

    const std::string looks(voss.get("/audit?show=looks&reference=" + one_case.text().substr(0, 8)).text());
    EXPECT_NE(looks.find("read the brief"), std::string::npos);
    EXPECT_EQ(looks.find("chased the request"), std::string::npos);
    const std::string none(voss.get("/audit?show=looks&reference=00000000").text());
    EXPECT_EQ(none.find("read the brief"), std::string::npos);
    EXPECT_NE(none.find("There is nothing like that"), std::string::npos);
    EXPECT_NE(looks.find("Purpose: Account for who looked at what, and why"), std::string::npos);
    EXPECT_EQ(looks.find("information-governance"), std::string::npos);
}

TEST_F(Pages, the_log_has_words_for_every_act_that_is_declared)
{
    service_->desk().database.read([&](Transaction& transaction) {
        for (const auto* type : service_->desk().types)
            for (const auto& action : type->all_actions())
                for (const auto operation : {audit::Operation::act, audit::Operation::refusal}) {
                    const audit::Entry entry{.operation = operation, .action = type->full_name(action.name)};
                    const auto told = audit::sentence(entry, names_for(transaction, *service_, entry));
                    EXPECT_EQ(told.find(std::string(type->name) + "."), std::string::npos) << told;
                }
    });
}

TEST_F(Pages, in_earnest_nothing_is_a_demonstration_and_the_gallery_of_components_is_not_served)
{
    testing::Browser anybody(*service_);
    EXPECT_EQ(anybody.get("/dev/components").status, 404);
    EXPECT_EQ(anybody.get("/").text().find("DEMONSTRATION"), std::string_view::npos);
    EXPECT_NE(governance().get("/audit").text().find("OFFICIAL-SENSITIVE"), std::string_view::npos);
}

TEST_F(Pages, every_kind_of_refusal_that_the_api_names_has_a_page)
{
    testing::Browser anybody(*service_);
    const auto document = api::problem_document({{ProblemKind::out_of_order, "Not now"}});
    EXPECT_NE(document.body.find("\"/problems/out_of_order\""), std::string::npos);
    ASSERT_EQ(api::document_kinds().size(), 11U);
    for (const auto& kind : api::document_kinds()) {
        const auto page = anybody.get("/problems/" + std::string(kind.name));
        EXPECT_EQ(page.status, 200) << kind.name;
        EXPECT_NE(page.text().find(kind.title), std::string_view::npos) << kind.name;
        EXPECT_NE(page.text().find("What to do"), std::string_view::npos) << kind.name;
    }
    EXPECT_EQ(anybody.get("/problems/other").status, 404);
}

TEST_F(Pages, refusals_are_found_behind_many_other_entries_and_page_by_page)
{
    auto browser = governance();
    append(audit::Operation::refusal, 130);
    append(audit::Operation::look, 900);
    const auto first = browser.get("/audit?show=refusals");
    ASSERT_EQ(first.status, 200);
    EXPECT_EQ(items(first.text()), 100U);
    std::smatch next;
    const std::string text(first.text());
    ASSERT_TRUE(std::regex_search(text, next, std::regex("/audit\\?show=refusals&amp;before=([0-9a-f-]+)")));
    const auto rest = browser.get("/audit?show=refusals&before=" + next[1].str());
    EXPECT_EQ(items(rest.text()), 30U);
    EXPECT_EQ(rest.text().find("Look further back"), std::string_view::npos);
    EXPECT_NE(browser.get("/audit").text().find("Older entries"), std::string_view::npos);
    // The number of an entry leads nowhere, nor does what was not sealed for this reader.
    for (const std::string place : {"30", "99999999999999999999", "1-", "1-00", "-", "1-zz"})
        EXPECT_EQ(items(browser.get("/audit?show=refusals&before=" + place).text()), 100U) << place;
    const auto other = seal_log_place(service_->secret_keys(), WorkerId::random(), {30, service_->time().now()});
    EXPECT_EQ(items(browser.get("/audit?show=refusals&before=" + other).text()), 100U);
}

/// R-P-07: how far a page of the log looks back hangs on the time alone, and on what its reader was told; never on an
/// entry that may be hidden.
TEST_F(Pages, a_page_of_the_log_looks_back_seven_days_whatever_else_was_written)
{
    auto voss = governance();
    WorkerId hale = WorkerId::random();
    service_->desk().database.write([&](Transaction& transaction) {
        const auto force = *accounts::find_agency_by_code(transaction, "X1");
        accounts::add_worker(transaction, {hale, force.id, "hale@x.example", "Sgt Hale"});
        const accounts::Session own{.worker = hale, .agency = force.id, .role = accounts::Role::CUST};
        ASSERT_TRUE(audit::newest_entries(transaction, 1).empty());
        const auto at = service_->time().now() - std::chrono::days(20);
        auto entry = casework::audit_entry(service_->desk(), own, RequestId{}, {}, {}, at);
        entry.operation = audit::Operation::look;
        entry.action = "look:custody.brief";
        entry.outcome = "done";
        for (int i = 0; i < 2; ++i) service_->desk().log.append(transaction, entry); // the second has a number
    });
    std::vector<bool> is_told;
    std::string path = "/audit?show=looks&";
    for (std::smatch next; is_told.size() < 5;) {
        const std::string text(voss.get(path).text());
        is_told.push_back(text.find("Sgt Hale") != std::string::npos);
        if (!std::regex_search(text, next, std::regex("/audit\\?show=looks&amp;before=([0-9a-f-]+)"))) break;
        path = "/audit?show=looks&before=" + next[1].str();
    }
    // The first page goes back seven whole days, the next from there to the fourteenth, the third to the twenty-first.
    ASSERT_GE(is_told.size(), 3U);
    EXPECT_EQ(std::vector<bool>(is_told.begin(), is_told.begin() + 3), (std::vector<bool>{false, false, true}));
}

/// R-P-07: a search that leaves out a hidden record writes an entry more than one that found nothing, so nobody but the
/// operators is told how long the log is.
TEST_F(Pages, how_long_the_log_is_stands_on_no_page)
{
    auto browser = governance();
    browser.post_from("/audit/verify", "/audit/verify", {});
    const auto status = std::string(browser.get("/status").text());
    const auto check = std::string(browser.get("/audit/verify").text());
    append(audit::Operation::look, 7);
    EXPECT_EQ(browser.get("/status").text(), status);
    EXPECT_EQ(std::string(browser.get("/audit/verify").text()), check);
}

TEST_F(Pages, the_log_is_checked_when_somebody_presses_the_button_and_not_before)
{
    auto browser = governance();
    append(audit::Operation::look, 5);
    const auto before = browser.get("/audit/verify");
    EXPECT_NE(before.text().find("has not been checked"), std::string_view::npos);
    EXPECT_EQ(browser.get("/audit/verify?run=now").text().find("The log is whole"), std::string_view::npos);
    EXPECT_EQ(count_of("audit.verify"), 0U);
    EXPECT_EQ(browser.post("/audit/verify", {{"form_token", "guess"}}).status, 403);
    EXPECT_EQ(count_of("audit.verify"), 0U);
    const auto pressed = browser.post_from("/audit/verify", "/audit/verify", {});
    ASSERT_EQ(pressed.status, 303);
    EXPECT_EQ(pressed.header("Location"), "/audit/verify");
    EXPECT_EQ(count_of("audit.verify"), 1U);
    // Five looks, three readings of the page (two before, one for the form), the forged form and the check itself.
    const auto after = browser.get("/audit/verify");
    EXPECT_NE(after.text().find("The log is whole: nothing changed"), std::string_view::npos) << after.text();
    EXPECT_NE(after.text().find("Checked on "), std::string_view::npos);
    EXPECT_EQ(length_of_the_log(), 11U) << "the ten that were checked and the look at the result";
}

TEST_F(Pages, governance_of_an_agency_reads_its_own_entries_and_those_of_cases_it_takes_part_in)
{
    auto browser = governance();
    const auto other = AgencyId::random();
    const auto ours = CaseId::random();
    const auto theirs = CaseId::random();
    const auto child = ChildId::random();
    service_->desk().database.write([&](Transaction& transaction) {
        const auto force = accounts::find_agency_by_code(transaction, "X1")->id;
        const auto open = [&](CaseId id, AgencyId partner) {
            transaction.execute("insert into cases (id, type, version, state, child, agency, team, partner, "
                                "partner_team, opened_at, changed_at, is_open, due_at) values "
                                "($1, 'custody', 1, 'waiting', $2, $3, $4, $5, $4, 0, 0, 1, 0)",
                                {storage::to_value(id), storage::to_value(id == ours ? child : ChildId::random()),
                                 storage::to_value(other), storage::to_value(TeamId::random()),
                                 storage::to_value(partner)});
        };
        open(ours, force);
        open(theirs, AgencyId::random());
        const auto note = [&](std::string_view action, CaseId id, ChildId of) {
            auto entry = casework::audit_entry(service_->desk(), {}, RequestId{}, {}, {}, service_->time().now());
            entry.agency = other;
            entry.worker = WorkerId::random();
            entry.operation = audit::Operation::refusal;
            entry.action = action;
            entry.outcome = "not_found";
            entry.case_id = id;
            entry.child = of;
            service_->desk().log.append(transaction, std::move(entry));
        };
        note("look:custody.ours", ours, child);
        note("look:custody.theirs", theirs, {});
        note("look:custody.desk", {}, {});
        note("look:custody.child", {}, child);
    });
    for (const auto* page : {"/audit", "/audit?show=refusals"}) {
        const std::string text(browser.get(page).text());
        EXPECT_NE(text.find("the custody ours"), std::string::npos) << page;
        EXPECT_NE(text.find("the custody child"), std::string::npos) << page;
        EXPECT_EQ(text.find("the custody theirs"), std::string::npos) << page;
        EXPECT_EQ(text.find("the custody desk"), std::string::npos) << page;
        EXPECT_NE(text.find("your own agency did"), std::string::npos) << page;
    }
}

TEST_F(Pages, a_changed_log_is_not_called_whole)
{
    auto browser = governance();
    append(audit::Operation::look, 5);
    service_->desk().database.write([](Transaction& transaction) {
        transaction.execute("update audit_entries set at = at + 1 where sequence = 2");
    });
    ASSERT_EQ(browser.post_from("/audit/verify", "/audit/verify", {}).status, 303);
    const auto shown = browser.get("/audit/verify");
    EXPECT_NE(shown.text().find("NOT whole"), std::string_view::npos);
    EXPECT_NE(shown.text().find("ntry 2"), std::string_view::npos);
}

} // namespace
} // namespace reachable::app
