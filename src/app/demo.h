// The demonstration world: invented forces, authorities, people and children, the same again for the same seed.
#pragma once

#include "accounts/secret_keys.h"
#include "casework/desk.h"

namespace reachable::app {

struct DemoOptions {
    std::uint64_t seed = 1;
    std::size_t children = 3000;
    UtcTime now{};           // the moment at which the presenter begins
    bool is_small = false;   // people and rota only, with a handful of children and no cases: for tests
    std::string data_folder; // where data/demo stands
};

/// One way to sign in and what to try there.
struct DemoSignIn {
    std::string who;
    std::string sign_in_name;
    std::string password;
    std::string code_secret; // base32, as an authenticator app takes it
    std::string what_to_try;
};

struct DemoWorld {
    std::vector<DemoSignIn> sign_ins;
    std::string machine_token; // of the force's own custody system
    std::string feed_token;    // of its records system, which sends the people it knows
};

/// Fills an empty database. Children, names and their ids are the same for the same seed; salts, password hashes and
/// case ids are not. Refuses a database that holds agencies already.
Result<DemoWorld> make_demo_world(const casework::Desk& desk, const accounts::SecretKeys& keys,
                                  const DemoOptions& options);

} // namespace reachable::app
