// The pages on which flags are proposed, decided, read and disputed, as a browser without script sees them.
#include "app/service_test_world.h"
#include "base/text.h"
#include "casework/desk.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class FlagPages : public testing::EmptyService {
  protected:
    /// Somebody signed in, and what the doors know of them.
    struct Person {
        testing::Browser browser;
        accounts::Session session;
    };

    void SetUp() override
    {
        EmptyService::SetUp();
        if (IsSkipped()) return;
        mia_.names = {records::read_name("Mia <Sample>")};
        mia_.source = {.agency = force_.id, .recorded_at = service_->time().now(), .known_by = "officer"};
        database().write([&](Transaction& transaction) {
            accounts::add_agency(transaction, force_);
            accounts::add_team(transaction, suite_);
            accounts::add_team(transaction, other_suite_);
            ASSERT_TRUE(records::store_child(transaction, mia_, 0, WorkerId::random(), "", service_->time().now()));
        });
        sergeant_ = std::make_unique<Person>(signed_in(suite_, Role::CUST));
        const auto now = service_->time().now();
        const auto booked = casework::act(service_->desk(), sergeant_->session, RequestId::random(),
                                          {.type = "custody",
                                           .action = "book_in",
                                           .asked = Json::object()
                                                        .set("child", mia_.id.text())
                                                        .set("name_given", "Mia")
                                                        .set("custody_number", "NM/1")
                                                        .set("authorised_at", to_iso(now - minutes{1}))},
                                          now);
        ASSERT_TRUE(booked) << sentences(booked.error());
        brief_ = "/custody/" + booked->id.text();
    }
    storage::Database& database() { return service_->desk().database; }

    Person signed_in(const accounts::Team& team, Role role, std::string_view purpose = "custody-safeguarding")
    {
        Person person{testing::Browser(*service_), {}};
        database().write([&](Transaction& transaction) {
            const accounts::Worker worker{WorkerId::random(), team.agency, WorkerId::random().text(), "Hale"};
            accounts::add_worker(transaction, worker);
            accounts::add_post(transaction, {worker.id, team.id, role});
            accounts::Session session{.worker = worker.id, .agency = team.agency, .team = team.id, .role = role};
            auto opened = accounts::open_session(transaction, session, service_->time().now());
            accounts::choose_purpose(transaction, opened.session.id, std::string(purpose));
            person.browser.cookies["session"] = opened.cookie.reveal();
            person.session = opened.session;
            person.session.purpose = purpose;
        });
        return person;
    }
    static bool says(const web::Response& response, std::string_view words)
    {
        return response.text().find(words) != std::string_view::npos;
    }
    web::Response proposed(Person& person, std::string_view code, std::string_view words)
    {
        return person.browser.post_from(flags_ + "/new", flags_ + "/new",
                                        {{"code", std::string(code)},
                                         {"plain_words", std::string(words)},
                                         {"child_told", "yes"},
                                         {"key", RequestId::random().text()}});
    }
    std::string only_flag()
    {
        std::string id;
        database().read([&](Transaction& transaction) {
            const auto rows = transaction.query("select id from cases where type = 'flag' order by opened_at");
            id = rows.empty() ? std::string() : storage::id_at<CaseId>(rows.front(), 0).text();
        });
        return id;
    }

    const accounts::Agency force_{AgencyId::random(), accounts::AgencyKind::police_force, "X1", "Westmoor Police"};
    const accounts::Team suite_{TeamId::random(), force_.id, "Castle Street", "custody-suite"};
    const accounts::Team other_suite_{TeamId::random(), force_.id, "Quayside", "custody-suite"};
    records::Child mia_{.id = ChildId::random()};
    const std::string flags_ = "/children/" + mia_.id.text() + "/flags";
    std::unique_ptr<Person> sergeant_;
    std::string brief_;
};

TEST_F(FlagPages, a_flag_is_proposed_from_the_brief_and_stands_on_every_page_about_the_detention)
{
    auto& hale = sergeant_->browser;
    const auto before = hale.get(brief_);
    EXPECT_TRUE(says(before, "No flag stands for this child. That does not mean that there is no risk."));
    EXPECT_TRUE(says(before, flags_));
    EXPECT_EQ(hale.get(flags_ + "/new").status, 200);
    const auto done = proposed(*sergeant_, "THREAT", "Told <b>her</b> brother they will come");
    ASSERT_EQ(done.status, 303) << done.text();
    EXPECT_TRUE(says(hale.get(std::string(done.header("Location"))), "Saved on"));
    for (const auto* rest : {"", "/conversation", "/release"}) {
        const auto page = hale.get(brief_ + rest);
        EXPECT_EQ(page.status, 200) << rest;
        EXPECT_TRUE(says(page, "Serious threat from others (being checked)")) << rest;
        EXPECT_FALSE(says(page, "<b>her</b>")) << rest;
    }
    const auto brief = hale.get(brief_);
    EXPECT_TRUE(says(brief, "Do not release the child to an address that is not safe, because: Told &lt;b&gt;her"));
    EXPECT_TRUE(says(brief, "/flags/catalogue#THREAT")) << "a prompt opens its rule (G-02)";
    EXPECT_TRUE(says(
        brief, "Flags: Serious threat from others (being checked). Serious threat from others: Told &lt;b&gt;her"));
    EXPECT_TRUE(says(hale.get("/flags/catalogue"), "id=\"THREAT\""));
}

TEST_F(FlagPages, what_cannot_be_taken_is_said_and_nothing_typed_is_lost)
{
    auto& hale = sergeant_->browser;
    const auto empty = hale.post_from(flags_ + "/new", flags_ + "/new", {});
    EXPECT_EQ(empty.status, 422);
    for (const auto* problem :
         {"Enter: Which flag?", "Enter: Why, in plain words?", "Enter: Does the child know of it?"})
        EXPECT_TRUE(says(empty, problem)) << problem;
    const auto refused = proposed(*sergeant_, "NRM_RG", "A letter came & says so");
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(says(refused, "This flag follows from what is on record: nobody sets it by hand"));
    EXPECT_TRUE(says(refused, "A letter came &amp; says so"));
    EXPECT_EQ(only_flag(), "");
}

TEST_F(FlagPages, another_person_decides_and_the_child_may_say_that_it_is_wrong)
{
    ASSERT_EQ(proposed(*sergeant_, "DEBT", "Says she owes for the bag").status, 303);
    auto inspector = signed_in(suite_, Role::INSP);
    const auto flag = "/flags/" + only_flag();
    EXPECT_TRUE(says(inspector.browser.get("/flags"), flag));
    const auto page = inspector.browser.get(flag);
    EXPECT_TRUE(says(page, "Says she owes for the bag"));
    EXPECT_TRUE(says(page, "custody sergeant"));
    const auto accept = "/cases/flag/" + only_flag() + "/accept";
    const auto accepted = inspector.browser.post_from(accept, accept, {{"version", "1"}});
    ASSERT_EQ(accepted.status, 303) << accepted.text();
    EXPECT_TRUE(
        says(inspector.browser.get(std::string(accepted.header("Location"))), "May owe, or be told they owe, active"));
    // The day of the review and the clock that waits for it are one day.
    const std::string reviewed(inspector.browser.get(flag).text());
    std::smatch due;
    ASSERT_TRUE(std::regex_search(reviewed, due, std::regex(": by the end of ([0-9]+ [A-Za-z]+ [0-9]{4})")))
        << reviewed;
    EXPECT_EQ(reviewed.find(" at 00:00"), std::string::npos) << "midnight reads like the day after";
    EXPECT_NE(reviewed.find(due[1].str(), static_cast<std::size_t>(due.position() + due.length())), std::string::npos);
    // The sergeant writes down that the child disputes it; governance answers on the same page of the flag.
    const auto dispute = flags_ + "/" + only_flag() + "/dispute";
    const auto disputed = sergeant_->browser.post_from(
        dispute, dispute, {{"disputed_by", "child"}, {"dispute_words", "I owe nobody"}, {"version", "2"}});
    ASSERT_EQ(disputed.status, 303) << disputed.text();
    EXPECT_TRUE(says(sergeant_->browser.get(flags_), "disputed by the child"));
    EXPECT_TRUE(says(sergeant_->browser.get(flags_), "I owe nobody"));
    auto governance = signed_in(suite_, Role::IGOV, "information-governance");
    const auto seen = governance.browser.get(flag);
    EXPECT_TRUE(says(seen, "May owe, or be told they owe: Says she owes for the bag"));
    EXPECT_TRUE(says(seen, "Keep the flag"));
}

/// 4.A, the reader's side: one chronology, filtered by what the reader may see (R-A-09).
TEST_F(FlagPages, the_page_of_a_child_gathers_what_is_due_what_stands_and_what_happened)
{
    ASSERT_EQ(proposed(*sergeant_, "DEBT", "Says she owes for the bag").status, 303);
    const auto address = "/children/" + mia_.id.text();
    EXPECT_TRUE(says(sergeant_->browser.get(brief_), "href=\"" + address + "\""));
    const auto page = sergeant_->browser.get(address);
    ASSERT_EQ(page.status, 200);
    for (const auto* words : {"Mia &lt;Sample&gt;", "Not given yet", "Request sent to children&#39;s services",
                              "May owe, or be told they owe", "Says she owes for the bag", "Book in"})
        EXPECT_TRUE(says(page, words)) << words;
    const auto before = sergeant_->browser.get(address + "?until=2026-01-01");
    EXPECT_TRUE(says(before, "No entry that is open to you."));
    auto stranger = signed_in(other_suite_, Role::CUST);
    EXPECT_EQ(stranger.browser.get(address).status, 404);
    EXPECT_EQ(stranger.browser.get(address).text(),
              stranger.browser.get("/children/" + ChildId::random().text()).text());
}

/// "A child must not wait because a screen was stale": what a page asks while somebody watches it.
TEST_F(FlagPages, a_watched_page_learns_that_something_has_changed_and_of_nothing_else)
{
    auto& hale = sergeant_->browser;
    const auto live = "/live/" + brief_.substr(std::string("/custody/").size());
    const auto mark = [](testing::Browser& browser, const std::string& address) {
        const auto answer = browser.get(address);
        EXPECT_EQ(answer.status, 200) << address;
        return std::string(answer.text());
    };
    const auto before = mark(hale, live);
    EXPECT_TRUE(says(hale.get(brief_), "data-live=\"" + live + "\" data-mark=\"" + before + "\" data-read-at=\""));
    EXPECT_EQ(mark(hale, live), before) << "nothing has changed";
    const auto queue = mark(hale, "/live");
    ASSERT_EQ(proposed(*sergeant_, "DEBT", "Says she owes for the bag").status, 303);
    EXPECT_NE(mark(hale, live), before);
    EXPECT_EQ(mark(hale, "/live"), queue) << "the list of children reads as before";
    ASSERT_EQ(hale.post_from(brief_ + "/card", brief_ + "/card", {{"version", "1"}}).status, 303);
    EXPECT_NE(mark(hale, "/live"), queue);
    // A flag that is shown to nobody before it is accepted changes nothing that anybody would read.
    const auto after = mark(hale, live);
    ASSERT_EQ(proposed(*sergeant_, "CTY_LINE", "Runs for a line from the city").status, 303);
    EXPECT_EQ(mark(hale, live), after);
    auto colleague = signed_in(suite_, Role::CUST);
    EXPECT_NE(mark(colleague.browser, live), mark(hale, live)) << "nobody compares marks with another";
    auto stranger = signed_in(other_suite_, Role::CUST);
    EXPECT_EQ(stranger.browser.get(live).status, 404);
    EXPECT_EQ(stranger.browser.get("/live/" + CaseId::random().text()).status, 404);
    EXPECT_EQ(stranger.browser.get(live).text(), stranger.browser.get("/live/" + CaseId::random().text()).text());
    testing::Browser nobody(*service_);
    EXPECT_EQ(nobody.get("/live").status, 401);
}

/// A flag that the service set has no proposer and no review, and a page of its own like every other.
TEST_F(FlagPages, what_follows_from_the_record_stands_among_the_others)
{
    ASSERT_EQ(proposed(*sergeant_, "CCE_CON", "Found with a man of 30 and three phones").status, 303);
    const auto page = sergeant_->browser.get(flags_);
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(says(page, "Suspect and possible victim"));
    EXPECT_TRUE(says(page, "In custody as a suspect, and a flag says that somebody may exploit the child"));
    EXPECT_TRUE(says(sergeant_->browser.get("/flags/mine"), "Found with a man of 30 and three phones"));
}

TEST_F(FlagPages, whoever_proposed_a_flag_learns_what_became_of_it_and_appeals)
{
    ASSERT_EQ(proposed(*sergeant_, "DEBT", "Says she owes for the bag").status, 303);
    auto inspector = signed_in(suite_, Role::INSP);
    const auto decline = "/cases/flag/" + only_flag() + "/decline";
    EXPECT_TRUE(says(inspector.browser.get(decline), "Mia &lt;Sample&gt;: May owe, or be told they owe"));
    ASSERT_EQ(inspector.browser.post_from(decline, decline, {{"decision_reason", "No basis"}, {"version", "1"}}).status,
              303);
    const auto mine = sergeant_->browser.get("/flags/mine");
    EXPECT_TRUE(says(mine, "No basis"));
    const auto appeal = "/flags/mine/" + only_flag() + "/appeal";
    const auto box = "appeal_reason-" + only_flag();
    const auto empty = sergeant_->browser.post_from("/flags/mine", appeal, {{"version", "2"}});
    EXPECT_EQ(empty.status, 422);
    EXPECT_TRUE(says(empty, "href=\"#" + box + "\""));
    auto stranger = signed_in(suite_, Role::CUST);
    EXPECT_FALSE(says(stranger.browser.get("/flags/mine"), "owes"));
    EXPECT_EQ(stranger.browser.post_from("/flags/mine", appeal, {{box, "Let me"}, {"version", "2"}}).status, 404);
    ASSERT_EQ(
        sergeant_->browser.post_from("/flags/mine", appeal, {{box, "Her phone says so"}, {"version", "2"}}).status,
        303);
    EXPECT_TRUE(says(sergeant_->browser.get("/flags/mine"), "appealed"));
}

TEST_F(FlagPages, whoever_nothing_connects_with_the_child_finds_no_such_page)
{
    ASSERT_EQ(proposed(*sergeant_, "DEBT", "Says she owes for the bag").status, 303);
    auto stranger = signed_in(other_suite_, Role::CUST);
    const auto nobody = "/children/" + ChildId::random().text() + "/flags";
    for (const auto& rest : {std::string(), std::string("/new"), "/" + only_flag() + "/dispute"}) {
        const auto page = stranger.browser.get(flags_ + rest);
        EXPECT_EQ(page.status, 404) << rest;
        EXPECT_EQ(stranger.browser.get(nobody + rest).status, 404) << rest;
        EXPECT_FALSE(says(page, "owes")) << rest;
    }
    EXPECT_EQ(stranger.browser.get("/flags/" + only_flag()).status, 404);
    EXPECT_EQ(stranger.browser.get("/flags").status, 404);
    // The sergeant sees the flag on the page of the child, and does not decide it.
    EXPECT_EQ(sergeant_->browser.get("/flags/" + only_flag()).status, 404);
}

} // namespace
} // namespace reachable::app
