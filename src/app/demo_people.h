// Parts of the demonstration world that demo.cpp puts together.
#pragma once

#include "app/demo.h"
#include "app/demo_random.h"

#include <map>

namespace reachable::app {

/// The agencies, teams and workers of the demonstration, by the names the files and the story give them.
struct DemoPeople {
    std::map<std::string, accounts::Agency> agencies;  // by code
    std::map<std::string, accounts::Team> teams;       // by name
    std::map<std::string, accounts::Session> sessions; // by who: "Sgt Hale"
    std::vector<DemoSignIn> sign_ins;
    std::string machine_token;
    std::string feed_token;
};

/// Makes agencies, teams, workers and a rota around `now`, and the one machine account.
Result<DemoPeople> make_people(const casework::Desk& desk, const accounts::SecretKeys& keys,
                               const DemoOptions& options);

/// Makes the children: those of the stories first, then invented ones. Gives their ids, story children by first name.
Result<std::map<std::string, ChildId>> make_children(const casework::Desk& desk, const DemoOptions& options,
                                                     const DemoPeople& people);

/// Detentions in every state, made through the same door as real ones, at times just before the demonstration begins.
Result<> make_detentions(const casework::Desk& desk, const DemoOptions& options, DemoPeople& people,
                         const std::map<std::string, ChildId>& children);

} // namespace reachable::app
