// Meetings about a child (4.G): who is asked because of what is on record, what reaches whom, what a meeting must come
// to, and who did not come. The last sentence of scenario 5, whole.
#include "app/meeting_joins.h"
#include "app/missing_test_world.h"
#include "capabilities/meetings/invitation.h"
#include "capabilities/meetings/meeting.h"
#include "clocks/time_sources.h"

#include <map>

namespace reachable::app {
namespace {

using meetings::Invitation;
using meetings::Meeting;
using storage::Transaction;
using testing::Role;
using testing::Words;

class MeetingStories : public testing::MissingStories {
  protected:
    void add_people(Transaction& transaction) override
    {
        using accounts::AgencyKind;
        using custody::testing::add_actor;
        using custody::testing::add_agency;
        using custody::testing::add_team;
        MissingStories::add_people(transaction);
        const auto eastvale = *accounts::find_agency_by_code(transaction, "X23000002");
        const auto saltby = add_agency(world_, transaction, AgencyKind::local_authority, "X06000002", "Saltby Council");
        const auto saltby_desk = add_team(transaction, saltby, "Saltby duty desk", "duty-desk");
        add_actor(world_, transaction, saltby, saltby_desk, Role::LADM, "manager of Saltby");
        add_team(transaction, eastvale, "Saltby custody suite", "custody-suite", "X06000002"); // Saltby lies there
        const auto harbourne = *accounts::find_agency_by_code(transaction, "X06000001");
        const auto office = add_team(transaction, harbourne, "Harbourne children in care", "office");
        add_actor(world_, transaction, harbourne, office, Role::SW, "social worker");
        const auto chairs = add_team(transaction, harbourne, "Harbourne chairs", "office");
        add_actor(world_, transaction, harbourne, chairs, Role::CHAIR, "chair");
        const auto charity = add_agency(world_, transaction, AgencyKind::charity, "X90000001", "Harbour House");
        add_actor(world_, transaction, charity, add_team(transaction, charity, "Harbour House, Saltby", "office"),
                  Role::PLAC, "carer of Harbour House");
        const auto health = add_agency(world_, transaction, AgencyKind::health_body, "X80000001", "Saltby Health");
        add_actor(world_, transaction, health, add_team(transaction, health, "Nurses of children in care", "office"),
                  Role::ATTN, "nurse");
        for (const auto* name : {"manager of Saltby", "social worker", "carer of Harbour House"})
            actor(name).purpose = "safeguarding-response";
        for (const auto* name : {"chair", "nurse"}) actor(name).purpose = "joint-planning";
        records::Child lee{.id = ChildId::random(),
                           .names = {records::read_name("Lee Sample")},
                           .born = *parse_partial_date("2010-02-03"),
                           .responsible_authority = harbourne.id,
                           .source = {.agency = harbourne.id, .recorded_at = world_.now, .known_by = "the authority"}};
        lee_ = lee.id;
        records::store_child(transaction, lee, 0, actor("social worker").worker, "known to Harbourne", world_.now);
        ties::add_tie(transaction, {.kind = ties::Kind::allocated,
                                    .child = lee_,
                                    .worker = actor("social worker").worker,
                                    .proved_by = CaseId::random(),
                                    .keeper = harbourne.id,
                                    .purpose = {},
                                    .since = *parse_utc("2026-01-01T00:00:00Z")});
    }

    Result<casework::Acted> act_on(std::string_view type, const std::string& who, std::string action, CaseId id,
                                   Json asked = Json::object())
    {
        return casework::act(desk(), actor(who), RequestId::random(),
                             {.type = type, .action = std::move(action), .id = id, .asked = std::move(asked)},
                             world_.now);
    }
    Result<casework::Acted> meet(const std::string& who, std::string action, CaseId id, Json asked = Json::object())
    {
        return act_on("meeting", who, std::move(action), id, std::move(asked));
    }
    Json convening(std::string_view kind = "OOA_NETWORK", std::string_view held_at = "2026-05-20T09:00:00Z")
    {
        return Json::object()
            .set("child", lee_.text())
            .set("kind", kind)
            .set("held_at", held_at)
            .set("held_where", "By video")
            .set("aim", "What keeps Lee safe in Saltby, and what is done about Adult C")
            .set("named_as", "Lee S, 16");
    }
    CaseId convened(const std::string& who = "social worker", Json asked = {})
    {
        const auto done = meet(who, "convene", {}, asked.is_null() ? convening() : std::move(asked));
        if (!done) throw Bug("a story's meeting is refused: " + sentences(done.error()));
        return done->id;
    }
    template <class Facts>
    Facts facts_in(const casework::CaseType& type, CaseId id)
    {
        Facts facts;
        database().read([&](Transaction& transaction) {
            facts = *static_cast<const Facts*>(casework::load_case(transaction, type, id)->facts.get());
        });
        return facts;
    }
    Meeting meeting(CaseId id) { return facts_in<Meeting>(meetings::meeting_type(), id); }
    /// "Eastvale Constabulary": "host_force"
    std::map<std::string, std::string> asked_to(CaseId id)
    {
        std::map<std::string, std::string> all;
        const auto facts = meeting(id);
        for (const auto& [name, agency] : world_.agencies)
            if (const auto* one = meetings::find_invited(facts, agency)) all[name] = one->because;
        return all;
    }
    CaseId invitation(CaseId id, const std::string& organisation)
    {
        CaseId found;
        database().read([&](Transaction& transaction) {
            for (const auto one : meetings::invitations_of(transaction, casework::load_head(transaction, id)))
                if (casework::load_head(transaction, one).heading.partner == agency(organisation)) found = one;
        });
        CHECK(!found.is_none(), "a story reads an invitation that nobody sent");
        return found;
    }
    Result<casework::Acted> answer(CaseId id, const std::string& who, const std::string& organisation, Json asked)
    {
        return act_on("meeting-invitation", who, "answer", invitation(id, organisation), std::move(asked));
    }
    /// Everybody there, but those who are named.
    Json attendance(CaseId id, const std::map<std::string, std::string>& but = {})
    {
        auto all = Json::list();
        for (const auto& [name, because] : asked_to(id))
            all.add(Json::object()
                        .set("organisation", agency(name).text())
                        .set("came", but.contains(name) ? but.at(name) : std::string("came")));
        return Json::object().set("attendance", std::move(all)).set("confidentiality_read", true);
    }
    Json item(const std::string& share_with, std::string_view decision, std::string_view line = "A blue van waits")
    {
        return Json::object().set("items", one(Json::object()
                                                   .set("line", line)
                                                   .set("held_by", agency("Harbourne Borough").text())
                                                   .set("share_with", agency(share_with).text())
                                                   .set("decision", decision)
                                                   .set("basis", "Children Act 2004 s.10")
                                                   .set("necessity", "They drive him home")
                                                   .set("proportionality", "Only the van, not who said it")
                                                   .set("child_view", "He asks that his mother is not told")
                                                   .set("caveat", "Not to be told to the family")));
    }
    Json action(const std::string& owner, std::string_view about = "place", std::string_view due_on = "2026-05-27")
    {
        return Json::object().set("actions", one(Json::object()
                                                     .set("what", "Patrols at Tarn Junction in the evening")
                                                     .set("about", about)
                                                     .set("owner", agency(owner).text())
                                                     .set("due_on", due_on)));
    }
    static Json decision(std::string_view what = "Lee stays at Harbour House",
                         std::string_view because = "He wants to, and the home knows him")
    {
        return Json::object().set("decisions", one(Json::object().set("what", what).set("because", because)));
    }
    /// What that person reads of the case; nothing if it is not there for them.
    template <class Facts>
    std::optional<Facts> read_by(const std::string& who, const casework::CaseType& type, CaseId id)
    {
        const auto seen = derived::look_at_case(desk(), actor(who), RequestId::random(),
                                                {.type = type.name, .id = id, .page = "invitation"}, world_.now);
        if (!seen) return std::nullopt;
        return seen->template as<Facts>();
    }
    std::optional<Invitation> invitation_read_by(const std::string& who, CaseId id)
    {
        return read_by<Invitation>(who, meetings::invitation_type(), id);
    }
    bool leads(const std::string& who, CaseId id)
    {
        return derived::is_open_to(desk(), actor(who), meetings::meeting_type(), id, world_.now);
    }
    std::int64_t count_of(std::string_view type)
    {
        std::int64_t count = 0;
        database().read([&](Transaction& transaction) {
            count =
                transaction.query("select count(*) from cases where type = $1", {std::string(type)}).front().integer(0);
        });
        return count;
    }
    std::optional<casework::ClockRow> clock_of(CaseId id, std::string_view code)
    {
        std::optional<casework::ClockRow> found;
        database().read([&](Transaction& transaction) {
            found.reset();
            for (const auto& row : casework::load_clocks(transaction, id))
                if (row.code == code) found = row;
        });
        return found;
    }
    CaseId task_of(const std::string& owner)
    {
        CaseId found;
        database().read([&](Transaction& transaction) {
            for (const auto& row :
                 transaction.query("select id from cases where type = 'meeting-action' and partner = $1",
                                   {storage::to_value(agency(owner))}))
                found = storage::id_at<CaseId>(row, 0);
        });
        CHECK(!found.is_none(), "a story follows an action that nobody has");
        return found;
    }
    std::string sign_in_name_of(const std::string& who)
    {
        std::string name;
        database().read([&](Transaction& transaction) {
            name = accounts::find_worker(transaction, actor(who).worker)->sign_in_name;
        });
        return name;
    }
    /// Scenario 5 as far as the meeting: placed in Saltby, a profile kept by the home, missing across two forces.
    void lee_is_placed_and_comes_back()
    {
        world_.now = *parse_utc("2026-05-11T13:00:00Z");
        ASSERT_TRUE(act_on("placement", "social worker", "notify", {},
                           Json::object()
                               .set("child", lee_.text())
                               .set("kind", "emergency")
                               .set("starts_at", "2026-05-11T12:00:00Z")
                               .set("where", "Harbour House, Quay Street, Saltby")
                               .set("home", "childrens_home")
                               .set("host_authority", agency("Saltby Council").text())
                               .set("worker", "Ash Moor, 01632 960100")
                               .set("out_of_hours", "Harbourne duty team, 01632 960101")
                               .set("history", "Missing four times since January")
                               .set("avoid", "Adult C")));
        ASSERT_TRUE(act_on("profile", "social worker", "open", {},
                           Json::object()
                               .set("child", lee_.text())
                               .set("name_given", "Lee Sample")
                               .set("born_given", "2010-02-03")
                               .set("given_by", "childrens_home")
                               .set("staff_name", sign_in_name_of("carer of Harbour House"))
                               .set("is_in_care", true)
                               .set("home", "Harbour House, Saltby")
                               .set("contact", "01632 960018")
                               .set("looks", "Tall, a black jacket")
                               .set("look_first", "Tarn Junction")
                               .set("health", "None")
                               .set("told", "agrees")
                               .set("child_view", "ring the home first")
                               .set("child_view_language", "English")));
        world_.now = *parse_utc("2026-05-12T19:05:00Z");
        episode_ =
            report("officer", lee().set("child", lee_.text()).set("authority", agency("Harbourne Borough").text()));
        ASSERT_TRUE(MissingStories::act("officer", "grade", episode_, graded("medium", {"in_care"})));
        world_.now = *parse_utc("2026-05-13T00:35:00Z");
        ASSERT_TRUE(MissingStories::act("officer", "offer_to_force", episode_,
                                        Json::object()
                                            .set("offered_to", agency("Tarnside Police").text())
                                            .set("offer_because", "He was seen at Tarn Junction")));
        ASSERT_TRUE(MissingStories::act("coordinator of Tarnside", "take_over", episode_));
        world_.now = *parse_utc("2026-05-13T02:45:00Z");
        ASSERT_TRUE(
            MissingStories::act("coordinator of Tarnside", "return", episode_, back_at("2026-05-13T02:40:00Z")));
        world_.now = *parse_utc("2026-05-14T09:00:00Z");
    }
    /// The page as that person gets it.
    struct Shown {
        int status = 0;
        std::string body;
    };
    Shown page_of(const std::string& who, std::string path)
    {
        const clocks::SimulatedTime clock(world_.now);
        const web::PageAssets assets;
        derived::Site site{
            .desk = desk(),
            .time = clock,
            .assets = assets,
            .session_of = [&](const web::Request&) { return std::optional(actor(who)); },
            .dress = [](web::Page&, const derived::Visit&) {},
            .home_of = case_home,
        };
        web::Router router;
        meetings::add_pages(
            router, site, [&](const derived::Visit& visit, ChildId child) { return absences_of(site, visit, child); });
        web::Request request{.method = web::Method::get, .id = RequestId{}};
        request.path = std::move(path);
        const auto response = router.handle(request);
        return {response.status, *response.body};
    }
    /// Opened with everybody there.
    CaseId in_session(const std::map<std::string, std::string>& but = {})
    {
        const auto id = convened("social worker", convening("OOA_NETWORK", "2026-05-14T10:00:00Z"));
        const auto done = meet("social worker", "open", id, attendance(id, but));
        if (!done) throw Bug("a story's meeting does not open: " + sentences(done.error()));
        return id;
    }

    ChildId lee_;
    CaseId episode_;
};

/// Scenario 5: "OOA_NETWORK meeting invites 3 forces, 2 LAs, home; Tarnside absent → recorded."
TEST_P(MeetingStories, a_network_meeting_asks_three_forces_two_authorities_and_the_home_and_records_who_was_absent)
{
    lee_is_placed_and_comes_back();
    const auto id = convened();
    using Pairs = std::map<std::string, std::string>;
    EXPECT_EQ(asked_to(id), (Pairs{{"Harbourne Borough", "convenes"},
                                   {"Northmere Police", "home_force"},
                                   {"Saltby Council", "host_authority"},
                                   {"Eastvale Constabulary", "host_force"},
                                   {"Harbour House", "home"},
                                   {"Tarnside Police", "searched"}}));
    for (const auto* who : {"coordinator of Northmere", "manager of Saltby", "coordinator", "carer of Harbour House",
                            "coordinator of Tarnside"})
        EXPECT_TRUE(has(told(who), "meeting.invited")) << who;
    EXPECT_FALSE(has(told("coordinator far away"), "meeting.invited"));

    ASSERT_TRUE(answer(id, "coordinator", "Eastvale Constabulary",
                       Json::object().set("coming", "comes").set("who", "Missing-person coordinator")));
    ASSERT_TRUE(answer(id, "manager of Saltby", "Saltby Council",
                       Json::object().set("coming", "apologies").set("apologies", "A court hearing that day")));
    ASSERT_TRUE(answer(id, "carer of Harbour House", "Harbour House",
                       Json::object().set("coming", "report_only").set("report", "He is safer when he is fetched")));
    EXPECT_TRUE(has(told("social worker"), "meeting.answered"));
    EXPECT_EQ(meetings::find_invited(meeting(id), agency("Harbour House"))->report.words,
              "He is safer when he is fetched");

    world_.now = *parse_utc("2026-05-20T09:00:00Z");
    const auto opened = meet("social worker", "open", id,
                             attendance(id, {{"Saltby Council", "apologies"}, {"Tarnside Police", "absent"}}));
    ASSERT_TRUE(opened) << why(opened);
    const auto facts = meeting(id);
    EXPECT_EQ(meetings::attendance_of(facts, agency("Tarnside Police"))->came, "absent");
    EXPECT_EQ(meetings::attendance_of(facts, agency("Saltby Council"))->came, "apologies")
        << "apologies are not an absence";
    EXPECT_EQ(facts.attendance.size(), 6U);
}

TEST_P(MeetingStories, whoever_is_asked_reads_nothing_but_what_was_decided_to_be_shared_with_them)
{
    lee_is_placed_and_comes_back();
    const auto id = in_session();
    const auto to_home = invitation(id, "Harbour House"), to_eastvale = invitation(id, "Eastvale Constabulary");
    ASSERT_TRUE(invitation_read_by("carer of Harbour House", to_home));
    EXPECT_TRUE(invitation_read_by("carer of Harbour House", to_home)->shared.empty());
    ASSERT_TRUE(meet("social worker", "share", id, item("Harbour House", "yes")));
    ASSERT_TRUE(meet("social worker", "share", id,
                     item("Eastvale Constabulary", "partly", "His friend Sky told us of the van")
                         .set("items", one(Json::object()
                                               .set("line", "His friend Sky told us of the van")
                                               .set("held_by", agency("Harbourne Borough").text())
                                               .set("share_with", agency("Eastvale Constabulary").text())
                                               .set("decision", "partly")
                                               .set("shared_words", "A van was seen")
                                               .set("basis", "Children Act 2004 s.10")
                                               .set("necessity", "They look for it")
                                               .set("proportionality", "Not who told it")
                                               .set("child_view", "Nobody has asked yet")))));
    ASSERT_TRUE(meet("social worker", "share", id, item("Tarnside Police", "no", "His school place")));
    EXPECT_TRUE(has(told("carer of Harbour House"), "meeting.shared"));
    EXPECT_FALSE(has(told("coordinator of Tarnside"), "meeting.shared"));
    const auto home_reads = invitation_read_by("carer of Harbour House", to_home);
    ASSERT_EQ(home_reads->shared.size(), 1U);
    EXPECT_EQ(home_reads->shared.front().words.words, "A blue van waits");
    EXPECT_EQ(home_reads->shared.front().caveat.words, "Not to be told to the family");
    const auto police_read = invitation_read_by("coordinator", to_eastvale);
    ASSERT_EQ(police_read->shared.size(), 1U);
    EXPECT_EQ(police_read->shared.front().words.words, "A van was seen");
    EXPECT_TRUE(invitation_read_by("coordinator of Tarnside", invitation(id, "Tarnside Police"))->shared.empty());
    // Nobody reads another's, whatever else connects them with the child: Eastvale still looks for him by its ties.
    EXPECT_FALSE(invitation_read_by("coordinator", to_home));
    EXPECT_FALSE(invitation_read_by("carer of Harbour House", to_eastvale));
    EXPECT_FALSE(invitation_read_by("coordinator of Tarnside", to_eastvale));
    EXPECT_FALSE(invitation_read_by("coordinator far away", to_eastvale));
    for (const auto* who :
         {"coordinator", "carer of Harbour House", "manager of Saltby", "coordinator far away", "nurse"})
        EXPECT_FALSE(leads(who, id)) << who;
    EXPECT_TRUE(leads("social worker", id));
}

TEST_P(MeetingStories, a_share_decision_lacks_nothing_and_names_somebody_who_is_asked)
{
    lee_is_placed_and_comes_back();
    const auto id = in_session();
    const auto without = [&](std::string_view box) {
        auto line = Json::object();
        const auto whole = item("Harbour House", "yes");
        for (const auto& [name, value] : *whole.find("items")->items()->front().members())
            if (name != box) line.set(name, value);
        return why(meet("social worker", "share", id, Json::object().set("items", one(std::move(line)))));
    };
    for (const auto* box :
         {"line", "held_by", "share_with", "decision", "basis", "necessity", "proportionality", "child_view"})
        EXPECT_NE(without(box), "it was done") << box;
    EXPECT_NE(why(meet("social worker", "share", id, item("Harbour House", "partly"))).find("in which it is shared"),
              std::string::npos);
    EXPECT_NE(why(meet("social worker", "share", id, item("Far Police", "yes"))).find("asked to this meeting"),
              std::string::npos);
    EXPECT_TRUE(meeting(id).items.empty());
    EXPECT_TRUE(invitation_read_by("carer of Harbour House", invitation(id, "Harbour House"))->shared.empty());
}

/// R-G-03.
TEST_P(MeetingStories, a_meeting_ends_with_an_action_on_a_person_or_a_place_or_says_why_not)
{
    lee_is_placed_and_comes_back();
    const auto id = in_session();
    EXPECT_NE(why(meet("social worker", "close_session", id)).find("what was decided"), std::string::npos);
    ASSERT_TRUE(meet("social worker", "decide", id, decision()));
    ASSERT_TRUE(meet("social worker", "set_action", id, action("Harbour House", "child")));
    EXPECT_NE(why(meet("social worker", "close_session", id)).find("a person who may do harm, or a place"),
              std::string::npos)
        << "an action on the child alone is not enough";
    ASSERT_TRUE(meet("social worker", "set_action", id, action("Eastvale Constabulary")));
    ASSERT_TRUE(meet("social worker", "close_session", id));
    EXPECT_EQ(state_of(id), "minutes");
    EXPECT_EQ(state_of(invitation(id, "Tarnside Police")), "over");
}

TEST_P(MeetingStories, an_action_is_its_owners_who_says_what_came_of_it_and_is_reminded_when_its_day_is_over)
{
    lee_is_placed_and_comes_back();
    const auto id = in_session();
    ASSERT_TRUE(meet("social worker", "decide", id, decision()));
    ASSERT_TRUE(meet("social worker", "set_action", id, action("Eastvale Constabulary")));
    const auto task = task_of("Eastvale Constabulary");
    EXPECT_TRUE(has(told("coordinator"), "meeting.action"));
    EXPECT_EQ(clock_of(task, "C29")->due_at, parse_utc("2026-05-27T23:00:00Z").value()) << "midnight in London";
    ASSERT_TRUE(meet("social worker", "close_session", id));
    ASSERT_TRUE(meet("social worker", "agree", id));
    EXPECT_EQ(state_of(id), "agreed");
    EXPECT_NE(why(act_on("meeting-action", "social worker", "finish", task, Json::object().set("outcome", "Done"))),
              "it was done")
        << "nobody says so for another organisation";
    EXPECT_NE(
        why(act_on("meeting-action", "coordinator of Tarnside", "finish", task, Json::object().set("outcome", "Done"))),
        "it was done");
    pass_until("2026-05-28T08:00:00Z");
    EXPECT_TRUE(has(told("social worker"), "clock.C29.breach"));
    EXPECT_TRUE(has(told("coordinator"), "clock.C29.breach"));
    ASSERT_TRUE(act_on("meeting-action", "coordinator", "finish", task,
                       Json::object().set("outcome", "Patrols since Monday; the van was stopped")));
    EXPECT_EQ(meetings::outcome_of(meeting(id), "1")->words.words, "Patrols since Monday; the van was stopped");
    EXPECT_EQ(state_of(id), "closed") << "nothing waits any longer";
    EXPECT_TRUE(has(told("social worker"), "meeting.action_ended"));
    world_.now += hours{25};
    const auto later = read_by<Meeting>("social worker", meetings::meeting_type(), id);
    EXPECT_TRUE(later && later->decisions.empty() && later->aim.words.empty())
        << "with the child on their list they know that there was one, and read nothing of it a day later";
}

/// R-G-06.
TEST_P(MeetingStories, minutes_hold_decisions_and_reasons_and_nothing_that_somebody_said)
{
    lee_is_placed_and_comes_back();
    const auto id = in_session();
    EXPECT_NE(why(meet("social worker", "decide", id, decision("Lee stays", ""))), "it was done");
    EXPECT_NE(why(meet("social worker", "decide", id, decision("Lee stays", "He said: \"I like it\"")))
                  .find("not what somebody said"),
              std::string::npos);
    EXPECT_NE(why(meet("social worker", "decide", id, decision("Lee stays", "He said “I like it”"))), "it was done");
    EXPECT_TRUE(meeting(id).decisions.empty());
}

/// R-G-07, C34.
TEST_P(MeetingStories,
       a_strategy_discussion_has_a_threshold_police_authority_and_health_and_a_plan_within_a_working_day)
{
    lee_is_placed_and_comes_back();
    EXPECT_NE(why(meet("coordinator of Tarnside", "convene", {}, convening("MISSING_STRATEGY", "2026-05-14T15:00:00Z")))
                  .find("threshold"),
              std::string::npos);
    const auto id = convened(
        "coordinator of Tarnside",
        convening("MISSING_STRATEGY", "2026-05-14T15:00:00Z").set("threshold", "Likely significant harm by Adult C"));
    EXPECT_EQ(clock_of(id, "C34")->due_at, parse_utc("2026-05-15T09:00:00Z").value());
    EXPECT_NE(why(meet("coordinator of Tarnside", "open", id, attendance(id))).find("not time yet"), std::string::npos)
        << "nobody is absent from a meeting before it is held";
    world_.now = *parse_utc("2026-05-14T14:30:00Z");
    EXPECT_NE(why(meet("coordinator of Tarnside", "open", id, attendance(id))).find("health at least"),
              std::string::npos);
    ASSERT_TRUE(meet("coordinator of Tarnside", "invite", id,
                     Json::object()
                         .set("invite_whom", agency("Saltby Health").text())
                         .set("invite_because", "They know his asthma")));
    EXPECT_TRUE(has(told("nurse"), "meeting.invited"));
    EXPECT_EQ(invitation_read_by("nurse", invitation(id, "Saltby Health"))->named_as, "Lee S, 16");
    EXPECT_NE(
        why(meet("coordinator of Tarnside", "invite", id,
                 Json::object().set("invite_whom", agency("Saltby Health").text()).set("invite_because", "Again"))),
        "it was done");
    auto unread = attendance(id);
    unread.set("confidentiality_read", false);
    EXPECT_NE(why(meet("coordinator of Tarnside", "open", id, std::move(unread))), "it was done");
    ASSERT_TRUE(meet("coordinator of Tarnside", "open", id, attendance(id)));
    EXPECT_TRUE(clock_of(id, "C34")->stopped_at);
    ASSERT_TRUE(meet("coordinator of Tarnside", "decide", id, decision()));
    ASSERT_TRUE(meet("coordinator of Tarnside", "set_action", id, action("Tarnside Police", "person")));
    EXPECT_NE(why(meet("coordinator of Tarnside", "close_session", id)).find("plan"), std::string::npos);
    ASSERT_TRUE(meet("coordinator of Tarnside", "close_session", id,
                     Json::object().set("plan", "Find the van").set("timescale", "By Friday")));
}

TEST_P(MeetingStories, a_chair_who_is_named_leads_it_too)
{
    lee_is_placed_and_comes_back();
    EXPECT_NE(why(meet("social worker", "convene", {}, convening().set("chair_name", "nobody@here.example"))),
              "it was done");
    const auto id = convened(
        "social worker", convening("OOA_NETWORK", "2026-05-14T09:30:00Z").set("chair_name", sign_in_name_of("chair")));
    EXPECT_TRUE(has(told("chair"), "meeting.to_chair"));
    ASSERT_TRUE(meet("chair", "open", id, attendance(id)));
    ASSERT_TRUE(meet("chair", "decide", id, decision()));
    ASSERT_TRUE(meet("chair", "share", id, item("Harbour House", "yes")));
    EXPECT_EQ(meeting(id).items.front().decided_by, accounts::title_of(Role::CHAIR));
}

TEST_P(MeetingStories, what_may_not_be_is_refused_and_leaves_nothing)
{
    lee_is_placed_and_comes_back();
    EXPECT_EQ(why(meet("coordinator far away", "convene", {}, convening())),
              "There is no such child's record, or it is not open to you");
    EXPECT_EQ(why(meet("social worker", "convene", {}, convening().set("child", ChildId::random().text()))),
              "There is no such child's record, or it is not open to you");
    for (const auto* who : {"officer", "manager of Saltby", "carer of Harbour House", "nurse", "chair"})
        EXPECT_NE(why(meet(who, "convene", {}, convening())), "it was done") << who;
    EXPECT_NE(why(meet("social worker", "convene", {}, convening("OOA_NETWORK", "2026-05-01T09:00:00Z"))),
              "it was done");
    const auto then = world_.now;
    world_.now = *parse_utc("2026-05-16T03:00:00Z");
    EXPECT_EQ(why(meet("coordinator of Tarnside", "convene", {}, convening())),
              "There is no such child's record, or it is not open to you")
        << "three days after the return a force sees the child by that no longer, nor where the child is placed";
    world_.now = then;
    EXPECT_EQ(count_of("meeting"), 0);
    EXPECT_EQ(count_of("meeting-invitation"), 0);
    const auto id = convened("social worker", convening("OOA_NETWORK", "2026-05-14T09:30:00Z"));
    EXPECT_NE(why(meet("social worker", "convene", {}, convening())).find("open"), std::string::npos);
    EXPECT_EQ(count_of("meeting"), 1);
    EXPECT_EQ(count_of("meeting-invitation"), 5) << "the organisation that convenes it asks not itself";
    EXPECT_NE(
        why(answer(id, "social worker", "Harbour House", Json::object().set("coming", "comes").set("who", "A carer"))),
        "it was done");
    EXPECT_NE(why(answer(id, "coordinator", "Eastvale Constabulary", Json::object().set("coming", "apologies"))),
              "it was done");
    EXPECT_NE(why(meet("coordinator", "open", id, attendance(id))), "it was done");
    auto none = Json::object().set("attendance", Json::list()).set("confidentiality_read", true);
    EXPECT_NE(why(meet("social worker", "open", id, std::move(none))), "it was done")
        << "each organisation is accounted for";
    EXPECT_EQ(state_of(id), "issued");
    ASSERT_TRUE(meet("social worker", "call_off", id, Json::object().set("called_off_because", "He moved home")));
    EXPECT_EQ(state_of(invitation(id, "Eastvale Constabulary")), "over");
    world_.now += hours{25};
    EXPECT_FALSE(invitation_read_by("coordinator", invitation(id, "Eastvale Constabulary")));
}

/// R-G-05: whoever is family reads none of it, and a protected record is planned for by telephone.
TEST_P(MeetingStories, family_reads_nothing_and_of_a_protected_child_nobody_is_asked)
{
    lee_is_placed_and_comes_back();
    const auto id = in_session();
    ASSERT_TRUE(meet("social worker", "share", id, item("Eastvale Constabulary", "yes")));
    const auto theirs = invitation(id, "Eastvale Constabulary");
    ASSERT_TRUE(invitation_read_by("coordinator", theirs));
    const auto tie = [&](ties::Kind kind, WorkerId worker) {
        database().write([&](Transaction& transaction) {
            ties::add_tie(transaction, {.kind = kind,
                                        .child = lee_,
                                        .worker = worker,
                                        .proved_by = CaseId::random(),
                                        .keeper = agency("Eastvale Constabulary"),
                                        .purpose = {},
                                        .since = world_.now});
        });
    };
    tie(ties::Kind::family, actor("coordinator").worker);
    EXPECT_FALSE(invitation_read_by("coordinator", theirs));
    EXPECT_TRUE(invitation_read_by("carer of Harbour House", invitation(id, "Harbour House")));
    tie(ties::Kind::sealed, {});
    EXPECT_FALSE(invitation_read_by("carer of Harbour House", invitation(id, "Harbour House")));
    // What is asked, shared or given goes out to many: of a protected record nothing does.
    for (const auto* action : {"share", "set_action"})
        EXPECT_FALSE(meet("social worker", action, id,
                          std::string_view(action) == "share" ? item("Eastvale Constabulary", "yes")
                                                              : this->action("Eastvale Constabulary")))
            << action;
}

/// 3.14: "placement review receives where found, with whom": by the reader's own look at each absence.
TEST_P(MeetingStories, the_page_of_a_meeting_shows_where_the_child_was_found_to_those_who_may_see_the_absence)
{
    lee_is_placed_and_comes_back();
    const auto id = convened("coordinator of Tarnside", convening("MISSING_STRATEGY", "2026-05-14T09:30:00Z")
                                                            .set("threshold", "Likely significant harm by Adult C")
                                                            .set("chair_name", sign_in_name_of("chair")));
    const auto police = page_of("coordinator of Tarnside", "/meetings/" + id.text());
    EXPECT_NE(police.body.find("Tarn Junction, in a car"), std::string::npos) << police.body;
    EXPECT_NE(police.body.find("Saltby Council"), std::string::npos);
    const auto chair = page_of("chair", "/meetings/" + id.text());
    EXPECT_EQ(chair.status, 200);
    EXPECT_EQ(chair.body.find("in a car"), std::string::npos) << "a chair looks for nobody";
    EXPECT_NE(chair.body.find("Nothing of an absence is open to you here"), std::string::npos);
    EXPECT_EQ(page_of("coordinator", "/meetings/" + id.text()).status, 404) << "whoever is asked reads the invitation";
    EXPECT_EQ(page_of("coordinator far away", "/meetings/" + id.text()).body,
              page_of("coordinator far away", "/meetings/" + CaseId::random().text()).body);
    const auto theirs = invitation(id, "Eastvale Constabulary");
    EXPECT_NE(page_of("coordinator", "/invitations/" + theirs.text()).body.find("Please answer at once"),
              std::string::npos);
    EXPECT_EQ(page_of("coordinator of Northmere", "/invitations/" + theirs.text()).status, 404);
    const auto list = page_of("coordinator", "/meetings");
    EXPECT_NE(list.body.find("Lee S, 16"), std::string::npos);
    EXPECT_NE(list.body.find("Not answered yet"), std::string::npos);
    EXPECT_EQ(page_of("coordinator far away", "/meetings").body.find("Lee"), std::string::npos);
}

TEST_P(MeetingStories, a_force_that_looked_for_the_child_long_ago_is_not_asked)
{
    lee_is_placed_and_comes_back();
    const auto reasons = [&](UtcTime then) {
        Words because;
        database().read([&](Transaction& transaction) {
            because.clear();
            for (const auto& one : who_is_asked(transaction, lee_, then)) because.emplace_back(one.because);
        });
        return because;
    };
    EXPECT_EQ(reasons(world_.now),
              (Words{"home_authority", "home_force", "host_authority", "host_force", "home", "searched"}));
    EXPECT_EQ(reasons(world_.now + hours{24 * 100}),
              (Words{"home_authority", "home_force", "host_authority", "host_force", "home"}));
}

INSTANTIATE_TEST_SUITE_P(engines, MeetingStories, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
