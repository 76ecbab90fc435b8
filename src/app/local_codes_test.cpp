// Codes of their own: what the systems of a force mark children with comes with its feed, becomes a proposed flag where
// it is mapped to a national code, and is kept where it is not. R-C-03, R-C-07; the row "Local flag feed" of 4.C. On
// both databases.
#include "api/json.h"
#include "app/capabilities.h"
#include "app/search_test_world.h"
#include "app/text_files.h"
#include "capabilities/flags/local_codes.h"
#include "capabilities/flags/local_flags.h"
#include "capabilities/flags/standing.h"
#include "capabilities/flags/summary.h"
#include "identity/source_records.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;
using testing::says;

constexpr const char* marks_mapping = "source = northmere-marks\nagency = X23000001\nreference = id\ngiven = given\n"
                                      "family = family\nlocal_flags = marks\n";

class LocalCodes : public testing::AtWork {
  protected:
    void SetUp() override
    {
        AtWork::SetUp();
        if (IsSkipped()) return;
        data_ = world_.folder / "data";
        std::filesystem::copy("data", data_, std::filesystem::copy_options::recursive);
        ASSERT_TRUE(write_text((data_ / "identity/mappings/northmere.map").string(), marks_mapping));
        start_again();
        token_ = token_of(office_, Role::ADMIN);
        inspector_ = session_of(suite_, Role::INSP, "custody-safeguarding");
        sergeant_ = session_of(suite_, Role::CUST, "custody-safeguarding");
    }
    void start_again()
    {
        auto settings = testing::settings_for(world_);
        settings.data_folder = data_;
        world_.service.reset();
        auto opened = Service::open(settings);
        ASSERT_TRUE(opened) << sentences(opened.error());
        world_.service = std::move(*opened);
    }
    /// The owner of the catalogue maps a code of Harrier, and the service starts with the new list.
    void map(const std::string& code, const std::string& national)
    {
        const auto file = (data_ / "flags/local_codes.csv").string();
        const auto row = "Harrier:" + code + ",As officers call it,,X23000001," + national + ",2026-01-01,,test\n";
        ASSERT_TRUE(write_text(file, text_of(file).value() + row));
        start_again();
    }

    std::string token_of(const accounts::Team& team, Role role)
    {
        const auto session = session_of(team, role, "administration");
        std::string token;
        desk().database.write([&](Transaction& transaction) {
            token = accounts::add_machine(transaction, {session.worker, team.id, role}, now()).reveal();
        });
        return token;
    }
    accounts::Session session_of(const accounts::Team& team, Role role, const char* purpose)
    {
        accounts::Session session{.worker = WorkerId::random()};
        desk().database.write([&](Transaction& transaction) {
            session.agency = team.agency;
            session.agency_kind = accounts::find_agency(transaction, team.agency)->kind;
            session.team = team.id;
            session.role = role;
            session.purpose = purpose;
            accounts::add_worker(transaction, {session.worker, team.agency, session.worker.text(), "Somebody"});
            accounts::add_post(transaction, {session.worker, team.id, role});
        });
        return session;
    }

    Json call(web::Method method, const std::string& path, const std::string& body, const std::string& token)
    {
        web::Request request{.method = method, .path = path, .id = RequestId::random()};
        request.headers.add("authorization", "Bearer " + token);
        request.headers.add("purpose", "administration");
        if (method == web::Method::post) request.query.add("mapping", "northmere");
        request.headers.add("content-type", "text/csv");
        request.body = body;
        const auto response = service().handle(std::move(request));
        status_ = response.status;
        const auto json = api::parse_json(response.text());
        return json ? *json : Json();
    }
    Json send(const std::string& body)
    {
        return call(web::Method::post, "/api/v1/feeds/northmere-marks", body, token_);
    }
    /// Ayo's row with what stands in the column of marks.
    Json send_ayo(const std::string& marks) { return send("id,given,family,marks\n1,Ayo,Sample," + marks + "\n"); }
    static std::string local_counts(const Json& sent)
    {
        const auto* counts = sent.find("local_flags");
        return counts == nullptr ? "none" : api::write_json(*counts);
    }

    ChildId child_of(const std::string& reference)
    {
        ChildId child;
        desk().database.read([&](Transaction& transaction) {
            if (const auto record = identity::find(transaction, "northmere-marks", reference)) child = record->home;
        });
        return child;
    }
    std::vector<flags::Standing> flags_of(const std::string& reference)
    {
        std::vector<flags::Standing> all;
        const auto child = child_of(reference);
        desk().database.read([&](Transaction& transaction) { all = flags::all_of(transaction, child); });
        return all;
    }
    /// "CCE_CON proposed", one for each flag that there ever was, by code.
    std::vector<std::string> stand(const std::string& reference)
    {
        std::vector<std::string> all;
        for (const auto& one : flags_of(reference)) all.push_back(one.flag.code + " " + one.head.state);
        std::ranges::sort(all);
        return all;
    }
    using All = std::vector<std::string>;
    CaseId flag_of_ayo(std::string_view code)
    {
        for (const auto& one : flags_of("1"))
            if (one.flag.code == code) return one.head.id;
        return {};
    }
    Result<casework::Acted> decide(const std::string& action, CaseId flag)
    {
        return casework::act(desk(), inspector_, RequestId::random(),
                             {.type = "flag",
                              .action = action,
                              .id = flag,
                              .asked = Json::object().set(action == "remove" ? "removal_reason" : "decision_reason",
                                                          "Asked the school, which knows better")},
                             now());
    }
    std::vector<flags::LocalCodeUse> used()
    {
        std::vector<flags::LocalCodeUse> all;
        desk().database.read([&](Transaction& transaction) { all = flags::local_codes_used(transaction, force_.id); });
        return all;
    }

    std::filesystem::path data_;
    std::string token_;
    accounts::Session inspector_, sergeant_;
    int status_ = 0;
};

TEST_P(LocalCodes, a_mapped_code_proposes_its_national_flag_once_and_the_flag_says_where_it_comes_from)
{
    const auto sent = send_ayo("Harrier|X17|2026-03-01|Carries goods for older boys");
    EXPECT_EQ(status_, 200);
    EXPECT_EQ(local_counts(sent), R"({"carried":1,"mapped":1,"not_mapped":0})");
    ASSERT_EQ(stand("1"), All{"CCE_CON proposed"});
    const auto flag = flags_of("1").front().flag;
    EXPECT_EQ(flag.plain_words, "Carries goods for older boys");
    EXPECT_EQ(flag.source_system, "Harrier");
    EXPECT_EQ(flag.local_code, "X17");
    EXPECT_EQ(flag.local_since, parse_date("2026-03-01").value());
    EXPECT_EQ(flag.owner, force_.id);
    EXPECT_TRUE(flag.proposed_by.is_none()) << "no person proposed it, and a person decides";
    EXPECT_EQ(entries_of("flag.raise").size(), 1U);
    send_ayo("Harrier|X17|2026-03-01|Carries goods for older boys");
    EXPECT_EQ(stand("1"), All{"CCE_CON proposed"}) << "sent again, it says nothing new";
    ASSERT_TRUE(decide("accept", flag_of_ayo("CCE_CON")));
    EXPECT_EQ(stand("1"), All{"CCE_CON active"});
}

TEST_P(LocalCodes, a_custody_screen_names_the_system_and_its_code_as_the_source)
{
    send_ayo("Harrier|X17|2026-03-01|Carries goods for older boys");
    const auto booked = casework::act(desk(), sergeant_, RequestId::random(),
                                      {.type = "custody",
                                       .action = "book_in",
                                       .asked = Json::object()
                                                    .set("child", child_of("1").text())
                                                    .set("name_given", "Ayo Sample")
                                                    .set("custody_number", "NM/1")
                                                    .set("authorised_at", to_iso(now()))},
                                      now());
    ASSERT_TRUE(booked) << sentences(booked.error());
    const auto question = [&](Transaction& transaction) {
        const auto head = casework::load_head(transaction, booked->id);
        return casework::policy_request(desk(), transaction, *desk().find_type("custody"), head, sergeant_, "read",
                                        now());
    };
    const auto shown = flags::see_flags(desk(), sergeant_, RequestId::random(),
                                        {.child = child_of("1"), .page = "summary", .question = question}, now());
    const auto summary = flags::summary_of(desk(), shown, child_of("1"));
    ASSERT_EQ(summary.lines.size(), 2U) << "and DUAL: a suspect who may be a victim";
    const auto& line = summary.lines.front();
    EXPECT_EQ(line.standing, "being checked");
    EXPECT_TRUE(line.source.starts_with(
        "Northmere Police, local code X17 of Harrier (there since 1 March 2026), since 25 October 2026"))
        << line.source;
}

/// R-C-07, G-03: what a person decided, a feed does not change.
TEST_P(LocalCodes, a_feed_changes_nothing_that_a_person_decided)
{
    send_ayo("Harrier|X17|2026-03-01|Carries goods; Harrier|X20||Says he owes 200 pounds");
    ASSERT_EQ(stand("1"), (All{"CCE_CON proposed", "DEBT proposed"}));
    ASSERT_TRUE(decide("accept", flag_of_ayo("CCE_CON")));
    ASSERT_TRUE(decide("decline", flag_of_ayo("DEBT")));
    send_ayo("Harrier|X17|2026-03-01|Carries goods; Harrier|X20||Says he owes 200 pounds");
    EXPECT_EQ(stand("1"), (All{"CCE_CON active", "DEBT declined"})) << "declined is declined";
    const auto last_seen = used().front().last_seen;
    ASSERT_TRUE(service().simulated_time()->advance(hours{24}));
    send_ayo("");
    EXPECT_EQ(stand("1"), (All{"CCE_CON active", "DEBT declined"})) << "what is carried no more stays";
    ASSERT_EQ(used().size(), 2U);
    EXPECT_EQ(used().front().children, 0);
    EXPECT_EQ(used().front().last_seen, last_seen) << "and is noted: it was last seen yesterday";
    send_ayo("Harrier|X20||Says he owes 200 pounds");
    EXPECT_EQ(stand("1"), (All{"CCE_CON active", "DEBT declined"})) << "a feed that stuttered says nothing new";
    send_ayo("");
    send_ayo("Harrier|X20|2026-10-20|Owes again");
    EXPECT_EQ(stand("1"), (All{"CCE_CON active", "DEBT declined", "DEBT proposed"})) << "marked anew since another day";
}

TEST_P(LocalCodes, a_code_that_is_not_mapped_is_kept_and_becomes_a_flag_when_the_list_knows_it)
{
    const auto sent = send("id,given,family,marks\n1,Ayo,Sample,Harrier|Q1|2026-02-03|Seen with a debt list\n"
                           "2,Mia,Poole,Harrier|Q1\n3,Sam,Winter,Harrier|Q1; Harrier|Q2\n");
    EXPECT_EQ(local_counts(sent), R"({"carried":4,"mapped":0,"not_mapped":4})");
    EXPECT_EQ(stand("1"), All{});
    ASSERT_EQ(used().size(), 2U);
    EXPECT_EQ(used().front().children, 3);
    start_again();
    EXPECT_EQ(stand("1"), All{}) << "the same list maps it no more than before";
    send("id,given,family,marks\n3,Sam,Winter,Harrier|Q2\n"); // Sam is not marked with Q1 any more
    map("Q1", "DEBT");
    ASSERT_EQ(stand("1"), All{"DEBT proposed"});
    EXPECT_EQ(flags_of("1").front().flag.plain_words, "Seen with a debt list");
    EXPECT_EQ(flags_of("1").front().flag.local_since, parse_date("2026-02-03").value());
    ASSERT_EQ(stand("2"), All{"DEBT proposed"});
    EXPECT_EQ(flags_of("2").front().flag.plain_words, "As officers call it") << "the list's words where none were sent";
    EXPECT_EQ(stand("3"), All{}) << "what was over before it was mapped proposes nothing";
    start_again();
    EXPECT_EQ(stand("1"), All{"DEBT proposed"}) << "once";
    EXPECT_EQ(used().size(), 2U) << "nothing is dropped";
}

TEST_P(LocalCodes, a_need_that_stands_already_is_not_proposed_beside_itself)
{
    send_ayo("");
    const auto proposed = [&](std::string_view code) {
        return casework::act(desk(), accounts::service_session(), RequestId::random(),
                             {.type = "flag",
                              .action = "raise",
                              .asked = Json::object()
                                           .set("child", child_of("1").text())
                                           .set("code", code)
                                           .set("plain_words", "Because of an encounter")
                                           .set("owner", force_.id.text())
                                           .set("owner_team", suite_.id.text())},
                             now());
    };
    ASSERT_TRUE(proposed("DEBT"));
    send_ayo("Harrier|X20||Owes somebody; Harrier|C04||One step at a time");
    EXPECT_EQ(stand("1"), (All{"COMMS proposed", "DEBT proposed"}));
    ASSERT_TRUE(decide("decline", flag_of_ayo("DEBT")));
    send_ayo("Harrier|X20||Owes somebody; Harrier|C04||One step at a time");
    EXPECT_EQ(stand("1"), (All{"COMMS proposed", "DEBT declined"}))
        << "what was declined does not come back each night";
}

/// R-P-07: nothing is concluded beside a protected record, and no answer tells that it is one.
TEST_P(LocalCodes, of_a_protected_record_no_flag_is_proposed_until_it_is_open_again)
{
    send_ayo("");
    const auto why = CaseId::random();
    const auto ayo = child_of("1");
    desk().database.write([&](Transaction& transaction) {
        ties::add_tie(transaction, {.kind = ties::Kind::sealed,
                                    .child = ayo,
                                    .proved_by = why,
                                    .keeper = authority_.id,
                                    .keeper_team = social_.id,
                                    .since = now()});
    });
    const auto sent = send_ayo("Harrier|X17||Carries goods");
    EXPECT_EQ(local_counts(sent), R"({"carried":1,"mapped":1,"not_mapped":0})") << "as of every other record";
    EXPECT_EQ(stand("1"), All{});
    desk().database.write([&](Transaction& transaction) { ties::end_ties(transaction, why, now()); });
    ASSERT_TRUE(service().simulated_time()->advance(minutes{1}));
    send_ayo("Harrier|X17||Carries goods");
    EXPECT_EQ(stand("1"), All{"CCE_CON proposed"});
}

TEST_P(LocalCodes, a_row_whose_marks_cannot_be_read_is_set_aside_and_a_dry_run_proposes_nothing)
{
    const auto sent = send("id,given,family,marks\n1,Ayo,Sample,X17\n2,Mia,Poole,Harrier|X17|1 March\n"
                           "3,Sam,Winter,Harrier|=X17\n4,Bo,Winter,Harrier|X17; Harrier|X17\n5,Di,Winter,\n");
    ASSERT_NE(sent.find("set_aside"), nullptr);
    EXPECT_EQ(sent.find("set_aside")->integer() == nullptr ? 0 : *sent.find("set_aside")->integer(), 4);
    EXPECT_EQ(local_counts(sent), R"({"carried":0,"mapped":0,"not_mapped":0})");
    const auto json = send(R"([{"id":"6","given":"Zara","family":"Brook","marks":[)"
                           R"({"system":"Harrier","code":"X20","reason":"Owes; and is afraid"},)"
                           R"({"system":"Harrier","code":"Q9","since":"2026-01-05"}]},)"
                           R"({"id":"7","given":"Wyn","family":"Brook","marks":[{"system":"Harrier","kode":"X20"}]}])");
    EXPECT_EQ(local_counts(json), R"({"carried":2,"mapped":1,"not_mapped":1})");
    ASSERT_EQ(stand("6"), All{"DEBT proposed"});
    EXPECT_EQ(flags_of("6").front().flag.plain_words, "Owes; and is afraid");
    EXPECT_TRUE(child_of("7").is_none()) << "a row with a member that nobody knows is set aside";
    const identity::Feed feed{.agency = force_.id,
                              .file_name = "x",
                              .text = "id,given,family,marks\n8,Cai,Winter,Harrier|X17\n",
                              .mapping = marks_mapping};
    const auto tried = identity::import_feed(
        desk().database, feed,
        {.now = [&] { return now(); },
         .kept = identity::Kept::no,
         .local_flags = [&](Transaction& transaction, const identity::LocalFlagsSent& row,
                            UtcTime at) { return flags::take_local_flags(desk(), transaction, row, at); }});
    ASSERT_TRUE(tried);
    EXPECT_EQ(tried->local_flags.carried, 1);
    EXPECT_TRUE(child_of("8").is_none());
    EXPECT_EQ(used().size(), 2U);
}

TEST_P(LocalCodes, are_read_by_administrators_and_governance_with_no_child_named_and_small_counts_hidden)
{
    std::string rows = "id,given,family,marks\n";
    for (int i = 1; i <= 6; ++i)
        rows += std::to_string(i) + ",Basil,Quill,Harrier|X17; Harrier|Z" + std::to_string(i % 2) + "\n";
    send(rows);
    auto administrator = at_work(office_, Role::ADMIN, "administration");
    EXPECT_TRUE(says(administrator.get("/queue"), "/flags/local-codes"));
    auto governor = governance();
    EXPECT_TRUE(says(governor.get("/audit"), "/flags/local-codes"));
    for (auto* browser : {&administrator, &governor}) {
        const auto page = browser->get("/flags/local-codes");
        ASSERT_EQ(page.status, 200);
        EXPECT_TRUE(says(page, "2 of 3 codes are not mapped to a national code."));
        EXPECT_TRUE(says(page, "Worried about criminal exploitation (CCE_CON)"));
        EXPECT_TRUE(says(page, "fewer than 5"));
        EXPECT_FALSE(says(page, "Quill"));
    }
    const auto table = administrator.get("/flags/local-codes.csv");
    EXPECT_EQ(table.status, 200);
    EXPECT_TRUE(says(table, "Northmere Police,Harrier,X17,Carries things for others,CCE_CON,6,2026-10-"))
        << table.text();
    EXPECT_TRUE(says(table, "Northmere Police,Harrier,Z0,,,fewer than 5,2026-10-"));
    const auto json = api::write_json(call(web::Method::get, "/api/v1/flags/local-codes", "", token_));
    EXPECT_NE(json.find(R"("code":"Z0","label":"","national":null,"children":null)"), std::string::npos) << json;
    EXPECT_NE(json.find(R"("national":"CCE_CON","children":6)"), std::string::npos) << json;
    const auto looks = entries_of("local-codes.read");
    EXPECT_EQ(looks.size(), 4U) << "each look stands in the log";
    EXPECT_EQ(looks.front().operation, audit::Operation::look);
    // Another force sees nothing of it; whoever works with children has no such page.
    auto other = at_work(other_office_, Role::ADMIN, "administration");
    EXPECT_TRUE(says(other.get("/flags/local-codes"), "No feed has carried a local code yet."));
    EXPECT_FALSE(says(other.get("/flags/local-codes.csv"), "X17"));
    auto sergeants = sergeant();
    EXPECT_EQ(sergeants.get("/flags/local-codes").status, 404);
    EXPECT_EQ(sergeants.get("/flags/local-codes.csv").status, 404);
    EXPECT_EQ(testing::Browser(service()).get("/flags/local-codes.csv").status, 303);
    call(web::Method::get, "/api/v1/flags/local-codes", "", "no token");
    EXPECT_EQ(status_, 401);
}

TEST_P(LocalCodes, the_service_does_not_start_with_a_list_that_leads_nowhere)
{
    const auto file = (data_ / "flags/local_codes.csv").string();
    ASSERT_TRUE(write_text(file, text_of(file).value() + "Harrier:G1,Known to us,,X23000001,GANG,2026-01-01,,test\n"));
    auto settings = testing::settings_for(world_);
    settings.data_folder = data_;
    world_.service.reset();
    const auto opened = Service::open(settings);
    ASSERT_FALSE(opened);
    EXPECT_EQ(sentences(opened.error()),
              "flags/local_codes.csv, Harrier:G1: GANG is no code of the national catalogue");
}

/// R-C-03: "forces may add local codes only as children of a national code".
TEST(LocalCodesList, a_row_that_no_flag_can_follow_from_stops_the_service_with_a_sentence)
{
    const auto why_not = [](const char* code, const char* national, const char* from = "2026-01-01") {
        auto lists = all_lists("data").value();
        lists.codes["flags.local_codes"] = {{.code = code,
                                             .label = "As officers call it",
                                             .definition = "",
                                             .valid_from = parse_date(from).value(),
                                             .valid_to = {},
                                             .more = {{"agency", "X23000001"}, {"national", national}}}};
        const auto checked = flags::check_local_codes(lists);
        return checked ? std::string("it is sound") : sentences(checked.error());
    };
    const std::string row = "flags/local_codes.csv, Harrier:X1: ";
    EXPECT_EQ(why_not("Harrier:X1", "DEBT"), "it is sound");
    EXPECT_EQ(why_not("Harrier:X1", "GANG"), row + "GANG is no code of the national catalogue");
    EXPECT_EQ(why_not("Harrier:X1", "DUAL"), row + "DUAL follows from what is on record alone");
    EXPECT_EQ(why_not("Harrier:X1", "POC"), row + "POC is of an adult or a place, and not of a child");
    EXPECT_EQ(why_not("Harrier:X1", "SAFEADT"), row + "SAFEADT names somebody, which a code cannot");
    EXPECT_EQ(why_not("Harrier:X1", "CCE_CNF"), row + "CCE_CNF does not stand without what shows it");
    EXPECT_EQ(why_not("Harrier:X1", "DEBT", "2025-01-01"),
              row + "DEBT does not stand in the catalogue for as long as this row does");
    EXPECT_EQ(why_not("X1", "DEBT"),
              "flags/local_codes.csv, X1: its code must name a system and a code of it, such as Harrier:X17");
    auto twice = all_lists("data").value();
    auto& rows = twice.codes["flags.local_codes"];
    rows.push_back(rows.front());
    EXPECT_FALSE(flags::check_local_codes(twice));
}

INSTANTIATE_TEST_SUITE_P(engines, LocalCodes, ::testing::ValuesIn(storage::testing::test_engines()),
                         storage::testing::engine_name);

} // namespace
} // namespace reachable::app
