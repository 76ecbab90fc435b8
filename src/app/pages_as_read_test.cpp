// What people stumbled over when they read the pages: whom to ring, numbers and references that say nothing, buttons
// and links that lead nowhere, boxes and banners that say the wrong thing.
#include "app/search_test_world.h"
#include "app/text_sender.h"
#include "clocks/london.h"
#include "notices/receipts.h"
#include "ties/ties.h"

#include <regex>

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;
using testing::Browser;
using testing::says;

class PagesAsRead : public testing::AtWork {
  protected:
    struct Reader {
        Browser browser;
        accounts::Session session;
    };

    void SetUp() override
    {
        AtWork::SetUp();
        if (IsSkipped()) return;
        desk().database.write([&](Transaction& transaction) {
            accounts::add_agency(transaction, nearby_);
            for (const auto& team : {response_, duty_desk_, nearby_desk_, home_}) accounts::add_team(transaction, team);
        });
        child_ = store({.id = {},
                        .names = {records::read_name("Lee Sample")},
                        .born = parse_partial_date("2012-02-03").value(),
                        .responsible_authority = authority_.id});
    }

    Reader reader(const accounts::Team& team, Role role, std::string_view purpose)
    {
        Reader made{Browser(service()), {}};
        desk().database.write([&](Transaction& transaction) {
            accounts::Session session;
            session.worker = WorkerId::random();
            session.agency = team.agency;
            session.agency_kind = accounts::find_agency(transaction, team.agency)->kind;
            session.team = team.id;
            session.role = role;
            accounts::add_worker(transaction, {session.worker, team.agency, session.worker.text(), "Somebody"});
            accounts::add_post(transaction, {session.worker, team.id, role});
            const auto opened = accounts::open_session(transaction, session, now());
            accounts::choose_purpose(transaction, opened.session.id, std::string(purpose));
            made.browser.cookies[session_cookie_name(service())] = opened.cookie.reveal();
            made.session = opened.session;
            made.session.purpose = purpose;
        });
        return made;
    }
    Reader officer() { return reader(response_, Role::RESP, "missing-response"); }

    void put_on_the_list(const Reader& of)
    {
        desk().database.write([&](Transaction& transaction) {
            ties::add_tie(transaction, {.kind = ties::Kind::allocated,
                                        .child = child_,
                                        .worker = of.session.worker,
                                        .proved_by = CaseId::random(),
                                        .about = {},
                                        .keeper = of.session.agency,
                                        .keeper_team = {},
                                        .purpose = {},
                                        .since = now()});
        });
    }
    CaseId act(const Reader& who, std::string_view type, std::string action, Json asked, CaseId id = {})
    {
        const auto acted =
            casework::act(desk(), who.session, RequestId::random(),
                          {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)}, now());
        if (!acted) throw Bug("an act is refused: " + sentences(acted.error()));
        return acted->id;
    }
    CaseId reported(const Reader& by)
    {
        return act(by, "missing", "report",
                   Json::object()
                       .set("child", child_.text())
                       .set("name_given", "Lee Sample")
                       .set("last_seen_at", to_iso(now() - hours{2}))
                       .set("worried", "He would not say where he goes")
                       .set("authority", authority_.id.text()));
    }
    /// What stands beside that label in a summary list.
    static std::string beside(const web::Response& page, const std::string& label)
    {
        const std::string text(page.text());
        const auto from = text.find(">" + label);
        if (from == std::string::npos) return "there is no such row";
        auto value = text.substr(text.find("<dd", from));
        value = value.substr(0, value.find("</dd>"));
        return std::regex_replace(value, std::regex("<[^>]*>|\\s+"), " ");
    }
    static std::size_t times(const web::Response& page, std::string_view words)
    {
        std::size_t count = 0;
        for (auto at = page.text().find(words); at != std::string_view::npos; at = page.text().find(words, at + 1))
            ++count;
        return count;
    }

    const accounts::Agency nearby_{AgencyId::random(), accounts::AgencyKind::local_authority, "X07000001",
                                   "Nearby Borough"};
    const accounts::Team response_{.id = TeamId::random(),
                                   .agency = force_.id,
                                   .name = "Northmere response",
                                   .kind = "office",
                                   .area_code = "X07000001"};
    const accounts::Team duty_desk_{.id = TeamId::random(),
                                    .agency = authority_.id,
                                    .name = "Westmoor duty desk",
                                    .kind = "duty-desk",
                                    .desk_mail = "desk@westmoor.example",
                                    .code_mail = "codes@westmoor.example",
                                    .phone = "01632 960222"};
    const accounts::Team nearby_desk_{.id = TeamId::random(),
                                      .agency = nearby_.id,
                                      .name = "Nearby duty desk",
                                      .kind = "duty-desk",
                                      .desk_mail = "desk@nearby.example",
                                      .code_mail = "codes@nearby.example",
                                      .phone = "01632 960111"};
    const accounts::Team home_{
        .id = TeamId::random(), .agency = authority_.id, .name = "Harbour House", .kind = "office"};
    ChildId child_;
};

TEST_P(PagesAsRead, in_an_emergency_one_desk_stands_there_to_ring_and_it_is_that_of_the_child)
{
    auto officer = this->officer();
    const auto before = officer.browser.get("/emergency-access");
    EXPECT_TRUE(says(before, "ring now: Nearby duty desk, 01632 960111")) << "before a child is known, the one near by";
    put_on_the_list(officer);
    const auto page = officer.browser.get("/emergency-access/" + child_.text());
    ASSERT_EQ(page.status, 200) << page.text();
    EXPECT_TRUE(says(page, "ring now: Westmoor duty desk, 01632 960222")) << page.text();
    EXPECT_EQ(times(page, "01632 960"), 1U) << "nobody chooses between two at three in the morning";
    EXPECT_NE(beside(page, "Children&#39;s services").find("Westmoor Council"), std::string::npos) << page.text();
}

TEST_P(PagesAsRead, everything_recorded_names_organisations_and_says_what_nobody_knows)
{
    auto officer = this->officer();
    const auto id = reported(officer);
    const auto page = officer.browser.get("/cases/missing/" + id.text());
    ASSERT_EQ(page.status, 200);
    EXPECT_NE(beside(page, "Found so many kilometres").find("Not recorded"), std::string::npos);
    EXPECT_TRUE(says(page, "Northmere response")) << "a team of the police, by its name";
    EXPECT_TRUE(says(page, "Northmere Police"));
    EXPECT_TRUE(says(page, "Westmoor duty desk"));
}

/// L3: where a child lives is held more closely, and the name of a home would tell.
TEST_P(PagesAsRead, the_name_of_a_home_is_not_told_where_a_team_is_named)
{
    auto carer = reader(home_, Role::PLAC, "missing-response");
    const auto id = act(carer, "profile", "open",
                        Json::object()
                            .set("name_given", "Ada Sample")
                            .set("given_by", "childrens_home")
                            .set("is_in_care", true)
                            .set("home", "The home by the harbour")
                            .set("contact", "01632 960018")
                            .set("looks", "Tall, red hair")
                            .set("look_first", "The skate park")
                            .set("health", "none")
                            .set("told", "agrees"));
    const auto page = carer.browser.get("/cases/profile/" + id.text());
    ASSERT_EQ(page.status, 200);
    EXPECT_EQ(times(page, "Harbour House"), 1U) << "where it is said who is signed in, and nowhere else";
    EXPECT_TRUE(says(page, "Westmoor Council"));
}

TEST_P(PagesAsRead, whoever_has_no_list_goes_back_to_their_queue)
{
    auto officer = this->officer();
    auto worker = reader(social_, Role::SW, "safeguarding-response");
    put_on_the_list(worker);
    put_on_the_list(officer);
    const auto id = act(officer, "encounter", "record",
                        Json::object()
                            .set("child", child_.text())
                            .set("name_given", "Lee Sample")
                            .set("met_at", to_iso(now() - minutes{10}))
                            .set("met_precision", "exact")
                            .set("kind", "found")
                            .set("place", "9 Quay Row, Saltby")
                            .set("distance", "not_known")
                            .set("company", "alone")
                            .set("seen", Json::list().add(Json::object().set("words", "A bag by the door")))
                            .set("where_now", "with_officers")
                            .set("authority", authority_.id.text()));
    for (auto* who : {&officer, &worker}) {
        const auto page = who->browser.get("/encounters/" + id.text());
        ASSERT_EQ(page.status, 200) << page.text();
        const std::string text(page.text());
        std::smatch back;
        ASSERT_TRUE(std::regex_search(text, back, std::regex("<a href=\"([^\"]*)\" class=\"govuk-back-link")) ||
                    std::regex_search(text, back, std::regex("govuk-back-link[^>]*href=\"([^\"]*)\"")))
            << text;
        EXPECT_EQ(who->browser.get(back[1].str()).status, 200) << back[1].str();
    }
}

TEST_P(PagesAsRead, boxes_that_are_answered_together_do_not_call_themselves_optional)
{
    auto officer = this->officer();
    const auto form = officer.browser.get("/encounters/new");
    EXPECT_TRUE(says(form, "(if somebody was with the child)"));
    EXPECT_TRUE(says(form, "(if the child said something)"));
    const auto id = reported(officer);
    const auto offer = officer.browser.get("/cases/missing/" + id.text() + "/offer_to_force");
    ASSERT_EQ(offer.status, 200) << offer.text();
    EXPECT_TRUE(says(offer, other_force_.id.text()));
    EXPECT_FALSE(says(offer, "value=\"" + force_.id.text())) << "whoever leads is not asked to lead";
}

TEST_P(PagesAsRead, a_form_that_was_filled_in_wrongly_is_no_act_that_was_refused)
{
    auto officer = this->officer();
    const auto id = reported(officer);
    const auto form = "/cases/missing/" + id.text() + "/return";
    EXPECT_EQ(officer.browser.post_from(form, form, {{"version", "1"}}).status, 422);
    auto governance = this->governance();
    const auto log = governance.get("/audit");
    EXPECT_TRUE(says(log, "filled in “The child is back, or safe” in a way that could not be saved")) << log.text();
    EXPECT_FALSE(says(log, "tried to the child is"));
    EXPECT_FALSE(says(governance.get("/audit?show=refusals"), "“The child is back, or safe”"));
}

TEST_P(PagesAsRead, an_episode_leads_to_the_child_s_page_where_that_is_open_and_the_banner_says_what_happened)
{
    auto officer = this->officer();
    const auto id = reported(officer);
    const auto page = officer.browser.get("/missing/" + id.text() + "?saved=1");
    ASSERT_EQ(page.status, 200);
    EXPECT_TRUE(says(page, "the child is reported missing")) << page.text();
    EXPECT_FALSE(says(page, "“Report a child missing"));
    auto desk_worker = reader(duty_desk_, Role::EDT, "safeguarding-response");
    for (auto* who : {&officer, &desk_worker}) {
        const auto of_them = who->browser.get("/missing/" + id.text());
        ASSERT_EQ(of_them.status, 200);
        const bool is_linked = says(of_them, "href=\"/children/" + child_.text() + "\"");
        EXPECT_EQ(is_linked, who->browser.get("/children/" + child_.text()).status == 200);
    }
    EXPECT_TRUE(says(officer.browser.get("/missing/" + id.text()), "The child&#39;s page"));
    const auto flags = officer.browser.get("/children/" + child_.text() + "/flags");
    ASSERT_EQ(flags.status, 200);
    EXPECT_TRUE(says(flags, "href=\"/children/" + child_.text() + "\"")) << "and so do the flags";
}

/// R-P-07: those who look for the child say why, one by one.
TEST_P(PagesAsRead, a_sealed_child_on_the_board_is_named_to_whoever_said_why_and_to_nobody_else)
{
    auto first = reader(office_, Role::MPC, "missing-response");
    auto second = reader(office_, Role::MPC, "missing-response");
    const auto id = reported(first);
    EXPECT_TRUE(says(second.browser.get("/missing"), "Lee Sample"));
    act(reader(office_, Role::PSTD, "information-governance"), "restriction", "restrict",
        Json::object()
            .set("child", child_.text())
            .set("kind", "PROTECTED_PERSON")
            .set("why", "Told to us by the authority"));
    for (auto* who : {&first, &second}) {
        const auto board = who->browser.get("/missing");
        EXPECT_FALSE(says(board, "Lee Sample"));
        EXPECT_EQ(times(board, "A sealed record"), 1U) << board.text();
    }
    act(first, "opening", "say_why",
        Json::object().set("about", id.text()).set("reason", "We look for him since this evening"));
    EXPECT_TRUE(says(first.browser.get("/missing"), "Lee Sample"));
    EXPECT_FALSE(says(second.browser.get("/missing"), "Lee Sample"));
    EXPECT_EQ(times(second.browser.get("/missing"), "A sealed record"), 1U);
}

TEST_P(PagesAsRead, who_has_the_board_and_how_long_calls_take_are_decided_and_noted)
{
    auto first = reader(office_, Role::MPC, "missing-response");
    const auto handover =
        act(reader(office_, Role::INSP, "missing-response"), "board-handover", "open", Json::object());
    act(first, "board-handover", "take_over", Json::object(), handover);
    const auto looks = entries_of("look:board-handover.board").size();
    auto page = first.browser.get("/missing/handover");
    ASSERT_EQ(page.status, 200);
    EXPECT_TRUE(says(page, "On duty at the board: Somebody, since")) << page.text();
    EXPECT_EQ(entries_of("look:board-handover.board").size(), looks + 1);
    // For another purpose the policy shows nobody's duty.
    auto other = reader(office_, Role::MPC, "crime-investigation");
    page = other.browser.get("/missing/handover");
    EXPECT_FALSE(says(page, "On duty at the board: Somebody")) << page.text();

    desk().database.write([&](Transaction& transaction) {
        transaction.execute(
            "insert into call_lengths (force, at, seconds, ended, digits) values ($1, $2, 300, null, '')",
            {storage::to_value(force_.id), storage::to_value(now())});
    });
    EXPECT_TRUE(says(first.browser.get("/missing/calls"), "How long calls take"));
    const auto read = entries_of("look:call.lengths");
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read.front().outcome, "done");
    EXPECT_NE(read.front().question.find("missing-person-coordinator"), std::string::npos) << read.front().question;
    EXPECT_FALSE(says(other.browser.get("/missing/calls"), "How long calls take"));
    EXPECT_EQ(entries_of("look:call.lengths").size(), 1U);
}

/// There is no gateway here any more, and nothing leaves; the number of whoever rang is kept for an hour at most.
TEST_P(PagesAsRead, a_receipt_that_cannot_leave_keeps_no_number)
{
    const auto id = reported(officer());
    desk().database.write([&](Transaction& transaction) {
        transaction.execute("update receipts set state = 'waits', number = '+447700900456' where case_id = $1",
                            {storage::to_value(id)});
    });
    const auto number = [&] {
        std::string found;
        desk().database.read(
            [&](Transaction& transaction) { found = notices::receipt_of(transaction, id).value().number; });
        return found;
    };
    TextSender sender(service());
    EXPECT_EQ(sender.send_waiting(now() + minutes{59}), 0U);
    EXPECT_EQ(number(), "+447700900456");
    EXPECT_EQ(sender.send_waiting(now() + minutes{61}), 0U);
    EXPECT_EQ(number(), "");
}

INSTANTIATE_TEST_SUITE_P(engines, PagesAsRead, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
