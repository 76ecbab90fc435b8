// What the search worked out is kept from one start to the next: the next finds all that was found, and all that was
// stored since. A file that does not belong to the database is not believed. On both databases.
#include "identity/live_search.h"
#include "identity/migrations.h"

#include "records/testing.h"

#include <atomic>
#include <fmt/format.h>
#include <fstream>
#include <thread>
#include <unistd.h>

namespace reachable::identity {
namespace {

using records::Child;
using storage::Transaction;

class live_search_kept : public records::testing::RecordsTest {
  protected:
    live_search_kept()
    {
        if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("No temporary folder can be made");
        make_ready(*database);
        for (int i = 0; i < 300; ++i)
            store(fmt::format("{} {}", forenames_[static_cast<std::size_t>(i) % forenames_.size()],
                              surnames_[static_cast<std::size_t>(i) / 7 % surnames_.size()]),
                  fmt::format("20{:02}-{:02}-{:02}", 8 + i % 7, 1 + i % 12, 1 + i % 28));
        mia_ = store("Mia Quillfeather", "2011-03-04");
    }
    ~live_search_kept() override { std::filesystem::remove_all(folder_); }

    static void make_ready(storage::testing::TestDatabase& one)
    {
        auto steps = std::vector(records::migrations().begin(), records::migrations().end());
        steps.insert(steps.end(), migrations().begin(), migrations().end());
        ASSERT_TRUE(storage::migrate(one.get(), steps));
    }
    ChildId store(std::string_view name, std::string_view born, ChildId id = ChildId::random(),
                  std::int64_t expected_version = 0)
    {
        const Child child{.id = id, .names = {records::read_name(name)}, .born = parse_partial_date(born).value()};
        EXPECT_TRUE(write(
            [&](Transaction& t) { return records::store_child(t, child, expected_version, worker, "test", morning); }));
        return id;
    }
    std::string kept() const { return folder_ + "/search.index"; }
    std::unique_ptr<LiveSearch> start() { return std::make_unique<LiveSearch>("data", kept()); }
    /// A start that reads everything and keeps it.
    std::unique_ptr<LiveSearch> first_start()
    {
        auto search = start();
        search->catch_up(database->get());
        search->renew(database->get());
        return search;
    }
    static std::vector<ChildId> found_by(const LiveSearch& search, std::string_view name, std::string_view born)
    {
        std::vector<ChildId> found;
        for (const auto& one : search.find(described_by(name, parse_partial_date(born).value()), 10))
            found.push_back(one.child);
        return found;
    }
    std::vector<std::vector<ChildId>> answers_of(const LiveSearch& search)
    {
        std::vector<std::vector<ChildId>> answers;
        for (const auto& given : forenames_)
            for (const auto& family : surnames_)
                answers.push_back(found_by(search, given + " " + family, "2009-02-02"));
        answers.push_back(found_by(search, "Mya Quilfeather", "2011-04-03"));
        answers.push_back(found_by(search, "Fearne Ottershaw", "2010-01-01"));
        return answers;
    }
    std::string folder_ = (std::filesystem::temp_directory_path() / "reachable_kept_XXXXXX").string();
    const std::vector<std::string> forenames_{"Ruth", "Owen", "Grace", "Callum", "Zara", "Idris", "Poppy"};
    const std::vector<std::string> surnames_{"Ashby", "Brook", "Carver", "Dunmore", "Eldridge", "Farrow"};
    ChildId mia_;
};

TEST_P(live_search_kept, finds_after_a_start_what_was_found_before_and_reads_no_child_again)
{
    const auto before = first_start();
    auto after = start();
    EXPECT_EQ(after->catch_up(database->get()), 0U);
    EXPECT_EQ(answers_of(*after), answers_of(*before));
    EXPECT_EQ(found_by(*after, "Mia Quillfeather", "2011-03-04"), std::vector{mia_});
}

TEST_P(live_search_kept, takes_in_what_was_stored_and_corrected_since)
{
    first_start();
    const auto fearne = store("Fearne Ottershaw", "2010-01-01");
    store("Amelia Quillfeather", "2011-03-04", mia_, 1);
    auto after = start();
    EXPECT_EQ(after->catch_up(database->get()), 2U);
    EXPECT_EQ(found_by(*after, "Fern Ottershaw", "2010-01-01"), std::vector{fearne}) << "a new word, misspelt";
    EXPECT_EQ(found_by(*after, "Amelia Quillfeather", "2011-03-04"), std::vector{mia_});
    LiveSearch anew("data");
    anew.catch_up(database->get());
    EXPECT_EQ(answers_of(*after), answers_of(anew));
}

TEST_P(live_search_kept, is_kept_again_once_the_lists_are_built_again)
{
    auto search = first_start();
    const auto written = std::filesystem::last_write_time(kept());
    search->renew(database->get());
    EXPECT_EQ(std::filesystem::last_write_time(kept()), written) << "nothing new to keep";
    for (int i = 0; i < 250; ++i) store(fmt::format("Later Child{}", i), "2012-05-05");
    search->catch_up(database->get());
    search->renew(database->get());
    auto after = start();
    EXPECT_EQ(after->catch_up(database->get()), 0U);
    EXPECT_EQ(answers_of(*after), answers_of(*search));
}

TEST_P(live_search_kept, is_built_anew_beside_those_who_search_and_add)
{
    LiveSearch search("data", kept(), 50);
    search.catch_up(database->get());
    search.renew(database->get());
    const auto written = std::filesystem::last_write_time(kept());
    std::atomic<bool> is_over = false;
    std::atomic<int> missed = 0;
    {
        std::jthread renews([&] {
            while (!is_over) search.renew(database->get());
        });
        std::jthread searches([&] {
            while (!is_over) {
                search.catch_up(database->get());
                if (found_by(search, "Mia Quillfeather", "2011-03-04") != std::vector{mia_}) ++missed;
            }
        });
        for (int i = 0; i < 700; ++i) {
            const auto later = store(fmt::format("Later Child{}", i), "2012-05-05");
            search.catch_up(database->get());
            const auto found = found_by(search, fmt::format("Later Child{}", i), "2012-05-05");
            if (std::ranges::find(found, later) == found.end()) ++missed;
            if (i % 100 == 0) store("Mia Quillfeather", "2011-03-04", mia_, 1 + i / 100);
        }
        is_over = true;
    }
    EXPECT_EQ(missed, 0);
    search.renew(database->get());
    EXPECT_NE(std::filesystem::last_write_time(kept()), written) << "the new lists are kept";
    LiveSearch anew("data");
    EXPECT_EQ(anew.catch_up(database->get()), 1001U);
    EXPECT_EQ(answers_of(search), answers_of(anew));
    auto after = start();
    EXPECT_LT(after->catch_up(database->get()), 400U) << "the rest stands in the file";
    EXPECT_EQ(answers_of(*after), answers_of(anew));
}

TEST_P(live_search_kept, is_not_believed_by_a_database_that_did_not_keep_it)
{
    first_start();
    const auto other = storage::testing::make_database(GetParam());
    make_ready(*other);
    auto there = start();
    EXPECT_EQ(there->catch_up(other->get()), 0U);
    EXPECT_TRUE(found_by(*there, "Mia Quillfeather", "2011-03-04").empty());

    // The same database as it was before the file was kept: what came after that day is not there.
    write([](Transaction& t) {
        t.execute("delete from search_files");
        return true;
    });
    auto put_back = start();
    EXPECT_EQ(put_back->catch_up(database->get()), 301U);
}

TEST_P(live_search_kept, is_not_believed_when_a_bit_of_it_is_another_or_it_was_cut_short)
{
    first_start();
    std::ifstream whole_file(kept(), std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(whole_file), {}};
    const auto read_after = [&](std::string bytes) {
        std::ofstream(kept(), std::ios::binary | std::ios::trunc) << bytes;
        auto search = start();
        const auto count = search->catch_up(database->get());
        EXPECT_EQ(found_by(*search, "Mia Quillfeather", "2011-03-04"), std::vector{mia_});
        return count;
    };
    EXPECT_EQ(read_after(whole), 0U);
    for (const std::size_t part : {1, 3, 7, 20, 50, 90}) {
        auto damaged = whole;
        damaged[whole.size() * part / 100] = static_cast<char>(damaged[whole.size() * part / 100] ^ 4);
        EXPECT_EQ(read_after(damaged), 301U) << part;
        EXPECT_EQ(read_after(whole.substr(0, whole.size() * part / 100)), 301U) << part;
    }
    EXPECT_EQ(read_after(""), 301U);
}

TEST_P(live_search_kept, may_be_read_by_its_owner_alone_and_leaves_no_draft)
{
    first_start();
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(kept()).permissions(), perms::owner_read | perms::owner_write);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_P(live_search_kept, says_why_when_it_cannot_be_written_and_searches_on)
{
    LiveSearch search("data", folder_ + "/no/such/folder");
    search.catch_up(database->get());
    EXPECT_THROW(search.renew(database->get()), std::system_error);
    EXPECT_NO_THROW(search.renew(database->get())) << "tried once for each time the lists are built";
    EXPECT_EQ(found_by(search, "Mia Quillfeather", "2011-03-04"), std::vector{mia_});
}

ON_EVERY_ENGINE(live_search_kept);

} // namespace
} // namespace reachable::identity
