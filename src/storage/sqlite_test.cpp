#include "storage/testing.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace reachable::storage {
namespace {

using std::filesystem::path;

class SqliteFile : public ::testing::Test {
  protected:
    path file() const { return test_database_->settings().url.substr(std::string_view("sqlite:").size()); }
    std::string refusal_of(const path& of) const
    {
        const auto opened = open_database({.url = "sqlite:" + of.string()});
        return opened ? "opened" : sentences(opened.error());
    }

    std::unique_ptr<testing::TestDatabase> test_database_ = testing::make_database("sqlite");
};

void make_notes(Transaction& transaction)
{
    transaction.execute("create table notes (id bigint primary key, said text)");
}

std::string pragma(Database& database, const std::string& name)
{
    std::string found;
    const auto body = [&](Transaction& transaction) {
        const Row row = transaction.query("pragma " + name).at(0);
        found = name == "journal_mode" ? row.text(0) : std::to_string(row.integer(0));
    };
    database.write(body);
    return found;
}

TEST_F(SqliteFile, is_for_its_owner_alone_and_so_are_the_files_beside_it)
{
    test_database_->get().write(make_notes);
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(file().parent_path())) {
        EXPECT_EQ(entry.status().permissions(), std::filesystem::perms(0600)) << entry.path();
        ++seen;
    }
    EXPECT_EQ(seen, 4); // the file, its log, the log's index, and the lock
}

TEST_F(SqliteFile, is_written_with_a_full_sync_and_held_to_foreign_keys)
{
    EXPECT_EQ(pragma(test_database_->get(), "journal_mode"), "wal");
    EXPECT_EQ(pragma(test_database_->get(), "synchronous"), "2");
    EXPECT_EQ(pragma(test_database_->get(), "foreign_keys"), "1");
}

TEST_F(SqliteFile, holds_nothing_of_what_was_deleted_when_it_is_closed)
{
    constexpr std::string_view number = "+447700900456";
    const auto holds = [&] {
        std::ifstream kept(file(), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(kept), {}).find(number) != std::string::npos;
    };
    const auto write_and_close = [&](std::string_view sql) {
        test_database_->get().write([&](Transaction& transaction) { transaction.execute(sql); });
        test_database_->close();
    };
    test_database_->get().write(make_notes);
    write_and_close("insert into notes (id, said) values (1, '+447700900456'), (2, 'left')");
    ASSERT_TRUE(holds());
    write_and_close("delete from notes where id = 1");
    EXPECT_FALSE(holds());
}

TEST_F(SqliteFile, that_is_no_database_is_refused_and_left_as_it_was)
{
    const std::string letter(5000, 'x');
    std::ofstream(file()) << letter;
    EXPECT_NE(refusal_of(file()).find("not a database"), std::string::npos) << refusal_of(file());
    std::ifstream kept(file());
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(kept), {}), letter);
}

TEST_F(SqliteFile, in_a_folder_that_is_not_there_is_refused)
{
    EXPECT_NE(refusal_of(file().parent_path() / "nowhere" / "a.db").find("cannot be opened"), std::string::npos);
    EXPECT_NE(refusal_of(file().parent_path()), "opened") << "a folder is no database";
    EXPECT_FALSE(std::filesystem::exists(file().parent_path().string() + ".lock"));
}

TEST_F(SqliteFile, can_be_read_when_no_server_runs)
{
    test_database_->get().write(make_notes);
    test_database_->close();
    const auto opened = open_database({.url = test_database_->settings().url, .read_only = true});
    ASSERT_TRUE(opened) << sentences(opened.error());
    std::size_t found = 0;
    (*opened)->read([&](Transaction& transaction) { found = transaction.query("select count(*) from notes").size(); });
    EXPECT_EQ(found, 1u);
}

TEST_F(SqliteFile, opened_for_reading_must_be_there)
{
    EXPECT_FALSE(open_database({.url = "sqlite:" + file().string(), .read_only = true}));
    EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(SqliteFile, is_let_go_when_the_server_is_killed)
{
    const pid_t child = ::fork();
    if (child == 0) {
        test_database_->get().write(make_notes);
        ::raise(SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    std::int64_t found = -1;
    test_database_->get().read(
        [&](Transaction& transaction) { found = transaction.query("select count(*) from notes").at(0).integer(0); });
    EXPECT_EQ(found, 0);
}

TEST_F(SqliteFile, receives_what_its_log_holds_while_the_server_runs)
{
    Database& database = test_database_->get();
    database.write(make_notes);
    const auto before = std::filesystem::file_size(file());
    const auto is_moved = [&] { return std::filesystem::file_size(file()) > before + 1'000'000; };
    for (std::int64_t id = 0; id < 2000 && !is_moved(); ++id)
        database.write([&](Transaction& transaction) {
            transaction.execute("insert into notes (id, said) values ($1, $2)", {id, std::string(4000, 'x')});
        });
    for (int tries = 0; tries < 100 && !is_moved(); ++tries) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_TRUE(is_moved());
}

/// A disk that is full: no file of this process may grow beyond `bytes`.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes)
    {
        old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &old_limit_);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = old_limit_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &old_limit_);
        std::signal(SIGXFSZ, old_handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    rlimit old_limit_{};
    void (*old_handler_)(int) = nullptr;
};

TEST_F(SqliteFile, is_not_written_again_after_the_disk_failed_until_it_is_opened_anew)
{
    Database& database = test_database_->get();
    database.write(make_notes);
    const auto keep = [&](std::int64_t id, std::size_t size) {
        test_database_->get().write([&](Transaction& transaction) {
            transaction.execute("insert into notes (id, said) values ($1, $2)", {id, std::string(size, 'x')});
        });
    };
    keep(1, 10);
    {
        const FullDisk full(64 * 1024);
        EXPECT_THROW(keep(2, 300'000), StorageFailure);
    }
    EXPECT_THROW(keep(3, 10), StorageFailure) << "the disk has room again, but its state is not known";
    test_database_->close();
    keep(4, 10);
    Rows rows;
    test_database_->get().read(
        [&](Transaction& transaction) { rows = transaction.query("select id from notes order by id"); });
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].integer(0), 1);
    EXPECT_EQ(rows[1].integer(0), 4);
}

} // namespace
} // namespace reachable::storage
