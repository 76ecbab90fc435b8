// The lists under data/ are read by people and by the program; these tests say what must hold whenever a row is added.
#include "base/csv.h"
#include "base/text.h"
#include "base/time.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace reachable {
namespace {

CsvTable list(const std::string& name)
{
    auto table = read_csv_file("data/" + name);
    EXPECT_TRUE(table) << name << ": " << (table ? "" : sentences(table.error()));
    return table ? *table : CsvTable{};
}

/// A list with a short way to its cells.
struct Rows {
    CsvTable table;
    explicit Rows(const std::string& name) : table(list(name)) {}
    const std::string& at(const CsvTable::Row& row, std::string_view column) const { return table.cell(row, column); }
    auto begin() const { return table.rows.begin(); }
    auto end() const { return table.rows.end(); }
    std::set<std::string> all(std::string_view column) const
    {
        std::set<std::string> values;
        for (const auto& row : table.rows) values.insert(table.cell(row, column));
        return values;
    }
    const CsvTable::Row& find(std::string_view column, std::string_view value) const
    {
        for (const auto& row : table.rows)
            if (table.cell(row, column) == value) return row;
        throw Bug("the list has no such row");
    }
};

std::vector<std::string_view> words_of(std::string_view text)
{
    return text.empty() ? std::vector<std::string_view>{} : split(text, ' ');
}

/// The days on which a row is valid, as text that can be compared; an open end is far away.
std::pair<std::string, std::string> validity(const Rows& rows, const CsvTable::Row& row)
{
    const auto& from = rows.at(row, "valid_from");
    const auto& to = rows.at(row, "valid_to");
    EXPECT_TRUE(from.empty() || parse_date(from)) << "line " << row.line;
    EXPECT_TRUE(to.empty() || parse_date(to)) << "line " << row.line;
    return {from.empty() ? "0000-00-00" : from, to.empty() ? "9999-99-99" : to};
}

/// No two rows of one code are valid on the same day.
void expect_codes_are_unique(const std::string& name, std::string_view column = "code", std::string_view scheme = {})
{
    const Rows rows(name);
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> seen;
    for (const auto& row : rows) {
        const auto code = (scheme.empty() ? "" : rows.at(row, scheme) + ":") + rows.at(row, column);
        const auto days = validity(rows, row);
        EXPECT_LE(days.first, days.second) << name << " line " << row.line;
        EXPECT_FALSE(rows.at(row, column).empty()) << name << " line " << row.line;
        for (const auto& other : seen[code])
            EXPECT_TRUE(days.second < other.first || other.second < days.first)
                << name << ": " << code << " twice on one day";
        seen[code].push_back(days);
    }
    EXPECT_FALSE(seen.empty()) << name;
}

std::set<std::string> codes_of_kind(const Rows& agencies, std::string_view kind)
{
    std::set<std::string> codes;
    for (const auto& row : agencies)
        if (agencies.at(row, "kind") == kind) codes.insert(agencies.at(row, "code"));
    return codes;
}

// ---- Custody ----

TEST(CustodyData, every_list_of_codes_is_unique_on_each_day_and_names_its_source)
{
    for (const auto* name : {"request_reasons", "not_our_child_reasons", "answer_codes", "said_by", "ask_again_reasons",
                             "channels", "authority_found_by", "brief_sections"}) {
        const auto file = "custody/" + std::string(name) + ".csv";
        expect_codes_are_unique(file);
        const Rows rows(file);
        EXPECT_TRUE(rows.table.require({"code", "label", "definition", "valid_from", "valid_to", "source"})) << name;
        for (const auto* column : {"label", "definition", "source"})
            EXPECT_FALSE(rows.all(column).contains("")) << name;
    }
}

TEST(CustodyData, set_one_has_the_twenty_two_questions_in_order)
{
    expect_codes_are_unique("custody/questions.csv", "number");
    const Rows rows("custody/questions.csv");
    ASSERT_EQ(rows.table.rows.size(), 22U);
    int number = 1;
    for (const auto& row : rows) {
        const auto expected = std::string(number < 10 ? "Q0" : "Q") + std::to_string(number);
        EXPECT_EQ(rows.at(row, "number"), expected);
        EXPECT_TRUE(rows.at(row, "question").find('?') != std::string::npos) << expected;
        EXPECT_FALSE(rows.at(row, "topic").empty()) << expected;
        ++number;
    }
}

TEST(CustodyData, only_questions_18_20_and_21_may_stay_open_when_the_clock_stops)
{
    const Rows rows("custody/questions.csv");
    std::set<std::string> optional;
    for (const auto& row : rows)
        if (rows.at(row, "is_mandatory") == "no") optional.insert(rows.at(row, "number"));
    EXPECT_EQ(optional, (std::set<std::string>{"Q18", "Q20", "Q21"}));
    EXPECT_EQ(rows.all("is_mandatory"), (std::set<std::string>{"no", "yes"}));
}

TEST(CustodyData, critical_lines_are_health_self_harm_avoid_adult_communication_and_release)
{
    const Rows rows("custody/questions.csv");
    std::set<std::string> critical;
    for (const auto& row : rows)
        if (rows.at(row, "is_critical") == "yes") critical.insert(rows.at(row, "number"));
    EXPECT_EQ(critical, (std::set<std::string>{"Q08", "Q09", "Q11", "Q12", "Q14", "Q15", "Q16", "Q17"})) << "R-D-08";
    for (const auto& number : critical) EXPECT_FALSE(rows.at(rows.find("number", number), "do_now_sentence").empty());
}

TEST(CustodyData, every_question_uses_words_the_program_knows)
{
    const Rows rows("custody/questions.csv");
    const auto expect_within = [&](std::string_view column, const std::set<std::string>& known) {
        for (const auto& value : rows.all(column)) EXPECT_TRUE(known.contains(value)) << column << ": " << value;
    };
    expect_within("answer_type", {"yes_no", "words", "code", "people", "contact", "child_words", "action"});
    expect_within("category",
                  {"social_care", "health", "safety_summary", "missing", "referral", "custody", "crime", "address"});
    expect_within("label", {"personal", "sensitive", "restricted"});
    expect_within("brief_section", Rows("custody/brief_sections.csv").all("code"));
    const std::set<std::string_view> states = {"yes",          "no",       "given",       "unknown",
                                               "not_recorded", "declined", "cannot_share"};
    for (const auto& row : rows) {
        const auto when = words_of(rows.at(row, "do_now_when"));
        EXPECT_EQ(when.empty(), rows.at(row, "do_now_sentence").empty()) << rows.at(row, "number");
        EXPECT_EQ(when.empty(), rows.at(row, "do_now_order").empty()) << rows.at(row, "number");
        for (const auto state : when) EXPECT_TRUE(states.contains(state)) << state;
    }
}

TEST(CustodyData, places_on_the_brief_and_among_the_instructions_are_taken_once)
{
    const Rows rows("custody/questions.csv");
    EXPECT_EQ(rows.all("brief_order").size(), 22U);
    std::size_t instructions = 0;
    for (const auto& row : rows) instructions += rows.at(row, "do_now_order").empty() ? 0 : 1;
    auto places = rows.all("do_now_order");
    places.erase("");
    EXPECT_EQ(places.size(), instructions);
    EXPECT_GE(instructions, 8U);
}

TEST(CustodyData, sections_follow_one_another_on_the_brief)
{
    const Rows rows("custody/questions.csv");
    std::map<int, std::string> by_place;
    for (const auto& row : rows) by_place[std::stoi(rows.at(row, "brief_order"))] = rows.at(row, "brief_section");
    std::vector<std::string> met;
    for (const auto& [place, section] : by_place)
        if (met.empty() || met.back() != section) met.push_back(section);
    EXPECT_EQ(met, (std::vector<std::string>{"words", "communication", "health", "safe_adults", "avoid", "care",
                                             "exploitation", "release", "network", "actions"}));
}

TEST(CustodyData, the_clocks_allow_what_the_standard_says)
{
    expect_codes_are_unique("custody/clocks.csv");
    const Rows rows("custody/clocks.csv");
    const std::map<std::string, std::array<std::string, 3>> expected = {
        {"C01", {"15", "66", "0"}}, {"C02", {"120", "50 75", "60"}}, {"C03", {"15", "66", "0"}},
        {"C04", {"15", "66", "0"}}, {"C05", {"360", "", "540"}},     {"C06", {"120", "50", "0"}},
        {"C07", {"30", "", "30"}},  {"C08", {"240", "50", "0"}},     {"C08U", {"60", "50", "0"}}};
    ASSERT_EQ(rows.table.rows.size(), expected.size());
    for (const auto& [code, terms] : expected) {
        const auto& row = rows.find("code", code);
        EXPECT_EQ(rows.at(row, "limit_minutes"), terms[0]) << code;
        EXPECT_EQ(rows.at(row, "warn_percent"), terms[1]) << code;
        EXPECT_EQ(rows.at(row, "repeat_minutes"), terms[2]) << code;
        const auto& tells = rows.at(row, "warn_tells");
        EXPECT_EQ(words_of(rows.at(row, "warn_percent")).size(), tells.empty() ? 0U : split(tells, ';').size()) << code;
        EXPECT_FALSE(rows.at(row, "escalation").empty()) << code;
    }
}

TEST(CustodyData, every_topic_of_the_release_plan_says_how_closely_it_is_held)
{
    expect_codes_are_unique("custody/release_topics.csv");
    const Rows rows("custody/release_topics.csv");
    EXPECT_EQ(rows.table.rows.size(), 15U);
    const std::set<std::string> categories{"custody", "safety-summary", "health", "referral"};
    for (const auto& row : rows.table.rows) {
        EXPECT_TRUE(categories.contains(std::string(rows.at(row, "category")))) << rows.at(row, "code");
        EXPECT_EQ(rows.at(row, "held"), "sensitive") << rows.at(row, "code");
        EXPECT_FALSE(rows.at(row, "definition").empty()) << rows.at(row, "code");
    }
    for (const auto* name : {"custody/outcomes.csv", "custody/nrm_considered.csv"}) expect_codes_are_unique(name);
}

// ---- Reference ----

TEST(ReferenceData, every_list_is_unique_on_each_day_and_names_its_source)
{
    for (const auto* name :
         {"police_forces", "local_authorities", "looked_after_legal_status", "placement_types", "needs"}) {
        const auto file = "reference/" + std::string(name) + ".csv";
        expect_codes_are_unique(file);
        const Rows rows(file);
        EXPECT_TRUE(rows.table.require({"code", "label", "valid_from", "valid_to", "source"})) << name;
        for (const auto* column : {"label", "source"}) EXPECT_FALSE(rows.all(column).contains("")) << name;
    }
    expect_codes_are_unique("reference/ethnicity.csv", "code", "scheme");
}

TEST(ReferenceData, there_are_43_territorial_forces_and_the_transport_police)
{
    const Rows forces("reference/police_forces.csv");
    std::map<std::string, int> count;
    for (const auto& row : forces) ++count[forces.at(row, "kind") + " " + forces.at(row, "country")];
    EXPECT_EQ(count, (std::map<std::string, int>{
                         {"territorial England", 39}, {"territorial Wales", 4}, {"special Great Britain", 1}}));
    EXPECT_EQ(forces.all("label").size(), 44U) << "two forces share a name";
    EXPECT_EQ(forces.all("short_name").size(), 44U);
}

TEST(ReferenceData, there_are_175_authorities_in_force_153_in_england_and_22_in_wales)
{
    const Rows authorities("reference/local_authorities.csv");
    std::map<std::string, int> current;
    int earlier = 0;
    for (const auto& row : authorities) {
        if (authorities.at(row, "valid_to").empty())
            ++current[authorities.at(row, "country")];
        else
            ++earlier;
    }
    EXPECT_EQ(current, (std::map<std::string, int>{{"England", 153}, {"Wales", 22}}));
    EXPECT_EQ(earlier, 10);
}

TEST(ReferenceData, every_authority_lies_in_the_area_of_one_territorial_force_of_its_country)
{
    const Rows authorities("reference/local_authorities.csv");
    const Rows forces("reference/police_forces.csv");
    for (const auto& row : authorities) {
        const auto& force = forces.find("code", authorities.at(row, "force_code"));
        EXPECT_EQ(forces.at(force, "kind"), "territorial") << authorities.at(row, "label");
        EXPECT_EQ(forces.at(force, "country"), authorities.at(row, "country")) << authorities.at(row, "label");
    }
    EXPECT_EQ(authorities.all("force_code").size(), 43U) << "a force without an authority in its area";
}

TEST(ReferenceData, an_earlier_authority_names_successors_that_began_the_day_after_it_ended)
{
    const Rows authorities("reference/local_authorities.csv");
    for (const auto& row : authorities) {
        const auto& ended = authorities.at(row, "valid_to");
        const auto successors = words_of(authorities.at(row, "successors"));
        EXPECT_EQ(ended.empty(), successors.empty()) << authorities.at(row, "label");
        for (const auto code : successors) {
            const auto& next = authorities.find("code", code);
            const auto day_after = CivilDate(std::chrono::sys_days(*parse_date(ended)) + std::chrono::days(1));
            EXPECT_EQ(authorities.at(next, "valid_from"), to_iso(day_after)) << code;
            EXPECT_EQ(authorities.at(next, "valid_to"), "") << code;
        }
    }
}

TEST(ReferenceData, every_ethnicity_maps_to_a_self_defined_code)
{
    const Rows rows("reference/ethnicity.csv");
    std::set<std::string> self_defined;
    for (const auto& row : rows)
        if (rows.at(row, "scheme") == "SDE 18+1") self_defined.insert(rows.at(row, "code"));
    EXPECT_EQ(self_defined.size(), 19U);
    for (const auto& row : rows) {
        const auto& target = rows.at(row, "maps_to_self_defined");
        const bool is_observed = rows.at(row, "basis") == "officer-observed";
        EXPECT_TRUE(self_defined.contains(target) || (is_observed && target.empty())) << "line " << row.line;
    }
}

TEST(ReferenceData, what_was_not_checked_says_so)
{
    const Rows forces("reference/police_forces.csv");
    for (const auto& row : forces)
        EXPECT_NE(forces.at(row, "source").find("pnc_force_code: unverified"), std::string::npos);
    const Rows needs("reference/needs.csv");
    for (const auto& row : needs) EXPECT_NE(needs.at(row, "source").find("adjustment: unverified"), std::string::npos);
}

// ---- Demonstration ----

TEST(DemoData, agencies_are_in_no_official_list)
{
    const Rows agencies("demo/agencies.csv");
    const auto official_forces = Rows("reference/police_forces.csv").all("code");
    const auto official_authorities = Rows("reference/local_authorities.csv").all("code");
    for (const auto& code : agencies.all("code"))
        EXPECT_TRUE(code.starts_with("X") && !official_forces.contains(code) && !official_authorities.contains(code))
            << code;
    const auto forces = codes_of_kind(agencies, "police_force");
    EXPECT_EQ(forces.size(), 3U);
    EXPECT_EQ(codes_of_kind(agencies, "local_authority").size(), 4U);
    for (const auto& row : agencies) {
        const auto& force = agencies.at(row, "force_code");
        EXPECT_TRUE(force.empty() || forces.contains(force)) << agencies.at(row, "name");
    }
}

TEST(DemoData, mail_and_telephone_numbers_reach_nobody)
{
    const Rows teams("demo/teams.csv");
    for (const auto& row : teams) {
        const auto& phone = teams.at(row, "phone");
        const bool is_drama = phone.starts_with("01632 960") || phone.starts_with("0113 496 0");
        EXPECT_TRUE(is_drama && std::count_if(phone.begin(), phone.end(), ::isdigit) == 11) << phone;
        for (const auto* column : {"desk_mail", "code_mail"}) {
            const auto& mail = teams.at(row, column);
            EXPECT_TRUE(mail.ends_with(".example") || (mail.empty() && column == std::string_view("code_mail")))
                << mail;
        }
    }
    EXPECT_EQ(teams.all("phone").size(), teams.table.rows.size());
    EXPECT_EQ(teams.all("desk_mail").size(), teams.table.rows.size());
}

TEST(DemoData, every_authority_has_a_duty_desk_with_a_second_channel)
{
    const Rows teams("demo/teams.csv");
    std::set<std::string> with_desk;
    for (const auto& row : teams) {
        if (teams.at(row, "kind") != "duty-desk") continue;
        with_desk.insert(teams.at(row, "agency_code"));
        EXPECT_NE(teams.at(row, "code_mail"), teams.at(row, "desk_mail"));
        EXPECT_FALSE(teams.at(row, "code_mail").empty());
    }
    EXPECT_EQ(with_desk, codes_of_kind(Rows("demo/agencies.csv"), "local_authority"));
    const auto agencies = Rows("demo/agencies.csv").all("code");
    for (const auto* column : {"agency_code", "authority_code"})
        for (const auto& code : teams.all(column)) EXPECT_TRUE(agencies.contains(code)) << code;
}

TEST(DemoData, every_town_and_street_lies_in_an_authority_of_the_demonstration)
{
    const Rows agencies("demo/agencies.csv");
    const Rows towns("demo/towns.csv");
    const Rows streets("demo/streets.csv");
    for (const auto& row : towns) {
        const auto& authority = agencies.find("code", towns.at(row, "authority_code"));
        EXPECT_EQ(agencies.at(authority, "force_code"), towns.at(row, "force_code")) << towns.at(row, "name");
    }
    std::set<std::string> places;
    for (const auto& row : streets) {
        const auto& town = towns.find("name", streets.at(row, "town"));
        EXPECT_EQ(towns.at(town, "authority_code"), streets.at(row, "authority_code"));
        EXPECT_TRUE(streets.at(row, "postcode").starts_with(towns.at(town, "postcode_district") + " "));
        EXPECT_TRUE(places.insert(streets.at(row, "town") + "/" + streets.at(row, "name")).second)
            << streets.at(row, "name");
        EXPECT_GT(std::stoi(streets.at(row, "highest_number")), 0);
    }
    EXPECT_EQ(streets.all("town"), towns.all("name"));
}

TEST(DemoData, forenames_and_surnames_cover_the_same_traditions)
{
    const Rows forenames("demo/forenames.csv");
    const Rows surnames("demo/surnames.csv");
    EXPECT_EQ(forenames.all("tradition").size(), 17U);
    EXPECT_EQ(forenames.all("tradition"), surnames.all("tradition"));
    EXPECT_GE(forenames.table.rows.size(), 300U);
    EXPECT_GE(surnames.table.rows.size(), 300U);
    for (const auto* rows : {&forenames, &surnames}) {
        std::set<std::string> seen;
        for (const auto& row : *rows) {
            const auto& name = rows->at(row, "name");
            EXPECT_GT(std::stoi(rows->at(row, "weight")), 0) << name;
            const auto kind = rows == &forenames ? rows->at(row, "used_for") : std::string();
            EXPECT_TRUE(seen.insert(rows->at(row, "tradition") + "/" + kind + "/" + name).second)
                << name << " stands twice";
        }
    }
}

} // namespace
} // namespace reachable
