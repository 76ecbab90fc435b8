// A force brings in the people of its own system, at the machine, while the service is stopped.
#include "app/import_command.h"
#include "app/service.h"
#include "app/session_cookies.h"
#include "app/text_files.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace reachable::app {
namespace {

constexpr const char* mapping = "source = northmere-records\nreference = id\ngiven = given\nfamily = family\n";
constexpr const char* people = "id,given,family\n1,Ayo,Sample\n2,Mia,Poole\n,Tia,Zebedee\n3,Sam\n";

class Importing : public ::testing::Test {
  protected:
    void SetUp() override
    {
        std::filesystem::create_directories(folder_);
        settings_ = default_settings();
        settings_.database = "sqlite:" + file("x.db");
        settings_.signing_key_file = file("signing.key");
        settings_.checkpoint_file.clear();
        settings_.is_demo = true;
        auto office = open_office(settings_, time_);
        ASSERT_TRUE(office) << sentences(office.error());
        office_ = std::move(*office);
        ASSERT_TRUE(add_agency(here(), {.kind = "police-force", .code = "X23000001", .name = "Northmere Police"}));
        ASSERT_TRUE(write_text(file("people.csv"), people));
        ASSERT_TRUE(write_text(file("people.map"), mapping));
    }
    void TearDown() override
    {
        office_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::string file(const std::string& name) const { return (folder_ / name).string(); }
    Administration here() const { return {*office_->desk, "", sign_in_time()}; }
    ImportAsked asked() const
    {
        return {.file = file("people.csv"), .mapping = file("people.map"), .agency = "X23000001"};
    }
    Said import_it(const ImportAsked& wanted)
    {
        return import_people(here(), wanted, [&](std::string_view line) { told_.emplace_back(line); });
    }
    std::vector<audit::Entry> entries_of(std::string_view action)
    {
        std::vector<audit::Entry> found;
        office_->database->read([&](storage::Transaction& transaction) {
            found.clear();
            for (const auto& entry : audit::newest_entries(transaction, 100))
                if (entry.action.starts_with(action)) found.push_back(entry);
        });
        return found;
    }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("reachable_import_" + RequestId::random().text());
    Settings settings_;
    clocks::SystemTime time_;
    std::unique_ptr<Office> office_;
    std::vector<std::string> told_;
};

TEST_F(Importing, tells_in_sentences_what_it_did)
{
    EXPECT_EQ(import_it(asked()).value(),
              "Import 1 of northmere-records is done. 4 rows: 2 new, 0 changed, 0 withdrawn, 0 that changed nothing, 2 "
              "set aside.\n"
              "Rows are set aside, commonest first, because the row\n"
              "        1  has 2 cells under a header of 3\n"
              "        1  has no reference\n"
              "To see them, give --set-aside FILE. Mend them in the system they come from, and import again.\n");
    ASSERT_EQ(told_.size(), 1u);
    EXPECT_TRUE(told_.front().starts_with("4 rows done, ")) << told_.front();
    const auto list = list_imports(here()).value();
    EXPECT_NE(list.find("northmere-records  people.csv"), std::string::npos) << list;
}

/// The lists of the demonstration map what the invented system Harrier of Northmere marks children with.
TEST_F(Importing, takes_what_the_system_marks_its_children_with_and_says_what_is_not_mapped)
{
    ASSERT_TRUE(write_text(file("people.map"), std::string(mapping) + "local_flags = marks\n"));
    ASSERT_TRUE(write_text(file("people.csv"), "id,given,family,marks\n1,Ayo,Sample,Harrier|X17; Harrier|Q4\n"));
    auto wanted = asked();
    wanted.kept = identity::Kept::no;
    constexpr const char* told = "2 local flags: 1 with a code that is not mapped yet.\n";
    const auto tried = import_it(wanted).value();
    EXPECT_NE(tried.find(told), std::string::npos) << tried;
    EXPECT_TRUE(entries_of("flag.raise").empty());
    const auto said = import_it(asked()).value();
    EXPECT_NE(said.find(told), std::string::npos) << said;
    EXPECT_EQ(entries_of("flag.raise").size(), 1u);
}

TEST_F(Importing, stands_in_the_log_with_counts_and_nobodys_name)
{
    ASSERT_TRUE(import_it(asked()));
    const auto entries = entries_of("identity.import");
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].operation, audit::Operation::administration);
    EXPECT_EQ(entries[0].recipients, "import-1");
    EXPECT_EQ(entries[0].reason_code, "rows=4,new=2,changed=0,same=0,withdrawn=0,set-aside=2");
    EXPECT_FALSE(entries[0].agency.is_none());
    EXPECT_EQ(audit::canonical(entries[0]).find("Sample"), std::string::npos);
}

TEST_F(Importing, as_a_dry_run_tells_the_same_and_leaves_nothing)
{
    auto wanted = asked();
    wanted.kept = identity::Kept::no;
    const auto said = import_it(wanted).value();
    EXPECT_TRUE(said.starts_with("Nothing was written. An import would find 4 rows: 2 new,")) << said;
    EXPECT_TRUE(entries_of("identity.").empty());
    EXPECT_EQ(list_imports(here()).value(), "Nothing was imported yet: reachable import --help\n");
}

TEST_F(Importing, gives_the_rows_set_aside_to_whoever_asks_and_forgets_them_when_told)
{
    auto wanted = asked();
    wanted.set_aside_to = file("aside.csv");
    ASSERT_TRUE(import_it(wanted));
    EXPECT_EQ(text_of(wanted.set_aside_to).value(), "row,line,reasons,text\r\n"
                                                    "3,4,has no reference,\",Tia,Zebedee\"\r\n"
                                                    "4,5,has 2 cells under a header of 3,\"3,Sam\"\r\n");
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(wanted.set_aside_to).permissions(), perms::owner_read | perms::owner_write);
    EXPECT_EQ(forget_set_aside(here(), 1).value(), "2 rows that import 1 had set aside are deleted.\n");
    EXPECT_EQ(entries_of("identity.forget_set_aside").at(0).reason_code, "rows=2");
    EXPECT_EQ(forget_set_aside(here(), 1).value(), "Import 1 has no row that is set aside.\n");
}

TEST_F(Importing, refuses_what_is_not_there_and_a_record_that_is_held)
{
    auto wanted = asked();
    wanted.agency = "X23000009";
    EXPECT_EQ(sentences(import_it(wanted).error()),
              "There is no agency with the code X23000009: add it first, or load the reference lists");
    wanted = asked();
    wanted.file = file("nobody.csv");
    EXPECT_FALSE(import_it(wanted));
    const auto second = open_office(settings_, time_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().front().kind, ProblemKind::unavailable);
}

} // namespace
} // namespace reachable::app
