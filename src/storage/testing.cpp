#include "storage/testing.h"

#include "base/crypto.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

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

  private:
    std::filesystem::path folder_;
};

} // namespace

std::vector<std::string> test_engines()
{
    return {"sqlite"};
}

std::unique_ptr<TestDatabase> make_database(const std::string& engine)
{
    CHECK(engine == "sqlite", "No such engine");
    return std::make_unique<SqliteTestDatabase>();
}

} // namespace reachable::storage::testing
