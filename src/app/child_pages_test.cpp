// The page of a child and the timeline, now and as they stood on an earlier day, as a browser without script sees them.
#include "app/as_of.h"
#include "app/service_test_world.h"
#include "app/timeline.h"
#include "base/text.h"
#include "casework/desk.h"
#include "clocks/london.h"

#include <fmt/format.h>
#include <regex>

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class ChildPages : public testing::EmptyService {
  protected:
    struct Somebody {
        testing::Browser browser;
        accounts::Session session;
    };

    /// Mia is detained five hours ago, the request goes out an hour later, and a flag is proposed two hours ago.
    void SetUp() override
    {
        EmptyService::SetUp();
        if (IsSkipped()) return;
        now_ = service_->time().now();
        mia_.names = {records::read_name("Mia <Sample>")};
        mia_.responsible_authority = authority_.id;
        mia_.source = {.agency = authority_.id, .recorded_at = now_, .known_by = "social worker"};
        database().write([&](Transaction& transaction) {
            for (const auto& agency : {force_, authority_}) accounts::add_agency(transaction, agency);
            for (const auto& team : {suite_, other_suite_, desk_}) accounts::add_team(transaction, team);
            ASSERT_TRUE(records::store_child(transaction, mia_, 0, WorkerId::random(), "", now_ - hours{9}));
        });
        hale_ = std::make_unique<Somebody>(signed_in(suite_, Role::CUST, "custody-safeguarding"));
        case_ = act_at(now_ - hours{5}, *hale_,
                       {.type = "custody",
                        .action = "book_in",
                        .asked = Json::object()
                                     .set("child", mia_.id.text())
                                     .set("name_given", "Mia")
                                     .set("custody_number", "NM/1")
                                     .set("authorised_at", to_iso(now_ - hours{5} - minutes{10}))});
        act_at(now_ - hours{4}, *hale_,
               {.type = "custody",
                .action = "send_request",
                .id = case_,
                .asked = Json::object()
                             .set("offence", "Theft of food")
                             .set("worry", "Nobody has come for her")
                             .set("child_words", "I want my nan")
                             .set("arrested_at", to_iso(now_ - hours{6}))
                             .set("arrest_place", "Outside <the> station")});
        act_at(now_ - hours{2}, *hale_,
               {.type = "flag",
                .action = "propose",
                .asked = Json::object()
                             .set("child", mia_.id.text())
                             .set("code", "THREAT")
                             .set("plain_words", "Told that they will come")
                             .set("child_told", "yes")});
    }

    storage::Database& database() { return service_->desk().database; }
    Somebody signed_in(const accounts::Team& team, Role role, std::string_view purpose)
    {
        Somebody somebody{testing::Browser(*service_), {}};
        database().write([&](Transaction& transaction) {
            const accounts::Worker worker{WorkerId::random(), team.agency, WorkerId::random().text(), "Hale"};
            accounts::add_worker(transaction, worker);
            accounts::add_post(transaction, {worker.id, team.id, role});
            accounts::Session session{.worker = worker.id,
                                      .agency = team.agency,
                                      .agency_kind = accounts::find_agency(transaction, team.agency)->kind,
                                      .team = team.id,
                                      .role = role};
            auto opened = accounts::open_session(transaction, session, service_->time().now());
            accounts::choose_purpose(transaction, opened.session.id, std::string(purpose));
            somebody.browser.cookies["session"] = opened.cookie.reveal();
            somebody.session = opened.session;
            somebody.session.purpose = purpose;
        });
        return somebody;
    }
    CaseId act_at(UtcTime at, const Somebody& who, const casework::Act& act)
    {
        const auto acted = casework::act(service_->desk(), who.session, RequestId::random(), act, at);
        EXPECT_TRUE(acted) << act.action << ": " << sentences(acted.error());
        return acted ? acted->id : CaseId{};
    }
    /// As an address writes it.
    static std::string moment(UtcTime at)
    {
        return to_iso(clocks::london_day(at)) + "T" + clocks::wall_time(at).substr(0, 5);
    }
    static bool says(const web::Response& response, std::string_view words)
    {
        return response.text().find(words) != std::string_view::npos;
    }
    static std::size_t entries_in(const web::Response& response)
    {
        std::size_t count = 0;
        const auto text = response.text();
        for (auto at = text.find("<li class=\"moj-timeline__item"); at != std::string_view::npos;
             at = text.find("<li class=\"moj-timeline__item", at + 1))
            ++count;
        return count;
    }
    std::size_t noted(std::string_view action)
    {
        std::size_t count = 0;
        database().read([&](Transaction& transaction) {
            count = 0;
            for (const auto& entry : audit::newest_entries(transaction, 1000)) count += entry.action == action ? 1 : 0;
        });
        return count;
    }

    UtcTime now_{};
    const accounts::Agency force_{AgencyId::random(), accounts::AgencyKind::police_force, "X1", "Westmoor Police"};
    const accounts::Agency authority_{AgencyId::random(), accounts::AgencyKind::local_authority, "X2",
                                      "Westmoor County"};
    const accounts::Team suite_{TeamId::random(), force_.id, "Castle Street", "custody-suite", "", "",
                                "01632 960 001",  "X2"};
    const accounts::Team other_suite_{TeamId::random(), force_.id, "Quayside", "custody-suite", "", "", "", "X2"};
    const accounts::Team desk_{
        TeamId::random(),          authority_.id,  "Westmoor duty desk", "duty-desk", "desk@authority.example",
        "codes@authority.example", "01632 960 002"};
    records::Child mia_{.id = ChildId::random()};
    const std::string page_ = "/children/" + mia_.id.text();
    const std::string timeline_ = page_ + "/timeline";
    std::unique_ptr<Somebody> hale_;
    CaseId case_;
};

TEST_F(ChildPages, the_timeline_says_what_happened_and_what_agencies_did_each_with_when_who_and_source)
{
    const auto page = hale_->browser.get(timeline_);
    ASSERT_EQ(page.status, 200) << page.text();
    for (const auto* words : {"Detention authorised", "Arrested", "Outside &lt;the&gt; station", "Book in",
                              "Send the request", "Flag proposed: Serious threat from others",
                              "Told that they will come", "by a custody sergeant", "Westmoor Police", "What happened",
                              "What agencies did", "recorded at the time", "custody safeguarding conversation"})
        EXPECT_TRUE(says(page, words)) << words;
    EXPECT_FALSE(says(page, "<the>"));
    EXPECT_TRUE(says(page, "recorded " + clocks::wall_date_time(now_ - hours{5}))) << "authorised earlier (R-X-03)";
    EXPECT_TRUE(says(page, "/custody/" + case_.text()));
    EXPECT_LT(page.text().find("Flag proposed"), page.text().find("Send the request")) << "newest first";
    EXPECT_LT(page.text().find(">Book in"), page.text().find(">Arrested"));
    EXPECT_GE(noted("look:child.timeline"), 2) << "the child and the flags";
    EXPECT_EQ(noted("look:custody.child"), 1);
}

TEST_F(ChildPages, the_timeline_is_filtered_by_agency_kind_and_year_and_paged)
{
    auto& browser = hale_->browser;
    const auto all = entries_in(browser.get(timeline_));
    const auto happened = entries_in(browser.get(timeline_ + "?kind=happened"));
    const auto done = entries_in(browser.get(timeline_ + "?kind=done"));
    EXPECT_GT(happened, 2);
    EXPECT_EQ(happened + done, all);
    EXPECT_EQ(entries_in(browser.get(timeline_ + "?agency=" + authority_.id.text())), 0);
    EXPECT_TRUE(says(browser.get(timeline_ + "?agency=" + authority_.id.text()), "No entry that is open to you."));
    const auto year = to_iso(clocks::london_day(now_)).substr(0, 4);
    EXPECT_GT(entries_in(browser.get(timeline_ + "?year=" + year)), 0);
    EXPECT_EQ(entries_in(browser.get(timeline_ + "?year=2019")), 0);
    EXPECT_EQ(entries_in(browser.get(timeline_ + "?page=2")), 0);
    for (const auto* wrong : {"?kind=offence", "?agency=Westmoor", "?year=this"}) {
        const auto page = browser.get(timeline_ + wrong);
        EXPECT_NE(page.status, 200) << wrong;
        EXPECT_TRUE(says(page, "from the list")) << wrong;
    }
}

TEST_F(ChildPages, sixty_entries_stand_on_two_pages_and_on_one_long_one_to_print)
{
    // Two acts by turns: what one role does several times in a row stands once.
    for (int i = 0; i < 60; ++i) {
        const bool is_even = i % 2 == 0;
        auto asked = is_even ? Json::object().set("adult_who", fmt::format("Aunt {}", i))
                             : Json::object().set("added_facts",
                                                  Json::list().add(Json::object()
                                                                       .set("number", fmt::format("F{}", i / 2 + 1))
                                                                       .set("section", "health")
                                                                       .set("words", "Coughs")
                                                                       .set("said_by", "child")));
        act_at(
            now_ - minutes{90} + seconds{i}, *hale_,
            {.type = "custody", .action = is_even ? "ask_adult" : "add_fact", .id = case_, .asked = std::move(asked)});
    }
    const auto first = hale_->browser.get(timeline_);
    EXPECT_EQ(entries_in(first), 50);
    EXPECT_TRUE(says(first, "Entries 1 to 50 of"));
    EXPECT_TRUE(says(first, timeline_ + "?page=2"));
    EXPECT_TRUE(says(first, timeline_ + "?all=1"));
    const auto second = hale_->browser.get(timeline_ + "?page=2");
    const auto all = hale_->browser.get(timeline_ + "?all=1");
    EXPECT_EQ(entries_in(second) + 50, entries_in(all));
    EXPECT_TRUE(says(all, "app-chronology"));
}

TEST_F(ChildPages, the_page_says_the_childs_words_what_is_due_the_newest_three_and_whom_to_ring)
{
    const auto page = hale_->browser.get(page_);
    ASSERT_EQ(page.status, 200) << page.text();
    for (const auto* words :
         {"Mia &lt;Sample&gt;", "Westmoor County answers for the child", "I want my nan", "Overdue since",
          "What helps and what to avoid", "Agencies and people to ring", "Westmoor duty desk", "tel:01632960002",
          "Call now: 01632 960 002", "Castle Street", "Who has seen this, and whom to ask"})
        EXPECT_TRUE(says(page, words)) << words;
    EXPECT_EQ(entries_in(page), 3);
    EXPECT_TRUE(says(page, "The whole timeline ("));
    auto stranger = signed_in(other_suite_, Role::CUST, "custody-safeguarding");
    for (const auto* rest : {"", "/timeline", "?as_of=2026-01-01", "/timeline?as_of=2026-01-01"}) {
        const auto hidden = stranger.browser.get(page_ + rest);
        EXPECT_EQ(hidden.status, 404) << rest;
        EXPECT_EQ(hidden.text(), stranger.browser.get("/children/" + ChildId::random().text() + rest).text());
    }
}

TEST_F(ChildPages, a_page_as_of_then_knows_only_what_was_on_record_then_and_says_that_it_is_history)
{
    auto& browser = hale_->browser;
    // Booked in and not asked yet: no words, no flag, and the request is due.
    const auto early = browser.get(page_ + "?as_of=" + moment(now_ - hours{4} - minutes{30}));
    ASSERT_EQ(early.status, 200) << early.text();
    EXPECT_TRUE(says(early, "History: this is what was on record on"));
    EXPECT_TRUE(says(early, "HISTORY: as it stood on"));
    EXPECT_TRUE(says(early, "Not given yet"));
    EXPECT_TRUE(says(early, "Request sent to children&#39;s services"));
    EXPECT_TRUE(says(early, "No flag stands for this child"));
    EXPECT_FALSE(says(early, "I want my nan"));
    EXPECT_FALSE(says(early, "Arrested")) << "it was written down with the request";
    // Asked and not answered.
    const auto later = browser.get(page_ + "?as_of=" + moment(now_ - hours{3}));
    EXPECT_TRUE(says(later, "I want my nan"));
    EXPECT_TRUE(says(later, "Children&#39;s services answer"));
    EXPECT_FALSE(says(later, "Request sent to children&#39;s services"));
    EXPECT_FALSE(says(later, "Told that they will come"));
    EXPECT_TRUE(says(browser.get(page_ + "?as_of=" + moment(now_ - hours{1})), "Told that they will come"));
    // Before there was anything.
    const auto before = browser.get(timeline_ + "?until=2026-01-01");
    ASSERT_EQ(before.status, 200);
    EXPECT_TRUE(says(before, "No entry that is open to you."));
    EXPECT_TRUE(says(before, "History: this is what was on record on"));
    EXPECT_FALSE(says(browser.get(page_), "History:"));
    EXPECT_GT(noted("look:child.page_then"), 0);
    EXPECT_GT(noted("look:child.timeline_then"), 0);
    EXPECT_GT(noted("look:custody.child_then"), 0);
}

TEST_F(ChildPages, a_moment_that_is_none_or_has_not_come_is_refused_in_a_sentence)
{
    const auto tomorrow = CivilDate{std::chrono::sys_days{clocks::london_day(now_)} + std::chrono::days{1}};
    const std::pair<std::string, std::string_view> wrong[] = {
        {"as_of=yesterday", "Enter a day and a time as 2026-11-02T16:00"},
        {"as_of=2026-02-30", "Enter a day and a time as 2026-11-02T16:00"},
        {"as_of=2026-01-01T25:00", "Enter a day and a time as 2026-11-02T16:00"},
        {"as_of=0001-01-01", "Enter a day and a time as 2026-11-02T16:00"},
        {"until=last week", "Enter a day and a time as 2026-11-02T16:00"},
        {"until=" + to_iso(tomorrow), "That day has not come yet"},
        {"as_of=" + moment(now_ + hours{48}), "That day has not come yet"},
    };
    for (const auto& address : {page_, timeline_})
        for (const auto& [query, sentence] : wrong) {
            const auto page = hale_->browser.get(address + "?" + query);
            EXPECT_EQ(page.status, 422) << query;
            EXPECT_TRUE(says(page, sentence)) << query;
            EXPECT_TRUE(says(page, "href=\"#as_of\"")) << "the summary leads to the box: " << query;
            EXPECT_TRUE(says(page, "value=\"" + query.substr(query.find('=') + 1) + "\"")) << "what was typed is kept";
        }
    EXPECT_TRUE(says(hale_->browser.get(timeline_ + "?kind=done&as_of=yesterday"), "name=\"kind\" value=\"done\""))
        << "and what else was chosen";
    // Nothing of the child is told on the way: the page is the same for a child who does not exist.
    const auto nobody = ChildId::random().text();
    EXPECT_EQ(std::regex_replace(std::string(hale_->browser.get(page_ + "?as_of=x").text()), std::regex(mia_.id.text()),
                                 nobody),
              hale_->browser.get("/children/" + nobody + "?as_of=x").text());
    EXPECT_FALSE(says(hale_->browser.get(page_ + "?as_of=" + to_iso(clocks::london_day(now_))), "History:"));
}

/// R-X-02: on the night the clocks go back half past one comes twice.
TEST_F(ChildPages, of_a_moment_that_came_twice_it_is_asked_which_is_meant)
{
    const auto asked = [&](const std::string& as_of) { return hale_->browser.get(page_ + "?as_of=" + as_of); };
    const auto which = asked("2025-10-26T01:30");
    EXPECT_EQ(which.status, 422);
    EXPECT_TRUE(says(which, "01:30 came twice that night. Write 01:30 BST for the first, 01:30 GMT for the second"));
    const auto first = asked("2025-10-26T01:30 BST");
    EXPECT_TRUE(says(first, "26 October 2025 at 01:30 BST (before clocks go back)")) << first.text();
    EXPECT_TRUE(says(first, "/timeline?as_of=2025-10-26T01:30BST")) << "a link keeps which it was";
    EXPECT_TRUE(says(asked("2025-10-26T01:30GMT"), "26 October 2025 at 01:30 GMT (after clocks go back)"));
    EXPECT_TRUE(says(asked("2025-10-27T01:30 gmt"), "27 October 2025 at 01:30 GMT"));
    EXPECT_TRUE(says(asked("2025-10-27T01:30 BST"), "That day has no such time. Leave out the letters"));
}

/// G-15: "timeline of what was known, when, by whom can be rebuilt".
TEST_F(ChildPages, governance_sees_from_the_log_when_an_agency_was_first_shown_what_was_recorded)
{
    auto inspector = signed_in(suite_, Role::INSP, "custody-safeguarding");
    ASSERT_TRUE(casework::look(service_->desk(), inspector.session, RequestId::random(),
                               {.type = "custody", .id = case_, .page = "brief"}, now_ - hours{1}));
    act_at(
        now_ - minutes{30}, *hale_,
        {.type = "custody", .action = "ask_adult", .id = case_, .asked = Json::object().set("adult_who", "An aunt")});
    auto governance = signed_in(suite_, Role::IGOV, "information-governance");
    const auto known = page_ + "/known";
    const auto page = governance.browser.get(known);
    ASSERT_EQ(page.status, 200) << page.text();
    for (const auto* words : {"Sent the request to children&#39;s services, by a custody sergeant of Westmoor Police",
                              "At once: they recorded it"})
        EXPECT_TRUE(says(page, words)) << words;
    const auto of_inspectors = governance.browser.get(known + "?role=INSP");
    EXPECT_TRUE(says(of_inspectors, "after 3 hours, to an inspector (")) << "sent four hours ago and read an hour ago";
    EXPECT_TRUE(says(of_inspectors, "Not by then")) << "the adult came later";
    const auto earlier = governance.browser.get(known + "?role=INSP&as_of=" + moment(now_ - minutes{90}));
    EXPECT_TRUE(says(earlier, "Not by then"));
    EXPECT_FALSE(says(earlier, "to an inspector ("));
    EXPECT_FALSE(says(earlier, "ecorded the appropriate adult")) << "it had not been recorded";
    EXPECT_TRUE(says(earlier, "History:"));
    EXPECT_GT(noted("audit.read_child"), 0);
    EXPECT_NE(governance.browser.get(known + "?agency=" + AgencyId::random().text()).status, 200);
    const auto closed = hale_->browser.get(known);
    EXPECT_EQ(closed.status, 404) << "who works with the child does not account for looks";
    EXPECT_EQ(closed.text(), hale_->browser.get("/children/" + ChildId::random().text() + "/known").text());
}

/// R-A-09: beside what they were shown stands what the rules of that moment opened to them.
TEST_F(ChildPages, governance_sees_what_the_rules_of_a_moment_opened_and_whether_it_was_shown)
{
    (void)signed_in(suite_, Role::DETO, "custody-safeguarding");
    (void)signed_in(other_suite_, Role::CUST, "custody-safeguarding");
    auto governance = signed_in(suite_, Role::IGOV, "information-governance");
    const auto known = page_ + "/known";
    EXPECT_TRUE(says(governance.browser.get(known), "Choose a role to see beside it what the rules"));
    const auto officers = governance.browser.get(known + "?role=DETO");
    ASSERT_EQ(officers.status, 200) << officers.text();
    EXPECT_TRUE(says(officers, "Open to them then"));
    EXPECT_TRUE(says(officers, "What the rules and the hash mean"));
    EXPECT_TRUE(says(officers, "(by A04)")) << officers.text();
    EXPECT_TRUE(
        says(officers, "the rules opened 4 of these 4 to a detention officer of Westmoor Police. Of those, 0 had been"))
        << officers.text();
    const auto earlier = governance.browser.get(known + "?role=DETO&as_of=" + moment(now_ - minutes{290}));
    EXPECT_TRUE(says(earlier, "the rules opened 1 of these 1 to a detention officer"));
    const auto before = governance.browser.get(known + "?role=DETO&as_of=" + moment(now_ - hours{8}));
    EXPECT_TRUE(says(before, "The rules that were in force then are not kept here"));
    // An inspector reads it in a look; then it was open and shown.
    auto inspector = signed_in(suite_, Role::INSP, "custody-safeguarding");
    ASSERT_TRUE(casework::look(service_->desk(), inspector.session, RequestId::random(),
                               {.type = "custody", .id = case_, .page = "brief"}, service_->time().now()));
    EXPECT_TRUE(says(governance.browser.get(known + "?role=INSP"),
                     "opened 4 of these 4 to an inspector of Westmoor Police. Of those, 2 had"))
        << "neither the offer nor the flag was in the look at the brief";
    EXPECT_TRUE(says(governance.browser.get(known + "?role=CAP"), "Choose a role from the list"));
    EXPECT_TRUE(says(governance.browser.get(known + "?role=YJS"), "Nobody of that role works there today"));
    // Whoever holds the record learns it of every agency; whoever only takes part, of their own.
    auto authority = signed_in(desk_, Role::IGOV, "information-governance");
    const auto of_force = authority.browser.get(known + "?role=DETO&agency=" + force_.id.text());
    EXPECT_TRUE(says(of_force, "Open to them then")) << of_force.text();
    EXPECT_TRUE(says(governance.browser.get(known + "?role=IGOV&agency=" + authority_.id.text()),
                     "is told to that organisation while it takes part"));
}

/// 4.D, reachable moment: custody learns that support was offered and how that ended, and nothing more of it.
TEST_F(ChildPages, custody_sees_on_the_detention_that_support_was_offered_and_how_it_ended)
{
    const auto detention = "/custody/" + case_.text();
    EXPECT_TRUE(says(hale_->browser.get(detention), "Not offered yet: somebody who is not of the police is to come"));
    CaseId offer;
    database().read([&](Transaction& transaction) {
        const auto rows = transaction.query("select id from cases where type = 'offer'");
        ASSERT_EQ(rows.size(), 1U);
        offer = storage::id_at<CaseId>(rows.front(), 0);
    });
    const auto manager = signed_in(desk_, Role::LADM, "safeguarding-response");
    const auto made = Json::object()
                          .set("made_at", to_iso(now_ - hours{1}))
                          .set("by", "outreach")
                          .set("who", "Sol of Harbour Street")
                          .set("way", "in_person")
                          .set("what", "A lift home each Friday")
                          .set("answer", "not_now");
    act_at(
        now_ - minutes{40}, manager,
        {.type = "offer", .action = "offer", .id = offer, .asked = Json::object().set("made", Json::list().add(made))});
    const auto offered = hale_->browser.get(detention);
    EXPECT_TRUE(says(offered, "Offered on " + clocks::wall_date_time(now_ - hours{1}) + ": not now")) << offered.text();
    act_at(now_ - minutes{20}, manager,
           {.type = "offer",
            .action = "end",
            .id = offer,
            .asked = Json::object().set("end_reason", "no_service").set("end_words", "Nobody until Monday")});
    auto officer = signed_in(suite_, Role::DETO, "custody-safeguarding");
    for (auto* who : {hale_.get(), &officer}) {
        const auto ended = who->browser.get(detention);
        EXPECT_TRUE(says(ended, "ended on " + clocks::wall_date_time(now_ - minutes{20}) + ": No service had room"));
        for (const auto* held_back : {"Harbour Street", "lift home", "Nobody until Monday"})
            EXPECT_FALSE(says(ended, held_back)) << held_back;
    }
    EXPECT_GT(noted("look:offer.detention"), 0);
    EXPECT_FALSE(says(signed_in(other_suite_, Role::CUST, "custody-safeguarding").browser.get(detention), "ended on"));
}

TEST(Timeline, each_dated_fact_is_a_time_that_its_kind_of_case_declares)
{
    for (const auto& contribution : contributions()) {
        const auto& type = contribution.type();
        for (const auto& fact : contribution.facts) {
            const auto* field = type.find_field(fact.field);
            ASSERT_NE(field, nullptr) << fact.field;
            EXPECT_EQ(field->kind, casework::Kind::time) << fact.field;
            EXPECT_TRUE(fact.words_in.empty() || type.find_field(fact.words_in) != nullptr) << fact.words_in;
            if (fact.written_by.empty()) continue;
            for (const auto action : split(fact.written_by, ' '))
                EXPECT_NE(type.find_action(action), nullptr) << action;
        }
    }
}

/// R-A-09: "only where knowing that is itself safe".
TEST(Timeline, what_is_withheld_is_counted_only_where_that_tells_nothing)
{
    using enum policy::Category;
    using enum policy::Label;
    struct Row {
        policy::FieldClass held;
        bool is_protected;
        bool is_counted;
    };
    const Row rows[] = {
        {{custody, personal}, false, true},      {{custody, sensitive}, false, true},
        {{crime, sensitive}, false, true},       {{missing, personal}, false, true},
        {{custody, personal}, true, false},      {{custody, restricted}, false, false},
        {{custody, sealed}, false, false},       {{intelligence, open}, false, false},
        {{referral, personal}, false, false},    {{health, personal}, false, false},
        {{social_care, personal}, false, false}, {{interview_text, open}, false, false},
        {{address, open}, false, false},         {{safety_summary, personal}, false, false},
    };
    for (const auto& [held, is_protected, is_counted] : rows)
        EXPECT_EQ(is_safe_to_count(held, is_protected), is_counted)
            << policy::code_of(held.category) << " " << policy::code_of(held.label);
}

} // namespace
} // namespace reachable::app
