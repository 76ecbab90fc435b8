#include "storage/testing.h"

#include "base/crypto.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <libpq-fe.h>

namespace reachable::storage::testing {

namespace {

class TestDatabaseBase : public TestDatabase {
  public:
    Database& get() override
    {
        if (!database_) open();
        return *database_;
    }
    const DatabaseSettings& settings() const override { return settings_; }
    void close() override { database_.reset(); }
    Database& open_with(DatabaseSettings settings) override
    {
        close();
        settings.url = settings_.url;
        settings_ = std::move(settings);
        return get();
    }

  protected:
    DatabaseSettings settings_;

  private:
    void open()
    {
        auto opened = open_database(settings_);
        if (!opened) throw std::runtime_error(sentences(opened.error()));
        database_ = std::move(*opened);
    }

    std::unique_ptr<Database> database_;
};

class SqliteTestDatabase final : public TestDatabaseBase {
  public:
    SqliteTestDatabase()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "reachable_test_XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("No temporary folder can be made");
        folder_ = pattern;
        settings_.url = "sqlite:" + (folder_ / "test.db").string();
    }
    ~SqliteTestDatabase() override
    {
        close();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::unique_ptr<TestDatabase> copy() const override
    {
        auto twin = std::make_unique<SqliteTestDatabase>();
        // Beside the database may stand what it has not taken in yet.
        for (const auto* name : {"test.db", "test.db-wal"})
            if (std::filesystem::exists(folder_ / name))
                std::filesystem::copy_file(folder_ / name, twin->folder_ / name);
        return twin;
    }

  private:
    std::filesystem::path folder_;
};

const char* server_url()
{
    const char* url = std::getenv("REACHABLE_TEST_POSTGRES");
    return url == nullptr || *url == '\0' ? nullptr : url;
}

/// `url` with another database: a later "dbname" wins.
std::string with_database(std::string url, const std::string& name)
{
    if (url.find("://") == std::string::npos) return url + " dbname=" + name;
    return url + (url.find('?') == std::string::npos ? "?" : "&") + "dbname=" + name;
}

/// Databases are made and dropped outside of any transaction.
void run_on_server(const std::string& sql)
{
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(server_url()), &PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()), &PQclear);
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
}

class PostgresqlTestDatabase final : public TestDatabaseBase {
  public:
    PostgresqlTestDatabase() : PostgresqlTestDatabase("template0 encoding 'UTF8' locale 'C'") {}
    ~PostgresqlTestDatabase() override
    {
        close();
        try {
            run_on_server("drop database " + name_ + " with (force)");
        } catch (const std::exception& failure) {
            std::cerr << "The test database " << name_ << " was left behind: " << failure.what() << "\n";
        }
    }
    std::unique_ptr<TestDatabase> copy() const override
    {
        return std::unique_ptr<TestDatabase>(new PostgresqlTestDatabase(name_));
    }

  private:
    explicit PostgresqlTestDatabase(const std::string& made_from) : name_("reachable_test_" + to_hex(random_bytes(8)))
    {
        run_on_server("create database " + name_ + " template " + made_from);
        settings_.url = with_database(server_url(), name_);
    }

    std::string name_;
};

} // namespace

std::vector<std::string> test_engines()
{
    if (server_url() != nullptr) return {"sqlite", "postgresql"};
    static const bool is_said = [] {
        std::cerr << "PostgreSQL tests are SKIPPED: REACHABLE_TEST_POSTGRES names no server "
                     "(run them with tools/with_postgres.sh)\n";
        return true;
    }();
    (void)is_said;
    return {"sqlite"};
}

std::unique_ptr<TestDatabase> make_database(const std::string& engine)
{
    if (engine == "sqlite") return std::make_unique<SqliteTestDatabase>();
    CHECK(engine == "postgresql" && server_url() != nullptr, "There is no such engine to test on");
    return std::make_unique<PostgresqlTestDatabase>();
}

} // namespace reachable::storage::testing
