// Fresh databases for tests, on every engine that is at hand.
//
//     class Children : public testing::TestWithParam<std::string> {
//       protected:
//         std::unique_ptr<TestDatabase> database = make_database(GetParam());
//     };
//     TEST_P(Children, are_found_again) { database->get().write(…); }
//     INSTANTIATE_TEST_SUITE_P(engines, Children, testing::ValuesIn(test_engines()), engine_name);
#pragma once

#include "storage/database.h"

namespace reachable::storage::testing {

/// "sqlite", and "postgresql" if REACHABLE_TEST_POSTGRES holds the connection string of a server where databases may be
/// created (tools/with_postgres.sh starts one). If not, says so once on the error stream.
std::vector<std::string> test_engines();

/// An empty database that is removed in the end.
class TestDatabase {
  public:
    virtual ~TestDatabase() = default;
    /// The database, opened on first use.
    virtual Database& get() = 0;
    /// What `open_database` takes; `url` names this database.
    virtual const DatabaseSettings& settings() const = 0;
    /// Closes it, as when the server stops. `get` opens it again.
    virtual void close() = 0;
    /// Closes it and opens it with other settings; their `url` is not used.
    virtual Database& open_with(DatabaseSettings settings) = 0;
    /// Another database with the same contents. This one must be closed, and nobody else may have it open.
    virtual std::unique_ptr<TestDatabase> copy() const = 0;
};

/// Throws if it cannot be made. `engine` is one of `test_engines()`.
std::unique_ptr<TestDatabase> make_database(const std::string& engine);

/// Names the instances of a parametrised suite: the last argument of INSTANTIATE_TEST_SUITE_P.
inline constexpr auto engine_name = [](const auto& info) { return info.param; };

} // namespace reachable::storage::testing
