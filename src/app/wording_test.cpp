// Advice about words that blame a child: what a person sees who wrote one, in which boxes nobody looks, and that the
// product itself writes none.
#include "app/capabilities.h"
#include "app/service_test_world.h"
#include "app/wording.h"
#include "base/csv.h"
#include "capabilities/custody/custody.h"

namespace reachable::app {
namespace {

using accounts::Role;
using storage::Transaction;

class WordingPages : public testing::EmptyService {
  protected:
    void SetUp() override
    {
        EmptyService::SetUp();
        if (IsSkipped()) return;
        ada_.names = {records::read_name("Ada Sample")};
        ada_.source = {.agency = constabulary_.id, .recorded_at = service_->time().now(), .known_by = "officer"};
        service_->desk().database.write([&](Transaction& transaction) {
            accounts::add_agency(transaction, constabulary_);
            accounts::add_agency(transaction, council_);
            for (const auto& team : {cells_, night_desk_}) accounts::add_team(transaction, team);
            ASSERT_TRUE(records::store_child(transaction, ada_, 0, WorkerId::random(), "", service_->time().now()));
        });
        sergeant_ = std::make_unique<testing::Browser>(at_work(cells_, Role::CUST, "custody-safeguarding"));
        const auto booked = casework::act(service_->desk(), session_, RequestId::random(),
                                          {.type = "custody",
                                           .action = "book_in",
                                           .asked = Json::object()
                                                        .set("child", ada_.id.text())
                                                        .set("name_given", "Ada")
                                                        .set("custody_number", "NM/1")
                                                        .set("authorised_at", to_iso(service_->time().now() - 1min))},
                                          service_->time().now());
        ASSERT_TRUE(booked) << sentences(booked.error());
        id_ = booked->id;
        detention_ = "/custody/" + booked->id.text();
    }
    testing::Browser at_work(const accounts::Team& team, Role role, std::string_view purpose)
    {
        testing::Browser browser(*service_);
        service_->desk().database.write([&](Transaction& transaction) {
            const accounts::Worker worker{WorkerId::random(), team.agency, WorkerId::random().text(), "Hale"};
            accounts::add_worker(transaction, worker);
            accounts::add_post(transaction, {worker.id, team.id, role});
            session_ = {.worker = worker.id, .agency = team.agency, .team = team.id, .role = role};
            auto opened = accounts::open_session(transaction, session_, service_->time().now());
            accounts::choose_purpose(transaction, opened.session.id, std::string(purpose));
            browser.cookies["session"] = opened.cookie.reveal();
            session_ = opened.session;
            session_.purpose = purpose;
        });
        return browser;
    }
    static bool has(const web::Response& response, std::string_view words)
    {
        return response.text().find(words) != std::string_view::npos;
    }
    web::Response send_request(testing::Values more)
    {
        more.emplace_back("authority", council_.id.text());
        more.emplace_back("offence", "Theft of a telephone");
        return sergeant_->post_from(detention_ + "/request", detention_ + "/request", std::move(more));
    }
    std::string stored(std::string_view field)
    {
        const auto seen = casework::look(service_->desk(), session_, RequestId::random(),
                                         {.type = "custody", .id = id_, .page = "brief"}, service_->time().now());
        if (!seen) return "nothing is shown";
        return *seen->type->find_field(field)->write(seen->facts.get()).text();
    }
    web::Response landed(const web::Response& posted)
    {
        EXPECT_EQ(posted.status, 303) << posted.text();
        return sergeant_->get(std::string(posted.header("location")));
    }
    language::Counts counts()
    {
        service_->wording().store_counts(service_->desk().database);
        language::Counts found;
        service_->desk().database.read(
            [&](Transaction& transaction) { found = language::counts_of(transaction, constabulary_.id, "2000-01"); });
        return found;
    }
    language::Count count_of(int phrase)
    {
        for (const auto& [what, count] : counts())
            if (what.phrase == phrase) return count;
        return {};
    }

    const accounts::Agency constabulary_{AgencyId::random(), accounts::AgencyKind::police_force, "X1", "Westmoor"};
    const accounts::Agency council_{AgencyId::random(), accounts::AgencyKind::local_authority, "X2", "Harbourne"};
    const accounts::Team cells_{TeamId::random(), constabulary_.id, "Castle Street", "custody-suite"};
    const accounts::Team night_desk_{TeamId::random(), council_.id,      "Night desk",  "duty-desk",
                                     "desk@a.example", "code@a.example", "01632 960001"};
    records::Child ada_{.id = ChildId::random()};
    std::unique_ptr<testing::Browser> sergeant_;
    accounts::Session session_;
    CaseId id_;
    std::string detention_;
};

constexpr auto banner_title = "id=\"words-about-children\"";

TEST_F(WordingPages, what_was_written_is_saved_and_the_next_page_says_once_what_may_stand_instead)
{
    const auto posted = send_request({{"worry", "She keeps choosing to go missing & laughs"}});
    ASSERT_EQ(posted.status, 303) << posted.text();
    const std::string location(posted.header("location"));
    EXPECT_EQ(location.find("choos"), std::string::npos) << "nothing of it stands in an address";
    EXPECT_EQ(stored("worry"), "She keeps choosing to go missing & laughs") << "as it was written";
    const auto page = sergeant_->get(location);
    EXPECT_TRUE(has(page, banner_title)) << page.text();
    for (const auto* words :
         {"Saved as you wrote it. One phrase may be read against a child:", "“choosing to go missing”",
          "(What worries you most?)", "better “went missing; we do not yet know why”",
          "It hides what pushed or pulled the child.",
          "Would you decide the same if you wrote “went missing; we do not yet know why”?", ">Keep mine</a>"})
        EXPECT_TRUE(has(page, words)) << words;
    EXPECT_TRUE(has(page, "href=\"" + detention_ + "/correct?field=worry\""));
    EXPECT_FALSE(has(sergeant_->get(location), banner_title)) << "it is said once";
    EXPECT_EQ(count_of(3), (language::Count{.shown = 1, .taken = 0}));
}

TEST_F(WordingPages, advice_waits_for_the_page_that_the_post_led_to_and_for_nobody_else)
{
    const auto posted = send_request({{"worry", "He absconded"}});
    auto colleague = at_work(cells_, Role::CUST, "custody-safeguarding");
    const std::string location(posted.header("location"));
    EXPECT_FALSE(has(colleague.get(location), banner_title));
    EXPECT_FALSE(has(sergeant_->get("/queue"), banner_title));
    EXPECT_TRUE(has(sergeant_->get(location), banner_title));
}

TEST_F(WordingPages, what_the_child_said_is_never_looked_at)
{
    const auto page = landed(send_request({{"worry", "Two men wait outside"},
                                           {"child_words", "I lied. I absconded, I owe money to my boyfriend"},
                                           {"child_words_setting", "in the cell, she absconded"}}));
    EXPECT_FALSE(has(page, banner_title));
    const auto dispute = "/children/" + ada_.id.text() + "/flags";
    ASSERT_EQ(sergeant_
                  ->post_from(dispute + "/new", dispute + "/new",
                              {{"code", "DEBT"},
                               {"plain_words", "Told that she must pay"},
                               {"child_told", "yes"},
                               {"child_said-words", "my boyfriend is not a drug dealer"},
                               {"child_said-setting", "in the cell"},
                               {"child_said-language", "English"},
                               {"key", "k1"}})
                  .status,
              303);
    EXPECT_FALSE(has(sergeant_->get(dispute), banner_title));
    EXPECT_TRUE(counts().empty());
}

TEST_F(WordingPages, the_words_of_a_flag_are_looked_at_and_the_flag_is_proposed_as_written)
{
    const auto flags = "/children/" + ada_.id.text() + "/flags";
    const auto page = landed(sergeant_->post_from(flags + "/new", flags + "/new",
                                                  {{"code", "DEBT"},
                                                   {"plain_words", "She is choosing to go missing and owes money"},
                                                   {"child_told", "yes"},
                                                   {"key", "k1"}}));
    for (const auto* words : {"2 phrases may be read against a child:", "“choosing to go missing”", "“owes money”"})
        EXPECT_TRUE(has(page, words)) << words;
    EXPECT_FALSE(has(page, ">Change it<")) << "whoever decides about the flag changes its words";
    EXPECT_TRUE(has(page, "She is choosing to go missing and owes money")) << "as it was written";
}

TEST_F(WordingPages, a_form_that_is_refused_is_not_advised_about)
{
    EXPECT_EQ(send_request({{"worry", ""}, {"health_seen", "He absconded"}}).status, 422);
    EXPECT_EQ(sergeant_->post(detention_ + "/request", {{"worry", "He absconded"}}).status, 403);
    EXPECT_FALSE(has(sergeant_->get("/requests/" + id_.text()), banner_title));
    EXPECT_TRUE(counts().empty());
}

TEST_F(WordingPages, what_is_changed_afterwards_counts_as_taken)
{
    EXPECT_TRUE(has(landed(send_request({{"worry", "He absconded"}})), banner_title));
    const auto correct = detention_ + "/correct";
    const auto changed = landed(sergeant_->post_from(
        correct + "?field=worry", correct,
        {{"version", "2"}, {"field", "worry"}, {"value", "He went missing"}, {"reason", "In plainer words"}}));
    EXPECT_FALSE(has(changed, banner_title));
    EXPECT_EQ(count_of(4), (language::Count{.shown = 1, .taken = 1}));
}

TEST_F(WordingPages, what_the_page_itself_offered_is_counted_and_what_was_kept_there_is_not_said_again)
{
    const auto page = landed(send_request({{"worry", "He absconded and went missing"},
                                           {"wording", "4 kept"},
                                           {"wording", "3 taken"},
                                           {"wording", "999 taken"},
                                           {"wording", "x"},
                                           {"wording", "4 taken too"}}));
    EXPECT_FALSE(has(page, banner_title));
    EXPECT_EQ(count_of(4), (language::Count{.shown = 1, .taken = 0}));
    EXPECT_EQ(count_of(3), (language::Count{.shown = 1, .taken = 1}));
    EXPECT_EQ(counts().size(), 2U);
}

TEST_F(WordingPages, governance_reads_the_counts_of_its_organisation_and_nobody_else_does)
{
    (void)landed(send_request({{"worry", "He absconded"}}));
    (void)counts();
    const auto* address = "/words-about-children/counts";
    EXPECT_EQ(sergeant_->get(address).status, 404);
    auto governance = at_work(cells_, Role::IGOV, "information-governance");
    const auto page = governance.get(address);
    EXPECT_EQ(page.status, 200);
    for (const auto* words : {"Castle Street", "absconded", "fewer than 5"}) EXPECT_TRUE(has(page, words)) << words;
    EXPECT_FALSE(has(page, "Hale</td>")) << "nobody is named";
    auto others = at_work(night_desk_, Role::IGOV, "information-governance");
    EXPECT_TRUE(has(others.get(address), "Nothing was counted yet."));
}

TEST_F(WordingPages, anybody_reads_the_list_and_a_script_finds_it_too)
{
    testing::Browser anybody(*service_);
    EXPECT_TRUE(has(anybody.get("/words-about-children"), "putting herself or himself at risk"));
    const auto list = anybody.get("/words-about-children.json");
    EXPECT_EQ(list.header("content-type"), "application/json");
    for (const auto* words : {"\"number\":46", "\"worry\"", "\"not_read\":[", "\"answers-Q21-words\""})
        EXPECT_TRUE(has(list, words)) << words;
}

language::Boxes shipped_boxes()
{
    auto boxes = language::Boxes::read("data/language/boxes.csv");
    if (!boxes) throw Bug(sentences(boxes.error()));
    return *boxes;
}

/// A box for words is decided on by name: "worry", "pass_backs-risks", "answers-*-words".
bool is_decided_on(const language::Boxes& boxes, const std::string& part, std::string_view field)
{
    const auto plain = part.empty() ? std::string(field) : part + "-" + std::string(field);
    const auto keyed = part + "-*-" + std::string(field);
    return std::ranges::any_of(boxes.all(),
                               [&](const language::Box& box) { return box.name == plain || box.name == keyed; });
}

bool is_for_words(const casework::Field& field)
{
    const bool is_written = field.kind == casework::Kind::text || field.kind == casework::Kind::narrative;
    return is_written && !field.is_noted;
}

/// The names of the boxes for words that an action asks for, those of a part behind the part's.
std::vector<std::pair<std::string, std::string_view>> boxes_for_words(const casework::CaseType& type,
                                                                      const casework::Action& action)
{
    std::vector<std::pair<std::string, std::string_view>> asked;
    for (const auto& ask : casework::asks_of(action)) {
        const auto* field = type.find_field(ask.name);
        if (field != nullptr && is_for_words(*field)) asked.emplace_back("", field->name);
        const auto* part = type.find_part(ask.name);
        if (part == nullptr) continue;
        for (const auto& one : part->fields)
            if (is_for_words(one)) asked.emplace_back(part->name, one.name);
    }
    return asked;
}

TEST(WordingBoxes, every_box_for_words_that_a_form_asks_for_is_decided_on)
{
    const auto boxes = shipped_boxes();
    for (const auto* type : all_types())
        for (const auto& action : type->actions)
            for (const auto& [part, field] : boxes_for_words(*type, action))
                EXPECT_TRUE(is_decided_on(boxes, part, field)) << type->name << ": " << part << " " << field;
}

/// What is asked for in somebody's own words, by its name, its label or its hint.
bool is_in_own_words(const casework::Field& field, std::string_view part = {})
{
    const auto says = to_lower_ascii(std::string(field.label) + " " + std::string(field.hint));
    const bool is_so_called = field.name.starts_with("child_words") || field.name.starts_with("words_") ||
                              field.name == "dispute_words" || part == "child_said";
    return is_so_called || says.find("child's own words") != std::string::npos ||
           says.find("in their own words") != std::string::npos || says.find("the child say") != std::string::npos ||
           says.find("child's words") != std::string::npos;
}

/// R-N-03, and "never changes a child's own words".
TEST(WordingBoxes, no_box_of_somebodys_own_words_is_read)
{
    const auto boxes = shipped_boxes();
    int own = 0;
    const auto expect_unread = [&](const std::string& box) {
        ++own;
        EXPECT_EQ(boxes.find_read(box), nullptr) << box;
    };
    for (const auto* type : all_types()) {
        for (const auto& field : type->fields)
            if (is_in_own_words(field)) expect_unread(std::string(field.name));
        for (const auto& part : type->parts)
            for (const auto& field : part.fields)
                if (is_in_own_words(field, part.name))
                    expect_unread(std::string(part.name) + "-" + std::string(field.name));
    }
    EXPECT_GE(own, 12) << "the fields that are known to be somebody's own words";
    const auto questions = read_csv_file("data/custody/questions.csv");
    ASSERT_TRUE(questions);
    for (const auto& row : questions->rows)
        if (questions->cell(row, "answer_type") == "child_words")
            expect_unread("answers-" + questions->cell(row, "number") + "-words");
}

constexpr CivilDate a_day = std::chrono::year{2026} / 11 / 29;

/// Where the product itself may write a phrase of the list, and why.
struct Allowed {
    std::string_view where;
    int phrase;
    std::string_view because;
};
constexpr Allowed allowed[] = {
    {"data/language/", 0, "the list itself"},
};

/// Every phrase of the list that stands there and is not allowed.
void expect_clean(const language::Phrases& phrases, const std::string& where, std::string_view text)
{
    for (const auto& place : phrases.find(text, a_day)) {
        const auto is_it = [&](const Allowed& one) {
            return where.starts_with(one.where) && (one.phrase == 0 || one.phrase == place.phrase->number);
        };
        EXPECT_TRUE(std::ranges::any_of(allowed, is_it)) << where << " says “" << language::words_at(text, place)
                                                         << "” (phrase " << place.phrase->number << "): " << text;
    }
}

/// The literals of a source file, with those that follow each other put together; comments and what a formatter wrote
/// between them are left out.
std::vector<std::string> literals_of(const std::string& source)
{
    std::vector<std::string> all;
    bool goes_on = false;
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source.compare(i, 2, "//") == 0) i = std::min(source.find('\n', i), source.size() - 1);
        if (source[i] == '\'' && i + 2 < source.size()) i += source[i + 1] == '\\' ? 3 : 2;
        if (source[i] != '"') {
            goes_on = goes_on && (source[i] == ' ' || source[i] == '\n');
            continue;
        }
        std::string words;
        for (++i; i < source.size() && source[i] != '"'; ++i) {
            if (source[i] == '\\') ++i;
            words += source[i] == '"' ? '.' : source[i];
        }
        if (goes_on)
            all.back() += words;
        else
            all.push_back(std::move(words));
        goes_on = true;
    }
    return all;
}

std::string whole_file(const std::filesystem::path& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// R-N-08: "screen labels, templates and code lists must themselves pass the list".
TEST(WordingOfTheProduct, no_label_page_code_or_mail_of_ours_uses_a_phrase_of_the_list)
{
    const std::filesystem::path lists[] = {"data/language/phrases_en.csv"};
    const auto phrases = language::Phrases::read(lists);
    ASSERT_TRUE(phrases);
    std::size_t looked_at = 0;
    for (const auto* folder : {"src/app", "src/capabilities", "src/derived", "src/casework", "src/notices", "src/web",
                               "src/accounts", "src/records", "src/policy"})
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            const auto name = entry.path().generic_string();
            const bool is_source = name.ends_with(".cpp") || name.ends_with(".h");
            if (!is_source || name.ends_with("_test.cpp") || name.find("test") != std::string::npos) continue;
            for (const auto& words : literals_of(whole_file(entry.path()))) expect_clean(*phrases, name, words);
            ++looked_at;
        }
    for (const auto& entry : std::filesystem::recursive_directory_iterator("data")) {
        const auto name = entry.path().generic_string();
        if (entry.path().extension() != ".csv" || name.starts_with("data/identity")) continue;
        const auto table = read_csv_file(entry.path());
        ASSERT_TRUE(table) << name;
        for (const auto& row : table->rows)
            for (const auto& cell : row.cells) expect_clean(*phrases, name, cell);
        ++looked_at;
    }
    for (const auto& words : literals_of(whole_file("data/policy/reachable.policy")))
        expect_clean(*phrases, "data/policy/reachable.policy", words);
    EXPECT_GT(looked_at, 150U);
}

} // namespace
} // namespace reachable::app
